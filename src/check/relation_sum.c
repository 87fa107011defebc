/* Parts and their whole: lists behind a head, totals behind a list, shares of a hundred. */
#include "check/list.h"

#include <string.h>

static const Str others[] = { S_INIT("其他"), S_INIT("其余"), S_INIT("其它"), S_INIT("另有"), S_INIT("及以下"),
    WORDS_END };
/* Marks of persons that overlap: a member may be a woman and under thirty-five. */
static const Str overlapping[] = { S_INIT("党员"), S_INIT("女"), S_INIT("民族"), S_INIT("以上"), S_INIT("学历"),
    S_INIT("岁"), S_INIT("涉及"), S_INIT("一把手"), S_INIT("销号"), S_INIT("重点"), S_INIT("共性"), S_INIT("移交"),
    S_INIT("立案"), S_INIT("曾"), S_INIT("应整改"), S_INIT("应"), WORDS_END };
/* Two labels that leave no third. */
static const struct {
    Str a, b;
} opposites[] = {
    { S_INIT("市级"), S_INIT("县级") },
    { S_INIT("省级"), S_INIT("市级") },
    { S_INIT("市直"), S_INIT("县") },
    { S_INIT("男"), S_INIT("女") },
    { S_INIT("上半年"), S_INIT("下半年") },
    { S_INIT("第一轮"), S_INIT("第二轮") },
    { S_INIT("第一批"), S_INIT("第二批") },
    { S_INIT("新"), S_INIT("修") },
    { S_INIT("按期"), S_INIT("逾期") },
    { S_INIT("已"), S_INIT("未") },
    { S_INIT("完成"), S_INIT("未完成") },
    { S_INIT("完成"), S_INIT("正在") },
    { S_INIT("完成"), S_INIT("在改") },
    { S_INIT("办结"), S_INIT("在办") },
    { S_INIT("办结"), S_INIT("阶段性办结") },
    { S_INIT("国家级"), S_INIT("县级") },
    { S_INIT("完成"), S_INIT("推进") },
    { S_INIT("已"), S_INIT("正在") },
    { S_INIT("常规"), S_INIT("专项") },
    { S_INIT("处分"), S_INIT("组织处理") },
    { S_INIT("处分"), S_INIT("批评教育") },
    { S_INIT("盈利"), S_INIT("亏损") },
    { S_INIT("城"), S_INIT("农") },
    { S_INIT("立行立改"), S_INIT("长期") },
    { S_INIT("集中"), S_INIT("长期") },
    { S_INIT("重大"), S_INIT("一般") },
    { S_INIT("转办"), S_INIT("直") },
    { S_INIT("现场"), S_INIT("限期") },
    { S_INIT("立行立改"), S_INIT("限期") },
    { S_INIT("优秀"), S_INIT("一般") },
    { S_INIT("优秀"), S_INIT("不合格") },
    { S_INIT("好"), S_INIT("差") },
    { S_INIT("合格"), S_INIT("不合格") },
    { S_INIT("整改到位"), S_INIT("未到位") },
    { S_INIT("党内"), S_INIT("政务") },
    { S_INIT("常规"), S_INIT("回头看") },
    { S_INIT("办结"), S_INIT("正在") },
    { S_INIT("销号"), S_INIT("未销号") },
    { S_INIT("销号"), S_INIT("延期") },
    { S_INIT("城"), S_INIT("乡") },
    { S_INIT("城"), S_INIT("农村") },
    { S_INIT("村"), S_INIT("社区") },
    { S_INIT("企业"), S_INIT("事业") },
    { S_INIT("小学"), S_INIT("初中") },
    { S_INIT("来信"), S_INIT("来电") },
    { S_INIT("来电"), S_INIT("来信") },
    { S_INIT("初信"), S_INIT("重复") },
    { S_INIT("现场"), S_INIT("转办") },
    { S_INIT("有效"), S_INIT("无效") },
    { S_INIT("领导小组"), S_INIT("办公室") },
    { S_INIT("属实"), S_INIT("不属实") },
    { S_INIT("满意"), S_INIT("不满意") },
    { S_INIT("面上"), S_INIT("重点") },
    { S_INIT("内"), S_INIT("外") },
};

static void label_of(const Reading *r, size_t item, size_t *from, size_t *to)
{
    *from = r->num[item].lead;
    *to = r->num[item].noun_to;
}

static bool item_has(const Reading *r, const List *list, size_t i, Str word)
{
    size_t from, to;
    label_of(r, list->item[i], &from, &to);
    return text_has(&r->f, from, to, word);
}

