#include "domain/adjustment.h"

CHOICES_DEFINE(adjustment_kinds, ADJUSTMENT_KINDS);
CHOICES_DEFINE(adjustment_states, ADJUSTMENT_STATES);
FIELDS_DEFINE(Adjustment, "adjustments", ADJUSTMENT_FIELDS);

/* In which states of the item each kind makes sense. */
#define IN(state) (1u << RECT_##state)
static const uint32_t fits[] = {
    [ADJUSTMENT_EXTENSION] = IN(PENDING) | IN(ONGOING) | IN(BASIC) | IN(REBOUND) | IN(LONG_TERM),
    [ADJUSTMENT_LONG_TERM] = IN(ONGOING) | IN(BASIC) | IN(REBOUND),
    [ADJUSTMENT_BASIC] = IN(ONGOING) | IN(REBOUND),
};

static const char *words(Ctx *c, const Choices *choices, int32_t number)
{
    Text label = choices->items[number].label;
    return c->lang == LANG_ZH ? label.zh : label.en;
}

static Status check_state(Ctx *c, const Rectification *item, int32_t kind)
{
    if (fits[kind] & (1u << item->state))
        return ST_OK;
    return fail(c, ST_CONFLICT, "该事项处于“%s”状态，不能申请“%s”", "the item is \"%s\": \"%s\" cannot be asked for",
        words(c, &rectification_states, item->state), words(c, &adjustment_kinds, kind));
}

static Status check_date(Ctx *c, const Rectification *item, const Adjustment *a)
{
    if (a->kind == ADJUSTMENT_BASIC && !a->due_on)
        return ST_OK;
    if (!a->due_on)
        return fail_field(c, S("due_on"), STR_NONE,
            T("延期须写明新的时限，长期整改须写明复查日期",
                "an extension needs its new date, a long-term item its review"),
            T("请填写日期", "give the date"));
    if (a->due_on > item->due_on && a->due_on > c->today)
        return ST_OK;
    return fail_field(c, S("due_on"), date_text(c->arena, a->due_on),
        text_format(c, "应晚于原时限（%.*s）和今天", "must be later than the date before (%.*s) and than today",
            STR_ARG(date_text(c->arena, item->due_on))),
        T("请核对日期", "check the date"));
}

static Status check_content(Ctx *c, const Rectification *item, const Adjustment *a)
{
    TRY(check_date(c, item, a));
    if (a->kind == ADJUSTMENT_LONG_TERM && a->stage_target.len == 0)
        return fail_field(c, S("stage_target"), STR_NONE,
            T("长期整改须写明阶段目标", "a long-term item needs its stage target"),
            T("请写明到复查日期应达到的程度", "say what shall be reached by the review"));
    if (a->kind == ADJUSTMENT_BASIC && item->result.len == 0)
        return fail_field_as(c, ST_CONFLICT, S("result"), STR_NONE,
            T("申请基本完成前须填写整改结果", "say what was achieved before it is called basically done"),
            T("请先在整改事项中填写整改结果", "fill in the item's result first"));
    return ST_OK;
}

/* --- who approves ---------------------------------------------------------------------------------------------------
 */

const Chain *adjustment_chain(const RuleSet *rules, int32_t kind)
{
    static const Chain office_alone = { .name = S_INIT("adjust"),
        .steps = { { .name = S_INIT("grant"),
            .label = { "批准", "Grant" },
            .roles = ROLE_BIT(ROLE_OFFICE),
            .signatures = 1,
            .ink = true } },
        .count = 1 };
    static const char *const names[] = { [ADJUSTMENT_EXTENSION] = "adjust_extension",
        [ADJUSTMENT_LONG_TERM] = "adjust_long_term",
        [ADJUSTMENT_BASIC] = "adjust_basic" };
    const Chain *chain = ruleset_chain(rules, str_of(names[kind]));
    return chain ? chain : &office_alone;
}

static void await_step(Adjustment *a, const Chain *chain, int64_t step)
{
    int32_t role = 0;
    for (int32_t r = 1; step < chain->count && !role && r < ROLE_COUNT; r++)
        if (chain->steps[step].roles & ROLE_BIT(r))
            role = r;
    a->step = INT_OF(step);
    a->awaiting = role;
}

Status adjustment_ask(
    Ctx *c, const Rectification *item, const RuleSet *rules, int64_t waiting, const Adjustment *input, Changes *out)
{
    Adjustment *a = record_copy(c, &Adjustment_table, input);
    TRY(record_check_input(c, &Adjustment_table, a));
    TRY(check_state(c, item, a->kind));
    TRY(check_content(c, item, a));
    if (waiting)
        return fail(c, ST_CONFLICT, "该事项已有一项申请待审批，请等待审批或先撤回",
            "the item has an application waiting: wait for the decision or withdraw it");
    a->inspection = item->inspection;
    a->round = item->round;
    a->unit = item->unit;
    a->organiser = item->organiser;
    a->unit_name = item->unit_name;
    a->title = item->title;
    a->due_before = item->due_on;
    a->state = ADJUSTMENT_ASKED;
    a->asked_on = c->today;
    a->asked_by = c->actor->name;
    await_step(a, adjustment_chain(rules, a->kind), 0);
    change_insert(c, out, ENTITY_ADJUSTMENT, a);
    return ST_OK;
}

