/* When a list leaves nothing out, so that a sum that misses its whole refutes it. */
#include "check/partition.h"

#include <string.h>

static const Str others[] = { S_INIT("其他"), S_INIT("其余"), S_INIT("其它"), S_INIT("另有"), S_INIT("及以下"),
    WORDS_END };
/* Marks of persons that overlap: a member may be a woman and under thirty-five. */
static const Str overlapping[] = { S_INIT("党员"), S_INIT("女"), S_INIT("民族"), S_INIT("以上"), S_INIT("学历"),
    S_INIT("岁"), S_INIT("涉及"), S_INIT("一把手"), S_INIT("销号"), S_INIT("重点"), S_INIT("共性"), S_INIT("移交"),
    S_INIT("立案"), S_INIT("曾"), S_INIT("应整改"), S_INIT("应"), WORDS_END };
/* Stages of one work, of which the later lie inside the earlier. */
bool list_has_steps(const Reading *r, const List *list)
{
    static const Str steps[] = { S_INIT("销号"), S_INIT("移交"), S_INIT("移送"), S_INIT("立案"), S_INIT("涉及"),
        S_INIT("重点"), S_INIT("党纪"), S_INIT("政务"), WORDS_END };
    for (size_t i = 0; i < list->count; i++)
        if (label_has_any(r, list, i, steps))
            return true;
    return false;
}

/* 销号453个(96.18%)、延期18个(3.82%): the shares of all parts together; -1 where some has none. */
static Wide shares_of(const Reading *r, const List *list)
{
    Wide sum = 0;
    for (size_t i = 0; i < list->count; i++) {
        const Num *part = &r->num[list->item[i]];
        size_t at = list->item[i] + 1;
        if (at >= r->count || r->num[at].kind != NUM_PERCENT || r->num[at].sentence != part->sentence || r->num[at].way)
            return -1;
        sum += r->num[at].value;
    }
    return sum;
}

/* Shares that make a hundred leave nothing out. */
bool list_shares_close(const Reading *r, const List *list)
{
    Wide sum = shares_of(r, list), hundred = 100 * (Wide)MICRO;
    return sum >= hundred - MICRO && sum <= hundred + MICRO;
}

bool list_shares_open(const Reading *r, const List *list)
{
    return list->count && shares_of(r, list) >= 0 && !list_shares_close(r, list);
}

/* A mark that some parts bear and others do not; 在职党员、离退休党员 divide by something else. */
bool list_overlaps(const Reading *r, const List *list)
{
    for (const Str *word = overlapping; word->len; word++) {
        size_t bearing = 0;
        for (size_t i = 0; i < list->count; i++)
            bearing +=
                !(i == 0 && str_eq(*word, S("涉及"))) && label_has(r, list, i, *word); /* 其中涉及…: of them all */
        if (bearing > 0 && bearing < list->count)
            return true;
    }
    return false;
}

bool list_is_approximate(const Reading *r, const List *list)
{
    bool approx = r->num[list->head].approx != APPROX_NOT;
    for (size_t i = 0; i < list->count; i++)
        approx |= r->num[list->item[i]].approx != APPROX_NOT;
    return approx;
}

/* --- what may be refuted ------------------------------------------------------------------------------------------ */

/* 优秀等次38家、良好等次74家、一般等次16家: three and more that end alike make a scale. */
bool list_is_scale(const Reading *r, const List *list)
{
    enum { LEAST = 3, SAME = 6 };
    if (list->count < LEAST)
        return false;
    const char *first = r->f.ptr + r->num[list->item[0]].from - SAME;
    for (size_t i = 0; i < list->count; i++) {
        const Num *n = &r->num[list->item[i]];
        if (n->from < n->lead + SAME || memcmp(first, r->f.ptr + n->from - SAME, SAME) != 0)
            return false;
    }
    return true;
}

/* Ranks go on below those that are told; so does what is picked out. */
static const Str rank_words[] = { S_INIT("级"), S_INIT("干部"), S_INIT("重点"), S_INIT("以上"), S_INIT("涉及"),
    WORDS_END };

/* The place of 一, 二, 三 … at `at`; -1: none. */
static int ordinal_at(const Folded *f, size_t at)
{
    static const Str digits[] = { S_INIT("一"), S_INIT("二"), S_INIT("三"), S_INIT("四"), S_INIT("五"), S_INIT("六"),
        S_INIT("七"), S_INIT("八"), S_INIT("九"), WORDS_END };
    for (int i = 0; digits[i].len; i++)
        if (text_at(f, at, digits[i]))
            return i;
    return f->ptr[at] >= '0' && f->ptr[at] <= '9' ? f->ptr[at] - '0' : -1;
}

