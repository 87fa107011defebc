#include "service/demo.h"

#include "domain/entity.h"
#include "service/default_rules.h"
#include "service/demo_data.h"
#include "service/demo_text.h"

#include <string.h>

enum { UNITS = 20, PEOPLE = 16, FINDINGS_A_UNIT = 6 };

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

typedef struct Demo {
    Ctx *c;
    Script s;
    uint64_t random;
    int64_t days_set;
    DemoResult *out;
    Made organiser;
    Made people[PEOPLE];
    Made accounts[PEOPLE];
    Made units[UNITS];
    Made inspections[UNITS];
    int done;
    int all;
    void (*progress)(int, void *);
    void *progress_arg;
} Demo;

/* The same numbers at every run with one seed: splitmix64. */
static uint32_t draw(Demo *d, uint32_t below)
{
    uint64_t z = d->random += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (uint32_t)((z ^ (z >> 31)) % below);
}

static void tell(Demo *d)
{
    d->done++;
    if (d->progress)
        d->progress(d->done * 100 / d->all, d->progress_arg);
}

static int person_at(const char *login)
{
    for (int i = 0; i < PEOPLE; i++)
        if (strcmp(demo_people[i].login, login) == 0)
            return i;
    return 0;
}

/* Nine in the morning of that day and a second more each time: the same instants at every run. */
static void set_day(Demo *d, Date day)
{
    enum { NINE_IN_CHINA_S = 3600 };
    d->s.today = day;
    d->s.now = ((Instant)date_to_days(day) * 86400 + NINE_IN_CHINA_S + d->days_set++ % 28800) * 1000000;
}

static void act_as(Demo *d, const char *login, Role role, Date day)
{
    int i = person_at(login);
    d->s.actor = (Actor){ .account = d->accounts[i].id,
        .person = d->people[i].id,
        .login = str_of(demo_people[i].login),
        .name = str_of(demo_people[i].name),
        .role = role,
        .held = ROLE_BIT(role) };
    set_day(d, day);
}

static void act_locally(Demo *d, Date day)
{
    d->s.actor = (Actor){ .account = S("demo"),
        .login = S("demo"),
        .name = S("演示录入"),
        .role = ROLE_LOCAL,
        .held = ROLE_BIT(ROLE_LOCAL) };
    set_day(d, day);
}

/* What a unit says is said by its principal, whether or not he has an account in the demo. */
static void act_for_unit(Demo *d, int unit, Date day)
{
    act_locally(d, day);
    d->s.actor.name = str_of(demo_units[unit].principal);
}

/* A day on which offices work: not at the weekend, not on the first days of October. */
static Date working(Date day)
{
    while (date_weekday(day) >= 6 || (date_month(day) == 10 && date_day(day) <= 8))
        day = date_add_days(day, 1);
    return day;
}

/* --- the ground: rules, organiser, people, accounts, units -------------------------------------------- */

static Status make_rules(Demo *d)
{
    StrBuf body = strbuf_in(d->s.arena);
    JsonWriter w = json_onto(&body);
    json_open_object(&w);
    json_key(&w, S("body"));
    json_text(&w, default_rules());
    json_close_object(&w);
    act_locally(d, 20170103);
    TRY(script_do(d->c, &d->s, USE_RULES_PUBLISH, STR_NONE, 0, strbuf_str(&body), NULL));
    return script_dof(
        d->c, &d->s, USE_ORGANISER_ADD, NULL, &d->organiser, "{\"name\":\"示例市委巡察工作领导小组办公室\"}");
}

static Status grant(Demo *d, const char *login, const char *role, const char *target)
{
    return script_dof(d->c, &d->s, USE_ASSIGNMENT_GRANT, NULL, NULL,
        "{\"account\":\"%.*s\",\"role\":\"%s\",%s,\"valid_from\":\"2017-01-03\",\"valid_to\":\"2029-12-31\",\"basis\":"
        "\"示例市委巡察办岗位分工\"}",
        STR_ARG(d->accounts[person_at(login)].id), role, target);
}

