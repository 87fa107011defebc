/* Facts checked before feedback (事实核对): the unit is shown what a finding says happened, and nothing of where it is
 * known from, and answers; what follows from its answer is decided and recorded.
 *
 *   待核对 → 已答复 → 已处理, and 已作废 where it is not needed any more
 *
 * A finding whose facts are with the unit, or whose answer waits, is not fed back. What the finding says before and
 * after is kept here but never answered, since the unit reads the check: who sees the finding reads it in its history.
 */
#ifndef DOMAIN_FACT_CHECK_H
#define DOMAIN_FACT_CHECK_H

#include "domain/finding.h"

#define FACT_CHECK_STATES(X)                    \
    X(SENT, sent, "待核对", "With the unit")    \
    X(ANSWERED, answered, "已答复", "Answered") \
    X(SETTLED, settled, "已处理", "Settled")    \
    X(VOID, void, "已作废", "Void")
enum FactCheckState { FACT_STATE_NONE, FACT_SENT, FACT_ANSWERED, FACT_SETTLED, FACT_VOID };
#define FACT_ANSWERS(X)                             \
    X(AGREED, agreed, "属实", "True")               \
    X(PARTLY, partly, "部分不实", "Untrue in part") \
    X(DISPUTED, disputed, "不属实", "Untrue")
enum FactAnswerKind { FACT_ANSWER_NONE, FACT_AGREED, FACT_PARTLY, FACT_DISPUTED };
#define FACT_OUTCOMES(X)                                    \
    X(KEPT, kept, "维持原表述", "Kept as it was")           \
    X(CHANGED, changed, "据实修改", "Changed to the facts") \
    X(DROPPED, dropped, "不再反馈", "Not fed back")
enum FactOutcomeKind { FACT_OUTCOME_NONE, FACT_KEPT, FACT_CHANGED, FACT_DROPPED };
extern const Choices fact_check_states, fact_answers, fact_outcomes;

#define FACT_CHECK_FIELDS(X)                                                                        \
    RECORD_FIELDS(X, FactCheck)                                                                     \
    X(FactCheck, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED, INSPECTION)               \
    X(FactCheck, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                  \
    X(FactCheck, REF, unit, "被巡察单位", "Unit", 26, REQUIRED | LISTED, UNIT)                      \
    X(FactCheck, TEXT, unit_name, "被巡察单位名称", "Unit's name then", 80, LISTED | SEARCHED, -)   \
    X(FactCheck, REF, finding, "问题", "Finding", 26, REQUIRED | INPUT, FINDING)                    \
    X(FactCheck, LONG, facts, "核对的事实", "Facts", 4000, REQUIRED | INPUT | LISTED | SEARCHED, -) \
    X(FactCheck, DATE, sent_on, "送核日期", "Sent on", 0, LISTED, -)                                \
    X(FactCheck, TEXT, sent_by, "送核人", "Sent by", 40, 0, -)                                      \
    X(FactCheck, DATE, due_on, "答复期限", "Due on", 0, INPUT | LISTED, -)                          \
    X(FactCheck, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, fact_check_states)          \
    X(FactCheck, CHOICE, answer, "核对结论", "Answer", 20, LISTED, fact_answers)                    \
    X(FactCheck, LONG, words, "核对意见", "In its words", 4000, 0, -)                               \
    X(FactCheck, DATE, answered_on, "答复日期", "Answered on", 0, LISTED, -)                        \
    X(FactCheck, TEXT, answered_by, "答复人", "Answered by", 60, 0, -)                              \
    X(FactCheck, CHOICE, outcome, "处理结果", "Outcome", 20, LISTED, fact_outcomes)                 \
    X(FactCheck, LONG, opinion, "处理意见", "Opinion", 1000, 0, -)                                  \
    X(FactCheck, DATE, settled_on, "处理日期", "Settled on", 0, 0, -)                               \
    X(FactCheck, TEXT, settled_by, "处理人", "Settled by", 60, 0, -)                                \
    X(FactCheck, LONG, text_before, "原表述", "The finding's text before", 4000, HIDDEN, -)         \
    X(FactCheck, LONG, text_after, "修改后表述", "The finding's text after", 4000, HIDDEN, -)       \
    X(FactCheck, LONG, reason, "作废理由", "Why void", 1000, 0, -)
FIELDS_DECLARE(FactCheck, FACT_CHECK_FIELDS);

/* What the unit answers. */
#define FACT_ANSWER_FIELDS(X)                                                               \
    X(FactAnswer, CHOICE, answer, "核对结论", "Answer", 20, REQUIRED | INPUT, fact_answers) \
    X(FactAnswer, LONG, words, "核对意见", "In its words", 4000, INPUT, -)                  \
    X(FactAnswer, DATE, effective_on, "答复日期", "Answered on", 0, INPUT, -)               \
    X(FactAnswer, TEXT, on_behalf_of, "代录对象", "On behalf of", 60, INPUT, -)
FIELDS_DECLARE(FactAnswer, FACT_ANSWER_FIELDS);

/* What is made of it: with 据实修改 the finding's new text. */
#define FACT_SETTLE_FIELDS(X)                                                                  \
    X(FactSettle, CHOICE, outcome, "处理结果", "Outcome", 20, REQUIRED | INPUT, fact_outcomes) \
    X(FactSettle, LONG, text, "修改后的具体表现", "The finding's new text", 4000, INPUT, -)    \
    X(FactSettle, LONG, opinion, "处理意见", "Opinion", 1000, INPUT, -)                        \
    X(FactSettle, DATE, effective_on, "处理日期", "Settled on", 0, INPUT, -)                   \
    X(FactSettle, TEXT, on_behalf_of, "代录对象", "On behalf of", 60, INPUT, -)
FIELDS_DECLARE(FactSettle, FACT_SETTLE_FIELDS);

/* Of a finding that is not fed back yet, once at a time (`open`: how many of it are under way). The unit must know of
 * the inspection by then. */
Status fact_check_send(Ctx *c, const Inspection *inspection, const Finding *finding, int64_t open,
    const FactCheck *input, Changes *out) MUST_CHECK;
/* Anything but 属实 wants words. */
Status fact_check_answer(Ctx *c, const FactCheck *now, const FactAnswer *input, Changes *out) MUST_CHECK;
/* Where the unit did not agree, keeping the text wants an opinion; dropping it always does. */
Status fact_check_settle(
    Ctx *c, const FactCheck *now, const Finding *finding, const FactSettle *input, Changes *out) MUST_CHECK;
Status fact_check_void(Ctx *c, const FactCheck *now, const MoveInput *input, Changes *out) MUST_CHECK;

#endif
