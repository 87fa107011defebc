#include "base/json_guard.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define IS_LIST SIZE_MAX

#define EACH_BYTE 0x0101010101010101ull
#define HIGH_BITS 0x8080808080808080ull

/* True when one of eight bytes must be escaped inside a JSON text: a control character, '"' or '\'.
 * Each term has a high bit exactly when one of its bytes is, in turn, below 0x20 or equal to the letter. */
static bool some_need_escape(const char *p)
{
    uint64_t word, quote, backslash;
    memcpy(&word, p, sizeof word);
    quote = word ^ (EACH_BYTE * '"');
    backslash = word ^ (EACH_BYTE * '\\');
    return (((word - EACH_BYTE * 0x20) & ~word) | ((quote - EACH_BYTE) & ~quote) |
               ((backslash - EACH_BYTE) & ~backslash)) &
           HIGH_BITS;
}

static bool needs_escape(char c)
{
    return (unsigned char)c < 0x20 || c == '"' || c == '\\';
}

size_t json_plain_run(Str s, size_t from)
{
    size_t at = from;
    while (s.len - at >= 8 && !some_need_escape(s.ptr + at))
        at += 8;
    while (at < s.len && !needs_escape(s.ptr[at]))
        at++;
    return at - from;
}

Status json_refuse(const JsonGuard *g, size_t at, Text reason)
{
    Str before = str_sub(g->text, 0, at);
    size_t line = 1, start = 0, hit;
    while ((hit = str_find(before, S("\n"), start)) != SIZE_MAX) {
        start = hit + 1;
        line++;
    }
    size_t column = str_chars(str_sub(before, start, before.len)) + 1;
    Str why = text_in(reason, g->c->lang);
    return fail(
        g->c, ST_MALFORMED, "JSON第%zu行第%zu列：%.*s", "JSON line %zu, column %zu: %.*s", line, column, STR_ARG(why));
}

static Status refuse_here(const JsonGuard *g, Text reason)
{
    return json_refuse(g, g->at, reason);
}

static bool take_code_unit(const JsonGuard *g, size_t at, unsigned *out)
{
    uint8_t bytes[2];
    size_t len;
    Str escape = str_sub(g->text, at, 6);
    if (escape.len < 6 || !str_starts(escape, S("\\u")) || !str_unhex(str_sub(escape, 2, 4), bytes, 2, &len))
        return false;
    *out = (unsigned)bytes[0] << 8 | bytes[1];
    return true;
}

/* At a backslash. Which other letters may follow one is left to json-c. */
static Status guard_escape(JsonGuard *g)
{
    unsigned unit, low;
    if (!str_starts(str_sub(g->text, g->at, 2), S("\\u"))) {
        g->at += g->at + 1 < g->text.len ? 2 : 1;
        return ST_OK;
    }
    if (!take_code_unit(g, g->at, &unit))
        return refuse_here(g, T("\\u后面应当是四位十六进制数字", "\\u must be followed by four hexadecimal digits"));
    if (unit == 0)
        return refuse_here(g, T("文本中不能有U+0000", "a text may not hold U+0000"));
    g->at += 6;
    if (unit < 0xd800 || unit > 0xdfff)
        return ST_OK;
    if (unit > 0xdbff || !take_code_unit(g, g->at, &low) || low < 0xdc00 || low > 0xdfff) {
        g->at -= 6;
        return refuse_here(g, T("代理项没有成对出现", "a surrogate stands alone"));
    }
    g->at += 6;
    return ST_OK;
}

static Status guard_text(JsonGuard *g)
{
    g->at++;
    for (;;) {
        g->at += json_plain_run(g->text, g->at);
        if (g->at >= g->text.len)
            return refuse_here(g, T("文本缺少结尾的引号", "the closing quote of a text is missing"));
        char c = g->text.ptr[g->at];
        if (c == '"') {
            g->at++;
            return ST_OK;
        }
        if (c != '\\')
            return refuse_here(g, T("文本中不能有控制字符", "a text may not hold control characters"));
        TRY(guard_escape(g));
    }
}

