/* Ordinary reads, gathered and written by the lane in batches. A line that cannot be queued is dropped
 * and counted: reading never waits for writing. */
#ifndef SERVICE_ACCESS_LOG_H
#define SERVICE_ACCESS_LOG_H

#include "service/operation.h"

AccessLog *access_log_open(App *app);
void access_log_add(AccessLog *log, const Ctx *c, const UseCase *u, uint32_t rows);
/* Writes what is left; called while the lane is still open. */
void access_log_close(AccessLog *log);

#endif
