/* The rows of a work sheet: once for the merges, which stand behind the cells in the file, then row by row. */
#include "document/sheet_parts.h"

#include <string.h>

/* --- the cell's value -------------------------------------------------------------------------------------------- */

static Str cell_at(const Rows *r, Ctx *c)
{
    return sheet_address(c->arena, r->column, r->row);
}

static Status take_shared(Ctx *c, Rows *r, Str raw, SheetCell *cell)
{
    int64_t index;
    if (!str_to_int(raw, &index) || !book_string(r->book, index, &cell->text)) {
        Str at = cell_at(r, c);
        return fail(c, ST_INVALID, "%.*s：单元格%.*s指向不存在的共享字符串",
            "%.*s: the cell %.*s points to a shared string that is not there", STR_ARG(r->part), STR_ARG(at));
    }
    cell->kind = cell->text.len ? CELL_TEXT : CELL_EMPTY;
    cell->lasting = true;
    return ST_OK;
}

static void take_flag(Str raw, SheetCell *cell)
{
    bool on = str_eq(raw, S("1")) || str_eq(raw, S("true"));
    cell->kind = CELL_FLAG;
    cell->number = on;
    cell->text = on ? S("TRUE") : S("FALSE");
}

static void take_as(Rows *r, SheetCellKind kind, Str raw, SheetCell *cell)
{
    cell->kind = kind;
    cell->text = str_copy(r->memory, raw);
}

static bool is_text(const Rows *r)
{
    return r->has_inline || str_eq(r->type, S("str")) || str_eq(r->type, S("inlineStr"));
}

static Status take_value(Ctx *c, Rows *r, SheetCell *cell)
{
    Str raw = strbuf_str(&r->text.all);
    if (raw.len == 0) {
        if (r->has_formula && !is_text(r))
            take_as(r, CELL_FAULT, S("="), cell);
        return ST_OK;
    }
    if (is_text(r))
        take_as(r, CELL_TEXT, raw, cell);
    else if (str_eq(r->type, S("s")))
        return take_shared(c, r, raw, cell);
    else if (str_eq(r->type, S("b")))
        take_flag(raw, cell);
    else if (str_eq(r->type, S("d")))
        value_iso_date(r->memory, raw, cell);
    else if (r->type.len == 0 || str_eq(r->type, S("n")))
        value_number(r->memory, raw, book_format(r->book, r->style), r->book->since_1904, cell);
    else /* "e" */
        take_as(r, CELL_FAULT, raw, cell);
    return ST_OK;
}

/* --- beginnings -------------------------------------------------------------------------------------------------- */

static Status begin_row(Ctx *c, Rows *r, const char **attributes)
{
    Str given = xml_attribute(attributes, "r");
    int64_t row = r->row + 1;
    if (given.len && (!str_to_int(given, &row) || row <= r->row))
        return fail(c, ST_INVALID, "%.*s：第%lld行之后的行号有错",
            "%.*s: the number of the row after row %lld is wrong", STR_ARG(r->part), (long long)r->row);
    if (row > SHEET_READ_ROWS_MAX)
        return fail(c, ST_INVALID, "%.*s：超过%d行", "%.*s: more than %d rows", STR_ARG(r->part), SHEET_READ_ROWS_MAX);
    r->row = row;
    r->column = -1;
    r->in_row = true;
    r->cells = NULL;
    r->count = r->room = 0;
    r->bytes = 0;
    return ST_OK;
}

static Status place_cell(Ctx *c, Rows *r, Str given)
{
    int64_t row = r->row;
    int column = r->column + 1;
    if (given.len && (!value_address(given, &column, &row) || column <= r->column || row != r->row))
        return fail(c, ST_INVALID, "%.*s：第%lld行有一个单元格的地址有错",
            "%.*s: the address of a cell in row %lld is wrong", STR_ARG(r->part), (long long)r->row);
    if (column >= SHEET_READ_COLUMNS_MAX)
        return fail(
            c, ST_INVALID, "%.*s：超过%d列", "%.*s: more than %d columns", STR_ARG(r->part), SHEET_READ_COLUMNS_MAX);
    r->column = column;
    return ST_OK;
}

static Status begin_cell(Ctx *c, Rows *r, const char **attributes)
{
    Str given = STR_NONE, type = STR_NONE;
    r->style = 0;
    for (; *attributes; attributes += 2) {
        const char *name = attributes[0];
        if (strcmp(name, "r") == 0)
            given = str_of(attributes[1]);
        else if (strcmp(name, "t") == 0)
            type = str_sub(str_of(attributes[1]), 0, sizeof r->type_text);
        else if (strcmp(name, "s") == 0 && !str_to_int(str_of(attributes[1]), &r->style))
            r->style = 0;
    }
    if (type.len)
        memcpy(r->type_text, type.ptr, type.len);
    r->type = (Str){ r->type_text, type.len };
    r->in_cell = true;
    r->has_formula = r->has_inline = r->in_inline = r->in_phonetic = false;
    r->text.all.len = 0;
    return place_cell(c, r, given);
}

