#include "domain/finding.h"

#include "domain/rectification.h"

CHOICES_DEFINE(finding_states, FINDING_STATES);
CHOICES_DEFINE(severities, SEVERITIES);
CHOICES_DEFINE(feedback_states, FEEDBACK_STATES);
FIELDS_DEFINE(Finding, "findings", FINDING_FIELDS);
FIELDS_DEFINE(FindingPaper, "finding_papers", FINDING_PAPER_FIELDS);
FIELDS_DEFINE(Feedback, "feedbacks", FEEDBACK_FIELDS);
FIELDS_DEFINE(ReceiptInput, "receipts", RECEIPT_FIELDS);

static Status check_node(Ctx *c, const RuleSet *rules, Str taxonomy, const char *field, Str code)
{
    if (taxonomy_node(ruleset_taxonomy(rules, taxonomy), code))
        return ST_OK;
    return fail_field(c, str_of(field), code, T("不在本轮的问题分类之内", "is no category of the round's taxonomy"),
        T("请从本轮的分类中选择", "choose one of the round's"));
}

/* Fixed at once: the day and what was done belong together. */
static Status check_fix(Ctx *c, const Finding *f)
{
    if (!f->immediate && (f->fixed_on || f->fix_result.len))
        return fail_field(c, S("immediate"), STR_NONE,
            T("填写了立行立改情况，却没有标为立行立改", "was fixed at once, but is not marked so"),
            T("请勾选立行立改，或清空完成日期和结果", "mark it, or clear the day and the result"));
    if (f->fixed_on && f->fix_result.len == 0)
        return fail_field(c, S("fix_result"), STR_NONE, T("立行立改已完成的须写明结果", "say what was done"),
            T("请填写立行立改结果", "fill in the result"));
    TRY(day_check(c, "fixed_on", f->fixed_on, DATE_NONE));
    return ST_OK;
}

static Status check_finding(Ctx *c, const Finding *f, const RuleSet *rules, const Round *round)
{
    TRY(record_check_required(c, &Finding_table, f));
    TRY(check_node(c, rules, round->taxonomy, "category", f->category));
    if (f->category2.len)
        TRY(check_node(c, rules, round->taxonomy2, "category2", f->category2));
    if (f->theme.len)
        TRY(check_node(c, rules, S(THEME_TAXONOMY), "theme", f->theme));
    return check_fix(c, f);
}

static Status cite_paper(Ctx *c, const Finding *f, const Paper *paper, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_PAPER, paper->state, DO_CITE, STR_NONE, &move));
    if (!str_eq(paper->inspection, f->inspection))
        return fail_field(c, S("papers"), paper->number, T("不是本对象的底稿", "belongs to another inspection"),
            T("请选择本对象已审签的底稿", "choose a locked paper of this inspection"));
    FindingPaper *link = arena_new_of(c->arena, FindingPaper);
    link->finding = f->id;
    link->paper = paper->id;
    link->inspection = f->inspection;
    link->organiser = f->organiser;
    change_insert(c, out, ENTITY_FINDING_PAPER, link);
    Paper *cited = record_copy(c, &Paper_table, paper);
    cited->state = move->to;
    change_update(c, out, ENTITY_PAPER, paper, cited);
    return ST_OK;
}

Status finding_draw(Ctx *c, const Inspection *inspection, const RuleSet *rules, const Round *round,
    const Finding *input, const Paper *papers, size_t paper_count, Changes *out)
{
    if (inspection->state >= INSPECTION_FED_BACK)
        return fail(c, ST_CONFLICT, "已向该单位反馈，不能再增加问题",
            "this unit was given its feedback: no finding can be added");
    if (paper_count == 0)
        return fail_field(c, S("papers"), STR_NONE, T("每个问题须有底稿支撑", "every finding stands on a paper"),
            T("请选择至少一份已审签的底稿", "choose at least one locked paper"));
    Finding *f = record_copy(c, &Finding_table, input);
    f->round = inspection->round;
    f->organiser = inspection->organiser;
    f->unit = inspection->unit;
    f->unit_name = inspection->unit_name;
    f->state = FINDING_DRAFT;
    TRY(check_finding(c, f, rules, round));
    change_insert(c, out, ENTITY_FINDING, f);
    for (size_t i = 0; i < paper_count; i++)
        TRY(cite_paper(c, f, &papers[i], out));
    return ST_OK;
}

Status finding_edit(Ctx *c, const Finding *before, const RuleSet *rules, const Round *round, const Finding *input,
    FieldSet given, Changes *out)
{
    if (before->state != FINDING_DRAFT)
        return fail(c, ST_CONFLICT, "问题已经反馈，不能修改", "the finding was fed back and cannot be edited");
    Finding *after = record_copy(c, &Finding_table, before);
    record_overlay(&Finding_table, given, input, after);
    TRY(check_finding(c, after, rules, round));
    change_update(c, out, ENTITY_FINDING, before, after);
    return ST_OK;
}

