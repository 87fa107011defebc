/* What an administrator sets for the whole ledger. Settings that the program itself keeps (the pinned day, the evidence
 * folder) have names of their own, which nobody else may give. */
#ifndef DOMAIN_SETTING_H
#define DOMAIN_SETTING_H

#include "domain/account.h"
#include "domain/change.h"

/* The highest secrecy that papers of the ledger may bear: none, or a name of secrecies. 内部 until it is set. */
#define SETTING_SECRECY_CEILING "secrecy_ceiling"

/* ST_INVALID for a name that is no setting and a value that it cannot have, with those that it can. */
Status setting_add(Ctx *c, const Setting *input, Changes *out) MUST_CHECK;
Status setting_edit(Ctx *c, const Setting *before, const Setting *input, FieldSet given, Changes *out) MUST_CHECK;
/* The secrecy that the value of SETTING_SECRECY_CEILING names; STR_NONE: it was never set. */
int32_t setting_ceiling(Str value);

#endif
