/* Formulas of statistics forms: sums and differences of named numbers, percent(a, b), sum(row.column). Exact: a number
 * is hundredths, a percentage is rounded half up to two decimals. */
#ifndef INSIGHT_FORMULA_H
#define INSIGHT_FORMULA_H

#include "base/ctx.h"

typedef struct FormNumber {
    bool known; /* false: nothing to count, or not applicable */
    int64_t hundredths;
} FormNumber;
#define FORM_WHOLE(n) ((FormNumber){ true, (n)*100 })

/* What a name stands for ("done", or "total.done"); `all` within sum(): the rows of that name added up. ST_INVALID
 * for a name that is none. */
typedef Status FormulaLookup(Ctx *c, Str name, bool all, void *arg, FormNumber *out);

enum { FORMULA_MAX = 400, FORMULA_DEPTH_MAX = 16 };
/* ST_INVALID names what is wrong and where. A number of which a part is not known is not known. */
Status formula_value(Ctx *c, Str text, FormulaLookup *lookup, void *arg, FormNumber *out) MUST_CHECK;

#endif
