/* What is found at the units of the demo: patterns of data/demo with their slots filled. */
#include "service/demo_city.h"

#include <string.h>

/* --- themes and taxonomies ---------------------------------------------------------------------------------- */

/* In the order of the rule set's list; shares of a hundred in regular rounds, in special ones on projects, on funds;
 * then the node in T4, T5 and T6. T2's stands in the pattern. */
static const struct {
    const char *name;
    uint8_t share[3];
    uint8_t node[3];
} themes[CITY_THEMES] = {
    { "duty", { 15, 25, 35 }, { 1, 1, 1 } },
    { "finance", { 15, 20, 35 }, { 5, 2, 2 } },
    { "grassroots", { 14, 0, 0 }, { 3, 3, 3 } },
    { "discipline", { 11, 5, 5 }, { 6, 2, 2 } },
    { "leadership", { 10, 10, 10 }, { 1, 3, 3 } },
    { "winds", { 9, 0, 0 }, { 4, 2, 2 } },
    { "ideology", { 8, 0, 0 }, { 2, 1, 1 } },
    { "projects", { 7, 40, 15 }, { 6, 2, 2 } },
    { "personnel", { 7, 0, 0 }, { 3, 3, 3 } },
    { "earlier", { 4, 0, 0 }, { 7, 4, 1 } },
};

int city_theme(Str name)
{
    for (int i = 0; i < CITY_THEMES; i++)
        if (str_eq(name, str_of(themes[i].name)))
            return i;
    return -1;
}

Str city_theme_name(int theme)
{
    return str_of(themes[theme].name);
}

static int draw_theme(Stage *st, Subject subject)
{
    int at = (int)stage_draw(st, 100);
    for (int i = 0; i < CITY_THEMES; i++) {
        at -= themes[i].share[subject];
        if (at < 0)
            return i;
    }
    return 0;
}

static Str node_of(Stage *st, const char *taxonomy, int theme, int first)
{
    int node = strcmp(taxonomy, "T2") == 0 ? first : themes[theme].node[taxonomy[1] - '4'];
    return str_format(st->s.arena, "%s.%d", taxonomy, node);
}

/* --- slots -------------------------------------------------------------------------------------------------- */

/* The kinds of units that call their parts alike. */
static const struct {
    const char *kinds;
    const char *departments[6];
    const char *branches[3];
} parts_of[] = {
    { "company", { "综合部", "财务部", "人力资源部", "工程管理部", "投资发展部", "法务部" },
        { "本部第一党支部", "本部第二党支部", "项目党支部" } },
    { "hospital", { "院办公室", "医务科", "财务科", "人事科", "总务科", "设备科" },
        { "内科党支部", "外科党支部", "医技党支部" } },
    { "college", { "党政办公室", "教务处", "计划财务处", "组织人事处", "学生工作处", "后勤管理处" },
        { "机关党支部", "第一教工党支部", "第二教工党支部" } },
    { "zone", { "党政办公室", "财政局", "组织人事部", "建设管理局", "招商服务局", "社会事务局" },
        { "机关第一党支部", "机关第二党支部", "建设管理局党支部" } },
    { "institution", { "综合科", "财务科", "人事科", "业务科", "后勤科", "安全管理科" },
        { "第一党支部", "第二党支部", "离退休党支部" } },
    { "*", { "办公室", "综合科", "财务科", "人事科", "法规科", "业务科" },
        { "机关第一党支部", "机关第二党支部", "离退休党支部" } },
};

bool kind_fits(Str kinds, Str kind)
{
    Str part;
    while (str_cut(&kinds, ',', &part))
        if (str_eq(part, S("*")) || str_eq(part, kind))
            return true;
    return false;
}

static size_t parts_for(const CityUnit *u)
{
    size_t i = 0;
    while (!kind_fits(str_of(parts_of[i].kinds), u->kind))
        i++;
    return i;
}

Str fault_department(City *city, const CityUnit *u)
{
    return str_of(parts_of[parts_for(u)].departments[stage_draw(city->st, 6)]);
}

