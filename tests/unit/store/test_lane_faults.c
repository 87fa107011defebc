/* The lane when things fail: a full disk, a COMMIT that fails or is never answered, an interrupted statement,
 * the power. Nothing acknowledged is lost, nothing refused comes back, neighbours are unharmed. */
#include "support/faulty_disk.h"
#include "support/jobs.h"
#include "support/records.h"
#include "support/tables.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static Lane *lane_of(Fixture *fx, Ledger *ledger)
{
    Lane *lane;
    assert_ok(fx->c, lane_open(fx->c, ledger, &lane));
    return lane;
}

static Status run_one(Fixture *fx, Lane *lane, Str organiser, const char *title)
{
    Job job;
    job_init(&job, fx, organiser, title);
    job.job.done = NULL;
    Status status = lane_run(lane, &job.job);
    if (status != ST_OK)
        assert_true(job.c.err.status == status && job.c.err.message.len > 0);
    job_done(&job);
    return status;
}

/* --- on a disk of our own (SQLite) ------------------------------------------------------------------------------ */

typedef struct Bench {
    Fixture *fx;
    Disk *disk;
    Ledger *ledger;
    Str organiser;
    Lane *lane;
    Ctx *reader; /* of the same file on the same disk */
} Bench;

static void bench_open(Bench *b, Fixture *fx, uint64_t seed)
{
    *b = (Bench){ .fx = fx, .disk = disk_insert(seed) };
    Str where = disk_place(b->disk, fx->arena, fixture_path(fx, "city.ledger"));
    b->ledger = fixture_found_at(fx, where);
    fx->ledger = b->ledger; /* for apply_now() */
    Db *plain = fx->c->db;
    b->reader = fixture_open(fx, where, DB_WRITE);
    fx->c->db = b->reader->db;
    b->organiser = jobs_organiser(fx);
    fx->c->db = plain;
    fx->ledger = NULL;
    b->lane = lane_of(fx, b->ledger);
}

static void bench_close(Bench *b)
{
    lane_close(b->lane);
    db_close(b->reader->db);
    b->reader->db = NULL;
    ledger_close(b->ledger);
    disk_remove(b->disk);
}

ENGINE_TEST(a_full_disk_is_told_and_mended)
{
    Bench b;
    bench_open(&b, fx, 1);
    assert_int_equal(run_one(fx, b.lane, b.organiser, "前"), ST_OK);
    disk_be_full(b.disk, true);
    for (int i = 0; i < 3; i++)
        assert_int_equal(run_one(fx, b.lane, b.organiser, "满"), ST_FULL);
    assert_false(lane_is_read_only(b.lane));
    disk_be_full(b.disk, false);
    assert_int_equal(run_one(fx, b.lane, b.organiser, "后"), ST_OK);
    assert_int_equal(meetings_titled(fx, b.reader, "前") + meetings_titled(fx, b.reader, "后"), 2);
    assert_int_equal(meetings_titled(fx, b.reader, "满"), 0);
    ledger_is_sound(fx, b.reader, b.ledger);
    bench_close(&b);
}

/* The log holds the whole commit, only its sync has failed: without care the next start would find it there. */
ENGINE_TEST(a_commit_that_was_refused_does_not_come_back)
{
    Bench b;
    bench_open(&b, fx, 2);
    assert_int_equal(run_one(fx, b.lane, b.organiser, "前"), ST_OK);
    disk_fail_syncs(b.disk, 1);
    assert_int_equal(run_one(fx, b.lane, b.organiser, "不成"), ST_BUSY);
    const char *after = fixture_path(fx, "after").ptr;
    assert_int_equal(mkdir(after, 0700), 0);
    disk_survivors(b.disk, after, true);

    Ctx *restarted = fixture_open(fx, str_format(fx->arena, "%s/city.ledger", after), DB_WRITE);
    assert_int_equal(meetings_titled(fx, restarted, "前"), 1);
    assert_int_equal(meetings_titled(fx, restarted, "不成"), 0);
    ledger_is_sound(fx, restarted, b.ledger);
    bench_close(&b);
}

ENGINE_TEST(a_failed_sync_is_busy_then_all_is_well)
{
    Bench b;
    bench_open(&b, fx, 3);
    disk_fail_syncs(b.disk, 1);
    assert_int_equal(run_one(fx, b.lane, b.organiser, "不成"), ST_BUSY);
    assert_false(lane_is_read_only(b.lane));
    assert_int_equal(run_one(fx, b.lane, b.organiser, "成"), ST_OK);
    assert_int_equal(meetings_titled(fx, b.reader, "不成"), 0);
    ledger_is_sound(fx, b.reader, b.ledger);
    bench_close(&b);
}

