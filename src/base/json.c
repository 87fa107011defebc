#include "base/json.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

/* --- reading ------------------------------------------------------------------------------------ */

static Status malformed(Ctx *c, const char *zh, const char *en, size_t at)
{
    return fail(c, ST_MALFORMED, "JSON 第%zu字节：%s", "JSON, byte %zu: %s", at, c->lang == LANG_ZH ? zh : en);
}

/* What json-c lets pass: U+0000 and lone surrogates by escape, numbers beyond int64, and it keeps the last of
 * equal keys. One pass over the text counts keys and looks at escapes and numbers. */
typedef struct Scan {
    Str text;
    size_t at;
    size_t keys;
    size_t nodes;
} Scan;

static unsigned hex4(Str t, size_t at)
{
    unsigned value = 0;
    for (size_t i = at; i < at + 4; i++) {
        char ch = i < t.len ? t.ptr[i] : 'x';
        int digit = ch >= '0' && ch <= '9'                 ? ch - '0'
                    : (ch | 32) >= 'a' && (ch | 32) <= 'f' ? (ch | 32) - 'a' + 10
                                                           : -1;
        if (digit < 0)
            return UINT32_MAX;
        value = value * 16 + (unsigned)digit;
    }
    return value;
}

static bool escape_fits(Scan *s)
{
    unsigned u = hex4(s->text, s->at + 2);
    if (u == 0 || u == UINT32_MAX || (u >= 0xdc00 && u <= 0xdfff))
        return false;
    if (u < 0xd800 || u > 0xdbff)
        return true;
    bool second = s->at + 12 <= s->text.len && s->text.ptr[s->at + 6] == '\\' && s->text.ptr[s->at + 7] == 'u';
    unsigned low = second ? hex4(s->text, s->at + 8) : 0;
    s->at += 6;
    return low >= 0xdc00 && low <= 0xdfff;
}

static bool scan_string(Scan *s)
{
    for (s->at++; s->at < s->text.len && s->text.ptr[s->at] != '"'; s->at++) {
        unsigned char ch = (unsigned char)s->text.ptr[s->at];
        if (ch < ' ')
            return false;
        if (ch != '\\')
            continue;
        if (s->at + 1 < s->text.len && s->text.ptr[s->at + 1] == 'u' && !escape_fits(s))
            return false;
        s->at++;
    }
    return s->at < s->text.len;
}

static bool number_fits(Scan *s)
{
    size_t from = s->at;
    bool whole = true;
    while (s->at < s->text.len && s->text.ptr[s->at] && strchr("+-.eE0123456789", s->text.ptr[s->at])) {
        whole = whole && !strchr(".eE", s->text.ptr[s->at]);
        s->at++;
    }
    Str number = str_sub(s->text, from, s->at - from);
    int64_t ignored;
    s->at--;
    return !whole || str_to_int(number, &ignored) || str_eq(number, S("-0"));
}

static Status scan(Ctx *c, Scan *s)
{
    for (; s->at < s->text.len; s->at++) {
        char ch = s->text.ptr[s->at];
        size_t began = s->at;
        if (ch == '"' && !scan_string(s))
            return malformed(c, "文字中有不允许的字符", "a text holds what it may not", began);
        if ((ch == '-' || (ch >= '0' && ch <= '9')) && !number_fits(s))
            return malformed(c, "整数过大", "a whole number is too large", began);
        s->keys += ch == ':';
        s->nodes += ch == ',' || ch == '[' || ch == '{';
        if (s->nodes > JSON_NODES_MAX)
            return malformed(c, "内容过多", "holds too much", began);
    }
    return ST_OK;
}

