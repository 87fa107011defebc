/* What belongs into the file of an inspection, as the records have it today. */
#include "domain/letter.h"
#include "service/case.h"
#include "service/dossier.h"
#include "store/load.h"

enum { ENTRIES_MAX = 5000 };

/* Records that hang on the inspection, or on its round, by a field of their own. */
typedef struct EntrySource {
    int32_t kind;
    EntityKind entity;
    const char *by;
    bool of_round;
    const char *maker, *reference, *date; /* its fields; NULL: none */
    const char *states[3];                /* none: all */
} EntrySource;

static const EntrySource sources[] = {
    { DOSSIER_DECISION, ENTITY_AUTHORISATION, "round", true, "decided_by", "number", "decided_on",
        { "in_force", "revoked" } },
    { DOSSIER_OTHER, ENTITY_DOCUMENT, "inspection", false, "maker", "number", "dated_on", { "issued" } },
    { DOSSIER_PAPER, ENTITY_PAPER, "inspection", false, NULL, "number", "effective_on", { NULL } },
    { DOSSIER_FEEDBACK, ENTITY_FEEDBACK, "inspection", false, NULL, "number", "delivered_on",
        { "delivered", "received" } },
    { DOSSIER_FEEDBACK, ENTITY_FACT_CHECK, "inspection", false, "unit_name", NULL, "answered_on", { "settled" } },
    { DOSSIER_RECTIFICATION, ENTITY_OBJECTION, "inspection", false, "unit_name", NULL, "asked_on",
        { "kept", "amended", "upheld" } },
    { DOSSIER_RECTIFICATION, ENTITY_FILING, "inspection", false, "unit_name", NULL, "submitted_on", { "approved" } },
    { DOSSIER_RECTIFICATION, ENTITY_RECTIFICATION, "inspection", false, "unit_name", NULL, "effective_on", { NULL } },
    { DOSSIER_RECTIFICATION, ENTITY_EFFECT, "inspection", false, "unit_name", "basis", "made_on", { "confirmed" } },
    { DOSSIER_OTHER, ENTITY_ATTACHMENT, "inspection", false, "obtained_by", NULL, "effective_on", { NULL } },
};

static int field_of_name(const Entity *e, const char *name)
{
    const Field *f = name ? field_named(e->table, str_of(name)) : NULL;
    return f ? field_index(e->table, f) : -1;
}

static Str text_at(const Entity *e, const void *record, const char *name)
{
    int field = field_of_name(e, name);
    return field < 0 ? STR_NONE : *(const Str *)field_of(&e->table->fields[field], record);
}

/* --- which part of the file -------------------------------------------------------------------------------------- */

static int32_t kind_of_document(int32_t kind)
{
    static const int32_t kinds[DOCUMENT_KIND_COUNT] = {
        [DOCUMENT_AUTHORISATION] = DOSSIER_DECISION,
        [DOCUMENT_NOTICE] = DOSSIER_NOTICE,
        [DOCUMENT_ANNOUNCEMENT] = DOSSIER_NOTICE,
        [DOCUMENT_PAPER] = DOSSIER_PAPER,
        [DOCUMENT_FEEDBACK] = DOSSIER_FEEDBACK,
        [DOCUMENT_PROBLEM_LIST] = DOSSIER_FEEDBACK,
        [DOCUMENT_LETTER] = DOSSIER_LETTER,
        [DOCUMENT_RECTIFICATION_LIST] = DOSSIER_RECTIFICATION,
        [DOCUMENT_STRIKE_OFF] = DOSSIER_RECTIFICATION,
        [DOCUMENT_FACT_CHECK] = DOSSIER_FEEDBACK,
        [DOCUMENT_OBJECTION] = DOSSIER_RECTIFICATION,
        [DOCUMENT_RECTIFICATION_PLAN] = DOSSIER_RECTIFICATION,
        [DOCUMENT_RECTIFICATION_REPORT] = DOSSIER_RECTIFICATION,
        [DOCUMENT_PUBLICATION] = DOSSIER_RECTIFICATION,
        [DOCUMENT_PLAN_PROBLEM_LIST] = DOSSIER_RECTIFICATION,
        [DOCUMENT_PLAN_TASK_LIST] = DOSSIER_RECTIFICATION,
        [DOCUMENT_PLAN_DUTY_LIST] = DOSSIER_RECTIFICATION,
        [DOCUMENT_EVALUATION] = DOSSIER_RECTIFICATION,
    };
    return kinds[kind] ? kinds[kind] : DOSSIER_OTHER;
}

