#include "domain/evaluation.h"

CHOICES_DEFINE(evaluation_states, EVALUATION_STATES);
CHOICES_DEFINE(sheet_states, SHEET_STATES);
CHOICES_DEFINE(ballot_states, BALLOT_STATES);
FIELDS_DEFINE(Evaluation, "evaluations", EVALUATION_FIELDS);
FIELDS_DEFINE(EvaluationPart, "evaluation_parts", EVALUATION_PART_FIELDS);
FIELDS_DEFINE(EvaluationSheet, "evaluation_sheets", EVALUATION_SHEET_FIELDS);
FIELDS_DEFINE(EvaluationBallot, "evaluation_ballots", EVALUATION_BALLOT_FIELDS);
FIELDS_DEFINE(BallotInput, "ballot_input", BALLOT_INPUT_FIELDS);

static Status check_scoring(Ctx *c, const Evaluation *evaluation)
{
    return evaluation->state == EVALUATION_SCORING
               ? ST_OK
               : fail(c, ST_CONFLICT, "该评估不在评分中", "this evaluation is not being scored");
}

/* --- opened ------------------------------------------------------------------------------------------------------- */

static bool is_open_item(const Rectification *r)
{
    return r->state != RECT_DONE && r->state != RECT_REVOKED;
}

/* The first due dates of all open items are past: the concentrated period (集中整改) is over. Where the first was not
 * recorded, the present one tells. */
static bool period_is_over(const EvaluationCase *now, Date today)
{
    for (size_t i = 0; i < now->item_count; i++) {
        const Rectification *r = &now->items[i];
        Date first = r->due_first ? r->due_first : r->due_on;
        if (is_open_item(r) && first >= today)
            return false;
    }
    return true;
}

static Status check_inspection(Ctx *c, const EvaluationCase *now)
{
    int32_t state = now->inspection->state;
    if (state != INSPECTION_FOLLOWING_UP && state != INSPECTION_FED_BACK)
        return fail(c, ST_CONFLICT, "该巡察处于“%s”状态；集中整改结束、持续整改中的才能评估",
            "the inspection is \"%s\": only one that goes on rectifying is evaluated",
            c->lang == LANG_ZH ? inspection_states.items[state].label.zh : inspection_states.items[state].label.en);
    if (state == INSPECTION_FED_BACK && !period_is_over(now, c->today))
        return fail(c, ST_CONFLICT, "集中整改期尚未结束（还有事项没到最初的整改时限），不能评估",
            "the concentrated period is not over: items have not reached their first due date");
    if (now->open)
        return fail(c, ST_CONFLICT, "该巡察已有一次评估尚未审定，请先审定或作废",
            "an evaluation of it is under way: settle it or void it first");
    return ST_OK;
}

/* What the ledger knows that day. */
static void count_facts(const EvaluationCase *now, Date day, Evaluation *e)
{
    int64_t all = 0, due = 0, done = 0, overdue = 0, reopened = 0, untrue = 0;
    for (size_t i = 0; i < now->item_count; i++) {
        const Rectification *r = &now->items[i];
        bool counts = r->state != RECT_REVOKED;
        bool runs = is_open_item(r) && r->state != RECT_APPLIED && r->state != RECT_OBJECTED;
        all += counts;
        due += counts && r->due_on && r->due_on <= day;
        done += r->state == RECT_DONE;
        overdue += runs && r->due_on && r->due_on < day;
        reopened += counts && r->reopened.known && r->reopened.value > 0;
        untrue += counts && r->recheck_result == RECHECK_UNTRUE;
    }
    e->facts_on = day;
    e->items_all = INT_OF(all);
    e->items_due = INT_OF(due);
    e->items_done = INT_OF(done);
    e->items_overdue = INT_OF(overdue);
    e->items_reopened = INT_OF(reopened);
    e->items_untrue = INT_OF(untrue);
}

static void add_sheet(Ctx *c, const Evaluation *e, const SchemePart *part, int32_t role, Changes *out)
{
    EvaluationSheet *s = record_new(c, &EvaluationSheet_table);
    s->evaluation = e->id;
    s->inspection = e->inspection;
    s->organiser = e->organiser;
    s->unit_name = e->unit_name;
    s->part = part->code;
    s->part_label = str_of(part->label.zh);
    s->role = role;
    s->state = SHEET_WAITING;
    s->due_on = e->due_on;
    change_insert(c, out, ENTITY_EVALUATION_SHEET, s);
}

static void add_part(Ctx *c, const Evaluation *e, const SchemePart *part, int64_t number, Changes *out)
{
    EvaluationPart *p = record_new(c, &EvaluationPart_table);
    p->evaluation = e->id;
    p->inspection = e->inspection;
    p->unit = e->unit;
    p->organiser = e->organiser;
    p->number = INT_OF(number);
    p->code = part->code;
    p->label = str_of(part->label.zh);
    p->label_en = str_of(part->label.en);
    p->max = INT_OF(part->max);
    p->weight = INT_OF(part->weight);
    p->facts = part->facts;
    p->ballot = part->ballot;
    change_insert(c, out, ENTITY_EVALUATION_PART, p);
    for (int32_t role = 1; role < ROLE_COUNT; role++)
        if (part->raters & ROLE_BIT(role))
            add_sheet(c, e, part, role, out);
}

