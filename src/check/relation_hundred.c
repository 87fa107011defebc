/* Shares that make a hundred, and shares told in a row with what they are together. */
#include "check/evidence.h"

static const Str composition[] = { S_INIT("构成"), S_INIT("结构"), S_INIT("其他"), S_INIT("其余"), S_INIT("占比分别"),
    WORDS_END };

enum { COMPOSITION_BYTES = 24 };

static size_t percent_run(const Reading *r, size_t from, Range *sum)
{
    const Wide hundred = 100 * (Wide)MICRO;
    size_t at = from;
    *sum = (Range){ 0, 0 };
    for (; at < r->count && at - from < CHECK_WINDOW; at++) {
        const Num *n = &r->num[at];
        bool full = at - from > 2 && sum->lo <= hundred && hundred <= sum->hi &&
                    text_has(&r->f, r->num[at - 1].end, n->from, S(";")); /* …占25%；按类别看，城建类占三成 */
        if (n->kind != NUM_PERCENT || n->sentence != r->num[from].sentence || n->approx || full)
            break;
        *sum = range_add(*sum, range_of(n));
    }
    return at;
}

/* 占62.4%，…占28.7%，…占6.5%: each is called a share. */
static bool all_shares(const Reading *r, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!text_ends(&r->f, r->num[i].lead, r->num[i].from, S("占")))
            return false;
    return true;
}

static Str shares_formula(Reading *r, size_t from, size_t to)
{
    StrBuf b = strbuf_in(r->arena);
    for (size_t i = from; i < to; i++) {
        if (i > from)
            strbuf_addc(&b, '+');
        strbuf_add(&b, words_num(r, &r->num[i]));
    }
    return strbuf_str(&b);
}

static size_t judge_hundred(Reading *r, size_t from)
{
    enum { LEAST = 3 };
    const Num *first = &r->num[from];
    const Wide hundred = 100 * (Wide)MICRO;
    Range sum;
    if (first->kind != NUM_PERCENT)
        return from + 1;
    size_t to = percent_run(r, from, &sum);
    if (to - from < LEAST)
        return to > from ? to : from + 1;
    const Num *last = &r->num[to - 1];
    bool fits = sum.lo <= hundred && hundred <= sum.hi;
    size_t before = first->lead > COMPOSITION_BYTES + r->par_from ? first->lead - COMPOSITION_BYTES : r->par_from;
    bool meant = text_has_any(&r->f, before, last->noun_to, composition) || all_shares(r, from, to);
    Wide middle = (sum.lo + sum.hi) / 2;
    if (!fits && (!meant || !list_one_digit_apart(middle, hundred, sum.hi - sum.lo)))
        return to;
    Claim c = { CHECK_SUM, CHECK_RULE_HUNDRED, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT, first->from, last->end,
        last, shares_formula(r, from, to), words_like(r, middle, first), STR_NONE, { NULL, NULL } };
    if (!fits)
        c.note = T("构成比之和应为 100 %", "shares of one whole add up to 100 %");
    claim_add(r, &c);
    return to;
}

/* 占比分别为15.8%、13.9%、8.9%，三类合计5224件，占总量的38.6%: shares told in a row, and what they are together. */
static void judge_share_sum(Reading *r, size_t from, size_t to, Range sum)
{
    enum { BETWEEN = 2, LEAST = 2 };
    static const Str together[] = { S_INIT("合计"), S_INIT("合占"), S_INIT("共占"), S_INIT("总占比"), WORDS_END };
    const Num *last = &r->num[to - 1];
    size_t at = to;
    while (at < r->count && at < to + BETWEEN && r->num[at].kind == NUM_COUNT && r->num[at].sentence == last->sentence)
        at++;
    if (to - from < LEAST || at >= r->count || r->num[at].kind != NUM_PERCENT || r->num[at].approx ||
        r->num[at].sentence != last->sentence || !text_has(&r->f, r->num[from].lead, r->num[from].from, S("分别")) ||
        !text_has_any(&r->f, last->end, r->num[at].from, together))
        return;
    Wide middle = (sum.lo + sum.hi) / 2;
    bool fits = verdict_prints(sum, &r->num[at]);
    if (!fits && !list_one_digit_apart(middle, r->num[at].value, sum.hi - sum.lo))
        return;
    Claim c = { CHECK_SUM, CHECK_RULE_TOTAL, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT, r->num[from].from,
        r->num[at].end, &r->num[at], shares_formula(r, from, to), words_like(r, middle, last), STR_NONE,
        { NULL, NULL } };
    claim_add(r, &c);
}

/* The shares that stand together from `from` on, with no count between. */
static void judge_together(Reading *r, size_t from)
{
    Range sum = { 0, 0 };
    size_t to = from;
    while (to < r->count && to < from + CHECK_WINDOW && r->num[to].kind == NUM_PERCENT && !r->num[to].approx &&
           r->num[to].sentence == r->num[from].sentence &&
           (to == from || r->num[to].from - r->num[to - 1].end <= S("以及").len))
        sum = range_add(sum, range_of(&r->num[to++]));
    if (to > from)
        judge_share_sum(r, from, to, sum);
}

void relation_hundred(Reading *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (i == 0 || r->num[i - 1].kind != NUM_PERCENT)
            judge_together(r, i);
    for (size_t i = 0; i < r->count;)
        i = judge_hundred(r, i);
}
