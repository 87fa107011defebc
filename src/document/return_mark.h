/* Marks by which a filled paper is read back: bookmarks around the values that people may change, so that what is
 * written over them in Word or WPS finds its record again.
 *
 * Marked is a value that is all of a paragraph, or all of a table cell; one in the middle of a sentence is not, since
 * nobody can tell where it ends once the words around it were edited. A mark begins before its paragraph and ends
 * behind it: retyping the whole text, adding to it and adding paragraphs leave it where it is.
 *
 * Bookmarks, because Word, WPS and LibreOffice all keep them (LibreOffice 7.4 drops the tags of content controls). A
 * name has 40 characters, as many as Word allows:
 *
 *     reach (1)  id of the record (26)  code of the field (5)  code of the text as written (5)  number (3)
 *
 * At the beginning of the document one of reach `z` tells how many were written, so that lost ones are missed, and in
 * place of a text's code that of all the text that no mark covers: what was changed there is told, not read. */
#ifndef DOCUMENT_RETURN_MARK_H
#define DOCUMENT_RETURN_MARK_H

#include "base/ctx.h"

#define RETURN_PART "word/document.xml"

enum {
    RETURN_NAME_LEN = 40,
    RETURN_CODE_LEN = 5,
    RETURN_MARKS_MAX = 32767 /* three digits of base 32; what comes behind them is not marked */
};
typedef enum ReturnReach { RETURN_CELL = 'c', RETURN_PARAGRAPHS = 'p', RETURN_COUNT = 'z' } ReturnReach;

typedef struct ReturnMark {
    ReturnReach reach;
    Str record;  /* its id */
    Str field;   /* return_code() of the field, as who filled the paper gave it */
    Str written; /* return_code() of the text as it was written */
    int64_t number;
    Str text;    /* as it stands in the file, as return_text() leaves it */
    bool joined; /* stands in one cell with another mark: whose text it is cannot be told */
} ReturnMark;

/* Five digits of base 32: for telling texts apart, not for sealing them. */
Str return_code(Arena *arena, Str text);
/* Without blanks at the ends of lines, empty lines at both ends and characters that nobody sees: what editors add and
 * take away unasked. */
Str return_text(Arena *arena, Str text);
Str return_name(Arena *arena, const ReturnMark *mark);
/* False for names of other bookmarks; `text` is let be. */
bool return_name_read(Str name, ReturnMark *out);

typedef struct ReturnMarks {
    ReturnMark *marks; /* in the order of the document, each number once */
    size_t count;
    int64_t written;   /* how many the file had; 0: the mark that tells it is gone */
    Str paper;         /* the id of the paper as which it was issued; empty: it was not */
    Str rest;          /* return_code() of the text that no mark covers */
    bool rest_changed; /* it is another than when the paper was filled */
} ReturnMarks;
/* The code of the text of a filled document.xml that no mark covers. */
Status return_rest(Ctx *c, Str document, Str *code) MUST_CHECK;
/* The marks of a docx that came back, within the limits of package.h and docx_tree.h. ST_INVALID for what is no docx;
 * ST_TOO_BIG where the marks cover more than TEXT_READ_MAX bytes of text, one in another or not; a docx without marks
 * is none at all: `count` is 0. */
Status return_marks_read(Ctx *c, Str bytes, ReturnMarks *out) MUST_CHECK;

#endif
