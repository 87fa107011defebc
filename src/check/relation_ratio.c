/* Rates: shares of a list, the first items of a list together, multiples, and the rest. */
#include "check/ratio.h"

static bool is_threshold(const Reading *r, const Num *n)
{
    if (text_at(&r->f, n->end, S("的")) && n->value == 100 * (int64_t)MICRO)
        return true; /* 其中销号率100%的单位12家 */
    return text_at(&r->f, n->end, S("的")) && (n->approx & (APPROX_BOUND | APPROX_RANGE));
}

/* 届时覆盖率将达到100%: what is hoped for. */
static bool is_hoped(const Reading *r, const Num *n)
{
    static const Str hopes[] = { S_INIT("将达"), S_INIT("力争"), S_INIT("届时"), S_INIT("确保"), WORDS_END };
    return num_lead_has_any(r, n, hopes);
}

/* --- the first items of a list ----------------------------------------------------------------------------------- */

static int ordinal_count(const Reading *r, size_t from, size_t to)
{
    static const Str digits[] = { S_INIT("两"), S_INIT("三"), S_INIT("四"), S_INIT("五"), S_INIT("六"), WORDS_END };
    const Folded *f = &r->f;
    size_t at = text_find(f, from, to, S("前"));
    if (at == SIZE_MAX || at + 6 > to)
        return 0;
    for (int i = 0; digits[i].len; i++)
        if (text_at(f, at + 3, digits[i]))
            return i + 2;
    char ch = f->ptr[at + 3];
    return ch >= '2' && ch <= '9' ? ch - '0' : 0;
}

/* A run of alike counts that ends before `to`; its first index. */
static size_t run_start(const Reading *r, size_t to)
{
    size_t at = to, least = to > CHECK_WINDOW ? to - CHECK_WINDOW : 0;
    while (at > least && r->num[at - 1].sentence == r->num[to - 1].sentence && r->num[at - 1].kind == NUM_COUNT &&
           r->num[at - 1].depth == r->num[to - 1].depth && num_addable(r, &r->num[at - 1], &r->num[to - 1]))
        at--;
    return at;
}

static Range sum_between(const Reading *r, size_t from, size_t to)
{
    Range sum = { 0, 0 };
    for (size_t i = from; i < to; i++)
        sum = range_add(sum, range_of(&r->num[i]));
    return sum;
}

static bool say_first(Reading *r, size_t rate, size_t from, size_t parts, size_t whole_from, size_t whole_to)
{
    Pair p = { sum_between(r, from, parts), sum_between(r, whole_from, whole_to), from, rate,
        ratio_sum_text(r, from, parts),
        whole_to - whole_from == 1 ? words_num(r, &r->num[whole_from]) : ratio_sum_text(r, whole_from, whole_to), NULL,
        NULL, STRENGTH_STRONG };
    if (!ratio_fits(&p, &r->num[rate]))
        return false;
    ratio_say(r, &p, rate, CHECK_RULE_SHARE_OF_FIRST);
    return true;
}

static void say_first_or_not(Reading *r, size_t rate, size_t from, size_t parts, size_t whole_from, size_t whole_to)
{
    if (say_first(r, rate, from, parts, whole_from, whole_to))
        return;
    Pair p = { sum_between(r, from, parts), sum_between(r, whole_from, whole_to), from, rate,
        ratio_sum_text(r, from, parts),
        whole_to - whole_from == 1 ? words_num(r, &r->num[whole_from]) : ratio_sum_text(r, whole_from, whole_to), NULL,
        NULL, STRENGTH_STRONG };
    ratio_say(r, &p, rate, CHECK_RULE_SHARE_OF_FIRST);
}

