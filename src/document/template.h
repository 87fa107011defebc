/* Word templates that an office edits itself, and the documents filled from them.
 *
 *   {{字段}} {{字段|格式}}       a value; 行号 within a repeat is the number of the row
 *   {{#列表}} … {{/列表}}        repeated for each row: within a paragraph; whole paragraphs, where both stand alone in
 *                                theirs; table rows, where both stand in rows of one table
 *   {{*列表}} … {{/列表}}        the table cell that holds both, repeated
 *   {{?名称}} … {{/名称}}        only if there is something; {{^名称}} … {{/名称}} only if there is nothing
 *   {{@图}}                      an image
 *   {{! 说明 }}                  a note to whoever edits the template; left out
 *
 * A placeholder may be split over runs, as Word does at will; it may stand in tables within tables, headers, footers,
 * notes, text boxes, and in the letters of a watermark. A template is checked as a whole when it is opened: every
 * mistake is told with its place, what stands there, why it is wrong and what to do (the fields of the Ctx's error).
 *
 * The file is untrusted and read within the limits of package.h and docx_tree.h. Filling is bounded by TEMPLATE_OUT_MAX
 * bytes a part and takes time in proportion to what it writes; nothing of the template but its placeholders changes. */
#ifndef DOCUMENT_TEMPLATE_H
#define DOCUMENT_TEMPLATE_H

#include "base/value.h"
#include "domain/field.h"

enum {
    TEMPLATE_OUT_MAX = 32 * 1024 * 1024, /* bytes of one filled part */
    TEMPLATE_MARKS_MAX = 2000,           /* placeholders of a template */
    TEMPLATE_MARK_MAX = 300,             /* bytes between the braces */
    TEMPLATE_NEST_MAX = 5                /* blocks within blocks */
};

/* --- what a template may name --------------------------------------------------------------------------------------
 */

typedef enum SlotType {
    SLOT_TEXT, /* line breaks become paragraphs where it stands alone in one */
    SLOT_DATE,
    SLOT_INT,
    SLOT_MONEY, /* fen */
    SLOT_FLAG,  /* 是, or nothing */
    SLOT_IMAGE,
    SLOT_LIST
} SlotType;

typedef struct SlotShape SlotShape;
typedef struct Slot {
    Str name; /* as the template writes it: 轮次.名称 */
    SlotType type;
    const SlotShape *rows; /* of SLOT_LIST */
    Str code;              /* what people may change and bring back: return_code() of the field; else empty */
} Slot;

/* For static tables: SLOT_OF("标题", TEXT), SLOT_ROWS("成员", &member_shape). */
#define SLOT_OF(literal, type_)                       \
    {                                                 \
        .name = S_INIT(literal), .type = SLOT_##type_ \
    }
#define SLOT_ROWS(literal, shape)                                   \
    {                                                               \
        .name = S_INIT(literal), .type = SLOT_LIST, .rows = (shape) \
    }

/* The names of one level: of the document, or of the rows of a list. A row sees the names around it too. */
struct SlotShape {
    const Slot *slots;
    size_t count;
};

/* Another slot before it has the same name: it cannot be reached. */
bool slot_is_hidden(const SlotShape *shape, size_t slot);

typedef struct SlotImage {
    Str bytes; /* PNG or JPEG */
    int32_t width_mm, height_mm;
    bool over; /* a seal: lies behind the text, over the date where it stands and the line above it; else in the line */
} SlotImage;

typedef struct SlotRow SlotRow;
typedef struct SlotValue {
    Str text;
    Date date; /* 0: none */
    Int number;
    bool flag;
    SlotImage image;
    const SlotRow *rows;
    size_t count;
} SlotValue;

/* One value for each name of its shape, in the same order. */
struct SlotRow {
    const SlotValue *values;
    Str paper;  /* of a document's own row: the id of the paper as which it is issued; else empty */
    Str record; /* the id of what it tells of; its slots with a code are marked (return_mark.h). Empty: nothing is */
};

/* Another kind of paper, whose names a template may have been meant for. */
typedef struct TemplateKin {
    Str label;
    const SlotShape *shape;
} TemplateKin;

typedef struct TemplateRules {
    const SlotShape *shape;
    const TemplateKin *others;
    size_t other_count;
    const Str *wanted; /* names that have to stand in it */
    size_t wanted_count;
} TemplateRules;

/* --- templates ------------------------------------------------------------------------------------------------------
 */

typedef struct Template Template;

/* `bytes` and `rules` must last as long as the template, which lies in the arena of the Ctx. ST_INVALID with a field
 * error for each mistake; what is no Word document at all is refused with a message alone. */
Status template_open(Ctx *c, Str bytes, const TemplateRules *rules, Template **out) MUST_CHECK;
/* Does it name this slot of the document's own level? What it does not need not be given. */
bool template_names(const Template *t, size_t slot);
/* The filled document goes behind what `out` holds. May be called again with other data. */
Status template_fill(Ctx *c, Template *t, const SlotRow *data, StrBuf *out) MUST_CHECK;

/* One value as a template would write it: `format` is empty for the usual one. */
Str slot_text(Arena *arena, SlotType type, const SlotValue *value, Str format);
/* The formats that a type knows; the first is the usual one, which is empty. */
const Str *slot_formats(SlotType type, size_t *count);
/* Is it a format that this type knows? */
bool slot_format_is_known(SlotType type, Str format);
/* 一百二十三; 〇 for 0; digits for what is above 9,999. */
Str number_in_chinese(Arena *arena, int64_t n);
/* 壹万贰仟叁佰元伍角整, as cheques write it; up to 9,999 亿. */
Str money_in_chinese(Arena *arena, int64_t fen);

#endif
