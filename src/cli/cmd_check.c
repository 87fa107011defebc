/* check: the figures of texts and Word documents. Exit 0 when nothing is inconsistent, 1 when something is. */
#include "base/json.h"
#include "cli/command.h"
#include "service/checking.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static Status read_standard_input(Ctx *c, Str *out)
{
    enum { PIECE = 64 * 1024 };
    StrBuf b = strbuf_in(c->arena);
    for (;;) {
        strbuf_room(&b, PIECE);
        ssize_t n = read(STDIN_FILENO, b.ptr + b.len, PIECE);
        if (n < 0)
            return fail(c, ST_BROKEN, "读不了标准输入：%s", "standard input cannot be read: %s", strerror(errno));
        if (n == 0)
            break;
        b.len += (size_t)n;
        if (b.len > CHECKING_FILE_MAX)
            return fail(
                c, ST_TOO_BIG, "标准输入超过 %d MiB", "standard input is larger than %d MiB", CHECKING_FILE_MAX >> 20);
    }
    *out = (Str){ b.ptr, b.len };
    return ST_OK;
}

/* --- what is printed ------------------------------------------------------------------------------------------------
 */

static void put(JsonWriter *w, const char *name, Str value)
{
    json_key(w, str_of(name));
    json_text(w, value);
}

static void put_claim(JsonWriter *w, const CheckClaim *claim, Str file)
{
    json_open_object(w);
    put(w, "sentence", claim->sentence);
    put(w, "span", claim->span);
    put(w, "kind", str_of(check_kind_name(claim->kind)));
    put(w, "stated", claim->stated);
    put(w, "computed", claim->computed);
    put(w, "verdict", str_of(check_verdict_name(claim->verdict)));
    put(w, "rule", str_of(check_rule_name(claim->rule)));
    if (file.len)
        put(w, "file", file);
    json_close_object(w);
}

static Str one_line(Ctx *c, Str text)
{
    enum { SHOWN = 120 };
    StrBuf b = strbuf_in(c->arena);
    Str shown = str_clip(text, SHOWN);
    for (size_t i = 0; i < shown.len; i++)
        strbuf_addc(&b, (unsigned char)shown.ptr[i] < ' ' ? ' ' : shown.ptr[i]);
    if (shown.len < text.len)
        strbuf_add(&b, S("……"));
    return strbuf_str(&b);
}

static void print_claim(Ctx *c, const CheckClaim *claim)
{
    Str verdict = text_in(check_verdict_title(claim->verdict), c->lang),
        rule = text_in(check_rule_title(claim->rule), c->lang);
    Str span = one_line(c, claim->span);
    printf("%.*s  %.*s\n    %.*s\n    %s%.*s\n", STR_ARG(verdict), STR_ARG(claim->words), STR_ARG(span),
        c->lang == LANG_ZH ? "规则：" : "rule: ", STR_ARG(rule));
}

static void print_summary(const Invocation *in, const CheckResult *r)
{
    say(in, "共读取数字 %zu 个，核对 %zu 处：不一致 %zu，无法判定 %zu，一致 %zu",
        "%zu figures read, %zu claims: %zu inconsistent, %zu undecidable, %zu consistent", r->numbers, r->count,
        r->by_verdict[CHECK_INCONSISTENT], r->by_verdict[CHECK_UNDECIDABLE], r->by_verdict[CHECK_CONSISTENT]);
    if (r->more)
        say(in, "核对结果达到上限 %d 处，其后的文字没有核对",
            "the limit of %d claims was reached; the rest was not checked", CHECK_CLAIMS_MAX);
}

/* What needs an eye first: inconsistent, then undecidable, then the rest. */
static void print_result(const Invocation *in, const CheckResult *r)
{
    static const CheckVerdict order[] = { CHECK_INCONSISTENT, CHECK_UNDECIDABLE, CHECK_CONSISTENT };
    for (size_t v = 0; v < sizeof order / sizeof order[0]; v++)
        for (size_t i = 0; i < r->count; i++)
            if (r->claims[i].verdict == order[v])
                print_claim(in->c, &r->claims[i]);
    print_summary(in, r);
}

