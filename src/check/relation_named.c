/* Shares that say of what they are. Those told behind the figures they are of, in order:
 * 51起、42起，占比分别为54.8%和45.2%; those with a subject and a whole of their own: 立案数占移交线索数的46%. */
#include "check/ratio.h"

enum { RESPECTIVE_MAX = 12, WHOLE_LOOK = 12 };

/* As many percentages as stand here with nothing but marks between. */
static size_t count_shares(const Reading *r, size_t at)
{
    const Num *first = &r->num[at];
    size_t n = 0;
    for (; at + n < r->count && n < RESPECTIVE_MAX; n++) {
        const Num *s = &r->num[at + n];
        if (s->kind != NUM_PERCENT || s->sentence != first->sentence || s->depth != first->depth || s->approx)
            break;
        if (n && s->from - r->num[at + n - 1].end > S("以及").len)
            break;
    }
    return n;
}

/* The `count` figures of one measure before `end`; changes and shares may stand between
 * (第一产业52.17亿元，增长3.8%；…), and 三项 behind them. */
static bool find_parts(const Reading *r, size_t end, size_t count, size_t *part)
{
    size_t found = 0, at = end;
    if (end && r->num[end - 1].chinese && r->num[end - 1].value == (int64_t)count * MICRO)
        at--;
    for (; at > 0 && found < count; at--) {
        const Num *p = &r->num[at - 1];
        if (p->kind == NUM_PERCENT && p->way)
            continue;
        if (!ratio_is_state(p) || p->approx || p->past || p->sentence + 1 < r->num[end].sentence ||
            (found &&
                (!num_same_measure(r, p, &r->num[part[count - 1]]) || p->sentence != r->num[part[count - 1]].sentence)))
            return false;
        part[count - ++found] = at - 1;
    }
    return found == count;
}

static bool is_one_of(size_t at, const size_t *part, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (part[i] == at)
            return true;
    return false;
}

/* The whole of which most of the shares are; SIZE_MAX: none. One that not even half of them fit is not meant. */
static size_t find_whole(Reading *r, const size_t *part, size_t count, size_t at)
{
    size_t least = part[0] > WHOLE_LOOK ? part[0] - WHOLE_LOOK : 0, best = SIZE_MAX, most = 0;
    for (size_t w = at; w > least; w--) {
        size_t fits = 0;
        if (is_one_of(w - 1, part, count) || !ratio_can_be_whole(r, &r->num[w - 1], &r->num[part[0]]) ||
            r->num[w - 1].sentence + 1 < r->num[part[0]].sentence)
            continue;
        for (size_t i = 0; i < count; i++) {
            Pair p = ratio_pair(r, part[i], w - 1, at + i);
            fits += ratio_fits(&p, &r->num[at + i]);
        }
        if (fits > most)
            best = w - 1, most = fits;
    }
    return most * 2 >= count ? best : SIZE_MAX;
}

/* None fits, but one would with another digit. */
static size_t slipped_whole(const Reading *r, const size_t *part, size_t count, size_t at)
{
    size_t rate[RESPECTIVE_MAX], least = part[0] > WHOLE_LOOK ? part[0] - WHOLE_LOOK : 0;
    for (size_t i = 0; i < count; i++)
        rate[i] = at + i;
    for (size_t w = part[0]; w > least; w--)
        if (ratio_is_state(&r->num[w - 1]) && num_addable(r, &r->num[w - 1], &r->num[part[0]]) &&
            r->num[w - 1].sentence + 1 >= r->num[part[0]].sentence &&
            ratio_whole_is_slip(r, &r->num[w - 1], part, rate, count))
            return w - 1;
    return SIZE_MAX;
}

/* 8件已化解6件，42件已化解35件，化解率分别为75.0%和83.3%, or both wholes first: one rate that fits shows which goes
 * with which. */
