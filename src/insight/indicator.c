#include "insight/indicator.h"

#include "domain/instruction.h"
#include "domain/project.h"
#include "domain/register.h"

/* --- the table --------------------------------------------------------------------------------------------- */

#define TEXT_VALUE(literal)                         \
    {                                               \
        .kind = VALUE_TEXT, .text = S_INIT(literal) \
    }
#define PREDICATE(via_, field_, op_, count_, ...)                                           \
    {                                                                                       \
        .via = via_, .field = field_, .op = op_, .count = count_, .values = (const Value[]) \
        {                                                                                   \
            __VA_ARGS__                                                                     \
        }                                                                                   \
    }
#define IS(field, literal)             PREDICATE(-1, field, OP_EQ, 1, TEXT_VALUE(literal))
#define IS_NOT(field, literal)         PREDICATE(-1, field, OP_NE, 1, TEXT_VALUE(literal))
#define IS_ONE_OF(field, one, other)   PREDICATE(-1, field, OP_IN, 2, TEXT_VALUE(one), TEXT_VALUE(other))
#define ITS(reference, field, literal) PREDICATE(reference, field, OP_EQ, 1, TEXT_VALUE(literal))
#define GIVEN(field_)                                              \
    {                                                              \
        .via = -1, .field = field_, .op = OP_GIVEN, .values = NULL \
    }
#define ABSENT(field_)                                              \
    {                                                               \
        .via = -1, .field = field_, .op = OP_ABSENT, .values = NULL \
    }
#define ABOVE(field, other) PREDICATE(-1, field, OP_ABOVE, 1, { .kind = VALUE_INT, .whole = other })
#define WHERE(...)                                                                                         \
    {                                                                                                      \
        (const Predicate[]){ __VA_ARGS__ }, sizeof((const Predicate[]){ __VA_ARGS__ }) / sizeof(Predicate) \
    }
#define NOTHING \
    {           \
        NULL, 0 \
    }
#define UNDATED (-1)

#define COUNTS(id_, seed_, entity_, dated_, unit_, name_zh, name_en, zh, en, ...)                            \
    {                                                                                                        \
        .id = id_, .seed_ref = seed_, .name = { name_zh, name_en }, .definition = { zh, en }, .unit = unit_, \
        .numerator = WHERE(__VA_ARGS__), .denominator = NOTHING, .entity = ENTITY_##entity_, .dated = dated_ \
    }

/* Within one round, by its name. */
#define COUNTS_IN(round_, id_, seed_, entity_, unit_, name_zh, name_en, zh, en, ...)                           \
    {                                                                                                          \
        .id = id_, .seed_ref = seed_, .name = { name_zh, name_en }, .definition = { zh, en }, .unit = unit_,   \
        .numerator = WHERE(__VA_ARGS__), .denominator = NOTHING, .entity = ENTITY_##entity_, .dated = UNDATED, \
        .round = round_                                                                                        \
    }
#define KEY_PROJECTS      "示例市委重点项目建设情况专项巡察"
#define INVESTED_PROJECTS "示例市委市级政府投资项目建设情况专项巡察"
#define MUNICIPAL         IS(Project_kind, "municipal")
#define STARTED(op, day)  PREDICATE(-1, Project_actual_start, op, 1, TEXT_VALUE(day))

#define OF_REGULAR ITS(Rectification_round, Round_type, "regular"), IS_NOT(Rectification_state, "revoked")

