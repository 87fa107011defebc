/* The register of inspected Party organisations (巡察对象库): a tree whose names and leaders have dates. */
#ifndef DOMAIN_UNIT_H
#define DOMAIN_UNIT_H

#include "domain/change.h"

#define UNIT_KINDS(X)                                                    \
    X(PARTY, party, "党委部门", "Party body")                            \
    X(CONGRESS, congress, "人大政协机关", "People's Congress and CPPCC") \
    X(JUDICIAL, judicial, "法检机关", "Court and procuratorate")         \
    X(GOVERNMENT, government, "政府部门", "Government department")       \
    X(MASS, mass, "群团组织", "Mass body")                               \
    X(INSTITUTION, institution, "事业单位", "Public institution")        \
    X(COLLEGE, college, "高等院校", "College")                           \
    X(HOSPITAL, hospital, "医院", "Hospital")                            \
    X(COMPANY, company, "国有企业", "State company")                     \
    X(ZONE, zone, "功能区", "Development zone")                          \
    X(COUNTY, county, "县（市区）", "County")                            \
    X(TOWNSHIP, township, "乡镇（街道）", "Township")                    \
    X(VILLAGE, village, "村（社区）", "Village")                         \
    X(OTHER, other, "其他", "Other")
#define UNIT_LEVELS(X)                        \
    X(CITY, city, "市级", "City")             \
    X(COUNTY, county, "县级", "County")       \
    X(TOWNSHIP, township, "乡级", "Township") \
    X(VILLAGE, village, "村级", "Village")
#define UNIT_FACTS(X)                                               \
    X(NAME, name, "名称", "Name")                                   \
    X(PRINCIPAL, principal, "主要负责人", "Principal")              \
    X(LEADER, leader_in_charge, "上级分管领导", "Leader in charge") \
    X(GROUP, resident_group, "派驻纪检监察组", "Resident group")    \
    X(OFFICE, supervision_office, "监督检查室", "Supervision office")
enum UnitFactKind {
    UNIT_FACT_NONE,
#define X(N, ...) UNIT_FACT_##N,
    UNIT_FACTS(X)
#undef X
};
extern const Choices unit_kinds, unit_levels, unit_facts;

#define UNIT_FIELDS(X)                                                                                       \
    RECORD_FIELDS(X, Unit)                                                                                   \
    X(Unit, TEXT, code, "单位代码", "Code", 40, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED, -)        \
    X(Unit, TEXT, name, "党组织名称", "Name", 80, REQUIRED | INPUT | LISTED | SEARCHED | INDEXED | SPELT, -) \
    X(Unit, TEXT, name_key, "名称拼音", "Pinyin", 200, SEARCHED, -)                                          \
    X(Unit, CHOICE, kind, "类别", "Kind", 20, REQUIRED | BY_ENTRY | LISTED, unit_kinds)                      \
    X(Unit, CHOICE, level, "层级", "Level", 20, REQUIRED | BY_ENTRY | LISTED, unit_levels)                   \
    X(Unit, REF, parent, "上级党组织", "Parent", 26, BY_ENTRY | LISTED, UNIT)                                \
    X(Unit, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)                        \
    X(Unit, TEXT, sector, "系统（领域）", "Sector", 40, BY_ENTRY | LISTED | INDEXED, -)                      \
    X(Unit, TEXT, principal, "主要负责人", "Principal", 40, INPUT | LISTED | SEARCHED | INDEXED | SPELT, -)  \
    X(Unit, TEXT, leader_in_charge, "上级分管领导", "Leader in charge", 40, INPUT | LISTED, -)               \
    X(Unit, TEXT, resident_group, "派驻纪检监察组", "Resident group", 60, INPUT | LISTED | INDEXED, -)       \
    X(Unit, TEXT, supervision_office, "监督检查室", "Supervision office", 60, INPUT | LISTED, -)             \
    X(Unit, DATE, established_on, "成立日期", "Established on", 0, BY_ENTRY, -)                              \
    X(Unit, DATE, abolished_on, "撤销日期", "Abolished on", 0, BY_ENTRY | LISTED, -)                         \
    X(Unit, FLAG, in_coverage, "纳入全覆盖基数", "In coverage base", 0, BY_ENTRY | LISTED, -)                \
    X(Unit, TEXT, coverage_reason, "不纳入的理由", "Reason if not", 200, BY_ENTRY, -)                        \
    X(Unit, REF, merged_into, "并入单位", "Merged into", 26, LISTED, UNIT)                                   \
    X(Unit, DATE, covered_on, "首次巡察进驻日期", "First covered on", 0, LISTED, -)
