#include "domain/adoption.h"

FIELDS_DEFINE(Adoption, "adoptions", ADOPTION_FIELDS);
FIELDS_DEFINE(AdoptInput, "adopt", ADOPT_INPUT_FIELDS);

/* --- may it? ----------------------------------------------------------------------------------------------------- */

static Status refuse_rules(Ctx *c, Str value, Text rule, Text remedy)
{
    return fail_field_as(c, ST_CONFLICT, S("rule_set"), value, rule, remedy);
}

static Status check_version(Ctx *c, const AdoptionCase *now, Date day)
{
    const RuleSet *old = now->before, *new = now->after;
    Str version = str_format(c->arena, "%.*s %lld", STR_ARG(new->code), (long long)new->number);
    Text remedy = T("请选择同一规则中已施行的更高版本", "choose a higher version of the same rules that is in force");
    if (!str_eq(old->code, new->code))
        return refuse_rules(c, version,
            text_format(c, "与本轮的规则（%.*s）不是同一规则", "are not the round's rules (%.*s)", STR_ARG(old->code)),
            remedy);
    if (new->number <= old->number)
        return refuse_rules(c, version,
            text_format(
                c, "应高于本轮现用的版本%lld", "must be later than the round's version %lld", (long long)old->number),
            remedy);
    if (day < new->valid_from || (new->valid_to &&day > new->valid_to))
        return refuse_rules(c, version,
            text_format(c, "在决定日期%.*s未施行", "is not in force on %.*s", STR_ARG(date_text(c->arena, day))),
            remedy);
    return ST_OK;
}

/* Nodes are never edited, only added: what findings were filed under must still be there. */
static Status check_taxonomy(Ctx *c, const AdoptionCase *now, Str code)
{
    const Taxonomy *old = ruleset_taxonomy(now->before, code), *new = ruleset_taxonomy(now->after, code);
    Text remedy = T("请在新版本中保留本轮使用的分类", "keep the round's taxonomies in the new version");
    if (!old)
        return ST_OK;
    if (!new)
        return refuse_rules(c, code, T("新版本缺少本轮使用的问题分类", "is a taxonomy that the version lacks"), remedy);
    for (size_t i = 0; i < old->count; i++)
        if (!taxonomy_node(new, old->nodes[i].code))
            return refuse_rules(c, old->nodes[i].code,
                T("新版本缺少本轮使用的问题类别", "is a category that the version lacks"), remedy);
    return ST_OK;
}

static bool same_step(const ChainStep *a, const ChainStep *b)
{
    return str_eq(a->name, b->name) && a->roles == b->roles && a->signatures == b->signatures && a->named == b->named;
}

static bool same_chain(const AdoptionCase *now, Str name)
{
    const Chain *a = ruleset_chain(now->before, name), *b = ruleset_chain(now->after, name);
    if (!a || !b)
        return a == b;
    bool same = a->count == b->count;
    for (int i = 0; same && i < a->count; i++)
        same = same_step(&a->steps[i], &b->steps[i]);
    return same;
}

static bool same_review(const ReviewRule *a, const ReviewRule *b)
{
    bool same = a->count == b->count && a->collator == b->collator && a->serial == b->serial;
    for (int i = 0; same && i < a->count; i++)
        same = str_eq(a->bodies[i].name, b->bodies[i].name) && a->bodies[i].role == b->bodies[i].role;
    return same;
}

static bool same_reviews(const AdoptionCase *now)
{
    for (int32_t kind = 1; kind < filing_kinds.count; kind++)
        if (!same_review(filing_rule(now->before, kind), filing_rule(now->after, kind)))
            return false;
    return true;
}

static bool same_adjustments(const AdoptionCase *now)
{
    return same_chain(now, S("adjust_extension")) && same_chain(now, S("adjust_long_term")) &&
           same_chain(now, S("adjust_basic"));
}

static int64_t items_in(const AdoptionCase *now, int32_t state)
{
    int64_t n = 0;
    for (size_t i = 0; i < now->item_count; i++)
        n += now->items[i].state == state;
    return n;
}

static Status check_under_way(Ctx *c, int64_t count, bool same, Text what)
{
    if (!count || same)
        return ST_OK;
    return fail(c, ST_CONFLICT, "新版本改变了%s的环节，而本轮还有%lld件正在办理：请先办结或退回",
        "the version changes the steps of %s, and %lld of the round are under way: finish or return them first",
        c->lang == LANG_ZH ? what.zh : what.en, (long long)count);
}

