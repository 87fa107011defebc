#include "document/return_mark.h"

#include "base/crypto.h"
#include "document/docx_tree.h"
#include "document/package.h"

#include <stdlib.h>
#include <string.h>

/* --- names ------------------------------------------------------------------------------------------------------- */

enum { ID_AT = 1, FIELD_AT = 27, WRITTEN_AT = 32, NUMBER_AT = 37, NUMBER_LEN = 3, BASE_BITS = 5 };
static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void put_digits(char *to, uint64_t n, int count)
{
    for (int i = count - 1; i >= 0; i--, n >>= BASE_BITS)
        to[i] = digits[n & 31];
}

static bool read_digits(Str s, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < s.len; i++) {
        const char *at = s.ptr[i] ? strchr(digits, s.ptr[i]) : NULL;
        if (!at)
            return false;
        *out = *out << BASE_BITS | (at - digits);
    }
    return true;
}

/* FNV-1a, folded onto 25 bits. */
Str return_code(Arena *arena, Str text)
{
    uint64_t hash = 14695981039346656037ULL;
    char *code = arena_array_of(arena, char, RETURN_CODE_LEN);
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * 1099511628211ULL;
    put_digits(code, hash ^ hash >> 25 ^ hash >> 50, RETURN_CODE_LEN);
    return (Str){ code, RETURN_CODE_LEN };
}

Str return_name(Arena *arena, const ReturnMark *mark)
{
    char *name = arena_array_of(arena, char, RETURN_NAME_LEN);
    memset(name, '0', RETURN_NAME_LEN);
    name[0] = (char)mark->reach;
    if (mark->reach != RETURN_COUNT) {
        memcpy(name + ID_AT, mark->record.ptr, ID_LEN);
        memcpy(name + FIELD_AT, mark->field.ptr, RETURN_CODE_LEN);
        memcpy(name + WRITTEN_AT, mark->written.ptr, RETURN_CODE_LEN);
    }
    put_digits(name + NUMBER_AT, (uint64_t)mark->number, NUMBER_LEN);
    return (Str){ name, RETURN_NAME_LEN };
}

bool return_name_read(Str name, ReturnMark *out)
{
    int64_t codes;
    if (name.len != RETURN_NAME_LEN || !strchr("cpz", name.ptr[0]))
        return false;
    out->reach = (ReturnReach)name.ptr[0];
    out->record = str_sub(name, ID_AT, ID_LEN);
    out->field = str_sub(name, FIELD_AT, RETURN_CODE_LEN);
    out->written = str_sub(name, WRITTEN_AT, RETURN_CODE_LEN);
    return id_is_valid(out->record) && read_digits(out->field, &codes) && read_digits(out->written, &codes) &&
           read_digits(str_sub(name, NUMBER_AT, NUMBER_LEN), &out->number);
}

/* --- texts ------------------------------------------------------------------------------------------------------- */

static Str trim_end(Str line)
{
    while (line.len && strchr(" \t\r", line.ptr[line.len - 1]))
        line.len--;
    return str_ends(line, S("　")) ? trim_end(str_sub(line, 0, line.len - S("　").len)) : line;
}

Str return_text(Arena *arena, Str text)
{
    StrBuf b = strbuf_in(arena);
    size_t ended = 0;
    Str line;
    while (str_cut(&text, '\n', &line)) {
        line = trim_end(line);
        if (b.len == 0 && line.len == 0)
            continue;
        if (b.len)
            strbuf_addc(&b, '\n');
        strbuf_add(&b, line);
        ended = line.len ? b.len : ended;
    }
    return str_sub(strbuf_str(&b), 0, ended);
}

/* Text boxes and pictures stand beside the text, not in it. */
static bool is_outside(const Node *n)
{
    return n->name == WORD_DEL || n->name == WORD_MOVED || n->name == WORD_FALLBACK || n->name == WORD_INSTRUCTION ||
           n->name == WORD_DRAWING || n->name == WORD_PICTURE || n->name == WORD_BOX;
}

static void add_text(StrBuf *b, const Node *n)
{
    for (const Node *child = n->first; child; child = child->next)
        if (child->kind == NODE_TEXT) {
            if (n->name == WORD_T)
                strbuf_add(b, child->text);
        } else if (child->name == WORD_TAB || child->name == WORD_BR) {
            if (n->name == WORD_R) /* not the stops of w:tabs */
                strbuf_addc(b, child->name == WORD_TAB ? ' ' : '\n');
        } else if (!is_outside(child)) {
            add_text(b, child);
        }
}

/* --- the document ------------------------------------------------------------------------------------------------ */

/* A bookmark's start or end, in the order of the document; `paragraph` is the one it stands in, or the next one. */
typedef struct Edge {
    const Node *node;
    size_t paragraph;
    bool inside; /* of the paragraph, behind some of its text */
    Str id;
} Edge;

typedef struct Found {
    ReturnMark mark;
    Edge start;
} Found;

typedef struct Walk {
    Ctx *c;
    Node **paragraphs;
    size_t count, room;
    Found *starts;
    size_t start_count, start_room;
    Edge *ends;
    size_t end_count, end_room;
    bool in_text; /* a text was met since the paragraph began */
} Walk;

#define PUSH(w, list, count, room)                                                                       \
    do {                                                                                                 \
        if ((count) == (room)) {                                                                         \
            size_t more_ = (room) ? 2 * (room) : 64;                                                     \
            (list) = arena_grow((w)->c->arena, (list), (room) * sizeof *(list), more_ * sizeof *(list)); \
            (room) = more_;                                                                              \
        }                                                                                                \
        (count)++;                                                                                       \
    } while (0)

