/* Walks the chain, recomputes every record's digest from its row, checks files, references and counts. */
#ifndef STORE_VERIFY_H
#define STORE_VERIFY_H

#include "store/ledger.h"

typedef struct VerifyFault {
    Str kind;  /* "entry", "gap", "tail", "record", "file", "reference", "count", "state", "anchor" */
    Str place; /* "audit 17", "papers 01h…" */
    Text says;
} VerifyFault;

typedef struct VerifyReport {
    int64_t entries;
    int64_t records;
    int64_t files;
    int64_t chunks;
    ChainHead head;
    Str ledger;
    int64_t fault_count;
    VerifyFault faults[100]; /* the first hundred */
} VerifyReport;

/* Where the chain stood when an anchor was taken: signed outside the ledger. */
typedef struct Anchor {
    Str ledger;
    int64_t seq;
    Digest seal;
    Instant at;
} Anchor;

/* ST_OK whenever the walk could be made: what it found is in the report. `anchor` may be NULL. */
Status verify_ledger(Ctx *c, Ledger *ledger, const Anchor *anchor, VerifyReport *out) MUST_CHECK;

/* An anchor as a text of few lines, printable, signed with SM2; the public key stands in it. */
Status anchor_write(Ctx *c, const Ledger *ledger, const Sm2Pair *pair, Str *out) MUST_CHECK;
/* `public_key` empty: any key's signature is taken; the text names it. */
Status anchor_read(Ctx *c, Str text, Str public_key_hex, Anchor *out) MUST_CHECK;

#endif
