/* The search against bare queries of the same tokens in the same index, one thread, over and over.
 *
 *     search LEDGER FINDINGS SECONDS
 *
 * The ledger is one of bench/fill, indexed. Of ten words one is frequent (in every finding), nine are rare (in some
 * two hundred, or in one). Asked in turn: the office, which sees everything, and a unit, which sees its own findings.
 * For each of them, in µs, median and 95th percentile:
 *
 *     ours     the whole use case: words folded, rights asked, hits judged and counted up to 200, twenty records read,
 *              marked and written as JSON
 *     bare     the same tokens (of the unit: with its own): newest hits counted up to 200, twenty of them with the
 *              texts of their records
 *     numbers  the same, without the texts: row numbers of the index
 *
 * Bare queries are prepared once and know no rights. On PostgreSQL they are made to ask the index of tokens: its
 * planner would at times walk the rows from the newest on, which takes seconds. */
#include "domain/account.h"
#include "domain/finding.h"
#include "search/query.h"
#include "service/operation.h"
#include "store/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SAMPLES = 20000, ROWS = 201, SHOWN = 20, WORDS = 5000 };
enum { OURS, BARE, NUMBERS, KINDS };

typedef struct Bench {
    App *app;
    Ctx c;
    Ctx bare;
    CtxMark bare_start;
    Actor office, unit;
    Str unit_id;
    size_t findings;
    uint64_t chance;
    uint32_t *us[2][KINDS];
    uint32_t *frequent[2][KINDS];
    size_t count, frequent_count;
} Bench;

static void must(const Ctx *c, Status status)
{
    if (status == ST_OK)
        return;
    fprintf(stderr, "search: %.*s\n", STR_ARG(c->err.message));
    exit(1);
}

static uint32_t draw(Bench *b, size_t below)
{
    b->chance ^= b->chance << 13;
    b->chance ^= b->chance >> 7;
    b->chance ^= b->chance << 17;
    return (uint32_t)((b->chance >> 16) % below);
}

static uint32_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint32_t)((uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000);
}

/* --- words --------------------------------------------------------------------------------------------- */

static Str word(Bench *b, Arena *arena, bool *frequent)
{
    static const char *const everywhere[] = { "资金", "拨付", "专项资金", "会议记录", "未按规定时限拨付", "账" };
    *frequent = draw(b, 10) == 0;
    if (*frequent)
        return str_of(everywhere[draw(b, sizeof everywhere / sizeof everywhere[0])]);
    if (draw(b, 2))
        return str_format(arena, "第%u笔", draw(b, b->findings));
    uint32_t n = draw(b, WORDS);
    StrBuf w = strbuf_in(arena);
    strbuf_add_char(&w, 0x6000 + n / 100);
    strbuf_add_char(&w, 0x7000 + n % 100);
    return strbuf_str(&w);
}

/* --- bare ------------------------------------------------------------------------------------------------- */

static Str expression(Bench *b, Str text, bool scoped)
{
    Query q;
    bool lite = db_engine(b->bare.db) == DB_SQLITE;
    StrBuf e = strbuf_in(b->bare.arena);
    must(&b->bare, query_read(&b->bare, text, &q));
    for (size_t i = 0; i < q.asks[0].token_count; i++)
        strbuf_addf(&e, lite ? "%s\"%.*s\"" : "%s%.*s", i ? (lite ? " AND " : " ") : "", STR_ARG(q.asks[0].tokens[i]));
    if (scoped)
        strbuf_addf(&e, lite ? " AND \"#%.*s\"" : " #%.*s", STR_ARG(b->unit_id));
    return strbuf_str(&e);
}

static void read_text(Bench *b, int64_t row)
{
    static const ValueKind kind = VALUE_INT;
    DbRows *rows;
    bool has;
    const char *text =
        db_engine(b->bare.db) == DB_SQLITE
            ? "SELECT d.entity, COALESCE(f.title, r.title), f.text FROM search_row d LEFT JOIN finding f ON f.id = "
              "d.record LEFT JOIN rectification r ON r.id = d.record WHERE d.id = ?1"
            : "SELECT d.entity, COALESCE(f.title, r.title), f.text FROM search_row d LEFT JOIN finding f ON f.id = "
              "d.record LEFT JOIN rectification r ON r.id = d.record WHERE d.id = $1";
    const Value arg = value_int(row);
    must(&b->bare, db_query_sql(&b->bare, str_of(text), &kind, &arg, 1, &rows));
    must(&b->bare, db_next(&b->bare, rows, &has));
    db_rows_done(rows);
}

static void bare_query(Bench *b, int who, Str text, int kind)
{
    static const ValueKind kinds[] = { VALUE_TEXT, VALUE_INT };
    bool lite = db_engine(b->bare.db) == DB_SQLITE;
    const char *sql =
        lite ? "SELECT x.rowid FROM search_tokens x WHERE x.search_tokens MATCH ?1 ORDER BY x.rowid DESC LIMIT ?2"
             : "SELECT x.id FROM search_tokens x WHERE x.tokens @> string_to_array($1, ' ') ORDER BY x.id + 0 DESC "
               "LIMIT $2";
    int64_t found[SHOWN], n = 0;
    DbRows *rows;
    bool has = true;
    const Value args[] = { value_text(expression(b, text, who == 1)), value_int(ROWS) };
    must(&b->bare, db_query_sql(&b->bare, str_of(sql), kinds, args, 2, &rows));
    while (has) {
        must(&b->bare, db_next(&b->bare, rows, &has));
        if (has && n++ < SHOWN)
            found[n - 1] = row_int(rows, 0);
    }
    for (int64_t i = 0; kind == BARE && i < n && i < SHOWN; i++)
        read_text(b, found[i]);
    ctx_rewind(&b->bare, b->bare_start);
}

