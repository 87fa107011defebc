#include "document/docx_tree.h"

#include <expat.h>
#include <string.h>

/* --- nodes ------------------------------------------------------------------------------------------------------- */

Node *node_new(Arena *arena, NodeKind kind)
{
    Node *n = arena_new_of(arena, Node);
    n->kind = kind;
    return n;
}

void node_append(Node *parent, Node *child)
{
    child->parent = parent;
    child->prev = parent->last;
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

void node_insert_before(Node *place, Node *child)
{
    child->parent = place->parent;
    child->next = place;
    child->prev = place->prev;
    if (place->prev)
        place->prev->next = child;
    else
        place->parent->first = child;
    place->prev = child;
}

void node_remove(Node *node)
{
    Node *parent = node->parent;
    if (!parent)
        return;
    if (node->prev)
        node->prev->next = node->next;
    else
        parent->first = node->next;
    if (node->next)
        node->next->prev = node->prev;
    else
        parent->last = node->prev;
    node->parent = node->prev = node->next = NULL;
}

void node_take_range(Node *parent, Node *first, Node *last)
{
    for (Node *n = first, *next, *end = last->next; n != end; n = next) {
        next = n->next;
        node_remove(n);
        node_append(parent, n);
    }
}

Node *node_copy(Arena *arena, const Node *node)
{
    Node *copy = arena_new_of(arena, Node);
    *copy = *node;
    copy->parent = copy->first = copy->last = copy->next = copy->prev = NULL;
    for (const Node *child = node->first; child; child = child->next)
        node_append(copy, node_copy(arena, child));
    return copy;
}

Node *node_above(Node *node, WordName name)
{
    while (node && !(node->kind == NODE_ELEMENT && node->name == name))
        node = node->parent;
    return node;
}

Str tag_attribute(Str tag, const char *name)
{
    Str wanted = str_of(name);
    for (size_t at = str_find(tag, wanted, 0); at != SIZE_MAX; at = str_find(tag, wanted, at + 1)) {
        size_t from = at + wanted.len + 2;
        bool whole = at > 0 && strchr(": \t\r\n", tag.ptr[at - 1]) && from <= tag.len && tag.ptr[from - 2] == '=';
        if (!whole || !strchr("\"'", tag.ptr[from - 1]))
            continue;
        size_t to = from;
        while (to < tag.len && tag.ptr[to] != tag.ptr[from - 1])
            to++;
        return str_sub(tag, from, to - from);
    }
    return STR_NONE;
}

void xml_escape(StrBuf *out, Str text, bool in_attribute)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        char ch = text.ptr[i];
        bool control = (unsigned char)ch < ' ' && ch != '\t' && ch != '\n' && ch != '\r';
        if (!control && ch != '&' && ch != '<' && ch != '>' && !(in_attribute && (ch == '"' || ch == '\'')))
            continue;
        strbuf_add(out, str_sub(text, from, i - from));
        strbuf_add(out, control     ? S(" ")
                        : ch == '&' ? S("&amp;")
                        : ch == '<' ? S("&lt;")
                        : ch == '>' ? S("&gt;")
                        : ch == '"' ? S("&quot;")
                                    : S("&apos;"));
        from = i + 1;
    }
    strbuf_add(out, str_sub(text, from, SIZE_MAX));
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

#define NAME_SEPARATOR '\n'

typedef struct Reader {
    Ctx *c;
    XML_Parser parser;
    Str part, bytes;
    DocxTree *tree;
    Node *at;
    StrBuf text;
    size_t depth, deepest, nodes;
    Status status;
} Reader;

static void close_parser(void *parser)
{
    XML_ParserFree(parser);
}

static void stop(Reader *r, Status status)
{
    r->status = status;
    XML_StopParser(r->parser, XML_FALSE);
}

static Node *add_node(Reader *r, NodeKind kind)
{
    Node *n = node_new(r->c->arena, kind);
    if (++r->nodes > DOCX_NODES_MAX)
        stop(r, fail(r->c, ST_TOO_BIG, "文档部件%.*s的标记超过%d个", "the part %.*s has more than %d marks",
                    STR_ARG(r->part), DOCX_NODES_MAX));
    if (r->at)
        node_append(r->at, n);
    return n;
}

static void flush_text(Reader *r)
{
    if (r->text.len == 0)
        return;
    Node *n = add_node(r, NODE_TEXT);
    n->text = str_copy(r->c->arena, strbuf_str(&r->text));
    r->text.len = 0;
}

