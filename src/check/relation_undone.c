/* Rates told beside what was not done: 抽检486批次，不合格7批次，合格率98.6%;
 * 按时答复率98.7%，…2387件中，31件未按期答复. The rate is of what is left of the whole. */
#include "check/ratio.h"

enum { LETTER = 3, VERB = 2 * LETTER, BEHIND = 5, BEFORE = 2, LOOK = 8 };

/* 合格率: the verb before 率; empty: none. */
static Str verb_of(const Reading *r, const Num *n)
{
    size_t at = text_find(&r->f, n->lead, n->from, S("率"));
    return at == SIZE_MAX || at < n->lead + VERB ? STR_NONE : (Str){ r->f.ptr + at - VERB, VERB };
}

/* 不合格7批次, 31件未按期答复: the words around the figure deny the verb. */
static bool denies(const Reading *r, size_t at, Str verb)
{
    enum { NEAR = 6 * LETTER, BYTES = 30 };
    static const Str denials[] = { S_INIT("未"), S_INIT("不"), S_INIT("没有"), WORDS_END };
    const Folded *f = &r->f;
    const Num *q = &r->num[at];
    size_t to = q->end;
    while (
        to < r->par_to && to < q->end + BYTES && f->ptr[to] != ',' && f->ptr[to] != ';' && !text_ends_sentence(f, to))
        to += text_char_len(f, to);
    size_t hit = text_find(f, q->lead, to, verb);
    if (hit == SIZE_MAX)
        return false;
    size_t from = hit > q->lead + NEAR ? hit - NEAR : q->lead;
    while (((unsigned char)f->ptr[from] & 0xc0) == 0x80)
        from++;
    return text_has_any(f, from, hit, denials);
}

/* The nearest larger figure of its measure before it, in its sentence or the one before. */
static size_t whole_of(const Reading *r, size_t at)
{
    const Num *q = &r->num[at];
    for (size_t i = at, least = at > LOOK ? at - LOOK : 0; i > least; i--) {
        const Num *w = &r->num[i - 1];
        if (w->sentence + 1 < q->sentence)
            break;
        if (ratio_is_state(w) && !w->approx && w->depth == q->depth && w->value > q->value && num_same_measure(r, w, q))
            return i - 1;
    }
    return SIZE_MAX;
}

/* What was not done: right before the rate, or soon behind it. */
static size_t undone_of(const Reading *r, size_t rate, Str verb)
{
    const Num *n = &r->num[rate];
    size_t least = rate > BEFORE ? rate - BEFORE : 0;
    for (size_t i = rate; i > least && r->num[i - 1].sentence == n->sentence; i--)
        if (ratio_is_state(&r->num[i - 1]) && denies(r, i - 1, verb))
            return i - 1;
    for (size_t i = rate + 1; i < r->count && i <= rate + BEHIND && r->num[i].sentence <= n->sentence + 1; i++)
        if (ratio_is_state(&r->num[i]) && denies(r, i, verb))
            return i;
        else if (r->num[i].kind == NUM_PERCENT)
            break;
    return SIZE_MAX;
}

bool ratio_of_undone(Reading *r, size_t rate)
{
    const Num *n = &r->num[rate];
    Str verb = verb_of(r, n);
    bool named;
    size_t part = rate_find_part(r, rate, &named), undone = verb.len ? undone_of(r, rate, verb) : SIZE_MAX;
    if (undone == SIZE_MAX || r->num[undone].approx || (part != SIZE_MAX && named) ||
        text_has(&r->f, n->lead, n->from, S("不")) || text_has(&r->f, n->lead, n->from, S("未")))
        return false;
    size_t whole = whole_of(r, undone);
    if (whole == SIZE_MAX || (whole < rate && undone > rate && r->num[undone].sentence != r->num[whole].sentence))
        return false;
    const Num *w = &r->num[whole], *q = &r->num[undone];
    Pair pair = ratio_pair(r, undone, whole, rate);
    pair.part = range_sub(range_of(w), range_of(q));
    pair.first = whole < rate ? whole : rate;
    pair.last = undone > rate ? undone : rate;
    pair.divided = pair.by = NULL;
    pair.strength = w->sentence == q->sentence ? STRENGTH_STRONG : STRENGTH_MIDDLE;
    StrBuf b = strbuf_in(r->arena);
    strbuf_addf(&b, "(%.*s-%.*s)", STR_ARG(pair.whole_text), STR_ARG(pair.part_text));
    pair.part_text = strbuf_str(&b);
    if (!ratio_fits(&pair, n) && !ratio_refutes(r, &pair, rate))
        return false;
    ratio_say(r, &pair, rate, CHECK_RULE_RATE);
    return true;
}
