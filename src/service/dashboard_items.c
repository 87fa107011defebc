/* Sections on rectification items: progress by round, states, how late, effects. */
#include "domain/rectification.h"
#include "service/board.h"
#include "service/figures.h"

enum { ROUNDS_SHOWN = 12 };

/* --- progress by round --- */

typedef struct RoundPage {
    Round at[ROUNDS_SHOWN];
    size_t count;
} RoundPage;

static Status keep_round(Ctx *c, const void *record, void *arg)
{
    RoundPage *page = arg;
    const Round *round = record_copy(c, &Round_table, record);
    page->at[page->count++] = *round;
    return ST_OK;
}

static void put_states(Ctx *c, Board *b)
{
    for (int32_t s = 1; s < rectification_states.count; s++)
        board_series(b, choice_name(&rectification_states, s), text_in(rectification_states.items[s].label, c->lang));
}

static void put_state_marks(Ctx *c, Board *b, const Selection *sel, const Groups *g, Str first)
{
    static const GroupKey by_state = OWN_KEY(Rectification_state);
    for (int32_t s = 1; s < rectification_states.count; s++) {
        Str state = choice_name(&rectification_states, s);
        int64_t n = first.len ? records_in(g, first, &state) : records_in(g, state, NULL);
        if (n)
            board_mark(b, state, n, door_with(c, *sel, &by_state, state));
    }
}

/* A round that has told nothing yet says so. */
static Str round_label(Ctx *c, const Groups *g, const Round *round)
{
    if (records_in(g, round->id, NULL))
        return round->name;
    return str_format(
        c->arena, c->lang == LANG_ZH ? "%.*s（尚未反馈）" : "%.*s (nothing fed back yet)", STR_ARG(round->name));
}

Status board_progress(Ctx *c, Board *b)
{
    static const GroupKey by_round = OWN_KEY(Rectification_round);
    Selection rounds = selection_of(ENTITY_ROUND), items = selection_of(ENTITY_RECTIFICATION);
    RoundPage *page = arena_new_of(c->arena, RoundPage);
    Value *ids = arena_array_of(c->arena, Value, ROUNDS_SHOWN);
    Groups *g;
    rounds.sort = Round_starts_on;
    rounds.down = true;
    rounds.limit = ROUNDS_SHOWN;
    TRY(selection_each(c, &rounds, keep_round, page, NULL));
    for (size_t i = 0; i < page->count; i++)
        ids[i] = value_text(page->at[i].id);
    selection_where(&items, Rectification_round, OP_IN, ids, page->count);
    TRY(groups_of(c, &items,
        (Grouping){ .keys = { OWN_KEY(Rectification_round), OWN_KEY(Rectification_state) }, .key_count = 2 }, &g));
    board_open_section(c, b, "progress", "stack",
        T("各轮整改进度（含专项巡察）", "Rectification by round, special inspections included"));
    board_open_series(b);
    put_states(c, b);
    board_open_items(b);
    for (size_t i = page->count; i-- > 0;) {
        Selection one = selection_of(ENTITY_RECTIFICATION);
        dimension_narrow(c, &one, &by_round, page->at[i].id);
        board_open_item(b, page->at[i].id, round_label(c, g, &page->at[i]), selection_door(c, &one));
        put_state_marks(c, b, &one, g, page->at[i].id);
        board_close_item(b);
    }
    int64_t done = 0, revoked = 0;
    for (size_t i = 0; i < g->count; i++) {
        done += str_eq(g->at[i].keys[1], S("done")) ? g->at[i].records : 0;
        revoked += str_eq(g->at[i].keys[1], S("revoked")) ? g->at[i].records : 0;
    }
    board_close_section(c, b,
        text_format(c, "最近%zu轮（次）巡察共反馈问题%lld个，已销号%lld个，尚未销号%lld个。",
            "The latest %zu rounds and special inspections fed back %lld findings; %lld are struck off, %lld are not.",
            page->count, (long long)(g->total - revoked), (long long)done, (long long)(g->total - revoked - done)));
    return ST_OK;
}

/* --- one's own items by state, for whom rounds are no matter --- */

Status board_states(Ctx *c, Board *b)
{
    Selection sel = selection_of(ENTITY_RECTIFICATION);
    Groups *g;
    TRY(groups_of(c, &sel, (Grouping){ .keys = { OWN_KEY(Rectification_state) }, .key_count = 1 }, &g));
    board_open_section(c, b, "states", "stack", T("整改事项状态", "Items by state"));
    board_open_series(b);
    put_states(c, b);
    board_open_items(b);
    board_open_item(b, S("all"), c->lang == LANG_ZH ? S("全部事项") : S("All items"), selection_door(c, &sel));
    put_state_marks(c, b, &sel, g, STR_NONE);
    board_close_item(b);
    int64_t done = records_in(g, S("done"), NULL), revoked = records_in(g, S("revoked"), NULL);
    board_close_section(c, b,
        text_format(c, "整改事项%lld个，已销号%lld个，尚未销号%lld个。", "%lld items: %lld struck off, %lld not.",
            (long long)(g->total - revoked), (long long)done, (long long)(g->total - revoked - done)));
    return ST_OK;
}

/* --- how old what is open is --- */

