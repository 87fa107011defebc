/* Placeholders found in the paragraphs of a part: joined over runs, taken apart, and put into the tree as marks. */
#include "document/template_parts.h"

#include <string.h>

typedef struct Walk {
    Ctx *c;
    Template *t;
    TemplatePart *part;
    MarkPlace place;
    int tables;
    bool in_copy;
} Walk;

/* A text of the paragraph, and where it begins in the paragraph's whole text. */
typedef struct Piece {
    Node *text;
    size_t from;
} Piece;

typedef struct Paragraph {
    Node *node;
    Piece *pieces;
    size_t count;
    StrBuf all;
} Paragraph;

/* --- one placeholder --------------------------------------------------------------------------------------------- */

static MarkKind kind_of(Str *inside)
{
    static const struct {
        Str sign;
        MarkKind kind;
    } signs[] = {
        { S_INIT("#"), MARK_REPEAT },
        { S_INIT("＃"), MARK_REPEAT },
        { S_INIT("*"), MARK_CELLS },
        { S_INIT("＊"), MARK_CELLS },
        { S_INIT("?"), MARK_IF },
        { S_INIT("？"), MARK_IF },
        { S_INIT("^"), MARK_UNLESS },
        { S_INIT("＾"), MARK_UNLESS },
        { S_INIT("/"), MARK_END },
        { S_INIT("／"), MARK_END },
        { S_INIT("@"), MARK_IMAGE },
        { S_INIT("＠"), MARK_IMAGE },
        { S_INIT("!"), MARK_NOTE },
        { S_INIT("！"), MARK_NOTE },
    };
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (str_starts(*inside, signs[i].sign)) {
            *inside = str_trim(str_sub(*inside, signs[i].sign.len, SIZE_MAX));
            return signs[i].kind;
        }
    return MARK_VALUE;
}

static size_t find_bar(Str s, size_t *len)
{
    size_t half = str_find(s, S("|"), 0), full = str_find(s, S("｜"), 0);
    *len = half <= full ? 1 : S("｜").len;
    return half < full ? half : full;
}

bool template_read_mark(Ctx *c, const TemplatePart *part, Mark *mark)
{
    Str inside = str_trim(str_sub(mark->written, 2, mark->written.len - 4));
    size_t bar_len, bar;
    mark->kind = kind_of(&inside);
    if (mark->kind == MARK_NOTE)
        return true;
    bar = find_bar(inside, &bar_len);
    mark->name = str_trim(str_sub(inside, 0, bar));
    if (bar != SIZE_MAX)
        mark->format = str_trim(str_sub(inside, bar + bar_len, SIZE_MAX));
    if (mark->name.len == 0) {
        template_mistake(c, part, mark, T("占位符里没有名称", "the placeholder has no name"),
            T("请写成 {{名称}}", "write it as {{name}}"));
        return false;
    }
    if (bar != SIZE_MAX && mark->format.len == 0) {
        template_mistake(c, part, mark, T("竖线后面没有格式", "nothing follows the bar"),
            T("请写明格式，或删去竖线", "give a format, or drop the bar"));
        return false;
    }
    if (bar != SIZE_MAX && mark->kind != MARK_VALUE) {
        template_mistake(c, part, mark, T("只有取值的占位符可以带格式", "only a value takes a format"),
            T("请删去竖线及其后的内容", "drop the bar and what follows"));
        return false;
    }
    if (mark->kind == MARK_VALUE && str_eq(mark->name, S("行号")))
        mark->kind = MARK_ROW_NUMBER;
    return true;
}

/* --- the text of a paragraph ------------------------------------------------------------------------------------- */

static bool is_outside(const Node *n)
{
    return n->name == WORD_BOX || n->name == WORD_DEL || n->name == WORD_MOVED || n->name == WORD_RPR ||
           n->name == WORD_PPR;
}

