/* A round adopts a later version of its rules (规则变更决定): a numbered decision of the leading group, entered by the
 * office with what was signed on paper. From then on the round's terms, chains and ladder are the new version's.
 *
 * An item that is still open and due when the old rules said (feedback day + "rectification", later by the days that
 * its clock stood) is due when the new ones say, later by the same days. What was granted, reopened, or given a date by
 * hand keeps its date. Each date that moves stands in the item's history, and the decision counts them. */
#ifndef DOMAIN_ADOPTION_H
#define DOMAIN_ADOPTION_H

#include "domain/finding.h"
#include "domain/rectification.h"
#include "domain/round.h"

/* Why an open item keeps its date. */
#define DUE_REASONS(X)                                                          \
    X(EXTENDED, extended, "已批准延期", "An extension was granted")             \
    X(LONG_TERM, long_term, "已批准长期整改", "Long-term was granted")          \
    X(BASIC, basic, "已认定基本完成", "Basically done was granted")             \
    X(REOPENED, reopened, "反弹重启时另定时限", "It came back with a new date") \
    X(BY_HAND, by_hand, "时限为人工确定", "Its date was given by hand")         \
    X(SAME, same, "按新规则时限不变", "The new rules give the same date")
enum DueReason { DUE_MOVES, DUE_EXTENDED, DUE_LONG_TERM, DUE_BASIC, DUE_REOPENED, DUE_BY_HAND, DUE_SAME };
extern const Choices due_reasons;

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

typedef struct AdoptionCase {
    const Round *round;
    Str rule_set; /* the id of `after` */
    const RuleSet *before;
    const RuleSet *after;
    const Rectification *items; /* all of the round */
    size_t item_count;
    const Feedback *feedbacks; /* likewise */
    size_t feedback_count;
    int64_t open_papers;  /* not locked yet */
    int64_t open_filings; /* before the bodies that review */
    int64_t open_asked;   /* adjustments to be decided */
} AdoptionCase;

/* What becomes of one open item's date. */
typedef struct DueMove {
    const Rectification *item;
    int32_t kept; /* of due_reasons; DUE_MOVES: it moves */
    Date due_after;
} DueMove;

/* May the round adopt these rules on that day? Refused: rules of another code, a version that is not later or not in
 * force, taxonomies that lack what the round uses, a chain or review that changes under what is on its way along it. */
Status adoption_check(Ctx *c, const AdoptionCase *now, Date day) MUST_CHECK;
/* What moves and what does not, for every item that is not closed, in their order. */
Status adoption_plan(Ctx *c, const AdoptionCase *now, DueMove **out, size_t *count) MUST_CHECK;
/* The decision: the round points at the new rules, the dates move, the paper is signed. */
Status adoption_decide(Ctx *c, const AdoptionCase *now, const AdoptInput *input, Changes *out) MUST_CHECK;

#endif
