/* A thread that looks whether there is work: at once, then ever so often or when it is woken, until it is ended. */
#ifndef BASE_WATCH_H
#define BASE_WATCH_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* The owner's memory; it must not move while the thread runs. */
typedef struct Watch {
    void (*look)(void *arg);
    void *arg;
    int64_t every_ms;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t change;
    bool woken;
    bool closing;
} Watch;

/* Starts it. With WATCH_WHEN_WOKEN it waits for watch_wake() between two looks, else so many milliseconds at most. */
enum { WATCH_WHEN_WOKEN = -1 };
void watch_open(Watch *w, int64_t every_ms, void (*look)(void *arg), void *arg);
/* Lets it look again soon; asked while it looks, once more after that. */
void watch_wake(Watch *w);
/* For look() itself: a pause, 0 for none. True when the end is wanted: it then returns. */
bool watch_pause(Watch *w, int64_t ms);
/* Wants the end and waits for it. */
void watch_close(Watch *w);

#endif
