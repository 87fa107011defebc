/* demo, migrate, verify, anchor: what concerns a ledger as a whole. */
#include "cli/command.h"
#include "service/default_rules.h"
#include "service/demo.h"
#include "service/search_work.h"
#include "store/verify.h"

#include <stdio.h>
#include <unistd.h>

/* --- demo ------------------------------------------------------------------------------------------ */

static void show_progress(int percent, void *arg)
{
    const Invocation *in = arg;
    fprintf(stderr, in->c->lang == LANG_ZH ? "\r正在建立示例市……%3d %%" : "\rmaking the demo city … %3d %%",
        percent > 100 ? 100 : percent);
}

static void print_accounts(const Invocation *in, const DemoResult *r)
{
    say(in, "\n演示账号（首次登录须修改口令；忘记时用 xuncha user reset）：",
        "\naccounts (change the password at the first login; xuncha user reset makes a new one):");
    for (size_t i = 0; i < r->count; i++)
        printf("  %-14.*s %.*s  %.*s %.*s\n", STR_ARG(r->accounts[i].login), STR_ARG(r->accounts[i].password),
            STR_ARG(r->accounts[i].name), STR_ARG(r->accounts[i].role));
}

static Status ledger_is_absent(Ctx *c, Str where)
{
    if (db_engine_of(where) == DB_SQLITE && access(str_c(c->arena, where), F_OK) == 0)
        return fail(c, ST_CONFLICT, "%.*s 已经存在：请换一个文件名，或先删除它",
            "%.*s exists already: choose another name or remove it", STR_ARG(where));
    return ST_OK;
}

Status cmd_demo(Invocation *in)
{
    Ctx *c = in->c;
    App *app;
    DemoResult result;
    Str where = option_text(&in->options, "ledger");
    TRY(ledger_is_absent(c, where));
    uint64_t seed = (uint64_t)option_int(&in->options, "seed");
    AppWish wish = { .ledger = { .where = where,
                         .key_file = option_text(&in->options, "key"),
                         .evidence_dir = option_text(&in->options, "evidence"),
                         .write = true,
                         .create = true,
                         .pin_today = DEMO_TODAY },
        .id_seed = seed + 1,
        .log = { STDERR_FILENO, LOG_WARN } };
    if (where.len == 0)
        return fail(c, ST_INVALID, "请用 --ledger 指明台账", "name the ledger with --ledger");
    TRY(app_open(c, &wish, &app));
    int64_t began = clock_ticks_ms();
    bool terminal = isatty(STDERR_FILENO);
    DemoWish demo = { .seed = seed,
        .small = option_flag(&in->options, "small"),
        .scale = (int)option_int(&in->options, "scale"),
        .progress = terminal ? show_progress : NULL,
        .progress_arg = in };
    Status status = demo_make(c, app, &demo, &result);
    if (status == ST_OK)
        status = search_work(c, app, false, NULL, NULL);
    app_close(app);
    if (terminal)
        fputc('\n', stderr);
    TRY(status);
    say(in,
        "示例市已建立：单位%lld个，巡察%lld轮，专项巡察%lld次，问题%lld个，已销号%lld个（用时%.1f秒）。"
        "其“今天”固定为2021年10月31日。",
        "demo city made: %lld units, %lld rounds, %lld special inspections, %lld findings, %lld struck off (%.1f s). "
        "Its today is pinned to 2021-10-31.",
        (long long)result.units, (long long)result.rounds, (long long)result.specials, (long long)result.findings,
        (long long)result.struck_off, (double)(clock_ticks_ms() - began) / 1000);
    print_accounts(in, &result);
    return ST_OK;
}

/* --- migrate ----------------------------------------------------------------------------------------- */

Status cmd_migrate(Invocation *in)
{
    Ctx *c = in->c;
    App *app;
    AppWish wish = { .ledger = { .where = option_text(&in->options, "ledger"),
                         .key_file = option_text(&in->options, "key"),
                         .evidence_dir = option_text(&in->options, "evidence"),
                         .write = true,
                         .create = true },
        .log = { STDERR_FILENO, LOG_WARN } };
    if (wish.ledger.where.len == 0)
        return fail(c, ST_INVALID, "请用 --ledger 指明台账", "name the ledger with --ledger");
    TRY(app_open(c, &wish, &app));
    say(in, "台账已是本版本的结构。密钥文件：%.*s（请妥善保管并另行备份）。附件目录：%.*s",
        "the ledger is current. Key file: %.*s (keep it safe and back it up apart). Files: %.*s",
        STR_ARG(app->ledger->key_file), STR_ARG(app->ledger->evidence_dir));
    app_close(app);
    return ST_OK;
}

/* --- verify -------------------------------------------------------------------------------------------- */

