/* One digest a day (今日摘要): what is late, what is due, what moved since yesterday, within one's own scope. Each line
 * is a Selection, and its door opens the list that it counted. */
#include "domain/adjustment.h"
#include "domain/effect.h"
#include "domain/evaluation.h"
#include "domain/fact_check.h"
#include "domain/filing.h"
#include "domain/instruction.h"
#include "domain/letter.h"
#include "domain/objection.h"
#include "domain/supervision_log.h"
#include "domain/talk.h"
#include "insight/indicator.h"
#include "service/services.h"

enum { CONDITIONS_MAX = 6, WORDS_MAX = 2 };

/* A word of a choice, a day so many days from today, or that there is none. */
typedef struct Condition {
    int field;
    Op op;
    const char *words[WORDS_MAX]; /* none: a day */
    int days;
} Condition;

typedef struct DigestLine {
    const char *name;
    EntityKind entity;
    RoleSet roles;
    Text label;
    Condition conditions[CONDITIONS_MAX];
    int count;
} DigestLine;

#define R(role)     ROLE_BIT(ROLE_##role)
#define FOLLOWING   (R(LEADER) | R(OFFICE) | R(UNIT) | R(DISCIPLINE) | R(ORGANISATION) | R(PROPAGANDA))
#define SUPERVISING (R(LEADER) | R(OFFICE) | R(DISCIPLINE) | R(ORGANISATION) | R(PROPAGANDA))
#define INSPECTING  (R(HEAD) | R(DEPUTY) | R(LIAISON) | R(MEMBER))
#define IS(field, word)                   \
    {                                     \
        field, OP_EQ, { (word), NULL }, 0 \
    }
#define IS_NOT(field, word)               \
    {                                     \
        field, OP_NE, { (word), NULL }, 0 \
    }
/* Open, and its clock runs. */
#define RUNNING_ITEM                                                             \
    IS_NOT(Rectification_state, "done"), IS_NOT(Rectification_state, "revoked"), \
        IS_NOT(Rectification_state, "objected"), IS_NOT(Rectification_state, "applied")
#define EITHER(field, one, other)           \
    {                                       \
        field, OP_IN, { (one), (other) }, 0 \
    }
#define FROM(field, days)                    \
    {                                        \
        field, OP_GE, { NULL, NULL }, (days) \
    }
#define NOT_GIVEN(field)                    \
    {                                       \
        field, OP_ABSENT, { NULL, NULL }, 0 \
    }
#define UNTIL(field, days)                   \
    {                                        \
        field, OP_LE, { NULL, NULL }, (days) \
    }

