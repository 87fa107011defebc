#include "base_test.h"

#include "base/json.h"

#include <math.h>
#include <stdio.h>

static Str written(BaseFixture *fx, const Json *node)
{
    StrBuf b = strbuf_in(fx->arena);
    JsonWriter w = json_onto(&b);
    json_tree(&w, node);
    return strbuf_str(&b);
}

static void what_is_read_is_written_again(void **state)
{
    static const struct {
        Str text, again;
    } rows[] = {
        { S_INIT("null"), S_INIT("null") },
        { S_INIT(" true "), S_INIT("true") },
        { S_INIT("false\n"), S_INIT("false") },
        { S_INIT("0"), S_INIT("0") },
        { S_INIT("-0"), S_INIT("0") },
        { S_INIT("12"), S_INIT("12") },
        { S_INIT("9223372036854775807"), S_INIT("9223372036854775807") },
        { S_INIT("-9223372036854775808"), S_INIT("-9223372036854775808") },
        { S_INIT("1.0"), S_INIT("1.0") },
        { S_INIT("0.1"), S_INIT("0.1") },
        { S_INIT("1e3"), S_INIT("1000.0") },
        { S_INIT("-1.5E-3"), S_INIT("-0.0015") },
        { S_INIT("1e300"), S_INIT("1e+300") },
        { S_INIT("0.30000000000000004"), S_INIT("0.30000000000000004") },
        { S_INIT("99999999999999999999.5"), S_INIT("1e+20") },
        { S_INIT("\"\""), S_INIT("\"\"") },
        { S_INIT("\"整改\""), S_INIT("\"整改\"") },
        { S_INIT("\"\\u6574\\u6539\""), S_INIT("\"整改\"") },
        { S_INIT("\"\\ud83d\\ude00\""), S_INIT("\"\xf0\x9f\x98\x80\"") },
        { S_INIT("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0001\""), S_INIT("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\"") },
        { S_INIT("\"\x7f\""), S_INIT("\"\x7f\"") },
        { S_INIT("[]"), S_INIT("[]") },
        { S_INIT("{}"), S_INIT("{}") },
        { S_INIT(" [ 1 , [ ] , { } , null ] "), S_INIT("[1,[],{},null]") },
        { S_INIT("{\"b\":1,\"a\":{\"c\":[true,\"x\"]}}"), S_INIT("{\"b\":1,\"a\":{\"c\":[true,\"x\"]}}") },
        { S_INIT("{\"a\":{\"a\":1},\"b\":{\"a\":2}}"), S_INIT("{\"a\":{\"a\":1},\"b\":{\"a\":2}}") },
        { S_INIT("{\"\":1,\"a\\\"b\":2}"), S_INIT("{\"\":1,\"a\\\"b\":2}") },
        { S_INIT("{\"a:b\":\"{,[:\"}"), S_INIT("{\"a:b\":\"{,[:\"}") },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const Json *root = NULL;
        row_holds(json_read(&fx->c, rows[i].text, &root) == ST_OK, "%.*s: %.*s", STR_ARG(rows[i].text),
            STR_ARG(fx->c.err.message));
        assert_str_equal(written(fx, root), rows[i].again);
        const Json *again = NULL;
        assert_int_equal(json_read(&fx->c, rows[i].again, &again), ST_OK);
        assert_int_equal(root->kind, again->kind);
    }
}