static bool item_has_any(const Reading *r, const List *list, size_t i, const Str *words)
{
    size_t from, to;
    label_of(r, list->item[i], &from, &to);
    return text_has_any(&r->f, from, to, words);
}

static bool has_opposites(const Reading *r, const List *list)
{
    for (size_t i = 0; i < sizeof opposites / sizeof opposites[0]; i++)
        if (item_has(r, list, 0, opposites[i].a) && item_has(r, list, list->count - 1, opposites[i].b))
            return true;
    return false;
}

/* Stages of one work, of which the later lie inside the earlier. */
static bool has_steps(const Reading *r, const List *list)
{
    static const Str steps[] = { S_INIT("销号"), S_INIT("移交"), S_INIT("移送"), S_INIT("立案"), S_INIT("涉及"),
        S_INIT("重点"), S_INIT("党纪"), S_INIT("政务"), WORDS_END };
    for (size_t i = 0; i < list->count; i++)
        if (item_has_any(r, list, i, steps))
            return true;
    return false;
}

/* 销号453个(96.18%)、延期18个(3.82%): shares that make a hundred leave nothing out. */
static bool shares_close(const Reading *r, const List *list)
{
    Wide sum = 0, hundred = 100 * (Wide)MICRO;
    for (size_t i = 0; i < list->count; i++) {
        size_t at = list->item[i] + 1;
        if (at >= r->count || r->num[at].kind != NUM_PERCENT || r->num[at].sentence != r->num[list->head].sentence)
            return false;
        sum += r->num[at].value;
    }
    return sum >= hundred - MICRO && sum <= hundred + MICRO;
}

/* A mark that some parts bear and others do not; 在职党员、离退休党员 divide by something else. */
static bool overlaps(const Reading *r, const List *list)
{
    for (const Str *word = overlapping; word->len; word++) {
        size_t bearing = 0;
        for (size_t i = 0; i < list->count; i++)
            bearing +=
                !(i == 0 && str_eq(*word, S("涉及"))) && item_has(r, list, i, *word); /* 其中涉及…: of them all */
        if (bearing > 0 && bearing < list->count)
            return true;
    }
    return false;
}

static bool is_approximate(const Reading *r, const List *list)
{
    bool approx = r->num[list->head].approx != APPROX_NOT;
    for (size_t i = 0; i < list->count; i++)
        approx |= r->num[list->item[i]].approx != APPROX_NOT;
    return approx;
}

/* --- what may be refuted ------------------------------------------------------------------------------------------ */

/* The sum is so near the whole that a slip is likelier than a list that names only some of the parts. */
static bool is_near(Range sum, const Num *whole)
{
    Wide middle = (sum.lo + sum.hi) / 2, gap = middle > whole->value ? middle - whole->value : whole->value - middle;
    return gap * 10 <= whole->value || list_one_digit_apart(middle, whole->value, sum.hi - sum.lo);
}

/* 优秀等次38家、良好等次74家、一般等次16家: three and more that end alike make a scale. */
static bool is_scale(const Reading *r, const List *list)
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
    S_INIT("党"), WORDS_END };

/* 第一批8个、第二批10个、第三批9个. */
static bool is_series(const Reading *r, const List *list)
{
    return item_has(r, list, 0, S("第一")) && item_has(r, list, list->count - 1, S("第")) &&
           !item_has(r, list, list->count - 1, S("第一"));
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
    if (len < 6 || num_lead_has_any(r, a, rank_words) || num_lead_has_any(r, b, rank_words))
        return false;
    if (list->item[1] == list->item[0] + 1 && b->from - b->lead >= 6 &&
        memcmp(f->ptr + a->from - 6, f->ptr + b->from - 6, 6) == 0)
        return true; /* …领办21个、…领办27个 */
    if (len != b->from - b->lead)
        return false;
    return memcmp(f->ptr + from, f->ptr + b->lead, 3) == 0 ||
           memcmp(f->ptr + a->from - 3, f->ptr + b->from - 3, 3) == 0;
}

static bool is_closed(const Reading *r, const List *list)
{
    return item_has_any(r, list, list->count - 1, others) || has_opposites(r, list) || shares_close(r, list) ||
           is_scale(r, list) || is_series(r, list);
}

static bool parallel_marks(const Reading *r, const List *list)
{
    for (size_t i = 1; i < list->count; i++)
        if (!text_has(&r->f, r->num[list->item[i - 1]].end, r->num[list->item[i]].from, S("、")))
            return false;
    return true;
}

/* 其中 may name a few of many. Three parts and more that miss the whole by one digit hardly do; two parts only of a
 * whole so large that such a miss is no accident. */
