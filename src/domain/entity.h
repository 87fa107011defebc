/* The kinds of record, what every record carries, and where its scope lies. */
#ifndef DOMAIN_ENTITY_H
#define DOMAIN_ENTITY_H

#include "domain/field.h"

/* X(KIND, Struct, table in the database) in the order in which references can be resolved. */
#define ENTITY_LIST(X)                                        \
    X(ORGANISER, Organiser, organiser)                        \
    X(SETTING, Setting, setting)                              \
    X(PERSON, Person, person)                                 \
    X(ACCOUNT, Account, account)                              \
    X(ASSIGNMENT, Assignment, assignment)                     \
    X(UNIT, Unit, unit)                                       \
    X(UNIT_FACT, UnitFact, unit_fact)                         \
    X(RULE_SET, RuleSetRecord, rule_set)                      \
    X(ROUND, Round, round)                                    \
    X(TEAM, Team, team)                                       \
    X(MEMBER, Member, member)                                 \
    X(INSPECTION, Inspection, inspection)                     \
    X(PROJECT, Project, project)                              \
    X(PROJECT_UNIT, ProjectUnit, project_unit)                \
    X(FOCUS, Focus, focus)                                    \
    X(AUTHORISATION, Authorisation, authorisation)            \
    X(PAPER, Paper, paper)                                    \
    X(PAPER_REVISION, PaperRevision, paper_revision)          \
    X(SIGNATURE, Signature, signature)                        \
    X(FEEDBACK, Feedback, feedback)                           \
    X(FINDING, Finding, finding)                              \
    X(FINDING_PAPER, FindingPaper, finding_paper)             \
    X(RECTIFICATION, Rectification, rectification)            \
    X(ADJUSTMENT, Adjustment, adjustment)                     \
    X(FACT_CHECK, FactCheck, fact_check)                      \
    X(OBJECTION, Objection, objection)                        \
    X(EFFECT, Effect, effect)                                 \
    X(FILING, Filing, filing)                                 \
    X(FILING_REVIEW, FilingReview, filing_review)             \
    X(WITHHOLDING, Withholding, withholding)                  \
    X(ADOPTION, Adoption, adoption)                           \
    X(EVALUATION, Evaluation, evaluation)                     \
    X(EVALUATION_PART, EvaluationPart, evaluation_part)       \
    X(EVALUATION_SHEET, EvaluationSheet, evaluation_sheet)    \
    X(EVALUATION_BALLOT, EvaluationBallot, evaluation_ballot) \
    X(RECHECK, Recheck, recheck)                              \
    X(RECHECK_ITEM, RecheckItem, recheck_item)                \
    X(SHARE, Share, share)                                    \
    X(LETTER, Letter, letter)                                 \
    X(LETTER_ITEM, LetterItem, letter_item)                   \
    X(TALK, Talk, talk)                                       \
    X(TALK_PARTY, TalkParty, talk_party)                      \
    X(LEGACY_ISSUE, LegacyIssue, legacy_issue)                \
    X(SUPERVISION_LOG, SupervisionLog, supervision_log)       \
    X(STATEMENT, Statement, statement)                        \
    X(EVIDENCE, Evidence, evidence)                           \
    X(ATTACHMENT, Attachment, attachment)                     \
    X(INSTRUCTION, Instruction, instruction)                  \
    X(INSTRUCTION_TASK, InstructionTask, instruction_task)    \
    X(WORKBOOK, Workbook, workbook)                           \
    X(IMPORT, Import, import_batch)                           \
    X(HANDOVER, Handover, handover)                           \
    X(FIGURE_SET, FigureSet, figure_set)                      \
    X(FROZEN_FIGURE, FrozenFigure, frozen_figure)             \
    X(FROZEN_LIST, FrozenList, frozen_list)                   \
    X(STAT_FORM, StatForm, stat_form)                         \
    X(DOCUMENT, Document, document)                           \
    X(DOCUMENT_FILE, DocumentFile, document_file)             \
    X(DOCUMENT_TEMPLATE, DocumentTemplate, document_template) \
    X(SEAL_IMAGE, SealImage, seal_image)                      \
    X(DOSSIER_ITEM, DossierItem, dossier_item)                \
    X(DOSSIER_LOAN, DossierLoan, dossier_loan)

/* Registers: plain lists that one generic path serves. A row here, a field table in register.h and a
 * migration make one. X(KIND, Struct, table, 中文, English, naming field, date field) */
