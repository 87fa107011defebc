/* The thread that keeps the search index up: it looks whenever the lane has written, reads and folds beside it, and
 * puts batches into the index through it. Where others write too it takes a fifth of the lane's time at most. */
#ifndef SERVICE_SEARCH_WORK_H
#define SERVICE_SEARCH_WORK_H

#include "service/app.h"

typedef struct SearchWorker SearchWorker;
SearchWorker *search_worker_open(App *app);
void search_worker_close(SearchWorker *w);
/* How many changes the index had not taken in when the thread looked last, for /metrics. */
int64_t search_worker_behind(SearchWorker *w);

/* All that is to be done, on this thread and at once, where no worker runs: by the command line. Told after each
 * batch: how many records were put in so far, how many are left. */
typedef void SearchProgress(int64_t done, int64_t left, void *arg);
Status search_work(Ctx *c, App *app, bool anew, SearchProgress *progress, void *arg) MUST_CHECK;

#endif
