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

/* --- named at the secretary's meetings --------------------------------------------------------------------------- */

/* The id in this field of the first record that fits; STR_NONE without one. */
static Status first_of(City *city, EntityKind kind, const Param *params, size_t count, const char *field, Str *out)
{
    Stage *st = city->st;
    const Json *items;
    TRY(script_list(st->c, &st->s, kind, params, count, &items));
    *out = items->count ? json_text_or(json_get(items->first, str_of(field)), STR_NONE) : STR_NONE;
    return ST_OK;
}

static Str member_of(City *city, const char *name, Str id)
{
    return id.len ? str_format(city->st->s.arena, ",\"%s\":\"%.*s\"", name, STR_ARG(id)) : STR_NONE;
}

/* A finding of the unit whose item was struck off in time to prove the closure. */
static Status finding_for(City *city, Str code, Str closed, Str *out)
{
    const CityUnit *u = unit_of(city, code);
    if (!u)
        return wrong(city, "named matters", code);
    const Param params[] = { { S("unit"), u->made.id }, { S("state"), S("done") },
        { S("struck_off_on.le"), closed.len ? closed : date_text(city->st->s.arena, DEMO_TODAY) },
        { S("sort"), S("id") }, { S("limit"), S("1") } };
    return first_of(city, ENTITY_RECTIFICATION, params, sizeof params / sizeof params[0], "finding", out);
}

static Status play_named(City *city, const Str *x, int n)
{
    Stage *st = city->st;
    Made made;
    Str meeting, finding = STR_NONE, of_meeting, of_finding;
    const Param number[] = { { S("number"), x[0] }, { S("organiser"), st->organiser.id } };
    act_for(city, S("office"), demo_date(x[1]));
    TRY(first_of(city, ENTITY_MEETING, number, 2, "id", &meeting));
    if (!meeting.len)
        return wrong(city, "named matters", x[0]);
    if (x[5].len)
        TRY(finding_for(city, x[5], x[6], &finding));
    of_meeting = member_of(city, "meeting", meeting);
    of_finding = member_of(city, "finding", finding);
    TRY(script_dof(st->c, &st->s, USE_INSTRUCTION_ENTER, NULL, &made,
        "{\"organiser\":\"%.*s\",\"kind\":\"named\",\"issuer\":\"市委书记\",\"number\":\"%.*s之%d\","
        "\"issued_on\":\"%.*s\",\"text\":\"%.*s\",\"on_what\":\"%.*s\",\"receiver\":\"%.*s\"%.*s%.*s}",
        STR_ARG(st->organiser.id), STR_ARG(x[0]), n, STR_ARG(x[1]), STR_ARG(x[2]), STR_ARG(x[3]), STR_ARG(x[4]),
        STR_ARG(of_meeting), STR_ARG(of_finding)));
    if (x[6].len == 0)
        return ST_OK;
    act_for(city, S("office"), demo_date(x[6]));
    return script_dof(st->c, &st->s, USE_INSTRUCTION_CLOSE, &made, NULL, "{\"opinion\":\"%.*s\",\"basis\":\"%.*s\"}",
        STR_ARG(x[7]), STR_ARG(x[8]));
}

static Status play_all_named(City *city)
{
    DemoRows rows = demo_rows_of(DEMO_NAMED);
    Str meeting = STR_NONE;
    int n = 0;
    while (demo_rows_next(&rows)) {
        n = str_eq(rows.cell[0], meeting) ? n + 1 : 1;
        meeting = rows.cell[0];
        TRY(play_named(city, rows.cell, n));
    }
    return ST_OK;
}

/* --- old unresolved matters --------------------------------------------------------------------------------------- */

static Status play_legacy(City *city, const Str *x)
{
    Stage *st = city->st;
    Made made;
    const CityUnit *u = unit_of(city, x[3]);
    if (!u)
        return wrong(city, "old matters", x[3]);
    act_for(city, x[5], demo_date(x[8]));
    TRY(script_dof(st->c, &st->s, USE_LEGACY_ENTER, NULL, &made,
        "{\"organiser\":\"%.*s\",\"number\":\"%.*s\",\"title\":\"%.*s\",\"since\":%.*s,\"unit\":\"%.*s\","
        "\"obstacle\":\"%.*s\",\"body\":\"%.*s\",\"lead_body\":\"%.*s\",\"measures\":\"%.*s\"}",
        STR_ARG(st->organiser.id), STR_ARG(x[0]), STR_ARG(x[1]), STR_ARG(x[2]), STR_ARG(u->made.id), STR_ARG(x[4]),
        STR_ARG(x[5]), STR_ARG(x[6]), STR_ARG(x[7])));
    if (x[9].len == 0)
        return ST_OK;
    act_for(city, x[5], demo_date(x[9]));
    return script_dof(st->c, &st->s, USE_LEGACY_CLOSE, &made, NULL, "{\"result\":\"%.*s\",\"basis\":\"%.*s\"}",
        STR_ARG(x[10]), STR_ARG(x[11]));
}

