#include "base_test.h"

#include "base/config.h"

#include <string.h>

static const Option table[] = {
    { "port", OPT_INT, "NUMBER", "8080", { "监听端口", "port to listen on" } },
    { "as-of", OPT_DATE, "DATE", NULL, { "按哪一天计算", "day to reckon from" } },
    { "data-dir", OPT_TEXT, "DIR", "/var/lib/xuncha", { "数据目录", "where data lies" } },
    { "dry-run", OPT_FLAG, NULL, NULL, { "只检查不写入", "check only" } },
};
enum { TABLE_COUNT = COUNT_OF(table), WORDS_MAX = 8 };

/* No test may see what the one before it, or the person who runs them, has in the environment. */
static void clear_environment(void)
{
    unsetenv("XUNCHA_PORT");
    unsetenv("XUNCHA_AS_OF");
    unsetenv("XUNCHA_DATA_DIR");
    unsetenv("XUNCHA_DRY_RUN");
}

static int set_up(void **state)
{
    clear_environment();
    return base_set_up(state);
}

static int tear_down(void **state)
{
    clear_environment();
    return base_tear_down(state);
}

/* `line` is split at single blanks, as a shell would. */
static Status read_line(BaseFixture *fx, const char *line, OptionValues *out)
{
    char *words[WORDS_MAX];
    int count = 0;
    Str rest = str_of(line), word;
    while (count < WORDS_MAX && str_cut(&rest, ' ', &word))
        words[count++] = str_c(fx->arena, word);
    return options_read(&fx->c, table, TABLE_COUNT, count, words, out);
}

/* "port as-of data-dir dry-run|operand|operand" */
static Str shown(BaseFixture *fx, const OptionValues *v)
{
    StrBuf b = strbuf_in(fx->arena);
    strbuf_addf(&b, "%lld %d %.*s %d", (long long)option_int(v, "port"), option_date(v, "as-of"),
        STR_ARG(option_text(v, "data-dir")), option_flag(v, "dry-run"));
    for (size_t i = 0; i < v->operand_count; i++)
        strbuf_addf(&b, "|%.*s", STR_ARG(v->operand[i]));
    return strbuf_str(&b);
}

static void words_are_read(void **state)
{
    static const struct {
        const char *line, *shown;
    } rows[] = {
        { "", "8080 0 /var/lib/xuncha 0" },
        { "--port 9000", "9000 0 /var/lib/xuncha 0" },
        { "--port=9000", "9000 0 /var/lib/xuncha 0" },
        { "--port -1", "-1 0 /var/lib/xuncha 0" },
        { "--port=1 --port=2", "2 0 /var/lib/xuncha 0" },
        { "--as-of 2021-10-31 --dry-run", "8080 20211031 /var/lib/xuncha 1" },
        { "--dry-run=no", "8080 0 /var/lib/xuncha 0" },
        { "--dry-run file", "8080 0 /var/lib/xuncha 1|file" },
        { "--data-dir=", "8080 0  0" },
        { "--data-dir=a=b", "8080 0 a=b 0" },
        { "--data-dir=--odd", "8080 0 --odd 0" },
        { "a --port 1 b", "1 0 /var/lib/xuncha 0|a|b" },
        { "- -- --port -x", "8080 0 /var/lib/xuncha 0|-|--port|-x" },
        { "示江市", "8080 0 /var/lib/xuncha 0|示江市" },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        OptionValues v;
        row_holds(read_line(fx, rows[i].line, &v) == ST_OK, "%s: %.*s", rows[i].line, STR_ARG(fx->c.err.message));
        assert_str_equal(shown(fx, &v), str_of(rows[i].shown));
    }
}