static bool respective_pairs(Reading *r, size_t at)
{
    enum { PAIRS = 2, FIGURES = 2 * PAIRS };
    static const size_t orders[2][FIGURES] = { { 0, 1, 2, 3 }, { 0, 2, 1, 3 } }; /* whole, part; whole, part */
    if (at < FIGURES || !text_has(&r->f, r->num[at].lead, r->num[at].from, S("率")))
        return false;
    const Num *f = &r->num[at - FIGURES];
    for (size_t i = 0; i < FIGURES; i++)
        if (!ratio_is_state(&f[i]) || f[i].approx || f[i].sentence != r->num[at].sentence)
            return false;
    bool crossed = num_same_measure(r, &f[0], &f[2]) && num_same_measure(r, &f[1], &f[3]); /* 213人96万元，已退209人… */
    if (!crossed)
        return false;
    for (size_t order = num_same_measure(r, &f[0], &f[1]) ? 0 : 1; order < 2; order++) {
        Pair pair[PAIRS];
        bool fits[PAIRS];
        for (size_t k = 0; k < PAIRS; k++) {
            size_t whole = at - FIGURES + orders[order][2 * k], part = at - FIGURES + orders[order][2 * k + 1];
            pair[k] = ratio_pair(r, part, whole, at + k);
            pair[k].strength = STRENGTH_STRONG; /* the other rate shows which goes with which */
            fits[k] = ratio_fits(&pair[k], &r->num[at + k]);
        }
        if (!fits[0] && !fits[1])
            continue;
        for (size_t k = 0; k < PAIRS; k++)
            ratio_say(r, &pair[k], at + k, CHECK_RULE_RATE);
        return true;
    }
    return false;
}

/* 甲1536个，乙5306个，分别占22.4%和77.6%: shares of a hundred leave nothing out, so the parts are their own whole. */
static bool of_own_sum(Reading *r, const size_t *part, size_t count, size_t at)
{
    Wide shares = 0, slack = 0, hundred = 100 * (Wide)MICRO;
    Range sum = { 0, 0 };
    for (size_t i = 0; i < count; i++) {
        shares += r->num[at + i].value;
        slack += r->num[at + i].step / 2;
        sum = range_add(sum, range_of(&r->num[part[i]]));
    }
    if (shares < hundred - slack || shares > hundred + slack)
        return false;
    for (size_t i = 0; i < count; i++) {
        Pair p = ratio_pair(r, part[i], part[0], at + i);
        p.whole = sum;
        p.whole_text = words_value(r->arena, (sum.lo + sum.hi) / 2, 6);
        p.by = NULL;
        p.strength = STRENGTH_STRONG;
        ratio_say(r, &p, at + i, CHECK_RULE_SHARE);
    }
    return true;
}

size_t relation_respective(Reading *r, size_t at)
{
    static const Str shares[] = { S_INIT("占"), S_INIT("比重"), S_INIT("率"), WORDS_END };
    const Num *n = &r->num[at];
    size_t count = n->kind == NUM_PERCENT && !ratio_is_change(r, at) ? count_shares(r, at) : 0, part[RESPECTIVE_MAX];
    if (count < 2 || at == 0)
        return at;
    bool between = text_has(&r->f, r->num[at - 1].lead, r->num[at - 1].from, S("分别占")); /* 分别占总数642人的 */
    static const Str in_order[] = { S_INIT("分别"), S_INIT("依次"), WORDS_END };
    bool ordered = num_lead_has_any(r, n, in_order), behind = num_lead_has_any(r, n, shares) && ordered;
    if (count == 2 && ordered && respective_pairs(r, at))
        return at + count;
    static const Str sums[] = { S_INIT("共"), S_INIT("合计"), S_INIT("总计"), WORDS_END };
    size_t end = between ? at - 1 : at;
    if (!between && ordered && end && num_lead_ends_any(r, &r->num[end - 1], sums))
        end--, behind = true; /* …三类共330人；分别占5.5%、29.4%、65.2% */
    if ((!between && !behind) || !find_parts(r, end, count, part))
        return at;
    size_t whole = find_whole(r, part, count, at);
    bool slipped = whole == SIZE_MAX;
    if (slipped)
        whole = slipped_whole(r, part, count, at);
    if (whole == SIZE_MAX)
        return of_own_sum(r, part, count, at) ? at + count : at;
    for (size_t i = 0; i < count; i++) {
        Pair p = ratio_pair(r, part[i], whole, at + i);
        p.strength = STRENGTH_STRONG; /* the other shares are of this whole */
        ratio_say(r, &p, at + i, CHECK_RULE_SHARE);
    }
    return at + count;
}

