/* A whole between the verb and its rate: 占全县230个村的82%, 完成年度目标150亿元的84.7%, 超出预算32万元的23.9%. */
#include "check/ratio.h"

/* 占全县230个村的82%, 完成年度目标150亿元的84.7%: the whole stands between the verb and the rate. */
bool ratio_whole_inside(const Reading *r, size_t rate)
{
    static const Str opens[] = { S_INIT("占"), S_INIT("完成"), S_INIT("覆盖"), S_INIT("为"), S_INIT("是"), S_INIT("超"),
        WORDS_END };
    const Folded *f = &r->f;
    const Num *n = &r->num[rate];
    if (rate < 2)
        return false;
    const Num *w = &r->num[rate - 1], *p = &r->num[rate - 2];
    if (w->kind != NUM_COUNT || p->kind != NUM_COUNT || w->sentence != n->sentence || p->sentence != n->sentence)
        return false;
    if (p->chinese && p->value < 10 * (int64_t)MICRO && !num_same_measure(r, p, w))
        return false; /* 四类占总量6318件的, 三个单位占 */
    static const Str plans[] = { S_INIT("计划"), S_INIT("任务"), S_INIT("目标"), WORDS_END };
    if (num_lead_has_any(r, w, plans) && text_has(f, w->end, n->from, S("完成")) &&
        text_ends(f, w->end, n->from, S("的")))
        return num_same_measure(r, w, p) && n->from - w->end <= 36; /* 全年计划88个，完成年度任务的51.1% */
    if (text_has(f, w->end, n->from, S(",")) || text_has(f, w->end, n->from, S(";")))
        return false;
    static const Str called[] = { S_INIT("总数"), S_INIT("总量"), S_INIT("应"), WORDS_END };
    bool told =
        text_has(f, w->lead, w->from, S("占")) && num_lead_has_any(r, w, called); /* 1864人，占村总数1902个的98% */
    return text_ends(f, w->end, n->from, S("的")) && n->from - w->end <= 24 && num_lead_has_any(r, w, opens) &&
           (told || num_addable(r, w, p));
}

/* 造林2.86万亩，其中人工造林1.24万亩、封山育林1.62万亩，为年度任务2.6万亩的110%: the plan is for all that was done. */
static size_t part_of_plan(const Reading *r, size_t rate)
{
    static const Str plans[] = { S_INIT("计划"), S_INIT("任务"), S_INIT("目标"), WORDS_END };
    size_t part = rate - 2, topic = ratio_topic(r, part, rate);
    bool listed = topic != SIZE_MAX && topic < part && num_lead_has_any(r, &r->num[rate - 1], plans) &&
                  text_has(&r->f, r->num[topic].end, r->num[part].from, S("其中"));
    return listed ? topic : part;
}

/* 186.4公里，超额完成年度任务150公里的24.3%: what goes beyond the plan. */
static Pair pair_beyond(Reading *r, size_t part, size_t rate)
{
    const Num *p = &r->num[part], *w = &r->num[rate - 1];
    Pair pair = ratio_pair(r, part, rate - 1, rate);
    pair.part = range_sub(range_of(p), range_of(w));
    pair.divided = NULL;
    pair.strength = STRENGTH_STRONG;
    StrBuf b = strbuf_in(r->arena);
    strbuf_addf(&b, "(%.*s-%.*s)", STR_ARG(pair.part_text), STR_ARG(pair.whole_text));
    pair.part_text = strbuf_str(&b);
    return pair;
}

/* 74、61、58、44、39件，合占全市412件的67%: all of the run together. */
static bool share_of_run(Reading *r, size_t rate)
{
    static const Str together[] = { S_INIT("合占"), S_INIT("共占"), S_INIT("合计占"), WORDS_END };
    const Num *w = &r->num[rate - 1];
    size_t from = rate - 2;
    if (!num_lead_has_any(r, w, together))
        return false;
    while (from > 0 && r->num[from - 1].kind == NUM_COUNT && r->num[from - 1].sentence == w->sentence &&
           list_mark_between(r, r->num[from - 1].end, r->num[from].from) == MARK_PAUSE)
        from--;
    if (from + 1 >= rate - 1) {
        ratio_say_open(r, rate, rate - 2);
        return true;
    }
    Pair pair = ratio_pair(r, rate - 2, rate - 1, rate);
    pair.part = (Range){ 0, 0 };
    for (size_t i = from; i < rate - 1; i++)
        pair.part = range_add(pair.part, range_of(&r->num[i]));
    pair.first = from;
    pair.part_text = ratio_sum_text(r, from, rate - 1);
    pair.divided = NULL;
    pair.strength = STRENGTH_STRONG;
    ratio_say(r, &pair, rate, CHECK_RULE_RATE);
    return true;
}

/* 占应拨总额（329万元）的95%, 是上届（145个）的1.85倍: the bracket tells how many there are of what the words name. */
bool ratio_inside_bracket(Reading *r, size_t rate)
{
    enum { LOOK = 8 };
    static const Str opens[] = { S_INIT("占"), S_INIT("是"), S_INIT("为"), S_INIT("完成"), S_INIT("相当于"),
        WORDS_END };
    const Num *n = &r->num[rate], *w = n - 1;
    if (rate < 2 || w->depth != n->depth + 1 || w->sentence != n->sentence || !ratio_is_state(w) || w->approx ||
        r->f.ptr[w->end] != ')' || n->from - w->end != 1 + S("的").len || !text_at(&r->f, w->end + 1, S("的")) ||
        w->value <= 0 || r->f.ptr[w->lead - 1] != '(')
        return false;
    size_t open = w->lead - 1, lead = lead_before(&r->f, open, r->num[rate - 2].end);
    for (size_t i = rate - 1, least = i > LOOK ? i - LOOK : 0; i > least && text_has_any(&r->f, lead, open, opens);
         i--) {
        const Num *p = &r->num[i - 1];
        if (p->sentence != n->sentence)
            break;
        if (p->kind != NUM_COUNT || p->way || p->depth != n->depth || !num_same_measure(r, p, w))
            continue; /* 最高的村147万元, too */
        if (p->approx)
            break;
        Pair pair = ratio_pair(r, i - 1, rate - 1, rate);
        pair.strength = STRENGTH_STRONG;
        ratio_say(r, &pair, rate, n->kind == NUM_TIMES ? CHECK_RULE_MULTIPLE : CHECK_RULE_RATE);
        return true;
    }
    return false;
}

enum { VERB = 6 };

void ratio_of_inside(Reading *r, size_t rate)
{
    const Num *w = &r->num[rate - 1];
    if (share_of_run(r, rate))
        return;
    size_t part = part_of_plan(r, rate), amount = text_find(&r->f, w->lead, w->from, S("数占"));
    if (amount != SIZE_MAX && amount >= w->lead + VERB &&
        !text_has(&r->f, r->num[part].lead, r->num[part].noun_to, (Str){ r->f.ptr + amount - VERB, VERB })) {
        ratio_say_open(r, rate, part);
        return; /* 立案39件，移送29条，立案数占核查数344条的11.3% */
    }
    bool beyond = text_has(&r->f, w->lead, w->from, S("超")) && r->num[part].value >= w->value;
    Pair p = beyond ? pair_beyond(r, part, rate) : ratio_pair(r, part, rate - 1, rate);
    p.strength = STRENGTH_STRONG;
    ratio_say(r, &p, rate, CHECK_RULE_RATE);
}
