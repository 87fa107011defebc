/* The rounds of the demo city: teams, decision, stays, papers and findings of each inspection. */
#include "service/demo_city.h"

#include <string.h>

enum { ROUND_UNITS_MAX = 16, ROUND_TEAMS_MAX = 7, OPEN_A_UNIT_MAX = 6, DAYS_AUTHORISED_BEYOND = 20 };

typedef struct RoundPlan {
    int number; /* 0: special */
    Str name;
    Str key; /* of a special one */
    Subject subject;
    Date starts, notice, enters, leaves, reported, consulted, deliberated, heard, fed_back;
    const char *taxonomy;
    const char *second;
    int findings;
    int open; /* of its items, on the last day */
} RoundPlan;

static const RoundPlan regular[CITY_ROUNDS] = {
    { 1, S_INIT("示例市委第一轮巡察"), S_INIT(""), SUBJECT_REGULAR, 20170406, 20170407, 20170412, 20170602, 20170616,
        20170626, 20170705, 20170712, 20170719, "T2", NULL, 262, 1 },
    { 2, S_INIT("示例市委第二轮巡察"), S_INIT(""), SUBJECT_REGULAR, 20170904, 20170906, 20170911, 20171103, 20171116,
        20171124, 20171206, 20171213, 20171220, "T2", NULL, 377, 1 },
    { 3, S_INIT("示例市委第三轮巡察"), S_INIT(""), SUBJECT_REGULAR, 20180502, 20180504, 20180509, 20180629, 20180712,
        20180720, 20180801, 20180815, 20180822, "T4", NULL, 431, 2 },
    { 4, S_INIT("示例市委第四轮巡察"), S_INIT(""), SUBJECT_REGULAR, 20180903, 20180905, 20180910, 20181102, 20181115,
        20181123, 20181205, 20181212, 20181219, "T4", NULL, 483, 3 },
    { 5, S_INIT("示例市委第五轮巡察"), S_INIT(""), SUBJECT_REGULAR, 20190304, 20190306, 20190311, 20190430, 20190515,
        20190523, 20190604, 20190612, 20190619, "T4", NULL, 497, 4 },
    { 6, S_INIT("示例市委第六轮巡察"), S_INIT(""), SUBJECT_REGULAR, 20190902, 20190904, 20190909, 20191101, 20191114,
        20191122, 20191204, 20191211, 20191218, "T5", NULL, 556, 6 },
    { 7, S_INIT("示例市委第七轮巡察"), S_INIT(""), SUBJECT_REGULAR, 20200506, 20200507, 20200512, 20200703, 20200716,
        20200724, 20200804, 20200812, 20200819, "T5", NULL, 498, 8 },
    { 8, S_INIT("示例市委第八轮巡察"), S_INIT(""), SUBJECT_REGULAR, 20200902, 20200904, 20200909, 20201030, 20201112,
        20201120, 20201202, 20201209, 20201216, "T6", "T5", 549, 11 },
    { 9, S_INIT("示例市委第九轮巡察"), S_INIT(""), SUBJECT_REGULAR, 20210301, 20210303, 20210308, 20210429, 20210513,
        20210521, 20210602, 20210609, 20210616, "T6", "T5", 520, 18 },
};

/* Reported, consulted, before the leading group, heard, fed back: the meetings are those of the register. */
static const struct {
    const char *key;
    Subject subject;
    Date days[5];
} special_course[] = {
    { "key", SUBJECT_PROJECTS, { 20180410, 20180412, 20180418, 20180425, 20180503 } },
    { "sand", SUBJECT_FUNDS, { 20190603, 20190603, 20190604, 20190703, 20190710 } },
    { "expressway", SUBJECT_PROJECTS, { 20201120, 20201125, 20201202, 20201209, 20201223 } },
    { "gov", SUBJECT_PROJECTS, { 20210531, 20210601, 20210602, 20210707, 20210714 } },
    { "s5", SUBJECT_FUNDS, { 20170814, 20170821, 20170830, 20171213, 20171221 } },
    { "s6", SUBJECT_FUNDS, { 20180720, 20180725, 20180801, 20180815, 20180824 } },
    { "s7", SUBJECT_FUNDS, { 20200113, 20200116, 20200428, 20200812, 20200821 } },
    { "s8", SUBJECT_FUNDS, { 20200814, 20200819, 20200826, 20201209, 20201217 } },
    { "s9", SUBJECT_FUNDS, { 0, 0, 0, 0, 0 } },
};

