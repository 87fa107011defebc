/* Looking an import through: every row is planned and rehearsed, and kept with its verdict; nothing else is written. */
#include "domain/evidence.h"
#include "service/import_source.h"
#include "service/import_work.h"
#include "store/evidence.h"
#include "store/load.h"

#include <string.h>

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

static Status read_file(Ctx *c, const ImportTask *t, Str *out)
{
    Evidence file;
    StrBuf all = strbuf_in(c->arena);
    TRY(find_file(c, t, &file));
    if (file.size.value > IMPORT_FILE_MAX)
        return fail(c, ST_TOO_BIG, "导入文件超过%d兆字节，请拆分", "an import has %d MiB at most: split it",
            IMPORT_FILE_MAX / 1024 / 1024);
    strbuf_room(&all, (size_t)file.size.value + 1);
    for (int64_t at = 0; at < file.size.value; at += EVIDENCE_CHUNK) {
        Str part;
        TRY(evidence_read(c, t->app->ledger, &file, at, &part));
        strbuf_add(&all, part);
    }
    *out = strbuf_str(&all);
    return ST_OK;
}

/* --- keys seen in this file ------------------------------------------------------------------------------------------
 */

typedef struct SeenKeys {
    struct {
        uint64_t hash;
        int64_t place;
    } * slots;
    size_t room; /* a power of two */
    size_t count;
    Arena *arena;
} SeenKeys;

static int64_t *seen_slot(SeenKeys *s, uint64_t hash)
{
    size_t at = (size_t)hash & (s->room - 1);
    while (s->slots[at].place && s->slots[at].hash != hash)
        at = (at + 1) & (s->room - 1);
    s->slots[at].hash = hash;
    return &s->slots[at].place;
}

static void seen_grow(SeenKeys *s)
{
    SeenKeys bigger = { .room = s->room ? s->room * 2 : 4096, .count = s->count, .arena = s->arena };
    bigger.slots = arena_alloc(s->arena, bigger.room * sizeof *bigger.slots);
    for (size_t i = 0; i < s->room; i++)
        if (s->slots[i].place)
            *seen_slot(&bigger, s->slots[i].hash) = s->slots[i].place;
    *s = bigger;
}

/* Where this key stood before; 0: it is new. */
static int64_t seen_before(Ctx *c, SeenKeys *s, Str key, int64_t place)
{
    uint64_t hash;
    if (s->count * 2 >= s->room)
        seen_grow(s);
    Digest d = sm3(c->env->crypto, key.ptr, key.len);
    memcpy(&hash, d.bytes, sizeof hash);
    int64_t *slot = seen_slot(s, hash);
    if (*slot)
        return *slot;
    *slot = place;
    s->count++;
    return 0;
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
} Verdict;

typedef struct Check {
    ImportTask *t;
    ImportJob job;
    ImportSource *source;
    bool more; /* rows in it */
    SeenKeys seen;
    int64_t n;
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

static Status repeats(Ctx *c, const Check *k, int64_t place)
{
    const char *first = k->job.kind->past ? "text" : k->job.kind->keys[0];
    return fail_field_as(c, ST_CONFLICT, str_of(first), STR_NONE,
        text_format(c, "与第%lld行重复", "repeats row %lld", (long long)place),
        T("请删除其中一行，或写明区别", "take one of them out, or say how they differ"));
}

static Status rehearse(Ctx *c, Check *k, const ImportRow *row, ImportPlan *plan)
{
    TRY(import_row_plan(c, &k->job, row, plan));
    int64_t before = plan->key.len ? seen_before(c, &k->seen, plan->key, row->place) : 0;
    if (before)
        return repeats(c, k, before);
    if (plan->use == USE_COUNT)
        return ST_OK;
    UseCase u = { .op = &operations[plan->use],
        .app = k->t->app,
        .entity = entity_of(k->job.kind->kind),
        .id = plan->id,
        .version = plan->version,
        .json = plan->body };
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
    Str errors = status == ST_OK ? STR_NONE : import_errors_json(c, k->job.kind, &k->job.mapping, row);
    Arena *a = chunk->c.arena;
    chunk->verdicts[chunk->count++] = (Verdict){ ++k->n, str_copy(a, row->sheet), row->place, verdict,
        str_copy(a, plan.id), str_copy(a, import_cells_json(c, row)), str_copy(a, errors) };
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
                value_text(str_of(v->verdict)), value_text(v->record), value_text(v->cells), value_text(v->errors)),
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

static Status open_source(Ctx *c, Check *k)
{
    Str bytes;
    TRY(app_read_begin(k->t->app, c));
    Status status = read_file(c, k->t, &bytes);
    app_read_end(k->t->app, c);
    TRY(status);
    TRY(import_source_open(c, bytes, k->t->import.file_name, k->t->kind, k->t->import.mapping, &k->source));
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
    k->after.fault = import_source_unknown(k->source);
    return import_task_state(c, t, &k->after);
}
