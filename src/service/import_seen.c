#include "service/import_seen.h"

#include <string.h>

static int64_t *seen_slot(SeenKeys *s, uint64_t hash)
{
    size_t at = (size_t)hash & (s->room - 1);
    while (s->slots[at].place && s->slots[at].hash != hash)
        at = (at + 1) & (s->room - 1);
    s->slots[at].hash = hash;
    return &s->slots[at].place;
}

static void seen_grow(SeenKeys *s)
{
    SeenKeys bigger = { .room = s->room ? s->room * 2 : 4096, .count = s->count, .arena = s->arena };
    bigger.slots = arena_alloc(s->arena, bigger.room * sizeof *bigger.slots);
    for (size_t i = 0; i < s->room; i++)
        if (s->slots[i].place)
            *seen_slot(&bigger, s->slots[i].hash) = s->slots[i].place;
    *s = bigger;
}

int64_t seen_before(Ctx *c, SeenKeys *s, Str key, int64_t place)
{
    uint64_t hash;
    if (s->count * 2 >= s->room)
        seen_grow(s);
    Digest d = sm3(c->env->crypto, key.ptr, key.len);
    memcpy(&hash, d.bytes, sizeof hash);
    int64_t *slot = seen_slot(s, hash);
    if (*slot)
        return *slot;
    *slot = place;
    s->count++;
    return 0;
}
