#include "store/tally.h"

#include "domain/rectification.h"

#define KEY(E, field)              \
    {                              \
#field, E##_##field, false \
    }
#define YEAR(E, field)                    \
    {                                     \
#field "_year", E##_##field, true \
    }

const TallyTable tally_tables[] = {
    { "tally_item_round", ENTITY_RECTIFICATION,
        { KEY(Rectification, organiser), KEY(Rectification, round), KEY(Rectification, state),
            KEY(Rectification, provenance) },
        4, { KEY(Rectification, rules_made), KEY(Rectification, recovered_fen), KEY(Rectification, accountable) }, 3 },
    { "tally_item_due", ENTITY_RECTIFICATION,
        { KEY(Rectification, organiser), KEY(Rectification, due_on), KEY(Rectification, state) }, 3, { { 0 } }, 0 },
    { "tally_finding_theme", ENTITY_FINDING,
        { KEY(Finding, organiser), YEAR(Finding, fed_back_on), KEY(Finding, theme), KEY(Finding, state) }, 4, { { 0 } },
        0 },
};
const size_t tally_table_count = sizeof tally_tables / sizeof tally_tables[0];

const TallyColumn *tally_key(const TallyTable *t, int field, bool year)
{
    for (size_t i = 0; i < t->key_count; i++)
        if (t->keys[i].field == field && t->keys[i].year == year)
            return &t->keys[i];
    return NULL;
}

/* --- can it answer? ---------------------------------------------------------------------------------------- */

/* The mark of an absent value must not be taken for one: it equals nothing, and is less or more than nothing. */
static bool answers_predicate(const TallyTable *t, const Predicate *p)
{
    if (p->via >= 0)
        return tally_key(t, p->via, false) != NULL;
    bool equals = p->op == OP_EQ || p->op == OP_NE || p->op == OP_IN;
    bool orders = p->op == OP_LT || p->op == OP_LE || p->op == OP_GT || p->op == OP_GE;
    bool always = (entity_of(t->entity)->table->fields[p->field].flags & REQUIRED) != 0;
    return (equals || (orders && always)) && tally_key(t, p->field, false) != NULL;
}

static bool answers_grouping(const TallyTable *t, const Grouping *g)
{
    for (size_t i = 0; i < g->key_count; i++)
        if (!(g->keys[i].via >= 0 ? tally_key(t, g->keys[i].via, false)
                                  : tally_key(t, g->keys[i].field, g->keys[i].year)))
            return false;
    for (size_t i = 0; i < g->sum_count; i++) {
        bool has = false;
        for (size_t j = 0; j < t->sum_count; j++)
            has = has || t->sums[j].field == g->sums[i];
        if (!has)
            return false;
    }
    return true;
}

/* Whether the scope's questions are about columns that the tally has. */
static bool answers_scope(const Ctx *c, const TallyTable *t)
{
    const Entity *e = entity_of(t->entity);
    const Sight *sight = sight_of(c->actor->role, e->kind);
    const Holding *h = &c->actor->holding;
    if (sight->only != ONLY_ALL && sight->only != ONLY_ONE_OF)
        return false;
    if (sight->only == ONLY_ONE_OF &&
        !tally_key(t, field_index(e->table, field_named(e->table, str_of(sight->field))), false))
        return false;
    if (sight->kind != SIGHT_SCOPED)
        return sight->kind == SIGHT_OPEN;
    if (!h->known)
        return false;
    if (h->everything)
        return true;
    const struct {
        int8_t field;
        uint8_t held;
    } kinds[] = { { e->scope.inspection, h->inspections }, { e->scope.unit, h->units },
        { e->scope.other_unit, h->units }, { e->scope.organiser, h->organisers }, { e->scope.round, h->rounds } };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].field >= 0 && kinds[i].held != HOLDS_NONE && !tally_key(t, kinds[i].field, false))
            return false;
    return true;
}

const TallyTable *tally_for(Ctx *c, const Selection *sel, const Grouping *g)
{
    if (sel->q.len || sel->as_of || g->afresh)
        return NULL;
    for (size_t i = 0; i < tally_table_count; i++) {
        const TallyTable *t = &tally_tables[i];
        bool answers = t->entity == sel->entity->kind && answers_grouping(t, g);
        for (uint16_t p = 0; answers && p < sel->count; p++)
            answers = answers_predicate(t, &sel->predicates[p]);
        if (answers && (sel->unscoped || answers_scope(c, t)))
            return t;
    }
    return NULL;
}

/* --- what a change does to it ------------------------------------------------------------------------------- */

static TallyStep step_of(Ctx *c, const TallyTable *t, const void *record, int sign)
{
    const FieldTable *table = entity_of(t->entity)->table;
    TallyStep step = { .records = sign };
    for (size_t i = 0; i < t->key_count; i++) {
        Value v = field_value(c->arena, &table->fields[t->keys[i].field], record);
        Str text = v.kind == VALUE_NULL ? S(TALLY_ABSENT) : t->keys[i].year ? str_sub(v.text, 0, 4) : v.text;
        step.keys[i] = value_text(text);
    }
    for (size_t i = 0; i < t->sum_count; i++) {
        const Int *n = field_of(&table->fields[t->sums[i].field], record);
        step.sums[i] = n->known ? sign * n->value : 0;
    }
    return step;
}

static bool same_keys(const TallyTable *t, const TallyStep *a, const TallyStep *b)
{
    for (size_t i = 0; i < t->key_count; i++)
        if (!str_eq(a->keys[i].text, b->keys[i].text))
            return false;
    return true;
}

static bool is_nothing(const TallyTable *t, const TallyStep *step)
{
    for (size_t i = 0; i < t->sum_count; i++)
        if (step->sums[i])
            return false;
    return step->records == 0;
}

size_t tally_steps(Ctx *c, const TallyTable *t, const Change *change, TallyStep *steps)
{
    size_t count = 0;
    if (change->before)
        steps[count++] = step_of(c, t, change->before, -1);
    if (!change->removed)
        steps[count++] = step_of(c, t, change->after, 1);
    if (count < 2 || !same_keys(t, &steps[0], &steps[1]))
        return count;
    steps[0].records += steps[1].records;
    for (size_t i = 0; i < t->sum_count; i++)
        steps[0].sums[i] += steps[1].sums[i];
    return is_nothing(t, &steps[0]) ? 0 : 1;
}
