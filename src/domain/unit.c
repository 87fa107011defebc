#include "domain/unit.h"

#include "base/pinyin.h"

CHOICES_DEFINE(unit_kinds, UNIT_KINDS);
CHOICES_DEFINE(unit_levels, UNIT_LEVELS);
CHOICES_DEFINE(unit_facts, UNIT_FACTS);
FIELDS_DEFINE(Unit, "units", UNIT_FIELDS);
FIELDS_DEFINE(UnitFact, "unit_facts", UNIT_FACT_FIELDS);
FIELDS_DEFINE(UnitEnd, "unit_end", UNIT_END_FIELDS);

/* Where a unit keeps the present value of a dated fact. */
static const int fact_field[] = {
    [UNIT_FACT_NAME] = Unit_name,
    [UNIT_FACT_PRINCIPAL] = Unit_principal,
    [UNIT_FACT_LEADER] = Unit_leader_in_charge,
    [UNIT_FACT_GROUP] = Unit_resident_group,
    [UNIT_FACT_OFFICE] = Unit_supervision_office,
};
enum { FACT_KINDS = sizeof fact_field / sizeof fact_field[0] };

static Str *fact_of(Unit *unit, int fact)
{
    return field_at(&Unit_table.fields[fact_field[fact]], unit);
}

static Status check_coverage(Ctx *c, const Unit *unit)
{
    if (unit->in_coverage || unit->coverage_reason.len)
        return ST_OK;
    return fail_field(c, S("coverage_reason"), STR_NONE,
        T("不纳入全覆盖基数的单位须写明理由", "a unit outside the coverage base needs a reason"),
        T("请填写理由，或勾选纳入", "give the reason, or put it in the base"));
}

static Status check_life(Ctx *c, const Unit *unit)
{
    if (!unit->abolished_on || !unit->established_on || unit->abolished_on >= unit->established_on)
        return ST_OK;
    return fail_field(c, S("abolished_on"), date_text(c->arena, unit->abolished_on),
        T("撤销日期早于成立日期", "is before the day it was established"), T("请核对日期", "check the dates"));
}

static UnitFact *fact_row(Ctx *c, const Unit *unit, int fact, Str value, Date from, Str reason)
{
    UnitFact *row = arena_new_of(c->arena, UnitFact);
    row->unit = unit->id;
    row->fact = fact;
    row->value = value;
    row->valid_from = from;
    row->reason = reason;
    return row;
}

Status unit_register(Ctx *c, const Unit *input, Changes *out)
{
    Unit *unit = record_copy(c, &Unit_table, input);
    TRY(record_check_required(c, &Unit_table, unit));
    TRY(check_coverage(c, unit));
    TRY(check_life(c, unit));
    unit->name_key = pinyin_key(c->arena, unit->name);
    change_insert(c, out, ENTITY_UNIT, unit);
    for (int fact = UNIT_FACT_NAME; fact < FACT_KINDS; fact++) {
        Str value = *fact_of(unit, fact);
        if (value.len)
            change_insert(c, out, ENTITY_UNIT_FACT, fact_row(c, unit, fact, value, unit->established_on, STR_NONE));
    }
    return ST_OK;
}

static Status check_fact(Ctx *c, const Unit *unit, const UnitFact *current, const UnitFact *input)
{
    if (input->fact == UNIT_FACT_NONE)
        return fail_field(c, S("fact"), STR_NONE, T("“事项”必须填写", "\"fact\" must be given"),
            T("请选择变更的事项", "choose what changes"));
    Str now = *fact_of((Unit *)(void *)record_copy(c, &Unit_table, unit), input->fact);
    if (input->fact == UNIT_FACT_NAME && input->value.len == 0)
        return fail_field(c, S("value"), STR_NONE, T("单位名称不能为空", "a unit has a name"),
            T("请填写新名称；撤销单位请填撤销日期", "give the new name; to abolish a unit set its last day"));
    if (str_eq(now, input->value))
        return fail_field_as(c, ST_CONFLICT, S("value"), input->value,
            T("与现有内容相同", "is what stands there already"), T("无需变更", "nothing to change"));
    if (current && current->valid_from >= input->valid_from)
        return fail_field_as(c, ST_CONFLICT, S("valid_from"), date_text(c->arena, input->valid_from),
            text_format(c, "现行内容自%.*s起生效，变更须晚于该日",
                "the present value holds since %.*s; a change comes later",
                STR_ARG(date_text(c->arena, current->valid_from))),
            T("请核对生效日期", "check the date"));
    return ST_OK;
}

Status unit_change_fact(Ctx *c, const Unit *unit, const UnitFact *current, const UnitFact *input, Changes *out)
{
    UnitFact *wanted = record_copy(c, &UnitFact_table, input);
    if (!wanted->valid_from)
        wanted->valid_from = c->today;
    TRY(check_fact(c, unit, current, wanted));
    Unit *after = record_copy(c, &Unit_table, unit);
    *fact_of(after, wanted->fact) = wanted->value;
    if (wanted->fact == UNIT_FACT_NAME)
        after->name_key = pinyin_key(c->arena, after->name);
    out->effective_on = wanted->valid_from;
    change_update(c, out, ENTITY_UNIT, unit, after);
    if (current) {
        UnitFact *ended = record_copy(c, &UnitFact_table, current);
        ended->valid_to = date_add_days(wanted->valid_from, -1);
        change_update(c, out, ENTITY_UNIT_FACT, current, ended);
    }
    if (wanted->value.len)
        change_insert(c, out, ENTITY_UNIT_FACT,
            fact_row(c, unit, wanted->fact, wanted->value, wanted->valid_from, wanted->reason));
    return ST_OK;
}

