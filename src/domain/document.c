#include "domain/document.h"

#include "domain/evaluation.h"
#include "domain/fact_check.h"
#include "domain/filing.h"
#include "domain/instruction.h"
#include "domain/legacy.h"
#include "domain/objection.h"
#include "domain/talk.h"

#include <string.h>

CHOICES_DEFINE(document_kinds, DOCUMENT_KINDS);
CHOICES_DEFINE(document_states, DOCUMENT_STATES);
CHOICES_DEFINE(secrecies, SECRECIES);
CHOICES_DEFINE(urgencies, URGENCIES);
CHOICES_DEFINE(template_states, TEMPLATE_STATES);
FIELDS_DEFINE(Document, "documents", DOCUMENT_FIELDS);
FIELDS_DEFINE(DocumentFile, "document_files", DOCUMENT_FILE_FIELDS);
FIELDS_DEFINE(DocumentTemplate, "templates", DOCUMENT_TEMPLATE_FIELDS);
FIELDS_DEFINE(TemplateInput, "template_input", TEMPLATE_INPUT_FIELDS);

#define NO_FIELD (-1)
static const DocumentRule document_rules[DOCUMENT_KIND_COUNT] = {
    /* made from, own number, numbered, to the unit, series, date */
    [DOCUMENT_AUTHORISATION] = { ENTITY_AUTHORISATION, Authorisation_number, true, false, "巡授",
        Authorisation_decided_on },
    [DOCUMENT_NOTICE] = { ENTITY_INSPECTION, NO_FIELD, true, true, "巡通", Inspection_notice_on },
    [DOCUMENT_ANNOUNCEMENT] = { ENTITY_INSPECTION, NO_FIELD, false, true, "", Inspection_enters_on },
    [DOCUMENT_PAPER] = { ENTITY_PAPER, Paper_number, false, false, "", NO_FIELD },
    [DOCUMENT_FEEDBACK] = { ENTITY_FEEDBACK, Feedback_number, true, true, "巡反", Feedback_delivered_on },
    [DOCUMENT_PROBLEM_LIST] = { ENTITY_INSPECTION, NO_FIELD, false, true, "", Inspection_fed_back_on },
    [DOCUMENT_RECTIFICATION_LIST] = { ENTITY_INSPECTION, NO_FIELD, false, true, "", NO_FIELD },
    [DOCUMENT_LETTER] = { ENTITY_LETTER, Letter_number, true, true, "巡督", Letter_issued_on },
    [DOCUMENT_INSTRUCTION] = { ENTITY_INSTRUCTION, Instruction_number, false, false, "", Instruction_issued_on },
    [DOCUMENT_STRIKE_OFF] = { ENTITY_RECTIFICATION, NO_FIELD, true, true, "巡销", Rectification_struck_off_on },
    [DOCUMENT_STATISTIC] = { ENTITY_NONE, NO_FIELD, false, false, "", NO_FIELD },
    [DOCUMENT_REPORT] = { ENTITY_NONE, NO_FIELD, true, false, "巡报", NO_FIELD },
    [DOCUMENT_FACT_CHECK] = { ENTITY_FACT_CHECK, NO_FIELD, false, true, "", FactCheck_sent_on },
    [DOCUMENT_OBJECTION] = { ENTITY_OBJECTION, NO_FIELD, true, true, "巡异", Objection_decided_on },
    [DOCUMENT_RECTIFICATION_PLAN] = { ENTITY_FILING, NO_FIELD, false, true, "", Filing_submitted_on },
    [DOCUMENT_RECTIFICATION_REPORT] = { ENTITY_FILING, NO_FIELD, false, true, "", Filing_submitted_on },
    [DOCUMENT_PUBLICATION] = { ENTITY_FILING, NO_FIELD, false, true, "", Filing_approved_on },
    [DOCUMENT_PLAN_PROBLEM_LIST] = { ENTITY_FILING, NO_FIELD, false, true, "", Filing_submitted_on },
    [DOCUMENT_PLAN_TASK_LIST] = { ENTITY_FILING, NO_FIELD, false, true, "", Filing_submitted_on },
    [DOCUMENT_PLAN_DUTY_LIST] = { ENTITY_FILING, NO_FIELD, false, true, "", Filing_submitted_on },
    [DOCUMENT_EVALUATION] = { ENTITY_EVALUATION, NO_FIELD, true, true, "巡评", Evaluation_decided_on },
    [DOCUMENT_TALK] = { ENTITY_TALK, Talk_number, false, false, "", Talk_held_on },
    [DOCUMENT_LEGACY_ISSUE] = { ENTITY_LEGACY_ISSUE, LegacyIssue_number, false, false, "", LegacyIssue_entered_on },
};

