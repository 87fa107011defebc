/* Texts that must meet however they are written, and those that must not. */
#include "search_test.h"

#include "search/fold.h"

static void texts_fold(void **state)
{
    static const struct {
        const char *text, *folded;
    } rows[] = {
        /* width, case, marks, what nobody sees */
        { "ＡＢＣ１２３", "abc123" },
        { "Ａ局　Ｂ科", "a局b科" },
        { "ﾃｽﾄ", "テスト" },
        { "Café ÉTÉ", "cafe/ete" },
        { "党\xe2\x80\x8b组", "党组" }, /* U+200B */
        { "ﬁle ㎡", "file/m2" },
        { "㈠", "1" },
        /* traditional and simplified */
        { "聽取巡察整改進展", "听取巡察整改进展" },
        { "黨組書記", "党组书记" },
        { "龍華區財政局", "龙华区财政局" },
        { "乾隆", "干隆" } /* a character at a time, in texts and queries alike */,
        /* what parts pieces, and what does not */
        { "滞留、挪用", "滞留/挪用" },
        { "示巡提〔2021〕3号", "示巡提/2021/3号" },
        { "第 3 组", "第3组" },
        { "12 34", "12/34" },
        { "a b", "a/b" },
        { "党组\n书记", "党组/书记" },
        { "  ，。！ ", "" },
        { "", "" },
        /* numbers */
        { "1,234,567.89元", "1234567.89元" },
        { "1,23", "1/23" },
        { "98.71%", "98.71" },
        { "3.", "3" },
        { "三百二十一个", "321个" },
        { "一千二百三十四", "1234" },
        { "一千零五", "1005" },
        { "一千零五十", "1050" },
        { "十五", "15" },
        { "十", "10" },
        { "二十", "20" },
        { "第三轮", "第3轮" },
        { "二〇二一年", "2021年" },
        { "一九七八", "1978" },
        { "两个", "2个" },
        { "一万三千", "13000" },
        { "一万零五", "10005" },
        { "二亿三千万", "230000000" },
        { "三百万元", "300万元" },
        { "三亿元", "3亿元" },
        { "300万元", "300万元" },
        { "叁佰贰拾壹元", "321元" },
        { "壹万元", "1万元" },
        { "貳拾", "20" }, /* traditional before it is read */
        /* what is no number */
        { "万一", "万一" },
        { "千方百计", "千方百计" },
        { "五六百户", "五六百户" },
        { "十三五", "十三五" },
        { "一百二", "一百二" },
        { "一万二", "一万二" },
        { "3三", "3/3" },
        { "三十二十", "三十二十" },
        { "百", "百" },
        { "队伍 陆某", "队伍/陆某" },
        { "叁 叁丽", "叁/叁丽" }, /* joined they would be another number when read again */
        { "一一对应", "11对应" },
        { "一把手", "1把手" },
    };
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_str_equal(fold_join(arena, fold_pieces(arena, str_of(rows[i].text))), str_of(rows[i].folded));
    arena_done(arena);
}

static void what_is_folded_folds_to_itself(void **state)
{
    static const char *const texts[] = { "聽取 3 百二十一 １,234 项，十三五；ＡＢＣ２０２１ 二十一",
        "三百万元 98.71% 第十五轮", "示巡提〔2021〕３号 Café", "五六百户 一万零五" };
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        Str once = fold_join(arena, fold_pieces(arena, str_of(texts[i])));
        assert_str_equal(fold_join(arena, fold_pieces(arena, once)), once);
    }
    arena_done(arena);
}

static void pieces_know_their_source_and_their_initials(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Str text = S("第 三百二十一 號Ａ１");
    Pieces p = fold_pieces(arena, text);
    assert_int_equal(p.count, 5);
    static const struct {
        const char *text, *source, *initials;
        bool joined;
    } want[] = { { "第", "第", "d", false }, { "321", "三百二十一", "sbesy", true }, { "号", "號", "h", true },
        { "a", "Ａ", "a", true }, { "1", "１", "1", true } };
    for (size_t i = 0; i < p.count; i++) {
        assert_str_equal(p.items[i].text, str_of(want[i].text));
        assert_str_equal(str_sub(text, p.items[i].from, p.items[i].to - p.items[i].from), str_of(want[i].source));
        assert_str_equal(p.items[i].initials, str_of(want[i].initials));
        assert_int_equal(p.items[i].joined, want[i].joined);
    }
    arena_done(arena);
}

static void long_words_are_cut_and_stay_whole(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    StrBuf b = strbuf_in(arena);
    for (int i = 0; i < 500; i++)
        strbuf_add(&b, S("ж"));
    Pieces p = fold_pieces(arena, strbuf_str(&b));
    assert_int_equal(p.count, 1);
    assert_true(p.items[0].text.len <= PIECE_MAX && str_is_text(p.items[0].text));
    assert_int_equal(p.items[0].to, b.len);
    arena_done(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(texts_fold), cmocka_unit_test(what_is_folded_folds_to_itself),
        cmocka_unit_test(pieces_know_their_source_and_their_initials),
        cmocka_unit_test(long_words_are_cut_and_stay_whole) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
