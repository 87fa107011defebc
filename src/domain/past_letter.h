/* Letters out of an office's old register (补录): issued on paper before the system was there.
 *
 * How far a letter came is told by its state, or else by its days; old numbers are kept, and a demand that is
 * not known stays 未记载. It goes on from there in the system: one that waits for an answer is answered here. */
#ifndef DOMAIN_PAST_LETTER_H
#define DOMAIN_PAST_LETTER_H

#include "domain/letter.h"

#define PAST_LETTER_FIELDS(X)                                                                 \
    X(PastLetter, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER)   \
    X(PastLetter, CHOICE, kind, "函件种类", "Kind", 20, REQUIRED | INPUT, letter_kinds)       \
    X(PastLetter, CHOICE, body, "发函单位类别", "Issuing body", 20, REQUIRED | INPUT, bodies) \
    X(PastLetter, TEXT, maker, "发函单位", "Issued by", 80, REQUIRED | INPUT, -)              \
    X(PastLetter, TEXT, number, "文号", "Number", 60, REQUIRED | INPUT, -)                    \
    X(PastLetter, REF, unit, "收函单位", "To", 26, REQUIRED | INPUT, UNIT)                    \
    X(PastLetter, TEXT, unit_name, "收函单位名称", "Unit's name then", 80, INPUT, -)          \
    X(PastLetter, TEXT, subject, "事由", "Subject", 120, REQUIRED | INPUT, -)                 \
    X(PastLetter, LONG, demand, "要求", "Demand", 4000, INPUT, -)                             \
    X(PastLetter, DATE, due_on, "回复时限", "Reply due", 0, INPUT, -)                         \
    X(PastLetter, CHOICE, state, "状态", "State", 20, INPUT, letter_states)                   \
    X(PastLetter, DATE, issued_on, "印发日期", "Issued on", 0, REQUIRED | INPUT, -)           \
    X(PastLetter, DATE, received_on, "签收日期", "Received on", 0, INPUT, -)                  \
    X(PastLetter, TEXT, received_by, "签收人", "Received by", 40, INPUT, -)                   \
    X(PastLetter, LONG, reply, "回复内容", "Reply", 4000, INPUT, -)                           \
    X(PastLetter, DATE, replied_on, "回复日期", "Replied on", 0, INPUT, -)                    \
    X(PastLetter, LONG, verdict, "审核意见", "Verdict", 1000, INPUT, -)                       \
    X(PastLetter, DATE, closed_on, "办结日期", "Closed on", 0, INPUT, -)
FIELDS_DECLARE(PastLetter, PAST_LETTER_FIELDS);

/* `name_then`: of the unit on the day of issue, for a register that does not say it. `same`: letters of the
 * organiser to this unit with this number. */
Status past_letter_enter(
    Ctx *c, const Unit *unit, Str name_then, int64_t same, const PastLetter *input, Changes *out) MUST_CHECK;

#endif
