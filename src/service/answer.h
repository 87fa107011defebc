/* Answers that several use cases give: a record, the names behind its references. */
#ifndef SERVICE_ANSWER_H
#define SERVICE_ANSWER_H

#include "service/operation.h"

/* What a record shows beside its fields: the moves its reader may try and, for a rectification, its
 * light. Written as members of the object that is open. */
Status answer_extras(Ctx *c, UseCase *u, JsonWriter *w, const Entity *e, const void *record) MUST_CHECK;

/* Titles of the records that reference fields name, looked up once an answer. */
typedef struct NameBook NameBook;
NameBook *name_book_new(Ctx *c);
/* Writes "names": {"round": "第三轮"} for the references of a record whose entities the reader may see. */
Status answer_names(
    Ctx *c, NameBook *book, JsonWriter *w, const Entity *e, FieldSet set, const void *record) MUST_CHECK;

#endif
