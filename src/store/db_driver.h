/* The seam between db.c and its two drivers. Nobody else includes this.
 *
 * db.c keeps what the engines share: which statement is prepared under which text, the state of the
 * transaction, the rows that are open, what a failure is called. A driver knows one engine's calls.
 * It allocates its own struct, with Db first, in the connection's arena, and defers the closing of
 * its handles there; so ending that arena closes the connection. */
#ifndef STORE_DB_DRIVER_H
#define STORE_DB_DRIVER_H

#include "store/db.h"

enum {
    DB_KEPT_MAX = 256, /* statements kept under their text; fixed ones are kept besides */
    DB_WAIT_MS = 5000  /* for another writer, for readers at a checkpoint */
};

typedef struct DbDriver DbDriver;
typedef enum DbState { STATE_IDLE, STATE_READ, STATE_WRITE } DbState;

/* A place for a prepared statement. */
typedef struct DbStatement {
    const char *name; /* for messages */
    Str sql;          /* ends with NUL */
    const ValueKind *takes;
    size_t count;
    uint64_t serial; /* of what this place holds, never the same twice on a connection */
    void *handle;    /* SQLite: the statement, unless rows have borrowed it */
    bool prepared;   /* PostgreSQL: the server knows it as s<serial> */
    uint64_t used;   /* when, in the connection's count of uses */
    size_t sql_room, takes_room;
} DbStatement;

typedef enum RowsState {
    ROWS_OPEN,
    ROWS_DONE, /* read to the end, or ended by the reader */
    ROWS_CUT   /* ended under the reader, by the end of their transaction or connection */
} RowsState;

struct DbRows {
    Db *db;
    DbRows *next, *prev; /* the open rows of a connection */
    RowsState state;
    bool brief; /* ended before the caller's arguments can go */
    DbStatement *statement;
    uint64_t serial; /* of the statement, whose place may hold another by the time the rows end */
    void *handle;    /* SQLite: the statement; PostgreSQL: the result */
    int columns;
    int row, row_count;     /* PostgreSQL */
    int64_t changes_before; /* SQLite */
};

struct Db {
    const DbDriver *driver;
    Arena *arena; /* of the connection; this struct lies in it */
    DbMode mode;
    DbState state;
    bool saved;         /* a savepoint is set */
    bool spoiled;       /* a statement of this transaction failed: roll back first */
    bool dead;          /* the server is gone, or a rollback failed */
    DbRows *rows;       /* open ones */
    DbStatement *fixed; /* by StatementId */
    DbStatement *kept[DB_KEPT_MAX];
    size_t kept_count;
    uint64_t uses, serials;
};

/* What can go wrong below, said alike for both engines. */
typedef enum DbFault {
    FAULT_FULL,
    FAULT_LOCKED,
    FAULT_INTERRUPTED,
    FAULT_LOST,
    FAULT_TWICE,
    FAULT_REFERENCE,
    FAULT_READ_ONLY,
    FAULT_NO_RIGHT,
    FAULT_NOT_A_LEDGER,
    FAULT_MISSING,
    FAULT_UNREACHABLE,
    FAULT_BROKEN
} DbFault;

/* `detail` names the statement and the engine's code, never a value that a person typed: so the
 * texts of the engines, which quote values, stay out of it. */
Status db_fault(Ctx *c, DbFault fault, const char *detail);

struct DbDriver {
    DbEngine engine;
    const char *begin[2]; /* by DbTx */
    /* On failure the caller ends the arena, and with it what was opened. */
    Status (*open)(Ctx *c, Arena *arena, Str where, DbMode mode, Db **out);
    void (*interrupt)(Db *db);
    /* One or more statements without parameters; `name` is for messages. */
    Status (*exec)(Ctx *c, Db *db, const char *name, const char *sql);
    /* A script in our schema's words to one in the engine's. */
    const char *(*script)(Arena *arena, Str script);
    bool (*rollback)(Db *db); /* false: the connection is in doubt */
    bool (*in_transaction)(const Db *db);

    /* Prepares rows->statement unless it is, binds, starts. Has ended what it began when it fails. */
    Status (*query)(Ctx *c, DbRows *rows, const Value *args);
    Status (*next)(Ctx *c, DbRows *rows, bool *has);
    int64_t (*changed)(const DbRows *rows); /* after the last row */
    void (*end)(DbRows *rows);
    void (*forget)(Db *db, DbStatement *statement); /* its place will hold another text */

    bool (*is_null)(const DbRows *rows, int column);
    int64_t (*whole)(const DbRows *rows, int column);
    Str (*text)(const DbRows *rows, int column);
    Str (*blob)(const DbRows *rows, int column);

    Status (*checkpoint)(Ctx *c, Db *db, bool restart);
    int64_t (*log_bytes)(Db *db);
};

extern const DbDriver db_sqlite;
extern const DbDriver db_pgsql;

#endif
