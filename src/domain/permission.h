/* Roles, what each may do (needs), what each may see (sights), and which may not meet in one person.
 *
 * Default deny: a need that a role does not list is refused (403), an entity without a sight row for
 * a role does not exist for it (403), and a record outside the scope of its assignments neither (404). */
#ifndef DOMAIN_PERMISSION_H
#define DOMAIN_PERMISSION_H

#include "domain/entity.h"

#define ROLE_LIST(X)                                                              \
    X(LEADER, leader, "领导小组", "Leading group")                                \
    X(OFFICE, office, "巡察办", "Inspection office")                              \
    X(HEAD, head, "组长", "Team head")                                            \
    X(DEPUTY, deputy, "副组长", "Deputy head")                                    \
    X(LIAISON, liaison, "联络员", "Liaison")                                      \
    X(MEMBER, member, "组员", "Team member")                                      \
    X(UNIT, unit, "被巡察党组织", "Inspected unit")                               \
    X(DISCIPLINE, discipline, "纪委监委", "Discipline body")                      \
    X(ORGANISATION, organisation, "组织部", "Organisation department")            \
    X(PROPAGANDA, propaganda, "宣传部", "Propaganda department")                  \
    X(SYSTEM_ADMIN, system_admin, "系统管理员", "System administrator")           \
    X(SECURITY_ADMIN, security_admin, "安全保密管理员", "Security administrator") \
    X(AUDITOR, auditor, "安全审计员", "Security auditor")                         \
    X(LOCAL, local, "本机操作", "Local operator")

typedef enum Role {
    ROLE_NONE,
#define X(N, ...) ROLE_##N,
    ROLE_LIST(X)
#undef X
        ROLE_COUNT
} Role;
typedef uint32_t RoleSet;
#define ROLE_BIT(role) ((RoleSet)1 << (role))
extern const Choices roles;

/* What an operation may demand. X(NAME, 中文, English) */
#define NEED_LIST(X)                                                \
    X(READ, "查看", "Read")                                         \
    X(SEARCH, "检索", "Search")                                     \
    X(UNIT_KEEP, "维护单位", "Keep units")                          \
    X(PERSON_KEEP, "维护人员", "Keep people")                       \
    X(ROUND_KEEP, "维护轮次", "Keep rounds")                        \
    X(AUTHORISE, "授权", "Authorise teams")                         \
    X(INSPECTION_RUN, "推进巡察", "Run an inspection")              \
    X(PAPER_WRITE, "编制签署底稿", "Write and sign papers")         \
    X(PAPER_DECIDE, "处理底稿", "Decide on papers")                 \
    X(FINDING_KEEP, "维护问题", "Keep findings")                    \
    X(FEEDBACK_KEEP, "反馈", "Give feedback")                       \
    X(FEEDBACK_RECEIVE, "签收反馈", "Receive feedback")             \
    X(RECT_ANSWER, "落实整改", "Rectify")                           \
    X(RECT_REVIEW, "审核销号", "Review strike-off")                 \
    X(RECT_STRIKE, "确认销号", "Strike off")                        \
    X(RECHECK_KEEP, "抽查整改", "Draw rechecks")                    \
    X(RECHECK_RECORD, "登记抽查结论", "Enter rechecks")             \
    X(EVALUATION_KEEP, "组织整改评估", "Run evaluations")           \
    X(EVALUATION_SCORE, "整改评估评分", "Score")                    \
    X(EVALUATION_DECIDE, "审定整改评估", "Settle")                  \
    X(FACT_ANSWER, "答复事实核对", "Answer on facts")               \
    X(OBJECT, "提出异议", "Object")                                 \
    X(OBJECTION_DECIDE, "处理异议", "Decide objections")            \
    X(ADJUST_ASK, "申请整改调整", "Ask for an adjustment")          \
    X(ADJUST_DECIDE, "审批整改调整", "Decide adjustments")          \
    X(SHARE_KEEP, "整改任务分工", "Share out an item")              \
    X(EFFECT_STATE, "填报整改成效", "State effects")                \
    X(EFFECT_CONFIRM, "核实整改成效", "Confirm effects")            \
    X(FILING_KEEP, "报送整改材料", "File on rectification")         \
    X(FILING_REVIEW, "会审整改材料", "Review filings")              \
    X(WITHHOLD_DECIDE, "审批不公开事项", "Decide what is withheld") \
    X(LETTER_KEEP, "维护函件", "Write letters")                     \
    X(LETTER_ANSWER, "签收回复函件", "Answer letters")              \
    X(SUPERVISE, "日常监督", "Supervise rectification")             \
    X(TALK_ANSWER, "报告约谈落实情况", "Report on a talk")          \
    X(INSTRUCTION_KEEP, "维护批示", "Keep instructions")            \
    X(STATE, "填写说明", "Write statements")                        \
    X(UPLOAD, "上传", "Upload")                                     \
    X(REGISTER_KEEP, "维护登记簿", "Keep registers")                \
    X(TASK_PASS, "转办待办", "Pass tasks on")                       \
    X(IMPORT_KEEP, "批量导入", "Import files")                      \
    X(FIGURES, "查看统计", "Read figures")                          \
    X(CHECK, "核对数字", "Check figures")                           \
    X(FIGURES_KEEP, "冻结统计", "Freeze figures")                   \
    X(PRINT, "打印文书", "Print papers")                            \
    X(DOCUMENT_KEEP, "拟制印发公文", "Issue official papers")       \
    X(TEMPLATE_KEEP, "维护模板", "Keep templates")                  \
    X(SEAL_KEEP, "维护印章签名", "Keep seals")                      \
    X(DOSSIER_KEEP, "编制案卷", "Keep files of inspections")        \
    X(DOSSIER_BORROW, "借阅案卷", "Borrow from files")              \
    X(ACCOUNT_KEEP, "维护账号", "Keep accounts")                    \
    X(RIGHT_GRANT, "授予权限", "Grant rights")                      \
    X(AUDIT_READ, "查看审计", "Read the audit")                     \
    X(RULES_KEEP, "维护规则", "Keep rule sets")                     \
    X(SETTING_KEEP, "维护设置", "Keep settings")                    \
    X(ORGANISER_KEEP, "维护主办机构", "Keep organisers")            \
    X(SELF, "本人事项", "One's own account")

