/* What a unit files about its rectification (整改材料), and the bodies that review it together (会审).
 *
 *   起草 → 会审中 → 审核通过; returned to the unit: 退回修改, filed again as its next turn
 *
 * Kinds: the plan with its three lists and the principal's pledge, the progress report, the principal's report, the
 * publication copy (DOMAIN §2.6). The text stands here, the lists are the items themselves: nothing is typed twice.
 * What is incomplete is not taken, and every gap is named at once.
 *
 * Which bodies review a kind, at once or one after another, who of them collates and by when is rule-set data (without
 * it the office alone). Each body gives one opinion a turn; opinions are kept, and the unit reads what the collator
 * makes of them. The collator passes it, returns it to the unit, or asks a body to look again. What is passed is what
 * was filed: a plan whose items were changed meanwhile is not. While others hold it the unit's term stands. */
#ifndef DOMAIN_FILING_H
#define DOMAIN_FILING_H

#include "domain/rectification.h"

#define FILING_KINDS(X)                                                         \
    X(PLAN, plan, "整改方案", "Rectification plan")                             \
    X(PROGRESS, progress, "整改进展情况报告", "Progress report")                \
    X(PRINCIPAL, principal, "主要负责人组织落实情况报告", "Principal's report") \
    X(PUBLICATION, publication, "整改情况公开稿", "Publication copy")
enum FilingKind { FILING_KIND_NONE, FILING_PLAN, FILING_PROGRESS, FILING_PRINCIPAL, FILING_PUBLICATION };
#define FILING_STATES(X)                              \
    X(DRAFT, draft, "起草", "Draft")                  \
    X(IN_REVIEW, in_review, "会审中", "Under review") \
    X(RETURNED, returned, "退回修改", "Returned")     \
    X(APPROVED, approved, "审核通过", "Passed")
enum FilingState { FILING_STATE_NONE, FILING_DRAFT, FILING_IN_REVIEW, FILING_RETURNED, FILING_APPROVED };
#define FILING_REVIEW_STATES(X)                        \
    X(WAITING, waiting, "未到", "Not its turn yet")    \
    X(OPEN, open, "待审核", "To be given")             \
    X(AGREED, agreed, "同意", "Agreed")                \
    X(OBJECTED, objected, "建议修改", "Wants changes") \
    X(LAPSED, lapsed, "未出具", "Not given")
enum FilingReviewState {
    FILING_REVIEW_STATE_NONE,
    FILING_REVIEW_WAITING,
    FILING_REVIEW_OPEN,
    FILING_REVIEW_AGREED,
    FILING_REVIEW_OBJECTED,
    FILING_REVIEW_LAPSED
};
#define FILING_VERDICTS(X)              \
    X(AGREED, agreed, "同意", "Agreed") \
    X(OBJECTED, objected, "建议修改", "Wants changes")
enum FilingVerdict { FILING_VERDICT_NONE, FILING_VERDICT_AGREED, FILING_VERDICT_OBJECTED };
/* What is not published (五种情形, DOMAIN §2.6). */
#define WITHHELD_CAUSES(X)                                                                  \
    X(SECRET, secret, "涉及党和国家秘密", "Party or state secrets")                         \
    X(CASE, open_case, "正在初核或立案审查尚未公布", "Case under examination, unpublished") \
    X(PUBLICITY, publicity, "可能造成较大负面影响", "Likely large negative publicity")      \
    X(PETITION, petition, "可能引发群体性信访", "Likely mass petitions")                    \
    X(OTHER, other, "其他重大敏感事项", "Another major sensitive matter")
#define WITHHOLDING_STATES(X)                    \
    X(ASKED, asked, "待审批", "To be decided")   \
    X(GRANTED, granted, "同意不公开", "Granted") \
    X(REFUSED, refused, "应予公开", "Refused")
