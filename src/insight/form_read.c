#include "insight/form.h"

typedef struct FormReading {
    Ctx *c;
    Form *form;
} FormReading;

static Status refuse(Ctx *c, Str place, Str value, Text rule, Text remedy)
{
    return fail_field(c, place, value, rule, remedy);
}

static Str place_of(Ctx *c, const char *list, size_t n, const char *member)
{
    return str_format(c->arena, "%s[%zu].%s", list, n, member);
}

static Text label_of(const Json *node)
{
    Str zh = json_text_or(json_get(node, S("label")), STR_NONE);
    Str en = json_text_or(json_get(node, S("label_en")), zh);
    return (Text){ zh.len ? zh.ptr : "", en.len ? en.ptr : "" };
}

static bool is_key(Str key)
{
    for (size_t i = 0; i < key.len; i++)
        if (!((key.ptr[i] >= 'a' && key.ptr[i] <= 'z') || (i && key.ptr[i] >= '0' && key.ptr[i] <= '9') ||
                key.ptr[i] == '_'))
            return false;
    return key.len > 0 && key.len <= 40;
}

static Status read_key(Ctx *c, const Json *node, const char *list, size_t n, Str *out)
{
    *out = json_text_or(json_get(node, S("key")), STR_NONE);
    if (is_key(*out))
        return ST_OK;
    return refuse(c, place_of(c, list, n, "key"), *out,
        T("应为小写字母、数字和下划线组成的名称", "is a name of small letters, digits and underscores"),
        T("例如 fed_back", "write it as fed_back"));
}

static Status read_figure(Ctx *c, const Json *node, const char *list, size_t n, const Indicator **out)
{
    Str id = json_text_or(json_get(node, S("figure")), STR_NONE);
    *out = indicator_named(id);
    if (*out)
        return ST_OK;
    return refuse(c, place_of(c, list, n, "figure"), id, T("没有这个指标", "is no figure"),
        T("指标代码见“统计指标”页和 xuncha figures --json", "see the page of figures, or xuncha figures --json"));
}

static Status read_filter(Ctx *c, const Json *node, const char *list, size_t n, FigureFilter **out)
{
    const Json *filter = json_get(node, S("filter"));
    *out = record_new(c, &FigureFilter_table);
    for (const Json *f = filter ? filter->first : NULL; f; f = f->next) {
        bool known;
        Str text = f->kind == JSON_INT ? str_format(c->arena, "%lld", (long long)f->whole) : json_text_or(f, STR_NONE);
        TRY(filter_read(c, *out, f->key, text, &known));
        if (!known)
            return refuse(c, place_of(c, list, n, "filter"), f->key, T("不是统计的筛选条件", "is no filter of figures"),
                T("可用：term、year、round、level、sector、kind、framework",
                    "use term, year, round, level, sector, kind, framework"));
    }
    return ST_OK;
}

static Status read_column(FormReading *r, const Json *node, size_t n)
{
    FormColumn *column = &r->form->columns[n];
    TRY(read_key(r->c, node, "columns", n, &column->key));
    column->label = label_of(node);
    column->formula = json_text_or(json_get(node, S("formula")), STR_NONE);
    if (column->formula.len == 0)
        return read_figure(r->c, node, "columns", n, &column->figure);
    return ST_OK;
}

static Status read_row(FormReading *r, const Json *node, size_t n)
{
    FormRow *row = &r->form->rows[n];
    Str each = json_text_or(json_get(node, S("each")), STR_NONE);
    TRY(read_key(r->c, node, "rows", n, &row->key));
    TRY(read_filter(r->c, node, "rows", n, &row->filter));
    row->label = label_of(node);
    row->each = (Dimension)choice_of(&dimensions, each);
    if (each.len == 0 || row->each)
        return ST_OK;
    return refuse(r->c, place_of(r->c, "rows", n, "each"), each, T("不是分组项", "is no dimension"),
        T("可用：year、round、kind、theme等", "use year, round, kind, theme and the like"));
}

static Status read_check(FormReading *r, const Json *node, size_t n)
{
    FormCheck *check = &r->form->checks[n];
    check->label = label_of(node);
    check->left = json_text_or(json_get(node, S("left")), STR_NONE);
    check->right = json_text_or(json_get(node, S("right")), STR_NONE);
    return ST_OK;
}

static Status read_value(FormReading *r, const Json *node, size_t n)
{
    FormValue *value = &r->form->values[n];
    TRY(read_key(r->c, node, "values", n, &value->key));
    TRY(read_figure(r->c, node, "values", n, &value->figure));
    return read_filter(r->c, node, "values", n, &value->filter);
}

static bool is_address(Str text)
{
    size_t letters = 0, digits = 0;
    while (letters < text.len && text.ptr[letters] >= 'A' && text.ptr[letters] <= 'Z')
        letters++;
    while (letters + digits < text.len && text.ptr[letters + digits] >= '0' && text.ptr[letters + digits] <= '9')
        digits++;
    return letters >= 1 && letters <= 3 && digits >= 1 && digits <= 7 && letters + digits == text.len &&
           text.ptr[letters] != '0';
}

static Status read_cell(FormReading *r, const Json *node, size_t n)
{
    FormCell *cell = &r->form->cells[n];
    cell->sheet = json_text_or(json_get(node, S("sheet")), STR_NONE);
    cell->address = json_text_or(json_get(node, S("cell")), STR_NONE);
    cell->formula = json_text_or(json_get(node, S("formula")), json_text_or(json_get(node, S("value")), STR_NONE));
    if (cell->sheet.len == 0)
        return refuse(r->c, place_of(r->c, "cells", n, "sheet"), STR_NONE, T("须写明工作表名称", "names the sheet"),
            T("请照抄工作簿中的工作表名称", "copy its name from the workbook"));
    if (!is_address(cell->address))
        return refuse(r->c, place_of(r->c, "cells", n, "cell"), cell->address, T("不是单元格地址", "is no cell"),
            T("例如 C5", "write it as C5"));
    return ST_OK;
}

