/* Before and after: so much more, so many percent more, so many points more. */
#include "check/change.h"
#include "check/ratio.h"

/* --- claims ------------------------------------------------------------------------------------------------------ */

static void span_of(const Reading *r, size_t at, const Change *c, size_t *from, size_t *to)
{
    size_t first = at, last = at;
    if (c->now != SIZE_MAX) {
        first = c->now < first ? c->now : first;
        last = c->now > last ? c->now : last;
    }
    if (c->before != SIZE_MAX) {
        first = c->before < first ? c->before : first;
        last = c->before > last ? c->before : last;
    }
    *from = first == at ? r->num[first].lead : r->num[first].from;
    *to = r->num[last].end;
}

static CheckVerdict settle(bool fits, bool refuted, const Num *stated, bool approx)
{
    if ((stated->approx & (APPROX_BOUND | APPROX_RANGE)) || approx)
        return CHECK_UNDECIDABLE;
    if (fits)
        return CHECK_CONSISTENT;
    return refuted && !stated->approx ? CHECK_INCONSISTENT : CHECK_UNDECIDABLE;
}

Str change_minus(Reading *r, const Num *a, const Num *b, bool bracket)
{
    StrBuf s = strbuf_in(r->arena);
    if (bracket)
        strbuf_addc(&s, '(');
    strbuf_add(&s, words_num(r, a));
    strbuf_addc(&s, '-');
    strbuf_add(&s, words_num(r, b));
    if (bracket)
        strbuf_addc(&s, ')');
    return strbuf_str(&s);
}

static bool growth_fits(const Num *before, const Num *now, const Num *rate)
{
    bool up = now->value >= before->value;
    Range change = up ? range_sub(range_of(now), range_of(before)) : range_sub(range_of(before), range_of(now));
    return range_of(before).lo > 0 && verdict_ratio(change, range_of(before), rate->kind == NUM_TIMES ? 1 : 100, rate);
}

/* The same for a rate of growth. */
static bool growth_slips(const Num *before, const Num *now, const Num *rate)
{
    const Num *figures[] = { before, now, rate };
    for (size_t i = 0; i < 3; i++) {
        Num other;
        for (int k = 0; ratio_other_figure(figures[i], k, &other); k++)
            if (growth_fits(i == 0 ? &other : before, i == 1 ? &other : now, i == 2 ? &other : rate))
                return true;
    }
    return false;
}

static void say_difference(Reading *r, size_t at, const Change *c)
{
    const Num *n = &r->num[at], *b = &r->num[c->before], *w = &r->num[c->now];
    const Num *big = b->value > w->value ? b : w, *small = big == b ? w : b;
    Range gap = range_sub(range_of(big), range_of(small));
    Claim claim = {
        .kind = CHECK_DIFFERENCE, .rule = n->kind == NUM_POINTS ? CHECK_RULE_POINTS : CHECK_RULE_CHANGE, .stated = n
    };
    bool refuted = num_same_noun(r, b, w) && evidence_refutes(c->strength, miss_of_gap(big, small, n));
    claim.verdict = settle(verdict_prints(gap, n), refuted, n, b->approx || w->approx);
    span_of(r, at, c, &claim.from, &claim.to);
    claim.formula = change_minus(r, big, small, false);
    claim.result = words_like(r, big->value - small->value, n->kind == NUM_POINTS ? n : big);
    if (claim.verdict == CHECK_UNDECIDABLE)
        claim.note = T("两数是否同一口径不能确定", "whether both are of one kind is open");
    claim_add(r, &claim);
}

static bool delta_fits(const Num *d, const Num *w, const Num *rate)
{
    Range base = d->way == WAY_UP ? range_sub(range_of(w), range_of(d)) : range_add(range_of(w), range_of(d));
    return base.lo > 0 && verdict_ratio(range_of(d), base, rate->kind == NUM_TIMES ? 1 : 100, rate);
}

static bool delta_slips(const Num *d, const Num *w, const Num *rate)
{
    const Num *figures[] = { d, w, rate };
    for (size_t i = 0; i < 3; i++) {
        Num other;
        for (int k = 0; ratio_other_figure(figures[i], k, &other); k++)
            if (delta_fits(i == 0 ? &other : d, i == 1 ? &other : w, i == 2 ? &other : rate))
                return true;
    }
    return false;
}

