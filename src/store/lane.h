/* The one writer of a ledger: a queue, savepoints, batches, one fsync for all, then the answers.
 *
 * The lane runs queued jobs each in a savepoint of its own, closes the batch when the queue is empty,
 * at LANE_BATCH jobs or after LANE_BATCH_MS, commits, and only then tells each job how it went. A job
 * may run again (the whole transaction was lost to an error: each job of the batch then runs alone),
 * so it must derive everything from what it was submitted with.
 *
 * A COMMIT that fails: the connection is opened anew and the chain's head tells whether the batch
 * landed; if that cannot be told, the lane answers ST_BUSY and stays read-only. */
#ifndef STORE_LANE_H
#define STORE_LANE_H

#include "store/ledger.h"

#include <pthread.h>

enum { LANE_BATCH = 64, LANE_BATCH_MS = 5, LANE_QUEUE = 1024 };

typedef struct Lane Lane;
typedef struct LaneJob LaneJob;
struct LaneJob {
    Ctx *c; /* the job's own; the lane lends it the connection while it runs */
    Status (*run)(LaneJob *job, Writer *w);
    /* After a refusal was rolled back, in a savepoint of its own: the audit entry of the refusal. NULL: none. */
    Status (*refused)(LaneJob *job, Writer *w, Status why);
    /* On the lane's thread, after COMMIT or when it is sure that nothing landed. */
    void (*done)(LaneJob *job, Status status);
    void *arg;
    bool many;     /* run() makes many steps, each with lane_guard(), and the lane sets no savepoint around it */
    Status status; /* from here on the lane's own */
    void *waiting;
    CtxMark start;
    LaneJob *next;
};

/* Opens the writing connection and starts the thread; the ledger must be locked by its opener. */
Status lane_open(Ctx *c, Ledger *ledger, Lane **out) MUST_CHECK;
/* Finishes what is queued, then ends the thread. */
void lane_close(Lane *lane);
/* False when the queue is full or the lane closes: nothing was taken, done() is not called. */
bool lane_submit(Lane *lane, LaneJob *job);
/* Submits and waits: for the command line and tests. done() must be NULL. */
Status lane_run(Lane *lane, LaneJob *job) MUST_CHECK;
/* lane_run() in two: what the caller does in between is done beside the lane. Each begin has its end. */
typedef struct LaneWait {
    pthread_mutex_t lock;
    pthread_cond_t done;
    bool finished;
} LaneWait;
void lane_begin(Lane *lane, LaneJob *job, LaneWait *wait);
Status lane_end(LaneJob *job, LaneWait *wait) MUST_CHECK;
/* One step of a job of `many`, in a savepoint of its own: what fails leaves nothing behind and the job goes on.
 * Only from its run(), with a Ctx that was lent the job's connection. */
Status lane_guard(Lane *lane, Ctx *c, Writer *w, Status (*step)(Ctx *c, Writer *w, void *arg), void *arg) MUST_CHECK;
/* True after a COMMIT whose fate could not be learnt. */
bool lane_is_read_only(const Lane *lane);
/* Batches and jobs committed so far, for /metrics. */
void lane_counts(const Lane *lane, int64_t *batches, int64_t *jobs);

#endif
