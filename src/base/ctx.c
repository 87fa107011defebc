#include "base/ctx.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

enum { FIELD_ERRORS_MAX = 50, FIELD_VALUE_CHARS = 80 };

/* --- status and language ------------------------------------------------------------------------ */

typedef struct StatusRow {
    const char *name;
    int http;
    int exit_code;
} StatusRow;

static const StatusRow statuses[STATUS_COUNT] = {
#define X(name, http, code) [ST_##name] = { #name, http, code },
    STATUS_LIST(X)
#undef X
};

int status_http(Status status)
{
    assert(status < STATUS_COUNT);
    return statuses[status].http;
}

int status_exit(Status status)
{
    assert(status < STATUS_COUNT);
    return statuses[status].exit_code;
}

const char *status_name(Status status)
{
    assert(status < STATUS_COUNT);
    return statuses[status].name;
}

Str text_in(Text text, Lang lang)
{
    return str_of(lang == LANG_ZH ? text.zh : text.en);
}

static Str format_args(Arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
static Str format_args(Arena *arena, const char *format, va_list args)
{
    StrBuf b = strbuf_in(arena);
    strbuf_add_args(&b, format, args);
    return strbuf_str(&b);
}

Text text_format(Ctx *c, const char *zh, const char *en, ...)
{
    va_list args, again;
    va_start(args, en);
    va_copy(again, args);
    Str in_zh = format_args(c->arena, zh, args);
    Str in_en = format_args(c->arena, en, again);
    va_end(again);
    va_end(args);
    return T(in_zh.len ? in_zh.ptr : "", in_en.len ? in_en.ptr : "");
}

/* --- the Ctx ------------------------------------------------------------------------------------ */

Ctx ctx_on(Arena *arena, const Env *env)
{
    /* Both from one reading: at midnight, today must be the day of now. */
    Clock once = *env->clock;
    once.fixed = clock_now(env->clock);
    return (Ctx){
        .arena = arena,
        .env = env,
        .lang = LANG_ZH,
        .today = clock_today(&once),
        .now = once.fixed,
    };
}

/* __FILE__ as the compiler was given it; people look below src/. */
static const char *place_in_src(const char *place)
{
    return strncmp(place, "src/", 4) == 0 ? place + 4 : place;
}

Status fail_at(Ctx *c, Status status, const char *place, const char *zh, const char *en, ...)
{
    assert(status != ST_OK && status < STATUS_COUNT);
    if (c->err.status != ST_OK)
        return c->err.status;
    va_list args;
    va_start(args, en);
    c->err = (Error){
        .status = status,
        .place = place_in_src(place),
        .message = format_args(c->arena, c->lang == LANG_ZH ? zh : en, args),
    };
    va_end(args);
    return status;
}

static FieldError **tail_of(Error *err)
{
    FieldError **tail = &err->fields;
    while (*tail)
        tail = &(*tail)->next;
    return tail;
}

Status fail_field(Ctx *c, Str field, Str value, Text rule, Text remedy)
{
    return fail_field_as(c, ST_INVALID, field, value, rule, remedy);
}

Status fail_field_as(Ctx *c, Status status, Str field, Str value, Text rule, Text remedy)
{
    assert(status != ST_OK && status < STATUS_COUNT);
    if (c->err.status == ST_OK) {
        Str said = text_in(rule, c->lang);
        (void)fail(c, status, "%.*s：%.*s", "%.*s: %.*s", STR_ARG(field), STR_ARG(said));
    }
    if (c->err.field_count++ >= FIELD_ERRORS_MAX)
        return status;
    FieldError *wrong = arena_new_of(c->arena, FieldError);
    *wrong = (FieldError){
        .field = str_copy(c->arena, field),
        .value = str_is_text(value) ? str_copy(c->arena, str_clip(value, FIELD_VALUE_CHARS)) : STR_NONE,
        .rule = text_in(rule, c->lang),
        .remedy = text_in(remedy, c->lang),
    };
    *tail_of(&c->err) = wrong;
    return status;
}

Status blame_field(Ctx *c, Str field, Text remedy)
{
    char *rule = str_c(c->arena, c->err.message);
    ctx_forgive(c);
    return fail_field(c, field, STR_NONE, (Text){ rule, rule }, remedy);
}

void ctx_forgive(Ctx *c)
{
    c->err = (Error){ .status = ST_OK };
}

CtxMark ctx_mark(const Ctx *c)
{
    return (CtxMark){ arena_mark(c->arena), c->err };
}

void ctx_rewind(Ctx *c, CtxMark mark)
{
    /* The fields noted since the mark hang on the last one before it: cut them off first, for
     * their memory goes now. */
    FieldError **tail = &mark.err.fields;
    for (uint32_t i = 0; i < mark.err.field_count && i < FIELD_ERRORS_MAX; i++)
        tail = &(*tail)->next;
    *tail = NULL;
    c->err = mark.err;
    arena_reset(c->arena, mark.memory);
}
