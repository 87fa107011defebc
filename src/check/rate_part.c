/* Which count before a rate is its part: the one that its own verb names, else the last. */
#include "check/ratio.h"

static const Str denials[] = { S_INIT("不"), S_INIT("未"), S_INIT("非"), S_INIT("基本"), S_INIT("没有"),
    S_INIT("阶段性"), S_INIT("难以"), S_INIT("无法"), WORDS_END };

/* 清收 of 已清理收回: the first letters of two words that stand before the figure, and nothing behind them. */
static bool is_short_for(const Folded *f, const Num *p, size_t at)
{
    enum { LETTER = 3, FULL = 12 };
    Str first = { f->ptr + at, LETTER }, second = { f->ptr + at + LETTER, LETTER };
    return p->from >= p->lead + FULL && text_at(f, p->from - FULL, first) &&
           text_at(f, p->from - FULL + 2 * LETTER, second);
}

/* 出席率 of 实到: rates whose part is told with another verb. */
static bool is_told_otherwise(const Reading *r, const Num *rate, const Num *part)
{
    static const struct {
        Str rate, part;
    } words[] = {
        { S_INIT("出席率"), S_INIT("实到") },
        { S_INIT("到会率"), S_INIT("实到") },
        { S_INIT("参会率"), S_INIT("实到") },
        { S_INIT("到课率"), S_INIT("实到") },
        { S_INIT("回收率"), S_INIT("收回") },
        { S_INIT("采纳率"), S_INIT("采用") },
        { S_INIT("到位率"), S_INIT("拨付") },
        { S_INIT("执行率"), S_INIT("支出") },
        { S_INIT("成案率"), S_INIT("立案") },
        { S_INIT("优秀率"), S_INIT("优秀") },
        { S_INIT("问题率"), S_INIT("发现") },
        { S_INIT("发生率"), S_INIT("发现") },
        { S_INIT("抽查率"), S_INIT("抽查") },
        { S_INIT("覆盖率"), S_INIT("巡察") },
        { S_INIT("合格率"), S_INIT("符合") },
        { S_INIT("参训率"), S_INIT("实训") },
        { S_INIT("结案率"), S_INIT("审结") },
        { S_INIT("结案率"), S_INIT("执结") },
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_has(&r->f, rate->lead, rate->from, words[i].rate) &&
            text_has(&r->f, part->lead, part->from, words[i].part))
            return true;
    return false;
}

/* 办结率: the verb that its part's words should hold; 整改完成率 has two. */
bool rate_names_part(const Reading *r, size_t rate, size_t part, int stems)
{
    const Folded *f = &r->f;
    static const Str rates[] = { S_INIT("率"), S_INIT("比例"), S_INIT("占比"), S_INIT("比重"), S_INIT("面"),
        S_INIT("进度"), WORDS_END };
    const Num *n = &r->num[rate], *p = &r->num[part];
    size_t at = SIZE_MAX;
    for (int i = 0; rates[i].len && at == SIZE_MAX; i++)
        at = text_find(f, n->lead, n->from, rates[i]);
    if (at == SIZE_MAX)
        return false;
    if ((at >= n->lead + 6 && is_short_for(f, p, at - 6)) || is_told_otherwise(r, n, p))
        return true;
    if (stems == 2 && at >= n->lead + 6 && text_at(f, p->lead, S("已")) && p->from - p->lead == 6 &&
        text_at(f, p->lead + 3, (Str){ f->ptr + at - 3, 3 }))
        return true; /* 整改率 of 已改48个 */
    size_t to = part + 1 == rate && list_mark_between(r, p->end, n->from) == MARK_NONE ? p->from : p->noun_to;
    for (int k = 0; k < stems && at >= n->lead + 6; k++, at -= 6) { /* 上轮的8个单位整改率95.6%: of each of them */
        Str stem = { f->ptr + at - 6, 6 };
        size_t hit = text_find(f, p->lead, to, stem);
        if (hit != SIZE_MAX)
            return !text_ends_any(f, p->lead, hit, denials);
        if (k == 0 && text_ends(f, n->lead, at, S("化")) && at >= n->lead + 9) { /* 城镇化率 of 城镇人口 */
            stem.ptr -= S("化").len;
            hit = text_find(f, p->lead, to, stem);
            if (hit != SIZE_MAX)
                return !text_ends_any(f, p->lead, hit, denials);
        }
    }
    return false;
}

