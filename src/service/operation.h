/* The table of operations and the gate that every use case walks through.
 *
 * The gate checks the need, reads the input by its field table, runs the use case (a read on a lent
 * connection, a write in the lane), applies its changes, notes refusals and answers. A use case says
 * what it loads and what it decides; it writes nothing itself. */
#ifndef SERVICE_OPERATION_H
#define SERVICE_OPERATION_H

#include "domain/change.h"
#include "domain/selection.h"
#include "service/app.h"

typedef enum TxKind { TX_READ, TX_WRITE } TxKind;

enum OperationFlag {
    MAKES = 1,     /* 201, a Location, no If-Match */
    VERSIONED = 2, /* If-Match wanted */
    HEAVY = 4,     /* its prepare hashes passwords: off the transport's threads */
    QUIET = 8,     /* no line in the access log: the program's own small questions */
    NOTED = 32,    /* a read that is an entry of the audit all the same: what leaves the system */
    FIRST = 16     /* allowed while the password must still be changed */
};

typedef struct Param {
    Str name;
    Str value;
} Param;

typedef struct Operation Operation;
typedef struct UseCase UseCase;

enum { IDS_MAX = 200 };

/* What came in, what was made of it, what goes out. Lives in the arena of its Ctx. */
struct UseCase {
    const Operation *op;
    App *app;
    const Entity *entity; /* of the path, or of the operation */
    Str id;
    int64_t version; /* of If-Match; 0: none was given */
    Str idempotency_key;
    Str route; /* "POST /api/v1/papers", for the key */
    Str body;
    const Param *params;
    size_t param_count;
    Digest token;    /* of the session; zero without one */
    bool by_program; /* with a bearer token */
    Str token_plain; /* a new session's, for the cookie */

    const Json *json; /* the body as it was read; given by a program in place of it */
    void *input;      /* read by op->input */
    FieldSet given;
    Str ids[IDS_MAX]; /* read by op->ids_member */
    size_t id_count;
    void *prepared; /* what prepare left for write */

    Str batch; /* of an import: kept in every new record, with where it came from */
    int32_t provenance;
    Status (*trace)(Ctx *c, UseCase *u, const Changes *changes); /* told of what was applied, in the same savepoint */
    void *trace_arg;
    bool unanswered; /* nobody reads the answer: it is not made, and no Idempotency-Key is kept */
    bool unguarded;  /* within a job: no savepoint of its own; a refusal that came when it had `touched` the ledger */
    bool touched;    /* leaves it to the caller to roll back */

    /* the answer */
    StrBuf out;
    const char *type;    /* NULL: JSON */
    int64_t out_version; /* ETag; 0: none */
    Str location;
    bool replayed; /* an Idempotency-Key was met again */
    Status late;   /* a refusal that had something to write: told after COMMIT */
    bool session_ended;
    Str file_name; /* of a download */
    int64_t file_size;
    int64_t file_from; /* range wanted; file_to exclusive, -1: to the end */
    int64_t file_to;
    const void *file; /* the Evidence that the transport streams */
};

struct Operation {
    const char *name; /* "paper.sign": in log, audit, help */
    Need need;
    TxKind tx;
    EntityKind entity; /* ENTITY_NONE: the path's */
    uint8_t flags;
    const FieldTable *input;               /* NULL: the entity's own fields, or none for reads */
    uint16_t allowed;                      /* INPUT or EDIT; 0: no body */
    const char *ids_member;                /* a list of ids (or one id) in the body beside the input's fields */
    Status (*prepare)(Ctx *c, UseCase *u); /* off the lane */
    Status (*decide)(Ctx *c, UseCase *u, Changes *out); /* in the lane, may run again */
    Status (*write)(Ctx *c, UseCase *u, Writer *w);     /* rows that are no records: sessions, uploads */
    void (*after)(Ctx *c, UseCase *u);                  /* once it is on disk */
    Status (*read)(Ctx *c, UseCase *u);                 /* of a write: answers a repeat, where no record does */
    Status (*finish)(Ctx *c, UseCase *u); /* of a read, once its connection was given back: slow work on what it left */
    Text label;
};

