/* Old unresolved matters (历史遗留问题): what stands in the way, who leads, what is done about it.
 *
 *   待解决 → 已解决, with what came of it and the paper that it rests on; 已作废 where it was entered by mistake */
#ifndef DOMAIN_LEGACY_H
#define DOMAIN_LEGACY_H

#include "domain/letter.h"

#define LEGACY_STATES(X)                        \
    X(OPEN, open, "待解决", "Unresolved")       \
    X(RESOLVED, resolved, "已解决", "Resolved") \
    X(VOID, void, "已作废", "Void")
enum LegacyState { LEGACY_STATE_NONE, LEGACY_OPEN, LEGACY_RESOLVED, LEGACY_VOID };
extern const Choices legacy_states;

#define LEGACY_ISSUE_FIELDS(X)                                                                                       \
    RECORD_FIELDS(X, LegacyIssue)                                                                                    \
    X(LegacyIssue, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)                         \
    X(LegacyIssue, TEXT, number, "编号", "Number", 60, BY_ENTRY | LISTED | SEARCHED | INDEXED, -)                    \
    X(LegacyIssue, TEXT, title, "问题", "Matter", 120, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED | SPELT, -) \
    X(LegacyIssue, INT, since, "形成年份", "Since (year)", 0, REQUIRED | BY_ENTRY | LISTED, -)                       \
    X(LegacyIssue, REF, unit, "责任单位", "Unit", 26, REQUIRED | INPUT | LISTED, UNIT)                               \
    X(LegacyIssue, TEXT, unit_name, "责任单位名称", "Unit's name then", 80, LISTED | SEARCHED | INDEXED | SPELT, -)  \
    X(LegacyIssue, LONG, obstacle, "症结", "What stands in the way", 2000, REQUIRED | BY_ENTRY | INDEXED, -)         \
    X(LegacyIssue, CHOICE, body, "牵头单位类别", "Kind of leading body", 20, REQUIRED | INPUT | LISTED, bodies)      \
    X(LegacyIssue, TEXT, lead_body, "牵头单位", "Leading body", 80, REQUIRED | BY_ENTRY | LISTED | INDEXED, -)       \
    X(LegacyIssue, LONG, measures, "推动措施", "Measures", 2000, BY_ENTRY | INDEXED, -)                              \
    X(LegacyIssue, DATE, entered_on, "列入日期", "Taken up on", 0, INPUT | LISTED, -)                                \
    X(LegacyIssue, REF, finding, "相关问题", "Finding", 26, BY_ENTRY, FINDING)                                       \
    X(LegacyIssue, REF, rectification, "相关整改事项", "Item", 26, BY_ENTRY, RECTIFICATION)                          \
    X(LegacyIssue, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, legacy_states)                             \
    X(LegacyIssue, LONG, result, "解决情况", "Result", 2000, INDEXED, -)                                             \
    X(LegacyIssue, TEXT, basis, "解决依据", "Rests on", 200, INDEXED, -)                                             \
    X(LegacyIssue, DATE, resolved_on, "解决日期", "Resolved on", 0, LISTED, -)                                       \
    X(LegacyIssue, TEXT, resolved_by, "确认人", "Confirmed by", 60, 0, -)                                            \
    X(LegacyIssue, LONG, reason, "作废理由", "Why void", 1000, 0, -)
FIELDS_DECLARE(LegacyIssue, LEGACY_ISSUE_FIELDS);

/* What resolves one. */
#define LEGACY_RESULT_FIELDS(X)                                                                      \
    X(LegacyResult, LONG, result, "解决情况", "Result", 2000, REQUIRED | INPUT, -)                   \
    X(LegacyResult, TEXT, basis, "解决依据（文件名称或文号）", "Rests on", 200, REQUIRED | INPUT, -) \
    X(LegacyResult, DATE, effective_on, "解决日期", "Resolved on", 0, INPUT, -)                      \
    X(LegacyResult, TEXT, on_behalf_of, "代录对象", "On behalf of", 60, INPUT, -)
FIELDS_DECLARE(LegacyResult, LEGACY_RESULT_FIELDS);

/* `finding_unit`, `item_unit`: of what the record names; STR_NONE where it names none. A body keeps the matters that it
 * leads, the office those of all. */
typedef struct LegacyLinks {
    Str finding_unit;
    Str item_unit;
} LegacyLinks;
Status legacy_enter(Ctx *c, const LegacyIssue *input, Str unit_name, const LegacyLinks *links, Changes *out) MUST_CHECK;
Status legacy_edit(Ctx *c, const LegacyIssue *before, const LegacyLinks *links, const LegacyIssue *input,
    FieldSet given, Changes *out) MUST_CHECK;
Status legacy_resolve(Ctx *c, const LegacyIssue *now, const LegacyResult *input, Changes *out) MUST_CHECK;
Status legacy_void(Ctx *c, const LegacyIssue *now, const MoveInput *input, Changes *out) MUST_CHECK;

#endif
