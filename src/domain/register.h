/* Registers (登记簿): plain lists with number, date, maker, links and attachments. A register is a
 * migration, a field table and a row in REGISTER_LIST; one generic path serves them all. When one
 * grows a rule it moves out into a file of its own. */
#ifndef DOMAIN_REGISTER_H
#define DOMAIN_REGISTER_H

#include "domain/letter.h"

#define MEETING_KINDS(X)                                                           \
    X(STANDING, standing_committee, "常委会会议", "Standing committee")            \
    X(STUDY, study_group, "理论学习中心组", "Theory study group")                  \
    X(SECRETARY, secretary, "书记专题会议", "Secretary's special meeting")         \
    X(LEADING_GROUP, leading_group, "领导小组会议", "Leading group meeting")       \
    X(SUPERVISION, supervision, "整改督办会", "Rectification supervision meeting") \
    X(WORK, work, "巡察工作会议", "Work meeting")                                  \
    X(OTHER, other, "其他会议", "Other")
extern const Choices meeting_kinds;

#define MEETING_FIELDS(X)                                                                                         \
    RECORD_FIELDS(X, Meeting)                                                                                     \
    X(Meeting, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)                          \
    X(Meeting, TEXT, number, "编号", "Number", 60, BY_ENTRY | LISTED | SEARCHED | INDEXED, -)                     \
    X(Meeting, CHOICE, kind, "会议类型", "Kind", 30, REQUIRED | BY_ENTRY | LISTED, meeting_kinds)                 \
    X(Meeting, TEXT, maker, "召集单位", "Maker", 80, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED, -)        \
    X(Meeting, DATE, held_on, "会议日期", "Held on", 0, REQUIRED | BY_ENTRY | LISTED, -)                          \
    X(Meeting, TEXT, title, "议题", "Subject", 120, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED | SPELT, -) \
    X(Meeting, TEXT, place, "地点", "Place", 80, BY_ENTRY | INDEXED, -)                                           \
    X(Meeting, TEXT, chair, "主持人", "Chair", 40, BY_ENTRY | LISTED | INDEXED | SPELT, -)                        \
    X(Meeting, LONG, attendees, "参加人员", "Attendees", 1000, BY_ENTRY | INDEXED, -)                             \
    X(Meeting, LONG, content, "主要内容", "Content", 4000, BY_ENTRY | INDEXED, -)                                 \
    X(Meeting, CHOICE, body, "召集单位类别", "Kind of maker", 20, ASKED | BY_ENTRY | LISTED, bodies)
FIELDS_DECLARE(Meeting, MEETING_FIELDS);

#define TRAINING_KINDS(X)                                 \
    X(FIELD, field, "分领域培训", "By field")             \
    X(SYSTEM, system, "分系统培训", "By system")          \
    X(BEFORE, before_round, "巡前培训", "Before a round") \
    X(OTHER, other, "其他培训", "Other")
extern const Choices training_kinds;

#define TRAINING_FIELDS(X)                                                                                             \
    RECORD_FIELDS(X, Training)                                                                                         \
    X(Training, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)                              \
    X(Training, TEXT, number, "编号", "Number", 60, BY_ENTRY | LISTED | SEARCHED | INDEXED, -)                         \
    X(Training, CHOICE, kind, "培训类型", "Kind", 30, REQUIRED | BY_ENTRY | LISTED, training_kinds)                    \
    X(Training, TEXT, maker, "举办单位", "Maker", 80, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED, -)            \
    X(Training, DATE, held_on, "培训日期", "Held on", 0, REQUIRED | BY_ENTRY | LISTED, -)                              \
    X(Training, TEXT, title, "培训主题", "Subject", 120, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED | SPELT, -) \
    X(Training, TEXT, field, "领域（系统）", "Field", 60, BY_ENTRY | LISTED | INDEXED, -)                              \
    X(Training, INT, attendance, "参加人数", "Attendance", 0, BY_ENTRY | LISTED, -)                                    \
    X(Training, TEXT, lecturer, "主讲人", "Lecturer", 60, BY_ENTRY | INDEXED | SPELT, -)                               \
    X(Training, CHOICE, body, "举办单位类别", "Kind of maker", 20, ASKED | BY_ENTRY | LISTED, bodies)
FIELDS_DECLARE(Training, TRAINING_FIELDS);

#define REGULATION_KINDS(X)                \
    X(RULE, rule, "制度", "Rule")          \
    X(FLOW, flow, "工作流程", "Work flow") \
    X(TEMPLATE, template, "文书模板", "Template")
#define STAGES(X)                                            \
    X(GENERAL, general, "综合", "General")                   \
    X(PREPARATION, preparation, "准备", "Preparation")       \
    X(FACT_FINDING, fact_finding, "了解", "Fact-finding")    \
    X(REPORT, report, "报告", "Report")                      \
    X(FEEDBACK, feedback, "反馈", "Feedback")                \
    X(TRANSFER, transfer, "移交", "Transfer")                \
    X(RECTIFICATION, rectification, "整改", "Rectification") \
    X(ARCHIVE, archive, "立卷归档", "Archive")
extern const Choices regulation_kinds, stages;