const DocumentRule *document_rule(DocumentKind kind)
{
    return &document_rules[kind];
}

/* The plan and its three lists (三张清单), each a paper of its own. */
static bool is_of_plan(DocumentKind kind)
{
    return kind == DOCUMENT_RECTIFICATION_PLAN || kind == DOCUMENT_PLAN_PROBLEM_LIST ||
           kind == DOCUMENT_PLAN_TASK_LIST || kind == DOCUMENT_PLAN_DUTY_LIST;
}

bool document_tells_findings(DocumentKind kind)
{
    return kind == DOCUMENT_PAPER || kind == DOCUMENT_FEEDBACK || kind == DOCUMENT_PROBLEM_LIST ||
           kind == DOCUMENT_RECTIFICATION_LIST || kind == DOCUMENT_STRIKE_OFF || kind == DOCUMENT_FACT_CHECK ||
           kind == DOCUMENT_OBJECTION || kind == DOCUMENT_RECTIFICATION_REPORT || is_of_plan(kind);
}

bool document_fits(DocumentKind kind, const void *record)
{
    if (kind == DOCUMENT_EVALUATION)
        return ((const Evaluation *)record)->state == EVALUATION_SETTLED;
    if (document_rules[kind].subject != ENTITY_FILING)
        return true;
    int32_t filed = ((const Filing *)record)->kind;
    return is_of_plan(kind)               ? filed == FILING_PLAN
           : kind == DOCUMENT_PUBLICATION ? filed == FILING_PUBLICATION
                                          : filed == FILING_PROGRESS || filed == FILING_PRINCIPAL;
}

/* --- numbers ----------------------------------------------------------------------------------------------------- */

bool document_number_read(Str number, Str *series, int64_t *year, int64_t *serial)
{
    static const struct {
        Str open, close;
    } brackets[] = { { S_INIT("〔"), S_INIT("〕") }, { S_INIT("["), S_INIT("]") }, { S_INIT("（"), S_INIT("）") },
        { S_INIT("("), S_INIT(")") } };
    for (size_t i = 0; i < sizeof brackets / sizeof brackets[0]; i++) {
        size_t open = str_find(number, brackets[i].open, 0), close = str_find(number, brackets[i].close, 0);
        if (open == SIZE_MAX || close == SIZE_MAX || close < open || !str_ends(number, S("号")))
            continue;
        size_t digits = open + brackets[i].open.len, behind = close + brackets[i].close.len;
        Str rest = str_sub(number, behind, number.len - behind - S("号").len);
        if (str_starts(rest, S("第")))
            rest = str_sub(rest, S("第").len, SIZE_MAX);
        *series = str_trim(str_sub(number, 0, open));
        return series->len && str_to_int(str_sub(number, digits, close - digits), year) && *year >= 1900 &&
               *year <= 9999 && str_to_int(rest, serial) && *serial > 0;
    }
    return false;
}

Str document_number_text(Arena *arena, Str series, int64_t year, int64_t serial)
{
    return str_format(arena, "%.*s〔%lld〕%lld号", STR_ARG(series), (long long)year, (long long)serial);
}

/* --- secrecy ----------------------------------------------------------------------------------------------------- */

Str document_secrecy_text(Arena *arena, int32_t secrecy, Int months)
{
    const char *label = secrecies.items[secrecy].label.zh;
    if (secrecy <= SECRECY_INTERNAL)
        return str_of(label);
    if (!months.known)
        return str_format(arena, "%s★", label);
    if (months.value % 12 == 0)
        return str_format(arena, "%s★%lld年", label, (long long)(months.value / 12));
    return str_format(arena, "%s★%lld个月", label, (long long)months.value);
}

static Status check_term(Ctx *c, const Document *d)
{
    static const int64_t most[] = { 0, 0, 120, 240, 360 }; /* months */
    if (!d->secrecy_months.known)
        return ST_OK;
    Str months = str_format(c->arena, "%lld", (long long)d->secrecy_months.value);
    if (d->secrecy <= SECRECY_INTERNAL)
        return fail_field(c, S("secrecy_months"), months,
            T("没有定密，不填保密期限", "a term without a mark of secrecy"),
            T("请先选择密级，或删去期限", "choose the mark first, or drop the term"));
    int64_t limit = most[d->secrecy];
    if (d->secrecy_months.value >= 1 && d->secrecy_months.value <= limit &&
        (d->secrecy_months.value < 12 || d->secrecy_months.value % 12 == 0))
        return ST_OK;
    return fail_field(c, S("secrecy_months"), months,
        text_format(c, "%s的期限最长%lld年，一年以上按整年", "%s: at most %lld years, in whole years from one year on",
            secrecies.items[d->secrecy].label.zh, (long long)(limit / 12)),
        T("请按月填写，例如10年填120", "give months: 120 for ten years"));
}

