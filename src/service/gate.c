#include "domain/signature.h"
#include "service/access_log.h"
#include "service/case.h"
#include "service/operation.h"
#include "store/load.h"

#include <string.h>

/* --- before anything runs ------------------------------------------------------------------------- */

static Status check_need(Ctx *c, const UseCase *u)
{
    const Operation *op = u->op;
    if (op->need == NEED_NOBODY)
        return ST_OK;
    if (!c->actor)
        return fail(c, ST_NOBODY, "请先登录", "log in first");
    if (op->need == NEED_SELF || role_may(c->actor->role, op->need))
        return ST_OK;
    if (c->actor->role == ROLE_NONE)
        return fail(c, ST_DENIED, "您目前没有有效的角色，不能办理“%s”", "you hold no role today and may not \"%s\"",
            c->lang == LANG_ZH ? op->label.zh : op->label.en);
    return fail(c, ST_DENIED, "您当前的角色（%s）不能办理“%s”", "your present role (%s) may not \"%s\"",
        c->lang == LANG_ZH ? roles.items[c->actor->role].label.zh : roles.items[c->actor->role].label.en,
        c->lang == LANG_ZH ? op->label.zh : op->label.en);
}

static Status check_version(Ctx *c, const UseCase *u)
{
    if (!(u->op->flags & VERSIONED) || u->version)
        return ST_OK;
    return fail(c, ST_NEEDED, "请求缺少版本号（If-Match）：请刷新页面后再办理",
        "the request lacks If-Match: reload and try again");
}

/* Members that are no fields: a list of ids, or one. */
static Status read_ids(Ctx *c, UseCase *u, const Json *member)
{
    const Json *first = member->kind == JSON_LIST ? member->first : member;
    for (const Json *n = first; n; n = member->kind == JSON_LIST ? n->next : NULL) {
        Str id = json_text_or(n, STR_NONE);
        if (!id_is_valid(id) || u->id_count == IDS_MAX)
            return fail_field(c, str_of(u->op->ids_member), id,
                text_format(c, "应为标识，最多%d个", "must be ids, %d at most", IDS_MAX),
                T("请从列表中选择", "choose from the list"));
        u->ids[u->id_count++] = id;
    }
    return ST_OK;
}

/* The object without the ids member, sharing the other nodes. */
static const Json *without_ids(Ctx *c, UseCase *u, Status *status)
{
    const Json *ids = u->op->ids_member ? json_get(u->json, str_of(u->op->ids_member)) : NULL;
    if (!ids)
        return u->json;
    *status = read_ids(c, u, ids);
    Json *rest = arena_new_of(c->arena, Json);
    *rest = (Json){ .kind = JSON_OBJECT };
    const Json **end = &rest->first;
    for (const Json *m = u->json->first; m; m = m->next) {
        if (m == ids)
            continue;
        Json *copy = arena_new_of(c->arena, Json);
        *copy = *m;
        copy->next = NULL;
        *end = copy;
        end = &copy->next;
        rest->count++;
    }
    return rest;
}

static Status read_input(Ctx *c, UseCase *u)
{
    const Operation *op = u->op;
    if (!op->allowed)
        return ST_OK;
    const FieldTable *table = op->input ? op->input : u->entity->table;
    Status status = ST_OK;
    u->input = record_new(c, table);
    if (!u->json)
        TRY(json_read(c, u->body.len ? u->body : S("{}"), &u->json));
    const Json *object = without_ids(c, u, &status);
    Status fields = record_read(c, table, op->allowed, object, u->input, &u->given);
    status = fields != ST_OK ? fields : status;
    return status == ST_OK && (op->flags & MAKES) ? record_check_input(c, table, u->input) : status;
}

/* --- the same request again ------------------------------------------------------------------------------ */

static Status answer_present(Ctx *c, UseCase *u, const Entity *e, Str id)
{
    void *record = record_new(c, e->table);
    TRY(record_load(c, e->kind, id, 0, record));
    return answer_record(c, u, e, record);
}

/* Asked of those requests only that come with a key. */
static Digest request_digest(const Ctx *c, const UseCase *u)
{
    if (!u->idempotency_key.len)
        return (Digest){ 0 };
    return sm3(c->env->crypto, u->body.ptr, u->body.len);
}

static Status key_reused(Ctx *c, const UseCase *u)
{
    return fail_field(c, S("Idempotency-Key"), u->idempotency_key,
        T("同一个提交标识用于不同的内容", "the same key came with another body"),
        T("请刷新页面后重新提交", "reload and submit anew"));
}

