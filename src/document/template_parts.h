/* What the files of the template engine share; only they include it.
 *
 *   template.c         the door: parts of the package, in and out
 *   template_read.c    placeholders found in paragraphs, blocks made of what stands between
 *   template_place.c   where a placeholder stands, in words
 *   template_name.c    names, formats, and everything that may be wrong with them
 *   template_fill.c    the tree written with values
 *   template_return.c  values marked, so that they can be read back
 *   template_value.c   dates, numbers and money in words */
#ifndef DOCUMENT_TEMPLATE_PARTS_H
#define DOCUMENT_TEMPLATE_PARTS_H

#include "document/docx_tree.h"
#include "document/package.h"
#include "document/template.h"

typedef enum MarkKind {
    MARK_VALUE,
    MARK_ROW_NUMBER,
    MARK_IMAGE,
    MARK_REPEAT,
    MARK_CELLS, /* a repeat of a table cell */
    MARK_IF,
    MARK_UNLESS,
    MARK_END,
    MARK_NOTE
} MarkKind;

/* Where a paragraph stands. Counted from 1; a table inside a cell counts with that of the cell. */
typedef struct MarkPlace {
    int paragraph; /* of the part, those of tables left out */
    int table, row, column;
    bool in_box;
} MarkPlace;

typedef struct Mark Mark;
struct Mark {
    MarkKind kind;
    Str written; /* with its braces */
    Str name;
    Str format;
    MarkPlace place;
    Node *node; /* a child of w:t for values, between runs for all else */
    Node *paragraph;
    bool in_copy; /* inside mc:Fallback: the same mistake is not told twice */
    bool hidden;  /* stands in the attribute of a watermark */

    /* once its name is found */
    const Mark *row_of; /* the repeat whose rows have its value; NULL: the document */
    size_t slot;
    const Slot *what;
};

typedef struct TemplatePart {
    Str name;
    DocxTree tree;
    Mark **marks; /* in reading order */
    size_t count, room;
} TemplatePart;

enum { TEMPLATE_PARTS_MAX = 64 };

struct Template {
    Str bytes;
    const TemplateRules *rules;
    TemplatePart *parts;
    size_t part_count;
    size_t mark_count;
    bool *named;                       /* by slot of the document's own level */
    Str relations[TEMPLATE_PARTS_MAX]; /* of each part; empty where it has none */
    Str content_types;
};

/* Notes a mistake at this place: the first failure becomes ST_INVALID. */
void template_mistake(Ctx *c, const TemplatePart *part, const Mark *mark, Text rule, Text remedy);
/* "正文第3段", "页眉表格1第2行第1列". */
Str template_place_text(Ctx *c, const TemplatePart *part, const MarkPlace *place);

/* Finds the marks of a part; texts of the tree are cut at them. Mistakes are noted, the rest is found all the same. */
Status template_read_marks(Ctx *c, Template *t, TemplatePart *part) MUST_CHECK;
/* Takes a placeholder apart. False where it is no placeholder, with the mistake noted. */
bool template_read_mark(Ctx *c, const TemplatePart *part, Mark *mark);
/* Names, formats, blocks: every mark gets its slot, every block its node. */
void template_resolve(Ctx *c, Template *t, TemplatePart *part);
/* Makes a block of what stands between two marks; false with the mistake noted. `*block` is its node. */
bool template_wrap(Ctx *c, const TemplatePart *part, Mark *from, Mark *to);
/* Nothing but this mark stands in the paragraph. */
bool template_is_alone(const Mark *mark);

/* Images of one filling. */
typedef struct FilledImage {
    Str name; /* word/media/… */
    Str bytes;
} FilledImage;
enum { TEMPLATE_IMAGES_MAX = 50 };
typedef struct Filling {
    Ctx *c;
    Template *t;
    TemplatePart *part;
    StrBuf out;
    FilledImage images[TEMPLATE_IMAGES_MAX];
    size_t image_count;
    size_t image_of_part[TEMPLATE_IMAGES_MAX]; /* indexes of those that the part on its way names */
    size_t part_images;
    uint64_t steps;
    Str paper;         /* as which paper it is issued; empty: none */
    int64_t returns;   /* values marked so far */
    size_t returns_at; /* where their number stands in `out`; 0: nowhere */
} Filling;
Status template_write_part(Filling *f, const SlotRow *data) MUST_CHECK;

/* The only value of a paragraph that holds nothing else; NULL. A number may stand in its own condition, with its unit.
 */
const Mark *template_sole_value(const Node *paragraph, bool *conditional);
/* Begins a mark around the paragraph of this value, whose text is written as `text`: the number of its bookmark, for
 * template_return_end(); 0 where the value is none to be read back. */
int64_t template_return_begin(Filling *f, const Mark *mark, const SlotRow *row, Str text);
void template_return_end(Filling *f, int64_t bookmark);
/* At the beginning of the body, and once the part is written: how many values were marked, and the rest of the text. */
void template_return_open(Filling *f);
void template_return_close(Filling *f);

#endif
