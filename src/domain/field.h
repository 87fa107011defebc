/* A field is described once: its row here says name, labels, type, limit, choices, who may give it
 * and where it shows. JSON, validation, columns, audit differences, digests, the API description and
 * the pages' types all walk these rows.
 *
 * An entity's fields are one X-macro list; FIELD_MEMBER makes the C struct out of it, FIELD_INDEX
 * the enum (Paper_title), FIELD_ROW the table. A record is that struct. */
#ifndef DOMAIN_FIELD_H
#define DOMAIN_FIELD_H

#include "base/crypto.h"
#include "base/json.h"
#include "base/value.h"

#include <assert.h>
#include <stddef.h>

typedef enum FieldType {
    FT_TEXT,   /* one line */
    FT_LONG,   /* lines of text */
    FT_CHOICE, /* one of a fixed list; in C its number, in JSON and the database its name */
    FT_REF,    /* id of another record */
    FT_DATE,
    FT_INSTANT,
    FT_INT,
    FT_MONEY, /* fen: hundredths of a yuan */
    FT_FLAG,
    FT_BYTES, /* never leaves the program */
    FT_SECRET /* a password's hash: never leaves the program, never in an audit difference */
} FieldType;

/* A whole number that may be unknown (未记载): nothing is inferred from a missing one. */
typedef struct Int {
    int64_t value;
    bool known;
} Int;
#define INT_OF(n) ((Int){ (n), true })

typedef struct Choice {
    const char *name;
    Text label;
} Choice;
typedef struct Choices {
    const Choice *items; /* items[0] is "none given", with an empty name */
    int32_t count;
} Choices;

enum FieldFlag {
    REQUIRED = 1 << 0,  /* may not be empty; NOT NULL in the database */
    ASKED = 1 << 8,     /* must be given by who makes the record; those from before the field lack it */
    INPUT = 1 << 1,     /* may be given when the record is made */
    EDIT = 1 << 2,      /* may be changed afterwards, while the state allows edits */
    LISTED = 1 << 3,    /* in lists unless others are asked for */
    SEARCHED = 1 << 4,  /* looked through by q= */
    HIDDEN = 1 << 5,    /* never in an answer */
    SIGNED = 1 << 6,    /* part of the text that a signature locks */
    CODED = 1 << 7,     /* a node of the round's taxonomy, whose words are told beside it */
    INDEXED = 1 << 9,   /* its text finds the record in the search over everything; never with HIDDEN */
    SPELT = 1 << 10,    /* of INDEXED: a name, which the initials of its pinyin find too */
    PART_OF = 1 << 11,  /* of a reference: the INDEXED fields of this record find the one referred to, not itself */
    UNRANKED = 1 << 12, /* points: no list is ever ordered by it */
    BY_ENTRY = INPUT | EDIT
};

typedef struct Field {
    const char *name;
    Text label;
    FieldType type;
    uint16_t limit; /* characters of texts; 0 for other types */
    uint16_t flags;
    uint16_t offset;
    const Choices *choices; /* of FT_CHOICE */
    uint8_t refers;         /* of FT_REF: the EntityKind */
} Field;

/* A list of fields and the struct they lie in: an entity, or the input of an operation. */
typedef struct FieldTable {
    const char *name;
    const Field *fields;
    uint16_t count;
    uint16_t size;
} FieldTable;

#define FIELDS_MAX 64
typedef uint64_t FieldSet; /* a bit a field */
#define FIELD_BIT(index) ((FieldSet)1 << (index))

/* --- from one list: struct, enum, table ------------------------------------------------------ */

#define CTYPE_TEXT    Str
#define CTYPE_LONG    Str
#define CTYPE_CHOICE  int32_t
#define CTYPE_REF     Str
#define CTYPE_DATE    Date
#define CTYPE_INSTANT Instant
#define CTYPE_INT     Int
#define CTYPE_MONEY   Int
#define CTYPE_FLAG    bool
#define CTYPE_BYTES   Str
#define CTYPE_SECRET  Str

#define AUX_TEXT(aux)
#define AUX_LONG(aux)
#define AUX_CHOICE(aux) .choices = &(aux),
#define AUX_REF(aux)    .refers = ENTITY_##aux,
#define AUX_DATE(aux)
#define AUX_INSTANT(aux)
#define AUX_INT(aux)
#define AUX_MONEY(aux)
#define AUX_FLAG(aux)
#define AUX_BYTES(aux)
#define AUX_SECRET(aux)

