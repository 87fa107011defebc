/* A round adopts a later version of its rules (规则变更决定): a numbered decision of the leading group, entered by the
 * office with what was signed on paper. From then on the round's terms, chains and ladder are the new version's.
 *
 * A date that is still open and falls where the old rules said, later by the days that its clock stood, falls where the
 * new ones say, later by the same days. Any other date is one of its own and stays. Each that moves stands in its
 * record's history; the decision counts the items'.
 *
 * What moves, each from the day that began it (DUE_TERMS):
 *   整改时限      of an item that is not closed: from the feedback, "rectification"
 *   销号审核期限  of an item with a reviewer: from the application or the signature that brought it there, "review"
 *   材料报送时限  of a filing that is not passed: from the feedback, "plan" or "rectification"
 *   会审意见期限  of a body that is still to give its opinion: from the day it was sent, the body's term in "reviews"
 *   会审汇总期限  of a filing whose opinions are all there: from the last of them, the collator's term in "reviews"
 * What does not:
 *   an item extended, long-term, basically done or come back: its date was granted, and told to the unit
 *   the last day to object: the new term holds for whoever has not objected; an objection that was filed was in time
 *   an issued letter's day of reply: it stands on a paper that went out; one still to be issued takes the new term
 *   rungs of the ladder, lights: derived from the item's date, so they follow it
 *   days of fact checks, talks, rechecks, evaluations, workbooks, loans: people gave them, no rule did
 *   whatever is finished: it was in time or late by the rules of its day */
#ifndef DOMAIN_ADOPTION_H
#define DOMAIN_ADOPTION_H

#include "domain/filing.h"
#include "domain/finding.h"
#include "domain/rectification.h"
#include "domain/round.h"

#define DUE_TERMS(X)                                                    \
    X(ITEM, item, "整改时限", "Item's due date")                        \
    X(EXAMINE, examine, "销号审核期限", "Review of a strike-off")       \
    X(FILING, filing, "材料报送时限", "Filing due")                     \
    X(OPINION, opinion, "会审意见期限", "A body's opinion on a filing") \
    X(COLLATE, collate, "会审汇总期限", "Collating what the bodies said")
enum DueTerm { DUE_TERM_NONE, DUE_ITEM, DUE_EXAMINE, DUE_FILING, DUE_OPINION, DUE_COLLATE };

/* Why an open date stays. */
#define DUE_REASONS(X)                                                          \
    X(EXTENDED, extended, "已批准延期", "An extension was granted")             \
    X(LONG_TERM, long_term, "已批准长期整改", "Long-term was granted")          \
    X(BASIC, basic, "已认定基本完成", "Basically done was granted")             \
    X(REOPENED, reopened, "反弹重启时另定时限", "It came back with a new date") \
    X(BY_HAND, by_hand, "时限另行确定", "It has a date of its own")             \
    X(NO_TERM, no_term, "新规则未规定此期限", "The new rules set no such term") \
    X(SAME, same, "按新规则时限不变", "The new rules give the same date")
enum DueReason { DUE_MOVES, DUE_EXTENDED, DUE_LONG_TERM, DUE_BASIC, DUE_REOPENED, DUE_BY_HAND, DUE_NO_TERM, DUE_SAME };
extern const Choices due_terms, due_reasons;

