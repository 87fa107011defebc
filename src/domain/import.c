#include "domain/import.h"

CHOICES_DEFINE(import_states, IMPORT_STATES);
FIELDS_DEFINE(Import, "imports", IMPORT_FIELDS);
FIELDS_DEFINE(ImportChoice, "import_run", IMPORT_RUN_FIELDS);

Status import_open(Ctx *c, const Import *input, bool known_subject, bool needs_round, Changes *out)
{
    Import *i = record_copy(c, &Import_table, input);
    if (!known_subject)
        return fail_field(c, S("subject"), i->subject, T("这类记录不能批量导入", "such records cannot be imported"),
            T("可导入 units、people、findings、letters、instructions 和各登记簿",
                "import units, people, findings, letters, instructions or a register"));
    if (needs_round && i->round.len == 0)
        return fail_field(c, S("round"), STR_NONE, T("补录问题须指明轮次", "past findings belong to a round"),
            T("请选择已结束的轮次，没有时先登记", "choose a closed round, or open one first"));
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

bool import_chooses(Str rows, int64_t number)
{
    Str part;
    int64_t from, to;
    if (rows.len == 0)
        return true;
    while (str_cut(&rows, ',', &part))
        if (read_span(part, &from, &to) && number >= from && number <= to)
            return true;
    return false;
}

static Status check_rows(Ctx *c, Str rows)
{
    Str rest = rows, part;
    int64_t from, to;
    while (str_cut(&rest, ',', &part))
        if (!read_span(part, &from, &to))
            return fail_field(c, S("places"), rows, T("行号写法有误", "is no list of row numbers"),
                T("例如 2-15,18；不填为全部", "write 2-15,18; nothing for all"));
    return ST_OK;
}

/* --- moves ------------------------------------------------------------------------------------------------------- */

Status import_decide(Ctx *c, const Import *now, Action action, bool has_file, Str rows, Str reason, Changes *out)
{
    const Move *move;
    TRY(workflow_move(c, ENTITY_IMPORT, now->state, action, reason, &move));
    if (action == DO_CHECK && !has_file)
        return fail_field_as(c, ST_CONFLICT, S("attachments"), STR_NONE, T("还没有上传文件", "there is no file yet"),
            T("请先上传要导入的文件", "attach the file first"));
    TRY(check_rows(c, rows));
    Import *after = record_copy(c, &Import_table, now);
    after->state = move->to;
    if (action == DO_RUN)
        after->chosen = rows;
    if (action == DO_UNDO)
        after->reason = reason;
    change_update(c, out, ENTITY_IMPORT, now, after);
    return ST_OK;
}

void import_progress(Ctx *c, const Import *now, Import *after, Changes *out)
{
    change_update(c, out, ENTITY_IMPORT, now, after);
}
