/* Rectification plans before their bodies, in the last regular round of the demo city. */
#ifndef SERVICE_DEMO_FILINGS_H
#define SERVICE_DEMO_FILINGS_H

#include "service/demo_city.h"

/* A step of a job: `city` is the City. */
Status stage_filings(Ctx *c, void *city) MUST_CHECK;

#endif
