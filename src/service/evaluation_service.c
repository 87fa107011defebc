/* Evaluations of rectification: what their decisions must know, and their schemes as pages show them. */
#include "domain/evaluation.h"

#include "service/case.h"
#include "service/services.h"

enum { ITEMS_MAX = 2000, PARTS_AND_BALLOTS_MAX = 50 };

/* --- what hangs on an evaluation ---------------------------------------------------------------------------------- */

/* Past the scope: who decides, decides by all of it, also by sheets that are sealed. */
static Status load_all(Ctx *c, EntityKind kind, int link, Str id, size_t most, void *rows, size_t *count)
{
    Selection sel = selection_of(kind);
    sel.unscoped = true;
    selection_is(&sel, link, value_text(id));
    return selection_load(c, &sel, most, rows, count);
}

static Status no_scheme(Ctx *c, Str code)
{
    return fail_field(c, S("scheme"), code, T("规则中没有这个评估方案", "is no scheme of the rules"),
        T("请从可用的评估方案中选择；需要新方案的，先发布规则",
            "choose one that there is, or publish rules with another"));
}

/* The rules frozen into the round; where those are from before there were schemes, the rules in force today. */
static Status rules_for(Ctx *c, UseCase *u, Str round_id, Str *id, const RuleSet **rules)
{
    Round round;
    TRY(rules_of_round(c, u->app->rules, round_id, &round, rules));
    *id = str_copy(c->arena, round.rule_set);
    return (*rules)->scheme_count ? ST_OK : rules_in_force(c, u->app->rules, c->today, id, rules);
}

static Status load_parts(Ctx *c, EvaluationCase *now)
{
    EvaluationPart *parts;
    EvaluationSheet *sheets;
    EvaluationBallot *ballots;
    Str id = now->evaluation->id;
    TRY(load_all(
        c, ENTITY_EVALUATION_PART, EvaluationPart_evaluation, id, PARTS_AND_BALLOTS_MAX, &parts, &now->part_count));
    TRY(load_all(c, ENTITY_EVALUATION_SHEET, EvaluationSheet_evaluation, id, SHEETS_MAX, &sheets, &now->sheet_count));
    TRY(load_all(c, ENTITY_EVALUATION_BALLOT, EvaluationBallot_evaluation, id, PARTS_AND_BALLOTS_MAX, &ballots,
        &now->ballot_count));
    now->parts = parts;
    now->sheets = sheets;
    now->ballots = ballots;
    return ST_OK;
}

static Status load_case(Ctx *c, UseCase *u, Str id, int64_t version, EvaluationCase *now)
{
    Evaluation *e = arena_new_of(c->arena, Evaluation);
    Inspection *inspection = arena_new_of(c->arena, Inspection);
    const RuleSet *rules;
    TRY(record_load(c, ENTITY_EVALUATION, id, version, e));
    TRY(record_load_unscoped(c, ENTITY_INSPECTION, e->inspection, inspection));
    TRY(rules_load(c, u->app->rules, e->rule_set, &rules));
    now->evaluation = e;
    now->inspection = inspection;
    now->scheme = ruleset_scheme(rules, e->scheme);
    return now->scheme ? load_parts(c, now) : no_scheme(c, e->scheme);
}

/* --- use cases ---------------------------------------------------------------------------------------------------- */

static Status load_items(Ctx *c, const Inspection *inspection, EvaluationCase *now)
{
    Rectification *items;
    bool has;
    TRY(load_all(
        c, ENTITY_RECTIFICATION, Rectification_inspection, inspection->id, ITEMS_MAX, &items, &now->item_count));
    now->items = items;
    return db_query_int(c, SQL_EVALUATION_OPEN_COUNT, ARGS(value_text(inspection->id)), &now->open, &has);
}

Status evaluation_service_open(Ctx *c, UseCase *u, Changes *out)
{
    const Evaluation *in = u->input;
    EvaluationCase now = { .evaluation = NULL };
    Inspection *inspection = arena_new_of(c->arena, Inspection);
    const RuleSet *rules;
    TRY(record_load(c, ENTITY_INSPECTION, in->inspection, 0, inspection));
    TRY(rules_for(c, u, inspection->round, &now.rule_set, &rules));
    now.inspection = inspection;
    now.scheme = ruleset_scheme(rules, in->scheme);
    if (!now.scheme)
        return no_scheme(c, in->scheme);
    TRY(load_items(c, inspection, &now));
    return evaluation_open(c, &now, in, out);
}

Status evaluation_service_count(Ctx *c, UseCase *u, Changes *out)
{
    EvaluationCase now = { .evaluation = NULL };
    TRY(load_case(c, u, u->id, u->version, &now));
    return evaluation_count(c, &now, u->input, out);
}

Status evaluation_service_close(Ctx *c, UseCase *u, Changes *out)
{
    EvaluationCase now = { .evaluation = NULL };
    TRY(load_case(c, u, u->id, u->version, &now));
    return evaluation_close(c, &now, u->input, out);
}

Status evaluation_service_settle(Ctx *c, UseCase *u, Changes *out)
{
    EvaluationCase now = { .evaluation = NULL };
    TRY(load_case(c, u, u->id, u->version, &now));
    return evaluation_settle(c, &now, u->input, out);
}

Status evaluation_service_void(Ctx *c, UseCase *u, Changes *out)
{
    EvaluationCase now = { .evaluation = NULL };
    TRY(load_case(c, u, u->id, u->version, &now));
    return evaluation_void(c, &now, u->input, out);
}

