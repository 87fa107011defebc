#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Below PIPE_BUF, so that lines of several processes on one pipe do not mix either. */
enum { LINE_MAX_BYTES = 2048 };

/* A line break inside a value would forge a second event. */
static void make_one_line(char *line, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
            line[i] = '?';
}

/* A signal may come before anything was written; a half line is not continued, for another
 * thread's may stand behind it. Nobody can be told that logging failed. */
static void write_once(int fd, const char *line, size_t len)
{
    ssize_t written;
    do
        written = write(fd, line, len);
    while (written < 0 && errno == EINTR);
}

void log_line(const Log *log, LogLevel level, const char *format, ...)
{
    char line[LINE_MAX_BYTES];
    int saved_errno = errno;
    va_list args;

    if (!log || level > log->level)
        return;
    va_start(args, format);
    int wanted = vsnprintf(line, sizeof line, format, args);
    va_end(args);

    size_t len = wanted > 0 ? (size_t)wanted : 0;
    if (len > sizeof line - 1) {
        len = sizeof line - 1;
        while ((line[len - 1] & 0xc0) == 0x80) /* rather a character less than half of one */
            len--;
        len -= (line[len - 1] & 0x80) != 0;
    }
    make_one_line(line, len);
    line[len++] = '\n'; /* in the place of the NUL */
    write_once(log->fd, line, len);
    errno = saved_errno;
}
