/* Findings (问题), what is told to the unit, and the feedback that tells it. */
#ifndef DOMAIN_FINDING_H
#define DOMAIN_FINDING_H

#include "domain/paper.h"

/* Withdrawn before it was told; revoked by two persons afterwards (domain/revocation.h). */
#define FINDING_STATES(X)                              \
    X(DRAFT, draft, "拟反馈", "To be fed back")        \
    X(FED_BACK, fed_back, "已反馈", "Fed back")        \
    X(WITHDRAWN, withdrawn, "已撤回", "Withdrawn")     \
    X(REVOKING, revoking, "提请撤销", "To be revoked") \
    X(REVOKED, revoked, "已撤销", "Revoked")
enum FindingState {
    FINDING_STATE_NONE,
    FINDING_DRAFT,
    FINDING_FED_BACK,
    FINDING_WITHDRAWN,
    FINDING_REVOKING,
    FINDING_REVOKED
};
#define SEVERITIES(X)                      \
    X(MINOR, minor, "一般", "Minor")       \
    X(SERIOUS, serious, "较重", "Serious") \
    X(GRAVE, grave, "严重", "Grave")
#define FEEDBACK_STATES(X)                               \
    X(DRAFT, draft, "拟定", "Draft")                     \
    X(DELIVERED, delivered, "已反馈待签收", "Delivered") \
    X(RECEIVED, received, "已签收", "Received")
enum FeedbackState { FEEDBACK_STATE_NONE, FEEDBACK_DRAFT, FEEDBACK_DELIVERED, FEEDBACK_RECEIVED };
extern const Choices finding_states, severities, feedback_states;

