/* Archives of whole ledgers: backup, restore, and the way from one engine to the other.
 *
 * Writing reads one state of the ledger, also beside a server that goes on writing. Reading makes a new ledger or
 * nothing; with `salvage` it makes what can be made of a damaged archive and tells every frame that was lost. */
#ifndef SERVICE_ARCHIVE_H
#define SERVICE_ARCHIVE_H

#include "exchange/archive.h"
#include "service/app.h"

typedef struct ArchiveCounts {
    int64_t records; /* rows of records */
    int64_t entries; /* of the audit */
    int64_t files;
    int64_t chunks;
    int64_t missing; /* files that were not whole on disk when the archive was written */
    int64_t frames;
    int64_t bytes;
} ArchiveCounts;

/* `total` is 0 when it is not known. */
typedef void ArchiveProgress(int64_t bytes, int64_t total, void *arg);

typedef struct ArchiveWriteWish {
    Str file;
    Str id;         /* of the archive */
    bool noted;     /* the audit tells of it */
    Str passphrase; /* STR_NONE: only the key file opens it */
    ArchiveProgress *progress;
    void *progress_arg;
} ArchiveWriteWish;

/* The entry of the audit, on a ledger that was opened for writing; c->actor acts. Refuses what archive_write() would
 * refuse at once. It comes before the state that is read, so that an archive tells of itself; the ledger need not stay
 * open for writing afterwards, and a server may be started beside a long archive. */
Status archive_note(Ctx *c, App *app, const ArchiveWriteWish *wish) MUST_CHECK;
/* The file is new, its owner's alone, and has its name only once it is whole and synced. */
Status archive_write(Ctx *c, App *app, const ArchiveWriteWish *wish, ArchiveCounts *out) MUST_CHECK;

typedef struct ArchiveReadWish {
    Str file;
    Str where; /* the new ledger; STR_NONE: only read it through */
    Str key_file;
    Str evidence_dir;
    Str passphrase; /* opens the archive; the key file is made anew */
    bool salvage;   /* go on behind damage */
    ArchiveProgress *progress;
    void *progress_arg;
} ArchiveReadWish;

enum { ARCHIVE_LOST_TOLD = 1000 };

typedef struct ArchiveReport {
    ArchiveCounts counts;
    int64_t lost_count;
    ArchiveLost lost[ARCHIVE_LOST_TOLD]; /* the first of them */
} ArchiveReport;

Status archive_read(Ctx *c, const ArchiveReadWish *wish, ArchiveReport *out) MUST_CHECK;

#endif
