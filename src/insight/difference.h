/* Which records stand in one list and not in another. Lists are ids in their order, one after another. */
#ifndef INSIGHT_DIFFERENCE_H
#define INSIGHT_DIFFERENCE_H

#include "base/crypto.h"
#include "base/ctx.h"

/* How a record moved between two states of a figure: +1 entered, -1 left, 0 neither. */
typedef struct RecordStep {
    Str id; /* into the lists that were given */
    int numerator;
    int denominator;
} RecordStep;

/* The records that moved, in the order of their ids; in the arena of the Ctx. */
RecordStep *difference_steps(
    Ctx *c, Str numerator_then, Str numerator_now, Str denominator_then, Str denominator_now, size_t *count);

#endif
