/* Rechecks (整改抽查、回访督查、回头看): is what was struck off really rectified? A sample of closed items is drawn, by
 * a seed that draws it again; each is visited or read again by somebody, and what he finds stands beside the item.
 * Claimed, accepted and confirmed are three states of knowledge: the unit claims, the office accepts, a recheck
 * confirms.
 *
 *   进行中 → 已办结 | 已作废. What proves untrue or has come back may be reopened at once: the same item, with its
 * history.
 *
 * How the sample is drawn and what it tells of the whole: insight/sample.h. */
#ifndef DOMAIN_RECHECK_H
#define DOMAIN_RECHECK_H

#include "domain/rectification.h"

#define RECHECK_STATES(X)                 \
    X(OPEN, open, "进行中", "Under way")  \
    X(CLOSED, closed, "已办结", "Closed") \
    X(VOID, void, "已作废", "Void")
enum RecheckState { RECHECK_STATE_NONE, RECHECK_OPEN, RECHECK_CLOSED, RECHECK_VOID };
#define RECHECK_STRATA(X)                              \
    X(UNIT, unit, "按单位", "By unit")                 \
    X(CATEGORY, category, "按问题类别", "By category") \
    X(ROUND, round, "按轮次", "By round")              \
    X(WHOLE, whole, "不分层", "As one")
enum RecheckStrata { STRATA_NONE, STRATA_UNIT, STRATA_CATEGORY, STRATA_ROUND, STRATA_WHOLE };
#define RECHECK_MEANS(X)                    \
    X(SITE, site, "实地查看", "On site")    \
    X(PAPERS, papers, "调阅资料", "Papers") \
    X(TALK, talk, "谈话了解", "Talks")      \
    X(PHONE, phone, "电话回访", "By phone")
/* Why it was drawn: to see whether strike-offs are true; to visit again after a round; to look back at rectification as
 * a whole. */
#define RECHECK_KINDS(X)                                      \
    X(SAMPLE, sample, "抽查", "Sample")                       \
    X(RETURN_VISIT, return_visit, "回访督查", "Return visit") \
    X(LOOK_BACK, look_back, "回头看", "Look-back")
enum RecheckKind { RECHECK_KIND_NONE, RECHECK_SAMPLE, RECHECK_RETURN_VISIT, RECHECK_LOOK_BACK };
extern const Choices recheck_states, recheck_strata, recheck_means, recheck_kinds;

enum { RECHECK_SIZE_MAX = 500, RECHECK_POPULATION_MAX = 20000 };

#define RECHECK_FIELDS(X)                                                                           \
    RECORD_FIELDS(X, Recheck)                                                                       \
    X(Recheck, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)            \
    X(Recheck, TEXT, title, "名称", "Title", 80, REQUIRED | INPUT | LISTED | SEARCHED, -)           \
    X(Recheck, CHOICE, strata, "分层方式", "Strata", 20, REQUIRED | INPUT | LISTED, recheck_strata) \
    X(Recheck, INT, size, "抽查数量", "Sample", 0, REQUIRED | INPUT | LISTED, -)                    \
    X(Recheck, REF, round, "轮次", "Round", 26, INPUT | LISTED, ROUND)                              \
    X(Recheck, DATE, struck_from, "销号起始日期", "Struck off from", 0, INPUT, -)                   \
    X(Recheck, DATE, struck_to, "销号截止日期", "Struck off until", 0, INPUT, -)                    \
    X(Recheck, DATE, due_on, "完成期限", "Due on", 0, INPUT | LISTED, -)                            \
    X(Recheck, TEXT, seed, "抽签种子", "Seed", 40, INPUT, -)                                        \
    X(Recheck, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, recheck_states)               \
    X(Recheck, INT, population, "已销号事项总数", "Population", 0, LISTED, -)                       \
    X(Recheck, TEXT, frame, "总体摘要", "Digest of the list", 64, 0, -)                             \
    X(Recheck, DATE, drawn_on, "抽取日期", "Drawn on", 0, LISTED, -)                                \
    X(Recheck, TEXT, drawn_by, "抽取人", "Drawn by", 40, LISTED, -)                                 \
    X(Recheck, DATE, closed_on, "办结日期", "Closed on", 0, 0, -)                                   \
    X(Recheck, LONG, reason, "作废理由", "Why void", 1000, 0, -)                                    \
    X(Recheck, CHOICE, kind, "种类", "Kind", 20, INPUT | LISTED, recheck_kinds)                     \
    X(Recheck, LONG, conclusion, "总体情况", "What it came to", 4000, 0, -)
