#include "store/db.h"

#include "store/db_driver.h"

#include <assert.h>
#include <string.h>

static const DbDriver *const drivers[] = { [DB_SQLITE] = &db_sqlite, [DB_PGSQL] = &db_pgsql };

static const struct {
    Status status;
    const char *zh, *en; /* each with one %s */
} faults[] = {
    [FAULT_FULL] = { ST_FULL, "磁盘已满，没有保存；请先腾出空间，再重新提交（%s）",
        "the disk is full and nothing was saved; make room and submit again (%s)" },
    [FAULT_LOCKED] = { ST_BUSY, "台账正被另一个程序写入，请稍后再试（%s）",
        "another program is writing to the ledger; try again in a moment (%s)" },
    [FAULT_INTERRUPTED] = { ST_BUSY, "操作已被中断，没有保存；请再试一次（%s）",
        "the operation was interrupted and nothing was saved; try again (%s)" },
    [FAULT_LOST] = { ST_BUSY, "与台账数据库的连接已断开，请稍后再试（%s）",
        "the connection to the ledger's database is lost; try again in a moment (%s)" },
    [FAULT_TWICE] = { ST_CONFLICT, "已有一条同样的记录，不能重复（%s）", "there is such a record already (%s)" },
    [FAULT_REFERENCE] = { ST_CONFLICT, "所引用的记录不存在，或者本记录仍被其他记录引用（%s）",
        "it refers to a record that does not exist, or other records still refer to it (%s)" },
    [FAULT_READ_ONLY] = { ST_DENIED, "台账在此只能读、不能写（%s）；要修改，请换有写权限的用户，或以可写方式打开",
        "the ledger can only be read here (%s); use an account that may write, or open it for writing" },
    [FAULT_NO_RIGHT] = { ST_DENIED, "没有使用台账的权限（%s）；请核对用户、密码与授权",
        "no right to use the ledger (%s); check user, password and permissions" },
    [FAULT_NOT_A_LEDGER] = { ST_INVALID, "这里不是台账：%s；请核对所给的位置",
        "this is no ledger: %s; check the place that was given" },
    [FAULT_MISSING] = { ST_MISSING, "没有找到台账：%s；请核对所给的位置，或先新建台账",
        "no ledger was found: %s; check the place that was given, or make a ledger first" },
    [FAULT_UNREACHABLE] = { ST_BUSY, "连接不上台账数据库的服务器（%s）；请确认服务器已启动，稍后再试",
        "the server of the ledger's database cannot be reached (%s); see that it runs and try again" },
    [FAULT_BROKEN] = { ST_BROKEN, "数据库出错（%s）；请把这段话告诉管理员",
        "the database failed (%s); tell the administrator this line" },
};

Status db_fault(Ctx *c, DbFault fault, const char *detail)
{
    Status status = fail(c, faults[fault].status, faults[fault].zh, faults[fault].en, detail);
    c->err.twice = fault == FAULT_TWICE;
    return status;
}

/* --- connection --------------------------------------------------------------------------------- */

DbEngine db_engine_of(Str where)
{
    return str_starts(where, S("postgresql://")) || str_starts(where, S("postgres://")) ? DB_PGSQL : DB_SQLITE;
}

Status db_open(Ctx *c, Str where, DbMode mode, Db **out)
{
    if (where.len == 0 || !str_is_text(where))
        return fail(c, ST_INVALID, "没有给出台账的位置", "no place of a ledger was given");
    const DbDriver *driver = drivers[db_engine_of(where)];
    Arena *arena = arena_new();
    Db *db = NULL;
    Status status = driver->open(c, arena, where, mode, &db);
    if (status != ST_OK) {
        arena_done(arena);
        return status;
    }
    db->driver = driver;
    db->arena = arena;
    db->mode = mode;
    db->fixed = arena_array_of(arena, DbStatement, SQL_COUNT);
    for (size_t i = 0; i < SQL_COUNT; i++) {
        const SqlStatement *s = &statements[i];
        db->fixed[i] = (DbStatement){
            .name = s->name, .sql = s->text[driver->engine], .takes = s->takes, .count = s->count, .serial = i + 1
        };
    }
    db->serials = SQL_COUNT;
    *out = db;
    return ST_OK;
}

/* Their memory belongs to the reader, who may still ask for the next one. */
static void rows_end(DbRows *rows, RowsState state)
{
    if (rows->state != ROWS_OPEN)
        return;
    Db *db = rows->db;
    db->driver->end(rows);
    rows->state = state;
    if (rows->prev)
        rows->prev->next = rows->next;
    else
        db->rows = rows->next;
    if (rows->next)
        rows->next->prev = rows->prev;
}

