/* The option table: what a command takes from its command line, the environment and a file.
 *
 * Later sources win: default, file (key = value, '#' comments), environment (XUNCHA_KEY), flag.
 * Unknown keys and flags are errors that name the nearest known one. */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include "base/ctx.h"

typedef enum OptionKind { OPT_TEXT, OPT_INT, OPT_FLAG, OPT_DATE } OptionKind;

typedef struct Option {
    const char *name; /* "as-of": flag --as-of, environment XUNCHA_AS_OF, file key as_of */
    OptionKind kind;
    const char *value_name; /* "DATE" in the help; NULL for flags */
    const char *initial;    /* NULL: none */
    Text help;
} Option;

enum { OPTIONS_MAX = 48, OPERANDS_MAX = 64 };

typedef struct OptionValues {
    const Option *table;
    size_t count;
    Str value[OPTIONS_MAX];
    bool given[OPTIONS_MAX]; /* by flag, environment or file; false for the default */
    Str operand[OPERANDS_MAX];
    size_t operand_count;
} OptionValues;

/* argv[0] is the first word after the command's name. "--name value", "--name=value", "--flag",
 * "--" ends flags. ST_INVALID names the word and the remedy. */
Status options_read(
    Ctx *c, const Option *table, size_t count, int argc, char *const argv[], OptionValues *out) MUST_CHECK;
/* Lines of a configuration file laid under what was given by flag or environment. */
Status options_read_file(Ctx *c, Str text, OptionValues *values) MUST_CHECK;

Str option_text(const OptionValues *values, const char *name);
int64_t option_int(const OptionValues *values, const char *name);
bool option_flag(const OptionValues *values, const char *name);
Date option_date(const OptionValues *values, const char *name);
bool option_given(const OptionValues *values, const char *name);

/* "  --as-of DATE   …" a line an option. */
void options_help(StrBuf *out, const Option *table, size_t count, Lang lang);

#endif
