/* The arithmetic of an evaluation and the schemes it goes by. */
#include "support/plain.h"

#include "domain/ruleset.h"
#include "domain/score.h"

#include <string.h>

typedef struct Fixture {
    Arena *arena;
    Env env;
    Ctx c;
} Fixture;

static int set_up(void **state)
{
    Arena *arena = arena_new();
    Fixture *fx = arena_new_of(arena, Fixture);
    fx->arena = arena;
    fx->c = (Ctx){ .arena = arena, .env = &fx->env, .lang = LANG_EN };
    *state = fx;
    return 0;
}

static int tear_down(void **state)
{
    arena_done(((Fixture *)*state)->arena);
    return 0;
}

#define DEDUCT                                                                                                            \
    "[{\"code\":\"d\",\"title\":\"扣分\",\"mode\":\"deduct\",\"parts\":["                                               \
    "{\"code\":\"a\",\"label\":\"甲\",\"max\":30,\"raters\":[\"office\"],\"indicators\":["                               \
    "{\"code\":\"A1\",\"label\":\"一\",\"max\":20},{\"code\":\"A2\",\"label\":\"二\",\"max\":20}]},"                    \
    "{\"code\":\"b\",\"label\":\"乙\",\"max\":60,\"raters\":[\"discipline\"],\"indicators\":["                           \
    "{\"code\":\"B1\",\"label\":\"三\",\"max\":60}]},{\"code\":\"s\",\"label\":\"满意度\",\"max\":10}],"              \
    "\"ballot\":{\"part\":\"s\",\"least\":10,\"basic_percent\":60},"                                                      \
    "\"grades\":[{\"name\":\"good\",\"label\":\"好\",\"from\":90},{\"name\":\"fair\",\"label\":\"较好\",\"from\":60}," \
    "{\"name\":\"poor\",\"label\":\"差\",\"from\":0}],"                                                                  \
    "\"consequences\":[{\"grade\":\"poor\",\"label\":\"二次整改\"}]}]"
#define WEIGHTED                                                                                                   \
    "[{\"code\":\"w\",\"title\":\"加权\",\"mode\":\"weighted\",\"parts\":["                                      \
    "{\"code\":\"a\",\"label\":\"甲\",\"max\":50,\"weight\":40,\"raters\":[\"office\",\"head\"],\"indicators\":[" \
    "{\"code\":\"A1\",\"label\":\"一\",\"max\":20},{\"code\":\"A2\",\"label\":\"二\",\"max\":30}]},"             \
    "{\"code\":\"b\",\"label\":\"乙\",\"max\":90,\"weight\":60,\"raters\":[\"discipline\"],\"indicators\":["      \
    "{\"code\":\"B1\",\"label\":\"三\",\"max\":90}]}],\"grades\":[{\"name\":\"all\",\"label\":\"全\",\"from\":0}]}]"

static const Scheme *scheme_of(Fixture *fx, const char *json)
{
    const Json *list;
    Scheme *schemes;
    size_t count;
    assert_int_equal(json_read(&fx->c, str_of(json), &list), ST_OK);
    assert_int_equal(schemes_read(&fx->c, list, &schemes, &count), ST_OK);
    assert_int_equal(count, 1);
    return schemes;
}

/* --- points ------------------------------------------------------------------------------------------------------- */

static void points_are_hundredths(void **state)
{
    Fixture *fx = *state;
    static const struct {
        const char *text;
        int64_t points; /* -1: refused */
        const char *back;
    } cases[] = { { "0", 0, "0" }, { "15", 1500, "15" }, { "2.5", 250, "2.5" }, { "13.67", 1367, "13.67" },
        { "7.05", 705, "7.05" }, { "3.10", 310, "3.1" }, { "-1", -1, "" }, { "1.", -1, "" }, { ".5", -1, "" },
        { "1.234", -1, "" }, { "1.-2", -1, "" }, { "12345", -1, "" }, { "", -1, "" }, { "五", -1, "" } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t points = -1;
        assert_int_equal(points_read(str_of(cases[i].text), &points), cases[i].points >= 0);
        assert_int_equal(points, cases[i].points);
        if (points >= 0)
            assert_true(str_eq(points_text(fx->arena, points), str_of(cases[i].back)));
    }
}

