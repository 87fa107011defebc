#include "service/archive.h"

#include "exchange/archive_rows.h"
#include "service/archive_file.h"
#include "store/evidence.h"
#include "store/migrate.h"
#include "store/table.h"

#include <string.h>

typedef struct Outgoing {
    App *app;
    const ArchiveWriteWish *wish;
    ArchiveWriter *w;
    ArchiveCounts *counts;
    Arena *arena; /* of the buffers, which outlive the pages */
    const TableShape *table;
    StrBuf message, row;
    int64_t rows;
    size_t columns_len; /* what of the message is the names of columns */
    int64_t told_mib;   /* progress is told once a MiB */
    StrBuf rows_json;
    JsonWriter rows_out;
} Outgoing;

/* --- the manifest ------------------------------------------------------------------------------------------- */

/* The ledger's key, sealed under one made of the passphrase. */
static Status put_sealed_key(Ctx *c, JsonWriter *j, Str id, Str passphrase, const Key *key)
{
    uint8_t salt[SALT_SIZE];
    Key from;
    StrBuf salt_hex = strbuf_in(c->arena), key_hex = strbuf_in(c->arena);
    random_bytes(salt, sizeof salt);
    TRY(key_from_passphrase(c, passphrase, salt, &from));
    SealKey *sealing = seal_key_open(c->env->crypto, &from);
    Str sealed = seal(c->arena, sealing, archive_key_data(c, id), (Str){ (const char *)key->bytes, KEY_SIZE });
    seal_key_close(sealing);
    wipe(&from, sizeof from);
    strbuf_add_hex(&salt_hex, salt, sizeof salt);
    strbuf_add_hex(&key_hex, sealed.ptr, sealed.len);
    json_key(j, S("kdf"));
    json_text(j, S("argon2id, 64 MiB, 3 passes"));
    json_key(j, S("salt"));
    json_text(j, strbuf_str(&salt_hex));
    json_key(j, S("sealed_key"));
    json_text(j, strbuf_str(&key_hex));
    return ST_OK;
}

static Status put_head(Ctx *c, JsonWriter *j)
{
    DbRows *rows;
    bool has;
    StrBuf hex = strbuf_in(c->arena);
    TRY(db_query(c, SQL_CHAIN_HEAD_FIND, NO_ARGS, &rows));
    TRY(db_next(c, rows, &has));
    json_key(j, S("audit_seq"));
    json_int(j, has ? row_int(rows, 0) : 0);
    if (has)
        strbuf_add_hex(&hex, row_blob(rows, 1).ptr, row_blob(rows, 1).len);
    json_key(j, S("audit_seal"));
    json_text(j, strbuf_str(&hex));
    db_rows_done(rows);
    return ST_OK;
}

static void put_text(JsonWriter *j, const char *name, Str value)
{
    json_key(j, str_of(name));
    json_text(j, value);
}

static Status make_manifest(Ctx *c, const Outgoing *o, const Key *key, Str *out)
{
    Str id = o->wish->id;
    StrBuf b = strbuf_in(c->arena);
    JsonWriter j = json_onto(&b);
    const Ledger *l = o->app->ledger;
    json_open_object(&j);
    json_key(&j, S("format"));
    json_int(&j, ARCHIVE_FORMAT);
    put_text(&j, "program", S("xuncha"));
    json_key(&j, S("schema"));
    json_int(&j, migrations[migration_count - 1].number);
    put_text(&j, "ledger", l->id);
    put_text(&j, "engine", l->engine == DB_SQLITE ? S("sqlite") : S("postgresql"));
    put_text(&j, "archive", id);
    json_key(&j, S("made_at"));
    json_instant(&j, c->now);
    json_key(&j, S("pinned_today"));
    json_date(&j, l->pinned_today);
    TRY(put_head(c, &j));
    json_key(&j, S("noted"));
    json_flag(&j, o->wish->noted);
    put_text(&j, "opens_with", o->wish->passphrase.len ? S("passphrase") : S("key_file"));
    put_text(&j, "key_check", archive_key_check(c, key, id));
    if (o->wish->passphrase.len)
        TRY(put_sealed_key(c, &j, id, o->wish->passphrase, key));
    json_close_object(&j);
    *out = strbuf_str(&b);
    return ST_OK;
}

/* --- tables -------------------------------------------------------------------------------------------------- */

static void tell_progress(Outgoing *o)
{
    int64_t bytes = archive_bytes_written(o->w);
    if (o->wish->progress && bytes >> 20 > o->told_mib)
        o->wish->progress(bytes, 0, o->wish->progress_arg);
    o->told_mib = bytes >> 20;
}

static Status flush(Ctx *c, Outgoing *o)
{
    if (o->message.len > o->columns_len)
        TRY(archive_put(c, o->w, ARCHIVE_ROWS, o->table->name, 0, strbuf_str(&o->message)));
    o->message.len = o->columns_len;
    tell_progress(o);
    return ST_OK;
}

/* As many whole rows a frame as go into it; a row longer than a frame is a message of its own. */
static Status put_row(Ctx *c, const DbRows *row, void *arg)
{
    Outgoing *o = arg;
    o->row.len = 0;
    for (size_t i = 0; i < o->table->count; i++) {
        Value v = table_value(row, (int)i, o->table->columns[i].kind);
        if (v.kind == VALUE_TEXT && !str_is_text(v.text))
            return fail(c, ST_BROKEN, "表 %.*s 第%lld行的 %.*s 不是文字：台账在系统之外被改动，请先运行 xuncha verify",
                "table %.*s, row %lld: %.*s holds no text; the ledger was changed outside the program, run xuncha "
                "verify",
                STR_ARG(o->table->name), (long long)o->rows + 1, STR_ARG(o->table->columns[i].name));
        rows_put_value(&o->row, v);
    }
    if (o->message.len + o->row.len > ARCHIVE_BODY_MAX)
        TRY(flush(c, o));
    strbuf_add(&o->message, strbuf_str(&o->row));
    o->rows++;
    return ST_OK;
}

