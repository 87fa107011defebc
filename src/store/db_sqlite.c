/* SQLite behind db_driver.h. */
#include "store/db_driver.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    LEDGER_MARK = 0x78756e63, /* "xunc", the application_id of our files */
    FRAME_OVERHEAD = 24       /* of a page in the write-ahead log */
};

/* Words that every request says, parsed once a connection. */
static const char *const spoken[] = { "BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK", "SAVEPOINT request",
    "RELEASE SAVEPOINT request" };
enum { SPOKEN = sizeof spoken / sizeof *spoken };

typedef struct Sqlite {
    Db db; /* first */
    sqlite3 *handle;
    sqlite3_stmt *spoken[SPOKEN];
    int64_t page_bytes;
    int log_pages; /* as of our last commit or checkpoint */
} Sqlite;

static sqlite3 *handle_of(const Db *db)
{
    return ((const Sqlite *)db)->handle;
}

/* --- failures ------------------------------------------------------------------------------------- */

static DbFault constraint_fault(int code)
{
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return FAULT_TWICE;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return FAULT_REFERENCE;
    default:
        return FAULT_BROKEN;
    }
}

/* A limit on the size of files is one on the disk, for whoever meets it. */
static bool is_full(int error)
{
    return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

/* SQLite calls it an I/O error when a quota is reached, and when a folder is read. */
static DbFault io_fault(int error)
{
    if (is_full(error))
        return FAULT_FULL;
    return error == EISDIR ? FAULT_NOT_A_LEDGER : FAULT_BROKEN;
}

static int errno_of_file(sqlite3_file *file)
{
    int error = 0;
    if (file && file->pMethods)
        (void)file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error);
    return error;
}

/* What the system said to a read or write that failed. By the time a COMMIT has been undone, errno may speak
 * of something else; the file and its log remember. */
static int io_errno(sqlite3 *handle)
{
    sqlite3_file *file = NULL, *log = NULL;
    (void)sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    (void)sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    const int errors[] = { errno_of_file(log), errno_of_file(file) };
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (is_full(errors[i]))
            return errors[i];
    return sqlite3_system_errno(handle);
}

static DbFault fault_of(sqlite3 *handle, int code)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return FAULT_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return FAULT_LOCKED;
    case SQLITE_INTERRUPT:
        return FAULT_INTERRUPTED;
    case SQLITE_CONSTRAINT:
        return constraint_fault(code);
    case SQLITE_READONLY:
        return FAULT_READ_ONLY;
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return FAULT_NO_RIGHT;
    case SQLITE_NOTADB:
        return FAULT_NOT_A_LEDGER;
    case SQLITE_IOERR:
        return io_fault(io_errno(handle));
    default:
        return FAULT_BROKEN;
    }
}

/* SQLite's own message is shown where it can only hold names of the schema: for constraints, and
 * before a value was bound (`in_text`). A failed search would quote what was searched for. */
static Status failed(Ctx *c, sqlite3 *handle, int code, const char *name, bool in_text)
{
    DbFault fault = fault_of(handle, code);
    bool shown = in_text || (code & 0xff) == SQLITE_CONSTRAINT;
    const char *message = shown ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    return db_fault(c, fault, str_format(c->arena, "%s: SQLite %d, %s", name, code, message).ptr);
}

/* A statement without rows; those of `spoken` are kept prepared. */
static int speak(Sqlite *s, const char *sql)
{
    for (int i = 0; i < SPOKEN; i++) {
        if (strcmp(spoken[i], sql) != 0)
            continue;
        int code = SQLITE_OK;
        if (!s->spoken[i])
            code = sqlite3_prepare_v3(s->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->spoken[i], NULL);
        if (code == SQLITE_OK)
            code = sqlite3_step(s->spoken[i]);
        if (code == SQLITE_DONE)
            return sqlite3_reset(s->spoken[i]);
        sqlite3_reset(s->spoken[i]);
        return code;
    }
    return sqlite3_exec(s->handle, sql, NULL, NULL, NULL);
}

