/* Which columns of an entity place its records within an actor's rights. For the files of this room that ask it:
 * compile_scope.c, which says it in SQL, and tally.c, which must have the same columns. */
#ifndef STORE_SCOPE_H
#define STORE_SCOPE_H

#include "domain/permission.h"

/* One way in: the entity's field is what a right names, or a unit whose history names today what the right does. */
typedef struct ScopeTarget {
    const char *column; /* of assignment */
    int8_t field;       /* of the entity */
    uint8_t held;       /* HOLDS_ONE, HOLDS_SEVERAL */
    bool by_history;    /* the column is a fact of the unit (unit_fact) */
    bool narrow;        /* inspections and units, not what holds many of them */
} ScopeTarget;
enum { SCOPE_TARGETS_MAX = 9 };

/* Those that the actor may hold (all of the entity's, where his holding is not known). */
size_t scope_targets(const Entity *e, const Holding *h, ScopeTarget out[SCOPE_TARGETS_MAX]);
/* Does he hold inspections or units, by whatever name, and nothing that holds many of them? */
bool holding_is_narrow(const Holding *h);

#endif
