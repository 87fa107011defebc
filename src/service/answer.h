/* Answers that several use cases give: a record, the names behind its references and codes. */
#ifndef SERVICE_ANSWER_H
#define SERVICE_ANSWER_H

#include "domain/rectification.h"
#include "service/operation.h"

/* What is looked up once an answer: titles of referenced records, rounds with their rules. */
typedef struct NameBook NameBook;
NameBook *name_book_new(Ctx *c, RuleCache *rules);
/* Fields that names and extras are made from, beside those that were asked for. */
FieldSet answer_wants(const Entity *e, FieldSet set);

/* What a record shows beside its fields: the moves its reader may try and, for a rectification, its
 * light. Written as members of the object that is open. */
Status answer_extras(Ctx *c, NameBook *book, JsonWriter *w, const Entity *e, const void *record) MUST_CHECK;
/* What stands for the value of a reference or a code: the title of the record it names, the category in words.
 * STR_NONE for other fields, without one, and when the reader may not see such records. */
Status answer_word(Ctx *c, NameBook *book, const Entity *e, int field, const void *record, Str *word) MUST_CHECK;
/* By the thresholds of the item's round. */
Status answer_light_of(Ctx *c, NameBook *book, const Rectification *item, Light *out) MUST_CHECK;
/* Writes "names": {"round": "第三轮", "category": "…"}: references whose entities the reader may see, codes of
 * the round's taxonomy in words. */
Status answer_names(
    Ctx *c, NameBook *book, JsonWriter *w, const Entity *e, FieldSet set, const void *record) MUST_CHECK;

#endif
