/* What the two halves of domain/filing.h share: filing it (filing.c), reviewing it (filing_review.c). */
#ifndef DOMAIN_FILING_PARTS_H
#define DOMAIN_FILING_PARTS_H

#include "domain/filing.h"

/* The day given, else today: from `floor` on, not in the future. */
Status filing_day(Ctx *c, Date given, Date floor, Date *day) MUST_CHECK;
/* Of what the bodies are shown: the text, and of a plan the items too. */
Str filing_digest(Ctx *c, const FilingCase *now);
/* It is this body's turn. */
Status filing_review_begin(Ctx *c, const RuleSet *rules, Period term, Date day, FilingReview *row) MUST_CHECK;
/* All opinions are there. */
Status filing_to_collator(Ctx *c, const RuleSet *rules, const ReviewRule *rule, Date day, Filing *after) MUST_CHECK;

#endif
