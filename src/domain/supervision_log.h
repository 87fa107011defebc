/* The supervisors' own log (监督日志): who looked at which unit or item, how, on which day, what was found, what was
 * demanded by when, and what came of it. A body writes its own entries and sees those of all; the unit sees none. */
#ifndef DOMAIN_SUPERVISION_LOG_H
#define DOMAIN_SUPERVISION_LOG_H

#include "domain/letter.h"

#define SUPERVISION_METHODS(X)                                                    \
    X(PLAN, plan, "审核方案", "Reviewed the plan")                                \
    X(FEEDBACK, feedback, "参加反馈", "Attended the feedback")                    \
    X(LIFE_MEETING, life_meeting, "列席民主生活会", "Sat in at the life meeting") \
    X(SITE, site, "现场检查", "On site")                                          \
    X(HEARING, hearing, "听取汇报", "Heard a report")                             \
    X(CONSULTATION, consultation, "专题会商", "Consulted")                        \
    X(TALK, talk, "谈话", "Talked")                                               \
    X(VISIT, visit, "回访", "Visited again")                                      \
    X(OTHER, other, "其他", "Other")
extern const Choices supervision_methods;

#define SUPERVISION_LOG_FIELDS(X)                                                                                     \
    RECORD_FIELDS(X, SupervisionLog)                                                                                  \
    X(SupervisionLog, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)                       \
    X(SupervisionLog, CHOICE, body, "监督单位类别", "Supervising body", 20, REQUIRED | INPUT | LISTED, bodies)        \
    X(SupervisionLog, TEXT, supervisor, "监督人员", "Who supervised", 80,                                             \
        REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED, -)                                                         \
    X(SupervisionLog, REF, unit, "被监督单位", "Unit", 26, REQUIRED | INPUT | LISTED, UNIT)                           \
    X(SupervisionLog, TEXT, unit_name, "被监督单位名称", "Unit's name then", 80, LISTED | SEARCHED | INDEXED | SPELT, \
        -)                                                                                                            \
    X(SupervisionLog, REF, rectification, "相关整改事项", "Item", 26, BY_ENTRY, RECTIFICATION)                        \
    X(SupervisionLog, CHOICE, method, "监督方式", "How", 20, REQUIRED | BY_ENTRY | LISTED, supervision_methods)       \
    X(SupervisionLog, DATE, done_on, "监督日期", "On", 0, REQUIRED | BY_ENTRY | LISTED, -)                            \
    X(SupervisionLog, LONG, found, "发现情况", "Found", 4000, REQUIRED | BY_ENTRY | LISTED | INDEXED, -)              \
    X(SupervisionLog, LONG, demand, "提出要求", "Demanded", 2000, BY_ENTRY | INDEXED, -)                              \
    X(SupervisionLog, DATE, due_on, "要求时限", "Due on", 0, BY_ENTRY | LISTED, -)                                    \
    X(SupervisionLog, LONG, result, "落实结果", "Result", 2000, BY_ENTRY | INDEXED, -)                                \
    X(SupervisionLog, DATE, met_on, "落实日期", "Met on", 0, BY_ENTRY | LISTED, -)
FIELDS_DECLARE(SupervisionLog, SUPERVISION_LOG_FIELDS);

/* `item`: that it names; NULL: none. A demand is met only with a result. */
Status supervision_log_enter(
    Ctx *c, const SupervisionLog *input, Str unit_name, const Rectification *item, Changes *out) MUST_CHECK;
Status supervision_log_edit(Ctx *c, const SupervisionLog *before, const Rectification *item,
    const SupervisionLog *input, FieldSet given, Changes *out) MUST_CHECK;

#endif
