/* A row of a file on its way to be a record: its cells by heading, the fields they stand for, the body of the use case
 * that makes or changes the record. */
#ifndef SERVICE_IMPORT_ROW_H
#define SERVICE_IMPORT_ROW_H

#include "domain/import.h"
#include "service/operation.h"

/* What can be imported. A row is about the record that all of its keys name; the first key that is empty ends them. */
enum { IMPORT_KEYS_MAX = 4, IMPORT_CELLS_MAX = 64 };
typedef struct ImportKind {
    EntityKind kind;
    const FieldTable *columns; /* the fields a row may give: of the entity, or of an input of its own */
    OperationId make;          /* USE_COUNT: rows only change records */
    OperationId edit;          /* USE_COUNT: rows only make new records */
    const char *keys[IMPORT_KEYS_MAX];
    ImportNeed need; /* IMPORT_OF_ROUND: findings of a closed round; IMPORT_OF_WORKBOOK: what came back of one */
} ImportKind;
/* NULL for what cannot be imported. */
const ImportKind *import_kind_named(Str subject);

typedef struct ImportCell {
    Str heading;
    Str text;    /* as a person reads it; dates as 2021-10-31 */
    Str address; /* "C5"; of lines of JSON the key */
} ImportCell;
typedef struct ImportRow {
    Str sheet;
    int64_t place; /* row or line in the file */
    ImportCell cells[IMPORT_CELLS_MAX];
    size_t count;
    bool exact; /* values as the API writes them (lines of JSON): money in fen, choices by name */
} ImportRow;

/* What a file calls things: a mapping kept as data.
 *   {"as": "findings", "keys": {"heading": "field"}, "ignore": ["heading"], "join": {"field": ["heading", …]},
 *    "words": {"field": {"word": "value"}}} */
typedef struct ImportMapping {
    const Json *root; /* NULL: labels and names of the fields only */
} ImportMapping;
/* The one given with the import, else the one of the program that names most of the file's headings (a third at least),
 * else none. */
Status import_mapping_find(
    Ctx *c, Str given, const ImportKind *kind, const ImportRow *heading, ImportMapping *out) MUST_CHECK;
/* The field that a heading stands for; NULL: none. `scale` of amounts: 1 for yuan, 10000 for ten thousands. */
const Field *import_field_of(const ImportKind *kind, const ImportMapping *m, Str heading, int *scale);
bool import_ignores(const ImportMapping *m, Str heading);

/* What the headings of a file stand for, found once. */
typedef struct ImportHeadings {
    Arena *arena; /* its own: the job's memory is rewound between chunks */
    struct {
        Str heading;
        const Field *field; /* NULL: none */
        int scale;
    } known[IMPORT_CELLS_MAX];
    size_t count;
} ImportHeadings;

struct WorkbookReturn;
typedef struct ImportJob {
    App *app;
    struct WorkbookReturn *returned; /* of a workbook; else NULL */
    const Import *import;
    const ImportKind *kind;
    ImportMapping mapping;
    ImportHeadings *headings;
} ImportJob;
ImportHeadings *import_headings_new(Arena *arena);

/* The row as the body of a use case. ST_OK, or a refusal with an error for each cell that is wrong. */
typedef struct ImportPlan {
    OperationId use; /* USE_COUNT: the record says this already */
    Str id;          /* of the record to change */
    int64_t version;
    const void *record; /* as it is; NULL: a new one */
    const Json *body;
    int64_t number; /* of an item that came back in a workbook: its proofs bear it */
    Str key;        /* what names the record, to find it twice in one file; STR_NONE: nothing does */
} ImportPlan;
Status import_row_plan(Ctx *c, const ImportJob *job, const ImportRow *row, ImportPlan *out) MUST_CHECK;
/* What the plan would change: a list of {field, label, was, will}, values as the API writes them; and for a row of a
 * workbook its proofs by their names. */
Str import_plan_json(Ctx *c, const ImportJob *job, const ImportPlan *plan);
/* The errors of the Ctx as a list of {field, label, cell, value, rule, remedy}. */
Str import_errors_json(Ctx *c, const ImportKind *kind, const ImportMapping *m, const ImportRow *row);

/* A word as the field's value in the API's form ("open", "2021-10-31", fen, an id). */
Status import_word(
    Ctx *c, const ImportJob *job, const Field *f, const ImportCell *cell, int scale, bool exact, Str *out) MUST_CHECK;

#endif
