/* What the index of the search finds, within the actor's scope: one statement for either engine. */
#include "store/compile_build.h"
#include "store/scope.h"

#include <string.h>

/* --- the index is asked ------------------------------------------------------------------------------------- */

static void match_all(StrBuf *m, const Str *tokens, size_t count)
{
    for (size_t i = 0; i < count; i++)
        strbuf_addf(m, "%s\"%.*s\"", i ? " AND " : "", STR_ARG(tokens[i]));
}

/* Its records tell by themselves which targets they hang on: the index knows their words. */
static bool is_placed(const Ctx *c, const Entity *e)
{
    const Sight *s = sight_of(c->actor->role, e->kind);
    return s->kind == SIGHT_SCOPED && !e->scope.through.other && e->scope.account < 0;
}

/* For a role that sees little: what hangs on its targets, and the kinds of which that cannot be told. */
static size_t words_of_scope(Ctx *c, const HitAsk *ask, Str **out)
{
    size_t n = 0;
    *out = arena_array_of(c->arena, Str, ask->target_count + ENTITY_COUNT);
    for (size_t i = 0; i < ask->target_count; i++)
        (*out)[n++] = str_format(c->arena, "#%.*s", STR_ARG(ask->targets[i]));
    for (int kind = 1; kind < ENTITY_COUNT; kind++) {
        const Entity *e = entity_of((EntityKind)kind);
        if (entity_is_found(e) && sight_of(c->actor->role, e->kind)->kind != SIGHT_NONE && !is_placed(c, e))
            (*out)[n++] = str_format(c->arena, "#%s", e->table->name);
    }
    return n;
}

static void match_any_kind(StrBuf *m, const Ctx *c, SightKind sight, const char *before)
{
    for (int kind = 1; kind < ENTITY_COUNT; kind++) {
        const Entity *e = entity_of((EntityKind)kind);
        if (!entity_is_found(e) || sight_of(c->actor->role, e->kind)->kind != sight)
            continue;
        strbuf_addf(m, "%s\"#%s\"", before, e->table->name);
        before = " OR ";
    }
}

/* One expression of FTS5. Tokens hold no quotation marks. */
static Str match_expression(Ctx *c, const HitAsk *ask, const Str *words, size_t count)
{
    StrBuf m = strbuf_in(c->arena);
    for (size_t i = 0; i < ask->term_count; i++) {
        const HitTerm *t = &ask->terms[i];
        strbuf_add(&m, i ? S(" AND (") : S("("));
        match_all(&m, t->tokens, t->token_count);
        if (t->spelt_count) {
            strbuf_add(&m, S(" OR ("));
            match_all(&m, t->spelt_tokens, t->spelt_count);
            strbuf_addc(&m, ')');
        }
        strbuf_addc(&m, ')');
    }
    if (ask->only)
        strbuf_addf(&m, " AND \"#%s\"", ask->only->table->name);
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&m, "%s\"%.*s\"", i ? " OR " : " AND (", STR_ARG(words[i]));
    if (count)
        strbuf_addc(&m, ')');
    size_t so_far = m.len;
    if (!ask->narrow && !ask->only) /* kinds that the role does not see need not be judged one by one */
        match_any_kind(&m, c, SIGHT_NONE, " NOT (");
    if (m.len > so_far)
        strbuf_addc(&m, ')');
    return strbuf_str(&m);
}

static void put_tokens(Build *b, const Str *tokens, size_t count)
{
    StrBuf list = strbuf_in(b->c->arena);
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&list, "%s%.*s", i ? " " : "", STR_ARG(tokens[i]));
    say(b, "string_to_array(");
    put_text(b, strbuf_str(&list));
    say(b, ", ' ')");
}

/* The same over an array of tokens: those that all must be there in one condition, which one look into the index
 * answers. */
static void say_tokens(Build *b, const HitAsk *ask, const Str *words, size_t count)
{
    size_t room = 1, n = 0;
    for (size_t i = 0; i < ask->term_count; i++)
        room += ask->terms[i].token_count;
    Str *all = arena_array_of(b->c->arena, Str, room);
    for (size_t i = 0; i < ask->term_count; i++) {
        const HitTerm *t = &ask->terms[i];
        if (!t->spelt_count) {
            memcpy(all + n, t->tokens, t->token_count * sizeof *all);
            n += t->token_count;
            continue;
        }
        say(b, "(x.tokens @> ");
        put_tokens(b, t->tokens, t->token_count);
        say(b, " OR x.tokens @> ");
        put_tokens(b, t->spelt_tokens, t->spelt_count);
        say(b, ") AND ");
    }
    if (ask->only)
        all[n++] = str_format(b->c->arena, "#%s", ask->only->table->name);
    if (n) {
        say(b, "x.tokens @> ");
        put_tokens(b, all, n);
        say(b, " AND ");
    }
    if (count) {
        say(b, "x.tokens && ");
        put_tokens(b, words, count);
        say(b, " AND ");
    }
}

