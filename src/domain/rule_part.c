#include "domain/rule_part.h"

Status rule_fault(Ctx *c, Str place, Text rule)
{
    return fail_field(
        c, place, STR_NONE, rule, T("请对照规则文件的说明改正", "see the shape described in the documentation"));
}

Status rule_text(Ctx *c, const Json *object, const char *name, Str place, Str *out)
{
    *out = str_copy(c->arena, json_text_or(json_get(object, str_of(name)), STR_NONE));
    return out->len ? ST_OK : rule_fault(c, place.len ? place : str_of(name), T("必须填写文字", "must be a text"));
}

Status rule_count(Ctx *c, const Json *object, const char *name, int64_t most, Str place, int *out)
{
    int64_t n = json_int_or(json_get(object, str_of(name)), -1);
    *out = (int)n;
    return n >= 0 && n <= most ? ST_OK
                               : rule_fault(c, place.len ? place : str_of(name),
                                     T("应为不太大的非负整数", "must be a small whole number"));
}

Status rule_label(Ctx *c, const Json *object, const char *name, Str place, Text *out)
{
    Str zh;
    TRY(rule_text(c, object, name, place, &zh));
    Str en = json_text_or(json_get(object, str_format(c->arena, "%s_en", name)), zh);
    *out = T(str_c(c->arena, zh), str_c(c->arena, en));
    return ST_OK;
}

Status rule_roles(Ctx *c, const Json *list, Str place, RoleSet *out)
{
    *out = 0;
    for (const Json *r = list ? list->first : NULL; r; r = r->next) {
        int32_t role = choice_of(&roles, json_text_or(r, STR_NONE));
        if (role == 0)
            return rule_fault(c, place, T("没有这个角色", "names a role that does not exist"));
        *out |= ROLE_BIT(role);
    }
    return *out ? ST_OK : rule_fault(c, place, T("至少要有一个角色", "must name a role"));
}

Str rule_place(Ctx *c, const char *list, Str name, size_t index, const char *member)
{
    return name.len ? str_format(c->arena, "%s.%.*s[%zu].%s", list, STR_ARG(name), index, member)
                    : str_format(c->arena, "%s[%zu].%s", list, index, member);
}

Status rule_choice(Ctx *c, const Json *node, const char *name, const Choices *choices, Str place, int32_t *out)
{
    *out = choice_of(choices, json_text_or(json_get(node, str_of(name)), STR_NONE));
    return *out ? ST_OK : rule_fault(c, place, T("没有这个取值", "names something that does not exist"));
}

Status rule_period(Ctx *c, const Json *node, Str place, Period *out)
{
    static const struct {
        const char *name;
        PeriodUnit unit;
    } units[] = { { "days", PERIOD_DAYS }, { "working_days", PERIOD_WORKING_DAYS }, { "months", PERIOD_MONTHS } };
    Str unit = json_text_or(json_get(node, S("unit")), STR_NONE);
    TRY(rule_count(c, node, "count", 3660, place, &out->count));
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (str_eq(unit, str_of(units[i].name))) {
            out->unit = units[i].unit;
            return ST_OK;
        }
    return rule_fault(
        c, place, T("单位应为 days、working_days 或 months", "unit must be days, working_days or months"));
}
