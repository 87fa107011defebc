/* What units file about their rectification, and its review by many. */
#include "domain/filing.h"

#include "service/case.h"
#include "service/services.h"

enum { ITEMS_MOST = 2000, REVIEWS_MOST = 64 };

static Status two_counts(Ctx *c, DbRows *rows, int64_t *one, int64_t *other)
{
    bool has;
    TRY(db_next(c, rows, &has));
    *one = has ? row_int(rows, 0) : 0;
    *other = has ? row_int(rows, 1) : 0;
    return ST_OK;
}

/* The day of the feedback; none while there is no feedback. */
static Status load_told(Ctx *c, Str inspection, Date *told)
{
    Selection sel = selection_of(ENTITY_FEEDBACK);
    Feedback *all;
    size_t count;
    sel.unscoped = true;
    selection_is(&sel, Feedback_inspection, value_text(inspection));
    TRY(selection_load(c, &sel, REVIEWS_MOST, &all, &count));
    *told = DATE_NONE;
    for (size_t i = 0; i < count; i++)
        if (all[i].delivered_on > *told)
            *told = all[i].delivered_on;
    return ST_OK;
}

Status filing_service_open(Ctx *c, UseCase *u, Changes *out)
{
    const Filing *in = u->input;
    Inspection inspection;
    Round round;
    const RuleSet *rules;
    DbRows *rows;
    Date told;
    int64_t same, plans;
    TRY(record_load(c, ENTITY_INSPECTION, in->inspection, 0, &inspection));
    TRY(rules_of_round(c, u->app->rules, inspection.round, &round, &rules));
    TRY(load_told(c, inspection.id, &told));
    TRY(db_query(c, SQL_FILING_COUNTS,
        ARGS(value_text(inspection.id), value_text(choice_name(&filing_kinds, in->kind))), &rows));
    TRY(two_counts(c, rows, &same, &plans));
    return filing_open(c, &inspection, told, rules, same, plans, in, out);
}

Status filing_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Filing *before = arena_new_of(c->arena, Filing);
    TRY(record_load(c, ENTITY_FILING, u->id, u->version, before));
    return filing_edit(c, before, u->input, u->given, out);
}

/* Items in the order of their ids, as the counts come. */
static Status load_items(Ctx *c, Str inspection, FilingItems *out)
{
    Selection sel = selection_of(ENTITY_RECTIFICATION);
    DbRows *rows;
    sel.unscoped = true;
    sel.sort = Rectification_id;
    sel.down = false;
    selection_is(&sel, Rectification_inspection, value_text(inspection));
    TRY(selection_load(c, &sel, ITEMS_MOST, &out->items, &out->count));
    int64_t *told = arena_array_of(c->arena, int64_t, out->count);
    TRY(db_query(c, SQL_PROGRESS_COUNTS, ARGS(value_text(inspection)), &rows));
    for (size_t i = 0; i < out->count; i++) {
        bool has;
        TRY(db_next(c, rows, &has));
        told[i] = has ? row_int(rows, 1) : 0;
    }
    out->told = told;
    return ST_OK;
}

static Status load_reviews(Ctx *c, const Filing *f, FilingCase *out)
{
    Selection sel = selection_of(ENTITY_FILING_REVIEW);
    sel.unscoped = true;
    sel.sort = FilingReview_place;
    sel.down = false;
    selection_is(&sel, FilingReview_filing, value_text(f->id));
    selection_is(&sel, FilingReview_turn, value_int(f->turn.value));
    return selection_load(c, &sel, REVIEWS_MOST, &out->reviews, &out->review_count);
}

/* Everything that a decision on a filing looks at; what hangs on it is loaded past the scope. */
static Status load_case(Ctx *c, UseCase *u, const Filing *f, FilingCase *out)
{
    Round round;
    DbRows *rows;
    int64_t same;
    out->filing = f;
    TRY(rules_of_round(c, u->app->rules, f->round, &round, &out->rules));
    TRY(load_items(c, f->inspection, &out->of));
    TRY(load_reviews(c, f, out));
    TRY(db_query(c, SQL_WITHHOLDING_COUNT, ARGS(value_text(f->id), value_text(f->id)), &rows));
    return two_counts(c, rows, &out->undecided, &same);
}

Status filing_service_submit(Ctx *c, UseCase *u, Changes *out)
{
    Filing *filing = arena_new_of(c->arena, Filing);
    FilingCase now = { 0 };
    TRY(record_load(c, ENTITY_FILING, u->id, u->version, filing));
    TRY(load_case(c, u, filing, &now));
    return filing_submit(c, &now, u->input, out);
}

Status filing_service_collate(Ctx *c, UseCase *u, Changes *out)
{
    Filing *filing = arena_new_of(c->arena, Filing);
    FilingCase now = { 0 };
    TRY(record_load(c, ENTITY_FILING, u->id, u->version, filing));
    TRY(load_case(c, u, filing, &now));
    return filing_collate(c, &now, usecase_action(u), u->input, out);
}

Status filing_service_give(Ctx *c, UseCase *u, Changes *out)
{
    FilingReview *row = arena_new_of(c->arena, FilingReview);
    Filing *filing = arena_new_of(c->arena, Filing);
    FilingCase now = { 0 };
    TRY(record_load(c, ENTITY_FILING_REVIEW, u->id, u->version, row));
    TRY(record_load_unscoped(c, ENTITY_FILING, row->filing, filing));
    TRY(load_case(c, u, filing, &now));
    return filing_review_give(c, &now, row, u->input, out);
}

/* --- what is not published
 * --------------------------------------------------------------------------------------------- */

Status withholding_service_ask(Ctx *c, UseCase *u, Changes *out)
{
    const Withholding *in = u->input;
    Filing filing;
    Rectification item;
    DbRows *rows;
    int64_t undecided, same;
    TRY(record_load(c, ENTITY_FILING, in->filing, 0, &filing));
    TRY(record_load(c, ENTITY_RECTIFICATION, in->rectification, 0, &item));
    TRY(db_query(c, SQL_WITHHOLDING_COUNT, ARGS(value_text(filing.id), value_text(item.id)), &rows));
    TRY(two_counts(c, rows, &undecided, &same));
    return withholding_ask(c, &filing, &item, same, in, out);
}

Status withholding_service_decide(Ctx *c, UseCase *u, Changes *out)
{
    Withholding *now = arena_new_of(c->arena, Withholding);
    Rectification *item = arena_new_of(c->arena, Rectification);
    TRY(record_load(c, ENTITY_WITHHOLDING, u->id, u->version, now));
    TRY(record_load_unscoped(c, ENTITY_RECTIFICATION, now->rectification, item));
    return withholding_decide(c, now, item, usecase_action(u), u->input, out);
}
