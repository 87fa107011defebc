/* Figures in a Chinese text: numbers, what they count, how they hang together, and whether that adds up.
 *
 * Needs no ledger, no network, no clock: the same text gives the same claims. Everything is exact arithmetic in
 * millionths; no binary fraction decides a verdict. A claim is refuted only where one reading of the text is left and
 * that reading is wrong by half-up rounding and by truncation; whatever is rounded, approximate or open to a second
 * reading is undecidable, because a false alarm costs more trust than a miss.
 *
 * Limits: CHECK_TEXT_MAX bytes; a relation reaches over one sentence and the few figures before it, never over more
 * than CHECK_WINDOW figures, so the time is linear in the length of the text. */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "base/ctx.h"

enum {
    CHECK_TEXT_MAX = 16 * 1024 * 1024,
    CHECK_WINDOW = 64,       /* figures a relation looks back over */
    CHECK_LIST_MAX = 128,    /* parts of one list; a longer one is left alone */
    CHECK_CLAIMS_MAX = 50000 /* the rest of the text is then not read: CheckResult.more */
};

typedef enum CheckKind {
    CHECK_RATIO,
    CHECK_SUM,
    CHECK_COUNT,
    CHECK_DIFFERENCE,
    CHECK_COMPARISON,
    CHECK_KINDS
} CheckKind;
typedef enum CheckVerdict { CHECK_CONSISTENT, CHECK_INCONSISTENT, CHECK_UNDECIDABLE, CHECK_VERDICTS } CheckVerdict;

/* Why a verdict was given: the name is what --json, the API and the pages print. */
#define CHECK_RULE_LIST(X)                                                                                \
    X(RATE, "rate", "比率：部分 ÷ 全部", "rate: part over whole")                                         \
    X(SHARE, "share", "列项占比：各项 ÷ 总数", "share: each item of a list over its whole")               \
    X(SHARE_OF_FIRST, "share-of-first", "前几项合占", "share of the first items of a list")               \
    X(MULTIPLE, "multiple", "倍数", "multiple")                                                           \
    X(AVERAGE, "average", "平均：总量 ÷ 份数", "average: total over number")                              \
    X(GROWTH, "growth", "增减幅度：(现值 − 基数) ÷ 基数", "growth: (now − before) over before")           \
    X(GROWTH_BASE, "growth-without-base", "增减幅度：应有整数基数",                                       \
        "growth without its base: some whole base must fit")                                              \
    X(PARTS, "parts", "分项之和等于总数", "parts add up to their whole")                                  \
    X(TOTAL, "total", "合计等于各项之和", "a total equals what it adds up")                               \
    X(HUNDRED, "hundred", "构成比之和为 100 %", "shares of one whole add up to 100 %")                    \
    X(CHANGE, "change", "增减数：现值 − 基数", "change: now − before")                                    \
    X(REST, "rest", "剩余：总数 − 已完成", "rest: whole − done")                                          \
    X(BALANCE, "balance", "收支平衡：期初 + 增加 − 减少 = 期末", "balance: opening + in − out = closing") \
    X(POINTS, "points", "百分点：两个百分数之差", "percentage points: difference of two rates")           \
    X(LISTED, "listed", "列举的名称个数", "names listed are counted")                                     \
    X(EACH, "each", "每份 × 份数", "so many each")                                                        \
    X(PART, "part-of-whole", "部分不超过全部", "a part does not exceed its whole")                        \
    X(TITLE, "title-and-body", "标题与正文一致", "title and body say the same")                           \
    X(TWICE, "said-twice", "同一数字前后一致", "the same thing said twice")                               \
    X(LEDGER, "ledger", "与台账指标一致", "agrees with the ledger's indicator")

typedef enum CheckRule {
#define X(name, id, zh, en) CHECK_RULE_##name,
    CHECK_RULE_LIST(X)
#undef X
        CHECK_RULES
} CheckRule;

const char *check_kind_name(CheckKind kind);          /* "ratio" */
const char *check_verdict_name(CheckVerdict verdict); /* "consistent" */
const char *check_rule_name(CheckRule rule);          /* "growth-without-base" */
Text check_rule_title(CheckRule rule);
Text check_verdict_title(CheckVerdict verdict);

typedef struct CheckClaim {
    CheckKind kind;
    CheckRule rule;
    CheckVerdict verdict;
    Str span;       /* a view into the text that was checked */
    Str sentence;   /* likewise; holds the span */
    size_t span_at; /* byte offsets into the text */
    size_t sentence_at;
    Str stated;   /* as written, a view into the text */
    Str computed; /* "4119/4173=98.7060%" */
    Str words;    /* in the language of the Ctx: 4119 ÷ 4173 = 98.71 %，文中为 98.81 % */
} CheckClaim;

/* What the caller knows already: a figure that the text may name. Values in millionths of `unit`. */
typedef struct CheckKnown {
    Str name; /* as the text would say it: 整改完成率 */
    int64_t value;
    Str unit; /* "%", or a measure word; decides which of the figures behind the name is meant */
    int decimals;
    Str as_of; /* shown, not compared */
} CheckKnown;

typedef struct CheckWish {
    const CheckKnown *known;
    size_t known_count;
} CheckWish;

typedef struct CheckResult {
    const CheckClaim *claims; /* by place in the text */
    size_t count;
    size_t numbers; /* figures read, counts of nothing left out */
    size_t by_verdict[CHECK_VERDICTS];
    bool more; /* CHECK_CLAIMS_MAX was reached */
} CheckResult;

/* `text` is valid UTF-8 (str_is_text) and outlives the result, which lives in the arena of the Ctx. `wish` may be
 * NULL. ST_TOO_BIG beyond CHECK_TEXT_MAX; ST_INVALID when it is no text. */
Status check_text(Ctx *c, Str text, const CheckWish *wish, CheckResult *out) MUST_CHECK;

#endif
