/* What waits for me (待办): derived from state, chain and the people named in a record. Each kind of task is a
 * Selection within my scope. */
#include "domain/adjustment.h"
#include "domain/effect.h"
#include "domain/evaluation.h"
#include "domain/fact_check.h"
#include "domain/filing.h"
#include "domain/handover.h"
#include "domain/instruction.h"
#include "domain/objection.h"
#include "domain/recheck.h"
#include "domain/talk.h"
#include "domain/workbook.h"

#include "service/labels.h"
#include "service/services.h"
#include "store/load.h"

typedef struct TaskKind {
    const char *name;
    EntityKind entity;
    RoleSet roles;
    const char *state; /* NULL: a share, until its result is given; of the units that are mine */
    int awaiting;      /* field that must name my role, or my body by the same name; -1: none */
    int person[2];     /* fields of which one must name me; -1: none */
    int due;           /* field of its due date; -1: none */
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
    { "adjustment.decide", ENTITY_ADJUSTMENT, R(LEADER) | R(OFFICE) | R(DISCIPLINE) | R(ORGANISATION) | R(PROPAGANDA),
        "asked", Adjustment_awaiting, { -1, -1 }, -1, { "整改调整申请待审批", "Decide the adjustment" } },
    { "fact_check.reply", ENTITY_FACT_CHECK, R(UNIT), "sent", -1, { -1, -1 }, FactCheck_due_on,
        { "事实待核对", "Answer on the facts" } },
    { "fact_check.close", ENTITY_FACT_CHECK, R(OFFICE) | R(HEAD) | R(DEPUTY), "answered", -1, { -1, -1 }, -1,
        { "事实核对答复待处理", "Settle the answer on the facts" } },
    { "objection.decide", ENTITY_OBJECTION, R(OFFICE) | R(LEADER), "filed", -1, { -1, -1 }, -1,
        { "异议待处理", "Decide the objection" } },
    { "effect.prove", ENTITY_EFFECT, R(UNIT), "unproven", -1, { -1, -1 }, -1,
        { "整改成效待补佐证", "Prove the effect" } },
    { "effect.confirm", ENTITY_EFFECT, R(OFFICE) | R(DISCIPLINE) | R(ORGANISATION) | R(PROPAGANDA), "stated", -1,
        { -1, -1 }, -1, { "整改成效待核实", "Confirm the effect" } },
    { "evaluation.score", ENTITY_EVALUATION_SHEET,
        R(OFFICE) | R(HEAD) | R(DEPUTY) | R(DISCIPLINE) | R(ORGANISATION) | R(PROPAGANDA), "waiting",
        EvaluationSheet_role, { -1, -1 }, EvaluationSheet_due_on, { "整改评估待评分", "Score the rectification" } },
    { "evaluation.settle", ENTITY_EVALUATION, R(LEADER) | R(OFFICE), "scored", -1, { -1, -1 }, -1,
        { "整改评估待审定", "Settle the evaluation" } },
    { "recheck.record", ENTITY_RECHECK, R(OFFICE) | R(DISCIPLINE) | R(ORGANISATION) | R(PROPAGANDA), "open", -1,
        { -1, -1 }, Recheck_due_on, { "整改抽查待登记结论", "Enter what the recheck found" } },
    { "finding.revoke", ENTITY_FINDING, R(OFFICE) | R(LEADER), "revoking", -1, { -1, -1 }, -1,
        { "撤销问题待审批", "Decide the revocation" } },
    { "filing.submit", ENTITY_FILING, R(UNIT), "draft", -1, { -1, -1 }, Filing_due_on,
        { "整改材料待报送", "Complete and file" } },
    { "filing.mend", ENTITY_FILING, R(UNIT), "returned", -1, { -1, -1 }, Filing_due_on,
        { "整改材料被退回，待修改", "Mend what was returned" } },
    { "filing_review.give", ENTITY_FILING_REVIEW,
        R(LEADER) | R(OFFICE) | R(HEAD) | R(DISCIPLINE) | R(ORGANISATION) | R(PROPAGANDA), "open", FilingReview_role,
        { -1, -1 }, FilingReview_due_on, { "整改材料待会审", "Give an opinion on a filing" } },
    { "filing.collate", ENTITY_FILING,
        R(LEADER) | R(OFFICE) | R(HEAD) | R(DISCIPLINE) | R(ORGANISATION) | R(PROPAGANDA), "in_review", Filing_awaiting,
        { -1, -1 }, Filing_collate_by, { "会审意见待汇总", "Collate the opinions" } },
    { "withholding.decide", ENTITY_WITHHOLDING, R(LEADER) | R(OFFICE), "asked", -1, { -1, -1 }, -1,
        { "不公开事项待审批", "Decide what is withheld" } },
    { "share.do", ENTITY_SHARE, R(UNIT), NULL, -1, { -1, -1 }, Share_due_on, { "分工任务待完成", "Do the task" } },
    { "letter.issue", ENTITY_LETTER, R(OFFICE) | R(DISCIPLINE) | R(ORGANISATION) | R(PROPAGANDA), "draft", Letter_body,
        { -1, -1 }, -1, { "函件待印发", "Issue the letter" } },
    { "letter.receive", ENTITY_LETTER, R(UNIT), "issued", -1, { -1, -1 }, Letter_due_on,
        { "函件待签收", "Receive the letter" } },
    { "letter.reply", ENTITY_LETTER, R(UNIT), "received", -1, { -1, -1 }, Letter_due_on,
        { "函件待回复", "Reply to the letter" } },
    { "letter.close", ENTITY_LETTER, R(OFFICE) | R(DISCIPLINE) | R(ORGANISATION) | R(PROPAGANDA), "replied",
        Letter_body, { -1, -1 }, -1, { "回复待审核办结", "Judge the reply" } },
    { "talk_party.reply", ENTITY_TALK_PARTY, R(UNIT), "open", -1, { -1, -1 }, TalkParty_due_on,
        { "约谈承诺待落实并报告", "Report on the commitment" } },
    { "talk_party.close", ENTITY_TALK_PARTY, R(OFFICE) | R(DISCIPLINE) | R(ORGANISATION) | R(PROPAGANDA), "reported",
        TalkParty_body, { -1, -1 }, -1, { "约谈落实情况待核实", "Confirm what was reported" } },
    { "instruction.close", ENTITY_INSTRUCTION, R(OFFICE), "open", -1, { -1, -1 }, -1,
        { "批示办理中", "Instructions being handled" } },
    { "rectification.review", ENTITY_RECTIFICATION, R(DISCIPLINE) | R(ORGANISATION) | R(PROPAGANDA) | R(OFFICE),
        "applied", Rectification_awaiting, { -1, -1 }, Rectification_examine_by,
        { "销号申请待审核", "Review the application" } },
    { "authorisation.enforce", ENTITY_AUTHORISATION, R(OFFICE) | R(LEADER), "draft", -1, { -1, -1 }, -1,
        { "授权决定待生效", "Put the authorisation in force" } },
    { "workbook.take_back", ENTITY_WORKBOOK, R(OFFICE), "issued", -1, { -1, -1 }, Workbook_due_on,
        { "派发的工作簿待交回", "Take the workbook back" } },
    { "workbook.enter", ENTITY_WORKBOOK, R(OFFICE), "returned", -1, { -1, -1 }, -1,
        { "交回的工作簿待录入", "Enter the returned workbook" } },
    { "feedback.deliver", ENTITY_FEEDBACK, R(OFFICE), "draft", -1, { -1, -1 }, -1,
        { "反馈意见待反馈", "Deliver the feedback" } },
};

