/* What rectification brought about: stated, proved, confirmed. */
#include "domain/effect.h"

#include "service/case.h"
#include "service/services.h"

/* Nothing is rectified before the inspection began; what was put right on the spot is dated before the feedback. */
static Status load_item(Ctx *c, Str id, EffectCase *out)
{
    Rectification *item = arena_new_of(c->arena, Rectification);
    Inspection inspection;
    TRY(record_load(c, ENTITY_RECTIFICATION, id, 0, item));
    TRY(record_load_unscoped(c, ENTITY_INSPECTION, item->inspection, &inspection));
    out->item = item;
    out->since = inspection.enters_on;
    return ST_OK;
}

static Status load_case(Ctx *c, UseCase *u, EffectCase *out)
{
    Effect *effect = arena_new_of(c->arena, Effect);
    TRY(record_load(c, ENTITY_EFFECT, u->id, u->version, effect));
    out->effect = effect;
    TRY(attachment_count(c, effect->id, &out->proofs));
    return load_item(c, effect->rectification, out);
}

Status effect_service_state(Ctx *c, UseCase *u, Changes *out)
{
    const Effect *in = u->input;
    EffectCase now = { .effect = NULL };
    TRY(load_item(c, in->rectification, &now));
    return effect_state(c, &now, in, out);
}

Status effect_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    EffectCase now = { .effect = NULL };
    TRY(load_case(c, u, &now));
    return effect_edit(c, &now, u->input, u->given, out);
}

Status effect_service_decide(Ctx *c, UseCase *u, Changes *out)
{
    EffectCase now = { .effect = NULL };
    TRY(load_case(c, u, &now));
    return effect_decide(c, &now, usecase_action(u), u->input, out);
}