static void print_report_json(Ctx *c, const VerifyReport *r)
{
    StrBuf b = strbuf_in(c->arena);
    JsonWriter w = json_onto(&b);
    const struct {
        const char *name;
        int64_t n;
    } counts[] = { { "entries", r->entries }, { "records", r->records }, { "files", r->files }, { "chunks", r->chunks },
        { "faults", r->fault_count } };
    json_open_object(&w);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        json_key(&w, str_of(counts[i].name));
        json_int(&w, counts[i].n);
    }
    json_key(&w, S("list"));
    json_open_list(&w);
    for (int64_t i = 0; i < r->fault_count && i < 100; i++) {
        json_open_object(&w);
        json_key(&w, S("kind"));
        json_text(&w, r->faults[i].kind);
        json_key(&w, S("place"));
        json_text(&w, r->faults[i].place);
        json_key(&w, S("says"));
        json_text(&w, text_in(r->faults[i].says, c->lang));
        json_close_object(&w);
    }
    json_close_list(&w);
    json_close_object(&w);
    printf("%.*s\n", STR_ARG(strbuf_str(&b)));
}

static void print_report(const Invocation *in, const VerifyReport *r)
{
    for (int64_t i = 0; i < r->fault_count && i < 100; i++) {
        Str says = text_in(r->faults[i].says, in->c->lang);
        printf("  [%.*s] %.*s：%.*s\n", STR_ARG(r->faults[i].kind), STR_ARG(r->faults[i].place), STR_ARG(says));
    }
    say(in, "核查%lld条审计记录、%lld条业务记录、%lld个附件：%s（%lld处）",
        "%lld entries, %lld records, %lld files checked: %s (%lld faults)", (long long)r->entries,
        (long long)r->records, (long long)r->files,
        r->fault_count ? (in->c->lang == LANG_ZH ? "发现异常" : "faults found")
                       : (in->c->lang == LANG_ZH ? "未发现异常" : "no fault"),
        (long long)r->fault_count);
}

static Status verify_app(Invocation *in, App *app, const Anchor *anchor, VerifyReport *report)
{
    Ctx *c = in->c;
    TRY(db_open(c, app->ledger->where, DB_READ, &c->db));
    Status status = verify_ledger(c, app->ledger, anchor, report);
    db_close(c->db);
    c->db = NULL;
    return status;
}

Status cmd_verify(Invocation *in)
{
    Ctx *c = in->c;
    App *app;
    Str text;
    Anchor anchor;
    Str file = option_text(&in->options, "anchor");
    VerifyReport *report = arena_new_of(c->arena, VerifyReport);
    if (file.len) {
        TRY(read_file(c, file, 64 * 1024, &text));
        TRY(anchor_read(c, text, option_text(&in->options, "public-key"), &anchor));
    }
    TRY(open_app(in, false, false, &app));
    Status status = verify_app(in, app, file.len ? &anchor : NULL, report);
    app_close(app);
    TRY(status);
    if (option_flag(&in->options, "json"))
        print_report_json(c, report);
    else
        print_report(in, report);
    in->no = report->fault_count > 0;
    return ST_OK;
}

/* --- anchor -------------------------------------------------------------------------------------------- */

static Status signing_key(Invocation *in, Str path, Sm2Pair *pair)
{
    Ctx *c = in->c;
    Str hex;
    size_t len;
    if (access(str_c(c->arena, path), F_OK) != 0) {
        TRY(sm2_pair_new(c, pair));
        StrBuf b = strbuf_in(c->arena);
        strbuf_add_hex(&b, pair, sizeof *pair);
        strbuf_addc(&b, '\n');
        return write_secret_file(c, path, strbuf_str(&b));
    }
    TRY(read_file(c, path, 1024, &hex));
    if (str_unhex(str_trim(hex), pair, sizeof *pair, &len) && len == sizeof *pair)
        return ST_OK;
    return fail(c, ST_INVALID, "签名密钥文件 %.*s 内容不完整", "the signing key file %.*s is damaged", STR_ARG(path));
}

Status cmd_anchor(Invocation *in)
{
    Ctx *c = in->c;
    App *app;
    Sm2Pair pair;
    Str text;
    Str key = option_text(&in->options, "signing-key");
    if (key.len == 0)
        return fail(c, ST_INVALID, "请用 --signing-key 指明签名密钥（应存放在台账之外）",
            "name the signing key with --signing-key (keep it away from the ledger)");
    TRY(signing_key(in, key, &pair));
    TRY(open_app(in, false, false, &app));
    Status status = db_open(c, app->ledger->where, DB_READ, &c->db);
    if (status == ST_OK)
        status = anchor_write(c, app->ledger, &pair, &text);
    wipe(&pair, sizeof pair);
    if (status == ST_OK)
        printf("%.*s", STR_ARG(text));
    db_close(c->db);
    c->db = NULL;
    app_close(app);
    return status;
}

/* --- rules --------------------------------------------------------------------------------------------- */

Status cmd_rules(Invocation *in)
{
    Ctx *c = in->c;
    App *app;
    Script s;
    Str text = default_rules();
    if (in->options.operand_count)
        TRY(read_file(c, in->options.operand[0], 256 * 1024, &text));
    TRY(open_app(in, true, false, &app));
    act_locally(in, &s, app);
    StrBuf body = strbuf_in(c->arena);
    JsonWriter w = json_onto(&body);
    json_open_object(&w);
    json_key(&w, S("body"));
    json_text(&w, text);
    json_close_object(&w);
    Status status = script_do(c, &s, USE_RULES_PUBLISH, STR_NONE, 0, strbuf_str(&body), NULL);
    app_close(app);
    if (status == ST_OK)
        say(in, "规则已发布。", "the rule set is published.");
    return status;
}
