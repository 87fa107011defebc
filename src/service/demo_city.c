/* The whole city: what data/demo says becomes a timeline, and the timeline is played from its first day. */
#include "service/demo_city.h"

#include "service/demo_filings.h"
#include "service/demo_plans.h"

#include <stdlib.h>

#define FIRST_DAY 20170103

/* --- reading data/demo ---------------------------------------------------------------------------------------- */

static Status full(City *city, const char *table)
{
    return fail(city->st->c, ST_BROKEN, "演示数据 %s 有误或过多", "the demo's %s are wrong or too many", table);
}

static Status read_units(City *city)
{
    DemoRows rows = demo_rows_of(DEMO_UNITS);
    while (demo_rows_next(&rows)) {
        const Str *x = rows.cell;
        if (city->unit_count == CITY_UNITS_MAX)
            return full(city, "units");
        city->units[city->unit_count++] = (CityUnit){ .code = x[0],
            .name = x[1],
            .kind = x[2],
            .sector = x[3],
            .principal = x[4],
            .leader = x[5],
            .group = x[6],
            .office = x[7],
            .established = demo_date(x[8]),
            .principal_before = x[9],
            .principal_from = demo_date(x[10]) };
    }
    return ST_OK;
}

/* The reform: old names, and the predecessors of those that were merged. */
static Status read_history(City *city)
{
    static const char *const principals[] = { "彭示坤", "谢示野", "邹示青", "段示云", "崔示川", "薛示平", "方示原",
        "石示禾", "贺示牧" };
    DemoRows rows = demo_rows_of(DEMO_HISTORY);
    size_t n = 0;
    while (demo_rows_next(&rows)) {
        const Str *x = rows.cell;
        CityUnit *u = city_unit(city, x[1]);
        if (!u || city->unit_count == CITY_UNITS_MAX)
            return full(city, "history");
        if (str_eq(x[0], S("rename"))) {
            u->name_before = x[2];
            u->renamed = demo_date(x[5]);
            continue;
        }
        city->units[city->unit_count++] = (CityUnit){ .code = x[3],
            .name = x[2],
            .kind = x[4],
            .sector = u->sector,
            .principal = str_of(principals[n++ % (sizeof principals / sizeof principals[0])]),
            .leader = u->leader,
            .group = S("市纪委监委派驻纪检监察组"),
            .office = u->office,
            .established = date_of(2004, 5, 1),
            .ends = demo_date(x[5]) };
    }
    return ST_OK;
}

static Status read_patterns(City *city)
{
    DemoRows rows = demo_rows_of(DEMO_FINDINGS);
    int64_t node;
    while (demo_rows_next(&rows)) {
        const Str *x = rows.cell;
        if (city->pattern_count == CITY_PATTERNS_MAX || city_theme(x[0]) < 0 || !str_to_int(x[2], &node))
            return full(city, "findings");
        city->patterns[city->pattern_count++] = (Pattern){ .theme = city_theme(x[0]),
            .kinds = x[1],
            .node = (int)node,
            .title = x[3],
            .text = x[4],
            .has_amount = str_eq(x[5], S("1")),
            .rule = x[6] };
    }
    rows = demo_rows_of(DEMO_RULES);
    while (demo_rows_next(&rows))
        for (int i = 0; i < city->pattern_count; i++)
            if (str_eq(city->patterns[i].rule, rows.cell[0])) {
                city->patterns[i].from = demo_date(rows.cell[1]);
                city->patterns[i].to = demo_date(rows.cell[2]);
            }
    return ST_OK;
}

static Status read_open(City *city)
{
    DemoRows rows = demo_rows_of(DEMO_OPEN);
    while (demo_rows_next(&rows)) {
        const Str *x = rows.cell;
        if (city->open_count == CITY_OPEN_MAX || city_theme(x[2]) < 0)
            return full(city, "open items");
        city->open[city->open_count++] = (OpenRow){ .cause = x[0],
            .kinds = x[1],
            .theme = city_theme(x[2]),
            .title = x[3],
            .text = x[4],
            .has_amount = str_eq(x[5], S("1")),
            .measures = x[6],
            .target = x[7],
            .basis = x[8] };
    }
    return ST_OK;
}

