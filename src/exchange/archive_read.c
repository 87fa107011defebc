#include "exchange/archive_frame.h"

#include <string.h>

enum { READ_ROOM = 4 * ARCHIVE_FRAME_MAX };

struct ArchiveReader {
    ArchiveSource *source;
    void *source_arg;
    ArchiveLostSeen *lost; /* NULL: the first damage ends the reading */
    void *lost_arg;
    Ctx keep; /* for what lives as long as the reader */
    uint8_t *bytes;
    size_t from, to;
    bool ended; /* the source has no more */
    int64_t at; /* where bytes[from] stands in the archive */
    char id[ID_LEN + 1];
    Str manifest_text;
    const Json *manifest;
    SealKey *key;
    Hash *running;
    int64_t due; /* the number of the next frame */
    int64_t frames, frames_lost;
    ArchiveKind last_kind; /* of the last frame that was whole */
    char last[ARCHIVE_SUBJECT_MAX + 1];
    bool closed;
};

typedef enum Step { STEP_FRAME, STEP_LOST, STEP_END } Step;

/* --- bytes ------------------------------------------------------------------------------------------------ */

static size_t ready(const ArchiveReader *r)
{
    return r->to - r->from;
}

/* Makes at least `want` bytes ready, fewer only at the end of the source. */
static Status fill(Ctx *c, ArchiveReader *r, size_t want)
{
    if (ready(r) >= want || r->ended)
        return ST_OK;
    memmove(r->bytes, r->bytes + r->from, ready(r));
    r->to = ready(r);
    r->from = 0;
    while (r->to < want && !r->ended) {
        size_t got;
        TRY(r->source(c, r->bytes + r->to, READ_ROOM - r->to, &got, r->source_arg));
        r->to += got;
        r->ended = got == 0;
    }
    return ST_OK;
}

static void pass(ArchiveReader *r, size_t len)
{
    r->from += len;
    r->at += (int64_t)len;
}

/* --- damage ----------------------------------------------------------------------------------------------- */

static Str held_by(Ctx *c, const ArchiveLost *lost)
{
    bool zh = c->lang == LANG_ZH;
    if (lost->frame < 0)
        return zh ? S("归档头") : S("its header");
    if (lost->chunk >= 0)
        return str_format(c->arena, zh ? "第%lld帧，附件 %.*s 第%lld块" : "frame %lld, evidence file %.*s, chunk %lld",
            (long long)lost->frame, STR_ARG(lost->file), (long long)lost->chunk);
    return str_format(
        c->arena, zh ? "第%lld帧，表 %.*s" : "frame %lld, table %.*s", (long long)lost->frame, STR_ARG(lost->table));
}

static Status damage(Ctx *c, ArchiveReader *r, const ArchiveLost *lost)
{
    r->frames_lost++;
    if (!r->lost)
        return fail(c, ST_BROKEN,
            "归档在第%lld字节处（%.*s）有损坏：%.*s。请换用另一份归档，或加 --salvage 取出完好的部分",
            "the archive is damaged at byte %lld (%.*s): %.*s; use another copy, or take out what is whole with "
            "--salvage",
            (long long)lost->offset, STR_ARG(held_by(c, lost)), STR_ARG(text_in(lost->why, c->lang)));
    r->lost(lost, r->lost_arg);
    return ST_OK;
}

static ArchiveLost lost_of(const ArchiveFrame *f, Text why)
{
    bool file = f->kind == ARCHIVE_FILE;
    return (ArchiveLost){ .frame = f->no,
        .offset = f->offset,
        .table = file                         ? S("evidence")
                 : f->kind == ARCHIVE_ROWS    ? f->subject
                 : f->kind == ARCHIVE_CLOSING ? S("closing")
                                              : S("manifest"),
        .file = file ? f->subject : STR_NONE,
        .chunk = file ? (int64_t)f->item : -1,
        .why = why };
}

/* A frame of which nothing is known but its neighbours; `next` may be NULL. */
static ArchiveLost lost_between(
    Ctx *c, const ArchiveReader *r, int64_t no, int64_t offset, const ArchiveFrame *next, Text why)
{
    Str before = r->last_kind == ARCHIVE_FILE ? S("evidence") : r->last[0] ? str_of(r->last) : S("manifest");
    Str after = next ? lost_of(next, why).table : S("closing");
    Str table = str_eq(before, after) ? before : str_format(c->arena, "%.*s…%.*s", STR_ARG(before), STR_ARG(after));
    return (ArchiveLost){ .frame = no, .offset = offset, .table = table, .chunk = -1, .why = why };
}

Status archive_frame_bad(Ctx *c, ArchiveReader *r, const ArchiveFrame *frame, Text why)
{
    ArchiveLost lost = lost_of(frame, why);
    return damage(c, r, &lost);
}

