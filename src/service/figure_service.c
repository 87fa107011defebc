#include "service/figures.h"

#include "insight/breakdown.h"
#include "service/figure_rate.h"
#include "service/labels.h"
#include "service/services.h"

static void put(JsonWriter *w, const char *name, Str value)
{
    json_key(w, str_of(name));
    json_text_or_null(w, value);
}

bool figure_is_seen(const Ctx *c, const Indicator *indicator)
{
    return sight_of(c->actor->role, indicator->entity)->kind != SIGHT_NONE;
}

Str figure_unit(const Ctx *c, const Indicator *indicator)
{
    return text_in(indicator->unit, c->lang);
}

/* --- what is asked for ---------------------------------------------------------------------------------------------
 */

static bool is_word_of(const char *words, Str name)
{
    Str rest = str_of(words), word;
    while (str_cut(&rest, ' ', &word))
        if (str_eq(word, name))
            return true;
    return false;
}

static Status read_day(Ctx *c, Str text, Date *out)
{
    if (text.len == 0 || date_parse(text, out))
        return ST_OK;
    return fail_field(
        c, S("as_of"), text, T("不是有效的日期", "is no date"), T("例如 2021-10-31", "write it as 2021-10-31"));
}

Status figure_wish_read(Ctx *c, const UseCase *u, const char *also, FigureWish *out)
{
    FigureFilter *filter = record_new(c, &FigureFilter_table);
    *out = (FigureWish){ .filter = filter };
    for (size_t i = 0; i < u->param_count; i++) {
        const Param *p = &u->params[i];
        bool known = true;
        if (str_eq(p->name, S("as_of")))
            TRY(read_day(c, p->value, &out->as_of));
        else if (!is_word_of(also, p->name))
            TRY(filter_read(c, filter, p->name, p->value, &known));
        if (!known)
            return fail_field(c, p->name, p->value, T("不是统计的筛选条件", "is no filter of figures"),
                T("可用：as_of、term、year、round、level、sector、kind、framework",
                    "use as_of, term, year, round, level, sector, kind, framework"));
    }
    return ST_OK;
}

/* --- one figure ------------------------------------------------------------------------------------------------------
 */

static void put_doors(Ctx *c, JsonWriter *w, const Indicator *i, const FigureWish *wish)
{
    Selection numerator = indicator_numerator(c, i, wish);
    put(w, "numerator_list", selection_door(c, &numerator));
    if (i->denominator.count == 0)
        return;
    Selection denominator = indicator_denominator(c, i, wish);
    put(w, "denominator_list", selection_door(c, &denominator));
}

static void put_words(Ctx *c, JsonWriter *w, const Indicator *i)
{
    put(w, "id", str_of(i->id));
    json_key(w, S("seed_ref"));
    json_open_list(w);
    if (i->seed_ref)
        json_text(w, str_of(i->seed_ref));
    json_close_list(w);
    put(w, "group", indicator_group_name(i->group));
    put(w, "group_label", text_in(indicator_group_label(i->group), c->lang));
    put(w, "name", text_in(i->name, c->lang));
    put(w, "definition", text_in(i->definition, c->lang));
}

static void put_value(JsonWriter *w, const Indicator *i, const IndicatorValue *v)
{
    json_key(w, S("value"));
    if (v->known)
        json_real(w, v->value, i->decimals);
    else
        json_null(w);
    json_key(w, S("numerator"));
    if (i->sum)
        json_real(w, v->value, i->decimals);
    else
        json_int(w, v->numerator);
    json_key(w, S("denominator"));
    if (v->is_rate)
        json_int(w, v->denominator);
    else
        json_null(w);
}

/* The filter asks for what the records do not carry: no number, and why. */
static void put_inapplicable(Ctx *c, JsonWriter *w, const Indicator *i, int lacking)
{
    Text label = FigureFilter_table.fields[lacking].label;
    static const char *const nothing[] = { "value", "numerator", "denominator", "records" };
    for (size_t n = 0; n < 4; n++) {
        json_key(w, str_of(nothing[n]));
        json_null(w);
    }
    put(w, "lacks", text_in(label, c->lang));
    put(w, "unit", figure_unit(c, i));
}

