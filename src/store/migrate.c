#include "store/migrate.h"

#include "base/crypto.h"

#include <assert.h>

static const char schema_version[] = "CREATE TABLE schema_version (\n"
                                     "    number     INTEGER PRIMARY KEY,\n"
                                     "    name       TEXT NOT NULL,\n"
                                     "    digest     TEXT NOT NULL, -- SM3 of the migration's text, in hexadecimal\n"
                                     "    applied_at TEXT NOT NULL\n"
                                     ");\n";

/* What was found in the ledger. */
typedef struct Found {
    bool has_versions; /* the table schema_version */
    size_t count;      /* the first so many of the program's migrations */
} Found;

/* The schema that the first so many migrations make. */
static int number_at(const Migration *table, size_t count)
{
    return count ? table[count - 1].number : 0;
}

static Str digest_of(Ctx *c, const Migration *m)
{
    Digest digest = sm3(c->env->crypto, m->text, m->text_len);
    StrBuf hex = strbuf_in(c->arena);
    strbuf_add_hex(&hex, digest.bytes, sizeof digest.bytes);
    return strbuf_str(&hex);
}

/* --- what is there ---------------------------------------------------------------------------------- */

static Status find_versions_table(Ctx *c, bool *has)
{
    int64_t count;
    TRY(db_query_int(c, SQL_LEDGER_HAS_TABLE, ARGS(value_text(S("schema_version"))), &count, NULL));
    *has = count > 0;
    if (*has)
        return ST_OK;
    TRY(db_query_int(c, SQL_LEDGER_TABLE_COUNT, NO_ARGS, &count, NULL));
    if (count == 0)
        return ST_OK;
    return fail(c, ST_INVALID, "这个位置有%lld张表，但不是台账；请换一个空的位置",
        "this place holds %lld tables and is no ledger; choose an empty one", (long long)count);
}

/* Compares one row of schema_version with the migration that should be there. */
static Status compare(Ctx *c, const DbRows *row, const Migration *known)
{
    int64_t number = row_int(row, 0);
    if (number != known->number)
        return fail(c, ST_CONFLICT, "台账缺少结构版本%d，却有%lld；台账可能被改动过，请从归档恢复",
            "the ledger lacks schema %d but has %lld; it may have been tampered with, restore it from an archive",
            known->number, (long long)number);
    if (!str_eq(row_text(row, 2), digest_of(c, known)))
        return fail(c, ST_CONFLICT, "台账的结构版本%d（%s）与本程序的不同；请换用建立台账的程序版本",
            "schema %d (%s) of the ledger differs from this program's; use the version of the program that made it",
            known->number, known->name);
    return ST_OK;
}

/* What this program does not know, it must not touch. */
static Status too_new(Ctx *c, DbRows *rows, int known)
{
    StrBuf numbers = strbuf_in(c->arena);
    bool has = true;
    while (has) {
        strbuf_addf(&numbers, "%s%lld", numbers.len ? ", " : "", (long long)row_int(rows, 0));
        TRY(db_next(c, rows, &has));
    }
    return fail(c, ST_CONFLICT, "台账比本程序新：有结构版本%s，本程序只到%d；请升级程序",
        "the ledger is newer than this program: it has schema %s, this program knows up to %d; update the program",
        strbuf_str(&numbers).ptr, known);
}

static Status read_versions(Ctx *c, const Migration *table, size_t count, size_t *found)
{
    DbRows *rows;
    bool has;
    TRY(db_query(c, SQL_SCHEMA_VERSION_LIST, NO_ARGS, &rows));
    for (*found = 0;; ++*found) {
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        if (*found == count)
            return too_new(c, rows, number_at(table, count));
        TRY(compare(c, rows, &table[*found]));
    }
}

static Status look(Ctx *c, const Migration *table, size_t count, Found *out)
{
    *out = (Found){ 0 };
    TRY(find_versions_table(c, &out->has_versions));
    return out->has_versions ? read_versions(c, table, count, &out->count) : ST_OK;
}

