/* Entering the rows that passed: each through its use case in a savepoint of its own, a chunk of them a transaction
 * together with what is kept to undo them. */
#include "domain/evidence.h"
#include "service/import_source.h"
#include "service/import_work.h"
#include "service/workbook_row.h"
#include "store/load.h"

#include <string.h>

enum { CHUNK_ROWS = 200, PASSES_MAX = 5 };

typedef struct Run {
    ImportTask *t;
    ImportJob job;
    Str proof_key;   /* that seals the proofs of a returned workbook */
    int64_t entered; /* in this pass */
    int64_t refused;
} Run;

typedef struct Waiting {
    int64_t n;
    ImportRow row;
    Str record;
    bool chosen;
    RowProofs proofs; /* of a returned workbook, stored by now */
} Waiting;

/* Rows that were read together and are entered together. Its memory is its own: while the lane enters one chunk, the
 * next is read. */
typedef struct Chunk {
    Run *run;
    Ctx c;
    CtxMark start;
    Waiting rows[CHUNK_ROWS];
    size_t count;
    int64_t trace; /* the last number given */
    Str made;      /* the record of the row at hand */
    int64_t entered;
    int64_t refused;
} Chunk;

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
    Chunk *k = u->trace_arg;
    k->made = changes->result ? record_id(changes->result->after) : STR_NONE;
    for (const Change *ch = changes->first; ch; ch = ch->next) {
        if (ch->entity->kind == ENTITY_EVIDENCE)
            continue; /* stays as it is, named by nobody */
        TRY(db_run(c, SQL_IMPORT_TRACE_INSERT,
            ARGS(value_text(k->run->t->import.id), value_int(++k->trace), value_text(str_of(ch->entity->table->name)),
                value_text(record_id(ch->after)), value_int(record_version(ch->after)),
                ch->before ? value_text(values_before(c, ch)) : value_null()),
            NULL));
    }
    return ST_OK;
}

/* --- one row ---------------------------------------------------------------------------------- */

static Status enter_row(Ctx *c, Chunk *k, Writer *w, const Waiting *one, const char **verdict, Str *record)
{
    const Run *r = k->run;
    ImportPlan plan;
    RowProofs proofs = one->proofs;
    TRY(import_row_plan(c, &r->job, &one->row, &plan));
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
        .trace_arg = k,
        .prepared = &proofs,
        .unanswered = true };
    TRY(gate_run_within(c, &u, w));
    *verdict = plan.id.len ? "changed" : "inserted";
    *record = plan.id.len ? plan.id : k->made;
    return ST_OK;
}

/* What the unit is told of a row that the office did not take. */
static Str decline_json(Ctx *c, const Run *r)
{
    StrBuf b = strbuf_in(c->arena);
    JsonWriter w = json_onto(&b);
    const struct {
        const char *name;
        Str text;
    } members[] = { { "field", STR_NONE }, { "label", text_in(T("巡察办退回", "Declined by the office"), c->lang) },
        { "cell", STR_NONE }, { "value", STR_NONE }, { "rule", r->t->import.decline_reason },
        { "remedy", text_in(T("请改正后再次交回", "mend it and bring it again"), c->lang) } };
    json_open_list(&w);
    json_open_object(&w);
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        json_key(&w, str_of(members[i].name));
        json_text(&w, members[i].text);
    }
    json_close_object(&w);
    json_close_list(&w);
    return strbuf_str(&b);
}

static Status settle_row(Ctx *c, Chunk *k, Writer *w, const Waiting *one)
{
    const Run *r = k->run;
    const char *verdict = "left";
    Str record = one->record, errors = STR_NONE;
    Status status = one->chosen ? enter_row(c, k, w, one, &verdict, &record) : ST_OK;
    if (import_names(r->t->import.declined, one->row.place)) {
        verdict = "declined";
        errors = decline_json(c, r);
    } else if (status != ST_OK) {
        for (size_t i = 0; i < one->proofs.count; i++)
            one->proofs.proofs[i].used = false;
        errors = import_errors_json(c, r->job.kind, &r->job.mapping, &one->row);
        verdict = "refused";
        k->refused++;
    } else if (one->chosen) {
        k->entered++;
    }
    ctx_forgive(c);
    return db_run(c, SQL_IMPORT_ROW_SETTLE,
        ARGS(value_text(r->t->import.id), value_int(one->n), value_text(str_of(verdict)), value_text(record),
            value_text(errors)),
        NULL);
}

