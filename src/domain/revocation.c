#include "domain/revocation.h"

/* Not before the states that are there already took effect: states follow each other. */
static Status revocation_day(Ctx *c, const RevocationCase *now, const MoveInput *input, bool item_too, Date *out)
{
    Date floor = now->finding->effective_on;
    if (item_too && now->item && now->item->effective_on > floor)
        floor = now->item->effective_on;
    *out = input->effective_on ? input->effective_on : c->today;
    if (*out <= c->today && *out >= floor)
        return ST_OK;
    return fail_field(c, S("effective_on"), date_text(c->arena, *out),
        text_format(c, "应在%.*s至今天之间", "must lie between %.*s and today", STR_ARG(date_text(c->arena, floor))),
        T("请核对日期", "check the date"));
}

/* Two persons: who decides is not who asked, also not under another account of his. */
static Status check_second(Ctx *c, const Finding *f)
{
    bool same_name = c->actor->name.len && str_eq(c->actor->name, f->revoke_asked_by);
    if (!str_eq(f->revoke_account, c->actor->account) && !same_name)
        return ST_OK;
    return fail(c, ST_DENIED, "撤销问题须由提请人（%.*s）以外的人审批",
        "a revocation is decided by somebody else than %.*s, who asked for it", STR_ARG(f->revoke_asked_by));
}

/* One question about a finding at a time. */
static Status check_objection(Ctx *c, const RevocationCase *now)
{
    if (!now->item || now->item->state != RECT_OBJECTED)
        return ST_OK;
    return fail(
        c, ST_CONFLICT, "该问题的异议尚待处理，请先处理异议", "an objection to the finding is to be decided first");
}

static Status check_item(Ctx *c, const RevocationCase *now)
{
    if (now->waiting_adjustments == 0)
        return ST_OK;
    return fail(c, ST_CONFLICT, "该事项还有整改调整申请待审批：请先批准、不予批准或由单位撤回",
        "the item has an adjustment to be decided: grant or refuse it first, or let the unit withdraw it");
}

static void close_item(Ctx *c, const Rectification *item, Changes *out)
{
    Rectification *after = record_copy(c, &Rectification_table, item);
    after->state = RECT_REVOKED;
    after->awaiting = 0;
    after->step = INT_OF(0);
    change_update(c, out, ENTITY_RECTIFICATION, item, after);
}

static void ask(const Ctx *c, const MoveInput *input, Finding *after)
{
    after->revoke_because = input->reason;
    after->revoke_asked_by = c->actor->name;
    after->revoke_account = c->actor->account;
    after->revoke_decided_by = after->revoke_opinion = STR_NONE;
}

static void settle(const Ctx *c, const MoveInput *input, Finding *after)
{
    after->revoke_decided_by = input->on_behalf_of.len ? input->on_behalf_of : c->actor->name;
    after->revoke_opinion = input->reason.len ? input->reason : input->opinion;
}

Status revocation_decide(Ctx *c, const RevocationCase *now, Action action, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_FINDING, now->finding->state, action, input->reason, &move));
    TRY(revocation_day(c, now, input, action == DO_REVOKE, &out->effective_on));
    out->on_behalf_of = input->on_behalf_of;
    Finding *after = record_copy(c, &Finding_table, now->finding);
    after->state = move->to;
    TRY(check_objection(c, now));
    if (action == DO_ASK_REVOKE)
        ask(c, input, after);
    else
        settle(c, input, after);
    if (action != DO_ASK_REVOKE)
        TRY(check_second(c, now->finding));
    if (action == DO_REVOKE)
        after->revoked_on = out->effective_on;
    change_update(c, out, ENTITY_FINDING, now->finding, after);
    if (action != DO_ASK_REVOKE)
        TRY(approval_sign(c, ENTITY_FINDING, now->finding, action, action == DO_REVOKE, input, out));
    if (action != DO_REVOKE || !now->item)
        return ST_OK;
    TRY(check_item(c, now));
    close_item(c, now->item, out);
    return ST_OK;
}