static int32_t kind_of_attachment(const Attachment *a)
{
    return str_eq(a->subject, S("papers"))           ? DOSSIER_PROOF
           : str_eq(a->subject, S("rectifications")) ? DOSSIER_ANSWER
           : str_eq(a->subject, S("objections"))     ? DOSSIER_ANSWER
           : str_eq(a->subject, S("effects"))        ? DOSSIER_ANSWER
           : str_eq(a->subject, S("filings"))        ? DOSSIER_RECTIFICATION
                                                     : DOSSIER_OTHER;
}

static int32_t kind_of(const EntrySource *source, const void *record)
{
    if (source->entity == ENTITY_DOCUMENT)
        return kind_of_document(((const Document *)record)->kind);
    return source->entity == ENTITY_ATTACHMENT ? kind_of_attachment(record) : source->kind;
}

/* --- digests ----------------------------------------------------------------------------------------------------- */

Str dossier_digest(Ctx *c, const Entity *e, const void *record)
{
    if (e->kind == ENTITY_DOCUMENT)
        return ((const Document *)record)->digest;
    if (e->kind == ENTITY_ATTACHMENT)
        return ((const Attachment *)record)->digest;
    StrBuf hex = strbuf_in(c->arena);
    Digest d = record_digest(c, e->table, ~(FieldSet)0, record);
    strbuf_add_hex(&hex, d.bytes, sizeof d.bytes);
    return strbuf_str(&hex);
}

/* --- collecting -------------------------------------------------------------------------------------------------- */

typedef struct Collecting {
    DossierEntry *entries;
    size_t count;
} Collecting;

static Status add_entry(Ctx *c, Collecting *all, const EntrySource *source, const void *record)
{
    const Entity *e = entity_of(source->entity);
    int day = field_of_name(e, source->date);
    if (all->count == ENTRIES_MAX)
        return fail(c, ST_TOO_BIG, "案卷文件超过%d件", "more than %d items in the file", ENTRIES_MAX);
    all->entries[all->count++] = (DossierEntry){ .kind = kind_of(source, record),
        .entity = e,
        .record = record_id(record),
        .title = record_title(e, record),
        .maker = text_at(e, record, source->maker),
        .reference = text_at(e, record, source->reference),
        .digest = dossier_digest(c, e, record),
        .dated_on = day < 0 ? DATE_NONE : *(const Date *)field_of(&e->table->fields[day], record) };
    return ST_OK;
}

static Status add_source(Ctx *c, Collecting *all, const EntrySource *source, const Inspection *i)
{
    Selection sel = selection_of(source->entity);
    const Entity *e = sel.entity;
    Value *values = arena_array_of(c->arena, Value, 4);
    size_t states = 0, count;
    char *records;
    values[3] = value_text(source->of_round ? i->round : i->id);
    selection_where(&sel, field_of_name(e, source->by), OP_EQ, &values[3], 1);
    while (states < 3 && source->states[states]) {
        values[states] = value_text(str_of(source->states[states]));
        states++;
    }
    if (states)
        selection_where(&sel, e->state, OP_IN, values, states);
    sel.sort = Record_id;
    sel.down = false;
    TRY(selection_load(c, &sel, ENTRIES_MAX, &records, &count));
    for (size_t n = 0; n < count; n++)
        TRY(add_entry(c, all, source, records + n * e->table->size));
    return ST_OK;
}

static Status add_letters(Ctx *c, Collecting *all, const Inspection *i)
{
    static const EntrySource source = { DOSSIER_LETTER, ENTITY_LETTER, NULL, false, "maker", "number", "issued_on",
        { NULL } };
    Str *ids = NULL;
    size_t count;
    TRY(letters_about(c, i->id, &ids, &count));
    for (size_t n = 0; n < count; n++) {
        Letter *letter = arena_new_of(c->arena, Letter);
        TRY(record_load(c, ENTITY_LETTER, ids[n], 0, letter));
        TRY(add_entry(c, all, &source, letter));
    }
    return ST_OK;
}

Status dossier_entries(Ctx *c, const Inspection *i, DossierEntry **out, size_t *count)
{
    Collecting all = { .entries = arena_array_of(c->arena, DossierEntry, ENTRIES_MAX) };
    for (size_t n = 0; n < sizeof sources / sizeof sources[0]; n++)
        TRY(add_source(c, &all, &sources[n], i));
    TRY(add_letters(c, &all, i));
    *out = all.entries;
    *count = all.count;
    return ST_OK;
}

Status dossier_items(Ctx *c, Str inspection, DossierItem **out, size_t *count)
{
    Selection sel = selection_of(ENTITY_DOSSIER_ITEM);
    selection_is(&sel, DossierItem_inspection, value_text(inspection));
    sel.sort = DossierItem_number;
    sel.down = false;
    return selection_load(c, &sel, ENTRIES_MAX, out, count);
}