static Status read_answers(City *city)
{
    DemoRows rows = demo_rows_of(DEMO_ANSWERS);
    while (demo_rows_next(&rows)) {
        int theme = city_theme(rows.cell[0]);
        bool result = str_eq(rows.cell[1], S("result"));
        if (theme < 0 || city->answer_count[theme][result] == CITY_ANSWERS_MAX)
            return full(city, "answers");
        city->answers[theme][result][city->answer_count[theme][result]++] = rows.cell[2];
    }
    return ST_OK;
}

Status city_read(City *city)
{
    TRY(read_units(city));
    TRY(read_history(city));
    TRY(read_patterns(city));
    TRY(read_open(city));
    return read_answers(city);
}

/* --- units ------------------------------------------------------------------------------------------------------ */

CityUnit *city_unit(City *city, Str code)
{
    for (int i = 0; i < city->unit_count; i++)
        if (str_eq(city->units[i].code, code))
            return &city->units[i];
    return NULL;
}

Str city_unit_name(const CityUnit *u, Date day)
{
    return u->renamed && day < u->renamed ? u->name_before : u->name;
}

Str city_principal(const CityUnit *u, Date day)
{
    return u->principal_from && day < u->principal_from ? u->principal_before : u->principal;
}

Status city_version(City *city, EntityKind kind, Made *made)
{
    Stage *st = city->st;
    const Param params[] = { { S("id"), made->id }, { S("fields"), S("id") } };
    const Json *items;
    TRY(script_list(st->c, &st->s, kind, params, 2, &items));
    if (items->count == 1)
        made->version = json_int_or(json_get(items->first, S("version")), 0);
    return ST_OK;
}

static Status register_unit(City *city, CityUnit *u, Date day)
{
    Stage *st = city->st;
    stage_locally(st, day);
    u->registered = true;
    Str code = city->copy ? str_format(st->s.arena, "%.*s-%d", STR_ARG(u->code), city->copy + 1) : u->code;
    return script_dof(st->c, &st->s, USE_UNIT_REGISTER, NULL, &u->made,
        "{\"code\":\"%.*s\",\"name\":\"%.*s\",\"kind\":\"%.*s\",\"level\":\"city\",\"organiser\":\"%.*s\",\"sector\":"
        "\"%.*s\",\"principal\":\"%.*s\",\"leader_in_charge\":\"%.*s\",\"resident_group\":\"%.*s\","
        "\"supervision_office\":\"%.*s\",\"in_coverage\":true,\"established_on\":\"%.*s\"}",
        STR_ARG(code), STR_ARG(city_unit_name(u, day)), STR_ARG(u->kind), STR_ARG(st->organiser.id), STR_ARG(u->sector),
        STR_ARG(city_principal(u, day)), STR_ARG(u->leader), STR_ARG(u->group), STR_ARG(u->office),
        STR_ARG(date_text(st->s.arena, u->established)));
}

static Status change_fact(City *city, CityUnit *u, const char *fact, Str value, const char *reason, Date day)
{
    Stage *st = city->st;
    stage_locally(st, day);
    TRY(city_version(city, ENTITY_UNIT, &u->made));
    return script_dof(st->c, &st->s, USE_UNIT_CHANGE, &u->made, NULL,
        "{\"fact\":\"%s\",\"value\":\"%.*s\",\"valid_from\":\"%.*s\",\"reason\":\"%s\"}", fact, STR_ARG(value),
        STR_ARG(date_text(st->s.arena, day)), reason);
}

