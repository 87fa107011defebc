/* Samples: how places are given, that they are drawn again the same, and how often the interval holds the truth. */
#include "../base/base_test.h"

#include "insight/sample.h"

#include <math.h>

static int64_t sum(const SampleStratum *s, size_t count)
{
    int64_t all = 0;
    for (size_t i = 0; i < count; i++)
        all += s[i].drawn;
    return all;
}

static void places_follow_the_sizes(void **state)
{
    (void)state;
    SampleStratum three[] = { { .population = 60 }, { .population = 30 }, { .population = 10 } };
    assert_true(sample_allocate(three, 3, 20));
    assert_int_equal(three[0].drawn, 12);
    assert_int_equal(three[1].drawn, 6);
    assert_int_equal(three[2].drawn, 2);
    SampleStratum small[] = { { .population = 997 }, { .population = 2 }, { .population = 1 } };
    assert_true(sample_allocate(small, 3, 50));
    assert_int_equal(small[1].drawn, 1);
    assert_int_equal(small[2].drawn, 1);
    assert_int_equal(sum(small, 3), 50);
    assert_true(sample_allocate(small, 3, 5000));
    assert_int_equal(sum(small, 3), 1000);
    assert_false(sample_allocate(small, 3, 2));
    for (int64_t size = 3; size <= 1000; size++) {
        assert_true(sample_allocate(small, 3, size));
        assert_int_equal(sum(small, 3), size);
        for (size_t i = 0; i < 3; i++)
            assert_true(small[i].drawn >= 1 && small[i].drawn <= small[i].population);
    }
}

static void keys_are_of_seed_and_id(void **state)
{
    BaseFixture *fx = *state;
    Crypto *crypto = crypto_open();
    Str one = sample_key(crypto, fx->arena, S("2021"), S("a"));
    assert_str_equal(sample_key(crypto, fx->arena, S("2021"), S("a")), one);
    assert_false(str_eq(sample_key(crypto, fx->arena, S("2022"), S("a")), one));
    assert_false(str_eq(sample_key(crypto, fx->arena, S("2021"), S("b")), one));
    crypto_close(crypto);
}

static void near(double got, double want)
{
    if (fabs(got - want) < 0.0005)
        return;
    print_error("got %f, want %f\n", got, want);
    _fail(__FILE__, __LINE__);
}

/* Without weights and without an end to the population it is Clopper's and Pearson's own interval. */
static void known_intervals(void **state)
{
    (void)state;
    static const struct {
        int64_t checked, confirmed;
        double low, high;
    } rows[] = { { 20, 19, 0.7513, 0.9987 }, { 10, 10, 0.6915, 1 }, { 10, 0, 0, 0.3085 }, { 100, 50, 0.3983, 0.6017 },
        { 50, 48, 0.8629, 0.9951 } };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        SampleEstimate e;
        const SampleStratum s = {
            .population = INT64_C(1000000000), .checked = rows[i].checked, .confirmed = rows[i].confirmed
        };
        assert_true(sample_estimate(&s, 1, &e));
        near(e.low, rows[i].low);
        near(e.high, rows[i].high);
    }
    SampleEstimate e;
    const SampleStratum all = { .population = 40, .checked = 40, .confirmed = 38 };
    assert_true(sample_estimate(&all, 1, &e));
    near(e.low, 0.95);
    near(e.high, 0.95);
    const SampleStratum unknown[] = { { .population = 40, .checked = 4, .confirmed = 4 }, { .population = 2 } };
    assert_false(sample_estimate(unknown, 2, &e));
    assert_false(sample_estimate(unknown, 0, &e));
    const SampleStratum weighed[] = { { .population = 900, .checked = 9, .confirmed = 9 },
        { .population = 100, .checked = 1, .confirmed = 0 } };
    assert_true(sample_estimate(weighed, 2, &e));
    near(e.rate, 0.9);
}

/* --- coverage ----------------------------------------------------------------------------------------------------- */

typedef struct Dice {
    uint64_t state;
} Dice;

static uint64_t roll(Dice *d, uint64_t sides)
{
    d->state += 0x9e3779b97f4a7c15;
    uint64_t z = d->state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (z ^ (z >> 31)) % sides;
}

/* Without putting back: of what is left, each alike. */
static int64_t draw(Dice *d, int64_t population, int64_t good, int64_t drawn)
{
    int64_t hits = 0;
    for (; drawn > 0; drawn--, population--) {
        bool hit = (int64_t)roll(d, (uint64_t)population) < good;
        hits += hit;
        good -= hit;
    }
    return hits;
}

typedef struct World {
    int64_t population[6];
    int32_t good_of_thousand[6];
    int64_t size;
} World;

static double coverage(Dice *d, const World *w, double *width)
{
    enum { TIMES = 1500 };
    SampleStratum s[6];
    size_t count = 0;
    int64_t all = 0, good[6], all_good = 0, covered = 0;
    for (; count < 6 && w->population[count]; count++) {
        s[count] = (SampleStratum){ .population = w->population[count] };
        good[count] = w->population[count] * w->good_of_thousand[count] / 1000;
        all += w->population[count];
        all_good += good[count];
    }
    const double truth = (double)all_good / (double)all;
    assert_true(sample_allocate(s, count, w->size));
    for (int i = 0; i < TIMES; i++) {
        SampleEstimate e;
        for (size_t k = 0; k < count; k++) {
            s[k].checked = s[k].drawn;
            s[k].confirmed = draw(d, s[k].population, good[k], s[k].drawn);
        }
        assert_true(sample_estimate(s, count, &e));
        covered += e.low <= truth + 1e-9 && truth <= e.high + 1e-9;
        *width += (e.high - e.low) / TIMES;
    }
    return (double)covered / TIMES;
}

static void the_interval_holds_the_truth(void **state)
{
    (void)state;
    static const World worlds[] = {
        { { 4000 }, { 985 }, 100 },
        { { 4000 }, { 900 }, 60 },
        { { 120 }, { 950 }, 60 },
        { { 60 }, { 500 }, 20 },
        { { 1000, 500, 200 }, { 990, 950, 700 }, 80 },
        { { 37, 41, 22, 60, 18, 9 }, { 1000, 900, 950, 850, 700, 1000 }, 40 },
        { { 700, 20, 20, 20, 20, 20 }, { 980, 500, 500, 900, 900, 900 }, 50 },
        { { 300, 300, 300 }, { 1000, 1000, 1000 }, 30 },
        { { 300, 300, 300 }, { 600, 800, 400 }, 45 },
        { { 4119 }, { 998 }, 200 },
    };
    Dice dice = { 20261126 };
    double lowest = 1, mean = 0;
    for (size_t i = 0; i < COUNT_OF(worlds); i++) {
        double width = 0;
        const double share = coverage(&dice, &worlds[i], &width);
        print_message(
            "sample: world %zu, n %lld: the interval holds the truth %.1f %% of the time; mean width %.1f points\n", i,
            (long long)worlds[i].size, share * 100, width * 100);
        lowest = share < lowest ? share : lowest;
        mean += share / COUNT_OF(worlds);
    }
    row_holds(lowest >= 0.93, "lowest coverage %.3f", lowest);
    row_holds(mean >= 0.95, "mean coverage %.3f", mean);
}

int main(void)
{
    const struct CMUnitTest tests[] = { WITH_CTX(places_follow_the_sizes), WITH_CTX(keys_are_of_seed_and_id),
        WITH_CTX(known_intervals), WITH_CTX(the_interval_holds_the_truth) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
