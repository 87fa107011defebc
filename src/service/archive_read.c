#include "service/archive.h"

#include "exchange/archive_rows.h"
#include "service/archive_file.h"
#include "service/restore.h"
#include "store/evidence.h"
#include "store/migrate.h"

#include <string.h>

enum { ROWS_AT_ONCE = 64 };

typedef struct TableRows TableRows;
struct TableRows {
    char name[ARCHIVE_SUBJECT_MAX + 1];
    int64_t rows;
    TableRows *next;
};

typedef struct Incoming {
    const ArchiveReadWish *wish;
    ArchiveReport *report;
    ArchiveReader *reader;
    ArchiveIn *file;
    Restore *restore; /* NULL: only read through */
    Arena *keep;      /* outlives the frames */
    Key key;
    TableRows *tables;
    StrBuf message;     /* what came of a thing in several parts */
    ArchiveFrame began; /* its first part; parts 0: none */
    char began_subject[ARCHIVE_SUBJECT_MAX + 1];
    uint16_t next_part;
    char file_id[ID_LEN + 1];
    int64_t chunk;
    int64_t told_mib; /* progress is told once a MiB */
} Incoming;

static void keep_lost(const ArchiveLost *lost, void *arg)
{
    Incoming *in = arg;
    ArchiveReport *r = in->report;
    if (r->lost_count < ARCHIVE_LOST_TOLD) {
        ArchiveLost *l = &r->lost[r->lost_count];
        *l = *lost;
        l->table = str_copy(in->keep, lost->table);
        l->file = str_copy(in->keep, lost->file);
    }
    r->lost_count++;
}

/* --- opening ------------------------------------------------------------------------------------------------- */

static Status check_schema(Ctx *c, const Json *manifest)
{
    int64_t schema = json_int_or(json_get(manifest, S("schema")), 0);
    if (migrations_to(schema))
        return ST_OK;
    return fail(c, ST_CONFLICT, "归档的结构版本是%lld，本程序只到%d：请换用较新的程序版本",
        "the archive's schema is %lld and this program knows up to %d: use a newer version of the program",
        (long long)schema, migrations[migration_count - 1].number);
}

static bool unhex(const Json *manifest, const char *name, void *out, size_t len)
{
    size_t got;
    return str_unhex(json_text_or(json_get(manifest, str_of(name)), STR_NONE), out, len, &got) && got == len;
}

static Status key_of_passphrase(Ctx *c, const Incoming *in, Key *key)
{
    uint8_t salt[SALT_SIZE];
    char sealed[KEY_SIZE + SEAL_OVERHEAD];
    const Json *manifest = archive_manifest(in->reader);
    Key from;
    Str clear;
    if (!unhex(manifest, "salt", salt, sizeof salt) || !unhex(manifest, "sealed_key", sealed, sizeof sealed))
        return fail(c, ST_INVALID, "这份归档不能用口令打开（写入时没有给口令，或归档头已损坏）：请用台账的密钥文件",
            "no passphrase opens this archive (it was written without one, or its header is damaged): use the ledger's "
            "key file");
    TRY(key_from_passphrase(c, in->wish->passphrase, salt, &from));
    SealKey *sealing = seal_key_open(c->env->crypto, &from);
    wipe(&from, sizeof from);
    Status status =
        seal_open(c, sealing, archive_key_data(c, archive_id(in->reader)), (Str){ sealed, sizeof sealed }, &clear);
    seal_key_close(sealing);
    if (status != ST_OK || clear.len != KEY_SIZE) {
        ctx_forgive(c);
        return fail(c, ST_DENIED, "口令不对：它打不开这份归档", "the passphrase does not open this archive");
    }
    memcpy(key->bytes, clear.ptr, KEY_SIZE);
    wipe((char *)clear.ptr, clear.len);
    return ST_OK;
}

static Status open_archive(Ctx *c, Incoming *in)
{
    bool goes_on = in->wish->salvage || !in->wish->where.len;
    TRY(archive_in_open(c, in->wish->file, &in->file));
    TRY(archive_reader_open(c, archive_in_take, in->file, goes_on ? keep_lost : NULL, in, &in->reader));
    if (archive_manifest(in->reader))
        TRY(check_schema(c, archive_manifest(in->reader)));
    if (in->wish->passphrase.len)
        TRY(key_of_passphrase(c, in, &in->key));
    else
        TRY(key_file_read(c, in->wish->key_file, &in->key));
    TRY(archive_reader_key(c, in->reader, &in->key));
    return check_schema(c, archive_manifest(in->reader));
}

/* --- rows ----------------------------------------------------------------------------------------------------- */