static void say_growth_of(
    Reading *r, size_t at, const Change *c, Range change, Range base, Str top, Str under, bool slips)
{
    const Num *n = &r->num[at];
    int scale = n->kind == NUM_TIMES ? 1 : 100;
    if (base.lo <= 0)
        return;
    Claim claim = { .kind = CHECK_RATIO, .rule = CHECK_RULE_GROWTH, .stated = n };
    bool approx = r->num[c->now].approx || (c->before != SIZE_MAX && r->num[c->before].approx);
    Wide computed = (change.lo + change.hi) * scale * MICRO / (base.lo + base.hi);
    bool refuted = evidence_refutes(c->strength, miss_of(computed, n->value, slips));
    claim.verdict = settle(verdict_ratio(change, base, scale, n), refuted, n, approx);
    span_of(r, at, c, &claim.from, &claim.to);
    StrBuf f = strbuf_in(r->arena);
    strbuf_add(&f, top);
    strbuf_addc(&f, '/');
    strbuf_add(&f, under);
    claim.formula = strbuf_str(&f);
    Wide part = change.lo + change.hi, whole = base.lo + base.hi;
    claim.result = words_ratio(r->arena, part, whole, scale, -1);
    claim.shown = words_ratio(r->arena, part, whole, scale, words_decimals(n));
    if (claim.verdict == CHECK_UNDECIDABLE)
        claim.note = T("基数是否同一口径不能确定", "whether the base is of one kind is open");
    claim_add(r, &claim);
}

static void say_growth(Reading *r, size_t at, const Change *c)
{
    const Num *b = &r->num[c->before], *w = &r->num[c->now];
    bool up = w->value >= b->value;
    Range change = up ? range_sub(range_of(w), range_of(b)) : range_sub(range_of(b), range_of(w));
    if (b->value <= 0)
        return;
    say_growth_of(r, at, c, change, range_of(b), up ? change_minus(r, w, b, true) : change_minus(r, b, w, true),
        words_num(r, b), growth_slips(b, w, &r->num[at]));
}

/* 461件，比上年多245件，增长113.4%: the base is what the difference leaves. */
static void say_growth_by_delta(Reading *r, size_t at, const Change *c)
{
    const Num *d = &r->num[c->delta], *w = &r->num[c->now];
    bool up = d->way == WAY_UP;
    Range base = up ? range_sub(range_of(w), range_of(d)) : range_add(range_of(w), range_of(d));
    StrBuf under = strbuf_in(r->arena);
    strbuf_addc(&under, '(');
    strbuf_add(&under, words_num(r, w));
    strbuf_addc(&under, up ? '-' : '+');
    strbuf_add(&under, words_num(r, d));
    strbuf_addc(&under, ')');
    if (base.lo > 0 && num_addable(r, w, d))
        say_growth_of(r, at, c, range_of(d), base, words_num(r, d), strbuf_str(&under), delta_slips(d, w, &r->num[at]));
}

/* 收入18.46亿元，为预算17.90亿元的103.1%，比上年增加1.27亿元，增长7.4%: of the figures before the difference the one
 * that fits, else the first of the sentence where a digit makes it fit. */
static void choose_state(const Reading *r, size_t at, Change *c)
{
    enum { LOOK = 8 };
    const Num *d = &r->num[c->delta], *n = &r->num[at];
    size_t first = SIZE_MAX;
    if (c->strength || delta_fits(d, &r->num[c->now], n))
        return;
    for (size_t i = c->delta, least = i > LOOK ? i - LOOK : 0; i > least && r->num[i - 1].sentence == n->sentence;
         i--) {
        const Num *w = &r->num[i - 1];
        if (w->kind != NUM_COUNT || w->way || w->average || w->approx || w->past || !num_same_measure(r, w, d))
            continue;
        first = i - 1;
        if (!delta_fits(d, w, n))
            continue;
        c->now = first;
        return;
    }
    if (first == SIZE_MAX || !ratio_is_fine(n) || !delta_slips(d, &r->num[first], n))
        return;
    c->now = first;
    c->strength = STRENGTH_STRONG;
}

/* 32微克/立方米 and 3.2公里 may have been any part of one. */
static bool is_counted(const Reading *r, const Num *n)
{
    static const Str counted[] = { S_INIT("次"), S_INIT("场"), S_INIT("批"), S_INIT("份"), S_INIT("期"), S_INIT("篇"),
        S_INIT("批次"), S_INIT("场次"), S_INIT("笔"), S_INIT("辆"), S_INIT("台"), S_INIT("套"), S_INIT("支"),
        WORDS_END };
    return (n->family & (MEASURE_BODY | MEASURE_PERSON | MEASURE_CASE | MEASURE_ACT | MEASURE_HOME)) ||
           text_at_any(&r->f, n->measure, counted) > 0;
}

