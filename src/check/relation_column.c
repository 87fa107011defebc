/* A table told in prose: 上级转办135件，办结128件；本级受理307件，办结291件；两类共442件，办结419件. One column that
 * adds up shows that no row is left out, so that the other must add up too. Tables whose totals stand before them are
 * relation_sum.c's. */
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

static Range sum_of(const Reading *r, const size_t *column, size_t count)
{
    Range sum = { 0, 0 };
    for (size_t i = 0; i < count; i++)
        sum = range_add(sum, range_of(&r->num[column[i]]));
    return sum;
}

/* `count` parts, and behind them their total. */
static void say_column(Reading *r, const size_t *column, size_t count, bool fits)
{
    const Num *whole = &r->num[column[count]], *first = &r->num[column[0]];
    List parts;
    list_start(&parts, LIST_COMMA, column[count], column[count]);
    for (size_t i = 0; i < count; i++) {
        parts.item[parts.count] = (uint32_t)column[i];
        parts.times[parts.count++] = 1;
    }
    Range sum = list_sum(r, &parts, parts.count);
    Claim c = { .kind = CHECK_SUM, .rule = CHECK_RULE_TOTAL, .stated = whole, .from = first->from, .to = whole->end };
    c.verdict = fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT;
    c.formula = list_formula(r, &parts, parts.count);
    c.result = words_like(r, (sum.lo + sum.hi) / 2, whole);
    claim_add(r, &c);
}

/* Whether the last row says 共 and adds up the others. Three rows of which one does so by chance say nothing. */
static bool judge_table(Reading *r, const Table *t)
{
    size_t rows = t->count - 1;
    if (!has_total(r, &r->num[t->first[rows]]))
        return false;
    bool first = verdict_prints(sum_of(r, t->first, rows), &r->num[t->first[rows]]),
         second = verdict_prints(sum_of(r, t->second, rows), &r->num[t->second[rows]]);
    if (!first && !second)
        return false;
    say_column(r, t->first, rows, first);
    say_column(r, t->second, rows, second);
    return true;
}

void relation_columns(Reading *r)
{
    Table t;
    for (size_t i = 1; i < r->count; i++)
        if (read_table(r, i, &t) && judge_table(r, &t))
            i = t.second[t.count - 1];
}
