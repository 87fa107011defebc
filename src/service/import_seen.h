/* Keys of rows that were met in a file, to find one that repeats another. */
#ifndef SERVICE_IMPORT_SEEN_H
#define SERVICE_IMPORT_SEEN_H

#include "service/import_row.h"

typedef struct SeenKey {
    uint64_t hash;
    int64_t n; /* the row's number among all of the file's; 0: no key is here */
    int64_t place;
} SeenKey;

/* Begins as { .arena = … }, which it grows in. */
typedef struct SeenKeys {
    SeenKey *slots;
    size_t room; /* a power of two */
    size_t count;
    Arena *arena;
} SeenKeys;

/* The place of another row with this key; 0: there was none, and the key is this row's now. The same row may ask
 * again. */
int64_t seen_before(Ctx *c, SeenKeys *s, Str key, int64_t n, int64_t place);
/* The refusal of a row that repeats the one at `place`. */
Status seen_refuse(Ctx *c, const ImportKind *kind, int64_t place) MUST_CHECK;

#endif