FIELDS_DECLARE(Recheck, RECHECK_FIELDS);

#define RECHECK_ITEM_FIELDS(X)                                                                   \
    RECORD_FIELDS(X, RecheckItem)                                                                \
    X(RecheckItem, REF, recheck, "抽查", "Recheck", 26, REQUIRED | LISTED, RECHECK)              \
    X(RecheckItem, REF, rectification, "整改事项", "Item", 26, REQUIRED | LISTED, RECTIFICATION) \
    X(RecheckItem, REF, inspection, "巡察对象", "Inspection", 26, REQUIRED, INSPECTION)          \
    X(RecheckItem, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)             \
    X(RecheckItem, REF, unit, "整改单位", "Unit", 26, REQUIRED, UNIT)                            \
    X(RecheckItem, TEXT, unit_name, "整改单位名称", "Unit's name", 80, LISTED | SEARCHED, -)     \
    X(RecheckItem, TEXT, title, "反馈问题", "Finding", 80, REQUIRED | LISTED | SEARCHED, -)      \
    X(RecheckItem, TEXT, stratum, "所属层", "Stratum", 80, LISTED, -)                            \
    X(RecheckItem, INT, stratum_size, "层内总数", "In the stratum", 0, 0, -)                     \
    X(RecheckItem, DATE, struck_off_on, "销号日期", "Struck off on", 0, LISTED, -)               \
    X(RecheckItem, CHOICE, means, "核查方式", "How", 20, LISTED, recheck_means)                  \
    X(RecheckItem, CHOICE, result, "核查结论", "Result", 20, LISTED, recheck_results)            \
    X(RecheckItem, LONG, found, "核查情况", "What was found", 2000, LISTED, -)                   \
    X(RecheckItem, DATE, checked_on, "核查日期", "Checked on", 0, LISTED, -)                     \
    X(RecheckItem, TEXT, checked_by, "核查人", "Checked by", 60, LISTED, -)                      \
    X(RecheckItem, FLAG, reopened, "已重启整改", "Reopened", 0, LISTED, -)
FIELDS_DECLARE(RecheckItem, RECHECK_ITEM_FIELDS);

#define RECHECK_RESULT_FIELDS(X)                                                                  \
    X(RecheckResult, CHOICE, means, "核查方式", "How", 20, REQUIRED | INPUT, recheck_means)       \
    X(RecheckResult, CHOICE, result, "核查结论", "Result", 20, REQUIRED | INPUT, recheck_results) \
    X(RecheckResult, LONG, found, "核查情况", "What was found", 2000, INPUT, -)                   \
    X(RecheckResult, DATE, checked_on, "核查日期", "Checked on", 0, INPUT, -)                     \
    X(RecheckResult, TEXT, checked_by, "核查人", "Checked by", 60, INPUT, -)                      \
    X(RecheckResult, FLAG, reopen, "重启整改", "Reopen the item", 0, INPUT, -)                    \
    X(RecheckResult, DATE, due_on, "新的整改时限", "New due date", 0, INPUT, -)
FIELDS_DECLARE(RecheckResult, RECHECK_RESULT_FIELDS);

/* One item that was drawn. */
typedef struct RecheckDrawn {
    const Rectification *item;
    Str stratum;
    int64_t stratum_size;
} RecheckDrawn;

/* What is asked for, before anything is counted. */
Status recheck_check(Ctx *c, const Recheck *input) MUST_CHECK;
/* `frame`: the digest of the list that was drawn from. */
Status recheck_draw(Ctx *c, const Recheck *input, Str seed, int64_t population, Str frame, const RecheckDrawn *drawn,
    size_t count, Changes *out) MUST_CHECK;
/* What was found of one item; kept in it too. With `reopen` the item is reopened, which only who strikes items off may.
 */
Status recheck_record(Ctx *c, const Recheck *recheck, const RecheckItem *now, const Rectification *item,
    const RuleSet *rules, const RecheckResult *input, Changes *out) MUST_CHECK;
/* close, void. `missing`: items without a result. */
Status recheck_decide(
    Ctx *c, const Recheck *now, int64_t missing, Action action, const MoveInput *input, Changes *out) MUST_CHECK;

#endif