static bool among_may_refute(const Reading *r, const List *list, Range sum)
{
    enum { LARGE = 50, SMALL = 20 };
    const Num *whole = &r->num[list->head];
    if (item_has_any(r, list, list->count - 1, others) || shares_close(r, list) || is_scale(r, list) ||
        is_series(r, list))
        return true;
    if (overlaps(r, list))
        return has_opposites(r, list) && list->count == 2;
    if (has_opposites(r, list) || is_pair(r, list))
        return true;
    bool digit = list_one_digit_apart((sum.lo + sum.hi) / 2, whole->value, sum.hi - sum.lo);
    if (list->mark != MARK_PAUSE)
        return list->mark == MARK_COMMA && list->count >= 3 && digit && whole->value >= SMALL * (int64_t)MICRO;
    int64_t least = (list->count >= 3 ? SMALL : LARGE) * (int64_t)MICRO;
    bool ranks = list->count == 2 && (num_lead_has_any(r, &r->num[list->item[0]], rank_words) ||
                                         num_lead_has_any(r, &r->num[list->item[1]], rank_words));
    return sum.lo > whole->value || (digit && !ranks && whole->value >= least);
}

/* 68个：改好55个、剩13个 is a division of its own. */
static bool is_head_of_rest(const Reading *r, const List *list)
{
    Range sum = list_sum(r, list, list->count), first = range_of(&r->num[list->item[0]]);
    return sum.lo - first.lo == first.lo;
}

static bool may_refute(const Reading *r, const List *list, Range sum)
{
    const Num *whole = &r->num[list->head];
    if (list->count < 2 || list->open || list->too_long || is_approximate(r, list) || whole->one ||
        whole->family == MEASURE_NONE || !is_near(sum, whole))
        return false;
    if (list->form == LIST_COMMA)
        return is_closed(r, list) && list->count <= 6 && num_same_measure(r, whole, &r->num[list->item[0]]) &&
               !text_has(&r->f, whole->end, r->num[list->item[0]].from, S("、"));
    if (list->form == LIST_AMONG)
        return among_may_refute(r, list, sum);
    if (list->form == LIST_AGAIN && (!parallel_marks(r, list) || is_head_of_rest(r, list)))
        return false;
    return !has_steps(r, list) || is_closed(r, list);
}

/* 完成25项、销号13项、未完成16项: one of the parts lies inside another. */
static bool fits_without_one(const Reading *r, const List *list, List *rest)
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

/* --- claims ---------------------------------------------------------------------------------------------------------
 */

static size_t list_from(const Reading *r, const List *list)
{
    const Num *head = &r->num[list->head];
    return list->form == LIST_AGAIN && list->item[0] > list->head + 8 ? r->num[list->item[0]].lead : head->from;
}

static void say_sum(Reading *r, const List *list, size_t count, CheckVerdict verdict)
{
    const Num *whole = &r->num[list->head];
    Range sum = list_sum(r, list, count);
    size_t end = list_end(r, list, count);
    Claim c = { CHECK_SUM, CHECK_RULE_PARTS, verdict, list_from(r, list), end, whole, list_formula(r, list, count),
        words_like(r, (sum.lo + sum.hi) / 2, whole), STR_NONE, { NULL, NULL } };
    if (verdict == CHECK_UNDECIDABLE)
        c.note = T("列项未必穷尽或互有重叠", "the list may be open or overlapping");
    claim_add(r, &c);
}

static void say_part(Reading *r, const List *list)
{
    const Num *whole = &r->num[list->head], *worst = &r->num[list->item[0]];
    size_t count = list->mark == MARK_SEMICOLON ? 1 : list->count; /* 8人中有6人…；中层干部32人 */
    for (size_t i = 1; i < count; i++)
        if (r->num[list->item[i]].value > worst->value)
            worst = &r->num[list->item[i]];
    bool more = worst->value > whole->value;
    bool exact = num_exact(worst) && num_exact(whole);
    StrBuf b = strbuf_in(r->arena);
    strbuf_add(&b, words_num(r, worst));
    strbuf_addc(&b, more ? '>' : '<');
    strbuf_add(&b, words_num(r, whole));
    Claim c = { CHECK_COMPARISON, CHECK_RULE_PART, more ? CHECK_INCONSISTENT : CHECK_CONSISTENT, whole->from,
        list_end(r, list, count), more ? worst : whole, strbuf_str(&b), STR_NONE, STR_NONE, { NULL, NULL } };
    c.note =
        more ? T("部分大于全部", "a part is larger than its whole") : T("部分不超过全部", "no part exceeds its whole");
    if (more && (!exact || !num_same_measure(r, worst, whole)))
        c.verdict = CHECK_UNDECIDABLE;
    claim_add(r, &c);
}

