/* The stream itself: frames come back as they went in, and nothing that was changed comes back at all. */
#include "exchange/archive.h"
#include "exchange/archive_rows.h"
#include "support/plain.h"

#include <string.h>

#define ID S("01arz3ndektsv4rrffq69g5fav")

typedef struct Bench {
    Arena *arena;
    Arena *keep; /* of the archive, which outlives the writer's marks */
    Clock clock;
    Env env;
    Ctx c;
    Key key;
    StrBuf archive;
} Bench;

static int set_up(void **state)
{
    Arena *arena = arena_new();
    Bench *b = arena_new_of(arena, Bench);
    b->arena = arena;
    b->clock = (Clock){ .zone_minutes = 480 };
    b->env = (Env){ &b->clock, crypto_open(), NULL };
    b->c = ctx_on(arena, &b->env);
    b->c.lang = LANG_EN;
    memset(b->key.bytes, 7, KEY_SIZE);
    b->keep = arena_new();
    b->archive = strbuf_in(b->keep);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    Bench *b = *state;
    Crypto *crypto = (Crypto *)b->env.crypto;
    arena_done(b->keep);
    arena_done(b->arena);
    crypto_close(crypto);
    return 0;
}

/* --- an archive in memory ------------------------------------------------------------------------------- */

static Status sink(Ctx *c, Str bytes, void *arg)
{
    (void)c;
    strbuf_add(arg, bytes);
    return ST_OK;
}

typedef struct Source {
    Str rest;
    size_t step; /* so many bytes at once */
} Source;

static Status source(Ctx *c, void *bytes, size_t room, size_t *got, void *arg)
{
    Source *s = arg;
    (void)c;
    *got = s->rest.len < s->step ? s->rest.len : s->step;
    *got = *got < room ? *got : room;
    if (*got)
        memcpy(bytes, s->rest.ptr, *got);
    s->rest = str_sub(s->rest, *got, SIZE_MAX);
    return ST_OK;
}

typedef struct Thing {
    ArchiveKind kind;
    const char *subject;
    uint32_t item;
    size_t len;
} Thing;

/* Bytes that tell to which thing and place they belong. */
static char byte_of(const Thing *t, size_t at)
{
    return (char)(uint8_t)(t->subject[0] * 31 + t->item * 7 + at + at / 251);
}

static void write_archive(Bench *b, const Thing *things, size_t count)
{
    ArchiveWriter *w;
    Str manifest = str_format(b->arena, "{\"format\":1,\"archive\":\"%.*s\",\"key_check\":\"%.*s\"}", STR_ARG(ID),
        STR_ARG(archive_key_check(&b->c, &b->key, ID)));
    assert_int_equal(archive_writer_open(&b->c, ID, manifest, &b->key, sink, &b->archive, &w), ST_OK);
    for (size_t i = 0; i < count; i++) {
        char *bytes = arena_alloc(b->arena, things[i].len + 1);
        for (size_t at = 0; at < things[i].len; at++)
            bytes[at] = byte_of(&things[i], at);
        assert_int_equal(archive_put(&b->c, w, things[i].kind, str_of(things[i].subject), things[i].item,
                             (Str){ bytes, things[i].len }),
            ST_OK);
    }
    assert_int_equal(archive_writer_close(&b->c, w, S("{\"a\":1}")), ST_OK);
    assert_int_equal(archive_bytes_written(w), (int64_t)b->archive.len);
}

typedef struct Seen {
    int frames, lost;
    bool closing;
    int64_t first_lost, first_offset;
} Seen;

static void see_lost(const ArchiveLost *lost, void *arg)
{
    Seen *seen = arg;
    if (seen->lost++ == 0) {
        seen->first_lost = lost->frame;
        seen->first_offset = lost->offset;
    }
    assert_true(lost->table.len > 0 && lost->why.en && lost->why.zh);
}

