/* Workbooks for units off the network: issued, taken out as files, and their rows entered when they come back. */
#include "service/case.h"
#include "service/services.h"
#include "service/workbook_file.h"
#include "service/workbook_return.h"
#include "service/workbook_row.h"

/* --- going out ---------------------------------------------------------------------------------------------------- */

static WorkbookLine *new_lines(Ctx *c, size_t count, WorkbookLines *out)
{
    WorkbookLine *lines = arena_array_of(c->arena, WorkbookLine, count);
    *out = (WorkbookLines){ lines, 0 };
    return lines;
}

/* What the unit works on, by number: within what the actor sees. */
static Status open_items(Ctx *c, Str inspection, Str unit, WorkbookLines *out)
{
    Selection sel = selection_of(ENTITY_RECTIFICATION);
    Rectification *all;
    size_t have;
    selection_is(&sel, Rectification_inspection, value_text(inspection));
    selection_is(&sel, Rectification_unit, value_text(unit));
    sel.sort = Rectification_number;
    sel.down = false;
    TRY(selection_load(c, &sel, WORKBOOK_ITEMS_MAX * 4, &all, &have));
    WorkbookLine *lines = new_lines(c, have, out);
    for (size_t i = 0; i < have; i++)
        if (rectification_is_worked_on(all[i].state))
            lines[out->count++] = (WorkbookLine){ .number = all[i].number.value,
                .id = all[i].id,
                .version = all[i].version.value,
                .title = all[i].title,
                .record = &all[i] };
    return ST_OK;
}

/* What the body has to do yet, as it was given. */
static Status open_shares(Ctx *c, Str inspection, Str body, WorkbookLines *out)
{
    Selection sel = selection_of(ENTITY_SHARE);
    Share *all;
    size_t have;
    selection_is(&sel, Share_inspection, value_text(inspection));
    selection_is(&sel, Share_unit, value_text(body));
    sel.sort = Record_id;
    sel.down = false;
    TRY(selection_load(c, &sel, WORKBOOK_ITEMS_MAX * 4, &all, &have));
    WorkbookLine *lines = new_lines(c, have, out);
    for (size_t i = 0; i < have; i++)
        if (!all[i].done_on)
            lines[out->count++] = (WorkbookLine){ .id = all[i].id,
                .version = all[i].version.value,
                .title = all[i].title,
                .text = all[i].content,
                .record = &all[i] };
    return ST_OK;
}

static Status open_lines(Ctx *c, Str inspection, Str unit, bool shares, WorkbookLines *out)
{
    return shares ? open_shares(c, inspection, unit, out) : open_items(c, inspection, unit, out);
}

static Status find_out_there(Ctx *c, Str inspection, Str unit, Workbook **out)
{
    Selection sel = selection_of(ENTITY_WORKBOOK);
    size_t count;
    sel.unscoped = true;
    selection_is(&sel, Workbook_inspection, value_text(inspection));
    selection_is(&sel, Workbook_unit, value_text(unit));
    selection_is(&sel, Workbook_state, value_text(S("issued")));
    TRY(selection_load(c, &sel, LIST_LIMIT_MAX, out, &count));
    if (count == 0)
        *out = NULL;
    return ST_OK;
}

/* The inspected unit gets its items, however it is named. */
static Status find_body(Ctx *c, const Workbook *in, const Inspection *inspection, const Unit **out)
{
    Unit *body = arena_new_of(c->arena, Unit);
    *out = NULL;
    if (in->body.len == 0 || str_eq(in->body, inspection->unit))
        return ST_OK;
    *out = body;
    return record_load(c, ENTITY_UNIT, in->body, 0, body);
}

