/* The demonstration city (示例市): made through the use cases with their own dates. */
#ifndef SERVICE_DEMO_H
#define SERVICE_DEMO_H

#include "service/script.h"

#define DEMO_TODAY 20211031

enum { DEMO_ACCOUNTS_MAX = 24 };
typedef struct DemoAccount {
    Str login;
    Str password;
    Str name;
    Str role; /* in the language of the command */
} DemoAccount;

typedef struct DemoResult {
    DemoAccount accounts[DEMO_ACCOUNTS_MAX];
    size_t count;
    int64_t units, rounds, specials, findings, struck_off;
} DemoResult;

typedef struct DemoWish {
    uint64_t seed;
    bool small;                               /* three rounds and twenty units instead of the whole city */
    int scale;                                /* how many such cities, for tests of load; 1 */
    void (*progress)(int percent, void *arg); /* may be NULL; told now and then */
    void *progress_arg;
} DemoWish;

/* Fills an empty ledger. Business content is the same at every run with one seed; passwords are random. */
Status demo_make(Ctx *c, App *app, const DemoWish *wish, DemoResult *out) MUST_CHECK;

#endif
