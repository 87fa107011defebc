/* Whether a miss refutes. The one place where that is decided: a rule says how firmly the words of the text bind its
 * figures to one another, and how far they miss; nothing else. Private to the rules. */
#ifndef CHECK_EVIDENCE_H
#define CHECK_EVIDENCE_H

#include "check/list.h"

/* What the words say of a reading, and what could be otherwise. */
typedef enum Strength {
    STRENGTH_NONE,   /* another reading fits */
    STRENGTH_WEAK,   /* likely figures, but no word binds them */
    STRENGTH_MIDDLE, /* the words bind them, but another whole, a further part or a base outside the text is possible */
    STRENGTH_STRONG  /* the words leave no other reading */
} Strength;

typedef struct Miss {
    Wide off;    /* from what is stated to what is computed */
    Wide small;  /* up to here it is a small miss */
    bool slip;   /* another digit in one place, or two neighbours in each other's place, would mend it */
    bool near;   /* a sum comes nearer to its whole than figures that have nothing to do with each other */
    bool length; /* a digit that was lost or typed twice would */
} Miss;

bool evidence_refutes(Strength strength, Miss miss);

/* How a ratio misses; `part`, `whole` and `rate` are single figures. */
Miss miss_of_ratio(const Num *part, const Num *whole, const Num *rate);
/* How parts miss their whole. */
Miss miss_of_list(const Reading *r, const List *list, Range sum);
/* How a difference misses: big − small = n. */
Miss miss_of_gap(const Num *big, const Num *small, const Num *n);
/* Any other computation against a figure; `slip` as the caller found it. */
Miss miss_of(Wide computed, Wide stated, bool slip);
/* The same of a rate, in millionths of a percent or of one: rates of other wholes lie farther apart than other sums. */
Miss miss_of_share(Wide computed, const Num *rate, bool slip);

#endif
