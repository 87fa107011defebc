#include "insight/indicator.h"

#include <string.h>

static const struct {
    const char *name;
    Text label;
} groups[] = {
#define X(N, name, zh, en) { #name, { zh, en } },
    INDICATOR_GROUPS(X)
#undef X
};

Text indicator_group_label(IndicatorGroup group)
{
    return groups[group].label;
}

Str indicator_group_name(IndicatorGroup group)
{
    return str_of(groups[group].name);
}

const Indicator *indicator_named(Str id)
{
    for (size_t i = 0; i < indicator_count; i++)
        if (str_eq(str_of(indicators[i].id), id))
            return &indicators[i];
    return NULL;
}

/* --- selections ------------------------------------------------------------------------------------------------ */

static Value *value_kept(Ctx *c, Value v)
{
    Value *kept = arena_new_of(c->arena, Value);
    *kept = v;
    return kept;
}

static void add_round(Ctx *c, Selection *sel, const char *name)
{
    const FieldTable *table = sel->entity->table;
    selection_where_via(sel, field_index(table, field_named(table, S("round"))), Round_name, OP_EQ,
        value_kept(c, value_text(str_of(name))), 1);
}

static Value day_value(Ctx *c, const FigureWish *wish)
{
    if (wish->template)
        return value_text(S(DAY_OF_FIGURE));
    return value_date(c->arena, wish->as_of ? wish->as_of : c->today);
}

static void add_condition(Ctx *c, Selection *sel, const Predicate *p, const FigureWish *wish)
{
    const Value *values = p->values;
    if (p->count == 1 && p->values[0].kind == VALUE_TEXT && str_eq(p->values[0].text, S(DAY_OF_FIGURE)))
        values = value_kept(c, day_value(c, wish));
    selection_where_via(sel, p->via, p->field, p->op, values, p->count);
}

bool indicator_filter(Ctx *c, const Indicator *i, const FigureFilter *filter, Selection *sel, int *lacking)
{
    if (i->standing && filter && filter->year.known) {
        *lacking = FigureFilter_year;
        return false;
    }
    return filter_apply(c, filter, sel, lacking);
}

/* What has states is looked at as it was; what only has a day counts when the day has come. */
static Selection selection_by(Ctx *c, const Indicator *i, const Conditions *conditions, const FigureWish *wish)
{
    Selection sel = selection_of(i->entity);
    int lacking;
    for (size_t n = 0; n < conditions->count; n++)
        add_condition(c, &sel, &conditions->list[n], wish);
    if (i->round)
        add_round(c, &sel, i->round);
    if (i->sum)
        selection_where(&sel, i->sum, OP_GIVEN, NULL, 0);
    if (i->dated >= 0)
        selection_where(&sel, i->dated, OP_LE, value_kept(c, day_value(c, wish)), 1);
    sel.as_of = sel.entity->state >= 0 && !wish->template ? wish->as_of : DATE_NONE;
    (void)indicator_filter(c, i, wish->filter, &sel, &lacking);
    return sel;
}

static bool names_day(const Conditions *conditions)
{
    for (size_t n = 0; n < conditions->count; n++) {
        const Predicate *p = &conditions->list[n];
        if (p->count == 1 && p->values[0].kind == VALUE_TEXT && str_eq(p->values[0].text, S(DAY_OF_FIGURE)))
            return true;
    }
    return false;
}

bool indicator_knows_days(const Indicator *i)
{
    return i->dated >= 0 || entity_of(i->entity)->state >= 0 || names_day(&i->numerator);
}

Selection indicator_numerator(Ctx *c, const Indicator *i, const FigureWish *wish)
{
    return selection_by(c, i, &i->numerator, wish);
}

Selection indicator_denominator(Ctx *c, const Indicator *i, const FigureWish *wish)
{
    return selection_by(c, i, i->denominator.count ? &i->denominator : &i->numerator, wish);
}

Selection variant_selection(Ctx *c, const Conditions *difference, const FigureWish *wish)
{
    const Indicator *accepted = indicator_named(str_of(rate_variants[0].indicator));
    Selection sel = indicator_denominator(c, accepted, wish);
    for (size_t i = 0; i < difference->count; i++)
        add_condition(c, &sel, &difference->list[i], wish);
    return sel;
}

const RateVariant *rate_variant_named(const char *indicator)
{
    for (size_t i = 0; i < rate_variant_count; i++)
        if (str_eq(str_of(rate_variants[i].indicator), str_of(indicator)))
            return &rate_variants[i];
    return NULL;
}

/* --- values ----------------------------------------------------------------------------------------------------- */

double percent_of(int64_t numerator, int64_t denominator, int decimals)
{
    int64_t scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    int64_t scaled = (numerator * 100 * scale * 2 + denominator) / (denominator * 2);
    return (double)scaled / (double)scale;
}

static Status count_of(Ctx *c, const FigureWish *wish, const Selection *sel, int64_t *out)
{
    bool exact;
    FigureMemo *memo = wish->memo;
    Digest digest = { { 0 } };
    if (!memo)
        return selection_count(c, sel, INT64_MAX - 1, out, &exact);
    digest = selection_digest(c, sel);
    for (size_t i = 0; i < memo->count; i++)
        if (memcmp(memo->at[i].selection.bytes, digest.bytes, sizeof digest.bytes) == 0) {
            *out = memo->at[i].count;
            return ST_OK;
        }
    TRY(selection_count(c, sel, INT64_MAX - 1, out, &exact));
    if (memo->count < FIGURE_MEMO_MAX) {
        memo->at[memo->count].selection = digest;
        memo->at[memo->count++].count = *out;
    }
    return ST_OK;
}

static Status count_later(Ctx *c, const FigureWish *wish, Selection sel, int64_t *out)
{
    static const Value later[] = { { .kind = VALUE_TEXT, .text = S_INIT("entered_later") } };
    selection_where(&sel, Record_provenance, OP_EQ, later, 1);
    return count_of(c, wish, &sel, out);
}

static bool is_money(const Indicator *i)
{
    return i->sum && entity_of(i->entity)->table->fields[i->sum].type == FT_MONEY;
}

Status indicator_compute(Ctx *c, const Indicator *i, const FigureWish *wish, IndicatorValue *out)
{
    *out = (IndicatorValue){ .is_rate = i->denominator.count > 0, .known = true };
    Selection numerator = indicator_numerator(c, i, wish);
    TRY(count_of(c, wish, &numerator, &out->records));
    TRY(count_later(c, wish, numerator, &out->later));
    out->numerator = out->records;
    if (i->sum)
        TRY(selection_sum(c, &numerator, i->sum, &out->numerator));
    if (i->distinct)
        TRY(selection_distinct(c, &numerator, i->distinct, &out->numerator));
    out->value = is_money(i) ? (double)out->numerator / 100 : (double)out->numerator;
    if (!out->is_rate)
        return ST_OK;
    Selection denominator = indicator_denominator(c, i, wish);
    TRY(count_of(c, wish, &denominator, &out->denominator));
    out->known = out->denominator > 0;
    out->value = out->known ? percent_of(out->numerator, out->denominator, i->decimals) : 0;
    return ST_OK;
}
