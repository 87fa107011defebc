#include "service/import_chunk.h"
#include "store/load.h"

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
    ImportChunk *k = u->trace_arg;
    k->made = changes->result ? record_id(changes->result->after) : STR_NONE;
    for (const Change *ch = changes->first; ch; ch = ch->next) {
        if (ch->entity->kind == ENTITY_EVIDENCE)
            continue; /* stays as it is, named by nobody */
        TRY(db_run(c, SQL_IMPORT_TRACE_INSERT,
            ARGS(value_text(k->pass->t->import.id), value_int(++k->trace), value_text(str_of(ch->entity->table->name)),
                value_text(record_id(ch->after)), value_int(record_version(ch->after)),
                ch->before ? value_text(values_before(c, ch)) : value_null()),
            NULL));
    }
    return ST_OK;
}

/* --- one row ---------------------------------------------------------------------------------- */

static Status enter_row(Ctx *c, ImportChunk *k, Writer *w, const WaitingRow *one, const char **verdict, Str *record)
{
    ImportPass *p = k->pass;
    ImportPlan plan;
    RowProofs proofs = one->proofs;
    TRY(import_row_plan(c, &p->job, &one->row, &plan));
    if (p->t->import.direct && plan.key.len) {
        int64_t before = seen_before(c, &p->seen, plan.key, one->n, one->row.place);
        if (before)
            return seen_refuse(c, p->job.kind, before);
    }
    *record = plan.id;
    *verdict = "same";
    if (plan.use == USE_COUNT)
        return ST_OK;
    UseCase u = { .op = &operations[plan.use],
        .app = p->t->app,
        .entity = entity_of(p->job.kind->kind),
        .id = plan.id,
        .version = plan.version,
        .json = plan.body,
        .batch = p->t->import.id,
        .provenance = p->t->import.later ? PROVENANCE_LATER : PROVENANCE_IMPORTED,
        .trace = keep_trace,
        .trace_arg = k,
        .prepared = &proofs,
        .unanswered = true,
        .unguarded = !k->guarded };
    Status status = gate_run_within(c, &u, w);
    k->spoilt |= status != ST_OK && u.unguarded && u.touched;
    TRY(status);
    *verdict = plan.id.len ? "changed" : "inserted";
    *record = plan.id.len ? plan.id : k->made;
    return ST_OK;
}

/* What the unit is told of a row that the office did not take. */
static Str decline_json(Ctx *c, const ImportPass *p)
{
    StrBuf b = strbuf_in(c->arena);
    JsonWriter w = json_onto(&b);
    const struct {
        const char *name;
        Str text;
    } members[] = { { "field", STR_NONE }, { "label", text_in(T("巡察办退回", "Declined by the office"), c->lang) },
        { "cell", STR_NONE }, { "value", STR_NONE }, { "rule", p->t->import.decline_reason },
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

static Status settle_row(Ctx *c, ImportChunk *k, Writer *w, const WaitingRow *one)
{
    const ImportPass *p = k->pass;
    const char *verdict = "left";
    Str record = one->record, errors = STR_NONE;
    bool entered = false;
    Status status = one->chosen ? enter_row(c, k, w, one, &verdict, &record) : ST_OK;
    if (import_names(p->t->import.declined, one->row.place)) {
        verdict = "declined";
        errors = decline_json(c, p);
    } else if (status != ST_OK) {
        for (size_t i = 0; i < one->proofs.count; i++)
            one->proofs.proofs[i].used = false;
        errors = import_errors_json(c, p->job.kind, &p->job.mapping, &one->row);
        verdict = "refused";
        k->refused++;
    } else if (one->chosen) {
        entered = true;
        k->entered++;
    }
    if (k->spoilt)
        return status;
    ctx_forgive(c);
    if (p->source) { /* what was entered need not be mended: its cells are in the record, and in the file */
        Str cells = entered ? S("[]") : import_cells_json(c, &one->row);
        return db_run(c, SQL_IMPORT_ROW_INSERT,
            ARGS(value_text(p->t->import.id), value_int(one->n), value_text(one->row.sheet), value_int(one->row.place),
                value_text(str_of(verdict)), value_text(record), value_text(cells), value_text(errors), value_null()),
            NULL);
    }
    return db_run(c, SQL_IMPORT_ROW_SETTLE,
        ARGS(value_text(p->t->import.id), value_int(one->n), value_text(str_of(verdict)), value_text(record),
            value_text(errors)),
        NULL);
}

/* A row's own memory is given back after it. */
static Status enter_rows(Ctx *c, Writer *w, void *arg)
{
    ImportChunk *k = arg;
    bool has;
    k->entered = k->refused = 0; /* it may run twice */
    TRY(db_query_int(c, SQL_IMPORT_TRACE_LAST, ARGS(value_text(k->pass->t->import.id)), &k->trace, &has));
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

static Status enter_beside(Ctx *c, Writer *w, void *arg)
{
    return chain_beside(c, w, enter_rows, arg);
}

Status import_chunk_enter(LaneJob *job, Writer *w)
{
    ImportChunk *k = job->arg;
    Lane *lane = k->pass->t->app->lane;
    TRY(import_task_rights(job->c, k->pass->t));
    k->guarded = k->spoilt = false;
    Status status = lane_guard(lane, job->c, w, enter_beside, k);
    if (!k->spoilt)
        return status;
    ctx_forgive(job->c);
    k->guarded = true;
    k->spoilt = false;
    return enter_rows(job->c, w, k); /* none is rolled back with another: each entry stands with its record */
}
