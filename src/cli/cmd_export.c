/* export: a list as a file, by the extension of its name. The file is new and readable by its owner alone. */
#include "cli/command.h"

#include "service/operation.h"

enum { CONDITIONS_MAX = 32 };

/* "state=done&sort=-title", as in the address of a list. */
static Status read_where(Ctx *c, Str where, Param *params, size_t *count)
{
    Str one;
    while (where.len && str_cut(&where, '&', &one)) {
        Str name;
        if (one.len == 0)
            continue;
        if (*count == CONDITIONS_MAX || str_find(one, S("="), 0) == SIZE_MAX)
            return fail_field(c, S("where"), one,
                text_format(
                    c, "应为“名称=值”，用&连接，最多%d个", "is name=value joined by &, %d at most", CONDITIONS_MAX),
                T("写法与列表网址中的条件相同", "as in the address of a list"));
        str_cut(&one, '=', &name);
        params[(*count)++] = (Param){ name, one };
    }
    return ST_OK;
}

static Str extension(Str file)
{
    Str rest = file, part = STR_NONE;
    while (rest.len)
        str_cut(&rest, '.', &part);
    return part.len < file.len ? part : STR_NONE;
}

static Status export_to(Invocation *in, App *app, const Entity *entity, Str file)
{
    Script s;
    Param params[CONDITIONS_MAX + 1];
    size_t count = 0;
    Ctx c = app_ctx(app, in->c->arena);
    act_locally(in, &s, app);
    c.actor = &s.actor;
    c.lang = in->c->lang;
    TRY(read_where(in->c, option_text(&in->options, "where"), params, &count));
    params[count++] = (Param){ S("format"), extension(file) };
    UseCase u = {
        .op = &operations[USE_RECORD_EXPORT], .app = app, .entity = entity, .params = params, .param_count = count
    };
    Status status = gate_run_wait(&c, &u);
    in->c->err = c.err;
    return status == ST_OK ? write_secret_file(in->c, file, strbuf_str(&u.out)) : status;
}

Status cmd_export(Invocation *in)
{
    App *app;
    Str name = option_text(&in->options, "as");
    const Entity *entity = entity_named(name);
    if (in->options.operand_count != 1)
        return fail(in->c, ST_INVALID, "用法：xuncha export --ledger 台账 --as 名称 文件.xlsx|.csv|.jsonl",
            "usage: xuncha export --ledger FILE --as ENTITY FILE.xlsx|.csv|.jsonl");
    if (!entity)
        return fail_field(in->c, S("as"), name, T("没有这种记录", "is no kind of record"),
            T("请写接口中的英文复数名称，如 findings、units", "the API's plural noun: findings, units …"));
    TRY(open_app(in, true, false, &app));
    Status status = export_to(in, app, entity, in->options.operand[0]);
    app_close(app);
    return status;
}
