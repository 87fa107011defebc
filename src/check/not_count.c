/* Digits that count nothing: ordinals, dates, names of policies, document, article, road and phone numbers. */
#include "check/reading.h"

#include <string.h>

enum { QUOTED_CHARS_MAX = 14, PHONE_DIGITS = 7 };

/* --- what stands before -------------------------------------------------------------------------------------- */

/* 前 ranks (前三类, 前22批), unless it is the end of an adverb of time. */
static const Str not_first[] = { S_INIT("目前"), S_INIT("当前"), S_INIT("此前"), S_INIT("之前"), S_INIT("以前"),
    S_INIT("年前"), S_INIT("月前"), S_INIT("底前"), S_INIT("日前"), S_INIT("会前"), S_INIT("巡前"), S_INIT("提前"),
    S_INIT("前"), WORDS_END };
static const Str named_before[] = { S_INIT("第"), S_INIT("附件"), S_INIT("电话"), S_INIT("传真"), S_INIT("邮编"),
    S_INIT("邮政编码"), S_INIT("编号"), S_INIT("手机"), S_INIT("信箱"), S_INIT("账号"), S_INIT("〔"), S_INIT("["),
    S_INIT("附表"), S_INIT("星期"), S_INIT("周"), S_INIT("×"), S_INIT("初"), S_INIT("十三届"), WORDS_END };

static bool follows_first(const Folded *f, size_t from, size_t at)
{
    if (text_ends(f, from, at, S("后")) || text_ends(f, from, at, S("头")))
        return text_at(f, at, S("两")) || text_at(f, at, S("三"));
    if (!text_ends(f, from, at, S("前")))
        return false;
    size_t i = 0;
    while (!text_ends(f, from, at, not_first[i]))
        i++;
    return not_first[i + 1].len == 0;
}

/* 第一至第五组, 第一至九轮, 第一、三、五支部: the figures behind go with the first. */
static bool follows_ordinal(const Folded *f, size_t from, size_t at)
{
    size_t least = at > 40 ? at - 40 : 0;
    if (least < from)
        least = from;
    if (!text_ends(f, from, at, S("至")) && !text_ends(f, from, at, S("到")) && !text_ends(f, from, at, S("、")) &&
        !text_ends(f, from, at, S("-")) && !text_ends(f, from, at, S("—")))
        return false;
    size_t i = text_back(f, at);
    while (i > least) {
        size_t before = text_back(f, i);
        if (text_at(f, before, S("第")))
            return true;
        if (!number_is_digit(f, before) && !text_at(f, before, S("、")))
            return false;
        i = before;
    }
    return false;
}

/* "2.", "3、", "(四)" and "五、" at the head of a paragraph number it. */
static bool numbers_paragraph(const Folded *f, size_t par_from, size_t from, size_t to)
{
    if (from == par_from + 1 && f->ptr[par_from] == '(')
        return f->ptr[to] == ')';
    size_t mark = f->ptr[to] == '.' ? 1 : text_at(f, to, S("、")) ? S("、").len : 0;
    return from == par_from && mark && !number_is_digit(f, to + mark);
}

/* --- what stands behind -------------------------------------------------------------------------------------- */

static const Str named_after[] = { S_INIT("号"), S_INIT("届"), S_INIT("国道"), S_INIT("省道"), S_INIT("路"),
    S_INIT("楼"), S_INIT("室"), S_INIT("栏"), S_INIT("版"), S_INIT("页"), S_INIT("热线"), S_INIT("举报"),
    S_INIT("平台"), S_INIT("指挥"), S_INIT("时"), S_INIT("点"), S_INIT("〕"), S_INIT("]"), S_INIT("×"), S_INIT("日"),
    S_INIT("年级"), S_INIT("月"), S_INIT("年度"), S_INIT("季度"), S_INIT("世纪"), S_INIT("年代"), S_INIT("中全会"),
    S_INIT("级"), S_INIT("型"), S_INIT("字"), S_INIT("周年"), S_INIT("期间"), S_INIT("时期"), S_INIT("规划"),
    S_INIT("网"), S_INIT("大道"), S_INIT("街"), S_INIT("公交"), WORDS_END };
/* Policies and slogans that people write without quotes. What stands here begins right behind the numeral. */
static const Str slogans[] = { S_INIT("个维护"), S_INIT("个意识"), S_INIT("个自信"), S_INIT("个服从"), S_INIT("个全面"),
    S_INIT("个落实"), S_INIT("个对照"), S_INIT("个着力"), S_INIT("个找一找"), S_INIT("个伟大"), S_INIT("个革命"),
    S_INIT("个确立"), S_INIT("个聚焦"), S_INIT("个代表"), S_INIT("个区分"), S_INIT("个务必"), S_INIT("个必须"),
    S_INIT("个更加"), S_INIT("个注重"), S_INIT("个坚持"), S_INIT("个毫不"), S_INIT("个围绕"), S_INIT("个加强"),
    S_INIT("个紧盯"), S_INIT("个带头"), S_INIT("个不"), S_INIT("项规定"), S_INIT("项纪律"), S_INIT("大纪律"),
    S_INIT("种形态"), S_INIT("条禁令"), S_INIT("个一"), S_INIT("大"), S_INIT("位一体"), S_INIT("条战线"),
    S_INIT("把手"), S_INIT("岗双责"), S_INIT("个一批"), S_INIT("个专题"), WORDS_END };
static const Str big_counts[] = { S_INIT("大类"), S_INIT("大项"), S_INIT("大问题"), WORDS_END };

static bool is_slogan(const Folded *f, size_t to, bool chinese)
{
    if (!text_at_any(f, to, slogans))
        return false;
    return chinese ? !text_at(f, to, S("大类")) && !text_at(f, to, S("大项")) : !text_at_any(f, to, big_counts);
}