enum WithholdingState { WITHHOLDING_STATE_NONE, WITHHOLDING_ASKED, WITHHOLDING_GRANTED, WITHHOLDING_REFUSED };
extern const Choices filing_kinds, filing_states, filing_review_states, filing_verdicts, withheld_causes,
    withholding_states;

#define FILING_FIELDS(X)                                                                     \
    RECORD_FIELDS(X, Filing)                                                                 \
    X(Filing, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED | INPUT, INSPECTION)   \
    X(Filing, REF, round, "轮次", "Round", 26, REQUIRED | LISTED, ROUND)                     \
    X(Filing, REF, unit, "整改单位", "Unit", 26, REQUIRED | LISTED, UNIT)                    \
    X(Filing, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)              \
    X(Filing, TEXT, unit_name, "整改单位名称", "Unit's name then", 80, LISTED | SEARCHED, -) \
    X(Filing, CHOICE, kind, "材料种类", "Kind", 20, REQUIRED | INPUT | LISTED, filing_kinds) \
    X(Filing, TEXT, title, "标题", "Title", 120, LISTED | SEARCHED, -)                       \
    X(Filing, LONG, text, "正文", "Text", 20000, BY_ENTRY, -)                                \
    X(Filing, LONG, pledge, "主要负责人承诺", "Principal's pledge", 1000, BY_ENTRY, -)       \
    X(Filing, TEXT, pledged_by, "承诺人", "Pledged by", 40, BY_ENTRY, -)                     \
    X(Filing, DATE, pledged_on, "承诺日期", "Pledged on", 0, BY_ENTRY, -)                    \
    X(Filing, INT, meetings, "主持研究整改次数", "Meetings chaired", 0, BY_ENTRY, -)         \
    X(Filing, INT, led, "领办整改事项数", "Items led in person", 0, BY_ENTRY, -)             \
    X(Filing, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, filing_states)          \
    X(Filing, INT, turn, "报送次数", "Turn", 0, REQUIRED | LISTED, -)                        \
    X(Filing, DATE, due_on, "报送时限", "Due on", 0, LISTED, -)                              \
    X(Filing, DATE, submitted_on, "报送日期", "Filed on", 0, LISTED, -)                      \
    X(Filing, CHOICE, awaiting, "待汇总角色", "Waits for", 20, 0, roles)                     \
    X(Filing, DATE, collate_by, "汇总期限", "To be collated by", 0, 0, -)                    \
    X(Filing, LONG, opinion, "会审意见", "What the review says", 4000, 0, -)                 \
    X(Filing, LONG, missing, "须补充的材料", "What is missing", 1000, 0, -)                  \
    X(Filing, FLAG, all_again, "退回后全部重审", "All review again", 0, 0, -)                \
    X(Filing, DATE, approved_on, "审核通过日期", "Passed on", 0, LISTED, -)                  \
    X(Filing, TEXT, text_digest, "报送内容摘要", "Digest of what was filed", 64, 0, -)       \
    X(Filing, INT, stood_days, "停表天数", "Days that the clock stood", 0, 0, -)
FIELDS_DECLARE(Filing, FILING_FIELDS);

