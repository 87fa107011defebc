/* A list of changes becomes rows, versions, state history, counters, digests and sealed audit
 * entries, all in the savepoint of the request. Nothing else writes a record. */
#ifndef STORE_APPLY_H
#define STORE_APPLY_H

#include "domain/audit_entry.h"
#include "store/keys.h"
#include "store/sealer.h"

/* Where the chain stands inside a batch. A savepoint that is rolled back takes its copy back. */
typedef struct ChainHead {
    int64_t seq;
    Digest seal;
} ChainHead;

/* How many more records of an entity there are, and in each of its states, than the counters in the database say. */
enum { TALLY_STATES_MAX = 24 };
typedef struct Tally {
    int32_t records[ENTITY_COUNT];
    int32_t states[ENTITY_COUNT][TALLY_STATES_MAX]; /* by the choice's number */
} Tally;

/* What a write works with: lent by the lane to the request that runs. What stands here goes into the database once a
 * batch, and is taken back with a savepoint by taking back the copy. */
typedef struct Writer {
    Keyring *keys;
    Sealer *sealer;
    bool beside; /* entries are with the sealer until chain_beside() ends: head.seq runs ahead of head.seal */
    ChainHead head;
    Tally tally;
} Writer;

/* Reads the head and begins a new tally; on PostgreSQL the head stays locked until the transaction ends. */
Status chain_lock(Ctx *c, Writer *w) MUST_CHECK;
/* Writes head and tally back: once a batch, before COMMIT. */
Status chain_store(Ctx *c, const Writer *w) MUST_CHECK;

/* Runs a step that writes many records: their entries are sealed on a thread beside and written when the step ends,
 * after all its records. What the step does may not read the chain. A step that fails leaves no entry; the caller rolls
 * its records back. */
Status chain_beside(Ctx *c, Writer *w, Status (*step)(Ctx *c, Writer *w, void *arg), void *arg) MUST_CHECK;
/* After a savepoint was rolled back: the writer as it was before it. */
void writer_restore(Writer *w, const Writer *before);

/* Applies the changes under the name of an operation. ST_STALE when a record has moved on since it
 * was loaded. */
Status change_apply(Ctx *c, Writer *w, Str operation, const Changes *changes) MUST_CHECK;

/* An entry without a change: a login, a refusal (outcome: the status), an export, a read of the audit. */
Status audit_note(Ctx *c, Writer *w, Str operation, Status outcome, Str entity, Str record) MUST_CHECK;

#endif
