#include "service/case.h"

#include "base/base64.h"

#include "domain/account.h"
#include "domain/document.h"
#include "domain/letter.h"

Action usecase_action(const UseCase *u)
{
    Str name = str_of(u->op->name);
    size_t dot = str_find(name, S("."), 0);
    return (Action)choice_of(&actions, str_sub(name, dot + 1, SIZE_MAX));
}

Status organiser_check(Ctx *c, Str id)
{
    Organiser organiser;
    bool supervises =
        c->actor->role == ROLE_DISCIPLINE || c->actor->role == ROLE_ORGANISATION || c->actor->role == ROLE_PROPAGANDA;
    if (id.len == 0)
        return ST_OK; /* told by the field's own check */
    return supervises ? record_load(c, ENTITY_ORGANISER, id, 0, &organiser)
                      : record_load_held(c, ENTITY_ORGANISER, id, &organiser);
}

Status signatures_of(Ctx *c, Str record, int64_t turn, Signature **out, size_t *count)
{
    Selection sel = selection_of(ENTITY_SIGNATURE);
    sel.unscoped = true;
    selection_is(&sel, Signature_record, value_text(record));
    selection_is(&sel, Signature_turn, value_int(turn));
    return selection_load(c, &sel, 100, out, count);
}

Status signatures_of_all(Ctx *c, Str record, Signature **out, size_t *count)
{
    Selection sel = selection_of(ENTITY_SIGNATURE);
    sel.unscoped = true;
    selection_is(&sel, Signature_record, value_text(record));
    return selection_load(c, &sel, 1000, out, count);
}

Status attachment_count(Ctx *c, Str record, int64_t *out)
{
    bool has;
    return db_query_int(c, SQL_ATTACHMENT_COUNT_OF, ARGS(value_text(record)), out, &has);
}

enum { LETTER_ITEMS_MAX = 5000 };

Status letters_about(Ctx *c, Str inspection, Str **ids, size_t *count)
{
    Selection sel = selection_of(ENTITY_LETTER_ITEM);
    const Value of = value_text(inspection);
    LetterItem *items;
    size_t have;
    *count = 0;
    if (sight_of(c->actor->role, ENTITY_LETTER_ITEM)->kind == SIGHT_NONE)
        return ST_OK;
    selection_where_via(&sel, LetterItem_rectification, Rectification_inspection, OP_EQ, &of, 1);
    sel.sort = LetterItem_letter;
    TRY(selection_load(c, &sel, LETTER_ITEMS_MAX, &items, &have));
    *ids = arena_array_of(c->arena, Str, have);
    for (size_t i = 0; i < have; i++)
        if (items[i].told_on && (*count == 0 || !str_eq(items[i].letter, (*ids)[*count - 1])))
            (*ids)[(*count)++] = items[i].letter;
    return ST_OK;
}

Status letter_last_serial(Ctx *c, Str organiser, Str series, int64_t year, int64_t *serial)
{
    Str first = document_number_text(c->arena, series, year, 1);
    Str prefix = str_sub(first, 0, first.len - S("1号").len);
    DbRows *rows;
    bool has = true;
    *serial = 0;
    TRY(db_query(c, SQL_LETTER_NUMBERS, ARGS(value_text(organiser), value_text(prefix)), &rows));
    for (;;) {
        Str its;
        int64_t its_year, number;
        TRY(db_next(c, rows, &has));
        if (!has)
            return ST_OK;
        if (document_number_read(row_text(rows, 0), &its, &its_year, &number) && its_year == year &&
            str_eq(its, series) && number > *serial)
            *serial = number;
    }
}

Status unit_name_on(Ctx *c, const Unit *unit, Date day, Str *out)
{
    bool has;
    TRY(db_query_text(c, SQL_UNIT_NAME_ON, ARGS(value_text(unit->id), value_date(c->arena, day)), out, &has));
    *out = has ? str_copy(c->arena, *out) : unit->name;
    return ST_OK;
}

Status file_of_member(Ctx *c, Str base64, int64_t most, Text what, Str *bytes)
{
    if ((int64_t)base64.len > most / 3 * 4)
        return fail(c, ST_TOO_BIG, "文件超过 %lld MiB", "the file is larger than %lld MiB", (long long)(most >> 20));
    if (base64_read(c->arena, base64, bytes))
        return ST_OK;
    return fail_field(c, S("file"), STR_NONE, T("不是 base64 编码", "is not base64"),
        text_format(c, "以 base64 编码提交%s", "send it in base64: %s", c->lang == LANG_ZH ? what.zh : what.en));
}
