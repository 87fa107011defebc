#include "document/sheet_read.h"

#include "document/sheet_parts.h"

#include <assert.h>

struct SheetReader {
    SheetFormat format;
    Arena *kept;  /* as long as the reader: shared strings, styles, a converted text */
    Arena *sheet; /* as long as a sheet is selected */
    Arena *row;   /* until the next row */
    ArenaMark sheet_start;
    ArenaMark row_start;
    Book book;
    Rows rows;
    Csv csv;
    DocxTables word; /* no tables: a workbook or CSV */
    const DocxTable *table;
    size_t table_row;
    bool selected;
    size_t known; /* the sheet whose merges `rows` knows, counted from 1 */
};

static void close_reader(void *thing)
{
    SheetReader *r = thing;
    book_close(&r->book);
    arena_done(r->row);
    arena_done(r->sheet);
    arena_done(r->kept);
}

Status sheet_read_open(Ctx *c, Str bytes, SheetFormat format, SheetReader **out)
{
    SheetReader *r = arena_new_of(c->arena, SheetReader);
    *r = (SheetReader){ .format = format, .kept = arena_new(), .sheet = arena_new(), .row = arena_new() };
    r->sheet_start = arena_mark(r->sheet);
    r->row_start = arena_mark(r->row);
    arena_defer(c->arena, close_reader, r);
    *out = r;
    if (format == SHEET_CSV)
        return csv_open(c, r->kept, r->row, bytes, &r->csv);
    bool is_docx;
    TRY(docx_tables_read(c, r->kept, bytes, &r->word, &is_docx));
    return is_docx ? ST_OK : book_open(c, r->kept, bytes, &r->book);
}

/* --- sheets ------------------------------------------------------------------------------------------------------ */

size_t sheet_count(const SheetReader *r)
{
    return r->format == SHEET_CSV ? 1 : r->word.count ? r->word.count : r->book.sheet_count;
}

Str sheet_name(const SheetReader *r, size_t index)
{
    assert(index < sheet_count(r));
    return r->format == SHEET_CSV ? STR_NONE : r->word.count ? r->word.tables[index].name : r->book.sheets[index].name;
}

bool sheet_hidden(const SheetReader *r, size_t index)
{
    assert(index < sheet_count(r));
    return r->format != SHEET_CSV && !r->word.count && r->book.sheets[index].hidden;
}

Str sheet_encoding(const SheetReader *r)
{
    return r->csv.encoding;
}

static Status select_of_book(Ctx *c, SheetReader *r, size_t index)
{
    if (r->known == index + 1)
        return sheet_rows_again(c, &r->rows);
    r->known = 0;
    arena_reset(r->sheet, r->sheet_start);
    TRY(sheet_rows_open(c, &r->rows, &r->book, index, r->sheet, r->row));
    r->known = index + 1;
    return ST_OK;
}

Status sheet_select(Ctx *c, SheetReader *r, size_t index)
{
    assert(index < sheet_count(r));
    arena_reset(r->row, r->row_start);
    r->selected = false;
    if (r->format == SHEET_CSV) {
        csv_rewind(&r->csv);
    } else if (r->word.count) {
        r->table = &r->word.tables[index];
        r->table_row = 0;
    } else {
        TRY(select_of_book(c, r, index));
    }
    r->selected = true;
    return ST_OK;
}

/* --- rows -------------------------------------------------------------------------------------------------------- */

/* The next row of a Word table that holds anything. */
static void next_of_word(SheetReader *r, SheetCell **cells, size_t *count, int64_t *row_number, bool *has)
{
    while (r->table_row < r->table->count && r->table->rows[r->table_row].count == 0)
        r->table_row++;
    *has = r->selected = r->table_row < r->table->count;
    if (!*has)
        return;
    const DocxRow *row = &r->table->rows[r->table_row++];
    *cells = row->cells;
    *count = row->count;
    *row_number = row->number;
}

Status sheet_next_row(Ctx *c, SheetReader *r, SheetCell **cells, size_t *count, int64_t *row_number, bool *has)
{
    bool csv = r->format == SHEET_CSV;
    *has = false;
    *count = 0;
    if (!r->selected)
        return ST_OK;
    if (r->word.count) {
        next_of_word(r, cells, count, row_number, has);
        return ST_OK;
    }
    arena_reset(r->row, r->row_start);
    Status status = csv ? csv_next(c, &r->csv, has) : sheet_rows_next(c, &r->rows, has);
    r->selected = status == ST_OK && *has;
    if (!r->selected)
        return status;
    *cells = csv ? r->csv.cells : r->rows.cells;
    *count = csv ? r->csv.count : r->rows.count;
    *row_number = csv ? r->csv.row : r->rows.row;
    return ST_OK;
}

size_t sheet_held(const SheetReader *r)
{
    return arena_held(r->kept) + arena_held(r->sheet) + arena_held(r->row);
}

SheetCell sheet_cell_at(const SheetCell *cells, size_t count, int column)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cells[middle].column < column)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && cells[low].column == column ? cells[low]
                                                      : (SheetCell){ .kind = CELL_EMPTY, .column = column };
}

Str sheet_address(Arena *arena, int column, int64_t row_number)
{
    char letters[8];
    size_t at = sizeof letters;
    assert(column >= 0 && row_number > 0);
    for (int rest = column + 1; rest > 0 && at > 0; rest = (rest - 1) / 26)
        letters[--at] = (char)('A' + (rest - 1) % 26);
    return str_format(arena, "%.*s%lld", (int)(sizeof letters - at), letters + at, (long long)row_number);
}
