/* What a thread waits on between two pieces of work, so that it can be ended at once. */
#ifndef SERVICE_STOPPER_H
#define SERVICE_STOPPER_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Stopper {
    pthread_mutex_t lock;
    pthread_cond_t stop;
    bool closing;
} Stopper;

void stopper_open(Stopper *s);
/* Waits so long, or until the end is wanted: then true. */
bool stopper_wait(Stopper *s, int64_t ms);
/* Wants the end; waits for the thread. */
void stopper_close(Stopper *s, pthread_t thread);

#endif
