/* print: papers of a ledger as Word or PDF files. template: an office's template checked, without a ledger. */
#include "cli/command.h"

#include "service/document_data.h"
#include "service/document_fill.h"
#include "service/operation.h"

#include <stdio.h>

enum { TEMPLATE_FILE_MAX = 8 * 1024 * 1024 };

static Status read_kind(Ctx *c, Str given, DocumentKind *out)
{
    StrBuf known = strbuf_in(c->arena);
    *out = (DocumentKind)choice_of(&document_kinds, given);
    if (*out)
        return ST_OK;
    for (int32_t i = 1; i < document_kinds.count; i++)
        strbuf_addf(&known, "%s%s", i > 1 ? ", " : "", document_kinds.items[i].name);
    return fail_field(c, S("kind"), given, T("没有这种文书", "is no kind of paper"),
        (Text){ strbuf_str(&known).ptr, strbuf_str(&known).ptr });
}

/* --- print ------------------------------------------------------------------------------------------------------- */

static Status print_to(Invocation *in, App *app, Str file)
{
    Script s;
    Ctx c = app_ctx(app, in->c->arena);
    Str inspection = option_text(&in->options, "inspection");
    Str ending = str_ends(file, S(".zip"))   ? option_text(&in->options, "as")
                 : str_ends(file, S(".pdf")) ? S("pdf")
                                             : S("docx");
    Param params[] = { { S("kind"), option_text(&in->options, "kind") },
        { S("record"), option_text(&in->options, "record") }, { S("format"), ending } };
    UseCase u = { .op = &operations[inspection.len ? USE_DOCUMENT_OUTGOING : USE_DOCUMENT_PRINT],
        .app = app,
        .id = inspection,
        .params = params,
        .param_count = sizeof params / sizeof params[0] };
    act_locally(in, &s, app);
    c.actor = &s.actor;
    c.lang = in->c->lang;
    Status status = gate_run_wait(&c, &u);
    in->c->err = c.err;
    return status == ST_OK ? write_secret_file(in->c, file, strbuf_str(&u.out)) : status;
}

Status cmd_print(Invocation *in)
{
    App *app;
    if (in->options.operand_count != 1)
        return fail(in->c, ST_INVALID,
            "用法：xuncha print --ledger 台账 --kind 文种 [--record 记录] 文件.docx|.pdf|.zip",
            "usage: xuncha print --ledger FILE --kind KIND [--record ID] FILE.docx|.pdf|.zip");
    TRY(open_app(in, true, false, &app));
    app->fonts = option_text(&in->options, "fonts");
    Status status = print_to(in, app, in->options.operand[0]);
    app_close(app);
    return status;
}

/* --- template ---------------------------------------------------------------------------------------------------- */

static void print_mistakes(const Invocation *in)
{
    bool zh = in->c->lang == LANG_ZH;
    for (const FieldError *e = in->c->err.fields; e; e = e->next)
        printf("%.*s  %.*s\n    %.*s%s%.*s\n", STR_ARG(e->field), STR_ARG(e->value), STR_ARG(e->rule), zh ? "。" : ". ",
            STR_ARG(e->remedy));
    say(in, "共%u处错误。", "%u mistakes.", (unsigned)in->c->err.field_count);
}

static void print_names(const SlotShape *shape, int depth)
{
    for (size_t i = 0; i < shape->count; i++) {
        if (slot_is_hidden(shape, i))
            continue;
        printf(
            "%*s%s%.*s\n", 2 * depth, "", shape->slots[i].type == SLOT_LIST ? "#" : "", STR_ARG(shape->slots[i].name));
        if (shape->slots[i].type == SLOT_LIST)
            print_names(shape->slots[i].rows, depth + 1);
    }
}

static Status check_template(Invocation *in, DocumentKind kind, Str file)
{
    Template *t;
    Str bytes;
    TRY(read_file(in->c, file, TEMPLATE_FILE_MAX, &bytes));
    Status status = template_open(in->c, bytes, document_rules_of(in->c, kind), &t);
    if (status == ST_INVALID && in->c->err.field_count) {
        print_mistakes(in);
        ctx_forgive(in->c);
        in->no = true;
        return ST_OK;
    }
    if (status == ST_OK)
        say(in, "模板没有错误。", "the template has no mistakes.");
    return status;
}

Status cmd_template(Invocation *in)
{
    DocumentKind kind;
    const OptionValues *o = &in->options;
    Str what = o->operand_count ? o->operand[0] : STR_NONE;
    bool names = str_eq(what, S("names")) && o->operand_count == 1,
         check = str_eq(what, S("check")) && o->operand_count == 2,
         write = str_eq(what, S("write")) && o->operand_count == 2;
    if (!names && !check && !write)
        return fail(in->c, ST_INVALID, "用法：xuncha template --kind 文种 names | check 模板.docx | write 文件.docx",
            "usage: xuncha template --kind KIND names | check FILE.docx | write FILE.docx");
    TRY(read_kind(in->c, option_text(o, "kind"), &kind));
    if (check)
        return check_template(in, kind, o->operand[1]);
    if (write)
        return write_secret_file(in->c, o->operand[1], document_shipped_template(kind));
    print_names(document_slots(document_shape(in->c, kind)), 0);
    return ST_OK;
}
