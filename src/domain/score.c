#include "domain/score.h"

static int64_t divided(int64_t a, int64_t b)
{
    return (2 * a + b) / (2 * b);
}

Str points_text(Arena *arena, int64_t hundredths)
{
    long long whole = (long long)(hundredths / POINT), rest = (long long)(hundredths % POINT);
    if (rest == 0)
        return str_format(arena, "%lld", whole);
    return rest % 10 ? str_format(arena, "%lld.%02lld", whole, rest) : str_format(arena, "%lld.%lld", whole, rest / 10);
}

bool points_read(Str text, int64_t *hundredths)
{
    size_t dot = str_find(text, S("."), 0);
    Str whole = str_sub(text, 0, dot == SIZE_MAX ? text.len : dot);
    Str rest = dot == SIZE_MAX ? S("0") : str_sub(text, dot + 1, SIZE_MAX);
    int64_t a, b;
    if (whole.len == 0 || whole.len > 4 || rest.len == 0 || rest.len > 2 || whole.ptr[0] == '-' || rest.ptr[0] == '-')
        return false;
    if (!str_to_int(whole, &a) || !str_to_int(rest, &b))
        return false;
    *hundredths = a * POINT + (rest.len == 1 ? b * 10 : b);
    return true;
}

int64_t points_mean(int64_t sum, int64_t count)
{
    return count ? divided(sum, count) : 0;
}

/* --- lines -------------------------------------------------------------------------------------------------------- */

/* The next line that is not blank, numbered as it stands. */
static bool next_line(Str *rest, int *number, Str *line)
{
    while (str_cut(rest, '\n', line)) {
        (*number)++;
        *line = str_trim(*line);
        if (line->len)
            return true;
    }
    return false;
}

static Str next_word(Str *rest)
{
    size_t at = 0;
    while (at < rest->len && rest->ptr[at] != ' ' && rest->ptr[at] != '\t')
        at++;
    Str word = str_sub(*rest, 0, at);
    *rest = str_trim(str_sub(*rest, at, SIZE_MAX));
    return word;
}

static Status line_fault(Ctx *c, const char *field, int number, Str line, Text rule, Text remedy)
{
    return fail_field(c, str_of(field), line,
        text_format(c, "第%d行：%s", "line %d: %s", number, c->lang == LANG_ZH ? rule.zh : rule.en), remedy);
}

/* --- a sheet ------------------------------------------------------------------------------------------------------ */

typedef struct SheetReader {
    const Scheme *scheme;
    const SchemePart *part;
    bool given[SCHEME_INDICATORS_MAX];
    int64_t sum;
    StrBuf kept;
    int number; /* of the line */
} SheetReader;

static Status mark_fault(Ctx *c, const SheetReader *r, Str line, Text rule, Text remedy)
{
    return line_fault(c, "marks", r->number, line, rule, remedy);
}

static Status check_mark(
    Ctx *c, const SheetReader *r, const SchemeIndicator *i, Str line, Str points, Str reason, int64_t *out)
{
    if (!points_read(points, out))
        return mark_fault(c, r, line,
            T("分值应为不小于0、最多两位小数的数", "points are a number with two decimals at most"),
            T("例如：A1 2.5 理由", "write it as: A1 2.5 reason"));
    if (*out > (int64_t)i->max * POINT)
        return mark_fault(c, r, line, text_format(c, "该指标最多%d分", "the indicator has %d points at most", i->max),
            T("请核对分值", "check the points"));
    bool lost = r->scheme->deducts ? *out > 0 : *out < (int64_t)i->max * POINT;
    if (lost && reason.len == 0)
        return mark_fault(c, r, line, T("扣分须写明理由", "what is deducted wants a reason"),
            T("请在分值后写明理由", "write it behind the points"));
    return str_chars(reason) <= 200
               ? ST_OK
               : mark_fault(c, r, line, T("理由超过200字", "the reason is longer than 200 characters"),
                     T("请简要填写", "say it briefly"));
}

static Status read_mark(Ctx *c, SheetReader *r, Str line)
{
    Str rest = line, code = next_word(&rest), points = next_word(&rest);
    const SchemeIndicator *i = part_indicator(r->part, code);
    int64_t n;
    if (!i)
        return mark_fault(c, r, line, T("没有这个指标", "names no indicator of this part"),
            T("请用评分表上的指标代码", "use the codes of the sheet"));
    size_t at = (size_t)(i - r->part->indicators);
    if (r->given[at])
        return mark_fault(
            c, r, line, T("同一指标填了两次", "gives an indicator twice"), T("请合并为一行", "make it one line"));
    TRY(check_mark(c, r, i, line, points, rest, &n));
    r->given[at] = true;
    r->sum += n;
    strbuf_addf(&r->kept, "%s%.*s %.*s%s%.*s", r->kept.len ? "\n" : "", STR_ARG(i->code),
        STR_ARG(points_text(c->arena, n)), rest.len ? " " : "", STR_ARG(rest));
    return ST_OK;
}

