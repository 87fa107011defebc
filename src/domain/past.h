/* Past rounds entered afterwards (补录): a finding with its rectification, with what exists.
 *
 * Old document numbers are kept, what is not known stays 未记载, no paper is asked for, and every record says that it
 * was entered afterwards. The round must be closed: its last day has gone by, or
 * all of its inspections were fed back. */
#ifndef DOMAIN_PAST_H
#define DOMAIN_PAST_H

#include "domain/rectification.h"

#define PAST_FIELDS(X)                                                                   \
    X(PastFinding, REF, round, "轮次", "Round", 26, REQUIRED | INPUT, ROUND)             \
    X(PastFinding, REF, unit, "单位标识", "Unit", 26, INPUT, UNIT)                       \
    X(PastFinding, TEXT, unit_name, "被巡察单位名称", "Unit's name then", 80, INPUT, -)  \
    X(PastFinding, CHOICE, unit_kind, "单位类别", "Kind of unit", 20, INPUT, unit_kinds) \
    X(PastFinding, INT, number, "问题序号", "Number", 0, INPUT, -)                       \
    X(PastFinding, TEXT, title, "问题", "Finding", 80, INPUT, -)                         \
    X(PastFinding, LONG, text, "具体表现", "Text", 4000, INPUT, -)                       \
    X(PastFinding, TEXT, category, "问题类别", "Category", 60, INPUT, -)                 \
    X(PastFinding, TEXT, theme, "问题主题", "Theme", 60, INPUT, -)                       \
    X(PastFinding, CHOICE, severity, "程度", "Severity", 20, INPUT, severities)          \
    X(PastFinding, MONEY, amount_fen, "涉及金额", "Amount", 0, INPUT, -)                 \
    X(PastFinding, TEXT, document, "反馈文号", "Document", 60, INPUT, -)                 \
    X(PastFinding, DATE, fed_back_on, "反馈日期", "Fed back on", 0, INPUT, -)            \
    X(PastFinding, LONG, measures, "整改措施", "Measures", 4000, INPUT, -)               \
    X(PastFinding, TEXT, leader, "责任领导", "Responsible leader", 40, INPUT, -)         \
    X(PastFinding, TEXT, department, "责任部门", "Department", 60, INPUT, -)             \
    X(PastFinding, DATE, due_on, "整改时限", "Due on", 0, INPUT, -)                      \
    X(PastFinding, CHOICE, state, "状态", "State", 20, INPUT, rectification_states)      \
    X(PastFinding, LONG, result, "整改结果", "Result", 4000, INPUT, -)                   \
    X(PastFinding, INT, rules_made, "建章立制数", "Rules made", 0, INPUT, -)             \
    X(PastFinding, MONEY, recovered_fen, "追缴清退金额", "Recovered", 0, INPUT, -)       \
    X(PastFinding, INT, accountable, "追责问责人数", "Held accountable", 0, INPUT, -)    \
    X(PastFinding, DATE, struck_off_on, "销号日期", "Struck off on", 0, INPUT, -)        \
    X(PastFinding, FLAG, immediate, "立行立改", "Fixed at once", 0, INPUT, -)            \
    X(PastFinding, FLAG, create_unit, "确认新建单位", "May register the unit", 0, INPUT, -)
FIELDS_DECLARE(PastFinding, PAST_FIELDS);

/* What is in the ledger already; NULL: not yet, and made along with the finding. */
typedef struct PastCase {
    const Round *round;
    const RuleSet *rules;
    const Unit *unit;
    Str unit_name;    /* on the round's first day */
    const Team *team; /* the one that stands for "not recorded" */
    const Inspection *inspection;
    const Feedback *feedback;
    int64_t inspections; /* of the round */
    int64_t live;        /* of these, not fed back yet */
    int64_t findings;    /* of the inspection */
    int64_t same;        /* findings of the inspection with this text */
} PastCase;

Status past_finding_enter(Ctx *c, const PastCase *has, const PastFinding *input, Changes *out) MUST_CHECK;

#endif
