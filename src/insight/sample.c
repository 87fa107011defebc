#include "insight/sample.h"

#include <math.h>

/* --- drawing ------------------------------------------------------------------------------------------------------ */

static int64_t population_of(const SampleStratum *strata, size_t count)
{
    int64_t all = 0;
    for (size_t i = 0; i < count; i++)
        all += strata[i].population;
    return all;
}

/* How far a stratum lies behind its share of `size`, times the whole: the next place goes to the largest. */
static int64_t behind(const SampleStratum *s, int64_t size, int64_t all)
{
    return s->population * size - s->drawn * all;
}

bool sample_allocate(SampleStratum *strata, size_t count, int64_t size)
{
    int64_t all = population_of(strata, count), given = (int64_t)count;
    if (size > all)
        size = all;
    if (size < given)
        return false;
    for (size_t i = 0; i < count; i++)
        strata[i].drawn = 1;
    for (; given < size; given++) {
        SampleStratum *next = NULL;
        for (size_t i = 0; i < count; i++) {
            bool room = strata[i].drawn < strata[i].population;
            if (room && (!next || behind(&strata[i], size, all) > behind(next, size, all)))
                next = &strata[i];
        }
        next->drawn++;
    }
    return true;
}

Str sample_key(const Crypto *crypto, Arena *arena, Str seed, Str id)
{
    return sm3_hex(crypto, arena, str_format(arena, "%.*s\n%.*s", STR_ARG(seed), STR_ARG(id)));
}

/* --- the beta distribution ---------------------------------------------------------------------------------------- */

/* The continued fraction of the incomplete beta function, by Lentz. */
static double beta_fraction(double a, double b, double x)
{
    enum { STEPS = 500 };
    const double tiny = 1e-300, enough = 1e-14;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double f = d;
    for (int m = 1; m <= STEPS; m++) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double step = 1;
        for (int half = 0; half < 2; half++) {
            const double term = half ? odd : even;
            d = 1 + term * d;
            c = 1 + term / c;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            c = fabs(c) < tiny ? tiny : c;
            step = d * c;
            f *= step;
        }
        if (fabs(step - 1) < enough)
            break;
    }
    return f;
}

/* The share of the beta distribution (a, b) below x. */
static double beta_below(double a, double b, double x)
{
    if (x <= 0 || x >= 1)
        return x >= 1;
    const double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
    return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a : 1 - front * beta_fraction(b, a, 1 - x) / b;
}

static double beta_quantile(double a, double b, double share)
{
    enum { HALVINGS = 60 };
    double low = 0, high = 1;
    for (int i = 0; i < HALVINGS; i++) {
        const double middle = (low + high) / 2;
        if (beta_below(a, b, middle) < share)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

/* --- the estimate ------------------------------------------------------------------------------------------------- */

static void set_interval(SampleEstimate *e)
{
    const double tail = 0.025, hits = e->rate * e->effective, misses = e->effective - hits, nothing = 1e-9;
    e->low = hits < nothing ? 0 : beta_quantile(hits, misses + 1, tail);
    e->high = misses < nothing ? 1 : beta_quantile(hits + 1, misses, 1 - tail);
}

bool sample_estimate(const SampleStratum *strata, size_t count, SampleEstimate *out)
{
    double weights = 0;
    *out = (SampleEstimate){ .population = population_of(strata, count) };
    for (size_t i = 0; i < count; i++) {
        const SampleStratum *s = &strata[i];
        if (s->checked == 0)
            return false;
        const double share = (double)s->population / (double)out->population;
        out->rate += share * (double)s->confirmed / (double)s->checked;
        weights += share * share / (double)s->checked;
        out->checked += s->checked;
        out->confirmed += s->confirmed;
    }
    if (count == 0)
        return false;
    out->effective = 1 / weights;
    if (out->checked == out->population) {
        out->low = out->high = out->rate;
        return true;
    }
    out->effective /= 1 - (double)out->checked / (double)out->population;
    set_interval(out);
    return true;
}
