/* Rates whose figures no words tell for sure. The likeliest pair is tried: where one digit, changed in one of the three
 * figures, makes the rate right, a slip is likelier than a whole that the text does not give. By chance that happens
 * about once in eight for a rate of three digits and once in eighty for four, so only one pair is tried, and no rate of
 * two digits. Several shares that one changed digit makes right at once are hardly an accident. */
#include "check/ratio.h"
#include "check/slip.h"

enum { LETTER = 3, NAME = 2 * LETTER };

bool ratio_whole_is_slip(const Reading *r, const Num *whole, const size_t *part, const size_t *rate, size_t count)
{
    Num other;
    size_t fine = 0;
    for (size_t i = 0; i < count; i++)
        fine += r->num[rate[i]].step < MICRO;
    for (int k = 0; fine == count && ratio_other_figure(whole, k, &other); k++) {
        size_t fits = 0;
        while (fits < count && other.value > 0 &&
               verdict_ratio(range_of(&r->num[part[fits]]), range_of(&other), 100, &r->num[rate[fits]]))
            fits++;
        if (fits == count)
            return true;
    }
    return false;
}

/* What the sentences before were about: the first count of the part's measure in the nearest of them where none is
 * larger; one that divides it (从类别看，教育617个，医疗532个…) is passed over. */
size_t ratio_topic_before(const Reading *r, size_t part)
{
    const Num *p = &r->num[part];
    size_t found = SIZE_MAX, least = part > CHECK_WINDOW / 2 ? part - CHECK_WINDOW / 2 : 0;
    int64_t largest = 0;
    for (size_t i = part; i > least; i--) {
        const Num *w = &r->num[i - 1];
        if (w->sentence == p->sentence || !ratio_is_state(w) || w->past || w->each || w->depth || w->approx ||
            !num_addable(r, w, p) || !num_same_measure(r, w, p))
            continue;
        if (found != SIZE_MAX && w->sentence != r->num[found].sentence && r->num[found].value == largest)
            break;
        found = i - 1;
        largest = w->value > largest ? w->value : largest;
    }
    return found != SIZE_MAX && r->num[found].value == largest ? found : SIZE_MAX;
}

/* 转派承办单位办理5636件；转派件已办结5471件，办结率97.1%: what begins as the part does. */
static size_t subject_before(const Reading *r, size_t part)
{
    enum { LOOK = 12 };
    static const Str none[] = { S_INIT("已"), S_INIT("共"), S_INIT("其"), S_INIT("目前"), S_INIT("全"), S_INIT("累计"),
        WORDS_END };
    const Folded *f = &r->f;
    const Num *p = &r->num[part];
    if (p->from < p->lead + NAME || text_at_any(f, p->lead, none) || !text_is_chinese(f, p->lead + LETTER))
        return SIZE_MAX;
    Str name = { f->ptr + p->lead, NAME };
    for (size_t i = part, least = part > LOOK ? part - LOOK : 0; i > least; i--) {
        const Num *w = &r->num[i - 1];
        if (ratio_is_state(w) && !w->approx && num_same_measure(r, w, p) && w->sentence + 1 >= p->sentence &&
            (text_has(f, w->lead, w->from, name) || text_has(f, w->end, w->noun_to, name)))
            return i - 1; /* or 38个政府网站…，网站合格37个 */
    }
    return SIZE_MAX;
}

/* …；特困供养1586人，其中集中供养412人，…集中供养率26.0%: the first of the clause, when none of it is larger. */
static size_t clause_topic(const Reading *r, size_t part)
{
    const Num *p = &r->num[part];
    size_t found = SIZE_MAX;
    int64_t largest = 0;
    size_t least = part > CHECK_WINDOW / 4 ? part - CHECK_WINDOW / 4 : 0;
    for (size_t i = part; i > least && r->num[i - 1].sentence == p->sentence && ratio_same_clause(r, i - 1, part);
         i--) {
        const Num *w = &r->num[i - 1];
        if (!ratio_is_state(w) || w->past || w->approx || w->depth > p->depth || !num_same_measure(r, w, p))
            continue;
        found = i - 1;
        largest = w->value > largest ? w->value : largest;
    }
    return found != SIZE_MAX && r->num[found].value == largest ? found : SIZE_MAX;
}

