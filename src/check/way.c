/* Which way a figure says that something went, and whether it tells of a time before. */
#include "check/way.h"

#include "check/change.h"

const Str way_ups[] = { S_INIT("增长"), S_INIT("激增"), S_INIT("猛增"), S_INIT("增加"), S_INIT("上升"), S_INIT("提高"),
    S_INIT("提升"), S_INIT("增幅"), S_INIT("净增"), S_INIT("增编"), S_INIT("升高"), S_INIT("多出"), S_INIT("延长"),
    S_INIT("扩大"), S_INIT("增收"), S_INIT("同比多"), S_INIT("环比多"), WORDS_END };
const Str way_ups_short[] = { S_INIT("涨"), S_INIT("增"), S_INIT("升"), S_INIT("多"), S_INIT("高"), S_INIT("快"),
    S_INIT("翻"), WORDS_END };
const Str way_downs[] = { S_INIT("节约"), S_INIT("下降"), S_INIT("减少"), S_INIT("降低"), S_INIT("压减"),
    S_INIT("压缩"), S_INIT("缩短"), S_INIT("减幅"), S_INIT("降幅"), S_INIT("回落"), S_INIT("下滑"), S_INIT("审减"),
    S_INIT("核减"), S_INIT("减收"), S_INIT("同比少"), S_INIT("环比少"), WORDS_END };
const Str way_downs_short[] = { S_INIT("少"), S_INIT("低"), S_INIT("降"), S_INIT("减"), S_INIT("慢"), WORDS_END };
static const Str gaps[] = { S_INIT("相差"), S_INIT("相距"), WORDS_END };
/* 预算240万元，支出315.8万元，超支75.8万元: by so much the one before misses the other. */
static const Str over_or_short[] = { S_INIT("超支"), S_INIT("超收"), S_INIT("超发"), S_INIT("超付"), S_INIT("短收"),
    S_INIT("短少"), S_INIT("少收"), S_INIT("多收"), S_INIT("少报"), S_INIT("多报"), S_INIT("漏报"), S_INIT("少缴"),
    S_INIT("多缴"), S_INIT("少付"), S_INIT("多付"), S_INIT("少计"), S_INIT("多计"), S_INIT("少列"), S_INIT("多列"),
    S_INIT("少开"), S_INIT("多开"), S_INIT("盘亏"), S_INIT("盘盈"), S_INIT("增拨"), S_INIT("少拨"), S_INIT("多拨"),
    S_INIT("增支"), S_INIT("减支"), S_INIT("虚增"), S_INIT("虚报"), S_INIT("差额"), WORDS_END };
/* Words that are no change though they hold one: 减税降费, 降碳, 提升改造, 增值, 多方, 高校. */
static const Str no_change[] = { S_INIT("减税"), S_INIT("降费"), S_INIT("提升改造"), S_INIT("改造提升"), S_INIT("晋升"),
    S_INIT("增值"), S_INIT("多方"), S_INIT("高校"), S_INIT("高新"), S_INIT("高标准"), S_INIT("最多"), S_INIT("多个"),
    S_INIT("减免"), S_INIT("高于"), S_INIT("低于"), S_INIT("低保"), S_INIT("提高到"), S_INIT("增加到"),
    S_INIT("上升到"), S_INIT("下降到"), S_INIT("减少到"), S_INIT("提升到"), S_INIT("降至"), S_INIT("升至"),
    S_INIT("增至"), S_INIT("减至"), S_INIT("提高至"), S_INIT("增加至"), S_INIT("减少至"), S_INIT("下降至"),
    S_INIT("降到"), S_INIT("升到"), S_INIT("压缩至"), S_INIT("压缩到"), S_INIT("缩短至"), S_INIT("缩短到"),
    S_INIT("降低到"), S_INIT("降低至"), S_INIT("上升至"), S_INIT("提升至"), S_INIT("扩大到"), S_INIT("增长到"),
    S_INIT("免职降职"), S_INIT("增设"), S_INIT("增加值"), S_INIT("升级"), S_INIT("高级"), S_INIT("最高"),
    S_INIT("少数"), S_INIT("减刑"), S_INIT("升学"), S_INIT("高中"), S_INIT("高校"), S_INIT("多数"), S_INIT("降级"),
    S_INIT("高风险"), S_INIT("增发"), S_INIT("提高认识"), S_INIT("提升行动"), S_INIT("提升工程"), S_INIT("提升年"),
    WORDS_END };
const Str way_past[] = { S_INIT("上年"), S_INIT("去年"), S_INIT("前年"), S_INIT("上季"), S_INIT("上月"), S_INIT("同期"),
    S_INIT("上轮"), S_INIT("上次"), S_INIT("上届"), S_INIT("上一"), S_INIT("原来"), S_INIT("年前"), S_INIT("上周"),
    S_INIT("平均水平"), S_INIT("序时"), S_INIT("末的"), S_INIT("初的"), S_INIT("比"), S_INIT("较"), S_INIT("同上"),
    S_INIT("同去"), WORDS_END };
const Str change_past_times[] = { S_INIT("上年"), S_INIT("去年"), S_INIT("前年"), S_INIT("上季"), S_INIT("上月"),
    S_INIT("同期"), S_INIT("上轮"), S_INIT("上次"), S_INIT("上届"), S_INIT("上一"), S_INIT("原来"), S_INIT("上周"),
    S_INIT("上年同"), S_INIT("年前"), S_INIT("序时"), WORDS_END };
