#include "domain/paper.h"

#include "service/case.h"
#include "service/services.h"

/* Everything a decision on a paper of this inspection looks at. */
typedef struct PaperSetting {
    Inspection inspection;
    Round round;
    const RuleSet *rules;
    Str *people; /* of the team */
    size_t people_count;
} PaperSetting;

static Status team_people(Ctx *c, Str team, Str **out, size_t *count)
{
    Selection sel = selection_of(ENTITY_MEMBER);
    Member *members;
    sel.unscoped = true;
    selection_is(&sel, Member_team, value_text(team));
    TRY(selection_load(c, &sel, 200, &members, count));
    *out = arena_array_of(c->arena, Str, *count);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = members[i].person;
    return ST_OK;
}

static Status setting_load(Ctx *c, UseCase *u, Str inspection, PaperSetting *s)
{
    TRY(record_load(c, ENTITY_INSPECTION, inspection, 0, &s->inspection));
    TRY(rules_of_round(c, u->app->rules, s->inspection.round, &s->round, &s->rules));
    return team_people(c, s->inspection.team, &s->people, &s->people_count);
}

Status paper_service_write(Ctx *c, UseCase *u, Changes *out)
{
    const Paper *in = u->input;
    PaperSetting s;
    int64_t before;
    bool has;
    TRY(setting_load(c, u, in->inspection, &s));
    TRY(db_query_int(c, SQL_PAPER_COUNT_OF_INSPECTION, ARGS(value_text(in->inspection)), &before, &has));
    Str number = paper_number(c, &s.round, s.inspection.team_name, s.inspection.number.value, before + 1);
    return paper_write(c, &s.inspection, s.rules, &s.round, in, number, s.people, s.people_count, out);
}

Status paper_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Paper *before = arena_new_of(c->arena, Paper);
    PaperSetting s;
    TRY(record_load(c, ENTITY_PAPER, u->id, u->version, before));
    TRY(setting_load(c, u, before->inspection, &s));
    return paper_edit(c, before, s.rules, &s.round, u->input, u->given, s.people, s.people_count, out);
}

Status paper_service_move(Ctx *c, UseCase *u, Changes *out)
{
    Paper *paper = arena_new_of(c->arena, Paper);
    Paper target = { .id = STR_NONE };
    PaperSetting s;
    Signature *signatures;
    size_t signed_count;
    int64_t evidence;
    TRY(record_load(c, ENTITY_PAPER, u->id, u->version, paper));
    TRY(setting_load(c, u, paper->inspection, &s));
    TRY(signatures_of(c, paper->id, paper->turn.value, &signatures, &signed_count));
    TRY(attachment_count(c, paper->id, &evidence));
    if (u->id_count)
        TRY(record_load(c, ENTITY_PAPER, u->ids[0], 0, &target));
    PaperCase now = { paper, s.rules, signatures, signed_count, (size_t)evidence };
    return paper_decide(c, &now, usecase_action(u), u->input, u->id_count ? &target : NULL, out);
}
