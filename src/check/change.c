/* Which two figures a change is of: from … to …, than last year, of two years, behind it. */
#include "check/change.h"
#include "check/list.h"
#include "check/way.h"

#include <string.h>

static const Str from_words[] = { S_INIT("由"), S_INIT("从"), WORDS_END };
static const Str to_words[] = { S_INIT("至"), S_INIT("到"), S_INIT("为"), WORDS_END };

static NumKind operand_kind(const Num *n)
{
    return n->kind == NUM_POINTS ? NUM_PERCENT : NUM_COUNT;
}

static bool is_of_measure(const Reading *r, const Num *a, const Num *b)
{
    return a->family == MEASURE_NONE || b->family == MEASURE_NONE || num_same_measure(r, a, b);
}

/* 319天，占有效监测天数365天的87.4%: the whole of a share is not what grew. */
static bool is_whole_of_share(const Reading *r, size_t at)
{
    static const Str opens[] = { S_INIT("占"), S_INIT("为"), S_INIT("完成"), S_INIT("达"), WORDS_END };
    const Num *o = &r->num[at];
    return at > 0 && at + 1 < r->count && r->num[at + 1].kind == NUM_PERCENT &&
           r->num[at + 1].from - o->end == S("的").len && num_lead_has_any(r, o, opens) &&
           text_ends(&r->f, o->end, r->num[at + 1].from, S("的"));
}

/* The last figures before `at` that the change could be of: nearest first. */
static size_t operands_before(const Reading *r, size_t at, NumKind kind, size_t *out, size_t room)
{
    const Num *n = &r->num[at];
    size_t found = 0, least = at > 8 ? at - 8 : 0;
    for (size_t i = at; i > least && found < room; i--) {
        const Num *o = &r->num[i - 1];
        if (o->sentence != n->sentence || o->depth > n->depth || (!found && text_has(&r->f, o->end, n->from, S(";"))))
            break;
        if (o->kind != kind || o->one || o->way || is_whole_of_share(r, i - 1) ||
            ((o->approx & APPROX_BOUND) && text_at_any(&r->f, r->num[i].lead, way_comparing)))
            continue; /* 268件，首次突破250件，较上年的223件增加45件 */
        if (kind == NUM_COUNT && n->kind == NUM_COUNT && (!num_addable(r, o, n) || !is_of_measure(r, o, n)))
            continue;
        if (found && !num_addable(r, &r->num[out[0]], o))
            break;
        out[found++] = i - 1;
    }
    return found;
}

bool change_is_from_to(const Reading *r, size_t before, size_t now)
{
    const Folded *f = &r->f;
    const Num *b = &r->num[before], *n = &r->num[now];
    if (now != before + 1 || !text_has_any(f, b->end, n->from, to_words) || n->from - b->end > 60)
        return false;
    static const Str turned[] = { S_INIT("升"), S_INIT("降"), S_INIT("增"), S_INIT("减"), S_INIT("提"), S_INIT("压"),
        S_INIT("缩"), S_INIT("扩"), S_INIT("调"), S_INIT("至"), S_INIT("到"), WORDS_END };
    bool turns = text_has_any(f, b->end, n->from, turned);
    return turns &&
           (text_has_any(f, b->lead, b->from, from_words) || text_has_any(f, b->end, n->from, way_ups) ||
               text_has_any(f, b->end, n->from, way_downs) || text_has_any(f, b->end, n->from, way_ups_short) ||
               text_has_any(f, b->end, n->from, way_downs_short));
}

static bool is_past(const Reading *r, size_t at, const Str *words)
{
    return num_lead_has_any(r, &r->num[at], words);
}

enum { BEHIND_MAX = 12 };

/* 环比增加37起，9月为375起: what stands behind is of the month before. */
static bool is_period_before(const Reading *r, size_t at, size_t behind)
{
    static const Str periods[] = { S_INIT("月为"), S_INIT("月份为"), S_INIT("季度为"), WORDS_END };
    const Num *n = &r->num[at];
    bool several = at >= 2 && num_same_measure(r, &r->num[at - 1], &r->num[at - 2]); /* 9月375起，10月412起 */
    return behind == at + 1 && !several && text_has(&r->f, n->lead, n->from, S("环比")) &&
           num_lead_ends_any(r, &r->num[behind], periods);
}

