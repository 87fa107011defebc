#include "insight/door.h"

#include <string.h>

/* What would end a value, or the address, in a URL. */
static void put_escaped(StrBuf *b, Str value)
{
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] && strchr("%&#+= ?", value.ptr[i]))
            strbuf_addf(b, "%%%02X", (unsigned)(unsigned char)value.ptr[i]);
        else
            strbuf_addc(b, value.ptr[i]);
    }
}

static Str unescaped(Ctx *c, Str value)
{
    StrBuf b = strbuf_in(c->arena);
    for (size_t i = 0; i < value.len; i++) {
        char byte;
        size_t len;
        if (value.ptr[i] == '%' && str_unhex(str_sub(value, i + 1, 2), &byte, 1, &len) && len == 1) {
            strbuf_addc(&b, byte);
            i += 2;
        } else {
            strbuf_addc(&b, value.ptr[i]);
        }
    }
    return strbuf_str(&b);
}

static void put_condition(StrBuf *b, const Selection *sel, const Predicate *p)
{
    const FieldTable *table = sel->entity->table;
    if (p->via >= 0) {
        strbuf_addf(b, "%s.", table->fields[p->via].name);
        table = entity_of((EntityKind)table->fields[p->via].refers)->table;
    }
    strbuf_addf(b, "%s", table->fields[p->field].name);
    if (p->op != OP_EQ)
        strbuf_addf(b, ".%s", op_name(p->op));
    strbuf_addc(b, '=');
    if (p->count == 0)
        strbuf_addc(b, '1');
    if (p->op == OP_ABOVE || p->op == OP_BELOW) {
        strbuf_addf(b, "%s", table->fields[p->values[0].whole].name);
        return;
    }
    for (uint16_t i = 0; i < p->count; i++) {
        strbuf_add(b, i ? S(",") : S(""));
        if (p->values[i].kind == VALUE_INT)
            strbuf_add_int(b, p->values[i].whole);
        else
            put_escaped(b, p->values[i].text);
    }
}

Str selection_door(Ctx *c, const Selection *sel)
{
    StrBuf b = strbuf_in(c->arena);
    strbuf_addf(&b, "%s?", sel->entity->table->name);
    for (uint16_t i = 0; i < sel->count; i++) {
        strbuf_add(&b, i ? S("&") : S(""));
        put_condition(&b, sel, &sel->predicates[i]);
    }
    if (sel->as_of)
        strbuf_addf(&b, "%sas_of=%.*s", sel->count ? "&" : "", STR_ARG(date_text(c->arena, sel->as_of)));
    return strbuf_str(&b);
}

Status selection_of_door(Ctx *c, Str door, Selection *out)
{
    Str rest = door, name, part;
    str_cut(&rest, '?', &name);
    const Entity *e = entity_named(name);
    if (!e)
        return fail_field(c, S("entity"), name, T("没有这类记录", "is no kind of record"),
            T("请用产生它的版本打开", "open it with the version that wrote it"));
    *out = selection_of(e->kind);
    while (str_cut(&rest, '&', &part)) {
        Str value = part, condition;
        str_cut(&value, '=', &condition);
        if (condition.len)
            TRY(selection_read(c, out, condition, unescaped(c, value)));
    }
    return ST_OK;
}

Status selection_of_template(Ctx *c, Str door, Date day, Selection *out)
{
    StrBuf b = strbuf_in(c->arena);
    Str mark = S(DAY_OF_FIGURE);
    for (size_t at = str_find(door, mark, 0); at != SIZE_MAX; at = str_find(door, mark, 0)) {
        strbuf_add(&b, str_sub(door, 0, at));
        strbuf_add(&b, date_text(c->arena, day));
        door = str_sub(door, at + mark.len, SIZE_MAX);
    }
    strbuf_add(&b, door);
    TRY(selection_of_door(c, strbuf_str(&b), out));
    if (out->entity->state >= 0 && day != c->today)
        out->as_of = day;
    return ST_OK;
}
