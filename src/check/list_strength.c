/* How firmly the words bind a list to its whole, and whether a sum that misses it refutes. */
#include "check/evidence.h"
#include "check/partition.h"
#include "check/slip.h"

#include <string.h>

static const Str totals[] = { S_INIT("共"), S_INIT("总"), S_INIT("全"), WORDS_END };

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

/* What leaves nothing out binds its parts to the figure right before them; a figure farther off may be another's whole.
 */
static Strength bound_strength(const Reading *r, const List *list)
{
    const Num *whole = &r->num[list->head];
    for (size_t i = 0; i < list->count; i++)
        if (!is_of_its_kind(r, whole, &r->num[list->item[i]]))
            return STRENGTH_WEAK;
    for (size_t i = list->head + 1; i < list->item[0]; i++)
        if (r->num[i].kind == NUM_COUNT && !list_has_figure_bound(r, i + 1))
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

/* 其中甲类327个、整改到位311个，乙类187个、…: a figure of the kind behind a stronger mark belongs to it too. */
static bool goes_on(const Reading *r, const List *list)
{
    size_t last = list_last(list), next = last + 1;
    return list->mark == MARK_PAUSE && next < r->count && r->num[next].sentence == r->num[last].sentence &&
           num_same_measure(r, &r->num[next], &r->num[last]) &&
           list_mark_between(r, r->num[last].end, r->num[next].from) == MARK_COMMA;
}

/* 其中 may name a few of many. What leaves nothing out binds; so do two labels of a pair; three parts and more in one
 * breath make too many of their whole, or miss it by a digit. */
static Strength among_strength(const Reading *r, const List *list, Range sum)
{
    enum { LARGE = 50, SMALL = 20, LEAST = 10, SEVERAL = 3, HUNDREDS = 100 };
    const Num *whole = &r->num[list->head];
    bool over = sum.lo > whole->value;
    if (list_ends_in_others(r, list) || list_shares_close(r, list) || list_is_series(r, list) ||
        list_is_bands(r, list) || list_ends_undone(r, list))
        return bound_strength(r, list);
    if (label_complements(r, list) && !list_overlaps(r, list))
        return bound_strength(r, list);
    if (list_is_scale(r, list))
        return is_part(r, list->head) ? STRENGTH_WEAK : weaker(bound_strength(r, list), STRENGTH_MIDDLE);
    if (list_overlaps(r, list))
        return label_complements(r, list) && list->count == 2 ? bound_strength(r, list) : STRENGTH_NONE;
    if (are_stages(r, list, over))
        return STRENGTH_NONE;
    if (label_opposites(r, list))
        return over ? bound_strength(r, list) : STRENGTH_WEAK;
    Wide place;
    if (goes_on(r, list) && !list_slips(r, list, sum, &place))
        return STRENGTH_NONE;
    if (list_is_pair(r, list))
        return over ? STRENGTH_MIDDLE : STRENGTH_WEAK;
    if (list->mark == MARK_SEMICOLON || list->mark == MARK_NONE || !is_no_leftover(r, list, sum))
        return STRENGTH_NONE;
    if (over && list->mark == MARK_PAUSE && !(whole->family & MEASURE_PERSON))
        return STRENGTH_MIDDLE;
    if (list->count >= SEVERAL)
        return whole->value < (over || list->mark != MARK_PAUSE ? SMALL : LEAST) * (int64_t)MICRO ? STRENGTH_NONE
               : over                                                                             ? STRENGTH_MIDDLE
                                                                                                  : STRENGTH_WEAK;
    bool ranks = list_is_rank(r, list, 0) || list_is_rank(r, list, 1) ||
                 label_has(r, list, 0, S("党")) != label_has(r, list, 1, S("党")); /* 党员, 女 */
    bool weak =
        list->mark == MARK_PAUSE
            ? (!ranks || (over && whole->value / whole->step >= HUNDREDS)) && whole->value >= LARGE * (int64_t)MICRO
            : list_is_no_accident(whole) && !list_has_steps(r, list) && !list_has_part_of_part(r, list);
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

bool list_says_both(const Reading *r, size_t at)
{
    enum { BYTES = 45 };
    static const Str both[] = { S_INIT("同时"), S_INIT("双重"), S_INIT("两样"), S_INIT("重合"), S_INIT("重复计"),
        S_INIT("兼有"), S_INIT("兼涉"), S_INIT("双处分"), S_INIT("双开"), S_INIT("两项都"), S_INIT("两类都"),
        S_INIT("均有"), WORDS_END };
    const Num *n = &r->num[at];
    size_t to = n->end;
    while (to < r->par_to && to < n->end + BYTES && r->f.ptr[to] != ',' && r->f.ptr[to] != ';' && r->f.ptr[to] != '(' &&
           !text_ends_sentence(&r->f, to) && !(r->f.ptr[to] >= '0' && r->f.ptr[to] <= '9'))
        to += text_char_len(&r->f, to);
    return num_lead_has_any(r, n, both) || text_has_any(&r->f, n->end, to, both);
}

size_t list_twice(const Reading *r, const List *list)
{
    static const Str twice[] = { S_INIT("双重"), S_INIT("重复"), S_INIT("同时"), S_INIT("双开"), WORDS_END };
    const Num *whole = &r->num[list->head];
    size_t at = list_last(list) + 1;
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
    size_t next = list_last(list) + 1;
    if (next < r->count && r->num[next].sentence == whole->sentence && num_same_measure(r, whole, &r->num[next]))
        return false; /* …，另在建10个 */
    static const Str sums[] = { S_INIT("共计"), S_INIT("合计"), S_INIT("总计"), WORDS_END };
    bool paused = list->mark == MARK_PAUSE && list_has_pauses(r, list),
         ended = list->mark == MARK_COMMA && num_lead_ends_any(r, whole, sums); /* 共计73件，甲38件，乙11件，丙24件 */
    return list->count >= LEAST && (paused || ended) && !list_has_steps(r, list) && !list_overlaps(r, list) &&
           whole->value >= LARGE * (int64_t)MICRO && num_lead_has_any(r, whole, totals);
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
    size_t last = list_last(list);
    bool sibling = f->len >= first->end + SAME && memcmp(f->ptr + whole->end, f->ptr + first->end, SAME) == 0;
    if (sibling || num_lead_has_any(r, first, moves) || num_lead_has_any(r, whole, moves))
        return false; /* 29省巡完市地，21省巡完县区; 由36个增加到58个，新增30个 */
    for (size_t i = list->head; i > 0 && r->num[i - 1].sentence == whole->sentence && !is_total(r, whole); i--)
        if (r->num[i - 1].kind == NUM_COUNT && num_addable(r, &r->num[i - 1], whole))
            return false; /* a part itself */
    if (list_has_part_of_part(r, list))
        return false;
    for (size_t i = 1; i < list->count; i++)
        if (list_mark_between(r, r->num[list->item[i - 1]].end, r->num[list->item[i]].from) == MARK_NONE ||
            text_at(f, r->num[list->item[i]].lead, S("已")))
            return false; /* 18个完成12个; 限期整改881个，已完成702个 */
    if (list->count < 2 || list->open || list->too_long || whole->value < LEAST * (int64_t)MICRO ||
        list_is_approximate(r, list) || list_has_steps(r, list) || list_overlaps(r, list) || is_of_done(r, list) ||
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
    for (size_t i = list->head, least = i > LOOK ? i - LOOK : 0;
         list->form == LIST_COMMA && i > least && r->num[i - 1].sentence == whole->sentence; i--)
        if (r->num[i - 1].kind == NUM_COUNT && num_same_measure(r, &r->num[i - 1], whole) &&
            verdict_prints(sum, &r->num[i - 1]))
            return true; /* 53人中党员49人，占92.5%；男46人、女7人 */
    for (size_t i = 0; i + 2 < list->count; i++) {
        Range rest = range_sub(sum, list_sum(r, list, i + 1));
        if (verdict_prints(rest, &r->num[list->item[i]]) && num_lead_has_any(r, &r->num[list->item[i + 1]], done))
            return true; /* 要求限时办结19件，已办结17件，还有2件 */
    }
    size_t last = list_last(list);
    if (prose && list->count == 2 &&
        verdict_prints(range_sub(range_of(&r->num[list->item[0]]), range_of(&r->num[last])), whole))
        return true; /* 实有1874件，账面1902件，盘亏28件 */
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
    return text_has_any(&r->f, r->num[list->head].end, first->from, some) && !list_ends_in_others(r, list);
}

/* 184件，水33、气57、土19、其他27: short labels, bare figures, 、 between, nothing behind. */
static bool is_bare_list(const Reading *r, const List *list)
{
    enum { LEAST = 3, LABEL = 18 };
    size_t last = list_last(list);
    for (size_t i = 0; i < list->count; i++) {
        const Num *n = &r->num[list->item[i]];
        if (n->family != MEASURE_NONE || n->from == n->lead || n->from - n->lead > LABEL ||
            list->item[i] != list->head + 1 + i)
            return false;
    }
    return list->count >= LEAST && list_has_pauses(r, list) &&
           list_mark_between(r, r->num[list->head].end, r->num[list->item[0]].from) == MARK_COMMA &&
           (last + 1 >= r->count || r->num[last + 1].sentence != r->num[last].sentence ||
               list_mark_between(r, r->num[last].end, r->num[last + 1].from) > MARK_PAUSE);
}

/* W，a，b: prose goes on as it likes. */
static Strength comma_strength(const Reading *r, const List *list, Range sum)
{
    enum { MOST = 6 };
    const Num *whole = &r->num[list->head];
    if (is_bare_list(r, list) && !list_has_steps(r, list) && !list_overlaps(r, list))
        return list_ends_in_others(r, list) ? STRENGTH_STRONG : STRENGTH_MIDDLE;
    if (list_has_part_of_part(r, list) || (list->count > 2 && is_sibling(r, list)) || list->count > MOST ||
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

/* 3期，分别为62、58、71人次: the last of them says what they all count, and that is not what the head counts. */
static bool is_of_other_measure(const Reading *r, const List *list)
{
    size_t last = list_last(list), next = last + 1;
    for (size_t i = 0; i < list->count; i++)
        if (r->num[list->item[i]].family != MEASURE_NONE)
            return false;
    return next < r->count && r->num[next].family != MEASURE_NONE && r->num[next].kind == NUM_COUNT &&
           r->num[next].lead == r->num[next].from && r->num[next].from - r->num[last].end == S("、").len &&
           !num_addable(r, &r->num[list->head], &r->num[next]);
}

/* 63件次，其中来信21件、来电34件、来访8批次: the list goes on with what is counted by another word. */
static bool goes_on_otherwise(const Reading *r, const List *list)
{
    size_t last = list_last(list), next = last + 1;
    return next < r->count && r->num[next].kind == NUM_COUNT && r->num[next].sentence == r->num[last].sentence &&
           r->num[next].depth == r->num[last].depth && r->num[next].lead < r->num[next].from &&
           !num_addable(r, &r->num[next], &r->num[last]) &&
           list_mark_between(r, r->num[last].end, r->num[next].from) == MARK_PAUSE;
}

/* …、其他14件，部分案件兼涉几类; …、群众纪律24起，余类从略: what is said behind the list takes its sum back. */
static bool is_taken_back(const Reading *r, const List *list)
{
    enum { BYTES = 60 };
    static const Str said[] = { S_INIT("兼涉"), S_INIT("从略"), S_INIT("略去"), S_INIT("交叉"), S_INIT("重叠"),
        S_INIT("涉及多"), S_INIT("不一一"), WORDS_END };
    size_t from = r->num[list_last(list)].end, to = from;
    while (to < r->par_to && to < from + BYTES && !text_ends_sentence(&r->f, to))
        to += text_char_len(&r->f, to);
    return text_has_any(&r->f, from, to, said);
}

static Strength list_strength(const Reading *r, const List *list, Range sum)
{
    const Num *whole = &r->num[list->head];
    if (list->count < 2 || list->open || list->too_long || list_is_approximate(r, list) || whole->one ||
        list_shares_open(r, list) || whole->family == MEASURE_NONE || is_of_other_measure(r, list) ||
        list_twice(r, list) != SIZE_MAX || names_some(r, list) || is_taken_back(r, list) ||
        goes_on_otherwise(r, list) || list_reads_otherwise(r, list, sum))
        return STRENGTH_NONE;
    if ((list->form == LIST_COMMA || list->form == LIST_AMONG) && holds_steps(r, list))
        return STRENGTH_NONE;
    if (list->form == LIST_COMMA)
        return comma_strength(r, list, sum);
    if (list->form == LIST_AMONG)
        return among_strength(r, list, sum);
    bool again = list_has_pauses(r, list) || list_ends_undone(r, list);
    if (list->form == LIST_AGAIN && (!again || is_head_of_rest(r, list)))
        return STRENGTH_NONE;
    if (list_has_steps(r, list) && !list_leaves_nothing(r, list))
        return list->form == LIST_COLON && sum.hi < whole->value && list->count > 2 ? STRENGTH_MIDDLE : STRENGTH_NONE;
    if (list->form == LIST_AGAIN)
        return STRENGTH_WEAK;
    bool two = list->form == LIST_BRACKET && list->count == 2 && sum.lo < whole->value && !label_opposites(r, list) &&
               !list_leaves_nothing(r, list); /* 86家（规上31家、限上22家） may name two of more */
    return two ? weaker(bound_strength(r, list), STRENGTH_MIDDLE) : bound_strength(r, list);
}

bool list_without_steps(const Reading *r, const List *list, List *rest)
{
    *rest = *list;
    rest->count = 0;
    for (size_t i = 0; i < list->count; i++) {
        size_t from = i ? r->num[list->item[i - 1]].end : 0, to = r->num[list->item[i]].from;
        bool inside = i && list_mark_between(r, from, to) == MARK_NONE && !text_has(&r->f, from, to, S("和")) &&
                      r->num[list->item[i]].value <= r->num[list->item[i - 1]].value;
        if (!inside) {
            rest->item[rest->count] = list->item[i];
            rest->times[rest->count++] = list->times[i];
        }
    }
    return rest->count >= 2 && rest->count < list->count;
}

bool list_refutes(const Reading *r, const List *list, Range sum)
{
    Strength strength = list_strength(r, list, sum);
    return strength != STRENGTH_NONE && evidence_refutes(strength, miss_of_list(r, list, sum));
}
