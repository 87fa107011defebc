/* A part of a Word document as a tree. Tags are kept byte for byte, so that what nobody touches is written again as it
 * was; texts are decoded. Private to the files that fill templates and read tables.
 *
 * All nodes lie in the arena of the Ctx that read them, and look into the bytes of the part. */
#ifndef DOCUMENT_DOCX_TREE_H
#define DOCUMENT_DOCX_TREE_H

#include "base/ctx.h"

enum {
    DOCX_PART_MAX = 16 * 1024 * 1024,         /* bytes of one part */
    DOCX_DEPTH_MAX = 64,                      /* as sheet_xml.c reads */
    DOCX_TEMPLATE_DEPTH = DOCX_DEPTH_MAX - 8, /* what was filled is read again, and an image adds seven */
    DOCX_NODES_MAX = 1000000
};

/* Elements of WordprocessingML that the filler knows; everything else is WORD_OTHER. */
#define WORD_LIST(X)                 \
    X(BODY, body)                    \
    X(HDR, hdr)                      \
    X(FTR, ftr)                      \
    X(P, p)                          \
    X(PPR, pPr)                      \
    X(R, r)                          \
    X(RPR, rPr)                      \
    X(T, t)                          \
    X(TBL, tbl)                      \
    X(TR, tr)                        \
    X(TC, tc)                        \
    X(BOX, txbxContent)              \
    X(DEL, del)                      \
    X(INS, ins)                      \
    X(MOVED, moveFrom)               \
    X(MOVED_TO, moveTo)              \
    X(INSTRUCTION, instrText)        \
    X(DRAWING, drawing)              \
    X(PICTURE, pict)                 \
    X(TAB, tab)                      \
    X(BR, br)                        \
    X(FOOTNOTE, footnote)            \
    X(ENDNOTE, endnote)              \
    X(BOOKMARK_START, bookmarkStart) \
    X(BOOKMARK_END, bookmarkEnd)
typedef enum WordName {
    WORD_OTHER,
#define X(NAME, local) WORD_##NAME,
    WORD_LIST(X)
#undef X
        WORD_FALLBACK, /* the copy of a drawing that old readers use (mc:Fallback) */
    WORD_TEXTPATH      /* the letters of a watermark (v:textpath) */
} WordName;

typedef enum NodeKind {
    NODE_ELEMENT,
    NODE_TEXT,
    NODE_MARK /* of a template: a field, a block, an image (document/template_parts.h) */
} NodeKind;

typedef struct Node Node;
struct Node {
    NodeKind kind;
    WordName name;
    Str tag;   /* "<w:p w:rsidR="…">", "<w:br/>" */
    Str close; /* "</w:p>"; empty where the tag closes itself */
    Str text;  /* of NODE_TEXT */
    bool cut;  /* a w:t whose text was cut at a mark of a template */
    struct Mark *mark;
    Node *parent, *first, *last, *next, *prev;
};

typedef struct DocxTree {
    Node *root;
    Str prefix; /* with its colon, of the root and of all elements above: "w:" */
} DocxTree;

/* ST_INVALID with the part's name and line for what is not well-formed UTF-8 XML, declares a DOCTYPE or is nested
 * deeper than `deepest`; ST_TOO_BIG beyond the limits. `bytes` must last as long as the tree. */
Status docx_tree_read(Ctx *c, Str part, Str bytes, size_t deepest, DocxTree *out) MUST_CHECK;

Node *node_new(Arena *arena, NodeKind kind);
void node_append(Node *parent, Node *child);
void node_insert_before(Node *place, Node *child); /* beside `place` */
void node_remove(Node *node);                      /* out of its parent, if it has one */
/* The siblings from `first` to `last` become the children of `parent`. */
void node_take_range(Node *parent, Node *first, Node *last);
Node *node_copy(Arena *arena, const Node *node);
/* The nearest of this name above the node, or the node itself; NULL. */
Node *node_above(Node *node, WordName name);

/* The value of an attribute of WordprocessingML in a raw tag, whatever its prefix; STR_NONE without it. */
Str tag_attribute(Str tag, const char *name);

/* & < > are escaped; `in_attribute`: " and ' as well. Controls that XML does not allow become blanks. */
void xml_escape(StrBuf *out, Str text, bool in_attribute);

#endif
