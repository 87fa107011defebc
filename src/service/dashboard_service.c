/* What a role looks at first: coverage, progress, what is late, themes, effects. Every mark is a group of a Selection
 * within the reader's scope, and opens it. Units stand in the order of their codes: nobody is ranked. */
#include "domain/letter.h"
#include "domain/paper.h"
#include "service/board.h"
#include "service/figures.h"
#include "service/labels.h"
#include "service/services.h"

enum { UNITS_A_PAGE = 48, YEARS_MAX = 16 };

#define R(role)    ROLE_BIT(ROLE_##role)
#define LOOKS_OVER (R(LEADER) | R(OFFICE) | R(DISCIPLINE) | R(ORGANISATION) | R(PROPAGANDA) | R(LOCAL))
#define INSPECTS   (R(HEAD) | R(DEPUTY))
#define FOLLOWS    (LOOKS_OVER | INSPECTS | R(UNIT))

/* --- figures --- */

static Status headline(Ctx *c, Board *b)
{
    static const char *const ids[] = { "findings_fed_back", "findings_rectified", "rectification_rate", "findings_open",
        "units_covered", "rounds_regular", "rounds_special" };
    FigureMemo memo = { .count = 0 };
    const FigureWish wish = { .memo = &memo };
    json_open_object(&b->w);
    json_key(&b->w, S("name"));
    json_text(&b->w, S("headline"));
    json_key(&b->w, S("kind"));
    json_text(&b->w, S("figures"));
    json_key(&b->w, S("title"));
    json_text(&b->w, c->lang == LANG_ZH ? S("总体情况") : S("Overall"));
    json_key(&b->w, S("figures"));
    json_open_list(&b->w);
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        const Indicator *figure = indicator_named(str_of(ids[i]));
        if (!figure_is_seen(c, figure))
            continue;
        TRY(figure_open_json(c, &b->w, figure, &wish));
        json_close_object(&b->w);
    }
    json_close_list(&b->w);
    json_close_object(&b->w);
    return ST_OK;
}

/* --- coverage: units × years --- */

typedef struct Years {
    int first;
    int last;
} Years;

static Years years_of(const Groups *g, int key)
{
    Years y = { 0, -1 };
    for (size_t i = 0; i < g->count; i++) {
        int64_t year;
        if (!str_to_int(g->at[i].keys[key], &year))
            continue;
        y.first = y.last < 0 || year < y.first ? (int)year : y.first;
        y.last = year > y.last ? (int)year : y.last;
    }
    if (y.last - y.first >= YEARS_MAX)
        y.first = y.last - YEARS_MAX + 1;
    return y;
}

static Str year_text(Ctx *c, int year)
{
    return str_format(c->arena, "%d", year);
}

typedef struct UnitPage {
    Unit at[UNITS_A_PAGE];
    size_t count;
    Str next;
} UnitPage;

static Status keep_unit(Ctx *c, const void *record, void *arg)
{
    UnitPage *page = arg;
    const Unit *unit = record_copy(c, &Unit_table, record);
    page->at[page->count++] = *unit;
    return ST_OK;
}

static Status load_units(Ctx *c, const UseCase *u, UnitPage *out)
{
    Selection sel = selection_of(ENTITY_UNIT);
    Page page;
    Str after = usecase_param(u, S("after"));
    sel.sort = Unit_code;
    sel.down = false;
    sel.limit = UNITS_A_PAGE;
    selection_where(&sel, Unit_in_coverage, OP_EQ, value_kept(c, value_int(1)), 1);
    selection_where(&sel, Unit_merged_into, OP_ABSENT, NULL, 0);
    if (after.len)
        TRY(selection_read(c, &sel, S("after"), after));
    TRY(selection_each(c, &sel, keep_unit, out, &page));
    out->next = page.next;
    return ST_OK;
}

static Selection inspections_of(Ctx *c, const UnitPage *page)
{
    Selection sel = selection_of(ENTITY_INSPECTION);
    Value *ids = arena_array_of(c->arena, Value, UNITS_A_PAGE);
    for (size_t i = 0; i < page->count; i++)
        ids[i] = value_text(page->at[i].id);
    selection_where(&sel, Inspection_unit, OP_IN, ids, page->count);
    return sel;
}

