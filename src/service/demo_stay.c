#include "service/demo_facts.h"

#include <string.h>

int stay_duty(int place, int team_size)
{
    static const int first[] = { DUTY_HEAD, DUTY_DEPUTY, DUTY_LIAISON };
    enum { SECOND_DEPUTY_FROM = 8 };
    if (place < 3)
        return first[place];
    return place == 3 && team_size >= SECOND_DEPUTY_FROM ? DUTY_DEPUTY : DUTY_MEMBER;
}

static Role role_at(const Stay *stay, int place)
{
    static const Role of_duty[] = {
        [DUTY_HEAD] = ROLE_HEAD, [DUTY_DEPUTY] = ROLE_DEPUTY, [DUTY_LIAISON] = ROLE_LIAISON, [DUTY_MEMBER] = ROLE_MEMBER
    };
    return of_duty[stay_duty(place, stay->team_size)];
}

static void act_at(Stage *st, const Stay *stay, int place, Date day)
{
    stage_as(st, stay->team[place], role_at(stay, place), day);
}

Status stay_move(Stage *st, Stay *stay, OperationId use, Date day)
{
    stage_day(st, day);
    return script_dof(st->c, &st->s, use, &stay->inspection, &stay->inspection, "{}");
}

Status stay_begin(Stage *st, Stay *stay, const Player *office)
{
    stage_as(st, office, ROLE_OFFICE, stay->notice);
    TRY(stay_move(st, stay, USE_INSPECTION_NOTIFY, stay->notice));
    return stay_move(st, stay, USE_INSPECTION_ENTER, stay->enters);
}

/* --- papers ------------------------------------------------------------------------------------------------- */

/* A member of the body that is left out when there is nothing to say. */
static Str optional(Stage *st, const char *name, Str value)
{
    return value.len ? str_format(st->s.arena, ",\"%s\":\"%.*s\"", name, STR_ARG(value)) : STR_NONE;
}

static Str amount(Stage *st, const Fault *f, bool with_source)
{
    if (!f->fen)
        return STR_NONE;
    if (!with_source)
        return str_format(st->s.arena, ",\"amount_fen\":%lld", (long long)f->fen);
    return str_format(
        st->s.arena, ",\"amount_fen\":%lld,\"figures_source\":\"%d年财务凭证抽查表\"", (long long)f->fen, f->year);
}

static const char *how_learnt(const char *source)
{
    if (strcmp(source, "interview") == 0)
        return "与班子成员和科室负责人个别谈话并核对资料";
    if (strcmp(source, "visit") == 0)
        return "到现场走访并与经办人员核对";
    return "调阅资料并与经办科室核对";
}

Status stay_write(Stage *st, const Stay *stay, const Fault *f, int author, int checker, Date day, Made *paper)
{
    act_at(st, stay, author, day);
    TRY(script_dof(st->c, &st->s, USE_PAPER_WRITE, NULL, paper,
        "{\"inspection\":\"%.*s\",\"title\":\"%.*s\",\"category\":\"%.*s\",\"nature\":\"%s\",\"manifestation\":\"%.*"
        "s\","
        "\"basis\":\"%.*s\",\"qualification\":\"%.*s\",\"source\":\"%s\",\"method\":\"%s\",\"process\":"
        "\"查阅会议记录、凭证和台账，抽样核对后形成。\",\"responsible_body\":\"%.*s\",\"collector\":\"%.*s\","
        "\"checker\":\"%.*s\"%.*s%.*s}",
        STR_ARG(stay->inspection.id), STR_ARG(f->title), STR_ARG(f->category), f->fixed_on ? "immediate" : "general",
        STR_ARG(f->text), STR_ARG(f->basis), STR_ARG(f->title), f->source, how_learnt(f->source),
        STR_ARG(stay->unit_name), STR_ARG(stay->team[author]->person.id), STR_ARG(stay->team[checker]->person.id),
        STR_ARG(optional(st, "theme", f->theme)), STR_ARG(amount(st, f, true))));
    return script_attach(
        st->c, &st->s, "papers", paper->id, "inspection", stay->inspection.id, S("调阅资料摘录.txt"), f->text);
}

static Status sign(Stage *st, const Stay *stay, int place, Made *paper, Date day)
{
    act_at(st, stay, place, day);
    return script_dof(st->c, &st->s, USE_PAPER_SIGN, paper, paper, "{\"opinion\":\"同意\"}");
}

Status stay_sign_authors(Stage *st, const Stay *stay, int author, int checker, Made *paper, Date day)
{
    TRY(sign(st, stay, author, paper, day));
    return sign(st, stay, checker, paper, day);
}