static bool filter_applies(Ctx *c, const Indicator *i, const FigureWish *wish, int *lacking)
{
    Selection sel = selection_of(i->entity);
    return indicator_filter(c, i, wish->filter, &sel, lacking);
}

Status figure_open_json(Ctx *c, JsonWriter *w, const Indicator *i, const FigureWish *wish)
{
    IndicatorValue v;
    int lacking = 0;
    json_open_object(w);
    put_words(c, w, i);
    bool applies = filter_applies(c, i, wish, &lacking);
    json_key(w, S("applies"));
    json_flag(w, applies);
    json_key(w, S("as_of"));
    json_date(w, wish->as_of ? wish->as_of : c->today);
    json_key(w, S("knows_days"));
    json_flag(w, indicator_knows_days(i));
    if (!applies) {
        put_inapplicable(c, w, i, lacking);
        return ST_OK;
    }
    TRY(indicator_compute(c, i, wish, &v));
    put_value(w, i, &v);
    put(w, "unit", figure_unit(c, i));
    json_key(w, S("records"));
    json_int(w, v.records);
    json_key(w, S("entered_later"));
    json_int(w, v.later);
    put_doors(c, w, i, wish);
    return ST_OK;
}

Status figure_text(Ctx *c, const Indicator *i, const FigureWish *wish, Str *out)
{
    IndicatorValue v;
    StrBuf b = strbuf_in(c->arena);
    JsonWriter w = json_onto(&b);
    TRY(indicator_compute(c, i, wish, &v));
    if (v.known)
        json_real(&w, v.value, i->decimals);
    else
        strbuf_add(&b, S("—"));
    *out = strbuf_str(&b);
    return ST_OK;
}

Status figure_is_told(Ctx *c, const Indicator *i, bool *told)
{
    bool has;
    int64_t count;
    *told = figure_is_seen(c, i);
    if (!*told || !i->round)
        return ST_OK;
    TRY(db_query_int(c, SQL_ROUND_NAMED_COUNT, ARGS(value_text(str_of(i->round))), &count, &has));
    *told = count > 0;
    return ST_OK;
}

Status figures_to_json(Ctx *c, StrBuf *out, const FigureWish *given)
{
    JsonWriter w = json_onto(out);
    FigureMemo *memo = arena_new_of(c->arena, FigureMemo);
    FigureWish own = *given;
    const FigureWish *wish = &own;
    own.memo = memo;
    json_open_list(&w);
    for (size_t i = 0; i < indicator_count; i++) {
        bool told;
        TRY(figure_is_told(c, &indicators[i], &told));
        if (told) {
            TRY(figure_open_json(c, &w, &indicators[i], wish));
            json_close_object(&w);
        }
    }
    json_close_list(&w);
    return ST_OK;
}

Status figure_service_list(Ctx *c, UseCase *u)
{
    FigureWish wish;
    TRY(figure_wish_read(c, u, "", &wish));
    return figures_to_json(c, &u->out, &wish);
}

static Status named(Ctx *c, const UseCase *u, const Indicator **out)
{
    *out = indicator_named(u->id);
    if (*out && figure_is_seen(c, *out))
        return ST_OK;
    return fail(c, ST_MISSING, "没有“%.*s”这个指标，或您无权查看", "there is no figure %.*s, or it is not yours to see",
        STR_ARG(str_clip(u->id, 40)));
}

/* --- one of them, whole --------------------------------------------------------------------------------------- */

static void put_dimensions(Ctx *c, JsonWriter *w, const Indicator *i)
{
    GroupKey key;
    json_key(w, S("dimensions"));
    json_open_list(w);
    for (int d = 1; d < DIMENSION_COUNT; d++) {
        if (!indicator_key(i, (Dimension)d, &key))
            continue;
        json_open_object(w);
        put(w, "name", str_of(dimensions.items[d].name));
        put(w, "label", text_in(dimensions.items[d].label, c->lang));
        json_close_object(w);
    }
    json_close_list(w);
}

