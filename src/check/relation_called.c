/* Rates whose part or whole is called by its name: A类占59.3%, 占化解数的31.5%. */
#include "check/ratio.h"

/* A类占59.3%, 女性占三成: the words before 占 are the label of a part that was told before. */
bool ratio_labelled_part(Reading *r, size_t rate)
{
    enum { LOOK = 8, SHORT = 5, LONG = 24 };
    static const Str more[] = { S_INIT("及"), S_INIT("以"), S_INIT("和"), S_INIT("与"), WORDS_END };
    const Folded *f = &r->f;
    const Num *n = &r->num[rate];
    size_t end = text_find(f, n->lead, n->from, S("占"));
    if (rate == 0 || end == SIZE_MAX || n->from - end > S("占比达").len || end - n->lead < SHORT - 1 ||
        end - n->lead > LONG)
        return false;
    Str label = { f->ptr + n->lead, end - n->lead };
    for (size_t i = rate, least = i > LOOK ? i - LOOK : 0; i > least; i--) {
        const Num *p = &r->num[i - 1];
        if (p->sentence + 1 < n->sentence)
            return false;
        size_t at = text_find(f, p->lead, p->from, label);
        size_t own = p->from - p->lead;
        bool longer = own > SHORT && text_at(f, n->lead, (Str){ f->ptr + p->lead, own }) &&
                      !text_at_any(f, n->lead + own, more); /* 硕士256名，硕士及以上占 */
        if (!ratio_is_state(p) || p->approx || (!longer && (at == SIZE_MAX || at + label.len != p->from)))
            continue; /* 三等13个。三等单位占28.3% */
        if (ratio_fit_whole(r, i - 1, rate, CHECK_RULE_RATE))
            return true;
        size_t topic = ratio_topic(r, i - 1, rate);
        if (topic == SIZE_MAX)
            return false;
        Pair pair = ratio_pair(r, i - 1, topic, rate);
        if (!ratio_refutes(r, &pair, rate))
            return false;
        ratio_say(r, &pair, rate, CHECK_RULE_RATE);
        return true;
    }
    return false;
}

/* --- two labels ----------------------------------------------------------------------------------------------------
 */

/* Without quotation marks, 其中 before and 的 behind. */
static Str bare_label(const Folded *f, size_t from, size_t to)
{
    static const Str before[] = { S_INIT("其中"), S_INIT("评为"), S_INIT("“"), WORDS_END };
    static const Str behind[] = { S_INIT("的"), S_INIT("”"), WORDS_END };
    size_t len;
    while (from < to && (len = text_at_any(f, from, before)) > 0)
        from += len;
    while (to > from && text_ends_any(f, from, to, behind))
        to -= S("的").len;
    return (Str){ f->ptr + from, to > from ? to - from : 0 };
}

/* The count that bears this very label, in the rate's sentence or the one before; SIZE_MAX: none. */
static size_t labelled(const Reading *r, size_t rate, Str label)
{
    enum { LOOK = 8 };
    const Num *n = &r->num[rate];
    for (size_t i = rate, least = i > LOOK ? i - LOOK : 0; i > least; i--) {
        const Num *p = &r->num[i - 1];
        if (p->sentence + 1 < n->sentence)
            break;
        if (ratio_is_state(p) && !p->approx && str_eq(bare_label(&r->f, p->lead, p->from), label))
            return i - 1;
    }
    return SIZE_MAX;
}

