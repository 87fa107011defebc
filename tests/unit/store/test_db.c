/* Values, rows and prepared statements, the same on both engines. */
#include "support/tables.h"

#define WORDS_TABLE "CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT, n INTEGER, bytes BLOB);"

static void add_word(Fixture *fx, int64_t id, Str word)
{
    assert_ok(fx->c,
        run_sql(fx, fx->c, "INSERT INTO word (id, word) VALUES (?1, ?2)", ARGS(value_int(id), value_text(word))));
}

/* --- values ------------------------------------------------------------------------------------- */

ENGINE_TEST(numbers_come_back)
{
    static const int64_t numbers[] = { 0, 1, -1, INT32_MAX, (int64_t)INT32_MAX + 1, INT64_MAX, INT64_MIN };
    script(fx, WORDS_TABLE);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        Value args[] = { value_int((int64_t)i), value_int(numbers[i]) };
        assert_ok(fx->c, run_sql(fx, fx->c, "INSERT INTO word (id, n) VALUES (?1, ?2)", args, 2));
    }
    assert_str_equal(rows_text(fx, fx->c, "i", "SELECT n FROM word ORDER BY id", NO_ARGS),
        S("0;1;-1;2147483647;2147483648;9223372036854775807;-9223372036854775808"));
}

ENGINE_TEST(blobs_come_back_with_their_nul_bytes)
{
    static const uint8_t bytes[] = { 0, 1, 0xff, 0, '\'', 0 };
    DbRows *rows;
    bool has;
    script(fx, WORDS_TABLE);
    assert_ok(fx->c, run_sql(fx, fx->c, "INSERT INTO word (id, bytes) VALUES (1, ?1), (2, ?2)",
                         ARGS(value_bytes(bytes, sizeof bytes), value_bytes(NULL, 0))));
    assert_ok(fx->c, query_sql(fx, fx->c, "SELECT bytes FROM word ORDER BY id", NO_ARGS, &rows));
    assert_ok(fx->c, db_next(fx->c, rows, &has));
    assert_int_equal(row_blob(rows, 0).len, sizeof bytes);
    assert_memory_equal(row_blob(rows, 0).ptr, bytes, sizeof bytes);
    assert_ok(fx->c, db_next(fx->c, rows, &has));
    assert_false(row_is_null(rows, 0)); /* an empty blob is one */
    assert_int_equal(row_blob(rows, 0).len, 0);
}

ENGINE_TEST(empty_text_is_null)
{
    Value empty = { .kind = VALUE_TEXT, .text = S("") };
    script(fx, WORDS_TABLE);
    add_word(fx, 1, S(""));
    assert_ok(fx->c, run_sql(fx, fx->c, "INSERT INTO word (id, word) VALUES (2, ?1)", &empty, 1));
    assert_int_equal(count_sql(fx, fx->c, "SELECT count(*) FROM word WHERE word IS NULL"), 2);
}

ENGINE_TEST(null_keeps_the_type_of_its_column)
{
    static const ValueKind kinds[] = { VALUE_INT, VALUE_TEXT, VALUE_BLOB };
    Value nulls[] = { value_null(), value_null(), value_null() };
    script(fx, WORDS_TABLE);
    Str sql = fixture_sql(fx, fx->c->arena, "INSERT INTO word (id, n, word, bytes) VALUES (1, ?1, ?2, ?3)");
    assert_ok(fx->c, db_run_sql(fx->c, sql, kinds, nulls, 3, NULL));
    DbRows *rows;
    bool has;
    assert_ok(fx->c, query_sql(fx, fx->c, "SELECT n, word, bytes FROM word", NO_ARGS, &rows));
    assert_ok(fx->c, db_next(fx->c, rows, &has));
    assert_true(row_is_null(rows, 0) && row_is_null(rows, 1) && row_is_null(rows, 2));
    assert_int_equal(row_int(rows, 0), 0);
    assert_str_equal(row_text(rows, 1), STR_NONE);
    assert_str_equal(row_blob(rows, 2), STR_NONE);
}

ENGINE_TEST(comparisons_count_as_numbers)
{
    assert_str_equal(
        rows_text(fx, fx->c, "iii", "SELECT 1 < 2, 1 > 2, CAST(sum(n) AS BIGINT) FROM (SELECT 3 AS n) AS t", NO_ARGS),
        S("1|0|3"));
}

/* --- order and comparison ----------------------------------------------------------------------- */