int64_t city_findings_planned(void)
{
    int64_t sum = 0;
    for (int i = 0; i < CITY_ROUNDS; i++)
        sum += regular[i].findings;
    DemoRows rows = demo_rows_of(DEMO_SPECIAL);
    int64_t n;
    while (demo_rows_next(&rows))
        sum += str_to_int(rows.cell[5], &n) ? n : 0;
    return sum;
}

Date city_round_day(int round)
{
    return regular[round].starts;
}

/* --- a round on its way ------------------------------------------------------------------------------------------ */

typedef struct RoundTeam {
    Made made;
    const Player *members[STAY_TEAM_MAX];
    int size;
} RoundTeam;

typedef struct RoundUnit {
    CityUnit *u;
    Stay stay;
    int findings;
    OpenSlot open[OPEN_A_UNIT_MAX];
    int open_count;
} RoundUnit;

typedef struct RoundPlay {
    City *city;
    const RoundPlan *plan;
    Made round;
    RoundTeam teams[ROUND_TEAMS_MAX];
    int team_count;
    RoundUnit units[ROUND_UNITS_MAX];
    int unit_count;
    int now; /* the unit whose inspection is played */
    Str projects[64];
    int project_count;
} RoundPlay;

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

static Status begin_round(Ctx *c, void *arg)
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

static Fault next_fault_empty(void)
{
    return (Fault){ .fen = 0 };
}

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
    Fault f = next_fault_empty();
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
        Fault f = next_fault_empty();
        bool waits = i < ru->open_count;
        if (waits)
            fault_of_open(city, ru->u, &city->open[ru->open[i].row], plan->taxonomy, plan->second, plan->starts, &f);
        else
            TRY(fault_pick(city, ru->u, plan->subject, plan->taxonomy, plan->second, plan->starts, &f));
        TRY(find_one(r, ru, &f, !waits));
    }
    return ST_OK;
}

static Status play_unit(Ctx *c, void *arg)
{
    (void)c;
    RoundPlay *r = arg;
    City *city = r->city;
    RoundUnit *ru = &r->units[r->now];
    TRY(stay_begin(city->st, &ru->stay, &city->posts[POST_OFFICE]));
    TRY(find_all(r, ru));
    if (!r->plan->fed_back)
        return ST_OK;
    ru->stay.number = ++city->feedbacks[date_year(ru->stay.fed_back) - CITY_FIRST_YEAR];
    TRY(stay_tell(city->st, &ru->stay, &city->posts[POST_OFFICE]));
    return city_rectify(city, ru->u, &ru->stay, r->plan->number > 0, r->plan->number, ru->open, ru->open_count);
}

/* What a job keeps between its steps is gone after it. */
static Status bulk_and_forget(RoundPlay *r, ScriptSteps *steps)
{
    Stage *st = r->city->st;
    ArenaMark mark = arena_mark(st->s.arena);
    Status status = script_bulk(st->c, &st->s, steps, r);
    if (status == ST_OK)
        arena_reset(st->s.arena, mark);
    return status;
}

static Status play_units(RoundPlay *r)
{
    for (r->now = 0; r->now < r->unit_count; r->now++) {
        TRY(bulk_and_forget(r, play_unit));
        stage_tell(r->city->st, r->units[r->now].findings);
    }
    return ST_OK;
}

