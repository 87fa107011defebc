/* What people ask of imports; the rows themselves are the background job's (import_work.h). */
#include "document/sheet_write.h"
#include "domain/account.h"
#include "domain/ruleset.h"
#include "service/case.h"
#include "service/import_work.h"
#include "service/services.h"

Status import_service_open(Ctx *c, UseCase *u, Changes *out)
{
    Import *in = u->input;
    Organiser organiser;
    Round round;
    Workbook workbook;
    const ImportKind *kind = import_kind_named(in->subject);
    TRY(record_check_input(c, &Import_table, in));
    TRY(record_load_held(c, ENTITY_ORGANISER, in->organiser, &organiser));
    if (in->round.len)
        TRY(record_load(c, ENTITY_ROUND, in->round, 0, &round));
    if (in->workbook.len) {
        TRY(record_load(c, ENTITY_WORKBOOK, in->workbook, 0, &workbook));
        TRY(workbook_check_subject(c, &workbook, in->subject));
    }
    in->later |= kind && kind->need == IMPORT_OF_ROUND;
    return import_open(c, in, kind ? kind->need : IMPORT_OF_NOTHING, out);
}

/* A number that the file does not have is a slip: the row that was meant would go in. */
static Status check_named(Ctx *c, Str import, const char *field, Str named)
{
    Str rest = named;
    int64_t from, to, count;
    bool has;
    while (import_next_span(&rest, &from, &to)) {
        TRY(db_query_int(
            c, SQL_IMPORT_ROW_BETWEEN, ARGS(value_text(import), value_int(from), value_int(to)), &count, &has));
        if (count == 0)
            return fail_field(c, str_of(field), named,
                text_format(c, "文件中没有第%lld行", "the file has no row %lld", (long long)from),
                T("请按页面所列的行号填写", "take the numbers that the page shows"));
    }
    return ST_OK;
}

Status import_service_decide(Ctx *c, UseCase *u, Changes *out)
{
    Import now;
    Workbook workbook;
    int64_t files;
    Action action = usecase_action(u);
    const MoveInput *said = action == DO_RUN ? NULL : u->input;
    const ImportChoice *chosen = action == DO_RUN ? u->input : NULL;
    TRY(record_load(c, ENTITY_IMPORT, u->id, u->version, &now));
    TRY(attachment_count(c, now.id, &files));
    if (now.workbook.len && action == DO_RUN) {
        TRY(record_load(c, ENTITY_WORKBOOK, now.workbook, 0, &workbook));
        TRY(workbook_check_returns(c, &workbook));
    }
    if (chosen && now.state == IMPORT_READY) {
        TRY(check_named(c, now.id, "places", chosen->places));
        TRY(check_named(c, now.id, "declined", chosen->declined));
    }
    return import_decide(c, &now, action, files > 0, chosen, said ? said->reason : STR_NONE, out);
}

void import_service_after(Ctx *c, UseCase *u)
{
    (void)c;
    import_worker_wake(u->app->imports);
}

/* --- rows -----------------------------------------------------------------------------------------------------------
 */

static void put_text(JsonWriter *w, const char *name, Str text)
{
    json_key(w, str_of(name));
    json_text_or_null(w, text);
}

/* A member that is JSON already. */
static void put_raw(JsonWriter *w, const char *name, Str json)
{
    json_key(w, str_of(name));
    json_raw(w, json.len ? json : S("[]"));
}

static void put_row(JsonWriter *w, const DbRows *rows)
{
    json_open_object(w);
    json_key(w, S("n"));
    json_int(w, row_int(rows, 0));
    put_text(w, "sheet", row_text(rows, 1));
    json_key(w, S("row"));
    json_int(w, row_int(rows, 2));
    put_text(w, "verdict", row_text(rows, 3));
    put_text(w, "record", row_text(rows, 4));
    put_raw(w, "cells", row_text(rows, 5));
    put_raw(w, "errors", row_text(rows, 6));
    put_raw(w, "plan", row_text(rows, 7));
    json_close_object(w);
}

