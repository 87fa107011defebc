#include "service/access_log.h"

#include <stdatomic.h>

enum { LINES = 1024, LINE_AGE_MS = 2000 };

typedef struct Line {
    Value values[7];
} Line;

/* A page of lines with its own memory: handed to the lane as one job. */
typedef struct Sheet {
    LaneJob job;
    Arena *arena;
    Ctx c;
    Line lines[LINES];
    int count;
    int64_t begun_ms;
} Sheet;

struct AccessLog {
    App *app;
    pthread_mutex_t lock;
    Sheet *sheet;
    atomic_llong dropped;
};

static Sheet *sheet_new(const App *app)
{
    Arena *arena = arena_new();
    Sheet *s = arena_new_of(arena, Sheet);
    s->arena = arena;
    s->c = app_ctx(app, arena);
    return s;
}

AccessLog *access_log_open(App *app)
{
    AccessLog *log = arena_new_of(app->arena, AccessLog);
    log->app = app;
    pthread_mutex_init(&log->lock, NULL);
    log->sheet = sheet_new(app);
    return log;
}

static Status write_lines(LaneJob *job, Writer *w)
{
    (void)w;
    Sheet *s = job->arg;
    for (int i = 0; i < s->count; i++)
        TRY(db_run(job->c, SQL_ACCESS_LOG_INSERT, s->lines[i].values, 7, NULL));
    return ST_OK;
}

static void lines_written(LaneJob *job, Status status)
{
    (void)status;
    arena_done(((Sheet *)job->arg)->arena);
}

static void hand_over(AccessLog *log, Sheet *s)
{
    s->job = (LaneJob){ .c = &s->c, .run = write_lines, .done = lines_written, .arg = s };
    if (lane_submit(log->app->lane, &s->job))
        return;
    atomic_fetch_add(&log->dropped, s->count);
    arena_done(s->arena);
}

static void line_fill(Sheet *s, const Ctx *c, const UseCase *u, uint32_t rows)
{
    Arena *a = s->arena;
    Value *v = s->lines[s->count++].values;
    v[0] = value_text(instant_text(a, c->now));
    v[1] = value_text(str_copy(a, c->actor->account));
    v[2] = value_text(choice_name(&roles, (int32_t)c->actor->role));
    v[3] = value_text(str_of(u->op->name));
    v[4] = u->entity ? value_text(str_of(u->entity->table->name)) : value_null();
    v[5] = value_text(str_copy(a, str_clip(u->id, 64)));
    v[6] = value_int(rows);
}

void access_log_add(AccessLog *log, const Ctx *c, const UseCase *u, uint32_t rows)
{
    if (!log)
        return;
    Sheet *full = NULL;
    int64_t now = clock_ticks_ms();
    pthread_mutex_lock(&log->lock);
    Sheet *s = log->sheet;
    if (s->count == 0)
        s->begun_ms = now;
    line_fill(s, c, u, rows);
    if (s->count == LINES || now - s->begun_ms > LINE_AGE_MS) {
        full = s;
        log->sheet = sheet_new(log->app);
    }
    pthread_mutex_unlock(&log->lock);
    if (full)
        hand_over(log, full);
}

void access_log_close(AccessLog *log)
{
    if (!log)
        return;
    hand_over(log, log->sheet);
    pthread_mutex_destroy(&log->lock);
}
