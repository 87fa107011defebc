/* What the files that compile SQL share (compile*.c); nobody else includes it. */
#ifndef STORE_COMPILE_BUILD_H
#define STORE_COMPILE_BUILD_H

#include "store/compile.h"

typedef struct Build {
    Ctx *c;
    StrBuf sql;
    Compiled *out;
    size_t room;
    bool dollar;             /* $1 rather than ?1 */
    const TallyTable *tally; /* the table that is asked in place of the records */
    const char *aside;       /* "+" keeps a condition from choosing SQLite's index; see narrow_scope() */
} Build;

/* " AND ...": what the actor's role and rights show of the entity, whose table is called t. */
Status build_sight(Build *b, const Entity *e) MUST_CHECK;
/* " AND (...)": within the reach of the actor's rights of today, whatever his role sees. */
void build_scope(Build *b, const Entity *e);
/* "SELECT what FROM assignment s WHERE ...": the actor's rights of today, in his acting role. */
void build_right(Build *b, const char *what);

/* " FROM table t WHERE ...": sight and conditions of a selection; `table` is the entity's own, or a tally. */
Status build_from(Build *b, const Selection *sel, const char *table) MUST_CHECK;
/* The column of a field, or its state as of the selection's day. */
void build_column(Build *b, const Selection *sel, int field);

static inline Build build_on(Ctx *c, Compiled *out)
{
    *out = (Compiled){ 0 };
    return (
        Build){ .c = c, .sql = strbuf_in(c->arena), .out = out, .dollar = db_engine(c->db) == DB_PGSQL, .aside = "" };
}

static inline void say(Build *b, const char *text)
{
    strbuf_add(&b->sql, str_of(text));
}

/* Adds a parameter and its mark. `kind` is the column's, so that a NULL has a type too. */
static inline void put(Build *b, ValueKind kind, Value value)
{
    Compiled *out = b->out;
    if (out->count == b->room) {
        size_t more = b->room ? b->room * 2 : 16;
        out->values = arena_grow(b->c->arena, out->values, b->room * sizeof(Value), more * sizeof(Value));
        out->kinds = arena_grow(b->c->arena, out->kinds, b->room * sizeof(ValueKind), more * sizeof(ValueKind));
        b->room = more;
    }
    out->values[out->count] = value;
    out->kinds[out->count++] = kind;
    strbuf_addc(&b->sql, b->dollar ? '$' : '?');
    strbuf_add_int(&b->sql, (int64_t)out->count);
}

static inline void put_text(Build *b, Str text)
{
    put(b, VALUE_TEXT, value_text(text));
}

static inline void finish(Build *b)
{
    b->out->sql = strbuf_str(&b->sql);
}

#endif
