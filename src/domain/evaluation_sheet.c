/* The sheets of an evaluation, as evaluation.h says. */
#include "domain/evaluation.h"

FIELDS_DEFINE(SheetInput, "sheet_input", SHEET_INPUT_FIELDS);

static Status check_scoring(Ctx *c, const EvaluationCase *now)
{
    return now->evaluation->state == EVALUATION_SCORING
               ? ST_OK
               : fail(c, ST_CONFLICT, "该评估已收齐评分或已作废，评分表不能再改",
                     "the scoring is closed or void: its sheets stand");
}

static Status find_part(Ctx *c, const EvaluationCase *now, Str code, const SchemePart **out)
{
    *out = scheme_part(now->scheme, code);
    return *out && !(*out)->ballot
               ? ST_OK
               : fail_field(c, S("part"), code,
                     T("评估方案没有这个由人评分的部分", "is no part of the scheme that people score"),
                     T("请用方案中的部分代码", "use a code of the scheme"));
}

Status sheet_add(Ctx *c, const EvaluationCase *now, const EvaluationSheet *input, Changes *out)
{
    const SchemePart *part;
    const Evaluation *e = now->evaluation;
    TRY(record_check_input(c, &EvaluationSheet_table, input));
    TRY(check_scoring(c, now));
    TRY(find_part(c, now, input->part, &part));
    if (!(part->raters & ROLE_BIT(input->role)))
        return fail_field(c, S("role"), choice_name(&roles, input->role),
            T("评估方案没有让这一方评这个部分", "does not score this part by the scheme"),
            T("请核对评分方", "check the role"));
    if (now->sheet_count >= SHEETS_MAX)
        return fail(c, ST_TOO_BIG, "评分表最多%d份", "%d sheets at most", SHEETS_MAX);
    EvaluationSheet *s = record_copy(c, &EvaluationSheet_table, input);
    s->inspection = e->inspection;
    s->organiser = e->organiser;
    s->unit_name = e->unit_name;
    s->part_label = str_of(part->label.zh);
    s->state = SHEET_WAITING;
    s->due_on = e->due_on;
    TRY(record_check_required(c, &EvaluationSheet_table, s));
    change_insert(c, out, ENTITY_EVALUATION_SHEET, s);
    return ST_OK;
}

/* --- handed in ---------------------------------------------------------------------------------------------------- */

/* One's own role by click; another's from paper, which only the office enters. */
static Status check_rater(Ctx *c, const EvaluationSheet *sheet, const SheetInput *in)
{
    bool from_paper = in->rater.len || in->paper_no.len;
    bool own = c->actor->role == (Role)sheet->role || c->actor->role == ROLE_LOCAL;
    if (!from_paper && own)
        return ST_OK;
    if (!from_paper && !role_may(c->actor->role, NEED_EVALUATION_KEEP))
        return fail(c, ST_DENIED, "这份评分表由%s评", "this sheet is for the %s to score",
            c->lang == LANG_ZH ? roles.items[sheet->role].label.zh : roles.items[sheet->role].label.en);
    if (!role_may(c->actor->role, NEED_EVALUATION_KEEP))
        return fail(c, ST_DENIED, "纸质评分表由巡察办代录", "sheets on paper are entered by the office");
    if (in->rater.len == 0)
        return fail_field(c, S("rater"), STR_NONE, T("代录的评分表须写明评分人", "say whose sheet it is"),
            T("请填写评分人", "name the rater"));
    return in->paper_no.len
               ? ST_OK
               : fail_field(c, S("paper_no"), STR_NONE, T("代录的评分表须写明纸质件编号", "give the paper's number"),
                     T("请填写纸质件编号", "enter it"));
}

/* A rater is who hands in by click, or whom the paper names. */
static bool same_rater(const EvaluationSheet *other, Str account, Str rater)
{
    bool by_click = other->paper_no.len == 0;
    return account.len ? by_click && str_eq(other->account, account) : !by_click && str_eq(other->rater, rater);
}

static Status check_once(Ctx *c, const EvaluationCase *now, const EvaluationSheet *sheet, const SheetInput *in)
{
    Str account = in->paper_no.len ? STR_NONE : c->actor->account;
    for (size_t i = 0; i < now->sheet_count; i++) {
        const EvaluationSheet *other = &now->sheets[i];
        if (other->state == SHEET_HANDED_IN && !str_eq(other->id, sheet->id) && str_eq(other->part, sheet->part) &&
            same_rater(other, account, in->rater))
            return fail(c, ST_CONFLICT, "该评分人已交过这个部分的评分表，一人一份",
                "this rater has handed in a sheet of this part: one each");
    }
    return ST_OK;
}

static Status check_mine(Ctx *c, const EvaluationSheet *sheet)
{
    if (sheet->state != SHEET_HANDED_IN || str_eq(sheet->account, c->actor->account) || c->actor->role == ROLE_LOCAL)
        return ST_OK;
    return fail(c, ST_DENIED, "评分表由交表的人修改", "who handed the sheet in mends it");
}

Status sheet_score(
    Ctx *c, const EvaluationCase *now, const EvaluationSheet *sheet, const SheetInput *input, Changes *out)
{
    const Move *move;
    const SchemePart *part;
    int64_t score;
    EvaluationSheet *after = record_copy(c, &EvaluationSheet_table, sheet);
    TRY(check_scoring(c, now));
    TRY(workflow_move(c, ENTITY_EVALUATION_SHEET, sheet->state, DO_SCORE, STR_NONE, &move));
    TRY(check_mine(c, sheet));
    TRY(check_rater(c, sheet, input));
    TRY(check_once(c, now, sheet, input));
    TRY(find_part(c, now, sheet->part, &part));
    TRY(marks_read(c, now->scheme, part, input->marks, &score, &after->marks));
    after->score = points_text(c->arena, score);
    after->state = move->to;
    after->sealed = true;
    after->account = c->actor->account;
    after->rater = input->rater.len ? input->rater : c->actor->name;
    after->paper_no = input->paper_no;
    after->handed_in_on = c->today;
    out->on_behalf_of = input->rater;
    change_update(c, out, ENTITY_EVALUATION_SHEET, sheet, after);
    return ST_OK;
}

Status sheet_leave_out(
    Ctx *c, const EvaluationCase *now, const EvaluationSheet *sheet, const MoveInput *input, Changes *out)
{
    const Move *move;
    EvaluationSheet *after = record_copy(c, &EvaluationSheet_table, sheet);
    TRY(check_scoring(c, now));
    TRY(workflow_move(c, ENTITY_EVALUATION_SHEET, sheet->state, DO_VOID, input->reason, &move));
    after->state = move->to;
    after->reason = input->reason;
    change_update(c, out, ENTITY_EVALUATION_SHEET, sheet, after);
    return ST_OK;
}
