/* The plain text of a file that a person hands in: .docx, or text in UTF-8, UTF-16 with a mark, or GB18030.
 *
 * The file is untrusted. A docx is read within the limits of sheet_read.h: encrypted ones, those with macros, those
 * that declare a DOCTYPE or unpack to more than the limits are refused by name (ST_INVALID). What comes out is text and
 * nothing else: paragraphs as lines, tables row by row with a tab between cells, headers and footers, footnotes; text
 * boxes once, though Word stores them twice; without deleted revisions and without the numbers of lists. */
#ifndef DOCUMENT_TEXT_READ_H
#define DOCUMENT_TEXT_READ_H

#include "base/ctx.h"

enum { TEXT_READ_MAX = 16 * 1024 * 1024 };

/* `out` is valid UTF-8 in the arena of the Ctx, or a view into `bytes`. ST_INVALID for what is neither, with the
 * remedy; ST_TOO_BIG when the text is longer than TEXT_READ_MAX. */
Status text_read(Ctx *c, Str bytes, Str *out) MUST_CHECK;
/* For docx alone; text_read() calls it. */
Status docx_read(Ctx *c, Str bytes, Str *out) MUST_CHECK;

#endif
