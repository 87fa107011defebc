#include "domain/legacy.h"

CHOICES_DEFINE(legacy_states, LEGACY_STATES);
FIELDS_DEFINE(LegacyIssue, "legacy_issues", LEGACY_ISSUE_FIELDS);
FIELDS_DEFINE(LegacyResult, "legacy_result", LEGACY_RESULT_FIELDS);

enum { SINCE_FIRST = 1949 };

static Status check_keeper(Ctx *c, const LegacyIssue *i)
{
    if (body_is_written_by(i->body, c->actor->role))
        return ST_OK;
    return fail_field_as(c, ST_DENIED, S("body"), choice_name(&bodies, i->body),
        T("您当前的角色只能登记本单位牵头的历史遗留问题",
            "your present role keeps the matters that its own body leads"),
        T("请选择本单位", "choose your own body"));
}

static Status check_link(Ctx *c, const char *field, Str unit_of_it, const LegacyIssue *i)
{
    if (unit_of_it.len == 0 || str_eq(unit_of_it, i->unit))
        return ST_OK;
    return fail_field(c, str_of(field), STR_NONE, T("不是责任单位的", "is none of the unit's"),
        T("请选择该单位的问题或整改事项", "choose one of that unit"));
}

static Status check_issue(Ctx *c, const LegacyIssue *i, const LegacyLinks *links)
{
    TRY(record_check_required(c, &LegacyIssue_table, i));
    TRY(check_keeper(c, i));
    if (i->since.value < SINCE_FIRST || i->since.value > date_year(c->today))
        return fail_field(c, S("since"), str_format(c->arena, "%lld", (long long)i->since.value),
            text_format(c, "应为%d至%d之间的年份", "is a year from %d to %d", SINCE_FIRST, date_year(c->today)),
            T("例如 2009", "write it as 2009"));
    TRY(day_check(c, "entered_on", i->entered_on, DATE_NONE));
    TRY(check_link(c, "finding", links->finding_unit, i));
    return check_link(c, "rectification", links->item_unit, i);
}

Status legacy_enter(Ctx *c, const LegacyIssue *input, Str unit_name, const LegacyLinks *links, Changes *out)
{
    LegacyIssue *i = record_copy(c, &LegacyIssue_table, input);
    i->unit_name = unit_name;
    i->state = LEGACY_OPEN;
    i->entered_on = i->entered_on ? i->entered_on : c->today;
    TRY(check_issue(c, i, links));
    out->effective_on = i->entered_on;
    change_insert(c, out, ENTITY_LEGACY_ISSUE, i);
    return ST_OK;
}

Status legacy_edit(
    Ctx *c, const LegacyIssue *before, const LegacyLinks *links, const LegacyIssue *input, FieldSet given, Changes *out)
{
    LegacyIssue *after = record_copy(c, &LegacyIssue_table, before);
    if (before->state != LEGACY_OPEN)
        return fail(c, ST_CONFLICT, "该问题已解决或已作废，不能再修改", "the matter is resolved or void");
    record_overlay(&LegacyIssue_table, given, input, after);
    TRY(check_issue(c, after, links));
    change_update(c, out, ENTITY_LEGACY_ISSUE, before, after);
    return ST_OK;
}

Status legacy_resolve(Ctx *c, const LegacyIssue *now, const LegacyResult *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_LEGACY_ISSUE, now->state, DO_CLOSE, STR_NONE, &move));
    TRY(check_keeper(c, now));
    TRY(record_check_required(c, &LegacyResult_table, input));
    LegacyIssue *after = record_copy(c, &LegacyIssue_table, now);
    after->state = move->to;
    after->result = input->result;
    after->basis = input->basis;
    TRY(day_given(c, input->effective_on, now->entered_on, &after->resolved_on));
    out->effective_on = after->resolved_on;
    after->resolved_by = input->on_behalf_of.len ? input->on_behalf_of : c->actor->name;
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_LEGACY_ISSUE, now, after);
    return ST_OK;
}

Status legacy_void(Ctx *c, const LegacyIssue *now, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_LEGACY_ISSUE, now->state, DO_VOID, input->reason, &move));
    TRY(check_keeper(c, now));
    LegacyIssue *after = record_copy(c, &LegacyIssue_table, now);
    after->state = move->to;
    after->reason = input->reason;
    change_update(c, out, ENTITY_LEGACY_ISSUE, now, after);
    return ST_OK;
}