static bool find_behind(const Reading *r, size_t at, const Num *like, Change *c)
{
    bool new_state = false;
    for (size_t i = at + 1; i < r->count && i <= at + BEHIND_MAX; i++) {
        const Num *o = &r->num[i];
        if (o->sentence != r->num[at].sentence || (new_state && o->kind == r->num[at].kind && o->way))
            return false;
        if (o->kind != operand_kind(&r->num[at]) || o->way || !is_of_measure(r, o, like) || !num_addable(r, o, like))
            continue;
        bool apart =
            text_has(&r->f, r->num[i - 1].end, o->from, S(";")) && text_at_any(&r->f, o->lead, change_past_times);
        bool behind = text_has(&r->f, r->num[at].end, o->from, S(";")); /* …；信访件次占比由上年的21.4% is of its own */
        if ((is_past(r, i, change_past_times) || is_period_before(r, at, i)) && ((!new_state && !behind) || apart)) {
            c->before = i;
            return true;
        }
        new_state = true; /* what is past behind it may belong to that, unless it says so first thing */
    }
    return false;
}

/* 比上轮多26个，上轮386个，本轮412个; 提高1.4个百分点，由96.5%上升到97.9%: both behind. */
static bool find_pair_behind(const Reading *r, size_t at, Change *c)
{
    if (at + 2 >= r->count)
        return false;
    const Num *a = &r->num[at + 1], *b = &r->num[at + 2], *n = &r->num[at];
    if (a->sentence != n->sentence || b->sentence != n->sentence || a->kind != operand_kind(n) || b->kind != a->kind ||
        !num_addable(r, a, b))
        return false;
    bool turns = text_at_any(&r->f, a->lead, from_words) > 0 && change_is_from_to(r, at + 1, at + 2);
    if (!turns && (!is_past(r, at + 1, change_past_times) || is_past(r, at + 2, change_past_times)))
        return false;
    if (a->way || b->way || (n->kind == NUM_COUNT && (!num_addable(r, a, n) || !is_of_measure(r, a, n))))
        return false;
    *c = (Change){ at + 1, at + 2, SIZE_MAX, STRENGTH_STRONG };
    return true;
}

/* Differences of the two figures before them, whichever is earlier. */
static const Str nets[] = { S_INIT("净增"), S_INIT("净减"), S_INIT("审减"), S_INIT("核减"), S_INIT("节约"),
    S_INIT("结余"), S_INIT("差额"), S_INIT("自然增"), S_INIT("自然减"), WORDS_END };

/* 送审4127.5万元，审定3914.3万元，核减213.2万元: of the two right before, though more stand ahead. */
static const Str cuts[] = { S_INIT("审减"), S_INIT("核减"), WORDS_END };

/* Two figures as before and now; what was saved or cut is of the larger. */
static Change net_pair(const Reading *r, const Num *n, size_t before, size_t now, Strength strength)
{
    bool turned = n->way == WAY_DOWN && r->num[now].value > r->num[before].value;
    return turned ? (Change){ now, before, SIZE_MAX, strength } : (Change){ before, now, SIZE_MAX, strength };
}

/* 新登记9462户，其中…；注销3174户，净增6288户: of all pairs the one that fits, else the only one. */
static Change net_of(const Reading *r, const Num *n, const size_t *o, size_t found)
{
    for (size_t a = 0; a < found; a++)
        for (size_t b = a + 1; b < found; b++) {
            const Num *x = &r->num[o[a]], *y = &r->num[o[b]];
            Range gap = x->value > y->value ? range_sub(range_of(x), range_of(y)) : range_sub(range_of(y), range_of(x));
            if (verdict_prints(gap, n))
                return net_pair(r, n, o[b], o[a], STRENGTH_STRONG);
        }
    bool against = o[0] == o[1] + 1 && text_at_any(&r->f, r->num[o[0]].lead, way_comparing) > 0; /* 比预算335万元节约 */
    const Num *x = &r->num[o[0]], *y = &r->num[o[1]];
    bool slip = o[0] == o[1] + 1 && text_has_any(&r->f, n->lead, n->from, cuts) &&
                list_one_digit_apart(x->value > y->value ? x->value - y->value : y->value - x->value, n->value,
                    (x->rounded ? x->step : 0) + (y->rounded ? y->step : 0));
    return net_pair(
        r, n, o[1], o[0], against || (found == 2 && o[0] == o[1] + 1) || slip ? STRENGTH_STRONG : STRENGTH_NONE);
}

