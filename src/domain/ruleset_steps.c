/* The parts of a rule set that say who does what next: the ladder of letters, the bodies that review. */
#include "domain/filing.h"
#include "domain/letter.h"
#include "domain/rule_part.h"

static Str rung_place(Ctx *c, size_t index, const char *member)
{
    return rule_place(c, "escalation", STR_NONE, index, member);
}

static Status read_rung(Ctx *c, const Json *node, size_t index, const EscalationStep *before, EscalationStep *step)
{
    int64_t days = json_int_or(json_get(node, S("late_days")), INT16_MIN);
    TRY(rule_text(c, node, "name", rung_place(c, index, "name"), &step->name));
    TRY(rule_choice(c, node, "kind", &letter_kinds, rung_place(c, index, "kind"), &step->kind));
    TRY(rule_choice(c, node, "body", &bodies, rung_place(c, index, "body"), &step->body));
    TRY(rule_text(c, node, "maker", rung_place(c, index, "maker"), &step->maker));
    TRY(rule_text(c, node, "series", rung_place(c, index, "series"), &step->series));
    TRY(rule_text(c, node, "subject", rung_place(c, index, "subject"), &step->subject));
    TRY(rule_text(c, node, "demand", rung_place(c, index, "demand"), &step->demand));
    TRY(rule_period(c, json_get(node, S("reply")), rung_place(c, index, "reply"), &step->reply));
    if (days < -ESCALATION_EARLIEST || days > 3660 || (before && days <= before->late_days))
        return rule_fault(c, rung_place(c, index, "late_days"),
            T("应为-60至3660的整数，且逐级增大", "must lie in -60 to 3660 and rise from rung to rung"));
    step->late_days = (int)days;
    return ST_OK;
}

Status ruleset_read_escalation(Ctx *c, const Json *list, RuleSet *rules)
{
    if (list && (list->kind != JSON_LIST || list->count > ESCALATION_STEPS_MAX))
        return rule_fault(c, S("escalation"), T("应为至多6级的列表", "must be a list of 6 rungs at most"));
    for (const Json *n = list ? list->first : NULL; n; n = n->next, rules->escalation_count++) {
        size_t index = (size_t)rules->escalation_count;
        EscalationStep *steps = rules->escalation;
        TRY(read_rung(c, n, index, index ? &steps[index - 1] : NULL, &steps[index]));
    }
    return ST_OK;
}

static Status read_body(Ctx *c, const Json *node, Str kind, size_t index, ReviewBody *body)
{
    TRY(rule_text(c, node, "name", rule_place(c, "reviews", kind, index, "name"), &body->name));
    TRY(rule_label(c, node, "label", rule_place(c, "reviews", kind, index, "label"), &body->label));
    TRY(rule_choice(c, node, "role", &roles, rule_place(c, "reviews", kind, index, "role"), &body->role));
    return rule_period(c, json_get(node, S("term")), rule_place(c, "reviews", kind, index, "term"), &body->term);
}

static Status read_review(Ctx *c, const Json *node, Str place, ReviewRule *rule)
{
    const Json *list = json_get(node, S("bodies"));
    Str collator = json_text_or(json_get(node, S("collator")), STR_NONE);
    rule->kind = choice_of(&filing_kinds, node->key);
    rule->serial = json_flag_or(json_get(node, S("serial")), false);
    rule->collator = -1;
    if (!rule->kind)
        return rule_fault(c, place, T("没有这种整改材料", "is no kind of filing"));
    if (!list || list->kind != JSON_LIST || list->count == 0 || list->count > REVIEW_BODIES_MAX)
        return rule_fault(c, place, T("应有 1 至 5 个会审单位", "must name 1 to 5 bodies"));
    TRY(rule_period(c, json_get(node, S("term")), place, &rule->term));
    for (const Json *b = list->first; b; b = b->next, rule->count++) {
        TRY(read_body(c, b, node->key, (size_t)rule->count, &rule->bodies[rule->count]));
        if (str_eq(rule->bodies[rule->count].name, collator))
            rule->collator = rule->count;
    }
    return rule->collator >= 0
               ? ST_OK
               : rule_fault(c, place, T("汇总单位应是会审单位之一", "the collator must be one of the bodies"));
}

Status ruleset_read_reviews(Ctx *c, const Json *object, RuleSet *rules)
{
    for (const Json *m = object ? object->first : NULL; m; m = m->next, rules->review_count++) {
        Str place = str_format(c->arena, "reviews.%.*s", STR_ARG(m->key));
        if (rules->review_count == REVIEW_RULES_MAX)
            return rule_fault(c, place, T("会审规则太多", "too many reviews"));
        TRY(read_review(c, m, place, &rules->reviews[rules->review_count]));
    }
    return ST_OK;
}
