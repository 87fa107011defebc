#include "exchange/archive_frame.h"

#include <assert.h>
#include <string.h>

static void put_number(uint8_t *to, int bytes, uint64_t n)
{
    for (int i = 0; i < bytes; i++)
        to[i] = (uint8_t)(n >> 8 * (bytes - 1 - i));
}

static uint64_t take_number(const uint8_t *from, int bytes)
{
    uint64_t n = 0;
    for (int i = 0; i < bytes; i++)
        n = n << 8 | from[i];
    return n;
}

void frame_head_put(
    const Crypto *crypto, Str id, const ArchiveFrame *frame, uint32_t body_len, uint8_t head[ARCHIVE_HEAD])
{
    assert(id.len == ID_LEN && frame->subject.len <= ARCHIVE_SUBJECT_MAX);
    memset(head, 0, ARCHIVE_HEAD);
    memcpy(head, FRAME_MARK_BYTES, FRAME_MARK);
    memcpy(head + 8, id.ptr, ID_LEN);
    head[34] = (uint8_t)frame->kind;
    put_number(head + 36, 8, (uint64_t)frame->no);
    put_number(head + 44, 4, body_len);
    if (frame->subject.len)
        memcpy(head + 48, frame->subject.ptr, frame->subject.len);
    put_number(head + 80, 4, frame->item);
    put_number(head + 84, 2, frame->part);
    put_number(head + 86, 2, frame->parts);
    Digest sum = sm3(crypto, head, FRAME_BOUND);
    memcpy(head + FRAME_BOUND, sum.bytes, ARCHIVE_HEAD - FRAME_BOUND);
}

static bool is_kind(uint8_t kind)
{
    return kind == ARCHIVE_MANIFEST || kind == ARCHIVE_ROWS || kind == ARCHIVE_FILE || kind == ARCHIVE_CLOSING;
}

bool frame_head_take(
    const Crypto *crypto, Str *id, const uint8_t head[ARCHIVE_HEAD], ArchiveFrame *frame, uint32_t *body_len)
{
    Str its_id = { (const char *)head + 8, ID_LEN };
    if (memcmp(head, FRAME_MARK_BYTES, FRAME_MARK) != 0 || !id_is_valid(its_id) || (id->len && !str_eq(*id, its_id)))
        return false;
    Digest sum = sm3(crypto, head, FRAME_BOUND);
    if (memcmp(head + FRAME_BOUND, sum.bytes, ARCHIVE_HEAD - FRAME_BOUND) != 0)
        return false;
    const char *subject = (const char *)head + 48;
    *frame = (ArchiveFrame){ .kind = (ArchiveKind)head[34],
        .no = (int64_t)(take_number(head + 36, 8) & INT64_MAX),
        .subject = { subject, strnlen(subject, ARCHIVE_SUBJECT_MAX) },
        .item = (uint32_t)take_number(head + 80, 4),
        .part = (uint16_t)take_number(head + 84, 2),
        .parts = (uint16_t)take_number(head + 86, 2) };
    *body_len = (uint32_t)take_number(head + 44, 4);
    if (!is_kind(head[34]) || frame->part >= frame->parts || !str_is_text(frame->subject) ||
        *body_len < SEAL_OVERHEAD || *body_len > ARCHIVE_BODY_MAX + SEAL_OVERHEAD)
        return false;
    *id = its_id;
    return true;
}

Key archive_key(Ctx *c, const Key *key, Str id)
{
    return key_draw(c->env->crypto, key, str_format(c->arena, "xuncha archive %.*s", STR_ARG(id)));
}

Str archive_key_check(Ctx *c, const Key *key, Str id)
{
    Key drawn = key_draw(c->env->crypto, key, str_format(c->arena, "xuncha archive check %.*s", STR_ARG(id)));
    StrBuf hex = strbuf_in(c->arena);
    strbuf_add_hex(&hex, drawn.bytes, 8);
    wipe(&drawn, sizeof drawn);
    return strbuf_str(&hex);
}

Str archive_key_data(Ctx *c, Str id)
{
    return str_format(c->arena, "xuncha archive key %.*s", STR_ARG(id));
}
