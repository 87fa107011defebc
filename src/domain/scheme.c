#include "domain/scheme.h"

#include "domain/rule_part.h"

enum { WHOLE = 100 };

/* A list of 1 to `most` members. */
static Status list_of(Ctx *c, const Json *object, const char *name, Str place, size_t most, const Json **out)
{
    *out = json_get(object, str_of(name));
    if (*out && (*out)->kind == JSON_LIST && (*out)->count > 0 && (*out)->count <= most)
        return ST_OK;
    return rule_fault(c, str_format(c->arena, "%.*s.%s", STR_ARG(place), name),
        text_format(c, "应有 1 至 %zu 项", "must have 1 to %zu members", most));
}

static Str under(Ctx *c, Str place, const char *name, size_t index)
{
    return str_format(c->arena, "%.*s.%s[%zu]", STR_ARG(place), name, index);
}

static Str member(Ctx *c, Str place, const char *name)
{
    return str_format(c->arena, "%.*s.%s", STR_ARG(place), name);
}

/* Points or a weight: 1 to 100. */
static Status read_points(Ctx *c, const Json *node, const char *name, Str place, int *out)
{
    TRY(rule_count(c, node, name, WHOLE, member(c, place, name), out));
    return *out ? ST_OK : rule_fault(c, member(c, place, name), T("不能为 0", "must not be 0"));
}

/* --- parts -------------------------------------------------------------------------------------------------------- */

static Status read_indicator(Ctx *c, const Json *node, Str place, SchemePart *part)
{
    SchemeIndicator *i = &part->indicators[part->count];
    TRY(rule_text(c, node, "code", member(c, place, "code"), &i->code));
    TRY(rule_label(c, node, "label", member(c, place, "label"), &i->label));
    TRY(read_points(c, node, "max", place, &i->max));
    if (str_find(i->code, S(" "), 0) != SIZE_MAX)
        return rule_fault(c, member(c, place, "code"), T("代码中不能有空格", "must have no blanks"));
    if (part_indicator(part, i->code))
        return rule_fault(c, member(c, place, "code"), T("代码重复", "stands there twice"));
    if (i->max > part->max)
        return rule_fault(c, member(c, place, "max"), T("超过所属部分的分值", "is more than its part has"));
    part->count++;
    return ST_OK;
}

static Status read_indicators(Ctx *c, const Json *node, Str place, bool deducts, SchemePart *part)
{
    const Json *list;
    int sum = 0;
    TRY(list_of(c, node, "indicators", place, SCHEME_INDICATORS_MAX, &list));
    part->indicators = arena_array_of(c->arena, SchemeIndicator, list->count);
    for (const Json *n = list->first; n; n = n->next) {
        TRY(read_indicator(c, n, under(c, place, "indicators", part->count), part));
        sum += part->indicators[part->count - 1].max;
    }
    if (deducts || sum == part->max)
        return ST_OK;
    return rule_fault(c, member(c, place, "indicators"),
        T("加权评分的，各指标分值之和应等于该部分分值", "must add up to the points of their part"));
}

/* A role that may not score could never hand in its sheet. */
static Status read_raters(Ctx *c, const Json *node, Str place, SchemePart *part)
{
    TRY(rule_roles(c, json_get(node, S("raters")), member(c, place, "raters"), &part->raters));
    for (int role = 1; role < ROLE_COUNT; role++)
        if ((part->raters & ROLE_BIT(role)) && (role == ROLE_LOCAL || !role_may((Role)role, NEED_EVALUATION_SCORE)))
            return rule_fault(c, member(c, place, "raters"),
                T("这个角色不能评分；可以是 office、head、deputy、discipline、organisation",
                    "names a role that scores nothing; office, head, deputy, discipline and organisation do"));
    return ST_OK;
}

