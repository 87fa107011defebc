/* What is left, where whole and done are told apart from it: 28个部门中，完成的23个，占82.1%，未完成的5个;
 * 96个项目，已开工91个 …。未开工的5个. Which is which their words say; refuted only where one digit makes it right. */
#include "check/change.h"
#include "check/list.h"

enum { LEAST = 10, LETTER = 3, VERB = 2 * LETTER };

static const Str done_words[] = { S_INIT("已"), S_INIT("完成"), S_INIT("办结"), S_INIT("整改"), S_INIT("实到"),
    S_INIT("参加"), S_INIT("到位"), S_INIT("化解"), S_INIT("销号"), S_INIT("清退"), S_INIT("落实"), S_INIT("达标"),
    S_INIT("竣工"), S_INIT("开工"), S_INIT("采纳"), S_INIT("在编"), S_INIT("在岗"), S_INIT("拨付"), S_INIT("支出"),
    WORDS_END };

static bool is_candidate(const Reading *r, const Num *o, const Num *n)
{
    return o->kind == NUM_COUNT && !o->one && !o->way && !o->average && !o->past && !o->each && !o->approx &&
           o->depth <= n->depth && num_same_measure(r, o, n);
}

/* 已完成措施231项, 办结251件; but not 制定整改措施246项. */
static bool says_done(const Reading *r, const Num *o)
{
    enum { NEAR = 4 * LETTER };
    static const Str plans[] = { S_INIT("制定"), S_INIT("措施"), S_INIT("任务"), S_INIT("计划"), WORDS_END };
    size_t from = o->from > o->lead + NEAR ? o->from - NEAR : o->lead;
    if (num_lead_has_any(r, o, plans) && !text_at(&r->f, o->lead, S("已")))
        return false;
    return text_at(&r->f, o->lead, S("已")) || text_has_any(&r->f, from, o->from, done_words);
}

/* 未开工 is left of what was begun; 剩余 of anything done. */
static bool is_done(const Reading *r, const Num *o, const Num *n)
{
    size_t verb = rest_undone_verb(r, n);
    if (verb == SIZE_MAX || verb + VERB > n->from)
        return says_done(r, o) && !text_has(&r->f, o->lead, o->from, S("应"));
    size_t hit = text_find(&r->f, o->lead, o->from, (Str){ r->f.ptr + verb, VERB });
    return hit != SIZE_MAX && !text_ends(&r->f, o->lead, hit, S("未")) && !text_ends(&r->f, o->lead, hit, S("应"));
}

/* The nearest figure before `at` that says what was done; only its own measure's changes stand between. */
static size_t done_before(const Reading *r, size_t at)
{
    enum { PASSED = 1 }; /* 已办结47件，立案19件；正在核查16件 */
    const Num *n = &r->num[at];
    size_t passed = 0;
    for (size_t i = at, least = at > CHECK_WINDOW / 4 ? at - CHECK_WINDOW / 4 : 0; i > least; i--) {
        const Num *o = &r->num[i - 1];
        if (o->sentence + 1 < n->sentence || passed > PASSED)
            break;
        if (is_candidate(r, o, n) && is_done(r, o, n))
            return i - 1;
        passed += is_candidate(r, o, n) && o->sentence == n->sentence;
    }
    return SIZE_MAX;
}

/* What it was done of: the nearest figure before that is no part itself. */
static size_t whole_before(const Reading *r, size_t done, size_t at)
{
    const Num *n = &r->num[at];
    static const Str added[] = { S_INIT("追加"), S_INIT("新"), S_INIT("增"), S_INIT("调入"), S_INIT("转入"),
        S_INIT("收入"), WORDS_END };
    size_t first = SIZE_MAX;
    for (size_t i = done, least = done > CHECK_WINDOW / 4 ? done - CHECK_WINDOW / 4 : 0; i > least; i--) {
        const Num *o = &r->num[i - 1];
        if (o->sentence + 1 < r->num[done].sentence)
            break;
        if (!is_candidate(r, o, n))
            continue;
        if (text_has(&r->f, o->lead, o->from, S("其中")))
            continue;
        if (is_done(r, o, n))
            break;
        if (num_lead_has_any(r, o, added))
            return SIZE_MAX; /* 安排420万元，追加80万元，支出396.9万元，结余… is a balance */
        if (o->value >= r->num[done].value)
            return i - 1;
        first = first == SIZE_MAX ? i - 1 : first;
    }
    return first;
}

/* Another figure of the kind goes on counting: 未完成5个，已启动3个. */
static bool goes_on(const Reading *r, size_t at)
{
    const Num *n = &r->num[at];
    for (size_t i = at + 1; i < r->count && i < at + CHECK_WINDOW / 4 && r->num[i].sentence == n->sentence; i++) {
        size_t from = r->num[i - 1].end, to = r->num[i].from;
        if (text_has(&r->f, from, to, S(";")) || list_has_among(&r->f, from, to))
            return false;
        if (r->num[i].kind == NUM_COUNT && num_same_measure(r, &r->num[i], n))
            return true;
    }
    return false;
}

bool rest_is_slip(Reading *r, size_t at)
{
    const Num *n = &r->num[at];
    size_t done = done_before(r, at), whole = done == SIZE_MAX ? SIZE_MAX : whole_before(r, done, at);
    if (whole == SIZE_MAX || r->num[whole].value < LEAST * (int64_t)MICRO || goes_on(r, at))
        return false;
    Range rest = range_sub(range_of(&r->num[whole]), range_of(&r->num[done]));
    bool fits = verdict_prints(rest, n);
    static const Str late[] = { S_INIT("超期"), S_INIT("逾期"), WORDS_END }; /* some of what is left */
    bool some = num_lead_has_any(r, n, late) && !text_has(&r->f, r->num[done].lead, r->num[done].from, S("按"));
    if (!fits && (some || !rest_refutes(r, whole, done, at, STRENGTH_MIDDLE)))
        return false;
    rest_say(r, at, whole, done, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
    return true;
}
