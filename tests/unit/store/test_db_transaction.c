/* Transactions, savepoints and what errors leave of them, the same on both engines. */
#include "support/tables.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#define TABLES                                                              \
    "CREATE TABLE unit (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE," \
    " parent INTEGER REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED);"  \
    "CREATE TABLE paper (id INTEGER PRIMARY KEY, unit INTEGER REFERENCES unit (id), text TEXT);"
/* Runs until it is stopped. */
#define ENDLESS "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

static Status add_unit(Fixture *fx, Ctx *c, int64_t id, Str code)
{
    return run_sql(fx, c, "INSERT INTO unit (id, code) VALUES (?1, ?2)", ARGS(value_int(id), value_text(code)));
}

static int64_t units(Fixture *fx, Ctx *c)
{
    return count_sql(fx, c, "SELECT count(*) FROM unit");
}

static void begin_with_savepoint(Ctx *c)
{
    assert_ok(c, db_begin(c, DB_TX_WRITE));
    assert_ok(c, db_savepoint(c));
}

/* --- what others see -------------------------------------------------------------------------------- */

ENGINE_TEST(a_commit_is_seen_a_rollback_is_not)
{
    script(fx, TABLES);
    Ctx *other = fixture_open(fx, fx->where, DB_READ);
    assert_false(db_in_transaction(fx->c->db));
    assert_ok(fx->c, db_begin(fx->c, DB_TX_WRITE));
    assert_true(db_in_transaction(fx->c->db));
    assert_ok(fx->c, add_unit(fx, fx->c, 1, S("a")));
    assert_int_equal(units(fx, other), 0);
    assert_ok(fx->c, db_commit(fx->c));
    assert_false(db_in_transaction(fx->c->db));
    assert_int_equal(units(fx, other), 1);

    assert_ok(fx->c, db_begin(fx->c, DB_TX_WRITE));
    assert_ok(fx->c, add_unit(fx, fx->c, 2, S("b")));
    db_rollback(fx->c->db);
    assert_int_equal(units(fx, fx->c), 1);
    db_rollback(fx->c->db); /* none is open: nothing happens */
}

ENGINE_TEST(a_reader_sees_one_state)
{
    script(fx, TABLES);
    Ctx *reader = fixture_open(fx, fx->where, DB_READ);
    assert_ok(reader, db_begin(reader, DB_TX_READ));
    assert_int_equal(units(fx, reader), 0);
    assert_ok(fx->c, add_unit(fx, fx->c, 1, S("a")));
    assert_int_equal(units(fx, reader), 0);
    assert_ok(reader, db_commit(reader));
    assert_int_equal(units(fx, reader), 1);
}

ENGINE_TEST(a_reading_transaction_writes_nothing)
{
    script(fx, TABLES);
    assert_ok(fx->c, db_begin(fx->c, DB_TX_READ));
    assert_fails(fx->c, ST_DENIED, add_unit(fx, fx->c, 1, S("a")));
    assert_false(db_in_transaction(fx->c->db));
    db_rollback(fx->c->db);
    assert_ok(fx->c, add_unit(fx, fx->c, 1, S("a")));
}

ENGINE_TEST(rows_end_with_their_transaction)
{
    DbRows *rows;
    bool has;
    script(fx, TABLES);
    assert_ok(fx->c, add_unit(fx, fx->c, 1, S("a")));
    assert_ok(fx->c, db_begin(fx->c, DB_TX_READ));
    assert_ok(fx->c, query_sql(fx, fx->c, "SELECT id FROM unit", NO_ARGS, &rows));
    assert_ok(fx->c, db_commit(fx->c));
    assert_fails(fx->c, ST_BROKEN, db_next(fx->c, rows, &has));
}

/* --- errors ------------------------------------------------------------------------------------------- */

