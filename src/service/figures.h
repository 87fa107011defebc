/* The figures array, as the API and `xuncha figures --json` print it. */
#ifndef SERVICE_FIGURES_H
#define SERVICE_FIGURES_H

#include "base/ctx.h"

Status figures_to_json(Ctx *c, StrBuf *out, Date as_of) MUST_CHECK;

#endif
