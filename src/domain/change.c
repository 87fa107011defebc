#include "domain/change.h"

#include <assert.h>

Changes changes_of(const Ctx *c)
{
    return (Changes){ .provenance = PROVENANCE_ENTERED, .effective_on = c->today };
}

static void change_add(Ctx *c, Changes *out, Change change)
{
    Change *kept = arena_new_of(c->arena, Change);
    *kept = change;
    if (out->last)
        out->last->next = kept;
    else
        out->first = kept;
    out->last = kept;
    out->count++;
    if (!out->result)
        out->result = kept;
}

static void stamp(const Ctx *c, const Changes *out, void *record)
{
    *RECORD_AT(Str, record, on_behalf_of) = out->on_behalf_of;
    *RECORD_AT(Date, record, effective_on) = out->effective_on;
    *RECORD_AT(Instant, record, recorded_at) = c->now;
}

void change_insert(Ctx *c, Changes *out, EntityKind kind, void *record)
{
    const Entity *e = entity_of(kind);
    if (record_id(record).len == 0)
        *RECORD_AT(Str, record, id) = id_new(c);
    *RECORD_AT(Int, record, version) = INT_OF(1);
    *RECORD_AT(int32_t, record, provenance) = out->provenance;
    *RECORD_AT(Str, record, batch) = out->batch;
    stamp(c, out, record);
    void *nothing = record_new(c, e->table);
    change_add(
        c, out, (Change){ .entity = e, .after = record, .changed = record_differences(e->table, nothing, record) });
}

static Change *change_of(Changes *out, const Entity *e, Str id)
{
    for (Change *ch = out->first; ch; ch = ch->next)
        if (ch->entity == e && str_eq(record_id(ch->after), id))
            return ch;
    return NULL;
}

void change_update(Ctx *c, Changes *out, EntityKind kind, const void *before, void *after)
{
    const Entity *e = entity_of(kind);
    assert(str_eq(record_id(before), record_id(after)));
    if (record_differences(e->table, before, after) == 0)
        return;
    *RECORD_AT(Int, after, version) = INT_OF(record_version(before) + 1);
    stamp(c, out, after);
    Change *earlier = change_of(out, e, record_id(after));
    if (earlier) {
        *RECORD_AT(Int, after, version) = RECORD_OF(Int, earlier->after, version);
        earlier->after = after;
        earlier->changed =
            record_differences(e->table, earlier->before ? earlier->before : record_new(c, e->table), after);
        return;
    }
    change_add(c, out,
        (Change){ .entity = e,
            .before = record_copy(c, e->table, before),
            .after = after,
            .changed = record_differences(e->table, before, after) });
}

void change_remove(Ctx *c, Changes *out, EntityKind kind, const void *before)
{
    const Entity *e = entity_of(kind);
    void *after = record_new(c, e->table);
    *RECORD_AT(Str, after, id) = record_id(before);
    *RECORD_AT(Int, after, version) = INT_OF(record_version(before) + 1);
    change_add(c, out,
        (Change){ .entity = e,
            .before = record_copy(c, e->table, before),
            .after = after,
            .changed = record_differences(e->table, before, after),
            .removed = true });
}

void change_show(Ctx *c, Changes *out, EntityKind kind, void *record)
{
    const Entity *e = entity_of(kind);
    Change *shown = change_of(out, e, record_id(record));
    if (!shown) {
        shown = arena_new_of(c->arena, Change);
        *shown = (Change){ .entity = e, .before = record, .after = record };
    }
    out->result = shown;
}
