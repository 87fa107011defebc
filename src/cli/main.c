#include "cli/command.h"

#include "base/crypto.h"

#include <malloc.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LEDGER                                                                               \
    {                                                                                        \
        "ledger", OPT_TEXT, "FILE", NULL,                                                    \
        {                                                                                    \
            "台账文件，或 PostgreSQL 连接串", "ledger file, or PostgreSQL connection string" \
        }                                                                                    \
    }
#define KEY                                                                     \
    {                                                                           \
        "key", OPT_TEXT, "FILE", NULL,                                          \
        {                                                                       \
            "密钥文件（默认在台账旁）", "key file (default: beside the ledger)" \
        }                                                                       \
    }
#define JSON_OUT                      \
    {                                 \
        "json", OPT_FLAG, NULL, NULL, \
        {                             \
            "输出 JSON", "print JSON" \
        }                             \
    }
#define ACTOR                                                                                          \
    {                                                                                                  \
        "actor", OPT_TEXT, "NAME", NULL,                                                               \
        {                                                                                              \
            "以谁的名义记入审计（默认本机用户）", "who the audit names (default: this machine's user)" \
        }                                                                                              \
    }
#define EVIDENCE                                                   \
    {                                                              \
        "evidence", OPT_TEXT, "DIR", NULL,                         \
        {                                                          \
            "新台账的附件目录", "folder for files of a new ledger" \
        }                                                          \
    }

static const Option demo_options[] = { LEDGER, KEY, EVIDENCE,
    { "seed", OPT_INT, "N", "1", { "同一种子得到同样的业务内容", "the same seed gives the same content" } },
    { "small", OPT_FLAG, NULL, NULL,
        { "只建小样：三轮、二十个单位", "only the small city: three rounds, twenty units" } },
    { "scale", OPT_INT, "N", "1", { "建几个这样的城市（压力测试用）", "so many such cities (for tests of load)" } } };
static const Option serve_options[] = { LEDGER, KEY,
    { "config", OPT_TEXT, "FILE", NULL, { "配置文件（名称 = 值）", "configuration file (name = value)" } },
    { "listen", OPT_TEXT, "ADDR:PORT", "127.0.0.1:8080", { "监听地址", "where to listen" } },
    { "today", OPT_DATE, "DATE", NULL, { "固定“今天”（演示用）", "pin today (for demonstrations)" } },
    { "secure", OPT_FLAG, NULL, NULL,
        { "前面有 TLS 代理：会话标识只走加密连接", "behind a TLS proxy: mark the cookie Secure" } },
    { "fonts", OPT_TEXT, "DIR", NULL,
        { "公文字体（仿宋_GB2312等）所在目录，生成PDF用", "folder of licensed fonts for PDFs" } },
    { "idle-minutes", OPT_INT, "N", "30", { "多久不操作即退出登录", "log out after so long without use" } },
    { "threads", OPT_INT, "N", "4", { "网络线程数", "threads of the transport" } },
    { "verbose", OPT_FLAG, NULL, NULL, { "记录每个请求", "log every request" } } };
static const Option figures_options[] = { LEDGER, KEY, JSON_OUT,
    { "as-of", OPT_DATE, "DATE", NULL, { "截止日期（默认今天）", "as of this day (default: today)" } },
    { "where", OPT_TEXT, "CONDITIONS", NULL,
        { "筛选，如 year=2021&kind=government", "part of it, such as year=2021&kind=government" } } };
static const Option verify_options[] = { LEDGER, KEY, JSON_OUT,
    { "anchor", OPT_TEXT, "FILE", NULL, { "与此锚点核对", "compare with this anchor" } },
    { "public-key", OPT_TEXT, "HEX", NULL, { "只认这把公钥签署的锚点", "take anchors of this key only" } } };
static const Option anchor_options[] = { LEDGER, KEY,
    { "signing-key", OPT_TEXT, "FILE", NULL,
        { "SM2 签名密钥文件（没有则新建）", "SM2 signing key file (made when absent)" } } };
static const Option migrate_options[] = { LEDGER, KEY, EVIDENCE };
static const Option reindex_options[] = { LEDGER, KEY,
    { "behind", OPT_FLAG, NULL, NULL, { "只补上落后的部分，不重建", "only what it lags behind, not anew" } } };
static const Option escalate_options[] = { LEDGER, KEY, JSON_OUT,
    { "today", OPT_DATE, "DATE", NULL, { "按这一天计算（默认今天）", "as of this day (default: today)" } } };
