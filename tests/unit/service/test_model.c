/* Random requests from several clients through the gate, held against a model in memory.
 *
 * The model knows what was acknowledged: a version of a record is given out once, what is read afterwards is
 * at least that new and says what was written under its version, nobody sees or changes what his assignments
 * do not reach, a repeated key writes nothing. At the end the ledger holds exactly what the model holds. */
#include "support/engines.h"
#include "support/records.h"

#include "service/operation.h"
#include "store/load.h"
#include "store/verify.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { CLIENTS = 4, STEPS = 120, RECORDS_MAX = CLIENTS * STEPS, VERSIONS_MAX = 400, ORGANISERS = 2 };

typedef struct Kept {
    char id[ID_LEN + 1];
    int organiser;
    int64_t newest;              /* acknowledged */
    int64_t least_at_end;        /* somebody was told that it had moved on */
    uint32_t word[VERSIONS_MAX]; /* what was written under each version; 0: nobody has been told yet */
    uint32_t seen[VERSIONS_MAX]; /* what a reader saw under it; 0: nobody looked */
} Kept;

typedef struct Model {
    pthread_mutex_t lock;
    Kept records[RECORDS_MAX];
    size_t count;
    int refused;
} Model;

typedef struct World {
    App *app;
    Model model;
    Str organisers[ORGANISERS];
    Str organiser_of[CLIENTS]; /* empty: sees all */
    Actor actors[CLIENTS];
} World;

typedef struct Client {
    World *world;
    int no;
    Chance chance;
    uint32_t words; /* drawn so far */
    char key[40];   /* of the last record made */
    char body[400]; /* and its body */
    char made[ID_LEN + 1];
} Client;

/* --- one request ------------------------------------------------------------------------------------------------- */

typedef struct Answer {
    Status status;
    char id[ID_LEN + 1];
    int64_t version;
    uint32_t word;
    bool replayed;
} Answer;

static uint32_t word_in(Str title)
{
    int64_t n = 0;
    return str_starts(title, S("词")) && str_to_int(str_sub(title, 3, SIZE_MAX), &n) ? (uint32_t)n : 0;
}

static Answer request(World *w, const Actor *actor, UseCase u)
{
    Arena *arena = arena_new();
    Ctx c = app_ctx(w->app, arena);
    const Json *json = NULL;
    c.actor = actor;
    u.app = w->app;
    Answer a = { .status = gate_run_wait(&c, &u), .version = u.out_version, .replayed = u.replayed };
    if (a.status == ST_OK && u.out.len) {
        must(json_read(&c, strbuf_str(&u.out), &json) == ST_OK);
        Str id = json_text_or(json_get(json, S("id")), STR_NONE);
        memcpy(a.id, id.ptr, id.len < ID_LEN ? id.len : ID_LEN);
        a.word = word_in(json_text_or(json_get(json, S("title")), STR_NONE));
    }
    if (a.status != ST_OK)
        must(c.err.status == a.status && c.err.message.len > 0);
    arena_done(arena);
    return a;
}

static UseCase on_meeting(OperationId use, const char *id, int64_t version, const char *body)
{
    return (UseCase){ .op = &operations[use],
        .entity = entity_of(ENTITY_MEETING),
        .id = str_of(id),
        .version = version,
        .route = S("meetings"),
        .body = str_of(body) };
}

/* --- what clients do ------------------------------------------------------------------------------------------------
 */

static bool reaches(const Client *me, int organiser)
{
    Str own = me->world->organiser_of[me->no];
    return own.len == 0 || str_eq(own, me->world->organisers[organiser]);
}

static uint32_t new_word(Client *me)
{
    return (uint32_t)me->no * 100000 + ++me->words;
}

static void enter(Client *me)
{
    World *w = me->world;
    int organiser = (int)chance(&me->chance, ORGANISERS);
    uint32_t word = new_word(me);
    snprintf(me->body, sizeof me->body,
        "{\"organiser\":\"%.*s\",\"kind\":\"other\",\"body\":\"office\",\"maker\":\"甲\",\"held_on\":\"2021-03-01\","
        "\"title\":\"词%u\"}",
        STR_ARG(w->organisers[organiser]), word);
    snprintf(me->key, sizeof me->key, "%d-%u", me->no, word);
    UseCase u = on_meeting(USE_REGISTER_ENTER, "", 0, me->body);
    u.idempotency_key = str_of(me->key);
    Answer a = request(w, &w->actors[me->no], u);
    must(a.status == (reaches(me, organiser) ? ST_OK : ST_MISSING));
    me->made[0] = '\0';
    if (a.status != ST_OK)
        return;
    must(a.version == 1);
    memcpy(me->made, a.id, sizeof me->made);
    pthread_mutex_lock(&w->model.lock);
    Kept *k = &w->model.records[w->model.count++];
    *k = (Kept){ .organiser = organiser, .newest = 1 };
    memcpy(k->id, a.id, sizeof k->id);
    k->word[1] = word;
    pthread_mutex_unlock(&w->model.lock);
}

