/* Bringing a ledger up, and what is refused, the same on both engines. */
#include "support/tables.h"

#include <pthread.h>

#define ROW(number, name, text)              \
    {                                        \
        number, name, text, sizeof(text) - 1 \
    }

static const Migration three[] = {
    ROW(1, "first", "CREATE TABLE unit (id INTEGER PRIMARY KEY, name TEXT NOT NULL); -- 单位"),
    ROW(2, "second", "INSERT INTO unit VALUES (1, '示江市'); ALTER TABLE unit ADD COLUMN note TEXT;"),
    ROW(4, "fourth", "CREATE TABLE paper (id INTEGER PRIMARY KEY, sealed BLOB);"),
};

static MigrateResult up(Fixture *fx, Ctx *c, const Migration *table, size_t count)
{
    MigrateResult result = { -1, -1, -1 };
    (void)fx;
    assert_ok(c, migrate_up(c, table, count, &result));
    return result;
}

static Str versions(Fixture *fx)
{
    return rows_text(fx, fx->c, "it", "SELECT number, name FROM schema_version ORDER BY number", NO_ARGS);
}

static void expect(MigrateResult got, int from, int to, int applied)
{
    assert_int_equal(got.from, from);
    assert_int_equal(got.to, to);
    assert_int_equal(got.applied, applied);
}

ENGINE_TEST(an_empty_place_comes_up_step_by_step)
{
    assert_fails(fx->c, ST_CONFLICT, migrate_check(fx->c, three, 2));
    expect(up(fx, fx->c, three, 2), 0, 2, 2);
    assert_ok(fx->c, migrate_check(fx->c, three, 2));
    assert_fails(fx->c, ST_CONFLICT, migrate_check(fx->c, three, 3)); /* older than the program */
    expect(up(fx, fx->c, three, 3), 2, 4, 1);
    expect(up(fx, fx->c, three, 3), 4, 4, 0);
    assert_ok(fx->c, migrate_check(fx->c, three, 3));
    assert_str_equal(versions(fx), S("1|first;2|second;4|fourth"));
    assert_str_equal(rows_text(fx, fx->c, "itt", "SELECT id, name, note FROM unit", NO_ARGS), S("1|示江市|-"));
}

ENGINE_TEST(a_row_tells_what_was_applied_and_when)
{
    up(fx, fx->c, three, 1);
    assert_str_equal(
        rows_text(fx, fx->c, "iti", "SELECT number, applied_at, length(digest) FROM schema_version", NO_ARGS),
        S("1|2021-10-31T08:15:30.000000Z|64"));
}

/* One text, one digest, on both engines; each runs what is its own. */
ENGINE_TEST(what_one_engine_alone_needs_is_left_out_on_the_other)
{
    static const Migration differing[] = { ROW(1, "differing",
        "CREATE TABLE unit (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n"
        "-- only: sqlite\n"
        "INSERT INTO unit SELECT 1, 'sqlite' WHERE sqlite_version() > '';\n"
        "-- only: pgsql\n"
        "INSERT INTO unit SELECT 1, 'pgsql' WHERE version() > '';\n"
        "-- only: both\n"
        "INSERT INTO unit VALUES (2, 'both');\n") };
    expect(up(fx, fx->c, differing, 1), 0, 1, 1);
    assert_str_equal(rows_text(fx, fx->c, "it", "SELECT id, name FROM unit ORDER BY id", NO_ARGS),
        fx->engine == DB_SQLITE ? S("1|sqlite;2|both") : S("1|pgsql;2|both"));
    assert_ok(fx->c, migrate_check(fx->c, differing, 1));
}

ENGINE_TEST(no_migrations_change_nothing)
{
    expect(up(fx, fx->c, three, 0), 0, 0, 0);
    assert_ok(fx->c, migrate_check(fx->c, three, 0));
}

ENGINE_TEST(a_newer_ledger_is_refused_by_its_numbers)
{
    MigrateResult result;
    up(fx, fx->c, three, 3);
    assert_int_equal(migrate_up(fx->c, three, 1, &result), ST_CONFLICT);
    assert_true(str_find(fx->c->err.message, S("2, 4"), 0) != SIZE_MAX);
    ctx_forgive(fx->c);
    assert_fails(fx->c, ST_CONFLICT, migrate_check(fx->c, three, 2));
}

ENGINE_TEST(an_edited_migration_is_refused)
{
    MigrateResult result;
    Migration edited[] = { three[0], three[1], three[2] };
    edited[1].text_len--;
    up(fx, fx->c, three, 2);
    assert_fails(fx->c, ST_CONFLICT, migrate_check(fx->c, edited, 2));
    assert_fails(fx->c, ST_CONFLICT, migrate_up(fx->c, edited, 3, &result));
    assert_str_equal(versions(fx), S("1|first;2|second"));
}