static const Option user_options[] = { LEDGER, KEY, ACTOR, JSON_OUT,
    { "name", OPT_TEXT, "NAME", NULL, { "姓名", "the person's name" } },
    { "role", OPT_TEXT, "ROLE", NULL, { "角色（office、system_admin…）", "role (office, system_admin …)" } },
    { "unit", OPT_TEXT, "CODE", NULL, { "单位代码：权限只到本单位", "unit code: the right reaches this unit only" } },
    { "supervision-office", OPT_TEXT, "NAME", NULL,
        { "监督检查室：权限只到它监督的单位", "supervision office: the right reaches the units that it supervises" } },
    { "resident-group", OPT_TEXT, "NAME", NULL,
        { "派驻纪检监察组：权限只到它监督的单位", "resident group: the right reaches the units that it supervises" } },
    { "from", OPT_DATE, "DATE", NULL, { "生效日期（默认今天）", "first day (default: today)" } },
    { "to", OPT_DATE, "DATE", "2099-12-31", { "失效日期", "last day" } } };
static const Option import_options[] = { LEDGER, KEY, ACTOR, JSON_OUT,
    { "as", OPT_TEXT, "ENTITY", NULL,
        { "导入为何种记录（units、people、findings…）", "what the rows are (units, people, findings …)" } },
    { "round", OPT_TEXT, "ROUND", NULL,
        { "补录到哪个已结束的轮次（名称、轮次号或标识）", "the closed round of past findings (name, number or id)" } },
    { "organiser", OPT_TEXT, "NAME", NULL,
        { "主办机构（只有一个时可省略）", "the organiser, when there are several" } },
    { "create-units", OPT_FLAG, NULL, NULL, { "确认新建对象库中没有的单位", "register units that are not there" } },
    { "update", OPT_FLAG, NULL, NULL, { "更新已有记录", "change records that are there" } },
    { "later", OPT_FLAG, NULL, NULL, { "来源记为补录", "mark the records as entered afterwards" } },
    { "mapping", OPT_TEXT, "FILE", NULL, { "字段对应文件（JSON）", "a mapping of headings to fields (JSON)" } },
    { "workbook", OPT_TEXT, "ID", NULL,
        { "交回的是这份整改工作簿（--as rectifications）", "this workbook came back (--as rectifications)" } },
    { "rows", OPT_TEXT, "ROWS", NULL, { "只导入这些行，如 2-15,18", "only these rows: 2-15,18" } },
    { "dry-run", OPT_FLAG, NULL, NULL, { "只核对，不导入", "check only" } },
    { "undo", OPT_TEXT, "ID", NULL, { "撤销这次导入", "take this import back" } } };
static const Option export_options[] = { LEDGER, KEY, ACTOR,
    { "as", OPT_TEXT, "ENTITY", NULL, { "哪种记录（findings、units…）", "which records (findings, units …)" } },
    { "where", OPT_TEXT, "CONDITIONS", NULL,
        { "条件、列和排序，写法同列表网址", "conditions, columns and order, as in a list's address" } } };
#define FONTS                                                                                   \
    {                                                                                           \
        "fonts", OPT_TEXT, "DIR", NULL,                                                         \
        {                                                                                       \
            "公文字体（仿宋_GB2312等）所在目录，生成PDF用", "folder of licensed fonts for PDFs" \
        }                                                                                       \
    }
static const Option print_options[] = { LEDGER, KEY, ACTOR, FONTS,
    { "kind", OPT_TEXT, "KIND", NULL, { "文种（notice、feedback…）", "kind of paper (notice, feedback …)" } },
    { "record", OPT_TEXT, "ID", NULL,
        { "所据记录，多份用逗号分隔", "the record it is made from; several with commas" } },
    { "inspection", OPT_TEXT, "ID", NULL, { "这个巡察对象的全套外发文书", "all outgoing papers of this inspection" } },
    { "as", OPT_TEXT, "docx|pdf", "docx", { "压缩包里的格式", "format within a .zip" } } };
static const Option template_options[] = { { "kind", OPT_TEXT, "KIND", NULL,
    { "文种（notice、feedback…）", "kind of paper (notice, feedback …)" } } };
