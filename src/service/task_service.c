/* What waits for me (待办): derived from state, chain and the people named in a record. Each kind of task is a
 * Selection within my scope. */
#include "domain/adjustment.h"
#include "domain/instruction.h"

#include "service/services.h"
#include "store/load.h"

typedef struct TaskKind {
    const char *name;
    EntityKind entity;
    RoleSet roles;
    const char *state;
    int awaiting;  /* field that must name my role, or my body by the same name; -1: none */
    int person[2]; /* fields of which one must name me; -1: none */
    int due;       /* field of its due date; -1: none */
    Text label;
} TaskKind;

#define R(role) ROLE_BIT(ROLE_##role)
static const TaskKind kinds[] = {
    { "paper.author", ENTITY_PAPER, R(MEMBER) | R(LIAISON) | R(DEPUTY) | R(HEAD), "draft", -1,
        { Paper_collector, Paper_checker }, -1, { "底稿待完善签署", "Complete and sign the paper" } },
    { "paper.returned", ENTITY_PAPER, R(MEMBER) | R(LIAISON) | R(DEPUTY) | R(HEAD), "returned", -1,
        { Paper_collector, Paper_checker }, -1, { "底稿被退回，待修改", "Returned paper to mend" } },
    { "paper.review", ENTITY_PAPER, R(DEPUTY) | R(HEAD), "to_review", Paper_awaiting, { -1, -1 }, -1,
        { "底稿待复核", "Review the paper" } },
    { "paper.sign", ENTITY_PAPER, R(DEPUTY) | R(HEAD), "to_sign", Paper_awaiting, { -1, -1 }, -1,
        { "底稿待审签", "Sign the paper off" } },
    { "feedback.receive", ENTITY_FEEDBACK, R(UNIT), "delivered", -1, { -1, -1 }, -1,
        { "反馈意见待签收", "Receive the feedback" } },
    { "rectification.start", ENTITY_RECTIFICATION, R(UNIT), "pending", -1, { -1, -1 }, Rectification_due_on,
        { "整改事项待启动", "Start rectifying" } },
    { "rectification.answer", ENTITY_RECTIFICATION, R(UNIT), "ongoing", -1, { -1, -1 }, Rectification_due_on,
        { "整改进行中", "Being rectified" } },
    { "rectification.rebound", ENTITY_RECTIFICATION, R(UNIT), "rebound", -1, { -1, -1 }, Rectification_due_on,
        { "反弹事项待整改", "Rectify what came back" } },
    { "rectification.basic", ENTITY_RECTIFICATION, R(UNIT), "basic", -1, { -1, -1 }, Rectification_due_on,
        { "基本完成，待申请销号", "Basically done: apply for strike-off" } },
    { "rectification.long_term", ENTITY_RECTIFICATION, R(UNIT), "long_term", -1, { -1, -1 }, Rectification_review_on,
        { "长期整改，待复查", "Long-term: to be reviewed" } },
    { "adjustment.decide", ENTITY_ADJUSTMENT, R(OFFICE), "asked", -1, { -1, -1 }, -1,
        { "整改调整申请待审批", "Decide the adjustment" } },
    { "letter.issue", ENTITY_LETTER, R(OFFICE) | R(DISCIPLINE) | R(ORGANISATION), "draft", Letter_body, { -1, -1 }, -1,
        { "函件待印发", "Issue the letter" } },
    { "letter.receive", ENTITY_LETTER, R(UNIT), "issued", -1, { -1, -1 }, Letter_due_on,
        { "函件待签收", "Receive the letter" } },
    { "letter.reply", ENTITY_LETTER, R(UNIT), "received", -1, { -1, -1 }, Letter_due_on,
        { "函件待回复", "Reply to the letter" } },
    { "letter.close", ENTITY_LETTER, R(OFFICE) | R(DISCIPLINE) | R(ORGANISATION), "replied", Letter_body, { -1, -1 },
        -1, { "回复待审核办结", "Judge the reply" } },
    { "instruction.close", ENTITY_INSTRUCTION, R(OFFICE), "open", -1, { -1, -1 }, -1,
        { "批示办理中", "Instructions being handled" } },
    { "rectification.review", ENTITY_RECTIFICATION, R(DISCIPLINE) | R(ORGANISATION) | R(OFFICE), "applied",
        Rectification_awaiting, { -1, -1 }, Rectification_due_on, { "销号申请待审核", "Review the application" } },
    { "authorisation.enforce", ENTITY_AUTHORISATION, R(OFFICE) | R(LEADER), "draft", -1, { -1, -1 }, -1,
        { "授权决定待生效", "Put the authorisation in force" } },
    { "feedback.deliver", ENTITY_FEEDBACK, R(OFFICE), "draft", -1, { -1, -1 }, -1,
        { "反馈意见待反馈", "Deliver the feedback" } },
};

