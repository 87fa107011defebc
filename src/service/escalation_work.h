/* The part of the daily run that looks at deadlines: what domain/escalation.h drafts, for every inspection that has
 * something late.
 *
 * Looked at beside the lane; where something is to be written each inspection is decided within it, from the records as
 * they stand then, and a few of them share a transaction: killed at any moment, the run begins again from the start and
 * finds only what was not drafted yet. Two servers on one ledger do not draft twice. */
#ifndef SERVICE_ESCALATION_WORK_H
#define SERVICE_ESCALATION_WORK_H

#include "service/app.h"

typedef struct EscalationTally {
    int64_t inspections; /* looked at */
    int64_t letters;     /* drafted */
    int64_t records;     /* changed in all */
} EscalationTally;
/* One whole run by the Ctx's actor, as of its day and instant; its arena is rewound between the chunks. On a day of
 * rest, by the calendar of an inspection's rules, nothing is drafted for it. */
Status escalation_work(Ctx *c, App *app, EscalationTally *out) MUST_CHECK;

#endif
