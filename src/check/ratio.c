/* Part over whole: pairs of figures, what may be the whole of what, and the claim they make. */
#include "check/ratio.h"

/* A percentage with one of these before it is a change, not a share. */
static const Str change_words[] = { S_INIT("增长"), S_INIT("增加"), S_INIT("上升"), S_INIT("提高"), S_INIT("提升"),
    S_INIT("下降"), S_INIT("减少"), S_INIT("降低"), S_INIT("压减"), S_INIT("压缩"), S_INIT("缩短"), S_INIT("增幅"),
    S_INIT("减幅"), S_INIT("降幅"), S_INIT("涨"), S_INIT("回落"), S_INIT("同比"), S_INIT("环比"), S_INIT("升"),
    S_INIT("降"), S_INIT("增"), S_INIT("减"), S_INIT("节约"), S_INIT("下滑"), WORDS_END };
const Str ratio_totals[] = { S_INIT("共"), S_INIT("合计"), S_INIT("总"), S_INIT("应"), S_INIT("全"), WORDS_END };

bool ratio_is_change(const Reading *r, size_t at)
{
    const Num *n = &r->num[at];
    size_t from = n->lead;
    bool told = at > 0 && r->num[at - 1].way && r->num[at - 1].sentence == n->sentence; /* 节约19万元，节约率5.7% */
    return text_has_any(&r->f, from, n->from, change_words) && (told || !text_ends(&r->f, from, n->from, S("率"))) &&
           !text_has(&r->f, from, n->from, S("占"));
}

/* No semicolon between: 整改率 of one clause is not that of the clause before. */
bool ratio_same_clause(const Reading *r, size_t a, size_t b)
{
    return !text_has(&r->f, r->num[a].end, r->num[b].from, S(";"));
}

Str ratio_sum_text(Reading *r, size_t from, size_t to)
{
    StrBuf b = strbuf_in(r->arena);
    strbuf_addc(&b, '(');
    for (size_t i = from; i < to; i++) {
        if (i > from)
            strbuf_addc(&b, '+');
        strbuf_add(&b, words_num(r, &r->num[i]));
    }
    strbuf_addc(&b, ')');
    return strbuf_str(&b);
}

enum { TENS = 10 };

/* --- one pair ---------------------------------------------------------------------------------------------------- */

bool ratio_fits(const Pair *p, const Num *rate)
{
    return verdict_ratio(p->part, p->whole, rate->kind == NUM_TIMES ? 1 : 100, rate);
}

Pair ratio_pair(Reading *r, size_t part, size_t whole, size_t rate)
{
    size_t first = part < whole ? part : whole, last = part < whole ? whole : part;
    return (Pair){ range_of(&r->num[part]), range_of(&r->num[whole]), first < rate ? first : rate,
        last > rate ? last : rate, words_num(r, &r->num[part]), words_num(r, &r->num[whole]), &r->num[part],
        &r->num[whole], STRENGTH_MIDDLE };
}

/* 空编率15.0% of 编制466名，在编396名: of what is left; 缺考率7.9% of 实到498人，缺考43人: of both together. */
static bool is_of_rest_or_both(const Pair *p, const Num *rate)
{
    if (rate->kind != NUM_PERCENT || rate->value / rate->step < TENS)
        return false;
    return (p->whole.lo > p->part.hi && verdict_ratio(range_sub(p->whole, p->part), p->whole, 100, rate)) ||
           verdict_ratio(p->part, range_add(p->whole, p->part), 100, rate);
}

static Miss miss_of_pair(const Pair *p, const Num *n)
{
    Wide top = (n->kind == NUM_TIMES ? 1 : 100) * (Wide)MICRO;
    Wide computed = (p->part.lo + p->part.hi) * top / (p->whole.lo + p->whole.hi);
    bool single = p->divided && p->by;
    Miss miss = miss_of_share(computed, n, single && ratio_is_slip(p->divided, p->by, n));
    miss.length = single && ratio_is_fine(n) && ratio_is_lost_digit(p->divided, p->by, n);
    return miss;
}

