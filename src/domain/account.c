#include "domain/account.h"

#include <string.h>

FIELDS_DEFINE(Organiser, "organisers", ORGANISER_FIELDS);
FIELDS_DEFINE(Setting, "settings", SETTING_FIELDS);
FIELDS_DEFINE(Person, "people", PERSON_FIELDS);
FIELDS_DEFINE(Account, "accounts", ACCOUNT_FIELDS);
FIELDS_DEFINE(Assignment, "assignments", ASSIGNMENT_FIELDS);

static int letter_kinds(Str password)
{
    bool lower = false, upper = false, digit = false, other = false;
    for (size_t i = 0; i < password.len; i++) {
        char ch = password.ptr[i];
        if (ch >= 'a' && ch <= 'z')
            lower = true;
        else if (ch >= 'A' && ch <= 'Z')
            upper = true;
        else if (ch >= '0' && ch <= '9')
            digit = true;
        else
            other = true;
    }
    return lower + upper + digit + other;
}

Status password_check(Ctx *c, Str login, Str password)
{
    Str field = S("password");
    if (!str_is_text(password) || str_chars(password) < PASSWORD_MIN || password.len > PASSWORD_MAX)
        return fail_field(c, field, STR_NONE,
            text_format(
                c, "口令应为 %d 至 %d 个字符", "a password has %d to %d characters", PASSWORD_MIN, PASSWORD_MAX),
            T("请换一个更长的口令", "choose a longer one"));
    if (letter_kinds(password) < 3)
        return fail_field(c, field, STR_NONE,
            T("口令应含大写字母、小写字母、数字、符号中的至少三类",
                "a password has at least three of: capitals, small letters, digits, signs"),
            T("请换一个更复杂的口令", "choose another one"));
    if (login.len && str_find(password, login, 0) != SIZE_MAX)
        return fail_field(c, field, STR_NONE, T("口令不能包含登录名", "a password does not hold the login"),
            T("请换一个口令", "choose another one"));
    return ST_OK;
}

Status login_check(Ctx *c, Str login)
{
    bool good = login.len >= 2 && login.len <= 40 && login.ptr[0] >= 'a' && login.ptr[0] <= 'z';
    for (size_t i = 0; good && i < login.len; i++)
        good = (login.ptr[i] >= 'a' && login.ptr[i] <= 'z') || (login.ptr[i] >= '0' && login.ptr[i] <= '9') ||
               memchr("._-", login.ptr[i], 3) != NULL;
    if (good)
        return ST_OK;
    return fail_field(c, S("login"), login,
        T("登录名为 2 至 40 个小写字母、数字、点、横线，以字母开头",
            "a login has 2 to 40 of a-z, 0-9, dot, hyphen, underscore and begins with a letter"),
        T("请改用拼音，例如 zhang.wei", "for example zhang.wei"));
}

static int targets(const Assignment *a)
{
    return a->everything + (a->inspection.len > 0) + (a->unit.len > 0) + (a->organiser.len > 0) +
           (a->supervision_office.len > 0) + (a->resident_group.len > 0);
}

/* Supervision offices and resident groups are the discipline body's. */
static Status check_office(Ctx *c, const Assignment *a)
{
    bool office = a->supervision_office.len > 0;
    if ((!office && a->resident_group.len == 0) || a->role == ROLE_DISCIPLINE)
        return ST_OK;
    return fail_field(c, office ? S("supervision_office") : S("resident_group"),
        office ? a->supervision_office : a->resident_group,
        T("监督检查室和派驻纪检监察组只用于纪委监委的授权",
            "supervision offices and resident groups are targets of the discipline body's rights only"),
        T("请将角色选为纪委监委，或改选单位", "choose that role, or name a unit"));
}

