/* A file of the source tree inside the program, taken in by the assembler as it is. The Makefile names it as a
 * prerequisite of the object that embeds it.
 *
 *     EMBED(rules, "rules/city-2017.json")      once, at file scope
 *     Str text = EMBEDDED(rules);                                                                     */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H

#include "base/str.h"

#define EMBED(name, path)                                                        \
    __asm__(".section .rodata\n"                                                 \
            ".global embedded_" #name "_bytes\n.global embedded_" #name "_end\n" \
            "embedded_" #name "_bytes:\n.incbin \"" path "\"\n"                  \
            "embedded_" #name "_end:\n.byte 0\n"                                 \
            ".previous\n");                                                      \
    extern const char embedded_##name##_bytes[];                                 \
    extern const char embedded_##name##_end[];
#define EMBEDDED(name) ((Str){ embedded_##name##_bytes, (size_t)(embedded_##name##_end - embedded_##name##_bytes) })

#endif
