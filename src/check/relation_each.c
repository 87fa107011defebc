/* So many each, and averages: 8个县各设5个点，共40个; 12个组共60人，平均每组5人. */
#include "check/list.h"
#include "check/ratio.h"

static const Str total_words[] = { S_INIT("共"), S_INIT("合计"), S_INIT("总计"), S_INIT("总"), S_INIT("累计"),
    WORDS_END };
static const Str each_words[] = { S_INIT("各"), S_INIT("每"), S_INIT("人均"), S_INIT("单价"), WORDS_END };
static const Str average_words[] = { S_INIT("平均"), S_INIT("人均"), S_INIT("场均"), S_INIT("户均"), S_INIT("村均"),
    S_INIT("均"), WORDS_END };

static size_t between_from(const Reading *r, size_t at)
{
    return at ? r->num[at - 1].end : r->par_from;
}

static bool is_plain(const Num *n)
{
    return n->kind == NUM_COUNT && !n->one && n->approx == APPROX_NOT;
}

/* --- products ---------------------------------------------------------------------------------------------------- */

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

static void judge_far_product(Reading *r, size_t each, size_t total);
static bool calls(const Reading *r, size_t groups, size_t each);

/* G个…各/每…E个，共T个, with G and E next to each other and T next, or G before both. */
static void judge_product(Reading *r, size_t total)
{
    const Folded *f = &r->f;
    const Num *t = &r->num[total];
    static const Str sums[] = { S_INIT("合"), S_INIT("计"), WORDS_END };
    if (total < 2 || !is_plain(t) || !(num_lead_has_any(r, t, total_words) || num_lead_ends_any(r, t, sums)))
        return;
    size_t each = total - 1;
    const Num *e = &r->num[each];
    if (e->sentence != t->sentence || !is_plain(e) || !text_has_any(f, between_from(r, each), e->from, each_words) ||
        !num_people_alike(r, e, t))
        return;
    size_t least = each > 3 ? each - 3 : 0;
    for (size_t g = each; g > least; g--)
        if (is_plain(&r->num[g - 1]) && r->num[g - 1].sentence == t->sentence && product_fits(&r->num[g - 1], e, t)) {
            say_product(r, g - 1, each, total, CHECK_CONSISTENT);
            return;
        }
    const Num *g = &r->num[each - 1];
    bool sure =
        each >= 1 && is_plain(g) && g->sentence == t->sentence && !g->rounded && calls(r, each - 1, each) &&
        (num_same_measure(r, e, t) || (num_people_alike(r, e, t) && (e->family & (MEASURE_PERSON | MEASURE_ACT)))) &&
        (text_has(f, g->end, e->from, S("各")) || text_has(f, g->end, e->from, S("每")) ||
            text_has(f, g->end, e->from, S("单价"))) &&
        evidence_refutes(
            STRENGTH_MIDDLE, miss_of_ratio(t, e, g)); /* 9个组每组巡察3个，共发现问题243个: of something else */
    if (!sure) {
        judge_far_product(r, each, total);
        return;
    }
    say_product(r, each - 1, each, total, CHECK_INCONSISTENT);
}