/* --- letters that urge -------------------------------------------------------------------------------------------- */

/* A county's committee stands outside the coverage base of the city. */
static Status register_county(City *city, const Str *x, Str *id)
{
    Stage *st = city->st;
    Made made;
    stage_locally(st, demo_date(x[2]));
    Str code = city->copy ? str_format(st->s.arena, "%.*s-%d", STR_ARG(x[0]), city->copy + 1) : x[0];
    TRY(script_dof(st->c, &st->s, USE_UNIT_REGISTER, NULL, &made,
        "{\"code\":\"%.*s\",\"name\":\"%.*s\",\"kind\":\"county\",\"level\":\"county\",\"organiser\":\"%.*s\","
        "\"principal\":\"%.*s\",\"in_coverage\":false,\"coverage_reason\":\"县级党委由上级巡视巡察\"}",
        STR_ARG(code), STR_ARG(x[10]), STR_ARG(st->organiser.id), STR_ARG(x[11])));
    *id = made.id;
    return ST_OK;
}

static Status urge(City *city, const Str *x)
{
    Stage *st = city->st;
    Made letter;
    const CityUnit *u = unit_of(city, x[0]);
    Str unit = u ? u->made.id : STR_NONE, principal = u ? city_principal(u, demo_date(x[2])) : x[11];
    if (!u && !x[10].len)
        return wrong(city, "letters that urge", x[0]);
    if (!u)
        TRY(register_county(city, x, &unit));
    act_for(city, S("office"), demo_date(x[2]));
    TRY(script_dof(st->c, &st->s, USE_LETTER_DRAFT, NULL, &letter,
        "{\"organiser\":\"%.*s\",\"kind\":\"urge\",\"body\":\"office\",\"maker\":\"示例市委巡察办\",\"number\":\"%.*"
        "s\","
        "\"unit\":\"%.*s\",\"subject\":\"%.*s\",\"demand\":\"%.*s\",\"due_on\":\"%.*s\"}",
        STR_ARG(st->organiser.id), STR_ARG(x[1]), STR_ARG(unit), STR_ARG(x[3]), STR_ARG(x[4]), STR_ARG(x[5])));
    TRY(script_dof(st->c, &st->s, USE_LETTER_ISSUE, &letter, &letter, "{}"));
    stage_for(st, principal, demo_date(x[6]));
    TRY(script_dof(
        st->c, &st->s, USE_LETTER_RECEIVE, &letter, &letter, "{\"received_by\":\"%.*s\"}", STR_ARG(principal)));
    stage_for(st, principal, demo_date(x[8]));
    TRY(script_dof(st->c, &st->s, USE_LETTER_REPLY, &letter, &letter, "{\"reply\":\"%.*s\"}", STR_ARG(x[7])));
    act_for(city, S("office"), demo_date(x[9]));
    return script_dof(st->c, &st->s, USE_LETTER_CLOSE, &letter, NULL, "{\"opinion\":\"回复属实，予以办结。\"}");
}

/* --- return visits and looking back ------------------------------------------------------------------------------- */

static Status look_again(City *city, const Json *item, int n, const Str *partly)
{
    static const char *const ways[] = { "site", "papers", "talk" };
    Stage *st = city->st;
    Made made = item_made(item);
    Str found = n < 3 && partly[n].len ? partly[n] : S("现场查看并调阅资料，与销号材料一致，制度在执行。");
    return script_dof(st->c, &st->s, USE_RECHECK_RECORD, &made, NULL,
        "{\"means\":\"%s\",\"result\":\"%s\",\"found\":\"%.*s\",\"checked_by\":\"回访督查组\"}", ways[n % 3],
        n < 3 && partly[n].len ? "partial" : "confirmed", STR_ARG(found));
}

static Status draw_visit(City *city, const Str *x, Made *made)
{
    Stage *st = city->st;
    Str round = STR_NONE;
    const Param of[] = { { S("number"), x[1] }, { S("type"), S("regular") }, { S("organiser"), st->organiser.id } };
    act_for(city, S("office"), demo_date(x[3]));
    if (x[1].len)
        TRY(first_of(city, ENTITY_ROUND, of, 3, "id", &round));
    Str of_round = member_of(city, "round", round);
    return script_dof(st->c, &st->s, USE_RECHECK_DRAW, NULL, made,
        "{\"organiser\":\"%.*s\",\"kind\":\"%.*s\",\"title\":\"%.*s\",\"strata\":\"%.*s\",\"size\":%.*s,"
        "\"seed\":\"%.*s\",\"struck_to\":\"%.*s\",\"due_on\":\"%.*s\"%.*s}",
        STR_ARG(st->organiser.id), STR_ARG(x[0]), STR_ARG(x[2]), STR_ARG(x[6]), STR_ARG(x[7]), STR_ARG(x[3]),
        STR_ARG(x[3]), STR_ARG(x[5]), STR_ARG(of_round));
}