static Status sqlite_exec(Ctx *c, Db *db, const char *name, const char *sql)
{
    int code = speak((Sqlite *)db, sql);
    return code == SQLITE_OK ? ST_OK : failed(c, handle_of(db), code, name, true);
}

/* --- opening a file --------------------------------------------------------------------------------- */

static Status no_file(Ctx *c, const char *path, int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return db_fault(c, FAULT_MISSING, path);
    case EACCES:
    case EPERM:
        return db_fault(c, FAULT_NO_RIGHT, path);
    case EROFS:
        return db_fault(c, FAULT_READ_ONLY, path);
    case EISDIR:
        return db_fault(c, FAULT_NOT_A_LEDGER, path);
    default:
        return db_fault(c, is_full(error) ? FAULT_FULL : FAULT_BROKEN, str_format(c->arena, "%s: %d", path, error).ptr);
    }
}

/* A new file is its owner's alone from its first moment; SQLite gives its log the same mode. A URI
 * is left to SQLite. Only a file that nobody else can have open yet is closed here: closing would
 * drop SQLite's locks on it. */
static Status make_file(Ctx *c, const char *path)
{
    if (strncmp(path, "file:", 5) == 0)
        return ST_OK;
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
    else if (errno != EEXIST)
        return no_file(c, path, errno);
    return ST_OK;
}

/* Statements of ours that are left would keep the file open; those of full-text tables are SQLite's to end. */
static void close_handle(void *of)
{
    Sqlite *s = of;
    for (size_t i = 0; i < SPOKEN; i++)
        sqlite3_finalize(s->spoken[i]);
    int code = sqlite3_close(s->handle);
    assert(code == SQLITE_OK);
    (void)code;
}

static Status open_file(Ctx *c, Arena *arena, Sqlite *s, const char *path, DbMode mode)
{
    int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (mode == DB_CREATE)
        TRY(make_file(c, path));
    flags |= mode == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    flags |= mode == DB_CREATE ? SQLITE_OPEN_CREATE : 0;
    int code = sqlite3_open_v2(path, &s->handle, flags, NULL);
    if (!s->handle)
        return db_fault(c, FAULT_BROKEN, "out of memory");
    arena_defer(arena, close_handle, s);
    if (code == SQLITE_CANTOPEN_ISDIR)
        return no_file(c, path, EISDIR);
    if ((code & 0xff) == SQLITE_CANTOPEN)
        return no_file(c, path, sqlite3_system_errno(s->handle));
    if (code != SQLITE_OK)
        return failed(c, s->handle, code, path, false);
    if (mode != DB_READ && sqlite3_db_readonly(s->handle, "main") == 1)
        return db_fault(c, FAULT_READ_ONLY, path); /* SQLite falls back to reading in silence */
    return ST_OK;
}

/* --- settings --------------------------------------------------------------------------------------- */

