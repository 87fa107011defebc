/* Merged cells: the rows come one by one, and each is told what the merges above and in it repeat. */
#include "document/sheet_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { WORK_MAX = 32 * 1024 * 1024 }; /* cells repeated in a sheet */

static Status refuse(Ctx *c, const Merges *m, Text what)
{
    Str zh = str_of(what.zh), en = str_of(what.en), said = c->lang == LANG_ZH ? zh : en;
    return fail(c, ST_INVALID, "%.*s：%.*s", "%.*s: %.*s", STR_ARG(m->part), STR_ARG(said));
}

/* --- from the file ----------------------------------------------------------------------------------------------- */

static bool corners(Str range, Merge *out)
{
    Str first = range, last = range;
    int column, last_column;
    int64_t row, last_row;
    size_t colon = str_find(range, S(":"), 0);
    if (colon != SIZE_MAX) {
        first = str_sub(range, 0, colon);
        last = str_sub(range, colon + 1, SIZE_MAX);
    }
    if (!value_address(first, &column, &row) || !value_address(last, &last_column, &last_row))
        return false;
    if (last_column >= SHEET_READ_COLUMNS_MAX || last_row > SHEET_READ_ROWS_MAX || last_column < column ||
        last_row < row)
        return false;
    *out = (Merge){ (int32_t)row, (int32_t)last_row, (int16_t)column, (int16_t)last_column };
    return true;
}

Status merges_add(Ctx *c, Merges *m, Str range)
{
    Merge merge;
    if (!corners(range, &merge))
        return refuse(c, m, T("合并单元格的范围有错", "a range of merged cells is wrong"));
    if (merge.first_row == merge.last_row && merge.first_column == merge.last_column)
        return ST_OK;
    if (m->count == SHEET_READ_MERGES_MAX)
        return refuse(c, m, T("合并单元格超过500000处", "more than 500,000 ranges of merged cells"));
    m->all = parts_room(m->memory, m->all, m->count, &m->room, sizeof *m->all);
    m->all[m->count++] = merge;
    return ST_OK;
}
static_assert(SHEET_READ_MERGES_MAX == 500000, "as the message says");

static int by_place(const void *left, const void *right)
{
    const Merge *a = left, *b = right;
    if (a->first_row != b->first_row)
        return a->first_row < b->first_row ? -1 : 1;
    return (a->first_column > b->first_column) - (a->first_column < b->first_column);
}

void merges_sort(Merges *m)
{
    if (m->count)
        qsort(m->all, m->count, sizeof *m->all, by_place);
}

/* --- those that reach a row -------------------------------------------------------------------------------------- */

static void drop_ended(Merges *m, int64_t row)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->active_count; i++) {
        HeldMerge *held = m->active[i];
        if (held->at.last_row >= row) {
            m->active[kept++] = held;
        } else {
            held->next_unused = m->unused;
            m->unused = held;
        }
    }
    m->active_count = kept;
}

void merges_restart(Merges *m)
{
    drop_ended(m, INT64_MAX);
    m->next = 0;
    m->work = 0;
}

static HeldMerge *take_held(Merges *m)
{
    HeldMerge *held = m->unused;
    if (held) {
        m->unused = held->next_unused;
        return held;
    }
    held = arena_new_of(m->memory, HeldMerge);
    held->text = strbuf_in(m->memory);
    return held;
}

static Status activate(Ctx *c, Merges *m, const Merge *merge)
{
    size_t at = m->active_count;
    m->active = parts_room(m->memory, m->active, m->active_count, &m->active_room, sizeof(HeldMerge *));
    while (at > 0 && m->active[at - 1]->at.first_column > merge->first_column)
        at--;
    if ((at > 0 && m->active[at - 1]->at.last_column >= merge->first_column) ||
        (at < m->active_count && m->active[at]->at.first_column <= merge->last_column))
        return refuse(c, m, T("合并单元格互相重叠", "ranges of merged cells overlap"));
    memmove(&m->active[at + 1], &m->active[at], (m->active_count - at) * sizeof(HeldMerge *));
    HeldMerge *held = take_held(m);
    held->at = *merge;
    held->value = (SheetCell){ .kind = CELL_EMPTY };
    m->active[at] = held;
    m->work += (int64_t)m->active_count++;
    return ST_OK;
}

static Status enter_row(Ctx *c, Merges *m, int64_t row)
{
    drop_ended(m, row);
    for (; m->next < m->count && m->all[m->next].first_row <= row; m->next++)
        if (m->all[m->next].last_row >= row)
            TRY(activate(c, m, &m->all[m->next]));
    for (size_t i = 0; i < m->active_count; i++)
        m->work += 1 + m->active[i]->at.last_column - m->active[i]->at.first_column;
    if (m->work > WORK_MAX)
        return refuse(c, m, T("合并单元格的范围太大", "the ranges of merged cells are too large"));
    return ST_OK;
}

/* --- the row ----------------------------------------------------------------------------------------------------- */

/* Whether anything stands outside the merges, or begins one. Also gives each beginning merge its value. */
static bool take_own(Merges *m, int64_t row, const SheetCell *cells, size_t count)
{
    bool own = false;
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        while (at < m->active_count && m->active[at]->at.last_column < cells[i].column)
            at++;
        HeldMerge *held = at < m->active_count ? m->active[at] : NULL;
        if (!held || held->at.first_column > cells[i].column) {
            own = true;
        } else if (held->at.first_row == row && held->at.first_column == cells[i].column) {
            own = true;
            held->value = cells[i];
            if (held->at.last_row > row && !held->value.lasting) {
                held->text.len = 0;
                strbuf_add(&held->text, cells[i].text);
                held->value.text = strbuf_str(&held->text);
            }
        }
    }
    return own;
}

static size_t repeat(const HeldMerge *held, SheetCell *to)
{
    size_t n = 0;
    if (held->value.kind == CELL_EMPTY)
        return 0;
    for (int column = held->at.first_column; column <= held->at.last_column; column++) {
        to[n] = held->value;
        to[n++].column = column;
    }
    return n;
}

static size_t weave(const Merges *m, const SheetCell *cells, size_t count, SheetCell *out)
{
    size_t n = 0, from = 0;
    for (size_t i = 0; i < m->active_count; i++) {
        const HeldMerge *held = m->active[i];
        while (from < count && cells[from].column < held->at.first_column)
            out[n++] = cells[from++];
        while (from < count && cells[from].column <= held->at.last_column)
            from++;
        n += repeat(held, out + n);
    }
    while (from < count)
        out[n++] = cells[from++];
    return n;
}

Status merges_apply(Ctx *c, Merges *m, Arena *memory, int64_t row, SheetCell **cells, size_t *count)
{
    size_t room = *count;
    if (m->active_count == 0 && m->next == m->count)
        return ST_OK;
    TRY(enter_row(c, m, row));
    if (!take_own(m, row, *cells, *count)) {
        *count = 0;
        return ST_OK;
    }
    for (size_t i = 0; i < m->active_count; i++)
        room += 1 + (size_t)(m->active[i]->at.last_column - m->active[i]->at.first_column);
    SheetCell *out = arena_array_of(memory, SheetCell, room);
    *count = weave(m, *cells, *count, out);
    *cells = out;
    return ST_OK;
}
