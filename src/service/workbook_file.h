/* The workbook as it goes out. */
#ifndef SERVICE_WORKBOOK_FILE_H
#define SERVICE_WORKBOOK_FILE_H

#include "domain/workbook.h"

/* One line of a workbook: an item, or a share in one. */
typedef struct WorkbookLine {
    int64_t number; /* of the item; of shares their place in the workbook */
    Str id;
    int64_t version;
    Str title;
    Str text;           /* what was found; of shares what is to be done */
    const void *record; /* Rectification or Share */
} WorkbookLine;
typedef struct WorkbookLines {
    WorkbookLine *lines;
    size_t count;
} WorkbookLines;

/* The .xlsx: the lines with what is to be filled in, how to, and the seal on a sheet that is not shown. */
Status workbook_sheet(Ctx *c, const Workbook *w, const WorkbookLines *of, StrBuf *out) MUST_CHECK;
/* The same in a zip with a folder for the proofs of each; encrypted with the workbook's passphrase if `locked`. */
Status workbook_parcel(Ctx *c, const Workbook *w, const WorkbookLines *of, bool locked, StrBuf *out) MUST_CHECK;

#endif
