/* The whole demo city while it is being made: what data/demo says, and what exists already. */
#ifndef SERVICE_DEMO_CITY_H
#define SERVICE_DEMO_CITY_H

#include "service/demo_data.h"
#include "service/demo_items.h"

enum {
    CITY_PEOPLE_MAX = 240,
    CITY_UNITS_MAX = 140,
    CITY_PATTERNS_MAX = 512,
    CITY_ANSWERS_MAX = 16, /* of one theme and kind */
    CITY_THEMES = 10,
    CITY_OPEN_MAX = 32,
    CITY_SPECIALS_MAX = 12,
    CITY_FIRST_YEAR = 2017,
    CITY_YEARS = 5
};

/* Places among the people of those who are on site on the last day and may be tried. */
enum { SITE_HEAD = 35, SITE_DEPUTY = 85, SITE_LIAISON = 218, SITE_MEMBER = 219 };

/* One that stays open on the last day: a row of open.tsv and in what state it waits. */
typedef enum Wait { WAIT_LONG, WAIT_BASIC, WAIT_EXTENDED, WAIT_OVERDUE } Wait;
typedef struct OpenSlot {
    int row;
    Wait wait;
} OpenSlot;

typedef struct CityUnit {
    Str code, name, kind, sector, principal, leader, group, office;
    Date established;
    Str principal_before; /* until the day before principal_from; empty: the same all the time */
    Date principal_from;
    Str name_before; /* likewise, until the reform */
    Date renamed;
    Date ends; /* merged into another; DATE_NONE: stands */
    bool registered;
    Made made;
    uint8_t used[CITY_PATTERNS_MAX / 8]; /* patterns that were found here before */
} CityUnit;

typedef struct Pattern {
    int theme;
    Str kinds;
    int node; /* of the first taxonomy */
    Str title, text, rule;
    bool has_amount;
    Date from, to; /* the rule was in force */
    int uses;
} Pattern;

typedef struct OpenRow {
    Str cause, kinds, title, text, measures, target, basis;
    int theme;
    bool has_amount;
    int uses;
} OpenRow;

typedef enum Post {
    POST_OFFICE,
    POST_LEADER,
    POST_DISCIPLINE,
    POST_ORGANISATION,
    POST_PROPAGANDA,
    POST_ROOM,
    POST_SYSADMIN,
    POST_SECADMIN,
    POST_AUDITOR,
    POST_UNIT,
    POST_COUNT
} Post;

typedef struct City {
    Stage *st;
    int copy; /* 0: the city; 1 …: one more for tests of load */
    Player posts[POST_COUNT];
    Player people[CITY_PEOPLE_MAX]; /* heads, deputies, members */
    int people_count;
    int next[3]; /* who of the heads, deputies, members comes next */
    CityUnit units[CITY_UNITS_MAX];
    int unit_count;
    Pattern patterns[CITY_PATTERNS_MAX];
    int pattern_count;
    OpenRow open[CITY_OPEN_MAX];
    int open_count;
    Str answers[CITY_THEMES][2][CITY_ANSWERS_MAX]; /* measures, results */
    int answer_count[CITY_THEMES][2];
    int decisions[CITY_YEARS]; /* so far, for their numbers of the year */
    int feedbacks[CITY_YEARS];
    int cause_given[7]; /* of what stays open, so far */
    int open_given;
} City;

Status city_read(City *city) MUST_CHECK;
CityUnit *city_unit(City *city, Str code); /* NULL when there is none */
Str city_unit_name(const CityUnit *u, Date day);
Str city_principal(const CityUnit *u, Date day);
int city_theme(Str name); /* index into the list of themes; -1 */
Str city_theme_name(int theme);
/* The version a record has now. */
Status city_version(City *city, EntityKind kind, Made *made) MUST_CHECK;

/* --- what is wrong ---------------------------------------------------------------------------------------------- */

typedef enum Subject { SUBJECT_REGULAR, SUBJECT_PROJECTS, SUBJECT_FUNDS } Subject;
/* Another fault of this unit, of the year before the round began or earlier. */
Status fault_pick(City *city, CityUnit *u, Subject subject, const char *taxonomy, const char *second, Date starts,
    Fault *out) MUST_CHECK;
void fault_of_open(City *city, const CityUnit *u, const OpenRow *row, const char *taxonomy, const char *second,
    Date starts, Fault *out);
Str fault_answer(City *city, int theme, bool result);
Str fault_department(City *city, const CityUnit *u);
bool kind_fits(Str kinds, Str kind);

/* --- the course of things --------------------------------------------------------------------------------------- */

enum { CITY_ROUNDS = 9 };
Date city_round_day(int round);
Status city_round(City *city, int round) MUST_CHECK;
int city_specials(City *city);
Date city_special_day(City *city, int special);
Status city_special(City *city, int special) MUST_CHECK;
int64_t city_findings_planned(void);

Status city_letter(City *city, const Str *cell) MUST_CHECK;
/* What the leadership and the supervisors did beside the rounds, once these are played. */
Status city_supervision(City *city) MUST_CHECK;
/* What units stated as effects of items that were struck off, and who confirmed it. */
Status city_effects(City *city) MUST_CHECK;

/* The items of one inspection, to their end; `open` names those that wait for something on the last day. */
/* Is this inspection one of the few whose rectification was evaluated; the whole of it, settled on that day. */
bool city_is_evaluated(const Stay *stay);
Status city_evaluate(City *city, const Stay *stay, Date settled) MUST_CHECK;

Status city_rectify(City *city, CityUnit *u, const Stay *stay, bool regular, int round, const OpenSlot *open,
    int open_count) MUST_CHECK;

#endif