/* 结案率 of 审执结: a letter of the rate's name stands right before the part, or 占 before the rate. */
static bool shares_letter(const Reading *r, const Num *part, const Num *rate)
{
    enum { NEAR = 12 };
    static const Str rates[] = { S_INIT("率"), S_INIT("进度"), S_INIT("面"), WORDS_END };
    const Folded *f = &r->f;
    size_t at = SIZE_MAX, from = part->from > part->lead + NEAR ? part->from - NEAR : part->lead;
    for (int i = 0; rates[i].len && at == SIZE_MAX; i++)
        at = text_find(f, rate->lead, rate->from, rates[i]);
    if (at == SIZE_MAX || at < rate->lead + 2 * LETTER)
        return text_has(f, rate->lead, rate->from, S("占"));
    static const Str denials[] = { S_INIT("未"), S_INIT("不"), WORDS_END };
    if (text_has_any(f, from, part->from, denials) && !text_has_any(f, rate->lead, rate->from, denials))
        return false; /* 年末未结24件，结案率 */
    return text_has(f, from, part->noun_to, (Str){ f->ptr + at - LETTER, LETTER }) ||
           text_has(f, from, part->noun_to, (Str){ f->ptr + at - 2 * LETTER, LETTER });
}

/* 完成计划的45.4%: of the last figure that is called a plan. */
static size_t plan_before(const Reading *r, size_t part, size_t rate)
{
    enum { LOOK = 8 };
    static const Str plans[] = { S_INIT("计划"), S_INIT("任务"), S_INIT("目标"), S_INIT("预算"), WORDS_END };
    static const Str of[] = { S_INIT("占"), S_INIT("完成"), S_INIT("为"), WORDS_END };
    const Num *n = &r->num[rate], *p = &r->num[part];
    if (!num_lead_has_any(r, n, plans) || !num_lead_has_any(r, n, of) || !text_ends(&r->f, n->lead, n->from, S("的")))
        return SIZE_MAX;
    for (size_t i = part, least = part > LOOK ? part - LOOK : 0; i > least; i--) {
        const Num *w = &r->num[i - 1];
        if (w->sentence + 1 < p->sentence)
            break;
        if (ratio_is_state(w) && !w->approx && num_same_measure(r, w, p) && num_lead_has_any(r, w, plans))
            return i - 1;
    }
    const Num *w = &r->num[rate + 1 < r->count ? rate + 1 : rate]; /* 完成年初预算的53.5%，年初预算为24亿元 */
    bool behind = w != n && w->sentence == n->sentence && w->depth == n->depth && ratio_is_state(w) && !w->approx &&
                  num_same_measure(r, w, p) && num_lead_has_any(r, w, plans) && w->value > 0;
    return behind ? rate + 1 : SIZE_MAX;
}

/* What the words call the whole: 占被查单位的, 占成交总额的, 占来访总人次的; at most four letters, empty: nothing. */
static Str whole_name(const Reading *r, const Num *rate)
{
    static const Str ends[] = { S_INIT("总额"), S_INIT("总量"), S_INIT("总数"), S_INIT("数量"), S_INIT("比重"),
        S_INIT("比例"), WORDS_END };
    const Folded *f = &r->f;
    size_t from = text_find(f, rate->lead, rate->from, S("占")), to = rate->from;
    if (from == SIZE_MAX || !text_ends(f, rate->lead, to, S("的")))
        return STR_NONE;
    from += LETTER;
    to -= LETTER;
    if (text_ends_any(f, from, to, ends))
        to -= NAME;
    if (to < from + NAME)
        return STR_NONE;
    from = to > from + 2 * NAME ? to - 2 * NAME : from;
    return (Str){ f->ptr + from, to - from };
}

/* By its measure, its noun or the words before it; 占已核查户数的 is not of 应核查2040户. */
static bool is_named_so(const Reading *r, const Num *w, Str name)
{
    const Folded *f = &r->f;
    size_t at = (size_t)(name.ptr - f->ptr);
    for (size_t from = at, i = 0; i < 3 && from >= LETTER; i++, from -= LETTER)
        if (text_at(f, from - LETTER, S("已")) && text_has(f, w->lead, w->from, S("应")))
            return false;
    bool measured = text_at(f, w->measure, name) || /* 占总人次的 of 人次, 占计划户数的 of 户 */
                    (text_at(f, at + LETTER, S("数")) && text_at(f, w->measure, (Str){ name.ptr, LETTER }));
    return measured || text_has(f, w->end, w->noun_to, name) || text_has(f, w->lead, w->from, name);
}