/* --- both named -------------------------------------------------------------------------------------------------- */

enum { NAME = 6, NAMED_LOOK = 10 };

/* The only count before the rate whose words hold the name; SIZE_MAX: none, or several. */
static size_t only_called(const Reading *r, size_t rate, Str name)
{
    size_t found = SIZE_MAX;
    for (size_t i = rate, least = i > NAMED_LOOK ? i - NAMED_LOOK : 0; i > least; i--) {
        const Num *n = &r->num[i - 1];
        if (n->sentence != r->num[rate].sentence)
            break;
        if (n->kind != NUM_COUNT || !text_has(&r->f, n->lead, n->from, name))
            continue;
        if (found != SIZE_MAX)
            return SIZE_MAX;
        found = i - 1;
    }
    return found;
}

bool ratio_both_named(Reading *r, size_t rate)
{
    static const Str amounts[] = { S_INIT("数的"), S_INIT("额的"), S_INIT("量的"), WORDS_END };
    const Folded *f = &r->f;
    const Num *n = &r->num[rate];
    size_t at = text_find(f, n->lead, n->from, S("占"));
    if (at == SIZE_MAX || at < n->lead + NAME || n->from < at + 3 + 2 * NAME || !num_lead_ends_any(r, n, amounts))
        return false;
    size_t part = only_called(r, rate, (Str){ f->ptr + n->lead, NAME });
    size_t whole = only_called(r, rate, (Str){ f->ptr + at + 3, NAME });
    if (part == SIZE_MAX || whole == SIZE_MAX || part == whole)
        return false;
    const Num *p = &r->num[part], *w = &r->num[whole];
    if (!ratio_is_state(p) || !ratio_is_state(w) || p->approx || w->approx || !num_same_measure(r, p, w))
        return false;
    Pair pair = ratio_pair(r, part, whole, rate);
    pair.strength = STRENGTH_STRONG;
    ratio_say(r, &pair, rate, CHECK_RULE_RATE);
    return true;
}

/* --- of the total ------------------------------------------------------------------------------------------------ */

/* Two figures of one sentence, or the earlier of the sentence before and the later behind 其中. */
static bool is_spoken_of(const Reading *r, const Num *whole, const Num *part)
{
    if (whole->sentence == part->sentence)
        return true;
    size_t stop = text_find(&r->f, whole->end, part->from, S("。"));
    return whole->sentence + 1 == part->sentence && stop != SIZE_MAX && text_at(&r->f, stop + 3, S("其中"));
}

bool ratio_of_total(Reading *r, size_t rate)
{
    static const Str totals[] = { S_INIT("占总量的"), S_INIT("占总数的"), S_INIT("占全部的"), WORDS_END };
    const Num *n = &r->num[rate];
    if (rate < 2 || !num_lead_ends_any(r, n, totals) || !ratio_is_state(&r->num[rate - 1]) ||
        r->num[rate - 1].sentence != n->sentence || n->from - r->num[rate - 1].noun_to > 18)
        return false;
    const Num *p = &r->num[rate - 1];
    size_t first = SIZE_MAX, least = rate > WHOLE_LOOK ? rate - WHOLE_LOOK : 0;
    int64_t largest = p->value;
    for (size_t i = rate - 1; i > least && is_spoken_of(r, &r->num[i - 1], p); i--) {
        const Num *w = &r->num[i - 1];
        if (!ratio_is_state(w) || w->past || w->approx || !num_same_measure(r, w, p))
            continue;
        first = i - 1;
        largest = w->value > largest ? w->value : largest;
    }
    if (first == SIZE_MAX || r->num[first].value < largest || p->approx)
        return false;
    Pair pair = ratio_pair(r, rate - 1, first, rate);
    pair.strength = STRENGTH_STRONG;
    ratio_say(r, &pair, rate, CHECK_RULE_RATE);
    return true;
}

