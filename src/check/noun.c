/* Measure words and the nouns around a figure: what is counted, and with what it may be added. */
#include "check/reading.h"

#include <string.h>

typedef struct Measure {
    Str word;
    uint32_t family;
} Measure;

/* Longest first where one begins another (人次 before 人). 个 is both a body's and a case's measure: 12个单位,
 * 12个问题; what follows it may decide (个组, 个方面, 个月). */
static const Measure measures[] = {
    { S_INIT("个工作日"), MEASURE_TIME },
    { S_INIT("个小时"), MEASURE_TIME },
    { S_INIT("个自然村"), MEASURE_BODY },
    { S_INIT("个巡察组"), MEASURE_TEAM },
    { S_INIT("个检查组"), MEASURE_TEAM },
    { S_INIT("个督导组"), MEASURE_TEAM },
    { S_INIT("个督查组"), MEASURE_TEAM },
    { S_INIT("个交叉组"), MEASURE_TEAM },
    { S_INIT("个小组"), MEASURE_TEAM },
    { S_INIT("个组"), MEASURE_TEAM },
    { S_INIT("个方面"), MEASURE_LEVEL },
    { S_INIT("个大项"), MEASURE_LEVEL },
    { S_INIT("个大类"), MEASURE_LEVEL },
    { S_INIT("个小类"), MEASURE_LEVEL },
    { S_INIT("个类别"), MEASURE_LEVEL },
    { S_INIT("个环节"), MEASURE_LEVEL },
    { S_INIT("个层面"), MEASURE_LEVEL },
    { S_INIT("个月"), MEASURE_TIME },
    { S_INIT("个次"), MEASURE_ACT },
    { S_INIT("个"), MEASURE_BODY | MEASURE_CASE },
    { S_INIT("人次"), MEASURE_ACT },
    { S_INIT("件次"), MEASURE_ACT | MEASURE_CASE }, /* 来信来访1286件次，其中来信402件 */
    { S_INIT("批次"), MEASURE_OTHER },
    { S_INIT("家次"), MEASURE_ACT },
    { S_INIT("户次"), MEASURE_ACT },
    { S_INIT("人"), MEASURE_PERSON },
    { S_INIT("名"), MEASURE_PERSON },
    { S_INIT("位"), MEASURE_PERSON },
    { S_INIT("家"), MEASURE_BODY },
    { S_INIT("所"), MEASURE_BODY },
    { S_INIT("件"), MEASURE_CASE },
    { S_INIT("小项"), MEASURE_CASE },
    { S_INIT("起"), MEASURE_CASE },
    { S_INIT("宗"), MEASURE_CASE },
    { S_INIT("例"), MEASURE_CASE },
    { S_INIT("条"), MEASURE_CASE },
    { S_INIT("项"), MEASURE_CASE },
    { S_INIT("封"), MEASURE_CASE },
    { S_INIT("户"), MEASURE_HOME },
    { S_INIT("美元"), MEASURE_OTHER },
    { S_INIT("元"), MEASURE_MONEY },
    { S_INIT("省市"), MEASURE_BODY },
    { S_INIT("省"), MEASURE_BODY },
    { S_INIT("市"), MEASURE_BODY },
    { S_INIT("州"), MEASURE_BODY },
    { S_INIT("县"), MEASURE_BODY },
    { S_INIT("区"), MEASURE_BODY },
    { S_INIT("镇"), MEASURE_BODY },
    { S_INIT("乡"), MEASURE_BODY },
    { S_INIT("村"), MEASURE_BODY },
    { S_INIT("地"), MEASURE_BODY },
    { S_INIT("厅"), MEASURE_BODY },
    { S_INIT("局"), MEASURE_BODY },
    { S_INIT("大类"), MEASURE_LEVEL },
    { S_INIT("大项"), MEASURE_LEVEL },
    { S_INIT("小类"), MEASURE_LEVEL },
    { S_INIT("类"), MEASURE_LEVEL },
    { S_INIT("方面"), MEASURE_LEVEL },
    { S_INIT("组"), MEASURE_TEAM },
    { S_INIT("天"), MEASURE_TIME },
    { S_INIT("年"), MEASURE_TIME },
    { S_INIT("周"), MEASURE_TIME },
    { S_INIT("小时"), MEASURE_TIME },
    { S_INIT("分钟"), MEASURE_TIME },
    { S_INIT("秒"), MEASURE_TIME },
    { S_INIT("岁"), MEASURE_TIME },
    { S_INIT("平方米"), MEASURE_OTHER },
    { S_INIT("平方公里"), MEASURE_OTHER },
    { S_INIT("立方米"), MEASURE_OTHER },
    { S_INIT("公里"), MEASURE_OTHER },
    { S_INIT("公顷"), MEASURE_OTHER },
    { S_INIT("公斤"), MEASURE_OTHER },
    { S_INIT("微克"), MEASURE_OTHER },
    { S_INIT("千瓦"), MEASURE_OTHER },
    { S_INIT("学时"), MEASURE_OTHER },
    { S_INIT("课时"), MEASURE_OTHER },
    { S_INIT("千米"), MEASURE_OTHER },
    { S_INIT("千克"), MEASURE_OTHER },
    { S_INIT("次"), MEASURE_OTHER },
    { S_INIT("通"), MEASURE_OTHER },
    { S_INIT("场次"), MEASURE_OTHER },
    { S_INIT("场"), MEASURE_OTHER },
    { S_INIT("轮"), MEASURE_OTHER },
    { S_INIT("期"), MEASURE_OTHER },
    { S_INIT("批"), MEASURE_OTHER },
    { S_INIT("份"), MEASURE_OTHER },
    { S_INIT("篇"), MEASURE_OTHER },
    { S_INIT("部"), MEASURE_OTHER },
    { S_INIT("本"), MEASURE_OTHER },
    { S_INIT("册"), MEASURE_OTHER },
    { S_INIT("套"), MEASURE_OTHER },
    { S_INIT("台"), MEASURE_OTHER },
    { S_INIT("辆"), MEASURE_OTHER },
    { S_INIT("座"), MEASURE_OTHER },
    { S_INIT("处"), MEASURE_OTHER },
    { S_INIT("间"), MEASURE_OTHER },
    { S_INIT("栋"), MEASURE_OTHER },
    { S_INIT("张"), MEASURE_VOTE },
    { S_INIT("种"), MEASURE_OTHER },
    { S_INIT("票"), MEASURE_VOTE },
    { S_INIT("吨"), MEASURE_OTHER },
    { S_INIT("亩"), MEASURE_OTHER },
    { S_INIT("米"), MEASURE_OTHER },
    { S_INIT("支"), MEASURE_OTHER },
    { S_INIT("块"), MEASURE_OTHER },
    { S_INIT("幅"), MEASURE_OTHER },
    { S_INIT("笔"), MEASURE_OTHER },
    { S_INIT("棵"), MEASURE_OTHER },
    { S_INIT("株"), MEASURE_OTHER },
    { S_INIT("门"), MEASURE_OTHER },
    { S_INIT("堂"), MEASURE_OTHER },
    { S_INIT("节"), MEASURE_OTHER },
    { S_INIT("首"), MEASURE_OTHER },
    { S_INIT("艘"), MEASURE_OTHER },
    { S_INIT("头"), MEASURE_OTHER },
};