static void put_unit(Ctx *c, Board *b, const Unit *unit, const Groups *g, Years years)
{
    static const GroupKey by_unit = OWN_KEY(Inspection_unit), by_year = KEY_OF(Inspection_round, Round_year);
    board_open_item(b, unit->code, unit->name, str_format(c->arena, "units/%.*s", STR_ARG(unit->id)));
    for (int year = years.first; year <= years.last; year++) {
        Str name = year_text(c, year);
        int64_t n = records_in(g, unit->id, &name);
        if (n == 0)
            continue;
        Selection sel = selection_of(ENTITY_INSPECTION);
        dimension_narrow(c, &sel, &by_unit, unit->id);
        board_mark(b, year_text(c, year), n, door_with(c, sel, &by_year, year_text(c, year)));
    }
    board_close_item(b);
}

static Text coverage_words(Ctx *c, const UnitPage *page, const IndicatorValue *rate)
{
    if (!rate->known)
        return T("没有纳入全覆盖基数的单位。", "No unit is to be covered.");
    return text_format(c,
        "纳入全覆盖基数%lld个单位，常规巡察已进驻%lld个（%.2f%%）；本页列出%"
        "zu个单位，按单位代码排列，格中为当年进驻次数（含专项巡察）。",
        "%lld units are to be covered, %lld have been entered by a regular round (%.2f %%); this page lists %zu, by "
        "their codes.",
        (long long)rate->denominator, (long long)rate->numerator, rate->value, page->count);
}

static Status coverage(Ctx *c, Board *b)
{
    UnitPage *page = arena_new_of(c->arena, UnitPage);
    Groups *g;
    IndicatorValue rate;
    TRY(load_units(c, b->u, page));
    Selection sel = inspections_of(c, page);
    TRY(groups_of(c, &sel,
        (Grouping){ .keys = { OWN_KEY(Inspection_unit), KEY_OF(Inspection_round, Round_year) }, .key_count = 2 }, &g));
    TRY(indicator_compute(c, indicator_named(S("coverage_rate")), &(FigureWish){ .as_of = DATE_NONE }, &rate));
    Years years = years_of(g, 1);
    board_open_section(c, b, "coverage", "heat", T("巡察覆盖（单位 × 年度）", "Coverage (units × years)"));
    json_key(&b->w, S("next"));
    json_text_or_null(&b->w, page->next);
    board_open_series(b);
    for (int year = years.first; year <= years.last; year++)
        board_series(b, year_text(c, year), year_text(c, year));
    board_open_items(b);
    for (size_t i = 0; i < page->count; i++)
        put_unit(c, b, &page->at[i], g, years);
    board_close_section(c, b, coverage_words(c, page, &rate));
    return ST_OK;
}

/* --- themes by year --- */

static Selection told_findings(void)
{
    static const Value told[] = { { .kind = VALUE_TEXT, .text = S_INIT("fed_back") },
        { .kind = VALUE_TEXT, .text = S_INIT("revoking") } };
    Selection sel = selection_of(ENTITY_FINDING);
    selection_where(&sel, Finding_state, OP_IN, told, 2);
    return sel;
}

static bool is_first_of_key(const Groups *g, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(g->at[i].keys[1], g->at[at].keys[1]))
            return false;
    return true;
}

static Status put_theme(Ctx *c, Board *b, const Groups *g, Str theme, Years years)
{
    static const GroupKey by_theme = OWN_KEY(Finding_theme),
                          by_year = { .via = -1, .field = Finding_fed_back_on, .year = true };
    Selection sel = told_findings();
    Str label;
    dimension_narrow(c, &sel, &by_theme, theme);
    TRY(label_of_value(c, b->u->app->rules, &Finding_table.fields[Finding_theme], theme, &label));
    board_open_item(b, theme, label, selection_door(c, &sel));
    for (int year = years.first; year <= years.last; year++) {
        int64_t n = records_in(g, year_text(c, year), &theme);
        if (n)
            board_mark(b, year_text(c, year), n, door_with(c, sel, &by_year, year_text(c, year)));
    }
    board_close_item(b);
    return ST_OK;
}

