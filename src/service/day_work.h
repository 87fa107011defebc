/* What a new day brings by itself: planned changes of units hold, letters about what is late are drafted.
 *
 * Each part may be killed at any moment; the next run finds what is left. Two servers on one ledger do nothing twice.
 */
#ifndef SERVICE_DAY_WORK_H
#define SERVICE_DAY_WORK_H

#include "service/escalation_work.h"

typedef struct DayTally {
    int64_t units; /* that changed */
    EscalationTally letters;
} DayTally;
/* One whole run by the ledger's own actor, as of the Ctx's day and instant. */
Status day_work(Ctx *c, App *app, DayTally *out) MUST_CHECK;

/* The thread that runs it when it starts and on each new day. */
typedef struct DayWorker DayWorker;
DayWorker *day_worker_open(App *app);
void day_worker_close(DayWorker *w);

#endif
