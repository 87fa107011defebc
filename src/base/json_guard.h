/* Inside of json.c: what stands before json-c when reading.
 *
 * json-c builds the tree, but even when strict it takes 'single quotes', control characters, lone
 * surrogates, NaN, whole numbers beyond its range (as the largest it has), and the last of two
 * equal keys. One pass over the tokens comes before it and refuses these. It also counts the keys
 * written in each object, to be compared with the members that json-c kept. Whether brackets match,
 * and colons and commas stand where they should, is left to json-c. */
#ifndef BASE_JSON_GUARD_H
#define BASE_JSON_GUARD_H

#include "base/json.h"

typedef struct OpenedObject {
    size_t at;   /* of its '{' */
    size_t keys; /* written in it */
} OpenedObject;

typedef struct JsonGuard {
    Ctx *c;
    Str text;
    size_t at;
    size_t nodes;
    OpenedObject *objects; /* in the order of their '{' */
    size_t object_count;
    size_t object_room;
    size_t depth;
    size_t opened[JSON_DEPTH_MAX]; /* index in objects, or SIZE_MAX for a list */
} JsonGuard;

/* Walks the whole text. Afterwards at most JSON_NODES_MAX values lie at most JSON_DEPTH_MAX deep. */
Status json_guard(JsonGuard *g) MUST_CHECK;
/* ST_MALFORMED with the line and column of the byte `at`. */
Status json_refuse(const JsonGuard *g, size_t at, Text reason);
/* How many bytes from `from` on stand for themselves inside a JSON text. */
size_t json_plain_run(Str s, size_t from);

#endif