static Status read_part(Ctx *c, const Json *node, Str place, Str ballot, Scheme *s)
{
    SchemePart *part = &s->parts[s->part_count];
    TRY(rule_text(c, node, "code", member(c, place, "code"), &part->code));
    TRY(rule_label(c, node, "label", member(c, place, "label"), &part->label));
    TRY(read_points(c, node, "max", place, &part->max));
    part->weight = part->max;
    if (!s->deducts)
        TRY(read_points(c, node, "weight", place, &part->weight));
    part->facts = json_flag_or(json_get(node, S("facts")), false);
    part->ballot = str_eq(part->code, ballot);
    if (scheme_part(s, part->code))
        return rule_fault(c, member(c, place, "code"), T("代码重复", "stands there twice"));
    s->part_count++;
    if (part->ballot && (json_get(node, S("raters")) || json_get(node, S("indicators"))))
        return rule_fault(c, place, T("满意度部分由程序计算，不设评分人和指标", "is computed: it has no raters"));
    if (part->ballot)
        return ST_OK;
    TRY(read_raters(c, node, place, part));
    return read_indicators(c, node, place, s->deducts, part);
}

static Status read_parts(Ctx *c, const Json *node, Str place, Str ballot, Scheme *s)
{
    const Json *list;
    int sum = 0;
    TRY(list_of(c, node, "parts", place, SCHEME_PARTS_MAX, &list));
    s->parts = arena_array_of(c->arena, SchemePart, list->count);
    for (const Json *n = list->first; n; n = n->next) {
        TRY(read_part(c, n, under(c, place, "parts", s->part_count), ballot, s));
        sum += s->parts[s->part_count - 1].weight;
    }
    if (sum != WHOLE)
        return rule_fault(c, member(c, place, "parts"),
            s->deducts ? T("各部分分值之和应为 100", "must have 100 points together")
                       : T("各部分权重之和应为 100", "must have weights that make 100"));
    if (ballot.len && !scheme_ballot(s))
        return rule_fault(c, member(c, place, "ballot.part"), T("没有这个部分", "names no part"));
    return s->part_count > (ballot.len ? 1u : 0u)
               ? ST_OK
               : rule_fault(c, member(c, place, "parts"),
                     T("至少要有一个由人评分的部分", "must have a part that people score"));
}

/* --- ballots, grades, consequences -------------------------------------------------------------------------------- */

static Status read_ballot(Ctx *c, const Json *node, Str place, Scheme *s, Str *part)
{
    *part = STR_NONE;
    if (!node)
        return ST_OK;
    TRY(rule_text(c, node, "part", member(c, place, "part"), part));
    TRY(rule_count(c, node, "least", 1000, member(c, place, "least"), &s->least));
    TRY(rule_count(c, node, "basic_percent", WHOLE, member(c, place, "basic_percent"), &s->basic_percent));
    return s->least >= BALLOTS_LEAST ? ST_OK
                                     : rule_fault(c, member(c, place, "least"),
                                           T("不得少于 10 票：票数太少的组会暴露个人意见",
                                               "must be 10 or more: small groups tell who said what"));
}

static const SchemeGrade *grade_named(const Scheme *s, Str name)
{
    for (size_t i = 0; i < s->grade_count; i++)
        if (str_eq(s->grades[i].name, name))
            return &s->grades[i];
    return NULL;
}

static Status read_grades(Ctx *c, const Json *node, Str place, Scheme *s)
{
    const Json *list;
    TRY(list_of(c, node, "grades", place, SCHEME_GRADES_MAX, &list));
    s->grades = arena_array_of(c->arena, SchemeGrade, list->count);
    for (const Json *n = list->first; n; n = n->next, s->grade_count++) {
        SchemeGrade *g = &s->grades[s->grade_count];
        Str at = under(c, place, "grades", s->grade_count);
        TRY(rule_text(c, n, "name", member(c, at, "name"), &g->name));
        TRY(rule_label(c, n, "label", member(c, at, "label"), &g->label));
        TRY(rule_count(c, n, "from", WHOLE, member(c, at, "from"), &g->from));
        if (grade_named(s, g->name))
            return rule_fault(c, member(c, at, "name"), T("等次重复", "stands there twice"));
        if (s->grade_count && g->from >= g[-1].from)
            return rule_fault(c, member(c, at, "from"), T("等次须由高到低排列", "must be less than the grade before"));
    }
    if (s->grades[s->grade_count - 1].from == 0)
        return ST_OK;
    return rule_fault(c, member(c, place, "grades"), T("最后一个等次应从 0 分起", "must end with one from 0"));
}

