#include "domain/workbook.h"

CHOICES_DEFINE(workbook_states, WORKBOOK_STATES);
FIELDS_DEFINE(Workbook, "workbooks", WORKBOOK_FIELDS);
FIELDS_DEFINE(WorkbookRow, "workbook_rows", WORKBOOK_ROW_FIELDS);
FIELDS_DEFINE(ShareRow, "share_rows", SHARE_ROW_FIELDS);

/* --- going out -----------------------------------------------------------------------------------------------------
 */

static Str manifest_of(Ctx *c, const SentItem *items, size_t count)
{
    StrBuf b = strbuf_in(c->arena);
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&b, "%.*s %lld\n", STR_ARG(items[i].id), (long long)items[i].version);
    return strbuf_str(&b);
}

static Str seal_of(Ctx *c, const Workbook *w)
{
    Str sealed = str_format(c->arena, "xuncha workbook\n%.*s\n%.*s", STR_ARG(w->id), STR_ARG(w->manifest));
    return sm3_hex(c->env->crypto, c->arena, sealed);
}

static Status nothing_to_send(Ctx *c, const Inspection *inspection, const Unit *body)
{
    if (body)
        return fail(c, ST_CONFLICT, "%.*s在本次巡察的整改中没有未完成的分工任务，不用派发工作簿",
            "%.*s has no share left to do in this rectification: there is nothing to send out", STR_ARG(body->name));
    return fail(c, ST_CONFLICT, "%.*s在本次巡察中没有需要整改的事项，不用派发工作簿",
        "%.*s has no item of this inspection to work on: there is nothing to send out", STR_ARG(inspection->unit_name));
}

static Status check_issue(Ctx *c, const Inspection *inspection, const Unit *body, size_t count, const Workbook *input)
{
    if (count == 0)
        return nothing_to_send(c, inspection, body);
    if (count > WORKBOOK_ITEMS_MAX)
        return fail(c, ST_TOO_BIG, "一份工作簿最多%d个事项，现有%zu个", "a workbook holds %d items, there are %zu",
            WORKBOOK_ITEMS_MAX, count);
    if (input->due_on && input->due_on < c->today)
        return fail_field(c, S("due_on"), date_text(c->arena, input->due_on),
            T("交回期限早于今天", "is due back before today"), T("请核对日期", "check the date"));
    return ST_OK;
}

Status workbook_issue(Ctx *c, const Inspection *inspection, const Unit *body, const SentItem *items, size_t count,
    const Workbook *out_there, const Workbook *input, Changes *out)
{
    TRY(check_issue(c, inspection, body, count, input));
    if (out_there)
        return fail(c, ST_CONFLICT, "这个单位已有一份派发未交回的工作簿（%.*s派发）：请等待交回，或先作废",
            "a workbook for this unit is out since %.*s: wait for it, or void it first",
            STR_ARG(date_text(c->arena, out_there->issued_on)));
    Workbook *w = record_copy(c, &Workbook_table, input);
    w->id = id_new(c);
    w->organiser = inspection->organiser;
    w->unit = body ? body->id : inspection->unit;
    w->unit_name = body ? body->name : inspection->unit_name;
    w->body = body ? body->id : STR_NONE;
    w->round_name = inspection->round_name;
    w->items = INT_OF((int64_t)count);
    w->issued_on = c->today;
    w->issued_by = c->actor->name;
    w->state = WORKBOOK_ISSUED;
    w->manifest = manifest_of(c, items, count);
    w->seal = seal_of(c, w);
    w->passphrase = passphrase_draw(c->arena);
    TRY(record_check_required(c, &Workbook_table, w));
    change_insert(c, out, ENTITY_WORKBOOK, w);
    return ST_OK;
}

Status workbook_void(Ctx *c, const Workbook *now, const MoveInput *input, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_WORKBOOK, now->state, DO_VOID, input->reason, &move));
    Workbook *after = record_copy(c, &Workbook_table, now);
    after->state = move->to;
    after->reason = input->reason;
    change_update(c, out, ENTITY_WORKBOOK, now, after);
    return ST_OK;
}

void workbook_follow(Ctx *c, const Workbook *now, const Import *import, Changes *out)
{
    Workbook *after = record_copy(c, &Workbook_table, now);
    if (now->state == WORKBOOK_VOID)
        return;
    if (import->state == IMPORT_DONE && import->changed.value > 0)
        after->state = WORKBOOK_ENTERED;
    else if (import->state == IMPORT_UNDONE || (import->state == IMPORT_READY && now->state == WORKBOOK_ISSUED))
        after->state = WORKBOOK_RETURNED;
    if (after->state == WORKBOOK_RETURNED && !after->returned_on)
        after->returned_on = c->today;
    change_update(c, out, ENTITY_WORKBOOK, now, after);
}

bool workbook_is_of_shares(const Workbook *w)
{
    return w->body.len > 0;
}

