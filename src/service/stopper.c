#include "service/stopper.h"

#include <time.h>

void stopper_open(Stopper *s)
{
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->stop, NULL);
    s->closing = false;
}

bool stopper_wait(Stopper *s, int64_t ms)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&s->lock);
    while (!s->closing && pthread_cond_timedwait(&s->stop, &s->lock, &until) == 0)
        ;
    bool closing = s->closing;
    pthread_mutex_unlock(&s->lock);
    return closing;
}

void stopper_close(Stopper *s, pthread_t thread)
{
    pthread_mutex_lock(&s->lock);
    s->closing = true;
    pthread_cond_signal(&s->stop);
    pthread_mutex_unlock(&s->lock);
    pthread_join(thread, NULL);
    pthread_cond_destroy(&s->stop);
    pthread_mutex_destroy(&s->lock);
}
