#include "domain/round.h"

#include "service/case.h"
#include "service/services.h"

/* --- rounds, teams, members --------------------------------------------------------------------------- */

Status round_service_open(Ctx *c, UseCase *u, Changes *out)
{
    const Round *input = u->input;
    Organiser organiser;
    Str rule_set = STR_NONE;
    const RuleSet *rules;
    TRY(record_check_required(c, &Round_table, input));
    TRY(record_load_held(c, ENTITY_ORGANISER, input->organiser, &organiser));
    Status in_force = rules_in_force(c, u->app->rules, input->starts_on, &rule_set, &rules);
    if (in_force == ST_CONFLICT && round_is_past(c, input)) {
        ctx_forgive(c); /* older than the oldest rules: those of today, for its taxonomies and periods */
        in_force = rules_in_force(c, u->app->rules, c->today, &rule_set, &rules);
    }
    TRY(in_force);
    return round_open(c, input, rule_set, rules, out);
}

Status round_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Round before;
    TRY(record_load(c, ENTITY_ROUND, u->id, u->version, &before));
    return round_edit(c, &before, u->input, u->given, out);
}

Status team_service_form(Ctx *c, UseCase *u, Changes *out)
{
    const Team *input = u->input;
    Round round;
    TRY(record_load(c, ENTITY_ROUND, input->round, 0, &round));
    return team_form(c, &round, input, out);
}

static Status members_of_round(Ctx *c, Str round, Member **members, size_t *count)
{
    Selection sel = selection_of(ENTITY_MEMBER);
    sel.unscoped = true;
    selection_is(&sel, Member_round, value_text(round));
    return selection_load(c, &sel, 1000, members, count);
}

Status member_service_add(Ctx *c, UseCase *u, Changes *out)
{
    const Member *input = u->input;
    Team team;
    Person person;
    Member *others;
    size_t count;
    TRY(record_load(c, ENTITY_TEAM, input->team, 0, &team));
    TRY(record_load(c, ENTITY_PERSON, input->person, 0, &person));
    TRY(members_of_round(c, team.round, &others, &count));
    return member_add(c, &team, &person, input, others, count, out);
}

/* --- inspections ----------------------------------------------------------------------------------------- */

Status inspection_service_plan(Ctx *c, UseCase *u, Changes *out)
{
    const Inspection *input = u->input;
    Round round;
    Team team;
    Unit unit;
    int64_t number, same;
    Str name;
    bool has;
    TRY(record_load(c, ENTITY_ROUND, input->round, 0, &round));
    TRY(record_load(c, ENTITY_TEAM, input->team, 0, &team));
    TRY(record_load(c, ENTITY_UNIT, input->unit, 0, &unit));
    TRY(db_query_int(c, SQL_INSPECTION_OF_UNIT_IN_ROUND, ARGS(value_text(round.id), value_text(unit.id)), &same, &has));
    if (same)
        return fail_field_as(c, ST_CONFLICT, S("unit"), unit.name,
            T("该单位已列入本轮", "stands in this round already"), T("无需重复安排", "nothing to add"));
    TRY(db_query_int(c, SQL_INSPECTION_COUNT_IN_ROUND, ARGS(value_text(round.id)), &number, &has));
    TRY(unit_name_on(c, &unit, round.starts_on, &name));
    return inspection_plan(c, &round, &team, &unit, name, number + 1, input, out);
}

/* A regular round's first day at a unit is what coverage (全覆盖) counts. A unit that was merged since credits the one
 * that took over. */
static Status cover_unit(Ctx *c, const Inspection *now, Changes *out)
{
    Round round;
    Unit unit;
    TRY(record_load_unscoped(c, ENTITY_ROUND, now->round, &round));
    if (round.type != ROUND_REGULAR)
        return ST_OK;
    TRY(record_load_unscoped(c, ENTITY_UNIT, now->unit, &unit));
    unit_cover(c, &unit, out->effective_on, out);
    if (unit.merged_into.len) {
        Unit into;
        TRY(record_load_unscoped(c, ENTITY_UNIT, unit.merged_into, &into));
        unit_cover(c, &into, out->effective_on, out);
    }
    return ST_OK;
}

Status inspection_service_move(Ctx *c, UseCase *u, Changes *out)
{
    Inspection now;
    TRY(record_load(c, ENTITY_INSPECTION, u->id, u->version, &now));
    TRY(inspection_decide(c, &now, usecase_action(u), u->input, out));
    return usecase_action(u) == DO_ENTER ? cover_unit(c, &now, out) : ST_OK;
}

/* --- the numbered decision ----------------------------------------------------------------------------------- */

Status authorisation_service_draft(Ctx *c, UseCase *u, Changes *out)
{
    const Authorisation *input = u->input;
    Round round;
    TRY(record_load(c, ENTITY_ROUND, input->round, 0, &round));
    return authorisation_draft(c, &round, input, out);
}