/* 一组118人次、二组79人次, 2019年254人、2020年271人: the labels count on from one to the next. */
static bool labels_count(const Reading *r, const List *list)
{
    enum { LETTER = 3, SEVERAL = 3, TEN = 10 };
    const Folded *f = &r->f;
    for (size_t i = 1; i < list->count; i++) {
        const Num *a = &r->num[list->item[i - 1]], *b = &r->num[list->item[i]];
        size_t len = b->from - b->lead, counts = 0;
        if (len < LETTER || a->from < a->lead + len)
            return false;
        for (size_t k = 0; k < len; k++) {
            int x = ordinal_at(f, a->from - len + k), y = ordinal_at(f, b->lead + k);
            counts += x >= 0 && (y == x + 1 || (x == TEN - 1 && y == 0));
        }
        if (counts != 1 && !(counts == 2 && f->ptr[b->lead] == '2'))
            return false;
    }
    return list->count >= SEVERAL;
}

/* 第一批8个、第二批10个、第三批9个. */
bool list_is_series(const Reading *r, const List *list)
{
    if (labels_count(r, list))
        return true;
    return label_has(r, list, 0, S("第一")) && label_has(r, list, list->count - 1, S("第")) &&
           !label_has(r, list, list->count - 1, S("第一"));
}

/* A单位100万元，B单位300万元: stand-ins for names tell nothing of how many there are. */
static bool is_stand_in(const Folded *f, size_t label)
{
    static const Str marks[] = { S_INIT("甲"), S_INIT("乙"), S_INIT("丙"), S_INIT("某"), WORDS_END };
    unsigned char c = (unsigned char)f->ptr[label];
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || text_has_any(f, label, label + marks[0].len, marks);
}

bool list_is_rank(const Reading *r, const List *list, size_t i)
{
    return num_lead_has_any(r, &r->num[list->item[i]], rank_words);
}

/* 专职11人、兼职12人: two labels of one length that share their first or last letter make a pair, but for ranks,
 * which go on below. */
bool list_is_pair(const Reading *r, const List *list)
{
    const Folded *f = &r->f;
    if (list->count != 2)
        return false;
    const Num *a = &r->num[list->item[0]], *b = &r->num[list->item[1]];
    size_t from = a->lead, skip = text_find(f, a->lead, a->from, S("其中"));
    if (skip != SIZE_MAX)
        from = skip + S("其中").len;
    size_t len = a->from - from;
    if (len < 6 || is_stand_in(f, b->lead) || num_lead_has_any(r, a, rank_words) ||
        num_lead_has_any(r, b, rank_words) || label_has(r, list, 0, S("党")) != label_has(r, list, 1, S("党")))
        return false;
    if (list->item[1] == list->item[0] + 1 && b->from - b->lead >= 6 &&
        memcmp(f->ptr + a->from - 6, f->ptr + b->from - 6, 6) == 0)
        return true; /* …领办21个、…领办27个 */
    if (len != b->from - b->lead)
        return false;
    return memcmp(f->ptr + from, f->ptr + b->lead, 3) == 0 ||
           memcmp(f->ptr + a->from - 3, f->ptr + b->from - 3, 3) == 0;
}

bool list_has_figure_bound(const Reading *r, size_t item)
{
    return item > 0 && r->num[item - 1].end >= r->num[item].lead && r->num[item - 1].sentence == r->num[item].sentence;
}

/* A figure that bounds the part stands right before it: 35岁以下14人, not 本科及以上48人. */
static bool has_bound(const Reading *r, size_t item)
{
    static const Str years[] = { S_INIT("年以上"), S_INIT("年以下"), S_INIT("年以内"), S_INIT("年及以上"), WORDS_END };
    if (num_lead_has_any(r, &r->num[item], years))
        return true;
    return list_has_figure_bound(r, item);
}

static bool bound_has(const Reading *r, size_t item, const Str *words)
{
    if (num_lead_has_any(r, &r->num[item], words))
        return true;
    return list_has_figure_bound(r, item) && text_has_any(&r->f, r->num[item - 1].lead, r->num[item].from, words);
}

/* 35岁以下, 36岁以上; but not 50万元以上, 5万元以下, nor 10万元以上, 50万元以上, 5万元以下. */
static bool bounds_meet(const Reading *r, const List *list)
{
    int64_t last = 0, way = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (!list_has_figure_bound(r, list->item[i]))
            continue;
        const Num *n = &r->num[list->item[i] - 1];
        int64_t step = last ? n->value - last : 0;
        if ((step > 0 && way < 0) || (step < 0 && way > 0) || (list->count == 2 && (step > n->step || -step > n->step)))
            return false;
        way = step ? step : way;
        last = n->value;
    }
    return true;
}