/* 开工58个，开工率93.5%，竣工22个，竣工率35.5%: both are of what the first is a share of. */
static bool is_of_wholes_whole(const Reading *r, const Pair *p, const Num *n)
{
    if (!p->by || !p->divided || n->kind != NUM_PERCENT)
        return false;
    size_t next = (size_t)(p->by - r->num) + 1;
    const Num *share = next < r->count ? &r->num[next] : n;
    if (share != n && share->kind == NUM_PERCENT && num_same_label(r, share, n) && share < p->divided &&
        list_has_among(&r->f, share->end, p->divided->from))
        return true; /* 签约19.84万人，签约率61.2%，其中重点人群8.37万人，签约率89.5%: neither whole is told */
    if (share == n || share->kind != NUM_PERCENT || share->way || share->sentence != p->by->sentence)
        return false;
    Wide lo = (share->value - share->step / 2) * p->part.lo / p->whole.hi,
         hi = (share->value + share->step) * p->part.hi / p->whole.lo;
    return verdict_prints((Range){ lo, hi }, n);
}

/* 市直党组织286个，…，村党组织1742个，覆盖率100%: what is twice its whole and more is hardly a part of it. */
static bool is_of_another(const Pair *p, const Num *n)
{
    return n->kind == NUM_PERCENT && n->value <= 100 * (int64_t)MICRO && p->part.lo > 2 * p->whole.hi;
}

/* 487户1532人，其中消除312户986人，消除率64.4%: two figures of another measure make it, which a fine rate seldom meets
 * by chance. Of the same measure they would be a rate of the wrong whole, which is the commonest slip. */
static bool is_of_other_column(const Reading *r, const Pair *p, size_t rate)
{
    enum { LOOK = 10 };
    const Num *n = &r->num[rate];
    size_t least = rate > LOOK ? rate - LOOK : 0;
    if (!p->by || n->kind != NUM_PERCENT || !ratio_is_fine(n))
        return false;
    for (size_t i = rate; i > least && r->num[i - 1].sentence == n->sentence; i--) {
        const Num *part = &r->num[i - 1];
        if (part->kind != NUM_COUNT || num_same_measure(r, part, p->by))
            continue;
        for (size_t k = i - 1; k > least && r->num[k - 1].sentence == n->sentence; k--)
            if (r->num[k - 1].kind == NUM_COUNT && r->num[k - 1].value > 0 &&
                num_same_measure(r, &r->num[k - 1], part) &&
                verdict_ratio(range_of(part), range_of(&r->num[k - 1]), 100, n))
                return true;
    }
    return false;
}

/* 督办13件，办结10件，按期办结率90.9%: of those that were due. */
static bool is_of_those_due(const Reading *r, const Pair *p, const Num *n)
{
    static const Str due[] = { S_INIT("按期"), S_INIT("按时"), S_INIT("如期"), S_INIT("限期"), WORDS_END };
    for (int i = 0; p->divided && due[i].len; i++)
        if (text_has(&r->f, n->lead, n->from, due[i]) &&
            !text_has(&r->f, p->divided->lead, p->divided->noun_to, due[i]))
            return true;
    return false;
}

bool ratio_refutes(const Reading *r, const Pair *p, size_t rate)
{
    const Num *n = &r->num[rate];
    Strength strength = p->strength;
    if (p->whole.lo <= 0 || n->approx || is_of_rest_or_both(p, n) || is_of_wholes_whole(r, p, n) ||
        is_of_other_column(r, p, rate) || is_of_those_due(r, p, n))
        return false;
    if (strength == STRENGTH_STRONG && is_of_another(p, n))
        strength = STRENGTH_MIDDLE;
    if (strength == STRENGTH_MIDDLE && p->by && ratio_calls_else(r, p->by, rate))
        strength = STRENGTH_WEAK;
    return evidence_refutes(strength, miss_of_pair(p, n));
}

