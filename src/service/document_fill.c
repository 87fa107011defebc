#include "service/document_fill.h"

#include "base/embed.h"
#include "store/load.h"

#include <string.h>

EMBED(template_authorisation, "build/templates/authorisation.docx")
EMBED(template_notice, "build/templates/notice.docx")
EMBED(template_announcement, "build/templates/announcement.docx")
EMBED(template_paper, "build/templates/paper.docx")
EMBED(template_feedback, "build/templates/feedback.docx")
EMBED(template_problem_list, "build/templates/problem_list.docx")
EMBED(template_rectification_list, "build/templates/rectification_list.docx")
EMBED(template_letter, "build/templates/letter.docx")
EMBED(template_instruction, "build/templates/instruction.docx")
EMBED(template_strike_off, "build/templates/strike_off.docx")
EMBED(template_statistic, "build/templates/statistic.docx")
EMBED(template_report, "build/templates/report.docx")
EMBED(template_fact_check, "build/templates/fact_check.docx")
EMBED(template_objection, "build/templates/objection.docx")
EMBED(template_rectification_plan, "build/templates/rectification_plan.docx")
EMBED(template_rectification_report, "build/templates/rectification_report.docx")
EMBED(template_publication, "build/templates/publication.docx")
EMBED(template_plan_problem_list, "build/templates/plan_problem_list.docx")
EMBED(template_plan_task_list, "build/templates/plan_task_list.docx")
EMBED(template_plan_duty_list, "build/templates/plan_duty_list.docx")
EMBED(template_evaluation, "build/templates/evaluation.docx")
EMBED(template_talk, "build/templates/talk.docx")
EMBED(template_legacy_issue, "build/templates/legacy_issue.docx")

Str document_shipped_template(DocumentKind kind)
{
    const Str shipped[DOCUMENT_KIND_COUNT] = {
        [DOCUMENT_AUTHORISATION] = EMBEDDED(template_authorisation),
        [DOCUMENT_NOTICE] = EMBEDDED(template_notice),
        [DOCUMENT_ANNOUNCEMENT] = EMBEDDED(template_announcement),
        [DOCUMENT_PAPER] = EMBEDDED(template_paper),
        [DOCUMENT_FEEDBACK] = EMBEDDED(template_feedback),
        [DOCUMENT_PROBLEM_LIST] = EMBEDDED(template_problem_list),
        [DOCUMENT_RECTIFICATION_LIST] = EMBEDDED(template_rectification_list),
        [DOCUMENT_LETTER] = EMBEDDED(template_letter),
        [DOCUMENT_INSTRUCTION] = EMBEDDED(template_instruction),
        [DOCUMENT_STRIKE_OFF] = EMBEDDED(template_strike_off),
        [DOCUMENT_STATISTIC] = EMBEDDED(template_statistic),
        [DOCUMENT_REPORT] = EMBEDDED(template_report),
        [DOCUMENT_FACT_CHECK] = EMBEDDED(template_fact_check),
        [DOCUMENT_OBJECTION] = EMBEDDED(template_objection),
        [DOCUMENT_RECTIFICATION_PLAN] = EMBEDDED(template_rectification_plan),
        [DOCUMENT_RECTIFICATION_REPORT] = EMBEDDED(template_rectification_report),
        [DOCUMENT_PUBLICATION] = EMBEDDED(template_publication),
        [DOCUMENT_PLAN_PROBLEM_LIST] = EMBEDDED(template_plan_problem_list),
        [DOCUMENT_PLAN_TASK_LIST] = EMBEDDED(template_plan_task_list),
        [DOCUMENT_PLAN_DUTY_LIST] = EMBEDDED(template_plan_duty_list),
        [DOCUMENT_EVALUATION] = EMBEDDED(template_evaluation),
        [DOCUMENT_TALK] = EMBEDDED(template_talk),
        [DOCUMENT_LEGACY_ISSUE] = EMBEDDED(template_legacy_issue),
    };
    return shipped[kind];
}

