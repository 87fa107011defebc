/* Parts and their whole: lists behind a head, in brackets, behind 其中, in prose. */
#include "check/evidence.h"
#include "check/partition.h"

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
    size_t count = list->mark == MARK_PAUSE ? list->count : 1; /* 8人中有6人…；中层干部32人 */
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
    bool apart =
        worst->sentence != whole->sentence || text_has(&r->f, whole->end, worst->from, S(";")) ||
        /* 。其中 may speak of an earlier figure, */
        (list->head > 0 && num_same_measure(r, whole, whole - 1) && /* and 建议132件、提案187件，其中 of both */
            whole[-1].sentence == whole->sentence && list_mark_between(r, whole[-1].end, whole->from) == MARK_PAUSE);
    if (more && (!exact || apart || !num_same_measure(r, worst, whole)))
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
    for (size_t n = 2; n < count; n++) {
        bool goes_on = list_mark_behind(r, list, n) == MARK_PAUSE; /* 立行立改17个、限期整改28个、长期坚持9个 */
        list->count = n;
        if (!goes_on && list_ends_here(r, list))
            return;
        list->count = count;
    }
}

/* …。其中…: the sentence before is still spoken of; not so in …。三类问题中，…. */
static bool begins_with_among(const Reading *r, size_t first)
{
    size_t from = first ? r->num[first - 1].end : r->par_from,
           stop = text_find(&r->f, from, r->num[first].from, S("。"));
    return stop != SIZE_MAX && text_at(&r->f, stop + 3, S("其中"));
}

/* 涉旅743件，占受理总量5618件的13.2%。其中咨询512件: of the 743, not of what it is a share of. */
static bool is_whole_of_share(const Reading *r, size_t at)
{
    const Num *n = &r->num[at];
    return at + 1 < r->count && r->num[at + 1].kind == NUM_PERCENT && r->num[at + 1].from - n->end == S("的").len &&
           text_at(&r->f, n->end, S("的")) && text_has(&r->f, n->lead, n->from, S("占"));
}

static bool can_be_head(const Reading *r, size_t head, size_t first)
{
    const Num *h = &r->num[head], *n = &r->num[first];
    bool before = h->sentence + 1 == n->sentence && h->depth == 0 && begins_with_among(r, first);
    return h->kind == NUM_COUNT && !h->way && !h->average && !h->one && (h->sentence == n->sentence || before) &&
           !is_whole_of_share(r, head) && h->depth <= n->depth && !h->past &&
           (num_addable(r, h, n) || ((h->family & MEASURE_ACT) && num_people_alike(r, h, n)));
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
        if (fits || (evidence_refutes(STRENGTH_MIDDLE, miss_of_list(r, &column[k], sum)) &&
                        can_be_head(r, heads[k], list->item[0])))
            say_sum(r, &column[k], column[k].count, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
    }
    return true;
}

/* 986人，其中党纪处分742人、政务处分291人（双重处分47人）: less what was counted twice. */
static bool judge_both(Reading *r, const List *list)
{
    enum { LEAST = 2, MOST = 3 };
    size_t last = list_last(list);
    List parts = *list;
    size_t twice = last + 1;
    if (list->count > LEAST && list_says_both(r, last)) {
        parts.count--;
        twice = last;
    } else if (twice >= r->count || !list_says_both(r, twice) || r->num[twice].sentence != r->num[last].sentence)
        return false;
    const Num *n = &r->num[twice], *whole = &r->num[list->head];
    if (parts.count < LEAST || parts.count > MOST || n->approx || n->kind != NUM_COUNT ||
        !num_same_measure(r, n, whole) || list_is_approximate(r, &parts) || list->open ||
        n->value > r->num[list_last(&parts)].value)
        return false;
    Range sum = range_sub(list_sum(r, &parts, parts.count), range_of(n));
    bool fits = verdict_prints(sum, whole);
    Wide middle = (sum.lo + sum.hi) / 2;
    Strength strength = parts.form == LIST_COLON && parts.count == LEAST ? STRENGTH_STRONG : STRENGTH_MIDDLE;
    if (!fits && !evidence_refutes(strength,
                     miss_of(middle, whole->value, list_one_digit_apart(middle, whole->value, sum.hi - sum.lo))))
        return false;
    StrBuf formula = strbuf_in(r->arena);
    strbuf_addf(&formula, "%.*s-%.*s", STR_ARG(list_formula(r, &parts, parts.count)), STR_ARG(words_num(r, n)));
    Claim c = { CHECK_SUM, CHECK_RULE_PARTS, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT, whole->from, n->end, whole,
        strbuf_str(&formula), words_like(r, middle, whole), STR_NONE, { NULL, NULL } };
    claim_add(r, &c);
    return true;
}

