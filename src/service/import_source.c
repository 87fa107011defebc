#include "service/import_source.h"

#include "document/sheet_read.h"

enum { HEADINGS_WITHIN = 20 };

struct ImportSource {
    Arena *arena;
    const ImportKind *kind;
    ImportMapping mapping;
    Str given;
    StrBuf unknown;
    /* sheets */
    SheetReader *sheets; /* NULL: lines */
    size_t sheet;
    Str sheet_name;
    Str headings[IMPORT_CELLS_MAX]; /* by column */
    int64_t heading_row;
    bool any_sheet;
    bool sheet_is_unit; /* no column names the unit: each sheet is one, and bears its name */
    /* lines of JSON */
    Str rest;
    int64_t line;
};

const ImportMapping *import_source_mapping(const ImportSource *s)
{
    return &s->mapping;
}

Str import_source_unknown(const ImportSource *s)
{
    return strbuf_str(&s->unknown);
}

/* --- headings --------------------------------------------------------------------------------------------------- */

static int fields_named(const ImportSource *s, const ImportRow *heading, const ImportMapping *m)
{
    int known = 0, scale;
    for (size_t i = 0; i < heading->count; i++)
        known += import_field_of(s->kind, m, heading->cells[i].heading, &scale) != NULL;
    return known;
}

/* What the program itself keeps of such a record: an export shows it, an import does not ask for it. */
static bool is_kept_by_program(const ImportSource *s, Str heading)
{
    const FieldTable *table = entity_of(s->kind->kind)->table;
    for (int i = 0; i < table->count; i++)
        if (str_eq(heading, str_of(table->fields[i].name)) || str_eq(heading, str_of(table->fields[i].label.zh)) ||
            str_eq(heading, str_of(table->fields[i].label.en)))
            return true;
    return false;
}

static void note_unknown(ImportSource *s, const ImportRow *heading)
{
    int scale;
    for (size_t i = 0; i < heading->count; i++) {
        Str name = heading->cells[i].heading;
        if (!import_field_of(s->kind, &s->mapping, name, &scale) && !import_ignores(&s->mapping, name) &&
            !is_kept_by_program(s, str_trim(name)))
            strbuf_addf(&s->unknown, "%s%.*s", s->unknown.len ? "、" : "", STR_ARG(str_clip(str_trim(name), 30)));
    }
}

/* Offices keep a sheet a unit, named after it. */
static bool names_unit(const ImportSource *s, const ImportRow *heading, Str sheet)
{
    static const char *const no_names[] = { "Sheet", "工作表", "填写说明" };
    int scale;
    for (size_t i = 0; i < sizeof no_names / sizeof no_names[0]; i++)
        if (str_starts(sheet, str_of(no_names[i])))
            return false;
    for (size_t i = 0; i < heading->count; i++) {
        const Field *f = import_field_of(s->kind, &s->mapping, heading->cells[i].heading, &scale);
        if (f && (str_eq(str_of(f->name), S("unit_name")) || str_eq(str_of(f->name), S("unit"))))
            return false;
    }
    return s->kind->need == IMPORT_OF_ROUND && sheet.len > 0;
}

/* Texts of a row as if they were headings, with their columns in the addresses. */
static void row_as_headings(Ctx *c, const SheetCell *cells, size_t count, ImportRow *out)
{
    out->count = 0;
    for (size_t i = 0; i < count && out->count < IMPORT_CELLS_MAX; i++)
        if (cells[i].column < IMPORT_CELLS_MAX)
            out->cells[out->count++] = (ImportCell){ .heading = str_copy(c->arena, cells[i].text),
                .address = str_format(c->arena, "%d", cells[i].column) };
}

static void take_headings(ImportSource *s, const ImportRow *best)
{
    int64_t column;
    for (int i = 0; i < IMPORT_CELLS_MAX; i++)
        s->headings[i] = STR_NONE;
    for (size_t i = 0; i < best->count; i++)
        if (str_to_int(best->cells[i].address, &column))
            s->headings[column] = str_copy(s->arena, str_trim(best->cells[i].heading));
}

