/* Lists, counts, single records and their history: one generic path for every entity. */
#include "service/labels.h"
#include "service/services.h"

#include "domain/audit_entry.h"
#include "domain/rectification.h"
#include "service/answer.h"
#include "store/load.h"

Str usecase_param(const UseCase *u, Str name)
{
    for (size_t i = 0; i < u->param_count; i++)
        if (str_eq(u->params[i].name, name))
            return u->params[i].value;
    return STR_NONE;
}

/* The light needs thresholds; the list's are those of the rule set in force today. */
static Status where_light(Ctx *c, const UseCase *u, Selection *sel, Str light)
{
    Str id;
    const RuleSet *rules;
    if (sel->entity->kind != ENTITY_RECTIFICATION)
        return fail_field(c, S("light"), light, T("只有整改事项有红黄绿灯", "only rectification items have lights"),
            T("请去掉这个条件", "leave it out"));
    TRY(rules_in_force(c, u->app->rules, c->today, &id, &rules));
    return rectification_where_light(c, sel, light, c->today, rules->yellow_days);
}

Status usecase_selection(Ctx *c, const UseCase *u, Selection *out)
{
    *out = selection_of(u->entity->kind);
    Status worst = ST_OK;
    Str after = STR_NONE;
    for (size_t i = 0; i < u->param_count; i++) {
        Str name = u->params[i].name;
        Status status = ST_OK;
        if (str_eq(name, S("after")))
            after = u->params[i].value;
        else if (str_eq(name, S("light")))
            status = where_light(c, u, out, u->params[i].value);
        else if (!str_eq(name, S("names")) && !str_eq(name, S("format")))
            status = selection_read(c, out, name, u->params[i].value);
        worst = worst == ST_OK ? status : worst;
    }
    if (worst != ST_OK || after.len == 0)
        return worst;
    return selection_read(c, out, S("after"), after);
}

/* --- lists --------------------------------------------------------------------------------------------- */

typedef struct Listing {
    JsonWriter w;
    const Selection *sel;
    NameBook *names; /* NULL: not asked for */
} Listing;

static Status row_to_json(Ctx *c, const void *record, void *arg)
{
    Listing *l = arg;
    const Entity *e = l->sel->entity;
    json_open_object(&l->w);
    record_members_to_json(&l->w, e->table, l->sel->fields, record);
    if (e->kind == ENTITY_RECTIFICATION && l->names)
        TRY(answer_extras(c, l->names, &l->w, e, record));
    if (l->names)
        TRY(answer_names(c, l->names, &l->w, e, l->sel->fields, record));
    json_close_object(&l->w);
    return ST_OK;
}

/* A first page that is also the last has told it already. */
static Status list_total(Ctx *c, const Selection *sel, const Page *page, int64_t *total, bool *exact)
{
    *exact = true;
    *total = page->rows;
    return sel->has_after || page->more ? selection_count(c, sel, COUNT_EXACT_UP_TO, total, exact) : ST_OK;
}

Status record_service_list(Ctx *c, UseCase *u)
{
    Selection sel;
    Page page;
    int64_t total;
    bool exact;
    TRY(usecase_selection(c, u, &sel));
    bool names = str_eq(usecase_param(u, S("names")), S("true"));
    if (names)
        sel.fields |= answer_wants(sel.entity, sel.fields);
    Listing l = { json_onto(&u->out), &sel, names ? name_book_new(c, u->app->rules) : NULL };
    strbuf_room(&u->out, 16384);
    json_open_object(&l.w);
    json_key(&l.w, S("items"));
    json_open_list(&l.w);
    TRY(selection_each(c, &sel, row_to_json, &l, &page));
    json_close_list(&l.w);
    TRY(list_total(c, &sel, &page, &total, &exact));
    json_key(&l.w, S("total"));
    json_int(&l.w, total);
    json_key(&l.w, S("total_is"));
    json_text(&l.w, exact ? S("exact") : S("at_least"));
    json_key(&l.w, S("next"));
    json_text_or_null(&l.w, page.next);
    json_close_object(&l.w);
    return ST_OK;
}

Status record_service_count(Ctx *c, UseCase *u)
{
    Selection sel;
    int64_t total;
    bool exact;
    TRY(usecase_selection(c, u, &sel));
    TRY(selection_count(c, &sel, INT64_MAX - 1, &total, &exact));
    JsonWriter w = json_onto(&u->out);
    json_open_object(&w);
    json_key(&w, S("count"));
    json_int(&w, total);
    json_close_object(&w);
    return ST_OK;
}

Status record_service_show(Ctx *c, UseCase *u)
{
    void *record = record_new(c, u->entity->table);
    TRY(record_load(c, u->entity->kind, u->id, 0, record));
    return answer_record(c, u, u->entity, record);
}

/* --- history: values for those who may see the record ---------------------------------------------------- */

static Status open_values(Ctx *c, UseCase *u, const DbRows *rows, Str *clear)
{
    const SealKey *key;
    Str sealed = row_blob(rows, 10);
    *clear = S("{}");
    if (sealed.len == 0)
        return ST_OK;
    Str data = audit_values_data(c, row_text(rows, 6), row_text(rows, 7), row_int(rows, 8));
    TRY(keyring_seal_key_of(c, u->app->ledger->keys, row_text(rows, 11), &key));
    return seal_open(c, key, data, sealed, clear);
}

/* Without the fields that no answer shows. */
static Status put_values(Ctx *c, const UseCase *u, JsonWriter *w, Str clear)
{
    const Json *values;
    TRY(json_read(c, clear, &values));
    json_open_object(w);
    for (const Json *n = values->first; n; n = n->next) {
        const Field *f = field_named(u->entity->table, n->key);
        if (f && (f->flags & HIDDEN))
            continue;
        json_key(w, n->key);
        json_tree(w, n);
    }
    json_close_object(w);
    return ST_OK;
}

static Status history_entry(Ctx *c, UseCase *u, JsonWriter *w, const DbRows *rows)
{
    static const struct {
        const char *name;
        int column;
    } texts[] = { { "at", 1 }, { "login", 2 }, { "role", 3 }, { "operation", 4 } };
    Str clear;
    TRY(open_values(c, u, rows, &clear));
    json_open_object(w);
    json_key(w, S("seq"));
    json_int(w, row_int(rows, 0));
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        json_key(w, str_of(texts[i].name));
        json_text_or_null(w, row_text(rows, texts[i].column));
    }
    json_key(w, S("label"));
    json_text_or_null(w, operation_words(c, row_text(rows, 4)));
    json_key(w, S("version"));
    json_int(w, row_int(rows, 8));
    json_key(w, S("values"));
    TRY(put_values(c, u, w, clear));
    json_close_object(w);
    return ST_OK;
}

Status record_service_history(Ctx *c, UseCase *u)
{
    DbRows *rows;
    bool has;
    void *record = record_new(c, u->entity->table);
    TRY(record_load(c, u->entity->kind, u->id, 0, record));
    TRY(db_query(c, SQL_AUDIT_OF_RECORD, ARGS(value_text(u->id)), &rows));
    JsonWriter w = json_onto(&u->out);
    json_open_object(&w);
    json_key(&w, S("items"));
    json_open_list(&w);
    for (;;) {
        TRY(db_next(c, rows, &has));
        if (!has)
            break;
        TRY(history_entry(c, u, &w, rows));
    }
    json_close_list(&w);
    json_close_object(&w);
    return ST_OK;
}
