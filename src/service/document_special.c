/* Papers that are made from no record: a statistics form, the five-year report. */
#include "service/document_data.h"
#include "service/figures.h"
#include "service/forms.h"
#include "service/report.h"

/* --- names ------------------------------------------------------------------------------------------------------- */

static const Slot value_slots[] = { { S_INIT("值"), SLOT_TEXT, NULL } };
static const SlotShape value_rows = { value_slots, 1 };
static const Slot column_slots[] = { { S_INIT("名称"), SLOT_TEXT, NULL } };
static const SlotShape column_rows = { column_slots, 1 };
static const Slot line_slots[] = { { S_INIT("项目"), SLOT_TEXT, NULL }, { S_INIT("数"), SLOT_LIST, &value_rows } };
static const SlotShape line_rows = { line_slots, 2 };
static const Slot form_slots[] = { { S_INIT("表号"), SLOT_TEXT, NULL }, { S_INIT("表名"), SLOT_TEXT, NULL },
    { S_INIT("填报说明"), SLOT_TEXT, NULL }, { S_INIT("截止日期"), SLOT_DATE, NULL },
    { S_INIT("列"), SLOT_LIST, &column_rows }, { S_INIT("行"), SLOT_LIST, &line_rows } };
enum { FORM_CODE, FORM_NAME, FORM_NOTE, FORM_AS_OF, FORM_COLUMNS, FORM_LINES, FORM_SLOTS };

static const Slot paragraph_slots[] = { { S_INIT("文字"), SLOT_TEXT, NULL } };
static const SlotShape paragraph_rows = { paragraph_slots, 1 };
static const Slot chapter_slots[] = { { S_INIT("章题"), SLOT_TEXT, NULL },
    { S_INIT("段"), SLOT_LIST, &paragraph_rows } };
static const SlotShape chapter_rows = { chapter_slots, 2 };
static const Slot report_slots[] = { { S_INIT("截止日期"), SLOT_DATE, NULL },
    { S_INIT("章"), SLOT_LIST, &chapter_rows } };
enum { REPORT_AS_OF, REPORT_CHAPTERS, REPORT_SLOTS };

const SlotShape *document_special_slots(DocumentKind kind)
{
    static const SlotShape none = { NULL, 0 }, form = { form_slots, FORM_SLOTS },
                           report = { report_slots, REPORT_SLOTS };
    return kind == DOCUMENT_STATISTIC ? &form : kind == DOCUMENT_REPORT ? &report : &none;
}

/* --- values ------------------------------------------------------------------------------------------------------ */

static void text_rows(Ctx *c, const Str *texts, size_t count, SlotValue *out)
{
    SlotRow *rows = arena_array_of(c->arena, SlotRow, count);
    SlotValue *values = arena_array_of(c->arena, SlotValue, count);
    for (size_t i = 0; i < count; i++) {
        values[i].text = texts[i];
        rows[i].values = &values[i];
    }
    out->rows = rows;
    out->count = count;
}

static Status put_lines(Ctx *c, App *app, const Form *f, const FormResult *result, SlotValue *out)
{
    SlotRow *rows = arena_array_of(c->arena, SlotRow, result->line_count);
    for (size_t l = 0; l < result->line_count; l++) {
        SlotValue *line = arena_array_of(c->arena, SlotValue, 2);
        Str *numbers = arena_array_of(c->arena, Str, f->column_count);
        TRY(form_line_label(c, app->rules, &result->lines[l], &line[0].text));
        for (size_t i = 0; i < f->column_count; i++)
            numbers[i] = form_number_text(c, result->lines[l].numbers[i]);
        text_rows(c, numbers, f->column_count, &line[1]);
        rows[l].values = line;
    }
    out->rows = rows;
    out->count = result->line_count;
    return ST_OK;
}

static Status put_form(Ctx *c, App *app, Str id, Date as_of, SlotValue *values)
{
    Form *form;
    StatForm *record;
    FormResult result;
    FigureMemo memo = { .count = 0 };
    FigureWish wish = { .as_of = as_of, .memo = &memo };
    TRY(form_find(c, id, &form, &record));
    TRY(form_compute(c, form, &wish, &result));
    Str *columns = arena_array_of(c->arena, Str, form->column_count);
    for (size_t i = 0; i < form->column_count; i++)
        columns[i] = str_of(form->columns[i].label.zh);
    values[FORM_CODE].text = form->code;
    values[FORM_NAME].text = str_of(form->title.zh);
    values[FORM_NOTE].text = str_of(form->note.zh);
    values[FORM_AS_OF].date = as_of;
    text_rows(c, columns, form->column_count, &values[FORM_COLUMNS]);
    return put_lines(c, app, form, &result, &values[FORM_LINES]);
}

static Status put_report(Ctx *c, Date as_of, SlotValue *values)
{
    Report report;
    FigureMemo memo = { .count = 0 };
    FigureWish wish = { .as_of = as_of, .memo = &memo };
    TRY(report_read(c, &wish, &report));
    SlotRow *rows = arena_array_of(c->arena, SlotRow, report.count);
    for (size_t i = 0; i < report.count; i++) {
        SlotValue *chapter = arena_array_of(c->arena, SlotValue, 2);
        chapter[0].text = report.chapters[i].title;
        text_rows(c, report.chapters[i].paragraphs, report.chapters[i].count, &chapter[1]);
        rows[i].values = chapter;
    }
    values[REPORT_AS_OF].date = as_of;
    values[REPORT_CHAPTERS].rows = rows;
    values[REPORT_CHAPTERS].count = report.count;
    return ST_OK;
}

Status document_special_values(Ctx *c, App *app, DocumentKind kind, Str form, Date as_of, SlotValue *values)
{
    return kind == DOCUMENT_REPORT ? put_report(c, as_of, values) : put_form(c, app, form, as_of, values);
}
