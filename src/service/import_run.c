/* Entering the rows that passed: each through its use case in a savepoint of its own, a chunk of them a transaction
 * together with what is kept to undo them. */
#include "service/import_source.h"
#include "service/import_work.h"
#include "store/load.h"

#include <string.h>

enum { CHUNK_ROWS = 200, PASSES_MAX = 5 };

typedef struct Run {
    ImportTask *t;
    ImportJob job;
    int64_t after; /* rows up to this are settled in this pass */
    int64_t trace; /* the last number given */
    Str made;      /* the record of the row at hand */
    bool more;
    int64_t entered; /* in this pass */
    int64_t refused;
} Run;

/* --- what is kept for the way back ----------------------------------------------------------------------------------
 */

static Str values_before(Ctx *c, const Change *ch)
{
    if (!ch->before)
        return STR_NONE;
    StrBuf b = strbuf_in(c->arena);
    JsonWriter w = json_onto(&b);
    json_open_object(&w);
    record_members_to_json(&w, ch->entity->table, ch->changed, ch->before);
    json_close_object(&w);
    return strbuf_str(&b);
}

static Status keep_trace(Ctx *c, UseCase *u, const Changes *changes)
{
    Run *r = u->trace_arg;
    r->made = changes->result ? record_id(changes->result->after) : STR_NONE;
    for (const Change *ch = changes->first; ch; ch = ch->next)
        TRY(db_run(c, SQL_IMPORT_TRACE_INSERT,
            ARGS(value_text(r->t->import.id), value_int(++r->trace), value_text(str_of(ch->entity->table->name)),
                value_text(record_id(ch->after)), value_int(record_version(ch->after)),
                ch->before ? value_text(values_before(c, ch)) : value_null()),
            NULL));
    return ST_OK;
}

/* --- one row
 * ----------------------------------------------------------------------------------------------------------- */

typedef struct Waiting {
    int64_t n;
    ImportRow row;
    bool chosen;
} Waiting;

static Status enter_row(Ctx *c, Run *r, Writer *w, const ImportRow *row, const char **verdict, Str *record)
{
    ImportPlan plan;
    TRY(import_row_plan(c, &r->job, row, &plan));
    *record = plan.id;
    *verdict = "same";
    if (plan.use == USE_COUNT)
        return ST_OK;
    UseCase u = { .op = &operations[plan.use],
        .app = r->t->app,
        .entity = entity_of(r->job.kind->kind),
        .id = plan.id,
        .version = plan.version,
        .json = plan.body,
        .batch = r->t->import.id,
        .provenance = r->t->import.later ? PROVENANCE_LATER : PROVENANCE_IMPORTED,
        .trace = keep_trace,
        .trace_arg = r,
        .unanswered = true };
    TRY(gate_run_within(c, &u, w));
    *verdict = plan.id.len ? "changed" : "inserted";
    *record = plan.id.len ? plan.id : r->made;
    return ST_OK;
}

static Status settle_row(Ctx *c, Run *r, Writer *w, const Waiting *one)
{
    const char *verdict = "left";
    Str record = STR_NONE, errors = STR_NONE;
    Status status = one->chosen ? enter_row(c, r, w, &one->row, &verdict, &record) : ST_OK;
    if (status != ST_OK) {
        errors = import_errors_json(c, r->job.kind, &r->job.mapping, &one->row);
        verdict = "refused";
        r->refused++;
    } else if (one->chosen) {
        r->entered++;
    }
    ctx_forgive(c);
    return db_run(c, SQL_IMPORT_ROW_SETTLE,
        ARGS(value_text(r->t->import.id), value_int(one->n), value_text(str_of(verdict)), value_text(record),
            value_text(errors)),
        NULL);
}

/* --- a chunk
 * ------------------------------------------------------------------------------------------------------------- */

