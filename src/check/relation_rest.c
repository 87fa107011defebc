/* What is left of a whole when some of it is done. */
#include "check/change.h"
#include "check/list.h"
#include "check/slip.h"

/* --- what is left ------------------------------------------------------------------------------------------------ */

static const Str left_words[] = { S_INIT("剩余"), S_INIT("剩"), S_INIT("尚有"), S_INIT("还有"), S_INIT("尚余"),
    S_INIT("其余"), S_INIT("余下"), S_INIT("缺席"), S_INIT("请假"), S_INIT("空编"), S_INIT("缺编"), S_INIT("未巡察"),
    S_INIT("未办结"), S_INIT("未到位的"), S_INIT("未完成的"), S_INIT("需"), S_INIT("待"), S_INIT("结余"),
    S_INIT("尚差"), S_INIT("还差"), S_INIT("缺考"), S_INIT("超期"), S_INIT("逾期"), S_INIT("正在"), S_INIT("在办"),
    S_INIT("空置"), S_INIT("放弃"), S_INIT("余款"), S_INIT("欠收"), S_INIT("欠缴"), S_INIT("未到期"), S_INIT("在审"),
    S_INIT("闲置"), WORDS_END };
static const Str sure_left[] = { S_INIT("剩余"), S_INIT("剩"), S_INIT("尚余"), S_INIT("其余"), S_INIT("缺席"),
    S_INIT("请假"), S_INIT("空编"), S_INIT("缺编"), S_INIT("未到位"), S_INIT("尚有"), S_INIT("未巡察"), S_INIT("余下"),
    S_INIT("结余"), S_INIT("尚差"), S_INIT("还差"), S_INIT("余款"), S_INIT("欠收"), S_INIT("欠缴"), S_INIT("缺考"),
    S_INIT("还有"), S_INIT("放弃"), S_INIT("没有"), WORDS_END };

/* 36条，销号33条，余3条; 编制9名，实有8名，空1名. */
static bool is_bare_left(const Reading *r, const Num *n)
{
    static const Str bare[] = { S_INIT("余"), S_INIT("空"), S_INIT("尚欠"), S_INIT("欠"), S_INIT("下余"), WORDS_END };
    size_t len = text_at_any(&r->f, n->lead, bare);
    return len && n->lead + len == n->from;
}

/* 合格361批次，合格率98.1%；不合格的7批次: what is left denies the very verb of what was done. */
static bool denies(const Reading *r, const Num *n, const Num *done)
{
    enum { VERB = 6 };
    size_t verb = rest_undone_verb(r, n);
    if (verb == SIZE_MAX || verb + VERB > n->from)
        return false;
    size_t hit = text_find(&r->f, done->lead, done->from, (Str){ r->f.ptr + verb, VERB });
    static const Str other[] = { S_INIT("未"), S_INIT("不"), S_INIT("应"), S_INIT("基本"), S_INIT("比较"), WORDS_END };
    return hit != SIZE_MAX && !text_ends_any(&r->f, done->lead, hit, other);
}

bool rest_refutes(const Reading *r, size_t whole, size_t done, size_t at, Strength strength)
{
    static const Str balances[] = { S_INIT("累计"), S_INIT("年末"), S_INIT("期末"), S_INIT("滚存"), WORDS_END };
    const Num *w = &r->num[whole], *d = &r->num[done], *n = &r->num[at];
    bool apart = d->sentence != n->sentence || text_has(&r->f, d->end, n->from, S(";"));
    if ((apart && !denies(r, n, d)) || num_lead_has_any(r, n, balances))
        strength = STRENGTH_WEAK;
    Miss miss = miss_of_gap(w, d, n);
    if (d->value > w->value)
        miss.small = 0; /* nothing is left of it: another whole */
    return evidence_refutes(strength, miss);
}

void rest_say(Reading *r, size_t at, size_t whole, size_t done, CheckVerdict verdict)
{
    const Num *w = &r->num[whole], *d = &r->num[done], *n = &r->num[at];
    size_t from = w->from < d->from ? w->from : d->from;
    Claim c = { CHECK_DIFFERENCE, CHECK_RULE_REST, verdict, from, n->end, n,
        verdict == CHECK_CONSISTENT && d->value > w->value ? change_minus(r, d, w, false)
                                                           : change_minus(r, w, d, false),
        words_like(
            r, verdict == CHECK_CONSISTENT && d->value > w->value ? d->value - w->value : w->value - d->value, w),
        STR_NONE, { NULL, NULL } };
    claim_add(r, &c);
}

