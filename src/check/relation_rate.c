/* A rate and the two counts that it is of: which they are is told by its verb, by 占, by where they stand. */
#include "check/ratio.h"

static const Str rate_words[] = { S_INIT("率"), S_INIT("面"), S_INIT("占"), S_INIT("比例"), S_INIT("比重"),
    S_INIT("覆盖"), S_INIT("完成"), S_INIT("达"), S_INIT("进度"), S_INIT("计划的"), S_INIT("任务的"), S_INIT("目标的"),
    S_INIT("预算的"), WORDS_END };

/* Where the words around a percentage begin: a rate may stand a clause behind its counts. */
static size_t words_before(const Reading *r, size_t at)
{
    return at ? r->num[at - 1].end : r->par_from;
}

/* --- a rate behind its counts ------------------------------------------------------------------------------------ */

/* 占常住人口的12.9%（常住人口182.4万人）. */
static bool is_called_before(const Reading *r, size_t rate, const Num *whole)
{
    const Num *n = &r->num[rate];
    Str name = { r->f.ptr + whole->lead, whole->from - whole->lead };
    return name.len >= 6 && text_has(&r->f, n->lead, n->from, name);
}

/* The whole that a sentence is about: its first count of this measure when no other is larger, or the one that is
 * called a total. SIZE_MAX when the sentence has no such count. */
size_t ratio_topic(const Reading *r, size_t part, size_t rate)
{
    enum { LOOK = 16 };
    static const Str called[] = { S_INIT("总数"), S_INIT("总量"), S_INIT("总计"), S_INIT("总额"), WORDS_END };
    const Num *p = &r->num[part];
    size_t first = SIZE_MAX, total = SIZE_MAX;
    int64_t largest = 0;
    for (size_t i = part, least = part > LOOK ? part - LOOK : 0; i > least; i--) {
        const Num *n = &r->num[i - 1];
        if (n->sentence != p->sentence)
            break;
        if (!ratio_is_state(n) || n->approx || n->past || n->depth > p->depth || !num_addable(r, n, p) ||
            (p->family != MEASURE_NONE && !num_same_measure(r, n, p)))
            continue;
        first = i - 1;
        largest = n->value > largest ? n->value : largest;
        if (num_lead_has_any(r, n, called))
            total = i - 1;
    }
    if (rate + 1 < r->count && r->num[rate + 1].depth > r->num[rate].depth &&
        r->num[rate + 1].sentence == p->sentence && num_addable(r, &r->num[rate + 1], p) &&
        (num_lead_has_any(r, &r->num[rate + 1], ratio_totals) || is_called_before(r, rate, &r->num[rate + 1])))
        return rate + 1;
    if (total != SIZE_MAX)
        return total;
    return first != SIZE_MAX && r->num[first].value == largest && largest > 0 ? first : SIZE_MAX;
}

/* How many counts of the part's kind stand between the last semicolon and a rate. */
static size_t counts_in_clause(const Reading *r, size_t rate)
{
    enum { LOOK = 8 };
    size_t count = 0;
    for (size_t i = rate, least = rate > LOOK ? rate - LOOK : 0; i > least && ratio_same_clause(r, i - 1, rate); i--)
        if (r->num[i - 1].sentence != r->num[rate].sentence)
            break;
        else
            count += ratio_is_state(&r->num[i - 1]) && num_addable(r, &r->num[i - 1], &r->num[rate - 1]);
    return count;
}

/* 完成25个，合计完成42个，占…: a sum is of a whole farther ahead than what it adds up. */
bool ratio_is_sum_of(const Reading *r, const Num *sum, const Num *part)
{
    static const Str sums[] = { S_INIT("合计"), S_INIT("共"), S_INIT("累计"), WORDS_END };
    return part->value < sum->value && num_lead_has_any(r, sum, sums);
}

/* Nothing between but averages, shares and changes: 136个，平均每村17个；其中58个. */
static bool follows(const Reading *r, size_t whole, size_t part)
{
    for (size_t i = whole + 1; i < part; i++)
        if (!r->num[i].average && !r->num[i].way && r->num[i].kind != NUM_PERCENT &&
            !((r->num[i].approx & APPROX_BOUND) && !num_addable(r, &r->num[i], &r->num[part])))
            return false; /* nor bounds: 优秀（90分以上）34人 */
    return whole < part;
}