bool document_counts_copies(const Document *d)
{
    return d->secrecy > SECRECY_INTERNAL || d->copies_made.known;
}

Str document_copy_text(Arena *arena, int64_t copy)
{
    return str_format(arena, "%06lld", (long long)copy);
}

static Status check_copies(Ctx *c, const Document *d)
{
    enum { COPIES_MAX = 999999 };
    if (!d->copies_made.known || (d->copies_made.value >= 1 && d->copies_made.value <= COPIES_MAX))
        return ST_OK;
    return fail_field(c, S("copies_made"), str_format(c->arena, "%lld", (long long)d->copies_made.value),
        text_format(c, "印制份数应为1至%d", "copies are 1 to %d", COPIES_MAX), T("请核对份数", "check the number"));
}

static Status check_secrecy(Ctx *c, const Document *d, const SecrecyBounds *bounds)
{
    if (d->secrecy < bounds->least)
        return fail_field(c, S("secrecy"), choice_name(&secrecies, d->secrecy),
            text_format(c, "同一巡察已印发的公文为“%s”，汇编其内容的公文不得低于此密级",
                "what it takes up was issued as \"%s\": it bears no lower mark",
                c->lang == LANG_ZH ? secrecies.items[bounds->least].label.zh : secrecies.items[bounds->least].label.en),
            T("请按最高密级标注；确需降低的，先将原公文作废重印",
                "give it the highest; lower the first paper if that is right"));
    if (d->secrecy > bounds->most)
        return fail_field(c, S("secrecy"), choice_name(&secrecies, d->secrecy),
            text_format(c, "高于本台账允许的最高密级（%s）", "above what this ledger may hold (%s)",
                bounds->most ? secrecies.items[bounds->most].label.zh : "不涉密"),
            T("涉密文件请在相应等级的系统中办理", "handle it in a system that is certified for it"));
    return check_term(c, d);
}

/* --- check codes ------------------------------------------------------------------------------------------------- */

static const char code_letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
enum { CODE_LETTERS = 12, CODE_GROUP = 4 };
static_assert(sizeof code_letters == 33, "five bits a letter");

static Str code_of_letters(Arena *arena, const char letters[CODE_LETTERS])
{
    StrBuf b = strbuf_in(arena);
    for (int i = 0; i < CODE_LETTERS; i++) {
        if (i && i % CODE_GROUP == 0)
            strbuf_addc(&b, '-');
        strbuf_addc(&b, letters[i]);
    }
    return strbuf_str(&b);
}

Str document_code(Ctx *c, Str id)
{
    Str said = str_format(c->arena, "xuncha document 1\n%.*s", STR_ARG(id));
    Digest d = sm3(c->env->crypto, said.ptr, said.len);
    char letters[CODE_LETTERS];
    for (int i = 0; i < CODE_LETTERS; i++)
        letters[i] = code_letters[d.bytes[i] & 31];
    return code_of_letters(c->arena, letters);
}

Str document_code_read(Arena *arena, Str typed)
{
    char letters[CODE_LETTERS];
    int count = 0;
    for (size_t i = 0; i < typed.len; i++) {
        char ch = typed.ptr[i];
        if (ch == '-' || ch == ' ')
            continue;
        if (ch >= 'a' && ch <= 'z')
            ch = (char)(ch - 'a' + 'A');
        if (!ch || !strchr(code_letters, ch) || count == CODE_LETTERS)
            return STR_NONE;
        letters[count++] = ch;
    }
    return count == CODE_LETTERS ? code_of_letters(arena, letters) : STR_NONE;
}

/* --- drafts ------------------------------------------------------------------------------------------------------ */

static Status check_document(Ctx *c, const Document *d, const SecrecyBounds *bounds)
{
    TRY(record_check_input(c, &Document_table, d));
    if (d->series.len && (str_find(d->series, S("〔"), 0) != SIZE_MAX || str_find(d->series, S("号"), 0) != SIZE_MAX))
        return fail_field(c, S("series"), d->series,
            T("机关代字不含年份和序号", "a mark holds neither year nor number"),
            T("只填代字，例如 巡办", "give the mark alone"));
    TRY(check_copies(c, d));
    return check_secrecy(c, d, bounds);
}

