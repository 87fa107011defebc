/* The size of a picture that comes in as a file: PNG or JPEG. */
#ifndef DOCUMENT_IMAGE_READ_H
#define DOCUMENT_IMAGE_READ_H

#include "base/ctx.h"

enum { IMAGE_FILE_MAX = 1024 * 1024, IMAGE_SIDE_MAX = 6000 };

/* The file is untrusted: only its head is read. ST_INVALID for what is neither, or has a side of none or more than
 * IMAGE_SIDE_MAX pixels. */
Status image_read(Ctx *c, Str bytes, int *width, int *height) MUST_CHECK;

#endif