static void wrong_words_are_named_with_the_remedy(void **state)
{
    static const struct {
        const char *line, *zh, *en;
    } rows[] = {
        { "--prot 1", "没有--prot这个选项，是否应为--port？", "there is no option --prot; did you mean --port?" },
        { "--datadir=x", "没有--datadir这个选项，是否应为--data-dir？",
            "there is no option --datadir; did you mean --data-dir?" },
        { "--as_of x", "没有--as_of这个选项，是否应为--as-of？", "there is no option --as_of; did you mean --as-of?" },
        { "--zzzzzzzzzz", "没有--zzzzzzzzzz这个选项，可用--help查看全部选项",
            "there is no option --zzzzzzzzzz; --help lists all" },
        { "-port 1", "没有-port这个选项，是否应为--port？", "there is no option -port; did you mean --port?" },
        { "-v", "没有-v这个选项，可用--help查看全部选项", "there is no option -v; --help lists all" },
        { "--port", "选项--port后面缺少NUMBER", "option --port wants NUMBER after it" },
        { "--port --dry-run", "选项--port后面缺少NUMBER", "option --port wants NUMBER after it" },
        { "--port=", "选项--port的值“”有误：应当是整数", "option --port has the value '': a whole number is expected" },
        { "--port=8o8o", "选项--port的值“8o8o”有误：应当是整数",
            "option --port has the value '8o8o': a whole number is expected" },
        { "--as-of=2021-02-30", "选项--as-of的值“2021-02-30”有误：应当是日期，例如2021-10-31",
            "option --as-of has the value '2021-02-30': a date is expected, such as 2021-10-31" },
        { "--dry-run=maybe", "选项--dry-run的值“maybe”有误：应当是true或者false",
            "option --dry-run has the value 'maybe': true or false is expected" },
        { "--data-dir=\xff", "选项--data-dir的值“?”有误：内容不是有效的UTF-8文本", NULL },
        { "a \xff", "第2个参数不是有效的UTF-8文本", "operand 2 is not valid UTF-8 text" },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        OptionValues v;
        for (Lang lang = LANG_ZH; lang <= LANG_EN; lang++) {
            const char *want = lang == LANG_ZH ? rows[i].zh : rows[i].en;
            fx->c.lang = lang;
            assert_int_equal(read_line(fx, rows[i].line, &v), ST_INVALID);
            if (want)
                assert_str_equal(fx->c.err.message, str_of(want));
            ctx_forgive(&fx->c);
        }
    }
}

static void operands_are_limited(void **state)
{
    BaseFixture *fx = *state;
    char word[] = "x";
    char *words[OPERANDS_MAX + 1];
    OptionValues v;
    for (int i = 0; i <= OPERANDS_MAX; i++)
        words[i] = word;
    assert_int_equal(options_read(&fx->c, table, TABLE_COUNT, OPERANDS_MAX, words, &v), ST_OK);
    assert_int_equal(v.operand_count, OPERANDS_MAX);
    assert_int_equal(options_read(&fx->c, table, TABLE_COUNT, OPERANDS_MAX + 1, words, &v), ST_INVALID);
}

static void flag_beats_environment_beats_file_beats_default(void **state)
{
    static const struct {
        const char *flag, *environment, *file;
        int64_t port;
        bool given;
    } rows[] = {
        { "--port=1", "2", "port = 3", 1, true },
        { "", "2", "port = 3", 2, true },
        { "", NULL, "port = 3", 3, true },
        { "", NULL, "", 8080, false },
        { "", "", "port=3", 3, true },
        { "--port=1", NULL, "port=x", 1, true },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        OptionValues v;
        unsetenv("XUNCHA_PORT");
        if (rows[i].environment)
            setenv("XUNCHA_PORT", rows[i].environment, 1);
        assert_int_equal(read_line(fx, rows[i].flag, &v), ST_OK);
        assert_int_equal(options_read_file(&fx->c, str_of(rows[i].file), &v), ST_OK);
        row_holds(option_int(&v, "port") == rows[i].port, "row %zu: %lld", i, (long long)option_int(&v, "port"));
        row_holds(option_given(&v, "port") == rows[i].given, "row %zu: given", i);
        assert_false(option_given(&v, "as-of"));
    }
}

static void the_environment_is_checked_too(void **state)
{
    static const char *const yes[] = { "1", "true", "yes", "on" };
    BaseFixture *fx = *state;
    OptionValues v;
    for (size_t i = 0; i < COUNT_OF(yes); i++) {
        setenv("XUNCHA_DRY_RUN", yes[i], 1);
        assert_int_equal(read_line(fx, "", &v), ST_OK);
        assert_true(option_flag(&v, "dry-run"));
        assert_int_equal(read_line(fx, "--dry-run=off", &v), ST_OK);
        assert_false(option_flag(&v, "dry-run"));
    }
    setenv("XUNCHA_AS_OF", "yesterday", 1);
    assert_int_equal(read_line(fx, "", &v), ST_INVALID);
    assert_str_equal(fx->c.err.message, S("环境变量XUNCHA_AS_OF的值“yesterday”有误：应当是日期，例如2021-10-31"));
}