static Status load_chunk(Ctx *c, const Run *r, Waiting *out, size_t *count)
{
    DbRows *rows;
    bool has = true;
    *count = 0;
    TRY(db_query(c, SQL_IMPORT_ROW_WAITING,
        ARGS(value_text(r->t->import.id), value_int(r->after), value_int(CHUNK_ROWS)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        Waiting *one = &out[(*count)++];
        one->n = row_int(rows, 0);
        one->row = (ImportRow){ .sheet = str_copy(c->arena, row_text(rows, 1)), .place = row_int(rows, 2) };
        TRY(import_cells_read(c, str_copy(c->arena, row_text(rows, 5)), &one->row));
        size_t len = r->t->import.file_name.len;
        one->row.exact = len > 1 && r->t->import.file_name.ptr[len - 1] == 'l';
        one->chosen = import_chooses(r->t->import.chosen, one->row.place);
    }
}

/* How far the run is, before and after the chunk. */
typedef struct Chunk {
    const Run *from;
    Run work;
} Chunk;

/* A row's own memory is given back after it; the chunk's stays. */
static Status run_chunk(LaneJob *job, Writer *w)
{
    Chunk *chunk = job->arg;
    chunk->work = *chunk->from; /* the lane may run it twice */
    Run *r = &chunk->work;
    Ctx *c = job->c;
    Waiting *rows = arena_array_of(c->arena, Waiting, CHUNK_ROWS);
    size_t count;
    int64_t trace;
    bool has;
    TRY(import_task_rights(c, r->t));
    TRY(load_chunk(c, r, rows, &count));
    TRY(db_query_int(c, SQL_IMPORT_TRACE_LAST, ARGS(value_text(r->t->import.id)), &trace, &has));
    r->trace = trace;
    Ctx row = *c;
    row.arena = arena_new();
    row.actor = &r->t->actor;
    CtxMark start = ctx_mark(&row);
    Status status = ST_OK;
    for (size_t i = 0; status == ST_OK && i < count; i++) {
        status = settle_row(&row, r, w, &rows[i]);
        if (status == ST_OK)
            ctx_rewind(&row, start);
        r->after = rows[i].n;
    }
    if (status != ST_OK)
        (void)fail(c, status, "%.*s", "%.*s", STR_ARG(row.err.message));
    arena_done(row.arena);
    r->more = count == CHUNK_ROWS;
    return status;
}

static Status run_pass(Ctx *c, Run *r)
{
    r->after = 0;
    r->entered = r->refused = 0;
    for (r->more = true; r->more && !import_task_stops(r->t);) {
        CtxMark start = ctx_mark(c);
        Chunk chunk = { .from = r };
        LaneJob job = { .c = c, .run = run_chunk, .arg = &chunk, .many = true };
        TRY(lane_run(r->t->app->lane, &job));
        *r = chunk.work;
        ctx_rewind(c, start);
    }
    return ST_OK;
}

static Status call_again(LaneJob *job, Writer *w)
{
    (void)w;
    const Run *r = job->arg;
    return db_run(job->c, SQL_IMPORT_ROW_AGAIN, ARGS(value_text(r->t->import.id)), NULL);
}

/* --- the whole
 * ------------------------------------------------------------------------------------------------------------ */

static Status count_verdicts(Ctx *c, const Run *r, Import *after)
{
    DbRows *rows;
    bool has;
    after->inserted = after->changed = after->same = after->rejected = INT_OF(0);
    TRY(db_query(c, SQL_IMPORT_ROW_VERDICTS, ARGS(value_text(r->t->import.id)), &rows));
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
    }
}

/* The mapping is looked for again by the headings of the first row that waits: the file itself is not needed. */
static Status find_mapping(Ctx *c, Run *r)
{
    DbRows *rows;
    bool has;
    ImportRow *first = arena_new_of(c->arena, ImportRow);
    TRY(app_read_begin(r->t->app, c));
    Status status = db_query(c, SQL_IMPORT_ROW_LIST,
        ARGS(value_text(r->t->import.id), value_text(S("")), value_int(0), value_int(1)), &rows);
    if (status == ST_OK)
        status = db_next(c, rows, &has);
    if (status == ST_OK && has)
        status = import_cells_read(c, str_copy(c->arena, row_text(rows, 5)), first);
    app_read_end(r->t->app, c);
    TRY(status);
    return import_mapping_find(c, r->t->import.mapping, r->job.kind, first, &r->job.mapping);
}

static Status finish(Ctx *c, Run *r)
{
    Import after = r->t->import;
    TRY(app_read_begin(r->t->app, c));
    Status status = count_verdicts(c, r, &after);
    app_read_end(r->t->app, c);
    TRY(status);
    after.state = IMPORT_DONE;
    return import_task_state(c, r->t, &after);
}

/* Rows that wanted another row of the file (a parent below them, say) are tried again while that helps. */
Status import_run(Ctx *c, ImportTask *t)
{
    Run *r = arena_new_of(t->arena, Run);
    *r = (Run){ .t = t,
        .job = { .app = t->app, .import = &t->import, .kind = t->kind, .headings = import_headings_new(t->arena) } };
    TRY(find_mapping(c, r));
    for (int pass = 0; pass < PASSES_MAX; pass++) {
        TRY(run_pass(c, r));
        if (import_task_stops(t))
            return ST_OK;
        if (r->refused == 0 || r->entered == 0 || pass + 1 == PASSES_MAX)
            break;
        LaneJob again = { .c = c, .run = call_again, .arg = r };
        TRY(lane_run(t->app->lane, &again));
    }
    return finish(c, r);
}
