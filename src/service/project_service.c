#include "domain/project.h"

#include "service/case.h"
#include "service/services.h"

Status project_service_enter(Ctx *c, UseCase *u, Changes *out)
{
    const Project *in = u->input;
    Round round;
    Unit unit;
    Str name;
    int64_t last;
    bool has;
    TRY(record_load(c, ENTITY_ROUND, in->round, 0, &round));
    TRY(record_load(c, ENTITY_UNIT, in->unit, 0, &unit));
    TRY(unit_name_on(c, &unit, round.starts_on, &name));
    TRY(db_query_int(c, SQL_PROJECT_LAST_NUMBER, ARGS(value_text(round.id)), &last, &has));
    return project_enter(c, &round, &unit, name, last + 1, in, out);
}

Status project_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Project before;
    TRY(record_load(c, ENTITY_PROJECT, u->id, u->version, &before));
    return project_edit(c, &before, u->input, u->given, out);
}

Status project_unit_service_add(Ctx *c, UseCase *u, Changes *out)
{
    const ProjectUnit *in = u->input;
    Project project;
    Round round;
    Unit unit;
    Str name;
    TRY(record_load(c, ENTITY_PROJECT, in->project, 0, &project));
    TRY(record_load(c, ENTITY_ROUND, project.round, 0, &round));
    TRY(record_load(c, ENTITY_UNIT, in->unit, 0, &unit));
    TRY(unit_name_on(c, &unit, round.starts_on, &name));
    return project_unit_add(c, &project, &unit, name, in, out);
}

Status focus_service_add(Ctx *c, UseCase *u, Changes *out)
{
    const Focus *in = u->input;
    Round round;
    int64_t last;
    bool has;
    TRY(record_load(c, ENTITY_ROUND, in->round, 0, &round));
    TRY(db_query_int(c, SQL_FOCUS_LAST_NUMBER, ARGS(value_text(round.id)), &last, &has));
    return focus_add(c, &round, last + 1, in, out);
}

Status focus_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Focus before;
    TRY(record_load(c, ENTITY_FOCUS, u->id, u->version, &before));
    return focus_edit(c, &before, u->input, u->given, out);
}