/* True when this very request was done before: the record is answered as it is now, if it is still the actor's
 * to see. */
static Status find_earlier(Ctx *c, UseCase *u, const Digest *request, bool *found)
{
    DbRows *rows;
    *found = false;
    if (!u->idempotency_key.len || !c->actor)
        return ST_OK;
    TRY(db_query(c, SQL_IDEMPOTENCY_FIND,
        ARGS(value_text(c->actor->account), value_text(u->route), value_text(u->idempotency_key)), &rows));
    TRY(db_next(c, rows, found));
    if (!*found)
        return ST_OK;
    Str known = row_blob(rows, 0);
    bool same = known.len == SM3_SIZE && memcmp(known.ptr, request->bytes, SM3_SIZE) == 0;
    const Entity *e = entity_named(row_text(rows, 1));
    Str id = str_copy(c->arena, row_text(rows, 2));
    db_rows_done(rows);
    if (!same)
        return key_reused(c, u);
    u->replayed = true;
    if (u->op->read) {
        u->id = id;
        return u->op->read(c, u);
    }
    return e ? answer_present(c, u, e, id) : ST_OK;
}

static Status check_input(Ctx *c, UseCase *u)
{
    TRY(check_need(c, u));
    TRY(check_version(c, u));
    return read_input(c, u);
}

static Status prepare(Ctx *c, UseCase *u)
{
    TRY(check_input(c, u));
    if (!u->op->prepare)
        return ST_OK;
    Digest request = request_digest(c, u);
    bool earlier;
    TRY(app_read_begin(u->app, c));
    Status status = find_earlier(c, u, &request, &earlier);
    if (status == ST_OK && !earlier)
        status = u->op->prepare(c, u);
    app_read_end(u->app, c);
    return status;
}

/* --- refusals are entries too, and so is what leaves the system --------------------------------------------- */

static bool is_noted(Status status)
{
    return status == ST_DENIED || status == ST_MISSING || status == ST_LOCKED;
}

static Str entity_name(const UseCase *u)
{
    return u->entity ? str_of(u->entity->table->name) : STR_NONE;
}

/* A note on its way through the lane with memory of its own: the answer does not wait for it. */
typedef struct Note {
    LaneJob job;
    Arena *arena;
    Ctx c;
    Actor actor;
    Str operation;
    Str entity;
    Str record;
    Status status;
} Note;

static Status note_run(LaneJob *job, Writer *w)
{
    const Note *n = job->arg;
    return audit_note(job->c, w, n->operation, n->status, n->entity, n->record);
}

static void note_done(LaneJob *job, Status status)
{
    (void)status;
    arena_done(((Note *)job->arg)->arena);
}

/* A read that ended with `status`: false when it should be an entry and the lane takes none. */
static bool note_read(const Ctx *c, const UseCase *u, Status status)
{
    bool wanted = status == ST_OK ? (u->op->flags & NOTED) != 0 : is_noted(status);
    if (!u->app->lane || !c->actor || !wanted)
        return true;
    Arena *arena = arena_new();
    Note *n = arena_new_of(arena, Note);
    *n = (Note){ .arena = arena,
        .c = app_ctx(u->app, arena),
        .actor = *c->actor,
        .operation = str_of(u->op->name),
        .entity = entity_name(u),
        .record = str_copy(arena, u->id),
        .status = status };
    n->actor.account = str_copy(arena, c->actor->account);
    n->actor.login = str_copy(arena, c->actor->login);
    n->c.actor = &n->actor;
    n->job = (LaneJob){ .c = &n->c, .run = note_run, .done = note_done, .arg = n };
    if (lane_submit(u->app->lane, &n->job))
        return true;
    arena_done(arena);
    return false;
}

/* --- the write, in the lane ---------------------------------------------------------------------------- */

static Status keep_key(Ctx *c, const UseCase *u, const Digest *request, const Change *result)
{
    if (!u->idempotency_key.len || !c->actor)
        return ST_OK;
    return db_run(c, SQL_IDEMPOTENCY_INSERT,
        ARGS(value_text(c->actor->account), value_text(u->route), value_text(u->idempotency_key),
            value_bytes(request->bytes, SM3_SIZE),
            value_text(result ? str_of(result->entity->table->name) : entity_name(u)),
            value_text(result ? record_id(result->after) : u->id),
            value_int(result ? record_version(result->after) : u->out_version), value_instant(c->arena, c->now)),
        NULL);
}

static const void *moved_record(const UseCase *u, const Changes *changes)
{
    for (const Change *ch = changes->first; ch; ch = ch->next)
        if (ch->entity == u->entity && ch->before && str_eq(record_id(ch->after), u->id))
            return ch->before;
    return NULL;
}