/* 得分94.5分: but no 3分钟, 12分队, 5分别. */
static bool is_score(const Folded *f, size_t at, size_t limit)
{
    enum { LETTER = 3 };
    static const Str behind[] = { S_INIT("以"), S_INIT("的"), S_INIT("左"), S_INIT("和"), S_INIT("与"), S_INIT("高"),
        S_INIT("低"), S_INIT("提"), S_INIT("上升"), S_INIT("下降"), WORDS_END };
    return at > 0 && f->ptr[at - 1] >= '0' && f->ptr[at - 1] <= '9' && text_at(f, at, S("分")) &&
           (at + LETTER >= limit || !text_is_chinese(f, at + LETTER) || text_at_any(f, at + LETTER, behind));
}

size_t measure_at(const Folded *f, size_t at, size_t limit, uint32_t *family)
{
    if (at + 3 > limit || !text_is_chinese(f, at))
        return 0;
    if (is_score(f, at, limit)) {
        *family = MEASURE_TIME; /* as days and years a bound of what is counted: 90分以上6篇 */
        return S("分").len;
    }
    for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++) {
        const Measure *m = &measures[i];
        if (m->word.ptr[2] == f->ptr[at + 2] && at + m->word.len <= limit && text_at(f, at, m->word)) {
            if (m->family == MEASURE_TEAM && text_at(f, at + m->word.len, S("成")))
                continue; /* 由甲类82个、乙类27个组成 */
            *family = m->family;
            return m->word.len;
        }
    }
    return 0;
}

