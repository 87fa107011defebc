#include "http/exchange.h"

#include <microhttpd.h>
#include <string.h>

Str request_header(const Exchange *x, const char *name)
{
    return str_of(MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name));
}

/* libmicrohttpd has decoded name and value, and ended them with NUL. */
static enum MHD_Result take_param(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    Exchange *x = arg;
    if (x->u.param_count == PARAMS_MAX) {
        x->too_big = true;
        return MHD_NO;
    }
    x->params[x->u.param_count++] = (Param){ str_of(name), str_of(value) };
    return MHD_YES;
}

static Status read_params(Exchange *x)
{
    Ctx *c = &x->c;
    MHD_get_connection_values(x->connection, MHD_GET_ARGUMENT_KIND, take_param, x);
    x->u.params = x->params;
    if (x->too_big)
        return fail(c, ST_TOO_BIG, "查询条件超过%d个", "more than %d conditions", PARAMS_MAX);
    for (size_t i = 0; i < x->u.param_count; i++)
        if (!str_is_text(x->params[i].name) || !str_is_text(x->params[i].value))
            return fail(
                c, ST_MALFORMED, "查询条件中有无法识别的字符", "a condition holds bytes that are no valid text");
    return ST_OK;
}

/* "7" with its quotes, or without; * is refused: nobody may change what he has not seen. */
static Status read_if_match(Exchange *x)
{
    Str text = request_header(x, MHD_HTTP_HEADER_IF_MATCH);
    if (text.len == 0)
        return ST_OK;
    if (text.len > 2 && text.ptr[0] == '"' && text.ptr[text.len - 1] == '"')
        text = str_sub(text, 1, text.len - 2);
    if (str_to_int(text, &x->u.version) && x->u.version > 0)
        return ST_OK;
    return fail_field(&x->c, S("If-Match"), text, T("应为记录的版本号", "must be the record's version"),
        T("请刷新页面后再办理", "reload and try again"));
}

static Status read_headers(Exchange *x)
{
    Str key = request_header(x, "Idempotency-Key");
    TRY(read_if_match(x));
    if (key.len > 100 || !str_is_text(key))
        return fail_field(&x->c, S("Idempotency-Key"), STR_NONE, T("最多100个字符", "has at most 100 characters"),
            T("请刷新页面后再提交", "reload and submit again"));
    x->u.idempotency_key = key;
    x->u.route = str_format(x->c.arena, "%.*s %.*s", STR_ARG(x->method), STR_ARG(x->path));
    return ST_OK;
}

/* --- the session: cookie with CSRF header, or bearer token ------------------------------------------------ */

static Str bearer_token(const Exchange *x)
{
    Str text = request_header(x, MHD_HTTP_HEADER_AUTHORIZATION);
    return str_starts(text, S("Bearer ")) ? str_sub(text, 7, SIZE_MAX) : STR_NONE;
}

static Status check_csrf(Exchange *x)
{
    Str given = request_header(x, "X-CSRF-Token");
    Str wanted = x->session.csrf;
    if (given.len == wanted.len && bytes_equal(given.ptr, wanted.ptr, wanted.len))
        return ST_OK;
    return fail(&x->c, ST_DENIED, "请求缺少页面校验码：请刷新页面后再办理",
        "the request lacks the page's token: reload and try again");
}

static Status check_password_changed(Exchange *x)
{
    if (!x->session.must_change || (x->u.op->flags & FIRST))
        return ST_OK;
    return fail(&x->c, ST_DENIED, "首次登录须先修改口令", "change your password first");
}

static Status read_session(Exchange *x)
{
    Ctx *c = &x->c;
    Str bearer = bearer_token(x);
    Str token = bearer.len ? bearer : str_of(MHD_lookup_connection_value(x->connection, MHD_COOKIE_KIND, "xuncha"));
    if (token.len == 0 || x->u.op == &operations[USE_LOGIN])
        return x->u.op == &operations[USE_LOGIN] ? ST_OK : fail(c, ST_NOBODY, "请先登录", "log in first");
    x->u.token = sm3(c->env->crypto, token.ptr, token.len);
    TRY(app_read_begin(x->u.app, c));
    Status status = session_find(c, x->u.app, &x->u.token, &x->session);
    if (status != ST_OK || x->u.op->tx == TX_WRITE || x->is_upload)
        app_read_end(x->u.app, c); /* a read goes on in the same transaction */
    TRY(status);
    c->actor = &x->session.actor;
    x->has_session = true;
    x->u.by_program = x->session.program;
    if ((bearer.len > 0) != x->session.program)
        return fail(
            c, ST_NOBODY, "登录凭证用错了地方：程序用令牌，页面用登录", "a program's token is no page's session");
    if (!bearer.len && !str_eq(x->method, S("GET")))
        TRY(check_csrf(x));
    return check_password_changed(x);
}

Status request_read(Exchange *x)
{
    Ctx *c = &x->c;
    RouteMatch m;
    if (str_starts(request_header(x, MHD_HTTP_HEADER_ACCEPT_LANGUAGE), S("en")))
        c->lang = LANG_EN;
    if (!str_is_text(x->path))
        return fail(c, ST_MALFORMED, "地址中有无法识别的字符", "the address holds bytes that are no valid text");
    x->is_upload = str_eq(x->method, S("PUT")) && str_starts(x->path, S("/api/v1/uploads/"));
    if (!route_find(x->is_upload ? S("GET") : x->method, x->path, &m)) {
        if (m.known_path)
            return fail(c, ST_MISSING, "这个地址不支持 %.*s", "this address does not take %.*s", STR_ARG(x->method));
        return fail(c, ST_MISSING, "没有这个地址", "there is no such address");
    }
    x->u.op = &operations[m.route->operation];
    x->u.entity = m.entity;
    x->u.id = str_copy(c->arena, m.id);
    x->body_max = m.route->body_max;
    TRY(read_params(x));
    TRY(read_headers(x));
    return read_session(x);
}
