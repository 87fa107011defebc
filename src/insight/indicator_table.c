/* The indicators of DOMAIN §8 that the records carry, a row each. */
#include "insight/indicator.h"

#include "domain/adjustment.h"
#include "domain/effect.h"
#include "domain/evaluation.h"
#include "domain/filing.h"
#include "domain/instruction.h"
#include "domain/legacy.h"
#include "domain/objection.h"
#include "domain/project.h"
#include "domain/recheck.h"
#include "domain/register.h"
#include "domain/supervision_log.h"
#include "domain/talk.h"
#include "insight/condition_words.h"

#define UNDATED (-1)
#define UNIT(zh_, en_) \
    {                  \
        zh_, en_       \
    }
#define PIECES  UNIT("个", "")
#define TIMES   UNIT("次", "")
#define PERCENT UNIT("%", "%")

#define COUNTS(group_, id_, seed_, entity_, dated_, unit_, name_zh, name_en, zh, en, ...)                              \
    {                                                                                                                  \
        .id = id_, .seed_ref = seed_, .group = GROUP_##group_, .name = { name_zh, name_en }, .definition = { zh, en }, \
        .unit = unit_, .numerator = WHERE(__VA_ARGS__), .denominator = NOTHING, .entity = ENTITY_##entity_,            \
        .dated = dated_                                                                                                \
    }
/* Different values of a field, once each; the door opens all the records. */
#define DIFFERENT(group_, id_, seed_, entity_, field_, dated_, unit_, name_zh, name_en, zh, en, ...)                   \
    {                                                                                                                  \
        .id = id_, .seed_ref = seed_, .group = GROUP_##group_, .name = { name_zh, name_en }, .definition = { zh, en }, \
        .unit = unit_, .numerator = WHERE(__VA_ARGS__), .denominator = NOTHING, .entity = ENTITY_##entity_,            \
        .dated = dated_, .distinct = field_                                                                            \
    }
/* Within one round, by its name. */
#define COUNTS_IN(round_, id_, seed_, entity_, unit_, name_zh, name_en, zh, en, ...)                                   \
    {                                                                                                                  \
        .id = id_, .seed_ref = seed_, .group = GROUP_PROJECTS, .name = { name_zh, name_en }, .definition = { zh, en }, \
        .unit = unit_, .numerator = WHERE(__VA_ARGS__), .denominator = NOTHING, .entity = ENTITY_##entity_,            \
        .dated = UNDATED, .round = round_                                                                              \
    }
#define SUMS(group_, id_, entity_, field_, unit_, decimals_, name_zh, name_en, zh, en, ...)                        \
    {                                                                                                              \
        .id = id_, .group = GROUP_##group_, .name = { name_zh, name_en }, .definition = { zh, en }, .unit = unit_, \
        .numerator = WHERE(__VA_ARGS__), .denominator = NOTHING, .entity = ENTITY_##entity_, .dated = UNDATED,     \
        .decimals = decimals_, .sum = field_                                                                       \
    }
/* What stands there, whatever the year; `denominator_` NOTHING: a count. */
#define STANDS(id_, unit_, decimals_, dated_, name_zh, name_en, zh, en, numerator_, denominator_)                  \
    {                                                                                                              \
        .id = id_, .group = GROUP_COVERAGE, .name = { name_zh, name_en }, .definition = { zh, en }, .unit = unit_, \
        .numerator = numerator_, .denominator = denominator_, .entity = ENTITY_UNIT, .standing = true,             \
        .dated = dated_, .decimals = decimals_                                                                     \
    }
/* Numerator and denominator in brackets of their own. */
#define RATE(group_, id_, seed_, entity_, round_, name_zh, name_en, zh, en, numerator_, denominator_)                  \
    {                                                                                                                  \
        .id = id_, .seed_ref = seed_, .group = GROUP_##group_, .name = { name_zh, name_en }, .definition = { zh, en }, \
        .unit = PERCENT, .numerator = numerator_, .denominator = denominator_, .entity = ENTITY_##entity_,             \
        .dated = UNDATED, .decimals = 2, .round = round_                                                               \
    }

#define KEY_PROJECTS      "示例市委重点项目建设情况专项巡察"
#define INVESTED_PROJECTS "示例市委市级政府投资项目建设情况专项巡察"
#define MUNICIPAL         IS(Project_kind, "municipal")
#define STARTED(op, day)  PREDICATE(-1, Project_actual_start, op, 1, TEXT_VALUE(day))

#define COUNTED       IS_NOT(Rectification_state, "revoked")
#define OF_REGULAR    ITS(Rectification_round, Round_type, "regular"), COUNTED
#define OF_TYPE(type) ITS(Rectification_round, Round_type, type), COUNTED
#define TOLD_REGULAR  ITS(Finding_round, Round_type, "regular"), IS_ONE_OF(Finding_state, "fed_back", "revoking")
#define COVERED       GIVEN(Unit_covered_on), ABSENT(Unit_merged_into)
#define IN_BASE       YES(Unit_in_coverage), ABSENT(Unit_merged_into)
/* Proved, whether or not confirmed; what was rejected or taken back is none, nor one of an item that was revoked. */
#define OF_EFFECT(kind_) IS(Effect_kind, kind_), IS_ONE_OF(Effect_state, "stated", "confirmed"), NOT_REVOKED
#define NOT_REVOKED      PREDICATE(Effect_rectification, Rectification_state, OP_NE, 1, TEXT_VALUE("revoked"))
#define SENT             IS_NOT(Letter_state, "draft"), IS_NOT(Letter_state, "dropped")

