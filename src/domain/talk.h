/* Accountability talks (约谈): who was called for what, what each unit promised, and what became of it.
 *
 *   talk:  已约谈, and 已作废 where it was entered by mistake, with all its parties
 *   party: 承诺整改中 → 已报结果 → 已完成; a result that does not do is returned; 已作废
 *
 * The bodies that talk keep their own talks, the office those of all. A unit sees its own row and nothing of the talk
 * behind it, where others were called as well: so the row says when, by whom and why. A party is done only with a
 * result that the unit reported and the keeper confirmed. */
#ifndef DOMAIN_TALK_H
#define DOMAIN_TALK_H

#include "domain/letter.h"

#define TALK_KINDS(X)                             \
    X(TALK, talk, "约谈", "Accountability talk")  \
    X(REMINDER, reminder, "提醒谈话", "Reminder") \
    X(COLLECTIVE, collective, "集体约谈", "Collective talk")
#define TALK_CAUSES(X)                                            \
    X(WEAK, weak, "整改不力", "Rectified without force")          \
    X(PERFUNCTORY, perfunctory, "敷衍整改", "Rectified for show") \
    X(SHAM, sham, "虚假整改", "Rectified on paper only")          \
    X(REFUSED, refused, "拒不整改", "Refused to rectify")         \
    X(OTHER, other, "其他", "Other")
#define TALK_STATES(X)              \
    X(HELD, held, "已约谈", "Held") \
    X(VOID, void, "已作废", "Void")
enum TalkState { TALK_STATE_NONE, TALK_HELD, TALK_VOID };
#define CALLED_POSTS(X)                                                   \
    X(PRINCIPAL, principal, "主要负责人", "Principal")                    \
    X(DEPUTY, deputy, "班子其他成员", "Another of the leadership")        \
    X(RESIDENT, resident, "派驻机构负责人", "Head of the resident group") \
    X(OTHER, other, "其他", "Other")
#define PARTY_STATES(X)                           \
    X(OPEN, open, "承诺整改中", "Promised")       \
    X(REPORTED, reported, "已报结果", "Reported") \
    X(DONE, done, "已完成", "Done")               \
    X(VOID, void, "已作废", "Void")
enum PartyState { PARTY_STATE_NONE, PARTY_OPEN, PARTY_REPORTED, PARTY_DONE, PARTY_VOID };
extern const Choices talk_kinds, talk_causes, talk_states, called_posts, party_states;

enum { TALK_PARTIES_MAX = 200 };

#define TALK_FIELDS(X)                                                                                    \
    RECORD_FIELDS(X, Talk)                                                                                \
    X(Talk, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)                     \
    X(Talk, TEXT, number, "编号", "Number", 60, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED, -)     \
    X(Talk, CHOICE, kind, "方式", "Kind", 20, REQUIRED | BY_ENTRY | LISTED, talk_kinds)                   \
    X(Talk, CHOICE, body, "约谈单位类别", "Kind of maker", 20, REQUIRED | INPUT | LISTED, bodies)         \
    X(Talk, TEXT, maker, "约谈单位", "Held by", 80, REQUIRED | BY_ENTRY | LISTED | SEARCHED | INDEXED, -) \
    X(Talk, TEXT, chair, "主持人", "Chair", 40, REQUIRED | BY_ENTRY | LISTED | INDEXED | SPELT, -)        \
    X(Talk, DATE, held_on, "约谈日期", "Held on", 0, REQUIRED | BY_ENTRY | LISTED, -)                     \
    X(Talk, CHOICE, cause, "约谈事由", "Cause", 20, REQUIRED | BY_ENTRY | LISTED, talk_causes)            \
    X(Talk, LONG, content, "约谈内容", "Content", 4000, REQUIRED | BY_ENTRY | INDEXED, -)                 \
    X(Talk, REF, meeting, "相关会议", "Meeting", 26, BY_ENTRY, MEETING)                                   \
    X(Talk, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, talk_states)                           \
    X(Talk, LONG, reason, "作废理由", "Why void", 1000, 0, -)                                             \
    X(Talk, TEXT, account, "登记账号", "Entered by", 26, HIDDEN, -)
FIELDS_DECLARE(Talk, TALK_FIELDS);