/* Every move takes an opinion, and may have been signed on paper: where its decision made no signature of that, it
 * becomes one here, so that nothing that somebody said is lost. */
static Status keep_what_was_said(Ctx *c, UseCase *u, Changes *changes)
{
    const MoveInput *said = u->op->input == &MoveInput_table ? u->input : NULL;
    if (!said || (said->opinion.len == 0 && said->paper_no.len == 0 && !said->means))
        return ST_OK;
    for (const Change *ch = changes->first; ch; ch = ch->next)
        if (ch->entity->kind == ENTITY_SIGNATURE)
            return ST_OK;
    const void *moved = moved_record(u, changes);
    return moved ? approval_sign(c, u->entity->kind, moved, usecase_action(u), said->reason.len == 0, said, changes)
                 : ST_OK;
}

/* Nobody makes a record beyond what his rights reach. Asked of the record itself, so that no use case can forget it. */
static Status check_reach(Ctx *c, const UseCase *u, const Change *made)
{
    bool asked = (u->op->flags & MAKES) && made && !made->before && c->actor && c->actor->role != ROLE_LOCAL &&
                 sight_of(c->actor->role, made->entity->kind)->kind == SIGHT_SCOPED;
    if (!asked)
        return ST_OK;
    void *reached = record_new(c, made->entity->table);
    Status status = record_load_held(c, made->entity->kind, record_id(made->after), reached);
    if (status != ST_MISSING)
        return status;
    ctx_forgive(c);
    return fail(c, ST_DENIED, "这条%s超出您的授权范围，没有保存：请核对所选单位，或请安全保密管理员调整授权",
        "this %s lies beyond your rights and was not kept: check the unit, or ask for a right to it",
        c->lang == LANG_ZH ? made->entity->label.zh : made->entity->label.en);
}

static Status write_steps(Ctx *c, UseCase *u, Writer *w)
{
    Digest request = request_digest(c, u);
    Changes changes = changes_of(c);
    bool earlier;
    TRY(find_earlier(c, u, &request, &earlier));
    if (earlier)
        return ST_OK;
    if (u->batch.len) {
        changes.batch = u->batch;
        changes.provenance = u->provenance;
    }
    if (u->op->decide)
        TRY(u->op->decide(c, u, &changes));
    TRY(keep_what_was_said(c, u, &changes));
    u->touched = true;
    TRY(change_apply(c, w, str_of(u->op->name), &changes));
    TRY(check_reach(c, u, changes.result));
    if (u->trace)
        TRY(u->trace(c, u, &changes));
    if (u->op->write)
        TRY(u->op->write(c, u, w));
    else if (changes.count == 0)
        TRY(audit_note(c, w, str_of(u->op->name), ST_OK, entity_name(u), u->id));
    if (u->unanswered)
        return ST_OK;
    if (changes.result && u->out.len == 0)
        TRY(answer_record(c, u, changes.result->entity, changes.result->after));
    else if (u->entity && u->id.len && u->out.len == 0)
        TRY(answer_present(c, u, u->entity, u->id)); /* an edit that changes nothing */
    return keep_key(c, u, &request, changes.result);
}

typedef struct GateJob {
    LaneJob job;
    UseCase *u;
    UseCase before; /* as it came, for a second run */
    GateDone *done;
    void *arg;
} GateJob;

static Status gate_write(LaneJob *job, Writer *w)
{
    GateJob *g = job->arg;
    *g->u = g->before;
    g->u->out = strbuf_in(job->c->arena);
    return write_steps(job->c, g->u, w);
}

static Status gate_refused(LaneJob *job, Writer *w, Status why)
{
    const GateJob *g = job->arg;
    if (!is_noted(why))
        return ST_OK;
    return audit_note(job->c, w, str_of(g->u->op->name), why, entity_name(g->u), g->u->id);
}

static void gate_written(LaneJob *job, Status status)
{
    GateJob *g = job->arg;
    if (status == ST_OK && g->u->op->after && !g->u->replayed)
        g->u->op->after(job->c, g->u);
    g->done(job->c, g->u, status == ST_OK ? g->u->late : status, g->arg);
}

static Status busy(Ctx *c)
{
    Status status = fail(c, ST_BUSY, "系统繁忙，请稍后重试", "the server is busy, please try again");
    c->err.retry_after_s = 2;
    return status;
}