static Edge edge_at(const Walk *w, Node *n)
{
    bool inside = node_above(n, WORD_P) != NULL;
    return (Edge){ n, inside ? w->count - 1 : w->count, inside && w->in_text, tag_attribute(n->tag, "id") };
}

static void walk(Walk *w, Node *n)
{
    if (n->kind == NODE_TEXT) {
        w->in_text = w->in_text || n->text.len > 0;
        return;
    }
    if (is_outside(n))
        return;
    if (n->name == WORD_P) {
        PUSH(w, w->paragraphs, w->count, w->room);
        w->paragraphs[w->count - 1] = n;
        w->in_text = false;
    }
    ReturnMark mark;
    if (n->name == WORD_BOOKMARK_START && return_name_read(tag_attribute(n->tag, "name"), &mark)) {
        PUSH(w, w->starts, w->start_count, w->start_room);
        w->starts[w->start_count - 1] = (Found){ mark, edge_at(w, n) };
    } else if (n->name == WORD_BOOKMARK_END) {
        PUSH(w, w->ends, w->end_count, w->end_room);
        w->ends[w->end_count - 1] = edge_at(w, n);
    }
    for (Node *child = n->first; child; child = child->next)
        walk(w, child);
}

static int by_id(const void *a, const void *b)
{
    return str_cmp(((const Edge *)a)->id, ((const Edge *)b)->id);
}

/* The last paragraph that the mark of this start covers. */
static size_t last_paragraph(const Walk *w, const Edge *start)
{
    const Edge wanted = { .id = start->id };
    const Edge *end = w->end_count ? bsearch(&wanted, w->ends, w->end_count, sizeof *w->ends, by_id) : NULL;
    if (!end || end->paragraph < start->paragraph)
        return start->paragraph;
    return end->inside || end->paragraph == start->paragraph ? end->paragraph : end->paragraph - 1;
}

static void add_paragraphs(const Walk *w, StrBuf *b, size_t first, size_t last)
{
    for (size_t i = first; i <= last && i < w->count; i++) {
        if (i > first)
            strbuf_addc(b, '\n');
        add_text(b, w->paragraphs[i]);
    }
}

/* The paragraphs of a cell, those of tables inside it too. */
static void add_cell(const Walk *w, StrBuf *b, size_t first, Node *cell)
{
    size_t last = first;
    while (last + 1 < w->count) {
        Node *above = w->paragraphs[last + 1]->parent;
        while (above && above != cell)
            above = above->parent;
        if (!above)
            break;
        last++;
    }
    add_paragraphs(w, b, first, last);
}

static Str text_of(const Walk *w, const Found *f, size_t last)
{
    StrBuf b = strbuf_in(w->c->arena);
    size_t first = f->start.paragraph;
    Node *cell = first < w->count ? node_above(w->paragraphs[first], WORD_TC) : NULL;
    if (f->mark.reach == RETURN_CELL && cell) {
        while (first > 0 && node_above(w->paragraphs[first - 1], WORD_TC) == cell)
            first--;
        add_cell(w, &b, first, cell);
    } else {
        add_paragraphs(w, &b, first, last);
    }
    return return_text(w->c->arena, strbuf_str(&b));
}

/* LibreOffice begins a mark anew in each of its paragraphs: the first start and the last end hold. */
static void collect(const Walk *w, ReturnMarks *out)
{
    size_t *first = arena_array_of(w->c->arena, size_t, RETURN_MARKS_MAX + 1); /* by number; 0: none, else index + 1 */
    size_t *last = arena_array_of(w->c->arena, size_t, RETURN_MARKS_MAX + 1);
    out->marks = arena_array_of(w->c->arena, ReturnMark, w->start_count);
    for (size_t i = 0; i < w->start_count; i++) {
        const Found *f = &w->starts[i];
        size_t reaches = last_paragraph(w, &f->start);
        if (f->mark.reach == RETURN_COUNT) {
            out->written = f->mark.number;
            continue;
        }
        if (first[f->mark.number] == 0)
            first[f->mark.number] = i + 1;
        if (reaches > last[f->mark.number])
            last[f->mark.number] = reaches;
    }
    for (size_t i = 0; i < w->start_count; i++) {
        const Found *f = &w->starts[i];
        if (f->mark.reach == RETURN_COUNT || first[f->mark.number] != i + 1)
            continue;
        out->marks[out->count] = f->mark;
        out->marks[out->count++].text = text_of(w, f, last[f->mark.number]);
    }
}

static Status read_document(Ctx *c, Package *package, ReturnMarks *out)
{
    static const Str part = S_INIT("word/document.xml");
    Walk w = { .c = c };
    DocxTree tree;
    Str bytes;
    if (!package_has(package, part))
        return fail(
            c, ST_INVALID, "压缩包里没有 Word 正文：不是 .docx 文档", "the archive has no Word text: it is no .docx");
    TRY(package_part(c, package, part, &bytes));
    TRY(docx_tree_read(c, part, bytes, &tree));
    walk(&w, tree.root);
    if (w.end_count)
        qsort(w.ends, w.end_count, sizeof *w.ends, by_id);
    collect(&w, out);
    return ST_OK;
}

Status return_marks_read(Ctx *c, Str bytes, ReturnMarks *out)
{
    Package *package = NULL;
    *out = (ReturnMarks){ .count = 0 };
    Status status = package_open(c, c->arena, bytes, &package);
    if (status == ST_OK)
        status = read_document(c, package, out);
    package_close(package);
    return status;
}
