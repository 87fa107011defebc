/* Figures of a paragraph: digits and numerals to exact millionths, with what is said about their exactness. */
#include "check/numeral.h"

#include <string.h>

static bool is_ascii_digit(char ch)
{
    return ch >= '0' && ch <= '9';
}

bool number_is_clock(const Folded *f, size_t from, size_t colon)
{
    size_t at = colon;
    while (at > from && (is_ascii_digit(f->ptr[at - 1]) || f->ptr[at - 1] == '.'))
        at--;
    if (colon - at > 4 || at == colon)
        return false;
    /* 654人次:368 has a measure word before its colon; 17:30 and 1:1.62 have nothing but digits. */
    return true;
}

/* --- Arabic digits -------------------------------------------------------------------------------------------------
 */

/* 1,234 with a measure word behind it is one figure; 各6,125、… are two. */
static bool is_thousands(const Folded *f, size_t at, size_t limit)
{
    size_t n = 0;
    if (f->ptr[at] != ',' || (unsigned char)f->source.ptr[f->map[at]] != ',')
        return false;
    while (at + 1 + n < limit && is_ascii_digit(f->ptr[at + 1 + n]))
        n++;
    uint32_t family;
    size_t after = at + 1 + n;
    return n == 3 && (f->ptr[after] == '.' || (f->ptr[after] == ',' && is_thousands(f, after, limit)) ||
                         measure_at(f, after, limit, &family) || text_at(f, after, S("万")));
}

static size_t read_digits(const Folded *f, size_t at, size_t limit, int64_t *value, int64_t *step)
{
    int64_t v = 0, unit = MICRO;
    while (at < limit && (is_ascii_digit(f->ptr[at]) || is_thousands(f, at, limit))) {
        if (f->ptr[at] != ',')
            v = v > VALUE_MAX / 100 ? VALUE_MAX : v * 10 + (f->ptr[at] - '0') * (int64_t)MICRO;
        at++;
    }
    if (at + 1 < limit && f->ptr[at] == '.' && is_ascii_digit(f->ptr[at + 1]))
        for (at++; at < limit && is_ascii_digit(f->ptr[at]); at++) {
            unit /= 10;
            v += (f->ptr[at] - '0') * unit;
        }
    *value = v;
    *step = unit;
    return at;
}

/* --- what follows the digits: 万, %, 成 -------------------------------------------------------------------------- */

static const Str vague_after[] = { S_INIT("余"), S_INIT("多"), S_INIT("来"), S_INIT("几"), WORDS_END };

static bool scale(Num *n, int64_t by)
{
    if (n->value > VALUE_MAX / by || n->value < 0)
        return false;
    n->value *= by;
    n->step *= by;
    return true;
}

static bool read_scale(const Folded *f, Num *n, size_t limit)
{
    static const Str units[] = { S_INIT("千瓦"), S_INIT("千米"), S_INIT("千克"), WORDS_END };
    for (int times = 0; times < 3 && n->to + 3 <= limit && !text_at_any(f, n->to, units); times++) {
        size_t vague = text_at_any(f, n->to, vague_after);
        int64_t place = vague && numeral(f, n->to + vague) >= MYRIAD ? numeral(f, n->to + vague) : numeral(f, n->to);
        if (place < TEN)
            return true;
        if (vague) {
            n->approx |= APPROX_BOUND;
            n->to += (uint32_t)vague;
        }
        n->to += 3;
        n->rounded = true;
        if (!scale(n, place))
            return false;
    }
    return true;
}

static void become(Num *n, NumKind kind, size_t len, int64_t by)
{
    n->kind = kind;
    n->to += (uint32_t)len;
    n->rounded = true;
    scale(n, by);
}

static void read_rate_sign(const Folded *f, Num *n)
{
    if (text_at(f, n->to, S("个百分点")))
        become(n, NUM_POINTS, S("个百分点").len, 1);
    else if (f->ptr[n->to] == '%' && text_at(f, n->to + 1, S("个点")))
        become(n, NUM_POINTS, 1 + S("个点").len, 1);
    else if (f->ptr[n->to] == '%')
        become(n, NUM_PERCENT, 1, 1);
    else if (text_at(f, n->to, S("成")) && n->value <= 10 * (int64_t)MICRO && !text_at(f, n->to, S("成员")) &&
             !text_at(f, n->to, S("成立")) && !text_at(f, n->to, S("成果")))
        become(n, NUM_PERCENT, 3, 10);
    else if (text_at(f, n->to, S("倍")))
        become(n, NUM_TIMES, 3, 1);
}

