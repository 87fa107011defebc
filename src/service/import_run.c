/* Entering the rows that passed: each through its use case in a savepoint of its own, a chunk of them a transaction
 * together with what is kept to undo them. */
#include "service/import_chunk.h"
#include "store/load.h"

enum { PASSES_MAX = 5 };

/* The lane enters one chunk while the next is read. */
static Status run_beside(Ctx *c, ImportChunk *now, ImportChunk *next)
{
    ImportPass *p = now->pass;
    LaneWait wait;
    LaneJob job = { .c = &now->c, .run = import_chunk_enter, .arg = now, .many = true };
    lane_begin(p->t->app->lane, &job, &wait);
    Status read = import_chunk_read(next, now);
    Status status = lane_end(&job, &wait);
    p->entered += now->entered;
    p->refused += now->refused;
    const Ctx *from = status != ST_OK ? &now->c : &next->c;
    status = status != ST_OK ? status : read;
    return status == ST_OK ? ST_OK : fail(c, status, "%.*s", "%.*s", STR_ARG(from->err.message));
}

static Status run_pass(Ctx *c, ImportPass *p, ImportChunk pair[2])
{
    p->entered = p->refused = 0;
    Status first = import_chunk_read(&pair[0], NULL);
    if (first != ST_OK)
        return fail(c, first, "%.*s", "%.*s", STR_ARG(pair[0].c.err.message));
    for (size_t at = 0; pair[at].count && !import_task_stops(p->t); at = 1 - at)
        TRY(run_beside(c, &pair[at], &pair[1 - at]));
    return ST_OK;
}

static void close_memory(void *arena)
{
    arena_done(arena);
}

static ImportChunk *open_chunks(const Ctx *c, ImportPass *p)
{
    ImportChunk *pair = arena_array_of(p->t->arena, ImportChunk, 2);
    for (int i = 0; i < 2; i++) {
        pair[i].pass = p;
        pair[i].c = *c;
        pair[i].c.arena = arena_new();
        pair[i].start = ctx_mark(&pair[i].c);
        arena_defer(p->t->arena, close_memory, pair[i].c.arena);
    }
    return pair;
}

static Status call_again(LaneJob *job, Writer *w)
{
    (void)w;
    const ImportPass *p = job->arg;
    return db_run(job->c, SQL_IMPORT_ROW_AGAIN, ARGS(value_text(p->t->import.id)), NULL);
}

/* --- what it begins with and ends in ---------------------------------------------------------------------------------
 */

