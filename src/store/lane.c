#include "store/lane.h"

#include "base/watch.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#define LOG_LIMIT ((int64_t)256 << 20) /* past this the writer itself starts the log over */
enum { CHECKPOINT_EVERY_MS = 200 };

struct Lane {
    Arena *arena;
    Ctx c; /* the lane's own, for BEGIN, COMMIT and the head */
    Ledger *ledger;
    Db *db;
    Writer writer;
    pthread_t thread;
    Watch watch; /* over the log */
    Ctx folds;   /* the watch's own */
    bool checkpoints;
    pthread_mutex_t lock;
    pthread_cond_t more;
    LaneJob *first;
    LaneJob *last;
    int queued;
    bool closing;
    atomic_bool read_only;
    atomic_llong batches;
    atomic_llong jobs;
};

/* --- the queue ------------------------------------------------------------------------------------- */

bool lane_submit(Lane *l, LaneJob *job)
{
    job->next = NULL;
    job->start = ctx_mark(job->c);
    pthread_mutex_lock(&l->lock);
    bool taken = !l->closing && l->queued < LANE_QUEUE;
    if (taken) {
        if (l->last)
            l->last->next = job;
        else
            l->first = job;
        l->last = job;
        l->queued++;
        pthread_cond_signal(&l->more);
    }
    pthread_mutex_unlock(&l->lock);
    return taken;
}

static LaneJob *queue_pop(Lane *l, bool wait)
{
    pthread_mutex_lock(&l->lock);
    while (wait && !l->first && !l->closing)
        pthread_cond_wait(&l->more, &l->lock);
    LaneJob *job = l->first;
    if (job) {
        l->first = job->next;
        l->last = l->first ? l->last : NULL;
        l->queued--;
        job->next = NULL;
    }
    pthread_mutex_unlock(&l->lock);
    return job;
}

/* --- one job in its savepoint ------------------------------------------------------------------------- */

Status lane_guard(Lane *l, Ctx *c, Writer *w, Status (*step)(Ctx *, Writer *, void *), void *arg)
{
    const Writer before = *w;
    TRY(db_savepoint(c));
    Status status = step(c, w, arg);
    if (status == ST_OK)
        status = db_release(c);
    if (status == ST_OK)
        return ST_OK;
    writer_restore(w, &before);
    keyring_forget(l->ledger->keys);
    if (db_in_transaction(l->db) && db_rollback_to(c) != ST_OK)
        db_rollback(l->db);
    return status;
}

static Status step_run(Ctx *c, Writer *w, void *arg)
{
    (void)c;
    LaneJob *job = arg;
    return job->run(job, w);
}

static Status step_refused(Ctx *c, Writer *w, void *arg)
{
    (void)c;
    LaneJob *job = arg;
    return job->refused(job, w, job->status);
}

/* The refusal's own error stays the answer; a refusal that cannot be noted is no reason to lose it. */
static void note_refusal(Lane *l, LaneJob *job)
{
    Error answer = job->c->err;
    job->c->err = (Error){ 0 };
    if (lane_guard(l, job->c, &l->writer, step_refused, job) != ST_OK)
        ctx_forgive(job->c);
    job->c->err = answer;
}

static void job_run(Lane *l, LaneJob *job)
{
    ctx_rewind(job->c, job->start);
    job->c->db = l->db;
    job->status = job->many ? job->run(job, &l->writer) : lane_guard(l, job->c, &l->writer, step_run, job);
    if (job->status != ST_OK && job->refused && db_in_transaction(l->db))
        note_refusal(l, job);
    job->c->db = NULL;
}

/* --- a batch -------------------------------------------------------------------------------------------- */

static void answer(Lane *l, LaneJob *job, Status status)
{
    if (status != ST_OK)
        job->status = status;
    atomic_fetch_add(&l->jobs, 1);
    job->done(job, job->status);
}

/* ST_FULL or ST_BUSY, for a job that is not on disk whatever it said itself. */
static void not_saved(LaneJob *job, Status why)
{
    ctx_rewind(job->c, job->start);
    if (why == ST_FULL) {
        (void)fail(job->c, ST_FULL, "台账所在的磁盘已满，本次提交没有保存：请联系系统管理员清理磁盘后重试",
            "the ledger's disk is full; nothing was saved: ask the system administrator to make room, then try again");
        return;
    }
    (void)fail(job->c, ST_BUSY, "台账暂时不能写入，本次提交没有生效，请稍后重试",
        "the ledger cannot be written just now; nothing was saved, please try again");
    job->c->err.retry_after_s = 2;
}

