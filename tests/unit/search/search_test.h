/* An arena and a Ctx without a ledger, for the tests of folding, tokens and queries. */
#ifndef SEARCH_TEST_H
#define SEARCH_TEST_H

#include "support/engines.h"

typedef struct SearchFixture {
    Clock clock;
    Env env;
    Ctx c;
} SearchFixture;

static inline SearchFixture search_fixture(void)
{
    SearchFixture fx = { .clock = { .zone_minutes = 480, .pinned_today = 20211031, .fixed = 1 } };
    fx.c.arena = arena_new();
    return fx;
}

#endif
