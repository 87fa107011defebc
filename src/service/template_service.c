/* Templates of the office's own, and what each kind of paper may name. */
#include "service/case.h"
#include "service/document_fill.h"
#include "service/services.h"

enum { TEMPLATE_FILE_MAX = 8 * 1024 * 1024 };

/* --- keeping ----------------------------------------------------------------------------------------------------- */

/* All its mistakes at once: each a field of the refusal, named by its place in the template. */
Status template_service_add(Ctx *c, UseCase *u, Changes *out)
{
    const TemplateInput *in = u->input;
    Organiser organiser;
    Template *t;
    Str docx;
    TRY(record_check_required(c, &TemplateInput_table, in));
    TRY(record_load_held(c, ENTITY_ORGANISER, in->organiser, &organiser));
    TRY(file_of_member(c, in->file, TEMPLATE_FILE_MAX, T(" .docx 文件", "the bytes of a .docx file"), &docx));
    TRY(template_open(c, docx, document_rules_of(c, (DocumentKind)in->kind), &t));
    return document_template_add(c, in, docx, out);
}

Status template_service_decide(Ctx *c, UseCase *u, Changes *out)
{
    DocumentTemplate *now = arena_new_of(c->arena, DocumentTemplate), *others;
    Selection sel = selection_of(ENTITY_DOCUMENT_TEMPLATE);
    size_t count;
    TRY(record_load(c, ENTITY_DOCUMENT_TEMPLATE, u->id, u->version, now));
    if (usecase_action(u) == DO_RETIRE)
        return document_template_retire(c, now, u->input, out);
    selection_is(&sel, DocumentTemplate_organiser, value_text(now->organiser));
    selection_is(&sel, DocumentTemplate_kind, value_text(choice_name(&document_kinds, now->kind)));
    selection_is(&sel, DocumentTemplate_state, value_text(S("in_force")));
    TRY(selection_load(c, &sel, LIST_LIMIT_MAX, &others, &count));
    return document_template_enforce(c, now, others, count, u->input, out);
}

/* By the id of a record, or the name of a kind for the shipped one. */
Status template_service_file(Ctx *c, UseCase *u)
{
    DocumentKind kind = (DocumentKind)choice_of(&document_kinds, u->id);
    DocumentTemplate *own = arena_new_of(c->arena, DocumentTemplate);
    Str bytes = kind ? document_shipped_template(kind) : STR_NONE;
    if (!kind) {
        TRY(record_load(c, ENTITY_DOCUMENT_TEMPLATE, u->id, 0, own));
        bytes = own->docx;
        kind = (DocumentKind)own->kind;
    }
    u->type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    u->file_name = str_format(c->arena, "模板-%.*s.docx", STR_ARG(document_file_name(c, kind, own->title)));
    strbuf_add(&u->out, bytes);
    return ST_OK;
}

/* --- the kinds --------------------------------------------------------------------------------------------------- */

static void put(JsonWriter *w, const char *name, Str value)
{
    json_key(w, str_of(name));
    json_text_or_null(w, value);
}

static void put_slots(JsonWriter *w, const SlotShape *shape)
{
    static const char *const types[] = { "text", "date", "int", "money", "flag", "image", "list" };
    json_open_list(w);
    for (size_t i = 0; i < shape->count; i++) {
        if (slot_is_hidden(shape, i))
            continue;
        json_open_object(w);
        put(w, "name", shape->slots[i].name);
        put(w, "type", str_of(types[shape->slots[i].type]));
        if (shape->slots[i].type == SLOT_LIST) {
            json_key(w, S("rows"));
            put_slots(w, shape->slots[i].rows);
        }
        json_close_object(w);
    }
    json_close_list(w);
}

static void put_kind(Ctx *c, JsonWriter *w, DocumentKind kind, bool names)
{
    const DocumentRule *rule = document_rule(kind);
    json_open_object(w);
    put(w, "kind", choice_name(&document_kinds, (int32_t)kind));
    put(w, "label", text_in(document_kinds.items[kind].label, c->lang));
    put(w, "subject", rule->subject ? str_of(entity_of(rule->subject)->table->name) : STR_NONE);
    json_key(w, S("numbered"));
    json_flag(w, rule->numbered);
    put(w, "series", str_of(rule->series));
    if (names) {
        json_key(w, S("names"));
        put_slots(w, document_slots(document_shape(c, kind)));
    }
    json_close_object(w);
}

Status document_service_kinds(Ctx *c, UseCase *u)
{
    JsonWriter w = json_onto(&u->out);
    bool names = str_eq(usecase_param(u, S("names")), S("true"));
    Str why = STR_NONE;
    bool pdf = document_pdf_possible(c, u->app, &why);
    json_open_object(&w);
    json_key(&w, S("pdf"));
    json_flag(&w, pdf);
    put(&w, "why_no_pdf", why);
    json_key(&w, S("kinds"));
    json_open_list(&w);
    for (int kind = DOCUMENT_KIND_NONE + 1; kind < DOCUMENT_KIND_COUNT; kind++)
        put_kind(c, &w, (DocumentKind)kind, names);
    json_close_list(&w);
    json_close_object(&w);
    return ST_OK;
}
