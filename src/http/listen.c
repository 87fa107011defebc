#include "http/listen.h"

#include "http/assets.h"
#include "http/exchange.h"
#include "service/search_work.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { HEADER_MEMORY = 32 * 1024, IDLE_SECONDS = 60, CONNECTIONS_MAX = 1000, ARENAS_KEPT = 64 };

struct Listener {
    Arena *arena;
    App *app;
    struct MHD_Daemon *daemon;
    Workers *workers;
    bool secure;
    atomic_bool closing;      /* nobody new is let in */
    atomic_int begun;         /* requests not yet completed */
    atomic_llong answered[6]; /* by hundreds of the HTTP status */
    _Atomic(Arena *) kept[ARENAS_KEPT];
};

/* --- arenas are used again: in the steady state a request allocates nothing ---------------------------- */

static Arena *arena_take(Listener *l)
{
    for (int i = 0; i < ARENAS_KEPT; i++) {
        Arena *arena = atomic_load(&l->kept[i]);
        if (arena && atomic_compare_exchange_strong(&l->kept[i], &arena, NULL))
            return arena;
    }
    return arena_new();
}

static void arena_give(Listener *l, Arena *arena, ArenaMark empty)
{
    arena_wipe(arena, empty);
    for (int i = 0; i < ARENAS_KEPT; i++) {
        Arena *none = NULL;
        if (atomic_load(&l->kept[i]) == NULL && atomic_compare_exchange_strong(&l->kept[i], &none, arena))
            return;
    }
    arena_done(arena);
}

/* --- answers -------------------------------------------------------------------------------------------------- */

static void header(struct MHD_Response *r, const char *name, const char *value)
{
    (void)MHD_add_response_header(r, name, value);
}

static void common_headers(struct MHD_Response *r)
{
    header(r, "X-Content-Type-Options", "nosniff");
    header(r, "Referrer-Policy", "no-referrer");
    header(r, "X-Frame-Options", "DENY");
    header(r, "Content-Security-Policy",
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri "
        "'none'; frame-ancestors 'none'");
}

static void cookie_header(Exchange *x, struct MHD_Response *r)
{
    char text[COOKIE_ROOM];
    const char *secure = x->listener->secure ? "; Secure" : "";
    if (x->u.session_ended)
        snprintf(text, sizeof text, "xuncha=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict%s", secure);
    else if (x->u.token_plain.len)
        snprintf(
            text, sizeof text, "xuncha=%.*s; Path=/; HttpOnly; SameSite=Strict%s", STR_ARG(x->u.token_plain), secure);
    else
        return;
    header(r, MHD_HTTP_HEADER_SET_COOKIE, text);
}

