/* One database interface over SQLite and PostgreSQL: statements, binds, rows, savepoints.
 *
 * Fixed statements have names: a block in a file of sql/ (see tools/sql2c.c) becomes SQL_<NAME>.
 * Only store/compile.c and store/migrate.c hand over SQL as text. Every statement is prepared once
 * a connection and kept. Columns are TEXT (COLLATE "C" on PostgreSQL), INTEGER (BIGINT) or BLOB
 * (BYTEA) on both engines; NULL is "absent".
 *
 * A connection belongs to one thread at a time; the Ctx lends it (c->db). Errors become Status:
 *   ST_FULL disk full · ST_BUSY locked, interrupted, server gone · ST_CONFLICT unique or foreign key
 *   ST_DENIED read-only file or server · ST_INVALID no ledger at that place · ST_BROKEN anything else
 * After an error inside a savepoint the caller rolls back to it; see db_in_transaction() for the
 * errors after which no transaction is left. Until something is rolled back, whatever else is asked
 * of that transaction is ST_BROKEN, on both engines. */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/ctx.h"
#include "base/value.h"
#include "statements.h" /* made by tools/sql2c.c: enum StatementId */

typedef enum DbEngine { DB_SQLITE, DB_PGSQL } DbEngine;
typedef enum DbMode {
    DB_READ,  /* an existing place; every write is refused */
    DB_WRITE, /* an existing place */
    DB_CREATE /* made when absent; a PostgreSQL schema is made, a database is not */
} DbMode;

/* postgresql://… or postgres://… is a connection string, anything else a file. */
DbEngine db_engine_of(Str where);

/* Opens a connection; the caller closes it. A file is opened with WAL, synchronous=FULL (asserted),
 * foreign keys, secure_delete, no mmap and no automatic checkpoint; "file:NAME?vfs=…" passes through. */
Status db_open(Ctx *c, Str where, DbMode mode, Db **out) MUST_CHECK;
void db_close(Db *db); /* NULL is allowed */
DbEngine db_engine(const Db *db);
/* Makes a statement that runs on another thread fail with ST_BUSY; the one call that may come from there. */
void db_interrupt(Db *db);

/* --- statements --------------------------------------------------------------------------- */

/* ARGS(value_text(a), value_int(3)) for the parameters in the order of the statement's "takes" line. */
#define ARGS(...) (const Value[]){ __VA_ARGS__ }, sizeof((const Value[]){ __VA_ARGS__ }) / sizeof(Value)
#define NO_ARGS   NULL, 0

/* Runs a statement that gives no rows. `changed` (may be NULL): rows inserted, updated or deleted. */
Status db_run(Ctx *c, StatementId id, const Value *args, size_t count, int64_t *changed) MUST_CHECK;

typedef struct DbRows DbRows;
/* Opens the rows of a statement. They end with db_next() giving false, db_rows_done(), their
 * transaction, or the arena of the Ctx being reset; the same statement may be opened again
 * meanwhile. Do not change a table while reading it: SQLite may show the change, PostgreSQL not. */
Status db_query(Ctx *c, StatementId id, const Value *args, size_t count, DbRows **out) MUST_CHECK;
Status db_next(Ctx *c, DbRows *rows, bool *has) MUST_CHECK;
void db_rows_done(DbRows *rows);

/* Columns from 0. Texts and blobs point into the engine's memory until the next db_next(). */
bool row_is_null(const DbRows *rows, int column);
int64_t row_int(const DbRows *rows, int column); /* 0 for NULL */
Str row_text(const DbRows *rows, int column);
Str row_blob(const DbRows *rows, int column);
int row_columns(const DbRows *rows);

/* The first row's first column; `has` (may be NULL when a row must be there: ST_BROKEN without). */
Status db_query_int(Ctx *c, StatementId id, const Value *args, size_t count, int64_t *out, bool *has) MUST_CHECK;
Status db_query_text(Ctx *c, StatementId id, const Value *args, size_t count, Str *out, bool *has) MUST_CHECK;

/* For store/compile.c and store/migrate.c: SQL with positional parameters ($1 … on PostgreSQL,
 * ?1 … on SQLite), whose types are those of `kinds` (a NULL value keeps its column's type).
 * Kept prepared under its text, the 256 last used. */
Status db_run_sql(
    Ctx *c, Str sql, const ValueKind *kinds, const Value *args, size_t count, int64_t *changed) MUST_CHECK;
Status db_query_sql(Ctx *c, Str sql, const ValueKind *kinds, const Value *args, size_t count, DbRows **out) MUST_CHECK;
/* Several statements without parameters, for migrations. Words of our schema are turned into the
 * engine's: on PostgreSQL INTEGER → BIGINT, BLOB → BYTEA, TEXT → TEXT COLLATE "C"; what stands in
 * quotes or comments stays. */
Status db_run_script(Ctx *c, Str script) MUST_CHECK;

/* --- transactions -------------------------------------------------------------------------- */

typedef enum DbTx { DB_TX_READ, DB_TX_WRITE } DbTx;
/* READ sees one state of the ledger (repeatable read on PostgreSQL); WRITE takes the write lock at
 * once on SQLite (BEGIN IMMEDIATE, waiting at most 5 s, then ST_BUSY); PostgreSQL locks rows as they
 * are written, and waits as long. */
Status db_begin(Ctx *c, DbTx kind) MUST_CHECK;
/* On ST_OK all is on disk. On an error it is not known whether it landed. */
Status db_commit(Ctx *c) MUST_CHECK;
void db_rollback(Db *db);               /* never fails: a connection in doubt answers ST_BUSY from then on */
Status db_savepoint(Ctx *c) MUST_CHECK; /* one level: "request" */
Status db_release(Ctx *c) MUST_CHECK;
Status db_rollback_to(Ctx *c) MUST_CHECK; /* also ends the savepoint */
/* False when an error (disk full, interrupt, a lost server) has rolled back the whole transaction. */
bool db_in_transaction(const Db *db);

/* --- care ------------------------------------------------------------------------------------ */

/* Moves the write-ahead log into the file; `restart` waits for readers and starts the log over.
 * Does nothing on PostgreSQL. */
Status db_checkpoint(Ctx *c, bool restart) MUST_CHECK;
/* Bytes of the write-ahead log; 0 on PostgreSQL. */
int64_t db_log_bytes(Db *db);

#endif