ENGINE_TEST(where_nothing_can_be_learnt_nothing_is_written)
{
    Bench b;
    bench_open(&b, fx, 4);
    disk_cut_after(b.disk, 0);
    assert_int_equal(run_one(fx, b.lane, b.organiser, "甲"), ST_BUSY);
    assert_true(lane_is_read_only(b.lane));
    assert_int_equal(run_one(fx, b.lane, b.organiser, "乙"), ST_BUSY);
    bench_close(&b);
}

/* A statement of the second job is interrupted: SQLite throws the whole batch away, and each job runs again alone. */
typedef struct Running {
    sem_t begun;
    pthread_mutex_t lock;
    Db *db; /* while the endless statement runs: an interruption may not reach what the lane does after it */
} Running;

static void running_on(Running *running, Db *db)
{
    pthread_mutex_lock(&running->lock);
    running->db = db;
    pthread_mutex_unlock(&running->lock);
}

static void interrupt_when_running(Running *running)
{
    pthread_mutex_lock(&running->lock);
    if (running->db)
        db_interrupt(running->db);
    pthread_mutex_unlock(&running->lock);
}

static void run_for_ever(Job *job)
{
    Running *running = job->arg;
    DbRows *rows;
    if (atomic_load(&job->runs) > 1)
        return; /* nobody interrupts the second time */
    running_on(running, job->c.db);
    sem_post(&running->begun);
    static const char endless[] =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    bool has;
    Status status = db_query_sql(&job->c, str_of(endless), NULL, NO_ARGS, &rows);
    if (status == ST_OK)
        status = db_next(&job->c, rows, &has);
    running_on(running, NULL);
    must(status == ST_BUSY);
    ctx_forgive(&job->c);
}

ENGINE_TEST(an_interrupted_statement_harms_no_neighbour)
{
    Job jobs[5];
    sem_t gate;
    Running running = { .lock = PTHREAD_MUTEX_INITIALIZER };
    fixture_found(fx);
    Str organiser = jobs_organiser(fx);
    Lane *lane = lane_of(fx, fx->ledger);
    sem_init(&gate, 0, 0);
    sem_init(&running.begun, 0, 0);
    for (int i = 0; i < 5; i++) {
        job_init(&jobs[i], fx, organiser, i == 2 ? "中断" : "邻居");
        jobs[i].waits = i == 0 ? &gate : NULL;
        jobs[i].before = i == 2 ? run_for_ever : NULL;
        jobs[i].arg = &running;
        assert_true(lane_submit(lane, &jobs[i].job));
    }
    sem_post(&gate);
    sem_wait(&running.begun);
    while (atomic_load(&jobs[2].runs) == 1 && !atomic_load(&jobs[2].done)) {
        usleep(2000);
        interrupt_when_running(&running);
    }
    sem_post(&gate); /* the first may run again */
    for (int i = 0; i < 5; i++)
        assert_true(job_wait(&jobs[i]) == ST_OK || i == 2);
    assert_int_equal(meetings_titled(fx, fx->c, "邻居"), 4);
    assert_int_equal(meetings_titled(fx, fx->c, "中断"), jobs[2].status == ST_OK);
    lane_close(lane);
    ledger_is_sound(fx, fx->c, fx->ledger);
    for (int i = 0; i < 5; i++)
        job_done(&jobs[i]);
    sem_destroy(&gate);
    sem_destroy(&running.begun);
    pthread_mutex_destroy(&running.lock);
}

/* --- the power goes at a random moment --------------------------------------------------------------------------- */

enum { CLIENTS = 3, EACH = 40 };

typedef struct Power {
    Bench *bench;
    int no;
    bool acknowledged[EACH];
} Power;

static void sync_came_first(Job *job)
{
    Bench *b = job->arg;
    if (job->status == ST_OK)
        must(disk_unsynced(b->disk) == 0);
}

static void title_of(char out[40], int client, int i)
{
    snprintf(out, 40, "%d户%d", client, i);
}

static void *use_until_dark(void *arg)
{
    Power *p = arg;
    for (int i = 0; i < EACH; i++) {
        Job job;
        char title[40];
        title_of(title, p->no, i);
        job_init(&job, p->bench->fx, p->bench->organiser, title);
        job.answered = sync_came_first;
        job.arg = p->bench;
        p->acknowledged[i] = lane_submit(p->bench->lane, &job.job) && job_wait(&job) == ST_OK;
        job_done(&job);
    }
    return NULL;
}

static void check_survivors(Fixture *fx, Bench *b, const Power *powers, const char *folder)
{
    Ctx *c = fixture_ctx(fx);
    assert_ok(c, db_open(c, str_format(fx->arena, "%s/city.ledger", folder), DB_WRITE, &c->db));
    for (int client = 0; client < CLIENTS; client++)
        for (int i = 0; i < EACH; i++) {
            char title[40];
            title_of(title, client, i);
            int64_t there = meetings_titled(fx, c, title);
            assert_true(there <= 1);
            if (powers[client].acknowledged[i])
                assert_int_equal(there, 1); /* nothing acknowledged is lost */
        }
    ledger_is_sound(fx, c, b->ledger);
    db_close(c->db);
    c->db = NULL;
    arena_done(c->arena);
    fx->ctx_count--;
}

