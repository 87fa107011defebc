#include "insight/form.h"

/* --- wishes and numbers ------------------------------------------------------------------------------------------- */

/* The reader's filter, narrowed by the row's own. */
static FigureWish narrowed(Ctx *c, const FigureWish *wish, const FigureFilter *own)
{
    FigureFilter *both =
        wish->filter ? record_copy(c, &FigureFilter_table, wish->filter) : record_new(c, &FigureFilter_table);
    FieldSet given = 0;
    for (int i = 0; i < FigureFilter_field_count; i++)
        if (!field_is_empty(&FigureFilter_table.fields[i], own))
            given |= FIELD_BIT(i);
    record_overlay(&FigureFilter_table, given, own, both);
    return (FigureWish){ .as_of = wish->as_of, .filter = both };
}

static bool applies(Ctx *c, const Indicator *i, const FigureWish *wish)
{
    Selection sel = selection_of(i->entity);
    int lacking;
    return sight_of(c->actor->role, i->entity)->kind != SIGHT_NONE &&
           indicator_filter(c, i, wish->filter, &sel, &lacking);
}

static FormNumber number_of(const Indicator *i, int64_t numerator, int64_t denominator)
{
    if (i->denominator.count)
        return denominator ? (FormNumber){ true, (numerator * 20000 + denominator) / (denominator * 2) }
                           : (FormNumber){ .known = false };
    bool money = i->sum && entity_of(i->entity)->table->fields[i->sum].type == FT_MONEY;
    return (FormNumber){ true, money ? numerator : numerator * 100 };
}

static Status figure_number(Ctx *c, const Indicator *i, const FigureWish *wish, FormNumber *out, Str *door)
{
    IndicatorValue v;
    *out = (FormNumber){ .known = false };
    if (!applies(c, i, wish))
        return ST_OK;
    TRY(indicator_compute(c, i, wish, &v));
    *out = number_of(i, v.numerator, v.denominator);
    Selection sel = indicator_numerator(c, i, wish);
    *door = selection_door(c, &sel);
    return ST_OK;
}

/* --- lines -----------------------------------------------------------------------------------------------------------
 */

static Status new_line(Ctx *c, FormResult *r, const FormRow *row, FormLine **out)
{
    if (r->line_count == FORM_LINES_MAX)
        return fail(c, ST_TOO_BIG, "报表超过%d行，请增加筛选条件", "more than %d lines: filter first", FORM_LINES_MAX);
    *out = &r->lines[r->line_count++];
    **out = (FormLine){ .row = row };
    return ST_OK;
}

static Status one_line(Ctx *c, const Form *f, const FormRow *row, const FigureWish *wish, FormResult *r)
{
    FormLine *line = NULL;
    TRY(new_line(c, r, row, &line));
    for (size_t i = 0; i < f->column_count; i++)
        if (f->columns[i].figure)
            TRY(figure_number(c, f->columns[i].figure, wish, &line->numbers[i], &line->doors[i]));
    return ST_OK;
}

/* The line of a value among those of this row, which begin at `from`; a new one in its order when there is none. */
static Status line_of(Ctx *c, FormResult *r, size_t from, const FormRow *row, Str value, FormLine **out)
{
    size_t at = from;
    while (at < r->line_count && str_cmp(r->lines[at].value, value) < 0)
        at++;
    if (at < r->line_count && str_eq(r->lines[at].value, value)) {
        *out = &r->lines[at];
        return ST_OK;
    }
    TRY(new_line(c, r, row, out));
    for (size_t i = r->line_count - 1; i > at; i--)
        r->lines[i] = r->lines[i - 1];
    *out = &r->lines[at];
    **out = (FormLine){ .row = row, .value = value };
    return ST_OK;
}

static Status put_groups(
    Ctx *c, const FormColumn *column, size_t n, const FormRow *row, const FigureWish *wish, FormResult *r, size_t from)
{
    const Indicator *figure = column->figure;
    Breakdown b;
    GroupKey key;
    if (!applies(c, figure, wish) || !indicator_key(figure, row->each, &key))
        return ST_OK;
    TRY(breakdown_compute(c, figure, wish, &row->each, 1, &b));
    for (size_t i = 0; i < b.count; i++) {
        FormLine *line;
        TRY(line_of(c, r, from, row, b.cells[i].keys[0], &line));
        Selection sel = indicator_numerator(c, figure, wish);
        dimension_narrow(c, &sel, &key, b.cells[i].keys[0]);
        line->field = dimension_field(entity_of(figure->entity), &key);
        line->numbers[n] = number_of(figure, b.cells[i].numerator, b.cells[i].denominator);
        line->doors[n] = selection_door(c, &sel);
    }
    return ST_OK;
}

/* What nothing was counted of is nought where its dimension is known to the figure. */
static void fill_noughts(Ctx *c, const Form *f, const FormRow *row, const FigureWish *wish, FormResult *r, size_t from)
{
    GroupKey key;
    for (size_t l = from; l < r->line_count; l++)
        for (size_t i = 0; i < f->column_count; i++) {
            const Indicator *figure = f->columns[i].figure;
            if (figure && !figure->denominator.count && !r->lines[l].numbers[i].known && applies(c, figure, wish) &&
                indicator_key(figure, row->each, &key))
                r->lines[l].numbers[i] = FORM_WHOLE(0);
        }
}