Status workbook_service_issue(Ctx *c, UseCase *u, Changes *out)
{
    const Workbook *in = u->input;
    const Unit *body;
    Inspection inspection;
    WorkbookLines of;
    Workbook *out_there;
    TRY(record_check_input(c, &Workbook_table, in));
    TRY(record_load(c, ENTITY_INSPECTION, in->inspection, 0, &inspection));
    TRY(find_body(c, in, &inspection, &body));
    Str unit = body ? body->id : inspection.unit;
    TRY(open_lines(c, inspection.id, unit, body != NULL, &of));
    TRY(find_out_there(c, inspection.id, unit, &out_there));
    SentItem *items = arena_array_of(c->arena, SentItem, of.count);
    for (size_t i = 0; i < of.count; i++)
        items[i] = (SentItem){ of.lines[i].id, of.lines[i].version };
    return workbook_issue(c, &inspection, body, items, of.count, out_there, in, out);
}

Status workbook_service_void(Ctx *c, UseCase *u, Changes *out)
{
    Workbook *now = arena_new_of(c->arena, Workbook);
    TRY(record_load(c, ENTITY_WORKBOOK, u->id, u->version, now));
    return workbook_void(c, now, u->input, out);
}

typedef enum FileForm { FORM_PARCEL, FORM_LOCKED, FORM_SHEET } FileForm;

static Status read_form(Ctx *c, Str given, FileForm *out)
{
    static const char *const names[] = { "zip", "locked", "xlsx" };
    *out = FORM_PARCEL;
    for (int i = 0; i < 3; i++) {
        if (!str_eq(given, str_of(names[i])))
            continue;
        *out = (FileForm)i;
        return ST_OK;
    }
    if (given.len == 0)
        return ST_OK;
    return fail_field(c, S("format"), given, T("可选 zip、locked（加密的zip）、xlsx", "is zip, locked or xlsx"),
        T("请选择一种", "choose one"));
}

/* What was found, of the findings that the items answer. */
static Status find_texts(Ctx *c, Str inspection, const WorkbookLines *of)
{
    Selection sel = selection_of(ENTITY_FINDING);
    Finding *findings;
    size_t count;
    WorkbookLine *lines = of->lines;
    selection_is(&sel, Finding_inspection, value_text(inspection));
    TRY(selection_load(c, &sel, WORKBOOK_ITEMS_MAX * 4, &findings, &count));
    for (size_t i = 0; i < of->count; i++)
        for (size_t k = 0; k < count; k++)
            if (str_eq(findings[k].id, ((const Rectification *)lines[i].record)->finding))
                lines[i].text = findings[k].text;
    return ST_OK;
}

static void number_shares(const Workbook *w, WorkbookLines *of)
{
    WorkbookLine *lines = of->lines;
    for (size_t i = 0; i < of->count; i++)
        lines[i].number = workbook_place_of(w, lines[i].id);
}

Status workbook_service_file(Ctx *c, UseCase *u)
{
    Workbook w;
    FileForm form;
    WorkbookLines of;
    size_t changed;
    TRY(read_form(c, usecase_param(u, S("format")), &form));
    TRY(record_load(c, ENTITY_WORKBOOK, u->id, 0, &w));
    if (w.state == WORKBOOK_VOID)
        return fail(c, ST_CONFLICT, "这份工作簿已作废", "this workbook is void");
    TRY(open_lines(c, w.inspection, w.unit, workbook_is_of_shares(&w), &of));
    TRY(workbook_count_changed(c, &w, &of, &changed));
    TRY(workbook_check_unchanged(c, changed));
    u->type =
        form == FORM_SHEET ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "application/zip";
    u->file_name = str_format(c->arena, "%s-%.*s-%.*s%s.%s",
        workbook_is_of_shares(&w) ? "整改分工工作簿" : "整改工作簿", STR_ARG(str_clip(w.unit_name, 60)),
        STR_ARG(str_clip(w.seal, 8)), form == FORM_LOCKED ? "（加密）" : "", form == FORM_SHEET ? "xlsx" : "zip");
    if (workbook_is_of_shares(&w))
        number_shares(&w, &of);
    else
        TRY(find_texts(c, w.inspection, &of));
    if (form == FORM_SHEET)
        return workbook_sheet(c, &w, &of, &u->out);
    return workbook_parcel(c, &w, &of, form == FORM_LOCKED, &u->out);
}

