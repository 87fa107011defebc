#include "store/sealer.h"

#include <pthread.h>
#include <stdlib.h>

/* Entries are handed over in lots: to wake a thread costs as much as to seal one. */
enum { LOT = 16 };

struct Sealer {
    Ctx held; /* the writer's: what entries are made of */
    Ctx made; /* the thread's: what it makes of them */
    CtxMark held_start;
    CtxMark made_start;
    const MacKey *chain;
    Digest before;      /* over which the first is sealed */
    SealedEntry *first; /* the writer's: the whole row */
    SealedEntry *last;
    SealedEntry *lot; /* the writer's: not handed over yet */
    int in_lot;
    pthread_t thread;
    bool started;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t more;
    pthread_cond_t idle;
    SealedEntry *from; /* handed over and not taken yet, up to and with `upto` */
    SealedEntry *upto;
    Digest head; /* of what was sealed last */
    bool busy;
    bool closing;
};

static Str after_of(Ctx *c, Str record)
{
    Digest *after = arena_new_of(c->arena, Digest);
    *after = sm3(c->env->crypto, record.ptr, record.len);
    return (Str){ (const char *)after->bytes, SM3_SIZE };
}

void unsealed_seal(Ctx *c, const MacKey *chain, const Digest *before, Unsealed *u)
{
    if (u->record.len)
        u->entry.after = after_of(c, u->record);
    if (u->clear.len)
        u->entry.values = seal(c->arena, u->key, u->bound, u->clear);
    u->entry.seal = audit_seal(c, chain, before, &u->entry);
}

/* --- the thread ------------------------------------------------------------------------------------------------- */

static Digest seal_lot(Sealer *s, SealedEntry *from, const SealedEntry *upto, Digest head)
{
    for (SealedEntry *e = from;; e = e->next) {
        unsealed_seal(&s->made, s->chain, &head, &e->of);
        head = e->of.entry.seal;
        if (e == upto) /* whose successor the writer may be setting */
            return head;
    }
}

static void *sealer_thread(void *arg)
{
    Sealer *s = arg;
    pthread_mutex_lock(&s->lock);
    for (;;) {
        while (!s->from && !s->closing)
            pthread_cond_wait(&s->more, &s->lock);
        if (!s->from)
            break;
        SealedEntry *from = s->from, *upto = s->upto;
        Digest head = s->head;
        s->from = NULL;
        s->busy = true;
        pthread_mutex_unlock(&s->lock);
        head = seal_lot(s, from, upto, head);
        pthread_mutex_lock(&s->lock);
        s->head = head;
        s->busy = false;
        pthread_cond_signal(&s->idle);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

static void hand_over(Sealer *s)
{
    if (!s->lot)
        return;
    pthread_mutex_lock(&s->lock);
    if (!s->from)
        s->from = s->lot;
    s->upto = s->last;
    pthread_cond_signal(&s->more);
    pthread_mutex_unlock(&s->lock);
    s->lot = NULL;
    s->in_lot = 0;
}

static void wait_until_idle(Sealer *s)
{
    hand_over(s);
    pthread_mutex_lock(&s->lock);
    while (s->from || s->busy)
        pthread_cond_wait(&s->idle, &s->lock);
    pthread_mutex_unlock(&s->lock);
}

/* --- the writer ------------------------------------------------------------------------------------------------- */

void sealer_begin(Sealer *s, const MacKey *chain, const Digest *before)
{
    if (!s->started) {
        pthread_create(&s->thread, NULL, sealer_thread, s);
        s->started = true;
    }
    wait_until_idle(s);
    ctx_rewind(&s->held, s->held_start);
    ctx_rewind(&s->made, s->made_start);
    s->first = s->last = NULL;
    s->chain = chain;
    s->before = s->head = *before;
}

void sealer_put(Sealer *s, const Unsealed *u)
{
    Arena *arena = s->held.arena;
    SealedEntry *e = arena_new_of(arena, SealedEntry);
    e->of = *u;
    Str *texts[] = { &e->of.entry.actor, &e->of.entry.login, &e->of.entry.role, &e->of.entry.operation,
        &e->of.entry.outcome, &e->of.entry.entity, &e->of.entry.record, &e->of.entry.fields, &e->of.entry.values_key,
        &e->of.record, &e->of.clear, &e->of.bound };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        *texts[i] = str_copy(arena, *texts[i]);
    if (s->last)
        s->last->next = e;
    else
        s->first = e;
    s->last = e;
    if (!s->lot)
        s->lot = e;
    if (++s->in_lot == LOT)
        hand_over(s);
}

void sealer_cut(Sealer *s, int64_t seq)
{
    wait_until_idle(s);
    SealedEntry *kept = NULL;
    for (SealedEntry *e = s->first; e && e->of.entry.seq <= seq; e = e->next)
        kept = e;
    if (kept)
        kept->next = NULL;
    else
        s->first = NULL;
    s->last = kept;
    s->head = kept ? kept->of.entry.seal : s->before;
}

const SealedEntry *sealer_end(Sealer *s)
{
    wait_until_idle(s);
    return s->first;
}

/* --- life ------------------------------------------------------------------------------------------------------- */

Sealer *sealer_open(const Env *env)
{
    Arena *arena = arena_new();
    Sealer *s = arena_new_of(arena, Sealer);
    s->held = ctx_on(arena, env);
    s->made = ctx_on(arena_new(), env);
    s->held_start = ctx_mark(&s->held);
    s->made_start = ctx_mark(&s->made);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->more, NULL);
    pthread_cond_init(&s->idle, NULL);
    return s;
}

void sealer_close(Sealer *s)
{
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    s->closing = true;
    pthread_cond_signal(&s->more);
    pthread_mutex_unlock(&s->lock);
    if (s->started)
        pthread_join(s->thread, NULL);
    pthread_cond_destroy(&s->more);
    pthread_cond_destroy(&s->idle);
    pthread_mutex_destroy(&s->lock);
    arena_done(s->made.arena);
    arena_done(s->held.arena);
}
