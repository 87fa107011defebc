#include "domain/paper.h"

CHOICES_DEFINE(paper_states, PAPER_STATES);
CHOICES_DEFINE(paper_natures, PAPER_NATURES);
CHOICES_DEFINE(paper_sources, PAPER_SOURCES);
CHOICES_DEFINE(disciplines, DISCIPLINES);
CHOICES_DEFINE(responsibilities, RESPONSIBILITIES);
FIELDS_DEFINE(Paper, "papers", PAPER_FIELDS);
FIELDS_DEFINE(PaperRevision, "paper_revisions", PAPER_REVISION_FIELDS);

bool paper_may_change(const Paper *paper)
{
    return paper->state == PAPER_DRAFT || paper->state == PAPER_RETURNED;
}

Str paper_digest(Ctx *c, const Paper *paper)
{
    Digest d = record_digest(c, &Paper_table, record_fields_with(&Paper_table, SIGNED), paper);
    StrBuf hex = strbuf_in(c->arena);
    strbuf_add_hex(&hex, d.bytes, sizeof d.bytes);
    return strbuf_str(&hex);
}

/* "市委第三巡察组" gives 三; a name without such a number gives itself. */
static Str team_mark(Str name)
{
    size_t from = str_find(name, S("第"), 0);
    size_t to = from == SIZE_MAX ? SIZE_MAX : str_find(name, S("巡察组"), from);
    return to == SIZE_MAX ? name : str_sub(name, from + 3, to - from - 3);
}

Str paper_number(Ctx *c, const Round *round, Str team_name, int64_t inspection_no, int64_t sequence)
{
    StrBuf b = strbuf_in(c->arena);
    if (round->number.known)
        strbuf_addf(&b, "%lld", (long long)round->number.value);
    else
        strbuf_addf(&b, "%lld", (long long)round->year.value);
    strbuf_addf(&b, "-%.*s-%lld-%03lld", STR_ARG(team_mark(team_name)), (long long)inspection_no, (long long)sequence);
    return strbuf_str(&b);
}

/* --- what a paper must be ------------------------------------------------------------------------ */

static bool is_among(Str person, const Str *people, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(people[i], person))
            return true;
    return false;
}

static Status check_authors(Ctx *c, const Paper *p, const Str *people, size_t count)
{
    if (p->collector.len && str_eq(p->collector, p->checker))
        return fail_field(c, S("checker"), p->checker, T("核对人不能就是经办人", "the checker is not the author"),
            T("请另选一名组员核对", "choose another member"));
    if (p->collector.len && !is_among(p->collector, people, count))
        return fail_field(c, S("collector"), p->collector,
            T("经办人不是本组成员", "the author is no member of the team"),
            T("请从本组成员中选择", "choose a member of the team"));
    if (p->checker.len && !is_among(p->checker, people, count))
        return fail_field(c, S("checker"), p->checker, T("核对人不是本组成员", "the checker is no member of the team"),
            T("请从本组成员中选择", "choose a member of the team"));
    return ST_OK;
}

static Status check_theme(Ctx *c, const RuleSet *rules, Str theme)
{
    if (theme.len == 0 || taxonomy_node(ruleset_taxonomy(rules, S(THEME_TAXONOMY)), theme))
        return ST_OK;
    return fail_field(c, S("theme"), theme, T("没有这个问题主题", "is no theme of the rule set"),
        T("请从规则中的主题里选择", "choose one of the rule set's"));
}

static Status check_category(Ctx *c, const RuleSet *rules, const Round *round, Str category)
{
    if (category.len == 0 || taxonomy_node(ruleset_taxonomy(rules, round->taxonomy), category))
        return ST_OK;
    return fail_field(c, S("category"), category, T("不在本轮的问题分类之内", "is no category of the round's taxonomy"),
        T("请从本轮的分类中选择", "choose one of the round's"));
}

static bool has_figures(const Paper *p)
{
    return p->amount_fen.known || p->persons.known || p->times.known;
}

static Status check_facts(Ctx *c, const Paper *p)
{
    if (p->occurred_from && p->occurred_to && p->occurred_to < p->occurred_from)
        return fail_field(c, S("occurred_to"), date_text(c->arena, p->occurred_to),
            T("发生时间止早于起", "ends before it begins"), T("请核对日期", "check the dates"));
    if (has_figures(p) && p->figures_source.len == 0)
        return fail_field(c, S("figures_source"), STR_NONE,
            T("填写了金额、人数或次数，须注明数据出处", "figures were given without their source"),
            T("请写明凭证、台账或材料名称", "name the voucher, ledger or file"));
    if (p->basis_from && p->occurred_to && p->basis_from > p->occurred_to)
        return fail_field(c, S("basis_from"), date_text(c->arena, p->basis_from),
            T("定性依据在问题发生时尚未施行", "the rule was not yet in force when it happened"),
            T("请改用当时有效的依据", "cite the rule in force then"));
    return ST_OK;
}

