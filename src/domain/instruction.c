#include "domain/instruction.h"

CHOICES_DEFINE(instruction_states, INSTRUCTION_STATES);
CHOICES_DEFINE(instruction_kinds, INSTRUCTION_KINDS);
FIELDS_DEFINE(Instruction, "instructions", INSTRUCTION_FIELDS);
FIELDS_DEFINE(InstructionClose, "instruction_close", INSTRUCTION_CLOSE_FIELDS);
FIELDS_DEFINE(InstructionTask, "instruction_tasks", INSTRUCTION_TASK_FIELDS);

static Status check_instruction(Ctx *c, const Instruction *i)
{
    TRY(record_check_required(c, &Instruction_table, i));
    return day_check(c, "issued_on", i->issued_on, DATE_NONE);
}

static Status is_open(Ctx *c, const Instruction *i)
{
    return i->state == INSTRUCTION_OPEN ? ST_OK
                                        : fail(c, ST_CONFLICT, "该批示已办结，不能再修改", "the instruction is closed");
}

Status instruction_enter(Ctx *c, const Instruction *input, Changes *out)
{
    Instruction *i = record_copy(c, &Instruction_table, input);
    i->state = INSTRUCTION_OPEN;
    TRY(check_instruction(c, i));
    out->effective_on = i->issued_on;
    change_insert(c, out, ENTITY_INSTRUCTION, i);
    return ST_OK;
}

Status instruction_edit(Ctx *c, const Instruction *before, const Instruction *input, FieldSet given, Changes *out)
{
    TRY(is_open(c, before));
    Instruction *after = record_copy(c, &Instruction_table, before);
    record_overlay(&Instruction_table, given, input, after);
    TRY(check_instruction(c, after));
    change_update(c, out, ENTITY_INSTRUCTION, before, after);
    return ST_OK;
}

static Status check_proof(Ctx *c, const InstructionCase *now, const InstructionClose *input)
{
    if (now->tasks_left)
        return fail(c, ST_CONFLICT, "还有%lld项任务没有完成，不能办结", "%lld tasks are not done yet",
            (long long)now->tasks_left);
    TRY(record_check_required(c, &InstructionClose_table, input));
    if (now->attachments || now->struck_off || input->basis.len)
        return ST_OK;
    return fail_field(c, S("basis"), STR_NONE,
        T("办结须有依据：附件、所依据的文件，或相关问题已经销号",
            "a closure wants proof: a file, the paper it rests on, or its finding's item struck off"),
        T("请填写文件名称或文号，或先上传附件", "name the paper, or attach a file first"));
}

Status instruction_close(Ctx *c, const InstructionCase *now, const InstructionClose *input, Changes *out)
{
    const Move *move;
    const Instruction *before = now->instruction;
    TRY(workflow_move(c, ENTITY_INSTRUCTION, before->state, DO_CLOSE, STR_NONE, &move));
    TRY(check_proof(c, now, input));
    Instruction *after = record_copy(c, &Instruction_table, before);
    after->state = move->to;
    after->outcome = input->opinion;
    after->basis = input->basis;
    TRY(day_given(c, input->effective_on, before->issued_on, &after->closed_on));
    out->effective_on = after->closed_on;
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_INSTRUCTION, before, after);
    const MoveInput said = { .opinion = input->opinion,
        .effective_on = input->effective_on,
        .on_behalf_of = input->on_behalf_of,
        .means = input->means,
        .paper_no = input->paper_no };
    TRY(approval_sign(c, ENTITY_INSTRUCTION, before, DO_CLOSE, true, &said, out));
    change_show(c, out, ENTITY_INSTRUCTION, after);
    return ST_OK;
}

static Status check_task(Ctx *c, const InstructionTask *t)
{
    TRY(record_check_required(c, &InstructionTask_table, t));
    if (t->done_on && t->result.len == 0)
        return fail_field(c, S("result"), STR_NONE, T("已完成的任务须写明办理情况", "say what was done"),
            T("请填写办理情况", "fill it in"));
    return ST_OK;
}

Status instruction_task_add(Ctx *c, const Instruction *instruction, const InstructionTask *input, Changes *out)
{
    InstructionTask *t = record_copy(c, &InstructionTask_table, input);
    TRY(is_open(c, instruction));
    t->organiser = instruction->organiser;
    TRY(check_task(c, t));
    change_insert(c, out, ENTITY_INSTRUCTION_TASK, t);
    return ST_OK;
}

Status instruction_task_edit(Ctx *c, const Instruction *instruction, const InstructionTask *before,
    const InstructionTask *input, FieldSet given, Changes *out)
{
    TRY(is_open(c, instruction));
    InstructionTask *after = record_copy(c, &InstructionTask_table, before);
    record_overlay(&InstructionTask_table, given, input, after);
    TRY(check_task(c, after));
    change_update(c, out, ENTITY_INSTRUCTION_TASK, before, after);
    return ST_OK;
}
