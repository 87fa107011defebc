#include "service/demo_data.h"

/* The assembler takes the files in as they are; the Makefile names them as prerequisites. */
#define TAKE(name)                                                         \
    __asm__(".section .rodata\n"                                           \
            ".global demo_" #name "_bytes\n.global demo_" #name "_end\n"   \
            "demo_" #name "_bytes:\n.incbin \"data/demo/" #name ".tsv\"\n" \
            "demo_" #name "_end:\n.byte 0\n"                               \
            ".previous\n");                                                \
    extern const char demo_##name##_bytes[];                               \
    extern const char demo_##name##_end[];
#define X(N, name) TAKE(name)
DEMO_TABLE_LIST(X)
#undef X

DemoRows demo_rows_of(DemoTable table)
{
    static const struct {
        const char *from;
        const char *to;
    } tables[] = {
#define X(N, name) [DEMO_##N] = { demo_##name##_bytes, demo_##name##_end },
        DEMO_TABLE_LIST(X)
#undef X
    };
    return (DemoRows){ .rest = { tables[table].from, (size_t)(tables[table].to - tables[table].from) } };
}

bool demo_rows_next(DemoRows *rows)
{
    Str line;
    if (rows->rest.len == 0 || !str_cut(&rows->rest, '\n', &line))
        return false;
    for (int i = 0; i < DEMO_COLUMNS_MAX; i++)
        if (!line.len || !str_cut(&line, '\t', &rows->cell[i]))
            rows->cell[i] = STR_NONE;
    return true;
}

Date demo_date(Str cell)
{
    Date day = DATE_NONE;
    return date_parse(cell, &day) ? day : DATE_NONE;
}