static Status merge_unit(City *city, CityUnit *u, Date day)
{
    Stage *st = city->st;
    DemoRows rows = demo_rows_of(DEMO_HISTORY);
    while (demo_rows_next(&rows))
        if (str_eq(rows.cell[3], u->code))
            break;
    const CityUnit *into = city_unit(city, rows.cell[1]);
    stage_locally(st, day);
    TRY(city_version(city, ENTITY_UNIT, &u->made));
    return script_dof(st->c, &st->s, USE_UNIT_MERGE, &u->made, NULL,
        "{\"into\":\"%.*s\",\"effective_on\":\"%.*s\",\"reason\":\"示例市机构改革方案\"}", STR_ARG(into->made.id),
        STR_ARG(date_text(st->s.arena, day)));
}

/* --- people ---------------------------------------------------------------------------------------------------------
 */

static const struct {
    const char *login;
    const char *name;
    const char *home;
    const char *title;
    const char *role;
    const char *shown;
} posts[POST_COUNT] = {
    [POST_OFFICE] = { "office", "顾示衡", "市委巡察办", "综合科科长", "office", "巡察办" },
    [POST_LEADER] = { "leader", "郑示明", "市委巡察工作领导小组", "副组长", "leader", "领导小组" },
    [POST_DISCIPLINE] = { "discipline", "石示鉴", "市纪委监委第一监督检查室", "副主任", "discipline", "市纪委监委" },
    [POST_ORGANISATION] = { "organisation", "柳示贤", "市委组织部", "干部监督科科长", "organisation", "市委组织部" },
    [POST_PROPAGANDA] = { "propaganda", "沈示文", "市委宣传部", "理论科科长", "propaganda", "市委宣传部" },
    [POST_ROOM] = { "room", "简示正", "市纪委监委第三监督检查室", "副主任", NULL, "市纪委监委第三监督检查室" },
    [POST_SYSADMIN] = { "sysadmin", "丁示维", "市委巡察办", "系统管理员", "system_admin", "系统管理员" },
    [POST_SECADMIN] = { "secadmin", "薛示密", "市委保密办", "安全保密管理员", "security_admin", "安全保密管理员" },
    [POST_AUDITOR] = { "auditor", "叶示审", "市委机要局", "安全审计员", "auditor", "安全审计员" },
    [POST_UNIT] = { "unit", "林示书", "示例市总工会", "机关党委专职副书记", NULL, "被巡察党组织（市总工会）" },
};

static const struct {
    const char *login;
    const char *shown;
    int at; /* among the people */
} on_site[] = { { "head", "巡察一组组长", SITE_HEAD }, { "deputy", "巡察一组副组长", SITE_DEPUTY },
    { "member1", "巡察一组联络员", SITE_LIAISON }, { "member2", "巡察一组组员", SITE_MEMBER } };

static Status add_posts(City *city)
{
    for (int i = 0; i < POST_COUNT; i++) {
        Player *p = &city->posts[i];
        *p = (Player){ .login = str_of(posts[i].login), .name = str_of(posts[i].name) };
        TRY(stage_player(city->st, p, str_of(posts[i].home), str_of(posts[i].title), true));
        if (posts[i].role)
            TRY(stage_grant(city->st, p, posts[i].role, "\"everything\":true"));
    }
    return ST_OK;
}

static Str login_at(City *city, int i, bool *handed_out)
{
    *handed_out = false;
    for (size_t k = 0; city->copy == 0 && k < sizeof on_site / sizeof on_site[0]; k++)
        if (on_site[k].at == i) {
            *handed_out = true;
            return str_of(on_site[k].login);
        }
    return str_format(city->st->s.arena, "rc%d-%03d", city->copy + 1, i + 1);
}

static Status add_people(City *city)
{
    DemoRows rows = demo_rows_of(DEMO_PEOPLE);
    while (demo_rows_next(&rows)) {
        if (city->people_count == CITY_PEOPLE_MAX)
            return full(city, "people");
        bool handed_out;
        Player *p = &city->people[city->people_count];
        *p = (Player){ .name = rows.cell[0], .login = login_at(city, city->people_count, &handed_out) };
        if (handed_out)
            p->busy_until = 20211001; /* kept free for the team that is on site */
        city->people_count++;
        TRY(stage_player(city->st, p, rows.cell[1], rows.cell[2], handed_out));
    }
    return ST_OK;
}

