/* The image that an issued paper bears. */
#ifndef SERVICE_SEAL_SERVICE_H
#define SERVICE_SEAL_SERVICE_H

#include "document/template.h"
#include "domain/seal_image.h"

/* The one in force of that kind and name; `out` is left as it is where there is none. */
Status seal_image_of(Ctx *c, Str organiser, int32_t kind, Str name, SlotImage *out) MUST_CHECK;

#endif