const Indicator indicators[] = {
    COUNTS("rounds_regular", "F09", ROUND, Round_starts_on, "轮", "常规巡察轮次", "Regular rounds",
        "类型为常规巡察的轮次数", "Rounds of the type regular", IS(Round_type, "regular")),
    COUNTS("rounds_special", "F11", ROUND, Round_starts_on, "次", "专项巡察", "Special inspections",
        "类型为专项巡察的轮次数", "Rounds of the type special", IS(Round_type, "special")),
    COUNTS("units_covered", "F10", UNIT, Unit_covered_on, "个", "巡察覆盖单位", "Units covered",
        "常规巡察进驻过的单位数；合并的单位由承接单位计一次",
        "Units that a regular round has entered; units merged into one count once", GIVEN(Unit_covered_on),
        ABSENT(Unit_merged_into)),
    COUNTS("inspections_regular", NULL, INSPECTION, UNDATED, "个", "常规巡察对象", "Inspections of regular rounds",
        "常规巡察轮次中列入的巡察对象数，每个单位每轮计一次", "Inspections in regular rounds, one a unit and round",
        ITS(Inspection_round, Round_type, "regular")),
    COUNTS("findings_fed_back", "F29", RECTIFICATION, UNDATED, "个", "反馈问题", "Findings fed back",
        "常规巡察中已向被巡察党组织反馈的问题数；专项、联动巡察的问题不计入",
        "Findings of regular rounds that were fed back to the unit; special and joint rounds do not count", OF_REGULAR),
    COUNTS("findings_rectified", "F30", RECTIFICATION, UNDATED, "个", "整改到位", "Rectified",
        "常规巡察反馈的问题中，经审核确认已销号的个数", "Of these, those struck off after review", OF_REGULAR,
        IS(Rectification_state, "done")),
    COUNTS("findings_open", NULL, RECTIFICATION, UNDATED, "个", "尚未整改到位", "Not yet rectified",
        "常规巡察反馈的问题中，尚未销号的个数", "Of these, those not struck off", OF_REGULAR,
        IS_NOT(Rectification_state, "done")),
    { .id = "rectification_rate",
        .seed_ref = "F31",
        .name = { "整改完成率", "Rectification rate" },
        .definition = { "整改到位 ÷ 反馈问题，按百分数保留两位小数，四舍五入；只计已销号，不计基本完成",
            "Rectified ÷ fed back, in percent with two decimals, rounded half up; only what was struck off counts" },
        .unit = "%",
        .numerator = WHERE(OF_REGULAR, IS(Rectification_state, "done")),
        .denominator = WHERE(OF_REGULAR),
        .entity = ENTITY_RECTIFICATION,
        .dated = UNDATED,
        .decimals = 2 },
    COUNTS("meetings_requirements", "F01", MEETING, Meeting_held_on, "次", "传达学习", "Requirements conveyed",
        "常委会会议和理论学习中心组传达学习的次数", "Sessions of the standing committee and the theory study group",
        IS_ONE_OF(Meeting_kind, "standing_committee", "study_group")),
    COUNTS("meetings_secretary", "F02", MEETING, Meeting_held_on, "次", "书记专题会议", "Secretary's special meetings",
        "类型为书记专题会议的会议数", "Meetings of that kind", IS(Meeting_kind, "secretary")),
    COUNTS("meetings_leading_group", "F03", MEETING, Meeting_held_on, "次", "领导小组会议", "Leading group meetings",
        "类型为领导小组会议的会议数", "Meetings of that kind", IS(Meeting_kind, "leading_group")),
    COUNTS("meetings_supervision", "F22", MEETING, Meeting_held_on, "次", "整改督办会", "Supervision meetings",
        "类型为整改督办会的会议数", "Meetings of that kind", IS(Meeting_kind, "supervision")),
    COUNTS("meetings_work", "F36", MEETING, Meeting_held_on, "次", "巡察工作会议", "Work meetings",
        "类型为巡察工作会议（含推进会）的会议数", "Meetings of that kind", IS(Meeting_kind, "work")),
    COUNTS("instructions", "F04", INSTRUCTION, UNDATED, "次", "批示", "Instructions",
        "书面批示的条数，不含会上点名和口头指示", "Written ones; neither those named at meetings nor oral ones",
        IS(Instruction_kind, "written")),
    COUNTS("letters_supervision", "F23", LETTER, UNDATED, "份", "督办函", "Supervision letters",
        "纪委监委已印发的督办函份数", "Supervision letters that the discipline body has issued",
        IS(Letter_kind, "supervision"), IS(Letter_body, "discipline"), IS_NOT(Letter_state, "draft")),
    COUNTS("trainings_special", "F26", TRAINING, Training_held_on, "次", "专题培训", "Special trainings",
        "分领域、分系统举办的培训次数", "Trainings by field and by system",
        IS_ONE_OF(Training_kind, "field", "system")),
    COUNTS("rules_organisation", "F25", REGULATION, Regulation_made_on, "项", "组织部制度流程",
        "Rules and flows of the organisation department", "组织部制定完善的制度、流程和模板数",
        "Rules, flows and templates that it made or mended", IS(Regulation_body, "organisation")),
    COUNTS("rules_office", "F41", REGULATION, Regulation_made_on, "项", "巡察制度", "Inspection rules",
        "巡察办印发的制度数", "Rules that the inspection office issued", IS(Regulation_body, "office"),
        IS(Regulation_kind, "rule")),
    COUNTS("flows_office", "F42", REGULATION, Regulation_made_on, "个", "工作流程", "Work flows",
        "巡察办印发的工作流程数", "Work flows that the inspection office issued", IS(Regulation_body, "office"),
        IS(Regulation_kind, "flow")),
    COUNTS("publicity_speeches", "F12", PUBLICATION, Publication_published_on, "次", "交流发言", "Speeches of exchange",
        "形式为交流发言的宣传记录数", "Entries of that kind", IS(Publication_kind, "speech")),
    COUNTS_IN(KEY_PROJECTS, "projects_key", "F14", PROJECT, "个", "重点项目", "Key projects",
        "重点项目建设情况专项巡察登记的项目数", "Projects of that special inspection", GIVEN(Project_name)),
    COUNTS_IN(KEY_PROJECTS, "findings_key", "F15", FINDING, "个", "重点项目专项巡察发现问题",
        "Findings of the inspection of key projects", "重点项目建设情况专项巡察已反馈的问题数",
        "Findings of that special inspection that were fed back", IS(Finding_state, "fed_back")),
    { .id = "works_started_before",
        .seed_ref = "F16",
        .name = { "巡察前市政工程开工率", "Municipal works started before" },
        .definition = { "重点项目中的市政工程，巡察组进驻前（2018年3月5日前）已开工的比例",
            "Of the key projects that are municipal works, those started before the team came on 2018-03-05" },
        .unit = "%",
        .numerator = WHERE(MUNICIPAL, STARTED(OP_LT, "2018-03-05")),
        .denominator = WHERE(MUNICIPAL),
        .entity = ENTITY_PROJECT,
        .dated = UNDATED,
        .decimals = 2,
        .round = KEY_PROJECTS },
    { .id = "works_started_after",
        .seed_ref = "F16",
        .name = { "当年底市政工程开工率", "Municipal works started by the year's end" },
        .definition = { "重点项目中的市政工程，至2018年12月31日已开工的比例",
            "Of the key projects that are municipal works, those started by 2018-12-31" },
        .unit = "%",
        .numerator = WHERE(MUNICIPAL, STARTED(OP_LE, "2018-12-31")),
        .denominator = WHERE(MUNICIPAL),
        .entity = ENTITY_PROJECT,
        .dated = UNDATED,
        .decimals = 2,
        .round = KEY_PROJECTS },
    COUNTS_IN(INVESTED_PROJECTS, "aspects_invested", "F20", FOCUS, "项", "重点监督内容", "Aspects looked into",
        "市级政府投资项目专项巡察的重点监督清单条数", "Aspects in the focus list of that special inspection",
        GIVEN(Focus_text)),
    COUNTS_IN(INVESTED_PROJECTS, "projects_invested", "F21", PROJECT, "个", "市本级政府投资项目",
        "Municipal government investment projects", "市级政府投资项目专项巡察登记的项目数",
        "Projects of that special inspection", GIVEN(Project_name)),
    COUNTS("projects_late", NULL, PROJECT, UNDATED, "个", "超工期项目", "Projects finished late",
        "专项巡察登记的项目中，实际竣工晚于计划竣工的个数",
        "Projects of special inspections that finished later than planned",
        ABOVE(Project_actual_finish, Project_planned_finish)),
    COUNTS("projects_overspent", NULL, PROJECT, UNDATED, "个", "超概算项目", "Projects over their estimate",
        "专项巡察登记的项目中，已支付超过概算的个数", "Projects of special inspections paid beyond their estimate",
        ABOVE(Project_paid_fen, Project_estimate_fen)),
    COUNTS("publicity_press", "F13", PUBLICATION, Publication_published_on, "次", "专题报道", "Press reports",
        "形式为报刊报道的宣传记录数", "Entries of that kind", IS(Publication_kind, "press")),
};
const size_t indicator_count = sizeof indicators / sizeof indicators[0];

