/* What the labels of a list say of it. Private to partition.c and list_strength.c. */
#ifndef CHECK_PARTITION_H
#define CHECK_PARTITION_H

#include "check/list.h"

/* Stages of one work, of which the later lie inside the earlier. */
bool list_has_steps(const Reading *r, const List *list);
/* Shares that make a hundred leave nothing out. */
bool list_shares_close(const Reading *r, const List *list);
/* A mark that some parts bear and others do not. */
bool list_overlaps(const Reading *r, const List *list);
/* 第一批8个、第二批10个, 一组118人次、二组79人次. */
bool list_is_series(const Reading *r, const List *list);
/* 专职11人、兼职12人: two labels of one length that share a letter. */
bool list_is_pair(const Reading *r, const List *list);
/* Ranks go on below those that are told. */
bool list_is_rank(const Reading *r, const List *list, size_t i);
/* 35岁以下14人: a figure bounds the part right before it. */
bool list_has_figure_bound(const Reading *r, size_t item);
/* The last has not begun, or is what is left. */
bool list_ends_undone(const Reading *r, const List *list);
bool list_ends_in_others(const Reading *r, const List *list);
/* One of them is another whole. */
bool list_has_part_of_part(const Reading *r, const List *list);

#endif
