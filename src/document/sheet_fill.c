#include "document/sheet_fill.h"

#include "document/sheet_parts.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

/* A cell to be filled, in the order of sheet, row, column. */
typedef struct Fill {
    size_t sheet;
    int64_t row;
    int column;
    const SheetFilling *wish;
} Fill;

/* Where a row and its cells lie in the bytes of the part. */
typedef struct CellPlace {
    int column;
    size_t from, to;
    Str style;
    bool formula;
} CellPlace;
typedef struct RowPlace {
    int64_t number;
    size_t from, inside, inside_end, to; /* before the tag, behind it, before the end tag, behind it */
    bool closed;                         /* <row/> */
    CellPlace *cells;                    /* of rows that are filled only */
    size_t count, room;
} RowPlace;

typedef struct Scan {
    Ctx *c;
    XML_Parser parser;
    Str part;
    Str prefix; /* of the spreadsheet's elements: "x:" or nothing */
    const Fill *fills;
    size_t fill_count;
    RowPlace *rows;
    size_t count, room;
    size_t data_from, data_inside, data_end, data_to; /* <sheetData> */
    bool data_closed, in_row, in_cell;
    Merges merges;
    Status status;
} Scan;

/* --- finding the places ------------------------------------------------------------------------------------------- */

static Str local_of(const char *name)
{
    const char *colon = strchr(name, ':');
    return str_of(colon ? colon + 1 : name);
}

static const char *attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(*attributes, name) == 0)
            return attributes[1];
    return NULL;
}

static bool is_filled(const Scan *s, int64_t row)
{
    for (size_t i = 0; i < s->fill_count; i++)
        if (s->fills[i].row == row)
            return true;
    return false;
}

static bool closes_itself(const Scan *s, size_t from, size_t to)
{
    return to >= from + 2 && s->part.ptr[to - 2] == '/';
}

static void begin_row(Scan *s, const char **attributes, size_t from, size_t to)
{
    int64_t number = s->count ? s->rows[s->count - 1].number + 1 : 1;
    const char *r = attribute(attributes, "r");
    if (r)
        (void)str_to_int(str_of(r), &number);
    s->rows = parts_room(s->c->arena, s->rows, s->count, &s->room, sizeof *s->rows);
    s->rows[s->count++] =
        (RowPlace){ .number = number, .from = from, .inside = to, .closed = closes_itself(s, from, to) };
    s->in_row = true;
}

static void begin_cell(Scan *s, const char **attributes, size_t from)
{
    RowPlace *row = &s->rows[s->count - 1];
    int column = row->count ? row->cells[row->count - 1].column + 1 : 0;
    int64_t ignored;
    const char *r = attribute(attributes, "r"), *style = attribute(attributes, "s");
    if (!is_filled(s, row->number))
        return;
    if (r)
        (void)value_address(str_of(r), &column, &ignored);
    row->cells = parts_room(s->c->arena, row->cells, row->count, &row->room, sizeof *row->cells);
    row->cells[row->count++] =
        (CellPlace){ .column = column, .from = from, .style = style ? str_copy(s->c->arena, str_of(style)) : STR_NONE };
    s->in_cell = true;
}

static void XMLCALL on_start(void *arg, const char *name, const char **attributes)
{
    Scan *s = arg;
    Str local = local_of(name);
    size_t from = (size_t)XML_GetCurrentByteIndex(s->parser);
    size_t to = from + (size_t)XML_GetCurrentByteCount(s->parser);
    if (str_eq(local, S("sheetData"))) {
        s->prefix = str_copy(s->c->arena, str_sub(str_of(name), 0, strlen(name) - local.len));
        s->data_from = from;
        s->data_inside = to;
        s->data_closed = closes_itself(s, from, to);
    } else if (str_eq(local, S("row")) && s->data_inside && !s->data_to) {
        begin_row(s, attributes, from, to);
    } else if (str_eq(local, S("c")) && s->in_row) {
        begin_cell(s, attributes, from);
    } else if (str_eq(local, S("f")) && s->in_cell) {
        RowPlace *row = &s->rows[s->count - 1];
        row->cells[row->count - 1].formula = true;
    } else if (str_eq(local, S("mergeCell")) && attribute(attributes, "ref") && s->status == ST_OK) {
        s->status = merges_add(s->c, &s->merges, str_of(attribute(attributes, "ref")));
    }
}