static Status read_consequences(Ctx *c, const Json *node, Str place, Scheme *s)
{
    const Json *list;
    if (!json_get(node, S("consequences")))
        return ST_OK;
    TRY(list_of(c, node, "consequences", place, SCHEME_CONSEQUENCES_MAX, &list));
    s->consequences = arena_array_of(c->arena, SchemeConsequence, list->count);
    for (const Json *n = list->first; n; n = n->next, s->consequence_count++) {
        SchemeConsequence *q = &s->consequences[s->consequence_count];
        Str at = under(c, place, "consequences", s->consequence_count);
        TRY(rule_text(c, n, "grade", member(c, at, "grade"), &q->grade));
        TRY(rule_label(c, n, "label", member(c, at, "label"), &q->label));
        if (!grade_named(s, q->grade))
            return rule_fault(c, member(c, at, "grade"), T("没有这个等次", "names no grade"));
    }
    return ST_OK;
}

/* --- schemes ------------------------------------------------------------------------------------------------------ */

static Status read_mode(Ctx *c, const Json *node, Str place, bool *deducts)
{
    Str mode = json_text_or(json_get(node, S("mode")), STR_NONE);
    *deducts = str_eq(mode, S("deduct"));
    return *deducts || str_eq(mode, S("weighted"))
               ? ST_OK
               : rule_fault(c, member(c, place, "mode"), T("应为 deduct 或 weighted", "must be deduct or weighted"));
}

static Status read_scheme(Ctx *c, const Json *node, Str place, Scheme *s)
{
    Str ballot;
    TRY(rule_text(c, node, "code", member(c, place, "code"), &s->code));
    TRY(rule_label(c, node, "title", member(c, place, "title"), &s->title));
    TRY(read_mode(c, node, place, &s->deducts));
    TRY(read_ballot(c, json_get(node, S("ballot")), member(c, place, "ballot"), s, &ballot));
    TRY(read_parts(c, node, place, ballot, s));
    TRY(read_grades(c, node, place, s));
    return read_consequences(c, node, place, s);
}

Status schemes_read(Ctx *c, const Json *list, Scheme **out, size_t *count)
{
    *out = NULL;
    *count = 0;
    if (!list || list->kind == JSON_NULL)
        return ST_OK;
    if (list->kind != JSON_LIST || list->count > SCHEMES_MAX)
        return rule_fault(c, S("evaluation"), T("应为列表，最多 8 个方案", "must be a list of 8 schemes at most"));
    Scheme *all = arena_array_of(c->arena, Scheme, list->count);
    for (const Json *n = list->first; n; n = n->next, (*count)++) {
        Str place = str_format(c->arena, "evaluation[%zu]", *count);
        TRY(read_scheme(c, n, place, &all[*count]));
        for (size_t i = 0; i < *count; i++)
            if (str_eq(all[i].code, all[*count].code))
                return rule_fault(c, member(c, place, "code"), T("代码重复", "stands there twice"));
    }
    *out = all;
    return ST_OK;
}

const SchemePart *scheme_part(const Scheme *scheme, Str code)
{
    for (size_t i = 0; i < scheme->part_count; i++)
        if (str_eq(scheme->parts[i].code, code))
            return &scheme->parts[i];
    return NULL;
}

const SchemeIndicator *part_indicator(const SchemePart *part, Str code)
{
    for (size_t i = 0; i < part->count; i++)
        if (str_eq(part->indicators[i].code, code))
            return &part->indicators[i];
    return NULL;
}

const SchemePart *scheme_ballot(const Scheme *scheme)
{
    for (size_t i = 0; i < scheme->part_count; i++)
        if (scheme->parts[i].ballot)
            return &scheme->parts[i];
    return NULL;
}

const SchemeConsequence *scheme_consequence(const Scheme *scheme, Str zh)
{
    for (size_t i = 0; i < scheme->consequence_count; i++)
        if (str_eq(str_of(scheme->consequences[i].label.zh), zh))
            return &scheme->consequences[i];
    return NULL;
}
