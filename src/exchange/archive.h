/* The one sealed stream of all that a ledger holds: frames onto a sink, frames from a source.
 *
 *     xuncha archive 1\n
 *     {"format":1,"archive":ID,"key_check":HEX, …}\n     the manifest, in clear, on one line
 *     sm3 HEX\n                                          over the two lines before: an accident is found here
 *     frame, frame, …                                    each at most ARCHIVE_FRAME_MAX bytes
 *
 * A frame is a head of ARCHIVE_HEAD bytes in clear and a sealed body:
 *
 *     0  8  mark          8 26  the archive's id      34  1  kind           36  8  number, from 0
 *    44  4  body length  48 32  table or file         80  4  item (chunk)   84  2  part   86  2  of so many parts
 *    88  8  the first bytes of SM3 over the 88 before: tells a damaged head from a damaged body
 *
 * Numbers are big-endian. The body is sealed under a key drawn for this archive; its associated data are the head's
 * 88 bytes, so that a frame opens only as the frame it is. What is longer than a frame travels in parts. Frame 0 holds
 * the manifest once more, sealed; the last one the counts, the number of frames and a running SM3 over the lines, the
 * heads and the seals of all frames: nothing can be left out, moved or repeated unnoticed.
 *
 * Knows nothing of ledgers, files and SQL. */
#ifndef EXCHANGE_ARCHIVE_H
#define EXCHANGE_ARCHIVE_H

#include "base/crypto.h"
#include "base/json.h"

enum {
    ARCHIVE_FORMAT = 1,
    ARCHIVE_HEAD = 96,
    ARCHIVE_FRAME_MAX = 64 * 1024,
    ARCHIVE_BODY_MAX = ARCHIVE_FRAME_MAX - ARCHIVE_HEAD - SEAL_OVERHEAD, /* clear */
    ARCHIVE_MANIFEST_MAX = 16 * 1024,
    ARCHIVE_SUBJECT_MAX = 32
};

typedef enum ArchiveKind {
    ARCHIVE_MANIFEST = 'M',
    ARCHIVE_ROWS = 'R', /* of a table: exchange/archive_rows.h */
    ARCHIVE_FILE = 'E', /* a piece of an evidence file, as it lies on disk */
    ARCHIVE_CLOSING = 'C'
} ArchiveKind;

typedef struct ArchiveFrame {
    ArchiveKind kind;
    int64_t no;
    int64_t offset; /* of its head in the archive */
    Str subject;    /* table, or evidence file */
    uint32_t item;  /* of a file: which chunk */
    uint16_t part;  /* from 0 */
    uint16_t parts;
    Str body; /* clear */
} ArchiveFrame;

/* The key check of the manifest: tells a wrong key from a damaged archive, and nothing about the key. */
Str archive_key_check(Ctx *c, const Key *key, Str id);

/* What a ledger's key is bound to where it is sealed under a passphrase. */
Str archive_key_data(Ctx *c, Str id);

/* --- writing ------------------------------------------------------------------------------------------ */

/* Keeps nothing in the arena of the Ctx. */
typedef Status ArchiveSink(Ctx *c, Str bytes, void *arg);
typedef struct ArchiveWriter ArchiveWriter;

/* Writes the lines and frame 0. `manifest`: a JSON object on one line with the members above. Lives in the arena of
 * the Ctx. */
Status archive_writer_open(
    Ctx *c, Str id, Str manifest, const Key *key, ArchiveSink *sink, void *arg, ArchiveWriter **out) MUST_CHECK;
/* One thing in as many frames as it needs. Leaves nothing in the arena. */
Status archive_put(Ctx *c, ArchiveWriter *w, ArchiveKind kind, Str subject, uint32_t item, Str bytes) MUST_CHECK;
/* The closing frame; `counts` is a JSON object of the caller's. */
Status archive_writer_close(Ctx *c, ArchiveWriter *w, Str counts) MUST_CHECK;
int64_t archive_frames_written(const ArchiveWriter *w);
int64_t archive_bytes_written(const ArchiveWriter *w);

/* --- reading ------------------------------------------------------------------------------------------ */

/* A frame, or several in a row, that cannot be had. */
typedef struct ArchiveLost {
    int64_t frame;
    int64_t offset;
    Str table; /* what it held, as far as that can be known; "evidence" for a piece of a file */
    Str file;
    int64_t chunk; /* of the file; -1 for a table */
    Text why;
} ArchiveLost;

/* Gives up to `room` bytes; 0 at the end. */
typedef Status ArchiveSource(Ctx *c, void *bytes, size_t room, size_t *got, void *arg);
/* Keeps nothing of what it is given. */
typedef void ArchiveLostSeen(const ArchiveLost *lost, void *arg);
typedef struct ArchiveReader ArchiveReader;

/* Reads the lines. With `lost` NULL the first damage ends the reading: ST_BROKEN with byte, frame and table. Otherwise
 * every lost frame is told and the reading goes on behind it, also when the lines themselves are damaged. ST_INVALID
 * for what is no archive, ST_CONFLICT for a newer format. Lives in the arena of the Ctx. */
Status archive_reader_open(Ctx *c, ArchiveSource *source, void *source_arg, ArchiveLostSeen *lost, void *lost_arg,
    ArchiveReader **out) MUST_CHECK;
/* The manifest as it stands in the lines; NULL when they are damaged and the reading goes on. */
const Json *archive_manifest(const ArchiveReader *r);
/* The archive's id, which also stands in every frame. */
Str archive_id(const ArchiveReader *r);
/* ST_DENIED for another key. Opens frame 0 and compares; after that archive_manifest() can be trusted. */
Status archive_reader_key(Ctx *c, ArchiveReader *r, const Key *key) MUST_CHECK;
/* The next frame, its body in the arena of the Ctx: rewind between frames. `has` is false behind the closing frame,
 * which is given too, once all that it says of the stream has been checked. */
Status archive_next(Ctx *c, ArchiveReader *r, ArchiveFrame *out, bool *has) MUST_CHECK;
/* What a frame holds was found to be wrong by who knows its matter: a failure, or a lost frame like any other. */
Status archive_frame_bad(Ctx *c, ArchiveReader *r, const ArchiveFrame *frame, Text why) MUST_CHECK;
int64_t archive_frames_read(const ArchiveReader *r);
int64_t archive_bytes_read(const ArchiveReader *r);
int64_t archive_frames_lost(const ArchiveReader *r);

#endif