#define REGULATION_FIELDS(X)                                                                                       \
    RECORD_FIELDS(X, Regulation)                                                                                   \
    X(Regulation, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)                        \
    X(Regulation, TEXT, number, "文号", "Number", 60, BY_ENTRY | LISTED | SEARCHED | INDEXED, -)                   \
    X(Regulation, CHOICE, kind, "类型", "Kind", 30, REQUIRED | BY_ENTRY | LISTED, regulation_kinds)                \
    X(Regulation, CHOICE, body, "制定单位类别", "Kind of maker", 20, REQUIRED | BY_ENTRY | LISTED, bodies)         \
    X(Regulation, TEXT, maker, "制定单位", "Maker", 80, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED, -)      \
    X(Regulation, DATE, made_on, "印发日期", "Made on", 0, REQUIRED | BY_ENTRY | LISTED, -)                        \
    X(Regulation, TEXT, title, "名称", "Title", 120, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED | SPELT, -) \
    X(Regulation, CHOICE, stage, "适用环节", "Stage", 20, BY_ENTRY | LISTED, stages)                               \
    X(Regulation, DATE, repealed_on, "废止日期", "Repealed on", 0, BY_ENTRY, -)                                    \
    X(Regulation, LONG, content, "主要内容", "Content", 4000, BY_ENTRY | INDEXED, -)
FIELDS_DECLARE(Regulation, REGULATION_FIELDS);

#define PUBLICATION_KINDS(X)                    \
    X(SPEECH, speech, "交流发言", "Speech")     \
    X(PRESS, press, "报刊报道", "Press report") \
    X(FILM, film, "专题片", "Film")             \
    X(BULLETIN, bulletin, "简报", "Bulletin")   \
    X(OTHER, other, "其他", "Other")
extern const Choices publication_kinds;

#define PUBLICATION_FIELDS(X)                                                                                       \
    RECORD_FIELDS(X, Publication)                                                                                   \
    X(Publication, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)                        \
    X(Publication, TEXT, number, "编号", "Number", 60, BY_ENTRY | LISTED | SEARCHED | INDEXED, -)                   \
    X(Publication, CHOICE, kind, "形式", "Kind", 30, REQUIRED | BY_ENTRY | LISTED, publication_kinds)               \
    X(Publication, CHOICE, body, "单位类别", "Kind of maker", 20, REQUIRED | BY_ENTRY | LISTED, bodies)             \
    X(Publication, TEXT, maker, "报送单位", "Maker", 80, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED, -)      \
    X(Publication, DATE, published_on, "日期", "Published on", 0, REQUIRED | BY_ENTRY | LISTED, -)                  \
    X(Publication, TEXT, title, "题目", "Title", 120, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED | SPELT, -) \
    X(Publication, TEXT, occasion, "场合（载体）", "Occasion", 120, BY_ENTRY | LISTED | INDEXED, -)                 \
    X(Publication, LONG, content, "摘要", "Content", 4000, BY_ENTRY | INDEXED, -)
FIELDS_DECLARE(Publication, PUBLICATION_FIELDS);

/* A campaign against what was found in many places (专项整治). */
#define CLEAN_UP_FIELDS(X)                                                                                        \
    RECORD_FIELDS(X, CleanUp)                                                                                     \
    X(CleanUp, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)                          \
    X(CleanUp, TEXT, number, "编号", "Number", 60, BY_ENTRY | LISTED | SEARCHED | INDEXED, -)                     \
    X(CleanUp, TEXT, title, "名称", "Title", 120, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED | SPELT, -)   \
    X(CleanUp, TEXT, theme, "整治主题", "Theme", 80, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED, -)        \
    X(CleanUp, TEXT, leader, "牵头领导职务", "Leader's post", 60, BY_ENTRY | LISTED | INDEXED, -)                 \
    X(CleanUp, CHOICE, body, "牵头单位类别", "Kind of leading body", 20, REQUIRED | BY_ENTRY | LISTED, bodies)    \
    X(CleanUp, TEXT, maker, "牵头单位", "Leading body", 80, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED, -) \
    X(CleanUp, DATE, from_on, "开始日期", "From", 0, REQUIRED | BY_ENTRY | LISTED, -)                             \
    X(CleanUp, DATE, to_on, "结束日期", "To", 0, BY_ENTRY | LISTED, -)                                            \
    X(CleanUp, INT, problems_found, "发现问题数", "Problems found", 0, BY_ENTRY | LISTED, -)                      \
    X(CleanUp, INT, problems_solved, "解决问题数", "Problems solved", 0, BY_ENTRY | LISTED, -)                    \
    X(CleanUp, INT, rules_made, "建章立制数", "Rules made", 0, BY_ENTRY | LISTED, -)                              \
    X(CleanUp, LONG, results, "整治成效", "Results", 4000, BY_ENTRY | INDEXED, -)                                 \
    X(CleanUp, REF, look_back, "相关回头看", "Look-back", 26, BY_ENTRY, RECHECK)
FIELDS_DECLARE(CleanUp, CLEAN_UP_FIELDS);

Status register_enter(Ctx *c, const Entity *entity, const void *input, Changes *out) MUST_CHECK;
Status register_edit(
    Ctx *c, const Entity *entity, const void *before, const void *input, FieldSet given, Changes *out) MUST_CHECK;

#endif