#define ADOPTION_FIELDS(X)                                                                                        \
    RECORD_FIELDS(X, Adoption)                                                                                    \
    X(Adoption, REF, round, "轮次", "Round", 26, REQUIRED | LISTED, ROUND)                                        \
    X(Adoption, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                                 \
    X(Adoption, TEXT, round_name, "轮次名称", "Round name", 80, LISTED, -)                                        \
    X(Adoption, TEXT, number, "决定文号", "Number", 60, REQUIRED | LISTED | SEARCHED, -)                          \
    X(Adoption, REF, rules_before, "原规则版本", "Rules before", 26, REQUIRED | LISTED, RULE_SET)                 \
    X(Adoption, INT, number_before, "原版本号", "Version before", 0, REQUIRED | LISTED, -)                        \
    X(Adoption, REF, rules_after, "新规则版本", "Rules after", 26, REQUIRED | LISTED, RULE_SET)                   \
    X(Adoption, INT, number_after, "新版本号", "Version after", 0, REQUIRED | LISTED, -)                          \
    X(Adoption, TEXT, decided_by, "决定机关", "Decided by", 60, REQUIRED | LISTED, -)                             \
    X(Adoption, DATE, decided_on, "决定日期", "Decided on", 0, REQUIRED | LISTED, -)                              \
    X(Adoption, LONG, reason, "变更理由", "Reason", 1000, REQUIRED, -)                                            \
    X(Adoption, INT, items_moved, "时限变更事项数", "Items whose date moved", 0, REQUIRED | LISTED, -)            \
    X(Adoption, INT, items_kept, "另定时限不变事项数", "Items that keep their own date", 0, REQUIRED | LISTED, -) \
    X(Adoption, INT, items_same, "新旧时限相同事项数", "Items with the same date", 0, REQUIRED, -)
FIELDS_DECLARE(Adoption, ADOPTION_FIELDS);

#define ADOPT_INPUT_FIELDS(X)                                                                       \
    X(AdoptInput, REF, rule_set, "新规则版本", "Rule set to adopt", 26, REQUIRED | INPUT, RULE_SET) \
    X(AdoptInput, TEXT, number, "决定文号", "Number", 60, REQUIRED | INPUT, -)                      \
    X(AdoptInput, TEXT, decided_by, "决定机关", "Decided by", 60, REQUIRED | INPUT, -)              \
    X(AdoptInput, DATE, effective_on, "决定日期", "Decided on", 0, INPUT, -)                        \
    X(AdoptInput, LONG, reason, "变更理由", "Reason", 1000, REQUIRED | INPUT, -)                    \
    X(AdoptInput, CHOICE, means, "签署方式", "Means", 20, INPUT, means)                             \
    X(AdoptInput, TEXT, paper_no, "纸质件编号", "Paper number", 60, INPUT, -)                       \
    X(AdoptInput, TEXT, on_behalf_of, "签署人", "Who signed the paper", 60, INPUT, -)
FIELDS_DECLARE(AdoptInput, ADOPT_INPUT_FIELDS);

/* A day on which a reviewer may have got an item: somebody signed it or returned it to him. */
typedef struct SignedDay {
    Str item;
    Date day;
} SignedDay;
typedef struct AdoptionCase {
    const Round *round;
    Str rule_set; /* the id of `after` */
    const RuleSet *before;
    const RuleSet *after;
    const Rectification *items; /* all of the round */
    size_t item_count;
    const Feedback *feedbacks; /* likewise */
    size_t feedback_count;
    const SignedDay *signed_days; /* of its items with a reviewer, those of an item together */
    size_t signed_count;
    const Filing *filings; /* of the round, not passed */
    size_t filing_count;
    const FilingReview *reviews; /* of those that are reviewed, of every turn */
    size_t review_count;
    int64_t open_papers;  /* not locked yet */
    int64_t open_filings; /* before the bodies that review */
    int64_t open_asked;   /* adjustments to be decided */
} AdoptionCase;

/* What becomes of one open date. */
typedef struct DueMove {
    int32_t term; /* of due_terms */
    EntityKind kind;
    const void *record;
    int32_t kept; /* of due_reasons; DUE_MOVES: it moves */
    Date due_before;
    Date due_after;
} DueMove;

/* May the round adopt these rules on that day? Refused: rules of another code, a version that is not later or not in
 * force, taxonomies that lack what the round uses, a chain or review that changes under what is on its way along it. */
Status adoption_check(Ctx *c, const AdoptionCase *now, Date day) MUST_CHECK;
/* What moves and what does not: items in their order, then filings and opinions; dates of one record one after another.
 */
Status adoption_plan(Ctx *c, const AdoptionCase *now, DueMove **out, size_t *count) MUST_CHECK;
/* The record's date that `m` is about. */
Date *adoption_due(const DueMove *m, void *record);
/* The decision: the round points at the new rules, the dates move, the paper is signed. */
Status adoption_decide(Ctx *c, const AdoptionCase *now, const AdoptInput *input, Changes *out) MUST_CHECK;

#endif
