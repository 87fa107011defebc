#include "base/json.h"

#include "base/json_guard.h"

#include <assert.h>
#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- from json-c's tree to ours ----------------------------------------------------------------- */

typedef struct Convert {
    const JsonGuard *guard;
    size_t object_index; /* of the next object; both walk in the order of the text */
} Convert;

/* Not deeper than JSON_DEPTH_MAX: the guard has seen to that. */
static Status convert(Convert *cv, struct json_object *from, Json *to);

static Status convert_list(Convert *cv, struct json_object *from, Json *to)
{
    Arena *arena = cv->guard->c->arena;
    const Json **tail = &to->first;
    to->kind = JSON_LIST;
    to->count = json_object_array_length(from);
    for (size_t i = 0; i < to->count; i++) {
        Json *item = arena_new_of(arena, Json);
        TRY(convert(cv, json_object_array_get_idx(from, i), item));
        *tail = item;
        tail = &item->next;
    }
    return ST_OK;
}

static Status convert_object(Convert *cv, struct json_object *from, Json *to)
{
    const JsonGuard *g = cv->guard;
    const OpenedObject *written = &g->objects[cv->object_index++];
    const Json **tail = &to->first;
    to->kind = JSON_OBJECT;
    to->count = (size_t)json_object_object_length(from);
    if (to->count != written->keys)
        return json_refuse(g, written->at, T("对象中有重复的键", "a key stands twice in this object"));
    struct json_object_iterator it = json_object_iter_begin(from), end = json_object_iter_end(from);
    for (; !json_object_iter_equal(&it, &end); json_object_iter_next(&it)) {
        Json *member = arena_new_of(g->c->arena, Json);
        member->key = str_copy(g->c->arena, str_of(json_object_iter_peek_name(&it)));
        TRY(convert(cv, json_object_iter_peek_value(&it), member));
        *tail = member;
        tail = &member->next;
    }
    return ST_OK;
}

static Status convert(Convert *cv, struct json_object *from, Json *to)
{
    switch (json_object_get_type(from)) {
    case json_type_array:
        return convert_list(cv, from, to);
    case json_type_object:
        return convert_object(cv, from, to);
    case json_type_null:
        to->kind = JSON_NULL;
        break;
    case json_type_boolean:
        to->kind = JSON_BOOL;
        to->flag = json_object_get_boolean(from);
        break;
    case json_type_int:
        to->kind = JSON_INT;
        to->whole = json_object_get_int64(from);
        break;
    case json_type_double:
        to->kind = JSON_REAL;
        to->real = json_object_get_double(from);
        break;
    case json_type_string:
        to->kind = JSON_TEXT;
        to->text = str_copy(
            cv->guard->c->arena, (Str){ json_object_get_string(from), (size_t)json_object_get_string_len(from) });
        break;
    }
    return ST_OK;
}

static Status parse(const JsonGuard *g, struct json_tokener *tokener, struct json_object **out)
{
    *out = json_tokener_parse_ex(tokener, g->text.ptr, (int)g->text.len);
    size_t at = json_tokener_get_parse_end(tokener);
    if (json_tokener_get_error(tokener) == json_tokener_continue) {
        /* A number at the very end might have gone on: say that it does not. */
        *out = json_tokener_parse_ex(tokener, "", -1);
        at = g->text.len;
    }
    enum json_tokener_error error = json_tokener_get_error(tokener);
    if (error == json_tokener_success)
        return ST_OK;
    if (at >= g->text.len)
        return json_refuse(g, at, T("内容不完整", "the text ends too early"));
    return json_refuse(g, at, T("不符合JSON语法", json_tokener_error_desc(error)));
}

Status json_read(Ctx *c, Str text, const Json **out)
{
    JsonGuard guard = { .c = c, .text = text };
    TRY(json_guard(&guard));

    /* One level more than ours: json-c counts the value inside the innermost list as well. */
    struct json_tokener *tokener = json_tokener_new_ex(JSON_DEPTH_MAX + 1);
    struct json_object *tree = NULL;
    if (!tokener)
        abort();
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT); /* that it is UTF-8, the guard has seen */
    Json *root = arena_new_of(c->arena, Json);
    Status status = parse(&guard, tokener, &tree);
    if (status == ST_OK)
        status = convert(&(Convert){ .guard = &guard }, tree, root);
    json_object_put(tree);
    json_tokener_free(tokener);
    if (status == ST_OK)
        *out = root;
    return status;
}

