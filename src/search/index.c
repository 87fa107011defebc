#include "search/index.h"

#include "search/index_row.h"

#include <string.h>

/* --- row numbers --------------------------------------------------------------------------------------- */

enum { DAYS_BEFORE_1970 = 25567, LAST_OF_DAY = (1 << INDEX_DAY_BITS) - 1 };

int64_t index_first_of(Date day)
{
    return day ? (int64_t)(date_to_days(day) + DAYS_BEFORE_1970) << INDEX_DAY_BITS : 0;
}

int64_t index_last_of(Date day)
{
    return day ? index_first_of(day) | LAST_OF_DAY : INT64_MAX;
}

Date index_day_of(int64_t row)
{
    return date_from_days((int32_t)(row >> INDEX_DAY_BITS) - DAYS_BEFORE_1970);
}

/* --- where it stands -------------------------------------------------------------------------------------- */

typedef struct IndexState {
    int64_t form, seq;
    Str walk, after;
} IndexState;

static Status state_find(Ctx *c, IndexState *out)
{
    DbRows *rows;
    bool has;
    TRY(db_query(c, SQL_SEARCH_STATE_FIND, NO_ARGS, &rows));
    TRY(db_next(c, rows, &has));
    if (!has)
        return fail(c, ST_BROKEN, "检索索引的状态缺失", "the state of the search index is missing");
    *out = (IndexState){ row_int(rows, 0), row_int(rows, 1), str_copy(c->arena, row_text(rows, 2)),
        str_copy(c->arena, row_text(rows, 3)) };
    db_rows_done(rows);
    return ST_OK;
}

static Status state_store(Ctx *c, const IndexState *s)
{
    return db_run(c, SQL_SEARCH_STATE_STORE,
        ARGS(value_int(s->form), value_int(s->seq), value_text(s->walk), value_text(s->after)), NULL);
}

static bool state_equal(const IndexState *a, const IndexState *b)
{
    return a->form == b->form && a->seq == b->seq && str_eq(a->walk, b->walk) && str_eq(a->after, b->after);
}

static Str first_found(int after_kind)
{
    for (int kind = after_kind + 1; kind < ENTITY_COUNT; kind++)
        if (entity_is_found(entity_of((EntityKind)kind)))
            return str_of(entity_of((EntityKind)kind)->table->name);
    return STR_NONE;
}

/* --- what is there ------------------------------------------------------------------------------------------- */

typedef struct Doc {
    Str record;
    Date day;
    IndexRow before;
    IndexRow after; /* entity STR_NONE: it is no more */
    Str tokens_before;
    Str tokens_after;
} Doc;

static Status row_find(Ctx *c, Str record, IndexRow *out)
{
    DbRows *rows;
    bool has;
    *out = (IndexRow){ 0 };
    TRY(db_query(c, SQL_SEARCH_ROW_FIND, ARGS(value_text(record)), &rows));
    TRY(db_next(c, rows, &has));
    if (has)
        *out =
            (IndexRow){ row_int(rows, 0), str_copy(c->arena, row_text(rows, 1)), str_copy(c->arena, row_text(rows, 2)),
                str_copy(c->arena, row_text(rows, 3)), str_copy(c->arena, row_text(rows, 4)) };
    db_rows_done(rows);
    return ST_OK;
}

/* --- a batch ---------------------------------------------------------------------------------------------------- */

struct IndexBatch {
    IndexState from, to;
    bool forget; /* the index is of another form */
    Doc *docs;
    size_t count;
};

size_t index_batch_records(const IndexBatch *b)
{
    return b->count;
}

/* `record` NULL: it is no more. A row that is there already as it should be makes no doc. */
static Status doc_add(Ctx *c, IndexBatch *b, const Entity *e, Str id, const void *record)
{
    Doc *d = &b->docs[b->count];
    *d = (Doc){ .record = str_copy(c->arena, id) };
    if (record) {
        d->day = record_day(e, record);
        TRY(index_row_of(c, e, record, &d->after));
    }
    TRY(row_find(c, id, &d->before));
    bool there = d->before.id != 0;
    if (!there && !record)
        return ST_OK;
    if (there && record && index_row_equal(&d->before, &d->after) && index_day_of(d->before.id) == d->day)
        return ST_OK;
    if (there)
        d->tokens_before = index_row_tokens(c, &d->before);
    if (record)
        d->tokens_after = index_row_tokens(c, &d->after);
    b->count++;
    return ST_OK;
}

