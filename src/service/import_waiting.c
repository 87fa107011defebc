#include "service/import_chunk.h"
#include "store/load.h"

/* --- rows that wait in the ledger ------------------------------------------------------------------------------- */

/* The proofs of a returned row are sealed into the evidence folder before the lane enters it. */
static Status take_proofs(Ctx *c, const ImportPass *p, WaitingRow *one)
{
    int64_t number;
    if (!p->job.returned)
        return ST_OK;
    TRY(workbook_number_of(c, p->job.returned->workbook, one->record, &number));
    Ctx lasting = *c;
    lasting.arena = p->t->arena;
    Status status = workbook_proofs_store(&lasting, p->t->app, p->job.returned, number, p->proof_key);
    c->err = lasting.err;
    one->proofs.proofs = workbook_proofs_of(p->job.returned, number, &one->proofs.count);
    one->proofs.stored = true;
    return status;
}

static Status load_rows(ImportChunk *k, int64_t after)
{
    const Import *import = &k->pass->t->import;
    Ctx *c = &k->c;
    DbRows *rows;
    bool has;
    TRY(db_query(c, SQL_IMPORT_ROW_WAITING,
        ARGS(value_text(import->id), value_int(after), value_int(IMPORT_CHUNK_ROWS)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        WaitingRow *one = &k->rows[k->count++];
        one->n = row_int(rows, 0);
        one->row = (ImportRow){ .sheet = str_copy(c->arena, row_text(rows, 1)), .place = row_int(rows, 2) };
        TRY(import_cells_read(c, str_copy(c->arena, row_text(rows, 5)), &one->row));
        one->row.exact = import_source_is_lines(import->file_name);
        one->chosen = import_chooses(import, one->row.place);
        one->record = str_copy(c->arena, row_text(rows, 4));
        if (one->chosen)
            TRY(take_proofs(c, k->pass, one));
    }
}

/* --- rows of the file itself ------------------------------------------------------------------------------------- */

/* Settled before a restart: its key alone is kept in mind. */
static void pass_over(Ctx *c, ImportPass *p, const ImportRow *row)
{
    ImportPlan plan = { .use = USE_COUNT };
    if (import_row_plan(c, &p->job, row, &plan) != ST_OK)
        ctx_forgive(c);
    if (plan.key.len)
        (void)seen_before(c, &p->seen, plan.key, p->n, row->place);
}

static Status take_rows(ImportChunk *k)
{
    ImportPass *p = k->pass;
    Ctx *c = &k->c;
    while (p->more && k->count < IMPORT_CHUNK_ROWS) {
        WaitingRow *one = &k->rows[k->count];
        TRY(import_source_next(c, p->source, &one->row, &p->more));
        if (!p->more)
            return ST_OK;
        if (++p->n > IMPORT_ROWS_MAX)
            return fail(c, ST_TOO_BIG, "文件超过%d行，请拆分后导入", "an import has %d rows at most: split it",
                IMPORT_ROWS_MAX);
        one->n = p->n;
        one->chosen = true;
        one->record = STR_NONE;
        one->proofs = (RowProofs){ .stored = false };
        if (p->n <= p->skipped)
            pass_over(c, p, &one->row);
        else
            k->count++;
    }
    return ST_OK;
}

/* --- either ----------------------------------------------------------------------------------------------------------
 */

Status import_chunk_read(ImportChunk *k, const ImportChunk *before)
{
    App *app = k->pass->t->app;
    ctx_rewind(&k->c, k->start);
    k->count = 0;
    TRY(app_read_begin(app, &k->c));
    Status status = k->pass->source ? take_rows(k) : load_rows(k, before ? before->rows[before->count - 1].n : 0);
    app_read_end(app, &k->c);
    return status;
}
