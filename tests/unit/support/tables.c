#include "support/tables.h"

#include <string.h>

void script(Fixture *fx, const char *sql)
{
    assert_ok(fx->c, db_run_script(fx->c, str_of(sql)));
}

static const ValueKind *kinds_of(Ctx *c, const Value *args, size_t count)
{
    ValueKind *kinds = arena_array_of(c->arena, ValueKind, count);
    for (size_t i = 0; i < count; i++)
        kinds[i] = args[i].kind == VALUE_NULL ? VALUE_TEXT : args[i].kind;
    return kinds;
}

Status run_sql(Fixture *fx, Ctx *c, const char *sql, const Value *args, size_t count)
{
    return db_run_sql(c, fixture_sql(fx, c->arena, sql), kinds_of(c, args, count), args, count, NULL);
}

Status query_sql(Fixture *fx, Ctx *c, const char *sql, const Value *args, size_t count, DbRows **rows)
{
    return db_query_sql(c, fixture_sql(fx, c->arena, sql), kinds_of(c, args, count), args, count, rows);
}

static void add_column(StrBuf *out, const DbRows *rows, int column, char kind)
{
    if (row_is_null(rows, column))
        strbuf_addc(out, '-');
    else if (kind == 'i')
        strbuf_add_int(out, row_int(rows, column));
    else
        strbuf_add(out, row_text(rows, column));
}

Str rows_text(Fixture *fx, Ctx *c, const char *kinds, const char *sql, const Value *args, size_t count)
{
    StrBuf out = strbuf_in(c->arena);
    DbRows *rows;
    bool has;
    assert_ok(c, query_sql(fx, c, sql, args, count, &rows));
    assert_int_equal(row_columns(rows), strlen(kinds));
    for (;;) {
        assert_ok(c, db_next(c, rows, &has));
        if (!has)
            return strbuf_str(&out);
        strbuf_add(&out, out.len ? S(";") : STR_NONE);
        for (int i = 0; kinds[i]; i++) {
            strbuf_add(&out, i ? S("|") : STR_NONE);
            add_column(&out, rows, i, kinds[i]);
        }
    }
}

int64_t count_sql(Fixture *fx, Ctx *c, const char *sql)
{
    DbRows *rows;
    bool has;
    assert_ok(c, query_sql(fx, c, sql, NO_ARGS, &rows));
    assert_ok(c, db_next(c, rows, &has));
    assert_true(has);
    int64_t count = row_int(rows, 0);
    db_rows_done(rows);
    return count;
}