#define REGISTER_LIST(X)                                                               \
    X(MEETING, Meeting, meeting, "会议", "Meeting", title, held_on)                    \
    X(TRAINING, Training, training, "培训", "Training", title, held_on)                \
    X(REGULATION, Regulation, regulation, "制度", "Rule made", title, made_on)         \
    X(PUBLICATION, Publication, publication, "宣传", "Publicity", title, published_on) \
    X(CLEAN_UP, CleanUp, clean_up, "专项整治", "Special clean-up", title, from_on)

typedef enum EntityKind {
    ENTITY_NONE,
#define X(KIND, ...) ENTITY_##KIND,
    ENTITY_LIST(X) REGISTER_LIST(X)
#undef X
        ENTITY_COUNT
} EntityKind;

#define PROVENANCES(X)                                    \
    X(ENTERED, entered, "录入", "Entered")                \
    X(IMPORTED, imported, "导入", "Imported")             \
    X(LATER, entered_later, "补录", "Entered afterwards") \
    X(MERGED, merged, "合并", "Merged")
enum Provenance {
    PROVENANCE_NONE,
#define X(N, ...) PROVENANCE_##N,
    PROVENANCES(X)
#undef X
};
extern const Choices provenances;

/* What every record carries, first and in this order. */
#define RECORD_FIELDS(X, E)                                                \
    X(E, REF, id, "标识", "Id", 26, LISTED, NONE)                          \
    X(E, INT, version, "版本", "Version", 0, LISTED, -)                    \
    X(E, CHOICE, provenance, "数据来源", "Provenance", 20, 0, provenances) \
    X(E, TEXT, batch, "批次", "Batch", 40, 0, -)                           \
    X(E, TEXT, on_behalf_of, "代录对象", "On behalf of", 60, 0, -)         \
    X(E, DATE, effective_on, "生效日期", "Effective on", 0, 0, -)          \
    X(E, INSTANT, recorded_at, "登记时间", "Recorded at", 0, 0, -)
#define RECORD_FIELDS_OF_RECORD(X) RECORD_FIELDS(X, Record)
FIELDS_DECLARE(Record, RECORD_FIELDS_OF_RECORD);

/* For what names no unit itself: rights to units reach a record where `own` is the value of `theirs` in a record of
 * `other` that they reach. Zero: there is no such way. */
typedef struct ScopeThrough {
    uint8_t other; /* an EntityKind */
    int8_t own;
    int8_t theirs;
} ScopeThrough;

/* Which of its fields place a record in the scope relation; -1: none. */
typedef struct ScopeFields {
    int8_t inspection;
    int8_t unit;
    int8_t organiser;
    int8_t round;
    int8_t other_unit; /* a second unit that the record concerns as well */
    int8_t account;    /* who made it reaches it */
    ScopeThrough through;
} ScopeFields;

typedef struct Entity {
    EntityKind kind;
    const FieldTable *table; /* its name is the plural noun of the API */
    const char *sql_table;
    Text label;
    ScopeFields scope;
    int8_t title; /* the field that names a record to a person */
    int8_t state; /* its state: kept in state_history with effective dates; -1: none */
    int8_t sort;  /* default order of lists */
    bool sort_down;
    bool is_register; /* a plain list served by the generic path */
} Entity;

const Entity *entity_of(EntityKind kind);
const Entity *entity_named(Str plural); /* NULL when there is none */

/* Is it one of the kinds that the search over everything finds: has INDEXED fields, of its own. */
bool entity_is_found(const Entity *e);
/* The field that is PART_OF, whose record these fields find; -1: none. */
int entity_part_of(const Entity *e);
/* The day a record is of, by which the newest come first: that of its default order where this is one (a register's
 * date), else the day of its last move. */
Date record_day(const Entity *e, const void *record);

/* Every record begins with the fields of Record at the same offsets. They are reached one by one,
 * as objects of their own type, never through a Record pointer laid over another struct. */
#define RECORD_AT(Type, record, name) ((Type *)(void *)((char *)(record) + offsetof(Record, name)))
#define RECORD_OF(Type, record, name) (*(const Type *)(const void *)((const char *)(record) + offsetof(Record, name)))
static inline Str record_id(const void *record)
{
    return RECORD_OF(Str, record, id);
}
static inline int64_t record_version(const void *record)
{
    return RECORD_OF(Int, record, version).value;
}
/* A reference held in one of its fields; STR_NONE for field -1. */
Str record_ref(const Entity *e, const void *record, int field);
/* What names the record to a person. */
Str record_title(const Entity *e, const void *record);

#endif