static void rows_cut(Db *db)
{
    while (db->rows)
        rows_end(db->rows, ROWS_CUT);
}

/* An engine's own statements (of its full-text tables) are its own to end. */
static void forget_statements(Db *db)
{
    for (size_t i = 0; i < SQL_COUNT; i++)
        if (db->fixed[i].handle)
            db->driver->forget(db, &db->fixed[i]);
    for (size_t i = 0; i < db->kept_count; i++)
        if (db->kept[i]->handle)
            db->driver->forget(db, db->kept[i]);
}

void db_close(Db *db)
{
    if (!db)
        return;
    rows_cut(db);
    forget_statements(db);
    arena_done(db->arena); /* closes the driver's handles */
}

DbEngine db_engine(const Db *db)
{
    return db->driver->engine;
}

void db_interrupt(Db *db)
{
    db->driver->interrupt(db);
}

/* --- statements --------------------------------------------------------------------------------- */

/* PostgreSQL refuses everything in a transaction after an error, SQLite goes on (or has silently
 * left the transaction, and would commit what follows row by row). Here both refuse. */
static Status ready(Ctx *c)
{
    assert(c->db);
    if (c->db->dead)
        return db_fault(c, FAULT_LOST, "-");
    if (c->db->spoiled)
        return fail(c, ST_BROKEN, "事务中已有一条语句失败，应先回滚", "a statement failed; roll back first");
    return ST_OK;
}

/* Passes on what the engine said, and remembers a failure. */
static Status heard(Db *db, Status status)
{
    if (status != ST_OK && db->state != STATE_IDLE)
        db->spoiled = true;
    return status;
}

static Status exec(Ctx *c, const char *name, const char *sql)
{
    return heard(c->db, c->db->driver->exec(c, c->db, name, sql));
}

/* PostgreSQL refuses such values itself, but only after it has spoiled the transaction; SQLite
 * takes U+0000 and turns one type into another. Neither is asked. */
static Status check_args(Ctx *c, const DbStatement *s, const Value *args, size_t count)
{
    if (count != s->count)
        return fail(c, ST_BROKEN, "语句%s需要%zu个参数，得到%zu个", "statement %s takes %zu parameters, got %zu",
            s->name, s->count, count);
    for (size_t i = 0; i < count; i++) {
        if (args[i].kind != VALUE_NULL && args[i].kind != s->takes[i])
            return fail(c, ST_BROKEN, "语句%s的第%zu个参数类型不对", "statement %s: parameter %zu has another type",
                s->name, i + 1);
        if (args[i].kind == VALUE_TEXT && !str_is_text(args[i].text))
            return fail(c, ST_INVALID, "文字中有不能保存的字符（U+0000或不合UTF-8的字节）；请删去后再提交",
                "the text holds what cannot be stored (U+0000, or bytes that are no UTF-8); remove it and submit "
                "again");
    }
    return ST_OK;
}

static Status rows_open(Ctx *c, DbRows *rows, DbStatement *s, const Value *args, size_t count)
{
    Db *db = c->db;
    TRY(check_args(c, s, args, count));
    rows->db = db;
    rows->statement = s;
    rows->serial = s->serial;
    rows->state = ROWS_DONE;
    TRY(heard(db, db->driver->query(c, rows, args)));
    rows->state = ROWS_OPEN;
    rows->next = db->rows;
    if (rows->next)
        rows->next->prev = rows;
    db->rows = rows;
    return ST_OK;
}

static void rows_close(void *rows)
{
    rows_end(rows, ROWS_DONE);
}

static Status query(Ctx *c, DbStatement *s, const Value *args, size_t count, DbRows **out)
{
    DbRows *rows = arena_new_of(c->arena, DbRows);
    TRY(rows_open(c, rows, s, args, count));
    arena_defer(c->arena, rows_close, rows);
    *out = rows;
    return ST_OK;
}

static Status run(Ctx *c, DbStatement *s, const Value *args, size_t count, int64_t *changed)
{
    DbRows rows = { .brief = true };
    bool has;
    TRY(rows_open(c, &rows, s, args, count));
    Status status = heard(c->db, c->db->driver->next(c, &rows, &has));
    if (status == ST_OK && has)
        status = heard(c->db, fail(c, ST_BROKEN, "语句%s不应返回行", "statement %s must not give rows", s->name));
    if (status == ST_OK && changed)
        *changed = c->db->driver->changed(&rows);
    rows_end(&rows, ROWS_DONE);
    return status;
}

