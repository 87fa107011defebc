#include "domain/filing.h"

CHOICES_DEFINE(withheld_causes, WITHHELD_CAUSES);
CHOICES_DEFINE(withholding_states, WITHHOLDING_STATES);
FIELDS_DEFINE(Withholding, "withholdings", WITHHOLDING_FIELDS);

Status withholding_ask(
    Ctx *c, const Filing *filing, const Rectification *item, int64_t same, const Withholding *input, Changes *out)
{
    Withholding *w = record_copy(c, &Withholding_table, input);
    if (filing->kind != FILING_PUBLICATION || (filing->state != FILING_DRAFT && filing->state != FILING_RETURNED))
        return fail(
            c, ST_CONFLICT, "不公开事项在公开稿起草时提出", "items are withheld while a publication copy is drafted");
    if (!str_eq(item->inspection, filing->inspection))
        return fail_field(c, S("rectification"), item->title,
            T("不是这次巡察的整改事项", "is no item of this inspection"), T("请从列表中选择", "choose from the list"));
    if (same)
        return fail_field_as(c, ST_CONFLICT, S("rectification"), item->title,
            T("该事项已提出过", "was asked for already"), T("请等待审批", "wait for the decision"));
    w->inspection = filing->inspection;
    w->unit = filing->unit;
    w->organiser = filing->organiser;
    w->title = item->title;
    w->state = WITHHOLDING_ASKED;
    TRY(record_check_required(c, &Withholding_table, w));
    change_insert(c, out, ENTITY_WITHHOLDING, w);
    return ST_OK;
}

static Status check_decider(Ctx *c, const MoveInput *input)
{
    if (c->actor->role == ROLE_LEADER || c->actor->role == ROLE_LOCAL || input->means == MEANS_INK)
        return ST_OK;
    return fail(c, ST_DENIED, "须经领导小组同意；已有纸质批件的，请按纸质签署录入",
        "the leading group consents; its paper is entered as signed on paper");
}

Status withholding_decide(
    Ctx *c, const Withholding *now, const Rectification *item, Action action, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_WITHHOLDING, now->state, action, input->reason, &move));
    TRY(check_decider(c, input));
    Withholding *after = record_copy(c, &Withholding_table, now);
    after->state = move->to;
    after->decided_by = input->on_behalf_of.len ? input->on_behalf_of : c->actor->name;
    after->decided_on = c->today;
    after->opinion = action == DO_GRANT ? input->opinion : input->reason;
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_WITHHOLDING, now, after);
    if (action == DO_GRANT) {
        Rectification *held = record_copy(c, &Rectification_table, item);
        held->withheld = true;
        change_update(c, out, ENTITY_RECTIFICATION, item, held);
    }
    TRY(approval_sign(c, ENTITY_WITHHOLDING, now, action, action == DO_GRANT, input, out));
    change_show(c, out, ENTITY_WITHHOLDING, after);
    return ST_OK;
}