ENGINE_TEST(constraints_have_their_status)
{
    static const struct {
        const char *sql;
        Status want;
    } cases[] = {
        { "INSERT INTO unit (id, code) VALUES (2, 'a')", ST_CONFLICT }, /* unique */
        { "INSERT INTO unit (id, code) VALUES (1, 'b')", ST_CONFLICT }, /* primary key */
        { "INSERT INTO paper (id, unit) VALUES (1, 9)", ST_CONFLICT },  /* nothing to refer to */
        { "DELETE FROM unit WHERE id = 1", ST_CONFLICT },               /* referred to */
        { "INSERT INTO unit (id, code) VALUES (2, NULL)", ST_BROKEN },  /* our own mistake */
        { "UPDATE unit SET code = 'a' WHERE id = 1", ST_OK },
    };
    script(fx, TABLES "INSERT INTO unit (id, code) VALUES (1, 'a'); INSERT INTO paper (id, unit) VALUES (7, 1);");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_fails(fx->c, cases[i].want, run_sql(fx, fx->c, cases[i].sql, NO_ARGS));
}

ENGINE_TEST(a_request_fails_and_the_batch_goes_on)
{
    script(fx, TABLES);
    begin_with_savepoint(fx->c);
    assert_ok(fx->c, add_unit(fx, fx->c, 1, S("a")));
    assert_ok(fx->c, db_release(fx->c));

    assert_ok(fx->c, db_savepoint(fx->c));
    assert_ok(fx->c, add_unit(fx, fx->c, 2, S("b")));
    assert_fails(fx->c, ST_CONFLICT, add_unit(fx, fx->c, 3, S("a")));
    assert_true(db_in_transaction(fx->c->db));                      /* going back will help */
    assert_fails(fx->c, ST_BROKEN, add_unit(fx, fx->c, 3, S("c"))); /* nothing else does */
    assert_ok(fx->c, db_rollback_to(fx->c));

    assert_ok(fx->c, db_savepoint(fx->c));
    assert_ok(fx->c, add_unit(fx, fx->c, 3, S("c")));
    assert_ok(fx->c, db_release(fx->c));
    assert_ok(fx->c, db_commit(fx->c));
    assert_str_equal(rows_text(fx, fx->c, "it", "SELECT id, code FROM unit ORDER BY id", NO_ARGS), S("1|a;3|c"));
}

ENGINE_TEST(an_error_without_savepoint_leaves_only_the_rollback)
{
    script(fx, TABLES);
    assert_ok(fx->c, db_begin(fx->c, DB_TX_WRITE));
    assert_ok(fx->c, add_unit(fx, fx->c, 1, S("a")));
    assert_fails(fx->c, ST_CONFLICT, add_unit(fx, fx->c, 1, S("a")));
    assert_false(db_in_transaction(fx->c->db));
    assert_fails(fx->c, ST_BROKEN, db_savepoint(fx->c));
    assert_fails(fx->c, ST_BROKEN, db_commit(fx->c));
    assert_int_equal(units(fx, fx->c), 0);
    assert_ok(fx->c, db_begin(fx->c, DB_TX_WRITE));
    assert_ok(fx->c, db_commit(fx->c));
}

ENGINE_TEST(a_constraint_fails_at_the_commit)
{
    script(fx, TABLES);
    assert_ok(fx->c, db_begin(fx->c, DB_TX_WRITE));
    assert_ok(fx->c, run_sql(fx, fx->c, "INSERT INTO unit (id, code, parent) VALUES (1, 'a', 99)", NO_ARGS));
    assert_fails(fx->c, ST_CONFLICT, db_commit(fx->c));
    assert_false(db_in_transaction(fx->c->db));
    assert_int_equal(units(fx, fx->c), 0);
    assert_ok(fx->c, add_unit(fx, fx->c, 1, S("a")));
}

ENGINE_TEST(an_error_in_the_middle_of_reading)
{
    DbRows *rows;
    bool has = true;
    Status status = ST_OK;
    script(fx, TABLES "INSERT INTO unit (id, code) VALUES (1, 'a'), (2, 'b');");
    begin_with_savepoint(fx->c);
    /* The least number has no absolute value. */
    status = query_sql(
        fx, fx->c, "SELECT CASE WHEN id = 2 THEN abs(-9223372036854775806 - id) ELSE id END FROM unit", NO_ARGS, &rows);
    while (status == ST_OK && has)
        status = db_next(fx->c, rows, &has);
    assert_fails(fx->c, ST_BROKEN, status);
    assert_ok(fx->c, db_rollback_to(fx->c));
    assert_ok(fx->c, db_commit(fx->c));
}

/* --- interrupts ------------------------------------------------------------------------------------- */

typedef struct Interrupter {
    Db *db;
    atomic_bool done;
} Interrupter;

