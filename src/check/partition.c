/* When a list leaves nothing out, so that a sum that misses its whole refutes it. */
#include "check/evidence.h"
#include "check/slip.h"

#include <string.h>

static const Str totals[] = { S_INIT("共"), S_INIT("总"), S_INIT("全"), WORDS_END };
static const Str others[] = { S_INIT("其他"), S_INIT("其余"), S_INIT("其它"), S_INIT("另有"), S_INIT("及以下"),
    WORDS_END };
/* Marks of persons that overlap: a member may be a woman and under thirty-five. */
static const Str overlapping[] = { S_INIT("党员"), S_INIT("女"), S_INIT("民族"), S_INIT("以上"), S_INIT("学历"),
    S_INIT("岁"), S_INIT("涉及"), S_INIT("一把手"), S_INIT("销号"), S_INIT("重点"), S_INIT("共性"), S_INIT("移交"),
    S_INIT("立案"), S_INIT("曾"), S_INIT("应整改"), S_INIT("应"), WORDS_END };
/* Stages of one work, of which the later lie inside the earlier. */
static bool has_steps(const Reading *r, const List *list)
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
static bool shares_close(const Reading *r, const List *list)
{
    Wide sum = shares_of(r, list), hundred = 100 * (Wide)MICRO;
    return sum >= hundred - MICRO && sum <= hundred + MICRO;
}

bool list_shares_open(const Reading *r, const List *list)
{
    return list->count && shares_of(r, list) >= 0 && !shares_close(r, list);
}

/* A mark that some parts bear and others do not; 在职党员、离退休党员 divide by something else. */
static bool overlaps(const Reading *r, const List *list)
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
static bool is_series(const Reading *r, const List *list)
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

/* 专职11人、兼职12人: two labels of one length that share their first or last letter make a pair, but for ranks,
 * which go on below. */
static bool is_pair(const Reading *r, const List *list)
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

static bool has_figure_bound(const Reading *r, size_t item)
{
    return item > 0 && r->num[item - 1].end >= r->num[item].lead && r->num[item - 1].sentence == r->num[item].sentence;
}

/* A figure that bounds the part stands right before it: 35岁以下14人, not 本科及以上48人. */
static bool has_bound(const Reading *r, size_t item)
{
    static const Str years[] = { S_INIT("年以上"), S_INIT("年以下"), S_INIT("年以内"), S_INIT("年及以上"), WORDS_END };
    if (num_lead_has_any(r, &r->num[item], years))
        return true;
    return has_figure_bound(r, item);
}

static bool bound_has(const Reading *r, size_t item, const Str *words)
{
    if (num_lead_has_any(r, &r->num[item], words))
        return true;
    return has_figure_bound(r, item) && text_has_any(&r->f, r->num[item - 1].lead, r->num[item].from, words);
}

/* 35岁以下, 36岁以上; but not 50万元以上, 5万元以下, nor 10万元以上, 50万元以上, 5万元以下. */
static bool bounds_meet(const Reading *r, const List *list)
{
    int64_t last = 0, way = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (!has_figure_bound(r, list->item[i]))
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
    size_t first = list->item[0], last = list->item[list->count - 1];
    if (list->count < 2 || !has_bound(r, first) || !has_bound(r, last))
        return false;
    bool rising = bound_has(r, first, below) && bound_has(r, last, above),
         falling = bound_has(r, first, above) && bound_has(r, last, below);
    return (rising || falling) && bounds_meet(r, list);
}

/* 竣工593户，在建62户，未开工19户: the last has not begun. */
static bool ends_undone(const Reading *r, const List *list)
{
    enum { LEAST = 3 };
    static const Str undone[] = { S_INIT("未"), S_INIT("尚未"), S_INIT("没有"), S_INIT("保留"), S_INIT("经批准保留"),
        S_INIT("持平"), S_INIT("尚余"), S_INIT("剩余"), S_INIT("结余"), WORDS_END };
    const Num *last = &r->num[list->item[list->count - 1]];
    return list->count >= LEAST && last->lead < last->from && text_at_any(&r->f, last->lead, undone) > 0;
}