Status authorisation_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Authorisation before;
    TRY(record_load(c, ENTITY_AUTHORISATION, u->id, u->version, &before));
    return authorisation_edit(c, &before, u->input, u->given, out);
}

static Status inspections_of_round(Ctx *c, Str round, Inspection **out, size_t *count)
{
    Selection sel = selection_of(ENTITY_INSPECTION);
    sel.unscoped = true;
    selection_is(&sel, Inspection_round, value_text(round));
    return selection_load(c, &sel, 1000, out, count);
}

/* What else the account holds while the decision is in force; its own team roles of other rounds apart. */
static Status held_during(Ctx *c, Str account, const Authorisation *a, RoleSet *held)
{
    DbRows *rows;
    bool has;
    *held = 0;
    TRY(db_query(c, SQL_ACCOUNT_ROLES_DURING,
        ARGS(value_text(account), value_date(c->arena, a->valid_from), value_date(c->arena, a->valid_to)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        *held |= ROLE_BIT(choice_of(&roles, row_text(rows, 0)));
    }
}

static Status mandate_person(Ctx *c, const Authorisation *a, const Member *m, Mandate *out, bool *has_account)
{
    int64_t elsewhere;
    bool has;
    TRY(db_query_text(c, SQL_ACCOUNT_OF_PERSON, ARGS(value_text(m->person)), &out->account, has_account));
    if (!*has_account)
        return ST_OK;
    out->account = str_copy(c->arena, out->account);
    out->role = duty_role(m->duty);
    out->round = m->round;
    out->person_name = m->person_name;
    TRY(held_during(c, out->account, a, &out->held));
    TRY(db_query_int(c, SQL_ACCOUNT_AUTHORISED_ELSEWHERE,
        ARGS(value_text(out->account), value_text(a->id), value_date(c->arena, a->valid_from),
            value_date(c->arena, a->valid_to)),
        &elsewhere, &has));
    out->authorised_elsewhere = elsewhere > 0;
    return ST_OK;
}

/* Every member with an account × every inspection of his team. A team without a head gets no rights. */
static Status mandates_of(Ctx *c, const Authorisation *a, Mandate **out, size_t *count)
{
    Member *members;
    Inspection *inspections;
    size_t people, targets;
    TRY(members_of_round(c, a->round, &members, &people));
    TRY(inspections_of_round(c, a->round, &inspections, &targets));
    *out = arena_array_of(c->arena, Mandate, people * targets);
    *count = 0;
    for (size_t i = 0; i < people; i++) {
        Mandate one = { 0 };
        bool has_account;
        TRY(mandate_person(c, a, &members[i], &one, &has_account));
        for (size_t j = 0; has_account && j < targets; j++)
            if (str_eq(inspections[j].team, members[i].team)) {
                one.inspection = inspections[j].id;
                (*out)[(*count)++] = one;
            }
    }
    return ST_OK;
}

static Status check_heads(Ctx *c, const Authorisation *a)
{
    Selection sel = selection_of(ENTITY_TEAM);
    Team *teams;
    Member *members;
    size_t team_count, people;
    sel.unscoped = true;
    selection_is(&sel, Team_round, value_text(a->round));
    TRY(selection_load(c, &sel, 200, &teams, &team_count));
    TRY(members_of_round(c, a->round, &members, &people));
    for (size_t t = 0; t < team_count; t++) {
        bool headed = false;
        for (size_t i = 0; i < people; i++)
            headed |= members[i].duty == DUTY_HEAD && str_eq(members[i].team, teams[t].id);
        if (!headed)
            return fail(c, ST_CONFLICT, "“%.*s”还没有组长，不能授权", "\"%.*s\" has no head and cannot be authorised",
                STR_ARG(teams[t].name));
    }
    return ST_OK;
}

Status authorisation_service_enforce(Ctx *c, UseCase *u, Changes *out)
{
    Authorisation now;
    Mandate *mandates;
    size_t count;
    TRY(record_load(c, ENTITY_AUTHORISATION, u->id, u->version, &now));
    TRY(check_heads(c, &now));
    TRY(mandates_of(c, &now, &mandates, &count));
    return authorisation_enforce(c, &now, mandates, count, u->input, out);
}

Status authorisation_service_revoke(Ctx *c, UseCase *u, Changes *out)
{
    Authorisation now;
    Assignment *live;
    size_t count;
    Selection sel = selection_of(ENTITY_ASSIGNMENT);
    const MoveInput *input = u->input;
    Date day = input->effective_on ? input->effective_on : c->today;
    TRY(record_load(c, ENTITY_AUTHORISATION, u->id, u->version, &now));
    sel.unscoped = true;
    selection_is(&sel, Assignment_authorisation, value_text(now.id));
    selection_where(&sel, Assignment_valid_to, OP_GE, (const Value[]){ value_date(c->arena, day) }, 1);
    TRY(selection_load(c, &sel, 10000, &live, &count));
    return authorisation_revoke(c, &now, live, count, input, out);
}
