#include "domain/evaluation.h"

CHOICES_DEFINE(evaluation_states, EVALUATION_STATES);
CHOICES_DEFINE(sheet_states, SHEET_STATES);
CHOICES_DEFINE(ballot_states, BALLOT_STATES);
FIELDS_DEFINE(Evaluation, "evaluations", EVALUATION_FIELDS);
FIELDS_DEFINE(EvaluationPart, "evaluation_parts", EVALUATION_PART_FIELDS);
FIELDS_DEFINE(EvaluationSheet, "evaluation_sheets", EVALUATION_SHEET_FIELDS);
FIELDS_DEFINE(EvaluationBallot, "evaluation_ballots", EVALUATION_BALLOT_FIELDS);
FIELDS_DEFINE(BallotInput, "ballot_input", BALLOT_INPUT_FIELDS);
FIELDS_DEFINE(EvaluationDecision, "evaluation_decision", EVALUATION_DECISION_FIELDS);

static Status check_day(Ctx *c, const char *field, Date day, Date floor)
{
    if (day <= c->today && day >= floor)
        return ST_OK;
    return fail_field(c, str_of(field), date_text(c->arena, day),
        text_format(c, "应在%.*s至今天之间", "must lie between %.*s and today", STR_ARG(date_text(c->arena, floor))),
        T("请核对日期", "check the date"));
}

static Status check_scoring(Ctx *c, const Evaluation *evaluation)
{
    return evaluation->state == EVALUATION_SCORING
               ? ST_OK
               : fail(c, ST_CONFLICT, "该评估不在评分中", "this evaluation is not being scored");
}

/* The day that was given for a move, not before what the evaluation did last. */
static Status move_day(Ctx *c, const Evaluation *evaluation, const MoveInput *input, Changes *out)
{
    out->effective_on = input->effective_on ? input->effective_on : c->today;
    out->on_behalf_of = input->on_behalf_of;
    return check_day(c, "effective_on", out->effective_on, evaluation->effective_on);
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
    TRY(check_day(c, "ballots_on", after->ballots_on, now->inspection->fed_back_on));
    after->ballots_by = input->ballots_by.len ? input->ballots_by : c->actor->name;
    change_update(c, out, ENTITY_EVALUATION, e, after);
    add_ballots(c, e, &given, out);
    change_show(c, out, ENTITY_EVALUATION, after);
    return ST_OK;
}

/* --- scored ------------------------------------------------------------------------------------------------------- */

static Status check_all_in(Ctx *c, const EvaluationCase *now)
{
    int waiting = 0;
    for (size_t i = 0; i < now->sheet_count; i++)
        waiting += now->sheets[i].state == SHEET_WAITING;
    if (waiting)
        return fail(c, ST_CONFLICT, "还有%d份评分表没有交，不能收齐；确不评分的，请注明理由",
            "%d sheets are not handed in; leave out, with the reason, what will not be", waiting);
    if (scheme_ballot(now->scheme) && !now->ballot_count)
        return fail(c, ST_CONFLICT, "满意度测评票数还没有录入", "the ballots have not been entered");
    return ST_OK;
}

static BallotGroup group_of(const EvaluationBallot *b)
{
    return (BallotGroup){ b->name, { b->satisfied.value, b->basic.value, b->unsatisfied.value, b->abstained.value } };
}

static void gather_ballots(Ctx *c, const EvaluationCase *now, PartScore *p)
{
    BallotGroup *shown = arena_array_of(c->arena, BallotGroup, now->ballot_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < now->ballot_count; i++)
        if (!now->ballots[i].suppressed)
            shown[count++] = group_of(&now->ballots[i]);
    p->counted = ballots_counted(shown, count, p->votes);
}

static Status gather_part(Ctx *c, const EvaluationCase *now, const SchemePart *part, PartScore *p)
{
    *p = (PartScore){ .part = part, .counted = true };
    if (part->ballot) {
        gather_ballots(c, now, p);
        return ST_OK;
    }
    for (size_t i = 0; i < now->sheet_count; i++) {
        int64_t points;
        if (now->sheets[i].state != SHEET_HANDED_IN || !str_eq(now->sheets[i].part, part->code))
            continue;
        if (!points_read(now->sheets[i].score, &points))
            return fail(c, ST_BROKEN, "评分表的得分无法读取", "the score of a sheet cannot be read");
        p->sum += points;
        p->sheets++;
    }
    return p->sheets ? ST_OK
                     : fail(c, ST_CONFLICT, "“%s”没有评分表，不能计算", "\"%s\" has no sheet",
                           c->lang == LANG_ZH ? part->label.zh : part->label.en);
}

