/* Every figure with its definition: two Selections and a rounding, or a Selection and a field that is added up.
 * Nobody types a rate, and its door is the same Selection, so the figure equals its list by construction.
 *
 * Groups and names follow DOMAIN §8. A figure counts regular rounds unless its definition says otherwise. */
#ifndef INSIGHT_INDICATOR_H
#define INSIGHT_INDICATOR_H

#include "insight/door.h"
#include "insight/filter.h"
#include "store/load.h"

#define INDICATOR_GROUPS(X)                                      \
    X(LEADERSHIP, leadership, "组织领导", "Leadership")          \
    X(COVERAGE, coverage, "轮次与覆盖", "Rounds and coverage")   \
    X(FINDINGS, findings, "发现问题", "Findings")                \
    X(RECTIFICATION, rectification, "整改落实", "Rectification") \
    X(EFFECTS, effects, "整改成效", "Effects")                   \
    X(SUPERVISION, supervision, "日常监督", "Supervision")       \
    X(PROJECTS, projects, "专项巡察项目", "Projects looked at")  \
    X(STANDARDS, standards, "制度规范", "Rules and flows")       \
    X(FORCE, force, "队伍与培训", "People and training")         \
    X(PUBLICITY, publicity, "宣传交流", "Publicity")
typedef enum IndicatorGroup {
#define X(N, ...) GROUP_##N,
    INDICATOR_GROUPS(X)
#undef X
        GROUP_COUNT
} IndicatorGroup;

typedef struct Conditions {
    const Predicate *list;
    size_t count;
} Conditions;

typedef struct Indicator {
    const char *id;
    const char *seed_ref; /* of the article's figure; NULL: none */
    IndicatorGroup group;
    Text name;
    Text definition;
    Text unit;              /* "个", "%" */
    Conditions numerator;   /* a condition may compare with DAY_OF_FIGURE */
    Conditions denominator; /* none: a count or a sum */
    EntityKind entity;
    bool standing;     /* counts what is there, which no year narrows */
    int dated;         /* for entities without states: the date field that tells since when; -1: none */
    int decimals;      /* of a rate in percent or an amount in yuan, rounded half up */
    const char *round; /* counts within the round of that name only; NULL: in all */
    int sum;           /* the field that is added up; 0: records are counted */
    int distinct;      /* the field whose different values are counted, once each; 0: records are */
} Indicator;
extern const Indicator indicators[];
extern const size_t indicator_count;
const Indicator *indicator_named(Str id); /* NULL: there is none */
Text indicator_group_label(IndicatorGroup group);
Str indicator_group_name(IndicatorGroup group);

typedef struct IndicatorValue {
    int64_t records;     /* behind the numerator's door */
    int64_t numerator;   /* the same, or the sum in the field's own unit (fen), or the different values */
    int64_t denominator; /* of a rate */
    bool is_rate;
    bool known; /* false: a rate over nothing */
    double value;
    int64_t later; /* how many of the records are 补录 */
} IndicatorValue;

/* Of what is counted: as of which day (DATE_NONE: today), and which part of it. */
enum { FIGURE_MEMO_MAX = 32 };
/* What was counted already in the same reading transaction: figures of one page share their base. */
typedef struct FigureMemo {
    struct {
        Digest selection;
        int64_t count;
    } at[FIGURE_MEMO_MAX];
    size_t count;
} FigureMemo;

typedef struct FigureWish {
    Date as_of;
    bool template;              /* days stay DAY_OF_FIGURE: a selection to be asked as of any day */
    const FigureFilter *filter; /* NULL: everything */
    FigureMemo *memo;           /* NULL: none */
} FigureWish;

/* The selections of an indicator. */
/* Adds a filter to a selection of its records; false, with the filter's field, where it does not apply. */
bool indicator_filter(Ctx *c, const Indicator *indicator, const FigureFilter *filter, Selection *sel, int *lacking);
/* False: the records have neither states nor a day that it counts by, and it is the same as of any day. */
bool indicator_knows_days(const Indicator *indicator);
Selection indicator_numerator(Ctx *c, const Indicator *indicator, const FigureWish *wish);
Selection indicator_denominator(Ctx *c, const Indicator *indicator, const FigureWish *wish);
Status indicator_compute(Ctx *c, const Indicator *indicator, const FigureWish *wish, IndicatorValue *out) MUST_CHECK;
/* numerator ÷ denominator in percent with so many decimals, rounded half up in whole numbers. */
double percent_of(int64_t numerator, int64_t denominator, int decimals);

/* Another way to count 整改到位 (an indicator of its own), and the records by which it differs from the accepted one.
 */
typedef struct RateVariant {
    const char *indicator;
    Text brief;       /* its name in a sentence about all of them */
    Conditions gains; /* counted by this one, not by the accepted one */
    Conditions loses;
} RateVariant;
extern const RateVariant rate_variants[]; /* the accepted one first, without gains and losses */
extern const size_t rate_variant_count;
/* From one variant to its neighbour: which records the one counts and the other does not. */
typedef struct RateStep {
    const char *of;
    const char *from;
    bool fewer; /* `of` lacks the records */
    Conditions difference;
    Text records; /* what they are: "…的问题" */
} RateStep;
extern const RateStep rate_steps[];
extern const size_t rate_step_count;
extern const Conditions rate_rest; /* what none of the variants counts */
extern const Text rate_rest_records;
const RateVariant *rate_variant_named(const char *indicator);
/* The records of the base that meet `difference`. */
Selection variant_selection(Ctx *c, const Conditions *difference, const FigureWish *wish);

#endif
