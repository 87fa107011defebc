#include "domain/ruleset.h"

#include "base/json.h"
#include "domain/filing.h"
#include "domain/letter.h"

CHOICES_DEFINE(retentions, RETENTIONS);
FIELDS_DEFINE(RuleSetRecord, "rule_sets", RULE_SET_FIELDS);

/* Every reader below names the place of a fault: "chains.paper[1].roles". */
static Status fault(Ctx *c, Str place, Text rule)
{
    return fail_field(
        c, place, STR_NONE, rule, T("请对照规则文件的说明改正", "see the shape described in the documentation"));
}

static Str place_of(Ctx *c, const char *list, Str name, size_t index, const char *member)
{
    return str_format(c->arena, "%s.%.*s[%zu].%s", list, STR_ARG(name), index, member);
}

static Status read_text(Ctx *c, const Json *object, const char *name, Str place, Str *out)
{
    *out = str_copy(c->arena, json_text_or(json_get(object, str_of(name)), STR_NONE));
    return out->len ? ST_OK : fault(c, place.len ? place : str_of(name), T("必须填写文字", "must be a text"));
}

static Status read_count(Ctx *c, const Json *object, const char *name, int64_t most, Str place, int *out)
{
    int64_t n = json_int_or(json_get(object, str_of(name)), -1);
    *out = (int)n;
    return n >= 0 && n <= most
               ? ST_OK
               : fault(c, place.len ? place : str_of(name), T("应为不太大的非负整数", "must be a small whole number"));
}

static Status read_day(Ctx *c, const Json *node, Str place, bool required, Date *out)
{
    *out = DATE_NONE;
    if ((!node || node->kind == JSON_NULL) && !required)
        return ST_OK;
    return date_parse(json_text_or(node, STR_NONE), out) ? ST_OK : fault(c, place, T("应为日期", "must be a date"));
}

/* A label in both languages; the English falls back to the Chinese. */
static Status read_label(Ctx *c, const Json *object, const char *name, Str place, Text *out)
{
    Str zh;
    TRY(read_text(c, object, name, place, &zh));
    Str en = json_text_or(json_get(object, str_format(c->arena, "%s_en", name)), zh);
    *out = T(str_c(c->arena, zh), str_c(c->arena, en));
    return ST_OK;
}

static Status read_period(Ctx *c, const Json *node, Str place, Period *out)
{
    static const struct {
        const char *name;
        PeriodUnit unit;
    } units[] = { { "days", PERIOD_DAYS }, { "working_days", PERIOD_WORKING_DAYS }, { "months", PERIOD_MONTHS } };
    Str unit = json_text_or(json_get(node, S("unit")), STR_NONE);
    TRY(read_count(c, node, "count", 3660, place, &out->count));
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (str_eq(unit, str_of(units[i].name))) {
            out->unit = units[i].unit;
            return ST_OK;
        }
    return fault(c, place, T("单位应为 days、working_days 或 months", "unit must be days, working_days or months"));
}

static Status read_deadlines(Ctx *c, const Json *object, RuleSet *rules)
{
    for (const Json *m = object ? object->first : NULL; m; m = m->next) {
        Str place = str_format(c->arena, "deadlines.%.*s", STR_ARG(m->key));
        if (rules->deadline_count == RULE_DEADLINES_MAX)
            return fault(c, place, T("期限太多", "too many deadlines"));
        RuleDeadline *d = &rules->deadlines[rules->deadline_count++];
        d->name = str_copy(c->arena, m->key);
        TRY(read_period(c, m, place, &d->period));
    }
    return ST_OK;
}

static Str rung_place(Ctx *c, size_t index, const char *member)
{
    return place_of(c, "escalation", STR_NONE, index, member);
}

static Status read_choice(Ctx *c, const Json *node, const char *name, const Choices *choices, Str place, int32_t *out)
{
    *out = choice_of(choices, json_text_or(json_get(node, str_of(name)), STR_NONE));
    return *out ? ST_OK : fault(c, place, T("没有这个取值", "names something that does not exist"));
}