/* Whatever is given must be what was put. */
static void check_frame(const ArchiveFrame *f, const Thing *things, size_t count)
{
    const Thing *t = things;
    while (t < things + count && !(str_eq(str_of(t->subject), f->subject) && t->item == f->item && t->kind == f->kind))
        t++;
    assert_true(t < things + count);
    size_t from = (size_t)f->part * ARCHIVE_BODY_MAX;
    for (size_t i = 0; i < f->body.len; i++)
        if (f->body.ptr[i] != byte_of(t, from + i))
            assert_int_equal(f->body.ptr[i], byte_of(t, from + i));
}

static Status read_archive(
    Bench *b, Str bytes, size_t step, bool goes_on, const Thing *things, size_t count, Seen *seen)
{
    Ctx *c = &b->c;
    ArchiveReader *r;
    Source s = { bytes, step };
    ArchiveFrame frame;
    *seen = (Seen){ 0 };
    TRY(archive_reader_open(c, source, &s, goes_on ? see_lost : NULL, seen, &r));
    TRY(archive_reader_key(c, r, &b->key));
    for (bool has = true; has;) {
        CtxMark mark = ctx_mark(c);
        TRY(archive_next(c, r, &frame, &has));
        if (has && frame.kind != ARCHIVE_CLOSING)
            check_frame(&frame, things, count);
        seen->frames += has;
        seen->closing = seen->closing || (has && frame.kind == ARCHIVE_CLOSING);
        ctx_rewind(c, mark);
    }
    return ST_OK;
}

static const Thing few[] = { { ARCHIVE_ROWS, "unit", 0, 40 }, { ARCHIVE_ROWS, "paper", 0, 60 },
    { ARCHIVE_ROWS, "audit", 0, 0 }, { ARCHIVE_FILE, "01arz3ndektsv4rrffq69g5fax", 3, 30 } };
enum { FEW = sizeof few / sizeof few[0] };

/* --- tests ------------------------------------------------------------------------------------------------- */

static void what_goes_in_comes_out(void **state)
{
    static const Thing many[] = { { ARCHIVE_ROWS, "unit", 0, 1 }, { ARCHIVE_ROWS, "paper", 0, ARCHIVE_BODY_MAX },
        { ARCHIVE_ROWS, "audit", 0, ARCHIVE_BODY_MAX + 1 }, { ARCHIVE_FILE, "01arz3ndektsv4rrffq69g5fax", 0, 1 << 20 },
        { ARCHIVE_FILE, "01arz3ndektsv4rrffq69g5fax", 1, 12345 } };
    static const size_t steps[] = { 1 << 20, 4096, 97 };
    Bench *b = *state;
    Seen seen;
    write_archive(b, many, 5);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        assert_int_equal(read_archive(b, strbuf_str(&b->archive), steps[i], i == 1, many, 5, &seen), ST_OK);
        assert_int_equal(seen.lost, 0);
        assert_true(seen.closing);
        assert_int_equal(seen.frames, 1 + 1 + 2 + 17 + 1 + 1);
    }
}

/* Byte by byte: refused with a place; read on, all but the frame that was hit comes out. */
static void every_changed_byte_is_found(void **state)
{
    Bench *b = *state;
    Seen seen;
    write_archive(b, few, FEW);
    Str whole = strbuf_str(&b->archive);
    char *bad = arena_alloc(b->arena, whole.len);
    for (size_t at = 0; at < whole.len; at++) {
        CtxMark mark = ctx_mark(&b->c);
        memcpy(bad, whole.ptr, whole.len);
        bad[at] = (char)(bad[at] ^ 1 << at % 8);
        assert_int_not_equal(read_archive(b, (Str){ bad, whole.len }, 333, false, few, FEW, &seen), ST_OK);
        assert_true(str_find(b->c.err.message, S("byte"), 0) != SIZE_MAX);
        ctx_rewind(&b->c, mark);
        assert_int_equal(read_archive(b, (Str){ bad, whole.len }, 333, true, few, FEW, &seen), ST_OK);
        assert_int_equal(seen.lost, 1);
        assert_true(seen.frames >= FEW && seen.first_offset <= (int64_t)at);
        ctx_rewind(&b->c, mark);
    }
}

