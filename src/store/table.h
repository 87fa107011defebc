/* The tables of a ledger as they lie: which are content, their rows page by page, and rows into new ones. For the
 * archive alone; everything else reads and writes records. */
#ifndef STORE_TABLE_H
#define STORE_TABLE_H

#include "store/compile.h"

/* The tables that are content, in the order in which they travel: schema, keys and head of the chain first, so that
 * what is salvaged of the rest can be opened; then the records in the order of EntityKind, states, counters, rows
 * and traces of imports, the chain, the access log, tallies. Sessions, failed logins, idempotency keys and unfinished
 * uploads are not content. */
size_t table_count(void);
/* In the arena of the Ctx. */
TableShape table_shape(Ctx *c, size_t index);
/* The kind of record a table holds; ENTITY_NONE for others. */
EntityKind table_entity(Str name);

/* Called for each row, its columns in the order of the shape; texts hold only inside the call. */
typedef Status TableVisitor(Ctx *c, const DbRows *row, void *arg);
/* Every row, page by page; leaves nothing in the arena. */
Status table_each(Ctx *c, const TableShape *t, TableVisitor *visit, void *arg) MUST_CHECK;
Value table_value(const DbRows *row, int column, ValueKind kind);

/* Rows into a table, `values` row by row. A table that the ledger lacks is ST_BROKEN. */
Status table_insert(Ctx *c, const TableShape *t, const Value *values, size_t rows) MUST_CHECK;
/* What a migration put there gives way to what the archive holds. */
Status table_clear(Ctx *c, Str name) MUST_CHECK;

/* While a ledger is being filled, in one order for all tables, references are not asked for. */
typedef struct References References;
/* Before the transaction, on SQLite; the rest inside it. */
Status references_ignore(Ctx *c) MUST_CHECK;
Status references_lay_aside(Ctx *c, References **out) MUST_CHECK;
/* Puts them back. Rows that name what is not there stay, for verify to show; new rows may not. */
Status references_restore(Ctx *c, const References *laid_aside) MUST_CHECK;

#endif
