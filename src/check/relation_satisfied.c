/* Answers and the rate of the good ones: 满意3401件、基本满意214件、不满意127件，满意率96.6%. Whether those who are
 * more or less content count among the good is not always said: both readings are tried. */
#include "check/ratio.h"

enum { ANSWERS_MIN = 2, ANSWERS_MAX = 5, NEAR = 60 };

static const Str good_rates[] = { S_INIT("满意率"), S_INIT("满意度"), S_INIT("好评率"), S_INIT("优秀率"),
    S_INIT("优良率"), WORDS_END };
static const Str good_words[] = { S_INIT("满意"), S_INIT("好"), S_INIT("优秀"), WORDS_END };
static const Str bad_words[] = { S_INIT("不"), S_INIT("未"), S_INIT("差"), S_INIT("基本"), S_INIT("较"), S_INIT("比较"),
    WORDS_END };

/* Answers of one measure right before the rate, parted by marks; the index of the first, SIZE_MAX: none. */
static size_t first_answer(const Reading *r, size_t rate)
{
    size_t at = rate;
    const Num *last = &r->num[rate - 1];
    while (at > 0 && rate - at < ANSWERS_MAX) {
        const Num *n = &r->num[at - 1];
        if (!ratio_is_state(n) || n->approx || n->sentence != r->num[rate].sentence || !num_same_measure(r, n, last) ||
            n->depth != last->depth)
            break;
        at--;
        if (num_lead_has_any(r, n, good_words) && !num_lead_has_any(r, n, bad_words))
            return rate - at >= ANSWERS_MIN ? at : SIZE_MAX; /* what stands before is their whole */
    }
    return SIZE_MAX;
}

static Pair good_of_all(Reading *r, size_t first, size_t good, size_t rate)
{
    Pair p = { { 0, 0 }, { 0, 0 }, first, rate, STR_NONE, ratio_sum_text(r, first, rate), NULL, NULL, STRENGTH_STRONG };
    for (size_t i = first; i < rate; i++) {
        p.whole = range_add(p.whole, range_of(&r->num[i]));
        if (i < first + good)
            p.part = range_add(p.part, range_of(&r->num[i]));
    }
    p.part_text = good == 1 ? words_num(r, &r->num[first]) : ratio_sum_text(r, first, first + good);
    return p;
}

/* One digit, changed in an answer or in the rate, makes it right. */
static bool is_slip(const Reading *r, size_t first, size_t good, size_t rate)
{
    for (size_t i = first; i <= rate; i++) {
        Num other;
        for (int k = 0; ratio_other_figure(&r->num[i], k, &other); k++) {
            Range part = { 0, 0 }, whole = { 0, 0 };
            for (size_t j = first; j < rate; j++) {
                Range v = range_of(j == i ? &other : &r->num[j]);
                whole = range_add(whole, v);
                part = j < first + good ? range_add(part, v) : part;
            }
            if (whole.lo > 0 && verdict_ratio(part, whole, 100, i == rate ? &other : &r->num[rate]))
                return true;
        }
    }
    return false;
}

/* 满意…、不满意…, 满意率: all answers are told; 非常满意率, 不满意率 and the like are of others. */
static bool is_refuted(const Reading *r, const Pair *p, size_t first, size_t good, size_t rate)
{
    static const Str others[] = { S_INIT("不满意率"), S_INIT("非常满意率"), S_INIT("优秀率"), S_INIT("优良率"),
        WORDS_END };
    const Num *n = &r->num[rate], *last = &r->num[rate - 1];
    bool all = num_lead_has_any(r, last, bad_words) && !text_has_any(&r->f, last->end, n->from, others);
    Wide computed = (p->part.lo + p->part.hi) * 100 * MICRO / (p->whole.lo + p->whole.hi);
    bool slip = ratio_is_fine(n) && is_slip(r, first, good, rate);
    return evidence_refutes(all ? STRENGTH_MIDDLE : STRENGTH_WEAK, miss_of(computed, n->value, slip));
}

bool ratio_of_answers(Reading *r, size_t rate)
{
    const Num *n = &r->num[rate];
    if (rate < ANSWERS_MIN || n->approx || r->num[rate - 1].sentence != n->sentence ||
        n->from - r->num[rate - 1].end > NEAR || !text_has_any(&r->f, r->num[rate - 1].end, n->from, good_rates))
        return false;
    size_t first = first_answer(r, rate);
    if (first == SIZE_MAX)
        return false;
    static const Str fair[] = { S_INIT("基本"), S_INIT("较"), WORDS_END };
    bool has_fair = rate - first > ANSWERS_MIN && num_lead_has_any(r, &r->num[first + 1], fair);
    for (int slips = 0; slips < 2; slips++)
        for (size_t good = has_fair ? 2 : 1; good >= 1; good--) {
            Pair p = good_of_all(r, first, good, rate);
            if (slips ? !is_refuted(r, &p, first, good, rate) : !ratio_fits(&p, n))
                continue;
            ratio_say(r, &p, rate, CHECK_RULE_RATE);
            return true;
        }
    return false;
}
