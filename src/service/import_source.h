/* The rows of a file that is imported, whatever it is: xlsx, CSV or lines of JSON. */
#ifndef SERVICE_IMPORT_SOURCE_H
#define SERVICE_IMPORT_SOURCE_H

#include "service/import_row.h"

enum { IMPORT_FILE_MAX = 64 * 1024 * 1024, IMPORT_ROWS_MAX = 200000 };

typedef struct ImportSource ImportSource;
/* `bytes` stay the caller's. The file's kind is told by the extension of its name. In sheets the row of headings is
 * looked for among the first rows: the one that names most fields. Where no column names the unit of a past finding,
 * the sheet's name does; hidden sheets and those without such a row are passed over. ST_INVALID says why a file cannot
 * be read. */
Status import_source_open(
    Ctx *c, Str bytes, Str file_name, const ImportKind *kind, Str mapping_given, ImportSource **out) MUST_CHECK;
/* Lines of JSON, whose values are as the API writes them. */
bool import_source_is_lines(Str file_name);
const ImportMapping *import_source_mapping(const ImportSource *s);
/* Headings that stand for no field and are not to be ignored: the person is told. */
Str import_source_unknown(const ImportSource *s);
/* The next row with its cells in the memory of `c`. Rows that hold nothing, and sums (合计), are passed over. */
Status import_source_next(Ctx *c, ImportSource *s, ImportRow *row, bool *has) MUST_CHECK;

#endif
