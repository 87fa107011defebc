/* How the rectification of a few early inspections of the demo was evaluated. */
#include "service/demo_city.h"

/* What one role finds in one part; what is not named costs nothing. */
typedef struct Verdict {
    const char *part;
    const char *role;
    const char *marks;
} Verdict;

typedef struct Outcome {
    const char *scheme;
    const char *ballots; /* NULL: the scheme has none */
    const char *consequences;
    const char *opinion;
    Verdict verdicts[6];
} Outcome;

static const Outcome outcomes[] = {
    { "deduct-100", "本单位职工 46 6 1 2\\n服务对象 27 4 0 1\\n退休干部 7 1 0 0\\n派驻人员 3 0 0 1", "",
        "整改总体扎实，请继续巩固成效。",
        { { "tasks", "office", "C5 2 个别佐证材料缺页" }, { "tasks", "discipline", "C4 1 一项制度未及时印发" },
            { "duty", "organisation", "B2 1 一期整改报告迟报三天" } } },
    { "deduct-100", "本单位职工 22 9 4 1\\n服务对象 8 6 3 0", "约谈主要负责人",
        "整改进度偏慢，由领导小组成员约谈主要负责人，督促补齐。",
        { { "leadership", "discipline", "A1 3 反馈后一个月才研究部署\\nA3 3 半年未调度" },
            { "tasks", "office", "C1 15 四项超过原定时限才完成\\nC5 5 佐证材料不完整" },
            { "tasks", "discipline", "C1 18 四项超期完成\\nC4 6 两项制度未修订" },
            { "tasks", "organisation", "C1 16 四项超期完成" }, { "duty", "discipline", "B1 3 责任未分解到科室" } } },
    { "weighted-raters", NULL, "", "达到预期，请把经验固定为制度。",
        { { "daily", "discipline", "D1 36 配合较主动\\nD2 26 个别事项进度慢\\nD3 27 报告较详实" },
            { "daily", "organisation", "D1 35 配合较主动\\nD2 27 进度正常\\nD3 26 数据有一处更正" },
            { "results", "office", "E1 54 两项超过原定时限才完成\\nE2 21 制度执行有待检验\\nE3 12 成效初显" },
            { "results", "discipline", "E1 55 两项超过原定时限才完成\\nE2 22 制度执行有待检验\\nE3 12 成效初显" },
            { "results", "organisation", "E1 54 两项超过原定时限才完成\\nE2 22 制度执行有待检验\\nE3 13 成效初显" } } },
};
enum { OUTCOMES = sizeof outcomes / sizeof outcomes[0], EVERY = 6 };

bool city_is_evaluated(const Stay *stay)
{
    return stay->number % EVERY == 1;
}

static Str marks_of(const Outcome *o, Str part, Str role)
{
    for (size_t i = 0; i < sizeof o->verdicts / sizeof o->verdicts[0]; i++)
        if (str_eq(str_of(o->verdicts[i].part), part) && str_eq(str_of(o->verdicts[i].role), role))
            return str_of(o->verdicts[i].marks);
    return STR_NONE;
}

static void act_as(City *city, Role role, Date day)
{
    Post post = role == ROLE_OFFICE       ? POST_OFFICE
                : role == ROLE_DISCIPLINE ? POST_DISCIPLINE
                : role == ROLE_LEADER     ? POST_LEADER
                                          : POST_ORGANISATION;
    stage_as(city->st, &city->posts[post], role, day);
}

static Status score(City *city, const Outcome *o, const Json *sheet, Date day)
{
    Stage *st = city->st;
    Str role = json_text_or(json_get(sheet, S("role")), STR_NONE);
    Made made = { .id = json_text_or(json_get(sheet, S("id")), STR_NONE),
        .version = json_int_or(json_get(sheet, S("version")), 0) };
    act_as(city, (Role)choice_of(&roles, role), day);
    return script_dof(st->c, &st->s, USE_SHEET_SCORE, &made, NULL, "{\"marks\":\"%.*s\"}",
        STR_ARG(marks_of(o, json_text_or(json_get(sheet, S("part")), STR_NONE), role)));
}

static Status open_and_score(City *city, const Outcome *o, const Stay *stay, Date opened, Made *evaluation)
{
    Stage *st = city->st;
    const Json *sheets;
    act_as(city, ROLE_OFFICE, opened);
    TRY(script_dof(st->c, &st->s, USE_EVALUATION_OPEN, NULL, evaluation,
        "{\"inspection\":\"%.*s\",\"scheme\":\"%s\",\"due_on\":\"%.*s\"}", STR_ARG(stay->inspection.id), o->scheme,
        STR_ARG(date_text(st->s.arena, stage_later(st, opened, 10)))));
    const Param params[] = { { S("evaluation"), evaluation->id }, { S("limit"), S("50") } };
    TRY(script_list(st->c, &st->s, ENTITY_EVALUATION_SHEET, params, 2, &sheets));
    for (const Json *n = sheets->first; n; n = n->next)
        TRY(score(city, o, n, stage_later(st, opened, 6)));
    return ST_OK;
}

Status city_evaluate(City *city, const Stay *stay, Date settled)
{
    Stage *st = city->st;
    Made evaluation;
    const Outcome *o = &outcomes[stay->number / EVERY % OUTCOMES];
    Date opened = stage_working(st, date_add_days(settled, -30)), closed = stage_later(st, opened, 12);
    TRY(open_and_score(city, o, stay, opened, &evaluation));
    act_as(city, ROLE_OFFICE, closed);
    if (o->ballots)
        TRY(script_dof(
            st->c, &st->s, USE_EVALUATION_COUNT, &evaluation, &evaluation, "{\"ballots\":\"%s\"}", o->ballots));
    TRY(script_dof(st->c, &st->s, USE_EVALUATION_CLOSE, &evaluation, &evaluation, "{}"));
    act_as(city, ROLE_LEADER, settled);
    return script_dof(st->c, &st->s, USE_EVALUATION_SETTLE, &evaluation, &evaluation,
        "{\"opinion\":\"%s\",\"consequences\":\"%s\"}", o->opinion, o->consequences);
}
