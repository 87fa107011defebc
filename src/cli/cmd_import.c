/* import: a file's rows become records; at once or looked through first, reported row by row, undone on demand. */
#include "cli/command.h"

#include "domain/account.h"
#include "service/import_work.h"
#include "store/load.h"

#include <stdio.h>

typedef struct Importing {
    Invocation *in;
    App *app;
    Script s;
    Made made;
} Importing;

/* --- what the options name -----------------------------------------------------------------------------------------
 */

static Status ids_named(Ctx *c, EntityKind kind, int field, Value value, Str *id, size_t *count)
{
    void *records;
    Selection sel = selection_of(kind);
    if (field >= 0)
        selection_where(&sel, field, OP_EQ, &value, 1);
    TRY(selection_load(c, &sel, 20, &records, count));
    *id = *count ? str_copy(c->arena, record_id(records)) : STR_NONE;
    return ST_OK;
}

static Status find_organiser(Ctx *c, Str name, Str *id)
{
    size_t count;
    TRY(ids_named(c, ENTITY_ORGANISER, name.len ? Organiser_name : -1, value_text(name), id, &count));
    if (count == 1)
        return ST_OK;
    return fail_field(c, S("organiser"), name,
        text_format(c, "台账中有%zu个这样的主办机构", "the ledger holds %zu such organisers", count),
        T("请用 --organiser 写明名称", "name it with --organiser"));
}

/* By its id, its name, or the number of a regular round. */
static Status find_round(Ctx *c, Str text, Str *id)
{
    size_t count = 0;
    int64_t number;
    *id = STR_NONE;
    if (text.len == 0)
        return ST_OK;
    if (id_is_valid(text))
        TRY(ids_named(c, ENTITY_ROUND, Record_id, value_text(text), id, &count));
    if (count == 0)
        TRY(ids_named(c, ENTITY_ROUND, Round_name, value_text(text), id, &count));
    if (count == 0 && str_to_int(text, &number))
        TRY(ids_named(c, ENTITY_ROUND, Round_number, value_int(number), id, &count));
    if (count == 1)
        return ST_OK;
    return fail_field(c, S("round"), text, text_format(c, "有%zu个轮次叫这个名称", "%zu rounds are called that", count),
        T("请写轮次的全名、轮次号或标识；没有时先登记轮次", "give its full name, number or id; open the round first"));
}

/* --- steps ------------------------------------------------------------------------------------ */

static Str base_name(Str path)
{
    Str part = STR_NONE;
    while (path.len)
        str_cut(&path, '/', &part);
    return part;
}

static Status open_import(Importing *m, Str file)
{
    Ctx *c = m->in->c;
    const OptionValues *o = &m->in->options;
    Str organiser, round, mapping = STR_NONE;
    Ctx reader = app_ctx(m->app, c->arena);
    reader.actor = &m->s.actor;
    reader.lang = c->lang;
    TRY(app_read_begin(m->app, &reader));
    Status status = find_organiser(&reader, option_text(o, "organiser"), &organiser);
    if (status == ST_OK)
        status = find_round(&reader, option_text(o, "round"), &round);
    app_read_end(m->app, &reader);
    c->err = reader.err;
    TRY(status);
    if (option_text(o, "mapping").len)
        TRY(read_file(c, option_text(o, "mapping"), 64 * 1024, &mapping));
    StrBuf body = strbuf_in(c->arena);
    JsonWriter w = json_onto(&body);
    const struct {
        const char *name;
        Str text;
    } texts[] = { { "organiser", organiser }, { "subject", option_text(o, "as") }, { "file_name", base_name(file) },
        { "round", round }, { "mapping", mapping }, { "workbook", option_text(o, "workbook") } };
    json_open_object(&w);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        json_key(&w, str_of(texts[i].name));
        json_text_or_null(&w, texts[i].text);
    }
    json_key(&w, S("create_units"));
    json_flag(&w, option_flag(o, "create-units"));
    json_key(&w, S("update_existing"));
    json_flag(&w, option_flag(o, "update"));
    json_key(&w, S("later"));
    json_flag(&w, option_flag(o, "later"));
    json_close_object(&w);
    TRY(script_do(c, &m->s, USE_IMPORT_OPEN, STR_NONE, 0, strbuf_str(&body), &m->made));
    Str bytes;
    TRY(read_file(c, file, WORKBOOK_PARCEL_MAX, &bytes));
    return script_attach(c, &m->s, "imports", m->made.id, "organiser", organiser, base_name(file), bytes);
}