/* No base in the text: it must be a whole number, and for small figures not every percentage has one. */
static void say_growth_alone(Reading *r, size_t at, const Change *c)
{
    const Num *n = &r->num[at];
    Claim claim = { .kind = CHECK_RATIO, .rule = CHECK_RULE_GROWTH_BASE, .stated = n, .verdict = CHECK_UNDECIDABLE };
    span_of(r, at, c, &claim.from, &claim.to);
    claim.note = T("文中没有基数", "the text gives no base");
    bool counted = c->now != SIZE_MAX && c->strength && r->num[c->now].kind == NUM_COUNT &&
                   num_exact(&r->num[c->now]) && n->kind == NUM_PERCENT && n->approx == APPROX_NOT && !n->chinese &&
                   change_is_growth(r, n) && is_counted(r, &r->num[c->now]);
    if (counted) {
        const Num *w = &r->num[c->now];
        int64_t base = 0;
        bool fits = verdict_base(w->value, n, n->way == WAY_DOWN, &base);
        claim.verdict = fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT;
        claim.note = fits ? T("有整数基数可得此幅度", "a whole base gives this change")
                          : T("任何整数基数都得不出这个幅度", "no whole base gives this change");
        if (fits && base) {
            claim.formula = words_num(r, w);
            StrBuf f = strbuf_in(r->arena);
            strbuf_addf(&f, "%.*s/%lld-1", STR_ARG(claim.formula), (long long)base);
            claim.formula = strbuf_str(&f);
            Wide now = w->value, before = (Wide)base * MICRO;
            claim.result = now >= before ? words_ratio(r->arena, now - before, before, 100, -1)
                                         : words_ratio(r->arena, before - now, before, 100, -1);
        }
    }
    claim_add(r, &claim);
}

/* 与上年同期（294批812人次）相比，减少18批、123人次，分别下降6.1%和15.1%: what is told is the base. */
static void say_growth_from(Reading *r, size_t at, const Change *c)
{
    const Num *d = &r->num[c->delta], *b = &r->num[c->now], *n = &r->num[at];
    say_growth_of(
        r, at, c, range_of(d), range_of(b), words_num(r, d), words_num(r, b), b->value > 0 && ratio_is_slip(d, b, n));
}

/* 批次、人次分别下降24.3%和11.4%: which figure goes with which is not for us to guess. */
static bool is_respective(const Reading *r, size_t at)
{
    const Num *n = &r->num[at];
    size_t from = at && r->num[at - 1].kind == n->kind ? r->num[at - 1].lead : n->lead;
    return text_has(&r->f, from, n->from, S("分别"));
}

enum { RESPECTIVE_MAX = 8 };

/* 由58支发展到83支，由1.26万人增加到1.94万人，分别增长43.1%和54.0%. */
static bool judge_pairs(Reading *r, size_t at, size_t count)
{
    if (at < 2 * count)
        return false;
    size_t first = at - 2 * count;
    for (size_t i = 0; i < count; i++) {
        size_t b = first + 2 * i;
        if (r->num[b].kind != NUM_COUNT || r->num[b + 1].kind != NUM_COUNT ||
            r->num[b].sentence != r->num[at].sentence || !num_same_measure(r, &r->num[b], &r->num[b + 1]) ||
            !change_is_from_to(r, b, b + 1))
            return false;
    }
    for (size_t i = 0; i < count; i++) {
        Change c = { first + 2 * i, first + 2 * i + 1, SIZE_MAX, STRENGTH_STRONG };
        r->num[at + i].way = r->num[at].way;
        say_growth(r, at + i, &c);
    }
    return true;
}

