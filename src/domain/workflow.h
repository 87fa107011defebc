/* The tables of moves and their one interpreter. It prints itself, as text and as a picture.
 *
 * C rows hold the states, moves and needs the program knows; how many signatures or days a guard
 * wants comes from the round's frozen rule set. */
#ifndef DOMAIN_WORKFLOW_H
#define DOMAIN_WORKFLOW_H

#include "domain/permission.h"

#define ACTION_LIST(X)                                           \
    X(SIGN, sign, "签署", "Sign")                                \
    X(RETURN, return, "退回", "Return")                          \
    X(REVISE, revise, "修订", "Revise")                          \
    X(CITE, cite, "形成问题", "Make a finding")                  \
    X(MERGE, merge, "合并", "Merge")                             \
    X(DROP, drop, "不予采用", "Drop")                            \
    X(ENFORCE, enforce, "生效", "Put in force")                  \
    X(REVOKE, revoke, "撤销", "Revoke")                          \
    X(NOTIFY, notify, "通知", "Notify")                          \
    X(ENTER, enter, "进驻", "Enter")                             \
    X(LEAVE, leave, "撤离", "Leave")                             \
    X(REPORT, report, "起草报告", "Draft the report")            \
    X(CONSULT, consult, "组办会商", "Consult")                   \
    X(DELIBERATE, deliberate, "领导小组审议", "Leading group")   \
    X(HEAR, hear, "书记专题会", "Secretary's meeting")           \
    X(DELIVER, deliver, "反馈", "Deliver")                       \
    X(RECEIVE, receive, "签收", "Receive")                       \
    X(START, start, "启动整改", "Start")                         \
    X(APPLY, apply, "申请销号", "Apply")                         \
    X(REVIEW, review, "审核", "Review")                          \
    X(STRIKE, strike, "销号", "Strike off")                      \
    X(FOLLOW_UP, follow_up, "转入持续整改", "Go on rectifying")  \
    X(EVALUATE, evaluate, "整改评估", "Evaluate")                \
    X(ARCHIVE, archive, "归档", "Archive")                       \
    X(WITHDRAW, withdraw, "撤回", "Withdraw")                    \
    X(GRANT, grant, "批准", "Grant")                             \
    X(REFUSE, refuse, "不予批准", "Refuse")                      \
    X(REOPEN, reopen, "反弹重启", "Reopen")                      \
    X(ISSUE, issue, "印发", "Issue")                             \
    X(REPLY, reply, "回复", "Reply")                             \
    X(CLOSE, close, "办结", "Close")                             \
    X(CHECK, check, "核对", "Check")                             \
    X(RUN, run, "导入", "Import")                                \
    X(UNDO, undo, "撤销导入", "Undo")                            \
    X(ASK_REVOKE, ask_revoke, "提请撤销", "Ask to revoke")       \
    X(KEEP, keep, "维持问题", "Keep the finding")                \
    X(PUBLISH, publish, "签发发布", "Publish")                   \
    X(VOID, void, "作废", "Void")                                \
    X(RETIRE, retire, "停用", "Retire")                          \
    X(GIVE_BACK, give_back, "归还", "Give back")                 \
    X(AMEND, amend, "采纳并修改", "Amend")                       \
    X(UPHOLD, uphold, "采纳并撤回问题", "Take the finding back") \
    X(SUBMIT, submit, "报送审核", "File for review")             \
    X(GIVE, give, "出具意见", "Give an opinion")                 \
    X(APPROVE, approve, "审核通过", "Pass")                      \
    X(SCORE, score, "评分", "Score")                             \
    X(SETTLE, settle, "审定", "Settle")                          \
    X(CONFIRM, confirm, "核实", "Confirm")                       \
    X(REJECT, reject, "不予认定", "Do not accept")               \
    X(ADOPT, adopt, "变更规则", "Adopt rules")

typedef enum Action {
    DO_NOTHING,
#define X(N, ...) DO_##N,
    ACTION_LIST(X)
#undef X
        DO_COUNT
} Action;
extern const Choices actions;

enum { MOVE_NEEDS_REASON = 1, MOVE_BY_CHAIN = 2 };

typedef struct Move {
    EntityKind entity;
    int32_t from;
    Action action;
    int32_t to;
    Need need;
    uint8_t flags;
} Move;

extern const Move moves[];
extern const size_t move_count;

/* The row for this state and action, or ST_CONFLICT that says what may be done instead. A row that
 * wants a reason refuses an empty one, naming the field. */
Status workflow_move(Ctx *c, EntityKind kind, int32_t state, Action action, Str reason, const Move **out) MUST_CHECK;
/* Bits of the actions that a role may try in this state: what buttons a page shows. */
uint64_t workflow_actions(EntityKind kind, int32_t state, Role role);
Text action_label(Action action);

void workflow_print_text(StrBuf *out, Lang lang);
void workflow_print_dot(StrBuf *out, EntityKind kind, Lang lang);

#endif
