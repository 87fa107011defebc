/* Rule sets as they are needed: parsed once, kept by id. They never change, so nothing goes stale. */
#ifndef STORE_RULES_H
#define STORE_RULES_H

#include "domain/round.h"
#include "store/db.h"

typedef struct RuleCache RuleCache;
RuleCache *rule_cache_open(void);
void rule_cache_close(RuleCache *cache);

/* The rule set of that id; valid as long as the cache. */
Status rules_load(Ctx *c, RuleCache *cache, Str id, const RuleSet **out) MUST_CHECK;
/* The round (past the actor's scope) and the rules frozen into it. */
Status rules_of_round(Ctx *c, RuleCache *cache, Str round_id, Round *round, const RuleSet **out) MUST_CHECK;
/* What is in force on a day, for what has no round. ST_CONFLICT when no rule set is. */
Status rules_in_force(Ctx *c, RuleCache *cache, Date day, Str *id, const RuleSet **out) MUST_CHECK;

#endif
