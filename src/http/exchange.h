/* One request on its way through the transport. Internal to src/http. */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include "http/routes.h"
#include "http/workers.h"
#include "store/evidence.h"

#include <stdatomic.h>

enum { COOKIE_ROOM = 256, PARAMS_MAX = 64 };

typedef enum ExchangeState { TAKING, RUNNING, ANSWERING } ExchangeState;

typedef struct Exchange {
    WorkItem work; /* first: the workers hand it back */
    struct Listener *listener;
    struct MHD_Connection *connection;
    Arena *arena;
    ArenaMark empty; /* where the arena started, to be used again */
    Ctx c;
    UseCase u;
    Session session;
    Param params[PARAMS_MAX];
    Str method;
    Str path;
    StrBuf body;
    uint32_t body_max;
    bool is_upload;
    bool too_big;
    bool has_session;
    Upload upload;
    UploadWriter *writer;
    Status status;
    int64_t began_ms;
    _Atomic ExchangeState state;
    bool suspended;
} Exchange;

/* --- request.c: what came in ------------------------------------------------------------------------ */

/* Path, parameters, language, headers, session, CSRF. On a refusal the exchange is ready to answer. */
Status request_read(Exchange *x) MUST_CHECK;
Str request_header(const Exchange *x, const char *name);

/* --- response.c: what goes out ------------------------------------------------------------------------- */

/* Fills u.out with the problem document of the failure in the Ctx. */
void response_problem(Exchange *x);

#endif
