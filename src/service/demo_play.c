#include "service/demo_play.h"

#include <string.h>

/* --- teams and the decision ------------------------------------------------------------------------------------- */

static Date authorised_to(const RoundPlan *plan)
{
    return date_add_days(plan->leaves, DAYS_AUTHORISED_BEYOND);
}

/* Heads, deputies and members take turns; nobody stands in two authorisations. */
static const Player *next_free(City *city, int post, Date from, Date to)
{
    static const int first[] = { 0, 36, 86, CITY_PEOPLE_MAX };
    int end = post == 2 ? city->people_count : first[post + 1];
    for (int i = first[post]; i < end; i++) {
        Player *p = &city->people[first[post] + city->next[post]++ % (end - first[post])];
        if (p->busy_until >= from)
            continue;
        p->busy_until = to;
        return p;
    }
    return NULL;
}

static Status gather_team(RoundPlay *r, RoundTeam *t)
{
    static const int reserved[] = { SITE_HEAD, SITE_DEPUTY, SITE_LIAISON, SITE_MEMBER };
    City *city = r->city;
    enum { LEAST = 6 };
    bool on_site = !r->plan->fed_back && t == &r->teams[0];
    t->size = on_site ? LEAST : LEAST + (int)stage_draw(city->st, STAY_TEAM_MAX - LEAST + 1);
    for (int i = 0; i < t->size; i++) {
        if (on_site && i < (int)(sizeof reserved / sizeof reserved[0])) {
            t->members[i] = &city->people[reserved[i]];
            continue;
        }
        int duty = stay_duty(i, t->size);
        int post = duty == DUTY_HEAD ? 0 : duty == DUTY_DEPUTY ? 1 : 2;
        t->members[i] = next_free(city, post, r->plan->starts, authorised_to(r->plan));
        if (!t->members[i])
            return fail(city->st->c, ST_BROKEN, "巡察人才库人手不足", "the pool has nobody left");
    }
    return ST_OK;
}

static Status form_team(RoundPlay *r, int number)
{
    static const char *const numerals[ROUND_TEAMS_MAX] = { "一", "二", "三", "四", "五", "六", "七" };
    Stage *st = r->city->st;
    RoundTeam *t = &r->teams[number];
    TRY(gather_team(r, t));
    TRY(script_dof(st->c, &st->s, USE_TEAM_FORM, NULL, &t->made, "{\"round\":\"%.*s\",\"name\":\"市委第%s巡察组\"}",
        STR_ARG(r->round.id), numerals[number]));
    for (int i = 0; i < t->size; i++)
        TRY(script_dof(st->c, &st->s, USE_MEMBER_ADD, NULL, NULL,
            "{\"team\":\"%.*s\",\"person\":\"%.*s\",\"duty\":\"%.*s\"}", STR_ARG(t->made.id),
            STR_ARG(t->members[i]->person.id), STR_ARG(choice_name(&duties, stay_duty(i, t->size)))));
    return ST_OK;
}

static Status authorise(RoundPlay *r)
{
    City *city = r->city;
    Stage *st = city->st;
    Made decision;
    int year = date_year(r->plan->starts);
    Str from = date_text(st->s.arena, r->plan->starts);
    int number = ++city->decisions[year - CITY_FIRST_YEAR];
    TRY(script_dof(st->c, &st->s, USE_AUTHORISATION_DRAFT, NULL, &decision,
        "{\"round\":\"%.*s\",\"number\":\"示巡组〔%d〕%d号\",\"decided_by\":\"市委巡察工作领导小组\",\"decided_on\":\"%"
        ".*s\",\"valid_from\":\"%.*s\",\"valid_to\":\"%.*s\"}",
        STR_ARG(r->round.id), year, number, STR_ARG(from), STR_ARG(from),
        STR_ARG(date_text(st->s.arena, authorised_to(r->plan)))));
    return script_dof(
        st->c, &st->s, USE_AUTHORISATION_ENFORCE, &decision, NULL, "{\"on_behalf_of\":\"市委巡察工作领导小组\"}");
}

