/* The lane on both engines: batches, savepoints, refusals, answers after the commit. */
#include "support/jobs.h"
#include "support/tables.h"

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static Lane *lane_on(Fixture *fx)
{
    Lane *lane;
    assert_ok(fx->c, lane_open(fx->c, fx->ledger, &lane));
    return lane;
}

/* Jobs that wait behind a first one, so that they are one batch. */
typedef struct Queue {
    Job jobs[LANE_QUEUE + 2];
    size_t count;
    sem_t gate;
    Lane *lane;
} Queue;

static Queue *queue_behind_a_gate(Fixture *fx, Str organiser)
{
    Queue *q = arena_new_of(fx->arena, Queue);
    q->lane = lane_on(fx);
    sem_init(&q->gate, 0, 0);
    job_init(&q->jobs[0], fx, organiser, "门");
    q->jobs[0].waits = &q->gate;
    q->count = 1;
    assert_true(lane_submit(q->lane, &q->jobs[0].job));
    while (atomic_load(&q->jobs[0].runs) == 0)
        usleep(200);
    return q;
}

static Job *queue_add(Queue *q, Fixture *fx, Str organiser, const char *title)
{
    Job *job = &q->jobs[q->count++];
    job_init(job, fx, organiser, title);
    return job;
}

static void queue_done(Queue *q)
{
    lane_close(q->lane);
    for (size_t i = 0; i < q->count; i++)
        job_done(&q->jobs[i]);
    sem_destroy(&q->gate);
}

ENGINE_TEST(a_refused_job_harms_no_neighbour)
{
    static const Status refusals[] = { ST_OK, ST_CONFLICT, ST_OK, ST_DENIED, ST_OK, ST_MISSING, ST_OK };
    const size_t count = sizeof refusals / sizeof *refusals;
    fixture_found(fx);
    Str organiser = jobs_organiser(fx);
    Queue *q = queue_behind_a_gate(fx, organiser);
    int64_t batches, jobs;
    for (size_t i = 0; i < count; i++) {
        char title[40];
        snprintf(title, sizeof title, "第%zu项", i);
        Job *job = queue_add(q, fx, organiser, title);
        job->refuses = refusals[i];
        assert_true(lane_submit(q->lane, &job->job));
    }
    Job *nowhere = queue_add(q, fx, S("01arz3ndektsv4rrffq69g5fav"), "无主"); /* a reference to nothing */
    assert_true(lane_submit(q->lane, &nowhere->job));
    sem_post(&q->gate);
    assert_int_equal(job_wait(nowhere), ST_CONFLICT);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(job_wait(&q->jobs[i + 1]), refusals[i]);
        assert_int_equal(meetings_titled(fx, fx->c, q->jobs[i + 1].title), refusals[i] == ST_OK);
        assert_int_equal(atomic_load(&q->jobs[i + 1].runs), 1);
    }
    lane_counts(q->lane, &batches, &jobs);
    assert_int_equal(jobs, count + 2);
    assert_true(batches < jobs); /* the gate's pause may have closed the first */
    assert_int_equal(count_sql(fx, fx->c, "SELECT count(*) FROM audit WHERE outcome <> 'ok'"), 4);
    ledger_is_sound(fx, fx->c, fx->ledger);
    queue_done(q);
}

static void see_it_elsewhere(Job *job)
{
    Fixture *fx = job->arg;
    must(meetings_titled(fx, fx->c, job->title) == 1);
}

ENGINE_TEST(an_answer_comes_after_the_commit)
{
    Job job;
    fixture_found(fx);
    Lane *lane = (job_init(&job, fx, jobs_organiser(fx), "甲"), lane_on(fx));
    job.answered = see_it_elsewhere;
    job.arg = fx;
    assert_true(lane_submit(lane, &job.job));
    assert_int_equal(job_wait(&job), ST_OK);
    lane_close(lane);
    job_done(&job);
}

