#include "domain/objection.h"

CHOICES_DEFINE(objection_states, OBJECTION_STATES);
CHOICES_DEFINE(objection_wishes, OBJECTION_WISHES);
FIELDS_DEFINE(Objection, "objections", OBJECTION_FIELDS);
FIELDS_DEFINE(ObjectionDecision, "objection_decision", OBJECTION_DECISION_FIELDS);

/* --- filed ------------------------------------------------------------------------------------------------------- */

static Status last_day(Ctx *c, const ObjectionCase *now, Date *out)
{
    const Period *period = ruleset_deadline(now->rules, S("objection"));
    const Period usual = { OBJECTION_DAYS, PERIOD_DAYS };
    return deadline_due(c, &now->rules->calendar, now->told_on, period ? *period : usual, out);
}

static Status check_file(Ctx *c, const ObjectionCase *now)
{
    int32_t state = now->item->state;
    if (state != RECT_PENDING && state != RECT_ONGOING)
        return fail(c, ST_CONFLICT, "该事项处于“%s”状态，不能提出异议", "the item is \"%s\": no objection can be filed",
            c->lang == LANG_ZH ? rectification_states.items[state].label.zh
                               : rectification_states.items[state].label.en);
    if (now->finding->state != FINDING_FED_BACK)
        return fail(c, ST_CONFLICT, "该问题正在提请撤销，请等待审批", "the finding's revocation is being decided");
    if (now->earlier)
        return fail(c, ST_CONFLICT, "对该问题的异议已经处理过，不再受理",
            "an objection to this finding was decided before: there is no second one");
    return ST_OK;
}

static Status check_term(Ctx *c, Objection *o, const ObjectionCase *now)
{
    TRY(last_day(c, now, &o->term_on));
    TRY(day_check(c, "asked_on", o->asked_on, now->told_on));
    if (o->asked_on <= o->term_on)
        return ST_OK;
    return fail_field(c, S("asked_on"), date_text(c->arena, o->asked_on),
        text_format(c, "已过提出异议的期限（%.*s）", "the term to object ended on %.*s",
            STR_ARG(date_text(c->arena, o->term_on))),
        T("请在整改中说明情况，或由巡察办按规定提请撤销",
            "say it while rectifying, or let the office ask for a revocation"));
}

static void stand(Ctx *c, const Rectification *item, Changes *out)
{
    Rectification *after = record_copy(c, &Rectification_table, item);
    after->applied_from = item->state;
    after->state = RECT_OBJECTED;
    change_update(c, out, ENTITY_RECTIFICATION, item, after);
}

Status objection_file(Ctx *c, const ObjectionCase *now, const Objection *input, Changes *out)
{
    Objection *o = record_copy(c, &Objection_table, input);
    const Rectification *item = now->item;
    TRY(check_file(c, now));
    if (c->actor->role != ROLE_UNIT && o->asked_by.len == 0)
        return fail_field(c, S("asked_by"), STR_NONE,
            T("代单位录入的，须写明提出人", "is entered for the unit: say who objects"),
            T("请填写单位名称或提出人", "name the unit or its person"));
    o->asked_on = o->asked_on ? o->asked_on : c->today;
    TRY(check_term(c, o, now));
    o->finding = item->finding;
    o->inspection = item->inspection;
    o->round = item->round;
    o->unit = item->unit;
    o->organiser = item->organiser;
    o->unit_name = item->unit_name;
    o->title = item->title;
    o->state = OBJECTION_FILED;
    if (c->actor->role == ROLE_UNIT)
        o->asked_by = c->actor->name;
    else
        out->on_behalf_of = o->asked_by;
    o->due_before = item->due_on;
    o->text_before = now->finding->text;
    TRY(record_check_required(c, &Objection_table, o));
    out->effective_on = o->asked_on > item->effective_on ? o->asked_on : item->effective_on;
    change_insert(c, out, ENTITY_OBJECTION, o);
    stand(c, item, out);
    return ST_OK;
}

/* --- decided ----------------------------------------------------------------------------------------------------- */

static Status check_judge(Ctx *c, const ObjectionCase *now)
{
    if (!now->signed_papers)
        return ST_OK;
    return fail(c, ST_DENIED, "您签署或编写过该问题的底稿，异议须由其他人处理",
        "you wrote or signed a paper of this finding: somebody else decides the objection");
}

