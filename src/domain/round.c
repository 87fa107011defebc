#include "domain/round.h"

CHOICES_DEFINE(round_types, ROUND_TYPES);
CHOICES_DEFINE(duties, DUTIES);
CHOICES_DEFINE(authorisation_states, AUTHORISATION_STATES);
CHOICES_DEFINE(inspection_states, INSPECTION_STATES);
FIELDS_DEFINE(Round, "rounds", ROUND_FIELDS);
FIELDS_DEFINE(Team, "teams", TEAM_FIELDS);
FIELDS_DEFINE(Member, "members", MEMBER_FIELDS);
FIELDS_DEFINE(Inspection, "inspections", INSPECTION_FIELDS);
FIELDS_DEFINE(Authorisation, "authorisations", AUTHORISATION_FIELDS);

static Status check_order(Ctx *c, const char *field, Date earlier, Date later, Text rule)
{
    if (!earlier || !later || later >= earlier)
        return ST_OK;
    return fail_field(c, str_of(field), date_text(c->arena, later), rule, T("请核对日期", "check the dates"));
}

/* --- rounds ------------------------------------------------------------------------------------- */

static Status check_round(Ctx *c, const Round *round)
{
    TRY(record_check_required(c, &Round_table, round));
    if (round->type == ROUND_REGULAR && !round->number.known)
        return fail_field(c, S("number"), STR_NONE, T("常规巡察须有轮次", "a regular round has a number"),
            T("请填写第几轮", "give its number"));
    return check_order(
        c, "ends_on", round->starts_on, round->ends_on, T("结束日期早于开始日期", "the round ends before it starts"));
}

bool round_is_past(const Ctx *c, const Round *round)
{
    return round->ends_on && round->ends_on < c->today;
}

Status round_open(Ctx *c, const Round *input, Str rule_set_id, const RuleSet *rules, Changes *out)
{
    Round *round = record_copy(c, &Round_table, input);
    TRY(check_round(c, round));
    if (!ruleset_taxonomy(rules, round->taxonomy))
        return fail_field(c, S("taxonomy"), round->taxonomy,
            T("规则中没有这种问题分类", "is no taxonomy of the rule set in force"),
            T("请从规则中的分类里选择", "choose one of the rule set's"));
    if (round->taxonomy2.len && !ruleset_taxonomy(rules, round->taxonomy2))
        return fail_field(c, S("taxonomy2"), round->taxonomy2,
            T("规则中没有这种问题分类", "is no taxonomy of the rule set in force"),
            T("请从规则中的分类里选择", "choose one of the rule set's"));
    round->rule_set = rule_set_id;
    if (round_is_past(c, round))
        out->provenance = PROVENANCE_LATER;
    change_insert(c, out, ENTITY_ROUND, round);
    return ST_OK;
}

Status round_edit(Ctx *c, const Round *before, const Round *input, FieldSet given, Changes *out)
{
    Round *after = record_copy(c, &Round_table, before);
    record_overlay(&Round_table, given, input, after);
    TRY(check_round(c, after));
    change_update(c, out, ENTITY_ROUND, before, after);
    return ST_OK;
}

/* --- teams and members ---------------------------------------------------------------------------- */

Status team_form(Ctx *c, const Round *round, const Team *input, Changes *out)
{
    Team *team = record_copy(c, &Team_table, input);
    team->organiser = round->organiser;
    TRY(record_check_required(c, &Team_table, team));
    change_insert(c, out, ENTITY_TEAM, team);
    return ST_OK;
}

static Status check_member(Ctx *c, const Team *team, const Member *m, const Member *others, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(others[i].person, m->person))
            return fail_field_as(c, ST_CONFLICT, S("person"), m->person_name,
                T("此人已在本轮的一个巡察组中", "stands in a team of this round already"),
                T("请先调整其原来的安排", "change that first"));
        if (m->duty == DUTY_HEAD && others[i].duty == DUTY_HEAD && str_eq(others[i].team, team->id))
            return fail_field_as(c, ST_CONFLICT, S("duty"), S("head"), T("该组已有组长", "the team has its head"),
                T("一个组只有一名组长", "a team has one head"));
    }
    return ST_OK;
}

