/* Shares of a list: 来信206件（44.7%）、网络164件（35.6%）, each over one whole. */
#include "check/list.h"
#include "check/ratio.h"

/* --- shares of a list -------------------------------------------------------------------------------------------- */

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
    if (p->kind != NUM_COUNT || n->kind != NUM_PERCENT || n->sentence != p->sentence || ratio_is_change(r, rate))
        return false;
    size_t gap = text_count_chars(f, p->noun_to, n->from);
    if (n->depth > p->depth)
        return gap <= 4;
    if (n->lead < n->from && ratio_has_own_subject(r, n, p))
        return false; /* 出院病人3.14万人次，县域内住院量占比90.1% */
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

/* 占总投资的: what the share calls its whole, with 占; empty: nothing. */
static Str base_name(const Reading *r, size_t part, size_t rate)
{
    size_t from = r->num[part].end, to = r->num[rate].from, at = text_find(&r->f, from, to, S("占"));
    return at != SIZE_MAX && text_ends(&r->f, at, to, S("的")) ? (Str){ r->f.ptr + at, to - at } : STR_NONE;
}

/* 占年度计划的66.8%，…占总投资的53.6%: shares of two wholes are no group. */
static bool has_other_base(const Reading *r, size_t part, size_t next)
{
    Str first = base_name(r, part, part + 1), second = base_name(r, next, next + 1);
    return first.len && second.len && !str_eq(first, second);
}

