/* The search over everything: what was typed, the index, the records as they are now and as far as they are the
 * actor's to see. The text of a query goes into no log. */
#include "domain/unit.h"
#include "search/index.h"
#include "search/index_row.h"
#include "search/mark.h"
#include "service/services.h"
#include "store/hits.h"

#include <string.h>

enum {
    SEARCH_LIMIT = 20,
    SEARCH_LIMIT_MAX = 50,
    SEARCH_COUNT_UP_TO = 200,
    TARGETS_MAX = 40, /* rights that name more are judged record by record */
    TITLE_CHARS = 80,
    SNIPPET_CHARS = 120
};

typedef struct Hit {
    int64_t row;
    const Entity *entity;
    char id_bytes[ID_LEN];
    Str id;
    void *record; /* whole INDEXED fields; NULL until loaded */
} Hit;

typedef struct Search {
    Query query;
    HitAsk ask;
    Hit *hits;
    size_t count; /* of hits on the page */
    size_t limit;
    int64_t total;
    bool exact;
    bool more;
    int64_t behind;
} Search;

/* --- what is asked ------------------------------------------------------------------------------------------ */

static Status bad(Ctx *c, Str name, Str value, Text rule)
{
    return fail_field(c, name, value, rule, T("请更正或去掉这个条件", "correct it or leave it out"));
}

static Status read_entity(Ctx *c, Str value, Search *s)
{
    const Entity *e = entity_named(value);
    if (!e || !entity_is_found(e))
        return bad(c, S("entity"), value, T("没有这种可检索的记录", "no kind of record that the search finds"));
    s->ask.only = e;
    return ST_OK;
}

static Status read_day(Ctx *c, Str name, Str value, Date *out)
{
    return date_parse(value, out) ? ST_OK : bad(c, name, value, T("应为日期，如2021-10-31", "a date: 2021-10-31"));
}

static Status read_param(Ctx *c, Str name, Str value, Search *s)
{
    int64_t n;
    Date day;
    if (str_eq(name, S("q")) || value.len == 0)
        return ST_OK;
    if (str_eq(name, S("entity")))
        return read_entity(c, value, s);
    if (str_eq(name, S("from")) || str_eq(name, S("to"))) {
        TRY(read_day(c, name, value, &day));
        if (str_eq(name, S("from")))
            s->ask.from = index_first_of(day);
        else if (index_last_of(day) < s->ask.to)
            s->ask.to = index_last_of(day);
        return ST_OK;
    }
    if (str_eq(name, S("limit"))) {
        if (!str_to_int(value, &n) || n < 1 || n > SEARCH_LIMIT_MAX)
            return bad(c, name, value, text_format(c, "应为1至%d", "1 to %d", SEARCH_LIMIT_MAX));
        s->limit = (size_t)n;
        return ST_OK;
    }
    return bad(c, name, value, T("检索没有这个条件", "the search has no such condition"));
}

static Status read_after(Ctx *c, Str value, int64_t *to)
{
    int64_t row;
    if (value.len == 0)
        return ST_OK;
    if (!str_to_int(value, &row) || row < 1)
        return bad(c, S("after"), value, T("应为上一页给出的位置", "the place that the page before gave"));
    *to = row - 1 < *to ? row - 1 : *to;
    return ST_OK;
}

static Status read_params(Ctx *c, const UseCase *u, Search *s)
{
    Status worst = ST_OK;
    s->limit = SEARCH_LIMIT;
    s->ask.to = INT64_MAX;
    for (size_t i = 0; i < u->param_count; i++) {
        bool later = str_eq(u->params[i].name, S("after"));
        Status status = later ? ST_OK : read_param(c, u->params[i].name, u->params[i].value, s);
        worst = worst == ST_OK ? status : worst;
    }
    Status status = query_read(c, usecase_param(u, S("q")), &s->query);
    s->ask.terms = s->query.asks;
    s->ask.term_count = s->query.count;
    return worst == ST_OK ? status : worst;
}

static void keep_target(Ctx *c, const DbRows *rows, Str *targets, size_t *count)
{
    for (int i = 0; i < 4 && *count < TARGETS_MAX; i++)
        if (!row_is_null(rows, i))
            targets[(*count)++] = str_copy(c->arena, row_text(rows, i));
}

/* Where the actor's rights name few things, the index is asked for what hangs on these. It only proposes: the rights
 * are asked again of each record. */
static Status find_targets(Ctx *c, HitAsk *ask)
{
    const Actor *a = c->actor;
    DbRows *rows;
    bool has = true;
    Str *targets = arena_array_of(c->arena, Str, TARGETS_MAX);
    if (!a->holding.known || a->holding.everything || a->role == ROLE_LOCAL)
        return ST_OK;
    TRY(db_query(c, SQL_SEARCH_TARGETS,
        ARGS(value_text(a->account), value_text(choice_name(&roles, (int32_t)a->role)), value_date(c->arena, c->today),
            value_int(TARGETS_MAX)),
        &rows));
    while (has) {
        TRY(db_next(c, rows, &has));
        if (has)
            keep_target(c, rows, targets, &ask->target_count);
    }
    ask->narrow = ask->target_count < TARGETS_MAX;
    ask->targets = targets;
    return ST_OK;
}

