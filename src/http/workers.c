#include "http/workers.h"

#include "base/arena.h"

#include <pthread.h>

enum { THREADS = 2, WAITING_MAX = 64 };

struct Workers {
    Arena *arena;
    pthread_mutex_t lock;
    pthread_cond_t more;
    WorkItem *first;
    WorkItem *last;
    int waiting;
    bool closing;
    pthread_t threads[THREADS];
};

static WorkItem *take(Workers *w)
{
    pthread_mutex_lock(&w->lock);
    while (!w->first && !w->closing)
        pthread_cond_wait(&w->more, &w->lock);
    WorkItem *item = w->first;
    if (item) {
        w->first = item->next;
        w->last = w->first ? w->last : NULL;
        w->waiting--;
    }
    pthread_mutex_unlock(&w->lock);
    return item;
}

static void *work(void *arg)
{
    WorkItem *item;
    while ((item = take(arg)) != NULL)
        item->run(item);
    return NULL;
}

Workers *workers_open(void)
{
    Arena *arena = arena_new();
    Workers *w = arena_new_of(arena, Workers);
    w->arena = arena;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->more, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&w->threads[i], NULL, work, w);
    return w;
}

void workers_close(Workers *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->closing = true;
    pthread_cond_broadcast(&w->more);
    pthread_mutex_unlock(&w->lock);
    for (int i = 0; i < THREADS; i++)
        pthread_join(w->threads[i], NULL);
    pthread_cond_destroy(&w->more);
    pthread_mutex_destroy(&w->lock);
    arena_done(w->arena);
}

bool workers_add(Workers *w, WorkItem *item)
{
    item->next = NULL;
    pthread_mutex_lock(&w->lock);
    bool taken = !w->closing && w->waiting < WAITING_MAX;
    if (taken) {
        if (w->last)
            w->last->next = item;
        else
            w->first = item;
        w->last = item;
        w->waiting++;
        pthread_cond_signal(&w->more);
    }
    pthread_mutex_unlock(&w->lock);
    return taken;
}
