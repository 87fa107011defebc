#include "domain/unit.h"

#include "base/pinyin.h"
#include "domain/unit_history.h"

CHOICES_DEFINE(unit_kinds, UNIT_KINDS);
CHOICES_DEFINE(unit_levels, UNIT_LEVELS);
CHOICES_DEFINE(unit_facts, UNIT_FACTS);
FIELDS_DEFINE(Unit, "units", UNIT_FIELDS);
FIELDS_DEFINE(UnitFact, "unit_facts", UNIT_FACT_FIELDS);
FIELDS_DEFINE(UnitEnd, "unit_end", UNIT_END_FIELDS);

static Status check_coverage(Ctx *c, const Unit *unit)
{
    if (unit->in_coverage || unit->coverage_reason.len)
        return ST_OK;
    return fail_field(c, S("coverage_reason"), STR_NONE,
        T("不纳入全覆盖基数的单位须写明理由", "a unit outside the coverage base needs a reason"),
        T("请填写理由，或将“纳入全覆盖基数”改为“是”", "give the reason, or put it in the base"));
}

static Status check_life(Ctx *c, const Unit *unit)
{
    if (!unit->abolished_on || !unit->established_on || unit->abolished_on >= unit->established_on)
        return ST_OK;
    return fail_field(c, S("abolished_on"), date_text(c->arena, unit->abolished_on),
        T("撤销日期早于成立日期", "is before the day it was established"), T("请核对日期", "check the dates"));
}

Status unit_register(Ctx *c, const Unit *input, Changes *out)
{
    Unit *unit = record_copy(c, &Unit_table, input);
    TRY(record_check_required(c, &Unit_table, unit));
    TRY(check_coverage(c, unit));
    TRY(check_life(c, unit));
    unit->name_key = pinyin_key(c->arena, unit->name);
    change_insert(c, out, ENTITY_UNIT, unit);
    unit_history_begin(c, unit, out);
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
    if (*day > c->today)
        return fail_field(c, S("effective_on"), date_text(c->arena, *day),
            T("还没有到这一天，届时未销号的事项现在还不能确定",
                "has not come yet: what will be open then is not known"),
            T("请在生效当日或以后办理", "enter it on that day or later"));
    if (input->reason.len == 0)
        return fail_field(c, S("reason"), STR_NONE, T("须写明依据", "name the basis"),
            T("请填写机构改革方案等依据", "for example the plan of the reform"));
    if (has->live_rounds)
        return fail(c, ST_CONFLICT, "该单位正在接受巡察，反馈之前不能合并或撤销",
            "the unit is being inspected: it cannot end before it was fed back");
    return ST_OK;
}

/* What was to hold longer ends with the unit; what was to begin later never held. */
static void end_fact(Ctx *c, const UnitFact *fact, Date last_day, Str reason, Changes *out)
{
    if (fact->withdrawn_on || (fact->valid_to && fact->valid_to <= last_day))
        return;
    UnitFact *ended = record_copy(c, &UnitFact_table, fact);
    ended->valid_to = last_day;
    if (fact->valid_from > last_day) {
        ended->valid_to = date_add_days(fact->valid_from, -1);
        ended->withdrawn_on = c->today;
        ended->withdrawn_because = reason;
    }
    change_update(c, out, ENTITY_UNIT_FACT, fact, ended);
}

static void end_unit(Ctx *c, const Unit *unit, Str into, const UnitBelongings *has, Date day, Str reason, Changes *out)
{
    Unit *after = record_copy(c, &Unit_table, unit);
    after->abolished_on = date_add_days(day, -1);
    after->merged_into = into;
    change_update(c, out, ENTITY_UNIT, unit, after);
    for (size_t i = 0; i < has->fact_count; i++)
        end_fact(c, &has->facts[i], after->abolished_on, reason, out);
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
    end_unit(c, unit, into->id, has, day, input->reason, out);
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
    end_unit(c, unit, STR_NONE, has, day, input->reason, out);
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