enum { TASKS_A_KIND = 20 };

typedef struct TaskList {
    JsonWriter w;
    const TaskKind *kind;
    UseCase *u;
} TaskList;

static void put_text(JsonWriter *w, Str name, Str value)
{
    json_key(w, name);
    json_text_or_null(w, value);
}

static void put_due(Ctx *c, JsonWriter *w, const TaskKind *kind, const void *record)
{
    Date due =
        kind->due < 0 ? DATE_NONE : *(const Date *)field_of(&entity_of(kind->entity)->table->fields[kind->due], record);
    json_key(w, S("due_on"));
    json_date(w, due);
    json_key(w, S("days_left"));
    if (due)
        json_int(w, date_days_between(c->today, due));
    else
        json_null(w);
}

static Status put_task(Ctx *c, const void *record, void *arg)
{
    TaskList *l = arg;
    const Entity *e = entity_of(l->kind->entity);
    const Field *unit = field_named(e->table, S("unit_name"));
    json_open_object(&l->w);
    put_text(&l->w, S("kind"), str_of(l->kind->name));
    put_text(&l->w, S("label"), text_in(l->kind->label, c->lang));
    put_text(&l->w, S("entity"), str_of(e->table->name));
    put_text(&l->w, S("id"), record_id(record));
    put_text(&l->w, S("title"), record_title(e, record));
    put_text(&l->w, S("unit_name"), unit ? *(const Str *)field_of(unit, record) : STR_NONE);
    put_due(c, &l->w, l->kind, record);
    json_close_object(&l->w);
    return ST_OK;
}

/* A condition "one of two fields is me" is two selections; a paper's authors differ, so none is told twice. */
static Status run_kind(Ctx *c, TaskList *l, int person, int64_t *total)
{
    const TaskKind *k = l->kind;
    Selection sel = selection_of(k->entity);
    int64_t count;
    bool exact;
    selection_is(&sel, sel.entity->state, value_text(str_of(k->state)));
    if (k->awaiting >= 0)
        selection_is(&sel, k->awaiting, value_text(choice_name(&roles, (int32_t)c->actor->role)));
    if (person >= 0)
        selection_is(&sel, person, value_text(c->actor->person.len ? c->actor->person : S("-")));
    if (k->due >= 0) {
        sel.sort = (int16_t)k->due;
        sel.down = false;
    }
    sel.limit = TASKS_A_KIND;
    TRY(selection_each(c, &sel, put_task, l, NULL));
    TRY(selection_count(c, &sel, COUNT_EXACT_UP_TO, &count, &exact));
    *total += count;
    return ST_OK;
}

Status task_service_list(Ctx *c, UseCase *u)
{
    TaskList l = { .w = json_onto(&u->out), .u = u };
    int64_t total = 0;
    json_open_object(&l.w);
    json_key(&l.w, S("items"));
    json_open_list(&l.w);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!(kinds[i].roles & ROLE_BIT(c->actor->role)))
            continue;
        l.kind = &kinds[i];
        TRY(run_kind(c, &l, kinds[i].person[0], &total));
        if (kinds[i].person[1] >= 0)
            TRY(run_kind(c, &l, kinds[i].person[1], &total));
    }
    json_close_list(&l.w);
    json_key(&l.w, S("total"));
    json_int(&l.w, total);
    json_close_object(&l.w);
    return ST_OK;
}
