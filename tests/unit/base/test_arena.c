#include "base_test.h"

#include "base/arena.h"

#include <string.h>

static bool is_zero(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (bytes[i])
            return false;
    return true;
}

static void memory_is_aligned_zeroed_and_apart(void **state)
{
    static const size_t sizes[] = { 0, 1, 15, 16, 17, 4096, 16 * 1024, 16 * 1024 + 1, 300 * 1024, 3 * 1024 * 1024, 1 };
    char *got[COUNT_OF(sizes)];
    (void)state;
    Arena *arena = arena_new();
    for (int round = 0; round < 2; round++) { /* the second one meets the dirt of the first */
        ArenaMark mark = arena_mark(arena);
        for (size_t i = 0; i < COUNT_OF(sizes); i++) {
            got[i] = arena_alloc(arena, sizes[i]);
            row_holds(got[i] && (uintptr_t)got[i] % _Alignof(max_align_t) == 0, "size %zu: not aligned", sizes[i]);
            row_holds(is_zero(got[i], sizes[i]), "size %zu: not zeroed", sizes[i]);
            memset(got[i], (int)i + 1, sizes[i]);
        }
        for (size_t i = 0; i < COUNT_OF(sizes); i++)
            for (size_t at = 0; at < sizes[i]; at++)
                row_holds(got[i][at] == (char)(i + 1), "size %zu: overlaps another", sizes[i]);
        arena_reset(arena, mark);
    }
    arena_done(arena);
}

static void growing_keeps_old_bytes_and_zeroes_new_ones(void **state)
{
    static const struct {
        size_t from, between, to; /* something else may be allocated before it grows */
        bool stays;
    } rows[] = {
        { 10, 0, 16, true },
        { 10, 0, 5000, true },
        { 100, 0, 15 * 1024, true },
        { 100, 1, 200, false },
        { 100, 0, 17 * 1024, false },
        { 100, 0, 2 * 1024 * 1024, false },
        { 300 * 1024, 0, 600 * 1024, false },
        { 64, 0, 64, true },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Arena *arena = arena_new();
        ArenaMark mark = arena_mark(arena);
        memset(arena_alloc(arena, 8 * 1024), 'd', 8 * 1024); /* dirt under the new bytes */
        arena_reset(arena, mark);
        char *old = arena_alloc(arena, rows[i].from);
        memset(old, 'x', rows[i].from);
        if (rows[i].between)
            arena_alloc(arena, rows[i].between);
        char *grown = arena_grow(arena, old, rows[i].from, rows[i].to);
        row_holds((grown == old) == rows[i].stays, "row %zu: moved or stayed against expectation", i);
        for (size_t at = 0; at < rows[i].from; at++)
            row_holds(grown[at] == 'x', "row %zu: byte %zu was lost", i, at);
        row_holds(is_zero(grown + rows[i].from, rows[i].to - rows[i].from), "row %zu: new bytes not zeroed", i);
        arena_done(arena);
    }
}

static void nothing_grows_into_something(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    char *grown = arena_grow(arena, NULL, 0, 40);
    assert_true(is_zero(grown, 40));
    arena_done(arena);
}

static void marks_nest(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    char *kept = arena_alloc(arena, 4);
    memcpy(kept, "kept", 4);
    ArenaMark outer = arena_mark(arena);
    char *first = arena_alloc(arena, 32);
    ArenaMark inner = arena_mark(arena);
    arena_alloc(arena, 400 * 1024); /* a big block of its own */
    char *second = arena_alloc(arena, 32);
    arena_reset(arena, inner);
    assert_ptr_equal(arena_alloc(arena, 32), second); /* small ones had gone on in the same block */
    arena_reset(arena, outer);
    assert_ptr_equal(arena_alloc(arena, 32), first);
    assert_memory_equal(kept, "kept", 4);
    arena_done(arena);
}

static void a_mark_above_a_big_block_holds(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    char *big = arena_alloc(arena, 500 * 1024);
    memset(big, 'b', 500 * 1024);
    ArenaMark mark = arena_mark(arena);
    for (int i = 0; i < 100; i++)
        arena_alloc(arena, 10 * 1024);
    arena_reset(arena, mark);
    for (size_t i = 0; i < 500 * 1024; i++)
        assert_int_equal(big[i], 'b');
    arena_done(arena);
}

typedef struct Closing {
    char *journal;
    char name;
} Closing;

static void note_closing(void *thing)
{
    Closing *closing = thing;
    closing->journal[strlen(closing->journal)] = closing->name;
}

static void deferred_things_close_last_first_and_once(void **state)
{
    char journal[8] = "";
    Closing a = { journal, 'a' }, b = { journal, 'b' }, d = { journal, 'd' };
    (void)state;
    Arena *arena = arena_new();
    arena_defer(arena, note_closing, &a);
    ArenaMark mark = arena_mark(arena);
    arena_defer(arena, note_closing, &b);
    arena_alloc(arena, 100 * 1024);
    arena_defer(arena, note_closing, &d);
    arena_reset(arena, mark);
    assert_string_equal(journal, "db");
    arena_reset(arena, mark);
    assert_string_equal(journal, "db");
    arena_done(arena);
    assert_string_equal(journal, "dba");
}

static void wiping_overwrites(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    ArenaMark mark = arena_mark(arena);
    char *secret = arena_alloc(arena, 64);
    memset(secret, 's', 64);
    arena_wipe(arena, mark);
#if !defined(__SANITIZE_ADDRESS__) /* which rightly forbids to look */
    assert_true(is_zero(secret, 64));
#endif
    arena_done(arena);
}

static void a_steady_load_takes_no_new_blocks(void **state)
{
    static const size_t loads[] = { 1000, 40 * 1024, 400 * 1024, 900 * 1024 };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(loads); i++) {
        Arena *arena = arena_new();
        ArenaMark mark = arena_mark(arena);
        size_t held = 0;
        for (int request = 0; request < 50; request++) {
            for (size_t taken = 0; taken < loads[i]; taken += 1000)
                arena_alloc(arena, 1000);
            /* After a few requests the same two blocks serve all the others: before and after a
             * request as much is held, so no block was taken or freed. */
            if (request == 10)
                held = arena_held(arena);
            row_holds(request < 10 || arena_held(arena) == held, "load %zu: grew while busy", loads[i]);
            arena_reset(arena, mark);
            row_holds(request < 10 || arena_held(arena) == held, "load %zu: gave back", loads[i]);
        }
        arena_done(arena);
    }
}

static void a_burst_is_given_back(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    ArenaMark mark = arena_mark(arena);
    for (int i = 0; i < 100; i++)
        arena_alloc(arena, 200 * 1024);
    assert_true(arena_held(arena) > 19 * 1024 * 1024);
    arena_reset(arena, mark);
    assert_true(arena_held(arena) <= 1024 * 1024 + 16 * 1024);
    arena_done(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_aligned_zeroed_and_apart),
        cmocka_unit_test(growing_keeps_old_bytes_and_zeroes_new_ones),
        cmocka_unit_test(nothing_grows_into_something),
        cmocka_unit_test(marks_nest),
        cmocka_unit_test(a_mark_above_a_big_block_holds),
        cmocka_unit_test(deferred_things_close_last_first_and_once),
        cmocka_unit_test(wiping_overwrites),
        cmocka_unit_test(a_steady_load_takes_no_new_blocks),
        cmocka_unit_test(a_burst_is_given_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
