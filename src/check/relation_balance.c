/* What there was, what came in, what went out, what there is: 上年末64人，新进11人、调出7人，年末68人. */
#include "check/reading.h"

static const Str came_in[] = { S_INIT("新进"), S_INIT("调入"), S_INIT("转入"), S_INIT("新增"), S_INIT("增加"),
    S_INIT("新收"), S_INIT("收入"), S_INIT("录用"), S_INIT("引进"), S_INIT("招录"), S_INIT("受理"), S_INIT("登记"),
    S_INIT("购入"), S_INIT("入库"), S_INIT("新设"), WORDS_END };
static const Str went_out[] = { S_INIT("调出"), S_INIT("转出"), S_INIT("退休"), S_INIT("减少"), S_INIT("支出"),
    S_INIT("离任"), S_INIT("离职"), S_INIT("注销"), S_INIT("退出"), S_INIT("调离"), S_INIT("办结"), S_INIT("报废"),
    S_INIT("出库"), S_INIT("撤销"), S_INIT("撤并"), S_INIT("请假"), S_INIT("缺席"), S_INIT("剔除"), S_INIT("扣除"),
    S_INIT("缺考"), S_INIT("提拔"), S_INIT("交流"), S_INIT("辞职"), S_INIT("去世"), S_INIT("清退"), S_INIT("化解"),
    WORDS_END };
static const Str opening[] = { S_INIT("上年末"), S_INIT("上年底"), S_INIT("年初"), S_INIT("期初"), S_INIT("月初"),
    S_INIT("季初"), S_INIT("上月末"), S_INIT("上季末"), S_INIT("上期末"), S_INIT("原有"), S_INIT("上年结转"),
    S_INIT("上年结余"), S_INIT("上期结转"), S_INIT("应到"), S_INIT("应参"), S_INIT("收回"), S_INIT("在册"),
    S_INIT("存量"), WORDS_END };
static const Str closing[] = { S_INIT("年末"), S_INIT("年底"), S_INIT("期末"), S_INIT("月末"), S_INIT("季末"),
    S_INIT("现有"), S_INIT("结存"), S_INIT("结余"), S_INIT("结转下年"), S_INIT("尚余"), S_INIT("剩余"), S_INIT("尚存"),
    WORDS_END };
/* 应到286名，请假9名，实到277名: less what is missing, and nothing comes in. */
static const Str present[] = { S_INIT("实到"), S_INIT("实际参"), S_INIT("有效"), WORDS_END };
enum { FLOWS_MAX = 8 };

typedef struct Balance {
    size_t from;    /* index of the figure it opens with; the flows stand between it and the one it closes with */
    Range flow[2];  /* in, out */
    bool open_ends; /* a flow or an end is told only about */
} Balance;

/* -1: no flow; 0: came in; 1: went out. */
static int direction(const Reading *r, const Num *n)
{
    bool in = num_lead_ends_any(r, n, came_in),
         out = num_lead_ends_any(r, n, went_out) || text_at_any(&r->f, n->lead, went_out) > 0; /* 剔除不完整的44份 */
    return in == out ? -1 : out;
}

/* 募集善款682.3万元，上年结余143.6万元，支出…: what came in may be told before what there was. */
static bool came_before(const Reading *r, size_t at, Balance *b)
{
    static const Str gathered[] = { S_INIT("募集"), S_INIT("筹集"), S_INIT("收入"), S_INIT("收到"), S_INIT("下达"),
        S_INIT("新收"), S_INIT("受理"), WORDS_END };
    const Num *o = &r->num[at];
    if (at == 0 || r->num[at - 1].sentence != o->sentence || r->num[at - 1].kind != NUM_COUNT || r->num[at - 1].way ||
        !num_same_measure(r, &r->num[at - 1], o) || r->num[at - 1].depth != o->depth ||
        !num_lead_has_any(r, &r->num[at - 1], gathered))
        return false;
    b->flow[0] = range_add(b->flow[0], range_of(o)); /* it opens with what came in */
    b->open_ends |= r->num[at - 1].approx != APPROX_NOT;
    b->from = at - 1;
    return true;
}

