/* What is printed may be rounded half up or cut off; what is computed from rounded figures is an interval. */
#include "check/reading.h"

Range range_of(const Num *n)
{
    Wide slack = n->rounded ? n->step / 2 : 0;
    return (Range){ n->value - slack, n->value + slack };
}

Range range_at(int64_t value)
{
    return (Range){ value, value };
}

Range range_add(Range a, Range b)
{
    return (Range){ a.lo + b.lo, a.hi + b.hi };
}

Range range_sub(Range a, Range b)
{
    return (Range){ a.lo - b.hi, a.hi - b.lo };
}

Range range_times(Range a, int64_t by)
{
    return (Range){ a.lo * by, a.hi * by };
}

bool verdict_prints(Range r, const Num *n)
{
    if (r.lo == r.hi && !n->rounded)
        return r.lo == n->value;
    return 2 * r.hi >= 2 * (Wide)n->value - n->step && r.lo < (Wide)n->value + n->step;
}

bool verdict_ratio(Range part, Range whole, int scale, const Num *stated)
{
    Wide top = (Wide)scale * MICRO;
    if (whole.lo <= 0 || part.lo < 0)
        return false;
    return 2 * part.hi * top >= (2 * (Wide)stated->value - stated->step) * whole.lo &&
           part.lo * top < ((Wide)stated->value + stated->step) * whole.hi;
}

enum { BASES_TRIED = 3 };

bool verdict_base(int64_t now, const Num *rate, bool down, int64_t *base)
{
    Wide hundred = 100 * (Wide)MICRO, end = down ? hundred - rate->value : hundred + rate->value;
    if (end <= 0 || now <= 0)
        return true; /* a fall by all, or to nothing: any base fits */
    int64_t guess = (int64_t)((Wide)now * hundred / end / MICRO);
    for (int64_t b = guess - BASES_TRIED; b <= guess + BASES_TRIED; b++) {
        int64_t before = b * MICRO, change = down ? before - now : now - before;
        if (b > 0 && change >= 0 && verdict_ratio(range_at(change), range_at(before), 100, rate)) {
            *base = b;
            return true;
        }
    }
    return false;
}