static bool is_plain_pair(const Reading *r, size_t part, size_t whole, size_t rate, bool named)
{
    const Folded *f = &r->f;
    const Num *p = &r->num[part], *w = &r->num[whole], *n = &r->num[rate];
    static const Str again[] = { S_INIT("已"), S_INIT("其中"), S_INIT("实际"), S_INIT("共"), WORDS_END };
    if (text_has(f, w->lead, w->from, S("其中")) && !text_at_any(f, p->lead, again))
        return false; /* 其中维持69件，纠错15件，纠错率…: two parts of what stands before */
    size_t topic = w->value < p->value ? ratio_topic(r, whole, rate) : SIZE_MAX;
    if (topic != SIZE_MAX && r->num[topic].value >= p->value)
        return false; /* a sibling of the part: the whole stands farther ahead */
    if (ratio_is_sum_of(r, p, w) || ratio_are_siblings(r, whole, part) || num_same_label(r, w, p))
        return false;
    size_t share = text_find(f, n->lead, n->from, S("占"));
    if (share != SIZE_MAX && share > n->lead && !text_has(f, w->end, p->from, S("其中")) &&
        !text_has(f, w->end, p->from, S("已")))
        return false; /* 商品零售83.16亿元，餐饮收入11.46亿元，餐饮收入占比12.1%: of both */
    if (!follows(r, whole, part) || w->sentence != n->sentence || p->approx || w->approx || !num_addable(r, w, p) ||
        w->value <= 0)
        return false;
    if (!ratio_same_clause(r, whole, rate) || (!named && text_has(f, w->end, p->from, S("、"))))
        return false;
    if (p->family != MEASURE_NONE && w->family != MEASURE_NONE && !num_same_measure(r, p, w))
        return false;
    if (!num_same_noun(r, p, w) || p->depth != w->depth || w->depth > n->depth || p->each || w->each)
        return false;
    if (!named && (part + 1 != rate || (!text_has(f, n->lead, n->from, S("占")) && counts_in_clause(r, rate) != 2)))
        return false;
    return !text_has(f, w->end, p->from, S("平均")) && !text_has(f, w->end, p->from, S("每"));
}

static const Str own_words[] = { S_INIT("率"), S_INIT("面"), S_INIT("占"), S_INIT("占比"), S_INIT("比例"), WORDS_END };

/* 占行政村总数的35.7%: of something that has a name of its own. */
static bool is_share_of_else(const Reading *r, const Num *n)
{
    size_t at = text_find(&r->f, n->lead, n->from, S("占"));
    return at != SIZE_MAX && n->from >= at + 12 && text_ends(&r->f, at, n->from, S("的"));
}

/* 高级职称占…: what has a subject of its own is a share of that, not of the figure before. */
bool ratio_has_own_subject(const Reading *r, const Num *n, const Num *part)
{
    enum { NAME = 6 };
    size_t at = text_find(&r->f, n->lead, n->from, S("占"));
    if (at == SIZE_MAX || at < n->lead + NAME)
        return false;
    Str name = { r->f.ptr + at - NAME, NAME };
    return !text_has(&r->f, part->lead, part->noun_to, name);
}

/* The rate speaks of these two: by its verb, by 占, or by standing in brackets behind them. */
static bool is_their_rate(const Reading *r, size_t part, size_t rate, bool named)
{
    const Folded *f = &r->f;
    const Num *n = &r->num[rate], *p = &r->num[part];
    if (named)
        return true;
    if (!num_lead_has_any(r, n, own_words) && n->depth <= p->depth)
        return false;
    static const Str elsewhere[] = { S_INIT("满意"), S_INIT("知晓"), S_INIT("参与"), S_INIT("分别"), S_INIT("同期"),
        S_INIT("上年"), S_INIT("和"), S_INIT("占总"), S_INIT("占全"), S_INIT("占应"), S_INIT("占已"), S_INIT("占巡"),
        S_INIT("合占"), S_INIT("均"), S_INIT("由"), S_INIT("从"), WORDS_END };
    return !text_has_any(f, p->noun_to, n->from, elsewhere) && !is_share_of_else(r, n) &&
           !ratio_has_own_subject(r, n, p) && text_count_chars(f, p->noun_to, n->from) <= 24;
}

