#include "../base/base_test.h"

#include "check/reading.h"

#include <stdio.h>

static Reading read_all(BaseFixture *fx, const char *text)
{
    Str source = str_of(text);
    Reading r = { .arena = fx->arena, .f = folded_from(fx->arena, source, 0, source.len) };
    r.par_to = r.f.len;
    number_read(&r, 0, r.f.len);
    return r;
}

/* "4173个 98.81%≈": each figure with its kind, its measure word and how exact it is. */
static Str shown(BaseFixture *fx, Reading *r)
{
    StrBuf b = strbuf_in(fx->arena);
    for (size_t i = 0; i < r->count; i++) {
        const Num *n = &r->num[i];
        if (i)
            strbuf_addc(&b, ' ');
        strbuf_add(&b, words_value(fx->arena, n->value, 6));
        static const char *const signs[] = { "", "%", "pt", "x" };
        strbuf_add(&b, str_of(signs[n->kind]));
        strbuf_add(&b, (Str){ r->f.ptr + n->measure, n->end - n->measure });
        if (n->approx & APPROX_ABOUT)
            strbuf_add(&b, S("~"));
        if (n->approx & APPROX_BOUND)
            strbuf_add(&b, S("+"));
        if (n->approx & APPROX_RANGE)
            strbuf_add(&b, S("-"));
    }
    return strbuf_str(&b);
}

static void figures_are_read(void **state)
{
    BaseFixture *fx = *state;
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "问题4173个，完成率98.81%", "4173个 98.81%" },
        { "４１７３个，９８.８１％", "4173个 98.81%" },
        { "4173 个问题", "4173个" },
        { "呼入5.63万个、接通5.51万个", "56300个 55100个" },
        { "1.86亿元，3200万元", "186000000元 32000000元" },
        { "投入1,234万元", "12340000元" },
        { "两州各6、5", "2州 6 5" },
        { "各170,166、163", "170 166 163" },
        { "提高1.2个百分点", "1.2pt" },
        { "占百分之七十五", "75%" },
        { "占四成，三分之一，3/4", "40% 33.333333% 75%" },
        { "是去年的2.3倍、两倍", "2.3x 2x" },
        { "四百零五人，两万三千名", "405人 23000名" },
        { "十二场、二十一户、一百一十家", "12场 21户 110家" },
        { "600余个、三十多名、近百人", "600个+ 30名+" },
        { "近6成、约40天、超过90%", "60%+ 40天~ 90%+" },
        { "80%以上，50个左右", "80%+ 50个+" },
        { "12至38个，30—45岁，6～8人", "12- 38个- 30- 45岁- 6- 8人-" },
        { "由9个增加到17个", "9个 17个" },
        { "0人", "0人" },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Reading r = read_all(fx, rows[i].text);
        Str got = shown(fx, &r);
        row_holds(str_eq(got, str_of(rows[i].want)), "%s gives \"%.*s\", not \"%s\"", rows[i].text, STR_ARG(got),
            rows[i].want);
    }
}

/* What holds digits but counts nothing leaves nothing behind. */
static void names_are_no_counts(void **state)
{
    BaseFixture *fx = *state;
    static const char *const rows[] = { "第七轮", "第23批", "第一至九轮", "第一、第三、第五支部", "前22批", "前三类",
        "2017年3月5日", "二〇二一年", "3月份", "2023年度", "一季度", "十四五期间", "围绕“三大问题”“四个落实”",
        "三大攻坚战", "四个意识", "八项规定", "第一种形态", "“1+3+N”模式", "〔2022〕15号", "第二十三条", "第（二）项",
        "附件1", "电话0710-3611234", "12345热线", "13800001234", "G207国道", "A012号信箱", "PM2.5浓度", "17:30",
        "1:1.62", "7×24小时", "一般干部", "统一", "十分重要", "万一", "一把手", "三农工作", "上一轮", "《三个办法》",
        "五大道", "十八大以来", "18时", "2号楼" };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Reading r = read_all(fx, rows[i]);
        Str got = shown(fx, &r);
        row_holds(r.count == 0, "%s gives \"%.*s\"", rows[i], STR_ARG(got));
    }
}

static void paragraph_numbers_are_no_counts(void **state)
{
    BaseFixture *fx = *state;
    static const struct {
        const char *text, *want;
    } rows[] = { { "（一）发现问题12个", "12个" }, { "一、发现问题12个", "12个" }, { "3.发现问题12个", "12个" },
        { "2、发现问题12个", "12个" } };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Reading r = read_all(fx, rows[i].text);
        Str got = shown(fx, &r);
        row_holds(str_eq(got, str_of(rows[i].want)), "%s gives \"%.*s\"", rows[i].text, STR_ARG(got));
    }
}

static void the_way_back_leads_to_the_text(void **state)
{
    BaseFixture *fx = *state;
    Str text = str_of("整改 完成　率：９８．８１％（４ １１９个）");
    Folded f = folded_from(fx->arena, text, 0, text.len);
    for (size_t i = 0; i <= f.len; i++)
        row_holds(f.map[i] <= text.len && (i == 0 || f.map[i] >= f.map[i - 1]), "byte %zu of the folded text", i);
    size_t at = text_find(&f, 0, f.len, S("98.81%"));
    assert_true(at != SIZE_MAX);
    assert_str_equal(str_sub(text, f.map[at], S("９８．８１％").len), S("９８．８１％"));
}

static void nouns_and_measures(void **state)
{
    BaseFixture *fx = *state;
    static const struct {
        const char *text;
        bool alike, same_noun;
    } rows[] = { { "4173个问题，整改4119个", true, true }, { "18个单位，9个巡察组", false, false },
        { "23件线索，立案37人", false, true }, { "13个市州，91家单位", true, false }, { "来电83，来信4件", true, true },
        { "27万元，12个", false, true }, { "4大类22个问题", false, false } };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Reading r = read_all(fx, rows[i].text);
        row_holds(r.count == 2, "%s has two figures", rows[i].text);
        row_holds(num_alike(&r.num[0], &r.num[1]) == rows[i].alike, "%s: alike", rows[i].text);
        if (rows[i].alike)
            row_holds(num_same_noun(&r, &r.num[0], &r.num[1]) == rows[i].same_noun, "%s: same noun", rows[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(figures_are_read, base_set_up, base_tear_down),
        cmocka_unit_test_setup_teardown(names_are_no_counts, base_set_up, base_tear_down),
        cmocka_unit_test_setup_teardown(paragraph_numbers_are_no_counts, base_set_up, base_tear_down),
        cmocka_unit_test_setup_teardown(the_way_back_leads_to_the_text, base_set_up, base_tear_down),
        cmocka_unit_test_setup_teardown(nouns_and_measures, base_set_up, base_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