static Status check_paper(
    Ctx *c, const Paper *p, const RuleSet *rules, const Round *round, const Str *people, size_t count)
{
    TRY(record_check_required(c, &Paper_table, p));
    TRY(check_authors(c, p, people, count));
    TRY(check_category(c, rules, round, p->category));
    TRY(check_theme(c, rules, p->theme));
    return check_facts(c, p);
}

/* A paper may be thin while it is a draft; it cannot be signed while incomplete. */
static Status check_complete(Ctx *c, const PaperCase *now)
{
    static const int wanted[] = { Paper_category, Paper_nature, Paper_manifestation, Paper_basis, Paper_qualification,
        Paper_source, Paper_method, Paper_responsible_body, Paper_compiled_on };
    Status worst = ST_OK;
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        const Field *f = &Paper_table.fields[wanted[i]];
        if (field_is_empty(f, now->paper))
            worst = fail_field_as(c, ST_CONFLICT, str_of(f->name), STR_NONE,
                text_format(c, "“%s”未填写，不能签署", "\"%s\" is missing: it cannot be signed",
                    c->lang == LANG_ZH ? f->label.zh : f->label.en),
                T("请补充后再签署", "complete it first"));
    }
    if (now->evidence_count == 0)
        worst = fail_field_as(c, ST_CONFLICT, S("attachments"), STR_NONE,
            T("没有证据材料，不能签署", "there is no evidence: it cannot be signed"),
            T("请先上传证据材料", "upload the evidence first"));
    return worst;
}

/* --- writing -------------------------------------------------------------------------------------- */

static void await(Paper *p, const Chain *chain, int64_t step)
{
    p->step = INT_OF(step);
    p->awaiting = 0;
    for (int32_t role = 1; step < chain->count && role < ROLE_COUNT && !p->awaiting; role++)
        if (chain->steps[step].roles & ROLE_BIT(role))
            p->awaiting = role;
}

Status paper_write(Ctx *c, const Inspection *inspection, const RuleSet *rules, const Round *round, const Paper *input,
    Str number, const Str *team_people, size_t people, Changes *out)
{
    if (inspection->state < INSPECTION_ON_SITE || inspection->state > INSPECTION_CONSULTING)
        return fail(c, ST_CONFLICT, "对“%.*s”的巡察不在驻点或报告阶段，不能编制底稿",
            "papers for \"%.*s\" are written on site or while the report is drafted", STR_ARG(inspection->unit_name));
    Paper *p = record_copy(c, &Paper_table, input);
    p->round = inspection->round;
    p->team = inspection->team;
    p->organiser = inspection->organiser;
    p->unit = inspection->unit;
    p->unit_name = inspection->unit_name;
    p->number = number;
    p->state = PAPER_DRAFT;
    p->revision = INT_OF(1);
    p->turn = INT_OF(1);
    if (!p->compiled_on)
        p->compiled_on = c->today;
    await(p, ruleset_chain(rules, S("paper")), 0);
    TRY(check_paper(c, p, rules, round, team_people, people));
    change_insert(c, out, ENTITY_PAPER, p);
    return ST_OK;
}

Status paper_edit(Ctx *c, const Paper *before, const RuleSet *rules, const Round *round, const Paper *input,
    FieldSet given, const Str *team_people, size_t people, Changes *out)
{
    if (!paper_may_change(before))
        return fail(c, ST_CONFLICT, "底稿处于“%s”状态，不能修改；已审签的底稿请用“修订”另起一稿",
            "the paper is \"%s\" and cannot be edited; a locked paper is revised",
            c->lang == LANG_ZH ? paper_states.items[before->state].label.zh
                               : paper_states.items[before->state].label.en);
    Paper *after = record_copy(c, &Paper_table, before);
    record_overlay(&Paper_table, given, input, after);
    TRY(check_paper(c, after, rules, round, team_people, people));
    /* A text that changed has not been signed by anybody. */
    if (before->state == PAPER_DRAFT && record_differences(&Paper_table, before, after))
        after->turn = INT_OF(before->turn.value + 1);
    change_update(c, out, ENTITY_PAPER, before, after);
    return ST_OK;
}

/* --- moves -------------------------------------------------------------------------------------------- */

static SignedThing signed_paper(Ctx *c, const PaperCase *now)
{
    SignedThing thing = { .kind = ENTITY_PAPER,
        .record = now->paper,
        .turn = now->paper->turn.value,
        .step = (int)now->paper->step.value,
        .text_digest = paper_digest(c, now->paper),
        .given = now->signatures,
        .given_count = now->signature_count };
    thing.named[thing.named_count++] = now->paper->collector;
    thing.named[thing.named_count++] = now->paper->checker;
    return thing;
}

