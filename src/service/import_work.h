/* The background job of imports: looks files through, enters their rows, takes them back. */
#ifndef SERVICE_IMPORT_WORK_H
#define SERVICE_IMPORT_WORK_H

#include "service/import_row.h"
#include "service/workbook_return.h"

/* Does what the import's state asks for, to its end or until the program closes; each chunk of rows is one transaction
 * that also says how far it came, so that the same call goes on after a restart. What goes wrong with a row is told in
 * the row; a file that cannot be read makes the import 无法读取, and so does what forbids it as a whole (rights that
 * ended); rows that were entered by then stay, to be taken back. An error is a ledger that cannot be written. */
Status import_work(Ctx *c, App *app, Str id) MUST_CHECK;

/* The thread that does it beside a server: begins with what a restart left unfinished. */
typedef struct ImportWorker ImportWorker;
ImportWorker *import_worker_open(App *app);
void import_worker_wake(ImportWorker *w);
void import_worker_close(ImportWorker *w); /* after the chunk at hand; NULL is allowed */

/* Parts of the job, each in a file of its own. */
typedef struct ImportTask {
    App *app;
    Arena *arena; /* of the whole task */
    Import import;
    Actor actor;
    const ImportKind *kind;
} ImportTask;
Ctx import_task_ctx(const ImportTask *t, Arena *arena);
/* At the start of a chunk, in its transaction: what the actor's rights name by now. */
Status import_task_rights(Ctx *c, ImportTask *t) MUST_CHECK;
/* Writes the import's next state with its counts. */
Status import_task_state(Ctx *c, ImportTask *t, const Import *after) MUST_CHECK;
bool import_task_stops(const ImportTask *t);

/* The import's file, on the connection that the Ctx was lent. */
Status import_file_read(Ctx *c, const ImportTask *t, Str *out) MUST_CHECK;
/* The same as the return of the workbook that the import names. `bytes` stay as long as `out`. */
Status import_return_open(Ctx *c, const ImportTask *t, Str bytes, WorkbookReturn **out) MUST_CHECK;

Status import_check(Ctx *c, ImportTask *t) MUST_CHECK;
Status import_run(Ctx *c, ImportTask *t) MUST_CHECK;
Status import_undo(Ctx *c, ImportTask *t) MUST_CHECK;
/* Ends a run as it stands, with its counts and why. */
Status import_run_break(Ctx *c, ImportTask *t, Str fault) MUST_CHECK;

/* Cells of a row kept in the database, and back. */
Str import_cells_json(Ctx *c, const ImportRow *row);
Status import_cells_read(Ctx *c, Str cells, ImportRow *row) MUST_CHECK;

#endif
