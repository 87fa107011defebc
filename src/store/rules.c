#include "store/rules.h"

#include "store/load.h"

#include <pthread.h>

typedef struct Kept Kept;
struct Kept {
    Str id;
    const RuleSet *rules;
    Kept *next;
};

struct RuleCache {
    Arena *arena;
    Kept *first;
    pthread_mutex_t lock;
};

RuleCache *rule_cache_open(void)
{
    Arena *arena = arena_new();
    RuleCache *cache = arena_new_of(arena, RuleCache);
    cache->arena = arena;
    pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

void rule_cache_close(RuleCache *cache)
{
    if (!cache)
        return;
    pthread_mutex_destroy(&cache->lock);
    arena_done(cache->arena);
}

static const RuleSet *kept(RuleCache *cache, Str id)
{
    const RuleSet *found = NULL;
    pthread_mutex_lock(&cache->lock);
    for (const Kept *k = cache->first; k && !found; k = k->next)
        if (str_eq(k->id, id))
            found = k->rules;
    pthread_mutex_unlock(&cache->lock);
    return found;
}

/* Parsed into the cache's own arena, so that it outlives the request that needed it first. */
static Status keep(Ctx *c, RuleCache *cache, const RuleSetRecord *record, const RuleSet **out)
{
    pthread_mutex_lock(&cache->lock);
    Ctx inner = *c;
    inner.arena = cache->arena;
    RuleSet *rules;
    Status status = ruleset_read(&inner, record->body, &rules);
    if (status == ST_OK) {
        Kept *k = arena_new_of(cache->arena, Kept);
        *k = (Kept){ str_copy(cache->arena, record->id), rules, cache->first };
        cache->first = k;
        *out = rules;
    }
    pthread_mutex_unlock(&cache->lock);
    return status == ST_OK ? ST_OK
                           : fail(c, ST_BROKEN, "台账中的规则版本无法读取", "a rule set in the ledger cannot be read");
}

Status rules_load(Ctx *c, RuleCache *cache, Str id, const RuleSet **out)
{
    *out = kept(cache, id);
    if (*out)
        return ST_OK;
    RuleSetRecord record;
    TRY(record_load_unscoped(c, ENTITY_RULE_SET, id, &record));
    return keep(c, cache, &record, out);
}

Status rules_of_round(Ctx *c, RuleCache *cache, Str round_id, Round *round, const RuleSet **out)
{
    TRY(record_load_unscoped(c, ENTITY_ROUND, round_id, round));
    return rules_load(c, cache, round->rule_set, out);
}

Status rules_in_force(Ctx *c, RuleCache *cache, Date day, Str *id, const RuleSet **out)
{
    bool has;
    TRY(db_query_text(c, SQL_RULE_SET_IN_FORCE, ARGS(value_date(c->arena, day)), id, &has));
    if (!has)
        return fail(c, ST_CONFLICT, "%.*s没有生效的规则版本：请先发布规则",
            "no rule set is in force on %.*s: publish one first", STR_ARG(date_text(c->arena, day)));
    *id = str_copy(c->arena, *id);
    return rules_load(c, cache, *id, out);
}
