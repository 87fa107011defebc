/* The tables of a Word document as sheets: 表格1, 表格2 … A cell that is merged downwards repeats its value, one that
 * is merged over columns stands in the first of them; a table inside a cell is text of that cell. */
#include "document/docx_tree.h"
#include "document/sheet_parts.h"

typedef struct Reading {
    Ctx *c;
    Arena *kept;
    DocxTables *out;
    size_t room;
} Reading;

/* --- texts ------------------------------------------------------------------------------------------------------- */

static bool is_skipped(const Node *n)
{
    return n->name == WORD_DEL || n->name == WORD_MOVED || n->name == WORD_FALLBACK || n->name == WORD_INSTRUCTION;
}

/* Paragraphs are lines. */
static void add_text(StrBuf *b, const Node *n)
{
    for (const Node *child = n->first; child; child = child->next) {
        if (child->kind == NODE_TEXT) {
            if (n->name == WORD_T)
                strbuf_add(b, child->text);
            continue;
        }
        if (is_skipped(child))
            continue;
        if (child->name == WORD_P && b->len && b->ptr[b->len - 1] != '\n')
            strbuf_addc(b, '\n');
        if (child->name == WORD_TAB)
            strbuf_addc(b, ' ');
        if (child->name == WORD_BR)
            strbuf_addc(b, '\n');
        add_text(b, child);
    }
}

/* A property of a cell (w:tcPr): its tag, or STR_NONE. */
static Str property(const Node *cell, const char *name)
{
    for (const Node *child = cell->first; child; child = child->next)
        for (const Node *p = child->kind == NODE_ELEMENT && child->name == WORD_OTHER ? child->first : NULL; p;
             p = p->next)
            if (p->kind == NODE_ELEMENT && str_find(str_sub(p->tag, 0, 24), str_of(name), 0) != SIZE_MAX)
                return p->tag;
    return STR_NONE;
}

/* --- tables ------------------------------------------------------------------------------------------------------ */

static Str value_above(const DocxTable *t, int column)
{
    if (t->count == 0)
        return STR_NONE;
    const DocxRow *above = &t->rows[t->count - 1];
    return sheet_cell_at(above->cells, above->count, column).text;
}

static Status read_cell(const Reading *r, const DocxTable *t, DocxRow *row, size_t *room, const Node *cell, int *column)
{
    int64_t span = 1;
    Str merge = property(cell, "vMerge"), wide = property(cell, "gridSpan");
    StrBuf b = strbuf_in(r->kept);
    if (wide.len && (!str_to_int(tag_attribute(wide, "val"), &span) || span < 1 || span > SHEET_READ_COLUMNS_MAX))
        span = 1;
    add_text(&b, cell);
    Str text = str_trim(strbuf_str(&b));
    if (merge.len && !str_eq(tag_attribute(merge, "val"), S("restart")))
        text = value_above(t, *column);
    if (*column >= SHEET_READ_COLUMNS_MAX)
        return fail(r->c, ST_TOO_BIG, "表格超过%d列", "a table with more than %d columns", SHEET_READ_COLUMNS_MAX);
    if (text.len) {
        row->cells = parts_room(r->kept, row->cells, row->count, room, sizeof *row->cells);
        row->cells[row->count++] = (SheetCell){ .kind = CELL_TEXT, .column = *column, .text = text, .lasting = true };
    }
    *column += (int)span;
    return ST_OK;
}

static Status read_row(const Reading *r, DocxTable *t, size_t *row_room, const Node *node)
{
    DocxRow row = { .number = t->next_number++ };
    size_t room = 0;
    int column = 0;
    for (const Node *cell = node->first; cell; cell = cell->next)
        if (cell->name == WORD_TC)
            TRY(read_cell(r, t, &row, &room, cell, &column));
    if (t->count >= SHEET_READ_ROWS_MAX)
        return fail(r->c, ST_TOO_BIG, "表格超过%d行", "a table with more than %d rows", SHEET_READ_ROWS_MAX);
    t->rows = parts_room(r->kept, t->rows, t->count, row_room, sizeof *t->rows);
    t->rows[t->count++] = row;
    return ST_OK;
}

/* Rows may stand inside content controls. */
static Status read_rows(const Reading *r, DocxTable *t, size_t *room, const Node *node)
{
    for (const Node *child = node->first; child; child = child->next)
        if (child->name == WORD_TR)
            TRY(read_row(r, t, room, child));
        else if (child->kind == NODE_ELEMENT && child->name == WORD_OTHER)
            TRY(read_rows(r, t, room, child));
    return ST_OK;
}

static Status find_tables(Reading *r, const Node *node)
{
    for (const Node *child = node->first; child; child = child->next) {
        if (child->kind != NODE_ELEMENT || is_skipped(child))
            continue;
        if (child->name != WORD_TBL) {
            TRY(find_tables(r, child));
            continue;
        }
        DocxTable table = { .next_number = 1 };
        size_t room = 0;
        TRY(read_rows(r, &table, &room, child));
        table.name = str_format(r->kept, "表格%zu", r->out->count + 1);
        r->out->tables = parts_room(r->kept, r->out->tables, r->out->count, &r->room, sizeof table);
        r->out->tables[r->out->count++] = table;
    }
    return ST_OK;
}

static Status read_document(Ctx *c, Arena *kept, Package *package, DocxTables *out)
{
    Reading r = { .c = c, .kept = kept, .out = out };
    Str part = S("word/document.xml"), bytes;
    DocxTree tree;
    TRY(package_part(c, package, part, &bytes));
    TRY(docx_tree_read(c, part, bytes, DOCX_DEPTH_MAX, &tree));
    TRY(find_tables(&r, tree.root));
    return out->count
               ? ST_OK
               : fail(c, ST_INVALID, "Word 文档里没有表格，无法导入", "the Word document has no table to import");
}

Status docx_tables_read(Ctx *c, Arena *kept, Str bytes, DocxTables *out, bool *is_docx)
{
    Package *package = NULL;
    Status status = package_open(c, c->arena, bytes, &package);
    *out = (DocxTables){ 0 };
    *is_docx = status == ST_OK && package_has(package, S("word/document.xml"));
    if (*is_docx)
        status = read_document(c, kept, package, out);
    package_close(package);
    return status;
}