/* 农村、企业等其他人员346人 is a class of its own and leaves others. */
static bool ends_in_others(const Reading *r, const List *list)
{
    return label_has_any(r, list, list->count - 1, others) && !label_has(r, list, list->count - 1, S("等其他"));
}

bool list_leaves_nothing(const Reading *r, const List *list)
{
    return list_is_bands(r, list) || ends_undone(r, list) || ends_in_others(r, list) ||
           label_opposites(r, list) || shares_close(r, list) || list_is_scale(r, list) || is_series(r, list);
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
static bool has_part_of_part(const Reading *r, const List *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const Num *n = &r->num[list->item[i]];
        if (text_at(&r->f, n->lead, S("占")) || (i && list_has_among(&r->f, n->lead, n->from)))
            return true;
    }
    return false;
}

/* Some of many miss their whole by a single digit in one of 9 × digits of as many ways as the whole has units: for a
 * whole of four digits and more, once in thirty. */
bool list_is_no_accident(const Num *whole)
{
    enum { UNITS = 1000 };
    return whole->value / whole->step >= UNITS;
}

/* What was left out of an open list is often small: a miss of so many ones may be that, one of so many hundreds exactly
 * hardly. Nothing left out makes the parts too large. */
static bool is_no_leftover(const Reading *r, const List *list, Range sum)
{
    enum { TENS = 10, SEVERAL = 3 };
    const Num *whole = &r->num[list->head];
    bool pairs = list->count < SEVERAL;
    Wide least = pairs || (list->form == LIST_COMMA && list->mark == MARK_COMMA) ? TENS : 1, place;
    return sum.lo > whole->value || miss_of_list(r, list, sum).near ||
           (list_slips(r, list, sum, &place) && place / whole->step >= least);
}

/* 17004人：厅局级35、县处级359 say once what they count; 三个村的账：收入41万 counts something else. */
static bool is_of_its_kind(const Reading *r, const Num *whole, const Num *part)
{
    bool people = (whole->family & MEASURE_ACT) && (part->family & MEASURE_PERSON); /* 培训416人次，第一期126人 */
    return part->family == MEASURE_NONE ? whole->rounded || !part->rounded : people || num_same_measure(r, whole, part);
}

/* What leaves nothing out binds its parts to the figure right before them; a figure farther off may be another's whole. */
static Strength bound_strength(const Reading *r, const List *list)
{
    const Num *whole = &r->num[list->head];
    for (size_t i = 0; i < list->count; i++)
        if (!is_of_its_kind(r, whole, &r->num[list->item[i]]))
            return STRENGTH_WEAK;
    for (size_t i = list->head + 1; i < list->item[0]; i++)
        if (r->num[i].kind == NUM_COUNT && !has_figure_bound(r, i + 1))
            return STRENGTH_MIDDLE;
    return whole->sentence == r->num[list->item[0]].sentence ? STRENGTH_STRONG : STRENGTH_MIDDLE;
}

/* 其中开工19个、完工6个: the later stage lies inside the earlier; 党纪处分258人、政务处分24人: some were given both. */
static bool are_stages(const Reading *r, const List *list, bool over)
{
    static const Str early[] = { S_INIT("开工"), S_INIT("立案"), S_INIT("签约"), S_INIT("受理"), WORDS_END };
    static const Str late[] = { S_INIT("完工"), S_INIT("竣工"), S_INIT("投产"), S_INIT("结案"), S_INIT("办结"),
        WORDS_END };
    if (over && label_has(r, list, 0, S("党纪")) && label_has(r, list, list->count - 1, S("政务")))
        return true;
    return label_has_any(r, list, 0, early) && !label_has(r, list, 0, S("未")) &&
           label_has_any(r, list, list->count - 1, late);
}

static Strength weaker(Strength a, Strength b)
{
    return a < b ? a : b;
}