/* 合作社1243家、农场2186家，分别增加97家和264家，增长8.5%和13.7%: states, differences, changes, in order. */
static bool judge_deltas(Reading *r, size_t at)
{
    enum { EACH = 2 };
    const Num *n = &r->num[at];
    if (n->kind != NUM_PERCENT || at < 2 * EACH || at + 1 >= r->count || r->num[at + 1].kind != NUM_PERCENT ||
        r->num[at + 1].sentence != n->sentence ||
        !(text_has(&r->f, r->num[at - 3].end, r->num[at - 2].from, S("分别")) ||
            (text_has(&r->f, n->lead, n->from, S("分别")) && r->num[at - 2].way)))
        return false; /* or 47批62人次，减少19批28人次，分别下降28.8%和31.1% */
    for (size_t i = at - 2 * EACH; i < at; i++)
        if (r->num[i].kind != NUM_COUNT || r->num[i].approx || r->num[i].sentence != n->sentence ||
            !num_same_measure(r, &r->num[i], &r->num[i >= at - EACH ? i - EACH : i]))
            return false;
    for (size_t i = 0; i < EACH; i++) {
        Change c = { SIZE_MAX, at - 2 * EACH + i, at - EACH + i, STRENGTH_STRONG };
        r->num[at + i].way = n->way;
        r->num[c.delta].way = r->num[at - EACH].way;
        if (r->num[c.now].past)
            say_growth_from(r, at + i, &c);
        else
            say_growth_by_delta(r, at + i, &c);
    }
    return true;
}

/* 留置46人、移送39人，分别增长15%和8.3%，去年同期依次为40人和36人: as many changes as figures before them, in order. */
static bool judge_respective(Reading *r, size_t at)
{
    static const Str sums[] = { S_INIT("共"), S_INIT("合计"), S_INIT("总计"), WORDS_END };
    const Folded *f = &r->f;
    const Num *n = &r->num[at];
    size_t count = 0, first;
    if (judge_deltas(r, at))
        return true;
    if (n->kind != NUM_PERCENT || at == 0 || !text_has(f, r->num[at - 1].end, n->from, S("分别")))
        return false;
    while (at + count < r->count && count < RESPECTIVE_MAX && r->num[at + count].kind == NUM_PERCENT &&
           r->num[at + count].sentence == n->sentence)
        count++;
    if (count < 2 || at < count)
        return false;
    if (judge_pairs(r, at, count))
        return true;
    first = at - count;
    for (size_t i = first; i < at; i++)
        if (r->num[i].kind != NUM_COUNT || r->num[i].sentence != n->sentence || r->num[i].way || r->num[i].past ||
            num_lead_has_any(r, &r->num[i], sums))
            return false; /* 167件，共427件，后两年分别增长 */
    size_t base = at + count;
    if (base < r->count && r->num[base].chinese && r->num[base].value == (int64_t)count * MICRO)
        base++; /* 三项依次为 */
    bool based =
        base + count <= r->count && text_has_any(f, r->num[at + count - 1].end, r->num[base].from, change_past_times);
    for (size_t i = 0; based && i < count; i++)
        based = r->num[base + i].sentence == n->sentence && num_same_measure(r, &r->num[base + i], &r->num[first + i]);
    for (size_t i = 0; i < count; i++) {
        Change c = { based ? base + i : SIZE_MAX, first + i, SIZE_MAX, STRENGTH_STRONG };
        r->num[at + i].way = n->way; /* 分别下降24.3%和11.4% */
        if (based)
            say_growth(r, at + i, &c);
        else
            say_growth_alone(r, at + i, &c);
    }
    return true;
}

/* 由36个增加到58个，新增22个: what is new is the difference, though 新增 elsewhere tells of all there is. */
static bool is_added(const Reading *r, size_t at)
{
    const Num *n = &r->num[at];
    if (at + 1 < r->count && r->num[at + 1].sentence == n->sentence && num_same_measure(r, n, &r->num[at + 1]))
        return false; /* 新增30个、撤并8个 */
    return at >= 2 && n->kind == NUM_COUNT && text_ends(&r->f, n->lead, n->from, S("新增")) &&
           n->sentence == r->num[at - 2].sentence && num_same_measure(r, n, &r->num[at - 1]) &&
           num_same_measure(r, n, &r->num[at - 2]) && change_is_from_to(r, at - 2, at - 1);
}

/* 送审2965.4万元，审减258.7万元，审减率8.7%: of what there was before the cut, which stands before it. */
static bool is_cut_of(const Reading *r, size_t at, const Change *c)
{
    static const Str cuts[] = { S_INIT("审减率"), S_INIT("核减率"), S_INIT("节约率"), S_INIT("节资率"), WORDS_END };
    const Num *d = &r->num[c->delta], *w = &r->num[c->now], *n = &r->num[at];
    if (!num_lead_has_any(r, n, cuts) || w->value <= d->value)
        return false;
    return verdict_ratio(range_of(d), range_of(w), 100, n) || (!delta_fits(d, w, n) && ratio_is_slip(d, w, n));
}

