#include "service/import_work.h"

#include "base/watch.h"
#include "domain/account.h"
#include "store/load.h"

#include <string.h>
#include <time.h>

/* --- a task ------------------------------------------------------------------------------------------------------ */

Ctx import_task_ctx(const ImportTask *t, Arena *arena)
{
    Ctx c = app_ctx(t->app, arena);
    c.actor = &t->actor;
    return c;
}

bool import_task_stops(const ImportTask *t)
{
    return atomic_load(&t->app->closing);
}

Status import_task_rights(Ctx *c, ImportTask *t)
{
    return t->actor.role == ROLE_LOCAL ? ST_OK : holding_find(c, &t->actor);
}

typedef struct StateJob {
    ImportTask *task;
    const Import *after;
} StateJob;

static Status write_state(LaneJob *job, Writer *w)
{
    const StateJob *s = job->arg;
    Changes changes = changes_of(job->c);
    Import now;
    TRY(record_load_unscoped(job->c, ENTITY_IMPORT, s->task->import.id, &now));
    Import *after = record_copy(job->c, &Import_table, s->after);
    *RECORD_AT(Int, after, version) = now.version;
    import_progress(job->c, &now, after, &changes);
    if (now.workbook.len) {
        Workbook *workbook = arena_new_of(job->c->arena, Workbook);
        TRY(record_load_unscoped(job->c, ENTITY_WORKBOOK, now.workbook, workbook));
        workbook_follow(job->c, workbook, after, &changes);
    }
    return change_apply(job->c, w, S("import.progress"), &changes);
}

Status import_task_state(Ctx *c, ImportTask *t, const Import *after)
{
    StateJob s = { t, after };
    LaneJob job = { .c = c, .run = write_state, .arg = &s };
    return lane_run(t->app->lane, &job);
}

/* Who began it acts in it, in the role of then; his rights are asked for anew with every record. */
static Status find_actor(Ctx *c, ImportTask *t)
{
    Account account;
    Str account_id = t->import.account;
    t->actor = (Actor){ .account = account_id,
        .login = account_id,
        .name = t->import.entered_by,
        .role = (Role)t->import.role,
        .held = ROLE_BIT(t->import.role) };
    if (t->actor.role == ROLE_LOCAL)
        return ST_OK;
    TRY(record_load_unscoped(c, ENTITY_ACCOUNT, account_id, &account));
    t->actor.person = str_copy(t->arena, account.person);
    t->actor.login = str_copy(t->arena, account.login);
    return ST_OK;
}

static Status load_task(Ctx *c, ImportTask *t, Str id)
{
    TRY(app_read_begin(t->app, c));
    Status status = record_load_unscoped(c, ENTITY_IMPORT, id, &t->import);
    if (status == ST_OK)
        status = find_actor(c, t);
    app_read_end(t->app, c);
    t->kind = import_kind_named(t->import.subject);
    return status;
}

static Status do_step(Ctx *c, ImportTask *t)
{
    if (t->import.state == IMPORT_CHECKING)
        return import_check(c, t);
    if (t->import.state == IMPORT_RUNNING)
        return import_run(c, t);
    return t->import.state == IMPORT_UNDOING ? import_undo(c, t) : ST_OK;
}

/* Trying again would end the same way. */
static bool is_final(Status status)
{
    return status == ST_INVALID || status == ST_MALFORMED || status == ST_TOO_BIG || status == ST_CONFLICT ||
           status == ST_DENIED || status == ST_MISSING;
}

/* What forbids the whole of it ends it, so that those behind it have their turn. */
static Status give_up(Ctx *c, ImportTask *t)
{
    Str why = str_format(t->arena, c->lang == LANG_ZH ? "办理中断：%.*s" : "broken off: %.*s", STR_ARG(c->err.message));
    ctx_forgive(c);
    if (t->import.state == IMPORT_RUNNING)
        return import_run_break(c, t, why);
    Import after = t->import;
    after.state = t->import.state == IMPORT_UNDOING ? IMPORT_DONE : IMPORT_FAILED;
    after.fault = why;
    return import_task_state(c, t, &after);
}