/* A whole farther off is meant by 占, or by a rate that names its part; a bare 整改率 may have another. */
static bool is_topical(const Reading *r, size_t part, size_t rate, bool named, size_t topic)
{
    const Num *n = &r->num[rate];
    if (named || topic == rate + 1)
        return true;
    if (text_has(&r->f, n->lead, n->from, S("率")) || text_has(&r->f, n->lead, n->from, S("面")))
        return false;
    return part + 1 == rate && is_their_rate(r, part, rate, false) && !text_has(&r->f, n->lead, n->from, S("率"));
}

/* 发现问题3876个，整改率94.4%，已整改3659个. */
static bool named_behind(Reading *r, size_t rate)
{
    if (rate == 0 || rate + 1 >= r->count)
        return false;
    const Num *n = &r->num[rate], *p = &r->num[rate + 1];
    size_t whole = rate - 1;
    if (!ratio_is_state(&r->num[whole]) && p->sentence == n->sentence && ratio_is_state(p))
        whole = ratio_topic(r, rate + 1, rate); /* …83个，占70.3%；开工率75.4%，已开工89个 */
    if (whole >= rate)
        return false;
    const Num *w = &r->num[whole];
    if (!ratio_is_state(w) || !ratio_is_state(p) || w->sentence != n->sentence || p->sentence != n->sentence ||
        w->approx || p->approx || !num_same_measure(r, w, p) || !ratio_same_clause(r, rate, rate + 1) ||
        !rate_names_part(r, rate, rate + 1, 2) || rate_names_part(r, rate, rate - 1, 2))
        return false;
    Pair pair = ratio_pair(r, rate + 1, whole, rate);
    pair.strength = whole + 1 == rate && ratio_same_clause(r, whole, rate) && rate_names_part(r, rate, rate + 1, 1)
                        ? STRENGTH_STRONG
                        : STRENGTH_MIDDLE;
    if (!ratio_fits(&pair, n) && !ratio_refutes(r, &pair, rate))
        return false;
    ratio_say(r, &pair, rate, CHECK_RULE_RATE);
    return true;
}

/* 三分之一属于制度问题，即20个: the part stands behind its share. */
static bool part_behind(Reading *r, size_t rate)
{
    const Folded *f = &r->f;
    if (rate + 1 >= r->count || rate == 0)
        return false;
    const Num *n = &r->num[rate], *p = &r->num[rate + 1];
    bool bracket = p->from == n->end + 1 && f->ptr[n->end] == '(' && text_has(f, n->lead, n->from, S("完成"));
    if (p->kind != NUM_COUNT || p->sentence != n->sentence || !(bracket || text_ends(f, n->end, p->from, S("即"))))
        return false;
    size_t topic = ratio_topic(r, rate + 1, rate);
    if (topic == SIZE_MAX || topic > rate || text_has(f, n->lead, n->from, S("占比")))
        return false; /* 县域内住院量占比90.1%，即2.83万人次: of what it names */
    Pair pair = ratio_pair(r, rate + 1, topic, rate);
    pair.strength = STRENGTH_STRONG;
    ratio_say(r, &pair, rate, CHECK_RULE_RATE);
    return true;
}

/* 整改任务112项。已完成104项，完成率92.9%: of what the sentence before told. Of several wholes the one that comes
 * nearest is shown; one that fits was found before. */
static bool of_sentence_before(Reading *r, size_t part, size_t rate)
{
    enum { ROOM = 6 };
    const Num *p = &r->num[part], *n = &r->num[rate];
    size_t wholes[ROOM], found = context_wholes(r, part, wholes, ROOM), best = SIZE_MAX;
    Wide least = 0;
    for (size_t i = 0; i < found; i++) {
        const Num *w = &r->num[wholes[i]];
        Wide off = w->value > 0 ? (Wide)p->value * 100 * MICRO / w->value - n->value : 0;
        off = off < 0 ? -off : off;
        if (w->value > 0 && (best == SIZE_MAX || off < least))
            best = wholes[i], least = off;
    }
    if (best == SIZE_MAX || !context_goes_on(r, part) || !ratio_same_clause(r, part, rate) || !ratio_is_fine(n))
        return false;
    Pair pair = ratio_pair(r, part, best, rate);
    pair.strength = best == ratio_topic_before(r, part) ? STRENGTH_MIDDLE : STRENGTH_WEAK;
    if (!ratio_fits(&pair, n) && !ratio_refutes(r, &pair, rate))
        return false;
    ratio_say(r, &pair, rate, CHECK_RULE_RATE);
    return true;
}