/* --- the lines -------------------------------------------------------------------------------------------- */

static bool cut_line(Str *rest, Str *line)
{
    return str_find(*rest, S("\n"), 0) != SIZE_MAX && str_cut(rest, '\n', line);
}

/* Letter by letter: a sum in capitals was changed too. */
static bool sum_fits(Ctx *c, Str lines, Str sum_line)
{
    Digest sum = sm3(c->env->crypto, lines.ptr, lines.len);
    StrBuf wanted = strbuf_in(c->arena);
    strbuf_add(&wanted, S("sm3 "));
    strbuf_add_hex(&wanted, sum.bytes, SM3_SIZE);
    return str_eq(sum_line, strbuf_str(&wanted));
}

static Status take_manifest(Ctx *c, ArchiveReader *r, Str text)
{
    Ctx *keep = &r->keep;
    r->manifest_text = str_copy(keep->arena, text);
    Str id = STR_NONE;
    if (json_read(keep, r->manifest_text, &r->manifest) == ST_OK)
        id = json_text_or(json_get(r->manifest, S("archive")), STR_NONE);
    ctx_forgive(keep);
    if (!id_is_valid(id) || (r->id[0] && !str_eq(id, str_of(r->id))))
        return fail(c, ST_INVALID, "归档头缺少应有的内容", "the archive's header lacks what it must hold");
    memcpy(r->id, id.ptr, ID_LEN);
    return ST_OK;
}

/* Three lines whose sum fits; otherwise `whole` is false and nothing is taken. */
static Status take_lines(Ctx *c, ArchiveReader *r, bool *whole)
{
    Str all = { (const char *)r->bytes + r->from, ready(r) };
    Str rest = str_sub(all, 0, ARCHIVE_MANIFEST_MAX + 256), first, manifest, sum;
    *whole = cut_line(&rest, &first) && cut_line(&rest, &manifest) && cut_line(&rest, &sum) &&
             str_starts(first, S(ARCHIVE_MAGIC)) && sum_fits(c, str_sub(all, 0, (size_t)(sum.ptr - all.ptr)), sum);
    if (!*whole)
        return ST_OK;
    int64_t format = 0;
    if (!str_to_int(str_sub(first, sizeof ARCHIVE_MAGIC - 1, SIZE_MAX), &format) || format != ARCHIVE_FORMAT)
        return fail(c, ST_CONFLICT, "归档的格式是%lld，本程序只认得%d：请换用较新的程序版本",
            "the archive's format is %lld and this program knows %d: use a newer version of the program",
            (long long)format, ARCHIVE_FORMAT);
    size_t len = (size_t)(sum.ptr + sum.len + 1 - all.ptr);
    hash_add(r->running, all.ptr, len);
    TRY(take_manifest(c, r, manifest));
    pass(r, len);
    return ST_OK;
}

/* --- heads ------------------------------------------------------------------------------------------------- */

static bool head_here(Ctx *c, const ArchiveReader *r, ArchiveFrame *frame, uint32_t *body_len)
{
    Str id = str_of(r->id);
    return ready(r) >= ARCHIVE_HEAD && frame_head_take(c->env->crypto, &id, r->bytes + r->from, frame, body_len);
}

/* On to the next whole head, or to the end. */
static Status seek_head(Ctx *c, ArchiveReader *r)
{
    ArchiveFrame frame;
    uint32_t len;
    for (;;) {
        TRY(fill(c, r, ARCHIVE_FRAME_MAX));
        if (ready(r) < ARCHIVE_HEAD) {
            pass(r, ready(r));
            return ST_OK;
        }
        if (head_here(c, r, &frame, &len))
            return ST_OK;
        const uint8_t *from = r->bytes + r->from + 1;
        const uint8_t *mark = memchr(from, FRAME_MARK_BYTES[0] & 0xff, ready(r) - 1);
        pass(r, mark ? (size_t)(mark - from) + 1 : ready(r));
    }
}

static Status lines_damaged(Ctx *c, ArchiveReader *r)
{
    bool looks = ready(r) >= 4 && (memcmp(r->bytes, ARCHIVE_MAGIC, 4) == 0 ||
                                      memcmp(r->bytes + 4, &ARCHIVE_MAGIC[4], sizeof ARCHIVE_MAGIC - 5) == 0);
    if (!r->lost && !looks)
        return fail(c, ST_INVALID, "这不是归档，或其开头（第0字节起）已损坏",
            "this is no archive, or its beginning (from byte 0) is damaged");
    ArchiveLost lost = {
        .frame = -1, .table = S("header"), .chunk = -1, .why = T("与其校验和不符", "its sum does not fit")
    };
    TRY(damage(c, r, &lost));
    ArchiveFrame frame;
    uint32_t len;
    TRY(seek_head(c, r));
    if (!head_here(c, r, &frame, &len))
        return fail(c, ST_INVALID, "这不是归档：其中没有一帧可以辨认", "this is no archive: no frame can be made out");
    Str id = STR_NONE;
    (void)frame_head_take(c->env->crypto, &id, r->bytes + r->from, &frame, &len);
    memcpy(r->id, id.ptr, ID_LEN);
    return ST_OK;
}

