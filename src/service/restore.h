/* A ledger that is being made out of an archive: nothing of it is in its place until all is. */
#ifndef SERVICE_RESTORE_H
#define SERVICE_RESTORE_H

#include "store/table.h"

typedef struct RestoreWish {
    Str where;
    Str key_file;
    Str evidence_dir;
    const Key *key; /* the ledger's */
    bool make_key;  /* the key file is made anew */
    int64_t schema; /* of the archive */
    Str ledger;     /* its id, and where its chain stood: stand in for a head that was lost */
    int64_t head_seq;
    Str head_seal;
} RestoreWish;

typedef struct Restore Restore;

/* An empty ledger at the archive's schema. ST_CONFLICT when there is one already, or the schema is newer than this
 * program knows. Lives in the arena of the Ctx, whose connection it opens; a restore that is not finished takes all
 * that it made away with that arena. c->actor acts. */
Status restore_open(Ctx *c, const RestoreWish *wish, Restore **out) MUST_CHECK;
/* Rows of a table, which come together. */
Status restore_rows(Ctx *c, Restore *r, const TableShape *t, const Value *values, size_t rows) MUST_CHECK;
Status restore_file(Ctx *c, Restore *r, Str id, int64_t at, Str bytes) MUST_CHECK;
/* References, the current schema, an entry of the audit that tells where the files are now; then all in its place.
 * `damaged`: the keys or the head of the chain may be lost, and the entry with them. */
Status restore_finish(Ctx *c, Restore *r, bool damaged) MUST_CHECK;

#endif
