/* Evaluation of a rectification (整改评估): opened by the office for an inspection whose concentrated period is over,
 * by a scheme of the round's rules; scored, computed, and decided by a person.
 *
 *   评分中 → 待审定 → 已审定, and 已作废 from the first two
 *
 * Opening makes the parts, a sheet for every role that scores a part, and the facts that the ledger knows that day:
 * nobody types them. A sheet is handed in by one person of its role, or by the office from paper. A sheet that was
 * handed in is sealed: until all are in and the office closes the scoring, only who handed it in sees it, by whatever
 * way. So nobody follows anybody. Then the total is computed (score.h) and consequences of its grade are proposed; the
 * leading group decides which of them apply, with an opinion, and nothing is applied by itself. The unit sees its own
 * evaluation once it is settled: grade, points by part with their arithmetic, opinion; no sheet, no group's ballots. No
 * list is ordered by points (UNRANKED).
 *
 * Ballots are entered as totals of groups, all at once and once only: two versions would tell a small group by their
 * difference. Of groups below the scheme's least only the sum is stored, and that only where it reaches the least: what
 * was not stored nobody reads. When an evaluation is void, its ballots are shown to nobody. */
#ifndef DOMAIN_EVALUATION_H
#define DOMAIN_EVALUATION_H

#include "domain/rectification.h"
#include "domain/score.h"

#define EVALUATION_STATES(X)                      \
    X(SCORING, scoring, "评分中", "Being scored") \
    X(SCORED, scored, "待审定", "To be decided")  \
    X(SETTLED, settled, "已审定", "Settled")      \
    X(VOID, void, "已作废", "Void")
enum EvaluationState {
    EVALUATION_STATE_NONE,
    EVALUATION_SCORING,
    EVALUATION_SCORED,
    EVALUATION_SETTLED,
    EVALUATION_VOID
};
#define SHEET_STATES(X)                           \
    X(WAITING, waiting, "待评分", "To be scored") \
    X(HANDED_IN, handed_in, "已交", "Handed in")  \
    X(VOID, void, "不评", "Left out")
enum SheetState { SHEET_STATE_NONE, SHEET_WAITING, SHEET_HANDED_IN, SHEET_VOID };
#define BALLOT_STATES(X)                   \
    X(COUNTED, counted, "有效", "Counted") \
    X(VOID, void, "已作废", "Void")
enum BallotState { BALLOT_STATE_NONE, BALLOT_COUNTED, BALLOT_VOID };
extern const Choices evaluation_states, sheet_states, ballot_states;

enum { SHEETS_MAX = 200 };

