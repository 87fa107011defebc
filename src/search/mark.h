/* Where in a text, as it was written, the terms of a query stand. */
#ifndef SEARCH_MARK_H
#define SEARCH_MARK_H

#include "base/json.h"
#include "search/query.h"

typedef struct Mark {
    size_t from; /* bytes, to exclusive */
    size_t to;
} Mark;
enum { MARKS_MAX = 64 };

/* In order, none over another, at most MARKS_MAX. `spelt`: a name, in which initials stand too. */
size_t mark_find(Ctx *c, const Query *q, Str text, bool spelt, Mark out[MARKS_MAX]);
/* A list of texts, by turns what is no hit (may be empty) and what is one: about `chars` characters around the first
 * mark, "…" where something is left out. Line ends become blanks. */
void mark_parts(Ctx *c, JsonWriter *w, Str text, const Mark *marks, size_t count, size_t chars);

#endif