static void XMLCALL on_end(void *arg, const char *name)
{
    Scan *s = arg;
    Str local = local_of(name);
    size_t from = (size_t)XML_GetCurrentByteIndex(s->parser);
    size_t to = from + (size_t)XML_GetCurrentByteCount(s->parser);
    if (str_eq(local, S("c")) && s->in_cell) {
        RowPlace *row = &s->rows[s->count - 1];
        CellPlace *cell = &row->cells[row->count - 1];
        cell->to = to > cell->from ? to : cell->from;
        s->in_cell = false;
    } else if (str_eq(local, S("row")) && s->in_row) {
        s->rows[s->count - 1].inside_end = from;
        s->rows[s->count - 1].to = to;
        s->in_row = false;
    } else if (str_eq(local, S("sheetData"))) {
        s->data_end = from;
        s->data_to = to;
    }
}

static Status no_sheet_part(Ctx *c, Str name)
{
    return fail(c, ST_INVALID, "工作表“%.*s”的内容无法读取", "the sheet \"%.*s\" cannot be read", STR_ARG(name));
}

static Status scan(Ctx *c, Scan *s, Str sheet)
{
    s->parser = XML_ParserCreate(NULL);
    if (!s->parser)
        return no_sheet_part(c, sheet);
    XML_SetUserData(s->parser, s);
    XML_SetElementHandler(s->parser, on_start, on_end);
    bool good = XML_Parse(s->parser, s->part.ptr, (int)s->part.len, XML_TRUE) == XML_STATUS_OK;
    XML_ParserFree(s->parser);
    TRY(s->status);
    return good && s->data_to ? ST_OK : no_sheet_part(c, sheet);
}

/* --- the new bytes ---------------------------------------------------------------------------------------------------
 */

static Status refuse(Ctx *c, const Fill *f, Text why, Text remedy)
{
    return fail_field(c, str_format(c->arena, "%.*s!%.*s", STR_ARG(f->wish->sheet), STR_ARG(f->wish->address)),
        f->wish->number, why, remedy);
}

static Status check_merge(Ctx *c, const Scan *s, const Fill *f)
{
    for (size_t i = 0; i < s->merges.count; i++) {
        const Merge *m = &s->merges.all[i];
        int64_t row = f->row;
        bool inside =
            row >= m->first_row && row <= m->last_row && f->column >= m->first_column && f->column <= m->last_column;
        if (inside && (row != m->first_row || f->column != m->first_column))
            return refuse(c, f,
                T("在合并单元格之内，不是其左上角", "lies inside merged cells and is not the first of them"),
                T("请改用合并区域左上角的地址", "use the address of their first cell"));
    }
    return ST_OK;
}

static void put_new_cell(StrBuf *b, const Scan *s, const Fill *f, Str style)
{
    strbuf_addf(b, "<%.*sc r=\"%.*s\"", STR_ARG(s->prefix), STR_ARG(f->wish->address));
    if (style.len)
        strbuf_addf(b, " s=\"%.*s\"", STR_ARG(style));
    if (f->wish->number.len == 0) {
        strbuf_add(b, S("/>"));
        return;
    }
    strbuf_addf(b, "><%.*sv>%.*s</%.*sv></%.*sc>", STR_ARG(s->prefix), STR_ARG(f->wish->number), STR_ARG(s->prefix),
        STR_ARG(s->prefix));
}

typedef struct Making {
    StrBuf out;
    size_t copied; /* bytes of the part that went over */
} Making;

static void copy_to(Making *m, const Scan *s, size_t upto)
{
    if (upto > m->copied)
        strbuf_add(&m->out, str_sub(s->part, m->copied, upto - m->copied));
    if (upto > m->copied)
        m->copied = upto;
}

