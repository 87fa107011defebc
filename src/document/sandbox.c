#include "document/sandbox.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { START_SECONDS = 20, FEWER_NICE = 10, WATCH_MS = 100, NAP_MS = 20, CHILDREN_MAX = 64, MAPPED_MIB = 2048 };

/* --- the command line ------------------------------------------------------------------------------------ */

typedef struct Line {
    char **words;
    size_t count, room;
} Line;

static void say(Line *line, const char *word)
{
    assert(line->count + 1 < line->room);
    line->words[line->count++] = (char *)(uintptr_t)word; /* execve() does not write there */
}

static void say_pair(Line *line, const char *option, const char *first, const char *second)
{
    say(line, option);
    say(line, first);
    say(line, second);
}

static void say_memory(Ctx *c, Line *line, const char *where, int64_t mib)
{
    say_pair(line, "--size", str_format(c->arena, "%lld", (long long)mib << 20).ptr, "--tmpfs");
    say(line, where);
}

static const char *const walls[] = { "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent",
    "--new-session", "--cap-drop", "ALL", "--uid", "65534", "--gid", "65534", "--hostname", "sandbox", "--clearenv" };
/* /etc/libreoffice: where Debian keeps the registry that the program's own folder points to. */
static const char *const system_folders[] = { "/bin", "/lib", "/lib64", "/etc/fonts", "/etc/alternatives",
    "/etc/ld.so.cache", "/etc/libreoffice" };

static char *const *line_of(Ctx *c, const Sandbox *box, const char *const *command)
{
    Line line = { .room = 128 + 3 * (box->view_count + box->variable_count) };
    for (size_t i = 0; command[i]; i++)
        line.room++;
    line.words = arena_array_of(c->arena, char *, line.room);
    say(&line, box->bwrap);
    for (size_t i = 0; i < sizeof walls / sizeof *walls; i++)
        say(&line, walls[i]);
    say_pair(&line, "--ro-bind", "/usr", "/usr");
    for (size_t i = 0; i < sizeof system_folders / sizeof *system_folders; i++)
        say_pair(&line, "--ro-bind-try", system_folders[i], system_folders[i]);
    say_pair(&line, "--proc", "/proc", "--dev");
    say(&line, "/dev");
    say_memory(c, &line, "/tmp", box->memory_mib);
    say_memory(c, &line, SANDBOX_HOME, SANDBOX_HOME_MIB);
    for (size_t i = 0; i < box->view_count; i++)
        say_pair(&line, "--ro-bind", box->views[i].from, box->views[i].to);
    if (box->out)
        say_pair(&line, "--bind", box->out, SANDBOX_OUT);
    say_pair(&line, "--remount-ro", "/dev", "--remount-ro"); /* both are of memory without a limit */
    say_pair(&line, "/", "--chdir", "/tmp");
    say_pair(&line, "--setenv", "HOME", SANDBOX_HOME);
    say_pair(&line, "--setenv", "LANG", "C.UTF-8");
    for (size_t i = 0; i < box->variable_count; i++)
        say_pair(&line, "--setenv", box->variables[i].from, box->variables[i].to);
    say(&line, "--");
    while (*command)
        say(&line, *command++);
    return line.words; /* the arena's memory is zero: the line ends with NULL */
}

/* --- the child: between fork() and execve() only what may be called from a signal handler ---------------- */

typedef struct Limit {
    int what;
    rlim_t value;
} Limit;
enum { LIMITS = 6 };

typedef struct Launch {
    char *const *words;
    pid_t parent;
    Limit limits[LIMITS];
    int descriptors; /* a number above all that are open, for kernels without close_range() */
} Launch;

static void forget_signals(void)
{
    struct sigaction plain;
    memset(&plain, 0, sizeof plain);
    plain.sa_handler = SIG_DFL;
    for (int s = 1; s < NSIG; s++)
        (void)sigaction(s, &plain, NULL); /* SIGKILL, SIGSTOP and the library's own refuse */
    sigset_t none;
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool forget_descriptors(int descriptors)
{
    int null = open("/dev/null", O_RDWR);
    if (null < 0)
        return false;
    for (int fd = 0; fd < 3; fd++)
        if (dup2(null, fd) < 0)
            return false;
    if (syscall(SYS_close_range, 3U, ~0U, 0U) == 0)
        return true;
    for (int fd = 3; fd < descriptors; fd++)
        (void)close(fd);
    return true;
}

static bool set_limits(const Limit *limits)
{
    for (size_t i = 0; i < LIMITS; i++) {
        struct rlimit old, now = { limits[i].value, limits[i].value };
        if (getrlimit((__rlimit_resource_t)limits[i].what, &old) != 0)
            return false;
        if (now.rlim_max > old.rlim_max)
            now.rlim_cur = now.rlim_max = old.rlim_max;
        if (setrlimit((__rlimit_resource_t)limits[i].what, &now) != 0)
            return false;
    }
    return true;
}

/* When memory runs out, the kernel ends this and not the program that keeps the ledger. */
static void offer_for_killing(void)
{
    int fd = open("/proc/self/oom_score_adj", O_WRONLY);
    if (fd < 0)
        return;
    if (write(fd, "1000", 4) != 4)
        errno = 0;
    (void)close(fd);
}

static _Noreturn void become(const Launch *l)
{
    char *none[] = { NULL };
    (void)setpgid(0, 0);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != l->parent)
        _exit(126);
    forget_signals();
    offer_for_killing();
    (void)umask(077);
    (void)setpriority(PRIO_PROCESS, 0, FEWER_NICE); /* people who wait for a page come first */
    if (!forget_descriptors(l->descriptors) || chdir("/") != 0 || !set_limits(l->limits))
        _exit(126);
    execve(l->words[0], l->words, none);
    _exit(127);
}

