/* The small city: three rounds and twenty units, quickly made. Tests copy it; those who only want a look take it. */
#include "service/demo_items.h"
#include "service/demo_plans.h"
#include "service/demo_text.h"

#include <string.h>

enum { UNITS = 20, PEOPLE = 17, FINDINGS_A_UNIT = 6 };

typedef struct DemoRound {
    const char *name;
    int number;
    int year;
    Date starts, authorised_to, notice, enters, leaves, reported, consulted, deliberated, heard, fed_back;
    const char *taxonomy;
    int first_unit; /* of demo_units */
    int units;      /* shared by two teams */
    int open;       /* units of which one item stays open */
} DemoRound;

static const DemoRound demo_rounds[] = {
    { "示例市委第六轮巡察", 6, 2020, 20200508, 20200831, 20200509, 20200520, 20200710, 20200720, 20200729, 20200812,
        20200826, 20200903, "T5", 0, 8, 3 },
    { "示例市委第七轮巡察", 7, 2020, 20200914, 20210228, 20200915, 20200922, 20201120, 20201201, 20201209, 20201223,
        20210106, 20210114, "T5", 8, 8, 6 },
    { "示例市委第八轮巡察", 8, 2021, 20210906, 20211231, 20210907, 20210913, 0, 0, 0, 0, 0, 0, "T6", 16, 4, 0 },
};

typedef struct Small {
    Stage *st;
    Player people[PEOPLE];
    Made units[UNITS];
    Made inspections[UNITS];
} Small;

static Player *person_at(Small *d, const char *login)
{
    for (int i = 0; i < PEOPLE; i++)
        if (strcmp(demo_people[i].login, login) == 0)
            return &d->people[i];
    return &d->people[0];
}

/* --- the ground: people, accounts, units ------------------------------------------------------------------------ */

static Status make_people(Small *d)
{
    stage_locally(d->st, 20170103);
    for (int i = 0; i < PEOPLE; i++) {
        const DemoPerson *p = &demo_people[i];
        d->people[i] = (Player){ .login = str_of(p->login), .name = str_of(p->name) };
        TRY(stage_player(d->st, &d->people[i], str_of(p->home), str_of(p->post), true));
        stage_tell(d->st, 1);
    }
    return ST_OK;
}

static Status grant_posts(Small *d)
{
    static const char *const posts[][2] = { { "office", "office" }, { "leader", "leader" },
        { "discipline", "discipline" }, { "organisation", "organisation" }, { "propaganda", "propaganda" },
        { "sysadmin", "system_admin" }, { "secadmin", "security_admin" }, { "auditor", "auditor" } };
    for (size_t i = 0; i < sizeof posts / sizeof posts[0]; i++)
        TRY(stage_grant(d->st, person_at(d, posts[i][0]), posts[i][1], "\"everything\":true"));
    Str unit = str_format(d->st->s.arena, "\"unit\":\"%.*s\"", STR_ARG(d->units[0].id));
    return stage_grant(d->st, person_at(d, "unit"), "unit", unit.ptr);
}

static void show_accounts(Small *d)
{
    static const char *const shown[][2] = { { "office", "巡察办" }, { "head", "巡察一组组长" },
        { "deputy", "巡察一组副组长" }, { "member1", "巡察一组组员" }, { "member2", "巡察一组组员" },
        { "unit", "被巡察党组织（市财政局）" }, { "discipline", "市纪委监委" }, { "organisation", "市委组织部" },
        { "propaganda", "市委宣传部" }, { "leader", "领导小组" }, { "sysadmin", "系统管理员" },
        { "secadmin", "安全保密管理员" }, { "auditor", "安全审计员" } };
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
        stage_show(d->st, person_at(d, shown[i][0]), shown[i][1]);
}

static Status make_units(Small *d)
{
    stage_locally(d->st, 20170103);
    for (int i = 0; i < UNITS; i++) {
        const DemoUnit *u = &demo_units[i];
        TRY(script_dof(d->st->c, &d->st->s, USE_UNIT_REGISTER, NULL, &d->units[i],
            "{\"code\":\"SZ%03d\",\"name\":\"%s\",\"kind\":\"%s\",\"level\":\"city\",\"organiser\":\"%.*s\",\"sector\":"
            "\"%s\",\"principal\":\"%s\","
            "\"leader_in_charge\":\"高示峰\",\"resident_group\":\"市纪委监委派驻第%d纪检监察组\",\"supervision_"
            "office\":\"第%d监督检查室\","
            "\"in_coverage\":true,\"established_on\":\"2010-01-01\"}",
            i + 1, u->name, u->kind, STR_ARG(d->st->organiser.id), u->sector, u->principal, i / 4 + 1, i / 7 + 1));
    }
    d->st->out->units = UNITS;
    return ST_OK;
}

/* --- one round: teams, decision, stays ----------------------------------------------------------------------- */

