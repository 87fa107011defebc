#include "domain/adjustment.h"

#include "domain/share.h"
#include "service/case.h"
#include "service/services.h"

Status adjustment_service_ask(Ctx *c, UseCase *u, Changes *out)
{
    const Adjustment *in = u->input;
    Rectification *item = arena_new_of(c->arena, Rectification);
    const RuleSet *rules;
    Round round;
    int64_t waiting;
    bool has;
    TRY(record_load(c, ENTITY_RECTIFICATION, in->rectification, 0, item));
    TRY(rules_of_round(c, u->app->rules, item->round, &round, &rules));
    TRY(db_query_int(c, SQL_ADJUSTMENT_WAITING_COUNT, ARGS(value_text(item->id)), &waiting, &has));
    return adjustment_ask(c, item, rules, waiting, in, out);
}

Status adjustment_service_decide(Ctx *c, UseCase *u, Changes *out)
{
    Adjustment *now = arena_new_of(c->arena, Adjustment);
    Rectification *item = arena_new_of(c->arena, Rectification);
    TRY(record_load(c, ENTITY_ADJUSTMENT, u->id, u->version, now));
    AdjustmentCase as = { .adjustment = now, .item = item };
    Signature *signatures;
    Round round;
    TRY(record_load(c, ENTITY_RECTIFICATION, now->rectification, 0, item));
    TRY(rules_of_round(c, u->app->rules, now->round, &round, &as.rules));
    TRY(signatures_of(c, now->id, 1, &signatures, &as.signature_count));
    as.signatures = signatures;
    return adjustment_decide(c, &as, usecase_action(u), u->input, out);
}

/* --- shares ----------------------------------------------------------------------------------------------- */

Status share_service_give(Ctx *c, UseCase *u, Changes *out)
{
    const Share *in = u->input;
    Rectification *item = arena_new_of(c->arena, Rectification);
    int64_t same;
    bool has;
    Unit unit;
    TRY(record_load(c, ENTITY_RECTIFICATION, in->rectification, 0, item));
    TRY(record_load(c, ENTITY_UNIT, in->unit, 0, &unit));
    TRY(db_query_int(
        c, SQL_SHARE_SAME, ARGS(value_text(item->id), value_text(unit.id), value_text(in->content)), &same, &has));
    return share_give(c, item, &unit, same, in, out);
}

/* Whose item it is sees the item; a unit that only cooperates sees its share. */
Status share_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Share before;
    Rectification *item = arena_new_of(c->arena, Rectification);
    TRY(record_load(c, ENTITY_SHARE, u->id, u->version, &before));
    Status reach = record_load(c, ENTITY_RECTIFICATION, before.rectification, 0, item);
    if (reach == ST_MISSING)
        ctx_forgive(c);
    else if (reach != ST_OK)
        return reach;
    return share_edit(c, &before, reach == ST_OK, u->input, u->given, out);
}
