/* Where a program in a sandbox finds its work and leaves what it made.
 *
 * A private folder (0700) in TMPDIR or /tmp. It goes, with whatever a program left in it, however deep and however
 * locked, when it is closed or when the arena of the Ctx ends. A killed process leaves it: what is called xuncha-pdf-*
 * there may be removed while nothing runs. */
#ifndef DOCUMENT_SANDBOX_FOLDER_H
#define DOCUMENT_SANDBOX_FOLDER_H

#include "base/ctx.h"

typedef struct SandboxFolder {
    int fd;
    const char *path;
} SandboxFolder;
Status sandbox_folder_open(Ctx *c, SandboxFolder **out) MUST_CHECK;
void sandbox_folder_close(SandboxFolder *folder); /* may be called twice */

#endif
