/* The file of a finished inspection (案卷): a catalogue by item, how long each is kept, where its paper lies, and who
 * borrowed it. The catalogue is drawn from the records and only ever grows; retention is rule-set data.
 *
 * A loan (借阅): 待审批 → 借出 → 已归还; refused: 不予借阅. Nobody grants his own. */
#ifndef DOMAIN_DOSSIER_H
#define DOMAIN_DOSSIER_H

#include "domain/round.h"

/* X(NUMBER, name, 中文, English), in the order of the file. */
#define DOSSIER_KINDS(X)                                               \
    X(DECISION, decision, "授权决定", "Authorisation")                 \
    X(NOTICE, notice, "通知公告", "Notices")                           \
    X(PAPER, paper, "问题底稿", "Working papers")                      \
    X(PROOF, proof, "证据材料", "Evidence")                            \
    X(FEEDBACK, feedback, "反馈意见", "Feedback")                      \
    X(LETTER, letter, "函件", "Letters")                               \
    X(RECTIFICATION, rectification, "整改事项", "Rectification items") \
    X(ANSWER, answer, "整改佐证", "Proof of rectification")            \
    X(OTHER, other, "其他公文", "Other papers")
enum DossierKind {
    DOSSIER_KIND_NONE,
#define X(N, ...) DOSSIER_##N,
    DOSSIER_KINDS(X)
#undef X
};
#define PAPER_COPIES(X)                     \
    X(HELD, held, "有纸质件", "Paper held") \
    X(NONE, none, "仅有电子件", "Electronic only")
enum PaperCopy { COPY_UNKNOWN, COPY_HELD, COPY_NONE };
#define LOAN_STATES(X)                         \
    X(ASKED, asked, "待审批", "Asked for")     \
    X(OUT, out, "借出", "Lent")                \
    X(REFUSED, refused, "不予借阅", "Refused") \
    X(RETURNED, returned, "已归还", "Given back")
enum LoanState { LOAN_STATE_NONE, LOAN_ASKED, LOAN_OUT, LOAN_REFUSED, LOAN_RETURNED };
extern const Choices dossier_kinds, paper_copies, loan_states;

#define DOSSIER_ITEM_FIELDS(X)                                                                   \
    RECORD_FIELDS(X, DossierItem)                                                                \
    X(DossierItem, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED | LISTED, INSPECTION) \
    X(DossierItem, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)             \
    X(DossierItem, INT, number, "件号", "Number", 0, REQUIRED | LISTED, -)                       \
    X(DossierItem, CHOICE, kind, "类别", "Kind", 20, REQUIRED | LISTED, dossier_kinds)           \
    X(DossierItem, TEXT, title, "题名", "Title", 120, REQUIRED | LISTED | SEARCHED, -)           \
    X(DossierItem, TEXT, maker, "责任者", "Made by", 80, LISTED, -)                              \
    X(DossierItem, TEXT, reference, "文号", "Number of the paper", 60, LISTED, -)                \
    X(DossierItem, DATE, dated_on, "日期", "Dated", 0, LISTED, -)                                \
    X(DossierItem, CHOICE, retention, "保管期限", "Kept for", 20, REQUIRED | LISTED, retentions) \
    X(DossierItem, TEXT, subject, "记录种类", "Entity", 30, REQUIRED, -)                         \
    X(DossierItem, TEXT, record, "记录", "Record", 26, REQUIRED, -)                              \
    X(DossierItem, TEXT, digest, "摘要", "Digest", 64, REQUIRED, -)                              \
    X(DossierItem, CHOICE, paper, "纸质件", "Paper copy", 20, EDIT | LISTED, paper_copies)       \
    X(DossierItem, INT, pages, "页数", "Pages", 0, EDIT | LISTED, -)                             \
    X(DossierItem, TEXT, place, "存放位置", "Where it lies", 60, EDIT | LISTED, -)
FIELDS_DECLARE(DossierItem, DOSSIER_ITEM_FIELDS);

#define DOSSIER_LOAN_FIELDS(X)                                                                 \
    RECORD_FIELDS(X, DossierLoan)                                                              \
    X(DossierLoan, REF, item, "案卷文件", "Item", 26, REQUIRED | INPUT | LISTED, DOSSIER_ITEM) \
    X(DossierLoan, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED, INSPECTION)        \
    X(DossierLoan, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)           \
    X(DossierLoan, TEXT, title, "题名", "Title", 120, LISTED | SEARCHED, -)                    \
    X(DossierLoan, TEXT, borrower, "借阅人", "Borrower", 60, REQUIRED | INPUT | LISTED, -)     \
    X(DossierLoan, LONG, purpose, "借阅事由", "Purpose", 400, REQUIRED | INPUT | LISTED, -)    \
    X(DossierLoan, DATE, due_on, "归还期限", "Back by", 0, REQUIRED | INPUT | LISTED, -)       \
    X(DossierLoan, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, loan_states)         \
    X(DossierLoan, DATE, asked_on, "申请日期", "Asked on", 0, LISTED, -)                       \
    X(DossierLoan, TEXT, asked_by, "申请人", "Asked by", 60, LISTED, -)                        \
    X(DossierLoan, REF, account, "申请账号", "Asking account", 26, HIDDEN, ACCOUNT)            \
    X(DossierLoan, TEXT, decided_by, "审批人", "Decided by", 60, LISTED, -)                    \
    X(DossierLoan, DATE, decided_on, "审批日期", "Decided on", 0, 0, -)                        \
    X(DossierLoan, LONG, opinion, "审批意见", "Opinion", 1000, 0, -)                           \
    X(DossierLoan, DATE, returned_on, "归还日期", "Given back on", 0, LISTED, -)
FIELDS_DECLARE(DossierLoan, DOSSIER_LOAN_FIELDS);

/* One record that belongs into the file. */
typedef struct DossierEntry {
    int32_t kind;
    const Entity *entity;
    Str record;
    Str title, maker, reference, digest;
    Date dated_on;
} DossierEntry;

/* Adds what the catalogue does not have yet, behind the last number: nothing is taken out or renumbered. ST_CONFLICT
 * while the inspection is not being rectified yet. */
Status dossier_catalogue(Ctx *c, const Inspection *inspection, const RuleSet *rules, const DossierEntry *entries,
    size_t count, const DossierItem *existing, size_t existing_count, Changes *out) MUST_CHECK;
Status dossier_item_edit(
    Ctx *c, const DossierItem *before, const DossierItem *input, FieldSet given, Changes *out) MUST_CHECK;
/* How long a kind is kept by these rules; permanent where they say nothing. */
int32_t dossier_retention(const RuleSet *rules, int32_t kind);

/* `open`: a loan of the item that is asked for or out. */
Status dossier_loan_ask(
    Ctx *c, const DossierItem *item, const DossierLoan *open, const DossierLoan *input, Changes *out) MUST_CHECK;
/* grant, refuse, give_back. */
Status dossier_loan_decide(
    Ctx *c, const DossierLoan *now, Action action, const MoveInput *input, Changes *out) MUST_CHECK;

#endif
