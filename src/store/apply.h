/* A list of changes becomes rows, versions, state history, counters, digests and sealed audit
 * entries, all in the savepoint of the request. Nothing else writes a record. */
#ifndef STORE_APPLY_H
#define STORE_APPLY_H

#include "domain/audit_entry.h"
#include "store/keys.h"

/* Where the chain stands inside a batch. A savepoint that is rolled back takes its copy back. */
typedef struct ChainHead {
    int64_t seq;
    Digest seal;
} ChainHead;

/* What a write works with: lent by the lane to the request that runs. */
typedef struct Writer {
    Keyring *keys;
    ChainHead head;
} Writer;

/* Reads the head; on PostgreSQL it stays locked until the transaction ends. */
Status chain_lock(Ctx *c, Writer *w) MUST_CHECK;
/* Writes the head back: once a batch, before COMMIT. */
Status chain_store(Ctx *c, const Writer *w) MUST_CHECK;

/* Applies the changes under the name of an operation. ST_STALE when a record has moved on since it
 * was loaded. */
Status change_apply(Ctx *c, Writer *w, Str operation, const Changes *changes) MUST_CHECK;

/* An entry without a change: a login, a refusal (outcome: the status), an export, a read of the audit. */
Status audit_note(Ctx *c, Writer *w, Str operation, Status outcome, Str entity, Str record) MUST_CHECK;

#endif
