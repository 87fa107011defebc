/* Who there is: organisers, people, accounts, and the dated assignments that give rights.
 *
 * An account without an assignment in force may log in and see nothing. Rights come from one place
 * only, the assignment rows, which the Selection compiler consults as the scope relation.
 *
 * A right of the discipline body may name a supervision office (监督检查室) or a resident group (派驻纪检监察组)
 * instead of units: it reaches those units whose history (unit_facts) names that office today. A unit that passes to
 * another office passes out of the right on that day, without anybody touching the right. */
#ifndef DOMAIN_ACCOUNT_H
#define DOMAIN_ACCOUNT_H

#include "domain/change.h"
#include "domain/permission.h"

/* 主办机构: whose rounds and numbered papers they are, and in which zone its days begin. */
#define ORGANISER_FIELDS(X)                                                                  \
    RECORD_FIELDS(X, Organiser)                                                              \
    X(Organiser, TEXT, name, "名称", "Name", 60, REQUIRED | BY_ENTRY | LISTED | SEARCHED, -) \
    X(Organiser, INT, zone_minutes, "时区（分钟）", "Zone (minutes)", 0, BY_ENTRY | LISTED, -)
FIELDS_DECLARE(Organiser, ORGANISER_FIELDS);

#define SETTING_FIELDS(X)                                                         \
    RECORD_FIELDS(X, Setting)                                                     \
    X(Setting, TEXT, name, "设置项", "Setting", 40, REQUIRED | INPUT | LISTED, -) \
    X(Setting, TEXT, value, "值", "Value", 400, BY_ENTRY | LISTED, -)
FIELDS_DECLARE(Setting, SETTING_FIELDS);

#define PERSON_FIELDS(X)                                                                                    \
    RECORD_FIELDS(X, Person)                                                                                \
    X(Person, TEXT, name, "姓名", "Name", 40, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED | SPELT, -) \
    X(Person, TEXT, name_key, "姓名拼音", "Pinyin", 200, SEARCHED, -)                                       \
    X(Person, TEXT, home, "所在单位", "Home unit", 60, BY_ENTRY | LISTED | INDEXED, -)                      \
    X(Person, TEXT, post, "职务", "Post", 60, BY_ENTRY | LISTED | INDEXED, -)
FIELDS_DECLARE(Person, PERSON_FIELDS);

#define ACCOUNT_FIELDS(X)                                                                   \
    RECORD_FIELDS(X, Account)                                                               \
    X(Account, TEXT, login, "登录名", "Login", 40, REQUIRED | INPUT | LISTED | SEARCHED, -) \
    X(Account, REF, person, "人员", "Person", 26, INPUT | LISTED, PERSON)                   \
    X(Account, TEXT, name, "姓名", "Name", 40, REQUIRED | BY_ENTRY | LISTED | SEARCHED, -)  \
    X(Account, SECRET, password, "口令", "Password", 128, HIDDEN, -)                        \
    X(Account, FLAG, must_change, "须改口令", "Must change password", 0, LISTED, -)         \
    X(Account, FLAG, disabled, "停用", "Disabled", 0, BY_ENTRY | LISTED, -)
FIELDS_DECLARE(Account, ACCOUNT_FIELDS);

#define ASSIGNMENT_FIELDS(X)                                                                           \
    RECORD_FIELDS(X, Assignment)                                                                       \
    X(Assignment, REF, account, "账号", "Account", 26, REQUIRED | INPUT | LISTED, ACCOUNT)             \
    X(Assignment, CHOICE, role, "角色", "Role", 20, REQUIRED | INPUT | LISTED, roles)                  \
    X(Assignment, FLAG, everything, "全部台账", "Whole ledger", 0, INPUT | LISTED, -)                  \
    X(Assignment, REF, inspection, "巡察对象", "Inspection", 26, INPUT | LISTED, INSPECTION)           \
    X(Assignment, REF, unit, "单位", "Unit", 26, INPUT | LISTED, UNIT)                                 \
    X(Assignment, REF, organiser, "主办机构", "Organiser", 26, INPUT | LISTED, ORGANISER)              \
    X(Assignment, REF, round, "轮次", "Round", 26, INPUT | LISTED, ROUND)                              \
    X(Assignment, DATE, valid_from, "生效日期", "Valid from", 0, REQUIRED | INPUT | LISTED, -)         \
    X(Assignment, DATE, valid_to, "失效日期", "Valid to", 0, REQUIRED | BY_ENTRY | LISTED, -)          \
    X(Assignment, TEXT, basis, "依据", "Basis", 120, REQUIRED | INPUT | LISTED, -)                     \
    X(Assignment, REF, authorisation, "授权决定", "Authorisation", 26, LISTED, AUTHORISATION)          \
    X(Assignment, TEXT, supervision_office, "监督检查室", "Supervision office", 60, INPUT | LISTED, -) \
    X(Assignment, TEXT, resident_group, "派驻纪检监察组", "Resident group", 60, INPUT | LISTED, -)
FIELDS_DECLARE(Assignment, ASSIGNMENT_FIELDS);

enum { PASSWORD_MIN = 10, PASSWORD_MAX = 128 };

/* A new password: length, four kinds of letters of which three, not the login. Adds a FieldError. */
Status password_check(Ctx *c, Str login, Str password) MUST_CHECK;

/* A login: 2 to 40 of a-z, 0-9, dot, hyphen, underscore, beginning with a letter. */
Status login_check(Ctx *c, Str login) MUST_CHECK;

/* Grants a right. `held`: the roles this account holds in force or in future, as bits; `rights`: those of it in that
 * role. Refused when the new one is forbidden beside one of them, names no target or two, ends before it begins or
 * before today, or when another reaches the same on all of its days. */
Status assignment_grant(
    Ctx *c, const Assignment *input, RoleSet held, const Assignment *rights, size_t count, Changes *out) MUST_CHECK;
/* Ends one on `last_day` (inclusive), no later than it ends anyway. */
Status assignment_end(Ctx *c, const Assignment *now, Date last_day, Changes *out) MUST_CHECK;

#endif