/* --- what is found -------------------------------------------------------------------------------------------- */

/* What one scan is to bring. */
typedef struct Scan {
    Search *search;
    int64_t wanted;
    int64_t seen;
    bool keep; /* hits for the page, too */
} Scan;

/* Without the arena, which is rewound between windows. */
static void hit_keep(Hit *out, const HitRow *hit)
{
    *out = (Hit){ .row = hit->row, .entity = hit->entity };
    out->id = (Str){ out->id_bytes, hit->id.len < ID_LEN ? hit->id.len : ID_LEN };
    memcpy(out->id_bytes, hit->id.ptr, out->id.len);
}

static Status take_hit(Ctx *c, const HitRow *hit, void *arg, bool *enough)
{
    Scan *scan = arg;
    Search *s = scan->search;
    if (scan->keep && s->count < s->limit)
        hit_keep(&s->hits[s->count++], hit);
    *enough = ++scan->seen == scan->wanted;
    (void)c;
    return ST_OK;
}

static Status scan_from(Ctx *c, Search *s, int64_t to, int64_t wanted, bool keep, int64_t *seen)
{
    HitAsk ask = s->ask;
    Scan scan = { s, wanted, 0, keep };
    ask.to = to;
    TRY(hits_each(c, &ask, wanted, take_hit, &scan));
    *seen = scan.seen;
    return ST_OK;
}

/* The index alone counts where it may; else the first page is counted by the way, and a later one beside it. */
static Status find_hits(Ctx *c, const UseCase *u, Search *s)
{
    bool counted;
    int64_t seen, to = s->ask.to;
    const int64_t page = (int64_t)s->limit + 1, all = SEARCH_COUNT_UP_TO + 1;
    s->hits = arena_array_of(c->arena, Hit, s->limit);
    TRY(read_after(c, usecase_param(u, S("after")), &to));
    bool first = to == s->ask.to;
    TRY(hits_count(c, &s->ask, SEARCH_COUNT_UP_TO, &s->total, &counted));
    TRY(scan_from(c, s, to, first && !counted ? all : page, true, &seen));
    s->more = seen > (int64_t)s->limit;
    if (!counted && first)
        s->total = seen;
    else if (!counted)
        TRY(scan_from(c, s, s->ask.to, all, false, &s->total));
    s->exact = s->total <= SEARCH_COUNT_UP_TO;
    s->total = s->exact ? s->total : SEARCH_COUNT_UP_TO;
    return ST_OK;
}

/* --- the records ------------------------------------------------------------------------------------------------ */

static FieldSet shown_fields(const Entity *e)
{
    const Field *unit_name = field_named(e->table, S("unit_name"));
    FieldSet set = record_fields_with(e->table, INDEXED) | FIELD_BIT(e->title) | FIELD_BIT(Record_id);
    return unit_name ? set | FIELD_BIT(field_index(e->table, unit_name)) : set;
}

static Status keep_record(Ctx *c, const void *record, void *arg)
{
    const Search *s = arg;
    for (size_t i = 0; i < s->count; i++)
        if (str_eq(s->hits[i].id, record_id(record)))
            s->hits[i].record = record_copy(c, s->hits[i].entity->table, record);
    return ST_OK;
}

/* The page's records of one kind by one statement, whose text does not depend on how many there are. */
static Status load_kind(Ctx *c, Search *s, const Entity *e)
{
    Selection sel = selection_of(e->kind);
    Value *ids = arena_array_of(c->arena, Value, s->limit);
    size_t n = 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->hits[i].entity == e)
            ids[n++] = value_text(s->hits[i].id);
    if (n == 0)
        return ST_OK;
    for (size_t i = n; i < s->limit; i++)
        ids[i] = ids[0];
    selection_where(&sel, Record_id, OP_IN, ids, s->limit);
    sel.fields = shown_fields(e);
    sel.unordered = true;
    sel.limit = (uint32_t)n;
    return selection_each(c, &sel, keep_record, s, NULL);
}

static Status load_records(Ctx *c, Search *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (!s->hits[i].record)
            TRY(load_kind(c, s, s->hits[i].entity));
    return ST_OK;
}

/* --- the answer --------------------------------------------------------------------------------------------------- */

static void put_text(JsonWriter *w, Str name, Str text)
{
    json_key(w, name);
    json_text_or_null(w, text);
}

static void put_snippet(Ctx *c, JsonWriter *w, Text label, Str text, const Mark *marks, size_t count)
{
    put_text(w, S("field"), text_in(label, c->lang));
    json_key(w, S("snippet"));
    mark_parts(c, w, text, marks, count, SNIPPET_CHARS);
}

