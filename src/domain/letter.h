/* Letters of supervision (督办函 and its kin): numbered, to a unit, about items, answered and closed.
 *
 *   拟稿 → 已印发 → 已签收 → 已回复 → 办结; a reply that does not do is returned to 已签收. A draft that is not wanted
 * ends as 不予印发, with its reason.
 *
 * A draft that a rule made (domain/escalation.h) carries a draft's number (拟〔2021〕3号) until it is issued: then it
 * gets the number that comes with the issue, or the next one of its rung's series. */
#ifndef DOMAIN_LETTER_H
#define DOMAIN_LETTER_H

#include "domain/rectification.h"

#define LETTER_KINDS(X)                                                      \
    X(REMINDER, reminder, "提醒函", "Reminder")                              \
    X(SUPERVISION, supervision, "督办函", "Supervision letter")              \
    X(WARNING, warning, "告诫书", "Warning")                                 \
    X(ACCOUNTABILITY, accountability, "问责建议", "Accountability proposal") \
    X(SUGGESTION, suggestion, "巡察建议书", "Suggestion")                    \
    X(URGE, urge, "督促函", "Letter urging a body")                          \
    X(OTHER, other, "其他函件", "Other")
#define LETTER_STATES(X)                        \
    X(DRAFT, draft, "拟稿", "Draft")            \
    X(ISSUED, issued, "已印发", "Issued")       \
    X(RECEIVED, received, "已签收", "Received") \
    X(REPLIED, replied, "已回复", "Replied")    \
    X(CLOSED, closed, "办结", "Closed")         \
    X(DROPPED, dropped, "不予印发", "Not issued")
enum LetterState {
    LETTER_STATE_NONE,
    LETTER_DRAFT,
    LETTER_ISSUED,
    LETTER_RECEIVED,
    LETTER_REPLIED,
    LETTER_CLOSED,
    LETTER_DROPPED
};
/* Whose paper it is: letters, meetings, rules and the like are counted by their makers. */
#define BODIES(X)                                                      \
    X(COMMITTEE, committee, "党委", "Party committee")                 \
    X(LEADING_GROUP, leading_group, "领导小组", "Leading group")       \
    X(OFFICE, office, "巡察办", "Inspection office")                   \
    X(DISCIPLINE, discipline, "纪委监委", "Discipline body")           \
    X(ORGANISATION, organisation, "组织部", "Organisation department") \
    X(PROPAGANDA, propaganda, "宣传部", "Propaganda department")       \
    X(DEPARTMENT, department, "职能部门", "Functional department")     \
    X(OTHER, other, "其他", "Other")
enum Body {
    BODY_NONE,
#define X(N, ...) BODY_##N,
    BODIES(X)
#undef X
};
extern const Choices letter_kinds, letter_states, bodies;
/* Whether a role writes papers of that body: the supervisors those of their own, the office those of all. */
bool body_is_written_by(int32_t body, Role role);

#define LETTER_FIELDS(X)                                                                                           \
    RECORD_FIELDS(X, Letter)                                                                                       \
    X(Letter, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)                            \
    X(Letter, CHOICE, kind, "函件种类", "Kind", 20, REQUIRED | BY_ENTRY | LISTED, letter_kinds)                    \
    X(Letter, CHOICE, body, "发函单位类别", "Issuing body", 20, REQUIRED | INPUT | LISTED, bodies)                 \
    X(Letter, TEXT, maker, "发函单位", "Issued by", 80, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED, -)      \
    X(Letter, TEXT, number, "文号", "Number", 60, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED, -)            \
    X(Letter, REF, unit, "收函单位", "To", 26, REQUIRED | INPUT | LISTED, UNIT)                                    \
    X(Letter, TEXT, unit_name, "收函单位名称", "Unit's name then", 80, LISTED | SEARCHED | INDEXED | SPELT, -)     \
    X(Letter, TEXT, subject, "事由", "Subject", 120, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED | SPELT, -) \
    X(Letter, LONG, demand, "要求", "Demand", 4000, REQUIRED | BY_ENTRY | INDEXED, -)                              \
    X(Letter, DATE, due_on, "回复时限", "Reply due", 0, BY_ENTRY | LISTED, -)                                      \
    X(Letter, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, letter_states)                                \
    X(Letter, DATE, issued_on, "印发日期", "Issued on", 0, LISTED, -)                                              \
    X(Letter, DATE, received_on, "签收日期", "Received on", 0, LISTED, -)                                          \
    X(Letter, TEXT, received_by, "签收人", "Received by", 40, 0, -)                                                \
    X(Letter, LONG, reply, "回复内容", "Reply", 4000, INDEXED, -)                                                  \
    X(Letter, DATE, replied_on, "回复日期", "Replied on", 0, LISTED, -)                                            \
    X(Letter, LONG, verdict, "审核意见", "Verdict", 1000, 0, -)                                                    \
    X(Letter, DATE, closed_on, "办结日期", "Closed on", 0, LISTED, -)                                              \
    X(Letter, INT, step, "催办层级", "Rung", 0, LISTED, -)
