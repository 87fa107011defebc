#include "../base/base_test.h"

#include "check/evidence.h"

static Num stated(double value, double step)
{
    return (Num){ .kind = NUM_PERCENT,
        .rounded = true,
        .value = (int64_t)(value * MICRO + 0.5),
        .step = (int64_t)(step * MICRO + 0.5) };
}

static Num count(double value, double step, bool rounded)
{
    return (Num){ .kind = NUM_COUNT,
        .rounded = rounded,
        .value = (int64_t)(value * MICRO + 0.5),
        .step = (int64_t)(step * MICRO + 0.5) };
}

/* Half-up and truncation are both allowed, nothing beyond them. */
static void a_rate_is_printed_in_two_ways(void **state)
{
    static const struct {
        double part, whole, rate, step;
        bool fits;
        const char *about;
    } rows[] = {
        { 4119, 4173, 98.71, 0.01, true, "98.706: half-up" },
        { 4119, 4173, 98.70, 0.01, true, "98.706: truncation" },
        { 4119, 4173, 98.81, 0.01, false, "the article's slip" },
        { 4119, 4173, 98.69, 0.01, false, "one below" },
        { 4119, 4173, 98.72, 0.01, false, "one above" },
        { 11, 12, 91.6, 0.1, true, "91.666: truncation" },
        { 11, 12, 91.7, 0.1, true, "91.666: half-up" },
        { 33, 654, 5, 1, true, "5.05 without decimals" },
        { 6531, 150257, 4.4, 0.1, false, "4.347 forced to make a hundred" },
        { 1, 8, 12.5, 0.1, true, "exact" },
        { 1, 8, 13, 1, true, "12.5: half goes up" },
        { 1, 8, 12, 1, true, "12.5: cut off" },
        { 0, 7, 0, 1, true, "nothing" },
        { 7, 7, 100, 1, true, "all" },
        { 1930, 1950, 100, 1, false, "98.97 is no 100" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Num rate = stated(rows[i].rate, rows[i].step);
        Range part = { (Wide)(rows[i].part * MICRO), (Wide)(rows[i].part * MICRO) };
        Range whole = { (Wide)(rows[i].whole * MICRO), (Wide)(rows[i].whole * MICRO) };
        row_holds(verdict_ratio(part, whole, 100, &rate) == rows[i].fits, "%s", rows[i].about);
    }
}

static void sums_of_rounded_figures_are_intervals(void **state)
{
    (void)state;
    Num a = count(144.18, 0.01, true), b = count(29.64, 0.01, true), total = count(173.83, 0.01, true);
    Range sum = range_add(range_of(&a), range_of(&b));
    assert_true(verdict_prints(sum, &total)); /* 173.82 within 0.015 */
    total.value += 20000;
    assert_false(verdict_prints(sum, &total));
    Num x = count(186, 1, false), y = count(97, 1, false), exact = count(283, 1, false), off = count(284, 1, false);
    sum = range_add(range_of(&x), range_of(&y));
    assert_true(verdict_prints(sum, &exact));
    assert_false(verdict_prints(sum, &off)); /* whole numbers have no slack */
}

static void a_growth_wants_a_whole_base(void **state)
{
    static const struct {
        int64_t now;
        double rate, step;
        bool down, fits;
        int64_t base;
    } rows[] = {
        { 71, 77.5, 0.1, false, true, 40 },
        { 47, 56.66, 0.01, false, true, 30 },
        { 47, 56.68, 0.01, false, false, 0 },
        { 11, 21.4, 0.1, true, true, 14 },
        { 11, 22.4, 0.1, true, false, 0 },
        { 9, 28.6, 0.1, false, true, 7 },
        { 9, 26.6, 0.1, false, false, 0 },
        { 5, 100, 1, true, true, 0 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Num rate = stated(rows[i].rate, rows[i].step);
        int64_t base = 0;
        row_holds(verdict_base(rows[i].now * MICRO, &rate, rows[i].down, &base) == rows[i].fits, "row %zu", i);
        if (rows[i].fits)
            row_holds(base == rows[i].base, "row %zu: the base is %lld", i, (long long)base);
    }
}

static void big_figures_do_not_overflow(void **state)
{
    (void)state;
    Num rate = stated(50, 0.01);
    Range part = { VALUE_MAX / 2, VALUE_MAX / 2 }, whole = { VALUE_MAX, VALUE_MAX };
    assert_true(verdict_ratio(part, whole, 100, &rate));
    Num average = count(2, 1, false);
    assert_true(verdict_ratio(whole, part, 1, &average));
}

/* What the words say decides; the size of the miss is one more piece of evidence. */
static void strength_and_miss_decide_together(void **state)
{
    static const Miss slip = { 40, 30, true, false, false }, length = { 900, 30, false, false, true },
                      small = { 20, 30, false, false, false }, near = { 2, 1, false, true, false },
                      large = { 40, 30, false, false, false };
    static const struct {
        Strength strength;
        bool slip, length, small, near, large;
    } rows[] = {
        { STRENGTH_STRONG, true, true, true, true, true },
        { STRENGTH_MIDDLE, true, true, true, false, false },
        { STRENGTH_WEAK, true, false, false, true, false },
        { STRENGTH_NONE, false, false, false, false, false },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        row_holds(evidence_refutes(rows[i].strength, slip) == rows[i].slip, "row %zu: a slip", i);
        row_holds(evidence_refutes(rows[i].strength, length) == rows[i].length, "row %zu: a digit lost", i);
        row_holds(evidence_refutes(rows[i].strength, small) == rows[i].small, "row %zu: a small miss", i);
        row_holds(evidence_refutes(rows[i].strength, near) == rows[i].near, "row %zu: a near sum", i);
        row_holds(evidence_refutes(rows[i].strength, large) == rows[i].large, "row %zu: any other", i);
    }
    Num rate = stated(97, 1);
    Miss far = miss_of_share(87 * (Wide)MICRO, &rate, false); /* 3 and 13 are left */
    assert_false(evidence_refutes(STRENGTH_MIDDLE, far));
    rate = stated(26, 1);
    assert_true(evidence_refutes(STRENGTH_MIDDLE, miss_of_share(30 * (Wide)MICRO, &rate, false)));
    assert_false(evidence_refutes(STRENGTH_MIDDLE, miss_of_share(130 * (Wide)MICRO, &rate, false)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rate_is_printed_in_two_ways),
        cmocka_unit_test(sums_of_rounded_figures_are_intervals),
        cmocka_unit_test(a_growth_wants_a_whole_base),
        cmocka_unit_test(big_figures_do_not_overflow),
        cmocka_unit_test(strength_and_miss_decide_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
