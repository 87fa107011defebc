/* escalate: the daily run over the deadlines, by hand; serve does it by itself. */
#include "cli/command.h"

#include "service/escalation_work.h"

#include <stdio.h>

static void print_tally(const EscalationTally *t)
{
    printf("{\"inspections\":%lld,\"letters\":%lld,\"records\":%lld}\n", (long long)t->inspections,
        (long long)t->letters, (long long)t->records);
}

Status cmd_escalate(Invocation *in)
{
    App *app;
    EscalationTally tally;
    TRY(open_app(in, true, false, &app));
    Ctx c = app_ctx(app, in->c->arena);
    c.lang = in->c->lang;
    Status status = escalation_work(&c, app, &tally);
    app_close(app);
    if (status != ST_OK)
        return fail(in->c, status, "%.*s", "%.*s", STR_ARG(c.err.message));
    if (option_flag(&in->options, "json"))
        print_tally(&tally);
    else
        say(in, "已核对%lld个有超期事项的巡察对象，起草函件%lld份，由责任人印发。",
            "%lld inspections with late items looked at, %lld letters drafted for somebody to issue.",
            (long long)tally.inspections, (long long)tally.letters);
    return ST_OK;
}
