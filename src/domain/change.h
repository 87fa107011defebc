/* What shall become of which record: the result of every decision, and the only thing store writes. */
#ifndef DOMAIN_CHANGE_H
#define DOMAIN_CHANGE_H

#include "domain/entity.h"

typedef struct Change Change;
struct Change {
    const Entity *entity;
    const void *before; /* NULL: a new record */
    void *after;
    FieldSet changed; /* fields that differ; all given ones for a new record */
    bool removed;     /* `after` holds nothing but id and version */
    Change *next;
};

typedef struct Changes {
    Change *first;
    Change *last;
    uint32_t count;
    Change *result; /* what the caller gets to see; the first one unless told otherwise */
    int32_t provenance;
    Str batch;
    Str on_behalf_of;
    Date effective_on;
} Changes;

/* An empty list for a decision of today that was entered by hand. */
Changes changes_of(const Ctx *c);

/* A new record: gets an id when it has none, version 1, and the list's provenance, batch,
 * on_behalf_of and effective date. The record is kept, not copied. */
void change_insert(Ctx *c, Changes *out, EntityKind kind, void *record);
/* The next version of one. Adds nothing when no field differs. A second change to the same record in
 * one list replaces the first's `after`. `before` is copied; `after`, which begins as a
 * copy of it, is kept. */
void change_update(Ctx *c, Changes *out, EntityKind kind, const void *before, void *after);
/* The record is no more; the chain keeps what it was. Only an import that is undone takes away what it brought. */
void change_remove(Ctx *c, Changes *out, EntityKind kind, const void *before);
/* What the caller gets to see: this record, as it will be, whether or not it is among the changes. */
void change_show(Ctx *c, Changes *out, EntityKind kind, void *record);

#endif
