/* Planned changes of units (domain/unit_history.h) whose day has come: the unit gets the value of its history. */
#ifndef SERVICE_UNIT_HISTORY_WORK_H
#define SERVICE_UNIT_HISTORY_WORK_H

#include "service/app.h"

/* All units whose values are not those of their history on the Ctx's day; `changed` counts them. Decided within the
 * lane, 50 to a transaction: killed at any moment, the next run finds what is left. */
Status unit_history_work(Ctx *c, App *app, int64_t *changed) MUST_CHECK;

#endif