static WordName word_name(const char *name)
{
    static const struct {
        Str local;
        WordName name;
    } words[] = {
#define X(NAME, local) { S_INIT(#local), WORD_##NAME },
        WORD_LIST(X)
#undef X
    };
    const char *cut = strrchr(name, NAME_SEPARATOR);
    Str space = cut ? (Str){ name, (size_t)(cut - name) } : STR_NONE, local = str_of(cut ? cut + 1 : name);
    if (str_eq(local, S("Fallback")) && str_ends(space, S("markup-compatibility/2006")))
        return WORD_FALLBACK;
    if (str_eq(local, S("textpath")))
        return WORD_TEXTPATH;
    if (!str_ends(space, S("wordprocessingml/2006/main")) && !str_ends(space, S("ooxml/wordprocessingml/main")))
        return WORD_OTHER;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_eq(local, words[i].local))
            return words[i].name;
    return WORD_OTHER;
}

/* The bytes of the event on its way. */
static Str raw(const Reader *r)
{
    XML_Index at = XML_GetCurrentByteIndex(r->parser);
    int count = XML_GetCurrentByteCount(r->parser);
    return at < 0 || count <= 0 ? STR_NONE : str_sub(r->bytes, (size_t)at, (size_t)count);
}

static Str prefix_of(Str tag)
{
    size_t end = 1;
    while (end < tag.len && tag.ptr[end] != ':' && tag.ptr[end] != ' ' && tag.ptr[end] != '>' && tag.ptr[end] != '/')
        end++;
    return end < tag.len && tag.ptr[end] == ':' ? str_sub(tag, 1, end) : STR_NONE;
}

static void on_start(void *arg, const char *name, const char **attributes)
{
    Reader *r = arg;
    (void)attributes;
    if (r->status != ST_OK)
        return;
    flush_text(r);
    Node *n = add_node(r, NODE_ELEMENT);
    n->tag = raw(r);
    n->name = word_name(name);
    if (!r->tree->root) {
        r->tree->root = n;
        r->tree->prefix = prefix_of(n->tag);
    }
    if (n->name != WORD_OTHER && n->name < WORD_FALLBACK && !str_eq(prefix_of(n->tag), r->tree->prefix))
        stop(r, fail(r->c, ST_INVALID, "文档部件%.*s的正文标记用了不同的前缀，不予读取",
                    "the part %.*s gives its marks different prefixes: it is not read", STR_ARG(r->part)));
    r->at = n;
    if (++r->depth > r->deepest)
        stop(r, fail(r->c, ST_INVALID, "文档部件%.*s嵌套超过%zu层", "the part %.*s is nested deeper than %zu",
                    STR_ARG(r->part), r->deepest));
}

static void on_end(void *arg, const char *name)
{
    Reader *r = arg;
    (void)name;
    if (r->status != ST_OK)
        return;
    flush_text(r);
    if (!str_ends(r->at->tag, S("/>")))
        r->at->close = raw(r);
    r->at = r->at->parent;
    r->depth--;
}

static void on_text(void *arg, const char *text, int len)
{
    Reader *r = arg;
    if (r->status == ST_OK && r->at)
        strbuf_add(&r->text, (Str){ text, (size_t)len });
}

static void on_doctype(void *arg, const char *name, const char *system, const char *public, int internal)
{
    Reader *r = arg;
    (void)name, (void)system, (void)public, (void)internal;
    stop(r, fail(r->c, ST_INVALID, "文档部件%.*s带有DOCTYPE声明，不予读取",
                "the part %.*s declares a DOCTYPE: it is not read", STR_ARG(r->part)));
}

static Status parse(Reader *r)
{
    Str bytes = r->bytes;
    if (XML_Parse(r->parser, bytes.ptr, (int)bytes.len, XML_TRUE) == XML_STATUS_OK || r->status != ST_OK)
        return r->status;
    return fail(r->c, ST_INVALID, "文档部件%.*s第%lu行不合规：%s", "the part %.*s is broken at line %lu: %s",
        STR_ARG(r->part), (unsigned long)XML_GetCurrentLineNumber(r->parser),
        XML_ErrorString(XML_GetErrorCode(r->parser)));
}

Status docx_tree_read(Ctx *c, Str part, Str bytes, size_t deepest, DocxTree *out)
{
    Reader r = { .c = c, .part = part, .bytes = bytes, .tree = out, .deepest = deepest, .text = strbuf_in(c->arena) };
    *out = (DocxTree){ 0 };
    if (bytes.len > DOCX_PART_MAX)
        return fail(c, ST_TOO_BIG, "文档部件%.*s超过%d MiB", "the part %.*s has more than %d MiB", STR_ARG(part),
            DOCX_PART_MAX / 1024 / 1024);
    if (!str_is_text(bytes))
        return fail(c, ST_INVALID, "文档部件%.*s不是UTF-8文本", "the part %.*s is not in UTF-8", STR_ARG(part));
    r.parser = XML_ParserCreateNS("UTF-8", NAME_SEPARATOR);
    arena_defer(c->arena, close_parser, r.parser);
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_start, on_end);
    XML_SetCharacterDataHandler(r.parser, on_text);
    XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
    TRY(parse(&r));
    return out->root ? ST_OK : fail(c, ST_INVALID, "文档部件%.*s是空的", "the part %.*s is empty", STR_ARG(part));
}
