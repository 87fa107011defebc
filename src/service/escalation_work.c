#include "service/escalation_work.h"

#include "domain/escalation.h"
#include "service/case.h"
#include "service/script.h"
#include "service/stopper.h"

enum { CHUNK = 20, LETTERS_MOST = 10000, RECORDS_MOST = 100000, LOOK_MS = 30000 };

/* --- one inspection, in the lane ------------------------------------------------------------------------------------
 */

static Status load_items(Ctx *c, Str inspection, EscalationCase *now)
{
    static const Value running[] = { { .kind = VALUE_TEXT, .text = S_INIT("pending") },
        { .kind = VALUE_TEXT, .text = S_INIT("ongoing") }, { .kind = VALUE_TEXT, .text = S_INIT("basic") },
        { .kind = VALUE_TEXT, .text = S_INIT("long_term") }, { .kind = VALUE_TEXT, .text = S_INIT("rebound") } };
    Selection items = selection_of(ENTITY_RECTIFICATION);
    Value day = value_date(c->arena, date_add_days(c->today, -now->rules->escalation[0].late_days));
    items.unscoped = true;
    items.sort = Rectification_id;
    selection_is(&items, Rectification_inspection, value_text(inspection));
    selection_where(&items, Rectification_state, OP_IN, running, sizeof running / sizeof running[0]);
    selection_where(&items, Rectification_due_on, OP_LE, &day, 1);
    return selection_load(c, &items, RECORDS_MOST, &now->items, &now->item_count);
}

/* Letters that a rule drafted about items of the inspection, with the links of each. */
static Status load_letters(Ctx *c, Str inspection, EscalationCase *now)
{
    Selection links = selection_of(ENTITY_LETTER_ITEM);
    LetterItem *all;
    Letter *letters;
    size_t count;
    Value whose = value_text(inspection);
    links.unscoped = true;
    links.sort = LetterItem_letter;
    selection_where_via(&links, LetterItem_rectification, Rectification_inspection, OP_EQ, &whose, 1);
    selection_where_via(&links, LetterItem_letter, Letter_step, OP_GIVEN, NULL, 0);
    TRY(selection_load(c, &links, RECORDS_MOST, &all, &count));
    letters = arena_array_of(c->arena, Letter, count);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || !str_eq(all[i].letter, all[i - 1].letter))
            TRY(record_load_unscoped(c, ENTITY_LETTER, all[i].letter, &letters[now->letter_count++]));
    now->links = all;
    now->link_count = count;
    now->letters = letters;
    return ST_OK;
}

typedef struct Chunk {
    App *app;
    Str inspections[CHUNK];
    size_t count;
    EscalationTally tally;
} Chunk;

static Status draft_for(Ctx *c, const Chunk *k, Str inspection, int *drafted, Changes *changes)
{
    EscalationCase now = { 0 };
    Inspection of;
    Round round;
    Unit unit;
    TRY(record_load_unscoped(c, ENTITY_INSPECTION, inspection, &of));
    TRY(rules_of_round(c, k->app->rules, of.round, &round, &now.rules));
    if (now.rules->escalation_count == 0 || !calendar_is_working(&now.rules->calendar, c->today))
        return ST_OK;
    TRY(load_items(c, inspection, &now));
    TRY(load_letters(c, inspection, &now));
    TRY(record_load_unscoped(c, ENTITY_UNIT, now.item_count ? now.items[0].unit : of.unit, &unit));
    now.unit_name = unit.name;
    TRY(letter_last_serial(c, of.organiser, S(LETTER_DRAFT_SERIES), date_year(c->today), &now.draft_serial));
    return escalation_decide(c, &now, drafted, changes);
}

/* May run again: what it counts begins anew. */
static Status chunk_run(LaneJob *job, Writer *w)
{
    Chunk *k = job->arg;
    k->tally = (EscalationTally){ .inspections = (int64_t)k->count };
    for (size_t i = 0; i < k->count; i++) {
        Changes changes = changes_of(job->c);
        int drafted = 0;
        TRY(draft_for(job->c, k, k->inspections[i], &drafted, &changes));
        TRY(change_apply(job->c, w, S("letter.escalate"), &changes));
        k->tally.letters += drafted;
        k->tally.records += changes.count;
    }
    return ST_OK;
}

