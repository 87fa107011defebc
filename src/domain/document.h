/* Official papers (公文): what goes out, under a number that is never given twice, with the file that was signed.
 *
 *   拟稿 → 已印发 | 已作废; 已印发 → 已作废
 *
 * The number (发文字号, GB/T 9704-2012: 机关代字〔年〕号) is given when the paper is issued: the next one of its
 * maker's mark and year. A paper that is voided keeps its number. A letter, a feedback, a decision that was numbered by
 * hand brings its own number along. */
#ifndef DOMAIN_DOCUMENT_H
#define DOMAIN_DOCUMENT_H

#include "domain/signature.h"
#include "domain/workflow.h"

/* The kinds that the program knows. X(NUMBER, name, 中文, English) */
#define DOCUMENT_KINDS(X)                                                                \
    X(AUTHORISATION, authorisation, "授权任职决定", "Authorisation decision")            \
    X(NOTICE, notice, "巡察通知", "Inspection notice")                                   \
    X(ANNOUNCEMENT, announcement, "巡察公告", "Inspection announcement")                 \
    X(PAPER, paper, "问题底稿", "Working paper")                                         \
    X(FEEDBACK, feedback, "反馈意见", "Feedback opinion")                                \
    X(PROBLEM_LIST, problem_list, "问题清单", "Problem list")                            \
    X(RECTIFICATION_LIST, rectification_list, "整改台账", "Rectification list")          \
    X(LETTER, letter, "督办函", "Supervision letter")                                    \
    X(INSTRUCTION, instruction, "批示办理单", "Instruction slip")                        \
    X(STRIKE_OFF, strike_off, "对账销号单", "Strike-off sheet")                          \
    X(STATISTIC, statistic, "统计报表", "Statistics form")                               \
    X(REPORT, report, "五年巡察工作报告", "Five-year report")                            \
    X(FACT_CHECK, fact_check, "事实核对单", "Check of facts")                            \
    X(OBJECTION, objection, "异议处理决定", "Decision on an objection")                  \
    X(RECTIFICATION_PLAN, rectification_plan, "整改方案", "Rectification plan")          \
    X(RECTIFICATION_REPORT, rectification_report, "整改报告", "Report on rectification") \
    X(PUBLICATION, publication, "整改情况公开稿", "Publication copy")                    \
    X(PLAN_PROBLEM_LIST, plan_problem_list, "整改问题清单", "Plan: problem list")        \
    X(PLAN_TASK_LIST, plan_task_list, "整改任务清单", "Plan: task list")                 \
    X(PLAN_DUTY_LIST, plan_duty_list, "整改责任清单", "Plan: responsibility list")       \
    X(EVALUATION, evaluation, "整改评估结果通知", "Result of an evaluation")             \
    X(TALK, talk, "约谈记录", "Record of a talk")                                        \
    X(LEGACY_ISSUE, legacy_issue, "历史遗留问题办理单", "Sheet of an old matter")
typedef enum DocumentKind {
    DOCUMENT_KIND_NONE,
#define X(N, ...) DOCUMENT_##N,
    DOCUMENT_KINDS(X)
#undef X
        DOCUMENT_KIND_COUNT
} DocumentKind;

#define DOCUMENT_STATES(X)                \
    X(DRAFT, draft, "拟稿", "Draft")      \
    X(ISSUED, issued, "已印发", "Issued") \
    X(VOID, void, "已作废", "Void")
enum DocumentState { DOCUMENT_STATE_NONE, DOCUMENT_STATE_DRAFT, DOCUMENT_STATE_ISSUED, DOCUMENT_STATE_VOID };
/* In their order: of several the highest holds. 内部 is no state secret. */
#define SECRECIES(X)                                      \
    X(INTERNAL, internal, "内部", "Internal")             \
    X(SECRET, secret, "秘密", "Secret")                   \
    X(CONFIDENTIAL, confidential, "机密", "Confidential") \
    X(TOP, top_secret, "绝密", "Top secret")
enum Secrecy { SECRECY_NONE, SECRECY_INTERNAL, SECRECY_SECRET, SECRECY_CONFIDENTIAL, SECRECY_TOP };
#define URGENCIES(X)                     \
    X(HIGH, high, "特急", "Very urgent") \
    X(RAISED, raised, "加急", "Urgent")
extern const Choices document_kinds, document_states, secrecies, urgencies;