ENGINE_TEST(a_missing_number_is_refused)
{
    MigrateResult result;
    up(fx, fx->c, three, 3);
    script(fx, "DELETE FROM schema_version WHERE number = 2;");
    assert_fails(fx->c, ST_CONFLICT, migrate_check(fx->c, three, 3));
    assert_fails(fx->c, ST_CONFLICT, migrate_up(fx->c, three, 3, &result));
}

ENGINE_TEST(tables_of_others_are_refused)
{
    MigrateResult result;
    script(fx, "CREATE TABLE bookmark (id INTEGER);");
    assert_fails(fx->c, ST_INVALID, migrate_check(fx->c, three, 1));
    assert_fails(fx->c, ST_INVALID, migrate_up(fx->c, three, 1, &result));
    assert_int_equal(count_sql(fx, fx->c, "SELECT count(*) FROM bookmark"), 0);
}

ENGINE_TEST(half_a_migration_leaves_nothing)
{
    static const Migration failing[] = {
        ROW(1, "first", "CREATE TABLE unit (id INTEGER PRIMARY KEY);"),
        ROW(2, "second",
            "CREATE TABLE paper (id INTEGER); INSERT INTO unit VALUES (1); INSERT INTO nowhere VALUES (1);"),
    };
    MigrateResult result;
    assert_fails(fx->c, ST_BROKEN, migrate_up(fx->c, failing, 2, &result));
    assert_false(db_in_transaction(fx->c->db));
    assert_str_equal(versions(fx), S("1|first"));
    assert_int_equal(count_sql(fx, fx->c, "SELECT count(*) FROM unit"), 0);
    int64_t papers;
    assert_ok(fx->c, db_query_int(fx->c, SQL_LEDGER_HAS_TABLE, ARGS(value_text(S("paper"))), &papers, NULL));
    assert_int_equal(papers, 0);
}

ENGINE_TEST(a_failing_first_migration_leaves_an_empty_place)
{
    static const Migration failing[] = { ROW(1, "first", "CREATE TABLE unit (id INTEGER); SELECT nothing;") };
    MigrateResult result;
    assert_fails(fx->c, ST_BROKEN, migrate_up(fx->c, failing, 1, &result));
    expect(up(fx, fx->c, three, 1), 0, 1, 1);
}

ENGINE_TEST(a_reader_may_check_but_not_migrate)
{
    MigrateResult result;
    Ctx *reader = fixture_open(fx, fx->where, DB_READ);
    assert_fails(reader, ST_CONFLICT, migrate_check(reader, three, 1));
    assert_fails(reader, ST_DENIED, migrate_up(reader, three, 1, &result));
    up(fx, fx->c, three, 1);
    assert_ok(reader, migrate_check(reader, three, 1));
}

typedef struct Migrator {
    Ctx *c;
    Status status;
    MigrateResult result;
} Migrator;

static void *migrate(void *arg)
{
    Migrator *self = arg;
    self->status = migrate_up(self->c, three, 3, &self->result);
    return NULL;
}

ENGINE_TEST(two_programs_at_once_apply_each_once)
{
    Migrator one = { .c = fx->c }, two = { .c = fixture_open(fx, fx->where, DB_WRITE) };
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, migrate, &two), 0);
    migrate(&one);
    pthread_join(thread, NULL);
    assert_ok(one.c, one.status);
    assert_ok(two.c, two.status);
    assert_int_equal(one.result.applied + two.result.applied, 3);
    assert_str_equal(versions(fx), S("1|first;2|second;4|fourth"));
}

/* The ledger's own migrations; twice, as at every start. */
ENGINE_TEST(what_is_built_in_applies)
{
    fixture_migrate(fx);
    expect(up(fx, fx->c, migrations, migration_count), migrations[migration_count - 1].number,
        migrations[migration_count - 1].number, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(an_empty_place_comes_up_step_by_step),
        ON_BOTH(a_row_tells_what_was_applied_and_when),
        ON_BOTH(what_one_engine_alone_needs_is_left_out_on_the_other),
        ON_BOTH(no_migrations_change_nothing),
        ON_BOTH(a_newer_ledger_is_refused_by_its_numbers),
        ON_BOTH(an_edited_migration_is_refused),
        ON_BOTH(a_missing_number_is_refused),
        ON_BOTH(tables_of_others_are_refused),
        ON_BOTH(half_a_migration_leaves_nothing),
        ON_BOTH(a_failing_first_migration_leaves_an_empty_place),
        ON_BOTH(a_reader_may_check_but_not_migrate),
        ON_BOTH(two_programs_at_once_apply_each_once),
        ON_BOTH(what_is_built_in_applies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
