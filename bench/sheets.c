/* Workbooks for the bench, and what imports and exports are measured against.
 *
 *     sheets make ROWS FILE        writes a workbook of trainings
 *     sheets load FILE DATABASE    reads it and inserts its rows into one table, 200 to a durable transaction
 *     sheets write FILE OUT        writes the cells of FILE anew with the bare library
 *
 * `load` prints its seconds and its CPU's, `write` its seconds without those of reading FILE.
 *
 * The database has the settings of store/db_sqlite.c and the columns of the file: no ids, no audit, no verdicts. */
#include "common.h"

#include "document/sheet_read.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

enum { COLUMNS = 6, A_TRANSACTION = 200 };

static SheetReader *open_book(Ctx *c, const char *path)
{
    SheetReader *r;
    must(c, sheet_read_open(c, read_all(c->arena, path), SHEET_XLSX, &r));
    must(c, sheet_select(c, r, 0));
    return r;
}

static lxw_workbook *new_book(const char *path)
{
    lxw_workbook_options options = { .constant_memory = LXW_TRUE };
    return workbook_new_opt(path, &options);
}

/* --- make ----------------------------------------------------------------------------------------------------------
 */

static void make(Ctx *c, uint32_t rows, const char *path)
{
    static const char *const headings[] = { "编号", "培训类型", "举办单位", "培训日期", "培训主题", "举办单位类别" };
    static const char *const kinds[] = { "分领域培训", "分系统培训", "巡前培训", "其他培训" };
    lxw_workbook *book = new_book(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "trainings");
    CtxMark start = ctx_mark(c);
    for (uint16_t i = 0; i < COLUMNS; i++)
        worksheet_write_string(sheet, 0, i, headings[i], NULL);
    for (uint32_t n = 1; n <= rows; n++) {
        const char *cells[] = { str_format(c->arena, "培训〔2021〕%u号", n).ptr, kinds[n % 4], "示例市委巡察办",
            str_format(c->arena, "2021-%02u-%02u", n % 12 + 1, n % 28 + 1).ptr,
            str_format(c->arena, "第%u期巡察干部业务培训", n).ptr, "巡察办" };
        for (uint16_t i = 0; i < COLUMNS; i++)
            worksheet_write_string(sheet, n, i, cells[i], NULL);
        ctx_rewind(c, start);
    }
    if (workbook_close(book) != LXW_NO_ERROR)
        die(path);
}

/* --- load ----------------------------------------------------------------------------------------------------------
 */

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
}

static void insert(sqlite3 *db, sqlite3_stmt *s, const SheetCell *cells, size_t count)
{
    for (int i = 0; i < COLUMNS; i++) {
        Str text = sheet_cell_at(cells, count, i).text;
        sqlite3_bind_text(s, i + 1, text.ptr, (int)text.len, SQLITE_TRANSIENT);
    }
    if (sqlite3_step(s) != SQLITE_DONE || sqlite3_reset(s) != SQLITE_OK)
        die(sqlite3_errmsg(db));
}

static void load(Ctx *c, const char *path, const char *database)
{
    sqlite3 *db;
    sqlite3_stmt *s;
    SheetCell *cells;
    size_t count;
    int64_t place;
    bool has = true;
    if (sqlite3_open(database, &db) != SQLITE_OK)
        die(database);
    run(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-65536;"
            "CREATE TABLE training (number TEXT, kind TEXT, maker TEXT, held_on TEXT, title TEXT, body TEXT)");
    sqlite3_prepare_v2(db, "INSERT INTO training VALUES (?1, ?2, ?3, ?4, ?5, ?6)", -1, &s, NULL);
    SheetReader *r = open_book(c, path);
    must(c, sheet_next_row(c, r, &cells, &count, &place, &has)); /* the headings */
    CtxMark start = ctx_mark(c);
    run(db, "BEGIN IMMEDIATE");
    for (int64_t n = 1; has; n++) {
        must(c, sheet_next_row(c, r, &cells, &count, &place, &has));
        if (has)
            insert(db, s, cells, count);
        if (n % A_TRANSACTION == 0)
            run(db, "COMMIT; BEGIN IMMEDIATE");
        ctx_rewind(c, start);
    }
    run(db, "COMMIT");
    sqlite3_finalize(s);
    sqlite3_close(db);
}

/* --- write ---------------------------------------------------------------------------------------------------------
 */

typedef struct Cells {
    SheetCell *cells;
    size_t count;
} Cells;

/* All cells of the first sheet, row by row. */
static Cells *read_cells(Ctx *c, const char *path, size_t *rows)
{
    SheetReader *r = open_book(c, path);
    Cells *all = arena_array_of(c->arena, Cells, SHEET_READ_ROWS_MAX);
    for (*rows = 0;; ++*rows) {
        SheetCell *cells;
        int64_t place;
        bool has;
        Cells *row = &all[*rows];
        must(c, sheet_next_row(c, r, &cells, &row->count, &place, &has));
        if (!has)
            return all;
        row->cells = arena_array_of(c->arena, SheetCell, row->count);
        for (size_t i = 0; i < row->count; i++) {
            row->cells[i] = cells[i];
            row->cells[i].text = str_of(str_c(c->arena, cells[i].text));
        }
    }
}

static void write_cell(lxw_worksheet *sheet, lxw_row_t row, const SheetCell *cell, lxw_format *date)
{
    lxw_col_t column = (lxw_col_t)cell->column;
    if (cell->kind == CELL_NUMBER)
        worksheet_write_number(sheet, row, column, cell->number, NULL);
    else if (cell->kind == CELL_DATE)
        worksheet_write_number(sheet, row, column, cell->number, date);
    else
        worksheet_write_string(sheet, row, column, cell->text.ptr, NULL);
}

static double write_anew(Ctx *c, const char *path, const char *out)
{
    size_t rows;
    const Cells *all = read_cells(c, path, &rows);
    double began = now();
    lxw_workbook *book = new_book(out);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "bench");
    lxw_format *date = workbook_add_format(book);
    format_set_num_format(date, "yyyy-mm-dd");
    for (size_t n = 0; n < rows; n++)
        for (size_t i = 0; i < all[n].count; i++)
            write_cell(sheet, (lxw_row_t)n, &all[n].cells[i], date);
    if (workbook_close(book) != LXW_NO_ERROR)
        die(out);
    return now() - began;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fputs("usage: sheets make ROWS FILE | load FILE DATABASE | write FILE OUT\n", stderr);
        return 2;
    }
    static const Clock zone = { .zone_minutes = 480 };
    const Env env = { .clock = &zone };
    Ctx c = ctx_on(arena_new(), &env);
    double began = now();
    if (strcmp(argv[1], "make") == 0) {
        make(&c, (uint32_t)strtoul(argv[2], NULL, 10), argv[3]);
    } else if (strcmp(argv[1], "load") == 0) {
        load(&c, argv[2], argv[3]);
        printf("%.3f %.3f\n", now() - began, (double)clock() / CLOCKS_PER_SEC);
    } else {
        printf("%.3f\n", write_anew(&c, argv[2], argv[3]));
    }
    arena_done(c.arena);
    return 0;
}
