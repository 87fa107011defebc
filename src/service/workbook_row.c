#include "service/workbook_row.h"

#include "store/load.h"

static bool was_sent(const Workbook *w, const Rectification *items, size_t count, int64_t number)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].number.value == number && workbook_version_of(w, items[i].id))
            return true;
    return false;
}

Status workbook_number_of(Ctx *c, const Workbook *w, Str record, int64_t *number)
{
    Rectification item;
    *number = workbook_place_of(w, record);
    if (workbook_is_of_shares(w))
        return ST_OK;
    TRY(record_load_unscoped(c, ENTITY_RECTIFICATION, record, &item));
    *number = item.number.value;
    return ST_OK;
}

static Status load_items(Ctx *c, const Workbook *w, Rectification **items, size_t *count)
{
    Selection sel = selection_of(ENTITY_RECTIFICATION);
    *items = NULL;
    *count = 0;
    if (workbook_is_of_shares(w))
        return ST_OK;
    sel.unscoped = true;
    selection_is(&sel, Rectification_inspection, value_text(w->inspection));
    return selection_load(c, &sel, WORKBOOK_ITEMS_MAX * 4, items, count);
}

Status workbook_check_folders(Ctx *c, const WorkbookReturn *r)
{
    Rectification *items;
    size_t count;
    bool shares = workbook_is_of_shares(r->workbook);
    TRY(load_items(c, r->workbook, &items, &count));
    for (size_t i = 0; i < r->count; i++) {
        const WorkbookProof *p = &r->proofs[i];
        bool again = i && r->proofs[i - 1].number == p->number;
        bool sent = shares ? p->number >= 1 && p->number <= r->workbook->items.value
                           : again || was_sent(r->workbook, items, count, p->number);
        if (!sent)
            return fail(c, ST_INVALID, "“%.*s”所在的文件夹是%lld号，派发的事项中没有这个序号：请放入正确的文件夹",
                "\"%.*s\" lies in the folder of item %lld, which was not sent out: put it into the right one",
                STR_ARG(p->part), (long long)p->number);
    }
    return ST_OK;
}

/* Is the item as it went out, or as a return of the workbook left it? */
static Status is_as_left(Ctx *c, const Workbook *w, const void *item, bool *same)
{
    int64_t left = 0, present = record_version(item);
    bool has;
    *same = present == workbook_version_of(w, record_id(item));
    if (*same)
        return ST_OK;
    TRY(db_query_int(c, SQL_WORKBOOK_LEFT_VERSION, ARGS(value_text(w->id), value_text(record_id(item))), &left, &has));
    *same = present == left;
    return ST_OK;
}

Status workbook_count_changed(Ctx *c, const Workbook *w, const WorkbookLines *of, size_t *changed)
{
    size_t as_left = 0;
    for (size_t i = 0; i < of->count; i++) {
        bool same = false;
        if (workbook_version_of(w, of->lines[i].id))
            TRY(is_as_left(c, w, of->lines[i].record, &same));
        as_left += same;
    }
    *changed = (size_t)w->items.value - as_left;
    return ST_OK;
}

Status workbook_check_sent(Ctx *c, const ImportJob *job, const void *item, int64_t *version)
{
    const Workbook *w = job->returned->workbook;
    bool same;
    if (workbook_version_of(w, record_id(item)) == 0)
        return fail_field_as(c, ST_CONFLICT, S("id"), record_id(item),
            T("这个事项不在这份工作簿之内", "this item was not sent out in this workbook"),
            T("请在派发的原工作簿中填写", "fill in the workbook that was sent out"));
    TRY(is_as_left(c, w, item, &same));
    *version = record_version(item);
    if (same)
        return ST_OK;
    return fail_field_as(c, ST_STALE, S("title"), record_title(entity_of(job->kind->kind), item),
        T("派发之后，系统中的这个事项已有变动", "the item has changed since the workbook was issued"),
        T("请对照整改事项页面核实：在页面上办理，或重新派发工作簿",
            "look at the item's page: enter it there, or issue another workbook"));
}

Status workbook_act_is_done(Ctx *c, const Field *act, Str value, const void *item, bool *done)
{
    int64_t told = 0;
    bool has;
    *done = false;
    if (str_eq(str_of(act->name), S("apply")))
        *done = ((const Rectification *)item)->state == RECT_APPLIED;
    if (str_eq(str_of(act->name), S("progress"))) {
        TRY(db_query_int(c, SQL_STATEMENT_SAME, ARGS(value_text(record_id(item)), value_text(value)), &told, &has));
        *done = told > 0;
    }
    return ST_OK;
}

/* Does the item hold this file already? */
static Status is_held(Ctx *c, const WorkbookReturn *r, const WorkbookProof *p, Str item, bool *held)
{
    Str digest, same;
    int64_t there = 0;
    bool has, any;
    *held = false;
    TRY(workbook_proof_digest(c, r, p, &digest));
    TRY(db_query_text(
        c, SQL_EVIDENCE_SAME, ARGS(value_text(r->workbook->inspection), value_text(digest)), &same, &has));
    if (!has)
        return ST_OK;
    same = str_copy(c->arena, same);
    TRY(db_query_int(c, SQL_ATTACHMENT_SAME, ARGS(value_text(item), value_text(same)), &there, &any));
    *held = there > 0;
    return ST_OK;
}

Status workbook_row_proofs(Ctx *c, const ImportJob *job, const void *record, int64_t *number, size_t *count)
{
    const Workbook *w = job->returned->workbook;
    bool shares = workbook_is_of_shares(w);
    Str item = shares ? ((const Share *)record)->rectification : record_id(record);
    size_t all;
    *number = shares ? workbook_place_of(w, record_id(record)) : ((const Rectification *)record)->number.value;
    *count = 0;
    const WorkbookProof *proofs = workbook_proofs_of(job->returned, *number, &all);
    for (size_t i = 0; i < all; i++) {
        bool held;
        TRY(is_held(c, job->returned, &proofs[i], item, &held));
        *count += !held;
    }
    return ST_OK;
}

void workbook_proofs_json(Ctx *c, const ImportJob *job, int64_t number, JsonWriter *w)
{
    size_t count;
    StrBuf names = strbuf_in(c->arena);
    const WorkbookProof *proofs = workbook_proofs_of(job->returned, number, &count);
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&names, "%s%.*s", i ? "、" : "", STR_ARG(proofs[i].name));
    json_open_object(w);
    json_key(w, S("field"));
    json_text(w, S("attachments"));
    json_key(w, S("label"));
    json_text(w, text_in(T("佐证材料", "Proofs"), c->lang));
    json_key(w, S("was"));
    json_null(w);
    json_key(w, S("will"));
    json_text(w, strbuf_str(&names));
    json_close_object(w);
}
