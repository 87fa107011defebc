#include "check/list.h"

enum { OPENER_CHARS_MAX = 30, COMMA_LIST_MAX = 8, SKIPPED_MAX = 3 };

static const Str among_words[] = { S_INIT("其中"), S_INIT("包括"), S_INIT("包含"), S_INIT("含"), WORDS_END };
static const Str exact_words[] = { S_INIT("即"), S_INIT("分别为"), S_INIT("分为"), S_INIT("分别是"), WORDS_END };
static const Str total_words[] = { S_INIT("共"), S_INIT("合计"), S_INIT("总计"), S_INIT("累计"), S_INIT("总数"),
    WORDS_END };

/* 28个滞后项目中已复工21个, 31个单位中，有24个: within, and no 集中, 中层, 中心. */
static bool has_within(const Folded *f, size_t from, size_t to)
{
    static const Str behind[] = { S_INIT("，"), S_INIT("有"), S_INIT("已"), S_INIT("属"), S_INIT("涉"), S_INIT("完成"),
        WORDS_END };
    static const Str within[] = { S_INIT("中"), S_INIT("里"), WORDS_END };
    for (int i = 0; within[i].len; i++) {
        size_t at = text_find(f, from, to, within[i]);
        if (at == SIZE_MAX || text_ends(f, from, at, S("集")))
            continue;
        if (f->ptr[at + 3] == ',' || text_at_any(f, at + 3, behind))
            return true;
    }
    return false;
}

bool list_has_among(const Folded *f, size_t from, size_t to)
{
    static const Str any[] = { S_INIT("其中"), S_INIT("包括"), S_INIT("(含"), S_INIT("中"), S_INIT("里"), WORDS_END };
    if (!text_has_any(f, from, to, any))
        return false;
    if (has_within(f, from, to))
        return true;
    return text_has(f, from, to, S("其中")) || text_has(f, from, to, S("包括")) || text_has(f, from, to, S("(含"));
}

/* The mark behind a figure and its noun, before the next figure: 问题192条分两路: has its colon behind the words. */
static size_t mark_behind(const Reading *r, size_t head)
{
    const Folded *f = &r->f;
    size_t at = r->num[head].end, limit = head + 1 < r->count ? r->num[head + 1].from : r->par_to;
    for (int n = 0; n < OPENER_CHARS_MAX && at < limit; n++, at += text_char_len(f, at)) {
        char ch = f->ptr[at];
        if (ch == ':' || ch == '(' || ch == ',' || ch == ';' || ch == ')' || text_ends_sentence(f, at) ||
            text_at(f, at, S("、")))
            return at;
    }
    return SIZE_MAX;
}

/* 共9216件次，各年分别为1483件次、…: of each of them. */
static bool opens_in_order(const Reading *r, size_t head, size_t mark, size_t limit)
{
    static const Str order[] = { S_INIT("分别为"), S_INIT("分别是"), S_INIT("依次为"), S_INIT("依次是"),
        S_INIT("分别有"), WORDS_END };
    const Folded *f = &r->f;
    return head + 1 < r->count && r->num[head + 1].from == limit && text_ends_any(f, mark, limit, order) &&
           num_same_measure(r, &r->num[head], &r->num[head + 1]) && text_at(f, mark, S("各"));
}

static ListForm form_behind_mark(const Reading *r, size_t head, size_t mark)
{
    const Folded *f = &r->f;
    size_t limit = head + 1 < r->count ? r->num[head + 1].from : r->par_to;
    if (text_at_any(f, mark, among_words))
        return LIST_AMONG;
    if (text_at_any(f, mark, exact_words) || opens_in_order(r, head, mark, limit))
        return LIST_EXACT;
    size_t colon = text_find(f, mark, limit, S(":"));
    if (f->ptr[mark - 1] == ',' && colon != SIZE_MAX && !text_has(f, mark, colon, S(",")) &&
        text_ends(f, mark, colon, S("为")))
        return LIST_COLON; /* 共96人，具体为：… */
    /* 按问题类型分, 从区域看: words before the division begins */
    if (text_has(f, mark, limit, S("其中")))
        return LIST_AMONG;
    return LIST_COMMA;
}

