/* The ladder of letters about items past their day (逐级催办), which the rule set describes: a reminder, a supervision
 * letter, a warning, an accountability proposal. The rule only drafts; a person issues the draft, or decides not to.
 *
 * An item climbs rung by rung, and only under one due date: a later date that was granted, a clock that stands, a
 * strike-off end its climb, and a new due date begins at the first rung. A rung is reached when the item is so many
 * days late, and when as many days as lie between the two rungs have passed since the letter before it was issued or
 * dropped: an item that is found a year late is reminded first all the same. A draft that nobody has decided on holds
 * its items where they are.
 *
 * All items of an inspection that reach a rung on one day share a letter. What is drafted is derived from the
 * records alone, so a run that was killed is simply run again (DOMAIN §2.6, §7.2). */
#ifndef DOMAIN_ESCALATION_H
#define DOMAIN_ESCALATION_H

#include "domain/letter.h"

enum { LETTER_ITEMS_MOST = 200 };

/* One inspection. */
typedef struct EscalationCase {
    const RuleSet *rules;
    const Rectification *items; /* late enough for the first rung, and their clock runs */
    size_t item_count;
    const LetterItem *links; /* of letters that a rule drafted, about any item of the inspection */
    size_t link_count;
    const Letter *letters; /* that those hang on */
    size_t letter_count;
    Str unit_name;
    int64_t draft_serial; /* the last one given to a draft this year */
} EscalationCase;

/* The rung that this item reaches today, from 0; -1: none. A letter keeps its rung counted from 1. */
int escalation_rung(const EscalationCase *now, const Rectification *item, Date today);
/* Drafts what is due, into a draft of the same rung where one is open; leaves out of open drafts what is settled, and
 * drops a draft that has nothing left. `drafted` counts the new letters. */
Status escalation_decide(Ctx *c, const EscalationCase *now, int *drafted, Changes *out) MUST_CHECK;

#endif
