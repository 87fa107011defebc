/* Tallies: groupings of an entity that are kept, so that a dashboard over a million records reads some hundred rows.
 *
 * A tally is a table of counts and sums by a few fields of one entity. It is changed in the transaction that changes
 * the records (store/apply.c) and counted anew by verify. Its columns have the names of the entity's fields, so that
 * a Selection is compiled onto it as onto the entity itself, scope and all: who asks never knows which was read. An
 * absent value is TALLY_ABSENT there. */
#ifndef STORE_TALLY_H
#define STORE_TALLY_H

#include "domain/change.h"
#include "domain/selection.h"

#define TALLY_ABSENT "-"
enum { TALLY_KEYS_MAX = 7, TALLY_SUMS_MAX = 3, GROUP_KEYS_MAX = 3 };

/* One key of a grouping: a field's value, or the year of a date; of the record, or of what a reference names. */
typedef struct GroupKey {
    int16_t via; /* -1: the record itself */
    int16_t field;
    bool year;
} GroupKey;

typedef struct Grouping {
    GroupKey keys[GROUP_KEYS_MAX];
    uint8_t key_count;
    int16_t sums[TALLY_SUMS_MAX]; /* whole-number fields that are added up */
    uint8_t sum_count;
    int16_t distinct; /* the field whose different values are counted; 0: none is */
    bool afresh;      /* from the records themselves, whatever is kept: what a tally is compared with */
} Grouping;

/* A field of the record; or the year of one of its dates; or a field of what a reference names, which must be one that
 * is never edited. */
typedef struct TallyColumn {
    const char *name;
    int16_t via; /* -1: the record itself */
    int16_t field;
    bool year;
} TallyColumn;

typedef struct TallyTable {
    const char *name;
    EntityKind entity;
    TallyColumn keys[TALLY_KEYS_MAX];
    uint8_t key_count;
    TallyColumn sums[TALLY_SUMS_MAX];
    uint8_t sum_count;
} TallyTable;

extern const TallyTable tally_tables[];
extern const size_t tally_table_count;

/* The column that holds this field (or its year), or NULL. */
const TallyColumn *tally_key(const TallyTable *t, int via, int field, bool year);
/* The field that a column's values are values of. */
const Field *tally_field(const TallyTable *t, const TallyColumn *column);
/* The first tally that can answer: every condition and key is about its columns, and what the actor holds is asked of
 * columns it has. NULL: the records themselves are counted. */
const TallyTable *tally_for(Ctx *c, const Selection *sel, const Grouping *grouping);

/* What a change takes from one row of a tally and adds to another. */
typedef struct TallyStep {
    Value keys[TALLY_KEYS_MAX];
    int64_t records;
    int64_t sums[TALLY_SUMS_MAX];
} TallyStep;
/* Up to two steps for this change, `steps` of room two; none when the tally does not move. */
Status tally_steps(Ctx *c, const TallyTable *t, const Change *change, TallyStep *steps, size_t *count) MUST_CHECK;

#endif
