/* What comes of an evaluation: computed, settled, or void; as evaluation.h says. */
#include "domain/evaluation.h"

FIELDS_DEFINE(EvaluationDecision, "evaluation_decision", EVALUATION_DECISION_FIELDS);

/* The day that was given for a move, not before what the evaluation did last. */
static Status move_day(Ctx *c, const Evaluation *evaluation, const MoveInput *input, Changes *out)
{
    out->on_behalf_of = input->on_behalf_of;
    return day_given(c, input->effective_on, evaluation->effective_on, &out->effective_on);
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
    TRY(day_given(c, input->effective_on, now->evaluation->scored_on, &after->decided_on));
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
