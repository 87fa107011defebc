#include "domain/recheck.h"

CHOICES_DEFINE(recheck_states, RECHECK_STATES);
CHOICES_DEFINE(recheck_strata, RECHECK_STRATA);
CHOICES_DEFINE(recheck_means, RECHECK_MEANS);
CHOICES_DEFINE(recheck_kinds, RECHECK_KINDS);
FIELDS_DEFINE(Recheck, "rechecks", RECHECK_FIELDS);
FIELDS_DEFINE(RecheckItem, "recheck_items", RECHECK_ITEM_FIELDS);
FIELDS_DEFINE(RecheckResult, "recheck_result", RECHECK_RESULT_FIELDS);

Status recheck_check(Ctx *c, const Recheck *input)
{
    TRY(record_check_input(c, &Recheck_table, input));
    if (input->size.value < 1 || input->size.value > RECHECK_SIZE_MAX)
        return fail_field(c, S("size"), str_format(c->arena, "%lld", (long long)input->size.value),
            text_format(c, "抽查数量应为1至%d", "a sample has 1 to %d items", RECHECK_SIZE_MAX),
            T("请核对数量；更多的请分几次抽查", "check the number; draw more than once for more"));
    if (input->struck_from && input->struck_to && input->struck_from > input->struck_to)
        return fail_field(c, S("struck_to"), date_text(c->arena, input->struck_to),
            T("截止日期早于起始日期", "ends before it begins"), T("请核对日期", "check the dates"));
    if (input->due_on && input->due_on < c->today)
        return fail_field(c, S("due_on"), date_text(c->arena, input->due_on),
            T("完成期限早于今天", "is due before today"), T("请核对日期", "check the date"));
    return ST_OK;
}

static void add_item(Ctx *c, const Recheck *recheck, const RecheckDrawn *drawn, Changes *out)
{
    RecheckItem *i = record_new(c, &RecheckItem_table);
    i->recheck = recheck->id;
    i->rectification = drawn->item->id;
    i->inspection = drawn->item->inspection;
    i->organiser = drawn->item->organiser;
    i->unit = drawn->item->unit;
    i->unit_name = drawn->item->unit_name;
    i->title = drawn->item->title;
    i->stratum = str_clip(drawn->stratum, 80);
    i->stratum_size = INT_OF(drawn->stratum_size);
    i->struck_off_on = drawn->item->struck_off_on;
    change_insert(c, out, ENTITY_RECHECK_ITEM, i);
}

Status recheck_draw(Ctx *c, const Recheck *input, Str seed, int64_t population, Str frame, const RecheckDrawn *drawn,
    size_t count, Changes *out)
{
    Recheck *r = record_copy(c, &Recheck_table, input);
    r->kind = r->kind ? r->kind : RECHECK_SAMPLE;
    r->seed = seed;
    r->size = INT_OF((int64_t)count);
    r->population = INT_OF(population);
    r->frame = frame;
    r->state = RECHECK_OPEN;
    r->drawn_on = c->today;
    r->drawn_by = c->actor->name;
    TRY(record_check_required(c, &Recheck_table, r));
    change_insert(c, out, ENTITY_RECHECK, r);
    for (size_t i = 0; i < count; i++)
        add_item(c, r, &drawn[i], out);
    return ST_OK;
}

/* --- results ------------------------------------------------------------------------------------------------------ */

static Status check_result(Ctx *c, const Recheck *recheck, const RecheckItem *now, const RecheckResult *input, Date day)
{
    TRY(record_check_required(c, &RecheckResult_table, input));
    if (recheck->state != RECHECK_OPEN)
        return fail(c, ST_CONFLICT, "这次抽查已办结或作废，不能再登记结论",
            "this recheck is closed or void and takes no more results");
    if (now->reopened)
        return fail(c, ST_CONFLICT, "该事项已按核查结论重启整改，结论不能再改",
            "the item was reopened on this result, which stands");
    if (input->result != RECHECK_CONFIRMED && input->found.len == 0)
        return fail_field(c, S("found"), STR_NONE, T("结论不是属实的，须写明核查情况", "say what was found"),
            T("请写明查到了什么", "what did you see?"));
    if (day < recheck->drawn_on || day > c->today)
        return fail_field(c, S("checked_on"), date_text(c->arena, day),
            text_format(c, "应在抽取日期（%.*s）至今天之间", "must lie between the drawing (%.*s) and today",
                STR_ARG(date_text(c->arena, recheck->drawn_on))),
            T("请核对日期", "check the date"));
    return ST_OK;
}

static Status reopen(Ctx *c, const Rectification *item, const RuleSet *rules, const RecheckResult *input, Changes *out)
{
    const ReopenInput said = { .reason = input->found, .due_on = input->due_on };
    if (input->result != RECHECK_UNTRUE && input->result != RECHECK_CAME_BACK)
        return fail_field(c, S("reopen"), S("true"),
            T("结论为不属实或反弹的，才能重启整改", "only what is untrue or came back is reopened"),
            T("请核对结论，或不勾选重启", "check the result, or leave it closed"));
    if (!role_may(c->actor->role, NEED_RECT_STRIKE))
        return fail(
            c, ST_DENIED, "重启整改由巡察办办理：请只登记结论", "the office reopens items: enter the result alone");
    return rectification_reopen(c, item, rules, &said, out);
}

Status recheck_record(Ctx *c, const Recheck *recheck, const RecheckItem *now, const Rectification *item,
    const RuleSet *rules, const RecheckResult *input, Changes *out)
{
    Date day = input->checked_on ? input->checked_on : c->today;
    RecheckItem *after = record_copy(c, &RecheckItem_table, now);
    Rectification *known = record_copy(c, &Rectification_table, item);
    TRY(check_result(c, recheck, now, input, day));
    after->means = input->means;
    after->result = input->result;
    after->found = input->found;
    after->checked_on = day;
    after->checked_by = input->checked_by.len ? input->checked_by : c->actor->name;
    after->reopened = input->reopen;
    change_update(c, out, ENTITY_RECHECK_ITEM, now, after);
    known->rechecked_on = day;
    known->recheck_result = input->result;
    change_update(c, out, ENTITY_RECTIFICATION, item, known);
    if (input->reopen)
        TRY(reopen(c, known, rules, input, out));
    change_show(c, out, ENTITY_RECHECK_ITEM, after);
    return ST_OK;
}

Status recheck_decide(Ctx *c, const Recheck *now, int64_t missing, Action action, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_RECHECK, now->state, action, input->reason, &move));
    if (action == DO_CLOSE && missing > 0)
        return fail(c, ST_CONFLICT, "还有%lld个事项没有核查结论，不能办结", "%lld items have no result yet",
            (long long)missing);
    Recheck *after = record_copy(c, &Recheck_table, now);
    after->state = move->to;
    if (action == DO_CLOSE) {
        after->closed_on = c->today;
        after->conclusion = input->opinion;
    } else {
        after->reason = input->reason;
    }
    change_update(c, out, ENTITY_RECHECK, now, after);
    return ST_OK;
}