static bool judge_twice(Reading *r, const List *list)
{
    size_t at = list->count >= 2 && !list->open && !list_is_approximate(r, list) ? list_twice(r, list) : SIZE_MAX;
    if (at == SIZE_MAX || r->num[at].approx)
        return false;
    const Num *whole = &r->num[list->head], *twice = &r->num[at];
    Range sum = range_sub(list_sum(r, list, list->count), range_of(twice));
    bool fits = verdict_prints(sum, whole);
    Wide middle = (sum.lo + sum.hi) / 2;
    if (!fits && !evidence_refutes(STRENGTH_MIDDLE,
                     miss_of(middle, whole->value, list_one_digit_apart(middle, whole->value, sum.hi - sum.lo))))
        return true;
    StrBuf formula = strbuf_in(r->arena);
    strbuf_addf(&formula, "%.*s-%.*s", STR_ARG(list_formula(r, list, list->count)), STR_ARG(words_num(r, twice)));
    Claim c = { CHECK_SUM, CHECK_RULE_PARTS, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT, whole->from, twice->end,
        whole, strbuf_str(&formula), words_like(r, (sum.lo + sum.hi) / 2, whole), STR_NONE, { NULL, NULL } };
    claim_add(r, &c);
    return true;
}

/* 47起问题中，违规吃喝19起，收送礼金12起，津补贴9起，…: with those before it the head and its parts fill a whole, and
 * it is a part itself. */
static bool is_part_itself(const Reading *r, const List *list)
{
    enum { LOOK = 24, NAME = 6 };
    static const Str totals[] = { S_INIT("共"), S_INIT("总"), S_INIT("合计"), WORDS_END };
    const Num *head = &r->num[list->head], *first = &r->num[list->item[0]];
    bool alike = first->from >= first->lead + NAME && !num_lead_has_any(r, head, totals) &&
                 text_has(&r->f, head->lead, head->from, (Str){ r->f.ptr + first->lead, NAME }),
         done = text_at(&r->f, head->lead, S("已")) && list->mark == MARK_COMMA;
    if (list->form == LIST_COMMA && (alike || done))
        return true; /* 查处违规吃喝19起，违规收送12起; 已完工21个，在建9个，未开工2个 */
    const Num *last = &r->num[list_last(list)];
    Range sum = range_add(range_of(head), list_sum(r, list, list->count)),
          rest = range_add(range_of(head), range_of(last)); /* 24项已完成，9项已完成7项，其余4项 of 37项 */
    for (size_t i = list->head, least = i > LOOK ? i - LOOK : 0; i > least; i--) {
        const Num *n = &r->num[i - 1];
        if (n->sentence + 1 < head->sentence)
            break;
        if (n->kind != NUM_COUNT || n->way || n->average || !num_same_measure(r, n, head))
            continue;
        if (verdict_prints(sum, n) || (list->form == LIST_COMMA && verdict_prints(rest, n)))
            return true;
        sum = range_add(sum, range_of(n));
        if (n->sentence == head->sentence)
            rest = range_add(rest, range_of(n));
    }
    return false;
}

