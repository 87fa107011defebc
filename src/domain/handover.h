/* A task passed on (转办): who has it now and why. The task itself stays derived from state and chain; this only says
 * whose it is among those who hold the role. The latest one counts while the record waits for that task. */
#ifndef DOMAIN_HANDOVER_H
#define DOMAIN_HANDOVER_H

#include "domain/change.h"

#define HANDOVER_FIELDS(X)                                                          \
    RECORD_FIELDS(X, Handover)                                                      \
    X(Handover, TEXT, task, "待办事项", "Task", 40, REQUIRED | INPUT | LISTED, -)   \
    X(Handover, TEXT, subject, "对象种类", "Subject", 30, REQUIRED | LISTED, -)     \
    X(Handover, TEXT, record, "对象", "Record", 26, REQUIRED | INPUT, -)            \
    X(Handover, TEXT, title, "内容", "Title", 120, LISTED | SEARCHED, -)            \
    X(Handover, REF, person, "转给", "To", 26, REQUIRED | INPUT | LISTED, PERSON)   \
    X(Handover, TEXT, person_name, "承办人", "Name", 40, LISTED, -)                 \
    X(Handover, TEXT, from_name, "转出人", "From", 40, LISTED, -)                   \
    X(Handover, CHOICE, role, "角色", "Role", 20, REQUIRED | LISTED, roles)         \
    X(Handover, LONG, reason, "理由", "Reason", 1000, REQUIRED | INPUT | LISTED, -) \
    X(Handover, DATE, given_on, "转办日期", "Given on", 0, REQUIRED | LISTED, -)    \
    X(Handover, REF, inspection, "巡察对象", "Inspection", 26, 0, INSPECTION)       \
    X(Handover, REF, unit, "单位", "Unit", 26, 0, UNIT)                             \
    X(Handover, REF, organiser, "主办机构", "Organiser", 26, 0, ORGANISER)
FIELDS_DECLARE(Handover, HANDOVER_FIELDS);

/* What is known of the record and of who shall have the task. */
typedef struct HandoverCase {
    const Entity *entity;
    const void *record;
    bool waits;      /* the record is in the state of that task, and it is the actor's */
    bool holds_role; /* the other one holds the actor's role today */
    Str person_name;
} HandoverCase;

Status handover_give(Ctx *c, const HandoverCase *now, const Handover *input, Changes *out) MUST_CHECK;

#endif