static void add_round(Ctx *c, Selection *sel, const char *name)
{
    const FieldTable *table = sel->entity->table;
    Value *value = arena_new_of(c->arena, Value);
    *value = value_text(str_of(name));
    selection_where_via(sel, field_index(table, field_named(table, S("round"))), Round_name, OP_EQ, value, 1);
}

/* What has states is looked at as it was; what only has a day counts when the day has come. */
static Selection selection_by(Ctx *c, const Indicator *i, const Conditions *conditions, Date as_of)
{
    Selection sel = selection_of(i->entity);
    for (size_t n = 0; n < conditions->count; n++) {
        const Predicate *p = &conditions->list[n];
        if (p->via < 0)
            selection_where(&sel, p->field, p->op, p->values, p->count);
        else
            selection_where_via(&sel, p->via, p->field, p->op, p->values, p->count);
    }
    if (i->round)
        add_round(c, &sel, i->round);
    if (as_of && i->dated >= 0) {
        Value *day = arena_new_of(c->arena, Value);
        *day = value_date(c->arena, as_of);
        selection_where(&sel, i->dated, OP_LE, day, 1);
    }
    sel.as_of = sel.entity->state >= 0 ? as_of : DATE_NONE;
    return sel;
}

Selection indicator_numerator(Ctx *c, const Indicator *i, Date as_of)
{
    return selection_by(c, i, &i->numerator, as_of);
}

Selection indicator_denominator(Ctx *c, const Indicator *i, Date as_of)
{
    return selection_by(c, i, i->denominator.count ? &i->denominator : &i->numerator, as_of);
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
    *out = (IndicatorValue){ .is_rate = i->denominator.count > 0, .known = true };
    Selection numerator = indicator_numerator(c, i, as_of);
    TRY(count_of(c, &numerator, &out->numerator));
    TRY(count_later(c, numerator, &out->later));
    out->value = (double)out->numerator;
    if (!out->is_rate)
        return ST_OK;
    Selection denominator = indicator_denominator(c, i, as_of);
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
    if (p->count == 0)
        strbuf_addc(b, '1');
    if (p->op == OP_ABOVE || p->op == OP_BELOW) {
        strbuf_addf(b, "%s", table->fields[p->values[0].whole].name);
        return;
    }
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
