/* Fixed statistics forms (统计报表) as data: rows, columns, formulas and cross-checks; and mappings of a superior's
 * workbook, whose cells are filled from the same values. A form is a JSON text of this shape:
 *
 *   { "code": "ZG-01", "title": "…", "title_en": "…", "note": "…",
 *     "columns": [ { "key": "told", "label": "反馈问题（个）", "label_en": "…", "figure": "findings_fed_back" },
 *                  { "key": "rate", "label": "…", "formula": "percent(done, told)" } ],
 *     "rows":    [ { "key": "total", "label": "合计" }, { "key": "rounds", "each": "round" },
 *                  { "key": "offices", "label": "党委部门", "filter": { "kind": "party" } } ],
 *     "checks":  [ { "label": "各轮之和等于合计", "left": "sum(rounds.told)", "right": "total.told" } ] }
 *
 *   { "code": "SJ-01", "title": "…",
 *     "values":  [ { "key": "told", "figure": "findings_fed_back", "filter": { "year": 2021 } } ],
 *     "cells":   [ { "sheet": "表一", "cell": "C5", "value": "told" },
 *                  { "sheet": "表一", "cell": "D5", "formula": "percent(done, told)" } ] }
 *
 * Numbers are those of the indicators, within what the reader may see. */
#ifndef INSIGHT_FORM_H
#define INSIGHT_FORM_H

#include "insight/breakdown.h"
#include "insight/formula.h"

enum {
    FORM_COLUMNS_MAX = 24,
    FORM_ROWS_MAX = 80,
    FORM_CHECKS_MAX = 30,
    FORM_VALUES_MAX = 200,
    FORM_CELLS_MAX = 400,
    FORM_LINES_MAX = 600
};

typedef struct FormColumn {
    Str key;
    Text label;
    const Indicator *figure; /* or */
    Str formula;
} FormColumn;
typedef struct FormRow {
    Str key;
    Text label;
    Dimension each; /* a line a value; BY_NOTHING: one line */
    FigureFilter *filter;
} FormRow;
typedef struct FormCheck {
    Text label;
    Str left, right;
} FormCheck;
typedef struct FormValue {
    Str key;
    const Indicator *figure;
    FigureFilter *filter;
} FormValue;
typedef struct FormCell {
    Str sheet, address;
    Str formula; /* a value's key is one too */
} FormCell;

typedef struct Form {
    Str code;
    Text title, note;
    FormColumn columns[FORM_COLUMNS_MAX];
    size_t column_count;
    FormRow rows[FORM_ROWS_MAX];
    size_t row_count;
    FormCheck checks[FORM_CHECKS_MAX];
    size_t check_count;
    FormValue *values; /* of a mapping */
    size_t value_count;
    FormCell *cells;
    size_t cell_count;
} Form;

/* Reads and checks a form; every fault names its place ("columns[2].figure"). */
Status form_read(Ctx *c, Str json, Form **out) MUST_CHECK;

typedef struct FormLine {
    const FormRow *row;
    const Field *field; /* of which `value` is one; NULL: the row has one line */
    Str value;
    FormNumber numbers[FORM_COLUMNS_MAX];
    Str doors[FORM_COLUMNS_MAX]; /* of columns that are figures; empty: none */
} FormLine;
typedef struct FormResult {
    FormLine *lines;
    size_t line_count;
    struct {
        FormNumber left, right;
    } checks[FORM_CHECKS_MAX];
    FormNumber *cells; /* of a mapping, in its order */
} FormResult;
/* ST_TOO_BIG above FORM_LINES_MAX lines. */
Status form_compute(Ctx *c, const Form *form, const FigureWish *wish, FormResult *out) MUST_CHECK;
/* "4119", "98.71": without trailing zeros; "—" when it is not known. */
Str form_number_text(Ctx *c, FormNumber n);

#endif