/* The fills of one row that is there. */
static Status fill_row(Ctx *c, Making *m, const Scan *s, const RowPlace *row, const Fill *fills, size_t count)
{
    size_t at = 0;
    if (row->closed) {
        copy_to(m, s, row->inside - 2);
        strbuf_addc(&m->out, '>');
        m->copied = row->inside;
    }
    for (size_t i = 0; i < count; i++) {
        while (at < row->count && row->cells[at].column < fills[i].column)
            at++;
        const CellPlace *cell = at < row->count && row->cells[at].column == fills[i].column ? &row->cells[at] : NULL;
        if (cell && cell->formula)
            return refuse(c, &fills[i], T("是公式，不能填数", "holds a formula and is not filled"),
                T("请映射到填数的单元格，公式会自动计算", "map the cells it is computed from"));
        copy_to(m, s,
            cell              ? cell->from
            : at < row->count ? row->cells[at].from
            : row->closed     ? row->inside
                              : row->inside_end);
        put_new_cell(&m->out, s, &fills[i], cell ? cell->style : STR_NONE);
        if (cell)
            m->copied = cell->to;
    }
    if (row->closed)
        strbuf_addf(&m->out, "</%.*srow>", STR_ARG(s->prefix));
    return ST_OK;
}

static void make_row(Making *m, const Scan *s, size_t before, const Fill *fills, size_t count)
{
    copy_to(m, s, before);
    strbuf_addf(&m->out, "<%.*srow r=\"%lld\">", STR_ARG(s->prefix), (long long)fills[0].row);
    for (size_t i = 0; i < count; i++)
        put_new_cell(&m->out, s, &fills[i], STR_NONE);
    strbuf_addf(&m->out, "</%.*srow>", STR_ARG(s->prefix));
}

static size_t same_row(const Fill *fills, size_t count)
{
    size_t n = 1;
    while (n < count && fills[n].row == fills[0].row)
        n++;
    return n;
}

static Status fill_part(Ctx *c, const Scan *s, Str *out)
{
    Making m = { .out = strbuf_in(c->arena) };
    size_t row = 0;
    if (s->data_closed) {
        copy_to(&m, s, s->data_inside - 2);
        strbuf_addc(&m.out, '>');
        m.copied = s->data_inside;
    }
    for (size_t i = 0, n; i < s->fill_count; i += n) {
        n = same_row(s->fills + i, s->fill_count - i);
        for (size_t k = 0; k < n; k++)
            TRY(check_merge(c, s, &s->fills[i + k]));
        while (row < s->count && s->rows[row].number < s->fills[i].row)
            row++;
        if (row < s->count && s->rows[row].number == s->fills[i].row)
            TRY(fill_row(c, &m, s, &s->rows[row], s->fills + i, n));
        else
            make_row(&m, s,
                row < s->count   ? s->rows[row].from
                : s->data_closed ? s->data_inside
                                 : s->data_end,
                s->fills + i, n);
    }
    if (s->data_closed)
        strbuf_addf(&m.out, "</%.*ssheetData>", STR_ARG(s->prefix));
    copy_to(&m, s, s->part.len);
    *out = strbuf_str(&m.out);
    return ST_OK;
}

/* --- formulas are computed again
 * ------------------------------------------------------------------------------------------ */

static Str with(Ctx *c, Str text, size_t at, const char *what)
{
    return str_format(c->arena, "%.*s%s%.*s", (int)at, text.ptr, what, STR_ARG(str_sub(text, at, SIZE_MAX)));
}

/* calcPr stands behind the sheets and the defined names. */
static Str recalculated(Ctx *c, Str workbook)
{
    static const char *const behind[] = { "</definedNames>", "</sheets>" };
    size_t at = str_find(workbook, S("<calcPr"), 0);
    if (str_find(workbook, S("fullCalcOnLoad"), 0) != SIZE_MAX)
        return workbook;
    if (at != SIZE_MAX)
        return with(c, workbook, at + strlen("<calcPr"), " fullCalcOnLoad=\"1\"");
    for (size_t i = 0; i < 2; i++) {
        at = str_find(workbook, str_of(behind[i]), 0);
        if (at != SIZE_MAX)
            return with(c, workbook, at + strlen(behind[i]), "<calcPr fullCalcOnLoad=\"1\"/>");
    }
    return workbook;
}

