/* Rectification items (整改台账): the unit's answer to each finding, until it is struck off.
 *
 *   未启动 → 整改中 → 申请销号 → 已销号. An item whose finding was revoked (已撤销) leaves the base, and stays to be
 * seen. Any step of the chain may return it with a reason, to where it came from: 整改中, 基本完成, 长期整改 or
 * 反弹重启, or to an earlier step of the chain. What was struck off and comes back (反弹) is the same item, with its
history. Extensions, long-term and
 * basically done are granted: domain/adjustment.h. While the unit objects to the finding the item stands (异议处理中:
domain/objection.h). The unit's
 * clock does not run then, nor while a reviewer holds its application: what is returned is due later by as many days.
 * Reviewers have a term of their own, the rule set's "review". Only 已销号 counts in the strict rate. */
#ifndef DOMAIN_RECTIFICATION_H
#define DOMAIN_RECTIFICATION_H

#include "domain/finding.h"
#include "domain/selection.h"

#define RECTIFICATION_STATES(X)                               \
    X(PENDING, pending, "未启动", "Not started")              \
    X(ONGOING, ongoing, "整改中", "Being rectified")          \
    X(APPLIED, applied, "申请销号", "Strike-off applied for") \
    X(DONE, done, "已销号", "Struck off")                     \
    X(BASIC, basic, "基本完成", "Basically done")             \
    X(LONG_TERM, long_term, "长期整改", "Long-term")          \
    X(REBOUND, rebound, "反弹重启", "Come back")              \
    X(REVOKED, revoked, "已撤销", "Revoked")                  \
    X(OBJECTED, objected, "异议处理中", "Objected to")
enum RectificationState {
    RECT_STATE_NONE,
#define X(N, ...) RECT_##N,
    RECTIFICATION_STATES(X)
#undef X
};
#define STATEMENT_KINDS(X)                              \
    X(PROGRESS, progress, "整改进展", "Progress")       \
    X(WORDS, words, "单位说明", "The unit's own words") \
    X(REMARK, remark, "督办意见", "Supervisor's remark")
enum StatementKind { STATEMENT_KIND_NONE, STATEMENT_PROGRESS, STATEMENT_WORDS, STATEMENT_REMARK };
/* Why an item stays open. */
#define OPEN_CAUSES(X)                                                  \
    X(DEBTS, debts, "债务诉讼", "Debts and lawsuits")                   \
    X(TITLES, titles, "土地房产权证", "Land and house titles")          \
    X(SETTLEMENT, settlement, "项目结算", "Project settlement")         \
    X(REFORM, reform, "编制与企业改革", "Staffing and company reform")  \
    X(HISTORY, history, "人事历史遗留", "Personnel history")            \
    X(POLICY, policy, "等待上级政策", "Waiting for higher policy")      \
    X(BUILDING, building, "工程或系统建设", "Building or system works") \
    X(OTHER, other, "其他", "Other")
/* What a recheck of an item that was struck off found (domain/recheck.h). */
#define RECHECK_RESULTS(X)                         \
    X(CONFIRMED, confirmed, "属实", "Confirmed")   \
    X(PARTIAL, partial, "部分属实", "Partly true") \
    X(UNTRUE, untrue, "不属实", "Untrue")          \
    X(CAME_BACK, came_back, "反弹", "Came back")
enum RecheckResultKind { RECHECK_RESULT_NONE, RECHECK_CONFIRMED, RECHECK_PARTIAL, RECHECK_UNTRUE, RECHECK_CAME_BACK };
extern const Choices rectification_states, statement_kinds, open_causes, recheck_results;

