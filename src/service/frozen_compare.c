/* A frozen set asked again: what its figures are now, and by which records they moved; and two sets side by side. */
#include "domain/figure_set.h"

#include "insight/difference.h"
#include "insight/indicator.h"
#include "service/figures.h"
#include "service/labels.h"
#include "service/services.h"

enum { STEPS_TOLD = 500, REASONS_TOLD = 20 };

/* A set with its parts. */
typedef struct Frozen {
    FigureSet set;
    FrozenFigure *figures;
    size_t figure_count;
    FrozenList *lists;
    size_t list_count;
} Frozen;

/* One state of a figure: values and records. */
typedef struct Side {
    FrozenFigure figure;
    Str numerator_ids;
    Str denominator_ids;
} Side;

typedef struct Comparing {
    const Frozen *then;
    Date day;
    Str *now_ids;  /* of then->lists; ptr NULL: not asked yet */
    int64_t since; /* entry of the chain */
} Comparing;

static void put(JsonWriter *w, const char *name, Str value)
{
    json_key(w, str_of(name));
    json_text_or_null(w, value);
}

/* --- loading
 * ---------------------------------------------------------------------------------------------------------- */

static Status load_parts(Ctx *c, Frozen *out)
{
    Selection figures = selection_of(ENTITY_FROZEN_FIGURE), lists = selection_of(ENTITY_FROZEN_LIST);
    figures.unscoped = lists.unscoped = true;
    figures.sort = FrozenFigure_number;
    figures.down = false;
    lists.sort = FrozenList_id;
    lists.down = false;
    selection_is(&figures, FrozenFigure_figure_set, value_text(out->set.id));
    selection_is(&lists, FrozenList_figure_set, value_text(out->set.id));
    TRY(selection_load(c, &figures, FROZEN_FIGURES_MAX, &out->figures, &out->figure_count));
    return selection_load(c, &lists, FROZEN_LISTS_MAX, &out->lists, &out->list_count);
}

static Status load_set(Ctx *c, Str id, Frozen *out)
{
    TRY(record_load(c, ENTITY_FIGURE_SET, id, 0, &out->set));
    return load_parts(c, out);
}

static size_t list_at(const Frozen *f, Str door)
{
    size_t i = 0;
    while (i < f->list_count && !str_eq(f->lists[i].selection, door))
        i++;
    return i;
}

static Str ids_then(const Frozen *f, Str door)
{
    size_t i = list_at(f, door);
    return i < f->list_count ? f->lists[i].ids : STR_NONE;
}

/* Whether digests are still those of what the set holds. */
static bool is_intact(Ctx *c, const Frozen *f)
{
    FigureSetParts parts = { .figures = arena_array_of(c->arena, FrozenFigure *, f->figure_count + 1),
        .lists = arena_array_of(c->arena, FrozenList *, f->list_count + 1),
        .figure_count = f->figure_count,
        .list_count = f->list_count };
    for (size_t i = 0; i < f->figure_count; i++)
        parts.figures[i] = &f->figures[i];
    for (size_t i = 0; i < f->list_count; i++) {
        parts.lists[i] = &f->lists[i];
        if (!str_eq(frozen_list_digest(c, f->lists[i].ids), f->lists[i].digest))
            return false;
    }
    return str_eq(figure_set_digest(c, &f->set, &parts), f->set.digest);
}

/* --- asking again
 * -------------------------------------------------------------------------------------------------------- */

static Status ids_now(Ctx *c, Comparing *p, Str door, Str *out)
{
    Selection sel;
    size_t i = list_at(p->then, door);
    if (p->now_ids[i].ptr) {
        *out = p->now_ids[i];
        return ST_OK;
    }
    TRY(selection_of_template(c, door, p->day, &sel));
    sel.unscoped = true;
    TRY(selection_ids(c, &sel, FROZEN_RECORDS_MAX, out));
    p->now_ids[i] = out->len ? *out : S("");
    return ST_OK;
}