static void one_power_cut(Fixture *fx, int round)
{
    Bench b;
    pthread_t threads[CLIENTS];
    Power powers[CLIENTS];
    Chance r = { (uint64_t)round * 977 + 5 };
    char name[40];
    snprintf(name, sizeof name, "%s/cut%d", fx->dir, round);
    assert_int_equal(mkdir(name, 0700), 0);
    const char *before = fx->dir;
    fx->dir = name; /* a ledger of its own each time */
    bench_open(&b, fx, (uint64_t)round);
    disk_cut_after(b.disk, (int)chance(&r, 500));
    for (int i = 0; i < CLIENTS; i++) {
        powers[i] = (Power){ &b, i, { false } };
        pthread_create(&threads[i], NULL, use_until_dark, &powers[i]);
    }
    for (int i = 0; i < CLIENTS; i++)
        pthread_join(threads[i], NULL);
    char after[60];
    snprintf(after, sizeof after, "%s/after", name);
    assert_int_equal(mkdir(after, 0700), 0);
    disk_survivors(b.disk, after, false);
    check_survivors(fx, &b, powers, after);
    bench_close(&b);
    arena_done(b.reader->arena);
    fx->ctx_count--;
    fx->dir = before;
}

ENGINE_TEST(the_power_goes_and_nothing_acknowledged_is_lost)
{
    const char *rounds = getenv("XUNCHA_POWER_CUTS");
    for (int round = 1; round <= (rounds ? atoi(rounds) : 40); round++)
        one_power_cut(fx, round);
}

/* --- PostgreSQL -----------------------------------------------------------------------------------------------------
 */

static void trigger(Fixture *fx, const char *kind, const char *tail, const char *body)
{
    script(fx, str_format(fx->arena,
                   "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.title = '不成' THEN %s "
                   "END IF; RETURN NEW; END $$;"
                   "CREATE %s TRIGGER spoiler AFTER INSERT ON meeting %s FOR EACH ROW EXECUTE FUNCTION spoil();",
                   body, kind, tail)
                   .ptr);
}

ENGINE_TEST(a_full_server_is_told_to_one_request)
{
    fixture_found(fx);
    Str organiser = jobs_organiser(fx);
    trigger(fx, "", "", "RAISE EXCEPTION USING ERRCODE = '53100';");
    Lane *lane = lane_of(fx, fx->ledger);
    assert_int_equal(run_one(fx, lane, organiser, "不成"), ST_FULL);
    assert_int_equal(run_one(fx, lane, organiser, "成"), ST_OK);
    lane_close(lane);
    ledger_is_sound(fx, fx->c, fx->ledger);
}

ENGINE_TEST(a_commit_that_the_server_refuses)
{
    fixture_found(fx);
    Str organiser = jobs_organiser(fx);
    trigger(fx, "CONSTRAINT", "DEFERRABLE INITIALLY DEFERRED", "RAISE EXCEPTION 'no';");
    Lane *lane = lane_of(fx, fx->ledger);
    assert_int_equal(run_one(fx, lane, organiser, "成一"), ST_OK);
    assert_int_equal(run_one(fx, lane, organiser, "不成"), ST_BUSY);
    assert_false(lane_is_read_only(lane));
    assert_int_equal(run_one(fx, lane, organiser, "成二"), ST_OK);
    assert_int_equal(count_sql(fx, fx->c, "SELECT count(*) FROM meeting"), 2);
    lane_close(lane);
    ledger_is_sound(fx, fx->c, fx->ledger);
}

/* A line between program and server that can break at the COMMIT: before the server hears it, or after it has done
 * it. One connection after another; what is told to a broken line is told to nobody. */
typedef struct Line {
    int listening;
    uint16_t port, server_port;
    atomic_int break_next; /* 0 no, 1 before the server hears the commit, 2 after it answered */
    atomic_bool stop;
    pthread_t thread;
} Line;

static int dial(uint16_t port)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    return connect(fd, (struct sockaddr *)&to, sizeof to) == 0 ? fd : -1;
}

static bool is_commit(const char *bytes, ssize_t len)
{
    for (ssize_t i = 0; i + 7 <= len; i++)
        if (memcmp(bytes + i, "COMMIT", 7) == 0) /* with its NUL: not READ COMMITTED */
            return true;
    return false;
}

