/* The workbook as it goes out. */
#ifndef SERVICE_WORKBOOK_FILE_H
#define SERVICE_WORKBOOK_FILE_H

#include "domain/workbook.h"

/* What went out: the items, and what was found of each, in the same order. */
typedef struct WorkbookItems {
    const Rectification *items;
    const Str *texts;
    size_t count;
} WorkbookItems;

/* The .xlsx: the items with what is to be filled in, how to, and the seal on a sheet that is not shown. */
Status workbook_sheet(Ctx *c, const Workbook *w, const WorkbookItems *of, StrBuf *out) MUST_CHECK;
/* The same in a zip with a folder for the proofs of each item; encrypted with the workbook's passphrase if `locked`. */
Status workbook_parcel(Ctx *c, const Workbook *w, const WorkbookItems *of, bool locked, StrBuf *out) MUST_CHECK;

#endif
