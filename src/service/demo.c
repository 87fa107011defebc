#include "service/demo_plans.h"

static void close_arena(void *arena)
{
    arena_done(arena);
}

/* What the steps keep lives beside the Ctx, whose memory the lane takes back to where a job began. */
Status demo_make(Ctx *c, App *app, const DemoWish *wish, DemoResult *out)
{
    *out = (DemoResult){ 0 };
    Arena *kept = arena_new();
    Stage *st = arena_new_of(kept, Stage);
    arena_defer(c->arena, close_arena, kept);
    *st = (Stage){ .c = c,
        .s = { .app = app, .arena = kept, .lang = c->lang },
        .random = wish->seed,
        .out = out,
        .progress = wish->progress,
        .progress_arg = wish->progress_arg };
    return wish->small ? demo_make_small(st) : demo_make_city(st, wish->scale);
}
