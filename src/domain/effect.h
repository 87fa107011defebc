/* What rectification brought about (整改成效): a rule, money, people who answered for it; each with the item that
 * caused it and its proof.
 *
 *   待佐证 → 单位填报 → 已核实 | 不予认定; the unit may take back (已撤回) what nobody confirmed yet
 *
 * An effect is proved by a paper that it names or by a file attached to it; without either it waits and counts nowhere.
 * It is stated by the unit, or for it by the office, and confirmed by somebody else than who entered it. What was
 * confirmed wrongly is rejected afterwards, with a reason. People are a number and the kind of their posts, never a
 * name. The three numbers that an item carries (domain/rectification.h) stay the unit's own summary beside these. */
#ifndef DOMAIN_EFFECT_H
#define DOMAIN_EFFECT_H

#include "domain/rectification.h"

#define EFFECT_KINDS(X)                                       \
    X(RULE_MADE, rule_made, "新建制度", "Rule made")          \
    X(RULE_CHANGED, rule_changed, "修订制度", "Rule changed") \
    X(RECOVERED, recovered, "追缴", "Recovered")              \
    X(REFUNDED, refunded, "清退", "Refunded")                 \
    X(AVOIDED, avoided, "避免或挽回损失", "Loss avoided")     \
    X(ACCOUNTABLE, accountable, "追责问责", "Held accountable")
enum EffectKind {
    EFFECT_KIND_NONE,
#define X(N, ...) EFFECT_##N,
    EFFECT_KINDS(X)
#undef X
};
#define EFFECT_POSTS(X)                                                  \
    X(PRINCIPAL, principal, "主要负责人", "Principal")                   \
    X(LEADERSHIP, leadership, "班子其他成员", "Other leaders")           \
    X(MIDDLE, middle, "中层干部", "Middle rank")                         \
    X(STAFF, staff, "一般人员", "Staff")                                 \
    X(SUBORDINATE, subordinate, "下属单位人员", "Of a subordinate unit") \
    X(OTHER, other, "其他人员", "Others")
#define EFFECT_FORMS(X)                                                 \
    X(CRITICISM, criticism, "批评教育", "Criticised")                   \
    X(ADMONITION, admonition, "诫勉", "Admonished")                     \
    X(ORGANISATIONAL, organisational, "组织处理", "Moved or dismissed") \
    X(SANCTION, sanction, "党纪政务处分", "Disciplined")                \
    X(TRANSFER, transfer, "移送有关机关", "Transferred to authorities") \
    X(OTHER, other, "其他", "Other")
#define EFFECT_STATES(X)                              \
    X(UNPROVEN, unproven, "待佐证", "Without proof")  \
    X(STATED, stated, "单位填报", "Stated")           \
    X(CONFIRMED, confirmed, "已核实", "Confirmed")    \
    X(REJECTED, rejected, "不予认定", "Not accepted") \
    X(WITHDRAWN, withdrawn, "已撤回", "Withdrawn")
enum EffectState {
    EFFECT_STATE_NONE,
#define X(N, ...) EFFECT_##N,
    EFFECT_STATES(X)
#undef X
};
extern const Choices effect_kinds, effect_posts, effect_forms, effect_states;

#define EFFECT_FIELDS(X)                                                                                       \
    RECORD_FIELDS(X, Effect)                                                                                   \
    X(Effect, REF, rectification, "整改事项", "Item", 26, REQUIRED | INPUT | LISTED, RECTIFICATION)            \
    X(Effect, REF, finding, "问题", "Finding", 26, REQUIRED, FINDING)                                          \
    X(Effect, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED, INSPECTION)                             \
    X(Effect, REF, round, "轮次", "Round", 26, REQUIRED | LISTED, ROUND)                                       \
    X(Effect, REF, unit, "整改单位", "Unit", 26, REQUIRED, UNIT)                                               \
    X(Effect, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                                \
    X(Effect, TEXT, unit_name, "整改单位名称", "Unit's name then", 80, LISTED | SEARCHED | INDEXED | SPELT, -) \
    X(Effect, TEXT, title, "反馈问题", "Finding's title", 80, REQUIRED, -)                                     \
    X(Effect, CHOICE, kind, "成效类别", "Kind", 20, REQUIRED | BY_ENTRY | LISTED, effect_kinds)                \
    X(Effect, DATE, made_on, "取得日期", "Date", 0, REQUIRED | BY_ENTRY | LISTED, -)                           \
    X(Effect, LONG, text, "成效内容", "What", 1000, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED, -)      \
    X(Effect, MONEY, amount_fen, "涉及金额", "Amount", 0, BY_ENTRY | LISTED, -)                                \
    X(Effect, INT, people, "追责问责人数", "People", 0, BY_ENTRY | LISTED, -)                                  \
    X(Effect, CHOICE, post, "职务类别", "Posts", 20, BY_ENTRY | LISTED, effect_posts)                          \
    X(Effect, CHOICE, form, "问责形式", "Form", 20, BY_ENTRY | LISTED, effect_forms)                           \
    X(Effect, TEXT, basis, "佐证文号或名称", "Proof by paper", 200, BY_ENTRY | LISTED | INDEXED, -)            \
    X(Effect, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, effect_states)                            \
    X(Effect, TEXT, stated_by, "填报人", "Stated by", 60, INPUT, -)                                            \
    X(Effect, TEXT, stated_account, "填报账号", "Stating account", 26, HIDDEN, -)                              \
    X(Effect, DATE, decided_on, "核实日期", "Decided on", 0, LISTED, -)                                        \
    X(Effect, TEXT, decided_by, "核实人", "Decided by", 60, 0, -)                                              \
    X(Effect, LONG, opinion, "核实意见", "Opinion", 1000, 0, -)
FIELDS_DECLARE(Effect, EFFECT_FIELDS);

typedef struct EffectCase {
    const Effect *effect; /* NULL while it is stated */
    const Rectification *item;
    Date since;     /* nothing is brought about before this day; DATE_NONE: not recorded */
    int64_t proofs; /* files attached to it */
} EffectCase;

/* Its item has been begun, and its finding stands. Who is not of the unit says for whom it is entered. */
Status effect_state(Ctx *c, const EffectCase *now, const Effect *input, Changes *out) MUST_CHECK;
/* Until it is decided. */
Status effect_edit(Ctx *c, const EffectCase *now, const Effect *input, FieldSet given, Changes *out) MUST_CHECK;
/* A file was attached: what waited for its proof is stated now. Changes nothing where it had one. */
void effect_prove(Ctx *c, const Effect *now, Changes *out);
/* confirm, reject, withdraw. */
Status effect_decide(Ctx *c, const EffectCase *now, Action action, const MoveInput *input, Changes *out) MUST_CHECK;

#endif
