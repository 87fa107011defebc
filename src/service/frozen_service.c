/* Figures frozen into a set. They count what is the organiser's, whoever asks, so that they can be asked again. */
#include "domain/figure_set.h"

#include "service/case.h"
#include "service/figures.h"
#include "service/services.h"

/* --- what is wished ------------------------------------------------------------------------------------------------
 */

/* "year=2021&kind=government", as it stands in the set. */
static Status read_filter(Ctx *c, Str text, FigureFilter *filter)
{
    Str part;
    while (str_cut(&text, '&', &part)) {
        Str value = part, name;
        bool known;
        str_cut(&value, '=', &name);
        TRY(filter_read(c, filter, name, value, &known));
        if (!known)
            return fail_field(c, S("filter"), name, T("不是统计的筛选条件", "is no filter of figures"),
                T("例如 year=2021&kind=government", "write it as year=2021&kind=government"));
    }
    return ST_OK;
}

static bool is_chosen(Str chosen, const Indicator *i)
{
    Str part;
    if (chosen.len == 0)
        return true;
    while (str_cut(&chosen, ',', &part))
        if (str_eq(str_trim(part), str_of(i->id)))
            return true;
    return false;
}

static Status check_chosen(Ctx *c, Str chosen)
{
    Str part;
    while (str_cut(&chosen, ',', &part))
        if (!indicator_named(str_trim(part)))
            return fail_field(c, S("chosen"), part, T("没有这个指标", "is no figure"),
                T("请用指标代码，以逗号分隔；留空为全部指标", "use the figures' ids, with commas; empty: all of them"));
    return ST_OK;
}

/* --- counting --------------------------------------------------------------------------------------------------------
 */

typedef struct Freezing {
    const FigureSet *input;
    FigureWish wish;
    FigureSetParts parts;
} Freezing;

static Str template_of(Ctx *c, const Freezing *f, Selection sel)
{
    Value *organiser = arena_new_of(c->arena, Value);
    const FieldTable *table = sel.entity->table;
    *organiser = value_text(f->input->organiser);
    selection_where(&sel, field_index(table, field_named(table, S("organiser"))), OP_EQ, organiser, 1);
    return selection_door(c, &sel);
}

static Status count_list(Ctx *c, Freezing *f, Str door, const FrozenList **out)
{
    for (size_t i = 0; i < f->parts.list_count; i++)
        if (str_eq(f->parts.lists[i]->selection, door)) {
            *out = f->parts.lists[i];
            return ST_OK;
        }
    FrozenList *list = record_new(c, &FrozenList_table);
    Selection sel;
    TRY(selection_of_template(c, door, f->input->as_of, &sel));
    sel.unscoped = true;
    TRY(selection_ids(c, &sel, FROZEN_RECORDS_MAX, &list->ids));
    list->selection = door;
    list->count = INT_OF((int64_t)(list->ids.len / ID_LEN));
    list->digest = frozen_list_digest(c, list->ids);
    f->parts.lists[f->parts.list_count++] = list;
    *out = list;
    return ST_OK;
}

static Status count_sum(Ctx *c, const Freezing *f, Str door, int field, int64_t *out)
{
    Selection sel;
    TRY(selection_of_template(c, door, f->input->as_of, &sel));
    sel.unscoped = true;
    return selection_sum(c, &sel, field, out);
}

static Status count_distinct(Ctx *c, const Freezing *f, Str door, int field, int64_t *out)
{
    Selection sel;
    TRY(selection_of_template(c, door, f->input->as_of, &sel));
    sel.unscoped = true;
    return selection_distinct(c, &sel, field, out);
}

static Status count_later(Ctx *c, const Freezing *f, Str door, int64_t *out)
{
    static const Value later[] = { { .kind = VALUE_TEXT, .text = S_INIT("entered_later") } };
    Selection sel;
    bool exact;
    TRY(selection_of_template(c, door, f->input->as_of, &sel));
    sel.unscoped = true;
    selection_where(&sel, Record_provenance, OP_EQ, later, 1);
    return selection_count(c, &sel, INT64_MAX - 1, out, &exact);
}