static size_t count_texts(const Node *n)
{
    size_t count = 0;
    for (const Node *child = n->first; child; child = child->next)
        if (child->kind == NODE_TEXT)
            count += n->name == WORD_T;
        else if (!is_outside(child))
            count += count_texts(child);
    return count;
}

static void gather(Paragraph *p, Node *n)
{
    for (Node *child = n->first; child; child = child->next)
        if (child->kind == NODE_TEXT && n->name == WORD_T) {
            p->pieces[p->count++] = (Piece){ child, p->all.len };
            strbuf_add(&p->all, child->text);
        } else if (child->kind == NODE_ELEMENT && !is_outside(child)) {
            gather(p, child);
        }
}

static Mark *mark_new(const Walk *w, Str written)
{
    Mark *m = arena_new_of(w->c->arena, Mark);
    m->written = written;
    m->place = w->place;
    m->in_copy = w->in_copy;
    return m;
}

static void mistake_at(const Walk *w, Str written, Text rule, Text remedy)
{
    template_mistake(w->c, w->part, mark_new(w, str_clip(written, 40)), rule, remedy);
}

static Status add_mark(Walk *w, Mark *m)
{
    TemplatePart *part = w->part;
    if (++w->t->mark_count > TEMPLATE_MARKS_MAX)
        return fail(w->c, ST_TOO_BIG, "模板里的占位符超过%d个", "more than %d placeholders in the template",
            TEMPLATE_MARKS_MAX);
    if (part->count == part->room) {
        size_t room = part->room ? 2 * part->room : 32;
        part->marks =
            arena_grow(w->c->arena, part->marks, part->room * sizeof *part->marks, room * sizeof *part->marks);
        part->room = room;
    }
    part->marks[part->count++] = m;
    return ST_OK;
}

static void check_strays(const Walk *w, Str between)
{
    if (str_find(between, S("}}"), 0) != SIZE_MAX)
        mistake_at(w, str_sub(between, str_find(between, S("}}"), 0), SIZE_MAX),
            T("有 }} 而没有 {{", "there is }} without {{"), T("请补上 {{，或删去 }}", "add {{, or drop }}"));
    size_t wide = str_find(between, S("｛｛"), 0);
    if (wide == SIZE_MAX)
        wide = str_find(between, S("｝｝"), 0);
    if (wide != SIZE_MAX)
        mistake_at(w, str_sub(between, wide, SIZE_MAX), T("花括号是全角的", "the braces are full-width"),
            T("请改用半角的 {{ 和 }}", "write {{ and }}"));
}

/* One placeholder from `*at` on: NULL when there is none, or none that can be read; `*at` is moved past it. */
static Mark *next_mark(const Walk *w, Str all, size_t *at, size_t *from, bool *more)
{
    size_t open = str_find(all, S("{{"), *at);
    check_strays(w, str_sub(all, *at, open == SIZE_MAX ? SIZE_MAX : open - *at));
    *more = open != SIZE_MAX;
    if (!*more)
        return NULL;
    size_t close = str_find(all, S("}}"), open + 2), again = str_find(all, S("{{"), open + 2);
    *from = open;
    if (close == SIZE_MAX || again < close) {
        mistake_at(w, str_sub(all, open, SIZE_MAX),
            again < close ? T("占位符里又有 {{", "there is another {{ inside the placeholder")
                          : T("有 {{ 而本段没有 }}", "there is {{ without }} in the paragraph"),
            T("请在同一段内用 }} 结束", "end it with }} in the same paragraph"));
        *more = again != SIZE_MAX;
        *at = again;
        return NULL;
    }
    *at = close + 2;
    Mark *m = mark_new(w, str_sub(all, open, close + 2 - open));
    if (m->written.len > TEMPLATE_MARK_MAX) {
        mistake_at(w, m->written, T("占位符过长", "the placeholder is too long"),
            T("请核对是否漏了 }}", "see whether }} is missing"));
        return NULL;
    }
    return template_read_mark(w->c, w->part, m) ? m : NULL;
}

/* --- marks in the tree ------------------------------------------------------------------------------------------- */

