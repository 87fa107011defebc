#include "domain/rectification.h"

CHOICES_DEFINE(rectification_states, RECTIFICATION_STATES);
CHOICES_DEFINE(statement_kinds, STATEMENT_KINDS);
CHOICES_DEFINE(open_causes, OPEN_CAUSES);
CHOICES_DEFINE(recheck_results, RECHECK_RESULTS);
FIELDS_DEFINE(Rectification, "rectifications", RECTIFICATION_FIELDS);
FIELDS_DEFINE(Statement, "statements", STATEMENT_FIELDS);
FIELDS_DEFINE(ReopenInput, "reopen", REOPEN_FIELDS);
FIELDS_DEFINE(RectReturn, "rectification_return", RECT_RETURN_FIELDS);

Rectification *rectification_open(Ctx *c, const Finding *finding, const Feedback *feedback, Date due)
{
    Rectification *r = arena_new_of(c->arena, Rectification);
    r->finding = finding->id;
    r->feedback = feedback->id;
    r->inspection = finding->inspection;
    r->round = finding->round;
    r->organiser = finding->organiser;
    r->unit = finding->unit;
    r->unit_name = finding->unit_name;
    r->number = finding->number;
    r->title = finding->title;
    r->category = finding->category;
    r->due_on = due;
    r->state = RECT_PENDING;
    r->turn = INT_OF(0);
    r->step = INT_OF(0);
    r->awaiting = ROLE_UNIT;
    r->theme = finding->theme;
    r->project = finding->project;
    r->immediate = finding->immediate;
    if (!finding->immediate || !finding->fixed_on)
        return r;
    r->state = RECT_DONE;
    r->awaiting = 0;
    r->result = finding->fix_result;
    r->struck_off_on = feedback->delivered_on;
    return r;
}

bool rectification_is_closed(const Rectification *item)
{
    return item->state == RECT_DONE || item->state == RECT_REVOKED;
}

bool rectification_is_worked_on(int32_t state)
{
    return state == RECT_PENDING || state == RECT_ONGOING || state == RECT_BASIC || state == RECT_LONG_TERM ||
           state == RECT_REBOUND;
}

static const char *state_label(Ctx *c, int32_t state)
{
    Text label = rectification_states.items[state].label;
    return c->lang == LANG_ZH ? label.zh : label.en;
}

Status rectification_edit(Ctx *c, const Rectification *before, const Rectification *input, FieldSet given, Changes *out)
{
    if (!rectification_is_worked_on(before->state))
        return fail(c, ST_CONFLICT, "该事项处于“%s”状态，不能修改", "the item is \"%s\" and cannot be edited",
            state_label(c, before->state));
    Rectification *after = record_copy(c, &Rectification_table, before);
    record_overlay(&Rectification_table, given, input, after);
    change_update(c, out, ENTITY_RECTIFICATION, before, after);
    return ST_OK;
}

bool rectification_stands(int32_t state)
{
    return state == RECT_APPLIED || state == RECT_OBJECTED;
}

void rectification_resume(Rectification *after, int64_t days)
{
    if (days <= 0)
        return;
    if (!after->due_first)
        after->due_first = after->due_on;
    after->due_on = date_add_days(after->due_on, (int)days);
    after->stood_days = INT_OF(after->stood_days.value + days);
}

/* --- the same again ------------------------------------------------------------------------------------- */

Status rectification_day(Ctx *c, const Rectification *r, Date given, Date *out)
{
    *out = given ? given : c->today;
    if (*out <= c->today && *out >= r->effective_on)
        return ST_OK;
    return fail_field(c, S("effective_on"), date_text(c->arena, *out),
        text_format(
            c, "应在%.*s至今天之间", "must lie between %.*s and today", STR_ARG(date_text(c->arena, r->effective_on))),
        T("请核对日期", "check the date"));
}

static Status reopen_due(
    Ctx *c, const Rectification *now, const RuleSet *rules, const ReopenInput *input, Date day, Date *due)
{
    const Period *period = ruleset_deadline(rules, S("rebound"));
    *due = input->due_on;
    if (!*due && period)
        TRY(deadline_due(c, &rules->calendar, day, *period, due));
    if (*due > day)
        return ST_OK;
    return fail_field(c, S("due_on"), date_text(c->arena, *due),
        text_format(c, "重启须有晚于%.*s的整改时限", "an item that came back is due after %.*s",
            STR_ARG(date_text(c->arena, day ? day : now->effective_on))),
        T("请填写新的时限", "give the new date"));
}

Status rectification_reopen(
    Ctx *c, const Rectification *now, const RuleSet *rules, const ReopenInput *input, Changes *out)
{
    const Move *move;
    Rectification *after = record_copy(c, &Rectification_table, now);
    TRY(workflow_move(c, ENTITY_RECTIFICATION, now->state, DO_REOPEN, input->reason, &move));
    TRY(rectification_day(c, now, input->effective_on, &out->effective_on));
    TRY(reopen_due(c, now, rules, input, out->effective_on, &after->due_on));
    out->on_behalf_of = input->on_behalf_of;
    if (!after->due_first)
        after->due_first = now->due_on;
    after->state = move->to;
    after->awaiting = ROLE_UNIT;
    after->step = INT_OF(0);
    after->applied_on = after->struck_off_on = DATE_NONE;
    after->applied_from = 0;
    after->reopened = INT_OF(now->reopened.value + 1);
    change_update(c, out, ENTITY_RECTIFICATION, now, after);
    return ST_OK;
}

