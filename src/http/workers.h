/* Two threads for what must not hold up the transport: passwords, digests of files. */
#ifndef HTTP_WORKERS_H
#define HTTP_WORKERS_H

#include <stdbool.h>

typedef struct Workers Workers;
typedef struct WorkItem WorkItem;
struct WorkItem {
    void (*run)(WorkItem *item);
    WorkItem *next;
};

Workers *workers_open(void);
/* Finishes what is queued. */
void workers_close(Workers *workers);
/* False when too much is waiting. */
bool workers_add(Workers *workers, WorkItem *item);

#endif