static void say_look(Build *b, const char *column, Str text)
{
    strbuf_addf(&b->sql, "%s(b.%s, ", b->dollar ? "strpos" : "instr", column);
    put_text(b, text);
    say(b, ") > 0");
}

static bool wants_looks(const HitAsk *ask)
{
    for (size_t i = 0; i < ask->term_count; i++)
        if (ask->terms[i].phrase.len || ask->terms[i].spelt.len)
            return true;
    return false;
}

/* "... AND " where pairs of characters do not tell that they stand in a row. */
static void say_looks(Build *b, const HitAsk *ask)
{
    for (size_t i = 0; i < ask->term_count; i++) {
        const HitTerm *t = &ask->terms[i];
        if (t->spelt.len) {
            say(b, "(");
            say_look(b, "spelt", t->spelt);
            say(b, " OR ");
            say_look(b, "body", t->tokens[0]);
            say(b, ") AND ");
        } else if (t->phrase.len) {
            say_look(b, "body", t->phrase);
            say(b, " AND ");
        }
    }
}

static const Sight *sight_in(const Build *b, const Entity *e)
{
    return sight_of(b->c->actor->role, e->kind);
}

static bool is_judged(const Build *b, const HitAsk *ask, const Entity *e)
{
    if (ask->only)
        return e == ask->only;
    return entity_is_found(e) && sight_in(b, e)->kind != SIGHT_NONE;
}

/* Whether the actor sees it does not depend on the record, and that it is there is known. */
static bool is_settled(const Build *b, const HitAsk *ask, const Entity *e)
{
    const Sight *s = sight_in(b, e);
    const Holding *h = &b->c->actor->holding;
    return ask->current && s->only == ONLY_ALL &&
           (s->kind == SIGHT_OPEN || (s->kind == SIGHT_SCOPED && h->known && h->everything));
}

/* No row of the index need be judged by its record, nor even be looked at. PostgreSQL leaves out the kinds that the
 * role does not see row by row. */
static bool all_settled(const Build *b, const HitAsk *ask)
{
    for (int kind = 1; kind < ENTITY_COUNT; kind++) {
        const Entity *e = entity_of((EntityKind)kind);
        bool judged = is_judged(b, ask, e);
        bool hidden = !judged && !ask->only && entity_is_found(e);
        if ((judged && !is_settled(b, ask, e)) || (hidden && b->dollar))
            return false;
    }
    return true;
}

static void say_whole_right(Build *b)
{
    say(b, "EXISTS (");
    build_right(b, "1");
    say(b, " AND s.everything = 1)");
}

static Status say_judge_of(Build *b, const HitAsk *ask, const Entity *e)
{
    say(b, " WHEN ");
    put_text(b, str_of(e->table->name));
    say(b, " THEN ");
    if (is_settled(b, ask, e)) {
        if (sight_in(b, e)->kind == SIGHT_OPEN)
            say(b, "1 = 1");
        else
            say_whole_right(b);
        return ST_OK;
    }
    strbuf_addf(&b->sql, "EXISTS (SELECT 1 FROM %s t WHERE t.id = d.record", e->sql_table);
    TRY(build_sight(b, e));
    say(b, ")");
    return ST_OK;
}

/* A record that is there and within the scope. What hangs on inspections comes first: of that there is most. */
static Status say_judge(Build *b, const HitAsk *ask)
{
    say(b, "CASE d.entity WHEN '' THEN 1 = 0");
    for (int pass = 0; pass < 2; pass++)
        for (int kind = 1; kind < ENTITY_COUNT; kind++) {
            const Entity *e = entity_of((EntityKind)kind);
            bool many = e->scope.inspection >= 0;
            if (many == (pass == 0) && is_judged(b, ask, e))
                TRY(say_judge_of(b, ask, e));
        }
    say(b, " END");
    return ST_OK;
}

/* One right for all, where each kind is settled; kinds that are open need none. */
static void say_settled(Build *b, const HitAsk *ask)
{
    bool scoped = false;
    for (int kind = 1; kind < ENTITY_COUNT; kind++) {
        const Entity *e = entity_of((EntityKind)kind);
        scoped = scoped || (is_judged(b, ask, e) && sight_in(b, e)->kind == SIGHT_SCOPED);
    }
    if (scoped)
        say_whole_right(b);
    else
        say(b, "1 = 1");
}

static void say_range(Build *b, const HitAsk *ask, const char *id)
{
    strbuf_addf(&b->sql, "%s >= ", id);
    put(b, VALUE_INT, value_int(ask->from));
    strbuf_addf(&b->sql, " AND %s <= ", id);
    put(b, VALUE_INT, value_int(ask->to));
}

