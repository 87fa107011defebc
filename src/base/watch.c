#include "base/watch.h"

#include <errno.h>
#include <time.h>

static struct timespec from_now(int64_t ms)
{
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    at.tv_nsec += (long)(ms % 1000) * 1000000;
    at.tv_sec += ms / 1000 + at.tv_nsec / 1000000000;
    at.tv_nsec %= 1000000000;
    return at;
}

/* Until the end is wanted, it is woken (where that counts) or the time is over; `ms` < 0: no time. */
static bool wait_for(Watch *w, int64_t ms, bool wakes)
{
    struct timespec until = from_now(ms < 0 ? 0 : ms);
    bool over = false;
    pthread_mutex_lock(&w->lock);
    while (!w->closing && !over && !(wakes && w->woken))
        over = (ms < 0 ? pthread_cond_wait(&w->change, &w->lock)
                       : pthread_cond_timedwait(&w->change, &w->lock, &until)) == ETIMEDOUT;
    if (wakes)
        w->woken = false;
    bool closing = w->closing;
    pthread_mutex_unlock(&w->lock);
    return closing;
}

static void *watch_thread(void *arg)
{
    Watch *w = arg;
    do {
        w->look(w->arg);
    } while (!wait_for(w, w->every_ms, true));
    return NULL;
}

void watch_open(Watch *w, int64_t every_ms, void (*look)(void *), void *arg)
{
    *w = (Watch){ .look = look, .arg = arg, .every_ms = every_ms };
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->change, NULL);
    pthread_create(&w->thread, NULL, watch_thread, w);
}

static void say(Watch *w, bool *what)
{
    pthread_mutex_lock(&w->lock);
    *what = true;
    pthread_cond_signal(&w->change);
    pthread_mutex_unlock(&w->lock);
}

void watch_wake(Watch *w)
{
    say(w, &w->woken);
}

bool watch_pause(Watch *w, int64_t ms)
{
    return wait_for(w, ms, false);
}

void watch_close(Watch *w)
{
    say(w, &w->closing);
    pthread_join(w->thread, NULL);
    pthread_cond_destroy(&w->change);
    pthread_mutex_destroy(&w->lock);
}
