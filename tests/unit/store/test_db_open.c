/* What may be opened, how, and what is said when it may not. */
#include "support/tables.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static Status open_at(Fixture *fx, Str where, DbMode mode)
{
    Ctx *c = fixture_ctx(fx);
    Status status = db_open(c, where, mode, &c->db);
    fx->c->err = c->err; /* for assert_fails() */
    return status;
}

static void write_file(Str path, const char *text)
{
    FILE *f = fopen(path.ptr, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static int mode_of(Fixture *fx, const char *name)
{
    struct stat st;
    assert_int_equal(stat(fixture_path(fx, name).ptr, &st), 0);
    return st.st_mode & 0777;
}

ENGINE_TEST(the_engine_shows_in_the_place)
{
    assert_int_equal(db_engine(fx->c->db), fx->engine);
    assert_int_equal(db_engine_of(fx->where), fx->engine);
    assert_int_equal(db_engine_of(S("postgres://host/db")), DB_PGSQL);
    assert_int_equal(db_engine_of(S("postgresql.ledger")), DB_SQLITE);
}

ENGINE_TEST(a_missing_place_is_missing)
{
    Str place = fixture_place(fx);
    assert_fails(fx->c, ST_MISSING, open_at(fx, place, DB_READ));
    assert_fails(fx->c, ST_MISSING, open_at(fx, place, DB_WRITE));
    assert_ok(fx->c, open_at(fx, place, DB_CREATE));
    assert_ok(fx->c, open_at(fx, place, DB_CREATE)); /* made already */
    assert_ok(fx->c, open_at(fx, place, DB_READ));
    assert_fails(fx->c, ST_INVALID, open_at(fx, S(""), DB_CREATE));
    assert_fails(fx->c, ST_INVALID, open_at(fx, S("a\0b"), DB_CREATE));
}

ENGINE_TEST(a_reading_connection_writes_nothing)
{
    script(fx, "CREATE TABLE t (id INTEGER);");
    Ctx *c = fixture_open(fx, fx->where, DB_READ);
    assert_fails(c, ST_DENIED, run_sql(fx, c, "INSERT INTO t VALUES (1)", NO_ARGS));
    assert_fails(c, ST_DENIED, db_run_script(c, S("CREATE TABLE u (id INTEGER);")));
    assert_fails(c, ST_DENIED, db_begin(c, DB_TX_WRITE));
    assert_int_equal(count_sql(fx, c, "SELECT count(*) FROM t"), 0);
}

/* --- files -------------------------------------------------------------------------------------- */

ENGINE_TEST(a_file_is_its_owners_alone)
{
    script(fx, "CREATE TABLE t (id INTEGER);");
    assert_int_equal(mode_of(fx, "1.ledger"), 0600);
    assert_int_equal(mode_of(fx, "1.ledger-wal"), 0600);
    assert_int_equal(mode_of(fx, "1.ledger-shm"), 0600);
}

ENGINE_TEST(what_is_no_ledger_is_left_alone)
{
    Str text = fixture_path(fx, "text"), empty = fixture_path(fx, "empty");
    write_file(text, "This is no database, but long enough to be asked whether it is one.\n");
    write_file(empty, "");
    for (DbMode mode = DB_READ; mode <= DB_CREATE; mode++) {
        assert_fails(fx->c, ST_INVALID, open_at(fx, text, mode));
        assert_fails(fx->c, ST_INVALID, open_at(fx, str_of(fx->dir), mode));
        assert_ok(fx->c, open_at(fx, empty, mode));
    }
    assert_fails(fx->c, ST_MISSING, open_at(fx, fixture_path(fx, "no/folder"), DB_CREATE));
    assert_fails(fx->c, ST_MISSING, open_at(fx, fixture_path(fx, "text/no-folder"), DB_CREATE));
}

/* Such files are made by others; here by changing the mark of one of ours. */
ENGINE_TEST(a_database_of_others_is_refused)
{
    script(fx, "CREATE TABLE bookmark (id INTEGER); PRAGMA application_id = 0;");
    for (DbMode mode = DB_READ; mode <= DB_CREATE; mode++)
        assert_fails(fx->c, ST_INVALID, open_at(fx, fx->where, mode));
    script(fx, "PRAGMA application_id = 1;");
    assert_fails(fx->c, ST_INVALID, open_at(fx, fx->where, DB_CREATE));
    script(fx, "PRAGMA application_id = 0x78756e63;");
    assert_ok(fx->c, open_at(fx, fx->where, DB_WRITE));
}

ENGINE_TEST(a_file_that_cannot_be_written_is_denied)
{
    script(fx, "CREATE TABLE t (id INTEGER);");
    Str uri = str_format(fx->arena, "file:%.*s?mode=ro", STR_ARG(fx->where));
    assert_ok(fx->c, open_at(fx, uri, DB_READ));
    assert_fails(fx->c, ST_DENIED, open_at(fx, uri, DB_WRITE));
}

/* Root may write everything, so it is somebody else for a while. */
ENGINE_TEST(a_file_of_somebody_else_is_denied)
{
    enum { NOBODY = 65534 };
    if (geteuid() != 0)
        skip();
    assert_int_equal(chmod(fx->dir, 0755), 0);
    assert_int_equal(seteuid(NOBODY), 0);
    Status secret = open_at(fx, fx->where, DB_READ), created = open_at(fx, fixture_path(fx, "new"), DB_CREATE);
    assert_int_equal(seteuid(0), 0);
    assert_int_equal(chmod(fx->where.ptr, 0644), 0);
    assert_int_equal(seteuid(NOBODY), 0);
    Status readable = open_at(fx, fx->where, DB_WRITE);
    assert_int_equal(seteuid(0), 0);
    assert_int_equal(secret, ST_DENIED);
    assert_int_equal(created, ST_DENIED);
    assert_int_equal(readable, ST_DENIED);
    ctx_forgive(fx->c);
}

ENGINE_TEST(a_file_has_the_settings_promised)
{
    static const struct {
        const char *sql;
        int64_t want;
    } cases[] = {
        { "PRAGMA synchronous", 2 },
        { "PRAGMA foreign_keys", 1 },
        { "PRAGMA secure_delete", 1 },
        { "PRAGMA mmap_size", 0 },
        { "PRAGMA wal_autocheckpoint", 0 },
        { "PRAGMA cache_size", -65536 },
        { "PRAGMA temp_store", 2 },
        { "PRAGMA trusted_schema", 0 },
        { "PRAGMA busy_timeout", 5000 },
        { "PRAGMA application_id", 0x78756e63 },
        { "SELECT journal_mode = 'wal' FROM pragma_journal_mode", 1 },
    };
    Ctx *reader = fixture_open(fx, fx->where, DB_READ);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(count_sql(fx, fx->c, cases[i].sql), cases[i].want);
        assert_int_equal(count_sql(fx, reader, cases[i].sql), cases[i].want);
    }
    assert_int_equal(count_sql(fx, reader, "PRAGMA query_only"), 1);
}

/* --- servers -------------------------------------------------------------------------------------- */

ENGINE_TEST(a_server_that_cannot_be_reached)
{
    assert_fails(fx->c, ST_BUSY, open_at(fx, S("postgresql://nobody:secret@127.0.0.1:1/none"), DB_READ));
    assert_int_equal(open_at(fx, S("postgresql://nobody:secret@127.0.0.1:1/none"), DB_READ), ST_BUSY);
    assert_int_equal(str_find(fx->c->err.message, S("secret"), 0), SIZE_MAX);
    ctx_forgive(fx->c);
    assert_fails(fx->c, ST_INVALID, open_at(fx, S("postgresql://host/db?nothing=known"), DB_READ));
}

ENGINE_TEST(a_database_or_user_that_is_not_there)
{
    Str server = str_of(getenv("XUNCHA_TEST_PG"));
    size_t at = str_find(server, S("postgres@"), 0);
    assert_fails(fx->c, ST_MISSING, open_at(fx, str_format(fx->arena, "%.*s_none", STR_ARG(server)), DB_CREATE));
    assert_true(at != SIZE_MAX);
    Str stranger = str_format(fx->arena, "postgresql://stranger@%s", server.ptr + at + 9);
    assert_fails(fx->c, ST_DENIED, open_at(fx, stranger, DB_CREATE));
}

ENGINE_TEST(a_server_has_the_settings_promised)
{
    Ctx *reader = fixture_open(fx, fx->where, DB_READ);
    assert_str_equal(rows_text(fx, fx->c, "ttttt",
                         "SELECT current_setting('synchronous_commit'), current_setting('standard_conforming_strings'),"
                         " current_setting('client_encoding'), current_setting('application_name'),"
                         " current_setting('default_transaction_read_only')",
                         NO_ARGS),
        S("on|on|UTF8|xuncha|off"));
    assert_int_equal(count_sql(fx, reader, "SELECT current_setting('transaction_read_only') = 'on'"), 1);
    assert_int_equal(count_sql(fx, reader, "SELECT CAST(cardinality(current_schemas(false)) AS BIGINT)"), 1);
}

ENGINE_TEST(a_script_speaks_the_servers_words)
{
    script(fx, "CREATE TABLE t (n INTEGER, s TEXT DEFAULT 'TEXT', b BLOB);");
    assert_str_equal(rows_text(fx, fx->c, "ttt",
                         "SELECT column_name, data_type, coalesce(collation_name, '') FROM information_schema.columns"
                         " WHERE table_schema = current_schema() AND table_name = 't' ORDER BY ordinal_position",
                         NO_ARGS),
        S("n|bigint|;s|text|C;b|bytea|"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(the_engine_shows_in_the_place),
        ON_BOTH(a_missing_place_is_missing),
        ON_BOTH(a_reading_connection_writes_nothing),
        ON_SQLITE(a_file_is_its_owners_alone),
        ON_SQLITE(what_is_no_ledger_is_left_alone),
        ON_SQLITE(a_database_of_others_is_refused),
        ON_SQLITE(a_file_that_cannot_be_written_is_denied),
        ON_SQLITE(a_file_of_somebody_else_is_denied),
        ON_SQLITE(a_file_has_the_settings_promised),
        ON_SQLITE(a_server_that_cannot_be_reached),
        ON_PGSQL(a_database_or_user_that_is_not_there),
        ON_PGSQL(a_server_has_the_settings_promised),
        ON_PGSQL(a_script_speaks_the_servers_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
