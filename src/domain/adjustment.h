/* What the unit asks for and the office decides while an item is being rectified (整改调整): a later date
 * (延期), long-term rectification (长期整改), or that a first result be accepted while work goes on (基本完成).
 *
 *   待审批 → 已批准 | 不予批准 | 已撤回
 *
 * Who approves, and in which order, is rule-set data: the chains "adjust_extension", "adjust_long_term" and
 * "adjust_basic"; without one the office alone. Whoever's turn it is may refuse; the last one grants. What was signed
 * on paper is entered by the office.
 *
 * A grant never overwrites: the date before and the date after stand in the adjustment, the item counts its
 * extensions and keeps its first date. Words of DOMAIN §2.6. */
#ifndef DOMAIN_ADJUSTMENT_H
#define DOMAIN_ADJUSTMENT_H

#include "domain/rectification.h"

#define ADJUSTMENT_KINDS(X)                          \
    X(EXTENSION, extension, "延期", "Extension")     \
    X(LONG_TERM, long_term, "长期整改", "Long-term") \
    X(BASIC, basic, "基本完成", "Basically done")
enum AdjustmentKind { ADJUSTMENT_KIND_NONE, ADJUSTMENT_EXTENSION, ADJUSTMENT_LONG_TERM, ADJUSTMENT_BASIC };
#define ADJUSTMENT_STATES(X)                   \
    X(ASKED, asked, "待审批", "To be decided") \
    X(GRANTED, granted, "已批准", "Granted")   \
    X(REFUSED, refused, "不予批准", "Refused") \
    X(WITHDRAWN, withdrawn, "已撤回", "Withdrawn")
enum AdjustmentState {
    ADJUSTMENT_STATE_NONE,
    ADJUSTMENT_ASKED,
    ADJUSTMENT_GRANTED,
    ADJUSTMENT_REFUSED,
    ADJUSTMENT_WITHDRAWN
};
extern const Choices adjustment_kinds, adjustment_states;

#define ADJUSTMENT_FIELDS(X)                                                                            \
    RECORD_FIELDS(X, Adjustment)                                                                        \
    X(Adjustment, REF, rectification, "整改事项", "Item", 26, REQUIRED | INPUT | LISTED, RECTIFICATION) \
    X(Adjustment, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED, INSPECTION)                  \
    X(Adjustment, REF, round, "轮次", "Round", 26, REQUIRED | LISTED, ROUND)                            \
    X(Adjustment, REF, unit, "整改单位", "Unit", 26, REQUIRED | LISTED, UNIT)                           \
    X(Adjustment, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                     \
    X(Adjustment, TEXT, unit_name, "整改单位名称", "Unit's name then", 80, LISTED, -)                   \
    X(Adjustment, TEXT, title, "反馈问题", "Finding", 80, REQUIRED | LISTED | SEARCHED, -)              \
    X(Adjustment, CHOICE, kind, "调整事项", "Kind", 20, REQUIRED | INPUT | LISTED, adjustment_kinds)    \
    X(Adjustment, CHOICE, cause, "原因类别", "Cause", 20, REQUIRED | INPUT | LISTED, open_causes)       \
    X(Adjustment, LONG, reason, "理由", "Reason", 2000, REQUIRED | INPUT, -)                            \
    X(Adjustment, DATE, due_before, "原时限", "Due before", 0, REQUIRED | LISTED, -)                    \
    X(Adjustment, DATE, due_on, "调整后时限（复查日期）", "New date or review", 0, INPUT | LISTED, -)   \
    X(Adjustment, LONG, stage_target, "阶段目标", "Stage target", 400, INPUT, -)                        \
    X(Adjustment, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, adjustment_states)             \
    X(Adjustment, DATE, asked_on, "申请日期", "Asked on", 0, REQUIRED | LISTED, -)                      \
    X(Adjustment, TEXT, asked_by, "申请人", "Asked by", 40, LISTED, -)                                  \
    X(Adjustment, DATE, decided_on, "审批日期", "Decided on", 0, LISTED, -)                             \
    X(Adjustment, TEXT, decided_by, "审批人", "Decided by", 60, LISTED, -)                              \
    X(Adjustment, LONG, opinion, "审批意见", "Opinion", 1000, 0, -)                                     \
    X(Adjustment, INT, step, "审批环节", "Step", 0, 0, -)                                               \
    X(Adjustment, CHOICE, awaiting, "待审批角色", "Awaiting", 20, LISTED, roles)
FIELDS_DECLARE(Adjustment, ADJUSTMENT_FIELDS);

/* `waiting`: adjustments of this item that are still to be decided. Refused: a second one beside it, an item in a
 * state that the kind does not fit, a date that is not later, a long-term item without target and review date, a
 * basic one without a result. */
Status adjustment_ask(Ctx *c, const Rectification *item, const RuleSet *rules, int64_t waiting, const Adjustment *input,
    Changes *out) MUST_CHECK;
typedef struct AdjustmentCase {
    const Adjustment *adjustment;
    const Rectification *item;
    const RuleSet *rules;
    const Signature *signatures; /* so far */
    size_t signature_count;
} AdjustmentCase;
/* The chain of a kind. */
const Chain *adjustment_chain(const RuleSet *rules, int32_t kind);
/* grant, refuse, withdraw. The grant of the last step changes the item too. */
Status adjustment_decide(
    Ctx *c, const AdjustmentCase *now, Action action, const MoveInput *input, Changes *out) MUST_CHECK;

#endif
