#include "base/clock.h"

#include <assert.h>
#include <string.h>
#include <time.h>

enum { YEAR_MIN = 1900, YEAR_MAX = 9999, MONTHS = 12, MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400 };
#define SECOND_US INT64_C(1000000)
#define DAY_US    (DAY_S * SECOND_US)

Instant clock_now(const Clock *clock)
{
    struct timespec t;
    if (clock->fixed)
        return clock->fixed;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec * SECOND_US + t.tv_nsec / 1000;
}

Date clock_today(const Clock *clock)
{
    return clock->pinned_today ? clock->pinned_today : date_at(clock_now(clock), clock->zone_minutes);
}

int64_t clock_ticks_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* --- dates -------------------------------------------------------------------------------------- */

static int days_in_month(int year, int month)
{
    static const int8_t days[MONTHS] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

Date date_of(int year, int month, int day)
{
    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > MONTHS)
        return DATE_NONE;
    if (day < 1 || day > days_in_month(year, month))
        return DATE_NONE;
    return year * 10000 + month * 100 + day;
}

bool date_is_valid(Date d)
{
    return d > 0 && date_of(date_year(d), date_month(d), date_day(d)) == d;
}

int date_year(Date d)
{
    return d / 10000;
}

int date_month(Date d)
{
    return d / 100 % 100;
}

int date_day(Date d)
{
    return d % 100;
}

int date_weekday(Date d)
{
    /* 1970-01-01 was a Thursday; the second % is for the days before it. */
    return ((date_to_days(d) + 3) % 7 + 7) % 7 + 1;
}

/* Years counted from March put the leap day last, and 400 of them, an era, always have the same
 * 146097 days; 719468 lie between 0000-03-01 and 1970-01-01. */
enum { ERA_YEARS = 400, ERA_DAYS = 146097, MARCH_TO_EPOCH = 719468 };

int32_t date_to_days(Date d)
{
    assert(date_is_valid(d));
    int month = date_month(d);
    int year = date_year(d) - (month <= 2);
    int year_of_era = year % ERA_YEARS;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date_day(d) - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return year / ERA_YEARS * ERA_DAYS + day_of_era - MARCH_TO_EPOCH;
}

Date date_from_days(int32_t days)
{
    if (days < -MARCH_TO_EPOCH || days > INT32_MAX - MARCH_TO_EPOCH)
        return DATE_NONE;
    int32_t since_march = days + MARCH_TO_EPOCH;
    int day_of_era = since_march % ERA_DAYS;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;
    int day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return date_of(since_march / ERA_DAYS * ERA_YEARS + year_of_era + (month <= 2), month, day);
}

Date date_add_days(Date d, int days)
{
    int32_t sum;
    if (d == DATE_NONE || __builtin_add_overflow(date_to_days(d), days, &sum))
        return DATE_NONE;
    return date_from_days(sum);
}

Date date_add_months(Date d, int months)
{
    if (d == DATE_NONE)
        return DATE_NONE;
    int64_t count = (int64_t)date_year(d) * MONTHS + date_month(d) - 1 + months;
    if (count < YEAR_MIN * MONTHS || count >= (YEAR_MAX + 1) * MONTHS)
        return DATE_NONE;
    int year = (int)(count / MONTHS);
    int month = (int)(count % MONTHS) + 1;
    int last = days_in_month(year, month);
    return date_of(year, month, date_day(d) < last ? date_day(d) : last);
}

int date_days_between(Date from, Date to)
{
    return date_to_days(to) - date_to_days(from);
}

/* Splits into whole days and the rest, which is never negative. */
static int64_t split_days(int64_t us, int64_t *rest)
{
    int64_t days = us / DAY_US;
    *rest = us % DAY_US;
    if (*rest < 0) {
        *rest += DAY_US;
        days--;
    }
    return days;
}

Date date_at(Instant at, int32_t zone_minutes)
{
    int64_t local, rest;
    if (__builtin_add_overflow(at, zone_minutes * MINUTE_S * SECOND_US, &local))
        return DATE_NONE;
    return date_from_days((int32_t)split_days(local, &rest));
}