static Status visit(City *city, const Str *x)
{
    Stage *st = city->st;
    Made made;
    const Json *items;
    int n = 0;
    TRY(draw_visit(city, x, &made));
    act_for(city, S("office"), demo_date(x[4]));
    const Param drawn[] = { { S("recheck"), made.id }, { S("sort"), S("id") }, { S("limit"), S("200") } };
    TRY(script_list(st->c, &st->s, ENTITY_RECHECK_ITEM, drawn, 3, &items));
    for (const Json *i = items->first; i; i = i->next)
        TRY(look_again(city, i, n++, &x[9]));
    act_for(city, S("office"), demo_date(x[5]));
    return script_dof(st->c, &st->s, USE_RECHECK_CLOSE, &made, NULL, "{\"opinion\":\"%.*s\"}", STR_ARG(x[8]));
}

/* --- clean-ups and the log ---------------------------------------------------------------------------------------- */

/* The one of the look-back names it. */
static Status enter_clean_up(City *city, const Str *x)
{
    Stage *st = city->st;
    Str back = STR_NONE;
    const Param kind[] = { { S("kind"), S("look_back") }, { S("drawn_on"), x[6] },
        { S("organiser"), st->organiser.id } };
    Date end = demo_date(x[7]);
    act_for(city, S("office"), end);
    TRY(first_of(city, ENTITY_RECHECK, kind, 3, "id", &back));
    Str look_back = member_of(city, "look_back", back);
    return script_enter(st->c, &st->s, ENTITY_CLEAN_UP, NULL,
        "{\"organiser\":\"%.*s\",\"number\":\"%.*s\",\"title\":\"%.*s\",\"theme\":\"%.*s\",\"leader\":\"%.*s\","
        "\"body\":\"%.*s\",\"maker\":\"%.*s\",\"from_on\":\"%.*s\",\"to_on\":\"%.*s\",\"problems_found\":%.*s,"
        "\"problems_solved\":%.*s,\"rules_made\":%.*s,\"results\":\"%.*s\"%.*s}",
        STR_ARG(st->organiser.id), STR_ARG(x[0]), STR_ARG(x[1]), STR_ARG(x[2]), STR_ARG(x[3]), STR_ARG(x[4]),
        STR_ARG(x[5]), STR_ARG(x[6]), STR_ARG(x[7]), STR_ARG(x[8]), STR_ARG(x[9]), STR_ARG(x[10]), STR_ARG(x[11]),
        STR_ARG(look_back));
}

static Status log_supervision(City *city, const Str *x)
{
    Stage *st = city->st;
    Made made;
    const CityUnit *u = unit_of(city, x[2]);
    if (!u)
        return wrong(city, "log of supervision", x[2]);
    bool organisation = str_eq(x[0], S("organisation"));
    Date day = demo_date(x[4]);
    if (organisation)
        stage_as(st, &city->posts[POST_ORGANISATION], ROLE_ORGANISATION, day);
    else
        act_for(city, x[0], day);
    Str due = member_of(city, "due_on", x[7]);
    TRY(script_dof(st->c, &st->s, USE_SUPERVISION_LOG_ENTER, NULL, &made,
        "{\"organiser\":\"%.*s\",\"body\":\"%.*s\",\"supervisor\":\"%.*s\",\"unit\":\"%.*s\",\"method\":\"%.*s\","
        "\"done_on\":\"%.*s\",\"found\":\"%.*s\",\"demand\":\"%.*s\"%.*s}",
        STR_ARG(st->organiser.id), STR_ARG(x[0]), STR_ARG(x[1]), STR_ARG(u->made.id), STR_ARG(x[3]), STR_ARG(x[4]),
        STR_ARG(x[5]), STR_ARG(x[6]), STR_ARG(due)));
    if (x[9].len == 0)
        return ST_OK;
    stage_day(st, demo_date(x[9]));
    return script_dof(st->c, &st->s, USE_SUPERVISION_LOG_EDIT, &made, NULL, "{\"result\":\"%.*s\",\"met_on\":\"%.*s\"}",
        STR_ARG(x[8]), STR_ARG(x[9]));
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static Status play_rows(City *city, DemoTable table, Status (*play)(City *, const Str *))
{
    DemoRows rows = demo_rows_of(table);
    while (demo_rows_next(&rows))
        TRY(play(city, rows.cell));
    return ST_OK;
}

Status city_supervision(City *city)
{
    TRY(play_talks(city));
    TRY(play_all_named(city));
    TRY(play_rows(city, DEMO_URGED, urge));
    TRY(play_rows(city, DEMO_VISITS, visit));
    TRY(play_rows(city, DEMO_CLEAN_UPS, enter_clean_up));
    TRY(play_rows(city, DEMO_SUPERVISED, log_supervision));
    return play_rows(city, DEMO_LEGACY, play_legacy);
}