ListForm list_form(const Reading *r, size_t head)
{
    const Folded *f = &r->f;
    size_t mark = mark_behind(r, head), limit = head + 1 < r->count ? r->num[head + 1].from : r->par_to;
    if (has_within(f, r->num[head].end, limit))
        return LIST_AMONG;
    if (mark == SIZE_MAX)
        return text_has_any(f, r->num[head].end, limit, among_words) ? LIST_AMONG : LIST_COMMA;
    if (f->ptr[mark] == ':')
        return LIST_COLON;
    if (f->ptr[mark] == '(') {
        size_t len = text_at_any(f, mark + 1, among_words);
        return len ? LIST_AMONG : LIST_BRACKET;
    }
    if (f->ptr[mark] == ',' || f->ptr[mark] == ';')
        return form_behind_mark(r, head, mark + 1);
    return text_has_any(f, r->num[head].end, mark, exact_words) ? LIST_EXACT : LIST_COMMA;
}

void list_start(List *list, ListForm form, size_t head, size_t next)
{
    list->form = form;
    list->head = head;
    list->next = next;
    list->count = 0;
    list->mark = MARK_NONE;
    list->open = list->too_long = false;
}

/* --- parts -----------------------------------------------------------------------------------------------------------
 */

static bool is_product(const Reading *r, size_t at)
{
    if (at + 1 >= r->count || !r->num[at + 1].each || r->num[at].kind != NUM_COUNT || r->num[at].rounded)
        return false;
    return r->num[at + 1].from == r->num[at].noun_to + S("各").len; /* 两州各6, 4个乡镇各40万元 */
}

static bool is_total(const Reading *r, const Num *n)
{
    return num_lead_has_any(r, n, total_words) && !text_has(&r->f, n->lead, n->from, S("公共"));
}

/* 培训416人次，其中第一期126人. */
static bool is_part_of(const Reading *r, const List *list, const Num *head, const Num *n)
{
    return num_addable(r, head, n) ||
           (list->form != LIST_COMMA && (head->family & MEASURE_ACT) && num_people_alike(r, head, n));
}

/* Lists in running prose hold one measure word; behind a colon or in brackets 个, 家 and 所 may be mixed. */
static bool fits_list(const Reading *r, const List *list, const Num *n)
{
    const Num *head = &r->num[list->head];
    if (n->kind != NUM_COUNT || n->way || n->average || is_total(r, n) || !is_part_of(r, list, head, n))
        return false;
    if (list->count == 0)
        return true;
    const Num *first = &r->num[list->item[0]];
    bool prose = list->form == LIST_AMONG || list->form == LIST_COMMA;
    if (prose && first->family != MEASURE_NONE && n->family != MEASURE_NONE)
        return num_same_measure(r, first, n);
    return num_addable(r, first, n);
}

static void add_item(List *list, size_t item, int64_t times)
{
    list->item[list->count] = (uint32_t)item;
    list->times[list->count++] = times;
}

Mark list_mark_between(const Reading *r, size_t from, size_t to)
{
    if (text_has(&r->f, from, to, S(";")))
        return MARK_SEMICOLON;
    if (text_has(&r->f, from, to, S(",")))
        return MARK_COMMA;
    return text_has(&r->f, from, to, S("、")) ? MARK_PAUSE : MARK_NONE;
}

/* The marks between the first two parts tell what goes on parting them: a list with 、 ends at a comma. */
static bool breaks_list(const Reading *r, List *list, const Num *n)
{
    const Num *last = &r->num[list_last(list)];
    Mark mark = list_mark_between(r, last->end, n->from);
    bool prose = list->form == LIST_AMONG || list->form == LIST_COMMA || list->form == LIST_EXACT;
    if (text_has(&r->f, last->end, n->from, S(":")))
        return true; /* 突出问题7项：完成1项: the part before is a head of its own */
    if (list->count == 1) {
        list->mark = mark;
        return mark == MARK_SEMICOLON && list->form != LIST_AMONG && list->form != LIST_EXACT;
    }
    if (mark == MARK_SEMICOLON)
        return list->mark != MARK_SEMICOLON;
    return prose && list->mark == MARK_PAUSE && mark == MARK_COMMA;
}

static bool take_item(const Reading *r, List *list, size_t *at)
{
    const Num *n = &r->num[*at];
    if (is_product(r, *at) && num_addable(r, &r->num[list->head], &r->num[*at + 1])) {
        add_item(list, *at + 1, n->value / MICRO);
        ++*at;
        return true;
    }
    if (!fits_list(r, list, n))
        return false;
    add_item(list, *at, 1);
    return true;
}

static bool is_behind(const Reading *r, List *list, const Num *n, uint32_t depth)
{
    return n->sentence != r->num[list->next].sentence || n->depth < depth || (list->count && breaks_list(r, list, n));
}

