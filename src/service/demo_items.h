/* How a unit of the demo answers its findings, until they are struck off or wait for something. */
#ifndef SERVICE_DEMO_ITEMS_H
#define SERVICE_DEMO_ITEMS_H

#include "service/demo_stay.h"

/* Who answers, reviews and strikes off. */
typedef struct ItemCast {
    Str unit_principal;
    Str department;
    const Player *supervisor;
    const Player *office;
    const Player *leader;
} ItemCast;

typedef struct ItemText {
    Str measures;
    Str result;
    int64_t recovered_fen; /* money brought back; 0: none */
    int accountable;       /* people held accountable */
} ItemText;

/* The items of an inspection in the order of their numbers; each has id, version, title, theme, state. */
Status items_of(Stage *st, Str inspection, const Json **items) MUST_CHECK;
Made item_made(const Json *item);

/* Measures, leader, department, started, a first word of progress. */
Status item_answer(Stage *st, const ItemCast *cast, Made *item, const ItemText *text, Date day) MUST_CHECK;
/* Result, proof, application, review, strike-off. */
Status item_close(Stage *st, const ItemCast *cast, Made *item, Str inspection, const ItemText *text, Date applied,
    Date reviewed, Date struck) MUST_CHECK;
/* Come back after it was struck off, and struck off again. */
Status item_reopen_and_close(Stage *st, const ItemCast *cast, Made *item, Date reopened) MUST_CHECK;

/* Asked by the unit, granted by the office. */
typedef struct Asking {
    const char *kind;
    Str cause;
    Str reason;
    Str stage_target; /* long-term only */
    Date asked, granted, due;
} Asking;
Status item_adjust(Stage *st, const ItemCast *cast, Made *item, const Asking *a) MUST_CHECK;
Status item_result(Stage *st, const ItemCast *cast, Made *item, const ItemText *text, Date day) MUST_CHECK;

#endif