/* Again and again: the first may come before the statement runs. */
static void *interrupt(void *arg)
{
    Interrupter *self = arg;
    while (!self->done) {
        nanosleep(&(struct timespec){ .tv_nsec = 20 * 1000 * 1000 }, NULL);
        db_interrupt(self->db);
    }
    return NULL;
}

static Status run_until_interrupted(Fixture *fx, const char *sql)
{
    Interrupter interrupter = { .db = fx->c->db };
    pthread_t thread;
    DbRows *rows;
    bool has;
    assert_int_equal(pthread_create(&thread, NULL, interrupt, &interrupter), 0);
    Status status = query_sql(fx, fx->c, sql, NO_ARGS, &rows);
    if (status == ST_OK)
        status = db_next(fx->c, rows, &has);
    interrupter.done = true;
    pthread_join(thread, NULL);
    return status;
}

ENGINE_TEST(an_interrupted_reading_can_be_undone)
{
    script(fx, TABLES);
    begin_with_savepoint(fx->c);
    assert_ok(fx->c, add_unit(fx, fx->c, 1, S("a")));
    assert_ok(fx->c, db_release(fx->c));
    assert_ok(fx->c, db_savepoint(fx->c));
    assert_fails(fx->c, ST_BUSY, run_until_interrupted(fx, ENDLESS));
    assert_true(db_in_transaction(fx->c->db));
    assert_ok(fx->c, db_rollback_to(fx->c));
    assert_ok(fx->c, db_commit(fx->c));
    assert_int_equal(units(fx, fx->c), 1);
}

/* SQLite undoes the whole transaction. What the lane does then is right on both. */
ENGINE_TEST(an_interrupted_writing_may_end_the_transaction)
{
    script(fx, TABLES);
    begin_with_savepoint(fx->c);
    assert_fails(fx->c, ST_BUSY,
        run_until_interrupted(fx, "INSERT INTO paper (id, text) SELECT i, NULL FROM (WITH RECURSIVE n (i) AS"
                                  " (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n) AS t"));
    assert_int_equal(db_in_transaction(fx->c->db), fx->engine == DB_PGSQL);
    if (db_in_transaction(fx->c->db))
        assert_ok(fx->c, db_rollback_to(fx->c));
    else
        assert_fails(fx->c, ST_BUSY, db_rollback_to(fx->c));
    db_rollback(fx->c->db);
    assert_ok(fx->c, add_unit(fx, fx->c, 1, S("a")));
    assert_int_equal(count_sql(fx, fx->c, "SELECT count(*) FROM paper"), 0);
}

/* --- one engine's own ---------------------------------------------------------------------------------- */

ENGINE_TEST(a_full_disk)
{
    Status status = ST_OK;
    int rows = 0;
    script(fx, TABLES "PRAGMA max_page_count = 20;");
    begin_with_savepoint(fx->c);
    while (status == ST_OK && ++rows < 1000)
        status = run_sql(fx, fx->c, "INSERT INTO paper (id, text) VALUES (?1, zeroblob(1000))", ARGS(value_int(rows)));
    assert_fails(fx->c, ST_FULL, status);
    if (db_in_transaction(fx->c->db))
        assert_ok(fx->c, db_rollback_to(fx->c));
    db_rollback(fx->c->db);
    assert_int_equal(count_sql(fx, fx->c, "SELECT count(*) FROM paper"), 0);
    assert_ok(fx->c, add_unit(fx, fx->c, 1, S("a")));
}

ENGINE_TEST(a_second_writer_is_told_to_wait)
{
    Ctx *other = fixture_open(fx, fx->where, DB_WRITE);
    assert_ok(other, db_run_script(other, S("PRAGMA busy_timeout = 30")));
    assert_ok(fx->c, db_begin(fx->c, DB_TX_WRITE));
    assert_fails(other, ST_BUSY, db_begin(other, DB_TX_WRITE));
    assert_ok(fx->c, db_commit(fx->c));
    assert_ok(other, db_begin(other, DB_TX_WRITE));
    assert_ok(other, db_commit(other));
}

