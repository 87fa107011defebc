/* What the index keeps of a record, made of its fields; its tokens are made of that. */
#ifndef SEARCH_INDEX_ROW_H
#define SEARCH_INDEX_ROW_H

#include "store/load.h"

typedef struct IndexRow {
    int64_t id; /* its number in the index; 0: it is not there */
    Str entity; /* STR_NONE: no record */
    Str words;  /* what it is and what a right that shows it may name, as tokens */
    Str spelt;  /* initials of its names, parted by blanks */
    Str body;   /* its folded texts, a line each */
} IndexRow;

/* Of a whole record, in the arena of the Ctx; a unit with the names that it had. */
Status index_row_of(Ctx *c, const Entity *e, const void *record, IndexRow *out) MUST_CHECK;
/* But for the number. */
bool index_row_equal(const IndexRow *a, const IndexRow *b);
/* The same row has the same tokens: what is taken out of the index is told again. */
Str index_row_tokens(Ctx *c, const IndexRow *row);

/* The names that a unit has and had, as far as the actor may see them (`scoped`) or all. */
Status unit_names(Ctx *c, Str unit, bool scoped, Str names[], size_t room, size_t *count) MUST_CHECK;
enum { UNIT_NAMES_MAX = 16 };

#endif
