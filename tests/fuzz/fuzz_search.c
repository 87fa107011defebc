/* Any text as a record's and as a question: folding is stable, pieces lie in their text in order, whatever a question
 * has as tokens its own text has too, and marks are whole characters.
 *
 *   the part before the first newline is the question, the rest is the text                                       */
#include "search/mark.h"
#include "search/token.h"

#include <stdlib.h>
#include <string.h>

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_pieces(Arena *arena, Str text)
{
    Pieces p = fold_pieces(arena, text);
    size_t before = 0;
    for (size_t i = 0; i < p.count; i++) {
        const Piece *x = &p.items[i];
        must(x->text.len && x->text.len <= PIECE_MAX && str_is_text(x->text) &&
             str_find(x->text, S(" "), 0) == SIZE_MAX);
        must(x->from < x->to && x->to <= text.len && x->from >= before);
        before = x->from;
    }
    Str once = fold_join(arena, p);
    must(str_is_text(once) && str_eq(fold_join(arena, fold_pieces(arena, once)), once));
}

static bool holds(Str tokens, Str token)
{
    Str t;
    while (str_cut(&tokens, ' ', &t))
        if (str_eq(t, token))
            return true;
    return false;
}

/* A record whose text is the question is found by it. */
static void check_tokens(Arena *arena, const Query *q)
{
    for (size_t i = 0; i < q->count; i++) {
        TokenSet *set = tokens_new(arena, 4);
        tokens_add_pieces(set, q->terms[i].phrase);
        tokens_add_initials(set, q->terms[i].initials);
        for (size_t k = 0; k < q->asks[i].token_count; k++)
            must(holds(tokens_text(set), q->asks[i].tokens[k]));
        for (size_t k = 0; k < q->asks[i].spelt_count; k++)
            must(holds(tokens_text(set), q->asks[i].spelt_tokens[k]));
    }
}

static void check_marks(Ctx *c, const Query *q, Str text)
{
    Mark marks[MARKS_MAX];
    StrBuf out = strbuf_in(c->arena);
    JsonWriter w = json_onto(&out);
    size_t count = mark_find(c, q, text, true, marks);
    for (size_t i = 0; i < count; i++) {
        must(marks[i].from < marks[i].to && marks[i].to <= text.len && (i == 0 || marks[i - 1].to < marks[i].from));
        must(str_is_text(str_sub(text, marks[i].from, marks[i].to - marks[i].from)));
    }
    mark_parts(c, &w, text, marks, count, 20);
    must(str_is_text(strbuf_str(&out)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Ctx c = { .arena = arena_new() };
    Str text = { (const char *)data, size }, question = STR_NONE;
    Query q;
    str_cut(&text, '\n', &question);
    if (str_is_text(question) && str_is_text(text)) {
        check_pieces(c.arena, text);
        check_pieces(c.arena, question);
        Status status = query_read(&c, question, &q);
        must(status == ST_OK || (status == ST_INVALID && c.err.fields && c.err.fields->remedy.len));
        if (status == ST_OK) {
            check_tokens(c.arena, &q);
            check_marks(&c, &q, text);
        }
    }
    arena_done(c.arena);
    return 0;
}
