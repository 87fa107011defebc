#include "domain/letter.h"

#include "domain/document.h"

CHOICES_DEFINE(letter_kinds, LETTER_KINDS);
CHOICES_DEFINE(letter_states, LETTER_STATES);
CHOICES_DEFINE(bodies, BODIES);
FIELDS_DEFINE(Letter, "letters", LETTER_FIELDS);
FIELDS_DEFINE(LetterItem, "letter_items", LETTER_ITEM_FIELDS);
FIELDS_DEFINE(LetterInput, "letter_moves", LETTER_MOVE_FIELDS);

bool body_is_written_by(int32_t body, Role role)
{
    return (role == ROLE_DISCIPLINE && body == BODY_DISCIPLINE) ||
           (role == ROLE_ORGANISATION && body == BODY_ORGANISATION) ||
           (role == ROLE_PROPAGANDA && body == BODY_PROPAGANDA) || role == ROLE_OFFICE || role == ROLE_LOCAL;
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
    link->due_on = item->due_on;
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

/* --- moves ---------------------------------------------------------------------------------------------------------
 */

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

Str letter_draft_number(Arena *arena, int64_t year, int64_t serial)
{
    return document_number_text(arena, S(LETTER_DRAFT_SERIES), year, serial);
}

static bool is_draft_number(const Letter *l)
{
    Str series;
    int64_t year, serial;
    return l->step.known && document_number_read(l->number, &series, &year, &serial) &&
           str_eq(series, S(LETTER_DRAFT_SERIES));
}

static Status give_number(Ctx *c, const LetterCase *now, Letter *after, const LetterInput *input)
{
    if (input->number.len)
        after->number = input->number;
    else if (is_draft_number(after) && now->step)
        after->number =
            document_number_text(c->arena, now->step->series, date_year(after->issued_on), now->last_serial + 1);
    if (!is_draft_number(after))
        return ST_OK;
    return fail_field(c, S("number"), STR_NONE, T("印发须有文号", "a letter is issued under a number"),
        T("请填写文号", "give its number"));
}

static Status issue(Ctx *c, const LetterCase *now, Letter *after, const LetterInput *input, Date day)
{
    after->issued_on = day;
    TRY(give_number(c, now, after, input));
    if (!after->due_on && now->step)
        TRY(deadline_due(c, now->calendar, day, now->step->reply, &after->due_on));
    if (after->due_on && after->due_on < day)
        return fail_field(c, S("due_on"), date_text(c->arena, after->due_on),
            T("回复时限早于印发日期", "is due before it is issued"), T("请先修改时限", "mend the date first"));
    return ST_OK;
}

static Status fill(Ctx *c, const LetterCase *now, Letter *after, Action action, const LetterInput *input, Date day)
{
    if (action == DO_ISSUE)
        return issue(c, now, after, input, day);
    if (input->number.len)
        return fail_field(c, S("number"), input->number, T("文号只在印发时给定", "a number is given with the issue"),
            T("请清空", "clear it"));
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
    if (action == DO_RETURN || action == DO_DROP)
        after->verdict = input->reason;
    if (action == DO_CLOSE)
        after->verdict = input->opinion;
    if (action == DO_CLOSE || action == DO_DROP)
        after->closed_on = day;
    return ST_OK;
}

/* --- the items of a letter ------------------------------------------------------------------------------------------
 */

bool letter_item_stands(const LetterItem *link, const Rectification *item)
{
    return rectification_is_worked_on(item->state) && item->due_on == link->due_on;
}

static Status tell_items(Ctx *c, const LetterCase *now, Date day, Changes *out)
{
    size_t told = 0;
    for (size_t i = 0; i < now->count; i++) {
        if (now->links[i].left_out_on)
            continue;
        LetterItem *after = record_copy(c, &LetterItem_table, &now->links[i]);
        bool stale = now->letter->step.known && !letter_item_stands(&now->links[i], &now->items[i]);
        *(stale ? &after->left_out_on : &after->told_on) = day;
        told += !stale;
        change_update(c, out, ENTITY_LETTER_ITEM, &now->links[i], after);
    }
    if (told || !now->letter->step.known)
        return ST_OK;
    return fail(c, ST_CONFLICT, "所列事项均已办结、正在审核或已调整时限，不必再印发；请选择“不予印发”",
        "all its items are settled, under review or due later: drop the draft instead");
}

Status letter_decide(Ctx *c, const LetterCase *now, Action action, const LetterInput *input, Changes *out)
{
    const Move *move;
    const Letter *letter = now->letter;
    TRY(workflow_move(c, ENTITY_LETTER, letter->state, action, input->reason, &move));
    TRY(letter_day(c, letter, input, &out->effective_on));
    if (action != DO_RECEIVE && action != DO_REPLY)
        TRY(check_maker(c, letter));
    Letter *after = record_copy(c, &Letter_table, letter);
    after->state = move->to;
    TRY(fill(c, now, after, action, input, out->effective_on));
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_LETTER, letter, after);
    return action == DO_ISSUE ? tell_items(c, now, after->issued_on, out) : ST_OK;
}