enum { TASKS_A_KIND = 20 };

typedef struct TaskList {
    JsonWriter w;
    const TaskKind *kind;
    UseCase *u;
    bool any_passed;   /* there are handovers at all */
    int64_t passed_on; /* of those listed, to somebody else */
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

/* The field in which a return said what is missing; -1: there is none. */
static int missing_field(const TaskKind *kind)
{
    return kind->entity == ENTITY_RECTIFICATION ? Rectification_missing
           : kind->entity == ENTITY_FILING      ? Filing_missing
                                                : -1;
}

static void put_missing(JsonWriter *w, const TaskKind *kind, const void *record)
{
    put_text(w, S("missing"), record_ref(entity_of(kind->entity), record, missing_field(kind)));
}

/* The latest handover of this task; NULL: it was never passed on. */
static Status find_handover(Ctx *c, const TaskKind *kind, Str record, const Handover **out)
{
    Selection sel = selection_of(ENTITY_HANDOVER);
    Handover *all;
    size_t count;
    sel.unscoped = true;
    selection_is(&sel, Handover_record, value_text(record));
    selection_is(&sel, Handover_task, value_text(str_of(kind->name)));
    TRY(selection_load(c, &sel, 1000, &all, &count));
    *out = count ? &all[0] : NULL;
    return ST_OK;
}

/* Passed on to me: from whom and why. Passed on by me or to somebody else: to whom. */
static void put_handover(Ctx *c, TaskList *l, const Handover *h)
{
    bool mine = h && c->actor->person.len && str_eq(h->person, c->actor->person);
    put_text(&l->w, S("passed_to"), h && !mine ? h->person_name : STR_NONE);
    put_text(&l->w, S("passed_by"), mine ? h->from_name : STR_NONE);
    put_text(&l->w, S("passed_because"), h ? h->reason : STR_NONE);
    l->passed_on += h && !mine;
}

static Status put_task(Ctx *c, const void *record, void *arg)
{
    TaskList *l = arg;
    const Handover *handover = NULL;
    if (l->any_passed && role_may(c->actor->role, NEED_TASK_PASS))
        TRY(find_handover(c, l->kind, record_id(record), &handover));
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
    put_missing(&l->w, l->kind, record);
    put_handover(c, l, handover);
    json_key(&l->w, S("may_pass"));
    json_flag(&l->w, l->kind->person[0] < 0 && role_may(c->actor->role, NEED_TASK_PASS));
    json_close_object(&l->w);
    return ST_OK;
}

/* A unit that answers for an item sees the shares of others too; they are no tasks of its own. */
static Status where_mine(Ctx *c, Selection *sel)
{
    Value *units = arena_array_of(c->arena, Value, PREDICATE_VALUES_MAX);
    DbRows *rows;
    size_t count = 0;
    bool has = true;
    selection_where(sel, Share_done_on, OP_ABSENT, NULL, 0);
    TRY(db_query(c, SQL_SEARCH_TARGETS,
        ARGS(value_text(c->actor->account), value_text(choice_name(&roles, (int32_t)c->actor->role)),
            value_date(c->arena, c->today), value_int(PREDICATE_VALUES_MAX)),
        &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            break;
        if (row_text(rows, 1).len)
            units[count++] = value_text(str_copy(c->arena, row_text(rows, 1)));
    }
    if (count)
        selection_where(sel, Share_unit, OP_IN, units, count);
    return ST_OK;
}

/* The records of a task within my scope. */
static Status selection_of_kind(Ctx *c, const TaskKind *k, int person, Selection *out)
{
    Selection sel = selection_of(k->entity);
    Value *values = arena_array_of(c->arena, Value, 3);
    if (!k->state) {
        TRY(where_mine(c, &sel));
        *out = sel;
        return ST_OK;
    }
    values[0] = value_text(str_of(k->state));
    values[1] = value_text(choice_name(&roles, (int32_t)c->actor->role));
    values[2] = value_text(c->actor->person.len ? c->actor->person : S("-"));
    selection_where(&sel, sel.entity->state, OP_EQ, &values[0], 1);
    if (k->awaiting >= 0)
        selection_where(&sel, k->awaiting, OP_EQ, &values[1], 1);
    if (person >= 0)
        selection_where(&sel, person, OP_EQ, &values[2], 1);
    *out = sel;
    return ST_OK;
}

/* A condition "one of two fields is me" is two selections; a paper's authors differ, so none is told twice. */
static Status run_kind(Ctx *c, TaskList *l, int person, int64_t *total)
{
    const TaskKind *k = l->kind;
    Selection sel;
    int64_t count;
    bool exact;
    TRY(selection_of_kind(c, k, person, &sel));
    if (k->due >= 0) {
        sel.sort = (int16_t)k->due;
        sel.down = false;
    }
    if (missing_field(k) >= 0)
        sel.fields |= FIELD_BIT(missing_field(k));
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
    Selection passed = selection_of(ENTITY_HANDOVER);
    Str first;
    passed.unscoped = true;
    TRY(selection_first_id(c, &passed, &first));
    l.any_passed = first.len > 0;
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
    json_int(&l.w, total - l.passed_on);
    json_close_object(&l.w);
    return ST_OK;
}

/* --- passing on ------------------------------------------------------------------------------------------------- */

static const TaskKind *kind_named(Ctx *c, Str name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(name, str_of(kinds[i].name)) && (kinds[i].roles & ROLE_BIT(c->actor->role)) &&
            kinds[i].person[0] < 0)
            return &kinds[i];
    return NULL;
}

static Status waits_now(Ctx *c, const TaskKind *kind, Str record, bool *waits)
{
    Str id;
    Selection sel;
    TRY(selection_of_kind(c, kind, -1, &sel));
    Value value = value_text(record);
    selection_where(&sel, Record_id, OP_EQ, &value, 1);
    TRY(selection_first_id(c, &sel, &id));
    *waits = id.len > 0;
    return ST_OK;
}

static Status holds_role(Ctx *c, Str person, bool *holds)
{
    DbRows *rows;
    Str account;
    bool has;
    *holds = false;
    TRY(db_query_text(c, SQL_ACCOUNT_OF_PERSON, ARGS(value_text(person)), &account, &has));
    if (!has)
        return ST_OK;
    TRY(db_query(
        c, SQL_ACCOUNT_ROLES, ARGS(value_text(str_copy(c->arena, account)), value_date(c->arena, c->today)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        *holds |= choice_of(&roles, row_text(rows, 0)) == (int32_t)c->actor->role;
    }
}

Status task_service_pass(Ctx *c, UseCase *u, Changes *out)
{
    const Handover *in = u->input;
    const TaskKind *kind = kind_named(c, in->task);
    HandoverCase now = { 0 };
    Person person;
    TRY(record_check_input(c, &Handover_table, in));
    if (!kind)
        return fail_field(c, S("task"), in->task, T("没有这种可以转办的待办", "is no task that can be passed on"),
            T("请从待办列表中转办；须本人签署的不能转办",
                "pass it on from your tasks; what you sign by name stays yours"));
    now.entity = entity_of(kind->entity);
    void *record = record_new(c, now.entity->table);
    TRY(record_load(c, kind->entity, in->record, 0, record));
    TRY(record_load(c, ENTITY_PERSON, in->person, 0, &person));
    TRY(waits_now(c, kind, in->record, &now.waits));
    TRY(holds_role(c, in->person, &now.holds_role));
    now.record = record;
    now.person_name = person.name;
    return handover_give(c, &now, in, out);
}

/* --- done (已办) ---------------------------------------------------------------------------------------------------
 */

typedef struct DoneEntry {
    Str at, operation, entity, record;
} DoneEntry;

/* One click may change many records: the first of them names it. What I may no longer see is left out. */
static Status put_done(Ctx *c, JsonWriter *w, const DoneEntry *d)
{
    const Entity *e = entity_named(d->entity);
    void *record = e ? record_new(c, e->table) : NULL;
    Status status = e ? record_load(c, e->kind, d->record, 0, record) : ST_MISSING;
    if (status == ST_MISSING || status == ST_DENIED) {
        ctx_forgive(c);
        return ST_OK;
    }
    TRY(status);
    json_open_object(w);
    put_text(w, S("at"), d->at);
    put_text(w, S("label"), operation_words(c, d->operation));
    put_text(w, S("entity"), d->entity);
    put_text(w, S("id"), d->record);
    put_text(w, S("title"), record_title(e, record));
    json_close_object(w);
    return ST_OK;
}

Status task_service_done(Ctx *c, UseCase *u)
{
    enum { LOOKED_AT = 400, SHOWN = 30 };
    DoneEntry *entries = arena_array_of(c->arena, DoneEntry, LOOKED_AT);
    DbRows *rows;
    size_t count = 0;
    TRY(db_query(
        c, SQL_AUDIT_OF_ACTOR, ARGS(value_text(c->actor->account), value_int(INT64_MAX), value_int(LOOKED_AT)), &rows));
    for (bool has = true; has;) {
        TRY(db_next(c, rows, &has));
        if (has)
            entries[count++] =
                (DoneEntry){ str_copy(c->arena, row_text(rows, 1)), str_copy(c->arena, row_text(rows, 2)),
                    str_copy(c->arena, row_text(rows, 3)), str_copy(c->arena, row_text(rows, 4)) };
    }
    JsonWriter w = json_onto(&u->out);
    json_open_object(&w);
    json_key(&w, S("items"));
    json_open_list(&w);
    for (size_t i = 0, shown = 0; i < count && shown < SHOWN; i++) {
        bool last_of_click = i + 1 == count || !str_eq(entries[i].at, entries[i + 1].at) ||
                             !str_eq(entries[i].operation, entries[i + 1].operation);
        if (!last_of_click)
            continue;
        TRY(put_done(c, &w, &entries[i]));
        shown++;
    }
    json_close_list(&w);
    json_close_object(&w);
    return ST_OK;
}