static Status read_list(FormReading *r, const Json *form, const char *name, size_t most,
    Status (*read)(FormReading *r, const Json *node, size_t n), size_t *count)
{
    const Json *list = json_get(form, str_of(name));
    *count = 0;
    for (const Json *node = list ? list->first : NULL; node; node = node->next) {
        if (*count == most)
            return refuse(r->c, str_of(name), STR_NONE, text_format(r->c, "最多%zu项", "takes at most %zu", most),
                T("请拆成几张表", "make several forms of it"));
        TRY(read(r, node, *count));
        ++*count;
    }
    return ST_OK;
}

/* --- formulas: do they name what is there?
 * ---------------------------------------------------------------------------- */

static Status no_such(Ctx *c, Str name)
{
    return fail_field(c, S("formula"), name, T("没有这个名称", "is no name of this form"),
        T("列用列名，校验用“行名.列名”，填报单元格用取值名",
            "a column by its key, in checks row.column, in cells the key of a value"));
}

static bool has_column(const Form *f, Str key)
{
    for (size_t i = 0; i < f->column_count; i++)
        if (str_eq(f->columns[i].key, key))
            return true;
    return false;
}

static Status check_column(Ctx *c, Str name, bool all, void *arg, FormNumber *out)
{
    *out = FORM_WHOLE(1);
    return !all && has_column(arg, name) ? ST_OK : no_such(c, name);
}

static Status check_place(Ctx *c, Str name, bool all, void *arg, FormNumber *out)
{
    const Form *f = arg;
    Str column = name, row;
    (void)all;
    *out = FORM_WHOLE(1);
    str_cut(&column, '.', &row);
    for (size_t i = 0; i < f->row_count; i++)
        if (str_eq(f->rows[i].key, row) && has_column(f, column))
            return ST_OK;
    return no_such(c, name);
}

static Status check_value(Ctx *c, Str name, bool all, void *arg, FormNumber *out)
{
    const Form *f = arg;
    *out = FORM_WHOLE(1);
    for (size_t i = 0; i < f->value_count && !all; i++)
        if (str_eq(f->values[i].key, name))
            return ST_OK;
    return no_such(c, name);
}

static Status check_formulas(Ctx *c, Form *f)
{
    FormNumber ignored;
    for (size_t i = 0; i < f->column_count; i++)
        if (f->columns[i].formula.len)
            TRY(formula_value(c, f->columns[i].formula, check_column, f, &ignored));
    for (size_t i = 0; i < f->check_count; i++) {
        TRY(formula_value(c, f->checks[i].left, check_place, f, &ignored));
        TRY(formula_value(c, f->checks[i].right, check_place, f, &ignored));
    }
    for (size_t i = 0; i < f->cell_count; i++)
        TRY(formula_value(c, f->cells[i].formula, check_value, f, &ignored));
    return ST_OK;
}

Status form_read(Ctx *c, Str json, Form **out)
{
    const Json *form;
    Form *f = arena_new_of(c->arena, Form);
    FormReading r = { c, f };
    *out = f;
    if (json_read(c, json, &form) != ST_OK) {
        Str why = c->err.message;
        ctx_forgive(c);
        return refuse(c, S("body"), STR_NONE,
            text_format(c, "不是有效的JSON：%.*s", "is no valid JSON: %.*s", STR_ARG(why)),
            T("请核对括号、引号和逗号", "check brackets, quotes and commas"));
    }
    f->values = arena_array_of(c->arena, FormValue, FORM_VALUES_MAX);
    f->cells = arena_array_of(c->arena, FormCell, FORM_CELLS_MAX);
    f->code = json_text_or(json_get(form, S("code")), STR_NONE);
    Str title = json_text_or(json_get(form, S("title")), STR_NONE),
        note = json_text_or(json_get(form, S("note")), S(""));
    f->title = (Text){ title.len ? title.ptr : "",
        json_text_or(json_get(form, S("title_en")), title.len ? title : S("")).ptr };
    f->note = (Text){ note.ptr, json_text_or(json_get(form, S("note_en")), note).ptr };
    if (f->code.len == 0 || title.len == 0)
        return refuse(c, f->code.len ? S("title") : S("code"), STR_NONE, T("不能为空", "may not be empty"),
            T("请填写表号和表名", "give the form its code and title"));
    TRY(read_list(&r, form, "columns", FORM_COLUMNS_MAX, read_column, &f->column_count));
    TRY(read_list(&r, form, "rows", FORM_ROWS_MAX, read_row, &f->row_count));
    TRY(read_list(&r, form, "checks", FORM_CHECKS_MAX, read_check, &f->check_count));
    TRY(read_list(&r, form, "values", FORM_VALUES_MAX, read_value, &f->value_count));
    TRY(read_list(&r, form, "cells", FORM_CELLS_MAX, read_cell, &f->cell_count));
    if ((f->column_count == 0 || f->row_count == 0) && f->cell_count == 0)
        return refuse(c, S("columns"), STR_NONE,
            T("没有可统计的行列，也没有填报单元格", "holds neither rows and columns nor cells"),
            T("请写明 columns 和 rows，或 values 和 cells", "give columns and rows, or values and cells"));
    return check_formulas(c, f);
}