/* A figure of its kind stands before it in the sentence. */
static bool is_part(const Reading *r, size_t head)
{
    const Num *whole = &r->num[head];
    for (size_t i = head, least = i > CHECK_WINDOW / 4 ? i - CHECK_WINDOW / 4 : 0; i > least; i--) {
        if (r->num[i - 1].sentence != whole->sentence)
            break;
        if (r->num[i - 1].kind == NUM_COUNT && num_same_measure(r, &r->num[i - 1], whole))
            return true;
    }
    return false;
}

/* 41个完成36个: no mark between, so the second lies inside the first. */
static bool holds_steps(const Reading *r, const List *list)
{
    for (size_t i = 1; i < list->count; i++)
        if (list_mark_between(r, r->num[list->item[i - 1]].end, r->num[list->item[i]].from) == MARK_NONE &&
            !text_has(&r->f, r->num[list->item[i - 1]].end, r->num[list->item[i]].from, S("和")))
            return true;
    return false;
}

/* 其中 may name a few of many. What leaves nothing out binds; so do two labels of a pair; three parts and more in one
 * breath make too many of their whole, or miss it by a digit. */
static Strength among_strength(const Reading *r, const List *list, Range sum)
{
    enum { LARGE = 50, SMALL = 20, LEAST = 10, SEVERAL = 3, HUNDREDS = 100 };
    const Num *whole = &r->num[list->head];
    bool over = sum.lo > whole->value;
    if (ends_in_others(r, list) || shares_close(r, list) || is_series(r, list) || list_is_bands(r, list) ||
        ends_undone(r, list))
        return bound_strength(r, list);
    if (label_complements(r, list) && !overlaps(r, list))
        return bound_strength(r, list);
    if (list_is_scale(r, list))
        return is_part(r, list->head) ? STRENGTH_WEAK : weaker(bound_strength(r, list), STRENGTH_MIDDLE);
    if (overlaps(r, list))
        return label_complements(r, list) && list->count == 2 ? bound_strength(r, list) : STRENGTH_NONE;
    if (are_stages(r, list, over))
        return STRENGTH_NONE;
    if (label_opposites(r, list))
        return over ? bound_strength(r, list) : STRENGTH_WEAK;
    if (is_pair(r, list))
        return over ? STRENGTH_MIDDLE : STRENGTH_WEAK;
    if (list->mark == MARK_SEMICOLON || list->mark == MARK_NONE || !is_no_leftover(r, list, sum))
        return STRENGTH_NONE;
    if (over && list->mark == MARK_PAUSE && !(whole->family & MEASURE_PERSON))
        return STRENGTH_MIDDLE;
    if (list->count >= SEVERAL)
        return whole->value < (over || list->mark != MARK_PAUSE ? SMALL : LEAST) * (int64_t)MICRO ? STRENGTH_NONE
               : over                                                                             ? STRENGTH_MIDDLE
                                                                                                  : STRENGTH_WEAK;
    bool ranks = num_lead_has_any(r, &r->num[list->item[0]], rank_words) ||
                 num_lead_has_any(r, &r->num[list->item[1]], rank_words) ||
                 label_has(r, list, 0, S("党")) != label_has(r, list, 1, S("党")); /* 党员, 女 */
    bool weak = list->mark == MARK_PAUSE
                    ? (!ranks || (over && whole->value / whole->step >= HUNDREDS)) && whole->value >= LARGE * (int64_t)MICRO
                    : list_is_no_accident(whole) && !has_steps(r, list) && !has_part_of_part(r, list);
    return weak ? STRENGTH_WEAK : STRENGTH_NONE;
}

/* 68个：改好55个、剩13个 is a division of its own. */
static bool is_head_of_rest(const Reading *r, const List *list)
{
    Range sum = list_sum(r, list, list->count), first = range_of(&r->num[list->item[0]]);
    return sum.lo - first.lo == first.lo;
}

