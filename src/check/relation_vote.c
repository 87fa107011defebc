/* Votes and those who cast them: 实到277名。…赞成271票、反对2票、弃权4票. */
#include "check/list.h"

enum { LOOK = 12, SENTENCES = 2, LEAST = 2, MOST = 6 };

static bool is_vote(const Reading *r, const Num *n)
{
    return n->kind == NUM_COUNT && !n->approx && !n->way && text_at(&r->f, n->measure, S("票"));
}

/* 赞成 and what follows it, to 弃权 or those who pressed no key. */
static bool take_votes(const Reading *r, size_t first, List *list)
{
    static const Str yes[] = { S_INIT("赞成"), S_INIT("同意"), WORDS_END };
    static const Str last[] = { S_INIT("弃权"), S_INIT("未按"), WORDS_END };
    if (!is_vote(r, &r->num[first]) ||
        !(num_lead_has_any(r, &r->num[first], yes) || text_at_any(&r->f, r->num[first].end, yes)))
        return false;
    list_start(list, LIST_COLON, first, first);
    for (size_t at = first; at < r->count && list->count < MOST && is_vote(r, &r->num[at]) &&
                            r->num[at].sentence == r->num[first].sentence;
         at++) {
        list->item[list->count] = (uint32_t)at;
        list->times[list->count++] = 1;
    }
    const Num *end = &r->num[list_last(list)];
    return list->count >= LEAST && (num_lead_has_any(r, end, last) || text_at_any(&r->f, end->end, last));
}

/* The nearest who were there or papers that came back. */
static size_t voters_before(const Reading *r, size_t first)
{
    static const Str there[] = { S_INIT("实到"), S_INIT("收回"), S_INIT("有效票"), S_INIT("参加表决"), S_INIT("发出"),
        S_INIT("到会"), WORDS_END };
    for (size_t i = first, least = first > LOOK ? first - LOOK : 0; i > least; i--) {
        const Num *n = &r->num[i - 1];
        if (n->sentence + SENTENCES < r->num[first].sentence)
            break;
        if (n->kind == NUM_COUNT && !n->approx && (n->family & (MEASURE_PERSON | MEASURE_VOTE)) &&
            num_lead_has_any(r, n, there))
            return i - 1;
    }
    return SIZE_MAX;
}

static bool judge_votes(Reading *r, size_t first)
{
    List list;
    if (!take_votes(r, first, &list))
        return false;
    size_t whole = voters_before(r, first);
    if (whole == SIZE_MAX)
        return true;
    const Num *w = &r->num[whole];
    Range sum = list_sum(r, &list, list.count);
    bool fits = verdict_prints(sum, w);
    if (!fits && !list_one_digit_apart(sum.lo, w->value, 0))
        return true;
    Claim c = { CHECK_SUM, CHECK_RULE_PARTS, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT, w->from,
        r->num[list_last(&list)].end, w, list_formula(r, &list, list.count), words_like(r, sum.lo, w), STR_NONE,
        { NULL, NULL } };
    claim_add(r, &c);
    return true;
}

void relation_votes(Reading *r)
{
    for (size_t i = 1; i < r->count; i++)
        if ((i == 1 || !is_vote(r, &r->num[i - 1])) && judge_votes(r, i))
            i++;
}
