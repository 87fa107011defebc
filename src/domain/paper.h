/* The working paper (问题底稿): one problem with its evidence (一事一底稿).
 *
 *   草稿 → 待复核 → 待审签 → 已审签(锁定) → 已引用 | 合并 | 未采用 → 归档; 退回 from either review.
 *
 * Two named authors (经办人, 核对人) sign as one step; the chain after them is rule-set data. The last
 * signature locks the text by its digest. A later change is a new version with a reason: the locked
 * text is kept as a PaperRevision. */
#ifndef DOMAIN_PAPER_H
#define DOMAIN_PAPER_H

#include "domain/round.h"

#define PAPER_STATES(X)                                  \
    X(DRAFT, draft, "草稿", "Draft")                     \
    X(TO_REVIEW, to_review, "待复核", "To be reviewed")  \
    X(RETURNED, returned, "退回", "Returned")            \
    X(TO_SIGN, to_sign, "待审签", "To be signed off")    \
    X(LOCKED, locked, "已审签", "Signed off and locked") \
    X(CITED, cited, "已引用", "Cited")                   \
    X(MERGED, merged, "合并", "Merged")                  \
    X(UNUSED, unused, "未采用", "Not used")              \
    X(ARCHIVED, archived, "归档", "Archived")
enum PaperState {
    PAPER_STATE_NONE,
#define X(N, ...) PAPER_##N,
    PAPER_STATES(X)
#undef X
};
#define PAPER_NATURES(X)                                       \
    X(GENERAL, general, "面上问题", "General problem")         \
    X(IMMEDIATE, immediate, "立行立改", "To be fixed at once") \
    X(CLUE, clue, "问题线索", "Clue")                          \
    X(SYSTEMIC, systemic, "体制机制问题", "Systemic problem")  \
    X(SPECIAL, special, "重要情况专报", "Special report")
#define PAPER_SOURCES(X)                                         \
    X(PETITION, petition, "信访受理", "Petition")                \
    X(INTERVIEW, interview, "个别谈话", "Interview")             \
    X(FILES, files, "调阅资料", "Files")                         \
    X(VISIT, visit, "走访调研", "Visit")                         \
    X(MEETING, meeting, "座谈会", "Meeting")                     \
    X(QUESTIONNAIRE, questionnaire, "问卷调查", "Questionnaire") \
    X(AUDIT, audit, "审计结果", "Audit")                         \
    X(DEPARTMENT, department, "部门通报", "Department")
#define DISCIPLINES(X)                                          \
    X(POLITICAL, political, "政治纪律", "Political")            \
    X(ORGANISATION, organisation, "组织纪律", "Organisational") \
    X(INTEGRITY, integrity, "廉洁纪律", "Integrity")            \
    X(MASSES, masses, "群众纪律", "Masses")                     \
    X(WORK, work, "工作纪律", "Work")                           \
    X(LIFE, life, "生活纪律", "Life")
#define RESPONSIBILITIES(X)                                         \
    X(MAIN, main, "主要领导责任", "Main leadership")                \
    X(IMPORTANT, important, "重要领导责任", "Important leadership") \
    X(DIRECT, direct, "直接责任", "Direct")
extern const Choices paper_states, paper_natures, paper_sources, disciplines, responsibilities;