/* Yuan: half of them below some 28 thousand, one in twenty above some 900 thousand, odd digits. */
static int64_t draw_yuan(Stage *st)
{
    static const struct {
        uint32_t up_to; /* of a hundred */
        uint32_t from, to;
    } bands[] = { { 10, 800, 4000 }, { 30, 4000, 14000 }, { 50, 14000, 28000 }, { 70, 28000, 86000 },
        { 85, 86000, 310000 }, { 95, 310000, 900000 }, { 100, 900000, 6200000 } };
    uint32_t at = stage_draw(st, 100);
    size_t i = 0;
    while (at >= bands[i].up_to)
        i++;
    return bands[i].from + stage_draw(st, bands[i].to - bands[i].from) + 1;
}

/* Nobody runs up a million over meals. */
static int64_t most_yuan(int theme)
{
    const char *name = themes[theme].name;
    if (strcmp(name, "winds") == 0 || strcmp(name, "grassroots") == 0)
        return 60000;
    if (strcmp(name, "discipline") == 0 || strcmp(name, "personnel") == 0 || strcmp(name, "earlier") == 0)
        return 150000;
    return INT64_MAX;
}

static int64_t draw_fen(Stage *st, int theme)
{
    int64_t yuan = draw_yuan(st);
    while (yuan > most_yuan(theme))
        yuan = yuan / 7 + 13;
    enum { WRITTEN_IN_WAN = 10000, STEP = 100 };
    return (yuan < WRITTEN_IN_WAN ? yuan : yuan / STEP * STEP) * 100;
}

/* As offices write it: whole yuan, or ten thousands with two decimals. */
static Str fen_words(Stage *st, int64_t fen)
{
    int64_t yuan = fen / 100;
    if (yuan < 10000)
        return str_format(st->s.arena, "%lld元", (long long)yuan);
    return str_format(st->s.arena, "%lld.%02lld万元", (long long)(yuan / 10000), (long long)(yuan % 10000 / 100));
}

typedef struct Slots {
    int year;
    int few, many;
    int64_t fen;
    const CityUnit *u;
} Slots;

static void put_slot(City *city, const Slots *s, Str name, StrBuf *b)
{
    size_t parts = parts_for(s->u);
    if (str_eq(name, S("year")))
        strbuf_addf(b, "%d", s->year);
    else if (str_eq(name, S("month")))
        strbuf_addf(b, "%u", stage_draw(city->st, 12) + 1);
    else if (str_eq(name, S("n")))
        strbuf_addf(b, "%d", s->few);
    else if (str_eq(name, S("m")))
        strbuf_addf(b, "%d", s->many);
    else if (str_eq(name, S("amount")))
        strbuf_add(b, fen_words(city->st, s->fen));
    else if (str_eq(name, S("dept")))
        strbuf_addf(b, "%s", parts_of[parts].departments[stage_draw(city->st, 6)]);
    else if (str_eq(name, S("branch")))
        strbuf_addf(b, "%s", parts_of[parts].branches[stage_draw(city->st, 3)]);
}

static Str fill(City *city, Str text, const Slots *s)
{
    StrBuf b = strbuf_in(city->st->s.arena);
    Str before, name;
    while (text.len) {
        bool slot = str_find(text, S("{"), 0) != SIZE_MAX;
        str_cut(&text, '{', &before);
        strbuf_add(&b, before);
        if (!slot)
            break;
        str_cut(&text, '}', &name);
        put_slot(city, s, name, &b);
    }
    return strbuf_str(&b);
}

/* --- choosing ----------------------------------------------------------------------------------------------- */

static bool was_used(const CityUnit *u, int pattern)
{
    return u->used[pattern / 8] & (1u << pattern % 8);
}

/* The year's facts could be measured by that rule: it was in force for at least half of the year. */
static bool in_force(const Pattern *p, int year)
{
    int from = date_year(p->from) + (date_month(p->from) > 6);
    return (!p->from || year >= from) && (!p->to || year <= date_year(p->to));
}

