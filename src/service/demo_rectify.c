/* What becomes of the items of one inspection: most are struck off within two months, some take longer, a few wait for
 * something on the last day. */
#include "service/demo_city.h"
#include "service/demo_facts.h"

#include <string.h>

#define LAST_APPLICATION  20211008
#define NEXT_REVIEWS      20211130
#define NEXT_BASIC        20211230
#define EXTENSION_RUN_OUT 20211015

typedef struct ItemPlay {
    City *city;
    CityUnit *u;
    const Stay *stay;
    ItemCast cast;
    int round; /* 0: special */
    Made item;
    int theme;
    Date due; /* two months after feedback */
} ItemPlay;

/* --- days ------------------------------------------------------------------------------------------------------ */

static Date last_application(const ItemPlay *p)
{
    enum { BEFORE_THE_MERGER = -25 };
    return p->u->ends ? date_add_days(p->u->ends, BEFORE_THE_MERGER) : LAST_APPLICATION;
}

static Date between(ItemPlay *p, int from, int to)
{
    Stage *st = p->city->st;
    Date day = date_add_days(p->stay->fed_back, from + (int)stage_draw(st, (uint32_t)(to - from)));
    Date last = last_application(p);
    if (day > last)
        day = date_add_days(last, -(int)stage_draw(st, 20));
    return stage_working(st, day);
}

/* Items are struck off together, every ten days. */
static Date batch_after(const ItemPlay *p, Date day)
{
    enum { BATCH_DAYS = 10, REVIEW_DAYS = 9 };
    int since = date_days_between(p->stay->fed_back, day) + REVIEW_DAYS;
    return stage_working(
        p->city->st, date_add_days(p->stay->fed_back, (since + BATCH_DAYS - 1) / BATCH_DAYS * BATCH_DAYS));
}

/* --- adjustments -------------------------------------------------------------------------------------------------- */

/* Asked some days before `before`, granted soon after. */
static Status adjust(ItemPlay *p, const char *kind, Str cause, Str reason, Str target, Date before, Date due)
{
    Stage *st = p->city->st;
    Date asked = stage_working(st, date_add_days(before, -14));
    Asking a = { .kind = kind,
        .cause = cause,
        .reason = reason,
        .stage_target = target,
        .asked = asked,
        .granted = stage_later(st, asked, 3),
        .due = due };
    return item_adjust(st, &p->cast, &p->item, &a);
}

static Status extend(ItemPlay *p, Str cause, Date before, int months)
{
    static const Str reasons[] = { S_INIT("涉及多个部门会签，资料补正需要时间，申请延长整改期限。"),
        S_INIT("须履行集体决策和招标程序，按原时限难以完成，申请延期。"),
        S_INIT("涉及历史资料较多，正在逐笔核对，申请延期完成。"),
        S_INIT("与相关单位对账尚有差异，需进一步核实，申请延期。") };
    return adjust(p, "extension", cause, reasons[stage_draw(p->city->st, 4)], STR_NONE, before,
        date_add_months(p->stay->fed_back, months));
}

/* --- those that are done -------------------------------------------------------------------------------------------
 */

static Date ordinary_day(ItemPlay *p)
{
    Stage *st = p->city->st;
    enum { EARLIEST = 20, LAST_TEN_WORKING_DAYS = 13 };
    int to = date_days_between(p->stay->fed_back, p->due);
    if (stage_draw(st, 2))
        return between(p, to - LAST_TEN_WORKING_DAYS, to);
    return between(p, EARLIEST, to - LAST_TEN_WORKING_DAYS);
}

/* Shares of those that were not fixed at once: 71 by the two months' report, 14, 6 and 3 later. */
static Status when_applied(ItemPlay *p, Date *applied)
{
    enum { IN_TIME = 71, IN_HALF_A_YEAR = 85, IN_A_YEAR = 91, ALL = 94 };
    Stage *st = p->city->st;
    uint32_t at = stage_draw(st, ALL);
    bool late = p->round && !p->u->ends;
    if (late && at >= IN_A_YEAR && p->round <= 7) {
        TRY(extend(p, S("other"), p->due, 12));
        TRY(extend(p, S("other"), date_add_months(p->stay->fed_back, 12), 24));
        *applied = between(p, 380, 600);
    } else if (late && at >= IN_HALF_A_YEAR && p->round <= 8) {
        TRY(extend(p, S("other"), p->due, 12));
        *applied = between(p, 190, 340);
    } else if (p->round && at >= IN_TIME) {
        TRY(extend(p, S("other"), p->due, 6));
        *applied = between(p, 95, 160);
    } else {
        *applied = ordinary_day(p);
    }
    return ST_OK;
}

