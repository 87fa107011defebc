/* Schemes of evaluation (整改评估方案): data of a rule set, which may name none. In its JSON they stand as
 *
 *   "evaluation": [ { "code": "…", "title": "…", "title_en": "…", "mode": "deduct",
 *     "parts": [ { "code", "label", "label_en", "max": 15, "weight": 20, "raters": [ "office" ], "facts": false,
 *                  "indicators": [ { "code", "label", "label_en", "max": 5 } ] } ],
 *     "ballot": { "part": "…", "least": 10, "basic_percent": 60 },
 *     "grades": [ { "name", "label", "label_en", "from": 90 } ],
 *     "consequences": [ { "grade", "label", "label_en" } ] } ]
 *
 * mode deduct: every part starts from its full points, raters deduct, and the parts' points make 100. mode weighted:
 * raters give points, the points of a part's indicators make its own, and the parts' weights make 100. The part that a
 * ballot names has neither raters nor indicators: the program computes it. `facts`: what the ledger knows of the items
 * is shown beside that part. Grades stand from the best to the last, which begins at 0. */
#ifndef DOMAIN_SCHEME_H
#define DOMAIN_SCHEME_H

#include "base/json.h"
#include "domain/permission.h"

enum {
    SCHEMES_MAX = 8,
    SCHEME_PARTS_MAX = 12,
    SCHEME_INDICATORS_MAX = 24,
    SCHEME_GRADES_MAX = 8,
    SCHEME_CONSEQUENCES_MAX = 24,
    BALLOTS_LEAST = 10 /* no scheme may show a group of fewer */
};

typedef struct SchemeIndicator {
    Str code;
    Text label;
    int max; /* points */
} SchemeIndicator;
typedef struct SchemePart {
    Str code;
    Text label;
    int max;
    int weight; /* percent of the total; that of its points where the mode is deduct */
    RoleSet raters;
    bool facts;
    bool ballot;
    SchemeIndicator *indicators;
    size_t count;
} SchemePart;
typedef struct SchemeGrade {
    Str name;
    Text label;
    int from; /* points: this many or more, and fewer than the grade before */
} SchemeGrade;
typedef struct SchemeConsequence {
    Str grade;
    Text label;
} SchemeConsequence;

typedef struct Scheme {
    Str code;
    Text title;
    bool deducts;
    SchemePart *parts;
    size_t part_count;
    int least;         /* ballots of a group; below that it is not shown by itself */
    int basic_percent; /* what 基本满意 counts, of 满意 */
    SchemeGrade *grades;
    size_t grade_count;
    SchemeConsequence *consequences;
    size_t consequence_count;
} Scheme;

/* Reads and checks the list, which may be absent; every fault names its place ("evaluation[0].parts[1].max"). */
Status schemes_read(Ctx *c, const Json *list, Scheme **out, size_t *count) MUST_CHECK;

const SchemePart *scheme_part(const Scheme *scheme, Str code);             /* NULL when there is none */
const SchemeIndicator *part_indicator(const SchemePart *part, Str code);   /* likewise */
const SchemePart *scheme_ballot(const Scheme *scheme);                     /* likewise */
const SchemeConsequence *scheme_consequence(const Scheme *scheme, Str zh); /* likewise, by its Chinese label */

#endif
