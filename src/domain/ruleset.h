/* What differs by place and year: immutable versions of data, frozen into a round by digest.
 *
 * C holds what the program must know to be right (moves, guards, needs, fields); days, thresholds,
 * signature chains, taxonomies and the calendar stand in a JSON text of this shape:
 *
 *   { "code": "…", "version": 1, "title": "…", "valid_from": "2017-01-01", "valid_to": null,
 *     "lights": { "yellow_days": 10 },
 *     "deadlines": { "rectification": { "count": 2, "unit": "months" } },
 *     "escalation": [ { "name": "reminder", "kind": "reminder", "late_days": 1, "body": "office", "maker", "series",
 *                       "reply": { "count": 7, "unit": "days" }, "subject", "demand" } ],
 *     "reviews": { "plan": { "serial": false, "collator": "discipline", "term": { "count": 5, "unit": "days" },
 *                  "bodies": [ { "name", "label", "label_en", "role", "term": { … } } ] } },
 *     "chains": { "paper": [ { "step", "label", "label_en", "roles": [], "signatures", "named", "ink" } ] },
 *     "taxonomies": [ { "code", "name", "name_en", "nodes": [ { "code", "label", "label_en" } ] } ],
 *     "evaluation": [ … ],  may be absent: see scheme.h
 *     "calendar": { "rest": [ "2021-10-01" ], "work": [ "2021-10-09" ], "from": …, "to": … } }        */
#ifndef DOMAIN_RULESET_H
#define DOMAIN_RULESET_H

#include "domain/deadline.h"
#include "domain/scheme.h"
#include "domain/signature.h"

#define RULE_SET_FIELDS(X)                                                                \
    RECORD_FIELDS(X, RuleSetRecord)                                                       \
    X(RuleSetRecord, TEXT, code, "代码", "Code", 40, REQUIRED | LISTED | SEARCHED, -)     \
    X(RuleSetRecord, INT, number, "版本号", "Number", 0, REQUIRED | LISTED, -)            \
    X(RuleSetRecord, TEXT, title, "名称", "Title", 80, REQUIRED | LISTED | SEARCHED, -)   \
    X(RuleSetRecord, DATE, valid_from, "施行日期", "Valid from", 0, REQUIRED | LISTED, -) \
    X(RuleSetRecord, DATE, valid_to, "废止日期", "Valid to", 0, LISTED, -)                \
    X(RuleSetRecord, TEXT, digest, "摘要", "Digest", 64, REQUIRED | LISTED, -)            \
    X(RuleSetRecord, LONG, body, "内容", "Body", 60000, REQUIRED | INPUT, -)
FIELDS_DECLARE(RuleSetRecord, RULE_SET_FIELDS);

/* The local list of themes, beside the frameworks of the rounds. */
#define THEME_TAXONOMY "THEME"

enum { TAXONOMIES_MAX = 16, TAXONOMY_NODES_MAX = 64, RULE_DEADLINES_MAX = 16, CHAINS_MAX = 8 };

typedef struct TaxonomyNode {
    Str code;
    Text label;
} TaxonomyNode;
typedef struct Taxonomy {
    Str code;
    Text name;
    TaxonomyNode *nodes;
    size_t count;
} Taxonomy;

typedef struct RuleDeadline {
    Str name;
    Period period;
} RuleDeadline;

/* How long archives keep a kind of paper (机关文件材料归档范围和文书档案保管期限规定): permanent, 30 or 10 years. */
#define RETENTIONS(X)                            \
    X(PERMANENT, permanent, "永久", "Permanent") \
    X(YEARS30, years30, "定期30年", "30 years")  \
    X(YEARS10, years10, "定期10年", "10 years")
enum Retention { RETENTION_NONE, RETENTION_PERMANENT, RETENTION_YEARS30, RETENTION_YEARS10 };
extern const Choices retentions;
enum { RULE_RETENTION_MAX = 32 };
typedef struct RuleRetention {
    Str kind; /* a name of dossier_kinds */
    int32_t period;
} RuleRetention;

/* A rung of the ladder of letters about items past their day (逐级催办; domain/escalation.h). `late_days` after the due
 * date, before it where negative, and rising from rung to rung. */
enum { ESCALATION_STEPS_MAX = 6, ESCALATION_EARLIEST = 60 };
typedef struct EscalationStep {
    Str name;
    int32_t kind; /* of letter_kinds */
    int late_days;
    int32_t body; /* of bodies: whose letter it is */
    Str maker;
    Str series;   /* 机关代字: its numbers are series〔year〕serial号 */
    Period reply; /* from the day of issue */
    Str subject;
    Str demand;
} EscalationStep;

/* Who reviews what units file (会审; domain/filing.h): up to five bodies, at once or in their order, and the one of
 * them that makes one answer of it. */
enum { REVIEW_BODIES_MAX = 5, REVIEW_RULES_MAX = 4 };
typedef struct ReviewBody {
    Str name;
    Text label;
    int32_t role;
    Period term;
} ReviewBody;
typedef struct ReviewRule {
    int32_t kind; /* of filing_kinds */
    bool serial;
    int collator;
    Period term; /* of the collator, once all opinions are there */
    ReviewBody bodies[REVIEW_BODIES_MAX];
    int count;
} ReviewRule;

typedef struct RuleSet {
    Str code;
    int64_t number;
    Str title;
    Date valid_from;
    Date valid_to;
    int yellow_days; /* fewer days left than this, or as many: yellow; 0 left and past: red */
    RuleDeadline deadlines[RULE_DEADLINES_MAX];
    size_t deadline_count;
    Chain chains[CHAINS_MAX];
    size_t chain_count;
    Taxonomy taxonomies[TAXONOMIES_MAX];
    size_t taxonomy_count;
    RuleRetention retention[RULE_RETENTION_MAX]; /* kinds that it does not name are kept for ever */
    size_t retention_count;
    EscalationStep escalation[ESCALATION_STEPS_MAX]; /* none: nothing is drafted by rule */
    int escalation_count;
    ReviewRule reviews[REVIEW_RULES_MAX];
    int review_count;
    const Scheme *schemes; /* of evaluation; none in rule sets from before there were any */
    size_t scheme_count;
    Calendar calendar;
} RuleSet;

/* Reads and checks a rule set; every fault names its place ("chains.paper[1].roles"). */
Status ruleset_read(Ctx *c, Str json, RuleSet **out) MUST_CHECK;
/* The record that keeps it, with its digest. */
Status ruleset_record(Ctx *c, Str json, RuleSetRecord **out) MUST_CHECK;

/* Parts that are read in a file of their own (ruleset_steps.c). */
Status ruleset_read_escalation(Ctx *c, const Json *list, RuleSet *rules) MUST_CHECK;
Status ruleset_read_reviews(Ctx *c, const Json *object, RuleSet *rules) MUST_CHECK;

const Chain *ruleset_chain(const RuleSet *rules, Str name);            /* NULL when there is none */
const Period *ruleset_deadline(const RuleSet *rules, Str name);        /* likewise */
const Taxonomy *ruleset_taxonomy(const RuleSet *rules, Str code);      /* likewise */
const Scheme *ruleset_scheme(const RuleSet *rules, Str code);          /* likewise */
const TaxonomyNode *taxonomy_node(const Taxonomy *taxonomy, Str code); /* likewise */

#endif
