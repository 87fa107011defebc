#include "domain/past_letter.h"

FIELDS_DEFINE(PastLetter, "past_letters", PAST_LETTER_FIELDS);

/* In the order in which they come. A day that is not known is 0. */
enum { STEPS = 4 };
static const struct {
    int field;
    enum LetterState reached;
} steps[STEPS] = { { PastLetter_issued_on, LETTER_ISSUED }, { PastLetter_received_on, LETTER_RECEIVED },
    { PastLetter_replied_on, LETTER_REPLIED }, { PastLetter_closed_on, LETTER_CLOSED } };

static Date day_of(const PastLetter *in, int step)
{
    return *(const Date *)field_of(&PastLetter_table.fields[steps[step].field], in);
}

static Status wrong_day(Ctx *c, const PastLetter *in, int step, Text rule)
{
    return fail_field(c, str_of(PastLetter_table.fields[steps[step].field].name), date_text(c->arena, day_of(in, step)),
        rule, T("请核对日期", "check the date"));
}

/* Each day that is known lies between the one before it and today. */
static Status check_days(Ctx *c, const PastLetter *in, int *last)
{
    *last = 0;
    for (int i = 0; i < STEPS; i++) {
        if (!day_of(in, i))
            continue;
        if (day_of(in, i) > c->today)
            return wrong_day(c, in, i, T("日期在今天之后", "lies in the future"));
        const Field *before = &PastLetter_table.fields[steps[*last].field];
        if (day_of(in, i) < day_of(in, *last))
            return wrong_day(c, in, i,
                text_format(
                    c, "早于%s", "lies before \"%s\"", c->lang == LANG_ZH ? before->label.zh : before->label.en));
        *last = i;
    }
    return ST_OK;
}

static Status find_state(Ctx *c, const PastLetter *in, int last, int32_t *out)
{
    int32_t reached = (int32_t)steps[last].reached;
    *out = in->state ? in->state : reached;
    if (*out == LETTER_DRAFT || *out == LETTER_DROPPED)
        return fail_field(c, S("state"), choice_name(&letter_states, *out),
            T("补录的函件应是已印发的", "a letter of the past was issued"),
            T("尚未印发的，请在“函件”中新增", "draft the others in the system"));
    if (*out >= reached)
        return ST_OK;
    return fail_field(c, S("state"), choice_name(&letter_states, *out),
        T("状态落后于已填写的日期", "the days that are given go further than the state"),
        T("请改状态，或清空后面的日期", "change the state or clear the later days"));
}

static Letter *letter_of(Ctx *c, const Unit *unit, Str name_then, const PastLetter *in)
{
    Letter *l = arena_new_of(c->arena, Letter);
    l->organiser = in->organiser;
    l->kind = in->kind;
    l->body = in->body;
    l->maker = in->maker;
    l->number = in->number;
    l->unit = unit->id;
    l->unit_name = in->unit_name.len ? in->unit_name : name_then;
    l->subject = in->subject;
    l->demand = in->demand.len ? in->demand : S("未记载");
    l->due_on = in->due_on;
    l->issued_on = in->issued_on;
    l->received_on = in->received_on;
    l->received_by = in->received_by;
    l->reply = in->reply;
    l->replied_on = in->replied_on;
    l->verdict = in->verdict;
    l->closed_on = in->closed_on;
    return l;
}

Status past_letter_enter(Ctx *c, const Unit *unit, Str name_then, int64_t same, const PastLetter *in, Changes *out)
{
    int last;
    TRY(check_days(c, in, &last));
    Letter *l = letter_of(c, unit, name_then, in);
    TRY(find_state(c, in, last, &l->state));
    if (same)
        return fail_field_as(c, ST_CONFLICT, S("number"), in->number,
            T("已有发给该单位的同文号函件", "a letter of this number to the unit is there already"),
            T("请删除重复的行，或核对文号", "take the repeated row out, or check the number"));
    out->provenance = PROVENANCE_LATER;
    out->effective_on = day_of(in, last);
    change_insert(c, out, ENTITY_LETTER, l);
    return ST_OK;
}
