#include "store/load.h"

#include <string.h>

static Value column_value(const DbRows *rows, int column, ValueKind kind)
{
    if (row_is_null(rows, column))
        return value_null();
    if (kind == VALUE_INT)
        return value_int(row_int(rows, column));
    return kind == VALUE_BLOB ? value_blob(row_blob(rows, column)) : value_text(row_text(rows, column));
}

Status record_from_row(Ctx *c, const FieldTable *table, FieldSet set, const DbRows *rows, void *record)
{
    int column = 0;
    for (int i = 0; i < table->count; i++) {
        if (!(set & FIELD_BIT(i)))
            continue;
        const Field *f = &table->fields[i];
        TRY(field_take(c, f, column_value(rows, column++, field_column(f)), record));
    }
    return ST_OK;
}

static Status query(Ctx *c, const Compiled *q, DbRows **rows)
{
    return db_query_sql(c, q->sql, q->kinds, q->values, q->count, rows);
}

static Status not_there(Ctx *c, const Entity *e, Str id)
{
    return fail(c, ST_MISSING, "没有这条%s（%.*s），或您无权查看", "there is no %s %.*s, or it is not yours to see",
        c->lang == LANG_ZH ? e->label.zh : e->label.en, STR_ARG(str_clip(id, 40)));
}

static Status load(Ctx *c, EntityKind kind, Str id, Reach reach, void *out)
{
    const Entity *e = entity_of(kind);
    Compiled q;
    DbRows *rows;
    bool has;
    TRY(compile_load(c, kind, id_is_valid(id) ? id : S("-"), reach, &q));
    TRY(query(c, &q, &rows));
    TRY(db_next(c, rows, &has));
    if (!has)
        return not_there(c, e, id);
    void *seen = record_new(c, e->table);
    TRY(record_from_row(c, e->table, ~(FieldSet)0, rows, seen));
    memcpy(out, record_copy(c, e->table, seen), e->table->size);
    db_rows_done(rows);
    return ST_OK;
}

Status record_load(Ctx *c, EntityKind kind, Str id, int64_t version, void *out)
{
    TRY(load(c, kind, id, REACH_SEEN, out));
    if (version == 0 || record_version(out) == version)
        return ST_OK;
    return fail(c, ST_STALE, "您看到的是第%lld版，现已是第%lld版：请刷新后核对再办理",
        "you saw version %lld, it is now version %lld: reload, compare, and try again", (long long)version,
        (long long)record_version(out));
}

Status record_load_unscoped(Ctx *c, EntityKind kind, Str id, void *out)
{
    return load(c, kind, id, REACH_ANY, out);
}

Status record_load_held(Ctx *c, EntityKind kind, Str id, void *out)
{
    return load(c, kind, id, REACH_HELD, out);
}

static Status visit_rows(
    Ctx *c, const Selection *sel, DbRows *rows, FieldSet set, RecordVisitor *visit, void *arg, Page *page)
{
    void *record = record_new(c, sel->entity->table);
    bool has;
    while (page->rows < sel->limit) {
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        TRY(record_from_row(c, sel->entity->table, set, rows, record));
        page->rows++;
        TRY(visit(c, record, arg));
        if (page->rows == sel->limit)
            page->next = selection_cursor(c, sel, record);
    }
    TRY(db_next(c, rows, &page->more));
    if (!page->more)
        page->next = STR_NONE;
    db_rows_done(rows);
    return ST_OK;
}

Status selection_each(Ctx *c, const Selection *sel, RecordVisitor *visit, void *arg, Page *page)
{
    Page ignored;
    page = page ? page : &ignored;
    *page = (Page){ 0 };
    Selection full = *sel;
    full.fields |= FIELD_BIT(Record_id) | FIELD_BIT(Record_version) | FIELD_BIT(sel->sort);
    Compiled q;
    DbRows *rows;
    TRY(compile_selection(c, &full, COMPILE_ROWS, 0, &q));
    TRY(query(c, &q, &rows));
    return visit_rows(c, &full, rows, full.fields, visit, arg, page);
}

typedef struct Gathering {
    const FieldTable *table;
    char *array;
    size_t count;
    size_t room;
    size_t most;
} Gathering;

static Status gather(Ctx *c, const void *record, void *arg)
{
    Gathering *g = arg;
    if (g->count == g->most)
        return fail(c, ST_TOO_BIG, "记录超过%zu条，无法一次处理", "more than %zu records: too many at once", g->most);
    if (g->count == g->room) {
        size_t more = g->room ? g->room * 2 : 16;
        g->array = arena_grow(c->arena, g->array, g->room * g->table->size, more * g->table->size);
        g->room = more;
    }
    memcpy(g->array + g->count++ * g->table->size, record_copy(c, g->table, record), g->table->size);
    return ST_OK;
}

Status selection_load(Ctx *c, const Selection *sel, size_t most, void *array_out, size_t *count)
{
    Selection whole = *sel;
    whole.fields = ~(FieldSet)0;
    whole.limit = (uint32_t)most + 1;
    Gathering g = { .table = sel->entity->table, .most = most };
    TRY(selection_each(c, &whole, gather, &g, NULL));
    *(void **)array_out = g.array;
    *count = g.count;
    return ST_OK;
}