static Json *convert(Ctx *c, struct json_object *from, size_t *keys)
{
    Json *node = arena_new_of(c->arena, Json);
    const Json **end = &node->first;
    switch (json_object_get_type(from)) {
    case json_type_null:
        node->kind = JSON_NULL;
        break;
    case json_type_boolean:
        node->kind = JSON_BOOL;
        node->flag = json_object_get_boolean(from);
        break;
    case json_type_int:
        node->kind = JSON_INT;
        node->whole = json_object_get_int64(from);
        break;
    case json_type_double:
        node->kind = JSON_REAL;
        node->real = json_object_get_double(from);
        break;
    case json_type_string:
        node->kind = JSON_TEXT;
        node->text =
            str_copy(c->arena, (Str){ json_object_get_string(from), (size_t)json_object_get_string_len(from) });
        break;
    case json_type_array:
        node->kind = JSON_LIST;
        for (size_t i = 0; i < json_object_array_length(from); i++, node->count++) {
            Json *item = convert(c, json_object_array_get_idx(from, i), keys);
            *end = item;
            end = &item->next;
        }
        break;
    case json_type_object:
        node->kind = JSON_OBJECT;
        json_object_object_foreach(from, key, value)
        {
            Json *member = convert(c, value, keys);
            member->key = str_copy(c->arena, str_of(key));
            *end = member;
            end = &member->next;
            node->count++;
            (*keys)++;
        }
        break;
    }
    return node;
}

static void tokener_close(void *tokener)
{
    json_tokener_free(tokener);
}

static void object_close(void *object)
{
    json_object_put(object);
}

Status json_read(Ctx *c, Str text, const Json **out)
{
    Scan s = { .text = text };
    size_t keys = 0;
    if (!str_is_text(text))
        return malformed(c, "不是有效的 UTF-8 文字", "is no valid UTF-8 text", 0);
    if (text.len > INT32_MAX)
        return malformed(c, "内容过多", "holds too much", 0);
    TRY(scan(c, &s));
    struct json_tokener *tokener = json_tokener_new_ex(JSON_DEPTH_MAX);
    arena_defer(c->arena, tokener_close, tokener);
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    /* The NUL behind the text ends a number at the top. */
    const char *ended = str_c(c->arena, text);
    struct json_object *root = json_tokener_parse_ex(tokener, ended, (int)text.len + 1);
    if (json_tokener_get_error(tokener) != json_tokener_success)
        return malformed(c, "格式有误", "is not well formed", json_tokener_get_parse_end(tokener));
    arena_defer(c->arena, object_close, root);
    size_t end = json_tokener_get_parse_end(tokener);
    if (str_trim(str_sub(text, end, SIZE_MAX)).len)
        return malformed(c, "结尾之后还有内容", "has something behind its end", end);
    *out = convert(c, root, &keys);
    if (keys != s.keys)
        return malformed(c, "同一个名称出现了两次", "names a member twice", 0);
    return ST_OK;
}

const Json *json_get(const Json *object, Str key)
{
    if (!object || object->kind != JSON_OBJECT)
        return NULL;
    for (const Json *m = object->first; m; m = m->next)
        if (str_eq(m->key, key))
            return m;
    return NULL;
}

Str json_text_or(const Json *node, Str otherwise)
{
    return node && node->kind == JSON_TEXT ? node->text : otherwise;
}

int64_t json_int_or(const Json *node, int64_t otherwise)
{
    return node && node->kind == JSON_INT ? node->whole : otherwise;
}

bool json_flag_or(const Json *node, bool otherwise)
{
    return node && node->kind == JSON_BOOL ? node->flag : otherwise;
}

/* --- writing ------------------------------------------------------------------------------------------ */

JsonWriter json_onto(StrBuf *out)
{
    return (JsonWriter){ .out = out };
}

static void comma(JsonWriter *w)
{
    if (w->after_key) {
        w->after_key = false;
        return;
    }
    uint64_t bit = (uint64_t)1 << w->depth;
    if (w->started & bit)
        strbuf_addc(w->out, ',');
    w->started |= bit;
}

static void open(JsonWriter *w, char bracket)
{
    comma(w);
    strbuf_addc(w->out, bracket);
    w->depth++;
    w->started &= ~((uint64_t)1 << w->depth);
}

static void close(JsonWriter *w, char bracket)
{
    w->depth--;
    strbuf_addc(w->out, bracket);
}

void json_open_object(JsonWriter *w)
{
    open(w, '{');
}

void json_close_object(JsonWriter *w)
{
    close(w, '}');
}

