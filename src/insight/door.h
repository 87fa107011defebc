/* A selection as the address of its list, and back: what a figure opens, and what a frozen one keeps. */
#ifndef INSIGHT_DOOR_H
#define INSIGHT_DOOR_H

#include "domain/selection.h"

/* "rectifications?state=done&round.type=regular"; in the arena of the Ctx. */
Str selection_door(Ctx *c, const Selection *sel);
/* The selection that a door names, unlimited. ST_INVALID for an entity or a condition that this program does not
 * know: it was written by another version. */
Status selection_of_door(Ctx *c, Str door, Selection *out) MUST_CHECK;
/* The same for a door with DAY_OF_FIGURE in it, as of a day: states as they were in effect then. */
Status selection_of_template(Ctx *c, Str door, Date day, Selection *out) MUST_CHECK;

/* In a condition: the day as of which a figure stands. */
#define DAY_OF_FIGURE "@day"

#endif
