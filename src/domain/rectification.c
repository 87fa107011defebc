#include "domain/rectification.h"

CHOICES_DEFINE(rectification_states, RECTIFICATION_STATES);
CHOICES_DEFINE(statement_kinds, STATEMENT_KINDS);
CHOICES_DEFINE(open_causes, OPEN_CAUSES);
CHOICES_DEFINE(recheck_results, RECHECK_RESULTS);
FIELDS_DEFINE(Rectification, "rectifications", RECTIFICATION_FIELDS);
FIELDS_DEFINE(Statement, "statements", STATEMENT_FIELDS);
FIELDS_DEFINE(ReopenInput, "reopen", REOPEN_FIELDS);

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

/* --- guards ------------------------------------------------------------------------------------------ */

static Status want(Ctx *c, const Rectification *r, const int *fields, size_t count, Text remedy)
{
    Status worst = ST_OK;
    for (size_t i = 0; i < count; i++) {
        const Field *f = &Rectification_table.fields[fields[i]];
        if (field_is_empty(f, r))
            worst = fail_field_as(c, ST_CONFLICT, str_of(f->name), STR_NONE,
                text_format(c, "“%s”未填写", "\"%s\" is missing", c->lang == LANG_ZH ? f->label.zh : f->label.en),
                remedy);
    }
    return worst;
}

static Status check_plan(Ctx *c, const Rectification *r)
{
    static const int plan[] = { Rectification_measures, Rectification_leader };
    return want(c, r, plan, 2,
        T("启动整改前请填写整改措施和责任领导", "give measures and the responsible leader before starting"));
}

static Status check_application(Ctx *c, const RectificationCase *now)
{
    static const int answer[] = { Rectification_result };
    TRY(want(c, now->item, answer, 1, T("申请销号前请填写整改结果", "say what was achieved before applying")));
    if (now->evidence_count == 0)
        return fail_field_as(c, ST_CONFLICT, S("attachments"), STR_NONE,
            T("没有佐证材料，不能申请销号", "there is no proof: strike-off cannot be applied for"),
            T("请先上传佐证材料", "upload the proof first"));
    return ST_OK;
}

static Status effective_day(Ctx *c, const Rectification *r, const MoveInput *input, Date *out)
{
    *out = input->effective_on ? input->effective_on : c->today;
    if (*out <= c->today && *out >= r->effective_on)
        return ST_OK;
    return fail_field(c, S("effective_on"), date_text(c->arena, *out),
        text_format(
            c, "应在%.*s至今天之间", "must lie between %.*s and today", STR_ARG(date_text(c->arena, r->effective_on))),
        T("请核对日期", "check the date"));
}

/* --- the chain of strike-off ---------------------------------------------------------------------------- */

static SignedThing signed_item(Ctx *c, const RectificationCase *now)
{
    const Rectification *r = now->item;
    static const int text[] = { Rectification_title, Rectification_measures, Rectification_result,
        Rectification_rules_made, Rectification_recovered_fen, Rectification_accountable };
    FieldSet set = 0;
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
        set |= FIELD_BIT(text[i]);
    Digest d = record_digest(c, &Rectification_table, set, r);
    StrBuf hex = strbuf_in(c->arena);
    strbuf_add_hex(&hex, d.bytes, sizeof d.bytes);
    return (SignedThing){ .kind = ENTITY_RECTIFICATION,
        .record = r,
        .turn = r->turn.value,
        .step = (int)r->step.value,
        .text_digest = strbuf_str(&hex),
        .given = now->signatures,
        .given_count = now->signature_count };
}

static int32_t first_role(RoleSet set)
{
    int32_t role = 1;
    while (role < ROLE_COUNT && !(set & ROLE_BIT(role)))
        role++;
    return role < ROLE_COUNT ? role : 0;
}

static void await_step(Rectification *after, const Chain *chain, int64_t step)
{
    after->step = INT_OF(step);
    after->awaiting = step < chain->count ? first_role(chain->steps[step].roles) : 0;
}

/* Each step of the review has the same term. */
static Status examine_by(Ctx *c, const RuleSet *rules, Date from, Date *out)
{
    const Period *period = ruleset_deadline(rules, S("review"));
    const Period usual = { REVIEW_DAYS, PERIOD_DAYS };
    return deadline_due(c, &rules->calendar, from, period ? *period : usual, out);
}

