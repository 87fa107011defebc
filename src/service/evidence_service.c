/* Uploads by offset, attachments, downloads. */
#include "store/evidence.h"

#include "domain/effect.h"
#include "domain/filing.h"
#include "domain/finding.h"
#include "domain/instruction.h"
#include "domain/objection.h"
#include "service/case.h"
#include "service/inputs.h"
#include "service/services.h"
#include "store/load.h"

/* A file goes to an inspection in the actor's reach, or to an organiser whose records he may keep. */
static Status check_target(Ctx *c, const UploadInput *in)
{
    Inspection inspection;
    if (in->inspection.len)
        return record_load(c, ENTITY_INSPECTION, in->inspection, 0, &inspection);
    if (in->organiser.len)
        return organiser_check(c, in->organiser);
    return fail_field(c, S("inspection"), STR_NONE,
        T("须指明文件属于哪个巡察对象或主办机构", "say which inspection or organiser the file belongs to"),
        T("请从办理页面上传", "upload from the page of the record"));
}

static void upload_to_json(UseCase *u, Str id, int64_t size, int64_t have)
{
    JsonWriter w = json_onto(&u->out);
    json_open_object(&w);
    json_key(&w, S("id"));
    json_text(&w, id);
    json_key(&w, S("size"));
    json_int(&w, size);
    json_key(&w, S("have"));
    json_int(&w, have);
    json_key(&w, S("chunk"));
    json_int(&w, EVIDENCE_CHUNK);
    json_close_object(&w);
}

Status upload_begin_write(Ctx *c, UseCase *u, Writer *w)
{
    const UploadInput *in = u->input;
    const SealKey *key;
    Str key_id;
    TRY(record_check_required(c, &UploadInput_table, in));
    if (in->size.value < 1 || in->size.value > EVIDENCE_SIZE_MAX)
        return fail_field_as(c, ST_TOO_BIG, S("size"), str_format(c->arena, "%lld", (long long)in->size.value),
            T("单个文件应为 1 字节至 1 GB", "a file has 1 byte to 1 GiB"),
            T("请压缩或拆分后上传", "compress or split it"));
    TRY(check_target(c, in));
    TRY(keyring_seal_key(c, w->keys, in->inspection, true, &key, &key_id));
    Str id = u->id = id_new(c);
    TRY(db_run(c, SQL_UPLOAD_INSERT,
        ARGS(value_text(id), value_text(c->actor->account), value_text(in->inspection), value_text(in->organiser),
            value_int(in->size.value), value_text(key_id), value_instant(c->arena, c->now)),
        NULL));
    upload_to_json(u, id, in->size.value, 0);
    u->location = str_format(c->arena, "/api/v1/uploads/%.*s", STR_ARG(id));
    return audit_note(c, w, str_of(u->op->name), ST_OK, S("uploads"), id);
}

Status upload_show(Ctx *c, UseCase *u)
{
    Upload upload;
    TRY(upload_load(c, u->app->ledger, u->id, &upload));
    upload_to_json(u, upload.id, upload.size, upload.have);
    return ST_OK;
}

/* --- attachments ------------------------------------------------------------------------------------------ */

typedef struct FinishedUpload {
    Evidence file;
    bool joined; /* the inspection holds the same content already */
} FinishedUpload;

/* Off the lane: the whole file's digests are read and everything is synced. */
Status attachment_add_prepare(Ctx *c, UseCase *u)
{
    const Attachment *in = u->input;
    Upload upload;
    FinishedUpload *done = arena_new_of(c->arena, FinishedUpload);
    u->prepared = done;
    if (in->evidence.len == 0)
        return fail_field(
            c, S("evidence"), STR_NONE, T("没有文件", "there is no file"), T("请先上传文件", "upload the file first"));
    TRY(upload_load(c, u->app->ledger, in->evidence, &upload));
    return upload_finish(c, u->app->ledger, &upload, &done->file);
}

/* What is approved by a move of its own, which may be signed on paper: it carries the scan of that. */
static bool is_approved(const Entity *e)
{
    return e->kind == ENTITY_ADJUSTMENT || e->kind == ENTITY_FINDING || e->kind == ENTITY_DOSSIER_LOAN ||
           e->kind == ENTITY_EVALUATION || e->kind == ENTITY_ADOPTION;
}

/* What the supervising bodies record, each for itself. */
static bool is_of_supervision(const Entity *e)
{
    return e->kind == ENTITY_TALK || e->kind == ENTITY_LEGACY_ISSUE || e->kind == ENTITY_SUPERVISION_LOG;
}

