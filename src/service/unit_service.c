#include "domain/unit.h"

#include "service/services.h"
#include "store/load.h"

#include <string.h>

Status unit_service_register(Ctx *c, UseCase *u, Changes *out)
{
    Unit *input = u->input;
    Organiser organiser;
    if (input->organiser.len)
        TRY(record_load_held(c, ENTITY_ORGANISER, input->organiser, &organiser));
    return unit_register(c, input, out);
}

/* Ids from the new parent up to the root. */
static Status parent_path(Ctx *c, Str parent, Str *path, size_t room, size_t *count)
{
    *count = 0;
    while (parent.len && *count < room) {
        bool has;
        path[(*count)++] = parent;
        TRY(db_query_text(c, SQL_UNIT_PARENT, ARGS(value_text(parent)), &parent, &has));
        if (!has)
            return fail_field(c, S("parent"), path[*count - 1], T("没有这个上级单位", "there is no such parent"),
                T("请从单位列表中选择", "choose a unit of the register"));
        parent = str_copy(c->arena, parent);
    }
    return ST_OK;
}

Status unit_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Unit before;
    Str path[32];
    size_t count;
    const Unit *input = u->input;
    TRY(record_load(c, ENTITY_UNIT, u->id, u->version, &before));
    TRY(parent_path(c, input->parent, path, 32, &count));
    return unit_edit(c, &before, input, u->given, path, count, out);
}

static Status fact_in_force(Ctx *c, Str unit, int32_t fact, UnitFact **out)
{
    Selection sel = selection_of(ENTITY_UNIT_FACT);
    UnitFact *rows;
    size_t count;
    *out = NULL;
    sel.unscoped = true;
    selection_is(&sel, UnitFact_unit, value_text(unit));
    selection_is(&sel, UnitFact_fact, value_text(choice_name(&unit_facts, fact)));
    selection_where(&sel, UnitFact_valid_to, OP_ABSENT, NULL, 0);
    TRY(selection_load(c, &sel, 100, &rows, &count));
    if (count)
        *out = &rows[0];
    return ST_OK;
}

Status unit_service_change(Ctx *c, UseCase *u, Changes *out)
{
    Unit unit;
    UnitFact *current;
    const UnitFact *input = u->input;
    TRY(record_load(c, ENTITY_UNIT, u->id, u->version, &unit));
    TRY(fact_in_force(c, unit.id, input->fact, &current));
    return unit_change_fact(c, &unit, current, input, out);
}