FIELDS_DECLARE(Letter, LETTER_FIELDS);

/* Which items a letter is about. */
#define LETTER_ITEM_FIELDS(X)                                                                   \
    RECORD_FIELDS(X, LetterItem)                                                                \
    X(LetterItem, REF, letter, "函件", "Letter", 26, REQUIRED | LISTED, LETTER)                 \
    X(LetterItem, REF, rectification, "整改事项", "Item", 26, REQUIRED | LISTED, RECTIFICATION) \
    X(LetterItem, REF, unit, "单位", "Unit", 26, REQUIRED, UNIT)                                \
    X(LetterItem, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)             \
    X(LetterItem, TEXT, title, "反馈问题", "Finding", 80, LISTED, -)                            \
    X(LetterItem, DATE, told_on, "印发日期", "Issued on", 0, LISTED, -)                         \
    X(LetterItem, DATE, due_on, "所催时限", "Its day then", 0, LISTED, -)                       \
    X(LetterItem, DATE, left_out_on, "移出日期", "Left out on", 0, LISTED, -)
FIELDS_DECLARE(LetterItem, LETTER_ITEM_FIELDS);

/* What comes with a move on a letter: the unit's receipt or reply, the maker's verdict. */
#define LETTER_MOVE_FIELDS(X)                                                \
    X(LetterInput, TEXT, number, "文号", "Number", 60, INPUT, -)             \
    X(LetterInput, TEXT, received_by, "签收人", "Received by", 40, INPUT, -) \
    X(LetterInput, LONG, reply, "回复内容", "Reply", 4000, INPUT, -)         \
    X(LetterInput, LONG, opinion, "审核意见", "Opinion", 1000, INPUT, -)     \
    X(LetterInput, LONG, reason, "理由", "Reason", 1000, INPUT, -)           \
    X(LetterInput, DATE, effective_on, "日期", "Effective on", 0, INPUT, -)  \
    X(LetterInput, TEXT, on_behalf_of, "代录对象", "On behalf of", 60, INPUT, -)
FIELDS_DECLARE(LetterInput, LETTER_MOVE_FIELDS);

/* `items`: of the receiving unit, may be none. A role writes the letters of its own body; the office also those
 * of others, on their behalf. */
Status letter_draft(
    Ctx *c, const Unit *unit, const Rectification *items, size_t count, const Letter *input, Changes *out) MUST_CHECK;
Status letter_edit(Ctx *c, const Letter *before, const Letter *input, FieldSet given, Changes *out) MUST_CHECK;
/* What a move needs to know. Of a letter that a rule drafted also the items behind its links (in their order), its
 * rung and the last serial that the rung's series was given in the year of the issue. */
typedef struct LetterCase {
    const Letter *letter;
    const LetterItem *links; /* the unit sees them from the issue on */
    size_t count;
    const Rectification *items;
    const EscalationStep *step; /* NULL: drafted by hand, or the rules name no such rung any more */
    const Calendar *calendar;
    int64_t last_serial;
} LetterCase;
/* issue, receive, reply, return, close, drop. Issuing a letter that a rule drafted leaves out the items that are
 * settled by then, and is refused when none is left. */
Status letter_decide(Ctx *c, const LetterCase *now, Action action, const LetterInput *input, Changes *out) MUST_CHECK;

/* Is there still something to say about this item: it runs, and is due when it was when the letter was drafted? */
bool letter_item_stands(const LetterItem *link, const Rectification *item);
/* "拟〔2021〕3号": the number of a draft that was made by rule. */
Str letter_draft_number(Arena *arena, int64_t year, int64_t serial);
#define LETTER_DRAFT_SERIES "拟"

#endif
