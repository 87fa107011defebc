#include "domain/deadline.h"

static bool is_among(Date d, const Date *sorted, size_t count)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] == d)
            return true;
        if (sorted[middle] < d)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool calendar_is_working(const Calendar *cal, Date d)
{
    if (date_weekday(d) >= 6)
        return is_among(d, cal->work, cal->work_count);
    return !is_among(d, cal->rest, cal->rest_count);
}

static Status beyond_calendar(Ctx *c, const Calendar *cal)
{
    return fail(c, ST_INVALID, "工作日历只到%.*s，无法推算期限；请先在规则中补充节假日安排",
        "the calendar of working days ends on %.*s; add the holidays to the rule set first",
        STR_ARG(date_text(c->arena, cal->to)));
}

static Status working_days_later(Ctx *c, const Calendar *cal, Date anchor, int count, Date *out)
{
    Date d = anchor;
    if (d < cal->from)
        return beyond_calendar(c, cal);
    while (count > 0) {
        d = date_add_days(d, 1);
        if (d > cal->to)
            return beyond_calendar(c, cal);
        if (calendar_is_working(cal, d))
            count--;
    }
    *out = d;
    return ST_OK;
}

Status deadline_due(Ctx *c, const Calendar *cal, Date anchor, Period period, Date *out)
{
    switch (period.unit) {
    case PERIOD_DAYS:
        *out = date_add_days(anchor, period.count);
        return ST_OK;
    case PERIOD_MONTHS:
        *out = date_add_months(anchor, period.count);
        return ST_OK;
    case PERIOD_WORKING_DAYS:
        break;
    }
    return working_days_later(c, cal, anchor, period.count, out);
}

Light light_of(Date due, bool done, Date today, int yellow_days)
{
    if (done)
        return LIGHT_DONE;
    if (due == DATE_NONE)
        return LIGHT_NONE;
    int left = date_days_between(today, due);
    if (left < 0)
        return LIGHT_RED;
    return left <= yellow_days ? LIGHT_YELLOW : LIGHT_GREEN;
}

static const struct {
    const char *name;
    Text label;
} lights[] = {
    [LIGHT_NONE] = { "none", { "未定期限", "No due date" } },
    [LIGHT_GREEN] = { "green", { "期限内", "In time" } },
    [LIGHT_YELLOW] = { "yellow", { "临近期限", "Nearly due" } },
    [LIGHT_RED] = { "red", { "已超期", "Overdue" } },
    [LIGHT_LONG] = { "long", { "长期整改", "Long-term" } },
    [LIGHT_DONE] = { "done", { "已完成", "Done" } },
    [LIGHT_STANDS] = { "stands", { "停止计时", "Clock stands" } },
};

const char *light_name(Light light)
{
    return lights[light].name;
}

Text light_label(Light light)
{
    return lights[light].label;
}

/* --- days on which something happened ------------------------------------------------------- */

Status day_check(Ctx *c, const char *field, Date day, Date floor)
{
    if (day <= c->today && day >= floor)
        return ST_OK;
    Text rule = floor ? text_format(c, "应在%.*s至今天之间", "must lie between %.*s and today",
                            STR_ARG(date_text(c->arena, floor)))
                      : T("日期在今天之后", "lies in the future");
    return fail_field(c, str_of(field), date_text(c->arena, day), rule, T("请核对日期", "check the date"));
}

Status day_given(Ctx *c, Date given, Date floor, Date *out)
{
    *out = given ? given : c->today;
    return day_check(c, "effective_on", *out, floor);
}