/* --- the end of a unit ------------------------------------------------------------------------------------ */

static Status check_end(Ctx *c, const Unit *unit, const UnitBelongings *has, const UnitEnd *input, Date *day)
{
    *day = input->effective_on ? input->effective_on : c->today;
    if (unit->abolished_on)
        return fail(c, ST_CONFLICT, "该单位已于%.*s撤销或并入其他单位", "the unit ended on %.*s already",
            STR_ARG(date_text(c->arena, unit->abolished_on)));
    if (unit->established_on && *day <= unit->established_on)
        return fail_field(c, S("effective_on"), date_text(c->arena, *day),
            T("应晚于成立日期", "must be later than the day it was established"), T("请核对日期", "check the date"));
    if (input->reason.len == 0)
        return fail_field(c, S("reason"), STR_NONE, T("须写明依据", "name the basis"),
            T("请填写机构改革方案等依据", "for example the plan of the reform"));
    if (has->live_rounds)
        return fail(c, ST_CONFLICT, "该单位正在接受巡察，反馈之前不能合并或撤销",
            "the unit is being inspected: it cannot end before it was fed back");
    return ST_OK;
}

static void end_unit(Ctx *c, const Unit *unit, Str into, const UnitBelongings *has, Date day, Changes *out)
{
    Unit *after = record_copy(c, &Unit_table, unit);
    after->abolished_on = date_add_days(day, -1);
    after->merged_into = into;
    change_update(c, out, ENTITY_UNIT, unit, after);
    for (size_t i = 0; i < has->fact_count; i++) {
        UnitFact *ended = record_copy(c, &UnitFact_table, &has->facts[i]);
        ended->valid_to = after->abolished_on;
        change_update(c, out, ENTITY_UNIT_FACT, &has->facts[i], ended);
    }
}

Status unit_merge(
    Ctx *c, const Unit *unit, const Unit *into, const UnitBelongings *has, const UnitEnd *input, Changes *out)
{
    Date day;
    TRY(check_end(c, unit, has, input, &day));
    if (str_eq(unit->id, into->id) || into->merged_into.len || into->abolished_on)
        return fail_field(c, S("into"), into->name,
            T("承接单位应是另一个存续的单位", "is not another unit that goes on"),
            T("请另选承接单位", "choose another one"));
    out->effective_on = day;
    end_unit(c, unit, into->id, has, day, out);
    for (size_t i = 0; i < has->child_count; i++) {
        Unit *child = record_copy(c, &Unit_table, &has->children[i]);
        child->parent = into->id;
        change_update(c, out, ENTITY_UNIT, &has->children[i], child);
    }
    if (unit->covered_on)
        unit_cover(c, into, unit->covered_on, out);
    return ST_OK;
}

Status unit_abolish(Ctx *c, const Unit *unit, const UnitBelongings *has, const UnitEnd *input, Changes *out)
{
    Date day;
    TRY(check_end(c, unit, has, input, &day));
    if (has->open_items)
        return fail(c, ST_CONFLICT, "该单位还有%lld项问题没有销号，请用“合并”指定承接单位",
            "%lld items of the unit are not struck off: merge it into the unit that takes them over",
            (long long)has->open_items);
    if (has->child_count)
        return fail(c, ST_CONFLICT, "该单位还有%zu个下级单位，请先调整其上级",
            "%zu units stand below it: move them first", has->child_count);
    out->effective_on = day;
    end_unit(c, unit, STR_NONE, has, day, out);
    return ST_OK;
}

void unit_hand_over(Ctx *c, EntityKind kind, const void *record, int field, Str into, Changes *out)
{
    const FieldTable *table = entity_of(kind)->table;
    void *after = record_copy(c, table, record);
    *(Str *)field_at(&table->fields[field], after) = into;
    change_update(c, out, kind, record, after);
}

void unit_cover(Ctx *c, const Unit *unit, Date entered, Changes *out)
{
    if (unit->covered_on && unit->covered_on <= entered)
        return;
    Unit *after = record_copy(c, &Unit_table, unit);
    after->covered_on = entered;
    change_update(c, out, ENTITY_UNIT, unit, after);
}

static Status check_parent(Ctx *c, const Unit *unit, const Str *path, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(path[i], unit->id))
            return fail_field(c, S("parent"), unit->parent,
                T("上级不能是本单位或其下级", "a unit is not its own ancestor"),
                T("请另选上级", "choose another parent"));
    return ST_OK;
}

Status unit_edit(
    Ctx *c, const Unit *before, const Unit *input, FieldSet given, const Str *parent_path, size_t parents, Changes *out)
{
    Unit *after = record_copy(c, &Unit_table, before);
    record_overlay(&Unit_table, given, input, after);
    TRY(record_check_required(c, &Unit_table, after));
    TRY(check_coverage(c, after));
    TRY(check_life(c, after));
    TRY(check_parent(c, after, parent_path, parents));
    change_update(c, out, ENTITY_UNIT, before, after);
    return ST_OK;
}
