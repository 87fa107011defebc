#include "store/apply.h"

#include "store/compile.h"

#include <string.h>

static Status head_from(Ctx *c, DbRows *rows, ChainHead *head)
{
    bool has;
    TRY(db_next(c, rows, &has));
    if (!has || row_blob(rows, 1).len != SM3_SIZE)
        return fail(c, ST_BROKEN, "台账的审计链头缺失", "the ledger has lost the head of its chain");
    head->seq = row_int(rows, 0);
    memcpy(head->seal.bytes, row_blob(rows, 1).ptr, SM3_SIZE);
    db_rows_done(rows);
    return ST_OK;
}

Status chain_lock(Ctx *c, Writer *w)
{
    DbRows *rows;
    TRY(db_query(c, SQL_CHAIN_HEAD_LOCK, NO_ARGS, &rows));
    w->tally = (Tally){ 0 };
    return head_from(c, rows, &w->head);
}

static Status tally_store_entity(Ctx *c, const Tally *t, const Entity *e)
{
    Str name = str_of(e->table->name);
    if (t->records[e->kind])
        TRY(db_run(c, SQL_RECORD_COUNT_ADD, ARGS(value_text(name), value_int(t->records[e->kind])), NULL));
    if (e->state < 0)
        return ST_OK;
    const Choices *states = e->table->fields[e->state].choices;
    for (int32_t i = 1; i < states->count; i++)
        if (t->states[e->kind][i])
            TRY(db_run(c, SQL_STATE_COUNT_ADD,
                ARGS(value_text(name), value_text(choice_name(states, i)), value_int(t->states[e->kind][i])), NULL));
    return ST_OK;
}

Status chain_store(Ctx *c, const Writer *w)
{
    for (int kind = 1; kind < ENTITY_COUNT; kind++)
        TRY(tally_store_entity(c, &w->tally, entity_of((EntityKind)kind)));
    return db_run(
        c, SQL_CHAIN_HEAD_STORE, ARGS(value_int(w->head.seq), value_bytes(w->head.seal.bytes, SM3_SIZE)), NULL);
}

static Status entry_write(Ctx *c, const AuditEntry *e)
{
    Value sealed = e->values.len ? value_blob(e->values) : value_null();
    Value after = e->after.len ? value_blob(e->after) : value_null();
    return db_run(c, SQL_AUDIT_INSERT,
        ARGS(value_int(e->seq), value_instant(c->arena, e->at), value_text(e->actor), value_text(e->login),
            value_text(e->role), value_text(e->operation), value_text(e->outcome), value_text(e->entity),
            value_text(e->record), value_int(e->version), value_text(e->fields), sealed, value_text(e->values_key),
            after, value_bytes(e->seal.bytes, SM3_SIZE)),
        NULL);
}

/* Numbers the entry, seals it over its predecessor and writes it; or hands it to the sealer. */
static Status entry_add(Ctx *c, Writer *w, Unsealed *u)
{
    const MacKey *key;
    AuditEntry *e = &u->entry;
    e->seq = w->head.seq + 1;
    e->at = c->now;
    if (c->actor) {
        e->actor = c->actor->account;
        e->login = c->actor->login;
        e->role = choice_name(&roles, (int32_t)c->actor->role);
    }
    if (w->beside) {
        sealer_put(w->sealer, u);
        w->head.seq = e->seq;
        return ST_OK;
    }
    TRY(keyring_chain(c, w->keys, &key));
    unsealed_seal(c, key, &w->head.seal, u);
    TRY(entry_write(c, e));
    w->head = (ChainHead){ e->seq, e->seal };
    return ST_OK;
}

/* An entry's own memory is given back after it. */
static Status write_sealed(Ctx *c, Writer *w)
{
    CtxMark start = ctx_mark(c);
    for (const SealedEntry *e = sealer_end(w->sealer); e; e = e->next) {
        TRY(entry_write(c, &e->of.entry));
        w->head = (ChainHead){ e->of.entry.seq, e->of.entry.seal };
        ctx_rewind(c, start);
    }
    return ST_OK;
}

Status chain_beside(Ctx *c, Writer *w, Status (*step)(Ctx *, Writer *, void *), void *arg)
{
    const MacKey *key;
    TRY(keyring_chain(c, w->keys, &key));
    sealer_begin(w->sealer, key, &w->head.seal);
    w->beside = true;
    Status status = step(c, w, arg);
    w->beside = false;
    if (status == ST_OK)
        return write_sealed(c, w);
    sealer_cut(w->sealer, 0);
    return status;
}

void writer_restore(Writer *w, const Writer *before)
{
    *w = *before;
    if (w->beside)
        sealer_cut(w->sealer, w->head.seq);
}

Status audit_note(Ctx *c, Writer *w, Str operation, Status outcome, Str entity, Str record)
{
    Unsealed u = { .entry = { .operation = operation,
                       .entity = entity,
                       .record = str_clip(record, 64),
                       .outcome = outcome == ST_OK ? S("ok") : str_of(status_name(outcome)) } };
    return entry_add(c, w, &u);
}

/* --- one change --------------------------------------------------------------------------------- */

static Status run(Ctx *c, const Compiled *q, int64_t *changed)
{
    return db_run_sql(c, q->sql, q->kinds, q->values, q->count, changed);
}