#define PAPER_TEXT (BY_ENTRY | SIGNED)
#define PAPER_FIELDS(X)                                                                                            \
    RECORD_FIELDS(X, Paper)                                                                                        \
    X(Paper, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED | INPUT | LISTED, INSPECTION)                 \
    X(Paper, REF, round, "轮次", "Round", 26, REQUIRED, ROUND)                                                     \
    X(Paper, REF, team, "巡察组", "Team", 26, REQUIRED, TEAM)                                                      \
    X(Paper, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                                     \
    X(Paper, REF, unit, "被巡察单位", "Unit", 26, REQUIRED | LISTED, UNIT)                                         \
    X(Paper, TEXT, unit_name, "被巡察单位名称", "Unit's name then", 80, LISTED | SIGNED | INDEXED | SPELT, -)      \
    X(Paper, TEXT, number, "编号", "Number", 60, REQUIRED | LISTED | SEARCHED | SIGNED | INDEXED, -)               \
    X(Paper, TEXT, title, "问题标题", "Title", 80, REQUIRED | PAPER_TEXT | LISTED | SEARCHED | INDEXED | SPELT, -) \
    X(Paper, TEXT, category, "问题类别", "Category", 20, PAPER_TEXT | LISTED | CODED, -)                           \
    X(Paper, CHOICE, discipline, "违反纪律", "Discipline", 20, PAPER_TEXT, disciplines)                            \
    X(Paper, CHOICE, nature, "性质", "Nature", 20, PAPER_TEXT | LISTED, paper_natures)                             \
    X(Paper, LONG, manifestation, "问题表现", "Manifestation", 4000, PAPER_TEXT | INDEXED, -)                      \
    X(Paper, DATE, occurred_from, "发生时间起", "Occurred from", 0, PAPER_TEXT, -)                                 \
    X(Paper, DATE, occurred_to, "发生时间止", "Occurred to", 0, PAPER_TEXT, -)                                     \
    X(Paper, MONEY, amount_fen, "涉及金额", "Amount", 0, PAPER_TEXT, -)                                            \
    X(Paper, INT, persons, "涉及人数", "Persons", 0, PAPER_TEXT, -)                                                \
    X(Paper, INT, times, "涉及次数", "Times", 0, PAPER_TEXT, -)                                                    \
    X(Paper, TEXT, figures_source, "数据出处", "Source of the figures", 200, PAPER_TEXT, -)                        \
    X(Paper, LONG, basis, "定性依据", "Basis", 2000, PAPER_TEXT | INDEXED, -)                                      \
    X(Paper, DATE, basis_from, "依据施行日期", "Basis in force from", 0, PAPER_TEXT, -)                            \
    X(Paper, LONG, qualification, "定性意见", "Qualification", 2000, PAPER_TEXT | INDEXED, -)                      \
    X(Paper, CHOICE, source, "问题来源", "Source", 20, PAPER_TEXT, paper_sources)                                  \
    X(Paper, TEXT, method, "了解方式", "Method", 200, PAPER_TEXT, -)                                               \
    X(Paper, LONG, process, "发现过程", "Process", 2000, PAPER_TEXT | INDEXED, -)                                  \
    X(Paper, TEXT, responsible_body, "责任主体", "Responsible body", 80, PAPER_TEXT | INDEXED, -)                  \
    X(Paper, TEXT, responsible_person, "责任人", "Responsible person", 80, PAPER_TEXT | INDEXED | SPELT, -)        \
    X(Paper, CHOICE, responsibility, "责任类型", "Responsibility", 20, PAPER_TEXT, responsibilities)               \
    X(Paper, LONG, unit_view, "被巡察党组织意见", "Unit's view", 2000, PAPER_TEXT | INDEXED, -)                    \
    X(Paper, REF, collector, "经办人", "Author", 26, REQUIRED | PAPER_TEXT | LISTED, PERSON)                       \
    X(Paper, REF, checker, "核对人", "Checker", 26, REQUIRED | PAPER_TEXT | LISTED, PERSON)                        \
    X(Paper, DATE, compiled_on, "编制日期", "Compiled on", 0, PAPER_TEXT | LISTED, -)                              \
    X(Paper, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, paper_states)                                  \
    X(Paper, INT, revision, "稿次", "Revision", 0, REQUIRED | LISTED | SIGNED, -)                                  \
    X(Paper, TEXT, revision_reason, "修订理由", "Reason of the revision", 1000, SIGNED, -)                         \
    X(Paper, INT, turn, "送签次数", "Turn", 0, REQUIRED, -)                                                        \
    X(Paper, INT, step, "签署环节", "Step", 0, REQUIRED, -)                                                        \
    X(Paper, CHOICE, awaiting, "待签角色", "Awaiting", 20, LISTED, roles)                                          \
    X(Paper, TEXT, text_digest, "锁定摘要", "Locked digest", 64, 0, -)                                             \
    X(Paper, DATE, locked_on, "锁定日期", "Locked on", 0, LISTED, -)                                               \
    X(Paper, LONG, group_decision, "组务会意见", "Decision of the team", 1000, 0, -)                               \
    X(Paper, REF, merged_into, "并入底稿", "Merged into", 26, 0, PAPER)                                            \
    X(Paper, TEXT, theme, "问题主题", "Theme", 20, PAPER_TEXT | LISTED | CODED, -)
FIELDS_DECLARE(Paper, PAPER_FIELDS);

/* A locked text as it was signed, kept when a later revision begins. */
#define PAPER_REVISION_FIELDS(X)                                                                 \
    RECORD_FIELDS(X, PaperRevision)                                                              \
    X(PaperRevision, REF, paper, "底稿", "Paper", 26, REQUIRED | LISTED, PAPER)                  \
    X(PaperRevision, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED, INSPECTION)        \
    X(PaperRevision, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)           \
    X(PaperRevision, INT, revision, "稿次", "Revision", 0, REQUIRED | LISTED, -)                 \
    X(PaperRevision, TEXT, text_digest, "锁定摘要", "Locked digest", 64, REQUIRED | LISTED, -)   \
    X(PaperRevision, TEXT, reason, "后稿理由", "Why it was revised", 1000, REQUIRED | LISTED, -) \
    X(PaperRevision, LONG, content, "文本", "Text", 60000, REQUIRED, -)
FIELDS_DECLARE(PaperRevision, PAPER_REVISION_FIELDS);

/* What a decision on a paper looks at. */
typedef struct PaperCase {
    const Paper *paper;
    const RuleSet *rules;        /* the round's */
    const Signature *signatures; /* of this turn */
    size_t signature_count;
    size_t evidence_count;
} PaperCase;

/* A new paper for an inspection on site or being reported; `number` from paper_number(). The two
 * authors are different people of the team (`team_people`). */
Status paper_write(Ctx *c, const Inspection *inspection, const RuleSet *rules, const Round *round, const Paper *input,
    Str number, const Str *team_people, size_t people, Changes *out) MUST_CHECK;
Status paper_edit(Ctx *c, const Paper *before, const RuleSet *rules, const Round *round, const Paper *input,
    FieldSet given, const Str *team_people, size_t people, Changes *out) MUST_CHECK;
/* sign, return, revise, drop, merge (into `target`), archive. */
Status paper_decide(
    Ctx *c, const PaperCase *now, Action action, const MoveInput *input, const Paper *target, Changes *out) MUST_CHECK;
/* What the last signature locks: hex of SM3 over the SIGNED fields. */
Str paper_digest(Ctx *c, const Paper *paper);
/* round–team–unit–sequence, as offices number them: "3-2-1-012". */
Str paper_number(Ctx *c, const Round *round, Str team_name, int64_t inspection_no, int64_t sequence);
/* The date must lie in the rules the paper is written under: its round's start, else the stay. */
bool paper_may_change(const Paper *paper);

#endif
