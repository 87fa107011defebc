/* What the leadership and the supervisors of the demo did beside the rounds: rows of data/demo. */
#include "service/demo_city.h"

#include "domain/letter.h"

static Status wrong(City *city, const char *table, Str what)
{
    return fail(
        city->st->c, ST_BROKEN, "演示数据 %s 有误：%.*s", "the demo's %s are wrong: %.*s", table, STR_ARG(what));
}

/* The discipline body acts for itself, the office for all others. */
static void act_for(City *city, Str body, Date day)
{
    bool discipline = str_eq(body, S("discipline"));
    stage_as(city->st, &city->posts[discipline ? POST_DISCIPLINE : POST_OFFICE],
        discipline ? ROLE_DISCIPLINE : ROLE_OFFICE, day);
}

static const CityUnit *unit_of(City *city, Str code)
{
    const CityUnit *u = city_unit(city, code);
    return u && u->registered ? u : NULL;
}

/* --- accountability talks ---------------------------------------------------------------------------------------- */

typedef struct TalkPlay {
    Made talk;
    Str body;
    Date held;
} TalkPlay;

static Status hold_talk(City *city, const Str *x, TalkPlay *t)
{
    Stage *st = city->st;
    *t = (TalkPlay){ .body = x[4], .held = demo_date(x[7]) };
    act_for(city, t->body, t->held);
    return script_dof(st->c, &st->s, USE_TALK_ENTER, NULL, &t->talk,
        "{\"organiser\":\"%.*s\",\"number\":\"%.*s\",\"kind\":\"%.*s\",\"body\":\"%.*s\",\"maker\":\"%.*s\","
        "\"chair\":\"%.*s\",\"held_on\":\"%.*s\",\"cause\":\"%.*s\",\"content\":\"%.*s\"}",
        STR_ARG(st->organiser.id), STR_ARG(x[2]), STR_ARG(x[3]), STR_ARG(x[4]), STR_ARG(x[5]), STR_ARG(x[6]),
        STR_ARG(x[7]), STR_ARG(x[8]), STR_ARG(x[9]));
}

static Status call_unit(City *city, const Str *x, const TalkPlay *t)
{
    Stage *st = city->st;
    Made party;
    const CityUnit *u = unit_of(city, x[2]);
    if (!u || !t->talk.id.len)
        return wrong(city, "talks", x[2]);
    act_for(city, t->body, t->held);
    TRY(script_dof(st->c, &st->s, USE_TALK_PARTY_ADD, NULL, &party,
        "{\"talk\":\"%.*s\",\"unit\":\"%.*s\",\"post\":\"%.*s\",\"commitment\":\"%.*s\",\"due_on\":\"%.*s\"}",
        STR_ARG(t->talk.id), STR_ARG(u->made.id), STR_ARG(x[3]), STR_ARG(x[4]), STR_ARG(x[5])));
    if (x[6].len == 0)
        return ST_OK;
    Date done = demo_date(x[7]);
    stage_for(st, city_principal(u, done), done);
    TRY(script_dof(st->c, &st->s, USE_TALK_PARTY_REPLY, &party, &party,
        "{\"result\":\"%.*s\",\"on_behalf_of\":\"%.*s\"}", STR_ARG(x[6]), STR_ARG(city_unit_name(u, done))));
    if (x[8].len == 0)
        return ST_OK;
    act_for(city, t->body, stage_later(st, done, 3));
    return script_dof(st->c, &st->s, USE_TALK_PARTY_CLOSE, &party, NULL, "{\"opinion\":\"材料齐全，经核实已落实。\"}");
}

static Status play_talks(City *city)
{
    DemoRows rows = demo_rows_of(DEMO_TALKS);
    TalkPlay t = { .held = DATE_NONE };
    while (demo_rows_next(&rows))
        TRY(str_eq(rows.cell[0], S("talk")) ? hold_talk(city, rows.cell, &t) : call_unit(city, rows.cell, &t));
    return ST_OK;
}

Status city_supervision(City *city)
{
    return play_talks(city);
}