/* --- the run --------------------------------------------------------------------------------------------------------
 */

static Status next_chunk(Ctx *c, Str after, Chunk *k)
{
    DbRows *rows;
    bool has = true;
    Date until = date_add_days(c->today, ESCALATION_EARLIEST);
    k->count = 0;
    TRY(app_read_begin(k->app, c));
    Status status = db_query(
        c, SQL_ESCALATION_INSPECTIONS, ARGS(value_date(c->arena, until), value_text(after), value_int(CHUNK)), &rows);
    while (status == ST_OK && has) {
        status = db_next(c, rows, &has);
        if (status == ST_OK && has)
            k->inspections[k->count++] = str_copy(c->arena, row_text(rows, 0));
    }
    app_read_end(k->app, c);
    return status;
}

static Status run_chunks(Ctx *c, Arena *keeps, Chunk *k, EscalationTally *out)
{
    Str after = S("0"); /* before every id */
    for (;;) {
        CtxMark mark = ctx_mark(c);
        TRY(next_chunk(c, after, k));
        if (k->count == 0)
            return ST_OK;
        after = str_copy(keeps, k->inspections[k->count - 1]);
        LaneJob job = { .c = c, .run = chunk_run, .arg = k };
        TRY(lane_run(k->app->lane, &job));
        out->inspections += k->tally.inspections;
        out->letters += k->tally.letters;
        out->records += k->tally.records;
        ctx_rewind(c, mark);
        if (atomic_load(&k->app->closing))
            return ST_OK;
    }
}

Status escalation_work(Ctx *c, App *app, EscalationTally *out)
{
    Chunk chunk = { .app = app };
    Arena *keeps = arena_new();
    Actor actor = script_local_actor(keeps);
    Ctx own = app_ctx(app, arena_new());
    own.lang = c->lang;
    own.actor = &actor;
    own.today = c->today;
    own.now = c->now;
    *out = (EscalationTally){ 0 };
    Status status = run_chunks(&own, keeps, &chunk, out);
    if (status != ST_OK)
        (void)fail(c, status, "%.*s", "%.*s", STR_ARG(own.err.message));
    arena_done(own.arena);
    arena_done(keeps);
    return status;
}

/* --- the thread -----------------------------------------------------------------------------------------------------
 */

struct EscalationWorker {
    App *app;
    pthread_t thread;
    Stopper stopper;
};

/* The day that it ran for; DATE_NONE: it failed, and is tried again. */
static Date run_today(EscalationWorker *w)
{
    EscalationTally tally;
    Ctx c = app_ctx(w->app, arena_new());
    Date day = c.today;
    if (escalation_work(&c, w->app, &tally) != ST_OK) {
        log_line(&w->app->log, LOG_WARN, "letter.escalate status=%s", status_name(c.err.status));
        day = DATE_NONE;
    } else if (tally.letters) {
        log_line(&w->app->log, LOG_INFO, "letter.escalate letters=%lld", (long long)tally.letters);
    }
    arena_done(c.arena);
    return day;
}

static void *worker_thread(void *arg)
{
    EscalationWorker *w = arg;
    Date ran = DATE_NONE;
    do {
        Ctx now = app_ctx(w->app, NULL);
        if (now.today != ran)
            ran = run_today(w);
    } while (!stopper_wait(&w->stopper, LOOK_MS));
    return NULL;
}

EscalationWorker *escalation_worker_open(App *app)
{
    EscalationWorker *w = arena_new_of(app->arena, EscalationWorker);
    w->app = app;
    stopper_open(&w->stopper);
    pthread_create(&w->thread, NULL, worker_thread, w);
    return w;
}

void escalation_worker_close(EscalationWorker *w)
{
    if (w)
        stopper_close(&w->stopper, w->thread);
}
