/* serve, figures, workflow. */
#include "cli/command.h"

#include "domain/workflow.h"
#include "http/listen.h"
#include "service/day_work.h"
#include "service/figures.h"
#include "service/import_work.h"
#include "service/search_work.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* Signals are taken by this thread alone, so that every request that was begun is answered. A thread inherits what
 * is blocked: this comes before the first of them. */
static void block_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static Status parse_listen(Ctx *c, Str text, ListenWish *out)
{
    int64_t port;
    size_t colon = text.len;
    while (colon > 0 && text.ptr[colon - 1] != ':')
        colon--;
    if (colon == 0 || !str_to_int(str_sub(text, colon, SIZE_MAX), &port) || port < 0 || port > 65535)
        return fail(c, ST_INVALID, "--listen 应为 地址:端口，例如 127.0.0.1:8080，不是“%.*s”",
            "--listen takes ADDR:PORT, for example 127.0.0.1:8080, not \"%.*s\"", STR_ARG(text));
    out->address = str_sub(text, 0, colon - 1);
    out->port = (uint16_t)port;
    return ST_OK;
}

static Status serve(Invocation *in, App *app, const ListenWish *wish, const sigset_t *ending)
{
    Listener *listener;
    int got;
    TRY(listen_open(in->c, app, wish, &listener));
    say(in, "服务已启动：http://%.*s:%u", "serving at http://%.*s:%u", STR_ARG(wish->address), listen_port(listener));
    fflush(stdout);
    sigwait(ending, &got);
    listen_close(listener);
    say(in, "服务已停止。", "stopped.");
    return ST_OK;
}

Status cmd_serve(Invocation *in)
{
    Ctx *c = in->c;
    App *app;
    Str file = option_text(&in->options, "config");
    Str text;
    ListenWish listen = { 0 };
    sigset_t ending;
    if (file.len) {
        TRY(read_file(c, file, 64 * 1024, &text));
        TRY(options_read_file(c, text, &in->options));
    }
    TRY(parse_listen(c, option_text(&in->options, "listen"), &listen));
    listen.secure = option_flag(&in->options, "secure");
    listen.threads = (int)option_int(&in->options, "threads");
    AppWish wish = { .ledger = { .where = option_text(&in->options, "ledger"),
                         .key_file = option_text(&in->options, "key"),
                         .write = true },
        .today = option_date(&in->options, "today"),
        .idle_minutes = (int32_t)option_int(&in->options, "idle-minutes"),
        .log = { STDERR_FILENO, option_flag(&in->options, "verbose") ? LOG_DEBUG : LOG_INFO } };
    if (wish.ledger.where.len == 0)
        return fail(c, ST_INVALID, "请用 --ledger 指明台账", "name the ledger with --ledger");
    block_signals(&ending);
    TRY(app_open(c, &wish, &app));
    app->fonts = option_text(&in->options, "fonts");
    app->imports = import_worker_open(app);
    app->search = search_worker_open(app);
    app->day = day_worker_open(app);
    Status status = serve(in, app, &listen, &ending);
    app_close(app);
    return status;
}

/* --- figures ---------------------------------------------------------------------------------------- */

static void print_figures(Ctx *c, const Json *list)
{
    for (const Json *f = list->first; f; f = f->next) {
        const Json *value = json_get(f, S("value"));
        Str name = json_text_or(json_get(f, S("name")), STR_NONE);
        Str unit = json_text_or(json_get(f, S("unit")), STR_NONE);
        StrBuf b = strbuf_in(c->arena);
        JsonWriter w = json_onto(&b);
        if (value && value->kind == JSON_REAL)
            json_real(&w, value->real, 2);
        else if (value && value->kind != JSON_NULL)
            json_tree(&w, value);
        if (b.len == 0)
            printf("%.*s：%s\n", STR_ARG(name), c->lang == LANG_ZH ? "无可统计记录" : "nothing to count");
        else
            printf("%.*s：%.*s %.*s\n", STR_ARG(name), STR_ARG(strbuf_str(&b)), STR_ARG(unit));
    }
}

/* "year=2021&kind=government" */
static Status read_where(Ctx *c, Str where, FigureWish *wish)
{
    FigureFilter *filter = record_new(c, &FigureFilter_table);
    Str part;
    wish->filter = filter;
    while (str_cut(&where, '&', &part)) {
        Str value = part, name;
        bool known;
        str_cut(&value, '=', &name);
        TRY(filter_read(c, filter, name, value, &known));
        if (!known)
            return fail_field(c, S("where"), name, T("不是统计的筛选条件", "is no filter of figures"),
                T("可用：term、year、round、level、sector、kind、framework",
                    "use term, year, round, level, sector, kind, framework"));
    }
    return ST_OK;
}

Status cmd_figures(Invocation *in)
{
    Ctx *c = in->c;
    App *app;
    Actor actor = script_local_actor(c->arena);
    StrBuf out = strbuf_in(c->arena);
    const Json *list;
    FigureWish wish = { .as_of = option_date(&in->options, "as-of") };
    TRY(read_where(c, option_text(&in->options, "where"), &wish));
    TRY(open_app(in, false, false, &app));
    Ctx read = app_ctx(app, c->arena);
    read.actor = &actor;
    read.lang = c->lang;
    Status status = app_read_begin(app, &read);
    if (status == ST_OK)
        status = figures_to_json(&read, &out, &wish);
    app_read_end(app, &read);
    app_close(app);
    if (status != ST_OK)
        return fail(c, status, "%.*s", "%.*s", STR_ARG(read.err.message));
    if (option_flag(&in->options, "json")) {
        printf("%.*s\n", STR_ARG(strbuf_str(&out)));
        return ST_OK;
    }
    TRY(json_read(c, strbuf_str(&out), &list));
    print_figures(c, list);
    return ST_OK;
}

/* --- workflow ----------------------------------------------------------------------------------------- */

Status cmd_workflow(Invocation *in)
{
    Ctx *c = in->c;
    Str name = option_text(&in->options, "dot");
    StrBuf b = strbuf_in(c->arena);
    const Entity *e = name.len ? entity_named(name) : NULL;
    if (name.len && (!e || e->state < 0))
        return fail(c, ST_INVALID, "“%.*s”没有流程", "\"%.*s\" has no workflow", STR_ARG(name));
    if (e)
        workflow_print_dot(&b, e->kind, c->lang);
    else
        workflow_print_text(&b, c->lang);
    fwrite(b.ptr, 1, b.len, stdout);
    return ST_OK;
}
