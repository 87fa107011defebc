/* Papers read back: which of the values that a filled paper bears were written over, and what that would change. */
#ifndef SERVICE_DOCUMENT_RETURN_H
#define SERVICE_DOCUMENT_RETURN_H

#include "service/operation.h"

/* What marks a field in a filled paper (document/return_mark.h); empty for one that nobody may change by itself, or
 * whose words a paper does not write as they are entered (references, nodes of a taxonomy). */
Str document_field_code(Arena *arena, const Entity *e, const Field *f);

#endif
