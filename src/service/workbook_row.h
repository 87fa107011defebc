/* A row of a returned workbook among the rows of imports. */
#ifndef SERVICE_WORKBOOK_ROW_H
#define SERVICE_WORKBOOK_ROW_H

#include "service/import_row.h"
#include "service/workbook_file.h"
#include "service/workbook_return.h"

/* How many of the items that went out are no longer as they were then, or as a return of the same workbook, or its
 * undoing, left them. */
Status workbook_count_changed(Ctx *c, const Workbook *w, const WorkbookLines *of, size_t *changed) MUST_CHECK;
/* The number of a record's line, by which its proofs are found: of an item its own, of a share its place. */
Status workbook_number_of(Ctx *c, const Workbook *w, Str record, int64_t *number) MUST_CHECK;
/* Is each folder of proofs one of an item that was sent out? */
Status workbook_check_folders(Ctx *c, const WorkbookReturn *r) MUST_CHECK;
/* Was this item sent out in the workbook, and is it still as it was then, or as an earlier return of the same workbook
 * left it? `version` is the one to change. ST_STALE, ST_CONFLICT with the remedy otherwise. */
Status workbook_check_sent(Ctx *c, const ImportJob *job, const void *item, int64_t *version) MUST_CHECK;
/* Something to be done that has been done already, by an earlier return: the same progress told, strike-off applied
 * for. */
Status workbook_act_is_done(Ctx *c, const Field *act, Str value, const void *item, bool *done) MUST_CHECK;
/* The number of its line, and how many proofs came that the item does not hold yet. */
Status workbook_row_proofs(Ctx *c, const ImportJob *job, const void *record, int64_t *number, size_t *count) MUST_CHECK;
/* A member of the plan that names them; nothing where there are none. */
void workbook_proofs_json(Ctx *c, const ImportJob *job, int64_t number, JsonWriter *w);

#endif