Str frozen_value(Ctx *c, const FrozenFigure *f)
{
    bool rate = f->denominator_list.len > 0;
    StrBuf b = strbuf_in(c->arena);
    JsonWriter w = json_onto(&b);
    if (rate && !f->denominator.value)
        return STR_NONE;
    double whole = f->sum.len && f->decimals.value ? (double)f->numerator.value / 100 : (double)f->numerator.value;
    json_real(&w, rate ? percent_of(f->numerator.value, f->denominator.value, (int)f->decimals.value) : whole,
        (int)f->decimals.value);
    return strbuf_str(&b);
}

static Status freeze_one(Ctx *c, Freezing *f, const Indicator *i)
{
    FrozenFigure *figure = record_new(c, &FrozenFigure_table);
    const FrozenList *numerator, *denominator;
    figure->indicator = str_of(i->id);
    figure->name = str_of(i->name.zh);
    figure->name_en = str_of(i->name.en);
    figure->definition = str_of(i->definition.zh);
    figure->unit = str_of(i->unit.zh);
    figure->decimals = INT_OF(i->decimals);
    figure->numerator_list = template_of(c, f, indicator_numerator(c, i, &f->wish));
    TRY(count_list(c, f, figure->numerator_list, &numerator));
    TRY(count_later(c, f, figure->numerator_list, &figure->later.value));
    figure->later.known = true;
    figure->numerator = numerator->count;
    if (i->sum) {
        figure->sum = str_of(entity_of(i->entity)->table->fields[i->sum].name);
        TRY(count_sum(c, f, figure->numerator_list, i->sum, &figure->numerator.value));
    }
    if (i->distinct) {
        figure->counted_by = str_of(entity_of(i->entity)->table->fields[i->distinct].name);
        TRY(count_distinct(c, f, figure->numerator_list, i->distinct, &figure->numerator.value));
    }
    if (i->denominator.count) {
        figure->denominator_list = template_of(c, f, indicator_denominator(c, i, &f->wish));
        TRY(count_list(c, f, figure->denominator_list, &denominator));
        figure->denominator = denominator->count;
    }
    figure->value = frozen_value(c, figure);
    f->parts.figures[f->parts.figure_count++] = figure;
    return ST_OK;
}

static Status freeze_if(Ctx *c, Freezing *f, const Indicator *i)
{
    Selection sel = selection_of(i->entity);
    int lacking;
    bool told;
    if (!is_chosen(f->input->chosen, i) || !indicator_filter(c, i, f->wish.filter, &sel, &lacking))
        return ST_OK;
    TRY(figure_is_told(c, i, &told));
    return told ? freeze_one(c, f, i) : ST_OK;
}

static_assert(FROZEN_FIGURES_MAX >= 100, "room for every indicator");

Status frozen_service_freeze(Ctx *c, UseCase *u, Changes *out)
{
    const FigureSet *in = u->input;
    Organiser organiser;
    FigureFilter *filter = record_new(c, &FigureFilter_table);
    Freezing f = { .input = in, .wish = { .template = true, .filter = filter } };
    int64_t seq = 0;
    bool has;
    TRY(record_load_held(c, ENTITY_ORGANISER, in->organiser, &organiser));
    TRY(check_chosen(c, in->chosen));
    TRY(read_filter(c, in->filter, filter));
    f.parts.figures = arena_array_of(c->arena, FrozenFigure *, FROZEN_FIGURES_MAX);
    f.parts.lists = arena_array_of(c->arena, FrozenList *, FROZEN_LISTS_MAX);
    for (size_t i = 0; i < indicator_count; i++)
        TRY(freeze_if(c, &f, &indicators[i]));
    TRY(db_query_int(c, SQL_AUDIT_LAST_SEQ, NO_ARGS, &seq, &has));
    return figure_set_freeze(c, in, seq, &f.parts, out);
}

Status frozen_service_decide(Ctx *c, UseCase *u, Changes *out)
{
    FigureSet *now = arena_new_of(c->arena, FigureSet);
    TRY(record_load(c, ENTITY_FIGURE_SET, u->id, u->version, now));
    return figure_set_decide(c, now, usecase_action(u), u->input, out);
}