static Status do_task(Ctx *c, ImportTask *t, Str id)
{
    TRY(load_task(c, t, id));
    c->actor = &t->actor;
    Status status = do_step(c, t);
    return is_final(status) ? give_up(c, t) : status;
}

Status import_work(Ctx *c, App *app, Str id)
{
    ImportTask t = { .app = app, .arena = arena_new() };
    Ctx own = app_ctx(app, t.arena);
    own.lang = c->lang;
    Status status = do_task(&own, &t, str_copy(t.arena, id));
    if (status != ST_OK)
        (void)fail(c, status, "%.*s", "%.*s", STR_ARG(own.err.message));
    arena_done(t.arena);
    return status;
}

/* --- cells as they are kept --------------------------------------------------------------------------------------- */

Str import_cells_json(Ctx *c, const ImportRow *row)
{
    StrBuf b = strbuf_in(c->arena);
    JsonWriter w = json_onto(&b);
    json_open_list(&w);
    for (size_t i = 0; i < row->count; i++) {
        json_open_list(&w);
        json_text(&w, row->cells[i].heading);
        json_text(&w, row->cells[i].text);
        json_text(&w, row->cells[i].address);
        json_close_list(&w);
    }
    json_close_list(&w);
    return strbuf_str(&b);
}

Status import_cells_read(Ctx *c, Str cells, ImportRow *row)
{
    const Json *root;
    TRY(json_read(c, cells, &root));
    row->count = 0;
    for (const Json *n = root->first; n && row->count < IMPORT_CELLS_MAX; n = n->next) {
        const Json *heading = n->first;
        const Json *text = heading ? heading->next : NULL;
        const Json *address = text ? text->next : NULL;
        if (address)
            row->cells[row->count++] = (ImportCell){ json_text_or(heading, STR_NONE), json_text_or(text, STR_NONE),
                json_text_or(address, STR_NONE) };
    }
    return ST_OK;
}

/* --- the thread ----------------------------------------------------------------------------------------------------
 */

struct ImportWorker {
    App *app;
    Watch watch;
};

enum { BATCH = 50 };

static Status unfinished(Ctx *c, App *app, Str *ids, size_t *count)
{
    DbRows *rows;
    bool has = true;
    *count = 0;
    TRY(app_read_begin(app, c));
    Status status = db_query(c, SQL_IMPORT_UNFINISHED, ARGS(value_int(BATCH)), &rows);
    while (status == ST_OK && has) {
        status = db_next(c, rows, &has);
        if (status == ST_OK && has)
            ids[(*count)++] = str_copy(c->arena, row_text(rows, 0));
    }
    app_read_end(app, c);
    return status;
}

/* Until nothing waits. What fails is left for the next time something wakes the thread; those behind it are not. */
static bool work_once(ImportWorker *w)
{
    Arena *arena = arena_new();
    Ctx c = app_ctx(w->app, arena);
    Str ids[BATCH];
    size_t count;
    bool some = unfinished(&c, w->app, ids, &count) == ST_OK && count > 0, failed = false;
    for (size_t i = 0; some && i < count && !atomic_load(&w->app->closing); i++) {
        Ctx own = c;
        own.err = (Error){ 0 };
        if (import_work(&own, w->app, ids[i]) == ST_OK)
            continue;
        log_line(&w->app->log, LOG_WARN, "import id=%.*s status=%s", STR_ARG(ids[i]), status_name(own.err.status));
        failed = true;
    }
    arena_done(arena);
    return some && !failed;
}

static void look(void *arg)
{
    ImportWorker *w = arg;
    while (!atomic_load(&w->app->closing) && work_once(w))
        ;
}

ImportWorker *import_worker_open(App *app)
{
    ImportWorker *w = arena_new_of(app->arena, ImportWorker);
    w->app = app;
    watch_open(&w->watch, WATCH_WHEN_WOKEN, look, w);
    return w;
}

void import_worker_wake(ImportWorker *w)
{
    if (w)
        watch_wake(&w->watch);
}

void import_worker_close(ImportWorker *w)
{
    if (!w)
        return;
    atomic_store(&w->app->closing, true);
    watch_close(&w->watch);
}
