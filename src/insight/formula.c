#include "insight/formula.h"

typedef struct Reading {
    Ctx *c;
    Str text; /* the whole */
    size_t at;
    int depth;
    FormulaLookup *lookup;
    void *arg;
} Reading;

static Status expression(Reading *r, FormNumber *out);

static Status refuse(const Reading *r, Text rule)
{
    return fail_field(r->c, S("formula"), r->text,
        text_format(
            r->c, "第%zu个字符处：%s", "at character %zu: %s", r->at + 1, r->c->lang == LANG_ZH ? rule.zh : rule.en),
        T("例如 fed_back - done、percent(done, fed_back)、sum(rounds.done)",
            "write it as fed_back - done, percent(done, fed_back) or sum(rounds.done)"));
}

static void skip_blanks(Reading *r)
{
    while (r->at < r->text.len && r->text.ptr[r->at] == ' ')
        r->at++;
}

static bool takes(Reading *r, char sign)
{
    skip_blanks(r);
    if (r->at >= r->text.len || r->text.ptr[r->at] != sign)
        return false;
    r->at++;
    return true;
}

static bool is_name(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_' || byte == '.';
}

static Str name(Reading *r)
{
    skip_blanks(r);
    size_t from = r->at;
    while (r->at < r->text.len && is_name(r->text.ptr[r->at]))
        r->at++;
    return str_sub(r->text, from, r->at - from);
}

static Status percent(Reading *r, FormNumber *out)
{
    FormNumber part, whole;
    TRY(expression(r, &part));
    if (!takes(r, ','))
        return refuse(r, T("缺少逗号", "a comma is missing"));
    TRY(expression(r, &whole));
    out->known = part.known && whole.known && whole.hundredths > 0;
    out->hundredths = out->known ? (part.hundredths * 20000 + whole.hundredths) / (whole.hundredths * 2) : 0;
    return ST_OK;
}

static Status call(Reading *r, Str function, FormNumber *out)
{
    if (str_eq(function, S("percent")))
        TRY(percent(r, out));
    else if (str_eq(function, S("sum")))
        TRY(r->lookup(r->c, name(r), true, r->arg, out));
    else
        return refuse(r, T("没有这个函数", "is no function"));
    return takes(r, ')') ? ST_OK : refuse(r, T("缺少右括号", "a closing bracket is missing"));
}

static Status term(Reading *r, FormNumber *out)
{
    int64_t number;
    if (takes(r, '(')) {
        TRY(expression(r, out));
        return takes(r, ')') ? ST_OK : refuse(r, T("缺少右括号", "a closing bracket is missing"));
    }
    Str word = name(r);
    if (word.len == 0)
        return refuse(r, T("应为名称或数", "a name or a number is missing"));
    if (str_to_int(word, &number)) {
        *out = FORM_WHOLE(number);
        return ST_OK;
    }
    return takes(r, '(') ? call(r, word, out) : r->lookup(r->c, word, false, r->arg, out);
}

static Status expression(Reading *r, FormNumber *out)
{
    if (++r->depth > FORMULA_DEPTH_MAX)
        return refuse(r, T("括号层数过多", "too many brackets"));
    TRY(term(r, out));
    for (;;) {
        bool plus = takes(r, '+');
        FormNumber next;
        if (!plus && !takes(r, '-'))
            break;
        TRY(term(r, &next));
        out->known = out->known && next.known;
        out->hundredths += plus ? next.hundredths : -next.hundredths;
    }
    r->depth--;
    return ST_OK;
}

Status formula_value(Ctx *c, Str text, FormulaLookup *lookup, void *arg, FormNumber *out)
{
    Reading r = { .c = c, .text = text, .lookup = lookup, .arg = arg };
    if (text.len > FORMULA_MAX)
        return refuse(&r, T("公式过长", "the formula is too long"));
    TRY(expression(&r, out));
    skip_blanks(&r);
    return r.at == text.len ? ST_OK : refuse(&r, T("此处无法理解", "this cannot be understood"));
}
