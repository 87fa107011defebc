#include "cli/command.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static Status file_failed(Ctx *c, Str path)
{
    return fail(c, errno == ENOENT ? ST_MISSING : ST_DENIED, "无法打开 %.*s：%s", "%.*s cannot be opened: %s",
        STR_ARG(path), strerror(errno));
}

Status read_file(Ctx *c, Str path, size_t most, Str *out)
{
    int fd = open(str_c(c->arena, path), O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0)
        return file_failed(c, path);
    size_t len = (size_t)about.st_size;
    if (len > most) {
        close(fd);
        return fail(c, ST_TOO_BIG, "%.*s 超过 %zu 字节", "%.*s is larger than %zu bytes", STR_ARG(path), most);
    }
    char *bytes = arena_alloc(c->arena, len + 1);
    size_t got = 0;
    for (ssize_t n = 1; got < len && n > 0; got += n > 0 ? (size_t)n : 0)
        n = read(fd, bytes + got, len - got);
    close(fd);
    *out = (Str){ bytes, got };
    return ST_OK;
}

Status write_secret_file(Ctx *c, Str path, Str bytes)
{
    int fd = open(str_c(c->arena, path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return file_failed(c, path);
    bool good = write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len && fsync(fd) == 0;
    close(fd);
    return good ? ST_OK : fail(c, ST_FULL, "%.*s 写不下", "%.*s cannot be written", STR_ARG(path));
}
