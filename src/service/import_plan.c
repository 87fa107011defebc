/* What a row would do: make a record, change what differs in the one that is there, or nothing. */
#include "domain/workbook.h"
#include "service/import_fields.h"
#include "service/workbook_row.h"
#include "store/load.h"

/* --- the record it is about ------------------------------------------------------------------- */

static Status find_by_id(Ctx *c, const ImportJob *job, Str id, void **record)
{
    void *found = record_new(c, entity_of(job->kind->kind)->table);
    *record = NULL;
    if (!id_is_valid(id))
        return ST_OK;
    Status status = record_load(c, job->kind->kind, id, 0, found);
    if (status == ST_MISSING) {
        ctx_forgive(c); /* of another ledger */
        return ST_OK;
    }
    *record = found;
    return status;
}

static Status find_by_keys(Ctx *c, const ImportJob *job, const RowFields *r, void **record)
{
    const FieldTable *table = entity_of(job->kind->kind)->table;
    Selection sel = selection_of(job->kind->kind);
    size_t count;
    *record = NULL;
    for (int k = 0; k < IMPORT_KEYS_MAX && job->kind->keys[k]; k++) {
        const Field *f = field_named(table, str_of(job->kind->keys[k]));
        Str text = import_field_value(r, job->kind->keys[k]);
        Value *value = arena_new_of(c->arena, Value);
        if (text.len == 0)
            continue;
        TRY(field_parse(c, f, text, value));
        selection_where(&sel, field_index(table, f), OP_EQ, value, 1);
    }
    if (sel.count == 0)
        return ST_OK;
    void *records;
    sel.unordered = true;
    TRY(selection_load(c, &sel, 50, &records, &count));
    if (count == 1)
        *record = records;
    if (count < 2)
        return ST_OK;
    return fail_field(c, str_of(job->kind->keys[0]), import_field_value(r, job->kind->keys[0]),
        text_format(c, "系统中有%zu条这样的记录，不能确定更新哪一条", "the ledger holds %zu such records", count),
        T("请加上“标识”列，或先核对重复的记录", "give the id, or look at the doubles first"));
}

static Status find_record(Ctx *c, const ImportJob *job, const RowFields *r, void **record)
{
    *record = NULL;
    if (job->kind->edit == USE_COUNT)
        return ST_OK;
    TRY(find_by_id(c, job, import_field_value(r, "id"), record));
    return *record ? ST_OK : find_by_keys(c, job, r, record);
}

/* --- the body --------------------------------------------------------------------------------- */

/* An object that grows by its end, as json_read() would have read it. */
typedef struct RowBody {
    Json *object;
    const Json **end;
} RowBody;

static RowBody body_new(Ctx *c)
{
    Json *object = arena_new_of(c->arena, Json);
    object->kind = JSON_OBJECT;
    return (RowBody){ object, &object->first };
}

static void put_member(Ctx *c, RowBody *b, const Field *f, Str value)
{
    Json *member = arena_new_of(c->arena, Json);
    *member = (Json){ .kind = JSON_TEXT, .key = str_of(f->name), .text = value };
    if (f->type == FT_FLAG) {
        member->kind = JSON_BOOL;
        member->flag = str_eq(value, S("true"));
    } else if ((f->type == FT_INT || f->type == FT_MONEY) && str_to_int(value, &member->whole)) {
        member->kind = JSON_INT;
    }
    *b->end = member;
    b->end = &member->next;
    b->object->count++;
}

static bool same_value(Ctx *c, const Field *f, Str text, const void *record)
{
    Value given;
    if (field_parse(c, f, text, &given) != ST_OK) {
        ctx_forgive(c);
        return false;
    }
    Value has = field_value(c->arena, f, record);
    if (given.kind != has.kind)
        return given.kind == VALUE_INT && given.whole == 0 && has.kind == VALUE_NULL;
    return given.kind == VALUE_INT ? given.whole == has.whole : str_eq(given.text, has.text);
}

static Status cannot_change(Ctx *c, const ImportJob *job, const Field *f, Str value, const void *record)
{
    int64_t version;
    if (job->returned)
        TRY(workbook_check_sent(c, job, record, &version)); /* it may be the record that moved on */
    if (job->returned)
        return fail_field_as(c, ST_CONFLICT, str_of(f->name), value,
            T("此栏由巡察办填写，与派发时不一致", "the office's own column, and not as it went out"),
            T("请恢复为派发时的内容；如有异议另行书面提出",
                "put back what was there; object in writing if you disagree"));
    return fail_field_as(c, ST_CONFLICT, str_of(f->name), value,
        T("已有这条记录，此项登记后不能直接修改", "the record is there already, and this field is not edited"),
        T("请在记录页面办理变更，或使此项与系统一致", "change it on the record's page, or write what the ledger says"));
}

/* What the row gives of one field: a value that differs, or something to be done (of workbooks: progress, an
 * application). */
static Status plan_field(Ctx *c, const ImportJob *job, const RowFields *r, size_t i, const void *record, RowBody *body)
{
    const FieldTable *table = entity_of(job->kind->kind)->table;
    const Field *own = r->field[i], *f = field_named(table, str_of(own->name));
    Str value = r->value[i];
    if (value.len == 0 || str_eq(str_of(own->name), S("id")) || str_eq(str_of(own->name), S("organiser")))
        return ST_OK;
    if (!f) {
        bool asked = job->returned && (own->flags & INPUT) && !str_eq(value, S("false"));
        bool done = false;
        if (asked)
            TRY(workbook_act_is_done(c, own, value, record, &done));
        if (asked && !done)
            put_member(c, body, own, value);
        return ST_OK;
    }
    if (same_value(c, f, value, record))
        return ST_OK;
    if (!(f->flags & EDIT) || (job->returned && !(own->flags & INPUT)))
        return cannot_change(c, job, f, value, record);
    put_member(c, body, f, value);
    return ST_OK;
}

