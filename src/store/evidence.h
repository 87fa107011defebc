/* Evidence files on disk: sealed chunks under random names, uploads by offset.
 *
 * A file is <folder>/<id>: chunk n of EVIDENCE_CHUNK clear bytes lies sealed at n × (EVIDENCE_CHUNK +
 * SEAL_OVERHEAD). While it is being uploaded, <id>.sums holds 32 bytes of SM3 a chunk. The database
 * learns of a file only when it is whole and synced. */
#ifndef STORE_EVIDENCE_H
#define STORE_EVIDENCE_H

#include "domain/evidence.h"
#include "store/ledger.h"

typedef struct Upload {
    Str id;
    Str inspection;
    Str organiser;
    int64_t size;
    Str key;      /* id of the sealing key */
    int64_t have; /* bytes received without a gap */
} Upload;

/* The upload of this account, with how much of it is there. ST_MISSING for another's. */
Status upload_load(Ctx *c, const Ledger *ledger, Str id, Upload *out) MUST_CHECK;

/* A writer for bytes from `offset` on, which must be a whole number of chunks and no more than is there.
 * Takes bytes as they come; a last, shorter chunk is kept only when it ends the file. */
typedef struct UploadWriter UploadWriter;
Status upload_writer_open(
    Ctx *c, const Ledger *ledger, const Upload *upload, int64_t offset, UploadWriter **out) MUST_CHECK;
Status upload_writer_add(Ctx *c, UploadWriter *w, const void *bytes, size_t len) MUST_CHECK;
/* Syncs what is there; `have` tells how much counts. */
Status upload_writer_end(Ctx *c, UploadWriter *w, int64_t *have) MUST_CHECK;

/* Makes the record of a whole upload: sizes, digests, everything synced. ST_CONFLICT when bytes are missing. */
Status upload_finish(Ctx *c, const Ledger *ledger, const Upload *upload, Evidence *out) MUST_CHECK;
/* After the record was committed, or the upload given up. */
void upload_forget(const Ledger *ledger, Arena *arena, Str id, bool file_too);

/* Up to one chunk of clear bytes from `offset`, checked against seal and digest. ST_BROKEN when the file was changed.
 */
Status evidence_read(Ctx *c, const Ledger *ledger, const Evidence *file, int64_t offset, Str *out) MUST_CHECK;

/* --- files as they lie, for the archive ---------------------------------------------------------------- */

enum { EVIDENCE_SEALED_CHUNK = EVIDENCE_CHUNK + SEAL_OVERHEAD };

/* Each sealed chunk of a file of so many clear bytes. `whole` is false when the file is missing or too short; what is
 * there is given all the same. */
typedef Status EvidenceChunk(Ctx *c, uint32_t chunk, Str sealed, void *arg);
Status evidence_each_chunk(
    Ctx *c, const Ledger *ledger, Str id, int64_t size, EvidenceChunk *visit, void *arg, bool *whole) MUST_CHECK;

/* A folder for the files of a ledger that is being restored: filled as DIR.part, in place once it is settled.
 * ST_CONFLICT when there is something in DIR, or DIR.part is there. Lives in the arena of the Ctx. */
typedef struct EvidenceFolder EvidenceFolder;
Status evidence_folder_open(Ctx *c, Str dir, EvidenceFolder **out) MUST_CHECK;
/* Bytes of a file; those of one file come together. */
Status evidence_folder_put(Ctx *c, EvidenceFolder *f, Str id, int64_t at, Str bytes) MUST_CHECK;
Status evidence_folder_settle(Ctx *c, EvidenceFolder *f) MUST_CHECK;
/* Takes away all that was put, also after settling; NULL is allowed. */
void evidence_folder_drop(Ctx *c, EvidenceFolder *f);

#endif
