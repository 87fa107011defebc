#include "domain/share.h"

FIELDS_DEFINE(Share, "shares", SHARE_FIELDS);

static Status check_share(Ctx *c, const Share *s)
{
    TRY(record_check_required(c, &Share_table, s));
    if (s->done_on && s->result.len == 0)
        return fail_field(c, S("result"), STR_NONE, T("已完成的任务须写明完成情况", "say what was done"),
            T("请填写完成情况", "fill it in"));
    TRY(day_check(c, "done_on", s->done_on, DATE_NONE));
    return ST_OK;
}

Status share_give(Ctx *c, const Rectification *item, const Unit *unit, int64_t same, const Share *input, Changes *out)
{
    Share *s = record_copy(c, &Share_table, input);
    if (rectification_is_closed(item))
        return fail(c, ST_CONFLICT, "该事项已销号，不再分工", "the item is struck off: there is nothing left to share");
    if (same)
        return fail_field_as(c, ST_CONFLICT, S("content"), input->content,
            T("该单位已有相同的任务", "the unit has this very task already"),
            T("请写明区别，或不再重复登记", "say how it differs"));
    s->inspection = item->inspection;
    s->organiser = item->organiser;
    s->answers = item->unit;
    s->title = item->title;
    s->unit_name = unit->name;
    TRY(check_share(c, s));
    change_insert(c, out, ENTITY_SHARE, s);
    return ST_OK;
}

Status share_edit(Ctx *c, const Share *before, bool answers, const Share *input, FieldSet given, Changes *out)
{
    FieldSet own = FIELD_BIT(Share_result) | FIELD_BIT(Share_done_on);
    Share *after = record_copy(c, &Share_table, before);
    record_overlay(&Share_table, given, input, after);
    if (!answers && (record_differences(&Share_table, before, after) & ~own))
        return fail(c, ST_DENIED, "配合单位只能填写完成情况和完成日期；任务和时限由整改单位或巡察办调整",
            "a cooperating unit gives its result and day; the task is set by the unit that answers, or the office");
    TRY(check_share(c, after));
    change_update(c, out, ENTITY_SHARE, before, after);
    return ST_OK;
}