static Status many_lines(Ctx *c, const Form *f, const FormRow *row, const FigureWish *wish, FormResult *r)
{
    size_t from = r->line_count;
    for (size_t i = 0; i < f->column_count; i++)
        if (f->columns[i].figure)
            TRY(put_groups(c, &f->columns[i], i, row, wish, r, from));
    fill_noughts(c, f, row, wish, r, from);
    return ST_OK;
}

/* --- formulas
 * --------------------------------------------------------------------------------------------------------- */

typedef struct Looking {
    const Form *form;
    const FormResult *result;
    const FormLine *line;
    const FormNumber *values;
} Looking;

static size_t column_at(const Form *f, Str key)
{
    size_t i = 0;
    while (i < f->column_count && !str_eq(f->columns[i].key, key))
        i++;
    return i;
}

static Status look_in_line(Ctx *c, Str name, bool all, void *arg, FormNumber *out)
{
    const Looking *l = arg;
    (void)c, (void)all;
    *out = l->line->numbers[column_at(l->form, name)];
    return ST_OK;
}

/* row.column; within sum() over all its lines. */
static Status look_in_form(Ctx *c, Str name, bool all, void *arg, FormNumber *out)
{
    const Looking *l = arg;
    Str column = name, row;
    bool any = false;
    (void)c;
    str_cut(&column, '.', &row);
    size_t at = column_at(l->form, column);
    *out = (FormNumber){ .known = all };
    for (size_t i = 0; i < l->result->line_count; i++) {
        const FormLine *line = &l->result->lines[i];
        if (!str_eq(line->row->key, row) || (any && !all))
            continue;
        any = true;
        out->known = (all ? out->known : true) && line->numbers[at].known;
        out->hundredths += line->numbers[at].hundredths;
    }
    return ST_OK;
}

static Status look_in_values(Ctx *c, Str name, bool all, void *arg, FormNumber *out)
{
    const Looking *l = arg;
    (void)c, (void)all;
    for (size_t i = 0; i < l->form->value_count; i++)
        if (str_eq(l->form->values[i].key, name))
            *out = l->values[i];
    return ST_OK;
}

static Status fill_formulas(Ctx *c, const Form *f, FormResult *r)
{
    for (size_t l = 0; l < r->line_count; l++)
        for (size_t i = 0; i < f->column_count; i++)
            if (f->columns[i].formula.len) {
                Looking looking = { .form = f, .line = &r->lines[l] };
                TRY(formula_value(c, f->columns[i].formula, look_in_line, &looking, &r->lines[l].numbers[i]));
            }
    for (size_t i = 0; i < f->check_count; i++) {
        Looking looking = { .form = f, .result = r };
        TRY(formula_value(c, f->checks[i].left, look_in_form, &looking, &r->checks[i].left));
        TRY(formula_value(c, f->checks[i].right, look_in_form, &looking, &r->checks[i].right));
    }
    return ST_OK;
}

static Status fill_cells(Ctx *c, const Form *f, const FigureWish *wish, FormResult *r)
{
    FormNumber *values = arena_array_of(c->arena, FormNumber, FORM_VALUES_MAX);
    Looking looking = { .form = f, .values = values };
    r->cells = arena_array_of(c->arena, FormNumber, FORM_CELLS_MAX);
    for (size_t i = 0; i < f->value_count; i++) {
        FigureWish own = narrowed(c, wish, f->values[i].filter);
        Str door;
        TRY(figure_number(c, f->values[i].figure, &own, &values[i], &door));
    }
    for (size_t i = 0; i < f->cell_count; i++)
        TRY(formula_value(c, f->cells[i].formula, look_in_values, &looking, &r->cells[i]));
    return ST_OK;
}

Status form_compute(Ctx *c, const Form *f, const FigureWish *wish, FormResult *out)
{
    *out = (FormResult){ .lines = arena_array_of(c->arena, FormLine, FORM_LINES_MAX) };
    for (size_t i = 0; i < f->row_count; i++) {
        FigureWish own = narrowed(c, wish, f->rows[i].filter);
        if (f->rows[i].each)
            TRY(many_lines(c, f, &f->rows[i], &own, out));
        else
            TRY(one_line(c, f, &f->rows[i], &own, out));
    }
    TRY(fill_formulas(c, f, out));
    return fill_cells(c, f, wish, out);
}

Str form_number_text(Ctx *c, FormNumber n)
{
    if (!n.known)
        return S("—");
    StrBuf b = strbuf_in(c->arena);
    int64_t size = n.hundredths < 0 ? -n.hundredths : n.hundredths;
    strbuf_addf(&b, "%s%lld", n.hundredths < 0 ? "-" : "", (long long)(size / 100));
    if (size % 100)
        strbuf_addf(&b, size % 10 ? ".%02lld" : ".%.1lld", (long long)(size % 10 ? size % 100 : size % 100 / 10));
    return strbuf_str(&b);
}
