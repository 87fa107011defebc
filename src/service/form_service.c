/* Statistics forms: those that are shipped (data/forms/) and those that the office keeps; on the screen, in Excel, and
 * into a superior's workbook. */
#include "base/embed.h"
#include "document/sheet_fill.h"
#include "document/sheet_write.h"
#include "domain/evidence.h"
#include "domain/stat_form.h"
#include "insight/form.h"
#include "service/figures.h"
#include "service/forms.h"
#include "service/labels.h"
#include "service/services.h"
#include "store/evidence.h"

EMBED(form_rectification, "data/forms/rectification.json")
EMBED(form_coverage, "data/forms/coverage.json")
EMBED(form_themes, "data/forms/themes.json")
EMBED(form_years, "data/forms/years.json")
EMBED(form_units, "data/forms/units.json")

enum { SHIPPED = 5, WORKBOOK_MAX = 16 * 1024 * 1024 };

static Str shipped(size_t i)
{
    const Str forms[SHIPPED] = { EMBEDDED(form_rectification), EMBEDDED(form_coverage), EMBEDDED(form_themes),
        EMBEDDED(form_years), EMBEDDED(form_units) };
    return forms[i];
}

static void put(JsonWriter *w, const char *name, Str value)
{
    json_key(w, str_of(name));
    json_text_or_null(w, value);
}

/* --- keeping ------------------------------------------------------------------------------------------------------ */

static Status head_of(Ctx *c, Str body, StatFormHead *out)
{
    Form *form;
    TRY(form_read(c, body, &form));
    *out = (StatFormHead){ form->code, str_of(form->title.zh), form->cell_count > 0 };
    for (size_t i = 0; i < SHIPPED; i++) {
        Form *other;
        TRY(form_read(c, shipped(i), &other));
        if (str_eq(other->code, form->code))
            return fail_field(c, S("code"), form->code, T("是系统自带报表的表号", "is the code of a shipped form"),
                T("请换一个表号", "choose another code"));
    }
    return ST_OK;
}

Status form_service_keep(Ctx *c, UseCase *u, Changes *out)
{
    const StatForm *in = u->input;
    StatFormHead head;
    Organiser organiser;
    TRY(record_load_held(c, ENTITY_ORGANISER, in->organiser, &organiser));
    TRY(head_of(c, in->body, &head));
    return stat_form_keep(c, in, &head, out);
}

Status form_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    StatForm *before = arena_new_of(c->arena, StatForm);
    const StatForm *in = u->input;
    StatFormHead head;
    TRY(record_load(c, ENTITY_STAT_FORM, u->id, u->version, before));
    TRY(head_of(c, u->given & FIELD_BIT(StatForm_body) ? in->body : before->body, &head));
    return stat_form_edit(c, before, in, u->given, &head, out);
}

/* --- which there are -------------------------------------------------------------------------------------------------
 */

static void put_entry(JsonWriter *w, Str id, Str code, Str title, bool fills, bool own)
{
    json_open_object(w);
    put(w, "id", id);
    put(w, "code", code);
    put(w, "title", title);
    json_key(w, S("fills"));
    json_flag(w, fills);
    json_key(w, S("shipped"));
    json_flag(w, !own);
    json_close_object(w);
}

static Status put_own(Ctx *c, const void *record, void *arg)
{
    const StatForm *f = record;
    (void)c;
    put_entry(arg, f->id, f->code, f->title, f->fills, true);
    return ST_OK;
}

Status form_service_list(Ctx *c, UseCase *u)
{
    JsonWriter w = json_onto(&u->out);
    json_open_list(&w);
    for (size_t i = 0; i < SHIPPED; i++) {
        Form *form;
        TRY(form_read(c, shipped(i), &form));
        put_entry(&w, form->code, form->code, text_in(form->title, c->lang), false, false);
    }
    if (sight_of(c->actor->role, ENTITY_STAT_FORM)->kind != SIGHT_NONE) {
        Selection sel = selection_of(ENTITY_STAT_FORM);
        sel.limit = LIST_LIMIT_MAX;
        TRY(selection_each(c, &sel, put_own, &w, NULL));
    }
    json_close_list(&w);
    return ST_OK;
}