static DbStatement *fixed(Ctx *c, StatementId id)
{
    assert(id < SQL_COUNT);
    return &c->db->fixed[id];
}

Status db_run(Ctx *c, StatementId id, const Value *args, size_t count, int64_t *changed)
{
    TRY(ready(c));
    return run(c, fixed(c, id), args, count, changed);
}

Status db_query(Ctx *c, StatementId id, const Value *args, size_t count, DbRows **out)
{
    TRY(ready(c));
    return query(c, fixed(c, id), args, count, out);
}

/* --- statements kept under their text ---------------------------------------------------------- */

/* Room in the connection's arena that only grows, by doubling: statements come and go for as long
 * as a connection lives, and its memory must not. */
static void *regrow(Arena *arena, void *old, size_t *room, size_t need)
{
    if (need <= *room)
        return old;
    *room = *room ? *room : 256;
    while (*room < need)
        *room *= 2;
    return arena_alloc(arena, *room);
}

static void keep_text(Db *db, DbStatement *s, Str sql, const ValueKind *kinds, size_t count)
{
    char *text = regrow(db->arena, (char *)s->sql.ptr, &s->sql_room, sql.len + 1);
    ValueKind *takes = regrow(db->arena, (ValueKind *)s->takes, &s->takes_room, count * sizeof *kinds);
    memcpy(text, sql.ptr, sql.len);
    text[sql.len] = '\0';
    if (count)
        memcpy(takes, kinds, count * sizeof *kinds);
    s->name = "SQL";
    s->sql = (Str){ text, sql.len };
    s->takes = takes;
    s->count = count;
    s->serial = ++db->serials;
}

static bool is_kept(const DbStatement *s, Str sql, const ValueKind *kinds, size_t count)
{
    return str_eq(s->sql, sql) && s->count == count &&
           (count == 0 || memcmp(s->takes, kinds, count * sizeof *kinds) == 0);
}

/* The statement of this text and these types, in a new place or in that of the one unused longest. */
static DbStatement *kept(Db *db, Str sql, const ValueKind *kinds, size_t count)
{
    DbStatement *oldest = NULL;
    db->uses++;
    for (size_t i = 0; i < db->kept_count; i++) {
        DbStatement *s = db->kept[i];
        if (is_kept(s, sql, kinds, count)) {
            s->used = db->uses;
            return s;
        }
        if (!oldest || s->used < oldest->used)
            oldest = s;
    }
    if (db->kept_count < DB_KEPT_MAX)
        oldest = db->kept[db->kept_count++] = arena_new_of(db->arena, DbStatement);
    else
        db->driver->forget(db, oldest);
    keep_text(db, oldest, sql, kinds, count);
    oldest->used = db->uses;
    return oldest;
}

Status db_run_sql(Ctx *c, Str sql, const ValueKind *kinds, const Value *args, size_t count, int64_t *changed)
{
    TRY(ready(c));
    return run(c, kept(c->db, sql, kinds, count), args, count, changed);
}

Status db_query_sql(Ctx *c, Str sql, const ValueKind *kinds, const Value *args, size_t count, DbRows **out)
{
    TRY(ready(c));
    return query(c, kept(c->db, sql, kinds, count), args, count, out);
}

Status db_run_script(Ctx *c, Str script)
{
    TRY(ready(c));
    return exec(c, "script", c->db->driver->script(c->arena, script));
}

/* --- rows ----------------------------------------------------------------------------------------- */

Status db_next(Ctx *c, DbRows *rows, bool *has)
{
    *has = false;
    if (rows->state == ROWS_DONE)
        return ST_OK;
    if (rows->state == ROWS_CUT)
        return fail(c, ST_BROKEN, "事务已结束，不能继续读取其中的行", "the transaction of these rows has ended");
    Status status = heard(rows->db, rows->db->driver->next(c, rows, has));
    if (status != ST_OK || !*has)
        rows_end(rows, ROWS_DONE);
    return status;
}

void db_rows_done(DbRows *rows)
{
    rows_end(rows, ROWS_DONE);
}

/* A column is read from the row that db_next() has just given. */
static const DbDriver *driver_at(const DbRows *rows, int column)
{
    assert(rows->state == ROWS_OPEN && column >= 0 && column < rows->columns);
    return rows->db->driver;
}

bool row_is_null(const DbRows *rows, int column)
{
    return driver_at(rows, column)->is_null(rows, column);
}

int64_t row_int(const DbRows *rows, int column)
{
    return driver_at(rows, column)->whole(rows, column);
}

