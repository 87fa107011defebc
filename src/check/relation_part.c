/* What was done with some of them, and the same figure said twice. */
#include "check/list.h"

/* Steps that only some of a whole have taken. */
static const Str steps[] = { S_INIT("立案"), S_INIT("办结"), S_INIT("移交"), S_INIT("移送"), S_INIT("销号"),
    S_INIT("完成"), S_INIT("改好"), S_INIT("已巡"), S_INIT("巡过"), S_INIT("处分"), S_INIT("采用"), S_INIT("采纳"),
    S_INIT("退回"), S_INIT("立行立改"), S_INIT("实到"), S_INIT("化解"), S_INIT("实有"), S_INIT("整改"), S_INIT("已改"),
    S_INIT("纠正"), S_INIT("含"), S_INIT("重点"), S_INIT("收回"), S_INIT("回收"), S_INIT("录用"), WORDS_END };
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

void relation_parts(Reading *r)
{
    for (size_t i = 0; i < r->count; i++) {
        judge_step(r, i);
        judge_twice(r, i);
    }
}
