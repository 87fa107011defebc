/* A workbook of rectification (整改工作簿) for a unit that is not on the network: its open items of one inspection, or,
 * for a body that cooperates (协办单位), the tasks that it has a share in; to be filled in with WPS or Excel and
 * brought back with the proofs.
 *
 *   已派发 → 已交回 → 已录入, and 作废 where another one takes its place. An import moves it on (domain/import.h):
 * looked through it is 已交回, with any row entered 已录入, taken back 已交回 again.
 *
 * Its seal (校验号) stands in the file and in the ledger. What comes back is applied only to the items that went out,
 * and only where they are still as they were then. */
#ifndef DOMAIN_WORKBOOK_H
#define DOMAIN_WORKBOOK_H

#include "domain/import.h"
#include "domain/rectification.h"
#include "domain/share.h"

#define WORKBOOK_STATES(X)                      \
    X(ISSUED, issued, "已派发", "Issued")       \
    X(RETURNED, returned, "已交回", "Returned") \
    X(ENTERED, entered, "已录入", "Entered")    \
    X(VOID, void, "已作废", "Void")
enum WorkbookState {
    WORKBOOK_STATE_NONE,
#define X(N, ...) WORKBOOK_##N,
    WORKBOOK_STATES(X)
#undef X
};
extern const Choices workbook_states;

enum { WORKBOOK_ITEMS_MAX = 1500, WORKBOOK_PASSPHRASE = 19 };

#define WORKBOOK_FIELDS(X)                                                                   \
    RECORD_FIELDS(X, Workbook)                                                               \
    X(Workbook, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED | INPUT, INSPECTION) \
    X(Workbook, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)            \
    X(Workbook, REF, unit, "派发单位", "Unit", 26, REQUIRED, UNIT)                           \
    X(Workbook, TEXT, unit_name, "派发单位名称", "Unit's name", 80, LISTED | SEARCHED, -)    \
    X(Workbook, TEXT, round_name, "轮次名称", "Round", 80, LISTED, -)                        \
    X(Workbook, INT, items, "事项数", "Items", 0, LISTED, -)                                 \
    X(Workbook, DATE, issued_on, "派发日期", "Issued on", 0, LISTED, -)                      \
    X(Workbook, TEXT, issued_by, "派发人", "Issued by", 40, LISTED, -)                       \
    X(Workbook, DATE, due_on, "交回期限", "Due back on", 0, INPUT | LISTED, -)               \
    X(Workbook, LONG, demand, "填写要求", "What is asked for", 1000, INPUT, -)               \
    X(Workbook, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, workbook_states)      \
    X(Workbook, DATE, returned_on, "交回日期", "Returned on", 0, LISTED, -)                  \
    X(Workbook, TEXT, seal, "校验号", "Seal", 64, REQUIRED, -)                               \
    X(Workbook, LONG, manifest, "所含事项", "Items sent out", 60000, REQUIRED | HIDDEN, -)   \
    X(Workbook, TEXT, passphrase, "压缩包口令", "Passphrase", 40, REQUIRED | HIDDEN, -)      \
    X(Workbook, LONG, reason, "作废理由", "Why void", 1000, 0, -)                            \
    X(Workbook, REF, body, "协办单位", "Cooperating body", 26, INPUT, UNIT)
FIELDS_DECLARE(Workbook, WORKBOOK_FIELDS);

