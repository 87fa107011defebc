/* A division told away from its whole: 94.62亿元，…。按经营地统计，城镇71.35亿元，增长8.9%；乡村23.27亿元. Its labels
 * must leave nothing out (城镇/乡村, 以下 … 以上, 其他 at the end), or it must be called a division (按…分, 从…看,
 * 分布在) and have three parts and more. Its whole is the nearest figure before that it fills; where it fills none, the
 * nearest that one digit parts from it. */
#include "check/evidence.h"
#include "check/partition.h"

enum { LOOK = 20, SENTENCES = 2, CANDIDATES = 3, LARGE = 50, SMALL = 10, PARTS_MAX = 16 };

static bool is_part(const Num *n)
{
    return n->kind == NUM_COUNT && !n->one && !n->way && !n->average && !n->past && !n->each &&
           n->approx == APPROX_NOT && !(n->family & (MEASURE_TIME | MEASURE_LEVEL)) && n->family != MEASURE_NONE;
}

/* 按…分, 从…看 at the beginning of a clause; but not 全面从严治党. */
static bool begins_with_view(const Folded *f, size_t from, size_t to)
{
    static const Str views[] = { S_INIT("按"), S_INIT("从"), WORDS_END };
    for (size_t at = from; at < to; at += text_char_len(f, at)) {
        size_t before = at > from ? text_back(f, at) : at;
        bool begins = at == from || f->ptr[before] == ',' || f->ptr[before] == ';' || f->ptr[before] == ')' ||
                      text_ends_sentence(f, before);
        if (begins && text_at_any(f, at, views))
            return true;
    }
    return false;
}

/* Nothing of the kind stands in the same clause before it, or words open a division. */
static bool opens_division(const Reading *r, size_t first, bool *called)
{
    static const Str words[] = { S_INIT("分布"), S_INIT("中,"), S_INIT("看,"), S_INIT("分,"), WORDS_END };
    const Num *n = &r->num[first];
    size_t from = first ? r->num[first - 1].end : r->par_from;
    *called = text_has_any(&r->f, from, n->from, words) || begins_with_view(&r->f, from, n->from);
    size_t least = first > CHECK_WINDOW / 4 ? first - CHECK_WINDOW / 4 : 0;
    for (size_t i = first; !*called && i > least && r->num[i - 1].sentence == n->sentence; i--) {
        if (text_has(&r->f, r->num[i - 1].end, r->num[i].from, S(";")))
            break;
        if (r->num[i - 1].kind == NUM_COUNT && num_same_measure(r, &r->num[i - 1], n))
            return false;
    }
    return true;
}

/* The first of its parts is the sum of the others, or nearly: it is the whole itself. */
static bool holds_its_whole(const Reading *r, const List *list)
{
    Range sum = list_sum(r, list, list->count), first = range_of(&r->num[list->item[0]]);
    for (size_t i = 1; i < list->count; i++)
        if (r->num[list->item[i]].value > r->num[list->item[0]].value)
            return false;
    Range rest = range_sub(sum, first);
    const Num *n = &r->num[list->item[0]];
    if (!list_is_no_accident(n))
        return verdict_prints(rest, n);
    return list_one_digit_apart((sum.lo + sum.hi) / 2, first.lo + first.hi, sum.hi - sum.lo);
}

static bool is_whole(const Reading *r, const List *list, const Num *w)
{
    const Num *first = &r->num[list->item[0]];
    return is_part(w) && w->depth == 0 && w->sentence + SENTENCES >= first->sentence && num_same_measure(r, w, first);
}

static void say_division(Reading *r, const List *list, bool fits)
{
    const Num *whole = &r->num[list->head];
    Range sum = list_sum(r, list, list->count);
    Claim c = { CHECK_SUM, CHECK_RULE_PARTS, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT, whole->from,
        list_end(r, list, list->count), whole, list_formula(r, list, list->count),
        words_like(r, (sum.lo + sum.hi) / 2, whole), STR_NONE, { NULL, NULL } };
    claim_add(r, &c);
}

/* A stronger mark than those that part the first two: 属实61件、部分属实48件、不属实28件，剩余6件. */
static bool ends_parts(const Reading *r, List *list, const Num *n)
{
    if (list->count == 0)
        return false;
    Mark mark = list_mark_between(r, r->num[list_last(list)].end, n->from);
    static const Str rest[] = { S_INIT("其余"), S_INIT("其他"), S_INIT("其它"), WORDS_END };
    if (list->count == 1)
        list->mark = mark;
    if (mark == MARK_COMMA && text_at_any(&r->f, n->lead, rest))
        return false; /* …、乙类193起、丙类87起，其余场所135起 */
    return (mark == MARK_SEMICOLON && list->mark != MARK_SEMICOLON) || (mark == MARK_COMMA && list->mark == MARK_PAUSE);
}