Status member_add(Ctx *c, const Team *team, const Person *person, const Member *input, const Member *others,
    size_t other_count, Changes *out)
{
    Member *m = record_copy(c, &Member_table, input);
    m->round = team->round;
    m->organiser = team->organiser;
    m->person_name = person->name;
    TRY(record_check_required(c, &Member_table, m));
    TRY(check_member(c, team, m, others, other_count));
    change_insert(c, out, ENTITY_MEMBER, m);
    return ST_OK;
}

Role duty_role(int32_t duty)
{
    static const Role of[] = { ROLE_NONE, ROLE_HEAD, ROLE_DEPUTY, ROLE_LIAISON, ROLE_MEMBER };
    return of[duty];
}

/* --- inspections ------------------------------------------------------------------------------------ */

Status inspection_plan(Ctx *c, const Round *round, const Team *team, const Unit *unit, Str name_then, int64_t number,
    const Inspection *input, Changes *out)
{
    Inspection *i = record_copy(c, &Inspection_table, input);
    if (!str_eq(team->round, round->id))
        return fail_field(c, S("team"), team->name, T("该组不属于本轮", "is no team of this round"),
            T("请选择本轮的巡察组", "choose a team of the round"));
    if (unit->abolished_on && unit->abolished_on < round->starts_on)
        return fail_field(c, S("unit"), unit->name,
            T("该单位在本轮开始前已撤销", "was abolished before the round starts"),
            T("请选择承接其职能的单位", "choose the unit that took over"));
    i->organiser = round->organiser;
    i->round_name = round->name;
    i->team_name = team->name;
    i->unit_name = name_then;
    i->number = INT_OF(number);
    i->state = INSPECTION_PLANNED;
    TRY(record_check_required(c, &Inspection_table, i));
    change_insert(c, out, ENTITY_INSPECTION, i);
    return ST_OK;
}

/* A move takes effect on the day given (today without one): not in the future, not before `floor`. */
static Status effective_day(Ctx *c, const MoveInput *input, Date floor, Date *out)
{
    *out = input->effective_on ? input->effective_on : c->today;
    if (*out > c->today)
        return fail_field(c, S("effective_on"), date_text(c->arena, *out), T("日期在今天之后", "lies in the future"),
            T("请在办理当日或之后登记", "record it on its day or later"));
    if (floor && *out < floor)
        return fail_field(c, S("effective_on"), date_text(c->arena, *out),
            text_format(c, "早于上一环节的日期（%.*s）", "lies before the step before it (%.*s)",
                STR_ARG(date_text(c->arena, floor))),
            T("请核对日期", "check the date"));
    return ST_OK;
}

static Status check_dates(Ctx *c, const Inspection *i)
{
    TRY(check_order(
        c, "effective_on", i->notice_on, i->enters_on, T("进驻早于通知", "the team enters before the unit was told")));
    return check_order(
        c, "effective_on", i->enters_on, i->leaves_on, T("撤离早于进驻", "the team leaves before it enters"));
}

Status inspection_decide(Ctx *c, const Inspection *now, Action action, const MoveInput *input, Changes *out)
{
    const Move *move;
    Date day;
    TRY(workflow_move(c, ENTITY_INSPECTION, now->state, action, input->reason, &move));
    TRY(effective_day(c, input, action == DO_NOTIFY ? DATE_NONE : now->effective_on, &day));
    if (action == DO_NOTIFY && now->notice_on)
        return fail(
            c, ST_CONFLICT, "已于%.*s通知", "the unit was told on %.*s", STR_ARG(date_text(c->arena, now->notice_on)));
    if (action == DO_ENTER && !now->notice_on)
        return fail(c, ST_CONFLICT, "尚未通知被巡察单位，不能进驻", "the unit must be told before the team enters");
    Inspection *after = record_copy(c, &Inspection_table, now);
    after->state = move->to;
    if (action == DO_NOTIFY)
        after->notice_on = day;
    if (action == DO_ENTER)
        after->enters_on = day;
    if (action == DO_LEAVE)
        after->leaves_on = day;
    TRY(check_dates(c, after));
    out->effective_on = day;
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_INSPECTION, now, after);
    return ST_OK;
}

/* --- the numbered decision ---------------------------------------------------------------------------- */

static Status check_authorisation(Ctx *c, const Authorisation *a)
{
    TRY(record_check_required(c, &Authorisation_table, a));
    TRY(check_order(c, "valid_to", a->valid_from, a->valid_to, T("授权截止早于起始", "it ends before it begins")));
    return check_order(c, "valid_from", a->decided_on, a->valid_from,
        T("授权起始早于决定日期", "it takes effect before it was decided"));
}

