/* Makes PDFs of .docx files by LibreOffice, which reads them inside a sandbox (document/sandbox.h) or not at all.
 *
 * No document is trusted, not even our own: it may hold what somebody typed or a template that somebody made. Inside
 * there is no network and nothing of the machine's but programs and fonts; macros, Java and links to other files are
 * off; no reader but the one for .docx is used; files have our own names. What LibreOffice says is thrown away, for it
 * may quote the documents.
 *
 * One run starts LibreOffice once, one to two seconds and 150 MiB, whatever the count: give it a whole set. It takes
 * its time, so it belongs into a worker, and one at a time is that worker's business: two runs do not disturb each
 * other, but each may take the memory that the setup allows. The thread that calls must live until it returns. */
#ifndef DOCUMENT_PDF_H
#define DOCUMENT_PDF_H

#include "base/ctx.h"

enum {
    PDF_SET_MAX = 200,        /* documents in one run */
    PDF_SET_OUTPUT_MIB = 512, /* all PDFs of one run together: they are kept in memory */
    /* Where the setup says 0. Measured on two busy cores: 200 documents of 15 pages, a minute and 150 MiB; one with 20
     * photographs of 12 megapixels, 25 seconds and 350 MiB. */
    PDF_SECONDS = 600,
    PDF_MEMORY_MIB = 2048,
    PDF_OUTPUT_MIB = 64
};
/* Where documents find the folder of licensed fonts: for the text of `fontconfig`. */
#define PDF_FONTS "/fonts"

/* From the administrator, who is trusted. Paths that are empty are looked for where distributions put them. */
typedef struct PdfSetup {
    Str soffice;
    Str bwrap;
    Str fonts;          /* a folder of licensed fonts; may be empty */
    Str fontconfig;     /* text of a fonts.conf; empty: the system's, and the folder */
    int64_t seconds;    /* of the clock, for the whole set */
    int64_t memory_mib; /* of LibreOffice; as much again on the way for what it unpacks */
    int64_t output_mib; /* of one PDF */
} PdfSetup;

typedef struct PdfInput {
    Str name; /* for messages: as the reader knows the document */
    Str docx;
} PdfInput;

/* Whether PDFs can be made here; else `why` says to an administrator, in the language of the Ctx, what is missing and
 * which package has it. Starts an empty sandbox to find out; leaves the error of the Ctx alone. */
bool pdf_possible(Ctx *c, const PdfSetup *setup, Str *why) MUST_CHECK;

/* `out` has room for `count` PDFs, in the order of `in`, in the arena of the Ctx. All or none. Fails with
 *   CONFLICT  when it is not possible here, in the words of pdf_possible(); nothing was run;
 *   INVALID   for a document that is no .docx or that LibreOffice gives no PDF for: the first such, by its name;
 *   BUSY      when the time was over;
 *   TOO_BIG   for more than PDF_SET_MAX, for memory and for a PDF above the limit;
 *   FULL      when the temporary folder cannot be written. */
Status pdf_convert(Ctx *c, const PdfSetup *setup, const PdfInput *in, size_t count, Str *out) MUST_CHECK;

#endif
