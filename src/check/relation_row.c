/* Rows of two measures, the first or the last of which is the sum of the others:
 * 发现问题728个，移交线索64件。第一轮391个、 37件；第二轮337个、27件. Where one column adds up no row is left out, so
 * that the other must add up too. Rows of one measure are relation_column.c's. */
#include "check/evidence.h"

enum { ROWS_MAX = 32, ROWS_LEAST = 3, LARGE = 50, FINE = 1000 };

typedef struct Rows {
    uint32_t cell[2][ROWS_MAX];
    size_t count;
    size_t next; /* index of the first figure behind */
} Rows;

static bool is_cell(const Num *n)
{
    return n->kind == NUM_COUNT && !n->one && !n->way && !n->average && !n->past && !n->each && n->depth == 0 &&
           n->approx == APPROX_NOT && n->family != MEASURE_NONE &&
           !(n->family & (MEASURE_TIME | MEASURE_LEVEL | MEASURE_TEAM));
}

/* A part of the cell before it: 286人，其中给予处分173人. */
static bool is_aside(const Reading *r, const Num *n)
{
    return text_has(&r->f, n->lead, n->from, S("其中")) || text_has(&r->f, n->lead, n->from, S("占"));
}

static bool read_rows(const Reading *r, size_t from, Rows *rows)
{
    if (from + 1 >= r->count || !is_cell(&r->num[from]) || !is_cell(&r->num[from + 1]) ||
        r->num[from + 1].sentence != r->num[from].sentence || num_same_measure(r, &r->num[from], &r->num[from + 1]))
        return false;
    *rows = (Rows){ .next = from };
    size_t column = 0;
    for (size_t i = from; i < r->count && i < from + CHECK_WINDOW; i++) {
        const Num *n = &r->num[i];
        if (n->sentence > r->num[from].sentence + 1 || rows->count == ROWS_MAX)
            break;
        bool first = is_cell(n) && num_same_measure(r, n, &r->num[from]),
             second = is_cell(n) && num_same_measure(r, n, &r->num[from + 1]);
        if ((!first && !second) || (second && column == 0 && is_aside(r, n)))
            continue;
        if (first != (column == 0))
            break;
        rows->cell[column][rows->count] = (uint32_t)i;
        rows->count += column;
        column = 1 - column;
        rows->next = i + 1;
    }
    return rows->count >= ROWS_LEAST;
}

/* The rows but the one that is their total, `whole`, in one column. */
static void take_column(const Rows *rows, size_t column, size_t whole, List *list)
{
    list_start(list, LIST_COMMA, rows->cell[column][whole], rows->next);
    for (size_t i = 0; i < rows->count; i++) {
        if (i == whole)
            continue;
        list->item[list->count] = rows->cell[column][i];
        list->times[list->count++] = 1;
    }
}

static void say_column(Reading *r, const List *list, Range sum, bool fits)
{
    const Num *whole = &r->num[list->head], *first = &r->num[list->item[0]], *last = &r->num[list_last(list)];
    Claim c = { .kind = CHECK_SUM, .rule = CHECK_RULE_TOTAL, .stated = whole };
    c.verdict = fits ? CHECK_CONSISTENT : CHECK_INCONSISTENT;
    c.from = whole->from < first->from ? whole->from : first->from;
    c.to = whole->end > last->end ? whole->end : last->end;
    c.formula = list_formula(r, list, list->count);
    c.result = words_like(r, (sum.lo + sum.hi) / 2, whole);
    claim_add(r, &c);
}

/* One column fits and the other misses by a digit. Two rows of small figures would fit by chance. */
static bool judge_rows(Reading *r, const Rows *rows, size_t whole)
{
    List list[2];
    Range sum[2];
    bool fits[2];
    for (size_t k = 0; k < 2; k++) {
        take_column(rows, k, whole, &list[k]);
        sum[k] = list_sum(r, &list[k], list[k].count);
        fits[k] = verdict_prints(sum[k], &r->num[list[k].head]);
    }
    if (fits[0] == fits[1])
        return fits[0];
    size_t bad = fits[0] ? 1 : 0;
    const Num *good = &r->num[list[1 - bad].head], *missed = &r->num[list[bad].head];
    bool small = rows->count == ROWS_LEAST && good->value / good->step < LARGE;
    if ((small && missed->value / missed->step < FINE) ||
        !evidence_refutes(STRENGTH_MIDDLE, miss_of_list(r, &list[bad], sum[bad])))
        return false;
    say_column(r, &list[1 - bad], sum[1 - bad], true);
    say_column(r, &list[bad], sum[bad], false);
    return true;
}

void relation_rows(Reading *r)
{
    Rows rows;
    for (size_t i = 0; i + 1 < r->count; i++)
        if (read_rows(r, i, &rows) && (judge_rows(r, &rows, 0) || judge_rows(r, &rows, rows.count - 1)))
            i = rows.next - 1;
}