static Status find_record(Ctx *c, const Entity *e, Str id, const void **out)
{
    void *record = record_new(c, e->table);
    *out = NULL;
    Status status = record_load_unscoped(c, e->kind, id, record);
    if (status == ST_OK)
        *out = record;
    if (status != ST_MISSING)
        return status;
    ctx_forgive(c);
    return ST_OK;
}

static bool has_doc(const IndexBatch *b, Str id)
{
    for (size_t i = b->count; i-- > 0;)
        if (str_eq(b->docs[i].record, id))
            return true;
    return false;
}

/* The record of an entry, or the one that it is part of. */
static Status take_entry(Ctx *c, IndexBatch *b, Str entity, Str id)
{
    const Entity *e = entity_named(entity);
    const void *record;
    int part_of = e ? entity_part_of(e) : -1;
    if (!e || (part_of < 0 && !entity_is_found(e)) || has_doc(b, id))
        return ST_OK;
    TRY(find_record(c, e, id, &record));
    if (part_of >= 0) {
        if (!record)
            return ST_OK; /* what it was part of has an entry of its own */
        id = record_ref(e, record, part_of);
        e = entity_of((EntityKind)e->table->fields[part_of].refers);
        if (has_doc(b, id))
            return ST_OK;
        TRY(find_record(c, e, id, &record));
    }
    return doc_add(c, b, e, id, record);
}

typedef struct Entry {
    int64_t seq;
    Str entity;
    Str record;
} Entry;