static void insert_after(Node *place, Node *child)
{
    if (place->next)
        node_insert_before(place->next, child);
    else
        node_append(place->parent, child);
}

static void insert_text(Arena *arena, Node *before, Str text)
{
    if (text.len == 0)
        return;
    Node *n = node_new(arena, NODE_TEXT);
    n->text = text;
    node_insert_before(before, n);
}

/* The texts of the paragraph without what the placeholder covers; its mark stands where it began. */
static void put_mark(Walk *w, Paragraph *p, Mark *m, size_t from, size_t to)
{
    for (size_t i = 0; i < p->count; i++) {
        Piece *piece = &p->pieces[i];
        size_t begin = piece->from, end = begin + piece->text->text.len;
        if (end <= from || begin >= to)
            continue;
        Str text = piece->text->text;
        if (begin <= from) {
            insert_text(w->c->arena, piece->text, str_sub(text, 0, from - begin));
            m->node = node_new(w->c->arena, NODE_MARK);
            m->node->mark = m;
            node_insert_before(piece->text, m->node);
        }
        size_t rest = end > to ? to - begin : text.len;
        piece->text->text = str_sub(text, rest, SIZE_MAX);
        piece->from = begin + rest;
        piece->text->parent->cut = true;
    }
    m->paragraph = p->node;
}

/* A run is cut in two at the mark, which comes to stand between them. */
static bool lift(Walk *w, Mark *m)
{
    Node *t = m->node->parent, *run = t->parent;
    if (!run || run->name != WORD_R) {
        mistake_at(w, m->written, T("占位符不在普通文字里", "the placeholder is not in plain text"),
            T("请写在普通段落的文字里", "write it in the text of a paragraph"));
        return false;
    }
    Node *rest = node_new(w->c->arena, NODE_ELEMENT), *rest_t = node_new(w->c->arena, NODE_ELEMENT);
    rest->name = run->name, rest->tag = run->tag, rest->close = run->close;
    rest_t->name = t->name, rest_t->tag = t->tag, rest_t->close = t->close;
    for (Node *child = run->first; child; child = child->next)
        if (child->name == WORD_RPR)
            node_append(rest, node_copy(w->c->arena, child));
    node_append(rest, rest_t);
    t->cut = rest_t->cut = true;
    if (m->node->next)
        node_take_range(rest_t, m->node->next, t->last);
    if (t->next)
        node_take_range(rest, t->next, run->last);
    node_remove(m->node);
    insert_after(run, m->node);
    insert_after(m->node, rest);
    return true;
}

static bool stays_in_text(const Mark *m)
{
    return m->kind == MARK_VALUE || m->kind == MARK_ROW_NUMBER;
}

static Status read_paragraph(Walk *w, Node *node)
{
    Paragraph p = { .node = node, .all = strbuf_in(w->c->arena) };
    p.pieces = arena_array_of(w->c->arena, Piece, count_texts(node));
    gather(&p, node);
    Str all = strbuf_str(&p.all);
    bool more = true;
    for (size_t at = 0, from; more;) {
        Mark *m = next_mark(w, all, &at, &from, &more);
        if (!m)
            continue;
        put_mark(w, &p, m, from, at);
        if (stays_in_text(m) || lift(w, m))
            TRY(add_mark(w, m));
    }
    return ST_OK;
}

/* --- what is no plain text --------------------------------------------------------------------------------------- */

static void put_before(Node *parent, Node *content, Node *child)
{
    if (content)
        node_insert_before(content, child);
    else
        node_append(parent, child);
}

/* The letters of a watermark are an attribute: its value is cut into texts and marks, which become children of the
 * node, before those it has, and are written inside its tag (template_fill.c). */