static void apply(const RectificationCase *now, Rectification *after, Date day)
{
    after->turn = INT_OF(now->item->turn.value + 1);
    after->applied_on = day;
    after->applied_from = now->item->state;
    await_step(after, ruleset_chain(now->rules, S("strike_off")), 0);
}

/* `review` signs every step but the last, `strike` the last one. */
static Status sign_step(
    Ctx *c, const RectificationCase *now, Action action, const MoveInput *input, Rectification *after, Changes *out)
{
    const Chain *chain = ruleset_chain(now->rules, S("strike_off"));
    SignedThing thing = signed_item(c, now);
    bool last = thing.step == chain->count - 1;
    bool complete;
    if (action == DO_STRIKE && !last)
        return fail(c, ST_CONFLICT, "还须先经“%s”环节审核，才能销号", "\"%s\" must sign before the item is struck off",
            c->lang == LANG_ZH ? chain->steps[thing.step].label.zh : chain->steps[thing.step].label.en);
    if (action == DO_REVIEW && last)
        return fail(c, ST_CONFLICT, "审核已全部完成，现在应由“%s”办理销号",
            "all reviews are done; now \"%s\" strikes it off",
            c->lang == LANG_ZH ? chain->steps[thing.step].label.zh : chain->steps[thing.step].label.en);
    TRY(chain_sign(c, chain, &thing, input, out, &complete));
    if (complete) {
        await_step(after, chain, after->step.value + 1);
        TRY(examine_by(c, now->rules, out->effective_on, &after->examine_by));
    }
    after->state = complete && last ? RECT_DONE : RECT_APPLIED;
    if (after->state == RECT_DONE) {
        after->struck_off_on = out->effective_on;
        after->examine_by = DATE_NONE;
        after->rechecked_on = DATE_NONE; /* of the closing before */
        after->recheck_result = 0;
    }
    return ST_OK;
}

static Status return_step(
    Ctx *c, const RectificationCase *now, const MoveInput *input, Rectification *after, Changes *out)
{
    const Chain *chain = ruleset_chain(now->rules, S("strike_off"));
    SignedThing thing = signed_item(c, now);
    TRY(chain_return(c, chain, &thing, input, out));
    after->step = INT_OF(0);
    after->awaiting = ROLE_UNIT;
    if (now->item->applied_on)
        rectification_resume(after, date_days_between(now->item->applied_on, out->effective_on));
    after->applied_on = after->examine_by = DATE_NONE;
    if (now->item->applied_from)
        after->state = now->item->applied_from;
    return ST_OK;
}

Status rectification_decide(Ctx *c, const RectificationCase *now, Action action, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_RECTIFICATION, now->item->state, action, input->reason, &move));
    TRY(effective_day(c, now->item, input, &out->effective_on));
    out->on_behalf_of = input->on_behalf_of;
    Rectification *after = record_copy(c, &Rectification_table, now->item);
    after->state = move->to;
    if (action == DO_START)
        TRY(check_plan(c, now->item));
    if (action == DO_APPLY) {
        TRY(check_application(c, now));
        apply(now, after, out->effective_on);
        TRY(examine_by(c, now->rules, out->effective_on, &after->examine_by));
    }
    if (action == DO_RETURN)
        TRY(return_step(c, now, input, after, out));
    if (action == DO_REVIEW || action == DO_STRIKE)
        TRY(sign_step(c, now, action, input, after, out));
    change_update(c, out, ENTITY_RECTIFICATION, now->item, after);
    change_show(c, out, ENTITY_RECTIFICATION, after);
    return ST_OK;
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
    const MoveInput said = { .reason = input->reason, .effective_on = input->effective_on };
    Rectification *after = record_copy(c, &Rectification_table, now);
    TRY(workflow_move(c, ENTITY_RECTIFICATION, now->state, DO_REOPEN, input->reason, &move));
    TRY(effective_day(c, now, &said, &out->effective_on));
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
    if (s->stated_on > c->today)
        return fail_field(c, S("stated_on"), date_text(c->arena, s->stated_on),
            T("日期在今天之后", "lies in the future"), T("请核对日期", "check the date"));
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