/* 3/4 and 四分之三: the step is what people mean by such words, not a last digit. */
enum { FRACTION_STEP = 6 * MICRO, DENOMINATOR_MAX = 20 };

static void become_fraction(Num *n, int64_t over, int64_t under, size_t to)
{
    n->kind = NUM_PERCENT;
    n->value = over * 100 * MICRO / under;
    n->step = FRACTION_STEP;
    n->rounded = true;
    n->to = (uint32_t)to;
}

static void read_slash(const Folded *f, Num *n, size_t limit)
{
    int64_t under = 0, step = 0;
    if (f->ptr[n->to] != '/' || !is_ascii_digit(f->ptr[n->to + 1]) || n->step != MICRO)
        return;
    size_t to = read_digits(f, n->to + 1, limit, &under, &step);
    under /= MICRO;
    if (step == MICRO && under > 1 && under <= DENOMINATOR_MAX && n->value < under * MICRO)
        become_fraction(n, n->value / MICRO, under, to);
}

/* --- how exact --------------------------------------------------------------------------------------------------- */

static const Str about_before[] = { S_INIT("约"), S_INIT("大约"), S_INIT("大概"), WORDS_END };
static const Str bound_before[] = { S_INIT("近"), S_INIT("超"), S_INIT("超过"), S_INIT("逾"), S_INIT("不足"),
    S_INIT("不到"), S_INIT("至少"), S_INIT("至多"), S_INIT("最多"), S_INIT("最少"), S_INIT("均过"), S_INIT("突破"),
    S_INIT("高于"), S_INIT("低于"), S_INIT("大于"), S_INIT("小于"), S_INIT("多于"), S_INIT("少于"), S_INIT("接近"),
    S_INIT("满"), S_INIT("不少于"), S_INIT("不超过"), S_INIT("不低于"), S_INIT("不高于"), S_INIT("最高"),
    S_INIT("最低"), WORDS_END };
static const Str some_before[] = { S_INIT("几"), S_INIT("数"), WORDS_END }; /* 数十件, but 总数36件 */
static const Str bound_after[] = { S_INIT("以上"), S_INIT("以下"), S_INIT("以内"), S_INIT("左右"), S_INIT("上下"),
    S_INIT("不等"), S_INIT("余"), S_INIT("多"), S_INIT("之间"), S_INIT("及以上"), S_INIT("及以下"), WORDS_END };
static const Str more_than_vague[] = { S_INIT("多出"), S_INIT("多于"), S_INIT("余下"), S_INIT("多方"), S_INIT("多次"),
    WORDS_END };
static const Str range_signs[] = { S_INIT("-"), S_INIT("—"), S_INIT("–"), S_INIT("~"), S_INIT("至"), S_INIT("到"),
    S_INIT("－"), WORDS_END };

/* 最多的单位有39个: of one of them. */
static const Str average_before[] = { S_INIT("平均"), S_INIT("人均"), S_INIT("日均"), S_INIT("年均"), S_INIT("月均"),
    S_INIT("场均"), S_INIT("户均"), S_INIT("村均"), S_INIT("亩均"), S_INIT("每"), S_INIT("最多的"), S_INIT("最少的"),
    S_INIT("最高的"), S_INIT("最低的"), S_INIT("最大的"), S_INIT("最小的"), WORDS_END };

/* 面积12万平方米，均价5200元; 每笔 told short, 笔均约860元: so much for one. */
static bool is_price(const Folded *f, const Num *n)
{
    static const Str told[] = { S_INIT("约"), S_INIT("近"), S_INIT("超"), S_INIT("达"), S_INIT("为"), WORDS_END };
    size_t to = n->from;
    if (text_has(f, n->lead, n->from, S("均价")))
        return true;
    if (text_ends_any(f, n->lead, to, told))
        to -= S("约").len;
    return to - n->lead == S("笔均").len && text_ends(f, n->lead, to, S("均"));
}

/* 近, 超 … before the digits; 为 and 到 may stand between. */
static void look_before(const Reading *r, Num *n)
{
    const Folded *f = &r->f;
    size_t from = n->lead, at = n->from;
    if (text_ends(f, from, at, S("为")) || text_ends(f, from, at, S("到")))
        at -= 3;
    if (text_ends_any(f, from, at, about_before))
        n->approx |= APPROX_ABOUT;
    else if (text_ends_any(f, from, at, bound_before) || (n->chinese && text_ends_any(f, from, at, some_before)))
        n->approx |= APPROX_BOUND;
    n->each = text_ends(f, from, n->from, S("各"));
    n->average = (num_lead_has_any(r, n, average_before) && !text_has(f, from, n->from, S("均已"))) || is_price(f, n);
}

