#include "store/table.h"

#include <assert.h>
#include <string.h>

/* Rows of the access log are short, and each page of it sorts what is left. */
enum { TABLE_PAGE = 200, LOG_PAGE = 5000, INSERT_VALUES = 1600, KEYS_MAX = TALLY_KEYS_MAX, KEY_ROOM = 128 };

/* --- shapes ---------------------------------------------------------------------------------------------- */

#define INT(name)               \
    {                           \
        S_INIT(name), VALUE_INT \
    }
#define TEXT(name)               \
    {                            \
        S_INIT(name), VALUE_TEXT \
    }
#define BLOB(name)               \
    {                            \
        S_INIT(name), VALUE_BLOB \
    }
static const TableColumn schema_version[] = { INT("number"), TEXT("name"), TEXT("digest"), TEXT("applied_at") };
static const TableColumn wrapped_key[] = { TEXT("id"), TEXT("purpose"), TEXT("inspection"), TEXT("made_at"),
    BLOB("wrapped") };
static const TableColumn chain_head[] = { INT("one"), TEXT("ledger"), INT("seq"), BLOB("seal") };
static const TableColumn state_history[] = { INT("seq"), TEXT("entity"), TEXT("record"), TEXT("state"),
    TEXT("effective_on") };
static const TableColumn record_count[] = { TEXT("entity"), INT("records") };
static const TableColumn state_count[] = { TEXT("entity"), TEXT("state"), INT("records") };
static const TableColumn import_row[] = { TEXT("batch"), INT("n"), TEXT("sheet"), INT("place"), TEXT("verdict"),
    TEXT("record"), TEXT("cells"), TEXT("errors"), TEXT("plan") };
static const TableColumn import_trace[] = { TEXT("batch"), INT("n"), TEXT("entity"), TEXT("record"), INT("version"),
    TEXT("was"), TEXT("state") };
static const TableColumn audit[] = { INT("seq"), TEXT("at"), TEXT("actor"), TEXT("login"), TEXT("role"),
    TEXT("operation"), TEXT("outcome"), TEXT("entity"), TEXT("record"), INT("version"), TEXT("fields"), BLOB("sealed"),
    TEXT("sealed_key"), BLOB("after"), BLOB("seal") };
static const TableColumn access_log[] = { TEXT("at"), TEXT("actor"), TEXT("role"), TEXT("operation"), TEXT("entity"),
    TEXT("record"), INT("rows") };

