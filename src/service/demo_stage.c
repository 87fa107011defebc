#include "service/demo_stage.h"

#include "domain/ruleset.h"
#include "service/day_work.h"
#include "service/default_rules.h"

/* splitmix64 */
uint32_t stage_draw(Stage *st, uint32_t below)
{
    uint64_t z = st->random += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (uint32_t)((z ^ (z >> 31)) % below);
}

void stage_tell(Stage *st, int64_t more)
{
    st->done += more;
    if (st->progress)
        st->progress((int)(st->done * 100 / st->all), st->progress_arg);
}

/* --- days ------------------------------------------------------------------------------------------------- */

void stage_day(Stage *st, Date day)
{
    enum { NINE_IN_CHINA_S = 3600, OFFICE_HOURS_S = 28800 };
    st->s.today = day;
    st->s.now = ((Instant)date_to_days(day) * 86400 + NINE_IN_CHINA_S + st->instants++ % OFFICE_HOURS_S) * 1000000;
}

Date stage_working(const Stage *st, Date day)
{
    while (!calendar_is_working(st->calendar, day))
        day = date_add_days(day, 1);
    return day;
}

Date stage_later(const Stage *st, Date day, int working_days)
{
    for (int i = 0; i < working_days; i++)
        day = stage_working(st, date_add_days(day, 1));
    return day;
}

/* --- who acts ----------------------------------------------------------------------------------------------- */

void stage_as(Stage *st, const Player *p, Role role, Date day)
{
    st->s.actor = (Actor){ .account = p->account.id,
        .person = p->person.id,
        .login = p->login,
        .name = p->name,
        .role = role,
        .held = ROLE_BIT(role) };
    stage_day(st, day);
}

void stage_locally(Stage *st, Date day)
{
    st->s.actor = (Actor){ .account = S("demo"),
        .login = S("demo"),
        .name = S("演示录入"),
        .role = ROLE_LOCAL,
        .held = ROLE_BIT(ROLE_LOCAL) };
    stage_day(st, day);
}

void stage_for(Stage *st, Str name, Date day)
{
    stage_locally(st, day);
    st->s.actor.name = name;
}

/* --- the ground ----------------------------------------------------------------------------------------------- */

Status stage_rules(Stage *st, Date day)
{
    RuleSet *rules;
    StrBuf body = strbuf_in(st->s.arena);
    JsonWriter w = json_onto(&body);
    json_open_object(&w);
    json_key(&w, S("body"));
    json_text(&w, default_rules());
    json_close_object(&w);
    TRY(ruleset_read(st->c, default_rules(), &rules));
    st->calendar = &rules->calendar;
    stage_locally(st, day);
    return script_do(st->c, &st->s, USE_RULES_PUBLISH, STR_NONE, 0, strbuf_str(&body), NULL);
}

Status stage_organiser(Stage *st, Str name)
{
    return script_dof(st->c, &st->s, USE_ORGANISER_ADD, NULL, &st->organiser, "{\"name\":\"%.*s\"}", STR_ARG(name));
}

static Status open_account(Stage *st, Player *p, bool handed_out)
{
    TRY(script_dof(st->c, &st->s, USE_ACCOUNT_ADD, NULL, &p->account,
        "{\"login\":\"%.*s\",\"name\":\"%.*s\",\"person\":\"%.*s\",\"disabled\":%s}", STR_ARG(p->login),
        STR_ARG(p->name), STR_ARG(p->person.id), handed_out ? "false" : "true"));
    if (handed_out)
        return ST_OK;
    return script_dof(st->c, &st->s, USE_ACCOUNT_EDIT, &p->account, &p->account, "{\"disabled\":false}");
}

Status stage_player(Stage *st, Player *p, Str home, Str post, bool handed_out)
{
    TRY(script_dof(st->c, &st->s, USE_PERSON_ADD, NULL, &p->person,
        "{\"name\":\"%.*s\",\"home\":\"%.*s\",\"post\":\"%.*s\"}", STR_ARG(p->name), STR_ARG(home), STR_ARG(post)));
    return open_account(st, p, handed_out);
}

Status stage_grant(Stage *st, const Player *p, const char *role, const char *target)
{
    return script_dof(st->c, &st->s, USE_ASSIGNMENT_GRANT, NULL, NULL,
        "{\"account\":\"%.*s\",\"role\":\"%s\",%s,\"valid_from\":\"2017-01-03\",\"valid_to\":\"2029-12-31\",\"basis\":"
        "\"示例市委巡察办岗位分工\"}",
        STR_ARG(p->account.id), role, target);
}

void stage_show(Stage *st, const Player *p, const char *role)
{
    Str password = json_text_or(json_get(p->account.json, S("first_password")), STR_NONE);
    if (st->out->count < DEMO_ACCOUNTS_MAX)
        st->out->accounts[st->out->count++] = (DemoAccount){ p->login, password, p->name, str_of(role) };
}

/* --- official papers --------------------------------------------------------------------------------------- */

Status stage_paper(Stage *st, const char *kind, Str record, Str title, Str maker, const char *series, Date day)
{
    Made paper;
    TRY(script_dof(st->c, &st->s, USE_DOCUMENT_DRAFT, NULL, &paper,
        "{\"organiser\":\"%.*s\",\"kind\":\"%s\",\"record\":\"%.*s\",\"title\":\"%.*s\",\"maker\":\"%.*s\","
        "\"series\":\"%s\",\"dated_on\":\"%.*s\"}",
        STR_ARG(st->organiser.id), kind, STR_ARG(record), STR_ARG(title), STR_ARG(maker), series,
        STR_ARG(date_text(st->s.arena, day))));
    return script_dof(st->c, &st->s, USE_DOCUMENT_ISSUE, &paper, NULL, "{}");
}

/* --- letters by rule
 * -------------------------------------------------------------------------------------------------- */

Status stage_escalate(Stage *st, Date day)
{
    DayTally tally;
    stage_locally(st, day);
    Ctx c = *st->c;
    c.today = st->s.today;
    c.now = st->s.now;
    Status status = day_work(&c, st->s.app, &tally);
    st->c->err = c.err;
    return status;
}