static Status load(Importing *m, Import *out)
{
    Ctx *c = m->in->c;
    Ctx reader = app_ctx(m->app, c->arena);
    TRY(app_read_begin(m->app, &reader));
    Status status = record_load_unscoped(&reader, ENTITY_IMPORT, m->made.id, out);
    app_read_end(m->app, &reader);
    c->err = reader.err;
    if (status == ST_OK)
        m->made.version = out->version.value;
    return status;
}

static Status move(Importing *m, OperationId use, const char *member, Str text, Import *out)
{
    Ctx *c = m->in->c;
    StrBuf body = strbuf_in(c->arena);
    JsonWriter w = json_onto(&body);
    json_open_object(&w);
    if (text.len) {
        json_key(&w, str_of(member));
        json_text(&w, text);
    }
    json_close_object(&w);
    TRY(script_do(c, &m->s, use, m->made.id, m->made.version, strbuf_str(&body), NULL));
    TRY(import_work(c, m->app, m->made.id));
    return load(m, out);
}

/* --- the report ------------------------------------------------------------------------------- */

static Status rows_of(Importing *m, const char *verdict, int64_t after, const Json **items, int64_t *next)
{
    Ctx *c = m->in->c;
    Made page;
    const Param params[] = { { S("verdict"), str_of(verdict) },
        { S("after"), str_format(c->arena, "%lld", (long long)after) } };
    TRY(script_read(c, &m->s, USE_IMPORT_ROWS, ENTITY_IMPORT, m->made.id, params, 2, &page));
    *items = json_get(page.json, S("items"));
    *next = json_int_or(json_get(page.json, S("next")), 0);
    return ST_OK;
}

static void put_error(JsonWriter *w, const Json *e)
{
    json_open_object(w);
    for (const Json *n = e->first; n; n = n->next) {
        json_key(w, n->key);
        json_text(w, n->text);
    }
    json_close_object(w);
}

static void put_refused(JsonWriter *w, const Json *row)
{
    json_open_object(w);
    json_key(w, S("sheet"));
    json_text_or_null(w, json_text_or(json_get(row, S("sheet")), STR_NONE));
    json_key(w, S("row"));
    json_int(w, json_int_or(json_get(row, S("row")), 0));
    json_key(w, S("errors"));
    json_open_list(w);
    const Json *errors = json_get(row, S("errors"));
    for (const Json *e = errors ? errors->first : NULL; e; e = e->next)
        put_error(w, e);
    json_close_list(w);
    json_close_object(w);
}

static void say_refused(const Json *row)
{
    const Json *errors = json_get(row, S("errors"));
    Str sheet = json_text_or(json_get(row, S("sheet")), STR_NONE);
    for (const Json *e = errors ? errors->first : NULL; e; e = e->next)
        printf("  %.*s%s%lld  %.*s %.*s  %.*s；%.*s\n", STR_ARG(sheet), sheet.len ? "!" : "",
            (long long)json_int_or(json_get(row, S("row")), 0),
            STR_ARG(json_text_or(json_get(e, S("label")), STR_NONE)),
            STR_ARG(json_text_or(json_get(e, S("value")), STR_NONE)),
            STR_ARG(json_text_or(json_get(e, S("rule")), STR_NONE)),
            STR_ARG(json_text_or(json_get(e, S("remedy")), STR_NONE)));
}

/* In words, some of them: the others stand in --json and on the page. */
static Status each_refused(Importing *m, JsonWriter *w)
{
    enum { SAID = 30 };
    int said = 0;
    static const char *const verdicts[] = { "rejected", "refused", "declined" };
    for (size_t v = 0; v < sizeof verdicts / sizeof verdicts[0]; v++) {
        int64_t next = 0;
        do {
            const Json *items;
            TRY(rows_of(m, verdicts[v], next, &items, &next));
            for (const Json *row = items->first; row; row = row->next)
                if (w)
                    put_refused(w, row);
                else if (said++ < SAID)
                    say_refused(row);
        } while (next);
    }
    if (!w && said > SAID)
        say(m->in, "  ……其余%d行见 --json 或网页", "  … %d more: see --json or the page", said - SAID);
    return ST_OK;
}

