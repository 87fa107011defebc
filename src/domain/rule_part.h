/* Readers of what a rule set is made of. Each names the place of a fault ("chains.paper[1].roles"), and copies what it
 * keeps into the arena of the Ctx. */
#ifndef DOMAIN_RULE_PART_H
#define DOMAIN_RULE_PART_H

#include "base/json.h"
#include "domain/deadline.h"
#include "domain/permission.h"

Status rule_fault(Ctx *c, Str place, Text rule) MUST_CHECK;
/* A text that is not empty; without a place its own name is the place. */
Status rule_text(Ctx *c, const Json *object, const char *name, Str place, Str *out) MUST_CHECK;
/* A whole number from 0 to `most`. */
Status rule_count(Ctx *c, const Json *object, const char *name, int64_t most, Str place, int *out) MUST_CHECK;
/* A label in both languages; the English falls back to the Chinese. */
Status rule_label(Ctx *c, const Json *object, const char *name, Str place, Text *out) MUST_CHECK;
/* { "count", "unit" } with days, working_days or months. */
Status rule_period(Ctx *c, const Json *node, Str place, Period *out) MUST_CHECK;
/* One of the choices by its name. */
Status rule_choice(
    Ctx *c, const Json *node, const char *name, const Choices *choices, Str place, int32_t *out) MUST_CHECK;
/* "chains.paper[1].roles" */
Str rule_place(Ctx *c, const char *list, Str name, size_t index, const char *member);
/* One role at least. */
Status rule_roles(Ctx *c, const Json *list, Str place, RoleSet *out) MUST_CHECK;

#endif
