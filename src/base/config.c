#include "base/config.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int option_at(const Option *table, size_t count, Str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(str_of(table[i].name), name))
            return (int)i;
    return -1;
}

/* How many single-letter edits lead from one name to the other. */
static size_t edits(Str a, Str b)
{
    size_t row[64];
    if (a.len >= 63 || b.len >= 63)
        return 64;
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t change = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);
            size_t one = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = change < one ? change : one;
        }
    }
    return row[b.len];
}

static Status unknown(Ctx *c, const Option *table, size_t count, Str name)
{
    size_t best = 4;
    const char *near = NULL;
    for (size_t i = 0; i < count; i++) {
        size_t distance = edits(str_of(table[i].name), name);
        if (distance < best) {
            best = distance;
            near = table[i].name;
        }
    }
    if (near)
        return fail(c, ST_INVALID, "没有选项“%.*s”；是否应为“%s”？",
            "there is no option \"%.*s\"; did you mean \"%s\"?", STR_ARG(name), near);
    return fail(c, ST_INVALID, "没有选项“%.*s”；可用 --help 查看全部选项", "there is no option \"%.*s\"; see --help",
        STR_ARG(name));
}

static Status check_value(Ctx *c, const Option *o, Str value)
{
    int64_t n;
    Date d;
    if (o->kind == OPT_INT && !str_to_int(value, &n))
        return fail(c, ST_INVALID, "选项 %s 应为整数，不是“%.*s”", "option %s takes a whole number, not \"%.*s\"",
            o->name, STR_ARG(value));
    if (o->kind == OPT_DATE && !date_parse(value, &d))
        return fail(c, ST_INVALID, "选项 %s 应为日期（如 2021-10-31），不是“%.*s”",
            "option %s takes a date (2021-10-31), not \"%.*s\"", o->name, STR_ARG(value));
    return ST_OK;
}

static Status take(Ctx *c, OptionValues *out, int at, Str value)
{
    TRY(check_value(c, &out->table[at], value));
    out->value[at] = value;
    out->given[at] = true;
    return ST_OK;
}

static Status read_flag(Ctx *c, OptionValues *out, Str word, char *const argv[], int argc, int *i)
{
    Str name = word;
    Str value = STR_NONE;
    size_t sign = str_find(word, S("="), 0);
    if (sign != SIZE_MAX) {
        name = str_sub(word, 0, sign);
        value = str_sub(word, sign + 1, SIZE_MAX);
    }
    int at = option_at(out->table, out->count, name);
    if (at < 0)
        return unknown(c, out->table, out->count, name);
    if (out->table[at].kind == OPT_FLAG)
        return take(c, out, at, sign == SIZE_MAX ? S("true") : value);
    if (sign == SIZE_MAX && *i + 1 >= argc)
        return fail(c, ST_INVALID, "选项 %s 后面缺少值", "option %s lacks its value", out->table[at].name);
    return take(c, out, at, sign == SIZE_MAX ? str_of(argv[++*i]) : value);
}

static Status read_environment(Ctx *c, OptionValues *out)
{
    for (size_t i = 0; i < out->count; i++) {
        StrBuf name = strbuf_in(c->arena);
        strbuf_add(&name, S("XUNCHA_"));
        for (const char *p = out->table[i].name; *p; p++)
            strbuf_addc(&name, *p == '-' ? '_' : (char)(*p - ('a' <= *p && *p <= 'z' ? 32 : 0)));
        const char *value = getenv(strbuf_str(&name).ptr);
        if (value && *value)
            TRY(take(c, out, (int)i, str_of(value)));
    }
    return ST_OK;
}

Status options_read(Ctx *c, const Option *table, size_t count, int argc, char *const argv[], OptionValues *out)
{
    assert(count <= OPTIONS_MAX);
    *out = (OptionValues){ .table = table, .count = count };
    for (size_t i = 0; i < count; i++)
        out->value[i] = str_of(table[i].initial);
    TRY(read_environment(c, out));
    bool flags = true;
    for (int i = 0; i < argc; i++) {
        Str word = str_of(argv[i]);
        if (flags && str_eq(word, S("--"))) {
            flags = false;
        } else if (flags && str_starts(word, S("--"))) {
            TRY(read_flag(c, out, str_sub(word, 2, SIZE_MAX), argv, argc, &i));
        } else {
            if (out->operand_count == OPERANDS_MAX)
                return fail(c, ST_INVALID, "参数太多", "too many operands");
            out->operand[out->operand_count++] = word;
        }
    }
    return ST_OK;
}

static Str key_name(Ctx *c, Str key)
{
    char *name = str_c(c->arena, key);
    for (char *p = name; *p; p++)
        *p = *p == '_' ? '-' : *p;
    return str_of(name);
}

Status options_read_file(Ctx *c, Str text, OptionValues *values)
{
    Str line;
    for (int number = 1; str_cut(&text, '\n', &line); number++) {
        line = str_trim(line);
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        size_t sign = str_find(line, S("="), 0);
        if (sign == SIZE_MAX)
            return fail(c, ST_INVALID, "配置文件第%d行：应为“名称 = 值”",
                "configuration, line %d: must be \"name = value\"", number);
        Str name = key_name(c, str_trim(str_sub(line, 0, sign)));
        int at = option_at(values->table, values->count, name);
        if (at < 0)
            return unknown(c, values->table, values->count, name);
        if (!values->given[at])
            TRY(take(c, values, at, str_copy(c->arena, str_trim(str_sub(line, sign + 1, SIZE_MAX)))));
    }
    return ST_OK;
}

static int known(const OptionValues *values, const char *name)
{
    int at = option_at(values->table, values->count, str_of(name));
    assert(at >= 0);
    return at;
}

Str option_text(const OptionValues *values, const char *name)
{
    return values->value[known(values, name)];
}

int64_t option_int(const OptionValues *values, const char *name)
{
    int64_t n = 0;
    return str_to_int(option_text(values, name), &n) ? n : 0;
}

bool option_flag(const OptionValues *values, const char *name)
{
    return str_eq(option_text(values, name), S("true"));
}

Date option_date(const OptionValues *values, const char *name)
{
    Date d = DATE_NONE;
    return date_parse(option_text(values, name), &d) ? d : DATE_NONE;
}

bool option_given(const OptionValues *values, const char *name)
{
    return values->given[known(values, name)];
}

void options_help(StrBuf *out, const Option *table, size_t count, Lang lang)
{
    for (size_t i = 0; i < count; i++) {
        size_t from = out->len;
        strbuf_addf(out, "  --%s%s%s", table[i].name, table[i].value_name ? " " : "",
            table[i].value_name ? table[i].value_name : "");
        while (out->len - from < 26)
            strbuf_addc(out, ' ');
        strbuf_addf(out, "  %s", lang == LANG_ZH ? table[i].help.zh : table[i].help.en);
        if (table[i].initial)
            strbuf_addf(out, lang == LANG_ZH ? "（默认 %s）" : " (default %s)", table[i].initial);
        strbuf_addc(out, '\n');
    }
}
