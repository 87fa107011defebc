/* Words in which the tables of indicators and rates say their conditions. For those tables alone. */
#ifndef INSIGHT_CONDITION_WORDS_H
#define INSIGHT_CONDITION_WORDS_H

#include "domain/selection.h"

#define TEXT_VALUE(literal)                         \
    {                                               \
        .kind = VALUE_TEXT, .text = S_INIT(literal) \
    }
#define INT_VALUE(number)                    \
    {                                        \
        .kind = VALUE_INT, .whole = (number) \
    }
#define PREDICATE(via_, field_, op_, count_, ...)                                           \
    {                                                                                       \
        .via = via_, .field = field_, .op = op_, .count = count_, .values = (const Value[]) \
        {                                                                                   \
            __VA_ARGS__                                                                     \
        }                                                                                   \
    }
#define IS(field, literal)           PREDICATE(-1, field, OP_EQ, 1, TEXT_VALUE(literal))
#define IS_NOT(field, literal)       PREDICATE(-1, field, OP_NE, 1, TEXT_VALUE(literal))
#define IS_ONE_OF(field, one, other) PREDICATE(-1, field, OP_IN, 2, TEXT_VALUE(one), TEXT_VALUE(other))
#define IS_OF_THREE(field, one, other, third) \
    PREDICATE(-1, field, OP_IN, 3, TEXT_VALUE(one), TEXT_VALUE(other), TEXT_VALUE(third))
#define ITS(reference, field, literal) PREDICATE(reference, field, OP_EQ, 1, TEXT_VALUE(literal))
#define YES(field)                     PREDICATE(-1, field, OP_EQ, 1, INT_VALUE(1))
#define AT_LEAST(field, number)        PREDICATE(-1, field, OP_GE, 1, INT_VALUE(number))
#define BY_DAY(field)                  PREDICATE(-1, field, OP_LE, 1, TEXT_VALUE(DAY_OF_FIGURE))
#define BY_DAY_OF(via, field)          PREDICATE(via, field, OP_LE, 1, TEXT_VALUE(DAY_OF_FIGURE))
#define BEFORE_DAY(field)              PREDICATE(-1, field, OP_LT, 1, TEXT_VALUE(DAY_OF_FIGURE))
#define GIVEN(field_)                                              \
    {                                                              \
        .via = -1, .field = field_, .op = OP_GIVEN, .values = NULL \
    }
#define ABSENT(field_)                                              \
    {                                                               \
        .via = -1, .field = field_, .op = OP_ABSENT, .values = NULL \
    }
#define ABOVE(field, other) PREDICATE(-1, field, OP_ABOVE, 1, INT_VALUE(other))
#define WHERE(...)                                                                                         \
    {                                                                                                      \
        (const Predicate[]){ __VA_ARGS__ }, sizeof((const Predicate[]){ __VA_ARGS__ }) / sizeof(Predicate) \
    }
#define NOTHING \
    {           \
        NULL, 0 \
    }

#define OPEN IS_NOT(Rectification_state, "done")
#define DONE IS(Rectification_state, "done")

#endif
