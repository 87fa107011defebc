#include "base/ctx.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FIELD_ERRORS_MAX = 50, FIELD_VALUE_CHARS = 80 };

static const struct {
    const char *name;
    int http;
    int code;
} statuses[] = {
#define X(name, http, code) { #name, http, code },
    STATUS_LIST(X)
#undef X
};

int status_http(Status status)
{
    return statuses[status].http;
}

int status_exit(Status status)
{
    return statuses[status].code;
}

const char *status_name(Status status)
{
    return statuses[status].name;
}

Str text_in(Text text, Lang lang)
{
    return str_of(lang == LANG_ZH ? text.zh : text.en);
}

Ctx ctx_on(Arena *arena, const Env *env)
{
    return (Ctx){ .arena = arena, .env = env, .today = clock_today(env->clock), .now = clock_now(env->clock) };
}

static Str format_list(Arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    char *text = arena_alloc(arena, (size_t)(len < 0 ? 0 : len) + 1);
    vsnprintf(text, (size_t)(len < 0 ? 0 : len) + 1, format, again);
    va_end(again);
    return (Str){ text, strlen(text) };
}

Status fail_at(Ctx *c, Status status, const char *place, const char *zh, const char *en, ...)
{
    if (c->err.status != ST_OK)
        return status;
    va_list args;
    va_start(args, en);
    c->err.message = format_list(c->arena, c->lang == LANG_ZH ? zh : en, args);
    va_end(args);
    c->err.status = status;
    c->err.place = place;
    return status;
}

Status fail_field_as(Ctx *c, Status status, Str field, Str value, Text rule, Text remedy)
{
    if (c->err.status == ST_OK)
        (void)fail_at(
            c, status, "base/ctx.c", "%.*s：%s", "%.*s: %s", STR_ARG(field), c->lang == LANG_ZH ? rule.zh : rule.en);
    if (c->err.field_count++ >= FIELD_ERRORS_MAX)
        return status;
    FieldError *e = arena_new_of(c->arena, FieldError);
    e->field = str_copy(c->arena, field);
    e->value = str_copy(c->arena, str_is_text(value) ? str_clip(value, FIELD_VALUE_CHARS) : STR_NONE);
    e->rule = str_copy(c->arena, text_in(rule, c->lang));
    e->remedy = str_copy(c->arena, text_in(remedy, c->lang));
    FieldError **end = &c->err.fields;
    while (*end)
        end = &(*end)->next;
    *end = e;
    return status;
}

Status fail_field(Ctx *c, Str field, Str value, Text rule, Text remedy)
{
    return fail_field_as(c, ST_INVALID, field, value, rule, remedy);
}

Text text_format(Ctx *c, const char *zh, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    const char *text = format_list(c->arena, c->lang == LANG_ZH ? zh : en, args).ptr;
    va_end(args);
    return T(text, text); /* only the language of this Ctx is ever asked for */
}

void ctx_forgive(Ctx *c)
{
    c->err = (Error){ 0 };
}

CtxMark ctx_mark(const Ctx *c)
{
    return (CtxMark){ arena_mark(c->arena), c->err };
}

void ctx_rewind(Ctx *c, CtxMark mark)
{
    arena_reset(c->arena, mark.memory);
    c->err = mark.err;
}
