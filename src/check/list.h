/* Lists of parts behind a head: 471个问题：销号453个、延期18个. Private to the rules that read them. */
#ifndef CHECK_LIST_H
#define CHECK_LIST_H

#include "check/reading.h"

#include <assert.h>

typedef enum ListForm {
    LIST_COLON,   /* W：a、b、c */
    LIST_BRACKET, /* W（a、b） */
    LIST_EXACT,   /* W，即a和b; 分别为, 分为 */
    LIST_AMONG,   /* W，其中a、b */
    LIST_COMMA,   /* W，a，b */
    LIST_AGAIN    /* a second division of the same whole, behind a semicolon */
} ListForm;

typedef enum Mark { MARK_NONE, MARK_PAUSE, MARK_COMMA, MARK_SEMICOLON } Mark;

typedef struct List {
    ListForm form;
    size_t head;                   /* index of the whole; its parts follow */
    uint32_t item[CHECK_LIST_MAX]; /* indexes of the parts */
    int64_t times[CHECK_LIST_MAX]; /* 两州各6: twice */
    size_t count;
    size_t next; /* index of the first figure behind the list */
    Mark mark;   /* what parts them */
    bool open;   /* ends in 等 */
    bool too_long;
} List;

/* An empty list; its arrays are left as they are. */
void list_start(List *list, ListForm form, size_t head, size_t next);
/* Index of the last figure; the list has one. */
static inline size_t list_last(const List *list)
{
    assert(list->count > 0);
    return list->item[list->count - 1];
}
/* What opens behind figure `head`, if anything. LIST_COMMA when nothing better does. */
ListForm list_form(const Reading *r, size_t head);
/* Words after which only some of a whole may be named. */
bool list_has_among(const Folded *f, size_t from, size_t to);
/* The parts behind `head` from figure `from` on. */
void list_collect(const Reading *r, List *list);
/* The mark that parts two places; the strongest of several. */
Mark list_mark_between(const Reading *r, size_t from, size_t to);
/* What stands between part `count` and the next; MARK_NONE behind the last. */
Mark list_mark_behind(const Reading *r, const List *list, size_t count);
Range list_sum(const Reading *r, const List *list, size_t count);
Str list_formula(Reading *r, const List *list, size_t count);
/* Past the last of `count` parts, with its measure word and bracketed share. */
size_t list_end(const Reading *r, const List *list, size_t count);

/* --- labels of the parts (label.c) -------------------------------------------------------------------------------- */

bool label_has(const Reading *r, const List *list, size_t i, Str word);
bool label_has_any(const Reading *r, const List *list, size_t i, const Str *words);
/* The first and the last leave no third by what they mean: 男/女, 属于/不属于. */
bool label_complements(const Reading *r, const List *list);
/* That, or they are often all there is: 市级/县级, 来信/来电. */
bool label_opposites(const Reading *r, const List *list);

/* --- may a list be refuted? (partition.c) ------------------------------------------------------------------------ */

bool list_is_approximate(const Reading *r, const List *list);
/* 6人两样都受, 有73人同时: the words around a figure say that it was counted twice. */
bool list_says_both(const Reading *r, size_t at);
/* 立行立改14项已完成14项、长期坚持15项: without what lies inside another part; false where nothing does. */
bool list_without_steps(const Reading *r, const List *list, List *rest);
/* Every two parts stand with a 、 between. */
bool list_has_pauses(const Reading *r, const List *list);
/* Three and more that end alike: 优秀等次38家、良好等次74家、一般等次16家. */
bool list_is_scale(const Reading *r, const List *list);
/* Each part has its share, and the shares do not make a hundred: some part is not told. */
bool list_shares_open(const Reading *r, const List *list);
bool list_is_no_accident(const Num *whole);
/* From below all to above all: 35岁以下14人、36至50岁22人、51岁以上17人. */
bool list_is_bands(const Reading *r, const List *list);
/* The last part leaves nothing: 其他, 及以下, or the opposite of the first. */
bool list_ends_here(const Reading *r, const List *list);
/* That, or bands, a scale, a series, shares of a hundred. */
bool list_leaves_nothing(const Reading *r, const List *list);
/* The parts end their sentence and miss their whole by a digit. */
bool list_is_slip(const Reading *r, const List *list, Range sum);
/* One part lies inside another, or a figure behind the list is a part too. */
bool list_reads_otherwise(const Reading *r, const List *list, Range sum);
/* …，部分人员涉及多项罪名: the words behind say that the parts overlap. */
bool list_overlaps_behind(const Reading *r, const List *list);
/* The parts miss their whole, and that refutes (evidence.h). */
bool list_refutes(const Reading *r, const List *list, Range sum);
/* 党纪183人、政务61人（双重处分16人）: the bracket behind tells what was counted twice; SIZE_MAX: there is none. */
size_t list_twice(const Reading *r, const List *list);
/* All parts but one, which lies inside another, fill the whole. */
bool list_without_one(const Reading *r, const List *list, List *rest);

/* --- totals (relation_total.c) ------------------------------------------------------------------------------------ */

void relation_total(Reading *r, size_t at);
void relation_hundred(Reading *r);

/* Both could be the same number but for one digit. */
bool list_one_digit_apart(Wide a, Wide b, Wide slack);

#endif
