/* Letters and instructions: papers that go out to others and come back answered. */
#include "domain/instruction.h"

#include "service/case.h"
#include "service/services.h"

Status letter_service_draft(Ctx *c, UseCase *u, Changes *out)
{
    const Letter *in = u->input;
    Unit unit;
    Rectification *items = arena_array_of(c->arena, Rectification, u->id_count);
    TRY(organiser_check(c, in->organiser));
    TRY(record_load(c, ENTITY_UNIT, in->unit, 0, &unit));
    for (size_t i = 0; i < u->id_count; i++)
        TRY(record_load(c, ENTITY_RECTIFICATION, u->ids[i], 0, &items[i]));
    return letter_draft(c, &unit, items, u->id_count, in, out);
}

Status letter_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Letter *before = arena_new_of(c->arena, Letter);
    TRY(record_load(c, ENTITY_LETTER, u->id, u->version, before));
    return letter_edit(c, before, u->input, u->given, out);
}

/* What only a draft made by rule needs: the items behind it, its rung, the last number of the rung's series. */
static Status load_rung(Ctx *c, UseCase *u, LetterCase *now)
{
    Round round;
    const RuleSet *rules;
    Rectification *items = arena_array_of(c->arena, Rectification, now->count);
    if (!now->letter->step.known || now->letter->state != LETTER_DRAFT || now->count == 0)
        return ST_OK;
    for (size_t i = 0; i < now->count; i++)
        TRY(record_load_unscoped(c, ENTITY_RECTIFICATION, now->links[i].rectification, &items[i]));
    TRY(rules_of_round(c, u->app->rules, items[0].round, &round, &rules));
    now->items = items;
    now->calendar = &rules->calendar;
    if (now->letter->step.value > rules->escalation_count)
        return ST_OK;
    now->step = &rules->escalation[now->letter->step.value - 1];
    Date day = ((const LetterInput *)u->input)->effective_on;
    return letter_last_serial(
        c, now->letter->organiser, now->step->series, date_year(day ? day : c->today), &now->last_serial);
}

Status letter_service_move(Ctx *c, UseCase *u, Changes *out)
{
    Letter *letter = arena_new_of(c->arena, Letter);
    Selection links = selection_of(ENTITY_LETTER_ITEM);
    LetterCase now = { .letter = letter };
    TRY(record_load(c, ENTITY_LETTER, u->id, u->version, letter));
    links.unscoped = true;
    selection_is(&links, LetterItem_letter, value_text(letter->id));
    TRY(selection_load(c, &links, IDS_MAX, &now.links, &now.count));
    TRY(load_rung(c, u, &now));
    return letter_decide(c, &now, usecase_action(u), u->input, out);
}

/* --- instructions ------------------------------------------------------------------------------------------ */

static Status check_links(Ctx *c, const Instruction *in)
{
    if (in->meeting.len)
        TRY(record_load(c, ENTITY_MEETING, in->meeting, 0, record_new(c, entity_of(ENTITY_MEETING)->table)));
    if (in->finding.len)
        TRY(record_load(c, ENTITY_FINDING, in->finding, 0, record_new(c, entity_of(ENTITY_FINDING)->table)));
    return ST_OK;
}

Status instruction_service_enter(Ctx *c, UseCase *u, Changes *out)
{
    const Instruction *in = u->input;
    TRY(organiser_check(c, in->organiser));
    TRY(check_links(c, in));
    return instruction_enter(c, in, out);
}

Status instruction_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Instruction *before = arena_new_of(c->arena, Instruction);
    TRY(record_load(c, ENTITY_INSTRUCTION, u->id, u->version, before));
    TRY(check_links(c, u->input));
    return instruction_edit(c, before, u->input, u->given, out);
}

/* Whether the item of the finding that it is about is struck off. */
static Status load_struck_off(Ctx *c, Str finding, bool *out)
{
    Selection sel = selection_of(ENTITY_RECTIFICATION);
    Rectification *items;
    size_t count;
    *out = false;
    if (finding.len == 0)
        return ST_OK;
    sel.unscoped = true;
    selection_is(&sel, Rectification_finding, value_text(finding));
    TRY(selection_load(c, &sel, 1, &items, &count));
    *out = count == 1 && items[0].state == RECT_DONE;
    return ST_OK;
}

Status instruction_service_close(Ctx *c, UseCase *u, Changes *out)
{
    Instruction *of = arena_new_of(c->arena, Instruction);
    InstructionCase now = { .instruction = of };
    bool has;
    TRY(record_load(c, ENTITY_INSTRUCTION, u->id, u->version, of));
    TRY(db_query_int(c, SQL_INSTRUCTION_TASKS_LEFT, ARGS(value_text(of->id)), &now.tasks_left, &has));
    TRY(attachment_count(c, of->id, &now.attachments));
    TRY(load_struck_off(c, of->finding, &now.struck_off));
    return instruction_close(c, &now, u->input, out);
}

Status instruction_task_service_add(Ctx *c, UseCase *u, Changes *out)
{
    const InstructionTask *in = u->input;
    Instruction *of = arena_new_of(c->arena, Instruction);
    TRY(record_load(c, ENTITY_INSTRUCTION, in->instruction, 0, of));
    return instruction_task_add(c, of, in, out);
}

Status instruction_task_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    InstructionTask before;
    Instruction *of = arena_new_of(c->arena, Instruction);
    TRY(record_load(c, ENTITY_INSTRUCTION_TASK, u->id, u->version, &before));
    TRY(record_load(c, ENTITY_INSTRUCTION, before.instruction, 0, of));
    return instruction_task_edit(c, of, &before, u->input, u->given, out);
}