static void look_behind(const Folded *f, Num *n)
{
    size_t to = n->end == n->to ? text_at_any(f, n->to, range_signs) : 0;
    if (to && number_is_digit(f, n->to + to))
        n->approx |= APPROX_RANGE; /* 1至5月: the other end may be no count */
    for (size_t at = n->to; at <= n->end; at = n->end) {
        size_t behind = at + 3 + (text_at(f, at + 3, S("了")) ? 3 : 0);
        bool more = text_at(f, at, S("多")) && behind < f->len &&
                    number_is_digit(f, behind); /* 比上月的58964件多2759件, 19个多了9个 */
        if (text_at_any(f, at, bound_after) && !text_at_any(f, at, more_than_vague) && !more)
            n->approx |= APPROX_BOUND;
        if (at == n->end)
            break;
    }
}

/* 余, 多, 来 between digits and measure word. */
static void read_measure(const Folded *f, Num *n, size_t limit)
{
    size_t at = n->to, vague = text_at_any(f, at, vague_after);
    size_t len = measure_at(f, at + vague, limit, &n->family);
    if (vague && (len || f->ptr[at + vague] == ',')) {
        n->approx |= APPROX_BOUND;
        at += vague;
    }
    n->measure = (uint32_t)at;
    n->end = (uint32_t)(at + (n->measure == n->to + vague || !vague ? len : 0));
    n->noun_to = (uint32_t)noun_after(f, n->end, limit);
}

/* --- putting together -------------------------------------------------------------------------------------------- */

static Num *add_num(Reading *r, const Num *n)
{
    if (r->count == r->room) {
        size_t room = r->room ? r->room * 2 : 256;
        r->num = arena_grow(r->arena, r->num, r->room * sizeof(Num), room * sizeof(Num));
        r->room = room;
    }
    r->num[r->count] = *n;
    return &r->num[r->count++];
}

/* 12至38个: both ends say only how far it goes. From … to … with a verb of change between is no range. */
static void join_range(Reading *r, Num *n)
{
    const Folded *f = &r->f;
    if (r->count < 1)
        return;
    Num *before = &r->num[r->count - 1];
    size_t len = before->end <= n->from ? text_at_any(f, before->end, range_signs) : 0;
    if (!len || before->end + len != n->from)
        return;
    before->approx |= APPROX_RANGE;
    n->approx |= APPROX_RANGE;
}

static void finish(Reading *r, Num *n, size_t limit, size_t before)
{
    const Folded *f = &r->f;
    n->lead = (uint32_t)lead_before(f, n->from, before);
    n->letters = text_letters(f, n->lead, n->from);
    if (n->kind == NUM_COUNT)
        read_measure(f, n, limit);
    else
        n->measure = n->end = n->noun_to = n->to;
    look_before(r, n);
    look_behind(f, n);
    n->way = relation_way(r, n);
    n->past = relation_is_past(r, n);
    join_range(r, n);
    add_num(r, n);
    r->seen++;
}

/* A bare figure inside words, 第三方12号线: no measure word, and Chinese goes on right behind it. */
static bool is_bare_in_words(const Folded *f, const Num *n, size_t limit)
{
    uint32_t family;
    size_t vague = text_at_any(f, n->to, vague_after);
    static const Str goes_on[] = { S_INIT("合占"), S_INIT("合计"), S_INIT("共占"), S_INIT("等"), S_INIT("占"),
        S_INIT("至"), S_INIT("到"), S_INIT("降"), S_INIT("升"), S_INIT("增"), S_INIT("减"), WORDS_END };
    return n->kind == NUM_COUNT && n->to < limit && text_is_chinese(f, n->to) && !text_at_any(f, n->to, goes_on) &&
           measure_at(f, n->to + vague, limit, &family) == 0 && !vague;
}

/* 一组118人次, 二区29起: a numeral that runs into digits is a label. */
static void drop_label(Reading *r, size_t at)
{
    if (r->count == 0)
        return;
    const Num *last = &r->num[r->count - 1];
    if (last->chinese && last->kind == NUM_COUNT && last->end == at && last->value < 20 * (int64_t)MICRO)
        r->count--;
}

