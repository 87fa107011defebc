#include "base_test.h"

#include "base/str.h"

#include <stdio.h>
#include <string.h>

#define BYTES(literal) S_INIT(literal)

static void text_is_strict_utf8(void **state)
{
    static const struct {
        Str bytes;
        bool good;
        const char *about;
    } rows[] = {
        { BYTES(""), true, "nothing" },
        { BYTES("plain"), true, "ASCII" },
        { BYTES("eight bytes and a few more of them"), true, "the fast path" },
        { BYTES("整改台账"), true, "Chinese" },
        { BYTES("mixed 整改 and ASCII after it, long enough"), true, "both paths" },
        { BYTES("\xc2\x80"), true, "U+0080" },
        { BYTES("\xdf\xbf"), true, "U+07FF" },
        { BYTES("\xe0\xa0\x80"), true, "U+0800" },
        { BYTES("\xed\x9f\xbf"), true, "U+D7FF" },
        { BYTES("\xee\x80\x80"), true, "U+E000" },
        { BYTES("\xf0\x90\x80\x80"), true, "U+10000" },
        { BYTES("\xf4\x8f\xbf\xbf"), true, "U+10FFFF" },
        { BYTES("a\0b"), false, "U+0000" },
        { BYTES("0123456\0"), false, "U+0000 at the end of eight" },
        { BYTES("\0"
                "1234567"),
            false, "U+0000 at the beginning of eight" },
        { BYTES("\x80"), false, "a tail alone" },
        { BYTES("\xc0\x80"), false, "overlong U+0000" },
        { BYTES("\xc1\xbf"), false, "overlong, two bytes" },
        { BYTES("\xe0\x9f\xbf"), false, "overlong, three bytes" },
        { BYTES("\xf0\x8f\xbf\xbf"), false, "overlong, four bytes" },
        { BYTES("\xed\xa0\x80"), false, "a surrogate" },
        { BYTES("\xed\xbf\xbf"), false, "the last surrogate" },
        { BYTES("\xf4\x90\x80\x80"), false, "above U+10FFFF" },
        { BYTES("\xf5\x80\x80\x80"), false, "a lead that never is" },
        { BYTES("\xe6\x95"), false, "cut off after two of three" },
        { BYTES("\xf0\x90\x80"), false, "cut off after three of four" },
        { BYTES("\xe6"
                "a\x80"),
            false, "a letter inside" },
        { BYTES("1234567\xff"), false, "the last of eight" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        row_holds(str_is_text(rows[i].bytes) == rows[i].good, "%s", rows[i].about);
}

static void clipping_never_halves_a_character(void **state)
{
    static const struct {
        Str from;
        size_t chars;
        Str to;
    } rows[] = {
        { BYTES("整改台账"), 2, BYTES("整改") },
        { BYTES("整改台账"), 4, BYTES("整改台账") },
        { BYTES("整改台账"), 5, BYTES("整改台账") },
        { BYTES("整改台账"), 0, BYTES("") },
        { BYTES("a整b"), 2, BYTES("a整") },
        { BYTES("\xf0\x9f\x98\x80x"), 1, BYTES("\xf0\x9f\x98\x80") },
        { BYTES(""), 3, BYTES("") },
        { BYTES("abc"), SIZE_MAX, BYTES("abc") },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Str got = str_clip(rows[i].from, rows[i].chars);
        row_holds(str_eq(got, rows[i].to), "row %zu: %.*s", i, STR_ARG(got));
    }
}

static void characters_come_one_by_one(void **state)
{
    static const uint32_t want[] = { 'a', 0xe9, 0x6574, 0x1f600, UINT32_MAX, UINT32_MAX };
    Str text = S("a\xc3\xa9整\xf0\x9f\x98\x80");
    size_t at = 0;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(want); i++)
        assert_int_equal(str_next_char(text, &at), want[i]);
    assert_int_equal(at, text.len);
    assert_int_equal(str_chars(text), 4);
}

static void characters_go_in_as_they_come_out(void **state)
{
    static const uint32_t edges[] = { 1, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff };
    BaseFixture *fx = *state;
    StrBuf b = strbuf_in(fx->arena);
    for (size_t i = 0; i < COUNT_OF(edges); i++)
        strbuf_add_char(&b, edges[i]);
    assert_true(str_is_text(strbuf_str(&b)));
    size_t at = 0;
    for (size_t i = 0; i < COUNT_OF(edges); i++)
        assert_int_equal(str_next_char(strbuf_str(&b), &at), edges[i]);
}

static void numbers_are_read_strictly(void **state)
{
    static const struct {
        Str text;
        bool good;
        int64_t n;
    } rows[] = {
        { BYTES("0"), true, 0 },
        { BYTES("-0"), true, 0 },
        { BYTES("007"), true, 7 },
        { BYTES("-12"), true, -12 },
        { BYTES("9223372036854775807"), true, INT64_MAX },
        { BYTES("-9223372036854775808"), true, INT64_MIN },
        { BYTES("9223372036854775808"), false, 0 },
        { BYTES("-9223372036854775809"), false, 0 },
        { BYTES("99999999999999999999999"), false, 0 },
        { BYTES(""), false, 0 },
        { BYTES("-"), false, 0 },
        { BYTES("+1"), false, 0 },
        { BYTES(" 1"), false, 0 },
        { BYTES("1 "), false, 0 },
        { BYTES("--1"), false, 0 },
        { BYTES("1.0"), false, 0 },
        { BYTES("0x1"), false, 0 },
        { BYTES("一"), false, 0 },
        { BYTES("1\0"), false, 0 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        int64_t n = -77;
        bool good = str_to_int(rows[i].text, &n);
        row_holds(good == rows[i].good, "'%.*s'", STR_ARG(rows[i].text));
        row_holds(n == (good ? rows[i].n : -77), "'%.*s' gave %lld", STR_ARG(rows[i].text), (long long)n);
    }
}

static void numbers_are_written_as_read(void **state)
{
    static const int64_t numbers[] = { 0, 7, -7, 10, 99, 100, -100, INT64_MAX, INT64_MIN, INT64_MIN + 1 };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        StrBuf b = strbuf_in(fx->arena);
        strbuf_add_int(&b, numbers[i]);
        char expected[32];
        snprintf(expected, sizeof expected, "%lld", (long long)numbers[i]);
        assert_string_equal(b.ptr, expected);
    }
}

static void comparing(void **state)
{
    static const struct {
        Str a, b;
        int order;
    } rows[] = {
        { BYTES(""), BYTES(""), 0 },
        { BYTES("a"), BYTES("b"), -1 },
        { BYTES("a"), BYTES("ab"), -1 },
        { BYTES("b"), BYTES("ab"), 1 },
        { BYTES("a"), BYTES("\xc3\xa9"), -1 }, /* as unsigned bytes */
        { BYTES(""), BYTES("a"), -1 },
        { BYTES("整改"), BYTES("整改"), 0 },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        int forth = str_cmp(rows[i].a, rows[i].b);
        int back = str_cmp(rows[i].b, rows[i].a);
        row_holds((forth > 0) - (forth < 0) == rows[i].order, "row %zu", i);
        row_holds((back > 0) - (back < 0) == -rows[i].order, "row %zu, the other way", i);
        row_holds(str_eq(rows[i].a, rows[i].b) == (rows[i].order == 0), "row %zu, equality", i);
    }
    assert_true(str_eq(STR_NONE, S("")));
    assert_int_equal(str_cmp(STR_NONE, S("")), 0);
}

static void finding_and_cutting_out(void **state)
{
    Str s = S("abcabc");
    (void)state;
    assert_int_equal(str_find(s, S("bc"), 0), 1);
    assert_int_equal(str_find(s, S("bc"), 2), 4);
    assert_int_equal(str_find(s, S("bc"), 5), SIZE_MAX);
    assert_int_equal(str_find(s, S("abcabcd"), 0), SIZE_MAX);
    assert_int_equal(str_find(s, S(""), 6), 6);
    assert_int_equal(str_find(s, S(""), 7), SIZE_MAX);
    assert_int_equal(str_find(STR_NONE, S("a"), 0), SIZE_MAX);
    assert_str_equal(str_sub(s, 4, 99), S("bc"));
    assert_str_equal(str_sub(s, 2, SIZE_MAX), S("cabc"));
    assert_str_equal(str_sub(s, 6, 1), S(""));
    assert_true(str_starts(s, S("abc")) && !str_starts(s, S("b")) && str_starts(s, STR_NONE));
    assert_true(str_ends(s, S("bc")) && !str_ends(s, S("b")) && !str_ends(S("c"), S("bc")));
    assert_str_equal(str_of(NULL), S(""));
}

static void trimming(void **state)
{
    static const struct {
        Str from, to;
    } rows[] = {
        { BYTES(" a b\t\r\n"), BYTES("a b") },
        { BYTES("\xe3\x80\x80 整改\xe3\x80\x80"), BYTES("整改") },
        { BYTES(" \xe3\x80\x80 "), BYTES("") },
        { BYTES("\xe3\x80\x81"), BYTES("\xe3\x80\x81") }, /* 、 differs in the last byte only */
        { BYTES(""), BYTES("") },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        row_holds(str_eq(str_trim(rows[i].from), rows[i].to), "row %zu", i);
}

static void cutting_at_a_separator(void **state)
{
    static const struct {
        Str text;
        const char *parts; /* each in brackets */
    } rows[] = {
        { BYTES("a,,b"), "[a][][b]" },
        { BYTES(""), "" },
        { BYTES("a"), "[a]" },
        { BYTES("a,"), "[a]" },
        { BYTES(",a"), "[][a]" },
        { BYTES(","), "[]" },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        StrBuf b = strbuf_in(fx->arena);
        Str rest = rows[i].text, part;
        while (str_cut(&rest, ',', &part))
            strbuf_addf(&b, "[%.*s]", STR_ARG(part));
        assert_str_equal(strbuf_str(&b), str_of(rows[i].parts));
    }
}

static void buffers_end_with_nul_and_grow(void **state)
{
    BaseFixture *fx = *state;
    StrBuf b = strbuf_in(fx->arena);
    assert_str_equal(strbuf_str(&b), STR_NONE);
    for (int i = 0; i < 3000; i++) {
        strbuf_addf(&b, "%d ", i);
        strbuf_addc(&b, ';');
        assert_int_equal(b.ptr[b.len], 0);
        assert_true(b.len < b.room);
    }
    assert_int_equal(strlen(b.ptr), b.len);
    assert_true(str_starts(strbuf_str(&b), S("0 ;1 ;2 ;")) && str_ends(strbuf_str(&b), S("2999 ;")));
}

static void formats_longer_than_the_room_come_whole(void **state)
{
    static const int widths[] = { 0, 1, 62, 63, 64, 127, 128, 5000 };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(widths); i++)
        assert_int_equal(str_format(fx->arena, "%*s", widths[i], "").len, widths[i]);
}

/* Common formats are written without stdio: to the letter as it would. */
#define written_as_stdio(...)                                                  \
    do {                                                                       \
        char expected[256];                                                    \
        snprintf(expected, sizeof expected, __VA_ARGS__);                      \
        assert_string_equal(str_format(fx->arena, __VA_ARGS__).ptr, expected); \
    } while (0)

static void formats_are_written_as_by_stdio(void **state)
{
    BaseFixture *fx = *state;
    written_as_stdio("%s.", "");
    written_as_stdio("第%d行第%d格", 7, -8);
    written_as_stdio("%s%s = %s", "", "整改", "x");
    written_as_stdio("[%.*s]%.*s", 3, "abcdef", 10, "short");
    written_as_stdio("%.*s|", 0, "x");
    written_as_stdio("%lld %lld", (long long)INT64_MIN, (long long)INT64_MAX);
    written_as_stdio("%zu%zu", (size_t)0, (size_t)INT64_MAX);
    written_as_stdio("%d%% of %s", 5, "all");
    written_as_stdio("%04d-%02d %s", 2021, 3, "x");
    written_as_stdio("%s %5s %-5s| %.2f %x %c", "a", "b", "c", 1.5, 255, 'z');
    written_as_stdio("%.3s %ld %llu %lu", "abcdef", 5L, 6ull, 7ul);
}

static void room_is_kept(void **state)
{
    BaseFixture *fx = *state;
    StrBuf b = strbuf_in(fx->arena);
    strbuf_room(&b, 1000);
    const char *before = b.ptr;
    for (int i = 0; i < 1000; i++)
        strbuf_addc(&b, 'x');
    assert_ptr_equal(b.ptr, before);
}

static void hexadecimal_text(void **state)
{
    static const struct {
        Str hex;
        size_t room;
        bool good;
    } rows[] = {
        { BYTES("00ff7Fa5"), 4, true },
        { BYTES(""), 0, true },
        { BYTES("00f"), 4, false },
        { BYTES("0g"), 4, false },
        { BYTES("00ff"), 1, false },
        { BYTES("\xff\xff"), 4, false },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        uint8_t bytes[4];
        size_t len = 99;
        row_holds(str_unhex(rows[i].hex, bytes, rows[i].room, &len) == rows[i].good, "row %zu", i);
        row_holds(len == (rows[i].good ? rows[i].hex.len / 2 : 99), "row %zu: length", i);
    }
    StrBuf b = strbuf_in(fx->arena);
    strbuf_add_hex(&b, "\x00\xff\x7f", 3);
    strbuf_add_hex(&b, NULL, 0);
    assert_str_equal(strbuf_str(&b), S("00ff7f"));
}

static void copies_stand_alone(void **state)
{
    BaseFixture *fx = *state;
    char source[] = "整改";
    Str copy = str_copy(fx->arena, str_of(source));
    char *c_copy = str_c(fx->arena, str_sub(str_of(source), 0, 3));
    memset(source, 'x', sizeof source - 1);
    assert_str_equal(copy, S("整改"));
    assert_string_equal(c_copy, "整");
    assert_string_equal(str_c(fx->arena, STR_NONE), "");
    assert_null(str_copy(fx->arena, S("")).ptr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_strict_utf8),
        cmocka_unit_test(clipping_never_halves_a_character),
        cmocka_unit_test(characters_come_one_by_one),
        WITH_CTX(characters_go_in_as_they_come_out),
        cmocka_unit_test(numbers_are_read_strictly),
        WITH_CTX(numbers_are_written_as_read),
        cmocka_unit_test(comparing),
        cmocka_unit_test(finding_and_cutting_out),
        cmocka_unit_test(trimming),
        WITH_CTX(cutting_at_a_separator),
        WITH_CTX(buffers_end_with_nul_and_grow),
        WITH_CTX(formats_longer_than_the_room_come_whole),
        WITH_CTX(formats_are_written_as_by_stdio),
        WITH_CTX(room_is_kept),
        WITH_CTX(hexadecimal_text),
        WITH_CTX(copies_stand_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
