#include "domain/filing_parts.h"

CHOICES_DEFINE(filing_kinds, FILING_KINDS);
CHOICES_DEFINE(filing_states, FILING_STATES);
CHOICES_DEFINE(filing_review_states, FILING_REVIEW_STATES);
CHOICES_DEFINE(filing_verdicts, FILING_VERDICTS);
FIELDS_DEFINE(Filing, "filings", FILING_FIELDS);
FIELDS_DEFINE(FilingReview, "filing_reviews", FILING_REVIEW_FIELDS);
FIELDS_DEFINE(FilingOpinion, "filing_opinion", FILING_OPINION_FIELDS);
FIELDS_DEFINE(FilingCollate, "filing_collate", FILING_COLLATE_FIELDS);

const ReviewRule *filing_rule(const RuleSet *rules, int32_t kind)
{
    static const ReviewRule office_alone = { .term = { 15, PERIOD_DAYS },
        .bodies = { { S_INIT("office"), { "巡察办", "Inspection office" }, ROLE_OFFICE, { 15, PERIOD_DAYS } } },
        .count = 1 };
    for (int i = 0; i < rules->review_count; i++)
        if (rules->reviews[i].kind == kind)
            return &rules->reviews[i];
    return &office_alone;
}

Period filing_body_term(const ReviewRule *rule, int64_t place)
{
    return place < rule->count ? rule->bodies[place].term : rule->term;
}

static Str label_of(Ctx *c, Text label)
{
    return text_in(label, c->lang);
}

static const char *kind_label(Ctx *c, int32_t kind)
{
    return c->lang == LANG_ZH ? filing_kinds.items[kind].label.zh : filing_kinds.items[kind].label.en;
}

Status filing_day(Ctx *c, Date given, Date floor, Date *day)
{
    *day = given ? given : c->today;
    if (*day <= c->today && *day >= floor)
        return ST_OK;
    return fail_field(c, S("effective_on"), date_text(c->arena, *day),
        text_format(c, "应在%.*s至今天之间", "must lie between %.*s and today", STR_ARG(date_text(c->arena, floor))),
        T("请核对日期", "check the date"));
}

/* --- opened, edited --------------------------------------------------------------------------------------------------
 */

static Status check_open(
    Ctx *c, const Inspection *inspection, const RuleSet *rules, int64_t same, int64_t plans, const Filing *f)
{
    bool after_feedback = inspection->state >= INSPECTION_FED_BACK;
    if (!after_feedback)
        return fail(c, ST_CONFLICT, "尚未反馈，不能报送整改材料", "there is no feedback yet to file about");
    if (same)
        return fail(c, ST_CONFLICT, "已有一份%s尚未审核通过，请在其中修改",
            "there is a %s that is not passed yet: edit that one", kind_label(c, f->kind));
    if (f->kind != FILING_PLAN && plans == 0 && filing_rule(rules, FILING_PLAN)->kind)
        return fail(c, ST_CONFLICT, "整改方案审核通过后才能报送%s", "before the %s the plan is to be passed",
            kind_label(c, f->kind));
    return ST_OK;
}

Status filing_due(Ctx *c, const RuleSet *rules, int32_t kind, Date told_on, Date *out)
{
    const Period *period = ruleset_deadline(rules, kind == FILING_PLAN ? S("plan") : S("rectification"));
    *out = DATE_NONE;
    if (!period || !told_on || kind == FILING_PUBLICATION)
        return ST_OK;
    return deadline_due(c, &rules->calendar, told_on, *period, out);
}

Status filing_open(Ctx *c, const Inspection *inspection, Date told_on, const RuleSet *rules, int64_t same,
    int64_t plans, const Filing *input, Changes *out)
{
    Filing *f = record_copy(c, &Filing_table, input);
    if (!f->kind)
        return record_check_input(c, &Filing_table, input);
    TRY(check_open(c, inspection, rules, same, plans, f));
    f->round = inspection->round;
    f->unit = inspection->unit;
    f->organiser = inspection->organiser;
    f->unit_name = inspection->unit_name;
    f->title =
        str_clip(str_format(c->arena, "%.*s%s", STR_ARG(f->unit_name), filing_kinds.items[f->kind].label.zh), 120);
    f->state = FILING_DRAFT;
    f->turn = INT_OF(0);
    TRY(filing_due(c, rules, f->kind, told_on, &f->due_on));
    TRY(record_check_required(c, &Filing_table, f));
    change_insert(c, out, ENTITY_FILING, f);
    return ST_OK;
}