/* False when the line has ended or was broken. */
static bool carry(Line *line, int program, int server)
{
    char bytes[65536];
    struct pollfd ends[] = { { program, POLLIN, 0 }, { server, POLLIN, 0 } };
    if (poll(ends, 2, 100) < 0)
        return false;
    if (ends[0].revents) {
        ssize_t n = read(program, bytes, sizeof bytes);
        int how = n > 0 && is_commit(bytes, n) ? atomic_exchange(&line->break_next, 0) : 0;
        if (n <= 0 || how == 1 || write(server, bytes, (size_t)n) != n)
            return false;
        if (how == 2)
            return read(server, bytes, sizeof bytes) <= 0; /* done, and nobody is told */
    }
    if (ends[1].revents) {
        ssize_t n = read(server, bytes, sizeof bytes);
        return n > 0 && write(program, bytes, (size_t)n) == n;
    }
    return !atomic_load(&line->stop);
}

typedef struct Call {
    Line *line;
    int program;
} Call;

static void *connect_through(void *arg)
{
    Call *call = arg;
    int server = dial(call->line->server_port);
    while (server >= 0 && carry(call->line, call->program, server))
        continue;
    close(server);
    close(call->program);
    free(call);
    return NULL;
}

static void *line_thread(void *arg)
{
    Line *line = arg;
    pthread_t threads[16];
    size_t count = 0;
    while (!atomic_load(&line->stop)) {
        struct pollfd end = { line->listening, POLLIN, 0 };
        if (poll(&end, 1, 50) <= 0 || count == 16)
            continue;
        Call *call = malloc(sizeof *call);
        *call = (Call){ line, accept(line->listening, NULL, NULL) };
        pthread_create(&threads[count++], NULL, connect_through, call);
    }
    while (count)
        pthread_join(threads[--count], NULL);
    return NULL;
}

/* The fixture's place as it is reached through the line. */
static Str line_open(Line *line, Fixture *fx)
{
    struct sockaddr_in here = { .sin_family = AF_INET };
    socklen_t len = sizeof here;
    size_t colon = str_find(fx->where, S("127.0.0.1:"), 0), slash = str_find(fx->where, S("/"), colon);
    int64_t port;
    assert_true(str_to_int(str_sub(fx->where, colon + 10, slash - colon - 10), &port));
    *line = (Line){ .listening = socket(AF_INET, SOCK_STREAM, 0), .server_port = (uint16_t)port };
    inet_pton(AF_INET, "127.0.0.1", &here.sin_addr);
    assert_int_equal(bind(line->listening, (struct sockaddr *)&here, sizeof here), 0);
    assert_int_equal(listen(line->listening, 8), 0);
    assert_int_equal(getsockname(line->listening, (struct sockaddr *)&here, &len), 0);
    line->port = ntohs(here.sin_port);
    pthread_create(&line->thread, NULL, line_thread, line);
    return str_format(fx->arena, "%.*s127.0.0.1:%u%.*s", (int)colon, fx->where.ptr, line->port,
        STR_ARG(str_sub(fx->where, slash, SIZE_MAX)));
}

static void line_close(Line *line)
{
    atomic_store(&line->stop, true);
    pthread_join(line->thread, NULL);
    close(line->listening);
}

ENGINE_TEST(a_commit_whose_answer_is_lost)
{
    Line line;
    fixture_found(fx);
    Str organiser = jobs_organiser(fx);
    Ledger through = *fx->ledger;
    through.where = line_open(&line, fx);
    Lane *lane = lane_of(fx, &through);
    assert_int_equal(run_one(fx, lane, organiser, "一"), ST_OK);

    atomic_store(&line.break_next, 2);
    assert_int_equal(run_one(fx, lane, organiser, "已在"), ST_OK); /* the head says that it landed */
    assert_int_equal(meetings_titled(fx, fx->c, "已在"), 1);

    atomic_store(&line.break_next, 1);
    assert_int_equal(run_one(fx, lane, organiser, "不在"), ST_BUSY);
    assert_int_equal(meetings_titled(fx, fx->c, "不在"), 0);

    assert_int_equal(run_one(fx, lane, organiser, "二"), ST_OK);
    assert_false(lane_is_read_only(lane));
    lane_close(lane);
    line_close(&line);
    ledger_is_sound(fx, fx->c, fx->ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = { ON_SQLITE(a_full_disk_is_told_and_mended),
        ON_SQLITE(a_commit_that_was_refused_does_not_come_back), ON_SQLITE(a_failed_sync_is_busy_then_all_is_well),
        ON_SQLITE(where_nothing_can_be_learnt_nothing_is_written), ON_BOTH(an_interrupted_statement_harms_no_neighbour),
        ON_SQLITE(the_power_goes_and_nothing_acknowledged_is_lost), ON_PGSQL(a_full_server_is_told_to_one_request),
        ON_PGSQL(a_commit_that_the_server_refuses), ON_PGSQL(a_commit_whose_answer_is_lost) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
