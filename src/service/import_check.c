/* Looking an import through: every row is planned and rehearsed, and kept with its verdict; nothing else is written. */
#include "domain/evidence.h"
#include "service/import_seen.h"
#include "service/import_source.h"
#include "service/import_work.h"
#include "service/workbook_row.h"
#include "store/evidence.h"
#include "store/load.h"

enum { CHUNK_ROWS = 400 };

/* --- the file ------------------------------------------------------------------------------------------------------
 */

static Status find_file(Ctx *c, const ImportTask *t, Evidence *file)
{
    DbRows *rows;
    bool has;
    TRY(db_query(c, SQL_ATTACHMENT_OF_RECORD, ARGS(value_text(t->import.id)), &rows));
    TRY(db_next(c, rows, &has));
    Str evidence = has ? str_copy(c->arena, row_text(rows, 0)) : STR_NONE;
    db_rows_done(rows);
    if (!has)
        return fail(c, ST_MISSING, "导入文件不在", "the import has no file");
    return record_load_unscoped(c, ENTITY_EVIDENCE, evidence, file);
}

Status import_file_read(Ctx *c, const ImportTask *t, Str *out)
{
    Evidence file;
    StrBuf all = strbuf_in(c->arena);
    const int most = t->kind->need == IMPORT_OF_WORKBOOK ? WORKBOOK_PARCEL_MAX : IMPORT_FILE_MAX;
    TRY(find_file(c, t, &file));
    if (file.size.value > most)
        return fail(c, ST_TOO_BIG, "导入文件超过%d兆字节，请拆分", "an import has %d MiB at most: split it",
            most / 1024 / 1024);
    strbuf_room(&all, (size_t)file.size.value + 1);
    for (int64_t at = 0; at < file.size.value; at += EVIDENCE_CHUNK) {
        Str part;
        TRY(evidence_read(c, t->app->ledger, &file, at, &part));
        strbuf_add(&all, part);
    }
    *out = strbuf_str(&all);
    return ST_OK;
}

Status import_return_open(Ctx *c, const ImportTask *t, Str bytes, WorkbookReturn **out)
{
    Workbook *w = arena_new_of(c->arena, Workbook);
    TRY(record_load_unscoped(c, ENTITY_WORKBOOK, t->import.workbook, w));
    TRY(workbook_return_open(c, bytes, t->import.file_name, w, out));
    return workbook_check_folders(c, *out);
}

/* --- one row ---------------------------------------------------------------------------------- */

typedef struct Verdict {
    int64_t n;
    Str sheet;
    int64_t place;
    const char *verdict;
    Str record;
    Str cells;
    Str errors;
    Str plan;
} Verdict;

typedef struct Check {
    ImportTask *t;
    ImportJob job;
    ImportSource *source;
    bool more; /* rows in it */
    SeenKeys seen;
    int64_t n;
    int64_t sent; /* rows of a workbook that are items it was sent out with */
    Import after; /* with the counts */
} Check;

/* Rows that were judged together and are kept together. Its memory is its own: while the lane keeps one chunk, the next
 * is judged. */
typedef struct Chunk {
    Check *check;
    Ctx c;
    CtxMark start;
    Verdict verdicts[CHUNK_ROWS];
    size_t count;
} Chunk;

static Status rehearse(Ctx *c, Check *k, const ImportRow *row, ImportPlan *plan)
{
    const WorkbookReturn *returned = k->job.returned;
    Status planned = import_row_plan(c, &k->job, row, plan);
    if (!returned)
        TRY(planned);
    int64_t before = plan->key.len ? seen_before(c, &k->seen, plan->key, k->n + 1, row->place) : 0;
    k->sent += returned && !before && plan->id.len && workbook_version_of(returned->workbook, plan->id) > 0;
    TRY(planned);
    if (before)
        return seen_refuse(c, k->job.kind, before);
    if (plan->use == USE_COUNT)
        return ST_OK;
    UseCase u = { .op = &operations[plan->use],
        .app = k->t->app,
        .entity = entity_of(k->job.kind->kind),
        .id = plan->id,
        .version = plan->version,
        .json = plan->body };
    RowProofs proofs = { .stored = false };
    if (returned) {
        proofs.proofs = workbook_proofs_of(returned, plan->number, &proofs.count);
        u.prepared = &proofs;
    }
    return gate_rehearse(c, &u);
}

