/* What units of the demo say to their findings: facts checked before the feedback, objections after it. Nothing of it
 * is left open and nothing leaves the base, so that the city's figures stay what they are. */
#ifndef SERVICE_DEMO_FACTS_H
#define SERVICE_DEMO_FACTS_H

#include "service/demo_stay.h"

/* The first findings of a stay whose team has left: sent, answered in three ways, settled. */
Status demo_check_facts(Stage *st, const Stay *stay, const Player *office) MUST_CHECK;
/* An objection to an item that the unit has not begun: kept, amended or withdrawn in turn (`nth`). The item is as it is
 * afterwards, with the whole record. */
Status demo_object(Stage *st, const Stay *stay, const Player *leader, int nth, Made *item) MUST_CHECK;

#endif
