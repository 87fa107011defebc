#include "base_test.h"

#include "base/ctx.h"

static void statuses_carry_their_codes(void **state)
{
    static const struct {
        Status status;
        const char *name;
        int http, code;
    } rows[] = {
        { ST_OK, "OK", 200, 0 },
        { ST_INVALID, "INVALID", 422, 2 },
        { ST_CONFLICT, "CONFLICT", 409, 5 },
        { ST_BROKEN, "BROKEN", 500, 13 },
        { ST_MALFORMED, "MALFORMED", 400, 14 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_string_equal(status_name(rows[i].status), rows[i].name);
        assert_int_equal(status_http(rows[i].status), rows[i].http);
        assert_int_equal(status_exit(rows[i].status), rows[i].code);
    }
    assert_int_equal(STATUS_COUNT, 14);
}

static void the_first_failure_wins(void **state)
{
    BaseFixture *fx = *state;
    assert_int_equal(fail(&fx->c, ST_CONFLICT, "第%d项已经销号", "item %d is struck off", 7), ST_CONFLICT);
    assert_int_equal(fail(&fx->c, ST_BROKEN, "别的", "another"), ST_CONFLICT);
    assert_int_equal(fx->c.err.status, ST_CONFLICT);
    assert_str_equal(fx->c.err.message, S("第7项已经销号"));
    ctx_forgive(&fx->c);
    assert_int_equal(fx->c.err.status, ST_OK);
    assert_int_equal(fail(&fx->c, ST_MISSING, "没有", "none"), ST_MISSING);
    assert_str_equal(fx->c.err.message, S("没有"));
}

static void messages_come_in_the_language_of_the_ctx(void **state)
{
    BaseFixture *fx = *state;
    fx->c.lang = LANG_EN;
    (void)fail(&fx->c, ST_CONFLICT, "第%d项", "item %d", 7);
    assert_str_equal(fx->c.err.message, S("item 7"));
    Text text = text_format(&fx->c, "不超过%d字", "at most %d characters", 20);
    assert_str_equal(text_in(text, LANG_EN), S("at most 20 characters"));
    assert_str_equal(text_in(text, LANG_ZH), S("不超过20字"));
}

static void a_place_is_named_from_src_on(void **state)
{
    BaseFixture *fx = *state;
    (void)fail_at(&fx->c, ST_BROKEN, "src/domain/workflow.c:41", "坏", "broken");
    assert_string_equal(fx->c.err.place, "domain/workflow.c:41");
    ctx_forgive(&fx->c);
    (void)fail_at(&fx->c, ST_BROKEN, "tests/here.c:1", "坏", "broken");
    assert_string_equal(fx->c.err.place, "tests/here.c:1");
}

static void a_wrong_field_says_which_and_why(void **state)
{
    BaseFixture *fx = *state;
    char field[] = "due_on";
    assert_int_equal(fail_field(&fx->c, str_of(field), S("2021-02-30"), T("没有这一天", "there is no such day"),
                         T("请填写日期", "give a date")),
        ST_INVALID);
    field[0] = 'x'; /* the name was copied */
    const FieldError *e = fx->c.err.fields;
    assert_int_equal(fx->c.err.status, ST_INVALID);
    assert_str_equal(fx->c.err.message, S("due_on：没有这一天"));
    assert_non_null(fx->c.err.place);
    assert_str_equal(e->field, S("due_on"));
    assert_str_equal(e->value, S("2021-02-30"));
    assert_str_equal(e->rule, S("没有这一天"));
    assert_str_equal(e->remedy, S("请填写日期"));
    assert_null(e->next);
}

static void wrong_fields_join_the_failure_there_is(void **state)
{
    BaseFixture *fx = *state;
    Text rule = T("不对", "wrong"), remedy = T("改正", "put right");
    (void)fail(&fx->c, ST_STALE, "已被修改", "was changed");
    assert_int_equal(fail_field(&fx->c, S("a"), S("1"), rule, remedy), ST_INVALID);
    assert_int_equal(fail_field_as(&fx->c, ST_CONFLICT, S("b"), S("2"), rule, remedy), ST_CONFLICT);
    assert_int_equal(fx->c.err.status, ST_STALE);
    assert_str_equal(fx->c.err.message, S("已被修改"));
    assert_int_equal(fx->c.err.field_count, 2);
    assert_str_equal(fx->c.err.fields->field, S("a"));
    assert_str_equal(fx->c.err.fields->next->field, S("b"));
}

static void values_are_clipped_and_fields_limited(void **state)
{
    BaseFixture *fx = *state;
    StrBuf value = strbuf_in(fx->arena);
    for (int i = 0; i < 200; i++)
        strbuf_add(&value, S("整"));
    for (int i = 0; i < 60; i++)
        (void)fail_field(&fx->c, S("text"), strbuf_str(&value), T("过长", "too long"), T("精简", "shorten it"));
    size_t kept = 0;
    for (const FieldError *e = fx->c.err.fields; e; e = e->next, kept++)
        assert_int_equal(str_chars(e->value), 80);
    assert_int_equal(kept, 50);
    assert_int_equal(fx->c.err.field_count, 60);
}

static void a_value_that_is_no_text_is_left_out(void **state)
{
    BaseFixture *fx = *state;
    (void)fail_field(&fx->c, S("name"), S("\xff"), T("不对", "wrong"), T("改正", "put right"));
    assert_str_equal(fx->c.err.fields->value, STR_NONE);
}

static void rewinding_takes_memory_and_error_together(void **state)
{
    BaseFixture *fx = *state;
    CtxMark mark = ctx_mark(&fx->c);
    char *first = arena_alloc(fx->arena, 100);
    (void)fail(&fx->c, ST_INVALID, "错", "wrong");
    ctx_rewind(&fx->c, mark);
    assert_int_equal(fx->c.err.status, ST_OK);
    assert_ptr_equal(arena_alloc(fx->arena, 100), first);
}

static void rewinding_keeps_what_failed_before(void **state)
{
    BaseFixture *fx = *state;
    Text rule = T("不对", "wrong"), remedy = T("改正", "put right");
    (void)fail_field(&fx->c, S("before"), S("1"), rule, remedy);
    CtxMark mark = ctx_mark(&fx->c);
    for (int i = 0; i < 60; i++)
        (void)fail_field(&fx->c, S("after"), S("2"), rule, remedy);
    ctx_rewind(&fx->c, mark);
    assert_int_equal(fx->c.err.field_count, 1);
    assert_str_equal(fx->c.err.fields->field, S("before"));
    assert_null(fx->c.err.fields->next); /* and does not hang on memory that is gone */
    (void)fail_field(&fx->c, S("again"), S("3"), rule, remedy);
    assert_str_equal(fx->c.err.fields->next->field, S("again"));
}

static void today_and_now_come_from_the_clock(void **state)
{
    static const struct {
        Clock clock;
        Date today;
    } rows[] = {
        { { 480, 0, INT64_C(1635668130000000) }, 20211031 },
        { { 480, 0, INT64_C(1635695999999999) }, 20211031 }, /* a microsecond before midnight in China */
        { { 480, 0, INT64_C(1635696000000000) }, 20211101 },
        { { 0, 0, INT64_C(1635696000000000) }, 20211031 },
        { { 480, 20220105, INT64_C(1635668130000000) }, 20220105 },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Env env = { .clock = &rows[i].clock };
        Ctx c = ctx_on(fx->arena, &env);
        assert_int_equal(c.today, rows[i].today);
        assert_int_equal(c.now, rows[i].clock.fixed);
        assert_int_equal(c.err.status, ST_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statuses_carry_their_codes),
        WITH_CTX(the_first_failure_wins),
        WITH_CTX(messages_come_in_the_language_of_the_ctx),
        WITH_CTX(a_place_is_named_from_src_on),
        WITH_CTX(a_wrong_field_says_which_and_why),
        WITH_CTX(wrong_fields_join_the_failure_there_is),
        WITH_CTX(values_are_clipped_and_fields_limited),
        WITH_CTX(a_value_that_is_no_text_is_left_out),
        WITH_CTX(rewinding_takes_memory_and_error_together),
        WITH_CTX(rewinding_keeps_what_failed_before),
        WITH_CTX(today_and_now_come_from_the_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