static void what_is_not_json_is_refused_with_its_place(void **state)
{
    static const struct {
        Str text;
        const char *place; /* "line:column" */
    } rows[] = {
        { S_INIT(""), "1:1" },
        { S_INIT("  \n "), "2:2" },
        { S_INIT("\xef\xbb\xbf{}"), "1:1" },
        { S_INIT("\"\xff\""), "1:1" },
        { S_INIT("\"a\0b\""), "1:1" },
        { S_INIT("1 2"), "1:3" },
        { S_INIT("{} x"), "1:4" },
        { S_INIT("[1,]"), "1:4" },
        { S_INIT("[1 2]"), "1:4" },
        { S_INIT("[1}"), "1:3" },
        { S_INIT("[1"), "1:3" },
        { S_INIT("]"), "1:1" },
        { S_INIT("{\"a\":1,}"), "1:8" },
        { S_INIT("{\"a\"}"), "1:5" },
        { S_INIT("{\"a\" 1}"), "1:6" },
        { S_INIT("{a:1}"), "1:2" },
        { S_INIT("{1:1}"), "1:2" },
        { S_INIT("[\"a\":1]"), "1:5" },
        { S_INIT("{'a':1}"), "1:2" },
        { S_INIT("'a'"), "1:1" },
        { S_INIT("[1] // no"), "1:5" },
        { S_INIT("/* no */ 1"), "1:1" },
        { S_INIT("nul"), "1:1" },
        { S_INIT("True"), "1:1" },
        { S_INIT("nullx"), "1:5" },
        { S_INIT("NaN"), "1:1" },
        { S_INIT("Infinity"), "1:1" },
        { S_INIT("[-Infinity]"), "1:2" },
        { S_INIT("01"), "1:1" },
        { S_INIT("-"), "1:1" },
        { S_INIT("+1"), "1:1" },
        { S_INIT(".5"), "1:1" },
        { S_INIT("1."), "1:1" },
        { S_INIT("1e"), "1:1" },
        { S_INIT("1e+"), "1:1" },
        { S_INIT("0x10"), "1:2" },
        { S_INIT("1e999"), "1:1" },
        { S_INIT("[1,\n 9223372036854775808]"), "2:2" },
        { S_INIT("-9223372036854775809"), "1:1" },
        { S_INIT("18446744073709551615"), "1:1" },
        { S_INIT("\"abc"), "1:5" },
        { S_INIT("\"abc\\"), "1:6" },
        { S_INIT("\"abc\\\""), "1:7" },
        { S_INIT("\"\\x\""), "1:3" },
        { S_INIT("\"\\u12g4\""), "1:2" },
        { S_INIT("\"\\u12"), "1:2" },
        { S_INIT("\"整\\u0000\""), "1:3" },
        { S_INIT("\"\\ud83d\""), "1:2" },
        { S_INIT("\"\\ud83dx\""), "1:2" },
        { S_INIT("\"\\ud83d\\u0041\""), "1:2" },
        { S_INIT("\"\\ude00\""), "1:2" },
        { S_INIT("\"a\tb\""), "1:3" },
        { S_INIT("\"a\nb\""), "1:3" },
        { S_INIT("[1,\v2]"), "1:4" },
        { S_INIT("{\"a\":1,\"a\":2}"), "1:1" },
        { S_INIT("{\"a\":1,\"\\u0061\":2}"), "1:1" },
        { S_INIT("[{\"x\":{}},\n {\"a\":{\"b\":1,\"b\":1}}]"), "2:7" },
    };
    BaseFixture *fx = *state;
    fx->c.lang = LANG_EN;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const Json *root = NULL;
        row_holds(json_read(&fx->c, rows[i].text, &root) == ST_MALFORMED, "%.*s was read", STR_ARG(rows[i].text));
        assert_null(root);
        unsigned line = 0, column = 0;
        assert_int_equal(sscanf(str_c(fx->arena, fx->c.err.message), "JSON line %u, column %u: ", &line, &column), 2);
        Str place = str_format(fx->arena, "%u:%u", line, column);
        row_holds(
            str_eq(place, str_of(rows[i].place)), "%.*s: %.*s", STR_ARG(rows[i].text), STR_ARG(fx->c.err.message));
        ctx_forgive(&fx->c);
    }
}

static void refusals_are_said_in_chinese(void **state)
{
    BaseFixture *fx = *state;
    const Json *root;
    assert_int_equal(json_read(&fx->c, S("{\"a\":1,\n\"b\":01}"), &root), ST_MALFORMED);
    assert_str_equal(fx->c.err.message, S("JSON第2行第5列：数字的写法有误"));
}

static Str nested(BaseFixture *fx, int depth, const char *open, const char *inside, const char *close)
{
    StrBuf b = strbuf_in(fx->arena);
    for (int i = 0; i < depth; i++)
        strbuf_add(&b, str_of(open));
    strbuf_add(&b, str_of(inside));
    for (int i = 0; i < depth; i++)
        strbuf_add(&b, str_of(close));
    return strbuf_str(&b);
}