static Status make_person(Demo *d, int i)
{
    const DemoPerson *p = &demo_people[i];
    TRY(script_dof(d->c, &d->s, USE_PERSON_ADD, NULL, &d->people[i],
        "{\"name\":\"%s\",\"home\":\"%s\",\"post\":\"%s\"}", p->name, p->home, p->post));
    return script_dof(d->c, &d->s, USE_ACCOUNT_ADD, NULL, &d->accounts[i],
        "{\"login\":\"%s\",\"name\":\"%s\",\"person\":\"%.*s\"}", p->login, p->name, STR_ARG(d->people[i].id));
}

static Status grant_posts(Demo *d)
{
    static const char all[] = "\"everything\":true";
    TRY(grant(d, "office", "office", all));
    TRY(grant(d, "leader", "leader", all));
    TRY(grant(d, "discipline", "discipline", all));
    TRY(grant(d, "organisation", "organisation", all));
    TRY(grant(d, "sysadmin", "system_admin", all));
    TRY(grant(d, "secadmin", "security_admin", all));
    TRY(grant(d, "auditor", "auditor", all));
    Str unit = str_format(d->s.arena, "\"unit\":\"%.*s\"", STR_ARG(d->units[0].id));
    return grant(d, "unit", "unit", unit.ptr);
}

static void list_account(Demo *d, const char *login, const char *role)
{
    int i = person_at(login);
    Str password = json_text_or(json_get(d->accounts[i].json, S("first_password")), STR_NONE);
    d->out->accounts[d->out->count++] =
        (DemoAccount){ str_of(login), password, str_of(demo_people[i].name), str_of(role) };
}

static void list_accounts(Demo *d)
{
    list_account(d, "office", "巡察办");
    list_account(d, "head", "巡察一组组长");
    list_account(d, "deputy", "巡察一组副组长");
    list_account(d, "member1", "巡察一组组员");
    list_account(d, "member2", "巡察一组组员");
    list_account(d, "unit", "被巡察党组织（市财政局）");
    list_account(d, "discipline", "市纪委监委");
    list_account(d, "organisation", "市委组织部");
    list_account(d, "leader", "领导小组");
    list_account(d, "sysadmin", "系统管理员");
    list_account(d, "secadmin", "安全保密管理员");
    list_account(d, "auditor", "安全审计员");
}

static Status make_people(Demo *d)
{
    act_locally(d, 20170103);
    for (int i = 0; i < PEOPLE; i++) {
        TRY(make_person(d, i));
        tell(d);
    }
    return ST_OK;
}

static Status make_units(Demo *d)
{
    act_locally(d, 20170103);
    for (int i = 0; i < UNITS; i++) {
        const DemoUnit *u = &demo_units[i];
        TRY(script_dof(d->c, &d->s, USE_UNIT_REGISTER, NULL, &d->units[i],
            "{\"code\":\"SZ%03d\",\"name\":\"%s\",\"kind\":\"%s\",\"level\":\"city\",\"organiser\":\"%.*s\",\"sector\":"
            "\"%s\",\"principal\":\"%s\","
            "\"leader_in_charge\":\"高示峰\",\"resident_group\":\"市纪委监委派驻第%d纪检监察组\",\"supervision_"
            "office\":\"第%d监督检查室\","
            "\"in_coverage\":true,\"established_on\":\"2010-01-01\"}",
            i + 1, u->name, u->kind, STR_ARG(d->organiser.id), u->sector, u->principal, i / 4 + 1, i / 7 + 1));
    }
    d->out->units = UNITS;
    return ST_OK;
}

/* --- one round: teams, decision, stays ----------------------------------------------------------------------- */

static const char *const team_people[2][4] = { { "head", "deputy", "member1", "member2" },
    { "head2", "deputy2", "member3", "member4" } };

