/* Papers read back: which of the values that a filled paper bears were written over, and what that would change. */
#ifndef SERVICE_DOCUMENT_RETURN_H
#define SERVICE_DOCUMENT_RETURN_H

#include "service/answer.h"
#include "service/operation.h"

/* What marks a field in a filled paper (document/return_mark.h); empty for one that nobody may change by itself, or
 * whose words a paper does not write as they are entered (references, nodes of a taxonomy). */
Str document_field_code(Arena *arena, const Entity *e, const Field *f);

/* A text of a paper into the field of a record: numbers without their unit, amounts by it. Refused with what is wrong.
 */
Status document_text_take(Ctx *c, const Field *f, Str text, void *record) MUST_CHECK;
/* Would a paper still be written as it was, by the code of that? Whatever format its template used. */
Status document_text_still(
    Ctx *c, NameBook *names, const Entity *e, const void *record, const Field *f, Str written, bool *out) MUST_CHECK;

#endif
