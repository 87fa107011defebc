/* One line an event, key=value, to a file descriptor; safe from many threads (one write a line).
 *
 *     op=rectification.strike actor=zhang.wei status=CONFLICT ms=4 at=domain/workflow.c:41
 *
 * Never content, never a secret: callers give names of operations, actors' logins and ids only. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/str.h"

typedef enum LogLevel { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG } LogLevel;

typedef struct Log {
    int fd;
    LogLevel level;
} Log;

/* `format` gives "key=value key=value"; control characters and line ends in it become '?'. */
void log_line(const Log *log, LogLevel level, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