static Status make_team(Demo *d, const Made *round, int team, Made *out)
{
    static const char *const names[] = { "一", "二" };
    static const char *const duties_of[] = { "head", "deputy", "liaison", "member" };
    TRY(script_dof(d->c, &d->s, USE_TEAM_FORM, NULL, out, "{\"round\":\"%.*s\",\"name\":\"市委第%s巡察组\"}",
        STR_ARG(round->id), names[team]));
    for (int i = 0; i < 4; i++)
        TRY(script_dof(d->c, &d->s, USE_MEMBER_ADD, NULL, NULL,
            "{\"team\":\"%.*s\",\"person\":\"%.*s\",\"duty\":\"%s\"}", STR_ARG(out->id),
            STR_ARG(d->people[person_at(team_people[team][i])].id), duties_of[i]));
    return ST_OK;
}

static Status authorise(Demo *d, const DemoRound *r, const Made *round)
{
    Made decision;
    TRY(script_dof(d->c, &d->s, USE_AUTHORISATION_DRAFT, NULL, &decision,
        "{\"round\":\"%.*s\",\"number\":\"示巡组〔%d〕%d号\",\"decided_by\":\"市委巡察工作领导小组\",\"decided_on\":\"%"
        ".*s\",\"valid_from\":\"%.*s\","
        "\"valid_to\":\"%.*s\"}",
        STR_ARG(round->id), r->year, r->number, STR_ARG(date_text(d->s.arena, r->starts)),
        STR_ARG(date_text(d->s.arena, r->starts)), STR_ARG(date_text(d->s.arena, r->authorised_to))));
    return script_dof(
        d->c, &d->s, USE_AUTHORISATION_ENFORCE, &decision, NULL, "{\"on_behalf_of\":\"市委巡察工作领导小组\"}");
}

static Status make_round(Demo *d, const DemoRound *r)
{
    Made round, teams[2];
    act_as(d, "office", ROLE_OFFICE, r->starts);
    TRY(script_dof(d->c, &d->s, USE_ROUND_OPEN, NULL, &round,
        "{\"organiser\":\"%.*s\",\"term\":\"示例市第十三届\",\"type\":\"regular\",\"number\":%d,\"name\":\"%s\","
        "\"year\":%d,\"taxonomy\":\"%s\","
        "\"starts_on\":\"%.*s\",\"focus\":"
        "\"贯彻落实党的路线方针政策、全面从严治党责任、领导班子和基层党组织建设、巡察和审计发现问题整改\"}",
        STR_ARG(d->organiser.id), r->number, r->name, r->year, r->taxonomy, STR_ARG(date_text(d->s.arena, r->starts))));
    for (int t = 0; t < 2; t++)
        TRY(make_team(d, &round, t, &teams[t]));
    for (int i = 0; i < r->units; i++)
        TRY(script_dof(d->c, &d->s, USE_INSPECTION_PLAN, NULL, &d->inspections[r->first_unit + i],
            "{\"round\":\"%.*s\",\"team\":\"%.*s\",\"unit\":\"%.*s\"}", STR_ARG(round.id), STR_ARG(teams[i % 2].id),
            STR_ARG(d->units[r->first_unit + i].id)));
    d->out->rounds++;
    return authorise(d, r, &round);
}

static Status move_inspection(Demo *d, int unit, OperationId use, Date day)
{
    set_day(d, day);
    return script_dof(d->c, &d->s, use, &d->inspections[unit], &d->inspections[unit], "{}");
}

/* --- papers and findings ------------------------------------------------------------------------------------------ */

static Status sign_paper(Demo *d, const char *const people[4], Made *paper, Date day)
{
    static const Role signing[] = { ROLE_LIAISON, ROLE_MEMBER, ROLE_DEPUTY, ROLE_HEAD };
    static const int who[] = { 2, 3, 1, 0 };
    for (int i = 0; i < 4; i++) {
        act_as(d, people[who[i]], signing[i], day);
        TRY(script_dof(d->c, &d->s, USE_PAPER_SIGN, paper, paper, "{\"opinion\":\"同意\"}"));
        day = i == 1 ? working(date_add_days(day, 2)) : day;
    }
    return ST_OK;
}

