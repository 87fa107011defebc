/* Exports exactly what a list shows: its conditions, columns and order, and all rows. */
#include "document/sheet_write.h"
#include "domain/rectification.h"
#include "service/answer.h"
#include "service/services.h"
#include "store/load.h"

/* What an item's whole export shows of the finding and the feedback it answers: so the file has all that a past round
 * is entered with, and an import brings it back. */
typedef struct Beside {
    int reference;
    EntityKind kind;
    int field;
    Text label;
} Beside;
static const Beside beside_items[] = {
    { Rectification_finding, ENTITY_FINDING, Finding_text, { "具体表现", "Text" } },
    { Rectification_finding, ENTITY_FINDING, Finding_severity, { "程度", "Severity" } },
    { Rectification_finding, ENTITY_FINDING, Finding_amount_fen, { "涉及金额（元）", "Amount (yuan)" } },
    { Rectification_feedback, ENTITY_FEEDBACK, Feedback_number, { "反馈文号", "Document" } },
    { Rectification_feedback, ENTITY_FEEDBACK, Feedback_delivered_on, { "反馈日期", "Fed back on" } },
};
enum { BESIDE = sizeof beside_items / sizeof beside_items[0] };

typedef struct Export {
    SheetWriter *sheet;
    NameBook *names;
    const Entity *entity;
    int columns[FIELDS_MAX];
    int count;
    int64_t rows;
    bool lit;   /* with the light, as the list of items has it */
    bool whole; /* with what stands beside an item */
} Export;

/* As the request orders them; without a wish, what lists show and what a person may give, so that an import of the file
 * brings all of it back. */
static void choose_columns(const UseCase *u, const Selection *sel, Export *x)
{
    Str wish = usecase_param(u, S("fields")), name;
    const FieldTable *table = sel->entity->table;
    for (; str_cut(&wish, ',', &name) && x->count < FIELDS_MAX;) {
        const Field *f = field_named(table, name);
        if (f)
            x->columns[x->count++] = field_index(table, f);
    }
    bool wished = x->count > 0;
    for (int i = Record_version + 1; !wished && i < table->count; i++)
        if ((table->fields[i].flags & (LISTED | BY_ENTRY)) && !(table->fields[i].flags & HIDDEN))
            x->columns[x->count++] = i;
    x->lit = sel->entity->kind == ENTITY_RECTIFICATION;
    x->whole = x->lit && !wished;
}

static int width_of(const Field *f)
{
    return f->type == FT_LONG || (f->type == FT_TEXT && f->limit > SHEET_COLUMN_MAX_WIDTH) ? SHEET_COLUMN_MAX_WIDTH
                                                                                           : 14;
}

static void put_head(Ctx *c, Export *x)
{
    sheet_heading(x->sheet, text_in(T("序号", "No."), c->lang), 6);
    if (x->lit)
        sheet_heading(x->sheet, text_in(T("时限", "Light"), c->lang), 12);
    for (int i = 0; i < x->count; i++) {
        const Field *f = &x->entity->table->fields[x->columns[i]];
        Str label = text_in(f->label, c->lang);
        if (f->type == FT_MONEY)
            label = str_format(c->arena, "%.*s%.*s", STR_ARG(label), STR_ARG(text_in(T("（元）", " (yuan)"), c->lang)));
        sheet_heading(x->sheet, label, width_of(f));
    }
    for (size_t i = 0; x->whole && i < BESIDE; i++)
        sheet_heading(x->sheet, text_in(beside_items[i].label, c->lang), 20);
    sheet_row_end(x->sheet);
}

static Status put_cell(Ctx *c, Export *x, const Entity *entity, int field, const void *record)
{
    const Field *f = &entity->table->fields[field];
    const void *at = field_of(f, record);
    Str word = STR_NONE;
    if (field_is_empty(f, record) && f->type != FT_FLAG) {
        sheet_text(x->sheet, STR_NONE);
        return ST_OK;
    }
    switch (f->type) {
    case FT_DATE:
        sheet_date(x->sheet, *(const Date *)at);
        return ST_OK;
    case FT_INT:
        sheet_whole(x->sheet, ((const Int *)at)->value);
        return ST_OK;
    case FT_MONEY:
        sheet_money(x->sheet, ((const Int *)at)->value);
        return ST_OK;
    case FT_FLAG:
        word = text_in(*(const bool *)at ? T("是", "Yes") : T("否", "No"), c->lang);
        break;
    case FT_CHOICE:
        word = text_in(f->choices->items[*(const int32_t *)at].label, c->lang);
        break;
    case FT_INSTANT:
        word = instant_text(c->arena, *(const Instant *)at);
        break;
    case FT_BYTES:
    case FT_SECRET:
        break; /* never leave the program */
    case FT_TEXT:
    case FT_LONG:
    case FT_REF:
        TRY(answer_word(c, x->names, entity, field, record, &word));
        if (word.len == 0 && f->type != FT_REF)
            word = *(const Str *)at;
    }
    sheet_text(x->sheet, word);
    return ST_OK;
}