/* The parts from `first` on. */
static void take_parts(const Reading *r, size_t first, List *list)
{
    list_start(list, LIST_COLON, first, first);
    for (size_t at = first; at < r->count && at < first + CHECK_WINDOW && list->count <= PARTS_MAX; at++) {
        const Num *n = &r->num[at], *head = &r->num[first];
        if (n->sentence != head->sentence)
            break;
        if (n->depth > head->depth || n->kind == NUM_PERCENT || n->kind == NUM_POINTS || (n->family & MEASURE_TIME) ||
            (n->chinese && !num_same_measure(r, n, head)) || n->approx ||
            (list->count && n->from == r->num[at - 1].end && is_part(&r->num[at - 1])))
            continue;
        if (!is_part(n) || !num_same_measure(r, n, head) || n->depth < head->depth || ends_parts(r, list, n))
            break;
        list->item[list->count] = (uint32_t)at;
        list->times[list->count++] = 1;
        list->next = at + 1;
    }
}

static bool are_parted(const Reading *r, const List *list)
{
    for (size_t i = 1; i < list->count; i++) {
        size_t from = r->num[list->item[i - 1]].end, to = r->num[list->item[i]].from;
        if (list_mark_between(r, from, to) == MARK_NONE || list_has_among(&r->f, from, to))
            return false;
    }
    return true;
}

/* 排在前三位的是, 主要为: some of many. */
static bool names_some(const Reading *r, size_t first)
{
    static const Str some[] = { S_INIT("前三"), S_INIT("前五"), S_INIT("前两"), S_INIT("前几"), S_INIT("主要"),
        S_INIT("居前"), S_INIT("较多"), S_INIT("较大"), S_INIT("集中"), S_INIT("突出"), S_INIT("分别比"), WORDS_END };
    size_t from = first ? r->num[first - 1].end : r->par_from;
    return text_has_any(&r->f, from, r->num[first].from, some);
}

/* A part of a part, told behind it: 限期整改881个，已完成702个. */
static bool has_done(const Reading *r, const List *list)
{
    enum { PAIR = 2 };
    static const Str done[] = { S_INIT("已"), S_INIT("共"), S_INIT("占"), S_INIT("累计"), WORDS_END };
    static const Str rest[] = { S_INIT("其余"), S_INIT("其他"), WORDS_END };
    if (list->count == PAIR && text_at_any(&r->f, r->num[list->item[1]].lead, rest))
        return true; /* 即15个；其余25个: more may stand before them */
    for (size_t i = 1; i < list->count; i++)
        if (text_at_any(&r->f, r->num[list->item[i]].lead, done))
            return true;
    return false;
}

/* 39个…问题，27个…问题 end alike and are no scale, unless they are called a division. */
static bool leaves_nothing(const Reading *r, const List *list, bool called)
{
    return list_is_bands(r, list) || (list_leaves_nothing(r, list) && (called || !list_is_scale(r, list)));
}

/* 转办1202件，其中按期办结1197件，延期2件: of the figure before, which can hold them. */
static bool has_own_whole(const Reading *r, const List *list)
{
    size_t first = list->item[0];
    if (first == 0 || r->num[first - 1].sentence != r->num[first].sentence ||
        !num_same_measure(r, &r->num[first - 1], &r->num[first]))
        return false;
    return list_has_among(&r->f, r->num[first - 1].end, r->num[first].from) &&
           list_sum(r, list, list->count).lo <= r->num[first - 1].value;
}

/* 税收收入中，增值税9.47亿元: what is called is its whole. */
static Str name_of_whole(const Reading *r, size_t first)
{
    enum { LETTER = 3, LETTERS = 4 };
    const Folded *f = &r->f;
    size_t from = first ? r->num[first - 1].end : r->par_from, to = text_find(f, from, r->num[first].from, S("中,"));
    if (to == SIZE_MAX)
        return STR_NONE;
    size_t at = to;
    for (int i = 0; i < LETTERS && at >= from + LETTER && text_is_chinese(f, at - LETTER); i++)
        at -= LETTER;
    return (Str){ f->ptr + at, to - at };
}

/* Called a division, and with three parts or with an end: middle. */
static Strength strength_of(const Reading *r, const List *list, bool closed, bool called)
{
    enum { SEVERAL = 3 };
    Str name = name_of_whole(r, list->item[0]);
    const Num *whole = &r->num[list->head];
    if (name.len && !text_has(&r->f, whole->lead, whole->from, name) &&
        !text_has(&r->f, whole->end, whole->noun_to, name))
        return STRENGTH_WEAK;
    return called && (closed || list->count >= SEVERAL) ? STRENGTH_MIDDLE : STRENGTH_WEAK;
}