/* 前三类合占77%: of a list before it, or of the figures named behind 前三类. */
static bool judge_first(Reading *r, size_t rate)
{
    const Folded *f = &r->f;
    const Num *n = &r->num[rate];
    if (rate < 2 || r->num[rate - 1].sentence != n->sentence)
        return false;
    size_t start = run_start(r, rate), length = rate - start;
    int first = ordinal_count(r, r->num[rate - 1].end, n->from);
    if (first && (size_t)first < length && (start == 0 || r->num[start - 1].sentence != n->sentence)) {
        say_first_or_not(r, rate, start, start + (size_t)first, start, rate);
        return true;
    }
    if (first && (size_t)first <= length) {
        if (say_first(r, rate, start, start + (size_t)first, start, rate))
            return true;
        if (start && num_addable(r, &r->num[start - 1], &r->num[start]))
            return say_first(r, rate, start, start + (size_t)first, start - 1, start);
        return length > 1 && say_first(r, rate, start + 1, start + 1 + (size_t)first, start, start + 1);
    }
    if (length < 2 || !text_has(f, r->num[rate - 1].end, n->from, S("合")))
        return false;
    first = ordinal_count(r, r->num[start].lead, r->num[rate - 1].from);
    size_t parts = first && (size_t)first < length ? rate - (size_t)first : start, least = parts > 12 ? parts - 12 : 0;
    for (size_t w = parts; w > least; w--)
        if (r->num[w - 1].kind == NUM_COUNT && num_addable(r, &r->num[w - 1], &r->num[parts]) &&
            say_first(r, rate, parts, rate, w - 1, w))
            return true;
    return false;
}

/* --- multiples --------------------------------------------------------------------------------------------------- */

static bool judge_times(Reading *r, size_t rate)
{
    const Folded *f = &r->f;
    const Num *n = &r->num[rate];
    if (rate == 0 || r->num[rate - 1].sentence != n->sentence)
        return false;
    const Num *w = &r->num[rate - 1];
    static const Str is_words[] = { S_INIT("是"), S_INIT("为"), S_INIT("相当于"), WORDS_END };
    bool inside = rate >= 2 && num_lead_has_any(r, w, is_words) && text_has(f, w->end, n->from, S("的")) &&
                  r->num[rate - 2].sentence == n->sentence && num_addable(r, w, &r->num[rate - 2]);
    if (inside) {
        Pair p = ratio_pair(r, rate - 2, rate - 1, rate);
        p.strength = r->num[rate - 2].way ? STRENGTH_NONE : STRENGTH_STRONG; /* 激增1021件，是10月87件的12.7倍 */
        ratio_say(r, &p, rate, CHECK_RULE_MULTIPLE);
        return true;
    }
    if (!text_has_any(f, w->end, n->from, is_words))
        return false;
    for (size_t at = rate + 1; at < r->count && at <= rate + RATIO_FORWARD_MAX && r->num[at].sentence == n->sentence;
         at++) {
        const Num *b = &r->num[at];
        for (size_t part = rate; b->kind == NUM_COUNT && part > 0 && part + 4 > rate; part--) {
            if (r->num[part - 1].kind != NUM_COUNT || !num_addable(r, &r->num[part - 1], b))
                continue;
            Pair p = ratio_pair(r, part - 1, at, rate);
            if (ratio_fits(&p, n)) {
                ratio_say(r, &p, rate, CHECK_RULE_MULTIPLE);
                return true;
            }
        }
    }
    ratio_say_open(r, rate, rate - 1);
    return true;
}

void relation_ratios(Reading *r)
{
    for (size_t i = 0; i < r->count; i++) {
        const Num *n = &r->num[i];
        size_t next = relation_share(r, i);
        if (next == i)
            next = relation_respective(r, i);
        if (next > i) {
            i = next - 1;
            continue;
        }
        if (n->kind == NUM_TIMES && !ratio_is_change(r, i) && !ratio_inside_bracket(r, i))
            judge_times(r, i);
        if (n->kind == NUM_PERCENT && !ratio_is_change(r, i) && !is_threshold(r, n) && !is_hoped(r, n) &&
            !judge_first(r, i))
            relation_rate(r, i);
    }
}
