/* What the files of the importer share about a row: its fields with their values. */
#ifndef SERVICE_IMPORT_FIELDS_H
#define SERVICE_IMPORT_FIELDS_H

#include "service/import_row.h"

typedef struct RowFields {
    const Field *field[IMPORT_CELLS_MAX];
    Str value[IMPORT_CELLS_MAX]; /* in the API's form */
    size_t count;
} RowFields;

/* Cells by their headings, columns joined, what the import says of every row. `out` begins empty; a cell that is wrong
 * is an error of its own, and the others are read all the same. */
Status import_fields_read(Ctx *c, const ImportJob *job, const ImportRow *row, RowFields *out) MUST_CHECK;
Str import_field_value(const RowFields *r, const char *name);

#endif
