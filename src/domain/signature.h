/* Signatures and the chains they walk: who, in which order, by click or by ink, is rule-set data. */
#ifndef DOMAIN_SIGNATURE_H
#define DOMAIN_SIGNATURE_H

#include "domain/change.h"
#include "domain/workflow.h"

#define MEANS_LIST(X)                                   \
    X(CLICK, click, "系统签署", "Signed in the system") \
    X(INK, ink, "纸质签署", "Signed on paper")
#define DECISIONS(X)                      \
    X(SIGN, sign, "同意", "Agreed")       \
    X(RETURN, return, "退回", "Returned") \
    X(REFUSE, refuse, "不同意", "Refused")
enum Means { MEANS_NONE, MEANS_CLICK, MEANS_INK };
enum Decision { DECISION_NONE, DECISION_SIGN, DECISION_RETURN, DECISION_REFUSE };
extern const Choices means, decisions;

#define SIGNATURE_FIELDS(X)                                                                  \
    RECORD_FIELDS(X, Signature)                                                              \
    X(Signature, TEXT, subject, "对象种类", "Subject", 30, REQUIRED | LISTED, -)             \
    X(Signature, TEXT, record, "对象", "Record", 26, REQUIRED | LISTED, -)                   \
    X(Signature, INT, turn, "轮次", "Turn", 0, REQUIRED | LISTED, -)                         \
    X(Signature, TEXT, step, "环节", "Step", 30, REQUIRED | LISTED, -)                       \
    X(Signature, TEXT, step_label, "环节名称", "Step name", 40, LISTED, -)                   \
    X(Signature, REF, person, "签署人", "Person", 26, LISTED, PERSON)                        \
    X(Signature, TEXT, person_name, "签署人姓名", "Name", 40, LISTED, -)                     \
    X(Signature, CHOICE, role, "角色", "Role", 20, REQUIRED | LISTED, roles)                 \
    X(Signature, CHOICE, decision, "意见类型", "Decision", 20, REQUIRED | LISTED, decisions) \
    X(Signature, LONG, opinion, "意见", "Opinion", 1000, LISTED, -)                          \
    X(Signature, DATE, signed_on, "签署日期", "Signed on", 0, REQUIRED | LISTED, -)          \
    X(Signature, CHOICE, means, "签署方式", "Means", 20, REQUIRED | LISTED, means)           \
    X(Signature, TEXT, paper_no, "纸质件编号", "Paper number", 60, LISTED, -)                \
    X(Signature, TEXT, text_digest, "所签文本摘要", "Digest of the text", 64, LISTED, -)     \
    X(Signature, REF, inspection, "巡察对象", "Inspection", 26, 0, INSPECTION)               \
    X(Signature, REF, unit, "单位", "Unit", 26, 0, UNIT)                                     \
    X(Signature, REF, organiser, "主办机构", "Organiser", 26, 0, ORGANISER)
FIELDS_DECLARE(Signature, SIGNATURE_FIELDS);

/* What a person says with a move, whatever the move is. */
#define MOVE_FIELDS(X)                                                         \
    X(MoveInput, LONG, opinion, "意见", "Opinion", 1000, INPUT, -)             \
    X(MoveInput, LONG, reason, "理由", "Reason", 1000, INPUT, -)               \
    X(MoveInput, DATE, effective_on, "生效日期", "Effective on", 0, INPUT, -)  \
    X(MoveInput, TEXT, on_behalf_of, "代录对象", "On behalf of", 60, INPUT, -) \
    X(MoveInput, CHOICE, means, "签署方式", "Means", 20, INPUT, means)         \
    X(MoveInput, TEXT, paper_no, "纸质件编号", "Paper number", 60, INPUT, -)
FIELDS_DECLARE(MoveInput, MOVE_FIELDS);

enum { CHAIN_STEPS_MAX = 8 };

typedef struct ChainStep {
    Str name;
    Text label;
    RoleSet roles;
    int signatures; /* how many people make this one step */
    bool named;     /* they are the people named in the record */
    bool ink;       /* may be signed on paper and entered by another */
} ChainStep;
typedef struct Chain {
    Str name;
    ChainStep steps[CHAIN_STEPS_MAX];
    int count;
} Chain;

/* What a signature is put under. */
typedef struct SignedThing {
    EntityKind kind;
    const void *record;
    int64_t turn;
    int step; /* of the chain, from 0 */
    Str text_digest;
    Str named[4]; /* people of a named step */
    size_t named_count;
    const Signature *given; /* of this turn, so far */
    size_t given_count;
} SignedThing;

/* May this actor sign this step now? On ST_OK a Signature is added to the changes, and *complete
 * tells whether the step has all it wants. Refused: a role that is not of the step, a person who is
 * not among the named, one who signed this step already, or who signed an earlier step of this turn
 * (nobody reviews his own work), ink where the chain wants a click, ink without the paper's number. */
Status chain_sign(Ctx *c, const Chain *chain, const SignedThing *thing, const MoveInput *input, Changes *out,
    bool *complete) MUST_CHECK;
/* A return from this step with its reason; the same checks of role. */
Status chain_return(
    Ctx *c, const Chain *chain, const SignedThing *thing, const MoveInput *input, Changes *out) MUST_CHECK;

/* A refusal from this step, which ends it. */
Status chain_refuse(
    Ctx *c, const Chain *chain, const SignedThing *thing, const MoveInput *input, Changes *out) MUST_CHECK;

/* A paper's number comes with ink. */
Status approval_check_paper(Ctx *c, const MoveInput *input) MUST_CHECK;

/* An approval that is a move of its own, outside the chains: granted, refused, put in force, revoked. By click, or on
 * paper with its number and who signed; `agreed` is false for a refusal. It is put under the record as it was then. */
Status approval_sign(Ctx *c, EntityKind kind, const void *record, Action action, bool agreed, const MoveInput *input,
    Changes *out) MUST_CHECK;

#endif
