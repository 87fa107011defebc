/* Facts checked before feedback, and objections after it. */
#include "domain/objection.h"

#include "domain/fact_check.h"
#include "service/case.h"
#include "service/services.h"

/* --- facts ------------------------------------------------------------------------------------------------------- */

Status fact_check_service_send(Ctx *c, UseCase *u, Changes *out)
{
    const FactCheck *in = u->input;
    Inspection inspection;
    Finding finding;
    int64_t open;
    bool has;
    TRY(record_load(c, ENTITY_FINDING, in->finding, 0, &finding));
    TRY(record_load(c, ENTITY_INSPECTION, finding.inspection, 0, &inspection));
    TRY(db_query_int(c, SQL_FACT_CHECK_OPEN_COUNT, ARGS(value_text(finding.id)), &open, &has));
    return fact_check_send(c, &inspection, &finding, open, in, out);
}

Status fact_check_service_reply(Ctx *c, UseCase *u, Changes *out)
{
    FactCheck *now = arena_new_of(c->arena, FactCheck);
    TRY(record_load(c, ENTITY_FACT_CHECK, u->id, u->version, now));
    return fact_check_answer(c, now, u->input, out);
}

Status fact_check_service_close(Ctx *c, UseCase *u, Changes *out)
{
    FactCheck *now = arena_new_of(c->arena, FactCheck);
    Finding *finding = arena_new_of(c->arena, Finding);
    TRY(record_load(c, ENTITY_FACT_CHECK, u->id, u->version, now));
    TRY(record_load(c, ENTITY_FINDING, now->finding, 0, finding));
    return fact_check_settle(c, now, finding, u->input, out);
}

Status fact_check_service_void(Ctx *c, UseCase *u, Changes *out)
{
    FactCheck *now = arena_new_of(c->arena, FactCheck);
    TRY(record_load(c, ENTITY_FACT_CHECK, u->id, u->version, now));
    return fact_check_void(c, now, u->input, out);
}

/* --- objections -------------------------------------------------------------------------------------------------- */

/* What hangs on the item is loaded past the scope: who decides on the item decides by all of it. */
static Status load_case(Ctx *c, UseCase *u, Str rectification, ObjectionCase *out)
{
    Rectification *item = arena_new_of(c->arena, Rectification);
    Finding *finding = arena_new_of(c->arena, Finding);
    Feedback feedback;
    Round round;
    bool has;
    TRY(record_load(c, ENTITY_RECTIFICATION, rectification, 0, item));
    TRY(record_load_unscoped(c, ENTITY_FINDING, item->finding, finding));
    TRY(record_load_unscoped(c, ENTITY_FEEDBACK, item->feedback, &feedback));
    TRY(rules_of_round(c, u->app->rules, item->round, &round, &out->rules));
    out->item = item;
    out->finding = finding;
    out->told_on = feedback.delivered_on;
    TRY(db_query_int(c, SQL_OBJECTION_DECIDED_COUNT, ARGS(value_text(item->id)), &out->earlier, &has));
    return db_query_int(c, SQL_ADJUSTMENT_WAITING_COUNT, ARGS(value_text(item->id)), &out->waiting_adjustments, &has);
}

Status objection_service_file(Ctx *c, UseCase *u, Changes *out)
{
    const Objection *in = u->input;
    ObjectionCase now = { .objection = NULL };
    TRY(load_case(c, u, in->rectification, &now));
    return objection_file(c, &now, in, out);
}

static Status load_decision(Ctx *c, UseCase *u, ObjectionCase *now)
{
    Objection *objection = arena_new_of(c->arena, Objection);
    TRY(record_load(c, ENTITY_OBJECTION, u->id, u->version, objection));
    now->objection = objection;
    return load_case(c, u, objection->rectification, now);
}

Status objection_service_decide(Ctx *c, UseCase *u, Changes *out)
{
    ObjectionCase now = { .objection = NULL };
    int64_t times;
    bool has;
    TRY(load_decision(c, u, &now));
    TRY(db_query_int(c, SQL_FINDING_PAPER_PEOPLE,
        ARGS(value_text(now.finding->id), value_text(c->actor->person), value_text(c->actor->name)), &times, &has));
    now.signed_papers = times > 0;
    return objection_decide(c, &now, usecase_action(u), u->input, out);
}

Status objection_service_withdraw(Ctx *c, UseCase *u, Changes *out)
{
    ObjectionCase now = { .objection = NULL };
    TRY(load_decision(c, u, &now));
    return objection_withdraw(c, &now, u->input, out);
}