/* --- how much at which unit --------------------------------------------------------------------------------------- */

static void share_findings(RoundPlay *r)
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

/* The causes of all that stays open, in the order of the rounds; and in what state: the old ones are long-term, three
 * of the last round are overdue. */
static Str next_cause(City *city)
{
    static const struct {
        const char *cause;
        int all;
    } causes[] = { { "debts", 13 }, { "titles", 11 }, { "settlement", 9 }, { "reform", 8 }, { "history", 6 },
        { "policy", 4 }, { "building", 3 } };
    int best = 0;
    for (int i = 1; i < 7; i++)
        if ((city->cause_given[i] + 1) * causes[best].all < (city->cause_given[best] + 1) * causes[i].all)
            best = i;
    city->cause_given[best]++;
    return str_of(causes[best].cause);
}

static Wait wait_of(int slot)
{
    enum { LONG = 23, BASIC_TO = 33, EXTENDED_TO = 36, BASIC_AGAIN_TO = 40, OVERDUE_FROM = 51 };
    if (slot < LONG)
        return WAIT_LONG;
    if (slot < BASIC_TO || (slot >= EXTENDED_TO && slot < BASIC_AGAIN_TO))
        return WAIT_BASIC;
    return slot >= OVERDUE_FROM ? WAIT_OVERDUE : WAIT_EXTENDED;
}

static int row_for(City *city, Str cause, const CityUnit *u)
{
    int best = -1;
    for (int i = 0; i < city->open_count; i++) {
        const OpenRow *row = &city->open[i];
        if (str_eq(row->cause, cause) && kind_fits(row->kinds, u->kind) &&
            (best < 0 || row->uses < city->open[best].uses))
            best = i;
    }
    return best;
}

/* The unit with the fewest so far that the cause fits. A unit that ends before the last day has none. */
static void share_open(RoundPlay *r)
{
    City *city = r->city;
    for (int n = 0; n < r->plan->open; n++) {
        Str cause = next_cause(city);
        RoundUnit *best = NULL;
        for (int i = 0; i < r->unit_count; i++) {
            RoundUnit *ru = &r->units[(i + city->open_given) % r->unit_count];
            if (!ru->u->ends && row_for(city, cause, ru->u) >= 0 && (!best || ru->open_count < best->open_count))
                best = ru;
        }
        if (!best || best->open_count == OPEN_A_UNIT_MAX)
            continue;
        int row = row_for(city, cause, best->u);
        city->open[row].uses++;
        best->open[best->open_count++] = (OpenSlot){ row, wait_of(city->open_given++) };
    }
}

/* --- regular rounds ------------------------------------------------------------------------------------------------
 */

static Status add_unit(RoundPlay *r, Str code)
{
    CityUnit *u = city_unit(r->city, code);
    if (!u || !u->registered || r->unit_count == ROUND_UNITS_MAX)
        return fail(r->city->st->c, ST_BROKEN, "演示数据中的单位代码有误：%.*s",
            "no such unit in the demo's data: %.*s", STR_ARG(code));
    r->units[r->unit_count++].u = u;
    return ST_OK;
}

Status city_round(City *city, int round)
{
    RoundPlay *r = arena_new_of(city->st->s.arena, RoundPlay);
    DemoRows rows = demo_rows_of(DEMO_ROUNDS);
    int64_t number;
    *r = (RoundPlay){ .city = city, .plan = &regular[round] };
    while (demo_rows_next(&rows))
        if (str_to_int(rows.cell[0], &number) && number == round + 1)
            TRY(add_unit(r, rows.cell[1]));
    r->team_count = r->unit_count <= 8 ? 5 : r->unit_count <= 12 ? 6 : ROUND_TEAMS_MAX;
    share_findings(r);
    share_open(r);
    TRY(script_bulk(city->st->c, &city->st->s, begin_round, r));
    city->st->out->rounds++;
    return play_units(r);
}