static Status check_may_change(Ctx *c, const ImportJob *job, const RowFields *r, const void *record, ImportPlan *out)
{
    if (job->returned)
        return workbook_check_sent(c, job, record, &out->version);
    if (job->import->update_existing)
        return ST_OK;
    return fail_field_as(c, ST_CONFLICT, str_of(job->kind->keys[0]), import_field_value(r, job->kind->keys[0]),
        T("已有这条记录，且内容不同", "the record is there already and says something else"),
        T("确需更新时勾选“更新已有记录”（命令行为 --update）", "allow changes to records (--update)"));
}

/* What differs, of what the row gives. */
static Status plan_change(Ctx *c, const ImportJob *job, const RowFields *r, const void *record, ImportPlan *out)
{
    RowBody body = body_new(c);
    size_t proofs = 0;
    *out = (ImportPlan){ .use = USE_COUNT,
        .id = record_id(record),
        .version = record_version(record),
        .record = record,
        .body = body.object };
    if (job->returned)
        TRY(workbook_row_proofs(c, job, record, &out->number, &proofs));
    for (size_t i = 0; i < r->count; i++)
        TRY(plan_field(c, job, r, i, record, &body));
    if (body.object->count == 0 && proofs == 0)
        return ST_OK;
    out->use = job->kind->edit;
    return check_may_change(c, job, r, record, out);
}

static Status plan_new(Ctx *c, const ImportJob *job, const RowFields *r, ImportPlan *out)
{
    RowBody body = body_new(c);
    bool of_entity = job->kind->columns == entity_of(job->kind->kind)->table;
    if (job->kind->make == USE_COUNT)
        return fail_field(c, S("id"), import_field_value(r, "id"),
            T("这一行不是派发的事项", "this row is no item that was sent out"),
            T("不能增加行，也不要改动隐藏的“标识”列", "add no rows, and leave the hidden column of ids alone"));
    for (size_t i = 0; i < r->count; i++) {
        bool is_id = of_entity && field_index(job->kind->columns, r->field[i]) == Record_id;
        if (!is_id && r->value[i].len && (r->field[i]->flags & INPUT))
            put_member(c, &body, r->field[i], r->value[i]);
    }
    *out = (ImportPlan){ .use = job->kind->make, .body = body.object };
    return ST_OK;
}

static Str key_text(Ctx *c, const ImportJob *job, const RowFields *r)
{
    static const char *const of_past[] = { "unit", "unit_name", "text", "title", NULL };
    bool past = job->kind->need == IMPORT_OF_ROUND;
    const char *const *names = past ? of_past : job->kind->keys;
    size_t most = past ? sizeof of_past / sizeof of_past[0] : IMPORT_KEYS_MAX;
    StrBuf b = strbuf_in(c->arena);
    for (size_t k = 0; k < most && names[k]; k++) {
        Str value = import_field_value(r, names[k]);
        if (value.len)
            strbuf_addf(&b, "%s=%.*s\n", names[k], STR_ARG(value));
    }
    return strbuf_str(&b);
}

Status import_row_plan(Ctx *c, const ImportJob *job, const ImportRow *row, ImportPlan *out)
{
    RowFields *r = arena_new_of(c->arena, RowFields);
    void *record;
    Status cells = import_fields_read(c, job, row, r);
    *out = (ImportPlan){ .use = USE_COUNT, .id = job->returned ? import_field_value(r, "id") : STR_NONE };
    TRY(cells);
    TRY(find_record(c, job, r, &record));
    Status status = record ? plan_change(c, job, r, record, out) : plan_new(c, job, r, out);
    out->key = key_text(c, job, r);
    return status;
}

/* --- the plan, to be looked at ------------------------------------------------------------------------------------ */

static void put_will(JsonWriter *w, const Json *member)
{
    if (member->kind == JSON_INT)
        json_int(w, member->whole);
    else if (member->kind == JSON_BOOL)
        json_flag(w, member->flag);
    else
        json_text(w, member->text);
}

Str import_plan_json(Ctx *c, const ImportJob *job, const ImportPlan *plan)
{
    StrBuf b = strbuf_in(c->arena);
    JsonWriter w = json_onto(&b);
    json_open_list(&w);
    for (const Json *m = plan->body->first; m; m = m->next) {
        const Field *own = field_named(job->kind->columns, m->key);
        const Field *f = field_named(entity_of(job->kind->kind)->table, m->key);
        json_open_object(&w);
        json_key(&w, S("field"));
        json_text(&w, m->key);
        json_key(&w, S("label"));
        json_text(&w, own ? text_in(own->label, c->lang) : m->key);
        json_key(&w, S("was"));
        if (f && plan->record)
            field_to_json(&w, f, plan->record);
        else
            json_null(&w);
        json_key(&w, S("will"));
        put_will(&w, m);
        json_close_object(&w);
    }
    if (job->returned)
        workbook_proofs_json(c, job, plan->number, &w);
    json_close_list(&w);
    return strbuf_str(&b);
}