static void depth_is_bounded(void **state)
{
    BaseFixture *fx = *state;
    static const struct {
        int depth;
        Status status;
    } rows[] = { { JSON_DEPTH_MAX, ST_OK }, { JSON_DEPTH_MAX + 1, ST_MALFORMED }, { 100000, ST_MALFORMED } };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const Json *root;
        Str lists = nested(fx, rows[i].depth, "[", "1", "]"), objects = nested(fx, rows[i].depth, "{\"a\":", "1", "}");
        assert_int_equal(json_read(&fx->c, lists, &root), rows[i].status);
        if (rows[i].status == ST_OK)
            assert_str_equal(written(fx, root), lists);
        ctx_forgive(&fx->c);
        assert_int_equal(json_read(&fx->c, objects, &root), rows[i].status);
        ctx_forgive(&fx->c);
    }
}

static void count_is_bounded(void **state)
{
    BaseFixture *fx = *state;
    static const struct {
        size_t values; /* the list is one more */
        Status status;
    } rows[] = { { JSON_NODES_MAX - 1, ST_OK }, { JSON_NODES_MAX, ST_MALFORMED } };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const Json *root;
        StrBuf b = strbuf_in(fx->arena);
        JsonWriter w = json_onto(&b);
        json_open_list(&w);
        for (size_t n = 0; n < rows[i].values; n++)
            json_int(&w, 1);
        json_close_list(&w);
        assert_int_equal(json_read(&fx->c, strbuf_str(&b), &root), rows[i].status);
        if (rows[i].status == ST_OK)
            assert_int_equal(root->count, rows[i].values);
        ctx_forgive(&fx->c);
    }
}

static void keys_do_not_count_as_values(void **state)
{
    BaseFixture *fx = *state;
    const Json *root;
    StrBuf b = strbuf_in(fx->arena);
    JsonWriter w = json_onto(&b);
    json_open_object(&w);
    for (int n = 0; n < JSON_NODES_MAX - 1; n++) {
        json_key(&w, str_format(fx->arena, "k%d", n));
        json_int(&w, n);
    }
    json_close_object(&w);
    assert_int_equal(json_read(&fx->c, strbuf_str(&b), &root), ST_OK);
    assert_int_equal(root->count, JSON_NODES_MAX - 1);
}

static void members_are_found_by_kind(void **state)
{
    BaseFixture *fx = *state;
    const Json *o = NULL;
    assert_int_equal(
        json_read(&fx->c, S("{\"t\":\"x\",\"n\":7,\"r\":7.5,\"f\":true,\"z\":null,\"l\":[1]}"), &o), ST_OK);
    assert_int_equal(o->count, 6);
    assert_str_equal(json_text_or(json_get(o, S("t")), S("-")), S("x"));
    assert_str_equal(json_text_or(json_get(o, S("n")), S("-")), S("-"));
    assert_str_equal(json_text_or(json_get(o, S("missing")), S("-")), S("-"));
    assert_int_equal(json_int_or(json_get(o, S("n")), -1), 7);
    assert_int_equal(json_int_or(json_get(o, S("r")), -1), -1);
    assert_int_equal(json_int_or(json_get(o, S("t")), -1), -1);
    assert_true(json_flag_or(json_get(o, S("f")), false));
    assert_false(json_flag_or(json_get(o, S("z")), false));
    assert_int_equal(json_get(o, S("z"))->kind, JSON_NULL);
    assert_int_equal(json_get(o, S("r"))->kind, JSON_REAL);
    assert_null(json_get(json_get(o, S("l")), S("t")));
    assert_null(json_get(NULL, S("t")));
}

static void the_tree_copies_what_it_needs(void **state)
{
    BaseFixture *fx = *state;
    char text[] = "{\"key\":\"value\"}";
    const Json *root;
    assert_int_equal(json_read(&fx->c, str_of(text), &root), ST_OK);
    for (size_t i = 0; text[i]; i++)
        text[i] = '#';
    assert_str_equal(written(fx, root), S("{\"key\":\"value\"}"));
}

