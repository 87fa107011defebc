#include "base/pinyin.h"

#include <stdlib.h>
#include <utf8proc.h>

/* --- folding ------------------------------------------------------------------------------------ */

/* Logins, numbers and most codes: no need to ask Unicode. */
static bool fold_ascii(Str text, char *out)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if ((unsigned char)c >= 0x80)
            return false;
        out[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return true;
}

Str text_fold(Arena *arena, Str text)
{
    /* Also drops what nobody sees and nobody meant to type, such as zero-width blanks. */
    const utf8proc_option_t how =
        UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text.ptr;
    if (text.len == 0)
        return STR_NONE;
    char *ascii = arena_alloc(arena, text.len);
    if (fold_ascii(text, ascii))
        return (Str){ ascii, text.len };

    /* A first call counts; the second fills; then the code points become UTF-8 where they lie. */
    utf8proc_ssize_t len = (utf8proc_ssize_t)text.len;
    utf8proc_ssize_t points = utf8proc_decompose(bytes, len, NULL, 0, how);
    if (points < 0) /* not UTF-8: promised never to come here */
        abort();
    utf8proc_int32_t *buffer = arena_array_of(arena, utf8proc_int32_t, (size_t)points + 1);
    points = utf8proc_decompose(bytes, len, buffer, points, how);
    utf8proc_ssize_t folded = utf8proc_reencode(buffer, points, how);
    return folded > 0 ? (Str){ (char *)buffer, (size_t)folded } : STR_NONE;
}

/* --- pinyin ------------------------------------------------------------------------------------- */

static Str syllable_of(uint32_t code_point)
{
    if (code_point < PINYIN_FIRST || code_point > PINYIN_LAST)
        return STR_NONE;
    return str_of(pinyin_syllables[pinyin_index[code_point - PINYIN_FIRST]]);
}

/* One character at a time, with its syllable if it has one. */
typedef struct Reading {
    Str character;
    Str syllable; /* empty when it is not read in pinyin */
} Reading;

static bool next_reading(Str text, size_t *at, Reading *out)
{
    size_t from = *at;
    uint32_t code_point = str_next_char(text, at);
    if (code_point == UINT32_MAX)
        return false;
    *out = (Reading){ str_sub(text, from, *at - from), syllable_of(code_point) };
    return true;
}

Str pinyin_key(Arena *arena, Str text)
{
    StrBuf key = strbuf_in(arena);
    Str folded = text_fold(arena, text);
    Reading r;
    bool apart = false; /* a blank comes before the next part */
    for (size_t at = 0; next_reading(folded, &at, &r);) {
        if (str_trim(r.character).len == 0) {
            apart = true;
            continue;
        }
        Str part = r.syllable.len ? r.syllable : r.character;
        bool blank = key.len && (apart || r.syllable.len);
        if (key.len + blank + part.len > PINYIN_KEY_MAX)
            break;
        if (blank)
            strbuf_addc(&key, ' ');
        strbuf_add(&key, part);
        apart = r.syllable.len != 0;
    }
    return strbuf_str(&key);
}

Str pinyin_initials(Arena *arena, Str text)
{
    StrBuf initials = strbuf_in(arena);
    Str folded = text_fold(arena, text);
    Reading r;
    for (size_t at = 0; next_reading(folded, &at, &r);) {
        char c = r.syllable.len ? r.syllable.ptr[0] : r.character.ptr[0];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            strbuf_addc(&initials, c);
    }
    return strbuf_str(&initials);
}