typedef enum Need {
#define X(N, ...) NEED_##N,
    NEED_LIST(X)
#undef X
        NEED_COUNT,
    NEED_NOBODY = NEED_COUNT, /* before login */
} Need;

/* How many targets of each kind an actor's rights of today name, in his acting role. It shapes the question that
 * the scope asks of his assignments, and gives no right by itself: they are asked all the same. */
enum { HOLDS_NONE, HOLDS_ONE, HOLDS_SEVERAL };
typedef struct Holding {
    bool known; /* false: ask for every kind */
    bool everything;
    uint8_t inspections;
    uint8_t units;
    uint8_t organisers;
    uint8_t rounds;
    uint8_t supervision_offices; /* units by what their history names today */
    uint8_t resident_groups;
} Holding;

/* Who acts: one account in one role at a time. */
struct Actor {
    Str account;
    Str person;
    Str login;
    Str name;
    Role role;
    RoleSet held; /* all roles in force today, to switch between */
    Holding holding;
};

bool role_may(Role role, Need need);
Text need_label(Need need);

typedef enum SightKind {
    SIGHT_NONE,  /* not for this role */
    SIGHT_OPEN,  /* every record */
    SIGHT_SCOPED /* those an assignment in force reaches */
} SightKind;

/* A further condition on what a role sees: the field is one of up to eight values, not empty, a date
 * that has come (or the state is one of `values`), the name of a register or of one of `values`, or a mark that the
 * record does not bear, unless the field that `values` names is the actor's account. Field and choices are checked by
 * the tests against the entity's table. */
enum { SIGHT_VALUES_MAX = 8 };
typedef enum SightOnly {
    ONLY_ALL,
    ONLY_ONE_OF,
    ONLY_GIVEN,
    ONLY_SINCE,
    ONLY_REGISTERS,
    ONLY_UNMARKED_OR_MINE
} SightOnly;
typedef struct Sight {
    EntityKind entity;
    RoleSet roles;
    SightKind kind;
    SightOnly only;
    const char *field;
    const char *values[SIGHT_VALUES_MAX];
} Sight;

/* The row for a role and an entity; one of kind SIGHT_NONE when there is none. */
const Sight *sight_of(Role role, EntityKind entity);

/* Pairs that one person may not hold at the same time. Data; never less than the first two. */
typedef struct ForbiddenPair {
    Role one;
    Role other;
    Text reason;
} ForbiddenPair;
extern const ForbiddenPair forbidden_pairs[];
extern const size_t forbidden_pair_count;
/* The pair that `role` would make with what is held, or NULL. */
const ForbiddenPair *role_forbidden_beside(Role role, RoleSet held);

#endif
