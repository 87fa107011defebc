/* Runs one foreign program where it can neither see nor reach anything: bubblewrap (bwrap), or not at all.
 *
 * Inside there are namespaces of its own for everything (no network but an empty loopback, no other process, no mount
 * of the machine's), no capability, no further user namespace, an environment of the given variables only, and these
 * files: /usr, /bin, /lib and what programs need of /etc, read-only; an empty /tmp and SANDBOX_HOME in memory; the
 * given views, read-only; one folder that is written. Its output goes to /dev/null: it may name what is confidential.
 * What runs ends with its time, with the thread that waits for it, and with the sandbox: nothing is left behind in the
 * background.
 *
 * Needs bubblewrap 0.8 (Debian 12) and a kernel that lets this user make user namespaces. */
#ifndef DOCUMENT_SANDBOX_H
#define DOCUMENT_SANDBOX_H

#include "base/ctx.h"

#define SANDBOX_HOME "/home"
#define SANDBOX_OUT  "/papers/out"

enum {
    SANDBOX_HOME_MIB = 128,    /* memory for SANDBOX_HOME, and for /tmp */
    SANDBOX_TMP_MIB = 512,     /* both count beside memory_mib */
    SANDBOX_FILES_MAX = 1024,  /* open at once */
    SANDBOX_THREADS_MAX = 4096 /* the kernel counts all those of this user, also outside: it stops fork bombs only */
};

/* `from` of the machine is seen as `to`; or a variable and its value. */
typedef struct SandboxPair {
    const char *from;
    const char *to;
} SandboxPair;

typedef struct Sandbox {
    const char *bwrap;
    const SandboxPair *views; /* later ones may lie inside earlier ones */
    size_t view_count;
    const SandboxPair *variables; /* beside HOME and LANG */
    size_t variable_count;
    const char *out;    /* the folder seen as SANDBOX_OUT; NULL: nothing is written */
    int64_t seconds;    /* by the clock; each process has twice as many of a processor */
    int64_t memory_mib; /* of all processes together, looked at ten times a second; as much again for /tmp. The kernel's
                         * limit, address space of each process, lies far above: see sandbox.c, watch() */
    int64_t file_mib;   /* of each file that is written */
} Sandbox;

typedef struct SandboxEnd {
    bool late; /* ended by us because its time was over */
    bool fat;  /* ended by us because it held too much memory */
    int code;  /* 128 + n after signal n; -1 when somebody else took it */
} SandboxEnd;

/* Runs `command` (NULL ends it; found inside, no shell) and waits for its end. Whether it did its work is for the
 * caller to see: ST_BUSY here means that no process could be started at all. Any thread may call it. */
Status sandbox_run(Ctx *c, const Sandbox *box, const char *const *command, SandboxEnd *out) MUST_CHECK;
/* False when bwrap does not start, or the kernel refuses it: tried with /usr/bin/true. */
bool sandbox_starts(Ctx *c, const char *bwrap);

#endif
