/* The rate of rectification by its several definitions: the records that make the differences, why they differ, in
 * words with the numbers of the day, and what rechecks tell of the truth. Every number opens what it counts. */
#ifndef SERVICE_FIGURE_RATE_H
#define SERVICE_FIGURE_RATE_H

#include "service/figures.h"

/* The members variants, steps, rest and confirmed of the figure's object. */
Status figure_rate_put(Ctx *c, JsonWriter *w, const FigureWish *wish) MUST_CHECK;

#endif
