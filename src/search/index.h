/* The index of the search over everything: made of the records, behind the lane.
 *
 * The chain is its queue. Every change has an entry that is written with it; the index keeps up to which entry it has
 * come, and takes the records that the next ones name as they are by then. So nothing is queued twice or forgotten, a
 * write pays nothing, and a process that is killed goes on where the index stands. A ledger whose index is of another
 * form (a new ledger, a restored one, an older program's) is walked through record by record.
 *
 * Work comes in two halves: index_prepare() reads and folds on a reading connection, index_write() puts a batch into
 * the index inside a transaction of the lane. What has changed in between has an entry behind the batch's last. */
#ifndef SEARCH_INDEX_H
#define SEARCH_INDEX_H

#include "store/load.h"

enum {
    INDEX_FORM = 1, /* raised whenever folding, tokens or fields change: every index is made anew */
    INDEX_BATCH_MAX = 500,
    INDEX_DAY_BITS = 24,
    INDEX_BEHIND_TOLD = 10000 /* how far behind is counted */
};
/* The first row number of a day, and the last. DATE_NONE: of all days. */
int64_t index_first_of(Date day);
int64_t index_last_of(Date day);
Date index_day_of(int64_t row);

typedef struct IndexBatch IndexBatch;
/* The next work, at most `most` records, in the arena of the Ctx; NULL: the index is up to date. */
Status index_prepare(Ctx *c, size_t most, const IndexBatch **out) MUST_CHECK;
/* ST_OK also when another process was quicker and nothing is to be done. */
Status index_write(Ctx *c, const IndexBatch *batch) MUST_CHECK;
size_t index_batch_records(const IndexBatch *batch);
/* Forgets everything: the next batches make it anew. */
Status index_forget(Ctx *c) MUST_CHECK;
/* Joins some of what many small batches left; `whole`: all of it, which takes as long as a tenth of the making. */
Status index_tidy(Ctx *c, bool whole) MUST_CHECK;

/* How many changes (while it is made anew: records) the index has not taken in; INDEX_BEHIND_TOLD: or more. */
Status index_behind(Ctx *c, int64_t *out) MUST_CHECK;

#endif
