/* Frozen figures (冻结指标): a set that was used outside keeps, for each figure, its definition, its Selections, its
 * values and the ids of the records behind them, under one digest that a person signs.
 *
 *   已冻结 → 已发布 (signed) | 已作废
 *
 * A Selection is kept as its door (insight/door.h), with the day of the set as DAY_OF_FIGURE, so that it can be asked
 * again as of any day. Several figures share a list of records: it is kept once a set. */
#ifndef DOMAIN_FIGURE_SET_H
#define DOMAIN_FIGURE_SET_H

#include "domain/signature.h"
#include "domain/workflow.h"

#define FIGURE_SET_STATES(X)                       \
    X(FROZEN, frozen, "已冻结待发布", "Frozen")    \
    X(PUBLISHED, published, "已发布", "Published") \
    X(VOID, void, "已作废", "Void")
enum FigureSetState { FIGURE_SET_STATE_NONE, FIGURE_SET_FROZEN, FIGURE_SET_PUBLISHED, FIGURE_SET_VOID };
extern const Choices figure_set_states;

#define FIGURE_SET_FIELDS(X)                                                                 \
    RECORD_FIELDS(X, FigureSet)                                                              \
    X(FigureSet, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)   \
    X(FigureSet, TEXT, title, "名称", "Title", 120, REQUIRED | INPUT | LISTED | SEARCHED, -) \
    X(FigureSet, TEXT, purpose, "用途", "Purpose", 200, INPUT | LISTED, -)                   \
    X(FigureSet, DATE, as_of, "截止日期", "As of", 0, REQUIRED | INPUT | LISTED, -)          \
    X(FigureSet, TEXT, filter, "筛选条件", "Filter", 400, INPUT | LISTED, -)                 \
    X(FigureSet, LONG, chosen, "指标", "Figures chosen", 2000, INPUT, -)                     \
    X(FigureSet, INT, count, "指标数", "Figures", 0, LISTED, -)                              \
    X(FigureSet, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, figure_set_states)   \
    X(FigureSet, TEXT, made_by, "冻结人", "Frozen by", 40, LISTED, -)                        \
    X(FigureSet, TEXT, digest, "摘要", "Digest", 64, REQUIRED, -)                            \
    X(FigureSet, INT, chain_seq, "审计序号", "Entry of the chain", 0, REQUIRED, -)           \
    X(FigureSet, DATE, published_on, "发布日期", "Published on", 0, LISTED, -)               \
    X(FigureSet, TEXT, published_by, "签发人", "Signed by", 60, LISTED, -)                   \
    X(FigureSet, LONG, void_because, "作废理由", "Why void", 1000, 0, -)
FIELDS_DECLARE(FigureSet, FIGURE_SET_FIELDS);

#define FROZEN_FIGURE_FIELDS(X)                                                                   \
    RECORD_FIELDS(X, FrozenFigure)                                                                \
    X(FrozenFigure, REF, figure_set, "指标集", "Set", 26, REQUIRED | LISTED, FIGURE_SET)          \
    X(FrozenFigure, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)             \
    X(FrozenFigure, INT, number, "指标序号", "Number", 0, REQUIRED | LISTED, -)                   \
    X(FrozenFigure, TEXT, indicator, "指标代码", "Indicator", 40, REQUIRED | LISTED, -)           \
    X(FrozenFigure, TEXT, name, "指标名称", "Name", 60, REQUIRED | LISTED, -)                     \
    X(FrozenFigure, TEXT, name_en, "英文名称", "Name in English", 80, 0, -)                       \
    X(FrozenFigure, LONG, definition, "口径", "Definition", 400, REQUIRED | LISTED, -)            \
    X(FrozenFigure, TEXT, value, "数值", "Value", 40, LISTED, -)                                  \
    X(FrozenFigure, TEXT, unit, "计量单位", "Counted in", 10, LISTED, -)                          \
    X(FrozenFigure, INT, numerator, "分子", "Numerator", 0, LISTED, -)                            \
    X(FrozenFigure, INT, denominator, "分母", "Denominator", 0, LISTED, -)                        \
    X(FrozenFigure, INT, decimals, "小数位", "Decimals", 0, REQUIRED, -)                          \
    X(FrozenFigure, TEXT, sum, "求和字段", "Field added up", 40, 0, -)                            \
    X(FrozenFigure, INT, later, "补录记录数", "Entered afterwards", 0, LISTED, -)                 \
    X(FrozenFigure, LONG, numerator_list, "分子查询", "Numerator's selection", 1000, REQUIRED, -) \
    X(FrozenFigure, LONG, denominator_list, "分母查询", "Denominator's selection", 1000, 0, -)    \
    X(FrozenFigure, TEXT, counted_by, "去重字段", "Counted once by", 40, 0, -)
FIELDS_DECLARE(FrozenFigure, FROZEN_FIGURE_FIELDS);

/* Ids in their order, one after another. */
#define FROZEN_LIST_FIELDS(X)                                                          \
    RECORD_FIELDS(X, FrozenList)                                                       \
    X(FrozenList, REF, figure_set, "指标集", "Set", 26, REQUIRED | LISTED, FIGURE_SET) \
    X(FrozenList, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)    \
    X(FrozenList, LONG, selection, "查询", "Selection", 1000, REQUIRED | LISTED, -)    \
    X(FrozenList, INT, count, "记录数", "Records", 0, REQUIRED | LISTED, -)            \
    X(FrozenList, TEXT, digest, "摘要", "Digest", 64, REQUIRED | LISTED, -)            \
    X(FrozenList, BYTES, ids, "记录标识", "Ids", 0, 0, -)
FIELDS_DECLARE(FrozenList, FROZEN_LIST_FIELDS);

enum { FROZEN_FIGURES_MAX = 120, FROZEN_LISTS_MAX = 2 * FROZEN_FIGURES_MAX, FROZEN_RECORDS_MAX = 100000 };

/* What was counted for a set that is to be frozen. */
typedef struct FigureSetParts {
    FrozenFigure **figures;
    size_t figure_count;
    FrozenList **lists;
    size_t list_count;
} FigureSetParts;

/* SM3 in hex over the ids of a list; over title, day, filter, figures with their values, and lists of a set. */
Str frozen_list_digest(Ctx *c, Str ids);
Str figure_set_digest(Ctx *c, const FigureSet *set, const FigureSetParts *parts);

/* Refused: a day that has not come, nothing to freeze. */
Status figure_set_freeze(
    Ctx *c, const FigureSet *input, int64_t chain_seq, FigureSetParts *parts, Changes *out) MUST_CHECK;
/* publish (signed under the set's digest, by click or ink), void. */
Status figure_set_decide(Ctx *c, const FigureSet *now, Action action, const MoveInput *input, Changes *out) MUST_CHECK;

#endif
