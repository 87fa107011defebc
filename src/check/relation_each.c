/* So many each, and averages: 8个县各设5个点，共40个; 12个组共60人，平均每组5人. */
#include "check/list.h"

static const Str total_words[] = { S_INIT("共"), S_INIT("合计"), S_INIT("总计"), S_INIT("总"), S_INIT("合"),
    WORDS_END };
static const Str each_words[] = { S_INIT("各"), S_INIT("每"), S_INIT("人均"), WORDS_END };
static const Str average_words[] = { S_INIT("平均"), S_INIT("人均"), S_INIT("场均"), S_INIT("户均"), S_INIT("村均"),
    S_INIT("年均"), S_INIT("均"), S_INIT("每"), WORDS_END };

static size_t between_from(const Reading *r, size_t at)
{
    return at ? r->num[at - 1].end : r->par_from;
}

static bool is_plain(const Num *n)
{
    return n->kind == NUM_COUNT && !n->one && n->approx == APPROX_NOT;
}

/* --- products
 * ------------------------------------------------------------------------------------------------------------ */

static void say_product(Reading *r, size_t groups, size_t each, size_t total, CheckVerdict verdict)
{
    const Num *g = &r->num[groups], *e = &r->num[each], *t = &r->num[total];
    size_t first = groups < each ? groups : each, last = total > each ? total : each;
    first = total < first ? total : first;
    StrBuf b = strbuf_in(r->arena);
    strbuf_add(&b, words_num(r, g));
    strbuf_addc(&b, '*');
    strbuf_add(&b, words_num(r, e));
    Claim c = { CHECK_SUM, CHECK_RULE_EACH, verdict, r->num[first].from, r->num[last].end, t, strbuf_str(&b),
        words_like(r, (Wide)g->value / MICRO * e->value, t), STR_NONE, { NULL, NULL } };
    claim_add(r, &c);
}

static bool product_fits(const Num *groups, const Num *each, const Num *total)
{
    return !groups->rounded && verdict_prints(range_times(range_of(each), groups->value / MICRO), total);
}

/* G个…各/每…E个，共T个, with G and E next to each other and T next, or G before both. */
static void judge_product(Reading *r, size_t total)
{
    const Folded *f = &r->f;
    const Num *t = &r->num[total];
    if (total < 2 || !is_plain(t) || !text_has_any(f, t->lead, t->from, total_words))
        return;
    size_t each = total - 1;
    const Num *e = &r->num[each];
    if (e->sentence != t->sentence || !is_plain(e) || !text_has_any(f, between_from(r, each), e->from, each_words) ||
        !num_addable(r, e, t))
        return;
    size_t least = each > 3 ? each - 3 : 0;
    for (size_t g = each; g > least; g--)
        if (is_plain(&r->num[g - 1]) && r->num[g - 1].sentence == t->sentence && product_fits(&r->num[g - 1], e, t)) {
            say_product(r, g - 1, each, total, CHECK_CONSISTENT);
            return;
        }
    const Num *g = &r->num[each - 1];
    bool sure = each >= 1 && is_plain(g) && g->sentence == t->sentence && !g->rounded && num_same_measure(r, e, t) &&
                (text_has(f, g->end, e->from, S("各")) || text_has(f, g->end, e->from, S("每"))) &&
                !num_addable(r, g, t);
    if (!sure)
        return;
    say_product(r, each - 1, each, total, CHECK_INCONSISTENT);
}

/* 共36人；培训分2期，每期18人: the total first. */
static bool judge_split(Reading *r, size_t each)
{
    const Folded *f = &r->f;
    const Num *e = &r->num[each];
    if (each < 2 || !is_plain(e) || !text_has(f, between_from(r, each), e->from, S("每")) ||
        text_has(f, between_from(r, each), e->from, S("平均")))
        return false;
    const Num *g = &r->num[each - 1], *t = &r->num[each - 2];
    if (!is_plain(g) || !is_plain(t) || g->sentence != e->sentence || t->sentence != e->sentence ||
        !num_addable(r, e, t))
        return false;
    size_t from = text_find(f, g->end, e->from, S("每"));
    bool named = from != SIZE_MAX && (text_has(f, from, e->from, (Str){ f->ptr + g->end - 3, 3 }) ||
                                         text_has(f, from, e->from, (Str){ f->ptr + g->noun_to - 3, 3 }));
    if (!named || !product_fits(g, e, t))
        return false;
    say_product(r, each - 1, each, each - 2, CHECK_CONSISTENT);
    return true;
}

