#include "domain/project.h"

CHOICES_DEFINE(project_kinds, PROJECT_KINDS);
CHOICES_DEFINE(parts, PARTS);
FIELDS_DEFINE(Project, "projects", PROJECT_FIELDS);
FIELDS_DEFINE(ProjectUnit, "project_units", PROJECT_UNIT_FIELDS);
FIELDS_DEFINE(Focus, "focuses", FOCUS_FIELDS);

static Status check_order(Ctx *c, const char *field, Date from, Date to, Text rule)
{
    if (!from || !to || to >= from)
        return ST_OK;
    return fail_field(c, str_of(field), date_text(c->arena, to), rule, T("请核对日期", "check the dates"));
}

static Status check_project(Ctx *c, const Project *p)
{
    TRY(record_check_required(c, &Project_table, p));
    TRY(check_order(c, "planned_finish", p->planned_start, p->planned_finish,
        T("计划竣工早于计划开工", "is planned to finish before it starts")));
    TRY(check_order(c, "actual_finish", p->actual_start, p->actual_finish,
        T("实际竣工早于实际开工", "finished before it started")));
    if (!p->actual_finish || p->actual_start)
        return ST_OK;
    return fail_field(c, S("actual_start"), STR_NONE,
        T("已竣工的项目须有实际开工日期", "a finished project has started"), T("请填写实际开工日期", "give the day"));
}

Status project_enter(
    Ctx *c, const Round *round, const Unit *unit, Str name_then, int64_t number, const Project *input, Changes *out)
{
    Project *p = record_copy(c, &Project_table, input);
    if (round->type == ROUND_REGULAR)
        return fail_field_as(c, ST_CONFLICT, S("round"), round->name,
            T("常规巡察的对象是单位，不登记项目", "a regular round looks at units, not at projects"),
            T("请选择专项或联动巡察的轮次", "choose a special or joint round"));
    p->organiser = round->organiser;
    p->unit = unit->id;
    p->unit_name = name_then;
    p->number = INT_OF(number);
    TRY(check_project(c, p));
    change_insert(c, out, ENTITY_PROJECT, p);
    return ST_OK;
}

Status project_edit(Ctx *c, const Project *before, const Project *input, FieldSet given, Changes *out)
{
    Project *after = record_copy(c, &Project_table, before);
    record_overlay(&Project_table, given, input, after);
    TRY(check_project(c, after));
    change_update(c, out, ENTITY_PROJECT, before, after);
    return ST_OK;
}

Status project_unit_add(
    Ctx *c, const Project *project, const Unit *unit, Str name_then, const ProjectUnit *input, Changes *out)
{
    ProjectUnit *link = record_copy(c, &ProjectUnit_table, input);
    if (str_eq(project->unit, unit->id))
        return fail_field_as(c, ST_CONFLICT, S("unit"), unit->name,
            T("该单位已是牵头单位", "leads the project already"), T("请选择其他单位", "choose another unit"));
    link->round = project->round;
    link->organiser = project->organiser;
    link->unit_name = name_then;
    TRY(record_check_required(c, &ProjectUnit_table, link));
    change_insert(c, out, ENTITY_PROJECT_UNIT, link);
    return ST_OK;
}

Status focus_add(Ctx *c, const Round *round, int64_t number, const Focus *input, Changes *out)
{
    Focus *f = record_copy(c, &Focus_table, input);
    f->organiser = round->organiser;
    f->number = INT_OF(number);
    TRY(record_check_required(c, &Focus_table, f));
    change_insert(c, out, ENTITY_FOCUS, f);
    return ST_OK;
}

Status focus_edit(Ctx *c, const Focus *before, const Focus *input, FieldSet given, Changes *out)
{
    Focus *after = record_copy(c, &Focus_table, before);
    record_overlay(&Focus_table, given, input, after);
    TRY(record_check_required(c, &Focus_table, after));
    change_update(c, out, ENTITY_FOCUS, before, after);
    return ST_OK;
}
