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