static const char *const team_people[2][4] = { { "head", "deputy", "member1", "member2" },
    { "head2", "deputy2", "member3", "member4" } };

static Status make_team(Small *d, const Made *round, int team, Made *out)
{
    static const char *const names[] = { "一", "二" };
    static const char *const duties_of[] = { "head", "deputy", "liaison", "member" };
    TRY(script_dof(d->st->c, &d->st->s, USE_TEAM_FORM, NULL, out, "{\"round\":\"%.*s\",\"name\":\"市委第%s巡察组\"}",
        STR_ARG(round->id), names[team]));
    for (int i = 0; i < 4; i++)
        TRY(script_dof(d->st->c, &d->st->s, USE_MEMBER_ADD, NULL, NULL,
            "{\"team\":\"%.*s\",\"person\":\"%.*s\",\"duty\":\"%s\"}", STR_ARG(out->id),
            STR_ARG(person_at(d, team_people[team][i])->person.id), duties_of[i]));
    return ST_OK;
}

static Status authorise(Small *d, const DemoRound *r, const Made *round)
{
    Made decision;
    TRY(script_dof(d->st->c, &d->st->s, USE_AUTHORISATION_DRAFT, NULL, &decision,
        "{\"round\":\"%.*s\",\"number\":\"示巡组〔%d〕%d号\",\"decided_by\":\"市委巡察工作领导小组\",\"decided_on\":\"%"
        ".*s\",\"valid_from\":\"%.*s\","
        "\"valid_to\":\"%.*s\"}",
        STR_ARG(round->id), r->year, r->number, STR_ARG(date_text(d->st->s.arena, r->starts)),
        STR_ARG(date_text(d->st->s.arena, r->starts)), STR_ARG(date_text(d->st->s.arena, r->authorised_to))));
    return script_dof(
        d->st->c, &d->st->s, USE_AUTHORISATION_ENFORCE, &decision, NULL, "{\"on_behalf_of\":\"市委巡察工作领导小组\"}");
}

static Status make_round(Small *d, const DemoRound *r)
{
    Made round, teams[2];
    stage_as(d->st, person_at(d, "office"), ROLE_OFFICE, r->starts);
    TRY(script_dof(d->st->c, &d->st->s, USE_ROUND_OPEN, NULL, &round,
        "{\"organiser\":\"%.*s\",\"term\":\"示例市第十三届\",\"type\":\"regular\",\"number\":%d,\"name\":\"%s\","
        "\"year\":%d,\"taxonomy\":\"%s\","
        "\"starts_on\":\"%.*s\",\"focus\":"
        "\"贯彻落实党的路线方针政策、全面从严治党责任、领导班子和基层党组织建设、巡察和审计发现问题整改\"}",
        STR_ARG(d->st->organiser.id), r->number, r->name, r->year, r->taxonomy,
        STR_ARG(date_text(d->st->s.arena, r->starts))));
    for (int t = 0; t < 2; t++)
        TRY(make_team(d, &round, t, &teams[t]));
    for (int i = 0; i < r->units; i++)
        TRY(script_dof(d->st->c, &d->st->s, USE_INSPECTION_PLAN, NULL, &d->inspections[r->first_unit + i],
            "{\"round\":\"%.*s\",\"team\":\"%.*s\",\"unit\":\"%.*s\"}", STR_ARG(round.id), STR_ARG(teams[i % 2].id),
            STR_ARG(d->units[r->first_unit + i].id)));
    d->st->out->rounds++;
    return authorise(d, r, &round);
}

static Stay stay_of(Small *d, const DemoRound *r, int unit)
{
    const char *const *team = team_people[(unit - r->first_unit) % 2];
    Stay stay = { .inspection = d->inspections[unit],
        .unit_name = str_of(demo_units[unit].name),
        .principal = str_of(demo_units[unit].principal),
        .team_size = 4,
        .number = r->number * 100 + unit + 1,
        .notice = r->notice,
        .enters = r->enters,
        .leaves = r->leaves,
        .reported = r->reported,
        .consulted = r->consulted,
        .deliberated = r->deliberated,
        .heard = r->heard,
        .fed_back = r->fed_back };
    for (int i = 0; i < stay.team_size; i++)
        stay.team[i] = person_at(d, team[i]);
    return stay;
}

/* --- papers and findings ---------------------------------------------------------------------------------------- */