static Status write_paper(
    Demo *d, const DemoRound *r, int unit, const DemoFinding *f, Date day, Str text, int64_t fen, Made *out)
{
    const char *const *people = team_people[(unit - r->first_unit) % 2];
    act_as(d, people[2], ROLE_LIAISON, day);
    Str amount = fen ? str_format(d->s.arena, ",\"amount_fen\":%lld,\"figures_source\":\"%d年财务凭证抽查表\"",
                           (long long)fen, r->year - 1)
                     : STR_NONE;
    TRY(script_dof(d->c, &d->s, USE_PAPER_WRITE, NULL, out,
        "{\"inspection\":\"%.*s\",\"title\":\"%s\",\"category\":\"%s.%d\",\"nature\":\"general\",\"manifestation\":\"%."
        "*s\",\"basis\":\"%s\","
        "\"qualification\":\"%s\",\"source\":\"files\",\"method\":\"调阅资料并与经办科室核对\",\"process\":"
        "\"查阅会议记录、凭证和台账，抽样核对后形成。\","
        "\"responsible_body\":\"%s\",\"collector\":\"%.*s\",\"checker\":\"%.*s\"%.*s}",
        STR_ARG(d->inspections[unit].id), f->title, r->taxonomy, f->node + 1, STR_ARG(text), f->basis, f->title,
        demo_units[unit].name, STR_ARG(d->people[person_at(people[2])].id), STR_ARG(d->people[person_at(people[3])].id),
        STR_ARG(amount)));
    TRY(script_attach(d->c, &d->s, "papers", out->id, d->inspections[unit].id, "调阅资料摘录.txt", text));
    return ST_OK;
}

static Status draw_finding(
    Demo *d, const DemoRound *r, int unit, const DemoFinding *f, const Made *paper, Date day, Str text, int64_t fen)
{
    const char *const *people = team_people[(unit - r->first_unit) % 2];
    Str amount = fen ? str_format(d->s.arena, ",\"amount_fen\":%lld", (long long)fen) : STR_NONE;
    act_as(d, people[0], ROLE_HEAD, day);
    d->out->findings++;
    return script_dof(d->c, &d->s, USE_FINDING_DRAW, NULL, NULL,
        "{\"inspection\":\"%.*s\",\"title\":\"%s\",\"text\":\"%.*s\",\"category\":\"%s.%d\",\"severity\":\"%s\","
        "\"papers\":[\"%.*s\"]%.*s}",
        STR_ARG(d->inspections[unit].id), f->title, STR_ARG(text), r->taxonomy, f->node + 1,
        draw(d, 5) ? "minor" : "serious", STR_ARG(paper->id), STR_ARG(amount));
}

static Status inspect_unit(Demo *d, const DemoRound *r, int unit, int findings)
{
    Date half = working(date_add_days(r->enters, 24));
    for (int i = 0; i < findings; i++) {
        const DemoFinding *f = &demo_findings[((size_t)unit * 7 + (size_t)i * 11 + draw(d, 3)) % demo_finding_count];
        Date day = working(date_add_days(half, (int)draw(d, 12)));
        Str text = str_format(d->s.arena, f->text, r->year - 1, (int)draw(d, 6) + 2);
        int64_t fen = f->fen ? (int64_t)f->fen * 100000 + draw(d, 99999) : 0;
        Made paper;
        TRY(write_paper(d, r, unit, f, day, text, fen, &paper));
        TRY(sign_paper(d, team_people[(unit - r->first_unit) % 2], &paper, day));
        TRY(draw_finding(d, r, unit, f, &paper, working(date_add_days(day, 3)), text, fen));
    }
    tell(d);
    return ST_OK;
}

/* --- report, feedback, rectification ---------------------------------------------------------------------------------
 */