static void submit_write(Ctx *c, UseCase *u, GateDone *done, void *arg)
{
    if (!u->app->lane) {
        done(c, u, fail(c, ST_BUSY, "台账以只读方式打开，不能写入", "the ledger is open for reading only"), arg);
        return;
    }
    GateJob *g = arena_new_of(c->arena, GateJob);
    *g = (GateJob){ .u = u, .before = *u, .done = done, .arg = arg };
    g->job = (LaneJob){ .c = c, .run = gate_write, .refused = gate_refused, .done = gate_written, .arg = g };
    if (lane_submit(u->app->lane, &g->job))
        return;
    done(c, u, busy(c), arg);
}

static void find_entity(UseCase *u)
{
    if (!u->entity && u->op->entity)
        u->entity = entity_of(u->op->entity);
}

static Status step_within(Ctx *c, Writer *w, void *arg)
{
    return write_steps(c, arg, w);
}

static Status write_within(Ctx *c, UseCase *u, Writer *w)
{
    TRY(check_input(c, u));
    if (u->op->prepare)
        TRY(u->op->prepare(c, u));
    if (u->op->tx == TX_READ)
        return u->op->read(c, u);
    TRY(u->unguarded ? write_steps(c, u, w) : lane_guard(u->app->lane, c, w, step_within, u));
    if (u->op->after && !u->replayed)
        u->op->after(c, u);
    return u->late;
}

Status gate_rehearse(Ctx *c, UseCase *u)
{
    Changes changes = changes_of(c);
    u->out = strbuf_in(c->arena);
    find_entity(u);
    TRY(check_input(c, u));
    return u->op->decide ? u->op->decide(c, u, &changes) : ST_OK;
}

typedef struct Refusal {
    const UseCase *u;
    Status why;
} Refusal;

static Status note_within(Ctx *c, Writer *w, void *arg)
{
    const Refusal *r = arg;
    return audit_note(c, w, str_of(r->u->op->name), r->why, entity_name(r->u), r->u->id);
}

/* The refusal's own error stays the answer. */
Status gate_run_within(Ctx *c, UseCase *u, Writer *w)
{
    u->out = strbuf_in(c->arena);
    find_entity(u);
    Status status = write_within(c, u, w);
    if (!is_noted(status))
        return status;
    if (u->unguarded) {
        u->touched = true; /* the note has to be written */
        return status;
    }
    Error answer = c->err;
    Refusal refusal = { u, status };
    c->err = (Error){ 0 };
    if (lane_guard(u->app->lane, c, w, note_within, &refusal) != ST_OK)
        ctx_forgive(c);
    c->err = answer;
    return status;
}

/* --- the read -------------------------------------------------------------------------------------------- */

static Status run_read(Ctx *c, UseCase *u)
{
    if (!c->db)
        TRY(app_read_begin(u->app, c));
    Status status = u->op->read(c, u);
    app_read_end(u->app, c);
    if (status == ST_OK && u->op->finish)
        status = u->op->finish(c, u);
    if (status == ST_OK && c->actor && !(u->op->flags & QUIET))
        access_log_add(u->app->access, c, u, 1);
    return status;
}

void gate_run(Ctx *c, UseCase *u, GateDone *done, void *arg)
{
    u->out = strbuf_in(c->arena);
    find_entity(u);
    Status status = prepare(c, u);
    if (status == ST_OK && u->op->tx == TX_WRITE) {
        submit_write(c, u, done, arg);
        return;
    }
    if (status == ST_OK)
        status = run_read(c, u);
    app_read_end(u->app, c);
    if (!note_read(c, u, status) && status == ST_OK)
        status = busy(c);
    done(c, u, status, arg);
}

typedef struct Waiter {
    pthread_mutex_t lock;
    pthread_cond_t done;
    bool finished;
    Status status;
} Waiter;

static void wake(Ctx *c, UseCase *u, Status status, void *arg)
{
    (void)c;
    (void)u;
    Waiter *w = arg;
    pthread_mutex_lock(&w->lock);
    w->status = status;
    w->finished = true;
    pthread_cond_signal(&w->done);
    pthread_mutex_unlock(&w->lock);
}

Status gate_run_wait(Ctx *c, UseCase *u)
{
    Waiter w = { .finished = false };
    pthread_mutex_init(&w.lock, NULL);
    pthread_cond_init(&w.done, NULL);
    gate_run(c, u, wake, &w);
    pthread_mutex_lock(&w.lock);
    while (!w.finished)
        pthread_cond_wait(&w.done, &w.lock);
    pthread_mutex_unlock(&w.lock);
    pthread_cond_destroy(&w.done);
    pthread_mutex_destroy(&w.lock);
    return w.status;
}
