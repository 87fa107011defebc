/* What the demonstration city is made of: names and texts of our own. */
#ifndef SERVICE_DEMO_TEXT_H
#define SERVICE_DEMO_TEXT_H

#include <stddef.h>

typedef struct DemoUnit {
    const char *name;
    const char *kind;
    const char *sector;
    const char *principal;
} DemoUnit;
extern const DemoUnit demo_units[20];

typedef struct DemoPerson {
    const char *login;
    const char *name;
    const char *home;
    const char *post;
} DemoPerson;
extern const DemoPerson demo_people[17];

/* A pattern of a finding: `text` takes the year, then a number of months or of items. `node` picks a
 * category of the round's taxonomy. */
typedef struct DemoFinding {
    const char *title;
    const char *text;
    const char *basis;
    int node;
    int fen; /* of the amount in thousands of yuan, roughly; 0: none */
} DemoFinding;
extern const DemoFinding demo_findings[];
extern const size_t demo_finding_count;

#endif
