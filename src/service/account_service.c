/* Organisers, people, accounts, rights and rule sets. */
#include "domain/account.h"

#include "base/pinyin.h"
#include "domain/ruleset.h"
#include "service/answer.h"
#include "service/inputs.h"
#include "service/services.h"
#include "store/load.h"

Status organiser_add(Ctx *c, UseCase *u, Changes *out)
{
    Organiser *o = record_copy(c, &Organiser_table, u->input);
    if (!o->zone_minutes.known)
        o->zone_minutes = INT_OF(c->env->clock->zone_minutes);
    TRY(record_check_required(c, &Organiser_table, o));
    change_insert(c, out, ENTITY_ORGANISER, o);
    return ST_OK;
}

Status person_add(Ctx *c, UseCase *u, Changes *out)
{
    Person *p = record_copy(c, &Person_table, u->input);
    TRY(record_check_required(c, &Person_table, p));
    p->name_key = pinyin_key(c->arena, p->name);
    change_insert(c, out, ENTITY_PERSON, p);
    return ST_OK;
}

Status person_edit(Ctx *c, UseCase *u, Changes *out)
{
    Person before;
    TRY(record_load(c, ENTITY_PERSON, u->id, u->version, &before));
    Person *after = record_copy(c, &Person_table, &before);
    record_overlay(&Person_table, u->given, u->input, after);
    TRY(record_check_required(c, &Person_table, after));
    after->name_key = pinyin_key(c->arena, after->name);
    change_update(c, out, ENTITY_PERSON, record_copy(c, &Person_table, &before), after);
    return ST_OK;
}

/* --- accounts: the first password is drawn, told once, and changed at the first login ------------------------ */

typedef struct FirstPassword {
    Str plain;
    Str hash;
} FirstPassword;

/* With the kinds of letters that the rule wants. */
static Str password_draw(Ctx *c)
{
    uint8_t random[2];
    random_bytes(random, sizeof random);
    return str_format(
        c->arena, "%.*s%c%c", STR_ARG(passphrase_draw(c->arena)), 'A' + random[0] % 26, '2' + random[1] % 8);
}

static Status first_password(Ctx *c, UseCase *u)
{
    FirstPassword *p = arena_new_of(c->arena, FirstPassword);
    u->prepared = p;
    p->plain = password_draw(c);
    sem_wait(&u->app->hashing);
    Status status = password_hash(c, p->plain, &p->hash);
    sem_post(&u->app->hashing);
    return status;
}

/* The record and, this once, the password. */
static Status answer_password(Ctx *c, UseCase *u, const Account *account)
{
    const FirstPassword *p = u->prepared;
    JsonWriter w = json_onto(&u->out);
    json_open_object(&w);
    record_members_to_json(&w, &Account_table, ~(FieldSet)0, account);
    if (p) {
        json_key(&w, S("first_password"));
        json_text(&w, p->plain);
    }
    json_close_object(&w);
    u->out_version = record_version(account);
    u->location = str_format(c->arena, "/api/v1/accounts/%.*s", STR_ARG(account->id));
    return ST_OK;
}

/* An account that is added disabled has no password until one is drawn for whom it is handed to. */
Status account_add_prepare(Ctx *c, UseCase *u)
{
    const Account *a = u->input;
    return a->disabled ? ST_OK : first_password(c, u);
}

Status account_add(Ctx *c, UseCase *u, Changes *out)
{
    const FirstPassword *p = u->prepared;
    Account *a = record_copy(c, &Account_table, u->input);
    Str taken;
    bool has;
    TRY(record_check_required(c, &Account_table, a));
    TRY(login_check(c, a->login));
    TRY(db_query_text(c, SQL_ACCOUNT_BY_LOGIN, ARGS(value_text(a->login)), &taken, &has));
    if (has)
        return fail_field_as(c, ST_CONFLICT, S("login"), a->login, T("登录名已被使用", "is taken"),
            T("请换一个登录名", "choose another one"));
    a->password = p ? p->hash : STR_NONE;
    a->must_change = true;
    change_insert(c, out, ENTITY_ACCOUNT, a);
    return answer_password(c, u, a);
}

Status account_edit(Ctx *c, UseCase *u, Changes *out)
{
    Account before;
    TRY(record_load(c, ENTITY_ACCOUNT, u->id, u->version, &before));
    Account *after = record_copy(c, &Account_table, &before);
    record_overlay(&Account_table, u->given, u->input, after);
    TRY(record_check_required(c, &Account_table, after));
    change_update(c, out, ENTITY_ACCOUNT, record_copy(c, &Account_table, &before), after);
    return ST_OK;
}

Status account_reset_prepare(Ctx *c, UseCase *u)
{
    return first_password(c, u);
}

