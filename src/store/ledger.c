#include "store/ledger.h"

#include "domain/account.h"
#include "store/migrate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* The schema of a connection string: what stands behind search_path=. */
static Str schema_of(Str where)
{
    Str mark = S("search_path");
    size_t at = str_find(where, mark, 0);
    if (at == SIZE_MAX)
        return S("public");
    size_t from = at + mark.len;
    while (from < where.len &&
           (where.ptr[from] == '=' || where.ptr[from] == '%' || where.ptr[from] == '3' || where.ptr[from] == 'D'))
        from++;
    size_t to = from;
    while (to < where.len && where.ptr[to] != '&' && where.ptr[to] != '%' && where.ptr[to] != ' ')
        to++;
    return str_sub(where, from, to - from);
}

/* "file:NAME?vfs=…" names the file NAME. */
static Str plain_file(Str where)
{
    if (str_starts(where, S("file:")))
        where = str_sub(where, 5, SIZE_MAX);
    size_t query = str_find(where, S("?"), 0);
    return query == SIZE_MAX ? where : str_sub(where, 0, query);
}

Str ledger_beside(Arena *arena, Str where, const char *suffix)
{
    Str stem = db_engine_of(where) == DB_PGSQL ? schema_of(where) : plain_file(where);
    return str_format(arena, "%.*s%s", STR_ARG(stem), suffix);
}

/* --- one writing process at a time (files) ---------------------------------------------------------- */

static Status lock_taken(Ctx *c, int fd)
{
    char text[32] = { 0 };
    ssize_t got = pread(fd, text, sizeof text - 1, 0);
    Str pid = got > 0 ? str_trim((Str){ text, (size_t)got }) : S("?");
    return fail(c, ST_CONFLICT, "台账正由另一个进程（%.*s）使用：请先停止它，或改用该服务的页面办理",
        "the ledger is in use by process %.*s: stop it first, or work through that server", STR_ARG(pid));
}

static Status lock_file(Ctx *c, Ledger *l)
{
    Str path = ledger_beside(c->arena, l->where, ".lock");
    l->lock_fd = open(str_c(c->arena, path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (l->lock_fd < 0)
        return fail(c, errno == ENOENT ? ST_MISSING : ST_DENIED,
            "无法在台账旁建立锁文件 %.*s：%s。请检查该磁盘是否只读、目录是否可写",
            "the lock file %.*s beside the ledger cannot be made: %s; is the disk read-only?", STR_ARG(path),
            strerror(errno));
    if (flock(l->lock_fd, LOCK_EX | LOCK_NB) != 0)
        return lock_taken(c, l->lock_fd);
    char pid[32];
    int len = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
    if (ftruncate(l->lock_fd, 0) != 0 || pwrite(l->lock_fd, pid, (size_t)len, 0) != len)
        return fail(c, ST_FULL, "锁文件写不下", "the lock file cannot be written");
    return ST_OK;
}

/* --- founding ------------------------------------------------------------------------------------------ */

static void add_setting(Ctx *c, Changes *out, Str name, Str value)
{
    Setting *s = arena_new_of(c->arena, Setting);
    s->name = name;
    s->value = value;
    change_insert(c, out, ENTITY_SETTING, s);
}

static Status found_chain(Ctx *c, Ledger *l, const LedgerWish *wish)
{
    Digest nothing = { { 0 } };
    Writer w = { .keys = l->keys };
    TRY(db_run(c, SQL_CHAIN_HEAD_INSERT, ARGS(value_text(id_new(c)), value_bytes(nothing.bytes, SM3_SIZE)), NULL));
    TRY(keyring_found(c, l->keys));
    TRY(chain_lock(c, &w));
    Changes first = changes_of(c);
    Str evidence = wish->evidence_dir.len ? wish->evidence_dir : ledger_beside(c->arena, l->where, ".evidence");
    add_setting(c, &first, S("evidence_dir"), evidence);
    if (wish->pin_today)
        add_setting(c, &first, S("pinned_today"), date_text(c->arena, wish->pin_today));
    TRY(change_apply(c, &w, S("ledger.found"), &first));
    return chain_store(c, &w);
}

static Status found(Ctx *c, Ledger *l, const LedgerWish *wish)
{
    DbRows *rows;
    bool has;
    TRY(db_query(c, SQL_CHAIN_HEAD_FIND, NO_ARGS, &rows));
    TRY(db_next(c, rows, &has));
    db_rows_done(rows);
    if (has)
        return ST_OK;
    TRY(db_begin(c, DB_TX_WRITE));
    Status status = found_chain(c, l, wish);
    if (status == ST_OK)
        return db_commit(c);
    db_rollback(c->db);
    return status;
}

/* --- opening ---------------------------------------------------------------------------------------------- */

static Status read_settings(Ctx *c, Ledger *l)
{
    Str text;
    bool has;
    DbRows *rows;
    TRY(db_query_text(c, SQL_SETTING_FIND, ARGS(value_text(S("evidence_dir"))), &text, &has));
    l->evidence_dir = str_copy(l->arena, has ? text : ledger_beside(c->arena, l->where, ".evidence"));
    TRY(db_query_text(c, SQL_SETTING_FIND, ARGS(value_text(S("pinned_today"))), &text, &has));
    if (has && !date_parse(text, &l->pinned_today))
        return fail(c, ST_BROKEN, "台账的固定日期设置无效", "the ledger's pinned day is no date");
    TRY(db_query(c, SQL_CHAIN_HEAD_FIND, NO_ARGS, &rows));
    TRY(db_next(c, rows, &has));
    if (!has)
        return fail(c, ST_BROKEN, "台账的审计链头缺失", "the ledger has lost the head of its chain");
    l->id = str_copy(l->arena, row_text(rows, 2));
    db_rows_done(rows);
    return ST_OK;
}

static Status open_steps(Ctx *c, Ledger *l, const LedgerWish *wish, Db **db)
{
    MigrateResult result;
    const MacKey *chain;
    if (wish->write && l->engine == DB_SQLITE)
        TRY(lock_file(c, l));
    TRY(db_open(c, l->where, wish->create ? DB_CREATE : wish->write ? DB_WRITE : DB_READ, db));
    c->db = *db;
    if (wish->create)
        TRY(migrate_up(c, migrations, migration_count, &result));
    else
        TRY(migrate_check(c, migrations, migration_count));
    TRY(keyring_open(c, l->key_file, wish->create, &l->keys));
    if (wish->create)
        TRY(found(c, l, wish));
    if (wish->write)
        TRY(keyring_chain(c, l->keys, &chain)); /* another ledger's key file is refused now, not at the first write */
    return read_settings(c, l);
}

Status ledger_open(Ctx *c, const LedgerWish *wish, Ledger **out)
{
    Arena *arena = arena_new();
    Ledger *l = arena_new_of(arena, Ledger);
    *l = (Ledger){
        .arena = arena, .where = str_copy(arena, wish->where), .engine = db_engine_of(wish->where), .lock_fd = -1
    };
    l->key_file = wish->key_file.len ? str_copy(arena, wish->key_file) : ledger_beside(arena, l->where, ".key");
    Db *before = c->db;
    Db *db = NULL;
    Status status = open_steps(c, l, wish, &db);
    db_close(db);
    c->db = before;
    if (status == ST_OK)
        *out = l;
    else
        ledger_close(l);
    return status;
}

void ledger_close(Ledger *l)
{
    if (!l)
        return;
    keyring_close(l->keys);
    if (l->lock_fd >= 0)
        close(l->lock_fd);
    arena_done(l->arena);
}
