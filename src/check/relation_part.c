/* What was done with some of them, and the same figure said twice. */
#include "check/evidence.h"
#include "check/slip.h"

/* Steps that only some of a whole have taken. */
static const Str steps[] = { S_INIT("立案"), S_INIT("办结"), S_INIT("移交"), S_INIT("移送"), S_INIT("销号"),
    S_INIT("完成"), S_INIT("改好"), S_INIT("已巡"), S_INIT("巡过"), S_INIT("处分"), S_INIT("采用"), S_INIT("采纳"),
    S_INIT("退回"), S_INIT("立行立改"), S_INIT("实到"), S_INIT("化解"), S_INIT("实有"), S_INIT("整改"), S_INIT("已改"),
    S_INIT("纠正"), S_INIT("含"), S_INIT("重点"), S_INIT("收回"), S_INIT("回收"), S_INIT("录用"), S_INIT("落实"),
    S_INIT("查实"), S_INIT("接通"), S_INIT("接听"), WORDS_END };
/* An own measure that is no part of what stands before. */
static const Str no_steps[] = { S_INIT("完善"), S_INIT("制度"), S_INIT("措施"), S_INIT("建议"), S_INIT("意见"),
    WORDS_END };

static void say_part_of(Reading *r, const Num *whole, const Num *part)
{
    StrBuf b = strbuf_in(r->arena);
    strbuf_add(&b, words_num(r, part));
    strbuf_addc(&b, '<');
    strbuf_add(&b, words_num(r, whole));
    Claim c = { CHECK_COMPARISON, CHECK_RULE_PART, CHECK_CONSISTENT, whole->lead, part->end, whole, strbuf_str(&b),
        STR_NONE, STR_NONE, T("部分不超过全部", "no part exceeds its whole") };
    claim_add(r, &c);
}

/* Nothing of its kind stands before it in the sentence, and it says not what is missing: 请假9名，实到277名. */
static bool is_first(const Reading *r, const Num *whole)
{
    static const Str others[] = { S_INIT("请假"), S_INIT("缺"), S_INIT("未"), S_INIT("其他"), S_INIT("已"),
        S_INIT("正在"), WORDS_END };
    size_t at = (size_t)(whole - r->num), least = at > CHECK_WINDOW / 4 ? at - CHECK_WINDOW / 4 : 0;
    for (size_t i = at; i > least && r->num[i - 1].sentence == whole->sentence; i--)
        if (num_same_measure(r, &r->num[i - 1], whole))
            return false;
    return !num_lead_has_any(r, whole, others);
}

/* 37件化解53件; 措施172条，落实196条: what is done with them right behind them. Cases that came in may be fewer than
 * those that were closed, for earlier years are in these. */
static bool is_closed(const Reading *r, const Num *whole, const Num *part)
{
    enum { NEAR = 12 };
    static const Str done[] = { S_INIT("完成"), S_INIT("销号"), S_INIT("采纳"), S_INIT("采用"), S_INIT("落实"),
        S_INIT("整改"), S_INIT("改好"), S_INIT("查实"), S_INIT("纠正"), S_INIT("实到"), S_INIT("实有"), S_INIT("录用"),
        S_INIT("收回"), S_INIT("接通"), S_INIT("接听"), S_INIT("化解"), WORDS_END };
    static const Str open[] = { S_INIT("立案"), S_INIT("受理"), S_INIT("收到"), S_INIT("新收"), S_INIT("接收"),
        S_INIT("新"), S_INIT("计划"), S_INIT("任务"), S_INIT("目标"), S_INIT("移交"), S_INIT("排查"), S_INIT("编制"),
        S_INIT("今年"), S_INIT("本月"), S_INIT("本年"), S_INIT("应"), S_INIT("增"), S_INIT("查处"), S_INIT("限期"),
        S_INIT("责令"), S_INIT("未"), S_INIT("不"), S_INIT("发现"), WORDS_END };
    static const Str dealt[] = { S_INIT("处理"), WORDS_END };
    size_t from = part->from > part->lead + NEAR ? part->from - NEAR : part->lead;
    Mark mark = list_mark_between(r, whole->end, part->from);
    bool inside = mark == MARK_NONE && whole->noun_to <= part->from && part->from - whole->end <= NEAR + 6;
    return num_exact(whole) && num_exact(part) && num_same_measure(r, whole, part) && !whole->way && !part->way &&
           (text_has_any(&r->f, from, part->from, done) ||
               (text_has(&r->f, from, part->from, S("处分")) && num_lead_has_any(r, whole, dealt))) &&
           !num_lead_has_any(r, whole, open) && !text_has_any(&r->f, part->lead, part->from, open) &&
           (inside || (mark == MARK_COMMA && is_first(r, whole) && !num_lead_has_any(r, whole, done)));
}