/* Nothing but flows of the same measure between the two ends, and some of both directions. */
static bool balance_behind(const Reading *r, size_t at, Balance *b)
{
    const Num *n = &r->num[at];
    size_t seen[2] = { 0, 0 };
    *b = (Balance){ .open_ends = n->approx != APPROX_NOT };
    for (size_t i = at; i > 0 && i + FLOWS_MAX > at; i--) {
        const Num *o = &r->num[i - 1];
        if (o->kind == NUM_PERCENT && o->sentence == n->sentence)
            continue;
        if (o->sentence != n->sentence || o->kind != NUM_COUNT || o->depth != n->depth || !num_addable(r, o, n) ||
            !num_same_measure(r, o, n))
            return false;
        int out = direction(r, o);
        b->from = i - 1;
        b->open_ends |= o->approx != APPROX_NOT;
        if (out < 0 && !num_lead_has_any(r, o, opening))
            return false;
        if (out < 0) {
            seen[0] += came_before(r, i - 1, b);
            return seen[1] && (seen[0] || num_lead_has_any(r, n, present));
        }
        b->flow[out] = range_add(b->flow[out], range_of(o));
        seen[out]++;
    }
    return false;
}

static void say_balance(Reading *r, size_t at, const Balance *b)
{
    const Num *n = &r->num[at], *first = &r->num[b->from];
    Range left = range_sub(range_add(range_of(first), b->flow[0]), b->flow[1]);
    StrBuf formula = strbuf_in(r->arena);
    int64_t value = 0;
    for (size_t i = b->from; i < at; i++) {
        if (r->num[i].kind == NUM_PERCENT)
            continue;
        bool out = i > b->from && direction(r, &r->num[i]) == 1;
        if (i > b->from)
            strbuf_addc(&formula, out ? '-' : '+');
        strbuf_add(&formula, words_num(r, &r->num[i]));
        value += out ? -r->num[i].value : r->num[i].value;
    }
    bool fits = verdict_prints(left, n);
    bool only_out = b->flow[0].hi == 0; /* 应到286名，请假9名，实到277名 is a difference */
    Claim c = { .kind = only_out ? CHECK_DIFFERENCE : CHECK_SUM,
        .rule = CHECK_RULE_BALANCE,
        .stated = n,
        .from = first->from,
        .to = n->end };
    c.verdict = b->open_ends ? CHECK_UNDECIDABLE : fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT;
    c.formula = strbuf_str(&formula);
    c.result = words_like(r, value, first);
    if (b->open_ends)
        c.note = T("有约数，不能核定", "a figure is told only about");
    claim_add(r, &c);
}

/* 净增7家（新入库15家，退库8家）: the bracket tells what the net is made of. */
static void judge_net(Reading *r, size_t at)
{
    static const Str nets[] = { S_INIT("净增"), S_INIT("净减"), WORDS_END };
    const Num *n = &r->num[at], *in = &r->num[at + 1], *out = &r->num[at + 2];
    if (!num_lead_has_any(r, n, nets) || n->kind != NUM_COUNT || n->approx || in->kind != NUM_COUNT ||
        out->kind != NUM_COUNT || in->approx || out->approx || in->depth != n->depth + 1 || out->depth != in->depth ||
        !num_same_measure(r, n, in) || !num_same_measure(r, n, out) || r->f.ptr[n->end] != '(' ||
        (at + 3 < r->count && r->num[at + 3].depth == in->depth))
        return;
    const Num *more = in->value >= out->value ? in : out, *less = more == in ? out : in;
    bool fits = verdict_prints(range_sub(range_of(more), range_of(less)), n);
    StrBuf formula = strbuf_in(r->arena);
    strbuf_addf(&formula, "%.*s-%.*s", STR_ARG(words_num(r, more)), STR_ARG(words_num(r, less)));
    Claim c = { .kind = CHECK_DIFFERENCE, .rule = CHECK_RULE_BALANCE, .stated = n, .from = n->from, .to = out->end };
    c.verdict = fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT;
    c.formula = strbuf_str(&formula);
    c.result = words_like(r, more->value - less->value, n);
    claim_add(r, &c);
}

void relation_balances(Reading *r)
{
    Balance b;
    for (size_t i = 0; i + 2 < r->count; i++)
        judge_net(r, i);
    for (size_t i = 2; i < r->count; i++)
        if (r->num[i].kind == NUM_COUNT &&
            (num_lead_has_any(r, &r->num[i], closing) || num_lead_has_any(r, &r->num[i], present)) &&
            balance_behind(r, i, &b))
            say_balance(r, i, &b);
}
