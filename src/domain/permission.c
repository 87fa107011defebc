#include "domain/permission.h"

CHOICES_DEFINE(roles, ROLE_LIST);

#define B(need)   ((uint64_t)1 << NEED_##need)
#define EVERYBODY (B(READ) | B(SELF))
#define WORKS     (EVERYBODY | B(CHECK) | B(SEARCH) | B(PRINT)) /* everybody but the three administrators */
#define SUPERVISES                                                                                      \
    (WORKS | B(TASK_PASS) | B(RECT_REVIEW) | B(ADJUST_DECIDE) | B(EFFECT_CONFIRM) | B(RECHECK_RECORD) | \
        B(EVALUATION_SCORE) | B(FILING_REVIEW) | B(LETTER_KEEP) | B(SUPERVISE) | B(STATE) | B(UPLOAD) | B(FIGURES))
#define INSPECTS (WORKS | B(UPLOAD) | B(PAPER_WRITE))

/* What each role may do; on which rows is the sight below. */
static const uint64_t may[ROLE_COUNT] = {
    [ROLE_LEADER] = WORKS | B(FIGURES) | B(AUTHORISE) | B(OBJECTION_DECIDE) | B(ADJUST_DECIDE) | B(FILING_REVIEW) |
                    B(WITHHOLD_DECIDE) | B(EVALUATION_DECIDE),
    [ROLE_OFFICE] = WORKS | B(UNIT_KEEP) | B(PERSON_KEEP) | B(ROUND_KEEP) | B(AUTHORISE) | B(INSPECTION_RUN) |
                    B(FINDING_KEEP) | B(FEEDBACK_KEEP) | B(RECT_REVIEW) | B(RECT_STRIKE) | B(RECHECK_KEEP) |
                    B(RECHECK_RECORD) | B(EVALUATION_KEEP) | B(EVALUATION_SCORE) | B(EVALUATION_DECIDE) |
                    B(FILING_KEEP) | B(FILING_REVIEW) | B(WITHHOLD_DECIDE) | B(FACT_ANSWER) | B(OBJECT) |
                    B(OBJECTION_DECIDE) | B(EFFECT_STATE) | B(EFFECT_CONFIRM) | B(ADJUST_ASK) | B(ADJUST_DECIDE) |
                    B(SHARE_KEEP) | B(LETTER_KEEP) | B(SUPERVISE) | B(TALK_ANSWER) | B(INSTRUCTION_KEEP) | B(STATE) |
                    B(UPLOAD) | B(REGISTER_KEEP) | B(IMPORT_KEEP) | B(TASK_PASS) | B(FIGURES) | B(FIGURES_KEEP) |
                    B(RULES_KEEP) | B(ORGANISER_KEEP) | B(DOCUMENT_KEEP) | B(TEMPLATE_KEEP) | B(SEAL_KEEP) |
                    B(DOSSIER_KEEP) | B(DOSSIER_BORROW),
    [ROLE_HEAD] = INSPECTS | B(TASK_PASS) | B(INSPECTION_RUN) | B(PAPER_DECIDE) | B(FINDING_KEEP) | B(FIGURES) |
                  B(FILING_REVIEW) | B(EVALUATION_SCORE) | B(DOSSIER_BORROW),
    [ROLE_DEPUTY] = INSPECTS | B(TASK_PASS) | B(FINDING_KEEP) | B(FIGURES) | B(EVALUATION_SCORE),
    [ROLE_LIAISON] = INSPECTS,
    [ROLE_MEMBER] = INSPECTS,
    [ROLE_UNIT] = WORKS | B(EFFECT_STATE) | B(FILING_KEEP) | B(FACT_ANSWER) | B(OBJECT) | B(FEEDBACK_RECEIVE) |
                  B(RECT_ANSWER) | B(ADJUST_ASK) | B(SHARE_KEEP) | B(LETTER_ANSWER) | B(TALK_ANSWER) | B(STATE) |
                  B(UPLOAD) | B(FIGURES),
    [ROLE_DISCIPLINE] = SUPERVISES,
    [ROLE_ORGANISATION] = SUPERVISES,
    [ROLE_PROPAGANDA] = SUPERVISES,
    [ROLE_SYSTEM_ADMIN] = EVERYBODY | B(ACCOUNT_KEEP) | B(SETTING_KEEP),
    [ROLE_SECURITY_ADMIN] = EVERYBODY | B(RIGHT_GRANT),
    [ROLE_AUDITOR] = EVERYBODY | B(AUDIT_READ),
    [ROLE_LOCAL] = ~(uint64_t)0,
};