static Status read_attribute(Walk *w, Node *node)
{
    Str all = node->tag;
    Node *content = node->first;
    size_t done = 0;
    bool more = true;
    for (size_t at = 0, from; more;) {
        Mark *m = next_mark(w, all, &at, &from, &more);
        if (!m)
            continue;
        if (!stays_in_text(m)) {
            mistake_at(w, m->written, T("水印文字里只能取值", "a watermark takes values only"),
                T("请写成 {{名称}}", "write it as {{name}}"));
            continue;
        }
        Node *text = node_new(w->c->arena, NODE_TEXT);
        text->text = str_sub(all, done, from - done);
        put_before(node, content, text);
        m->hidden = true;
        m->node = node_new(w->c->arena, NODE_MARK);
        m->node->mark = m;
        put_before(node, content, m->node);
        TRY(add_mark(w, m));
        done = at;
    }
    if (done)
        node->tag = str_sub(all, done, SIZE_MAX);
    return ST_OK;
}

static void check_hidden_text(Walk *w, const Node *node, Text rule, Text remedy)
{
    for (const Node *child = node->first; child; child = child->next)
        if (child->kind == NODE_ELEMENT)
            check_hidden_text(w, child, rule, remedy);
        else if (child->kind == NODE_TEXT && str_find(child->text, S("{{"), 0) != SIZE_MAX)
            mistake_at(w, child->text, rule, remedy);
}

static Status walk(Walk *w, Node *node);

static Status walk_children(Walk *w, Node *node)
{
    for (Node *child = node->first, *next; child; child = next) {
        next = child->next;
        if (child->kind == NODE_ELEMENT)
            TRY(walk(w, child));
    }
    return ST_OK;
}

/* Tables inside a cell count with the cell. */
static Status walk_table(Walk *w, Node *table)
{
    MarkPlace before = w->place;
    if (before.table)
        return walk_children(w, table);
    w->place.table = ++w->tables;
    for (Node *row = table->first; row; row = row->next) {
        w->place.row += row->name == WORD_TR;
        w->place.column = 0;
        for (Node *cell = row->first; cell; cell = cell->next) {
            w->place.column += cell->name == WORD_TC;
            TRY(walk_children(w, cell));
        }
    }
    w->place = before;
    return ST_OK;
}

static Status walk_inside(Walk *w, Node *node, bool box, bool copy)
{
    bool in_box = w->place.in_box, in_copy = w->in_copy;
    w->place.in_box = in_box || box;
    w->in_copy = in_copy || copy;
    Status status = walk_children(w, node);
    w->place.in_box = in_box;
    w->in_copy = in_copy;
    return status;
}

static Status walk(Walk *w, Node *node)
{
    switch ((int)node->name) {
    case WORD_P:
        w->place.paragraph += !w->place.table && !w->place.in_box;
        TRY(read_paragraph(w, node));
        return walk_children(w, node); /* its text boxes */
    case WORD_TBL:
        return walk_table(w, node);
    case WORD_BOX:
        return walk_inside(w, node, true, false);
    case WORD_FALLBACK:
        return walk_inside(w, node, false, true);
    case WORD_DEL:
    case WORD_MOVED:
        check_hidden_text(w, node, T("占位符在已删除的修订里", "the placeholder stands in a deleted revision"),
            T("请先接受或拒绝全部修订", "accept or reject all revisions first"));
        return ST_OK;
    case WORD_INSTRUCTION:
        check_hidden_text(w, node, T("占位符在域代码里", "the placeholder stands in a field code"),
            T("请写在普通文字里", "write it in plain text"));
        return ST_OK;
    case WORD_TEXTPATH:
        return read_attribute(w, node);
    default:
        if (str_find(node->tag, S("{{"), 0) != SIZE_MAX)
            mistake_at(w, str_sub(node->tag, str_find(node->tag, S("{{"), 0), SIZE_MAX),
                T("占位符在对象的属性里", "the placeholder stands in an attribute"),
                T("请写在普通文字里", "write it in plain text"));
        return walk_children(w, node);
    }
}

Status template_read_marks(Ctx *c, Template *t, TemplatePart *part)
{
    Walk w = { .c = c, .t = t, .part = part };
    return walk(&w, part->tree.root);
}
