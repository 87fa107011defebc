/* The effects of rectification in the demo city: rows of data/demo, each about an item of its theme that was struck
 * off and whose own numbers it bears out. */
#include "service/demo_city.h"

/* The number that an item of this kind of effect has stated itself; NULL: none is looked for. */
static const char *own_number(Str kind)
{
    if (str_starts(kind, S("rule_")))
        return "rules_made";
    if (str_eq(kind, S("recovered")) || str_eq(kind, S("refunded")))
        return "recovered_fen";
    return str_eq(kind, S("accountable")) ? "accountable" : NULL;
}

/* The first that was applied for from that day on. */
static Status find_item(City *city, const Str *x, const char *number, const Json **item)
{
    Stage *st = city->st;
    Str at_least = str_format(st->s.arena, "%s.ge", number ? number : "number");
    const Param params[] = { { S("theme"), x[1] }, { S("state"), S("done") }, { S("applied_on.ge"), x[2] },
        { at_least, S("1") }, { S("organiser"), st->organiser.id }, { S("sort"), S("applied_on") },
        { S("fields"), S("unit_name,leader,applied_on,rules_made,recovered_fen,accountable") },
        { S("limit"), S("1") } };
    const Json *items;
    TRY(script_list(st->c, &st->s, ENTITY_RECTIFICATION, params, sizeof params / sizeof params[0], &items));
    *item = items->first;
    return ST_OK;
}

/* What a kind of effect wants beside its text. */
static Str particulars(City *city, const Str *x, const Json *item, const char *number)
{
    Arena *arena = city->st->s.arena;
    int64_t n = number ? json_int_or(json_get(item, str_of(number)), 0) : 0;
    if (str_eq(x[0], S("accountable")))
        return str_format(
            arena, ",\"people\":%lld,\"post\":\"%.*s\",\"form\":\"%.*s\"", (long long)n, STR_ARG(x[6]), STR_ARG(x[7]));
    if (str_eq(x[0], S("avoided")))
        return str_format(arena, ",\"amount_fen\":%.*s00", STR_ARG(x[5]));
    return str_starts(x[0], S("rule_")) ? STR_NONE : str_format(arena, ",\"amount_fen\":%lld", (long long)n);
}

static Status state_effect(City *city, const Str *x, const Json *item, Date day, Made *made)
{
    Stage *st = city->st;
    Str basis = x[4].len ? str_format(st->s.arena, ",\"basis\":\"%.*s\"", STR_ARG(x[4])) : STR_NONE;
    Str more = particulars(city, x, item, own_number(x[0]));
    stage_for(st, json_text_or(json_get(item, S("leader")), STR_NONE), day);
    return script_dof(st->c, &st->s, USE_EFFECT_STATE, NULL, made,
        "{\"rectification\":\"%.*s\",\"kind\":\"%.*s\",\"made_on\":\"%.*s\",\"text\":\"%.*s\",\"stated_by\":\"%.*s\""
        "%.*s%.*s}",
        STR_ARG(item_made(item).id), STR_ARG(x[0]), STR_ARG(date_text(st->s.arena, day)), STR_ARG(x[3]),
        STR_ARG(json_text_or(json_get(item, S("unit_name")), STR_NONE)), STR_ARG(basis), STR_ARG(more));
}

/* The discipline body confirms what concerns people, the office the rest. */
static Status decide_effect(City *city, const Str *x, Date day, const Made *made)
{
    Stage *st = city->st;
    bool people = str_eq(x[0], S("accountable"));
    stage_as(st, &city->posts[people ? POST_DISCIPLINE : POST_OFFICE], people ? ROLE_DISCIPLINE : ROLE_OFFICE,
        stage_later(st, day, 3));
    if (str_eq(x[8], S("rejected")))
        return script_dof(st->c, &st->s, USE_EFFECT_REJECT, made, NULL, "{\"reason\":\"%.*s\"}", STR_ARG(x[9]));
    return script_dof(st->c, &st->s, USE_EFFECT_CONFIRM, made, NULL, "{\"opinion\":\"%.*s\"}", STR_ARG(x[9]));
}

static Status play_effect(City *city, const Str *x)
{
    const Json *item;
    Made made;
    stage_locally(city->st, DEMO_TODAY);
    TRY(find_item(city, x, own_number(x[0]), &item));
    if (!item)
        return fail(
            city->st->c, ST_BROKEN, "演示数据 effects 有误：%.*s", "the demo's effects are wrong: %.*s", STR_ARG(x[3]));
    Date day = demo_date(json_text_or(json_get(item, S("applied_on")), STR_NONE));
    TRY(state_effect(city, x, item, day, &made));
    return x[9].len ? decide_effect(city, x, day, &made) : ST_OK;
}

Status city_effects(City *city)
{
    DemoRows rows = demo_rows_of(DEMO_EFFECTS);
    while (demo_rows_next(&rows))
        TRY(play_effect(city, rows.cell));
    return ST_OK;
}