static void keep_parts(Ctx *c, const EvaluationCase *now, const PartScore *scores, Changes *out)
{
    for (size_t i = 0; i < now->part_count; i++) {
        EvaluationPart *after = record_copy(c, &EvaluationPart_table, &now->parts[i]);
        for (size_t k = 0; k < now->scheme->part_count; k++) {
            const PartScore *p = &scores[k];
            if (!p->counted || !str_eq(p->part->code, after->code))
                continue;
            after->score = points_text(c->arena, p->score);
            after->share = points_text(c->arena, p->share);
            if (!p->part->ballot)
                after->sheets = INT_OF(p->sheets);
        }
        change_update(c, out, ENTITY_EVALUATION_PART, &now->parts[i], after);
    }
}

static Str consequences_of(Ctx *c, const Scheme *scheme, const SchemeGrade *grade)
{
    StrBuf b = strbuf_in(c->arena);
    for (size_t i = 0; i < scheme->consequence_count; i++)
        if (str_eq(scheme->consequences[i].grade, grade->name))
            strbuf_addf(&b, "%s%s", b.len ? "\n" : "", scheme->consequences[i].label.zh);
    return strbuf_str(&b);
}

static void keep_total(Ctx *c, const EvaluationCase *now, PartScore *scores, Evaluation *after)
{
    int64_t total = score_total(now->scheme, scores);
    const SchemeGrade *grade = scheme_grade(now->scheme, total);
    StrBuf words = strbuf_in(c->arena);
    for (size_t i = 0; i < now->scheme->part_count; i++)
        strbuf_addf(&words, "%.*s。\n", STR_ARG(part_words(c, now->scheme, &scores[i])));
    strbuf_addf(&words, "%.*s。", STR_ARG(total_words(c, now->scheme, scores, total)));
    after->total = points_text(c->arena, total);
    after->grade = grade->name;
    after->grade_label = str_of(grade->label.zh);
    after->arithmetic = strbuf_str(&words);
    after->proposed = consequences_of(c, now->scheme, grade);
}

static void unseal(Ctx *c, const EvaluationCase *now, Changes *out)
{
    for (size_t i = 0; i < now->sheet_count; i++) {
        EvaluationSheet *after = record_copy(c, &EvaluationSheet_table, &now->sheets[i]);
        after->sealed = false;
        change_update(c, out, ENTITY_EVALUATION_SHEET, &now->sheets[i], after);
    }
}

Status evaluation_close(Ctx *c, const EvaluationCase *now, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_EVALUATION, now->evaluation->state, DO_CLOSE, input->reason, &move));
    TRY(check_all_in(c, now));
    PartScore *scores = arena_array_of(c->arena, PartScore, now->scheme->part_count);
    for (size_t i = 0; i < now->scheme->part_count; i++)
        TRY(gather_part(c, now, &now->scheme->parts[i], &scores[i]));
    Evaluation *after = record_copy(c, &Evaluation_table, now->evaluation);
    keep_total(c, now, scores, after);
    after->state = move->to;
    TRY(move_day(c, now->evaluation, input, out));
    after->scored_on = out->effective_on;
    change_update(c, out, ENTITY_EVALUATION, now->evaluation, after);
    keep_parts(c, now, scores, out);
    unseal(c, now, out);
    change_show(c, out, ENTITY_EVALUATION, after);
    return ST_OK;
}

/* --- settled ------------------------------------------------------------------------------------------------------ */

static bool has_line(Str lines, Str wanted)
{
    Str line;
    while (str_cut(&lines, '\n', &line))
        if (str_eq(line, wanted))
            return true;
    return false;
}

/* Each line one of the scheme's consequences, of whatever grade: a person decides. */
static Status read_consequences(Ctx *c, const Scheme *scheme, Str given, Str *out)
{
    StrBuf b = strbuf_in(c->arena);
    Str line;
    while (str_cut(&given, '\n', &line)) {
        line = str_trim(line);
        if (line.len == 0)
            continue;
        if (!scheme_consequence(scheme, line))
            return fail_field(c, S("consequences"), line, T("评估方案中没有这项措施", "is none of the scheme's"),
                T("请从方案列出的措施中选择；另有要求的写入审定意见",
                    "choose from those; say anything else in the opinion"));
        if (!has_line(strbuf_str(&b), line))
            strbuf_addf(&b, "%s%.*s", b.len ? "\n" : "", STR_ARG(line));
    }
    *out = strbuf_str(&b);
    return ST_OK;
}

