/* Records out of the ledger: one by id, or what a Selection names, within the actor's scope.
 * What is outside the scope does not exist (ST_MISSING, by the same statement). */
#ifndef STORE_LOAD_H
#define STORE_LOAD_H

#include "store/compile.h"

/* The record in the arena of the Ctx, whole. `version` 0: any; else ST_STALE when it has moved on. */
Status record_load(Ctx *c, EntityKind kind, Str id, int64_t version, void *out) MUST_CHECK;
/* The same past the actor's scope, for what a decision must know and the actor need not see. */
Status record_load_unscoped(Ctx *c, EntityKind kind, Str id, void *out) MUST_CHECK;
/* The same when an assignment in force covers it: for what others are made under. A role may see every
 * organiser and yet act for one of them only. */
Status record_load_held(Ctx *c, EntityKind kind, Str id, void *out) MUST_CHECK;

/* Called for each row. Texts point into the engine's memory and hold only inside the call: copy what
 * you keep, or use selection_load(). */
typedef Status RecordVisitor(Ctx *c, const void *record, void *arg);

typedef struct Page {
    bool more; /* there is a row after the limit */
    Str next;  /* the cursor behind the last row, when there is one */
    uint32_t rows;
} Page;
Status selection_each(Ctx *c, const Selection *sel, RecordVisitor *visit, void *arg, Page *page) MUST_CHECK;
/* All rows of a selection, at most `most` (ST_TOO_BIG beyond), whole records in the arena as an array of the
 * entity's struct. */
Status selection_load(Ctx *c, const Selection *sel, size_t most, void *array_out, size_t *count) MUST_CHECK;
/* How many; stops counting at `cap`, then *exact is false. */
Status selection_count(Ctx *c, const Selection *sel, int64_t cap, int64_t *count, bool *exact) MUST_CHECK;
/* Called for each group; keys and sums hold only inside the call. */
typedef struct Group {
    Str keys[GROUP_KEYS_MAX]; /* empty: absent */
    int64_t records;
    int64_t sums[TALLY_SUMS_MAX];
    int64_t distinct; /* different values of the grouping's field */
} Group;
typedef Status GroupVisitor(Ctx *c, const Group *group, void *arg);
/* What a selection falls into, in the order of the keys, from a tally where one answers. Order, page and limit of the
 * selection do not matter. */
Status selection_group(
    Ctx *c, const Selection *sel, const Grouping *grouping, GroupVisitor *visit, void *arg) MUST_CHECK;
/* The sum of a whole-number field over a selection; absent values add nothing. */
Status selection_sum(Ctx *c, const Selection *sel, int field, int64_t *out) MUST_CHECK;
/* How many different values a field has over a selection; absent ones are none. */
Status selection_distinct(Ctx *c, const Selection *sel, int field, int64_t *out) MUST_CHECK;
/* The ids of a whole selection in the order of ids, one after another (ID_LEN bytes each); ST_TOO_BIG above `most`. */
Status selection_ids(Ctx *c, const Selection *sel, size_t most, Str *out) MUST_CHECK;
/* The first row's id, STR_NONE without one. */
Status selection_first_id(Ctx *c, const Selection *sel, Str *id) MUST_CHECK;

/* Records of a kind with an id above `after`, whole, in order of id, at most `most`, past the scope: for what walks
 * through all of them. */
Status record_walk(
    Ctx *c, const Entity *e, Str after, size_t most, RecordVisitor *visit, void *arg, size_t *rows) MUST_CHECK;

/* What names the record of that id, past the scope; STR_NONE when there is none. */
Status record_title_of(Ctx *c, EntityKind kind, Str id, Str *title) MUST_CHECK;

/* Rows of compile_walk() and the like: every field into `record`, whose texts point into the engine. */
Status record_from_row(Ctx *c, const FieldTable *table, FieldSet set, const DbRows *rows, void *record) MUST_CHECK;

#endif
