/* The bytes of a file that somebody wants to import: CSV, an archive, or one part of a workbook that is otherwise in
 * order. Whatever comes, cells are texts, stand in their order and within the sheet; what is refused has its message.
 *
 *   first byte: c CSV, z the archive itself, s sheet, t shared strings, y styles, w workbook, r its relationships  */
#include "../unit/document/packed.h"
#include "document/sheet_read.h"

static void check_row(const SheetCell *cells, size_t count, int64_t row, int64_t before)
{
    int column = -1;
    packed_check(count > 0 && row > before && row <= SHEET_READ_ROWS_MAX);
    for (size_t i = 0; i < count; i++) {
        packed_check(cells[i].kind > CELL_EMPTY && cells[i].kind <= CELL_FAULT);
        packed_check(cells[i].column > column && cells[i].column < SHEET_READ_COLUMNS_MAX);
        packed_check(str_is_text(cells[i].text) && cells[i].text.len);
        packed_check(cells[i].kind != CELL_DATE || date_is_valid(cells[i].date));
        column = cells[i].column;
    }
}

static Status read_sheet(Ctx *c, SheetReader *r, size_t index)
{
    SheetCell *cells;
    size_t count;
    int64_t row = 0;
    bool has = true;
    TRY(sheet_select(c, r, index));
    while (has) {
        int64_t before = row;
        CtxMark mark = ctx_mark(c);
        TRY(sheet_next_row(c, r, &cells, &count, &row, &has));
        if (has)
            check_row(cells, count, row, before);
        ctx_rewind(c, mark);
    }
    return ST_OK;
}

static Status read_all(Ctx *c, Str bytes, SheetFormat format)
{
    SheetReader *r;
    TRY(sheet_read_open(c, bytes, format, &r));
    for (size_t i = 0; i < sheet_count(r); i++) {
        packed_check(str_is_text(sheet_name(r, i)));
        TRY(read_sheet(c, r, i));
    }
    return ST_OK;
}

static const char *part_of(char kind)
{
    switch (kind) {
    case 's':
        return "xl/worksheets/sheet1.xml";
    case 't':
        return "xl/sharedStrings.xml";
    case 'y':
        return "xl/styles.xml";
    case 'w':
        return "xl/workbook.xml";
    case 'r':
        return "xl/_rels/workbook.xml.rels";
    default:
        return NULL;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    char kind = (char)data[0];
    Str bytes = { (const char *)data + 1, size - 1 };
    if (kind != 'c' && kind != 'z' && !part_of(kind))
        return 0;
    Arena *arena = arena_new();
    Clock clock = { .zone_minutes = 480, .fixed = 1 };
    Env env = { .clock = &clock };
    Ctx c = ctx_on(arena, &env);
    if (part_of(kind))
        bytes = packed_with(arena, &(PackedPart){ part_of(kind), bytes }, 1, false);
    if (read_all(&c, bytes, kind == 'c' ? SHEET_CSV : SHEET_XLSX) != ST_OK)
        packed_check(c.err.status == ST_INVALID && c.err.message.len && str_is_text(c.err.message));
    arena_done(arena);
    return 0;
}
