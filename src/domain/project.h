/* What a special inspection looks at: projects, with who leads and who cooperates, and the round's focus list.
 *
 * A project is looked at; it never answers. Its leading organisation is an inspected unit of the round, and the
 * findings about it are told to that unit. */
#ifndef DOMAIN_PROJECT_H
#define DOMAIN_PROJECT_H

#include "domain/round.h"

#define PROJECT_KINDS(X)                                   \
    X(MUNICIPAL, municipal, "市政工程", "Municipal works") \
    X(LIVELIHOOD, livelihood, "民生项目", "Livelihood")    \
    X(INDUSTRY, industry, "产业项目", "Industry")          \
    X(TRANSPORT, transport, "交通项目", "Transport")       \
    X(HOUSING, housing, "保障性住房", "Housing")           \
    X(OTHER, other, "其他", "Other")
#define PARTS(X)                               \
    X(LEADING, leading, "牵头单位", "Leading") \
    X(COOPERATING, cooperating, "配合单位", "Cooperating")
enum Part { PART_NONE, PART_LEADING, PART_COOPERATING };
extern const Choices project_kinds, parts;

#define PROJECT_FIELDS(X)                                                                                           \
    RECORD_FIELDS(X, Project)                                                                                       \
    X(Project, REF, round, "轮次", "Round", 26, REQUIRED | INPUT | LISTED, ROUND)                                   \
    X(Project, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                                    \
    X(Project, INT, number, "项目序号", "Number", 0, LISTED, -)                                                     \
    X(Project, TEXT, name, "项目名称", "Project", 80, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED | SPELT, -) \
    X(Project, CHOICE, kind, "项目类别", "Kind", 20, REQUIRED | BY_ENTRY | LISTED, project_kinds)                   \
    X(Project, REF, unit, "牵头单位", "Leading unit", 26, REQUIRED | INPUT | LISTED, UNIT)                          \
    X(Project, TEXT, unit_name, "牵头单位名称", "Leading unit's name then", 80, LISTED | INDEXED | SPELT, -)        \
    X(Project, DATE, planned_start, "计划开工", "Planned start", 0, BY_ENTRY | LISTED, -)                           \
    X(Project, DATE, actual_start, "实际开工", "Actual start", 0, BY_ENTRY | LISTED, -)                             \
    X(Project, DATE, planned_finish, "计划竣工", "Planned finish", 0, BY_ENTRY | LISTED, -)                         \
    X(Project, DATE, actual_finish, "实际竣工", "Actual finish", 0, BY_ENTRY | LISTED, -)                           \
    X(Project, MONEY, estimate_fen, "概算", "Estimate", 0, BY_ENTRY | LISTED, -)                                    \
    X(Project, MONEY, paid_fen, "已支付", "Paid", 0, BY_ENTRY | LISTED, -)                                          \
    X(Project, LONG, note, "说明", "Note", 1000, BY_ENTRY | INDEXED, -)
FIELDS_DECLARE(Project, PROJECT_FIELDS);

#define PROJECT_UNIT_FIELDS(X)                                                              \
    RECORD_FIELDS(X, ProjectUnit)                                                           \
    X(ProjectUnit, REF, project, "项目", "Project", 26, REQUIRED | INPUT | LISTED, PROJECT) \
    X(ProjectUnit, REF, round, "轮次", "Round", 26, REQUIRED, ROUND)                        \
    X(ProjectUnit, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)        \
    X(ProjectUnit, REF, unit, "单位", "Unit", 26, REQUIRED | INPUT | LISTED, UNIT)          \
    X(ProjectUnit, TEXT, unit_name, "单位名称", "Unit's name then", 80, LISTED, -)          \
    X(ProjectUnit, CHOICE, part, "分工", "Part", 20, REQUIRED | INPUT | LISTED, parts)
FIELDS_DECLARE(ProjectUnit, PROJECT_UNIT_FIELDS);

/* One aspect of what a round looks into (重点监督内容). */
#define FOCUS_FIELDS(X)                                                                         \
    RECORD_FIELDS(X, Focus)                                                                     \
    X(Focus, REF, round, "轮次", "Round", 26, REQUIRED | INPUT | LISTED, ROUND)                 \
    X(Focus, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                  \
    X(Focus, INT, number, "重点序号", "Number", 0, REQUIRED | LISTED, -)                        \
    X(Focus, TEXT, text, "重点内容", "Aspect", 120, REQUIRED | BY_ENTRY | LISTED | SEARCHED, -) \
    X(Focus, LONG, detail, "监督要点", "What to look at", 1000, BY_ENTRY, -)
FIELDS_DECLARE(Focus, FOCUS_FIELDS);

/* `number`: the next of the round. `unit`: the leading one, with its name on the day the round starts. */
Status project_enter(Ctx *c, const Round *round, const Unit *unit, Str name_then, int64_t number, const Project *input,
    Changes *out) MUST_CHECK;
Status project_edit(Ctx *c, const Project *before, const Project *input, FieldSet given, Changes *out) MUST_CHECK;
Status project_unit_add(
    Ctx *c, const Project *project, const Unit *unit, Str name_then, const ProjectUnit *input, Changes *out) MUST_CHECK;
Status focus_add(Ctx *c, const Round *round, int64_t number, const Focus *input, Changes *out) MUST_CHECK;
Status focus_edit(Ctx *c, const Focus *before, const Focus *input, FieldSet given, Changes *out) MUST_CHECK;

#endif