/* --- what it is made from ---------------------------------------------------------------------------------------- */

Status document_subject(Ctx *c, DocumentKind kind, Str id, const Entity **subject, void **record)
{
    EntityKind of = document_rule(kind)->subject;
    *subject = NULL;
    *record = NULL;
    if (!of)
        return role_may(c->actor->role, NEED_FIGURES)
                   ? ST_OK
                   : fail(c, ST_DENIED, "没有查看统计的权限", "no right to read figures");
    if (id.len == 0)
        return fail_field(c, S("record"), id, T("须指明所据记录", "the record it is made from is wanted"),
            T("请从记录页面生成", "make it from the page of the record"));
    *subject = entity_of(of);
    *record = record_new(c, (*subject)->table);
    TRY(record_load(c, of, id, 0, *record));
    if (document_fits(kind, *record))
        return ST_OK;
    return fail_field(c, S("record"), record_title(*subject, *record),
        text_format(c, "不能据此生成%s", "no %s is made from it",
            c->lang == LANG_ZH ? document_kinds.items[kind].label.zh : document_kinds.items[kind].label.en),
        kind == DOCUMENT_EVALUATION ? T("审定以后再生成", "wait until it is settled")
                                    : T("请选择相应种类的整改材料", "choose a filing of that kind"));
}

static Str text_field(const Entity *e, int field, const void *record)
{
    return field < 0 ? STR_NONE : *(const Str *)field_of(&e->table->fields[field], record);
}

Str document_own_number(DocumentKind kind, const void *record)
{
    const DocumentRule *rule = document_rule(kind);
    return record ? text_field(entity_of(rule->subject), rule->own_number, record) : STR_NONE;
}

static Str named_field(const Entity *e, const void *record, const char *name)
{
    const Field *f = field_named(e->table, str_of(name));
    return f ? *(const Str *)field_of(f, record) : STR_NONE;
}

Status document_head(Ctx *c, DocumentKind kind, const Entity *subject, const void *record, Str organiser, Document *out)
{
    const DocumentRule *rule = document_rule(kind);
    Organiser *o = arena_new_of(c->arena, Organiser);
    *out = (Document){ .kind = (int32_t)kind, .dated_on = c->today };
    out->organiser = subject ? record_ref(subject, record, subject->scope.organiser) : organiser;
    if (out->organiser.len) {
        TRY(record_load(c, ENTITY_ORGANISER, out->organiser, 0, o));
        out->maker = o->name;
    }
    if (!subject)
        return ST_OK;
    out->record = record_id(record);
    out->number = document_own_number(kind, record);
    if (rule->date >= 0 && *(const Date *)field_of(&subject->table->fields[rule->date], record))
        out->dated_on = *(const Date *)field_of(&subject->table->fields[rule->date], record);
    if (rule->to_unit)
        out->addressee = named_field(subject, record, "unit_name");
    if (subject->kind == ENTITY_LETTER)
        out->maker = named_field(subject, record, "maker");
    return ST_OK;
}

Str document_watermark(Ctx *c)
{
    const int64_t a_minute = 60000000;
    Str when = instant_text(c->arena, c->now + c->env->clock->zone_minutes * a_minute); /* the office's own clock */
    return str_format(c->arena, "%.*s %.*s %.*s", STR_ARG(c->actor->name), STR_ARG(str_sub(when, 0, DATE_TEXT_LEN)),
        STR_ARG(str_sub(when, DATE_TEXT_LEN + 1, 5)));
}

Str document_issue_mark(Ctx *c, const Document *d)
{
    return str_format(c->arena, "%.*s %.*s", STR_ARG(d->issued_by), STR_ARG(date_text(c->arena, d->issued_on)));
}

/* --- templates --------------------------------------------------------------------------------------------------- */