const Json *json_get(const Json *object, Str key)
{
    if (!object || object->kind != JSON_OBJECT)
        return NULL;
    const Json *member = object->first;
    while (member && !str_eq(member->key, key))
        member = member->next;
    return member;
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

/* --- writing ------------------------------------------------------------------------------------ */

enum { WRITER_DEPTH_MAX = 64, REAL_TEXT_MAX = 352 /* 309 digits of the largest double, and decimals */ };

JsonWriter json_onto(StrBuf *out)
{
    return (JsonWriter){ .out = out };
}

static void before_value(JsonWriter *w)
{
    uint64_t bit = UINT64_C(1) << w->depth;
    if (w->after_key)
        w->after_key = false;
    else if (w->started & bit)
        strbuf_addc(w->out, ',');
    w->started |= bit;
}

static void open_with(JsonWriter *w, char bracket)
{
    before_value(w);
    strbuf_addc(w->out, bracket);
    w->depth++;
    assert(w->depth < WRITER_DEPTH_MAX);
    w->started &= ~(UINT64_C(1) << w->depth);
}

static void close_with(JsonWriter *w, char bracket)
{
    assert(w->depth > 0 && !w->after_key);
    w->depth--;
    strbuf_addc(w->out, bracket);
}

void json_open_object(JsonWriter *w)
{
    open_with(w, '{');
}

void json_close_object(JsonWriter *w)
{
    close_with(w, '}');
}

void json_open_list(JsonWriter *w)
{
    open_with(w, '[');
}

void json_close_list(JsonWriter *w)
{
    close_with(w, ']');
}

static void add_escape(StrBuf *b, char c)
{
    static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt"; /* in pairs: the character, its letter */
    for (size_t i = 0; i < sizeof letters - 1; i += 2) {
        if (letters[i] == c) {
            strbuf_add(b, (Str){ (char[]){ '\\', letters[i + 1] }, 2 });
            return;
        }
    }
    strbuf_add(b, S("\\u00"));
    strbuf_add_hex(b, &c, 1);
}

static void add_quoted(StrBuf *b, Str text)
{
    strbuf_room(b, text.len + 2);
    strbuf_addc(b, '"');
    for (size_t at = 0; at < text.len;) {
        size_t run = json_plain_run(text, at);
        strbuf_add(b, (Str){ text.ptr + at, run });
        at += run;
        if (at < text.len)
            add_escape(b, text.ptr[at++]);
    }
    strbuf_addc(b, '"');
}

void json_key(JsonWriter *w, Str key)
{
    assert(!w->after_key);
    before_value(w);
    strbuf_room(w->out, key.len + 3);
    strbuf_addc(w->out, '"');
    strbuf_add(w->out, key);
    strbuf_add(w->out, S("\":"));
    w->after_key = true;
}

void json_text(JsonWriter *w, Str text)
{
    before_value(w);
    add_quoted(w->out, text);
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
    before_value(w);
    strbuf_add_int(w->out, n);
}

void json_real(JsonWriter *w, double n, int decimals)
{
    char text[REAL_TEXT_MAX];
    if (!isfinite(n)) { /* JSON has no word for it */
        json_null(w);
        return;
    }
    assert(decimals >= 0 && decimals <= 17);
    int written = snprintf(text, sizeof text, "%.*f", decimals, n);
    Str number = { text, (size_t)written };
    if (decimals > 0) {
        while (str_ends(number, S("0")))
            number.len--;
        if (str_ends(number, S(".")))
            number.len--;
    }
    json_raw(w, str_eq(number, S("-0")) ? S("0") : number);
}

/* With as few digits as bring the same number back, and always seen to be no whole number. */
static void json_real_exactly(JsonWriter *w, double n)
{
    char text[32];
    int len = 0;
    for (int digits = 15; digits <= 17; digits++) {
        len = snprintf(text, sizeof text, "%.*g", digits, n);
        if (strtod(text, NULL) == n)
            break;
    }
    json_raw(w, (Str){ text, (size_t)len });
    if (!strpbrk(text, ".e"))
        strbuf_add(w->out, S(".0"));
}

void json_flag(JsonWriter *w, bool flag)
{
    json_raw(w, flag ? S("true") : S("false"));
}

void json_null(JsonWriter *w)
{
    json_raw(w, S("null"));
}

void json_date(JsonWriter *w, Date d)
{
    char text[DATE_TEXT_LEN + 2] = "\"";
    if (d == DATE_NONE) {
        json_null(w);
        return;
    }
    date_put(text + 1, d);
    text[sizeof text - 1] = '"';
    json_raw(w, (Str){ text, sizeof text });
}

void json_instant(JsonWriter *w, Instant at)
{
    char text[INSTANT_TEXT_LEN + 2] = "\"";
    if (at == 0) {
        json_null(w);
        return;
    }
    instant_put(text + 1, at);
    text[sizeof text - 1] = '"';
    json_raw(w, (Str){ text, sizeof text });
}

void json_raw(JsonWriter *w, Str json)
{
    before_value(w);
    strbuf_add(w->out, json);
}

static void write_items(JsonWriter *w, const Json *node)
{
    for (const Json *item = node->first; item; item = item->next) {
        if (node->kind == JSON_OBJECT) { /* its keys came from outside */
            before_value(w);
            add_quoted(w->out, item->key);
            strbuf_addc(w->out, ':');
            w->after_key = true;
        }
        json_tree(w, item);
    }
}

void json_tree(JsonWriter *w, const Json *node)
{
    switch (node->kind) {
    case JSON_NULL:
        json_null(w);
        break;
    case JSON_BOOL:
        json_flag(w, node->flag);
        break;
    case JSON_INT:
        json_int(w, node->whole);
        break;
    case JSON_REAL:
        json_real_exactly(w, node->real);
        break;
    case JSON_TEXT:
        json_text(w, node->text);
        break;
    case JSON_LIST:
        json_open_list(w);
        write_items(w, node);
        json_close_list(w);
        break;
    case JSON_OBJECT:
        json_open_object(w);
        write_items(w, node);
        json_close_object(w);
        break;
    }
}