static void every_cut_is_found(void **state)
{
    Bench *b = *state;
    Seen seen;
    write_archive(b, few, FEW);
    Str whole = strbuf_str(&b->archive);
    for (size_t len = 0; len < whole.len; len++) {
        CtxMark mark = ctx_mark(&b->c);
        assert_int_not_equal(read_archive(b, str_sub(whole, 0, len), 1000, false, few, FEW, &seen), ST_OK);
        ctx_rewind(&b->c, mark);
        Status status = read_archive(b, str_sub(whole, 0, len), 1000, true, few, FEW, &seen);
        assert_true(status != ST_OK || (seen.lost >= 1 && !seen.closing));
        ctx_rewind(&b->c, mark);
    }
    StrBuf more = strbuf_in(b->arena);
    strbuf_add(&more, whole);
    strbuf_addc(&more, 'x');
    assert_int_equal(read_archive(b, strbuf_str(&more), 1000, false, few, FEW, &seen), ST_BROKEN);
}

static void another_key_is_refused(void **state)
{
    Bench *b = *state;
    Seen seen;
    write_archive(b, few, FEW);
    b->key.bytes[0] ^= 1;
    assert_int_equal(read_archive(b, strbuf_str(&b->archive), 1000, false, few, FEW, &seen), ST_DENIED);
}

/* --- rows ---------------------------------------------------------------------------------------------------- */

static const RowsColumn columns[] = { { S_INIT("id"), VALUE_TEXT }, { S_INIT("n"), VALUE_INT },
    { S_INIT("sealed"), VALUE_BLOB } };

static Str some_rows(Arena *arena)
{
    StrBuf b = strbuf_in(arena);
    rows_put_columns(&b, columns, 3);
    for (int i = 0; i < 3; i++) {
        rows_put_value(&b, value_text(i ? S("巡察") : STR_NONE));
        rows_put_value(&b, value_int(i == 2 ? INT64_MIN : i));
        rows_put_value(&b, i == 1 ? value_null() : value_blob(S("\0\xff")));
    }
    return strbuf_str(&b);
}

static void rows_come_back(void **state)
{
    Bench *b = *state;
    RowsReader r;
    Value v[3];
    bool has;
    assert_int_equal(archive_rows_open(&b->c, some_rows(b->arena), &r), ST_OK);
    assert_int_equal(r.count, 3);
    assert_true(str_eq(r.columns[2].name, S("sealed")) && r.columns[2].kind == VALUE_BLOB);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(archive_rows_next(&b->c, &r, v, &has), ST_OK);
        assert_true(has);
        assert_true(i ? str_eq(v[0].text, S("巡察")) : v[0].kind == VALUE_NULL);
        assert_true(v[1].whole == (i == 2 ? INT64_MIN : i));
        assert_true(i == 1 ? v[2].kind == VALUE_NULL : v[2].text.len == 2);
    }
    assert_int_equal(archive_rows_next(&b->c, &r, v, &has), ST_OK);
    assert_false(has);
}

static void what_is_no_rows_is_refused(void **state)
{
    Bench *b = *state;
    Str whole = some_rows(b->arena);
    RowsReader r;
    Value v[3];
    for (size_t len = 0; len < whole.len; len++) {
        CtxMark mark = ctx_mark(&b->c);
        Status status = archive_rows_open(&b->c, str_sub(whole, 0, len), &r);
        for (bool has = status == ST_OK; has && status == ST_OK;)
            status = archive_rows_next(&b->c, &r, v, &has);
        assert_true(status == ST_BROKEN || r.rest.len == 0);
        ctx_rewind(&b->c, mark);
    }
    assert_false(rows_name_is_plain(S("")) || rows_name_is_plain(S("a;b")) || rows_name_is_plain(S("1a")) ||
                 rows_name_is_plain(S("A")) || rows_name_is_plain(S("审计")));
    assert_true(rows_name_is_plain(S("state_history")) && rows_name_is_plain(S("taxonomy2")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_goes_in_comes_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_changed_byte_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_cut_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_key_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_rows_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