static Status open_round(RoundPlay *r)
{
    Stage *st = r->city->st;
    const RoundPlan *plan = r->plan;
    Str number = plan->number ? str_format(st->s.arena, "\"number\":%d,", plan->number) : STR_NONE;
    Str second = plan->second ? str_format(st->s.arena, "\"taxonomy2\":\"%s\",", plan->second) : STR_NONE;
    Str ends = plan->fed_back ? str_format(st->s.arena, "\"ends_on\":\"%.*s\",",
                                    STR_ARG(date_text(st->s.arena, authorised_to(plan))))
                              : STR_NONE;
    return script_dof(st->c, &st->s, USE_ROUND_OPEN, NULL, &r->round,
        "{\"organiser\":\"%.*s\",\"term\":\"示例市第十三届\",\"type\":\"%s\",%.*s%.*s%.*s\"name\":\"%.*s\",\"year\":%d,"
        "\"taxonomy\":\"%s\",\"starts_on\":\"%.*s\",\"focus\":\"%s\"}",
        STR_ARG(st->organiser.id), plan->number ? "regular" : "special", STR_ARG(number), STR_ARG(second),
        STR_ARG(ends), STR_ARG(plan->name), date_year(plan->starts), plan->taxonomy,
        STR_ARG(date_text(st->s.arena, plan->starts)),
        plan->number ? "贯彻落实党的路线方针政策、全面从严治党责任、领导班子和基层党组织建设、巡察和审计发现问题整改"
                     : "按专项巡察方案确定的重点监督内容，查找责任落实、资金使用和项目管理中的问题，推动解决");
}

/* Two units a team, most of them; the team's stay at both is the same. */
static Status plan_inspections(RoundPlay *r)
{
    City *city = r->city;
    Stage *st = city->st;
    const RoundPlan *plan = r->plan;
    for (int i = 0; i < r->unit_count; i++) {
        RoundUnit *ru = &r->units[i];
        const RoundTeam *team = &r->teams[i % r->team_count];
        Made inspection;
        TRY(script_dof(st->c, &st->s, USE_INSPECTION_PLAN, NULL, &inspection,
            "{\"round\":\"%.*s\",\"team\":\"%.*s\",\"unit\":\"%.*s\"}", STR_ARG(r->round.id), STR_ARG(team->made.id),
            STR_ARG(ru->u->made.id)));
        ru->stay = (Stay){ .inspection = inspection,
            .unit_name = city_unit_name(ru->u, plan->starts),
            .principal = city_principal(ru->u, plan->fed_back ? plan->fed_back : plan->starts),
            .team_size = team->size,
            .notice = plan->notice,
            .enters = plan->enters,
            .leaves = plan->leaves,
            .reported = plan->reported,
            .consulted = plan->consulted,
            .deliberated = plan->deliberated,
            .heard = plan->heard };
        memcpy(ru->stay.team, team->members, sizeof ru->stay.team);
        if (plan->fed_back)
            ru->stay.fed_back = stage_later(st, plan->fed_back, i / 3);
    }
    return ST_OK;
}

Status play_begin(Ctx *c, void *arg)
{
    (void)c;
    RoundPlay *r = arg;
    Stage *st = r->city->st;
    stage_as(st, &r->city->posts[POST_OFFICE], ROLE_OFFICE, r->plan->starts);
    TRY(open_round(r));
    for (int i = 0; i < r->team_count; i++)
        TRY(form_team(r, i));
    TRY(plan_inspections(r));
    return authorise(r);
}

/* --- what is found at one unit ----------------------------------------------------------------------------------- */