/* A row as it comes back. What the unit fills in is INPUT; the rest tells which item it is, and may not be changed. */
#define WORKBOOK_ROW_FIELDS(X)                                                        \
    X(WorkbookRow, REF, id, "标识", "Id", 26, 0, NONE)                                \
    X(WorkbookRow, INT, number, "问题序号", "Number", 0, 0, -)                        \
    X(WorkbookRow, TEXT, title, "反馈问题", "Finding", 80, 0, -)                      \
    X(WorkbookRow, LONG, text, "具体表现", "Text", 4000, 0, -)                        \
    X(WorkbookRow, DATE, due_on, "整改时限", "Due on", 0, 0, -)                       \
    X(WorkbookRow, LONG, measures, "整改措施", "Measures", 4000, INPUT, -)            \
    X(WorkbookRow, LONG, target, "整改目标", "Target", 1000, INPUT, -)                \
    X(WorkbookRow, TEXT, leader, "责任领导", "Responsible leader", 40, INPUT, -)      \
    X(WorkbookRow, TEXT, department, "责任部门", "Department", 60, INPUT, -)          \
    X(WorkbookRow, TEXT, handler, "责任人", "Handler", 40, INPUT, -)                  \
    X(WorkbookRow, LONG, progress, "本期进展", "Progress", 4000, INPUT, -)            \
    X(WorkbookRow, LONG, result, "整改结果", "Result", 4000, INPUT, -)                \
    X(WorkbookRow, INT, rules_made, "建章立制数", "Rules made", 0, INPUT, -)          \
    X(WorkbookRow, MONEY, recovered_fen, "追缴清退金额", "Recovered", 0, INPUT, -)    \
    X(WorkbookRow, INT, accountable, "追责问责人数", "Held accountable", 0, INPUT, -) \
    X(WorkbookRow, FLAG, apply, "申请销号", "Apply for strike-off", 0, INPUT, -)
FIELDS_DECLARE(WorkbookRow, WORKBOOK_ROW_FIELDS);

/* A task as it comes back from a body that cooperates. */
#define SHARE_ROW_FIELDS(X)                                         \
    X(ShareRow, REF, id, "标识", "Id", 26, 0, NONE)                 \
    X(ShareRow, INT, number, "序号", "No.", 0, 0, -)                \
    X(ShareRow, TEXT, title, "反馈问题", "Finding", 80, 0, -)       \
    X(ShareRow, CHOICE, part, "分工", "Part", 20, 0, parts)         \
    X(ShareRow, LONG, content, "任务", "Task", 1000, 0, -)          \
    X(ShareRow, DATE, due_on, "时限", "Due on", 0, 0, -)            \
    X(ShareRow, LONG, result, "完成情况", "Result", 1000, INPUT, -) \
    X(ShareRow, DATE, done_on, "完成日期", "Done on", 0, INPUT, -)
FIELDS_DECLARE(ShareRow, SHARE_ROW_FIELDS);

/* What goes out: an item, or a share in one. */
typedef struct SentItem {
    Str id;
    int64_t version;
} SentItem;
/* Those of the inspection that the unit works on, or that the body has to do. `body`: NULL for the unit that was
 * inspected. ST_CONFLICT without any, or while another workbook of the inspection for them is out (`out_there`; NULL:
 * none): nobody shall fill in the wrong one. */
Status workbook_issue(Ctx *c, const Inspection *inspection, const Unit *body, const SentItem *items, size_t count,
    const Workbook *out_there, const Workbook *input, Changes *out) MUST_CHECK;
Status workbook_void(Ctx *c, const Workbook *now, const MoveInput *input, Changes *out) MUST_CHECK;
/* What an import came to: its new state. Adds nothing where the workbook is there already. */
void workbook_follow(Ctx *c, const Workbook *now, const Import *import, Changes *out);

/* Does it hold shares instead of items? */
bool workbook_is_of_shares(const Workbook *w);
/* ST_CONFLICT of one that is void: nothing of it is looked through or entered any more. */
Status workbook_check_returns(Ctx *c, const Workbook *w) MUST_CHECK;
/* Does an import of this subject bring back what went out? Its own subject is the remedy. */
Status workbook_check_subject(Ctx *c, const Workbook *w, Str subject) MUST_CHECK;
/* The version in which an item went out, and its place among them, from 1; 0: it did not. */
int64_t workbook_version_of(const Workbook *w, Str item);
int64_t workbook_place_of(const Workbook *w, Str item);
/* ST_CONFLICT where `changed` of its items have changed since: what would go out is not what was sealed. */
Status workbook_check_unchanged(Ctx *c, size_t changed) MUST_CHECK;

/* A returned row on its way into its item, on behalf of the unit: plan and result, progress as a statement of its own,
 * the start once there is a plan, the application for strike-off where it is asked for. `now` counts the proofs that
 * came with it. */
Status workbook_enter_row(
    Ctx *c, const RectificationCase *now, const WorkbookRow *row, FieldSet given, Changes *out) MUST_CHECK;
/* The same of a share, on behalf of the body: its result and the day. */
Status workbook_enter_share(Ctx *c, const Share *now, const ShareRow *row, FieldSet given, Changes *out) MUST_CHECK;

#endif
