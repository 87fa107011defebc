/* Formulas of statistics forms, as a table. */
#include "../base/base_test.h"

#include "insight/formula.h"

static Status look(Ctx *c, Str name, bool all, void *arg, FormNumber *out)
{
    (void)arg;
    if (str_eq(name, S("told")) && !all)
        *out = FORM_WHOLE(4173);
    else if (str_eq(name, S("done")))
        *out = FORM_WHOLE(4119);
    else if (str_eq(name, S("rounds.told")) && all)
        *out = FORM_WHOLE(100);
    else if (str_eq(name, S("unknown")))
        *out = (FormNumber){ .known = false };
    else
        return fail_field(c, S("formula"), name, T("没有这个名称", "is no name"), T("请核对", "check it"));
    return ST_OK;
}

static void what_formulas_give(void **state)
{
    static const struct {
        const char *text;
        int64_t hundredths;
        bool known;
    } cases[] = {
        { "told", 417300, true },
        { "told - done", 5400, true },
        { " told-done + 1 ", 5500, true },
        { "percent(done, told)", 9871, true },
        { "percent(told - done, told)", 129, true },
        { "percent(done, 0)", 0, false },
        { "percent(1, 3)", 3333, true },
        { "percent(2, 3)", 6667, true },
        { "percent(1, 8)", 1250, true },
        { "sum(rounds.told)", 10000, true },
        { "(told - (done - 1)) - 54", 100, true },
        { "7 - 10", -300, true },
        { "unknown + 1", 0, false },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        FormNumber n;
        assert_int_equal(formula_value(&fx->c, str_of(cases[i].text), look, NULL, &n), ST_OK);
        assert_int_equal(n.known, cases[i].known);
        if (cases[i].known)
            assert_int_equal(n.hundredths, cases[i].hundredths);
    }
}

static void what_is_refused(void **state)
{
    static const char *const cases[] = { "", "told -", "told done", "(told", "percent(told)", "percent(told, done",
        "nothing", "max(told)", "told * 2", "sum(told)", "told)", "((((((((((((((((((told))))))))))))))))))" };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        FormNumber n;
        ctx_forgive(&fx->c);
        assert_int_equal(formula_value(&fx->c, str_of(cases[i]), look, NULL, &n), ST_INVALID);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { WITH_CTX(what_formulas_give), WITH_CTX(what_is_refused) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
