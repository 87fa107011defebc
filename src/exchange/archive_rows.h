/* Rows of a table as bytes: the columns by name, then values row by row, so that each message is read by itself and
 * by programs that know other columns.
 *
 *     2  how many columns; each: 1 kind (i t b), 1 length, name
 *     per value: n | i and 8 bytes | t or b, 4 bytes of length, bytes            numbers are big-endian            */
#ifndef EXCHANGE_ARCHIVE_ROWS_H
#define EXCHANGE_ARCHIVE_ROWS_H

#include "base/ctx.h"
#include "base/value.h"

enum { ROWS_COLUMNS_MAX = 96, ROWS_NAME_MAX = 48 };

typedef struct RowsColumn {
    Str name;
    ValueKind kind;
} RowsColumn;

void rows_put_columns(StrBuf *b, const RowsColumn *columns, size_t count);
void rows_put_value(StrBuf *b, Value value);

typedef struct RowsReader {
    RowsColumn columns[ROWS_COLUMNS_MAX];
    size_t count;
    Str rest;
} RowsReader;

/* A name that may stand in a statement: small letters, digits and _. */
bool rows_name_is_plain(Str name);
/* ST_BROKEN for what is no message of rows; texts point into `message`. */
Status archive_rows_open(Ctx *c, Str message, RowsReader *out) MUST_CHECK;
/* `values`: room for one row. */
Status archive_rows_next(Ctx *c, RowsReader *r, Value *values, bool *has) MUST_CHECK;

#endif