/* 满意度比2020年的84.6%上升6.5个百分点，达到91.1%: what it has come to stands behind. */
static bool reaches_behind(const Reading *r, size_t at, size_t before)
{
    static const Str reached[] = { S_INIT("达到"), S_INIT("达"), S_INIT("升至"), S_INIT("降至"), S_INIT("增至"),
        S_INIT("减至"), S_INIT("升到"), S_INIT("降到"), WORDS_END };
    if (at + 1 >= r->count || r->num[at + 1].sentence != r->num[at].sentence ||
        r->num[at + 1].kind != r->num[before].kind || !num_lead_has_any(r, &r->num[before], way_comparing) ||
        text_has(&r->f, r->num[at].end, r->num[at + 1].from, S(";")))
        return false;
    return text_at_any(&r->f, r->num[at + 1].lead, reached) > 0 && num_addable(r, &r->num[before], &r->num[at + 1]);
}

/* 满意度比上年的…: what is compared is told right there, so an earlier figure is something else unless it is called so.
 */
static bool is_of_subject(const Reading *r, const Num *before, const Num *now)
{
    enum { NAME = 6 };
    const Folded *f = &r->f;
    size_t at = text_find(f, before->lead, before->from, S("比"));
    if (at == SIZE_MAX)
        at = text_find(f, before->lead, before->from, S("较"));
    if (at == SIZE_MAX || at < before->lead + NAME)
        return true;
    Str name = { f->ptr + at - NAME, NAME };
    return text_has(f, now->lead, now->noun_to, name);
}

/* Only changes and figures of other measures stand between: 1568件次，同比下降12.4%，比前年的1790件次减少222件次. */
static bool between_is_plain(const Reading *r, size_t a, size_t b)
{
    for (size_t i = a + 1; i < b; i++)
        if (!r->num[i].way && num_addable(r, &r->num[i], &r->num[b]) && !is_whole_of_share(r, i))
            return false;
    return true;
}

/* 上月采用率34.4%；本月采用率38.9%: the same rate of two times. */
static bool is_same_rate(const Reading *r, size_t a, size_t b)
{
    enum { NAME = 9 };
    const Folded *f = &r->f;
    const Num *x = &r->num[a], *y = &r->num[b];
    size_t at = text_find(f, x->lead, x->from, S("率")), other = text_find(f, y->lead, y->from, S("率"));
    if (at == SIZE_MAX || other == SIZE_MAX || at < x->lead + NAME - 3 || other < y->lead + NAME - 3)
        return false;
    return memcmp(f->ptr + at + 3 - NAME, f->ptr + other + 3 - NAME, NAME) == 0;
}

/* 增长9.3%, 写作增长: nothing of its own that grew, as in 审批时限平均压缩58%. */
static bool is_plain_change(const Reading *r, const Num *n)
{
    enum { BYTES = 9 };
    static const Str starts[] = { S_INIT("同比"), S_INIT("环比"), S_INIT("比"), S_INIT("较"), WORDS_END };
    if (n->from == n->lead || text_at_any(&r->f, n->lead, starts))
        return true;
    for (size_t at = n->lead; at <= n->lead + BYTES && at < n->from; at += text_char_len(&r->f, at))
        if (text_at_any(&r->f, at, way_ups) || text_at_any(&r->f, at, way_downs) ||
            text_at_any(&r->f, at, way_ups_short) || text_at_any(&r->f, at, way_downs_short))
            return true;
    return false;
}

/* The year that the words before a figure name last; 0: none. */
static int year_of(const Reading *r, const Num *n)
{
    const char *p = r->f.ptr;
    int year = 0;
    for (size_t i = n->lead; i + 7 <= n->from; i++)
        if ((p[i] == '1' || p[i] == '2') && text_at(&r->f, i + 4, S("年"))) {
            int y = 0;
            for (size_t k = i; k < i + 4 && p[k] >= '0' && p[k] <= '9'; k++)
                y = y * 10 + (p[k] - '0');
            year = y >= 1900 && y < 2200 ? y : year;
        }
    return year;
}

/* Of two figures right behind each other, the nearer first, with their places in time; 0: none is told. */
static bool earlier_is_base(int now, int other, const size_t *o, Change *c)
{
    if (!now || !other || now == other || o[0] != o[1] + 1)
        return false;
    c->before = now > other ? o[1] : o[0];
    c->now = now > other ? o[0] : o[1];
    c->strength = STRENGTH_STRONG;
    return true;
}

/* 2024年上半年186件，2023年上半年164件: the earlier year is the base. */
static bool by_year(const Reading *r, const size_t *o, Change *c)
{
    return earlier_is_base(year_of(r, &r->num[o[0]]), year_of(r, &r->num[o[1]]), o, c);
}

