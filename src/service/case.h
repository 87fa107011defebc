/* What several use cases load: signatures of a turn, attachments, the action a name carries. */
#ifndef SERVICE_CASE_H
#define SERVICE_CASE_H

#include "domain/signature.h"
#include "domain/unit.h"
#include "domain/workflow.h"
#include "service/operation.h"
#include "store/load.h"

/* "paper.sign" is the action sign. */
Action usecase_action(const UseCase *u);
/* Whether the actor may make records under an organiser: one that he holds; the supervisors write for the office they
 * work with, whose assignment need not be theirs. */
Status organiser_check(Ctx *c, Str id) MUST_CHECK;
/* Those of one record and turn, in the order they were given. */
Status signatures_of(Ctx *c, Str record, int64_t turn, Signature **out, size_t *count) MUST_CHECK;
/* Those of all turns of a record, at most a thousand. */
Status signatures_of_all(Ctx *c, Str record, Signature **out, size_t *count) MUST_CHECK;
Status attachment_count(Ctx *c, Str record, int64_t *out) MUST_CHECK;
/* Letters about items of an inspection that were issued, each once, within what the actor sees. */
Status letters_about(Ctx *c, Str inspection, Str **ids, size_t *count) MUST_CHECK;
/* The highest serial among letters of an organiser that are numbered in this series and year; 0: none. */
Status letter_last_serial(Ctx *c, Str organiser, Str series, int64_t year, int64_t *serial) MUST_CHECK;
/* What the unit was called that day; its present name where nothing older is kept. */
Status unit_name_on(Ctx *c, const Unit *unit, Date day, Str *out) MUST_CHECK;

/* What a request brings along in its member `file`, in base64: at most `most` bytes. ST_TOO_BIG above that, ST_INVALID
 * for what is not base64; `what` names the file in the remedy. */
Status file_of_member(Ctx *c, Str base64, int64_t most, Text what, Str *bytes) MUST_CHECK;

#endif
