#include "domain/unit_history.h"

#include "base/pinyin.h"

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

static void set_fact(Ctx *c, Unit *unit, int fact, Str value)
{
    *fact_of(unit, fact) = value;
    if (fact == UNIT_FACT_NAME)
        unit->name_key = pinyin_key(c->arena, value);
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

/* The row of a fact that begins last, before `until` where one is given; NULL: none. */
static const UnitFact *last_of(const UnitHistory *has, int fact, const UnitFact *until)
{
    const UnitFact *last = NULL;
    for (size_t i = 0; i < has->count; i++) {
        const UnitFact *row = &has->rows[i];
        if (row->fact != fact || row->withdrawn_on || (until && row->valid_from >= until->valid_from))
            continue;
        if (!last || row->valid_from > last->valid_from)
            last = row;
    }
    return last;
}

static const UnitFact *held_on(const UnitHistory *has, int fact, Date day)
{
    for (size_t i = 0; i < has->count; i++) {
        const UnitFact *row = &has->rows[i];
        if (row->fact == fact && !row->withdrawn_on && (!row->valid_from || row->valid_from <= day) &&
            (!row->valid_to || row->valid_to >= day))
            return row;
    }
    return NULL;
}

void unit_history_begin(Ctx *c, Unit *unit, Changes *out)
{
    for (int fact = UNIT_FACT_NAME; fact < FACT_KINDS; fact++) {
        Str value = *fact_of(unit, fact);
        if (value.len)
            change_insert(c, out, ENTITY_UNIT_FACT, fact_row(c, unit, fact, value, unit->established_on, STR_NONE));
    }
}

static Status check_day(Ctx *c, const UnitFact *last, const UnitFact *input)
{
    if (!last || input->valid_from > (last->valid_to ? last->valid_to : last->valid_from))
        return ST_OK;
    Text rule = last->valid_to
                    ? text_format(c, "沿革到%.*s为止，变更须晚于该日", "the history ends on %.*s; a change comes later",
                          STR_ARG(date_text(c->arena, last->valid_to)))
                    : text_format(c, "最后一条沿革自%.*s起，变更须晚于该日",
                          "the last value holds from %.*s on; a change comes later",
                          STR_ARG(date_text(c->arena, last->valid_from)));
    return fail_field_as(c, ST_CONFLICT, S("valid_from"), date_text(c->arena, input->valid_from), rule,
        last->valid_from > c->today
            ? T("请核对生效日期，或先撤回尚未生效的变更", "check the date, or take back the planned change first")
            : T("请核对生效日期", "check the date"));
}

static Status check_change(Ctx *c, const UnitFact *last, const UnitFact *input)
{
    if (input->fact == UNIT_FACT_NONE)
        return fail_field(c, S("fact"), STR_NONE, T("“事项”必须填写", "\"fact\" must be given"),
            T("请选择变更的事项", "choose what changes"));
    if (input->fact == UNIT_FACT_NAME && input->value.len == 0)
        return fail_field(c, S("value"), STR_NONE, T("单位名称不能为空", "a unit has a name"),
            T("请填写新名称；撤销单位请用“撤销”", "give the new name; to end the unit, abolish it"));
    if (str_eq(last && !last->valid_to ? last->value : STR_NONE, input->value))
        return fail_field_as(c, ST_CONFLICT, S("value"), input->value,
            T("与现有内容相同", "is what stands there already"), T("无需变更", "nothing to change"));
    return check_day(c, last, input);
}

Status unit_change_fact(Ctx *c, const Unit *unit, const UnitHistory *has, const UnitFact *input, Changes *out)
{
    UnitFact *wanted = record_copy(c, &UnitFact_table, input);
    if (!wanted->valid_from)
        wanted->valid_from = c->today;
    const UnitFact *last = last_of(has, wanted->fact, NULL);
    TRY(check_change(c, last, wanted));
    Unit *after = record_copy(c, &Unit_table, unit);
    if (wanted->valid_from <= c->today)
        set_fact(c, after, wanted->fact, wanted->value);
    out->effective_on = wanted->valid_from;
    change_update(c, out, ENTITY_UNIT, unit, after);
    if (last && !last->valid_to) {
        UnitFact *ended = record_copy(c, &UnitFact_table, last);
        ended->valid_to = date_add_days(wanted->valid_from, -1);
        change_update(c, out, ENTITY_UNIT_FACT, last, ended);
    }
    change_insert(
        c, out, ENTITY_UNIT_FACT, fact_row(c, unit, wanted->fact, wanted->value, wanted->valid_from, wanted->reason));
    change_show(c, out, ENTITY_UNIT, after);
    return ST_OK;
}

static Status check_taken(Ctx *c, const UnitHistory *has, const UnitFact *taken, const UnitFact *before, Str reason)
{
    if (taken->withdrawn_on)
        return fail(c, ST_CONFLICT, "该变更已于%.*s撤回", "the change was taken back on %.*s",
            STR_ARG(date_text(c->arena, taken->withdrawn_on)));
    if (taken->valid_to && taken->valid_to >= taken->valid_from && last_of(has, taken->fact, NULL) == taken)
        return fail(c, ST_CONFLICT, "该单位的沿革到%.*s为止，不再变更", "the history of this unit ended on %.*s",
            STR_ARG(date_text(c->arena, taken->valid_to)));
    if (last_of(has, taken->fact, NULL) != taken)
        return fail(
            c, ST_CONFLICT, "其后还有变更，请先撤回最后一条", "another change follows: take back the last one first");
    if (!taken->valid_from || (!before && taken->fact == UNIT_FACT_NAME))
        return fail(c, ST_CONFLICT, "登记单位时填写的内容不能撤回，请办理变更",
            "what the unit was registered with is not taken back: enter a change");
    if (reason.len == 0)
        return fail_field(c, S("reason"), STR_NONE, T("撤回变更须写明理由", "say why it is taken back"),
            T("请填写理由，例如“录入有误”", "give the reason"));
    return ST_OK;
}

/* `taken` is one of the rows of `has`. */
Status unit_take_back(Ctx *c, const Unit *unit, const UnitHistory *has, const UnitFact *taken, Str reason, Changes *out)
{
    const UnitFact *before = last_of(has, taken->fact, taken);
    TRY(check_taken(c, has, taken, before, reason));
    Date eve = date_add_days(taken->valid_from, -1);
    UnitFact *gone = record_copy(c, &UnitFact_table, taken);
    gone->valid_to = eve;
    gone->withdrawn_on = c->today;
    gone->withdrawn_because = reason;
    change_update(c, out, ENTITY_UNIT_FACT, taken, gone);
    bool goes_on = before && before->valid_to == eve;
    if (goes_on) {
        UnitFact *again = record_copy(c, &UnitFact_table, before);
        again->valid_to = DATE_NONE;
        change_update(c, out, ENTITY_UNIT_FACT, before, again);
    }
    if (taken->valid_from > c->today)
        return ST_OK;
    Unit *after = record_copy(c, &Unit_table, unit);
    set_fact(c, after, taken->fact, goes_on ? before->value : STR_NONE);
    change_update(c, out, ENTITY_UNIT, unit, after);
    return ST_OK;
}

void unit_take_effect(Ctx *c, const Unit *unit, const UnitHistory *has, Changes *out)
{
    Unit *after = record_copy(c, &Unit_table, unit);
    Date since = DATE_NONE;
    for (int fact = UNIT_FACT_NAME; fact < FACT_KINDS; fact++) {
        const UnitFact *row = held_on(has, fact, c->today);
        if (!row || str_eq(*fact_of(after, fact), row->value))
            continue;
        set_fact(c, after, fact, row->value);
        since = row->valid_from > since ? row->valid_from : since;
    }
    if (since)
        out->effective_on = since;
    change_update(c, out, ENTITY_UNIT, unit, after);
}
