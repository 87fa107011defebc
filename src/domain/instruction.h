/* Instructions (批示) of leaders, each split into tasks, closed only when every task is done.
 *
 *   办理中 → 办结. A task: 待办 → 已办 with its result. */
#ifndef DOMAIN_INSTRUCTION_H
#define DOMAIN_INSTRUCTION_H

#include "domain/letter.h"

#define INSTRUCTION_STATES(X)                \
    X(OPEN, open, "办理中", "Being handled") \
    X(CLOSED, closed, "办结", "Closed")
enum InstructionState { INSTRUCTION_STATE_NONE, INSTRUCTION_OPEN, INSTRUCTION_CLOSED };
#define INSTRUCTION_KINDS(X)                                                 \
    X(WRITTEN, written, "书面批示", "Written instruction")                   \
    X(NAMED, named, "点人点事点问题", "Person or matter named at a meeting") \
    X(ORAL, oral, "口头指示", "Oral")
extern const Choices instruction_states, instruction_kinds;

#define INSTRUCTION_FIELDS(X)                                                                                      \
    RECORD_FIELDS(X, Instruction)                                                                                  \
    X(Instruction, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)                       \
    X(Instruction, CHOICE, kind, "方式", "Kind", 20, REQUIRED | BY_ENTRY | LISTED, instruction_kinds)              \
    X(Instruction, TEXT, issuer, "批示人职务", "Issuer", 60, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED, -) \
    X(Instruction, TEXT, number, "编号", "Number", 60, BY_ENTRY | LISTED | SEARCHED | INDEXED, -)                  \
    X(Instruction, DATE, issued_on, "批示日期", "Issued on", 0, REQUIRED | BY_ENTRY | LISTED, -)                   \
    X(Instruction, LONG, text, "批示内容", "Text", 2000, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED, -)     \
    X(Instruction, TEXT, on_what, "批示对象", "On what", 120, BY_ENTRY | LISTED | INDEXED, -)                      \
    X(Instruction, TEXT, receiver, "承办单位", "Receiver", 80, BY_ENTRY | LISTED | INDEXED, -)                     \
    X(Instruction, REF, meeting, "会议", "Meeting", 26, BY_ENTRY, MEETING)                                         \
    X(Instruction, REF, finding, "相关问题", "Finding", 26, BY_ENTRY, FINDING)                                     \
    X(Instruction, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, instruction_states)                      \
    X(Instruction, DATE, closed_on, "办结日期", "Closed on", 0, LISTED, -)                                         \
    X(Instruction, LONG, outcome, "办理结果", "Outcome", 1000, INDEXED, -)
FIELDS_DECLARE(Instruction, INSTRUCTION_FIELDS);

#define INSTRUCTION_TASK_FIELDS(X)                                                                          \
    RECORD_FIELDS(X, InstructionTask)                                                                       \
    X(InstructionTask, REF, instruction, "批示", "Instruction", 26, REQUIRED | INPUT | LISTED, INSTRUCTION) \
    X(InstructionTask, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                    \
    X(InstructionTask, TEXT, content, "任务", "Task", 400, REQUIRED | BY_ENTRY | LISTED | SEARCHED, -)      \
    X(InstructionTask, TEXT, owner, "责任单位（人）", "Owner", 80, REQUIRED | BY_ENTRY | LISTED, -)         \
    X(InstructionTask, DATE, due_on, "时限", "Due on", 0, BY_ENTRY | LISTED, -)                             \
    X(InstructionTask, LONG, result, "办理情况", "Result", 1000, EDIT, -)                                   \
    X(InstructionTask, DATE, done_on, "完成日期", "Done on", 0, EDIT | LISTED, -)
FIELDS_DECLARE(InstructionTask, INSTRUCTION_TASK_FIELDS);

Status instruction_enter(Ctx *c, const Instruction *input, Changes *out) MUST_CHECK;
Status instruction_edit(
    Ctx *c, const Instruction *before, const Instruction *input, FieldSet given, Changes *out) MUST_CHECK;
/* `left`: its tasks without a day of completion. Closed with its outcome, when none is left. */
Status instruction_close(Ctx *c, const Instruction *now, int64_t left, const MoveInput *input, Changes *out) MUST_CHECK;
Status instruction_task_add(
    Ctx *c, const Instruction *instruction, const InstructionTask *input, Changes *out) MUST_CHECK;
Status instruction_task_edit(Ctx *c, const Instruction *instruction, const InstructionTask *before,
    const InstructionTask *input, FieldSet given, Changes *out) MUST_CHECK;

#endif
