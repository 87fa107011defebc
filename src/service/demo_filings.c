/* Plans of the last regular round before their bodies: one is passed, one is being reviewed, one was returned. */
#include "service/demo_filings.h"

#include "base/json.h"

enum { PLANS = 3, PLAN_AFTER = 12 };
enum { PASSED, UNDER_REVIEW, RETURNED };

typedef struct PlanPlay {
    City *city;
    Str inspection;
    Str principal;
    Made filing;
    Date day;
} PlanPlay;

static Str text_of(const Json *row, const char *name)
{
    return json_text_or(json_get(row, str_of(name)), STR_NONE);
}

/* What the plan says of the items that are still open. */
static Status plan_items(PlanPlay *p)
{
    Stage *st = p->city->st;
    const Json *items;
    const Param params[] = { { S("inspection"), p->inspection }, { S("state.in"), S("ongoing,basic,long_term") },
        { S("limit"), S("100") }, { S("sort"), S("number") } };
    TRY(script_list(st->c, &st->s, ENTITY_RECTIFICATION, params, 4, &items));
    for (const Json *i = items->first; i; i = i->next) {
        const Made item = { .id = text_of(i, "id"), .version = json_int_or(json_get(i, S("version")), 1) };
        TRY(script_dof(st->c, &st->s, USE_RECTIFICATION_EDIT, &item, NULL,
            "{\"target\":\"问题整改到位，相关制度落实。\",\"department\":\"办公室\",\"handler\":\"办公室负责人\","
            "\"proof\":\"会议纪要、制度文本、核对表\"}"));
    }
    return ST_OK;
}

static Status file_plan(PlanPlay *p)
{
    Stage *st = p->city->st;
    stage_for(st, p->principal, p->day);
    TRY(plan_items(p));
    TRY(script_dof(st->c, &st->s, USE_FILING_OPEN, NULL, &p->filing,
        "{\"inspection\":\"%.*s\",\"kind\":\"plan\",\"text\":"
        "\"成立整改工作领导小组，对照反馈意见逐项制定措施，明确责任领导、"
        "责任部门和完成时限；每月调度一次，完成一项、申请销号一项。\",\"pledge\":"
        "\"本人对方案的真实性和整改落实负责。\","
        "\"pledged_by\":\"%.*s\",\"pledged_on\":\"%.*s\"}",
        STR_ARG(p->inspection), STR_ARG(p->principal), STR_ARG(date_text(st->s.arena, p->day))));
    return script_dof(st->c, &st->s, USE_FILING_SUBMIT, &p->filing, &p->filing, "{}");
}

/* Who has a part in the demo gives his opinion; the others' came on paper. */
static Status give(PlanPlay *p, const Json *row, const char *rest)
{
    Stage *st = p->city->st;
    City *city = p->city;
    const Made review = { .id = text_of(row, "id"), .version = json_int_or(json_get(row, S("version")), 1) };
    Str role = text_of(row, "role");
    bool ink = false;
    if (str_eq(role, S("discipline")))
        stage_as(st, &city->posts[POST_DISCIPLINE], ROLE_DISCIPLINE, p->day);
    else if (str_eq(role, S("organisation")))
        stage_as(st, &city->posts[POST_ORGANISATION], ROLE_ORGANISATION, p->day);
    else if (str_eq(role, S("propaganda")))
        stage_as(st, &city->posts[POST_PROPAGANDA], ROLE_PROPAGANDA, p->day);
    else
        stage_as(st, &city->posts[POST_OFFICE], ROLE_OFFICE, p->day);
    ink = str_eq(role, S("head")); /* whose authorisation has ended */
    return script_dof(st->c, &st->s, USE_FILING_GIVE, &review, NULL, "{%s%s}", rest,
        ink ? ",\"means\":\"ink\",\"paper_no\":\"会审意见表\",\"on_behalf_of\":\"会审单位负责人\"" : "");
}

static Status give_all(PlanPlay *p, int ends)
{
    Stage *st = p->city->st;
    const Json *rows;
    const Param params[] = { { S("filing"), p->filing.id }, { S("sort"), S("place") } };
    stage_as(st, &p->city->posts[POST_OFFICE], ROLE_OFFICE, p->day);
    TRY(script_list(st->c, &st->s, ENTITY_FILING_REVIEW, params, 2, &rows));
    int at = 0;
    for (const Json *r = rows->first; r; r = r->next, at++) {
        bool objects = ends == RETURNED && at == 2;
        if (ends == UNDER_REVIEW && at >= 2)
            break;
        p->day = stage_later(st, p->day, 1);
        TRY(give(p, r,
            objects
                ? "\"verdict\":\"objected\",\"opinion\":\"第一项措施没有分阶段的完成日期。\",\"missing\":\"分阶段计划\""
                : "\"verdict\":\"agreed\",\"opinion\":\"同意。\""));
    }
    return ST_OK;
}

static Status collate(PlanPlay *p, int ends)
{
    Stage *st = p->city->st;
    if (ends == UNDER_REVIEW)
        return ST_OK;
    stage_as(st, &p->city->posts[POST_DISCIPLINE], ROLE_DISCIPLINE, stage_later(st, p->day, 1));
    TRY(script_read(st->c, &st->s, USE_RECORD_SHOW, ENTITY_FILING, p->filing.id, NULL, 0, &p->filing));
    p->filing.version = json_int_or(json_get(p->filing.json, S("version")), 1);
    if (ends == PASSED)
        return script_dof(
            st->c, &st->s, USE_FILING_APPROVE, &p->filing, NULL, "{\"opinion\":\"五方会审通过，请抓好落实。\"}");
    return script_dof(st->c, &st->s, USE_FILING_RETURN, &p->filing, NULL,
        "{\"reason\":\"请按会审意见补充分阶段的完成日期后重新报送。\",\"missing\":\"分阶段计划\"}");
}

/* Inspections of the round with open items, the first few in the order of their ids. */
Status stage_filings(Ctx *c, void *city_)
{
    (void)c;
    City *city = city_;
    Stage *st = city->st;
    const Json *rows;
    const Param params[] = { { S("round.number"), S("9") }, { S("round.type"), S("regular") }, { S("limit"), S("3") },
        { S("sort"), S("id") } };
    stage_as(st, &city->posts[POST_OFFICE], ROLE_OFFICE, DEMO_TODAY);
    TRY(script_list(st->c, &st->s, ENTITY_INSPECTION, params, 4, &rows));
    int ends = PASSED;
    for (const Json *i = rows->first; i && ends < PLANS; i = i->next, ends++) {
        PlanPlay p = { .city = city, .inspection = text_of(i, "id"), .principal = S("党组织主要负责人") };
        Date told = DATE_NONE;
        if (!date_parse(text_of(i, "fed_back_on"), &told))
            continue;
        p.day = ends == UNDER_REVIEW ? stage_working(st, date_add_days(DEMO_TODAY, -10))
                                     : stage_working(st, date_add_days(told, PLAN_AFTER));
        TRY(file_plan(&p));
        TRY(give_all(&p, ends));
        TRY(collate(&p, ends));
    }
    return ST_OK;
}
