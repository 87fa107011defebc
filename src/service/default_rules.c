#include "service/default_rules.h"

#include "base/embed.h"

EMBED(default_rules, "rules/city-2017.json")

Str default_rules(void)
{
    return EMBEDDED(default_rules);
}
