/* The catalogue of an inspection's file, its loans, and the check that everything in it is still what it was. */
#include "service/dossier.h"

#include "service/case.h"
#include "service/services.h"
#include "store/evidence.h"

/* --- the catalogue ----------------------------------------------------------------------------------------------- */

Status dossier_service_catalogue(Ctx *c, UseCase *u, Changes *out)
{
    Inspection *i = arena_new_of(c->arena, Inspection);
    DossierEntry *entries;
    DossierItem *existing;
    size_t count, have;
    Round round;
    const RuleSet *rules;
    TRY(record_load(c, ENTITY_INSPECTION, u->id, u->version, i));
    TRY(rules_of_round(c, u->app->rules, i->round, &round, &rules));
    TRY(dossier_entries(c, i, &entries, &count));
    TRY(dossier_items(c, i->id, &existing, &have));
    return dossier_catalogue(c, i, rules, entries, count, existing, have, out);
}

Status dossier_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    DossierItem *before = arena_new_of(c->arena, DossierItem);
    TRY(record_load(c, ENTITY_DOSSIER_ITEM, u->id, u->version, before));
    return dossier_item_edit(c, before, u->input, u->given, out);
}

/* --- loans ------------------------------------------------------------------------------------------------------- */

static Status open_loan(Ctx *c, Str item, DossierLoan **out)
{
    const Value open[] = { value_text(S("asked")), value_text(S("out")) };
    Selection sel = selection_of(ENTITY_DOSSIER_LOAN);
    size_t count;
    sel.unscoped = true;
    selection_is(&sel, DossierLoan_item, value_text(item));
    selection_where(&sel, DossierLoan_state, OP_IN, open, 2);
    TRY(selection_load(c, &sel, 10, out, &count));
    if (count == 0)
        *out = NULL;
    return ST_OK;
}

Status dossier_service_ask(Ctx *c, UseCase *u, Changes *out)
{
    const DossierLoan *in = u->input;
    DossierItem *item = arena_new_of(c->arena, DossierItem);
    DossierLoan *open;
    TRY(record_check_input(c, &DossierLoan_table, in));
    TRY(record_load(c, ENTITY_DOSSIER_ITEM, in->item, 0, item));
    TRY(open_loan(c, in->item, &open));
    return dossier_loan_ask(c, item, open, in, out);
}

Status dossier_service_decide(Ctx *c, UseCase *u, Changes *out)
{
    DossierLoan *now = arena_new_of(c->arena, DossierLoan);
    TRY(record_load(c, ENTITY_DOSSIER_LOAN, u->id, u->version, now));
    return dossier_loan_decide(c, now, usecase_action(u), u->input, out);
}

/* --- the check --------------------------------------------------------------------------------------------------- */

typedef enum ItemFate { FATE_SAME, FATE_CHANGED, FATE_MISSING, FATE_DAMAGED, FATES } ItemFate;
static const char *const fate_names[FATES] = { "same", "changed", "missing", "damaged" };

Status dossier_evidence(Ctx *c, const App *app, Str attachment, Str *name, Str *bytes)
{
    Attachment a;
    Evidence file;
    StrBuf all = strbuf_in(c->arena);
    TRY(record_load_unscoped(c, ENTITY_ATTACHMENT, attachment, &a));
    TRY(record_load_unscoped(c, ENTITY_EVIDENCE, a.evidence, &file));
    for (int64_t at = 0; at < file.size.value; at += EVIDENCE_CHUNK) {
        Str part;
        TRY(evidence_read(c, app->ledger, &file, at, &part));
        strbuf_add(&all, part);
    }
    *name = a.name;
    *bytes = strbuf_str(&all);
    return ST_OK;
}

/* A damaged file is an answer here, not a failure. */
static Status check_file(Ctx *c, const App *app, Str attachment, ItemFate *out)
{
    CtxMark mark = ctx_mark(c);
    Str name, bytes;
    Status status = dossier_evidence(c, app, attachment, &name, &bytes);
    if (status == ST_BROKEN || status == ST_MISSING)
        *out = FATE_DAMAGED;
    else if (status != ST_OK)
        return status;
    ctx_rewind(c, mark);
    return ST_OK;
}

static Status check_kept_paper(Ctx *c, const Document *d, ItemFate *out)
{
    Selection sel = selection_of(ENTITY_DOCUMENT_FILE);
    DocumentFile file;
    Str id;
    sel.unscoped = true;
    selection_is(&sel, DocumentFile_document, value_text(d->id));
    TRY(selection_first_id(c, &sel, &id));
    if (id.len == 0) {
        *out = FATE_MISSING;
        return ST_OK;
    }
    TRY(record_load_unscoped(c, ENTITY_DOCUMENT_FILE, id, &file));
    if (!str_eq(sm3_hex(c->env->crypto, c->arena, file.docx), d->digest))
        *out = FATE_DAMAGED;
    return ST_OK;
}

static Status check_item(Ctx *c, const App *app, const DossierItem *item, ItemFate *out)
{
    const Entity *e = entity_named(item->subject);
    void *record = record_new(c, e->table);
    Status status = record_load_unscoped(c, e->kind, item->record, record);
    *out = FATE_SAME;
    if (status == ST_MISSING) {
        ctx_forgive(c);
        *out = FATE_MISSING;
        return ST_OK;
    }
    TRY(status);
    if (!str_eq(dossier_digest(c, e, record), item->digest))
        *out = FATE_CHANGED;
    if (e->kind == ENTITY_ATTACHMENT)
        return check_file(c, app, item->record, out);
    return e->kind == ENTITY_DOCUMENT ? check_kept_paper(c, record, out) : ST_OK;
}

static void put_item(JsonWriter *w, const DossierItem *item, const char *fate)
{
    json_open_object(w);
    json_key(w, S("number"));
    json_int(w, item->number.value);
    json_key(w, S("title"));
    json_text(w, item->title);
    json_key(w, S("fate"));
    json_text(w, str_of(fate));
    json_close_object(w);
}

static void put_count(JsonWriter *w, const char *name, size_t count)
{
    json_key(w, str_of(name));
    json_int(w, (int64_t)count);
}

/* Each item: is its record there, its file whole, its text as it was catalogued; and is its paper accounted for. */
Status dossier_service_check(Ctx *c, UseCase *u)
{
    Inspection i;
    DossierItem *items;
    size_t count, fates[FATES] = { 0 }, unknown = 0;
    JsonWriter w = json_onto(&u->out);
    TRY(record_load(c, ENTITY_INSPECTION, u->id, 0, &i));
    TRY(dossier_items(c, i.id, &items, &count));
    json_open_object(&w);
    json_key(&w, S("different"));
    json_open_list(&w);
    for (size_t n = 0; n < count; n++) {
        ItemFate fate;
        TRY(check_item(c, u->app, &items[n], &fate));
        fates[fate]++;
        unknown += items[n].paper == COPY_UNKNOWN;
        if (fate != FATE_SAME)
            put_item(&w, &items[n], fate_names[fate]);
    }
    json_close_list(&w);
    put_count(&w, "items", count);
    for (int f = 0; f < FATES; f++)
        put_count(&w, fate_names[f], fates[f]);
    put_count(&w, "paper_unknown", unknown);
    json_close_object(&w);
    return ST_OK;
}