static size_t digits_at(Str s, size_t at)
{
    size_t from = at;
    while (at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9')
        at++;
    return at - from;
}

static bool char_at(Str s, size_t at, const char *any_of)
{
    return at < s.len && s.ptr[at] && strchr(any_of, s.ptr[at]);
}

/* Length of the number at the beginning of s by the grammar of RFC 8259, or 0. */
static size_t number_len(Str s, bool *whole)
{
    size_t at = char_at(s, 0, "-");
    size_t digits = digits_at(s, at);
    if (digits == 0 || (digits > 1 && s.ptr[at] == '0'))
        return 0;
    at += digits;
    *whole = !char_at(s, at, ".eE");
    if (char_at(s, at, ".")) {
        digits = digits_at(s, at + 1);
        at += 1 + digits;
        if (digits == 0)
            return 0;
    }
    if (char_at(s, at, "eE")) {
        at += 1 + char_at(s, at + 1, "+-");
        digits = digits_at(s, at);
        at += digits;
        if (digits == 0)
            return 0;
    }
    return at;
}

static Status guard_number(JsonGuard *g)
{
    bool whole = false;
    int64_t n;
    Str rest = str_sub(g->text, g->at, g->text.len);
    Str number = str_sub(rest, 0, number_len(rest, &whole));
    if (number.len == 0)
        return refuse_here(g, T("数字的写法有误", "this is not how a number is written"));
    bool fits = whole ? str_to_int(number, &n) : isfinite(strtod(str_c(g->c->arena, number), NULL));
    if (!fits)
        return refuse_here(g, T("数字超出可表示的范围", "the number is beyond what can be held"));
    g->at += number.len;
    return ST_OK;
}

static Status guard_word(JsonGuard *g)
{
    static const Str words[] = { S_INIT("true"), S_INIT("false"), S_INIT("null") };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_eq(str_sub(g->text, g->at, words[i].len), words[i])) {
            g->at += words[i].len;
            return ST_OK;
        }
    }
    return refuse_here(g, T("此处有不应出现的字符", "unexpected character"));
}

static Status guard_open(JsonGuard *g, bool is_object)
{
    if (g->depth == JSON_DEPTH_MAX)
        return refuse_here(g, T("嵌套层数过多", "nested too deeply"));
    size_t index = IS_LIST;
    if (is_object) {
        if (g->object_count == g->object_room) {
            size_t room = g->object_room ? g->object_room * 2 : 16;
            g->objects =
                arena_grow(g->c->arena, g->objects, g->object_room * sizeof *g->objects, room * sizeof *g->objects);
            g->object_room = room;
        }
        index = g->object_count++;
        g->objects[index].at = g->at;
    }
    g->opened[g->depth++] = index;
    g->at++;
    return ST_OK;
}

static Status guard_mark(JsonGuard *g)
{
    char c = g->text.ptr[g->at];
    if (g->depth == 0 && (c == '}' || c == ']'))
        return refuse_here(g, T("此处有不应出现的字符", "unexpected character"));
    if (c == '}' || c == ']')
        g->depth--;
    if (c == ':' && g->nodes > 0) {
        g->nodes--; /* the text before it was a key */
        if (g->depth > 0 && g->opened[g->depth - 1] != IS_LIST)
            g->objects[g->opened[g->depth - 1]].keys++;
    }
    g->at++;
    return ST_OK;
}

static Status guard_token(JsonGuard *g)
{
    char c = g->text.ptr[g->at];
    if (strchr(" \t\r\n:,]}", c))
        return guard_mark(g);
    if (++g->nodes > JSON_NODES_MAX)
        return refuse_here(g, T("内容项数过多", "too many values"));
    if (c == '{' || c == '[')
        return guard_open(g, c == '{');
    if (c == '"')
        return guard_text(g);
    if (c == '-' || (c >= '0' && c <= '9'))
        return guard_number(g);
    return guard_word(g);
}

Status json_guard(JsonGuard *g)
{
    if (g->text.len > INT32_MAX - 1)
        return refuse_here(g, T("内容过长", "too long"));
    if (!str_is_text(g->text))
        return refuse_here(g, T("内容不是有效的UTF-8文本", "this is not valid UTF-8 text"));
    while (g->at < g->text.len)
        TRY(guard_token(g));
    if (g->nodes == 0)
        return refuse_here(g, T("没有内容", "there is nothing here"));
    return ST_OK;
}