static Status read_rung(Ctx *c, const Json *node, size_t index, const EscalationStep *before, EscalationStep *step)
{
    int64_t days = json_int_or(json_get(node, S("late_days")), INT16_MIN);
    TRY(read_text(c, node, "name", rung_place(c, index, "name"), &step->name));
    TRY(read_choice(c, node, "kind", &letter_kinds, rung_place(c, index, "kind"), &step->kind));
    TRY(read_choice(c, node, "body", &bodies, rung_place(c, index, "body"), &step->body));
    TRY(read_text(c, node, "maker", rung_place(c, index, "maker"), &step->maker));
    TRY(read_text(c, node, "series", rung_place(c, index, "series"), &step->series));
    TRY(read_text(c, node, "subject", rung_place(c, index, "subject"), &step->subject));
    TRY(read_text(c, node, "demand", rung_place(c, index, "demand"), &step->demand));
    TRY(read_period(c, json_get(node, S("reply")), rung_place(c, index, "reply"), &step->reply));
    if (days < -ESCALATION_EARLIEST || days > 3660 || (before && days <= before->late_days))
        return fault(c, rung_place(c, index, "late_days"),
            T("应为-60至3660的整数，且逐级增大", "must lie in -60 to 3660 and rise from rung to rung"));
    step->late_days = (int)days;
    return ST_OK;
}

static Status read_escalation(Ctx *c, const Json *list, RuleSet *rules)
{
    if (list && (list->kind != JSON_LIST || list->count > ESCALATION_STEPS_MAX))
        return fault(c, S("escalation"), T("应为至多6级的列表", "must be a list of 6 rungs at most"));
    for (const Json *n = list ? list->first : NULL; n; n = n->next, rules->escalation_count++) {
        size_t index = (size_t)rules->escalation_count;
        EscalationStep *steps = rules->escalation;
        TRY(read_rung(c, n, index, index ? &steps[index - 1] : NULL, &steps[index]));
    }
    return ST_OK;
}

static Status read_retention(Ctx *c, const Json *object, RuleSet *rules)
{
    for (const Json *m = object ? object->first : NULL; m; m = m->next) {
        Str place = str_format(c->arena, "retention.%.*s", STR_ARG(m->key));
        int32_t period = choice_of(&retentions, json_text_or(m, STR_NONE));
        if (rules->retention_count == RULE_RETENTION_MAX)
            return fault(c, place, T("保管期限太多", "too many periods of retention"));
        if (!period)
            return fault(c, place, T("应为 permanent、years30 或 years10", "must be permanent, years30 or years10"));
        rules->retention[rules->retention_count++] = (RuleRetention){ str_copy(c->arena, m->key), period };
    }
    return ST_OK;
}

static Status read_roles(Ctx *c, const Json *list, Str place, RoleSet *out)
{
    *out = 0;
    for (const Json *r = list ? list->first : NULL; r; r = r->next) {
        int32_t role = choice_of(&roles, json_text_or(r, STR_NONE));
        if (role == 0)
            return fault(c, place, T("没有这个角色", "names a role that does not exist"));
        *out |= ROLE_BIT(role);
    }
    return *out ? ST_OK : fault(c, place, T("至少要有一个角色", "must name a role"));
}

static Status read_body(Ctx *c, const Json *node, Str kind, size_t index, ReviewBody *body)
{
    TRY(read_text(c, node, "name", place_of(c, "reviews", kind, index, "name"), &body->name));
    TRY(read_label(c, node, "label", place_of(c, "reviews", kind, index, "label"), &body->label));
    TRY(read_choice(c, node, "role", &roles, place_of(c, "reviews", kind, index, "role"), &body->role));
    return read_period(c, json_get(node, S("term")), place_of(c, "reviews", kind, index, "term"), &body->term);
}

static Status read_review(Ctx *c, const Json *node, Str place, ReviewRule *rule)
{
    const Json *list = json_get(node, S("bodies"));
    Str collator = json_text_or(json_get(node, S("collator")), STR_NONE);
    rule->kind = choice_of(&filing_kinds, node->key);
    rule->serial = json_flag_or(json_get(node, S("serial")), false);
    rule->collator = -1;
    if (!rule->kind)
        return fault(c, place, T("没有这种整改材料", "is no kind of filing"));
    if (!list || list->kind != JSON_LIST || list->count == 0 || list->count > REVIEW_BODIES_MAX)
        return fault(c, place, T("应有 1 至 5 个会审单位", "must name 1 to 5 bodies"));
    TRY(read_period(c, json_get(node, S("term")), place, &rule->term));
    for (const Json *b = list->first; b; b = b->next, rule->count++) {
        TRY(read_body(c, b, node->key, (size_t)rule->count, &rule->bodies[rule->count]));
        if (str_eq(rule->bodies[rule->count].name, collator))
            rule->collator = rule->count;
    }
    return rule->collator >= 0
               ? ST_OK
               : fault(c, place, T("汇总单位应是会审单位之一", "the collator must be one of the bodies"));
}