/* What the index proposes: tokens and row numbers. A frequent word is looked for on PostgreSQL by walking the rows
 * from the newest on, which GIN cannot: the condition is put so that it uses no index. Where one plan serves all words
 * (hits_mode) the range is: not knowing it, that plan would read the whole index of row numbers beside that of tokens.
 */
static void say_proposed(Build *b, const HitAsk *ask, const char *id)
{
    Str *words = NULL;
    size_t count = ask->narrow ? words_of_scope(b->c, ask, &words) : 0;
    say(b, ask->narrow && !count ? " WHERE 1 = 0 AND " : " WHERE ");
    if (b->dollar) {
        say(b, ask->frequent ? "((" : "");
        say_tokens(b, ask, words, count);
        say(b, ask->frequent ? "1 = 1) IS NOT FALSE) AND " : "");
    } else {
        say(b, "x.search_tokens MATCH ");
        put_text(b, match_expression(b->c, ask, words, count));
        say(b, " AND ");
    }
    bool unknown = b->dollar && !ask->frequent && holding_is_narrow(&b->c->actor->holding);
    say_range(b, ask, unknown ? "x.id + 0" : id);
}

/* A rare word's rows are found by the index and sorted; said so that no other plan comes into question. */
static void say_newest(Build *b, const HitAsk *ask, const char *id, int64_t limit)
{
    strbuf_addf(&b->sql, " ORDER BY %s%s DESC LIMIT ", id, b->dollar && !ask->frequent ? " + 0" : "");
    put(b, VALUE_INT, value_int(limit));
}

static void say_rows_of(Build *b, const HitAsk *ask, const char *id)
{
    strbuf_addf(&b->sql, " JOIN search_row d ON d.id = %s", id);
    if (wants_looks(ask))
        strbuf_addf(&b->sql, " JOIN search_text b ON b.id = %s", id);
}

/* PostgreSQL is made to choose the proposed first: it would judge all of a frequent word's rows before it sorts. */
static void say_source(Build *b, const HitAsk *ask, int64_t window)
{
    if (!b->dollar) {
        say(b, " FROM search_tokens x");
        say_rows_of(b, ask, "x.rowid");
        say_proposed(b, ask, "x.rowid");
        say_newest(b, ask, "x.rowid", window);
        return;
    }
    say(b, " FROM (SELECT x.id FROM search_tokens x");
    say_proposed(b, ask, "x.id");
    say_newest(b, ask, "x.id", window);
    say(b, ") p");
    say_rows_of(b, ask, "p.id");
    say(b, " ORDER BY p.id DESC");
}

/* Refused as a list of the kind would be. */
static Status check_seen(Ctx *c, const HitAsk *ask)
{
    Compiled ignored;
    Build b = build_on(c, &ignored);
    return ask->only ? build_sight(&b, ask->only) : ST_OK;
}

Status compile_hits(Ctx *c, const HitAsk *ask, int64_t window, Compiled *out)
{
    TRY(check_seen(c, ask));
    Build b = build_on(c, out);
    strbuf_room(&b.sql, 8192);
    say(&b, "SELECT d.id, d.entity, d.record, CASE WHEN ");
    say_looks(&b, ask);
    if (all_settled(&b, ask))
        say_settled(&b, ask);
    else
        TRY(say_judge(&b, ask));
    say(&b, " THEN 1 ELSE 0 END");
    say_source(&b, ask, window);
    finish(&b);
    return ST_OK;
}

bool compile_hit_count(Ctx *c, const HitAsk *ask, int64_t cap, Compiled *out)
{
    Build b = build_on(c, out);
    const char *id = b.dollar ? "x.id" : "x.rowid";
    if (wants_looks(ask) || !all_settled(&b, ask))
        return false;
    say(&b, "SELECT CASE WHEN ");
    say_settled(&b, ask);
    say(&b, " THEN (SELECT COUNT(*) FROM (SELECT 1 FROM search_tokens x");
    say_proposed(&b, ask, id);
    say_newest(&b, ask, id, cap + 1);
    say(&b, ") counted) ELSE 0 END");
    finish(&b);
    return true;
}

void compile_hit_probe(Ctx *c, const HitAsk *ask, int64_t rows, Compiled *out)
{
    Build b = build_on(c, out);
    Str *words = NULL;
    size_t count = ask->narrow ? words_of_scope(c, ask, &words) : 0;
    say(&b, "SELECT COUNT(*) FROM (SELECT x.id, x.tokens FROM search_tokens x WHERE ");
    say_range(&b, ask, "x.id");
    say(&b, " ORDER BY x.id DESC LIMIT ");
    put(&b, VALUE_INT, value_int(rows));
    say(&b, ") x WHERE ");
    say_tokens(&b, ask, words, count);
    say(&b, "1 = 1");
    finish(&b);
}
