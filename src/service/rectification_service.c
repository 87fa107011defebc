#include "domain/rectification.h"

#include "service/case.h"
#include "service/services.h"

Status rectification_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Rectification *before = arena_new_of(c->arena, Rectification);
    TRY(record_load(c, ENTITY_RECTIFICATION, u->id, u->version, before));
    return rectification_edit(c, before, u->input, u->given, out);
}

Status rectification_service_move(Ctx *c, UseCase *u, Changes *out)
{
    Rectification *item = arena_new_of(c->arena, Rectification);
    RectificationCase now = { .item = item };
    Round round;
    Signature *signatures;
    int64_t evidence;
    TRY(record_load(c, ENTITY_RECTIFICATION, u->id, u->version, item));
    TRY(rules_of_round(c, u->app->rules, item->round, &round, &now.rules));
    TRY(signatures_of(c, item->id, item->turn.value, &signatures, &now.signature_count));
    TRY(attachment_count(c, item->id, &evidence));
    now.signatures = signatures;
    now.evidence_count = (size_t)evidence;
    return rectification_decide(c, &now, usecase_action(u), u->input, out);
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
