/* Instructions (批示) of leaders, each split into tasks, and persons and matters named at meetings (点人点事点问题).
 *
 *   办理中 → 办结. A task: 待办 → 已办 with its result.
 *
 * Closed only when every task is done, with what came of it and with proof: a file that was attached, the paper that it
 * rests on, or, where it is about a finding, that finding's item struck off. */
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
    X(Instruction, LONG, outcome, "办理结果", "Outcome", 1000, INDEXED, -)                                         \
    X(Instruction, TEXT, basis, "办结依据", "Rests on", 200, INDEXED, -)
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

/* What closes one: its outcome, and the paper that proves it by name or number where nothing else does. */
#define INSTRUCTION_CLOSE_FIELDS(X)                                                           \
    X(InstructionClose, LONG, opinion, "办理结果", "Outcome", 1000, REQUIRED | INPUT, -)      \
    X(InstructionClose, TEXT, basis, "办结依据（文件名称或文号）", "Rests on", 200, INPUT, -) \
    X(InstructionClose, DATE, effective_on, "办结日期", "Closed on", 0, INPUT, -)             \
    X(InstructionClose, TEXT, on_behalf_of, "代录对象", "On behalf of", 60, INPUT, -)         \
    X(InstructionClose, CHOICE, means, "签署方式", "Means", 20, INPUT, means)                 \
    X(InstructionClose, TEXT, paper_no, "纸质件编号", "Paper number", 60, INPUT, -)
FIELDS_DECLARE(InstructionClose, INSTRUCTION_CLOSE_FIELDS);

Status instruction_enter(Ctx *c, const Instruction *input, Changes *out) MUST_CHECK;
Status instruction_edit(
    Ctx *c, const Instruction *before, const Instruction *input, FieldSet given, Changes *out) MUST_CHECK;
typedef struct InstructionCase {
    const Instruction *instruction;
    int64_t tasks_left;  /* without a day of completion */
    int64_t attachments; /* under it */
    bool struck_off;     /* the item of the finding that it is about */
} InstructionCase;
Status instruction_close(Ctx *c, const InstructionCase *now, const InstructionClose *input, Changes *out) MUST_CHECK;
Status instruction_task_add(
    Ctx *c, const Instruction *instruction, const InstructionTask *input, Changes *out) MUST_CHECK;
Status instruction_task_edit(Ctx *c, const Instruction *instruction, const InstructionTask *before,
    const InstructionTask *input, FieldSet given, Changes *out) MUST_CHECK;

#endif