/* 差旅费168.4万元，会议费72.3万元，其他费用95万元: the head is called what its parts are called, and is one of them. */
static bool is_sibling(const Reading *r, const List *list)
{
    enum { LETTER = 3 };
    const Num *head = &r->num[list->head], *first = &r->num[list->item[0]];
    if (head->from < head->lead + LETTER || first->from < first->lead + LETTER || num_lead_has_any(r, head, totals) ||
        text_ends(&r->f, head->lead, head->from, S("的")))
        return false;
    return memcmp(r->f.ptr + head->from - LETTER, r->f.ptr + first->from - LETTER, LETTER) == 0;
}

size_t list_twice(const Reading *r, const List *list)
{
    static const Str twice[] = { S_INIT("双重"), S_INIT("重复"), S_INIT("同时"), S_INIT("双开"), WORDS_END };
    const Num *whole = &r->num[list->head];
    size_t at = list->item[list->count - 1] + 1;
    if (at >= r->count || r->num[at].depth <= r->num[at - 1].depth || !num_addable(r, whole, &r->num[at]))
        return SIZE_MAX;
    Range sum = list_sum(r, list, list->count);
    return num_lead_has_any(r, &r->num[at], twice) || verdict_prints(range_sub(sum, range_of(&r->num[at])), whole)
               ? at
               : SIZE_MAX;
}

/* 共排查事项1832项，取消214项、下放167项、保留1451项: a total, and parts in one breath that miss it by a digit. */
static bool is_told_total(const Reading *r, const List *list)
{
    enum { LEAST = 3, LARGE = 50 };
    const Num *whole = &r->num[list->head];
    size_t next = list->item[list->count - 1] + 1;
    if (next < r->count && r->num[next].sentence == whole->sentence && num_same_measure(r, whole, &r->num[next]))
        return false; /* …，另在建10个 */
    return list->count >= LEAST && list->mark == MARK_PAUSE && list_has_pauses(r, list) && !has_steps(r, list) &&
           !overlaps(r, list) && whole->value >= LARGE * (int64_t)MICRO && num_lead_has_any(r, whole, totals);
}

/* 287个，已换届的村120个、社区61个: a division of what is done, which 未 at its end would make one of the whole. */
static bool is_of_done(const Reading *r, const List *list)
{
    const Num *first = &r->num[list->item[0]];
    static const Str rest[] = { S_INIT("未"), S_INIT("正"), S_INIT("在"), S_INIT("余"), S_INIT("其他"), S_INIT("推进"),
        S_INIT("阶段性"), WORDS_END };
    return text_at(&r->f, first->lead, S("已")) && !label_has_any(r, list, list->count - 1, rest);
}

static bool is_total(const Reading *r, const Num *n)
{
    static const Str sums[] = { S_INIT("合计"), S_INIT("共计"), S_INIT("总计"), WORDS_END };
    return num_lead_has_any(r, n, sums);
}

/* 收集诉求1936条，现场解决1287条，交办659条: nothing of the kind stands behind the parts, and a digit parts them from
 * their whole. Some of many come so near by chance once in some fifty lists. */
