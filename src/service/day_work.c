#include "service/day_work.h"

#include "base/watch.h"
#include "service/script.h"
#include "service/unit_history_work.h"

enum { LOOK_MS = 30000 };

Status day_work(Ctx *c, App *app, DayTally *out)
{
    Arena *keeps = arena_new();
    Actor actor = script_local_actor(keeps);
    Ctx own = app_ctx(app, arena_new());
    own.lang = c->lang;
    own.actor = &actor;
    own.today = c->today;
    own.now = c->now;
    *out = (DayTally){ 0 };
    Status status = unit_history_work(&own, app, &out->units);
    if (status == ST_OK)
        status = escalation_work(&own, app, &out->letters);
    if (status != ST_OK)
        (void)fail(c, status, "%.*s", "%.*s", STR_ARG(own.err.message));
    arena_done(own.arena);
    arena_done(keeps);
    return status;
}

/* --- the thread ------------------------------------------------------------------------------------------------- */

struct DayWorker {
    App *app;
    Watch watch;
    Date ran; /* the day that it ran for */
};

/* The day that it ran for; DATE_NONE: it failed, and is tried again. */
static Date run_today(DayWorker *w)
{
    DayTally tally;
    Ctx c = app_ctx(w->app, arena_new());
    Date day = c.today;
    if (day_work(&c, w->app, &tally) != ST_OK) {
        log_line(&w->app->log, LOG_WARN, "day status=%s", status_name(c.err.status));
        day = DATE_NONE;
    } else if (tally.units || tally.letters.letters) {
        log_line(&w->app->log, LOG_INFO, "day units=%lld letters=%lld", (long long)tally.units,
            (long long)tally.letters.letters);
    }
    arena_done(c.arena);
    return day;
}

static void look(void *arg)
{
    DayWorker *w = arg;
    Ctx now = app_ctx(w->app, NULL);
    if (now.today != w->ran)
        w->ran = run_today(w);
}

DayWorker *day_worker_open(App *app)
{
    DayWorker *w = arena_new_of(app->arena, DayWorker);
    w->app = app;
    w->ran = DATE_NONE;
    watch_open(&w->watch, LOOK_MS, look, w);
    return w;
}

void day_worker_close(DayWorker *w)
{
    if (w)
        watch_close(&w->watch);
}