ENGINE_TEST(a_second_writer_of_one_row_is_told_to_wait)
{
    static const char change[] = "UPDATE unit SET code = 'b' WHERE id = 1";
    script(fx, TABLES "INSERT INTO unit (id, code) VALUES (1, 'a');");
    Ctx *other = fixture_open(fx, fx->where, DB_WRITE);
    assert_ok(other, db_run_script(other, S("SET lock_timeout = 30")));
    assert_ok(fx->c, db_begin(fx->c, DB_TX_WRITE));
    assert_ok(fx->c, run_sql(fx, fx->c, change, NO_ARGS));
    begin_with_savepoint(other);
    assert_fails(other, ST_BUSY, run_sql(fx, other, change, NO_ARGS));
    assert_ok(other, db_rollback_to(other));
    assert_ok(fx->c, db_commit(fx->c));
    assert_ok(other, run_sql(fx, other, change, NO_ARGS));
    assert_ok(other, db_commit(other));
}

ENGINE_TEST(the_log_is_moved_into_the_file)
{
    script(fx, TABLES);
    assert_ok(fx->c, add_unit(fx, fx->c, 1, S("a")));
    assert_true(db_log_bytes(fx->c->db) > 4096);
    Ctx *reader = fixture_open(fx, fx->where, DB_READ);
    assert_ok(reader, db_begin(reader, DB_TX_READ));
    assert_int_equal(units(fx, reader), 1);
    assert_ok(fx->c, add_unit(fx, fx->c, 2, S("b")));
    assert_ok(fx->c, db_checkpoint(fx->c, false)); /* as far as the reader allows */
    assert_true(db_log_bytes(fx->c->db) > 4096);
    assert_ok(fx->c, db_run_script(fx->c, S("PRAGMA busy_timeout = 30")));
    assert_fails(fx->c, ST_BUSY, db_checkpoint(fx->c, true));
    assert_ok(reader, db_commit(reader));
    assert_fails(reader, ST_DENIED, db_checkpoint(reader, false));
    assert_ok(fx->c, db_checkpoint(fx->c, true));
    assert_int_equal(db_log_bytes(fx->c->db), 0);
    assert_ok(fx->c, add_unit(fx, fx->c, 3, S("c")));
    assert_in_range(db_log_bytes(fx->c->db), 1, 8 * 4120); /* started over */
}

ENGINE_TEST(no_log_here)
{
    assert_ok(fx->c, db_checkpoint(fx->c, true));
    assert_int_equal(db_log_bytes(fx->c->db), 0);
}

ENGINE_TEST(the_server_goes_away)
{
    script(fx, TABLES);
    Ctx *other = fixture_open(fx, fx->where, DB_WRITE);
    begin_with_savepoint(other);
    assert_ok(other, add_unit(fx, other, 1, S("a")));
    int64_t backend = count_sql(fx, other, "SELECT pg_backend_pid()");
    assert_str_equal(
        rows_text(fx, fx->c, "i", "SELECT pg_terminate_backend(CAST(?1 AS INTEGER))", ARGS(value_int(backend))),
        S("1"));
    assert_fails(other, ST_BUSY, add_unit(fx, other, 2, S("b")));
    assert_false(db_in_transaction(other->db));
    assert_fails(other, ST_BUSY, db_rollback_to(other));
    db_rollback(other->db);
    assert_fails(other, ST_BUSY, db_begin(other, DB_TX_WRITE));
    assert_fails(other, ST_BUSY, add_unit(fx, other, 2, S("b")));
    assert_int_equal(units(fx, fx->c), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_commit_is_seen_a_rollback_is_not),
        ON_BOTH(a_reader_sees_one_state),
        ON_BOTH(a_reading_transaction_writes_nothing),
        ON_BOTH(rows_end_with_their_transaction),
        ON_BOTH(constraints_have_their_status),
        ON_BOTH(a_request_fails_and_the_batch_goes_on),
        ON_BOTH(an_error_without_savepoint_leaves_only_the_rollback),
        ON_BOTH(a_constraint_fails_at_the_commit),
        ON_BOTH(an_error_in_the_middle_of_reading),
        ON_BOTH(an_interrupted_reading_can_be_undone),
        ON_BOTH(an_interrupted_writing_may_end_the_transaction),
        ON_SQLITE(a_full_disk),
        ON_SQLITE(a_second_writer_is_told_to_wait),
        ON_PGSQL(a_second_writer_of_one_row_is_told_to_wait),
        ON_SQLITE(the_log_is_moved_into_the_file),
        ON_PGSQL(no_log_here),
        ON_PGSQL(the_server_goes_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
