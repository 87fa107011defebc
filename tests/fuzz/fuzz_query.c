/* A path and its conditions as they come off the wire: whatever routes and Selections take compiles, runs and
 * pages on a real ledger; what they refuse is refused with a field and its remedy.
 *
 *   first byte: the acting role; first line: method and path; each further line: name=value                     */
#include "domain/permission.h"
#include "http/routes.h"
#include "store/ledger.h"
#include "store/load.h"

#include <stdlib.h>
#include <unistd.h>

typedef struct Place {
    Arena *arena;
    Clock clock;
    Env env;
    Ledger *ledger;
    Ctx c;
    ArenaMark start;
} Place;

/* A ledger in a folder of its own, made once for all inputs. */
static Place *place(void)
{
    static Place it; /* libFuzzer calls on one thread */
    char folder[] = "/tmp/xuncha-fuzz-XXXXXX";
    if (it.ledger)
        return &it;
    it.arena = arena_new();
    it.clock = (Clock){ .zone_minutes = 480, .pinned_today = 20211031, .fixed = 1 };
    it.env = (Env){ &it.clock, crypto_open(), ids_open_seeded(1) };
    it.c = ctx_on(it.arena, &it.env);
    if (!mkdtemp(folder))
        abort();
    Str where = str_format(it.arena, "%s/city.ledger", folder);
    LedgerWish wish = { .where = where, .create = true, .write = true };
    if (ledger_open(&it.c, &wish, &it.ledger) != ST_OK || db_open(&it.c, where, DB_READ, &it.c.db) != ST_OK)
        abort();
    /* Open files stay; nothing is left behind. */
    for (const char *const *suffix = (const char *const[]){ "", "-wal", "-shm", ".key", ".lock", NULL }; *suffix;
         suffix++)
        (void)unlink(str_format(it.arena, "%.*s%s", STR_ARG(where), *suffix).ptr);
    (void)rmdir(folder);
    it.start = arena_mark(it.arena);
    return &it;
}

static Status nothing(Ctx *c, const void *record, void *arg)
{
    (void)c, (void)record, (void)arg;
    return ST_OK;
}

static void refused(const Ctx *c, Status status)
{
    if (status != ST_INVALID || c->err.status != ST_INVALID || !c->err.fields || !c->err.fields->remedy.len)
        abort();
}

static void ask(Ctx *c, const Entity *entity, Str lines)
{
    Selection sel = selection_of(entity->kind);
    Str line, name = STR_NONE;
    Page page;
    int64_t count;
    bool exact;
    while (str_cut(&lines, '\n', &line)) {
        str_cut(&line, '=', &name);
        Status status = selection_read(c, &sel, name, line);
        if (status != ST_OK) {
            refused(c, status);
            return;
        }
    }
    Status status = selection_each(c, &sel, nothing, NULL, &page);
    if (status == ST_OK)
        status = selection_count(c, &sel, COUNT_EXACT_UP_TO, &count, &exact);
    if (status != ST_OK && status != ST_DENIED)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Place *p = place();
    Str text = { (const char *)data, size }, line = STR_NONE, method = STR_NONE;
    RouteMatch match;
    if (size == 0)
        return 0;
    Actor actor = { .account = S("a"), .role = (Role)(1 + data[0] % (ROLE_COUNT - 1)) };
    Ctx c = p->c;
    c.actor = &actor;
    c.lang = data[0] % 2 ? LANG_EN : LANG_ZH;
    text = str_sub(text, 1, SIZE_MAX);
    str_cut(&text, '\n', &line);
    str_cut(&line, ' ', &method);
    if (str_is_text(line) && route_find(method, line, &match) && match.entity && str_is_text(text))
        ask(&c, match.entity, text);
    arena_reset(p->arena, p->start);
    return 0;
}
