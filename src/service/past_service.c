/* Findings of past rounds and old letters, entered afterwards: what of them is in the ledger already, and what is made
 * along. */
#include "domain/past.h"
#include "domain/past_letter.h"

#include "service/case.h"
#include "service/services.h"
#include "store/load.h"

/* The only record that these conditions name; NULL when there is none. The oldest of several. */
static Status find_one(Ctx *c, Selection *sel, const void **out)
{
    void *records;
    size_t count;
    sel->unscoped = true;
    sel->sort = Record_id;
    sel->down = false;
    TRY(selection_load(c, sel, 100, &records, &count));
    *out = count ? records : NULL;
    return ST_OK;
}

static Status find_unit_named(Ctx *c, Str organiser, Str name, const Unit **out)
{
    const UnitFact *fact;
    Selection sel = selection_of(ENTITY_UNIT);
    selection_is(&sel, Unit_name, value_text(name));
    selection_is(&sel, Unit_organiser, value_text(organiser));
    TRY(find_one(c, &sel, (const void **)out));
    if (*out)
        return ST_OK;
    sel = selection_of(ENTITY_UNIT_FACT); /* as it was called once */
    selection_is(&sel, UnitFact_value, value_text(name));
    TRY(find_one(c, &sel, (const void **)&fact));
    if (!fact || fact->fact != UNIT_FACT_NAME)
        return ST_OK;
    Unit *unit = arena_new_of(c->arena, Unit);
    *out = unit;
    return record_load_unscoped(c, ENTITY_UNIT, fact->unit, unit);
}

static Status find_unit(Ctx *c, const PastFinding *in, PastCase *has)
{
    if (in->unit.len) {
        Unit *unit = arena_new_of(c->arena, Unit);
        has->unit = unit;
        return record_load(c, ENTITY_UNIT, in->unit, 0, unit);
    }
    if (in->unit_name.len == 0)
        return fail_field(c, S("unit_name"), STR_NONE, T("没有写被巡察单位", "names no unit"),
            T("请填写单位名称", "give the unit's name"));
    return find_unit_named(c, has->round->organiser, in->unit_name, &has->unit);
}

static Status count_inspections(Ctx *c, PastCase *has)
{
    Value round = value_text(has->round->id);
    bool any;
    TRY(db_query_int(c, SQL_INSPECTION_COUNT_IN_ROUND, ARGS(round), &has->inspections, &any));
    return db_query_int(c, SQL_INSPECTION_LIVE_IN_ROUND, ARGS(round), &has->live, &any);
}

static Status find_inspection(Ctx *c, PastCase *has)
{
    Selection sel = selection_of(ENTITY_INSPECTION);
    selection_is(&sel, Inspection_round, value_text(has->round->id));
    selection_is(&sel, Inspection_unit, value_text(has->unit->id));
    return find_one(c, &sel, (const void **)&has->inspection);
}

static Status find_feedback(Ctx *c, const PastFinding *in, PastCase *has)
{
    Selection sel = selection_of(ENTITY_FEEDBACK);
    bool has_any;
    if (!has->inspection)
        return ST_OK;
    selection_is(&sel, Feedback_inspection, value_text(has->inspection->id));
    if (in->document.len)
        selection_is(&sel, Feedback_number, value_text(in->document));
    TRY(find_one(c, &sel, (const void **)&has->feedback));
    Value inspection = value_text(has->inspection->id);
    Value text = value_text(in->text.len ? in->text : in->title);
    TRY(db_query_int(c, SQL_FINDING_LAST_NUMBER, ARGS(inspection), &has->findings, &has_any));
    return db_query_int(c, SQL_FINDING_SAME_TEXT, ARGS(inspection, text), &has->same, &has_any);
}

static Status find_team(Ctx *c, PastCase *has)
{
    Selection sel = selection_of(ENTITY_TEAM);
    selection_is(&sel, Team_round, value_text(has->round->id));
    selection_is(&sel, Team_name, value_text(S("未记载")));
    return find_one(c, &sel, (const void **)&has->team);
}

Status past_service_enter(Ctx *c, UseCase *u, Changes *out)
{
    const PastFinding *in = u->input;
    Round *round = arena_new_of(c->arena, Round);
    PastCase has = { .round = round };
    TRY(record_check_required(c, &PastFinding_table, in));
    TRY(record_load(c, ENTITY_ROUND, in->round, 0, round));
    TRY(rules_load(c, u->app->rules, round->rule_set, &has.rules));
    TRY(count_inspections(c, &has));
    TRY(find_unit(c, in, &has));
    TRY(find_team(c, &has));
    if (has.unit) {
        TRY(find_inspection(c, &has));
        TRY(find_feedback(c, in, &has));
        TRY(unit_name_on(c, has.unit, round->starts_on, &has.unit_name));
    }
    return past_finding_enter(c, &has, in, out);
}

Status past_service_enter_letter(Ctx *c, UseCase *u, Changes *out)
{
    const PastLetter *in = u->input;
    Organiser organiser;
    Unit unit;
    Str name;
    int64_t same;
    bool has;
    TRY(record_check_required(c, &PastLetter_table, in));
    TRY(record_load_held(c, ENTITY_ORGANISER, in->organiser, &organiser));
    TRY(record_load(c, ENTITY_UNIT, in->unit, 0, &unit));
    TRY(unit_name_on(c, &unit, in->issued_on, &name));
    TRY(db_query_int(c, SQL_LETTER_SAME_NUMBER,
        ARGS(value_text(in->organiser), value_text(in->unit), value_text(in->number)), &same, &has));
    return past_letter_enter(c, &unit, name, same, in, out);
}
