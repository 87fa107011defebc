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

static Status load_filings(Ctx *c, AdoptionCase *now)
{
    const Value round = value_text(now->round->id), passed = value_text(choice_name(&filing_states, FILING_APPROVED)),
                reviewed = value_text(choice_name(&filing_states, FILING_IN_REVIEW));
    Selection filings = selection_of(ENTITY_FILING), reviews = selection_of(ENTITY_FILING_REVIEW);
    filings.unscoped = reviews.unscoped = true;
    selection_is(&filings, Filing_round, round);
    selection_where(&filings, Filing_state, OP_NE, &passed, 1);
    selection_where_via(&reviews, FilingReview_filing, Filing_round, OP_EQ, &round, 1);
    selection_where_via(&reviews, FilingReview_filing, Filing_state, OP_EQ, &reviewed, 1);
    TRY(selection_load(c, &filings, ROUND_ITEMS_MAX, &now->filings, &now->filing_count));
    return selection_load(c, &reviews, ROUND_ITEMS_MAX, &now->reviews, &now->review_count);
}

static Status add_signed_day(Ctx *c, const DbRows *row, SignedDay **days, size_t *count, size_t *room)
{
    if (*count == *room) {
        size_t more = *room ? 2 * *room : 64;
        *days = arena_grow(c->arena, *days, *room * sizeof **days, more * sizeof **days);
        *room = more;
    }
    SignedDay *day = &(*days)[(*count)++];
    day->item = str_copy(c->arena, row_text(row, 0));
    if (date_parse(row_text(row, 1), &day->day))
        return ST_OK;
    return fail(c, ST_BROKEN, "签署日期无法识别", "a signature's day is no date");
}

static Status load_signed_days(Ctx *c, AdoptionCase *now)
{
    DbRows *rows;
    SignedDay *days = NULL;
    size_t room = 0;
    bool has;
    TRY(db_query(c, SQL_ROUND_SIGNED_DAYS, ARGS(value_text(now->round->id)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            break;
        TRY(add_signed_day(c, rows, &days, &now->signed_count, &room));
    }
    now->signed_days = days;
    return ST_OK;
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
    TRY(load_signed_days(c, now));
    TRY(load_filings(c, now));
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

static void put_named(Ctx *c, JsonWriter *w, const char *name, const char *words, const Choices *choices, int32_t of)
{
    json_key(w, str_of(name));
    json_text(w, choice_name(choices, of));
    json_key(w, str_of(words));
    json_text(w, text_in(choices->items[of].label, c->lang));
}

/* What of these a record has. */
static void put_record(JsonWriter *w, const Entity *e, const void *record)
{
    static const char *const told[] = { "id", "number", "title", "unit_name", "label", "state" };
    FieldSet set = 0;
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        const Field *f = field_named(e->table, str_of(told[i]));
        set |= f ? FIELD_BIT(field_index(e->table, f)) : 0;
    }
    record_members_to_json(w, e->table, set, record);
}

static void put_move(Ctx *c, JsonWriter *w, const DueMove *m)
{
    const Entity *e = entity_of(m->kind);
    json_open_object(w);
    put_named(c, w, "term", "term_label", &due_terms, m->term);
    json_key(w, S("kind"));
    json_text(w, str_of(e->table->name));
    put_record(w, e, m->record);
    json_key(w, S("due_before"));
    json_date(w, m->due_before);
    json_key(w, S("due_after"));
    json_date(w, m->due_after);
    if (m->kept)
        put_named(c, w, "why", "words", &due_reasons, m->kept);
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

static int64_t dates_of(const DueMove *plan, size_t count, int32_t term, bool moving)
{
    int64_t n = 0;
    for (size_t i = 0; i < count; i++)
        n += plan[i].term == term && (plan[i].kept == DUE_MOVES) == moving;
    return n;
}

/* One row a term, also where nothing is open. */
static void put_counts(Ctx *c, JsonWriter *w, const DueMove *plan, size_t count)
{
    json_key(w, S("counts"));
    json_open_list(w);
    for (int32_t term = 1; term < due_terms.count; term++) {
        json_open_object(w);
        put_named(c, w, "term", "term_label", &due_terms, term);
        json_key(w, S("moves"));
        json_int(w, dates_of(plan, count, term, true));
        json_key(w, S("stays"));
        json_int(w, dates_of(plan, count, term, false));
        json_close_object(w);
    }
    json_close_list(w);
}

static int64_t closed_items(const AdoptionCase *now)
{
    int64_t n = 0;
    for (size_t i = 0; i < now->item_count; i++)
        n += rectification_is_closed(&now->items[i]);
    return n;
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
    put_counts(c, &w, plan, count);
    put_list(c, &w, "moves", plan, count, false);
    put_list(c, &w, "kept", plan, count, true);
    json_key(&w, S("closed"));
    json_int(&w, closed_items(&now));
    json_close_object(&w);
    return ST_OK;
}