/* The whole may stand behind its part: 62个，占总数118个的52.5%，还有56个. */
static bool is_rest(const Reading *r, size_t a, size_t b, const Num *n)
{
    const Num *x = &r->num[a], *y = &r->num[b];
    Range rest = x->value >= y->value ? range_sub(range_of(x), range_of(y)) : range_sub(range_of(y), range_of(x));
    return verdict_prints(rest, n);
}

static bool only_averages(const Reading *r, size_t a, size_t b)
{
    for (size_t i = a + 1; i < b; i++)
        if (!r->num[i].average && !r->num[i].way && r->num[i].kind != NUM_PERCENT &&
            num_addable(r, &r->num[i], &r->num[a]))
            return false;
    return true;
}

/* 问题48个，其中…；目前销号45个，剩余3个: done right before, of the whole that the sentence began with. */
static size_t rest_topic(const Reading *r, size_t at, size_t done)
{
    enum { LOOK = 12 };
    const Num *n = &r->num[at];
    size_t first = SIZE_MAX;
    int64_t largest = 0;
    for (size_t i = done, least = done > LOOK ? done - LOOK : 0; i > least && r->num[i - 1].sentence == n->sentence;
         i--) {
        const Num *w = &r->num[i - 1];
        if (w->kind != NUM_COUNT || w->way || w->average || w->one || w->approx || !num_same_measure(r, w, n) ||
            w->depth > n->depth)
            continue;
        first = i - 1;
        largest = w->value > largest ? w->value : largest;
    }
    return first != SIZE_MAX && r->num[first].value == largest ? first : SIZE_MAX;
}

enum { REST_LOOK = 6 };

/* Figures before `at` of which one may be the whole and one the part done, nearest first. */
static size_t rest_operands(const Reading *r, size_t at, bool in_clause, size_t *o)
{
    const Num *n = &r->num[at];
    size_t found = 0;
    for (size_t i = at; i > 0 && found < REST_LOOK && i + 8 > at; i--) {
        const Num *p = &r->num[i - 1];
        bool behind = in_clause && found >= 2 && text_has(&r->f, p->end, r->num[o[found - 1]].from, S(";"));
        if (p->sentence != n->sentence || behind)
            break;
        if (p->kind == NUM_COUNT && !p->one && !p->way && !p->average && num_addable(r, p, n) && p->depth <= n->depth)
            o[found++] = i - 1;
    }
    return found;
}

/* Two figures and nothing but averages between, the whole first. */
static bool is_rest_pair(const Reading *r, size_t at, const size_t *o)
{
    const Num *n = &r->num[at], *d = &r->num[o[0]], *w = &r->num[o[1]];
    return only_averages(r, o[1], o[0]) && !w->approx && !d->approx && num_same_measure(r, w, d) &&
           num_same_measure(r, d, n);
}

/* One figure of the kind since the last semicolon; more would all have been done: 一季度11项，二季度19项，剩余…. */
static bool is_only_done(const Reading *r, size_t at, size_t done)
{
    for (size_t i = done; i > 0 && r->num[i - 1].sentence == r->num[at].sentence; i--) {
        if (text_has(&r->f, r->num[i - 1].end, r->num[i].from, S(";")))
            return true;
        if (num_addable(r, &r->num[i - 1], &r->num[at]))
            return false;
    }
    return true;
}

/* 尚未化解59件, 未拨付0.58亿元; SIZE_MAX: not so. Where the verb begins. */
size_t rest_undone_verb(const Reading *r, const Num *n)
{
    static const Str undone[] = { S_INIT("尚未"), S_INIT("未"), S_INIT("没有"), S_INIT("不"), S_INIT("剩余未"),
        WORDS_END };
    size_t len = n->lead < n->from ? text_at_any(&r->f, n->lead, undone) : 0;
    return len ? n->lead + len : SIZE_MAX;
}

/* Refuted only against what was done of the very same: 化解289件，…尚未化解59件, but not 办结289件，未立案23件. */
static bool is_undone_of(const Reading *r, const Num *n, const Num *done, const Num *whole)
{
    enum { VERB = 6 };
    size_t verb = rest_undone_verb(r, n);
    return verb != SIZE_MAX && verb + VERB <= n->from && done->value <= whole->value &&
           !(text_ends(&r->f, n->lead, verb, S("不")) &&
               (!denies(r, n, done) || text_has(&r->f, whole->lead, whole->from,
                                           (Str){ r->f.ptr + verb, VERB }))) && /* of 满意, 基本满意 */
           text_has(&r->f, done->lead, done->from, (Str){ r->f.ptr + verb, VERB });
}