/* Whether a miss of this whole is a slip of the division and no other whole. */
static bool is_missed(const Reading *r, const List *list, const Num *w, bool closed, bool called)
{
    enum { PAIR = 2 };
    if (list->count == PAIR && !closed && !list_is_no_accident(w))
        return false;
    Range sum = list_sum(r, list, list->count);
    if (list->count == PAIR && w->sentence != r->num[list->item[0]].sentence && !list_is_no_accident(w))
        return false;
    bool right_behind = list->item[0] == (size_t)(w - r->num) + 1; /* 33件，按内容分，… */
    int64_t least = (closed || right_behind ? SMALL : LARGE) * (int64_t)MICRO;
    List of = *list;
    of.head = (size_t)(w - r->num);
    return w->value >= least && evidence_refutes(strength_of(r, &of, closed, called), miss_of_list(r, &of, sum));
}

/* …，总人数116人: the whole of several divisions behind them. */
static bool fits_behind(const Reading *r, const List *list, Range sum)
{
    for (size_t at = list->next; at < r->count && at < list->next + LOOK; at++)
        if (r->num[at].sentence == r->num[list->item[0]].sentence && is_whole(r, list, &r->num[at]) &&
            verdict_prints(sum, &r->num[at]))
            return true;
    return false;
}

/* A whole before that the parts fill. */
static bool fill_whole(Reading *r, List *list)
{
    size_t first = list->item[0], least = first > LOOK ? first - LOOK : 0;
    Range sum = list_sum(r, list, list->count);
    for (size_t at = first; at > least && r->num[at - 1].sentence + SENTENCES >= r->num[first].sentence; at--) {
        if (!is_whole(r, list, &r->num[at - 1]) || !verdict_prints(sum, &r->num[at - 1]))
            continue;
        list->head = at - 1;
        say_division(r, list, true);
        return true;
    }
    return false;
}

/* The largest of the nearest that they miss. */
static bool miss_whole(Reading *r, List *list, bool closed, bool called)
{
    size_t first = list->item[0], least = first > LOOK ? first - LOOK : 0, missed = SIZE_MAX, seen = 0;
    Range sum = list_sum(r, list, list->count);
    for (size_t at = first; at > least && r->num[at - 1].sentence + SENTENCES >= r->num[first].sentence; at--) {
        const Num *w = &r->num[at - 1];
        if (!is_whole(r, list, w) || 2 * (Wide)w->value < sum.lo || seen == CANDIDATES)
            continue; /* or a part of something else */
        if (is_missed(r, list, w, closed, called) && (missed == SIZE_MAX || w->value > r->num[missed].value))
            missed = at - 1;
        seen++;
    }
    if (missed != SIZE_MAX)
        list->head = missed;
    if (missed == SIZE_MAX || fits_behind(r, list, sum) || list_reads_otherwise(r, list, sum) ||
        list_overlaps_behind(r, list))
        return false;
    say_division(r, list, false);
    return true;
}

/* 采购项目120个，预算3.16亿元。公开招标的68个、谈判21个、询价17个、单一来源14个: four and more in one breath, and the
 * sentence counts nothing else. */
static bool is_whole_sentence(const Reading *r, const List *list)
{
    enum { SEVERAL = 4 };
    size_t first = list->item[0], next = list_last(list) + 1;
    return list->count >= SEVERAL && list_has_pauses(r, list) && r->num[first - 1].sentence != r->num[first].sentence &&
           (next >= r->count || r->num[next].sentence != r->num[first].sentence) && !list_has_steps(r, list) &&
           !list_overlaps(r, list);
}

static void judge_division(Reading *r, size_t first)
{
    enum { LEAST = 2 };
    bool called;
    List list;
    if (!is_part(&r->num[first]) || !opens_division(r, first, &called))
        return;
    take_parts(r, first, &list);
    size_t all = list.count;
    for (int missed = 0; missed < 2 && all <= PARTS_MAX; missed++) /* any that fits was meant */
        for (list.count = all; list.count >= LEAST; list.count--) {
            bool closed = list_ends_here(r, &list) || (list.count == all && leaves_nothing(r, &list, called));
            bool told =
                list.count == all &&
                (called || is_whole_sentence(r, &list)); /* two parts only of a whole of four digits: is_missed() */
            if ((closed || told) && are_parted(r, &list) && !has_done(r, &list) && !list_shares_open(r, &list) &&
                !names_some(r, first) && !holds_its_whole(r, &list) && !has_own_whole(r, &list) &&
                (missed ? miss_whole(r, &list, closed, called) : fill_whole(r, &list)))
                return;
        }
}

void relation_divisions(Reading *r)
{
    for (size_t i = 1; i < r->count; i++)
        judge_division(r, i);
}
