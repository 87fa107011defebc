#include "domain/revocation.h"

#include "service/case.h"
#include "service/services.h"

static Status papers_of(Ctx *c, const UseCase *u, Paper **out)
{
    *out = arena_array_of(c->arena, Paper, u->id_count);
    for (size_t i = 0; i < u->id_count; i++)
        TRY(record_load(c, ENTITY_PAPER, u->ids[i], 0, &(*out)[i]));
    return ST_OK;
}

Status finding_service_draw(Ctx *c, UseCase *u, Changes *out)
{
    const Finding *in = u->input;
    Inspection inspection;
    Round round;
    const RuleSet *rules;
    Paper *papers;
    TRY(record_load(c, ENTITY_INSPECTION, in->inspection, 0, &inspection));
    TRY(rules_of_round(c, u->app->rules, inspection.round, &round, &rules));
    TRY(papers_of(c, u, &papers));
    return finding_draw(c, &inspection, rules, &round, in, papers, u->id_count, out);
}

Status finding_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Finding *before = arena_new_of(c->arena, Finding);
    Round round;
    const RuleSet *rules;
    TRY(record_load(c, ENTITY_FINDING, u->id, u->version, before));
    TRY(rules_of_round(c, u->app->rules, before->round, &round, &rules));
    return finding_edit(c, before, rules, &round, u->input, u->given, out);
}

Status finding_service_withdraw(Ctx *c, UseCase *u, Changes *out)
{
    Finding *now = arena_new_of(c->arena, Finding);
    TRY(record_load(c, ENTITY_FINDING, u->id, u->version, now));
    return finding_withdraw(c, now, u->input, out);
}

/* The item that the finding got, past the scope: who decides on a finding decides on its item. */
static Status item_of(Ctx *c, Str finding, RevocationCase *out)
{
    Selection sel = selection_of(ENTITY_RECTIFICATION);
    Rectification *items;
    size_t count;
    bool has;
    sel.unscoped = true;
    selection_is(&sel, Rectification_finding, value_text(finding));
    TRY(selection_load(c, &sel, 1, &items, &count));
    out->item = count ? &items[0] : NULL;
    if (!count)
        return ST_OK;
    return db_query_int(
        c, SQL_ADJUSTMENT_WAITING_COUNT, ARGS(value_text(items[0].id)), &out->waiting_adjustments, &has);
}

Status finding_service_revoke(Ctx *c, UseCase *u, Changes *out)
{
    Finding *now = arena_new_of(c->arena, Finding);
    RevocationCase one = { .finding = now };
    TRY(record_load(c, ENTITY_FINDING, u->id, u->version, now));
    TRY(item_of(c, now->id, &one));
    return revocation_decide(c, &one, usecase_action(u), u->input, out);
}

/* --- feedback ------------------------------------------------------------------------------------------- */

Status feedback_service_draft(Ctx *c, UseCase *u, Changes *out)
{
    const Feedback *in = u->input;
    Inspection inspection;
    TRY(record_load(c, ENTITY_INSPECTION, in->inspection, 0, &inspection));
    return feedback_draft(c, &inspection, in, out);
}

Status feedback_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Feedback *before = arena_new_of(c->arena, Feedback);
    TRY(record_load(c, ENTITY_FEEDBACK, u->id, u->version, before));
    return feedback_edit(c, before, u->input, u->given, out);
}

/* In the order in which they were drawn: that is how they are numbered. */
static Status findings_to_tell(Ctx *c, Str inspection, Finding **out, size_t *count)
{
    Selection sel = selection_of(ENTITY_FINDING);
    sel.unscoped = true;
    sel.sort = Finding_id;
    sel.down = false;
    selection_is(&sel, Finding_inspection, value_text(inspection));
    selection_is(&sel, Finding_state, value_text(S("draft")));
    return selection_load(c, &sel, 2000, out, count);
}

Status feedback_service_deliver(Ctx *c, UseCase *u, Changes *out)
{
    Feedback *now = arena_new_of(c->arena, Feedback);
    Inspection *inspection = arena_new_of(c->arena, Inspection);
    Round round;
    const RuleSet *rules;
    Finding *findings;
    size_t count;
    int64_t open_facts;
    bool has;
    TRY(record_load(c, ENTITY_FEEDBACK, u->id, u->version, now));
    TRY(record_load(c, ENTITY_INSPECTION, now->inspection, 0, inspection));
    TRY(rules_of_round(c, u->app->rules, now->round, &round, &rules));
    TRY(findings_to_tell(c, now->inspection, &findings, &count));
    TRY(db_query_int(c, SQL_FACT_CHECK_OPEN_OF_INSPECTION, ARGS(value_text(now->inspection)), &open_facts, &has));
    return feedback_deliver(c, now, inspection, rules, findings, count, open_facts, u->input, out);
}

Status feedback_service_receive(Ctx *c, UseCase *u, Changes *out)
{
    Feedback *now = arena_new_of(c->arena, Feedback);
    TRY(record_load(c, ENTITY_FEEDBACK, u->id, u->version, now));
    return feedback_receive(c, now, u->input, out);
}