static Status check_decision(Ctx *c, const ObjectionCase *now, Action action, const ObjectionDecision *in)
{
    bool says = (in->title.len && !str_eq(in->title, now->item->title)) ||
                (in->text.len && !str_eq(in->text, now->finding->text));
    TRY(record_check_required(c, &ObjectionDecision_table, in));
    if (action == DO_AMEND && !says)
        return fail_field(c, S("text"), STR_NONE, T("采纳并修改的，须写明修改后的问题", "say what it says now"),
            T("请填写修改后的问题或具体表现", "give the new title or text"));
    if (action != DO_AMEND && says)
        return fail_field(c, S("text"), STR_NONE,
            T("只有“采纳并修改”才修改问题", "only an amendment changes the finding"),
            T("请清空，或改选“采纳并修改”", "clear it, or amend"));
    if (action == DO_UPHOLD && now->waiting_adjustments)
        return fail(c, ST_CONFLICT, "该事项还有整改调整申请待审批：请先处理",
            "the item has an adjustment to be decided: decide it first");
    return ST_OK;
}

/* As it was before, due later by the days that it stood. */
static Rectification *resumed(Ctx *c, const Rectification *item, int64_t stood)
{
    Rectification *after = record_copy(c, &Rectification_table, item);
    after->state = item->applied_from ? item->applied_from : RECT_ONGOING;
    after->applied_from = 0;
    rectification_resume(after, stood);
    return after;
}

static void amend(
    Ctx *c, const ObjectionDecision *in, const Finding *finding, Objection *o, Rectification *item, Changes *out)
{
    Finding *after = record_copy(c, &Finding_table, finding);
    if (in->title.len)
        after->title = item->title = in->title;
    if (in->text.len)
        after->text = in->text;
    o->title_after = after->title;
    o->text_after = after->text;
    change_update(c, out, ENTITY_FINDING, finding, after);
}

static void take_back(
    Ctx *c, const ObjectionDecision *in, const Finding *finding, const Objection *o, Rectification *item, Changes *out)
{
    Finding *after = record_copy(c, &Finding_table, finding);
    after->state = FINDING_REVOKED;
    after->revoke_because = str_clip(o->grounds, 1000);
    after->revoke_asked_by = str_clip(o->unit_name, 60);
    after->revoke_decided_by = o->decided_by;
    after->revoke_opinion = in->opinion;
    after->revoked_on = o->decided_on;
    change_update(c, out, ENTITY_FINDING, finding, after);
    item->state = RECT_REVOKED;
    item->awaiting = 0;
}

static void decide_item(
    Ctx *c, const ObjectionCase *now, Action action, const ObjectionDecision *in, Objection *o, Changes *out)
{
    Rectification *item = resumed(c, now->item, o->stood_days.value);
    if (action == DO_AMEND)
        amend(c, in, now->finding, o, item, out);
    if (action == DO_UPHOLD) {
        take_back(c, in, now->finding, o, item, out);
        item->due_on = now->item->due_on;
    }
    o->due_after = action == DO_UPHOLD ? DATE_NONE : item->due_on;
    change_update(c, out, ENTITY_RECTIFICATION, now->item, item);
}

Status objection_decide(Ctx *c, const ObjectionCase *now, Action action, const ObjectionDecision *input, Changes *out)
{
    const Move *move;
    Objection *after = record_copy(c, &Objection_table, now->objection);
    TRY(workflow_move(c, ENTITY_OBJECTION, now->objection->state, action, STR_NONE, &move));
    TRY(check_judge(c, now));
    TRY(check_decision(c, now, action, input));
    TRY(day_given(c, input->effective_on, now->objection->asked_on, &after->decided_on));
    after->state = move->to;
    after->decided_by = input->on_behalf_of.len ? input->on_behalf_of : c->actor->name;
    after->opinion = input->opinion;
    after->stood_days = INT_OF(date_days_between(now->objection->asked_on, after->decided_on));
    out->effective_on = after->decided_on > now->item->effective_on ? after->decided_on : now->item->effective_on;
    out->on_behalf_of = input->on_behalf_of;
    decide_item(c, now, action, input, after, out);
    change_update(c, out, ENTITY_OBJECTION, now->objection, after);
    const MoveInput said = { .opinion = input->opinion,
        .effective_on = input->effective_on,
        .on_behalf_of = input->on_behalf_of,
        .means = input->means,
        .paper_no = input->paper_no };
    TRY(approval_sign(c, ENTITY_OBJECTION, now->objection, action, action != DO_KEEP, &said, out));
    change_show(c, out, ENTITY_OBJECTION, after);
    return ST_OK;
}

Status objection_withdraw(Ctx *c, const ObjectionCase *now, const MoveInput *input, Changes *out)
{
    const Move *move;
    Objection *after = record_copy(c, &Objection_table, now->objection);
    TRY(workflow_move(c, ENTITY_OBJECTION, now->objection->state, DO_WITHDRAW, input->reason, &move));
    after->state = move->to;
    after->opinion = input->reason;
    after->decided_on = c->today;
    after->due_after = now->item->due_on; /* which other rules may have moved meanwhile */
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_OBJECTION, now->objection, after);
    change_update(c, out, ENTITY_RECTIFICATION, now->item, resumed(c, now->item, 0));
    change_show(c, out, ENTITY_OBJECTION, after);
    return ST_OK;
}
