#include "base/pinyin.h"

#include <stdlib.h>
#include <utf8proc.h>

static const char *syllable(uint32_t code)
{
    return code < PINYIN_FIRST || code > PINYIN_LAST ? "" : pinyin_syllables[pinyin_index[code - PINYIN_FIRST]];
}

Str text_fold(Arena *arena, Str text)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text.ptr, (utf8proc_ssize_t)text.len, &out,
        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
    Str folded = len > 0 ? str_copy(arena, (Str){ (const char *)out, (size_t)len }) : STR_NONE;
    free(out); /* utf8proc's own allocation */
    return folded;
}

Str pinyin_key(Arena *arena, Str text)
{
    StrBuf b = strbuf_in(arena);
    Str folded = text_fold(arena, text);
    bool word = false;
    for (size_t at = 0; at < folded.len;) {
        size_t from = at;
        const char *reading = syllable(str_next_char(folded, &at));
        bool gap = b.len && (*reading || !word);
        Str part = *reading ? str_of(reading) : str_sub(folded, from, at - from);
        if (b.len + part.len + gap > PINYIN_KEY_MAX)
            break;
        if (gap)
            strbuf_addc(&b, ' ');
        strbuf_add(&b, part);
        word = !*reading;
    }
    return strbuf_str(&b);
}

Str pinyin_initials(Arena *arena, Str text)
{
    StrBuf b = strbuf_in(arena);
    Str folded = text_fold(arena, text);
    for (size_t at = 0; at < folded.len && b.len < PINYIN_KEY_MAX;) {
        uint32_t code = str_next_char(folded, &at);
        const char *reading = syllable(code);
        if (*reading)
            strbuf_addc(&b, reading[0]);
        else if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9'))
            strbuf_addc(&b, (char)code);
    }
    return strbuf_str(&b);
}
