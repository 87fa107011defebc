/* Parts and their whole: lists behind a head, totals behind a list, shares of a hundred. */
#include "check/list.h"

static const Str others[] = { S_INIT("其他"), S_INIT("其余"), S_INIT("其它"), S_INIT("另有"), WORDS_END };
/* Marks of persons that overlap: a member may be a woman and under thirty-five. */
static const Str overlapping[] = { S_INIT("党员"), S_INIT("女"), S_INIT("民族"), S_INIT("以上"), S_INIT("以下"),
    S_INIT("学历"), S_INIT("岁"), S_INIT("涉及"), S_INIT("一把手"), S_INIT("销号"), S_INIT("重点"), S_INIT("共性"),
    S_INIT("移交"), S_INIT("立案"), S_INIT("处分"), S_INIT("曾"), WORDS_END };
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
    { S_INIT("完成"), S_INIT("推进") },
    { S_INIT("办结"), S_INIT("正在") },
    { S_INIT("销号"), S_INIT("未销号") },
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

static bool overlaps(const Reading *r, const List *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (item_has_any(r, list, i, overlapping))
            return true;
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
    Wide gap = sum.lo > whole->value ? sum.lo - whole->value : whole->value - sum.hi;
    return gap * 10 <= whole->value || list_one_digit_apart(sum.lo, whole->value);
}

static bool is_closed(const Reading *r, const List *list)
{
    return item_has_any(r, list, list->count - 1, others) || has_opposites(r, list);
}

static bool parallel_marks(const Reading *r, const List *list)
{
    for (size_t i = 1; i < list->count; i++) {
        const Num *a = &r->num[list->item[i - 1]], *b = &r->num[list->item[i]];
        size_t at = b->lead >= 3 && text_at(&r->f, b->lead - 3, S("、")) ? 1 : 0;
        if (!at && !text_has(&r->f, a->end, b->from, S("、")))
            return false;
    }
    return true;
}

static bool may_refute(const Reading *r, const List *list, Range sum)
{
    const Num *whole = &r->num[list->head];
    if (list->count < 2 || list->open || list->too_long || is_approximate(r, list) || whole->one ||
        !is_near(sum, whole))
        return false;
    if (list->form == LIST_COMMA)
        return has_opposites(r, list) && list->count == 2 && num_same_measure(r, whole, &r->num[list->item[0]]);
    if (list->form == LIST_AMONG) {
        if (overlaps(r, list) && !item_has_any(r, list, list->count - 1, others))
            return false;
        return is_closed(r, list) || (parallel_marks(r, list) && (list->count >= 3 || sum.lo > whole->value));
    }
    return !overlaps(r, list) || is_closed(r, list);
}

/* 完成25项、销号13项、未完成16项: one of the parts lies inside another. */
static bool fits_without_one(const Reading *r, const List *list, List *rest)
{
    const Num *whole = &r->num[list->head];
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
    for (size_t i = 1; i < list->count; i++)
        if (r->num[list->item[i]].value > worst->value)
            worst = &r->num[list->item[i]];
    bool more = worst->value > whole->value;
    bool exact = num_exact(worst) && num_exact(whole);
    StrBuf b = strbuf_in(r->arena);
    strbuf_add(&b, words_num(r, worst));
    strbuf_addc(&b, more ? '>' : '<');
    strbuf_add(&b, words_num(r, whole));
    Claim c = { CHECK_COMPARISON, CHECK_RULE_PART, more ? CHECK_INCONSISTENT : CHECK_CONSISTENT, whole->from,
        list_end(r, list, list->count), more ? worst : whole, strbuf_str(&b), STR_NONE, STR_NONE, { NULL, NULL } };
    c.note =
        more ? T("部分大于全部", "a part is larger than its whole") : T("部分不超过全部", "no part exceeds its whole");
    if (more && (!exact || !num_same_measure(r, worst, whole)))
        c.verdict = CHECK_UNDECIDABLE;
    claim_add(r, &c);
}

