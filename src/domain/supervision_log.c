#include "domain/supervision_log.h"

CHOICES_DEFINE(supervision_methods, SUPERVISION_METHODS);
FIELDS_DEFINE(SupervisionLog, "supervision_logs", SUPERVISION_LOG_FIELDS);

/* Its own only, the office too: nobody says for another body what that body saw. */
static Status check_body(Ctx *c, const SupervisionLog *l)
{
    Role role = c->actor->role;
    bool own = (role == ROLE_DISCIPLINE && l->body == BODY_DISCIPLINE) ||
               (role == ROLE_ORGANISATION && l->body == BODY_ORGANISATION) ||
               (role == ROLE_PROPAGANDA && l->body == BODY_PROPAGANDA) ||
               (role == ROLE_OFFICE && l->body == BODY_OFFICE) || role == ROLE_LOCAL;
    return own ? ST_OK
               : fail_field_as(c, ST_DENIED, S("body"), choice_name(&bodies, l->body),
                     T("只能登记、修改本单位的监督日志", "your present role writes the log of its own body"),
                     T("请选择本单位", "choose your own body"));
}

static Status check_demand(Ctx *c, const SupervisionLog *l)
{
    if (l->due_on && l->demand.len == 0)
        return fail_field(c, S("demand"), STR_NONE, T("有时限的，须写明提出的要求", "say what is due"),
            T("请填写要求，或不填时限", "fill it in, or leave the day out"));
    if (l->due_on && l->due_on < l->done_on)
        return fail_field(c, S("due_on"), date_text(c->arena, l->due_on),
            T("要求时限早于监督日期", "is due before it was demanded"), T("请核对日期", "check the date"));
    if (l->met_on && l->result.len == 0)
        return fail_field(c, S("result"), STR_NONE, T("已落实的，须写明落实结果", "say what came of it"),
            T("请填写落实结果", "fill it in"));
    return l->met_on ? day_check(c, "met_on", l->met_on, l->done_on) : ST_OK;
}

static Status check_log(Ctx *c, const SupervisionLog *l, const Rectification *item)
{
    TRY(record_check_required(c, &SupervisionLog_table, l));
    TRY(check_body(c, l));
    TRY(day_check(c, "done_on", l->done_on, DATE_NONE));
    if (item && !str_eq(item->unit, l->unit))
        return fail_field(c, S("rectification"), item->title, T("不是该单位的整改事项", "is no item of that unit"),
            T("请选择该单位的事项", "choose one of its items"));
    return check_demand(c, l);
}

Status supervision_log_enter(
    Ctx *c, const SupervisionLog *input, Str unit_name, const Rectification *item, Changes *out)
{
    SupervisionLog *l = record_copy(c, &SupervisionLog_table, input);
    l->unit_name = unit_name;
    TRY(check_log(c, l, item));
    out->effective_on = l->done_on;
    change_insert(c, out, ENTITY_SUPERVISION_LOG, l);
    return ST_OK;
}

Status supervision_log_edit(Ctx *c, const SupervisionLog *before, const Rectification *item,
    const SupervisionLog *input, FieldSet given, Changes *out)
{
    SupervisionLog *after = record_copy(c, &SupervisionLog_table, before);
    record_overlay(&SupervisionLog_table, given, input, after);
    TRY(check_log(c, after, item));
    change_update(c, out, ENTITY_SUPERVISION_LOG, before, after);
    return ST_OK;
}