static void judge_list(Reading *r, const List *list)
{
    static const size_t least = 2;
    List rest, cut, whole;
    if (list->form != LIST_COMMA && !fitting_prefix(r, list) && list_without_steps(r, list, &whole) &&
        (list->form != LIST_AMONG || verdict_prints(list_sum(r, &whole, whole.count), &r->num[list->head])))
        list = &whole;
    if (list->form != LIST_COMMA && list->count >= least && (judge_twice(r, list) || judge_both(r, list)))
        return;
    if (list->form == LIST_COMMA && list->count < least)
        return;
    if (list->form == LIST_COMMA && !fitting_prefix(r, list)) {
        cut = *list;
        cut_prose(r, &cut);
        if (list_refutes(r, &cut, list_sum(r, &cut, cut.count)))
            list = &cut;
    }
    size_t fits = fitting_prefix(r, list);
    Range sum = list_sum(r, list, list->count);
    if (fits && !list_is_approximate(r, list))
        say_sum(r, list, fits, CHECK_CONSISTENT);
    else if (list->count >= least && list_without_one(r, list, &rest) && list->form != LIST_COMMA)
        say_sum(r, &rest, rest.count, CHECK_CONSISTENT);

    else if (list_refutes(r, list, sum) && !is_part_itself(r, list) && !list_overlaps_behind(r, list))
        say_sum(r, list, list->count, CHECK_INCONSISTENT);
    else if (list->form == LIST_AMONG && list->count)
        say_part(r, list);
    else if (list->count >= least && list->form != LIST_COMMA && list->form != LIST_AGAIN)
        say_sum(r, list, list->count, CHECK_UNDECIDABLE);
}

/* --- finding lists ----------------------------------------------------------------------------------------------- */

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
    else if (again.count >= 2 && list->count >= 2 && (fitting_prefix(r, list) || list_is_bands(r, &again)))
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
    bool pair = r->num[head + 1].from == n->end && head + 2 < r->count && r->num[head + 1].kind == NUM_COUNT &&
                !num_addable(r, n, &r->num[head + 1]) && r->num[head + 2].sentence == n->sentence &&
                list_form(r, head + 1) == LIST_COLON;
    if (pair) { /* 226批514人次：个访203批、集体访23批 */
        list_start(&list, LIST_COLON, head, head + 2);
        if (!num_addable(r, n, &r->num[head + 2]) || r->num[head + 2].family == MEASURE_NONE)
            return;
    }
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

/* 预算28亿元 is no whole of 19.27亿元 and 9.37亿元. */
static bool is_coarse(const Reading *r, const List *list)
{
    enum { COARSE = 10 };
    const Num *first = &r->num[list->item[0]];
    return r->num[list->head].step > first->step * COARSE && first->rounded;
}

/* Three parts and more, or parts of a fine whole, that a digit parts from it: this was meant. */
static bool is_missed(const Reading *r, const List *list)
{
    enum { FINE = 1000, LEAST = 2 };
    const Num *whole = &r->num[list->head];
    if (list->count < LEAST || list_is_approximate(r, list) || is_coarse(r, list) || whole->value / whole->step < FINE)
        return false;
    Range sum = list_sum(r, list, list->count);
    return list_one_digit_apart((sum.lo + sum.hi) / 2, whole->value, sum.hi - sum.lo);
}

/* 化解97件，剩余27件。其中化解3年以上的22件: the word behind 其中 names its whole. */
static bool speaks_of(const Reading *r, size_t head, size_t first)
{
    enum { NAME = 6 };
    const Folded *f = &r->f;
    const Num *h = &r->num[head];
    size_t from = first ? r->num[first - 1].end : r->par_from, at = text_find(f, from, r->num[first].from, S("其中"));
    if (at == SIZE_MAX || h->sentence == r->num[first].sentence || r->num[first - 1].sentence == r->num[first].sentence)
        return false;
    at += NAME;
    return at + NAME <= r->num[first].from && text_is_chinese(f, at) && text_is_chinese(f, at + NAME / 2) &&
           text_has(f, h->lead, h->from, (Str){ f->ptr + at, NAME });
}

