/* The file of an inspection (案卷): what its catalogue is drawn from, and what is found again. */
#ifndef SERVICE_DOSSIER_H
#define SERVICE_DOSSIER_H

#include "domain/document.h"
#include "domain/dossier.h"
#include "domain/evidence.h"
#include "service/operation.h"

/* Everything that belongs into it, within what the actor sees. */
Status dossier_entries(Ctx *c, const Inspection *inspection, DossierEntry **out, size_t *count) MUST_CHECK;
/* The catalogue, in the order of its numbers. */
Status dossier_items(Ctx *c, Str inspection, DossierItem **out, size_t *count) MUST_CHECK;
/* SM3 in hex: of the file of a paper or an attachment, else over the fields of the record. */
Str dossier_digest(Ctx *c, const Entity *e, const void *record);
/* The bytes of an attachment, each chunk checked against its seal. ST_BROKEN when the file was changed. */
Status dossier_evidence(Ctx *c, const App *app, Str attachment, Str *name, Str *bytes) MUST_CHECK;

#endif