Status archive_reader_open(
    Ctx *c, ArchiveSource *source, void *source_arg, ArchiveLostSeen *lost, void *lost_arg, ArchiveReader **out)
{
    ArchiveReader *r = arena_new_of(c->arena, ArchiveReader);
    *r = (ArchiveReader){
        .source = source, .source_arg = source_arg, .lost = lost, .lost_arg = lost_arg, .keep = *c, .last_kind = 'M'
    };
    r->bytes = arena_alloc(c->arena, READ_ROOM);
    r->running = hash_open(c->env->crypto, c->arena);
    bool whole;
    TRY(fill(c, r, ARCHIVE_MANIFEST_MAX + 256));
    TRY(take_lines(c, r, &whole));
    if (!whole)
        TRY(lines_damaged(c, r));
    *out = r;
    return ST_OK;
}

/* --- frames ------------------------------------------------------------------------------------------------ */

/* The end, without a closing frame. `began` is where what cannot be read begins. */
static Status cut_off(Ctx *c, ArchiveReader *r, const ArchiveFrame *frame, int64_t began, Step *step)
{
    Text why = began < r->at
                   ? T("帧头已损坏，此后没有完好的帧", "the frame's head is damaged, and no whole frame follows")
                   : T("归档到此中断，后面的内容缺失", "the archive breaks off here, what follows is missing");
    ArchiveLost lost = frame ? lost_of(frame, why) : lost_between(c, r, r->due, began, NULL, why);
    *step = STEP_END;
    pass(r, ready(r));
    r->closed = true;
    return damage(c, r, &lost);
}

/* Frames that ought to stand before this one, which is whole; or one that stood here before. */
static Status check_order(Ctx *c, ArchiveReader *r, const ArchiveFrame *f, int64_t began, Step *step)
{
    if (f->no < r->due) {
        *step = STEP_LOST;
        return archive_frame_bad(c, r, f, T("这一帧重复出现或次序颠倒", "the frame is repeated or out of order"));
    }
    for (; r->due < f->no; r->due++) {
        ArchiveLost lost = lost_between(c, r, r->due, began, f,
            began == f->offset ? T("这一帧缺失", "the frame is missing")
                               : T("帧头已损坏", "the frame's head is damaged"));
        TRY(damage(c, r, &lost));
    }
    return ST_OK;
}

static Status check_closing(Ctx *c, ArchiveReader *r, const ArchiveFrame *f)
{
    const Json *said;
    r->closed = true;
    StrBuf hex = strbuf_in(c->arena);
    Digest sum = hash_end(r->running);
    strbuf_add_hex(&hex, sum.bytes, SM3_SIZE);
    TRY(json_read(c, f->body, &said));
    bool fits = json_int_or(json_get(said, S("frames")), -1) == f->no &&
                (r->frames_lost || str_eq(json_text_or(json_get(said, S("digest")), STR_NONE), strbuf_str(&hex)));
    if (!fits)
        TRY(archive_frame_bad(c, r, f, T("与收尾帧的摘要不符", "the digest of the closing frame does not fit")));
    TRY(fill(c, r, 1));
    if (ready(r) == 0)
        return ST_OK;
    ArchiveLost more = { .frame = f->no + 1,
        .offset = r->at,
        .table = S("closing"),
        .chunk = -1,
        .why = T("收尾帧之后还有内容", "there is more behind the closing frame") };
    return damage(c, r, &more);
}

static Status open_frame(Ctx *c, ArchiveReader *r, ArchiveFrame *f, uint32_t body_len, int64_t began, Step *step)
{
    Str head = { (const char *)r->bytes + r->from, ARCHIVE_HEAD };
    Str sealed = { head.ptr + ARCHIVE_HEAD, body_len };
    pass(r, ARCHIVE_HEAD + body_len);
    if (seal_open(c, r->key, str_sub(head, 0, FRAME_BOUND), sealed, &f->body) != ST_OK) {
        ctx_forgive(c);
        *step = STEP_LOST;
        TRY(archive_frame_bad(c, r, f, T("内容与其封印不符", "its body does not fit its seal")));
        r->due = r->due == f->no ? f->no + 1 : r->due;
        TRY(fill(c, r, 1));
        r->closed = f->kind == ARCHIVE_CLOSING && ready(r) == 0;
        return ST_OK;
    }
    *step = STEP_FRAME;
    TRY(check_order(c, r, f, began, step));
    if (*step != STEP_FRAME)
        return ST_OK;
    r->due = f->no + 1;
    r->frames++;
    r->last_kind = f->kind;
    memset(r->last, 0, sizeof r->last);
    if (f->subject.len)
        memcpy(r->last, f->subject.ptr, f->subject.len);
    if (f->kind == ARCHIVE_CLOSING)
        return check_closing(c, r, f);
    hash_add(r->running, head.ptr, ARCHIVE_HEAD);
    hash_add(r->running, sealed.ptr + sealed.len - SEAL_TAG, SEAL_TAG);
    return ST_OK;
}