/* 应到38人，实到86人; 发出92张，收回96张; 问题43个，已整改69个: no earlier year can be in them. */
static bool is_within(const Reading *r, const Num *whole, const Num *part)
{
    static const struct {
        Str whole, part;
    } pairs[] = {
        { S_INIT("应到"), S_INIT("实到") },
        { S_INIT("应参"), S_INIT("实到") },
        { S_INIT("应参"), S_INIT("实参") },
        { S_INIT("应训"), S_INIT("实训") },
        { S_INIT("发出"), S_INIT("收回") },
        { S_INIT("发放"), S_INIT("收回") },
        { S_INIT("发放"), S_INIT("回收") },
        { S_INIT("收回"), S_INIT("有效") },
        { S_INIT("问题"), S_INIT("已整改") },
        { S_INIT("问题"), S_INIT("已完成整改") },
        { S_INIT("项目"), S_INIT("已开工") },
        { S_INIT("应整改"), S_INIT("已整改") },
        { S_INIT("应清退"), S_INIT("已清退") },
        { S_INIT("应缴"), S_INIT("已缴") },
    };
    static const Str done[] = { S_INIT("已"), S_INIT("实到"), S_INIT("收回"), S_INIT("回收"), S_INIT("整改完成"),
        WORDS_END };
    if (part == whole + 1 && num_same_measure(r, whole, part) && text_at_any(&r->f, part->lead, done) &&
        !text_at_any(&r->f, whole->lead, done) && is_first(r, whole))
        return num_exact(whole) && num_exact(part) && list_mark_between(r, whole->end, part->from) <= MARK_COMMA;
    if (part == whole + 1 && is_closed(r, whole, part))
        return true;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (text_has(&r->f, whole->lead, whole->noun_to, pairs[i].whole) &&
            text_has(&r->f, part->lead, part->from, pairs[i].part))
            return num_exact(whole) && num_exact(part) && list_mark_between(r, whole->end, part->from) == MARK_COMMA;
    return false;
}

static void say_more(Reading *r, const Num *whole, const Num *part)
{
    bool within = is_within(r, whole, part);
    StrBuf b = strbuf_in(r->arena);
    strbuf_add(&b, words_num(r, part));
    strbuf_addc(&b, '>');
    strbuf_add(&b, words_num(r, whole));
    Claim c = { CHECK_COMPARISON, CHECK_RULE_PART, within ? CHECK_INCONSISTENT : CHECK_UNDECIDABLE, whole->lead,
        part->end, part, strbuf_str(&b), STR_NONE, STR_NONE,
        within ? T("部分大于全部", "a part is larger than its whole")
               : T("后者可能含以前年度或另有口径", "the later figure may hold earlier years") };
    claim_add(r, &c);
}

static bool of_one_measure(const Reading *r, const Num *a, const Num *b)
{
    return a->family == MEASURE_NONE || b->family == MEASURE_NONE || num_same_measure(r, a, b);
}

static void judge_step(Reading *r, size_t at)
{
    enum { LOOK = 4, NEAR = 24 };
    const Num *n = &r->num[at];
    size_t from = n->from > n->lead + NEAR ? n->from - NEAR : n->lead; /* the word right before, not one far off */
    if (n->kind != NUM_COUNT || n->one || !text_has_any(&r->f, from, n->end, steps) ||
        text_has_any(&r->f, n->lead, n->noun_to, no_steps))
        return;
    for (size_t i = at, least = at > LOOK ? at - LOOK : 0; i > least; i--) {
        const Num *w = &r->num[i - 1];
        if (w->sentence != n->sentence || w->depth > n->depth)
            break;
        if (w->kind != NUM_COUNT || w->one || w->average || !num_addable(r, w, n) || !of_one_measure(r, w, n) ||
            (w->approx & APPROX_RANGE) ||
            (w->family == MEASURE_NONE && n->family == MEASURE_NONE && w->depth != n->depth))
            continue;
        if (w->value >= n->value) {
            say_part_of(r, w, n);
            return;
        }
        if (i == at && num_same_measure(r, w, n)) {
            say_more(r, w, n);
            return;
        }
    }
}