Status marks_read(Ctx *c, const Scheme *scheme, const SchemePart *part, Str text, int64_t *score, Str *kept)
{
    SheetReader r = { .scheme = scheme, .part = part, .kept = strbuf_in(c->arena) };
    Str line;
    int64_t full = (int64_t)part->max * POINT;
    while (next_line(&text, &r.number, &line))
        TRY(read_mark(c, &r, line));
    for (size_t i = 0; i < part->count && !scheme->deducts; i++)
        if (!r.given[i])
            return fail_field(c, S("marks"), part->indicators[i].code,
                T("这个指标还没有评分", "this indicator has no points yet"), T("请逐项评分", "give points to each"));
    *score = !scheme->deducts ? r.sum : r.sum < full ? full - r.sum : 0;
    *kept = strbuf_str(&r.kept);
    return ST_OK;
}

/* --- ballots ------------------------------------------------------------------------------------------------------ */

int64_t ballot_total(const BallotGroup *group)
{
    int64_t sum = 0;
    for (int i = 0; i < VOTE_KINDS; i++)
        sum += group->votes[i];
    return sum;
}

static Status read_group(Ctx *c, int number, Str line, BallotGroup *out)
{
    Str rest = line;
    out->name = next_word(&rest);
    for (int i = 0; i < VOTE_KINDS; i++) {
        Str word = next_word(&rest);
        if (!str_to_int(word, &out->votes[i]) || out->votes[i] < 0 || out->votes[i] > BALLOT_VOTES_MAX)
            return line_fault(c, "ballots", number, line,
                T("组别后应有四个票数：满意、基本满意、不满意、弃权",
                    "a group is followed by four counts: satisfied, basically, not, abstained"),
                T("例如：本单位职工 30 5 1 0", "write it as: staff 30 5 1 0"));
    }
    if (rest.len || str_chars(out->name) > BALLOT_NAME_MAX)
        return line_fault(c, "ballots", number, line,
            T("一行一组，组别名称不超过20字、不含空格", "one group a line, its name of 20 characters without blanks"),
            T("请核对这一行", "check the line"));
    if (ballot_total(out) == 0)
        return line_fault(
            c, "ballots", number, line, T("这一组没有票", "has no ballots"), T("没有收到票的组不填", "leave it out"));
    return ST_OK;
}

/* A small group is added to the others, and nothing of it is kept by itself. */
static void add_group(Ctx *c, const BallotGroup *group, int least, Ballots *out)
{
    if (ballot_total(group) >= least) {
        out->groups[out->count++] = *group;
        return;
    }
    for (int i = 0; i < VOTE_KINDS; i++)
        out->other.votes[i] += group->votes[i];
    out->small_names =
        str_format(c->arena, "%.*s%s%.*s", STR_ARG(out->small_names), out->small ? "、" : "", STR_ARG(group->name));
    out->small++;
}

Status ballots_read(Ctx *c, Str text, int least, Ballots *out)
{
    Str names[BALLOT_GROUPS_MAX], line;
    int number = 0;
    size_t count = 0;
    *out = (Ballots){ .count = 0 };
    while (next_line(&text, &number, &line)) {
        BallotGroup group;
        if (count == BALLOT_GROUPS_MAX)
            return line_fault(
                c, "ballots", number, line, T("组别太多", "too many groups"), T("最多20组", "20 at most"));
        TRY(read_group(c, number, line, &group));
        for (size_t i = 0; i < count; i++)
            if (str_eq(names[i], group.name))
                return line_fault(c, "ballots", number, line, T("同一组填了两次", "gives a group twice"),
                    T("请合并为一行", "make it one line"));
        names[count++] = group.name;
        add_group(c, &group, least, out);
    }
    out->other_shown = out->small && ballot_total(&out->other) >= least;
    return count ? ST_OK
                 : fail_field(c, S("ballots"), STR_NONE, T("没有票数", "there are no ballots"),
                       T("请按组填写汇总票数", "give the totals of each group"));
}

bool ballots_counted(const BallotGroup *shown, size_t count, int64_t votes[VOTE_KINDS])
{
    for (int i = 0; i < VOTE_KINDS; i++) {
        votes[i] = 0;
        for (size_t g = 0; g < count; g++)
            votes[i] += shown[g].votes[i];
    }
    return votes[VOTE_SATISFIED] + votes[VOTE_BASIC] + votes[VOTE_UNSATISFIED] > 0;
}