/* 优的15个，良的6个，中的2个。优和良占91.3%: both together, of the figure that the list divides. */
bool ratio_of_two_labels(Reading *r, size_t rate)
{
    enum { LOOK = 8 };
    static const Str ands[] = { S_INIT("和"), S_INIT("与"), WORDS_END };
    static const Str sums[] = { S_INIT("合计"), S_INIT("共"), S_INIT("合"), S_INIT("两项"), S_INIT("两者"), WORDS_END };
    const Folded *f = &r->f;
    const Num *n = &r->num[rate];
    size_t end = text_find(f, n->lead, n->from, S("占")), mid = SIZE_MAX;
    for (int i = 0; end != SIZE_MAX && ands[i].len && mid == SIZE_MAX; i++)
        mid = text_find(f, n->lead, end, ands[i]);
    if (mid == SIZE_MAX || n->from - end > S("占比为").len)
        return false;
    for (int i = 0; sums[i].len; i++)
        if (text_ends(f, mid, end, sums[i]))
            end -= sums[i].len;
    size_t a = labelled(r, rate, bare_label(f, n->lead, mid)), b = labelled(r, rate, bare_label(f, mid + 3, end));
    if (a == SIZE_MAX || b == SIZE_MAX || a == b || !num_same_measure(r, &r->num[a], &r->num[b]))
        return false;
    size_t first = a < b ? a : b, whole = SIZE_MAX;
    for (size_t i = first, least = i > LOOK ? i - LOOK : 0; i > least && whole == SIZE_MAX; i--)
        if (ratio_can_be_whole(r, &r->num[i - 1], &r->num[first]) &&
            num_same_measure(r, &r->num[i - 1], &r->num[first]))
            whole = i - 1;
    if (whole == SIZE_MAX || r->num[whole].value < r->num[a].value + r->num[b].value)
        return false;
    Pair pair = ratio_pair(r, first, whole, rate);
    StrBuf top = strbuf_in(r->arena);
    strbuf_addf(&top, "(%.*s+%.*s)", STR_ARG(words_num(r, &r->num[a])), STR_ARG(words_num(r, &r->num[b])));
    pair.part = range_add(range_of(&r->num[a]), range_of(&r->num[b]));
    pair.part_text = strbuf_str(&top);
    pair.divided = pair.by = NULL;
    pair.strength = STRENGTH_STRONG;
    ratio_say(r, &pair, rate, CHECK_RULE_RATE);
    return true;
}

/* 已核查户数 is not 应核查户数: what should be and what has been done have one name. */
static bool is_other_side(const Folded *f, size_t a, size_t b)
{
    enum { LETTER = 3 };
    if (a < LETTER || b < LETTER)
        return false;
    bool done = text_at(f, a - LETTER, S("已")), due = text_at(f, a - LETTER, S("应"));
    return (done && text_at(f, b - LETTER, S("应"))) || (due && text_at(f, b - LETTER, S("已")));
}

/* 占化解数的31.5%: the words between name the whole. */
bool ratio_whole_named(Reading *r, size_t rate)
{
    enum { LOOK = 8, NAME = 9 };
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
    if (ratio_has_own_subject(r, n, p))
        return false;
    size_t name = end - from - 3 > NAME ? NAME : end - from - 3;
    Str stem = { f->ptr + end - name, name };
    for (size_t i = rate - 1, least = i > LOOK ? i - LOOK : 0; i > least; i--) {
        const Num *w = &r->num[i - 1];
        if (w->sentence + 1 < n->sentence || p->sentence != n->sentence)
            return false; /* 任务112项。已完成104项，占任务总数的92.9% */
        if (!ratio_is_state(w) || !ratio_is_state(p) || w->approx || p->approx || !num_same_measure(r, w, p) ||
            ratio_is_sum_of(r, p, w))
            continue;
        size_t own =
            i >= 2 && r->num[i - 2].noun_to > w->lead ? r->num[i - 2].noun_to : w->lead; /* 86个项目已开工81个 */
        size_t hit = text_find(f, own, w->end + 30 < r->num[i].from ? w->end + 30 : r->num[i].from, stem);
        if (hit == SIZE_MAX || is_other_side(f, end - name, hit))
            continue;
        Pair pair = ratio_pair(r, rate - 1, i - 1, rate);
        if (!ratio_fits(&pair, n) && !ratio_refutes(r, &pair, rate))
            continue;
        ratio_say(r, &pair, rate, CHECK_RULE_RATE);
        return true;
    }
    return false;
}

/* --- parts and wholes of one noun -------------------------------------------------------------------------------- */

enum { NOUN = 6, NOUN_LOOK = 8 };

static bool counts_noun(const Reading *r, const Num *n, Str noun)
{
    Str measure = { noun.ptr + noun.len / 2, noun.len / 2 }; /* 占监测对象户数的 of 户 */
    return ratio_is_state(n) && !n->approx &&
           (text_has(&r->f, n->end, n->noun_to, noun) || text_at(&r->f, n->measure, measure));
}

/* Says what fits, or is a slip of a rate of three digits. */
static bool say_pair(Reading *r, size_t part, size_t whole, size_t rate, Strength strength)
{
    const Num *n = &r->num[rate];
    Pair pair = ratio_pair(r, part, whole, rate);
    bool fits = ratio_fits(&pair, n);
    pair.strength = strength;
    if (!fits && !ratio_refutes(r, &pair, rate))
        return false;
    ratio_say(r, &pair, rate, CHECK_RULE_RATE);
    return true;
}