/* --- one text after the other
 * -------------------------------------------------------------------------------------------- */

static Status read_text(Ctx *c, Str file, Str *text)
{
    Str bytes;
    if (str_eq(file, S("-")))
        TRY(read_standard_input(c, &bytes));
    else
        TRY(read_file(c, file, CHECKING_FILE_MAX, &bytes));
    return checking_text(c, bytes, text);
}

static Status name_file(Ctx *c, Str file, Status status)
{
    Str said = str_copy(c->arena, c->err.message);
    ctx_forgive(c);
    return fail(c, status, "%.*s：%.*s", "%.*s: %.*s", STR_ARG(file), STR_ARG(said));
}

/* The ledger as it is now, for every text of this command; NULL without --ledger. */
typedef struct Knowledge {
    App *app;
    Ctx read;
    Actor actor;
} Knowledge;

static Status know(Ctx *c, Knowledge *k, Str text, CheckWish *wish)
{
    *wish = (CheckWish){ .known = NULL };
    if (!k->app)
        return ST_OK;
    Status status = checking_known(&k->read, text, wish);
    return status == ST_OK ? ST_OK : fail(c, status, "%.*s", "%.*s", STR_ARG(k->read.err.message));
}

static Status check_file(Invocation *in, Str file, Knowledge *k, JsonWriter *w)
{
    Ctx *c = in->c;
    Str text;
    CheckResult result;
    CheckWish wish;
    Status status = read_text(c, file, &text);
    if (status != ST_OK)
        return str_eq(file, S("-")) || c->err.status == ST_MISSING ? status : name_file(c, file, status);
    TRY(know(c, k, text, &wish));
    TRY(checking_run(c, text, &wish, &result));
    in->no |= result.by_verdict[CHECK_INCONSISTENT] > 0;
    bool several = in->options.operand_count > 1;
    if (w) {
        for (size_t i = 0; i < result.count; i++)
            put_claim(w, &result.claims[i], several ? file : STR_NONE);
        return ST_OK;
    }
    if (several)
        printf("== %.*s\n", STR_ARG(file));
    print_result(in, &result);
    return ST_OK;
}

static Status check_files(Invocation *in, Knowledge *k)
{
    StrBuf out = strbuf_in(in->c->arena);
    JsonWriter json = json_onto(&out), *w = option_flag(&in->options, "json") ? &json : NULL;
    if (w)
        json_open_list(w);
    for (size_t i = 0; i < in->options.operand_count; i++)
        TRY(check_file(in, in->options.operand[i], k, w));
    if (w) {
        json_close_list(w);
        fwrite(out.ptr, 1, out.len, stdout);
        putchar('\n');
    }
    return ST_OK;
}

static Status check_with_ledger(Invocation *in)
{
    Knowledge k = { .actor = script_local_actor(in->c->arena) };
    TRY(open_app(in, false, false, &k.app));
    k.read = app_ctx(k.app, in->c->arena);
    k.read.actor = &k.actor;
    k.read.lang = in->c->lang;
    Status status = app_read_begin(k.app, &k.read);
    status = status == ST_OK ? check_files(in, &k) : fail(in->c, status, "%.*s", "%.*s", STR_ARG(k.read.err.message));
    app_read_end(k.app, &k.read);
    app_close(k.app);
    return status;
}

Status cmd_check(Invocation *in)
{
    Ctx *c = in->c;
    Knowledge none = { .app = NULL };
    Str lang = option_text(&in->options, "lang");
    if (in->options.operand_count == 0)
        return fail(c, ST_INVALID, "请指明要核对的文件，例如：xuncha check 报告.docx",
            "name the files: xuncha check REPORT.docx");
    if (lang.len && !str_eq(lang, S("zh")) && !str_eq(lang, S("en")))
        return fail_field(
            c, S("lang"), lang, T("不是可用的语言", "is no language of this program"), T("zh 或 en", "zh or en"));
    if (lang.len)
        c->lang = str_eq(lang, S("en")) ? LANG_EN : LANG_ZH;
    return option_text(&in->options, "ledger").len ? check_with_ledger(in) : check_files(in, &none);
}
