/* The workbook as it goes out. */
#ifndef SERVICE_WORKBOOK_FILE_H
#define SERVICE_WORKBOOK_FILE_H

#include "domain/workbook.h"

/* The .xlsx: the items with what is to be filled in, how to, and the seal on a sheet that is not shown. */
Status workbook_sheet(Ctx *c, const Workbook *w, const Rectification *items, size_t count, StrBuf *out) MUST_CHECK;
/* The same in a zip with a folder for the proofs of each item; encrypted with the workbook's passphrase if `locked`. */
Status workbook_parcel(
    Ctx *c, const Workbook *w, const Rectification *items, size_t count, bool locked, StrBuf *out) MUST_CHECK;

#endif