/* --- the door
 * ------------------------------------------------------------------------------------------------------------------ */

static int in_order(const void *a, const void *b)
{
    const Fill *x = a, *y = b;
    if (x->sheet != y->sheet)
        return x->sheet < y->sheet ? -1 : 1;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->column - y->column;
}

static Status place_fills(Ctx *c, const Book *book, const SheetFilling *cells, size_t count, Fill *fills)
{
    for (size_t i = 0; i < count; i++) {
        fills[i] = (Fill){ .wish = &cells[i] };
        while (fills[i].sheet < book->sheet_count && !str_eq(book->sheets[fills[i].sheet].name, cells[i].sheet))
            fills[i].sheet++;
        if (fills[i].sheet == book->sheet_count)
            return refuse(c, &fills[i], T("工作簿里没有这张工作表", "the workbook has no such sheet"),
                T("请核对工作表名称", "check the sheet's name"));
        if (!value_address(cells[i].address, &fills[i].column, &fills[i].row))
            return refuse(c, &fills[i], T("不是单元格地址", "is no cell"), T("例如 C5", "write it as C5"));
    }
    qsort(fills, count, sizeof *fills, in_order);
    for (size_t i = 1; i < count; i++)
        if (in_order(&fills[i - 1], &fills[i]) == 0)
            return refuse(c, &fills[i], T("被填了两次", "is filled twice"), T("请删去重复的一项", "drop one of them"));
    return ST_OK;
}

static Status fill_sheets(Ctx *c, Book *book, const Fill *fills, size_t count, PackagePart *parts, size_t *part_count)
{
    for (size_t i = 0, n; i < count; i += n) {
        for (n = 1; i + n < count && fills[i + n].sheet == fills[i].sheet;)
            n++;
        const BookSheet *sheet = &book->sheets[fills[i].sheet];
        Scan s = { .c = c, .fills = fills + i, .fill_count = n, .merges = { .memory = c->arena, .part = sheet->part } };
        TRY(package_part(c, book->package, sheet->part, &s.part));
        TRY(scan(c, &s, sheet->name));
        parts[*part_count].name = sheet->part;
        TRY(fill_part(c, &s, &parts[(*part_count)++].bytes));
    }
    return ST_OK;
}

static Status fill_book(Ctx *c, Book *book, Str bytes, const SheetFilling *cells, size_t count, StrBuf *out)
{
    Fill *fills = arena_array_of(c->arena, Fill, count);
    PackagePart *parts = arena_array_of(c->arena, PackagePart, count + 1);
    size_t part_count = 0;
    TRY(place_fills(c, book, cells, count, fills));
    TRY(fill_sheets(c, book, fills, count, parts, &part_count));
    Str workbook = S("xl/workbook.xml");
    if (package_has(book->package, workbook)) {
        TRY(package_part(c, book->package, workbook, &parts[part_count].bytes));
        parts[part_count] = (PackagePart){ workbook, recalculated(c, parts[part_count].bytes) };
        part_count++;
    }
    return package_rewrite(c, bytes, parts, part_count, out);
}

Status sheet_fill(Ctx *c, Str bytes, const SheetFilling *cells, size_t count, StrBuf *out)
{
    Book *book = arena_new_of(c->arena, Book);
    if (count > SHEET_FILL_CELLS_MAX)
        return fail(c, ST_TOO_BIG, "填报单元格超过%d个", "more than %d cells to fill", SHEET_FILL_CELLS_MAX);
    Status status = book_open(c, c->arena, bytes, book);
    if (status == ST_OK)
        status = fill_book(c, book, bytes, cells, count, out);
    book_close(book);
    return status;
}
