/* Who does what below an item (任务分工): the leading organisation and those that cooperate. An item is one
 * finding and counts once, however many have a share in it. */
#ifndef DOMAIN_SHARE_H
#define DOMAIN_SHARE_H

#include "domain/project.h"
#include "domain/rectification.h"

#define SHARE_FIELDS(X)                                                                            \
    RECORD_FIELDS(X, Share)                                                                        \
    X(Share, REF, rectification, "整改事项", "Item", 26, REQUIRED | INPUT | LISTED, RECTIFICATION) \
    X(Share, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED, INSPECTION)                  \
    X(Share, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                     \
    X(Share, REF, answers, "整改单位", "Who answers", 26, REQUIRED, UNIT)                          \
    X(Share, TEXT, title, "反馈问题", "Finding", 80, REQUIRED | LISTED | SEARCHED, -)              \
    X(Share, REF, unit, "承担单位", "Unit", 26, REQUIRED | INPUT | LISTED, UNIT)                   \
    X(Share, TEXT, unit_name, "承担单位名称", "Unit's name", 80, LISTED, -)                        \
    X(Share, CHOICE, part, "分工", "Part", 20, REQUIRED | INPUT | LISTED, parts)                   \
    X(Share, LONG, content, "任务", "Task", 1000, REQUIRED | BY_ENTRY | LISTED, -)                 \
    X(Share, DATE, due_on, "时限", "Due on", 0, BY_ENTRY | LISTED, -)                              \
    X(Share, LONG, result, "完成情况", "Result", 1000, EDIT, -)                                    \
    X(Share, DATE, done_on, "完成日期", "Done on", 0, EDIT | LISTED, -)                            \
    X(Share, TEXT, handler, "责任人", "Handler", 40, BY_ENTRY | LISTED, -)                         \
    X(Share, LONG, target, "目标", "Target", 400, BY_ENTRY, -)                                     \
    X(Share, TEXT, proof, "约定的佐证形式", "Agreed kinds of proof", 200, BY_ENTRY, -)
FIELDS_DECLARE(Share, SHARE_FIELDS);

/* `same`: how often the unit has this very task of the item already; once is enough. */
Status share_give(
    Ctx *c, const Rectification *item, const Unit *unit, int64_t same, const Share *input, Changes *out) MUST_CHECK;
/* Who answers for the item, and the office, edit all of it; a unit that only cooperates gives its result and day, and
 * may repeat what stands in the rest. */
Status share_edit(
    Ctx *c, const Share *before, bool answers, const Share *input, FieldSet given, Changes *out) MUST_CHECK;

#endif