static Status check_subject(Ctx *c, const Document *d, const Entity *subject, const void *record)
{
    if (!subject || str_eq(record_ref(subject, record, subject->scope.organiser), d->organiser))
        return ST_OK;
    return fail_field(c, S("record"), d->record, T("不是这个主办机构的记录", "is no record of this organiser"),
        T("请核对主办机构", "check the organiser"));
}

Status document_draft(
    Ctx *c, const Entity *subject, const void *record, const SecrecyBounds *bounds, const Document *input, Changes *out)
{
    Document *d = record_copy(c, &Document_table, input);
    d->state = DOCUMENT_STATE_DRAFT;
    d->code = S("-");
    if (!d->secrecy && bounds->least) {
        d->secrecy = bounds->least;
        d->secrecy_months = bounds->least_months;
    }
    if (subject) {
        TRY(check_subject(c, d, subject, record));
        d->inspection = record_ref(subject, record, subject->scope.inspection);
        if (document_rule((DocumentKind)d->kind)->to_unit)
            d->unit = record_ref(subject, record, subject->scope.unit);
    }
    TRY(check_document(c, d, bounds));
    change_insert(c, out, ENTITY_DOCUMENT, d);
    d->code = document_code(c, d->id);
    return ST_OK;
}

Status document_edit(
    Ctx *c, const Document *before, const SecrecyBounds *bounds, const Document *input, FieldSet given, Changes *out)
{
    if (before->state != DOCUMENT_STATE_DRAFT)
        return fail(
            c, ST_CONFLICT, "公文已经印发或作废，不能修改", "the paper was issued or voided and cannot be edited");
    Document *after = record_copy(c, &Document_table, before);
    record_overlay(&Document_table, given, input, after);
    TRY(check_document(c, after, bounds));
    change_update(c, out, ENTITY_DOCUMENT, before, after);
    change_show(c, out, ENTITY_DOCUMENT, after);
    return ST_OK;
}

/* --- going out --------------------------------------------------------------------------------------------------- */

void document_series(const Document *now, Str own, Str *series, int64_t *year)
{
    int64_t serial;
    if (own.len && document_number_read(own, series, year, &serial))
        return;
    *series = now->series.len ? now->series : str_of(document_rule((DocumentKind)now->kind)->series);
    *year = date_year(now->dated_on);
}

static Status give_number(Ctx *c, Document *after, const DocumentNumbering *numbering)
{
    Str series;
    int64_t year, serial = numbering->last + 1, own;
    document_series(after, numbering->own, &series, &year);
    if (numbering->own.len) {
        if (numbering->taken)
            return fail_field_as(c, ST_CONFLICT, S("number"), numbering->own,
                T("已有另一份公文使用这个文号", "another paper has this number"),
                T("请先更正记录的文号", "mend the number of the record first"));
        after->number = numbering->own;
        if (!document_number_read(numbering->own, &series, &year, &own))
            return ST_OK; /* a number of another shape is kept as it was written */
        serial = own;
    } else {
        after->number = document_number_text(c->arena, series, year, serial);
    }
    after->series = series;
    after->year = INT_OF(year);
    after->serial = INT_OF(serial);
    return ST_OK;
}

Status document_issue(Ctx *c, const Document *now, const DocumentNumbering *numbering, const MoveInput *input,
    Document *after, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_DOCUMENT, now->state, DO_ISSUE, input->reason, &move));
    TRY(day_given(c, input->effective_on, now->dated_on, &out->effective_on));
    if (now->secrecy > SECRECY_INTERNAL && !now->copies_made.known)
        return fail_field_as(c, ST_CONFLICT, S("copies_made"), STR_NONE,
            T("涉密公文逐份编号，须填写印制份数", "the copies of a secret paper are numbered: say how many are made"),
            T("请先在拟稿中填写印制份数", "give the number of copies in the draft"));
    if (input->means != MEANS_INK && input->on_behalf_of.len)
        return fail_field(c, S("on_behalf_of"), input->on_behalf_of,
            T("由他人签发的，须登记纸质签署", "what somebody else signed was signed on paper"),
            T("签署方式选纸质签署，填写编号，并先附签署扫描件；由本人签发的不填",
                "choose paper, with its number and scan; leave it out if you sign yourself"));
    if (input->means == MEANS_INK && numbering->scans == 0)
        return fail_field_as(c, ST_CONFLICT, S("means"), S("ink"),
            T("纸质签发须附签署扫描件", "a paper that was signed by hand needs the scan"),
            T("请先在本公文下添加类型为“签署扫描件”的附件", "attach the scan to the paper first"));
    *after = *now;
    after->state = move->to;
    if (document_rule((DocumentKind)now->kind)->numbered || numbering->own.len)
        TRY(give_number(c, after, numbering));
    after->issued_on = out->effective_on;
    after->issued_by = c->actor->name;
    if (input->means == MEANS_INK && after->signer.len == 0)
        after->signer = input->on_behalf_of;
    out->on_behalf_of = input->on_behalf_of;
    return ST_OK;
}

