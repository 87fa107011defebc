/* A figure by one or two dimensions: findings by theme and year, the rate by round. Each cell is the figure of the
 * same selection with one condition more, so its door opens what it counts. */
#ifndef INSIGHT_BREAKDOWN_H
#define INSIGHT_BREAKDOWN_H

#include "insight/indicator.h"

/* The filters are dimensions too; these come on top. X(NAME, name, 中文, English) */
#define DIMENSIONS(X)                                \
    X(TERM, term, "届", "Term")                      \
    X(YEAR, year, "年度", "Year")                    \
    X(ROUND, round, "轮次", "Round")                 \
    X(LEVEL, level, "单位层级", "Unit's level")      \
    X(SECTOR, sector, "系统（领域）", "Sector")      \
    X(KIND, kind, "单位类别", "Unit's kind")         \
    X(FRAMEWORK, framework, "问题分类", "Framework") \
    X(THEME, theme, "问题主题", "Theme")             \
    X(CATEGORY, category, "问题类别", "Category")    \
    X(SEVERITY, severity, "程度", "Severity")        \
    X(STATE, state, "状态", "State")                 \
    X(CAUSE, cause, "未完成原因", "Why open")        \
    X(POST, post, "职务类别", "Posts")               \
    X(FORM, form, "问责形式", "Form")                \
    X(UNIT, unit, "单位", "Unit")
typedef enum Dimension {
    BY_NOTHING,
#define X(N, ...) BY_##N,
    DIMENSIONS(X)
#undef X
        DIMENSION_COUNT
} Dimension;
extern const Choices dimensions;

/* The key by which an entity is grouped; false when its records do not carry the dimension. */
bool dimension_key(const Entity *entity, Dimension by, GroupKey *out);
/* The same of an indicator's records; false also where the dimension does not narrow what it counts. */
bool indicator_key(const Indicator *indicator, Dimension by, GroupKey *out);
/* The field that a key's values are values of. */
const Field *dimension_field(const Entity *entity, const GroupKey *key);
/* Adds the condition that a group stands for; an empty value: absent. */
void dimension_narrow(Ctx *c, Selection *sel, const GroupKey *key, Str value);

enum { CELLS_MAX = 5000 };
typedef struct Cell {
    Str keys[2];
    int64_t records;
    int64_t numerator; /* the same, or the sum, or the different values */
    int64_t denominator;
} Cell;
typedef struct Breakdown {
    GroupKey keys[2];
    uint8_t key_count;
    Cell *cells; /* in the order of the keys */
    size_t count;
} Breakdown;
/* ST_INVALID when the figure's records lack a dimension; ST_TOO_BIG above CELLS_MAX cells. */
Status breakdown_compute(Ctx *c, const Indicator *indicator, const FigureWish *wish, const Dimension *by,
    size_t by_count, Breakdown *out) MUST_CHECK;

#endif
