/* The rows of one audited write, committed one by one: what durable writes are measured against.
 *
 *     single LEDGER SECONDS        prints: commits, seconds
 *
 * No HTTP, no gate, no seals: the same tables, columns and lengths, with the settings of store/db_sqlite.c. The copy of
 * a ledger that it is given does not verify afterwards. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const settings = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
                                    "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-65536;";
static const char *const statements[] = {
    "BEGIN IMMEDIATE",
    "SELECT seq, seal FROM chain_head WHERE one = 1",
    "INSERT INTO meeting (id, version, provenance, effective_on, recorded_at, organiser, kind, maker, held_on, title, "
    "content) VALUES (?1, 1, 'entered', '2021-10-31', '2021-10-31T08:15:30.000000Z', (SELECT id FROM organiser LIMIT "
    "1), "
    "'work', '示例市委巡察办', '2021-03-01', '第1000次巡察工作会议', '听取各组进展，研究下一步工作安排。')",
    "INSERT INTO record_count (entity, records) VALUES ('meetings', 1) ON CONFLICT (entity) DO UPDATE SET records = "
    "record_count.records + 1",
    "INSERT INTO audit (at, actor, login, role, operation, outcome, entity, record, version, fields, sealed, "
    "sealed_key, "
    "after, seal) VALUES ('2021-10-31T08:15:30.000000Z', ?1, 'office', 'office', 'register.enter', 'ok', 'meetings', "
    "?1, "
    "1, 'id provenance effective_on organiser kind maker held_on title content', ?2, ?1, ?3, ?3)",
    "UPDATE chain_head SET seq = seq + 1, seal = ?3 WHERE one = 1",
    "COMMIT",
};
enum { STATEMENTS = sizeof statements / sizeof *statements };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void check(sqlite3 *db, int code)
{
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
        return;
    fprintf(stderr, "single: %s\n", sqlite3_errmsg(db));
    exit(1);
}

static void step(sqlite3 *db, sqlite3_stmt *s, const char *id, const unsigned char *sealed)
{
    if (sqlite3_bind_parameter_count(s) >= 1)
        sqlite3_bind_text(s, 1, id, 26, SQLITE_STATIC);
    if (sqlite3_bind_parameter_count(s) >= 2)
        sqlite3_bind_blob(s, 2, sealed, 420, SQLITE_STATIC);
    if (sqlite3_bind_parameter_count(s) >= 3)
        sqlite3_bind_blob(s, 3, sealed, 32, SQLITE_STATIC);
    check(db, sqlite3_step(s));
    check(db, sqlite3_reset(s));
}

int main(int argc, char **argv)
{
    sqlite3 *db;
    sqlite3_stmt *prepared[STATEMENTS];
    unsigned char sealed[420];
    char id[32];
    if (argc != 3)
        return 2;
    check(NULL, sqlite3_open(argv[1], &db));
    check(db, sqlite3_exec(db, settings, NULL, NULL, NULL));
    for (int i = 0; i < STATEMENTS; i++)
        check(db, sqlite3_prepare_v2(db, statements[i], -1, &prepared[i], NULL));
    long commits = 0;
    double began = now(), until = began + atof(argv[2]);
    while (now() < until) {
        sqlite3_randomness(sizeof sealed, sealed);
        snprintf(id, sizeof id, "%026lld", (long long)(began * 1000) * 1000000 + commits);
        for (int i = 0; i < STATEMENTS; i++)
            step(db, prepared[i], id, sealed);
        commits++;
    }
    printf("%ld %.3f\n", commits, now() - began);
    return 0;
}