/* The sum, or the different values, over the list as it is now; leaves alone what is a count of records. */
static Status added_up_now(Ctx *c, const Comparing *p, const FrozenFigure *then, int64_t *out)
{
    Selection sel;
    Str name = then->sum.len ? then->sum : then->counted_by;
    if (name.len == 0)
        return ST_OK;
    TRY(selection_of_template(c, then->numerator_list, p->day, &sel));
    sel.unscoped = true;
    const FieldTable *table = sel.entity->table;
    int field = field_index(table, field_named(table, name));
    return then->sum.len ? selection_sum(c, &sel, field, out) : selection_distinct(c, &sel, field, out);
}

static Status side_now(Ctx *c, Comparing *p, const FrozenFigure *then, Side *out)
{
    *out = (Side){ .figure = *then };
    FrozenFigure *f = &out->figure;
    TRY(ids_now(c, p, then->numerator_list, &out->numerator_ids));
    f->numerator = INT_OF((int64_t)(out->numerator_ids.len / ID_LEN));
    TRY(added_up_now(c, p, then, &f->numerator.value));
    if (then->denominator_list.len) {
        TRY(ids_now(c, p, then->denominator_list, &out->denominator_ids));
        f->denominator = INT_OF((int64_t)(out->denominator_ids.len / ID_LEN));
    }
    f->value = frozen_value(c, f);
    return ST_OK;
}

static Side side_then(const Frozen *f, const FrozenFigure *figure)
{
    return (Side){ .figure = *figure,
        .numerator_ids = ids_then(f, figure->numerator_list),
        .denominator_ids = ids_then(f, figure->denominator_list) };
}

/* --- telling
 * --------------------------------------------------------------------------------------------------------------- */

static void put_side(JsonWriter *w, const char *name, const FrozenFigure *f)
{
    json_key(w, str_of(name));
    json_open_object(w);
    put(w, "value", f->value);
    json_key(w, S("numerator"));
    json_int(w, f->numerator.value);
    json_key(w, S("denominator"));
    if (f->denominator_list.len)
        json_int(w, f->denominator.value);
    else
        json_null(w);
    json_close_object(w);
}

/* What was done to it since the figure was taken. */
static Status put_deeds(Ctx *c, JsonWriter *w, Str id, int64_t since, int *told)
{
    DbRows *rows;
    bool has;
    TRY(db_query(c, SQL_AUDIT_SINCE, ARGS(value_text(id), value_int(since)), &rows));
    for (*told = 0; *told < REASONS_TOLD; ++*told) {
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        json_open_object(w);
        put(w, "at", row_text(rows, 1));
        put(w, "login", row_text(rows, 2));
        put(w, "operation", row_text(rows, 3));
        put(w, "label", operation_words(c, row_text(rows, 3)));
        json_close_object(w);
    }
    db_rows_done(rows);
    return ST_OK;
}

