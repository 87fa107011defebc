#include "service/demo_items.h"

#include <string.h>

Status items_of(Stage *st, Str inspection, const Json **items)
{
    const Param params[] = { { S("inspection"), inspection }, { S("limit"), S("200") }, { S("sort"), S("number") } };
    return script_list(st->c, &st->s, ENTITY_RECTIFICATION, params, 3, items);
}

Made item_made(const Json *item)
{
    return (Made){ .id = json_text_or(json_get(item, S("id")), STR_NONE),
        .version = json_int_or(json_get(item, S("version")), 0) };
}

Status item_answer(Stage *st, const ItemCast *cast, Made *item, const ItemText *text, Date day)
{
    stage_for(st, cast->unit_principal, day);
    TRY(script_dof(st->c, &st->s, USE_RECTIFICATION_EDIT, item, item,
        "{\"measures\":\"%.*s\",\"leader\":\"%.*s\",\"department\":\"%.*s\"}", STR_ARG(text->measures),
        STR_ARG(cast->unit_principal), STR_ARG(cast->department)));
    TRY(script_dof(st->c, &st->s, USE_RECTIFICATION_START, item, item, "{}"));
    return script_dof(st->c, &st->s, USE_STATEMENT_ADD, NULL, NULL,
        "{\"rectification\":\"%.*s\",\"kind\":\"progress\",\"text\":\"已召开专题会议，制定整改方案，正在逐项落实。\"}",
        STR_ARG(item->id));
}

static Status review_and_strike(Stage *st, const ItemCast *cast, Made *item, Date reviewed, Date struck)
{
    stage_as(st, cast->supervisor, ROLE_DISCIPLINE, reviewed);
    TRY(script_dof(st->c, &st->s, USE_RECTIFICATION_REVIEW, item, item, "{\"opinion\":\"佐证材料齐全，同意销号。\"}"));
    stage_as(st, cast->office, ROLE_OFFICE, struck);
    return script_dof(st->c, &st->s, USE_RECTIFICATION_STRIKE, item, item, "{\"opinion\":\"确认销号。\"}");
}

static Str optional_number(Stage *st, const char *name, int64_t n)
{
    return n ? str_format(st->s.arena, ",\"%s\":%lld", name, (long long)n) : STR_NONE;
}

Status item_result(Stage *st, const ItemCast *cast, Made *item, const ItemText *text, Date day)
{
    stage_for(st, cast->unit_principal, day);
    return script_dof(st->c, &st->s, USE_RECTIFICATION_EDIT, item, item,
        "{\"result\":\"%.*s\",\"rules_made\":%u%.*s%.*s}", STR_ARG(text->result), stage_draw(st, 2),
        STR_ARG(optional_number(st, "recovered_fen", text->recovered_fen)),
        STR_ARG(optional_number(st, "accountable", text->accountable)));
}

Status item_close(Stage *st, const ItemCast *cast, Made *item, Str inspection, const ItemText *text, Date applied,
    Date reviewed, Date struck)
{
    Str proof = str_format(
        st->s.arena, "整改佐证：会议纪要、修订后的制度文本、凭证复印件目录。\n%.*s\n", STR_ARG(text->result));
    TRY(item_result(st, cast, item, text, applied));
    TRY(script_attach(
        st->c, &st->s, "rectifications", item->id, "inspection", inspection, S("整改佐证材料.txt"), proof));
    TRY(script_dof(st->c, &st->s, USE_RECTIFICATION_APPLY, item, item, "{}"));
    st->out->struck_off++;
    return review_and_strike(st, cast, item, reviewed, struck);
}

Status item_reopen_and_close(Stage *st, const ItemCast *cast, Made *item, Date reopened)
{
    Date applied = stage_later(st, reopened, 12);
    stage_as(st, cast->office, ROLE_OFFICE, reopened);
    TRY(script_dof(st->c, &st->s, USE_RECTIFICATION_REOPEN, item, item,
        "{\"reason\":\"抽查发现同类问题再次出现，原措施没有长期执行，重新启动整改。\"}"));
    stage_for(st, cast->unit_principal, applied);
    TRY(script_dof(st->c, &st->s, USE_RECTIFICATION_APPLY, item, item, "{}"));
    return review_and_strike(st, cast, item, stage_later(st, applied, 3), stage_later(st, applied, 6));
}

/* Along the chain of its kind: an extension is the office's alone. */
static Status grant_along(Stage *st, const ItemCast *cast, Made *asking, const Asking *a)
{
    bool basic = strcmp(a->kind, "basic") == 0, long_term = strcmp(a->kind, "long_term") == 0;
    if (basic) {
        stage_as(st, cast->supervisor, ROLE_DISCIPLINE, a->granted);
        TRY(script_dof(st->c, &st->s, USE_ADJUSTMENT_GRANT, asking, asking, "{\"opinion\":\"成果属实，同意。\"}"));
    }
    stage_as(st, cast->office, ROLE_OFFICE, a->granted);
    TRY(script_dof(st->c, &st->s, USE_ADJUSTMENT_GRANT, asking, asking, "{\"opinion\":\"同意，请按期完成。\"}"));
    if (!long_term)
        return ST_OK;
    stage_as(st, cast->leader, ROLE_LEADER, a->granted);
    return script_dof(
        st->c, &st->s, USE_ADJUSTMENT_GRANT, asking, NULL, "{\"opinion\":\"同意转为长期整改，按期复查。\"}");
}

Status item_adjust(Stage *st, const ItemCast *cast, Made *item, const Asking *a)
{
    Made asking;
    Str due =
        a->due ? str_format(st->s.arena, ",\"due_on\":\"%.*s\"", STR_ARG(date_text(st->s.arena, a->due))) : STR_NONE;
    Str target = a->stage_target.len ? str_format(st->s.arena, ",\"stage_target\":\"%.*s\"", STR_ARG(a->stage_target))
                                     : STR_NONE;
    stage_for(st, cast->unit_principal, a->asked);
    TRY(script_dof(st->c, &st->s, USE_ADJUSTMENT_ASK, NULL, &asking,
        "{\"rectification\":\"%.*s\",\"kind\":\"%s\",\"cause\":\"%.*s\",\"reason\":\"%.*s\"%.*s%.*s}",
        STR_ARG(item->id), a->kind, STR_ARG(a->cause), STR_ARG(a->reason), STR_ARG(due), STR_ARG(target)));
    TRY(grant_along(st, cast, &asking, a));
    item->version++; /* the grant changed the item beside the asking */
    return ST_OK;
}
