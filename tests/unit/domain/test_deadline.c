#include "support/plain.h"

#include "domain/deadline.h"

static const Date rest[] = { 20240212, 20240213, 20240214, 20240215, 20240216 };
static const Date work[] = { 20240204, 20240218 };
static const Calendar spring_festival = { 20240101, 20240331, rest, 5, work, 2 };

typedef struct DueCase {
    Date anchor;
    Period period;
    Date due; /* DATE_NONE: refused */
} DueCase;

static const DueCase due_cases[] = {
    { 20240228, { 1, PERIOD_DAYS }, 20240229 }, /* leap day */
    { 20230228, { 1, PERIOD_DAYS }, 20230301 },
    { 20240131, { 1, PERIOD_MONTHS }, 20240229 }, /* the last day of a shorter month */
    { 20201203, { 2, PERIOD_MONTHS }, 20210203 },
    { 20240209, { 1, PERIOD_WORKING_DAYS }, 20240218 }, /* Spring Festival; Sunday the 18th is made up */
    { 20240209, { 2, PERIOD_WORKING_DAYS }, 20240219 },
    { 20240202, { 1, PERIOD_WORKING_DAYS }, 20240204 },  /* the Sunday before is made up too */
    { 20240329, { 1, PERIOD_WORKING_DAYS }, DATE_NONE }, /* the calendar does not reach that far */
    { 20231229, { 1, PERIOD_WORKING_DAYS }, DATE_NONE }, /* nor does it begin there */
};

static void due_dates(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Clock clock = { .zone_minutes = 480 };
    Env env = { &clock, NULL, NULL };
    Ctx c = ctx_on(arena, &env);
    for (size_t i = 0; i < sizeof due_cases / sizeof due_cases[0]; i++) {
        const DueCase *k = &due_cases[i];
        Date due = DATE_NONE;
        CtxMark mark = ctx_mark(&c);
        Status status = deadline_due(&c, &spring_festival, k->anchor, k->period, &due);
        assert_int_equal(status, k->due ? ST_OK : ST_INVALID);
        if (k->due)
            assert_int_equal(due, k->due);
        ctx_rewind(&c, mark);
    }
    arena_done(arena);
}

static void lights(void **state)
{
    (void)state;
    static const struct {
        Date due;
        bool done;
        Date today;
        Light light;
    } cases[] = {
        { DATE_NONE, false, 20211031, LIGHT_NONE },
        { 20211030, false, 20211031, LIGHT_RED },
        { 20211031, false, 20211031, LIGHT_YELLOW }, /* the last day is still on time */
        { 20211110, false, 20211031, LIGHT_YELLOW },
        { 20211111, false, 20211031, LIGHT_GREEN },
        { 20210101, true, 20211031, LIGHT_DONE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(light_of(cases[i].due, cases[i].done, cases[i].today, 10), cases[i].light);
}

static void days_that_happened(void **state)
{
    (void)state;
    static const struct {
        Date day, floor;
        Status status;
    } cases[] = {
        { 20211031, DATE_NONE, ST_OK }, { 20211101, DATE_NONE, ST_INVALID }, { 20211031, 20211031, ST_OK },
        { 20211030, 20211031, ST_INVALID }, { DATE_NONE, DATE_NONE, ST_OK }, /* nothing was said of it */
    };
    Arena *arena = arena_new();
    const Clock clock = { .pinned_today = 20211031 };
    Env env = { &clock, NULL, NULL };
    Ctx c = ctx_on(arena, &env);
    c.today = 20211031;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CtxMark mark = ctx_mark(&c);
        assert_int_equal(day_check(&c, "day", cases[i].day, cases[i].floor), cases[i].status);
        ctx_rewind(&c, mark);
    }
    Date given;
    assert_int_equal(day_given(&c, DATE_NONE, 20211031, &given), ST_OK);
    assert_int_equal(given, 20211031);
    arena_done(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(due_dates), cmocka_unit_test(lights),
        cmocka_unit_test(days_that_happened) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