Status evaluation_service_add(Ctx *c, UseCase *u, Changes *out)
{
    const EvaluationSheet *in = u->input;
    EvaluationCase now = { .evaluation = NULL };
    TRY(load_case(c, u, in->evaluation, 0, &now));
    return sheet_add(c, &now, in, out);
}

static Status load_sheet(Ctx *c, UseCase *u, EvaluationCase *now, EvaluationSheet *sheet)
{
    TRY(record_load(c, ENTITY_EVALUATION_SHEET, u->id, u->version, sheet));
    return load_case(c, u, sheet->evaluation, 0, now);
}

Status evaluation_service_score(Ctx *c, UseCase *u, Changes *out)
{
    EvaluationCase now = { .evaluation = NULL };
    EvaluationSheet sheet;
    TRY(load_sheet(c, u, &now, &sheet));
    return sheet_score(c, &now, &sheet, u->input, out);
}

Status evaluation_service_leave_out(Ctx *c, UseCase *u, Changes *out)
{
    EvaluationCase now = { .evaluation = NULL };
    EvaluationSheet sheet;
    TRY(load_sheet(c, u, &now, &sheet));
    return sheet_leave_out(c, &now, &sheet, u->input, out);
}

/* --- schemes ------------------------------------------------------------------------------------------------------ */

static void put_label(JsonWriter *w, Text label)
{
    json_key(w, S("label"));
    json_text(w, str_of(label.zh));
    json_key(w, S("label_en"));
    json_text(w, str_of(label.en));
}

static void put_text(JsonWriter *w, const char *name, Str text)
{
    json_key(w, str_of(name));
    json_text(w, text);
}

static void put_int(JsonWriter *w, const char *name, int64_t n)
{
    json_key(w, str_of(name));
    json_int(w, n);
}

static void put_raters(JsonWriter *w, RoleSet raters)
{
    json_key(w, S("raters"));
    json_open_list(w);
    for (int32_t role = 1; role < ROLE_COUNT; role++)
        if (raters & ROLE_BIT(role))
            json_text(w, choice_name(&roles, role));
    json_close_list(w);
}

static void put_part(JsonWriter *w, const SchemePart *part)
{
    json_open_object(w);
    put_text(w, "code", part->code);
    put_label(w, part->label);
    put_int(w, "max", part->max);
    put_int(w, "weight", part->weight);
    json_key(w, S("facts"));
    json_flag(w, part->facts);
    json_key(w, S("ballot"));
    json_flag(w, part->ballot);
    put_raters(w, part->raters);
    json_key(w, S("indicators"));
    json_open_list(w);
    for (size_t i = 0; i < part->count; i++) {
        json_open_object(w);
        put_text(w, "code", part->indicators[i].code);
        put_label(w, part->indicators[i].label);
        put_int(w, "max", part->indicators[i].max);
        json_close_object(w);
    }
    json_close_list(w);
    json_close_object(w);
}

static void put_grades(JsonWriter *w, const Scheme *s)
{
    json_key(w, S("grades"));
    json_open_list(w);
    for (size_t i = 0; i < s->grade_count; i++) {
        json_open_object(w);
        put_text(w, "name", s->grades[i].name);
        put_label(w, s->grades[i].label);
        put_int(w, "from", s->grades[i].from);
        json_close_object(w);
    }
    json_close_list(w);
    json_key(w, S("consequences"));
    json_open_list(w);
    for (size_t i = 0; i < s->consequence_count; i++) {
        json_open_object(w);
        put_text(w, "grade", s->consequences[i].grade);
        put_label(w, s->consequences[i].label);
        json_close_object(w);
    }
    json_close_list(w);
}

static void put_scheme(JsonWriter *w, const Scheme *s)
{
    json_open_object(w);
    put_text(w, "code", s->code);
    put_text(w, "title", str_of(s->title.zh));
    put_text(w, "title_en", str_of(s->title.en));
    put_text(w, "mode", s->deducts ? S("deduct") : S("weighted"));
    put_int(w, "least", s->least);
    put_int(w, "basic_percent", s->basic_percent);
    json_key(w, S("parts"));
    json_open_list(w);
    for (size_t i = 0; i < s->part_count; i++)
        put_part(w, &s->parts[i]);
    json_close_list(w);
    put_grades(w, s);
    json_close_object(w);
}

Status evaluation_service_scheme(Ctx *c, UseCase *u)
{
    Evaluation e;
    const RuleSet *rules;
    TRY(record_load(c, ENTITY_EVALUATION, u->id, 0, &e));
    TRY(rules_load(c, u->app->rules, e.rule_set, &rules));
    const Scheme *scheme = ruleset_scheme(rules, e.scheme);
    if (!scheme)
        return no_scheme(c, e.scheme);
    JsonWriter w = json_onto(&u->out);
    put_scheme(&w, scheme);
    return ST_OK;
}

Status evaluation_service_schemes(Ctx *c, UseCase *u)
{
    Inspection inspection;
    const RuleSet *rules;
    Str id;
    TRY(record_load(c, ENTITY_INSPECTION, u->id, 0, &inspection));
    TRY(rules_for(c, u, inspection.round, &id, &rules));
    JsonWriter w = json_onto(&u->out);
    json_open_object(&w);
    json_key(&w, S("items"));
    json_open_list(&w);
    for (size_t i = 0; i < rules->scheme_count; i++)
        put_scheme(&w, &rules->schemes[i]);
    json_close_list(&w);
    json_close_object(&w);
    return ST_OK;
}
