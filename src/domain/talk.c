#include "domain/talk.h"

CHOICES_DEFINE(talk_kinds, TALK_KINDS);
CHOICES_DEFINE(talk_causes, TALK_CAUSES);
CHOICES_DEFINE(talk_states, TALK_STATES);
CHOICES_DEFINE(called_posts, CALLED_POSTS);
CHOICES_DEFINE(party_states, PARTY_STATES);
FIELDS_DEFINE(Talk, "talks", TALK_FIELDS);
FIELDS_DEFINE(TalkParty, "talk_parties", TALK_PARTY_FIELDS);
FIELDS_DEFINE(TalkResult, "talk_result", TALK_RESULT_FIELDS);

static Status check_keeper(Ctx *c, const Talk *t)
{
    if (body_is_written_by(t->body, c->actor->role))
        return ST_OK;
    return fail_field_as(c, ST_DENIED, S("body"), choice_name(&bodies, t->body),
        T("您当前的角色只能登记本单位的约谈", "your present role keeps the talks of its own body"),
        T("请选择本单位", "choose your own body"));
}

/* --- the talk ---------------------------------------------------------------------------------------------------- */

static Status check_talk(Ctx *c, const Talk *t)
{
    TRY(record_check_required(c, &Talk_table, t));
    TRY(check_keeper(c, t));
    return day_check(c, "held_on", t->held_on, DATE_NONE);
}

Status talk_enter(Ctx *c, const Talk *input, Changes *out)
{
    Talk *t = record_copy(c, &Talk_table, input);
    t->state = TALK_HELD;
    t->account = c->actor->account;
    TRY(check_talk(c, t));
    out->effective_on = t->held_on;
    change_insert(c, out, ENTITY_TALK, t);
    return ST_OK;
}

static void repeat(TalkParty *party, const Talk *talk)
{
    party->body = talk->body;
    party->maker = talk->maker;
    party->held_on = talk->held_on;
    party->cause = talk->cause;
}

static Status check_days_of(Ctx *c, const Talk *talk, const TalkParty *parties, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const TalkParty *p = &parties[i];
        if (p->state == PARTY_VOID)
            continue;
        Date first = p->done_on && p->done_on < p->due_on ? p->done_on : p->due_on;
        if (talk->held_on > first)
            return fail_field(c, S("held_on"), date_text(c->arena, talk->held_on),
                text_format(
                    c, "晚于%.*s的承诺时限或完成日期", "lies after a day that stands with %.*s", STR_ARG(p->unit_name)),
                T("请核对日期", "check the date"));
    }
    return ST_OK;
}

Status talk_edit(
    Ctx *c, const Talk *before, const TalkParty *parties, size_t count, const Talk *input, FieldSet given, Changes *out)
{
    Talk *after = record_copy(c, &Talk_table, before);
    if (before->state != TALK_HELD)
        return fail(c, ST_CONFLICT, "该约谈已作废，不能修改", "the talk is void and cannot be edited");
    record_overlay(&Talk_table, given, input, after);
    TRY(check_talk(c, after));
    TRY(check_days_of(c, after, parties, count));
    change_update(c, out, ENTITY_TALK, before, after);
    for (size_t i = 0; i < count; i++) {
        TalkParty *party = record_copy(c, &TalkParty_table, &parties[i]);
        repeat(party, after);
        change_update(c, out, ENTITY_TALK_PARTY, &parties[i], party);
    }
    return ST_OK;
}

Status talk_void(Ctx *c, const Talk *now, const TalkParty *parties, size_t count, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_TALK, now->state, DO_VOID, input->reason, &move));
    TRY(check_keeper(c, now));
    Talk *after = record_copy(c, &Talk_table, now);
    after->state = move->to;
    after->reason = input->reason;
    change_update(c, out, ENTITY_TALK, now, after);
    for (size_t i = 0; i < count; i++) {
        TalkParty *party = record_copy(c, &TalkParty_table, &parties[i]);
        party->state = PARTY_VOID;
        change_update(c, out, ENTITY_TALK_PARTY, &parties[i], party);
    }
    return ST_OK;
}

/* --- who was called ---------------------------------------------------------------------------------------------- */

