/* The running program on one ledger: its clock, keys, lane and readers; start, drain, stop. */
#ifndef SERVICE_APP_H
#define SERVICE_APP_H

#include "base/log.h"
#include "store/lane.h"
#include "store/rules.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

enum {
    APP_READERS = 16,
    SESSION_HOURS = 12,
    SESSION_IDLE_MINUTES = 30,
    LOGIN_FAILURES_MAX = 5,
    LOGIN_LOCK_MINUTES = 15
};

typedef struct SeenMap SeenMap;
typedef struct AccessLog AccessLog;

typedef struct App {
    Arena *arena;
    Clock clock;
    Env env;
    Log log;
    Ledger *ledger;
    Lane *lane; /* NULL: opened for reading only */
    RuleCache *rules;
    _Atomic(Db *) readers[APP_READERS]; /* idle ones */
    AccessLog *access;
    SeenMap *seen;                /* when each session was last used */
    struct ImportWorker *imports; /* NULL: nobody works on them beside the callers */
    struct SearchWorker *search;  /* NULL: the index stays behind until the ledger is served */
    struct DayWorker *day;        /* NULL: nothing happens by itself on a new day */
    atomic_bool closing;
    sem_t hashing;  /* at most two password hashes at once */
    sem_t printing; /* one run of LibreOffice at a time */
    int32_t idle_minutes;
    Str fonts; /* a folder of licensed fonts for PDFs; may be empty */
} App;

typedef struct AppWish {
    LedgerWish ledger;
    Date today;       /* DATE_NONE: the ledger's pinned day, else the real one */
    uint64_t id_seed; /* 0: random ids; else the same ids at every run, for the demo */
    Log log;
    int32_t idle_minutes; /* 0: SESSION_IDLE_MINUTES */
} AppWish;

/* `c` is only for the refusal: the App has its own Env, and Ctxs for it are made with app_ctx(). */
Status app_open(Ctx *c, const AppWish *wish, App **out) MUST_CHECK;
/* Finishes what is queued. */
void app_close(App *app);

Ctx app_ctx(const App *app, Arena *arena);
/* Lends a reading connection to the Ctx; give it back with app_read_end(). */
Status app_read_begin(App *app, Ctx *c) MUST_CHECK;
void app_read_end(App *app, Ctx *c);

/* Marks a session as used now; false when it has been idle for too long. A session this process has
 * not seen yet counts as just used. */
bool seen_touch(App *app, const Digest *token);
void seen_forget(App *app, const Digest *token);

#endif