ENGINE_TEST(a_full_queue_takes_nothing_more)
{
    fixture_found(fx);
    Str organiser = jobs_organiser(fx);
    Queue *q = queue_behind_a_gate(fx, organiser);
    for (int i = 0; i < LANE_QUEUE; i++)
        assert_true(lane_submit(q->lane, &queue_add(q, fx, organiser, "甲")->job));
    assert_false(lane_submit(q->lane, &queue_add(q, fx, organiser, "多")->job));
    sem_post(&q->gate);
    assert_int_equal(job_wait(&q->jobs[LANE_QUEUE]), ST_OK);
    assert_int_equal(meetings_titled(fx, fx->c, "甲"), LANE_QUEUE);
    assert_int_equal(meetings_titled(fx, fx->c, "多"), 0);
    ledger_is_sound(fx, fx->c, fx->ledger);
    queue_done(q);
}

ENGINE_TEST(closing_finishes_what_is_queued)
{
    fixture_found(fx);
    Str organiser = jobs_organiser(fx);
    Queue *q = queue_behind_a_gate(fx, organiser);
    for (int i = 0; i < 100; i++)
        assert_true(lane_submit(q->lane, &queue_add(q, fx, organiser, "甲")->job));
    sem_post(&q->gate);
    queue_done(q);
    for (size_t i = 0; i < q->count; i++)
        assert_int_equal(q->jobs[i].status, ST_OK);
    assert_int_equal(meetings_titled(fx, fx->c, "甲"), 100);
}

/* --- many at once ------------------------------------------------------------------------------------------ */

typedef struct Crew {
    Fixture *fx;
    Lane *lane;
    Str organiser;
    int no;
    int good;
} Crew;

static void *work(void *arg)
{
    Crew *crew = arg;
    for (int i = 0; i < 50; i++) {
        Job job;
        char title[40];
        snprintf(title, sizeof title, "%d组%d", crew->no, i);
        job_init(&job, crew->fx, crew->organiser, title);
        job.refuses = i % 7 == 3 ? ST_DENIED : ST_OK;
        job.job.done = NULL;
        Status status = lane_run(crew->lane, &job.job);
        crew->good += status == ST_OK;
        must(status == job.refuses);
        job_done(&job);
    }
    return NULL;
}

static void work_together(Fixture *fx, Lane *const *lanes, size_t lane_count)
{
    pthread_t threads[4];
    Crew crews[4];
    int good = 0;
    Str organiser = jobs_organiser(fx);
    for (size_t i = 0; i < 4; i++) {
        crews[i] = (Crew){ fx, lanes[i % lane_count], organiser, (int)i, 0 };
        pthread_create(&threads[i], NULL, work, &crews[i]);
    }
    for (size_t i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        good += crews[i].good;
    }
    assert_int_equal(count_sql(fx, fx->c, "SELECT count(*) FROM meeting"), good);
    ledger_is_sound(fx, fx->c, fx->ledger);
}

ENGINE_TEST(four_threads_share_a_lane)
{
    fixture_found(fx);
    Lane *lane = lane_on(fx);
    work_together(fx, &lane, 1);
    lane_close(lane);
}

/* On PostgreSQL several servers may write one ledger: a batch holds the chain's head. */
ENGINE_TEST(two_lanes_share_a_ledger)
{
    fixture_found(fx);
    Lane *lanes[] = { lane_on(fx), lane_on(fx) };
    work_together(fx, lanes, 2);
    lane_close(lanes[0]);
    lane_close(lanes[1]);
}

/* --- many records of one job -------------------------------------------------------------------------------------- */

enum { ROW_COUNT = 60 };

typedef struct Rows {
    Fixture *fx;
    Lane *lane;
    Str organiser;
    const char *title;
    bool refuses;   /* the last of all is refused when all are written */
    int guarded;    /* every so many are refused within a savepoint of their own; 0: none */
    int64_t sealed; /* entries in the database when the last record was written */
} Rows;

static Status write_one(Ctx *c, Writer *w, const Rows *rows)
{
    return meeting_write(c, w, rows->organiser, rows->title);
}

static Status write_and_refuse(Ctx *c, Writer *w, void *arg)
{
    TRY(write_one(c, w, arg));
    return fail(c, ST_DENIED, "不行", "no");
}

