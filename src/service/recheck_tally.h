/* What a recheck has found so far: for its own page, and for the sentence beside the rates. */
#ifndef SERVICE_RECHECK_TALLY_H
#define SERVICE_RECHECK_TALLY_H

#include "domain/recheck.h"
#include "insight/sample.h"

typedef struct RecheckTally {
    int64_t drawn;
    int64_t results[RECHECK_CAME_BACK + 1]; /* by result; 0: none yet */
    SampleStratum strata[RECHECK_SIZE_MAX];
    size_t strata_count;
} RecheckTally;

/* Its items in the order of their strata, past the actor's scope: who sees the recheck sees its numbers. */
Status recheck_items_load(Ctx *c, Str recheck, RecheckItem **out, size_t *count) MUST_CHECK;
Status recheck_tally_load(Ctx *c, Str recheck, RecheckTally **out) MUST_CHECK;
/* How many of the whole are true by the ends of the interval, in whole items within it. */
int64_t estimate_least(const SampleEstimate *e);
int64_t estimate_most(const SampleEstimate *e);

#endif
