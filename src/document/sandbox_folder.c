#include "document/sandbox_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { REMOVE_TRIES = 250 }; /* of 20 ms */

/* A folder below `at`, made readable first; never through a link. -1 when it is none. */
static int enter(int at, const char *name)
{
    char path[64];
    int place = openat(at, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (place < 0)
        return -1;
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", place);
    (void)chmod(path, 0700);
    int inside = openat(place, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    (void)close(place);
    return inside;
}

static bool take_away(int at, const char *name)
{
    return unlinkat(at, name, 0) == 0 || unlinkat(at, name, AT_REMOVEDIR) == 0;
}

typedef struct Clearing {
    int top;
    uint64_t names;  /* given to lifted folders */
    uint64_t lifted; /* of them, those that moved */
} Clearing;

/* Up to the top under a name of its own, so that no depth takes more than two descriptors. */
static void lift(Clearing *w, int from, const char *name)
{
    char to[32];
    int folder = enter(from, name); /* it must be writable to move */
    if (folder >= 0)
        (void)close(folder);
    for (int tries = 0; tries < 100; tries++) {
        (void)snprintf(to, sizeof to, ".lifted-%llu", (unsigned long long)w->names++);
        if (renameat(from, name, w->top, to) == 0) {
            w->lifted++;
            return;
        }
    }
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Empties a folder below the top: what is a folder with something in it is lifted. */
static void clear_folder(Clearing *w, const char *name)
{
    int folder = enter(w->top, name);
    DIR *list = folder >= 0 ? fdopendir(folder) : NULL;
    if (!list) {
        if (folder >= 0)
            (void)close(folder);
        return;
    }
    for (struct dirent *e; (e = readdir(list)) != NULL;)
        if (!is_dots(e->d_name) && !take_away(folder, e->d_name))
            lift(w, folder, e->d_name);
    (void)closedir(list);
}

static void clear_top(Clearing *w)
{
    int again = openat(w->top, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = again >= 0 ? fdopendir(again) : NULL;
    if (!list) {
        if (again >= 0)
            (void)close(again);
        return;
    }
    for (struct dirent *e; (e = readdir(list)) != NULL;) {
        if (is_dots(e->d_name) || take_away(w->top, e->d_name))
            continue;
        clear_folder(w, e->d_name);
        (void)take_away(w->top, e->d_name);
    }
    (void)closedir(list);
}

void sandbox_folder_close(SandboxFolder *folder)
{
    const struct timespec moment = { 0, 20000000 };
    Clearing w = { .top = folder->fd };
    if (folder->fd < 0)
        return;
    /* What was killed may write for a moment yet: tried until it is gone, and as long as it gets less. */
    for (int idle = 0; idle < REMOVE_TRIES;) {
        uint64_t before = w.lifted;
        clear_top(&w);
        if (rmdir(folder->path) == 0 || errno == ENOENT)
            break;
        if (w.lifted == before) {
            idle++;
            (void)nanosleep(&moment, NULL);
        }
    }
    (void)close(folder->fd);
    folder->fd = -1;
}

static void close_deferred(void *folder)
{
    sandbox_folder_close(folder);
}

Status sandbox_folder_open(Ctx *c, SandboxFolder **out)
{
    const char *tmp = getenv("TMPDIR");
    SandboxFolder *f = arena_new_of(c->arena, SandboxFolder);
    char *path = str_c(c->arena, str_format(c->arena, "%s/xuncha-pdf-XXXXXX", tmp && tmp[0] == '/' ? tmp : "/tmp"));
    if (!mkdtemp(path))
        return fail(c, ST_FULL, "不能建立临时目录", "cannot make a temporary folder");
    *f = (SandboxFolder){ open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), path };
    if (f->fd < 0) {
        (void)rmdir(path);
        return fail(c, ST_FULL, "不能建立临时目录", "cannot make a temporary folder");
    }
    arena_defer(c->arena, close_deferred, f);
    *out = f;
    return ST_OK;
}