/* The unit's role reaches its own unit and nothing wider. */
static Status check_target(Ctx *c, const Assignment *a)
{
    if (targets(a) != 1)
        return fail_field(c, S("everything"), STR_NONE,
            T("授权范围须且只须指定一项：全部台账、巡察对象、单位、主办机构、监督检查室或派驻纪检监察组",
                "a right names exactly one target: the whole ledger, an inspection, a unit, an organiser, a "
                "supervision "
                "office or a resident group"),
            T("请只保留一项", "keep one of them"));
    if (a->role == ROLE_UNIT && a->unit.len == 0)
        return fail_field(c, S("unit"), STR_NONE, T("被巡察党组织只能授权到本单位", "this role is bound to one unit"),
            T("请选择单位", "choose the unit"));
    TRY(check_office(c, a));
    if (a->role == ROLE_LOCAL)
        return fail_field(c, S("role"), S("local"),
            T("“本机操作”只用于命令行", "this role is for the command line only"),
            T("请选择其他角色", "choose another role"));
    return ST_OK;
}

static Status check_days(Ctx *c, const Assignment *a)
{
    if (a->valid_to < a->valid_from)
        return fail_field(c, S("valid_to"), date_text(c->arena, a->valid_to),
            T("失效日期早于生效日期", "ends before it begins"), T("请核对日期", "check the dates"));
    if (a->valid_to < c->today)
        return fail_field(c, S("valid_to"), date_text(c->arena, a->valid_to),
            T("失效日期已过，这样的授权不起作用", "is past: such a right would never hold"),
            T("请核对日期", "check the dates"));
    return ST_OK;
}

static bool reaches_the_same(const Assignment *a, const Assignment *b)
{
    return a->role == b->role && a->everything == b->everything && str_eq(a->inspection, b->inspection) &&
           str_eq(a->unit, b->unit) && str_eq(a->organiser, b->organiser) && str_eq(a->round, b->round) &&
           str_eq(a->supervision_office, b->supervision_office) && str_eq(a->resident_group, b->resident_group);
}

static Status check_is_new(Ctx *c, const Assignment *a, const Assignment *rights, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (reaches_the_same(a, &rights[i]) && rights[i].valid_from <= a->valid_from &&
            rights[i].valid_to >= a->valid_to)
            return fail_field_as(c, ST_CONFLICT, S("role"), choice_name(&roles, a->role),
                text_format(c, "已有同样的授权，有效至%.*s", "the same right is there already, until %.*s",
                    STR_ARG(date_text(c->arena, rights[i].valid_to))),
                T("无需重复授权", "there is nothing to grant"));
    return ST_OK;
}

Status assignment_grant(
    Ctx *c, const Assignment *input, RoleSet held, const Assignment *rights, size_t count, Changes *out)
{
    Assignment *a = record_copy(c, &Assignment_table, input);
    TRY(record_check_required(c, &Assignment_table, a));
    TRY(check_target(c, a));
    TRY(check_days(c, a));
    TRY(check_is_new(c, a, rights, count));
    const ForbiddenPair *pair = role_forbidden_beside((Role)a->role, held);
    if (pair)
        return fail_field_as(c, ST_CONFLICT, S("role"), choice_name(&roles, a->role), pair->reason,
            T("请先终止其现有角色，或授予其他人员", "end the other role first, or grant it to another person"));
    change_insert(c, out, ENTITY_ASSIGNMENT, a);
    return ST_OK;
}

Status assignment_end(Ctx *c, const Assignment *now, Date last_day, Changes *out)
{
    if (last_day >= now->valid_to)
        return fail_field_as(c, ST_CONFLICT, S("valid_to"), date_text(c->arena, last_day),
            text_format(
                c, "该授权本就到%.*s为止", "it ends on %.*s anyway", STR_ARG(date_text(c->arena, now->valid_to))),
            T("只能提前终止，不能延长；延长须重新授权", "rights are ended early here; a longer one is a new right"));
    if (last_day < now->valid_from)
        return fail_field(c, S("valid_to"), date_text(c->arena, last_day),
            text_format(c, "早于生效日期%.*s", "lies before the right began (%.*s)",
                STR_ARG(date_text(c->arena, now->valid_from))),
            T("请填写生效日期当天或之后的日期", "give that day or a later one"));
    Assignment *after = record_copy(c, &Assignment_table, now);
    after->valid_to = last_day;
    change_update(c, out, ENTITY_ASSIGNMENT, now, after);
    return ST_OK;
}
