/* What one wants to see: the one value behind a list, its count, its export, a figure and its door. */
#ifndef DOMAIN_SELECTION_H
#define DOMAIN_SELECTION_H

#include "domain/permission.h"

typedef enum Op {
    OP_EQ,
    OP_NE,
    OP_LT,
    OP_LE,
    OP_GT,
    OP_GE,
    OP_IN,
    OP_HAS,    /* text contains, bytes as they are */
    OP_ABSENT, /* no value: 未记载 */
    OP_GIVEN,
    OP_ABOVE, /* more, or later, than another field of the record, whose index is the value */
    OP_BELOW,
    OP_COUNT
} Op;
const char *op_name(Op op); /* "eq", as in the URL: due_on.le=2021-10-31 */

enum {
    PREDICATES_MAX = 24,
    PREDICATE_VALUES_MAX = 64,
    LIST_LIMIT_MAX = 200,
    LIST_LIMIT = 50,
    COUNT_EXACT_UP_TO = 10000
};

typedef struct Predicate {
    int16_t via;   /* a reference field of the entity whose record is looked at; -1: the record itself */
    int16_t field; /* of the entity, or of the one referred to */
    Op op;
    uint16_t count;
    const Value *values;
} Predicate;

typedef struct Selection {
    const Entity *entity;
    Predicate predicates[PREDICATES_MAX];
    uint16_t count;
    Str q;        /* looked for in the SEARCHED fields */
    int16_t sort; /* field index */
    bool down;
    FieldSet fields; /* what is read; id and version always */
    uint32_t limit;
    bool has_after; /* keyset: the sort value and id of the last row of the page before */
    Value after;
    Str after_id;
    Date as_of;     /* the state as it was in effect on that day; DATE_NONE: now */
    bool unordered; /* the few that match, as they come: nothing is sorted */
    bool unscoped;  /* for decisions that must see past the actor's scope; never for an answer */
} Selection;

/* Everything of an entity, in its default order, LISTED fields, first page. */
Selection selection_of(EntityKind kind);
/* Adds a condition; more than PREDICATES_MAX ends the process (code adds few; what people type is
 * checked by selection_read()). `values` are kept, not copied. */
void selection_where(Selection *sel, int field, Op op, const Value *values, size_t count);
void selection_where_via(Selection *sel, int via, int field, Op op, const Value *values, size_t count);
#define selection_is(sel, field, value) selection_where((sel), (field), OP_EQ, (const Value[]){ value }, 1)

/* One "name=value" of a URL or a command line: a field, field.op, reference.field, reference.field.op,
 * or q, sort (name or -name), limit, after, fields, as_of. ST_INVALID names what is wrong and the remedy. */
Status selection_read(Ctx *c, Selection *sel, Str name, Str value) MUST_CHECK;
/* The cursor for the page after this record, bound to the conditions of this selection. */
Str selection_cursor(Ctx *c, const Selection *sel, const void *record);
/* SM3 over entity and conditions, without page and cursor: what a saved figure keeps. */
Digest selection_digest(Ctx *c, const Selection *sel);

#endif
