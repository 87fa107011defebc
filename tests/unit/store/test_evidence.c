/* Evidence files: sealed chunks, uploads by offset, what a changed byte does. */
#include "support/records.h"

#include "store/evidence.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static Upload begin(Fixture *fx, int64_t size)
{
    Ctx *c = fx->c;
    const SealKey *key;
    Str key_id, id = id_new(c);
    Upload upload;
    assert_ok(c, db_begin(c, DB_TX_WRITE));
    assert_ok(c, keyring_seal_key(c, fx->ledger->keys, STR_NONE, true, &key, &key_id));
    assert_ok(c, db_run(c, SQL_UPLOAD_INSERT,
                     ARGS(value_text(id), value_text(c->actor->account), value_null(), value_null(), value_int(size),
                         value_text(key_id), value_instant(c->arena, c->now)),
                     NULL));
    assert_ok(c, db_commit(c));
    keyring_settle(fx->ledger->keys);
    assert_ok(c, upload_load(c, fx->ledger, id, &upload));
    return upload;
}

static Str content(Fixture *fx, size_t size, uint64_t seed)
{
    char *bytes = arena_alloc(fx->c->arena, size);
    Chance r = { seed + 1 };
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)chance(&r, 256);
    return (Str){ bytes, size };
}

/* Bytes from `offset` on, in pieces of that many; gives what counts afterwards. */
static int64_t send_in_pieces(Fixture *fx, const Upload *upload, Str bytes, int64_t offset, size_t piece)
{
    UploadWriter *w;
    int64_t have = -1;
    assert_ok(fx->c, upload_writer_open(fx->c, fx->ledger, upload, offset, &w));
    for (size_t at = (size_t)offset; at < bytes.len; at += piece) {
        Str part = str_sub(bytes, at, piece);
        assert_ok(fx->c, upload_writer_add(fx->c, w, part.ptr, part.len));
    }
    assert_ok(fx->c, upload_writer_end(fx->c, w, &have));
    return have;
}

static Evidence whole_file(Fixture *fx, Str bytes, size_t piece)
{
    Evidence file;
    Upload upload = begin(fx, (int64_t)bytes.len);
    assert_int_equal(send_in_pieces(fx, &upload, bytes, 0, piece), bytes.len);
    assert_ok(fx->c, upload_load(fx->c, fx->ledger, upload.id, &upload));
    assert_ok(fx->c, upload_finish(fx->c, fx->ledger, &upload, &file));
    return file;
}

static Str read_from(Fixture *fx, const Evidence *file, int64_t offset)
{
    StrBuf b = strbuf_in(fx->c->arena);
    while (offset < file->size.value) {
        Str part;
        assert_ok(fx->c, evidence_read(fx->c, fx->ledger, file, offset, &part));
        assert_true(part.len > 0);
        strbuf_add(&b, part);
        offset += (int64_t)part.len;
    }
    return strbuf_str(&b);
}

ENGINE_TEST(what_went_in_comes_out)
{
    static const size_t sizes[] = { 1, 17, EVIDENCE_CHUNK - 1, EVIDENCE_CHUNK, EVIDENCE_CHUNK + 1,
        3 * EVIDENCE_CHUNK + 5 };
    fixture_found(fx);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        Str bytes = content(fx, sizes[i], i);
        Evidence file = whole_file(fx, bytes, 70001);
        const int64_t offsets[] = { 0, 1, (int64_t)sizes[i] / 2, (int64_t)sizes[i] - 1 };
        for (size_t j = 0; j < 4; j++)
            if (offsets[j] < file.size.value) {
                Str want = str_sub(bytes, (size_t)offsets[j], SIZE_MAX), got = read_from(fx, &file, offsets[j]);
                assert_int_equal(got.len, want.len);
                assert_memory_equal(got.ptr, want.ptr, want.len);
            }
    }
}

ENGINE_TEST(a_broken_upload_goes_on_where_whole_chunks_end)
{
    Evidence file;
    fixture_found(fx);
    Str bytes = content(fx, 2 * EVIDENCE_CHUNK + 300, 9);
    Upload upload = begin(fx, (int64_t)bytes.len);
    int64_t have = send_in_pieces(fx, &upload, str_sub(bytes, 0, EVIDENCE_CHUNK + 77), 0, 5000);
    assert_int_equal(have, EVIDENCE_CHUNK);
    assert_ok(fx->c, upload_load(fx->c, fx->ledger, upload.id, &upload));
    assert_int_equal(upload.have, EVIDENCE_CHUNK);
    assert_fails(fx->c, ST_CONFLICT, upload_finish(fx->c, fx->ledger, &upload, &file));
    assert_int_equal(send_in_pieces(fx, &upload, bytes, have, 5000), bytes.len);
    assert_ok(fx->c, upload_load(fx->c, fx->ledger, upload.id, &upload));
    assert_ok(fx->c, upload_finish(fx->c, fx->ledger, &upload, &file));
    assert_memory_equal(read_from(fx, &file, 0).ptr, bytes.ptr, bytes.len);
}

