#include "base/config.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define ENVIRONMENT_PREFIX "XUNCHA_"
/* As a name is spelled in the environment and in a file. */
enum { NAME_MAX_BYTES = 64 };

/* Where a value came from, to say so when it is wrong: --as-of, XUNCHA_AS_OF, as_of. */
typedef struct Source {
    Text where;
    Str spelling;
} Source;

static void options_begin(const Option *table, size_t count, OptionValues *out)
{
    assert(count <= OPTIONS_MAX);
    *out = (OptionValues){ .table = table, .count = count };
    for (size_t i = 0; i < count; i++)
        out->value[i] = str_of(table[i].initial);
}

/* --- finding an option, or the one that was probably meant -------------------------------------- */

static size_t index_of(const Option *table, size_t count, Str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(str_of(table[i].name), name))
            return i;
    return SIZE_MAX;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters must be put in, taken out or changed to make one name of the other. */
static size_t edit_distance(Str a, Str b)
{
    size_t row[NAME_MAX_BYTES + 1];
    assert(b.len <= NAME_MAX_BYTES);
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 0; i < a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b.len; j++) {
            size_t changed = diagonal + (a.ptr[i] != b.ptr[j]);
            diagonal = row[j + 1];
            row[j + 1] = smaller(changed, smaller(row[j], row[j + 1]) + 1);
        }
    }
    return row[b.len];
}

/* The nearest name, or NULL when not even half of its letters agree. */
static const char *nearest_name(const Option *table, size_t count, Str name)
{
    const char *nearest = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        size_t distance = edit_distance(str_sub(name, 0, NAME_MAX_BYTES), str_of(table[i].name));
        if (distance < least && distance <= strlen(table[i].name) / 2) {
            least = distance;
            nearest = table[i].name;
        }
    }
    return nearest;
}

/* A name as another source spells it: "as-of" as "as_of" or "AS_OF". */
static Str spelled(Ctx *c, const char *prefix, const char *name, bool upper)
{
    StrBuf b = strbuf_in(c->arena);
    strbuf_add(&b, str_of(prefix));
    for (; *name; name++)
        strbuf_addc(&b, *name == '-' ? '_' : upper ? (char)toupper((unsigned char)*name) : *name);
    return strbuf_str(&b);
}

/* --- one value ---------------------------------------------------------------------------------- */

static bool read_switch(Str value, Str *out)
{
    static const char *const yes[] = { "1", "true", "yes", "on" };
    static const char *const no[] = { "0", "false", "no", "off" };
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        if (str_eq(value, str_of(yes[i])) || str_eq(value, str_of(no[i]))) {
            *out = str_eq(value, str_of(yes[i])) ? S("1") : S("0");
            return true;
        }
    }
    return false;
}

static const Text *rule_broken(OptionKind kind, Str *value)
{
    static const Text no_text = { "内容不是有效的UTF-8文本", "this is not valid UTF-8 text" };
    static const Text no_int = { "应当是整数", "a whole number is expected" };
    static const Text no_date = { "应当是日期，例如2021-10-31", "a date is expected, such as 2021-10-31" };
    static const Text no_switch = { "应当是true或者false", "true or false is expected" };
    int64_t n;
    Date d;
    if (!str_is_text(*value))
        return &no_text;
    switch (kind) {
    case OPT_INT:
        return str_to_int(*value, &n) ? NULL : &no_int;
    case OPT_DATE:
        return date_parse(*value, &d) ? NULL : &no_date;
    case OPT_FLAG:
        return read_switch(*value, value) ? NULL : &no_switch;
    case OPT_TEXT:
        break;
    }
    return NULL;
}

static Status give(Ctx *c, OptionValues *values, size_t i, Str value, Source source)
{
    const Text *broken = rule_broken(values->table[i].kind, &value);
    if (broken) {
        Str where = text_in(source.where, c->lang);
        Str rule = text_in(*broken, c->lang);
        Str shown = str_is_text(value) ? str_clip(value, 80) : S("?");
        return fail(c, ST_INVALID, "%.*s%.*s的值“%.*s”有误：%.*s", "%.*s%.*s has the value '%.*s': %.*s",
            STR_ARG(where), STR_ARG(source.spelling), STR_ARG(shown), STR_ARG(rule));
    }
    values->value[i] = str_copy(c->arena, value);
    values->given[i] = true;
    return ST_OK;
}

/* --- the command line --------------------------------------------------------------------------- */