bool role_may(Role role, Need need)
{
    if (need == NEED_NOBODY)
        return true;
    return role > ROLE_NONE && role < ROLE_COUNT && (may[role] >> need & 1);
}

static const Text need_labels[] = {
#define X(N, zh, en) { zh, en },
    NEED_LIST(X)
#undef X
        { "登录", "Log in" },
};

Text need_label(Need need)
{
    return need_labels[need];
}

#define R(role)       ROLE_BIT(ROLE_##role)
#define TEAM_ROLES    (R(HEAD) | R(DEPUTY) | R(LIAISON) | R(MEMBER))
#define SUPERVISORS   (R(DISCIPLINE) | R(ORGANISATION) | R(PROPAGANDA))
#define BUSINESS      (R(LEADER) | R(OFFICE) | TEAM_ROLES | R(UNIT) | SUPERVISORS)
#define ALL_BUT_LOCAL (BUSINESS | R(SYSTEM_ADMIN) | R(SECURITY_ADMIN) | R(AUDITOR))
#define OPEN(entity, roles)                                   \
    {                                                         \
        ENTITY_##entity, (roles), SIGHT_OPEN, ONLY_ALL, NULL, \
        {                                                     \
            NULL                                              \
        }                                                     \
    }
#define SCOPED(entity, roles)                                   \
    {                                                           \
        ENTITY_##entity, (roles), SIGHT_SCOPED, ONLY_ALL, NULL, \
        {                                                       \
            NULL                                                \
        }                                                       \
    }
#define SCOPED_IF(entity, roles, field, ...)                        \
    {                                                               \
        ENTITY_##entity, (roles), SIGHT_SCOPED, ONLY_ONE_OF, field, \
        {                                                           \
            __VA_ARGS__                                             \
        }                                                           \
    }
#define OPEN_IF(entity, roles, field, ...)                        \
    {                                                             \
        ENTITY_##entity, (roles), SIGHT_OPEN, ONLY_ONE_OF, field, \
        {                                                         \
            __VA_ARGS__                                           \
        }                                                         \
    }
#define SCOPED_SINCE(entity, roles, field)                         \
    {                                                              \
        ENTITY_##entity, (roles), SIGHT_SCOPED, ONLY_SINCE, field, \
        {                                                          \
            NULL                                                   \
        }                                                          \
    }
/* Or in one of these states, where the date was never noted. */
#define SCOPED_SINCE_OR(entity, roles, field, ...)                 \
    {                                                              \
        ENTITY_##entity, (roles), SIGHT_SCOPED, ONLY_SINCE, field, \
        {                                                          \
            __VA_ARGS__                                            \
        }                                                          \
    }

/* Sealed until all are in: till then for who handed it in. */
#define SEALED(entity, roles, kind)                                        \
    {                                                                      \
        ENTITY_##entity, (roles), (kind), ONLY_UNMARKED_OR_MINE, "sealed", \
        {                                                                  \
            "account"                                                      \
        }                                                                  \
    }

