/* What the tests of this room share: cmocka, a Ctx on a fixed clock, and comparing texts.
 *
 * Comes first in a test: cmocka has a fail() of its own, which gives way to that of base/ctx.h. */
#ifndef BASE_TEST_H
#define BASE_TEST_H

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail

#include "base/ctx.h"

#include <stdlib.h>

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))
/* A table's row that does not hold is named by what it was about. */
#define row_holds(condition, ...)             \
    do {                                      \
        if (!(condition)) {                   \
            print_error("row: " __VA_ARGS__); \
            print_error("\n");                \
            _fail(__FILE__, __LINE__);        \
        }                                     \
    } while (0)
#define assert_str_equal(got, want) base_expect_str((got), (want), __FILE__, __LINE__)

static inline void base_expect_str(Str got, Str want, const char *file, int line)
{
    if (str_eq(got, want))
        return;
    print_error("got:  %.*s\nwant: %.*s\n", STR_ARG(got), STR_ARG(want));
    _fail(file, line);
}

/* Each test has one as *state, by base_set_up(). 2021-10-31 08:15:30 UTC, in the zone of China. */
typedef struct BaseFixture {
    Arena *arena;
    Clock clock;
    Env env;
    Ctx c;
} BaseFixture;

static inline int base_set_up(void **state)
{
    BaseFixture *fx = calloc(1, sizeof *fx);
    if (!fx)
        return -1;
    fx->arena = arena_new();
    fx->clock = (Clock){ .zone_minutes = 480, .fixed = INT64_C(1635668130000000) };
    fx->env = (Env){ .clock = &fx->clock };
    fx->c = ctx_on(fx->arena, &fx->env);
    *state = fx;
    return 0;
}

static inline int base_tear_down(void **state)
{
    BaseFixture *fx = *state;
    arena_done(fx->arena);
    free(fx);
    return 0;
}

#define WITH_CTX(test) cmocka_unit_test_setup_teardown(test, base_set_up, base_tear_down)

#endif
