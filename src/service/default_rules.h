/* The rule set shipped with the program (rules/city-2017.json): where a new ledger starts. */
#ifndef SERVICE_DEFAULT_RULES_H
#define SERVICE_DEFAULT_RULES_H

#include "base/str.h"

Str default_rules(void);

#endif
