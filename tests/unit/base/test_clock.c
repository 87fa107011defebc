#include "base_test.h"

#include "base/clock.h"

static void dates_exist_or_not(void **state)
{
    static const struct {
        int year, month, day;
        Date date;
    } rows[] = {
        { 2021, 10, 31, 20211031 },
        { 2024, 2, 29, 20240229 },
        { 2023, 2, 29, DATE_NONE },
        { 2000, 2, 29, 20000229 },
        { 1900, 2, 29, DATE_NONE },
        { 1900, 1, 1, 19000101 },
        { 1899, 12, 31, DATE_NONE },
        { 9999, 12, 31, DATE_FOREVER },
        { 10000, 1, 1, DATE_NONE },
        { 2021, 13, 1, DATE_NONE },
        { 2021, 0, 1, DATE_NONE },
        { 2021, 4, 31, DATE_NONE },
        { 2021, 1, 0, DATE_NONE },
        { 2021, -1, 5, DATE_NONE },
        { 2021, 12, 32, DATE_NONE },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        row_holds(date_of(rows[i].year, rows[i].month, rows[i].day) == rows[i].date, "%d-%d-%d", rows[i].year,
            rows[i].month, rows[i].day);
    assert_false(date_is_valid(DATE_NONE));
    assert_false(date_is_valid(20210230));
    assert_false(date_is_valid(-20210230));
    assert_false(date_is_valid(INT32_MAX));
    assert_true(date_is_valid(DATE_FOREVER));
}

static void days_are_counted_both_ways(void **state)
{
    static const struct {
        Date date;
        int32_t days;
        int weekday;
    } rows[] = {
        { 19700101, 0, 4 },
        { 19691231, -1, 3 },
        { 19000101, -25567, 1 },
        { 20000229, 11016, 2 },
        { 20000301, 11017, 3 },
        { 20211031, 18931, 7 },
        { 20240229, 19782, 4 },
        { DATE_FOREVER, 2932896, 5 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        row_holds(
            date_to_days(rows[i].date) == rows[i].days, "%d to days: %d", rows[i].date, date_to_days(rows[i].date));
        row_holds(date_from_days(rows[i].days) == rows[i].date, "%d from days", rows[i].date);
        row_holds(date_weekday(rows[i].date) == rows[i].weekday, "%d: day of the week", rows[i].date);
    }
}

static void every_day_has_its_neighbour(void **state)
{
    int32_t last = date_to_days(DATE_FOREVER);
    (void)state;
    for (int32_t days = date_to_days(19000101); days <= last; days++) {
        Date d = date_from_days(days);
        row_holds(date_is_valid(d) && date_to_days(d) == days, "day %d became %d", days, d);
    }
    assert_int_equal(date_from_days(last + 1), DATE_NONE);
    assert_int_equal(date_from_days(date_to_days(19000101) - 1), DATE_NONE);
    assert_int_equal(date_from_days(INT32_MAX), DATE_NONE);
    assert_int_equal(date_from_days(INT32_MIN), DATE_NONE);
}

static void adding_days(void **state)
{
    static const struct {
        Date from;
        int days;
        Date to;
    } rows[] = {
        { 20240228, 1, 20240229 },
        { 20211231, 1, 20220101 },
        { 20220101, -1, 20211231 },
        { 20211031, 0, 20211031 },
        { 20211031, 365, 20221031 },
        { DATE_FOREVER, 1, DATE_NONE },
        { DATE_NONE, 5, DATE_NONE },
        { 20211031, INT32_MAX, DATE_NONE },
        { 19000101, INT32_MIN, DATE_NONE },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        row_holds(date_add_days(rows[i].from, rows[i].days) == rows[i].to, "%d + %d", rows[i].from, rows[i].days);
    assert_int_equal(date_days_between(20240228, 20240301), 2);
    assert_int_equal(date_days_between(20240301, 20240228), -2);
}

static void adding_months(void **state)
{
    static const struct {
        Date from;
        int months;
        Date to;
    } rows[] = {
        { 20210131, 1, 20210228 },
        { 20240131, 1, 20240229 },
        { 20211031, 3, 20220131 },
        { 20220131, -1, 20211231 },
        { 20220331, -1, 20220228 },
        { 20211031, -22, 20191231 },
        { 20211031, 0, 20211031 },
        { 20240229, 12, 20250228 },
        { 99991130, 2, DATE_NONE },
        { 19000131, -1, DATE_NONE },
        { DATE_NONE, 1, DATE_NONE },
        { 20211031, INT32_MAX, DATE_NONE },
        { 20211031, INT32_MIN, DATE_NONE },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        row_holds(date_add_months(rows[i].from, rows[i].months) == rows[i].to, "%d + %d months: %d", rows[i].from,
            rows[i].months, date_add_months(rows[i].from, rows[i].months));
}

static void dates_are_read_strictly(void **state)
{
    static const struct {
        const char *text;
        Date date; /* DATE_NONE: refused */
    } rows[] = {
        { "2021-10-31", 20211031 },
        { "1900-01-01", 19000101 },
        { "9999-12-31", DATE_FOREVER },
        { "", 0 },
        { "2021-10-3", 0 },
        { "2021-10-311", 0 },
        { "2021-1-31", 0 },
        { "2021/10/31", 0 },
        { "20211031", 0 },
        { "2021-02-30", 0 },
        { "0000-00-00", 0 },
        { " 2021-10-31", 0 },
        { "2021-10-31 ", 0 },
        { "+021-10-31", 0 },
        { "2021-10-3a", 0 },
        { "２０２１-10-31", 0 },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Date d = 12345;
        bool good = date_parse(str_of(rows[i].text), &d);
        row_holds(good == (rows[i].date != DATE_NONE), "'%s'", rows[i].text);
        row_holds(d == (good ? rows[i].date : 12345), "'%s' gave %d", rows[i].text, d);
        if (good)
            assert_str_equal(date_text(fx->arena, d), str_of(rows[i].text));
    }
    assert_str_equal(date_text(fx->arena, DATE_NONE), STR_NONE);
}

static void instants_are_read_strictly(void **state)
{
    static const struct {
        const char *text;
        bool good;
        Instant at;
        const char *written;
    } rows[] = {
        { "2021-10-31T08:15:30.123456Z", true, INT64_C(1635668130123456), "2021-10-31T08:15:30.123456Z" },
        { "2021-10-31T08:15:30Z", true, INT64_C(1635668130000000), "2021-10-31T08:15:30.000000Z" },
        { "2021-10-31T08:15:30.5Z", true, INT64_C(1635668130500000), "2021-10-31T08:15:30.500000Z" },
        { "2021-10-31T08:15:30.000001Z", true, INT64_C(1635668130000001), "2021-10-31T08:15:30.000001Z" },
        { "1969-12-31T23:59:59.999999Z", true, -1, "1969-12-31T23:59:59.999999Z" },
        { "1900-01-01T00:00:00Z", true, INT64_C(-2208988800000000), "1900-01-01T00:00:00.000000Z" },
        { "9999-12-31T23:59:59.999999Z", true, INT64_C(253402300799999999), "9999-12-31T23:59:59.999999Z" },
        { "2021-10-31T08:15:30", false, 0, NULL },
        { "2021-10-31T08:15:30.Z", false, 0, NULL },
        { "2021-10-31T08:15:30.1234567Z", false, 0, NULL },
        { "2021-10-31T24:00:00Z", false, 0, NULL },
        { "2021-10-31T08:60:00Z", false, 0, NULL },
        { "2021-10-31T08:15:60Z", false, 0, NULL },
        { "2021-10-31 08:15:30Z", false, 0, NULL },
        { "2021-10-31T08:15:30+08:00", false, 0, NULL },
        { "2021-10-31T08:15:30Z ", false, 0, NULL },
        { "2021-02-30T08:15:30Z", false, 0, NULL },
        { "2021-10-31T8:15:30Z", false, 0, NULL },
        { "", false, 0, NULL },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Instant at = 77;
        row_holds(instant_parse(str_of(rows[i].text), &at) == rows[i].good, "'%s'", rows[i].text);
        row_holds(at == (rows[i].good ? rows[i].at : 77), "'%s' gave %lld", rows[i].text, (long long)at);
        if (rows[i].good)
            assert_str_equal(instant_text(fx->arena, at), str_of(rows[i].written));
    }
    assert_str_equal(instant_text(fx->arena, 0), STR_NONE);
}

static void the_day_depends_on_the_zone(void **state)
{
    static const struct {
        const char *at;
        int32_t zone;
        Date date;
    } rows[] = {
        { "2021-10-31T15:59:59.999999Z", 480, 20211031 },
        { "2021-10-31T16:00:00Z", 480, 20211101 },
        { "2021-10-31T16:00:00Z", 0, 20211031 },
        { "2021-10-31T00:00:00Z", -60, 20211030 },
        { "1969-12-31T15:59:59Z", 480, 19691231 },
        { "1969-12-31T16:00:00Z", 480, 19700101 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Instant at = 0;
        assert_true(instant_parse(str_of(rows[i].at), &at));
        row_holds(date_at(at, rows[i].zone) == rows[i].date, "%s in %d", rows[i].at, rows[i].zone);
    }
    assert_int_equal(date_at(INT64_MAX, 480), DATE_NONE);
    assert_int_equal(date_at(INT64_MIN, -480), DATE_NONE);
}

static void clocks_are_real_fixed_or_pinned(void **state)
{
    Clock real = { .zone_minutes = 480 };
    Clock pinned = { .zone_minutes = 480, .pinned_today = 20170701 };
    Clock fixed = { .zone_minutes = 480, .fixed = INT64_C(1635668130000000) };
    (void)state;
    Instant first = clock_now(&real);
    assert_true(first > INT64_C(1600000000000000));
    assert_true(clock_now(&real) >= first);
    assert_true(date_is_valid(clock_today(&real)));
    assert_int_equal(clock_today(&pinned), 20170701);
    assert_true(clock_now(&pinned) >= first); /* what is recorded stays real */
    assert_int_equal(clock_now(&fixed), INT64_C(1635668130000000));
    assert_int_equal(clock_today(&fixed), 20211031);
    int64_t ticks = clock_ticks_ms();
    assert_true(clock_ticks_ms() >= ticks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_exist_or_not),
        cmocka_unit_test(days_are_counted_both_ways),
        cmocka_unit_test(every_day_has_its_neighbour),
        cmocka_unit_test(adding_days),
        cmocka_unit_test(adding_months),
        WITH_CTX(dates_are_read_strictly),
        WITH_CTX(instants_are_read_strictly),
        cmocka_unit_test(the_day_depends_on_the_zone),
        cmocka_unit_test(clocks_are_real_fixed_or_pinned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