/* --- ours --------------------------------------------------------------------------------------------------- */

static void our_query(Bench *b, const Actor *actor, Str text)
{
    Arena *arena = arena_new();
    Ctx c = app_ctx(b->app, arena);
    const Param param = { S("q"), text };
    c.actor = actor;
    UseCase u = { .op = &operations[USE_SEARCH], .app = b->app, .params = &param, .param_count = 1 };
    must(&c, gate_run_wait(&c, &u));
    arena_done(arena);
}

static uint32_t timed(Bench *b, int who, int kind, Str text)
{
    uint32_t began = now_us();
    if (kind == OURS)
        our_query(b, who ? &b->unit : &b->office, text);
    else
        bare_query(b, who, text, kind);
    return now_us() - began;
}

static void one_word(Bench *b)
{
    Arena *arena = arena_new();
    bool frequent;
    Str text = word(b, arena, &frequent);
    for (int who = 0; who < 2; who++)
        for (int i = 0; i < KINDS; i++) {
            int kind = (int)((b->count + (size_t)i) % KINDS); /* by turns the first, who finds pages cold */
            uint32_t us = timed(b, who, kind, text);
            b->us[who][kind][b->count] = us;
            if (frequent)
                b->frequent[who][kind][b->frequent_count] = us;
        }
    b->count++;
    b->frequent_count += frequent;
    arena_done(arena);
}

/* --- who ------------------------------------------------------------------------------------------------------ */

static Status first_right(Ctx *c, const void *record, void *arg)
{
    Assignment *out = arg;
    *out = *(const Assignment *)record;
    out->account = str_copy(c->arena, out->account);
    out->unit = str_copy(c->arena, out->unit);
    return ST_OK;
}

static Actor find_actor(Bench *b, Role role, Str *unit)
{
    Assignment right;
    Selection sel = selection_of(ENTITY_ASSIGNMENT);
    const Value wanted = value_text(choice_name(&roles, (int32_t)role));
    selection_where(&sel, Assignment_role, OP_EQ, &wanted, 1);
    sel.unscoped = true;
    sel.fields = ~(FieldSet)0;
    sel.limit = 1;
    must(&b->c, selection_each(&b->c, &sel, first_right, &right, NULL));
    Actor a = { .account = right.account, .login = S("bench"), .role = role, .held = ROLE_BIT(role) };
    must(&b->c, holding_find(&b->c, &a));
    *unit = right.unit;
    return a;
}

/* --- what is said ------------------------------------------------------------------------------------------------ */

static int by_size(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void print(uint32_t *us, size_t count)
{
    qsort(us, count, sizeof *us, by_size);
    printf(" %u %u", us[count / 2], us[count * 95 / 100]);
}

/* A line for everybody: of all words, then of the frequent ones; for each kind median and 95th percentile. */
static void print_all(Bench *b)
{
    for (int who = 0; who < 2; who++) {
        printf("%s", who ? "unit" : "office");
        for (int kind = 0; kind < KINDS; kind++)
            print(b->us[who][kind], b->count);
        for (int kind = 0; kind < KINDS; kind++)
            print(b->frequent[who][kind], b->frequent_count);
        printf("\n");
    }
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fputs("usage: search LEDGER FINDINGS SECONDS\n", stderr);
        return 2;
    }
    static const Clock clock = { .zone_minutes = 480, .pinned_today = 20211031 };
    Env env = { &clock, crypto_open(), ids_open() };
    Bench b = { .c = ctx_on(arena_new(), &env), .chance = 88172645463325252u, .findings = strtoul(argv[2], NULL, 10) };
    AppWish wish = { .ledger = { .where = str_of(argv[1]) }, .today = 20211031 };
    must(&b.c, app_open(&b.c, &wish, &b.app));
    b.c = app_ctx(b.app, b.c.arena);
    b.bare = app_ctx(b.app, arena_new());
    for (int who = 0; who < 2; who++)
        for (int kind = 0; kind < KINDS; kind++) {
            b.us[who][kind] = calloc(SAMPLES, sizeof(uint32_t));
            b.frequent[who][kind] = calloc(SAMPLES, sizeof(uint32_t));
        }
    Str none;
    int64_t settings;
    must(&b.c, app_read_begin(b.app, &b.c));
    b.office = find_actor(&b, ROLE_OFFICE, &none);
    b.unit = find_actor(&b, ROLE_UNIT, &b.unit_id);
    app_read_end(b.app, &b.c);
    must(&b.bare, app_read_begin(b.app, &b.bare));
    if (db_engine(b.bare.db) == DB_PGSQL)
        must(&b.bare,
            db_query_int(&b.bare, SQL_SEARCH_SETTINGS, ARGS(value_text(S("force_custom_plan"))), &settings, NULL));
    b.bare_start = ctx_mark(&b.bare);
    for (int i = 0; i < 60; i++)
        one_word(&b); /* warm */
    b.count = b.frequent_count = 0;
    int64_t until = clock_ticks_ms() + (int64_t)(strtod(argv[3], NULL) * 1000);
    while (b.count < SAMPLES && clock_ticks_ms() < until)
        one_word(&b);
    print_all(&b);
    return 0;
}