/* How many rows stand where: while the job runs, how far it is. */
static Status put_verdicts(Ctx *c, JsonWriter *w, Str import)
{
    DbRows *rows;
    bool has;
    json_key(w, S("verdicts"));
    json_open_object(w);
    TRY(db_query(c, SQL_IMPORT_ROW_VERDICTS, ARGS(value_text(import)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            break;
        json_key(w, str_copy(c->arena, row_text(rows, 0)));
        json_int(w, row_int(rows, 1));
    }
    json_close_object(w);
    return ST_OK;
}

static Status put_kept(Ctx *c, JsonWriter *w, Str import)
{
    enum { KEPT_SHOWN = 200 };
    DbRows *rows;
    bool has;
    json_key(w, S("kept"));
    json_open_list(w);
    TRY(db_query(c, SQL_IMPORT_TRACE_KEPT, ARGS(value_text(import), value_int(KEPT_SHOWN)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            break;
        json_open_object(w);
        put_text(w, "entity", row_text(rows, 0));
        put_text(w, "record", row_text(rows, 1));
        json_close_object(w);
    }
    json_close_list(w);
    return ST_OK;
}

Status import_service_rows(Ctx *c, UseCase *u)
{
    enum { PAGE = 200 };
    Import import;
    DbRows *rows;
    int64_t after = 0, n = 0;
    bool has = true;
    Str verdict = usecase_param(u, S("verdict"));
    TRY(record_load(c, ENTITY_IMPORT, u->id, 0, &import));
    if (!str_to_int(usecase_param(u, S("after")), &after))
        after = 0;
    JsonWriter w = json_onto(&u->out);
    json_open_object(&w);
    json_key(&w, S("items"));
    json_open_list(&w);
    TRY(db_query(c, SQL_IMPORT_ROW_LIST,
        ARGS(value_text(import.id), value_text(verdict), value_int(after), value_int(PAGE)), &rows));
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            break;
        put_row(&w, rows);
        after = row_int(rows, 0);
        n++;
    }
    json_close_list(&w);
    json_key(&w, S("next"));
    if (n == PAGE)
        json_int(&w, after);
    else
        json_null(&w);
    TRY(put_verdicts(c, &w, import.id));
    TRY(put_kept(c, &w, import.id));
    json_close_object(&w);
    return ST_OK;
}

/* --- the rows refused, to mend and send again ------------------------------------------------------------------------
 */

typedef struct Failures {
    SheetWriter *sheet;
    Str headings[IMPORT_CELLS_MAX];
    size_t count;
} Failures;

static size_t heading_at(Failures *f, Arena *arena, Str heading)
{
    for (size_t i = 0; i < f->count; i++)
        if (str_eq(f->headings[i], heading))
            return i;
    if (f->count < IMPORT_CELLS_MAX)
        f->headings[f->count++] = str_copy(arena, heading);
    return f->count - 1;
}

static Str reasons_of(Ctx *c, Str errors)
{
    const Json *list;
    StrBuf b = strbuf_in(c->arena);
    if (json_read(c, errors.len ? errors : S("[]"), &list) != ST_OK) {
        ctx_forgive(c);
        return STR_NONE;
    }
    for (const Json *e = list->first; e; e = e->next) {
        Str label = json_text_or(json_get(e, S("label")), STR_NONE);
        strbuf_addf(&b, "%s%.*s%s%.*s；%.*s", b.len ? "\n" : "", STR_ARG(label), label.len ? "：" : "",
            STR_ARG(json_text_or(json_get(e, S("rule")), STR_NONE)),
            STR_ARG(json_text_or(json_get(e, S("remedy")), STR_NONE)));
    }
    return strbuf_str(&b);
}

typedef Status RowVisitor(Ctx *c, Failures *f, const ImportRow *row, Str errors);

static Status each_refused(Ctx *c, Str import, RowVisitor *visit, Failures *f)
{
    static const char *const verdicts[] = { "rejected", "refused", "declined" };
    for (size_t v = 0; v < sizeof verdicts / sizeof verdicts[0]; v++) {
        DbRows *rows;
        bool has;
        TRY(db_query(c, SQL_IMPORT_ROW_LIST,
            ARGS(value_text(import), value_text(str_of(verdicts[v])), value_int(0), value_int(SHEET_ROWS_MAX)), &rows));
        for (;;) {
            CtxMark one = ctx_mark(c);
            TRY(db_next(c, rows, &has));
            if (!has)
                break;
            ImportRow *row = arena_new_of(c->arena, ImportRow);
            row->place = row_int(rows, 2);
            TRY(import_cells_read(c, row_text(rows, 5), row));
            TRY(visit(c, f, row, row_text(rows, 6)));
            if (!f->sheet)
                continue; /* headings are kept */
            ctx_rewind(c, one);
        }
    }
    return ST_OK;
}

static Status gather_headings(Ctx *c, Failures *f, const ImportRow *row, Str errors)
{
    (void)errors;
    for (size_t i = 0; i < row->count; i++)
        (void)heading_at(f, c->arena, row->cells[i].heading);
    return ST_OK;
}

static bool has_column(const Failures *f, Str label)
{
    for (size_t i = 0; i < f->count; i++)
        if (str_starts(f->headings[i], label) && f->headings[i].len <= label.len + S("＊").len)
            return true; /* 党组织名称* */
    return false;
}

/* What a row is refused for the want of has a column to be written in. */
static Status gather_wanted(Ctx *c, Failures *f, const ImportRow *row, Str errors)
{
    const Json *list;
    (void)row;
    TRY(json_read(c, errors.len ? errors : S("[]"), &list));
    for (const Json *e = list->first; e; e = e->next) {
        Str label = json_text_or(json_get(e, S("label")), STR_NONE);
        bool of_field = json_text_or(json_get(e, S("field")), STR_NONE).len > 0;
        if (of_field && label.len && json_text_or(json_get(e, S("cell")), STR_NONE).len == 0 && !has_column(f, label))
            (void)heading_at(f, c->arena, label);
    }
    return ST_OK;
}

static Str stem_of(Str file_name)
{
    size_t at = file_name.len;
    while (at > 0 && file_name.ptr[at - 1] != '.')
        at--;
    return at > 1 ? str_sub(file_name, 0, at - 1) : file_name;
}

static Status write_refused(Ctx *c, Failures *f, const ImportRow *row, Str errors)
{
    Str texts[IMPORT_CELLS_MAX] = { { NULL, 0 } };
    for (size_t i = 0; i < row->count; i++)
        texts[heading_at(f, c->arena, row->cells[i].heading)] = row->cells[i].text;
    sheet_whole(f->sheet, row->place);
    for (size_t i = 0; i < f->count; i++)
        sheet_text(f->sheet, texts[i]);
    sheet_text(f->sheet, reasons_of(c, errors));
    sheet_row_end(f->sheet);
    return ST_OK;
}

Status import_service_failures(Ctx *c, UseCase *u)
{
    Import import;
    Failures *f = arena_new_of(c->arena, Failures);
    TRY(record_load(c, ENTITY_IMPORT, u->id, 0, &import));
    TRY(each_refused(c, import.id, gather_headings, f));
    TRY(each_refused(c, import.id, gather_wanted, f));
    TRY(sheet_write_open(c, SHEET_XLSX, text_in(T("未通过的行", "Rows refused"), c->lang), &f->sheet));
    sheet_heading(f->sheet, text_in(T("原行号", "Row"), c->lang), 8);
    for (size_t i = 0; i < f->count; i++)
        sheet_heading(f->sheet, f->headings[i], 20);
    sheet_heading(f->sheet, text_in(T("未通过原因", "Why refused"), c->lang), SHEET_COLUMN_MAX_WIDTH);
    sheet_row_end(f->sheet);
    Status status = each_refused(c, import.id, write_refused, f);
    Status closed = sheet_write_close(c, f->sheet, &u->out);
    u->type = sheet_type(SHEET_XLSX);
    u->file_name = str_format(c->arena, "未通过-%.*s.xlsx", STR_ARG(str_clip(stem_of(import.file_name), 60)));
    return status != ST_OK ? status : closed;
}

/* --- templates -------------------------------------------------------------------------------- */

static bool in_template(const ImportKind *kind, const Field *f)
{
    static const char *const left_out[] = { "organiser", "create_unit" };
    for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++)
        if (str_eq(str_of(f->name), str_of(left_out[i])))
            return false;
    if ((kind->need == IMPORT_OF_ROUND) && (str_eq(str_of(f->name), S("round")) || str_eq(str_of(f->name), S("unit"))))
        return false;
    return (f->flags & INPUT) != 0;
}

/* The rules whose words a past finding may use: the round's, else today's; none is no fault. */
typedef struct TemplateWords {
    const Taxonomy *categories; /* of the round */
    const Taxonomy *themes;
} TemplateWords;

static Status find_words(Ctx *c, UseCase *u, const ImportKind *kind, TemplateWords *out)
{
    const RuleSet *rules;
    Round round;
    Str id = usecase_param(u, S("round")), ignored;
    *out = (TemplateWords){ NULL, NULL };
    if (!(kind->need == IMPORT_OF_ROUND))
        return ST_OK;
    if (id.len) {
        TRY(record_load(c, ENTITY_ROUND, id, 0, &round));
        TRY(rules_load(c, u->app->rules, round.rule_set, &rules));
        out->categories = ruleset_taxonomy(rules, round.taxonomy);
    } else if (rules_in_force(c, u->app->rules, c->today, &ignored, &rules) != ST_OK) {
        ctx_forgive(c);
        return ST_OK;
    }
    out->themes = ruleset_taxonomy(rules, S(THEME_TAXONOMY));
    return ST_OK;
}

static void put_nodes(Ctx *c, SheetWriter *sheet, const Taxonomy *t)
{
    Str labels[SHEET_CHOICES_MAX];
    size_t count = 0;
    for (size_t i = 0; t && i < t->count && count < SHEET_CHOICES_MAX; i++)
        labels[count++] = text_in(t->nodes[i].label, c->lang);
    sheet_choices(sheet, labels, count);
}

static void put_choices(Ctx *c, SheetWriter *sheet, const Field *f, const TemplateWords *words)
{
    if (str_eq(str_of(f->name), S("theme")))
        put_nodes(c, sheet, words->themes);
    if (str_eq(str_of(f->name), S("category")))
        put_nodes(c, sheet, words->categories);
    Str labels[SHEET_CHOICES_MAX];
    size_t count = 0;
    if (f->type == FT_FLAG) {
        labels[count++] = text_in(T("是", "Yes"), c->lang);
        labels[count++] = text_in(T("否", "No"), c->lang);
    }
    for (int32_t i = 1; f->type == FT_CHOICE && i < f->choices->count && count < SHEET_CHOICES_MAX; i++)
        labels[count++] = text_in(f->choices->items[i].label, c->lang);
    sheet_choices(sheet, labels, count);
}

static Str type_word(Ctx *c, const Field *f)
{
    static const Text words[] = { [FT_TEXT] = { "文字", "text" },
        [FT_LONG] = { "文字，可多行", "text, several lines" },
        [FT_CHOICE] = { "从下拉框选择", "choose from the list" },
        [FT_REF] = { "名称、代码或标识", "name, code or id" },
        [FT_DATE] = { "日期，如 2021-10-31", "date, as 2021-10-31" },
        [FT_INSTANT] = { "", "" },
        [FT_INT] = { "整数", "whole number" },
        [FT_MONEY] = { "金额（元）", "yuan" },
        [FT_FLAG] = { "是或否", "yes or no" },
        [FT_BYTES] = { "", "" },
        [FT_SECRET] = { "", "" } };
    return text_in(words[f->type], c->lang);
}

static Str heading_of(Ctx *c, const Field *f)
{
    return str_format(c->arena, "%.*s%s%s", STR_ARG(text_in(f->label, c->lang)),
        f->type == FT_MONEY ? (c->lang == LANG_ZH ? "（元）" : " (yuan)") : "",
        f->flags & (REQUIRED | ASKED) ? "*" : "");
}

/* A second sheet that says what goes where. */
static Status put_help(Ctx *c, SheetWriter *sheet, const ImportKind *kind)
{
    TRY(sheet_next(c, sheet, text_in(T("填写说明", "How to fill in"), c->lang)));
    sheet_heading(sheet, text_in(T("列", "Column"), c->lang), 18);
    sheet_heading(sheet, text_in(T("必填", "Required"), c->lang), 8);
    sheet_heading(sheet, text_in(T("填写", "What"), c->lang), 24);
    sheet_heading(sheet, text_in(T("最多字数", "Characters"), c->lang), 10);
    sheet_row_end(sheet);
    for (int i = 0; i < kind->columns->count; i++) {
        const Field *f = &kind->columns->fields[i];
        if (!in_template(kind, f))
            continue;
        sheet_text(sheet, text_in(f->label, c->lang));
        sheet_text(sheet, f->flags & (REQUIRED | ASKED) ? text_in(T("是", "Yes"), c->lang) : STR_NONE);
        sheet_text(sheet, type_word(c, f));
        if (f->limit && f->type != FT_CHOICE && f->type != FT_REF)
            sheet_whole(sheet, f->limit);
        else
            sheet_text(sheet, STR_NONE);
        sheet_row_end(sheet);
    }
    return ST_OK;
}

Status import_service_template(Ctx *c, UseCase *u)
{
    const ImportKind *kind = import_kind_named(str_of(u->entity->table->name));
    SheetWriter *sheet;
    TemplateWords words;
    if (!kind || kind->need == IMPORT_OF_WORKBOOK)
        return fail(
            c, ST_MISSING, "这类记录不能批量导入，没有模板", "such records are not imported and have no template");
    TRY(find_words(c, u, kind, &words));
    Str title = text_in(u->entity->label, c->lang);
    TRY(sheet_write_open(c, SHEET_XLSX, title, &sheet));
    for (int i = 0; i < kind->columns->count; i++) {
        const Field *f = &kind->columns->fields[i];
        if (!in_template(kind, f))
            continue;
        put_choices(c, sheet, f, &words);
        sheet_heading(sheet, heading_of(c, f), f->type == FT_LONG ? SHEET_COLUMN_MAX_WIDTH : 16);
    }
    sheet_row_end(sheet);
    Status status = put_help(c, sheet, kind);
    Status closed = sheet_write_close(c, sheet, &u->out);
    u->type = sheet_type(SHEET_XLSX);
    u->file_name = str_format(c->arena, "导入模板-%.*s.xlsx", STR_ARG(title));
    return status != ST_OK ? status : closed;
}