void list_collect(const Reading *r, List *list)
{
    const Folded *f = &r->f;
    size_t at = list->next, most = list->form == LIST_COMMA ? COMMA_LIST_MAX : CHECK_LIST_MAX;
    uint32_t depth = r->num[at].depth;
    list->count = 0;
    for (; at < r->count; at++) {
        const Num *n = &r->num[at];
        list->too_long = list->count == most || at - list->next > CHECK_LIST_MAX;
        if (list->too_long)
            break;
        if (n->sentence == r->num[list->next].sentence && n->depth > depth)
            continue;
        if (is_behind(r, list, n, depth))
            break;
        if (list->count && n->from == r->num[at - 1].end && !num_addable(r, n, &r->num[list->item[0]]))
            continue; /* 612户947人、4261户7179人: a second measure of the same part */
        if (n->kind == NUM_PERCENT && (list->count || list->form == LIST_COMMA))
            continue;
        if (n->average && list->count && n->kind == NUM_COUNT && list->form != LIST_COMMA)
            continue; /* 其中企业87个，平均每家22个；高校51个 */
        if (list->form == LIST_COMMA && list->count == 0 && at < list->next + SKIPPED_MAX &&
            (n->way || !num_addable(r, &r->num[list->head], n)) && n->depth == depth && !is_product(r, at))
            continue; /* 4327件，较上月增加519件；转办…; 32个，涉及居民9417户，已完工… */
        if (list->form == LIST_COMMA && list->count == 0 && at > list->next &&
            list_has_among(f, r->num[at - 1].end, n->from))
            break; /* of another whole, it may be */
        if (n->chinese && n->value < 10 * (int64_t)MICRO && !num_addable(r, &r->num[list->head], n) &&
            (n->family & MEASURE_LEVEL) && list->form != LIST_COMMA)
            continue; /* 一类家庭287户、二类家庭451户 */
        if ((n->family & MEASURE_TIME) && !(r->num[list->head].family & MEASURE_TIME))
            continue; /* 3个月内完成84条 */
        if ((n->approx & (APPROX_BOUND | APPROX_RANGE)) && !num_addable(r, &r->num[list->head], n))
            continue; /* 5万元以下的36个、5万至20万元的142个 */
        if (!take_item(r, list, &at))
            break;
    }
    list->next = at;
    if (list->count) {
        const Num *end = &r->num[list_last(list)];
        list->open = text_at(f, end->end, S("等")) || text_at(f, end->noun_to, S("等"));
    }
}

Range list_sum(const Reading *r, const List *list, size_t count)
{
    Range sum = { 0, 0 };
    for (size_t i = 0; i < count; i++)
        sum = range_add(sum, range_times(range_of(&r->num[list->item[i]]), list->times[i]));
    return sum;
}

Str list_formula(Reading *r, const List *list, size_t count)
{
    StrBuf b = strbuf_in(r->arena);
    for (size_t i = 0; i < count; i++)
        for (int64_t n = 0; n < list->times[i] && n < CHECK_LIST_MAX; n++) {
            if (b.len)
                strbuf_addc(&b, '+');
            strbuf_add(&b, words_num(r, &r->num[list->item[i]]));
        }
    return strbuf_str(&b);
}

size_t list_end(const Reading *r, const List *list, size_t count)
{
    const Folded *f = &r->f;
    size_t item = list->item[count - 1], end = r->num[item].end;
    if (item + 1 < r->count && r->num[item + 1].depth > r->num[item].depth && f->ptr[end] == '(') {
        size_t close = text_find(f, r->num[item + 1].end, r->par_to, S(")"));
        if (close != SIZE_MAX && close - end < 60)
            return close + 1;
    }
    return end;
}

Mark list_mark_behind(const Reading *r, const List *list, size_t count)
{
    const Num *last = &r->num[list->item[count - 1]];
    return count < list->count ? list_mark_between(r, last->end, r->num[list->item[count]].from) : MARK_NONE;
}

bool list_one_digit_apart(Wide a, Wide b, Wide slack)
{
    Wide gap = a > b ? a - b : b - a;
    if (gap <= slack / 2)
        return true;
    for (Wide place = 1; place <= gap * 2; place *= 10) {
        Wide digit = (gap + place / 2) / place, off = gap - digit * place;
        if (digit >= 1 && digit <= 9 && (off < 0 ? -off : off) <= slack / 2)
            return true;
    }
    return false;
}