/* The visibility matrix: an entity that a role does not stand beside does not exist for it. */
static const Sight sights[] = {
    OPEN(ORGANISER, ALL_BUT_LOCAL),
    OPEN(SETTING, R(SYSTEM_ADMIN)),
    OPEN(PERSON, R(LEADER) | R(OFFICE) | TEAM_ROLES | SUPERVISORS | R(SYSTEM_ADMIN) | R(SECURITY_ADMIN)),
    OPEN(ACCOUNT, R(SYSTEM_ADMIN) | R(SECURITY_ADMIN)),
    OPEN(ASSIGNMENT, R(SECURITY_ADMIN)),
    OPEN(UNIT, R(LEADER) | TEAM_ROLES | SUPERVISORS | R(SECURITY_ADMIN)),
    SCOPED(UNIT, R(OFFICE) | R(UNIT)),
    OPEN(UNIT_FACT, R(LEADER) | R(OFFICE) | TEAM_ROLES | SUPERVISORS),
    SCOPED(UNIT_FACT, R(UNIT)),
    OPEN(RULE_SET, BUSINESS),
    OPEN(ROUND, R(LEADER) | SUPERVISORS),
    SCOPED(ROUND, R(OFFICE) | TEAM_ROLES),
    OPEN(ADOPTION, R(LEADER) | SUPERVISORS),
    SCOPED(ADOPTION, R(OFFICE) | TEAM_ROLES),
    OPEN(TEAM, R(LEADER)),
    SCOPED(TEAM, R(OFFICE) | TEAM_ROLES),
    OPEN(MEMBER, R(LEADER)),
    SCOPED(MEMBER, R(OFFICE) | TEAM_ROLES),
    OPEN(INSPECTION, R(LEADER)),
    SCOPED(INSPECTION, R(OFFICE) | TEAM_ROLES | SUPERVISORS),
    SCOPED_SINCE_OR(INSPECTION, R(UNIT), "notice_on", "fed_back", "following_up", "evaluated", "archived"),
    OPEN(AUTHORISATION, R(LEADER)),
    SCOPED(AUTHORISATION, R(OFFICE) | TEAM_ROLES),
    SCOPED(PAPER, R(OFFICE) | TEAM_ROLES),
    SCOPED(PAPER_REVISION, R(OFFICE) | TEAM_ROLES),
    SCOPED(SIGNATURE, R(OFFICE) | TEAM_ROLES),
    SCOPED_IF(SIGNATURE, R(UNIT) | SUPERVISORS, "subject", "rectifications", "adjustments", "objections", "filings"),
    OPEN_IF(FINDING, R(LEADER), "state", "fed_back", "revoking", "revoked"),
    SCOPED(FINDING, R(OFFICE) | TEAM_ROLES),
    SCOPED_IF(FINDING, R(UNIT) | SUPERVISORS, "state", "fed_back", "revoking", "revoked"),
    SCOPED(FINDING_PAPER, R(OFFICE) | TEAM_ROLES),
    OPEN(FEEDBACK, R(LEADER)),
    SCOPED(FEEDBACK, R(OFFICE) | TEAM_ROLES),
    SCOPED_IF(FEEDBACK, R(UNIT) | SUPERVISORS, "state", "delivered", "received"),
    OPEN(RECTIFICATION, R(LEADER)),
    SCOPED(RECTIFICATION, R(OFFICE) | R(HEAD) | R(DEPUTY) | R(UNIT) | SUPERVISORS),
    OPEN(RECHECK, R(LEADER)),
    SCOPED(RECHECK, R(OFFICE) | SUPERVISORS),
    OPEN(RECHECK_ITEM, R(LEADER)),
    SCOPED(RECHECK_ITEM, R(OFFICE) | SUPERVISORS),
    OPEN(EVALUATION, R(LEADER)),
    SCOPED(EVALUATION, R(OFFICE) | R(HEAD) | R(DEPUTY) | SUPERVISORS),
    SCOPED_IF(EVALUATION, R(UNIT), "state", "settled"),
    OPEN(EVALUATION_PART, R(LEADER)),
    SCOPED(EVALUATION_PART, R(OFFICE) | R(HEAD) | R(DEPUTY) | SUPERVISORS),
    SCOPED_SINCE(EVALUATION_PART, R(UNIT), "told_on"),
    SEALED(EVALUATION_SHEET, R(LEADER), SIGHT_OPEN),
    SEALED(EVALUATION_SHEET, R(OFFICE) | R(HEAD) | R(DEPUTY) | SUPERVISORS, SIGHT_SCOPED),
    OPEN_IF(EVALUATION_BALLOT, R(LEADER), "state", "counted"),
    SCOPED_IF(EVALUATION_BALLOT, R(OFFICE) | R(HEAD) | R(DEPUTY) | SUPERVISORS, "state", "counted"),
    OPEN(ADJUSTMENT, R(LEADER)),
    SCOPED(ADJUSTMENT, R(OFFICE) | R(HEAD) | R(DEPUTY) | R(UNIT) | SUPERVISORS),
    OPEN(FACT_CHECK, R(LEADER)),
    SCOPED(FACT_CHECK, R(OFFICE) | TEAM_ROLES | R(UNIT)),
    OPEN(OBJECTION, R(LEADER)),
    SCOPED(OBJECTION, R(OFFICE) | R(HEAD) | R(DEPUTY) | R(UNIT) | SUPERVISORS),
    SCOPED(SHARE, R(OFFICE) | R(HEAD) | R(DEPUTY) | R(UNIT) | SUPERVISORS),
    OPEN(EFFECT, R(LEADER)),
    SCOPED(EFFECT, R(OFFICE) | R(HEAD) | R(DEPUTY) | R(UNIT) | SUPERVISORS),
    OPEN(FILING, R(LEADER)),
    SCOPED(FILING, R(OFFICE) | R(HEAD) | R(DEPUTY) | R(UNIT)),
    SCOPED_IF(FILING, SUPERVISORS, "state", "in_review", "returned", "approved"),
    OPEN(FILING_REVIEW, R(LEADER)),
    SCOPED(FILING_REVIEW, R(OFFICE) | R(HEAD) | R(DEPUTY) | SUPERVISORS),
    OPEN(WITHHOLDING, R(LEADER)),
    SCOPED(WITHHOLDING, R(OFFICE) | R(UNIT) | SUPERVISORS),
    OPEN(PROJECT, R(LEADER)),
    SCOPED(PROJECT, R(OFFICE) | TEAM_ROLES | SUPERVISORS),
    OPEN(PROJECT_UNIT, R(LEADER)),
    SCOPED(PROJECT_UNIT, R(OFFICE) | TEAM_ROLES | SUPERVISORS),
    OPEN(FOCUS, R(LEADER)),
    SCOPED(FOCUS, R(OFFICE) | TEAM_ROLES),
    OPEN(LETTER, R(LEADER)),
    SCOPED(LETTER, R(OFFICE) | SUPERVISORS),
    SCOPED_IF(LETTER, R(UNIT), "state", "issued", "received", "replied", "closed"),
    OPEN(LETTER_ITEM, R(LEADER)),
    SCOPED(LETTER_ITEM, R(OFFICE) | SUPERVISORS),
    SCOPED_SINCE(LETTER_ITEM, R(UNIT), "told_on"),
    OPEN(TALK, R(LEADER)),
    SCOPED(TALK, R(OFFICE) | SUPERVISORS),
    OPEN(TALK_PARTY, R(LEADER)),
    SCOPED(TALK_PARTY, R(OFFICE) | SUPERVISORS),
    SCOPED_IF(TALK_PARTY, R(UNIT), "state", "open", "reported", "done"),
    OPEN(LEGACY_ISSUE, R(LEADER)),
    SCOPED(LEGACY_ISSUE, R(OFFICE) | SUPERVISORS),
    OPEN(SUPERVISION_LOG, R(LEADER)),
    SCOPED(SUPERVISION_LOG, R(OFFICE) | SUPERVISORS),
    OPEN(INSTRUCTION, R(LEADER)),
    SCOPED(INSTRUCTION, R(OFFICE)),
    OPEN(INSTRUCTION_TASK, R(LEADER)),
    SCOPED(INSTRUCTION_TASK, R(OFFICE)),
    SCOPED(WORKBOOK, R(OFFICE)),
    SCOPED(IMPORT, R(OFFICE)),
    OPEN(HANDOVER, R(LEADER)),
    SCOPED(HANDOVER, R(OFFICE) | R(HEAD) | R(DEPUTY) | R(UNIT) | SUPERVISORS),
    OPEN(FIGURE_SET, R(LEADER)),
    SCOPED(FIGURE_SET, R(OFFICE) | SUPERVISORS),
    OPEN(FROZEN_FIGURE, R(LEADER)),
    SCOPED(FROZEN_FIGURE, R(OFFICE) | SUPERVISORS),
    OPEN(FROZEN_LIST, R(LEADER)),
    SCOPED(FROZEN_LIST, R(OFFICE) | SUPERVISORS),
    OPEN(STAT_FORM, R(LEADER)),
    SCOPED(STAT_FORM, R(OFFICE) | SUPERVISORS),
    OPEN(DOCUMENT, R(LEADER)),
    SCOPED(DOCUMENT, R(OFFICE) | R(HEAD) | R(DEPUTY)),
    SCOPED_IF(DOCUMENT, R(UNIT) | SUPERVISORS, "state", "issued"),
    SCOPED(DOCUMENT_TEMPLATE, R(OFFICE)),
    SCOPED(SEAL_IMAGE, R(OFFICE)),
    SCOPED(DOSSIER_ITEM, R(OFFICE) | R(HEAD)),
    SCOPED(DOSSIER_LOAN, R(OFFICE) | R(HEAD)),
    OPEN(STATEMENT, R(LEADER)),
    SCOPED(STATEMENT, R(OFFICE) | R(HEAD) | R(DEPUTY) | R(UNIT) | SUPERVISORS),
    SCOPED(EVIDENCE, R(OFFICE) | TEAM_ROLES),
    SCOPED(ATTACHMENT, R(OFFICE) | TEAM_ROLES),
    SCOPED_IF(ATTACHMENT, R(UNIT), "subject", "rectifications", "statements", "objections", "effects", "filings"),
    SCOPED_IF(ATTACHMENT, SUPERVISORS, "subject", "rectifications", "statements", "objections", "effects", "filings",
        "talks", "legacy_issues", "supervision_logs"),
    { ENTITY_ATTACHMENT, R(LEADER), SIGHT_OPEN, ONLY_REGISTERS, "subject",
        { "objections", "effects", "filings", "talks", "legacy_issues", "supervision_logs", "instructions" } },
};

