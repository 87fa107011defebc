#include "document/sheet_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define LISTS_SHEET "选项"
enum { SHEET_LISTS_MAX = 40, FORM_COLUMNS_MAX = 64, RULED_ROWS = 2000 };
typedef struct ChoiceList {
    Str *labels;
    size_t count;
} ChoiceList;

struct SheetWriter {
    Arena *arena;
    SheetFormat format;
    uint32_t row;
    uint16_t column;
    bool too_big;
    StrBuf csv;
    char folder[64]; /* of the workbook on its way, readable by nobody else */
    char path[80];
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *bold;
    lxw_format *money;
    lxw_format *date;
    ChoiceList lists[SHEET_LISTS_MAX];
    size_t list_count;
    bool form; /* the present sheet is one */
    bool open[FORM_COLUMNS_MAX];
    struct {
        lxw_format *heading, *open_heading, *given, *given_date, *open, *open_money;
    } look; /* of forms; NULL before the first one */
};

const char *sheet_type(SheetFormat format)
{
    return format == SHEET_CSV ? "text/csv; charset=utf-8"
                               : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

const char *sheet_extension(SheetFormat format)
{
    return format == SHEET_CSV ? "csv" : "xlsx";
}

static Status begin_workbook(Ctx *c, SheetWriter *s, Str title)
{
    const char *tmp = getenv("TMPDIR");
    snprintf(s->folder, sizeof s->folder, "%.40s/xuncha-XXXXXX", tmp && strlen(tmp) <= 40 ? tmp : "/tmp");
    if (!mkdtemp(s->folder))
        return fail(c, ST_FULL, "不能建立临时文件", "cannot make a temporary file");
    snprintf(s->path, sizeof s->path, "%s/sheet.xlsx", s->folder);
    lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = s->folder, .use_zip64 = LXW_FALSE };
    s->book = workbook_new_opt(s->path, &options);
    s->sheet = workbook_add_worksheet(s->book, str_c(c->arena, title));
    s->bold = workbook_add_format(s->book);
    format_set_bold(s->bold);
    s->money = workbook_add_format(s->book);
    format_set_num_format(s->money, "#,##0.00");
    s->date = workbook_add_format(s->book);
    format_set_num_format(s->date, "yyyy-mm-dd");
    worksheet_freeze_panes(s->sheet, 1, 0);
    return ST_OK;
}

Status sheet_write_open(Ctx *c, SheetFormat format, Str title, SheetWriter **out)
{
    SheetWriter *s = arena_new_of(c->arena, SheetWriter);
    *s = (SheetWriter){ .arena = c->arena, .format = format, .csv = strbuf_in(c->arena) };
    *out = s;
    if (format == SHEET_CSV) {
        strbuf_add(&s->csv, S("\xef\xbb\xbf"));
        return ST_OK;
    }
    return begin_workbook(c, s, title);
}

/* --- cells ------------------------------------------------------------------------------------------------- */

static void csv_begin(SheetWriter *s)
{
    if (s->column++)
        strbuf_addc(&s->csv, ',');
}

static void csv_text(SheetWriter *s, Str text)
{
    bool quoted = false;
    csv_begin(s);
    for (size_t i = 0; i < text.len; i++)
        quoted |= strchr(",\"\r\n", text.ptr[i]) != NULL;
    bool formula = text.len && strchr("=+-@\t\r'", text.ptr[0]);
    if (quoted)
        strbuf_addc(&s->csv, '"');
    if (formula)
        strbuf_addc(&s->csv, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            strbuf_addc(&s->csv, '"');
        strbuf_addc(&s->csv, text.ptr[i]);
    }
    if (quoted)
        strbuf_addc(&s->csv, '"');
}