/* The place of 第二轮, 第3批 in its order; 0: none. */
static int order_of(const Reading *r, const Num *n)
{
    static const Str digits[] = { S_INIT("一"), S_INIT("二"), S_INIT("三"), S_INIT("四"), S_INIT("五"), S_INIT("六"),
        S_INIT("七"), S_INIT("八"), S_INIT("九"), WORDS_END };
    size_t at = text_find(&r->f, n->lead, n->from, S("第"));
    if (at == SIZE_MAX || at + 9 > n->from || text_find(&r->f, at + 3, n->from, S("第")) != SIZE_MAX)
        return 0;
    for (int i = 0; digits[i].len; i++)
        if (text_at(&r->f, at + 3, digits[i]) && !number_is_digit(&r->f, at + 6))
            return i + 1;
    return r->f.ptr[at + 3] >= '1' && r->f.ptr[at + 3] <= '9' && !number_is_digit(&r->f, at + 4)
               ? r->f.ptr[at + 3] - '0'
               : 0;
}

/* 第二轮发现问题287个，第一轮为241个，多46个: the earlier round is the base. */
static bool by_order(const Reading *r, const size_t *o, Change *c)
{
    return earlier_is_base(order_of(r, &r->num[o[0]]), order_of(r, &r->num[o[1]]), o, c);
}

/* 318件里重复件73件；上年同期285件，增33件: of several that may have been compared, the one that fits. */
static bool by_fit(const Reading *r, size_t at, const size_t *o, size_t found, Change *c)
{
    size_t delta = c->delta != SIZE_MAX ? c->delta : at;
    const Num *b = &r->num[o[0]], *d = &r->num[delta];
    for (size_t k = 1; d->kind == NUM_COUNT && k < found; k++) {
        const Num *w = &r->num[o[k]];
        Range gap = w->value > b->value ? range_sub(range_of(w), range_of(b)) : range_sub(range_of(b), range_of(w));
        if (is_past(r, o[k], way_past) || !verdict_prints(gap, d))
            continue;
        c->before = o[0];
        c->now = o[k];
        c->strength = STRENGTH_STRONG;
        return true;
    }
    return false;
}

/* 218件，8月份为241件，环比减少23件: a month or quarter named behind what has none is the one before. */
static bool by_period(const Reading *r, const Num *n, const size_t *o, Change *c)
{
    static const Str periods[] = { S_INIT("月份为"), S_INIT("季度为"), S_INIT("月份"), S_INIT("季度"), WORDS_END };
    static const Str other[] = { S_INIT("月"), S_INIT("季度"), S_INIT("年"), WORDS_END };
    const Num *before = &r->num[o[0]], *now = &r->num[o[1]];
    if (o[0] != o[1] + 1 || !num_lead_ends_any(r, before, periods) || num_lead_has_any(r, now, other) ||
        !text_has(&r->f, before->end, n->from, S("环比")))
        return false;
    *c = (Change){ o[0], o[1], SIZE_MAX, STRENGTH_STRONG };
    return true;
}

/* 达到88.9%，比全市平均水平（86.5%）高2.4个百分点: what is compared with stands in the bracket. */
static bool against_bracket(const Reading *r, size_t at, Change *c)
{
    if (at < 2)
        return false;
    const Num *n = &r->num[at], *b = &r->num[at - 1], *w = &r->num[at - 2];
    if (n->kind != NUM_POINTS || b->kind != NUM_PERCENT || w->kind != NUM_PERCENT || b->depth != n->depth + 1 ||
        w->depth != n->depth || b->sentence != n->sentence || w->sentence != n->sentence)
        return false;
    *c = (Change){ at - 1, at - 2, SIZE_MAX, STRENGTH_STRONG };
    return text_has_any(&r->f, w->end, b->from, way_comparing);
}

/* The only count in the sentence, or the one before, whose words hold the name; SIZE_MAX: none, or several. */
static size_t called(const Reading *r, size_t at, Str name)
{
    enum { LOOK = 10 };
    size_t found = SIZE_MAX;
    for (size_t i = at, least = at > LOOK ? at - LOOK : 0; i > least; i--) {
        const Num *n = &r->num[i - 1];
        if (n->sentence + 1 < r->num[at].sentence)
            break;
        if (n->kind != operand_kind(&r->num[at]) || n->way || n->one || n->average ||
            !text_has(&r->f, n->lead, n->from, name))
            continue;
        if (found != SIZE_MAX)
            return SIZE_MAX;
        found = i - 1;
    }
    return found;
}