/* `typed` with its dashes, to be shown; `name` without them, to be compared. */
static Status unknown_flag(Ctx *c, const OptionValues *values, Str typed, Str name)
{
    const char *nearest = nearest_name(values->table, values->count, name);
    Str shown = str_is_text(typed) ? str_clip(typed, 80) : S("?");
    if (!nearest)
        return fail(c, ST_INVALID, "没有%.*s这个选项，可用--help查看全部选项",
            "there is no option %.*s; --help lists all", STR_ARG(shown));
    return fail(c, ST_INVALID, "没有%.*s这个选项，是否应为--%s？", "there is no option %.*s; did you mean --%s?",
        STR_ARG(shown), nearest);
}

/* The word after a flag that wants a value; another flag there means that the value was forgotten. */
static Status next_word(Ctx *c, int argc, char *const argv[], int *at, const Option *option, Str *value)
{
    if (*at + 1 >= argc || str_starts(str_of(argv[*at + 1]), S("--")))
        return fail(c, ST_INVALID, "选项--%s后面缺少%s", "option --%s wants %s after it", option->name,
            option->value_name ? option->value_name : "VALUE");
    *value = str_of(argv[++*at]);
    return ST_OK;
}

/* `word` is argv[*at], "--name" or "--name=value"; moves *at past the value when that is the next word. */
static Status read_flag(Ctx *c, OptionValues *out, Str word, int argc, char *const argv[], int *at)
{
    size_t equals = str_find(word, S("="), 0);
    Str typed = str_sub(word, 0, equals);
    Str name = str_sub(typed, 2, typed.len);
    Str value = equals == SIZE_MAX ? S("1") : str_sub(word, equals + 1, word.len);
    size_t i = index_of(out->table, out->count, name);
    if (i == SIZE_MAX)
        return unknown_flag(c, out, typed, name);
    if (equals == SIZE_MAX && out->table[i].kind != OPT_FLAG)
        TRY(next_word(c, argc, argv, at, &out->table[i], &value));
    Source source = { T("选项", "option "), typed };
    return give(c, out, i, value, source);
}

static Status add_operand(Ctx *c, OptionValues *out, Str word)
{
    if (!str_is_text(word))
        return fail(c, ST_INVALID, "第%zu个参数不是有效的UTF-8文本", "operand %zu is not valid UTF-8 text",
            out->operand_count + 1);
    if (out->operand_count == OPERANDS_MAX)
        return fail(c, ST_INVALID, "参数超过%d个", "there are more than %d operands", OPERANDS_MAX);
    out->operand[out->operand_count++] = str_copy(c->arena, word);
    return ST_OK;
}

static Status read_words(Ctx *c, int argc, char *const argv[], OptionValues *out)
{
    bool flags_may_come = true;
    for (int at = 0; at < argc; at++) {
        Str word = str_of(argv[at]);
        if (!flags_may_come || word.len < 2 || word.ptr[0] != '-')
            TRY(add_operand(c, out, word));
        else if (str_eq(word, S("--")))
            flags_may_come = false;
        else if (word.ptr[1] == '-')
            TRY(read_flag(c, out, word, argc, argv, &at));
        else
            return unknown_flag(c, out, word, str_sub(word, 1, word.len));
    }
    return ST_OK;
}

static Status read_environment(Ctx *c, OptionValues *out)
{
    for (size_t i = 0; i < out->count; i++) {
        Str name = spelled(c, ENVIRONMENT_PREFIX, out->table[i].name, true);
        Str value = str_of(getenv(name.ptr));
        Source source = { T("环境变量", "environment variable "), name };
        if (value.len) /* a service manager sets what it has nothing for to the empty text */
            TRY(give(c, out, i, value, source));
    }
    return ST_OK;
}

Status options_read(Ctx *c, const Option *table, size_t count, int argc, char *const argv[], OptionValues *out)
{
    options_begin(table, count, out);
    TRY(read_environment(c, out));
    return read_words(c, argc, argv, out);
}

/* --- the file ----------------------------------------------------------------------------------- */

static Status unknown_key(Ctx *c, const OptionValues *values, size_t line, Str key)
{
    StrBuf dashed = strbuf_in(c->arena);
    for (size_t i = 0; i < key.len; i++)
        strbuf_addc(&dashed, key.ptr[i] == '_' ? '-' : key.ptr[i]);
    const char *nearest = nearest_name(values->table, values->count, strbuf_str(&dashed));
    Str shown = str_clip(key, 80);
    if (!nearest)
        return fail(c, ST_INVALID, "配置文件第%zu行：没有%.*s这个配置项",
            "configuration file, line %zu: there is no key %.*s", line, STR_ARG(shown));
    Str meant = spelled(c, "", nearest, false);
    return fail(c, ST_INVALID, "配置文件第%zu行：没有%.*s这个配置项，是否应为%.*s？",
        "configuration file, line %zu: there is no key %.*s; did you mean %.*s?", line, STR_ARG(shown), STR_ARG(meant));
}