static bool is_escape(Str text, size_t at)
{
    enum { LEN = 7 }; /* _x000D_ */
    if (text.len - at < LEN || text.ptr[at] != '_' || text.ptr[at + 1] != 'x' || text.ptr[at + LEN - 1] != '_')
        return false;
    for (size_t i = at + 2; i < at + LEN - 1; i++)
        if (!strchr("0123456789abcdefABCDEF", text.ptr[i]))
            return false;
    return true;
}

/* A workbook reads _x000D_ as a control character; a text that has these letters says so. */
static Str without_escapes(SheetWriter *s, Str text)
{
    StrBuf b = strbuf_in(s->arena);
    if (str_find(text, S("_x"), 0) == SIZE_MAX)
        return text;
    for (size_t i = 0; i < text.len; i++) {
        if (is_escape(text, i))
            strbuf_add(&b, S("_x005F"));
        strbuf_addc(&b, text.ptr[i]);
    }
    return strbuf_str(&b);
}

/* What a cell of the present column looks like: `plain` outside forms. */
static lxw_format *look_of(const SheetWriter *s, lxw_format *plain)
{
    bool open = s->column < FORM_COLUMNS_MAX && s->open[s->column];
    if (!s->form)
        return plain;
    if (plain == s->bold)
        return open ? s->look.open_heading : s->look.heading;
    if (open)
        return plain == s->money ? s->look.open_money : s->look.open;
    return plain == s->date ? s->look.given_date : s->look.given;
}

static void book_text(SheetWriter *s, Str text, lxw_format *plain)
{
    lxw_format *format = look_of(s, plain);
    uint16_t column = s->column++;
    if (text.len == 0) {
        if (s->form)
            (void)worksheet_write_blank(s->sheet, s->row, column, format);
        return;
    }
    if (worksheet_write_string(s->sheet, s->row, column, str_c(s->arena, without_escapes(s, text)), format) !=
        LXW_NO_ERROR)
        s->too_big = true;
}

void sheet_heading(SheetWriter *s, Str label, int width)
{
    if (s->format == SHEET_CSV) {
        csv_text(s, label);
        return;
    }
    worksheet_set_column(s->sheet, s->column, s->column, width, NULL);
    book_text(s, label, s->bold);
}

void sheet_text(SheetWriter *s, Str text)
{
    if (s->format == SHEET_CSV)
        csv_text(s, text);
    else
        book_text(s, text, NULL);
}

void sheet_whole(SheetWriter *s, int64_t n)
{
    if (s->format == SHEET_CSV) {
        csv_begin(s);
        strbuf_add_int(&s->csv, n);
    } else {
        lxw_format *format = look_of(s, NULL);
        worksheet_write_number(s->sheet, s->row, s->column++, (double)n, format);
    }
}

void sheet_money(SheetWriter *s, int64_t fen)
{
    if (s->format == SHEET_CSV) {
        csv_begin(s);
        strbuf_addf(&s->csv, "%s%lld.%02lld", fen < 0 ? "-" : "", llabs(fen / 100), llabs(fen % 100));
    } else {
        lxw_format *format = look_of(s, s->money);
        worksheet_write_number(s->sheet, s->row, s->column++, (double)fen / 100, format);
    }
}

void sheet_date(SheetWriter *s, Date day)
{
    enum { FIRST_SURE_DAY = 19000301 };
    if (s->format == SHEET_CSV || day < FIRST_SURE_DAY) {
        sheet_text(s, date_text(s->arena, day));
        return;
    }
    lxw_datetime at = { .year = date_year(day), .month = date_month(day), .day = date_day(day) };
    lxw_format *format = look_of(s, s->date);
    worksheet_write_datetime(s->sheet, s->row, s->column++, &at, format);
}

void sheet_row_end(SheetWriter *s)
{
    if (s->format == SHEET_CSV)
        strbuf_add(&s->csv, S("\r\n"));
    s->row++;
    s->column = 0;
    s->too_big |= s->row > SHEET_ROWS_MAX + 1;
}

