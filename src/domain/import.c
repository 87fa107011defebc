#include "domain/import.h"

CHOICES_DEFINE(import_states, IMPORT_STATES);
FIELDS_DEFINE(Import, "imports", IMPORT_FIELDS);
FIELDS_DEFINE(ImportChoice, "import_run", IMPORT_RUN_FIELDS);

static Status check_need(Ctx *c, const Import *i, ImportNeed need)
{
    if (need == IMPORT_OF_NOTHING)
        return fail_field(c, S("subject"), i->subject, T("这类记录不能批量导入", "such records cannot be imported"),
            T("可导入 units、people、findings、letters、instructions、各登记簿，以及交回的 rectifications、shares",
                "import units, people, findings, letters, instructions, a register, or returned rectifications and "
                "shares"));
    if (need == IMPORT_OF_ROUND && i->round.len == 0)
        return fail_field(c, S("round"), STR_NONE, T("补录问题须指明轮次", "past findings belong to a round"),
            T("请选择已结束的轮次，没有时先登记", "choose a closed round, or open one first"));
    if (need == IMPORT_OF_WORKBOOK && i->workbook.len == 0)
        return fail_field(c, S("workbook"), STR_NONE,
            T("整改事项和分工只能由派发的工作簿交回", "items and shares come back in a workbook that was issued"),
            T("请在巡察工作页派发工作簿，交回时指明是哪一份", "issue one from the inspection's page, and name it"));
    if (need != IMPORT_OF_WORKBOOK && i->workbook.len)
        return fail_field(c, S("workbook"), i->workbook,
            T("只有整改事项和分工由工作簿交回", "only items and shares come back in workbooks"),
            T("请去掉工作簿，或把导入内容改为 rectifications、shares",
                "leave it out, or import rectifications or shares"));
    return ST_OK;
}

Status import_open(Ctx *c, const Import *input, ImportNeed need, Changes *out)
{
    Import *i = record_copy(c, &Import_table, input);
    TRY(check_need(c, i, need));
    i->state = IMPORT_OPEN;
    i->account = c->actor->account;
    i->entered_by = c->actor->name;
    i->role = (int32_t)c->actor->role;
    TRY(record_check_required(c, &Import_table, i));
    change_insert(c, out, ENTITY_IMPORT, i);
    return ST_OK;
}

/* --- rows chosen ---------------------------------------------------------------------------------------------- */

static bool read_span(Str part, int64_t *from, int64_t *to)
{
    Str first, last;
    part = str_trim(part);
    if (!str_cut(&part, '-', &first) || !str_to_int(str_trim(first), from))
        return false;
    *to = *from;
    last = str_trim(part);
    return (last.len == 0 || str_to_int(last, to)) && *from >= 1 && *to >= *from;
}

bool import_next_span(Str *rows, int64_t *from, int64_t *to)
{
    Str part;
    return str_cut(rows, ',', &part) && read_span(part, from, to);
}

bool import_names(Str rows, int64_t number)
{
    Str part;
    int64_t from, to;
    while (str_cut(&rows, ',', &part))
        if (read_span(part, &from, &to) && number >= from && number <= to)
            return true;
    return false;
}

bool import_chooses(const Import *i, int64_t number)
{
    return (i->chosen.len == 0 || import_names(i->chosen, number)) && !import_names(i->declined, number);
}

static Status check_rows(Ctx *c, const char *field, Str rows)
{
    Str rest = rows, part;
    int64_t from, to;
    while (str_cut(&rest, ',', &part))
        if (!read_span(part, &from, &to))
            return fail_field(c, str_of(field), rows, T("行号写法有误", "is no list of row numbers"),
                T("例如 2-15,18；不填为全部", "write 2-15,18; nothing for all"));
    return ST_OK;
}

/* --- moves ------------------------------------------------------------------------------------------------------- */

static Status choose(Ctx *c, const ImportChoice *choice, Import *after)
{
    TRY(check_rows(c, "places", choice->places));
    TRY(check_rows(c, "declined", choice->declined));
    if (choice->declined.len && choice->reason.len == 0)
        return fail_field(c, S("reason"), STR_NONE, T("退回的行须写明原因", "say why rows are declined"),
            T("请写明原因，填报单位据此改正", "so that the unit knows what to mend"));
    after->chosen = choice->places;
    after->declined = choice->declined;
    after->decline_reason = choice->declined.len ? choice->reason : STR_NONE;
    return ST_OK;
}

/* Entered without a check, there is nothing yet to choose from. */
static Status check_direct(Ctx *c, const Import *now, const ImportChoice *choice)
{
    const Text remedy = T("请先核对，再选择要导入的行", "check it first, then choose the rows");
    if (now->workbook.len)
        return fail_field_as(c, ST_CONFLICT, S("workbook"), now->workbook,
            T("交回的工作簿须先核对", "a workbook that came back is checked first"), T("请先核对", "check it first"));
    if (choice->places.len)
        return fail_field(c, S("places"), choice->places,
            T("没有核对过的文件不能只导入一部分", "of a file that was not checked no rows are chosen"), remedy);
    if (choice->declined.len)
        return fail_field(c, S("declined"), choice->declined,
            T("没有核对过的文件不能退回一部分", "of a file that was not checked no rows are declined"), remedy);
    return ST_OK;
}

Status import_decide(
    Ctx *c, const Import *now, Action action, bool has_file, const ImportChoice *choice, Str reason, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_IMPORT, now->state, action, reason, &move));
    bool direct = action == DO_RUN && now->state == IMPORT_OPEN;
    if ((action == DO_CHECK || direct) && !has_file)
        return fail_field_as(c, ST_CONFLICT, S("attachments"), STR_NONE, T("还没有上传文件", "there is no file yet"),
            T("请先上传要导入的文件", "attach the file first"));
    Import *after = record_copy(c, &Import_table, now);
    after->state = move->to;
    if (action == DO_RUN)
        after->direct = direct;
    if (direct)
        TRY(check_direct(c, now, choice));
    if (action == DO_RUN)
        TRY(choose(c, choice, after));
    if (action == DO_UNDO)
        after->reason = reason;
    change_update(c, out, ENTITY_IMPORT, now, after);
    return ST_OK;
}

void import_progress(Ctx *c, const Import *now, Import *after, Changes *out)
{
    change_update(c, out, ENTITY_IMPORT, now, after);
}
