/* When a miss is the slip of a digit. Private to the rules that refute by it. */
#ifndef CHECK_SLIP_H
#define CHECK_SLIP_H

#include "check/list.h"

/* The k-th of the figures that differ from `n` in one digit, none of them shorter; false behind the last. */
bool ratio_other_figure(const Num *n, int k, Num *other);
/* One digit, changed in one of the three, makes the rate right. */
bool ratio_is_slip(const Num *part, const Num *whole, const Num *rate);
/* A rate of three digits and more. */
bool ratio_is_fine(const Num *rate);
/* `n`, with one other digit or two neighbours in each other's place, is larger by `gap`, within half of `slack`; in
 * which place. */
bool num_slips_by(const Num *n, Wide gap, Wide slack, Wide *place);
/* One digit, changed in the whole or in one of the parts, makes the sum right. */
bool list_slips(const Reading *r, const List *list, Range sum, Wide *place);
/* One digit, changed in one of the three, makes the difference right. */
bool gap_slips(const Num *big, const Num *small, const Num *n);
/* A digit that was lost, or typed twice, in one of the figures explains the miss: of a rate, a sum, a difference. */
bool ratio_is_lost_digit(const Num *part, const Num *whole, const Num *rate);
bool list_loses(const Reading *r, const List *list, Range sum);
bool gap_loses(const Num *big, const Num *small, const Num *n);

#endif