void json_open_list(JsonWriter *w)
{
    open(w, '[');
}

void json_close_list(JsonWriter *w)
{
    close(w, ']');
}

void json_key(JsonWriter *w, Str key)
{
    comma(w);
    strbuf_addc(w->out, '"');
    strbuf_add(w->out, key);
    strbuf_add(w->out, S("\":"));
    w->after_key = true;
}

static bool needs_escape(unsigned char ch)
{
    return ch < ' ' || ch == '"' || ch == '\\';
}

static void add_escape(StrBuf *b, unsigned char ch)
{
    if (ch == '"' || ch == '\\') {
        strbuf_addc(b, '\\');
        strbuf_addc(b, (char)ch);
    } else if (ch == '\n') {
        strbuf_add(b, S("\\n"));
    } else {
        strbuf_addf(b, "\\u%04x", ch);
    }
}

void json_text(JsonWriter *w, Str text)
{
    comma(w);
    strbuf_room(w->out, text.len + 2);
    strbuf_addc(w->out, '"');
    size_t run = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!needs_escape((unsigned char)text.ptr[i]))
            continue;
        strbuf_add(w->out, (Str){ text.ptr + run, i - run });
        add_escape(w->out, (unsigned char)text.ptr[i]);
        run = i + 1;
    }
    if (run < text.len)
        strbuf_add(w->out, (Str){ text.ptr + run, text.len - run });
    strbuf_addc(w->out, '"');
}

void json_text_or_null(JsonWriter *w, Str text)
{
    if (text.len)
        json_text(w, text);
    else
        json_null(w);
}

void json_int(JsonWriter *w, int64_t n)
{
    comma(w);
    strbuf_add_int(w->out, n);
}

void json_real(JsonWriter *w, double n, int decimals)
{
    char text[64];
    int len = snprintf(text, sizeof text, "%.*f", decimals, n);
    while (decimals > 0 && len > 1 && text[len - 1] == '0' && text[len - 2] != '.')
        len--;
    if (len > 2 && text[len - 1] == '0' && text[len - 2] == '.')
        len -= 2;
    comma(w);
    strbuf_add(w->out, (Str){ text, (size_t)len });
}

void json_flag(JsonWriter *w, bool flag)
{
    comma(w);
    strbuf_add(w->out, flag ? S("true") : S("false"));
}

void json_null(JsonWriter *w)
{
    comma(w);
    strbuf_add(w->out, S("null"));
}

void json_date(JsonWriter *w, Date d)
{
    char text[DATE_TEXT_LEN];
    if (d == DATE_NONE) {
        json_null(w);
        return;
    }
    date_put(text, d);
    json_text(w, (Str){ text, DATE_TEXT_LEN });
}

void json_instant(JsonWriter *w, Instant at)
{
    char text[INSTANT_TEXT_LEN];
    if (at == 0) {
        json_null(w);
        return;
    }
    instant_put(text, at);
    json_text(w, (Str){ text, INSTANT_TEXT_LEN });
}

void json_raw(JsonWriter *w, Str json)
{
    comma(w);
    strbuf_add(w->out, json);
}

void json_tree(JsonWriter *w, const Json *node)
{
    switch (node->kind) {
    case JSON_NULL:
        json_null(w);
        return;
    case JSON_BOOL:
        json_flag(w, node->flag);
        return;
    case JSON_INT:
        json_int(w, node->whole);
        return;
    case JSON_REAL:
        comma(w);
        strbuf_addf(w->out, "%.17g", node->real);
        return;
    case JSON_TEXT:
        json_text(w, node->text);
        return;
    case JSON_LIST:
        json_open_list(w);
        for (const Json *n = node->first; n; n = n->next)
            json_tree(w, n);
        json_close_list(w);
        return;
    case JSON_OBJECT:
        break;
    }
    json_open_object(w);
    for (const Json *n = node->first; n; n = n->next) {
        comma(w);
        w->after_key = true; /* the key is a text like any other here */
        json_text(w, n->key);
        strbuf_addc(w->out, ':');
        w->after_key = true;
        json_tree(w, n);
    }
    json_close_object(w);
}
