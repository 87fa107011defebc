#include "insight/breakdown.h"

#include <string.h>

CHOICES_DEFINE(dimensions, DIMENSIONS);

/* --- dimensions -------------------------------------------------------------------------------------------------- */

static bool own_key(const Entity *e, const char *name, GroupKey *out)
{
    const Field *f = field_named(e->table, str_of(name));
    if (f)
        *out = (GroupKey){ -1, (int16_t)field_index(e->table, f), false };
    return f != NULL;
}

bool dimension_key(const Entity *e, Dimension by, GroupKey *out)
{
    if (by <= BY_FRAMEWORK)
        return filter_key(e->kind, (int)by - BY_TERM, &out->via, &out->field, &out->year);
    return own_key(e, dimensions.items[by].name, out);
}

bool indicator_key(const Indicator *i, Dimension by, GroupKey *out)
{
    return !(i->standing && by == BY_YEAR) && dimension_key(entity_of(i->entity), by, out);
}

const Field *dimension_field(const Entity *e, const GroupKey *key)
{
    if (key->via < 0)
        return &e->table->fields[key->field];
    return &entity_of((EntityKind)e->table->fields[key->via].refers)->table->fields[key->field];
}

static Value *kept(Ctx *c, Value v)
{
    Value *value = arena_new_of(c->arena, Value);
    *value = v;
    return value;
}

void dimension_narrow(Ctx *c, Selection *sel, const GroupKey *key, Str value)
{
    int64_t number;
    if (value.len == 0) {
        selection_where_via(sel, key->via, key->field, OP_ABSENT, NULL, 0);
        return;
    }
    if (key->year && str_to_int(value, &number)) {
        Value first = value_date(c->arena, date_of((int)number, 1, 1));
        Value last = value_date(c->arena, date_of((int)number, 12, 31));
        selection_where_via(sel, key->via, key->field, OP_GE, kept(c, first), 1);
        selection_where_via(sel, key->via, key->field, OP_LE, kept(c, last), 1);
        return;
    }
    bool whole = field_column(dimension_field(sel->entity, key)) == VALUE_INT && str_to_int(value, &number);
    Value v = whole ? value_int(number) : value_text(value);
    selection_where_via(sel, key->via, key->field, OP_EQ, kept(c, v), 1);
}

/* --- cells ------------------------------------------------------------------------------------------------------- */

typedef struct Filling {
    Breakdown *out;
    const Indicator *indicator;
    bool denominators; /* the cells are made from these, the numerators find theirs */
    size_t at;
    size_t room;
} Filling;

static bool same_keys(const Cell *cell, const Group *group)
{
    return str_eq(cell->keys[0], group->keys[0]) && str_eq(cell->keys[1], group->keys[1]);
}

static Status new_cell(Ctx *c, Filling *f, const Group *group, Cell **out)
{
    Breakdown *b = f->out;
    if (b->count == CELLS_MAX)
        return fail(c, ST_TOO_BIG, "分组超过%d个，请增加筛选条件", "more than %d groups: filter first", CELLS_MAX);
    if (b->count == f->room) {
        size_t more = f->room ? f->room * 2 : 64;
        b->cells = arena_grow(c->arena, b->cells, f->room * sizeof(Cell), more * sizeof(Cell));
        f->room = more;
    }
    *out = &b->cells[b->count++];
    **out = (Cell){ .records = 0 };
    for (int i = 0; i < 2; i++)
        (*out)->keys[i] = str_copy(c->arena, group->keys[i]);
    return ST_OK;
}

static Status take_denominator(Ctx *c, const Group *group, void *arg)
{
    Cell *cell;
    TRY(new_cell(c, arg, group, &cell));
    cell->denominator = group->records;
    return ST_OK;
}

/* Both come in the order of the keys, and each numerator has its denominator: one walk beside the other. */
static Status take_numerator(Ctx *c, const Group *group, void *arg)
{
    Filling *f = arg;
    Cell *cell = NULL;
    for (size_t i = f->at; f->denominators && i < f->out->count && !cell; i++)
        if (same_keys(&f->out->cells[i], group)) {
            cell = &f->out->cells[i];
            f->at = i + 1;
        }
    if (!cell)
        TRY(new_cell(c, f, group, &cell));
    cell->records = group->records;
    cell->numerator = f->indicator->sum ? group->sums[0] : f->indicator->distinct ? group->distinct : group->records;
    return ST_OK;
}

static Status lacks(Ctx *c, const Indicator *i, Dimension by)
{
    Text label = dimensions.items[by].label;
    return fail_field(c, S("by"), str_of(dimensions.items[by].name),
        text_format(c, "“%s”的记录没有“%s”这一项", "the records of \"%s\" have no %s",
            c->lang == LANG_ZH ? i->name.zh : i->name.en, c->lang == LANG_ZH ? label.zh : label.en),
        T("请换一个分组项", "group by something else"));
}

Status breakdown_compute(
    Ctx *c, const Indicator *i, const FigureWish *wish, const Dimension *by, size_t by_count, Breakdown *out)
{
    Grouping g = { .key_count = (uint8_t)by_count };
    Filling filling = { .out = out, .indicator = i, .denominators = i->denominator.count > 0 };
    *out = (Breakdown){ .key_count = (uint8_t)by_count };
    for (size_t k = 0; k < by_count; k++) {
        if (!indicator_key(i, by[k], &g.keys[k]))
            return lacks(c, i, by[k]);
        out->keys[k] = g.keys[k];
    }
    if (filling.denominators) {
        Selection denominator = indicator_denominator(c, i, wish);
        TRY(selection_group(c, &denominator, &g, take_denominator, &filling));
    }
    if (i->sum) {
        g.sums[0] = (int16_t)i->sum;
        g.sum_count = 1;
    }
    g.distinct = (int16_t)i->distinct;
    Selection numerator = indicator_numerator(c, i, wish);
    return selection_group(c, &numerator, &g, take_numerator, &filling);
}
