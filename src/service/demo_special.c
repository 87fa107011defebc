/* The special inspections of the demo city: their projects and focus lists; one of them is on site on the last day. */
#include "service/demo_play.h"

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
    TRY(play_begin(c, arg));
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
        Fault f = { .fen = 0 };
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
        TRY(play_add_unit(r, code));
    r->team_count = r->unit_count > 4 ? 2 : 1;
    play_share_findings(r);
    TRY(script_bulk(city->st->c, &city->st->s, begin_special, r));
    city->st->out->specials++;
    if (plan->fed_back)
        return play_units(r);
    for (r->now = 0; r->now < r->unit_count; r->now++)
        TRY(play_job(r, begin_on_site));
    return ST_OK;
}