static Status read_reviews(Ctx *c, const Json *object, RuleSet *rules)
{
    for (const Json *m = object ? object->first : NULL; m; m = m->next, rules->review_count++) {
        Str place = str_format(c->arena, "reviews.%.*s", STR_ARG(m->key));
        if (rules->review_count == REVIEW_RULES_MAX)
            return fault(c, place, T("会审规则太多", "too many reviews"));
        TRY(read_review(c, m, place, &rules->reviews[rules->review_count]));
    }
    return ST_OK;
}

static Status read_step(Ctx *c, const Json *node, Str chain, size_t index, ChainStep *step)
{
    TRY(read_text(c, node, "step", place_of(c, "chains", chain, index, "step"), &step->name));
    TRY(read_label(c, node, "label", place_of(c, "chains", chain, index, "label"), &step->label));
    TRY(read_roles(c, json_get(node, S("roles")), place_of(c, "chains", chain, index, "roles"), &step->roles));
    step->signatures = (int)json_int_or(json_get(node, S("signatures")), 1);
    step->named = json_flag_or(json_get(node, S("named")), false);
    step->ink = json_flag_or(json_get(node, S("ink")), false);
    if (step->signatures < 1 || step->signatures > 4)
        return fault(c, place_of(c, "chains", chain, index, "signatures"), T("应为 1 至 4", "must be 1 to 4"));
    return ST_OK;
}

static Status read_chains(Ctx *c, const Json *object, RuleSet *rules)
{
    for (const Json *m = object ? object->first : NULL; m; m = m->next) {
        Str place = str_format(c->arena, "chains.%.*s", STR_ARG(m->key));
        if (rules->chain_count == CHAINS_MAX)
            return fault(c, place, T("签署链太多", "too many chains"));
        if (m->kind != JSON_LIST || m->count == 0 || m->count > CHAIN_STEPS_MAX)
            return fault(c, place, T("应有 1 至 8 个环节", "must have 1 to 8 steps"));
        Chain *chain = &rules->chains[rules->chain_count++];
        chain->name = str_copy(c->arena, m->key);
        for (const Json *s = m->first; s; s = s->next, chain->count++)
            TRY(read_step(c, s, chain->name, (size_t)chain->count, &chain->steps[chain->count]));
    }
    return ST_OK;
}

static Status read_taxonomy(Ctx *c, const Json *node, size_t index, Taxonomy *t)
{
    Str place = str_format(c->arena, "taxonomies[%zu]", index);
    TRY(read_text(c, node, "code", place, &t->code));
    TRY(read_label(c, node, "name", place, &t->name));
    const Json *nodes = json_get(node, S("nodes"));
    if (!nodes || nodes->kind != JSON_LIST || nodes->count == 0 || nodes->count > TAXONOMY_NODES_MAX)
        return fault(c, place, T("应有 1 至 64 个类别", "must have 1 to 64 nodes"));
    t->nodes = arena_array_of(c->arena, TaxonomyNode, nodes->count);
    for (const Json *n = nodes->first; n; n = n->next, t->count++) {
        TRY(read_text(c, n, "code", place, &t->nodes[t->count].code));
        TRY(read_label(c, n, "label", place, &t->nodes[t->count].label));
    }
    return ST_OK;
}

static Status read_taxonomies(Ctx *c, const Json *list, RuleSet *rules)
{
    for (const Json *t = list ? list->first : NULL; t; t = t->next) {
        if (rules->taxonomy_count == TAXONOMIES_MAX)
            return fault(c, S("taxonomies"), T("分类太多", "too many taxonomies"));
        TRY(read_taxonomy(c, t, rules->taxonomy_count, &rules->taxonomies[rules->taxonomy_count]));
        rules->taxonomy_count++;
    }
    return rules->taxonomy_count ? ST_OK : fault(c, S("taxonomies"), T("至少要有一个分类", "must hold a taxonomy"));
}

static Status read_days(Ctx *c, const Json *list, Str place, const Date **out, size_t *count)
{
    *count = list && list->kind == JSON_LIST ? list->count : 0;
    Date *days = arena_array_of(c->arena, Date, *count);
    size_t i = 0;
    for (const Json *d = *count ? list->first : NULL; d; d = d->next, i++) {
        TRY(read_day(c, d, place, true, &days[i]));
        if (i && days[i] <= days[i - 1])
            return fault(c, place, T("日期须由早到晚排列，不得重复", "dates must ascend without repeats"));
    }
    *out = days;
    return ST_OK;
}