Status finding_withdraw(Ctx *c, const Finding *now, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_FINDING, now->state, DO_WITHDRAW, input->reason, &move));
    Finding *after = record_copy(c, &Finding_table, now);
    after->state = move->to;
    after->withdrawn_because = input->reason;
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_FINDING, now, after);
    return ST_OK;
}

/* --- feedback ------------------------------------------------------------------------------------- */

Status feedback_draft(Ctx *c, const Inspection *inspection, const Feedback *input, Changes *out)
{
    Feedback *f = record_copy(c, &Feedback_table, input);
    f->round = inspection->round;
    f->organiser = inspection->organiser;
    f->unit = inspection->unit;
    f->unit_name = inspection->unit_name;
    f->state = FEEDBACK_DRAFT;
    TRY(record_check_required(c, &Feedback_table, f));
    change_insert(c, out, ENTITY_FEEDBACK, f);
    return ST_OK;
}

Status feedback_edit(Ctx *c, const Feedback *before, const Feedback *input, FieldSet given, Changes *out)
{
    if (before->state != FEEDBACK_DRAFT)
        return fail(c, ST_CONFLICT, "反馈意见已经送达，不能修改", "the feedback was delivered and cannot be edited");
    Feedback *after = record_copy(c, &Feedback_table, before);
    record_overlay(&Feedback_table, given, input, after);
    TRY(record_check_required(c, &Feedback_table, after));
    change_update(c, out, ENTITY_FEEDBACK, before, after);
    return ST_OK;
}

static Status feedback_day(Ctx *c, Date given, Date floor, Date *out)
{
    *out = given ? given : c->today;
    if (*out <= c->today && *out >= floor)
        return ST_OK;
    return fail_field(c, S("effective_on"), date_text(c->arena, *out),
        text_format(c, "应在%.*s至今天之间", "must lie between %.*s and today", STR_ARG(date_text(c->arena, floor))),
        T("请核对日期", "check the date"));
}

static void deliver_finding(
    Ctx *c, const Feedback *told, const Finding *finding, int64_t number, Date due, Changes *out)
{
    Finding *after = record_copy(c, &Finding_table, finding);
    after->state = FINDING_FED_BACK;
    after->number = INT_OF(number);
    after->feedback = told->id;
    after->fed_back_on = told->delivered_on;
    change_update(c, out, ENTITY_FINDING, finding, after);
    change_insert(c, out, ENTITY_RECTIFICATION, rectification_open(c, after, told, due));
}

static Status check_deliverable(Ctx *c, const Inspection *inspection, size_t count, int64_t open_facts)
{
    if (inspection->state != INSPECTION_HEARD)
        return fail(c, ST_CONFLICT, "该巡察处于“%s”阶段，须经书记专题会听取后才能反馈",
            "the inspection is at \"%s\"; it is fed back after the secretary's meeting has heard it",
            c->lang == LANG_ZH ? inspection_states.items[inspection->state].label.zh
                               : inspection_states.items[inspection->state].label.en);
    if (count == 0)
        return fail(c, ST_CONFLICT, "没有可反馈的问题", "there is no finding to feed back");
    if (open_facts)
        return fail(c, ST_CONFLICT, "还有%lld份事实核对没有处理完：请先处理答复，或作废不需要的",
            "%lld checks of facts are under way: settle them, or void those not needed", (long long)open_facts);
    return ST_OK;
}

Status feedback_deliver(Ctx *c, const Feedback *now, const Inspection *inspection, const RuleSet *rules,
    const Finding *findings, size_t count, int64_t open_facts, const MoveInput *input, Changes *out)
{
    const Move *move;
    Date day, due;
    TRY(workflow_move(c, ENTITY_FEEDBACK, now->state, DO_DELIVER, input->reason, &move));
    TRY(check_deliverable(c, inspection, count, open_facts));
    TRY(feedback_day(c, input->effective_on, inspection->effective_on, &day));
    TRY(deadline_due(c, &rules->calendar, day, *ruleset_deadline(rules, S("rectification")), &due));
    out->effective_on = day;
    out->on_behalf_of = input->on_behalf_of;
    Feedback *told = record_copy(c, &Feedback_table, now);
    told->state = move->to;
    told->delivered_on = day;
    change_update(c, out, ENTITY_FEEDBACK, now, told);
    Inspection *after = record_copy(c, &Inspection_table, inspection);
    after->state = INSPECTION_FED_BACK;
    after->fed_back_on = day;
    change_update(c, out, ENTITY_INSPECTION, inspection, after);
    for (size_t i = 0; i < count; i++)
        deliver_finding(c, told, &findings[i], (int64_t)i + 1, due, out);
    return ST_OK;
}

Status feedback_receive(Ctx *c, const Feedback *now, const ReceiptInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_FEEDBACK, now->state, DO_RECEIVE, STR_NONE, &move));
    TRY(record_check_required(c, &ReceiptInput_table, input));
    Feedback *after = record_copy(c, &Feedback_table, now);
    TRY(feedback_day(c, input->effective_on, now->delivered_on, &after->received_on));
    after->state = move->to;
    after->received_by = input->received_by;
    out->effective_on = after->received_on;
    change_update(c, out, ENTITY_FEEDBACK, now, after);
    return ST_OK;
}
