/* Accounts from the command line: the only way to the first one. */
#include "cli/command.h"

#include "store/load.h"

#include <stdio.h>

typedef struct UserCommand {
    Invocation *in;
    App *app;
    Script s;
    Str login;
} UserCommand;

/* The record behind a login or a unit code: a list of one. */
static Status find_one(UserCommand *u, const char *entity, const char *field, Str value, Made *out)
{
    Ctx *c = u->in->c;
    Ctx step = app_ctx(u->app, c->arena);
    Param params[] = { { str_of(field), value } };
    UseCase use = { .op = &operations[USE_RECORD_LIST],
        .app = u->app,
        .entity = entity_named(str_of(entity)),
        .params = params,
        .param_count = 1 };
    const Json *root;
    step.actor = &u->s.actor;
    Status status = gate_run_wait(&step, &use);
    if (status != ST_OK)
        return fail(c, status, "%.*s", "%.*s", STR_ARG(step.err.message));
    TRY(json_read(c, strbuf_str(&use.out), &root));
    const Json *items = json_get(root, S("items"));
    if (!items || !items->first)
        return fail(c, ST_MISSING, "没有“%.*s”", "there is no \"%.*s\"", STR_ARG(value));
    *out = (Made){ json_text_or(json_get(items->first, S("id")), STR_NONE),
        json_int_or(json_get(items->first, S("version")), 0), items->first };
    return ST_OK;
}

static void print_password(const UserCommand *u, const Made *made)
{
    Str password = json_text_or(json_get(made->json, S("first_password")), STR_NONE);
    say(u->in, "账号 %.*s 的初始口令：%.*s（首次登录须修改）",
        "first password of %.*s: %.*s (to be changed at the first login)", STR_ARG(u->login), STR_ARG(password));
}

/* What the right reaches: the units named, or the whole ledger. */
static Status grant_target(UserCommand *u, JsonWriter *w)
{
    const OptionValues *o = &u->in->options;
    Str unit = option_text(o, "unit"), office = option_text(o, "supervision-office"),
        group = option_text(o, "resident-group");
    Made made = { .id = STR_NONE };
    if (unit.len)
        TRY(find_one(u, "units", "code", unit, &made));
    const struct {
        const char *field;
        Str value;
    } targets[] = { { "unit", made.id }, { "supervision_office", office }, { "resident_group", group } };
    bool any = false;
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        if (targets[i].value.len == 0)
            continue;
        json_key(w, str_of(targets[i].field));
        json_text(w, targets[i].value);
        any = true;
    }
    if (!any) {
        json_key(w, S("everything"));
        json_flag(w, true);
    }
    return ST_OK;
}

static Status grant_body(UserCommand *u, Str account, Str *body)
{
    Ctx *c = u->in->c;
    const OptionValues *o = &u->in->options;
    Date from = option_date(o, "from");
    StrBuf b = strbuf_in(c->arena);
    JsonWriter w = json_onto(&b);
    json_open_object(&w);
    json_key(&w, S("account"));
    json_text(&w, account);
    json_key(&w, S("role"));
    json_text(&w, option_text(o, "role"));
    TRY(grant_target(u, &w));
    json_key(&w, S("valid_from"));
    json_date(&w, from ? from : app_ctx(u->app, c->arena).today);
    json_key(&w, S("valid_to"));
    json_date(&w, option_date(o, "to"));
    json_key(&w, S("basis"));
    json_text(&w, S("命令行授权"));
    json_close_object(&w);
    *body = strbuf_str(&b);
    return ST_OK;
}

static Status grant_to(UserCommand *u, Str account)
{
    Str body;
    if (option_text(&u->in->options, "role").len == 0)
        return fail(u->in->c, ST_INVALID, "请用 --role 指明角色", "name the role with --role");
    TRY(grant_body(u, account, &body));
    TRY(script_do(u->in->c, &u->s, USE_ASSIGNMENT_GRANT, STR_NONE, 0, body, NULL));
    say(u->in, "已授予角色 %.*s。", "role %.*s granted.", STR_ARG(option_text(&u->in->options, "role")));
    return ST_OK;
}

static Status make_person(UserCommand *u, Made *out)
{
    Ctx *c = u->in->c;
    StrBuf b = strbuf_in(c->arena);
    JsonWriter w = json_onto(&b);
    json_open_object(&w);
    json_key(&w, S("name"));
    json_text(&w, option_text(&u->in->options, "name"));
    json_close_object(&w);
    return script_do(c, &u->s, USE_PERSON_ADD, STR_NONE, 0, strbuf_str(&b), out);
}

static Status user_add(UserCommand *u)
{
    Ctx *c = u->in->c;
    Made person, account;
    StrBuf b = strbuf_in(c->arena);
    JsonWriter w = json_onto(&b);
    if (option_text(&u->in->options, "name").len == 0)
        return fail(c, ST_INVALID, "请用 --name 指明姓名", "give the person's name with --name");
    TRY(make_person(u, &person));
    json_open_object(&w);
    json_key(&w, S("login"));
    json_text(&w, u->login);
    json_key(&w, S("name"));
    json_text(&w, option_text(&u->in->options, "name"));
    json_key(&w, S("person"));
    json_text(&w, person.id);
    json_close_object(&w);
    TRY(script_do(c, &u->s, USE_ACCOUNT_ADD, STR_NONE, 0, strbuf_str(&b), &account));
    print_password(u, &account);
    return option_text(&u->in->options, "role").len ? grant_to(u, account.id) : ST_OK;
}

static Status user_run(UserCommand *u, Str verb)
{
    Made account;
    if (str_eq(verb, S("add")))
        return user_add(u);
    TRY(find_one(u, "accounts", "login", u->login, &account));
    if (str_eq(verb, S("grant")))
        return grant_to(u, account.id);
    TRY(script_do(u->in->c, &u->s, USE_ACCOUNT_RESET, account.id, account.version, STR_NONE, &account));
    print_password(u, &account);
    return ST_OK;
}

Status cmd_user(Invocation *in)
{
    UserCommand u = { .in = in };
    Str verb = in->options.operand_count == 2 ? in->options.operand[0] : STR_NONE;
    if (!str_eq(verb, S("add")) && !str_eq(verb, S("grant")) && !str_eq(verb, S("reset")))
        return fail(
            in->c, ST_INVALID, "用法：xuncha user add|grant|reset 登录名", "usage: xuncha user add|grant|reset LOGIN");
    u.login = in->options.operand[1];
    TRY(open_app(in, true, false, &u.app));
    act_locally(in, &u.s, u.app);
    Status status = user_run(&u, verb);
    app_close(u.app);
    return status;
}
