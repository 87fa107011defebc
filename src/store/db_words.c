#include "store/db_words.h"

#include <stdint.h>

/* Length of the quoted string, quoted name or comment at the start; 0 when there is none. What does
 * not end runs to the end: the server will say so. */
static size_t opaque_len(Str s)
{
    size_t end;
    if (str_starts(s, S("--")))
        end = str_find(s, S("\n"), 2);
    else if (str_starts(s, S("/*")))
        end = str_find(s, S("*/"), 2);
    else if (*s.ptr == '\'' || *s.ptr == '"')
        end = str_find(s, str_sub(s, 0, 1), 1); /* a doubled quote reads as two strings, to the same end */
    else
        return 0;
    return end == SIZE_MAX ? s.len : end + 1;
}

static size_t word_len(Str s)
{
    size_t len = 0;
    while (len < s.len && (s.ptr[len] == '_' || (s.ptr[len] >= '0' && s.ptr[len] <= '9') ||
                              (s.ptr[len] >= 'A' && s.ptr[len] <= 'Z') || (s.ptr[len] >= 'a' && s.ptr[len] <= 'z')))
        len++;
    return len;
}

/* The database's own order of texts is its maker's choice; ours is that of bytes, as on SQLite. A
 * cast (AS TEXT) takes no collation. */
static Str word_here(Str word, Str before)
{
    if (str_eq(word, S("INTEGER")))
        return S("BIGINT");
    if (str_eq(word, S("BLOB")))
        return S("BYTEA");
    if (str_eq(word, S("TEXT")) && !str_eq(before, S("AS")))
        return S("TEXT COLLATE \"C\"");
    return word;
}

Str db_words_pgsql(Arena *arena, Str script)
{
    StrBuf out = strbuf_in(arena);
    Str before = STR_NONE;
    strbuf_room(&out, script.len * 2 + 1);
    while (script.len) {
        size_t opaque = opaque_len(script), word = word_len(script);
        size_t len = opaque ? opaque : word ? word : 1;
        Str piece = str_sub(script, 0, len);
        strbuf_add(&out, word ? word_here(piece, before) : piece);
        before = word ? piece : before;
        script = str_sub(script, len, script.len);
    }
    return strbuf_str(&out);
}