static void judge(Ctx *c, Chunk *chunk, const ImportRow *row)
{
    Check *k = chunk->check;
    ImportPlan plan = { .use = USE_COUNT };
    Status status = rehearse(c, k, row, &plan);
    const char *verdict = status != ST_OK         ? "rejected"
                          : plan.use == USE_COUNT ? "same"
                          : plan.id.len           ? "change"
                                                  : "insert";
    Int *count = status != ST_OK         ? &k->after.rejected
                 : plan.use == USE_COUNT ? &k->after.same
                 : plan.id.len           ? &k->after.changed
                                         : &k->after.inserted;
    count->value++;
    k->after.found.value++;
    Str will = status == ST_OK && plan.use != USE_COUNT && plan.id.len ? import_plan_json(c, &k->job, &plan) : STR_NONE;
    Str errors = status == ST_OK ? STR_NONE : import_errors_json(c, k->job.kind, &k->job.mapping, row);
    Arena *a = chunk->c.arena;
    chunk->verdicts[chunk->count++] = (Verdict){ ++k->n, str_copy(a, row->sheet), row->place, verdict,
        str_copy(a, plan.id), str_copy(a, import_cells_json(c, row)), str_copy(a, errors), str_copy(a, will) };
}

/* --- chunks ----------------------------------------------------------------------------------- */

static Status write_chunk(LaneJob *job, Writer *w)
{
    (void)w;
    const Chunk *chunk = job->arg;
    for (size_t i = 0; i < chunk->count; i++) {
        const Verdict *v = &chunk->verdicts[i];
        TRY(db_run(job->c, SQL_IMPORT_ROW_INSERT,
            ARGS(value_text(chunk->check->t->import.id), value_int(v->n), value_text(v->sheet), value_int(v->place),
                value_text(str_of(v->verdict)), value_text(v->record), value_text(v->cells), value_text(v->errors),
                value_text(v->plan)),
            NULL));
    }
    return ST_OK;
}

static Status clear_rows(LaneJob *job, Writer *w)
{
    (void)w;
    const Check *k = job->arg;
    return db_run(job->c, SQL_IMPORT_ROW_CLEAR, ARGS(value_text(k->t->import.id)), NULL);
}

static Status judge_rows(Ctx *c, Chunk *chunk)
{
    Check *k = chunk->check;
    ImportRow *row = arena_new_of(c->arena, ImportRow);
    TRY(import_task_rights(c, k->t));
    CtxMark start = ctx_mark(c);
    while (k->more && chunk->count < CHUNK_ROWS) {
        TRY(import_source_next(c, k->source, row, &k->more));
        if (k->more)
            judge(c, chunk, row);
        ctx_rewind(c, start);
    }
    if (k->n <= IMPORT_ROWS_MAX)
        return ST_OK;
    return fail(
        c, ST_TOO_BIG, "文件超过%d行，请拆分后导入", "an import has %d rows at most: split it", IMPORT_ROWS_MAX);
}

/* Reads and judges up to a chunk of rows on one reading connection; none are the end. */
static Status judge_chunk(Ctx *c, Chunk *chunk)
{
    App *app = chunk->check->t->app;
    ctx_rewind(&chunk->c, chunk->start);
    chunk->count = 0;
    if (!chunk->check->more)
        return ST_OK;
    Ctx own = import_task_ctx(chunk->check->t, arena_new());
    own.lang = c->lang;
    Status status = app_read_begin(app, &own);
    if (status == ST_OK)
        status = judge_rows(&own, chunk);
    app_read_end(app, &own);
    if (status != ST_OK)
        (void)fail(c, status, "%.*s", "%.*s", STR_ARG(own.err.message));
    arena_done(own.arena);
    return status;
}

