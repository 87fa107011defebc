#include "service/import_seen.h"

#include <string.h>

static SeenKey *seen_slot(SeenKeys *s, uint64_t hash)
{
    size_t at = (size_t)hash & (s->room - 1);
    while (s->slots[at].n && s->slots[at].hash != hash)
        at = (at + 1) & (s->room - 1);
    return &s->slots[at];
}

static void seen_grow(SeenKeys *s)
{
    SeenKeys bigger = { .room = s->room ? s->room * 2 : 4096, .count = s->count, .arena = s->arena };
    bigger.slots = arena_array_of(s->arena, SeenKey, bigger.room);
    for (size_t i = 0; i < s->room; i++)
        if (s->slots[i].n)
            *seen_slot(&bigger, s->slots[i].hash) = s->slots[i];
    *s = bigger;
}

int64_t seen_before(Ctx *c, SeenKeys *s, Str key, int64_t n, int64_t place)
{
    uint64_t hash;
    if (s->count * 2 >= s->room)
        seen_grow(s);
    Digest d = sm3(c->env->crypto, key.ptr, key.len);
    memcpy(&hash, d.bytes, sizeof hash);
    SeenKey *slot = seen_slot(s, hash);
    if (slot->n)
        return slot->n == n ? 0 : slot->place;
    *slot = (SeenKey){ hash, n, place };
    s->count++;
    return 0;
}

Status seen_refuse(Ctx *c, const ImportKind *kind, int64_t place)
{
    const char *first = kind->need == IMPORT_OF_ROUND ? "text" : kind->keys[0];
    return fail_field_as(c, ST_CONFLICT, str_of(first), STR_NONE,
        text_format(c, "与第%lld行重复", "repeats row %lld", (long long)place),
        T("请删除其中一行，或写明区别", "take one of them out, or say how they differ"));
}