#define DOCUMENT_FIELDS(X)                                                                                       \
    RECORD_FIELDS(X, Document)                                                                                   \
    X(Document, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)                        \
    X(Document, CHOICE, kind, "文种", "Kind", 20, REQUIRED | INPUT | LISTED, document_kinds)                     \
    X(Document, TEXT, record, "所据记录", "Made from", 60, INPUT, -)                                             \
    X(Document, REF, inspection, "巡察对象", "Inspection", 26, 0, INSPECTION)                                    \
    X(Document, REF, unit, "相关单位", "Unit", 26, 0, UNIT)                                                      \
    X(Document, TEXT, title, "标题", "Title", 120, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED | SPELT, -) \
    X(Document, TEXT, maker, "发文机关", "Issued by", 80, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED, -)  \
    X(Document, TEXT, series, "机关代字", "Mark of the maker", 20, BY_ENTRY, -)                                  \
    X(Document, INT, year, "发文年份", "Year of the number", 0, LISTED, -)                                       \
    X(Document, INT, serial, "发文序号", "Serial number", 0, LISTED, -)                                          \
    X(Document, TEXT, number, "发文字号", "Number", 60, LISTED | SEARCHED | INDEXED, -)                          \
    X(Document, TEXT, addressee, "主送机关", "To", 120, BY_ENTRY | LISTED, -)                                    \
    X(Document, TEXT, copies, "抄送机关", "Copies to", 200, BY_ENTRY, -)                                         \
    X(Document, CHOICE, secrecy, "密级", "Secrecy", 20, BY_ENTRY | LISTED, secrecies)                            \
    X(Document, INT, secrecy_months, "保密期限（月）", "Term of secrecy, months", 0, BY_ENTRY, -)                \
    X(Document, CHOICE, urgency, "紧急程度", "Urgency", 20, BY_ENTRY, urgencies)                                 \
    X(Document, DATE, dated_on, "成文日期", "Dated", 0, REQUIRED | BY_ENTRY | LISTED, -)                         \
    X(Document, TEXT, signer, "签发人", "Signed by", 40, BY_ENTRY | LISTED, -)                                   \
    X(Document, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, document_states)                          \
    X(Document, TEXT, code, "校验码", "Check code", 20, REQUIRED | LISTED | SEARCHED, -)                         \
    X(Document, TEXT, digest, "文件摘要", "Digest of the file", 64, 0, -)                                        \
    X(Document, TEXT, text_digest, "文字摘要", "Digest of the text", 64, 0, -)                                   \
    X(Document, TEXT, template_digest, "模板摘要", "Digest of the template", 64, 0, -)                           \
    X(Document, INT, size, "字节数", "Bytes", 0, 0, -)                                                           \
    X(Document, DATE, issued_on, "印发日期", "Issued on", 0, LISTED, -)                                          \
    X(Document, TEXT, issued_by, "印发人", "Issued by whom", 60, 0, -)                                           \
    X(Document, LONG, void_because, "作废理由", "Why void", 1000, 0, -)                                          \
    X(Document, INT, copies_made, "印制份数", "Copies made", 0, BY_ENTRY, -)
FIELDS_DECLARE(Document, DOCUMENT_FIELDS);

/* The docx of an issued paper, byte for byte. */
#define DOCUMENT_FILE_FIELDS(X)                                                         \
    RECORD_FIELDS(X, DocumentFile)                                                      \
    X(DocumentFile, REF, document, "公文", "Document", 26, REQUIRED | LISTED, DOCUMENT) \
    X(DocumentFile, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)   \
    X(DocumentFile, LONG, text, "全文", "Text", 0, HIDDEN, -)                           \
    X(DocumentFile, BYTES, docx, "文件", "File", 0, HIDDEN, -)
FIELDS_DECLARE(DocumentFile, DOCUMENT_FILE_FIELDS);

/* A template of the office's own for a kind, in place of the shipped one. It is checked when it comes in; putting it in
 * force retires the one before. */
#define TEMPLATE_STATES(X)                      \
    X(DRAFT, draft, "待启用", "Draft")          \
    X(IN_FORCE, in_force, "使用中", "In force") \
    X(RETIRED, retired, "已停用", "Retired")
enum TemplateState { TEMPLATE_STATE_NONE, TEMPLATE_DRAFT, TEMPLATE_IN_FORCE, TEMPLATE_RETIRED };
extern const Choices template_states;
#define DOCUMENT_TEMPLATE_FIELDS(X)                                                             \
    RECORD_FIELDS(X, DocumentTemplate)                                                          \
    X(DocumentTemplate, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)       \
    X(DocumentTemplate, CHOICE, kind, "文种", "Kind", 20, REQUIRED | LISTED, document_kinds)    \
    X(DocumentTemplate, TEXT, title, "模板名称", "Title", 80, REQUIRED | LISTED | SEARCHED, -)  \
    X(DocumentTemplate, TEXT, note, "说明", "Note", 200, LISTED, -)                             \
    X(DocumentTemplate, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, template_states) \
    X(DocumentTemplate, BYTES, docx, "文件", "File", 0, HIDDEN, -)                              \
    X(DocumentTemplate, TEXT, digest, "摘要", "Digest", 64, 0, -)                               \
    X(DocumentTemplate, DATE, in_force_on, "启用日期", "In force from", 0, LISTED, -)           \
    X(DocumentTemplate, DATE, retired_on, "停用日期", "Retired on", 0, LISTED, -)
FIELDS_DECLARE(DocumentTemplate, DOCUMENT_TEMPLATE_FIELDS);