static Status report_json(Importing *m, const Import *i)
{
    StrBuf b = strbuf_in(m->in->c->arena);
    JsonWriter w = json_onto(&b);
    const struct {
        const char *name;
        Int n;
    } counts[] = { { "found", i->found }, { "inserted", i->inserted }, { "changed", i->changed }, { "same", i->same },
        { "rejected", i->rejected }, { "kept", i->kept } };
    json_open_object(&w);
    json_key(&w, S("import"));
    json_text(&w, i->id);
    json_key(&w, S("state"));
    json_text(&w, choice_name(&import_states, i->state));
    for (size_t k = 0; k < sizeof counts / sizeof counts[0]; k++) {
        json_key(&w, str_of(counts[k].name));
        json_int(&w, counts[k].n.value);
    }
    json_key(&w, S("unknown_columns"));
    json_text_or_null(&w, i->state == IMPORT_FAILED ? STR_NONE : i->fault);
    json_key(&w, S("rows"));
    json_open_list(&w);
    if (i->rejected.value)
        TRY(each_refused(m, &w));
    json_close_list(&w);
    json_close_object(&w);
    printf("%.*s\n", STR_ARG(strbuf_str(&b)));
    return ST_OK;
}

static Status report_words(Importing *m, const Import *i)
{
    bool dry = i->state == IMPORT_READY;
    say(m->in, "%s：%lld行，%s%lld，更新%lld，无变化%lld，未通过%lld（导入标识 %.*s）",
        "%s: %lld rows, %s %lld, changed %lld, unchanged %lld, rejected %lld (import %.*s)",
        text_in(import_states.items[i->state].label, m->in->c->lang).ptr, (long long)i->found.value,
        m->in->c->lang == LANG_ZH ? (dry ? "可新增" : "新增") : (dry ? "to insert" : "inserted"),
        (long long)i->inserted.value, (long long)i->changed.value, (long long)i->same.value,
        (long long)i->rejected.value, STR_ARG(i->id));
    if (i->fault.len)
        say(m->in, "没有对应字段、未导入的列：%.*s", "columns that stand for no field: %.*s", STR_ARG(i->fault));
    if (i->state == IMPORT_UNDONE && i->kept.value)
        say(m->in, "因导入后有修改或后续记录而保留：%lld条", "kept, for they were changed or carry later records: %lld",
            (long long)i->kept.value);
    return i->rejected.value ? each_refused(m, NULL) : ST_OK;
}

static Status report(Importing *m, const Import *i)
{
    if (i->state == IMPORT_FAILED)
        return fail(m->in->c, ST_INVALID, "%.*s", "%.*s", STR_ARG(i->fault));
    m->in->no = i->rejected.value > 0 && i->state != IMPORT_UNDONE;
    return option_flag(&m->in->options, "json") ? report_json(m, i) : report_words(m, i);
}

/* --- the command ------------------------------------------------------------------------------ */

static Status undo(Importing *m, Str id)
{
    Import i;
    m->made.id = id;
    TRY(load(m, &i));
    TRY(move(m, USE_IMPORT_UNDO, "reason", S("命令行撤销"), &i));
    return report(m, &i);
}

static Status import_file(Importing *m, Str file)
{
    Import i;
    TRY(open_import(m, file));
    TRY(load(m, &i));
    const OptionValues *o = &m->in->options;
    bool dry = option_flag(o, "dry-run");
    bool looks_first = dry || option_text(o, "rows").len || option_text(o, "workbook").len;
    if (looks_first)
        TRY(move(m, USE_IMPORT_CHECK, "", STR_NONE, &i));
    if (!looks_first || (i.state == IMPORT_READY && !dry))
        TRY(move(m, USE_IMPORT_RUN, "places", option_text(o, "rows"), &i));
    return report(m, &i);
}

Status cmd_import(Invocation *in)
{
    Importing m = { .in = in };
    Str id = option_text(&in->options, "undo");
    if ((id.len == 0) != (in->options.operand_count == 1))
        return fail(in->c, ST_INVALID,
            "用法：xuncha import --ledger 台账 --as 名称 文件.xlsx|.csv|.jsonl，或 --undo 导入标识",
            "usage: xuncha import --ledger FILE --as ENTITY FILE.xlsx|.csv|.jsonl, or --undo ID");
    TRY(open_app(in, true, false, &m.app));
    act_locally(in, &m.s, m.app);
    Status status = id.len ? undo(&m, id) : import_file(&m, in->options.operand[0]);
    app_close(m.app);
    return status;
}