/* 2021年, 二〇二一年, 19年底 are dates; 五年来, 3年 are times, and nobody adds those up. */
static bool is_year(const Folded *f, size_t from, size_t to)
{
    if (!text_at(f, to, S("年")))
        return false;
    (void)from;
    return true;
}

/* --- what stands around -------------------------------------------------------------------------------------- */

static bool is_letter(char ch)
{
    return (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z');
}

static bool is_plain_digit(char ch)
{
    return ch >= '0' && ch <= '9';
}

/* 1至11月, 3-6日: the first end of a time. */
static bool begins_time(const Folded *f, size_t to)
{
    static const Str signs[] = { S_INIT("至"), S_INIT("到"), S_INIT("—"), S_INIT("–"), S_INIT("-"), S_INIT("~"),
        WORDS_END };
    static const Str units[] = { S_INIT("月"), S_INIT("日"), S_INIT("号"), S_INIT("时"), S_INIT("季度"), WORDS_END };
    size_t len = text_at_any(f, to, signs), at = to + len;
    while (len && is_plain_digit(f->ptr[at]))
        at++;
    return len && at > to + len && text_at_any(f, at, units) > 0;
}

/* 17:30, 1:1.62, 2023.5.6, 0710-3611234, A012, 1+3+N. */
static bool is_compound(const Folded *f, size_t par_from, size_t from, size_t to)
{
    char before = from > par_from ? f->ptr[from - 1] : ' ', after = f->ptr[to], next = after ? f->ptr[to + 1] : '\0';
    char far = from > par_from + 1 ? f->ptr[from - 2] : ' ';
    if (is_letter(before) || is_letter(after) || before == '+' || after == '+' || before == '_' || before == '#')
        return true;
    if (after == ':' && is_plain_digit(next) && to - from <= 2)
        return true;
    if (before == ':' && is_plain_digit(far) && number_is_clock(f, par_from, from - 1))
        return true;
    if (after == '.' && is_plain_digit(next))
        return true;
    bool hyphen_after = after == '-' && is_plain_digit(next), hyphen_before = before == '-' && is_plain_digit(far);
    return (hyphen_after || hyphen_before) && to - from >= 3;
}

/* “三大问题”, “1+3+N”: a short quotation is a name. */
static bool is_quoted(const Folded *f, size_t par_from, size_t from, size_t to)
{
    size_t at = from;
    int n = 0;
    while (at > par_from && n++ < QUOTED_CHARS_MAX) {
        at = text_back(f, at);
        if (text_at(f, at, S("”")) || text_ends_sentence(f, at))
            return false;
        if (text_at(f, at, S("“")) || text_at(f, at, S("《")))
            break;
        if (at == par_from)
            return false;
    }
    if (!text_at(f, at, S("“")) && !text_at(f, at, S("《")))
        return false;
    Str close = text_at(f, at, S("“")) ? S("”") : S("》");
    for (n = 0, at = to; at < f->len && n < QUOTED_CHARS_MAX * 2; n++, at += text_char_len(f, at)) {
        if (text_at(f, at, close))
            return true;
        if (text_ends_sentence(f, at))
            return false;
    }
    return false;
}

static bool is_bare_name(const Folded *f, size_t from, size_t to)
{
    uint32_t family;
    if (measure_at(f, to, f->len, &family) || f->ptr[to] == '%' || memchr(f->ptr + from, '.', to - from) ||
        text_at(f, to, S("万")) || text_at(f, to, S("亿")))
        return false;
    if (to - from >= PHONE_DIGITS)
        return true;
    return to - from == 5 && f->ptr[from] == '1' && f->ptr[from + 1] == '2' && text_is_chinese(f, to);
}

/* 一类家庭, 二级企业: two of them would be 两类. */
static bool is_grade(const Folded *f, size_t from, size_t to)
{
    static const Str grades[] = { S_INIT("类"), S_INIT("级"), S_INIT("等"), WORDS_END };
    return to - from == S("一").len && (text_at(f, from, S("一")) || text_at(f, from, S("二"))) &&
           text_at_any(f, to, grades) > 0;
}

/* 拨打电话96个, 电话9.86万 are so many calls. */
static bool counts_calls(const Folded *f, size_t par_from, size_t from, size_t to)
{
    static const Str calls[] = { S_INIT("个"), S_INIT("次"), S_INIT("通"), S_INIT("余"), S_INIT("万"), S_INIT("件"),
        WORDS_END };
    bool rounded = memchr(f->ptr + from, '.', to - from) != NULL;
    return text_ends(f, par_from, from, S("电话")) && to - from < PHONE_DIGITS &&
           (rounded || text_at_any(f, to, calls) > 0);
}

bool not_count(const Folded *f, size_t par_from, size_t from, size_t to, bool chinese)
{
    if ((text_ends_any(f, par_from, from, named_before) && !counts_calls(f, par_from, from, to)) ||
        follows_first(f, par_from, from) || follows_ordinal(f, par_from, from) ||
        numbers_paragraph(f, par_from, from, to))
        return true;
    static const Str this_one[] = { S_INIT("上"), S_INIT("下"), S_INIT("这"), S_INIT("那"), S_INIT("某"), S_INIT("任"),
        WORDS_END };
    if (chinese && (text_ends_any(f, par_from, from, this_one) || is_grade(f, from, to)))
        return true;
    if (text_at_any(f, to, named_after) || is_year(f, from, to) || is_slogan(f, to, chinese))
        return true;
    if (!chinese && (is_compound(f, par_from, from, to) || is_bare_name(f, from, to) || begins_time(f, to)))
        return true;
    return is_quoted(f, par_from, from, to);
}
