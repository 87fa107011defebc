/* Which part of what a figure counts: by term, year, round, and by the inspected unit and the framework. Each kind of
 * record says where it carries them; a figure whose records lack one does not apply, rather than being shown whole. */
#ifndef INSIGHT_FILTER_H
#define INSIGHT_FILTER_H

#include "domain/round.h"
#include "domain/selection.h"

#define FIGURE_FILTER_FIELDS(X)                                                        \
    X(FigureFilter, TEXT, term, "届", "Term", 40, INPUT, -)                            \
    X(FigureFilter, INT, year, "年度", "Year", 0, INPUT, -)                            \
    X(FigureFilter, REF, round, "轮次", "Round", 26, INPUT, ROUND)                     \
    X(FigureFilter, CHOICE, level, "单位层级", "Unit's level", 20, INPUT, unit_levels) \
    X(FigureFilter, TEXT, sector, "系统（领域）", "Sector", 40, INPUT, -)              \
    X(FigureFilter, CHOICE, kind, "单位类别", "Unit's kind", 20, INPUT, unit_kinds)    \
    X(FigureFilter, TEXT, framework, "问题分类", "Framework", 20, INPUT, -)
FIELDS_DECLARE(FigureFilter, FIGURE_FILTER_FIELDS);

/* "year", "2021": a filter by its name. `known` false when it is none of them. ST_INVALID names what is wrong. */
Status filter_read(Ctx *c, FigureFilter *filter, Str name, Str value, bool *known) MUST_CHECK;
/* Adds the filter's conditions; false, with the filter's field that the entity lacks, when it does not apply. */
bool filter_apply(Ctx *c, const FigureFilter *filter, Selection *sel, int *lacking);
/* Where an entity carries a filter (by its field's index): for grouping by it. */
bool filter_key(EntityKind entity, int filter_field, int16_t *via, int16_t *field, bool *year);
bool filter_is_empty(const FigureFilter *filter);

#endif
