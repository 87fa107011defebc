#include "domain/filing_parts.h"

/* --- opinions
 * --------------------------------------------------------------------------------------------------------- */

/* The role itself, or the office that enters what was signed on paper. */
static Status check_role(Ctx *c, int32_t role, int32_t by)
{
    Role own = c->actor->role;
    if (own == ROLE_LOCAL || (int32_t)own == role || (own == ROLE_OFFICE && by == MEANS_INK))
        return ST_OK;
    return fail(c, ST_DENIED, "应由“%s”办理；已有纸质意见的，请由巡察办按纸质签署录入",
        "this is for the role \"%s\"; an opinion on paper is entered by the office",
        c->lang == LANG_ZH ? roles.items[role].label.zh : roles.items[role].label.en);
}

static Status check_opinion(Ctx *c, const FilingOpinion *in)
{
    TRY(record_check_required(c, &FilingOpinion_table, in));
    if (in->verdict == FILING_VERDICT_AGREED && in->missing.len)
        return fail_field(c, S("missing"), in->missing, T("同意的，不应还缺材料", "who agrees misses nothing"),
            T("请选择“建议修改”，或清空", "choose \"wants changes\", or clear it"));
    if (in->verdict == FILING_VERDICT_OBJECTED && in->opinion.len == 0)
        return fail_field(c, S("opinion"), STR_NONE, T("建议修改的，须写明意见", "say what is to be changed"),
            T("请填写审核意见", "give the opinion"));
    return ST_OK;
}

/* After this one: the next of a serial review, else the collator when it was the last. */
static Status hand_on(Ctx *c, const FilingCase *now, const FilingReview *given, Date day, Changes *out)
{
    const ReviewRule *rule = filing_rule(now->rules, now->filing->kind);
    const FilingReview *next = NULL;
    for (size_t i = 0; i < now->review_count; i++) {
        const FilingReview *r = &now->reviews[i];
        if (str_eq(r->id, given->id))
            continue;
        if (r->state == FILING_REVIEW_OPEN)
            return ST_OK;
        if (r->state == FILING_REVIEW_WAITING && !next)
            next = r;
    }
    if (next) {
        FilingReview *after = record_copy(c, &FilingReview_table, next);
        TRY(filing_review_begin(c, now->rules, filing_body_term(rule, next->place.value), day, after));
        change_update(c, out, ENTITY_FILING_REVIEW, next, after);
        return ST_OK;
    }
    Filing *after = record_copy(c, &Filing_table, now->filing);
    TRY(filing_to_collator(c, now->rules, rule, day, after));
    change_update(c, out, ENTITY_FILING, now->filing, after);
    return ST_OK;
}

Status filing_review_give(
    Ctx *c, const FilingCase *now, const FilingReview *row, const FilingOpinion *input, Changes *out)
{
    const Move *move;
    const MoveInput said = { .opinion = input->opinion,
        .effective_on = input->effective_on,
        .on_behalf_of = input->on_behalf_of,
        .means = input->means,
        .paper_no = input->paper_no };
    TRY(workflow_move(c, ENTITY_FILING_REVIEW, row->state, DO_GIVE, STR_NONE, &move));
    TRY(check_role(c, row->role, input->means));
    TRY(check_opinion(c, input));
    TRY(filing_day(c, input->effective_on, row->opened_on, &out->effective_on));
    FilingReview *after = record_copy(c, &FilingReview_table, row);
    bool agreed = input->verdict == FILING_VERDICT_AGREED;
    after->state = agreed ? FILING_REVIEW_AGREED : FILING_REVIEW_OBJECTED;
    after->opinion = input->opinion;
    after->missing = input->missing;
    after->given_on = out->effective_on;
    after->given_by = input->on_behalf_of.len ? input->on_behalf_of : c->actor->name;
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_FILING_REVIEW, row, after);
    TRY(hand_on(c, now, row, out->effective_on, out));
    TRY(approval_sign(c, ENTITY_FILING_REVIEW, row, DO_GIVE, agreed, &said, out));
    change_show(c, out, ENTITY_FILING_REVIEW, after);
    return ST_OK;
}

/* --- collated
 * --------------------------------------------------------------------------------------------------------- */

static const FilingReview *row_of(const FilingCase *now, Str body)
{
    for (size_t i = 0; i < now->review_count; i++)
        if (str_eq(now->reviews[i].body, body))
            return &now->reviews[i];
    return NULL;
}