/* 东片48项（共50项），完成率96.0%: the whole in the bracket. */
static bool whole_in_bracket(Reading *r, size_t rate)
{
    const Num *n = &r->num[rate];
    if (rate < 2 || r->num[rate - 1].depth != n->depth + 1 || r->num[rate - 2].depth != n->depth)
        return false;
    const Num *w = &r->num[rate - 1], *p = &r->num[rate - 2];
    if (!ratio_is_state(w) || !ratio_is_state(p) || w->approx || p->approx || w->sentence != n->sentence ||
        p->sentence != n->sentence || !num_lead_has_any(r, w, ratio_totals) || !num_same_measure(r, p, w) ||
        !ratio_same_clause(r, rate - 2, rate) || w->from - p->end > 12)
        return false;
    Pair pair = ratio_pair(r, rate - 2, rate - 1, rate);
    pair.strength = STRENGTH_STRONG;
    ratio_say(r, &pair, rate, CHECK_RULE_RATE);
    return true;
}

/* 问题376个，已整改337个，整改率91.6%: the rate right behind its part, which its own verb names, or with 占 and nothing
 * before it. 整改完成率 of 整改到位 is named too; 床位使用率 of 护理型床位 is not, for the whole is 床位 as well. */
static Strength bound_by(const Reading *r, size_t part, size_t whole, size_t rate)
{
    const Num *n = &r->num[rate];
    bool behind = part + 1 == rate, share = text_at(&r->f, n->lead, S("占"));
    bool told = rate_names_part(r, rate, part, 1) ||
                (rate_names_part(r, rate, part, 2) && whole != SIZE_MAX && !rate_names_part(r, rate, whole, 2));
    if (behind && (told || share || n->depth > r->num[part].depth))
        return STRENGTH_STRONG;
    return rate_names_part(r, rate, part, 1) || share ? STRENGTH_MIDDLE : STRENGTH_WEAK;
}

/* 行政村1862个、社区426个，已完成1824个: the whole is both. */
static bool is_one_of_several(const Reading *r, size_t whole, size_t part)
{
    const Num *w = &r->num[whole], *next = w + 1;
    return whole + 1 < part && next->kind == NUM_COUNT && num_addable(r, w, next) &&
           list_mark_between(r, w->end, next->from) == MARK_PAUSE;
}

/* No other figure of the sentence comes nearer to what the rate says. */
static bool is_closest(Reading *r, size_t part, size_t whole, size_t rate)
{
    static const Str sums[] = { S_INIT("累计"), S_INIT("合计"), S_INIT("共"), WORDS_END };
    const Num *p = &r->num[part], *n = &r->num[rate];
    Wide stated = n->value, least = 0;
    if (num_lead_has_any(r, p, sums))
        return false;
    for (size_t pass = 0; pass < 2; pass++)
        for (size_t i = part, limit = i > CHECK_WINDOW / 2 ? i - CHECK_WINDOW / 2 : 0;
             i > limit && r->num[i - 1].sentence == p->sentence; i--) {
            const Num *w = &r->num[i - 1];
            if ((pass == 0) != (i - 1 == whole) || !ratio_is_state(w) || w->value <= 0 || !num_addable(r, w, p))
                continue;
            Wide off = (Wide)p->value * 100 * MICRO / w->value - stated;
            off = off < 0 ? -off : off;
            if (pass == 0)
                least = off;
            else if (off < least)
                return false;
        }
    return true;
}