FIELDS_DECLARE(Unit, UNIT_FIELDS);

/* What held from when to when: the name of 2017 on a paper of 2017. */
#define UNIT_FACT_FIELDS(X)                                                              \
    RECORD_FIELDS(X, UnitFact)                                                           \
    X(UnitFact, REF, unit, "单位", "Unit", 26, REQUIRED | LISTED | PART_OF, UNIT)        \
    X(UnitFact, CHOICE, fact, "事项", "Fact", 30, REQUIRED | INPUT | LISTED, unit_facts) \
    X(UnitFact, TEXT, value, "内容", "Value", 80, INPUT | LISTED | INDEXED | SPELT, -)   \
    X(UnitFact, DATE, valid_from, "起始日期", "From", 0, INPUT | LISTED, -)              \
    X(UnitFact, DATE, valid_to, "截止日期", "To", 0, LISTED, -)                          \
    X(UnitFact, TEXT, reason, "变更原因", "Reason", 200, INPUT | LISTED, -)              \
    X(UnitFact, DATE, withdrawn_on, "撤回日期", "Taken back on", 0, LISTED, -)           \
    X(UnitFact, TEXT, withdrawn_because, "撤回理由", "Why taken back", 200, LISTED, -)
FIELDS_DECLARE(UnitFact, UNIT_FACT_FIELDS);

/* The end of a unit: merged into another that takes over what is open, or abolished. */
#define UNIT_END_FIELDS(X)                                                  \
    X(UnitEnd, REF, into, "承接单位", "Taken over by", 26, INPUT, UNIT)     \
    X(UnitEnd, DATE, effective_on, "生效日期", "Effective on", 0, INPUT, -) \
    X(UnitEnd, TEXT, reason, "依据", "Basis", 200, INPUT, -)
FIELDS_DECLARE(UnitEnd, UNIT_END_FIELDS);

/* Registers a unit, with a first row of history for each dated fact given. */
Status unit_register(Ctx *c, const Unit *input, Changes *out) MUST_CHECK;
/* What hangs on a unit that ends; records in the arena. */
typedef struct UnitBelongings {
    const Unit *children;
    size_t child_count;
    const UnitFact *facts; /* its whole history */
    size_t fact_count;
    int64_t open_items;  /* not struck off */
    int64_t live_rounds; /* inspections that are not fed back yet */
} UnitBelongings;

/* Merges `unit` into `into` from the effective day on: its last day is the one before, its facts end, its children
 * get the new parent, a coverage of its own is credited to the one that takes over. What is still open is handed over
 * record by record: unit_hand_over(). Refused while it is being inspected, and before the day has come: what is open
 * then is not known yet. */
Status unit_merge(Ctx *c, const Unit *unit, const Unit *into, const UnitBelongings *has, const UnitEnd *input,
    Changes *out) MUST_CHECK;
/* Abolishes it with nobody to take over: refused likewise, and while items are open or children stand below it. */
Status unit_abolish(Ctx *c, const Unit *unit, const UnitBelongings *has, const UnitEnd *input, Changes *out) MUST_CHECK;
/* The record's unit in `field` becomes `into`; names written when it was made stay. */
void unit_hand_over(Ctx *c, EntityKind kind, const void *record, int field, Str into, Changes *out);
/* A regular inspection entered: the first one is kept. Adds nothing when an earlier one is known. */
void unit_cover(Ctx *c, const Unit *unit, Date entered, Changes *out);
/* Edits of the other fields; `given` tells which. A unit is not its own ancestor: `parent_path` is
 * the new parent's ids up to the root. */
Status unit_edit(Ctx *c, const Unit *before, const Unit *input, FieldSet given, const Str *parent_path, size_t parents,
    Changes *out) MUST_CHECK;

#endif
