/* Rows on their way into the ledger: read beside the lane, entered within it, a chunk of them a transaction. */
#ifndef SERVICE_IMPORT_CHUNK_H
#define SERVICE_IMPORT_CHUNK_H

#include "domain/evidence.h"
#include "service/import_seen.h"
#include "service/import_source.h"
#include "service/import_work.h"
#include "service/workbook_row.h"
#include "store/lane.h"

/* One pass over rows: those of the file itself, or those that a check or an earlier pass left waiting. */
typedef struct ImportPass {
    ImportTask *t;
    ImportJob job;
    ImportSource *source; /* NULL: of the waiting rows */
    bool more;            /* rows in the source */
    int64_t n;            /* of the last row read */
    int64_t skipped;      /* rows of the source that were settled before a restart */
    SeenKeys seen;        /* of rows that no check has compared */
    Str unknown;          /* columns of the source that stand for no field */
    Str proof_key;        /* that seals the proofs of a returned workbook */
    int64_t entered;
    int64_t refused;
} ImportPass;

typedef struct WaitingRow {
    int64_t n;
    ImportRow row;
    Str record;
    bool chosen;
    RowProofs proofs; /* of a returned workbook, stored by now */
} WaitingRow;

/* Its memory is its own: while the lane enters one chunk, the next is read. */
enum { IMPORT_CHUNK_ROWS = 1000 };
typedef struct ImportChunk {
    ImportPass *pass;
    Ctx c;
    CtxMark start;
    WaitingRow rows[IMPORT_CHUNK_ROWS];
    size_t count;
    bool guarded;  /* each row in a savepoint of its own */
    bool spoilt;   /* a row without one was refused when it had written something */
    int64_t trace; /* the last number given */
    Str made;      /* the record of the row at hand */
    int64_t entered;
    int64_t refused;
} ImportChunk;

/* The rows behind those of `before`, NULL for the first; none are the pass's end. */
Status import_chunk_read(ImportChunk *k, const ImportChunk *before) MUST_CHECK;
/* A job of the lane, its `arg` the chunk: enters each row through its use case and keeps what it came to, and what is
 * wanted to take it back. All rows share one savepoint, as most are refused, if at all, before anything is written;
 * where one is refused later, all of that is taken back and each row has a savepoint of its own. */
Status import_chunk_enter(LaneJob *job, Writer *w) MUST_CHECK;

#endif
