/* Rectification items (整改台账): the unit's answer to each finding, until it is struck off.
 *
 *   未启动 → 整改中 → 申请销号 → 已销号. Any step of the chain may return it with a reason. */
#ifndef DOMAIN_RECTIFICATION_H
#define DOMAIN_RECTIFICATION_H

#include "domain/finding.h"
#include "domain/selection.h"

#define RECTIFICATION_STATES(X)                               \
    X(PENDING, pending, "未启动", "Not started")              \
    X(ONGOING, ongoing, "整改中", "Being rectified")          \
    X(APPLIED, applied, "申请销号", "Strike-off applied for") \
    X(DONE, done, "已销号", "Struck off")
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
extern const Choices rectification_states, statement_kinds;

#define RECTIFICATION_FIELDS(X)                                                                     \
    RECORD_FIELDS(X, Rectification)                                                                 \
    X(Rectification, REF, finding, "问题", "Finding", 26, REQUIRED | LISTED, FINDING)               \
    X(Rectification, REF, feedback, "反馈意见", "Feedback", 26, REQUIRED, FEEDBACK)                 \
    X(Rectification, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED | LISTED, INSPECTION)  \
    X(Rectification, REF, round, "轮次", "Round", 26, REQUIRED | LISTED, ROUND)                     \
    X(Rectification, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)              \
    X(Rectification, REF, unit, "整改单位", "Unit", 26, REQUIRED | LISTED, UNIT)                    \
    X(Rectification, TEXT, unit_name, "整改单位名称", "Unit's name then", 80, LISTED | SEARCHED, -) \
    X(Rectification, INT, number, "序号", "Number", 0, LISTED, -)                                   \
    X(Rectification, TEXT, title, "反馈问题", "Finding", 80, REQUIRED | LISTED | SEARCHED, -)       \
    X(Rectification, TEXT, category, "问题类别", "Category", 20, LISTED | CODED, -)                 \
    X(Rectification, LONG, measures, "整改措施", "Measures", 4000, EDIT, -)                         \
    X(Rectification, LONG, target, "整改目标", "Target", 1000, EDIT, -)                             \
    X(Rectification, TEXT, leader, "责任领导", "Responsible leader", 40, EDIT | LISTED, -)          \
    X(Rectification, TEXT, department, "责任部门", "Department", 60, EDIT | LISTED, -)              \
    X(Rectification, TEXT, handler, "责任人", "Handler", 40, EDIT, -)                               \
    X(Rectification, DATE, due_on, "整改时限", "Due on", 0, REQUIRED | LISTED, -)                   \
    X(Rectification, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, rectification_states)   \
    X(Rectification, LONG, result, "整改结果", "Result", 4000, EDIT, -)                             \
    X(Rectification, INT, rules_made, "建章立制数", "Rules made", 0, EDIT, -)                       \
    X(Rectification, MONEY, recovered_fen, "追缴清退金额", "Recovered", 0, EDIT, -)                 \
    X(Rectification, INT, accountable, "追责问责人数", "Held accountable", 0, EDIT, -)              \
    X(Rectification, INT, turn, "申请次数", "Turn", 0, REQUIRED, -)                                 \
    X(Rectification, INT, step, "审核环节", "Step", 0, REQUIRED, -)                                 \
    X(Rectification, CHOICE, awaiting, "待办角色", "Awaiting", 20, LISTED, roles)                   \
    X(Rectification, DATE, applied_on, "申请日期", "Applied on", 0, LISTED, -)                      \
    X(Rectification, DATE, struck_off_on, "销号日期", "Struck off on", 0, LISTED, -)
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

typedef struct RectificationCase {
    const Rectification *item;
    const RuleSet *rules;
    const Signature *signatures; /* of this turn */
    size_t signature_count;
    size_t evidence_count;
} RectificationCase;

/* The item that a delivered finding gets. */
Rectification *rectification_open(Ctx *c, const Finding *finding, const Feedback *feedback, Date due);
Status rectification_edit(
    Ctx *c, const Rectification *before, const Rectification *input, FieldSet given, Changes *out) MUST_CHECK;
/* start, apply, review, return, strike. */
Status rectification_decide(
    Ctx *c, const RectificationCase *now, Action action, const MoveInput *input, Changes *out) MUST_CHECK;
/* The unit writes progress and its own words, supervisors and office their remarks. */
Status statement_add(Ctx *c, const Rectification *item, const Statement *input, Changes *out) MUST_CHECK;

Light rectification_light(const Rectification *item, Date today, int yellow_days);
/* The same as conditions, so that a list can be filtered by light. ST_INVALID for an unknown name. */
Status rectification_where_light(Ctx *c, Selection *sel, Str light, Date today, int yellow_days) MUST_CHECK;

#endif