Status form_find(Ctx *c, Str id, Form **out, StatForm **record)
{
    *record = NULL;
    for (size_t i = 0; i < SHIPPED; i++) {
        TRY(form_read(c, shipped(i), out));
        if (str_eq((*out)->code, id))
            return ST_OK;
    }
    *record = arena_new_of(c->arena, StatForm);
    TRY(record_load(c, ENTITY_STAT_FORM, id, 0, *record));
    return form_read(c, (*record)->body, out);
}

/* --- on the screen
 * ------------------------------------------------------------------------------------------------------ */

Status form_line_label(Ctx *c, RuleCache *rules, const FormLine *line, Str *out)
{
    if (!line->row->each) {
        *out = text_in(line->row->label, c->lang);
        return ST_OK;
    }
    return label_of_value(c, rules, line->field, line->value, out);
}

static void put_number(Ctx *c, JsonWriter *w, const char *name, FormNumber n)
{
    put(w, name, form_number_text(c, n));
}

static Status put_line(Ctx *c, UseCase *u, JsonWriter *w, const Form *f, const FormLine *line)
{
    Str label;
    TRY(form_line_label(c, u->app->rules, line, &label));
    json_open_object(w);
    put(w, "row", line->row->key);
    put(w, "label", label);
    json_key(w, S("cells"));
    json_open_list(w);
    for (size_t i = 0; i < f->column_count; i++) {
        json_open_object(w);
        put_number(c, w, "value", line->numbers[i]);
        put(w, "list", line->doors[i]);
        json_close_object(w);
    }
    json_close_list(w);
    json_close_object(w);
    return ST_OK;
}

static bool agrees(FormNumber left, FormNumber right)
{
    return left.known == right.known && left.hundredths == right.hundredths;
}

static void put_checks(Ctx *c, JsonWriter *w, const Form *f, const FormResult *r)
{
    json_key(w, S("checks"));
    json_open_list(w);
    for (size_t i = 0; i < f->check_count; i++) {
        json_open_object(w);
        put(w, "label", text_in(f->checks[i].label, c->lang));
        put_number(c, w, "left", r->checks[i].left);
        put_number(c, w, "right", r->checks[i].right);
        json_key(w, S("agrees"));
        json_flag(w, agrees(r->checks[i].left, r->checks[i].right));
        json_close_object(w);
    }
    json_close_list(w);
}

static void put_cells(Ctx *c, JsonWriter *w, const Form *f, const FormResult *r)
{
    json_key(w, S("fills"));
    json_open_list(w);
    for (size_t i = 0; i < f->cell_count; i++) {
        json_open_object(w);
        put(w, "sheet", f->cells[i].sheet);
        put(w, "cell", f->cells[i].address);
        put(w, "formula", f->cells[i].formula);
        put_number(c, w, "value", r->cells[i]);
        json_close_object(w);
    }
    json_close_list(w);
}

static void put_head(Ctx *c, JsonWriter *w, const Form *f, const FigureWish *wish)
{
    put(w, "code", f->code);
    put(w, "title", text_in(f->title, c->lang));
    put(w, "note", text_in(f->note, c->lang));
    json_key(w, S("as_of"));
    json_date(w, wish->as_of ? wish->as_of : c->today);
    json_key(w, S("columns"));
    json_open_list(w);
    for (size_t i = 0; i < f->column_count; i++) {
        json_open_object(w);
        put(w, "key", f->columns[i].key);
        put(w, "label", text_in(f->columns[i].label, c->lang));
        put(w, "definition",
            f->columns[i].figure ? text_in(f->columns[i].figure->definition, c->lang) : f->columns[i].formula);
        json_close_object(w);
    }
    json_close_list(w);
}

Status form_service_show(Ctx *c, UseCase *u)
{
    Form *form;
    StatForm *record;
    FigureWish wish;
    FormResult result;
    JsonWriter w = json_onto(&u->out);
    TRY(form_find(c, u->id, &form, &record));
    TRY(figure_wish_read(c, u, "", &wish));
    TRY(form_compute(c, form, &wish, &result));
    json_open_object(&w);
    put_head(c, &w, form, &wish);
    json_key(&w, S("lines"));
    json_open_list(&w);
    for (size_t i = 0; i < result.line_count; i++)
        TRY(put_line(c, u, &w, form, &result.lines[i]));
    json_close_list(&w);
    put_checks(c, &w, form, &result);
    put_cells(c, &w, form, &result);
    json_close_object(&w);
    return ST_OK;
}

