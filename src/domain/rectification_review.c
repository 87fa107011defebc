/* The chain of strike-off: started, applied for, reviewed step by step, returned, struck off. */
#include "domain/rectification.h"

/* --- guards ------------------------------------------------------------------------------------------ */

static Status want(Ctx *c, const Rectification *r, const int *fields, size_t count, Text remedy)
{
    Status worst = ST_OK;
    for (size_t i = 0; i < count; i++) {
        const Field *f = &Rectification_table.fields[fields[i]];
        if (field_is_empty(f, r))
            worst = fail_field_as(c, ST_CONFLICT, str_of(f->name), STR_NONE,
                text_format(c, "“%s”未填写", "\"%s\" is missing", c->lang == LANG_ZH ? f->label.zh : f->label.en),
                remedy);
    }
    return worst;
}

static Status check_plan(Ctx *c, const Rectification *r)
{
    static const int plan[] = { Rectification_measures, Rectification_leader };
    return want(c, r, plan, 2,
        T("启动整改前请填写整改措施和责任领导", "give measures and the responsible leader before starting"));
}

static Status check_application(Ctx *c, const RectificationCase *now)
{
    static const int answer[] = { Rectification_result };
    TRY(want(c, now->item, answer, 1, T("申请销号前请填写整改结果", "say what was achieved before applying")));
    if (now->evidence_count == 0)
        return fail_field_as(c, ST_CONFLICT, S("attachments"), STR_NONE,
            T("没有佐证材料，不能申请销号", "there is no proof: strike-off cannot be applied for"),
            T("请先上传佐证材料", "upload the proof first"));
    return ST_OK;
}

/* --- the chain of strike-off ---------------------------------------------------------------------------- */

static int step_named(const Chain *chain, Str name)
{
    for (int i = 0; i < chain->count; i++)
        if (str_eq(chain->steps[i].name, name))
            return i;
    return chain->count;
}

static bool signed_later(const RectificationCase *now, const Signature *s)
{
    for (size_t i = 0; i < now->signature_count; i++) {
        const Signature *other = &now->signatures[i];
        if (other->decision == DECISION_SIGN && str_eq(other->step, s->step) && other->turn.value > s->turn.value)
            return true;
    }
    return false;
}

/* Those of this turn, and the last ones of the steps before, which a return to a later step left standing. */
static const Signature *standing(Ctx *c, const RectificationCase *now, size_t *count)
{
    const Chain *chain = ruleset_chain(now->rules, S("strike_off"));
    Signature *kept = arena_array_of(c->arena, Signature, now->signature_count);
    *count = 0;
    for (size_t i = 0; i < now->signature_count; i++) {
        const Signature *s = &now->signatures[i];
        bool before = s->decision == DECISION_SIGN && step_named(chain, s->step) < now->item->step.value;
        if (s->turn.value == now->item->turn.value || (before && !signed_later(now, s)))
            kept[(*count)++] = *s;
    }
    return kept;
}

static SignedThing signed_item(Ctx *c, const RectificationCase *now)
{
    size_t count;
    const Signature *given = standing(c, now, &count);
    const Rectification *r = now->item;
    static const int text[] = { Rectification_title, Rectification_measures, Rectification_result,
        Rectification_rules_made, Rectification_recovered_fen, Rectification_accountable };
    FieldSet set = 0;
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
        set |= FIELD_BIT(text[i]);
    Digest d = record_digest(c, &Rectification_table, set, r);
    StrBuf hex = strbuf_in(c->arena);
    strbuf_add_hex(&hex, d.bytes, sizeof d.bytes);
    return (SignedThing){ .kind = ENTITY_RECTIFICATION,
        .record = r,
        .turn = r->turn.value,
        .step = (int)r->step.value,
        .text_digest = strbuf_str(&hex),
        .given = given,
        .given_count = count };
}

static int32_t first_role(RoleSet set)
{
    int32_t role = 1;
    while (role < ROLE_COUNT && !(set & ROLE_BIT(role)))
        role++;
    return role < ROLE_COUNT ? role : 0;
}

static void await_step(Rectification *after, const Chain *chain, int64_t step)
{
    after->step = INT_OF(step);
    after->awaiting = step < chain->count ? first_role(chain->steps[step].roles) : 0;
}

Status rectification_examine_by(Ctx *c, const RuleSet *rules, Date from, Date *out)
{
    const Period *period = ruleset_deadline(rules, S("review"));
    const Period usual = { REVIEW_DAYS, PERIOD_DAYS };
    return deadline_due(c, &rules->calendar, from, period ? *period : usual, out);
}

static void apply(const RectificationCase *now, Rectification *after, Date day)
{
    after->turn = INT_OF(now->item->turn.value + 1);
    after->applied_on = day;
    after->applied_from = now->item->state;
    after->missing = STR_NONE;
    await_step(after, ruleset_chain(now->rules, S("strike_off")), 0);
}