Status adoption_check(Ctx *c, const AdoptionCase *now, Date day)
{
    TRY(check_version(c, now, day));
    TRY(check_taxonomy(c, now, now->round->taxonomy));
    TRY(check_taxonomy(c, now, now->round->taxonomy2));
    TRY(check_taxonomy(c, now, S(THEME_TAXONOMY)));
    TRY(check_under_way(c, now->open_papers, same_chain(now, S("paper")), T("底稿签署", "papers")));
    TRY(check_under_way(c, items_in(now, RECT_APPLIED), same_chain(now, S("strike_off")), T("销号审核", "strike-off")));
    TRY(check_under_way(c, now->open_asked, same_adjustments(now), T("整改调整审批", "adjustments")));
    return check_under_way(c, now->open_filings, same_reviews(now), T("整改材料会审", "reviews of filings"));
}

/* --- the decision ------------------------------------------------------------------------------------------------- */

static Status check_input(Ctx *c, const AdoptInput *in, Date day)
{
    TRY(day_check(c, "effective_on", day, DATE_NONE));
    if (in->means == MEANS_INK || c->actor->role == ROLE_LOCAL)
        return ST_OK;
    return fail_field(c, S("means"), choice_name(&means, in->means),
        T("规则变更由领导小组决定；巡察办录入纸质签署的决定",
            "the leading group decides; the office enters what was signed on paper"),
        T("请选择纸质签署，填写签署人和编号", "choose paper, and give who signed and its number"));
}

static Adoption *adoption_of(Ctx *c, const AdoptionCase *now, const AdoptInput *in, Date day)
{
    Adoption *a = arena_new_of(c->arena, Adoption);
    a->round = now->round->id;
    a->organiser = now->round->organiser;
    a->round_name = now->round->name;
    a->number = in->number;
    a->rules_before = now->round->rule_set;
    a->number_before = INT_OF(now->before->number);
    a->rules_after = now->rule_set;
    a->number_after = INT_OF(now->after->number);
    a->decided_by = in->decided_by;
    a->decided_on = day;
    a->reason = in->reason;
    return a;
}

/* Where an item's date moved by the clock alone, its first one is what the new rules say. */
static void set_due(const DueMove *m, void *after)
{
    *adoption_due(m, after) = m->due_after;
    if (m->term != DUE_ITEM)
        return;
    Rectification *item = after;
    if (item->due_first)
        item->due_first = date_add_days(m->due_after, -(int)item->stood_days.value);
}

/* A record's states follow each other: it takes no effect before its last one. */
static void change_record(Ctx *c, const DueMove *m, void *after, Changes *out)
{
    Date day = out->effective_on, own = RECORD_OF(Date, m->record, effective_on);
    out->effective_on = own > day ? own : day;
    change_update(c, out, m->kind, m->record, after);
    out->effective_on = day;
}

static void count_item(const DueMove *m, Adoption *a)
{
    Int *count = m->kept == DUE_MOVES ? &a->items_moved : m->kept == DUE_SAME ? &a->items_same : &a->items_kept;
    if (m->term == DUE_ITEM)
        count->value++;
}

static Status move_dates(Ctx *c, const AdoptionCase *now, Adoption *a, Changes *out)
{
    DueMove *plan;
    size_t count;
    const void *of = NULL;
    void *after = NULL;
    TRY(adoption_plan(c, now, &plan, &count));
    a->items_moved = a->items_same = a->items_kept = INT_OF(0);
    for (size_t i = 0; i < count; i++) {
        const DueMove *m = &plan[i];
        count_item(m, a);
        if (m->kept)
            continue;
        if (m->record != of)
            after = record_copy(c, entity_of(m->kind)->table, m->record);
        of = m->record;
        set_due(m, after);
        change_record(c, m, after, out);
    }
    return ST_OK;
}

Status adoption_decide(Ctx *c, const AdoptionCase *now, const AdoptInput *input, Changes *out)
{
    Date day = input->effective_on ? input->effective_on : c->today;
    TRY(check_input(c, input, day));
    TRY(adoption_check(c, now, day));
    Adoption *a = adoption_of(c, now, input, day);
    Round *round = record_copy(c, &Round_table, now->round);
    round->rule_set = now->rule_set;
    out->effective_on = day;
    out->on_behalf_of = input->on_behalf_of;
    change_update(c, out, ENTITY_ROUND, now->round, round);
    TRY(move_dates(c, now, a, out));
    change_insert(c, out, ENTITY_ADOPTION, a);
    const MoveInput said = { .opinion = input->reason,
        .effective_on = day,
        .on_behalf_of = input->on_behalf_of,
        .means = input->means,
        .paper_no = input->paper_no };
    TRY(approval_sign(c, ENTITY_ADOPTION, a, DO_ADOPT, true, &said, out));
    change_show(c, out, ENTITY_ROUND, round);
    return ST_OK;
}
