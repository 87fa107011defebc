#include "store/tally.h"

#include "domain/rectification.h"
#include "store/compile.h"
#include "store/scope.h"

#define KEY(E, field)                  \
    {                                  \
#field, -1, E##_##field, false \
    }
#define YEAR(E, field)                        \
    {                                         \
#field "_year", -1, E##_##field, true \
    }
#define OF_ROUND(E, field)                               \
    {                                                    \
        "round_" #field, E##_round, Round_##field, false \
    }
#define NO_SUMS { { 0 } }, 0

/* Small ones first: the first that can answer does. */
const TallyTable tally_tables[] = {
    { "tally_item", ENTITY_RECTIFICATION,
        { KEY(Rectification, organiser), OF_ROUND(Rectification, type), KEY(Rectification, state),
            KEY(Rectification, provenance) },
        4, { KEY(Rectification, rules_made), KEY(Rectification, recovered_fen), KEY(Rectification, accountable) }, 3 },
    { "tally_item_round", ENTITY_RECTIFICATION,
        { KEY(Rectification, organiser), KEY(Rectification, round), KEY(Rectification, state),
            KEY(Rectification, provenance) },
        4, NO_SUMS },
    { "tally_item_due", ENTITY_RECTIFICATION,
        { KEY(Rectification, organiser), KEY(Rectification, due_on), KEY(Rectification, state) }, 3, NO_SUMS },
    { "tally_finding_theme", ENTITY_FINDING,
        { KEY(Finding, organiser), YEAR(Finding, fed_back_on), KEY(Finding, theme), KEY(Finding, state) }, 4, NO_SUMS },
    { "tally_unit", ENTITY_UNIT,
        { KEY(Unit, organiser), KEY(Unit, kind), KEY(Unit, level), KEY(Unit, in_coverage), YEAR(Unit, covered_on),
            KEY(Unit, merged_into), KEY(Unit, provenance) },
        7, NO_SUMS },
};
const size_t tally_table_count = sizeof tally_tables / sizeof tally_tables[0];

const TallyColumn *tally_key(const TallyTable *t, int via, int field, bool year)
{
    for (size_t i = 0; i < t->key_count; i++)
        if (t->keys[i].via == via && t->keys[i].field == field && t->keys[i].year == year)
            return &t->keys[i];
    return NULL;
}

const Field *tally_field(const TallyTable *t, const TallyColumn *column)
{
    const FieldTable *table = entity_of(t->entity)->table;
    if (column->via >= 0)
        table = entity_of((EntityKind)table->fields[column->via].refers)->table;
    return &table->fields[column->field];
}

/* --- can it answer? ---------------------------------------------------------------------------------------- */

/* The mark of an absent value must not be taken for one: it equals nothing, and is less or more than nothing. */
static bool answers_predicate(const TallyTable *t, const Predicate *p)
{
    if (p->via >= 0 && !tally_key(t, p->via, p->field, false))
        return tally_key(t, -1, p->via, false) != NULL;
    if (p->via < 0 && (p->op == OP_GIVEN || p->op == OP_ABSENT))
        return tally_key(t, -1, p->field, false) || tally_key(t, -1, p->field, true);
    bool equals = p->op == OP_EQ || p->op == OP_NE || p->op == OP_IN;
    bool orders = p->op == OP_LT || p->op == OP_LE || p->op == OP_GT || p->op == OP_GE;
    const TallyColumn *key = tally_key(t, p->via, p->field, false);
    return key && (equals || (orders && (tally_field(t, key)->flags & REQUIRED) != 0));
}

/* Keys are told as texts: a whole number would have another order. */
static bool answers_key(const TallyTable *t, const GroupKey *k)
{
    const TallyColumn *own = tally_key(t, k->via, k->field, k->year);
    if (own)
        return k->year || field_column(tally_field(t, own)) == VALUE_TEXT;
    return k->via >= 0 && tally_key(t, -1, k->via, false) != NULL;
}

