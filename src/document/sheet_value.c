/* Number formats, numbers, dates, escapes and addresses as the files of spreadsheets write them. */
#include "document/sheet_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DAY_SECONDS = 86400,
    EPOCH_SERIAL = 25569,   /* 1970-01-01 in the 1900 system */
    FIRST_SURE_SERIAL = 61, /* 1900-03-01: before it stands a 29 February that never was */
    LAST_SERIAL = 2958465,  /* 9999-12-31 */
    SYSTEM_1904 = 1462,     /* days between the two systems */
    EXACT_DIGITS = 15,      /* decimal digits that a double always keeps */
    WHOLE_DIGITS_MAX = 40
};

static bool is_digit(char ch)
{
    return ch >= '0' && ch <= '9';
}

/* --- number formats ---------------------------------------------------------------------------------------------- */

/* Those of Chinese Excel among them. What is a time here and a date elsewhere (34, 35, 55, 56) does no harm: a time
 * with a day before it is a date. */
FormatKind format_built_in(int64_t id)
{
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56)
        return FORMAT_TIME;
    if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
        return FORMAT_DATE;
    return FORMAT_PLAIN;
}

typedef struct FormatLetters {
    bool day, month, time;
} FormatLetters;

/* [h], [mm] and [ss] count on beyond the day; other brackets hold colours, conditions and languages. */
static bool is_elapsed(Str inside)
{
    for (size_t i = 0; i < inside.len; i++)
        if (inside.ptr[i] != inside.ptr[0])
            return false;
    return inside.len && strchr("hHmMsS", inside.ptr[0]);
}

static size_t skip_to(Str code, size_t at, char mark)
{
    while (at < code.len && code.ptr[at] != mark)
        at++;
    return at;
}

static size_t format_step(Str code, size_t at, FormatLetters *found)
{
    size_t end;
    switch (code.ptr[at]) {
    case '"':
        return skip_to(code, at + 1, '"') + 1;
    case '\\': /* the next character as it is, as wide as it is, or as often as there is room */
    case '_':
    case '*':
        return at + 2;
    case '[':
        end = skip_to(code, at + 1, ']');
        found->time |= is_elapsed(str_sub(code, at + 1, end - at - 1));
        return end + 1;
    case 'y':
    case 'Y':
    case 'd':
    case 'D':
        found->day = true;
        break;
    case 'm':
    case 'M':
        found->month = true;
        break;
    case 'h':
    case 'H':
    case 's':
    case 'S':
        found->time = true;
        break;
    default:
        break;
    }
    return at + 1;
}

FormatKind format_of_code(Str code)
{
    FormatLetters found = { .day = false };
    if (str_eq(code, S("General")) || str_eq(code, S("Standard")))
        return FORMAT_PLAIN;
    for (size_t at = 0; at < code.len;)
        at = format_step(code, at, &found);
    if (found.day || (found.month && !found.time))
        return FORMAT_DATE;
    return found.time ? FORMAT_TIME : FORMAT_PLAIN;
}

/* --- numbers ----------------------------------------------------------------------------------------------------- */

static size_t digits_at(Str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.len && is_digit(s.ptr[at + n]))
        n++;
    return n;
}

/* Digits, a point, an exponent: what strtod() takes beyond that (hex, nan, inf) is no number of a sheet. */
static bool is_number(Str s)
{
    size_t at = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+');
    size_t whole = digits_at(s, at), part = 0;
    at += whole;
    if (at < s.len && s.ptr[at] == '.') {
        part = digits_at(s, at + 1);
        at += 1 + part;
    }
    if (whole + part == 0)
        return false;
    if (at < s.len && (s.ptr[at] == 'e' || s.ptr[at] == 'E')) {
        at++;
        at += at < s.len && (s.ptr[at] == '-' || s.ptr[at] == '+');
        size_t power = digits_at(s, at);
        if (power == 0)
            return false;
        at += power;
    }
    return at == s.len;
}

/* Already as number_text() would write it, which is what nearly all numbers of a file are. */
static bool is_short_already(Str s)
{
    size_t at = s.len && s.ptr[0] == '-';
    size_t whole = digits_at(s, at);
    bool zero = whole && s.ptr[at] == '0';
    if (whole == 0 || whole > WHOLE_DIGITS_MAX || (zero && whole > 1))
        return false;
    if (at + whole == s.len)
        return !(zero && at);
    size_t part = digits_at(s, at + whole + 1);
    return s.ptr[at + whole] == '.' && part && whole + part <= EXACT_DIGITS && at + whole + 1 + part == s.len &&
           s.ptr[s.len - 1] != '0';
}