static Status write_rows(Ctx *c, Writer *w, void *arg)
{
    Rows *rows = arg;
    for (int i = 1; i <= ROW_COUNT; i++) {
        bool refused = rows->guarded && i % rows->guarded == 0;
        if (refused && lane_guard(rows->lane, c, w, write_and_refuse, rows) == ST_OK)
            return fail(c, ST_BROKEN, "没有被拒绝", "was not refused");
        ctx_forgive(c);
        if (!refused)
            TRY(write_one(c, w, rows));
    }
    rows->sealed = count_sql(rows->fx, c, "SELECT count(*) FROM audit WHERE operation = 'meeting.enter'");
    return rows->refuses ? fail(c, ST_DENIED, "不行", "no") : ST_OK;
}

static Status write_beside(Ctx *c, Writer *w, void *arg)
{
    return chain_beside(c, w, write_rows, arg);
}

static Status run_rows(LaneJob *job, Writer *w)
{
    Rows *rows = job->arg;
    Status status = rows->guarded ? write_beside(job->c, w, rows) /* savepoints do not nest */
                                  : lane_guard(rows->lane, job->c, w, write_beside, rows);
    if (!rows->refuses)
        return status;
    must(status == ST_DENIED);
    ctx_forgive(job->c);
    rows->title = "其后";
    return write_one(job->c, w, rows); /* the chain goes on where it stood */
}

static Status write_all(Rows *rows)
{
    Ctx c = ctx_on(arena_new(), &rows->fx->env);
    LaneJob job = { .c = &c, .run = run_rows, .arg = rows, .many = true };
    Status status = lane_run(rows->lane, &job);
    arena_done(c.arena);
    ledger_is_sound(rows->fx, rows->fx->c, rows->fx->ledger);
    return status;
}

ENGINE_TEST(entries_sealed_beside_are_the_chain)
{
    fixture_found(fx);
    Rows rows = { .fx = fx, .organiser = jobs_organiser(fx), .lane = lane_on(fx), .title = "甲" };
    for (int64_t round = 1; round <= 2; round++) {
        assert_ok(fx->c, write_all(&rows));
        assert_int_equal(meetings_titled(fx, fx->c, "甲"), round * ROW_COUNT);
        assert_int_equal(rows.sealed, (round - 1) * ROW_COUNT); /* they are written behind their records */
    }
    lane_close(rows.lane);
}

ENGINE_TEST(a_savepoint_takes_its_entries_back_from_the_sealer)
{
    fixture_found(fx);
    Rows rows = { .fx = fx, .organiser = jobs_organiser(fx), .lane = lane_on(fx), .title = "甲", .guarded = 7 };
    assert_ok(fx->c, write_all(&rows));
    assert_int_equal(meetings_titled(fx, fx->c, "甲"), ROW_COUNT - ROW_COUNT / 7);
    rows.guarded = 1;
    assert_ok(fx->c, write_all(&rows));
    assert_int_equal(meetings_titled(fx, fx->c, "甲"), ROW_COUNT - ROW_COUNT / 7);
    lane_close(rows.lane);
}

ENGINE_TEST(a_step_that_fails_leaves_no_entry)
{
    fixture_found(fx);
    Rows rows = { .fx = fx, .organiser = jobs_organiser(fx), .lane = lane_on(fx), .title = "甲", .refuses = true };
    assert_ok(fx->c, write_all(&rows));
    assert_int_equal(meetings_titled(fx, fx->c, "甲"), 0);
    assert_int_equal(meetings_titled(fx, fx->c, "其后"), 1);
    lane_close(rows.lane);
}

int main(void)
{
    const struct CMUnitTest tests[] = { ON_BOTH(a_refused_job_harms_no_neighbour),
        ON_BOTH(an_answer_comes_after_the_commit), ON_BOTH(a_full_queue_takes_nothing_more),
        ON_BOTH(closing_finishes_what_is_queued), ON_BOTH(four_threads_share_a_lane), ON_BOTH(two_lanes_share_a_ledger),
        ON_BOTH(entries_sealed_beside_are_the_chain), ON_BOTH(a_savepoint_takes_its_entries_back_from_the_sealer),
        ON_BOTH(a_step_that_fails_leaves_no_entry) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