/* A file's name in any script, as RFC 8187 writes it. */
static const char *disposition(Arena *a, Str name)
{
    StrBuf b = strbuf_in(a);
    strbuf_add(&b, S("attachment; filename*=UTF-8''"));
    for (size_t i = 0; i < name.len; i++) {
        unsigned char byte = (unsigned char)name.ptr[i];
        if ((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
            byte == '-' || byte == '.' || byte == '_')
            strbuf_addc(&b, (char)byte);
        else
            strbuf_addf(&b, "%%%02X", byte);
    }
    return str_c(a, strbuf_str(&b));
}

static void answer_headers(Exchange *x, struct MHD_Response *r)
{
    Arena *a = x->c.arena;
    common_headers(r);
    header(r, MHD_HTTP_HEADER_CONTENT_TYPE, x->u.type ? x->u.type : "application/json");
    header(r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    if (x->status == ST_OK && x->u.out_version)
        header(r, MHD_HTTP_HEADER_ETAG, str_format(a, "\"%lld\"", (long long)x->u.out_version).ptr);
    if (x->status == ST_OK && x->u.location.len)
        header(r, MHD_HTTP_HEADER_LOCATION, str_c(a, x->u.location));
    if (x->u.replayed)
        header(r, "Idempotent-Replay", "true");
    if (x->c.err.retry_after_s)
        header(r, MHD_HTTP_HEADER_RETRY_AFTER, str_format(a, "%lld", (long long)x->c.err.retry_after_s).ptr);
    if (x->status == ST_OK && x->u.file_name.len)
        header(r, MHD_HTTP_HEADER_CONTENT_DISPOSITION, disposition(a, x->u.file_name));
    cookie_header(x, r);
}

static void log_answer(Exchange *x, int http)
{
    const Listener *l = x->listener;
    const char *op = x->u.op ? x->u.op->name : "none";
    Str login = x->has_session ? x->session.actor.login : S("-");
    LogLevel level = x->status == ST_BROKEN ? LOG_ERROR : x->status == ST_OK ? LOG_DEBUG : LOG_INFO;
    log_line(&l->app->log, level, "op=%s actor=%.*s status=%s http=%d ms=%lld at=%s item=%.*s", op, STR_ARG(login),
        status_name(x->status), http, (long long)(clock_ticks_ms() - x->began_ms),
        x->c.err.place ? x->c.err.place : "-", STR_ARG(str_clip(x->u.id, 40)));
}

static int http_code(const Exchange *x)
{
    if (x->status != ST_OK)
        return status_http(x->status);
    return x->u.op && (x->u.op->flags & MAKES) && !x->u.replayed ? 201 : 200;
}

/* --- downloads: one chunk at a time, never the whole file in memory --------------------------------------------- */

typedef struct Download {
    Arena *arena;
    Ctx c;
    const Ledger *ledger;
    const Evidence *file;
    int64_t from;
} Download;

static ssize_t download_read(void *arg, uint64_t at, char *out, size_t room)
{
    Download *d = arg;
    Str bytes;
    CtxMark mark = ctx_mark(&d->c);
    int64_t offset = d->from + (int64_t)at;
    if (offset >= d->file->size.value)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (evidence_read(&d->c, d->ledger, d->file, offset, &bytes) != ST_OK)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    size_t take = bytes.len < room ? bytes.len : room;
    memcpy(out, bytes.ptr, take);
    ctx_rewind(&d->c, mark);
    return (ssize_t)take;
}

static void download_done(void *arg)
{
    arena_done(((Download *)arg)->arena);
}

/* "bytes=a-b" of one range; false for anything else: the whole file is answered. */
static bool range_of(Str text, int64_t size, int64_t *from, int64_t *to)
{
    Str first, last;
    if (!str_starts(text, S("bytes=")))
        return false;
    text = str_sub(text, 6, SIZE_MAX);
    if (!str_cut(&text, '-', &first) || !str_to_int(first, from))
        return false;
    last = text;
    *to = size;
    if (last.len && (!str_to_int(last, to) || ++*to > size))
        *to = size;
    return *from >= 0 && *from < *to;
}

static struct MHD_Response *download(Exchange *x, int *http)
{
    Arena *arena = arena_new();
    Download *d = arena_new_of(arena, Download);
    const Evidence *file = x->u.file;
    int64_t from = 0, to = file->size.value;
    bool part = range_of(request_header(x, MHD_HTTP_HEADER_RANGE), file->size.value, &from, &to);
    *d = (Download){ arena, app_ctx(x->listener->app, arena), x->listener->app->ledger, NULL, part ? from : 0 };
    d->file = record_copy(&d->c, &Evidence_table, file);
    *http = part ? 206 : 200;
    struct MHD_Response *r = MHD_create_response_from_callback(
        (uint64_t)(part ? to - from : file->size.value), EVIDENCE_CHUNK, download_read, d, download_done);
    header(r, MHD_HTTP_HEADER_ACCEPT_RANGES, "bytes");
    if (part)
        header(r, MHD_HTTP_HEADER_CONTENT_RANGE,
            str_format(
                x->c.arena, "bytes %lld-%lld/%lld", (long long)from, (long long)to - 1, (long long)file->size.value)
                .ptr);
    x->u.type = "application/octet-stream";
    return r;
}

static enum MHD_Result answer(Exchange *x)
{
    int http = http_code(x);
    struct MHD_Response *r;
    if (x->status != ST_OK)
        response_problem(x);
    if (x->status == ST_OK && x->u.file)
        r = download(x, &http);
    else
        r = MHD_create_response_from_buffer(x->u.out.len, x->u.out.ptr, MHD_RESPMEM_PERSISTENT);
    answer_headers(x, r);
    log_answer(x, http);
    atomic_fetch_add(&x->listener->answered[http / 100], 1);
    enum MHD_Result queued = MHD_queue_response(x->connection, (unsigned)http, r);
    MHD_destroy_response(r);
    return queued;
}

static enum MHD_Result answer_plain(Exchange *x, unsigned http, Str text, const char *type)
{
    struct MHD_Response *r =
        MHD_create_response_from_buffer(text.len, (void *)(uintptr_t)text.ptr, MHD_RESPMEM_MUST_COPY);
    common_headers(r);
    header(r, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    header(r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    enum MHD_Result queued = MHD_queue_response(x->connection, http, r);
    MHD_destroy_response(r);
    return queued;
}

static enum MHD_Result answer_asset(Exchange *x)
{
    Str path = str_eq(x->path, S("/")) ? S("/index.html") : x->path;
    const Asset *a = asset_find(path, request_header(x, MHD_HTTP_HEADER_ACCEPT_ENCODING));
    if (!a)
        return answer_plain(x, 404, S("404\n"), "text/plain; charset=utf-8");
    bool same = str_find(request_header(x, MHD_HTTP_HEADER_IF_NONE_MATCH), str_of(a->etag), 0) != SIZE_MAX;
    struct MHD_Response *r =
        MHD_create_response_from_buffer(same ? 0 : a->len, (void *)(uintptr_t)a->bytes, MHD_RESPMEM_PERSISTENT);
    common_headers(r);
    header(r, MHD_HTTP_HEADER_CONTENT_TYPE, a->type);
    header(r, MHD_HTTP_HEADER_VARY, "Accept-Encoding");
    header(r, MHD_HTTP_HEADER_ETAG, str_format(x->c.arena, "\"%s\"", a->etag).ptr);
    header(
        r, MHD_HTTP_HEADER_CACHE_CONTROL, asset_is_immutable(a) ? "public, max-age=31536000, immutable" : "no-cache");
    if (*a->encoding)
        header(r, MHD_HTTP_HEADER_CONTENT_ENCODING, a->encoding);
    enum MHD_Result queued = MHD_queue_response(x->connection, same ? 304 : 200, r);
    MHD_destroy_response(r);
    return queued;
}

static void metrics(Exchange *x, StrBuf *b)
{
    Listener *l = x->listener;
    int64_t batches = 0, jobs = 0;
    if (l->app->lane)
        lane_counts(l->app->lane, &batches, &jobs);
    strbuf_addf(b, "xuncha_lane_batches_total %lld\nxuncha_lane_jobs_total %lld\nxuncha_read_only %d\n",
        (long long)batches, (long long)jobs, l->app->lane && lane_is_read_only(l->app->lane));
    strbuf_addf(b, "xuncha_search_behind %lld\n", (long long)search_worker_behind(l->app->search));
    for (int i = 2; i < 6; i++)
        strbuf_addf(b, "xuncha_answers_total{code=\"%dxx\"} %lld\n", i, (long long)atomic_load(&l->answered[i]));
}

static enum MHD_Result answer_outside_api(Exchange *x)
{
    StrBuf b = strbuf_in(x->c.arena);
    if (!str_eq(x->method, S("GET")) && !str_eq(x->method, S("HEAD")))
        return answer_plain(x, 405, S("405\n"), "text/plain; charset=utf-8");
    if (str_eq(x->path, S("/healthz")))
        return answer_plain(x, 200, S("ok\n"), "text/plain; charset=utf-8");
    if (!str_eq(x->path, S("/metrics")))
        return answer_asset(x);
    metrics(x, &b);
    return answer_plain(x, 200, strbuf_str(&b), "text/plain; version=0.0.4");
}

/* --- running --------------------------------------------------------------------------------------------------------
 */

static void finished(Ctx *c, UseCase *u, Status status, void *arg)
{
    (void)c;
    (void)u;
    Exchange *x = arg;
    bool suspended = x->suspended;
    struct MHD_Connection *connection = x->connection;
    x->status = status;
    atomic_store(&x->state, ANSWERING);
    if (suspended)
        MHD_resume_connection(connection); /* from here on the exchange is the transport's again */
}

static void run_heavy(WorkItem *item)
{
    Exchange *x = (Exchange *)item;
    gate_run(&x->c, &x->u, finished, x);
}

static void suspend(Exchange *x)
{
    x->suspended = true;
    MHD_suspend_connection(x->connection);
}

/* A read is answered on this thread; a write waits for the lane with its connection suspended. */
static enum MHD_Result run(Exchange *x)
{
    const Operation *op = x->u.op;
    atomic_store(&x->state, RUNNING);
    x->u.body = strbuf_str(&x->body);
    if (op->tx == TX_READ) {
        gate_run(&x->c, &x->u, finished, x);
        return answer(x);
    }
    suspend(x);
    x->work.run = run_heavy;
    if (!(op->flags & HEAVY)) {
        gate_run(&x->c, &x->u, finished, x);
    } else if (!workers_add(x->listener->workers, &x->work)) {
        x->c.err.retry_after_s = 2;
        finished(&x->c, &x->u, fail(&x->c, ST_BUSY, "系统繁忙，请稍后重试", "the server is busy, please try again"), x);
    }
    return MHD_YES;
}

/* --- uploads stream into the evidence folder -------------------------------------------------- */

static Status upload_begin(Exchange *x)
{
    Ctx *c = &x->c;
    int64_t offset = 0;
    Str text = usecase_param(&x->u, S("offset"));
    if (!c->actor || !role_may(c->actor->role, NEED_UPLOAD))
        return fail(c, ST_DENIED, "您当前的角色不能上传文件", "your present role may not upload");
    if (text.len && !str_to_int(text, &offset))
        return fail_field(
            c, S("offset"), text, T("应为整数", "must be a whole number"), T("请重新上传", "upload again"));
    TRY(app_read_begin(x->listener->app, c));
    Status status = upload_load(c, x->listener->app->ledger, x->u.id, &x->upload);
    if (status == ST_OK)
        status = upload_writer_open(c, x->listener->app->ledger, &x->upload, offset, &x->writer);
    app_read_end(x->listener->app, c);
    return status;
}

static void upload_end(Exchange *x)
{
    int64_t have = 0;
    if (x->status == ST_OK)
        x->status = upload_writer_end(&x->c, x->writer, &have);
    if (x->status != ST_OK)
        return;
    x->u.out = strbuf_in(x->c.arena);
    JsonWriter w = json_onto(&x->u.out);
    json_open_object(&w);
    json_key(&w, S("id"));
    json_text(&w, x->upload.id);
    json_key(&w, S("have"));
    json_int(&w, have);
    json_close_object(&w);
}

/* --- taking a request in ---------------------------------------------------------------------- */

static void take_body(Exchange *x, const char *data, size_t len)
{
    if (x->status != ST_OK)
        return;
    if (x->is_upload) {
        x->status = upload_writer_add(&x->c, x->writer, data, len);
    } else if (x->body.len + len > x->body_max) {
        x->status =
            fail(&x->c, ST_TOO_BIG, "提交的内容超过%u字节的上限", "the body is larger than %u bytes", x->body_max);
    } else {
        strbuf_add(&x->body, (Str){ data, len });
    }
}

static Exchange *exchange_open(Listener *l, struct MHD_Connection *connection, const char *path, const char *method)
{
    Arena *arena = arena_take(l);
    ArenaMark empty = arena_mark(arena);
    Exchange *x = arena_new_of(arena, Exchange);
    x->listener = l;
    x->connection = connection;
    x->arena = arena;
    x->empty = empty;
    x->c = app_ctx(l->app, arena);
    x->u.app = l->app;
    x->method = str_copy(arena, str_of(method));
    x->path = str_copy(arena, str_of(path));
    x->body = strbuf_in(arena);
    x->began_ms = clock_ticks_ms();
    atomic_fetch_add(&l->begun, 1);
    return x;
}

static bool is_api(const Exchange *x)
{
    return str_starts(x->path, S("/api/"));
}

static bool is_read(const Exchange *x)
{
    return str_eq(x->method, S("GET"));
}

static void answer_openapi(Exchange *x)
{
    x->u.out = strbuf_in(x->c.arena);
    routes_to_openapi(&x->c, &x->u.out);
}

static enum MHD_Result dispatch(Exchange *x)
{
    if (!is_api(x))
        return answer_outside_api(x);
    if (x->status == ST_OK && str_eq(x->path, S("/api/v1/openapi.json"))) {
        answer_openapi(x);
        return answer(x);
    }
    if (is_read(x) && x->status == ST_OK)
        x->status = request_read(x);
    if (x->is_upload && x->status == ST_OK)
        upload_end(x);
    return x->is_upload || x->status != ST_OK ? answer(x) : run(x);
}

/* The head of a request that brings a body is looked at before the body is taken. */
static void begin(Exchange *x)
{
    if (!is_api(x) || str_eq(x->path, S("/api/v1/openapi.json")) || is_read(x))
        return;
    x->status = request_read(x);
    if (x->status == ST_OK && x->is_upload)
        x->status = upload_begin(x);
}

static enum MHD_Result handle(void *arg, struct MHD_Connection *connection, const char *url, const char *method,
    const char *version, const char *data, size_t *len, void **req)
{
    (void)version;
    Exchange *x = *req;
    if (!x) {
        x = exchange_open(arg, connection, url, method);
        *req = x;
        if (atomic_load(&x->listener->closing)) /* asked after it was counted in `begun`: see drain() */
            return MHD_NO;
        begin(x);
        return MHD_YES;
    }
    if (atomic_load(&x->state) == ANSWERING)
        return answer(x);
    if (*len) {
        take_body(x, data, *len);
        *len = 0;
        return MHD_YES;
    }
    return dispatch(x);
}

static void completed(void *arg, struct MHD_Connection *connection, void **req, enum MHD_RequestTerminationCode code)
{
    (void)connection;
    (void)code;
    Listener *l = arg;
    Exchange *x = *req;
    if (!x)
        return;
    *req = NULL;
    arena_give(l, x->arena, x->empty);
    atomic_fetch_sub(&l->begun, 1);
}

/* A path with U+0000 in it must not be cut short before anybody looks: %00 is left as it is, and the
 * text check refuses nothing, but no id holds it. */
static size_t unescape(void *arg, struct MHD_Connection *connection, char *s)
{
    (void)arg;
    (void)connection;
    char *out = s;
    for (const char *in = s; *in; in++) {
        uint8_t byte;
        size_t len;
        if (*in == '%' && in[1] && in[2] && str_unhex((Str){ in + 1, 2 }, &byte, 1, &len) && byte) {
            *out++ = (char)byte;
            in += 2;
        } else {
            *out++ = *in == '+' ? ' ' : *in;
        }
    }
    *out = '\0';
    return (size_t)(out - s);
}

/* The library's own way of taking no more connections (MHD_quiesce_daemon) races with its threads over their epoll
 * sets, and aborts the program. */
static enum MHD_Result let_in(void *arg, const struct sockaddr *address, socklen_t len)
{
    const Listener *l = arg;
    (void)address;
    (void)len;
    return atomic_load(&l->closing) ? MHD_NO : MHD_YES;
}

/* --- life ------------------------------------------------------------------------------------- */

static Status address_of(Ctx *c, const ListenWish *wish, struct sockaddr_in *out)
{
    memset(out, 0, sizeof *out);
    out->sin_family = AF_INET;
    out->sin_port = htons(wish->port);
    if (inet_pton(AF_INET, str_c(c->arena, wish->address), &out->sin_addr) == 1)
        return ST_OK;
    return fail(c, ST_INVALID, "监听地址“%.*s”无效：应为 127.0.0.1:8080 这样的地址",
        "the address \"%.*s\" is not like 127.0.0.1:8080", STR_ARG(wish->address));
}

Status listen_open(Ctx *c, App *app, const ListenWish *wish, Listener **out)
{
    struct sockaddr_in address;
    TRY(address_of(c, wish, &address));
    Arena *arena = arena_new();
    Listener *l = arena_new_of(arena, Listener);
    l->arena = arena;
    l->app = app;
    l->secure = wish->secure;
    l->workers = workers_open();
    l->daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, wish->port, let_in, l, handle, l,
            MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)(wish->threads ? wish->threads : 4),
            MHD_OPTION_NOTIFY_COMPLETED, completed, l, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_MEMORY,
            MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_LIMIT,
            (unsigned)CONNECTIONS_MAX, MHD_OPTION_UNESCAPE_CALLBACK, unescape, NULL, MHD_OPTION_END);
    if (l->daemon) {
        *out = l;
        return ST_OK;
    }
    workers_close(l->workers);
    arena_done(arena);
    return fail(c, ST_BUSY, "无法监听 %.*s:%u，端口可能已被占用", "cannot listen on %.*s:%u; the port may be taken",
        STR_ARG(wish->address), wish->port);
}

uint16_t listen_port(const Listener *l)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(l->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

/* Everything suspended must be resumed before the daemon stops: the lane and the workers see to that, and what begins
 * from now on is not taken. */
static void drain(Listener *l)
{
    for (int i = 0; i < 500 && atomic_load(&l->begun) > 0; i++)
        usleep(10000);
}

void listen_close(Listener *l)
{
    if (!l)
        return;
    atomic_store(&l->closing, true);
    drain(l);
    workers_close(l->workers);
    MHD_stop_daemon(l->daemon);
    for (int i = 0; i < ARENAS_KEPT; i++)
        arena_done(l->kept[i]);
    arena_done(l->arena);
}
