/* Rounds (轮), their teams and members, the numbered decision that gives rights, and inspections. */
#ifndef DOMAIN_ROUND_H
#define DOMAIN_ROUND_H

#include "domain/account.h"
#include "domain/ruleset.h"
#include "domain/unit.h"
#include "domain/workflow.h"

#define ROUND_TYPES(X)                                        \
    X(REGULAR, regular, "常规巡察", "Regular")                \
    X(SPECIAL, special, "专项巡察", "Special")                \
    X(FLYING, ad_hoc, "机动巡察", "Ad hoc")                   \
    X(RAISED, raised, "提级巡察", "One level up")             \
    X(DELEGATED, delegated, "授权巡察", "Delegated")          \
    X(CROSS, cross, "交叉巡察", "Cross")                      \
    X(JOINT, joint, "联动巡察", "Joint")                      \
    X(LOOK_BACK, look_back, "巡察“回头看”", "Look-back")      \
    X(RETURN_VISIT, return_visit, "回访督查", "Return visit") \
    X(VILLAGE, village, "村（社区）巡察", "Village")
enum RoundType {
    ROUND_TYPE_NONE,
#define X(N, ...) ROUND_##N,
    ROUND_TYPES(X)
#undef X
};
#define DUTIES(X)                              \
    X(HEAD, head, "组长", "Head")              \
    X(DEPUTY, deputy, "副组长", "Deputy head") \
    X(LIAISON, liaison, "联络员", "Liaison")   \
    X(MEMBER, member, "组员", "Member")
enum Duty { DUTY_NONE, DUTY_HEAD, DUTY_DEPUTY, DUTY_LIAISON, DUTY_MEMBER };
#define AUTHORISATION_STATES(X)                 \
    X(DRAFT, draft, "拟定", "Draft")            \
    X(IN_FORCE, in_force, "已生效", "In force") \
    X(REVOKED, revoked, "已撤销", "Revoked")
enum AuthorisationState {
    AUTHORISATION_STATE_NONE,
    AUTHORISATION_DRAFT,
    AUTHORISATION_IN_FORCE,
    AUTHORISATION_REVOKED
};
#define INSPECTION_STATES(X)                                                  \
    X(PLANNED, planned, "待进驻", "Planned")                                  \
    X(ON_SITE, on_site, "驻点", "On site")                                    \
    X(LEFT, left, "撤离", "Left")                                             \
    X(REPORTING, reporting, "报告起草", "Reporting")                          \
    X(CONSULTING, consulting, "组办会商", "Consulting")                       \
    X(DELIBERATING, deliberating, "领导小组审议", "Before the leading group") \
    X(HEARD, heard, "书记专题会", "Heard by the secretary")                   \
    X(FED_BACK, fed_back, "集中整改", "Fed back, being rectified")            \
    X(FOLLOWING_UP, following_up, "持续整改", "Following up")                 \
    X(EVALUATED, evaluated, "评估", "Evaluated")                              \
    X(ARCHIVED, archived, "归档", "Archived")
enum InspectionState {
    INSPECTION_STATE_NONE,
#define X(N, ...) INSPECTION_##N,
    INSPECTION_STATES(X)
#undef X
};
extern const Choices round_types, duties, authorisation_states, inspection_states;

#define ROUND_FIELDS(X)                                                                                    \
    RECORD_FIELDS(X, Round)                                                                                \
    X(Round, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)                     \
    X(Round, TEXT, term, "届", "Term", 40, REQUIRED | BY_ENTRY | LISTED, -)                                \
    X(Round, CHOICE, type, "类型", "Type", 20, REQUIRED | INPUT | LISTED, round_types)                     \
    X(Round, INT, number, "轮次", "Number", 0, BY_ENTRY | LISTED, -)                                       \
    X(Round, TEXT, name, "名称", "Name", 80, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED | SPELT, -) \
    X(Round, INT, year, "年度", "Year", 0, REQUIRED | BY_ENTRY | LISTED, -)                                \
    X(Round, REF, parent, "上级轮次", "Parent round", 26, BY_ENTRY, ROUND)                                 \
    X(Round, REF, rule_set, "规则版本", "Rule set", 26, LISTED, RULE_SET)                                  \
    X(Round, TEXT, taxonomy, "问题分类", "Taxonomy", 20, REQUIRED | INPUT | LISTED, -)                     \
    X(Round, DATE, starts_on, "开始日期", "Starts on", 0, REQUIRED | BY_ENTRY | LISTED, -)                 \
    X(Round, DATE, ends_on, "结束日期", "Ends on", 0, BY_ENTRY | LISTED, -)                                \
    X(Round, LONG, focus, "巡察重点", "Focus", 4000, BY_ENTRY | INDEXED, -)                                \
    X(Round, TEXT, taxonomy2, "第二问题分类", "Second taxonomy", 20, INPUT, -)
FIELDS_DECLARE(Round, ROUND_FIELDS);

#define TEAM_FIELDS(X)                                                         \
    RECORD_FIELDS(X, Team)                                                     \
    X(Team, REF, round, "轮次", "Round", 26, REQUIRED | INPUT | LISTED, ROUND) \
    X(Team, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)  \
    X(Team, TEXT, name, "名称", "Name", 60, REQUIRED | BY_ENTRY | LISTED | SEARCHED, -)
FIELDS_DECLARE(Team, TEAM_FIELDS);

