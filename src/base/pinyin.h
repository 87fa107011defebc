/* Pinyin of Chinese text, from a table made at build time out of ICU: for sorting the same on
 * both engines, and for finding by initials. Characters with several readings have one here. */
#ifndef BASE_PINYIN_H
#define BASE_PINYIN_H

#include "base/str.h"

/* "示江市" gives "shi jiang shi": each character's reading without tone, ü as v; other characters
 * folded to lower case (NFKC) and kept, runs of them together. At most `PINYIN_KEY_MAX` bytes. */
enum { PINYIN_KEY_MAX = 200 };
Str pinyin_key(Arena *arena, Str text);
/* "示江市" gives "sjs"; digits and Latin letters are kept. */
Str pinyin_initials(Arena *arena, Str text);
/* NFKC and case folding, for comparing what people typed. */
Str text_fold(Arena *arena, Str text);

/* The generated table (tools/pinyin.c): for U+3000 to U+9FFF the number of a syllable, 0 for none.
 * It begins before the ideographs proper for the sake of 〇 (U+3007), a digit of years. */
enum { PINYIN_FIRST = 0x3000, PINYIN_LAST = 0x9fff, PINYIN_SYLLABLE_MAX = 6 };
extern const char pinyin_syllables[][PINYIN_SYLLABLE_MAX + 1];
extern const uint16_t pinyin_index[PINYIN_LAST - PINYIN_FIRST + 1];

#endif
