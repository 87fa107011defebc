#include "http/assets.h"

static bool takes(Str accept, const char *encoding)
{
    return !*encoding || str_find(accept, str_of(encoding), 0) != SIZE_MAX;
}

/* Rows of one path stand together, the plain one first: the last that fits is the smallest. */
static const Asset *best(Str path, Str accept)
{
    const Asset *found = NULL;
    for (size_t i = 0; i < asset_count; i++)
        if (str_eq(str_of(assets[i].path), path) && takes(accept, assets[i].encoding))
            found = &assets[i];
    return found;
}

const Asset *asset_find(Str path, Str accept_encoding)
{
    const Asset *found = best(path, accept_encoding);
    bool is_file = str_find(path, S("."), 0) != SIZE_MAX;
    return found || is_file ? found : best(S("/index.html"), accept_encoding);
}

bool asset_is_immutable(const Asset *asset)
{
    return str_starts(str_of(asset->path), S("/assets/"));
}
