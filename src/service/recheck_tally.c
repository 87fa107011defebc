#include "service/recheck_tally.h"

#include "store/load.h"

Status recheck_items_load(Ctx *c, Str recheck, RecheckItem **out, size_t *count)
{
    Selection sel = selection_of(ENTITY_RECHECK_ITEM);
    sel.unscoped = true;
    selection_is(&sel, RecheckItem_recheck, value_text(recheck));
    sel.sort = RecheckItem_stratum;
    sel.down = false;
    return selection_load(c, &sel, RECHECK_SIZE_MAX, out, count);
}

static void count_item(RecheckTally *t, const RecheckItem *item)
{
    SampleStratum *s = t->strata_count ? &t->strata[t->strata_count - 1] : NULL;
    if (!s || !str_eq(s->label, item->stratum)) {
        s = &t->strata[t->strata_count++];
        *s = (SampleStratum){ .label = item->stratum, .population = item->stratum_size.value };
    }
    s->drawn++;
    t->drawn++;
    s->checked += item->result != 0;
    s->confirmed += item->result == RECHECK_CONFIRMED;
    t->results[item->result]++;
}

Status recheck_tally_load(Ctx *c, Str recheck, RecheckTally **out)
{
    RecheckItem *items;
    size_t count;
    *out = arena_new_of(c->arena, RecheckTally);
    TRY(recheck_items_load(c, recheck, &items, &count));
    for (size_t i = 0; i < count; i++)
        count_item(*out, &items[i]);
    return ST_OK;
}

int64_t estimate_least(const SampleEstimate *e)
{
    return (int64_t)(e->low * (double)e->population + 0.999999);
}

int64_t estimate_most(const SampleEstimate *e)
{
    return (int64_t)(e->high * (double)e->population);
}