static Status themes(Ctx *c, Board *b)
{
    Selection sel = told_findings();
    Groups *g;
    size_t shown = 0;
    TRY(groups_of(c, &sel,
        (Grouping){ .keys = { { .via = -1, .field = Finding_fed_back_on, .year = true }, OWN_KEY(Finding_theme) },
            .key_count = 2 },
        &g));
    Years years = years_of(g, 0);
    board_open_section(c, b, "themes", "stack", T("问题主题（各类巡察，按年度）", "Themes by year, all rounds"));
    board_open_series(b);
    for (int year = years.first; year <= years.last; year++)
        board_series(b, year_text(c, year), year_text(c, year));
    board_open_items(b);
    for (size_t i = 0; i < g->count; i++)
        if (is_first_of_key(g, i)) {
            TRY(put_theme(c, b, g, g->at[i].keys[1], years));
            shown++;
        }
    board_close_section(c, b,
        text_format(c, "各类巡察已反馈问题%lld个，分属%zu个主题。",
            "%lld findings of all rounds were fed back, under %zu themes.", (long long)g->total, shown));
    return ST_OK;
}

/* --- plain groups: letters, inspections, papers --- */

typedef struct Plain {
    const char *name;
    EntityKind entity;
    int item;  /* a bar a value */
    int state; /* its parts */
    Text title;
    Text words; /* with one number */
} Plain;

static Status plain(Ctx *c, Board *b, const Plain *p)
{
    const Entity *e = entity_of(p->entity);
    const Choices *items = e->table->fields[p->item].choices, *states = e->table->fields[p->state].choices;
    const GroupKey by_item = OWN_KEY((int16_t)p->item), by_state = OWN_KEY((int16_t)p->state);
    Selection all = selection_of(p->entity);
    Groups *g;
    TRY(groups_of(c, &all, (Grouping){ .keys = { by_item, by_state }, .key_count = 2 }, &g));
    board_open_section(c, b, p->name, "stack", p->title);
    board_open_series(b);
    for (int32_t s = 1; s < states->count; s++)
        board_series(b, choice_name(states, s), text_in(states->items[s].label, c->lang));
    board_open_items(b);
    for (int32_t i = 1; i < items->count; i++) {
        Str item = choice_name(items, i);
        if (records_in(g, item, NULL) == 0)
            continue;
        Selection one = all;
        dimension_narrow(c, &one, &by_item, item);
        board_open_item(b, item, text_in(items->items[i].label, c->lang), selection_door(c, &one));
        for (int32_t s = 1; s < states->count; s++) {
            Str state = choice_name(states, s);
            if (records_in(g, item, &state))
                board_mark(b, state, records_in(g, item, &state), door_with(c, one, &by_state, state));
        }
        board_close_item(b);
    }
    board_close_section(c, b, text_format(c, p->words.zh, p->words.en, (long long)g->total));
    return ST_OK;
}

static Status letters(Ctx *c, Board *b)
{
    static const Plain p = { "letters", ENTITY_LETTER, Letter_kind, Letter_state, { "函件", "Letters" },
        { "函件共%lld份。", "%lld letters." } };
    return plain(c, b, &p);
}

static Status papers(Ctx *c, Board *b)
{
    static const Plain p = { "papers", ENTITY_PAPER, Paper_state, Paper_state, { "底稿", "Working papers" },
        { "底稿共%lld份。", "%lld working papers." } };
    return plain(c, b, &p);
}

static Status inspections(Ctx *c, Board *b)
{
    static const Plain p = { "inspections", ENTITY_INSPECTION, Inspection_state, Inspection_state,
        { "巡察对象所处阶段", "Inspections by stage" },
        { "在您权限内的巡察对象共%lld个。", "%lld inspections are yours to see." } };
    return plain(c, b, &p);
}

/* --- by role --- */

static const struct {
    RoleSet roles;
    Status (*tell)(Ctx *c, Board *b);
} sections[] = {
    { LOOKS_OVER, headline },
    { INSPECTS, inspections },
    { INSPECTS, papers },
    { LOOKS_OVER, board_progress },
    { R(UNIT) | INSPECTS, board_states },
    { FOLLOWS, board_age },
    { LOOKS_OVER | INSPECTS, themes },
    { LOOKS_OVER | R(UNIT), letters },
    { LOOKS_OVER, board_effects },
    { R(LEADER) | R(OFFICE) | R(LOCAL), coverage },
};

Status dashboard_service_show(Ctx *c, UseCase *u)
{
    Board b = { .u = u, .w = json_onto(&u->out) };
    json_open_object(&b.w);
    json_key(&b.w, S("today"));
    json_date(&b.w, c->today);
    json_key(&b.w, S("sections"));
    json_open_list(&b.w);
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        if (sections[i].roles & ROLE_BIT(c->actor->role))
            TRY(sections[i].tell(c, &b));
    json_close_list(&b.w);
    json_close_object(&b.w);
    return ST_OK;
}
