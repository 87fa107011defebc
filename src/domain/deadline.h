/* Deadlines over a calendar with made-up working days, and the lights. Pure: reads no clock.
 * due = anchor + n calendar days, working days or months (the day of the anchor is not counted). */
#ifndef DOMAIN_DEADLINE_H
#define DOMAIN_DEADLINE_H

#include "base/ctx.h"

/* Working days are Monday to Friday but for the days named here. Outside [from, to] the calendar is
 * unknown and counting working days is refused. */
typedef struct Calendar {
    Date from;
    Date to;
    const Date *rest; /* sorted: days off that would be working days */
    size_t rest_count;
    const Date *work; /* sorted: weekend days made up for */
    size_t work_count;
} Calendar;

typedef enum PeriodUnit { PERIOD_DAYS, PERIOD_WORKING_DAYS, PERIOD_MONTHS } PeriodUnit;
typedef struct Period {
    int count;
    PeriodUnit unit;
} Period;

bool calendar_is_working(const Calendar *cal, Date d);
/* Last day on which an answer is still on time. ST_INVALID when the calendar does not reach that far. */
Status deadline_due(Ctx *c, const Calendar *cal, Date anchor, Period period, Date *out) MUST_CHECK;

/* A day on which something happened: not after today, and not before `floor` (DATE_NONE: whenever); `field` names it in
 * the error. */
Status day_check(Ctx *c, const char *field, Date day, Date floor) MUST_CHECK;
/* The day that a move gave as "effective_on", today where it gave none; checked like that. */
Status day_given(Ctx *c, Date given, Date floor, Date *out) MUST_CHECK;

/* 红黄绿: derived, never stored. */
typedef enum Light { LIGHT_NONE, LIGHT_GREEN, LIGHT_YELLOW, LIGHT_RED, LIGHT_LONG, LIGHT_DONE, LIGHT_STANDS } Light;
/* Red: past its day. Yellow: `yellow_days` or fewer left, the last day too. NONE without a due date. */
Light light_of(Date due, bool done, Date today, int yellow_days);
const char *light_name(Light light); /* "green" */
Text light_label(Light light);

#endif
