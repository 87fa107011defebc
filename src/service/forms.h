/* Statistics forms, for what shows them elsewhere than form_service.c. */
#ifndef SERVICE_FORMS_H
#define SERVICE_FORMS_H

#include "domain/stat_form.h"
#include "insight/form.h"
#include "store/rules.h"

/* By the code of a shipped form, or the id of a record. `record` is NULL for a shipped one. */
Status form_find(Ctx *c, Str id, Form **out, StatForm **record) MUST_CHECK;
/* What a line is called: its row, or the value that it is of. */
Status form_line_label(Ctx *c, RuleCache *rules, const FormLine *line, Str *out) MUST_CHECK;

#endif