Status filing_edit(Ctx *c, const Filing *before, const Filing *input, FieldSet given, Changes *out)
{
    if (before->state != FILING_DRAFT && before->state != FILING_RETURNED)
        return fail(c, ST_CONFLICT, "材料处于“%s”状态，不能修改", "the filing is \"%s\" and cannot be edited",
            c->lang == LANG_ZH ? filing_states.items[before->state].label.zh
                               : filing_states.items[before->state].label.en);
    Filing *after = record_copy(c, &Filing_table, before);
    record_overlay(&Filing_table, given, input, after);
    change_update(c, out, ENTITY_FILING, before, after);
    return ST_OK;
}

/* --- is it complete?
 * -------------------------------------------------------------------------------------------------- */

static Status gap(Ctx *c, const char *field, Str value, Str what)
{
    return fail_field_as(c, ST_CONFLICT, str_of(field), value,
        text_format(c, "未填写：%.*s", "missing: %.*s", STR_ARG(what)),
        T("请补充完整后再报送", "complete it, then file"));
}

static void name_gap(Ctx *c, StrBuf *gaps, const Field *f, const void *record)
{
    if (field_is_empty(f, record))
        strbuf_addf(gaps, "%s%s", gaps->len ? (c->lang == LANG_ZH ? "、" : ", ") : "",
            c->lang == LANG_ZH ? f->label.zh : f->label.en);
}

/* What a plan says of an item: 任务清单 and 责任清单. */
static const int planned[] = { Rectification_measures, Rectification_target, Rectification_leader,
    Rectification_department, Rectification_handler };

static Status check_item(Ctx *c, const FilingCase *now, size_t i)
{
    const Rectification *r = &now->of.items[i];
    StrBuf gaps = strbuf_in(c->arena);
    bool open = r->state != RECT_DONE && r->state != RECT_REVOKED && r->state != RECT_OBJECTED;
    if (now->filing->kind == FILING_PLAN && open)
        for (size_t k = 0; k < sizeof planned / sizeof planned[0]; k++)
            name_gap(c, &gaps, &Rectification_table.fields[planned[k]], r);
    if (now->filing->kind == FILING_PROGRESS && open && now->of.told[i] == 0)
        name_gap(c, &gaps, &Rectification_table.fields[Rectification_result], r);
    if (gaps.len == 0)
        return ST_OK;
    return gap(c, "items", str_format(c->arena, "%lld. %.*s", (long long)r->number.value, STR_ARG(r->title)),
        strbuf_str(&gaps));
}

static Status check_fields(Ctx *c, const Filing *f)
{
    static const int plan[] = { Filing_text, Filing_pledge, Filing_pledged_by, Filing_pledged_on };
    static const int principal[] = { Filing_text, Filing_meetings, Filing_led };
    bool plans = f->kind == FILING_PLAN, own = f->kind == FILING_PRINCIPAL;
    const int *wanted = own ? principal : plan;
    size_t count = plans ? 4 : own ? 3 : 1;
    Status worst = ST_OK;
    for (size_t i = 0; i < count; i++) {
        const Field *field = &Filing_table.fields[wanted[i]];
        if (field_is_empty(field, f))
            worst = gap(c, field->name, STR_NONE, label_of(c, field->label));
    }
    return worst;
}

static Status check_complete(Ctx *c, const FilingCase *now)
{
    enum { NAMED_MOST = 20 };
    const Filing *f = now->filing;
    Status worst = check_fields(c, f);
    for (size_t i = 0, named = 0; i < now->of.count && named < NAMED_MOST; i++) {
        Status status = check_item(c, now, i);
        named += status != ST_OK;
        worst = status == ST_OK ? worst : status;
    }
    if (f->kind == FILING_PRINCIPAL && f->led.known && f->led.value > (int64_t)now->of.count)
        worst = fail_field(c, S("led"), str_format(c->arena, "%lld", (long long)f->led.value),
            text_format(c, "反馈问题共%zu个", "there are %zu findings", now->of.count),
            T("请核对领办事项数", "check the number"));
    Status pledged = day_check(c, "pledged_on", f->pledged_on, DATE_NONE);
    worst = pledged == ST_OK ? worst : pledged;
    return worst;
}