#define EVALUATION_FIELDS(X)                                                                       \
    RECORD_FIELDS(X, Evaluation)                                                                   \
    X(Evaluation, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED | INPUT, INSPECTION)     \
    X(Evaluation, REF, round, "轮次", "Round", 26, REQUIRED | LISTED, ROUND)                       \
    X(Evaluation, REF, unit, "被评估单位", "Unit", 26, REQUIRED | LISTED, UNIT)                    \
    X(Evaluation, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                \
    X(Evaluation, TEXT, unit_name, "被评估单位名称", "Unit's name then", 80, LISTED | SEARCHED, -) \
    X(Evaluation, TEXT, scheme, "评估方案代码", "Scheme", 40, REQUIRED | INPUT, -)                 \
    X(Evaluation, TEXT, scheme_title, "评估方案", "Title of the scheme", 80, LISTED, -)            \
    X(Evaluation, REF, rule_set, "规则版本", "Rule set", 26, REQUIRED, RULE_SET)                   \
    X(Evaluation, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, evaluation_states)        \
    X(Evaluation, DATE, opened_on, "启动日期", "Opened on", 0, LISTED, -)                          \
    X(Evaluation, TEXT, opened_by, "启动人", "Opened by", 60, 0, -)                                \
    X(Evaluation, DATE, due_on, "评分期限", "To be scored by", 0, INPUT | LISTED, -)               \
    X(Evaluation, DATE, facts_on, "台账事实截止日", "Facts as of", 0, 0, -)                        \
    X(Evaluation, INT, items_all, "反馈问题", "Items", 0, 0, -)                                    \
    X(Evaluation, INT, items_due, "已到整改时限", "Items due", 0, 0, -)                            \
    X(Evaluation, INT, items_done, "已销号", "Struck off", 0, 0, -)                                \
    X(Evaluation, INT, items_overdue, "超期未销号", "Overdue", 0, 0, -)                            \
    X(Evaluation, INT, items_reopened, "反弹重启", "Reopened", 0, 0, -)                            \
    X(Evaluation, INT, items_untrue, "抽查不属实", "Untrue in a recheck", 0, 0, -)                 \
    X(Evaluation, DATE, ballots_on, "测评日期", "Ballots of", 0, 0, -)                             \
    X(Evaluation, TEXT, ballots_by, "计票人", "Ballots counted by", 60, 0, -)                      \
    X(Evaluation, DATE, scored_on, "评分收齐日期", "Scored on", 0, 0, -)                           \
    X(Evaluation, TEXT, total, "总分", "Total", 10, UNRANKED, -)                                   \
    X(Evaluation, TEXT, grade, "等次代码", "Grade's name", 30, UNRANKED, -)                        \
    X(Evaluation, TEXT, grade_label, "等次", "Grade", 30, LISTED | UNRANKED, -)                    \
    X(Evaluation, LONG, arithmetic, "计算过程", "Arithmetic", 4000, 0, -)                          \
    X(Evaluation, LONG, proposed, "建议措施", "Proposed consequences", 1000, 0, -)                 \
    X(Evaluation, LONG, consequences, "决定采取的措施", "Consequences decided on", 1000, 0, -)     \
    X(Evaluation, LONG, opinion, "审定意见", "Opinion", 1000, 0, -)                                \
    X(Evaluation, DATE, decided_on, "审定日期", "Decided on", 0, LISTED, -)                        \
    X(Evaluation, TEXT, decided_by, "审定人", "Decided by", 60, LISTED, -)                         \
    X(Evaluation, LONG, reason, "作废理由", "Why it is void", 1000, 0, -)
FIELDS_DECLARE(Evaluation, EVALUATION_FIELDS);

#define EVALUATION_PART_FIELDS(X)                                                                   \
    RECORD_FIELDS(X, EvaluationPart)                                                                \
    X(EvaluationPart, REF, evaluation, "整改评估", "Evaluation", 26, REQUIRED | LISTED, EVALUATION) \
    X(EvaluationPart, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED, INSPECTION)          \
    X(EvaluationPart, REF, unit, "被评估单位", "Unit", 26, REQUIRED, UNIT)                          \
    X(EvaluationPart, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)             \
    X(EvaluationPart, INT, number, "序号", "Number", 0, REQUIRED | LISTED, -)                       \
    X(EvaluationPart, TEXT, code, "代码", "Code", 40, REQUIRED | LISTED, -)                         \
    X(EvaluationPart, TEXT, label, "评估内容", "Part", 60, REQUIRED | LISTED, -)                    \
    X(EvaluationPart, TEXT, label_en, "英文名称", "Its name in English", 80, LISTED, -)             \
    X(EvaluationPart, INT, max, "满分", "Points", 0, REQUIRED | LISTED, -)                          \
    X(EvaluationPart, INT, weight, "权重", "Weight", 0, REQUIRED | LISTED, -)                       \
    X(EvaluationPart, FLAG, facts, "参考台账事实", "With facts", 0, LISTED, -)                      \
    X(EvaluationPart, FLAG, ballot, "满意度测评", "By ballot", 0, LISTED, -)                        \
    X(EvaluationPart, INT, sheets, "评分表份数", "Sheets", 0, LISTED, -)                            \
    X(EvaluationPart, TEXT, score, "得分", "Score", 10, LISTED | UNRANKED, -)                       \
    X(EvaluationPart, TEXT, share, "计入总分", "Share of the total", 10, LISTED | UNRANKED, -)      \
    X(EvaluationPart, DATE, told_on, "告知日期", "Told on", 0, 0, -)
FIELDS_DECLARE(EvaluationPart, EVALUATION_PART_FIELDS);

#define EVALUATION_SHEET_FIELDS(X)                                                                           \
    RECORD_FIELDS(X, EvaluationSheet)                                                                        \
    X(EvaluationSheet, REF, evaluation, "整改评估", "Evaluation", 26, REQUIRED | INPUT | LISTED, EVALUATION) \
    X(EvaluationSheet, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED, INSPECTION)                  \
    X(EvaluationSheet, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                     \
    X(EvaluationSheet, TEXT, unit_name, "被评估单位名称", "Unit's name then", 80, LISTED, -)                 \
    X(EvaluationSheet, TEXT, part, "评估内容代码", "Part", 40, REQUIRED | INPUT | LISTED, -)                 \
    X(EvaluationSheet, TEXT, part_label, "评估内容", "Part's label", 60, LISTED, -)                          \
    X(EvaluationSheet, CHOICE, role, "评分方", "Rater's role", 20, REQUIRED | INPUT | LISTED, roles)         \
    X(EvaluationSheet, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, sheet_states)                  \
    X(EvaluationSheet, FLAG, sealed, "密封", "Sealed", 0, LISTED, -)                                         \
    X(EvaluationSheet, TEXT, account, "交表账号", "Account", 26, HIDDEN, -)                                  \
    X(EvaluationSheet, TEXT, rater, "评分人", "Rater", 60, LISTED, -)                                        \
    X(EvaluationSheet, TEXT, paper_no, "纸质件编号", "Paper number", 60, 0, -)                               \
    X(EvaluationSheet, LONG, marks, "逐项评分", "Marks", 6000, 0, -)                                         \
    X(EvaluationSheet, TEXT, score, "得分", "Score", 10, LISTED | UNRANKED, -)                               \
    X(EvaluationSheet, DATE, due_on, "评分期限", "To be scored by", 0, LISTED, -)                            \
    X(EvaluationSheet, DATE, handed_in_on, "交表日期", "Handed in on", 0, LISTED, -)                         \
    X(EvaluationSheet, LONG, reason, "不评理由", "Why it is left out", 1000, 0, -)
FIELDS_DECLARE(EvaluationSheet, EVALUATION_SHEET_FIELDS);

#define EVALUATION_BALLOT_FIELDS(X)                                                                   \
    RECORD_FIELDS(X, EvaluationBallot)                                                                \
    X(EvaluationBallot, REF, evaluation, "整改评估", "Evaluation", 26, REQUIRED | LISTED, EVALUATION) \
    X(EvaluationBallot, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED, INSPECTION)          \
    X(EvaluationBallot, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)             \
    X(EvaluationBallot, TEXT, name, "组别", "Group", 40, REQUIRED | LISTED, -)                        \
    X(EvaluationBallot, TEXT, includes, "合并的组", "Groups put together", 500, LISTED, -)            \
    X(EvaluationBallot, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, ballot_states)         \
    X(EvaluationBallot, FLAG, suppressed, "票数不足，不显示", "Too few to show", 0, LISTED, -)        \
    X(EvaluationBallot, INT, satisfied, "满意", "Satisfied", 0, LISTED, -)                            \
    X(EvaluationBallot, INT, basic, "基本满意", "Basically satisfied", 0, LISTED, -)                  \
    X(EvaluationBallot, INT, unsatisfied, "不满意", "Not satisfied", 0, LISTED, -)                    \
    X(EvaluationBallot, INT, abstained, "弃权", "Abstained", 0, LISTED, -)                            \
    X(EvaluationBallot, INT, ballots, "票数", "Ballots", 0, LISTED, -)
FIELDS_DECLARE(EvaluationBallot, EVALUATION_BALLOT_FIELDS);

/* --- what people give --------------------------------------------------------------------------------------------- */

#define BALLOT_INPUT_FIELDS(X)                                                                       \
    X(BallotInput, LONG, ballots, "各组汇总票数", "Totals of the groups", 4000, REQUIRED | INPUT, -) \
    X(BallotInput, DATE, ballots_on, "测评日期", "Ballots of", 0, INPUT, -)                          \
    X(BallotInput, TEXT, ballots_by, "计票人", "Counted by", 60, INPUT, -)
FIELDS_DECLARE(BallotInput, BALLOT_INPUT_FIELDS);

#define SHEET_INPUT_FIELDS(X)                                                                             \
    X(SheetInput, LONG, marks, "逐项评分", "Marks", 6000, INPUT, -)                                       \
    X(SheetInput, TEXT, rater, "评分人（代录纸质评分表时填写）", "Whose paper sheet it is", 60, INPUT, -) \
    X(SheetInput, TEXT, paper_no, "纸质件编号", "Paper number", 60, INPUT, -)
FIELDS_DECLARE(SheetInput, SHEET_INPUT_FIELDS);

#define EVALUATION_DECISION_FIELDS(X)                                                                                 \
    X(EvaluationDecision, LONG, opinion, "审定意见", "Opinion", 1000, REQUIRED | INPUT, -)                            \
    X(EvaluationDecision, LONG, consequences, "决定采取的措施（每行一项）", "Consequences, a line each", 1000, INPUT, \
        -)                                                                                                            \
    X(EvaluationDecision, DATE, effective_on, "审定日期", "Decided on", 0, INPUT, -)                                  \
    X(EvaluationDecision, TEXT, on_behalf_of, "代录对象", "On behalf of", 60, INPUT, -)                               \
    X(EvaluationDecision, CHOICE, means, "签署方式", "Means", 20, INPUT, means)                                       \
    X(EvaluationDecision, TEXT, paper_no, "纸质件编号", "Paper number", 60, INPUT, -)
FIELDS_DECLARE(EvaluationDecision, EVALUATION_DECISION_FIELDS);

/* --- decisions ---------------------------------------------------------------------------------------------------- */

typedef struct EvaluationCase {
    const Evaluation *evaluation; /* NULL while it is opened */
    const Inspection *inspection;
    const Scheme *scheme;
    Str rule_set;               /* whose scheme it is */
    const Rectification *items; /* of the inspection */
    size_t item_count;
    int64_t open; /* other evaluations of the inspection that are neither settled nor void */
    const EvaluationPart *parts;
    size_t part_count;
    const EvaluationSheet *sheets;
    size_t sheet_count;
    const EvaluationBallot *ballots;
    size_t ballot_count;
} EvaluationCase;

/* For an inspection that goes on rectifying (持续整改), or one that was fed back and whose items' first due dates are
 * all past: that one goes on rectifying from today. */
Status evaluation_open(Ctx *c, const EvaluationCase *now, const Evaluation *input, Changes *out) MUST_CHECK;
Status evaluation_count(Ctx *c, const EvaluationCase *now, const BallotInput *input, Changes *out) MUST_CHECK;
/* All sheets are in: computes, opens the sheets, proposes. */
Status evaluation_close(Ctx *c, const EvaluationCase *now, const MoveInput *input, Changes *out) MUST_CHECK;
/* The inspection counts as evaluated (评估) from that day. Who is not of the leading group enters what was signed on
 * paper. */
Status evaluation_settle(Ctx *c, const EvaluationCase *now, const EvaluationDecision *input, Changes *out) MUST_CHECK;
Status evaluation_void(Ctx *c, const EvaluationCase *now, const MoveInput *input, Changes *out) MUST_CHECK;

/* A further sheet for a role that scores the part. */
Status sheet_add(Ctx *c, const EvaluationCase *now, const EvaluationSheet *input, Changes *out) MUST_CHECK;
/* By one of its role, or by the office from paper; until the scoring is closed who handed it in may mend it. Nobody
 * hands in two sheets of a part. */
Status sheet_score(
    Ctx *c, const EvaluationCase *now, const EvaluationSheet *sheet, const SheetInput *input, Changes *out) MUST_CHECK;
/* A role that does not score after all, with the reason. */
Status sheet_leave_out(
    Ctx *c, const EvaluationCase *now, const EvaluationSheet *sheet, const MoveInput *input, Changes *out) MUST_CHECK;

#endif