static bool answers_grouping(const TallyTable *t, const Grouping *g)
{
    if (g->distinct)
        return false; /* a tally knows how many, not which */
    for (size_t i = 0; i < g->key_count; i++)
        if (!answers_key(t, &g->keys[i]))
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
        !tally_key(t, -1, field_index(e->table, field_named(e->table, str_of(sight->field))), false))
        return false;
    if (sight->kind != SIGHT_SCOPED)
        return sight->kind == SIGHT_OPEN;
    if (!h->known)
        return false;
    if (h->everything)
        return true;
    if (e->scope.through.other || e->scope.account >= 0)
        return false;
    ScopeTarget targets[SCOPE_TARGETS_MAX];
    size_t count = scope_targets(e, h, targets);
    for (size_t i = 0; i < count; i++)
        if (!tally_key(t, -1, targets[i].field, false))
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

static Value key_value(const TallyColumn *column, Value v)
{
    if (v.kind == VALUE_INT)
        return v;
    return value_text(v.kind == VALUE_NULL ? S(TALLY_ABSENT) : column->year ? str_sub(v.text, 0, 4) : v.text);
}

/* The field of what the record refers to. */
static Status value_beyond(Ctx *c, const TallyTable *t, const TallyColumn *column, const void *record, Value *out)
{
    const Entity *e = entity_of(t->entity);
    const Entity *other = entity_of((EntityKind)e->table->fields[column->via].refers);
    Compiled q;
    DbRows *rows;
    bool has;
    compile_field(c, other, column->field, record_ref(e, record, column->via), &q);
    TRY(db_query_sql(c, q.sql, q.kinds, q.values, q.count, &rows));
    TRY(db_next(c, rows, &has));
    *out = has && !row_is_null(rows, 0) ? value_text(str_copy(c->arena, row_text(rows, 0))) : value_null();
    db_rows_done(rows);
    return ST_OK;
}

static Status step_of(Ctx *c, const TallyTable *t, const void *record, int sign, TallyStep *step)
{
    const FieldTable *table = entity_of(t->entity)->table;
    *step = (TallyStep){ .records = sign };
    for (size_t i = 0; i < t->key_count; i++) {
        const TallyColumn *column = &t->keys[i];
        Value v;
        if (column->via >= 0)
            TRY(value_beyond(c, t, column, record, &v));
        else
            v = field_value(c->arena, &table->fields[column->field], record);
        step->keys[i] = key_value(column, v);
    }
    for (size_t i = 0; i < t->sum_count; i++) {
        const Int *n = field_of(&table->fields[t->sums[i].field], record);
        step->sums[i] = n->known ? sign * n->value : 0;
    }
    return ST_OK;
}

static bool same_key(Value a, Value b)
{
    return a.kind == b.kind && (a.kind == VALUE_INT ? a.whole == b.whole : str_eq(a.text, b.text));
}

static bool same_keys(const TallyTable *t, const TallyStep *a, const TallyStep *b)
{
    for (size_t i = 0; i < t->key_count; i++)
        if (!same_key(a->keys[i], b->keys[i]))
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

/* Whether a change touches what the tally looks at: most do not, and cost nothing. */
static bool concerns(const TallyTable *t, const Change *change)
{
    FieldSet looked = 0;
    for (size_t i = 0; i < t->key_count; i++)
        looked |= FIELD_BIT(t->keys[i].via >= 0 ? t->keys[i].via : t->keys[i].field);
    for (size_t i = 0; i < t->sum_count; i++)
        looked |= FIELD_BIT(t->sums[i].field);
    return !change->before || change->removed || (change->changed & looked);
}

Status tally_steps(Ctx *c, const TallyTable *t, const Change *change, TallyStep *steps, size_t *count)
{
    *count = 0;
    if (!concerns(t, change))
        return ST_OK;
    if (change->before)
        TRY(step_of(c, t, change->before, -1, &steps[(*count)++]));
    if (!change->removed)
        TRY(step_of(c, t, change->after, 1, &steps[(*count)++]));
    if (*count < 2 || !same_keys(t, &steps[0], &steps[1]))
        return ST_OK;
    steps[0].records += steps[1].records;
    for (size_t i = 0; i < t->sum_count; i++)
        steps[0].sums[i] += steps[1].sums[i];
    *count = is_nothing(t, &steps[0]) ? 0 : 1;
    return ST_OK;
}
