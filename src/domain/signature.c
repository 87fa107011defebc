#include "domain/signature.h"

CHOICES_DEFINE(means, MEANS_LIST);
CHOICES_DEFINE(decisions, DECISIONS);
FIELDS_DEFINE(Signature, "signatures", SIGNATURE_FIELDS);
FIELDS_DEFINE(MoveInput, "moves", MOVE_FIELDS);

static Str step_label(Ctx *c, const ChainStep *step)
{
    return str_of(c->lang == LANG_ZH ? step->label.zh : step->label.en);
}

static Status check_role(Ctx *c, const ChainStep *step)
{
    if (c->actor->role == ROLE_LOCAL || (step->roles & ROLE_BIT(c->actor->role)))
        return ST_OK;
    return fail(c, ST_CONFLICT, "现在是“%.*s”环节，您当前的角色（%s）不在该环节的签署人之列",
        "the step now is \"%.*s\"; your present role (%s) does not sign it", STR_ARG(step_label(c, step)),
        c->lang == LANG_ZH ? roles.items[c->actor->role].label.zh : roles.items[c->actor->role].label.en);
}

static bool is_named(const SignedThing *thing, Str person)
{
    for (size_t i = 0; i < thing->named_count; i++)
        if (str_eq(thing->named[i], person))
            return true;
    return false;
}

/* Who signed this turn already, in this step or before it. */
static Status check_person(Ctx *c, const ChainStep *step, const SignedThing *thing, Str person)
{
    if (step->named && !is_named(thing, person))
        return fail(c, ST_CONFLICT, "“%.*s”环节只能由指定的经办人、核对人签署",
            "the step \"%.*s\" is signed by the people named in the record only", STR_ARG(step_label(c, step)));
    for (size_t i = 0; i < thing->given_count; i++) {
        const Signature *s = &thing->given[i];
        if (s->decision != DECISION_SIGN || person.len == 0 || !str_eq(s->person, person))
            continue;
        if (str_eq(s->step, step->name))
            return fail(c, ST_CONFLICT, "您已在“%.*s”环节签署过，无需重复签署",
                "you have signed the step \"%.*s\" already", STR_ARG(step_label(c, step)));
        return fail(c, ST_CONFLICT, "您已在“%.*s”环节签署，同一份材料不能由同一人再审",
            "you signed the step \"%.*s\": nobody reviews his own work", STR_ARG(s->step_label));
    }
    return ST_OK;
}

static Status check_means(Ctx *c, const ChainStep *step, const MoveInput *input)
{
    if (input->means != MEANS_INK)
        return ST_OK;
    if (!step->ink)
        return fail_field(c, S("means"), S("ink"), T("该环节不接受纸质签署", "this step is not signed on paper"),
            T("请由本人在系统中签署", "have the person sign in the system"));
    Status status = ST_OK;
    if (input->paper_no.len == 0)
        status = fail_field(c, S("paper_no"), STR_NONE,
            T("纸质签署须登记纸质件编号", "a signature on paper needs the paper's number"),
            T("请补充填写", "fill it in"));
    if (input->on_behalf_of.len == 0)
        status = fail_field(c, S("on_behalf_of"), STR_NONE,
            T("纸质签署须登记签署人", "a signature on paper needs who signed"),
            T("请填写在纸质件上签名的人", "give who signed the paper"));
    return status;
}

/* Who signs: on paper the person named in on_behalf_of signed, and the actor only enters it. A named
 * step signed on paper is entered by one of the named. */
static Signature *signature_of(
    Ctx *c, const ChainStep *step, const SignedThing *thing, const MoveInput *input, int32_t decision)
{
    const Entity *e = entity_of(thing->kind);
    Signature *s = arena_new_of(c->arena, Signature);
    bool ink = input->means == MEANS_INK;
    s->subject = str_of(e->table->name);
    s->record = record_id(thing->record);
    s->turn = INT_OF(thing->turn);
    s->step = step->name;
    s->step_label = str_of(step->label.zh);
    s->person = c->actor->person;
    s->person_name = ink ? input->on_behalf_of : c->actor->name;
    s->role = (int32_t)c->actor->role;
    s->decision = decision;
    s->opinion = decision == DECISION_SIGN ? input->opinion : input->reason;
    s->signed_on = input->effective_on ? input->effective_on : c->today;
    s->means = ink ? MEANS_INK : MEANS_CLICK;
    s->paper_no = input->paper_no;
    s->text_digest = thing->text_digest;
    s->inspection = record_ref(e, thing->record, e->scope.inspection);
    s->unit = record_ref(e, thing->record, e->scope.unit);
    s->organiser = record_ref(e, thing->record, e->scope.organiser);
    return s;
}