Str row_text(const DbRows *rows, int column)
{
    return driver_at(rows, column)->text(rows, column);
}

Str row_blob(const DbRows *rows, int column)
{
    return driver_at(rows, column)->blob(rows, column);
}

int row_columns(const DbRows *rows)
{
    return rows->columns;
}

/* The first column of the first row, as a number or as a text copied to the caller. */
static Status query_one(Ctx *c, StatementId id, const Value *args, size_t count, int64_t *whole, Str *text, bool *has)
{
    DbRows rows = { .brief = true };
    bool found;
    TRY(ready(c));
    TRY(rows_open(c, &rows, fixed(c, id), args, count));
    Status status = db_next(c, &rows, &found);
    if (status == ST_OK && found && whole)
        *whole = row_int(&rows, 0);
    if (status == ST_OK && found && text)
        *text = str_copy(c->arena, row_text(&rows, 0));
    rows_end(&rows, ROWS_DONE);
    TRY(status);
    if (has)
        *has = found;
    else if (!found)
        return fail(c, ST_BROKEN, "语句%s没有返回应有的行", "statement %s gave no row", statements[id].name);
    return ST_OK;
}

Status db_query_int(Ctx *c, StatementId id, const Value *args, size_t count, int64_t *out, bool *has)
{
    *out = 0;
    return query_one(c, id, args, count, out, NULL, has);
}

Status db_query_text(Ctx *c, StatementId id, const Value *args, size_t count, Str *out, bool *has)
{
    *out = STR_NONE;
    return query_one(c, id, args, count, NULL, out, has);
}

/* --- transactions ------------------------------------------------------------------------------- */

Status db_begin(Ctx *c, DbTx kind)
{
    TRY(ready(c));
    assert(c->db->state == STATE_IDLE);
    if (kind == DB_TX_WRITE && c->db->mode == DB_READ)
        return db_fault(c, FAULT_READ_ONLY, "begin");
    TRY(exec(c, "begin", c->db->driver->begin[kind]));
    c->db->state = kind == DB_TX_WRITE ? STATE_WRITE : STATE_READ;
    return ST_OK;
}

/* Rows that outlive their transaction would keep SQLite's old state of the file alive; on either
 * engine they end with it. */
static void transaction_over(Db *db)
{
    rows_cut(db);
    db->state = STATE_IDLE;
    db->saved = db->spoiled = false;
}

Status db_commit(Ctx *c)
{
    Db *db = c->db;
    assert(db && db->state != STATE_IDLE && (!db->saved || db->spoiled));
    Status status = ready(c);
    rows_cut(db);
    if (status == ST_OK)
        status = exec(c, "commit", "COMMIT");
    if (status == ST_OK)
        transaction_over(db);
    else
        db_rollback(db); /* PostgreSQL has; SQLite may still hold it open, say for a foreign key */
    return status;
}

void db_rollback(Db *db)
{
    rows_cut(db);
    if (!db->dead && db->driver->in_transaction(db) && !db->driver->rollback(db))
        db->dead = true;
    transaction_over(db);
}

Status db_savepoint(Ctx *c)
{
    TRY(ready(c));
    assert(c->db->state != STATE_IDLE && !c->db->saved);
    TRY(exec(c, "savepoint", "SAVEPOINT request"));
    c->db->saved = true;
    return ST_OK;
}

Status db_release(Ctx *c)
{
    TRY(ready(c));
    assert(c->db->saved);
    TRY(exec(c, "release", "RELEASE SAVEPOINT request"));
    c->db->saved = false;
    return ST_OK;
}

Status db_rollback_to(Ctx *c)
{
    Db *db = c->db;
    assert(db && db->saved);
    if (!db_in_transaction(db))
        return db_fault(c, db->dead ? FAULT_LOST : FAULT_INTERRUPTED, "rollback to");
    TRY(exec(c, "rollback to", "ROLLBACK TO SAVEPOINT request; RELEASE SAVEPOINT request"));
    db->saved = db->spoiled = false;
    return ST_OK;
}

bool db_in_transaction(const Db *db)
{
    if (db->dead || db->state == STATE_IDLE || (db->spoiled && !db->saved))
        return false;
    return db->driver->in_transaction(db);
}

/* --- care ----------------------------------------------------------------------------------------- */

Status db_checkpoint(Ctx *c, bool restart)
{
    TRY(ready(c));
    return c->db->driver->checkpoint(c, c->db, restart);
}

int64_t db_log_bytes(Db *db)
{
    return db->driver->log_bytes(db);
}