static void everything_is_written(void **state)
{
    BaseFixture *fx = *state;
    StrBuf b = strbuf_in(fx->arena);
    JsonWriter w = json_onto(&b);
    json_open_object(&w);
    json_key(&w, S("text"));
    json_text(&w, S("说：\"好\"\n"));
    json_key(&w, S("absent"));
    json_text(&w, STR_NONE);
    json_key(&w, S("or_null"));
    json_text_or_null(&w, STR_NONE);
    json_key(&w, S("list"));
    json_open_list(&w);
    json_int(&w, INT64_MIN);
    json_flag(&w, true);
    json_flag(&w, false);
    json_null(&w);
    json_raw(&w, S("{\"raw\":1}"));
    json_open_list(&w);
    json_close_list(&w);
    json_open_object(&w);
    json_close_object(&w);
    json_close_list(&w);
    json_key(&w, S("due_on"));
    json_date(&w, 20211031);
    json_key(&w, S("no_date"));
    json_date(&w, DATE_NONE);
    json_key(&w, S("at"));
    json_instant(&w, INT64_C(1635668130123456));
    json_key(&w, S("never"));
    json_instant(&w, 0);
    json_close_object(&w);
    assert_str_equal(strbuf_str(&b),
        S("{\"text\":\"说：\\\"好\\\"\\n\",\"absent\":\"\",\"or_null\":null,"
          "\"list\":[-9223372036854775808,true,false,null,{\"raw\":1},[],{}],"
          "\"due_on\":\"2021-10-31\",\"no_date\":null,\"at\":\"2021-10-31T08:15:30.123456Z\",\"never\":null}"));
}

static void reals_have_fixed_decimals(void **state)
{
    static const struct {
        double n;
        int decimals;
        const char *text;
    } rows[] = {
        { 1.5, 2, "1.5" },
        { 2.0, 2, "2" },
        { 0.125, 2, "0.12" },
        { 99.999, 2, "100" },
        { -0.001, 2, "0" },
        { 0.0, 0, "0" },
        { 100.0, 0, "100" },
        { 1234.5678, 3, "1234.568" },
        { 10.0, 1, "10" },
        { -1.10, 2, "-1.1" },
        { (double)NAN, 2, "null" },
        { (double)INFINITY, 2, "null" },
        { 1e22, 1, "10000000000000000000000" },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        StrBuf b = strbuf_in(fx->arena);
        JsonWriter w = json_onto(&b);
        json_real(&w, rows[i].n, rows[i].decimals);
        assert_str_equal(strbuf_str(&b), str_of(rows[i].text));
    }
    StrBuf b = strbuf_in(fx->arena);
    JsonWriter w = json_onto(&b);
    json_real(&w, -1.7976931348623157e308, 17); /* the longest there is */
    assert_int_equal(strbuf_str(&b).len, 310);
}

/* Every byte that must be escaped, at every distance from the eight that are looked at together. */
static void escapes_are_found_at_every_place(void **state)
{
    BaseFixture *fx = *state;
    for (int byte = 1; byte < 128; byte++) {
        for (size_t before = 0; before < 20; before++) {
            ArenaMark mark = arena_mark(fx->arena);
            StrBuf text = strbuf_in(fx->arena), b = strbuf_in(fx->arena);
            for (size_t i = 0; i < before; i++)
                strbuf_addc(&text, i % 2 ? 'x' : '~');
            strbuf_addc(&text, (char)byte);
            strbuf_add(&text, S("整改 and more"));
            JsonWriter w = json_onto(&b);
            json_text(&w, strbuf_str(&text));
            const Json *root = NULL;
            row_holds(json_read(&fx->c, strbuf_str(&b), &root) == ST_OK, "%.*s", STR_ARG(strbuf_str(&b)));
            assert_str_equal(root->text, strbuf_str(&text));
            bool escaped = byte < 0x20 || byte == '"' || byte == '\\';
            row_holds((b.len > text.len + 2) == escaped, "byte %d after %zu", byte, before);
            arena_reset(fx->arena, mark);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_CTX(what_is_read_is_written_again),
        WITH_CTX(what_is_not_json_is_refused_with_its_place),
        WITH_CTX(refusals_are_said_in_chinese),
        WITH_CTX(depth_is_bounded),
        WITH_CTX(count_is_bounded),
        WITH_CTX(keys_do_not_count_as_values),
        WITH_CTX(members_are_found_by_kind),
        WITH_CTX(the_tree_copies_what_it_needs),
        WITH_CTX(everything_is_written),
        WITH_CTX(reals_have_fixed_decimals),
        WITH_CTX(escapes_are_found_at_every_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
