/* What the demonstration city is played on: who acts, on which day, what chance says. Both plans, the small city that
 * tests copy and the whole one, use it. */
#ifndef SERVICE_DEMO_STAGE_H
#define SERVICE_DEMO_STAGE_H

#include "domain/deadline.h"
#include "service/demo.h"

/* Somebody with an account, or about to get one. */
typedef struct Player {
    Str login;
    Str name;
    Made person;
    Made account;
    Date busy_until; /* stands in an authorisation until that day */
} Player;

typedef struct Stage {
    Ctx *c;
    Script s;
    uint64_t random;
    int64_t instants;
    const Calendar *calendar; /* of the rules in force */
    DemoResult *out;
    Made organiser;
    void (*progress)(int, void *);
    void *progress_arg;
    int64_t done, all; /* in the plan's own measure */
} Stage;

/* Below `below`; the same numbers at every run with one seed. */
uint32_t stage_draw(Stage *st, uint32_t below);
void stage_tell(Stage *st, int64_t more);

/* --- days ------------------------------------------------------------------------------------------------- */

/* The next steps are of that day: nine in the morning, and a second more each time. */
void stage_day(Stage *st, Date day);
/* That day, or the next on which offices work. */
Date stage_working(const Stage *st, Date day);
/* So many working days later. */
Date stage_later(const Stage *st, Date day, int working_days);

/* --- who acts ----------------------------------------------------------------------------------------------- */

void stage_as(Stage *st, const Player *p, Role role, Date day);
/* Whoever enters things at the machine itself. */
void stage_locally(Stage *st, Date day);
/* What a unit says is said by its principal, whether or not he has an account in the demo. */
void stage_for(Stage *st, Str name, Date day);

/* --- the ground ----------------------------------------------------------------------------------------------- */

Status stage_rules(Stage *st, Date day) MUST_CHECK;
Status stage_organiser(Stage *st, Str name) MUST_CHECK;
/* A person with an account. Only accounts that are handed out get a password. */
Status stage_player(Stage *st, Player *p, Str home, Str post, bool handed_out) MUST_CHECK;
/* `target`: a member of the body, as "\"everything\":true". */
Status stage_grant(Stage *st, const Player *p, const char *role, const char *target) MUST_CHECK;
/* The account and its first password, for those who try the demo. */
void stage_show(Stage *st, const Player *p, const char *role);

/* --- official papers --------------------------------------------------------------------------------------- */

/* Drafted and issued on that day by whoever acts; `series`: the mark of its number, or nothing. */
Status stage_paper(
    Stage *st, const char *kind, Str record, Str title, Str maker, const char *series, Date day) MUST_CHECK;

/* --- registers, instructions, letters by rule
 * -------------------------------------------------------------------------------- */

/* The daily run over the deadlines, on that day. Not within a script_bulk(). */
Status stage_escalate(Stage *st, Date day) MUST_CHECK;

Status stage_registers(Stage *st, const Player *office) MUST_CHECK;
Status stage_instructions(Stage *st, const Player *office) MUST_CHECK;

#endif
