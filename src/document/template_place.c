/* Where a placeholder stands, so that whoever edits the template finds it. */
#include "document/template_parts.h"

static Text part_label(Str name)
{
    static const struct {
        Str start;
        Text label;
    } parts[] = {
        { S_INIT("word/header"), { "页眉", "header" } },
        { S_INIT("word/footer"), { "页脚", "footer" } },
        { S_INIT("word/footnotes"), { "脚注", "footnotes" } },
        { S_INIT("word/endnotes"), { "尾注", "endnotes" } },
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (str_starts(name, parts[i].start))
            return parts[i].label;
    return T("正文", "text");
}

Str template_place_text(Ctx *c, const TemplatePart *part, const MarkPlace *place)
{
    bool zh = c->lang == LANG_ZH;
    StrBuf b = strbuf_in(c->arena);
    strbuf_add(&b, text_in(part_label(part->name), c->lang));
    if (place->table)
        strbuf_addf(
            &b, zh ? "表格%d第%d行第%d列" : ", table %d, row %d, column %d", place->table, place->row, place->column);
    else if (place->paragraph)
        strbuf_addf(&b, zh ? "第%d段" : ", paragraph %d", place->paragraph);
    if (place->in_box)
        strbuf_add(&b, zh ? S("的文本框") : S(", in a text box"));
    return strbuf_str(&b);
}

/* The copy of a drawing for old readers has the mistakes of the drawing, and perhaps its own. */
static bool is_told(const Ctx *c, const Mark *mark, Text rule)
{
    for (const FieldError *e = c->err.fields; e; e = e->next)
        if (str_starts(mark->written, e->value) && str_eq(e->rule, text_in(rule, c->lang)))
            return true;
    return false;
}

void template_mistake(Ctx *c, const TemplatePart *part, const Mark *mark, Text rule, Text remedy)
{
    if (mark->in_copy && is_told(c, mark, rule))
        return;
    Status noted = fail_field(c, template_place_text(c, part, &mark->place), mark->written, rule, remedy);
    (void)noted; /* it stays in the Ctx; the rest of the template is read all the same */
}
