/* Use cases one after another from inside the program: the command line, the demo, tests. Each step goes
 * through the gate like a click, as its actor, on its day. */
#ifndef SERVICE_SCRIPT_H
#define SERVICE_SCRIPT_H

#include "service/operation.h"

typedef struct Script {
    App *app;
    Arena *arena; /* of what is kept between steps */
    Actor actor;  /* who acts in the next step */
    Date today;   /* the day of the next step; DATE_NONE: the app's */
    Instant now;  /* recorded as the instant of the next step; 0: the real one */
    Lang lang;
    const struct ScriptBulk *within; /* of script_bulk(); NULL: each step is on disk before the next */
} Script;

/* What a step left behind, in the script's arena. */
typedef struct Made {
    Str id;
    int64_t version;
    const Json *json; /* the whole answer */
} Made;

/* The operator of this machine, who may run every command on a ledger he can open. */
Actor script_local_actor(Arena *arena);

/* Many steps as one job of the lane: `steps` runs on the lane's thread, each step in a savepoint of its own, and all
 * are on disk when this returns ST_OK. Where it fails nothing of it is. */
typedef Status ScriptSteps(Ctx *c, void *arg);
Status script_bulk(Ctx *c, Script *s, ScriptSteps *steps, void *arg) MUST_CHECK;

/* One step. `id` and `version` name the record of a move or edit (0: none). On refusal the error is
 * in `c`, ready to be printed. */
Status script_do(Ctx *c, Script *s, OperationId use, Str id, int64_t version, Str body, Made *out) MUST_CHECK;
/* The same with a body made like printf; texts in it must need no escaping. */
Status script_dof(Ctx *c, Script *s, OperationId use, const Made *on, Made *out, const char *format, ...) MUST_CHECK
    __attribute__((format(printf, 6, 7)));
/* A new row of a register. */
Status script_enter(Ctx *c, Script *s, EntityKind kind, Made *out, const char *format, ...) MUST_CHECK
    __attribute__((format(printf, 5, 6)));
/* A read; its answer in the script's arena. */
Status script_read(Ctx *c, Script *s, OperationId use, EntityKind kind, Str id, const Param *params, size_t count,
    Made *out) MUST_CHECK;
/* One page of a list, as its items: objects in the script's arena. */
Status script_list(
    Ctx *c, Script *s, EntityKind kind, const Param *params, size_t count, const Json **items) MUST_CHECK;
/* Uploads bytes and puts them under a record. `owner`: "inspection" or "organiser", whose the file is. */
Status script_attach(Ctx *c, Script *s, const char *subject, Str record, const char *owner, Str owner_id, Str name,
    Str bytes) MUST_CHECK;

#endif
