#include "domain/letter.h"

CHOICES_DEFINE(letter_kinds, LETTER_KINDS);
CHOICES_DEFINE(letter_states, LETTER_STATES);
CHOICES_DEFINE(bodies, BODIES);
FIELDS_DEFINE(Letter, "letters", LETTER_FIELDS);
FIELDS_DEFINE(LetterItem, "letter_items", LETTER_ITEM_FIELDS);
FIELDS_DEFINE(LetterInput, "letter_moves", LETTER_MOVE_FIELDS);

bool body_is_written_by(int32_t body, Role role)
{
    return (role == ROLE_DISCIPLINE && body == BODY_DISCIPLINE) ||
           (role == ROLE_ORGANISATION && body == BODY_ORGANISATION) || role == ROLE_OFFICE || role == ROLE_LOCAL;
}

static Status check_maker(Ctx *c, const Letter *l)
{
    if (body_is_written_by(l->body, c->actor->role))
        return ST_OK;
    return fail_field_as(c, ST_DENIED, S("body"), choice_name(&bodies, l->body),
        T("您当前的角色只能起草本单位的函件", "your present role writes the letters of its own body"),
        T("请选择本单位", "choose your own body"));
}

static Status check_letter(Ctx *c, const Letter *l)
{
    TRY(record_check_required(c, &Letter_table, l));
    return check_maker(c, l);
}

static Status add_item(Ctx *c, const Letter *l, const Rectification *item, Changes *out)
{
    LetterItem *link = arena_new_of(c->arena, LetterItem);
    if (!str_eq(item->unit, l->unit))
        return fail_field(c, S("items"), item->title, T("不是收函单位的整改事项", "is no item of the unit it goes to"),
            T("请选择收函单位的事项", "choose items of that unit"));
    link->letter = l->id;
    link->rectification = item->id;
    link->unit = l->unit;
    link->organiser = l->organiser;
    link->title = item->title;
    change_insert(c, out, ENTITY_LETTER_ITEM, link);
    return ST_OK;
}

Status letter_draft(
    Ctx *c, const Unit *unit, const Rectification *items, size_t count, const Letter *input, Changes *out)
{
    Letter *l = record_copy(c, &Letter_table, input);
    l->unit_name = unit->name;
    l->state = LETTER_DRAFT;
    TRY(check_letter(c, l));
    change_insert(c, out, ENTITY_LETTER, l);
    for (size_t i = 0; i < count; i++)
        TRY(add_item(c, l, &items[i], out));
    return ST_OK;
}

Status letter_edit(Ctx *c, const Letter *before, const Letter *input, FieldSet given, Changes *out)
{
    if (before->state != LETTER_DRAFT)
        return fail(c, ST_CONFLICT, "函件已经印发，不能修改", "the letter was issued and cannot be edited");
    Letter *after = record_copy(c, &Letter_table, before);
    record_overlay(&Letter_table, given, input, after);
    TRY(check_letter(c, after));
    change_update(c, out, ENTITY_LETTER, before, after);
    return ST_OK;
}

static Status letter_day(Ctx *c, const Letter *now, const LetterInput *input, Date *out)
{
    *out = input->effective_on ? input->effective_on : c->today;
    if (*out <= c->today && (now->state == LETTER_DRAFT || *out >= now->effective_on))
        return ST_OK;
    return fail_field(c, S("effective_on"), date_text(c->arena, *out),
        text_format(c, "应在%.*s至今天之间", "must lie between %.*s and today",
            STR_ARG(date_text(c->arena, now->effective_on))),
        T("请核对日期", "check the date"));
}

static Status want(Ctx *c, Str given, const char *field, Text rule)
{
    return given.len ? ST_OK
                     : fail_field(c, str_of(field), STR_NONE, rule, T("请填写后再提交", "fill it in and send again"));
}

static Status fill(Ctx *c, Letter *after, Action action, const LetterInput *input, Date day)
{
    if (action == DO_ISSUE) {
        if (after->due_on && after->due_on < day)
            return fail_field(c, S("due_on"), date_text(c->arena, after->due_on),
                T("回复时限早于印发日期", "is due before it is issued"), T("请先修改时限", "mend the date first"));
        after->issued_on = day;
    }
    if (action == DO_RECEIVE) {
        TRY(want(c, input->received_by, "received_by", T("须写明签收人", "say who received it")));
        after->received_by = input->received_by;
        after->received_on = day;
    }
    if (action == DO_REPLY) {
        TRY(want(c, input->reply, "reply", T("须填写回复内容", "a reply says something")));
        after->reply = input->reply;
        after->replied_on = day;
    }
    if (action == DO_RETURN)
        after->verdict = input->reason;
    if (action == DO_CLOSE) {
        after->verdict = input->opinion;
        after->closed_on = day;
    }
    return ST_OK;
}

static void tell_items(Ctx *c, const LetterItem *items, size_t count, Date day, Changes *out)
{
    for (size_t i = 0; i < count; i++) {
        LetterItem *after = record_copy(c, &LetterItem_table, &items[i]);
        after->told_on = day;
        change_update(c, out, ENTITY_LETTER_ITEM, &items[i], after);
    }
}

Status letter_decide(Ctx *c, const Letter *now, const LetterItem *items, size_t count, Action action,
    const LetterInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_LETTER, now->state, action, input->reason, &move));
    TRY(letter_day(c, now, input, &out->effective_on));
    if (action == DO_ISSUE || action == DO_CLOSE || action == DO_RETURN)
        TRY(check_maker(c, now));
    Letter *after = record_copy(c, &Letter_table, now);
    after->state = move->to;
    TRY(fill(c, after, action, input, out->effective_on));
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_LETTER, now, after);
    if (action == DO_ISSUE)
        tell_items(c, items, count, after->issued_on, out);
    return ST_OK;
}