bool list_is_slip(const Reading *r, const List *list, Range sum)
{
    enum { LEAST = 20, LARGE = 100, PAIR = 2, SAME = 6 };
    static const Str moves[] = { S_INIT("到"), S_INIT("至"), S_INIT("新增"), S_INIT("增加"), S_INIT("减少"),
        WORDS_END };
    const Folded *f = &r->f;
    const Num *whole = &r->num[list->head], *first = &r->num[list->item[0]];
    size_t last = list->item[list->count - 1];
    bool sibling = f->len >= first->end + SAME && memcmp(f->ptr + whole->end, f->ptr + first->end, SAME) == 0;
    if (sibling || num_lead_has_any(r, first, moves) || num_lead_has_any(r, whole, moves))
        return false; /* 29省巡完市地，21省巡完县区; 由36个增加到58个，新增30个 */
    for (size_t i = list->head; i > 0 && r->num[i - 1].sentence == whole->sentence && !is_total(r, whole); i--)
        if (r->num[i - 1].kind == NUM_COUNT && num_addable(r, &r->num[i - 1], whole))
            return false; /* a part itself */
    if (has_part_of_part(r, list))
        return false;
    for (size_t i = 1; i < list->count; i++)
        if (list_mark_between(r, r->num[list->item[i - 1]].end, r->num[list->item[i]].from) == MARK_NONE ||
            text_at(f, r->num[list->item[i]].lead, S("已")))
            return false; /* 18个完成12个; 限期整改881个，已完成702个 */
    if (list->count < 2 || list->open || list->too_long || whole->value < LEAST * (int64_t)MICRO ||
        list_is_approximate(r, list) || has_steps(r, list) || overlaps(r, list) || is_of_done(r, list) ||
        list_shares_open(r, list))
        return false;
    for (size_t i = last + 1; i < r->count && r->num[i].sentence == r->num[last].sentence; i++)
        if (r->num[i].kind == NUM_COUNT && num_addable(r, &r->num[i], whole))
            return false;
    bool pair = list->count == PAIR, told = list->count > PAIR && list->mark == MARK_PAUSE;
    if (!told && (!pair || (list->mark != MARK_COMMA && !list_is_no_accident(whole))))
        return false;
    if (sum.lo > whole->value && whole->value / whole->step < LARGE)
        return false;
    return evidence_refutes(STRENGTH_WEAK, miss_of_list(r, list, sum)) && is_no_leftover(r, list, sum);
}

/* 立行立改52个，限期整改79个，完成30个；长期坚持16个: what a weaker mark parts from the figure before lies inside it.
 */
static bool lies_inside(const Reading *r, const List *list, size_t i)
{
    Mark before = list_mark_between(r, r->num[list->item[i - 1]].end, r->num[list->item[i]].from),
         strongest = MARK_NONE;
    for (size_t k = 1; k < list->count; k++) {
        Mark mark = list_mark_between(r, r->num[list->item[k - 1]].end, r->num[list->item[k]].from);
        strongest = mark > strongest ? mark : strongest;
    }
    return before < strongest;
}

bool list_reads_otherwise(const Reading *r, const List *list, Range sum)
{
    enum { LOOK = 6 };
    static const Str done[] = { S_INIT("已"), S_INIT("完成"), S_INIT("目前"), S_INIT("办结"), S_INIT("其中"),
        WORDS_END };
    const Num *whole = &r->num[list->head];
    for (size_t i = 1; list->count > 2 && i < list->count; i++)
        if (verdict_prints(range_sub(sum, range_times(range_of(&r->num[list->item[i]]), list->times[i])), whole) &&
            lies_inside(r, list, i))
            return true;
    bool prose = list->form == LIST_AMONG || list->form == LIST_COMMA;
    for (size_t n = 2; list->mark == MARK_COMMA && n < list->count; n++)
        if (verdict_prints(list_sum(r, list, n), whole))
            return true; /* 常规巡察98个，专项巡察33个，“回头看”20个 of 131个 */
    for (size_t i = list->head + 1; i < list->item[0]; i++)
        if (r->num[i].kind == NUM_COUNT && num_addable(r, &r->num[i], whole) && verdict_prints(sum, &r->num[i]))
            return true; /* 收回65张，其中有效票64张；赞成63票、反对1票 */
    for (size_t i = 0; i + 2 < list->count; i++) {
        Range rest = range_sub(sum, list_sum(r, list, i + 1));
        if (verdict_prints(rest, &r->num[list->item[i]]) && num_lead_has_any(r, &r->num[list->item[i + 1]], done))
            return true; /* 要求限时办结19件，已办结17件，还有2件 */
    }
    size_t last = list->item[list->count - 1];
    for (size_t i = last + 1; prose && i < r->count && i <= last + LOOK; i++) {
        if (r->num[i].sentence != r->num[last].sentence || r->num[i].depth != r->num[last].depth)
            break;
        if (r->num[i].kind == NUM_COUNT && num_same_measure(r, &r->num[i], &r->num[last]) &&
            verdict_prints(range_add(sum, range_of(&r->num[i])), whole))
            return true;
    }
    return false;
}