static const DigestLine lines[] = {
    { "items_late", ENTITY_RECTIFICATION, FOLLOWING, { "超期未销号的整改事项", "Items past their day" },
        { RUNNING_ITEM, UNTIL(Rectification_due_on, -1) }, 5 },
    { "items_due", ENTITY_RECTIFICATION, FOLLOWING, { "10日内到期的整改事项", "Items due within ten days" },
        { RUNNING_ITEM, FROM(Rectification_due_on, 0), UNTIL(Rectification_due_on, 10) }, 6 },
    { "items_applied", ENTITY_RECTIFICATION, FOLLOWING, { "待审核的销号申请", "Applications for strike-off" },
        { IS(Rectification_state, "applied") }, 1 },
    { "adjustments_asked", ENTITY_ADJUSTMENT, FOLLOWING, { "待审批的整改调整", "Adjustments to be decided" },
        { IS(Adjustment_state, "asked") }, 1 },
    { "objections_filed", ENTITY_OBJECTION, R(LEADER) | R(OFFICE) | R(UNIT),
        { "待处理的异议", "Objections to be decided" }, { IS(Objection_state, "filed") }, 1 },
    { "effects_stated", ENTITY_EFFECT, FOLLOWING, { "待核实的整改成效", "Effects to be confirmed" },
        { IS(Effect_state, "stated") }, 1 },
    { "evaluations_open", ENTITY_EVALUATION, SUPERVISING, { "正在进行的整改评估", "Evaluations under way" },
        { EITHER(Evaluation_state, "scoring", "scored") }, 1 },
    { "facts_sent", ENTITY_FACT_CHECK, R(OFFICE) | R(UNIT) | INSPECTING, { "待单位核对的事实", "Facts with the unit" },
        { IS(FactCheck_state, "sent") }, 1 },
    { "filings_late", ENTITY_FILING, FOLLOWING, { "超期未报送的整改材料", "Filings past their day" },
        { EITHER(Filing_state, "draft", "returned"), UNTIL(Filing_due_on, -1) }, 2 },
    { "reviews_late", ENTITY_FILING_REVIEW, SUPERVISING, { "超期未出具的会审意见", "Opinions past their day" },
        { IS(FilingReview_state, "open"), UNTIL(FilingReview_due_on, -1) }, 2 },
    { "letters_late", ENTITY_LETTER, FOLLOWING, { "超期未回复的函件", "Letters past their day" },
        { EITHER(Letter_state, "issued", "received"), UNTIL(Letter_due_on, -1) }, 2 },
    { "letters_due", ENTITY_LETTER, FOLLOWING, { "10日内应回复的函件", "Letters to answer within ten days" },
        { EITHER(Letter_state, "issued", "received"), FROM(Letter_due_on, 0), UNTIL(Letter_due_on, 10) }, 3 },
    { "talks_late", ENTITY_TALK_PARTY, FOLLOWING, { "超期未报告的约谈承诺", "Commitments past their day" },
        { IS(TalkParty_state, "open"), UNTIL(TalkParty_due_on, -1) }, 2 },
    { "demands_late", ENTITY_SUPERVISION_LOG, SUPERVISING, { "超期未落实的监督要求", "Demands past their day" },
        { UNTIL(SupervisionLog_due_on, -1), NOT_GIVEN(SupervisionLog_met_on) }, 2 },
    { "items_done", ENTITY_RECTIFICATION, FOLLOWING, { "昨日以来销号的事项", "Struck off since yesterday" },
        { IS(Rectification_state, "done"), FROM(Rectification_struck_off_on, -1) }, 2 },
    { "feedbacks", ENTITY_FEEDBACK, FOLLOWING, { "昨日以来反馈的单位", "Fed back since yesterday" },
        { FROM(Feedback_delivered_on, -1) }, 1 },
    { "instructions_open", ENTITY_INSTRUCTION, R(LEADER) | R(OFFICE), { "办理中的批示", "Instructions being handled" },
        { IS(Instruction_state, "open") }, 1 },
    { "on_site", ENTITY_INSPECTION, SUPERVISING | INSPECTING, { "正在驻点的巡察", "Inspections on site" },
        { IS(Inspection_state, "on_site") }, 1 },
    { "papers_returned", ENTITY_PAPER, INSPECTING, { "被退回待修改的底稿", "Papers sent back" },
        { IS(Paper_state, "returned") }, 1 },
    { "papers_waiting", ENTITY_PAPER, INSPECTING, { "待复核、审签的底稿", "Papers to review or sign" },
        { EITHER(Paper_state, "to_review", "to_sign") }, 1 },
    { "rights_end", ENTITY_AUTHORISATION, R(LEADER) | R(OFFICE) | INSPECTING,
        { "10日内到期的授权", "Authorisations that end within ten days" },
        { IS(Authorisation_state, "in_force"), FROM(Authorisation_valid_to, 0), UNTIL(Authorisation_valid_to, 10) },
        3 },
};

static void add_condition(Ctx *c, Selection *sel, const Condition *condition)
{
    Value *values = arena_array_of(c->arena, Value, WORDS_MAX);
    size_t count = 0;
    for (int i = 0; i < WORDS_MAX && condition->words[i]; i++)
        values[count++] = value_text(str_of(condition->words[i]));
    if (count == 0 && condition->op != OP_ABSENT)
        values[count++] = value_date(c->arena, date_add_days(c->today, condition->days));
    selection_where(sel, condition->field, condition->op, values, count);
}

static Status put_line(Ctx *c, JsonWriter *w, const DigestLine *line)
{
    Selection sel = selection_of(line->entity);
    int64_t count;
    bool exact;
    for (int i = 0; i < line->count; i++)
        add_condition(c, &sel, &line->conditions[i]);
    TRY(selection_count(c, &sel, INT64_MAX - 1, &count, &exact));
    json_open_object(w);
    json_key(w, S("name"));
    json_text(w, str_of(line->name));
    json_key(w, S("label"));
    json_text(w, text_in(line->label, c->lang));
    json_key(w, S("count"));
    json_int(w, count);
    json_key(w, S("list"));
    json_text(w, selection_door(c, &sel));
    json_close_object(w);
    return ST_OK;
}

Status digest_service_show(Ctx *c, UseCase *u)
{
    JsonWriter w = json_onto(&u->out);
    json_open_object(&w);
    json_key(&w, S("day"));
    json_date(&w, c->today);
    json_key(&w, S("lines"));
    json_open_list(&w);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if ((lines[i].roles & ROLE_BIT(c->actor->role)) &&
            sight_of(c->actor->role, lines[i].entity)->kind != SIGHT_NONE)
            TRY(put_line(c, &w, &lines[i]));
    json_close_list(&w);
    json_close_object(&w);
    return ST_OK;
}