static void fix_at_once(RoundPlay *r, Fault *f, Date found)
{
    City *city = r->city;
    Date fixed = stage_later(city->st, found, 2 + (int)stage_draw(city->st, 3));
    f->fixed_on = fixed > r->plan->leaves ? r->plan->leaves : fixed;
    f->fix_result = fault_answer(city, city_theme(f->theme), true);
}

/* One or two papers carry a finding, and one in ten leads nowhere: it is not used, or merged. */
static Status write_papers(RoundPlay *r, const RoundUnit *ru, const Fault *f, Date day, Made papers[2], int *count)
{
    Stage *st = r->city->st;
    *count = 1 + (stage_draw(st, 100) < 20);
    for (int i = 0; i < *count; i++) {
        int others = ru->stay.team_size - 2;
        int author = 2 + (int)stage_draw(st, (uint32_t)others);
        int checker = 2 + (author - 2 + 1 + (int)stage_draw(st, (uint32_t)others - 1)) % others;
        Date reviewed = stage_later(st, day, 1);
        TRY(stay_write(st, &ru->stay, f, author, checker, day, &papers[i]));
        TRY(stay_sign_authors(st, &ru->stay, author, checker, &papers[i], day));
        if (stage_draw(st, 5) == 0) {
            TRY(stay_return_once(st, &ru->stay, author, checker, &papers[i], reviewed));
            reviewed = stage_later(st, reviewed, 2);
        }
        TRY(stay_sign_off(st, &ru->stay, &papers[i], reviewed, stage_later(st, reviewed, 1)));
    }
    return ST_OK;
}

static Status write_in_vain(RoundPlay *r, RoundUnit *ru, const Made *target, Date day)
{
    City *city = r->city;
    Stage *st = city->st;
    Fault f = { .fen = 0 };
    Made paper;
    TRY(fault_pick(city, ru->u, r->plan->subject, r->plan->taxonomy, r->plan->second, r->plan->starts, &f));
    TRY(stay_write(st, &ru->stay, &f, 2, 3, day, &paper));
    stage_as(st, ru->stay.team[0], ROLE_HEAD, stage_later(st, day, 2));
    if (stage_draw(st, 2))
        return script_dof(
            st->c, &st->s, USE_PAPER_DROP, &paper, NULL, "{\"reason\":\"经核实情况与初步反映不一致，不予采用。\"}");
    return script_dof(st->c, &st->s, USE_PAPER_MERGE, &paper, NULL,
        "{\"reason\":\"与另一份底稿反映同一事项，合并表述。\",\"target\":\"%.*s\"}", STR_ARG(target->id));
}

static Status find_one(RoundPlay *r, RoundUnit *ru, Fault *f, bool may_fix)
{
    enum { DAYS_TO_SIGN = 9, AT_ONCE = 6, IN_VAIN = 10 };
    City *city = r->city;
    Stage *st = city->st;
    Made papers[2];
    int count;
    int stay_days = date_days_between(ru->stay.enters, ru->stay.leaves);
    int late = stay_days / 2 - DAYS_TO_SIGN;
    Date day = stage_working(
        st, date_add_days(ru->stay.enters, stay_days / 2 - 2 + (int)stage_draw(st, (uint32_t)(late > 1 ? late : 1))));
    if (may_fix && stage_draw(st, 100) < AT_ONCE)
        fix_at_once(r, f, day);
    if (r->project_count)
        f->project = r->projects[stage_draw(st, (uint32_t)r->project_count)];
    TRY(write_papers(r, ru, f, day, papers, &count));
    Date found = stage_working(st, date_add_days(ru->stay.leaves, -1));
    TRY(stay_find(st, &ru->stay, f, papers, count, found > ru->stay.leaves ? ru->stay.leaves : found));
    if (stage_draw(st, 100) < IN_VAIN)
        TRY(write_in_vain(r, ru, &papers[0], day));
    return ST_OK;
}