/* --- statements ------------------------------------------------------------------------------------------- */

static Status check_speaker(Ctx *c, const Statement *s)
{
    bool of_unit = s->kind == STATEMENT_PROGRESS || s->kind == STATEMENT_WORDS;
    if (c->actor->role == ROLE_LOCAL || of_unit == (c->actor->role == ROLE_UNIT))
        return ST_OK;
    return fail_field_as(c, ST_DENIED, S("kind"), choice_name(&statement_kinds, s->kind),
        of_unit ? T("整改进展和单位说明只能由整改单位填写", "progress and the unit's words are the unit's own")
                : T("督办意见由巡察办和监督单位填写", "remarks are the office's and the supervisors'"),
        T("请选择与您角色相符的类型", "choose the kind that fits your role"));
}

static void place_statement(const Rectification *item, Statement *s)
{
    s->rectification = item->id;
    s->inspection = item->inspection;
    s->unit = item->unit;
    s->organiser = item->organiser;
}

Status statement_of_unit(Ctx *c, const Rectification *item, Str progress, Changes *out)
{
    Statement *s = arena_new_of(c->arena, Statement);
    place_statement(item, s);
    s->kind = STATEMENT_PROGRESS;
    s->text = progress;
    s->stated_on = out->effective_on;
    s->person_name = str_clip(item->unit_name, 40);
    s->role = ROLE_UNIT;
    TRY(record_check_required(c, &Statement_table, s));
    change_insert(c, out, ENTITY_STATEMENT, s);
    return ST_OK;
}

Status statement_add(Ctx *c, const Rectification *item, const Statement *input, Changes *out)
{
    Statement *s = record_copy(c, &Statement_table, input);
    place_statement(item, s);
    s->person = c->actor->person;
    s->person_name = c->actor->name;
    s->role = (int32_t)c->actor->role;
    if (!s->stated_on)
        s->stated_on = c->today;
    TRY(record_check_required(c, &Statement_table, s));
    TRY(check_speaker(c, s));
    TRY(day_check(c, "stated_on", s->stated_on, DATE_NONE));
    out->effective_on = s->stated_on;
    change_insert(c, out, ENTITY_STATEMENT, s);
    return ST_OK;
}

/* --- lights --------------------------------------------------------------------------------------------------- */

/* A long-term item waits for its review, which is its due date. */
Light rectification_light(const Rectification *item, Date today, int yellow_days)
{
    if (rectification_stands(item->state))
        return LIGHT_STANDS;
    Light light = light_of(item->due_on, rectification_is_closed(item), today, yellow_days);
    bool waits = item->state == RECT_LONG_TERM && (light == LIGHT_GREEN || light == LIGHT_YELLOW);
    return waits ? LIGHT_LONG : light;
}

Status rectification_where_light(Ctx *c, Selection *sel, Str light, Date today, int yellow_days)
{
    Value *v = arena_array_of(c->arena, Value, 7);
    v[0] = value_text(S("done"));
    v[1] = value_date(c->arena, today);
    v[2] = value_date(c->arena, date_add_days(today, yellow_days));
    v[3] = value_text(S("long_term"));
    v[4] = value_text(S("revoked"));
    v[5] = value_text(S("objected"));
    v[6] = value_text(S("applied"));
    if (sel->count + 7 > PREDICATES_MAX)
        return fail_field(c, S("light"), light, T("条件太多", "too many conditions"), T("请减少条件", "use fewer"));
    if (str_eq(light, S("done"))) {
        static const Value closed[] = { { .kind = VALUE_TEXT, .text = S_INIT("done") },
            { .kind = VALUE_TEXT, .text = S_INIT("revoked") } };
        selection_where(sel, Rectification_state, OP_IN, closed, 2);
        return ST_OK;
    }
    if (str_eq(light, S("long"))) {
        selection_where(sel, Rectification_state, OP_EQ, &v[3], 1);
        selection_where(sel, Rectification_due_on, OP_GE, &v[1], 1);
        return ST_OK;
    }
    if (str_eq(light, S("stands"))) {
        selection_where(sel, Rectification_state, OP_IN, &v[5], 2);
        return ST_OK;
    }
    selection_where(sel, Rectification_state, OP_NE, &v[0], 1);
    selection_where(sel, Rectification_state, OP_NE, &v[4], 1);
    selection_where(sel, Rectification_state, OP_NE, &v[5], 1);
    selection_where(sel, Rectification_state, OP_NE, &v[6], 1);
    if (str_eq(light, S("red"))) {
        selection_where(sel, Rectification_due_on, OP_LT, &v[1], 1);
        return ST_OK;
    }
    selection_where(sel, Rectification_state, OP_NE, &v[3], 1);
    if (str_eq(light, S("yellow"))) {
        selection_where(sel, Rectification_due_on, OP_GE, &v[1], 1);
        selection_where(sel, Rectification_due_on, OP_LE, &v[2], 1);
    } else if (str_eq(light, S("green"))) {
        selection_where(sel, Rectification_due_on, OP_GT, &v[2], 1);
    } else {
        return fail_field(c, S("light"), light, T("没有这种灯", "is no light"),
            T("请用 green、yellow、red、long、stands 或 done", "use green, yellow, red, long, stands or done"));
    }
    return ST_OK;
}
