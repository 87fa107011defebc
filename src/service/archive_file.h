/* Archive files: written under a temporary name until whole, read as a stream. */
#ifndef SERVICE_ARCHIVE_FILE_H
#define SERVICE_ARCHIVE_FILE_H

#include "exchange/archive.h"

/* ST_CONFLICT when there is a file of that name, or one that was broken off. */
Status path_is_free(Ctx *c, Str path) MUST_CHECK;
/* Makes an empty "PATH.part" that only this caller has made. */
Status path_claim(Ctx *c, Str path) MUST_CHECK;
/* "PATH.part" becomes PATH, which must not be there, and the folder is synced. */
Status path_settle(Ctx *c, Str path) MUST_CHECK;
Str path_part(Ctx *c, Str path);

typedef struct ArchiveOut ArchiveOut;
/* Lives in the arena of the Ctx; what is not settled by then goes away with it. */
Status archive_out_open(Ctx *c, Str path, ArchiveOut **out) MUST_CHECK;
ArchiveSink archive_out_add; /* arg: the ArchiveOut */
Status archive_out_settle(Ctx *c, ArchiveOut *out) MUST_CHECK;

typedef struct ArchiveIn ArchiveIn;
Status archive_in_open(Ctx *c, Str path, ArchiveIn **out) MUST_CHECK;
int64_t archive_in_size(const ArchiveIn *in); /* 0 when it is no plain file */
ArchiveSource archive_in_take;                /* arg: the ArchiveIn */

#endif