#define SHAPE(table, keys)                                          \
    {                                                               \
        S_INIT(#table), table, sizeof table / sizeof table[0], keys \
    }
static const TableShape before[] = { SHAPE(schema_version, 1), SHAPE(wrapped_key, 1), SHAPE(chain_head, 1) };
static const TableShape behind[] = { SHAPE(state_history, 1), SHAPE(record_count, 1), SHAPE(state_count, 2),
    SHAPE(import_row, 2), SHAPE(import_trace, 2), SHAPE(audit, 1), SHAPE(access_log, 0) };
enum {
    BEFORE = sizeof before / sizeof before[0],
    BEHIND = sizeof behind / sizeof behind[0],
    RECORDS = ENTITY_COUNT - 1
};

size_t table_count(void)
{
    return BEFORE + RECORDS + BEHIND + tally_table_count;
}

static TableShape shape_of_entity(Ctx *c, const Entity *e)
{
    TableColumn *columns = arena_array_of(c->arena, TableColumn, e->table->count);
    for (int i = 0; i < e->table->count; i++)
        columns[i] = (TableColumn){ str_of(e->table->fields[i].name), field_column(&e->table->fields[i]) };
    return (TableShape){ str_of(e->sql_table), columns, e->table->count, 1 };
}

static TableShape shape_of_tally(Ctx *c, const TallyTable *t)
{
    size_t count = (size_t)t->key_count + 1 + t->sum_count;
    TableColumn *columns = arena_array_of(c->arena, TableColumn, count);
    for (size_t i = 0; i < t->key_count; i++)
        columns[i] = (TableColumn){ str_of(t->keys[i].name), field_column(tally_field(t, &t->keys[i])) };
    columns[t->key_count] = (TableColumn)INT("records");
    for (size_t i = 0; i < t->sum_count; i++)
        columns[t->key_count + 1 + i] = (TableColumn){ str_of(t->sums[i].name), VALUE_INT };
    return (TableShape){ str_of(t->name), columns, count, t->key_count };
}

TableShape table_shape(Ctx *c, size_t index)
{
    assert(index < table_count());
    if (index < BEFORE)
        return before[index];
    if (index >= BEFORE + RECORDS + BEHIND)
        return shape_of_tally(c, &tally_tables[index - BEFORE - RECORDS - BEHIND]);
    if (index >= BEFORE + RECORDS)
        return behind[index - BEFORE - RECORDS];
    return shape_of_entity(c, entity_of((EntityKind)(index - BEFORE + 1)));
}

EntityKind table_entity(Str name)
{
    for (int kind = 1; kind < ENTITY_COUNT; kind++)
        if (str_eq(str_of(entity_of((EntityKind)kind)->sql_table), name))
            return (EntityKind)kind;
    return ENTITY_NONE;
}

/* --- rows out ----------------------------------------------------------------------------------------------- */

/* Behind which row the next page begins. */
typedef struct Cursor {
    bool begun;
    Value keys[KEYS_MAX];
    char text[KEYS_MAX][KEY_ROOM];
} Cursor;

Value table_value(const DbRows *row, int column, ValueKind kind)
{
    if (row_is_null(row, column))
        return value_null();
    if (kind == VALUE_INT)
        return value_int(row_int(row, column));
    /* An empty text that was written past the program stays one. */
    return (Value){ .kind = kind, .text = kind == VALUE_BLOB ? row_blob(row, column) : row_text(row, column) };
}

static Status cursor_keep(Ctx *c, Cursor *cursor, const TableShape *t, const DbRows *row)
{
    cursor->begun = true;
    if (t->keys == 0)
        cursor->keys[0] = value_int(row_int(row, (int)t->count));
    for (size_t i = 0; i < t->keys; i++) {
        Value v = table_value(row, (int)i, t->columns[i].kind);
        if (v.text.len > KEY_ROOM)
            return fail(c, ST_BROKEN, "表 %.*s 中有一行的键过长", "a row of %.*s has too long a key", STR_ARG(t->name));
        if (v.text.len)
            memcpy(cursor->text[i], v.text.ptr, v.text.len);
        v.text.ptr = cursor->text[i];
        cursor->keys[i] = v;
    }
    return ST_OK;
}

static Status page_open(Ctx *c, const TableShape *t, const Cursor *cursor, DbRows **rows)
{
    Compiled q;
    if (t->keys == 0)
        return db_query(
            c, SQL_ACCESS_LOG_PAGE, ARGS(cursor->begun ? cursor->keys[0] : value_int(0), value_int(LOG_PAGE)), rows);
    compile_table_page(c, t, cursor->begun ? cursor->keys : NULL, TABLE_PAGE, &q);
    return db_query_sql(c, q.sql, q.kinds, q.values, q.count, rows);
}

static Status each_of_page(Ctx *c, const TableShape *t, Cursor *cursor, TableVisitor *visit, void *arg, int *n)
{
    DbRows *rows;
    bool has;
    *n = 0;
    TRY(page_open(c, t, cursor, &rows));
    for (;; ++*n) {
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        CtxMark mark = ctx_mark(c);
        TRY(visit(c, rows, arg));
        ctx_rewind(c, mark);
        TRY(cursor_keep(c, cursor, t, rows));
    }
}

Status table_each(Ctx *c, const TableShape *t, TableVisitor *visit, void *arg)
{
    Cursor cursor = { .begun = false };
    const int page = t->keys ? TABLE_PAGE : LOG_PAGE;
    for (int n = page; n == page;) {
        CtxMark mark = ctx_mark(c);
        TRY(each_of_page(c, t, &cursor, visit, arg, &n));
        ctx_rewind(c, mark);
    }
    return ST_OK;
}

/* --- rows in ------------------------------------------------------------------------------------------------- */

static Status insert(Ctx *c, const TableShape *t, const Value *values, size_t rows)
{
    CtxMark mark = ctx_mark(c);
    Compiled q;
    compile_table_insert(c, t, values, rows, &q);
    TRY(db_run_sql(c, q.sql, q.kinds, q.values, q.count, NULL));
    ctx_rewind(c, mark);
    return ST_OK;
}

/* Whole batches by one statement, the rest row by row: two prepared statements a table. */
Status table_insert(Ctx *c, const TableShape *t, const Value *values, size_t rows)
{
    size_t batch = INSERT_VALUES / t->count < 64 ? INSERT_VALUES / t->count : 64;
    size_t at = 0;
    for (; at + batch <= rows; at += batch)
        TRY(insert(c, t, values + at * t->count, batch));
    for (; at < rows; at++)
        TRY(insert(c, t, values + at * t->count, 1));
    return ST_OK;
}

Status table_clear(Ctx *c, Str name)
{
    Compiled q;
    compile_table_clear(c, name, &q);
    return db_run_sql(c, q.sql, q.kinds, q.values, q.count, NULL);
}

/* --- references ------------------------------------------------------------------------------------------------ */

typedef struct Reference Reference;
struct Reference {
    Str table, name, definition;
    Reference *next;
};

struct References {
    Reference *first;
};

Status references_ignore(Ctx *c)
{
    return db_engine(c->db) == DB_SQLITE ? db_run_script(c, S("PRAGMA foreign_keys = OFF")) : ST_OK;
}

static Status script(Ctx *c, const char *format, const Reference *r)
{
    return db_run_script(c, str_format(c->arena, format, STR_ARG(r->table), STR_ARG(r->name), STR_ARG(r->definition)));
}

Status references_lay_aside(Ctx *c, References **out)
{
    DbRows *rows;
    bool has;
    *out = arena_new_of(c->arena, References);
    TRY(db_query(c, SQL_REFERENCE_LIST, NO_ARGS, &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            break;
        Reference *r = arena_new_of(c->arena, Reference);
        *r = (Reference){ str_copy(c->arena, row_text(rows, 0)), str_copy(c->arena, row_text(rows, 1)),
            str_copy(c->arena, row_text(rows, 2)), (*out)->first };
        (*out)->first = r;
    }
    for (const Reference *r = (*out)->first; r; r = r->next)
        TRY(script(c, "ALTER TABLE %.*s DROP CONSTRAINT %.*s;", r));
    return ST_OK;
}

Status references_restore(Ctx *c, const References *laid_aside)
{
    for (const Reference *r = laid_aside->first; r; r = r->next) {
        TRY(script(c, "ALTER TABLE %.*s ADD CONSTRAINT %.*s %.*s NOT VALID;", r));
        TRY(db_savepoint(c));
        if (script(c, "ALTER TABLE %.*s VALIDATE CONSTRAINT %.*s;", r) == ST_OK) {
            TRY(db_release(c));
            continue;
        }
        if (c->err.status != ST_CONFLICT)
            return c->err.status;
        ctx_forgive(c);
        TRY(db_rollback_to(c));
    }
    return ST_OK;
}
