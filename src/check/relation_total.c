/* Totals behind what they add up. */
#include "check/evidence.h"
#include "check/numeral.h"

#include <string.h>

/* --- totals behind their parts ----------------------------------------------------------------------------------- */

static const Str strong_totals[] = { S_INIT("合计"), S_INIT("共计"), S_INIT("总计"), S_INIT("总共"), S_INIT("相加"),
    S_INIT("总投资"), WORDS_END };
static const Str weak_totals[] = { S_INIT("共"), S_INIT("累计"), S_INIT("总投资"), S_INIT("总数"), S_INIT("总额"),
    S_INIT("挽回"), WORDS_END };

enum { TOTAL_WORD_BYTES = 12 };

/* The parts before a total: of one sentence, one depth and one kind, most near first. */
static void collect_before(const Reading *r, size_t total, List *list)
{
    const Num *whole = &r->num[total];
    size_t least = total > CHECK_WINDOW ? total - CHECK_WINDOW : 0;
    static const Str above[] = { S_INIT("以上"), S_INIT("上述"), WORDS_END };
    uint32_t sentence = whole->sentence;
    if (sentence && num_lead_has_any(r, whole, above) && total && r->num[total - 1].sentence + 1 == sentence)
        sentence--; /* …。以上共计364个 */
    list->count = 0;
    for (size_t at = total; at > least; at--) {
        const Num *n = &r->num[at - 1];
        if (n->sentence != sentence || n->depth < whole->depth)
            break;
        bool counts_parts = at == total && whole->from - n->end <= TOTAL_WORD_BYTES && /* 四类合计, 三县共 */
                            (text_at_any(&r->f, n->end, strong_totals) || text_at(&r->f, n->end, S("共")));
        if (n->depth > whole->depth || n->kind == NUM_PERCENT || (counts_parts && n->value <= 20 * (int64_t)MICRO))
            continue;
        if (((n->family & MEASURE_TIME) && !(whole->family & MEASURE_TIME)) ||
            ((n->approx & APPROX_RANGE) && n->family == MEASURE_NONE))
            continue; /* 35岁以下41人，36岁至45岁96人 */
        if (n->chinese && n->value < 20 * (int64_t)MICRO && !num_same_measure(r, whole, n))
            continue; /* 二期工程投资… */
        if (at < total && n->end == r->num[at].from && !num_addable(r, whole, n))
            continue; /* 现场教学2次8学时 */
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

/* 分别巡38、41、36、44个: nothing but figures, and the last says what they count. */
static bool is_bare_run(const Reading *r, const List *list)
{
    const Num *last = &r->num[list_last(list)];
    for (size_t i = 1; i < list->count; i++)
        if (r->num[list->item[i]].from - r->num[list->item[i - 1]].end != S("、").len)
            return false;
    return list->count >= 2 && num_same_measure(r, last, &r->num[list->head]);
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
        bool bare = n->family == MEASURE_NONE && is_bare_run(r, list); /* 38、41、36、44个 */
        if (n->approx || (!bare && !num_same_measure(r, n, whole)) ||
            (i && text_has(&r->f, n->lead, n->from, S("共"))) || text_has(&r->f, n->lead, n->from, S("各")) ||
            n->average || (i && text_has(&r->f, n->lead, n->from, S("其中"))))
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
    while (first && r->num[first - 1].sentence == n->sentence &&
           ((r->num[first - 1].family & MEASURE_TIME) ||
               (r->num[first - 1].chinese && !num_same_measure(r, &r->num[first - 1], n))))
        first--; /* 35岁以下41人; 三轮巡察 */
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

/* 三年合计反馈: the words before the total say how many. */
static size_t count_in_words(const Folded *f, const Num *whole)
{
    enum { LETTER = 3, LEAST = 2, MOST = 9 };
    static const Str rows[] = { S_INIT("年"), S_INIT("包"), S_INIT("季"), S_INIT("标"), S_INIT("届"), S_INIT("地"),
        S_INIT("县"), S_INIT("市"), S_INIT("镇"), S_INIT("村"), S_INIT("片"), S_INIT("期"), S_INIT("个标段"),
        WORDS_END };
    size_t at = whole->lead, len;
    int64_t value = text_at(f, at, S("两")) ? LEAST : numeral(f, at);
    if (at + LETTER >= whole->from || value < LEAST || value > MOST || !(len = text_at_any(f, at + LETTER, rows)))
        return 0;
    static const Str sums[] = { S_INIT("合计"), S_INIT("共"), S_INIT("总"), S_INIT("累计"), WORDS_END };
    return text_has_any(f, at + LETTER + len, whole->from, sums) ? (size_t)value : 0;
}

/* 两批共, 三项合计, 四类合计: so many are added up; 0 where nobody says how many. */
static size_t told_count(const Reading *r, size_t total)
{
    enum { BYTES = 36 };
    const Num *whole = &r->num[total];
    size_t count = count_in_words(&r->f, whole);
    if (count || total == 0)
        return count;
    const Num *last = &r->num[total - 1];
    bool says = text_has_any(&r->f, last->end, whole->from, strong_totals) || text_at(&r->f, last->end, S("共")) ||
                text_at(&r->f, last->noun_to, S("共"));
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
    size_t from = r->num[at - 1].end, to = r->num[at].from;
    return list_mark_between(r, from, to) == MARK_NONE && !text_has(&r->f, from, to, S("和"));
}

/* Called as the total is: 三镇合计应缴111.5万元 of 应缴, not of 已缴; 三包预算总额 of 预算. */
static bool is_called_alike(const Reading *r, const Num *n, const Num *whole)
{
    enum { NAME = 6 };
    static const Str sums[] = { S_INIT("总额"), S_INIT("总数"), S_INIT("总量"), S_INIT("合计"), S_INIT("累计"),
        WORDS_END };
    size_t to = whole->from;
    if (text_ends_any(&r->f, whole->lead, to, sums))
        to -= NAME;
    return to >= whole->lead + NAME && text_has(&r->f, n->lead, n->from, (Str){ r->f.ptr + to - NAME, NAME });
}

/* The last `count` figures of the total's measure, in order; `alike`: of its name too. */
static bool collect_called(const Reading *r, size_t total, size_t before, size_t count, bool alike, List *list)
{
    const Num *whole = &r->num[total];
    size_t least = total > CHECK_WINDOW ? total - CHECK_WINDOW : 0;
    list_start(list, LIST_COMMA, total, total);
    for (size_t at = before; at > least && list->count < count; at--) {
        const Num *n = &r->num[at - 1];
        bool sentence_before =
            n->sentence + 1 == whole->sentence && (list->count == 0 || r->num[list_last(list)].sentence == n->sentence);
        if (n->sentence != whole->sentence && !sentence_before)
            break; /* …0.68亿元。两项合计1.81亿元 */
        if (n->kind != NUM_COUNT || n->way || n->average || n->one || n->approx || n->depth != whole->depth ||
            !num_same_measure(r, n, whole) || follows_closely(r, at - 1) || (alike && !is_called_alike(r, n, whole)) ||
            text_has(&r->f, n->lead, n->from, S("单价")))
            continue;
        list->item[list->count] = (uint32_t)(at - 1);
        list->times[list->count++] = 1;
    }
    reverse(list);
    return list->count == count;
}

static bool collect_told(const Reading *r, size_t total, size_t before, size_t count, List *list)
{
    return collect_called(r, total, before, count, true, list) || collect_called(r, total, before, count, false, list);
}

/* 两轮合计巡察28家单位，发现问题528个; 三年合计反馈3100个，完成2993个: how many are added holds for what follows. */
static size_t told_before(const Reading *r, size_t total)
{
    const Num *whole = &r->num[total], *last = whole - 1;
    if (total == 0 || last->sentence != whole->sentence || last->kind != NUM_COUNT)
        return 0;
    Mark mark = list_mark_between(r, last->end, whole->from);
    if (mark != MARK_COMMA && mark != MARK_PAUSE && last->end != whole->from)
        return 0;
    return told_count(r, total - 1);
}

/* All of the measure that stand in the sentence of the parts, and no more. */
static bool are_all_alike(const Reading *r, const List *list)
{
    const Num *first = &r->num[list->item[0]], *whole = &r->num[list->head];
    size_t seen = 0;
    for (size_t i = list->head, least = i > CHECK_WINDOW ? i - CHECK_WINDOW : 0; i > least; i--)
        if (r->num[i - 1].sentence + 1 < whole->sentence)
            break;
        else
            seen += r->num[i - 1].sentence == first->sentence && r->num[i - 1].kind == NUM_COUNT &&
                    num_same_measure(r, &r->num[i - 1], whole);
    return first->sentence != whole->sentence && seen == list->count;
}

static bool judge_told(Reading *r, size_t total)
{
    const Num *whole = &r->num[total];
    size_t before = total, count = told_count(r, total);
    List list;
    bool follows = !count && (count = told_before(r, total)) > 0, alike_only = false;
    if (follows) {
        before = total - 1;
        alike_only = num_same_measure(r, &r->num[before], whole);
    }
    if (!count || whole->kind != NUM_COUNT || whole->approx || whole->way || whole->average ||
        !(alike_only ? collect_called(r, total, before, count, true, &list)
                     : collect_told(r, total, before, count, &list)))
        return false;
    Range sum = list_sum(r, &list, list.count);
    bool fits = verdict_prints(sum, whole);
    List other;
    for (size_t b = list_last(&list); !fits && b > 0 && collect_told(r, total, b, count, &other); b--)
        if (verdict_prints(list_sum(r, &other, other.count), whole)) {
            say_total(r, &other, CHECK_CONSISTENT); /* 走访32个村和27个村，发现问题141个、118个，两组合计走访59个村 */
            return true;
        }
    bool bound = is_called_alike(r, &r->num[list.item[0]], whole) || are_all_alike(r, &list);
    bool said = fits || evidence_refutes(bound ? STRENGTH_MIDDLE : STRENGTH_WEAK, miss_of_list(r, &list, sum));
    if (said)
        say_total(r, &list, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
    return said;
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

/* 共, 合计 right before the figure and all the sentence has before it are its parts: nothing else can be meant. 累计
 * goes back before them; 比预算合计, 占问题总数, 由 and 其他…共 speak of something else. */
static Strength total_strength(const Reading *r, const List *list)
{
    static const Str ends[] = { S_INIT("共"), S_INIT("共计"), S_INIT("合计"), S_INIT("总计"), S_INIT("总共"),
        S_INIT("相加为"), WORDS_END };
    static const Str elsewhere[] = { S_INIT("累计"), S_INIT("比"), S_INIT("较"), S_INIT("占"), S_INIT("由"),
        S_INIT("其他"), S_INIT("其余"), S_INIT("公共"), S_INIT("前"), WORDS_END };
    static const Str in_order[] = { S_INIT("分别"), S_INIT("依次"), WORDS_END };
    static const Str sums[] = { S_INIT("共"), S_INIT("合计"), S_INIT("累计"), S_INIT("合"), S_INIT("全年"), WORDS_END };
    const Num *whole = &r->num[list->head];
    if (is_bare_run(r, list) && num_lead_has_any(r, &r->num[list->item[0]], in_order) &&
        num_lead_ends_any(r, whole, sums) && list_last(list) + 1 == list->head)
        return STRENGTH_STRONG;
    if (text_has_any(&r->f, r->num[list_last(list)].end, whole->from, elsewhere))
        return STRENGTH_WEAK;
    bool close = num_lead_ends_any(r, whole, ends), alone = starts_sentence(r, list);
    return close && alone ? STRENGTH_STRONG : close || alone ? STRENGTH_MIDDLE : STRENGTH_WEAK;
}

/* 省级交办28件，市级排查65件，两类有9件重合，去重后84件: all less what was counted twice. */
static bool judge_union(Reading *r, size_t total)
{
    enum { PARTS = 2, LOOK = 6 };
    static const Str net[] = { S_INIT("去重"), S_INIT("剔除"), S_INIT("共"), S_INIT("合计"), S_INIT("实际"),
        S_INIT("实有"), WORDS_END };
    if (total < PARTS + 1 || !num_lead_has_any(r, &r->num[total], net) || r->num[total].kind != NUM_COUNT ||
        r->num[total].approx || !list_says_both(r, total - 1))
        return false;
    const Num *whole = &r->num[total], *twice = &r->num[total - 1];
    List list;
    list_start(&list, LIST_COMMA, total, total);
    size_t i = total - 1;
    for (size_t least = total > LOOK ? total - LOOK : 0; i > least && list.count < PARTS; i--) {
        const Num *n = &r->num[i - 1];
        if (n->sentence != whole->sentence)
            break;
        if (n->family & MEASURE_LEVEL)
            continue; /* 两类有9件重合 */
        if (n->kind != NUM_COUNT || n->approx || n->way || n->average || !num_same_measure(r, n, whole))
            return false;
        list.item[list.count] = (uint32_t)(i - 1);
        list.times[list.count++] = 1;
    }
    if (list.count < PARTS || !num_same_measure(r, twice, whole) || twice->approx)
        return false;
    reverse(&list);
    Range sum = range_sub(list_sum(r, &list, list.count), range_of(twice));
    bool fits = verdict_prints(sum, whole);
    if (!fits && i > 0 && r->num[i - 1].sentence == whole->sentence && num_same_measure(r, &r->num[i - 1], whole))
        return true; /* more than two may have been added */
    StrBuf formula = strbuf_in(r->arena);
    strbuf_addf(&formula, "%.*s-%.*s", STR_ARG(list_formula(r, &list, list.count)), STR_ARG(words_num(r, twice)));
    Claim c = { CHECK_SUM, CHECK_RULE_TOTAL, fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT, r->num[list.item[0]].lead,
        whole->end, whole, strbuf_str(&formula), words_like(r, (sum.lo + sum.hi) / 2, whole), STR_NONE,
        { NULL, NULL } };
    claim_add(r, &c);
    return true;
}

void relation_total(Reading *r, size_t total)
{
    const Folded *f = &r->f;
    const Num *whole = &r->num[total];
    bool strong = num_lead_has_any(r, whole, strong_totals);
    bool weak = num_lead_has_any(r, whole, weak_totals) || text_ends(f, whole->lead, whole->from, S("合"));
    List list;
    list_start(&list, LIST_COMMA, total, total);
    if (judge_union(r, total) || judge_told(r, total) || whole->kind != NUM_COUNT || !(strong || weak))
        return;
    collect_before(r, total, &list);
    List run = list;
    for (run.count = 2; run.count <= list.count; run.count++)
        if (verdict_prints(list_sum(r, &run, run.count), whole)) {
            reverse(&run);
            if (!list_is_approximate(r, &run))
                say_total(r, &run, CHECK_CONSISTENT);
            return;
        }
    bool block = last_block(r, &list), told = !block && of_one_noun(r, &list);
    block |= told;
    reverse(&list);
    if (list.count < 2 || !is_clean_run(r, &list) || whole->approx || list_shares_open(r, &list))
        return;
    Range sum = list_sum(r, &list, list.count);
    bool since = text_has(f, whole->lead, whole->from, S("累计")) && list.count == 2 &&
                 text_has(f, r->num[list.item[1]].lead > 40 ? r->num[list.item[1]].lead - 40 : 0,
                     r->num[list.item[1]].from, S("前"));
    static const Str named[] = { S_INIT("总数"), S_INIT("总额"), WORDS_END };
    bool called = num_lead_has_any(r, whole, named) && !text_has(f, whole->lead, whole->from, S("占"));
    bool sure = strong || called || is_bare_run(r, &list) || since || told ||
                text_ends(f, whole->lead, whole->from, S("共")) || list_has_pauses(r, &list) ||
                (list.count >= 3 && weak);
    if (sure && (block || starts_sentence(r, &list) || (strong && !is_alike_before(r, &list))) &&
        evidence_refutes(total_strength(r, &list), miss_of_list(r, &list, sum)))
        say_total(r, &list, CHECK_INCONSISTENT);
}
