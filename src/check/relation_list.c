/* Names that are listed and counted: 4个县市：甲、乙、丙、丁. */
#include "check/list.h"

enum { NAMES_MAX = 200, NAME_CHARS_MAX = 15, LIST_BYTES_MAX = 6000, COUNT_MAX = 200, INTRO_CHARS_MAX = 16 };

typedef struct Names {
    size_t from, to;
    size_t count;
    bool open;   /* ends in 等 */
    bool joined; /* 和, 及: the last part may be two names */
    bool long_;  /* a part is too long for a name */
    bool mixed;  /* a part holds a figure */
    bool real;   /* some name has more than one character: 县(市、区) lists nothing */
    bool whole;  /* ended by a full stop, a semicolon or its bracket */
} Names;

static const Str joins[] = { S_INIT("和"), S_INIT("及"), S_INIT("与"), S_INIT("以及"), S_INIT("或"), WORDS_END };
static const Str no_names[] = { S_INIT("一是"), S_INIT("二是"), S_INIT("不"), S_INIT("未"), S_INIT("没有"), WORDS_END };

static bool holds_figure(const Reading *r, size_t from, size_t to)
{
    for (size_t at = from; at < to; at++)
        if (r->f.ptr[at] >= '0' && r->f.ptr[at] <= '9')
            return true;
    return false;
}

static void end_name(const Reading *r, Names *n, size_t from, size_t to)
{
    const Folded *f = &r->f;
    n->count++;
    n->real = (n->real || n->count == 1) && text_count_chars(f, from, to) > 1;
    if (text_count_chars(f, from, to) > NAME_CHARS_MAX || to == from || text_has_any(f, from, to, no_names))
        n->long_ = true;
    n->mixed |= holds_figure(r, from, to);
    n->open |=
        text_ends(f, from, to, S("等")) || text_has(f, from, to, S("等单位")) || text_has(f, from, to, S("等地"));
    n->joined = text_has_any(f, from, to, joins);
}

static size_t skip_bracket(const Reading *r, size_t at)
{
    size_t close = text_find(&r->f, at, at + 120 < r->par_to ? at + 120 : r->par_to, S(")"));
    return close == SIZE_MAX ? at + 1 : close + 1;
}

/* Names from `at` on, parted by 、. */
static Names read_names(const Reading *r, size_t at, bool bracket)
{
    const Folded *f = &r->f;
    Names n = { .from = at, .to = at };
    size_t start = at, limit = at + LIST_BYTES_MAX < r->par_to ? at + LIST_BYTES_MAX : r->par_to;
    while (at < limit && n.count < NAMES_MAX) {
        char ch = f->ptr[at];
        if (text_at(f, at, S("、"))) {
            end_name(r, &n, start, at);
            at = start = at + 3;
        } else if (ch == '(' && !bracket)
            at = skip_bracket(r, at);
        else if (ch == ',' || ch == ';' || ch == ':' || ch == ')' || text_ends_sentence(f, at))
            break;
        else
            at += text_char_len(f, at);
    }
    end_name(r, &n, start, at);
    n.to = at;
    n.whole = at >= r->par_to || f->ptr[at] == ';' || f->ptr[at] == ')' || text_ends_sentence(f, at);
    if (bracket)
        n.whole = at < r->par_to && f->ptr[at] == ')';
    return n;
}