static Status first_int(Ctx *c, const Compiled *q, int64_t *out, bool *has)
{
    DbRows *rows;
    TRY(query(c, q, &rows));
    TRY(db_next(c, rows, has));
    *has = *has && !row_is_null(rows, 0);
    *out = *has ? row_int(rows, 0) : 0;
    db_rows_done(rows);
    return ST_OK;
}

Status selection_count(Ctx *c, const Selection *sel, int64_t cap, int64_t *count, bool *exact)
{
    Compiled q;
    bool has = false;
    *exact = true;
    if (compile_count_all(c, sel, &q)) {
        TRY(first_int(c, &q, count, &has));
        if (has)
            return ST_OK;
    }
    const Grouping one = { .key_count = 0 };
    const TallyTable *tally = tally_for(c, sel, &one);
    if (tally)
        TRY(compile_groups(c, sel, &one, tally, &q));
    else
        TRY(compile_selection(c, sel, COMPILE_COUNT, cap, &q));
    TRY(first_int(c, &q, count, &has));
    *exact = tally || *count <= cap;
    *count = *exact ? *count : cap;
    return ST_OK;
}

Status selection_group(Ctx *c, const Selection *sel, const Grouping *g, GroupVisitor *visit, void *arg)
{
    Compiled q;
    DbRows *rows;
    bool has;
    TRY(compile_groups(c, sel, g, tally_for(c, sel, g), &q));
    TRY(query(c, &q, &rows));
    for (;;) {
        Group group = { .records = 0 };
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        for (int i = 0; i < g->key_count; i++)
            group.keys[i] = str_eq(row_text(rows, i), S(TALLY_ABSENT)) ? STR_NONE : row_text(rows, i);
        group.records = row_int(rows, g->key_count);
        for (int i = 0; i < g->sum_count; i++)
            group.sums[i] = row_int(rows, g->key_count + 1 + i);
        if (g->distinct)
            group.distinct = row_int(rows, g->key_count + 1 + g->sum_count);
        TRY(visit(c, &group, arg));
    }
}

static Status keep_group(Ctx *c, const Group *group, void *arg)
{
    (void)c;
    *(Group *)arg = *group;
    return ST_OK;
}

Status selection_sum(Ctx *c, const Selection *sel, int field, int64_t *out)
{
    Group all = { .records = 0 };
    TRY(selection_group(c, sel, &(Grouping){ .sums = { (int16_t)field }, .sum_count = 1 }, keep_group, &all));
    *out = all.sums[0];
    return ST_OK;
}

Status selection_distinct(Ctx *c, const Selection *sel, int field, int64_t *out)
{
    Group all = { .records = 0 };
    TRY(selection_group(c, sel, &(Grouping){ .distinct = (int16_t)field }, keep_group, &all));
    *out = all.distinct;
    return ST_OK;
}

Status selection_ids(Ctx *c, const Selection *sel, size_t most, Str *out)
{
    Selection all = *sel;
    StrBuf b = strbuf_in(c->arena);
    Compiled q;
    DbRows *rows;
    bool has;
    all.sort = Record_id;
    all.down = false;
    TRY(compile_selection(c, &all, COMPILE_IDS, 0, &q));
    TRY(query(c, &q, &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            break;
        if (b.len >= most * ID_LEN)
            return fail(c, ST_TOO_BIG, "记录超过%zu条：请按轮次、年度等缩小范围",
                "more than %zu records: narrow it by round, year or the like", most);
        strbuf_add(&b, row_text(rows, 0));
    }
    *out = strbuf_str(&b);
    return ST_OK;
}

Status selection_first_id(Ctx *c, const Selection *sel, Str *id)
{
    Selection one = *sel;
    Compiled q;
    DbRows *rows;
    bool has;
    one.limit = 1;
    one.fields = FIELD_BIT(Record_id);
    TRY(compile_selection(c, &one, COMPILE_IDS, 0, &q));
    TRY(query(c, &q, &rows));
    TRY(db_next(c, rows, &has));
    *id = has ? str_copy(c->arena, row_text(rows, 0)) : STR_NONE;
    db_rows_done(rows);
    return ST_OK;
}

Status record_title_of(Ctx *c, EntityKind kind, Str id, Str *title)
{
    Compiled q;
    DbRows *rows;
    bool has;
    compile_title(c, entity_of(kind), id, &q);
    TRY(query(c, &q, &rows));
    TRY(db_next(c, rows, &has));
    *title = has ? str_copy(c->arena, row_text(rows, 0)) : STR_NONE;
    db_rows_done(rows);
    return ST_OK;
}

Status record_walk(Ctx *c, const Entity *e, Str after, size_t most, RecordVisitor *visit, void *arg, size_t *rows)
{
    Compiled q;
    DbRows *open;
    bool has;
    void *record = record_new(c, e->table);
    compile_walk(c, e, after, (int64_t)most, &q);
    TRY(query(c, &q, &open));
    for (*rows = 0;; ++*rows) {
        TRY(db_next(c, open, &has));
        if (!has)
            return ST_OK;
        TRY(record_from_row(c, e->table, ~(FieldSet)0, open, record));
        TRY(visit(c, record, arg));
    }
}