/* 上半年127个，下半年154个，下半年较上半年多27个: both are named. */
static bool both_called(const Reading *r, size_t at, Change *c)
{
    enum { SHORT = 6, LONG = 15 };
    const Folded *f = &r->f;
    const Num *n = &r->num[at];
    static const Str ways[] = { S_INIT("多"), S_INIT("少"), S_INIT("增"), S_INIT("减"), S_INIT("高"), S_INIT("低"),
        S_INIT("下降"), S_INIT("上升"), S_INIT("提"), WORDS_END };
    size_t than = SIZE_MAX, len = 3;
    for (const Str *w = way_comparing; w->len && than == SIZE_MAX; w++)
        than = text_find(f, n->lead, n->from, *w);
    if (than == SIZE_MAX || than < n->lead + SHORT || than > n->lead + LONG)
        return false;
    size_t to = than + len;
    while (to < n->from && !text_at_any(f, to, ways))
        to += text_char_len(f, to);
    if (to >= n->from || to < than + len + SHORT || to > than + len + LONG)
        return false;
    size_t now = called(r, at, (Str){ f->ptr + n->lead, than - n->lead }),
           before = called(r, at, (Str){ f->ptr + than + len, to - than - len });
    if (now == SIZE_MAX || before == SIZE_MAX || now == before || !num_addable(r, &r->num[now], &r->num[before]))
        return false;
    *c = (Change){ before, now, SIZE_MAX, STRENGTH_STRONG };
    return true;
}

/* Nothing between but rates and what they are of, in one clause. */
static bool only_shares(const Reading *r, size_t a, size_t b)
{
    for (size_t i = a + 1; i < b; i++)
        if (r->num[i].kind != NUM_PERCENT && !is_whole_of_share(r, i))
            return false;
    return !text_has(&r->f, r->num[a].end, r->num[b].from, S(";"));
}

bool change_is_growth(const Reading *r, const Num *n)
{
    static const Str between[] = { S_INIT("达"), S_INIT("了"), S_INIT("为"), S_INIT("达到"), S_INIT("幅度为"),
        WORDS_END };
    size_t to = n->from;
    if (n->from - n->lead <= S("和").len)
        return true; /* 分别下降17.6%和25% */
    for (const Str *w = between; w->len; w++)
        if (text_ends(&r->f, n->lead, to, *w)) {
            to -= w->len;
            break;
        }
    return text_ends_any(&r->f, n->lead, to, way_ups) || text_ends_any(&r->f, n->lead, to, way_downs) ||
           text_ends_any(&r->f, n->lead, to, way_ups_short) || text_ends_any(&r->f, n->lead, to, way_downs_short);
}

/* Two figures bound by their words, or only by their places. */
static Strength when(bool bound)
{
    return bound ? STRENGTH_STRONG : STRENGTH_NONE;
}

/* 117批386人次，与9月的132批431人次相比，批次下降11.4%，人次下降10.4%: the change says what it is of. */
static bool by_called_measure(const Reading *r, size_t at, Change *c)
{
    static const struct {
        Str name, measure, other;
    } called[] = {
        { S_INIT("批次"), S_INIT("批"), S_INIT("批") },
        { S_INIT("批数"), S_INIT("批"), S_INIT("批") },
        { S_INIT("人次"), S_INIT("人次"), S_INIT("人") },
        { S_INIT("人数"), S_INIT("人"), S_INIT("名") },
        { S_INIT("件次"), S_INIT("件次"), S_INIT("件") },
        { S_INIT("件数"), S_INIT("件"), S_INIT("件") },
        { S_INIT("户数"), S_INIT("户"), S_INIT("户") },
    };
    enum { LOOK = 12, LEN = sizeof called / sizeof called[0], MOST = 3 };
    const Num *n = &r->num[at];
    size_t k = 0, o[MOST], found = 0;
    while (k < LEN && !text_at(&r->f, n->lead, called[k].name))
        k++;
    if (n->kind != NUM_PERCENT || k == LEN || n->lead == n->from)
        return false;
    for (size_t i = at, least = at > LOOK ? at - LOOK : 0; i > least && r->num[i - 1].sentence == n->sentence; i--) {
        const Num *m = &r->num[i - 1];
        if (m->kind != NUM_COUNT || m->average || m->depth > n->depth ||
            !(text_at(&r->f, m->measure, called[k].measure) || text_at(&r->f, m->measure, called[k].other)))
            continue;
        if (m->way || m->each || found == MOST)
            return false;
        o[found++] = i - 1;
    }
    if (found == 1 && !r->num[o[0]].past) {
        c->now = o[0];
        c->strength = STRENGTH_STRONG;
        return true;
    }
    if (found != 2 || r->num[o[0]].past == r->num[o[1]].past)
        return false;
    c->before = r->num[o[0]].past ? o[0] : o[1];
    c->now = r->num[o[0]].past ? o[1] : o[0];
    c->strength = STRENGTH_STRONG;
    return true;
}

