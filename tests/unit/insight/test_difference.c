/* Which records moved between two states of a figure. */
#include "../base/base_test.h"

#include "insight/difference.h"

/* Ids by one letter each. */
static Str ids(BaseFixture *fx, const char *letters)
{
    StrBuf b = strbuf_in(fx->arena);
    for (; *letters; letters++)
        strbuf_addf(&b, "%025d%c", 0, *letters);
    return strbuf_str(&b);
}

static void steps(void **state)
{
    static const struct {
        const char *numerator_then, *numerator_now, *denominator_then, *denominator_now, *want;
    } cases[] = {
        { "", "", "", "", "" },
        { "abc", "abc", "abcd", "abcd", "" },
        { "ab", "abc", "abcd", "abcd", "c+1+0" },
        { "abc", "ab", "abcd", "abcd", "c-1+0" },
        { "ab", "abc", "abcd", "abc", "c+1+0 d+0-1" },
        { "abc", "bc", "abc", "bc", "a-1-1" },
        { "", "x", "", "x", "x+1+1" },
        { "az", "by", "", "", "a-1+0 b+1+0 y+1+0 z-1+0" },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t count;
        StrBuf b = strbuf_in(fx->arena);
        RecordStep *all = difference_steps(&fx->c, ids(fx, cases[i].numerator_then), ids(fx, cases[i].numerator_now),
            ids(fx, cases[i].denominator_then), ids(fx, cases[i].denominator_now), &count);
        for (size_t k = 0; k < count; k++)
            strbuf_addf(
                &b, "%s%c%+d%+d", k ? " " : "", all[k].id.ptr[ID_LEN - 1], all[k].numerator, all[k].denominator);
        assert_str_equal(strbuf_str(&b), str_of(cases[i].want));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { WITH_CTX(steps) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
