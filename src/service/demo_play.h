/* A round of the demo city on its way: what is planned, its teams, its units. Regular rounds and special inspections
 * are played by the same steps. */
#ifndef SERVICE_DEMO_PLAY_H
#define SERVICE_DEMO_PLAY_H

#include "service/demo_city.h"

enum { ROUND_UNITS_MAX = 16, ROUND_TEAMS_MAX = 7, OPEN_A_UNIT_MAX = 6, DAYS_AUTHORISED_BEYOND = 20 };

typedef struct RoundPlan {
    int number; /* 0: special */
    Str name;
    Str key; /* of a special one */
    Subject subject;
    Date starts, notice, enters, leaves, reported, consulted, deliberated, heard, fed_back;
    const char *taxonomy;
    const char *second;
    int findings;
    int open; /* of its items, on the last day */
} RoundPlan;

typedef struct RoundTeam {
    Made made;
    const Player *members[STAY_TEAM_MAX];
    int size;
} RoundTeam;

typedef struct RoundUnit {
    CityUnit *u;
    Stay stay;
    int findings;
    OpenSlot open[OPEN_A_UNIT_MAX];
    int open_count;
} RoundUnit;

typedef struct RoundPlay {
    City *city;
    const RoundPlan *plan;
    Made round;
    RoundTeam teams[ROUND_TEAMS_MAX];
    int team_count;
    RoundUnit units[ROUND_UNITS_MAX];
    int unit_count;
    int now; /* the unit whose inspection is played */
    Str projects[64];
    int project_count;
} RoundPlay;

/* The round with its teams, inspections and decision. A step of a job: `play` is the RoundPlay. */
Status play_begin(Ctx *c, void *play) MUST_CHECK;
/* A unit of the city takes part. ST_BROKEN when the data names one that is not there. */
Status play_add_unit(RoundPlay *r, Str code) MUST_CHECK;
/* The plan's findings, shared among the units. */
void play_share_findings(RoundPlay *r);
/* Each unit's inspection, a job each, to its end. */
Status play_units(RoundPlay *r) MUST_CHECK;
/* One job; what it kept between its steps is gone after it. */
Status play_job(RoundPlay *r, ScriptSteps *steps) MUST_CHECK;

#endif
