#include "domain/effect.h"

CHOICES_DEFINE(effect_kinds, EFFECT_KINDS);
CHOICES_DEFINE(effect_posts, EFFECT_POSTS);
CHOICES_DEFINE(effect_forms, EFFECT_FORMS);
CHOICES_DEFINE(effect_states, EFFECT_STATES);
FIELDS_DEFINE(Effect, "effects", EFFECT_FIELDS);

/* --- what a kind of effect says ---------------------------------------------------------------------------------- */

static bool is_money(int32_t kind)
{
    return kind == EFFECT_RECOVERED || kind == EFFECT_REFUNDED || kind == EFFECT_AVOIDED;
}

/* A field that this kind wants and the others may not have. */
static Status check_belongs(Ctx *c, const Effect *e, int field, bool wanted)
{
    const Field *f = &Effect_table.fields[field];
    bool given = !field_is_empty(f, e);
    Text kind = effect_kinds.items[e->kind].label;
    if (given == wanted)
        return ST_OK;
    if (wanted)
        return fail_field(c, str_of(f->name), STR_NONE,
            text_format(c, "类别为“%s”的，须填写%s", "\"%s\" wants its %s", c->lang == LANG_ZH ? kind.zh : kind.en,
                c->lang == LANG_ZH ? f->label.zh : f->label.en),
            T("请填写", "give it"));
    return fail_field(c, str_of(f->name), STR_NONE,
        text_format(c, "类别为“%s”的，不填写%s", "\"%s\" has no %s", c->lang == LANG_ZH ? kind.zh : kind.en,
            c->lang == LANG_ZH ? f->label.zh : f->label.en),
        T("请清空，或改选类别", "clear it, or choose another kind"));
}

static Status check_above_zero(Ctx *c, const Effect *e, int field)
{
    const Field *f = &Effect_table.fields[field];
    const Int *n = field_of(f, e);
    if (!n->known || n->value > 0)
        return ST_OK;
    return fail_field(c, str_of(f->name), str_format(c->arena, "%lld", (long long)n->value),
        T("应大于零", "must be above zero"), T("没有取得成效的不登记", "where there was none, enter nothing"));
}

static Status check_effect(Ctx *c, const EffectCase *now, const Effect *e)
{
    TRY(record_check_required(c, &Effect_table, e));
    TRY(check_belongs(c, e, Effect_amount_fen, is_money(e->kind)));
    TRY(check_belongs(c, e, Effect_people, e->kind == EFFECT_ACCOUNTABLE));
    TRY(check_belongs(c, e, Effect_post, e->kind == EFFECT_ACCOUNTABLE));
    TRY(check_belongs(c, e, Effect_form, e->kind == EFFECT_ACCOUNTABLE));
    TRY(check_above_zero(c, e, Effect_amount_fen));
    TRY(check_above_zero(c, e, Effect_people));
    return day_check(c, "made_on", e->made_on, now->since);
}

/* --- stated ------------------------------------------------------------------------------------------------------ */

static Status check_item(Ctx *c, const Rectification *item)
{
    Text label = rectification_states.items[item->state].label;
    if (item->state != RECT_PENDING && item->state != RECT_OBJECTED && item->state != RECT_REVOKED)
        return ST_OK;
    return fail(c, ST_CONFLICT, "该事项处于“%s”状态，不能登记整改成效",
        "the item is \"%s\": it has no effects to state", c->lang == LANG_ZH ? label.zh : label.en);
}

static void place(const Rectification *item, Effect *e)
{
    e->finding = item->finding;
    e->inspection = item->inspection;
    e->round = item->round;
    e->unit = item->unit;
    e->organiser = item->organiser;
    e->unit_name = item->unit_name;
    e->title = item->title;
}

static int32_t state_by_proof(const Effect *e, int64_t proofs)
{
    return e->basis.len || proofs ? EFFECT_STATED : EFFECT_UNPROVEN;
}

Status effect_state(Ctx *c, const EffectCase *now, const Effect *input, Changes *out)
{
    Effect *e = record_copy(c, &Effect_table, input);
    bool own = c->actor->role == ROLE_UNIT;
    if (!own && e->stated_by.len == 0)
        return fail_field(c, S("stated_by"), STR_NONE,
            T("代单位录入的，须写明填报人", "is entered for the unit: say who states it"),
            T("请填写单位名称或填报人", "name the unit or its person"));
    TRY(check_item(c, now->item));
    place(now->item, e);
    e->state = state_by_proof(e, 0);
    e->stated_account = c->actor->account;
    if (own)
        e->stated_by = c->actor->name;
    else
        out->on_behalf_of = e->stated_by;
    TRY(check_effect(c, now, e));
    change_insert(c, out, ENTITY_EFFECT, e);
    return ST_OK;
}

Status effect_edit(Ctx *c, const EffectCase *now, const Effect *input, FieldSet given, Changes *out)
{
    Effect *after = record_copy(c, &Effect_table, now->effect);
    if (now->effect->state != EFFECT_UNPROVEN && now->effect->state != EFFECT_STATED)
        return fail(c, ST_CONFLICT, "该成效已核实、不予认定或已撤回，不能修改",
            "the effect was decided or withdrawn and cannot be edited");
    record_overlay(&Effect_table, given, input, after);
    after->state = state_by_proof(after, now->proofs);
    if (c->actor->role != ROLE_UNIT)
        after->stated_account = c->actor->account; /* nobody confirms what he has written */
    TRY(check_effect(c, now, after));
    change_update(c, out, ENTITY_EFFECT, now->effect, after);
    return ST_OK;
}

void effect_prove(Ctx *c, const Effect *now, Changes *out)
{
    if (now->state != EFFECT_UNPROVEN)
        return;
    Effect *after = record_copy(c, &Effect_table, now);
    after->state = EFFECT_STATED;
    change_update(c, out, ENTITY_EFFECT, now, after);
}

/* --- decided ----------------------------------------------------------------------------------------------------- */

/* Two persons: who confirms is not who entered it, also not under another account of his. */
static Status check_second(Ctx *c, const Effect *e)
{
    bool same = c->actor->account.len && str_eq(e->stated_account, c->actor->account);
    bool same_name = c->actor->name.len && str_eq(c->actor->name, e->stated_by);
    if (!same && !same_name)
        return ST_OK;
    return fail(
        c, ST_DENIED, "整改成效须由录入人以外的人核实", "an effect is confirmed by somebody else than who entered it");
}

Status effect_decide(Ctx *c, const EffectCase *now, Action action, const MoveInput *input, Changes *out)
{
    const Move *move;
    Effect *after = record_copy(c, &Effect_table, now->effect);
    TRY(workflow_move(c, ENTITY_EFFECT, now->effect->state, action, input->reason, &move));
    if (action == DO_CONFIRM) {
        TRY(check_second(c, now->effect));
        TRY(check_item(c, now->item));
    }
    after->state = move->to;
    after->opinion = action == DO_CONFIRM ? input->opinion : input->reason;
    after->decided_by = input->on_behalf_of.len ? input->on_behalf_of : c->actor->name;
    Date floor = now->effect->made_on > now->effect->effective_on ? now->effect->made_on : now->effect->effective_on;
    TRY(day_given(c, input->effective_on, floor, &after->decided_on));
    out->effective_on = after->decided_on;
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_EFFECT, now->effect, after);
    return ST_OK;
}
