/* What differs by place and year: immutable versions of data, frozen into a round by digest.
 *
 * C holds what the program must know to be right (moves, guards, needs, fields); days, thresholds,
 * signature chains, taxonomies and the calendar stand in a JSON text of this shape:
 *
 *   { "code": "…", "version": 1, "title": "…", "valid_from": "2017-01-01", "valid_to": null,
 *     "lights": { "yellow_days": 10 },
 *     "deadlines": { "rectification": { "count": 2, "unit": "months" } },
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
    const Scheme *schemes; /* of evaluation; none in rule sets from before there were any */
    size_t scheme_count;
    Calendar calendar;
} RuleSet;

/* Reads and checks a rule set; every fault names its place ("chains.paper[1].roles"). */
Status ruleset_read(Ctx *c, Str json, RuleSet **out) MUST_CHECK;
/* The record that keeps it, with its digest. */
Status ruleset_record(Ctx *c, Str json, RuleSetRecord **out) MUST_CHECK;

const Chain *ruleset_chain(const RuleSet *rules, Str name);            /* NULL when there is none */
const Period *ruleset_deadline(const RuleSet *rules, Str name);        /* likewise */
const Taxonomy *ruleset_taxonomy(const RuleSet *rules, Str code);      /* likewise */
const Scheme *ruleset_scheme(const RuleSet *rules, Str code);          /* likewise */
const TaxonomyNode *taxonomy_node(const Taxonomy *taxonomy, Str code); /* likewise */

#endif