Status figure_service_show(Ctx *c, UseCase *u)
{
    FigureWish wish;
    const Indicator *i;
    JsonWriter w = json_onto(&u->out);
    TRY(named(c, u, &i));
    TRY(figure_wish_read(c, u, "", &wish));
    TRY(figure_open_json(c, &w, i, &wish));
    put_dimensions(c, &w, i);
    if (rate_variant_named(i->id))
        TRY(figure_rate_put(c, &w, &wish));
    json_close_object(&w);
    return ST_OK;
}

/* --- by one or two dimensions
 * ----------------------------------------------------------------------------------------- */

static Status read_dimensions(Ctx *c, Str text, Dimension by[2], size_t *count)
{
    Str rest = text, part;
    *count = 0;
    while (str_cut(&rest, ',', &part)) {
        int32_t d = choice_of(&dimensions, part);
        if (!d || *count == 2)
            return fail_field(c, S("by"), text, T("应为一个或两个分组项", "must be one or two dimensions"),
                T("例如 by=theme 或 by=year,theme", "write by=theme or by=year,theme"));
        by[(*count)++] = (Dimension)d;
    }
    if (*count)
        return ST_OK;
    return fail_field(
        c, S("by"), STR_NONE, T("须写明分组项", "names the dimension"), T("例如 by=theme", "write by=theme"));
}

static void put_cell_doors(
    Ctx *c, JsonWriter *w, const Indicator *i, const FigureWish *wish, const Breakdown *b, const Cell *cell)
{
    Selection numerator = indicator_numerator(c, i, wish);
    for (int k = 0; k < b->key_count; k++)
        dimension_narrow(c, &numerator, &b->keys[k], cell->keys[k]);
    put(w, "numerator_list", selection_door(c, &numerator));
    if (!i->denominator.count)
        return;
    Selection denominator = indicator_denominator(c, i, wish);
    for (int k = 0; k < b->key_count; k++)
        dimension_narrow(c, &denominator, &b->keys[k], cell->keys[k]);
    put(w, "denominator_list", selection_door(c, &denominator));
}

static IndicatorValue value_of_cell(const Indicator *i, const Cell *cell)
{
    bool rate = i->denominator.count > 0;
    bool money = i->sum && entity_of(i->entity)->table->fields[i->sum].type == FT_MONEY;
    double value = money ? (double)cell->numerator / 100 : (double)cell->numerator;
    return (IndicatorValue){ .records = cell->records,
        .numerator = cell->numerator,
        .denominator = cell->denominator,
        .is_rate = rate,
        .known = !rate || cell->denominator > 0,
        .value = rate && cell->denominator ? percent_of(cell->numerator, cell->denominator, i->decimals) : value };
}

static Status put_cell(
    Ctx *c, UseCase *u, JsonWriter *w, const Indicator *i, const FigureWish *wish, const Breakdown *b, const Cell *cell)
{
    IndicatorValue v = value_of_cell(i, cell);
    json_open_object(w);
    json_key(w, S("keys"));
    json_open_list(w);
    for (int k = 0; k < b->key_count; k++) {
        Str label;
        TRY(label_of_value(
            c, u->app->rules, dimension_field(entity_of(i->entity), &b->keys[k]), cell->keys[k], &label));
        json_open_object(w);
        put(w, "value", cell->keys[k]);
        put(w, "label", label);
        json_close_object(w);
    }
    json_close_list(w);
    put_value(w, i, &v);
    json_key(w, S("records"));
    json_int(w, v.records);
    put_cell_doors(c, w, i, wish, b, cell);
    json_close_object(w);
    return ST_OK;
}

Status figure_service_breakdown(Ctx *c, UseCase *u)
{
    FigureWish wish;
    const Indicator *i;
    Dimension by[2];
    size_t count;
    Breakdown b;
    JsonWriter w = json_onto(&u->out);
    TRY(named(c, u, &i));
    TRY(figure_wish_read(c, u, "by", &wish));
    TRY(read_dimensions(c, usecase_param(u, S("by")), by, &count));
    TRY(breakdown_compute(c, i, &wish, by, count, &b));
    TRY(figure_open_json(c, &w, i, &wish));
    json_key(&w, S("cells"));
    json_open_list(&w);
    for (size_t n = 0; n < b.count; n++)
        TRY(put_cell(c, u, &w, i, &wish, &b, &b.cells[n]));
    json_close_list(&w);
    json_close_object(&w);
    return ST_OK;
}