/* By days from the due date to today; the last bucket is open at its end. */
static const struct {
    const char *name;
    Text label;
    int from, to;
} ages[] = {
    { "late_180", { "超期180天以上", "More than 180 days late" }, 181, INT32_MAX },
    { "late_90", { "超期91至180天", "91 to 180 days late" }, 91, 180 },
    { "late_30", { "超期31至90天", "31 to 90 days late" }, 31, 90 },
    { "late", { "超期30天以内", "Up to 30 days late" }, 1, 30 },
    { "due_30", { "30天内到期", "Due within 30 days" }, -30, 0 },
    { "due_later", { "30天后到期", "Due later" }, -INT32_MAX, -31 },
};
enum { AGES = sizeof ages / sizeof ages[0] };

static Selection open_items(Ctx *c)
{
    Selection sel = selection_of(ENTITY_RECTIFICATION);
    selection_where(&sel, Rectification_state, OP_NE, value_kept(c, value_text(S("done"))), 1);
    selection_where(&sel, Rectification_state, OP_NE, value_kept(c, value_text(S("revoked"))), 1);
    selection_where(&sel, Rectification_state, OP_NE, value_kept(c, value_text(S("objected"))), 1);
    selection_where(&sel, Rectification_state, OP_NE, value_kept(c, value_text(S("applied"))), 1); /* they stand */
    return sel;
}

static Str door_of_age(Ctx *c, int n)
{
    Selection sel = open_items(c);
    if (ages[n].to != INT32_MAX)
        selection_where(&sel, Rectification_due_on, OP_GE,
            value_kept(c, value_date(c->arena, date_add_days(c->today, -ages[n].to))), 1);
    if (ages[n].from != -INT32_MAX)
        selection_where(&sel, Rectification_due_on, OP_LE,
            value_kept(c, value_date(c->arena, date_add_days(c->today, -ages[n].from))), 1);
    return selection_door(c, &sel);
}

Status board_age(Ctx *c, Board *b)
{
    Selection sel = open_items(c);
    Groups *g;
    int64_t in[AGES] = { 0 }, late = 0;
    TRY(groups_of(c, &sel, (Grouping){ .keys = { OWN_KEY(Rectification_due_on) }, .key_count = 1 }, &g));
    for (size_t i = 0; i < g->count; i++) {
        Date due = DATE_NONE;
        if (!date_parse(g->at[i].keys[0], &due))
            continue;
        int days = date_days_between(due, c->today);
        for (int n = 0; n < AGES; n++)
            in[n] += days >= ages[n].from && days <= ages[n].to ? g->at[i].records : 0;
        late += days > 0 ? g->at[i].records : 0;
    }
    board_open_section(
        c, b, "age", "bars", T("未销号事项距时限（各类巡察）", "Open items of all rounds by their due date"));
    board_open_series(b);
    board_series(b, S("items"), c->lang == LANG_ZH ? S("事项数") : S("Items"));
    board_open_items(b);
    for (int n = 0; n < AGES; n++) {
        board_open_item(b, str_of(ages[n].name), text_in(ages[n].label, c->lang), STR_NONE);
        if (in[n])
            board_mark(b, S("items"), in[n], door_of_age(c, n));
        board_close_item(b);
    }
    board_close_section(c, b,
        text_format(c, "尚未销号%lld个，其中超过现行时限%lld个。",
            "%lld are open, %lld of them past their present due date.", (long long)g->total, (long long)late));
    return ST_OK;
}

/* --- effects --- */

Status board_effects(Ctx *c, Board *b)
{
    static const struct {
        int field;
        const char *indicator;
        int64_t unit;
    } sums[] = { { Rectification_rules_made, "effect_rules", 1 },
        { Rectification_recovered_fen, "effect_money", 1000000 }, { Rectification_accountable, "effect_people", 1 } };
    Selection sel = selection_of(ENTITY_RECTIFICATION);
    Groups *g;
    selection_where(&sel, Rectification_state, OP_NE, value_kept(c, value_text(S("revoked"))), 1);
    TRY(groups_of(c, &sel,
        (Grouping){ .sums = { Rectification_rules_made, Rectification_recovered_fen, Rectification_accountable },
            .sum_count = 3 },
        &g));
    const int64_t *sum = g->at[0].sums;
    board_open_section(c, b, "effects", "numbers", T("整改成效", "Effects"));
    board_open_series(b);
    board_open_items(b);
    for (int i = 0; i < 3; i++) {
        const Indicator *figure = indicator_named(str_of(sums[i].indicator));
        Selection given = sel;
        selection_where(&given, sums[i].field, OP_GIVEN, NULL, 0);
        board_open_item(b, str_of(figure->id), text_in(figure->name, c->lang), selection_door(c, &given));
        board_mark(b, figure_unit(c, figure), sums[i].unit == 1 ? sum[i] : sum[i] / 100, selection_door(c, &given));
        board_close_item(b);
    }
    board_close_section(c, b,
        text_format(c, "整改中建立健全制度%lld项，追缴清退%.2f万元，追责问责%lld人次。",
            "%lld rules were made, %.2f ten thousand yuan recovered, %lld times somebody was held accountable.",
            (long long)sum[0], (double)sum[1] / 1000000, (long long)sum[2]));
    return ST_OK;
}
