#include "service/app.h"

#include "service/access_log.h"
#include "service/day_work.h"
#include "service/import_work.h"
#include "service/search_work.h"

#include <string.h>

/* --- when sessions were last used -------------------------------------------------------------------- */

enum { SEEN_SLOTS = 8192 };

typedef struct Seen {
    Digest token;
    int64_t at_ms; /* 0: free */
} Seen;

enum { SEEN_LOCKS = 16 };

struct SeenMap {
    pthread_mutex_t locks[SEEN_LOCKS]; /* a session's is chosen by its digest */
    Seen slots[SEEN_LOCKS][SEEN_SLOTS / SEEN_LOCKS];
};

static pthread_mutex_t *seen_lock(SeenMap *map, const Digest *token)
{
    return &map->locks[token->bytes[SM3_SIZE - 1] % SEEN_LOCKS];
}

/* Open addressing over four neighbours; when all are taken the stalest gives way, which only makes an
 * idle session look fresh once more. */
static Seen *seen_slot(SeenMap *map, const Digest *token)
{
    enum { ROOM = SEEN_SLOTS / SEEN_LOCKS };
    size_t hash;
    memcpy(&hash, token->bytes, sizeof hash);
    Seen *stalest = NULL;
    for (size_t i = 0; i < 4; i++) {
        Seen *s = &map->slots[token->bytes[SM3_SIZE - 1] % SEEN_LOCKS][(hash + i) % ROOM];
        if (s->at_ms && memcmp(s->token.bytes, token->bytes, SM3_SIZE) == 0)
            return s;
        if (!stalest || s->at_ms < stalest->at_ms)
            stalest = s;
    }
    *stalest = (Seen){ *token, 0 };
    return stalest;
}

bool seen_touch(App *app, const Digest *token)
{
    int64_t now = clock_ticks_ms() + 1;
    int64_t idle_ms = (int64_t)app->idle_minutes * 60000;
    pthread_mutex_lock(seen_lock(app->seen, token));
    Seen *s = seen_slot(app->seen, token);
    bool fresh = s->at_ms == 0 || now - s->at_ms <= idle_ms;
    s->at_ms = fresh ? now : s->at_ms;
    pthread_mutex_unlock(seen_lock(app->seen, token));
    return fresh;
}

void seen_forget(App *app, const Digest *token)
{
    pthread_mutex_lock(seen_lock(app->seen, token));
    seen_slot(app->seen, token)->at_ms = 0;
    pthread_mutex_unlock(seen_lock(app->seen, token));
}

/* --- connections for reading ---------------------------------------------------------------------------- */

/* Where a thread looks first: mostly at the connection it gave back itself, whose pages and statements are warm, and
 * past the others. */
static size_t own_place(size_t places)
{
    uint64_t mixed = (uint64_t)(uintptr_t)pthread_self() * 0x9e3779b97f4a7c15u;
    return (size_t)(mixed >> 40) % places;
}

static Db *reader_take(App *app)
{
    size_t first = own_place(APP_READERS);
    for (size_t i = 0; i < APP_READERS; i++) {
        Db *db = atomic_exchange(&app->readers[(first + i) % APP_READERS], NULL);
        if (db)
            return db;
    }
    return NULL;
}

static void reader_give(App *app, Db *db)
{
    size_t first = own_place(APP_READERS);
    for (size_t i = 0; i < APP_READERS; i++) {
        Db *none = NULL;
        if (atomic_compare_exchange_strong(&app->readers[(first + i) % APP_READERS], &none, db))
            return;
    }
    db_close(db);
}

/* A connection that was lost meanwhile (PostgreSQL restarted) is opened anew. */
Status app_read_begin(App *app, Ctx *c)
{
    c->db = reader_take(app);
    if (c->db) {
        if (db_begin(c, DB_TX_READ) == ST_OK)
            return ST_OK;
        ctx_forgive(c);
        db_close(c->db);
    }
    c->db = NULL;
    TRY(db_open(c, app->ledger->where, DB_READ, &c->db));
    Status status = db_begin(c, DB_TX_READ);
    if (status != ST_OK) {
        db_close(c->db);
        c->db = NULL;
    }
    return status;
}

void app_read_end(App *app, Ctx *c)
{
    if (!c->db)
        return;
    db_rollback(c->db);
    reader_give(app, c->db);
    c->db = NULL;
}

/* --- life ----------------------------------------------------------------------------------------------------- */

Ctx app_ctx(const App *app, Arena *arena)
{
    return ctx_on(arena, &app->env);
}

static void pin_today(App *app, const AppWish *wish)
{
    app->clock.pinned_today = wish->today ? wish->today : app->ledger->pinned_today;
}

Status app_open(Ctx *c, const AppWish *wish, App **out)
{
    Arena *arena = arena_new();
    App *app = arena_new_of(arena, App);
    app->arena = arena;
    app->clock = *c->env->clock;
    app->env = (Env){ &app->clock, c->env->crypto, wish->id_seed ? ids_open_seeded(wish->id_seed) : ids_open() };
    app->log = wish->log;
    app->idle_minutes = wish->idle_minutes ? wish->idle_minutes : SESSION_IDLE_MINUTES;
    app->rules = rule_cache_open();
    app->seen = arena_new_of(arena, SeenMap);
    for (int i = 0; i < SEEN_LOCKS; i++)
        pthread_mutex_init(&app->seen->locks[i], NULL);
    sem_init(&app->hashing, 0, 2);
    sem_init(&app->printing, 0, 1);
    const Env *callers = c->env;
    c->env = &app->env;
    Status status = ledger_open(c, &wish->ledger, &app->ledger);
    if (status == ST_OK)
        pin_today(app, wish);
    if (status == ST_OK && wish->ledger.write)
        status = lane_open(c, app->ledger, &app->lane);
    if (status == ST_OK && app->lane)
        app->access = access_log_open(app);
    c->env = callers;
    if (status == ST_OK)
        *out = app;
    else
        app_close(app);
    return status;
}

void app_close(App *app)
{
    if (!app)
        return;
    import_worker_close(app->imports);
    day_worker_close(app->day);
    search_worker_close(app->search);
    access_log_close(app->access);
    lane_close(app->lane);
    for (int i = 0; i < APP_READERS; i++)
        db_close(app->readers[i]);
    ledger_close(app->ledger);
    rule_cache_close(app->rules);
    ids_close(app->env.ids);
    sem_destroy(&app->hashing);
    sem_destroy(&app->printing);
    for (int i = 0; i < SEEN_LOCKS; i++)
        pthread_mutex_destroy(&app->seen->locks[i]);
    arena_done(app->arena);
}
