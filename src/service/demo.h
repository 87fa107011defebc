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
    int64_t units, rounds, findings, struck_off;
} DemoResult;

/* Fills an empty ledger. `progress` (may be NULL) is told how far it is, in steps of some hundredths.
 * Business content is the same at every run with one seed; passwords are random. */
Status demo_make(
    Ctx *c, App *app, uint64_t seed, void (*progress)(int percent, void *arg), void *arg, DemoResult *out) MUST_CHECK;

#endif
