/* What several told figures are together of a whole: 供暖637件、停车282件、噪声214件，三项占工单总量的49.8%;
 * 上述四类占总量6318件的82.3%. Refuted only where one digit makes it right. */
#include "check/numeral.h"
#include "check/ratio.h"

enum { LETTER = 3, PARTS_MAX = 9, BYTES = 48 };

typedef struct Several {
    size_t part[PARTS_MAX];
    size_t count;
    size_t whole;
} Several;

/* 三项占, 这三类合计占, 上述四项资金占: how many the words between a figure and 占 say. */
static size_t told_before(const Reading *r, size_t from, size_t to)
{
    const Folded *f = &r->f;
    size_t at = to > from + BYTES ? to - BYTES : from;
    while (at < to && ((unsigned char)f->ptr[at] & 0xc0) == 0x80)
        at++;
    for (; at < to; at += text_char_len(f, at)) {
        int64_t value = text_at(f, at, S("两")) ? 2 : numeral(f, at);
        if (value < 2 || value > PARTS_MAX)
            continue;
        static const Str heads[] = { S_INIT("项"), S_INIT("类"), S_INIT("大"), S_INIT("者"), S_INIT("个"), S_INIT("种"),
            WORDS_END };
        return text_at_any(f, at + LETTER, heads) ? (size_t)value : 0;
    }
    return 0;
}

/* The last `count` figures of one measure before `end`. */
static bool take_parts(const Reading *r, size_t end, uint32_t sentence, Several *s)
{
    size_t found = 0;
    for (size_t i = end, least = end > CHECK_WINDOW / 2 ? end - CHECK_WINDOW / 2 : 0; i > least && found < s->count;
         i--) {
        const Num *n = &r->num[i - 1];
        if (found == 0 && i == end && n->sentence + 1 == sentence)
            sentence--; /* …93件。三个单位占… */
        if (n->sentence != sentence)
            break;
        if (n->kind == NUM_PERCENT || n->way ||
            (n->chinese && n->kind == NUM_COUNT && n->value <= PARTS_MAX * (int64_t)MICRO))
            continue;
        if (!ratio_is_state(n) || n->approx || n->past ||
            (found && !num_same_measure(r, n, &r->num[s->part[s->count - 1]])))
            return false;
        s->part[s->count - ++found] = i - 1;
    }
    return found == s->count;
}

/* The one that the rate names, else what the text is about. */
static size_t whole_of(const Reading *r, size_t rate, const Several *s)
{
    bool full;
    size_t whole = ratio_called_before(r, s->part[0], rate, &full);
    if (whole == SIZE_MAX)
        whole = ratio_topic(r, s->part[0], s->part[0]);
    return whole != SIZE_MAX ? whole : ratio_topic_before(r, s->part[0]);
}

static Range sum_of(const Reading *r, const Several *s, size_t changed, const Num *other)
{
    Range sum = { 0, 0 };
    for (size_t i = 0; i < s->count; i++)
        sum = range_add(sum, range_of(s->part[i] == changed ? other : &r->num[s->part[i]]));
    return sum;
}

static bool fits_with(const Reading *r, const Several *s, size_t rate, size_t changed, const Num *other)
{
    const Num *w = changed == s->whole ? other : &r->num[s->whole], *n = changed == rate ? other : &r->num[rate];
    return w->value > 0 && verdict_ratio(sum_of(r, s, changed, other), range_of(w), 100, n);
}

static bool slips_with(const Reading *r, const Several *s, size_t rate, size_t changed)
{
    Num other;
    for (int k = 0; ratio_other_figure(&r->num[changed], k, &other); k++)
        if (fits_with(r, s, rate, changed, &other))
            return true;
    return false;
}

static bool is_slip(const Reading *r, const Several *s, size_t rate)
{
    bool slips = slips_with(r, s, rate, s->whole) || slips_with(r, s, rate, rate);
    for (size_t i = 0; i < s->count && !slips; i++)
        slips = slips_with(r, s, rate, s->part[i]);
    return slips && ratio_is_fine(&r->num[rate]);
}

static Str parts_text(Reading *r, const Several *s)
{
    StrBuf b = strbuf_in(r->arena);
    for (size_t i = 0; i < s->count; i++) {
        strbuf_addc(&b, i ? '+' : '(');
        strbuf_add(&b, words_num(r, &r->num[s->part[i]]));
    }
    strbuf_addc(&b, ')');
    return strbuf_str(&b);
}

bool ratio_of_several(Reading *r, size_t rate)
{
    const Num *n = &r->num[rate];
    size_t end = rate;
    if (rate < 2 || n->approx)
        return false;
    bool inside = r->num[rate - 1].kind == NUM_COUNT && r->num[rate - 1].sentence == n->sentence &&
                  text_has(&r->f, r->num[rate - 1].lead, r->num[rate - 1].from, S("占"));
    end -= inside;
    size_t to = inside ? r->num[end].from : n->from;
    while (end > 0 && r->num[end - 1].sentence == n->sentence && r->num[end - 1].chinese)
        end--; /* 三项 */
    size_t mark = end ? text_find(&r->f, r->num[end - 1].end, n->from, S("占")) : SIZE_MAX;
    if (mark == SIZE_MAX || mark > to)
        return false;
    Several s = { .count = told_before(r, r->num[end - 1].end, mark), .whole = rate - 1 };
    if (s.count < 2 || !take_parts(r, end, n->sentence, &s))
        return false;
    if (!inside)
        s.whole = whole_of(r, rate, &s);
    if (s.whole == SIZE_MAX || (!inside && s.whole >= s.part[0]) ||
        !num_addable(r, &r->num[s.whole], &r->num[s.part[0]]))
        return false;
    bool fits = fits_with(r, &s, rate, SIZE_MAX, NULL);
    bool full, named = inside || ratio_called_before(r, s.part[0], rate, &full) != SIZE_MAX;
    Wide parts = sum_of(r, &s, SIZE_MAX, NULL).lo,
         computed = parts * 100 * MICRO / (r->num[s.whole].value + !r->num[s.whole].value);
    Miss miss = miss_of(computed, n->value, is_slip(r, &s, rate));
    if (!fits && !evidence_refutes(named ? STRENGTH_MIDDLE : STRENGTH_WEAK, miss)) {
        ratio_say_open(r, rate, s.part[0]);
        return true;
    }
    size_t first = s.whole < s.part[0] ? s.whole : s.part[0];
    Pair p = { sum_of(r, &s, SIZE_MAX, NULL), range_of(&r->num[s.whole]), first, rate, parts_text(r, &s),
        words_num(r, &r->num[s.whole]), NULL, NULL, STRENGTH_STRONG };
    ratio_say(r, &p, rate, CHECK_RULE_SHARE_OF_FIRST);
    return true;
}