Status workbook_service_passphrase(Ctx *c, UseCase *u)
{
    Workbook w;
    TRY(record_load(c, ENTITY_WORKBOOK, u->id, 0, &w));
    JsonWriter json = json_onto(&u->out);
    json_open_object(&json);
    json_key(&json, S("passphrase"));
    json_text(&json, w.passphrase);
    json_close_object(&json);
    return ST_OK;
}

/* --- coming back -------------------------------------------------------------------------------------------------- */

static int32_t proof_kind(Str name)
{
    static const char *const pictures[] = { ".jpg", ".jpeg", ".png", ".JPG", ".JPEG", ".PNG", ".mp4", ".MP4" };
    for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++)
        if (str_ends(name, str_of(pictures[i])))
            return choice_of(&proof_kinds, S("photo"));
    return choice_of(&proof_kinds, S("other"));
}

/* A file that the inspection holds already is joined with it; one that the item holds already is passed over. */
static Status add_proof(Ctx *c, const Rectification *item, WorkbookProof *p, Changes *out)
{
    Attachment *a = arena_new_of(c->arena, Attachment);
    Str same;
    int64_t there = 0;
    bool has, any;
    TRY(db_query_text(
        c, SQL_EVIDENCE_SAME, ARGS(value_text(p->file->inspection), value_text(p->file->digest)), &same, &has));
    a->evidence = has ? str_copy(c->arena, same) : p->file->id;
    if (has)
        TRY(db_query_int(c, SQL_ATTACHMENT_SAME, ARGS(value_text(item->id), value_text(a->evidence)), &there, &any));
    if (there)
        return ST_OK;
    if (!has)
        change_insert(c, out, ENTITY_EVIDENCE, record_copy(c, &Evidence_table, p->file));
    p->used = !has;
    a->subject = S("rectifications");
    a->record = item->id;
    a->name = str_clip(p->name, 200);
    a->kind = proof_kind(p->name);
    a->origin = S("整改工作簿交回");
    return attachment_add(c, entity_of(ENTITY_RECTIFICATION), item, p->file, a, out);
}

static bool repeats_earlier(const RowProofs *proofs, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(proofs->proofs[i].file->digest, proofs->proofs[at].file->digest))
            return true;
    return false;
}

static Status add_proofs(Ctx *c, const Rectification *item, const RowProofs *proofs, Changes *out)
{
    for (size_t i = 0; proofs && proofs->stored && i < proofs->count; i++)
        if (!repeats_earlier(proofs, i))
            TRY(add_proof(c, item, &proofs->proofs[i], out));
    return ST_OK;
}

/* The proofs, if there are any, are what `prepared` holds (RowProofs). */
Status workbook_service_enter_row(Ctx *c, UseCase *u, Changes *out)
{
    Rectification *item = arena_new_of(c->arena, Rectification);
    RectificationCase now = { .item = item };
    const RowProofs *proofs = u->prepared;
    Round round;
    Signature *signatures;
    int64_t evidence;
    TRY(record_load(c, ENTITY_RECTIFICATION, u->id, u->version, item));
    TRY(rules_of_round(c, u->app->rules, item->round, &round, &now.rules));
    TRY(signatures_of(c, item->id, item->turn.value, &signatures, &now.signature_count));
    TRY(attachment_count(c, item->id, &evidence));
    now.signatures = signatures;
    now.evidence_count = (size_t)evidence + (proofs ? proofs->count : 0);
    TRY(workbook_enter_row(c, &now, u->input, u->given, out));
    return add_proofs(c, item, proofs, out);
}

/* Proofs of a share hang on the item that it is part of, where who reviews looks for them. */
Status workbook_service_enter_share(Ctx *c, UseCase *u, Changes *out)
{
    Share *share = arena_new_of(c->arena, Share);
    Rectification *item = arena_new_of(c->arena, Rectification);
    TRY(record_load(c, ENTITY_SHARE, u->id, u->version, share));
    TRY(record_load(c, ENTITY_RECTIFICATION, share->rectification, 0, item));
    TRY(workbook_enter_share(c, share, u->input, u->given, out));
    return add_proofs(c, item, u->prepared, out);
}
