/* The figure checker as a use case and as a command: a file's bytes become text, the ledger says what it knows, and
 * the claims come out as JSON. Nothing of the text is kept. */
#ifndef SERVICE_CHECKING_H
#define SERVICE_CHECKING_H

#include "check/check.h"

enum { CHECKING_FILE_MAX = 32 * 1024 * 1024 };

/* Text, or a docx. */
Status checking_text(Ctx *c, Str bytes, Str *out) MUST_CHECK;
Status checking_run(Ctx *c, Str text, const CheckWish *wish, CheckResult *out) MUST_CHECK;
/* What the ledger of the Ctx knows of the figures that the text names; none for a role that may not read figures. */
Status checking_known(Ctx *c, Str text, CheckWish *wish) MUST_CHECK;

#endif