/* --- special inspections ---------------------------------------------------------------------------------------------
 */

static bool special_row(int special, DemoRows *rows)
{
    *rows = demo_rows_of(DEMO_SPECIAL);
    bool has = demo_rows_next(rows);
    while (has && special-- > 0)
        has = demo_rows_next(rows);
    return has;
}

int city_specials(City *city)
{
    (void)city;
    DemoRows rows;
    int n = 0;
    while (special_row(n, &rows))
        n++;
    return n;
}

Date city_special_day(City *city, int special)
{
    DemoRows rows;
    enum { DECIDED_BEFORE = -3 };
    if (!special_row(special, &rows))
        return DATE_NONE;
    return stage_working(city->st, date_add_days(demo_date(rows.cell[2]), DECIDED_BEFORE));
}

static const char *taxonomy_then(Date day)
{
    return day < 20180501 ? "T2" : day < 20190901 ? "T4" : day < 20200901 ? "T5" : "T6";
}

static Status read_special(City *city, int special, RoundPlan *plan, Str *units)
{
    DemoRows rows;
    int64_t findings = 0;
    if (!special_row(special, &rows) || !str_to_int(rows.cell[5], &findings))
        return fail(city->st->c, ST_BROKEN, "演示数据中的专项巡察有误", "a special inspection of the data is wrong");
    *plan = (RoundPlan){ .name = str_format(city->st->s.arena, "示例市委%.*s", STR_ARG(rows.cell[1])),
        .key = rows.cell[0],
        .starts = city_special_day(city, special),
        .enters = demo_date(rows.cell[2]),
        .leaves = demo_date(rows.cell[3]),
        .findings = (int)findings };
    plan->notice = plan->starts;
    plan->taxonomy = taxonomy_then(plan->starts);
    for (size_t i = 0; i < sizeof special_course / sizeof special_course[0]; i++) {
        const Date *days = special_course[i].days;
        if (!str_eq(plan->key, str_of(special_course[i].key)))
            continue;
        plan->subject = special_course[i].subject;
        plan->reported = days[0], plan->consulted = days[1], plan->deliberated = days[2], plan->heard = days[3];
        plan->fed_back = days[4];
    }
    *units = rows.cell[4];
    return ST_OK;
}

static Str money(Stage *st, const char *name, Str wan)
{
    int64_t n;
    if (!str_to_int(wan, &n))
        return STR_NONE;
    return str_format(st->s.arena, ",\"%s\":%lld", name, (long long)(n * 1000000));
}

static Str day_member(Stage *st, const char *name, Str day)
{
    return day.len ? str_format(st->s.arena, ",\"%s\":\"%.*s\"", name, STR_ARG(day)) : STR_NONE;
}

static Status add_cooperating(RoundPlay *r, Str project, Str codes)
{
    Stage *st = r->city->st;
    Str code;
    while (str_cut(&codes, ',', &code)) {
        const CityUnit *u = city_unit(r->city, code);
        if (u && u->registered)
            TRY(script_dof(st->c, &st->s, USE_PROJECT_UNIT_ADD, NULL, NULL,
                "{\"project\":\"%.*s\",\"unit\":\"%.*s\",\"part\":\"cooperating\"}", STR_ARG(project),
                STR_ARG(u->made.id)));
    }
    return ST_OK;
}

