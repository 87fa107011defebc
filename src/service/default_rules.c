#include "service/default_rules.h"

/* The assembler takes the file in as it is; the Makefile names it as a prerequisite. */
__asm__(".section .rodata\n"
        ".global default_rules_bytes\n.global default_rules_end\n"
        "default_rules_bytes:\n.incbin \"rules/city-2017.json\"\n"
        "default_rules_end:\n.byte 0\n"
        ".previous\n");
extern const char default_rules_bytes[];
extern const char default_rules_end[];

Str default_rules(void)
{
    return (Str){ default_rules_bytes, (size_t)(default_rules_end - default_rules_bytes) };
}