Change change_find(const Reading *r, size_t at)
{
    size_t o[4];
    const Change none = { SIZE_MAX, SIZE_MAX, SIZE_MAX, STRENGTH_NONE };
    Change c = none;
    const Num *n = &r->num[at];
    if (by_called_measure(r, at, &c) || against_bracket(r, at, &c) || both_called(r, at, &c))
        return c;
    if (at && n->kind == NUM_PERCENT && r->num[at - 1].kind == NUM_COUNT && r->num[at - 1].way &&
        is_plain_change(r, n) && r->num[at - 1].sentence == n->sentence && both_called(r, at - 1, &c))
        return c; /* 下半年较上半年多27个，增幅21.3% */
    c = none;
    size_t found = operands_before(r, at, operand_kind(n), o, 4);
    if (at && r->num[at - 1].kind == NUM_COUNT && r->num[at - 1].way && is_plain_change(r, n) &&
        r->num[at - 1].sentence == n->sentence && n->kind == NUM_PERCENT)
        c.delta = at - 1;
    if (found >= 2 && way_is_miss(r, n))
        return net_of(r, n, o, found);
    if (found >= 2 && n->way == WAY_GAP)
        return (Change){ o[1], o[0], c.delta,
            when(o[0] == o[1] + 1 && text_has(&r->f, r->num[o[1]].lead, r->num[o[0]].from, S("最"))) };
    if (found >= 2 && change_is_from_to(r, o[1], o[0]))
        return (Change){ o[1], o[0], c.delta, STRENGTH_STRONG };
    if (found >= 2 && num_lead_has_any(r, n, nets))
        return net_of(r, n, o, found);
    if (found && reaches_behind(r, at, o[0]))
        return (Change){ o[0], at + 1, c.delta, STRENGTH_STRONG };
    bool compared = found >= 2 && text_has_any(&r->f, r->num[o[0]].lead, r->num[o[0]].from, way_comparing);
    if (found >= 2 && is_past(r, o[0], way_past) && by_fit(r, at, o, found, &c))
        return c;
    if (found >= 2 && is_past(r, o[0], way_past))
        for (size_t k = 1; k < found; k++)
            if (!is_past(r, o[k], way_past) || (compared && k + 1 == found)) {
                c.before = o[0], c.now = o[k],
                c.strength = when((k == 1 ? between_is_plain(r, o[1], o[0]) : k == 2) &&
                                  !(k + 1 < found && text_has(&r->f, r->num[o[k]].end, r->num[o[0]].from, S(";"))) &&
                                  is_of_subject(r, &r->num[o[0]], &r->num[o[k]]));
                return c;
            }
    if (found >= 2 && is_past(r, o[1], change_past_times) && !is_past(r, o[0], way_past)) {
        c.before = o[1], c.now = o[0], c.strength = when(o[0] == o[1] + 1);
        return c;
    }
    if (found >= 2 && by_period(r, n, o, &c))
        return c;
    if (found >= 2 && (by_year(r, o, &c) || by_order(r, o, &c)))
        return c;
    if (found >= 2 && n->kind == NUM_POINTS && is_same_rate(r, o[1], o[0]))
        return (Change){ o[1], o[0], SIZE_MAX, when(o[0] == o[1] + 3) };
    if (!found) {
        find_pair_behind(r, at, &c);
        return c;
    }
    c.now = o[0];
    bool shares =
        c.delta != SIZE_MAX && only_shares(r, o[0], c.delta); /* 9.86亿元，占预算18.5亿元的53.3%，增收0.74亿元 */
    c.strength = when((shares || o[0] + 1 == at || (c.delta != SIZE_MAX && o[0] + 1 == c.delta)) &&
                      is_of_subject(r, &r->num[c.delta != SIZE_MAX ? c.delta : at], &r->num[o[0]]));
    find_behind(r, at, &r->num[o[0]], &c);
    return c;
}