/* Every register alike. */
static const Sight register_sights[] = {
    { ENTITY_NONE, R(LEADER) | SUPERVISORS, SIGHT_OPEN, ONLY_ALL, NULL, { NULL } },
    { ENTITY_NONE, R(OFFICE), SIGHT_SCOPED, ONLY_ALL, NULL, { NULL } },
};

static const Sight *register_sight(Role role)
{
    for (size_t i = 0; i < sizeof register_sights / sizeof register_sights[0]; i++)
        if (register_sights[i].roles & ROLE_BIT(role))
            return &register_sights[i];
    return NULL;
}

const Sight *sight_of(Role role, EntityKind entity)
{
    static const Sight nothing = { ENTITY_NONE, 0, SIGHT_NONE, ONLY_ALL, NULL, { NULL } };
    static const Sight everything = { ENTITY_NONE, 0, SIGHT_OPEN, ONLY_ALL, NULL, { NULL } };
    if (role == ROLE_LOCAL)
        return &everything;
    if (entity_of(entity)->is_register)
        return register_sight(role) ? register_sight(role) : &nothing;
    for (size_t i = 0; i < sizeof sights / sizeof sights[0]; i++)
        if (sights[i].entity == entity && (sights[i].roles & ROLE_BIT(role)))
            return &sights[i];
    return &nothing;
}

