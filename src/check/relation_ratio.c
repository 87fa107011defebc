/* Rates: a part over its whole, the shares of a list, multiples. */
#include "check/list.h"

/* A percentage with one of these before it is a change, not a share. */
static const Str change_words[] = { S_INIT("增长"), S_INIT("增加"), S_INIT("上升"), S_INIT("提高"), S_INIT("提升"),
    S_INIT("下降"), S_INIT("减少"), S_INIT("降低"), S_INIT("压减"), S_INIT("压缩"), S_INIT("缩短"), S_INIT("增幅"),
    S_INIT("减幅"), S_INIT("降幅"), S_INIT("涨"), S_INIT("回落"), S_INIT("同比"), S_INIT("环比"), S_INIT("升"),
    S_INIT("降"), S_INIT("增"), S_INIT("减"), S_INIT("节约"), S_INIT("下滑"), WORDS_END };
static const Str rate_words[] = { S_INIT("率"), S_INIT("面"), S_INIT("占"), S_INIT("比例"), S_INIT("比重"),
    S_INIT("覆盖"), S_INIT("完成"), S_INIT("达"), WORDS_END };
static const Str totals[] = { S_INIT("共"), S_INIT("合计"), S_INIT("总"), S_INIT("应"), S_INIT("全"), WORDS_END };

/* Where the words around a percentage begin: a rate may stand a clause behind its counts. */
static size_t words_before(const Reading *r, size_t at)
{
    return at ? r->num[at - 1].end : r->par_from;
}

static bool is_change(const Reading *r, size_t at)
{
    const Num *n = &r->num[at];
    size_t from = n->lead;
    return text_has_any(&r->f, from, n->from, change_words) && !text_ends(&r->f, from, n->from, S("率")) &&
           !text_has(&r->f, from, n->from, S("占"));
}

static bool is_threshold(const Reading *r, const Num *n)
{
    return text_at(&r->f, n->end, S("的")) && (n->approx & (APPROX_BOUND | APPROX_RANGE));
}

/* --- one pair
 * --------------------------------------------------------------------------------------------------------- */

typedef struct Pair {
    Range part, whole;
    size_t first, last; /* indexes that the span must hold */
    Str part_text, whole_text;
} Pair;

static bool pair_fits(const Pair *p, const Num *rate)
{
    return verdict_ratio(p->part, p->whole, rate->kind == NUM_TIMES ? 1 : 100, rate);
}

static Pair pair_of(Reading *r, size_t part, size_t whole, size_t rate)
{
    size_t first = part < whole ? part : whole, last = part < whole ? whole : part;
    return (Pair){ range_of(&r->num[part]), range_of(&r->num[whole]), first < rate ? first : rate,
        last > rate ? last : rate, words_num(r, &r->num[part]), words_num(r, &r->num[whole]) };
}

static void say_pair(Reading *r, const Pair *p, size_t rate, CheckRule rule, CheckVerdict verdict)
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
    if (n->approx && verdict == CHECK_INCONSISTENT)
        verdict = CHECK_UNDECIDABLE;
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
    claim_add(r, &c);
}

static void say_open(Reading *r, size_t rate, size_t first)
{
    const Num *n = &r->num[rate];
    bool near = first < rate && r->num[first].sentence == n->sentence;
    Claim c = { CHECK_RATIO, CHECK_RULE_RATE, CHECK_UNDECIDABLE, near ? r->num[first].from : n->lead, n->end, n,
        STR_NONE, STR_NONE, STR_NONE,
        T("文中没有可以确定的分子和分母", "the text does not settle what is divided by what") };
    claim_add(r, &c);
}

/* --- candidates
 * ----------------------------------------------------------------------------------------------------------- */

enum { WHOLES_MAX = 8, WHOLES_COARSE = 3, FORWARD_MAX = 6 };

typedef struct Wholes {
    size_t at[WHOLES_MAX + 2];
    size_t count;
} Wholes;

/* A count of what there is, not of what was added and no average. */
static bool is_state(const Num *n)
{
    return n->kind == NUM_COUNT && !n->one && !n->way && !n->average;
}

static bool can_be_whole(const Reading *r, const Num *whole, const Num *part)
{
    return is_state(whole) && num_addable(r, whole, part) && whole->value >= part->value && whole->value > 0;
}

/* Counts before and behind that could hold the part, nearest first; a coarse rate fits so many that few are tried. */
static void find_wholes(const Reading *r, size_t part, size_t rate, Wholes *w)
{
    const Num *p = &r->num[part];
    size_t most = r->num[rate].step >= MICRO ? WHOLES_COARSE : WHOLES_MAX;
    size_t least = part > CHECK_WINDOW / 2 ? part - CHECK_WINDOW / 2 : 0;
    w->count = 0;
    for (size_t at = part; at > least && w->count < most; at--)
        if (can_be_whole(r, &r->num[at - 1], p) && r->num[at - 1].sentence + 1 >= p->sentence)
            w->at[w->count++] = at - 1;
    for (size_t at = rate + 1; at < r->count && at <= rate + FORWARD_MAX && w->count < most + 2; at++) {
        const Num *n = &r->num[at];
        if (n->sentence > p->sentence + 1)
            break;
        if (can_be_whole(r, n, p) && text_has_any(&r->f, n->lead, n->noun_to, totals))
            w->at[w->count++] = at;
    }
}