/* A list of one kind of marks goes to its end; in prose parted by commas it may end at any of them. */
static bool may_end(const Reading *r, const List *list, size_t count)
{
    Mark mark = list_mark_behind(r, list, count);
    if (count == list->count || (list->form == LIST_COMMA && mark == MARK_COMMA))
        return true;
    const Num *next = &r->num[list->item[count]];
    return mark != list->mark && next->family != MEASURE_NONE && next->from > next->lead;
}

/* Sums as they grow: the first prefix that meets the whole is the division that was meant. */
static size_t fitting_prefix(const Reading *r, const List *list)
{
    for (size_t n = 2; n <= list->count; n++)
        if (may_end(r, list, n) && verdict_prints(list_sum(r, list, n), &r->num[list->head]))
            return n;
    return 0;
}

/* 销号61个，未销号7个，其中4个为资金类…: prose goes on behind a division; it ends where nothing is left out. */
static void cut_prose(const Reading *r, List *list)
{
    size_t count = list->count;
    for (list->count = 2; list->count < count; list->count++)
        if (item_has_any(r, list, list->count - 1, others) || has_opposites(r, list))
            return;
    list->count = count;
}

/* …。其中…: the sentence before is still spoken of; not so in …。三类问题中，…. */
static bool begins_with_among(const Reading *r, size_t first)
{
    size_t from = first ? r->num[first - 1].end : r->par_from,
           stop = text_find(&r->f, from, r->num[first].from, S("。"));
    return stop != SIZE_MAX && text_at(&r->f, stop + 3, S("其中"));
}

static bool can_be_head(const Reading *r, size_t head, size_t first)
{
    const Num *h = &r->num[head], *n = &r->num[first];
    bool before = h->sentence + 1 == n->sentence && h->depth == 0 && begins_with_among(r, first);
    return h->kind == NUM_COUNT && !h->way && !h->average && !h->one && (h->sentence == n->sentence || before) &&
           h->depth <= n->depth && !h->past && num_addable(r, h, n);
}

/* Every second part, from `first` on. */
static void take_column(const List *list, size_t first, List *column)
{
    list_start(column, list->form, list->head, list->next);
    for (size_t i = first; i < list->count; i += 2) {
        column->item[column->count] = list->item[i];
        column->times[column->count++] = 1;
    }
}

/* A whole before the list that a column fills; SIZE_MAX: none. */
static size_t column_head(const Reading *r, const List *column)
{
    enum { LOOK = 5 };
    size_t first = column->item[0], least = first > LOOK ? first - LOOK : 0;
    for (size_t at = first; at > least; at--)
        if (can_be_head(r, at - 1, first) && verdict_prints(list_sum(r, column, column->count), &r->num[at - 1]))
            return at - 1;
    return SIZE_MAX;
}

/* 应整改1842个，完成1761个；其中市直应整改963个、完成941个，县区应整改879个、完成820个: where one column fills its
 * whole, the other must fill its own. */
