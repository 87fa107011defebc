#include "service/escalation_work.h"

#include "domain/escalation.h"
#include "service/case.h"

enum { CHUNK = 20, LETTERS_MOST = 500, RECORDS_MOST = 100000 };

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

static Status letter_ids(Ctx *c, Str inspection, Str *ids, size_t *count)
{
    DbRows *rows;
    bool has = true;
    *count = 0;
    TRY(db_query(c, SQL_ESCALATION_LETTERS, ARGS(value_text(inspection)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        if (*count == LETTERS_MOST)
            return fail(c, ST_TOO_BIG, "该巡察对象的催办函件过多", "the inspection has too many letters of this kind");
        ids[(*count)++] = str_copy(c->arena, row_text(rows, 0));
    }
}

/* Letters that a rule drafted about items of the inspection, with the links of each. */
static Status load_letters(Ctx *c, Str inspection, EscalationCase *now)
{
    Str *ids = arena_array_of(c->arena, Str, LETTERS_MOST);
    TRY(letter_ids(c, inspection, ids, &now->letter_count));
    Letter *letters = arena_array_of(c->arena, Letter, now->letter_count);
    LetterItem *all = arena_array_of(c->arena, LetterItem, now->letter_count * LETTER_ITEMS_MOST);
    for (size_t i = 0; i < now->letter_count; i++) {
        Selection links = selection_of(ENTITY_LETTER_ITEM);
        LetterItem *some;
        size_t count;
        links.unscoped = true;
        selection_is(&links, LetterItem_letter, value_text(ids[i]));
        TRY(selection_load(c, &links, LETTER_ITEMS_MOST, &some, &count));
        for (size_t k = 0; k < count; k++)
            all[now->link_count++] = some[k];
        TRY(record_load_unscoped(c, ENTITY_LETTER, ids[i], &letters[i]));
    }
    now->links = all;
    now->letters = letters;
    return ST_OK;
}

typedef struct Chunk {
    App *app;
    Str inspections[CHUNK];
    size_t count;
    EscalationTally tally;
    Str organiser;  /* whose drafts were numbered last, */
    int64_t serial; /* and up to which number */
} Chunk;

/* Asked once for many inspections of one organiser. */
static Status find_serial(Ctx *c, Chunk *k, Str organiser)
{
    if (str_eq(k->organiser, organiser))
        return ST_OK;
    TRY(letter_last_serial(c, organiser, S(LETTER_DRAFT_SERIES), date_year(c->today), &k->serial));
    k->organiser = organiser;
    return ST_OK;
}

static Status draft_for(Ctx *c, Chunk *k, Str inspection, int *drafted, Changes *changes)
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
    TRY(find_serial(c, k, of.organiser));
    now.draft_serial = k->serial;
    TRY(escalation_decide(c, &now, drafted, changes));
    k->serial += *drafted;
    return ST_OK;
}

/* May run again: what it counts begins anew. */
static Status chunk_run(LaneJob *job, Writer *w)
{
    Chunk *k = job->arg;
    k->tally = (EscalationTally){ 0 };
    k->organiser = STR_NONE;
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

/* Those where something is to be written, as it looks from beside the lane: a day with nothing to do takes none of its
 * time. */
static Status find_work(Ctx *c, Chunk *k)
{
    size_t kept = 0;
    Status status = ST_OK;
    k->organiser = STR_NONE;
    TRY(app_read_begin(k->app, c));
    for (size_t i = 0; status == ST_OK && i < k->count; i++) {
        Changes changes = changes_of(c);
        int drafted = 0;
        status = draft_for(c, k, k->inspections[i], &drafted, &changes);
        if (status == ST_OK && changes.count)
            k->inspections[kept++] = k->inspections[i];
    }
    app_read_end(k->app, c);
    k->count = kept;
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
        out->inspections += (int64_t)k->count;
        TRY(find_work(c, k));
        LaneJob job = { .c = c, .run = chunk_run, .arg = k };
        k->tally = (EscalationTally){ 0 };
        if (k->count)
            TRY(lane_run(k->app->lane, &job));
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
    *out = (EscalationTally){ 0 };
    Status status = run_chunks(c, keeps, &chunk, out);
    arena_done(keeps);
    return status;
}