static Status check_supervision(Ctx *c, const Entity *e, const void *record)
{
    const int32_t *body = field_of(field_named(e->table, S("body")), record);
    if (role_may(c->actor->role, NEED_SUPERVISE) && body_is_written_by(*body, c->actor->role))
        return ST_OK;
    return fail(c, ST_DENIED, "监督材料由登记的监督单位和巡察办提供",
        "the papers of supervision are their body's to give, or the office's");
}

/* What may carry attachments, and the state in which it still takes them. */
static Status subject_load(Ctx *c, const Attachment *in, const Entity **e, void **record)
{
    *e = entity_named(in->subject);
    bool carries =
        *e && ((*e)->is_register || (*e)->kind == ENTITY_PAPER || (*e)->kind == ENTITY_RECTIFICATION ||
                  (*e)->kind == ENTITY_FEEDBACK || (*e)->kind == ENTITY_AUTHORISATION || (*e)->kind == ENTITY_IMPORT ||
                  (*e)->kind == ENTITY_STAT_FORM || (*e)->kind == ENTITY_DOCUMENT || (*e)->kind == ENTITY_OBJECTION ||
                  (*e)->kind == ENTITY_FILING || (*e)->kind == ENTITY_EFFECT || (*e)->kind == ENTITY_INSTRUCTION ||
                  is_of_supervision(*e) || is_approved(*e));
    if (!carries)
        return fail_field(c, S("subject"), in->subject, T("这类记录不能添加附件", "such records take no attachments"),
            T("请在底稿、整改事项或登记簿中添加", "attach to papers, items or registers"));
    *record = record_new(c, (*e)->table);
    return record_load(c, (*e)->kind, in->record, 0, *record);
}

/* The unit proves what it says until it is decided; the scan of a decision on paper is the office's. */
static Status check_objection(Ctx *c, const Objection *o, bool scan)
{
    if (scan ? role_may(c->actor->role, NEED_DOCUMENT_KEEP) : role_may(c->actor->role, NEED_OBJECT)) {
        if (scan || o->state == OBJECTION_FILED)
            return ST_OK;
        return fail(c, ST_CONFLICT, "异议已处理，不能再添加材料", "the objection was decided and takes no more proof");
    }
    return fail(c, ST_DENIED, "异议材料由提出单位提供，签署扫描件由巡察办上传",
        "proof is the unit's to give, scans of signatures are the office's");
}

/* Whoever may state an effect proves it, until it is decided. */
static Status check_effect(Ctx *c, const Effect *e)
{
    if (!role_may(c->actor->role, NEED_EFFECT_STATE))
        return fail(c, ST_DENIED, "整改成效的佐证由整改单位提供", "the proof of an effect is the unit's to give");
    if (e->state == EFFECT_UNPROVEN || e->state == EFFECT_STATED)
        return ST_OK;
    return fail(c, ST_CONFLICT, "该成效已核实、不予认定或已撤回，不能再添加佐证",
        "the effect was decided or withdrawn and takes no more proof");
}

/* The signed original and what belongs to it, while the unit has it before it. */
static Status check_filing(Ctx *c, const Filing *f, bool scan)
{
    bool with_unit = f->state == FILING_DRAFT || f->state == FILING_RETURNED;
    if (role_may(c->actor->role, NEED_FILING_KEEP) && (with_unit || (scan && c->actor->role != ROLE_UNIT)))
        return ST_OK;
    return fail(c, with_unit ? ST_DENIED : ST_CONFLICT, "整改材料的附件由整改单位在报送前上传",
        "what belongs to a filing is the unit's to give, before it files it");
}

/* The proof that an instruction was carried out, while it is not closed. */
static Status check_instruction(Ctx *c, const Instruction *i)
{
    if (!role_may(c->actor->role, NEED_INSTRUCTION_KEEP))
        return fail(c, ST_DENIED, "批示的办理材料由巡察办提供", "the proof of an instruction is the office's to give");
    if (i->state == INSTRUCTION_OPEN)
        return ST_OK;
    return fail(c, ST_CONFLICT, "该批示已办结，不能再添加材料", "the instruction is closed and takes no more proof");
}

/* A locked text keeps the evidence it was signed with; an item that was struck off is closed. Only the unit
 * proves its own rectification, only the team its papers. */