/* What the bodies are shown: the text, and of a plan the items too. */
Str filing_digest(Ctx *c, const FilingCase *now)
{
    static const int own[] = { Filing_text, Filing_pledge, Filing_pledged_by, Filing_pledged_on, Filing_meetings,
        Filing_led };
    StrBuf all = strbuf_in(c->arena);
    FieldSet set = 0, of_item = FIELD_BIT(Rectification_id);
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        set |= FIELD_BIT(own[i]);
    for (size_t i = 0; i < sizeof planned / sizeof planned[0]; i++)
        of_item |= FIELD_BIT(planned[i]);
    Digest d = record_digest(c, &Filing_table, set, now->filing);
    strbuf_add_hex(&all, d.bytes, sizeof d.bytes);
    for (size_t i = 0; now->filing->kind == FILING_PLAN && i < now->of.count; i++) {
        d = record_digest(c, &Rectification_table, of_item, &now->of.items[i]);
        strbuf_add_hex(&all, d.bytes, sizeof d.bytes);
    }
    d = sm3(c->env->crypto, all.ptr, all.len);
    StrBuf hex = strbuf_in(c->arena);
    strbuf_add_hex(&hex, d.bytes, sizeof d.bytes);
    return strbuf_str(&hex);
}

/* --- to the bodies
 * ---------------------------------------------------------------------------------------------------- */

static bool stands_from_before(const FilingCase *now, Str body)
{
    for (size_t i = 0; i < now->review_count; i++)
        if (str_eq(now->reviews[i].body, body))
            return now->reviews[i].state == FILING_REVIEW_AGREED && !now->filing->all_again;
    return false;
}

Status filing_review_begin(Ctx *c, const RuleSet *rules, Period term, Date day, FilingReview *row)
{
    row->state = FILING_REVIEW_OPEN;
    row->opened_on = day;
    return deadline_due(c, &rules->calendar, day, term, &row->due_on);
}

static FilingReview *new_row(Ctx *c, const Filing *f, const ReviewBody *body, int place)
{
    FilingReview *row = arena_new_of(c->arena, FilingReview);
    row->filing = f->id;
    row->inspection = f->inspection;
    row->unit = f->unit;
    row->organiser = f->organiser;
    row->unit_name = f->unit_name;
    row->title = f->title;
    row->turn = f->turn;
    row->place = INT_OF(place);
    row->body = body->name;
    row->label = str_of(body->label.zh);
    row->role = body->role;
    row->state = FILING_REVIEW_WAITING;
    return row;
}

/* All opinions are there. */
Status filing_to_collator(Ctx *c, const RuleSet *rules, const ReviewRule *rule, Date day, Filing *after)
{
    after->awaiting = rule->bodies[rule->collator].role;
    return deadline_due(c, &rules->calendar, day, rule->term, &after->collate_by);
}

static Status open_rows(Ctx *c, const FilingCase *now, Filing *after, Date day, Changes *out)
{
    const ReviewRule *rule = filing_rule(now->rules, after->kind);
    bool any = false;
    for (int i = 0; i < rule->count; i++) {
        FilingReview *row = new_row(c, after, &rule->bodies[i], i);
        if (stands_from_before(now, row->body)) {
            row->state = FILING_REVIEW_AGREED;
            row->opinion = S("上次已同意，沿用。");
            row->given_on = day;
        } else if (!rule->serial || !any) {
            TRY(filing_review_begin(c, now->rules, rule->bodies[i].term, day, row));
            any = true;
        }
        change_insert(c, out, ENTITY_FILING_REVIEW, row);
    }
    return any ? ST_OK : filing_to_collator(c, now->rules, rule, day, after);
}

Status filing_submit(Ctx *c, const FilingCase *now, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_FILING, now->filing->state, DO_SUBMIT, input->reason, &move));
    TRY(filing_day(c, input->effective_on, now->filing->effective_on, &out->effective_on));
    TRY(check_complete(c, now));
    Filing *after = record_copy(c, &Filing_table, now->filing);
    after->state = move->to;
    after->turn = INT_OF(now->filing->turn.value + 1);
    after->submitted_on = out->effective_on;
    after->opinion = after->missing = STR_NONE;
    after->collate_by = DATE_NONE;
    after->awaiting = 0;
    after->text_digest = filing_digest(c, now);
    out->on_behalf_of = input->on_behalf_of;
    TRY(open_rows(c, now, after, out->effective_on, out));
    after->all_again = false;
    change_update(c, out, ENTITY_FILING, now->filing, after);
    change_show(c, out, ENTITY_FILING, after);
    return ST_OK;
}