ENGINE_TEST(chinese_sorts_by_bytes)
{
    static const char *const words[] = { "示江市", "安和县", "b", "北城区", "B", "a", "安" };
    script(fx, WORDS_TABLE);
    for (int i = 0; i < 7; i++)
        add_word(fx, i, str_of(words[i]));
    Str want = S("B;a;b;北城区;安;安和县;示江市"); /* by pinyin 安 would come before 北 */
    assert_str_equal(rows_text(fx, fx->c, "t", "SELECT word FROM word ORDER BY word", NO_ARGS), want);
    assert_str_equal(rows_text(fx, fx->c, "t", "SELECT word FROM word WHERE word > ?1 ORDER BY word DESC",
                         ARGS(value_text(S("北")))),
        S("示江市;安和县;安;北城区"));
}

ENGINE_TEST(nulls_stand_where_the_statement_says)
{
    script(fx, WORDS_TABLE);
    add_word(fx, 1, S("a"));
    add_word(fx, 2, STR_NONE);
    add_word(fx, 3, S("b"));
    static const struct {
        const char *sql;
        const char *want;
    } cases[] = {
        { "SELECT word FROM word ORDER BY word NULLS FIRST", "-;a;b" },
        { "SELECT word FROM word ORDER BY word NULLS LAST", "a;b;-" },
        { "SELECT word FROM word ORDER BY word DESC NULLS FIRST", "-;b;a" },
        { "SELECT word FROM word ORDER BY word DESC NULLS LAST", "b;a;-" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str_equal(rows_text(fx, fx->c, "t", cases[i].sql, NO_ARGS), str_of(cases[i].want));
}

ENGINE_TEST(capitals_differ)
{
    script(fx, WORDS_TABLE);
    add_word(fx, 1, S("Zhang"));
    assert_int_equal(count_sql(fx, fx->c, "SELECT count(*) FROM word WHERE word = 'zhang'"), 0);
    assert_int_equal(count_sql(fx, fx->c, "SELECT count(*) FROM word WHERE word LIKE 'zh%'"), 0);
    assert_int_equal(count_sql(fx, fx->c, "SELECT count(*) FROM word WHERE word LIKE 'Zh%'"), 1);
}

/* --- refusals ------------------------------------------------------------------------------------- */

ENGINE_TEST(text_that_is_no_text_is_refused)
{
    static const Str texts[] = { S_INIT("a\0b"), S_INIT("\0"), S_INIT("\xff"), S_INIT("\xed\xa0\x80"),
        S_INIT("\xe5\xae") };
    script(fx, WORDS_TABLE);
    assert_ok(fx->c, db_begin(fx->c, DB_TX_WRITE));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_fails(fx->c, ST_INVALID,
            run_sql(fx, fx->c, "INSERT INTO word (id, word) VALUES (1, ?1)", ARGS(value_text(texts[i]))));
    add_word(fx, 1, S("the transaction goes on"));
    assert_ok(fx->c, db_commit(fx->c));
    assert_int_equal(count_sql(fx, fx->c, "SELECT count(*) FROM word"), 1);
}

ENGINE_TEST(parameters_must_fit)
{
    static const ValueKind kinds[] = { VALUE_INT };
    Value text = value_text(S("1")), number = value_int(1);
    Str sql = fixture_sql(fx, fx->c->arena, "SELECT ?1 + 1");
    DbRows *rows;
    int64_t count;
    assert_fails(fx->c, ST_BROKEN, db_query_sql(fx->c, sql, kinds, &text, 1, &rows));
    assert_ok(fx->c, db_query_sql(fx->c, sql, kinds, &number, 1, &rows));
    assert_fails(fx->c, ST_BROKEN, db_query_int(fx->c, SQL_LEDGER_HAS_TABLE, NO_ARGS, &count, NULL));
}

ENGINE_TEST(bad_statements_are_refused)
{
    static const char *const bad[] = { "SELECT 1; SELECT 2", "SELECT nothing", "SELECT \"no text\"",
        "SELECT FROM WHERE", "SELECT * FROM no_table", "" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        DbRows *rows;
        assert_fails(fx->c, ST_BROKEN, query_sql(fx, fx->c, bad[i], NO_ARGS, &rows));
    }
    assert_int_equal(count_sql(fx, fx->c, "SELECT 1"), 1);
}

ENGINE_TEST(failures_do_not_tell_values)
{
    script(fx, "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE CHECK (length(name) < 12));"
               "INSERT INTO person VALUES (1, 'secret-one');");
    static const struct {
        const char *name;
        Status want;
    } cases[] = { { "secret-one", ST_CONFLICT }, { "secret-too-long", ST_BROKEN } };
    for (size_t i = 0; i < 2; i++) {
        Value name = value_text(str_of(cases[i].name));
        assert_int_equal(run_sql(fx, fx->c, "INSERT INTO person VALUES (2, ?1)", &name, 1), cases[i].want);
        assert_int_equal(str_find(fx->c->err.message, S("secret"), 0), SIZE_MAX);
        assert_true(str_find(fx->c->err.message, S("person"), 0) != SIZE_MAX || cases[i].want == ST_BROKEN);
        ctx_forgive(fx->c);
    }
}

ENGINE_TEST(run_gives_no_rows)
{
    assert_fails(fx->c, ST_BROKEN, run_sql(fx, fx->c, "SELECT 1", NO_ARGS));
    assert_int_equal(count_sql(fx, fx->c, "SELECT 2"), 2);
}

ENGINE_TEST(numeric_is_refused_with_the_remedy)
{
    DbRows *rows;
    assert_int_equal(
        query_sql(fx, fx->c, "SELECT sum(n) FROM (SELECT CAST(1 AS BIGINT) AS n) AS t", NO_ARGS, &rows), ST_BROKEN);
    assert_true(str_find(fx->c->err.message, S("AS BIGINT"), 0) != SIZE_MAX);
    ctx_forgive(fx->c);
}

/* --- rows ------------------------------------------------------------------------------------------- */

ENGINE_TEST(changed_counts_what_the_statement_did)
{
    static const struct {
        const char *sql;
        int64_t want;
    } cases[] = {
        { "INSERT INTO word (id, n) VALUES (1, 1), (2, 2), (3, 3)", 3 },
        { "UPDATE word SET n = 9 WHERE n < 3", 2 },
        { "UPDATE word SET n = 0 WHERE n = 77", 0 },
        { "CREATE TABLE other (id INTEGER)", 0 },
        { "DELETE FROM word", 3 },
    };
    script(fx, WORDS_TABLE);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t changed = -1;
        assert_ok(fx->c, db_run_sql(fx->c, str_of(cases[i].sql), NULL, NO_ARGS, &changed));
        assert_int_equal(changed, cases[i].want);
    }
}

ENGINE_TEST(one_statement_is_read_twice_at_once)
{
    DbRows *outer, *inner;
    bool has;
    StrBuf seen = strbuf_in(fx->c->arena);
    script(fx, WORDS_TABLE "INSERT INTO word (id, word) VALUES (1, 'a'), (2, 'b');");
    assert_ok(fx->c, query_sql(fx, fx->c, "SELECT word FROM word ORDER BY id", NO_ARGS, &outer));
    for (assert_ok(fx->c, db_next(fx->c, outer, &has)); has;) {
        assert_ok(fx->c, query_sql(fx, fx->c, "SELECT word FROM word ORDER BY id", NO_ARGS, &inner));
        for (assert_ok(fx->c, db_next(fx->c, inner, &has)); has;) {
            strbuf_add(&seen, row_text(outer, 0));
            strbuf_add(&seen, row_text(inner, 0));
            assert_ok(fx->c, db_next(fx->c, inner, &has));
        }
        assert_ok(fx->c, db_next(fx->c, outer, &has));
    }
    assert_str_equal(strbuf_str(&seen), S("aaabbabb"));
}

ENGINE_TEST(rows_end_with_the_arena)
{
    DbRows *rows;
    bool has;
    script(fx, WORDS_TABLE "INSERT INTO word (id) VALUES (1), (2);");
    for (int i = 0; i < 3; i++) {
        CtxMark mark = ctx_mark(fx->c);
        assert_ok(fx->c, query_sql(fx, fx->c, "SELECT id FROM word", NO_ARGS, &rows));
        assert_ok(fx->c, db_next(fx->c, rows, &has));
        ctx_rewind(fx->c, mark);
    }
    script(fx, "DROP TABLE word;"); /* SQLite: locked, were they still open */
}

ENGINE_TEST(ended_rows_give_nothing_more)
{
    DbRows *rows;
    bool has = true;
    assert_ok(fx->c, query_sql(fx, fx->c, "SELECT 1", NO_ARGS, &rows));
    db_rows_done(rows);
    assert_ok(fx->c, db_next(fx->c, rows, &has));
    assert_false(has);
    db_rows_done(rows);
}

ENGINE_TEST(rows_outlive_the_texts_they_were_asked_with)
{
    char name[] = "abc";
    DbRows *rows;
    bool has;
    script(fx, WORDS_TABLE "INSERT INTO word (id, word) VALUES (1, 'abc'), (2, 'abc');");
    assert_ok(fx->c, query_sql(fx, fx->c, "SELECT id FROM word WHERE word = ?1 ORDER BY id",
                         ARGS(value_text((Str){ name, 3 })), &rows));
    name[0] = 'x';
    for (int i = 1; i <= 2; i++) {
        assert_ok(fx->c, db_next(fx->c, rows, &has));
        assert_true(has);
    }
}

ENGINE_TEST(closing_ends_the_rows)
{
    Ctx *c = fixture_open(fx, fx->where, DB_READ);
    DbRows *rows;
    bool has;
    assert_ok(c, query_sql(fx, c, "SELECT 1", NO_ARGS, &rows));
    db_close(c->db);
    c->db = NULL;
    assert_fails(c, ST_BROKEN, db_next(c, rows, &has));
}

/* --- prepared statements -------------------------------------------------------------------------- */

ENGINE_TEST(more_texts_than_are_kept)
{
    enum { TEXTS = 700 };
    DbRows *open;
    bool has;
    int64_t sum = 0;
    script(fx, WORDS_TABLE "INSERT INTO word (id) VALUES (1), (2);");
    assert_ok(fx->c, query_sql(fx, fx->c, "SELECT id FROM word ORDER BY id", NO_ARGS, &open));
    assert_ok(fx->c, db_next(fx->c, open, &has));
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < TEXTS; i++) {
            CtxMark mark = ctx_mark(fx->c);
            sum += count_sql(fx, fx->c, str_format(fx->c->arena, "SELECT %d", i).ptr);
            ctx_rewind(fx->c, mark);
        }
    assert_int_equal(sum, TEXTS * (TEXTS - 1));
    assert_ok(fx->c, db_next(fx->c, open, &has)); /* its place has long gone to others */
    assert_true(has && row_int(open, 0) == 2);
    if (fx->engine == DB_PGSQL)
        assert_in_range(count_sql(fx, fx->c, "SELECT count(*) FROM pg_prepared_statements"), 1, 256 + SQL_COUNT);
}

