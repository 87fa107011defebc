#include "base/arena.h"

#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Under AddressSanitizer the bytes that were never given out, and those taken back, are poisoned:
 * a view kept beyond its arena is then found at once instead of by a wrong letter on paper. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#endif
#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
#define poison(ptr, len)   ASAN_POISON_MEMORY_REGION((ptr), (len))
#define unpoison(ptr, len) ASAN_UNPOISON_MEMORY_REGION((ptr), (len))
#else
#define poison(ptr, len)   ((void)(ptr), (void)(len))
#define unpoison(ptr, len) ((void)(ptr), (void)(len))
#endif

enum {
    ALIGNMENT = _Alignof(max_align_t),
    BLOCK_FIRST = 16 * 1024,
    BLOCK_MAX = 1024 * 1024,
    /* Above this an allocation gets a block of its own and leaves the bump block alone. */
    BIG = BLOCK_MAX / 4
};
static_assert((ALIGNMENT & (ALIGNMENT - 1)) == 0, "rounding up by a mask needs a power of two");

/* `used` stays a multiple of ALIGNMENT, so that every allocation starts aligned. */
typedef struct Block Block;
struct Block {
    Block *below;
    size_t room;
    size_t used;
    bool big;
    _Alignas(max_align_t) char bytes[];
};

typedef struct Deferred Deferred;
struct Deferred {
    Deferred *earlier;
    void (*close)(void *thing);
    void *thing;
};

/* The chain holds bump blocks and big ones as they were taken. Small allocations go on in the
 * highest bump block even when big ones lie above it. The lowest block is never given back. */
struct Arena {
    Block *top;
    Block *bump;
    Block *spare; /* the largest bump block given back, so that a steady load needs no malloc() */
    Deferred *deferred;
    size_t held;
};

static _Noreturn void out_of_memory(void)
{
    fputs("xuncha: out of memory\n", stderr);
    abort();
}

static size_t round_up(size_t size)
{
    if (size > SIZE_MAX / 2)
        out_of_memory();
    return (size + (ALIGNMENT - 1)) & ~(size_t)(ALIGNMENT - 1);
}

static Block *block_new(Arena *arena, size_t room, bool big)
{
    Block *block = malloc(sizeof *block + room);
    if (!block)
        out_of_memory();
    *block = (Block){ .room = room, .big = big };
    poison(block->bytes, room);
    arena->held += room;
    return block;
}

static void block_free(Arena *arena, Block *block)
{
    if (!block)
        return;
    arena->held -= block->room;
    unpoison(block->bytes, block->room);
    free(block);
}

static void push(Arena *arena, Block *block)
{
    block->below = arena->top;
    arena->top = block;
    if (!block->big)
        arena->bump = block;
}

Arena *arena_new(void)
{
    Arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        out_of_memory();
    push(arena, block_new(arena, BLOCK_FIRST, false));
    return arena;
}

static void run_deferred(Arena *arena, const Deferred *until)
{
    while (arena->deferred != until) {
        Deferred *last = arena->deferred;
        assert(last && "the mark belongs to another arena, or an outer mark was reset before");
        arena->deferred = last->earlier;
        last->close(last->thing);
    }
}

void arena_done(Arena *arena)
{
    if (!arena)
        return;
    run_deferred(arena, NULL);
    while (arena->top) {
        Block *block = arena->top;
        arena->top = block->below;
        block_free(arena, block);
    }
    block_free(arena, arena->spare);
    free(arena);
}

/* Puts a bump block on top that has room for `size`; doubles from block to block. */
static void bump_more(Arena *arena, size_t size)
{
    Block *block = arena->spare;
    if (block && block->room >= size) {
        arena->spare = NULL;
    } else {
        size_t room = arena->bump->room;
        do
            room = room < BLOCK_MAX ? room * 2 : BLOCK_MAX;
        while (room < size);
        block = block_new(arena, room, false);
    }
    push(arena, block);
}