/* One body's opinion in one turn. */
#define FILING_REVIEW_FIELDS(X)                                                                    \
    RECORD_FIELDS(X, FilingReview)                                                                 \
    X(FilingReview, REF, filing, "整改材料", "Filing", 26, REQUIRED | LISTED, FILING)              \
    X(FilingReview, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED, INSPECTION)           \
    X(FilingReview, REF, unit, "整改单位", "Unit", 26, REQUIRED, UNIT)                             \
    X(FilingReview, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)              \
    X(FilingReview, TEXT, unit_name, "整改单位名称", "Unit's name then", 80, LISTED | SEARCHED, -) \
    X(FilingReview, TEXT, title, "标题", "Title", 120, LISTED | SEARCHED, -)                       \
    X(FilingReview, INT, turn, "报送次数", "Turn", 0, REQUIRED | LISTED, -)                        \
    X(FilingReview, INT, place, "顺序", "Place", 0, REQUIRED | LISTED, -)                          \
    X(FilingReview, TEXT, body, "会审单位代号", "Body's code", 30, REQUIRED, -)                    \
    X(FilingReview, TEXT, label, "会审单位", "Body", 40, REQUIRED | LISTED, -)                     \
    X(FilingReview, CHOICE, role, "角色", "Role", 20, REQUIRED | LISTED, roles)                    \
    X(FilingReview, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, filing_review_states)   \
    X(FilingReview, DATE, opened_on, "送审日期", "Sent on", 0, LISTED, -)                          \
    X(FilingReview, DATE, due_on, "审核期限", "Due on", 0, LISTED, -)                              \
    X(FilingReview, LONG, opinion, "审核意见", "Opinion", 2000, LISTED, -)                         \
    X(FilingReview, LONG, missing, "须补充的材料", "What is missing", 1000, LISTED, -)             \
    X(FilingReview, TEXT, given_by, "审核人", "Given by", 60, LISTED, -)                           \
    X(FilingReview, DATE, given_on, "审核日期", "Given on", 0, LISTED, -)                          \
    X(FilingReview, LONG, asked_again, "请重新审核的理由", "Why it is asked again", 1000, 0, -)
FIELDS_DECLARE(FilingReview, FILING_REVIEW_FIELDS);

#define FILING_OPINION_FIELDS(X)                                                                    \
    X(FilingOpinion, CHOICE, verdict, "审核结论", "Verdict", 20, REQUIRED | INPUT, filing_verdicts) \
    X(FilingOpinion, LONG, opinion, "审核意见", "Opinion", 1000, INPUT, -)                          \
    X(FilingOpinion, LONG, missing, "须补充的材料", "What is missing", 1000, INPUT, -)              \
    X(FilingOpinion, DATE, effective_on, "审核日期", "Given on", 0, INPUT, -)                       \
    X(FilingOpinion, CHOICE, means, "签署方式", "Means", 20, INPUT, means)                          \
    X(FilingOpinion, TEXT, paper_no, "纸质件编号", "Paper number", 60, INPUT, -)                    \
    X(FilingOpinion, TEXT, on_behalf_of, "代录对象", "On behalf of", 60, INPUT, -)
FIELDS_DECLARE(FilingOpinion, FILING_OPINION_FIELDS);

/* What the collator makes of the opinions: `to` names the body that is asked again; empty: the unit. */
#define FILING_COLLATE_FIELDS(X)                                                                          \
    X(FilingCollate, LONG, opinion, "会审意见", "What the review says", 4000, INPUT, -)                   \
    X(FilingCollate, LONG, reason, "退回理由", "Why it is returned", 1000, INPUT, -)                      \
    X(FilingCollate, TEXT, to, "退回给（不选为整改单位）", "Returned to (empty: the unit)", 30, INPUT, -) \
    X(FilingCollate, LONG, missing, "须补充的材料", "What is missing", 1000, INPUT, -)                    \
    X(FilingCollate, FLAG, all_again, "全部重新会审", "All review again", 0, INPUT, -)                    \
    X(FilingCollate, DATE, effective_on, "日期", "Effective on", 0, INPUT, -)                             \
    X(FilingCollate, CHOICE, means, "签署方式", "Means", 20, INPUT, means)                                \
    X(FilingCollate, TEXT, paper_no, "纸质件编号", "Paper number", 60, INPUT, -)                          \
    X(FilingCollate, TEXT, on_behalf_of, "代录对象", "On behalf of", 60, INPUT, -)
FIELDS_DECLARE(FilingCollate, FILING_COLLATE_FIELDS);