/* 整改任务112项。已完成104项，其余8项: the whole in the sentence before. */
static bool rest_of_before(Reading *r, size_t at, bool refute)
{
    enum { ROOM = 6 };
    const Num *n = &r->num[at];
    size_t o[REST_LOOK], wholes[ROOM], best = SIZE_MAX;
    if (rest_operands(r, at, false, o) != 1 || !only_averages(r, o[0], at) || r->num[o[0]].approx ||
        !num_same_measure(r, &r->num[o[0]], n))
        return false;
    size_t found = context_wholes(r, o[0], wholes, ROOM);
    Wide least = 0;
    for (size_t i = 0; i < found; i++) {
        Wide off = (Wide)r->num[wholes[i]].value - r->num[o[0]].value - n->value;
        off = off < 0 ? -off : off;
        if (best == SIZE_MAX || off < least)
            best = wholes[i], least = off;
    }
    if (best == SIZE_MAX)
        return false;
    bool fits = is_rest(r, best, o[0], n);
    if (fits)
        rest_say(r, at, best, o[0], CHECK_CONSISTENT);
    else if (refute && context_goes_on(r, o[0]) && rest_refutes(r, best, o[0], at, STRENGTH_MIDDLE))
        rest_say(r, at, best, o[0], CHECK_INCONSISTENT);
    return fits;
}

/* Only those of the very measure, where they are enough: 责任部门31个 is nothing of 措施246项. */
static size_t same_operands(const Reading *r, size_t at, bool in_clause, size_t *o)
{
    size_t all[REST_LOOK], found = rest_operands(r, at, in_clause, all), same = 0;
    for (size_t i = 0; i < found; i++)
        if (num_same_measure(r, &r->num[all[i]], &r->num[at]))
            o[same++] = all[i];
    if (same >= 2)
        return same;
    memcpy(o, all, found * sizeof all[0]);
    return found;
}

/* 144个问题销号143个、剩1个: one behind the other, and what is left is called so first thing. */
static Strength pair_strength(const Reading *r, size_t at, const size_t *o)
{
    const Num *n = &r->num[at];
    size_t rates = 0;
    while (o[0] + 1 + rates < at && r->num[o[0] + 1 + rates].kind == NUM_PERCENT)
        rates++;
    bool behind = o[1] + 1 == o[0] && o[0] + 1 + rates == at,
         called = text_at_any(&r->f, n->lead, sure_left) > 0 || is_bare_left(r, n) || denies(r, n, &r->num[o[0]]);
    return behind && called && r->num[o[1]].sentence == n->sentence ? STRENGTH_STRONG : STRENGTH_MIDDLE;
}

/* 其中财政专户1730万元、项目结余2085.5万元，其余1047万元: what stands behind fills the whole, so this is one of its
 * parts.
 */
static bool is_filled_behind(const Reading *r, size_t at, const size_t *o, size_t found)
{
    const Num *n = &r->num[at];
    if (at + 1 >= r->count || found < 2)
        return false;
    const Num *next = n + 1;
    Range rest = range_sub(range_sub(range_of(&r->num[o[1]]), range_of(&r->num[o[0]])), range_of(n));
    return next->sentence == n->sentence && next->kind == NUM_COUNT && num_same_measure(r, next, n) &&
           verdict_prints(rest, next);
}

/* 尚有7个。其中，土地类3个；资金类2个；其余2个: what 其中 opens is a part, and no whole of the others. */
static bool is_first_part(const Reading *r, size_t first)
{
    return first > 0 && r->num[first - 1].sentence != r->num[first].sentence &&
           list_has_among(&r->f, r->num[first - 1].end, r->num[first].from);
}

/* 积案38件；新增4件，化解29件，尚余13件: what came in is no whole. */
static bool is_inflow(const Reading *r, const Num *n)
{
    static const Str words[] = { S_INIT("新增"), S_INIT("新收"), S_INIT("新接"), S_INIT("新发"), WORDS_END };
    return num_lead_has_any(r, n, words);
}

