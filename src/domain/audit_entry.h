/* What the sealed chain records, and how an entry is sealed over its predecessor. Pure.
 *
 * The auditor reads who, when, which operation, which record and which fields; never content: the
 * values lie sealed under the record's own key. */
#ifndef DOMAIN_AUDIT_ENTRY_H
#define DOMAIN_AUDIT_ENTRY_H

#include "domain/change.h"
#include "domain/permission.h"

typedef struct AuditEntry {
    int64_t seq; /* from 1, without gaps */
    Instant at;
    Str actor; /* account id; empty before login */
    Str login; /* as it was then */
    Str role;
    Str operation; /* "rectification.strike" */
    Str outcome;   /* "ok", or the name of the status of a refusal */
    Str entity;    /* plural noun; empty for logins and the like */
    Str record;    /* id */
    int64_t version;
    Str fields;     /* names of changed fields, separated by blanks */
    Str values;     /* sealed; empty when nothing was changed */
    Str values_key; /* id of the key it was sealed under */
    Str after;      /* digest of the record after the change, 32 bytes */
    Digest seal;
} AuditEntry;

/* HMAC-SM3 over the predecessor's seal and every part of this entry. */
Digest audit_seal(Ctx *c, const MacKey *key, const Digest *before, const AuditEntry *entry);

/* Everything of a record that its digest covers. */
Digest audit_record_digest(Ctx *c, const Entity *entity, const void *record);
/* What that is taken of. */
Str audit_record_text(Ctx *c, const Entity *entity, const void *record);
/* {"field":[before,after],…} of the changed fields; secrets as null. */
Str audit_values(Ctx *c, const Change *change);
/* What sealed values are bound to: nobody can put them under another record or version. */
Str audit_values_data(Ctx *c, Str entity, Str record, int64_t version);
Str audit_field_names(Ctx *c, const Change *change);

#endif