#define MEMBER_FIELDS(X)                                                            \
    RECORD_FIELDS(X, Member)                                                        \
    X(Member, REF, team, "巡察组", "Team", 26, REQUIRED | INPUT | LISTED, TEAM)     \
    X(Member, REF, round, "轮次", "Round", 26, REQUIRED | LISTED, ROUND)            \
    X(Member, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)     \
    X(Member, REF, person, "人员", "Person", 26, REQUIRED | INPUT | LISTED, PERSON) \
    X(Member, TEXT, person_name, "姓名", "Name", 40, LISTED, -)                     \
    X(Member, CHOICE, duty, "组内职务", "Duty", 20, REQUIRED | BY_ENTRY | LISTED, duties)
FIELDS_DECLARE(Member, MEMBER_FIELDS);

#define INSPECTION_FIELDS(X)                                                                       \
    RECORD_FIELDS(X, Inspection)                                                                   \
    X(Inspection, REF, round, "轮次", "Round", 26, REQUIRED | INPUT | LISTED, ROUND)               \
    X(Inspection, TEXT, round_name, "轮次名称", "Round name", 80, LISTED, -)                       \
    X(Inspection, REF, team, "巡察组", "Team", 26, REQUIRED | INPUT | LISTED, TEAM)                \
    X(Inspection, TEXT, team_name, "巡察组名称", "Team name", 60, LISTED, -)                       \
    X(Inspection, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                \
    X(Inspection, REF, unit, "被巡察单位", "Unit", 26, REQUIRED | INPUT | LISTED, UNIT)            \
    X(Inspection, TEXT, unit_name, "被巡察单位名称", "Unit's name then", 80, LISTED | SEARCHED, -) \
    X(Inspection, INT, number, "序号", "Number", 0, LISTED, -)                                     \
    X(Inspection, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, inspection_states)        \
    X(Inspection, DATE, notice_on, "通知日期", "Notice on", 0, LISTED, -)                          \
    X(Inspection, DATE, enters_on, "进驻日期", "Enters on", 0, LISTED, -)                          \
    X(Inspection, DATE, leaves_on, "撤离日期", "Leaves on", 0, LISTED, -)                          \
    X(Inspection, DATE, fed_back_on, "反馈日期", "Fed back on", 0, LISTED, -)
FIELDS_DECLARE(Inspection, INSPECTION_FIELDS);

/* 授权任职及任务分工的决定: rights begin and end with it (一次一授权). */
#define AUTHORISATION_FIELDS(X)                                                                       \
    RECORD_FIELDS(X, Authorisation)                                                                   \
    X(Authorisation, REF, round, "轮次", "Round", 26, REQUIRED | INPUT | LISTED, ROUND)               \
    X(Authorisation, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                \
    X(Authorisation, TEXT, number, "决定文号", "Number", 60, REQUIRED | BY_ENTRY | LISTED, -)         \
    X(Authorisation, TEXT, decided_by, "决定机关", "Decided by", 60, REQUIRED | BY_ENTRY | LISTED, -) \
    X(Authorisation, DATE, decided_on, "决定日期", "Decided on", 0, REQUIRED | BY_ENTRY | LISTED, -)  \
    X(Authorisation, DATE, valid_from, "授权起始", "Valid from", 0, REQUIRED | BY_ENTRY | LISTED, -)  \
    X(Authorisation, DATE, valid_to, "授权截止", "Valid to", 0, REQUIRED | BY_ENTRY | LISTED, -)      \
    X(Authorisation, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, authorisation_states)
FIELDS_DECLARE(Authorisation, AUTHORISATION_FIELDS);

/* Entered afterwards (补录): its last day has gone by already when it is entered. */
bool round_is_past(const Ctx *c, const Round *round);
/* Freezes `rules` (their record's id) into a new round. */
Status round_open(Ctx *c, const Round *input, Str rule_set_id, const RuleSet *rules, Changes *out) MUST_CHECK;
Status round_edit(Ctx *c, const Round *before, const Round *input, FieldSet given, Changes *out) MUST_CHECK;
Status team_form(Ctx *c, const Round *round, const Team *input, Changes *out) MUST_CHECK;
/* `others`: members of this round already; a person stands in one team of a round, and a team has one head. */
Status member_add(Ctx *c, const Team *team, const Person *person, const Member *input, const Member *others,
    size_t other_count, Changes *out) MUST_CHECK;
/* `name_then`: the unit's name on the day the round starts. */
Status inspection_plan(Ctx *c, const Round *round, const Team *team, const Unit *unit, Str name_then, int64_t number,
    const Inspection *input, Changes *out) MUST_CHECK;
Status inspection_decide(Ctx *c, const Inspection *now, Action action, const MoveInput *input, Changes *out) MUST_CHECK;

/* One right to be given: a member's account and an inspection of his team. */
typedef struct Mandate {
    Str account;
    Role role;
    Str inspection;
    Str round;
    RoleSet held;              /* other roles of the account that overlap in time */
    bool authorised_elsewhere; /* the person stands in another live authorisation */
    Str person_name;
} Mandate;

Status authorisation_draft(Ctx *c, const Round *round, const Authorisation *input, Changes *out) MUST_CHECK;
Status authorisation_edit(
    Ctx *c, const Authorisation *before, const Authorisation *input, FieldSet given, Changes *out) MUST_CHECK;
/* Puts it in force: one Assignment a mandate, from valid_from to valid_to. A team without a head, or
 * nobody at all, is refused. */
Status authorisation_enforce(Ctx *c, const Authorisation *now, const Mandate *mandates, size_t count,
    const MoveInput *input, Changes *out) MUST_CHECK;
/* Ends all its rights on the day before the effective date. */
Status authorisation_revoke(Ctx *c, const Authorisation *now, const Assignment *live, size_t count,
    const MoveInput *input, Changes *out) MUST_CHECK;
/* The role a duty carries. */
Role duty_role(int32_t duty);

#endif