/* The office's own that is in force, else the shipped one. */
static Status find_template(Ctx *c, const Document *head, Str *bytes)
{
    Selection sel = selection_of(ENTITY_DOCUMENT_TEMPLATE);
    DocumentTemplate own;
    Str id;
    sel.unscoped = true;
    sel.down = true;
    selection_is(&sel, DocumentTemplate_organiser, value_text(head->organiser));
    selection_is(&sel, DocumentTemplate_kind, value_text(choice_name(&document_kinds, head->kind)));
    selection_is(&sel, DocumentTemplate_state, value_text(S("in_force")));
    TRY(selection_first_id(c, &sel, &id));
    *bytes = document_shipped_template((DocumentKind)head->kind);
    if (id.len == 0)
        return ST_OK;
    TRY(record_load_unscoped(c, ENTITY_DOCUMENT_TEMPLATE, id, &own));
    *bytes = own.docx;
    return ST_OK;
}

Str document_safe_name(Ctx *c, Str text)
{
    static const char barred[] = "/\\:*?\"<>|";
    char *name = str_c(c->arena, str_clip(text, 40));
    for (char *p = name; *p; p++)
        if (strchr(barred, *p) || (unsigned char)*p < ' ')
            *p = '_';
    return str_of(name);
}

Str document_file_name(Ctx *c, DocumentKind kind, Str about)
{
    return str_format(c->arena, "%s%s%.*s", document_kinds.items[kind].label.zh, about.len ? "-" : "",
        STR_ARG(document_safe_name(c, about)));
}

Status document_fill(Ctx *c, App *app, const Document *head, Str watermark, FilledDocument *out)
{
    DocumentKind kind = (DocumentKind)head->kind;
    const DocumentShape *shape = document_shape(c, kind);
    TemplateRules rules = { .shape = document_slots(shape) };
    DocumentSource source = { .head = head, .watermark = watermark };
    StrBuf docx = strbuf_in(c->arena);
    const SlotRow *values;
    Template *t;
    void *record;
    Str bytes;
    TRY(document_subject(c, kind, head->record, &source.subject, &record));
    source.record = record;
    TRY(find_template(c, head, &bytes));
    TRY(template_open(c, bytes, &rules, &t));
    source.used_by = t;
    TRY(document_values(c, app, shape, &source, &values));
    TRY(template_fill(c, t, values, &docx));
    Str about = head->title.len ? head->title : source.subject ? record_title(source.subject, record) : STR_NONE;
    *out = (FilledDocument){ document_file_name(c, kind, about), strbuf_str(&docx),
        sm3_hex(c->env->crypto, c->arena, bytes) };
    return ST_OK;
}

/* --- what was issued --------------------------------------------------------------------------------------------- */

Status document_issued(Ctx *c, DocumentKind kind, Str record, Document *out, bool *found)
{
    Selection sel = selection_of(ENTITY_DOCUMENT);
    Str id = STR_NONE;
    sel.down = true;
    *found = false;
    if (record.len == 0 || sight_of(c->actor->role, ENTITY_DOCUMENT)->kind == SIGHT_NONE)
        return ST_OK;
    selection_is(&sel, Document_record, value_text(record));
    selection_is(&sel, Document_kind, value_text(choice_name(&document_kinds, (int32_t)kind)));
    selection_is(&sel, Document_state, value_text(S("issued")));
    TRY(selection_first_id(c, &sel, &id));
    *found = id.len > 0;
    return *found ? record_load(c, ENTITY_DOCUMENT, id, 0, out) : ST_OK;
}

Status document_file_of(Ctx *c, const Document *d, DocumentFile *out)
{
    Selection sel = selection_of(ENTITY_DOCUMENT_FILE);
    Str id;
    sel.unscoped = true; /* who sees the paper sees its file */
    selection_is(&sel, DocumentFile_document, value_text(d->id));
    TRY(selection_first_id(c, &sel, &id));
    if (id.len == 0)
        return fail(c, ST_MISSING, "这份公文没有留存文件", "no file of this paper was kept");
    return record_load_unscoped(c, ENTITY_DOCUMENT_FILE, id, out);
}