/* The whole of which 其中 speaks: the nearest that the parts fill, else the nearest of their measure. */
static size_t find_head(Reading *r, size_t first, List *list)
{
    enum { LOOK = 6 };
    size_t found = SIZE_MAX, least = first > LOOK ? first - LOOK : 0, near = SIZE_MAX;
    for (size_t at = first; at > least; at--) {
        if (!can_be_head(r, at - 1, first))
            continue;
        list_start(list, LIST_AMONG, at - 1, first);
        list_collect(r, list);
        if (fitting_prefix(r, list) && !is_coarse(r, list))
            return at - 1;
        if ((near == SIZE_MAX && is_missed(r, list)) || speaks_of(r, at - 1, first))
            near = at - 1;
        if (found == SIZE_MAX || (num_same_measure(r, &r->num[at - 1], &r->num[first]) &&
                                     !num_same_measure(r, &r->num[found], &r->num[first])))
            found = at - 1;
    }
    return near != SIZE_MAX ? near : found;
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
    if (fits ||
        (evidence_refutes(STRENGTH_STRONG, miss_of_list(r, &second, sum)) && fitting_prefix(r, list) == list->count))
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

/* In a sentence of its own a list is one of what was told before only where it leaves nothing out, or is called a
 * division, or its whole is no number that some figures meet by chance. */
static bool is_told_apart(const Reading *r, size_t first, const List *list)
{
    static const Str called[] = { S_INIT("按"), S_INIT("从"), S_INIT("中,"), S_INIT("其中"), WORDS_END };
    static const Str some[] = { S_INIT("前三"), S_INIT("前五"), S_INIT("主要"), S_INIT("居前"), WORDS_END };
    size_t from = first ? r->num[first - 1].end : r->par_from, to = r->num[first].from;
    if (text_has_any(&r->f, from, to, some))
        return false;
    return list_leaves_nothing(r, list) || list_is_no_accident(&r->num[list->head]) ||
           text_has_any(&r->f, from, to, called);
}

/* 共受理来电15482件。直接答复9846件，转派5636件: the parts begin the sentence behind their whole. */
static void divide_before(Reading *r, size_t first)
{
    enum { ROOM = 4 };
    const Num *n = &r->num[first];
    size_t wholes[ROOM], found;
    if (n->kind != NUM_COUNT || n->way || n->average || n->one || first == 0)
        return;
    for (size_t i = first; i > 0 && r->num[i - 1].sentence == n->sentence; i--)
        if (r->num[i - 1].kind == NUM_COUNT && num_addable(r, &r->num[i - 1], n))
            return;
    found = context_wholes(r, first, wholes, ROOM);
    List list;
    for (size_t i = 0; i < found; i++) {
        list_start(&list, LIST_COMMA, wholes[i], first);
        list_collect(r, &list);
        size_t fits = list.count >= 2 && !list_is_approximate(r, &list) ? fitting_prefix(r, &list) : 0;
        if (fits) {
            say_sum(r, &list, fits, CHECK_CONSISTENT);
            return;
        }
    }
    for (size_t i = 0; i < found; i++) {
        list_start(&list, LIST_COMMA, wholes[i], first);
        list_collect(r, &list);
        if (list.count < 2)
            continue;
        Range sum = list_sum(r, &list, list.count);
        bool whole = found == 1 && list_ends_undone(r, &list) && !list_is_approximate(r, &list) && !list.open &&
                     !list_overlaps(r, &list) && num_same_measure(r, &r->num[wholes[i]], n) &&
                     evidence_refutes(STRENGTH_MIDDLE, miss_of_list(r, &list, sum));
        if (is_told_apart(r, first, &list) && (whole || list_is_slip(r, &list, sum))) {
            say_sum(r, &list, list.count, CHECK_INCONSISTENT);
            return;
        }
    }
}

void relation_sums(Reading *r)
{
    for (size_t i = 0; i < r->count; i++) {
        divide(r, i);
        if (i)
            divide_among(r, i);
        divide_before(r, i);
        relation_total(r, i);
    }
    relation_hundred(r);
}
