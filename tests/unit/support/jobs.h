/* Jobs for a lane: each enters one meeting, as a request of its own with memory of its own. */
#ifndef SUPPORT_JOBS_H
#define SUPPORT_JOBS_H

#include "store/lane.h"
#include "support/engines.h"

#include <semaphore.h>
#include <stdatomic.h>

typedef struct Job Job;
struct Job {
    LaneJob job; /* first */
    Arena *arena;
    Ctx c;
    Str organiser;
    char title[40];
    Status refuses;          /* not ST_OK: written, then refused with this */
    sem_t *waits;            /* NULL, or what it waits for before it writes */
    void (*before)(Job *);   /* NULL, or called on the lane's thread before it writes */
    void (*answered)(Job *); /* NULL, or called on the lane's thread with the answer */
    atomic_int runs;
    atomic_bool done;
    Status status; /* of the answer */
    void *arg;
};

/* An organiser to enter meetings for. */
Str jobs_organiser(Fixture *fx);
/* A job that is not yet submitted; it must not move any more. */
void job_init(Job *job, Fixture *fx, Str organiser, const char *title);
void job_done(Job *job);
/* Waits for the answer. */
Status job_wait(Job *job);
/* Enters one within a write. */
Status meeting_write(Ctx *c, Writer *w, Str organiser, const char *title) MUST_CHECK;
/* Meetings of that title, seen through another connection. */
int64_t meetings_titled(Fixture *fx, Ctx *c, const char *title);
/* The chain, the records and the counts agree. */
void ledger_is_sound(Fixture *fx, Ctx *c, Ledger *ledger);

#endif