#define RECTIFICATION_FIELDS(X)                                                                                       \
    RECORD_FIELDS(X, Rectification)                                                                                   \
    X(Rectification, REF, finding, "问题", "Finding", 26, REQUIRED | LISTED, FINDING)                                 \
    X(Rectification, REF, feedback, "反馈意见", "Feedback", 26, REQUIRED, FEEDBACK)                                   \
    X(Rectification, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED | LISTED, INSPECTION)                    \
    X(Rectification, REF, round, "轮次", "Round", 26, REQUIRED | LISTED, ROUND)                                       \
    X(Rectification, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                                \
    X(Rectification, REF, unit, "整改单位", "Unit", 26, REQUIRED | LISTED, UNIT)                                      \
    X(Rectification, TEXT, unit_name, "整改单位名称", "Unit's name then", 80, LISTED | SEARCHED | INDEXED | SPELT, -) \
    X(Rectification, INT, number, "问题序号", "Number", 0, LISTED, -)                                                 \
    X(Rectification, TEXT, title, "反馈问题", "Finding", 80, REQUIRED | LISTED | SEARCHED | INDEXED | SPELT, -)       \
    X(Rectification, TEXT, category, "问题类别", "Category", 20, LISTED | CODED, -)                                   \
    X(Rectification, LONG, measures, "整改措施", "Measures", 4000, EDIT | INDEXED, -)                                 \
    X(Rectification, LONG, target, "整改目标", "Target", 1000, EDIT | INDEXED, -)                                     \
    X(Rectification, TEXT, leader, "责任领导", "Responsible leader", 40, EDIT | LISTED | INDEXED | SPELT, -)          \
    X(Rectification, TEXT, department, "责任部门", "Department", 60, EDIT | LISTED | INDEXED, -)                      \
    X(Rectification, TEXT, handler, "责任人", "Handler", 40, EDIT | INDEXED | SPELT, -)                               \
    X(Rectification, DATE, due_on, "整改时限", "Due on", 0, REQUIRED | LISTED, -)                                     \
    X(Rectification, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, rectification_states)                     \
    X(Rectification, LONG, result, "整改结果", "Result", 4000, EDIT | INDEXED, -)                                     \
    X(Rectification, INT, rules_made, "建章立制数", "Rules made", 0, EDIT, -)                                         \
    X(Rectification, MONEY, recovered_fen, "追缴清退金额", "Recovered", 0, EDIT, -)                                   \
    X(Rectification, INT, accountable, "追责问责人数", "Held accountable", 0, EDIT, -)                                \
    X(Rectification, INT, turn, "申请次数", "Turn", 0, REQUIRED, -)                                                   \
    X(Rectification, INT, step, "审核环节", "Step", 0, REQUIRED, -)                                                   \
    X(Rectification, CHOICE, awaiting, "待办角色", "Awaiting", 20, LISTED, roles)                                     \
    X(Rectification, DATE, applied_on, "申请日期", "Applied on", 0, LISTED, -)                                        \
    X(Rectification, DATE, struck_off_on, "销号日期", "Struck off on", 0, LISTED, -)                                  \
    X(Rectification, TEXT, theme, "问题主题", "Theme", 20, LISTED | CODED, -)                                         \
    X(Rectification, REF, project, "涉及项目", "Project", 26, 0, PROJECT)                                             \
    X(Rectification, FLAG, immediate, "立行立改", "Fixed at once", 0, LISTED, -)                                      \
    X(Rectification, CHOICE, cause, "未完成原因", "Why open", 20, LISTED, open_causes)                                \
    X(Rectification, LONG, stage_target, "阶段目标", "Stage target", 400, 0, -)                                       \
    X(Rectification, DATE, review_on, "复查日期", "Review on", 0, 0, -)                                               \
    X(Rectification, DATE, due_first, "最初时限", "First due date", 0, 0, -)                                          \
    X(Rectification, INT, extensions, "延期次数", "Extensions", 0, 0, -)                                              \
    X(Rectification, INT, reopened, "重启次数", "Times reopened", 0, 0, -)                                            \
    X(Rectification, CHOICE, applied_from, "申请前状态", "State before", 20, 0, rectification_states)                 \
    X(Rectification, DATE, rechecked_on, "抽查日期", "Rechecked on", 0, 0, -)                                         \
    X(Rectification, CHOICE, recheck_result, "抽查结论", "Recheck", 20, 0, recheck_results)                           \
    X(Rectification, DATE, examine_by, "审核期限", "Review due on", 0, 0, -)                                          \
    X(Rectification, INT, stood_days, "停表天数", "Days that the clock stood", 0, 0, -)                               \
    X(Rectification, FLAG, withheld, "不公开", "Not published", 0, 0, -)                                              \
    X(Rectification, TEXT, proof, "约定的佐证形式", "Agreed kinds of proof", 200, EDIT, -)                            \
    X(Rectification, LONG, missing, "缺少的佐证材料", "Proof that is missing", 1000, 0, -)
FIELDS_DECLARE(Rectification, RECTIFICATION_FIELDS);

/* Progress, the unit's own words, a supervisor's remark: rows of their own beside the item. */
#define STATEMENT_FIELDS(X)                                                                            \
    RECORD_FIELDS(X, Statement)                                                                        \
    X(Statement, REF, rectification, "整改事项", "Item", 26, REQUIRED | INPUT | LISTED, RECTIFICATION) \
    X(Statement, CHOICE, kind, "类型", "Kind", 20, REQUIRED | INPUT | LISTED, statement_kinds)         \
    X(Statement, LONG, text, "内容", "Text", 4000, REQUIRED | INPUT | LISTED, -)                       \
    X(Statement, DATE, stated_on, "日期", "Date", 0, INPUT | LISTED, -)                                \
    X(Statement, REF, person, "填写人", "Person", 26, 0, PERSON)                                       \
    X(Statement, TEXT, person_name, "填写人姓名", "Name", 40, LISTED, -)                               \
    X(Statement, CHOICE, role, "角色", "Role", 20, LISTED, roles)                                      \
    X(Statement, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED, INSPECTION)                  \
    X(Statement, REF, unit, "单位", "Unit", 26, REQUIRED, UNIT)                                        \
    X(Statement, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)
FIELDS_DECLARE(Statement, STATEMENT_FIELDS);

enum { REVIEW_DAYS = 15 }; /* where a rule set names no "review" among its deadlines */
/* Whoever gets an application that day examines it by then: each step has the same term. */
Status rectification_examine_by(Ctx *c, const RuleSet *rules, Date from, Date *out) MUST_CHECK;
/* States in which the unit's clock stands. */
bool rectification_stands(int32_t state);
/* The clock runs again after so many days: due later by them. */
void rectification_resume(Rectification *after, int64_t days);
/* States in which the unit works on it, and edits it. */
bool rectification_is_worked_on(int32_t state);
/* Nothing more is expected of it: struck off, or its finding was revoked. */
bool rectification_is_closed(const Rectification *item);

typedef struct RectificationCase {
    const Rectification *item;
    const RuleSet *rules;
    const Signature *signatures; /* of all its turns */
    size_t signature_count;
    size_t evidence_count;
} RectificationCase;

/* What the office says when an item that was struck off has come back. */
#define REOPEN_FIELDS(X)                                                        \
    X(ReopenInput, LONG, reason, "理由", "Reason", 1000, INPUT, -)              \
    X(ReopenInput, DATE, due_on, "新的时限", "New due date", 0, INPUT, -)       \
    X(ReopenInput, DATE, effective_on, "生效日期", "Effective on", 0, INPUT, -) \
    X(ReopenInput, TEXT, on_behalf_of, "代录对象", "On behalf of", 60, INPUT, -)
FIELDS_DECLARE(ReopenInput, REOPEN_FIELDS);

/* An application sent back: to the unit, or to an earlier step of the chain, which signs it anew. */
#define RECT_RETURN_FIELDS(X)                                                                          \
    X(RectReturn, LONG, reason, "退回理由", "Why it is returned", 1000, INPUT, -)                      \
    X(RectReturn, TEXT, to, "退回给（不选为整改单位）", "Returned to (empty: the unit)", 30, INPUT, -) \
    X(RectReturn, LONG, missing, "缺少的佐证材料", "Proof that is missing", 1000, INPUT, -)            \
    X(RectReturn, DATE, effective_on, "生效日期", "Effective on", 0, INPUT, -)                         \
    X(RectReturn, CHOICE, means, "签署方式", "Means", 20, INPUT, means)                                \
    X(RectReturn, TEXT, paper_no, "纸质件编号", "Paper number", 60, INPUT, -)                          \
    X(RectReturn, TEXT, on_behalf_of, "代录对象", "On behalf of", 60, INPUT, -)
FIELDS_DECLARE(RectReturn, RECT_RETURN_FIELDS);

/* The item that a delivered finding gets; struck off at once where it was fixed before (立行立改). */
Rectification *rectification_open(Ctx *c, const Finding *finding, const Feedback *feedback, Date due);
Status rectification_edit(
    Ctx *c, const Rectification *before, const Rectification *input, FieldSet given, Changes *out) MUST_CHECK;
/* The same item again (反弹重启): due when the office says, else after the rules' "rebound". */
Status rectification_reopen(
    Ctx *c, const Rectification *now, const RuleSet *rules, const ReopenInput *input, Changes *out) MUST_CHECK;
/* The day of a move: today unless given, not before the item's last one and not in the future. */
Status rectification_day(Ctx *c, const Rectification *item, Date given, Date *out) MUST_CHECK;
/* start, apply, review, strike. */
Status rectification_decide(
    Ctx *c, const RectificationCase *now, Action action, const MoveInput *input, Changes *out) MUST_CHECK;
/* With its reason and what is missing, which stands in the item until it is applied for or signed again. To the unit:
 * it goes on, due later by the days it stood. To an earlier step: that one and those after it sign anew, in a new turn,
 * each by another person than the steps before. */
Status rectification_return(Ctx *c, const RectificationCase *now, const RectReturn *input, Changes *out) MUST_CHECK;
/* The unit writes progress and its own words, supervisors and office their remarks. */
Status statement_add(Ctx *c, const Rectification *item, const Statement *input, Changes *out) MUST_CHECK;
/* Progress that the unit told off the network, entered on its behalf: no person of the ledger is named. */
Status statement_of_unit(Ctx *c, const Rectification *item, Str progress, Changes *out) MUST_CHECK;

Light rectification_light(const Rectification *item, Date today, int yellow_days);
/* The same as conditions, so that a list can be filtered by light. ST_INVALID for an unknown name. */
Status rectification_where_light(Ctx *c, Selection *sel, Str light, Date today, int yellow_days) MUST_CHECK;

#endif
