/* The nine regular rounds of the demo city, and what of them stays open on the last day. */
#include "service/demo_play.h"

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

/* --- how much at which unit --------------------------------------------------------------------------------------- */

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

Status city_round(City *city, int round)
{
    RoundPlay *r = arena_new_of(city->st->s.arena, RoundPlay);
    DemoRows rows = demo_rows_of(DEMO_ROUNDS);
    int64_t number;
    *r = (RoundPlay){ .city = city, .plan = &regular[round] };
    while (demo_rows_next(&rows))
        if (str_to_int(rows.cell[0], &number) && number == round + 1)
            TRY(play_add_unit(r, rows.cell[1]));
    r->team_count = r->unit_count <= 8 ? 5 : r->unit_count <= 12 ? 6 : ROUND_TEAMS_MAX;
    play_share_findings(r);
    share_open(r);
    TRY(script_bulk(city->st->c, &city->st->s, play_begin, r));
    city->st->out->rounds++;
    return play_units(r);
}