static int32_t state_before(const Chain *chain, int64_t step)
{
    if (step >= chain->count)
        return PAPER_LOCKED;
    return step == chain->count - 1 ? PAPER_TO_SIGN : PAPER_TO_REVIEW;
}

static Status paper_sign(Ctx *c, const PaperCase *now, const MoveInput *input, Paper *after, Changes *out)
{
    const Chain *chain = ruleset_chain(now->rules, S("paper"));
    SignedThing thing = signed_paper(c, now);
    bool complete;
    TRY(check_complete(c, now));
    TRY(chain_sign(c, chain, &thing, input, out, &complete));
    if (!complete) {
        after->state = now->paper->state == PAPER_RETURNED ? PAPER_DRAFT : now->paper->state;
        return ST_OK;
    }
    await(after, chain, after->step.value + 1);
    after->state = state_before(chain, after->step.value);
    if (after->state == PAPER_LOCKED) {
        after->text_digest = thing.text_digest;
        after->locked_on = out->effective_on;
    }
    return ST_OK;
}

static Status paper_return(Ctx *c, const PaperCase *now, const MoveInput *input, Paper *after, Changes *out)
{
    const Chain *chain = ruleset_chain(now->rules, S("paper"));
    SignedThing thing = signed_paper(c, now);
    TRY(chain_return(c, chain, &thing, input, out));
    after->turn = INT_OF(now->paper->turn.value + 1);
    await(after, chain, 0);
    return ST_OK;
}

static void paper_revise(Ctx *c, const PaperCase *now, const MoveInput *input, Paper *after, Changes *out)
{
    const Paper *p = now->paper;
    StrBuf content = strbuf_in(c->arena);
    JsonWriter w = json_onto(&content);
    json_open_object(&w);
    record_members_to_json(&w, &Paper_table, record_fields_with(&Paper_table, SIGNED), p);
    json_close_object(&w);
    PaperRevision *kept = arena_new_of(c->arena, PaperRevision);
    kept->paper = p->id;
    kept->inspection = p->inspection;
    kept->organiser = p->organiser;
    kept->revision = p->revision;
    kept->text_digest = p->text_digest;
    kept->reason = input->reason;
    kept->content = strbuf_str(&content);
    change_insert(c, out, ENTITY_PAPER_REVISION, kept);
    after->revision = INT_OF(p->revision.value + 1);
    after->revision_reason = input->reason;
    after->turn = INT_OF(p->turn.value + 1);
    after->text_digest = STR_NONE;
    after->locked_on = DATE_NONE;
    await(after, ruleset_chain(now->rules, S("paper")), 0);
}

static Status paper_merge(Ctx *c, const PaperCase *now, const Paper *target, Paper *after)
{
    if (!target || str_eq(target->id, now->paper->id))
        return fail_field(c, S("target"), STR_NONE, T("须指明并入哪份底稿", "name the paper it is merged into"),
            T("请选择同一对象的另一份底稿", "choose another paper of the inspection"));
    if (!str_eq(target->inspection, now->paper->inspection))
        return fail_field(c, S("target"), target->number, T("不是同一巡察对象的底稿", "belongs to another inspection"),
            T("请选择同一对象的底稿", "choose a paper of the same inspection"));
    after->merged_into = target->id;
    return ST_OK;
}

static Status effective_day(Ctx *c, const Paper *p, const MoveInput *input, Date *out)
{
    *out = input->effective_on ? input->effective_on : c->today;
    if (*out > c->today || *out < p->effective_on)
        return fail_field(c, S("effective_on"), date_text(c->arena, *out),
            text_format(c, "应在%.*s至今天之间", "must lie between %.*s and today",
                STR_ARG(date_text(c->arena, p->effective_on))),
            T("请核对日期", "check the date"));
    return ST_OK;
}

Status paper_decide(
    Ctx *c, const PaperCase *now, Action action, const MoveInput *input, const Paper *target, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_PAPER, now->paper->state, action, input->reason, &move));
    TRY(effective_day(c, now->paper, input, &out->effective_on));
    out->on_behalf_of = input->on_behalf_of;
    Paper *after = record_copy(c, &Paper_table, now->paper);
    if (action == DO_SIGN) {
        TRY(paper_sign(c, now, input, after, out));
    } else {
        after->state = move->to;
        if (action == DO_RETURN)
            TRY(paper_return(c, now, input, after, out));
        if (action == DO_REVISE)
            paper_revise(c, now, input, after, out);
        if (action == DO_MERGE)
            TRY(paper_merge(c, now, target, after));
        if (action == DO_MERGE || action == DO_DROP)
            after->group_decision = input->reason;
    }
    change_update(c, out, ENTITY_PAPER, now->paper, after);
    change_show(c, out, ENTITY_PAPER, after);
    return ST_OK;
}
