#include "service/archive_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OUT_ROOM = 1 << 20 };

static Status failed(Ctx *c, Str path)
{
    if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)
        return fail(c, ST_FULL, "%.*s 所在的磁盘已满", "the disk of %.*s is full", STR_ARG(path));
    return fail(c, errno == ENOENT ? ST_MISSING : ST_DENIED, "%.*s 无法打开或读写：%s",
        "%.*s cannot be opened or used: %s", STR_ARG(path), strerror(errno));
}

Str path_part(Ctx *c, Str path)
{
    return str_format(c->arena, "%.*s.part", STR_ARG(path));
}

Status path_is_free(Ctx *c, Str path)
{
    if (access(str_c(c->arena, path), F_OK) == 0)
        return fail(c, ST_CONFLICT, "%.*s 已经存在：不会覆盖，请换一个名称",
            "%.*s exists and is not overwritten: choose another name", STR_ARG(path));
    Str part = path_part(c, path);
    if (access(str_c(c->arena, part), F_OK) == 0)
        return fail(c, ST_CONFLICT, "%.*s 已经存在：可能另有命令正在写它，或上次中断后留下；确认后请先删除它",
            "%.*s exists: another command is writing it, or was broken off; remove it when you are sure",
            STR_ARG(part));
    return ST_OK;
}

Status path_claim(Ctx *c, Str path)
{
    TRY(path_is_free(c, path));
    int fd = open(str_c(c->arena, path_part(c, path)), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return failed(c, path_part(c, path));
    close(fd);
    return ST_OK;
}

static Status folder_sync(Ctx *c, Str path)
{
    size_t slash = path.len;
    while (slash && path.ptr[slash - 1] != '/')
        slash--;
    Str folder = slash ? str_sub(path, 0, slash) : S(".");
    int fd = open(str_c(c->arena, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return synced ? ST_OK : failed(c, folder);
}

Status path_settle(Ctx *c, Str path)
{
    const char *from = str_c(c->arena, path_part(c, path));
    const char *to = str_c(c->arena, path);
    int moved = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
    if (moved != 0 && (errno == EINVAL || errno == ENOSYS)) /* a file system that cannot promise it */
        moved = access(to, F_OK) == 0 ? -1 : rename(from, to);
    return moved == 0 ? folder_sync(c, path) : failed(c, path);
}

/* --- out ------------------------------------------------------------------------------------------------- */

struct ArchiveOut {
    Str path;
    const char *part;
    int fd;
    bool settled;
    char *bytes;
    size_t len;
};

static void out_drop(void *thing)
{
    ArchiveOut *out = thing;
    if (out->fd >= 0)
        close(out->fd);
    if (!out->settled)
        (void)unlink(out->part);
}

Status archive_out_open(Ctx *c, Str path, ArchiveOut **out)
{
    TRY(path_is_free(c, path));
    ArchiveOut *o = arena_new_of(c->arena, ArchiveOut);
    o->path = path;
    o->part = str_c(c->arena, path_part(c, path));
    o->bytes = arena_alloc(c->arena, OUT_ROOM);
    o->fd = open(o->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (o->fd < 0)
        return failed(c, path_part(c, path));
    arena_defer(c->arena, out_drop, o);
    *out = o;
    return ST_OK;
}

static Status out_flush(Ctx *c, ArchiveOut *o)
{
    for (size_t at = 0; at < o->len;) {
        ssize_t n = write(o->fd, o->bytes + at, o->len - at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return failed(c, o->path);
        at += (size_t)n;
    }
    o->len = 0;
    return ST_OK;
}

Status archive_out_add(Ctx *c, Str bytes, void *arg)
{
    ArchiveOut *o = arg;
    while (bytes.len) {
        if (o->len == OUT_ROOM)
            TRY(out_flush(c, o));
        size_t take = bytes.len < OUT_ROOM - o->len ? bytes.len : OUT_ROOM - o->len;
        memcpy(o->bytes + o->len, bytes.ptr, take);
        o->len += take;
        bytes = str_sub(bytes, take, SIZE_MAX);
    }
    return ST_OK;
}

Status archive_out_settle(Ctx *c, ArchiveOut *o)
{
    TRY(out_flush(c, o));
    if (fsync(o->fd) != 0)
        return failed(c, o->path);
    TRY(path_settle(c, o->path));
    o->settled = true;
    return ST_OK;
}

/* --- in --------------------------------------------------------------------------------------------------- */

struct ArchiveIn {
    Str path;
    int fd;
    int64_t size;
};

static void in_close(void *thing)
{
    close(((ArchiveIn *)thing)->fd);
}

Status archive_in_open(Ctx *c, Str path, ArchiveIn **out)
{
    struct stat about;
    ArchiveIn *in = arena_new_of(c->arena, ArchiveIn);
    in->path = path;
    in->fd = open(str_c(c->arena, path), O_RDONLY | O_CLOEXEC);
    if (in->fd < 0)
        return failed(c, path);
    arena_defer(c->arena, in_close, in);
    if (fstat(in->fd, &about) == 0 && S_ISREG(about.st_mode))
        in->size = about.st_size;
    *out = in;
    return ST_OK;
}

int64_t archive_in_size(const ArchiveIn *in)
{
    return in->size;
}

Status archive_in_take(Ctx *c, void *bytes, size_t room, size_t *got, void *arg)
{
    const ArchiveIn *in = arg;
    ssize_t n;
    do
        n = read(in->fd, bytes, room);
    while (n < 0 && errno == EINTR);
    *got = n > 0 ? (size_t)n : 0;
    return n < 0 ? failed(c, in->path) : ST_OK;
}