static void grant(const Adjustment *a, Rectification *after)
{
    if (!after->due_first)
        after->due_first = after->due_on;
    if (a->due_on)
        after->due_on = a->due_on;
    after->cause = a->cause;
    if (a->kind == ADJUSTMENT_EXTENSION)
        after->extensions = INT_OF(after->extensions.value + 1);
    if (a->kind == ADJUSTMENT_BASIC)
        after->state = RECT_BASIC;
    if (a->kind == ADJUSTMENT_LONG_TERM || after->state == RECT_LONG_TERM)
        after->review_on = a->due_on;
    if (a->kind == ADJUSTMENT_LONG_TERM) {
        after->state = RECT_LONG_TERM;
        after->stage_target = a->stage_target;
    }
}

/* The step it stands at, which the office also enters for others where it was signed on paper. */
static Chain chain_now(const AdjustmentCase *now, const MoveInput *input)
{
    Chain chain = *adjustment_chain(now->rules, now->adjustment->kind);
    int64_t step = now->adjustment->step.value;
    if (input->means == MEANS_INK && step < chain.count && chain.steps[step].ink)
        chain.steps[step].roles |= ROLE_BIT(ROLE_OFFICE);
    return chain;
}

static Str asked_digest(Ctx *c, const Adjustment *a)
{
    const FieldSet asked = FIELD_BIT(Adjustment_rectification) | FIELD_BIT(Adjustment_kind) |
                           FIELD_BIT(Adjustment_cause) | FIELD_BIT(Adjustment_reason) |
                           FIELD_BIT(Adjustment_due_before) | FIELD_BIT(Adjustment_due_on) |
                           FIELD_BIT(Adjustment_stage_target);
    Digest d = record_digest(c, &Adjustment_table, asked, a);
    StrBuf hex = strbuf_in(c->arena);
    strbuf_add_hex(&hex, d.bytes, sizeof d.bytes);
    return strbuf_str(&hex);
}

static Status sign(Ctx *c, const AdjustmentCase *now, Action action, const MoveInput *input, Changes *out, bool *last)
{
    const Chain chain = chain_now(now, input);
    const SignedThing thing = { .kind = ENTITY_ADJUSTMENT,
        .record = now->adjustment,
        .turn = 1,
        .step = (int)now->adjustment->step.value,
        .text_digest = asked_digest(c, now->adjustment),
        .given = now->signatures,
        .given_count = now->signature_count };
    bool complete = false;
    *last = false;
    TRY(approval_check_paper(c, input));
    if (action == DO_REFUSE)
        return chain_refuse(c, &chain, &thing, input, out);
    TRY(chain_sign(c, &chain, &thing, input, out, &complete));
    *last = complete && thing.step == chain.count - 1;
    return ST_OK;
}

/* The signature stands behind what it decided. */
static void append(Ctx *c, const Changes *given, Changes *out)
{
    for (const Change *ch = given->first; ch; ch = ch->next)
        change_insert(c, out, ENTITY_SIGNATURE, ch->after);
}

/* Agreed to at this step; others still have to. */
static void hand_on(Ctx *c, const AdjustmentCase *now, const MoveInput *input, Changes *out)
{
    const Chain *chain = adjustment_chain(now->rules, now->adjustment->kind);
    Adjustment *after = record_copy(c, &Adjustment_table, now->adjustment);
    await_step(after, chain, now->adjustment->step.value + 1);
    after->opinion = input->opinion;
    change_update(c, out, ENTITY_ADJUSTMENT, now->adjustment, after);
    change_show(c, out, ENTITY_ADJUSTMENT, after);
}

static Status grant_item(Ctx *c, const AdjustmentCase *now, Date day, Changes *out)
{
    Date due = now->adjustment->due_on;
    TRY(check_state(c, now->item, now->adjustment->kind));
    if (due && due <= now->item->due_on)
        return fail(c, ST_CONFLICT, "事项现在的时限（%.*s）不早于申请的时限，不必再批准；请不予批准并说明",
            "the item is due on %.*s by now, not before what is asked for: refuse it and say so",
            STR_ARG(date_text(c->arena, now->item->due_on)));
    Rectification *changed = record_copy(c, &Rectification_table, now->item);
    grant(now->adjustment, changed);
    if (day < now->item->effective_on)
        out->effective_on = now->item->effective_on; /* an item's states follow each other */
    change_update(c, out, ENTITY_RECTIFICATION, now->item, changed);
    return ST_OK;
}

Status adjustment_decide(Ctx *c, const AdjustmentCase *now, Action action, const MoveInput *input, Changes *out)
{
    const Move *move;
    Date day;
    bool last = true;
    Changes given = changes_of(c);
    TRY(workflow_move(c, ENTITY_ADJUSTMENT, now->adjustment->state, action, input->reason, &move));
    TRY(day_given(c, input->effective_on, now->adjustment->asked_on, &day));
    out->effective_on = day;
    out->on_behalf_of = input->on_behalf_of;
    if (action == DO_GRANT || action == DO_REFUSE)
        TRY(sign(c, now, action, input, &given, &last));
    if (action == DO_GRANT && !last) {
        hand_on(c, now, input, out);
        append(c, &given, out);
        return ST_OK;
    }
    Adjustment *after = record_copy(c, &Adjustment_table, now->adjustment);
    after->state = move->to;
    after->awaiting = 0;
    after->opinion = input->reason.len ? input->reason : input->opinion;
    after->decided_on = day;
    after->decided_by = input->on_behalf_of.len ? input->on_behalf_of : c->actor->name;
    change_update(c, out, ENTITY_ADJUSTMENT, now->adjustment, after);
    change_show(c, out, ENTITY_ADJUSTMENT, after);
    append(c, &given, out);
    return action == DO_GRANT ? grant_item(c, now, day, out) : ST_OK;
}
