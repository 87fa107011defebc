#include "search/numeral.h"

#include <stdio.h>

enum { TEN = 10, HUNDRED = 100, THOUSAND = 1000, MYRIAD = 10000, YI = 100000000 };

typedef struct Numeral {
    uint32_t character;
    int32_t value;
    bool formal;
} Numeral;

static const Numeral numerals[] = { { 0x3007, 0, false }, { 0x96f6, 0, false }, { 0x4e00, 1, false },
    { 0x4e8c, 2, false }, { 0x4e24, 2, false }, { 0x4e09, 3, false }, { 0x56db, 4, false }, { 0x4e94, 5, false },
    { 0x516d, 6, false }, { 0x4e03, 7, false }, { 0x516b, 8, false }, { 0x4e5d, 9, false }, { 0x5341, TEN, false },
    { 0x767e, HUNDRED, false }, { 0x5343, THOUSAND, false }, { 0x4e07, MYRIAD, false }, { 0x4ebf, YI, false },
    { 0x58f9, 1, true }, { 0x8d30, 2, true }, { 0x53c1, 3, true }, { 0x8086, 4, true }, { 0x4f0d, 5, true },
    { 0x9646, 6, true }, { 0x67d2, 7, true }, { 0x634c, 8, true }, { 0x7396, 9, true }, { 0x62fe, TEN, true },
    { 0x4f70, HUNDRED, true }, { 0x4edf, THOUSAND, true } };

/* By the last seven bits: may be one. */
static const bool numeral_hashed[128] = { [0] = true,
    [3] = true,
    [6] = true,
    [7] = true,
    [9] = true,
    [12] = true,
    [13] = true,
    [20] = true,
    [22] = true,
    [36] = true,
    [48] = true,
    [63] = true,
    [65] = true,
    [67] = true,
    [70] = true,
    [76] = true,
    [82] = true,
    [91] = true,
    [93] = true,
    [95] = true,
    [107] = true,
    [109] = true,
    [112] = true,
    [118] = true,
    [121] = true,
    [126] = true };

static const Numeral *numeral_of(uint32_t character)
{
    for (size_t i = 0; i < sizeof numerals / sizeof numerals[0]; i++)
        if (numerals[i].character == character)
            return &numerals[i];
    return NULL;
}

/* Asked of every character: most are told by their first comparison. */
bool numeral_is_part(uint32_t code_point)
{
    static const uint32_t highest = 0x96f6;
    if (code_point > highest || (code_point < 0x4e00 && code_point != 0x3007))
        return false;
    return numeral_hashed[code_point & 127] && numeral_of(code_point) != NULL;
}

/* 二〇二一: a digit a character. */
static bool by_digits(const uint32_t *s, size_t count, char *out)
{
    for (size_t i = 0; i < count; i++) {
        int32_t value = numeral_of(s[i])->value;
        if (value > 9)
            return false;
        out[i] = (char)('0' + value);
    }
    out[count] = '\0';
    return true;
}

/* Up to 9999: units fall, each after its digit (十 alone may begin), 零 only where a unit is left out. */
static bool section(const uint32_t *s, size_t count, int64_t *out)
{
    int32_t digit = -1, last_unit = MYRIAD;
    bool gap = false;
    *out = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t value = numeral_of(s[i])->value;
        if (value == 0) {
            if (digit >= 0 || gap || i == 0 || i + 1 == count)
                return false;
            gap = true;
        } else if (value < TEN) {
            if (digit >= 0)
                return false;
            digit = value;
        } else {
            if (value >= last_unit || (digit < 0 && !(value == TEN && i == 0)))
                return false;
            *out += (int64_t)(digit < 0 ? 1 : digit) * value;
            last_unit = value;
            digit = -1;
            gap = false;
        }
    }
    /* A last digit counts ones: after 十, after 零, or alone; 一百二 is 120 to some and stays as it is. */
    if (digit >= 0 && last_unit > TEN && !gap && count > 1)
        return false;
    *out += digit >= 0 ? digit : 0;
    return count > 0;
}

static size_t find_unit(const uint32_t *s, size_t count, int32_t unit)
{
    size_t i = 0;
    while (i < count && numeral_of(s[i])->value != unit)
        i++;
    return i;
}

/* 零 stands for the thousands that are left out after 万 or 亿; 一万二 is 12000 to some and stays as it is. */
static bool below(const uint32_t *s, size_t count, int64_t *out)
{
    *out = 0;
    if (count == 0)
        return true;
    if (numeral_of(s[0])->value == 0)
        return section(s + 1, count - 1, out) && *out < THOUSAND;
    return section(s, count, out) && *out >= THOUSAND;
}

static bool by_units(const uint32_t *s, size_t count, int64_t *out)
{
    int64_t yi = 0, myriads = 0, ones;
    size_t at = find_unit(s, count, YI);
    if (at < count) {
        if (!section(s, at, &yi))
            return false;
        s += at + 1;
        count -= at + 1;
    }
    at = find_unit(s, count, MYRIAD);
    if (at < count) {
        if (!(yi ? below(s, at, &myriads) : section(s, at, &myriads)) || myriads == 0)
            return false;
        s += at + 1;
        count -= at + 1;
    }
    if (!(yi || myriads ? below(s, count, &ones) : section(s, count, &ones)))
        return false;
    *out = yi * YI + myriads * MYRIAD + ones;
    return true;
}

bool numeral_digits(const uint32_t *s, size_t count, char *out, size_t *rest)
{
    int64_t value;
    *rest = 0;
    if (count == 0 || count > NUMERAL_CHARS_MAX || (count == 1 && numeral_of(s[0])->formal))
        return false;
    if (by_digits(s, count, out))
        return true;
    int32_t last = numeral_of(s[count - 1])->value;
    if (count > 1 && (last == MYRIAD || last == YI) && section(s, count - 1, &value))
        *rest = 1;
    else if (count == 1 && last > TEN)
        return false;
    else if (!by_units(s, count, &value))
        return false;
    snprintf(out, NUMERAL_DIGITS_MAX + 1, "%lld", (long long)value);
    return true;
}