const Str way_comparing[] = { S_INIT("比"), S_INIT("较"), WORDS_END };

/* A word of one letter says so only right before the figure: 少26个, 多出17个, but not 低风险133个. */
static bool has_way(const Reading *r, const Num *n, size_t from, const Str *words, const Str *letters)
{
    static const Str between[] = { S_INIT("了"), S_INIT("出"), S_INIT("达"), S_INIT("约"), S_INIT("近"), WORDS_END };
    size_t end = n->from;
    if (num_lead_has_any(r, n, words) && text_has_any(&r->f, from, n->from, words))
        return true;
    if (text_ends_any(&r->f, from, end, between))
        end -= 3;
    return text_ends_any(&r->f, from, end, letters);
}

bool way_is_miss(const Reading *r, const Num *n)
{
    return n->kind == NUM_COUNT && n->from - n->lead == 2 * sizeof "少" - 2 &&
           text_at_any(&r->f, n->lead, over_or_short);
}

/* Which way the words right before a figure say it went. */
static uint8_t way_in_words(const Reading *r, const Num *n)
{
    const Folded *f = &r->f;
    size_t from = n->lead, to = n->from, span = 30;
    if (to - from > span)
        for (from = to - span; ((unsigned char)f->ptr[from] & 0xc0) == 0x80; from++)
            ;
    uint8_t way = WAY_NONE;
    if (way_is_miss(r, n) || (num_lead_has_any(r, n, gaps) && text_has_any(f, from, to, gaps)))
        way = WAY_GAP;
    else if (has_way(r, n, from, way_downs, way_downs_short))
        way = WAY_DOWN;
    else if (has_way(r, n, from, way_ups, way_ups_short))
        way = WAY_UP;
    bool reached = text_ends(f, from, to, S("到")) || text_ends(f, from, to, S("至")) || /* 压减到1187种 is a state */
                   (text_ends(f, from, to, S("为")) && !text_has(f, from, to, S("幅")));
    if (n->kind != NUM_COUNT && way == WAY_NONE && text_has(f, from, to, S("改善")))
        way = WAY_UP; /* but 路面改善87.9公里 */
    if (n->kind == NUM_COUNT && text_ends(f, from, to, S("的")) && !text_has_any(f, from, to, way_comparing))
        return WAY_NONE; /* 正增长的131家 */
    static const Str against[] = { S_INIT("比"), S_INIT("较"), S_INIT("净"), WORDS_END };
    static const Str base[] = { S_INIT("比"), S_INIT("较"), S_INIT("净"), S_INIT("同"), WORDS_END };
    bool added = (text_has(f, from, to, S("新增")) && !text_has_any(f, from, to, against)) ||
                 (text_has(f, from, to, S("增收")) && !text_has_any(f, from, to, base)); /* may be all there is */
    return way != WAY_NONE && (reached || added || text_has_any(f, from, to, no_change)) ? WAY_NONE : way;
}

/* 升132件、44%: the second figure goes with the first. */
uint8_t relation_way(const Reading *r, const Num *n)
{
    const Num *before = r->count ? &r->num[r->count - 1] : NULL;
    if (before && before->way && before->sentence == n->sentence && n->kind == NUM_COUNT &&
        n->from - n->lead == S("和").len && text_at(&r->f, n->lead, S("和")))
        return before->way; /* 分别增加97家和264家 */
    const Num *last = r->count ? &r->num[r->count - 1] : NULL;
    if (last && last->way && n->lead == n->from && n->from - last->end <= S("、").len && last->sentence == n->sentence)
        return last->way;
    static const Str more[] = { S_INIT("多"), WORDS_END }, less[] = { S_INIT("少"), WORDS_END };
    enum { SHORT = 12 }; /* 较上年2306万元多追回541.5万元 */
    bool close = last && last->past && n->kind == NUM_COUNT && n->lead == last->end && n->from - n->lead <= SHORT;
    if (close && text_at_any(&r->f, n->lead, more))
        return WAY_UP;
    if (close && text_at_any(&r->f, n->lead, less))
        return WAY_DOWN;
    return way_in_words(r, n);
}

/* 与二季度（294批812人次）相比. */
static bool is_compared(const Reading *r, const Num *n)
{
    const Folded *f = &r->f;
    size_t at = n->end + (f->ptr[n->end] == ')');
    uint32_t family;
    while (at == n->end && number_is_digit(f, at) && f->ptr[at] >= '0' && f->ptr[at] <= '9') {
        while ((f->ptr[at] >= '0' && f->ptr[at] <= '9') || f->ptr[at] == '.')
            at++;
        at += measure_at(f, at, f->len, &family);
        at += f->ptr[at] == ')';
    }
    return text_at(f, at, S("相比"));
}

bool relation_is_past(const Reading *r, const Num *n)
{
    enum { BYTES = 18 }; /* 上年同期为 and one character */
    if (is_compared(r, n))
        return true;
    const Num *before = r->count ? &r->num[r->count - 1] : NULL;
    if (before && before->past && before->end == n->from)
        return true; /* 去年同期13批29人 */
    if (!num_lead_has_any(r, n, change_past_times))
        return false;
    size_t from = n->from > n->lead + BYTES ? n->from - BYTES : n->lead;
    return text_has_any(&r->f, from, n->from, change_past_times);
}
