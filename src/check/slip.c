/* When a miss is the slip of a digit: one of the figures would be right with another digit in one place, with two
 * neighbours in each other's place, with a digit that was lost, or without one that was typed twice. A figure that
 * would need a carry or another order of size is no slip. */
#include "check/slip.h"

enum { TEN = 10, FINE = 100, LONG = 1000 };

/* No figure begins with a 0, but 0.9 does. */
static bool may_be_zero(const Num *n, Wide place)
{
    if (place <= n->value / TEN || n->value < TEN * n->step)
        return true;
    return n->rounded && (n->kind == NUM_COUNT || place < TEN * (Wide)MICRO);
}

bool ratio_other_figure(const Num *n, int k, Num *other)
{
    int64_t place = n->step;
    for (int i = 0; i < k / TEN; i++) {
        if (place > n->value / TEN)
            return false;
        place *= TEN;
    }
    *other = *n;
    int digit = k % TEN == 0 && !may_be_zero(n, place) ? 1 : k % TEN; /* another 1 does no harm */
    other->value += (digit - n->value / place % TEN) * place;
    return true;
}

/* The k-th of the figures that are `n` with a digit more, anywhere, or without one that it has twice in a row; −1
 * where there is none at that place. */
static bool other_length(const Num *n, int k, Num *other)
{
    int64_t place = n->step;
    for (int i = 0; i < k / (TEN + 1); i++, place *= TEN)
        if (place > n->value)
            return false;
    int64_t low = n->value % place, high = n->value / place;
    int digit = k % (TEN + 1);
    *other = *n;
    if (n->value > VALUE_MAX / (TEN * TEN))
        return false;
    if (digit < TEN) /* it was lost */
        other->value = (high * TEN + digit) * place + low;
    else
        other->value = high % TEN == high / TEN % TEN ? high / TEN * place + low : -1;
    return true;
}

/* Whether another figure in the place of one of the three makes the rate right. */
static bool is_mended(const Num *part, const Num *whole, const Num *rate, bool (*other_of)(const Num *, int, Num *))
{
    int scale = rate->kind == NUM_PERCENT ? 100 : 1;
    const Num *figures[] = { part, whole, rate };
    for (size_t i = 0; i < 3; i++) {
        Num other;
        for (int k = 0; other_of(figures[i], k, &other); k++) {
            const Num *p = i == 0 ? &other : part, *w = i == 1 ? &other : whole, *n = i == 2 ? &other : rate;
            if (other.value >= 0 && w->value > 0 && verdict_ratio(range_of(p), range_of(w), scale, n))
                return true;
        }
    }
    return false;
}

bool ratio_is_slip(const Num *part, const Num *whole, const Num *rate)
{
    return is_mended(part, whole, rate, ratio_other_figure);
}

bool ratio_is_lost_digit(const Num *part, const Num *whole, const Num *rate)
{
    return is_mended(part, whole, rate, other_length);
}

bool ratio_is_fine(const Num *rate)
{
    return rate->value / rate->step >= FINE;
}

/* 2354 for 2345: two neighbouring digits changed places. In three digits and fewer that tells nothing. */
static bool swaps_by(const Num *n, Wide gap, Wide slack, Wide *place)
{
    for (Wide p = n->step; p > 0 && n->value / n->step >= LONG && p <= n->value / TEN; p *= TEN) {
        Wide low = n->value / p % TEN, high = n->value / p / TEN % TEN, off = (low - high) * (TEN - 1) * p - gap;
        if (low != high && (low != 0 || may_be_zero(n, p * TEN)) && (off < 0 ? -off : off) <= slack / 2) {
            *place = p * TEN;
            return true;
        }
    }
    return false;
}

static bool lies_in(Range r, Wide value)
{
    return value >= r.lo && value <= r.hi;
}

/* One of the figures that are `n` without one of its digits, or with one more anywhere, lies there: some two hundred
 * are tried, however wide the range is. */
static bool reaches_by_a_digit(Wide n, Range there)
{
    for (Wide place = 1; place <= n * TEN; place *= TEN) {
        Wide low = n % place, high = n / place;
        if (n >= TEN && place <= n && high / TEN * place + low > 0 && lies_in(there, high / TEN * place + low))
            return true;
        for (int digit = high > 0 ? 0 : 1; digit < TEN; digit++)
            if (lies_in(there, (high * TEN + digit) * place + low))
                return true;
    }
    return false;
}

/* A digit more or less brings it to what it should be. */
static bool loses_by(const Num *n, Wide gap, Wide slack)
{
    Wide step = n->step > 0 ? n->step : MICRO, due = n->value + gap - slack / 2;
    return reaches_by_a_digit(n->value / step, (Range){ (due + step - 1) / step, (due + slack / 2 * 2) / step });
}

bool num_slips_by(const Num *n, Wide gap, Wide slack, Wide *place)
{
    if (swaps_by(n, gap, slack, place))
        return true;
    for (int64_t p = n->step > 0 ? n->step : MICRO; p <= n->value; p *= TEN) {
        Wide digit = ((gap < 0 ? -gap : gap) + p / 2) / p * (gap < 0 ? -1 : 1), off = gap - digit * p;
        int64_t now = n->value / p % TEN;
        if (digit && (off < 0 ? -off : off) <= slack / 2 && now + digit >= !may_be_zero(n, p) && now + digit < TEN) {
            *place = p;
            return true;
        }
    }
    return false;
}

bool list_slips(const Reading *r, const List *list, Range sum, Wide *place)
{
    const Num *whole = &r->num[list->head];
    Wide gap = (sum.lo + sum.hi) / 2 - whole->value, slack = sum.hi - sum.lo;
    if (num_slips_by(whole, gap, slack, place))
        return true;
    for (size_t i = 0; i < list->count; i++)
        if (list->times[i] > 0 && gap % list->times[i] == 0 &&
            num_slips_by(&r->num[list->item[i]], -gap / list->times[i], slack / list->times[i], place))
            return true;
    return false;
}

bool gap_slips(const Num *big, const Num *small, const Num *n)
{
    Range gap = range_sub(range_of(big), range_of(small));
    Wide off = (gap.lo + gap.hi) / 2 - n->value, slack = gap.hi - gap.lo + (n->rounded ? n->step : 0), place;
    Wide turned = off + 2 * (Wide)n->value; /* the smaller was the larger */
    return num_slips_by(n, off, slack, &place) || num_slips_by(small, off, slack, &place) ||
           num_slips_by(big, -off, slack, &place) || num_slips_by(small, turned, slack, &place) ||
           num_slips_by(big, -turned, slack, &place);
}

bool list_loses(const Reading *r, const List *list, Range sum)
{
    const Num *whole = &r->num[list->head];
    Wide gap = (sum.lo + sum.hi) / 2 - whole->value, slack = sum.hi - sum.lo;
    bool loses = loses_by(whole, gap, slack);
    for (size_t i = 0; i < list->count && !loses; i++)
        loses = list->times[i] == 1 && loses_by(&r->num[list->item[i]], -gap, slack);
    return loses;
}

bool gap_loses(const Num *big, const Num *small, const Num *n)
{
    Range gap = range_sub(range_of(big), range_of(small));
    Wide off = (gap.lo + gap.hi) / 2 - n->value, slack = gap.hi - gap.lo + (n->rounded ? n->step : 0);
    Wide turned = off + 2 * (Wide)n->value; /* the smaller was the larger */
    return loses_by(n, off, slack) || loses_by(small, off, slack) || loses_by(big, -off, slack) ||
           loses_by(small, turned, slack) || loses_by(big, -turned, slack);
}
