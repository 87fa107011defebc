#include "store/hits.h"

#include "store/scope.h"

/* Of so many newest rows so many match: then walking back from the newest brings a page and the count soon. */
enum { PROBE_ROWS = 2000, PROBE_FREQUENT = 201 };
enum { WINDOW_SPARE = 8, WINDOW_MAX = 4096 };

static Status first_number(Ctx *c, const Compiled *q, int64_t *out)
{
    DbRows *rows;
    bool has;
    TRY(db_query_sql(c, q->sql, q->kinds, q->values, q->count, &rows));
    TRY(db_next(c, rows, &has));
    *out = has ? row_int(rows, 0) : 0;
    db_rows_done(rows);
    return ST_OK;
}

Str hits_mode(const Ctx *c)
{
    return holding_is_narrow(&c->actor->holding) ? S("force_generic_plan") : S("force_custom_plan");
}

Status hits_probe(Ctx *c, HitAsk *ask)
{
    Compiled q;
    int64_t matches;
    if (db_engine(c->db) != DB_PGSQL || (ask->narrow && holding_is_narrow(&c->actor->holding)))
        return ST_OK; /* what hangs on a few units is not frequent */
    compile_hit_probe(c, ask, PROBE_ROWS, &q);
    TRY(first_number(c, &q, &matches));
    ask->frequent = matches >= PROBE_FREQUENT;
    return ST_OK;
}

/* One window of what the index proposes. */
typedef struct Window {
    int64_t size;
    int64_t looked_at;
    int64_t last; /* the lowest row among them */
    bool enough;
} Window;

static Status scan(Ctx *c, const HitAsk *ask, Window *w, HitVisitor *visit, void *arg)
{
    Compiled q;
    DbRows *rows;
    bool has = true;
    w->looked_at = 0;
    TRY(compile_hits(c, ask, w->size, &q));
    TRY(db_query_sql(c, q.sql, q.kinds, q.values, q.count, &rows));
    while (!w->enough) {
        TRY(db_next(c, rows, &has));
        if (!has)
            break;
        w->looked_at++;
        w->last = row_int(rows, 0);
        const HitRow hit = { w->last, entity_named(row_text(rows, 1)), row_text(rows, 2) };
        if (row_int(rows, 3) && hit.entity)
            TRY(visit(c, &hit, arg, &w->enough));
    }
    db_rows_done(rows);
    return ST_OK;
}

Status hits_each(Ctx *c, const HitAsk *ask, int64_t expected, HitVisitor *visit, void *arg)
{
    HitAsk rest = *ask;
    Window w = { .size = expected + WINDOW_SPARE };
    for (bool more = true; more;) {
        CtxMark mark = ctx_mark(c);
        TRY(scan(c, &rest, &w, visit, arg));
        more = !w.enough && w.looked_at == w.size;
        rest.to = w.last - 1;
        w.size = w.size < WINDOW_MAX ? w.size * 4 : w.size;
        if (more)
            ctx_rewind(c, mark);
    }
    return ST_OK;
}

Status hits_count(Ctx *c, const HitAsk *ask, int64_t cap, int64_t *count, bool *counted)
{
    Compiled q;
    *counted = compile_hit_count(c, ask, cap, &q);
    return *counted ? first_number(c, &q, count) : ST_OK;
}