static void begin_table(Outgoing *o, const TableShape *t)
{
    o->table = t;
    o->rows = 0;
    o->message.len = 0;
    RowsColumn columns[ROWS_COLUMNS_MAX];
    assert(t->count <= ROWS_COLUMNS_MAX);
    for (size_t i = 0; i < t->count; i++)
        columns[i] = (RowsColumn){ t->columns[i].name, t->columns[i].kind };
    rows_put_columns(&o->message, columns, t->count);
    o->columns_len = o->message.len;
}

static Status put_table(Ctx *c, Outgoing *o, size_t index)
{
    CtxMark mark = ctx_mark(c);
    TableShape t = table_shape(c, index);
    begin_table(o, &t);
    TRY(table_each(c, &t, put_row, o));
    TRY(flush(c, o));
    json_key(&o->rows_out, t.name);
    json_int(&o->rows_out, o->rows);
    if (table_entity(t.name) != ENTITY_NONE)
        o->counts->records += o->rows;
    if (str_eq(t.name, S("audit")))
        o->counts->entries = o->rows;
    ctx_rewind(c, mark);
    return ST_OK;
}

/* --- files ---------------------------------------------------------------------------------------------------- */

typedef struct OutgoingFile {
    Outgoing *o;
    Str id;
} OutgoingFile;

static Status put_chunk(Ctx *c, uint32_t chunk, Str sealed, void *arg)
{
    const OutgoingFile *f = arg;
    f->o->counts->chunks++;
    TRY(archive_put(c, f->o->w, ARCHIVE_FILE, f->id, chunk, sealed));
    tell_progress(f->o);
    return ST_OK;
}

static Status put_file(Ctx *c, const DbRows *row, void *arg)
{
    OutgoingFile f = { .o = arg, .id = row_text(row, 0) };
    bool whole;
    TRY(evidence_each_chunk(c, f.o->app->ledger, f.id, row_int(row, 1), put_chunk, &f, &whole));
    f.o->counts->files++;
    f.o->counts->missing += !whole;
    return ST_OK;
}

static Status put_files(Ctx *c, Outgoing *o)
{
    static const TableColumn columns[] = { { S_INIT("id"), VALUE_TEXT }, { S_INIT("size"), VALUE_INT } };
    TableShape t = { str_of(entity_of(ENTITY_EVIDENCE)->sql_table), columns, 2, 1 };
    return table_each(c, &t, put_file, o);
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

static Status put_content(Ctx *c, Outgoing *o)
{
    o->message = strbuf_in(o->arena);
    o->row = strbuf_in(o->arena);
    o->rows_json = strbuf_in(o->arena);
    o->rows_out = json_onto(&o->rows_json);
    json_open_object(&o->rows_out);
    for (size_t i = 0; i < table_count(); i++)
        TRY(put_table(c, o, i));
    json_close_object(&o->rows_out);
    return put_files(c, o);
}

static Status put_closing(Ctx *c, Outgoing *o)
{
    StrBuf b = strbuf_in(c->arena);
    JsonWriter j = json_onto(&b);
    json_open_object(&j);
    json_key(&j, S("rows"));
    json_raw(&j, strbuf_str(&o->rows_json));
    const struct {
        const char *name;
        int64_t n;
    } numbers[] = { { "files", o->counts->files }, { "chunks", o->counts->chunks }, { "missing", o->counts->missing } };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        json_key(&j, str_of(numbers[i].name));
        json_int(&j, numbers[i].n);
    }
    json_close_object(&j);
    return archive_writer_close(c, o->w, strbuf_str(&b));
}

static Status write_snapshot(Ctx *c, Outgoing *o, const Key *key)
{
    ArchiveOut *file;
    Str id = o->wish->id;
    Str manifest;
    TRY(archive_out_open(c, o->wish->file, &file));
    TRY(make_manifest(c, o, key, &manifest));
    TRY(archive_writer_open(c, id, manifest, key, archive_out_add, file, &o->w));
    TRY(put_content(c, o));
    TRY(put_closing(c, o));
    TRY(archive_out_settle(c, file));
    o->counts->frames = archive_frames_written(o->w);
    o->counts->bytes = archive_bytes_written(o->w);
    return ST_OK;
}

static Status note(LaneJob *job, Writer *w)
{
    return audit_note(job->c, w, S("archive.write"), ST_OK, S("archive"), *(const Str *)job->arg);
}

Status archive_note(Ctx *c, App *app, const ArchiveWriteWish *wish)
{
    Str id = wish->id;
    LaneJob job = { .c = c, .run = note, .arg = &id };
    TRY(path_is_free(c, wish->file));
    return lane_run(app->lane, &job);
}

static Status write_with(Ctx *c, Outgoing *o, const Key *key)
{
    TRY(path_is_free(c, o->wish->file));
    TRY(app_read_begin(o->app, c));
    Status status = write_snapshot(c, o, key);
    app_read_end(o->app, c);
    return status;
}

Status archive_write(Ctx *c, App *app, const ArchiveWriteWish *wish, ArchiveCounts *out)
{
    Key key;
    *out = (ArchiveCounts){ 0 };
    TRY(key_file_read(c, app->ledger->key_file, &key));
    Outgoing o = { .app = app, .wish = wish, .counts = out, .arena = arena_new() };
    Status status = write_with(c, &o, &key);
    wipe(&key, sizeof key);
    arena_done(o.arena);
    return status;
}
