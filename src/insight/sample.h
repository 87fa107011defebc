/* Drawing a sample of a list, and what it tells of the whole. Knows nothing of records.
 *
 * Drawing. The list falls into strata (units, categories, rounds). Each gets places in proportion to its size, by
 * largest remainders, and at least one. Within a stratum the items with the smallest keys are taken, where a key is SM3
 * over seed and id: whoever has the list and the seed draws the same sample again, whatever the order of the list.
 *
 * Estimate. The rate is the mean of the strata's rates, each weighed by its size in the whole. The interval is that of
 * Clopper and Pearson for an effective number of checks (Korn and Graubard): the number of checks, divided by what
 * unequal weights cost (n · Σ W²/n), and by the share that was not drawn, since what was drawn is known. What
 * stratification gains is not counted: the interval errs on the wide side. Its coverage is measured by a test. */
#ifndef INSIGHT_SAMPLE_H
#define INSIGHT_SAMPLE_H

#include "base/crypto.h"

typedef struct SampleStratum {
    Str label;
    int64_t population;
    int64_t drawn;
    int64_t checked;   /* of the drawn */
    int64_t confirmed; /* of the checked */
} SampleStratum;

/* Sets `drawn`: together `size`, or all there is where that is less. False where there are more strata than places. */
bool sample_allocate(SampleStratum *strata, size_t count, int64_t size);
/* What an item's place in its stratum is ordered by, as texts. */
Str sample_key(const Crypto *crypto, Arena *arena, Str seed, Str id);

typedef struct SampleEstimate {
    double rate, low, high; /* 0 … 1; the interval covers the true rate 95 times in a hundred, or more often */
    double effective;       /* checks that count */
    int64_t population, checked, confirmed;
} SampleEstimate;
/* False while a stratum has no check: nothing is known of it. */
bool sample_estimate(const SampleStratum *strata, size_t count, SampleEstimate *out);

#endif