/* 按每村3.5万元的标准，为43个村安排，共150.5万元: the standard first. */
static bool judge_standard(Reading *r, size_t total)
{
    const Folded *f = &r->f;
    if (total < 2)
        return false;
    const Num *t = &r->num[total], *g = &r->num[total - 1], *e = &r->num[total - 2];
    size_t every = text_find(f, between_from(r, total - 2), e->from, S("每"));
    if (!is_plain(t) || !is_plain(g) || !is_plain(e) || e->sentence != t->sentence || g->sentence != t->sentence ||
        every == SIZE_MAX || g->rounded || !num_same_measure(r, e, t) || num_addable(r, g, t) ||
        !num_lead_has_any(r, t, total_words) || !calls(r, total - 1, total - 2))
        return false;
    say_product(r, total - 1, total - 2, total, product_fits(g, e, t) ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
    return true;
}

static const Str parting[] = { S_INIT("分"), S_INIT("编为"), S_INIT("编成"), S_INIT("组成"), WORDS_END };

/* 共36人；培训分2期，每期18人: the total first. */
static bool judge_split(Reading *r, size_t each)
{
    enum { LOOK = 8 };
    const Folded *f = &r->f;
    const Num *e = &r->num[each];
    if (each < 2 || !is_plain(e) || !text_has(f, between_from(r, each), e->from, S("每")) ||
        text_has(f, between_from(r, each), e->from, S("平均")))
        return false;
    bool total_last =
        !num_addable(r, e, &r->num[each - 2]) && calls(r, each - 2, each); /* 五个组分赴十五个县，每组三个县 */
    size_t groups = total_last ? each - 2 : each - 1, total = total_last ? each - 1 : each - 2;
    const Num *g = &r->num[groups], *t = &r->num[total];
    if (!is_plain(g) || !is_plain(t) || g->sentence != e->sentence || t->sentence != e->sentence ||
        !num_addable(r, e, t))
        return false;
    if (!calls(r, groups, each))
        return false;
    bool fits = product_fits(g, e, t),
         parted = total_last ? num_same_measure(r, e, t) : text_has_any(f, t->end, g->from, parting);

    for (size_t i = total, least = total > LOOK ? total - LOOK : 0; !fits && i > least; i--) {
        const Num *w = &r->num[i - 1]; /* 共抽调64名，其中…22名；分8个组，每组8人 */
        if (w->sentence == e->sentence && num_addable(r, e, w) && product_fits(g, e, w)) {
            say_product(r, groups, each, i - 1, CHECK_CONSISTENT);
            return true;
        }
    }
    if (!fits && total > 0 && list_mark_between(r, r->num[total - 1].end, t->from) == MARK_PAUSE &&
        num_same_measure(r, t, &r->num[total - 1]))
        return false; /* 8名组长、24名联络员、96名干部编成8个组: of all of them */
    if (fits || parted)
        say_product(r, groups, each, total, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
    return fits || parted;
}

/* --- averages ---------------------------------------------------------------------------------------------------- */

/* Something else may have been divided. */
static bool average_is_plausible(const Num *total, const Num *groups, const Num *average, Strength strength)
{
    return !average->approx && evidence_refutes(strength, miss_of_ratio(total, groups, average));
}

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

/* The words around a group's figure that may name it: 村(社区)党组织276个, 27个被巡察单位. */
static bool is_called(const Reading *r, size_t groups, Str word)
{
    enum { BEFORE = 30, BEHIND = 36 };
    const Folded *f = &r->f;
    const Num *g = &r->num[groups];
    size_t from = g->from > g->lead + BEFORE ? g->from - BEFORE : g->lead, to = g->measure + BEHIND;
    if (groups && r->num[groups - 1].noun_to > from && r->num[groups - 1].noun_to <= g->from)
        from = r->num[groups - 1].noun_to; /* 8个村共发现问题136个: its 村 is of the 8 */
    size_t next = groups + 1 < r->count ? r->num[groups + 1].lead : r->par_to;
    if (to > next)
        to = next > g->end ? next : g->noun_to;
    if (groups + 1 < r->count && r->num[groups + 1].lead == g->end)
        to = g->measure + BEHIND < r->num[groups + 1].from ? g->measure + BEHIND : r->num[groups + 1].from;
    size_t mark = text_find(f, g->measure, to, S(","));
    return text_has(f, from, g->from, word) || text_has(f, g->measure, mark == SIZE_MAX ? to : mark, word);
}

/* The word behind 每 or before 均 names what the total is divided by: 每村, 场均, 人均. */
static Str divisor(const Reading *r, size_t from, const Num *average)
{
    const Folded *f = &r->f;
    size_t every = text_find(f, from, average->from, S("每")), even = text_find(f, from, average->from, S("均"));
    for (size_t next = every; next != SIZE_MAX; next = text_find(f, next + 3, average->from, S("每")))
        every = next; /* 每人每天 */
    if (every != SIZE_MAX) {
        static const Str measure[] = { S_INIT("个"), S_INIT("名"), S_INIT("家"), WORDS_END };
        size_t word = every + 3;
        if (word + 3 < average->from && text_at_any(f, word, measure))
            word += 3;
        return word < average->from ? (Str){ f->ptr + word, 3 } : STR_NONE;
    }
    if (even != SIZE_MAX && even >= from + 9 && text_at(f, even - 3, S("平")) && text_is_chinese(f, even - 9) &&
        text_is_chinese(f, even - 6))
        return (Str){ f->ptr + even - 9, 6 }; /* 单个项目平均 */
    return even == SIZE_MAX || even < from + 3 ? STR_NONE : (Str){ f->ptr + even - 3, 3 };
}

static bool divides(const Reading *r, size_t groups, Str word)
{
    const Num *g = &r->num[groups];
    if (str_eq(word, S("人")) && (g->family & MEASURE_PERSON))
        return true;
    return word.len && is_called(r, groups, word);
}

/* 各 speaks of what stands before it; 每组 of teams, wherever they stand. */
static bool calls(const Reading *r, size_t groups, size_t each)
{
    const Num *e = &r->num[each];
    size_t from = between_from(r, each);
    Str word = divisor(r, e->lead > from ? e->lead : from, e);
    return !text_has(&r->f, from, e->from, S("每")) || divides(r, groups, word);
}

/* 3个督导组各督导4个县区…；每组8人，总计24人: the groups are named by the word behind 每. */
static void judge_far_product(Reading *r, size_t each, size_t total)
{
    enum { LOOK = 8 };
    const Num *e = &r->num[each], *t = &r->num[total];
    Str word = divisor(r, e->lead > between_from(r, each) ? e->lead : between_from(r, each), e);
    if (!text_has(&r->f, between_from(r, each), e->from, S("每")) || !num_same_measure(r, e, t) || word.len == 0)
        return;
    for (size_t g = each, least = each > LOOK ? each - LOOK : 0; g > least; g--) {
        const Num *n = &r->num[g - 1];
        if (n->sentence != e->sentence)
            return;
        if (!is_plain(n) || n->average || n->rounded || num_same_measure(r, n, e) || !divides(r, g - 1, word))
            continue;
        bool fits = product_fits(n, e, t);
        if (fits || evidence_refutes(STRENGTH_MIDDLE, miss_of_ratio(t, e, n)))
            say_product(r, g - 1, each, total, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
        return;
    }
}

enum { AVERAGE_LOOK = 8 };

/* What may have been divided: figures of the average's measure, 1876人次 for 场均14人. */
static bool is_divided(const Reading *r, const Num *n, const Num *a)
{
    static const Str than[] = { S_INIT("比"), S_INIT("较"), WORDS_END };
    if (!is_plain(n) || n->average || n->sentence != a->sentence || !num_people_alike(r, n, a) ||
        (n->past && num_lead_has_any(r, n, than)))
        return false; /* 1.3万个，比上年的1.1万个多: not of the year before */
    return n->value >= a->value || num_same_measure(r, n, a);
}

static bool is_divisor_anywhere(const Reading *r, size_t at, const Num *a, Str word)
{
    const Num *n = &r->num[at];
    bool alike = num_same_measure(r, n, a) && !text_at(&r->f, n->measure, S("个"));
    return is_plain(n) && !n->average && !alike && !(n->family & MEASURE_TIME) && n->value > 0 && divides(r, at, word);
}

static bool is_divisor(const Reading *r, size_t at, const Num *a, Str word)
{
    return r->num[at].sentence == a->sentence && is_divisor_anywhere(r, at, a, word);
}

/* 21家单位和3家企业 …，平均29.3个: what stands beside it is divided by too. */
static bool has_sibling(const Reading *r, size_t at)
{
    const Num *n = &r->num[at];
    for (size_t i = at ? at : 1; i <= at + 1 && i < r->count; i++) {
        size_t other = i == at ? at - 1 : i, from = r->num[i - 1].end, to = r->num[i].from;
        Mark mark = list_mark_between(r, from, to);
        if (is_plain(&r->num[other]) && r->num[other].sentence == n->sentence &&
            num_same_measure(r, &r->num[other], n) &&
            (mark == MARK_PAUSE || (mark == MARK_NONE && text_has(&r->f, from, to, S("和")))))
            return true;
    }
    return false;
}

/* Any pair that fits is what was meant. */
static bool fit_average(Reading *r, size_t at, Str word)
{
    const Num *a = &r->num[at];
    size_t least = at > AVERAGE_LOOK ? at - AVERAGE_LOOK : 0;
    for (size_t t = at; t > least; t--)
        for (size_t g = at; is_divided(r, &r->num[t - 1], a) && g > least; g--)
            if (g != t && is_divisor(r, g - 1, a, word) && average_fits(&r->num[t - 1], &r->num[g - 1], a)) {
                say_average(r, t - 1, g - 1, at, CHECK_CONSISTENT);
                return true;
            }
    return false;
}

/* A larger figure of the total's measure before it is the whole of a list of which the total is a part. */
static bool is_largest(const Reading *r, size_t total, size_t at)
{
    const Num *t = &r->num[total];
    for (size_t i = at, least = at > 2 * AVERAGE_LOOK ? at - 2 * AVERAGE_LOOK : 0; i > least; i--) {
        const Num *n = &r->num[i - 1];
        if (n->sentence != t->sentence)
            break;
        if (is_plain(n) && !n->average && num_same_measure(r, n, t) && n->value > t->value)
            return false;
    }
    return true;
}

/* 8个村共发现问题136个，平均每村17个; but not 巡察报告11份、专题报告19份，建议143条，平均每份4.8条, and no 亩均产值. */
static Strength near_strength(const Reading *r, size_t total, size_t group, size_t at)
{
    static const Str starts[] = { S_INIT("平均每"), S_INIT("每"), WORDS_END };
    const Num *a = &r->num[at], *g = &r->num[group];
    bool first = group < total && text_has(&r->f, g->end, r->num[total].from, S("共"));
    bool one_of_several = group > 0 && list_mark_between(r, r->num[group - 1].end, g->from) == MARK_PAUSE;
    bool called = text_at_any(&r->f, a->lead, starts) || text_ends(&r->f, a->lead, a->from, S("均"));
    return first && called && !one_of_several ? STRENGTH_STRONG : STRENGTH_MIDDLE;
}

/* 参会1876人次，场均14人. */
static bool is_of_measure(const Reading *r, const Num *total, const Num *a)
{
    return num_same_measure(r, total, a) || ((total->family & MEASURE_ACT) && (a->family & MEASURE_PERSON));
}

/* Total and divisor right before the average, in either order. */
static bool refute_near(Reading *r, size_t at, Str word)
{
    const Num *a = &r->num[at];
    for (size_t k = 1; at >= 2 && k <= 2; k++) {
        size_t total = at - k, group = at - (3 - k);
        if (!is_divided(r, &r->num[total], a) || !is_of_measure(r, &r->num[total], a) ||
            !is_divisor(r, group, a, word) || is_divisor(r, total, a, word))
            continue;
        bool sure = is_largest(r, total, at) &&
                    average_is_plausible(&r->num[total], &r->num[group], a, near_strength(r, total, group, at));
        say_average(r, total, group, at, sure ? CHECK_INCONSISTENT : CHECK_UNDECIDABLE);
        return true;
    }
    return false;
}

/* Several divisors of one name are a list; its head, the first and largest, is meant, or else nobody knows. */
static void refute_average(Reading *r, size_t at, Str word)
{
    const Num *a = &r->num[at];
    size_t least = at > AVERAGE_LOOK ? at - AVERAGE_LOOK : 0, group = SIZE_MAX;
    int64_t largest = 0;
    if (at == 0 || refute_near(r, at, word))
        return;
    for (size_t i = at; i > least && r->num[i - 1].sentence == a->sentence; i--)
        if (is_divisor(r, i - 1, a, word)) {
            group = i - 1;
            largest = r->num[group].value > largest ? r->num[group].value : largest;
        }
    size_t total = at - 1;
    if (group == SIZE_MAX || group == total || !is_divided(r, &r->num[total], a))
        return;
    bool sure = r->num[group].value == largest && num_same_measure(r, &r->num[total], a) && is_largest(r, total, at) &&
                average_is_plausible(&r->num[total], &r->num[group], a, STRENGTH_MIDDLE);
    say_average(r, total, group, at, sure ? CHECK_INCONSISTENT : CHECK_UNDECIDABLE);
}

/* What the average is of, with other figures or a full stop between: the nearest of its measure that divides nothing.
 */
static size_t divided_before(const Reading *r, size_t at, Str word)
{
    const Num *a = &r->num[at];
    size_t least = at > AVERAGE_LOOK ? at - AVERAGE_LOOK : 0;
    for (size_t t = at; t > least; t--)
        if (is_divided(r, &r->num[t - 1], a) && num_same_measure(r, &r->num[t - 1], a) &&
            !is_divisor(r, t - 1, a, word))
            return t - 1;
    return SIZE_MAX;
}

/* 队伍87支，其中省派6支、县派58支 …，平均每支队伍25件: a larger one ahead holds it. */
static bool is_part_of_group(const Reading *r, size_t group)
{
    const Num *g = &r->num[group];
    for (size_t i = group, least = group > CHECK_WINDOW / 4 ? group - CHECK_WINDOW / 4 : 0; i > least; i--) {
        const Num *n = &r->num[i - 1];
        if (n->sentence != g->sentence)
            break;
        if (is_plain(n) && !n->average && num_same_measure(r, n, g) && n->value > g->value)
            return true;
    }
    return false;
}

/* 巡察党组织46个，发现各类问题1217个，移交线索38件，平均每个党组织发现问题26.5个: refuted only where a digit makes it
 * right. */
static bool average_afar(Reading *r, size_t at, Str word)
{
    enum { FINE = 10 };
    static const Str times[] = { S_INIT("年"), S_INIT("月"), S_INIT("日"), S_INIT("天"), S_INIT("周"), WORDS_END };
    const Num *a = &r->num[at];
    size_t total = divided_before(r, at, word), least = at > CHECK_WINDOW / 4 ? at - CHECK_WINDOW / 4 : 0;
    for (const Str *t = times; t->len; t++)
        if (str_eq(word, *t))
            return false;
    if (total == SIZE_MAX || a->value / a->step < FINE)
        return false;
    for (int slips = 0; slips < 2; slips++)
        for (size_t g = at; g > least; g--) {
            const Num *n = &r->num[g - 1];
            bool apart =
                n->sentence != a->sentence && (n->family & MEASURE_PERSON); /* 人均 is often of a year's people */
            if (g - 1 == total || (slips && (apart || has_sibling(r, g - 1) || is_part_of_group(r, g - 1))) ||
                !is_divisor_anywhere(r, g - 1, a, word) ||
                !(slips ? average_is_plausible(&r->num[total], n, a, STRENGTH_MIDDLE)
                        : average_fits(&r->num[total], n, a)))
                continue;
            say_average(r, total, g - 1, at, slips ? CHECK_INCONSISTENT : CHECK_CONSISTENT);
            return true;
        }
    return false;
}

/* 应开60次，实开52次，平均每个支部少开0.8次: of what the two differ by. */
static bool is_average_gap(const Reading *r, size_t at)
{
    static const Str gaps[] = { S_INIT("少"), S_INIT("多"), WORDS_END };
    const Num *a = &r->num[at];
    size_t every = text_find(&r->f, a->lead, a->from, S("每"));
    return every != SIZE_MAX && text_has_any(&r->f, every, a->from, gaps);
}

static void judge_average(Reading *r, size_t at)
{
    const Num *a = &r->num[at];
    size_t from = between_from(r, at);
    if (a->kind != NUM_COUNT || a->approx || !text_has_any(&r->f, from, a->from, average_words) ||
        (a->family & MEASURE_TIME) || is_average_gap(r, at))
        return;
    if (average_over_time(r, at))
        return;
    Str word = divisor(r, a->lead > from ? a->lead : from, a);
    if (!fit_average(r, at, word) && !average_afar(r, at, word))
        refute_average(r, at, word);
}

void relation_eaches(Reading *r)
{
    for (size_t i = 0; i < r->count; i++) {
        if (!judge_standard(r, i))
            judge_product(r, i);
        if (!judge_split(r, i))
            judge_average(r, i);
    }
}