/* One frame, whole or not. Its texts point into the reader's buffer until the next step. */
static Status step_on(Ctx *c, ArchiveReader *r, ArchiveFrame *f, Step *step)
{
    uint32_t body_len;
    int64_t began = r->at;
    TRY(fill(c, r, ARCHIVE_FRAME_MAX));
    if (ready(r) < ARCHIVE_HEAD)
        return cut_off(c, r, NULL, began, step);
    if (!head_here(c, r, f, &body_len)) {
        TRY(seek_head(c, r));
        if (!head_here(c, r, f, &body_len))
            return cut_off(c, r, NULL, began, step);
        ArchiveLost lost = lost_between(c, r, r->due, began, f, T("帧头已损坏", "the frame's head is damaged"));
        if (!r->lost)
            return damage(c, r, &lost);
    }
    f->offset = r->at;
    if (ready(r) < ARCHIVE_HEAD + body_len)
        return cut_off(c, r, f, r->at, step);
    return open_frame(c, r, f, body_len, began, step);
}

Status archive_next(Ctx *c, ArchiveReader *r, ArchiveFrame *out, bool *has)
{
    *has = false;
    for (Step step = STEP_LOST; step == STEP_LOST && !r->closed;) {
        CtxMark mark = ctx_mark(c);
        TRY(step_on(c, r, out, &step));
        *has = step == STEP_FRAME;
        if (!*has)
            ctx_rewind(c, mark);
    }
    return ST_OK;
}

/* --- the key ------------------------------------------------------------------------------------------------ */

static void close_key(void *key)
{
    seal_key_close(key);
}

/* The sealed copy of the manifest against the one in clear; it stands in for one that is damaged. */
static Status compare_manifest(Ctx *c, ArchiveReader *r, const ArchiveFrame *f)
{
    if (r->manifest && str_eq(f->body, r->manifest_text))
        return ST_OK;
    if (r->manifest) {
        ArchiveLost lost = { .frame = -1,
            .table = S("header"),
            .chunk = -1,
            .why = T("与其密封的副本不符", "it differs from its sealed copy") };
        TRY(damage(c, r, &lost));
    }
    return take_manifest(c, r, f->body);
}

Status archive_reader_key(Ctx *c, ArchiveReader *r, const Key *key)
{
    Str check = json_text_or(json_get(r->manifest, S("key_check")), STR_NONE);
    if (r->manifest && !str_eq(check, archive_key_check(c, key, str_of(r->id))))
        return fail(c, ST_DENIED, "密钥不是这份归档的：请用写归档时台账的密钥文件，或归档的口令",
            "the key is not this archive's: use the key file of the ledger that was archived, or the archive's "
            "passphrase");
    Key own = archive_key(c, key, str_of(r->id));
    r->key = seal_key_open(c->env->crypto, &own);
    wipe(&own, sizeof own);
    arena_defer(r->keep.arena, close_key, r->key);
    ArchiveFrame frame;
    uint32_t len;
    Step step = STEP_LOST;
    TRY(fill(c, r, ARCHIVE_FRAME_MAX));
    if (!r->lost || (head_here(c, r, &frame, &len) && frame.kind == ARCHIVE_MANIFEST))
        TRY(step_on(c, r, &frame, &step));
    if (step == STEP_FRAME)
        TRY(compare_manifest(c, r, &frame));
    if (r->manifest)
        return ST_OK;
    return fail(c, ST_BROKEN, "归档头和它密封的副本都已损坏，或密钥不是这份归档的",
        "the archive's header and its sealed copy are both damaged, or the key is not this archive's");
}

/* --- what was read ------------------------------------------------------------------------------------------- */

const Json *archive_manifest(const ArchiveReader *r)
{
    return r->manifest;
}

Str archive_id(const ArchiveReader *r)
{
    return str_of(r->id);
}

int64_t archive_frames_read(const ArchiveReader *r)
{
    return r->frames;
}

int64_t archive_bytes_read(const ArchiveReader *r)
{
    return r->at;
}

int64_t archive_frames_lost(const ArchiveReader *r)
{
    return r->frames_lost;
}
