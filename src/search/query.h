/* What a person typed, as terms that must all be there. */
#ifndef SEARCH_QUERY_H
#define SEARCH_QUERY_H

#include "base/ctx.h"
#include "search/fold.h"
#include "store/compile.h"

enum { QUERY_CHARS_MAX = 100, QUERY_TERMS_MAX = 8, QUERY_INITIALS_MAX = 24 };

typedef struct QueryTerm {
    Pieces phrase;
    Str initials; /* letters that may be the initials of a name; STR_NONE: it is none */
} QueryTerm;

typedef struct Query {
    QueryTerm terms[QUERY_TERMS_MAX];
    HitTerm asks[QUERY_TERMS_MAX]; /* the same, as the index is asked */
    size_t count;
} Query;

/* Blanks part terms, quotation marks ("", “”, 「」) hold one together. ST_INVALID on the field q: nothing to look for,
 * more than QUERY_CHARS_MAX characters, more than QUERY_TERMS_MAX terms. Everything lies in the arena of the Ctx. */
Status query_read(Ctx *c, Str typed, Query *out) MUST_CHECK;

#endif