static Status read_calendar(Ctx *c, const Json *node, Calendar *cal)
{
    TRY(read_day(c, json_get(node, S("from")), S("calendar.from"), true, &cal->from));
    TRY(read_day(c, json_get(node, S("to")), S("calendar.to"), true, &cal->to));
    TRY(read_days(c, json_get(node, S("rest")), S("calendar.rest"), &cal->rest, &cal->rest_count));
    return read_days(c, json_get(node, S("work")), S("calendar.work"), &cal->work, &cal->work_count);
}

Status ruleset_read(Ctx *c, Str json, RuleSet **out)
{
    const Json *root;
    TRY(json_read(c, json, &root));
    RuleSet *rules = arena_new_of(c->arena, RuleSet);
    int number;
    TRY(read_text(c, root, "code", STR_NONE, &rules->code));
    TRY(read_count(c, root, "version", 9999, STR_NONE, &number));
    rules->number = number;
    TRY(read_text(c, root, "title", STR_NONE, &rules->title));
    TRY(read_day(c, json_get(root, S("valid_from")), S("valid_from"), true, &rules->valid_from));
    TRY(read_day(c, json_get(root, S("valid_to")), S("valid_to"), false, &rules->valid_to));
    TRY(read_count(c, json_get(root, S("lights")), "yellow_days", 366, S("lights.yellow_days"), &rules->yellow_days));
    TRY(read_deadlines(c, json_get(root, S("deadlines")), rules));
    TRY(read_retention(c, json_get(root, S("retention")), rules));
    TRY(read_escalation(c, json_get(root, S("escalation")), rules));
    TRY(read_reviews(c, json_get(root, S("reviews")), rules));
    TRY(read_chains(c, json_get(root, S("chains")), rules));
    TRY(read_taxonomies(c, json_get(root, S("taxonomies")), rules));
    TRY(read_calendar(c, json_get(root, S("calendar")), &rules->calendar));
    if (!ruleset_chain(rules, S("paper")) || !ruleset_chain(rules, S("strike_off")))
        return fault(c, S("chains"), T("缺少 paper 或 strike_off 签署链", "must hold the chains paper and strike_off"));
    if (!ruleset_deadline(rules, S("rectification")))
        return fault(c, S("deadlines"), T("缺少 rectification 期限", "must hold the deadline rectification"));
    *out = rules;
    return ST_OK;
}

Status ruleset_record(Ctx *c, Str json, RuleSetRecord **out)
{
    RuleSet *rules;
    TRY(ruleset_read(c, json, &rules));
    Digest d = sm3(c->env->crypto, json.ptr, json.len);
    StrBuf hex = strbuf_in(c->arena);
    strbuf_add_hex(&hex, d.bytes, sizeof d.bytes);
    RuleSetRecord *r = arena_new_of(c->arena, RuleSetRecord);
    r->code = rules->code;
    r->number = INT_OF(rules->number);
    r->title = rules->title;
    r->valid_from = rules->valid_from;
    r->valid_to = rules->valid_to;
    r->digest = strbuf_str(&hex);
    r->body = json;
    *out = r;
    return ST_OK;
}

const Chain *ruleset_chain(const RuleSet *rules, Str name)
{
    for (size_t i = 0; i < rules->chain_count; i++)
        if (str_eq(rules->chains[i].name, name))
            return &rules->chains[i];
    return NULL;
}

const Period *ruleset_deadline(const RuleSet *rules, Str name)
{
    for (size_t i = 0; i < rules->deadline_count; i++)
        if (str_eq(rules->deadlines[i].name, name))
            return &rules->deadlines[i].period;
    return NULL;
}

const Taxonomy *ruleset_taxonomy(const RuleSet *rules, Str code)
{
    for (size_t i = 0; i < rules->taxonomy_count; i++)
        if (str_eq(rules->taxonomies[i].code, code))
            return &rules->taxonomies[i];
    return NULL;
}

const TaxonomyNode *taxonomy_node(const Taxonomy *taxonomy, Str code)
{
    for (size_t i = 0; taxonomy && i < taxonomy->count; i++)
        if (str_eq(taxonomy->nodes[i].code, code))
            return &taxonomy->nodes[i];
    return NULL;
}