/* An item that is left out of the publication copy: asked for by the unit, decided by the leading group. */
#define WITHHOLDING_FIELDS(X)                                                                            \
    RECORD_FIELDS(X, Withholding)                                                                        \
    X(Withholding, REF, filing, "公开稿", "Publication copy", 26, REQUIRED | INPUT, FILING)              \
    X(Withholding, REF, rectification, "整改事项", "Item", 26, REQUIRED | INPUT | LISTED, RECTIFICATION) \
    X(Withholding, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED, INSPECTION)                  \
    X(Withholding, REF, unit, "整改单位", "Unit", 26, REQUIRED | LISTED, UNIT)                           \
    X(Withholding, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                     \
    X(Withholding, TEXT, title, "反馈问题", "Finding", 80, REQUIRED | LISTED | SEARCHED, -)              \
    X(Withholding, CHOICE, cause, "不公开情形", "Cause", 20, REQUIRED | INPUT | LISTED, withheld_causes) \
    X(Withholding, LONG, reason, "理由", "Reason", 1000, REQUIRED | INPUT, -)                            \
    X(Withholding, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, withholding_states)            \
    X(Withholding, TEXT, decided_by, "审批人", "Decided by", 60, LISTED, -)                              \
    X(Withholding, DATE, decided_on, "审批日期", "Decided on", 0, LISTED, -)                             \
    X(Withholding, LONG, opinion, "审批意见", "Opinion", 1000, 0, -)
FIELDS_DECLARE(Withholding, WITHHOLDING_FIELDS);

/* An inspection's items as they are; `told`: how often the unit told progress of each. */
typedef struct FilingItems {
    const Rectification *items;
    const int64_t *told;
    size_t count;
} FilingItems;
typedef struct FilingCase {
    const Filing *filing;
    const RuleSet *rules;
    FilingItems of;
    const FilingReview *reviews; /* of the present turn, by place */
    size_t review_count;
    int64_t undecided; /* withholdings that nobody has decided on */
} FilingCase;

/* How a kind is reviewed: the rule set's way, else the office alone. */
const ReviewRule *filing_rule(const RuleSet *rules, int32_t kind);
/* Of the body at this place, from 0; the collator's behind the last one. */
Period filing_body_term(const ReviewRule *rule, int64_t place);
/* When a kind is to be filed after the feedback; DATE_NONE where the rules set no term. */
Status filing_due(Ctx *c, const RuleSet *rules, int32_t kind, Date told_on, Date *out) MUST_CHECK;

/* `same`: filings of the kind and inspection that are not passed yet. A report wants the plan passed, where plans are
 * reviewed (`plans`: how many are). */
Status filing_open(Ctx *c, const Inspection *inspection, Date told_on, const RuleSet *rules, int64_t same,
    int64_t plans, const Filing *input, Changes *out) MUST_CHECK;
Status filing_edit(Ctx *c, const Filing *before, const Filing *input, FieldSet given, Changes *out) MUST_CHECK;
/* To the bodies of its rule. Of those that agreed in the turn before, `reviews`, an opinion stands, unless all are to
 * review again. */
Status filing_submit(Ctx *c, const FilingCase *now, const MoveInput *input, Changes *out) MUST_CHECK;
/* A body's opinion. Its own role gives it; the office enters one that was signed on paper. */
Status filing_review_give(
    Ctx *c, const FilingCase *now, const FilingReview *row, const FilingOpinion *input, Changes *out) MUST_CHECK;
/* approve, return, by the collator's role, or by the office from paper. */
Status filing_collate(
    Ctx *c, const FilingCase *now, Action action, const FilingCollate *input, Changes *out) MUST_CHECK;

Status withholding_ask(Ctx *c, const Filing *filing, const Rectification *item, int64_t same, const Withholding *input,
    Changes *out) MUST_CHECK;
/* grant, refuse: by the leading group, or by the office from its paper. */
Status withholding_decide(Ctx *c, const Withholding *now, const Rectification *item, Action action,
    const MoveInput *input, Changes *out) MUST_CHECK;

#endif
