#include "base/base64.h"

static int sextet(char ch)
{
    if (ch >= 'A' && ch <= 'Z')
        return ch - 'A';
    if (ch >= 'a' && ch <= 'z')
        return ch - 'a' + 26;
    if (ch >= '0' && ch <= '9')
        return ch - '0' + 52;
    return ch == '+' ? 62 : ch == '/' ? 63 : -1;
}

bool base64_read(Arena *arena, Str text, Str *out)
{
    size_t pad = text.len >= 2 && text.ptr[text.len - 1] == '=' ? 1 + (text.ptr[text.len - 2] == '=') : 0;
    if (text.len % 4 != 0)
        return false;
    char *bytes = arena_alloc(arena, text.len / 4 * 3 + 1);
    size_t len = 0;
    uint32_t group = 0;
    for (size_t i = 0; i < text.len; i++) {
        int value = i >= text.len - pad ? 0 : sextet(text.ptr[i]);
        if (value < 0)
            return false;
        group = group << 6 | (uint32_t)value;
        if (i % 4 == 3) {
            bytes[len++] = (char)(group >> 16 & 0xff);
            bytes[len++] = (char)(group >> 8 & 0xff);
            bytes[len++] = (char)(group & 0xff);
        }
    }
    *out = (Str){ bytes, len - pad };
    return true;
}