/* --- the timeline ---------------------------------------------------------------------------------------------------
 */

typedef enum ActKind { ACT_REGISTER, ACT_RENAME, ACT_MERGE, ACT_PRINCIPAL, ACT_LETTER, ACT_ROUND, ACT_SPECIAL } ActKind;
typedef struct Act {
    Date day;
    ActKind kind;
    int index;
} Act;
enum { ACTS_MAX = 600 };
typedef struct Timeline {
    City *city;
    Act acts[ACTS_MAX];
    int count;
    int from, to; /* those that one job plays */
} Timeline;

static int earlier(const void *a, const void *b)
{
    const Act *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->kind != y->kind)
        return (int)x->kind - (int)y->kind;
    return x->index - y->index;
}

static void add_act(Timeline *t, Date day, ActKind kind, int index)
{
    if (t->count < ACTS_MAX)
        t->acts[t->count++] = (Act){ day, kind, index };
}

static void plan_timeline(Timeline *t)
{
    City *city = t->city;
    for (int i = 0; i < city->unit_count; i++) {
        const CityUnit *u = &city->units[i];
        add_act(t, u->established > FIRST_DAY ? u->established : FIRST_DAY, ACT_REGISTER, i);
        if (u->renamed)
            add_act(t, u->renamed, ACT_RENAME, i);
        if (u->ends)
            add_act(t, u->ends, ACT_MERGE, i);
        if (u->principal_from > FIRST_DAY)
            add_act(t, u->principal_from, ACT_PRINCIPAL, i);
    }
    for (int i = 0; i < CITY_ROUNDS; i++)
        add_act(t, city_round_day(i), ACT_ROUND, i);
    for (int i = 0; i < city_specials(city); i++)
        add_act(t, city_special_day(city, i), ACT_SPECIAL, i);
    DemoRows rows = demo_rows_of(DEMO_LETTERS);
    for (int i = 0; demo_rows_next(&rows); i++)
        add_act(t, demo_date(rows.cell[3]), ACT_LETTER, i);
    qsort(t->acts, (size_t)t->count, sizeof t->acts[0], earlier);
}

static Status play_letter(City *city, int index)
{
    DemoRows rows = demo_rows_of(DEMO_LETTERS);
    while (demo_rows_next(&rows))
        if (index-- == 0)
            return city_letter(city, rows.cell);
    return ST_OK;
}

static Status play_act(City *city, const Act *a)
{
    CityUnit *u = a->index < city->unit_count ? &city->units[a->index] : NULL;
    if (a->kind == ACT_LETTER)
        return play_letter(city, a->index);
    if (a->kind == ACT_RENAME)
        return change_fact(city, u, "name", u->name, "示例市机构改革方案", a->day);
    if (a->kind == ACT_MERGE)
        return merge_unit(city, u, a->day);
    if (a->kind == ACT_PRINCIPAL)
        return change_fact(city, u, "principal", u->principal, "市委任免通知", a->day);
    return register_unit(city, u, a->day);
}

static Status play_small_acts(Ctx *c, void *arg)
{
    (void)c;
    Timeline *t = arg;
    for (int i = t->from; i < t->to; i++)
        TRY(play_act(t->city, &t->acts[i]));
    return ST_OK;
}

/* Rounds are many jobs of their own; what lies between two of them is one. */
static Status play_timeline(Timeline *t)
{
    City *city = t->city;
    Stage *st = city->st;
    for (t->from = 0; t->from < t->count; t->from = t->to) {
        const Act *a = &t->acts[t->from];
        t->to = t->from + 1;
        if (a->kind == ACT_ROUND) {
            TRY(city_round(city, a->index));
        } else if (a->kind == ACT_SPECIAL) {
            TRY(city_special(city, a->index));
        } else {
            while (t->to < t->count && t->acts[t->to].kind < ACT_ROUND)
                t->to++;
            TRY(script_bulk(st->c, &st->s, play_small_acts, t));
        }
    }
    return ST_OK;
}