/* The last request once more: nothing new comes of it; with another body it is refused. */
static void enter_again(Client *me)
{
    World *w = me->world;
    if (!me->made[0])
        return;
    bool other = chance(&me->chance, 3) == 0;
    UseCase u = on_meeting(USE_REGISTER_ENTER, "", 0, other ? "{\"title\":\"别的\"}" : me->body);
    u.idempotency_key = str_of(me->key);
    Answer a = request(w, &w->actors[me->no], u);
    must(a.status == (other ? ST_INVALID : ST_OK));
    must(other || (a.replayed && strcmp(a.id, me->made) == 0));
}

/* Any record of the model, as a copy of what was known of it before the request. */
static bool choose(Client *me, Kept *out, size_t *at)
{
    Model *m = &me->world->model;
    pthread_mutex_lock(&m->lock);
    bool some = m->count > 0;
    if (some) {
        *at = chance(&me->chance, (uint32_t)m->count);
        *out = m->records[*at];
    }
    pthread_mutex_unlock(&m->lock);
    return some;
}

static void edit(Client *me)
{
    World *w = me->world;
    Kept before;
    size_t at;
    char body[80];
    if (!choose(me, &before, &at))
        return;
    int64_t version = before.newest - (chance(&me->chance, 4) == 0);
    uint32_t word = new_word(me);
    snprintf(body, sizeof body, "{\"title\":\"词%u\"}", word);
    Answer a = request(w, &w->actors[me->no], on_meeting(USE_REGISTER_EDIT, before.id, version, body));
    pthread_mutex_lock(&w->model.lock);
    Kept *k = &w->model.records[at];
    if (!reaches(me, before.organiser)) {
        must(a.status == (version == 0 ? ST_NEEDED : ST_MISSING));
    } else if (a.status == ST_OK) {
        must(a.version == version + 1);
        must(a.version < VERSIONS_MAX && k->word[a.version] == 0); /* a version is given out once */
        k->word[a.version] = word;
        k->newest = a.version > k->newest ? a.version : k->newest;
    } else if (version == 0) {
        must(a.status == ST_NEEDED);
    } else {
        must(a.status == ST_STALE);
        k->least_at_end = version + 1 > k->least_at_end ? version + 1 : k->least_at_end;
    }
    pthread_mutex_unlock(&w->model.lock);
}

static void look(Client *me)
{
    World *w = me->world;
    Kept before;
    size_t at;
    if (!choose(me, &before, &at))
        return;
    Answer a = request(w, &w->actors[me->no], on_meeting(USE_RECORD_SHOW, before.id, 0, ""));
    if (!reaches(me, before.organiser)) {
        must(a.status == ST_MISSING);
        return;
    }
    must(a.status == ST_OK);
    must(a.version >= before.newest && a.version < VERSIONS_MAX);
    pthread_mutex_lock(&w->model.lock);
    Kept *k = &w->model.records[at];
    must(k->seen[a.version] == 0 || k->seen[a.version] == a.word);
    k->seen[a.version] = a.word;
    pthread_mutex_unlock(&w->model.lock);
}

static void be_wrong(Client *me)
{
    World *w = me->world;
    static const char *const bodies[] = { "{", "[]", "{\"title\":1}", "{\"titel\":\"x\"}", "{\"title\":\"\"}" };
    const char *body = bodies[chance(&me->chance, sizeof bodies / sizeof *bodies)];
    Answer a = request(w, &w->actors[me->no], on_meeting(USE_REGISTER_ENTER, "", 0, body));
    must(a.status == ST_INVALID || a.status == ST_MALFORMED);
}

static void *work(void *arg)
{
    Client *me = arg;
    for (int i = 0; i < STEPS; i++) {
        uint32_t what = chance(&me->chance, 100);
        if (what < 20)
            enter(me);
        else if (what < 28)
            enter_again(me);
        else if (what < 65)
            edit(me);
        else if (what < 95)
            look(me);
        else
            be_wrong(me);
    }
    return NULL;
}