static const Option rules_options[] = { LEDGER, KEY, ACTOR };
static const Option archive_options[] = { LEDGER, KEY, ACTOR, JSON_OUT,
    { "evidence", OPT_TEXT, "DIR", NULL,
        { "恢复时的附件目录（默认在新台账旁）", "read: folder for the files (default: beside the new ledger)" } },
    { "passphrase-file", OPT_TEXT, "FILE", NULL,
        { "口令文件：写入后凭口令也能打开；恢复时凭口令打开，并重新建立密钥文件",
            "a passphrase opens it too; read: opens with it and makes the key file anew" } },
    { "salvage", OPT_FLAG, NULL, NULL,
        { "归档有损坏时，恢复完好的部分并列出缺失",
            "read: restore what is whole of a damaged archive, list what is lost" } } };
static const Option workflow_options[] = { { "dot", OPT_TEXT, "ENTITY", NULL,
    { "输出该类记录的流程图（Graphviz）", "print this entity's picture (Graphviz)" } } };

static const Option check_options[] = { LEDGER, KEY, JSON_OUT,
    { "lang", OPT_TEXT, "zh|en", NULL,
        { "结果的语言（默认随系统）", "language of the results (default: the system's)" } } };

#define COMMAND(name, zh, en, operands)                                                                 \
    {                                                                                                   \
#name, { zh, en }, operands, name##_options, sizeof name##_options / sizeof(Option), cmd_##name \
    }
static const CliCommand commands[] = {
    COMMAND(demo, "建立示例市台账，并列出演示账号", "make the demo city; prints its accounts", ""),
    COMMAND(serve, "提供网页与接口服务", "serve pages and API", ""),
    COMMAND(figures, "输出全部统计指标", "print every indicator", ""),
    COMMAND(check, "核对文稿中的数字（文本或 docx，- 为标准输入）",
        "check the figures of a text or docx (-: standard input)", "TEXT|DOCX …"),
    COMMAND(verify, "核查台账：审计链、记录、附件", "check the ledger: chain, records, files", ""),
    COMMAND(anchor, "导出签名的审计链锚点", "print a signed anchor of the chain", ""),
    COMMAND(migrate, "新建台账，或升级到本版本", "make a ledger, or bring it to this version", ""),
    COMMAND(reindex, "重建检索索引（serve 会自行补上，通常不需要）",
        "make the search index anew (serve keeps it up by itself)", ""),
    COMMAND(escalate, "每日事务：到期的单位变更生效，为超期事项起草催办函件（serve 每天自动执行）",
        "a day's work: planned changes of units, letters about late items (serve does it daily)", ""),
    COMMAND(export, "把列表导出为文件（xlsx、csv、jsonl）", "write a list to a file (xlsx, csv, jsonl)", "FILE"),
    COMMAND(import, "把文件中的各行导入为记录，逐行核对", "enter a file's rows as records, each checked", "FILE"),
    COMMAND(print, "生成文书（Word、PDF，多份为压缩包）", "papers as Word or PDF files, several as a zip",
        "FILE.docx|.pdf|.zip"),
    COMMAND(template, "文书模板：names 可用名称，check 检查，write 导出自带模板",
        "templates: names to use, check one, write the shipped one", "names|check|write [FILE.docx]"),
    COMMAND(archive, "整个台账的归档：write 写，check 通读核对，read 恢复为新台账",
        "a whole ledger in one file: write, check, read", "write|check|read FILE"),
    COMMAND(user, "账号：add 开设，grant 授权，reset 重置口令", "accounts: add, grant, reset", "add|grant|reset LOGIN"),
    COMMAND(rules, "发布规则文件；不带文件则发布自带规则", "publish a rule set; without a file, the shipped one",
        "[FILE.json]"),
    COMMAND(workflow, "打印流程表", "print the tables of moves", ""),
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

/* --- shared by the commands --------------------------------------------------------------------------- */

static bool has_option(const Invocation *in, const char *name)
{
    for (size_t i = 0; i < in->options.count; i++)
        if (strcmp(in->options.table[i].name, name) == 0)
            return true;
    return false;
}

Status open_app(Invocation *in, bool write, bool create, App **out)
{
    Ctx *c = in->c;
    Str where = option_text(&in->options, "ledger");
    if (where.len == 0)
        return fail(c, ST_INVALID, "请用 --ledger 指明台账", "name the ledger with --ledger");
    AppWish wish = {
        .ledger = { .where = where, .key_file = option_text(&in->options, "key"), .write = write, .create = create },
        .today = has_option(in, "today") ? option_date(&in->options, "today") : DATE_NONE,
        .log = { STDERR_FILENO, LOG_INFO }
    };
    return app_open(c, &wish, out);
}

void act_locally(Invocation *in, Script *s, App *app)
{
    *s = (Script){ .app = app, .arena = in->c->arena, .lang = in->c->lang };
    s->actor = script_local_actor(in->c->arena);
    if (has_option(in, "actor") && option_text(&in->options, "actor").len)
        s->actor.login = s->actor.name = option_text(&in->options, "actor");
}

void say(const Invocation *in, const char *zh, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    vprintf(in->c->lang == LANG_ZH ? zh : en, args);
    va_end(args);
    putchar('\n');
}

/* --- help and errors --------------------------------------------------------------------------------------- */

static void print_usage(Lang lang)
{
    puts(lang == LANG_ZH ? "xuncha：巡察工作信息系统\n\n用法：xuncha 命令 [选项]\n"
                         : "xuncha: the information system of inspection work\n\nusage: xuncha COMMAND [options]\n");
    for (int i = 0; i < COMMANDS; i++)
        printf("  %-10s %s\n", commands[i].name, lang == LANG_ZH ? commands[i].help.zh : commands[i].help.en);
    puts(lang == LANG_ZH ? "\n每个命令都有 --help。退出码：0 是，1 否，2 及以上为错误。"
                         : "\nEvery command has --help. Exit codes: 0 yes, 1 no, 2 and above are errors.");
}

static void print_command_help(Ctx *c, const CliCommand *command)
{
    StrBuf b = strbuf_in(c->arena);
    strbuf_addf(&b, "%s xuncha %s %s\n%s\n\n", c->lang == LANG_ZH ? "用法：" : "usage:", command->name,
        command->operands, c->lang == LANG_ZH ? command->help.zh : command->help.en);
    options_help(&b, command->options, command->option_count, c->lang);
    fwrite(b.ptr, 1, b.len, stdout);
}

static void print_error(const Ctx *c)
{
    fprintf(stderr, "xuncha: %.*s\n", STR_ARG(c->err.message));
    for (const FieldError *e = c->err.fields; e; e = e->next)
        fprintf(stderr, "  %.*s%s%.*s：%.*s；%.*s\n", STR_ARG(e->field), e->value.len ? " = " : "", STR_ARG(e->value),
            STR_ARG(e->rule), STR_ARG(e->remedy));
}

static Lang language(void)
{
    const char *lang = getenv("LC_ALL");
    lang = lang && *lang ? lang : getenv("LANG");
    return lang && strncmp(lang, "en", 2) == 0 ? LANG_EN : LANG_ZH;
}

static bool wants_help(int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0)
            return true;
    return false;
}

