/* SQL by its text, for tests that make tables of their own. */
#ifndef SUPPORT_TABLES_H
#define SUPPORT_TABLES_H

#include "support/engines.h"

/* A script in our schema's words; fails the test when it fails. */
void script(Fixture *fx, const char *sql);
/* Parameters are written ?1; their types are those of the values, a NULL is a text. */
Status run_sql(Fixture *fx, Ctx *c, const char *sql, const Value *args, size_t count);
Status query_sql(Fixture *fx, Ctx *c, const char *sql, const Value *args, size_t count, DbRows **rows);
/* All rows as "a|b;c|d": texts as they are, NULL as "-". Columns named in `kinds`: 't' or 'i'. */
Str rows_text(Fixture *fx, Ctx *c, const char *kinds, const char *sql, const Value *args, size_t count);
/* The first column of the first row. */
int64_t count_sql(Fixture *fx, Ctx *c, const char *sql);

#endif
