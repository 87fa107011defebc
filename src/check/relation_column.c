/* A table told in prose: 上级转办135件，办结128件；本级受理307件，办结291件；两类共442件，办结419件. One column that
 * adds up shows that no row is left out, so that the other must add up too. */
#include "check/list.h"

enum { WORD = 6, ROWS_MAX = 32 };

/* Rows of two: the second figure of each is told with the same last two letters, or right behind the first:
 * 38批126人次. */
typedef struct Table {
    Str word; /* 办结; empty: right behind */
    size_t first[ROWS_MAX], second[ROWS_MAX];
    size_t count;
} Table;

static bool is_cell(const Num *n)
{
    return n->kind == NUM_COUNT && !n->one && !n->way && !n->average && n->depth == 0 && n->approx == APPROX_NOT;
}

static bool is_right_behind(const Reading *r, size_t at)
{
    return at > 0 && r->num[at - 1].end == r->num[at].from && is_cell(&r->num[at - 1]) &&
           !num_same_measure(r, &r->num[at - 1], &r->num[at]);
}

/* Whether the figure stands in the second column. */
static bool is_second(const Reading *r, const Table *t, size_t at)
{
    const Num *n = &r->num[at];
    if (!is_cell(n))
        return false;
    return t->word.len ? n->from >= n->lead + WORD && text_ends(&r->f, n->lead, n->from, t->word)
                       : is_right_behind(r, at);
}

/* What marks the second column of a table that could begin with this figure in it. */
static bool second_mark(const Reading *r, size_t at, Str *word)
{
    const Num *n = &r->num[at];
    *word = STR_NONE;
    if (!is_cell(n) || is_right_behind(r, at))
        return is_cell(n);
    if (n->from < n->lead + WORD || !text_is_chinese(&r->f, n->from - WORD) ||
        !text_is_chinese(&r->f, n->from - WORD / 2))
        return false;
    *word = (Str){ r->f.ptr + n->from - WORD, WORD };
    return true;
}

/* The figure right before `at` that can be counted, not at or before `least`; only shares may stand between. */
static size_t cell_before(const Reading *r, size_t at, size_t least)
{
    while (at > least && r->num[at - 1].kind == NUM_PERCENT)
        at--;
    return at > least && is_cell(&r->num[at - 1]) ? at - 1 : SIZE_MAX;
}

static bool has_total(const Reading *r, const Num *n)
{
    static const Str totals[] = { S_INIT("共"), S_INIT("合计"), S_INIT("总计"), WORDS_END };
    return num_lead_has_any(r, n, totals);
}

/* What stands in the sentence of `at`, or in the one behind where that says 三类共. */
static bool belongs(const Reading *r, size_t from, size_t a)
{
    const Num *first = &r->num[from], *n = &r->num[a];
    return n->sentence == first->sentence || (n->sentence == first->sentence + 1 && has_total(r, n));
}

static bool read_table(const Reading *r, size_t from, Table *t)
{
    t->count = 0;
    if (from == 0 || !second_mark(r, from, &t->word))
        return false;
    size_t least = 0;
    for (size_t i = from; i < r->count && i < from + CHECK_WINDOW && t->count < ROWS_MAX; i++) {
        if (!is_second(r, t, i))
            continue;
        size_t a = cell_before(r, i, least);
        if (a == SIZE_MAX || !belongs(r, from, a) || r->num[a].sentence != r->num[i].sentence ||
            (t->count && !num_same_measure(r, &r->num[t->first[0]], &r->num[a])) ||
            !num_same_measure(r, &r->num[from], &r->num[i]))
            break;
        t->first[t->count] = a;
        t->second[t->count++] = i;
        least = i + 1;
        if (r->num[i].sentence != r->num[from].sentence)
            break;
    }
    return t->count >= 3;
}

static Range sum_of(const Reading *r, const size_t *column, size_t from, size_t to)
{
    Range sum = { 0, 0 };
    for (size_t i = from; i < to; i++)
        sum = range_add(sum, range_of(&r->num[column[i]]));
    return sum;
}

static void say_column(Reading *r, const size_t *column, size_t count, size_t total, bool fits)
{
    const Num *whole = &r->num[column[total]], *first = &r->num[column[0]], *last = &r->num[column[count - 1]];
    List parts;
    list_start(&parts, LIST_COMMA, column[total], column[total]);
    for (size_t i = 0; i < count; i++)
        if (i != total) {
            parts.item[parts.count] = (uint32_t)column[i];
            parts.times[parts.count++] = 1;
        }
    Range sum = list_sum(r, &parts, parts.count);
    Claim c = { .kind = CHECK_SUM, .rule = CHECK_RULE_TOTAL, .stated = whole, .from = first->from, .to = last->end };
    c.verdict = fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT;
    c.formula = list_formula(r, &parts, parts.count);
    c.result = words_like(r, (sum.lo + sum.hi) / 2, whole);
    claim_add(r, &c);
}

/* The last row says 共; before the second stands 其中. Three rows of which one adds up the others by chance do not. */
static bool is_total_row(const Reading *r, const Table *t, size_t total)
{
    size_t second = t->first[1];
    return total ? has_total(r, &r->num[t->first[total]])
                 : text_has(&r->f, r->num[second - 1].end, r->num[second].from, S("其中"));
}

/* Whether the row `total`, the first or the last, adds up the others. */
static bool judge_table(Reading *r, const Table *t, size_t total)
{
    if (!is_total_row(r, t, total))
        return false;
    size_t from = total == 0, to = total == 0 ? t->count : total;
    bool first = verdict_prints(sum_of(r, t->first, from, to), &r->num[t->first[total]]),
         second = verdict_prints(sum_of(r, t->second, from, to), &r->num[t->second[total]]);
    if (!first && !second)
        return false;
    say_column(r, t->first, t->count, total, first);
    say_column(r, t->second, t->count, total, second);
    return true;
}

void relation_columns(Reading *r)
{
    Table t;
    for (size_t i = 1; i < r->count; i++) {
        if (!read_table(r, i, &t))
            continue;
        if (!judge_table(r, &t, t.count - 1) && !judge_table(r, &t, 0))
            continue;
        i = t.second[t.count - 1];
    }
}
