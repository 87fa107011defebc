/* Objections (异议): a unit that holds a finding wrong says so within the rule set's term after the feedback; people
 * who signed none of its papers decide.
 *
 *   待处理 → 维持原问题 | 采纳并修改 | 采纳并撤回问题, and 单位已撤回
 *
 * Meanwhile the item stands (异议处理中): nobody works on it and its clock does not run. Decided either way, its due
 * date moves by the days that it stood; an objection that the unit takes back moves nothing. A finding that is taken
 * back stays, as 已撤销, with its item: it leaves the base where everybody can see it. */
#ifndef DOMAIN_OBJECTION_H
#define DOMAIN_OBJECTION_H

#include "domain/rectification.h"

#define OBJECTION_STATES(X)                                   \
    X(FILED, filed, "待处理", "To be decided")                \
    X(KEPT, kept, "维持原问题", "Finding kept")               \
    X(AMENDED, amended, "采纳并修改", "Finding amended")      \
    X(UPHELD, upheld, "采纳并撤回问题", "Finding taken back") \
    X(WITHDRAWN, withdrawn, "单位已撤回", "Withdrawn by the unit")
enum ObjectionState {
    OBJECTION_STATE_NONE,
    OBJECTION_FILED,
    OBJECTION_KEPT,
    OBJECTION_AMENDED,
    OBJECTION_UPHELD,
    OBJECTION_WITHDRAWN
};
#define OBJECTION_WISHES(X)                              \
    X(AMEND, amend, "修改问题表述", "Amend the finding") \
    X(WITHDRAW, withdraw, "撤回问题", "Take the finding back")
extern const Choices objection_states, objection_wishes;

enum { OBJECTION_DAYS = 15 }; /* where a rule set names no "objection" among its deadlines */

#define OBJECTION_FIELDS(X)                                                                            \
    RECORD_FIELDS(X, Objection)                                                                        \
    X(Objection, REF, rectification, "整改事项", "Item", 26, REQUIRED | INPUT | LISTED, RECTIFICATION) \
    X(Objection, REF, finding, "问题", "Finding", 26, REQUIRED, FINDING)                               \
    X(Objection, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED, INSPECTION)                  \
    X(Objection, REF, round, "轮次", "Round", 26, REQUIRED | LISTED, ROUND)                            \
    X(Objection, REF, unit, "提出单位", "Unit", 26, REQUIRED | LISTED, UNIT)                           \
    X(Objection, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                     \
    X(Objection, TEXT, unit_name, "提出单位名称", "Unit's name then", 80, LISTED, -)                   \
    X(Objection, TEXT, title, "反馈问题", "Finding", 80, REQUIRED | LISTED | SEARCHED, -)              \
    X(Objection, CHOICE, wish, "请求", "Asks for", 20, REQUIRED | INPUT | LISTED, objection_wishes)    \
    X(Objection, LONG, grounds, "异议理由", "Grounds", 4000, REQUIRED | INPUT, -)                      \
    X(Objection, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, objection_states)              \
    X(Objection, DATE, asked_on, "提出日期", "Filed on", 0, INPUT | LISTED, -)                         \
    X(Objection, TEXT, asked_by, "提出人", "Filed by", 60, INPUT, -)                                   \
    X(Objection, DATE, term_on, "提出期限", "Last day to object", 0, 0, -)                             \
    X(Objection, DATE, decided_on, "处理日期", "Decided on", 0, LISTED, -)                             \
    X(Objection, TEXT, decided_by, "处理人", "Decided by", 60, LISTED, -)                              \
    X(Objection, LONG, opinion, "处理意见", "Opinion", 1000, 0, -)                                     \
    X(Objection, DATE, due_before, "原整改时限", "Due before", 0, 0, -)                                \
    X(Objection, DATE, due_after, "顺延后整改时限", "Due after", 0, 0, -)                              \
    X(Objection, INT, stood_days, "停表天数", "Days that the clock stood", 0, 0, -)                    \
    X(Objection, TEXT, title_after, "修改后的问题", "The finding after", 80, 0, -)                     \
    X(Objection, LONG, text_before, "原具体表现", "Its text before", 4000, 0, -)                       \
    X(Objection, LONG, text_after, "修改后的具体表现", "Its text after", 4000, 0, -)
FIELDS_DECLARE(Objection, OBJECTION_FIELDS);

/* What is decided: with 采纳并修改 what the finding says now. */
#define OBJECTION_DECISION_FIELDS(X)                                                       \
    X(ObjectionDecision, LONG, opinion, "处理意见", "Opinion", 1000, REQUIRED | INPUT, -)  \
    X(ObjectionDecision, TEXT, title, "修改后的问题", "The finding after", 80, INPUT, -)   \
    X(ObjectionDecision, LONG, text, "修改后的具体表现", "Its text after", 4000, INPUT, -) \
    X(ObjectionDecision, DATE, effective_on, "处理日期", "Decided on", 0, INPUT, -)        \
    X(ObjectionDecision, TEXT, on_behalf_of, "代录对象", "On behalf of", 60, INPUT, -)     \
    X(ObjectionDecision, CHOICE, means, "签署方式", "Means", 20, INPUT, means)             \
    X(ObjectionDecision, TEXT, paper_no, "纸质件编号", "Paper number", 60, INPUT, -)
FIELDS_DECLARE(ObjectionDecision, OBJECTION_DECISION_FIELDS);

typedef struct ObjectionCase {
    const Objection *objection; /* NULL while it is filed */
    const Rectification *item;
    const Finding *finding;
    const RuleSet *rules;
    Date told_on;                /* when the unit was given its feedback */
    int64_t earlier;             /* objections to this item that were decided before */
    int64_t waiting_adjustments; /* of the item, still to be decided */
    bool signed_papers;          /* the actor signed, wrote or checked one of the finding's papers */
} ObjectionCase;

/* Within the term, of an item that is not yet worked off, once; entered for the unit it names who objects. The item
 * stands from that day. */
Status objection_file(Ctx *c, const ObjectionCase *now, const Objection *input, Changes *out) MUST_CHECK;
/* keep, amend, uphold. ST_DENIED for who signed a paper of the finding. */
Status objection_decide(
    Ctx *c, const ObjectionCase *now, Action action, const ObjectionDecision *input, Changes *out) MUST_CHECK;
/* The unit takes it back: the item goes on, due as before. */
Status objection_withdraw(Ctx *c, const ObjectionCase *now, const MoveInput *input, Changes *out) MUST_CHECK;

#endif