/* --- the world -------------------------------------------------------------------------------- */

static Str made(World *w, OperationId use, const Actor *actor, Arena *arena, const char *body)
{
    Answer a = request(w, actor, (UseCase){ .op = &operations[use], .body = str_of(body) });
    assert_int_equal(a.status, ST_OK);
    return str_copy(arena, str_of(a.id));
}

static void open_world(World *w, Fixture *fx)
{
    AppWish wish = { .ledger = { .where = fx->where,
                         .key_file = fixture_path(fx, "key"),
                         .evidence_dir = fixture_path(fx, "evidence"),
                         .create = true,
                         .write = true,
                         .pin_today = FIXTURE_TODAY },
        .log = { -1, LOG_ERROR } };
    assert_ok(fx->c, app_open(fx->c, &wish, &w->app));
    pthread_mutex_init(&w->model.lock, NULL);
    for (int i = 0; i < ORGANISERS; i++)
        w->organisers[i] = made(w, USE_ORGANISER_ADD, &fx->local, fx->arena,
            i ? "{\"name\":\"示东县委巡察办\"}" : "{\"name\":\"示例市委巡察办\"}");
    for (int i = 0; i < CLIENTS; i++) {
        char body[400], login[24];
        snprintf(login, sizeof login, "office%d", i);
        snprintf(body, sizeof body, "{\"login\":\"%s\",\"name\":\"示%d\"}", login, i);
        w->actors[i] = (Actor){ .account = made(w, USE_ACCOUNT_ADD, &fx->local, fx->arena, body),
            .login = str_copy(fx->arena, str_of(login)),
            .role = ROLE_OFFICE,
            .held = ROLE_BIT(ROLE_OFFICE) };
        w->organiser_of[i] = i < ORGANISERS ? w->organisers[i] : STR_NONE;
        snprintf(body, sizeof body,
            "{\"account\":\"%.*s\",\"role\":\"office\",%s%.*s%s,\"valid_from\":\"2021-01-01\",\"valid_to\":\"2029-01-"
            "01\","
            "\"basis\":\"试\"}",
            STR_ARG(w->actors[i].account), i < ORGANISERS ? "\"organiser\":\"" : "\"everything\":true",
            STR_ARG(w->organiser_of[i]), i < ORGANISERS ? "\"" : "");
        (void)made(w, USE_ASSIGNMENT_GRANT, &fx->local, fx->arena, body);
    }
}

static void compare(World *w, Fixture *fx)
{
    for (size_t i = 0; i < w->model.count; i++) {
        const Kept *k = &w->model.records[i];
        Answer a = request(w, &fx->local, on_meeting(USE_RECORD_SHOW, k->id, 0, ""));
        assert_int_equal(a.status, ST_OK);
        assert_int_equal(a.version, k->newest);
        assert_true(k->newest >= k->least_at_end);
        assert_int_equal(a.word, k->word[k->newest]);
        for (int64_t v = 1; v <= k->newest; v++) {
            assert_true(k->word[v] != 0);
            assert_true(k->seen[v] == 0 || k->seen[v] == k->word[v]);
        }
    }
    Selection all = selection_of(ENTITY_MEETING);
    int64_t count;
    bool exact;
    assert_ok(fx->c, selection_count(fx->c, &all, COUNT_EXACT_UP_TO, &count, &exact));
    assert_int_equal(count, w->model.count);
    VerifyReport report;
    assert_ok(fx->c, verify_ledger(fx->c, w->app->ledger, NULL, &report));
    assert_int_equal(report.fault_count, 0);
}

ENGINE_TEST(random_requests_of_many_clients)
{
    World *w = arena_new_of(fx->arena, World);
    pthread_t threads[CLIENTS];
    Client clients[CLIENTS];
    open_world(w, fx);
    fx->c->actor = &fx->local;
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (Client){ .world = w, .no = i, .chance = { (uint64_t)i * 7331 + 101 } };
        pthread_create(&threads[i], NULL, work, &clients[i]);
    }
    for (int i = 0; i < CLIENTS; i++)
        pthread_join(threads[i], NULL);
    assert_true(w->model.count > CLIENTS);
    compare(w, fx);
    app_close(w->app);
    pthread_mutex_destroy(&w->model.lock);
}

int main(void)
{
    const struct CMUnitTest tests[] = { ON_BOTH(random_requests_of_many_clients) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