static TableRows *rows_of(Incoming *in, Str name)
{
    TableRows *t = in->tables;
    while (t && !str_eq(str_of(t->name), name))
        t = t->next;
    if (t)
        return t;
    t = arena_new_of(in->keep, TableRows);
    memcpy(t->name, name.ptr, name.len);
    t->next = in->tables;
    in->tables = t;
    return t;
}

static void count_rows(Incoming *in, Str table, size_t rows)
{
    rows_of(in, table)->rows += (int64_t)rows;
    if (table_entity(table) != ENTITY_NONE)
        in->report->counts.records += (int64_t)rows;
    if (str_eq(table, S("audit")))
        in->report->counts.entries += (int64_t)rows;
}

static Status take_rows(Ctx *c, Incoming *in, const TableShape *t, RowsReader *rows)
{
    Value *values = arena_array_of(c->arena, Value, ROWS_AT_ONCE * t->count);
    size_t n = 0;
    for (bool has = true; has;) {
        TRY(archive_rows_next(c, rows, values + n * t->count, &has));
        n += has;
        if (n < ROWS_AT_ONCE && has)
            continue;
        if (n && in->restore)
            TRY(restore_rows(c, in->restore, t, values, n));
        count_rows(in, t->name, n);
        n = 0;
    }
    return ST_OK;
}

static Status take_message(Ctx *c, Incoming *in, const ArchiveFrame *f, Str message)
{
    RowsReader rows;
    TableColumn columns[ROWS_COLUMNS_MAX];
    bool good = rows_name_is_plain(f->subject) && archive_rows_open(c, message, &rows) == ST_OK;
    for (size_t i = 0; good && i < rows.count; i++)
        columns[i] = (TableColumn){ rows.columns[i].name, rows.columns[i].kind };
    ctx_forgive(c);
    if (!good)
        return archive_frame_bad(c, in->reader, f, T("内容不成行列", "its body is no rows of a table"));
    TableShape t = { f->subject, columns, rows.count, 0 };
    return take_rows(c, in, &t, &rows);
}

/* A thing of several parts of which one is lost cannot be had. */
static Status give_up_parts(Ctx *c, Incoming *in)
{
    ArchiveFrame first = in->began;
    in->began.parts = 0;
    in->message.len = 0;
    if (!first.parts)
        return ST_OK;
    first.subject = str_of(in->began_subject);
    return archive_frame_bad(
        c, in->reader, &first, T("由几帧组成的一行缺了一部分", "a row of several frames lacks one of them"));
}

static void begin_parts(Incoming *in, const ArchiveFrame *f)
{
    in->began = *f;
    in->next_part = 0;
    memset(in->began_subject, 0, sizeof in->began_subject);
    if (f->subject.len)
        memcpy(in->began_subject, f->subject.ptr, f->subject.len);
}

static Status take_part(Ctx *c, Incoming *in, const ArchiveFrame *f)
{
    bool goes_on = in->began.parts && f->part == in->next_part && f->parts == in->began.parts &&
                   f->no == in->began.no + f->part && str_eq(f->subject, str_of(in->began_subject));
    if (!goes_on)
        TRY(give_up_parts(c, in));
    if (f->parts == 1)
        return take_message(c, in, f, f->body);
    if (f->part == 0)
        begin_parts(in, f);
    else if (!goes_on)
        return archive_frame_bad(
            c, in->reader, f, T("由几帧组成的一行缺了一部分", "a row of several frames lacks one of them"));
    strbuf_add(&in->message, f->body);
    in->next_part++;
    if (in->next_part < f->parts)
        return ST_OK;
    Str whole = strbuf_str(&in->message);
    in->message.len = 0;
    in->began.parts = 0;
    return take_message(c, in, f, whole);
}

/* --- files ------------------------------------------------------------------------------------------------------- */

static Status take_piece(Ctx *c, Incoming *in, const ArchiveFrame *f)
{
    int64_t piece = (int64_t)f->part * ARCHIVE_BODY_MAX;
    if (!id_is_valid(f->subject) || (int64_t)f->item * EVIDENCE_CHUNK >= EVIDENCE_SIZE_MAX ||
        piece + (int64_t)f->body.len > EVIDENCE_SEALED_CHUNK)
        return archive_frame_bad(c, in->reader, f, T("不是附件的一块", "it is no piece of an evidence file"));
    if (!str_eq(f->subject, str_of(in->file_id))) {
        memcpy(in->file_id, f->subject.ptr, ID_LEN);
        in->report->counts.files++;
        in->chunk = -1;
    }
    in->report->counts.chunks += in->chunk != (int64_t)f->item;
    in->chunk = f->item;
    if (!in->restore)
        return ST_OK;
    return restore_file(c, in->restore, f->subject, (int64_t)f->item * EVIDENCE_SEALED_CHUNK + piece, f->body);
}