static Status find_one(Small *d, const DemoRound *r, Stay *stay, const DemoFinding *f)
{
    enum { AUTHOR = 2, CHECKER = 3 };
    Stage *st = d->st;
    Made paper;
    Date half = stage_working(st, date_add_days(r->enters, 24));
    Date day = stage_working(st, date_add_days(half, (int)stage_draw(st, 12)));
    Fault fault = { .title = str_of(f->title),
        .text = str_format(st->s.arena, f->text, r->year - 1, (int)stage_draw(st, 6) + 2),
        .basis = str_of(f->basis),
        .category = str_format(st->s.arena, "%s.%d", r->taxonomy, f->node + 1),
        .source = "files",
        .fen = f->fen ? (int64_t)f->fen * 100000 + stage_draw(st, 99999) : 0,
        .year = r->year - 1 };
    fault.severity = stage_draw(st, 5) ? "minor" : "serious";
    TRY(stay_write(st, stay, &fault, AUTHOR, CHECKER, day, &paper));
    TRY(stay_sign_authors(st, stay, AUTHOR, CHECKER, &paper, day));
    Date signed_on = stage_working(st, date_add_days(day, 2));
    TRY(stay_sign_off(st, stay, &paper, signed_on, signed_on));
    return stay_find(st, stay, &fault, &paper, 1, stage_working(st, date_add_days(day, 3)));
}

static Status inspect_unit(Small *d, const DemoRound *r, Stay *stay, int unit, int findings)
{
    for (int i = 0; i < findings; i++) {
        size_t pick = ((size_t)unit * 7 + (size_t)i * 11 + stage_draw(d->st, 3)) % demo_finding_count;
        TRY(find_one(d, r, stay, &demo_findings[pick]));
    }
    stage_tell(d->st, 1);
    return ST_OK;
}

/* --- rectification ---------------------------------------------------------------------------------------------- */

static Status rectify_unit(Small *d, const DemoRound *r, const Stay *stay, int stays_open)
{
    static const ItemText text = { .measures = S_INIT(
                                       "党组会专题研究，明确责任科室和时限；对照问题逐项核查，修订内部管理制度。"),
        .result = S_INIT("问题已纠正，相关制度已修订并执行。") };
    Stage *st = d->st;
    const ItemCast cast = { stay->principal, S("办公室"), person_at(d, "discipline"), person_at(d, "office"),
        person_at(d, "leader") };
    const Json *items;
    stage_locally(st, r->fed_back);
    TRY(items_of(st, stay->inspection.id, &items));
    int left = (int)items->count;
    for (const Json *n = items->first; n; n = n->next, left--) {
        Made item = item_made(n);
        Date begins = stage_working(st, date_add_days(r->fed_back, 7 + (int)stage_draw(st, 8)));
        TRY(item_answer(st, &cast, &item, &text, begins));
        if (left <= stays_open)
            continue;
        Date applied = stage_working(st, date_add_days(begins, 20 + (int)stage_draw(st, 60)));
        TRY(item_close(st, &cast, &item, stay->inspection.id, &text, applied,
            stage_working(st, date_add_days(applied, 4)), stage_working(st, date_add_days(applied, 8))));
    }
    stage_tell(st, 1);
    return ST_OK;
}

static Status finish_round(Small *d, const DemoRound *r)
{
    for (int i = 0; i < r->units; i++) {
        Stay stay = stay_of(d, r, r->first_unit + i);
        TRY(stay_begin(d->st, &stay, person_at(d, "office")));
        TRY(inspect_unit(d, r, &stay, r->first_unit + i, FINDINGS_A_UNIT + (int)stage_draw(d->st, 2)));
        TRY(stay_tell(d->st, &stay, person_at(d, "office")));
        TRY(rectify_unit(d, r, &stay, i < r->open));
    }
    return ST_OK;
}

/* The last round is on site today: rights are live, nothing is fed back yet. */
static Status begin_round(Small *d, const DemoRound *r)
{
    for (int i = 0; i < r->units; i++) {
        Stay stay = stay_of(d, r, r->first_unit + i);
        TRY(stay_begin(d->st, &stay, person_at(d, "office")));
        TRY(inspect_unit(d, r, &stay, r->first_unit + i, i < 2 ? 2 : 1));
    }
    return ST_OK;
}

static Status make_all(Ctx *c, void *arg)
{
    (void)c;
    Small *d = arg;
    TRY(stage_rules(d->st, 20170103));
    TRY(stage_organiser(d->st, S("示例市委巡察工作领导小组办公室")));
    TRY(make_people(d));
    TRY(make_units(d));
    TRY(grant_posts(d));
    for (size_t i = 0; i < sizeof demo_rounds / sizeof demo_rounds[0]; i++) {
        TRY(make_round(d, &demo_rounds[i]));
        TRY(demo_rounds[i].fed_back ? finish_round(d, &demo_rounds[i]) : begin_round(d, &demo_rounds[i]));
    }
    TRY(stage_registers(d->st, person_at(d, "office")));
    return stage_instructions(d->st, person_at(d, "office"));
}

Status demo_make_small(Stage *st)
{
    Small *d = arena_new_of(st->s.arena, Small);
    d->st = st;
    st->all = PEOPLE + 8 * 2 + 8 * 2 + 4;
    TRY(script_bulk(st->c, &st->s, make_all, d));
    TRY(stage_escalate(st, date_add_days(DEMO_TODAY, -2))); /* the last working day */
    show_accounts(d);
    return ST_OK;
}