static Status check_decider(Ctx *c, const EvaluationDecision *in)
{
    if (c->actor->role == ROLE_LEADER || c->actor->role == ROLE_LOCAL || in->means == MEANS_INK)
        return ST_OK;
    return fail_field(c, S("means"), choice_name(&means, in->means),
        T("评估由领导小组审定；巡察办只录入纸质签署的审定",
            "the leading group decides; the office enters what was signed on paper"),
        T("请选择纸质签署，填写签署人和编号", "choose paper, and give who signed and its number"));
}

static Status sign(Ctx *c, const EvaluationCase *now, const EvaluationDecision *in, Changes *out)
{
    const MoveInput said = { .opinion = in->opinion,
        .effective_on = in->effective_on,
        .on_behalf_of = in->on_behalf_of,
        .means = in->means,
        .paper_no = in->paper_no };
    return approval_sign(c, ENTITY_EVALUATION, now->evaluation, DO_SETTLE, true, &said, out);
}

static Status count_as_evaluated(Ctx *c, const Inspection *inspection, Changes *out)
{
    const MoveInput day = { .effective_on = out->effective_on > inspection->effective_on ? out->effective_on
                                                                                         : inspection->effective_on,
        .on_behalf_of = out->on_behalf_of };
    if (inspection->state != INSPECTION_FOLLOWING_UP)
        return ST_OK; /* the office has said so already */
    return inspection_decide(c, inspection, DO_EVALUATE, &day, out);
}

static void tell_parts(Ctx *c, const EvaluationCase *now, Date day, Changes *out)
{
    for (size_t i = 0; i < now->part_count; i++) {
        EvaluationPart *after = record_copy(c, &EvaluationPart_table, &now->parts[i]);
        after->told_on = day;
        change_update(c, out, ENTITY_EVALUATION_PART, &now->parts[i], after);
    }
}

Status evaluation_settle(Ctx *c, const EvaluationCase *now, const EvaluationDecision *input, Changes *out)
{
    const Move *move;
    Evaluation *after = record_copy(c, &Evaluation_table, now->evaluation);
    TRY(workflow_move(c, ENTITY_EVALUATION, now->evaluation->state, DO_SETTLE, STR_NONE, &move));
    TRY(record_check_required(c, &EvaluationDecision_table, input));
    TRY(check_decider(c, input));
    TRY(read_consequences(c, now->scheme, input->consequences, &after->consequences));
    after->decided_on = input->effective_on ? input->effective_on : c->today;
    TRY(check_day(c, "effective_on", after->decided_on, now->evaluation->scored_on));
    after->state = move->to;
    after->opinion = input->opinion;
    after->decided_by = input->on_behalf_of.len ? input->on_behalf_of : c->actor->name;
    out->effective_on = after->decided_on;
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_EVALUATION, now->evaluation, after);
    tell_parts(c, now, c->today, out);
    TRY(sign(c, now, input, out));
    TRY(count_as_evaluated(c, now->inspection, out));
    change_show(c, out, ENTITY_EVALUATION, after);
    return ST_OK;
}

/* --- void --------------------------------------------------------------------------------------------------------- */

static void leave_out(Ctx *c, const EvaluationSheet *sheet, Str reason, Changes *out)
{
    EvaluationSheet *after = record_copy(c, &EvaluationSheet_table, sheet);
    after->state = SHEET_VOID;
    after->reason = reason;
    change_update(c, out, ENTITY_EVALUATION_SHEET, sheet, after);
}

Status evaluation_void(Ctx *c, const EvaluationCase *now, const MoveInput *input, Changes *out)
{
    const Move *move;
    Evaluation *after = record_copy(c, &Evaluation_table, now->evaluation);
    TRY(workflow_move(c, ENTITY_EVALUATION, now->evaluation->state, DO_VOID, input->reason, &move));
    after->state = move->to;
    after->reason = input->reason;
    TRY(move_day(c, now->evaluation, input, out));
    change_update(c, out, ENTITY_EVALUATION, now->evaluation, after);
    for (size_t i = 0; i < now->sheet_count; i++)
        if (now->sheets[i].state == SHEET_WAITING)
            leave_out(c, &now->sheets[i], S("评估作废"), out);
    for (size_t i = 0; i < now->ballot_count; i++) {
        EvaluationBallot *b = record_copy(c, &EvaluationBallot_table, &now->ballots[i]);
        b->state = BALLOT_VOID;
        change_update(c, out, ENTITY_EVALUATION_BALLOT, &now->ballots[i], b);
    }
    change_show(c, out, ENTITY_EVALUATION, after);
    return ST_OK;
}
