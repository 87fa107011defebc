/* A finding that was fed back is taken back (撤销): asked for with a reason, decided by a second person.
 *
 *   已反馈 → 提请撤销 → 已撤销 | 已反馈 (维持)
 *
 * Nothing is deleted: the finding and its rectification item stay, in a state that no rate counts. Until it is
 * decided the item goes on as it was. */
#ifndef DOMAIN_REVOCATION_H
#define DOMAIN_REVOCATION_H

#include "domain/rectification.h"

typedef struct RevocationCase {
    const Finding *finding;
    const Rectification *item;   /* NULL: it never got one */
    int64_t waiting_adjustments; /* of the item, still to be decided */
} RevocationCase;

/* ask_revoke, revoke, keep. Refused: the same person asking and deciding, a day before the finding was told or in
 * the future, an item on which an adjustment is still to be decided. */
Status revocation_decide(
    Ctx *c, const RevocationCase *now, Action action, const MoveInput *input, Changes *out) MUST_CHECK;

#endif
