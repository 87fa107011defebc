/* The generic path of every register. */
#include "domain/register.h"

#include "domain/account.h"
#include "service/services.h"
#include "store/load.h"

static Status check_organiser(Ctx *c, const Entity *e, const void *record)
{
    Organiser organiser;
    Str id = record_ref(e, record, e->scope.organiser);
    return id.len ? record_load_held(c, ENTITY_ORGANISER, id, &organiser) : ST_OK;
}

Status register_service_enter(Ctx *c, UseCase *u, Changes *out)
{
    TRY(check_organiser(c, u->entity, u->input));
    return register_enter(c, u->entity, u->input, out);
}

Status register_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    void *before = record_new(c, u->entity->table);
    TRY(record_load(c, u->entity->kind, u->id, u->version, before));
    return register_edit(c, u->entity, before, u->input, u->given, out);
}
