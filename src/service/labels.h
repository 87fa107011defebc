/* What a stored value is called: a choice, a code of a taxonomy, the title of a record. */
#ifndef SERVICE_LABELS_H
#define SERVICE_LABELS_H

#include "domain/field.h"
#include "store/rules.h"

/* In the reader's language; the value itself where nothing better is known, 未记载 for an empty one. */
Status label_of_value(Ctx *c, RuleCache *rules, const Field *field, Str value, Str *out) MUST_CHECK;
/* What the operation of an audit entry is called, the program's own steps too; STR_NONE for one of another version. */
Str operation_words(const Ctx *c, Str operation);

#endif