/* --- other wholes ------------------------------------------------------------------------------------------------ */

/* 64批降至16批，仅为原来的四分之一. */
bool ratio_of_before(Reading *r, size_t rate)
{
    static const Str words[] = { S_INIT("原来的"), S_INIT("上年的"), S_INIT("去年的"), S_INIT("同期的"), WORDS_END };
    if (rate < 2 || !text_ends_any(&r->f, r->num[rate - 1].end, r->num[rate].from, words))
        return false;
    const Num *b = &r->num[rate - 2], *w = &r->num[rate - 1], *n = &r->num[rate];
    if (b->kind != NUM_COUNT || w->kind != NUM_COUNT || b->sentence != n->sentence || !num_same_measure(r, b, w))
        return false;
    Pair p = ratio_pair(r, rate - 1, rate - 2, rate);
    p.strength = STRENGTH_STRONG;
    ratio_say(r, &p, rate, CHECK_RULE_RATE);
    return true;
}

/* 立行立改147个、期内完成331个…完成率90.87%: some neighbours together over the whole before them. A coarse rate would
 * fit by accident. */
bool ratio_fit_run(Reading *r, size_t rate)
{
    enum { LOOK = 6 };
    const Num *n = &r->num[rate];
    size_t least = rate > LOOK ? rate - LOOK : 0;
    if (n->step >= MICRO)
        return false;
    for (size_t w = rate; w > least; w--) {
        const Num *whole = &r->num[w - 1];
        if (whole->sentence != n->sentence)
            break;
        if (!ratio_is_state(whole) || whole->approx)
            continue;
        for (size_t from = w; from + 1 < rate; from++) {
            Range sum = range_of(&r->num[from]);
            for (size_t to = from + 1; to < rate && ratio_is_state(&r->num[to]) && num_addable(r, whole, &r->num[to]) &&
                                       num_addable(r, whole, &r->num[from]) && ratio_is_state(&r->num[from]);
                 to++) {
                sum = range_add(sum, range_of(&r->num[to]));
                Pair p = { sum, range_of(whole), w - 1, rate, ratio_sum_text(r, from, to + 1), words_num(r, whole),
                    NULL, NULL, STRENGTH_STRONG };
                if (ratio_fits(&p, n)) {
                    ratio_say(r, &p, rate, CHECK_RULE_RATE);
                    return true;
                }
            }
        }
    }
    return false;
}

/* 巡察257个，全县应巡261个，覆盖率98.5%: what should have been done is the whole, though it stands behind. */
bool ratio_of_what_should(Reading *r, size_t rate, size_t whole)
{
    const Num *n = &r->num[rate], *w = &r->num[whole];
    if (whole == 0 || !text_has(&r->f, w->lead, w->from, S("应")) || w->approx)
        return false;
    const Num *p = &r->num[whole - 1];
    if (p->sentence != n->sentence || !ratio_is_state(p) || p->approx || !num_addable(r, w, p) ||
        !num_same_measure(r, w, p) || !ratio_same_clause(r, whole - 1, rate))
        return false;
    Pair pair = ratio_pair(r, whole - 1, whole, rate);
    pair.strength = whole + 1 == rate ? STRENGTH_STRONG : STRENGTH_MIDDLE;
    bool said = ratio_fits(&pair, n) || ratio_refutes(r, &pair, rate);
    if (said)
        ratio_say(r, &pair, rate, CHECK_RULE_RATE);
    return said;
}
