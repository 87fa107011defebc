/* Blocks: what stands between the start and the end of a repeat or a condition becomes the children of its mark. */
#include "document/template_parts.h"

/* --- what a paragraph or a row holds besides --------------------------------------------------------------------- */

static bool holds_else(const Node *n, const Node *mark)
{
    if (n == mark)
        return false;
    if (n->kind == NODE_MARK)
        return true;
    if (n->kind == NODE_TEXT)
        return n->parent && n->parent->name == WORD_T && str_trim(n->text).len > 0;
    if (n->name == WORD_DRAWING || n->name == WORD_PICTURE)
        return true;
    for (const Node *child = n->first; child; child = child->next)
        if (holds_else(child, mark))
            return true;
    return false;
}

bool template_is_alone(const Mark *mark)
{
    return mark->paragraph && !holds_else(mark->paragraph, mark->node);
}

static bool has_content(const Node *first, const Node *last)
{
    for (const Node *n = first; n; n = n == last ? NULL : n->next)
        if (holds_else(n, NULL) || n->name == WORD_TBL)
            return true;
    return false;
}

/* --- wrapping ---------------------------------------------------------------------------------------------------- */

/* The mark's node stands before `first` and takes all up to `last` in. */
static void wrap(Mark *from, Node *first, Node *last)
{
    Node *block = from->node;
    if (block->parent)
        node_remove(block);
    node_insert_before(first, block);
    node_take_range(block, first, last);
}

static bool refuse(Ctx *c, const TemplatePart *part, const Mark *mark, Text rule, Text remedy)
{
    template_mistake(c, part, mark, rule, remedy);
    return false;
}

static bool refuse_empty(Ctx *c, const TemplatePart *part, const Mark *mark)
{
    return refuse(c, part, mark, T("起止之间没有内容", "nothing stands between start and end"),
        T("请写上内容，或删去这一对占位符", "write something there, or drop the pair"));
}

static bool wrap_in_paragraph(Ctx *c, const TemplatePart *part, Mark *from, Mark *to)
{
    if (from->node->parent != to->node->parent)
        return refuse(c, part, from,
            T("起止不在同一段普通文字里（一个在链接或控件里）",
                "start and end are not in the same text: one is inside a link or control"),
            T("请把两个都移出链接或控件", "move both out of the link or control"));
    Node *first = from->node->next, *last = to->node->prev;
    if (first == to->node || !has_content(first, last))
        return refuse_empty(c, part, from);
    node_remove(to->node);
    wrap(from, first, last);
    return true;
}

static bool wrap_paragraphs(Ctx *c, const TemplatePart *part, Mark *from, Mark *to)
{
    Node *start = from->paragraph, *end = to->paragraph;
    if (start->next == end)
        return refuse_empty(c, part, from);
    Node *first = start->next, *last = end->prev;
    node_remove(start);
    node_remove(end);
    node_remove(from->node);
    wrap(from, first, last);
    return true;
}

/* A row, or the outermost of the blocks that it has become part of. */
static Node *as_sibling(Node *row)
{
    while (row->parent->kind == NODE_MARK)
        row = row->parent;
    return row;
}

/* Rows of one table that hold the two marks; those of an outer table where one is nested deeper. */
static bool find_rows(const Mark *from, const Mark *to, Node **first, Node **last)
{
    for (Node *a = node_above(from->paragraph, WORD_TR); a; a = node_above(a->parent, WORD_TR))
        for (Node *b = node_above(to->paragraph, WORD_TR); b; b = node_above(b->parent, WORD_TR))
            if (as_sibling(a)->parent == as_sibling(b)->parent) {
                *first = as_sibling(a);
                *last = as_sibling(b);
                return true;
            }
    return false;
}

/* A row that holds nothing but the start or the end of its repeat is left out. */
static bool wrap_rows(Ctx *c, const TemplatePart *part, Mark *from, Mark *to, Node *first, Node *last)
{
    bool bare_start = first != last && !holds_else(first, from->node);
    bool bare_end = first != last && !holds_else(last, to->node);
    if (bare_start)
        first = first->next;
    if (bare_end)
        last = last->prev;
    if ((bare_start && first == node_above(to->paragraph, WORD_TR) && bare_end) ||
        (first == last && !bare_start && !bare_end && from->node->parent == to->node->parent))
        return refuse_empty(c, part, from);
    if (bare_start)
        node_remove(first->prev);
    if (bare_end)
        node_remove(last->next);
    node_remove(from->node);
    node_remove(to->node);
    wrap(from, first, last);
    return true;
}

static bool wrap_cell(Ctx *c, const TemplatePart *part, Mark *from, Mark *to)
{
    Node *cell = node_above(from->paragraph, WORD_TC);
    if (!cell || cell != node_above(to->paragraph, WORD_TC))
        return refuse(c, part, from,
            T("单元格的重复，起止要在同一个单元格里", "a repeat of a cell starts and ends in the same table cell"),
            T("请把 {{*…}} 和 {{/…}} 写在同一个单元格里", "put {{*…}} and {{/…}} into one cell"));
    node_remove(from->node);
    node_remove(to->node);
    wrap(from, cell, cell);
    return true;
}

bool template_wrap(Ctx *c, const TemplatePart *part, Mark *from, Mark *to)
{
    Node *first, *last;
    if (from->kind == MARK_CELLS)
        return wrap_cell(c, part, from, to);
    if (from->paragraph == to->paragraph)
        return wrap_in_paragraph(c, part, from, to);
    if (from->paragraph->parent == to->paragraph->parent && template_is_alone(from) && template_is_alone(to))
        return wrap_paragraphs(c, part, from, to);
    Node *cell = node_above(from->paragraph, WORD_TC);
    bool same_cell = cell && cell == node_above(to->paragraph, WORD_TC);
    if (!same_cell && find_rows(from, to, &first, &last))
        return wrap_rows(c, part, from, to, first, last);
    if (node_above(from->paragraph, WORD_TBL) != node_above(to->paragraph, WORD_TBL))
        return refuse(c, part, from, T("起止一个在表格里，一个不在同一表格", "start and end are not in the same table"),
            T("请把起止放在同一张表格的行里，或都放在表格外", "put both into rows of one table, or both outside"));
    return refuse(c, part, from,
        T("跨段的起止要各自独占一段", "start and end in different paragraphs have to stand alone in theirs"),
        T("请让 {{#…}} 和 {{/…}} 各占一段", "give {{#…}} and {{/…}} a paragraph each"));
}