static Status sign(Ctx *c, const Document *after, const MoveInput *input, Changes *out)
{
    static const Chain chain = { .name = S_INIT("documents"),
        .steps = { { .name = S_INIT("issue"),
            .label = { "签发", "Issue" },
            .roles = ROLE_BIT(ROLE_LEADER) | ROLE_BIT(ROLE_OFFICE),
            .signatures = 1,
            .ink = true } },
        .count = 1 };
    SignedThing thing = { .kind = ENTITY_DOCUMENT, .record = after, .turn = 1, .text_digest = after->text_digest };
    bool complete;
    return chain_sign(c, &chain, &thing, input, out, &complete);
}

Status document_keep(
    Ctx *c, const Document *now, Document *after, Str docx, Str text, const MoveInput *input, Changes *out)
{
    DocumentFile *file = record_new(c, &DocumentFile_table);
    after->digest = sm3_hex(c->env->crypto, c->arena, docx);
    after->text_digest = sm3_hex(c->env->crypto, c->arena, text);
    after->size = INT_OF((int64_t)docx.len);
    TRY(sign(c, after, input, out));
    change_update(c, out, ENTITY_DOCUMENT, now, after);
    change_show(c, out, ENTITY_DOCUMENT, after);
    file->document = now->id;
    file->organiser = now->organiser;
    file->text = text;
    file->docx = docx;
    change_insert(c, out, ENTITY_DOCUMENT_FILE, file);
    return ST_OK;
}

Status document_void(Ctx *c, const Document *now, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_DOCUMENT, now->state, DO_VOID, input->reason, &move));
    Document *after = record_copy(c, &Document_table, now);
    after->state = move->to;
    after->void_because = input->reason;
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_DOCUMENT, now, after);
    change_show(c, out, ENTITY_DOCUMENT, after);
    return ST_OK;
}

/* --- templates --------------------------------------------------------------------------------------------------- */

Status document_template_add(Ctx *c, const TemplateInput *input, Str docx, Changes *out)
{
    DocumentTemplate *t = record_new(c, &DocumentTemplate_table);
    t->organiser = input->organiser;
    t->kind = input->kind;
    t->title = input->title;
    t->note = input->note;
    t->state = TEMPLATE_DRAFT;
    t->docx = docx;
    t->digest = sm3_hex(c->env->crypto, c->arena, docx);
    TRY(record_check_required(c, &DocumentTemplate_table, t));
    change_insert(c, out, ENTITY_DOCUMENT_TEMPLATE, t);
    return ST_OK;
}

static void retire(Ctx *c, const DocumentTemplate *now, Date day, Changes *out)
{
    DocumentTemplate *after = record_copy(c, &DocumentTemplate_table, now);
    after->state = TEMPLATE_RETIRED;
    after->retired_on = day;
    change_update(c, out, ENTITY_DOCUMENT_TEMPLATE, now, after);
}

Status document_template_enforce(Ctx *c, const DocumentTemplate *now, const DocumentTemplate *others, size_t count,
    const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_DOCUMENT_TEMPLATE, now->state, DO_ENFORCE, input->reason, &move));
    DocumentTemplate *after = record_copy(c, &DocumentTemplate_table, now);
    after->state = move->to;
    after->in_force_on = out->effective_on;
    change_update(c, out, ENTITY_DOCUMENT_TEMPLATE, now, after);
    for (size_t i = 0; i < count; i++)
        if (!str_eq(others[i].id, now->id))
            retire(c, &others[i], out->effective_on, out);
    change_show(c, out, ENTITY_DOCUMENT_TEMPLATE, after);
    return ST_OK;
}

Status document_template_retire(Ctx *c, const DocumentTemplate *now, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_DOCUMENT_TEMPLATE, now->state, DO_RETIRE, input->reason, &move));
    retire(c, now, out->effective_on, out);
    return ST_OK;
}
