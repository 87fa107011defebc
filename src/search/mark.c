#include "search/mark.h"

#include <string.h>

typedef struct Marks {
    Mark *items;
    size_t count;
} Marks;

static void mark_add(Marks *m, size_t from, size_t to)
{
    if (m->count < MARKS_MAX)
        m->items[m->count++] = (Mark){ from, to };
}

static bool stands_here(Pieces text, size_t at, Pieces phrase)
{
    for (size_t i = 0; i < phrase.count; i++) {
        const Piece *t = &text.items[at + i], *p = &phrase.items[i];
        if (!str_eq(t->text, p->text) || (i && t->joined != p->joined))
            return false;
    }
    return true;
}

static void find_phrase(Marks *m, Pieces text, Pieces phrase)
{
    for (size_t at = 0; at + phrase.count <= text.count; at++)
        if (stands_here(text, at, phrase)) {
            mark_add(m, text.items[at].from, text.items[at + phrase.count - 1].to);
            at += phrase.count - 1;
        }
}

/* Which piece the letter at `at` of all initials belongs to. */
static size_t piece_at(Pieces text, size_t at)
{
    size_t i = 0;
    while (i + 1 < text.count && at >= text.items[i].initials.len)
        at -= text.items[i++].initials.len;
    return i;
}

static void find_initials(Ctx *c, Marks *m, Pieces text, Str wanted)
{
    StrBuf all = strbuf_in(c->arena);
    for (size_t i = 0; i < text.count; i++)
        strbuf_add(&all, text.items[i].initials);
    Str initials = strbuf_str(&all);
    for (size_t at = str_find(initials, wanted, 0); at != SIZE_MAX; at = str_find(initials, wanted, at + wanted.len))
        mark_add(m, text.items[piece_at(text, at)].from, text.items[piece_at(text, at + wanted.len - 1)].to);
}

/* In order and joined where they meet; there are few. */
static size_t in_order(Mark *marks, size_t count)
{
    size_t kept = 0;
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0 && marks[k - 1].from > marks[k].from; k--) {
            Mark swap = marks[k];
            marks[k] = marks[k - 1];
            marks[k - 1] = swap;
        }
    for (size_t i = 0; i < count; i++) {
        if (kept && marks[i].from <= marks[kept - 1].to) {
            if (marks[i].to > marks[kept - 1].to)
                marks[kept - 1].to = marks[i].to;
            continue;
        }
        marks[kept++] = marks[i];
    }
    return kept;
}

/* Ideographs alone, which no folding changes: most words that are typed. */
static bool is_plain(const QueryTerm *t)
{
    for (size_t i = 0; i < t->phrase.count; i++)
        if (t->phrase.items[i].kind != PIECE_CHARACTER || (i && !t->phrase.items[i].joined))
            return false;
    return true;
}

/* Where every term stands as it was typed there is no need to fold the text. */
static bool find_as_typed(Ctx *c, Marks *m, const Query *q, Str text)
{
    for (size_t i = 0; i < q->count; i++) {
        if (!is_plain(&q->terms[i]))
            return false;
        Str wanted = fold_join(c->arena, q->terms[i].phrase);
        size_t at = str_find(text, wanted, 0);
        if (at == SIZE_MAX)
            return false;
        for (; at != SIZE_MAX; at = str_find(text, wanted, at + wanted.len))
            mark_add(m, at, at + wanted.len);
    }
    return true;
}

size_t mark_find(Ctx *c, const Query *q, Str text, bool spelt, Mark out[MARKS_MAX])
{
    Marks m = { out, 0 };
    if (find_as_typed(c, &m, q, text))
        return in_order(out, m.count);
    m.count = 0;
    Pieces pieces = fold_pieces(c->arena, text);
    for (size_t i = 0; i < q->count; i++) {
        find_phrase(&m, pieces, q->terms[i].phrase);
        if (spelt && q->terms[i].initials.len)
            find_initials(c, &m, pieces, q->terms[i].initials);
    }
    return in_order(out, m.count);
}

/* --- what is shown ----------------------------------------------------------------------------------------- */

static size_t back(Str text, size_t at, size_t chars)
{
    for (; chars && at; chars--)
        do
            at--;
        while (at && ((unsigned char)text.ptr[at] & 0xc0) == 0x80);
    return at;
}

static void put_part(Ctx *c, JsonWriter *w, const char *before, Str text, const char *after)
{
    StrBuf b = strbuf_in(c->arena);
    strbuf_add(&b, str_of(before));
    strbuf_add(&b, text);
    for (size_t i = 0; i < b.len; i++)
        if (b.ptr[i] == '\n' || b.ptr[i] == '\r' || b.ptr[i] == '\t')
            b.ptr[i] = ' ';
    strbuf_add(&b, str_of(after));
    json_text(w, strbuf_str(&b));
}

void mark_parts(Ctx *c, JsonWriter *w, Str text, const Mark *marks, size_t count, size_t chars)
{
    bool whole = str_chars(text) <= chars;
    size_t from = whole || count == 0 ? 0 : back(text, marks[0].from, chars / 4);
    size_t to = from + str_clip(str_sub(text, from, text.len), chars).len;
    size_t at = from;
    json_open_list(w);
    for (size_t i = 0; i < count && marks[i].from < to; i++) {
        size_t end = marks[i].to < to ? marks[i].to : to;
        put_part(c, w, at == from && from ? "…" : "", str_sub(text, at, marks[i].from - at), "");
        put_part(c, w, "", str_sub(text, marks[i].from, end - marks[i].from), "");
        at = end;
    }
    put_part(c, w, at == from && from ? "…" : "", str_sub(text, at, to - at), to < text.len ? "…" : "");
    json_close_list(w);
}