ENGINE_TEST(bytes_in_the_wrong_place_or_too_many)
{
    static const int64_t offsets[] = { -1, 1, EVIDENCE_CHUNK, 2 * EVIDENCE_CHUNK };
    UploadWriter *w;
    Upload other;
    fixture_found(fx);
    Upload upload = begin(fx, EVIDENCE_CHUNK);
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++)
        assert_fails(fx->c, ST_CONFLICT, upload_writer_open(fx->c, fx->ledger, &upload, offsets[i], &w));
    assert_ok(fx->c, upload_writer_open(fx->c, fx->ledger, &upload, 0, &w));
    Str bytes = content(fx, EVIDENCE_CHUNK + 1, 3);
    assert_fails(fx->c, ST_TOO_BIG, upload_writer_add(fx->c, w, bytes.ptr, bytes.len));
    Actor stranger = fx->local;
    stranger.account = S("another");
    fx->c->actor = &stranger;
    assert_fails(fx->c, ST_MISSING, upload_load(fx->c, fx->ledger, upload.id, &other));
    fx->c->actor = &fx->local;
}

static void flip(Fixture *fx, Str id, off_t at)
{
    char byte;
    int fd = open(str_c(fx->arena, str_format(fx->arena, "%s/evidence/%.*s", fx->dir, STR_ARG(id))), O_RDWR);
    assert_true(fd >= 0 && pread(fd, &byte, 1, at) == 1);
    byte ^= 1;
    assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    close(fd);
}

ENGINE_TEST(a_changed_byte_spoils_its_chunk_only)
{
    static const off_t places[] = { 0, 16, 1000, EVIDENCE_CHUNK + 40 }; /* nonce, text, text, tag */
    Str part;
    fixture_found(fx);
    Str bytes = content(fx, 2 * EVIDENCE_CHUNK, 5);
    Evidence file = whole_file(fx, bytes, EVIDENCE_CHUNK);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        flip(fx, file.id, places[i]);
        assert_fails(fx->c, ST_BROKEN, evidence_read(fx->c, fx->ledger, &file, 10, &part));
        assert_ok(fx->c, evidence_read(fx->c, fx->ledger, &file, EVIDENCE_CHUNK, &part));
        flip(fx, file.id, places[i]);
        assert_ok(fx->c, evidence_read(fx->c, fx->ledger, &file, 10, &part));
    }
}

/* Nothing of the clear text lies on the disk, and no chunk fits in another's place. */
ENGINE_TEST(chunks_are_sealed_and_keep_their_place)
{
    Str part;
    fixture_found(fx);
    Str bytes = content(fx, 2 * EVIDENCE_CHUNK, 6);
    Evidence file = whole_file(fx, bytes, EVIDENCE_CHUNK);
    enum { SEALED = EVIDENCE_CHUNK + SEAL_OVERHEAD };
    char *first = arena_alloc(fx->arena, SEALED), *second = arena_alloc(fx->arena, SEALED);
    int fd = open(str_c(fx->arena, str_format(fx->arena, "%s/evidence/%.*s", fx->dir, STR_ARG(file.id))), O_RDWR);
    assert_int_equal(pread(fd, first, SEALED, 0), SEALED);
    assert_int_equal(pread(fd, second, SEALED, SEALED), SEALED);
    assert_null(memmem(first, SEALED, bytes.ptr + 100, 16));
    assert_int_equal(pwrite(fd, second, SEALED, 0), SEALED);
    close(fd);
    assert_fails(fx->c, ST_BROKEN, evidence_read(fx->c, fx->ledger, &file, 0, &part));
}

int main(void)
{
    const struct CMUnitTest tests[] = { ON_BOTH(what_went_in_comes_out),
        ON_BOTH(a_broken_upload_goes_on_where_whole_chunks_end), ON_BOTH(bytes_in_the_wrong_place_or_too_many),
        ON_BOTH(a_changed_byte_spoils_its_chunk_only), ON_BOTH(chunks_are_sealed_and_keep_their_place) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
