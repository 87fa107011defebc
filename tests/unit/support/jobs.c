#include "support/jobs.h"

#include "domain/account.h"
#include "domain/register.h"
#include "store/verify.h"
#include "support/records.h"
#include "support/tables.h"

#include <stdio.h>
#include <unistd.h>

Str jobs_organiser(Fixture *fx)
{
    Organiser *o = record_new(fx->c, &Organiser_table);
    o->name = S("示例市委巡察办");
    Changes changes = changes_of(fx->c);
    change_insert(fx->c, &changes, ENTITY_ORGANISER, o);
    assert_ok(fx->c, apply_now(fx, &changes));
    return str_copy(fx->arena, o->id);
}

Status meeting_write(Ctx *c, Writer *w, Str organiser, const char *title)
{
    Meeting *m = record_new(c, &Meeting_table);
    Changes changes = changes_of(c);
    m->organiser = organiser;
    m->kind = 1;
    m->maker = S("示例市委巡察办");
    m->held_on = date_of(2021, 3, 1);
    m->title = str_of(title);
    change_insert(c, &changes, ENTITY_MEETING, m);
    return change_apply(c, w, S("meeting.enter"), &changes);
}

static Status enter(LaneJob *lane_job, Writer *w)
{
    Job *job = (Job *)lane_job;
    Ctx *c = lane_job->c;
    atomic_fetch_add(&job->runs, 1);
    if (job->waits)
        sem_wait(job->waits);
    if (job->before)
        job->before(job);
    TRY(meeting_write(c, w, job->organiser, job->title));
    return job->refuses == ST_OK ? ST_OK : fail(c, job->refuses, "试", "a test");
}

static Status note(LaneJob *lane_job, Writer *w, Status why)
{
    return audit_note(lane_job->c, w, S("meeting.enter"), why, S("meetings"), STR_NONE);
}

static void answered(LaneJob *lane_job, Status status)
{
    Job *job = (Job *)lane_job;
    job->status = status;
    if (job->answered)
        job->answered(job);
    atomic_store(&job->done, true);
}

void job_init(Job *job, Fixture *fx, Str organiser, const char *title)
{
    *job = (Job){ .arena = arena_new(), .organiser = organiser };
    job->c = ctx_on(job->arena, &fx->env);
    job->c.actor = &fx->local;
    snprintf(job->title, sizeof job->title, "%s", title);
    job->job = (LaneJob){ .c = &job->c, .run = enter, .refused = note, .done = answered };
}

void job_done(Job *job)
{
    arena_done(job->arena);
}

Status job_wait(Job *job)
{
    while (!atomic_load(&job->done))
        usleep(200);
    return job->status;
}

int64_t meetings_titled(Fixture *fx, Ctx *c, const char *title)
{
    Str rows = rows_text(fx, c, "i", "SELECT count(*) FROM meeting WHERE title = ?1", ARGS(value_text(str_of(title))));
    int64_t count = -1;
    assert_true(str_to_int(rows, &count));
    return count;
}

void ledger_is_sound(Fixture *fx, Ctx *c, Ledger *ledger)
{
    VerifyReport report;
    (void)fx;
    assert_ok(c, verify_ledger(c, ledger, NULL, &report));
    for (int64_t i = 0; i < report.fault_count && i < 5; i++)
        print_error("%.*s %.*s: %s\n", STR_ARG(report.faults[i].kind), STR_ARG(report.faults[i].place),
            report.faults[i].says.en);
    assert_int_equal(report.fault_count, 0);
}