static Status find_all(RoundPlay *r, RoundUnit *ru)
{
    City *city = r->city;
    const RoundPlan *plan = r->plan;
    for (int i = 0; i < ru->findings; i++) {
        Fault f = { .fen = 0 };
        bool waits = i < ru->open_count;
        if (waits)
            fault_of_open(city, ru->u, &city->open[ru->open[i].row], plan->taxonomy, plan->second, plan->starts, &f);
        else
            TRY(fault_pick(city, ru->u, plan->subject, plan->taxonomy, plan->second, plan->starts, &f));
        TRY(find_one(r, ru, &f, !waits));
    }
    return ST_OK;
}

/* The notices of the last rounds went out of this system; those before were typed elsewhere. */
static Status issue_notice(City *city, const Stay *stay)
{
    Stage *st = city->st;
    if (date_year(stay->notice) < date_year(DEMO_TODAY))
        return ST_OK;
    stage_as(st, &city->posts[POST_OFFICE], ROLE_OFFICE, stay->notice);
    return stage_paper(st, "notice", stay->inspection.id,
        str_format(st->s.arena, "关于对%.*s开展巡察的通知", STR_ARG(stay->unit_name)),
        S("示例市委巡察工作领导小组办公室"), "示巡办", stay->notice);
}

static Status play_unit(Ctx *c, void *arg)
{
    enum { FACTS_FROM_ROUND = 8, FACTS_OF_EVERY = 4 };
    (void)c;
    RoundPlay *r = arg;
    City *city = r->city;
    RoundUnit *ru = &r->units[r->now];
    TRY(stay_begin(city->st, &ru->stay, &city->posts[POST_OFFICE]));
    TRY(issue_notice(city, &ru->stay));
    TRY(find_all(r, ru));
    if (!r->plan->fed_back)
        return ST_OK;
    ru->stay.number = ++city->feedbacks[date_year(ru->stay.fed_back) - CITY_FIRST_YEAR];
    ru->stay.facts_checked = r->plan->number >= FACTS_FROM_ROUND && ru->stay.number % FACTS_OF_EVERY == 0;
    TRY(stay_tell(city->st, &ru->stay, &city->posts[POST_OFFICE]));
    return city_rectify(city, ru->u, &ru->stay, r->plan->number > 0, r->plan->number, ru->open, ru->open_count);
}

/* What a job keeps between its steps is gone after it. */
Status play_job(RoundPlay *r, ScriptSteps *steps)
{
    Stage *st = r->city->st;
    ArenaMark mark = arena_mark(st->s.arena);
    Status status = script_bulk(st->c, &st->s, steps, r);
    if (status == ST_OK)
        arena_reset(st->s.arena, mark);
    return status;
}

Status play_units(RoundPlay *r)
{
    for (r->now = 0; r->now < r->unit_count; r->now++) {
        TRY(play_job(r, play_unit));
        stage_tell(r->city->st, r->units[r->now].findings);
    }
    return ST_OK;
}

/* --- how much at which unit --------------------------------------------------------------------------------------- */

void play_share_findings(RoundPlay *r)
{
    Stage *st = r->city->st;
    int weights[ROUND_UNITS_MAX];
    int sum = 0, given = 0;
    for (int i = 0; i < r->unit_count; i++)
        sum += weights[i] = 80 + (int)stage_draw(st, 41);
    for (int i = 0; i < r->unit_count; i++)
        given += r->units[i].findings = r->plan->findings * weights[i] / sum;
    for (int i = 0; given < r->plan->findings; i++, given++)
        r->units[i % r->unit_count].findings++;
}

Status play_add_unit(RoundPlay *r, Str code)
{
    CityUnit *u = city_unit(r->city, code);
    if (!u || !u->registered || r->unit_count == ROUND_UNITS_MAX)
        return fail(r->city->st->c, ST_BROKEN, "演示数据中的单位代码有误：%.*s",
            "no such unit in the demo's data: %.*s", STR_ARG(code));
    r->units[r->unit_count++].u = u;
    return ST_OK;
}