/* --- a chunk ---------------------------------------------------------------------------------- */

/* The proofs of a returned row are sealed into the evidence folder before the lane enters it. */
static Status take_proofs(Ctx *c, const Run *r, Waiting *one)
{
    int64_t number;
    if (!r->job.returned)
        return ST_OK;
    TRY(workbook_number_of(c, r->job.returned->workbook, one->record, &number));
    Ctx lasting = *c;
    lasting.arena = r->t->arena;
    Status status = workbook_proofs_store(&lasting, r->t->app, r->job.returned, number, r->proof_key);
    c->err = lasting.err;
    one->proofs.proofs = workbook_proofs_of(r->job.returned, number, &one->proofs.count);
    one->proofs.stored = true;
    return status;
}

static Status load_rows(Chunk *k, int64_t after)
{
    const Import *import = &k->run->t->import;
    Ctx *c = &k->c;
    DbRows *rows;
    bool has;
    TRY(db_query(
        c, SQL_IMPORT_ROW_WAITING, ARGS(value_text(import->id), value_int(after), value_int(CHUNK_ROWS)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        Waiting *one = &k->rows[k->count++];
        one->n = row_int(rows, 0);
        one->row = (ImportRow){ .sheet = str_copy(c->arena, row_text(rows, 1)), .place = row_int(rows, 2) };
        TRY(import_cells_read(c, str_copy(c->arena, row_text(rows, 5)), &one->row));
        one->row.exact = import_source_is_lines(import->file_name);
        one->chosen = import_chooses(import, one->row.place);
        one->record = str_copy(c->arena, row_text(rows, 4));
        if (one->chosen)
            TRY(take_proofs(c, k->run, one));
    }
}

/* The rows behind number `after`; none are the pass's end. */
static Status read_chunk(Chunk *k, int64_t after)
{
    App *app = k->run->t->app;
    ctx_rewind(&k->c, k->start);
    k->count = 0;
    TRY(app_read_begin(app, &k->c));
    Status status = load_rows(k, after);
    app_read_end(app, &k->c);
    return status;
}

/* A row's own memory is given back after it. */
static Status run_chunk(LaneJob *job, Writer *w)
{
    Chunk *k = job->arg;
    Ctx *c = job->c;
    bool has;
    k->entered = k->refused = 0; /* the lane may run it twice */
    TRY(import_task_rights(c, k->run->t));
    TRY(db_query_int(c, SQL_IMPORT_TRACE_LAST, ARGS(value_text(k->run->t->import.id)), &k->trace, &has));
    Ctx row = *c;
    row.arena = arena_new();
    CtxMark start = ctx_mark(&row);
    Status status = ST_OK;
    for (size_t i = 0; status == ST_OK && i < k->count; i++) {
        status = settle_row(&row, k, w, &k->rows[i]);
        if (status == ST_OK)
            ctx_rewind(&row, start);
    }
    if (status != ST_OK)
        (void)fail(c, status, "%.*s", "%.*s", STR_ARG(row.err.message));
    arena_done(row.arena);
    return status;
}

/* The lane enters one chunk while the next is read. */
static Status run_beside(Ctx *c, Chunk *now, Chunk *next)
{
    Run *r = now->run;
    LaneWait wait;
    LaneJob job = { .c = &now->c, .run = run_chunk, .arg = now, .many = true };
    lane_begin(r->t->app->lane, &job, &wait);
    Status read = read_chunk(next, now->rows[now->count - 1].n);
    Status status = lane_end(&job, &wait);
    r->entered += now->entered;
    r->refused += now->refused;
    const Ctx *from = status != ST_OK ? &now->c : &next->c;
    status = status != ST_OK ? status : read;
    return status == ST_OK ? ST_OK : fail(c, status, "%.*s", "%.*s", STR_ARG(from->err.message));
}

static Status run_pass(Ctx *c, Run *r, Chunk pair[2])
{
    r->entered = r->refused = 0;
    Status first = read_chunk(&pair[0], 0);
    if (first != ST_OK)
        return fail(c, first, "%.*s", "%.*s", STR_ARG(pair[0].c.err.message));
    for (size_t at = 0; pair[at].count && !import_task_stops(r->t); at = 1 - at)
        TRY(run_beside(c, &pair[at], &pair[1 - at]));
    return ST_OK;
}

static void close_memory(void *arena)
{
    arena_done(arena);
}

static Chunk *open_chunks(const Ctx *c, Run *r)
{
    Chunk *pair = arena_array_of(r->t->arena, Chunk, 2);
    for (int i = 0; i < 2; i++) {
        pair[i].run = r;
        pair[i].c = *c;
        pair[i].c.arena = arena_new();
        pair[i].start = ctx_mark(&pair[i].c);
        arena_defer(r->t->arena, close_memory, pair[i].c.arena);
    }
    return pair;
}

static Status call_again(LaneJob *job, Writer *w)
{
    (void)w;
    const Run *r = job->arg;
    return db_run(job->c, SQL_IMPORT_ROW_AGAIN, ARGS(value_text(r->t->import.id)), NULL);
}

/* --- the whole -------------------------------------------------------------------------------- */

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

static Status find_key(LaneJob *job, Writer *w)
{
    Run *r = job->arg;
    const SealKey *key;
    Str id;
    TRY(keyring_seal_key(job->c, w->keys, r->job.returned->workbook->inspection, true, &key, &id));
    r->proof_key = str_copy(r->t->arena, id);
    return ST_OK;
}

/* The parcel again, for its proofs. */
static Status open_return(Ctx *c, Run *r)
{
    Str bytes;
    if (r->t->kind->need != IMPORT_OF_WORKBOOK)
        return ST_OK;
    TRY(app_read_begin(r->t->app, c));
    Status status = import_file_read(c, r->t, &bytes);
    if (status == ST_OK)
        status = import_return_open(c, r->t, bytes, &r->job.returned);
    app_read_end(r->t->app, c);
    TRY(status);
    LaneJob job = { .c = c, .run = find_key, .arg = r };
    return lane_run(r->t->app->lane, &job);
}

Status import_run_break(Ctx *c, ImportTask *t, Str fault)
{
    const Run r = { .t = t };
    Import after = t->import;
    TRY(app_read_begin(t->app, c));
    Status status = count_verdicts(c, &r, &after);
    app_read_end(t->app, c);
    TRY(status);
    bool entered = after.inserted.value + after.changed.value > 0;
    after.state = entered ? IMPORT_DONE : IMPORT_FAILED;
    after.fault = fault;
    return import_task_state(c, t, &after);
}

/* Rows that wanted another row of the file (a parent below them, say) are tried again while that helps. */
Status import_run(Ctx *c, ImportTask *t)
{
    Run *r = arena_new_of(t->arena, Run);
    *r = (Run){ .t = t,
        .job = { .app = t->app, .import = &t->import, .kind = t->kind, .headings = import_headings_new(t->arena) } };
    TRY(find_mapping(c, r));
    TRY(open_return(c, r));
    Chunk *pair = open_chunks(c, r);
    for (int pass = 0; pass < PASSES_MAX; pass++) {
        TRY(run_pass(c, r, pair));
        if (import_task_stops(t))
            return ST_OK;
        if (r->refused == 0 || r->entered == 0 || pass + 1 == PASSES_MAX)
            break;
        LaneJob again = { .c = c, .run = call_again, .arg = r };
        TRY(lane_run(t->app->lane, &again));
    }
    TRY(finish(c, r));
    if (r->job.returned)
        workbook_proofs_settle(c, t->app, r->job.returned);
    return ST_OK;
}