/* --- the city --------------------------------------------------------------------------------- */

static Status begin_city(Ctx *c, void *arg)
{
    (void)c;
    City *city = arg;
    Stage *st = city->st;
    if (city->copy == 0) {
        TRY(stage_rules(st, FIRST_DAY));
        TRY(stage_organiser(st, S("示例市委巡察工作领导小组办公室")));
        TRY(add_posts(city));
    } else {
        stage_locally(st, FIRST_DAY);
        TRY(stage_organiser(st, str_format(st->s.arena, "示例市委巡察工作领导小组办公室（%d）", city->copy + 1)));
    }
    stage_locally(st, FIRST_DAY);
    return add_people(city);
}

static Status end_city(Ctx *c, void *arg)
{
    (void)c;
    City *city = arg;
    Stage *st = city->st;
    TRY(stage_registers(st, &city->posts[POST_OFFICE]));
    TRY(stage_instructions(st, &city->posts[POST_OFFICE]));
    TRY(city_supervision(city));
    return city_effects(city);
}

/* A unit of the last round with open items answers for itself. */
static Status grant_unit(Ctx *c, void *arg)
{
    (void)c;
    City *city = arg;
    stage_locally(city->st, DEMO_TODAY);
    const CityUnit *u = city_unit(city, S("SZ057"));
    Str target = str_format(city->st->s.arena, "\"unit\":\"%.*s\"", STR_ARG(u->made.id));
    TRY(stage_grant(city->st, &city->posts[POST_UNIT], "unit", target.ptr));
    return stage_grant(city->st, &city->posts[POST_ROOM], "discipline", "\"supervision_office\":\"第三监督检查室\"");
}

static void show_accounts(City *city)
{
    Stage *st = city->st;
    stage_show(st, &city->posts[POST_OFFICE], posts[POST_OFFICE].shown);
    for (size_t i = 0; i < sizeof on_site / sizeof on_site[0]; i++)
        stage_show(st, &city->people[on_site[i].at], on_site[i].shown);
    static const Post order[] = { POST_UNIT, POST_DISCIPLINE, POST_ORGANISATION, POST_PROPAGANDA, POST_ROOM,
        POST_LEADER, POST_SYSADMIN, POST_SECADMIN, POST_AUDITOR };
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        stage_show(st, &city->posts[order[i]], posts[order[i]].shown);
}

static Status play_city(City *city)
{
    Stage *st = city->st;
    Timeline *t = arena_new_of(st->s.arena, Timeline);
    TRY(city_read(city));
    TRY(script_bulk(st->c, &st->s, begin_city, city));
    t->city = city;
    plan_timeline(t);
    TRY(play_timeline(t));
    TRY(script_bulk(st->c, &st->s, end_city, city));
    int covered = 0;
    for (int i = 0; i < city->unit_count; i++)
        covered += !city->units[i].ends;
    st->out->units += covered;
    return ST_OK;
}

Status demo_make_city(Stage *st, int scale)
{
    City *first = arena_new_of(st->s.arena, City);
    st->all = city_findings_planned() * scale;
    first->st = st;
    TRY(play_city(first));
    TRY(script_bulk(st->c, &st->s, grant_unit, first));
    TRY(script_bulk(st->c, &st->s, stage_filings, first));
    show_accounts(first);
    for (int copy = 1; copy < scale; copy++) {
        City *more = arena_new_of(st->s.arena, City);
        more->st = st;
        more->copy = copy;
        for (int i = 0; i < POST_COUNT; i++)
            more->posts[i] = first->posts[i];
        TRY(play_city(more));
    }
    return stage_escalate(st, date_add_days(DEMO_TODAY, -2)); /* the last working day */
}
