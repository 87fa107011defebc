/* One test, both engines.
 *
 *     ENGINE_TEST(same_name_twice_is_a_conflict)
 *     {
 *         assert_ok(fx->c, db_run(fx->c, ...));
 *         assert_fails(fx->c, ST_CONFLICT, db_run(fx->c, ...));
 *     }
 *     const struct CMUnitTest tests[] = { ON_BOTH(same_name_twice_is_a_conflict) };
 *     return cmocka_run_group_tests(tests, NULL, NULL);
 *
 * Each test gets a fresh ledger: a file in a folder of its own, or a schema on $XUNCHA_TEST_PG
 * (tests/with_postgres sets it; without it the PostgreSQL half is skipped, and says so). What was
 * opened through the fixture is closed, and its places are removed, when the test ends. */
#ifndef SUPPORT_ENGINES_H
#define SUPPORT_ENGINES_H

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* cmocka and base/ctx.h both have a fail: ours is kept, whichever came first. */
#pragma push_macro("fail")
#undef fail
#include <cmocka.h>
#undef fail
#pragma pop_macro("fail")

#include "domain/permission.h"
#include "store/ledger.h"
#include "store/migrate.h"

enum { FIXTURE_PLACES_MAX = 4, FIXTURE_CTXS_MAX = 32 };
#define FIXTURE_TODAY date_of(2021, 10, 31)

typedef struct Fixture {
    DbEngine engine;
    Ctx *c;          /* Chinese; on FIXTURE_TODAY at 08:15:30 UTC; c->db is open for writing */
    Str where;       /* its ledger: empty, or current after fixture_migrate() */
    const char *dir; /* a folder for the test's files */
    Ledger *ledger;  /* after fixture_found() */
    Actor local;     /* may do and see everything */

    Arena *arena;
    Clock clock;
    Env env;
    Crypto *crypto;
    Str places[FIXTURE_PLACES_MAX];
    size_t place_count;
    Ctx *ctxs[FIXTURE_CTXS_MAX];
    size_t ctx_count;
} Fixture;

/* A Ctx of its own arena for another connection or thread; the connection is opened at `where`
 * and closed with the test. */
Ctx *fixture_open(Fixture *fx, Str where, DbMode mode);
/* A Ctx without a connection. */
Ctx *fixture_ctx(Fixture *fx);
/* Another fresh place on the same engine; nothing is there yet. */
Str fixture_place(Fixture *fx);
/* "NAME" in the fixture's folder. */
Str fixture_path(Fixture *fx, const char *name);
/* Brings the fixture's ledger to the current schema. */
void fixture_migrate(Fixture *fx);
/* Makes the fixture's place a whole ledger: current, with keys and an evidence folder, locked as by a
 * server; `c` then acts as the local operator. */
Ledger *fixture_found(Fixture *fx);
/* The same ledger of another place ("file:…?vfs=…" too); the caller closes it. */
Ledger *fixture_found_at(Fixture *fx, Str where);
/* Parameters written ?1 for both engines. */
Str fixture_sql(const Fixture *fx, Arena *arena, const char *sql);

/* The status that was wanted, with a message where that is a failure, which is then forgiven; what
 * was said instead is shown. */
#define assert_ok(c, call)          fixture_expect((c), ST_OK, (call), #call, __FILE__, __LINE__)
#define assert_fails(c, want, call) fixture_expect((c), (want), (call), #call, __FILE__, __LINE__)
#define assert_str_equal(got, want) fixture_expect_str((got), (want), __FILE__, __LINE__)
void fixture_expect(Ctx *c, Status want, Status got, const char *call, const char *file, int line);
void fixture_expect_str(Str got, Str want, const char *file, int line);

/* For threads other than the test's own, out of which cmocka cannot jump: says what failed and aborts. */
#define must(condition) ((condition) ? (void)0 : must_failed(#condition, __FILE__, __LINE__))
void must_failed(const char *condition, const char *file, int line) __attribute__((noreturn));

#define ENGINE_TEST(name)                      \
    static void name(Fixture *fx);             \
    static void name##_on_engine(void **state) \
    {                                          \
        if (!*state)                           \
            skip();                            \
        name(*state);                          \
    }                                          \
    static void name(Fixture *fx)

#define ON_SQLITE(name)                                                                     \
    {                                                                                       \
#name " (sqlite)", name##_on_engine, fixture_set_up_sqlite, fixture_tear_down, NULL \
    }
#define ON_PGSQL(name)                                                                    \
    {                                                                                     \
#name " (pgsql)", name##_on_engine, fixture_set_up_pgsql, fixture_tear_down, NULL \
    }
#define ON_BOTH(name) ON_SQLITE(name), ON_PGSQL(name)
int fixture_set_up_sqlite(void **state);
int fixture_set_up_pgsql(void **state);
int fixture_tear_down(void **state);

#endif