static Status check_open(Ctx *c, const Entity *e, const void *record, const Attachment *in)
{
    Role role = c->actor->role;
    bool scan = in->kind == choice_of(&proof_kinds, S("scan"));
    if (is_approved(e) && !scan)
        return fail_field(c, S("kind"), choice_name(&proof_kinds, in->kind),
            T("这里只附签署扫描件", "only the scan of a signature belongs here"),
            T("类型选“签署扫描件”；其他材料附在底稿或整改事项下",
                "choose that kind; attach other things to papers or items"));
    if (is_approved(e) && !role_may(role, NEED_DOCUMENT_KEEP))
        return fail(c, ST_DENIED, "签署扫描件由巡察办上传", "scans of signatures are the office's to give");
    if (e->kind == ENTITY_PAPER && !role_may(role, NEED_PAPER_WRITE))
        return fail(c, ST_DENIED, "证据材料由巡察组提供", "the evidence of a paper is the team's to give");
    if (e->kind == ENTITY_PAPER && !paper_may_change(record))
        return fail(c, ST_CONFLICT, "底稿已送签或已审签，不能再添加证据材料；请先退回或修订",
            "the paper is being signed or locked: return or revise it first");
    if (e->kind == ENTITY_RECTIFICATION && rectification_is_closed(record) && !scan)
        return fail(
            c, ST_CONFLICT, "该事项已销号或已撤销，不能再添加佐证材料", "the item is closed and takes no more proof");
    if (e->kind == ENTITY_OBJECTION)
        return check_objection(c, record, scan);
    if (e->kind == ENTITY_EFFECT)
        return check_effect(c, record);
    if (e->kind == ENTITY_FILING)
        return check_filing(c, record, scan);
    bool scanned = scan && role_may(role, NEED_DOCUMENT_KEEP); /* of a strike-off that was signed on paper */
    if (e->kind == ENTITY_RECTIFICATION && role != ROLE_UNIT && role != ROLE_LOCAL && !scanned)
        return fail(c, ST_DENIED, "佐证材料由整改单位提供", "proof is the unit's to give");
    if (e->kind == ENTITY_STAT_FORM && !role_may(role, NEED_FIGURES_KEEP))
        return fail(c, ST_DENIED, "统计报表由巡察办维护", "statistics forms are the office's");
    if (e->kind == ENTITY_DOCUMENT && !role_may(role, NEED_DOCUMENT_KEEP))
        return fail(c, ST_DENIED, "公文的扫描件由巡察办上传", "scans of official papers are the office's to give");
    if (e->kind == ENTITY_INSTRUCTION)
        return check_instruction(c, record);
    if (is_of_supervision(e))
        return check_supervision(c, e, record);
    if (e->is_register && !role_may(role, NEED_REGISTER_KEEP))
        return fail(c, ST_DENIED, "登记簿由巡察办维护", "registers are the office's");
    return ST_OK;
}

Status attachment_add_decide(Ctx *c, UseCase *u, Changes *out)
{
    const Attachment *in = u->input;
    FinishedUpload *done = u->prepared;
    const Evidence *file = &done->file;
    const Entity *e;
    void *record = NULL;
    Str same;
    bool has;
    TRY(subject_load(c, in, &e, &record));
    TRY(check_open(c, e, record, in));
    Attachment *wanted = record_copy(c, &Attachment_table, in);
    TRY(db_query_text(c, SQL_EVIDENCE_SAME, ARGS(value_text(file->inspection), value_text(file->digest)), &same, &has));
    done->joined = has;
    if (has)
        wanted->evidence = str_copy(c->arena, same);
    else
        change_insert(c, out, ENTITY_EVIDENCE, record_copy(c, &Evidence_table, file));
    TRY(attachment_add(c, e, record, file, wanted, out));
    out->result = out->last;
    if (e->kind == ENTITY_EFFECT) /* a proof decides in which state it is: here alone the parent moves with its file */
        effect_prove(c, record, out);
    return ST_OK;
}

Status attachment_add_write(Ctx *c, UseCase *u, Writer *w)
{
    (void)w;
    const FinishedUpload *done = u->prepared;
    return db_run(c, SQL_UPLOAD_DELETE, ARGS(value_text(done->file.id)), NULL);
}

void attachment_add_after(Ctx *c, UseCase *u)
{
    const FinishedUpload *done = u->prepared;
    upload_forget(u->app->ledger, c->arena, done->file.id, done->joined);
}

/* The transport streams it: the record is what it needs. */
Status attachment_file(Ctx *c, UseCase *u)
{
    Attachment a;
    Evidence *file = arena_new_of(c->arena, Evidence);
    TRY(record_load(c, ENTITY_ATTACHMENT, u->id, 0, &a));
    TRY(record_load_unscoped(c, ENTITY_EVIDENCE, a.evidence, file));
    /* Opened here, so that the transport needs no connection while it streams. */
    const SealKey *key;
    TRY(keyring_seal_key_of(c, u->app->ledger->keys, file->key, &key));
    u->file = file;
    u->file_name = a.name;
    u->file_size = file->size.value;
    return ST_OK;
}
