/* One ledger = one committee's database, its key file and its evidence folder. */
#ifndef STORE_LEDGER_H
#define STORE_LEDGER_H

#include "store/apply.h"

typedef struct Ledger {
    Str where; /* file, or PostgreSQL connection string */
    DbEngine engine;
    Str key_file;
    Str evidence_dir;  /* kept in the ledger's settings */
    Str id;            /* drawn when the ledger was made */
    Date pinned_today; /* of a demonstration ledger; DATE_NONE else */
    Keyring *keys;
    Arena *arena;
    int lock_fd; /* -1: not locked */
} Ledger;

typedef struct LedgerWish {
    Str where;
    Str key_file;     /* STR_NONE: beside the ledger */
    Str evidence_dir; /* for a new ledger; STR_NONE: beside it */
    bool create;      /* make it when there is none, and migrate it */
    bool write;       /* lock a file against other writing processes */
    Date pin_today;   /* for a new ledger */
} LedgerWish;

/* Opens a ledger that is current; with `create` makes or migrates it. Refusals: no ledger there
 * (ST_MISSING), no ledger at all (ST_INVALID), newer or older schema (ST_CONFLICT), served by another
 * process (ST_CONFLICT, names its process id), read-only disk (ST_DENIED). The caller closes it. */
Status ledger_open(Ctx *c, const LedgerWish *wish, Ledger **out) MUST_CHECK;
void ledger_close(Ledger *ledger);

/* Beside the ledger: FILE.key, FILE.evidence; for PostgreSQL SCHEMA.key and SCHEMA.evidence here. */
Str ledger_beside(Arena *arena, Str where, const char *suffix);

#endif
