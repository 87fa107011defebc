/* The figure checker against bare UTF-8 decoding of the same text.
 *
 *     check FILE TIMES     FILE repeated TIMES over
 *
 * Prints the bytes, the CPU seconds of decoding them and of checking them, each the best of a few runs. */
#include "check/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS = 5 };

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static Str repeated(Arena *arena, const char *path, long times)
{
    StrBuf one = strbuf_in(arena), all = strbuf_in(arena);
    char part[65536];
    size_t got;
    FILE *in = fopen(path, "rb");
    if (!in)
        exit(1);
    while ((got = fread(part, 1, sizeof part, in)) > 0)
        strbuf_add(&one, (Str){ part, got });
    fclose(in);
    strbuf_room(&all, one.len * (size_t)times);
    for (long i = 0; i < times; i++)
        strbuf_add(&all, strbuf_str(&one));
    return strbuf_str(&all);
}

/* The sum keeps the compiler from leaving the loop out. */
static double decode(Str text, uint64_t *sum)
{
    size_t at = 0;
    double began = cpu();
    for (uint32_t ch; (ch = str_next_char(text, &at)) != UINT32_MAX;)
        *sum += ch;
    return cpu() - began;
}

static double check(Str text, size_t *claims)
{
    Clock clock = { .zone_minutes = 480 };
    Env env = { .clock = &clock };
    Arena *arena = arena_new();
    Ctx c = ctx_on(arena, &env);
    CheckResult result;
    double began = cpu();
    if (check_text(&c, text, NULL, &result) != ST_OK)
        exit(1);
    double took = cpu() - began;
    *claims = result.count;
    arena_done(arena);
    return took;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    Arena *arena = arena_new();
    Str text = repeated(arena, argv[1], strtol(argv[2], NULL, 10));
    double decoded = 1e9, checked = 1e9;
    uint64_t sum = 0;
    size_t claims = 0;
    for (int i = 0; i < RUNS; i++) {
        double d = decode(text, &sum), k = check(text, &claims);
        decoded = d < decoded ? d : decoded;
        checked = k < checked ? k : checked;
    }
    printf("%zu %.6f %.6f %zu\n", text.len, decoded, checked, claims);
    arena_done(arena);
    return sum ? 0 : 1;
}