ENGINE_TEST(one_text_with_other_types_is_another_statement)
{
    DbRows *rows;
    bool has;
    script(fx, WORDS_TABLE "INSERT INTO word (id, word) VALUES (1, '1');");
    assert_ok(fx->c, query_sql(fx, fx->c, "SELECT ?1", ARGS(value_int(7)), &rows));
    assert_ok(fx->c, db_next(fx->c, rows, &has));
    assert_int_equal(row_int(rows, 0), 7);
    assert_ok(fx->c, query_sql(fx, fx->c, "SELECT ?1", ARGS(value_text(S("seven"))), &rows));
    assert_ok(fx->c, db_next(fx->c, rows, &has));
    assert_str_equal(row_text(rows, 0), S("seven"));
}

ENGINE_TEST(fixed_statements_have_names)
{
    int64_t count;
    Str text;
    bool has;
    assert_ok(fx->c, db_query_int(fx->c, SQL_LEDGER_HAS_TABLE, ARGS(value_text(S("word"))), &count, NULL));
    assert_int_equal(count, 0);
    script(fx, WORDS_TABLE "CREATE TABLE schema_version (number INTEGER, name TEXT, digest TEXT, applied_at TEXT);");
    assert_ok(fx->c, db_query_int(fx->c, SQL_LEDGER_HAS_TABLE, ARGS(value_text(S("word"))), &count, NULL));
    assert_int_equal(count, 1);
    assert_ok(fx->c, db_query_text(fx->c, SQL_SCHEMA_VERSION_LIST, NO_ARGS, &text, &has));
    assert_false(has);
    assert_fails(fx->c, ST_BROKEN, db_query_int(fx->c, SQL_SCHEMA_VERSION_LIST, NO_ARGS, &count, NULL));
    Value row[] = { value_int(5), value_text(S("五")), value_null(), value_null() };
    assert_ok(fx->c, db_run(fx->c, SQL_SCHEMA_VERSION_INSERT, row, 4, &count));
    assert_int_equal(count, 1);
    assert_ok(fx->c, db_query_int(fx->c, SQL_SCHEMA_VERSION_LIST, NO_ARGS, &count, &has));
    assert_true(has && count == 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(numbers_come_back),
        ON_BOTH(blobs_come_back_with_their_nul_bytes),
        ON_BOTH(empty_text_is_null),
        ON_BOTH(null_keeps_the_type_of_its_column),
        ON_BOTH(comparisons_count_as_numbers),
        ON_BOTH(chinese_sorts_by_bytes),
        ON_BOTH(nulls_stand_where_the_statement_says),
        ON_BOTH(capitals_differ),
        ON_BOTH(text_that_is_no_text_is_refused),
        ON_BOTH(parameters_must_fit),
        ON_BOTH(bad_statements_are_refused),
        ON_BOTH(failures_do_not_tell_values),
        ON_BOTH(run_gives_no_rows),
        ON_PGSQL(numeric_is_refused_with_the_remedy),
        ON_BOTH(changed_counts_what_the_statement_did),
        ON_BOTH(one_statement_is_read_twice_at_once),
        ON_BOTH(rows_end_with_the_arena),
        ON_BOTH(ended_rows_give_nothing_more),
        ON_BOTH(rows_outlive_the_texts_they_were_asked_with),
        ON_BOTH(closing_ends_the_rows),
        ON_BOTH(more_texts_than_are_kept),
        ON_BOTH(one_text_with_other_types_is_another_statement),
        ON_BOTH(fixed_statements_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
