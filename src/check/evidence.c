/* Strength × miss → verdict.
 *
 *              a slip of one digit   a sum near its whole   a digit lost or doubled, a small miss   any other
 *     strong        refuted                refuted                    refuted                        refuted
 *     middle        refuted                refuted                    refuted                        open
 *     weak          refuted                refuted                    open                           open
 *     none          open                   open                       open                           open
 *
 * A clerk who types 135 for 118 is as wrong as one who types 119: where the structure leaves no other reading, the size
 * of the miss says nothing. Where another whole may be meant, a large miss is more likely that other whole; a small one
 * is not, for figures that have nothing to do with each other seldom come so near. */
#include "check/evidence.h"

#include "check/slip.h"

enum { SMALL_NUM = 3, SMALL_DEN = 10, NEAR = 20, FINE = 100 }; /* three tenths, a twentieth of three digits and more */

bool evidence_refutes(Strength strength, Miss miss)
{
    switch (strength) {
    case STRENGTH_STRONG:
        return true;
    case STRENGTH_MIDDLE:
        return miss.slip || miss.length || miss.off <= miss.small;
    case STRENGTH_WEAK:
        return miss.slip || miss.near;
    case STRENGTH_NONE:
        break;
    }
    return false;
}

Miss miss_of(Wide computed, Wide stated, bool slip)
{
    Wide off = computed - stated, larger = computed > stated ? computed : stated;
    return (Miss){ off < 0 ? -off : off, larger * SMALL_NUM / SMALL_DEN, slip, false, false };
}

/* From above half on a share is as large as what it leaves is small: 87 % for 97 % is no small miss. More than all is
 * no share of this whole. */
Miss miss_of_share(Wide computed, const Num *rate, bool slip)
{
    Wide top = 100 * (Wide)MICRO, half = top / 2, stated = rate->value;
    Miss miss = miss_of(computed, stated, slip);
    miss.small = (computed > stated ? computed : stated) / 2;
    if (rate->kind == NUM_PERCENT && computed > half && stated > half && computed <= top && stated <= top)
        miss.small = (top - (computed < stated ? computed : stated)) / 2;
    if (rate->kind == NUM_PERCENT && computed > top)
        miss.small = 0;
    return miss;
}

Miss miss_of_ratio(const Num *part, const Num *whole, const Num *rate)
{
    Wide top = (rate->kind == NUM_TIMES || rate->kind == NUM_COUNT ? 1 : 100) * (Wide)MICRO;
    Wide computed = whole->value > 0 ? part->value * top / whole->value : 0;
    Miss miss = miss_of(computed, rate->value, ratio_is_slip(part, whole, rate));
    miss.length = ratio_is_fine(rate) && ratio_is_lost_digit(part, whole, rate);
    return miss;
}

/* 1202件，其中按期办结1197件，延期2件: what one part leaves is small, and so is what is not told of it. */
static bool has_nearly_all(const Reading *r, const List *list)
{
    enum { TENTHS = 9, TEN = 10 };
    for (size_t i = 0; i < list->count; i++)
        if ((Wide)r->num[list->item[i]].value * TEN > (Wide)r->num[list->head].value * TENTHS)
            return true;
    return false;
}

Miss miss_of_list(const Reading *r, const List *list, Range sum)
{
    Wide place;
    Miss miss = miss_of((sum.lo + sum.hi) / 2, r->num[list->head].value, list_slips(r, list, sum, &place));
    const Num *whole = &r->num[list->head];
    miss.near = miss.off * NEAR <= whole->value && whole->value >= FINE * (Wide)whole->step &&
                (sum.lo > whole->value || !has_nearly_all(r, list));
    miss.length = list_loses(r, list, sum);
    return miss;
}

Miss miss_of_gap(const Num *big, const Num *small, const Num *n)
{
    Range gap = range_sub(range_of(big), range_of(small));
    Wide middle = (gap.lo + gap.hi) / 2;
    Miss miss = miss_of(middle, n->value, gap_slips(big, small, n));
    miss.length = gap_loses(big, small, n);
    miss.small = big->value * (Wide)SMALL_NUM / SMALL_DEN; /* beside what it is of */
    return miss;
}