static void answer_all(Lane *l, LaneJob *jobs, Status outcome)
{
    while (jobs) {
        LaneJob *job = jobs;
        jobs = job->next; /* the job is gone once it was answered */
        if (outcome != ST_OK)
            not_saved(job, outcome);
        answer(l, job, outcome);
    }
}

static Status batch_begin(Lane *l)
{
    TRY(db_begin(&l->c, DB_TX_WRITE));
    Status status = chain_lock(&l->c, &l->writer);
    if (status != ST_OK)
        db_rollback(l->db);
    return status;
}

static Status reopen(Lane *l)
{
    db_close(l->db);
    l->db = NULL;
    l->c.db = NULL;
    keyring_forget(l->ledger->keys);
    TRY(db_open(&l->c, l->ledger->where, DB_WRITE, &l->db));
    l->c.db = l->db;
    return ST_OK;
}

/* Half of a commit that failed may lie in SQLite's log, and the next start would find it there. A commit of
 * our own lies over it: an entry that tells the auditor what happened. */
static Status bury(Lane *l, Status why)
{
    l->c.now = clock_now(l->c.env->clock);
    TRY(audit_note(&l->c, &l->writer, S("ledger.commit"), why, STR_NONE, STR_NONE));
    TRY(chain_store(&l->c, &l->writer));
    return db_commit(&l->c);
}

/* COMMIT failed: the head on disk says whether the batch is there. When that cannot be learnt, or what was
 * lost cannot be buried, the lane writes no more; a full disk takes neither half nor whole commits, and may be
 * mended. */
static bool learn_fate(Lane *l, Status why)
{
    ChainHead wanted = l->writer.head;
    ctx_forgive(&l->c);
    Status status = reopen(l);
    if (status == ST_OK)
        status = batch_begin(l);
    bool landed = status == ST_OK && l->writer.head.seq == wanted.seq &&
                  bytes_equal(l->writer.head.seal.bytes, wanted.seal.bytes, SM3_SIZE);
    if (status == ST_OK && !landed)
        status = bury(l, why);
    if (status != ST_OK && status != ST_FULL)
        atomic_store(&l->read_only, true);
    if (l->db)
        db_rollback(l->db);
    return landed;
}

/* ST_OK when the batch is on disk, else ST_FULL or ST_BUSY. A batch without an entry (access log only) cannot
 * be told apart from one that was lost, so a failed COMMIT of such a one counts as lost. */
static Status batch_commit(Lane *l, int64_t seq_before)
{
    bool sealed = l->writer.head.seq != seq_before;
    Status status = sealed ? chain_store(&l->c, &l->writer) : ST_OK;
    bool asked = status == ST_OK;
    if (asked)
        status = db_commit(&l->c);
    if (status == ST_OK) {
        keyring_settle(l->ledger->keys);
        return ST_OK;
    }
    Status why = status == ST_FULL ? ST_FULL : ST_BUSY;
    if (!asked)
        db_rollback(l->db);
    else if (learn_fate(l, why) && sealed)
        return ST_OK;
    return why;
}

/* After the whole transaction was lost, each job runs in one of its own. */
static void run_alone(Lane *l, LaneJob *jobs)
{
    while (jobs) {
        LaneJob *job = jobs;
        jobs = job->next;
        job->next = NULL;
        ctx_forgive(&l->c);
        if (batch_begin(l) != ST_OK) {
            answer_all(l, job, ST_BUSY);
            continue;
        }
        int64_t seq = l->writer.head.seq;
        job_run(l, job);
        if (!db_in_transaction(l->db)) {
            db_rollback(l->db);
            answer(l, job, job->status); /* its own error: disk full, interrupted */
            continue;
        }
        answer_all(l, job, batch_commit(l, seq));
    }
}

static void run_batch(Lane *l, LaneJob *job)
{
    LaneJob *batch = NULL;
    LaneJob **end = &batch;
    bool lost = false;
    int64_t until = clock_ticks_ms() + LANE_BATCH_MS;
    int64_t seq = l->writer.head.seq;
    for (int n = 1; job; n++) {
        *end = job;
        end = &job->next;
        job_run(l, job);
        lost = !db_in_transaction(l->db);
        job = lost || n == LANE_BATCH || clock_ticks_ms() >= until ? NULL : queue_pop(l, false);
    }
    if (lost) {
        db_rollback(l->db);
        run_alone(l, batch);
        return;
    }
    Status outcome = batch_commit(l, seq);
    atomic_fetch_add(&l->batches, 1);
    answer_all(l, batch, outcome);
}

static void restart_log(Lane *l)
{
    if (db_log_bytes(l->db) > LOG_LIMIT && db_checkpoint(&l->c, true) != ST_OK)
        ctx_forgive(&l->c);
}

