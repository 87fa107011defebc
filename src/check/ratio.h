/* Part over whole. Private to the rules of rates: ratio.c, relation_share.c, relation_rate.c,
 * relation_named.c, relation_plan.c, relation_ratio.c, relation_slip.c. */
#ifndef CHECK_RATIO_H
#define CHECK_RATIO_H

#include "check/evidence.h"
#include "check/slip.h"

enum { RATIO_WHOLES_MAX = 8, RATIO_FORWARD_MAX = 6 };

typedef struct Pair {
    Range part, whole;
    size_t first, last; /* indexes that the span must hold */
    Str part_text, whole_text;
    const Num *divided, *by; /* the two figures; NULL where one is a sum */
    Strength strength;       /* what the words say of them */
} Pair;

/* Words that call a figure a total: 共, 合计, 应…. */
extern const Str ratio_totals[];

/* A percentage with a word of change before it is no share. */
bool ratio_is_change(const Reading *r, size_t at);
/* No semicolon between: 整改率 of one clause is not that of the clause before. */
bool ratio_same_clause(const Reading *r, size_t a, size_t b);
/* A count of what there is, not of what was added and no average. */
bool ratio_is_state(const Num *n);
bool ratio_can_be_whole(const Reading *r, const Num *whole, const Num *part);

Pair ratio_pair(Reading *r, size_t part, size_t whole, size_t rate);
bool ratio_fits(const Pair *p, const Num *rate);
/* "(a+b+c)" of the figures from..to-1. */
Str ratio_sum_text(Reading *r, size_t from, size_t to);

/* What fits is consistent; what misses is judged by its strength. */
void ratio_say(Reading *r, const Pair *p, size_t rate, CheckRule rule);
/* Undecidable, and why: from figure `first` on. */
void ratio_say_open(Reading *r, size_t rate, size_t first);
/* Says consistent for the first whole before or behind that fits; false when none does. */
bool ratio_fit_whole(Reading *r, size_t part, size_t rate, CheckRule rule);

/* The shares that begin at `at`: past them, or `at` when there is no list of shares. */
size_t relation_share(Reading *r, size_t at);
/* 51起、42起，分别占54.8%和45.2%: past the shares that begin at `at`, or `at`. */
size_t relation_respective(Reading *r, size_t at);
/* 立案数占移交线索数的46%: both are named (relation_named.c). */
bool ratio_both_named(Reading *r, size_t rate);
/* …742件次。其中，检举419件次，占总量的56.5%: of what was told first (relation_named.c). */
bool ratio_of_total(Reading *r, size_t rate);
/* What it was before; neighbours together; what should have been done (relation_named.c). */
bool ratio_of_before(Reading *r, size_t rate);
bool ratio_fit_run(Reading *r, size_t rate);
bool ratio_of_what_should(Reading *r, size_t rate, size_t whole);
/* The whole that a sentence is about: its first count of the part's measure when no other is larger, or the one that
 * is called a total. SIZE_MAX when it has no such count (relation_rate.c). */
size_t ratio_topic(const Reading *r, size_t part, size_t rate);
/* 占全县230个村的82%: the whole stands between the verb and the rate, and the claim about it (relation_plan.c). */
bool ratio_whole_inside(const Reading *r, size_t rate);
void ratio_of_inside(Reading *r, size_t rate);
/* 占应拨总额（329万元）的95%: the whole in the bracket between (relation_plan.c). */
bool ratio_inside_bracket(Reading *r, size_t rate);
/* 满意率 over 满意, 基本满意, 不满意 (relation_satisfied.c). */
bool ratio_of_answers(Reading *r, size_t rate);
/* 不合格7批次，合格率98.6%: of what is left of the whole (relation_undone.c). */
bool ratio_of_undone(Reading *r, size_t rate);
/* 合计完成42个: a sum is of a whole farther ahead than what it adds up (relation_rate.c). */
bool ratio_is_sum_of(const Reading *r, const Num *sum, const Num *part);
/* A类占59.3%: the words before 占 are the label of a part that was told before (relation_called.c). */
bool ratio_labelled_part(Reading *r, size_t rate);
/* 优和良占91.3%: both together (relation_called.c). */
bool ratio_of_two_labels(Reading *r, size_t rate);
/* 占抽查项目数的26.1% of 6个项目 and 23个项目 (relation_called.c). */
bool ratio_of_noun(Reading *r, size_t rate);
/* 执行到位率44.7%（申请标的4.86亿元）: the whole in the bracket behind (relation_called.c). */
bool ratio_in_bracket(Reading *r, size_t rate);
/* 占化解数的31.5%: the words between name the whole (relation_called.c). */
bool ratio_whole_named(Reading *r, size_t rate);
/* 高级职称占…: a share of what it names, not of the figure before (relation_rate.c). */
bool ratio_has_own_subject(const Reading *r, const Num *rate, const Num *part);
/* …；高血压患者规范管理4.18万人: a clause with a subject of its own has its own whole (relation_slip.c). */
bool ratio_has_own_clause(const Reading *r, size_t whole, size_t part);
/* Both fill a whole told before, or leave no third: 盈利14户，亏损5户 (relation_slip.c). */
bool ratio_are_siblings(const Reading *r, size_t whole, size_t part);
/* Whether the pair, if it misses, is refuted by this strength; what is left of the whole may be meant instead. */
bool ratio_refutes(const Reading *r, const Pair *p, size_t rate);
/* 占完成投资总额的: the rate gives its whole a name that this figure does not bear (relation_slip.c). */
bool ratio_calls_else(const Reading *r, const Num *whole, size_t rate);
/* One digit, changed in the whole, makes all these shares right. */
bool ratio_whole_is_slip(const Reading *r, const Num *whole, const size_t *part, const size_t *rate, size_t count);
/* Of a whole that the rate calls by its noun or as a plan: said when it fits or is a slip. */
bool ratio_of_called(Reading *r, size_t part, size_t rate);
/* The last figure before the part that is called what the rate calls its whole: 占被查单位的 of 31个单位; `full`: by
 * four letters. */
size_t ratio_called_before(const Reading *r, size_t part, size_t rate, bool *full);
/* What the sentences before were about; SIZE_MAX: not clear. */
size_t ratio_topic_before(const Reading *r, size_t part);
/* 三项占工单总量的49.8% (relation_several.c). */
bool ratio_of_several(Reading *r, size_t rate);
/* The likeliest pair of a rate that nothing else settles; `bound`: how its words bind it to the part. */
bool ratio_of_slip(Reading *r, size_t part, size_t rate, Strength bound);
/* 日均, 月均, 年均 over a time that is told (relation_time.c). */
bool average_over_time(Reading *r, size_t at);
/* 办结率: the words of the part hold the verb before 率; 整改完成率 has two (rate_part.c). */
bool rate_names_part(const Reading *r, size_t rate, size_t part, int stems);
/* The last count before `at` in the rate's sentence, none of a bracket; SIZE_MAX: none. */
size_t rate_previous_count(const Reading *r, size_t at, size_t rate);
/* 综合满意率 over 满意, 基本满意 and 不满意: more than one count bears the verb. */
bool rate_is_ambiguous(const Reading *r, size_t rate);
/* The count that the rate's own verb names, else the last one. */
size_t rate_find_part(const Reading *r, size_t rate, bool *named);
/* One percentage. */
void relation_rate(Reading *r, size_t at);

#endif
