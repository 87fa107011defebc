#include "domain/handover.h"

#include "domain/account.h"

FIELDS_DEFINE(Handover, "handovers", HANDOVER_FIELDS);

Status handover_give(Ctx *c, const HandoverCase *now, const Handover *input, Changes *out)
{
    Handover *h = record_copy(c, &Handover_table, input);
    if (!now->waits)
        return fail_field_as(c, ST_CONFLICT, S("task"), input->task,
            T("这项待办已经办结，或不是您的待办", "the task is done, or is not yours"),
            T("请刷新待办后再转办", "look at your tasks again"));
    if (str_eq(input->person, c->actor->person))
        return fail_field(c, S("person"), now->person_name, T("不能转给自己", "is yourself"),
            T("请选择其他承办人", "choose somebody else"));
    if (!now->holds_role)
        return fail_field_as(c, ST_CONFLICT, S("person"), now->person_name,
            T("此人目前没有办理这项工作的角色", "does not hold the role for this task today"),
            T("请选择同一角色的承办人，或先由安全保密管理员授权",
                "choose a holder of the role, or have the right granted first"));
    h->subject = str_of(now->entity->table->name);
    h->title = str_clip(record_title(now->entity, now->record), 120);
    h->person_name = now->person_name;
    h->from_name = c->actor->name;
    h->role = (int32_t)c->actor->role;
    h->given_on = c->today;
    h->inspection = record_ref(now->entity, now->record, now->entity->scope.inspection);
    h->unit = record_ref(now->entity, now->record, now->entity->scope.unit);
    h->organiser = record_ref(now->entity, now->record, now->entity->scope.organiser);
    TRY(record_check_required(c, &Handover_table, h));
    change_insert(c, out, ENTITY_HANDOVER, h);
    return ST_OK;
}
