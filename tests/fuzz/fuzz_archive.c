/* Bytes that say they are an archive: they are refused or read on behind, and whatever a frame or a row gives lies
 * inside of what was given.
 *
 *   first byte: how the rest is taken: as an archive, strictly or not, with its header's sum put right or not; as the
 *   body of a frame                                                                                              */
#include "exchange/archive_frame.h"
#include "exchange/archive_rows.h"

#include <stdlib.h>
#include <string.h>

typedef struct Source {
    Str rest;
} Source;

static Status take(Ctx *c, void *bytes, size_t room, size_t *got, void *arg)
{
    Source *s = arg;
    (void)c;
    *got = s->rest.len < room ? s->rest.len : room;
    *got = *got < 1000 ? *got : 1000;
    if (*got)
        memcpy(bytes, s->rest.ptr, *got);
    s->rest = str_sub(s->rest, *got, SIZE_MAX);
    return ST_OK;
}

static void see_lost(const ArchiveLost *lost, void *arg)
{
    int *lost_count = arg;
    if (lost->table.len == 0 || lost->offset < 0)
        abort();
    ++*lost_count;
}

static void read_rows(Ctx *c, Str body)
{
    RowsReader rows;
    Value values[ROWS_COLUMNS_MAX];
    Status status = archive_rows_open(c, body, &rows);
    for (bool has = status == ST_OK; has;) {
        if (archive_rows_next(c, &rows, values, &has) != ST_OK)
            return;
        for (size_t i = 0; has && i < rows.count; i++)
            if (values[i].kind == VALUE_TEXT && !str_is_text(values[i].text))
                abort();
    }
}

/* A head in front whose sum is right, so that what follows it is looked at. */
static Str with_lines(Ctx *c, Str body)
{
    Str id = S("01arz3ndektsv4rrffq69g5fav");
    Key key = { { 0 } };
    StrBuf b = strbuf_in(c->arena);
    uint8_t head[ARCHIVE_HEAD];
    strbuf_addf(&b, "%s1\n{\"archive\":\"%.*s\",\"key_check\":\"%.*s\"}\n", ARCHIVE_MAGIC, STR_ARG(id),
        STR_ARG(archive_key_check(c, &key, id)));
    Digest sum = sm3(c->env->crypto, b.ptr, b.len);
    strbuf_add(&b, S("sm3 "));
    strbuf_add_hex(&b, sum.bytes, SM3_SIZE);
    strbuf_addc(&b, '\n');
    ArchiveFrame frame = { .kind = ARCHIVE_ROWS, .no = body.len % 3, .subject = S("unit"), .parts = 1 };
    frame_head_put(c->env->crypto, id, &frame, (uint32_t)(body.len > 60 ? 60 : 70), head);
    strbuf_add(&b, (Str){ (const char *)head, ARCHIVE_HEAD });
    strbuf_add(&b, body);
    return strbuf_str(&b);
}

static void read_archive(Ctx *c, Str bytes, bool goes_on)
{
    int lost = 0;
    Key key = { { 0 } };
    ArchiveReader *r;
    Source s = { bytes };
    ArchiveFrame frame;
    Status status = archive_reader_open(c, take, &s, goes_on ? see_lost : NULL, &lost, &r);
    if (status == ST_OK)
        status = archive_reader_key(c, r, &key);
    for (bool has = status == ST_OK; has && status == ST_OK;)
        status = archive_next(c, r, &frame, &has);
    if (status == ST_OK && lost == 0)
        abort(); /* nobody guesses a seal */
    if (status != ST_OK && c->err.status != status)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Crypto *crypto; /* libFuzzer calls on one thread */
    crypto = crypto ? crypto : crypto_open();
    if (size == 0)
        return 0;
    Arena *arena = arena_new();
    Clock clock = { .zone_minutes = 480 };
    Env env = { &clock, crypto, NULL };
    Ctx c = ctx_on(arena, &env);
    Str bytes = { (const char *)data + 1, size - 1 };
    if (data[0] & 4)
        read_rows(&c, bytes);
    else
        read_archive(&c, data[0] & 2 ? with_lines(&c, bytes) : bytes, data[0] & 1);
    arena_done(arena);
    return 0;
}
