/* A round that adopts a later version of its rules: what would move, and the decision. */
#include "domain/adoption.h"

#include "service/case.h"
#include "service/services.h"

enum { ROUND_ITEMS_MAX = 20000 };

static Status all_of_round(Ctx *c, EntityKind kind, int field, Str round, void *rows, size_t *count)
{
    Selection sel = selection_of(kind);
    sel.unscoped = true;
    selection_is(&sel, field, value_text(round));
    return selection_load(c, &sel, ROUND_ITEMS_MAX, rows, count);
}

static Status load_under_way(Ctx *c, AdoptionCase *now)
{
    DbRows *rows;
    bool has;
    TRY(db_query(c, SQL_ROUND_UNDER_WAY, ARGS(value_text(now->round->id)), &rows));
    TRY(db_next(c, rows, &has));
    now->open_papers = has ? row_int(rows, 0) : 0;
    now->open_filings = has ? row_int(rows, 1) : 0;
    now->open_asked = has ? row_int(rows, 2) : 0;
    return ST_OK;
}

/* The dates of the whole round move, whatever of it the actor may see. */
static Status load_case(Ctx *c, UseCase *u, const Round *round, Str rule_set, AdoptionCase *now)
{
    RuleSetRecord chosen;
    Rectification *items;
    Feedback *feedbacks;
    TRY(record_load(c, ENTITY_RULE_SET, rule_set, 0, &chosen));
    now->round = round;
    TRY(rules_load(c, u->app->rules, round->rule_set, &now->before));
    TRY(rules_load(c, u->app->rules, chosen.id, &now->after));
    TRY(all_of_round(c, ENTITY_RECTIFICATION, Rectification_round, round->id, &items, &now->item_count));
    TRY(all_of_round(c, ENTITY_FEEDBACK, Feedback_round, round->id, &feedbacks, &now->feedback_count));
    now->rule_set = chosen.id;
    now->items = items;
    now->feedbacks = feedbacks;
    return load_under_way(c, now);
}

Status adoption_service_adopt(Ctx *c, UseCase *u, Changes *out)
{
    const AdoptInput *in = u->input;
    AdoptionCase now = { .round = NULL };
    Round *round = arena_new_of(c->arena, Round);
    TRY(record_load(c, ENTITY_ROUND, u->id, u->version, round));
    TRY(record_check_required(c, &AdoptInput_table, in));
    TRY(load_case(c, u, round, in->rule_set, &now));
    return adoption_decide(c, &now, in, out);
}

/* --- what would move ---------------------------------------------------------------------------------------------- */

static void put_rules(JsonWriter *w, const char *name, const RuleSet *rules)
{
    json_key(w, str_of(name));
    json_open_object(w);
    json_key(w, S("title"));
    json_text(w, rules->title);
    json_key(w, S("number"));
    json_int(w, rules->number);
    json_close_object(w);
}

static void put_move(Ctx *c, JsonWriter *w, const DueMove *m)
{
    const Rectification *r = m->item;
    Text why = due_reasons.items[m->kept].label;
    json_open_object(w);
    json_key(w, S("id"));
    json_text(w, r->id);
    json_key(w, S("number"));
    json_int(w, r->number.value);
    json_key(w, S("title"));
    json_text(w, r->title);
    json_key(w, S("unit_name"));
    json_text(w, r->unit_name);
    json_key(w, S("state"));
    json_text(w, choice_name(&rectification_states, r->state));
    json_key(w, S("due_before"));
    json_date(w, r->due_on);
    json_key(w, S("due_after"));
    json_date(w, m->due_after);
    if (m->kept) {
        json_key(w, S("why"));
        json_text(w, choice_name(&due_reasons, m->kept));
        json_key(w, S("words"));
        json_text(w, str_of(c->lang == LANG_ZH ? why.zh : why.en));
    }
    json_close_object(w);
}

static void put_list(Ctx *c, JsonWriter *w, const char *name, const DueMove *plan, size_t count, bool kept)
{
    json_key(w, str_of(name));
    json_open_list(w);
    for (size_t i = 0; i < count; i++)
        if ((plan[i].kept != DUE_MOVES) == kept)
            put_move(c, w, &plan[i]);
    json_close_list(w);
}

Status adoption_service_preview(Ctx *c, UseCase *u)
{
    AdoptionCase now = { .round = NULL };
    DueMove *plan;
    size_t count;
    Round *round = arena_new_of(c->arena, Round);
    Str rule_set = usecase_param(u, S("rule_set"));
    TRY(record_load(c, ENTITY_ROUND, u->id, 0, round));
    if (rule_set.len == 0)
        return fail_field(c, S("rule_set"), STR_NONE, T("须指明新规则版本", "the version to adopt must be named"),
            T("请选择规则版本", "choose a rule set"));
    TRY(load_case(c, u, round, rule_set, &now));
    TRY(adoption_check(c, &now, c->today));
    TRY(adoption_plan(c, &now, &plan, &count));
    JsonWriter w = json_onto(&u->out);
    json_open_object(&w);
    put_rules(&w, "before", now.before);
    put_rules(&w, "after", now.after);
    put_list(c, &w, "moves", plan, count, false);
    put_list(c, &w, "kept", plan, count, true);
    json_key(&w, S("closed"));
    json_int(&w, (int64_t)(now.item_count - count));
    json_close_object(&w);
    return ST_OK;
}
