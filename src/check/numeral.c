/* Chinese numerals: 四百零五, 两万三千, 二〇二三. */
#include "check/numeral.h"

#define CODE(a, b, c) ((uint32_t)(a) << 16 | (uint32_t)(b) << 8 | (uint32_t)(c))
/* The value of a Chinese numeral, by its three bytes; the places from ten on by themselves. */
int64_t numeral(const Folded *f, size_t at)
{
    static const uint64_t letters = UINT64_C(0xc04028102810128b); /* their third bytes: one look tells most letters */
    const unsigned char *p = (const unsigned char *)f->ptr + at;
    if (p[0] < 0xe3 || !(letters >> (p[2] & 0x3f) & 1))
        return NOT_NUMERAL;
    if (p[0] != 0xe4 && p[0] != 0xe3 && p[0] != 0xe5 && p[0] != 0xe9 && p[0] != 0xe7)
        return NOT_NUMERAL;
    switch (CODE(p[0], p[1], p[2])) {
    case CODE(0xe3, 0x80, 0x87): /* 〇 */
    case CODE(0xe9, 0x9b, 0xb6): /* 零 */
        return 0;
    case CODE(0xe4, 0xb8, 0x80): /* 一 */
        return 1;
    case CODE(0xe4, 0xba, 0x8c): /* 二 */
    case CODE(0xe4, 0xb8, 0xa4): /* 两 */
        return 2;
    case CODE(0xe4, 0xb8, 0x89): /* 三 */
        return 3;
    case CODE(0xe5, 0x9b, 0x9b): /* 四 */
        return 4;
    case CODE(0xe4, 0xba, 0x94): /* 五 */
        return 5;
    case CODE(0xe5, 0x85, 0xad): /* 六 */
        return 6;
    case CODE(0xe4, 0xb8, 0x83): /* 七 */
        return 7;
    case CODE(0xe5, 0x85, 0xab): /* 八 */
        return 8;
    case CODE(0xe4, 0xb9, 0x9d): /* 九 */
        return 9;
    case CODE(0xe5, 0x8d, 0x81): /* 十 */
        return TEN;
    case CODE(0xe7, 0x99, 0xbe): /* 百 */
        return HUNDRED;
    case CODE(0xe5, 0x8d, 0x83): /* 千 */
        return THOUSAND;
    case CODE(0xe4, 0xb8, 0x87): /* 万 */
        return MYRIAD;
    case CODE(0xe4, 0xba, 0xbf): /* 亿 */
        return YI;
    default:
        return NOT_NUMERAL;
    }
}

bool number_is_digit(const Folded *f, size_t at)
{
    return (f->ptr[at] >= '0' && f->ptr[at] <= '9') || numeral(f, at) != NOT_NUMERAL;
}

/* 四百零五, 两万三千; false for what no one writes as a number. Digits in a row (二〇二三) are read as such. */
bool numeral_read(const Folded *f, size_t from, size_t to, int64_t *value)
{
    int64_t total = 0, section = 0, digit = 0;
    bool has_digit = false, has_place = false;
    for (size_t at = from; at < to; at += 3) {
        int64_t n = numeral(f, at);
        if (n < TEN) {
            if (has_digit && !has_place && digit != 0 && total == 0 && section == 0)
                digit = digit * 10 + n; /* 二三, 一二三: perhaps 四五个; the caller looks at its length */
            else
                digit = n;
            has_digit = true;
        } else if (n < MYRIAD) {
            section += (digit || has_digit ? digit : 1) * n;
            digit = 0, has_digit = false, has_place = true;
        } else {
            total = (total + section + digit) * n;
            section = digit = 0, has_digit = false, has_place = true;
        }
        if (total > INT64_C(1000000000000))
            return false;
    }
    *value = total + section + digit;
    return true;
}

size_t numeral_end(const Folded *f, size_t at, size_t limit)
{
    while (at + 3 <= limit && numeral(f, at) != NOT_NUMERAL)
        at += 3;
    return at;
}

/* 四五, 三四十: an estimate. */
bool numeral_is_estimate(const Folded *f, size_t from, size_t to)
{
    for (size_t at = from; at + 6 <= to; at += 3) {
        int64_t a = numeral(f, at), b = numeral(f, at + 3);
        if (a > 0 && a < TEN && b > 0 && b < TEN)
            return true;
    }
    return false;
}
