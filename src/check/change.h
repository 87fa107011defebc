/* Before and after. Private to change.c (which figures), relation_change.c (what is said) and relation_rest.c. */
#ifndef CHECK_CHANGE_H
#define CHECK_CHANGE_H

#include "check/evidence.h"

typedef struct Change {
    size_t before, now; /* indexes; SIZE_MAX: not stated */
    size_t delta;       /* index of the difference that goes with it, or SIZE_MAX */
    Strength strength;  /* what the words say of it */
} Change;

/* 上年, 去年同期, 上轮 …: words of a time before. */
extern const Str change_past_times[];

/* 增长61.1%; but not 增长面61.2%. */
bool change_is_growth(const Reading *r, const Num *n);
/* What the change told by figure `at` is of. */
Change change_find(const Reading *r, size_t at);
/* 由甲增加到乙. */
bool change_is_from_to(const Reading *r, size_t before, size_t now);
/* "(a-b)". */
Str change_minus(Reading *r, const Num *a, const Num *b, bool bracket);
void relation_rest(Reading *r, size_t at);
void rest_say(Reading *r, size_t at, size_t whole, size_t done, CheckVerdict verdict);
/* Whole − done misses what is said to be left, and that refutes (evidence.h). */
bool rest_refutes(const Reading *r, size_t whole, size_t done, size_t at, Strength strength);
/* 尚未化解59件, 未拨付0.58亿元: where the verb begins; SIZE_MAX: not so. */
size_t rest_undone_verb(const Reading *r, const Num *n);
/* Whole and done by their words, wherever they stand; said where they fit or a digit makes them fit
 * (relation_left.c). */
bool rest_is_slip(Reading *r, size_t at);

#endif