/* Reads one number or word; `name` is for messages. */
static Status ask(Ctx *c, Sqlite *s, const char *name, const char *sql, int64_t *whole, Str *text)
{
    sqlite3_stmt *stmt;
    int code = sqlite3_prepare_v2(s->handle, sql, -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    if (code == SQLITE_ROW && whole)
        *whole = sqlite3_column_int64(stmt, 0);
    if (code == SQLITE_ROW && text)
        *text = str_copy(c->arena, str_of((const char *)sqlite3_column_text(stmt, 0)));
    Status status = code == SQLITE_ROW ? ST_OK : failed(c, s->handle, code, name, false);
    sqlite3_finalize(stmt);
    return status;
}

/* A file that others made is left as it is: it is looked at before anything is set. An empty one
 * becomes ours when it may be written. */
static Status look_at_mark(Ctx *c, Sqlite *s, const char *path, bool *marked)
{
    int64_t mark = 0, things = 0;
    TRY(ask(c, s, path, "PRAGMA application_id", &mark, NULL));
    TRY(ask(c, s, path, "SELECT count(*) FROM sqlite_master", &things, NULL));
    *marked = mark == LEDGER_MARK;
    return *marked || (mark == 0 && things == 0) ? ST_OK : db_fault(c, FAULT_NOT_A_LEDGER, path);
}

/* Durability is a promise of ours, so each setting is read back; some file systems and builds
 * refuse one without an error. */
static const struct {
    const char *name;
    int value;
} settings[] = {
    { "synchronous", 2 }, /* FULL: a commit is on disk */
    { "foreign_keys", 1 },
    { "secure_delete", 1 },
    { "mmap_size", 0 },          /* on a file being written, readers would fault at every commit */
    { "wal_autocheckpoint", 0 }, /* not inside somebody's commit: see db_checkpoint() */
    { "cache_size", -65536 },    /* KiB */
    { "temp_store", 2 },         /* in memory: nothing clear in temporary files */
    { "trusted_schema", 0 },
};

static Status set_and_read_back(Ctx *c, Sqlite *s, const char *name, int value)
{
    char sql[64];
    int64_t got = 0;
    snprintf(sql, sizeof sql, "PRAGMA %s=%d", name, value);
    TRY(sqlite_exec(c, &s->db, name, sql));
    snprintf(sql, sizeof sql, "PRAGMA %s", name);
    TRY(ask(c, s, name, sql, &got, NULL));
    return got == value ? ST_OK : db_fault(c, FAULT_BROKEN, str_format(c->arena, "%s is not %d", name, value).ptr);
}

static Status log_ahead(Ctx *c, Sqlite *s)
{
    Str mode = STR_NONE;
    TRY(ask(c, s, "journal_mode", "PRAGMA journal_mode=WAL", NULL, &mode));
    if (str_eq(mode, S("wal")))
        return ST_OK;
    return fail(c, ST_BROKEN, "此处的磁盘不支持预写日志，不能放台账（如网络共享盘）；请把台账放在本机磁盘上",
        "this disk does not support write-ahead logs (a network share, say); put the ledger on a local disk");
}

static Status settle(Ctx *c, Sqlite *s, DbMode mode)
{
    if (mode != DB_READ)
        TRY(log_ahead(c, s));
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        TRY(set_and_read_back(c, s, settings[i].name, settings[i].value));
    /* As on PostgreSQL: LIKE tells capitals apart, and "x" is never a text. */
    TRY(sqlite_exec(c, &s->db, "like", "PRAGMA case_sensitive_like=ON"));
    sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return mode == DB_READ ? set_and_read_back(c, s, "query_only", 1) : ST_OK;
}

/* SQLite calls this after each commit in the log's mode. */
static int count_log(void *sqlite, sqlite3 *handle, const char *database, int pages)
{
    (void)handle, (void)database;
    ((Sqlite *)sqlite)->log_pages = pages;
    return SQLITE_OK;
}

/* SQLite counts its memory under one lock for all threads, unless told not to before it starts: readers would
 * wait for each other at every allocation. A library that others of this process have started already stays as
 * it is. */
static void do_not_count_memory(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)sqlite3_initialize();
}

static Status sqlite_open(Ctx *c, Arena *arena, Str where, DbMode mode, Db **out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, do_not_count_memory);
    Sqlite *s = arena_new_of(arena, Sqlite);
    const char *path = str_c(arena, where);
    bool marked = false;
    TRY(open_file(c, arena, s, path, mode));
    sqlite3_busy_timeout(s->handle, DB_WAIT_MS);
    TRY(look_at_mark(c, s, path, &marked));
    TRY(settle(c, s, mode));
    if (!marked && mode != DB_READ)
        TRY(set_and_read_back(c, s, "application_id", LEDGER_MARK));
    TRY(ask(c, s, "page_size", "PRAGMA page_size", &s->page_bytes, NULL));
    sqlite3_wal_hook(s->handle, count_log, s);
    *out = &s->db;
    return ST_OK;
}