/* --- averages
 * -------------------------------------------------------------------------------------------------------------- */

static void say_average(Reading *r, size_t total, size_t groups, size_t average, CheckVerdict verdict)
{
    const Num *g = &r->num[groups], *t = &r->num[total], *a = &r->num[average];
    size_t first = groups < total ? groups : total;
    StrBuf b = strbuf_in(r->arena);
    strbuf_add(&b, words_num(r, t));
    strbuf_addc(&b, '/');
    strbuf_add(&b, words_num(r, g));
    Wide value = ((Wide)t->value * MICRO + g->value / 2) / g->value;
    Claim c = { CHECK_RATIO, CHECK_RULE_AVERAGE, verdict, r->num[first].from, a->end, a, strbuf_str(&b),
        words_like(r, value, a), STR_NONE, { NULL, NULL } };
    claim_add(r, &c);
}

static bool average_fits(const Num *total, const Num *groups, const Num *average)
{
    return groups->value > 0 && verdict_ratio(range_of(total), range_of(groups), 1, average);
}

/* The word behind 每 or before 均 names what the total is divided by: 每村, 场均, 人均. */
static bool names_groups(const Reading *r, const Num *groups, size_t from, const Num *average)
{
    const Folded *f = &r->f;
    size_t every = text_find(f, from, average->from, S("每")), even = text_find(f, from, average->from, S("均"));
    if (every != SIZE_MAX) {
        size_t word = every + 3;
        if (text_at(f, word, S("个")) || text_at(f, word, S("名")) || text_at(f, word, S("家")))
            word += 3;
        if (word >= average->from)
            return text_has(f, every, average->from, (Str){ f->ptr + groups->measure, 3 });
        size_t back = average->from - 3;
        return text_has(f, groups->lead, groups->noun_to, (Str){ f->ptr + word, 3 }) ||
               (back > word && text_has(f, groups->measure, groups->noun_to, (Str){ f->ptr + back, 3 }));
    }
    if (even == SIZE_MAX || even < from + 3)
        return false;
    Str word = { f->ptr + even - 3, 3 };
    return text_has(f, groups->measure, groups->noun_to, word) ||
           (str_eq(word, S("人")) && (groups->family & MEASURE_PERSON));
}

static void judge_average(Reading *r, size_t at)
{
    enum { LOOK = 6 };
    const Folded *f = &r->f;
    const Num *a = &r->num[at];
    size_t from = between_from(r, at), least = at > LOOK ? at - LOOK : 0, total = SIZE_MAX, groups = SIZE_MAX,
           named = 0;
    if (a->kind != NUM_COUNT || a->approx || !text_has_any(f, from, a->from, average_words) ||
        (a->family & MEASURE_TIME))
        return;
    from = a->lead > from ? a->lead : from;
    for (size_t g = at; g > least; g--) {
        const Num *n = &r->num[g - 1];
        if (n->sentence != a->sentence)
            break;
        if (is_plain(n) && names_groups(r, n, from, a)) {
            named++;
            if (groups == SIZE_MAX)
                groups = g - 1;
        }
        if (is_plain(n) && total == SIZE_MAX && num_addable(r, n, a) && n->value >= a->value && g - 1 != groups)
            total = g - 1;
    }
    if (groups == SIZE_MAX || total == SIZE_MAX || groups == total)
        return;
    if (average_fits(&r->num[total], &r->num[groups], a)) {
        say_average(r, total, groups, at, CHECK_CONSISTENT);
        return;
    }
    size_t high = groups > total ? groups : total;
    bool close = named == 1 && (groups + 1 == total || total + 1 == groups) && high + 1 == at &&
                 num_same_measure(r, &r->num[total], a);
    say_average(r, total, groups, at, close ? CHECK_INCONSISTENT : CHECK_UNDECIDABLE);
}

void relation_eaches(Reading *r)
{
    for (size_t i = 0; i < r->count; i++) {
        judge_product(r, i);
        if (!judge_split(r, i))
            judge_average(r, i);
    }
}
