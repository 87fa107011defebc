/* The text folded to one spelling, with the way back. */
#include "check/reading.h"

#include <string.h>

enum { SENTENCE_HALF_MAX = 900 }; /* bytes shown before and after a span: a text without full stops stays linear */

static uint32_t code_of(const unsigned char *p)
{
    return ((uint32_t)(p[0] & 0x0f) << 12) | ((uint32_t)(p[1] & 0x3f) << 6) | (p[2] & 0x3f);
}

/* The ASCII that a character of three bytes stands for; 0: itself. */
static char ascii_of(uint32_t code)
{
    if (code >= 0xff01 && code <= 0xff5e)
        return (char)(code - 0xff01 + '!');
    switch (code) {
    case 0x3000: /* ideographic space */
    case 0x2003:
    case 0x2009:
    case 0x202f:
        return ' ';
    case 0x2236: /* ratio sign */
        return ':';
    case 0x2028:
    case 0x2029:
        return '\n';
    default:
        return 0;
    }
}

static bool is_word(char ch)
{
    return (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z') || ch == '.' || ch == '%';
}

/* A blank counts only between two ASCII words: in "第 9 轮" it is typography, in "42 40" a column's edge. */
static bool blank_counts(const char *out, size_t len, Str source, size_t next)
{
    if (len == 0 || !is_word(out[len - 1]))
        return false;
    while (next < source.len && (source.ptr[next] == ' ' || source.ptr[next] == '\t'))
        next++;
    if (next >= source.len)
        return false;
    unsigned char ch = (unsigned char)source.ptr[next];
    return is_word((char)ch) || ch == 0xef; /* perhaps a full-width digit */
}

typedef struct Folder {
    Str source;
    char *out;
    uint32_t *map;
    size_t len;
} Folder;

static void put(Folder *to, const char *bytes, size_t len, size_t from)
{
    for (size_t i = 0; i < len; i++) {
        to->out[to->len] = bytes[i];
        to->map[to->len++] = (uint32_t)from;
    }
}

static void put_blank(Folder *to, size_t from, size_t next)
{
    if (blank_counts(to->out, to->len, to->source, next))
        put(to, " ", 1, from);
}

static void put_ascii(Folder *to, char ch, size_t from, size_t next)
{
    if (ch == ' ')
        put_blank(to, from, next);
    else if (ch != '\r')
        put(to, &ch, 1, from);
}

static size_t fold_wide(Folder *to, size_t at)
{
    const unsigned char *p = (const unsigned char *)to->source.ptr + at;
    size_t len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (len == 2 && p[0] == 0xc2 && p[1] == 0xa0)
        put_blank(to, at, at + len);
    else if (len != 3 || (p[0] >= 0xe4 && p[0] <= 0xe9))
        put(to, (const char *)p, len, at); /* by far the most: no need to look */
    else {
        uint32_t code = code_of(p);
        char ascii = ascii_of(code);
        if (ascii)
            put_ascii(to, ascii, at, at + len);
        else if (code != 0xfeff && code != 0x200b)
            put(to, (const char *)p, len, at);
    }
    return at + len;
}

Folded folded_from(Arena *arena, Str source, size_t from, size_t end)
{
    Folder to = { .source = str_sub(source, 0, end), .out = arena_alloc(arena, end - from + 1) };
    to.map = arena_array_of(arena, uint32_t, end - from + 1);
    for (size_t at = from; at < end;) {
        char ch = source.ptr[at];
        if ((unsigned char)ch >= 0x80)
            at = fold_wide(&to, at);
        else {
            put_ascii(&to, ch == '\t' ? ' ' : ch, at, at + 1);
            at++;
        }
    }
    to.map[to.len] = (uint32_t)end;
    return (Folded){ source, to.out, to.len, to.map };
}

/* --- places ------------------------------------------------------------------------------------------------------ */

size_t text_count_chars(const Folded *f, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        n += ((unsigned char)f->ptr[i] & 0xc0) != 0x80;
    return n;
}

size_t text_sentence_from(const Folded *f, size_t at)
{
    size_t least = at > SENTENCE_HALF_MAX ? at - SENTENCE_HALF_MAX : 0;
    for (size_t i = at; i > least; i--) {
        size_t before = text_back(f, i);
        if (text_ends_sentence(f, before))
            return i;
        i = before + 1;
    }
    while (least > 0 && ((unsigned char)f->ptr[least] & 0xc0) == 0x80)
        least++;
    return least;
}

size_t text_sentence_to(const Folded *f, size_t at)
{
    size_t most = at + SENTENCE_HALF_MAX < f->len ? at + SENTENCE_HALF_MAX : f->len;
    while (at < most) {
        if (f->ptr[at] == '\n')
            return at;
        size_t next = at + text_char_len(f, at);
        if (text_ends_sentence(f, at))
            return next;
        at = next;
    }
    return at < f->len ? at : f->len;
}

/* --- words ------------------------------------------------------------------------------------------------------- */

size_t text_find(const Folded *f, size_t from, size_t to, Str word)
{
    enum { SHORT = 96 }; /* bytes; the library's search pays for itself on longer ranges */
    if (to < from + word.len)
        return SIZE_MAX;
    if (to - from > SHORT) {
        const char *hit = memmem(f->ptr + from, to - from, word.ptr, word.len);
        return hit ? (size_t)(hit - f->ptr) : SIZE_MAX;
    }
    const char *last = f->ptr + to - word.len;
    for (const char *at = f->ptr + from; at <= last; at++)
        if (text_is_there(at, word))
            return (size_t)(at - f->ptr);
    return SIZE_MAX;
}

bool text_has(const Folded *f, size_t from, size_t to, Str word)
{
    return text_find(f, from, to, word) != SIZE_MAX;
}

static uint64_t letter(char last_byte)
{
    return UINT64_C(1) << ((unsigned char)last_byte & 0x3f);
}

uint64_t text_letters(const Folded *f, size_t from, size_t to)
{
    uint64_t letters = 0;
    for (size_t i = from; i < to;) {
        size_t len = text_char_len(f, i);
        letters |= letter(f->ptr[i + len - 1]);
        i += len;
    }
    return letters;
}

static bool has_any(const Folded *f, size_t from, size_t to, uint64_t letters, const Str *words)
{
    for (; words->len; words++) {
        uint64_t first = letter((unsigned char)words->ptr[0] < 0x80 ? words->ptr[0] : words->ptr[2]);
        uint64_t last = letter(words->ptr[words->len - 1]);
        if ((letters & first) && (letters & last) && text_has(f, from, to, *words))
            return true;
    }
    return false;
}

bool text_has_any(const Folded *f, size_t from, size_t to, const Str *words)
{
    return to > from && has_any(f, from, to, text_letters(f, from, to), words);
}

bool num_lead_has_any(const Reading *r, const Num *n, const Str *words)
{
    return n->from > n->lead && has_any(&r->f, n->lead, n->from, n->letters, words);
}

bool num_lead_ends_any(const Reading *r, const Num *n, const Str *words)
{
    return text_ends_any(&r->f, n->lead, n->from, words);
}

bool text_ends_any(const Folded *f, size_t from, size_t to, const Str *words)
{
    for (; words->len; words++)
        if (text_ends(f, from, to, *words))
            return true;
    return false;
}

size_t text_at_any(const Folded *f, size_t at, const Str *words)
{
    for (; words->len; words++)
        if (text_at(f, at, *words))
            return words->len;
    return 0;
}
