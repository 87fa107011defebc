/* escalate: the daily run, by hand; serve does it by itself. */
#include "cli/command.h"

#include "service/day_work.h"

#include <stdio.h>

static void print_tally(const DayTally *t)
{
    printf("{\"units\":%lld,\"inspections\":%lld,\"letters\":%lld,\"records\":%lld}\n", (long long)t->units,
        (long long)t->letters.inspections, (long long)t->letters.letters, (long long)t->letters.records);
}

Status cmd_escalate(Invocation *in)
{
    App *app;
    DayTally tally;
    TRY(open_app(in, true, false, &app));
    Ctx c = app_ctx(app, in->c->arena);
    c.lang = in->c->lang;
    Status status = day_work(&c, app, &tally);
    app_close(app);
    if (status != ST_OK)
        return fail(in->c, status, "%.*s", "%.*s", STR_ARG(c.err.message));
    if (option_flag(&in->options, "json"))
        print_tally(&tally);
    else
        say(in, "到期生效的单位变更%lld个；已核对%lld个有超期事项的巡察对象，起草函件%lld份，由责任人印发。",
            "%lld units changed as planned; %lld inspections with late items looked at, %lld letters drafted for "
            "somebody "
            "to issue.",
            (long long)tally.units, (long long)tally.letters.inspections, (long long)tally.letters.letters);
    return ST_OK;
}