bool list_is_bands(const Reading *r, const List *list)
{
    static const Str below[] = { S_INIT("以下"), S_INIT("以内"), S_INIT("不足"), S_INIT("低于"), S_INIT("不到"),
        WORDS_END };
    static const Str above[] = { S_INIT("以上"), S_INIT("超过"), S_INIT("超"), S_INIT("高于"), WORDS_END };
    if (list->count < 2)
        return false;
    size_t first = list->item[0], last = list_last(list);
    if (!has_bound(r, first) || !has_bound(r, last))
        return false;
    bool rising = bound_has(r, first, below) && bound_has(r, last, above),
         falling = bound_has(r, first, above) && bound_has(r, last, below);
    return (rising || falling) && bounds_meet(r, list);
}

/* 竣工593户，在建62户，未开工19户: the last has not begun. */
bool list_ends_undone(const Reading *r, const List *list)
{
    enum { LEAST = 3 };
    static const Str undone[] = { S_INIT("未"), S_INIT("尚未"), S_INIT("没有"), S_INIT("保留"), S_INIT("经批准保留"),
        S_INIT("持平"), S_INIT("仍在"), S_INIT("尚在"), S_INIT("尚余"), S_INIT("剩余"), S_INIT("结余"), WORDS_END };
    if (list->count < LEAST)
        return false;
    const Num *last = &r->num[list_last(list)];
    return last->lead < last->from && text_at_any(&r->f, last->lead, undone) > 0;
}

/* 农村、企业等其他人员346人 is a class of its own and leaves others. */
bool list_ends_in_others(const Reading *r, const List *list)
{
    return label_has_any(r, list, list->count - 1, others) && !label_has(r, list, list->count - 1, S("等其他"));
}

bool list_leaves_nothing(const Reading *r, const List *list)
{
    return list_is_bands(r, list) || list_ends_undone(r, list) || list_ends_in_others(r, list) ||
           label_opposites(r, list) || list_shares_close(r, list) || list_is_scale(r, list) || list_is_series(r, list);
}

bool list_has_pauses(const Reading *r, const List *list)
{
    for (size_t i = 1; i < list->count; i++)
        if (!text_has(&r->f, r->num[list->item[i - 1]].end, r->num[list->item[i]].from, S("、")))
            return false;
    return true;
}

/* 14人，占应述人数16人的87.5%，另有2人; 428家，处理217家，…，其中约谈126家、暂停协议68家: one of them is another whole.
 */
bool list_has_part_of_part(const Reading *r, const List *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const Num *n = &r->num[list->item[i]];
        if (text_at(&r->f, n->lead, S("占")) || (i && list_has_among(&r->f, n->lead, n->from)))
            return true;
    }
    return false;
}

/* 完成25项、销号13项、未完成16项: one of the parts lies inside another. */
bool list_without_one(const Reading *r, const List *list, List *rest)
{
    const Num *whole = &r->num[list->head];
    if (!list_has_steps(r, list))
        return false;
    for (size_t skip = 0; list->count > 2 && skip < list->count; skip++) {
        Range sum = range_sub(
            list_sum(r, list, list->count), range_times(range_at(r->num[list->item[skip]].value), list->times[skip]));
        if (!verdict_prints(sum, whole))
            continue;
        *rest = *list;
        rest->count = 0;
        for (size_t i = 0; i < list->count; i++)
            if (i != skip) {
                rest->item[rest->count] = list->item[i];
                rest->times[rest->count++] = list->times[i];
            }
        return true;
    }
    return false;
}

bool list_ends_here(const Reading *r, const List *list)
{
    return label_has_any(r, list, list->count - 1, others) || label_opposites(r, list);
}

/* …，部分人员涉及多项罪名; …，同时存在两类问题的4份: the words behind say that the parts overlap. */
bool list_overlaps_behind(const Reading *r, const List *list)
{
    enum { BYTES = 90 };
    static const Str both[] = { S_INIT("同时"), S_INIT("多项"), S_INIT("兼有"), S_INIT("交叉"), S_INIT("重叠"),
        S_INIT("重复计"), S_INIT("多种"), S_INIT("两项均"), WORDS_END };
    size_t from = r->num[list_last(list)].end, to = text_sentence_to(&r->f, from);
    return text_has_any(&r->f, from, to > from + BYTES ? from + BYTES : to, both);
}