#define OPERATION_IDS(X)     \
    X(LOGIN)                 \
    X(LOGOUT)                \
    X(SESSION_SHOW)          \
    X(SESSION_ROLE)          \
    X(PASSWORD_CHANGE)       \
    X(SESSION_TOKEN)         \
    X(RECORD_LIST)           \
    X(RECORD_COUNT)          \
    X(RECORD_EXPORT)         \
    X(RECORD_SHOW)           \
    X(RECORD_HISTORY)        \
    X(SEARCH)                \
    X(TASK_LIST)             \
    X(TASK_DONE)             \
    X(TASK_PASS)             \
    X(DIGEST_SHOW)           \
    X(FIGURE_LIST)           \
    X(CHECK_RUN)             \
    X(FIGURE_SHOW)           \
    X(FIGURE_BREAKDOWN)      \
    X(FIGURE_SET_FREEZE)     \
    X(FIGURE_SET_PUBLISH)    \
    X(FIGURE_SET_VOID)       \
    X(FIGURE_SET_COMPARE)    \
    X(FIGURE_SET_RECONCILE)  \
    X(DASHBOARD_SHOW)        \
    X(REPORT_SHOW)           \
    X(FORM_KEEP)             \
    X(FORM_EDIT)             \
    X(FORM_LIST)             \
    X(FORM_SHOW)             \
    X(FORM_EXPORT)           \
    X(DOCUMENT_DRAFT)        \
    X(DOCUMENT_EDIT)         \
    X(DOCUMENT_ISSUE)        \
    X(DOCUMENT_VOID)         \
    X(DOCUMENT_FILE)         \
    X(DOCUMENT_PRINT)        \
    X(DOCUMENT_OUTGOING)     \
    X(DOCUMENT_KINDS)        \
    X(DOCUMENT_VERIFY)       \
    X(DOCUMENT_RETURNED)     \
    X(TEMPLATE_ADD)          \
    X(TEMPLATE_ENFORCE)      \
    X(TEMPLATE_RETIRE)       \
    X(TEMPLATE_FILE)         \
    X(SEAL_ADD)              \
    X(SEAL_ENFORCE)          \
    X(SEAL_RETIRE)           \
    X(SEAL_FILE)             \
    X(DOSSIER_CATALOGUE)     \
    X(DOSSIER_EDIT)          \
    X(DOSSIER_CHECK)         \
    X(DOSSIER_EXPORT)        \
    X(LOAN_ASK)              \
    X(LOAN_GRANT)            \
    X(LOAN_REFUSE)           \
    X(LOAN_GIVE_BACK)        \
    X(SETTING_ADD)           \
    X(SETTING_EDIT)          \
    X(AUDIT_LIST)            \
    X(WORKFLOW_SHOW)         \
    X(RULES_SHOW)            \
    X(ORGANISER_ADD)         \
    X(PERSON_ADD)            \
    X(PERSON_EDIT)           \
    X(ACCOUNT_ADD)           \
    X(ACCOUNT_EDIT)          \
    X(ACCOUNT_RESET)         \
    X(ASSIGNMENT_OFFICES)    \
    X(ASSIGNMENT_GRANT)      \
    X(ASSIGNMENT_END)        \
    X(RULES_PUBLISH)         \
    X(UNIT_REGISTER)         \
    X(UNIT_EDIT)             \
    X(UNIT_CHANGE)           \
    X(UNIT_TAKE_BACK)        \
    X(UNIT_MERGE)            \
    X(UNIT_ABOLISH)          \
    X(UNIT_IMPACT)           \
    X(ROUND_OPEN)            \
    X(ROUND_EDIT)            \
    X(ROUND_ADOPT)           \
    X(ROUND_ADOPTION)        \
    X(TEAM_FORM)             \
    X(MEMBER_ADD)            \
    X(INSPECTION_PLAN)       \
    X(INSPECTION_NOTIFY)     \
    X(INSPECTION_ENTER)      \
    X(INSPECTION_LEAVE)      \
    X(INSPECTION_REPORT)     \
    X(INSPECTION_CONSULT)    \
    X(INSPECTION_RETURN)     \
    X(INSPECTION_DELIBERATE) \
    X(INSPECTION_HEAR)       \
    X(INSPECTION_FOLLOW_UP)  \
    X(INSPECTION_EVALUATE)   \
    X(INSPECTION_ARCHIVE)    \
    X(PROJECT_ENTER)         \
    X(PROJECT_EDIT)          \
    X(PROJECT_UNIT_ADD)      \
    X(FOCUS_ADD)             \
    X(FOCUS_EDIT)            \
    X(AUTHORISATION_DRAFT)   \
    X(AUTHORISATION_EDIT)    \
    X(AUTHORISATION_ENFORCE) \
    X(AUTHORISATION_REVOKE)  \
    X(PAPER_WRITE)           \
    X(PAPER_EDIT)            \
    X(PAPER_SIGN)            \
    X(PAPER_RETURN)          \
    X(PAPER_REVISE)          \
    X(PAPER_DROP)            \
    X(PAPER_MERGE)           \
    X(PAPER_ARCHIVE)         \
    X(FINDING_DRAW)          \
    X(FINDING_EDIT)          \
    X(FINDING_WITHDRAW)      \
    X(FINDING_ASK_REVOKE)    \
    X(FINDING_REVOKE)        \
    X(FINDING_KEEP)          \
    X(FEEDBACK_DRAFT)        \
    X(FEEDBACK_EDIT)         \
    X(FEEDBACK_DELIVER)      \
    X(FEEDBACK_RECEIVE)      \
    X(RECTIFICATION_EDIT)    \
    X(RECTIFICATION_START)   \
    X(RECTIFICATION_APPLY)   \
    X(RECTIFICATION_REVIEW)  \
    X(RECTIFICATION_RETURN)  \
    X(RECTIFICATION_STRIKE)  \
    X(RECTIFICATION_REOPEN)  \
    X(RECHECK_DRAW)          \
    X(RECHECK_CLOSE)         \
    X(RECHECK_VOID)          \
    X(RECHECK_RECORD)        \
    X(RECHECK_ESTIMATE)      \
    X(FACT_CHECK_SEND)       \
    X(FACT_CHECK_REPLY)      \
    X(FACT_CHECK_CLOSE)      \
    X(FACT_CHECK_VOID)       \
    X(OBJECTION_FILE)        \
    X(OBJECTION_KEEP)        \
    X(OBJECTION_AMEND)       \
    X(OBJECTION_UPHOLD)      \
    X(OBJECTION_WITHDRAW)    \
    X(EVALUATION_OPEN)       \
    X(EVALUATION_COUNT)      \
    X(EVALUATION_CLOSE)      \
    X(EVALUATION_SETTLE)     \
    X(EVALUATION_VOID)       \
    X(EVALUATION_SCHEME)     \
    X(EVALUATION_SCHEMES)    \
    X(SHEET_ADD)             \
    X(SHEET_SCORE)           \
    X(SHEET_VOID)            \
    X(EFFECT_STATE)          \
    X(EFFECT_EDIT)           \
    X(EFFECT_CONFIRM)        \
    X(EFFECT_REJECT)         \
    X(EFFECT_WITHDRAW)       \
    X(ADJUSTMENT_ASK)        \
    X(ADJUSTMENT_GRANT)      \
    X(ADJUSTMENT_REFUSE)     \
    X(ADJUSTMENT_WITHDRAW)   \
    X(SHARE_GIVE)            \
    X(SHARE_EDIT)            \
    X(STATEMENT_ADD)         \
    X(FILING_OPEN)           \
    X(FILING_EDIT)           \
    X(FILING_SUBMIT)         \
    X(FILING_APPROVE)        \
    X(FILING_RETURN)         \
    X(FILING_GIVE)           \
    X(WITHHOLDING_ASK)       \
    X(WITHHOLDING_GRANT)     \
    X(WITHHOLDING_REFUSE)    \
    X(LETTER_DRAFT)          \
    X(LETTER_EDIT)           \
    X(LETTER_ISSUE)          \
    X(LETTER_RECEIVE)        \
    X(LETTER_REPLY)          \
    X(LETTER_RETURN)         \
    X(LETTER_CLOSE)          \
    X(LETTER_DROP)           \
    X(TALK_ENTER)            \
    X(TALK_EDIT)             \
    X(TALK_VOID)             \
    X(TALK_PARTY_ADD)        \
    X(TALK_PARTY_EDIT)       \
    X(TALK_PARTY_REPLY)      \
    X(TALK_PARTY_RETURN)     \
    X(TALK_PARTY_CLOSE)      \
    X(TALK_PARTY_VOID)       \
    X(LEGACY_ENTER)          \
    X(LEGACY_EDIT)           \
    X(LEGACY_CLOSE)          \
    X(LEGACY_VOID)           \
    X(SUPERVISION_LOG_ENTER) \
    X(SUPERVISION_LOG_EDIT)  \
    X(INSTRUCTION_ENTER)     \
    X(INSTRUCTION_EDIT)      \
    X(INSTRUCTION_CLOSE)     \
    X(INSTRUCTION_TASK_ADD)  \
    X(INSTRUCTION_TASK_EDIT) \
    X(FINDING_ENTER_PAST)    \
    X(LETTER_ENTER_PAST)     \
    X(WORKBOOK_ISSUE)        \
    X(WORKBOOK_VOID)         \
    X(WORKBOOK_FILE)         \
    X(WORKBOOK_PASSPHRASE)   \
    X(WORKBOOK_ENTER_ROW)    \
    X(WORKBOOK_ENTER_SHARE)  \
    X(IMPORT_OPEN)           \
    X(IMPORT_CHECK)          \
    X(IMPORT_RUN)            \
    X(IMPORT_UNDO)           \
    X(IMPORT_ROWS)           \
    X(IMPORT_FAILURES)       \
    X(IMPORT_TEMPLATE)       \
    X(UPLOAD_BEGIN)          \
    X(UPLOAD_SHOW)           \
    X(ATTACHMENT_ADD)        \
    X(ATTACHMENT_FILE)       \
    X(REGISTER_ENTER)        \
    X(REGISTER_EDIT)

