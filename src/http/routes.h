/* The table of routes and its matcher. A route names an operation; the operation its need. */
#ifndef HTTP_ROUTES_H
#define HTTP_ROUTES_H

#include "service/operation.h"

typedef struct Route {
    const char *method;
    const char *pattern; /* below /api/v1/: "papers/{id}/sign"; {entity} any entity, {register} any register */
    OperationId operation;
    uint32_t body_max;
} Route;

extern const Route routes[];
extern const size_t route_count;

typedef struct RouteMatch {
    const Route *route;
    const Entity *entity; /* of {entity} and {register} */
    Str id;
    bool known_path; /* another method has this path */
} RouteMatch;

/* `path` begins with "/api/v1/". False when nothing fits. */
bool route_find(Str method, Str path, RouteMatch *out);
/* The OpenAPI description of every route, from the tables. */
void routes_to_openapi(Ctx *c, StrBuf *out);

#endif
