/* Puts numbers into named cells of a workbook that somebody else made, and leaves all else as it lies: styles, merges,
 * formulas, widths. Formulas are asked to be computed again when the file is opened.
 *
 * The file is untrusted and goes through the reader's checks first (document/sheet_read.h). Refused besides: a sheet
 * that is not there, a cell that holds a formula, or one inside a merge that is not its first. */
#ifndef DOCUMENT_SHEET_FILL_H
#define DOCUMENT_SHEET_FILL_H

#include "document/sheet_read.h"

enum { SHEET_FILL_CELLS_MAX = 2000 };

typedef struct SheetFilling {
    Str sheet;   /* its name */
    Str address; /* "C5" */
    Str number;  /* "4119", "98.71"; empty: the cell is emptied */
} SheetFilling;

/* `bytes` is the whole file; the filled one goes behind what `out` holds. ST_INVALID names sheet and cell. */
Status sheet_fill(Ctx *c, Str bytes, const SheetFilling *cells, size_t count, StrBuf *out) MUST_CHECK;

#endif
