#include "service/search_work.h"

#include "base/watch.h"
#include "search/index.h"

/* Records in a batch while others write and when nobody does; how long the thread looks away; how long at most. */
enum { BATCH_BUSY = 50, LOOK_MS = 100, PAUSE_MAX_MS = 400, TIDY_MAX = 16 };

/* --- one batch ------------------------------------------------------------------------------------------- */

typedef struct BatchJob {
    const IndexBatch *batch;
} BatchJob;

static Status batch_run(LaneJob *job, Writer *w)
{
    (void)w;
    return index_write(job->c, ((BatchJob *)job->arg)->batch);
}

static Status tidy_run(LaneJob *job, Writer *w)
{
    (void)w;
    return index_tidy(job->c, job->arg != NULL);
}

static Status forget_run(LaneJob *job, Writer *w)
{
    (void)w;
    return index_forget(job->c);
}

static Status lane_do(Ctx *c, App *app, Status (*run)(LaneJob *job, Writer *w), void *arg)
{
    LaneJob job = { .c = c, .run = run, .arg = arg };
    return lane_run(app->lane, &job);
}

typedef struct Step {
    bool more; /* there was something to do */
    size_t records;
    int64_t left;    /* before it was done */
    int64_t took_ms; /* for how long the lane was held, and waited for */
} Step;

static Status prepare_step(Ctx *c, App *app, size_t most, BatchJob *b, Step *out)
{
    *out = (Step){ .more = false };
    TRY(app_read_begin(app, c));
    Status status = index_prepare(c, most, &b->batch);
    if (status == ST_OK && b->batch)
        status = index_behind(c, &out->left);
    app_read_end(app, c);
    out->more = status == ST_OK && b->batch;
    return status;
}

static Status one_batch(Ctx *c, App *app, size_t most, Step *out)
{
    BatchJob b = { 0 };
    TRY(prepare_step(c, app, most, &b, out));
    if (!out->more)
        return ST_OK;
    out->records = index_batch_records(b.batch);
    int64_t began = clock_ticks_ms();
    TRY(lane_do(c, app, batch_run, &b));
    out->took_ms = clock_ticks_ms() - began;
    return ST_OK;
}

/* --- at once ------------------------------------------------------------------------------------------------ */

static Status work_all(Ctx *c, App *app, SearchProgress *progress, void *arg)
{
    int64_t done = 0;
    for (Step step = { .more = true }; step.more;) {
        CtxMark mark = ctx_mark(c);
        TRY(one_batch(c, app, INDEX_BATCH_MAX, &step));
        done += (int64_t)step.records;
        if (step.more && progress)
            progress(done, step.left, arg);
        ctx_rewind(c, mark);
    }
    return done ? lane_do(c, app, tidy_run, app) : ST_OK;
}

Status search_work(Ctx *c, App *app, bool anew, SearchProgress *progress, void *arg)
{
    Ctx own = app_ctx(app, arena_new());
    own.lang = c->lang;
    Status status = anew ? lane_do(&own, app, forget_run, NULL) : ST_OK;
    if (status == ST_OK)
        status = work_all(&own, app, progress, arg);
    if (status != ST_OK)
        (void)fail(c, status, "%.*s", "%.*s", STR_ARG(own.err.message));
    arena_done(own.arena);
    return status;
}

/* --- the thread ---------------------------------------------------------------------------------------------- */

struct SearchWorker {
    App *app;
    Watch watch;
    int64_t seen;        /* jobs of the lane when it looked last */
    int untidy;          /* batches since the index was last tidied */
    atomic_llong behind; /* when the thread looked last */
};

static int64_t lane_jobs(const SearchWorker *w)
{
    int64_t batches, jobs;
    lane_counts(w->app->lane, &batches, &jobs);
    return jobs;
}

/* Others have written while the batch was. */
static bool others_write(const SearchWorker *w, int64_t jobs_before)
{
    return lane_jobs(w) > jobs_before + 1;
}

/* Until the index is up to date. What fails is tried again when the lane has written something more. */
static void catch_up(SearchWorker *w)
{
    bool busy = false;
    for (Step step = { .more = true }; step.more;) {
        Ctx c = app_ctx(w->app, arena_new());
        w->seen = lane_jobs(w);
        if (one_batch(&c, w->app, busy ? BATCH_BUSY : INDEX_BATCH_MAX, &step) != ST_OK) {
            log_line(&w->app->log, LOG_WARN, "search.index status=%s at=%s", status_name(c.err.status), c.err.place);
            step.more = false;
        }
        arena_done(c.arena);
        w->untidy += step.records > 0;
        atomic_store(&w->behind, step.left);
        busy = others_write(w, w->seen);
        int64_t pause = step.took_ms * 4 < PAUSE_MAX_MS ? step.took_ms * 4 : PAUSE_MAX_MS;
        if (watch_pause(&w->watch, step.more && busy ? pause : 0))
            return;
    }
}

/* Small pieces of work, when nobody writes. */
static void tidy(SearchWorker *w)
{
    if (w->untidy == 0 || others_write(w, w->seen))
        return;
    Ctx c = app_ctx(w->app, arena_new());
    bool server = w->app->ledger->engine == DB_PGSQL;
    bool whole = server && w->untidy > TIDY_MAX; /* much has changed: its planner must know the words */
    if (lane_do(&c, w->app, tidy_run, whole ? w : NULL) == ST_OK)
        w->untidy = server ? 0 : w->untidy > TIDY_MAX ? TIDY_MAX : w->untidy - 1;
    arena_done(c.arena);
    w->seen = lane_jobs(w);
}

static void look(void *arg)
{
    SearchWorker *w = arg;
    if (lane_jobs(w) != w->seen)
        catch_up(w);
    tidy(w);
}

SearchWorker *search_worker_open(App *app)
{
    SearchWorker *w = arena_new_of(app->arena, SearchWorker);
    w->app = app;
    w->seen = -1;
    watch_open(&w->watch, LOOK_MS, look, w);
    return w;
}

int64_t search_worker_behind(SearchWorker *w)
{
    return w ? atomic_load(&w->behind) : 0;
}

void search_worker_close(SearchWorker *w)
{
    if (w)
        watch_close(&w->watch);
}