static int run_command(Ctx *c, const CliCommand *command, int argc, char **argv)
{
    Invocation in = { .c = c };
    if (wants_help(argc, argv)) {
        print_command_help(c, command);
        return 0;
    }
    Status status = options_read(c, command->options, command->option_count, argc, argv, &in.options);
    if (status == ST_OK)
        status = command->run(&in);
    if (status == ST_OK)
        return in.no ? 1 : 0;
    print_error(c);
    return status_exit(status);
}

static int run(Ctx *c, int argc, char **argv)
{
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_usage(c->lang);
        return argc < 2 ? status_exit(ST_INVALID) : 0;
    }
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, argv[1]) == 0)
            return run_command(c, &commands[i], argc - 2, argv + 2);
    fprintf(stderr,
        c->lang == LANG_ZH ? "xuncha: 没有命令“%s”；可用 xuncha --help 查看\n"
                           : "xuncha: there is no command \"%s\"; see xuncha --help\n",
        argv[1]);
    return status_exit(ST_INVALID);
}

int main(int argc, char **argv)
{
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of its write, answered like a full disk */
    Clock clock = { .zone_minutes = 480 };
    Crypto *crypto = crypto_open();
    if (!crypto) {
        fputs("xuncha: OpenSSL 缺少 SM3 或 SM4 / OpenSSL lacks SM3 or SM4\n", stderr);
        return status_exit(ST_BROKEN);
    }
    Ids *ids = ids_open();
    Env env = { &clock, crypto, ids };
    Arena *arena = arena_new();
    Ctx c = ctx_on(arena, &env);
    c.lang = language();
    int code = run(&c, argc, argv);
    arena_done(arena);
    ids_close(ids);
    crypto_close(crypto);
    return code;
}
