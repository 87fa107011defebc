/* What the rules of this room read: the text folded, its sentences, its figures. Private to src/check. */
#ifndef CHECK_READING_H
#define CHECK_READING_H

#include "check/check.h"

#include <string.h>

/* --- the folded text (text.c) ------------------------------------------------------------------------------------
 * Full-width letters, digits and signs become ASCII, blanks between Chinese characters go, so that a rule needs one
 * spelling of everything. `map` leads every folded byte back to its place in the text as it came. */
typedef struct Folded {
    Str source;
    const char *ptr; /* NUL-terminated */
    size_t len;
    const uint32_t *map; /* len + 1 entries */
} Folded;

/* Of the part [from, to) of a text; the map leads to places in the whole. */
Folded folded_from(Arena *arena, Str source, size_t from, size_t to);
/* The sentence around a place, cut where it is longer than anyone would read. */
size_t text_sentence_from(const Folded *f, size_t at);
size_t text_sentence_to(const Folded *f, size_t at);

/* Chinese letters differ most in their last byte: one look there spares most comparisons. */
static inline bool text_is_there(const char *at, Str word)
{
    if (at[word.len - 1] != word.ptr[word.len - 1] || at[0] != word.ptr[0])
        return false;
    return word.len < 3 ||
           (at[2] == word.ptr[2] && at[1] == word.ptr[1] && (word.len == 3 || memcmp(at, word.ptr, word.len) == 0));
}

static inline bool text_at(const Folded *f, size_t at, Str word)
{
    return at + word.len <= f->len && text_is_there(f->ptr + at, word);
}

/* The range ends with the word. */
static inline bool text_ends(const Folded *f, size_t from, size_t to, Str word)
{
    return to >= from && to - from >= word.len && text_is_there(f->ptr + to - word.len, word);
}

static inline size_t text_char_len(const Folded *f, size_t at)
{
    unsigned char ch = (unsigned char)f->ptr[at];
    return ch < 0x80 ? 1 : ch < 0xe0 ? 2 : ch < 0xf0 ? 3 : 4;
}

/* Start of the character before `at`. */
static inline size_t text_back(const Folded *f, size_t at)
{
    while (at > 0 && ((unsigned char)f->ptr[--at] & 0xc0) == 0x80)
        ;
    return at;
}

/* A Chinese letter; punctuation is none. */
static inline bool text_is_chinese(const Folded *f, size_t at)
{
    unsigned char ch = (unsigned char)f->ptr[at];
    return ch >= 0xe4 && ch <= 0xe9;
}

/* A full stop, an exclamation or question mark, a line's end. */
static inline bool text_ends_sentence(const Folded *f, size_t at)
{
    char ch = f->ptr[at];
    return ch == '!' || ch == '?' || ch == '\n' || ((unsigned char)ch == 0xe3 && text_at(f, at, S("。")));
}

/* Searching the folded text; ranges are byte offsets, [from, to). */
size_t text_find(const Folded *f, size_t from, size_t to, Str word); /* SIZE_MAX: not there */
bool text_has(const Folded *f, size_t from, size_t to, Str word);
/* The first of a table of words that the range holds; the table ends with an empty Str. */
#define WORDS_END \
    {             \
        NULL, 0   \
    }
/* Which last bytes of letters a range holds: most words of a table have none of them and need no search. */
uint64_t text_letters(const Folded *f, size_t from, size_t to);
bool text_has_any(const Folded *f, size_t from, size_t to, const Str *words);
bool text_ends_any(const Folded *f, size_t from, size_t to, const Str *words);
size_t text_at_any(const Folded *f, size_t at, const Str *words); /* its length, or 0 */
size_t text_count_chars(const Folded *f, size_t from, size_t to);

/* --- figures (number.c, not_count.c, noun.c) --------------------------------------------------------------------- */
typedef enum NumKind {
    NUM_COUNT,   /* so many of something */
    NUM_PERCENT, /* %, 百分之, 成, a fraction: in millionths of a percent */
    NUM_POINTS,  /* 个百分点 */
    NUM_TIMES    /* 倍 */
} NumKind;

