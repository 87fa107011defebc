/* The head of a frame, and what reader and writer of archives share. See exchange/archive.h. */
#ifndef EXCHANGE_ARCHIVE_FRAME_H
#define EXCHANGE_ARCHIVE_FRAME_H

#include "exchange/archive.h"

enum { FRAME_BOUND = 88, FRAME_MARK = 8, SEAL_TAG = SM3_SIZE };
#define FRAME_MARK_BYTES "\x9dxuncha\n"
#define ARCHIVE_MAGIC    "xuncha archive "

void frame_head_put(
    const Crypto *crypto, Str id, const ArchiveFrame *frame, uint32_t body_len, uint8_t head[ARCHIVE_HEAD]);
/* False when these bytes are no whole head, or one of another archive (`id` empty: of any). Texts point into `head`. */
bool frame_head_take(
    const Crypto *crypto, Str *id, const uint8_t head[ARCHIVE_HEAD], ArchiveFrame *frame, uint32_t *body_len);
/* The key that seals the frames of this archive. */
Key archive_key(Ctx *c, const Key *key, Str id);

#endif