static Status pass(Ctx *c, const FilingCase *now, const FilingCollate *in, Filing *after, Date day)
{
    bool objected = false;
    if (!now->filing->awaiting)
        return fail(c, ST_CONFLICT, "还有会审单位没有出具意见", "not every body has given its opinion yet");
    for (size_t i = 0; i < now->review_count; i++)
        objected |= now->reviews[i].state == FILING_REVIEW_OBJECTED;
    if (objected && in->opinion.len == 0)
        return fail_field(c, S("opinion"), STR_NONE,
            T("有单位建议修改，通过的须写明如何处理其意见", "a body wants changes: say how its opinion was dealt with"),
            T("请填写会审意见，或退回单位修改", "give the opinion, or return it to the unit"));
    if (now->undecided)
        return fail(c, ST_CONFLICT, "还有%lld个不公开事项待审批", "%lld withheld items are still to be decided",
            (long long)now->undecided);
    if (!str_eq(filing_digest(c, now), now->filing->text_digest))
        return fail(c, ST_CONFLICT, "报送后整改措施或责任分工有改动，与会审的内容不一致；请退回单位重新报送",
            "the plan was changed after it was filed: return it, so that it is filed again");
    after->opinion = in->opinion;
    after->missing = STR_NONE;
    after->approved_on = day;
    after->awaiting = 0;
    after->collate_by = DATE_NONE;
    return ST_OK;
}

/* To the unit: its term goes on, later by the days that others had it. */
static void give_back(Ctx *c, const FilingCase *now, const FilingCollate *in, Filing *after, Date day, Changes *out)
{
    int64_t stood = date_days_between(now->filing->submitted_on, day);
    after->opinion = in->reason;
    after->missing = in->missing;
    after->all_again = in->all_again;
    after->awaiting = 0;
    after->collate_by = DATE_NONE;
    if (after->due_on && stood > 0) {
        after->due_on = date_add_days(after->due_on, (int)stood);
        after->stood_days = INT_OF(after->stood_days.value + stood);
    }
    for (size_t i = 0; i < now->review_count; i++) {
        const FilingReview *r = &now->reviews[i];
        if (r->state != FILING_REVIEW_OPEN && r->state != FILING_REVIEW_WAITING)
            continue;
        FilingReview *lapsed = record_copy(c, &FilingReview_table, r);
        lapsed->state = FILING_REVIEW_LAPSED;
        change_update(c, out, ENTITY_FILING_REVIEW, r, lapsed);
    }
}

/* To a body: it looks again, and in a serial review those behind it too. */
static Status ask_again(Ctx *c, const FilingCase *now, const FilingCollate *in, Filing *after, Date day, Changes *out)
{
    const ReviewRule *rule = filing_rule(now->rules, now->filing->kind);
    const FilingReview *row = row_of(now, in->to);
    if (!row || (row->state != FILING_REVIEW_AGREED && row->state != FILING_REVIEW_OBJECTED))
        return fail_field(c, S("to"), in->to, T("不是已出具意见的会审单位", "is no body that has given its opinion"),
            T("退回单位的不填；退回会审单位的填其代号", "leave it out for the unit, or name a body by its code"));
    FilingReview *again = record_copy(c, &FilingReview_table, row);
    TRY(filing_review_begin(c, now->rules, filing_body_term(rule, row->place.value), day, again));
    again->asked_again = in->reason;
    change_update(c, out, ENTITY_FILING_REVIEW, row, again);
    for (size_t i = 0; rule->serial && i < now->review_count; i++) {
        const FilingReview *r = &now->reviews[i];
        if (r->place.value <= row->place.value || r->state == FILING_REVIEW_WAITING)
            continue;
        FilingReview *behind = record_copy(c, &FilingReview_table, r);
        behind->state = FILING_REVIEW_WAITING;
        change_update(c, out, ENTITY_FILING_REVIEW, r, behind);
    }
    after->state = FILING_IN_REVIEW;
    after->awaiting = 0;
    after->collate_by = DATE_NONE;
    return ST_OK;
}

Status filing_collate(Ctx *c, const FilingCase *now, Action action, const FilingCollate *input, Changes *out)
{
    const Move *move;
    const ReviewRule *rule = filing_rule(now->rules, now->filing->kind);
    const MoveInput said = { .opinion = action == DO_APPROVE ? str_clip(input->opinion, 1000) : input->reason,
        .effective_on = input->effective_on,
        .on_behalf_of = input->on_behalf_of,
        .means = input->means,
        .paper_no = input->paper_no };
    TRY(workflow_move(c, ENTITY_FILING, now->filing->state, action, input->reason, &move));
    TRY(check_role(c, rule->bodies[rule->collator].role, input->means));
    TRY(filing_day(c, input->effective_on, now->filing->effective_on, &out->effective_on));
    Filing *after = record_copy(c, &Filing_table, now->filing);
    after->state = move->to;
    if (action == DO_APPROVE)
        TRY(pass(c, now, input, after, out->effective_on));
    else if (input->to.len)
        TRY(ask_again(c, now, input, after, out->effective_on, out));
    else
        give_back(c, now, input, after, out->effective_on, out);
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_FILING, now->filing, after);
    TRY(approval_sign(c, ENTITY_FILING, now->filing, action, action == DO_APPROVE, &said, out));
    change_show(c, out, ENTITY_FILING, after);
    return ST_OK;
}