void ratio_say(Reading *r, const Pair *p, size_t rate, CheckRule rule)
{
    const Num *n = &r->num[rate];
    int scale = n->kind == NUM_TIMES ? 1 : 100;
    if (p->whole.lo <= 0)
        return; /* nothing is divided by nothing */
    StrBuf b = strbuf_in(r->arena);
    strbuf_add(&b, p->part_text);
    strbuf_addc(&b, '/');
    strbuf_add(&b, p->whole_text);
    Wide part = p->part.lo + p->part.hi, whole = p->whole.lo + p->whole.hi;
    bool fits = ratio_fits(p, n), other = !fits && !ratio_refutes(r, p, rate);
    CheckVerdict verdict = fits ? CHECK_CONSISTENT : other ? CHECK_UNDECIDABLE : CHECK_INCONSISTENT;
    Claim c = { CHECK_RATIO, rule, verdict, r->num[p->first].from, r->num[p->last].end, n, strbuf_str(&b),
        words_ratio(r->arena, part, whole, scale, -1), words_ratio(r->arena, part, whole, scale, words_decimals(n)),
        { NULL, NULL } };
    if (p->last == rate && n->depth && r->f.ptr[n->end] == ')')
        c.to++;
    if (p->first < rate && r->num[p->first].lead < c.from && p->first + 1 == rate)
        c.from = r->num[p->first].lead;
    if ((n->approx & (APPROX_BOUND | APPROX_RANGE)) && verdict != CHECK_INCONSISTENT) {
        c.verdict = CHECK_UNDECIDABLE;
        c.note = T("文中是约数", "the text gives a bound");
    }
    if (other && !n->approx)
        c.note = T("分母可能另有所指", "the whole may be another");
    claim_add(r, &c);
}

void ratio_say_open(Reading *r, size_t rate, size_t first)
{
    const Num *n = &r->num[rate];
    bool near = first < rate && r->num[first].sentence == n->sentence;
    Claim c = { CHECK_RATIO, CHECK_RULE_RATE, CHECK_UNDECIDABLE, near ? r->num[first].from : n->lead, n->end, n,
        STR_NONE, STR_NONE, STR_NONE,
        T("文中没有可以确定的分子和分母", "the text does not settle what is divided by what") };
    claim_add(r, &c);
}

/* --- candidates -------------------------------------------------------------------------------------------------- */

enum { WHOLES_COARSE = 3 };

typedef struct Wholes {
    size_t at[RATIO_WHOLES_MAX + 2];
    size_t count;
} Wholes;

/* A count of what there is, not of what was added and no average. */
bool ratio_is_state(const Num *n)
{
    return n->kind == NUM_COUNT && !n->one && !n->way && !n->average;
}

bool ratio_can_be_whole(const Reading *r, const Num *whole, const Num *part)
{
    return ratio_is_state(whole) && num_addable(r, whole, part) && whole->value >= part->value && whole->value > 0;
}

/* Counts before and behind that could hold the part, nearest first; a coarse rate fits so many that few are tried. */
static void find_wholes(const Reading *r, size_t part, size_t rate, Wholes *w)
{
    const Num *p = &r->num[part];
    size_t most = r->num[rate].step >= MICRO ? WHOLES_COARSE : RATIO_WHOLES_MAX;
    size_t least = part > CHECK_WINDOW / 2 ? part - CHECK_WINDOW / 2 : 0;
    w->count = 0;
    for (size_t at = part; at > least && w->count < most; at--)
        if (ratio_can_be_whole(r, &r->num[at - 1], p) && r->num[at - 1].sentence + 1 >= p->sentence)
            w->at[w->count++] = at - 1;
    for (size_t at = rate + 1; at < r->count && at <= rate + RATIO_FORWARD_MAX && w->count < most + 2; at++) {
        const Num *n = &r->num[at];
        if (n->sentence > p->sentence + 1)
            break;
        if (ratio_can_be_whole(r, n, p) && text_has_any(&r->f, n->lead, n->noun_to, ratio_totals))
            w->at[w->count++] = at;
    }
}

bool ratio_fit_whole(Reading *r, size_t part, size_t rate, CheckRule rule)
{
    Wholes w;
    find_wholes(r, part, rate, &w);
    for (size_t i = 0; i < w.count; i++) {
        Pair p = ratio_pair(r, part, w.at[i], rate);
        if (ratio_fits(&p, &r->num[rate])) {
            ratio_say(r, &p, rate, rule);
            return true;
        }
    }
    return false;
}
