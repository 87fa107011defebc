/* What a paper may name, and the values behind it: the common head, the fields of the record it is made from and of the
 * records beside that, lists, indicators. All of it is read within what the actor may see.
 *
 * Names are those of the field tables (轮次.名称), so a field that is added can be written in a template at once. */
#ifndef SERVICE_DOCUMENT_DATA_H
#define SERVICE_DOCUMENT_DATA_H

#include "document/template.h"
#include "domain/document.h"
#include "service/answer.h"

typedef struct DocumentShape DocumentShape;
/* The names of a kind; lies in the arena. */
const DocumentShape *document_shape(Ctx *c, DocumentKind kind);
const SlotShape *document_slots(const DocumentShape *shape);
/* What a template of the kind is checked by: its names, those of the other kinds, what has to stand in it. */
const TemplateRules *document_rules_of(Ctx *c, DocumentKind kind);

/* How a paper writes a field. */
SlotType document_slot_type(const Field *f);

/* What a paper is made from. */
typedef struct DocumentSource {
    const Document *head;  /* a record, or what a print without one would say */
    const Entity *subject; /* NULL: none */
    const void *record;
    Str watermark;
    const Template *used_by; /* only what it names is counted and loaded; NULL: everything */
} DocumentSource;
Status document_values(
    Ctx *c, App *app, const DocumentShape *shape, const DocumentSource *source, const SlotRow **out) MUST_CHECK;

/* One field as a paper would write it; `out` begins empty. */
Status document_field_value(
    Ctx *c, NameBook *names, const Entity *e, int field, const void *record, SlotValue *out) MUST_CHECK;

/* The rows of the two kinds that are made from no record (document_special.c). */
const SlotShape *document_special_slots(DocumentKind kind);
Status document_special_values(Ctx *c, App *app, DocumentKind kind, Str form, Date as_of, SlotValue *values) MUST_CHECK;

#endif
