#include "insight/indicator.h"

#include "domain/rectification.h"

/* --- conditions, as data that selections keep ------------------------------------------------------------ */

#define TEXT_VALUE(literal)                         \
    {                                               \
        .kind = VALUE_TEXT, .text = S_INIT(literal) \
    }
static const Value regular[] = { TEXT_VALUE("regular") };
static const Value done[] = { TEXT_VALUE("done") };

static void regular_items(Selection *sel)
{
    selection_where_via(sel, Rectification_round, Round_type, OP_EQ, regular, 1);
}

static void regular_done(Selection *sel)
{
    regular_items(sel);
    selection_where(sel, Rectification_state, OP_EQ, done, 1);
}

static void regular_open(Selection *sel)
{
    regular_items(sel);
    selection_where(sel, Rectification_state, OP_NE, done, 1);
}

static void regular_rounds(Selection *sel)
{
    selection_where(sel, Round_type, OP_EQ, regular, 1);
}

static void regular_inspections(Selection *sel)
{
    selection_where_via(sel, Inspection_round, Round_type, OP_EQ, regular, 1);
}

const Indicator indicators[] = {
    { "rounds_regular", "F09", { "常规巡察轮次", "Regular rounds" },
        { "类型为常规巡察的轮次数", "Rounds of the type regular" }, "轮", regular_rounds, NULL, ENTITY_ROUND, 0 },
    { "inspections_regular", "F10", { "常规巡察对象", "Inspections of regular rounds" },
        { "常规巡察轮次中列入的巡察对象数，每个单位每轮计一次", "Inspections in regular rounds, one a unit and round" },
        "个", regular_inspections, NULL, ENTITY_INSPECTION, 0 },
    { "findings_fed_back", "F29", { "反馈问题", "Findings fed back" },
        { "常规巡察中已向被巡察党组织反馈的问题数；专项、联动巡察的问题不计入",
            "Findings of regular rounds that were fed back to the unit; special and joint rounds do not count" },
        "个", regular_items, NULL, ENTITY_RECTIFICATION, 0 },
    { "findings_rectified", "F30", { "整改到位", "Rectified" },
        { "常规巡察反馈的问题中，经审核确认已销号的个数", "Of these, those struck off after review" }, "个",
        regular_done, NULL, ENTITY_RECTIFICATION, 0 },
    { "findings_open", NULL, { "尚未整改到位", "Not yet rectified" },
        { "常规巡察反馈的问题中，尚未销号的个数", "Of these, those not struck off" }, "个", regular_open, NULL,
        ENTITY_RECTIFICATION, 0 },
    { "rectification_rate", "F31", { "整改完成率", "Rectification rate" },
        { "整改到位 ÷ 反馈问题，按百分数保留两位小数，四舍五入；只计已销号，不计基本完成",
            "Rectified ÷ fed back, in percent with two decimals, rounded half up; only what was struck off counts" },
        "%", regular_done, regular_items, ENTITY_RECTIFICATION, 2 },
};
const size_t indicator_count = sizeof indicators / sizeof indicators[0];

static Selection selection_by(const Indicator *i, void (*conditions)(Selection *), Date as_of)
{
    Selection sel = selection_of(i->entity);
    conditions(&sel);
    sel.as_of = sel.entity->state >= 0 ? as_of : DATE_NONE;
    return sel;
}

Selection indicator_numerator(const Indicator *i, Date as_of)
{
    return selection_by(i, i->numerator, as_of);
}

Selection indicator_denominator(const Indicator *i, Date as_of)
{
    return selection_by(i, i->denominator ? i->denominator : i->numerator, as_of);
}

/* numerator × 100 ÷ denominator with so many decimals, half up, in whole numbers until the last step. */
static double percent(int64_t numerator, int64_t denominator, int decimals)
{
    int64_t scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    int64_t scaled = (numerator * 100 * scale * 2 + denominator) / (denominator * 2);
    return (double)scaled / (double)scale;
}

static Status count_of(Ctx *c, const Selection *sel, int64_t *out)
{
    bool exact;
    return selection_count(c, sel, INT64_MAX - 1, out, &exact);
}

static Status count_later(Ctx *c, Selection sel, int64_t *out)
{
    static const Value later[] = { TEXT_VALUE("entered_later") };
    selection_where(&sel, Record_provenance, OP_EQ, later, 1);
    return count_of(c, &sel, out);
}

Status indicator_compute(Ctx *c, const Indicator *i, Date as_of, IndicatorValue *out)
{
    *out = (IndicatorValue){ .is_rate = i->denominator != NULL, .known = true };
    Selection numerator = indicator_numerator(i, as_of);
    TRY(count_of(c, &numerator, &out->numerator));
    TRY(count_later(c, numerator, &out->later));
    out->value = (double)out->numerator;
    if (!out->is_rate)
        return ST_OK;
    Selection denominator = indicator_denominator(i, as_of);
    TRY(count_of(c, &denominator, &out->denominator));
    out->known = out->denominator > 0;
    out->value = out->known ? percent(out->numerator, out->denominator, i->decimals) : 0;
    return ST_OK;
}

/* --- the door ------------------------------------------------------------------------------------------------ */

static void put_condition(StrBuf *b, const Selection *sel, const Predicate *p)
{
    const FieldTable *table = sel->entity->table;
    if (p->via >= 0) {
        strbuf_addf(b, "%s.", table->fields[p->via].name);
        table = entity_of((EntityKind)table->fields[p->via].refers)->table;
    }
    strbuf_addf(b, "%s", table->fields[p->field].name);
    if (p->op != OP_EQ)
        strbuf_addf(b, ".%s", op_name(p->op));
    strbuf_addc(b, '=');
    for (uint16_t i = 0; i < p->count; i++) {
        strbuf_add(b, i ? S(",") : S(""));
        if (p->values[i].kind == VALUE_INT)
            strbuf_add_int(b, p->values[i].whole);
        else
            strbuf_add(b, p->values[i].text);
    }
}

Str selection_door(Ctx *c, const Selection *sel)
{
    StrBuf b = strbuf_in(c->arena);
    strbuf_addf(&b, "%s?", sel->entity->table->name);
    for (uint16_t i = 0; i < sel->count; i++) {
        strbuf_add(&b, i ? S("&") : S(""));
        put_condition(&b, sel, &sel->predicates[i]);
    }
    if (sel->as_of)
        strbuf_addf(&b, "%sas_of=%.*s", sel->count ? "&" : "", STR_ARG(date_text(c->arena, sel->as_of)));
    return strbuf_str(&b);
}