static void sqlite_interrupt(Db *db)
{
    sqlite3_interrupt(handle_of(db));
}

/* --- statements --------------------------------------------------------------------------------------- */

static bool is_blank(const char *s, const char *end)
{
    while (s < end && strchr(" \t\r\n", *s))
        s++;
    return s == end;
}

static Status prepare(Ctx *c, sqlite3 *handle, const DbStatement *st, sqlite3_stmt **out)
{
    const char *rest = NULL;
    int code = sqlite3_prepare_v3(handle, st->sql.ptr, (int)st->sql.len, SQLITE_PREPARE_PERSISTENT, out, &rest);
    if (code != SQLITE_OK)
        return failed(c, handle, code, st->name, true);
    if (*out && is_blank(rest, st->sql.ptr + st->sql.len) && sqlite3_bind_parameter_count(*out) == (int)st->count)
        return ST_OK;
    sqlite3_finalize(*out);
    return db_fault(
        c, FAULT_BROKEN, str_format(c->arena, "%s: not one statement with %zu parameters", st->name, st->count).ptr);
}

/* A prepared statement gives one set of rows at a time. Rows borrow it from its place; who finds the
 * place empty gets a copy. */
static Status borrow(Ctx *c, DbRows *rows)
{
    DbStatement *st = rows->statement;
    if (st->handle) {
        rows->handle = st->handle;
        st->handle = NULL;
        return ST_OK;
    }
    sqlite3_stmt *stmt = NULL;
    TRY(prepare(c, handle_of(rows->db), st, &stmt));
    rows->handle = stmt;
    return ST_OK;
}

/* Gives it back, unless a copy is there already or the place has gone to another text. */
static void sqlite_end(DbRows *rows)
{
    DbStatement *st = rows->statement;
    sqlite3_reset(rows->handle);
    sqlite3_clear_bindings(rows->handle);
    if (st->serial == rows->serial && !st->handle)
        st->handle = rows->handle;
    else
        sqlite3_finalize(rows->handle);
    rows->handle = NULL;
}

static void sqlite_forget(Db *db, DbStatement *st)
{
    (void)db;
    sqlite3_finalize(st->handle);
    st->handle = NULL;
}

static int bind(const DbRows *rows, int at, const Value *value)
{
    /* Rows that stay open may outlive the caller's memory. */
    sqlite3_destructor_type lifetime = rows->brief ? SQLITE_STATIC : SQLITE_TRANSIENT;
    const char *bytes = value->text.len ? value->text.ptr : "";
    switch (value->kind) {
    case VALUE_INT:
        return sqlite3_bind_int64(rows->handle, at, value->whole);
    case VALUE_TEXT:
        if (value->text.len == 0)
            break; /* absent and empty are the same thing */
        return sqlite3_bind_text64(rows->handle, at, bytes, value->text.len, lifetime, SQLITE_UTF8);
    case VALUE_BLOB:
        return sqlite3_bind_blob64(rows->handle, at, bytes, value->text.len, lifetime);
    case VALUE_NULL:
        break;
    }
    return sqlite3_bind_null(rows->handle, at);
}

static Status sqlite_query(Ctx *c, DbRows *rows, const Value *args)
{
    const DbStatement *st = rows->statement;
    sqlite3 *handle = handle_of(rows->db);
    Status status = ST_OK;
    TRY(borrow(c, rows));
    /* A reading transaction of SQLite would quietly turn into a writing one. */
    if (rows->db->state == STATE_READ && !sqlite3_stmt_readonly(rows->handle))
        status = db_fault(c, FAULT_READ_ONLY, st->name);
    for (size_t i = 0; i < st->count && status == ST_OK; i++) {
        int code = bind(rows, (int)i + 1, &args[i]);
        if (code != SQLITE_OK)
            status = failed(c, handle, code, st->name, false);
    }
    if (status != ST_OK) {
        sqlite_end(rows);
        return status;
    }
    rows->columns = sqlite3_column_count(rows->handle);
    rows->changes_before = sqlite3_total_changes64(handle);
    return ST_OK;
}

