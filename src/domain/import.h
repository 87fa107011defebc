/* An import (导入): a file of rows that become records, looked through first or at once, and undone while nothing hangs
 * on them.
 *
 *   待核对 → 核对中 → 待导入 → 导入中 → 已导入 → 撤销中 → 已撤销
 *               ↘ 无法读取 (the file itself is refused; another file is a new import)
 *   待核对 → 导入中: entered without a look first, each row judged as it comes
 *
 * The states with 中 are a background job's: it goes on after a restart where it was. Rows and what they became lie in
 * tables of their own (import_row, import_trace). */
#ifndef DOMAIN_IMPORT_H
#define DOMAIN_IMPORT_H

#include "domain/round.h"

#define IMPORT_STATES(X)                             \
    X(OPEN, open, "待核对", "To be checked")         \
    X(CHECKING, checking, "核对中", "Being checked") \
    X(READY, ready, "待导入", "Checked")             \
    X(RUNNING, running, "导入中", "Running")         \
    X(DONE, done, "已导入", "Imported")              \
    X(UNDOING, undoing, "撤销中", "Being undone")    \
    X(UNDONE, undone, "已撤销", "Undone")            \
    X(FAILED, failed, "无法读取", "Unreadable")
enum ImportState {
    IMPORT_STATE_NONE,
#define X(N, ...) IMPORT_##N,
    IMPORT_STATES(X)
#undef X
};
extern const Choices import_states;

#define IMPORT_FIELDS(X)                                                                       \
    RECORD_FIELDS(X, Import)                                                                   \
    X(Import, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)        \
    X(Import, TEXT, subject, "导入内容", "Kind of record", 40, REQUIRED | INPUT | LISTED, -)   \
    X(Import, TEXT, file_name, "文件名", "File", 200, REQUIRED | INPUT | LISTED | SEARCHED, -) \
    X(Import, REF, round, "补录轮次", "Past round", 26, INPUT | LISTED, ROUND)                 \
    X(Import, FLAG, create_units, "确认新建单位", "May register units", 0, INPUT, -)           \
    X(Import, FLAG, update_existing, "更新已有记录", "May change records", 0, INPUT, -)        \
    X(Import, FLAG, later, "补录", "Entered afterwards", 0, INPUT | LISTED, -)                 \
    X(Import, LONG, mapping, "字段对应", "Mapping", 20000, INPUT, -)                           \
    X(Import, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, import_states)            \
    X(Import, INT, found, "数据行数", "Rows", 0, LISTED, -)                                    \
    X(Import, INT, inserted, "新增", "Inserted", 0, LISTED, -)                                 \
    X(Import, INT, changed, "更新", "Changed", 0, LISTED, -)                                   \
    X(Import, INT, same, "无变化", "Unchanged", 0, LISTED, -)                                  \
    X(Import, INT, rejected, "未通过", "Rejected", 0, LISTED, -)                               \
    X(Import, INT, kept, "撤销时保留", "Kept when undone", 0, LISTED, -)                       \
    X(Import, LONG, fault, "无法读取的原因", "Why unreadable", 1000, 0, -)                     \
    X(Import, LONG, reason, "撤销理由", "Why undone", 1000, 0, -)                              \
    X(Import, TEXT, account, "经办账号", "Account", 40, REQUIRED, -)                           \
    X(Import, TEXT, entered_by, "经办人", "By", 40, LISTED, -)                                 \
    X(Import, CHOICE, role, "经办角色", "Role", 20, REQUIRED, roles)                           \
    X(Import, TEXT, chosen, "只导入的行", "Rows chosen", 2000, 0, -)                           \
    X(Import, REF, workbook, "整改工作簿", "Workbook", 26, INPUT | LISTED, WORKBOOK)           \
    X(Import, INT, missing, "未交回事项", "Items not returned", 0, LISTED, -)                  \
    X(Import, TEXT, declined, "退回的行", "Rows declined", 2000, 0, -)                         \
    X(Import, LONG, decline_reason, "退回原因", "Why declined", 1000, 0, -)                    \
    X(Import, FLAG, direct, "未经核对直接导入", "Not checked first", 0, 0, -)
FIELDS_DECLARE(Import, IMPORT_FIELDS);

/* Which rows: "2-15,18" by their numbers in the file; empty: all that passed. Those that are declined are told to whom
 * sent the file, with the reason. */
#define IMPORT_RUN_FIELDS(X)                                                     \
    X(ImportChoice, TEXT, places, "只导入的行", "Rows", 2000, INPUT, -)          \
    X(ImportChoice, TEXT, declined, "退回的行", "Rows declined", 2000, INPUT, -) \
    X(ImportChoice, LONG, reason, "退回原因", "Why declined", 1000, INPUT, -)
FIELDS_DECLARE(ImportChoice, IMPORT_RUN_FIELDS);

/* What an import of its kind of record needs beside the file. */
typedef enum ImportNeed { IMPORT_OF_NOTHING, IMPORT_OF_RECORDS, IMPORT_OF_ROUND, IMPORT_OF_WORKBOOK } ImportNeed;
Status import_open(Ctx *c, const Import *input, ImportNeed need, Changes *out) MUST_CHECK;
/* check, run, undo: the job does the rest. `has_file`: one is attached. `choice` is given with run, `reason` with
 * undo. Run without a check takes all rows, and no workbook: what a unit brings back is looked at first. */
Status import_decide(Ctx *c, const Import *now, Action action, bool has_file, const ImportChoice *choice, Str reason,
    Changes *out) MUST_CHECK;
/* What the job tells: the next state with its counts. `after` begins as a copy of `now`. */
void import_progress(Ctx *c, const Import *now, Import *after, Changes *out);

/* Is the row with that number among those of the list ("2-15,18")? */
bool import_names(Str rows, int64_t number);
/* The next span of such a list: "2-15", "18". False at its end, or where it is no span. */
bool import_next_span(Str *rows, int64_t *from, int64_t *to);
/* Is it to be entered: chosen, or nothing was; and not declined. */
bool import_chooses(const Import *i, int64_t number);

#endif