/* `review` signs every step but the last, `strike` the last one. */
static Status sign_step(
    Ctx *c, const RectificationCase *now, Action action, const MoveInput *input, Rectification *after, Changes *out)
{
    const Chain *chain = ruleset_chain(now->rules, S("strike_off"));
    SignedThing thing = signed_item(c, now);
    bool last = thing.step == chain->count - 1;
    bool complete;
    if (action == DO_STRIKE && !last)
        return fail(c, ST_CONFLICT, "还须先经“%s”环节审核，才能销号", "\"%s\" must sign before the item is struck off",
            c->lang == LANG_ZH ? chain->steps[thing.step].label.zh : chain->steps[thing.step].label.en);
    if (action == DO_REVIEW && last)
        return fail(c, ST_CONFLICT, "审核已全部完成，现在应由“%s”办理销号",
            "all reviews are done; now \"%s\" strikes it off",
            c->lang == LANG_ZH ? chain->steps[thing.step].label.zh : chain->steps[thing.step].label.en);
    TRY(chain_sign(c, chain, &thing, input, out, &complete));
    if (complete) {
        after->missing = STR_NONE;
        await_step(after, chain, after->step.value + 1);
        TRY(rectification_examine_by(c, now->rules, out->effective_on, &after->examine_by));
    }
    after->state = complete && last ? RECT_DONE : RECT_APPLIED;
    if (after->state == RECT_DONE) {
        after->struck_off_on = out->effective_on;
        after->examine_by = DATE_NONE;
        after->rechecked_on = DATE_NONE; /* of the closing before */
        after->recheck_result = 0;
    }
    return ST_OK;
}

/* --- returned ---------------------------------------------------------------------------------------------------- */

static void to_unit(const RectificationCase *now, Rectification *after, Date day)
{
    after->step = INT_OF(0);
    after->awaiting = ROLE_UNIT;
    if (now->item->applied_on)
        rectification_resume(after, date_days_between(now->item->applied_on, day));
    after->applied_on = after->examine_by = DATE_NONE;
    after->state = now->item->applied_from ? now->item->applied_from : RECT_ONGOING;
}

static Str earlier_steps(Ctx *c, const Chain *chain, int64_t step)
{
    StrBuf b = strbuf_in(c->arena);
    for (int i = 0; i < step && i < chain->count; i++)
        strbuf_addf(&b, "%s%.*s", i ? "、" : "", STR_ARG(chain->steps[i].name));
    return strbuf_str(&b);
}

/* The steps before it stand signed; the item is signed anew from there, and the unit's clock goes on standing. */
static Status to_step(Ctx *c, const RectificationCase *now, Str name, Rectification *after, Date day)
{
    const Chain *chain = ruleset_chain(now->rules, S("strike_off"));
    int step = step_named(chain, name);
    Str earlier = earlier_steps(c, chain, now->item->step.value);
    if (step >= now->item->step.value)
        return fail_field(c, S("to"), name,
            earlier.len ? text_format(c, "只能退回此前的环节（%.*s）", "is none of the steps before this one (%.*s)",
                              STR_ARG(earlier))
                        : T("此前没有其他环节", "there is no step before this one"),
            T("请选择此前的环节；不填则退回整改单位", "choose an earlier step; leave it empty to return to the unit"));
    after->state = RECT_APPLIED;
    after->turn = INT_OF(now->item->turn.value + 1);
    await_step(after, chain, step);
    return rectification_examine_by(c, now->rules, day, &after->examine_by);
}

Status rectification_return(Ctx *c, const RectificationCase *now, const RectReturn *input, Changes *out)
{
    const Move *move;
    const MoveInput said = { .reason = input->reason,
        .effective_on = input->effective_on,
        .on_behalf_of = input->on_behalf_of,
        .means = input->means,
        .paper_no = input->paper_no };
    Rectification *after = record_copy(c, &Rectification_table, now->item);
    TRY(workflow_move(c, ENTITY_RECTIFICATION, now->item->state, DO_RETURN, input->reason, &move));
    TRY(rectification_day(c, now->item, input->effective_on, &out->effective_on));
    out->on_behalf_of = input->on_behalf_of;
    SignedThing thing = signed_item(c, now);
    TRY(chain_return(c, ruleset_chain(now->rules, S("strike_off")), &thing, &said, out));
    after->missing = input->missing;
    if (input->to.len)
        TRY(to_step(c, now, input->to, after, out->effective_on));
    else
        to_unit(now, after, out->effective_on);
    change_update(c, out, ENTITY_RECTIFICATION, now->item, after);
    change_show(c, out, ENTITY_RECTIFICATION, after);
    return ST_OK;
}

/* --- moves ------------------------------------------------------------------------------------------------------- */

Status rectification_decide(Ctx *c, const RectificationCase *now, Action action, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_RECTIFICATION, now->item->state, action, input->reason, &move));
    TRY(rectification_day(c, now->item, input->effective_on, &out->effective_on));
    out->on_behalf_of = input->on_behalf_of;
    Rectification *after = record_copy(c, &Rectification_table, now->item);
    after->state = move->to;
    if (action == DO_START)
        TRY(check_plan(c, now->item));
    if (action == DO_APPLY) {
        TRY(check_application(c, now));
        apply(now, after, out->effective_on);
        TRY(rectification_examine_by(c, now->rules, out->effective_on, &after->examine_by));
    }
    if (action == DO_REVIEW || action == DO_STRIKE)
        TRY(sign_step(c, now, action, input, after, out));
    change_update(c, out, ENTITY_RECTIFICATION, now->item, after);
    change_show(c, out, ENTITY_RECTIFICATION, after);
    return ST_OK;
}