bool ratio_calls_else(const Reading *r, const Num *whole, size_t rate)
{
    Str name = whole_name(r, &r->num[rate]);
    return name.len && !is_named_so(r, whole, (Str){ name.ptr + name.len - NAME, NAME });
}

size_t ratio_called_before(const Reading *r, size_t part, size_t rate, bool *full_name)
{
    const Num *p = &r->num[part];
    Str full = whole_name(r, &r->num[rate]);
    static const Str common[] = { S_INIT("资金"), S_INIT("金额"), S_INIT("人员"), S_INIT("问题"), WORDS_END };
    bool vague = full.len > NAME && text_at_any(&r->f, (size_t)(full.ptr - r->f.ptr) + full.len - NAME, common);
    for (int pass = full.len > NAME ? 0 : 2; full.len && pass < (vague ? 2 : 3);
         pass++) { /* 税收收入 before any 收入 */
        Str name = pass == 0 ? full : (Str){ full.ptr + (pass == 1 ? 0 : full.len - NAME), NAME };
        for (size_t i = part, least = part > CHECK_WINDOW / 2 ? part - CHECK_WINDOW / 2 : 0; i > least; i--) {
            const Num *w = &r->num[i - 1];
            if (ratio_is_state(w) && !w->approx && num_addable(r, w, p) && is_named_so(r, w, name)) {
                *full_name = pass == 0;
                return i - 1;
            }
        }
    }
    return SIZE_MAX;
}

/* 94.62亿元…。商品零售83.16亿元，餐饮收入11.46亿元: both together fill a whole told before. */
bool ratio_are_siblings(const Reading *r, size_t whole, size_t part)
{
    enum { LOOK = 16 };
    const Num *w = &r->num[whole], *p = &r->num[part];
    Range sum = range_add(range_of(w), range_of(p));
    List pair;
    list_start(&pair, LIST_COMMA, whole, whole);
    pair.item[0] = (uint32_t)whole;
    pair.item[1] = (uint32_t)part;
    pair.count = 2;
    if (list_ends_here(r, &pair))
        return true; /* 盈利14户，亏损5户 */
    for (size_t i = whole, least = whole > LOOK ? whole - LOOK : 0; i > least; i--) {
        const Num *o = &r->num[i - 1];
        if (ratio_is_state(o) && !o->approx && o->value > w->value && num_same_measure(r, o, w) &&
            verdict_prints(sum, o))
            return true;
    }
    return false;
}

/* Any whole is told where it fits, and where a digit makes it fit. */
static bool say_slip(Reading *r, size_t part, size_t whole, size_t rate, Strength strength)
{
    const Num *n = &r->num[rate];
    Pair pair = ratio_pair(r, part, whole, rate);
    bool fits = ratio_fits(&pair, n);
    pair.strength = strength;
    if (!fits && (num_same_label(r, &r->num[whole], &r->num[part]) || ratio_are_siblings(r, whole, part) ||
                     !ratio_refutes(r, &pair, rate)))
        return false;
    ratio_say(r, &pair, rate, CHECK_RULE_RATE);
    return true;
}

static bool may_slip(const Num *part, const Num *rate)
{
    return !rate->approx && !part->approx && !part->past && !part->each && part->sentence == rate->sentence;
}

bool ratio_of_called(Reading *r, size_t part, size_t rate)
{
    if (!ratio_is_fine(&r->num[rate]) || !may_slip(&r->num[part], &r->num[rate]) ||
        ratio_has_own_subject(r, &r->num[rate], &r->num[part]))
        return false;
    size_t whole = plan_before(r, part, rate);
    bool full = false;
    if (whole == SIZE_MAX)
        whole = ratio_called_before(r, part, rate, &full);
    return whole != SIZE_MAX && say_slip(r, part, whole, rate, full ? STRENGTH_STRONG : STRENGTH_MIDDLE);
}

/* 8个村共发现问题136个；其中58个，占42.6%: the largest of the sentence, though a smaller count stands ahead. */
static size_t largest_before(const Reading *r, size_t part)
{
    enum { LOOK = 8 };
    const Num *p = &r->num[part];
    size_t found = SIZE_MAX;
    for (size_t i = part, least = part > LOOK ? part - LOOK : 0; i > least; i--) {
        const Num *w = &r->num[i - 1];
        if (w->sentence != p->sentence)
            break;
        if (ratio_is_state(w) && !w->approx && !w->past && w->depth <= p->depth && num_same_measure(r, w, p) &&
            (found == SIZE_MAX || w->value >= r->num[found].value))
            found = i - 1;
    }
    return found;
}