/* Where a list of names opens behind a count and its noun. */
static size_t opens_at(const Reading *r, const Num *n, bool *bracket)
{
    const Folded *f = &r->f;
    size_t at = n->end;
    *bracket = false;
    for (int k = 0; k < INTRO_CHARS_MAX && at < r->par_to; k++, at += text_char_len(f, at)) {
        if (f->ptr[at] == ':')
            return at + 1;
        if (f->ptr[at] == '(') {
            *bracket = true;
            return at + 1;
        }
        if (text_at(f, at, S("是")) || (text_at(f, at, S("为")) && at == n->noun_to - 3 * (size_t)(n->noun_to > at)))
            return at + 3;
        if (f->ptr[at] == ',' || f->ptr[at] == ';' || f->ptr[at] == ')' || text_at(f, at, S("、")) ||
            text_ends_sentence(f, at) || (f->ptr[at] >= '0' && f->ptr[at] <= '9'))
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

static bool is_named(const Num *n)
{
    return n->kind == NUM_COUNT && !n->rounded && n->approx == APPROX_NOT && !n->one && n->value >= 2 * MICRO &&
           n->value <= COUNT_MAX * (int64_t)MICRO && n->family != MEASURE_NONE &&
           !(n->family & (MEASURE_ACT | MEASURE_MONEY | MEASURE_TIME));
}

static void say_listed(Reading *r, const Num *n, const Names *names, size_t from, size_t to, CheckVerdict verdict)
{
    StrBuf b = strbuf_in(r->arena);
    strbuf_addf(&b, "%zu", names->count);
    Claim c = { CHECK_COUNT, CHECK_RULE_LISTED, verdict, from, to, n, r->lang == LANG_ZH ? S("列举数") : S("listed"),
        strbuf_str(&b), STR_NONE, { NULL, NULL } };
    if (verdict == CHECK_UNDECIDABLE)
        c.note = T("列举未必穷尽", "the list may be open");
    claim_add(r, &c);
}

static bool equals(const Num *n, size_t count)
{
    return n->value == (int64_t)count * MICRO;
}

static void judge_forward(Reading *r, size_t at)
{
    enum { REFUTE_FROM = 2 };
    const Num *n = &r->num[at];
    bool bracket;
    size_t open = opens_at(r, n, &bracket);
    if (open == SIZE_MAX)
        return;
    Names names = read_names(r, open, bracket);
    static const Str copulas[] = { S_INIT("是"), S_INIT("为"), WORDS_END };
    size_t least = text_ends_any(&r->f, n->end, open, copulas) ? REFUTE_FROM + 1 : REFUTE_FROM;
    if (names.count < least || names.mixed || !names.real)
        return;
    size_t to = bracket && names.whole ? names.to + 1 : names.to;
    if (equals(n, names.count) || (names.joined && equals(n, names.count + 1)))
        say_listed(r, n, &names, n->from, to, CHECK_CONSISTENT);
    else if (names.whole && !names.long_ && !names.open && !names.joined)
        say_listed(r, n, &names, n->from, to, CHECK_INCONSISTENT);
    else if (!names.long_)
        say_listed(r, n, &names, n->from, to, CHECK_UNDECIDABLE);
}

/* --- figures that are counted: 4个乡镇分别反馈问题23、27、19、31个
 * ------------------------------------------------------ */

static bool is_touching(const Reading *r, size_t at)
{
    size_t from = r->num[at - 1].end, gap = r->num[at].from - from;
    return gap == S("、").len && (text_at(&r->f, from, S("、")) || text_at(&r->f, from, S("和")));
}

/* What may be told of one by one. */
static bool has_members(const Reading *r, const Num *n)
{
    static const Str members[] = { S_INIT("期"), S_INIT("轮"), S_INIT("笔"), S_INIT("批"), WORDS_END };
    return n->kind == NUM_COUNT && num_exact(n) && !n->one && !n->way && !n->each && n->value >= 2 * MICRO &&
           n->value <= 20 * (int64_t)MICRO &&
           ((n->family & (MEASURE_BODY | MEASURE_TEAM | MEASURE_LEVEL)) || text_at_any(&r->f, n->measure, members));
}

static void judge_figures(Reading *r, size_t at)
{
    static const Str in_order[] = { S_INIT("分别"), S_INIT("依次"), WORDS_END };
    const Folded *f = &r->f;
    size_t first = at + 1, to = first + 1;
    if (first + 1 >= r->count || !has_members(r, &r->num[at]))
        return;
    const Num *n = &r->num[at], *a = &r->num[first];
    bool colon = a->from == a->lead && f->ptr[a->from - 1] == ':',
         told = text_has_any(f, n->end, a->from, in_order) && !a->way && !text_has(f, a->lead, a->from, S("占"));
    static const Str some[] = { S_INIT("前"), S_INIT("最"), S_INIT("居"), S_INIT("其中"), S_INIT("高于"),
        S_INIT("低于"), S_INIT("末"), S_INIT("后"), S_INIT("中"), WORDS_END };
    if (text_has_any(f, n->end, a->from, some))
        return; /* 14个县区中，前三位分别为98.1%、96.7%、95.5% */
    if (a->sentence != n->sentence || a->depth < n->depth || (!colon && !told) ||
        text_has(f, n->end, a->from, S(";")) ||
        (at > 0 && r->num[at - 1].sentence == n->sentence &&
            (list_mark_between(r, r->num[at - 1].end, n->from) == MARK_PAUSE || r->num[at - 1].end == n->from)))
        return; /* 12件、5个分别增长20%、17% */
    if (a->kind != NUM_COUNT && !colon && text_has(f, n->end, a->from, S(",")))
        return;
    if (num_same_measure(r, n, a) && !colon && text_has(f, n->end, a->from, S(",")))
        return;
    while (to < r->count && r->num[to].kind == a->kind && is_touching(r, to) && !r->num[to].approx)
        to++;
    size_t count = to - first;
    const Num *last = &r->num[to - 1];
    if (count < 2 || a->approx || text_at(f, last->end, S("等")) || text_at(f, last->noun_to, S("等")) ||
        (to < r->count && r->num[to].sentence == n->sentence &&
            list_mark_between(r, last->end, r->num[to].from) == MARK_PAUSE))
        return;
    Names names = { .count = count };
    say_listed(r, n, &names, n->from, last->end, equals(n, count) ? CHECK_CONSISTENT : CHECK_INCONSISTENT);
}

/* --- 甲、乙、丙3个县 --------------------------------------------------------------------------------------------- */

/* Measure words by which names are counted, not what happened to them: 4个县市, but 来信、来电12件. */
static const Str naming[] = { S_INIT("个"), S_INIT("家"), S_INIT("所"), S_INIT("省"), S_INIT("市"), S_INIT("县"),
    S_INIT("区"), S_INIT("州"), S_INIT("镇"), S_INIT("乡"), S_INIT("村"), S_INIT("地"), S_INIT("处"), S_INIT("类"),
    S_INIT("种"), S_INIT("大类"), S_INIT("个方面"), S_INIT("省市"), S_INIT("项"), WORDS_END };
static const Str not_named[] = { S_INIT("问题"), S_INIT("线索"), S_INIT("人"), S_INIT("月"), S_INIT("制度"),
    S_INIT("措施"), S_INIT("意见"), S_INIT("建议"), S_INIT("案件"), S_INIT("信访"), S_INIT("百分点"), WORDS_END };

static Names names_before(const Reading *r, size_t end)
{
    const Folded *f = &r->f;
    Names n = { .to = end, .whole = true };
    size_t at = end, stop = end, least = end > LIST_BYTES_MAX / 10 ? end - LIST_BYTES_MAX / 10 : 0;
    if (least < r->par_from)
        least = r->par_from;
    while (at > least && n.count < NAMES_MAX) {
        size_t before = text_back(f, at);
        char ch = f->ptr[before];
        bool mark = ch == ',' || ch == ';' || ch == ':' || ch == '(' || ch == ')' || text_ends_sentence(f, before);
        if (text_at(f, before, S("、")) || mark) {
            end_name(r, &n, at, stop);
            stop = before;
        }
        if (mark)
            break;
        at = before;
    }
    if (at <= least)
        end_name(r, &n, at, stop);
    n.from = at;
    return n;
}

static bool counts_names(const Reading *r, const Num *n)
{
    const Folded *f = &r->f;
    size_t len = text_at_any(f, n->measure, naming);
    if (!len || n->end == n->measure)
        return false;
    return !text_has_any(f, n->measure, n->noun_to, not_named);
}

/* The last name must touch the figure, but for 等: 甲、乙、丙召开会议3次 counts meetings. */
static void judge_backward(Reading *r, size_t at)
{
    const Folded *f = &r->f;
    const Num *n = &r->num[at];
    bool etc = text_ends(f, r->par_from, n->from, S("等"));
    size_t end = etc ? n->from - 3 : n->from;
    if (!counts_names(r, n) || end == 0 || !text_is_chinese(f, text_back(f, end)))
        return;
    Names names = names_before(r, end);
    size_t last = lead_before(f, end, names.from);
    if (names.count < 2 || names.mixed || text_count_chars(f, last, end) > NAME_CHARS_MAX)
        return;
    if (equals(n, names.count)) {
        say_listed(r, n, &names, last > names.from ? names.from : last, n->end, CHECK_CONSISTENT);
        return;
    }
    bool fewer = n->value < (int64_t)names.count * MICRO;
    enum { SEVERAL = 4, MOST = 20 };
    int64_t off = n->value - (int64_t)names.count * MICRO;
    bool close = off <= 2 * MICRO && off >= -2 * MICRO; /* one forgotten, not kinds of what is counted */
    bool all = !etc && close && names.count >= SEVERAL && n->value <= MOST * (int64_t)MICRO && names.real;
    if (names.count >= 3 && ((etc && fewer) || all) && !names.joined && !names.long_)
        say_listed(r, n, &names, names.from, n->end, CHECK_INCONSISTENT);
}

void relation_lists(Reading *r)
{
    for (size_t i = 0; i < r->count; i++)
        judge_figures(r, i);
    for (size_t i = 0; i < r->count; i++)
        if (is_named(&r->num[i])) {
            judge_forward(r, i);
            judge_backward(r, i);
        }
}