static void refute_rest(Reading *r, size_t at)
{
    const Num *n = &r->num[at];
    size_t o[REST_LOOK], found = same_operands(r, at, true, o);
    bool undone = found >= 2 && is_undone_of(r, n, &r->num[o[0]], &r->num[o[1]]);
    if (found == 0 || (!num_lead_has_any(r, n, sure_left) && !undone && !is_bare_left(r, n)) ||
        is_filled_behind(r, at, o, found))
        return;
    if (found >= 2 &&
        (text_has(&r->f, r->num[o[1]].end, r->num[o[0]].from, S("主要")) ||
            (rest_undone_verb(r, n) == SIZE_MAX && text_has(&r->f, r->num[o[0]].lead, r->num[o[0]].from, S("未")))))
        return; /* 未开工9个，主要是用地未落实的4个、资金未到位的3个 */
    bool others = text_has(&r->f, n->lead, n->from, S("其余")); /* of a list, as often as of one part */
    if (others && found >= 2 && is_first_part(r, o[found - 1]))
        return;
    size_t topic =
        only_averages(r, o[0], at) && num_same_measure(r, &r->num[o[0]], n) ? rest_topic(r, at, o[0]) : SIZE_MAX;
    size_t all[REST_LOOK];
    bool apart = found >= 2 && rest_operands(r, at, false, all) > 2 &&
                 text_has(&r->f, r->num[o[1]].end, r->num[o[0]].from, S(";")); /* 意见56条；…整改39条，剩余3条 */
    static const Str due[] = { S_INIT("计划"), S_INIT("目标"), S_INIT("任务"), WORDS_END };
    bool planned = num_lead_has_any(r, &r->num[o[0]], due) ||
                   text_has_any(&r->f, r->num[o[0]].end, n->from, due); /* 离82.5亿元的目标还差 */
    if (found == 2 && r->num[o[0]].value > r->num[o[1]].value && planned) {
        size_t done = o[1]; /* 完成26.7亿元，占年度计划31.5亿元的84.8%，尚差…: the whole behind its part */
        o[1] = o[0];
        o[0] = done;
        topic = SIZE_MAX;
    }
    if (found >= 2 && num_same_label(r, &r->num[o[0]], &r->num[o[1]]))
        return;
    Strength strength = found >= 2 ? pair_strength(r, at, o) : STRENGTH_MIDDLE;
    if ((found == 2 && !apart && !rest_refutes(r, o[1], o[0], at, strength)) ||
        (topic != SIZE_MAX &&
            !rest_refutes(r, topic, o[0], at, found >= 2 && topic == o[1] ? strength : STRENGTH_MIDDLE)))
        return; /* 6月底完成31个，9月底完成49个，尚有13个 */
    if (found == 2 && !apart && is_rest_pair(r, at, o) &&
        !(others && topic != o[1] && rest_operands(r, at, false, o) > 2))
        rest_say(r, at, o[1], o[0], CHECK_INCONSISTENT);
    else if (topic != SIZE_MAX && !others && (found != 2 || apart) && !r->num[o[0]].approx && is_only_done(r, at, o[0]))
        rest_say(r, at, topic, o[0], CHECK_INCONSISTENT);
}

/* All that was done, one after the other, taken from a whole before. */
static bool fits_several(Reading *r, size_t at, const size_t *o, size_t found)
{
    Range done = { 0, 0 };
    for (size_t k = 0; k + 1 < found; k++) {
        done = range_add(done, range_of(&r->num[o[k]]));
        if (k > 0 && verdict_prints(range_sub(range_of(&r->num[o[k + 1]]), done), &r->num[at]))
            return true;
    }
    return false;
}

/* 184件，水33、气57 …；当日办结112件，阶段性办结45件，还有27件: the same over all of its measure in the sentence. */
static bool fits_afar(Reading *r, size_t at)
{
    const Num *n = &r->num[at];
    Range done = { 0, 0 };
    size_t taken = 0;
    for (size_t i = at, least = at > CHECK_WINDOW / 2 ? at - CHECK_WINDOW / 2 : 0;
         i > least && r->num[i - 1].sentence + 1 >= n->sentence; i--) {
        const Num *o = &r->num[i - 1];
        if (o->kind != NUM_COUNT || o->one || o->way || o->average || o->depth > n->depth || !num_same_measure(r, o, n))
            continue;
        if (taken >= 2 && verdict_prints(range_sub(range_of(o), done), n))
            return true;
        if (o->sentence != n->sentence)
            continue; /* 两批共132人，…。优秀26人；称职98人；不称职8人 */
        done = range_add(done, range_of(o));
        taken++;
    }
    return false;
}

void relation_rest(Reading *r, size_t at)
{
    const Num *n = &r->num[at];
    size_t o[REST_LOOK];
    if (n->kind != NUM_COUNT || n->approx ||
        (!num_lead_has_any(r, n, left_words) && rest_undone_verb(r, n) == SIZE_MAX && !is_bare_left(r, n)))
        return;
    size_t found = rest_operands(r, at, false, o);
    for (size_t d = 0; d + 1 < found; d++)
        for (size_t w = d + 1; w < found; w++)
            if (is_rest(r, o[w], o[d], n)) {
                rest_say(r, at, o[w], o[d], CHECK_CONSISTENT);
                return;
            }
    if (found >= 3 && (is_inflow(r, &r->num[o[1]]) || is_inflow(r, &r->num[o[0]])))
        return; /* relation_balance.c */
    if (!fits_several(r, at, o, found) && !fits_afar(r, at) &&
        !rest_of_before(r, at, num_lead_has_any(r, n, sure_left)) && !rest_is_slip(r, at))
        refute_rest(r, at);
}