static Status go_on(Ctx *c, const Inspection *inspection, Changes *out)
{
    const MoveInput today = { .effective_on = c->today };
    return inspection->state == INSPECTION_FED_BACK ? inspection_decide(c, inspection, DO_FOLLOW_UP, &today, out)
                                                    : ST_OK;
}

Status evaluation_open(Ctx *c, const EvaluationCase *now, const Evaluation *input, Changes *out)
{
    Evaluation *e = record_copy(c, &Evaluation_table, input);
    TRY(check_inspection(c, now));
    if (e->due_on && e->due_on < c->today)
        return fail_field(c, S("due_on"), date_text(c->arena, e->due_on), T("评分期限早于今天", "is before today"),
            T("请核对日期", "check the date"));
    e->round = now->inspection->round;
    e->unit = now->inspection->unit;
    e->organiser = now->inspection->organiser;
    e->unit_name = now->inspection->unit_name;
    e->scheme_title = str_of(now->scheme->title.zh);
    e->rule_set = now->rule_set;
    e->state = EVALUATION_SCORING;
    e->opened_on = c->today;
    e->opened_by = c->actor->name;
    count_facts(now, c->today, e);
    TRY(record_check_required(c, &Evaluation_table, e));
    change_insert(c, out, ENTITY_EVALUATION, e);
    for (size_t i = 0; i < now->scheme->part_count; i++)
        add_part(c, e, &now->scheme->parts[i], (int64_t)i + 1, out);
    TRY(go_on(c, now->inspection, out));
    change_show(c, out, ENTITY_EVALUATION, e);
    return ST_OK;
}

/* --- ballots ------------------------------------------------------------------------------------------------------ */

static EvaluationBallot *ballot_of(Ctx *c, const Evaluation *e, Str name)
{
    EvaluationBallot *b = record_new(c, &EvaluationBallot_table);
    b->evaluation = e->id;
    b->inspection = e->inspection;
    b->organiser = e->organiser;
    b->name = name;
    b->state = BALLOT_COUNTED;
    return b;
}

static void put_votes(const BallotGroup *group, EvaluationBallot *b)
{
    b->satisfied = INT_OF(group->votes[VOTE_SATISFIED]);
    b->basic = INT_OF(group->votes[VOTE_BASIC]);
    b->unsatisfied = INT_OF(group->votes[VOTE_UNSATISFIED]);
    b->abstained = INT_OF(group->votes[VOTE_ABSTAINED]);
    b->ballots = INT_OF(ballot_total(group));
}

/* The small groups leave their names, and together their sum if that is large enough. */
static void add_ballots(Ctx *c, const Evaluation *e, const Ballots *given, Changes *out)
{
    for (size_t i = 0; i < given->count; i++) {
        EvaluationBallot *b = ballot_of(c, e, given->groups[i].name);
        put_votes(&given->groups[i], b);
        change_insert(c, out, ENTITY_EVALUATION_BALLOT, b);
    }
    if (!given->small)
        return;
    EvaluationBallot *other = ballot_of(c, e, S("其他（合并）"));
    other->includes = given->small_names;
    other->suppressed = !given->other_shown;
    if (given->other_shown)
        put_votes(&given->other, other);
    change_insert(c, out, ENTITY_EVALUATION_BALLOT, other);
}

Status evaluation_count(Ctx *c, const EvaluationCase *now, const BallotInput *input, Changes *out)
{
    const Evaluation *e = now->evaluation;
    Ballots given;
    TRY(check_scoring(c, e));
    if (!scheme_ballot(now->scheme))
        return fail(c, ST_CONFLICT, "评估方案没有满意度测评", "the scheme has no ballot");
    if (now->ballot_count)
        return fail(c, ST_CONFLICT,
            "测评票数已录入，不能再改：前后两次相减会暴露票数少的组；确有错误的，请作废后重新评估",
            "the ballots were entered and stand: two versions would tell small groups; void the evaluation if they are "
            "wrong");
    TRY(record_check_required(c, &BallotInput_table, input));
    TRY(ballots_read(c, input->ballots, now->scheme->least, &given));
    Evaluation *after = record_copy(c, &Evaluation_table, e);
    after->ballots_on = input->ballots_on ? input->ballots_on : c->today;
    TRY(day_check(c, "ballots_on", after->ballots_on, now->inspection->fed_back_on));
    after->ballots_by = input->ballots_by.len ? input->ballots_by : c->actor->name;
    change_update(c, out, ENTITY_EVALUATION, e, after);
    add_ballots(c, e, &given, out);
    change_show(c, out, ENTITY_EVALUATION, after);
    return ST_OK;
}
