/* Papers filled: a template of the office's or the shipped one, with the values of a record. */
#ifndef SERVICE_DOCUMENT_FILL_H
#define SERVICE_DOCUMENT_FILL_H

#include "document/pdf.h"
#include "service/document_data.h"

typedef struct FilledDocument {
    Str name; /* of the file, without its extension */
    Str docx;
    Str template_digest;
} FilledDocument;

/* What a print would say at its head where there is no record of a paper: the organiser's name, the subject's own
 * number and day, the unit. `subject` may be NULL. */
Status document_head(
    Ctx *c, DocumentKind kind, const Entity *subject, const void *record, Str organiser, Document *out) MUST_CHECK;
/* The record that a paper is made from, in the actor's scope. NULL for kinds that are made from none. */
Status document_subject(Ctx *c, DocumentKind kind, Str id, const Entity **subject, void **record) MUST_CHECK;
/* The subject's own number, where its kind has one. */
Str document_own_number(DocumentKind kind, const void *record);
/* "张伟 2026-11-26 10:48": who printed it when. */
Str document_watermark(Ctx *c);
/* The same on an issued paper: who issued it when, so that it can be filled again to the letter. */
Str document_issue_mark(Ctx *c, const Document *d);
/* At most 40 characters, without those that file systems refuse. */
Str document_safe_name(Ctx *c, Str text);
/* Of the kind and what it is about. */
Str document_file_name(Ctx *c, DocumentKind kind, Str about);
/* Filled by the head's kind from its record, for this actor. */
Status document_fill(Ctx *c, App *app, const Document *head, Str watermark, FilledDocument *out) MUST_CHECK;
/* The issued paper of a kind and record, newest first. `found` is false without one. */
Status document_issued(Ctx *c, DocumentKind kind, Str record, Document *out, bool *found) MUST_CHECK;
/* The kept file of an issued or voided paper. */
Status document_file_of(Ctx *c, const Document *d, DocumentFile *out) MUST_CHECK;
/* The shipped template of a kind. */
Str document_shipped_template(DocumentKind kind);

/* One file as it is, or a folder of several, as the parameter format says, becomes the answer: docx at once; pdf by
 * document_finish(), once the connection was given back. */
Status document_answer(Ctx *c, UseCase *u, Str title, const FilledDocument *files, size_t count) MUST_CHECK;
Status document_finish(Ctx *c, UseCase *u) MUST_CHECK;
/* PDFs of these files. One run of LibreOffice at a time, since each may take the memory that one is allowed: ST_BUSY
 * when another is on its way, else leave it when it is done. */
Status document_printer_take(Ctx *c, App *app) MUST_CHECK;
void document_printer_leave(App *app);
Status document_pdfs(Ctx *c, const App *app, const PdfInput *in, size_t count, Str *out) MUST_CHECK;
/* Else `why` says what this server lacks. */
bool document_pdf_possible(Ctx *c, const App *app, Str *why);

#endif
