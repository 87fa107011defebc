/* The table of commands. Each reads its options, does its work and answers with a Status; main turns
 * that into the exit code: 0 and 1 are answers, 2 and above stand in the Status list. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/config.h"
#include "base/log.h"
#include "service/script.h"

typedef struct Invocation {
    Ctx *c;
    OptionValues options;
    bool no; /* the answer is "no": exit 1 */
} Invocation;

typedef struct CliCommand {
    const char *name;
    Text help;
    const char *operands; /* "[add|grant|reset] …" in the usage line */
    const Option *options;
    size_t option_count;
    Status (*run)(Invocation *in);
} CliCommand;

Status cmd_demo(Invocation *in) MUST_CHECK;
Status cmd_serve(Invocation *in) MUST_CHECK;
Status cmd_figures(Invocation *in) MUST_CHECK;
Status cmd_verify(Invocation *in) MUST_CHECK;
Status cmd_anchor(Invocation *in) MUST_CHECK;
Status cmd_migrate(Invocation *in) MUST_CHECK;
Status cmd_reindex(Invocation *in) MUST_CHECK;
Status cmd_escalate(Invocation *in) MUST_CHECK;
Status cmd_user(Invocation *in) MUST_CHECK;
Status cmd_rules(Invocation *in) MUST_CHECK;
Status cmd_export(Invocation *in) MUST_CHECK;
Status cmd_import(Invocation *in) MUST_CHECK;
Status cmd_print(Invocation *in) MUST_CHECK;
Status cmd_template(Invocation *in) MUST_CHECK;
Status cmd_archive(Invocation *in) MUST_CHECK;
Status cmd_workflow(Invocation *in) MUST_CHECK;
Status cmd_check(Invocation *in) MUST_CHECK;

/* The ledger of --ledger, opened as the command wants it. ST_INVALID without the option. */
Status open_app(Invocation *in, bool write, bool create, App **out) MUST_CHECK;
/* The actor of --actor, or the local one; c->actor is set for the command. */
void act_locally(Invocation *in, Script *s, App *app);
/* One line on standard output. */
void say(const Invocation *in, const char *zh, const char *en, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));
Status read_file(Ctx *c, Str path, size_t most, Str *out) MUST_CHECK;
Status write_secret_file(Ctx *c, Str path, Str bytes) MUST_CHECK;

#endif