static bool judge_columns(Reading *r, const List *list)
{
    List column[2];
    if (list->count < 4 || list->count % 2 || fitting_prefix(r, list))
        return false;
    size_t heads[2];
    for (size_t k = 0; k < 2; k++) {
        take_column(list, k, &column[k]);
        heads[k] = column_head(r, &column[k]);
    }
    if (heads[0] == heads[1])
        return false;
    for (size_t k = 0; k < 2; k++) {
        size_t other = heads[1 - k];
        if (heads[k] == SIZE_MAX) /* the neighbour of the head that fits */
            heads[k] = k ? other + 1 : other - 1;
        if (heads[k] >= list->item[0])
            return false;
        column[k].head = heads[k];
        Range sum = list_sum(r, &column[k], column[k].count);
        const Num *whole = &r->num[heads[k]];
        bool fits = verdict_prints(sum, whole);
        if (fits || (is_near(sum, whole) && can_be_head(r, heads[k], list->item[0])))
            say_sum(r, &column[k], column[k].count, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
    }
    return true;
}

static void judge_list(Reading *r, const List *list)
{
    static const size_t least = 2;
    List rest, cut;
    if (list->form == LIST_COMMA && list->count < least)
        return;
    if (list->form == LIST_COMMA && !fitting_prefix(r, list)) {
        cut = *list;
        cut_prose(r, &cut);
        list = &cut;
    }
    size_t fits = fitting_prefix(r, list);
    Range sum = list_sum(r, list, list->count);
    if (fits && !is_approximate(r, list))
        say_sum(r, list, fits, CHECK_CONSISTENT);
    else if (list->count >= least && fits_without_one(r, list, &rest) && list->form != LIST_COMMA)
        say_sum(r, &rest, rest.count, CHECK_CONSISTENT);

    else if (may_refute(r, list, sum))
        say_sum(r, list, list->count, CHECK_INCONSISTENT);
    else if (list->form == LIST_AMONG && list->count)
        say_part(r, list);
    else if (list->count >= least && list->form != LIST_COMMA && list->form != LIST_AGAIN)
        say_sum(r, list, list->count, CHECK_UNDECIDABLE);
}

/* --- finding lists
 * ------------------------------------------------------------------------------------------------------ */

/* W件（来电a、来信b）：c、d, and W件：a、b；c、d: one whole, divided twice. */
static void divide_again(Reading *r, List *list)
{
    const Folded *f = &r->f;
    size_t first = list->next;
    const Num *head = &r->num[list->head];
    if (first >= r->count || r->num[first].sentence != head->sentence || r->num[first].depth != head->depth ||
        first == list->head + 1)
        return;
    size_t from = r->num[first - 1].end;
    bool colon = text_has(f, from, r->num[first].from, S(":")),
         semicolon = text_has(f, from, r->num[first].from, S(";"));
    if (!colon && !semicolon)
        return;
    ListForm form = colon && !semicolon ? LIST_COLON : LIST_AGAIN;
    List again;
    list_start(&again, form, list->head, first);
    list_collect(r, &again);
    if (again.count >= 2 && (fitting_prefix(r, &again) || (form == LIST_COLON)))
        judge_list(r, &again);
    else if (again.count >= 2 && list->count >= 2 && fitting_prefix(r, list))
        judge_list(r, &again);
}

static void divide(Reading *r, size_t head)
{
    const Num *n = &r->num[head];
    List list;
    list_start(&list, LIST_COMMA, head, head + 1);
    if (n->kind != NUM_COUNT || n->way || n->average || head + 1 >= r->count ||
        r->num[head + 1].sentence != n->sentence)
        return;
    list.form = list_form(r, head);
    if (list.form == LIST_AMONG)
        return;
    if (list.form == LIST_BRACKET && r->num[head + 1].depth <= n->depth)
        list.form = LIST_COMMA; /* 8个县（市、区）和5个开发区 */
    list_collect(r, &list);
    if (list.form == LIST_BRACKET && list.count == 1) {
        divide_again(r, &list);
        return;
    }
    if (list.count)
        judge_list(r, &list);
    if (list.form != LIST_COMMA)
        divide_again(r, &list);
}

/* --- 其中 -----------------------------------------------------------------------------------------------------------
 */

/* The whole of which 其中 speaks: the nearest that the parts fill, else the nearest of their measure. */
static size_t find_head(Reading *r, size_t first, List *list)
{
    enum { LOOK = 6 };
    size_t found = SIZE_MAX, least = first > LOOK ? first - LOOK : 0;
    for (size_t at = first; at > least; at--) {
        if (!can_be_head(r, at - 1, first))
            continue;
        list_start(list, LIST_AMONG, at - 1, first);
        list_collect(r, list);
        if (fitting_prefix(r, list))
            return at - 1;
        if (found == SIZE_MAX || (num_same_measure(r, &r->num[at - 1], &r->num[first]) &&
                                     !num_same_measure(r, &r->num[found], &r->num[first])))
            found = at - 1;
    }
    return found;
}

/* 4873户8126人，其中城市612户947人、农村4261户7179人: the second measure adds up by itself. */
static void divide_second(Reading *r, const List *list)
{
    List second;
    list_start(&second, list->form, list->head + 1, list->next);
    second.mark = list->mark;
    if (r->num[second.head].from != r->num[list->head].end)
        return;
    for (size_t i = 0; i < list->count; i++) {
        size_t at = list->item[i] + 1;
        if (at >= r->count || r->num[at].from != r->num[at - 1].end ||
            !num_addable(r, &r->num[second.head], &r->num[at]))
            return;
        second.item[second.count] = (uint32_t)at;
        second.times[second.count++] = 1;
    }
    Range sum = list_sum(r, &second, second.count);
    bool fits = verdict_prints(sum, &r->num[second.head]);
    if (fits || (is_near(sum, &r->num[second.head]) && fitting_prefix(r, list) == list->count))
        say_sum(r, &second, second.count, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
}

static void divide_among(Reading *r, size_t first)
{
    const Folded *f = &r->f;
    size_t from = r->num[first - 1].end;
    if ((r->num[first].family & MEASURE_TIME) || (r->num[first].approx & (APPROX_BOUND | APPROX_RANGE)))
        first = first + 1 < r->count ? first + 1 : first; /* 其中3个月内完成84条, 5万元以下的36个 */
    if (r->num[first].kind != NUM_COUNT || !list_has_among(f, from, r->num[first].from))
        return;
    List list;
    size_t head = find_head(r, first, &list);
    if (head == SIZE_MAX)
        return;
    list_start(&list, LIST_COLON, head, first); /* over commas too */
    list_collect(r, &list);
    if (judge_columns(r, &list))
        return;
    list_start(&list, LIST_AMONG, head, first);
    list_collect(r, &list);
    if (list.count)
        judge_list(r, &list);
    if (list.count >= 2) {
        divide_second(r, &list);
        divide_again(r, &list);
    }
}

/* --- totals behind their parts
 * --------------------------------------------------------------------------------------------- */

static const Str strong_totals[] = { S_INIT("合计"), S_INIT("共计"), S_INIT("总计"), S_INIT("总共"), S_INIT("相加"),
    S_INIT("总投资"), WORDS_END };
static const Str weak_totals[] = { S_INIT("共"), S_INIT("累计"), S_INIT("总投资"), S_INIT("总数"), S_INIT("挽回"),
    WORDS_END };

enum { TOTAL_WORD_BYTES = 12 };

/* The parts before a total: of one sentence, one depth and one kind, most near first. */
static void collect_before(const Reading *r, size_t total, List *list)
{
    const Num *whole = &r->num[total];
    size_t least = total > CHECK_WINDOW ? total - CHECK_WINDOW : 0;
    list->count = 0;
    for (size_t at = total; at > least; at--) {
        const Num *n = &r->num[at - 1];
        if (n->sentence != whole->sentence || n->depth < whole->depth)
            break;
        bool counts_parts = at == total && whole->from - n->end <= TOTAL_WORD_BYTES && /* 四类合计, 三县共 */
                            (text_at_any(&r->f, n->end, strong_totals) || text_at(&r->f, n->end, S("共")));
        if (n->depth > whole->depth || n->kind == NUM_PERCENT || (counts_parts && n->value <= 20 * (int64_t)MICRO))
            continue;
        if (n->chinese && n->value < 20 * (int64_t)MICRO && !num_same_measure(r, whole, n))
            continue; /* 二期工程投资… */
        if (n->kind != NUM_COUNT || !num_addable(r, whole, n) || n->one)
            break;
        list->item[list->count] = (uint32_t)(at - 1);
        list->times[list->count++] = 1;
    }
}

static void reverse(List *list)
{
    for (size_t i = 0, j = list->count; i + 1 < j; i++) {
        uint32_t item = list->item[i];
        list->item[i] = list->item[--j];
        list->item[j] = item;
    }
}

static bool is_clean_run(const Reading *r, const List *list)
{
    const Num *whole = &r->num[list->head];
    for (size_t i = 1; i < list->count; i++) { /* 6件办结5件 are no two parts */
        size_t from = r->num[list->item[i - 1]].end, to = r->num[list->item[i]].from;
        if (!text_has(&r->f, from, to, S(",")) && !text_has(&r->f, from, to, S("、")) &&
            !text_has(&r->f, from, to, S("和")) && !text_has(&r->f, from, to, S(";")))
            return false;
    }
    for (size_t i = 0; i < list->count; i++) {
        const Num *n = &r->num[list->item[i]];
        if (!num_exact(n) && !n->rounded)
            return false;
        if (n->approx || !num_same_measure(r, n, whole) || (i && text_has(&r->f, n->lead, n->from, S("共"))) ||
            text_has(&r->f, n->lead, n->from, S("各")) || n->average || text_has(&r->f, n->lead, n->from, S("其中")))
            return false;
    }
    return true;
}

static void say_total(Reading *r, const List *list, CheckVerdict verdict)
{
    const Num *whole = &r->num[list->head];
    Range sum = list_sum(r, list, list->count);
    Claim c = { CHECK_SUM, CHECK_RULE_TOTAL, verdict, r->num[list->item[0]].lead, whole->end, whole,
        list_formula(r, list, list->count), words_like(r, (sum.lo + sum.hi) / 2, whole), STR_NONE, { NULL, NULL } };
    claim_add(r, &c);
}

/* Whether the run is the whole of what stands before the total: nothing else is counted in its sentence. */
static bool starts_sentence(const Reading *r, const List *list)
{
    size_t first = list->item[0];
    const Num *n = &r->num[first];
    return first == 0 || r->num[first - 1].sentence != n->sentence || (n->lead > 0 && r->f.ptr[n->lead - 1] == ':') ||
           text_has(&r->f, r->num[first - 1].end, n->from, S(";"));
}

/* Keeps of a run, nearest first, what 、 binds together: 19.6万户，发现重复发放1326户、超标准412户，共…. */
static bool last_block(const Reading *r, List *list)
{
    size_t n = 1;
    while (n < list->count) {
        size_t from = r->num[list->item[n]].end, to = r->num[list->item[n - 1]].from;
        bool bound = text_has(&r->f, from, to, S("、")) || text_has(&r->f, from, to, S("和"));
        if (!bound || text_has(&r->f, from, to, S(",")))
            break;
        n++;
    }
    if (n < 2)
        return false;
    list->count = n;
    return true;
}

/* 两批共, 三项合计, 四类合计: so many are added up; 0 where nobody says how many. */
static size_t told_count(const Reading *r, size_t total)
{
    enum { BYTES = 36 };
    const Num *whole = &r->num[total];
    if (total == 0)
        return 0;
    const Num *last = &r->num[total - 1];
    bool says = text_has_any(&r->f, last->end, whole->from, strong_totals) || text_at(&r->f, last->end, S("共"));
    if (!last->chinese || last->rounded || last->kind != NUM_COUNT || last->sentence != whole->sentence ||
        whole->from - last->end > BYTES || !says)
        return 0;
    return last->value >= 2 * (int64_t)MICRO && last->value <= 9 * (int64_t)MICRO ? (size_t)(last->value / MICRO) : 0;
}

/* 31件办结28件: the second figure says what became of the first. */
static bool follows_closely(const Reading *r, size_t at)
{
    if (at == 0 || !num_same_measure(r, &r->num[at - 1], &r->num[at]))
        return false;
    return list_mark_between(r, r->num[at - 1].end, r->num[at].from) == MARK_NONE;
}

/* The last `count` figures of the total's measure, in order. */
static bool collect_told(const Reading *r, size_t total, size_t before, size_t count, List *list)
{
    const Num *whole = &r->num[total];
    size_t least = total > CHECK_WINDOW ? total - CHECK_WINDOW : 0;
    list_start(list, LIST_COMMA, total, total);
    for (size_t at = before; at > least && list->count < count; at--) {
        const Num *n = &r->num[at - 1];
        if (n->sentence != whole->sentence)
            break;
        if (n->kind != NUM_COUNT || n->way || n->average || n->one || n->approx || n->depth != whole->depth ||
            !num_same_measure(r, n, whole) || follows_closely(r, at - 1))
            continue;
        list->item[list->count] = (uint32_t)(at - 1);
        list->times[list->count++] = 1;
    }
    reverse(list);
    return list->count == count;
}

/* 两轮合计巡察28家单位，发现问题528个: how many are added holds for what follows. */
static bool judge_told(Reading *r, size_t total)
{
    const Num *whole = &r->num[total];
    size_t before = total, count = told_count(r, total);
    if (!count && total && r->num[total - 1].sentence == whole->sentence &&
        (list_mark_between(r, r->num[total - 1].end, whole->from) == MARK_COMMA ||
            r->num[total - 1].end == whole->from) &&
        !num_same_measure(r, &r->num[total - 1], whole)) {
        before = total - 1;
        count = told_count(r, before);
    }
    List list;
    if (!count || whole->kind != NUM_COUNT || whole->approx || whole->way || whole->average ||
        !collect_told(r, total, before, count, &list))
        return false;
    Range sum = list_sum(r, &list, list.count);
    bool fits = verdict_prints(sum, whole);
    if (fits || is_near(sum, whole))
        say_total(r, &list, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
    return fits || is_near(sum, whole);
}

/* 首批发现问题149个，第二批发现问题163个，…共发现问题312个: those that are called what the total is called. */
static bool of_one_noun(const Reading *r, List *list)
{
    enum { NAME = 6 };
    const Num *whole = &r->num[list->head];
    if (whole->from < whole->lead + NAME || num_lead_ends_any(r, whole, strong_totals))
        return false;
    Str name = { r->f.ptr + whole->from - NAME, NAME };
    size_t count = 0;
    while (count < list->count) {
        const Num *n = &r->num[list->item[count]];
        if (!text_has(&r->f, n->lead, n->noun_to, name))
            break;
        count++;
    }
    if (count < 2)
        return false;
    list->count = count;
    return true;
}

/* Something of the kind that is added up stands before the run and was left out of it. */
static bool is_alike_before(const Reading *r, const List *list)
{
    size_t first = list->item[0];
    return first > 0 && r->num[first - 1].kind == NUM_COUNT && num_addable(r, &r->num[first - 1], &r->num[list->head]);
}

static void judge_total(Reading *r, size_t total)
{
    const Folded *f = &r->f;
    const Num *whole = &r->num[total];
    bool strong = num_lead_has_any(r, whole, strong_totals);
    bool weak = num_lead_has_any(r, whole, weak_totals) || text_ends(f, whole->lead, whole->from, S("合"));
    List list;
    list_start(&list, LIST_COMMA, total, total);
    if (judge_told(r, total) || whole->kind != NUM_COUNT || !(strong || weak))
        return;
    collect_before(r, total, &list);
    List run = list;
    for (run.count = 2; run.count <= list.count; run.count++)
        if (verdict_prints(list_sum(r, &run, run.count), whole)) {
            reverse(&run);
            if (!is_approximate(r, &run))
                say_total(r, &run, CHECK_CONSISTENT);
            return;
        }
    bool block = last_block(r, &list), told = !block && of_one_noun(r, &list);
    block |= told;
    reverse(&list);
    if (list.count < 2 || !is_clean_run(r, &list) || whole->approx)
        return;
    Range sum = list_sum(r, &list, list.count);
    bool since = text_has(f, whole->lead, whole->from, S("累计")) && list.count == 2 &&
                 text_has(f, r->num[list.item[1]].lead > 40 ? r->num[list.item[1]].lead - 40 : 0,
                     r->num[list.item[1]].from, S("前"));
    bool sure = strong || since || told || text_ends(f, whole->lead, whole->from, S("共")) || parallel_marks(r, &list);
    if (sure && (block || starts_sentence(r, &list) || (strong && !is_alike_before(r, &list))) && is_near(sum, whole))
        say_total(r, &list, CHECK_INCONSISTENT);
}

/* --- a hundred
 * -------------------------------------------------------------------------------------------------------------- */

static const Str composition[] = { S_INIT("构成"), S_INIT("结构"), S_INIT("其他"), S_INIT("其余"), S_INIT("占比分别"),
    WORDS_END };

enum { COMPOSITION_BYTES = 24 };

static size_t percent_run(const Reading *r, size_t from, Range *sum)
{
    size_t at = from;
    *sum = (Range){ 0, 0 };
    for (; at < r->count && at - from < CHECK_WINDOW; at++) {
        const Num *n = &r->num[at];
        if (n->kind != NUM_PERCENT || n->sentence != r->num[from].sentence || n->approx)
            break;
        *sum = range_add(*sum, range_of(n));
    }
    return at;
}

/* 占62.4%，…占28.7%，…占6.5%: each is called a share. */
static bool all_shares(const Reading *r, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!text_ends(&r->f, r->num[i].lead, r->num[i].from, S("占")))
            return false;
    return true;
}

static size_t judge_hundred(Reading *r, size_t from)
{
    enum { LEAST = 3 };
    const Num *first = &r->num[from];
    const Wide hundred = 100 * (Wide)MICRO;
    Range sum;
    if (first->kind != NUM_PERCENT)
        return from + 1;
    size_t to = percent_run(r, from, &sum);
    if (to - from < LEAST)
        return to > from ? to : from + 1;
    const Num *last = &r->num[to - 1];
    bool fits = sum.lo <= hundred && hundred <= sum.hi;
    size_t before = first->lead > COMPOSITION_BYTES + r->par_from ? first->lead - COMPOSITION_BYTES : r->par_from;
    bool meant = text_has_any(&r->f, before, last->noun_to, composition) || all_shares(r, from, to);
    Wide middle = (sum.lo + sum.hi) / 2;
    if (!fits && (!meant || !list_one_digit_apart(middle, hundred, sum.hi - sum.lo)))
        return to;
    StrBuf b = strbuf_in(r->arena);
    for (size_t i = from; i < to; i++) {
        if (i > from)
            strbuf_addc(&b, '+');
        strbuf_add(&b, words_num(r, &r->num[i]));
    }
    Claim c = { CHECK_SUM, CHECK_RULE_HUNDRED, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT, first->from, last->end,
        last, strbuf_str(&b), words_like(r, middle, first), STR_NONE, { NULL, NULL } };
    if (!fits)
        c.note = T("构成比之和应为 100 %", "shares of one whole add up to 100 %");
    claim_add(r, &c);
    return to;
}

void relation_sums(Reading *r)
{
    for (size_t i = 0; i < r->count; i++) {
        divide(r, i);
        if (i)
            divide_among(r, i);
        judge_total(r, i);
    }
    for (size_t i = 0; i < r->count;)
        i = judge_hundred(r, i);
}