/* The shortest of 15, 16 or 17 digits that gives the number again, written out without exponent. */
static Str number_text(Arena *arena, double n)
{
    char text[40], digits[24];
    size_t count = 0;
    for (int precision = EXACT_DIGITS; precision <= EXACT_DIGITS + 2; precision++) {
        snprintf(text, sizeof text, "%.*e", precision - 1, n);
        if (strtod(text, NULL) == n)
            break;
    }
    const char *exponent = strchr(text, 'e');
    for (const char *p = text; p < exponent; p++)
        if (is_digit(*p) && count < sizeof digits)
            digits[count++] = *p;
    while (count > 1 && digits[count - 1] == '0')
        count--;
    long point = strtol(exponent + 1, NULL, 10) + 1;
    StrBuf b = strbuf_in(arena);
    if (n < 0)
        strbuf_addc(&b, '-');
    if (point <= 0)
        strbuf_add(&b, S("0."));
    for (long i = point; i < 0; i++)
        strbuf_addc(&b, '0');
    for (long i = 0; i < (long)count || i < point; i++) {
        if (i == point && i > 0)
            strbuf_addc(&b, '.');
        strbuf_addc(&b, i < (long)count ? digits[i] : '0');
    }
    return strbuf_str(&b);
}

/* --- dates ------------------------------------------------------------------------------------------------------- */

static Str day_and_time(Arena *arena, Date day, long second)
{
    Str text = date_text(arena, day);
    if (second == 0)
        return text;
    return str_format(arena, "%.*s %02ld:%02ld:%02ld", STR_ARG(text), second / 3600, second / 60 % 60, second % 60);
}

static bool date_of_serial(double serial, bool since_1904, Date *day, long *second)
{
    double whole = floor(serial);
    *second = lround((serial - whole) * DAY_SECONDS);
    if (*second == DAY_SECONDS) {
        whole += 1;
        *second = 0;
    }
    if (serial < 0)
        return false;
    whole += since_1904 ? SYSTEM_1904 : 0;
    if (whole < FIRST_SURE_SERIAL || whole > LAST_SERIAL)
        return false;
    *day = date_from_days((int32_t)whole - EPOCH_SERIAL);
    return true;
}

/* Times before the first sure day are hours and no date. */
static void put_date(Arena *arena, FormatKind format, bool since_1904, SheetCell *cell)
{
    long second;
    if (format == FORMAT_TIME && cell->number >= 0 && cell->number < (since_1904 ? 1 : FIRST_SURE_SERIAL)) {
        second = lround(cell->number * DAY_SECONDS);
        cell->kind = CELL_TEXT;
        cell->text = str_format(arena, "%02ld:%02ld:%02ld", second / 3600, second / 60 % 60, second % 60);
        return;
    }
    if (!date_of_serial(cell->number, since_1904, &cell->date, &second))
        return;
    cell->kind = CELL_DATE;
    cell->text = day_and_time(arena, cell->date, second);
}

void value_number(Arena *arena, Str raw, FormatKind format, bool since_1904, SheetCell *cell)
{
    cell->kind = CELL_FAULT;
    cell->text = str_copy(arena, raw);
    if (!is_number(raw))
        return;
    cell->number = strtod(cell->text.ptr, NULL); /* the copy ends with NUL */
    if (!isfinite(cell->number))
        return;
    if (!is_short_already(raw))
        cell->text = cell->number == 0 ? S("0") : number_text(arena, cell->number);
    if (format == FORMAT_PLAIN)
        cell->kind = CELL_NUMBER;
    else
        put_date(arena, format, since_1904, cell);
}

static bool two_digits(Str s, size_t at, long below, long *out)
{
    if (digits_at(str_sub(s, at, 2), 0) != 2)
        return false;
    *out = (s.ptr[at] - '0') * 10 + (s.ptr[at + 1] - '0');
    return *out < below;
}

/* "08:30" or "08:30:15", whatever fraction or zone may follow. */
static bool seconds_of(Str s, long *out)
{
    long hour, minute, second = 0;
    if (!two_digits(s, 0, 24, &hour) || str_find(s, S(":"), 2) != 2 || !two_digits(s, 3, 60, &minute))
        return false;
    if (s.len > 5 && s.ptr[5] == ':' && !two_digits(s, 6, 60, &second))
        return false;
    *out = (hour * 60 + minute) * 60 + second;
    return true;
}

