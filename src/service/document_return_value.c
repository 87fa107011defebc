/* What stands in a paper that came back, as the value of a field; and what would stand there today. */
#include "document/return_mark.h"
#include "service/document_data.h"
#include "service/document_return.h"
#include "service/import_row.h"

#include <string.h>

static const struct {
    const char *unit;
    int scale;
    bool money;
} units[] = { { "万元", 10000, true }, { "元", 1, true }, { "项", 1, false }, { "人", 1, false }, { "次", 1, false },
    { "个", 1, false } };
enum { UNITS = sizeof units / sizeof units[0] };

Status document_text_still(
    Ctx *c, NameBook *names, const Entity *e, const void *record, const Field *f, Str written, bool *out)
{
    SlotType type = document_slot_type(f);
    SlotValue value = { .number = { 0 } };
    size_t count;
    const Str *formats = slot_formats(type, &count);
    *out = false;
    TRY(document_field_value(c, names, e, field_index(e->table, f), record, &value));
    for (size_t i = 0; i < count && !*out; i++) {
        Str text = return_text(c->arena, slot_text(c->arena, type, &value, formats[i]));
        *out = str_eq(return_code(c->arena, text), written);
        for (size_t u = 0; u < UNITS && type == SLOT_INT && text.len && !*out; u++)
            *out = str_eq(return_code(c->arena, str_format(c->arena, "%.*s%s", STR_ARG(text), units[u].unit)), written);
    }
    return ST_OK;
}

/* "12.5万元" is 12.5 in tens of thousands; "3项" is 3. */
static Str without_unit(const Field *f, Str text, int *scale, bool *found)
{
    *scale = 1;
    *found = false;
    for (size_t i = 0; i < UNITS; i++) {
        if (units[i].money != (f->type == FT_MONEY) || !str_ends(text, str_of(units[i].unit)))
            continue;
        *scale = units[i].scale;
        *found = true;
        return str_trim(str_sub(text, 0, text.len - strlen(units[i].unit)));
    }
    return text;
}

/* Digits as Chinese keyboards write them. */
static Str half_width(Arena *arena, Str text)
{
    StrBuf b = strbuf_in(arena);
    for (size_t at = 0; at < text.len;) {
        uint32_t ch = str_next_char(text, &at);
        if (ch >= 0xff10 && ch <= 0xff19)
            strbuf_addc(&b, (char)('0' + (ch - 0xff10)));
        else if (ch == 0xff0c)
            strbuf_addc(&b, ',');
        else if (ch == 0xff0e)
            strbuf_addc(&b, '.');
        else
            strbuf_add_char(&b, ch);
    }
    return strbuf_str(&b);
}

/* A number as it stands in a paper, bare. An amount has to say whether it is yuan or tens of thousands: the paper may
 * have been printed in either. */
static Status take_number(Ctx *c, const Field *f, Str text, int *scale, Str *out)
{
    bool found;
    *out = without_unit(f, half_width(c->arena, text), scale, &found);
    if (f->type != FT_MONEY || found || text.len == 0)
        return ST_OK;
    return fail_field(c, str_of(f->name), text, T("金额没有写明单位", "does not say in what"),
        T("请写成“12.5万元”或“3,000.00元”", "write it as 12.5万元 or 3,000.00元"));
}

Status document_text_take(Ctx *c, const Field *f, Str text, void *will)
{
    static const ImportJob no_job;
    int scale = 1;
    Value value;
    Str word;
    ImportCell cell = { .text = text };
    if (f->type == FT_MONEY || f->type == FT_INT)
        TRY(take_number(c, f, text, &scale, &cell.text));
    if (f->type == FT_FLAG && text.len == 0)
        cell.text = S("false");
    if (text.len == 0 && (f->flags & REQUIRED))
        return fail_field(c, str_of(f->name), text, T("此项必填，文档中为空", "is wanted, and empty in the paper"),
            T("请在文档中填写，或保留系统中的内容", "fill it in, or leave what stands in the system"));
    TRY(import_word(c, &no_job, f, &cell, scale, false, &word));
    TRY(field_parse(c, f, word, &value));
    return field_take(c, f, value, will);
}