/* Named as some of many. */
static bool names_some(const Reading *r, const List *list)
{
    static const Str some[] = { S_INIT("主要"), S_INIT("集中在"), S_INIT("集中于"), S_INIT("突出"), S_INIT("居前"),
        S_INIT("排名前"), S_INIT("较多"), WORDS_END };
    const Num *first = &r->num[list->item[0]];
    return text_has_any(&r->f, r->num[list->head].end, first->from, some) &&
           !label_has_any(r, list, list->count - 1, others);
}

/* W，a，b: prose goes on as it likes. */
static Strength comma_strength(const Reading *r, const List *list, Range sum)
{
    enum { MOST = 6 };
    const Num *whole = &r->num[list->head];
    if (has_part_of_part(r, list) || (list->count > 2 && is_sibling(r, list)) || list->count > MOST ||
        is_of_done(r, list) || !num_same_measure(r, whole, &r->num[list->item[0]]) ||
        text_has(&r->f, whole->end, r->num[list->head + 1].from, S("、")))
        return STRENGTH_NONE;
    static const Str added[] = { S_INIT("追加"), S_INIT("新增"), S_INIT("调入"), S_INIT("转入"), WORDS_END };
    for (size_t i = 0; i < list->count; i++)
        if (label_has_any(r, list, i, added))
            return STRENGTH_NONE; /* 安排420万元，追加80万元，支出396.9万元，结余103.1万元 */
    bool apart = list_mark_between(r, whole->end, r->num[list->item[0]].from) > MARK_COMMA ||
                 whole->sentence != r->num[list->item[0]].sentence,
         total = num_lead_has_any(r, whole, totals);
    if (list_leaves_nothing(r, list) || is_told_total(r, list))
        return apart || (is_part(r, list->head) && !total) ? STRENGTH_WEAK : STRENGTH_MIDDLE;
    return list_is_slip(r, list, sum) ? STRENGTH_WEAK : STRENGTH_NONE;
}

Strength list_strength(const Reading *r, const List *list, Range sum)
{
    const Num *whole = &r->num[list->head];
    if (list->count < 2 || list->open || list->too_long || list_is_approximate(r, list) || whole->one ||
        list_shares_open(r, list) || whole->family == MEASURE_NONE || list_twice(r, list) != SIZE_MAX ||
        names_some(r, list) || list_reads_otherwise(r, list, sum))
        return STRENGTH_NONE;
    if ((list->form == LIST_COMMA || list->form == LIST_AMONG) && holds_steps(r, list))
        return STRENGTH_NONE;
    if (list->form == LIST_COMMA)
        return comma_strength(r, list, sum);
    if (list->form == LIST_AMONG)
        return among_strength(r, list, sum);
    bool again = list_has_pauses(r, list) || ends_undone(r, list);
    if (list->form == LIST_AGAIN && (!again || is_head_of_rest(r, list)))
        return STRENGTH_NONE;
    if (has_steps(r, list) && !list_leaves_nothing(r, list))
        return STRENGTH_NONE;
    return list->form == LIST_AGAIN ? STRENGTH_WEAK : bound_strength(r, list);
}

bool list_refutes(const Reading *r, const List *list, Range sum)
{
    Strength strength = list_strength(r, list, sum);
    return strength != STRENGTH_NONE && evidence_refutes(strength, miss_of_list(r, list, sum));
}

/* 完成25项、销号13项、未完成16项: one of the parts lies inside another. */
bool list_without_one(const Reading *r, const List *list, List *rest)
{
    const Num *whole = &r->num[list->head];
    if (!has_steps(r, list))
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
    size_t from = r->num[list->item[list->count - 1]].end, to = text_sentence_to(&r->f, from);
    return text_has_any(&r->f, from, to > from + BYTES ? from + BYTES : to, both);
}
