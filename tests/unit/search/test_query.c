/* Tokens of texts and of what people type: whatever is a part of a text is found by it. */
#include "search_test.h"

#include "search/mark.h"
#include "search/token.h"

#include <string.h>

static Str tokens_of_text(Arena *arena, const char *text, const char *name)
{
    TokenSet *set = tokens_new(arena, 1);
    tokens_add_pieces(set, fold_pieces(arena, str_of(text)));
    tokens_add_initials(set, str_of(name));
    return tokens_text(set);
}

static void a_text_has_its_pieces_and_pairs_once(void **state)
{
    static const struct {
        const char *text, *initials, *tokens;
    } rows[] = {
        { "资金资金", "", "资 金 资金 金资" },
        { "第三百二十一号", "", "第 321 第321 号 321号" },
        { "滞留、挪用", "", "滞 留 滞留 挪 用 挪用" },
        { "A1 b", "", "a 1 a1 b" },
        { "", "sjs", "@sj @js" },
        { "示", "s", "示" },
        { "", "", "" },
    };
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_str_equal(tokens_of_text(arena, rows[i].text, rows[i].initials), str_of(rows[i].tokens));
    arena_done(arena);
}

/* "term | term", each as tokens, then (phrase) and <initials> that are looked for. */
static Str told(Ctx *c, const Query *q)
{
    StrBuf b = strbuf_in(c->arena);
    for (size_t i = 0; i < q->count; i++) {
        const HitTerm *t = &q->asks[i];
        strbuf_add(&b, i ? S(" | ") : S(""));
        for (size_t k = 0; k < t->token_count; k++)
            strbuf_addf(&b, "%s%.*s", k ? " " : "", STR_ARG(t->tokens[k]));
        if (t->phrase.len)
            strbuf_addf(&b, " (%.*s)", STR_ARG(t->phrase));
        for (size_t k = 0; k < t->spelt_count; k++)
            strbuf_addf(&b, " %.*s", STR_ARG(t->spelt_tokens[k]));
        if (t->spelt.len)
            strbuf_addf(&b, " <%.*s>", STR_ARG(t->spelt));
    }
    return strbuf_str(&b);
}

static void what_is_typed_is_read(void **state)
{
    static const struct {
        const char *typed, *told;
    } rows[] = {
        { "资", "资" },
        { "资金", "资金" },
        { "专项资金", "专项 项资 资金 (专项资金)" },
        { "党组 资金", "党组 | 资金" },
        { "党组　资金", "党组 | 资金" },
        { "\"党组 资金\"", "党组 组资 资金 (党组资金)" },
        { "“滞留、挪用”", "滞留 挪用 (滞留/挪用)" },
        { "「党组」资金", "党组 | 资金" },
        { "党组\"资金", "党组 | 资金" },
        { "三百二十一", "321" },
        { "第321号", "第321 321号 (第321号)" },
        { "〔2021〕3号", "2021 3号 (2021/3号)" },
        { "sjs", "sjs @sj @js <sjs>" },
        { "sj", "sj @sj" },
        { "s", "s" },
        { "2021", "2021" },
        { "a1", "a1" },
        { "， 党", "党" },
        { "\"\" 党", "党" },
        { "x AND \"y OR z", "x | and @an @nd <and> | y or z (y/or/z)" },
    };
    (void)state;
    SearchFixture fx = search_fixture();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Query q;
        assert_ok(&fx.c, query_read(&fx.c, str_of(rows[i].typed), &q));
        assert_str_equal(told(&fx.c, &q), str_of(rows[i].told));
    }
    arena_done(fx.c.arena);
}

static void what_cannot_be_looked_for_is_refused(void **state)
{
    static const char *const rows[] = { "", " ", "，。", "\"\"", "a b c d e f g h i",
        "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
        "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十多" };
    (void)state;
    SearchFixture fx = search_fixture();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Query q;
        Status status = query_read(&fx.c, str_of(rows[i]), &q);
        assert_int_equal(status, ST_INVALID);
        assert_str_equal(fx.c.err.fields->field, S("q"));
        assert_true(fx.c.err.fields->rule.len && fx.c.err.fields->remedy.len);
        ctx_forgive(&fx.c);
    }
    arena_done(fx.c.arena);
}

/* --- marks --------------------------------------------------------------------------------------------------- */

static Str marked(Ctx *c, const char *typed, const char *text, bool spelt, size_t chars)
{
    Query q;
    Mark marks[MARKS_MAX];
    StrBuf b = strbuf_in(c->arena);
    JsonWriter w = json_onto(&b);
    assert_ok(c, query_read(c, str_of(typed), &q));
    size_t count = mark_find(c, &q, str_of(text), spelt, marks);
    mark_parts(c, &w, str_of(text), marks, count, chars);
    return strbuf_str(&b);
}

static void hits_are_marked_where_they_were_written(void **state)
{
    static const struct {
        const char *typed, *text, *parts;
        bool spelt;
    } rows[] = {
        { "资金", "专项资金与资金池", "[\"专项\",\"资金\",\"与\",\"资金\",\"池\"]", false },
        { "资金", "專項資金", "[\"專項\",\"資金\",\"\"]", false },
        { "321", "共三百二十一项", "[\"共\",\"三百二十一\",\"项\"]", false },
        { "21", "共2021项", "[\"共2021项\"]", false },
        { "21", "共21项", "[\"共\",\"21\",\"项\"]", false },
        { "党组 组织", "党组织", "[\"\",\"党组织\",\"\"]", false },
        { "党组 书记", "书记与党组", "[\"\",\"书记\",\"与\",\"党组\",\"\"]", false },
        { "sjs", "示江市财政局", "[\"\",\"示江市\",\"财政局\"]", true },
        { "sjs", "示江市财政局", "[\"示江市财政局\"]", false },
        { "滞留挪用", "滞留、挪用", "[\"滞留、挪用\"]", false },
        { "\"滞留，挪用\"", "滞留、挪用", "[\"\",\"滞留、挪用\",\"\"]", false },
        { "党", "", "[\"\"]", false },
    };
    (void)state;
    SearchFixture fx = search_fixture();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_str_equal(marked(&fx.c, rows[i].typed, rows[i].text, rows[i].spelt, 80), str_of(rows[i].parts));
    arena_done(fx.c.arena);
}

static void a_long_text_is_shown_around_its_first_mark(void **state)
{
    (void)state;
    SearchFixture fx = search_fixture();
    assert_str_equal(
        marked(&fx.c, "资金", "甲乙丙丁戊己庚辛资金壬癸子丑寅", false, 8), S("[\"…庚辛\",\"资金\",\"壬癸子丑…\"]"));
    assert_str_equal(
        marked(&fx.c, "资金", "资金\n甲乙丙丁戊己庚辛壬癸子丑寅", false, 8), S("[\"\",\"资金\",\" 甲乙丙丁戊…\"]"));
    assert_str_equal(marked(&fx.c, "没有", "甲乙丙丁戊己庚辛壬癸", false, 4), S("[\"甲乙丙丁…\"]"));
    arena_done(fx.c.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_text_has_its_pieces_and_pairs_once),
        cmocka_unit_test(what_is_typed_is_read), cmocka_unit_test(what_cannot_be_looked_for_is_refused),
        cmocka_unit_test(hits_are_marked_where_they_were_written),
        cmocka_unit_test(a_long_text_is_shown_around_its_first_mark) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
