/* The pages inside the program, made by tools/embed.c: one row a path and encoding. */
#ifndef HTTP_ASSETS_H
#define HTTP_ASSETS_H

#include "base/str.h"

typedef struct Asset {
    const char *path; /* "/assets/index-1a2b.js" */
    const char *type;
    const unsigned char *bytes;
    size_t len;
    const char *encoding; /* "", "gzip", "br" */
    const char *etag;
} Asset;
extern const Asset assets[];
extern const size_t asset_count;

/* The asset for a path in an encoding that the client takes; a path of the pages' own router gets
 * index.html. NULL when there is none. */
const Asset *asset_find(Str path, Str accept_encoding);
/* True for files whose name holds a digest of their content. */
bool asset_is_immutable(const Asset *asset);

#endif