static Status tell_unit(Demo *d, const DemoRound *r, int unit, Made *feedback)
{
    static const OperationId steps[] = { USE_INSPECTION_LEAVE, USE_INSPECTION_REPORT, USE_INSPECTION_CONSULT,
        USE_INSPECTION_DELIBERATE, USE_INSPECTION_HEAR };
    const Date days[] = { r->leaves, r->reported, r->consulted, r->deliberated, r->heard };
    act_as(d, "office", ROLE_OFFICE, r->leaves);
    for (int i = 0; i < 5; i++)
        TRY(move_inspection(d, unit, steps[i], days[i]));
    set_day(d, r->fed_back);
    TRY(script_dof(d->c, &d->s, USE_FEEDBACK_DRAFT, NULL, feedback,
        "{\"inspection\":\"%.*s\",\"number\":\"示巡反〔%d〕%d号\",\"evaluation\":"
        "\"能够落实上级部署，工作总体平稳，但党建与业务结合不够紧密，内部管理有薄弱环节。\","
        "\"demands\":\"请于反馈之日起两个月内报送整改进展情况报告和主要负责人组织落实情况报告。\",\"present\":"
        "\"领导小组成员、市纪委监委和市委组织部有关同志\"}",
        STR_ARG(d->inspections[unit].id), r->year, r->number * 100 + unit + 1));
    TRY(script_dof(d->c, &d->s, USE_FEEDBACK_DELIVER, feedback, feedback, "{}"));
    act_locally(d, r->fed_back);
    return script_dof(
        d->c, &d->s, USE_FEEDBACK_RECEIVE, feedback, NULL, "{\"received_by\":\"%s\"}", demo_units[unit].principal);
}

static Status items_of(Demo *d, int unit, Made *items, size_t room, size_t *count)
{
    Arena *arena = arena_new();
    Ctx c = app_ctx(d->s.app, arena);
    Param params[] = { { S("inspection"), d->inspections[unit].id }, { S("limit"), S("200") },
        { S("sort"), S("number") } };
    UseCase u = { .op = &operations[USE_RECORD_LIST],
        .app = d->s.app,
        .entity = entity_named(S("rectifications")),
        .params = params,
        .param_count = 3 };
    const Json *root;
    c.actor = &d->s.actor;
    Status status = gate_run_wait(&c, &u);
    if (status == ST_OK)
        status = json_read(&c, strbuf_str(&u.out), &root);
    *count = 0;
    const Json *list = status == ST_OK ? json_get(root, S("items")) : NULL;
    for (const Json *n = list ? list->first : NULL; n && *count < room; n = n->next)
        items[(*count)++] = (Made){ .id = str_copy(d->s.arena, json_text_or(json_get(n, S("id")), STR_NONE)),
            .version = json_int_or(json_get(n, S("version")), 0) };
    if (status != ST_OK)
        status = fail(d->c, status, "%.*s", "%.*s", STR_ARG(c.err.message));
    arena_done(arena);
    return status;
}

static Status answer_item(Demo *d, int unit, Made *item, Date day)
{
    act_for_unit(d, unit, day);
    TRY(script_dof(d->c, &d->s, USE_RECTIFICATION_EDIT, item, item,
        "{\"measures\":\"党组会专题研究，明确责任科室和时限；对照问题逐项核查，修订内部管理制度。\",\"leader\":\"%s\","
        "\"department\":\"办公室\"}",
        demo_units[unit].principal));
    TRY(script_dof(d->c, &d->s, USE_RECTIFICATION_START, item, item, "{}"));
    return script_dof(d->c, &d->s, USE_STATEMENT_ADD, NULL, NULL,
        "{\"rectification\":\"%.*s\",\"kind\":\"progress\",\"text\":\"已召开专题会议，制定整改方案，正在逐项落实。\"}",
        STR_ARG(item->id));
}

