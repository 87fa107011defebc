#include "search/query.h"

#include "search/token.h"

/* --- terms --------------------------------------------------------------------------------------------- */

/* U+0020 and the like, and U+3000. */
static bool is_blank(uint32_t point)
{
    return point == ' ' || (point >= '\t' && point <= '\r') || point == 0xa0 || point == 0x3000;
}

/* What closes a quotation that this opens; 0: it opens none. */
static uint32_t closing(uint32_t point)
{
    switch (point) {
    case '"':
        return '"';
    case 0xff02:
        return 0xff02;
    case 0x201c:
        return 0x201d;
    case 0x300c:
        return 0x300d;
    default:
        return 0;
    }
}

/* The next term as it was typed; false at the end. A quotation that is not closed ends with the text. */
static bool next_term(Str typed, size_t *at, Str *term)
{
    size_t from = *at, here = *at;
    uint32_t point = str_next_char(typed, &here);
    while (point != UINT32_MAX && is_blank(point)) {
        from = here;
        point = str_next_char(typed, &here);
    }
    if (point == UINT32_MAX)
        return false;
    uint32_t until = closing(point);
    if (until)
        from = here;
    size_t end = here;
    if (!until)
        end = from, here = from;
    for (point = str_next_char(typed, &here); point != UINT32_MAX; point = str_next_char(typed, &here)) {
        if (until ? point == until : is_blank(point) || closing(point))
            break;
        end = here;
    }
    bool stays = point != UINT32_MAX && !until && closing(point);
    *term = str_sub(typed, from, end - from);
    *at = stays ? end : here;
    return true;
}

/* --- how the index is asked ---------------------------------------------------------------------------------- */

/* Letters alone, in one word of a-z: 示江市 is also found by sjs. */
static Str initials_of(Pieces phrase)
{
    const Piece *p = phrase.items;
    if (phrase.count != 1 || p->kind != PIECE_WORD || p->text.len < 2 || p->text.len > QUERY_INITIALS_MAX)
        return STR_NONE;
    for (size_t i = 0; i < p->text.len; i++)
        if (p->text.ptr[i] < 'a' || p->text.ptr[i] > 'z')
            return STR_NONE;
    return p->text;
}

static bool needs_look(Pieces phrase)
{
    return phrase.count > 2 || (phrase.count == 2 && !phrase.items[1].joined);
}

static HitTerm ask_of(Arena *arena, const QueryTerm *t)
{
    HitTerm ask = { 0 };
    Str *tokens;
    ask.token_count = tokens_of_phrase(arena, t->phrase, &tokens);
    ask.tokens = tokens;
    if (needs_look(t->phrase))
        ask.phrase = fold_join(arena, t->phrase);
    if (t->initials.len == 0)
        return ask;
    ask.spelt_count = tokens_of_initials(arena, t->initials, &tokens);
    ask.spelt_tokens = tokens;
    if (t->initials.len > 2)
        ask.spelt = t->initials;
    return ask;
}

static Status refuse(Ctx *c, Str typed, Text rule, Text remedy)
{
    return fail_field(c, S("q"), str_clip(typed, QUERY_CHARS_MAX), rule, remedy);
}

Status query_read(Ctx *c, Str typed, Query *out)
{
    size_t at = 0;
    Str term;
    *out = (Query){ 0 };
    if (str_chars(typed) > QUERY_CHARS_MAX)
        return refuse(c, typed, text_format(c, "最多%d个字", "%d characters at most", QUERY_CHARS_MAX),
            T("请缩短，只留关键的词", "shorten it to the words that matter"));
    while (next_term(typed, &at, &term)) {
        QueryTerm t = { .phrase = fold_pieces(c->arena, term) };
        if (t.phrase.count == 0)
            continue;
        if (out->count == QUERY_TERMS_MAX)
            return refuse(c, typed, text_format(c, "最多%d个词", "%d words at most", QUERY_TERMS_MAX),
                T("请减少词数；连在一起的话可放进引号", "use fewer; put words that stand together in quotes"));
        t.initials = initials_of(t.phrase);
        out->terms[out->count] = t;
        out->asks[out->count++] = ask_of(c->arena, &t);
    }
    if (out->count)
        return ST_OK;
    return refuse(c, typed, T("没有可查找的字、数字或字母", "there is no character, number or letter to look for"),
        T("请输入要找的词，如单位名称或问题中的字句", "type a word, such as a unit's name"));
}
