#include "domain/setting.h"

#include "domain/document.h"

static Status check(Ctx *c, const Setting *s)
{
    TRY(record_check_required(c, &Setting_table, s));
    if (!str_eq(s->name, S(SETTING_SECRECY_CEILING)))
        return fail_field(c, S("name"), s->name, T("不是可以设置的项目", "is no setting that can be given"),
            T("可设置：secrecy_ceiling（台账允许的最高密级）",
                "secrecy_ceiling can be given: the highest secrecy that the ledger may hold"));
    if (str_eq(s->value, S("none")) || choice_of(&secrecies, s->value))
        return ST_OK;
    return fail_field(c, S("value"), s->value, T("不是密级", "is no secrecy"),
        T("可选 none（不涉密）、internal（内部）、secret（秘密）、confidential（机密）、top_secret（绝密）",
            "none, internal, secret, confidential or top_secret"));
}

Status setting_add(Ctx *c, const Setting *input, Changes *out)
{
    Setting *s = record_copy(c, &Setting_table, input);
    TRY(check(c, s));
    change_insert(c, out, ENTITY_SETTING, s);
    return ST_OK;
}

Status setting_edit(Ctx *c, const Setting *before, const Setting *input, FieldSet given, Changes *out)
{
    Setting *after = record_copy(c, &Setting_table, before);
    record_overlay(&Setting_table, given, input, after);
    TRY(check(c, after));
    change_update(c, out, ENTITY_SETTING, before, after);
    change_show(c, out, ENTITY_SETTING, after);
    return ST_OK;
}

int32_t setting_ceiling(Str value)
{
    return value.len == 0 ? SECRECY_INTERNAL : choice_of(&secrecies, value);
}
