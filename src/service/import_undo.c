/* Taking an import back, from its last change to its first: what is still as it was imported and carries nothing later.
 * The rest is kept and listed. */
#include "domain/evidence.h"
#include "domain/rectification.h"
#include "service/import_work.h"
#include "store/load.h"

enum { CHUNK = 200 };

typedef struct Trace {
    Str batch;
    int64_t n;
    const Entity *entity;
    Str record;
    int64_t version;
    Str was; /* values before; STR_NONE: the record was new */
    bool is_new;
} Trace;

typedef struct Undo {
    ImportTask *t;
    bool more;
} Undo;

static Status changed_since(Ctx *c)
{
    return fail(c, ST_CONFLICT, "导入之后又被修改", "was changed after the import");
}

static Status check_attachments(Ctx *c, Str record)
{
    int64_t count;
    bool has;
    TRY(db_query_int(c, SQL_ATTACHMENT_COUNT_OF, ARGS(value_text(record)), &count, &has));
    return count == 0 ? ST_OK : fail(c, ST_CONFLICT, "已添加附件", "carries attachments");
}

/* A proof or a statement stays when its item went on since: others have read it there. */
static Status check_item(Ctx *c, const Trace *t, const void *now)
{
    Rectification item;
    int64_t left = 0;
    bool has;
    Str of = t->entity->kind == ENTITY_ATTACHMENT  ? ((const Attachment *)now)->record
             : t->entity->kind == ENTITY_STATEMENT ? ((const Statement *)now)->rectification
                                                   : STR_NONE;
    if (of.len == 0)
        return ST_OK;
    TRY(db_query_int(c, SQL_IMPORT_TRACE_VERSION, ARGS(value_text(t->batch), value_text(of)), &left, &has));
    if (left == 0)
        return ST_OK;
    TRY(record_load_unscoped(c, ENTITY_RECTIFICATION, of, &item));
    return item.version.value == left ? ST_OK : changed_since(c);
}

/* Values of the columns as they were, over the record as it is. */
static Status put_back(Ctx *c, const Entity *e, Str was, void *record)
{
    const Json *root;
    TRY(json_read(c, was, &root));
    for (const Json *n = root->first; n; n = n->next) {
        const Field *f = field_named(e->table, n->key);
        int index = f ? field_index(e->table, f) : 0;
        if (!f || index <= Record_recorded_at)
            continue;
        Value value = n->kind == JSON_TEXT   ? value_text(n->text)
                      : n->kind == JSON_INT  ? value_int(n->whole)
                      : n->kind == JSON_BOOL ? value_int(n->flag)
                                             : value_null();
        TRY(field_take(c, f, value, record));
    }
    return ST_OK;
}

static Status take_back(Ctx *c, Writer *w, void *arg)
{
    const Trace *t = arg;
    Changes changes = changes_of(c);
    void *now = record_new(c, t->entity->table);
    TRY(record_load_unscoped(c, t->entity->kind, t->record, now));
    if (record_version(now) != t->version)
        return changed_since(c);
    changes.effective_on = RECORD_OF(Date, now, effective_on);
    if (t->is_new) {
        TRY(check_attachments(c, t->record));
        TRY(check_item(c, t, now));
        change_remove(c, &changes, t->entity->kind, now);
    } else {
        void *after = record_copy(c, t->entity->table, now);
        TRY(put_back(c, t->entity, t->was, after));
        change_update(c, &changes, t->entity->kind, now, after);
    }
    return change_apply(c, w, S("import.undo"), &changes);
}

/* Each step in a savepoint: one that cannot be taken back leaves the others. */
static Status settle(Ctx *c, const Undo *u, Trace *t, Writer *w)
{
    Status status = lane_guard(u->t->app->lane, c, w, take_back, t);
    bool kept = status == ST_CONFLICT || status == ST_MISSING || status == ST_STALE;
    if (status != ST_OK && !kept)
        return status;
    ctx_forgive(c);
    return db_run(c, SQL_IMPORT_TRACE_SETTLE,
        ARGS(value_text(u->t->import.id), value_int(t->n), value_text(kept ? S("kept") : S("undone"))), NULL);
}

static Status load_chunk(Ctx *c, const Undo *u, Trace *out, size_t *count)
{
    DbRows *rows;
    bool has;
    *count = 0;
    TRY(db_query(c, SQL_IMPORT_TRACE_BACK, ARGS(value_text(u->t->import.id), value_int(CHUNK)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        out[(*count)++] = (Trace){ .batch = u->t->import.id,
            .n = row_int(rows, 0),
            .entity = entity_named(row_text(rows, 1)),
            .record = str_copy(c->arena, row_text(rows, 2)),
            .version = row_int(rows, 3),
            .is_new = row_is_null(rows, 4),
            .was = str_copy(c->arena, row_text(rows, 4)) };
    }
}

static Status undo_chunk(LaneJob *job, Writer *w)
{
    Undo *u = job->arg;
    Ctx *c = job->c;
    Trace *traces = arena_array_of(c->arena, Trace, CHUNK);
    size_t count;
    TRY(load_chunk(c, u, traces, &count));
    for (size_t i = 0; i < count; i++)
        TRY(settle(c, u, &traces[i], w));
    u->more = count == CHUNK;
    return ST_OK;
}

static Status finish(Ctx *c, const Undo *u)
{
    Import after = u->t->import;
    int64_t kept;
    bool has;
    TRY(app_read_begin(u->t->app, c));
    Status status =
        db_query_int(c, SQL_IMPORT_TRACE_COUNT, ARGS(value_text(u->t->import.id), value_text(S("kept"))), &kept, &has);
    app_read_end(u->t->app, c);
    TRY(status);
    after.kept = INT_OF(kept);
    after.state = IMPORT_UNDONE;
    return import_task_state(c, u->t, &after);
}

Status import_undo(Ctx *c, ImportTask *t)
{
    Undo u = { .t = t, .more = true };
    while (u.more && !import_task_stops(t)) {
        CtxMark chunk = ctx_mark(c);
        LaneJob job = { .c = c, .run = undo_chunk, .arg = &u, .many = true };
        TRY(lane_run(t->app->lane, &job));
        ctx_rewind(c, chunk);
    }
    return import_task_stops(t) ? ST_OK : finish(c, &u);
}