/* What the program knows of a kind. */
typedef struct DocumentRule {
    EntityKind subject; /* whose record it is made from; ENTITY_NONE for the report and forms */
    int8_t own_number;  /* the subject's field that may hold its number; -1: none */
    bool numbered;      /* goes out under a number */
    bool to_unit;       /* addressed to the unit that it is about, which may read it once it is issued */
    const char *series; /* the mark used when the maker gives none */
    int8_t date;        /* the subject's field with the day it is dated, unless told otherwise; -1: today */
} DocumentRule;
const DocumentRule *document_rule(DocumentKind kind);
/* Is this record, of the kind's subject, one that such a paper is made from: a plan is made from a plan. */
bool document_fits(DocumentKind kind, const void *record);

/* "襄巡办〔2026〕5号" taken apart: mark, year and serial. False for numbers of another shape. */
bool document_number_read(Str number, Str *series, int64_t *year, int64_t *serial);
/* 机关代字〔year〕serial号. */
Str document_number_text(Arena *arena, Str series, int64_t year, int64_t serial);
/* "机密★10年", "秘密★6个月", "机密★" without a term, "内部"; empty without secrecy. GB/T 9704-2012, 保守国家秘密法. */
Str document_secrecy_text(Arena *arena, int32_t secrecy, Int months);
/* Does each copy bear a number (份号)? State secrets must, others where the copies are counted. */
bool document_counts_copies(const Document *d);
/* "000012": the number of a copy, six digits as GB/T 9704-2012 has it. */
Str document_copy_text(Arena *arena, int64_t copy);
/* Twelve characters in three groups, made from the id of the paper and nothing else; no 0, 1, O, I among them. */
Str document_code(Ctx *c, Str id);
/* The code as typed: blanks, dashes and small letters are let be. STR_NONE when it cannot be one. */
Str document_code_read(Arena *arena, Str typed);

/* The highest secrecy that the ledger may hold; and the highest that issued papers bear whose matter this one takes up
 * (0: none), with its term: a compilation bears the highest of what it is made of. */
typedef struct SecrecyBounds {
    int32_t most;
    int32_t least;
    Int least_months;
} SecrecyBounds;
/* Does the kind tell what was found in an inspection? Those do that take up each other's matter. */
bool document_tells_findings(DocumentKind kind);
/* `subject`: the record it is made from, or NULL. A draft without a mark gets that of its bounds. */
Status document_draft(Ctx *c, const Entity *subject, const void *record, const SecrecyBounds *bounds,
    const Document *input, Changes *out) MUST_CHECK;
Status document_edit(Ctx *c, const Document *before, const SecrecyBounds *bounds, const Document *input, FieldSet given,
    Changes *out) MUST_CHECK;

/* How the number comes: what the subject was numbered by hand, and the last serial given to mark and year. */
typedef struct DocumentNumbering {
    Str own;
    bool taken; /* another paper has this number of its own */
    int64_t last;
    int64_t scans; /* of a signature on paper that hang on the draft */
} DocumentNumbering;
/* The mark and year under which a draft would be numbered: what to look the last serial up by. */
void document_series(const Document *now, Str own, Str *series, int64_t *year);
/* Gives the number and the day; the file is made after that and kept by document_keep(). */
Status document_issue(Ctx *c, const Document *now, const DocumentNumbering *numbering, const MoveInput *input,
    Document *after, Changes *out) MUST_CHECK;
/* The file of `after`, the signature under its text, and the change of its record. Signed by click; or on paper, which
 * wants its number, who signed, and the scan. */
Status document_keep(
    Ctx *c, const Document *now, Document *after, Str docx, Str text, const MoveInput *input, Changes *out) MUST_CHECK;
Status document_void(Ctx *c, const Document *now, const MoveInput *input, Changes *out) MUST_CHECK;

/* What comes in with a template: `file` is the .docx in base64. */
#define TEMPLATE_INPUT_FIELDS(X)                                                               \
    X(TemplateInput, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER) \
    X(TemplateInput, CHOICE, kind, "文种", "Kind", 20, REQUIRED | INPUT, document_kinds)       \
    X(TemplateInput, TEXT, title, "模板名称", "Title", 80, REQUIRED | INPUT, -)                \
    X(TemplateInput, TEXT, note, "说明", "Note", 200, INPUT, -)                                \
    X(TemplateInput, LONG, file, "文件", "File", 0, REQUIRED | INPUT, -)
FIELDS_DECLARE(TemplateInput, TEMPLATE_INPUT_FIELDS);
/* `docx` has been checked. */
Status document_template_add(Ctx *c, const TemplateInput *input, Str docx, Changes *out) MUST_CHECK;
/* `others`: those in force for the kind, which it takes the place of. */
Status document_template_enforce(Ctx *c, const DocumentTemplate *now, const DocumentTemplate *others, size_t count,
    const MoveInput *input, Changes *out) MUST_CHECK;
Status document_template_retire(Ctx *c, const DocumentTemplate *now, const MoveInput *input, Changes *out) MUST_CHECK;

#endif
