/* Names: every mark of a template finds its slot, every block its end, or is told what is wrong with it. */
#include "document/template_parts.h"

#include <string.h>

/* A block that is open. */
typedef struct Level {
    Mark *open;
    const SlotShape *shape; /* of its rows; NULL for a condition */
} Level;

typedef struct Resolving {
    Ctx *c;
    Template *t;
    TemplatePart *part;
    Level levels[TEMPLATE_NEST_MAX];
    int depth;
} Resolving;

/* --- looking up -------------------------------------------------------------------------------------------------- */

static const Slot *slot_named(const SlotShape *shape, Str name)
{
    for (size_t i = 0; i < shape->count; i++)
        if (str_eq(shape->slots[i].name, name))
            return &shape->slots[i];
    return NULL;
}

/* From the innermost row outwards. */
static const Slot *look_up(const Resolving *r, Mark *mark)
{
    const SlotShape *shape = r->t->rules->shape;
    const Slot *slot = NULL;
    for (int i = r->depth; i > 0 && !slot; i--) {
        if (!r->levels[i - 1].shape)
            continue;
        slot = slot_named(r->levels[i - 1].shape, mark->name);
        shape = r->levels[i - 1].shape;
        mark->row_of = slot ? r->levels[i - 1].open : NULL;
    }
    if (!slot) {
        shape = r->t->rules->shape;
        slot = slot_named(shape, mark->name);
        if (slot)
            r->t->named[slot - shape->slots] = true;
    }
    if (!slot)
        return NULL;
    mark->slot = (size_t)(slot - shape->slots);
    mark->what = slot;
    return slot;
}

/* The list whose rows know the name. */
static const Slot *list_with(const SlotShape *shape, Str name, int depth)
{
    for (size_t i = 0; i < shape->count && depth < TEMPLATE_NEST_MAX; i++) {
        const Slot *slot = &shape->slots[i], *deeper;
        if (slot->type != SLOT_LIST)
            continue;
        if (slot_named(slot->rows, name))
            return slot;
        if ((deeper = list_with(slot->rows, name, depth + 1)))
            return deeper;
    }
    return NULL;
}

/* How many characters two names share, counted without order. */
static size_t shared_chars(Str a, Str b)
{
    size_t shared = 0;
    for (size_t at = 0, from = 0; str_next_char(a, &at) != UINT32_MAX; from = at)
        shared += str_find(b, str_sub(a, from, at - from), 0) != SIZE_MAX;
    return shared;
}

static Str nearest(const Resolving *r, Str name)
{
    Str best = STR_NONE;
    size_t most = 0;
    const SlotShape *shapes[TEMPLATE_NEST_MAX + 1] = { r->t->rules->shape };
    int count = 1;
    for (int i = 0; i < r->depth; i++)
        if (r->levels[i].shape)
            shapes[count++] = r->levels[i].shape;
    for (int s = count; s > 0; s--)
        for (size_t i = 0; i < shapes[s - 1]->count; i++) {
            Str candidate = shapes[s - 1]->slots[i].name;
            size_t shared = shared_chars(name, candidate), longer = str_chars(candidate);
            if (2 * shared > (longer > str_chars(name) ? longer : str_chars(name)) && shared > most) {
                most = shared;
                best = candidate;
            }
        }
    return best;
}

/* --- mistakes ---------------------------------------------------------------------------------------------------- */

static void wrong(const Resolving *r, const Mark *mark, Text rule, Text remedy)
{
    template_mistake(r->c, r->part, mark, rule, remedy);
}

