/* Accountability talks and the units that were called. */
#include "domain/talk.h"

#include "service/case.h"
#include "service/services.h"

static Status check_meeting(Ctx *c, Str meeting)
{
    return meeting.len ? record_load(c, ENTITY_MEETING, meeting, 0, record_new(c, entity_of(ENTITY_MEETING)->table))
                       : ST_OK;
}

static Status load_parties(Ctx *c, Str talk, TalkParty **out, size_t *count)
{
    Selection sel = selection_of(ENTITY_TALK_PARTY);
    sel.unscoped = true;
    selection_is(&sel, TalkParty_talk, value_text(talk));
    return selection_load(c, &sel, TALK_PARTIES_MAX + 1, out, count);
}

Status talk_service_enter(Ctx *c, UseCase *u, Changes *out)
{
    const Talk *in = u->input;
    TRY(organiser_check(c, in->organiser));
    TRY(check_meeting(c, in->meeting));
    return talk_enter(c, in, out);
}

Status talk_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    Talk before;
    TalkParty *parties;
    size_t count;
    const Talk *in = u->input;
    TRY(record_load(c, ENTITY_TALK, u->id, u->version, &before));
    TRY(check_meeting(c, in->meeting));
    TRY(load_parties(c, before.id, &parties, &count));
    return talk_edit(c, &before, parties, count, in, u->given, out);
}

Status talk_service_void(Ctx *c, UseCase *u, Changes *out)
{
    Talk now;
    TalkParty *parties;
    size_t count;
    TRY(record_load(c, ENTITY_TALK, u->id, u->version, &now));
    TRY(load_parties(c, now.id, &parties, &count));
    return talk_void(c, &now, parties, count, u->input, out);
}

/* --- who was called ---------------------------------------------------------------------------------------------- */

static Status load_item(Ctx *c, Str id, PartyCase *now)
{
    Rectification *item = arena_new_of(c->arena, Rectification);
    if (id.len == 0)
        return ST_OK;
    TRY(record_load(c, ENTITY_RECTIFICATION, id, 0, item));
    now->item = item;
    return ST_OK;
}

Status talk_party_service_add(Ctx *c, UseCase *u, Changes *out)
{
    const TalkParty *in = u->input;
    Talk *talk = arena_new_of(c->arena, Talk);
    TalkParty *others;
    Unit unit;
    Str name;
    PartyCase now = { .talk = talk };
    TRY(record_load(c, ENTITY_TALK, in->talk, 0, talk));
    TRY(record_load(c, ENTITY_UNIT, in->unit, 0, &unit));
    TRY(unit_name_on(c, &unit, talk->held_on, &name));
    TRY(load_parties(c, talk->id, &others, &now.other_count));
    now.others = others;
    TRY(load_item(c, in->rectification, &now));
    return talk_party_add(c, &now, name, in, out);
}

/* The unit does not see the talk that its row hangs on. */
static Status load_party(Ctx *c, const UseCase *u, PartyCase *now)
{
    TalkParty *party = arena_new_of(c->arena, TalkParty);
    Talk *talk = arena_new_of(c->arena, Talk);
    *now = (PartyCase){ .party = party, .talk = talk };
    TRY(record_load(c, ENTITY_TALK_PARTY, u->id, u->version, party));
    return record_load_unscoped(c, ENTITY_TALK, party->talk, talk);
}

Status talk_party_service_edit(Ctx *c, UseCase *u, Changes *out)
{
    const TalkParty *in = u->input;
    PartyCase now;
    TRY(load_party(c, u, &now));
    TRY(load_item(c, in->rectification, &now));
    return talk_party_edit(c, &now, in, u->given, out);
}

Status talk_party_service_reply(Ctx *c, UseCase *u, Changes *out)
{
    PartyCase now;
    TRY(load_party(c, u, &now));
    return talk_party_reply(c, &now, u->input, out);
}

Status talk_party_service_decide(Ctx *c, UseCase *u, Changes *out)
{
    PartyCase now;
    TRY(load_party(c, u, &now));
    return talk_party_decide(c, &now, usecase_action(u), u->input, out);
}