/* 上级交办12件化解12件，市排查104件化解81件，总化解率82.4%: of all rows together. */
static bool of_all_rows(Reading *r, size_t rate)
{
    static const Str all[] = { S_INIT("总"), S_INIT("总体"), S_INIT("整体"), S_INIT("综合"), WORDS_END };
    const Num *n = &r->num[rate];
    if (!text_at_any(&r->f, n->lead, all) || !text_has(&r->f, n->lead, n->from, S("率")))
        return false;
    Range part = { 0, 0 }, whole = { 0, 0 };
    size_t rows = 0, first = rate;
    for (size_t i = rate, least = i > CHECK_WINDOW / 2 ? i - CHECK_WINDOW / 2 : 0; i > least + 1; i -= 2) {
        const Num *p = &r->num[i - 1], *w = &r->num[i - 2];
        if (p->sentence != n->sentence || w->sentence != n->sentence || !ratio_is_state(p) || !ratio_is_state(w) ||
            p->approx || w->approx || w->value < p->value || !num_same_measure(r, p, w) ||
            !rate_names_part(r, rate, i - 1, 1) || list_mark_between(r, w->end, p->from) > MARK_COMMA)
            break;
        part = range_add(part, range_of(p));
        whole = range_add(whole, range_of(w));
        first = i - 2;
        rows++;
    }
    if (rows < 2)
        return false;
    StrBuf top = strbuf_in(r->arena), under = strbuf_in(r->arena);
    for (size_t i = first; i < rate; i += 2) {
        strbuf_addf(&under, "%s%.*s", i > first ? "+" : "(", STR_ARG(words_num(r, &r->num[i])));
        strbuf_addf(&top, "%s%.*s", i > first ? "+" : "(", STR_ARG(words_num(r, &r->num[i + 1])));
    }
    strbuf_addc(&top, ')');
    strbuf_addc(&under, ')');
    Pair pair = { part, whole, first, rate, strbuf_str(&top), strbuf_str(&under), NULL, NULL, STRENGTH_MIDDLE };
    ratio_say(r, &pair, rate, CHECK_RULE_RATE);
    return true;
}

/* 三类人员分别为386人次、112人次、774人次，占全部的24.3%: of all that are told in order, and not of the last. */
static bool is_of_run_in_order(const Reading *r, size_t rate)
{
    static const Str in_order[] = { S_INIT("分别"), S_INIT("依次"), WORDS_END };
    size_t part = rate ? rate - 1 : 0, first = part;
    while (first > 0 && r->num[part].kind == NUM_COUNT && part - first < CHECK_LIST_MAX &&
           r->num[first - 1].sentence == r->num[part].sentence &&
           r->num[first].from - r->num[first - 1].end == S("、").len && text_at(&r->f, r->num[first - 1].end, S("、")))
        first--;
    return first < part && num_lead_has_any(r, &r->num[first], in_order) &&
           !num_lead_has_any(r, &r->num[rate], in_order) &&
           text_has(&r->f, r->num[part].end, r->num[rate].from, S("占"));
}

static void judge_rate(Reading *r, size_t rate)
{
    bool named;
    const Num *n = &r->num[rate];
    if (of_all_rows(r, rate))
        return;
    size_t part = rate_find_part(r, rate, &named);
    if (part == SIZE_MAX) {
        ratio_say_open(r, rate, rate);
        return;
    }
    if (ratio_whole_inside(r, rate)) {
        ratio_of_inside(r, rate);
        return;
    }
    if (ratio_of_what_should(r, rate, part) || ratio_fit_whole(r, part, rate, CHECK_RULE_RATE))
        return;
    if (ratio_fit_run(r, rate))
        return;
    static const Str in_order[] = { S_INIT("分别"), S_INIT("依次"), WORDS_END };
    if (num_lead_has_any(r, n, in_order)) {
        ratio_say_open(r, rate, part);
        return;
    }
    size_t whole = rate_previous_count(r, part, rate), last = rate_previous_count(r, rate, rate);
    if (last != part && last != SIZE_MAX && ratio_fit_whole(r, last, rate, CHECK_RULE_RATE))
        return;
    if (whole != SIZE_MAX && !rate_is_ambiguous(r, rate) && is_plain_pair(r, part, whole, rate, named) &&
        is_their_rate(r, part, rate, named)) {
        Pair p = ratio_pair(r, part, whole, rate);
        p.strength = bound_by(r, part, whole, rate);
        if (ratio_fits(&p, n) || ratio_refutes(r, &p, rate)) {
            ratio_say(r, &p, rate, CHECK_RULE_RATE);
            return;
        }
    }
    size_t topic = ratio_topic(r, part, rate);
    if (topic != SIZE_MAX && named && (r->num[part].family & MEASURE_MONEY) &&
        !text_has(&r->f, r->num[part].lead, r->num[part].from, S("已")) &&
        !ratio_same_clause(r, topic < rate ? topic : rate, rate))
        topic = SIZE_MAX; /* 不良率 of a balance is not over what was lent a clause before */
    if (topic < part && (ratio_has_own_clause(r, topic, part) || ratio_are_siblings(r, topic, part) ||
                            num_same_label(r, &r->num[topic], &r->num[part])))
        topic = SIZE_MAX;
    if (topic != SIZE_MAX && !rate_is_ambiguous(r, rate) && is_topical(r, part, rate, named, topic) &&
        (ratio_is_fine(n) || part == topic + 1 || topic > rate)) {
        Pair p = ratio_pair(r, part, topic, rate);
        bool spoken = bound_by(r, part, topic, rate) != STRENGTH_WEAK || text_has(&r->f, n->lead, n->from, S("占"));
        if (!spoken || (topic < part && is_one_of_several(r, topic, part)))
            p.strength = STRENGTH_WEAK;
        else if (topic < part && bound_by(r, part, topic, rate) == STRENGTH_STRONG &&
                 ratio_same_clause(r, part, rate) && is_closest(r, part, topic, rate))
            p.strength = STRENGTH_STRONG;
        if (ratio_fits(&p, n) || ratio_refutes(r, &p, rate)) {
            ratio_say(r, &p, rate, CHECK_RULE_RATE);
            return;
        }
    }
    bool own = text_has_any(&r->f, r->num[part].noun_to, n->from, own_words);
    if (own && of_sentence_before(r, part, rate))
        return;
    if (ratio_of_called(r, part, rate) || (is_their_rate(r, part, rate, named) && !rate_is_ambiguous(r, rate) &&
                                              ratio_of_slip(r, part, rate, bound_by(r, part, whole, rate))))
        return;
    ratio_say_open(r, rate, whole == SIZE_MAX ? part : whole);
}

