#include "exchange/archive_frame.h"

#include <assert.h>
#include <string.h>

struct ArchiveWriter {
    char id[ID_LEN + 1];
    ArchiveSink *sink;
    void *arg;
    SealKey *key;
    Hash *running;
    int64_t frames;
    int64_t bytes;
};

static void close_key(void *key)
{
    seal_key_close(key);
}

static Status give(Ctx *c, ArchiveWriter *w, Str bytes)
{
    w->bytes += (int64_t)bytes.len;
    return w->sink(c, bytes, w->arg);
}

static Status put_frame(Ctx *c, ArchiveWriter *w, ArchiveFrame frame, Str clear)
{
    CtxMark mark = ctx_mark(c);
    uint8_t head[ARCHIVE_HEAD];
    Str head_str = { (const char *)head, ARCHIVE_HEAD };
    frame.no = w->frames++;
    frame_head_put(c->env->crypto, str_of(w->id), &frame, (uint32_t)clear.len + SEAL_OVERHEAD, head);
    Str sealed = seal(c->arena, w->key, str_sub(head_str, 0, FRAME_BOUND), clear);
    hash_add(w->running, head, ARCHIVE_HEAD);
    hash_add(w->running, sealed.ptr + sealed.len - SEAL_TAG, SEAL_TAG);
    TRY(give(c, w, head_str));
    TRY(give(c, w, sealed));
    ctx_rewind(c, mark);
    return ST_OK;
}

Status archive_put(Ctx *c, ArchiveWriter *w, ArchiveKind kind, Str subject, uint32_t item, Str bytes)
{
    size_t parts = bytes.len ? (bytes.len + ARCHIVE_BODY_MAX - 1) / ARCHIVE_BODY_MAX : 1;
    if (parts > UINT16_MAX || subject.len > ARCHIVE_SUBJECT_MAX)
        return fail(c, ST_TOO_BIG, "%.*s 中有一项内容过大（%zu字节），无法归档",
            "something in %.*s is too large for an archive (%zu bytes)", STR_ARG(subject), bytes.len);
    for (size_t part = 0; part < parts; part++)
        TRY(put_frame(c, w,
            (ArchiveFrame){
                .kind = kind, .subject = subject, .item = item, .part = (uint16_t)part, .parts = (uint16_t)parts },
            str_sub(bytes, part * ARCHIVE_BODY_MAX, ARCHIVE_BODY_MAX)));
    return ST_OK;
}

static Status put_lines(Ctx *c, ArchiveWriter *w, Str manifest)
{
    StrBuf lines = strbuf_in(c->arena);
    strbuf_addf(&lines, "%s%d\n", ARCHIVE_MAGIC, ARCHIVE_FORMAT);
    strbuf_add(&lines, manifest);
    strbuf_addc(&lines, '\n');
    Digest sum = sm3(c->env->crypto, lines.ptr, lines.len);
    strbuf_add(&lines, S("sm3 "));
    strbuf_add_hex(&lines, sum.bytes, SM3_SIZE);
    strbuf_addc(&lines, '\n');
    hash_add(w->running, lines.ptr, lines.len);
    return give(c, w, strbuf_str(&lines));
}

Status archive_writer_open(
    Ctx *c, Str id, Str manifest, const Key *key, ArchiveSink *sink, void *arg, ArchiveWriter **out)
{
    assert(id.len == ID_LEN && manifest.len <= ARCHIVE_MANIFEST_MAX && str_find(manifest, S("\n"), 0) == SIZE_MAX);
    ArchiveWriter *w = arena_new_of(c->arena, ArchiveWriter);
    memcpy(w->id, id.ptr, ID_LEN);
    w->sink = sink;
    w->arg = arg;
    w->running = hash_open(c->env->crypto, c->arena);
    Key own = archive_key(c, key, id);
    w->key = seal_key_open(c->env->crypto, &own);
    wipe(&own, sizeof own);
    arena_defer(c->arena, close_key, w->key);
    *out = w;
    TRY(put_lines(c, w, manifest));
    return archive_put(c, w, ARCHIVE_MANIFEST, STR_NONE, 0, manifest);
}

Status archive_writer_close(Ctx *c, ArchiveWriter *w, Str counts)
{
    StrBuf text = strbuf_in(c->arena);
    StrBuf hex = strbuf_in(c->arena);
    JsonWriter j = json_onto(&text);
    Digest sum = hash_end(w->running);
    strbuf_add_hex(&hex, sum.bytes, SM3_SIZE);
    w->running = hash_open(c->env->crypto, c->arena); /* the closing frame itself is outside */
    json_open_object(&j);
    json_key(&j, S("frames"));
    json_int(&j, w->frames);
    json_key(&j, S("digest"));
    json_text(&j, strbuf_str(&hex));
    json_key(&j, S("counts"));
    json_raw(&j, counts);
    json_close_object(&j);
    return archive_put(c, w, ARCHIVE_CLOSING, STR_NONE, 0, strbuf_str(&text));
}

int64_t archive_frames_written(const ArchiveWriter *w)
{
    return w->frames;
}

int64_t archive_bytes_written(const ArchiveWriter *w)
{
    return w->bytes;
}