/* X(Struct, TYPE, name, 中文, English, limit, flags, choices or ENTITY or -) */
#define FIELD_MEMBER(E, TYPE, name, zh, en, limit, flags, aux) CTYPE_##TYPE name;
#define FIELD_INDEX(E, TYPE, name, zh, en, limit, flags, aux)  E##_##name,
#define FIELD_ROW(E, TYPE, name_, zh, en, limit_, flags_, aux) \
    { .name = #name_,                                          \
        .label = { zh, en },                                   \
        .type = FT_##TYPE,                                     \
        .limit = (limit_),                                     \
        .flags = (flags_),                                     \
        .offset = offsetof(E, name_),                          \
        AUX_##TYPE(aux) },

#define FIELDS_DECLARE(E, LIST)                                                                  \
    typedef struct E {                                                                           \
        LIST(FIELD_MEMBER)                                                                       \
    } E;                                                                                         \
    enum E##Field{ LIST(FIELD_INDEX) E##_field_count };                                          \
    static_assert(E##_field_count <= FIELDS_MAX, "a FieldSet has a bit for every field of " #E); \
    extern const FieldTable E##_table

#define FIELDS_DEFINE(E, plural, LIST)                   \
    static const Field E##_rows[] = { LIST(FIELD_ROW) }; \
    const FieldTable E##_table = { plural, E##_rows, E##_field_count, sizeof(E) }

/* X(NUMBER, name, 中文, English) for choices: enum PREFIX_NUMBER and a table. */
#define CHOICE_ROW(N, name, zh, en) { #name, { zh, en } },
#define CHOICES_DEFINE(ident, LIST)                                                 \
    static const Choice ident##_items[] = { { "", { "", "" } }, LIST(CHOICE_ROW) }; \
    const Choices ident = { ident##_items, sizeof ident##_items / sizeof ident##_items[0] }

/* --- one value of a record --------------------------------------------------------------------- */

static inline void *field_at(const Field *f, void *record)
{
    return (char *)record + f->offset;
}
static inline const void *field_of(const Field *f, const void *record)
{
    return (const char *)record + f->offset;
}

/* The number of a choice by its name; 0 when there is none. */
int32_t choice_of(const Choices *choices, Str name);
Str choice_name(const Choices *choices, int32_t number);

/* The field of that name, or NULL. */
const Field *field_named(const FieldTable *table, Str name);
int field_index(const FieldTable *table, const Field *field);
/* The name most like this one, for "did you mean"; STR_NONE when nothing is near. */
Str field_nearest(const FieldTable *table, Str name);

bool field_is_empty(const Field *f, const void *record);
bool field_equal(const Field *f, const void *a, const void *b);
/* Column values, as both engines store them. */
Value field_value(Arena *arena, const Field *f, const void *record);
/* From a column. Texts are not copied; ST_BROKEN for a choice the program does not know. */
Status field_take(Ctx *c, const Field *f, Value column, void *record) MUST_CHECK;
ValueKind field_column(const Field *f);
/* A value typed by a person (URL, Excel cell, command line), checked against the row. On refusal
 * a FieldError with value, rule and remedy is added to the Ctx. */
Status field_parse(Ctx *c, const Field *f, Str typed, Value *out) MUST_CHECK;
void field_to_json(JsonWriter *w, const Field *f, const void *record);

/* --- whole records -------------------------------------------------------------------------------- */

void *record_new(Ctx *c, const FieldTable *table);
void *record_copy(Ctx *c, const FieldTable *table, const void *record); /* with its texts */
/* Members of a JSON object into a record: only fields with one of `allowed` flags. Every wrong,
 * unknown or misplaced member is reported, not just the first. `given` tells which were there. */
Status record_read(
    Ctx *c, const FieldTable *table, uint16_t allowed, const Json *object, void *record, FieldSet *given) MUST_CHECK;
/* Adds a FieldError for each required field that is empty. */
Status record_check_required(Ctx *c, const FieldTable *table, const void *record) MUST_CHECK;
/* The same for those that a person gives when the record is made; the program sets the others. */
Status record_check_input(Ctx *c, const FieldTable *table, const void *record) MUST_CHECK;
/* Copies the fields in `set` from one record to another. */
void record_overlay(const FieldTable *table, FieldSet set, const void *from, void *to);
FieldSet record_differences(const FieldTable *table, const void *a, const void *b);
/* One object with the fields of `set`; HIDDEN, BYTES and SECRET fields never. */
void record_members_to_json(JsonWriter *w, const FieldTable *table, FieldSet set, const void *record);
FieldSet record_fields_with(const FieldTable *table, uint16_t flags);
/* SM3 over name, type and bytes of every field in `set`, in the order of the table: equal on both
 * engines and in every version that knows the same fields. Empty fields are left out, so that a
 * field added later does not change the digest of older records. */
Digest record_digest(Ctx *c, const FieldTable *table, FieldSet set, const void *record);
/* What that is taken of. */
Str record_digest_text(Ctx *c, const FieldTable *table, FieldSet set, const void *record);

#endif