static Status add_project(RoundPlay *r, const Str *cell)
{
    Stage *st = r->city->st;
    const CityUnit *leading = city_unit(r->city, cell[3]);
    Made project;
    TRY(script_dof(st->c, &st->s, USE_PROJECT_ENTER, NULL, &project,
        "{\"round\":\"%.*s\",\"unit\":\"%.*s\",\"name\":\"%.*s\",\"kind\":\"%.*s\"%.*s%.*s%.*s%.*s%.*s%.*s}",
        STR_ARG(r->round.id), STR_ARG(leading->made.id), STR_ARG(cell[1]), STR_ARG(cell[2]),
        STR_ARG(day_member(st, "planned_start", cell[4])), STR_ARG(day_member(st, "actual_start", cell[5])),
        STR_ARG(day_member(st, "planned_finish", cell[6])), STR_ARG(day_member(st, "actual_finish", cell[7])),
        STR_ARG(money(st, "estimate_fen", cell[8])), STR_ARG(money(st, "paid_fen", cell[9]))));
    r->projects[r->project_count++] = project.id;
    return add_cooperating(r, project.id, cell[10]);
}

/* Its focus list and its projects; the rest as in any round. */
static Status begin_special(Ctx *c, void *arg)
{
    RoundPlay *r = arg;
    Stage *st = r->city->st;
    TRY(begin_round(c, arg));
    DemoRows rows = demo_rows_of(DEMO_FOCUS);
    while (demo_rows_next(&rows))
        if (str_eq(rows.cell[0], r->plan->key))
            TRY(script_dof(st->c, &st->s, USE_FOCUS_ADD, NULL, NULL, "{\"round\":\"%.*s\",\"text\":\"%.*s\"}",
                STR_ARG(r->round.id), STR_ARG(rows.cell[1])));
    rows = demo_rows_of(DEMO_PROJECTS);
    while (demo_rows_next(&rows))
        if (str_eq(rows.cell[0], r->plan->key))
            TRY(add_project(r, rows.cell));
    return ST_OK;
}

/* On site on the last day: some papers in every state, and what is signed off is drawn already. */
static Status begin_on_site(Ctx *c, void *arg)
{
    (void)c;
    RoundPlay *r = arg;
    City *city = r->city;
    Stage *st = city->st;
    RoundUnit *ru = &r->units[r->now];
    const Stay *stay = &ru->stay;
    static const Date days[] = { 20211018, 20211019, 20211021, 20211025, 20211026, 20211028 };
    enum { SENT_BACK = 3 };
    TRY(stay_begin(st, &ru->stay, &city->posts[POST_OFFICE]));
    for (int i = 0; i < 6; i++) {
        Fault f = next_fault_empty();
        Made paper;
        TRY(fault_pick(city, ru->u, r->plan->subject, r->plan->taxonomy, NULL, r->plan->starts, &f));
        TRY(stay_write(st, stay, &f, 2, 3, days[i], &paper));
        if (i == 5)
            continue; /* still a draft */
        TRY(stay_sign_authors(st, stay, 2, 3, &paper, days[i]));
        if (i == 4)
            continue; /* waits for the deputy */
        if (i == SENT_BACK)
            TRY(stay_return_once(st, stay, 2, 3, &paper, stage_later(st, days[i], 1)));
        else
            TRY(stay_sign_off(st, stay, &paper, stage_later(st, days[i], 1), stage_later(st, days[i], 2)));
        if (i < 2)
            TRY(stay_find(st, stay, &f, &paper, 1, stage_later(st, days[i], 3)));
    }
    return ST_OK;
}

Status city_special(City *city, int special)
{
    RoundPlay *r = arena_new_of(city->st->s.arena, RoundPlay);
    RoundPlan *plan = arena_new_of(city->st->s.arena, RoundPlan);
    Str units, code;
    *r = (RoundPlay){ .city = city, .plan = plan };
    TRY(read_special(city, special, plan, &units));
    while (str_cut(&units, ',', &code))
        TRY(add_unit(r, code));
    r->team_count = r->unit_count > 4 ? 2 : 1;
    share_findings(r);
    TRY(script_bulk(city->st->c, &city->st->s, begin_special, r));
    city->st->out->specials++;
    if (plan->fed_back)
        return play_units(r);
    for (r->now = 0; r->now < r->unit_count; r->now++)
        TRY(bulk_and_forget(r, begin_on_site));
    return ST_OK;
}
