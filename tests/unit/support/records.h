/* Records made by chance for tests that walk every entity: the same at every run and on both engines. */
#ifndef SUPPORT_RECORDS_H
#define SUPPORT_RECORDS_H

#include "store/apply.h"
#include "support/engines.h"

enum { CROWD = 24 }; /* records of each kind */

typedef struct Chance {
    uint64_t state;
} Chance;
uint32_t chance(Chance *r, uint32_t below);

/* What a test put into the ledger, so that it can be asked without the ledger. */
typedef struct Crowd {
    void *records[ENTITY_COUNT][CROWD];
    size_t count[ENTITY_COUNT];
} Crowd;

/* A value for every field that a person or the program may set; references name records of the crowd. */
void *crowd_record(Fixture *fx, const Crowd *crowd, EntityKind kind, Chance *r);
/* CROWD records of each kind, applied through change_apply() in the order of references, with fixture_found()
 * done before. A record that meets a unique index is drawn again. */
Crowd *crowd_new(Fixture *fx, uint64_t seed);

/* One list of changes as the lane would apply it, in a transaction of its own. */
Status apply_now(Fixture *fx, const Changes *changes);

#endif