static size_t take_arabic(Reading *r, size_t at, size_t limit, size_t before, const Num *blank)
{
    const Folded *f = &r->f;
    Num n = *blank;
    n.from = (uint32_t)at;
    size_t digits = read_digits(f, at, limit, &n.value, &n.step);
    n.to = (uint32_t)digits;
    n.rounded = n.step < MICRO;
    drop_label(r, at);
    bool good = n.value < VALUE_MAX && n.step > 0 && !not_count(f, r->par_from, at, digits, false);
    read_slash(f, &n, limit);
    if (n.kind == NUM_COUNT) {
        good = read_scale(f, &n, limit) && good;
        read_rate_sign(f, &n);
    }
    if (good && !is_bare_in_words(f, &n, limit))
        finish(r, &n, limit, before);
    return n.to;
}

static size_t take_percent_words(Reading *r, size_t at, size_t limit, size_t before, const Num *blank)
{
    const Folded *f = &r->f;
    Num n = *blank;
    size_t from = at + S("百分之").len, to = numeral_end(f, from, limit);
    int64_t value = 0;
    n.from = (uint32_t)at;
    n.to = (uint32_t)from;
    n.kind = NUM_PERCENT;
    n.rounded = true;
    n.chinese = true;
    if (to > from && numeral_read(f, from, to, &value)) {
        n.value = value * MICRO;
        n.step = MICRO;
        n.to = (uint32_t)to;
    } else if (from < limit && is_ascii_digit(f->ptr[from]))
        n.to = (uint32_t)read_digits(f, from, limit, &n.value, &n.step);
    else
        return from;
    finish(r, &n, limit, before);
    return n.to;
}

/* 三分之一; `under_to` is past the 三. */
static size_t take_fraction_words(Reading *r, Num n, size_t under_to, size_t limit, size_t before)
{
    const Folded *f = &r->f;
    size_t from = under_to + S("分之").len, to = numeral_end(f, from, limit);
    int64_t under = 0, over = 0;
    if (to == from || !numeral_read(f, n.from, under_to, &under) || !numeral_read(f, from, to, &over) || under < 2 ||
        over < 1 || over >= under || under > DENOMINATOR_MAX)
        return under_to;
    n.chinese = true;
    become_fraction(&n, over, under, to);
    finish(r, &n, limit, before);
    return n.to;
}

static bool is_counting(const Folded *f, const Num *n, size_t limit)
{
    uint32_t family;
    size_t vague = text_at_any(f, n->to, vague_after);
    return n->kind != NUM_COUNT || measure_at(f, n->to + vague, limit, &family) != 0;
}

/* 千家万户, 百姓: places without a digit are no figure unless 十. */
static bool starts_well(const Folded *f, size_t at)
{
    return numeral(f, at) <= TEN;
}

static size_t take_chinese(Reading *r, size_t at, size_t limit, size_t before, const Num *blank)
{
    const Folded *f = &r->f;
    Num n = *blank;
    size_t to = numeral_end(f, at, limit);
    if (text_at(f, at, S("百分之")))
        return take_percent_words(r, at, limit, before, blank);
    n.from = (uint32_t)at;
    n.to = (uint32_t)to;
    if (text_at(f, to, S("分之")))
        return take_fraction_words(r, n, to, limit, before);
    n.chinese = true;
    n.step = MICRO;
    n.one = to - at == 3 && numeral(f, at) == 1;
    if (numeral_is_estimate(f, at, to))
        n.approx |= APPROX_BOUND;
    if (!starts_well(f, at) || !numeral_read(f, at, to, &n.value))
        return to;
    n.value *= MICRO;
    read_rate_sign(f, &n);
    if (is_counting(f, &n, limit) && !not_count(f, r->par_from, at, to, true)) /* most numerals are part of a word */
        finish(r, &n, limit, before);
    return n.to;
}

void number_read(Reading *r, size_t from, size_t to)
{
    const Folded *f = &r->f;
    Num blank = { 0 };
    size_t before = from;
    for (size_t at = from; at < to;) {
        unsigned char ch = (unsigned char)f->ptr[at];
        size_t taken = at, count = r->count;
        if (is_ascii_digit((char)ch))
            taken = take_arabic(r, at, to, before, &blank);
        else if (ch >= 0xe3 && numeral(f, at) != NOT_NUMERAL)
            taken = take_chinese(r, at, to, before, &blank);
        else if (ch == '(')
            blank.depth++;
        else if (ch == ')' && blank.depth)
            blank.depth--;
        else if (text_ends_sentence(f, at)) {
            blank.sentence += ch != '\n' || at == from || !text_ends_sentence(f, text_back(f, at)); /* 。↵ ends one */
            blank.depth = 0;
        }
        if (r->count > count)
            before = r->num[r->count - 1].end;
        at = taken > at ? taken : at + text_char_len(f, at);
    }
}