static void tell_unknown(const Resolving *r, const Mark *mark)
{
    Ctx *c = r->c;
    const TemplateRules *rules = r->t->rules;
    const Slot *list = list_with(rules->shape, mark->name, 0);
    if (list) {
        wrong(r, mark,
            text_format(c, "“%.*s”是“%.*s”中每一行的内容", "“%.*s” belongs to the rows of “%.*s”", STR_ARG(mark->name),
                STR_ARG(list->name)),
            text_format(c, "请写在 {{#%.*s}} 和 {{/%.*s}} 之间", "put it between {{#%.*s}} and {{/%.*s}}",
                STR_ARG(list->name), STR_ARG(list->name)));
        return;
    }
    for (size_t i = 0; i < rules->other_count; i++)
        if (slot_named(rules->others[i].shape, mark->name) || list_with(rules->others[i].shape, mark->name, 0)) {
            wrong(r, mark,
                text_format(c, "“%.*s”不用于这种文书（用于%.*s等）",
                    "“%.*s” is not for this paper (but for %.*s and such)", STR_ARG(mark->name),
                    STR_ARG(rules->others[i].label)),
                T("请删去，或核对所选的文书种类", "drop it, or check which kind of paper was chosen"));
            return;
        }
    Str like = nearest(r, mark->name);
    wrong(r, mark, text_format(c, "没有“%.*s”这个名称", "there is no name “%.*s”", STR_ARG(mark->name)),
        like.len ? text_format(c, "是否应为“%.*s”？", "did you mean “%.*s”?", STR_ARG(like))
                 : T("请从模板说明的名称中选用", "choose one of the names in the description of the template"));
}

static Text formats_of(SlotType type)
{
    switch (type) {
    case SLOT_DATE:
        return T("日期的格式有：年月日、汉字、点、年月、年", "formats of a date: 年月日, 汉字, 点, 年月, 年");
    case SLOT_MONEY:
        return T("金额的格式有：元、万元、大写", "formats of an amount: 元, 万元, 大写");
    case SLOT_INT:
        return T("数字的格式有：汉字、千分位", "formats of a number: 汉字, 千分位");
    case SLOT_TEXT:
    case SLOT_FLAG:
    case SLOT_IMAGE:
    case SLOT_LIST:
        break;
    }
    return T("文字没有格式，请删去竖线及其后的内容", "a text has no format: drop the bar and what follows");
}

/* --- one mark after the other ------------------------------------------------------------------------------------ */

static void resolve_value(const Resolving *r, Mark *mark)
{
    const Slot *slot = look_up(r, mark);
    if (!slot)
        tell_unknown(r, mark);
    else if (slot->type == SLOT_LIST)
        wrong(r, mark, text_format(r->c, "“%.*s”是一组内容", "“%.*s” is a list", STR_ARG(slot->name)),
            text_format(r->c, "请用 {{#%.*s}} … {{/%.*s}} 逐行写出", "write it row by row with {{#%.*s}} … {{/%.*s}}",
                STR_ARG(slot->name), STR_ARG(slot->name)));
    else if (slot->type == SLOT_IMAGE)
        wrong(r, mark, text_format(r->c, "“%.*s”是图片", "“%.*s” is an image", STR_ARG(slot->name)),
            text_format(r->c, "请写成 {{@%.*s}}", "write it as {{@%.*s}}", STR_ARG(slot->name)));
    else if (!slot_format_is_known(slot->type, mark->format))
        wrong(r, mark,
            text_format(r->c, "“%.*s”没有“%.*s”这种格式", "“%.*s” has no format “%.*s”", STR_ARG(slot->name),
                STR_ARG(mark->format)),
            formats_of(slot->type));
}

static void resolve_image(const Resolving *r, Mark *mark)
{
    const Slot *slot = look_up(r, mark);
    if (!slot)
        tell_unknown(r, mark);
    else if (slot->type != SLOT_IMAGE)
        wrong(r, mark, text_format(r->c, "“%.*s”不是图片", "“%.*s” is no image", STR_ARG(slot->name)),
            T("请去掉 @", "drop the @"));
}

static const Mark *innermost_repeat(const Resolving *r)
{
    for (int i = r->depth; i > 0; i--)
        if (r->levels[i - 1].shape)
            return r->levels[i - 1].open;
    return NULL;
}

static bool repeats_itself(const Resolving *r, const Slot *slot)
{
    for (int i = 0; i < r->depth; i++)
        if (r->levels[i].open->what == slot && r->levels[i].shape)
            return true;
    return false;
}

