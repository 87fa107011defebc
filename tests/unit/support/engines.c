#include "support/engines.h"

#include "base/crypto.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* --- places ----------------------------------------------------------------------------------- */

static const char *make_folder(Arena *arena)
{
    const char *tmp = getenv("TMPDIR");
    char *dir = str_c(arena, str_format(arena, "%s/xuncha-test-XXXXXX", tmp ? tmp : "/tmp"));
    assert_non_null(mkdtemp(dir));
    return dir;
}

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st, (void)kind, (void)at;
    return remove(path);
}

Str fixture_path(Fixture *fx, const char *name)
{
    return str_format(fx->arena, "%s/%s", fx->dir, name);
}

/* Schemas of all tests share one database, so their names are drawn at random. */
static Str schema_place(Fixture *fx)
{
    const char *server = getenv("XUNCHA_TEST_PG");
    StrBuf where = strbuf_in(fx->arena);
    uint8_t drawn[8];
    random_bytes(drawn, sizeof drawn);
    strbuf_addf(&where, "%s?options=-csearch_path=t_", server);
    strbuf_add_hex(&where, drawn, sizeof drawn);
    return strbuf_str(&where);
}

Str fixture_place(Fixture *fx)
{
    assert_true(fx->place_count < FIXTURE_PLACES_MAX);
    Str *place = &fx->places[fx->place_count++];
    if (fx->engine == DB_PGSQL)
        *place = schema_place(fx);
    else
        *place = str_format(fx->arena, "%s/%zu.ledger", fx->dir, fx->place_count);
    return *place;
}

/* A test may never have opened the place, or dropped it. */
static void drop_schema(Fixture *fx, Str place)
{
    Ctx c = ctx_on(fx->arena, &fx->env);
    if (db_open(&c, place, DB_WRITE, &c.db) != ST_OK)
        return;
    Str name = str_sub(place, str_find(place, S("t_"), str_find(place, S("?"), 0)), place.len);
    assert_ok(&c, db_run_script(&c, str_format(fx->arena, "DROP SCHEMA %.*s CASCADE", STR_ARG(name))));
    db_close(c.db);
}

/* --- contexts --------------------------------------------------------------------------------- */

Ctx *fixture_ctx(Fixture *fx)
{
    assert_true(fx->ctx_count < FIXTURE_CTXS_MAX);
    Ctx *c = arena_new_of(fx->arena, Ctx);
    *c = ctx_on(arena_new(), &fx->env);
    fx->ctxs[fx->ctx_count++] = c;
    return c;
}

Ctx *fixture_open(Fixture *fx, Str where, DbMode mode)
{
    Ctx *c = fixture_ctx(fx);
    assert_ok(c, db_open(c, where, mode, &c->db));
    return c;
}

void fixture_migrate(Fixture *fx)
{
    MigrateResult result;
    assert_ok(fx->c, migrate_up(fx->c, migrations, migration_count, &result));
}

Ledger *fixture_found_at(Fixture *fx, Str where)
{
    Ledger *ledger = NULL;
    LedgerWish wish = { .where = where,
        .key_file = fixture_path(fx, "key"),
        .evidence_dir = fixture_path(fx, "evidence"),
        .create = true,
        .write = true };
    assert_ok(fx->c, ledger_open(fx->c, &wish, &ledger));
    fx->c->actor = &fx->local;
    return ledger;
}

Ledger *fixture_found(Fixture *fx)
{
    fx->ledger = fixture_found_at(fx, fx->where);
    return fx->ledger;
}

Str fixture_sql(const Fixture *fx, Arena *arena, const char *sql)
{
    char *text = str_c(arena, str_of(sql));
    for (char *at = text; fx->engine == DB_PGSQL && *at; at++)
        if (*at == '?')
            *at = '$';
    return str_of(text);
}

/* --- expectations ------------------------------------------------------------------------------- */

void fixture_expect(Ctx *c, Status want, Status got, const char *call, const char *file, int line)
{
    if (got != want) {
        print_error("%s\n    gave %s, not %s: %.*s\n    at %s\n", call, status_name(got), status_name(want),
            STR_ARG(c->err.message), c->err.place ? c->err.place : "-");
        _fail(file, line);
    }
    if (want == ST_OK)
        return;
    if (c->err.status != want || str_is_empty(c->err.message)) {
        print_error("%s\n    said nothing of its failure\n", call);
        _fail(file, line);
    }
    ctx_forgive(c);
}

void must_failed(const char *condition, const char *file, int line)
{
    fprintf(stderr, "%s:%d: not so: %s\n", file, line, condition);
    abort();
}

void fixture_expect_str(Str got, Str want, const char *file, int line)
{
    if (str_eq(got, want))
        return;
    print_error("\"%.*s\" is not \"%.*s\"\n", STR_ARG(got), STR_ARG(want));
    _fail(file, line);
}

/* --- set up and tear down ----------------------------------------------------------------------- */

static int set_up(void **state, DbEngine engine)
{
    Arena *arena = arena_new();
    Fixture *fx = arena_new_of(arena, Fixture);
    fx->engine = engine;
    fx->arena = arena;
    fx->dir = make_folder(arena);
    fx->clock = (Clock){ .zone_minutes = 480, .pinned_today = FIXTURE_TODAY };
    assert_true(instant_parse(S("2021-10-31T08:15:30Z"), &fx->clock.fixed));
    fx->crypto = crypto_open();
    assert_non_null(fx->crypto);
    fx->env = (Env){ .clock = &fx->clock, .crypto = fx->crypto, .ids = ids_open_seeded(1) };
    fx->local = (Actor){
        .account = S("local"), .login = S("local"), .name = S("local"), .role = ROLE_LOCAL, .held = ROLE_BIT(ROLE_LOCAL)
    };
    fx->where = fixture_place(fx);
    fx->c = fixture_open(fx, fx->where, DB_CREATE);
    *state = fx;
    return 0;
}

int fixture_set_up_sqlite(void **state)
{
    return set_up(state, DB_SQLITE);
}

int fixture_set_up_pgsql(void **state)
{
    *state = NULL;
    if (getenv("XUNCHA_TEST_PG"))
        return set_up(state, DB_PGSQL);
    print_message("XUNCHA_TEST_PG is not set: PostgreSQL is not tested (see tests/with_postgres)\n");
    return 0;
}

int fixture_tear_down(void **state)
{
    Fixture *fx = *state;
    if (!fx)
        return 0;
    ledger_close(fx->ledger);
    for (size_t i = 0; i < fx->ctx_count; i++) {
        arena_done(fx->ctxs[i]->arena);
        db_close(fx->ctxs[i]->db);
    }
    for (size_t i = 0; i < fx->place_count && fx->engine == DB_PGSQL; i++)
        drop_schema(fx, fx->places[i]);
    nftw(fx->dir, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    ids_close(fx->env.ids);
    crypto_close(fx->crypto);
    arena_done(fx->arena);
    return 0;
}
