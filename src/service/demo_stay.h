/* One inspection of the demo: its team writes papers, draws findings, and the office tells the unit. */
#ifndef SERVICE_DEMO_STAY_H
#define SERVICE_DEMO_STAY_H

#include "domain/round.h"
#include "service/demo_stage.h"

enum { STAY_TEAM_MAX = 9 };

typedef struct Stay {
    Made inspection;
    Str unit_name;
    Str principal;
    const Player *team[STAY_TEAM_MAX]; /* head, deputy, liaison, then the others: stay_duty() */
    int team_size;
    int number;         /* of its feedback in the year */
    bool facts_checked; /* the unit is shown some of the facts before the feedback */
    Date notice, enters, leaves, reported, consulted, deliberated, heard, fed_back;
} Stay;

/* What is wrong, as the paper and the finding say it. */
typedef struct Fault {
    Str title;
    Str text;
    Str basis;
    Str category;
    Str second; /* category of a second taxonomy, or nothing */
    Str theme;
    Str project; /* id, or nothing */
    const char *source;
    int64_t fen; /* 0: no amount */
    int year;    /* when it happened */
    const char *severity;
    Date fixed_on; /* 立行立改; DATE_NONE: not */
    Str fix_result;
} Fault;

int stay_duty(int place, int team_size); /* enum Duty */

Status stay_move(Stage *st, Stay *stay, OperationId use, Date day) MUST_CHECK;
/* Told and entered. */
Status stay_begin(Stage *st, Stay *stay, const Player *office) MUST_CHECK;
/* A draft with its evidence, by two of the team: `author` and `checker` are places in it. */
Status stay_write(
    Stage *st, const Stay *stay, const Fault *f, int author, int checker, Date day, Made *paper) MUST_CHECK;
/* Both authors sign. */
Status stay_sign_authors(Stage *st, const Stay *stay, int author, int checker, Made *paper, Date day) MUST_CHECK;
/* The deputy sends it back, the authors sign again. */
Status stay_return_once(Stage *st, const Stay *stay, int author, int checker, Made *paper, Date day) MUST_CHECK;
/* Deputy and head: the paper is locked. */
Status stay_sign_off(Stage *st, const Stay *stay, Made *paper, Date reviewed, Date signed_on) MUST_CHECK;
Status stay_find(Stage *st, const Stay *stay, const Fault *f, const Made *papers, int paper_count, Date day) MUST_CHECK;
/* From leaving to the receipt: report, consultation, leading group, secretary, feedback. */
Status stay_tell(Stage *st, Stay *stay, const Player *office) MUST_CHECK;

#endif