static bool fit_whole(Reading *r, size_t part, size_t rate, CheckRule rule)
{
    Wholes w;
    find_wholes(r, part, rate, &w);
    for (size_t i = 0; i < w.count; i++) {
        Pair p = pair_of(r, part, w.at[i], rate);
        if (pair_fits(&p, &r->num[rate])) {
            say_pair(r, &p, rate, rule, CHECK_CONSISTENT);
            return true;
        }
    }
    return false;
}

/* --- shares of a list
 * ------------------------------------------------------------------------------------------------------- */

enum { GROUP_MAX = 64 };

typedef struct Group {
    size_t part[GROUP_MAX];
    size_t rate[GROUP_MAX];
    size_t count;
    size_t next;
} Group;

static bool is_share(const Reading *r, size_t part, size_t rate)
{
    const Folded *f = &r->f;
    const Num *p = &r->num[part], *n = &r->num[rate];
    if (p->kind != NUM_COUNT || n->kind != NUM_PERCENT || n->sentence != p->sentence || is_change(r, rate))
        return false;
    size_t gap = text_count_chars(f, p->noun_to, n->from);
    if (n->depth > p->depth)
        return gap <= 4;
    return gap <= 16 && text_has(f, p->end, n->from, S("占")) && !text_has(f, p->end, n->from, S("合占")) &&
           !text_has(f, p->end, n->from, S("末项"));
}

/* 占31.6%（421个）: the share first. */
static bool is_share_first(const Reading *r, size_t rate, size_t part)
{
    const Num *p = &r->num[part], *n = &r->num[rate];
    return p->kind == NUM_COUNT && n->kind == NUM_PERCENT && n->sentence == p->sentence && n->way == WAY_NONE &&
           p->depth == n->depth + 1 && p->from == n->end + 1;
}

static void collect_reversed(const Reading *r, size_t from, Group *g)
{
    g->count = 0;
    for (g->next = from; g->next + 1 < r->count && g->count < GROUP_MAX && is_share_first(r, g->next, g->next + 1);
         g->next += 2) {
        if (r->num[g->next].sentence != r->num[from].sentence ||
            !num_addable(r, &r->num[from + 1], &r->num[g->next + 1]))
            break;
        g->rate[g->count] = g->next;
        g->part[g->count++] = g->next + 1;
    }
}

static void collect_group(const Reading *r, size_t from, Group *g)
{
    collect_reversed(r, from, g);
    if (g->count >= 2)
        return;
    g->count = 0;
    size_t at = from;
    while (at + 1 < r->count && g->count < GROUP_MAX && is_share(r, at, at + 1) &&
           (g->count == 0 ||
               (num_addable(r, &r->num[from], &r->num[at]) && r->num[at].sentence == r->num[from].sentence))) {
        g->part[g->count] = at;
        g->rate[g->count++] = at + 1;
        at += 2;
    }
    g->next = at;
}

static size_t fits_of(Reading *r, const Group *g, Range whole)
{
    size_t n = 0;
    for (size_t i = 0; i < g->count; i++)
        n += verdict_ratio(range_of(&r->num[g->part[i]]), whole, 100, &r->num[g->rate[i]]);
    return n;
}

static Range group_sum(const Reading *r, const Group *g)
{
    Range sum = { 0, 0 };
    for (size_t i = 0; i < g->count; i++)
        sum = range_add(sum, range_of(&r->num[g->part[i]]));
    return sum;
}

static Range group_shares(const Reading *r, const Group *g)
{
    Range sum = { 0, 0 };
    for (size_t i = 0; i < g->count; i++)
        sum = range_add(sum, range_at(r->num[g->rate[i]].value));
    return sum;
}