#define TALK_PARTY_FIELDS(X)                                                                                        \
    RECORD_FIELDS(X, TalkParty)                                                                                     \
    X(TalkParty, REF, talk, "约谈", "Talk", 26, REQUIRED | INPUT | LISTED, TALK)                                    \
    X(TalkParty, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)                                  \
    X(TalkParty, REF, unit, "被约谈单位", "Unit called", 26, REQUIRED | INPUT | LISTED, UNIT)                       \
    X(TalkParty, TEXT, unit_name, "被约谈单位名称", "Unit's name then", 80, LISTED | SEARCHED | INDEXED | SPELT, -) \
    X(TalkParty, CHOICE, body, "约谈单位类别", "Kind of maker", 20, REQUIRED, bodies)                               \
    X(TalkParty, TEXT, maker, "约谈单位", "Held by", 80, REQUIRED | LISTED, -)                                      \
    X(TalkParty, DATE, held_on, "约谈日期", "Held on", 0, REQUIRED | LISTED, -)                                     \
    X(TalkParty, CHOICE, cause, "约谈事由", "Cause", 20, REQUIRED | LISTED, talk_causes)                            \
    X(TalkParty, CHOICE, post, "被约谈人职务", "Who was called", 20, REQUIRED | BY_ENTRY | LISTED, called_posts)    \
    X(TalkParty, LONG, commitment, "整改承诺", "Commitment", 2000, REQUIRED | BY_ENTRY | INDEXED, -)                \
    X(TalkParty, DATE, due_on, "承诺时限", "Due on", 0, REQUIRED | BY_ENTRY | LISTED, -)                            \
    X(TalkParty, REF, rectification, "相关整改事项", "Item", 26, BY_ENTRY, RECTIFICATION)                           \
    X(TalkParty, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, party_states)                               \
    X(TalkParty, LONG, result, "落实情况", "Result", 2000, INDEXED, -)                                              \
    X(TalkParty, DATE, done_on, "完成日期", "Done on", 0, LISTED, -)                                                \
    X(TalkParty, TEXT, reported_by, "报告人", "Reported by", 60, 0, -)                                              \
    X(TalkParty, LONG, verdict, "核实意见", "Verdict", 1000, 0, -)                                                  \
    X(TalkParty, DATE, closed_on, "核实日期", "Confirmed on", 0, 0, -)
FIELDS_DECLARE(TalkParty, TALK_PARTY_FIELDS);

/* What the unit did on its commitment. */
#define TALK_RESULT_FIELDS(X)                                                    \
    X(TalkResult, LONG, result, "落实情况", "Result", 2000, REQUIRED | INPUT, -) \
    X(TalkResult, DATE, done_on, "完成日期", "Done on", 0, INPUT, -)             \
    X(TalkResult, TEXT, on_behalf_of, "代录对象", "On behalf of", 60, INPUT, -)
FIELDS_DECLARE(TalkResult, TALK_RESULT_FIELDS);

Status talk_enter(Ctx *c, const Talk *input, Changes *out) MUST_CHECK;
/* `parties`: all of the talk, which repeat its day, body and cause. */
Status talk_edit(Ctx *c, const Talk *before, const TalkParty *parties, size_t count, const Talk *input, FieldSet given,
    Changes *out) MUST_CHECK;
/* Entered by mistake: it and its parties count no more. */
Status talk_void(
    Ctx *c, const Talk *now, const TalkParty *parties, size_t count, const MoveInput *input, Changes *out) MUST_CHECK;

/* What is decided about one party. */
typedef struct PartyCase {
    const Talk *talk;
    const TalkParty *party;  /* NULL while it is added */
    const TalkParty *others; /* the talk's parties */
    size_t other_count;
    const Rectification *item; /* that it names; NULL: none */
} PartyCase;
/* A unit is called once to a talk. `unit_name`: on the day of the talk. */
Status talk_party_add(Ctx *c, const PartyCase *now, Str unit_name, const TalkParty *input, Changes *out) MUST_CHECK;
Status talk_party_edit(Ctx *c, const PartyCase *now, const TalkParty *input, FieldSet given, Changes *out) MUST_CHECK;
/* Reported by the unit, or entered for it on its behalf. */
Status talk_party_reply(Ctx *c, const PartyCase *now, const TalkResult *input, Changes *out) MUST_CHECK;
/* return, close, void. */
Status talk_party_decide(Ctx *c, const PartyCase *now, Action action, const MoveInput *input, Changes *out) MUST_CHECK;

#endif