static void collect_group(const Reading *r, size_t from, Group *g)
{
    collect_reversed(r, from, g);
    if (g->count >= 2)
        return;
    g->count = 0;
    size_t at = from;
    while (at + 1 < r->count && g->count < GROUP_MAX && is_share(r, at, at + 1) &&
           (g->count == 0 || (num_addable(r, &r->num[from], &r->num[at]) &&
                                 r->num[at].sentence == r->num[from].sentence && !has_other_base(r, from, at)))) {
        g->part[g->count] = at;
        g->rate[g->count++] = at + 1;
        at += 2;
        size_t next = at;
        while (next < r->count && next < at + 2 && (r->num[next].family & MEASURE_TIME))
            next++; /* 41岁至50岁的274人 */
        if (next + 1 < r->count && is_share(r, next, next + 1))
            at = next;
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

static void say_group(Reading *r, const Group *g, Range whole, Str whole_text, const Num *by)
{
    for (size_t i = 0; i < g->count; i++) {
        size_t part = g->part[i], rate = g->rate[i];
        Pair p = { range_of(&r->num[part]), whole, part < rate ? part : rate, part < rate ? rate : part,
            words_num(r, &r->num[part]), whole_text, &r->num[part], by, STRENGTH_STRONG };
        ratio_say(r, &p, rate, CHECK_RULE_SHARE);
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
    say_group(r, &fitting, whole, whole_text, NULL);
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
    struct {
        size_t at[RATIO_WHOLES_MAX + 2];
        size_t count;
    } w = { .count = 0 };
    const Num *like = &r->num[g->part[0]];
    size_t least = g->part[0] > CHECK_WINDOW / 2 ? g->part[0] - CHECK_WINDOW / 2 : 0;
    for (size_t at = g->part[0]; at > least && w.count < RATIO_WHOLES_MAX; at--)
        if (ratio_is_state(&r->num[at - 1]) && num_addable(r, &r->num[at - 1], like) && r->num[at - 1].value > 0)
            w.at[w.count++] = at - 1;
    for (size_t at = g->next; at < r->count && at < g->next + 4 && w.count < RATIO_WHOLES_MAX + 2; at++)
        if (ratio_is_state(&r->num[at]) && num_addable(r, &r->num[at], like) && r->num[at].value > 0 &&
            text_has_any(&r->f, r->num[at].lead, r->num[at].noun_to, ratio_totals))
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

/* 男性1621人，占53.2%；女性1426人，占46.8%: shares of a hundred leave nothing out, so the parts are their own whole. */
static bool make_hundred(const Reading *r, const Group *g)
{
    enum { FIVE = 5, TENTH = 10 };
    Wide off = group_shares(r, g).lo - 100 * (Wide)MICRO, slack = 0;
    for (size_t i = 0; i < g->count; i++)
        slack += r->num[g->rate[i]].step / 2;
    return (off < 0 ? -off : off) <= (slack > MICRO / TENTH * FIVE ? slack : MICRO / TENTH * FIVE);
}

/* Shares of a hundred over a whole that they fit: the parts must fill it too. */
static void say_group_sum(Reading *r, const Group *g, const Base *whole, const Base *own)
{
    const Num *w = &r->num[whole->at];
    Wide middle = (own->value.lo + own->value.hi) / 2;
    bool fits = verdict_prints(own->value, w);
    Miss miss = miss_of(middle, w->value, list_one_digit_apart(middle, w->value, own->value.hi - own->value.lo));
    if (w->approx || (!fits && !evidence_refutes(make_hundred(r, g) ? STRENGTH_STRONG : STRENGTH_NONE, miss)))
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

/* 3316人次，其中第一种形态2378人次，占67.6%；…: no whole fits, but one would with one digit changed. */
static bool whole_slips(Reading *r, const Group *g)
{
    enum { LOOK = 8 };
    const Num *like = &r->num[g->part[0]];
    size_t least = g->part[0] > LOOK ? g->part[0] - LOOK : 0;
    bool behind = g->next < r->count && r->num[g->next].sentence == like->sentence &&
                  num_lead_has_any(r, &r->num[g->next], ratio_totals); /* …，共计514个 */
    for (size_t at = behind ? g->next + 1 : g->part[0]; at > least; at = at > g->part[0] ? g->part[0] : at - 1) {
        const Num *w = &r->num[at - 1];
        if (!ratio_is_state(w) || w->approx || !num_addable(r, w, like) || w->sentence + 1 < like->sentence ||
            !ratio_whole_is_slip(r, w, g->part, g->rate, g->count))
            continue;
        say_group(r, g, range_of(w), words_num(r, w), w);
        return true;
    }
    return false;
}

static void judge_group(Reading *r, const Group *g)
{
    Base whole = best_whole(r, g), own = own_sum(r, g);
    size_t before = g->part[0] ? g->part[0] - 1 : 0;
    if (whole.found && own.found && whole.fits >= 2)
        say_group_sum(r, g, &whole, &own);
    if (whole.found && (whole.fits >= 2 || (whole.fits * 2 >= g->count && whole.fits >= own.fits))) {
        say_group(r, g, whole.value, whole.text, &r->num[whole.at]);
        return;
    }
    if (g->part[0] && ratio_can_be_whole(r, &r->num[before], &r->num[biggest(r, g)]) && names_base(r, g, before)) {
        say_group(r, g, range_of(&r->num[before]), words_num(r, &r->num[before]), NULL); /* whatever the shares say */
        return;
    }
    if (whole_slips(r, g))
        return;
    bool has_whole = g->part[0] && ratio_can_be_whole(r, &r->num[before], &r->num[biggest(r, g)]) &&
                     r->num[before].sentence == r->num[g->part[0]].sentence;
    if (own.found && own.fits * 2 >= g->count && (own.fits >= 2 || g->count == 2) && !has_whole && g->count >= 3) {
        say_group(r, g, own.value, own.text, NULL);
        return;
    }
    if (make_hundred(r, g) && (!has_whole || own.fits == g->count)) {
        say_group(r, g, own.value, own.text, NULL);
        return;
    }
    if (make_hundred(r, g) && has_whole) {
        say_group(r, g, range_of(&r->num[before]), words_num(r, &r->num[before]), NULL);
        return;
    }
    if (whole.found)
        say_fitting(r, g, whole.value, whole.text);
    say_group_open(r, g, has_whole ? before : g->part[0]);
}

size_t relation_share(Reading *r, size_t at)
{
    Group g;
    collect_group(r, at, &g);
    if (g.count < 2)
        return at;
    judge_group(r, &g);
    return g.next;
}