Status workbook_check_returns(Ctx *c, const Workbook *w)
{
    if (w->state != WORKBOOK_VOID)
        return ST_OK;
    return fail(c, ST_CONFLICT, "这份工作簿已作废：请用重新派发的工作簿",
        "this workbook is void: use the one that was issued in its place");
}

Status workbook_check_subject(Ctx *c, const Workbook *w, Str subject)
{
    const char *own = workbook_is_of_shares(w) ? "shares" : "rectifications";
    bool brings = str_eq(subject, S("shares")) || str_eq(subject, S("rectifications"));
    if (!brings || str_eq(subject, str_of(own)))
        return ST_OK;
    return fail_field(c, S("subject"), subject,
        T("这份工作簿派发的不是这类内容", "this workbook sent out something else"),
        text_format(c, "请改为 %s", "import %s", own));
}

static int64_t find_sent(const Workbook *w, Str item, int64_t *version)
{
    Str rest = w->manifest, line, id;
    for (int64_t place = 1; str_cut(&rest, '\n', &line); place++)
        if (str_cut(&line, ' ', &id) && str_eq(id, item) && str_to_int(line, version))
            return place;
    return 0;
}

int64_t workbook_version_of(const Workbook *w, Str item)
{
    int64_t version = 0;
    return find_sent(w, item, &version) ? version : 0;
}

int64_t workbook_place_of(const Workbook *w, Str item)
{
    int64_t version;
    return find_sent(w, item, &version);
}

Status workbook_check_unchanged(Ctx *c, size_t changed)
{
    if (changed == 0)
        return ST_OK;
    return fail(c, ST_CONFLICT, "派发之后已有%zu个事项变动，不能再下载这份工作簿；需要时请作废后重新派发",
        "%zu items have changed since this workbook was issued: void it and issue another one", changed);
}

/* --- coming back ---------------------------------------------------------------------------------------------------
 */

/* The fields of a row that the item has too. */
static Status row_as_item(Ctx *c, const WorkbookRow *row, FieldSet given, Rectification *item, FieldSet *set)
{
    *set = 0;
    for (int i = 0; i < WorkbookRow_table.count; i++) {
        const Field *from = &WorkbookRow_table.fields[i];
        const Field *to = field_named(&Rectification_table, str_of(from->name));
        if (!(given & FIELD_BIT(i)) || !to || !(to->flags & EDIT))
            continue;
        TRY(field_take(c, to, field_value(c->arena, from, row), item));
        *set |= FIELD_BIT(field_index(&Rectification_table, to));
    }
    return ST_OK;
}

/* The item as it stands after what has been decided so far. */
static const Rectification *item_in(const Changes *out, const Rectification *item)
{
    for (const Change *ch = out->first; ch; ch = ch->next)
        if (ch->entity->kind == ENTITY_RECTIFICATION)
            return ch->after;
    return item;
}

static Status move_on(Ctx *c, const RectificationCase *now, Action action, Changes *out)
{
    const MoveInput said = { .on_behalf_of = out->on_behalf_of };
    RectificationCase present = *now;
    present.item = item_in(out, now->item);
    return rectification_decide(c, &present, action, &said, out);
}

Status workbook_enter_row(Ctx *c, const RectificationCase *now, const WorkbookRow *row, FieldSet given, Changes *out)
{
    Rectification *input = record_new(c, &Rectification_table);
    FieldSet set;
    TRY(row_as_item(c, row, given, input, &set));
    out->on_behalf_of = str_clip(now->item->unit_name, 60);
    TRY(rectification_edit(c, now->item, input, set, out));
    const Rectification *item = item_in(out, now->item);
    bool planned = item->measures.len && item->leader.len;
    if (item->state == RECT_PENDING && (planned || row->apply))
        TRY(move_on(c, now, DO_START, out));
    if (row->progress.len)
        TRY(statement_of_unit(c, item_in(out, now->item), row->progress, out));
    if (row->apply)
        TRY(move_on(c, now, DO_APPLY, out));
    change_show(c, out, ENTITY_RECTIFICATION, record_copy(c, &Rectification_table, item_in(out, now->item)));
    return ST_OK;
}

Status workbook_enter_share(Ctx *c, const Share *now, const ShareRow *row, FieldSet given, Changes *out)
{
    Share *input = record_new(c, &Share_table);
    FieldSet set = 0;
    input->result = row->result;
    input->done_on = row->done_on;
    if (given & FIELD_BIT(ShareRow_result))
        set |= FIELD_BIT(Share_result);
    if (given & FIELD_BIT(ShareRow_done_on))
        set |= FIELD_BIT(Share_done_on);
    out->on_behalf_of = str_clip(now->unit_name, 60);
    TRY(share_edit(c, now, false, input, set, out));
    change_show(c, out, ENTITY_SHARE, record_copy(c, &Share_table, now));
    return ST_OK;
}