static size_t index_of_key(Ctx *c, const OptionValues *values, Str key)
{
    for (size_t i = 0; i < values->count; i++)
        if (str_eq(spelled(c, "", values->table[i].name, false), key))
            return i;
    return SIZE_MAX;
}

/* Which options the file has set so far, and which were set before it. */
typedef struct FileState {
    size_t line;
    bool set_here[OPTIONS_MAX];
    bool set_before[OPTIONS_MAX];
} FileState;

static Status read_file_line(Ctx *c, Str text, OptionValues *values, FileState *file)
{
    size_t equals = str_find(text, S("="), 0);
    if (equals == SIZE_MAX)
        return fail(c, ST_INVALID, "配置文件第%zu行：应当写成“配置项 = 值”",
            "configuration file, line %zu: 'key = value' is expected", file->line);
    Str key = str_trim(str_sub(text, 0, equals));
    Str value = str_trim(str_sub(text, equals + 1, text.len));
    size_t i = index_of_key(c, values, key);
    if (i == SIZE_MAX)
        return unknown_key(c, values, file->line, key);
    if (file->set_here[i])
        return fail(c, ST_INVALID, "配置文件第%zu行：配置项%.*s重复",
            "configuration file, line %zu: key %.*s stands twice", file->line, STR_ARG(key));
    file->set_here[i] = true;
    if (file->set_before[i])
        return ST_OK;
    Text where = text_format(c, "配置文件第%zu行：", "configuration file, line %zu: ", file->line);
    return give(c, values, i, value, (Source){ where, key });
}

Status options_read_file(Ctx *c, Str text, OptionValues *values)
{
    FileState file = { 0 };
    Str line;
    memcpy(file.set_before, values->given, sizeof file.set_before);
    if (!str_is_text(text))
        return fail(c, ST_INVALID, "配置文件不是有效的UTF-8文本", "the configuration file is not valid UTF-8 text");
    if (str_starts(text, S("\xef\xbb\xbf"))) /* as Windows editors begin a file */
        text = str_sub(text, 3, text.len);
    while (str_cut(&text, '\n', &line)) {
        file.line++;
        line = str_trim(line);
        if (line.len && line.ptr[0] != '#')
            TRY(read_file_line(c, line, values, &file));
    }
    return ST_OK;
}

/* --- asking ------------------------------------------------------------------------------------- */

static size_t known(const OptionValues *values, const char *name)
{
    size_t i = index_of(values->table, values->count, str_of(name));
    assert(i != SIZE_MAX && "a command asks only for options of its own table");
    return i;
}

Str option_text(const OptionValues *values, const char *name)
{
    return values->value[known(values, name)];
}

int64_t option_int(const OptionValues *values, const char *name)
{
    int64_t n = 0;
    (void)str_to_int(option_text(values, name), &n);
    return n;
}

bool option_flag(const OptionValues *values, const char *name)
{
    return str_eq(option_text(values, name), S("1"));
}

Date option_date(const OptionValues *values, const char *name)
{
    Date d = DATE_NONE;
    (void)date_parse(option_text(values, name), &d);
    return d;
}

bool option_given(const OptionValues *values, const char *name)
{
    return values->given[known(values, name)];
}

/* --- help --------------------------------------------------------------------------------------- */

static size_t head_width(const Option *option)
{
    return strlen("  --") + strlen(option->name) + (option->value_name ? 1 + strlen(option->value_name) : 0);
}

void options_help(StrBuf *out, const Option *table, size_t count, Lang lang)
{
    size_t widest = 0;
    for (size_t i = 0; i < count; i++)
        if (head_width(&table[i]) > widest)
            widest = head_width(&table[i]);
    for (size_t i = 0; i < count; i++) {
        const Option *o = &table[i];
        Str help = text_in(o->help, lang);
        strbuf_addf(out, "  --%s%s%s", o->name, o->value_name ? " " : "", o->value_name ? o->value_name : "");
        strbuf_addf(out, "%*s  %.*s", (int)(widest - head_width(o)), "", STR_ARG(help));
        if (o->initial && o->kind != OPT_FLAG)
            strbuf_addf(out, lang == LANG_ZH ? "（默认%s）" : " (default %s)", o->initial);
        strbuf_addc(out, '\n');
    }
}
