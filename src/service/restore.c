#include "service/restore.h"

#include "domain/account.h"
#include "service/archive_file.h"
#include "store/evidence.h"
#include "store/load.h"
#include "store/migrate.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* On SQLite the file that nobody uses yet is committed in between, so that its log stays small. */
enum { COMMIT_AFTER = 16 << 20 };

struct Restore {
    const RestoreWish *wish;
    DbEngine engine;
    Str place; /* of the connection: FILE.part, or the schema */
    Db *db;
    EvidenceFolder *folder;
    References *references;
    Str table; /* the one at hand */
    char table_room[64];
    size_t since_commit;
    bool made_key, made_file, finished;
    Ctx *c;
};

/* --- what was made goes away -------------------------------------------------------------------------------- */

static void remove_beside(Ctx *c, Str file)
{
    static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
        (void)unlink(str_format(c->arena, "%.*s%s", STR_ARG(file), suffixes[i]).ptr);
}

static void restore_drop(void *thing)
{
    Restore *r = thing;
    Arena *arena = arena_new(); /* the restore's own is being reset */
    Ctx c = *r->c;
    c.arena = arena;
    db_close(r->db);
    if (!r->finished) {
        evidence_folder_drop(&c, r->folder);
        if (r->made_file)
            remove_beside(&c, r->place);
        if (r->made_key)
            (void)unlink(str_c(arena, r->wish->key_file));
    }
    arena_done(arena);
}

/* --- an empty ledger ------------------------------------------------------------------------------------------ */

static Status begin_empty(Ctx *c, Restore *r, size_t migrations_before)
{
    MigrateResult result;
    int64_t tables;
    TRY(references_ignore(c));
    TRY(db_begin(c, DB_TX_WRITE));
    TRY(db_query_int(c, SQL_LEDGER_TABLE_COUNT, NO_ARGS, &tables, NULL));
    if (tables)
        return fail(c, ST_CONFLICT, "这个位置已有%lld张表：不会改动，请换一个空的位置",
            "this place holds %lld tables and is left alone: choose an empty one", (long long)tables);
    TRY(migrate_within(c, migrations, migrations_before, &result));
    return references_lay_aside(c, &r->references);
}

static Status open_place(Ctx *c, Restore *r)
{
    if (r->engine == DB_SQLITE) {
        if (str_starts(r->wish->where, S("file:")))
            return fail(c, ST_INVALID, "恢复需要文件名，不能用 file: 写法",
                "a restore takes the name of a file, not a file: URI");
        TRY(path_claim(c, r->wish->where));
        r->place = path_part(c, r->wish->where);
        r->made_file = true;
    }
    TRY(db_open(c, r->place, DB_CREATE, &r->db));
    c->db = r->db;
    return ST_OK;
}

static Status open_key(Ctx *c, Restore *r)
{
    if (!r->wish->make_key)
        return ST_OK;
    TRY(key_file_write(c, r->wish->key_file, r->wish->key));
    r->made_key = true;
    return ST_OK;
}

Status restore_open(Ctx *c, const RestoreWish *wish, Restore **out)
{
    size_t count = migrations_to(wish->schema);
    if (count == 0)
        return fail(c, ST_CONFLICT, "归档的结构版本是%lld，本程序只到%d：请换用较新的程序版本",
            "the archive's schema is %lld and this program knows up to %d: use a newer version of the program",
            (long long)wish->schema, migrations[migration_count - 1].number);
    Restore *r = arena_new_of(c->arena, Restore);
    *r = (Restore){ .wish = wish, .engine = db_engine_of(wish->where), .place = wish->where, .c = c };
    if (r->engine == DB_SQLITE)
        TRY(path_is_free(c, wish->where)); /* before anything is made that would have to go again */
    arena_defer(c->arena, restore_drop, r);
    TRY(evidence_folder_open(c, wish->evidence_dir, &r->folder));
    TRY(open_key(c, r));
    TRY(open_place(c, r));
    TRY(begin_empty(c, r, count));
    *out = r;
    return ST_OK;
}

/* --- content -------------------------------------------------------------------------------------------------- */

static Status commit_between(Ctx *c, Restore *r)
{
    if (r->engine != DB_SQLITE || r->since_commit < COMMIT_AFTER)
        return ST_OK;
    r->since_commit = 0;
    TRY(db_commit(c));
    TRY(db_checkpoint(c, true));
    return db_begin(c, DB_TX_WRITE);
}

