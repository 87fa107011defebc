/* Registers (登记簿): plain lists with number, date, maker, links and attachments. A register is a
 * migration, a field table and a row in REGISTER_LIST; one generic path serves them all. When one
 * grows a rule it moves out into a file of its own. */
#ifndef DOMAIN_REGISTER_H
#define DOMAIN_REGISTER_H

#include "domain/change.h"
#include "domain/permission.h"

#define MEETING_KINDS(X)                                                           \
    X(STANDING, standing_committee, "常委会会议", "Standing committee")            \
    X(STUDY, study_group, "理论学习中心组", "Theory study group")                  \
    X(SECRETARY, secretary, "书记专题会议", "Secretary's special meeting")         \
    X(LEADING_GROUP, leading_group, "领导小组会议", "Leading group meeting")       \
    X(SUPERVISION, supervision, "整改督办会", "Rectification supervision meeting") \
    X(WORK, work, "巡察工作会议", "Work meeting")                                  \
    X(OTHER, other, "其他会议", "Other")
extern const Choices meeting_kinds;

#define MEETING_FIELDS(X)                                                                         \
    RECORD_FIELDS(X, Meeting)                                                                     \
    X(Meeting, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)          \
    X(Meeting, TEXT, number, "编号", "Number", 60, BY_ENTRY | LISTED | SEARCHED, -)               \
    X(Meeting, CHOICE, kind, "会议类型", "Kind", 30, REQUIRED | BY_ENTRY | LISTED, meeting_kinds) \
    X(Meeting, TEXT, maker, "召集单位", "Maker", 80, REQUIRED | BY_ENTRY | LISTED | SEARCHED, -)  \
    X(Meeting, DATE, held_on, "会议日期", "Held on", 0, REQUIRED | BY_ENTRY | LISTED, -)          \
    X(Meeting, TEXT, title, "议题", "Subject", 120, REQUIRED | BY_ENTRY | LISTED | SEARCHED, -)   \
    X(Meeting, TEXT, place, "地点", "Place", 80, BY_ENTRY, -)                                     \
    X(Meeting, TEXT, chair, "主持人", "Chair", 40, BY_ENTRY | LISTED, -)                          \
    X(Meeting, LONG, attendees, "参加人员", "Attendees", 1000, BY_ENTRY, -)                       \
    X(Meeting, LONG, content, "主要内容", "Content", 4000, BY_ENTRY, -)
FIELDS_DECLARE(Meeting, MEETING_FIELDS);

#define TRAINING_KINDS(X)                                 \
    X(FIELD, field, "分领域培训", "By field")             \
    X(SYSTEM, system, "分系统培训", "By system")          \
    X(BEFORE, before_round, "巡前培训", "Before a round") \
    X(OTHER, other, "其他培训", "Other")
extern const Choices training_kinds;

#define TRAINING_FIELDS(X)                                                                           \
    RECORD_FIELDS(X, Training)                                                                       \
    X(Training, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)            \
    X(Training, TEXT, number, "编号", "Number", 60, BY_ENTRY | LISTED | SEARCHED, -)                 \
    X(Training, CHOICE, kind, "培训类型", "Kind", 30, REQUIRED | BY_ENTRY | LISTED, training_kinds)  \
    X(Training, TEXT, maker, "举办单位", "Maker", 80, REQUIRED | BY_ENTRY | LISTED | SEARCHED, -)    \
    X(Training, DATE, held_on, "培训日期", "Held on", 0, REQUIRED | BY_ENTRY | LISTED, -)            \
    X(Training, TEXT, title, "培训主题", "Subject", 120, REQUIRED | BY_ENTRY | LISTED | SEARCHED, -) \
    X(Training, TEXT, field, "领域（系统）", "Field", 60, BY_ENTRY | LISTED, -)                      \
    X(Training, INT, attendance, "参加人数", "Attendance", 0, BY_ENTRY | LISTED, -)                  \
    X(Training, TEXT, lecturer, "主讲人", "Lecturer", 60, BY_ENTRY, -)
FIELDS_DECLARE(Training, TRAINING_FIELDS);

Status register_enter(Ctx *c, const Entity *entity, const void *input, Changes *out) MUST_CHECK;
Status register_edit(
    Ctx *c, const Entity *entity, const void *before, const void *input, FieldSet given, Changes *out) MUST_CHECK;

#endif