static Status close_item(Demo *d, int unit, Made *item, Date day)
{
    Str proof = S("整改佐证：会议纪要、修订后的制度文本、凭证复印件目录。\n");
    act_for_unit(d, unit, day);
    TRY(script_dof(d->c, &d->s, USE_RECTIFICATION_EDIT, item, item,
        "{\"result\":\"问题已纠正，相关制度已修订并执行。\",\"rules_made\":%u}", draw(d, 2)));
    TRY(script_attach(d->c, &d->s, "rectifications", item->id, d->inspections[unit].id, "整改佐证材料.txt", proof));
    TRY(script_dof(d->c, &d->s, USE_RECTIFICATION_APPLY, item, item, "{}"));
    act_as(d, "discipline", ROLE_DISCIPLINE, working(date_add_days(day, 4)));
    TRY(script_dof(d->c, &d->s, USE_RECTIFICATION_REVIEW, item, item, "{\"opinion\":\"佐证材料齐全，同意销号。\"}"));
    act_as(d, "office", ROLE_OFFICE, working(date_add_days(day, 8)));
    d->out->struck_off++;
    return script_dof(d->c, &d->s, USE_RECTIFICATION_STRIKE, item, item, "{\"opinion\":\"确认销号。\"}");
}

static Status rectify_unit(Demo *d, const DemoRound *r, int unit, int stays_open)
{
    Made items[64];
    size_t count;
    act_locally(d, r->fed_back);
    TRY(items_of(d, unit, items, 64, &count));
    for (size_t i = 0; i < count; i++) {
        Date begins = working(date_add_days(r->fed_back, 7 + (int)draw(d, 8)));
        TRY(answer_item(d, unit, &items[i], begins));
        if ((int)(count - i) > stays_open)
            TRY(close_item(d, unit, &items[i], working(date_add_days(begins, 20 + (int)draw(d, 60)))));
    }
    tell(d);
    return ST_OK;
}

static Status finish_round(Demo *d, const DemoRound *r)
{
    for (int i = 0; i < r->units; i++) {
        int unit = r->first_unit + i;
        Made feedback;
        act_as(d, "office", ROLE_OFFICE, r->notice);
        TRY(move_inspection(d, unit, USE_INSPECTION_NOTIFY, r->notice));
        TRY(move_inspection(d, unit, USE_INSPECTION_ENTER, r->enters));
        TRY(inspect_unit(d, r, unit, FINDINGS_A_UNIT + (int)draw(d, 2)));
        TRY(tell_unit(d, r, unit, &feedback));
        TRY(rectify_unit(d, r, unit, i < r->open));
    }
    return ST_OK;
}

/* The last round is on site today: rights are live, nothing is fed back yet. */
static Status begin_round(Demo *d, const DemoRound *r)
{
    for (int i = 0; i < r->units; i++) {
        int unit = r->first_unit + i;
        act_as(d, "office", ROLE_OFFICE, r->notice);
        TRY(move_inspection(d, unit, USE_INSPECTION_NOTIFY, r->notice));
        TRY(move_inspection(d, unit, USE_INSPECTION_ENTER, r->enters));
        TRY(inspect_unit(d, r, unit, i < 2 ? 2 : 1));
    }
    return ST_OK;
}

/* --- registers and instructions -------------------------------------------------------------------------------- */

static const char *body_of(Str maker)
{
    static const struct {
        const char *part;
        const char *body;
    } bodies_of[] = { { "领导小组", "leading_group" }, { "组织部", "organisation" }, { "纪委", "discipline" },
        { "巡察办", "office" } };
    for (size_t i = 0; i < sizeof bodies_of / sizeof bodies_of[0]; i++)
        if (str_find(maker, str_of(bodies_of[i].part), 0) != SIZE_MAX)
            return bodies_of[i].body;
    return "committee";
}