/* Nothing was done: a state that was known already took effect between the two days. */
static Status put_effects(Ctx *c, JsonWriter *w, const Entity *e, Str id, Date after, Date upto)
{
    DbRows *rows;
    bool has;
    const Field *state = e->state >= 0 ? &e->table->fields[e->state] : NULL;
    TRY(db_query(c, SQL_STATE_HISTORY_BETWEEN,
        ARGS(value_text(id), value_date(c->arena, after), value_date(c->arena, upto)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        int32_t number = state ? choice_of(state->choices, row_text(rows, 0)) : 0;
        json_open_object(w);
        put(w, "at", row_text(rows, 1));
        json_key(w, S("login"));
        json_null(w);
        put(w, "operation", S("effective"));
        Str words = number ? text_in(state->choices->items[number].label, c->lang) : row_text(rows, 0);
        put(w, "label",
            text_in(text_format(c, "自该日起为“%.*s”", "is \"%.*s\" from that day", STR_ARG(words)), c->lang));
        json_close_object(w);
    }
}

static Status put_step(Ctx *c, JsonWriter *w, const Comparing *p, const Entity *e, const RecordStep *s)
{
    Str title;
    int told;
    TRY(record_title_of(c, e->kind, s->id, &title));
    json_open_object(w);
    put(w, "entity", str_of(e->table->name));
    put(w, "id", s->id);
    put(w, "title", title);
    json_key(w, S("numerator"));
    json_int(w, s->numerator);
    json_key(w, S("denominator"));
    json_int(w, s->denominator);
    json_key(w, S("because"));
    json_open_list(w);
    TRY(put_deeds(c, w, s->id, p->since, &told));
    if (told == 0)
        TRY(put_effects(c, w, e, s->id, p->then->set.as_of, p->day));
    json_close_list(w);
    json_close_object(w);
    return ST_OK;
}

/* Records that stayed, of which the amount that is added up was changed. */
static Status put_amounts(Ctx *c, JsonWriter *w, const Comparing *p, const Entity *e, const Side *now, size_t *count)
{
    DbRows *rows;
    bool has;
    StrBuf ids = strbuf_in(c->arena);
    TRY(db_query(c, SQL_AUDIT_RECORDS_CHANGED,
        ARGS(value_text(str_of(e->table->name)), value_text(now->figure.sum), value_int(p->since)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            break;
        strbuf_add(&ids, row_text(rows, 0));
    }
    Str all = strbuf_str(&ids);
    for (; all.len && *count < STEPS_TOLD; all = str_sub(all, ID_LEN, SIZE_MAX)) {
        Str id = str_sub(all, 0, ID_LEN);
        size_t at = str_find(now->numerator_ids, id, 0);
        if (at == SIZE_MAX || at % ID_LEN)
            continue;
        TRY(put_step(c, w, p, e, &(RecordStep){ .id = id }));
        ++*count;
    }
    return ST_OK;
}

static Status put_moved(Ctx *c, JsonWriter *w, const Comparing *p, const Side *then, const Side *now)
{
    Selection sel;
    size_t count, told = 0;
    TRY(selection_of_template(c, then->figure.numerator_list, p->day, &sel));
    RecordStep *steps = difference_steps(
        c, then->numerator_ids, now->numerator_ids, then->denominator_ids, now->denominator_ids, &count);
    json_key(w, S("record_count"));
    json_int(w, (int64_t)count);
    json_key(w, S("records"));
    json_open_list(w);
    for (; told < count && told < STEPS_TOLD; told++)
        TRY(put_step(c, w, p, sel.entity, &steps[told]));
    if (then->figure.sum.len)
        TRY(put_amounts(c, w, p, sel.entity, now, &told));
    json_close_list(w);
    return ST_OK;
}

static bool same_values(const FrozenFigure *a, const FrozenFigure *b)
{
    return a->numerator.value == b->numerator.value && a->denominator.value == b->denominator.value;
}

static Status put_pair(Ctx *c, JsonWriter *w, const Comparing *p, const Side *then, const Side *now)
{
    bool moved = !same_values(&then->figure, &now->figure) || !str_eq(then->numerator_ids, now->numerator_ids) ||
                 !str_eq(then->denominator_ids, now->denominator_ids);
    json_open_object(w);
    put(w, "indicator", then->figure.indicator);
    put(w, "name", c->lang == LANG_EN && then->figure.name_en.len ? then->figure.name_en : then->figure.name);
    put(w, "definition", then->figure.definition);
    put(w, "unit", then->figure.unit);
    put_side(w, "then", &then->figure);
    put_side(w, "now", &now->figure);
    json_key(w, S("changed"));
    json_flag(w, moved);
    if (moved)
        TRY(put_moved(c, w, p, then, now));
    json_close_object(w);
    return ST_OK;
}

static void put_head(JsonWriter *w, const char *name, const Frozen *f, bool intact)
{
    json_key(w, str_of(name));
    json_open_object(w);
    put(w, "id", f->set.id);
    put(w, "title", f->set.title);
    json_key(w, S("as_of"));
    json_date(w, f->set.as_of);
    put(w, "digest", f->set.digest);
    json_key(w, S("intact"));
    json_flag(w, intact);
    json_close_object(w);
}

/* --- asked again
 * -------------------------------------------------------------------------------------------------------------- */

static Status compare_day(Ctx *c, const UseCase *u, Date *out)
{
    Str text = usecase_param(u, S("as_of"));
    *out = c->today;
    if (text.len == 0 || date_parse(text, out))
        return ST_OK;
    return fail_field(
        c, S("as_of"), text, T("不是有效的日期", "is no date"), T("例如 2021-10-31", "write it as 2021-10-31"));
}

Status frozen_service_compare(Ctx *c, UseCase *u)
{
    Frozen then;
    Comparing p = { .then = &then };
    JsonWriter w = json_onto(&u->out);
    TRY(load_set(c, u->id, &then));
    TRY(compare_day(c, u, &p.day));
    p.since = then.set.chain_seq.value;
    p.now_ids = arena_array_of(c->arena, Str, then.list_count + 1);
    json_open_object(&w);
    put_head(&w, "set", &then, is_intact(c, &then));
    json_key(&w, S("as_of"));
    json_date(&w, p.day);
    json_key(&w, S("figures"));
    json_open_list(&w);
    for (size_t i = 0; i < then.figure_count; i++) {
        Side before = side_then(&then, &then.figures[i]), now;
        TRY(side_now(c, &p, &then.figures[i], &now));
        TRY(put_pair(c, &w, &p, &before, &now));
    }
    json_close_list(&w);
    json_close_object(&w);
    return ST_OK;
}

/* --- two sets side by side
 * ------------------------------------------------------------------------------------------------------ */

static const FrozenFigure *same_figure(const Frozen *f, Str indicator)
{
    for (size_t i = 0; i < f->figure_count; i++)
        if (str_eq(f->figures[i].indicator, indicator))
            return &f->figures[i];
    return NULL;
}

static void put_only(JsonWriter *w, const char *name, const Frozen *f, const Frozen *other)
{
    json_key(w, str_of(name));
    json_open_list(w);
    for (size_t i = 0; i < f->figure_count; i++)
        if (!same_figure(other, f->figures[i].indicator))
            json_text(w, f->figures[i].name);
    json_close_list(w);
}

Status frozen_service_reconcile(Ctx *c, UseCase *u)
{
    Frozen one, other;
    JsonWriter w = json_onto(&u->out);
    Str with = usecase_param(u, S("with"));
    if (with.len == 0)
        return fail_field(c, S("with"), STR_NONE, T("须指明另一个指标集", "names the other set"),
            T("请选择要对照的指标集", "choose the set to compare with"));
    TRY(load_set(c, u->id, &one));
    TRY(load_set(c, with, &other));
    int64_t a = one.set.chain_seq.value, b = other.set.chain_seq.value;
    Comparing p = { .then = &one, .day = other.set.as_of, .since = a < b ? a : b };
    json_open_object(&w);
    put_head(&w, "set", &one, is_intact(c, &one));
    put_head(&w, "other", &other, is_intact(c, &other));
    put_only(&w, "only_in_set", &one, &other);
    put_only(&w, "only_in_other", &other, &one);
    json_key(&w, S("figures"));
    json_open_list(&w);
    for (size_t i = 0; i < one.figure_count; i++) {
        const FrozenFigure *same = same_figure(&other, one.figures[i].indicator);
        if (!same)
            continue;
        Side then = side_then(&one, &one.figures[i]), now = side_then(&other, same);
        TRY(put_pair(c, &w, &p, &then, &now));
    }
    json_close_list(&w);
    json_close_object(&w);
    return ST_OK;
}
