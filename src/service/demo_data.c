#include "service/demo_data.h"

/* The assembler takes the files in as they are; the Makefile names them as prerequisites. */
#define TAKE(name)                                                         \
    __asm__(".section .rodata\n"                                           \
            ".global demo_" #name "_bytes\n.global demo_" #name "_end\n"   \
            "demo_" #name "_bytes:\n.incbin \"data/demo/" #name ".tsv\"\n" \
            "demo_" #name "_end:\n.byte 0\n"                               \
            ".previous\n");                                                \
    extern const char demo_##name##_bytes[];                               \
    extern const char demo_##name##_end[]
TAKE(registers);
TAKE(instructions);

#define WHOLE(name) ((Str){ demo_##name##_bytes, (size_t)(demo_##name##_end - demo_##name##_bytes) })

DemoRows demo_rows_of(DemoTable table)
{
    return (DemoRows){ .rest = table == DEMO_REGISTERS ? WHOLE(registers) : WHOLE(instructions) };
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
