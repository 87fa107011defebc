/* Chinese numerals as digits. */
#ifndef SEARCH_NUMERAL_H
#define SEARCH_NUMERAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NUMERAL_CHARS_MAX = 24, NUMERAL_DIGITS_MAX = 24 };

/* A simplified character that may be part of a number: 〇 to 九, 十 to 亿, 两, and 壹 to 仟 as cheques have them. */
bool numeral_is_part(uint32_t code_point);

/* The number that these characters write, all of them but a last 万 or 亿 (`rest` tells how many stay: "300" and 万 for
 * 三百万, as people write 300万). False when they write none: 十三五, 五六百, 万一, a lone 百, or more than
 * NUMERAL_CHARS_MAX. A lone 壹 to 玖 is left alone too: 伍 and 陆 are names. `out` has room for
 * NUMERAL_DIGITS_MAX and the NUL. */
bool numeral_digits(const uint32_t *characters, size_t count, char *out, size_t *rest);

#endif