/* A name that a unit had, where that is what was found. */
static Status put_former_name(Ctx *c, const Search *s, JsonWriter *w, const Hit *h, bool *put)
{
    Str names[UNIT_NAMES_MAX];
    size_t count;
    const Unit *unit = h->record;
    if (h->entity->kind != ENTITY_UNIT || sight_of(c->actor->role, ENTITY_UNIT_FACT)->kind == SIGHT_NONE)
        return ST_OK;
    TRY(unit_names(c, h->id, true, names, UNIT_NAMES_MAX, &count));
    for (size_t i = 0; i < count && !*put; i++) {
        Mark marks[MARKS_MAX];
        size_t n = str_eq(names[i], unit->name) ? 0 : mark_find(c, &s->query, names[i], true, marks);
        if (n == 0)
            continue;
        put_snippet(c, w, T("曾用名", "Former name"), names[i], marks, n);
        *put = true;
    }
    return ST_OK;
}

/* Longer texts are looked through first, names only where none of these has a mark. */
static bool comes_now(const Field *f, int pass)
{
    return (f->flags & INDEXED) && (f->type == FT_LONG) == (pass == 0);
}

/* The field with most marks, the title apart; without marks the first longer text, so that one sees what it is. */
static Status put_best_field(Ctx *c, const Search *s, JsonWriter *w, const Hit *h, bool title_marked)
{
    Mark marks[MARKS_MAX], best_marks[MARKS_MAX];
    const Field *best = NULL;
    size_t best_count = 0;
    bool put = false;
    int fields = h->entity->table->count;
    for (int i = 0; i < 2 * fields; i++) {
        const Field *f = &h->entity->table->fields[i % fields];
        if (i == fields && (best_count || title_marked))
            break;
        if (!comes_now(f, i / fields) || i % fields == h->entity->title || field_is_empty(f, h->record))
            continue;
        size_t n = mark_find(c, &s->query, *(const Str *)field_of(f, h->record), (f->flags & SPELT) != 0, marks);
        if (n > best_count || (!best && f->type == FT_LONG)) {
            best = f;
            best_count = n;
            memcpy(best_marks, marks, sizeof marks);
        }
    }
    if (best_count == 0 && !title_marked)
        TRY(put_former_name(c, s, w, h, &put));
    if (best && !put)
        put_snippet(c, w, best->label, *(const Str *)field_of(best, h->record), best_marks, best_count);
    return ST_OK;
}

static Status put_hit(Ctx *c, const Search *s, JsonWriter *w, const Hit *h)
{
    Mark marks[MARKS_MAX];
    const Entity *e = h->entity;
    const Field *unit_name = field_named(e->table, S("unit_name"));
    Str title = record_title(e, h->record);
    size_t count = mark_find(c, &s->query, title, (e->table->fields[e->title].flags & SPELT) != 0, marks);
    json_open_object(w);
    put_text(w, S("entity"), str_of(e->table->name));
    put_text(w, S("label"), text_in(e->label, c->lang));
    put_text(w, S("id"), h->id);
    json_key(w, S("date"));
    json_date(w, index_day_of(h->row));
    put_text(w, S("title"), title);
    json_key(w, S("title_parts"));
    mark_parts(c, w, title, marks, count, TITLE_CHARS);
    put_text(w, S("unit_name"), unit_name ? *(const Str *)field_of(unit_name, h->record) : STR_NONE);
    TRY(put_best_field(c, s, w, h, count > 0));
    json_close_object(w);
    return ST_OK;
}

static Status put_answer(Ctx *c, UseCase *u, const Search *s)
{
    JsonWriter w = json_onto(&u->out);
    strbuf_room(&u->out, 16384);
    json_open_object(&w);
    json_key(&w, S("items"));
    json_open_list(&w);
    for (size_t i = 0; i < s->count; i++)
        if (s->hits[i].record)
            TRY(put_hit(c, s, &w, &s->hits[i]));
    json_close_list(&w);
    json_key(&w, S("total"));
    json_int(&w, s->total);
    put_text(&w, S("total_is"), s->exact ? S("exact") : S("at_least"));
    put_text(&w, S("next"), s->more ? str_format(c->arena, "%lld", (long long)s->hits[s->count - 1].row) : STR_NONE);
    json_key(&w, S("behind"));
    json_int(&w, s->behind);
    json_close_object(&w);
    return ST_OK;
}

Status search_service_find(Ctx *c, UseCase *u)
{
    Search s = { .limit = SEARCH_LIMIT };
    int64_t settings;
    TRY(read_params(c, u, &s));
    TRY(find_targets(c, &s.ask));
    TRY(index_behind(c, &s.behind));
    s.ask.current = s.behind == 0;
    if (db_engine(c->db) == DB_PGSQL)
        TRY(db_query_int(c, SQL_SEARCH_SETTINGS, ARGS(value_text(hits_mode(c))), &settings, NULL));
    TRY(hits_probe(c, &s.ask));
    TRY(find_hits(c, u, &s));
    TRY(load_records(c, &s));
    return put_answer(c, u, &s);
}