/* The last count before `at` in the rate's sentence, none of a bracket: 已巡察158个（含提级12个），覆盖率…. */
size_t rate_previous_count(const Reading *r, size_t at, size_t rate)
{
    uint32_t sentence = r->num[rate].sentence;
    for (size_t i = at, least = at > 8 ? at - 8 : 0; i > least; i--) {
        const Num *n = &r->num[i - 1];
        if (n->sentence != sentence)
            break;
        bool days = (n->family & MEASURE_TIME) && text_ends(&r->f, n->lead, n->from, S("天数")); /* 优良天数262天 */
        if (n->depth <= r->num[rate].depth && ratio_is_state(n) &&
            (days || !(n->family & (MEASURE_TIME | MEASURE_LEVEL))))
            return i - 1;
    }
    return SIZE_MAX;
}

/* How many counts of the rate's clause bear the stem of its name; 基本满意 is one of 满意, 未完成 none of 完成. */
static size_t count_bearers(const Reading *r, size_t rate, Str stem, bool content)
{
    enum { LOOK = 6 };
    const Folded *f = &r->f;
    size_t found = 0;
    for (size_t i = rate, least = rate > LOOK ? rate - LOOK : 0; i > least && ratio_same_clause(r, i - 1, rate); i--) {
        const Num *o = &r->num[i - 1];
        if (o->sentence != r->num[rate].sentence || o->kind != NUM_COUNT || o->one)
            continue;
        if (found && !text_has(f, o->end, r->num[i].from, S("、")))
            break;
        size_t hit = text_find(f, o->lead, o->noun_to, stem);
        found += hit != SIZE_MAX && (content || !text_ends_any(f, o->lead, hit, denials));
    }
    return found;
}

/* 综合满意率 over 满意, 基本满意 and 不满意: more than one count bears the verb, and none its whole name (集中供养率).
 */
bool rate_is_ambiguous(const Reading *r, size_t rate)
{
    enum { STEM = 6 };
    const Folded *f = &r->f;
    const Num *n = &r->num[rate];
    size_t at = text_find(f, n->lead, n->from, S("率"));
    if (at == SIZE_MAX || at < n->lead + STEM)
        return false;
    Str stem = { f->ptr + at - STEM, STEM };
    bool content = str_eq(stem, S("满意")) && !text_at(&r->f, at - 2 * STEM, S("非常"));
    if (count_bearers(r, rate, stem, content) < 2)
        return false;
    return content || at < n->lead + 2 * STEM ||
           count_bearers(r, rate, (Str){ f->ptr + at - 2 * STEM, 2 * STEM }, false) != 1;
}

/* 集中供养412人、分散供养1174人，集中供养率26.0%: the only one of its whole name. */
static size_t full_named(const Reading *r, size_t rate, size_t last)
{
    enum { LOOK = 4, NAME = 12 };
    const Num *n = &r->num[rate];
    size_t at = text_find(&r->f, n->lead, n->from, S("率")), found = SIZE_MAX, i = last;
    if (at == SIZE_MAX || at < n->lead + NAME)
        return SIZE_MAX;
    Str name = { r->f.ptr + at - NAME, NAME };
    for (int k = 0; k < LOOK && i != SIZE_MAX && ratio_same_clause(r, i, rate);
         k++, i = rate_previous_count(r, i, rate)) {
        const Num *p = &r->num[i];
        size_t hit = text_find(&r->f, p->lead, p->from, name);
        if (hit == SIZE_MAX || text_ends_any(&r->f, p->lead, hit, denials))
            continue;
        if (found != SIZE_MAX)
            return SIZE_MAX;
        found = i;
    }
    return found;
}

/* The count that the rate's own verb names, else the last one. */
size_t rate_find_part(const Reading *r, size_t rate, bool *named)
{
    enum { LOOK = 4 };
    size_t last = rate_previous_count(r, rate, rate), full = full_named(r, rate, last);
    if (full != SIZE_MAX) {
        *named = true;
        return full;
    }
    for (int stems = 1; stems <= 2; stems++) { /* 整改到位率: of 到位 before any 整改 */
        size_t at = last;
        for (int n = 0; n < LOOK && at != SIZE_MAX && ratio_same_clause(r, at, rate); n++) {
            *named = rate_names_part(r, rate, at, stems);
            if (*named)
                return at;
            at = rate_previous_count(r, at, rate);
        }
    }
    *named = false;
    return last;
}