static bool writable(Lane *l)
{
    if (atomic_load(&l->read_only))
        return false;
    ctx_forgive(&l->c);
    if (batch_begin(l) == ST_OK)
        return true;
    ctx_forgive(&l->c);
    return reopen(l) == ST_OK && batch_begin(l) == ST_OK;
}

static void *lane_thread(void *arg)
{
    Lane *l = arg;
    CtxMark start = ctx_mark(&l->c);
    LaneJob *job;
    while ((job = queue_pop(l, true)) != NULL) {
        ctx_rewind(&l->c, start);
        if (writable(l))
            run_batch(l, job);
        else
            answer_all(l, job, ST_BUSY);
        if (l->db)
            restart_log(l);
    }
    return NULL;
}

/* --- checkpoints out of the writer ---------------------------------------------------------------------- */

/* On a connection of its own, opened when it looks first. */
static void look_at_log(void *arg)
{
    Lane *l = arg;
    Ctx *c = &l->folds;
    if (!c->db && db_open(c, l->ledger->where, DB_WRITE, &c->db) != ST_OK)
        ctx_forgive(c);
    CtxMark start = ctx_mark(c);
    if (c->db && db_log_bytes(c->db) > 0 && db_checkpoint(c, false) != ST_OK)
        ctx_forgive(c);
    ctx_rewind(c, start);
}

static void checkpoints_open(Lane *l, const Env *env)
{
    l->checkpoints = l->ledger->engine == DB_SQLITE;
    if (!l->checkpoints)
        return;
    l->folds = ctx_on(arena_new(), env);
    watch_open(&l->watch, CHECKPOINT_EVERY_MS, look_at_log, l);
}

static void checkpoints_close(Lane *l)
{
    if (!l->checkpoints)
        return;
    watch_close(&l->watch);
    db_close(l->folds.db);
    arena_done(l->folds.arena);
}

/* --- life --------------------------------------------------------------------------------------------------- */

Status lane_open(Ctx *c, Ledger *ledger, Lane **out)
{
    Arena *arena = arena_new();
    Lane *l = arena_new_of(arena, Lane);
    l->arena = arena;
    l->ledger = ledger;
    l->c = ctx_on(arena, c->env);
    l->writer.keys = ledger->keys;
    l->writer.sealer = sealer_open(c->env);
    Status status = db_open(c, ledger->where, DB_WRITE, &l->db);
    if (status != ST_OK) {
        sealer_close(l->writer.sealer);
        arena_done(arena);
        return status;
    }
    l->c.db = l->db;
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->more, NULL);
    pthread_create(&l->thread, NULL, lane_thread, l);
    checkpoints_open(l, c->env);
    *out = l;
    return ST_OK;
}

void lane_close(Lane *l)
{
    if (!l)
        return;
    pthread_mutex_lock(&l->lock);
    l->closing = true;
    pthread_cond_signal(&l->more);
    pthread_mutex_unlock(&l->lock);
    pthread_join(l->thread, NULL);
    checkpoints_close(l);
    sealer_close(l->writer.sealer);
    db_close(l->db);
    pthread_cond_destroy(&l->more);
    pthread_mutex_destroy(&l->lock);
    arena_done(l->arena);
}

static void wake(LaneJob *job, Status status)
{
    (void)status;
    LaneWait *w = job->waiting;
    pthread_mutex_lock(&w->lock);
    w->finished = true;
    pthread_cond_signal(&w->done);
    pthread_mutex_unlock(&w->lock);
}

void lane_begin(Lane *l, LaneJob *job, LaneWait *w)
{
    w->finished = false;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->done, NULL);
    job->waiting = w;
    job->done = wake;
    if (lane_submit(l, job))
        return;
    job->start = ctx_mark(job->c);
    job->status = ST_BUSY;
    not_saved(job, ST_BUSY);
    w->finished = true;
}

Status lane_end(LaneJob *job, LaneWait *w)
{
    pthread_mutex_lock(&w->lock);
    while (!w->finished)
        pthread_cond_wait(&w->done, &w->lock);
    pthread_mutex_unlock(&w->lock);
    pthread_cond_destroy(&w->done);
    pthread_mutex_destroy(&w->lock);
    return job->status;
}

Status lane_run(Lane *l, LaneJob *job)
{
    LaneWait w;
    lane_begin(l, job, &w);
    return lane_end(job, &w);
}

bool lane_is_read_only(const Lane *l)
{
    return atomic_load(&l->read_only);
}

void lane_counts(const Lane *l, int64_t *batches, int64_t *jobs)
{
    *batches = atomic_load(&l->batches);
    *jobs = atomic_load(&l->jobs);
}