/* The row among the first that names most fields. */
static Status find_headings(Ctx *c, ImportSource *s, bool *found)
{
    ImportRow *row = arena_new_of(c->arena, ImportRow);
    ImportRow *best = arena_new_of(c->arena, ImportRow);
    int most = 0;
    *found = false;
    TRY(sheet_select(c, s->sheets, s->sheet));
    for (int n = 0; n < HEADINGS_WITHIN; n++) {
        SheetCell *cells;
        size_t count;
        int64_t place;
        bool has;
        ImportMapping m;
        TRY(sheet_next_row(c, s->sheets, &cells, &count, &place, &has));
        if (!has)
            break;
        row_as_headings(c, cells, count, row);
        TRY(import_mapping_find(c, s->given, s->kind, row, &m));
        int known = fields_named(s, row, &m);
        if (known <= most)
            continue;
        most = known;
        *best = *row;
        s->mapping = m;
        s->heading_row = place;
    }
    if (most == 0 || (most == 1 && best->count > 2))
        return ST_OK;
    *found = true;
    take_headings(s, best);
    note_unknown(s, best);
    s->sheet_is_unit = names_unit(s, best, sheet_name(s->sheets, s->sheet));
    return sheet_select(c, s->sheets, s->sheet);
}

/* --- sheets ---------------------------------------------------------------------------------------------------------
 */

static Status enter_sheet_on(Ctx *c, ImportSource *s, bool *has)
{
    for (*has = false; s->sheet < sheet_count(s->sheets); s->sheet++) {
        if (sheet_hidden(s->sheets, s->sheet))
            continue;
        TRY(find_headings(c, s, has));
        if (!*has)
            continue;
        s->sheet_name = sheet_name(s->sheets, s->sheet);
        s->any_sheet = true;
        return ST_OK;
    }
    return ST_OK;
}

/* The next sheet that has a row of headings, from `s->sheet` on; what is kept of it lives as long as the source. */
static Status enter_sheet(Ctx *c, ImportSource *s, bool *has)
{
    Ctx own = *c;
    own.arena = s->arena;
    Status status = enter_sheet_on(&own, s, has);
    c->err = own.err;
    return status;
}

static bool is_sum(const SheetCell *cells, size_t count)
{
    static const char *const words[] = { "合计", "总计", "小计", "Total" };
    for (size_t i = 0; count && i < sizeof words / sizeof words[0]; i++)
        if (str_eq(str_trim(cells[0].text), str_of(words[i])))
            return true;
    return false;
}

static Str text_of(Ctx *c, const SheetCell *cell)
{
    if (cell->kind == CELL_DATE)
        return date_text(c->arena, cell->date);
    if (cell->kind == CELL_FLAG)
        return cell->number > 0 ? S("true") : S("false");
    return str_copy(c->arena, cell->text);
}

static void fill_row(Ctx *c, const ImportSource *s, const SheetCell *cells, size_t count, int64_t place, ImportRow *row)
{
    *row = (ImportRow){ .sheet = s->sheet_name, .place = place };
    for (size_t i = 0; i < count; i++) {
        int column = cells[i].column;
        if (column >= IMPORT_CELLS_MAX || s->headings[column].len == 0 || cells[i].kind == CELL_EMPTY)
            continue;
        row->cells[row->count++] = (ImportCell){ .heading = s->headings[column],
            .text = text_of(c, &cells[i]),
            .address = sheet_address(c->arena, column, place) };
    }
    if (s->sheet_is_unit && row->count && row->count < IMPORT_CELLS_MAX)
        row->cells[row->count++] =
            (ImportCell){ .heading = S("unit_name"), .text = s->sheet_name, .address = s->sheet_name };
}

static Status next_of_sheets(Ctx *c, ImportSource *s, ImportRow *row, bool *has)
{
    SheetCell *cells;
    size_t count;
    int64_t place;
    for (;;) {
        TRY(sheet_next_row(c, s->sheets, &cells, &count, &place, has));
        if (!*has) {
            s->sheet++;
            TRY(enter_sheet(c, s, has));
            if (!*has)
                return ST_OK;
            continue;
        }
        if (place <= s->heading_row || is_sum(cells, count))
            continue;
        fill_row(c, s, cells, count, place, row);
        if (row->count)
            return ST_OK;
    }
}