/* Families of measure words: figures of one family can be added. */
enum {
    MEASURE_NONE = 0,
    MEASURE_BODY = 1 << 0,   /* 家 所 个: organisations, places */
    MEASURE_PERSON = 1 << 1, /* 人 名 位 */
    MEASURE_CASE = 1 << 2,   /* 件 起 宗 条 项 个 */
    MEASURE_ACT = 1 << 3,    /* 人次 件次 */
    MEASURE_MONEY = 1 << 4,  /* 元 */
    MEASURE_TIME = 1 << 5,   /* 天 年 个月 */
    MEASURE_TEAM = 1 << 6,   /* 个组 */
    MEASURE_LEVEL = 1 << 7,  /* 方面 大类: headings of a tree */
    MEASURE_HOME = 1 << 8,   /* 户 */
    MEASURE_VOTE = 1 << 10,  /* 张 票 */
    MEASURE_OTHER = 1 << 9   /* anything else: the same word only */
};

enum {
    APPROX_NOT = 0,
    APPROX_ABOUT = 1, /* 约 */
    APPROX_BOUND = 2, /* 余 多 近 以上 超: only a bound */
    APPROX_RANGE = 4  /* one end of 12至38 */
};

/* How a figure is a change. */
enum { WAY_NONE, WAY_UP, WAY_DOWN, WAY_GAP };

typedef struct Num {
    uint32_t from, to; /* the digits with 万, %, 成 */
    uint32_t measure;  /* where the measure word begins */
    uint32_t end;      /* past the measure word */
    uint32_t noun_to;  /* past the noun behind it; = end where there is none */
    uint32_t lead;     /* where the words before it begin: after the last mark or figure */
    uint64_t letters;  /* of the lead, see text_letters() */
    uint32_t sentence; /* its number */
    NumKind kind;
    uint32_t family;
    uint32_t depth; /* brackets around it, within the sentence */
    uint8_t approx;
    bool rounded; /* printed with decimals or 万: stands for an interval */
    bool chinese;
    bool one;      /* 一个: as often an article as a figure */
    bool each;     /* 各 right before it */
    bool average;  /* 平均, 每, 人均 before it: no whole and no part */
    bool past;     /* 上年, 去年同期 before it */
    uint8_t way;   /* 增加, 减少 before it: a change, not a state */
    int64_t value; /* millionths */
    int64_t step;  /* of the last printed digit, millionths */
} Num;

/* Products of two figures in millionths need more than 64 bits; both compilers have these. */
__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UWide;

enum { MICRO = 1000000 };
#define VALUE_MAX INT64_C(1000000000000000000) /* a billion thousands and its millionths */

typedef struct Reading {
    Arena *arena; /* of the claims, and of the figures, which are used again */
    Lang lang;
    Folded f;
    size_t par_from, par_to; /* the paragraph at hand */
    size_t join;             /* where it begins when it is read with the one before; 0: it is read alone */
    Num *num;                /* its figures in order; no names */
    size_t count;
    size_t room;
    size_t seen; /* figures of the whole text */
    CheckClaim *claims;
    size_t claim_count, claim_room;
} Reading;

/* The figures of [from, to) onto r->num. */
void number_read(Reading *r, size_t from, size_t to);
bool number_is_digit(const Folded *f, size_t at); /* Arabic or Chinese */
/* Whether the digits that end at a colon are a clock's or a proportion's. */
bool number_is_clock(const Folded *f, size_t from, size_t colon);
/* Whether digits [from, to) of a paragraph count nothing: ordinals, dates, names, phone and document numbers. */
bool not_count(const Folded *f, size_t par_from, size_t from, size_t to, bool chinese);
/* A measure word at `at`: its length and family; 0 when there is none. */
size_t measure_at(const Folded *f, size_t at, size_t limit, uint32_t *family);
/* Past the noun that follows a measure word. */
size_t noun_after(const Folded *f, size_t at, size_t limit);
/* Where the words that lead to a figure at `at` begin: after a mark, a bracket, a figure; never before `limit`. */
size_t lead_before(const Folded *f, size_t at, size_t limit);