bool ballots_score(const Scheme *scheme, const int64_t votes[VOTE_KINDS], int64_t *score)
{
    int64_t valid = votes[VOTE_SATISFIED] + votes[VOTE_BASIC] + votes[VOTE_UNSATISFIED];
    int64_t content = votes[VOTE_SATISFIED] * 100 + votes[VOTE_BASIC] * scheme->basic_percent;
    *score = valid ? divided((int64_t)scheme_ballot(scheme)->max * content, valid) : 0;
    return valid > 0;
}

/* --- together ----------------------------------------------------------------------------------------------------- */

static void score_part(const Scheme *scheme, PartScore *p)
{
    p->score = 0;
    if (!p->part->ballot)
        p->score = points_mean(p->sum, p->sheets);
    else if (p->counted)
        p->counted = ballots_score(scheme, p->votes, &p->score);
    p->share = scheme->deducts ? p->score : divided(p->score * p->part->weight, p->part->max);
}

static int64_t sum_of(const Scheme *scheme, const PartScore *parts, int64_t *weights)
{
    int64_t sum = 0;
    *weights = 0;
    for (size_t i = 0; i < scheme->part_count; i++) {
        if (!parts[i].counted)
            continue;
        sum += parts[i].share;
        *weights += parts[i].part->weight;
    }
    return sum;
}

int64_t score_total(const Scheme *scheme, PartScore *parts)
{
    int64_t weights;
    for (size_t i = 0; i < scheme->part_count; i++)
        score_part(scheme, &parts[i]);
    int64_t sum = sum_of(scheme, parts, &weights);
    return weights == 100 || weights == 0 ? sum : divided(sum * 100, weights);
}

const SchemeGrade *scheme_grade(const Scheme *scheme, int64_t total)
{
    for (size_t i = 0; i + 1 < scheme->grade_count; i++)
        if (total >= (int64_t)scheme->grades[i].from * POINT)
            return &scheme->grades[i];
    return &scheme->grades[scheme->grade_count - 1];
}

/* --- in words ----------------------------------------------------------------------------------------------------- */

static Str ballot_words(Ctx *c, const Scheme *scheme, const PartScore *p)
{
    if (!p->counted)
        return str_format(c->arena, "%s：没有可计票的组，不计分", p->part->label.zh);
    long long yes = (long long)p->votes[VOTE_SATISFIED], half = (long long)p->votes[VOTE_BASIC],
              no = (long long)p->votes[VOTE_UNSATISFIED];
    return str_format(c->arena,
        "%s：满意%lld票、基本满意%lld票、不满意%lld票（弃权%lld票不计），%d×（%lld＋%lld×%d%%）÷%lld＝%.*s分",
        p->part->label.zh, yes, half, no, (long long)p->votes[VOTE_ABSTAINED], p->part->max, yes, half,
        scheme->basic_percent, yes + half + no, STR_ARG(points_text(c->arena, p->score)));
}

Str part_words(Ctx *c, const Scheme *scheme, const PartScore *p)
{
    if (p->part->ballot)
        return ballot_words(c, scheme, p);
    Str score = points_text(c->arena, p->score);
    Str start = str_format(c->arena, "%s：满分%d分，%lld份评分表%s%.*s分", p->part->label.zh, p->part->max,
        (long long)p->sheets, p->sheets > 1 ? "平均" : "得", STR_ARG(score));
    if (scheme->deducts)
        return start;
    return str_format(c->arena, "%.*s，按权重%d%%计%.*s分", STR_ARG(start), p->part->weight,
        STR_ARG(points_text(c->arena, p->share)));
}

Str total_words(Ctx *c, const Scheme *scheme, const PartScore *parts, int64_t total)
{
    StrBuf b = strbuf_in(c->arena);
    int64_t weights, sum = sum_of(scheme, parts, &weights);
    const SchemeGrade *grade = scheme_grade(scheme, total);
    for (size_t i = 0; i < scheme->part_count; i++)
        if (parts[i].counted)
            strbuf_addf(&b, "%s%.*s", b.len ? "＋" : "合计：", STR_ARG(points_text(c->arena, parts[i].share)));
    strbuf_addf(&b, "＝%.*s分", STR_ARG(points_text(c->arena, sum)));
    if (sum != total)
        strbuf_addf(&b, "；不计分的部分除外，按百分制折算：%.*s×100÷%lld＝%.*s分", STR_ARG(points_text(c->arena, sum)),
            (long long)weights, STR_ARG(points_text(c->arena, total)));
    strbuf_addf(&b, "；等次“%s”（%d分及以上）", grade->label.zh, grade->from);
    return strbuf_str(&b);
}