void value_iso_date(Arena *arena, Str raw, SheetCell *cell)
{
    long second = 0;
    Date day;
    cell->kind = CELL_FAULT;
    cell->text = str_copy(arena, raw);
    if (!date_parse(str_sub(raw, 0, DATE_TEXT_LEN), &day))
        return;
    if (raw.len > DATE_TEXT_LEN &&
        (raw.ptr[DATE_TEXT_LEN] != 'T' || !seconds_of(str_sub(raw, DATE_TEXT_LEN + 1, SIZE_MAX), &second)))
        return;
    int32_t serial = date_to_days(day) + EPOCH_SERIAL;
    if (serial < FIRST_SURE_SERIAL)
        return;
    cell->kind = CELL_DATE;
    cell->date = day;
    cell->number = serial + (double)second / DAY_SECONDS;
    cell->text = day_and_time(arena, day, second);
}

/* --- escapes ----------------------------------------------------------------------------------------------------- */

enum { ESCAPE_LEN = 7 }; /* _x000D_ */

/* The UTF-16 unit that is escaped at `at`, or -1. */
static long escaped_unit(const char *text, size_t len, size_t at)
{
    long unit = 0;
    if (len - at < ESCAPE_LEN || text[at] != '_' || text[at + 1] != 'x' || text[at + ESCAPE_LEN - 1] != '_')
        return -1;
    for (size_t i = at + 2; i < at + 6; i++) {
        char ch = text[i];
        if (is_digit(ch))
            unit = unit * 16 + (ch - '0');
        else if ((ch >= 'A' && ch <= 'F') || (ch >= 'a' && ch <= 'f'))
            unit = unit * 16 + ((ch | 0x20) - 'a' + 10);
        else
            return -1;
    }
    return unit;
}

/* What is no character (NUL, half a pair) stays as it is written. */
static long escaped_char(const char *text, size_t len, size_t at, size_t *width)
{
    long unit = escaped_unit(text, len, at), low;
    *width = ESCAPE_LEN;
    if (unit == 0)
        return -1;
    if (unit < 0xd800 || unit > 0xdfff)
        return unit;
    if (unit > 0xdbff)
        return -1;
    low = escaped_unit(text, len, at + ESCAPE_LEN);
    if (low < 0xdc00 || low > 0xdfff)
        return -1;
    *width = (size_t)ESCAPE_LEN * 2;
    return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
}

static size_t put_utf8(char *to, long ch)
{
    if (ch < 0x80) {
        to[0] = (char)ch;
        return 1;
    }
    size_t tails = ch < 0x800 ? 1 : ch < 0x10000 ? 2 : 3;
    static const unsigned char leads[] = { 0, 0xc0, 0xe0, 0xf0 };
    to[0] = (char)(leads[tails] | (ch >> (6 * tails)));
    for (size_t i = 1; i <= tails; i++)
        to[i] = (char)(0x80 | ((ch >> (6 * (tails - i))) & 0x3f));
    return tails + 1;
}

size_t value_unescape(char *text, size_t len)
{
    size_t from = 0, to = 0, width;
    if (!memmem(text, len, "_x", 2))
        return len;
    while (from < len) {
        long ch = text[from] == '_' ? escaped_char(text, len, from, &width) : -1;
        if (ch < 0) {
            text[to++] = text[from++];
            continue;
        }
        to += put_utf8(text + to, ch);
        from += width;
    }
    return to;
}

/* --- addresses --------------------------------------------------------------------------------------------------- */

bool value_address(Str text, int *column, int64_t *row)
{
    size_t at = 0;
    int64_t letters = 0, digits = 0;
    at += at < text.len && text.ptr[at] == '$';
    size_t first = at;
    for (; at < text.len && ((text.ptr[at] | 0x20) >= 'a' && (text.ptr[at] | 0x20) <= 'z'); at++)
        if (letters <= SHEET_READ_COLUMNS_MAX)
            letters = letters * 26 + ((text.ptr[at] | 0x20) - 'a' + 1);
    bool has_letters = at > first;
    at += at < text.len && text.ptr[at] == '$';
    first = at;
    for (; at < text.len && is_digit(text.ptr[at]); at++)
        if (digits <= SHEET_READ_ROWS_MAX)
            digits = digits * 10 + (text.ptr[at] - '0');
    *column = (int)(letters <= SHEET_READ_COLUMNS_MAX ? letters - 1 : SHEET_READ_COLUMNS_MAX);
    *row = digits <= SHEET_READ_ROWS_MAX ? digits : SHEET_READ_ROWS_MAX + 1;
    return has_letters && at > first && at == text.len && digits > 0;
}
