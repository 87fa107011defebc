/* PostgreSQL behind db_driver.h.
 *
 * Parameters and results travel in binary: lengths instead of quoting, U+0000 in blobs, and no text
 * of a number on the way. A result is held whole; callers page. Values are BIGINT, TEXT and BYTEA,
 * and what expressions make of them; sum() of BIGINT is NUMERIC and refused: write
 * CAST(sum(x) AS BIGINT), which SQLite takes as well. */
#include "store/db_driver.h"
#include "store/db_words.h"

#include <assert.h>
#include <endian.h>
#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Types of the server's catalogue that rows may hold. */
enum { OID_BOOL = 16, OID_BYTEA = 17, OID_NAME = 19, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25 };
enum { OID_VARCHAR = 1043 };
enum { STATEMENT_NAME_ROOM = 24 };

typedef struct Pgsql {
    Db db; /* first */
    PGconn *conn;
    PGcancel *cancel;
} Pgsql;

static PGconn *conn_of(const Db *db)
{
    return ((const Pgsql *)db)->conn;
}

/* --- failures --------------------------------------------------------------------------------------- */

/* By the start of the SQLSTATE; the first that fits. */
static const struct {
    const char *start;
    DbFault fault;
} states[] = {
    { "23505", FAULT_TWICE },
    { "23503", FAULT_REFERENCE },
    { "23001", FAULT_REFERENCE },
    { "53100", FAULT_FULL },
    { "57014", FAULT_INTERRUPTED },
    { "55P03", FAULT_LOCKED },
    { "40001", FAULT_LOCKED },
    { "40P01", FAULT_LOCKED },
    { "25006", FAULT_READ_ONLY },
    { "42501", FAULT_NO_RIGHT },
    { "28", FAULT_NO_RIGHT },
    { "3D000", FAULT_MISSING },
    { "53300", FAULT_UNREACHABLE }, /* too many connections */
    { "57P", FAULT_LOST },
    { "08", FAULT_LOST },
};

static DbFault fault_of(const char *state)
{
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strncmp(state, states[i].start, strlen(states[i].start)) == 0)
            return states[i].fault;
    return FAULT_BROKEN;
}

/* ", person", where the server names something. */
static void add_field(StrBuf *out, const PGresult *result, int field)
{
    const char *value = PQresultErrorField(result, field);
    if (value)
        strbuf_addf(out, ", %s", value);
}

/* The server's message is shown where no value was bound (`in_text`); its details never are, since
 * they quote the row. */
static Status failed(Ctx *c, Db *db, const PGresult *result, const char *name, bool in_text)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    bool lost = PQstatus(conn_of(db)) == CONNECTION_BAD;
    DbFault fault = lost ? FAULT_LOST : fault_of(state ? state : "");
    StrBuf detail = strbuf_in(c->arena);
    strbuf_addf(&detail, "%s: PostgreSQL %s", name, state ? state : "-");
    add_field(&detail, result, PG_DIAG_TABLE_NAME);
    add_field(&detail, result, PG_DIAG_COLUMN_NAME);
    add_field(&detail, result, PG_DIAG_CONSTRAINT_NAME);
    if (in_text && fault == FAULT_BROKEN)
        add_field(&detail, result, PG_DIAG_MESSAGE_PRIMARY);
    if (fault == FAULT_LOST)
        db->dead = true;
    return db_fault(c, fault, strbuf_str(&detail).ptr);
}

