#include "domain/signature.h"
#include "domain/unit_history.h"
#include "service/services.h"
#include "service/unit_history_work.h"
#include "store/load.h"

enum { FACTS_MOST = 2000, CHUNK = 50 };

static Status history_load(Ctx *c, Str unit, UnitHistory *out)
{
    Selection sel = selection_of(ENTITY_UNIT_FACT);
    UnitFact *rows;
    sel.unscoped = true;
    selection_is(&sel, UnitFact_unit, value_text(unit));
    TRY(selection_load(c, &sel, FACTS_MOST, &rows, &out->count));
    out->rows = rows;
    return ST_OK;
}

Status unit_service_change(Ctx *c, UseCase *u, Changes *out)
{
    Unit unit;
    UnitHistory has;
    TRY(record_load(c, ENTITY_UNIT, u->id, u->version, &unit));
    TRY(history_load(c, unit.id, &has));
    return unit_change_fact(c, &unit, &has, u->input, out);
}

Status unit_service_take_back(Ctx *c, UseCase *u, Changes *out)
{
    UnitFact taken;
    Unit unit;
    UnitHistory has;
    const MoveInput *input = u->input;
    TRY(record_load(c, ENTITY_UNIT_FACT, u->id, u->version, &taken));
    TRY(record_load(c, ENTITY_UNIT, taken.unit, 0, &unit));
    TRY(history_load(c, unit.id, &has));
    for (size_t i = 0; i < has.count; i++)
        if (str_eq(has.rows[i].id, taken.id))
            return unit_take_back(c, &unit, &has, &has.rows[i], input->reason, out);
    return fail(c, ST_MISSING, "没有这条沿革", "there is no such row of history");
}

/* --- planned changes whose day has come ------------------------------------------------------------------------- */

typedef struct Due {
    Str units[CHUNK];
    size_t count;
    int64_t changed;
} Due;

static Status find_due(Ctx *c, App *app, Str after, Due *due)
{
    DbRows *rows;
    bool has = true;
    due->count = 0;
    TRY(app_read_begin(app, c));
    Status status = db_query(
        c, SQL_UNITS_UNLIKE_HISTORY, ARGS(value_date(c->arena, c->today), value_text(after), value_int(CHUNK)), &rows);
    while (status == ST_OK && has) {
        status = db_next(c, rows, &has);
        if (status == ST_OK && has)
            due->units[due->count++] = str_copy(c->arena, row_text(rows, 0));
    }
    app_read_end(app, c);
    return status;
}

/* May run again: what it counts begins anew. */
static Status due_run(LaneJob *job, Writer *w)
{
    Due *due = job->arg;
    due->changed = 0;
    for (size_t i = 0; i < due->count; i++) {
        Changes changes = changes_of(job->c);
        Unit unit;
        UnitHistory has;
        TRY(record_load_unscoped(job->c, ENTITY_UNIT, due->units[i], &unit));
        TRY(history_load(job->c, unit.id, &has));
        unit_take_effect(job->c, &unit, &has, &changes);
        TRY(change_apply(job->c, w, S("unit.take_effect"), &changes));
        due->changed += changes.count > 0;
    }
    return ST_OK;
}

Status unit_history_work(Ctx *c, App *app, int64_t *changed)
{
    Str after = S("0"); /* before every id */
    *changed = 0;
    for (;;) {
        Due due;
        TRY(find_due(c, app, after, &due));
        if (due.count == 0)
            return ST_OK;
        after = due.units[due.count - 1];
        LaneJob job = { .c = c, .run = due_run, .arg = &due };
        TRY(lane_run(app->lane, &job));
        *changed += due.changed;
    }
}