static Status count_verdicts(Ctx *c, const ImportPass *p, Import *after)
{
    DbRows *rows;
    bool has;
    after->inserted = after->changed = after->same = after->rejected = INT_OF(0);
    if (after->direct)
        after->found = INT_OF(0);
    TRY(db_query(c, SQL_IMPORT_ROW_VERDICTS, ARGS(value_text(p->t->import.id)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        Str verdict = row_text(rows, 0);
        Int *count = str_eq(verdict, S("inserted"))  ? &after->inserted
                     : str_eq(verdict, S("changed")) ? &after->changed
                     : str_eq(verdict, S("same"))    ? &after->same
                     : str_eq(verdict, S("left"))    ? NULL
                                                     : &after->rejected;
        if (count)
            count->value += row_int(rows, 1);
        if (after->direct)
            after->found.value += row_int(rows, 1);
    }
}

/* The mapping is looked for again by the headings of the first row that waits: the file itself is not needed. */
static Status find_mapping(Ctx *c, ImportPass *p)
{
    DbRows *rows;
    bool has;
    ImportRow *first = arena_new_of(c->arena, ImportRow);
    TRY(app_read_begin(p->t->app, c));
    Status status = db_query(c, SQL_IMPORT_ROW_LIST,
        ARGS(value_text(p->t->import.id), value_text(S("")), value_int(0), value_int(1)), &rows);
    if (status == ST_OK)
        status = db_next(c, rows, &has);
    if (status == ST_OK && has)
        status = import_cells_read(c, str_copy(c->arena, row_text(rows, 5)), first);
    app_read_end(p->t->app, c);
    TRY(status);
    return import_mapping_find(c, p->t->import.mapping, p->job.kind, first, &p->job.mapping);
}

static Status finish(Ctx *c, ImportPass *p)
{
    Import after = p->t->import;
    TRY(app_read_begin(p->t->app, c));
    Status status = count_verdicts(c, p, &after);
    app_read_end(p->t->app, c);
    TRY(status);
    after.state = IMPORT_DONE;
    if (p->unknown.len)
        after.fault = p->unknown;
    return import_task_state(c, p->t, &after);
}

static Status find_key(LaneJob *job, Writer *w)
{
    ImportPass *p = job->arg;
    const SealKey *key;
    Str id;
    TRY(keyring_seal_key(job->c, w->keys, p->job.returned->workbook->inspection, true, &key, &id));
    p->proof_key = str_copy(p->t->arena, id);
    return ST_OK;
}

/* The parcel again, for its proofs. */
static Status open_return(Ctx *c, ImportPass *p)
{
    Str bytes;
    if (p->t->kind->need != IMPORT_OF_WORKBOOK)
        return ST_OK;
    TRY(app_read_begin(p->t->app, c));
    Status status = import_file_read(c, p->t, &bytes);
    if (status == ST_OK)
        status = import_return_open(c, p->t, bytes, &p->job.returned);
    app_read_end(p->t->app, c);
    TRY(status);
    LaneJob job = { .c = c, .run = find_key, .arg = p };
    return lane_run(p->t->app->lane, &job);
}

Status import_run_break(Ctx *c, ImportTask *t, Str fault)
{
    const ImportPass p = { .t = t };
    Import after = t->import;
    TRY(app_read_begin(t->app, c));
    Status status = count_verdicts(c, &p, &after);
    app_read_end(t->app, c);
    TRY(status);
    bool entered = after.inserted.value + after.changed.value > 0;
    after.state = entered ? IMPORT_DONE : IMPORT_FAILED;
    after.fault = fault;
    return import_task_state(c, t, &after);
}

/* --- without a check first ------------------------------------------------------------------------------------------
 */

/* Lines and separated values are cheap to read: the whole file is, before any of it is entered. A sheet of a workbook
 * is read whole when it is begun. */
static Status read_through(Ctx *c, const ImportPass *p, Str bytes)
{
    ImportSource *source;
    ImportRow *row = arena_new_of(c->arena, ImportRow);
    bool has = true;
    if (str_ends(p->t->import.file_name, S(".xlsx")) || str_ends(p->t->import.file_name, S(".XLSX")))
        return ST_OK;
    TRY(import_source_open(c, bytes, p->t->import.file_name, p->t->kind, p->t->import.mapping, &source));
    CtxMark start = ctx_mark(c);
    while (has) {
        TRY(import_source_next(c, source, row, &has));
        ctx_rewind(c, start);
    }
    return ST_OK;
}

static Status open_file(Ctx *c, ImportPass *p)
{
    Str bytes;
    bool has;
    TRY(app_read_begin(p->t->app, c));
    Status status = import_file_read(c, p->t, &bytes);
    if (status == ST_OK)
        status = db_query_int(c, SQL_IMPORT_ROW_LAST, ARGS(value_text(p->t->import.id)), &p->skipped, &has);
    app_read_end(p->t->app, c);
    TRY(status);
    if (p->skipped == 0)
        TRY(read_through(c, p, bytes));
    TRY(import_source_open(c, bytes, p->t->import.file_name, p->t->kind, p->t->import.mapping, &p->source));
    p->job.mapping = *import_source_mapping(p->source);
    p->more = true;
    return ST_OK;
}

/* --- the whole ------------------------------------------------------------------------------------------------------
 */

static Status open_pass(Ctx *c, ImportTask *t, ImportPass **out)
{
    ImportPass *p = arena_new_of(t->arena, ImportPass);
    *out = p;
    *p = (ImportPass){ .t = t,
        .job = { .app = t->app, .import = &t->import, .kind = t->kind, .headings = import_headings_new(t->arena) },
        .seen = { .arena = arena_new() } };
    arena_defer(t->arena, close_memory, p->seen.arena);
    if (t->import.direct)
        return open_file(c, p);
    TRY(find_mapping(c, p));
    return open_return(c, p);
}

/* After a pass over the file itself come those over the rows that wait. */
static void leave_file(ImportPass *p)
{
    if (p->source)
        p->unknown = import_source_unknown(p->source);
    p->source = NULL;
    p->skipped = 0;
}

/* Rows that wanted another row of the file (a parent below them, say) are tried again while that helps; after a restart
 * some may be waiting from such a pass. */
Status import_run(Ctx *c, ImportTask *t)
{
    ImportPass *p;
    TRY(open_pass(c, t, &p));
    ImportChunk *pair = open_chunks(c, p);
    for (int pass = 0; pass < PASSES_MAX; pass++) {
        bool resumed = p->skipped > 0;
        TRY(run_pass(c, p, pair));
        leave_file(p);
        if (import_task_stops(t))
            return ST_OK;
        if (!resumed && (p->refused == 0 || p->entered == 0 || pass + 1 == PASSES_MAX))
            break;
        LaneJob again = { .c = c, .run = call_again, .arg = p };
        TRY(lane_run(t->app->lane, &again));
    }
    TRY(finish(c, p));
    if (p->job.returned)
        workbook_proofs_settle(c, t->app, p->job.returned);
    return ST_OK;
}