static bool follows_count(const Reading *r, size_t rate)
{
    enum { NEAR = 18 };
    return rate && ratio_is_state(&r->num[rate - 1]) && r->num[rate - 1].sentence == r->num[rate].sentence &&
           r->num[rate].from - r->num[rate - 1].end <= NEAR;
}

/* 比上年的58.3%提高…: a rate of another time. */
static bool is_of_past(const Reading *r, const Num *n)
{
    static const Str than[] = { S_INIT("比"), S_INIT("较"), S_INIT("由"), S_INIT("从"), S_INIT("于"), WORDS_END };
    return n->past && num_lead_has_any(r, n, than) && text_ends(&r->f, n->lead, n->from, S("的"));
}

/* 41个问题，3月底改好33个、80.5%: with no word of its own, of what was done right before. */
static void judge_bare(Reading *r, size_t rate)
{
    static const Str done[] = { S_INIT("改好"), S_INIT("完成"), S_INIT("办结"), S_INIT("整改"), S_INIT("销号"),
        S_INIT("化解"), S_INIT("落实"), S_INIT("到位"), WORDS_END };
    const Num *n = &r->num[rate], *p = &r->num[rate - 1];
    bool close = n->lead == n->from || text_at(&r->f, n->lead, S("写作"));
    size_t topic = ratio_topic(r, rate - 1, rate);
    if (!close || n->approx || topic >= rate || !num_lead_has_any(r, p, done) || !ratio_is_fine(n) ||
        num_same_label(r, &r->num[topic], p) || ratio_are_siblings(r, topic, rate - 1))
        return;
    Pair pair = ratio_pair(r, rate - 1, topic, rate);
    if (ratio_refutes(r, &pair, rate))
        ratio_say(r, &pair, rate, CHECK_RULE_RATE);
}

void relation_rate(Reading *r, size_t at)
{
    const Num *n = &r->num[at];
    if (is_of_past(r, n))
        return;
    if (is_of_run_in_order(r, at)) {
        if (!ratio_fit_run(r, at))
            ratio_say_open(r, at, at - 1);
        return;
    }
    if (ratio_inside_bracket(r, at) || ratio_of_answers(r, at) || ratio_of_undone(r, at) ||
        ratio_of_two_labels(r, at) || ratio_of_several(r, at) || part_behind(r, at) || whole_in_bracket(r, at) ||
        ratio_in_bracket(r, at) || ratio_of_before(r, at) || named_behind(r, at) || ratio_of_noun(r, at) ||
        ratio_whole_named(r, at) || ratio_labelled_part(r, at) || ratio_both_named(r, at) || ratio_of_total(r, at))
        return;
    if (text_has_any(&r->f, words_before(r, at), n->from, rate_words) || n->depth || ratio_whole_inside(r, at))
        judge_rate(r, at);
    else if (follows_count(r, at) && !ratio_fit_whole(r, at - 1, at, CHECK_RULE_RATE))
        judge_bare(r, at); /* …改好8198个，写作91.9% */
}