static Launch launch_of(Ctx *c, const Sandbox *box, const char *const *command)
{
    struct rlimit files = { 1024, 1024 };
    (void)getrlimit(RLIMIT_NOFILE, &files);
    return (Launch){
        .words = line_of(c, box, command),
        .parent = getpid(),
        .descriptors = files.rlim_cur > 65536 ? 65536 : (int)files.rlim_cur,
        .limits = { { RLIMIT_CORE, 0 }, /* a core would hold the document */
            { RLIMIT_CPU, (rlim_t)box->seconds * 2 }, { RLIMIT_AS, (rlim_t)(4 * box->memory_mib + MAPPED_MIB) << 20 },
            { RLIMIT_FSIZE, (rlim_t)box->file_mib << 20 }, { RLIMIT_NOFILE, SANDBOX_FILES_MAX },
            { RLIMIT_NPROC, SANDBOX_THREADS_MAX } },
    };
}

/* No handler of this program may run in the child before it has forgotten them. */
static pid_t start(const Launch *l)
{
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    pid_t pid = fork();
    if (pid == 0)
        become(l);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (pid > 0)
        (void)setpgid(pid, pid); /* whoever comes first */
    return pid;
}

/* --- waiting --------------------------------------------------------------------------------------------- */

static void nap(void)
{
    struct timespec t = { 0, NAP_MS * 1000000L };
    (void)nanosleep(&t, NULL);
}

static int code_of(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* True once it ended, with its code; -1 when somebody else (or a SIGCHLD that is ignored) took that. */
static bool has_ended(pid_t pid, int options, int *code)
{
    int status = 0;
    pid_t got;
    do {
        got = waitpid(pid, &status, options);
    } while (got < 0 && errno == EINTR);
    if (got != 0)
        *code = got == pid ? code_of(status) : -1;
    return got != 0;
}

/* The words of a small file below /proc/PID as numbers; none when it is gone. */
static size_t numbers_at(pid_t pid, const char *file, int64_t *out, size_t room)
{
    char path[64], text[1024];
    (void)snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, file);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t len = fd >= 0 ? read(fd, text, sizeof text) : 0;
    if (fd >= 0)
        (void)close(fd);
    Str rest = str_trim((Str){ text, len > 0 ? (size_t)len : 0 }), word;
    size_t count = 0;
    while (count < room && str_cut(&rest, ' ', &word) && str_to_int(word, &out[count]))
        count++;
    return count;
}

/* Pages of their own that a process and those below it hold: bwrap, the first process inside, what that started … */
static int64_t pages_below(pid_t first)
{
    enum { SIZE, RESIDENT, SHARED, FIGURES };
    int64_t all[CHILDREN_MAX] = { first }, figures[FIGURES], pages = 0;
    for (size_t at = 0, count = 1; at < count; at++) {
        pid_t pid = (pid_t)all[at];
        char children[64];
        (void)snprintf(children, sizeof children, "task/%d/children", (int)pid);
        count += numbers_at(pid, children, all + count, CHILDREN_MAX - count);
        if (numbers_at(pid, "statm", figures, FIGURES) == FIGURES)
            pages += figures[RESIDENT] - figures[SHARED];
    }
    return pages;
}

static void wait_a_little(int handle, int64_t left_ms)
{
    struct pollfd watch = { .fd = handle, .events = POLLIN };
    if (handle < 0)
        nap();
    else
        (void)poll(&watch, 1, left_ms < WATCH_MS ? (int)left_ms : WATCH_MS);
}

/* False when it has not ended by itself: `end` says why it must. A program that is refused memory goes on without what
 * it wanted to put there, a picture perhaps; so it is ended before it comes to that. */
static bool watch(pid_t pid, const Sandbox *box, SandboxEnd *end)
{
    int64_t deadline_ms = clock_ticks_ms() + box->seconds * 1000, page = sysconf(_SC_PAGESIZE);
    int handle = (int)syscall(SYS_pidfd_open, pid, 0); /* Linux 5.3; else it is looked at now and then */
    bool ended;
    while (!(ended = has_ended(pid, WNOHANG, &end->code))) {
        int64_t left = deadline_ms - clock_ticks_ms();
        end->late = left <= 0;
        end->fat = pages_below(pid) > (box->memory_mib << 20) / page;
        if (end->late || end->fat)
            break;
        wait_a_little(handle, left);
    }
    if (handle >= 0)
        (void)close(handle);
    return ended;
}

Status sandbox_run(Ctx *c, const Sandbox *box, const char *const *command, SandboxEnd *out)
{
    assert(box->seconds > 0 && box->memory_mib > 0 && box->file_mib > 0);
    Launch l = launch_of(c, box, command);
    *out = (SandboxEnd){ 0 };
    pid_t pid = start(&l);
    if (pid < 0)
        return fail(
            c, ST_BUSY, "系统不能再启动进程，请稍后再试", "the system starts no more processes: try again later");
    if (watch(pid, box, out))
        return ST_OK;
    (void)kill(-pid, SIGKILL); /* its end is the end of the first process inside, and so of all there */
    (void)kill(pid, SIGKILL);
    (void)has_ended(pid, 0, &out->code);
    return ST_OK;
}

bool sandbox_starts(Ctx *c, const char *bwrap)
{
    static const char *const nothing[] = { "/usr/bin/true", NULL };
    Sandbox box = { .bwrap = bwrap, .seconds = START_SECONDS, .memory_mib = 512, .file_mib = 1 };
    SandboxEnd end;
    CtxMark mark = ctx_mark(c);
    bool starts = sandbox_run(c, &box, nothing, &end) == ST_OK && !end.late && !end.fat && end.code == 0;
    ctx_rewind(c, mark);
    return starts;
}