static bool succeeded(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

static Status pgsql_exec(Ctx *c, Db *db, const char *name, const char *sql)
{
    PGresult *result = PQexec(conn_of(db), sql);
    Status status = succeeded(result) ? ST_OK : failed(c, db, result, name, true);
    PQclear(result);
    return status;
}

/* --- connecting --------------------------------------------------------------------------------------- */

/* "?options=-csearch_path=NAME" as people write it; libpq wants the second '=' of a parameter as %3D. */
static const char *uri_of(Arena *arena, Str where)
{
    StrBuf uri = strbuf_in(arena);
    bool in_query = false, in_value = false;
    for (size_t i = 0; i < where.len; i++) {
        char ch = where.ptr[i];
        if (in_value && ch == '=') {
            strbuf_add(&uri, S("%3D"));
            continue;
        }
        in_query = in_query || ch == '?';
        in_value = in_query && ch != '&' && (in_value || ch == '=');
        strbuf_addc(&uri, ch);
    }
    return strbuf_str(&uri).ptr;
}

static void ignore_notice(void *nothing, const char *message)
{
    (void)nothing, (void)message;
}

static bool wait_for(PGconn *conn, short events)
{
    struct pollfd socket = { .fd = PQsocket(conn), .events = events };
    int ready;
    do
        ready = poll(&socket, 1, DB_WAIT_MS);
    while (ready < 0 && errno == EINTR);
    return ready > 0;
}

/* In steps, because only so can libpq be told beforehand to end its message with the SQLSTATE: it
 * has no other way to say why a server refused. */
static PGconn *dial(const char *uri)
{
    const char *const keys[] = { "dbname", "client_encoding", "application_name", NULL };
    const char *const values[] = { uri, "UTF8", "xuncha", NULL };
    PGconn *conn = PQconnectStartParams(keys, values, 1);
    if (!conn)
        abort(); /* no memory */
    PQsetErrorVerbosity(conn, PQERRORS_SQLSTATE);
    PQsetNoticeProcessor(conn, ignore_notice, NULL);
    PostgresPollingStatusType next = PQstatus(conn) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
    while (next == PGRES_POLLING_READING || next == PGRES_POLLING_WRITING)
        next = wait_for(conn, next == PGRES_POLLING_READING ? POLLIN : POLLOUT) ? PQconnectPoll(conn)
                                                                                : PGRES_POLLING_FAILED;
    return conn;
}

/* Neither the connection string nor libpq's message is shown: they may hold a password. */
static Status refused(Ctx *c, PGconn *conn)
{
    Str message = str_trim(str_of(PQerrorMessage(conn)));
    Str state = str_sub(message, message.len > 5 ? message.len - 5 : 0, 5);
    DbFault fault = PQconnectionNeedsPassword(conn) ? FAULT_NO_RIGHT : FAULT_UNREACHABLE;
    bool is_state = state.len == 5;
    for (size_t i = 0; i < state.len; i++)
        is_state = is_state && strchr("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", state.ptr[i]);
    if (is_state)
        fault = fault_of(str_c(c->arena, state));
    if (fault == FAULT_LOST)
        fault = FAULT_UNREACHABLE; /* it is starting or stopping */
    const char *host = PQhost(conn), *port = PQport(conn), *name = PQdb(conn);
    Str detail = str_format(c->arena, "%s:%s/%s %.*s", host ? host : "", port ? port : "", name ? name : "",
        STR_ARG(is_state ? state : S("-")));
    return db_fault(c, fault, detail.ptr);
}

static void close_conn(void *conn)
{
    PQfinish(conn);
}

static void close_cancel(void *cancel)
{
    PQfreeCancel(cancel);
}

static Status connect_to(Ctx *c, Arena *arena, Pgsql *p, Str where)
{
    const char *uri = uri_of(arena, where);
    PQconninfoOption *parsed = PQconninfoParse(uri, NULL);
    if (!parsed)
        return fail(c, ST_INVALID,
            "数据库连接串写得不对；应如 postgresql://用户@主机:端口/库?options=-csearch_path=台账名",
            "this is no connection string; write postgresql://USER@HOST:PORT/DATABASE?options=-csearch_path=LEDGER");
    PQconninfoFree(parsed);
    p->conn = dial(uri);
    arena_defer(arena, close_conn, p->conn);
    if (PQstatus(p->conn) != CONNECTION_OK)
        return refused(c, p->conn);
    p->cancel = PQgetCancel(p->conn);
    arena_defer(arena, close_cancel, p->cancel);
    return ST_OK;
}

/* --- settings ----------------------------------------------------------------------------------------- */

/* One row of texts. The caller clears it. */
static Status ask(Ctx *c, Pgsql *p, const char *name, const char *sql, PGresult **out)
{
    *out = PQexec(p->conn, sql);
    if (PQresultStatus(*out) == PGRES_TUPLES_OK && PQntuples(*out) == 1)
        return ST_OK;
    Status status = failed(c, &p->db, *out, name, true);
    PQclear(*out);
    return status;
}

/* What is committed is on disk, or this server is none for us. A wait for its standbys too is left
 * as the server has it. */
static Status check_durable(Ctx *c, Pgsql *p)
{
    PGresult *r;
    TRY(ask(c, p, "settings",
        "SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit')"
        " WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false), current_setting('fsync')",
        &r));
    bool synchronous = strcmp(PQgetvalue(r, 0, 0), "on") == 0 || strcmp(PQgetvalue(r, 0, 0), "remote_apply") == 0;
    bool synced = strcmp(PQgetvalue(r, 0, 1), "on") == 0;
    PQclear(r);
    if (synchronous && synced)
        return ST_OK;
    return fail(c, ST_DENIED, "数据库服务器关闭了fsync，断电会丢失已保存的内容；请打开fsync后再用",
        "the database server runs with fsync=off and would lose what was saved; turn fsync on");
}

/* As on SQLite, nobody waits longer than DB_WAIT_MS for another writer. */
static Status settle(Ctx *c, Pgsql *p)
{
    const char *sql =
        str_format(c->arena, "SET standard_conforming_strings = on; SET lock_timeout = %d", DB_WAIT_MS).ptr;
    return pgsql_exec(c, &p->db, "settings", sql);
}

static Status check_server(Ctx *c, Pgsql *p, DbMode mode)
{
    const char *encoding = PQparameterStatus(p->conn, "server_encoding");
    const char *standby = PQparameterStatus(p->conn, "in_hot_standby");
    const char *read_only = PQparameterStatus(p->conn, "default_transaction_read_only");
    if (!encoding || strcmp(encoding, "UTF8") != 0)
        return fail(c, ST_INVALID, "数据库的编码是%s，台账需要UTF8；请另建UTF8编码的数据库",
            "the database's encoding is %s; make one with UTF8 for the ledger", encoding ? encoding : "?");
    if (mode == DB_READ)
        return ST_OK;
    if ((standby && strcmp(standby, "on") == 0) || (read_only && strcmp(read_only, "on") == 0))
        return db_fault(c, FAULT_READ_ONLY, PQdb(p->conn));
    return check_durable(c, p);
}

/* The ledger is the first schema of the search path; then it is the only one, so that no table of
 * another is taken for ours. */
static Status enter_schema(Ctx *c, Pgsql *p, DbMode mode)
{
    PGresult *r;
    TRY(ask(c, p, "schema",
        "SELECT quote_ident(name), EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = name)"
        " FROM (SELECT CASE first WHEN '$user' THEN coalesce(current_schema()::text, 'public') ELSE first END AS name"
        " FROM (SELECT (parse_ident(split_part(current_setting('search_path'), ',', 1)))[1] AS first) AS a) AS b",
        &r));
    const char *schema = str_c(c->arena, str_of(PQgetvalue(r, 0, 0)));
    bool exists = *PQgetvalue(r, 0, 1) == 't';
    PQclear(r);
    if (!exists && mode != DB_CREATE)
        return db_fault(c, FAULT_MISSING, str_format(c->arena, "schema %s", schema).ptr);
    if (!exists)
        TRY(pgsql_exec(c, &p->db, "create schema", str_format(c->arena, "CREATE SCHEMA IF NOT EXISTS %s", schema).ptr));
    return pgsql_exec(c, &p->db, "enter schema", str_format(c->arena, "SET search_path TO %s", schema).ptr);
}

static Status pgsql_open(Ctx *c, Arena *arena, Str where, DbMode mode, Db **out)
{
    Pgsql *p = arena_new_of(arena, Pgsql);
    TRY(connect_to(c, arena, p, where));
    TRY(settle(c, p));
    TRY(check_server(c, p, mode));
    TRY(enter_schema(c, p, mode));
    if (mode == DB_READ)
        TRY(pgsql_exec(c, &p->db, "read only", "SET default_transaction_read_only = on"));
    *out = &p->db;
    return ST_OK;
}

static void pgsql_interrupt(Db *db)
{
    char ignored[256];
    PQcancel(((Pgsql *)db)->cancel, ignored, sizeof ignored);
}

/* --- statements --------------------------------------------------------------------------------------- */

static void statement_name(char out[STATEMENT_NAME_ROOM], const DbStatement *st)
{
    snprintf(out, STATEMENT_NAME_ROOM, "s%llu", (unsigned long long)st->serial);
}

/* A NULL has its column's type too: the server must not guess one. */
static Oid type_of(ValueKind kind)
{
    switch (kind) {
    case VALUE_INT:
        return OID_INT8;
    case VALUE_BLOB:
        return OID_BYTEA;
    case VALUE_TEXT:
    case VALUE_NULL:
        break;
    }
    return OID_TEXT;
}

static Status prepare(Ctx *c, Db *db, DbStatement *st)
{
    char name[STATEMENT_NAME_ROOM];
    if (st->prepared)
        return ST_OK;
    ArenaMark mark = arena_mark(c->arena);
    Oid *types = arena_array_of(c->arena, Oid, st->count);
    for (size_t i = 0; i < st->count; i++)
        types[i] = type_of(st->takes[i]);
    statement_name(name, st);
    PGresult *result = PQprepare(conn_of(db), name, st->sql.ptr, (int)st->count, types);
    arena_reset(c->arena, mark);
    Status status = succeeded(result) ? ST_OK : failed(c, db, result, st->name, true);
    PQclear(result);
    st->prepared = status == ST_OK;
    return status;
}

static void pgsql_forget(Db *db, DbStatement *st)
{
    char sql[16 + STATEMENT_NAME_ROOM] = "DEALLOCATE ";
    if (st->prepared && !db->dead) {
        statement_name(sql + strlen(sql), st);
        PQclear(PQexec(conn_of(db), sql));
    }
    st->prepared = false;
}

/* Parameters as libpq wants them, in the arena. */
typedef struct Parameters {
    const char **values;
    int *lengths, *formats;
} Parameters;

static Parameters lay_out(Arena *arena, const Value *args, size_t count)
{
    int64_t *wholes = arena_array_of(arena, int64_t, count);
    Parameters p = { arena_array_of(arena, const char *, count), arena_array_of(arena, int, count),
        arena_array_of(arena, int, count) };
    for (size_t i = 0; i < count; i++) {
        bool absent = args[i].kind == VALUE_NULL || (args[i].kind == VALUE_TEXT && args[i].text.len == 0);
        p.formats[i] = 1;
        if (args[i].kind == VALUE_INT) {
            wholes[i] = (int64_t)htobe64((uint64_t)args[i].whole);
            p.values[i] = (const char *)&wholes[i];
            p.lengths[i] = sizeof wholes[i];
        } else if (!absent) {
            p.values[i] = args[i].text.len ? args[i].text.ptr : ""; /* NULL would be NULL */
            p.lengths[i] = (int)args[i].text.len;
        }
    }
    return p;
}

static bool is_readable(Oid type)
{
    switch (type) {
    case OID_BOOL:
    case OID_BYTEA:
    case OID_NAME:
    case OID_INT8:
    case OID_INT2:
    case OID_INT4:
    case OID_TEXT:
    case OID_VARCHAR:
        return true;
    default:
        return false;
    }
}

static Status check_columns(Ctx *c, const DbRows *rows)
{
    for (int i = 0; i < rows->columns; i++)
        if (!is_readable(PQftype(rows->handle, i)))
            return db_fault(c, FAULT_BROKEN,
                str_format(c->arena, "%s: column %d is of type %u; cast it, a sum AS BIGINT", rows->statement->name, i,
                    PQftype(rows->handle, i))
                    .ptr);
    return ST_OK;
}

static void pgsql_end(DbRows *rows)
{
    PQclear(rows->handle);
    rows->handle = NULL;
}

static Status pgsql_query(Ctx *c, DbRows *rows, const Value *args)
{
    char name[STATEMENT_NAME_ROOM];
    DbStatement *st = rows->statement;
    TRY(prepare(c, rows->db, st));
    statement_name(name, st);
    ArenaMark mark = arena_mark(c->arena);
    Parameters p = lay_out(c->arena, args, st->count);
    PGresult *result = PQexecPrepared(conn_of(rows->db), name, (int)st->count, p.values, p.lengths, p.formats, 1);
    arena_reset(c->arena, mark);
    rows->handle = result;
    rows->columns = PQnfields(result);
    rows->row = -1;
    rows->row_count = PQntuples(result);
    bool ran = succeeded(result) && PQresultStatus(result) != PGRES_EMPTY_QUERY;
    Status status = ran ? check_columns(c, rows) : failed(c, rows->db, result, st->name, false);
    if (status != ST_OK)
        pgsql_end(rows);
    return status;
}

static Status pgsql_next(Ctx *c, DbRows *rows, bool *has)
{
    (void)c;
    *has = ++rows->row < rows->row_count;
    return ST_OK;
}

static int64_t pgsql_changed(const DbRows *rows)
{
    int64_t changed = 0;
    (void)str_to_int(str_of(PQcmdTuples(rows->handle)), &changed); /* empty for CREATE TABLE and such */
    return changed;
}

/* --- columns ------------------------------------------------------------------------------------------ */

static bool pgsql_is_null(const DbRows *rows, int column)
{
    return PQgetisnull(rows->handle, rows->row, column);
}

static int64_t pgsql_whole(const DbRows *rows, int column)
{
    const char *bytes = PQgetvalue(rows->handle, rows->row, column);
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    if (pgsql_is_null(rows, column))
        return 0;
    switch (PQftype(rows->handle, column)) {
    case OID_BOOL:
        return *bytes != 0;
    case OID_INT2:
        memcpy(&two, bytes, sizeof two);
        return (int16_t)be16toh(two);
    case OID_INT4:
        memcpy(&four, bytes, sizeof four);
        return (int32_t)be32toh(four);
    case OID_INT8:
        memcpy(&eight, bytes, sizeof eight);
        return (int64_t)be64toh(eight);
    default:
        assert(!"a column read as a number is one");
        return 0;
    }
}

static Str bytes_at(const DbRows *rows, int column)
{
    const char *bytes = PQgetvalue(rows->handle, rows->row, column);
    return (Str){ bytes, (size_t)PQgetlength(rows->handle, rows->row, column) };
}

static Str pgsql_text(const DbRows *rows, int column)
{
    Oid type = PQftype(rows->handle, column);
    assert(type == OID_TEXT || type == OID_NAME || type == OID_VARCHAR);
    (void)type;
    return bytes_at(rows, column);
}

static Str pgsql_blob(const DbRows *rows, int column)
{
    assert(PQftype(rows->handle, column) == OID_BYTEA);
    return bytes_at(rows, column);
}

/* --- transactions and care ---------------------------------------------------------------------------- */

static const char *pgsql_script(Arena *arena, Str script)
{
    return str_c(arena, db_words_pgsql(arena, script));
}

static bool pgsql_rollback(Db *db)
{
    PGresult *result = PQexec(conn_of(db), "ROLLBACK");
    bool done = succeeded(result);
    PQclear(result);
    return done;
}

static bool pgsql_in_transaction(const Db *db)
{
    PGTransactionStatusType status = PQtransactionStatus(conn_of(db));
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

static Status pgsql_checkpoint(Ctx *c, Db *db, bool restart)
{
    (void)c, (void)db, (void)restart;
    return ST_OK; /* the server's business */
}

static int64_t pgsql_log_bytes(Db *db)
{
    (void)db;
    return 0;
}

const DbDriver db_pgsql = {
    .engine = DB_PGSQL,
    .begin = { [DB_TX_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        [DB_TX_WRITE] = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE" },
    .open = pgsql_open,
    .interrupt = pgsql_interrupt,
    .exec = pgsql_exec,
    .script = pgsql_script,
    .rollback = pgsql_rollback,
    .in_transaction = pgsql_in_transaction,
    .query = pgsql_query,
    .next = pgsql_next,
    .changed = pgsql_changed,
    .end = pgsql_end,
    .forget = pgsql_forget,
    .is_null = pgsql_is_null,
    .whole = pgsql_whole,
    .text = pgsql_text,
    .blob = pgsql_blob,
    .checkpoint = pgsql_checkpoint,
    .log_bytes = pgsql_log_bytes,
};