static Status read_entries(Ctx *c, int64_t seq, size_t most, Entry *entries, size_t *count)
{
    DbRows *rows;
    bool has;
    *count = 0;
    TRY(db_query(c, SQL_SEARCH_ENTRIES, ARGS(value_int(seq), value_int((int64_t)most)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        entries[(*count)++] =
            (Entry){ row_int(rows, 0), str_copy(c->arena, row_text(rows, 1)), str_copy(c->arena, row_text(rows, 2)) };
    }
}

static Status follow_chain(Ctx *c, IndexBatch *b, size_t most)
{
    Entry *entries = arena_array_of(c->arena, Entry, most);
    size_t count;
    TRY(read_entries(c, b->from.seq, most, entries, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(take_entry(c, b, entries[i].entity, entries[i].record));
        b->to.seq = entries[i].seq;
    }
    return ST_OK;
}

static Status walk_record(Ctx *c, const void *record, void *arg)
{
    IndexBatch *b = arg;
    const Entity *e = entity_named(b->from.walk);
    TRY(doc_add(c, b, e, record_id(record), record_copy(c, e->table, record)));
    b->to.after = str_copy(c->arena, record_id(record));
    return ST_OK;
}

/* The next records of the entity that is being walked through; after its last one the next entity's turn comes. */
static Status walk_on(Ctx *c, IndexBatch *b, size_t most)
{
    const Entity *e = entity_named(b->from.walk);
    size_t seen;
    if (!e)
        return fail(c, ST_BROKEN, "检索索引的状态无法识别", "the state of the search index cannot be read");
    TRY(record_walk(c, e, b->from.after, most, walk_record, b, &seen));
    if (seen < most) {
        b->to.walk = first_found(e->kind);
        b->to.after = STR_NONE;
    }
    return ST_OK;
}

/* An index of another form gives way; the walk begins at where the chain ends now. */
static Status begin_anew(Ctx *c, IndexBatch *b)
{
    DbRows *rows;
    bool has;
    TRY(db_query(c, SQL_CHAIN_HEAD_FIND, NO_ARGS, &rows));
    TRY(db_next(c, rows, &has));
    b->to = (IndexState){ .form = INDEX_FORM, .seq = has ? row_int(rows, 0) : 0, .walk = first_found(0) };
    db_rows_done(rows);
    b->forget = true;
    return ST_OK;
}

Status index_prepare(Ctx *c, size_t most, const IndexBatch **out)
{
    IndexBatch *b = arena_new_of(c->arena, IndexBatch);
    *b = (IndexBatch){ .docs = arena_array_of(c->arena, Doc, most + 1) };
    *out = NULL;
    assert(most <= INDEX_BATCH_MAX);
    TRY(state_find(c, &b->from));
    b->to = b->from;
    if (b->from.form != INDEX_FORM)
        TRY(begin_anew(c, b));
    else if (b->from.walk.len)
        TRY(walk_on(c, b, most));
    else
        TRY(follow_chain(c, b, most));
    if (!state_equal(&b->from, &b->to))
        *out = b;
    return ST_OK;
}

/* --- into the index
 * --------------------------------------------------------------------------------------------------- */

/* The next free number of the day. */
static Status free_row(Ctx *c, Date day, int64_t *out)
{
    bool has;
    int64_t first = index_first_of(day), last = index_last_of(day);
    TRY(db_query_int(c, SQL_SEARCH_ROW_LAST, ARGS(value_int(first), value_int(last)), out, &has));
    *out = has ? *out + 1 : first;
    if (*out <= last)
        return ST_OK;
    return fail(c, ST_TOO_BIG, "同一天的记录过多，检索无法收录", "too many records of one day for the index");
}

static Status doc_write(Ctx *c, const Doc *d)
{
    int64_t id = d->before.id;
    if (id) {
        TRY(db_run(c, SQL_SEARCH_TOKENS_DELETE, ARGS(value_int(id), value_text(d->tokens_before)), NULL));
        TRY(db_run(c, SQL_SEARCH_TEXT_DELETE, ARGS(value_int(id)), NULL));
        TRY(db_run(c, SQL_SEARCH_ROW_DELETE, ARGS(value_int(id)), NULL));
    }
    if (d->after.entity.len == 0)
        return ST_OK;
    if (!id || index_day_of(id) != d->day)
        TRY(free_row(c, d->day, &id));
    TRY(db_run(
        c, SQL_SEARCH_ROW_INSERT, ARGS(value_int(id), value_text(d->after.entity), value_text(d->record)), NULL));
    TRY(db_run(c, SQL_SEARCH_TEXT_INSERT,
        ARGS(value_int(id), value_text(d->after.words), value_text(d->after.spelt), value_text(d->after.body)), NULL));
    return db_run(c, SQL_SEARCH_TOKENS_INSERT, ARGS(value_int(id), value_text(d->tokens_after)), NULL);
}

static Status clear(Ctx *c)
{
    TRY(db_run(c, SQL_SEARCH_TOKENS_CLEAR, NO_ARGS, NULL));
    TRY(db_run(c, SQL_SEARCH_TEXT_CLEAR, NO_ARGS, NULL));
    return db_run(c, SQL_SEARCH_ROW_CLEAR, NO_ARGS, NULL);
}

Status index_write(Ctx *c, const IndexBatch *b)
{
    IndexState now;
    TRY(state_find(c, &now));
    if (!state_equal(&now, &b->from))
        return ST_OK;
    if (b->forget)
        TRY(clear(c));
    for (size_t i = 0; i < b->count; i++)
        TRY(doc_write(c, &b->docs[i]));
    return state_store(c, &b->to);
}

Status index_forget(Ctx *c)
{
    const IndexState none = { .form = 0 };
    TRY(clear(c));
    return state_store(c, &none);
}

Status index_tidy(Ctx *c, bool whole)
{
    int64_t pages;
    if (db_engine(c->db) == DB_PGSQL)
        TRY(db_query_int(c, SQL_SEARCH_TIDY, NO_ARGS, &pages, NULL));
    if (whole)
        return db_run(c, SQL_SEARCH_TIDY_WHOLE, NO_ARGS, NULL);
    return db_engine(c->db) == DB_PGSQL ? ST_OK : db_run(c, SQL_SEARCH_TIDY, NO_ARGS, NULL);
}

/* --- how far behind
 * --------------------------------------------------------------------------------------------------- */

/* Of the entity at hand all are counted: they are told to be done when they are. */
static Status records_left(Ctx *c, const IndexState *s, int64_t *out)
{
    const Entity *at = entity_named(s->walk);
    *out = 0;
    for (int kind = at ? (int)at->kind : 1; kind < ENTITY_COUNT; kind++) {
        int64_t records = 0;
        bool has;
        const Entity *e = entity_of((EntityKind)kind);
        if (!entity_is_found(e))
            continue;
        TRY(db_query_int(c, SQL_RECORD_COUNT_FIND, ARGS(value_text(str_of(e->table->name))), &records, &has));
        *out += has ? records : 0;
    }
    *out = *out ? *out : 1;
    return ST_OK;
}

Status index_behind(Ctx *c, int64_t *out)
{
    IndexState s;
    int64_t left = 0;
    TRY(state_find(c, &s));
    TRY(db_query_int(c, SQL_SEARCH_ENTRIES_LEFT, ARGS(value_int(s.seq), value_int(INDEX_BEHIND_TOLD)), out, NULL));
    if (s.form != INDEX_FORM || s.walk.len)
        TRY(records_left(c, &s, &left));
    *out = left > *out ? left : *out;
    *out = *out < INDEX_BEHIND_TOLD ? *out : INDEX_BEHIND_TOLD;
    return ST_OK;
}