/* --- in Excel
 * ------------------------------------------------------------------------------------------------------------ */

static void sheet_number(Ctx *c, SheetWriter *s, FormNumber n)
{
    if (!n.known)
        sheet_text(s, S("—"));
    else if (n.hundredths % 100)
        sheet_money(s, n.hundredths);
    else
        sheet_whole(s, n.hundredths / 100);
    (void)c;
}

static Status write_rows(Ctx *c, UseCase *u, SheetWriter *s, const Form *f, const FormResult *r)
{
    sheet_heading(s, c->lang == LANG_ZH ? S("项目") : S("Item"), 28);
    for (size_t i = 0; i < f->column_count; i++)
        sheet_heading(s, text_in(f->columns[i].label, c->lang), 16);
    sheet_row_end(s);
    for (size_t l = 0; l < r->line_count; l++) {
        Str label;
        TRY(form_line_label(c, u->app->rules, &r->lines[l], &label));
        sheet_text(s, label);
        for (size_t i = 0; i < f->column_count; i++)
            sheet_number(c, s, r->lines[l].numbers[i]);
        sheet_row_end(s);
    }
    return ST_OK;
}

static Status export_table(Ctx *c, UseCase *u, const Form *f, const FormResult *r)
{
    SheetWriter *s;
    TRY(sheet_write_open(c, SHEET_XLSX, f->code, &s));
    Status status = write_rows(c, u, s, f, r);
    Status closed = sheet_write_close(c, s, &u->out);
    return status != ST_OK ? status : closed;
}

/* The workbook that hangs on the form: the last one attached. */
static Status load_workbook(Ctx *c, const UseCase *u, Str record, Str *out)
{
    Selection sel = selection_of(ENTITY_ATTACHMENT);
    Attachment *files;
    Evidence file;
    size_t count;
    StrBuf all = strbuf_in(c->arena);
    sel.unscoped = true;
    sel.sort = Attachment_id;
    sel.down = true;
    selection_is(&sel, Attachment_record, value_text(record));
    TRY(selection_load(c, &sel, 100, &files, &count));
    if (count == 0)
        return fail_field_as(c, ST_CONFLICT, S("attachments"), STR_NONE,
            T("还没有上级下发的工作簿", "has no workbook yet"),
            T("请在报表页添加.xlsx附件", "attach the .xlsx to the form"));
    TRY(record_load_unscoped(c, ENTITY_EVIDENCE, files[0].evidence, &file));
    if (file.size.value > WORKBOOK_MAX)
        return fail(
            c, ST_TOO_BIG, "工作簿超过%d兆字节", "the workbook has more than %d MiB", WORKBOOK_MAX / 1024 / 1024);
    for (int64_t at = 0; at < file.size.value; at += EVIDENCE_CHUNK) {
        Str part;
        TRY(evidence_read(c, u->app->ledger, &file, at, &part));
        strbuf_add(&all, part);
    }
    *out = strbuf_str(&all);
    return ST_OK;
}

static Status export_filled(Ctx *c, UseCase *u, const Form *f, const FormResult *r, Str record)
{
    SheetFilling *cells = arena_array_of(c->arena, SheetFilling, f->cell_count);
    Str workbook;
    TRY(load_workbook(c, u, record, &workbook));
    for (size_t i = 0; i < f->cell_count; i++)
        cells[i] = (SheetFilling){ f->cells[i].sheet, f->cells[i].address,
            r->cells[i].known ? form_number_text(c, r->cells[i]) : STR_NONE };
    return sheet_fill(c, workbook, cells, f->cell_count, &u->out);
}

Status form_service_export(Ctx *c, UseCase *u)
{
    Form *form;
    StatForm *record;
    FigureWish wish;
    FormResult result;
    TRY(form_find(c, u->id, &form, &record));
    TRY(figure_wish_read(c, u, "", &wish));
    TRY(form_compute(c, form, &wish, &result));
    u->type = sheet_type(SHEET_XLSX);
    u->file_name = str_format(
        c->arena, "%s-%.*s.xlsx", form->title.zh, STR_ARG(date_text(c->arena, wish.as_of ? wish.as_of : c->today)));
    if (form->cell_count)
        return export_filled(c, u, form, &result, record->id);
    return export_table(c, u, form, &result);
}
