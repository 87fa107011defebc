/* Brings either engine to the current schema.
 *
 * Migrations are sql/migrate/NNNN_name.sql, built into the program, applied in order, each in one
 * transaction of its own together with its row in schema_version (number, name, SM3 digest of its
 * text, when). A file is never edited after it was released: a differing digest is refused. What one engine alone needs
 * stands between "-- only: sqlite" (or pgsql) and "-- only: both", each a line of its own. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/db.h"

typedef struct Migration {
    int number;
    const char *name;
    const char *text;
    size_t text_len;
} Migration;

/* What is built in, in order; made by tools/sql2c.c. */
extern const Migration migrations[];
extern const size_t migration_count;

typedef struct MigrateResult {
    int from; /* schema found; 0: an empty place */
    int to;
    int applied;
} MigrateResult;

/* Applies what is missing (c->db opened for writing). `table`, `count`: migrations[] but for tests.
 *   ST_CONFLICT  a newer ledger than this program knows, or a digest that differs: says which numbers
 *   ST_INVALID   the place holds tables that are no ledger of ours */
Status migrate_up(Ctx *c, const Migration *table, size_t count, MigrateResult *out) MUST_CHECK;
/* The same inside a transaction of the caller's: what it makes goes away when that is rolled back. */
Status migrate_within(Ctx *c, const Migration *table, size_t count, MigrateResult *out) MUST_CHECK;
/* How many of the built-in migrations lead to the schema of that number; 0 when this program knows none. */
size_t migrations_to(int64_t number);
/* ST_OK when the schema is current, else what migrate_up() would refuse, or ST_CONFLICT "older:
 * run xuncha migrate". Writes nothing. */
Status migrate_check(Ctx *c, const Migration *table, size_t count) MUST_CHECK;

#endif