const Indicator indicators[] = {
    /* --- 组织领导 --- */
    COUNTS(LEADERSHIP, "meetings_requirements", "F01", MEETING, Meeting_held_on, TIMES, "传达学习",
        "Requirements conveyed", "常委会会议和理论学习中心组传达学习的次数",
        "Sessions of the standing committee and the theory study group",
        IS_ONE_OF(Meeting_kind, "standing_committee", "study_group")),
    COUNTS(LEADERSHIP, "meetings_secretary", "F02", MEETING, Meeting_held_on, TIMES, "书记专题会议",
        "Secretary's special meetings", "类型为书记专题会议的会议数", "Meetings entered under that kind",
        IS(Meeting_kind, "secretary")),
    COUNTS(LEADERSHIP, "meetings_leading_group", "F03", MEETING, Meeting_held_on, TIMES, "领导小组会议",
        "Leading group meetings", "类型为领导小组会议的会议数", "Meetings entered under that kind",
        IS(Meeting_kind, "leading_group")),
    COUNTS(LEADERSHIP, "meetings_work", "F36", MEETING, Meeting_held_on, TIMES, "巡察工作会议", "Work meetings",
        "类型为巡察工作会议（含推进会）的会议数", "Meetings entered under that kind", IS(Meeting_kind, "work")),
    COUNTS(LEADERSHIP, "instructions", "F04", INSTRUCTION, UNDATED, TIMES, "批示", "Instructions",
        "书面批示的条数，不含会上点名和口头指示", "Written ones; neither those named at meetings nor oral ones",
        IS(Instruction_kind, "written")),
    COUNTS(LEADERSHIP, "instructions_closed", NULL, INSTRUCTION, UNDATED, TIMES, "办结批示", "Instructions closed",
        "书面批示中已办结的条数", "Of the written ones, those that are closed", IS(Instruction_kind, "written"),
        IS(Instruction_state, "closed")),
    COUNTS(LEADERSHIP, "instructions_named", "F05", INSTRUCTION, UNDATED, TIMES, "点人点事点问题",
        "Persons and matters named", "书记专题会议等会议上点到的人、事、问题的条数",
        "Persons, matters and issues named at meetings, an entry each", IS(Instruction_kind, "named")),
    COUNTS(LEADERSHIP, "instructions_named_closed", "F06", INSTRUCTION, UNDATED, PIECES, "推动解决重点问题",
        "Key issues resolved after being named", "会上点到的人、事、问题中，有办理结果和依据、已办结的条数",
        "Of those named at meetings, those closed with an outcome and its proof", IS(Instruction_kind, "named"),
        IS(Instruction_state, "closed")),

    /* --- 轮次与覆盖 --- */
    COUNTS(COVERAGE, "rounds_regular", "F09", ROUND, Round_starts_on, UNIT("轮", ""), "常规巡察轮次", "Regular rounds",
        "类型为常规巡察的轮次数", "Rounds of the type regular", IS(Round_type, "regular")),
    COUNTS(COVERAGE, "rounds_special", "F11", ROUND, Round_starts_on, TIMES, "专项巡察", "Special inspections",
        "类型为专项巡察的轮次数", "Rounds of the type special", IS(Round_type, "special")),
    COUNTS(COVERAGE, "rounds_joint", NULL, ROUND, Round_starts_on, TIMES, "联动巡察", "Joint rounds",
        "类型为联动巡察的轮次数", "Rounds of the type joint", IS(Round_type, "joint")),
    COUNTS(COVERAGE, "teams", NULL, TEAM, UNDATED, UNIT("个次", ""), "派出巡察组", "Teams sent",
        "各轮次组建的巡察组数，同一编号的组每轮计一次", "Teams formed in all rounds; one number counts once a round",
        GIVEN(Team_name), BY_DAY_OF(Team_round, Round_starts_on)),
    COUNTS(COVERAGE, "inspections_regular", NULL, INSPECTION, UNDATED, PIECES, "常规巡察对象",
        "Inspections of regular rounds", "常规巡察轮次中列入的巡察对象数，每个单位每轮计一次",
        "Inspections in regular rounds, one a unit and round", ITS(Inspection_round, Round_type, "regular")),
    COUNTS(COVERAGE, "inspections_special", NULL, INSPECTION, UNDATED, PIECES, "专项巡察对象",
        "Inspections of special rounds", "专项巡察中列入的巡察对象数，每个单位每次计一次",
        "Inspections in special rounds, one a unit and round", ITS(Inspection_round, Round_type, "special")),
    COUNTS(COVERAGE, "units_covered", "F10", UNIT, Unit_covered_on, PIECES, "巡察覆盖单位", "Units covered",
        "常规巡察进驻过的单位数；合并的单位由承接单位计一次",
        "Units that a regular round has entered; units merged into one count once", COVERED),
    STANDS("units_base", PIECES, 0, UNDATED, "全覆盖基数", "Units to be covered",
        "纳入全覆盖基数的单位数，不含已并入其他单位的；不按年度",
        "Units in the base of coverage, without those merged into others; of no year", WHERE(IN_BASE), NOTHING),
    STANDS("units_base_covered", PIECES, 0, Unit_covered_on, "基数内已覆盖单位", "Units of the base covered",
        "纳入基数的单位中常规巡察进驻过的个数，不按年度；基数以外、以往各届单位不计入",
        "Units of the base that a regular round has entered; of no year, and without units outside the base",
        WHERE(IN_BASE, GIVEN(Unit_covered_on)), NOTHING),
    STANDS("coverage_rate", PERCENT, 2, UNDATED, "巡察覆盖率", "Coverage",
        "纳入基数且常规巡察进驻过的单位 ÷ 全覆盖基数，按百分数保留两位小数，四舍五入；不按年度",
        "Units of the base that a regular round has entered ÷ units of the base, in percent, two decimals, half up; of "
        "no year",
        WHERE(IN_BASE, BY_DAY(Unit_covered_on)), WHERE(IN_BASE)),
    COUNTS(COVERAGE, "companies_covered", NULL, UNIT, Unit_covered_on, UNIT("家", ""), "覆盖国有企业",
        "State companies covered", "常规巡察进驻过的国有企业数", "State companies that a regular round has entered",
        COVERED, IS(Unit_kind, "company")),
    COUNTS(COVERAGE, "schools_covered", NULL, UNIT, Unit_covered_on, UNIT("所", ""), "覆盖高等院校", "Colleges covered",
        "常规巡察进驻过的高等院校数", "Colleges that a regular round has entered", COVERED, IS(Unit_kind, "college")),
    COUNTS(COVERAGE, "hospitals_covered", NULL, UNIT, Unit_covered_on, UNIT("家", ""), "覆盖医院", "Hospitals covered",
        "常规巡察进驻过的医院数", "Hospitals that a regular round has entered", COVERED, IS(Unit_kind, "hospital")),
    COUNTS(COVERAGE, "villages_covered", NULL, UNIT, Unit_covered_on, PIECES, "覆盖村（社区）", "Villages covered",
        "巡察进驻过的村（社区）党组织数", "Villages that a round has entered", COVERED, IS(Unit_kind, "village")),

    /* --- 发现问题 --- */
    COUNTS(FINDINGS, "findings_fed_back", "F29", RECTIFICATION, UNDATED, PIECES, "反馈问题", "Findings fed back",
        "常规巡察中已向被巡察党组织反馈的问题数；专项、联动巡察的问题和已撤销的问题不计入",
        "Findings of regular rounds that were fed back to the unit; special and joint rounds and revoked ones do not "
        "count",
        OF_REGULAR),
    COUNTS(FINDINGS, "findings_special", NULL, RECTIFICATION, UNDATED, PIECES, "专项巡察反馈问题",
        "Findings of special rounds", "专项巡察中已反馈的问题数，不含已撤销的",
        "Findings of special rounds that were fed back and not revoked", OF_TYPE("special")),
    COUNTS(FINDINGS, "findings_all", NULL, RECTIFICATION, UNDATED, PIECES, "各类巡察反馈问题", "Findings of all rounds",
        "各类巡察已反馈的问题数，不含已撤销的", "Findings of every type of round that were fed back and not revoked",
        COUNTED),
    COUNTS(FINDINGS, "findings_revoked", NULL, RECTIFICATION, UNDATED, PIECES, "已撤销问题", "Findings revoked",
        "反馈后经两人审批撤销的问题数，不计入任何比率",
        "Findings revoked by two persons after they were told; in no rate", IS(Rectification_state, "revoked")),
    COUNTS(FINDINGS, "findings_immediate", NULL, FINDING, UNDATED, PIECES, "立行立改问题",
        "Findings to be fixed at once", "常规巡察反馈的问题中，标为立行立改的个数",
        "Of the findings of regular rounds, those to be fixed at once", TOLD_REGULAR, YES(Finding_immediate)),
    COUNTS(FINDINGS, "findings_grave", NULL, FINDING, UNDATED, PIECES, "严重问题", "Grave findings",
        "常规巡察反馈的问题中，程度为严重的个数", "Of the findings of regular rounds, the grave ones", TOLD_REGULAR,
        IS(Finding_severity, "grave")),
    SUMS(FINDINGS, "findings_amount", FINDING, Finding_amount_fen, UNIT("元", "yuan"), 2, "问题涉及金额",
        "Amounts concerned", "常规巡察反馈的问题所涉金额之和；未记载金额的不计",
        "Sum of the amounts that findings of regular rounds name", TOLD_REGULAR),

    /* --- 整改落实 --- */
    COUNTS(RECTIFICATION, "findings_rectified", "F30", RECTIFICATION, UNDATED, PIECES, "整改到位", "Rectified",
        "常规巡察反馈的问题中，经审核确认已销号的个数",
        "Of the findings of regular rounds, those struck off after review", OF_REGULAR, DONE),
    COUNTS(RECTIFICATION, "findings_open", NULL, RECTIFICATION, UNDATED, PIECES, "尚未整改到位", "Not yet rectified",
        "常规巡察反馈的问题中，尚未销号的个数", "Of the findings of regular rounds, those not struck off", OF_REGULAR,
        OPEN),
    RATE(RECTIFICATION, "rectification_rate", "F31", RECTIFICATION, NULL, "整改完成率", "Rectification rate",
        "整改到位 ÷ 反馈问题，按百分数保留两位小数，四舍五入；只计审核确认已销号的，不计基本完成",
        "Rectified ÷ fed back, in percent with two decimals, rounded half up; only what was struck off after review "
        "counts",
        WHERE(OF_REGULAR, DONE), WHERE(OF_REGULAR)),
    RATE(RECTIFICATION, "rate_claimed", NULL, RECTIFICATION, NULL, "整改完成率（单位申报）", "Rate as the units claim",
        "（已销号＋单位已申请销号）÷ 反馈问题，两位小数，四舍五入",
        "(Struck off + applied for) ÷ fed back, two decimals, half up",
        WHERE(OF_REGULAR, IS_ONE_OF(Rectification_state, "done", "applied")), WHERE(OF_REGULAR)),
    RATE(RECTIFICATION, "rate_strict", NULL, RECTIFICATION, NULL, "整改完成率（剔除反弹）",
        "Rate without those that came back", "已销号且从未反弹重启 ÷ 反馈问题，两位小数，四舍五入",
        "Struck off and never reopened ÷ fed back, two decimals, half up",
        WHERE(OF_REGULAR, DONE, ABSENT(Rectification_reopened)), WHERE(OF_REGULAR)),
    RATE(RECTIFICATION, "rate_with_basic", NULL, RECTIFICATION, NULL, "整改完成率（含基本完成）",
        "Rate with basically done", "（已销号＋基本完成）÷ 反馈问题，两位小数，四舍五入",
        "(Struck off + basically done) ÷ fed back, two decimals, half up",
        WHERE(OF_REGULAR, IS_ONE_OF(Rectification_state, "done", "basic")), WHERE(OF_REGULAR)),
    RATE(RECTIFICATION, "rate_with_long", NULL, RECTIFICATION, NULL, "整改完成率（含基本完成和长期整改）",
        "Rate with basically done and long-term",
        "（已销号＋基本完成＋长期整改）÷ 反馈问题，两位小数，四舍五入；长期整改经批准、有阶段目标，但尚未完成",
        "(Struck off + basically done + long-term) ÷ fed back, two decimals, half up; long-term items are granted, "
        "with a "
        "stage target, and not done yet",
        WHERE(OF_REGULAR, IS_OF_THREE(Rectification_state, "done", "basic", "long_term")), WHERE(OF_REGULAR)),
    RATE(RECTIFICATION, "rate_confirmed", NULL, RECTIFICATION, NULL, "抽查属实率", "Confirmed by rechecks",
        "抽查、回访督查和回头看核查过的问题中，最近一次结论为属实的 ÷ "
        "有结论的，部分属实不算属实；只说明抽到的，推算见各次"
        "抽查的页面",
        "Of the items that were looked at again, by samples, return visits and look-backs, those whose last result is "
        "true, which partly true is not; it tells of what was drawn, a recheck's own page of the whole",
        WHERE(OF_REGULAR, IS(Rectification_recheck_result, "confirmed")),
        WHERE(OF_REGULAR, GIVEN(Rectification_recheck_result))),
    COUNTS(RECTIFICATION, "items_applied", NULL, RECTIFICATION, UNDATED, PIECES, "申请销号待审核", "Applied for",
        "常规巡察反馈的问题中，单位已申请销号、尚未审结的个数", "Of the findings of regular rounds, those applied for",
        OF_REGULAR, IS(Rectification_state, "applied")),
    COUNTS(RECTIFICATION, "items_working", NULL, RECTIFICATION, UNDATED, PIECES, "正在整改", "Being rectified",
        "常规巡察反馈、尚未销号的问题中，除长期整改、基本完成以外的个数",
        "Of the open findings of regular rounds, those neither long-term nor basically done", OF_REGULAR, OPEN,
        IS_NOT(Rectification_state, "long_term"), IS_NOT(Rectification_state, "basic")),
    COUNTS(RECTIFICATION, "items_basic", NULL, RECTIFICATION, UNDATED, PIECES, "基本完成", "Basically done",
        "常规巡察反馈的问题中，经批准为基本完成的个数", "Of the findings of regular rounds, those basically done",
        OF_REGULAR, IS(Rectification_state, "basic")),
    COUNTS(RECTIFICATION, "items_long_term", NULL, RECTIFICATION, UNDATED, PIECES, "长期整改", "Long-term",
        "常规巡察反馈的问题中，经批准长期整改的个数", "Of the findings of regular rounds, those granted as long-term",
        OF_REGULAR, IS(Rectification_state, "long_term")),
    COUNTS(RECTIFICATION, "items_overdue", NULL, RECTIFICATION, UNDATED, PIECES, "超期未销号", "Overdue",
        "常规巡察反馈的问题中，现行时限早于统计日、尚未销号的个数；审核中和异议处理中的停止计时，不算超期",
        "Of the findings of regular rounds, open ones past their present due date; those under review or objected to "
        "stand meanwhile",
        OF_REGULAR, OPEN, IS_NOT(Rectification_state, "objected"), IS_NOT(Rectification_state, "applied"),
        BEFORE_DAY(Rectification_due_on)),
    COUNTS(RECTIFICATION, "items_extended", NULL, RECTIFICATION, UNDATED, PIECES, "经批准延期", "Extended",
        "常规巡察反馈的问题中，至少批准延期一次的个数",
        "Of the findings of regular rounds, those extended at least once", OF_REGULAR,
        AT_LEAST(Rectification_extensions, 1)),
    COUNTS(RECTIFICATION, "items_reopened", NULL, RECTIFICATION, UNDATED, PIECES, "反弹重启", "Reopened",
        "常规巡察反馈的问题中，销号后至少重启一次的个数",
        "Of the findings of regular rounds, those reopened at least once", OF_REGULAR,
        AT_LEAST(Rectification_reopened, 1)),
    COUNTS(RECTIFICATION, "items_late", NULL, RECTIFICATION, UNDATED, PIECES, "超过时限销号", "Struck off late",
        "常规巡察反馈、已销号的问题中，申请销号的日期晚于现行时限的个数；审核所用的时间不算在单位头上，未记载申请日期的"
        "不计",
        "Of the findings of regular rounds that were struck off, those applied for after their due date; the review is "
        "not counted against the unit, and an item with no recorded day of applying is left out",
        OF_REGULAR, DONE, ABOVE(Rectification_applied_on, Rectification_due_on)),
    RATE(RECTIFICATION, "special_rate", NULL, RECTIFICATION, NULL, "专项巡察整改完成率", "Rate of special rounds",
        "专项巡察反馈的问题中，已销号 ÷ 反馈问题，两位小数，四舍五入",
        "Of special rounds: struck off ÷ fed back, two decimals, half up", WHERE(OF_TYPE("special"), DONE),
        WHERE(OF_TYPE("special"))),

    /* --- 整改成效 --- */
    SUMS(EFFECTS, "effect_rules", RECTIFICATION, Rectification_rules_made, UNIT("项", ""), 0, "整改中建章立制",
        "Rules made", "各类巡察的整改事项中填报的建章立制数之和",
        "Sum of the rules that units report as made while rectifying", COUNTED),
    SUMS(EFFECTS, "effect_money", RECTIFICATION, Rectification_recovered_fen, UNIT("元", "yuan"), 2, "追缴清退金额",
        "Money recovered", "各类巡察的整改事项中填报的追缴清退金额之和",
        "Sum of the money that units report as recovered", COUNTED),
    SUMS(EFFECTS, "effect_people", RECTIFICATION, Rectification_accountable, UNIT("人次", ""), 0, "追责问责",
        "Held accountable", "各类巡察的整改事项中填报的追责问责人数之和，一人多次按次计",
        "Sum of the people held accountable; one person counts each time", COUNTED),
    COUNTS(EFFECTS, "effects_rules_made", NULL, EFFECT, UNDATED, UNIT("项", ""), "新建制度", "Rules made, one by one",
        "整改成效中类别为新建制度、有佐证的条数，含单位填报和已核实的，不含待佐证、不予认定和已撤回的",
        "Effects of that kind with proof, stated or confirmed; without those unproven, not accepted or withdrawn",
        OF_EFFECT("rule_made")),
    COUNTS(EFFECTS, "effects_rules_changed", NULL, EFFECT, UNDATED, UNIT("项", ""), "修订制度", "Rules changed",
        "整改成效中类别为修订制度、有佐证的条数，口径同上", "Effects of that kind, counted alike",
        OF_EFFECT("rule_changed")),
    SUMS(EFFECTS, "effects_recovered", EFFECT, Effect_amount_fen, UNIT("元", "yuan"), 2, "追缴金额", "Recovered",
        "整改成效中类别为追缴、有佐证的金额之和，口径同上", "Sum of the effects of that kind, counted alike",
        OF_EFFECT("recovered")),
    SUMS(EFFECTS, "effects_refunded", EFFECT, Effect_amount_fen, UNIT("元", "yuan"), 2, "清退金额", "Refunded",
        "整改成效中类别为清退、有佐证的金额之和，口径同上", "Sum of the effects of that kind, counted alike",
        OF_EFFECT("refunded")),
    SUMS(EFFECTS, "effects_avoided", EFFECT, Effect_amount_fen, UNIT("元", "yuan"), 2, "避免或挽回损失", "Loss avoided",
        "整改成效中类别为避免或挽回损失、有佐证的金额之和，口径同上", "Sum of the effects of that kind, counted alike",
        OF_EFFECT("avoided")),
    SUMS(EFFECTS, "effects_people", EFFECT, Effect_people, UNIT("人次", ""), 0, "追责问责人次",
        "People held accountable",
        "整改成效中类别为追责问责、有佐证的人数之和，一人多次按次计；可按职务类别和问责形式分组",
        "Sum of the people of the effects of that kind, counted alike; by post and by form", OF_EFFECT("accountable")),
    RATE(EFFECTS, "effects_confirmed", NULL, EFFECT, NULL, "整改成效核实率", "Effects confirmed",
        "已核实的成效 ÷ 有佐证的成效（单位填报和已核实），两位小数，四舍五入",
        "Confirmed ÷ stated with proof, confirmed or not, two decimals, half up",
        WHERE(IS(Effect_state, "confirmed"), NOT_REVOKED),
        WHERE(IS_ONE_OF(Effect_state, "stated", "confirmed"), NOT_REVOKED)),
    COUNTS(EFFECTS, "effects_unproven", NULL, EFFECT, UNDATED, UNIT("条", ""), "待佐证的成效", "Effects without proof",
        "单位填报而尚无佐证文号、名称或附件的条数，不计入各项成效",
        "Effects that units state without proof; they count in no other figure", IS(Effect_state, "unproven"),
        NOT_REVOKED),
    COUNTS(EFFECTS, "rules_organisation", "F25", REGULATION, Regulation_made_on, UNIT("项", ""), "组织部制度流程",
        "Rules and flows of the organisation department", "组织部制定完善的制度、流程和模板数",
        "Rules, flows and templates that it made or mended", IS(Regulation_body, "organisation")),

    /* --- 日常监督 --- */
    COUNTS(SUPERVISION, "meetings_supervision", "F22", MEETING, Meeting_held_on, TIMES, "整改督办会",
        "Supervision meetings", "类型为整改督办会的会议数", "Meetings entered under that kind",
        IS(Meeting_kind, "supervision")),
    COUNTS(SUPERVISION, "letters_supervision", "F23", LETTER, UNDATED, UNIT("份", ""), "纪委监委督办函",
        "Supervision letters", "纪委监委已印发的督办函份数，不含其他单位印发的",
        "Supervision letters that the discipline body has issued", IS(Letter_kind, "supervision"),
        IS(Letter_body, "discipline"), SENT),
    COUNTS(SUPERVISION, "letters_reminder", NULL, LETTER, UNDATED, UNIT("份", ""), "提醒函", "Reminders",
        "各单位已印发的提醒函份数", "Reminders that were issued", IS(Letter_kind, "reminder"), SENT),
    COUNTS(SUPERVISION, "letters_by_rule", NULL, LETTER, UNDATED, UNIT("份", ""), "按规则催办", "Letters by rule",
        "按规则为超期事项起草、由人印发的函件份数，各层级合计",
        "Letters about late items that the rules drafted and a person issued, all rungs together", GIVEN(Letter_step),
        SENT),
    COUNTS(SUPERVISION, "letters_warning", NULL, LETTER, UNDATED, UNIT("份", ""), "告诫书", "Warnings",
        "各单位已印发的告诫书份数", "Warnings that were issued", IS(Letter_kind, "warning"), SENT),
    COUNTS(SUPERVISION, "letters_suggestion", NULL, LETTER, UNDATED, UNIT("份", ""), "巡察建议书", "Suggestions",
        "已印发的巡察建议书份数", "Suggestions that were issued", IS(Letter_kind, "suggestion"), SENT),
    COUNTS(SUPERVISION, "return_visits", "F27", RECHECK, UNDATED, UNIT("轮", ""), "回访督查", "Return visits",
        "种类为回访督查的轮次，不含已作废的", "Rechecks entered as return visits, without void ones",
        IS(Recheck_kind, "return_visit"), IS_NOT(Recheck_state, "void")),
    COUNTS(SUPERVISION, "look_backs", "F28", RECHECK, UNDATED, UNIT("轮", ""), "回头看暨专项整治", "Look-backs",
        "种类为回头看的轮次，不含已作废的", "Rechecks entered as look-backs, without void ones",
        IS(Recheck_kind, "look_back"), IS_NOT(Recheck_state, "void")),
    DIFFERENT(SUPERVISION, "urged_departments", "F18", LETTER, Letter_unit, UNDATED, PIECES, "督促市级职能部门",
        "Municipal departments urged", "已印发的督促函的收函单位中，市级政府部门的个数，一个单位多份的计一个",
        "Government departments of the city among the receivers of letters that urge, each once",
        IS(Letter_kind, "urge"), SENT, ITS(Letter_unit, Unit_level, "city"), ITS(Letter_unit, Unit_kind, "government")),
    DIFFERENT(SUPERVISION, "urged_counties", "F19", LETTER, Letter_unit, UNDATED, PIECES, "督促县（市区）党委",
        "County Party committees urged", "已印发的督促函的收函单位中，县（市区）党委的个数，一个单位多份的计一个",
        "Party committees of counties among the receivers of letters that urge, each once", IS(Letter_kind, "urge"),
        SENT, ITS(Letter_unit, Unit_kind, "county")),
    RATE(SUPERVISION, "letters_reply_rate", NULL, LETTER, NULL, "函件办结率", "Closure rate of letters",
        "已办结的函件 ÷ 已印发的函件，两位小数，四舍五入", "Letters closed ÷ letters issued, two decimals, half up",
        WHERE(IS(Letter_state, "closed")), WHERE(SENT)),
    COUNTS(SUPERVISION, "talks", "F07", TALK, UNDATED, TIMES, "约谈", "Accountability talks",
        "登记的约谈次数，一次约谈多个单位的计一次，不含已作废的",
        "Talks held, one of several units once, without void ones", IS(Talk_state, "held")),
    DIFFERENT(SUPERVISION, "talks_units", "F08", TALK_PARTY, TalkParty_unit, UNDATED, PIECES, "约谈主要负责人的单位",
        "Units whose principal was talked to", "主要负责人被约谈的单位数，一个单位多次被约谈的计一个，不含已作废的",
        "Units whose principal was called to a talk, each once however often, without void ones",
        IS(TalkParty_post, "principal"), IS_NOT(TalkParty_state, "void")),
    COUNTS(SUPERVISION, "talks_done", NULL, TALK_PARTY, UNDATED, UNIT("家次", ""), "约谈承诺已完成", "Commitments done",
        "被约谈单位的承诺中，已报结果并经核实的家次", "Commitments of units that were called, reported and confirmed",
        IS(TalkParty_state, "done")),
    COUNTS(SUPERVISION, "legacy_resolved", "F24", LEGACY_ISSUE, UNDATED, PIECES, "解决历史遗留问题",
        "Old matters resolved", "登记的历史遗留问题中，有解决情况和依据、已确认解决的个数，按解决日期归年",
        "Old unresolved matters that were resolved, with what came of each and its proof; by the year of that",
        IS(LegacyIssue_state, "resolved")),
    COUNTS(SUPERVISION, "legacy_open", NULL, LEGACY_ISSUE, UNDATED, PIECES, "待解决历史遗留问题", "Old matters open",
        "登记的历史遗留问题中尚未解决的个数", "Old matters that still wait", IS(LegacyIssue_state, "open")),
    COUNTS(SUPERVISION, "supervision_entries", NULL, SUPERVISION_LOG, SupervisionLog_done_on, TIMES, "日常监督",
        "Acts of supervision", "监督日志登记的次数", "Entries of the supervisors' log", GIVEN(SupervisionLog_method)),
    COUNTS(SUPERVISION, "clean_ups", NULL, CLEAN_UP, CleanUp_from_on, PIECES, "专项整治", "Special clean-ups",
        "登记的专项整治个数，按开始日期归年", "Special clean-ups entered, by the year in which each began",
        GIVEN(CleanUp_title)),
    COUNTS(SUPERVISION, "adjustments_asked", NULL, ADJUSTMENT, UNDATED, UNIT("件", ""), "整改调整申请",
        "Adjustments asked for", "延期、长期整改和基本完成的申请数，不含已撤回的",
        "Extensions, long-term and basically done asked for, without those withdrawn",
        IS_NOT(Adjustment_state, "withdrawn")),
    COUNTS(SUPERVISION, "adjustments_granted", NULL, ADJUSTMENT, UNDATED, UNIT("件", ""), "批准整改调整",
        "Adjustments granted", "其中已批准的申请数", "Of these, those granted", IS(Adjustment_state, "granted")),

    COUNTS(SUPERVISION, "plans_passed", NULL, FILING, UNDATED, UNIT("份", ""), "审核通过的整改方案", "Plans passed",
        "经会审通过的整改方案份数", "Rectification plans that the review has passed", IS(Filing_kind, "plan"),
        IS(Filing_state, "approved")),
    COUNTS(SUPERVISION, "reports_passed", NULL, FILING, UNDATED, UNIT("份", ""), "审核通过的整改报告", "Reports passed",
        "经会审通过的整改进展情况报告和主要负责人报告份数", "Reports on rectification that the review has passed",
        IS_ONE_OF(Filing_kind, "progress", "principal"), IS(Filing_state, "approved")),
    COUNTS(SUPERVISION, "objections_filed", NULL, OBJECTION, UNDATED, UNIT("件", ""), "单位提出异议",
        "Objections filed", "反馈后单位提出的异议件数，不含单位已撤回的",
        "Objections that units filed after their feedback, without those withdrawn",
        IS_NOT(Objection_state, "withdrawn")),
    COUNTS(SUPERVISION, "objections_granted", NULL, OBJECTION, UNDATED, UNIT("件", ""), "采纳异议",
        "Objections granted", "其中采纳后修改或撤回问题的件数",
        "Of these, those after which the finding was amended or taken back",
        IS_ONE_OF(Objection_state, "amended", "upheld")),

    COUNTS(SUPERVISION, "evaluations_settled", NULL, EVALUATION, Evaluation_decided_on, UNIT("件", ""), "审定整改评估",
        "Evaluations settled", "经领导小组审定的整改评估件数", "Evaluations of rectification that were settled",
        IS(Evaluation_state, "settled")),
    COUNTS(SUPERVISION, "evaluations_top", NULL, EVALUATION, Evaluation_decided_on, UNIT("件", ""),
        "评估等次为好、优秀", "Evaluated as good", "其中等次为“好”或“优秀”的件数（随规则附带的两个方案的等次）",
        "Of these, those graded good or excellent, by the two schemes that are shipped",
        IS(Evaluation_state, "settled"), IS_ONE_OF(Evaluation_grade, "good", "excellent")),
    COUNTS(SUPERVISION, "evaluations_second", NULL, EVALUATION, Evaluation_decided_on, UNIT("件", ""),
        "评估等次为较好、合格", "Evaluated as fairly good", "其中等次为“较好”或“合格”的件数",
        "Of these, those graded fairly good or pass", IS(Evaluation_state, "settled"),
        IS_ONE_OF(Evaluation_grade, "fair", "pass")),
    COUNTS(SUPERVISION, "evaluations_third", NULL, EVALUATION, Evaluation_decided_on, UNIT("件", ""),
        "评估等次为一般、基本合格", "Evaluated as average", "其中等次为“一般”或“基本合格”的件数",
        "Of these, those graded average or barely a pass", IS(Evaluation_state, "settled"),
        IS_ONE_OF(Evaluation_grade, "average", "barely")),
    COUNTS(SUPERVISION, "evaluations_last", NULL, EVALUATION, Evaluation_decided_on, UNIT("件", ""),
        "评估等次为差、不合格", "Evaluated as poor", "其中等次为“差”或“不合格”的件数",
        "Of these, those graded poor or fail", IS(Evaluation_state, "settled"),
        IS_ONE_OF(Evaluation_grade, "poor", "fail")),

    /* --- 专项巡察项目 --- */
    COUNTS_IN(KEY_PROJECTS, "projects_key", "F14", PROJECT, PIECES, "重点项目", "Key projects",
        "重点项目建设情况专项巡察登记的项目数", "Projects of that special inspection", GIVEN(Project_name)),
    COUNTS_IN(KEY_PROJECTS, "findings_key", "F15", FINDING, PIECES, "重点项目专项巡察发现问题",
        "Findings of the inspection of key projects", "重点项目建设情况专项巡察已反馈的问题数",
        "Findings of that special inspection that were fed back", IS_ONE_OF(Finding_state, "fed_back", "revoking")),
    RATE(PROJECTS, "works_started_before", "F16", PROJECT, KEY_PROJECTS, "巡察前市政工程开工率",
        "Municipal works started before", "重点项目中的市政工程，巡察组进驻前（2018年3月5日前）已开工的比例",
        "Of the key projects that are municipal works, those started before the team came on 2018-03-05",
        WHERE(MUNICIPAL, STARTED(OP_LT, "2018-03-05")), WHERE(MUNICIPAL)),
    RATE(PROJECTS, "works_started_after", "F16", PROJECT, KEY_PROJECTS, "当年底市政工程开工率",
        "Municipal works started by the year's end", "重点项目中的市政工程，至2018年12月31日已开工的比例",
        "Of the key projects that are municipal works, those started by 2018-12-31",
        WHERE(MUNICIPAL, STARTED(OP_LE, "2018-12-31")), WHERE(MUNICIPAL)),
    COUNTS_IN(INVESTED_PROJECTS, "aspects_invested", "F20", FOCUS, UNIT("项", ""), "重点监督内容",
        "Aspects looked into", "市级政府投资项目专项巡察的重点监督清单条数",
        "Aspects in the focus list of that special inspection", GIVEN(Focus_text)),
    COUNTS_IN(INVESTED_PROJECTS, "projects_invested", "F21", PROJECT, PIECES, "市本级政府投资项目",
        "Municipal government investment projects", "市级政府投资项目专项巡察登记的项目数",
        "Projects of that special inspection", GIVEN(Project_name)),
    COUNTS(PROJECTS, "projects_late", NULL, PROJECT, UNDATED, PIECES, "超工期项目", "Projects finished late",
        "专项巡察登记的项目中，实际竣工晚于计划竣工的个数",
        "Projects of special inspections that finished later than planned",
        ABOVE(Project_actual_finish, Project_planned_finish)),
    COUNTS(PROJECTS, "projects_overspent", NULL, PROJECT, UNDATED, PIECES, "超概算项目", "Projects over their estimate",
        "专项巡察登记的项目中，已支付超过概算的个数", "Projects of special inspections paid beyond their estimate",
        ABOVE(Project_paid_fen, Project_estimate_fen)),

    /* --- 制度规范 --- */
    COUNTS(STANDARDS, "rules_office", "F41", REGULATION, Regulation_made_on, UNIT("项", ""), "巡察制度",
        "Inspection rules", "巡察办印发的制度数", "Rules that the inspection office issued",
        IS(Regulation_body, "office"), IS(Regulation_kind, "rule")),
    COUNTS(STANDARDS, "flows_office", "F42", REGULATION, Regulation_made_on, PIECES, "工作流程", "Work flows",
        "巡察办印发的工作流程数", "Work flows that the inspection office issued", IS(Regulation_body, "office"),
        IS(Regulation_kind, "flow")),
    COUNTS(STANDARDS, "regulations_repealed", NULL, REGULATION, Regulation_repealed_on, UNIT("项", ""), "已废止制度",
        "Rules repealed", "登记的制度、流程和模板中已废止的项数", "Rules, flows and templates that were repealed",
        GIVEN(Regulation_repealed_on)),

    /* --- 队伍与培训 --- */
    COUNTS(FORCE, "members", NULL, MEMBER, UNDATED, UNIT("人次", ""), "巡察干部", "Team members",
        "各轮次巡察组组成人员数，一人每轮计一次", "Members of all teams, one person once a round",
        GIVEN(Member_person)),
    COUNTS(FORCE, "trainings_special", "F26", TRAINING, Training_held_on, TIMES, "专题培训", "Special trainings",
        "分领域、分系统举办的培训次数", "Trainings by field and by system",
        IS_ONE_OF(Training_kind, "field", "system")),
    SUMS(FORCE, "trainings_people", TRAINING, Training_attendance, UNIT("人次", ""), 0, "参加培训", "People trained",
        "登记的培训参加人数之和，一人多次按次计", "Sum of those who attended trainings; one person counts each time",
        GIVEN(Training_title), BY_DAY(Training_held_on)),

    /* --- 宣传交流 --- */
    COUNTS(PUBLICITY, "publicity_speeches", "F12", PUBLICATION, Publication_published_on, TIMES, "交流发言",
        "Experience-sharing speeches", "形式为交流发言的宣传记录数", "Entries under that kind",
        IS(Publication_kind, "speech")),
    COUNTS(PUBLICITY, "publicity_press", "F13", PUBLICATION, Publication_published_on, TIMES, "专题报道",
        "Press reports", "形式为报刊报道的宣传记录数", "Entries under that kind", IS(Publication_kind, "press")),
};
const size_t indicator_count = sizeof indicators / sizeof indicators[0];
