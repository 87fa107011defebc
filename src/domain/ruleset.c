#include "domain/ruleset.h"

#include "domain/rule_part.h"

CHOICES_DEFINE(retentions, RETENTIONS);
FIELDS_DEFINE(RuleSetRecord, "rule_sets", RULE_SET_FIELDS);

static Status read_day(Ctx *c, const Json *node, Str place, bool required, Date *out)
{
    *out = DATE_NONE;
    if ((!node || node->kind == JSON_NULL) && !required)
        return ST_OK;
    return date_parse(json_text_or(node, STR_NONE), out) ? ST_OK
                                                         : rule_fault(c, place, T("应为日期", "must be a date"));
}

static Status read_deadlines(Ctx *c, const Json *object, RuleSet *rules)
{
    for (const Json *m = object ? object->first : NULL; m; m = m->next) {
        Str place = str_format(c->arena, "deadlines.%.*s", STR_ARG(m->key));
        if (rules->deadline_count == RULE_DEADLINES_MAX)
            return rule_fault(c, place, T("期限太多", "too many deadlines"));
        RuleDeadline *d = &rules->deadlines[rules->deadline_count++];
        d->name = str_copy(c->arena, m->key);
        TRY(rule_period(c, m, place, &d->period));
    }
    return ST_OK;
}

static Status read_retention(Ctx *c, const Json *object, RuleSet *rules)
{
    for (const Json *m = object ? object->first : NULL; m; m = m->next) {
        Str place = str_format(c->arena, "retention.%.*s", STR_ARG(m->key));
        int32_t period = choice_of(&retentions, json_text_or(m, STR_NONE));
        if (rules->retention_count == RULE_RETENTION_MAX)
            return rule_fault(c, place, T("保管期限太多", "too many periods of retention"));
        if (!period)
            return rule_fault(
                c, place, T("应为 permanent、years30 或 years10", "must be permanent, years30 or years10"));
        rules->retention[rules->retention_count++] = (RuleRetention){ str_copy(c->arena, m->key), period };
    }
    return ST_OK;
}

static Status read_step(Ctx *c, const Json *node, Str chain, size_t index, ChainStep *step)
{
    TRY(rule_text(c, node, "step", rule_place(c, "chains", chain, index, "step"), &step->name));
    TRY(rule_label(c, node, "label", rule_place(c, "chains", chain, index, "label"), &step->label));
    TRY(rule_roles(c, json_get(node, S("roles")), rule_place(c, "chains", chain, index, "roles"), &step->roles));
    step->signatures = (int)json_int_or(json_get(node, S("signatures")), 1);
    step->named = json_flag_or(json_get(node, S("named")), false);
    step->ink = json_flag_or(json_get(node, S("ink")), false);
    if (step->signatures < 1 || step->signatures > 4)
        return rule_fault(c, rule_place(c, "chains", chain, index, "signatures"), T("应为 1 至 4", "must be 1 to 4"));
    return ST_OK;
}