Status account_reset(Ctx *c, UseCase *u, Changes *out)
{
    const FirstPassword *p = u->prepared;
    Account before;
    TRY(record_load(c, ENTITY_ACCOUNT, u->id, u->version, &before));
    Account *after = record_copy(c, &Account_table, &before);
    after->password = p->hash;
    after->must_change = true;
    change_update(c, out, ENTITY_ACCOUNT, record_copy(c, &Account_table, &before), after);
    TRY(db_run(c, SQL_LOGIN_FAILURE_CLEAR, ARGS(value_text(before.login)), NULL));
    return answer_password(c, u, after);
}

/* --- rights ------------------------------------------------------------------------------------------------------- */

/* A right to an office that no unit names would reach nothing, and nobody would know why. */
static Status check_office_is_named(Ctx *c, const char *fact, Str name, Date from)
{
    int64_t units;
    bool has;
    if (name.len == 0)
        return ST_OK;
    TRY(db_query_int(c, SQL_UNITS_OF_OFFICE,
        ARGS(value_text(str_of(fact)), value_text(name), value_date(c->arena, from)), &units, &has));
    if (units)
        return ST_OK;
    return fail_field_as(c, ST_CONFLICT, str_of(fact), name,
        T("没有单位登记为由其监督", "is named by no unit on that day or later"),
        T("请从列表中选择；单位的监督检查室、派驻纪检监察组在单位沿革中维护",
            "choose from the list; the histories of units say who supervises them"));
}

Status offices_write(Ctx *c, JsonWriter *w)
{
    DbRows *rows;
    bool has = true;
    TRY(db_query(c, SQL_RIGHT_OFFICES, ARGS(value_date(c->arena, c->today)), &rows));
    json_open_list(w);
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            break;
        json_open_object(w);
        json_key(w, S("kind"));
        json_text(w, row_text(rows, 0));
        json_key(w, S("name"));
        json_text(w, row_text(rows, 1));
        json_key(w, S("units"));
        json_int(w, row_int(rows, 2));
        json_close_object(w);
    }
    json_close_list(w);
    return ST_OK;
}

/* What rights may name besides records: for the form. */
Status right_offices(Ctx *c, UseCase *u)
{
    JsonWriter w = json_onto(&u->out);
    json_open_object(&w);
    json_key(&w, S("items"));
    TRY(offices_write(c, &w));
    json_close_object(&w);
    return ST_OK;
}

Status right_grant(Ctx *c, UseCase *u, Changes *out)
{
    enum { RIGHTS_MOST = 10000 };
    const Assignment *in = u->input;
    Account account;
    DbRows *rows;
    RoleSet held = 0;
    bool has = true;
    TRY(record_check_required(c, &Assignment_table, in));
    TRY(record_load(c, ENTITY_ACCOUNT, in->account, 0, &account));
    TRY(check_office_is_named(c, "supervision_office", in->supervision_office, in->valid_from));
    TRY(check_office_is_named(c, "resident_group", in->resident_group, in->valid_from));
    TRY(db_query(c, SQL_ACCOUNT_ROLES_DURING,
        ARGS(value_text(in->account), value_date(c->arena, in->valid_from), value_date(c->arena, in->valid_to)),
        &rows));
    while (has) {
        TRY(db_next(c, rows, &has));
        if (has)
            held |= ROLE_BIT(choice_of(&roles, row_text(rows, 0)));
    }
    Assignment *rights;
    size_t count;
    Selection same = selection_of(ENTITY_ASSIGNMENT);
    same.unscoped = true;
    selection_is(&same, Assignment_account, value_text(in->account));
    selection_is(&same, Assignment_role, value_text(choice_name(&roles, in->role)));
    TRY(selection_load(c, &same, RIGHTS_MOST, &rights, &count));
    return assignment_grant(c, in, held & ~ROLE_BIT(in->role), rights, count, out);
}

Status right_end(Ctx *c, UseCase *u, Changes *out)
{
    const EndInput *in = u->input;
    Assignment now;
    TRY(record_check_required(c, &EndInput_table, in));
    TRY(record_load(c, ENTITY_ASSIGNMENT, u->id, u->version, &now));
    return assignment_end(c, record_copy(c, &Assignment_table, &now), in->valid_to, out);
}

/* --- rule sets ------------------------------------------------------------------------------------------------------
 */

Status rules_publish(Ctx *c, UseCase *u, Changes *out)
{
    const RuleSetRecord *in = u->input;
    RuleSetRecord *r;
    if (in->body.len == 0)
        return fail_field(c, S("body"), STR_NONE, T("必须填写规则内容", "the rule set's text must be given"),
            T("请上传规则文件", "give the rule set"));
    TRY(ruleset_record(c, in->body, &r));
    change_insert(c, out, ENTITY_RULE_SET, r);
    return ST_OK;
}

Status rules_show(Ctx *c, UseCase *u)
{
    RuleSetRecord r;
    TRY(record_load(c, ENTITY_RULE_SET, u->id, 0, &r));
    strbuf_add(&u->out, r.body);
    return ST_OK;
}