static void begin_inside_cell(Rows *r, Str name, const char **attributes)
{
    if (str_eq(name, S("v")) || (str_eq(name, S("t")) && r->in_inline && !r->in_phonetic))
        xml_text_begin(&r->text, attributes);
    else if (str_eq(name, S("f")))
        r->has_formula = true;
    else if (str_eq(name, S("is")))
        r->in_inline = r->has_inline = true;
    else if (str_eq(name, S("rPh")))
        r->in_phonetic = true;
}

static Status rows_start(Ctx *c, void *arg, Str name, const char **attributes)
{
    Rows *r = arg;
    if (r->in_cell)
        begin_inside_cell(r, name, attributes);
    else if (r->in_row && str_eq(name, S("c")))
        return begin_cell(c, r, attributes);
    else if (str_eq(name, S("row")))
        return begin_row(c, r, attributes);
    return ST_OK;
}

/* --- text and ends ------------------------------------------------------------------------------------------------ */

static Status rows_text(Ctx *c, void *arg, Str text)
{
    Rows *r = arg;
    if (!r->text.on)
        return ST_OK;
    r->bytes += text.len;
    if (r->bytes > SHEET_READ_ROW_BYTES_MAX)
        return fail(c, ST_INVALID, "%.*s：第%lld行的文字超过%d MiB", "%.*s: row %lld holds more than %d MiB of text",
            STR_ARG(r->part), (long long)r->row, SHEET_READ_ROW_BYTES_MAX / 1024 / 1024);
    strbuf_add(&r->text.all, text);
    return ST_OK;
}

static Status end_cell(Ctx *c, Rows *r)
{
    SheetCell cell = { .kind = CELL_EMPTY, .column = r->column };
    r->in_cell = false;
    TRY(take_value(c, r, &cell));
    if (cell.kind == CELL_EMPTY)
        return ST_OK;
    r->cells = parts_room(r->memory, r->cells, r->count, &r->room, sizeof cell);
    r->cells[r->count++] = cell;
    return ST_OK;
}

static Status end_row(Ctx *c, Rows *r)
{
    r->in_row = false;
    TRY(merges_apply(c, &r->merges, r->memory, r->row, &r->cells, &r->count));
    if (r->count == 0)
        return ST_OK;
    r->ready = true;
    xml_pause(&r->book->part);
    return ST_OK;
}

static Status rows_end(Ctx *c, void *arg, Str name)
{
    Rows *r = arg;
    if (r->text.on && (str_eq(name, S("v")) || str_eq(name, S("t"))))
        xml_text_end(&r->text, is_text(r));
    else if (r->in_cell && str_eq(name, S("c")))
        return end_cell(c, r);
    else if (r->in_row && str_eq(name, S("row")))
        return end_row(c, r);
    else if (str_eq(name, S("is")))
        r->in_inline = false;
    else if (str_eq(name, S("rPh")))
        r->in_phonetic = false;
    else if (str_eq(name, S("sheetData")))
        xml_enough(&r->book->part);
    return ST_OK;
}

/* --- the sheet --------------------------------------------------------------------------------------------------- */

static Status merges_start(Ctx *c, void *arg, Str name, const char **attributes)
{
    Rows *r = arg;
    return str_eq(name, S("mergeCell")) ? merges_add(c, &r->merges, xml_attribute(attributes, "ref")) : ST_OK;
}

static Status open_rows(Ctx *c, Rows *r)
{
    static const XmlHandlers rows = { .start = rows_start, .end = rows_end, .text = rows_text };
    return xml_open(c, &r->book->part, r->book->package, r->part, &rows, r);
}

Status sheet_rows_open(Ctx *c, Rows *r, Book *book, size_t sheet, Arena *lasting, Arena *memory)
{
    static const XmlHandlers merges = { .start = merges_start };
    Str part = book->sheets[sheet].part;
    *r = (Rows){
        .book = book,
        .memory = memory,
        .part = part,
        .merges = { .memory = lasting, .part = part },
        .text = { .all = strbuf_in(lasting) },
    };
    TRY(xml_whole(c, &book->part, book->package, part, &merges, r));
    merges_sort(&r->merges);
    return open_rows(c, r);
}

Status sheet_rows_again(Ctx *c, Rows *r)
{
    *r = (Rows){ .book = r->book, .memory = r->memory, .part = r->part, .merges = r->merges, .text = r->text };
    r->text.on = false;
    r->text.all.len = 0;
    merges_restart(&r->merges);
    return open_rows(c, r);
}

Status sheet_rows_next(Ctx *c, Rows *r, bool *has)
{
    bool more;
    r->ready = false;
    r->count = 0;
    Status status = xml_run(c, &r->book->part, &more);
    if (status != ST_OK || !more)
        xml_close(&r->book->part);
    *has = status == ST_OK && r->ready;
    return status;
}