static Status enter_row(Demo *d, const Str *cell)
{
    static const struct {
        const char *name;
        EntityKind kind;
        const char *date;
        const char *further;
    } registers[] = { { "meetings", ENTITY_MEETING, "held_on", NULL },
        { "trainings", ENTITY_TRAINING, "held_on", "field" },
        { "publicity", ENTITY_PUBLICATION, "published_on", "occasion" },
        { "rules", ENTITY_REGULATION, "made_on", "stage" } };
    size_t r = 0;
    while (r + 1 < sizeof registers / sizeof registers[0] && !str_eq(cell[0], str_of(registers[r].name)))
        r++;
    Date day = DATE_NONE;
    if (!date_parse(cell[2], &day))
        return fail(
            d->c, ST_BROKEN, "演示数据日期有误：%.*s", "a date of the demo's data is wrong: %.*s", STR_ARG(cell[2]));
    Str further = registers[r].further && cell[6].len
                      ? str_format(d->s.arena, ",\"%s\":\"%.*s\"", registers[r].further, STR_ARG(cell[6]))
                      : STR_NONE;
    act_as(d, "office", ROLE_OFFICE, day);
    return script_enter(d->c, &d->s, registers[r].kind, NULL,
        "{\"organiser\":\"%.*s\",\"kind\":\"%.*s\",\"body\":\"%s\",\"%s\":\"%.*s\",\"maker\":\"%.*s\",\"number\":\"%.*"
        "s\","
        "\"title\":\"%.*s\"%.*s}",
        STR_ARG(d->organiser.id), STR_ARG(cell[1]), body_of(cell[3]), registers[r].date, STR_ARG(cell[2]),
        STR_ARG(cell[3]), STR_ARG(cell[4]), STR_ARG(cell[5]), STR_ARG(further));
}

static Status make_registers(Demo *d)
{
    DemoRows rows = demo_rows_of(DEMO_REGISTERS);
    while (demo_rows_next(&rows))
        TRY(enter_row(d, rows.cell));
    return ST_OK;
}

/* Handled within a month: those of the last month are still on their way. */
static Status make_instructions(Demo *d)
{
    DemoRows rows = demo_rows_of(DEMO_INSTRUCTIONS);
    int year = 0, number = 0;
    while (demo_rows_next(&rows)) {
        Made made;
        Date day = DATE_NONE;
        if (!date_parse(rows.cell[0], &day))
            return fail(d->c, ST_BROKEN, "演示数据日期有误", "a date of the demo's data is wrong");
        number = date_year(day) == year ? number + 1 : 1;
        year = date_year(day);
        act_as(d, "office", ROLE_OFFICE, day);
        TRY(script_dof(d->c, &d->s, USE_INSTRUCTION_ENTER, NULL, &made,
            "{\"organiser\":\"%.*s\",\"kind\":\"written\",\"issuer\":\"市委书记\",\"number\":\"示巡批〔%d〕%d号\","
            "\"issued_on\":\"%.*s\",\"text\":\"%.*s\",\"receiver\":\"市委巡察办\"}",
            STR_ARG(d->organiser.id), year, number, STR_ARG(rows.cell[0]), STR_ARG(rows.cell[1])));
        Date handled = working(date_add_days(day, 14 + (int)draw(d, 16)));
        if (handled > DEMO_TODAY)
            continue;
        set_day(d, handled);
        TRY(script_dof(d->c, &d->s, USE_INSTRUCTION_CLOSE, &made, NULL, "{\"opinion\":\"已按批示办理并报告。\"}"));
    }
    return ST_OK;
}

static Status make_all(Demo *d)
{
    TRY(make_rules(d));
    TRY(make_people(d));
    TRY(make_units(d));
    TRY(grant_posts(d));
    for (size_t i = 0; i < sizeof demo_rounds / sizeof demo_rounds[0]; i++) {
        TRY(make_round(d, &demo_rounds[i]));
        TRY(demo_rounds[i].fed_back ? finish_round(d, &demo_rounds[i]) : begin_round(d, &demo_rounds[i]));
    }
    TRY(make_registers(d));
    return make_instructions(d);
}

Status demo_make(Ctx *c, App *app, uint64_t seed, void (*progress)(int, void *), void *arg, DemoResult *out)
{
    *out = (DemoResult){ 0 };
    Demo *d = arena_new_of(c->arena, Demo);
    *d = (Demo){ .c = c,
        .s = { .app = app, .arena = c->arena, .lang = c->lang },
        .random = seed,
        .out = out,
        .all = PEOPLE + 8 * 2 + 8 * 2 + 4,
        .progress = progress,
        .progress_arg = arg };
    TRY(make_all(d));
    list_accounts(d);
    return ST_OK;
}
