#include "support/engines.h"

#include "store/db_words.h"

static void words_are_turned_outside_quotes_and_comments(void **state)
{
    static const struct {
        const char *ours, *want;
    } cases[] = {
        { "", "" },
        { "a INTEGER, b TEXT, c BLOB", "a BIGINT, b TEXT COLLATE \"C\", c BYTEA" },
        { "INTEGER", "BIGINT" },
        { "(INTEGER)(TEXT)", "(BIGINT)(TEXT COLLATE \"C\")" },
        { "integer text Blob", "integer text Blob" },
        { "INTEGERS MYTEXT TEXT_1 BLOB2 1BLOB", "INTEGERS MYTEXT TEXT_1 BLOB2 1BLOB" },
        { "x TEXT DEFAULT 'TEXT'", "x TEXT COLLATE \"C\" DEFAULT 'TEXT'" },
        { "'it''s BLOB' BLOB", "'it''s BLOB' BYTEA" },
        { "\"TEXT\" TEXT", "\"TEXT\" TEXT COLLATE \"C\"" },
        { "\"a\"\"BLOB\" BLOB", "\"a\"\"BLOB\" BYTEA" },
        { "-- TEXT 'not open\nTEXT", "-- TEXT 'not open\nTEXT COLLATE \"C\"" },
        { "-- TEXT", "-- TEXT" },
        { "/* TEXT -- */ BLOB", "/* TEXT -- */ BYTEA" },
        { "a - BLOB / TEXT", "a - BYTEA / TEXT COLLATE \"C\"" },
        { "CAST(x AS TEXT)", "CAST(x AS TEXT)" },
        { "CAST(x AS INTEGER)", "CAST(x AS BIGINT)" },
        { "'does not end TEXT", "'does not end TEXT" },
        { "单位 TEXT '名称 TEXT'", "单位 TEXT COLLATE \"C\" '名称 TEXT'" },
    };
    Arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str_equal(db_words_pgsql(arena, str_of(cases[i].ours)), str_of(cases[i].want));
    arena_done(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(words_are_turned_outside_quotes_and_comments) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