static void files_are_read(void **state)
{
    static const struct {
        Str file;
        const char *shown;
    } rows[] = {
        { S_INIT(""), "8080 0 /var/lib/xuncha 0" },
        { S_INIT("# a comment\n\n  port = 1  \r\nas_of=2021-10-31"), "1 20211031 /var/lib/xuncha 0" },
        { S_INIT("data_dir = /数据/巡察 # no comment here\n"), "8080 0 /数据/巡察 # no comment here 0" },
        { S_INIT("\xef\xbb\xbfport = 1\n"), "1 0 /var/lib/xuncha 0" },
        { S_INIT("dry_run = yes\ndata_dir =\n"), "8080 0  1" },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        OptionValues v;
        assert_int_equal(read_line(fx, "", &v), ST_OK);
        row_holds(options_read_file(&fx->c, rows[i].file, &v) == ST_OK, "row %zu: %.*s", i, STR_ARG(fx->c.err.message));
        assert_str_equal(shown(fx, &v), str_of(rows[i].shown));
    }
}

static void wrong_lines_are_named_by_number(void **state)
{
    static const struct {
        Str file;
        const char *message;
    } rows[] = {
        { S_INIT("\nport 1"), "配置文件第2行：应当写成“配置项 = 值”" },
        { S_INIT("port = 1\n\nprot = 2"), "配置文件第3行：没有prot这个配置项，是否应为port？" },
        { S_INIT("as-of = 2021-10-31"), "配置文件第1行：没有as-of这个配置项，是否应为as_of？" },
        { S_INIT("zzzzzzzz = 1"), "配置文件第1行：没有zzzzzzzz这个配置项" },
        { S_INIT("= 1"), "配置文件第1行：没有这个配置项" },
        { S_INIT("port = 1\nport = 1"), "配置文件第2行：配置项port重复" },
        { S_INIT("port = one"), "配置文件第1行：port的值“one”有误：应当是整数" },
        { S_INIT("port = \xff"), "配置文件不是有效的UTF-8文本" },
    };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        OptionValues v;
        assert_int_equal(read_line(fx, "", &v), ST_OK);
        assert_int_equal(options_read_file(&fx->c, rows[i].file, &v), ST_INVALID);
        assert_str_equal(fx->c.err.message, str_of(rows[i].message));
        ctx_forgive(&fx->c);
    }
}

static void values_outlive_their_source(void **state)
{
    BaseFixture *fx = *state;
    char file[] = "data_dir = here";
    OptionValues v;
    setenv("XUNCHA_AS_OF", "2021-10-31", 1);
    assert_int_equal(read_line(fx, "", &v), ST_OK);
    setenv("XUNCHA_AS_OF", "9999-99-99", 1);
    assert_int_equal(options_read_file(&fx->c, str_of(file), &v), ST_OK);
    memset(file, '#', sizeof file - 1);
    assert_str_equal(shown(fx, &v), S("8080 20211031 here 0"));
}

static void help_stands_in_columns(void **state)
{
    BaseFixture *fx = *state;
    StrBuf b = strbuf_in(fx->arena);
    options_help(&b, table, TABLE_COUNT, LANG_ZH);
    assert_str_equal(strbuf_str(&b), S("  --port NUMBER   监听端口（默认8080）\n"
                                       "  --as-of DATE    按哪一天计算\n"
                                       "  --data-dir DIR  数据目录（默认/var/lib/xuncha）\n"
                                       "  --dry-run       只检查不写入\n"));
    b = strbuf_in(fx->arena);
    options_help(&b, table, 1, LANG_EN);
    assert_str_equal(strbuf_str(&b), S("  --port NUMBER  port to listen on (default 8080)\n"));
}

#define WITH_ENVIRONMENT(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ENVIRONMENT(words_are_read),
        WITH_ENVIRONMENT(wrong_words_are_named_with_the_remedy),
        WITH_ENVIRONMENT(operands_are_limited),
        WITH_ENVIRONMENT(flag_beats_environment_beats_file_beats_default),
        WITH_ENVIRONMENT(the_environment_is_checked_too),
        WITH_ENVIRONMENT(files_are_read),
        WITH_ENVIRONMENT(wrong_lines_are_named_by_number),
        WITH_ENVIRONMENT(values_outlive_their_source),
        WITH_ENVIRONMENT(help_stands_in_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
