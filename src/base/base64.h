/* Bytes that travel inside JSON. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/str.h"

/* Strict: groups of four, at most two '=' at the end, nothing else. The bytes lie in the arena. */
bool base64_read(Arena *arena, Str text, Str *out);

#endif
