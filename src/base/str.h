/* Strings that know their length.
 *
 * A Str is a view: it owns nothing and need not end with NUL. A StrBuf grows inside an arena and
 * always ends with NUL, for C libraries. Text is UTF-8; str_is_text() is checked at every boundary,
 * so inside the program a Str that came from outside is valid UTF-8 without U+0000. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Str {
    const char *ptr; /* NULL only when len is 0: "absent" and "empty" are the same thing */
    size_t len;
} Str;

#define S(literal) ((Str){ "" literal, sizeof(literal) - 1 })
/* For static tables, where a compound literal is no constant. */
#define S_INIT(literal)                 \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }
#define STR_NONE ((Str){ NULL, 0 })
/* printf("%.*s", STR_ARG(s)) */
#define STR_ARG(s) (int)(s).len, ((s).ptr ? (s).ptr : "")

Str str_of(const char *c_string); /* NULL gives STR_NONE */
Str str_copy(Arena *arena, Str s);
/* A copy that ends with NUL. */
char *str_c(Arena *arena, Str s);
Str str_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

bool str_eq(Str a, Str b);
/* Bytes compared as unsigned: the order of both engines (BINARY, COLLATE "C"). */
int str_cmp(Str a, Str b);
bool str_is_empty(Str s);
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
/* Index of the first `needle` at or after `from`, or SIZE_MAX. */
size_t str_find(Str s, Str needle, size_t from);
Str str_sub(Str s, size_t from, size_t len); /* clamped to the string */
Str str_trim(Str s);                         /* ASCII white space and U+3000 at both ends */
/* Cuts `*rest` at the first `separator`; false when nothing is left. "a,,b" gives three parts, "" none. */
bool str_cut(Str *rest, char separator, Str *part);

/* True for well-formed UTF-8 (no surrogates, no overlong forms) without U+0000. */
bool str_is_text(Str s);
/* Characters (code points) of valid UTF-8. */
size_t str_chars(Str s);
/* The first `chars` characters: never half of one. */
Str str_clip(Str s, size_t chars);
/* Next code point of valid UTF-8; advances *at; UINT32_MAX at the end. */
uint32_t str_next_char(Str s, size_t *at);

/* Whole numbers, strictly: digits with an optional leading '-', no blanks, no '+', no overflow. */
bool str_to_int(Str s, int64_t *out);

typedef struct StrBuf {
    Arena *arena;
    char *ptr; /* NUL-terminated once something was added */
    size_t len;
    size_t room;
} StrBuf;

StrBuf strbuf_in(Arena *arena);
void strbuf_room(StrBuf *b, size_t more); /* makes room for `more` bytes without growing again */
void strbuf_add(StrBuf *b, Str s);
void strbuf_addc(StrBuf *b, char c);
void strbuf_addf(StrBuf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void strbuf_add_args(StrBuf *b, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
void strbuf_add_int(StrBuf *b, int64_t n); /* the hot path of every list */
void strbuf_add_hex(StrBuf *b, const void *bytes, size_t len);
void strbuf_add_char(StrBuf *b, uint32_t code_point);
/* The text so far; stays valid until the buffer grows or its arena is reset. */
Str strbuf_str(const StrBuf *b);

/* Bytes of hexadecimal text; false for odd lengths, other letters, or more than `room` bytes. */
bool str_unhex(Str hex, void *out, size_t room, size_t *len);

#endif
