/* Every figure with its definition: two Selections and a rounding. Nobody types a rate, and its door is
 * the same selection, so the figure equals its list by construction. */
#ifndef INSIGHT_INDICATOR_H
#define INSIGHT_INDICATOR_H

#include "store/load.h"

typedef struct Conditions {
    const Predicate *list;
    size_t count;
} Conditions;

typedef struct Indicator {
    const char *id;
    const char *seed_ref; /* of the article's figure; NULL: none */
    Text name;
    Text definition;
    const char *unit; /* "个", "%" */
    Conditions numerator;
    Conditions denominator; /* none: a count */
    EntityKind entity;
    int dated;         /* for entities without states: the date field that tells since when; -1: none */
    int decimals;      /* of a rate in percent, rounded half up */
    const char *round; /* counts within the round of that name only; NULL: in all */
} Indicator;

extern const Indicator indicators[];
extern const size_t indicator_count;

typedef struct IndicatorValue {
    int64_t numerator;
    int64_t denominator; /* of a rate */
    bool is_rate;
    bool known; /* false: a rate over nothing */
    double value;
    int64_t later; /* how many of the numerator's records are 补录 */
} IndicatorValue;

/* The selections of an indicator as of a day (DATE_NONE: now). */
Selection indicator_numerator(Ctx *c, const Indicator *indicator, Date as_of);
Selection indicator_denominator(Ctx *c, const Indicator *indicator, Date as_of);
Status indicator_compute(Ctx *c, const Indicator *indicator, Date as_of, IndicatorValue *out) MUST_CHECK;

/* "rectifications?state=done&round.type=regular": the door of a selection. */
Str selection_door(Ctx *c, const Selection *sel);

#endif