static Status reopen_some(ItemPlay *p, Date struck)
{
    enum { OF_A_THOUSAND = 15, DAYS_IT_TAKES = 40 };
    Stage *st = p->city->st;
    Date again = stage_working(st, date_add_days(struck, 60 + (int)stage_draw(st, 60)));
    if (stage_draw(st, 1000) >= OF_A_THOUSAND || date_add_days(again, DAYS_IT_TAKES) > DEMO_TODAY || p->u->ends)
        return ST_OK;
    return item_reopen_and_close(st, &p->cast, &p->item, again);
}

static Status remark(ItemPlay *p, Date day)
{
    static const char *const remarks[] = { "请按月报送进展，附责任分工和佐证材料。",
        "请加快与相关部门会商，明确完成时间。", "已到现场核实，措施可行，请按计划推进。" };
    Stage *st = p->city->st;
    stage_as(st, p->cast.supervisor, ROLE_DISCIPLINE, day);
    return script_dof(st->c, &st->s, USE_STATEMENT_ADD, NULL, NULL,
        "{\"rectification\":\"%.*s\",\"kind\":\"remark\",\"text\":\"%s\"}", STR_ARG(p->item.id),
        remarks[stage_draw(st, 3)]);
}

static Date begin_item(ItemPlay *p)
{
    return stage_later(p->city->st, p->stay->fed_back, 5 + (int)stage_draw(p->city->st, 5));
}

/* Money is brought back where money was at fault, now and then somebody answers for it. */
static void settle_accounts(ItemPlay *p, ItemText *text)
{
    enum { BROUGHT_BACK = 22, ANSWERED_FOR = 4, OF = 100 };
    static const char *const of_money[] = { "finance", "winds", "projects" };
    Stage *st = p->city->st;
    for (size_t i = 0; i < sizeof of_money / sizeof of_money[0]; i++)
        if (str_eq(city_theme_name(p->theme), str_of(of_money[i])) && stage_draw(st, OF) < BROUGHT_BACK)
            text->recovered_fen = 30000 + (int64_t)stage_draw(st, 260) * (int64_t)stage_draw(st, 190) * 100;
    text->accountable = stage_draw(st, OF) < ANSWERED_FOR ? 1 + (int)stage_draw(st, 2) : 0;
}

static Status finish_item(ItemPlay *p)
{
    Stage *st = p->city->st;
    ItemText text = { .measures = fault_answer(p->city, p->theme, false),
        .result = fault_answer(p->city, p->theme, true) };
    settle_accounts(p, &text);
    Date applied;
    TRY(item_answer(st, &p->cast, &p->item, &text, begin_item(p)));
    TRY(when_applied(p, &applied));
    if (applied > p->due)
        TRY(remark(p, stage_later(st, p->due, 5)));
    Date struck = batch_after(p, applied);
    Date reviewed = stage_later(st, applied, 2 + (int)stage_draw(st, 2));
    TRY(item_close(st, &p->cast, &p->item, p->stay->inspection.id, &text, applied, reviewed,
        struck < reviewed ? reviewed : struck));
    return reopen_some(p, struck);
}

/* --- those that wait -------------------------------------------------------------------------------------------------
 */

static Str why(Stage *st, Str cause)
{
    static const struct {
        const char *cause;
        const char *reason;
    } reasons[] = { { "debts", "案件仍在执行阶段，债务人财产处置需要法院拍卖程序。" },
        { "titles", "原始用地、规划资料缺失，需提请专题会议研究历史遗留问题处理办法。" },
        { "settlement", "施工单位结算资料不全，部分工程量存在争议，正在委托第三方审核。" },
        { "reform", "上级改革方案尚在批复，人员分流和经费渠道需统一安排。" },
        { "history", "涉及早年政策和多个原单位档案，需组织、人社部门联合会审。" },
        { "policy", "清退范围和标准需上级主管部门明确，请示已经报送。" },
        { "building", "配套工程和接口改造未完成，须按基本建设程序推进。" } };
    size_t i = 0;
    while (i + 1 < sizeof reasons / sizeof reasons[0] && !str_eq(cause, str_of(reasons[i].cause)))
        i++;
    return str_copy(st->s.arena, str_of(reasons[i].reason));
}

static Status keep_long_term(ItemPlay *p, const OpenRow *row)
{
    Date review = date_add_months(p->stay->fed_back, 12);
    TRY(adjust(p, "long_term", row->cause, why(p->city->st, row->cause), row->target, p->due, review));
    while (review < NEXT_REVIEWS) {
        Date next = date_add_months(review, 12);
        TRY(adjust(p, "extension", row->cause, S("复查未达到阶段目标，继续按长期整改管理。"), STR_NONE, review, next));
        TRY(remark(p, stage_working(p->city->st, date_add_days(review, -4))));
        review = next;
    }
    return ST_OK;
}

/* To a day beyond the last one, in steps of half a year. */
static Status keep_extending(ItemPlay *p, const OpenRow *row, Date until)
{
    Date due = p->due;
    for (int months = 8; due < until; months += 6) {
        Date before = due;
        due = date_add_months(p->stay->fed_back, months);
        TRY(adjust(p, "extension", row->cause, why(p->city->st, row->cause), STR_NONE, before, due));
    }
    return ST_OK;
}