/* The words that lead to a figure. */
bool num_lead_has_any(const Reading *r, const Num *n, const Str *words);
bool num_lead_ends_any(const Reading *r, const Num *n, const Str *words);
/* Of one family, or one without a measure word. */
bool num_alike(const Num *a, const Num *b);
bool num_same_measure(const Reading *r, const Num *a, const Num *b);
/* Alike, and where the family says nothing, of the same measure word. */
bool num_addable(const Reading *r, const Num *a, const Num *b);
/* Or persons and their comings: 培训416人次，第一期126人. */
bool num_people_alike(const Reading *r, const Num *a, const Num *b);
/* Two counts whose nouns, where both have one, end alike. */
bool num_same_noun(const Reading *r, const Num *a, const Num *b);
/* 6月底整改完成41个，9月底整改完成52个: the same thing at two times is no whole and its part. */
bool num_same_label(const Reading *r, const Num *a, const Num *b);
static inline bool num_exact(const Num *n)
{
    return n->approx == APPROX_NOT && !n->rounded;
}

/* --- verdicts (verdict.c) ------------------------------------------------------------------------------------------
 * An operand is an interval: a point for a whole number, half a step to both sides for a rounded one. */
typedef struct Range {
    Wide lo, hi;
} Range;
Range range_of(const Num *n);
Range range_at(int64_t value);
Range range_times(Range a, int64_t by);
Range range_add(Range a, Range b);
Range range_sub(Range a, Range b);
/* Whether some value of lo..hi is printed as n, by half-up or by truncation. */
bool verdict_prints(Range r, const Num *n);
/* The same for part ÷ whole, scaled: 100 for a percentage, 1 for a multiple. */
bool verdict_ratio(Range part, Range whole, int scale, const Num *stated);
/* Whether a whole base exists from which `now` is a change by `rate`. */
bool verdict_base(int64_t now, const Num *rate, bool down, int64_t *base);

/* --- claims (words.c) ----------------------------------------------------------------------------------------------
 */
typedef struct Claim {
    CheckKind kind;
    CheckRule rule;
    CheckVerdict verdict;
    size_t from, to; /* folded */
    const Num *stated;
    Str formula; /* left side, "4119/4173" */
    Str result;  /* "98.7060%" */
    Str shown;   /* the result rounded for the words: "98.71%"; empty: as result */
    Text note;   /* instead of a comparison, where nothing was computed */
} Claim;
void claim_add(Reading *r, const Claim *claim);
/* A value in millionths without trailing zeros, at most `decimals`. */
Str words_value(Arena *arena, Wide value, int decimals);
/* A figure as a formula writes it: 23.6万, 98.81%. */
Str words_num(Reading *r, const Num *n);
/* A value written the way a figure is: in 万, with %. */
Str words_like(Reading *r, Wide value, const Num *like);
Str words_ratio(Arena *arena, Wide part, Wide whole, int scale, int decimals);
int words_decimals(const Num *n);

/* --- rules: each walks the paragraph's figures once ------------------------------------------------------------------
 */
void relation_sums(Reading *r);
void relation_ratios(Reading *r);
void relation_changes(Reading *r);
void relation_balances(Reading *r);
void relation_lists(Reading *r);
void relation_eaches(Reading *r);
void relation_columns(Reading *r);
void relation_rows(Reading *r);
void relation_divisions(Reading *r);
void relation_votes(Reading *r);
void relation_parts(Reading *r);
/* Which way the words right before a figure say it went (relation_change.c). */
uint8_t relation_way(const Reading *r, const Num *n);
bool relation_is_past(const Reading *r, const Num *n);

/* The first paragraph, when it is short and no sentence, is the text's title; its figures are compared with those of
 * the first paragraphs of the body. */
bool relation_is_title(const Folded *f, size_t from, size_t to);
void relation_titles(Reading *r, const Num *title, size_t count, size_t paragraph);
/* What the caller knows. */
void relation_known(Reading *r, const CheckKnown *known, size_t count);

/* --- what the sentence before spoke of (context.c) ------------------------------------------------------------------
 * Counts of it that have the measure of figure `at`, nearest first. */
size_t context_wholes(const Reading *r, size_t at, size_t *out, size_t room);
/* Whether a paragraph takes up what the one before told: 按环节分，…; 前两种合计占…. */
bool context_takes_up(const Folded *f, size_t from, size_t to);
/* Whether a figure goes on with what was told before: 已完成104项, with no subject and no whole of its own. */
bool context_goes_on(const Reading *r, size_t part);

/* A note with two words in it, in the reader's language. */
Text text_pair(Reading *r, const char *zh, const char *en, Str a, Str b);

#endif
