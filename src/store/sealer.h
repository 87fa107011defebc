/* Entries of the chain on their way into it: digest, sealed values, the seal over the predecessor.
 *
 * One by one that is done where the record is written. Where many records are written in a row (an import), a thread
 * beside the writer does it, in order, while the writer goes on with the next record: SM3 and SM4 are a third of what
 * such a write costs. */
#ifndef STORE_SEALER_H
#define STORE_SEALER_H

#include "base/crypto.h"
#include "domain/audit_entry.h"

/* What sealing an entry takes; it fills entry.after, entry.values and entry.seal. */
typedef struct Unsealed {
    AuditEntry entry;
    Str record;         /* of which `after` is the digest; empty: there is none */
    Str clear;          /* the values in clear; empty: nothing was changed */
    Str bound;          /* what the sealed values are bound to */
    const SealKey *key; /* of the values */
} Unsealed;

/* At once, into the arena of the Ctx. */
void unsealed_seal(Ctx *c, const MacKey *chain, const Digest *before, Unsealed *u);

typedef struct Sealer Sealer;
typedef struct SealedEntry SealedEntry;
struct SealedEntry {
    Unsealed of;
    SealedEntry *next;
};

/* Belongs to one writer. Its thread starts at the first sealer_begin() and ends with sealer_close(). */
Sealer *sealer_open(const Env *env);
void sealer_close(Sealer *s); /* NULL is nothing */

/* A new row of entries over `before`; forgets the last one. The key must last until sealer_end(). */
void sealer_begin(Sealer *s, const MacKey *chain, const Digest *before);
/* Copies what it is given but the key. */
void sealer_put(Sealer *s, const Unsealed *u);
/* Takes back the entries after that number, for a savepoint that was rolled back. Keys may go afterwards. */
void sealer_cut(Sealer *s, int64_t seq);
/* Waits for the last and gives the first of the row, NULL when it is empty; they last until the next begin. */
const SealedEntry *sealer_end(Sealer *s);

#endif
