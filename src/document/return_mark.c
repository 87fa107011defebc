#include "document/return_mark.h"

#include "base/crypto.h"
#include "document/docx_tree.h"
#include "document/package.h"
#include "document/text_read.h"

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
    if (mark->record.len)
        memcpy(name + ID_AT, mark->record.ptr, ID_LEN);
    if (mark->field.len)
        memcpy(name + FIELD_AT, mark->field.ptr, RETURN_CODE_LEN);
    if (mark->written.len)
        memcpy(name + WRITTEN_AT, mark->written.ptr, RETURN_CODE_LEN);
    put_digits(name + NUMBER_AT, (uint64_t)mark->number, NUMBER_LEN);
    return (Str){ name, RETURN_NAME_LEN };
}

bool return_name_read(Str name, ReturnMark *out)
{
    int64_t codes;
    if (name.len != RETURN_NAME_LEN || name.ptr[0] == 0 || !strchr("cpz", name.ptr[0]))
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

/* What nobody sees and copying brings along: zero-width characters, byte order marks; a no-break space is a blank. */
static Str without_unseen(Arena *arena, Str text)
{
    static const Str unseen[] = { S_INIT("\u200b"), S_INIT("\u200c"), S_INIT("\u200d"), S_INIT("\u2060"),
        S_INIT("\ufeff") };
    StrBuf b = strbuf_in(arena);
    for (size_t at = 0; at < text.len;) {
        Str rest = str_sub(text, at, SIZE_MAX);
        size_t skip = 0;
        for (size_t i = 0; i < sizeof unseen / sizeof unseen[0] && !skip; i++)
            skip = str_starts(rest, unseen[i]) ? unseen[i].len : 0;
        bool blank = str_starts(rest, S("\u00a0"));
        if (blank)
            strbuf_addc(&b, ' ');
        else if (!skip)
            strbuf_addc(&b, text.ptr[at]);
        at += blank ? 2 : skip ? skip : 1;
    }
    return strbuf_str(&b);
}

Str return_text(Arena *arena, Str text)
{
    StrBuf b = strbuf_in(arena);
    size_t ended = 0;
    Str line;
    text = without_unseen(arena, text);
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
    size_t last;      /* paragraph that it covers */
    const Node *cell; /* of RETURN_CELL: all of it */
} Found;

typedef struct Walk {
    Ctx *c;
    Node **paragraphs;
    size_t count, room;
    Found *starts;
    size_t start_count, start_room;
    Edge *ends;
    size_t end_count, end_room;
    bool in_text;  /* a text was met since the paragraph began */
    bool *covered; /* by paragraph: a mark has it */
    size_t read;   /* bytes of text that marks covered so far */
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
        w->starts[w->start_count - 1] = (Found){ .mark = mark, .start = edge_at(w, n) };
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

/* Marks may be written by anybody: what they cover is read up to a total, however often they cover it. */
static Status add_paragraphs(Walk *w, StrBuf *b, size_t first, size_t last)
{
    for (size_t i = first; i <= last && i < w->count; i++) {
        size_t before = b->len;
        if (i > first)
            strbuf_addc(b, '\n');
        add_text(b, w->paragraphs[i]);
        w->covered[i] = true;
        w->read += b->len - before + 1;
        if (w->read > TEXT_READ_MAX)
            return fail(w->c, ST_TOO_BIG, "文档的标记所含文字超过 %d MiB", "the marks cover more than %d MiB of text",
                TEXT_READ_MAX / 1024 / 1024);
    }
    return ST_OK;
}

static bool is_inside(const Node *n, const Node *cell)
{
    while (n && n != cell)
        n = n->parent;
    return n != NULL;
}

/* A cell is read whole, with the paragraphs before its mark and behind it, and those of tables inside it. */
static Status read_mark(Walk *w, Found *f)
{
    StrBuf b = strbuf_in(w->c->arena);
    size_t first = f->start.paragraph, last = f->last;
    Node *cell = first < w->count ? node_above(w->paragraphs[first], WORD_TC) : NULL;
    f->cell = f->mark.reach == RETURN_CELL ? cell : NULL;
    if (f->cell) {
        while (first > 0 && is_inside(w->paragraphs[first - 1], cell))
            first--;
        last = f->start.paragraph;
        while (last + 1 < w->count && is_inside(w->paragraphs[last + 1], cell))
            last++;
    }
    TRY(add_paragraphs(w, &b, first, last));
    f->mark.text = return_text(w->c->arena, strbuf_str(&b));
    return ST_OK;
}

/* LibreOffice begins a mark anew in each of its paragraphs: the first start and the last end hold. `starts` is left
 * with the firsts, in the order of the document. */
static void join_starts(Walk *w, ReturnMarks *out)
{
    size_t *first = arena_array_of(w->c->arena, size_t, RETURN_MARKS_MAX + 1); /* by number; 0: none, else place + 1 */
    size_t kept = 0;
    for (size_t i = 0; i < w->start_count; i++) {
        Found *f = &w->starts[i];
        size_t reaches = last_paragraph(w, &f->start);
        if (f->mark.reach == RETURN_COUNT) {
            out->written = f->mark.number;
            out->rest = f->mark.written;
            out->paper = str_starts(f->mark.record, S("00000")) ? STR_NONE : f->mark.record;
            continue;
        }
        size_t *at = &first[f->mark.number];
        if (*at == 0) {
            w->starts[kept] = *f;
            *at = ++kept;
        }
        Found *earlier = &w->starts[*at - 1];
        earlier->last = reaches > earlier->last ? reaches : earlier->last;
    }
    w->start_count = kept;
}

static int by_cell(const void *a, const void *b)
{
    const Found *x = *(const Found *const *)a, *y = *(const Found *const *)b;
    if (x->cell != y->cell)
        return (uintptr_t)x->cell < (uintptr_t)y->cell ? -1 : 1;
    return x->mark.number < y->mark.number ? -1 : x->mark.number > y->mark.number;
}

/* Cells that were joined: what belongs to which mark cannot be told. */
static void tell_joined(const Walk *w)
{
    Found **sorted = arena_array_of(w->c->arena, Found *, w->start_count);
    for (size_t i = 0; i < w->start_count; i++)
        sorted[i] = &w->starts[i];
    qsort(sorted, w->start_count, sizeof *sorted, by_cell);
    for (size_t i = 1; i < w->start_count; i++)
        if (sorted[i]->cell && sorted[i]->cell == sorted[i - 1]->cell)
            sorted[i]->mark.joined = sorted[i - 1]->mark.joined = true;
}

static Status collect(Walk *w, ReturnMarks *out)
{
    join_starts(w, out);
    w->covered = arena_array_of(w->c->arena, bool, w->count);
    for (size_t i = 0; i < w->start_count; i++)
        TRY(read_mark(w, &w->starts[i]));
    tell_joined(w);
    out->marks = arena_array_of(w->c->arena, ReturnMark, w->start_count);
    for (size_t i = 0; i < w->start_count; i++)
        out->marks[out->count++] = w->starts[i].mark;
    return ST_OK;
}

/* The text that no mark covers, without its blanks: lines are broken and parted anew by every editor. */
static Str rest_code(const Walk *w)
{
    StrBuf b = strbuf_in(w->c->arena), bare = strbuf_in(w->c->arena);
    for (size_t i = 0; i < w->count; i++)
        if (!w->covered[i])
            add_text(&b, w->paragraphs[i]);
    Str rest = without_unseen(w->c->arena, strbuf_str(&b));
    for (size_t i = 0; i < rest.len; i++)
        if (!strchr(" \t\r\n", rest.ptr[i]))
            strbuf_addc(&bare, rest.ptr[i]);
    return return_code(w->c->arena, strbuf_str(&bare));
}

static Status read_tree(Ctx *c, Str bytes, ReturnMarks *out)
{
    Walk w = { .c = c };
    DocxTree tree;
    *out = (ReturnMarks){ .count = 0 };
    TRY(docx_tree_read(c, S(RETURN_PART), bytes, DOCX_DEPTH_MAX, &tree));
    walk(&w, tree.root);
    if (w.end_count)
        qsort(w.ends, w.end_count, sizeof *w.ends, by_id);
    TRY(collect(&w, out));
    Str now = rest_code(&w);
    out->rest_changed = out->rest.len && !str_eq(out->rest, S("00000")) && !str_eq(out->rest, now);
    out->rest = now;
    return ST_OK;
}

Status return_rest(Ctx *c, Str document, Str *code)
{
    ReturnMarks marks;
    TRY(read_tree(c, document, &marks));
    *code = marks.rest;
    return ST_OK;
}

static Status read_document(Ctx *c, Package *package, ReturnMarks *out)
{
    Str bytes;
    if (!package_has(package, S(RETURN_PART)))
        return fail(
            c, ST_INVALID, "压缩包里没有 Word 正文：不是 .docx 文档", "the archive has no Word text: it is no .docx");
    TRY(package_part(c, package, S(RETURN_PART), &bytes));
    return read_tree(c, bytes, out);
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