/* The one least used so far, beginning anywhere, so that the same faults do not stand side by side everywhere. */
static int choose(City *city, const CityUnit *u, int theme, int year, bool again)
{
    int best = -1;
    int at = (int)stage_draw(city->st, (uint32_t)city->pattern_count);
    for (int i = 0; i < city->pattern_count; i++, at++) {
        int k = at % city->pattern_count;
        const Pattern *p = &city->patterns[k];
        if ((theme >= 0 && p->theme != theme) || was_used(u, k) != again || !in_force(p, year) ||
            !kind_fits(p->kinds, u->kind))
            continue;
        if (best < 0 || p->uses < city->patterns[best].uses)
            best = k;
    }
    return best;
}

static const char *draw_severity(Stage *st)
{
    uint32_t at = stage_draw(st, 100);
    return at < 70 ? "minor" : at < 97 ? "serious" : "grave";
}

static const char *draw_source(Stage *st)
{
    static const char *const sources[] = { "files", "files", "files", "interview", "visit", "audit", "petition" };
    return sources[stage_draw(st, sizeof sources / sizeof sources[0])];
}

static Slots draw_slots(City *city, const CityUnit *u, int year, bool has_amount, int theme)
{
    Stage *st = city->st;
    Slots s = { .year = year, .few = (int)stage_draw(st, 5) + 2, .u = u };
    s.many = s.few + 2 + (int)stage_draw(st, 14);
    s.fen = has_amount ? draw_fen(st, theme) : 0;
    return s;
}

Status fault_pick(
    City *city, CityUnit *u, Subject subject, const char *taxonomy, const char *second, Date starts, Fault *out)
{
    enum { REPEATED = 45 }; /* of a hundred, where the unit was inspected before: 屡查屡犯 */
    Stage *st = city->st;
    int year = date_year(starts) - 1 - (stage_draw(st, 4) == 0);
    int k = subject != SUBJECT_REGULAR && stage_draw(st, 100) < REPEATED ? choose(city, u, -1, year, true) : -1;
    for (int tries = 0; k < 0 && tries < 40; tries++)
        k = choose(city, u, draw_theme(st, subject), year, false);
    if (k < 0)
        return fail(st->c, ST_BROKEN, "没有适合%.*s的问题样本", "no pattern left for %.*s", STR_ARG(u->name));
    Pattern *p = &city->patterns[k];
    Slots s = draw_slots(city, u, year, p->has_amount, p->theme);
    p->uses++;
    u->used[k / 8] |= (uint8_t)(1u << k % 8);
    *out = (Fault){ .title = p->title,
        .text = fill(city, p->text, &s),
        .basis = p->rule,
        .category = node_of(st, taxonomy, p->theme, p->node),
        .second = second ? node_of(st, second, p->theme, p->node) : STR_NONE,
        .theme = city_theme_name(p->theme),
        .source = draw_source(st),
        .severity = draw_severity(st),
        .fen = s.fen,
        .year = year };
    return ST_OK;
}

void fault_of_open(City *city, const CityUnit *u, const OpenRow *row, const char *taxonomy, const char *second,
    Date starts, Fault *out)
{
    Stage *st = city->st;
    Slots s = draw_slots(city, u, date_year(starts) - 1, row->has_amount, row->theme);
    *out = (Fault){ .title = row->title,
        .text = fill(city, row->text, &s),
        .basis = row->basis,
        .category = node_of(st, taxonomy, row->theme, 3),
        .second = second ? node_of(st, second, row->theme, 3) : STR_NONE,
        .theme = city_theme_name(row->theme),
        .source = "files",
        .severity = "serious",
        .fen = s.fen,
        .year = s.year };
}

Str fault_answer(City *city, int theme, bool result)
{
    return city->answers[theme][result][stage_draw(city->st, (uint32_t)city->answer_count[theme][result])];
}
