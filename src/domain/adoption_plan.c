/* Which open dates move when a round adopts other rules: each is computed again from the day that began it. */
#include "domain/adoption.h"

CHOICES_DEFINE(due_terms, DUE_TERMS);
CHOICES_DEFINE(due_reasons, DUE_REASONS);

/* --- what rules say of each date ------------------------------------------------------------ */

/* DATE_NONE: they say nothing of it. */
typedef Status TermOf(Ctx *c, const AdoptionCase *now, const RuleSet *rules, const void *record, Date from, Date *out);

static Status item_term(Ctx *c, const AdoptionCase *now, const RuleSet *rules, const void *record, Date from, Date *out)
{
    (void)now, (void)record;
    return deadline_due(c, &rules->calendar, from, *ruleset_deadline(rules, S("rectification")), out);
}

static Status examine_term(
    Ctx *c, const AdoptionCase *now, const RuleSet *rules, const void *record, Date from, Date *out)
{
    (void)now, (void)record;
    return rectification_examine_by(c, rules, from, out);
}

static Status filing_term(
    Ctx *c, const AdoptionCase *now, const RuleSet *rules, const void *record, Date from, Date *out)
{
    const Filing *f = record;
    (void)now;
    return filing_due(c, rules, f->kind, from, out);
}

static const Filing *filing_of(const AdoptionCase *now, const FilingReview *row)
{
    for (size_t i = 0; i < now->filing_count; i++)
        if (str_eq(now->filings[i].id, row->filing))
            return &now->filings[i];
    return NULL;
}

static Status opinion_term(
    Ctx *c, const AdoptionCase *now, const RuleSet *rules, const void *record, Date from, Date *out)
{
    const FilingReview *row = record;
    const ReviewRule *rule = filing_rule(rules, filing_of(now, row)->kind);
    return deadline_due(c, &rules->calendar, from, filing_body_term(rule, row->place.value), out);
}

static Status collate_term(
    Ctx *c, const AdoptionCase *now, const RuleSet *rules, const void *record, Date from, Date *out)
{
    const Filing *f = record;
    (void)now;
    return deadline_due(c, &rules->calendar, from, filing_rule(rules, f->kind)->term, out);
}

static const struct Term {
    EntityKind kind;
    const FieldTable *table;
    int field;
    TermOf *of;
} terms[] = {
    [DUE_ITEM] = { ENTITY_RECTIFICATION, &Rectification_table, Rectification_due_on, item_term },
    [DUE_EXAMINE] = { ENTITY_RECTIFICATION, &Rectification_table, Rectification_examine_by, examine_term },
    [DUE_FILING] = { ENTITY_FILING, &Filing_table, Filing_due_on, filing_term },
    [DUE_OPINION] = { ENTITY_FILING_REVIEW, &FilingReview_table, FilingReview_due_on, opinion_term },
    [DUE_COLLATE] = { ENTITY_FILING, &Filing_table, Filing_collate_by, collate_term },
};

Date *adoption_due(const DueMove *m, void *record)
{
    const struct Term *term = &terms[m->term];
    return field_at(&term->table->fields[term->field], record);
}

static Date due_now(int32_t term, const void *record)
{
    return *(const Date *)field_of(&terms[term].table->fields[terms[term].field], record);
}

/* --- the days that began a date ------------------------------------------------------------ */

typedef struct Days {
    Date *days;
    size_t count;
} Days;

static Days days_of(Ctx *c, size_t most)
{
    return (Days){ .days = arena_array_of(c->arena, Date, most) };
}

static void add_day(Days *from, Date day)
{
    if (day)
        from->days[from->count++] = day;
}

/* A feedback told twice counts from the last time. */
static Date told_on(const AdoptionCase *now, Str feedback, Str inspection)
{
    Date told = DATE_NONE;
    for (size_t i = 0; i < now->feedback_count; i++) {
        const Feedback *f = &now->feedbacks[i];
        bool is = feedback.len ? str_eq(f->id, feedback) : str_eq(f->inspection, inspection);
        if (is && f->delivered_on > told)
            told = f->delivered_on;
    }
    return told;
}

static Days days_of_review(Ctx *c, const AdoptionCase *now, const Rectification *item)
{
    size_t first = 0, last = 0;
    while (first < now->signed_count && !str_eq(now->signed_days[first].item, item->id))
        first++;
    for (last = first; last < now->signed_count && str_eq(now->signed_days[last].item, item->id);)
        last++;
    Days from = days_of(c, last - first + 1);
    add_day(&from, item->applied_on);
    for (size_t i = first; i < last; i++)
        add_day(&from, now->signed_days[i].day);
    return from;
}