Status restore_rows(Ctx *c, Restore *r, const TableShape *t, const Value *values, size_t rows)
{
    if (!str_eq(r->table, t->name)) {
        if (t->name.len > sizeof r->table_room)
            return fail(c, ST_BROKEN, "归档中的表名过长", "the archive names a table with too long a name");
        memcpy(r->table_room, t->name.ptr, t->name.len);
        r->table = (Str){ r->table_room, t->name.len };
        TRY(table_clear(c, t->name));
    }
    TRY(table_insert(c, t, values, rows));
    for (size_t i = 0; i < rows * t->count; i++)
        r->since_commit += sizeof(int64_t) + values[i].text.len;
    return commit_between(c, r);
}

Status restore_file(Ctx *c, Restore *r, Str id, int64_t at, Str bytes)
{
    return evidence_folder_put(c, r->folder, id, at, bytes);
}

/* --- the entry ------------------------------------------------------------------------------------------------- */

static Status find_setting(Ctx *c, Str name, Str *id)
{
    Selection sel = selection_of(ENTITY_SETTING);
    const Value wanted = value_text(name);
    sel.unscoped = true;
    selection_where(&sel, Setting_name, OP_EQ, &wanted, 1);
    return selection_first_id(c, &sel, id);
}

static Status tell_where(Ctx *c, const Restore *r, Changes *out)
{
    Str id;
    TRY(find_setting(c, S("evidence_dir"), &id));
    Setting *after = arena_new_of(c->arena, Setting);
    if (id.len) {
        Setting before;
        TRY(record_load_unscoped(c, ENTITY_SETTING, id, &before));
        *after = before;
        after->value = r->wish->evidence_dir;
        change_update(c, out, ENTITY_SETTING, &before, after);
        return ST_OK;
    }
    after->name = S("evidence_dir");
    after->value = r->wish->evidence_dir;
    change_insert(c, out, ENTITY_SETTING, after);
    return ST_OK;
}

static Status write_entry(Ctx *c, const Restore *r, Keyring *keys)
{
    Writer w = { .keys = keys };
    Changes changes = changes_of(c);
    TRY(chain_lock(c, &w));
    TRY(tell_where(c, r, &changes));
    TRY(change_apply(c, &w, S("archive.read"), &changes));
    if (changes.count == 0)
        TRY(audit_note(c, &w, S("archive.read"), ST_OK, S("archive"), STR_NONE));
    return chain_store(c, &w);
}

/* The head of the chain as the archive's header tells it, when the row was lost. */
static Status mend_head(Ctx *c, const Restore *r)
{
    DbRows *rows;
    bool has;
    TRY(db_query(c, SQL_CHAIN_HEAD_FIND, NO_ARGS, &rows));
    TRY(db_next(c, rows, &has));
    db_rows_done(rows);
    if (has || r->wish->head_seal.len != SM3_SIZE)
        return ST_OK;
    Value seal = value_blob(r->wish->head_seal);
    TRY(db_run(c, SQL_CHAIN_HEAD_INSERT, ARGS(value_text(r->wish->ledger), seal), NULL));
    return db_run(c, SQL_CHAIN_HEAD_STORE, ARGS(value_int(r->wish->head_seq), seal), NULL);
}

static Status add_entry(Ctx *c, const Restore *r)
{
    Keyring *keys;
    TRY(keyring_open(c, r->wish->key_file, false, &keys));
    Status status = write_entry(c, r, keys);
    keyring_close(keys);
    return status;
}

/* What is left of a damaged ledger may take no entry: it stays without. */
static Status try_entry(Ctx *c, const Restore *r)
{
    TRY(mend_head(c, r));
    TRY(db_savepoint(c));
    CtxMark mark = ctx_mark(c);
    if (add_entry(c, r) == ST_OK)
        return db_release(c);
    ctx_rewind(c, mark);
    return db_rollback_to(c);
}

/* --- in its place ------------------------------------------------------------------------------------------------ */

static Status settle_file(Ctx *c, Restore *r)
{
    if (r->engine != DB_SQLITE)
        return ST_OK;
    TRY(db_checkpoint(c, true));
    db_close(r->db);
    r->db = c->db = NULL;
    return path_settle(c, r->wish->where);
}

Status restore_finish(Ctx *c, Restore *r, bool damaged)
{
    MigrateResult result;
    TRY(references_restore(c, r->references));
    TRY(migrate_within(c, migrations, migration_count, &result));
    TRY(damaged ? try_entry(c, r) : add_entry(c, r));
    TRY(evidence_folder_settle(c, r->folder));
    TRY(db_commit(c));
    TRY(settle_file(c, r));
    r->finished = true;
    return ST_OK;
}
