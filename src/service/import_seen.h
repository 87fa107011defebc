/* Keys of rows that were met in a file, to find one that repeats another. */
#ifndef SERVICE_IMPORT_SEEN_H
#define SERVICE_IMPORT_SEEN_H

#include "base/crypto.h"

/* Begins as { .arena = … }, which it grows in. */
typedef struct SeenKeys {
    struct {
        uint64_t hash;
        int64_t place;
    } * slots;
    size_t room; /* a power of two */
    size_t count;
    Arena *arena;
} SeenKeys;

/* Where this key stood before; 0: it is new, and stands at `place` (from 1) now. */
int64_t seen_before(Ctx *c, SeenKeys *s, Str key, int64_t place);

#endif