static void means_round_half_up(void **state)
{
    (void)state;
    assert_int_equal(points_mean(1367, 1), 1367);
    assert_int_equal(points_mean(4001, 3), 1334); /* 1333.67 */
    assert_int_equal(points_mean(4000, 3), 1333); /* 1333.33 */
    assert_int_equal(points_mean(2001, 2), 1001); /* 1000.5 */
    assert_int_equal(points_mean(0, 0), 0);
}

/* --- sheets ------------------------------------------------------------------------------------------------------- */

static void sheets_are_read_line_by_line(void **state)
{
    Fixture *fx = *state;
    static const struct {
        const char *scheme;
        const char *part;
        const char *text;
        int64_t score; /* -1: refused */
        const char *kept;
    } cases[] = {
        { DEDUCT, "a", "", 3000, "" }, /* nothing deducted */
        { DEDUCT, "a", "A1 2.5 会议少\n\n A2\t1 记录 不全 ", 2650, "A1 2.5 会议少\nA2 1 记录 不全" },
        { DEDUCT, "a", "A1 0", 3000, "A1 0" },
        { DEDUCT, "a", "A1 20 全无\nA2 20 全无", 0, "A1 20 全无\nA2 20 全无" }, /* 40 of 30: never below 0 */
        { DEDUCT, "a", "A1 20.01 过多", -1, "more than" },
        { DEDUCT, "a", "A1 1", -1, "reason" },
        { DEDUCT, "a", "A1 1 甲\nA1 2 乙", -1, "line 2" },
        { DEDUCT, "a", "B1 1 别处的", -1, "no indicator" },
        { DEDUCT, "a", "A1 甲 乙", -1, "number" },
        { WEIGHTED, "a", "A1 20\nA2 25 规则未建", 4500, "A1 20\nA2 25 规则未建" },
        { WEIGHTED, "a", "A1 20", -1, "no points yet" },
        { WEIGHTED, "a", "A1 20\nA2 25", -1, "reason" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const Scheme *s = scheme_of(fx, cases[i].scheme);
        int64_t score = -1;
        Str kept = STR_NONE;
        Status status =
            marks_read(&fx->c, s, scheme_part(s, str_of(cases[i].part)), str_of(cases[i].text), &score, &kept);
        assert_int_equal(status, cases[i].score < 0 ? ST_INVALID : ST_OK);
        if (status == ST_OK) {
            assert_int_equal(score, cases[i].score);
            assert_true(str_eq(kept, str_of(cases[i].kept)));
        } else {
            assert_string_equal(fx->c.err.fields->field.ptr, "marks");
        }
        ctx_forgive(&fx->c);
    }
}

/* --- ballots ------------------------------------------------------------------------------------------------------ */

static void nine_ballots_are_few_and_ten_are_not(void **state)
{
    Fixture *fx = *state;
    static const struct {
        const char *text;
        size_t shown, small;
        bool other_shown;
        int64_t other; /* ballots */
    } cases[] = {
        { "职工 7 1 1 1", 1, 0, false, 0 },                /* 10 */
        { "职工 7 1 1 0", 0, 1, false, 9 },                /* 9 */
        { "职工 20 0 0 0\n群众 8 1 0 0", 1, 1, false, 9 }, /* 9 by themselves */
        { "职工 20 0 0 0\n群众 4 1 0 0\n服务对象 3 1 0 0", 1, 2, false, 9 },
        { "职工 20 0 0 0\n群众 4 1 0 0\n服务对象 3 1 1 0", 1, 2, true, 10 },
        { "职工 0 0 0 10", 1, 0, false, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Ballots b;
        assert_int_equal(ballots_read(&fx->c, str_of(cases[i].text), 10, &b), ST_OK);
        assert_int_equal(b.count, cases[i].shown);
        assert_int_equal(b.small, cases[i].small);
        assert_int_equal(b.other_shown, cases[i].other_shown);
        assert_int_equal(ballot_total(&b.other), cases[i].other);
    }
    static const char *const refused[] = { "", "职工 1 2 3", "职工 1 2 3 4 5", "职工 1 2 3 x", "职工 -1 2 3 4",
        "职工 0 0 0 0", "职工 9 9 9 9\n职工 9 9 9 9", "一二三四五六七八九十一二三四五六七八九十一 9 9 9 9" };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        Ballots b;
        assert_int_equal(ballots_read(&fx->c, str_of(refused[i]), 10, &b), ST_INVALID);
        assert_string_equal(fx->c.err.fields->field.ptr, "ballots");
        ctx_forgive(&fx->c);
    }
}

static void ballots_become_points(void **state)
{
    Fixture *fx = *state;
    const Scheme *s = scheme_of(fx, DEDUCT);
    static const struct {
        int64_t votes[VOTE_KINDS];
        int64_t score;                                                                         /* -1: none */
    } cases[] = { { { 30, 0, 0, 0 }, 1000 }, { { 0, 0, 30, 0 }, 0 }, { { 30, 5, 1, 0 }, 917 }, /* 33/36 × 10 = 9.1667 */
        { { 30, 5, 1, 99 }, 917 }, { { 0, 30, 0, 0 }, 600 }, { { 0, 0, 0, 30 }, -1 } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t score;
        bool any = ballots_score(s, cases[i].votes, &score);
        assert_int_equal(any, cases[i].score >= 0);
        assert_int_equal(score, cases[i].score >= 0 ? cases[i].score : 0);
    }
    const BallotGroup groups[] = { { S_INIT("甲"), { 1, 2, 3, 4 } }, { S_INIT("乙"), { 10, 20, 30, 40 } } };
    int64_t votes[VOTE_KINDS];
    assert_true(ballots_counted(groups, 2, votes));
    assert_int_equal(votes[VOTE_BASIC], 22);
    assert_false(ballots_counted(groups, 0, votes));
}

/* --- together ----------------------------------------------------------------------------------------------------- */

static void parts_make_the_total(void **state)
{
    Fixture *fx = *state;
    const Scheme *d = scheme_of(fx, DEDUCT);
    PartScore p[] = { { .part = &d->parts[0], .counted = true, .sheets = 3, .sum = 8001 },
        { .part = &d->parts[1], .counted = true, .sheets = 1, .sum = 5750 },
        { .part = &d->parts[2], .counted = true, .votes = { 30, 5, 1, 0 } } };
    assert_int_equal(score_total(d, p), 2667 + 5750 + 917);
    assert_true(str_eq(total_words(&fx->c, d, p, 9334), S("合计：26.67＋57.5＋9.17＝93.34分；等次“好”（90分及以上）")));
    assert_true(str_eq(part_words(&fx->c, d, &p[0]), S("甲：满分30分，3份评分表平均26.67分")));
    p[2] = (PartScore){ .part = &d->parts[2], .counted = false };
    assert_int_equal(score_total(d, p), 9352); /* 84.17 × 100 ÷ 90 = 93.522 */
    assert_non_null(strstr(total_words(&fx->c, d, p, 9352).ptr, "84.17×100÷90＝93.52分"));
    p[2] = (PartScore){ .part = &d->parts[2], .counted = true, .votes = { 0, 0, 0, 12 } };
    assert_int_equal(score_total(d, p), 9352); /* abstentions alone count nothing */
    assert_false(p[2].counted);

    const Scheme *w = scheme_of(fx, WEIGHTED);
    PartScore q[] = { { .part = &w->parts[0], .counted = true, .sheets = 2, .sum = 4500 + 4401 },
        { .part = &w->parts[1], .counted = true, .sheets = 1, .sum = 7000 } };
    assert_int_equal(score_total(w, q), 3561 + 4667); /* 44.51 × 40/50 = 35.608; 70 × 60/90 = 46.667 */
    assert_int_equal(q[0].score, 4451);               /* 44.505 */
}

static void grades_begin_at_their_points(void **state)
{
    Fixture *fx = *state;
    const Scheme *s = scheme_of(fx, DEDUCT);
    static const struct {
        int64_t total;
        const char *name;
    } cases[] = { { 10000, "good" }, { 9000, "good" }, { 8999, "fair" }, { 6000, "fair" }, { 5999, "poor" },
        { 0, "poor" } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_true(str_eq(scheme_grade(s, cases[i].total)->name, str_of(cases[i].name)));
}

/* --- schemes ------------------------------------------------------------------------------------------------------ */

/* The JSON with one piece of it replaced. */
static Str changed(Fixture *fx, const char *json, const char *from, const char *to)
{
    Str s = str_of(json);
    size_t at = str_find(s, str_of(from), 0);
    assert_true(at != SIZE_MAX);
    return str_format(fx->arena, "%.*s%s%.*s", (int)at, s.ptr, to, STR_ARG(str_sub(s, at + strlen(from), SIZE_MAX)));
}

static void faults_of_a_scheme_name_their_place(void **state)
{
    Fixture *fx = *state;
    static const struct {
        const char *json, *from, *to, *place;
    } cases[] = {
        { DEDUCT, "\"deduct\"", "\"guess\"", "evaluation[0].mode" },
        { DEDUCT, "\"max\":30", "\"max\":31", "evaluation[0].parts" },
        { DEDUCT, "\"max\":20", "\"max\":0", "evaluation[0].parts[0].indicators[0].max" },
        { DEDUCT, "\"max\":20", "\"max\":31", "evaluation[0].parts[0].indicators[0].max" },
        { DEDUCT, "\"A2\"", "\"A1\"", "evaluation[0].parts[0].indicators[1].code" },
        { DEDUCT, "\"A2\"", "\"A 2\"", "evaluation[0].parts[0].indicators[1].code" },
        { DEDUCT, "\"discipline\"", "\"unit\"", "evaluation[0].parts[1].raters" },
        { DEDUCT, "\"discipline\"", "\"nobody\"", "evaluation[0].parts[1].raters" },
        { DEDUCT, "\"code\":\"b\"", "\"code\":\"a\"", "evaluation[0].parts[1].code" },
        { DEDUCT, "\"part\":\"s\"", "\"part\":\"x\"", "evaluation[0].parts[2].raters" },
        { DEDUCT, "\"part\":\"s\"", "\"part\":\"a\"", "evaluation[0].parts[0]" },
        { DEDUCT, "\"least\":10", "\"least\":9", "evaluation[0].ballot.least" },
        { DEDUCT, "\"from\":60", "\"from\":90", "evaluation[0].grades[1].from" },
        { DEDUCT, "\"from\":0", "\"from\":1", "evaluation[0].grades" },
        { DEDUCT, "\"grade\":\"poor\"", "\"grade\":\"x\"", "evaluation[0].consequences[0].grade" },
        { WEIGHTED, "\"max\":20", "\"max\":19", "evaluation[0].parts[0].indicators" },
        { WEIGHTED, "\"weight\":40", "\"weight\":41", "evaluation[0].parts" },
        { WEIGHTED, "\"weight\":40,", "", "evaluation[0].parts[0].weight" },
        { WEIGHTED, "\"title\":\"加权\",", "", "evaluation[0].title" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const Json *list;
        Scheme *schemes;
        size_t count;
        assert_int_equal(json_read(&fx->c, changed(fx, cases[i].json, cases[i].from, cases[i].to), &list), ST_OK);
        assert_int_equal(schemes_read(&fx->c, list, &schemes, &count), ST_INVALID);
        assert_string_equal(str_c(fx->arena, fx->c.err.fields->field), cases[i].place);
        ctx_forgive(&fx->c);
    }
}

static void a_rule_set_may_have_no_scheme(void **state)
{
    Fixture *fx = *state;
    Scheme *schemes;
    size_t count = 7;
    assert_int_equal(schemes_read(&fx->c, NULL, &schemes, &count), ST_OK);
    assert_int_equal(count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(points_are_hundredths), cmocka_unit_test(means_round_half_up),
        cmocka_unit_test(sheets_are_read_line_by_line), cmocka_unit_test(nine_ballots_are_few_and_ten_are_not),
        cmocka_unit_test(ballots_become_points), cmocka_unit_test(parts_make_the_total),
        cmocka_unit_test(grades_begin_at_their_points), cmocka_unit_test(faults_of_a_scheme_name_their_place),
        cmocka_unit_test(a_rule_set_may_have_no_scheme) };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