static Status check_party(Ctx *c, const PartyCase *now, const TalkParty *p)
{
    TRY(record_check_required(c, &TalkParty_table, p));
    TRY(check_keeper(c, now->talk));
    if (now->talk->state != TALK_HELD)
        return fail(c, ST_CONFLICT, "该约谈已作废", "the talk is void");
    if (p->due_on < p->held_on)
        return fail_field(c, S("due_on"), date_text(c->arena, p->due_on),
            T("承诺时限早于约谈日期", "is due before the talk"), T("请核对日期", "check the date"));
    if (now->item && !str_eq(now->item->unit, p->unit))
        return fail_field(c, S("rectification"), now->item->title,
            T("不是被约谈单位的整改事项", "is no item of the unit that was called"),
            T("请选择该单位的事项", "choose an item of that unit"));
    return ST_OK;
}

Status talk_party_add(Ctx *c, const PartyCase *now, Str unit_name, const TalkParty *input, Changes *out)
{
    TalkParty *p = record_copy(c, &TalkParty_table, input);
    p->organiser = now->talk->organiser;
    p->unit_name = unit_name;
    p->state = PARTY_OPEN;
    repeat(p, now->talk);
    TRY(check_party(c, now, p));
    for (size_t i = 0; i < now->other_count; i++)
        if (str_eq(now->others[i].unit, p->unit) && now->others[i].state != PARTY_VOID)
            return fail_field_as(c, ST_CONFLICT, S("unit"), unit_name,
                T("该单位已登记在这次约谈中", "the unit is among those called already"),
                T("请修改已有的一行", "edit the row that there is"));
    if (now->other_count >= TALK_PARTIES_MAX)
        return fail(c, ST_TOO_BIG, "一次约谈最多登记%d个单位", "a talk has %d parties at most", TALK_PARTIES_MAX);
    out->effective_on = p->held_on;
    change_insert(c, out, ENTITY_TALK_PARTY, p);
    return ST_OK;
}

Status talk_party_edit(Ctx *c, const PartyCase *now, const TalkParty *input, FieldSet given, Changes *out)
{
    TalkParty *after = record_copy(c, &TalkParty_table, now->party);
    if (now->party->state != PARTY_OPEN)
        return fail(c, ST_CONFLICT, "单位已报告结果，不能再修改；请先退回", "the unit has reported: return it first");
    record_overlay(&TalkParty_table, given, input, after);
    TRY(check_party(c, now, after));
    change_update(c, out, ENTITY_TALK_PARTY, now->party, after);
    return ST_OK;
}

Status talk_party_reply(Ctx *c, const PartyCase *now, const TalkResult *input, Changes *out)
{
    const Move *move;
    TalkParty *after = record_copy(c, &TalkParty_table, now->party);
    TRY(workflow_move(c, ENTITY_TALK_PARTY, now->party->state, DO_REPLY, STR_NONE, &move));
    TRY(record_check_required(c, &TalkResult_table, input));
    if (c->actor->role != ROLE_UNIT && input->on_behalf_of.len == 0)
        return fail_field(c, S("on_behalf_of"), STR_NONE,
            T("代单位录入的，须写明代录对象", "is entered for the unit: say for whom"),
            T("请填写报告的单位或人员", "name the unit or its person"));
    after->done_on = input->done_on ? input->done_on : c->today;
    TRY(day_check(c, "done_on", after->done_on, now->party->held_on));
    after->state = move->to;
    after->result = input->result;
    after->reported_by = input->on_behalf_of.len ? input->on_behalf_of : c->actor->name;
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_TALK_PARTY, now->party, after);
    return ST_OK;
}

Status talk_party_decide(Ctx *c, const PartyCase *now, Action action, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_TALK_PARTY, now->party->state, action, input->reason, &move));
    TRY(check_keeper(c, now->talk));
    TalkParty *after = record_copy(c, &TalkParty_table, now->party);
    after->state = move->to;
    after->verdict = action == DO_CLOSE ? input->opinion : input->reason;
    if (action == DO_RETURN)
        after->done_on = DATE_NONE; /* not done after all; what was said stays to be mended */
    if (action == DO_CLOSE) {
        after->closed_on = input->effective_on ? input->effective_on : c->today;
        TRY(day_check(c, "effective_on", after->closed_on, now->party->done_on));
        out->effective_on = after->closed_on;
    }
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_TALK_PARTY, now->party, after);
    return ST_OK;
}