Status stay_return_once(Stage *st, const Stay *stay, int author, int checker, Made *paper, Date day)
{
    static const char *const reasons[] = { "问题表述与佐证材料的数量不一致，请核对后重新报审。",
        "定性依据请写明具体条款，时间起止请补充完整。", "请补充该单位的说明，并核对金额的计算口径。",
        "表述可再精炼，责任主体请写到具体科室。" };
    act_at(st, stay, 1, day);
    TRY(script_dof(st->c, &st->s, USE_PAPER_RETURN, paper, paper, "{\"reason\":\"%s\"}",
        reasons[stage_draw(st, sizeof reasons / sizeof reasons[0])]));
    return stay_sign_authors(st, stay, author, checker, paper, stage_later(st, day, 1));
}

Status stay_sign_off(Stage *st, const Stay *stay, Made *paper, Date reviewed, Date signed_on)
{
    TRY(sign(st, stay, 1, paper, reviewed));
    return sign(st, stay, 0, paper, signed_on);
}

/* --- findings ----------------------------------------------------------------------------------------------- */

static Str fix(Stage *st, const Fault *f)
{
    if (!f->fixed_on)
        return STR_NONE;
    return str_format(st->s.arena, ",\"immediate\":true,\"fixed_on\":\"%.*s\",\"fix_result\":\"%.*s\"",
        STR_ARG(date_text(st->s.arena, f->fixed_on)), STR_ARG(f->fix_result));
}

Status stay_find(Stage *st, const Stay *stay, const Fault *f, const Made *papers, int paper_count, Date day)
{
    StrBuf ids = strbuf_in(st->s.arena);
    for (int i = 0; i < paper_count; i++)
        strbuf_addf(&ids, "%s\"%.*s\"", i ? "," : "", STR_ARG(papers[i].id));
    act_at(st, stay, 0, day);
    st->out->findings++;
    return script_dof(st->c, &st->s, USE_FINDING_DRAW, NULL, NULL,
        "{\"inspection\":\"%.*s\",\"title\":\"%.*s\",\"text\":\"%.*s\",\"category\":\"%.*s\",\"severity\":\"%s\","
        "\"papers\":[%.*s]%.*s%.*s%.*s%.*s%.*s}",
        STR_ARG(stay->inspection.id), STR_ARG(f->title), STR_ARG(f->text), STR_ARG(f->category), f->severity,
        STR_ARG(strbuf_str(&ids)), STR_ARG(optional(st, "category2", f->second)),
        STR_ARG(optional(st, "theme", f->theme)), STR_ARG(optional(st, "project", f->project)),
        STR_ARG(amount(st, f, false)), STR_ARG(fix(st, f)));
}

/* --- telling the unit --------------------------------------------------------------------------------------- */

static Status move_to_feedback(Stage *st, Stay *stay, const Player *office)
{
    static const OperationId steps[] = { USE_INSPECTION_LEAVE, USE_INSPECTION_REPORT, USE_INSPECTION_CONSULT,
        USE_INSPECTION_DELIBERATE, USE_INSPECTION_HEAR };
    const Date days[] = { stay->leaves, stay->reported, stay->consulted, stay->deliberated, stay->heard };
    stage_as(st, office, ROLE_OFFICE, stay->leaves);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        TRY(stay_move(st, stay, steps[i], days[i]));
        if (i == 0 && stay->facts_checked)
            TRY(demo_check_facts(st, stay, office));
        stage_as(st, office, ROLE_OFFICE, days[i]);
    }
    return ST_OK;
}

Status stay_tell(Stage *st, Stay *stay, const Player *office)
{
    static const char *const evaluations[] = {
        "能够落实上级部署，工作总体平稳，但党建与业务结合不够紧密，内部管理有薄弱环节。",
        "班子比较团结，业务工作有进展，但主体责任层层传导不够，制度执行不够严格。",
        "重视巡察工作，主动配合，但议事决策和财务管理不够规范，基层支部建设发展不平衡。"
    };
    Made feedback;
    TRY(move_to_feedback(st, stay, office));
    stage_day(st, stay->fed_back);
    TRY(script_dof(st->c, &st->s, USE_FEEDBACK_DRAFT, NULL, &feedback,
        "{\"inspection\":\"%.*s\",\"number\":\"示巡反〔%d〕%d号\",\"evaluation\":\"%s\","
        "\"demands\":\"请于反馈之日起两个月内报送整改进展情况报告和主要负责人组织落实情况报告。\",\"present\":"
        "\"领导小组成员、市纪委监委和市委组织部有关同志\"}",
        STR_ARG(stay->inspection.id), date_year(stay->fed_back), stay->number,
        evaluations[stay->number % (int)(sizeof evaluations / sizeof evaluations[0])]));
    TRY(script_dof(st->c, &st->s, USE_FEEDBACK_DELIVER, &feedback, &feedback, "{}"));
    stage_locally(st, stay->fed_back);
    return script_dof(
        st->c, &st->s, USE_FEEDBACK_RECEIVE, &feedback, NULL, "{\"received_by\":\"%.*s\"}", STR_ARG(stay->principal));
}
