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
} Title;

static void keep_title(Reading *r, Title *title)
{
    if (!relation_is_title(&r->f, r->par_from, r->par_to))
        return;
    title->count = r->count < TITLE_NUMS_MAX ? r->count : TITLE_NUMS_MAX;
    if (title->count)
        memcpy(title->num, r->num, title->count * sizeof(Num));
}

static void read_paragraph(Reading *r, const CheckWish *wish, Title *title)
{
    r->count = 0;
    number_read(r, r->par_from, r->par_to);
    if (title->paragraph == 0)
        keep_title(r, title);
    else if (r->count)
        relation_titles(r, title->num, title->count, title->paragraph);
    title->paragraph++;
    if (r->count == 0)
        return;
    relation_sums(r);
    relation_ratios(r);
    relation_changes(r);
    relation_eaches(r);
    relation_lists(r);
    relation_parts(r);
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

Status check_text(Ctx *c, Str text, const CheckWish *wish, CheckResult *out)
{
    *out = (CheckResult){ 0 };
    if (text.len > CHECK_TEXT_MAX)
        return fail(c, ST_TOO_BIG, "文本超过 %d MiB，请分段核对", "the text is larger than %d MiB: check it in parts",
            CHECK_TEXT_MAX / 1024 / 1024);
    if (!str_is_text(text))
        return fail(c, ST_INVALID, "不是 UTF-8 文本", "the text is not UTF-8");
    Reading r = { .arena = c->arena, .lang = c->lang, .f = folded_from(c->arena, text) };
    Title title = { .count = 0 };
    for (size_t at = 0; at < r.f.len && r.claim_count < CHECK_CLAIMS_MAX;) {
        const char *end = memchr(r.f.ptr + at, '\n', r.f.len - at);
        r.par_from = at;
        r.par_to = end ? (size_t)(end - r.f.ptr) : r.f.len;
        if (r.par_to > r.par_from)
            read_paragraph(&r, wish, &title);
        at = r.par_to + 1;
    }
    hand_over(&r, out);
    return ST_OK;
}
