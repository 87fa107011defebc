/* What units of the demo say to their findings: facts checked before the feedback, objections after it. */
#include "service/demo_facts.h"

#include "base/json.h"

enum { ANSWERS = 3 };

static Str text_of(const Json *row, const char *name)
{
    return json_text_or(json_get(row, str_of(name)), STR_NONE);
}

/* Every third agrees, is right in part, is wrong about it. */
static Status check_one(Stage *st, const Stay *stay, const Player *office, const Json *finding, int at)
{
    static const char *const answers[ANSWERS] = { "\"answer\":\"agreed\"",
        "\"answer\":\"partly\",\"words\":\"其中一部分已在进驻前自行纠正，附情况说明。\"",
        "\"answer\":\"disputed\",\"words\":\"认为属于历史遗留，不应列为现任班子的问题。\"" };
    Date sent = stage_later(st, stay->leaves, 1);
    Str text = text_of(finding, "text"), settled;
    Made check;
    stage_as(st, office, ROLE_OFFICE, sent);
    TRY(script_dof(st->c, &st->s, USE_FACT_CHECK_SEND, NULL, &check, "{\"finding\":\"%.*s\",\"facts\":\"%.*s\"}",
        STR_ARG(text_of(finding, "id")), STR_ARG(text)));
    stage_for(st, stay->principal, stage_later(st, sent, 1));
    TRY(script_dof(st->c, &st->s, USE_FACT_CHECK_REPLY, &check, &check, "{%s,\"on_behalf_of\":\"%.*s\"}",
        answers[at % ANSWERS], STR_ARG(stay->principal)));
    stage_as(st, office, ROLE_OFFICE, stage_later(st, sent, 2));
    settled = at % ANSWERS == 0 ? S("{\"outcome\":\"kept\"}")
              : at % ANSWERS == 1
                  ? str_format(st->s.arena,
                        "{\"outcome\":\"changed\",\"text\":\"%.*s其中一部分该单位已在进驻前自行纠正。\",\"opinion\":"
                        "\"情况说明与资料一致，据实补充。\"}",
                        STR_ARG(text))
                  : S("{\"outcome\":\"kept\",\"opinion\":\"事实清楚；发生时间已在表述中写明，维持。\"}");
    return script_dof(st->c, &st->s, USE_FACT_CHECK_CLOSE, &check, NULL, "%.*s", STR_ARG(settled));
}

Status demo_check_facts(Stage *st, const Stay *stay, const Player *office)
{
    const Json *findings;
    const Param params[] = { { S("inspection"), stay->inspection.id }, { S("sort"), S("id") }, { S("limit"), S("3") },
        { S("fields"), S("id,text") } };
    stage_as(st, office, ROLE_OFFICE, stay->leaves);
    TRY(script_list(st->c, &st->s, ENTITY_FINDING, params, 4, &findings));
    int at = 0;
    for (const Json *f = findings->first; f; f = f->next)
        TRY(check_one(st, stay, office, f, at++));
    return ST_OK;
}

typedef struct End {
    const char *wish;
    const char *grounds;
    OperationId use;
    const char *decision;
} End;

/* What was decided, and who was there to say it. */
static Status decide(Stage *st, const Stay *stay, const Player *leader, const End *end, const Made *item,
    const Made *objection, Date day)
{
    Made finding;
    Str decision = str_of(end->decision);
    if (end->use == USE_OBJECTION_WITHDRAW) {
        stage_for(st, stay->principal, day);
        decision = str_format(
            st->s.arena, "{\"reason\":\"%s\",\"on_behalf_of\":\"%.*s\"}", end->decision, STR_ARG(stay->principal));
    } else {
        stage_as(st, leader, ROLE_LEADER, day);
    }
    if (end->use == USE_OBJECTION_AMEND) {
        TRY(script_read(
            st->c, &st->s, USE_RECORD_SHOW, ENTITY_FINDING, text_of(item->json, "finding"), NULL, 0, &finding));
        decision = str_format(st->s.arena, "{\"opinion\":\"%s\",\"text\":\"%.*s上述情况主要发生在机构改革以前。\"}",
            end->decision, STR_ARG(text_of(finding.json, "text")));
    }
    return script_dof(st->c, &st->s, end->use, objection, NULL, "%.*s", STR_ARG(decision));
}

Status demo_object(Stage *st, const Stay *stay, const Player *leader, int nth, Made *item)
{
    enum { ENDS = 3, FILED_AFTER = 1, DECIDED_AFTER = 2 };
    static const End ends[ENDS] = { { "amend", "表述中的数量与本单位统计口径不一致，请核对。", USE_OBJECTION_KEEP,
                                        "{\"opinion\":\"数量经双方核对确认，口径已写明，维持原问题。\"}" },
        { "amend", "问题发生在机构改革以前，请写明时间。", USE_OBJECTION_AMEND, "情况属实，补充发生的时间。" },
        { "withdraw", "认为该事项不属于本单位职责。", USE_OBJECTION_WITHDRAW,
            "经对照职责规定，确属本单位职责，撤回异议。" } };
    const End *end = &ends[nth % ENDS];
    Made objection;
    Date filed = stage_later(st, stay->fed_back, FILED_AFTER), decided = stage_later(st, filed, DECIDED_AFTER);
    stage_for(st, stay->principal, filed);
    TRY(script_read(st->c, &st->s, USE_RECORD_SHOW, ENTITY_RECTIFICATION, item->id, NULL, 0, item));
    TRY(script_dof(st->c, &st->s, USE_OBJECTION_FILE, NULL, &objection,
        "{\"rectification\":\"%.*s\",\"wish\":\"%s\",\"grounds\":\"%s\",\"asked_by\":\"%.*s\"}", STR_ARG(item->id),
        end->wish, end->grounds, STR_ARG(stay->principal)));
    TRY(decide(st, stay, leader, end, item, &objection, decided));
    stage_locally(st, decided);
    return script_read(st->c, &st->s, USE_RECORD_SHOW, ENTITY_RECTIFICATION, item->id, NULL, 0, item);
}