/* --- texts -------------------------------------------------------------------------------------- */

/* Exactly `digits` digits at *at. */
static bool take_number(Str text, size_t *at, int digits, int *out)
{
    int n = 0;
    for (int i = 0; i < digits; i++, (*at)++) {
        if (*at >= text.len || text.ptr[*at] < '0' || text.ptr[*at] > '9')
            return false;
        n = n * 10 + (text.ptr[*at] - '0');
    }
    *out = n;
    return true;
}

static bool take_char(Str text, size_t *at, char c)
{
    if (*at >= text.len || text.ptr[*at] != c)
        return false;
    (*at)++;
    return true;
}

static bool take_date(Str text, size_t *at, Date *out)
{
    int year, month, day;
    if (!take_number(text, at, 4, &year) || !take_char(text, at, '-') || !take_number(text, at, 2, &month) ||
        !take_char(text, at, '-') || !take_number(text, at, 2, &day))
        return false;
    *out = date_of(year, month, day);
    return *out != DATE_NONE;
}

bool date_parse(Str text, Date *out)
{
    size_t at = 0;
    Date d;
    if (!take_date(text, &at, &d) || at != text.len)
        return false;
    *out = d;
    return true;
}

static void put_number(char *out, int digits, int64_t n)
{
    while (digits--) {
        out[digits] = (char)('0' + n % 10);
        n /= 10;
    }
}

void date_put(char out[DATE_TEXT_LEN], Date d)
{
    put_number(out, 4, date_year(d));
    out[4] = '-';
    put_number(out + 5, 2, date_month(d));
    out[7] = '-';
    put_number(out + 8, 2, date_day(d));
}

Str date_text(Arena *arena, Date d)
{
    char text[DATE_TEXT_LEN];
    if (d == DATE_NONE)
        return STR_NONE;
    date_put(text, d);
    return str_copy(arena, (Str){ text, sizeof text });
}

static bool take_time(Str text, size_t *at, int64_t *second)
{
    int hour, minute, s;
    if (!take_number(text, at, 2, &hour) || !take_char(text, at, ':') || !take_number(text, at, 2, &minute) ||
        !take_char(text, at, ':') || !take_number(text, at, 2, &s))
        return false;
    *second = (int64_t)hour * HOUR_S + minute * MINUTE_S + s;
    return hour < 24 && minute < 60 && s < 60;
}

/* Nothing, or a point and 1 to 6 digits. */
static bool take_fraction(Str text, size_t *at, int64_t *us)
{
    int64_t weight = SECOND_US / 10;
    *us = 0;
    if (!take_char(text, at, '.'))
        return true;
    for (int digit; weight > 0 && take_number(text, at, 1, &digit); weight /= 10)
        *us += digit * weight;
    return weight < SECOND_US / 10;
}

bool instant_parse(Str text, Instant *out)
{
    size_t at = 0;
    Date day;
    int64_t second, us;
    if (!take_date(text, &at, &day) || !take_char(text, &at, 'T') || !take_time(text, &at, &second) ||
        !take_fraction(text, &at, &us) || !take_char(text, &at, 'Z') || at != text.len)
        return false;
    *out = date_to_days(day) * DAY_US + second * SECOND_US + us;
    return true;
}

void instant_put(char out[INSTANT_TEXT_LEN], Instant at)
{
    int64_t us;
    int32_t days = (int32_t)split_days(at, &us);
    int64_t second = us / SECOND_US;
    date_put(out, date_from_days(days));
    out[10] = 'T';
    put_number(out + 11, 2, second / HOUR_S);
    out[13] = ':';
    put_number(out + 14, 2, second / MINUTE_S % 60);
    out[16] = ':';
    put_number(out + 17, 2, second % 60);
    out[19] = '.';
    put_number(out + 20, 6, us % SECOND_US);
    out[26] = 'Z';
}

Str instant_text(Arena *arena, Instant at)
{
    char text[INSTANT_TEXT_LEN];
    if (at == 0)
        return STR_NONE;
    instant_put(text, at);
    return str_copy(arena, (Str){ text, sizeof text });
}
