/* One walk over the text: fold, read a paragraph's figures, let each rule look at them. */
#include "check/reading.h"

#include <stdlib.h>
#include <string.h>

enum { TITLE_NUMS_MAX = 8 };

Text text_pair(Reading *r, const char *zh, const char *en, Str a, Str b)
{
    Str said = str_format(r->arena, r->lang == LANG_ZH ? zh : en, STR_ARG(a), STR_ARG(b));
    char *text = str_c(r->arena, said);
    return (Text){ text, text };
}

typedef struct Title {
    Num num[TITLE_NUMS_MAX];
    size_t count;
    size_t paragraph; /* paragraphs with text so far */
    size_t piece;     /* its figures are places in the first piece */
} Title;

static void keep_title(Reading *r, Title *title)
{
    if (!relation_is_title(&r->f, r->par_from, r->par_to))
        return;
    title->count = r->count < TITLE_NUMS_MAX ? r->count : TITLE_NUMS_MAX;
    if (title->count)
        memcpy(title->num, r->num, title->count * sizeof(Num));
}

static void judge_figures(Reading *r)
{
    relation_sums(r);
    relation_ratios(r);
    relation_changes(r);
    relation_balances(r);
    relation_eaches(r);
    relation_lists(r);
    relation_columns(r);
    relation_rows(r);
    relation_divisions(r);
    relation_votes(r);
    relation_parts(r);
}

/* 全年发现问题126个。↵按环节分，立项19个…: what a paragraph takes up stands in the one before. */
static void read_joined(Reading *r, size_t before)
{
    enum { BYTES_MAX = 4096 };
    size_t own = r->par_from, seen = r->seen;
    if (before == own || r->par_to - before > BYTES_MAX || !context_takes_up(&r->f, own, r->par_to))
        return;
    r->join = own;
    r->par_from = before;
    r->count = 0;
    number_read(r, r->par_from, r->par_to);
    judge_figures(r);
    r->par_from = own;
    r->join = 0;
    r->seen = seen;
}

static void read_paragraph(Reading *r, const CheckWish *wish, Title *title)
{
    r->count = 0;
    number_read(r, r->par_from, r->par_to);
    if (title->paragraph == 0)
        keep_title(r, title);
    else if (r->count && title->piece == 0)
        relation_titles(r, title->num, title->count, title->paragraph);
    title->paragraph++;
    if (r->count == 0)
        return;
    judge_figures(r);
    if (wish)
        relation_known(r, wish->known, wish->known_count);
}

static int by_place(const void *a, const void *b)
{
    const CheckClaim *x = a, *y = b;
    if (x->span_at != y->span_at)
        return x->span_at < y->span_at ? -1 : 1;
    if (x->span.len != y->span.len)
        return x->span.len < y->span.len ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->stated.ptr > y->stated.ptr) - (x->stated.ptr < y->stated.ptr);
}

static void hand_over(Reading *r, CheckResult *out)
{
    if (r->claim_count)
        qsort(r->claims, r->claim_count, sizeof(CheckClaim), by_place);
    *out = (CheckResult){ .claims = r->claims, .count = r->claim_count, .numbers = r->seen };
    out->more = r->claim_count >= CHECK_CLAIMS_MAX;
    for (size_t i = 0; i < r->claim_count; i++)
        out->by_verdict[r->claims[i].verdict]++;
}

/* A text is folded in pieces of whole paragraphs, so that a long one needs no more memory at a time than a short one.
 */
static size_t piece_end(Str text, size_t from)
{
    enum { PIECE = 64 * 1024 };
    if (text.len - from <= PIECE)
        return text.len;
    const char *line = memchr(text.ptr + from + PIECE, '\n', text.len - from - PIECE);
    return line ? (size_t)(line - text.ptr) + 1 : text.len;
}

static void read_piece(Reading *r, const CheckWish *wish, Title *title)
{
    size_t before = 0; /* where the paragraph before begins */
    for (size_t at = 0; at < r->f.len && r->claim_count < CHECK_CLAIMS_MAX;) {
        const char *end = memchr(r->f.ptr + at, '\n', r->f.len - at);
        r->par_from = at;
        r->par_to = end ? (size_t)(end - r->f.ptr) : r->f.len;
        if (r->par_to > r->par_from) {
            read_paragraph(r, wish, title);
            read_joined(r, before);
        }
        before = at;
        at = r->par_to + 1;
    }
}

Status check_text(Ctx *c, Str text, const CheckWish *wish, CheckResult *out)
{
    *out = (CheckResult){ 0 };
    if (text.len > CHECK_TEXT_MAX)
        return fail(c, ST_TOO_BIG, "文本超过 %d MiB，请分段核对", "the text is larger than %d MiB: check it in parts",
            CHECK_TEXT_MAX / 1024 / 1024);
    if (!str_is_text(text))
        return fail(c, ST_INVALID, "不是 UTF-8 文本", "the text is not UTF-8");
    Arena *scratch = arena_new();
    Reading r = { .arena = c->arena, .lang = c->lang };
    Title title = { .count = 0 };
    for (size_t at = 0; at < text.len && r.claim_count < CHECK_CLAIMS_MAX;) {
        size_t end = piece_end(text, at);
        ArenaMark mark = arena_mark(scratch);
        r.f = folded_from(scratch, text, at, end);
        read_piece(&r, wish, &title);
        arena_reset(scratch, mark);
        title.piece++;
        at = end;
    }
    arena_done(scratch);
    hand_over(&r, out);
    return ST_OK;
}