/* The first figure of the paragraph of this measure, when none before the part is larger. */
static size_t paragraph_topic(const Reading *r, size_t part)
{
    const Num *p = &r->num[part];
    size_t found = SIZE_MAX;
    int64_t largest = 0;
    for (size_t i = part, least = part > CHECK_WINDOW / 2 ? part - CHECK_WINDOW / 2 : 0; i > least; i--) {
        const Num *w = &r->num[i - 1];
        if (!ratio_is_state(w) || w->past || w->each || w->depth || w->approx || !num_same_measure(r, w, p))
            continue;
        found = i - 1;
        largest = w->value > largest ? w->value : largest;
    }
    return found != SIZE_MAX && r->num[found].value == largest ? found : SIZE_MAX;
}

/* …；高血压患者规范管理4.18万人: a clause with a subject of its own has its own whole. */
bool ratio_has_own_clause(const Reading *r, size_t whole, size_t part)
{
    enum { SHORT = 6 * LETTER };
    const Num *p = &r->num[part];
    return whole < part && r->num[whole].sentence == p->sentence && !ratio_same_clause(r, whole, part) &&
           p->from > p->lead + SHORT && !text_at(&r->f, p->lead, S("已")) && !text_at(&r->f, p->lead, S("截至"));
}

/* The likeliest whole in the part's own sentence. */
static size_t own_whole(const Reading *r, size_t part, size_t rate)
{
    size_t whole = subject_before(r, part);
    if (whole == SIZE_MAX)
        whole = clause_topic(r, part);
    if (whole == SIZE_MAX)
        whole = ratio_topic(r, part, rate);
    if (whole == SIZE_MAX)
        whole = largest_before(r, part);
    return whole;
}

/* 问题合同1357份，占21.1%，已规范1289份，规范率95.0%: what was told right before. */
static size_t last_before(const Reading *r, size_t part)
{
    const Num *p = &r->num[part];
    size_t last = part;
    while (last > 0 && r->num[last - 1].kind == NUM_PERCENT)
        last--;
    if (last == 0 || !text_at(&r->f, p->lead, S("已")))
        return SIZE_MAX;
    const Num *w = &r->num[--last];
    return ratio_is_state(w) && !w->approx && w->sentence == p->sentence && num_same_measure(r, w, p) ? last : SIZE_MAX;
}

/* All that look for a whole find the same. */
static size_t only_whole(const size_t *wholes, size_t count)
{
    size_t only = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        if (only != SIZE_MAX && wholes[i] != SIZE_MAX && wholes[i] != only)
            return SIZE_MAX;
        only = wholes[i] != SIZE_MAX ? wholes[i] : only;
    }
    return only;
}

bool ratio_of_slip(Reading *r, size_t part, size_t rate, Strength bound)
{
    bool fine = ratio_is_fine(&r->num[rate]);
    if ((!fine && bound != STRENGTH_STRONG) || !may_slip(&r->num[part], &r->num[rate]) ||
        !shares_letter(r, &r->num[part], &r->num[rate]))
        return false;
    size_t topic = paragraph_topic(r, part), before = ratio_topic_before(r, part);
    const size_t wholes[] = { own_whole(r, part, rate), topic != SIZE_MAX ? topic : before, last_before(r, part),
        before };
    enum { WHOLES = sizeof wholes / sizeof wholes[0], TRIED = WHOLES - 1 };
    for (size_t i = 0; i < WHOLES; i++) { /* one that fits was meant, wherever it stands */
        if (wholes[i] == SIZE_MAX)
            continue;
        Pair pair = ratio_pair(r, part, wholes[i], rate);
        if (ratio_fits(&pair, &r->num[rate]))
            return say_slip(r, part, wholes[i], rate, STRENGTH_WEAK);
    }
    size_t only = only_whole(wholes, WHOLES);
    if (only != SIZE_MAX && bound == STRENGTH_STRONG && !ratio_has_own_clause(r, only, part))
        return say_slip(r, part, only, rate, fine ? STRENGTH_MIDDLE : STRENGTH_STRONG); /* 已查实22条，查实率71% */
    for (size_t i = 0; fine && i < TRIED; i++)
        if (wholes[i] != SIZE_MAX && !ratio_has_own_clause(r, wholes[i], part) &&
            say_slip(r, part, wholes[i], rate, STRENGTH_WEAK))
            return true;
    return false;
}
