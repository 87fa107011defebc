/* What every fallible function takes first: memory, the first error, who acts, today.
 *
 * A function that can fail returns Status and, when it fails, has called fail() or passes on what
 * a callee returned. The first failure wins: later calls of fail() on the same Ctx change nothing
 * until ctx_rewind() or ctx_forgive(). Inner rooms stay silent; http and cli log one line and answer. */
#ifndef BASE_CTX_H
#define BASE_CTX_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"

#define MUST_CHECK __attribute__((warn_unused_result))

#define STATUS_LIST(X) /* name, HTTP, exit code */ \
    X(OK, 200, 0)                                  \
    X(INVALID, 422, 2)                             \
    X(DENIED, 403, 3)                              \
    X(MISSING, 404, 4)                             \
    X(CONFLICT, 409, 5)                            \
    X(STALE, 412, 6)                               \
    X(NEEDED, 428, 7)                              \
    X(TOO_BIG, 413, 8)                             \
    X(LOCKED, 429, 9)                              \
    X(BUSY, 503, 10)                               \
    X(FULL, 507, 11)                               \
    X(NOBODY, 401, 12)                             \
    X(BROKEN, 500, 13)                             \
    X(MALFORMED, 400, 14)

typedef enum Status {
#define X(name, http, code) ST_##name,
    STATUS_LIST(X)
#undef X
        STATUS_COUNT
} Status;

int status_http(Status status);
int status_exit(Status status);
const char *status_name(Status status); /* "CONFLICT" */

typedef enum Lang { LANG_ZH, LANG_EN } Lang;

/* One thing said in both languages of the program. */
typedef struct Text {
    const char *zh;
    const char *en;
} Text;
#define T(zh, en) ((Text){ zh, en })
Str text_in(Text text, Lang lang);

/* One wrong field: which, what stood there, what it breaks, what to do. */
typedef struct FieldError FieldError;
struct FieldError {
    Str field;  /* name as the API spells it */
    Str value;  /* as given, clipped to 80 characters; never for secret fields */
    Str rule;   /* in the language of the Ctx */
    Str remedy; /* likewise */
    FieldError *next;
};

typedef struct Error {
    Status status;
    const char *place; /* "domain/workflow.c:41" */
    Str message;       /* for a person, in the language of the Ctx */
    FieldError *fields;
    uint32_t field_count;
    int64_t retry_after_s; /* for BUSY and LOCKED; 0 when it makes no sense */
    bool twice;            /* a key of its table refused the row: it is there already */
} Error;

typedef struct Ids Ids;
typedef struct Crypto Crypto;
typedef struct Db Db;
typedef struct Actor Actor;

/* What the program gives to every Ctx. Read-only once built; outlives all of them. */
typedef struct Env {
    const Clock *clock;
    const Crypto *crypto;
    Ids *ids; /* has its own lock */
} Env;

typedef struct Ctx {
    Arena *arena;
    const Env *env;
    Error err;
    Lang lang;
    const Actor *actor; /* who acts, in which role; NULL before login */
    Date today;         /* in the organiser's zone, or as pinned */
    Instant now;        /* UTC; fixed for one request, so that all its records agree */
    Db *db;             /* the connection lent by the service; NULL outside an operation */
} Ctx;

/* A Ctx on an arena of the caller's; today and now are read from the clock once. */
Ctx ctx_on(Arena *arena, const Env *env);

/* Notes the first failure. Formats for both languages take the same arguments in the same order.
 *     return fail(c, ST_CONFLICT, "第%lld项…", "item %lld …", no);                            */
#define PLACE_TEXT_(line)    #line
#define PLACE_TEXT(line)     PLACE_TEXT_(line)
#define PLACE                __FILE__ ":" PLACE_TEXT(__LINE__)
#define fail(c, status, ...) fail_at((c), (status), PLACE, __VA_ARGS__)
Status fail_at(Ctx *c, Status status, const char *place, const char *zh, const char *en, ...)
    __attribute__((format(printf, 4, 6), format(printf, 5, 6)));

/* Adds a wrong field to the failure of this Ctx (making it INVALID when there was none yet) and
 * returns ST_INVALID. At most 50 are kept; the count goes on. `field` is copied. */
Status fail_field(Ctx *c, Str field, Str value, Text rule, Text remedy);
/* The same with the status of a move that the state forbids, a stale version … */
Status fail_field_as(Ctx *c, Status status, Str field, Str value, Text rule, Text remedy);
/* What failed so far becomes the fault of one field: its message the rule, invalid the status. */
Status blame_field(Ctx *c, Str field, Text remedy);

/* A rule made of both languages with figures in it, in the arena of the Ctx. */
Text text_format(Ctx *c, const char *zh, const char *en, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* Takes the error back, for a caller that can do something else instead. */
void ctx_forgive(Ctx *c);

/* Memory and error together. */
typedef struct CtxMark {
    ArenaMark memory;
    Error err;
} CtxMark;
CtxMark ctx_mark(const Ctx *c);
void ctx_rewind(Ctx *c, CtxMark mark);

/* Passes a failure on. */
#define TRY(call)                    \
    do {                             \
        Status try_status_ = (call); \
        if (try_status_ != ST_OK)    \
            return try_status_;      \
    } while (0)

#endif
