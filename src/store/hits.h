/* What the index of the search finds, row by row and counted, within the actor's scope. */
#ifndef STORE_HITS_H
#define STORE_HITS_H

#include "store/load.h"

typedef struct HitRow {
    int64_t row; /* of the index; newer ones are higher */
    const Entity *entity;
    Str id; /* holds inside the call */
} HitRow;
/* *enough set to true ends the scan behind this row. */
typedef Status HitVisitor(Ctx *c, const HitRow *hit, void *arg, bool *enough);

/* How PostgreSQL is to plan the statements of a search: the mode that "search_settings" takes. */
Str hits_mode(const Ctx *c);
/* Before the others: learns whether the words are frequent, on which the plan depends. */
Status hits_probe(Ctx *c, HitAsk *ask) MUST_CHECK;
/* Newest first, from ask->to on, until the visitor has enough or there are no more. `expected`: about how many will
 * be looked at. */
Status hits_each(Ctx *c, const HitAsk *ask, int64_t expected, HitVisitor *visit, void *arg) MUST_CHECK;
/* How many, counted no further than `cap` + 1, where the index alone tells; *counted false where rows must be judged:
 * then they are counted by hits_each(). */
Status hits_count(Ctx *c, const HitAsk *ask, int64_t cap, int64_t *count, bool *counted) MUST_CHECK;

#endif