/* The first two stand in the rule on the three administrators (三员分立); the others keep those who
 * run the system apart from those whose work it holds, and the judge apart from the judged. */
const ForbiddenPair forbidden_pairs[] = {
    { ROLE_SYSTEM_ADMIN, ROLE_AUDITOR,
        { "系统管理员与安全审计员不得由同一人担任", "nobody both runs the system and audits it" } },
    { ROLE_SECURITY_ADMIN, ROLE_AUDITOR,
        { "安全保密管理员与安全审计员不得由同一人担任", "nobody both grants rights and audits them" } },
    { ROLE_SYSTEM_ADMIN, ROLE_SECURITY_ADMIN,
        { "系统管理员与安全保密管理员不得由同一人担任", "nobody both makes accounts and grants rights" } },
    { ROLE_UNIT, ROLE_OFFICE, { "被巡察党组织人员不得同时承担巡察办职责", "the inspected do not act for the office" } },
    { ROLE_UNIT, ROLE_DISCIPLINE,
        { "被巡察党组织人员不得同时承担监督职责", "the inspected do not supervise their own rectification" } },
    { ROLE_UNIT, ROLE_ORGANISATION,
        { "被巡察党组织人员不得同时承担监督职责", "the inspected do not supervise their own rectification" } },
    { ROLE_UNIT, ROLE_PROPAGANDA,
        { "被巡察党组织人员不得同时承担监督职责", "the inspected do not supervise their own rectification" } },
};
const size_t forbidden_pair_count = sizeof forbidden_pairs / sizeof forbidden_pairs[0];

#define ADMINISTRATORS (R(SYSTEM_ADMIN) | R(SECURITY_ADMIN) | R(AUDITOR))

const ForbiddenPair *role_forbidden_beside(Role role, RoleSet held)
{
    static const ForbiddenPair no_business = { ROLE_NONE, ROLE_NONE,
        { "三员不得接触业务内容，不能同时承担业务角色",
            "administrators see no business content and hold no business role" } };
    for (size_t i = 0; i < forbidden_pair_count; i++) {
        const ForbiddenPair *p = &forbidden_pairs[i];
        if ((p->one == role && (held & ROLE_BIT(p->other))) || (p->other == role && (held & ROLE_BIT(p->one))))
            return p;
    }
    bool administers = (ROLE_BIT(role) & ADMINISTRATORS) != 0;
    return (administers && (held & BUSINESS)) || (!administers && (held & ADMINISTRATORS)) ? &no_business : NULL;
}
