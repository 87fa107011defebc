#include "base/str.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STRBUF_FIRST = 64, INT_DIGITS_MAX = 20 };

/* --- views -------------------------------------------------------------------------------------- */

Str str_of(const char *c_string)
{
    return c_string ? (Str){ c_string, strlen(c_string) } : STR_NONE;
}

Str str_copy(Arena *arena, Str s)
{
    return s.len ? (Str){ str_c(arena, s), s.len } : STR_NONE;
}

char *str_c(Arena *arena, Str s)
{
    char *copy = arena_alloc(arena, s.len + 1);
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    return copy;
}

Str str_format(Arena *arena, const char *format, ...)
{
    StrBuf b = strbuf_in(arena);
    va_list args;
    va_start(args, format);
    strbuf_add_args(&b, format, args);
    va_end(args);
    return strbuf_str(&b);
}

bool str_eq(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

int str_cmp(Str a, Str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_is_empty(Str s)
{
    return s.len == 0;
}

bool str_starts(Str s, Str prefix)
{
    return s.len >= prefix.len && str_eq((Str){ s.ptr, prefix.len }, prefix);
}

bool str_ends(Str s, Str suffix)
{
    return s.len >= suffix.len && str_eq(str_sub(s, s.len - suffix.len, suffix.len), suffix);
}

size_t str_find(Str s, Str needle, size_t from)
{
    if (from > s.len || needle.len > s.len - from)
        return SIZE_MAX;
    if (needle.len == 0)
        return from;
    const char *hit = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
    return hit ? (size_t)(hit - s.ptr) : SIZE_MAX;
}

Str str_sub(Str s, size_t from, size_t len)
{
    if (from >= s.len)
        return STR_NONE;
    if (len > s.len - from)
        len = s.len - from;
    return (Str){ s.ptr + from, len };
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The blank that Chinese input methods type. */
#define WIDE_BLANK S("\xe3\x80\x80")

Str str_trim(Str s)
{
    for (;;) {
        if (s.len && is_blank(s.ptr[0]))
            s = str_sub(s, 1, s.len);
        else if (str_starts(s, WIDE_BLANK))
            s = str_sub(s, WIDE_BLANK.len, s.len);
        else
            break;
    }
    for (;;) {
        if (s.len && is_blank(s.ptr[s.len - 1]))
            s.len--;
        else if (str_ends(s, WIDE_BLANK))
            s.len -= WIDE_BLANK.len;
        else
            return s;
    }
}

bool str_cut(Str *rest, char separator, Str *part)
{
    if (rest->len == 0)
        return false;
    const char *hit = memchr(rest->ptr, separator, rest->len);
    size_t len = hit ? (size_t)(hit - rest->ptr) : rest->len;
    *part = (Str){ rest->ptr, len };
    *rest = hit ? str_sub(*rest, len + 1, rest->len) : STR_NONE;
    return true;
}

/* --- UTF-8 -------------------------------------------------------------------------------------- */

#define EACH_BYTE 0x0101010101010101ull
#define HIGH_BITS 0x8080808080808080ull

/* Eight bytes that are all ASCII and not NUL: a byte's high bit is set when it is above 0x7f, and
 * subtracting one borrows into it when it is 0. */
static bool are_plain_ascii(const uint8_t *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return ((word | (word - EACH_BYTE)) & HIGH_BITS) == 0;
}

static bool is_tail(uint8_t byte)
{
    return (byte & 0xc0) == 0x80;
}

/* Length of the well-formed sequence of two to four bytes at p, or 0. The second byte's range
 * excludes overlong forms, surrogates and what lies above U+10FFFF (Unicode, table 3-7). */
static size_t sequence_len(const uint8_t *p, size_t left)
{
    uint8_t lead = p[0];
    if (lead < 0xc2 || lead > 0xf4)
        return 0;
    size_t len = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (left < len)
        return 0;
    uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if (!is_tail(p[i]))
            return 0;
    return len;
}

bool str_is_text(Str s)
{
    const uint8_t *p = (const uint8_t *)s.ptr;
    size_t left = s.len;
    while (left) {
        size_t step = 1;
        if (*p >= 0x80)
            step = sequence_len(p, left);
        else if (left >= 8 && are_plain_ascii(p))
            step = 8;
        else if (*p == 0)
            step = 0;
        if (step == 0)
            return false;
        p += step;
        left -= step;
    }
    return true;
}

size_t str_chars(Str s)
{
    size_t chars = 0;
    for (size_t i = 0; i < s.len; i++)
        chars += !is_tail((uint8_t)s.ptr[i]);
    return chars;
}

Str str_clip(Str s, size_t chars)
{
    size_t at = 0;
    if (chars >= s.len)
        return s;
    while (at < s.len) {
        if (!is_tail((uint8_t)s.ptr[at]) && chars-- == 0)
            break;
        at++;
    }
    return str_sub(s, 0, at);
}

uint32_t str_next_char(Str s, size_t *at)
{
    if (*at >= s.len)
        return UINT32_MAX;
    uint8_t lead = (uint8_t)s.ptr[(*at)++];
    if (lead < 0x80)
        return lead;
    uint32_t code_point = lead & (lead < 0xe0 ? 0x1fu : lead < 0xf0 ? 0x0fu : 0x07u);
    while (*at < s.len && is_tail((uint8_t)s.ptr[*at]))
        code_point = code_point << 6 | ((uint8_t)s.ptr[(*at)++] & 0x3fu);
    return code_point;
}

/* --- numbers and hexadecimal text --------------------------------------------------------------- */

bool str_to_int(Str s, int64_t *out)
{
    bool negative = s.len && s.ptr[0] == '-';
    size_t at = negative;
    int64_t n = 0;
    if (at == s.len)
        return false;
    for (; at < s.len; at++) {
        if (s.ptr[at] < '0' || s.ptr[at] > '9')
            return false;
        int digit = s.ptr[at] - '0';
        /* Counted downwards when negative: INT64_MIN has no positive counterpart. */
        if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, negative ? -digit : digit, &n))
            return false;
    }
    *out = n;
    return true;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool str_unhex(Str hex, void *out, size_t room, size_t *len)
{
    uint8_t *bytes = out;
    if (hex.len % 2 || hex.len / 2 > room)
        return false;
    for (size_t i = 0; i < hex.len / 2; i++) {
        int high = hex_digit(hex.ptr[2 * i]);
        int low = hex_digit(hex.ptr[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    *len = hex.len / 2;
    return true;
}

/* --- growing text ------------------------------------------------------------------------------- */

StrBuf strbuf_in(Arena *arena)
{
    return (StrBuf){ .arena = arena };
}

/* Invariant: ptr is NULL, or len < room and ptr[len] is NUL. */
void strbuf_room(StrBuf *b, size_t more)
{
    if (more < b->room - b->len)
        return;
    size_t needed;
    if (__builtin_add_overflow(b->len + 1, more, &needed) || needed > SIZE_MAX / 4)
        abort();
    size_t room = b->room ? b->room * 2 : STRBUF_FIRST;
    if (room < needed)
        room = needed;
    b->ptr = arena_grow(b->arena, b->ptr, b->room, room);
    b->room = room;
}

void strbuf_add(StrBuf *b, Str s)
{
    if (s.len == 0)
        return;
    strbuf_room(b, s.len);
    memcpy(b->ptr + b->len, s.ptr, s.len);
    b->len += s.len;
    b->ptr[b->len] = '\0';
}

void strbuf_addc(StrBuf *b, char c)
{
    strbuf_room(b, 1);
    b->ptr[b->len++] = c;
    b->ptr[b->len] = '\0';
}

void strbuf_addf(StrBuf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    strbuf_add_args(b, format, args);
    va_end(args);
}

/* The length of a directive that nearly all formats are made of: %s %.*s %d %lld %zu; 0: it is another one. */
static size_t plain_directive(const char *at)
{
    switch (at[1]) {
    case 's':
    case 'd':
        return 2;
    case 'z':
        return at[2] == 'u' ? 3 : 0;
    case 'l':
        return at[2] == 'l' && at[3] == 'd' ? 4 : 0;
    case '.':
        return at[2] == '*' && at[3] == 's' ? 4 : 0;
    default:
        return 0;
    }
}

static bool is_plain(const char *format)
{
    for (const char *at = strchr(format, '%'); at; at = strchr(at, '%')) {
        size_t len = plain_directive(at);
        if (len == 0)
            return false;
        at += len;
    }
    return true;
}

/* What stdio would write, for a tenth of its price: statements and keys are put together all the time. */
static void add_plain(StrBuf *b, const char *format, va_list args)
{
    for (const char *at = strchr(format, '%'); at; at = strchr(format, '%')) {
        strbuf_add(b, (Str){ format, (size_t)(at - format) });
        format = at + plain_directive(at);
        if (at[1] == 's') {
            strbuf_add(b, str_of(va_arg(args, const char *)));
        } else if (at[1] == '.') {
            size_t most = (size_t)va_arg(args, int);
            const char *text = va_arg(args, const char *);
            strbuf_add(b, (Str){ text, text ? strnlen(text, most) : 0 });
        } else if (at[1] == 'd') {
            strbuf_add_int(b, va_arg(args, int));
        } else if (at[1] == 'l') {
            strbuf_add_int(b, va_arg(args, long long));
        } else {
            strbuf_add_int(b, (int64_t)va_arg(args, size_t));
        }
    }
    strbuf_add(b, str_of(format));
}

void strbuf_add_args(StrBuf *b, const char *format, va_list args)
{
    va_list again;
    strbuf_room(b, STRBUF_FIRST - 1);
    if (is_plain(format)) {
        add_plain(b, format, args);
        return;
    }
    va_copy(again, args);
    int len = vsnprintf(b->ptr + b->len, b->room - b->len, format, args);
    assert(len >= 0);
    if ((size_t)len >= b->room - b->len) {
        strbuf_room(b, (size_t)len);
        len = vsnprintf(b->ptr + b->len, b->room - b->len, format, again);
    }
    va_end(again);
    b->len += (size_t)len;
}

void strbuf_add_int(StrBuf *b, int64_t n)
{
    char digits[INT_DIGITS_MAX];
    size_t at = sizeof digits;
    uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do
        digits[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) != 0);
    if (n < 0)
        digits[--at] = '-';
    strbuf_add(b, (Str){ digits + at, sizeof digits - at });
}

void strbuf_add_hex(StrBuf *b, const void *bytes, size_t len)
{
    static const char letters[] = "0123456789abcdef";
    const uint8_t *from = bytes;
    if (len == 0)
        return;
    strbuf_room(b, 2 * len);
    char *to = b->ptr + b->len;
    for (size_t i = 0; i < len; i++) {
        *to++ = letters[from[i] >> 4];
        *to++ = letters[from[i] & 0x0f];
    }
    *to = '\0';
    b->len += 2 * len;
}

void strbuf_add_char(StrBuf *b, uint32_t code_point)
{
    char bytes[4];
    size_t len = 0;
    assert(code_point <= 0x10ffff && (code_point < 0xd800 || code_point > 0xdfff));
    if (code_point < 0x80) {
        bytes[len++] = (char)code_point;
    } else if (code_point < 0x800) {
        bytes[len++] = (char)(0xc0 | code_point >> 6);
        bytes[len++] = (char)(0x80 | (code_point & 0x3f));
    } else if (code_point < 0x10000) {
        bytes[len++] = (char)(0xe0 | code_point >> 12);
        bytes[len++] = (char)(0x80 | (code_point >> 6 & 0x3f));
        bytes[len++] = (char)(0x80 | (code_point & 0x3f));
    } else {
        bytes[len++] = (char)(0xf0 | code_point >> 18);
        bytes[len++] = (char)(0x80 | (code_point >> 12 & 0x3f));
        bytes[len++] = (char)(0x80 | (code_point >> 6 & 0x3f));
        bytes[len++] = (char)(0x80 | (code_point & 0x3f));
    }
    strbuf_add(b, (Str){ bytes, len });
}

Str strbuf_str(const StrBuf *b)
{
    return b->len ? (Str){ b->ptr, b->len } : STR_NONE;
}
