#include "domain/rectification.h"

#include "service/case.h"
#include "service/services.h"

Status rectification_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Rectification *before = arena_new_of(c->arena, Rectification);
    TRY(record_load(c, ENTITY_RECTIFICATION, u->id, u->version, before));
    return rectification_edit(c, before, u->input, u->given, out);
}

static Status load_case(Ctx *c, UseCase *u, RectificationCase *now)
{
    Rectification *item = arena_new_of(c->arena, Rectification);
    Round round;
    Signature *signatures;
    int64_t evidence;
    TRY(record_load(c, ENTITY_RECTIFICATION, u->id, u->version, item));
    TRY(rules_of_round(c, u->app->rules, item->round, &round, &now->rules));
    TRY(signatures_of_all(c, item->id, &signatures, &now->signature_count));
    TRY(attachment_count(c, item->id, &evidence));
    now->item = item;
    now->signatures = signatures;
    now->evidence_count = (size_t)evidence;
    return ST_OK;
}

Status rectification_service_move(Ctx *c, UseCase *u, Changes *out)
{
    RectificationCase now = { .item = NULL };
    TRY(load_case(c, u, &now));
    return rectification_decide(c, &now, usecase_action(u), u->input, out);
}

Status rectification_service_return(Ctx *c, UseCase *u, Changes *out)
{
    RectificationCase now = { .item = NULL };
    TRY(load_case(c, u, &now));
    return rectification_return(c, &now, u->input, out);
}

Status rectification_service_reopen(Ctx *c, UseCase *u, Changes *out)
{
    Rectification *now = arena_new_of(c->arena, Rectification);
    Round round;
    const RuleSet *rules;
    TRY(record_load(c, ENTITY_RECTIFICATION, u->id, u->version, now));
    TRY(rules_of_round(c, u->app->rules, now->round, &round, &rules));
    return rectification_reopen(c, now, rules, u->input, out);
}

Status statement_service_add(Ctx *c, UseCase *u, Changes *out)
{
    const Statement *in = u->input;
    Rectification item;
    TRY(record_load(c, ENTITY_RECTIFICATION, in->rectification, 0, &item));
    return statement_add(c, &item, in, out);
}