/* The lane keeps one chunk while the next is judged. */
static Status write_beside(Ctx *c, Chunk *now, Chunk *next)
{
    LaneWait wait;
    LaneJob job = { .c = &now->c, .run = write_chunk, .arg = now };
    lane_begin(now->check->t->app->lane, &job, &wait);
    Status judged = judge_chunk(c, next);
    Status status = lane_end(&job, &wait);
    TRY(judged);
    return status == ST_OK ? ST_OK : fail(c, status, "%.*s", "%.*s", STR_ARG(now->c.err.message));
}

static void close_memory(void *arena)
{
    arena_done(arena);
}

static Chunk *open_chunks(const Ctx *c, Check *k)
{
    Chunk *pair = arena_array_of(k->t->arena, Chunk, 2);
    for (int i = 0; i < 2; i++) {
        pair[i].check = k;
        pair[i].c = *c;
        pair[i].c.arena = arena_new();
        pair[i].start = ctx_mark(&pair[i].c);
        arena_defer(k->t->arena, close_memory, pair[i].c.arena);
    }
    return pair;
}

static Status judge_all(Ctx *c, Check *k)
{
    Chunk *pair = open_chunks(c, k);
    LaneJob clear = { .c = c, .run = clear_rows, .arg = k };
    TRY(lane_run(k->t->app->lane, &clear));
    TRY(judge_chunk(c, &pair[0]));
    for (size_t at = 0; pair[at].count && !import_task_stops(k->t); at = 1 - at)
        TRY(write_beside(c, &pair[at], &pair[1 - at]));
    return ST_OK;
}

static Status read_whole(Ctx *c, Check *k, Str *bytes)
{
    TRY(import_file_read(c, k->t, bytes));
    if (k->t->kind->need != IMPORT_OF_WORKBOOK)
        return ST_OK;
    TRY(import_return_open(c, k->t, *bytes, &k->job.returned));
    *bytes = k->job.returned->sheet;
    return ST_OK;
}

static Status open_source(Ctx *c, Check *k)
{
    Str bytes, name = k->t->import.file_name;
    TRY(app_read_begin(k->t->app, c));
    Status status = read_whole(c, k, &bytes);
    app_read_end(k->t->app, c);
    TRY(status);
    if (k->job.returned)
        name = S("return.xlsx");
    TRY(import_source_open(c, bytes, name, k->t->kind, k->t->import.mapping, &k->source));
    k->job.mapping = *import_source_mapping(k->source);
    return ST_OK;
}

/* The file itself is refused: that is the import's end, and no error of the program. */
static Status tell_unreadable(Ctx *c, Check *k)
{
    const FieldError *e = c->err.fields;
    k->after.state = IMPORT_FAILED;
    k->after.fault = e ? str_format(k->t->arena, c->lang == LANG_ZH ? "%.*s：%.*s" : "%.*s: %.*s", STR_ARG(e->rule),
                             STR_ARG(e->remedy))
                       : str_copy(k->t->arena, c->err.message);
    ctx_forgive(c);
    return import_task_state(c, k->t, &k->after);
}

Status import_check(Ctx *c, ImportTask *t)
{
    Check *k = arena_new_of(t->arena, Check);
    *k = (Check){ .t = t,
        .job = { .app = t->app, .import = &t->import, .kind = t->kind, .headings = import_headings_new(t->arena) },
        .more = true,
        .seen = { .arena = t->arena },
        .after = t->import };
    k->after.found = k->after.inserted = k->after.changed = k->after.same = k->after.rejected = INT_OF(0);
    Status status = open_source(c, k);
    if (status == ST_OK)
        status = judge_all(c, k);
    if (status == ST_INVALID || status == ST_TOO_BIG || status == ST_MALFORMED)
        return tell_unreadable(c, k);
    TRY(status);
    if (import_task_stops(t))
        return ST_OK;
    k->after.state = IMPORT_READY;
    if (k->job.returned)
        k->after.missing = INT_OF(k->job.returned->workbook->items.value - k->sent);
    k->after.fault = import_source_unknown(k->source);
    return import_task_state(c, t, &k->after);
}