static Days days_of_opinions(Ctx *c, const AdoptionCase *now, const Filing *f)
{
    Days from = days_of(c, now->review_count);
    for (size_t i = 0; i < now->review_count; i++)
        if (str_eq(now->reviews[i].filing, f->id) && now->reviews[i].turn.value == f->turn.value)
            add_day(&from, now->reviews[i].given_on);
    return from;
}

static Days one_day(Ctx *c, Date day)
{
    Days from = days_of(c, 1);
    add_day(&from, day);
    return from;
}

/* --- one date ------------------------------------------------------------ */

typedef struct DuePlan {
    const AdoptionCase *now;
    DueMove *moves;
    size_t count;
} DuePlan;

/* From the latest of the days from which the old rules give the date. */
static Status compute(Ctx *c, const AdoptionCase *now, Days from, int stood, DueMove *m)
{
    const struct Term *term = &terms[m->term];
    Date began = DATE_NONE, due;
    for (size_t i = 0; i < from.count; i++) {
        TRY(term->of(c, now, now->before, m->record, from.days[i], &due));
        if (due && date_add_days(due, stood) == m->due_before && from.days[i] > began)
            began = from.days[i];
    }
    m->kept = DUE_BY_HAND;
    if (!began)
        return ST_OK;
    TRY(term->of(c, now, now->after, m->record, began, &due));
    m->kept = DUE_NO_TERM;
    if (!due)
        return ST_OK;
    m->due_after = date_add_days(due, stood);
    m->kept = m->due_after == m->due_before ? DUE_SAME : DUE_MOVES;
    return ST_OK;
}

static Status plan_date(Ctx *c, DuePlan *plan, int32_t term, const void *record, int32_t granted, Days from, int stood)
{
    Date due = due_now(term, record);
    if (!due)
        return ST_OK;
    DueMove *m = &plan->moves[plan->count++];
    *m = (DueMove){
        .term = term, .kind = terms[term].kind, .record = record, .kept = granted, .due_before = due, .due_after = due
    };
    return granted ? ST_OK : compute(c, plan->now, from, stood, m);
}

/* --- all of them ------------------------------------------------------------ */

/* What was granted or came back; an item that stands is as it was before. */
static int32_t granted(const Rectification *item)
{
    int32_t state = rectification_stands(item->state) && item->applied_from ? item->applied_from : item->state;
    if (item->reopened.value || state == RECT_REBOUND)
        return DUE_REOPENED;
    if (state == RECT_LONG_TERM)
        return DUE_LONG_TERM;
    if (state == RECT_BASIC)
        return DUE_BASIC;
    return item->extensions.value ? DUE_EXTENDED : DUE_MOVES;
}

static Status plan_item(Ctx *c, DuePlan *plan, const Rectification *item)
{
    Date told = told_on(plan->now, item->feedback, item->inspection);
    TRY(plan_date(c, plan, DUE_ITEM, item, granted(item), one_day(c, told), (int)item->stood_days.value));
    if (item->state != RECT_APPLIED)
        return ST_OK;
    return plan_date(c, plan, DUE_EXAMINE, item, DUE_MOVES, days_of_review(c, plan->now, item), 0);
}

static Status plan_filing(Ctx *c, DuePlan *plan, const Filing *f)
{
    Date told = told_on(plan->now, STR_NONE, f->inspection);
    TRY(plan_date(c, plan, DUE_FILING, f, DUE_MOVES, one_day(c, told), (int)f->stood_days.value));
    if (f->state != FILING_IN_REVIEW)
        return ST_OK;
    return plan_date(c, plan, DUE_COLLATE, f, DUE_MOVES, days_of_opinions(c, plan->now, f), 0);
}

static Status plan_opinion(Ctx *c, DuePlan *plan, const FilingReview *row)
{
    if (row->state != FILING_REVIEW_OPEN || !filing_of(plan->now, row))
        return ST_OK;
    return plan_date(c, plan, DUE_OPINION, row, DUE_MOVES, one_day(c, row->opened_on), 0);
}

Status adoption_plan(Ctx *c, const AdoptionCase *now, DueMove **out, size_t *count)
{
    size_t most = 2 * now->item_count + 2 * now->filing_count + now->review_count;
    DuePlan plan = { .now = now, .moves = arena_array_of(c->arena, DueMove, most) };
    for (size_t i = 0; i < now->item_count; i++)
        if (!rectification_is_closed(&now->items[i]))
            TRY(plan_item(c, &plan, &now->items[i]));
    for (size_t i = 0; i < now->filing_count; i++)
        TRY(plan_filing(c, &plan, &now->filings[i]));
    for (size_t i = 0; i < now->review_count; i++)
        TRY(plan_opinion(c, &plan, &now->reviews[i]));
    *out = plan.moves;
    *count = plan.count;
    return ST_OK;
}
