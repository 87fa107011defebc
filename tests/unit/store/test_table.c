/* Every table of a ledger, row by row, into an empty one: both hold the same, on either engine. */
#include "store/table.h"
#include "store/verify.h"
#include "support/records.h"
#include "support/tables.h"

#include <string.h>

enum { LOG_ROWS = 10100, AT_ONCE = 130 }; /* pages and batches, and something over */

typedef struct Copy {
    Ctx *to;
    const TableShape *table;
    Arena *arena; /* of the rows at hand */
    Value *values;
    size_t rows, total;
} Copy;

static void hand_over(Copy *copy)
{
    assert_ok(copy->to, table_insert(copy->to, copy->table, copy->values, copy->rows));
    copy->total += copy->rows;
    copy->rows = 0;
    arena_done(copy->arena);
    copy->arena = arena_new();
}

static Status copy_row(Ctx *c, const DbRows *row, void *arg)
{
    Copy *copy = arg;
    (void)c;
    for (size_t i = 0; i < copy->table->count; i++) {
        Value *v = &copy->values[copy->rows * copy->table->count + i];
        *v = table_value(row, (int)i, copy->table->columns[i].kind);
        v->text = str_copy(copy->arena, v->text);
    }
    if (++copy->rows == AT_ONCE)
        hand_over(copy);
    return ST_OK;
}

typedef struct Sum {
    Hash *hash;
    const TableShape *table;
} Sum;

static Status sum_row(Ctx *c, const DbRows *row, void *arg)
{
    const Sum *sum = arg;
    (void)c;
    for (size_t i = 0; i < sum->table->count; i++) {
        Value v = table_value(row, (int)i, sum->table->columns[i].kind);
        hash_add(sum->hash, &v.kind, sizeof v.kind);
        hash_add(sum->hash, &v.whole, sizeof v.whole);
        hash_add(sum->hash, v.text.ptr, v.text.len);
        hash_add(sum->hash, "|", 1);
    }
    return ST_OK;
}

static Digest digest_of(Ctx *c, const TableShape *t)
{
    Sum sum = { hash_open(c->env->crypto, c->arena), t };
    assert_ok(c, table_each(c, t, sum_row, &sum));
    return hash_end(sum.hash);
}

/* But for the files of this crowd, which were never uploaded. */
static void is_sound(Fixture *fx, Ctx *c)
{
    VerifyReport report;
    assert_ok(c, verify_ledger(c, fx->ledger, NULL, &report));
    for (int64_t i = 0; i < report.fault_count && i < 100; i++)
        assert_str_equal(report.faults[i].kind, S("file"));
}

static Ctx *empty_ledger(Fixture *fx, References **laid_aside)
{
    MigrateResult result;
    Ctx *to = fixture_open(fx, fixture_place(fx), DB_CREATE);
    assert_ok(to, references_ignore(to));
    assert_ok(to, db_begin(to, DB_TX_WRITE));
    assert_ok(to, migrate_within(to, migrations, migrations_to(migrations[migration_count - 1].number), &result));
    assert_int_equal(result.applied, migration_count);
    assert_ok(to, references_lay_aside(to, laid_aside));
    return to;
}

ENGINE_TEST(every_table_goes_over_whole)
{
    References *laid_aside;
    fixture_found(fx);
    crowd_new(fx, 5);
    script(fx,
        "INSERT INTO access_log (at, actor, role, operation, rows) WITH RECURSIVE n (i) AS "
        "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10100) SELECT 'at ' || i, 'a', 'office', 'x', i FROM n");
    Ctx *to = empty_ledger(fx, &laid_aside);
    Value *values = arena_array_of(fx->arena, Value, AT_ONCE * FIELDS_MAX);
    for (size_t i = 0; i < table_count(); i++) {
        TableShape t = table_shape(fx->c, i);
        Copy copy = { .to = to, .table = &t, .arena = arena_new(), .values = values };
        assert_ok(to, table_clear(to, t.name));
        assert_ok(fx->c, table_each(fx->c, &t, copy_row, &copy));
        hand_over(&copy);
        arena_done(copy.arena);
        if (table_entity(t.name) != ENTITY_NONE)
            assert_true(copy.total > 0);
        if (str_eq(t.name, S("access_log")))
            assert_int_equal(copy.total, LOG_ROWS);
    }
    assert_ok(to, references_restore(to, laid_aside));
    assert_ok(to, db_commit(to));
    for (size_t i = 0; i < table_count(); i++) {
        TableShape t = table_shape(fx->c, i);
        if (t.keys == 0)
            continue; /* its rows lie where they like */
        Digest here = digest_of(fx->c, &t), there = digest_of(to, &t);
        assert_memory_equal(here.bytes, there.bytes, SM3_SIZE);
    }
    is_sound(fx, to);
}

static const char *const left_out[] = { "session", "login_failure", "idempotency", "upload" };

static bool is_left_out(Str table)
{
    for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++)
        if (str_eq(str_of(left_out[i]), table))
            return true;
    return str_starts(table, S("search_")); /* the index is made of the records again */
}

static bool travels(Ctx *c, Str table, Str column)
{
    for (size_t i = 0; i < table_count(); i++) {
        TableShape t = table_shape(c, i);
        for (size_t k = 0; str_eq(t.name, table) && k < t.count; k++)
            if (str_eq(t.columns[k].name, column))
                return true;
    }
    return false;
}

/* A table or a column that somebody adds is content, or is left out on purpose: nothing is forgotten. */
ENGINE_TEST(every_column_of_the_schema_travels)
{
    Ctx *c = fx->c;
    DbRows *rows;
    bool has = true;
    fixture_migrate(fx);
    assert_ok(c, query_sql(fx, c,
                     fx->engine == DB_SQLITE
                         ? "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p "
                           "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
                         : "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns "
                           "WHERE table_schema = current_schema()",
                     NO_ARGS, &rows));
    for (int n = 0;; n++) {
        assert_ok(c, db_next(c, rows, &has));
        if (!has) {
            assert_true(n > 400);
            return;
        }
        if (is_left_out(row_text(rows, 0)) || travels(c, row_text(rows, 0), row_text(rows, 1)))
            continue;
        print_error("%.*s.%.*s is in no archive\n", STR_ARG(row_text(rows, 0)), STR_ARG(row_text(rows, 1)));
        assert_true(false);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { ON_BOTH(every_table_goes_over_whole),
        ON_BOTH(every_column_of_the_schema_travels) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
