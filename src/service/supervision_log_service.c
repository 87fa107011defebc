/* The supervisors' own log. */
#include "domain/supervision_log.h"

#include "service/case.h"
#include "service/services.h"

static Status load_item(Ctx *c, Str id, const Rectification **out)
{
    Rectification *item = arena_new_of(c->arena, Rectification);
    *out = NULL;
    if (id.len == 0)
        return ST_OK;
    TRY(record_load(c, ENTITY_RECTIFICATION, id, 0, item));
    *out = item;
    return ST_OK;
}

Status supervision_log_service_enter(Ctx *c, UseCase *u, Changes *out)
{
    const SupervisionLog *in = u->input;
    const Rectification *item;
    Unit unit;
    Str name;
    TRY(organiser_check(c, in->organiser));
    TRY(record_load(c, ENTITY_UNIT, in->unit, 0, &unit));
    TRY(unit_name_on(c, &unit, in->done_on ? in->done_on : c->today, &name));
    TRY(load_item(c, in->rectification, &item));
    return supervision_log_enter(c, in, name, item, out);
}

Status supervision_log_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    const SupervisionLog *in = u->input;
    const Rectification *item;
    SupervisionLog before;
    TRY(record_load(c, ENTITY_SUPERVISION_LOG, u->id, u->version, &before));
    TRY(load_item(c, in->rectification, &item));
    return supervision_log_edit(c, &before, item, in, u->given, out);
}