static Status put_beside(Ctx *c, Export *x, const void *record)
{
    Str loaded = STR_NONE;
    void *other = NULL;
    for (size_t i = 0; i < BESIDE; i++) {
        const Entity *e = entity_of(beside_items[i].kind);
        Str id = record_ref(x->entity, record, beside_items[i].reference);
        if (!str_eq(id, loaded)) {
            other = record_new(c, e->table);
            Status status = record_load(c, e->kind, id, 0, other);
            if (status == ST_MISSING)
                ctx_forgive(c); /* not this reader's: the cells stay empty */
            else if (status != ST_OK)
                return status;
            loaded = id;
        }
        TRY(put_cell(c, x, e, beside_items[i].field, other));
    }
    return ST_OK;
}

static Status put_row(Ctx *c, const void *record, void *arg)
{
    Export *x = arg;
    sheet_whole(x->sheet, ++x->rows);
    if (x->lit) {
        Light light;
        TRY(answer_light_of(c, x->names, record, &light));
        sheet_text(x->sheet, text_in(light_label(light), c->lang));
    }
    for (int i = 0; i < x->count; i++)
        TRY(put_cell(c, x, x->entity, x->columns[i], record));
    if (x->whole)
        TRY(put_beside(c, x, record));
    sheet_row_end(x->sheet);
    return ST_OK;
}

static Status read_format(Ctx *c, Str given, SheetFormat *out)
{
    *out = str_eq(given, S("csv")) ? SHEET_CSV : SHEET_XLSX;
    if (given.len == 0 || *out == SHEET_CSV || str_eq(given, S("xlsx")))
        return ST_OK;
    return fail_field(
        c, S("format"), given, T("可选 xlsx、csv、jsonl", "is xlsx, csv or jsonl"), T("请选择一种格式", "choose one"));
}

/* --- lines of JSON: values as the API writes them, for programs ------------------------------------------------- */

typedef struct Lines {
    StrBuf *out;
    const Selection *sel;
} Lines;

static Status put_line(Ctx *c, const void *record, void *arg)
{
    Lines *l = arg;
    (void)c;
    JsonWriter w = json_onto(l->out);
    json_open_object(&w);
    record_members_to_json(&w, l->sel->entity->table, l->sel->fields, record);
    json_close_object(&w);
    strbuf_addc(l->out, '\n');
    return ST_OK;
}

static Status export_lines(Ctx *c, UseCase *u, Selection *sel)
{
    Lines l = { &u->out, sel };
    if (usecase_param(u, S("fields")).len == 0)
        sel->fields = ~(FieldSet)0;
    u->type = "application/jsonl; charset=utf-8";
    return selection_each(c, sel, put_line, &l, NULL);
}

/* --- sheets for people ---------------------------------------------------------------------------------------------
 */

static Status export_sheet(Ctx *c, UseCase *u, Selection *sel, SheetFormat format)
{
    Export x = { .names = name_book_new(c, u->app->rules), .entity = sel->entity };
    choose_columns(u, sel, &x);
    for (int i = 0; i < x.count; i++)
        sel->fields |= FIELD_BIT(x.columns[i]);
    for (size_t i = 0; x.whole && i < BESIDE; i++)
        sel->fields |= FIELD_BIT(beside_items[i].reference);
    sel->fields |= answer_wants(sel->entity, sel->fields);
    u->type = sheet_type(format);
    TRY(sheet_write_open(c, format, text_in(sel->entity->label, c->lang), &x.sheet));
    put_head(c, &x);
    Status status = selection_each(c, sel, put_row, &x, NULL);
    Status closed = sheet_write_close(c, x.sheet, &u->out);
    return status != ST_OK ? status : closed;
}

Status export_service_list(Ctx *c, UseCase *u)
{
    Selection sel;
    SheetFormat format = SHEET_CSV;
    Str given = usecase_param(u, S("format"));
    bool lines = str_eq(given, S("jsonl"));
    TRY(usecase_selection(c, u, &sel));
    if (!lines)
        TRY(read_format(c, given, &format));
    sel.limit = SHEET_ROWS_MAX + 1;
    Str title = text_in(sel.entity->label, c->lang);
    u->file_name = str_format(c->arena, "%.*s-%.*s.%s", STR_ARG(title), STR_ARG(date_text(c->arena, c->today)),
        lines ? "jsonl" : sheet_extension(format));
    return lines ? export_lines(c, u, &sel) : export_sheet(c, u, &sel, format);
}
