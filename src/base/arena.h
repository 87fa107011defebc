/* Request memory: one arena a request, no free().
 *
 * Blocks are kept in a list; a mark remembers a place in it and a reset gives back everything
 * taken since. Things that are no memory (files, statements, sealing contexts) are handed to
 * arena_defer() and closed, last first, by the same reset. Memory running out ends the process:
 * whatever was acknowledged is on disk, and nothing else is promised. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

typedef struct Arena Arena;

/* A place in an arena. Marks nest; resetting to an outer mark forgets the inner ones. */
typedef struct ArenaMark {
    void *block;
    size_t used;
    void *deferred;
} ArenaMark;

/* The caller owns the arena and ends it with arena_done(). An arena belongs to one thread at a time. */
Arena *arena_new(void);
void arena_done(Arena *arena);

/* Zeroed memory, aligned for any type, valid until the arena is reset past it. `size` may be 0. */
void *arena_alloc(Arena *arena, size_t size);
/* `count` × `size` bytes; a product that does not fit in size_t ends the process. */
void *arena_array(Arena *arena, size_t count, size_t size);
/* Grows the last allocation in place when it can, else moves it; old bytes are kept, new ones zero. */
void *arena_grow(Arena *arena, void *old, size_t old_size, size_t new_size);

ArenaMark arena_mark(const Arena *arena);
/* Takes back what was allocated since the mark; closes what was deferred since, last first. */
void arena_reset(Arena *arena, ArenaMark mark);
/* Overwrites what was taken since the mark before giving it back: for passwords and keys. */
void arena_wipe(Arena *arena, ArenaMark mark);

/* `close(thing)` runs when the arena is reset past this point or ends. */
void arena_defer(Arena *arena, void (*close)(void *thing), void *thing);

/* Bytes held in blocks, for tests of flat memory. */
size_t arena_held(const Arena *arena);

#define arena_new_of(arena, Type)          ((Type *)arena_alloc((arena), sizeof(Type)))
#define arena_array_of(arena, Type, count) ((Type *)arena_array((arena), (count), sizeof(Type)))

#endif
