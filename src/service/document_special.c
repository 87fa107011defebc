/* Papers that are made from no record: a statistics form, the five-year report. */
#include "service/document_data.h"
#include "service/figures.h"
#include "service/forms.h"
#include "service/report.h"

/* --- names ------------------------------------------------------------------------------------------------------- */

static const Slot value_slots[] = { SLOT_OF("值", TEXT) };
static const SlotShape value_rows = { value_slots, 1 };
static const Slot column_slots[] = { SLOT_OF("名称", TEXT) };
static const SlotShape column_rows = { column_slots, 1 };
static const Slot line_slots[] = { SLOT_OF("项目", TEXT), SLOT_ROWS("数", &value_rows) };
static const SlotShape line_rows = { line_slots, 2 };
static const Slot form_slots[] = { SLOT_OF("表号", TEXT), SLOT_OF("表名", TEXT), SLOT_OF("填报说明", TEXT),
    SLOT_OF("截止日期", DATE), SLOT_ROWS("列", &column_rows), SLOT_ROWS("行", &line_rows) };
enum { FORM_CODE, FORM_NAME, FORM_NOTE, FORM_AS_OF, FORM_COLUMNS, FORM_LINES, FORM_SLOTS };

static const Slot paragraph_slots[] = { SLOT_OF("文字", TEXT) };
static const SlotShape paragraph_rows = { paragraph_slots, 1 };
static const Slot chapter_slots[] = { SLOT_OF("章题", TEXT), SLOT_ROWS("段", &paragraph_rows) };
static const SlotShape chapter_rows = { chapter_slots, 2 };
static const Slot report_slots[] = { SLOT_OF("截止日期", DATE), SLOT_ROWS("章", &chapter_rows) };
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