/* --- the closing frame ---------------------------------------------------------------------------------------------
 */

/* Files that were wholly missing when the archive was written have no frame. */
static Status take_closing(Ctx *c, Incoming *in, const ArchiveFrame *f)
{
    const Json *said;
    TRY(give_up_parts(c, in));
    TRY(json_read(c, f->body, &said));
    said = json_get(said, S("counts"));
    in->report->counts.missing = json_int_or(json_get(said, S("missing")), 0);
    if (in->report->lost_count)
        return ST_OK;
    const Json *rows = json_get(said, S("rows"));
    bool fits = in->report->counts.chunks == json_int_or(json_get(said, S("chunks")), -1);
    for (const Json *t = rows ? rows->first : NULL; t; t = t->next)
        fits = fits && t->key.len <= ARCHIVE_SUBJECT_MAX && rows_of(in, t->key)->rows == json_int_or(t, -1);
    if (fits && rows)
        return ST_OK;
    return archive_frame_bad(c, in->reader, f, T("与收尾帧的计数不符", "the counts of the closing frame do not fit"));
}

/* --- the whole -------------------------------------------------------------------------------- */

static Status take_frame(Ctx *c, Incoming *in, const ArchiveFrame *f)
{
    switch (f->kind) {
    case ARCHIVE_ROWS:
        return take_part(c, in, f);
    case ARCHIVE_FILE:
        return take_piece(c, in, f);
    case ARCHIVE_CLOSING:
        return take_closing(c, in, f);
    case ARCHIVE_MANIFEST:
        break;
    }
    return ST_OK;
}

static void tell_progress(Incoming *in)
{
    int64_t bytes = archive_bytes_read(in->reader);
    if (in->wish->progress && bytes >> 20 > in->told_mib)
        in->wish->progress(bytes, archive_in_size(in->file), in->wish->progress_arg);
    in->told_mib = bytes >> 20;
}

static Status take_frames(Ctx *c, Incoming *in)
{
    for (bool has = true; has;) {
        CtxMark mark = ctx_mark(c);
        ArchiveFrame frame;
        TRY(archive_next(c, in->reader, &frame, &has));
        if (has)
            TRY(take_frame(c, in, &frame));
        ctx_rewind(c, mark);
        tell_progress(in);
    }
    return give_up_parts(c, in);
}

static Status begin_restore(Ctx *c, Incoming *in)
{
    const Json *manifest = archive_manifest(in->reader);
    const ArchiveReadWish *w = in->wish;
    char *seal = arena_alloc(c->arena, SM3_SIZE);
    RestoreWish *wish = arena_new_of(c->arena, RestoreWish);
    *wish = (RestoreWish){ .where = w->where,
        .key_file = w->key_file,
        .evidence_dir = w->evidence_dir,
        .key = &in->key,
        .make_key = w->passphrase.len > 0,
        .schema = json_int_or(json_get(manifest, S("schema")), 0),
        .ledger = json_text_or(json_get(manifest, S("ledger")), STR_NONE),
        .head_seq = json_int_or(json_get(manifest, S("audit_seq")), 0) };
    if (unhex(manifest, "audit_seal", seal, SM3_SIZE))
        wish->head_seal = (Str){ seal, SM3_SIZE };
    Str pinned = json_text_or(json_get(manifest, S("pinned_today")), STR_NONE);
    if (pinned.len && !date_parse(pinned, &c->today))
        return fail(c, ST_INVALID, "归档头中的日期无效", "a date in the archive's header is none");
    return restore_open(c, wish, &in->restore);
}

static Status read_all(Ctx *c, Incoming *in)
{
    TRY(open_archive(c, in));
    if (in->wish->where.len)
        TRY(begin_restore(c, in));
    TRY(take_frames(c, in));
    if (in->restore)
        TRY(restore_finish(c, in->restore, in->report->lost_count > 0));
    in->report->counts.frames = archive_frames_read(in->reader);
    in->report->counts.bytes = archive_bytes_read(in->reader);
    return ST_OK;
}

Status archive_read(Ctx *c, const ArchiveReadWish *wish, ArchiveReport *out)
{
    memset(out, 0, sizeof *out);
    Incoming in = { .wish = wish, .report = out, .keep = arena_new(), .chunk = -1 };
    in.message = strbuf_in(in.keep);
    Status status = read_all(c, &in);
    /* What was told outlives the reading. */
    for (int64_t i = 0; i < out->lost_count && i < ARCHIVE_LOST_TOLD; i++) {
        out->lost[i].table = str_copy(c->arena, out->lost[i].table);
        out->lost[i].file = str_copy(c->arena, out->lost[i].file);
    }
    wipe(&in.key, sizeof in.key);
    arena_done(in.keep);
    return status;
}