static void open_block(Resolving *r, Mark *mark)
{
    bool repeat = mark->kind == MARK_REPEAT || mark->kind == MARK_CELLS;
    const Slot *slot = look_up(r, mark);
    if (!slot)
        tell_unknown(r, mark);
    else if (repeat && slot->type != SLOT_LIST)
        wrong(r, mark,
            text_format(
                r->c, "“%.*s”只有一个值，不能重复", "“%.*s” is one value: it cannot be repeated", STR_ARG(slot->name)),
            text_format(r->c, "取值写 {{%.*s}}，按有无取舍写 {{?%.*s}}", "write {{%.*s}}, or {{?%.*s}} for a condition",
                STR_ARG(slot->name), STR_ARG(slot->name)));
    else if (repeat && repeats_itself(r, slot))
        wrong(r, mark,
            text_format(r->c, "“%.*s”已经在它自己的重复之中", "“%.*s” is being repeated already", STR_ARG(slot->name)),
            T("请删去里面的一对", "drop the inner pair"));
    if (r->depth == TEMPLATE_NEST_MAX) {
        wrong(r, mark,
            text_format(r->c, "重复和条件嵌套超过%d层", "blocks are nested deeper than %d", TEMPLATE_NEST_MAX),
            T("请减少嵌套", "nest them less"));
        return;
    }
    r->levels[r->depth].open = mark;
    r->levels[r->depth++].shape = repeat && slot && slot->type == SLOT_LIST ? slot->rows : NULL;
}

static void tell_no_end(const Resolving *r, const Mark *mark)
{
    wrong(r, mark, text_format(r->c, "“%.*s”有起无止", "“%.*s” has no end", STR_ARG(mark->name)),
        text_format(r->c, "请在同一部分（正文、页眉或文本框）补上 {{/%.*s}}",
            "add {{/%.*s}} in the same part of the document", STR_ARG(mark->name)));
}

static void close_block(Resolving *r, Mark *mark)
{
    int at = r->depth;
    while (at > 0 && !str_eq(r->levels[at - 1].open->name, mark->name))
        at--;
    if (at == 0) {
        wrong(r, mark, text_format(r->c, "“%.*s”有止无起", "“%.*s” ends, but never began", STR_ARG(mark->name)),
            text_format(
                r->c, "请在前面补上 {{#%.*s}}，或删去", "add {{#%.*s}} before it, or drop it", STR_ARG(mark->name)));
        return;
    }
    while (r->depth > at) {
        const Mark *open = r->levels[--r->depth].open;
        wrong(r, open,
            text_format(r->c, "“%.*s”还没有结束，外层的“%.*s”就结束了",
                "“%.*s” is still open where “%.*s” around it ends", STR_ARG(open->name), STR_ARG(mark->name)),
            text_format(r->c, "请先写 {{/%.*s}}", "write {{/%.*s}} first", STR_ARG(open->name)));
    }
    Mark *open = r->levels[--r->depth].open;
    (void)template_wrap(r->c, r->part, open, mark); /* a mistake stays in the Ctx */
}

static void drop_note(Mark *mark)
{
    Node *paragraph = template_is_alone(mark) ? mark->paragraph : NULL;
    if (paragraph)
        node_remove(paragraph);
    else
        node_remove(mark->node);
}

static void resolve(Resolving *r, Mark *mark)
{
    switch (mark->kind) {
    case MARK_VALUE:
        resolve_value(r, mark);
        return;
    case MARK_ROW_NUMBER:
        mark->row_of = innermost_repeat(r);
        if (!mark->row_of)
            wrong(r, mark, T("“行号”只在重复之中才有", "行号 has a meaning within a repeat only"),
                T("请写在 {{#列表}} 和 {{/列表}} 之间", "put it between {{#list}} and {{/list}}"));
        else if (!slot_format_is_known(SLOT_INT, mark->format))
            wrong(r, mark,
                text_format(r->c, "“行号”没有“%.*s”这种格式", "行号 has no format “%.*s”", STR_ARG(mark->format)),
                formats_of(SLOT_INT));
        return;
    case MARK_IMAGE:
        resolve_image(r, mark);
        return;
    case MARK_REPEAT:
    case MARK_CELLS:
    case MARK_IF:
    case MARK_UNLESS:
        open_block(r, mark);
        return;
    case MARK_END:
        close_block(r, mark);
        return;
    case MARK_NOTE:
        drop_note(mark);
        return;
    }
}

void template_resolve(Ctx *c, Template *t, TemplatePart *part)
{
    Resolving r = { .c = c, .t = t, .part = part };
    for (size_t i = 0; i < part->count; i++)
        resolve(&r, part->marks[i]);
    while (r.depth > 0)
        tell_no_end(&r, r.levels[--r.depth].open);
}
