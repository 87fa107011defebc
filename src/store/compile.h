/* The one file that builds SQL: Selections, and a record's own insert, update and load.
 *
 * It compiles for both engines and injects the row scope, once, here: what is selected for an actor
 * joins the assignments in force today. Prepared statements are kept by their text (store/db.h), so
 * the text depends on shapes only and every value is a parameter. */
#ifndef STORE_COMPILE_H
#define STORE_COMPILE_H

#include "store/db.h"
#include "store/tally.h"

typedef struct Compiled {
    Str sql;
    ValueKind *kinds;
    Value *values;
    size_t count;
} Compiled;

typedef enum CompileWhat {
    COMPILE_ROWS,  /* the fields of sel->fields in the order of the table; one row beyond the limit */
    COMPILE_COUNT, /* how many, counted no further than `cap` + 1 */
    COMPILE_IDS    /* ids only, in order, without a limit */
} CompileWhat;

/* ST_DENIED when the actor's role may not see this entity at all. */
Status compile_selection(Ctx *c, const Selection *sel, CompileWhat what, int64_t cap, Compiled *out) MUST_CHECK;
/* When a selection is a whole entity, or some states of it: the statement that reads its counters, giving no row
 * (or an absent sum) to an actor without a right to the whole ledger. False for any other selection. */
bool compile_count_all(Ctx *c, const Selection *sel, Compiled *out);
/* What a selection falls into: a row a group, in the order of the keys (texts, TALLY_ABSENT for what is absent), then
 * how many and the sums. Without keys one row. `tally`: the table that answers (tally_for()); NULL: the records. */
Status compile_groups(
    Ctx *c, const Selection *sel, const Grouping *grouping, const TallyTable *tally, Compiled *out) MUST_CHECK;
/* Adds a step to its row. */
void compile_tally_add(Ctx *c, const TallyTable *t, const TallyStep *step, Compiled *out);
/* How many rows of a tally differ from what the records give. */
void compile_tally_differences(Ctx *c, const TallyTable *t, Compiled *out);
/* How far a record may be reached for. */
typedef enum Reach {
    REACH_SEEN, /* what the actor's role and assignments show him */
    REACH_HELD, /* what an assignment in force covers, also where the role sees every record of the kind */
    REACH_ANY
} Reach;
/* One record by id, all fields. */
Status compile_load(Ctx *c, EntityKind kind, Str id, Reach reach, Compiled *out) MUST_CHECK;
void compile_insert(Ctx *c, const Entity *e, const void *record, Compiled *out);
/* Sets the fields in `set` where id and the version before are the record's. */
void compile_update(Ctx *c, const Entity *e, FieldSet set, const void *record, int64_t version_before, Compiled *out);
/* Takes the record away where its version is still that one. */
void compile_delete(Ctx *c, const Entity *e, Str id, int64_t version, Compiled *out);
/* All fields of records with an id above `after`, in order of id: for verify and the archive. */
void compile_walk(Ctx *c, const Entity *e, Str after, int64_t limit, Compiled *out);
/* How many records name, in a reference field, a record that is not there. */
void compile_dangling(Ctx *c, const Entity *e, int field, Compiled *out);
/* What names the record of that id, past the scope: a label beside a reference the reader has anyway. */
void compile_title(Ctx *c, const Entity *e, Str id, Compiled *out);

/* A text field of the record of that id. */
void compile_field(Ctx *c, const Entity *e, int field, Str id, Compiled *out);

/* A table as it lies, known by the names of its columns; the first `keys` of them number its rows. */
typedef struct TableColumn {
    Str name;
    ValueKind kind;
} TableColumn;
typedef struct TableShape {
    Str name;
    const TableColumn *columns;
    size_t count;
    size_t keys;
} TableShape;
/* Rows behind those of `after` (NULL: from the first) in the order of the keys, at most `limit`. */
void compile_table_page(Ctx *c, const TableShape *t, const Value *after, int64_t limit, Compiled *out);
/* `rows` rows at once; `values` row by row. */
void compile_table_insert(Ctx *c, const TableShape *t, const Value *values, size_t rows, Compiled *out);
void compile_table_clear(Ctx *c, Str table, Compiled *out);

#endif
