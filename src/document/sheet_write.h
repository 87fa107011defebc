/* Writes one sheet, row by row, in constant memory: an Excel workbook (xlsx) or comma-separated values (CSV).
 *
 * CSV is UTF-8 with a byte order mark, so that Excel and WPS read the Chinese, with CRLF and quotes as RFC 4180 has
 * them. A text that a spreadsheet would take for a formula (it begins with = + - @ or a tab) gets an apostrophe before
 * it; in a workbook every text is a text, whatever it begins with. Dates before 1900-03-01 are written as texts: Excel
 * and Calc count them differently. */
#ifndef DOCUMENT_SHEET_WRITE_H
#define DOCUMENT_SHEET_WRITE_H

#include "base/clock.h"
#include "base/ctx.h"
#include "base/str.h"

typedef enum SheetFormat { SHEET_XLSX, SHEET_CSV } SheetFormat;
const char *sheet_type(SheetFormat format);      /* "text/csv; charset=utf-8" */
const char *sheet_extension(SheetFormat format); /* "csv" */

enum {
    SHEET_ROWS_MAX = 1000000,    /* data rows; Excel itself ends at 1,048,576 */
    SHEET_TEXT_MAX = 32767,      /* UTF-16 units that a cell of a workbook holds */
    SHEET_COLUMN_MAX_WIDTH = 40, /* characters */
    SHEET_CHOICES_MAX = 60       /* in a drop-down */
};

typedef struct SheetWriter SheetWriter;
/* `title` names the sheet (31 characters, without []:*?/\). Memory from the arena of the Ctx. Must be closed. */
Status sheet_write_open(Ctx *c, SheetFormat format, Str title, SheetWriter **out) MUST_CHECK;
/* A cell of the present row, to the right of the one before. Empty texts and DATE_NONE leave an empty cell. */
void sheet_heading(SheetWriter *s, Str label, int width);
void sheet_text(SheetWriter *s, Str text);
void sheet_whole(SheetWriter *s, int64_t n);
void sheet_money(SheetWriter *s, int64_t fen); /* in yuan, with two decimals */
void sheet_date(SheetWriter *s, Date day);
void sheet_row_end(SheetWriter *s);
/* The cells under the next heading are chosen from these, which are copied. In a workbook only. */
void sheet_choices(SheetWriter *s, const Str *labels, size_t count);
/* Goes on in another sheet of the workbook; CSV has only one (ST_INVALID). */
Status sheet_next(Ctx *c, SheetWriter *s, Str title) MUST_CHECK;
/* --- a form that somebody fills in, in a workbook ------------------------------------------------------------------
 */

/* The present sheet becomes one, before its headings: its cells are locked but for the columns that are opened, texts
 * wrap, and it prints across A3 with its headings on each page. The lock has no password: it keeps from slips, not from
 * intent. */
void sheet_form(SheetWriter *s);
/* Before the cells of a row: so many lines high. Otherwise a program may show one line of a text that wraps. */
void sheet_row_lines(SheetWriter *s, int lines);
/* Lines that a text takes in a column so many characters wide, of which a Chinese one counts two. */
int sheet_lines_of(Str text, int width);
/* The column of the next heading is the one to fill in. */
void sheet_open_cells(SheetWriter *s);
/* It takes numbers from 0 on, whole ones if `whole`; `rule` is said of others. */
void sheet_numbers_only(SheetWriter *s, bool whole, Str rule);
/* A heading whose column is not shown. */
void sheet_hidden_heading(SheetWriter *s, Str label);
/* The present sheet is not shown. Never the first. */
void sheet_hide(SheetWriter *s);

/* Ends the sheet and puts its bytes behind what `out` holds. ST_TOO_BIG when a text or the rows did not fit in a
 * workbook, ST_FULL when the temporary file could not be written. Closes in any case. */
Status sheet_write_close(Ctx *c, SheetWriter *s, StrBuf *out) MUST_CHECK;

#endif
