#include "domain/setting.h"
#include "service/services.h"
#include "store/load.h"

Status setting_service_add(Ctx *c, UseCase *u, Changes *out)
{
    const Setting *in = u->input;
    Str value;
    bool has;
    TRY(db_query_text(c, SQL_SETTING_FIND, ARGS(value_text(in->name)), &value, &has));
    if (has)
        return fail_field_as(c, ST_CONFLICT, S("name"), in->name, T("已经设置过", "has been set already"),
            T("请修改原有设置", "edit the setting that is there"));
    return setting_add(c, in, out);
}

Status setting_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Setting before;
    TRY(record_load(c, ENTITY_SETTING, u->id, u->version, &before));
    return setting_edit(c, &before, u->input, u->given, out);
}
