/* Dates and instants; one injected clock.
 *
 * A Date is a day in the organiser's zone, as the number yyyymmdd: 20211031. It compares as it
 * reads, and 0 is "no date". An Instant is microseconds since 1970-01-01 UTC; 0 is "never".
 * Only clock_now() and clock_today() read a clock; everything else is given its dates. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/str.h"

typedef int32_t Date;
typedef int64_t Instant;

#define DATE_NONE    0
#define DATE_FOREVER 99991231
enum { DATE_TEXT_LEN = 10, INSTANT_TEXT_LEN = 27 };

/* The program's clock. A pinned day is for demonstration ledgers and tests: the recorded instant
 * stays the real one unless `fixed` is set as well. */
typedef struct Clock {
    int32_t zone_minutes; /* east of UTC; 480 for China */
    Date pinned_today;    /* 0: the real day */
    Instant fixed;        /* 0: the real instant */
} Clock;

Instant clock_now(const Clock *clock);
Date clock_today(const Clock *clock);
/* For measuring how long something took; never for a date. Milliseconds, monotonic. */
int64_t clock_ticks_ms(void);

Date date_of(int year, int month, int day); /* DATE_NONE when there is no such day (1900 to 9999) */
bool date_is_valid(Date d);
int date_year(Date d);
int date_month(Date d);
int date_day(Date d);
int date_weekday(Date d);     /* 1 Monday … 7 Sunday */
int32_t date_to_days(Date d); /* days since 1970-01-01 */
Date date_from_days(int32_t days);
Date date_add_days(Date d, int days);
/* The same day n months on, or the last day of that month where it has none. */
Date date_add_months(Date d, int months);
int date_days_between(Date from, Date to); /* to - from */
/* The day an instant falls on, `zone_minutes` east of UTC. */
Date date_at(Instant at, int32_t zone_minutes);

/* "2021-10-31", strictly; false for anything else, with *out left alone. */
bool date_parse(Str text, Date *out);
Str date_text(Arena *arena, Date d); /* STR_NONE for DATE_NONE */
void date_put(char out[DATE_TEXT_LEN], Date d);

/* "2021-10-31T08:15:30.123456Z"; the fraction may be absent or have 1 to 6 digits when read. */
bool instant_parse(Str text, Instant *out);
Str instant_text(Arena *arena, Instant at);
void instant_put(char out[INSTANT_TEXT_LEN], Instant at);

#endif