typedef enum OperationId {
#define X(N) USE_##N,
    OPERATION_IDS(X)
#undef X
        USE_COUNT
} OperationId;

extern const Operation operations[USE_COUNT];

/* The gate. For a read, the Ctx may have been lent a connection already; the gate gives it back. `done` is called once,
 * on this thread for a read or an early refusal, on the lane's thread for a write, when u and c->err are final; the
 * status is the answer's. */
typedef void GateDone(Ctx *c, UseCase *u, Status status, void *arg);
void gate_run(Ctx *c, UseCase *u, GateDone *done, void *arg);
/* The same, waiting: for the command line, the demo and tests. */
Status gate_run_wait(Ctx *c, UseCase *u) MUST_CHECK;

/* The same inside a job of the lane that makes many steps (lane.h): on the lane's connection, in a savepoint of its
 * own unless it is `unguarded`, on disk with the others. What a use case does once it is on disk (after) is done at
 * once.
 */
Status gate_run_within(Ctx *c, UseCase *u, Writer *w) MUST_CHECK;

/* What the gate and the decision would say, on the connection that the Ctx was lent; nothing is written. */
Status gate_rehearse(Ctx *c, UseCase *u) MUST_CHECK;

/* Who acts in a session, asked of the connection that the Ctx was lent: ST_NOBODY without one, when it is over or
 * idle. */
typedef struct Session {
    Actor actor;
    Str csrf;
    bool program; /* a bearer token */
    bool must_change;
} Session;
/* What the actor's rights of today name, for one who acts without a session. */
Status holding_find(Ctx *c, Actor *actor) MUST_CHECK;
Status session_find(Ctx *c, App *app, const Digest *token, Session *out) MUST_CHECK;

/* What the first conditions of a list say: the params of a use case as a Selection. Names that the
 * list itself understands (names, light, format) are left out. */
Status usecase_selection(Ctx *c, const UseCase *u, Selection *out) MUST_CHECK;
Str usecase_param(const UseCase *u, Str name);

/* One record as the answer: its fields, what may be done with it, its light. */
Status answer_record(Ctx *c, UseCase *u, const Entity *e, const void *record) MUST_CHECK;

#endif
