/* Words of change: up, down, than, the time before. Private to change.c and way.c; what they make of a figure is
 * relation_way() and relation_is_past() of reading.h. */
#ifndef CHECK_WAY_H
#define CHECK_WAY_H

#include "check/reading.h"

/* 增长, 提高 …; 增, 升 …; 下降, 减少 …; 降, 减 …; each ends with an empty text. */
extern const Str way_ups[];
extern const Str way_ups_short[];
extern const Str way_downs[];
extern const Str way_downs_short[];
/* 超支, 盘亏, 少报: the figure is what two others differ by. */
bool way_is_miss(const Reading *r, const Num *n);
/* 上年, 同期, 上轮 … */
extern const Str way_past[];
/* 比, 较 */
extern const Str way_comparing[];

#endif