/* The lists lie in a sheet of their own that is not shown: in the cell's own rule Excel takes 255 characters at most.
 */
void sheet_choices(SheetWriter *s, const Str *labels, size_t count)
{
    char formula[64];
    if (s->format == SHEET_CSV || count == 0 || count > SHEET_CHOICES_MAX || s->list_count == SHEET_LISTS_MAX)
        return;
    Str *kept = arena_array_of(s->arena, Str, count);
    for (size_t i = 0; i < count; i++)
        kept[i] = str_copy(s->arena, labels[i]);
    char column[8];
    lxw_col_to_name(column, (lxw_col_t)s->list_count, 0);
    snprintf(formula, sizeof formula, "='" LISTS_SHEET "'!$%s$1:$%s$%zu", column, column, count);
    s->lists[s->list_count++] = (ChoiceList){ kept, count };
    lxw_data_validation wish = { .validate = LXW_VALIDATION_TYPE_LIST_FORMULA, .value_formula = formula };
    if (worksheet_data_validation_range(s->sheet, 1, s->column, RULED_ROWS, s->column, &wish) != LXW_NO_ERROR)
        s->too_big = true;
}

static void write_lists(SheetWriter *s)
{
    if (s->list_count == 0)
        return;
    lxw_worksheet *sheet = workbook_add_worksheet(s->book, LISTS_SHEET);
    worksheet_hide(sheet);
    for (uint32_t row = 0; row < SHEET_CHOICES_MAX; row++)
        for (size_t i = 0; i < s->list_count; i++)
            if (row < s->lists[i].count)
                worksheet_write_string(sheet, row, (lxw_col_t)i, str_c(s->arena, s->lists[i].labels[row]), NULL);
}

Status sheet_next(Ctx *c, SheetWriter *s, Str title)
{
    if (s->format == SHEET_CSV)
        return fail(c, ST_INVALID, "CSV 只有一张表", "CSV has one sheet only");
    s->sheet = workbook_add_worksheet(s->book, str_c(c->arena, title));
    worksheet_freeze_panes(s->sheet, 1, 0);
    s->row = 0;
    s->column = 0;
    s->form = false;
    return ST_OK;
}

/* --- forms ------------------------------------------------------------------------------------------------------ */

static lxw_format *form_format(SheetWriter *s, bool open, lxw_color_t ground)
{
    lxw_format *f = workbook_add_format(s->book);
    format_set_text_wrap(f);
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    format_set_border(f, LXW_BORDER_THIN);
    format_set_bg_color(f, ground);
    if (open)
        format_set_unlocked(f);
    return f;
}

static void make_looks(SheetWriter *s)
{
    enum { GREY = 0xECECEC, YELLOW = 0xFFFBE6, WHITE = 0xFFFFFF };
    s->look.heading = form_format(s, false, GREY);
    s->look.open_heading = form_format(s, false, YELLOW);
    format_set_bold(s->look.heading);
    format_set_bold(s->look.open_heading);
    s->look.given = form_format(s, false, GREY);
    s->look.given_date = form_format(s, false, GREY);
    format_set_num_format(s->look.given_date, "yyyy-mm-dd");
    s->look.open = form_format(s, true, WHITE);
    s->look.open_money = form_format(s, true, WHITE);
    format_set_num_format(s->look.open_money, "#,##0.00");
}

void sheet_form(SheetWriter *s)
{
    lxw_protection allowed = { .format_columns = LXW_TRUE, .format_rows = LXW_TRUE };
    if (s->format == SHEET_CSV)
        return;
    if (!s->look.heading)
        make_looks(s);
    s->form = true;
    memset(s->open, 0, sizeof s->open);
    worksheet_protect(s->sheet, NULL, &allowed);
    worksheet_set_landscape(s->sheet);
    worksheet_set_paper(s->sheet, 8); /* A3 */
    worksheet_fit_to_pages(s->sheet, 1, 0);
    worksheet_repeat_rows(s->sheet, 0, 0);
}