static Status sqlite_next(Ctx *c, DbRows *rows, bool *has)
{
    int code = sqlite3_step(rows->handle);
    *has = code == SQLITE_ROW;
    if (*has || code == SQLITE_DONE)
        return ST_OK;
    return failed(c, handle_of(rows->db), code, rows->statement->name, false);
}

/* sqlite3_changes() keeps its number over statements that change no rows, CREATE TABLE say. */
static int64_t sqlite_changed(const DbRows *rows)
{
    sqlite3 *handle = handle_of(rows->db);
    return sqlite3_total_changes64(handle) == rows->changes_before ? 0 : sqlite3_changes64(handle);
}

/* --- columns ------------------------------------------------------------------------------------------ */

static bool sqlite_is_null(const DbRows *rows, int column)
{
    return sqlite3_column_type(rows->handle, column) == SQLITE_NULL;
}

static int64_t sqlite_whole(const DbRows *rows, int column)
{
    return sqlite3_column_int64(rows->handle, column);
}

/* The length is asked after the bytes: asking converts them. */
static Str sqlite_text(const DbRows *rows, int column)
{
    const char *text = (const char *)sqlite3_column_text(rows->handle, column);
    return (Str){ text, (size_t)sqlite3_column_bytes(rows->handle, column) };
}

static Str sqlite_blob(const DbRows *rows, int column)
{
    const char *bytes = sqlite3_column_blob(rows->handle, column);
    return (Str){ bytes, (size_t)sqlite3_column_bytes(rows->handle, column) };
}

/* --- transactions and care ---------------------------------------------------------------------------- */

static const char *sqlite_script(Arena *arena, Str script)
{
    return str_c(arena, script);
}

static bool sqlite_rollback(Db *db)
{
    return speak((Sqlite *)db, "ROLLBACK") == SQLITE_OK;
}

static bool sqlite_in_transaction(const Db *db)
{
    return !sqlite3_get_autocommit(handle_of(db));
}

static Status sqlite_checkpoint(Ctx *c, Db *db, bool restart)
{
    Sqlite *s = (Sqlite *)db;
    int mode = restart ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE;
    int in_log = 0, moved = 0;
    if (db->mode == DB_READ)
        return db_fault(c, FAULT_READ_ONLY, "checkpoint");
    int code = sqlite3_wal_checkpoint_v2(s->handle, "main", mode, &in_log, &moved);
    if (!restart && (code & 0xff) == SQLITE_BUSY)
        return ST_OK; /* somebody else is at it */
    if (code != SQLITE_OK)
        return failed(c, s->handle, code, "checkpoint", false);
    s->log_pages = restart ? 0 : in_log;
    return ST_OK;
}

/* What the log holds, not how long its file is: SQLite writes over a log that was started anew. */
static int64_t sqlite_log_bytes(Db *db)
{
    const Sqlite *s = (const Sqlite *)db;
    return s->log_pages * (s->page_bytes + FRAME_OVERHEAD);
}

const DbDriver db_sqlite = {
    .engine = DB_SQLITE,
    .begin = { [DB_TX_READ] = "BEGIN", [DB_TX_WRITE] = "BEGIN IMMEDIATE" },
    .open = sqlite_open,
    .interrupt = sqlite_interrupt,
    .exec = sqlite_exec,
    .script = sqlite_script,
    .rollback = sqlite_rollback,
    .in_transaction = sqlite_in_transaction,
    .query = sqlite_query,
    .next = sqlite_next,
    .changed = sqlite_changed,
    .end = sqlite_end,
    .forget = sqlite_forget,
    .is_null = sqlite_is_null,
    .whole = sqlite_whole,
    .text = sqlite_text,
    .blob = sqlite_blob,
    .checkpoint = sqlite_checkpoint,
    .log_bytes = sqlite_log_bytes,
};