static int signatures_in_step(const ChainStep *step, const SignedThing *thing)
{
    int n = 0;
    for (size_t i = 0; i < thing->given_count; i++)
        n += thing->given[i].decision == DECISION_SIGN && str_eq(thing->given[i].step, step->name);
    return n;
}

static Status check_step(Ctx *c, const Chain *chain, const SignedThing *thing)
{
    if (thing->step >= 0 && thing->step < chain->count)
        return ST_OK;
    return fail(c, ST_BROKEN, "签署链“%.*s”没有第%d个环节", "the chain \"%.*s\" has no step %d", STR_ARG(chain->name),
        thing->step + 1);
}

Status chain_sign(
    Ctx *c, const Chain *chain, const SignedThing *thing, const MoveInput *input, Changes *out, bool *complete)
{
    TRY(check_step(c, chain, thing));
    const ChainStep *step = &chain->steps[thing->step];
    TRY(check_role(c, step));
    TRY(check_person(c, step, thing, c->actor->person));
    TRY(check_means(c, step, input));
    change_insert(c, out, ENTITY_SIGNATURE, signature_of(c, step, thing, input, DECISION_SIGN));
    *complete = signatures_in_step(step, thing) + 1 >= step->signatures;
    return ST_OK;
}

static Status decline(
    Ctx *c, const Chain *chain, const SignedThing *thing, const MoveInput *input, int32_t decision, Changes *out)
{
    TRY(check_step(c, chain, thing));
    const ChainStep *step = &chain->steps[thing->step];
    TRY(check_role(c, step));
    TRY(check_means(c, step, input));
    change_insert(c, out, ENTITY_SIGNATURE, signature_of(c, step, thing, input, decision));
    return ST_OK;
}

Status chain_return(Ctx *c, const Chain *chain, const SignedThing *thing, const MoveInput *input, Changes *out)
{
    return decline(c, chain, thing, input, DECISION_RETURN, out);
}

Status chain_refuse(Ctx *c, const Chain *chain, const SignedThing *thing, const MoveInput *input, Changes *out)
{
    return decline(c, chain, thing, input, DECISION_REFUSE, out);
}

static Str whole_digest(Ctx *c, const Entity *e, const void *record)
{
    FieldSet all = 0;
    for (int i = Record_field_count; i < e->table->count; i++)
        all |= FIELD_BIT(i);
    Digest d = record_digest(c, e->table, all, record);
    StrBuf hex = strbuf_in(c->arena);
    strbuf_add_hex(&hex, d.bytes, sizeof d.bytes);
    return strbuf_str(&hex);
}

Status approval_check_paper(Ctx *c, const MoveInput *input)
{
    if (input->means == MEANS_INK || input->paper_no.len == 0)
        return ST_OK;
    return fail_field(c, S("means"), STR_NONE,
        T("填写了纸质件编号，签署方式却不是纸质签署", "a paper's number, and not signed on paper"),
        T("请选择纸质签署，或删去编号", "choose paper, or drop the number"));
}

Status approval_sign(
    Ctx *c, EntityKind kind, const void *record, Action action, bool agreed, const MoveInput *input, Changes *out)
{
    const ChainStep step = {
        .name = choice_name(&actions, (int32_t)action), .label = action_label(action), .ink = true
    };
    const SignedThing thing = {
        .kind = kind, .record = record, .turn = 1, .text_digest = whole_digest(c, entity_of(kind), record)
    };
    TRY(check_means(c, &step, input));
    TRY(approval_check_paper(c, input));
    change_insert(
        c, out, ENTITY_SIGNATURE, signature_of(c, &step, &thing, input, agreed ? DECISION_SIGN : DECISION_REFUSE));
    return ST_OK;
}