Status authorisation_draft(Ctx *c, const Round *round, const Authorisation *input, Changes *out)
{
    Authorisation *a = record_copy(c, &Authorisation_table, input);
    a->organiser = round->organiser;
    a->state = AUTHORISATION_DRAFT;
    TRY(check_authorisation(c, a));
    change_insert(c, out, ENTITY_AUTHORISATION, a);
    return ST_OK;
}

Status authorisation_edit(Ctx *c, const Authorisation *before, const Authorisation *input, FieldSet given, Changes *out)
{
    if (before->state != AUTHORISATION_DRAFT)
        return fail(c, ST_CONFLICT, "授权决定已经生效，不能修改；需要变更时请另作决定",
            "the decision is in force and cannot be edited; make another one");
    Authorisation *after = record_copy(c, &Authorisation_table, before);
    record_overlay(&Authorisation_table, given, input, after);
    TRY(check_authorisation(c, after));
    change_update(c, out, ENTITY_AUTHORISATION, before, after);
    return ST_OK;
}

static Status check_mandate(Ctx *c, const Mandate *m)
{
    const ForbiddenPair *pair = role_forbidden_beside(m->role, m->held);
    if (pair)
        return fail_field_as(
            c, ST_CONFLICT, S("members"), m->person_name, pair->reason, T("请调整人员", "choose another person"));
    if (m->authorised_elsewhere)
        return fail_field_as(c, ST_CONFLICT, S("members"), m->person_name,
            T("此人在另一项尚在有效期内的授权之中", "stands in another authorisation that is in force"),
            T("请待其到期、先行撤销，或调整人员", "wait for its end, revoke it, or choose another person"));
    return ST_OK;
}

static Assignment *assignment_of(Ctx *c, const Authorisation *a, const Mandate *m)
{
    Assignment *right = arena_new_of(c->arena, Assignment);
    right->account = m->account;
    right->role = (int32_t)m->role;
    right->inspection = m->inspection;
    right->round = m->round;
    right->valid_from = a->valid_from;
    right->valid_to = a->valid_to;
    right->basis = a->number;
    right->authorisation = a->id;
    return right;
}

Status authorisation_enforce(
    Ctx *c, const Authorisation *now, const Mandate *mandates, size_t count, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_AUTHORISATION, now->state, DO_ENFORCE, input->reason, &move));
    if (count == 0)
        return fail(c, ST_CONFLICT, "各组还没有可授权的人员：请先安排成员、巡察对象，并为成员开设账号",
            "nobody can be authorised yet: give the teams members with accounts, and inspections");
    Authorisation *after = record_copy(c, &Authorisation_table, now);
    after->state = move->to;
    out->on_behalf_of = input->on_behalf_of;
    out->effective_on = now->valid_from;
    change_update(c, out, ENTITY_AUTHORISATION, now, after);
    TRY(approval_sign(c, ENTITY_AUTHORISATION, now, DO_ENFORCE, true, input, out));
    for (size_t i = 0; i < count; i++) {
        TRY(check_mandate(c, &mandates[i]));
        change_insert(c, out, ENTITY_ASSIGNMENT, assignment_of(c, now, &mandates[i]));
    }
    return ST_OK;
}

Status authorisation_revoke(
    Ctx *c, const Authorisation *now, const Assignment *live, size_t count, const MoveInput *input, Changes *out)
{
    const Move *move;
    Date day;
    TRY(workflow_move(c, ENTITY_AUTHORISATION, now->state, DO_REVOKE, input->reason, &move));
    TRY(effective_day(c, input, now->valid_from, &day));
    Authorisation *after = record_copy(c, &Authorisation_table, now);
    after->state = move->to;
    out->on_behalf_of = input->on_behalf_of;
    out->effective_on = day;
    change_update(c, out, ENTITY_AUTHORISATION, now, after);
    TRY(approval_sign(c, ENTITY_AUTHORISATION, now, DO_REVOKE, false, input, out));
    for (size_t i = 0; i < count; i++) {
        Assignment *ended = record_copy(c, &Assignment_table, &live[i]);
        ended->valid_to = date_add_days(day, -1);
        change_update(c, out, ENTITY_ASSIGNMENT, &live[i], ended);
    }
    return ST_OK;
}
