/* The dated facts of a unit (单位沿革): what it was called, who led it and who supervised it from when to when.
 *
 * One fact's rows follow each other without overlap. A row that was taken back stays, with its reason, and ends the day
 * before it began: it held on no day. The unit itself keeps the value of today, so that lists can filter by it; a
 * change of a later day is planned: it stands in the history at once and in the unit from its day on. */
#ifndef DOMAIN_UNIT_HISTORY_H
#define DOMAIN_UNIT_HISTORY_H

#include "domain/unit.h"

/* All rows of one unit, in any order. */
typedef struct UnitHistory {
    const UnitFact *rows;
    size_t count;
} UnitHistory;

/* The first row of each fact that a new unit is given, from the day it was established. */
void unit_history_begin(Ctx *c, Unit *unit, Changes *out);
/* Changes a fact from `input->valid_from` (today where none is given) on: what held until then ends the day before. An
 * empty value is a row too: nobody, from that day on. Refused for a day that is not later than the beginning of the
 * fact's last row, for an empty name, for a value that the last row has already, and for a unit that has ended. */
Status unit_change_fact(
    Ctx *c, const Unit *unit, const UnitHistory *has, const UnitFact *input, Changes *out) MUST_CHECK;
/* Takes back a change that was entered in error or will not come about: what held before it goes on. Only the last row
 * of a fact, and not the one that the unit was registered with; the reason must be given. */
Status unit_take_back(
    Ctx *c, const Unit *unit, const UnitHistory *has, const UnitFact *taken, Str reason, Changes *out) MUST_CHECK;
/* The unit as its history has it today; adds nothing when it is so already. */
void unit_take_effect(Ctx *c, const Unit *unit, const UnitHistory *has, Changes *out);

#endif