/* 诉求208件…208件都已落实. */
static void judge_twice(Reading *r, size_t at)
{
    enum { LOOK = 6 };
    static const Str all_words[] = { S_INIT("都"), S_INIT("全部"), S_INIT("均"), S_INIT("已全"), WORDS_END };
    const Num *n = &r->num[at];
    if (n->kind != NUM_COUNT || n->one || n->family == MEASURE_NONE || !text_at_any(&r->f, n->end, all_words) ||
        n->value == 0)
        return;
    for (size_t i = at, least = at > LOOK ? at - LOOK : 0; i > least; i--) {
        const Num *o = &r->num[i - 1];
        if (o->sentence != n->sentence)
            break;
        if (o->kind != NUM_COUNT || o->value != n->value || !num_same_measure(r, o, n))
            continue;
        StrBuf b = strbuf_in(r->arena);
        strbuf_add(&b, words_num(r, n));
        Claim c = { CHECK_COMPARISON, CHECK_RULE_TWICE, CHECK_CONSISTENT, o->lead, n->end, n, strbuf_str(&b),
            words_num(r, o), STR_NONE, { NULL, NULL } };
        claim_add(r, &c);
        return;
    }
}

/* A figure equals one of those told before of its measure, or two of them that stand together. */
static bool is_told_before(const Reading *r, size_t at, size_t least)
{
    const Num *n = &r->num[at];
    for (size_t i = at; i > least; i--) {
        const Num *o = &r->num[i - 1];
        if (o->kind != NUM_COUNT || !num_addable(r, o, n))
            continue;
        if (o->value == n->value || o->approx ||
            (i > 1 && num_addable(r, &r->num[i - 2], n) && r->num[i - 2].value + o->value == n->value))
            return true;
    }
    return false;
}

/* 查处196起，…。196起问题中: a sentence that begins with a figure goes on from it; 这229件 is it. */
static void judge_again(Reading *r, size_t at)
{
    enum { LOOK = 24, NOUN = 30, LEAST = 10 };
    static const Str these[] = { S_INIT("这"), S_INIT("上述"), WORDS_END };
    const Folded *f = &r->f;
    const Num *n = &r->num[at];
    if (at == 0 || n->kind != NUM_COUNT || n->one || n->way || !num_exact(n) || n->chinese || n->depth ||
        n->family == MEASURE_NONE || (n->family & (MEASURE_TIME | MEASURE_TEAM | MEASURE_LEVEL | MEASURE_MONEY)))
        return;
    size_t this_one = text_at_any(f, n->lead, these),
           within = text_find(f, n->end, n->end + NOUN < r->par_to ? n->end + NOUN : r->par_to, S("中"));
    bool told = this_one && n->lead + this_one == n->from,
         starts = n->lead == n->from && r->num[at - 1].sentence + 1 == n->sentence &&
                  text_at(f, n->from - S("。").len, S("。")) && within != SIZE_MAX &&
                  !text_has(f, n->end, within, S(",")) && !text_has(f, n->end, within, S("、")) &&
                  !text_has(f, n->end, within, S("。")) &&
                  (f->ptr[within + 3] == ',' || text_at(f, within + 3, S("已")));
    if (!told && !starts)
        return;
    size_t least = at > LOOK ? at - LOOK : 0, first = SIZE_MAX;
    if (is_told_before(r, at, least))
        return;
    for (size_t i = at; i > least && r->num[i - 1].sentence + 1 >= n->sentence; i--) {
        const Num *o = &r->num[i - 1];
        if (o->kind == NUM_COUNT && num_exact(o) && !o->one && !o->way && !o->past && num_same_measure(r, o, n) &&
            num_same_noun(r, o, n))
            first = i - 1;
    }
    if (first == SIZE_MAX)
        return;
    const Num *o = &r->num[first];
    Wide place;
    Miss miss = miss_of(o->value, n->value, num_slips_by(n, (Wide)o->value - n->value, 0, &place));
    miss.small = told ? miss.small : 0; /* some of them may be spoken of */
    if (n->value < LEAST * (int64_t)MICRO || !evidence_refutes(STRENGTH_MIDDLE, miss))
        return;
    Claim c = { CHECK_COMPARISON, CHECK_RULE_TWICE, CHECK_INCONSISTENT, o->from, n->end, n, words_num(r, n),
        words_num(r, o), STR_NONE, { NULL, NULL } };
    claim_add(r, &c);
}

void relation_parts(Reading *r)
{
    for (size_t i = 0; i < r->count; i++) {
        judge_step(r, i);
        judge_again(r, i);
        judge_twice(r, i);
    }
}
