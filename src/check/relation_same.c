/* The same thing in two places: title and body, text and ledger. */
#include "check/reading.h"

#include <string.h>

enum { TITLE_CHARS_MAX = 60, NAME_CHARS_MAX = 8, NAME_CHARS_MIN = 2, BODY_PARAGRAPHS = 3, BEHIND_CHARS_MAX = 10 };

/* --- title and body --------------------------------------------------------------------------------------------------
 */

/* What names a rate: the words that end in 率 before it. */
static Str rate_name(const Reading *r, const Num *n)
{
    const Folded *f = &r->f;
    size_t end = text_find(f, n->lead, n->from, S("率"));
    if (end == SIZE_MAX || n->from - end > 15)
        return STR_NONE;
    size_t to = end + 3, from = to;
    for (int k = 0; k < NAME_CHARS_MAX && from > n->lead && text_is_chinese(f, text_back(f, from)); k++)
        from = text_back(f, from);
    return (Str){ f->ptr + from, to - from };
}

/* Verb before and noun behind a count: 查处…问题328起 says what is counted by both. */
static Str count_noun(const Reading *r, const Num *n)
{
    return (Str){ r->f.ptr + n->end, n->noun_to - n->end };
}

static Str count_verb(const Reading *r, const Num *n)
{
    size_t from = n->from, k = 0;
    while (k++ < NAME_CHARS_MIN && from > n->lead && text_is_chinese(&r->f, text_back(&r->f, from)))
        from = text_back(&r->f, from);
    return (Str){ r->f.ptr + from, n->from - from };
}

static bool names_end_alike(Str a, Str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    return n >= 9 && memcmp(a.ptr + a.len - n, b.ptr + b.len - n, n) == 0;
}

static bool same_thing(const Reading *r, const Num *title, const Num *body)
{
    if (title->kind != body->kind || title->approx || body->approx)
        return false;
    if (title->kind == NUM_PERCENT)
        return names_end_alike(rate_name(r, title), rate_name(r, body));
    if (title->kind != NUM_COUNT || title->one || title->family == MEASURE_NONE || !num_same_measure(r, title, body))
        return false;
    Str verb = count_verb(r, title), noun = count_noun(r, title);
    if (verb.len < 6 || !str_eq(verb, count_verb(r, body)))
        return false;
    return noun.len == 0 || str_starts(count_noun(r, body), noun) || str_starts(noun, count_noun(r, body));
}

static void say_same(Reading *r, const Num *title, const Num *body, bool same)
{
    StrBuf b = strbuf_in(r->arena);
    strbuf_add(&b, words_num(r, body));
    Claim c = { CHECK_COMPARISON, CHECK_RULE_TITLE, same ? CHECK_CONSISTENT : CHECK_INCONSISTENT,
        same ? body->lead : title->lead, body->end, same ? body : title, same ? words_num(r, title) : STR_NONE,
        strbuf_str(&b), STR_NONE, { NULL, NULL } };
    if (!same) {
        c.note = text_pair(r, "标题为 %.*s，正文为 %.*s", "the title says %.*s, the body %.*s", words_num(r, title),
            words_num(r, body));
    }
    claim_add(r, &c);
}

/* A title may be coarser than the body, never finer. */
static bool says_same(const Num *title, const Num *body)
{
    return title->step == body->step ? title->value == body->value : verdict_prints(range_of(body), title);
}

void relation_titles(Reading *r, const Num *title, size_t count, size_t paragraph)
{
    for (size_t t = 0; t < count && paragraph <= BODY_PARAGRAPHS; t++) {
        const Num *other = NULL;
        bool same = false;
        size_t others = 0;
        for (size_t i = 0; i < r->count && i < CHECK_WINDOW; i++) {
            if (!same_thing(r, &title[t], &r->num[i]))
                continue;
            if (says_same(&title[t], &r->num[i])) {
                if (!same)
                    say_same(r, &title[t], &r->num[i], true);
                same = true;
            } else {
                other = &r->num[i];
                others++;
            }
        }
        if (!same && others == 1 && paragraph == 1)
            say_same(r, &title[t], other, false);
    }
}

bool relation_is_title(const Folded *f, size_t from, size_t to)
{
    return to > from && text_count_chars(f, from, to) <= TITLE_CHARS_MAX && !text_has(f, from, to, S("。")) &&
           !text_has(f, from, to, S(";"));
}

/* --- text and ledger --------------------------------------------------------------------------------------------- */

static bool is_of_unit(const Reading *r, const Num *n, Str unit)
{
    if (str_eq(unit, S("%")))
        return n->kind == NUM_PERCENT;
    return n->kind == NUM_COUNT && (unit.len == 0 || text_at(&r->f, n->measure, unit));
}