/* Its statements must see one state: another program may be migrating between them. */
static Status look_from_outside(Ctx *c, const Migration *table, size_t count, Found *out)
{
    assert(!db_in_transaction(c->db));
    TRY(db_begin(c, DB_TX_READ));
    Status status = look(c, table, count, out);
    db_rollback(c->db);
    return status;
}

/* --- bringing it up ----------------------------------------------------------------------------------- */

/* Where engines differ, a line "-- only: sqlite" or "-- only: pgsql" begins what the other leaves out, up to the next
 * such line; "-- only: both" ends it. The digest is of the whole text: a ledger moves between engines. */
static Str for_engine(Ctx *c, Str text)
{
    const Str ours = db_engine(c->db) == DB_SQLITE ? S("-- only: sqlite") : S("-- only: pgsql");
    StrBuf out = strbuf_in(c->arena);
    bool taken = true;
    Str line;
    while (str_cut(&text, '\n', &line)) {
        if (str_starts(line, S("-- only:")))
            taken = str_eq(line, ours) || str_eq(line, S("-- only: both"));
        if (taken)
            strbuf_add(&out, line);
        strbuf_addc(&out, '\n'); /* lines keep their numbers */
    }
    return strbuf_str(&out);
}

static Status apply(Ctx *c, const Migration *m, bool has_versions)
{
    if (!has_versions)
        TRY(db_run_script(c, str_of(schema_version)));
    TRY(db_run_script(c, for_engine(c, (Str){ m->text, m->text_len })));
    return db_run(c, SQL_SCHEMA_VERSION_INSERT,
        ARGS(value_int(m->number), value_text(str_of(m->name)), value_text(digest_of(c, m)),
            value_instant(c->arena, c->now)),
        NULL);
}

/* Looks again inside the transaction: another program may have been quicker. */
static Status apply_next(Ctx *c, const Migration *table, size_t count, bool *applied)
{
    Found found;
    int64_t held;
    TRY(db_query_int(c, SQL_LEDGER_MIGRATE_LOCK, NO_ARGS, &held, NULL));
    TRY(look(c, table, count, &found));
    *applied = found.count < count;
    return *applied ? apply(c, &table[found.count], found.has_versions) : ST_OK;
}

static Status apply_in_transaction(Ctx *c, const Migration *table, size_t count, bool *applied)
{
    TRY(db_begin(c, DB_TX_WRITE));
    Status status = apply_next(c, table, count, applied);
    if (status == ST_OK)
        return db_commit(c);
    db_rollback(c->db);
    return status;
}

Status migrate_up(Ctx *c, const Migration *table, size_t count, MigrateResult *out)
{
    Found found;
    TRY(look_from_outside(c, table, count, &found));
    *out = (MigrateResult){ .from = number_at(table, found.count), .to = number_at(table, count) };
    for (bool applied = found.count < count; applied; out->applied += applied)
        TRY(apply_in_transaction(c, table, count, &applied));
    return ST_OK;
}

Status migrate_within(Ctx *c, const Migration *table, size_t count, MigrateResult *out)
{
    Found found;
    assert(db_in_transaction(c->db));
    TRY(look(c, table, count, &found));
    *out = (MigrateResult){ .from = number_at(table, found.count), .to = number_at(table, count) };
    for (bool applied = found.count < count; applied; out->applied += applied)
        TRY(apply_next(c, table, count, &applied));
    return ST_OK;
}

size_t migrations_to(int64_t number)
{
    for (size_t i = 0; i < migration_count; i++)
        if (migrations[i].number == number)
            return i + 1;
    return 0;
}

Status migrate_check(Ctx *c, const Migration *table, size_t count)
{
    Found found;
    TRY(look_from_outside(c, table, count, &found));
    if (found.count == count)
        return ST_OK;
    return fail(c, ST_CONFLICT, "台账的结构版本是%d，本程序需要%d；请先运行 xuncha migrate",
        "the ledger's schema is %d and this program needs %d; run xuncha migrate first", number_at(table, found.count),
        number_at(table, count));
}
