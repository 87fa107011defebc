/* The arithmetic of an evaluation, values from values. Points are kept in hundredths; each of the steps rounds
 * half up to a hundredth, and what is shown is what the next step takes:
 *
 *   sheet    deduct: the part's points less what was deducted, never below 0; weighted: the sum of the points given
 *   part     the mean of its sheets; of the ballot part: points × (满意 + 基本满意 × percent) ÷ votes without
 * abstentions share    weighted: part × weight ÷ its points; deduct: the part itself total    the sum of shares, of
 * 100; where the ballot part counts no group, that of the others × 100 ÷ their weights grade    the first whose `from`
 * the total reaches
 *
 * What people give is text, a line each, so that paper, pages and programs give the same:
 *   marks     "A1 2.5 三次会议未研究整改"      indicator, points deducted or given, reason (wanted where points are
 * lost) ballots   "本单位职工 30 5 1 0"            group, 满意, 基本满意, 不满意, 弃权: totals, never a person's */
#ifndef DOMAIN_SCORE_H
#define DOMAIN_SCORE_H

#include "domain/scheme.h"

enum { POINT = 100, BALLOT_GROUPS_MAX = 20, BALLOT_NAME_MAX = 20, BALLOT_VOTES_MAX = 100000 };

/* "13.67", "15". */
Str points_text(Arena *arena, int64_t hundredths);
/* Not negative, two decimals at most. */
bool points_read(Str text, int64_t *hundredths);
/* sum ÷ count; 0 of none. */
int64_t points_mean(int64_t sum, int64_t count);

/* A sheet: every fault names its line. `score` is what the part gets by it, `kept` the lines as they are stored. */
Status marks_read(Ctx *c, const Scheme *scheme, const SchemePart *part, Str text, int64_t *score, Str *kept) MUST_CHECK;

enum { VOTE_SATISFIED, VOTE_BASIC, VOTE_UNSATISFIED, VOTE_ABSTAINED, VOTE_KINDS };
typedef struct BallotGroup {
    Str name;
    int64_t votes[VOTE_KINDS];
} BallotGroup;
int64_t ballot_total(const BallotGroup *group);

typedef struct Ballots {
    BallotGroup groups[BALLOT_GROUPS_MAX]; /* those that reach the least */
    size_t count;
    size_t small;      /* groups below it */
    Str small_names;   /* "甲、乙" */
    BallotGroup other; /* all small ones together */
    bool other_shown;  /* they reach the least together */
} Ballots;
Status ballots_read(Ctx *c, Str text, int least, Ballots *out) MUST_CHECK;
/* The votes that count: of the groups that are shown, and of the small ones together where they are. False: none. */
bool ballots_counted(const BallotGroup *shown, size_t count, int64_t votes[VOTE_KINDS]);
/* Of the ballot part. There must be a vote that is no abstention, else 0 and false. */
bool ballots_score(const Scheme *scheme, const int64_t votes[VOTE_KINDS], int64_t *score);

typedef struct PartScore {
    const SchemePart *part;
    bool counted; /* false: a ballot part without a group that counts */
    int64_t sheets;
    int64_t sum; /* of the sheets */
    int64_t votes[VOTE_KINDS];
    int64_t score; /* these two are computed */
    int64_t share;
} PartScore;
/* Part by part and together. `parts` in the order of the scheme, one each; at least one counts. */
int64_t score_total(const Scheme *scheme, PartScore *parts);
const SchemeGrade *scheme_grade(const Scheme *scheme, int64_t total);

/* How a part and the total came about, in the words of a paper. */
Str part_words(Ctx *c, const Scheme *scheme, const PartScore *part);
Str total_words(Ctx *c, const Scheme *scheme, const PartScore *parts, int64_t total);

#endif