static Status read_chains(Ctx *c, const Json *object, RuleSet *rules)
{
    for (const Json *m = object ? object->first : NULL; m; m = m->next) {
        Str place = str_format(c->arena, "chains.%.*s", STR_ARG(m->key));
        if (rules->chain_count == CHAINS_MAX)
            return rule_fault(c, place, T("签署链太多", "too many chains"));
        if (m->kind != JSON_LIST || m->count == 0 || m->count > CHAIN_STEPS_MAX)
            return rule_fault(c, place, T("应有 1 至 8 个环节", "must have 1 to 8 steps"));
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
    TRY(rule_text(c, node, "code", place, &t->code));
    TRY(rule_label(c, node, "name", place, &t->name));
    const Json *nodes = json_get(node, S("nodes"));
    if (!nodes || nodes->kind != JSON_LIST || nodes->count == 0 || nodes->count > TAXONOMY_NODES_MAX)
        return rule_fault(c, place, T("应有 1 至 64 个类别", "must have 1 to 64 nodes"));
    t->nodes = arena_array_of(c->arena, TaxonomyNode, nodes->count);
    for (const Json *n = nodes->first; n; n = n->next, t->count++) {
        TRY(rule_text(c, n, "code", place, &t->nodes[t->count].code));
        TRY(rule_label(c, n, "label", place, &t->nodes[t->count].label));
    }
    return ST_OK;
}

static Status read_taxonomies(Ctx *c, const Json *list, RuleSet *rules)
{
    for (const Json *t = list ? list->first : NULL; t; t = t->next) {
        if (rules->taxonomy_count == TAXONOMIES_MAX)
            return rule_fault(c, S("taxonomies"), T("分类太多", "too many taxonomies"));
        TRY(read_taxonomy(c, t, rules->taxonomy_count, &rules->taxonomies[rules->taxonomy_count]));
        rules->taxonomy_count++;
    }
    return rules->taxonomy_count ? ST_OK
                                 : rule_fault(c, S("taxonomies"), T("至少要有一个分类", "must hold a taxonomy"));
}

static Status read_days(Ctx *c, const Json *list, Str place, const Date **out, size_t *count)
{
    *count = list && list->kind == JSON_LIST ? list->count : 0;
    Date *days = arena_array_of(c->arena, Date, *count);
    size_t i = 0;
    for (const Json *d = *count ? list->first : NULL; d; d = d->next, i++) {
        TRY(read_day(c, d, place, true, &days[i]));
        if (i && days[i] <= days[i - 1])
            return rule_fault(c, place, T("日期须由早到晚排列，不得重复", "dates must ascend without repeats"));
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

static Status read_evaluation(Ctx *c, const Json *list, RuleSet *rules)
{
    Scheme *schemes;
    TRY(schemes_read(c, list, &schemes, &rules->scheme_count));
    rules->schemes = schemes;
    return ST_OK;
}

Status ruleset_read(Ctx *c, Str json, RuleSet **out)
{
    const Json *root;
    TRY(json_read(c, json, &root));
    RuleSet *rules = arena_new_of(c->arena, RuleSet);
    int number;
    TRY(rule_text(c, root, "code", STR_NONE, &rules->code));
    TRY(rule_count(c, root, "version", 9999, STR_NONE, &number));
    rules->number = number;
    TRY(rule_text(c, root, "title", STR_NONE, &rules->title));
    TRY(read_day(c, json_get(root, S("valid_from")), S("valid_from"), true, &rules->valid_from));
    TRY(read_day(c, json_get(root, S("valid_to")), S("valid_to"), false, &rules->valid_to));
    TRY(rule_count(c, json_get(root, S("lights")), "yellow_days", 366, S("lights.yellow_days"), &rules->yellow_days));
    TRY(read_deadlines(c, json_get(root, S("deadlines")), rules));
    TRY(read_retention(c, json_get(root, S("retention")), rules));
    TRY(ruleset_read_escalation(c, json_get(root, S("escalation")), rules));
    TRY(ruleset_read_reviews(c, json_get(root, S("reviews")), rules));
    TRY(read_chains(c, json_get(root, S("chains")), rules));
    TRY(read_taxonomies(c, json_get(root, S("taxonomies")), rules));
    TRY(read_calendar(c, json_get(root, S("calendar")), &rules->calendar));
    TRY(read_evaluation(c, json_get(root, S("evaluation")), rules));
    if (!ruleset_chain(rules, S("paper")) || !ruleset_chain(rules, S("strike_off")))
        return rule_fault(
            c, S("chains"), T("缺少 paper 或 strike_off 签署链", "must hold the chains paper and strike_off"));
    if (!ruleset_deadline(rules, S("rectification")))
        return rule_fault(c, S("deadlines"), T("缺少 rectification 期限", "must hold the deadline rectification"));
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

const Scheme *ruleset_scheme(const RuleSet *rules, Str code)
{
    for (size_t i = 0; i < rules->scheme_count; i++)
        if (str_eq(rules->schemes[i].code, code))
            return &rules->schemes[i];
    return NULL;
}

const TaxonomyNode *taxonomy_node(const Taxonomy *taxonomy, Str code)
{
    for (size_t i = 0; taxonomy && i < taxonomy->count; i++)
        if (str_eq(taxonomy->nodes[i].code, code))
            return &taxonomy->nodes[i];
    return NULL;
}
