/* What the programs of the bench share: the clock, an end with a word, a whole file. */
#ifndef BENCH_COMMON_H
#define BENCH_COMMON_H

#include "base/ctx.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline void die(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

static inline void must(const Ctx *c, Status status)
{
    if (status != ST_OK)
        die(str_c(c->arena, c->err.message));
}

static inline Str read_all(Arena *arena, const char *path)
{
    StrBuf b = strbuf_in(arena);
    char part[65536];
    size_t got;
    FILE *in = fopen(path, "rb");
    if (!in)
        die(path);
    while ((got = fread(part, 1, sizeof part, in)) > 0)
        strbuf_add(&b, (Str){ part, got });
    fclose(in);
    return strbuf_str(&b);
}

#endif
