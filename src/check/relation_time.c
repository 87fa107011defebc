/* Averages over a time: 250个工作日共办理28.46万件，日均办件1138件; 五年来受理4215件，年均843件. */
#include "check/numeral.h"
#include "check/ratio.h"

enum { LETTER = 3, LOOK = 8, YEARS_MAX = 30, FINE = 10 };

typedef struct Span {
    Num n; /* so many days, months, years */
    size_t from;
} Span;

/* The number that ends at `at`, of one numeral or some digits; 0: none. */
static int64_t number_before(const Folded *f, size_t from, size_t at, size_t *start)
{
    int64_t value = 0;
    *start = at;
    while (*start > from && f->ptr[*start - 1] >= '0' && f->ptr[*start - 1] <= '9')
        --*start;
    for (size_t i = *start; i < at && value <= YEARS_MAX; i++)
        value = value * TEN + (f->ptr[i] - '0');
    if (*start < at || at < from + LETTER || numeral(f, at - LETTER) < 1 || numeral(f, at - LETTER) > TEN)
        return value;
    *start = at - LETTER;
    return numeral(f, *start);
}

/* 三年来, 5年间: years are no counts elsewhere. */
static bool years_before(const Reading *r, size_t from, size_t to, Span *s)
{
    static const Str goes_on[] = { S_INIT("来"), S_INIT("间"), S_INIT("以来"), S_INIT("共"), S_INIT("累计"),
        S_INIT("内"), WORDS_END };
    const Folded *f = &r->f;
    for (size_t at = text_find(f, from, to, S("年")); at != SIZE_MAX; at = text_find(f, at + LETTER, to, S("年"))) {
        size_t start;
        int64_t years = text_at_any(f, at + LETTER, goes_on) ? number_before(f, from, at, &start) : 0;
        if (years < 2 || years > YEARS_MAX)
            continue;
        *s = (Span){ { .value = years * MICRO, .step = MICRO }, start };
        return true;
    }
    return false;
}

/* The last figure of this time before the average. */
static bool time_before(const Reading *r, size_t at, const Str *measures, Span *s)
{
    const Num *a = &r->num[at];
    for (size_t i = at, least = at > LOOK ? at - LOOK : 0; i > least; i--) {
        const Num *n = &r->num[i - 1];
        if (n->sentence + 1 < a->sentence)
            break;
        if ((n->family & MEASURE_TIME) && n->kind == NUM_COUNT && n->approx == APPROX_NOT && !n->rounded && !n->one &&
            text_at_any(&r->f, n->measure, measures)) {
            *s = (Span){ *n, n->from };
            return n->value > 0;
        }
    }
    return false;
}

static bool find_time(const Reading *r, size_t at, Span *s)
{
    static const Str days[] = { S_INIT("天"), S_INIT("个工作日"), S_INIT("日"), WORDS_END };
    static const Str months[] = { S_INIT("个月"), WORDS_END };
    static const Str weeks[] = { S_INIT("周"), WORDS_END };
    static const Str daily[] = { S_INIT("日均"), S_INIT("每天"), S_INIT("每日"), WORDS_END };
    const Num *a = &r->num[at];
    if (num_lead_has_any(r, a, daily))
        return time_before(r, at, days, s);
    if (text_has(&r->f, a->lead, a->from, S("月均")))
        return time_before(r, at, months, s);
    if (text_has(&r->f, a->lead, a->from, S("周均")))
        return time_before(r, at, weeks, s);
    return text_has(&r->f, a->lead, a->from, S("年均")) &&
           years_before(r, text_sentence_from(&r->f, a->from), a->from, s);
}

/* The nearest figure of the average's measure before it. */
static size_t total_before(const Reading *r, size_t at)
{
    const Num *a = &r->num[at];
    for (size_t i = at, least = at > LOOK ? at - LOOK : 0; i > least; i--) {
        const Num *n = &r->num[i - 1];
        if (n->sentence != a->sentence)
            break;
        if (n->kind == NUM_COUNT && n->approx == APPROX_NOT && !n->average && !n->way && !n->one &&
            num_same_measure(r, n, a))
            return i - 1;
    }
    return SIZE_MAX;
}

bool average_over_time(Reading *r, size_t at)
{
    const Num *a = &r->num[at];
    Span s;
    if (a->approx || a->kind != NUM_COUNT || !find_time(r, at, &s))
        return false;
    size_t total = total_before(r, at);
    if (total == SIZE_MAX || s.from >= a->from)
        return false;
    const Num *t = &r->num[total];
    bool fits = verdict_ratio(range_of(t), range_of(&s.n), 1, a);
    if (!fits && (a->value / a->step < FINE || !evidence_refutes(STRENGTH_MIDDLE, miss_of_ratio(t, &s.n, a))))
        return false;
    StrBuf b = strbuf_in(r->arena);
    strbuf_addf(&b, "%.*s/%.*s", STR_ARG(words_num(r, t)), STR_ARG(words_num(r, &s.n)));
    Claim c = { .kind = CHECK_RATIO, .rule = CHECK_RULE_AVERAGE, .stated = a, .formula = strbuf_str(&b) };
    c.verdict = fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT;
    c.from = s.from < t->from ? s.from : t->from;
    c.to = a->end;
    c.result = words_like(r, ((Wide)t->value * MICRO + s.n.value / 2) / s.n.value, a);
    claim_add(r, &c);
    return true;
}
