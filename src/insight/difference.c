#include "insight/difference.h"

typedef struct Walk {
    Str then;
    Str now;
} Walk;

static Str head(Str ids)
{
    return str_sub(ids, 0, ID_LEN);
}

static Str tail(Str ids)
{
    return str_sub(ids, ID_LEN, SIZE_MAX);
}

/* The next record that is in one of the two only, and which way it went; false at the end. */
static bool next_moved(Walk *w, Str *id, int *step)
{
    while (w->then.len || w->now.len) {
        int order = !w->then.len ? 1 : !w->now.len ? -1 : str_cmp(head(w->then), head(w->now));
        *id = order <= 0 ? head(w->then) : head(w->now);
        *step = order < 0 ? -1 : 1;
        if (order <= 0)
            w->then = tail(w->then);
        if (order >= 0)
            w->now = tail(w->now);
        if (order)
            return true;
    }
    return false;
}

RecordStep *difference_steps(
    Ctx *c, Str numerator_then, Str numerator_now, Str denominator_then, Str denominator_now, size_t *count)
{
    Walk walks[2] = { { numerator_then, numerator_now }, { denominator_then, denominator_now } };
    Str ids[2];
    int steps[2];
    bool more[2];
    size_t room = (numerator_then.len + numerator_now.len + denominator_then.len + denominator_now.len) / ID_LEN;
    RecordStep *out = arena_array_of(c->arena, RecordStep, room + 1);
    *count = 0;
    for (int i = 0; i < 2; i++)
        more[i] = next_moved(&walks[i], &ids[i], &steps[i]);
    while (more[0] || more[1]) {
        int order = !more[0] ? 1 : !more[1] ? -1 : str_cmp(ids[0], ids[1]);
        RecordStep *s = &out[(*count)++];
        *s = (RecordStep){ .id = order <= 0 ? ids[0] : ids[1],
            .numerator = order <= 0 ? steps[0] : 0,
            .denominator = order >= 0 ? steps[1] : 0 };
        if (order <= 0)
            more[0] = next_moved(&walks[0], &ids[0], &steps[0]);
        if (order >= 0)
            more[1] = next_moved(&walks[1], &ids[1], &steps[1]);
    }
    return out;
}