void sheet_row_lines(SheetWriter *s, int lines)
{
    enum { POINTS_A_LINE = 16, LINES_MAX = 25 }; /* Excel ends at 409 points */
    if (s->form)
        worksheet_set_row(s->sheet, s->row, POINTS_A_LINE * (lines < LINES_MAX ? lines : LINES_MAX), NULL);
}

int sheet_lines_of(Str text, int width)
{
    int lines = 0;
    Str line;
    while (str_cut(&text, '\n', &line)) {
        int wide = 0;
        for (size_t i = 0; i < line.len; i++)
            wide += (line.ptr[i] & 0xc0) == 0xc0 ? 2 : (line.ptr[i] & 0x80) == 0;
        lines += wide > width ? (wide + width - 1) / width : 1;
    }
    return lines ? lines : 1;
}

void sheet_open_cells(SheetWriter *s)
{
    if (s->form && s->column < FORM_COLUMNS_MAX)
        s->open[s->column] = true;
}

void sheet_numbers_only(SheetWriter *s, bool whole, Str rule)
{
    lxw_data_validation wish = { .validate = whole ? LXW_VALIDATION_TYPE_INTEGER : LXW_VALIDATION_TYPE_DECIMAL,
        .criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO,
        .value_number = 0,
        .error_message = str_c(s->arena, rule) };
    if (s->form &&
        worksheet_data_validation_range(s->sheet, 1, s->column, RULED_ROWS, s->column, &wish) != LXW_NO_ERROR)
        s->too_big = true;
}

void sheet_hidden_heading(SheetWriter *s, Str label)
{
    lxw_row_col_options hidden = { .hidden = LXW_TRUE };
    uint16_t column = s->column;
    sheet_heading(s, label, 8);
    if (s->form)
        worksheet_set_column_opt(s->sheet, column, column, 8, NULL, &hidden);
}

void sheet_hide(SheetWriter *s)
{
    if (s->format == SHEET_XLSX)
        worksheet_hide(s->sheet);
}

/* --- the end --------------------------------------------------------------------------------------------------- */

static Status take_file(Ctx *c, const char *path, StrBuf *out)
{
    char part[65536];
    size_t got;
    FILE *file = fopen(path, "rb");
    if (!file)
        return fail(c, ST_FULL, "临时文件不能读取", "the temporary file cannot be read");
    while ((got = fread(part, 1, sizeof part, file)) > 0)
        strbuf_add(out, (Str){ part, got });
    bool broken = ferror(file) != 0;
    fclose(file);
    return broken ? fail(c, ST_FULL, "临时文件不能读取", "the temporary file cannot be read") : ST_OK;
}

static Status close_workbook(Ctx *c, SheetWriter *s, StrBuf *out)
{
    Status status = ST_OK;
    write_lists(s);
    if (workbook_close(s->book) != LXW_NO_ERROR)
        status = fail(c, ST_FULL, "工作簿不能写入临时文件，请检查磁盘空间",
            "the workbook cannot be written to its temporary file: see to the disk's space");
    if (status == ST_OK)
        status = take_file(c, s->path, out);
    unlink(s->path);
    rmdir(s->folder);
    return status;
}

Status sheet_write_close(Ctx *c, SheetWriter *s, StrBuf *out)
{
    Status status = ST_OK;
    if (s->format == SHEET_CSV)
        strbuf_add(out, strbuf_str(&s->csv));
    else
        status = close_workbook(c, s, out);
    if (status != ST_OK || !s->too_big)
        return status;
    return fail(c, ST_TOO_BIG, "超过工作簿的容量（%d行，每格%d个字符），请缩小条件或改用CSV格式",
        "more than a workbook holds (%d rows, %d characters a cell): narrow the conditions, or take CSV",
        SHEET_ROWS_MAX, SHEET_TEXT_MAX);
}
