#include "base_test.h"

#include "base/pinyin.h"

#include <string.h>

static void texts_are_read_in_pinyin(void **state)
{
    static const struct {
        Str text, key, initials;
    } rows[] = {
        { S_INIT("示江市"), S_INIT("shi jiang shi"), S_INIT("sjs") },
        { S_INIT("巡察整改"), S_INIT("xun cha zheng gai"), S_INIT("xczg") },
        { S_INIT("女"), S_INIT("nv"), S_INIT("n") },
        { S_INIT("吕绿"), S_INIT("lv lv"), S_INIT("ll") },
        { S_INIT("二〇二一年"), S_INIT("er ling er yi nian"), S_INIT("eleyn") },
        { S_INIT("第3组"), S_INIT("di 3 zu"), S_INIT("d3z") },
        { S_INIT("ＡＢＣ１２"), S_INIT("abc12"), S_INIT("abc12") }, /* full width */
        { S_INIT("A局 B科"), S_INIT("a ju b ke"), S_INIT("ajbk") },
        { S_INIT("x  y"), S_INIT("x y"), S_INIT("xy") },
        { S_INIT(" \xe3\x80\x80示 "), S_INIT("shi"), S_INIT("s") },
        { S_INIT("办公室（党委）"), S_INIT("ban gong shi ( dang wei )"), S_INIT("bgsdw") },
        { S_INIT("㈠"), S_INIT("( yi )"), S_INIT("y") },
        { S_INIT("\xef\xa5\x80"), S_INIT("lu"), S_INIT("l") },                  /* U+F940 folds to 鹿 */
        { S_INIT("한"), S_INIT("한"), S_INIT("") },                             /* not Chinese: kept as it is */
        { S_INIT("\xf0\xa0\x80\x80"), S_INIT("\xf0\xa0\x80\x80"), S_INIT("") }, /* U+20000: beyond the table */
        { S_INIT(""), S_INIT(""), S_INIT("") },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_str_equal(pinyin_key(fx->arena, rows[i].text), rows[i].key);
        assert_str_equal(pinyin_initials(fx->arena, rows[i].text), rows[i].initials);
    }
}

static void keys_sort_as_people_look_them_up(void **state)
{
    static const Str sorted[] = { S_INIT("1号线"), S_INIT("安阳"), S_INIT("北京"), S_INIT("吕梁"), S_INIT("西安"),
        S_INIT("先"), S_INIT("张伟"), S_INIT("赵敏") };
    BaseFixture *fx = *state;
    for (size_t i = 1; i < COUNT_OF(sorted); i++)
        row_holds(str_cmp(pinyin_key(fx->arena, sorted[i - 1]), pinyin_key(fx->arena, sorted[i])) < 0, "%.*s",
            STR_ARG(sorted[i]));
}

static void keys_are_bounded_and_end_whole(void **state)
{
    BaseFixture *fx = *state;
    static const Str units[] = { S_INIT("庄"), S_INIT("한"), S_INIT("x"), S_INIT("庄x") };
    for (size_t u = 0; u < COUNT_OF(units); u++) {
        StrBuf b = strbuf_in(fx->arena);
        for (int i = 0; i < 300; i++)
            strbuf_add(&b, units[u]);
        Str key = pinyin_key(fx->arena, strbuf_str(&b));
        assert_true(key.len <= PINYIN_KEY_MAX && key.len > PINYIN_KEY_MAX - 8);
        assert_true(str_is_text(key));
        if (u == 0)
            assert_true(str_ends(key, S("zhuang")));
    }
}

static void every_reading_is_plain_letters(void **state)
{
    size_t read = 0;
    (void)state;
    for (uint32_t code_point = PINYIN_FIRST; code_point <= PINYIN_LAST; code_point++) {
        const char *syllable = pinyin_syllables[pinyin_index[code_point - PINYIN_FIRST]];
        row_holds(
            strspn(syllable, "abcdefghijklmnopqrstuvwxyz") == strlen(syllable), "U+%04X: %s", code_point, syllable);
        read += code_point >= 0x4e00 && *syllable;
    }
    assert_true(read > 20000); /* the ideographs of everyday */
    assert_string_equal(pinyin_syllables[0], "");
}

static void texts_are_folded(void **state)
{
    static const struct {
        Str text, folded;
    } rows[] = {
        { S_INIT("Zhang.Wei"), S_INIT("zhang.wei") },
        { S_INIT("ＸＺ－１２"), S_INIT("xz-12") },
        { S_INIT("①"), S_INIT("1") },
        { S_INIT("ﬁ Straße"), S_INIT("fi strasse") },
        { S_INIT("e\xcc\x81"), S_INIT("\xc3\xa9") },    /* composed */
        { S_INIT("整\xe2\x80\x8b改"), S_INIT("整改") }, /* a zero-width blank between them */
        { S_INIT("整改"), S_INIT("整改") },
        { S_INIT("\xe2\x80\x8b"), S_INIT("") },
        { S_INIT(""), S_INIT("") },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Str once = text_fold(fx->arena, rows[i].text);
        assert_str_equal(once, rows[i].folded);
        assert_str_equal(text_fold(fx->arena, once), once);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_CTX(texts_are_read_in_pinyin),
        WITH_CTX(keys_sort_as_people_look_them_up),
        WITH_CTX(keys_are_bounded_and_end_whole),
        cmocka_unit_test(every_reading_is_plain_letters),
        WITH_CTX(texts_are_folded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
