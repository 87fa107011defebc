#include "service/case.h"

Action usecase_action(const UseCase *u)
{
    Str name = str_of(u->op->name);
    size_t dot = str_find(name, S("."), 0);
    return (Action)choice_of(&actions, str_sub(name, dot + 1, SIZE_MAX));
}

Status signatures_of(Ctx *c, Str record, int64_t turn, Signature **out, size_t *count)
{
    Selection sel = selection_of(ENTITY_SIGNATURE);
    sel.unscoped = true;
    selection_is(&sel, Signature_record, value_text(record));
    selection_is(&sel, Signature_turn, value_int(turn));
    return selection_load(c, &sel, 100, out, count);
}

Status attachment_count(Ctx *c, Str record, int64_t *out)
{
    bool has;
    return db_query_int(c, SQL_ATTACHMENT_COUNT_OF, ARGS(value_text(record)), out, &has);
}

Status unit_name_on(Ctx *c, const Unit *unit, Date day, Str *out)
{
    bool has;
    TRY(db_query_text(c, SQL_UNIT_NAME_ON, ARGS(value_text(unit->id), value_date(c->arena, day)), out, &has));
    *out = has ? str_copy(c->arena, *out) : unit->name;
    return ST_OK;
}
