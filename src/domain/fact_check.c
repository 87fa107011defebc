#include "domain/fact_check.h"

#include "domain/workflow.h"

CHOICES_DEFINE(fact_check_states, FACT_CHECK_STATES);
CHOICES_DEFINE(fact_answers, FACT_ANSWERS);
CHOICES_DEFINE(fact_outcomes, FACT_OUTCOMES);
FIELDS_DEFINE(FactCheck, "fact_checks", FACT_CHECK_FIELDS);
FIELDS_DEFINE(FactAnswer, "fact_answer", FACT_ANSWER_FIELDS);
FIELDS_DEFINE(FactSettle, "fact_settle", FACT_SETTLE_FIELDS);

static Str who(const Ctx *c, Str on_behalf_of)
{
    return on_behalf_of.len ? on_behalf_of : c->actor->name;
}

/* --- sent -------------------------------------------------------------------------------------------------------- */

Status fact_check_send(
    Ctx *c, const Inspection *inspection, const Finding *finding, int64_t open, const FactCheck *input, Changes *out)
{
    FactCheck *f = record_copy(c, &FactCheck_table, input);
    if (finding->state != FINDING_DRAFT)
        return fail(c, ST_CONFLICT, "该问题不是拟反馈状态，不再送单位核对事实",
            "the finding is no draft any more: its facts are not checked");
    if (open)
        return fail(c, ST_CONFLICT, "该问题已有一份事实核对尚未处理完，请先处理或作废",
            "a check of this finding's facts is under way: settle it or void it first");
    if (!inspection->notice_on || inspection->notice_on > c->today)
        return fail(c, ST_CONFLICT, "尚未向该单位发出巡察通知，不能送核", "the unit has not been notified yet");
    if (f->due_on && f->due_on < c->today)
        return fail_field(c, S("due_on"), date_text(c->arena, f->due_on), T("答复期限早于今天", "is before today"),
            T("请核对日期", "check the date"));
    f->inspection = finding->inspection;
    f->organiser = finding->organiser;
    f->unit = finding->unit;
    f->unit_name = finding->unit_name;
    f->sent_on = c->today;
    f->sent_by = c->actor->name;
    f->state = FACT_SENT;
    TRY(record_check_required(c, &FactCheck_table, f));
    change_insert(c, out, ENTITY_FACT_CHECK, f);
    return ST_OK;
}

/* --- answered ---------------------------------------------------------------------------------------------------- */

Status fact_check_answer(Ctx *c, const FactCheck *now, const FactAnswer *input, Changes *out)
{
    const Move *move;
    FactCheck *after = record_copy(c, &FactCheck_table, now);
    TRY(workflow_move(c, ENTITY_FACT_CHECK, now->state, DO_REPLY, STR_NONE, &move));
    TRY(record_check_required(c, &FactAnswer_table, input));
    if (input->answer != FACT_AGREED && input->words.len == 0)
        return fail_field(c, S("words"), STR_NONE, T("认为不属实的，须写明哪些不属实", "say what is not true"),
            T("请填写核对意见", "give it in words"));
    if (c->actor->role != ROLE_UNIT && input->on_behalf_of.len == 0)
        return fail_field(c, S("on_behalf_of"), STR_NONE,
            T("代单位录入的，须写明代录对象", "is entered for the unit: say for whom"),
            T("请填写答复的单位或人员", "name the unit or its person"));
    TRY(day_given(c, input->effective_on, now->sent_on, &after->answered_on));
    after->state = move->to;
    after->answer = input->answer;
    after->words = input->words;
    after->answered_by = who(c, input->on_behalf_of);
    out->effective_on = after->answered_on;
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_FACT_CHECK, now, after);
    return ST_OK;
}

/* --- settled ----------------------------------------------------------------------------------------------------- */

static Status check_settle(Ctx *c, const FactCheck *now, const Finding *finding, const FactSettle *in)
{
    bool explains = in->outcome == FACT_DROPPED || (in->outcome == FACT_KEPT && now->answer != FACT_AGREED);
    if (finding->state != FINDING_DRAFT)
        return fail(c, ST_CONFLICT, "该问题已反馈或已撤回，不能据此修改", "the finding is no draft any more");
    bool changes = in->text.len && !str_eq(in->text, finding->text);
    if (in->outcome == FACT_CHANGED && !changes)
        return fail_field(c, S("text"), STR_NONE, T("据实修改的，须写明修改后的表述", "give the new text"),
            T("请在原表述上修改；不改的选“维持原表述”", "edit the text, or keep it as it was"));
    if (in->outcome != FACT_CHANGED && changes)
        return fail_field(c, S("text"), STR_NONE, T("只有“据实修改”才修改表述", "only a change takes a new text"),
            T("请清空，或改选“据实修改”", "clear it, or choose the change"));
    if (explains && in->opinion.len == 0)
        return fail_field(c, S("opinion"), STR_NONE, T("须写明处理意见", "say why"),
            T("请填写维持或不再反馈的理由", "give the reason"));
    return ST_OK;
}

static void settle_finding(Ctx *c, const FactSettle *in, const Finding *finding, Changes *out)
{
    Finding *after = record_copy(c, &Finding_table, finding);
    if (in->outcome == FACT_CHANGED)
        after->text = in->text;
    if (in->outcome == FACT_DROPPED) {
        after->state = FINDING_WITHDRAWN;
        after->withdrawn_because = in->opinion;
    }
    change_update(c, out, ENTITY_FINDING, finding, after);
}

Status fact_check_settle(Ctx *c, const FactCheck *now, const Finding *finding, const FactSettle *input, Changes *out)
{
    const Move *move;
    FactCheck *after = record_copy(c, &FactCheck_table, now);
    TRY(workflow_move(c, ENTITY_FACT_CHECK, now->state, DO_CLOSE, STR_NONE, &move));
    TRY(record_check_required(c, &FactSettle_table, input));
    TRY(check_settle(c, now, finding, input));
    TRY(day_given(c, input->effective_on, now->answered_on, &after->settled_on));
    after->state = move->to;
    after->outcome = input->outcome;
    after->opinion = input->opinion;
    after->settled_by = who(c, input->on_behalf_of);
    after->text_before = finding->text;
    after->text_after = input->outcome == FACT_CHANGED ? input->text : STR_NONE;
    out->effective_on = after->settled_on;
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_FACT_CHECK, now, after);
    settle_finding(c, input, finding, out);
    return ST_OK;
}

Status fact_check_void(Ctx *c, const FactCheck *now, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_FACT_CHECK, now->state, DO_VOID, input->reason, &move));
    FactCheck *after = record_copy(c, &FactCheck_table, now);
    after->state = move->to;
    after->reason = input->reason;
    change_update(c, out, ENTITY_FACT_CHECK, now, after);
    return ST_OK;
}