/* What the record is known by to people: its number, its code, or what names it. */
static const Field *known_by(const Entity *e)
{
    static const char *const names[] = { "number", "code" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const Field *f = field_named(e->table, str_of(names[i]));
        if (f)
            return f;
    }
    return &e->table->fields[e->title];
}

/* The table's own key refused it: said with the field and the value, not in the engine's words. */
static Status twice(Ctx *c, const Change *ch)
{
    const Field *f = known_by(ch->entity);
    Value v = field_value(c->arena, f, ch->after);
    Str value = v.kind == VALUE_TEXT  ? v.text
                : v.kind == VALUE_INT ? str_format(c->arena, "%lld", (long long)v.whole)
                                      : STR_NONE;
    ctx_forgive(c);
    return fail_field_as(c, ST_CONFLICT, str_of(f->name), value,
        text_format(c, "已有一条同样的%s，不能重复", "is there already: %s of its own is wanted",
            c->lang == LANG_ZH ? ch->entity->label.zh : ch->entity->label.en),
        T("请核对后换一个，或在列表中打开已有的记录", "change it, or open the record that is there"));
}

static Status write_row(Ctx *c, Writer *w, const Change *ch)
{
    Compiled q;
    int64_t changed;
    if (!ch->before) {
        compile_insert(c, ch->entity, ch->after, &q);
        Status status = run(c, &q, NULL);
        if (status == ST_CONFLICT && c->err.twice)
            return twice(c, ch);
        TRY(status);
        w->tally.records[ch->entity->kind]++;
        return ST_OK;
    }
    if (ch->removed) {
        w->tally.records[ch->entity->kind]--;
        compile_delete(c, ch->entity, record_id(ch->before), record_version(ch->before), &q);
    } else {
        compile_update(c, ch->entity, ch->changed, ch->after, record_version(ch->before), &q);
    }
    TRY(run(c, &q, &changed));
    if (changed == 1)
        return ST_OK;
    return fail(c, ST_STALE, "这条%s刚刚被他人修改：请刷新后核对再办理",
        "this %s was just changed by somebody else: reload, compare, and try again",
        c->lang == LANG_ZH ? ch->entity->label.zh : ch->entity->label.en);
}

static void count_state(Tally *t, const Entity *e, const void *record, int more)
{
    const Field *f = &e->table->fields[e->state];
    assert(f->choices->count <= TALLY_STATES_MAX);
    t->states[e->kind][*(const int32_t *)field_of(f, record)] += more;
}

static Status keep_state(Ctx *c, Writer *w, const Change *ch, int64_t seq)
{
    const Entity *e = ch->entity;
    if (e->state < 0 || !(ch->changed & FIELD_BIT(e->state)))
        return ST_OK;
    const Field *f = &e->table->fields[e->state];
    Date day = RECORD_OF(Date, ch->after, effective_on);
    if (ch->before)
        count_state(&w->tally, e, ch->before, -1);
    if (ch->removed)
        return ST_OK;
    count_state(&w->tally, e, ch->after, 1);
    return db_run(c, SQL_STATE_HISTORY_INSERT,
        ARGS(value_int(seq), value_text(str_of(e->table->name)), value_text(record_id(ch->after)),
            field_value(c->arena, f, ch->after), value_date(c->arena, day)),
        NULL);
}

static Status keep_tallies(Ctx *c, const Change *ch)
{
    for (size_t i = 0; i < tally_table_count; i++) {
        const TallyTable *t = &tally_tables[i];
        TallyStep steps[2];
        size_t count = 0;
        if (t->entity == ch->entity->kind)
            TRY(tally_steps(c, t, ch, steps, &count));
        for (size_t s = 0; s < count; s++) {
            Compiled q;
            compile_tally_add(c, t, &steps[s], &q);
            TRY(run(c, &q, NULL));
        }
    }
    return ST_OK;
}

static Status apply_one(Ctx *c, Writer *w, Str operation, const Change *ch)
{
    const void *scoped = ch->removed ? ch->before : ch->after;
    Unsealed u = { .entry = { .operation = operation,
                       .outcome = S("ok"),
                       .entity = str_of(ch->entity->table->name),
                       .record = record_id(ch->after),
                       .version = record_version(ch->after),
                       .fields = audit_field_names(c, ch) } };
    Str inspection = record_ref(ch->entity, scoped, ch->entity->scope.inspection);
    TRY(write_row(c, w, ch));
    TRY(keep_tallies(c, ch));
    TRY(keyring_seal_key(c, w->keys, inspection, true, &u.key, &u.entry.values_key));
    u.record = ch->removed ? STR_NONE : audit_record_text(c, ch->entity, ch->after);
    u.clear = audit_values(c, ch);
    u.bound = audit_values_data(c, u.entry.entity, u.entry.record, u.entry.version);
    TRY(entry_add(c, w, &u));
    return keep_state(c, w, ch, u.entry.seq);
}

Status change_apply(Ctx *c, Writer *w, Str operation, const Changes *changes)
{
    for (const Change *ch = changes->first; ch; ch = ch->next)
        TRY(apply_one(c, w, operation, ch));
    return ST_OK;
}