/* 整改完成率 behind a mark is the indicator; 市直单位整改完成率 is one of part of what it counts. */
static bool stands_alone(const Reading *r, size_t at)
{
    return at == r->par_from || !text_is_chinese(&r->f, text_back(&r->f, at));
}

/* 第九轮, 前三轮, 本轮 at a 轮; 共开展9轮 tells of all. */
static bool is_some_round(const Folded *f, size_t from, size_t at)
{
    enum { BACK = 4 };
    static const Str ahead[] = { S_INIT("第"), S_INIT("前"), S_INIT("后"), S_INIT("本"), S_INIT("上"), S_INIT("该"),
        S_INIT("首"), S_INIT("每"), S_INIT("各"), S_INIT("此"), S_INIT("当"), WORDS_END };
    for (int i = 0; i < BACK && at > from; i++, at = text_back(f, at))
        if (text_ends_any(f, from, at, ahead))
            return true;
    return false;
}

/* 2019年, 3月, 截至2020年底. */
static bool is_some_time(const Folded *f, size_t from, size_t at)
{
    return at > from && f->ptr[at - 1] >= '0' && f->ptr[at - 1] <= '9' &&
           (text_at(f, at, S("年")) || text_at(f, at, S("月")) || text_at(f, at, S("季度")));
}

/* What was told before the name is of one round, one time, one body: an indicator counts all of them. */
static bool tells_of_some(const Reading *r, size_t to)
{
    static const Str words[] = { S_INIT("今年"), S_INIT("去年"), S_INIT("上年"), S_INIT("本年"), S_INIT("全年"),
        S_INIT("当年"), S_INIT("同年"), S_INIT("半年"), S_INIT("季度"), S_INIT("专项"), S_INIT("联动"),
        S_INIT("回头看"), S_INIT("其中"), S_INIT("局"), S_INIT("厅"), S_INIT("党委"), S_INIT("县"), S_INIT("镇"),
        S_INIT("乡"), S_INIT("街道"), S_INIT("村"), S_INIT("社区"), S_INIT("医院"), S_INIT("学校"), S_INIT("学院"),
        S_INIT("大学"), S_INIT("公司"), S_INIT("集团"), WORDS_END };
    enum { BYTES = 900 };
    const Folded *f = &r->f;
    size_t from = to > r->par_from + BYTES ? text_back(f, to - BYTES + 1) : r->par_from;
    if (text_has_any(f, from, to, words))
        return true;
    for (size_t at = from; at < to; at += text_char_len(f, at))
        if ((text_at(f, at, S("轮")) && is_some_round(f, from, at)) || is_some_time(f, from, at) ||
            (text_at(f, at, S("党组")) && !text_at(f, at, S("党组织"))))
            return true;
    return false;
}

static void say_known(Reading *r, const CheckKnown *k, const Num *n, size_t name_at)
{
    int64_t step = MICRO;
    for (int i = 0; i < k->decimals && step > 1; i++)
        step /= 10;
    Range value = k->decimals ? (Range){ k->value - step / 2, k->value + step / 2 } : range_at(k->value);
    bool same = verdict_prints(value, n);
    Claim c = { .kind = CHECK_COMPARISON, .rule = CHECK_RULE_LEDGER, .from = name_at, .to = n->end, .stated = n };
    c.verdict = same ? CHECK_CONSISTENT : n->approx ? CHECK_UNDECIDABLE : CHECK_INCONSISTENT;
    if (!same && tells_of_some(r, name_at))
        return;
    c.result = words_like(r, k->value, n);
    Str as_of = k->as_of.len ? k->as_of : S("–");
    c.note =
        text_pair(r, "台账指标“%.*s”（截至 %.*s）", "the ledger's indicator \"%.*s\" (as of %.*s)", k->name, as_of);
    claim_add(r, &c);
}

void relation_known(Reading *r, const CheckKnown *known, size_t count)
{
    const Folded *f = &r->f;
    for (size_t k = 0; k < count && r->count; k++) {
        if (text_find(f, r->par_from, r->par_to, known[k].name) == SIZE_MAX)
            continue;
        for (size_t i = 0; i < r->count; i++) {
            const Num *n = &r->num[i];
            size_t from = i ? r->num[i - 1].end : r->par_from, at = text_find(f, from, n->from, known[k].name);
            if (at != SIZE_MAX && stands_alone(r, at) && is_of_unit(r, n, known[k].unit) &&
                text_count_chars(f, at + known[k].name.len, n->from) <= BEHIND_CHARS_MAX)
                say_known(r, &known[k], n, at);
        }
    }
}