static void *take(Block *block, size_t size, size_t rounded)
{
    char *ptr = block->bytes + block->used;
    block->used += rounded;
    unpoison(ptr, size);
    return memset(ptr, 0, size);
}

static __attribute__((noinline)) void *alloc_slowly(Arena *arena, size_t size, size_t rounded)
{
    if (rounded > BIG) {
        Block *block = block_new(arena, rounded, true);
        push(arena, block);
        return take(block, size, rounded);
    }
    bump_more(arena, rounded);
    return take(arena->bump, size, rounded);
}

void *arena_alloc(Arena *arena, size_t size)
{
    Block *block = arena->bump;
    size_t rounded = round_up(size);
    if (rounded > block->room - block->used)
        return alloc_slowly(arena, size, rounded);
    return take(block, size, rounded);
}

void *arena_array(Arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        out_of_memory();
    return arena_alloc(arena, bytes);
}

/* True when the allocation was the last of the bump block and the block has room for more. */
static bool grow_in_place(Block *block, char *old, size_t old_size, size_t new_size)
{
    size_t old_rounded = round_up(old_size);
    if (block->used < old_rounded || old != block->bytes + (block->used - old_rounded))
        return false;
    size_t start = block->used - old_rounded;
    if (round_up(new_size) > block->room - start)
        return false;
    block->used = start + round_up(new_size);
    unpoison(old, new_size);
    memset(old + old_size, 0, new_size - old_size);
    return true;
}

void *arena_grow(Arena *arena, void *old, size_t old_size, size_t new_size)
{
    assert(new_size >= old_size);
    if (old_size == 0)
        return arena_alloc(arena, new_size);
    if (grow_in_place(arena->bump, old, old_size, new_size))
        return old;
    void *moved = arena_alloc(arena, new_size);
    return memcpy(moved, old, old_size);
}

ArenaMark arena_mark(const Arena *arena)
{
    return (ArenaMark){ arena->top, arena->bump->used, arena->deferred };
}

/* Wiping also means the rest of a block that an earlier reset had given back to it. */
static void wipe_bytes(Block *block, size_t from)
{
    unpoison(block->bytes + from, block->room - from);
    explicit_bzero(block->bytes + from, block->room - from);
}

/* Keeps the larger of two bump blocks for later and frees the other; big blocks always go. */
static void give_back(Arena *arena, Block *block)
{
    if (block->big || (arena->spare && arena->spare->room >= block->room)) {
        block_free(arena, block);
        return;
    }
    block_free(arena, arena->spare);
    block->used = 0;
    poison(block->bytes, block->room);
    arena->spare = block;
}

static void take_back(Arena *arena, ArenaMark mark, bool wiping)
{
    run_deferred(arena, mark.deferred);
    while (arena->top != mark.block) {
        Block *block = arena->top;
        assert(block->below && "the mark belongs to another arena, or an outer mark was reset before");
        arena->top = block->below;
        if (wiping)
            wipe_bytes(block, 0);
        give_back(arena, block);
    }
    arena->bump = arena->top;
    while (arena->bump->big)
        arena->bump = arena->bump->below;
    assert(mark.used <= arena->bump->used);
    if (wiping)
        wipe_bytes(arena->bump, mark.used);
    arena->bump->used = mark.used;
    poison(arena->bump->bytes + mark.used, arena->bump->room - mark.used);
}

void arena_reset(Arena *arena, ArenaMark mark)
{
    take_back(arena, mark, false);
}

void arena_wipe(Arena *arena, ArenaMark mark)
{
    take_back(arena, mark, true);
}

void arena_defer(Arena *arena, void (*close)(void *thing), void *thing)
{
    Deferred *deferred = arena_new_of(arena, Deferred);
    *deferred = (Deferred){ arena->deferred, close, thing };
    arena->deferred = deferred;
}

size_t arena_held(const Arena *arena)
{
    return arena->held;
}
