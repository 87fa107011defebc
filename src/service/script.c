#include "service/script.h"

#include "store/evidence.h"

#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

Actor script_local_actor(Arena *arena)
{
    const struct passwd *user = getpwuid(getuid());
    Str name = user ? str_of(user->pw_name) : S("local");
    return (Actor){ .account = S("local"),
        .login = str_copy(arena, name),
        .name = str_copy(arena, name),
        .role = ROLE_LOCAL,
        .held = ROLE_BIT(ROLE_LOCAL) };
}

/* What the lane lends to the steps of one job. */
typedef struct ScriptBulk {
    Db *db;
    Writer *w;
    Script *s;
    ScriptSteps *steps;
    void *arg;
    bool ran;
    Status failed;
    Str message; /* of the first failure, in the script's arena */
} ScriptBulk;

static Ctx step_ctx(const Script *s, Arena *arena)
{
    Ctx c = app_ctx(s->app, arena);
    c.actor = &s->actor;
    c.lang = s->lang;
    c.today = s->today ? s->today : c.today;
    c.now = s->now ? s->now : c.now;
    c.db = s->within ? s->within->db : NULL;
    return c;
}

/* The refusal of a step, kept beyond the step's own memory. */
static Status pass_on(Ctx *c, const Ctx *step, Status status)
{
    (void)fail_at(c, status, step->err.place, "%.*s", "%.*s", STR_ARG(step->err.message));
    for (const FieldError *e = step->err.fields; e; e = e->next)
        (void)fail_field_as(c, status, e->field, e->value, T(str_c(c->arena, e->rule), str_c(c->arena, e->rule)),
            T(str_c(c->arena, e->remedy), str_c(c->arena, e->remedy)));
    return status;
}

static Status keep_made(Ctx *c, const Script *s, const UseCase *u, Made *out)
{
    Ctx keeper = *c;
    keeper.arena = s->arena;
    *out = (Made){ .version = u->out_version };
    if (u->out.len == 0)
        return ST_OK;
    TRY(json_read(&keeper, strbuf_str(&u->out), &out->json));
    out->id = json_text_or(json_get(out->json, S("id")), STR_NONE);
    return ST_OK;
}

static Status run_step(Ctx *c, Script *s, UseCase u, Made *out)
{
    Arena *arena = arena_new();
    Ctx step = step_ctx(s, arena);
    Status status = s->within ? gate_run_within(&step, &u, s->within->w) : gate_run_wait(&step, &u);
    if (status != ST_OK)
        status = pass_on(c, &step, status);
    else if (out)
        status = keep_made(c, s, &u, out);
    arena_done(arena);
    return status;
}

/* What the steps keep outside the ledger cannot be taken back: a transaction that was lost is not tried again. */
static Status run_bulk(LaneJob *job, Writer *w)
{
    ScriptBulk *b = job->arg;
    if (b->failed != ST_OK)
        return fail(job->c, b->failed, "%.*s", "%.*s", STR_ARG(b->message));
    if (b->ran)
        return fail(
            job->c, ST_BUSY, "台账写入中断，本批内容没有保存", "writing was interrupted; nothing of it is saved");
    b->ran = true;
    b->w = w;
    b->db = job->c->db;
    b->s->within = b;
    Status status = b->steps(job->c, b->arg);
    b->s->within = NULL;
    if (status != ST_OK) {
        b->failed = status;
        b->message = str_copy(b->s->arena, job->c->err.message);
        db_rollback(b->db);
    }
    return status;
}

Status script_bulk(Ctx *c, Script *s, ScriptSteps *steps, void *arg)
{
    ScriptBulk b = { .s = s, .steps = steps, .arg = arg };
    LaneJob job = { .c = c, .run = run_bulk, .arg = &b, .many = true };
    return lane_run(s->app->lane, &job);
}

Status script_do(Ctx *c, Script *s, OperationId use, Str id, int64_t version, Str body, Made *out)
{
    return run_step(
        c, s, (UseCase){ .op = &operations[use], .app = s->app, .id = id, .version = version, .body = body }, out);
}

enum { BODY_ROOM = 8192 };

static Status body_too_long(Ctx *c)
{
    return fail(c, ST_TOO_BIG, "步骤内容过长", "the step's body is too long");
}

Status script_enter(Ctx *c, Script *s, EntityKind kind, Made *out, const char *format, ...)
{
    char body[BODY_ROOM];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(body, sizeof body, format, args);
    va_end(args);
    if (len < 0 || (size_t)len >= sizeof body)
        return body_too_long(c);
    UseCase u = {
        .op = &operations[USE_REGISTER_ENTER], .app = s->app, .entity = entity_of(kind), .body = { body, (size_t)len }
    };
    return run_step(c, s, u, out);
}

Status script_dof(Ctx *c, Script *s, OperationId use, const Made *on, Made *out, const char *format, ...)
{
    char body[BODY_ROOM];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(body, sizeof body, format, args);
    va_end(args);
    if (len < 0 || (size_t)len >= sizeof body)
        return body_too_long(c);
    return script_do(c, s, use, on ? on->id : STR_NONE, on ? on->version : 0, (Str){ body, (size_t)len }, out);
}

Status script_read(
    Ctx *c, Script *s, OperationId use, EntityKind kind, Str id, const Param *params, size_t count, Made *out)
{
    UseCase u = { .op = &operations[use],
        .app = s->app,
        .entity = entity_of(kind),
        .id = id,
        .params = params,
        .param_count = count };
    return run_step(c, s, u, out);
}

Status script_list(Ctx *c, Script *s, EntityKind kind, const Param *params, size_t count, const Json **items)
{
    Made page;
    TRY(script_read(c, s, USE_RECORD_LIST, kind, STR_NONE, params, count, &page));
    *items = json_get(page.json, S("items"));
    return ST_OK;
}

static Status upload_bytes(Ctx *c, Script *s, Str id, Str bytes)
{
    Arena *arena = arena_new();
    Ctx step = step_ctx(s, arena);
    Upload upload;
    UploadWriter *w;
    int64_t have;
    Status status = s->within ? ST_OK : app_read_begin(s->app, &step);
    if (status == ST_OK)
        status = upload_load(&step, s->app->ledger, id, &upload);
    if (status == ST_OK)
        status = upload_writer_open(&step, s->app->ledger, &upload, 0, &w);
    if (!s->within)
        app_read_end(s->app, &step);
    if (status == ST_OK)
        status = upload_writer_add(&step, w, bytes.ptr, bytes.len);
    if (status == ST_OK)
        status = upload_writer_end(&step, w, &have);
    if (status != ST_OK)
        status = pass_on(c, &step, status);
    arena_done(arena);
    return status;
}

Status script_attach(
    Ctx *c, Script *s, const char *subject, Str record, const char *owner, Str owner_id, Str name, Str bytes)
{
    Made upload;
    TRY(script_dof(
        c, s, USE_UPLOAD_BEGIN, NULL, &upload, "{\"size\":%zu,\"%s\":\"%.*s\"}", bytes.len, owner, STR_ARG(owner_id)));
    TRY(upload_bytes(c, s, upload.id, bytes));
    return script_dof(c, s, USE_ATTACHMENT_ADD, NULL, NULL,
        "{\"subject\":\"%s\",\"record\":\"%.*s\",\"evidence\":\"%.*s\",\"name\":\"%.*s\",\"kind\":\"copy\","
        "\"compared\":"
        "true}",
        subject, STR_ARG(record), STR_ARG(upload.id), STR_ARG(name));
}