/* Sums as they grow: the first prefix that meets the whole is the division that was meant. */
static size_t fitting_prefix(const Reading *r, const List *list)
{
    for (size_t n = 2; n <= list->count; n++)
        if (verdict_prints(list_sum(r, list, n), &r->num[list->head]))
            return n;
    return 0;
}

static void judge_list(Reading *r, const List *list)
{
    static const size_t least = 2;
    List rest;
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
    List again = { .form = form, .head = list->head, .next = first };
    list_collect(r, &again);
    if (again.count >= 2 && (fitting_prefix(r, &again) || (form == LIST_COLON)))
        judge_list(r, &again);
    else if (again.count >= 2 && form == LIST_AGAIN && fitting_prefix(r, list) && again.form == list->form)
        judge_list(r, &again);
}

static void divide(Reading *r, size_t head)
{
    List list = { .form = list_form(r, head), .head = head, .next = head + 1 };
    if (r->num[head].kind != NUM_COUNT || head + 1 >= r->count)
        return;
    list_collect(r, &list);
    if (list.form == LIST_BRACKET && list.count == 1) {
        divide_again(r, &list);
        return;
    }
    if (list.count)
        judge_list(r, &list);
    divide_again(r, &list);
}

/* --- totals behind their parts
 * --------------------------------------------------------------------------------------------- */

static const Str strong_totals[] = { S_INIT("合计"), S_INIT("共计"), S_INIT("总计"), S_INIT("总共"), S_INIT("相加"),
    WORDS_END };
static const Str weak_totals[] = { S_INIT("共"), S_INIT("合"), S_INIT("累计"), S_INIT("总投资"), S_INIT("总数"),
    S_INIT("挽回"), WORDS_END };

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
        if (n->depth > whole->depth || n->kind == NUM_PERCENT)
            continue;
        if (n->kind != NUM_COUNT || !num_addable(r, whole, n) || n->one)
            break;
        list->item[list->count] = at - 1;
        list->times[list->count++] = 1;
    }
}

static void reverse(List *list)
{
    for (size_t i = 0, j = list->count; i + 1 < j; i++) {
        size_t item = list->item[i];
        list->item[i] = list->item[--j];
        list->item[j] = item;
    }
}

static bool is_clean_run(const Reading *r, const List *list)
{
    const Num *whole = &r->num[list->head];
    for (size_t i = 0; i < list->count; i++) {
        const Num *n = &r->num[list->item[i]];
        if (!num_exact(n) && !n->rounded)
            return false;
        if (n->approx || !num_same_measure(r, n, whole) || text_has(&r->f, n->lead, n->from, S("共")) ||
            text_has(&r->f, n->lead, n->from, S("其中")))
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

static void judge_total(Reading *r, size_t total)
{
    const Folded *f = &r->f;
    const Num *whole = &r->num[total];
    bool strong = text_has_any(f, whole->lead, whole->from, strong_totals);
    List list = { .form = LIST_COMMA, .head = total };
    if (whole->kind != NUM_COUNT || (!strong && !text_has_any(f, whole->lead, whole->from, weak_totals)))
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
    reverse(&list);
    if (list.count < 2 || !is_clean_run(r, &list) || whole->approx)
        return;
    Range sum = list_sum(r, &list, list.count);
    bool sure = strong || text_ends(f, whole->lead, whole->from, S("共")) || parallel_marks(r, &list);
    if (sure && starts_sentence(r, &list) && is_near(sum, whole) && list.count >= 2)
        say_total(r, &list, CHECK_INCONSISTENT);
}

/* --- a hundred
 * -------------------------------------------------------------------------------------------------------------- */

static const Str composition[] = { S_INIT("构成"), S_INIT("结构"), S_INIT("其他"), S_INIT("其余"), S_INIT("占比分别"),
    WORDS_END };

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
    bool meant = text_has_any(&r->f, first->lead, last->noun_to, composition);
    Wide middle = (sum.lo + sum.hi) / 2, gap = middle > hundred ? middle - hundred : hundred - middle;
    if (!fits && (!meant || gap > hundred / 5 || !list_one_digit_apart(middle, hundred)))
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
        judge_total(r, i);
    }
    for (size_t i = 0; i < r->count;)
        i = judge_hundred(r, i);
}