static Status wait_item(ItemPlay *p, const OpenSlot *slot)
{
    City *city = p->city;
    Stage *st = city->st;
    const OpenRow *row = &city->open[slot->row];
    const ItemText text = { .measures = row->measures, .result = S("主要环节已经完成，遗留部分正在按程序办理。") };
    TRY(item_answer(st, &p->cast, &p->item, &text, begin_item(p)));
    if (slot->wait == WAIT_LONG)
        return keep_long_term(p, row);
    if (slot->wait == WAIT_EXTENDED)
        return keep_extending(p, row, NEXT_REVIEWS);
    if (slot->wait == WAIT_OVERDUE)
        return adjust(p, "extension", row->cause, why(st, row->cause), STR_NONE, p->due, EXTENSION_RUN_OUT);
    TRY(item_result(st, &p->cast, &p->item, &text, date_add_days(p->due, -14)));
    return adjust(p, "basic", row->cause, why(st, row->cause), STR_NONE, p->due, NEXT_BASIC);
}

/* --- one inspection --------------------------------------------------------------------------- */

static const OpenSlot *slot_of(const City *city, Str title, const OpenSlot *open, int count, uint32_t *taken)
{
    for (int i = 0; i < count; i++)
        if (!(*taken & (1u << i)) && str_eq(city->open[open[i].row].title, title)) {
            *taken |= 1u << i;
            return &open[i];
        }
    return NULL;
}

static Status follow_up(ItemPlay *p, bool all_done)
{
    enum { EVALUATED_ROUNDS = 5 };
    Stage *st = p->city->st;
    Stay stay = *p->stay;
    Date day = stage_later(st, p->due, 6);
    if (day > DEMO_TODAY)
        return ST_OK;
    TRY(city_version(p->city, ENTITY_INSPECTION, &stay.inspection));
    stage_as(st, p->cast.office, ROLE_OFFICE, day);
    TRY(stay_move(st, &stay, USE_INSPECTION_FOLLOW_UP, day));
    if (!p->round || p->round > EVALUATED_ROUNDS || !all_done)
        return ST_OK;
    Date evaluated = stage_working(st, date_add_months(stay.fed_back, 22));
    if (city_is_evaluated(&stay)) {
        TRY(city_evaluate(p->city, &stay, evaluated));
        TRY(city_version(p->city, ENTITY_INSPECTION, &stay.inspection));
    } else {
        TRY(stay_move(st, &stay, USE_INSPECTION_EVALUATE, evaluated));
    }
    stage_as(st, p->cast.office, ROLE_OFFICE, evaluated);
    return stay_move(st, &stay, USE_INSPECTION_ARCHIVE, stage_working(st, date_add_months(stay.fed_back, 23)));
}

/* Units of the last rounds hold the first of their findings wrong. */
static Status object_first(ItemPlay *p)
{
    enum { FROM_ROUND = 8, OF_EVERY = 3 };
    if (p->round < FROM_ROUND || p->stay->number % OF_EVERY)
        return ST_OK;
    TRY(demo_object(p->city->st, p->stay, p->cast.leader, p->stay->number / OF_EVERY, &p->item));
    p->due = demo_date(json_text_or(json_get(p->item.json, S("due_on")), STR_NONE));
    return ST_OK;
}

Status city_rectify(
    City *city, CityUnit *u, const Stay *stay, bool regular, int round, const OpenSlot *open, int open_count)
{
    const Json *items;
    uint32_t taken = 0;
    int begun = 0;
    ItemPlay p = { .city = city,
        .u = u,
        .stay = stay,
        .round = regular ? round : 0,
        .cast = { .unit_principal = stay->principal,
            .supervisor = &city->posts[POST_DISCIPLINE],
            .leader = &city->posts[POST_LEADER],
            .office = &city->posts[POST_OFFICE] } };
    stage_locally(city->st, stay->fed_back);
    TRY(items_of(city->st, stay->inspection.id, &items));
    for (const Json *n = items->first; n; n = n->next) {
        const OpenSlot *slot = slot_of(city, json_text_or(json_get(n, S("title")), STR_NONE), open, open_count, &taken);
        if (str_eq(json_text_or(json_get(n, S("state")), STR_NONE), S("done"))) {
            city->st->out->struck_off++; /* fixed at once: struck off with the feedback */
            continue;
        }
        p.item = item_made(n);
        p.theme = city_theme(json_text_or(json_get(n, S("theme")), STR_NONE));
        p.due = demo_date(json_text_or(json_get(n, S("due_on")), STR_NONE));
        p.cast.department = fault_department(city, u);
        if (begun++ == 0)
            TRY(object_first(&p));
        TRY(slot ? wait_item(&p, slot) : finish_item(&p));
    }
    return follow_up(&p, taken == 0);
}
