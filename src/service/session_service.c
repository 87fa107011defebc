/* Logging in and out, the acting role, one's own password. */
#include "service/inputs.h"
#include "service/services.h"
#include "store/load.h"

#include <string.h>

enum { TOKEN_SIZE = 32 };

static RoleSet roles_in_force(const DbRows *rows, RoleSet set)
{
    int32_t role = choice_of(&roles, row_text(rows, 0));
    return role ? set | ROLE_BIT(role) : set;
}

static Status held_roles(Ctx *c, Str account, RoleSet *out)
{
    DbRows *rows;
    bool has;
    *out = 0;
    TRY(db_query(c, SQL_ACCOUNT_ROLES, ARGS(value_text(account), value_date(c->arena, c->today)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        *out = roles_in_force(rows, *out);
    }
}

/* Two roles never act at once: the first in the order of the list is where a session starts. */
static Role first_role(RoleSet held)
{
    for (int role = 1; role < ROLE_COUNT; role++)
        if (held & ROLE_BIT(role))
            return (Role)role;
    return ROLE_NONE;
}

/* --- who acts ----------------------------------------------------------------------------------------- */

static Status no_session(Ctx *c)
{
    return fail(c, ST_NOBODY, "登录已失效，请重新登录", "your session is over, please log in again");
}

static uint8_t holds(const DbRows *rows, int column)
{
    int64_t n = row_int(rows, column);
    return n > 1 ? HOLDS_SEVERAL : n == 1 ? HOLDS_ONE : HOLDS_NONE;
}

static Holding holding_from(const DbRows *rows, int column)
{
    return (Holding){ .known = true,
        .everything = row_int(rows, column) != 0,
        .inspections = holds(rows, column + 1),
        .units = holds(rows, column + 2),
        .organisers = holds(rows, column + 3),
        .rounds = holds(rows, column + 4),
        .supervision_offices = holds(rows, column + 5),
        .resident_groups = holds(rows, column + 6) };
}

Status holding_find(Ctx *c, Actor *actor)
{
    DbRows *rows;
    bool has;
    Str role = choice_name(&roles, (int32_t)actor->role);
    TRY(db_query(c, SQL_HOLDING_FIND,
        ARGS(value_text(actor->account), value_text(role), value_date(c->arena, c->today)), &rows));
    TRY(db_next(c, rows, &has));
    actor->holding = has ? holding_from(rows, 0) : (Holding){ .known = false };
    db_rows_done(rows);
    return ST_OK;
}

static Status session_from(Ctx *c, DbRows *rows, Session *out)
{
    Arena *a = c->arena;
    *out = (Session){ .actor = { .account = str_copy(a, row_text(rows, 0)),
                          .person = str_copy(a, row_text(rows, 1)),
                          .login = str_copy(a, row_text(rows, 2)),
                          .name = str_copy(a, row_text(rows, 3)),
                          .role = (Role)choice_of(&roles, row_text(rows, 4)),
                          .holding = holding_from(rows, 9) },
        .csrf = str_copy(a, row_text(rows, 5)),
        .program = str_eq(row_text(rows, 6), S("program")),
        .must_change = row_int(rows, 7) != 0 };
    bool in_force = row_int(rows, 8) != 0;
    db_rows_done(rows);
    if (!in_force)
        out->actor.role = ROLE_NONE; /* a right that has lapsed is gone through every door */
    return ST_OK;
}

Status session_find(Ctx *c, App *app, const Digest *token, Session *out)
{
    DbRows *rows;
    bool has;
    TRY(db_query(c, SQL_SESSION_FIND,
        ARGS(value_bytes(token->bytes, SM3_SIZE), value_instant(c->arena, c->now), value_date(c->arena, c->today)),
        &rows));
    TRY(db_next(c, rows, &has));
    if (has)
        TRY(session_from(c, rows, out));
    return has && (out->program || seen_touch(app, token)) ? ST_OK : no_session(c);
}

/* --- logging in ------------------------------------------------------------------------------------------ */

typedef struct LoginTry {
    bool known;
    bool fits;
    bool hashed;
    Account account;
    RoleSet held;
    uint8_t token[TOKEN_SIZE];
    Str csrf;
} LoginTry;

static Status lock_state(Ctx *c, Str login, int64_t *failures, Instant *until)
{
    DbRows *rows;
    bool has;
    *failures = 0;
    *until = 0;
    TRY(db_query(c, SQL_LOGIN_FAILURE_FIND, ARGS(value_text(login)), &rows));
    TRY(db_next(c, rows, &has));
    if (has) {
        *failures = row_int(rows, 0);
        if (!instant_parse(row_text(rows, 1), until))
            *until = 0;
    }
    db_rows_done(rows);
    return ST_OK;
}

static Status locked_out(Ctx *c, Instant until)
{
    int64_t seconds = (until - c->now) / 1000000 + 1;
    Status status = fail(c, ST_LOCKED, "口令多次输入错误，账号已锁定，请%lld分钟后再试",
        "too many wrong passwords: try again in %lld minutes", (long long)(seconds + 59) / 60);
    c->err.retry_after_s = seconds;
    return status;
}

static void compare_password(App *app, LoginTry *t, Str password)
{
    sem_wait(&app->hashing);
    if (t->known && t->account.password.len && !t->account.disabled)
        t->fits = password_fits(t->account.password, password);
    else
        password_fits_nobody(password);
    sem_post(&app->hashing);
}

Status session_login_prepare(Ctx *c, UseCase *u)
{
    const LoginInput *in = u->input;
    LoginTry *t = arena_new_of(c->arena, LoginTry);
    Str id;
    int64_t failures;
    Instant until;
    u->prepared = t;
    TRY(record_check_required(c, &LoginInput_table, in));
    TRY(lock_state(c, in->login, &failures, &until));
    if (until > c->now)
        return locked_out(c, until);
    TRY(db_query_text(c, SQL_ACCOUNT_BY_LOGIN, ARGS(value_text(in->login)), &id, &t->known));
    if (t->known) {
        TRY(record_load_unscoped(c, ENTITY_ACCOUNT, str_copy(c->arena, id), &t->account));
        TRY(held_roles(c, t->account.id, &t->held));
    }
    compare_password(u->app, t, in->password);
    random_bytes(t->token, TOKEN_SIZE);
    return ST_OK;
}

/* The refusal has something to write, so it is told after COMMIT. */
static Status login_refused(Ctx *c, UseCase *u, Writer *w, Str login)
{
    int64_t failures;
    Instant until;
    TRY(lock_state(c, login, &failures, &until));
    failures = until && until <= c->now ? 1 : failures + 1;
    until = failures >= LOGIN_FAILURES_MAX ? c->now + (Instant)LOGIN_LOCK_MINUTES * 60 * 1000000 : 0;
    TRY(db_run(c, SQL_LOGIN_FAILURE_STORE, ARGS(value_text(login), value_int(failures), value_instant(c->arena, until)),
        NULL));
    TRY(audit_note(c, w, str_of(u->op->name), until ? ST_LOCKED : ST_NOBODY, S("accounts"), login));
    u->late = until ? locked_out(c, until)
                    : fail(c, ST_NOBODY, "登录名或口令不正确，还可尝试%lld次",
                          "wrong login or password; %lld tries left", (long long)(LOGIN_FAILURES_MAX - failures));
    return ST_OK;
}

static void session_to_json(Ctx *c, UseCase *u, const Session *s)
{
    JsonWriter w = json_onto(&u->out);
    const Actor *a = &s->actor;
    const struct {
        const char *name;
        Str value;
    } texts[] = { { "account", a->account }, { "login", a->login }, { "name", a->name }, { "person", a->person },
        { "role", choice_name(&roles, (int32_t)a->role) }, { "csrf", s->csrf } };
    json_open_object(&w);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        json_key(&w, str_of(texts[i].name));
        json_text_or_null(&w, texts[i].value);
    }
    json_key(&w, S("roles"));
    json_open_list(&w);
    for (int role = 1; role < ROLE_COUNT; role++)
        if (a->held & ROLE_BIT(role))
            json_text(&w, choice_name(&roles, role));
    json_close_list(&w);
    json_key(&w, S("must_change"));
    json_flag(&w, s->must_change);
    json_key(&w, S("today"));
    json_date(&w, c->today);
    json_key(&w, S("demo"));
    json_flag(&w, u->app->ledger->pinned_today != DATE_NONE);
    json_close_object(&w);
}

static Actor actor_of(const LoginTry *t, Role role)
{
    return (Actor){ .account = t->account.id,
        .person = t->account.person,
        .login = t->account.login,
        .name = t->account.name,
        .role = role,
        .held = t->held };
}

static Status session_start(Ctx *c, UseCase *u, const LoginTry *t, Role role)
{
    uint8_t csrf[16];
    StrBuf csrf_hex = strbuf_in(c->arena);
    StrBuf token_hex = strbuf_in(c->arena);
    random_bytes(csrf, sizeof csrf);
    strbuf_add_hex(&csrf_hex, csrf, sizeof csrf);
    strbuf_add_hex(&token_hex, t->token, TOKEN_SIZE);
    u->token_plain = strbuf_str(&token_hex);
    Digest token = sm3(c->env->crypto, u->token_plain.ptr, u->token_plain.len);
    Instant ends = c->now + (Instant)SESSION_HOURS * 3600 * 1000000;
    TRY(db_run(c, SQL_SESSION_SWEEP, ARGS(value_instant(c->arena, c->now)), NULL));
    TRY(db_run(c, SQL_SESSION_INSERT,
        ARGS(value_bytes(token.bytes, SM3_SIZE), value_text(t->account.id),
            value_text(role ? choice_name(&roles, (int32_t)role) : S("none")), value_text(strbuf_str(&csrf_hex)),
            value_text(S("person")), value_instant(c->arena, c->now), value_instant(c->arena, ends)),
        NULL));
    Session s = { .actor = actor_of(t, role), .csrf = strbuf_str(&csrf_hex), .must_change = t->account.must_change };
    session_to_json(c, u, &s);
    return ST_OK;
}

Status session_login_write(Ctx *c, UseCase *u, Writer *w)
{
    const LoginInput *in = u->input;
    const LoginTry *t = u->prepared;
    if (!t->fits)
        return login_refused(c, u, w, in->login);
    Role role = first_role(t->held);
    Actor *self = arena_new_of(c->arena, Actor);
    *self = actor_of(t, role);
    TRY(db_run(c, SQL_LOGIN_FAILURE_CLEAR, ARGS(value_text(in->login)), NULL));
    TRY(session_start(c, u, t, role));
    const Actor *before = c->actor;
    c->actor = self;
    Status status = audit_note(c, w, str_of(u->op->name), ST_OK, S("accounts"), t->account.id);
    c->actor = before;
    return status;
}

Status session_logout_write(Ctx *c, UseCase *u, Writer *w)
{
    seen_forget(u->app, &u->token);
    u->session_ended = true;
    TRY(db_run(c, SQL_SESSION_END, ARGS(value_bytes(u->token.bytes, SM3_SIZE)), NULL));
    return audit_note(c, w, str_of(u->op->name), ST_OK, S("accounts"), c->actor->account);
}

/* --- the session itself ------------------------------------------------------------------------------------- */

static Status find_row(Ctx *c, const UseCase *u, Session *s)
{
    DbRows *rows;
    bool has;
    TRY(db_query(c, SQL_SESSION_FIND,
        ARGS(value_bytes(u->token.bytes, SM3_SIZE), value_instant(c->arena, c->now), value_date(c->arena, c->today)),
        &rows));
    TRY(db_next(c, rows, &has));
    if (!has)
        return no_session(c);
    TRY(session_from(c, rows, s));
    return held_roles(c, s->actor.account, &s->actor.held);
}

Status session_show(Ctx *c, UseCase *u)
{
    Session s;
    TRY(find_row(c, u, &s));
    session_to_json(c, u, &s);
    return ST_OK;
}

Status session_role_write(Ctx *c, UseCase *u, Writer *w)
{
    const RoleInput *in = u->input;
    Session s;
    TRY(find_row(c, u, &s));
    if (!in->role || !(s.actor.held & ROLE_BIT(in->role)))
        return fail_field_as(c, ST_DENIED, S("role"), choice_name(&roles, in->role),
            T("您没有这个角色，或授权已到期", "you do not hold this role today"),
            T("请从自己的角色中选择", "choose one of your roles"));
    TRY(db_run(c, SQL_SESSION_ROLE,
        ARGS(value_bytes(u->token.bytes, SM3_SIZE), value_text(choice_name(&roles, in->role))), NULL));
    s.actor.role = (Role)in->role;
    session_to_json(c, u, &s);
    return audit_note(c, w, str_of(u->op->name), ST_OK, S("accounts"), s.actor.account);
}

/* --- one's own password ---------------------------------------------------------------------------------------- */

typedef struct NewPassword {
    Account account;
    Str hash;
} NewPassword;

static Status check_old(Ctx *c, UseCase *u, const Account *account, Str old)
{
    sem_wait(&u->app->hashing);
    bool fits = password_fits(account->password, old);
    sem_post(&u->app->hashing);
    if (fits)
        return ST_OK;
    return fail_field(
        c, S("old"), STR_NONE, T("原口令不正确", "is not the present password"), T("请重新输入", "type it again"));
}

Status session_password_prepare(Ctx *c, UseCase *u)
{
    const PasswordInput *in = u->input;
    NewPassword *p = arena_new_of(c->arena, NewPassword);
    u->prepared = p;
    TRY(record_check_required(c, &PasswordInput_table, in));
    TRY(record_load_unscoped(c, ENTITY_ACCOUNT, c->actor->account, &p->account));
    TRY(check_old(c, u, &p->account, in->old));
    TRY(password_check(c, p->account.login, in->password));
    if (str_eq(in->old, in->password))
        return fail_field(c, S("password"), STR_NONE, T("新口令与原口令相同", "is the present password"),
            T("请换一个口令", "choose another one"));
    sem_wait(&u->app->hashing);
    Status status = password_hash(c, in->password, &p->hash);
    sem_post(&u->app->hashing);
    return status;
}

Status session_password_decide(Ctx *c, UseCase *u, Changes *out)
{
    const NewPassword *p = u->prepared;
    Account now;
    TRY(record_load_unscoped(c, ENTITY_ACCOUNT, p->account.id, &now));
    const Account *kept = record_copy(c, &Account_table, &now);
    now.password = p->hash;
    now.must_change = false;
    change_update(c, out, ENTITY_ACCOUNT, kept, record_copy(c, &Account_table, &now));
    return ST_OK;
}

Status session_password_write(Ctx *c, UseCase *u, Writer *w)
{
    (void)w;
    Session s;
    TRY(db_run(
        c, SQL_SESSION_END_OTHERS, ARGS(value_text(c->actor->account), value_bytes(u->token.bytes, SM3_SIZE)), NULL));
    TRY(find_row(c, u, &s));
    session_to_json(c, u, &s);
    return ST_OK;
}