static void say_group(Reading *r, const Group *g, Range whole, Str whole_text)
{
    for (size_t i = 0; i < g->count; i++) {
        size_t part = g->part[i], rate = g->rate[i];
        Pair p = { range_of(&r->num[part]), whole, part < rate ? part : rate, part < rate ? rate : part,
            words_num(r, &r->num[part]), whole_text };
        say_pair(r, &p, rate, CHECK_RULE_SHARE, pair_fits(&p, &r->num[rate]) ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
    }
}

/* Only those that fit, where the whole is not sure. */
static void say_fitting(Reading *r, const Group *g, Range whole, Str whole_text)
{
    Group fitting = { .count = 0, .next = g->next };
    for (size_t i = 0; i < g->count; i++) {
        if (!verdict_ratio(range_of(&r->num[g->part[i]]), whole, 100, &r->num[g->rate[i]]))
            continue;
        fitting.part[fitting.count] = g->part[i];
        fitting.rate[fitting.count++] = g->rate[i];
    }
    say_group(r, &fitting, whole, whole_text);
}

static void say_group_open(Reading *r, const Group *g, size_t first)
{
    const Num *n = &r->num[g->rate[0]];
    Claim c = { CHECK_RATIO, CHECK_RULE_SHARE, CHECK_UNDECIDABLE, r->num[first].from, r->num[g->rate[g->count - 1]].end,
        n, STR_NONE, STR_NONE, STR_NONE,
        T("各项占比对不上文中的总数，请核对分母", "the shares fit no whole in the text: look at their base") };
    claim_add(r, &c);
}

/* 占总量的…: the text itself names the base. */
static bool names_base(const Reading *r, const Group *g, size_t whole)
{
    static const Str named[] = { S_INIT("占总量"), S_INIT("占“总量"), S_INIT("占总数"), S_INIT("占“总数"),
        S_INIT("占全部"), WORDS_END };
    return whole < g->part[0] && text_has_any(&r->f, r->num[whole].end, r->num[g->rate[0]].from, named);
}

/* Biggest of the parts, for the search of a whole. */
static size_t biggest(const Reading *r, const Group *g)
{
    size_t at = g->part[0];
    for (size_t i = 1; i < g->count; i++)
        if (r->num[g->part[i]].value > r->num[at].value)
            at = g->part[i];
    return at;
}

typedef struct Base {
    bool found;
    Range value;
    Str text;
    size_t at, fits;
} Base;

static Base best_whole(Reading *r, const Group *g)
{
    Base best = { 0 };
    Wholes w = { .count = 0 };
    const Num *like = &r->num[g->part[0]];
    size_t least = g->part[0] > CHECK_WINDOW / 2 ? g->part[0] - CHECK_WINDOW / 2 : 0;
    for (size_t at = g->part[0]; at > least && w.count < WHOLES_MAX; at--)
        if (is_state(&r->num[at - 1]) && num_addable(r, &r->num[at - 1], like) && r->num[at - 1].value > 0)
            w.at[w.count++] = at - 1;
    for (size_t at = g->next; at < r->count && at < g->next + 4 && w.count < WHOLES_MAX + 2; at++)
        if (is_state(&r->num[at]) && num_addable(r, &r->num[at], like) && r->num[at].value > 0 &&
            text_has_any(&r->f, r->num[at].lead, r->num[at].noun_to, totals))
            w.at[w.count++] = at;
    for (size_t i = 0; i < w.count; i++) {
        size_t fits = fits_of(r, g, range_of(&r->num[w.at[i]]));
        if (fits > best.fits || (!best.found && fits))
            best = (Base){ true, range_of(&r->num[w.at[i]]), words_num(r, &r->num[w.at[i]]), w.at[i], fits };
    }
    return best;
}

/* The list itself is the whole when its shares make a hundred. */
static Base own_sum(Reading *r, const Group *g)
{
    enum { NEAR_HUNDRED = 2 };
    Range sum = group_sum(r, g), shares = group_shares(r, g);
    Range half = range_at(NEAR_HUNDRED * MICRO);
    Wide hundred = 100 * (Wide)MICRO;
    Base b = { .value = sum, .text = words_value(r->arena, (sum.lo + sum.hi) / 2, 6), .fits = fits_of(r, g, sum) };
    b.found = shares.lo >= hundred - half.lo && shares.hi <= hundred + half.hi;
    return b;
}

/* Shares of a hundred over a whole that they fit: the parts must fill it too. */
static void say_group_sum(Reading *r, const Group *g, const Base *whole, const Base *own)
{
    const Num *w = &r->num[whole->at];
    Wide middle = (own->value.lo + own->value.hi) / 2;
    bool fits = verdict_prints(own->value, w);
    if (w->approx || (!fits && !list_one_digit_apart(middle, w->value, own->value.hi - own->value.lo)))
        return;
    StrBuf b = strbuf_in(r->arena);
    for (size_t i = 0; i < g->count; i++) {
        if (i)
            strbuf_addc(&b, '+');
        strbuf_add(&b, words_num(r, &r->num[g->part[i]]));
    }
    size_t first = whole->at < g->part[0] ? whole->at : g->part[0], last = g->rate[g->count - 1];
    Claim c = { CHECK_SUM, CHECK_RULE_PARTS, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT, r->num[first].from,
        r->num[whole->at > last ? whole->at : last].end, w, strbuf_str(&b), words_like(r, middle, w), STR_NONE,
        { NULL, NULL } };
    claim_add(r, &c);
}

static void judge_group(Reading *r, const Group *g)
{
    Base whole = best_whole(r, g), own = own_sum(r, g);
    size_t before = g->part[0] ? g->part[0] - 1 : 0;
    if (whole.found && own.found && whole.fits >= 2)
        say_group_sum(r, g, &whole, &own);
    if (whole.found && (whole.fits >= 2 || (whole.fits * 2 >= g->count && whole.fits >= own.fits))) {
        say_group(r, g, whole.value, whole.text);
        return;
    }
    if (g->part[0] && can_be_whole(r, &r->num[before], &r->num[biggest(r, g)]) && names_base(r, g, before)) {
        say_group(r, g, range_of(&r->num[before]), words_num(r, &r->num[before]));
        return;
    }
    bool has_whole = g->part[0] && can_be_whole(r, &r->num[before], &r->num[biggest(r, g)]) &&
                     r->num[before].sentence == r->num[g->part[0]].sentence;
    if (own.found && own.fits * 2 >= g->count && (own.fits >= 2 || g->count == 2) && !has_whole && g->count >= 3) {
        say_group(r, g, own.value, own.text);
        return;
    }
    if (whole.found)
        say_fitting(r, g, whole.value, whole.text);
    say_group_open(r, g, has_whole ? before : g->part[0]);
}

/* --- a rate behind its counts
 * -------------------------------------------------------------------------------------------------- */

static const Str denials[] = { S_INIT("不"), S_INIT("未"), S_INIT("非"), S_INIT("基本"), S_INIT("没有"), WORDS_END };

/* 办结率: the verb that its part's words should hold; 整改完成率 has two. */
static bool names_part(const Reading *r, size_t rate, size_t part)
{
    const Folded *f = &r->f;
    static const Str rates[] = { S_INIT("率"), S_INIT("比例"), S_INIT("占比"), S_INIT("比重"), S_INIT("面"),
        WORDS_END };
    const Num *n = &r->num[rate], *p = &r->num[part];
    size_t at = SIZE_MAX;
    for (int i = 0; rates[i].len && at == SIZE_MAX; i++)
        at = text_find(f, n->lead, n->from, rates[i]);
    if (at == SIZE_MAX)
        return false;
    for (int k = 0; k < 2 && at >= n->lead + 6; k++, at -= 6) {
        Str stem = { f->ptr + at - 6, 6 };
        size_t hit = text_find(f, p->lead, p->noun_to, stem);
        if (hit != SIZE_MAX)
            return !text_ends_any(f, p->lead, hit, denials);
    }
    return false;
}

static size_t previous_count(const Reading *r, size_t at, uint32_t sentence)
{
    for (size_t i = at, least = at > 8 ? at - 8 : 0; i > least; i--) {
        const Num *n = &r->num[i - 1];
        if (n->sentence != sentence)
            break;
        if (is_state(n) && !(n->family & (MEASURE_TIME | MEASURE_LEVEL)))
            return i - 1;
    }
    return SIZE_MAX;
}

/* No semicolon between: 整改率 of one clause is not that of the clause before. */
static bool same_clause(const Reading *r, size_t a, size_t b)
{
    return !text_has(&r->f, r->num[a].end, r->num[b].from, S(";"));
}

/* 综合满意率 over 满意, 基本满意 and 不满意: more than one count bears the verb. */
static bool is_ambiguous(const Reading *r, size_t rate)
{
    const Folded *f = &r->f;
    const Num *n = &r->num[rate];
    size_t at = text_find(f, n->lead, n->from, S("率")), found = 0;
    if (at == SIZE_MAX || at < n->lead + 6)
        return false;
    Str stem = { f->ptr + at - 6, 6 };
    for (size_t i = rate, least = rate > 6 ? rate - 6 : 0; i > least && same_clause(r, i - 1, rate); i--) {
        const Num *o = &r->num[i - 1];
        if (o->sentence != n->sentence || o->kind != NUM_COUNT || o->one)
            continue;
        if (found && !text_has(f, o->end, r->num[i].from, S("、")))
            break;
        found += text_has(f, o->lead, o->noun_to, stem);
    }
    return found > 1;
}

/* The count that the rate's own verb names, else the last one. */
static size_t find_part(const Reading *r, size_t rate, bool *named)
{
    enum { LOOK = 4 };
    uint32_t sentence = r->num[rate].sentence;
    size_t last = previous_count(r, rate, sentence), at = last;
    *named = false;
    for (int n = 0; n < LOOK && at != SIZE_MAX; n++, at = previous_count(r, at, sentence))
        if (!same_clause(r, at, rate))
            break;
        else if (names_part(r, rate, at)) {
            *named = true;
            return at;
        }
    return last;
}

/* 占全县230个村的82%, 完成年度目标150亿元的84.7%: the whole stands between the verb and the rate. */
static bool whole_inside(const Reading *r, size_t rate)
{
    static const Str opens[] = { S_INIT("占"), S_INIT("完成"), S_INIT("为"), S_INIT("是"), WORDS_END };
    const Folded *f = &r->f;
    const Num *n = &r->num[rate];
    if (rate < 2)
        return false;
    const Num *w = &r->num[rate - 1], *p = &r->num[rate - 2];
    if (w->kind != NUM_COUNT || p->kind != NUM_COUNT || w->sentence != n->sentence || p->sentence != n->sentence)
        return false;
    static const Str plans[] = { S_INIT("计划"), S_INIT("任务"), S_INIT("目标"), WORDS_END };
    if (num_lead_has_any(r, w, plans) && text_has(f, w->end, n->from, S("完成")) &&
        text_ends(f, w->end, n->from, S("的")))
        return num_same_measure(r, w, p) && n->from - w->end <= 36; /* 全年计划88个，完成年度任务的51.1% */
    if (text_has(f, w->end, n->from, S(",")) || text_has(f, w->end, n->from, S(";")))
        return false;
    return text_ends(f, w->end, n->from, S("的")) && n->from - w->end <= 24 && num_lead_has_any(r, w, opens) &&
           num_addable(r, w, p);
}

/* 占常住人口的12.9%（常住人口182.4万人）. */
static bool is_called_before(const Reading *r, size_t rate, const Num *whole)
{
    const Num *n = &r->num[rate];
    Str name = { r->f.ptr + whole->lead, whole->from - whole->lead };
    return name.len >= 6 && text_has(&r->f, n->lead, n->from, name);
}

/* The whole that a sentence is about: its first count of this measure when no other is larger, or the one that is
 * called a total. SIZE_MAX when the sentence has no such count. */
static size_t find_topic(const Reading *r, size_t part, size_t rate)
{
    enum { LOOK = 16 };
    static const Str called[] = { S_INIT("总数"), S_INIT("总量"), S_INIT("总计"), WORDS_END };
    const Num *p = &r->num[part];
    size_t first = SIZE_MAX, total = SIZE_MAX;
    int64_t largest = 0;
    for (size_t i = part, least = part > LOOK ? part - LOOK : 0; i > least; i--) {
        const Num *n = &r->num[i - 1];
        if (n->sentence != p->sentence)
            break;
        if (!is_state(n) || n->approx || n->depth > p->depth || !num_addable(r, n, p) ||
            (p->family != MEASURE_NONE && !num_same_measure(r, n, p)))
            continue;
        first = i - 1;
        largest = n->value > largest ? n->value : largest;
        if (num_lead_has_any(r, n, called))
            total = i - 1;
    }
    if (rate + 1 < r->count && r->num[rate + 1].depth > r->num[rate].depth &&
        r->num[rate + 1].sentence == p->sentence && num_addable(r, &r->num[rate + 1], p) &&
        (num_lead_has_any(r, &r->num[rate + 1], totals) || is_called_before(r, rate, &r->num[rate + 1])))
        return rate + 1;
    if (total != SIZE_MAX)
        return total;
    return first != SIZE_MAX && r->num[first].value == largest && largest > 0 ? first : SIZE_MAX;
}

/* How many counts of the part's kind stand between the last semicolon and a rate. */
static size_t counts_in_clause(const Reading *r, size_t rate)
{
    enum { LOOK = 8 };
    size_t count = 0;
    for (size_t i = rate, least = rate > LOOK ? rate - LOOK : 0; i > least && same_clause(r, i - 1, rate); i--)
        if (r->num[i - 1].sentence != r->num[rate].sentence)
            break;
        else
            count += is_state(&r->num[i - 1]) && num_addable(r, &r->num[i - 1], &r->num[rate - 1]);
    return count;
}

static bool is_plain_pair(const Reading *r, size_t part, size_t whole, size_t rate, bool named)
{
    const Folded *f = &r->f;
    const Num *p = &r->num[part], *w = &r->num[whole], *n = &r->num[rate];
    if (w->value < p->value && find_topic(r, whole, rate) != SIZE_MAX)
        return false; /* a sibling of the part: the whole stands farther ahead */
    if (part != whole + 1 || w->sentence != n->sentence || p->approx || w->approx || !num_addable(r, w, p) ||
        w->value <= 0)
        return false;
    if (!same_clause(r, whole, rate) || (!named && text_has(f, w->end, p->from, S("、"))))
        return false;
    if (p->family != MEASURE_NONE && w->family != MEASURE_NONE && !num_same_measure(r, p, w))
        return false;
    if (!num_same_noun(r, p, w) || p->depth != w->depth || w->depth > n->depth || p->each || w->each)
        return false;
    if (!named && (part + 1 != rate || (!text_has(f, n->lead, n->from, S("占")) && counts_in_clause(r, rate) != 2)))
        return false;
    return !text_has(f, w->end, p->from, S("平均")) && !text_has(f, w->end, p->from, S("每"));
}

static const Str own_words[] = { S_INIT("率"), S_INIT("面"), S_INIT("占"), S_INIT("占比"), S_INIT("比例"), WORDS_END };

/* 占行政村总数的35.7%: of something that has a name of its own. */
static bool is_share_of_else(const Reading *r, const Num *n)
{
    size_t at = text_find(&r->f, n->lead, n->from, S("占"));
    return at != SIZE_MAX && n->from >= at + 12 && text_ends(&r->f, at, n->from, S("的"));
}

/* 高级职称占…: what has a subject of its own is a share of that, not of the figure before. */
static bool has_own_subject(const Reading *r, const Num *n, const Num *part)
{
    enum { NAME = 6 };
    size_t at = text_find(&r->f, n->lead, n->from, S("占"));
    if (at == SIZE_MAX || at < n->lead + NAME)
        return false;
    Str name = { r->f.ptr + at - NAME, NAME };
    return !text_has(&r->f, part->lead, part->noun_to, name);
}

/* The rate speaks of these two: by its verb, by 占, or by standing in brackets behind them. */
static bool is_their_rate(const Reading *r, size_t part, size_t rate, bool named)
{
    const Folded *f = &r->f;
    const Num *n = &r->num[rate], *p = &r->num[part];
    if (named)
        return true;
    if (!num_lead_has_any(r, n, own_words) && n->depth <= p->depth)
        return false;
    static const Str elsewhere[] = { S_INIT("满意"), S_INIT("知晓"), S_INIT("参与"), S_INIT("分别"), S_INIT("同期"),
        S_INIT("上年"), S_INIT("和"), S_INIT("占总"), S_INIT("占全"), S_INIT("占应"), S_INIT("占已"), S_INIT("占巡"),
        S_INIT("合占"), S_INIT("均"), S_INIT("由"), S_INIT("从"), WORDS_END };
    return !text_has_any(f, p->noun_to, n->from, elsewhere) && !is_share_of_else(r, n) && !has_own_subject(r, n, p) &&
           text_count_chars(f, p->noun_to, n->from) <= 24;
}

/* A whole farther off is meant by 占, or by a rate that names its part; a bare 整改率 may have another. */
static bool is_topical(const Reading *r, size_t part, size_t rate, bool named, size_t topic)
{
    const Num *n = &r->num[rate];
    if (named || topic == rate + 1)
        return true;
    if (text_has(&r->f, n->lead, n->from, S("率")) || text_has(&r->f, n->lead, n->from, S("面")))
        return false;
    return part + 1 == rate && is_their_rate(r, part, rate, false) && !text_has(&r->f, n->lead, n->from, S("率"));
}

/* A类占59.3%, 女性占三成: the words before 占 are the label of a part that was told before. */
static bool labelled_part(Reading *r, size_t rate)
{
    enum { LOOK = 8, SHORT = 5, LONG = 24 };
    const Folded *f = &r->f;
    const Num *n = &r->num[rate];
    size_t end = text_find(f, n->lead, n->from, S("占"));
    if (rate == 0 || end == SIZE_MAX || n->from - end > 6 || end - n->lead < SHORT - 1 || end - n->lead > LONG)
        return false;
    Str label = { f->ptr + n->lead, end - n->lead };
    for (size_t i = rate, least = i > LOOK ? i - LOOK : 0; i > least; i--) {
        const Num *p = &r->num[i - 1];
        if (p->sentence != n->sentence)
            return false;
        size_t at = text_find(f, p->lead, p->from, label);
        if (!is_state(p) || p->approx || at == SIZE_MAX || at + label.len != p->from)
            continue;
        if (fit_whole(r, i - 1, rate, CHECK_RULE_RATE))
            return true;
        size_t topic = find_topic(r, i - 1, rate);
        if (topic == SIZE_MAX)
            return false;
        Pair pair = pair_of(r, i - 1, topic, rate);
        say_pair(r, &pair, rate, CHECK_RULE_RATE, CHECK_INCONSISTENT);
        return true;
    }
    return false;
}

/* 占化解数的31.5%: the words between name the whole. */
static bool whole_named(Reading *r, size_t rate)
{
    enum { LOOK = 8 };
    static const Str ends[] = { S_INIT("总数的"), S_INIT("数的"), S_INIT("总量的"), S_INIT("的"), WORDS_END };
    const Folded *f = &r->f;
    const Num *n = &r->num[rate];
    size_t from = text_find(f, n->lead, n->from, S("占")), end = 0;
    for (int i = 0; ends[i].len && !end; i++)
        if (text_ends(f, n->lead, n->from, ends[i]))
            end = n->from - ends[i].len;
    if (from == SIZE_MAX || end < from + 9 || rate == 0)
        return false;
    const Num *p = &r->num[rate - 1];
    if (has_own_subject(r, n, p))
        return false;
    Str stem = { f->ptr + from + 3, end - from - 3 };
    for (size_t i = rate - 1, least = i > LOOK ? i - LOOK : 0; i > least; i--) {
        const Num *w = &r->num[i - 1];
        if (w->sentence != n->sentence || p->sentence != n->sentence)
            return false;
        if (!is_state(w) || !is_state(p) || w->approx || p->approx || !num_same_measure(r, w, p) ||
            !text_has(f, w->lead, w->end + 30 < r->num[i].from ? w->end + 30 : r->num[i].from, stem))
            continue;
        Pair pair = pair_of(r, rate - 1, i - 1, rate);
        say_pair(r, &pair, rate, CHECK_RULE_RATE, pair_fits(&pair, n) ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
        return true;
    }
    return false;
}

/* 发现问题3876个，整改率94.4%，已整改3659个. */
static bool named_behind(Reading *r, size_t rate)
{
    if (rate == 0 || rate + 1 >= r->count)
        return false;
    const Num *n = &r->num[rate], *p = &r->num[rate + 1];
    size_t whole = rate - 1;
    if (!is_state(&r->num[whole]) && p->sentence == n->sentence && is_state(p))
        whole = find_topic(r, rate + 1, rate); /* …83个，占70.3%；开工率75.4%，已开工89个 */
    if (whole >= rate)
        return false;
    const Num *w = &r->num[whole];
    if (!is_state(w) || !is_state(p) || w->sentence != n->sentence || p->sentence != n->sentence || w->approx ||
        p->approx || !num_same_measure(r, w, p) || !same_clause(r, rate, rate + 1) || !names_part(r, rate, rate + 1) ||
        names_part(r, rate, rate - 1))
        return false;
    Pair pair = pair_of(r, rate + 1, whole, rate);
    say_pair(r, &pair, rate, CHECK_RULE_RATE, pair_fits(&pair, n) ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
    return true;
}

/* 三分之一属于制度问题，即20个: the part stands behind its share. */
static bool part_behind(Reading *r, size_t rate)
{
    const Folded *f = &r->f;
    if (rate + 1 >= r->count || rate == 0)
        return false;
    const Num *n = &r->num[rate], *p = &r->num[rate + 1];
    bool bracket = p->from == n->end + 1 && f->ptr[n->end] == '(' && text_has(f, n->lead, n->from, S("完成"));
    if (p->kind != NUM_COUNT || p->sentence != n->sentence || !(bracket || text_ends(f, n->end, p->from, S("即"))))
        return false;
    size_t topic = find_topic(r, rate + 1, rate);
    if (topic == SIZE_MAX || topic > rate)
        return false;
    Pair pair = pair_of(r, rate + 1, topic, rate);
    say_pair(r, &pair, rate, CHECK_RULE_RATE, pair_fits(&pair, n) ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
    return true;
}

/* 64批降至16批，仅为原来的四分之一. */
static bool of_before(Reading *r, size_t rate)
{
    static const Str words[] = { S_INIT("原来的"), S_INIT("上年的"), S_INIT("去年的"), S_INIT("同期的"), WORDS_END };
    if (rate < 2 || !text_ends_any(&r->f, r->num[rate - 1].end, r->num[rate].from, words))
        return false;
    const Num *b = &r->num[rate - 2], *w = &r->num[rate - 1], *n = &r->num[rate];
    if (b->kind != NUM_COUNT || w->kind != NUM_COUNT || b->sentence != n->sentence || !num_same_measure(r, b, w))
        return false;
    Pair p = pair_of(r, rate - 1, rate - 2, rate);
    say_pair(r, &p, rate, CHECK_RULE_RATE, pair_fits(&p, n) ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
    return true;
}

static Str plus_between(Reading *r, size_t from, size_t to)
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

/* 立行立改147个、期内完成331个…完成率90.87%: some neighbours together over the whole before them. A coarse rate would
 * fit by accident. */
static bool fit_run(Reading *r, size_t rate)
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
        if (!is_state(whole) || whole->approx)
            continue;
        for (size_t from = w; from + 1 < rate; from++) {
            Range sum = range_of(&r->num[from]);
            for (size_t to = from + 1; to < rate && is_state(&r->num[to]) && num_addable(r, whole, &r->num[to]) &&
                                       num_addable(r, whole, &r->num[from]) && is_state(&r->num[from]);
                 to++) {
                sum = range_add(sum, range_of(&r->num[to]));
                Pair p = { sum, range_of(whole), w - 1, rate, plus_between(r, from, to + 1), words_num(r, whole) };
                if (pair_fits(&p, n)) {
                    say_pair(r, &p, rate, CHECK_RULE_RATE, CHECK_CONSISTENT);
                    return true;
                }
            }
        }
    }
    return false;
}

static void judge_rate(Reading *r, size_t rate)
{
    bool named;
    const Num *n = &r->num[rate];
    size_t part = find_part(r, rate, &named);
    if (part == SIZE_MAX) {
        say_open(r, rate, rate);
        return;
    }
    if (whole_inside(r, rate)) {
        Pair p = pair_of(r, rate - 2, rate - 1, rate);
        say_pair(r, &p, rate, CHECK_RULE_RATE, pair_fits(&p, n) ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
        return;
    }
    if (fit_whole(r, part, rate, CHECK_RULE_RATE))
        return;
    if (fit_run(r, rate))
        return;
    size_t whole = previous_count(r, part, n->sentence), last = previous_count(r, rate, n->sentence);
    if (last != part && last != SIZE_MAX && fit_whole(r, last, rate, CHECK_RULE_RATE))
        return;
    if (whole != SIZE_MAX && !is_ambiguous(r, rate) && is_plain_pair(r, part, whole, rate, named) &&
        is_their_rate(r, part, rate, named)) {
        Pair p = pair_of(r, part, whole, rate);
        say_pair(r, &p, rate, CHECK_RULE_RATE, CHECK_INCONSISTENT);
        return;
    }
    size_t topic = find_topic(r, part, rate);
    if (topic != SIZE_MAX && named && (r->num[part].family & MEASURE_MONEY) &&
        !text_has(&r->f, r->num[part].lead, r->num[part].from, S("已")) &&
        !same_clause(r, topic < rate ? topic : rate, rate))
        topic = SIZE_MAX; /* 不良率 of a balance is not over what was lent a clause before */
    if (topic != SIZE_MAX && !is_ambiguous(r, rate) && is_topical(r, part, rate, named, topic)) {
        Pair p = pair_of(r, part, topic, rate);
        say_pair(r, &p, rate, CHECK_RULE_RATE, pair_fits(&p, n) ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
        return;
    }
    say_open(r, rate, whole == SIZE_MAX ? part : whole);
}

/* --- the first items of a list
 * ----------------------------------------------------------------------------------------------- */

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
        plus_between(r, from, parts),
        whole_to - whole_from == 1 ? words_num(r, &r->num[whole_from]) : plus_between(r, whole_from, whole_to) };
    if (!pair_fits(&p, &r->num[rate]))
        return false;
    say_pair(r, &p, rate, CHECK_RULE_SHARE_OF_FIRST, CHECK_CONSISTENT);
    return true;
}

static void say_first_or_not(Reading *r, size_t rate, size_t from, size_t parts, size_t whole_from, size_t whole_to)
{
    if (say_first(r, rate, from, parts, whole_from, whole_to))
        return;
    Pair p = { sum_between(r, from, parts), sum_between(r, whole_from, whole_to), from, rate,
        plus_between(r, from, parts),
        whole_to - whole_from == 1 ? words_num(r, &r->num[whole_from]) : plus_between(r, whole_from, whole_to) };
    say_pair(r, &p, rate, CHECK_RULE_SHARE_OF_FIRST, CHECK_INCONSISTENT);
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

/* --- multiples
 * ------------------------------------------------------------------------------------------------------------------ */

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
        Pair p = pair_of(r, rate - 2, rate - 1, rate);
        say_pair(r, &p, rate, CHECK_RULE_MULTIPLE, pair_fits(&p, n) ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
        return true;
    }
    if (!text_has_any(f, w->end, n->from, is_words))
        return false;
    for (size_t at = rate + 1; at < r->count && at <= rate + FORWARD_MAX && r->num[at].sentence == n->sentence; at++) {
        const Num *b = &r->num[at];
        for (size_t part = rate; b->kind == NUM_COUNT && part > 0 && part + 4 > rate; part--) {
            if (r->num[part - 1].kind != NUM_COUNT || !num_addable(r, &r->num[part - 1], b))
                continue;
            Pair p = pair_of(r, part - 1, at, rate);
            if (pair_fits(&p, n)) {
                say_pair(r, &p, rate, CHECK_RULE_MULTIPLE, CHECK_CONSISTENT);
                return true;
            }
        }
    }
    say_open(r, rate, rate - 1);
    return true;
}

static bool follows_count(const Reading *r, size_t rate)
{
    enum { NEAR = 18 };
    return rate && is_state(&r->num[rate - 1]) && r->num[rate - 1].sentence == r->num[rate].sentence &&
           r->num[rate].from - r->num[rate - 1].end <= NEAR;
}

void relation_ratios(Reading *r)
{
    Group g;
    for (size_t i = 0; i < r->count; i++) {
        collect_group(r, i, &g);
        if (g.count >= 2) {
            judge_group(r, &g);
            i = g.next - 1;
            continue;
        }
        const Num *n = &r->num[i];
        if (n->kind == NUM_TIMES && !is_change(r, i))
            judge_times(r, i);
        if (n->kind != NUM_PERCENT || is_change(r, i) || is_threshold(r, n))
            continue;
        if (judge_first(r, i))
            continue;
        if (part_behind(r, i) || of_before(r, i) || named_behind(r, i) || whole_named(r, i) || labelled_part(r, i))
            continue;
        if (text_has_any(&r->f, words_before(r, i), n->from, rate_words) || n->depth || whole_inside(r, i))
            judge_rate(r, i);
        else if (follows_count(r, i))
            fit_whole(r, i - 1, i, CHECK_RULE_RATE); /* …改好8198个，写作91.9%: told where it fits */
    }
}
