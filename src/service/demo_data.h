/* The invented content of the demo city (data/demo/, its README names the columns), taken into the program. */
#ifndef SERVICE_DEMO_DATA_H
#define SERVICE_DEMO_DATA_H

#include "base/clock.h"

#define DEMO_TABLE_LIST(X)        \
    X(REGISTERS, registers)       \
    X(INSTRUCTIONS, instructions) \
    X(UNITS, units)               \
    X(HISTORY, history)           \
    X(ROUNDS, rounds)             \
    X(SPECIAL, special)           \
    X(PROJECTS, projects)         \
    X(FOCUS, focus)               \
    X(PEOPLE, people)             \
    X(FINDINGS, findings)         \
    X(OPEN, open)                 \
    X(RULES, rules)               \
    X(ANSWERS, answers)           \
    X(LETTERS, letters)           \
    X(TALKS, talks)               \
    X(NAMED, named)               \
    X(LEGACY, legacy)             \
    X(URGED, urged)               \
    X(VISITS, visits)             \
    X(CLEAN_UPS, clean_ups)       \
    X(SUPERVISED, supervised)     \
    X(EFFECTS, effects)
typedef enum DemoTable {
#define X(N, ...) DEMO_##N,
    DEMO_TABLE_LIST(X)
#undef X
} DemoTable;
enum { DEMO_COLUMNS_MAX = 12 };

typedef struct DemoRows {
    Str rest;
    Str cell[DEMO_COLUMNS_MAX]; /* of the present row; empty ones beyond its end */
} DemoRows;

DemoRows demo_rows_of(DemoTable table);
/* The next row; false after the last one. */
bool demo_rows_next(DemoRows *rows);
/* The date in a cell; DATE_NONE for an empty one. */
Date demo_date(Str cell);

#endif
