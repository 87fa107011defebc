/* Chinese numerals. Private to number.c and numeral.c. */
#ifndef CHECK_NUMERAL_H
#define CHECK_NUMERAL_H

#include "check/reading.h"

enum { NOT_NUMERAL = -1, TEN = 10, HUNDRED = 100, THOUSAND = 1000, MYRIAD = 10000, YI = 100000000 };

/* The value of the letter at `at`, the places from ten on by themselves; NOT_NUMERAL for any other. */
int64_t numeral(const Folded *f, size_t at);
size_t numeral_end(const Folded *f, size_t at, size_t limit);
/* 四百零五, 两万三千; false for what no one writes as a number. Digits in a row (二〇二三) are read as such. */
bool numeral_read(const Folded *f, size_t from, size_t to, int64_t *value);
/* 四五, 三四十: an estimate. */
bool numeral_is_estimate(const Folded *f, size_t from, size_t to);

#endif