/* Characters that end a noun: particles, and the verbs and adverbs that most often follow one. */
static const Str noun_ends[] = { S_INIT("的"), S_INIT("中"), S_INIT("里"), S_INIT("内"), S_INIT("均"), S_INIT("已"),
    S_INIT("未"), S_INIT("全"), S_INIT("都"), S_INIT("共"), S_INIT("占"), S_INIT("经"), S_INIT("被"), S_INIT("由"),
    S_INIT("对"), S_INIT("在"), S_INIT("是"), S_INIT("为"), S_INIT("和"), S_INIT("与"), S_INIT("及"), S_INIT("达"),
    S_INIT("按"), S_INIT("完成"), S_INIT("整改"), S_INIT("办结"), S_INIT("销号"), S_INIT("逐"), S_INIT("开展"),
    S_INIT("进"), S_INIT("有"), S_INIT("向"), S_INIT("实"), S_INIT("分"), S_INIT("较"), S_INIT("比"), S_INIT("增"),
    S_INIT("减"), S_INIT("各"), WORDS_END };

enum { NOUN_CHARS_MAX = 8, LEAD_CHARS_MAX = 24 };

size_t noun_after(const Folded *f, size_t at, size_t limit)
{
    for (int n = 0; n < NOUN_CHARS_MAX && at < limit && text_is_chinese(f, at); n++) {
        if (text_at_any(f, at, noun_ends))
            break;
        at += 3;
    }
    return at;
}

/* Digits that count nothing belong to the words: 比2022年的34.8万元. */
static bool is_mark(const Folded *f, size_t at)
{
    char ch = f->ptr[at];
    if ((unsigned char)ch < 0x80)
        return ch == ',' || ch == ';' || ch == ':' || ch == '(' || ch == ')' || ch == '\n' || ch == '!' || ch == '?' ||
               ch == ' ' || ch == '%';
    return text_at(f, at, S("。")) || text_at(f, at, S("、"));
}

/* 村(社区)党组织276个: a short bracket without a figure is part of the name. */
static size_t over_bracket(const Folded *f, size_t close, size_t limit)
{
    enum { BYTES_MAX = 30 };
    size_t least = close > limit + BYTES_MAX ? close - BYTES_MAX : limit;
    for (size_t at = close; at > least; at--) {
        char ch = f->ptr[at - 1];
        if (ch == '(')
            return at - 1;
        if ((ch >= '0' && ch <= '9') || ch == ')')
            break;
    }
    return SIZE_MAX;
}

size_t lead_before(const Folded *f, size_t at, size_t limit)
{
    for (int n = 0; n < LEAD_CHARS_MAX && at > limit; n++) {
        size_t before = text_back(f, at);
        if (before < limit)
            break;
        if (f->ptr[before] == ')')
            before = over_bracket(f, before, limit);
        else if (is_mark(f, before))
            break;
        if (before == SIZE_MAX)
            break;
        at = before;
    }
    return at;
}

/* --- what may be added ------------------------------------------------------------------------------------------ */

bool num_alike(const Num *a, const Num *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->family == MEASURE_NONE || b->family == MEASURE_NONE)
        return !((a->family | b->family) & (MEASURE_MONEY | MEASURE_TIME | MEASURE_LEVEL | MEASURE_TEAM));
    return (a->family & b->family) != 0;
}

bool num_same_measure(const Reading *r, const Num *a, const Num *b)
{
    if (a->family == MEASURE_PERSON && b->family == MEASURE_PERSON)
        return true; /* 45名, 41人 */
    if ((a->family & b->family & MEASURE_CASE) && ((a->family ^ b->family) & MEASURE_ACT))
        return true; /* 1286件次, 402件 */
    size_t la = a->end - a->measure, lb = b->end - b->measure;
    return la == lb && memcmp(r->f.ptr + a->measure, r->f.ptr + b->measure, la) == 0;
}

bool num_addable(const Reading *r, const Num *a, const Num *b)
{
    if (!num_alike(a, b))
        return false;
    if ((a->family & b->family) == MEASURE_OTHER)
        return num_same_measure(r, a, b);
    return true;
}

bool num_people_alike(const Reading *r, const Num *a, const Num *b)
{
    const uint32_t people = MEASURE_PERSON | MEASURE_ACT;
    return num_addable(r, a, b) || ((a->family & people) && (b->family & people) && a->kind == b->kind);
}

/* 问题 and 突出问题 end alike; 问题 and 线索 do not. */
bool num_same_noun(const Reading *r, const Num *a, const Num *b)
{
    size_t la = a->noun_to - a->end, lb = b->noun_to - b->end, n = la < lb ? la : lb;
    if (n == 0)
        return true;
    n = n > 3 ? 3 : n;
    return memcmp(r->f.ptr + a->noun_to - n, r->f.ptr + b->noun_to - n, n) == 0;
}

bool num_same_label(const Reading *r, const Num *a, const Num *b)
{
    enum { LEAST = 6 };
    size_t len = a->from - a->lead;
    return len >= LEAST && len == b->from - b->lead && memcmp(r->f.ptr + a->lead, r->f.ptr + b->lead, len) == 0;
}