#define FINDING_FIELDS(X)                                                                                         \
    RECORD_FIELDS(X, Finding)                                                                                     \
    X(Finding, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED | INPUT | LISTED, INSPECTION)              \
    X(Finding, REF, round, "轮次", "Round", 26, REQUIRED | LISTED, ROUND)                                         \
    X(Finding, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                                  \
    X(Finding, REF, unit, "被巡察单位", "Unit", 26, REQUIRED | LISTED, UNIT)                                      \
    X(Finding, TEXT, unit_name, "被巡察单位名称", "Unit's name then", 80, LISTED | SEARCHED | INDEXED | SPELT, -) \
    X(Finding, INT, number, "问题序号", "Number", 0, LISTED, -)                                                   \
    X(Finding, TEXT, title, "问题", "Finding", 80, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED | SPELT, -)  \
    X(Finding, LONG, text, "具体表现", "Text", 4000, REQUIRED | BY_ENTRY | INDEXED, -)                            \
    X(Finding, TEXT, category, "问题类别", "Category", 20, REQUIRED | BY_ENTRY | LISTED | CODED, -)               \
    X(Finding, CHOICE, severity, "程度", "Severity", 20, BY_ENTRY | LISTED, severities)                           \
    X(Finding, MONEY, amount_fen, "涉及金额", "Amount", 0, BY_ENTRY | LISTED, -)                                  \
    X(Finding, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, finding_states)                             \
    X(Finding, REF, feedback, "反馈意见", "Feedback", 26, 0, FEEDBACK)                                            \
    X(Finding, DATE, fed_back_on, "反馈日期", "Fed back on", 0, LISTED, -)                                        \
    X(Finding, LONG, withdrawn_because, "撤回理由", "Why withdrawn", 1000, 0, -)                                  \
    X(Finding, TEXT, theme, "问题主题", "Theme", 20, BY_ENTRY | LISTED | CODED, -)                                \
    X(Finding, TEXT, category2, "第二分类", "Second category", 20, BY_ENTRY | CODED, -)                           \
    X(Finding, REF, project, "涉及项目", "Project", 26, BY_ENTRY, PROJECT)                                        \
    X(Finding, FLAG, immediate, "立行立改", "To be fixed at once", 0, BY_ENTRY | LISTED, -)                       \
    X(Finding, DATE, fixed_on, "立行立改完成日期", "Fixed on", 0, BY_ENTRY, -)                                    \
    X(Finding, LONG, fix_result, "立行立改结果", "How it was fixed", 1000, BY_ENTRY, -)                           \
    X(Finding, LONG, revoke_because, "撤销理由", "Why revoked", 1000, 0, -)                                       \
    X(Finding, TEXT, revoke_asked_by, "撤销提请人", "Revocation asked by", 60, 0, -)                              \
    X(Finding, REF, revoke_account, "提请账号", "Asking account", 26, HIDDEN, ACCOUNT)                            \
    X(Finding, TEXT, revoke_decided_by, "撤销审批人", "Revocation decided by", 60, 0, -)                          \
    X(Finding, LONG, revoke_opinion, "撤销审批意见", "Opinion on it", 1000, 0, -)                                 \
    X(Finding, DATE, revoked_on, "撤销日期", "Revoked on", 0, 0, -)
FIELDS_DECLARE(Finding, FINDING_FIELDS);

/* Which papers carry a finding: every finding at least one. Hidden from the unit. */
#define FINDING_PAPER_FIELDS(X)                                                                   \
    RECORD_FIELDS(X, FindingPaper)                                                                \
    X(FindingPaper, REF, finding, "问题", "Finding", 26, REQUIRED | LISTED, FINDING)              \
    X(FindingPaper, REF, paper, "底稿", "Paper", 26, REQUIRED | LISTED, PAPER)                    \
    X(FindingPaper, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED | LISTED, INSPECTION) \
    X(FindingPaper, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)
FIELDS_DECLARE(FindingPaper, FINDING_PAPER_FIELDS);

#define FEEDBACK_FIELDS(X)                                                                            \
    RECORD_FIELDS(X, Feedback)                                                                        \
    X(Feedback, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED | INPUT | LISTED, INSPECTION) \
    X(Feedback, REF, round, "轮次", "Round", 26, REQUIRED | LISTED, ROUND)                            \
    X(Feedback, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                     \
    X(Feedback, REF, unit, "被巡察单位", "Unit", 26, REQUIRED | LISTED, UNIT)                         \
    X(Feedback, TEXT, unit_name, "被巡察单位名称", "Unit's name then", 80, LISTED, -)                 \
    X(Feedback, TEXT, number, "文号", "Number", 60, REQUIRED | BY_ENTRY | LISTED, -)                  \
    X(Feedback, LONG, evaluation, "总体评价", "Evaluation", 4000, BY_ENTRY, -)                        \
    X(Feedback, LONG, demands, "整改要求", "Demands", 4000, BY_ENTRY, -)                              \
    X(Feedback, TEXT, present, "参加反馈人员", "Present", 400, BY_ENTRY, -)                           \
    X(Feedback, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, feedback_states)               \
    X(Feedback, DATE, delivered_on, "反馈日期", "Delivered on", 0, LISTED, -)                         \
    X(Feedback, TEXT, received_by, "签收人", "Received by", 40, LISTED, -)                            \
    X(Feedback, DATE, received_on, "签收日期", "Received on", 0, LISTED, -)
FIELDS_DECLARE(Feedback, FEEDBACK_FIELDS);

/* Drawn from locked papers of the inspection (one at least); they become 已引用. */
Status finding_draw(Ctx *c, const Inspection *inspection, const RuleSet *rules, const Round *round,
    const Finding *input, const Paper *papers, size_t paper_count, Changes *out) MUST_CHECK;
Status finding_edit(Ctx *c, const Finding *before, const RuleSet *rules, const Round *round, const Finding *input,
    FieldSet given, Changes *out) MUST_CHECK;
/* Takes a draft finding back with its reason; it stays, as 已撤回. */
Status finding_withdraw(Ctx *c, const Finding *now, const MoveInput *input, Changes *out) MUST_CHECK;

Status feedback_draft(Ctx *c, const Inspection *inspection, const Feedback *input, Changes *out) MUST_CHECK;
Status feedback_edit(Ctx *c, const Feedback *before, const Feedback *input, FieldSet given, Changes *out) MUST_CHECK;

#define RECEIPT_FIELDS(X)                                                                \
    X(ReceiptInput, TEXT, received_by, "签收人", "Received by", 40, REQUIRED | INPUT, -) \
    X(ReceiptInput, DATE, effective_on, "签收日期", "Received on", 0, INPUT, -)
FIELDS_DECLARE(ReceiptInput, RECEIPT_FIELDS);

/* Delivers the feedback with its findings: each becomes 已反馈 with a number and gets its
 * rectification item, due by the rule set's period; the inspection moves on. Refused while facts of it are being
 * checked (`open_facts`: domain/fact_check.h). */
Status feedback_deliver(Ctx *c, const Feedback *now, const Inspection *inspection, const RuleSet *rules,
    const Finding *findings, size_t count, int64_t open_facts, const MoveInput *input, Changes *out) MUST_CHECK;
Status feedback_receive(Ctx *c, const Feedback *now, const ReceiptInput *input, Changes *out) MUST_CHECK;

#endif