/* 23个项目，金额1.36亿元，其中6个项目存在…，占抽查项目数的26.1%: the last two that count the noun. */
bool ratio_of_noun(Reading *r, size_t rate)
{
    static const Str ends[] = { S_INIT("总数的"), S_INIT("数的"), WORDS_END };
    const Folded *f = &r->f;
    const Num *n = &r->num[rate];
    size_t from = text_find(f, n->lead, n->from, S("占")), end = 0, part = SIZE_MAX;
    for (int i = 0; ends[i].len && !end; i++)
        if (text_ends(f, n->lead, n->from, ends[i]))
            end = n->from - ends[i].len;
    if (from == SIZE_MAX || end < from + S("占").len + NOUN ||
        ratio_has_own_subject(r, n, &r->num[rate ? rate - 1 : 0]))
        return false;
    Str noun = { f->ptr + end - NOUN, NOUN };
    for (size_t i = rate, least = i > NOUN_LOOK ? i - NOUN_LOOK : 0; i > least; i--) {
        const Num *w = &r->num[i - 1];
        if (w->sentence != n->sentence)
            break;
        bool other = text_has(f, from, n->from, S("已")) && text_has(f, w->lead, w->from, S("应"));
        if (!counts_noun(r, w, noun) || other)
            continue;
        if (part == SIZE_MAX)
            part = i - 1;
        else
            return w->value >= r->num[part].value && num_same_measure(r, w, &r->num[part]) &&
                   say_pair(r, part, i - 1, rate, STRENGTH_MIDDLE);
    }
    return false;
}

/* --- the bracket behind ------------------------------------------------------------------------------------------ */

/* The last count before the rate of the bracket's measure. */
static size_t last_alike(const Reading *r, size_t rate)
{
    const Num *x = &r->num[rate + 1];
    for (size_t i = rate, least = i > NOUN_LOOK ? i - NOUN_LOOK : 0; i > least; i--) {
        const Num *n = &r->num[i - 1];
        if (n->sentence != x->sentence)
            break;
        if (ratio_is_state(n) && !n->approx && n->depth == r->num[rate].depth && num_same_measure(r, n, x))
            return i - 1;
    }
    return SIZE_MAX;
}

/* 执行到位率44.7%（申请标的4.86亿元）, 应建已建率99.3%（应建2318个，已建2301个）: what the rate is of, right behind it.
 */
bool ratio_in_bracket(Reading *r, size_t rate)
{
    if (rate + 1 >= r->count)
        return false;
    const Num *n = &r->num[rate], *x = &r->num[rate + 1];
    if (n->depth != 0 || x->depth != 1 || x->sentence != n->sentence || r->f.ptr[n->end] != '(' || !ratio_is_state(x) ||
        x->approx)
        return false;
    if (rate + 2 < r->count) {
        const Num *y = &r->num[rate + 2];
        if (y->depth == 1 && y->sentence == n->sentence && ratio_is_state(y) && num_same_measure(r, x, y))
            return text_has(&r->f, x->lead, x->from, S("应")) && say_pair(r, rate + 2, rate + 1, rate, STRENGTH_MIDDLE);
    }
    size_t other = last_alike(r, rate);
    if (other == SIZE_MAX)
        return false;
    static const Str done[] = { S_INIT("已"), S_INIT("实"), S_INIT("即"), WORDS_END };
    static const Str wholes[] = { S_INIT("目标"), S_INIT("应"), S_INIT("全"), S_INIT("年度"), S_INIT("计划"),
        S_INIT("任务"), S_INIT("总"), S_INIT("共"), WORDS_END };
    bool whole = text_at_any(&r->f, x->lead, wholes) > 0 && num_same_measure(r, x, &r->num[other]);
    enum { NAME = 6 };
    bool named = x->from >= x->lead + NAME && text_has(&r->f, n->lead, n->from, (Str){ r->f.ptr + x->lead, NAME });
    bool is_part = named || r->num[other].value > x->value || /* 资产负债率61.6%（负债总额254.4亿元） */
                   (x->from > x->lead && text_at_any(&r->f, x->lead, done));
    return is_part ? ratio_fit_whole(r, rate + 1, rate, CHECK_RULE_RATE)
                   : say_pair(r, other, rate + 1, rate, whole ? STRENGTH_MIDDLE : STRENGTH_WEAK);
}
