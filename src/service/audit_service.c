/* What the auditor reads: who, when, which operation, which record and fields; never content. */
#include "domain/workflow.h"

#include "service/labels.h"
#include "service/services.h"

static void put_entry(const Ctx *c, JsonWriter *w, const DbRows *rows)
{
    static const struct {
        const char *name;
        int column;
    } texts[] = { { "at", 1 }, { "login", 2 }, { "role", 3 }, { "operation", 4 }, { "outcome", 5 }, { "entity", 6 },
        { "record", 7 }, { "fields", 9 } };
    json_open_object(w);
    json_key(w, S("seq"));
    json_int(w, row_int(rows, 0));
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        json_key(w, str_of(texts[i].name));
        json_text_or_null(w, row_text(rows, texts[i].column));
    }
    json_key(w, S("operation_label"));
    json_text_or_null(w, operation_words(c, row_text(rows, 4)));
    json_key(w, S("version"));
    json_int(w, row_int(rows, 8));
    json_close_object(w);
}

Status audit_service_list(Ctx *c, UseCase *u)
{
    DbRows *rows;
    bool has;
    int64_t before = INT64_MAX;
    Str text = usecase_param(u, S("before"));
    if (text.len && !str_to_int(text, &before))
        return fail_field(c, S("before"), text, T("应为审计序号", "must be a sequence number"),
            T("请重新打开审计页", "open the audit page again"));
    TRY(db_query(c, SQL_AUDIT_PAGE, ARGS(value_int(before), value_int(100)), &rows));
    JsonWriter w = json_onto(&u->out);
    json_open_object(&w);
    json_key(&w, S("items"));
    json_open_list(&w);
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            break;
        put_entry(c, &w, rows);
    }
    json_close_list(&w);
    json_close_object(&w);
    return ST_OK;
}

Status workflow_service_show(Ctx *c, UseCase *u)
{
    u->type = "text/plain; charset=utf-8";
    workflow_print_text(&u->out, c->lang);
    return ST_OK;
}