static Status open_sheets(Ctx *c, ImportSource *s, Str bytes, SheetFormat format)
{
    bool has;
    TRY(sheet_read_open(c, bytes, format, &s->sheets));
    TRY(enter_sheet(c, s, &has));
    if (has)
        return ST_OK;
    return fail(c, ST_INVALID, "文件中没有找到标题行：各列的标题应与导入模板一致（可先下载模板，把数据粘贴进去）",
        "no row of headings was found: name the columns as the template does (download it and paste your data)");
}

/* --- lines of JSON ---------------------------------------------------------------------------- */

static Str text_of_json(Ctx *c, const Json *n)
{
    if (n->kind == JSON_TEXT)
        return n->text;
    if (n->kind == JSON_INT)
        return str_format(c->arena, "%lld", (long long)n->whole);
    if (n->kind == JSON_BOOL)
        return n->flag ? S("true") : S("false");
    return STR_NONE;
}

static Status next_of_lines(Ctx *c, ImportSource *s, ImportRow *row, bool *has)
{
    Str line = STR_NONE;
    const Json *root;
    for (*has = false; !*has && str_cut(&s->rest, '\n', &line);) {
        s->line++;
        *has = str_trim(line).len > 0;
    }
    if (!*has)
        return ST_OK;
    if (json_read(c, str_trim(line), &root) != ST_OK || root->kind != JSON_OBJECT) {
        ctx_forgive(c);
        return fail(c, ST_INVALID, "第%lld行不是 JSON 对象：每行应为一个 {…}", "line %lld is no JSON object",
            (long long)s->line);
    }
    *row = (ImportRow){ .place = s->line, .exact = true };
    for (const Json *n = root->first; n && row->count < IMPORT_CELLS_MAX; n = n->next)
        row->cells[row->count++] = (ImportCell){ .heading = n->key, .text = text_of_json(c, n), .address = n->key };
    return ST_OK;
}

static Status open_lines(Ctx *c, ImportSource *s, Str bytes)
{
    ImportRow *first = arena_new_of(c->arena, ImportRow);
    bool has;
    s->rest = bytes;
    TRY(next_of_lines(c, s, first, &has));
    if (has)
        TRY(import_mapping_find(c, s->given, s->kind, first, &s->mapping));
    if (!has || fields_named(s, first, &s->mapping) == 0)
        return fail(c, ST_INVALID, "文件中没有可导入的内容，或各行的键与字段不符",
            "there is nothing to import, or no key names a field");
    note_unknown(s, first);
    s->rest = bytes;
    s->line = 0;
    return ST_OK;
}

/* --- the door --------------------------------------------------------------------------------- */

static bool ends_with(Str name, const char *tail)
{
    size_t len = str_of(tail).len;
    return name.len > len && str_eq(str_sub(name, name.len - len, len), str_of(tail));
}

bool import_source_is_lines(Str file_name)
{
    return ends_with(file_name, ".jsonl") || ends_with(file_name, ".ndjson");
}

Status import_source_open(
    Ctx *c, Str bytes, Str file_name, const ImportKind *kind, Str mapping_given, ImportSource **out)
{
    ImportSource *s = arena_new_of(c->arena, ImportSource);
    *s = (ImportSource){ .arena = c->arena, .kind = kind, .given = mapping_given, .unknown = strbuf_in(c->arena) };
    *out = s;
    if (import_source_is_lines(file_name))
        return open_lines(c, s, bytes);
    if (ends_with(file_name, ".xlsx") || ends_with(file_name, ".XLSX") || ends_with(file_name, ".docx"))
        return open_sheets(c, s, bytes, SHEET_XLSX);
    if (ends_with(file_name, ".csv") || ends_with(file_name, ".CSV"))
        return open_sheets(c, s, bytes, SHEET_CSV);
    return fail_field(c, S("file_name"), file_name,
        T("不是xlsx、docx、csv或jsonl文件", "is no xlsx, docx, csv or jsonl file"),
        T("请用WPS、Excel或LibreOffice打开，另存为xlsx后再导入",
            "open it in WPS, Excel or LibreOffice, save it as xlsx, and import that"));
}

Status import_source_next(Ctx *c, ImportSource *s, ImportRow *row, bool *has)
{
    return s->sheets ? next_of_sheets(c, s, row, has) : next_of_lines(c, s, row, has);
}