/* 比年初的246个增加79个，增长32.1%: what it is compared with stands right before the difference. */
static bool is_base_of_delta(const Reading *r, const Change *c)
{
    static const Str than[] = { S_INIT("比"), S_INIT("较"), WORDS_END };
    const Num *b = &r->num[c->now];
    return c->now + 1 == c->delta && num_lead_has_any(r, b, than) && text_ends(&r->f, b->lead, b->from, S("的")) &&
           list_mark_between(r, b->end, r->num[c->delta].from) == MARK_NONE;
}

/* 28643元，增长5.9%，增加1596元: the difference right behind its rate. */
static bool is_delta_behind(const Reading *r, size_t at, size_t now)
{
    enum { BYTES = 18 };
    const Num *n = &r->num[at], *d = n + 1;
    return at + 1 < r->count && d->kind == NUM_COUNT && d->way == n->way && d->sentence == n->sentence && !d->approx &&
           d->from - n->end <= BYTES && num_same_measure(r, d, &r->num[now]) && d->value < r->num[now].value;
}

/* 市级由15名增至32名，县级由118名增至207名，两级合计增加106名，增幅79.7%: of all that was told, not of the last. */
static bool is_of_several(const Reading *r, size_t at)
{
    static const Str together[] = { S_INIT("合计"), S_INIT("总共"), S_INIT("共计"), S_INIT("两级"), WORDS_END };
    const Num *n = &r->num[at];
    bool told = n->kind == NUM_COUNT || at == 0 || r->num[at - 1].way == WAY_NONE;
    return num_lead_has_any(r, told ? n : n - 1, together);
}

static void judge_change(Reading *r, size_t at)
{
    if (is_added(r, at))
        r->num[at].way = WAY_UP;
    const Num *n = &r->num[at];
    static const Str yearly[] = { S_INIT("年均"), S_INIT("月均"), S_INIT("平均"), WORDS_END };
    uint8_t way = n->way;
    if (n->kind == NUM_PERCENT && num_lead_has_any(r, n, yearly))
        return; /* 年均增长9%: of each year */
    if (way == WAY_NONE || judge_respective(r, at))
        return;
    if (at && n->kind == NUM_PERCENT && r->num[at - 1].kind == NUM_PERCENT && judge_deltas(r, at - 1))
        return;
    Change c = change_find(r, at);
    if (is_respective(r, at))
        c = (Change){ SIZE_MAX, SIZE_MAX, SIZE_MAX, STRENGTH_NONE };
    if (is_of_several(r, at))
        c.strength = STRENGTH_WEAK;
    bool both = c.now != SIZE_MAX && c.before != SIZE_MAX;
    if (n->kind == NUM_COUNT && both)
        say_difference(r, at, &c);
    if (n->kind == NUM_POINTS) {
        if (both) {
            say_difference(r, at, &c);
            return;
        }
        Claim open = { .kind = CHECK_DIFFERENCE,
            .rule = CHECK_RULE_POINTS,
            .verdict = CHECK_UNDECIDABLE,
            .stated = n,
            .note = T("文中没有前一个百分数", "the text does not give the earlier rate") };
        span_of(r, at, &c, &open.from, &open.to);
        claim_add(r, &open);
    }
    if (n->kind != NUM_PERCENT && n->kind != NUM_TIMES)
        return;
    if (both && way != WAY_GAP)
        say_growth(r, at, &c);
    else if (c.delta != SIZE_MAX && c.now != SIZE_MAX && is_cut_of(r, at, &c))
        say_growth_of(r, at, &c, range_of(&r->num[c.delta]), range_of(&r->num[c.now]), words_num(r, &r->num[c.delta]),
            words_num(r, &r->num[c.now]), true);
    else if (c.delta != SIZE_MAX && c.now != SIZE_MAX) {
        bool base = is_base_of_delta(r, &c);
        if (!base)
            choose_state(r, at, &c);
        if (base || r->num[c.now].past)
            say_growth_from(r, at, &c);
        else
            say_growth_by_delta(r, at, &c);
    } else if (c.now != SIZE_MAX && c.strength && is_delta_behind(r, at, c.now)) {
        c.delta = at + 1;
        say_growth_by_delta(r, at, &c);
    } else
        say_growth_alone(r, at, &c);
}

void relation_changes(Reading *r)
{
    for (size_t i = 0; i < r->count; i++) {
        judge_change(r, i);
        relation_rest(r, i);
    }
}
