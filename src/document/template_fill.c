/* A part of a template written with the values of a document. */
#include "document/template_parts.h"

#include <string.h>

enum { STEPS_MAX = 20000000 };

/* The rows that are being written, from the document inwards. A row of a table may lie in repeats that began behind a
 * placeholder of it: what counts is the repeat that the placeholder stands in, not how many are around it. */
typedef struct Scope Scope;
struct Scope {
    const SlotRow *row;
    int64_t number; /* of the row, from 1; 0 for the document */
    const Mark *of; /* the repeat; NULL for the document */
    const Scope *outer;
};

typedef struct Writer {
    Filling *f;
    const Scope *scope;
    StrBuf *out;
    Str line; /* of a text of several lines: the one on its way */
    bool one_line;
    size_t paragraphs, rows; /* written so far: what must not be empty gets one, or goes */
} Writer;

static Status write_node(Writer *w, const Node *n);

static Status write_children(Writer *w, const Node *n)
{
    for (const Node *child = n->first; child; child = child->next)
        TRY(write_node(w, child));
    return ST_OK;
}

/* --- values ------------------------------------------------------------------------------------------------------ */

static const Scope *scope_of(const Writer *w, const Mark *mark)
{
    const Scope *s = w->scope;
    while (s->of != mark->row_of)
        s = s->outer;
    return s;
}

static const SlotValue *value_of(const Writer *w, const Mark *mark)
{
    return &scope_of(w, mark)->row->values[mark->slot];
}

static bool is_given(const Slot *slot, const SlotValue *v)
{
    switch (slot->type) {
    case SLOT_TEXT:
        return v->text.len > 0;
    case SLOT_DATE:
        return v->date != 0;
    case SLOT_INT:
    case SLOT_MONEY:
        return v->number.known;
    case SLOT_FLAG:
        return v->flag;
    case SLOT_IMAGE:
        return v->image.bytes.len > 0;
    case SLOT_LIST:
        return v->count > 0;
    }
    return false;
}

static Str text_of(const Writer *w, const Mark *mark)
{
    if (mark->kind == MARK_ROW_NUMBER)
        return slot_text(
            w->f->c->arena, SLOT_INT, &(SlotValue){ .number = INT_OF(scope_of(w, mark)->number) }, mark->format);
    return slot_text(w->f->c->arena, mark->what->type, value_of(w, mark), mark->format);
}

/* Inside w:t: a line break is an element of its own. */
static void write_text(Writer *w, Str text)
{
    Str line, prefix = w->f->part->tree.prefix;
    bool first = true;
    while (str_cut(&text, '\n', &line)) {
        if (!first)
            strbuf_addf(w->out, "</%.*st><%.*sbr/><%.*st xml:space=\"preserve\">", STR_ARG(prefix), STR_ARG(prefix),
                STR_ARG(prefix));
        xml_escape(w->out, line, false);
        first = false;
    }
}

static void write_value(Writer *w, const Mark *mark)
{
    if (mark->hidden)
        xml_escape(w->out, text_of(w, mark), true);
    else if (w->one_line)
        xml_escape(w->out, w->line, false);
    else
        write_text(w, text_of(w, mark));
}

/* --- paragraphs -------------------------------------------------------------------------------------------------- */

static Status write_element(Writer *w, const Node *n)
{
    strbuf_add(w->out, n->tag);
    TRY(write_children(w, n));
    strbuf_add(w->out, n->close);
    return ST_OK;
}

static Status write_lines(Writer *w, const Node *n, Str text)
{
    Status status = ST_OK;
    Str line;
    w->one_line = true;
    while (status == ST_OK && str_cut(&text, '\n', &line)) {
        w->line = line;
        status = write_element(w, n);
    }
    w->one_line = false;
    return status;
}

/* What will stand in the paragraph. */
static void add_written(const Writer *w, StrBuf *b, const Node *n)
{
    for (const Node *child = n->first; child; child = child->next)
        if (child->kind == NODE_TEXT) {
            if (n->name == WORD_T)
                strbuf_add(b, child->text);
        } else if (child->kind == NODE_ELEMENT) {
            add_written(w, b, child);
        } else if (child->mark->kind == MARK_VALUE) {
            strbuf_add(b, text_of(w, child->mark));
        } else if (is_given(child->mark->what, value_of(w, child->mark))) {
            add_written(w, b, child);
        }
}

static Str written_text(const Writer *w, const Node *n)
{
    StrBuf b = strbuf_in(w->f->c->arena);
    add_written(w, &b, n);
    return strbuf_str(&b);
}

/* A text of several lines that is all of its paragraph becomes as many paragraphs, each formatted like it. */
static Status write_paragraph(Writer *w, const Node *n)
{
    bool conditional = false;
    const Mark *mark = w->one_line ? NULL : template_sole_value(n, &conditional);
    w->paragraphs++;
    if (!mark)
        return write_element(w, n);
    Str text = conditional ? written_text(w, n) : text_of(w, mark);
    int64_t bookmark = template_return_begin(w->f, mark, scope_of(w, mark)->row, text);
    bool lines = mark->what->type == SLOT_TEXT && !conditional && str_find(text, S("\n"), 0) != SIZE_MAX;
    TRY(lines ? write_lines(w, n, text) : write_element(w, n));
    template_return_end(w->f, bookmark);
    return ST_OK;
}

/* --- elements ---------------------------------------------------------------------------------------------------- */

static bool has_mark(const Node *n)
{
    for (const Node *child = n->first; child; child = child->next)
        if (child->kind == NODE_MARK)
            return true;
    return false;
}

static bool has_blank_edge(const Node *n)
{
    for (const Node *child = n->first; child; child = child->next)
        if (child->kind == NODE_TEXT && child->text.len &&
            (child->text.ptr[0] == ' ' || child->text.ptr[child->text.len - 1] == ' '))
            return true;
    return false;
}

/* Word drops the blanks at both ends of a text unless they are to be kept. */
static Status write_run_text(Writer *w, const Node *n)
{
    if (!has_mark(n) && !(n->cut && has_blank_edge(n)))
        return write_element(w, n);
    strbuf_addf(w->out, "<%.*st xml:space=\"preserve\">", STR_ARG(w->f->part->tree.prefix));
    TRY(write_children(w, n));
    strbuf_add(w->out, n->close);
    return ST_OK;
}

/* A cell, a text box, a header wants a paragraph; a table wants a row, else it is left out. */
static Status write_holder(Writer *w, const Node *n)
{
    size_t before = w->paragraphs;
    strbuf_add(w->out, n->tag);
    TRY(write_children(w, n));
    if (w->paragraphs == before && n->close.len) {
        strbuf_addf(w->out, "<%.*sp/>", STR_ARG(w->f->part->tree.prefix));
        w->paragraphs++;
    }
    strbuf_add(w->out, n->close);
    return ST_OK;
}

static Status write_table(Writer *w, const Node *n)
{
    size_t rows = w->rows, len = w->out->len;
    TRY(write_element(w, n));
    if (w->rows == rows)
        w->out->len = len;
    return ST_OK;
}

static Status write_body(Writer *w, const Node *n)
{
    strbuf_add(w->out, n->tag);
    template_return_open(w->f);
    TRY(write_children(w, n));
    strbuf_add(w->out, n->close);
    return ST_OK;
}

/* The tag of a watermark was cut where its letters stand; the pieces are its first children (template_read.c). */
static Status write_text_path(Writer *w, const Node *n)
{
    const Node *child = n->first;
    while (child && child->next && child->next->kind == NODE_MARK && child->next->mark->hidden) {
        strbuf_add(w->out, child->text);
        write_value(w, child->next->mark);
        child = child->next->next;
    }
    strbuf_add(w->out, n->tag);
    for (; child; child = child->next)
        TRY(write_node(w, child));
    strbuf_add(w->out, n->close);
    return ST_OK;
}

/* --- images ------------------------------------------------------------------------------------------------------ */

static bool is_png(Str bytes)
{
    return str_starts(bytes, S("\x89PNG"));
}

static Status add_image(Filling *f, Str bytes, size_t *index)
{
    for (*index = 0; *index < f->image_count; ++*index)
        if (f->images[*index].bytes.ptr == bytes.ptr)
            break;
    if (*index == TEMPLATE_IMAGES_MAX)
        return fail(
            f->c, ST_TOO_BIG, "文档里的图片超过%d幅", "more than %d images in the document", TEMPLATE_IMAGES_MAX);
    if (*index == f->image_count)
        f->images[f->image_count++] = (FilledImage){
            str_format(f->c->arena, "word/media/xuncha%zu.%s", *index + 1, is_png(bytes) ? "png" : "jpeg"), bytes
        };
    for (size_t i = 0; i < f->part_images; i++)
        if (f->image_of_part[i] == *index)
            return ST_OK;
    f->image_of_part[f->part_images++] = *index;
    return ST_OK;
}

enum { EMU_A_MM = 36000 };

/* GB/T 9704-2012: a seal presses on the maker's name and the date, which come to lie a little below its centre. It is
 * set from the beginning of the date: half a date to the right, half a line up. */
static void write_frame(Writer *w, const SlotImage *image, long long cx, long long cy)
{
    enum { HALF_A_DATE_MM = 20, UP_MM = 7 };
    static const char space[] = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
    if (!image->over) {
        strbuf_addf(w->out,
            "<wp:inline xmlns:wp=\"%s\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"%lld\" "
            "cy=\"%lld\"/>",
            space, cx, cy);
        return;
    }
    strbuf_addf(w->out,
        "<wp:anchor xmlns:wp=\"%s\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" simplePos=\"0\" "
        "relativeHeight=\"2\" behindDoc=\"1\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"1\"><wp:simplePos x=\"0\" "
        "y=\"0\"/>",
        space);
    strbuf_addf(w->out,
        "<wp:positionH relativeFrom=\"character\"><wp:posOffset>%lld</wp:posOffset></wp:positionH><wp:positionV "
        "relativeFrom=\"paragraph\"><wp:posOffset>%lld</wp:posOffset></wp:positionV><wp:extent cx=\"%lld\" "
        "cy=\"%lld\"/>"
        "<wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapNone/>",
        (long long)HALF_A_DATE_MM * EMU_A_MM - cx / 2, -(long long)UP_MM * EMU_A_MM - cy / 2, cx, cy);
}

static Status write_image(Writer *w, const Mark *mark)
{
    const SlotImage *image = &value_of(w, mark)->image;
    Str p = w->f->part->tree.prefix;
    size_t index;
    if (image->bytes.len == 0)
        return ST_OK;
    TRY(add_image(w->f, image->bytes, &index));
    long long cx = (long long)image->width_mm * EMU_A_MM, cy = (long long)image->height_mm * EMU_A_MM;
    strbuf_addf(w->out, "<%.*sr><%.*sdrawing>", STR_ARG(p), STR_ARG(p));
    write_frame(w, image, cx, cy);
    strbuf_addf(w->out, "<wp:docPr id=\"%zu\" name=\"xuncha%zu\"/>", 9000 + index, index + 1);
    strbuf_addf(w->out,
        "<a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData "
        "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic "
        "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"%zu\" "
        "name=\"xuncha%zu\"/><pic:cNvPicPr/></pic:nvPicPr>",
        9000 + index, index + 1);
    strbuf_addf(w->out,
        "<pic:blipFill><a:blip xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
        "r:embed=\"rIdXuncha%zu\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" "
        "y=\"0\"/><a:ext cx=\"%lld\" cy=\"%lld\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>"
        "</pic:pic></a:graphicData></a:graphic></wp:%s></%.*sdrawing></%.*sr>",
        index + 1, cx, cy, image->over ? "anchor" : "inline", STR_ARG(p), STR_ARG(p));
    return ST_OK;
}

/* --- marks ------------------------------------------------------------------------------------------------------- */

static Status write_rows(Writer *w, const Node *n)
{
    const SlotValue *list = value_of(w, n->mark);
    const Scope *around = w->scope;
    Status status = ST_OK;
    for (size_t i = 0; i < list->count && status == ST_OK; i++) {
        Scope scope = { &list->rows[i], (int64_t)i + 1, n->mark, around };
        w->scope = &scope;
        status = write_children(w, n);
    }
    w->scope = around;
    return status;
}

static Status write_mark(Writer *w, const Node *n)
{
    const Mark *mark = n->mark;
    switch (mark->kind) {
    case MARK_VALUE:
    case MARK_ROW_NUMBER:
        write_value(w, mark);
        return ST_OK;
    case MARK_IMAGE:
        return write_image(w, mark);
    case MARK_REPEAT:
    case MARK_CELLS:
        return write_rows(w, n);
    case MARK_IF:
        return is_given(mark->what, value_of(w, mark)) ? write_children(w, n) : ST_OK;
    case MARK_UNLESS:
        return is_given(mark->what, value_of(w, mark)) ? ST_OK : write_children(w, n);
    case MARK_END:
    case MARK_NOTE:
        break;
    }
    return ST_OK;
}

static Status write_node(Writer *w, const Node *n)
{
    if (++w->f->steps > STEPS_MAX || w->out->len > TEMPLATE_OUT_MAX)
        return fail(w->f->c, ST_TOO_BIG, "生成的文档超过%d MiB", "the document has more than %d MiB",
            TEMPLATE_OUT_MAX / 1024 / 1024);
    if (n->kind == NODE_MARK)
        return write_mark(w, n);
    if (n->kind == NODE_TEXT) {
        xml_escape(w->out, n->text, false);
        return ST_OK;
    }
    switch ((int)n->name) {
    case WORD_BODY:
        return write_body(w, n);
    case WORD_P:
        return write_paragraph(w, n);
    case WORD_T:
        return write_run_text(w, n);
    case WORD_TC:
    case WORD_BOX:
    case WORD_HDR:
    case WORD_FTR:
        return write_holder(w, n);
    case WORD_TR:
        w->rows++;
        return write_element(w, n);
    case WORD_TBL:
        return write_table(w, n);
    case WORD_TEXTPATH:
        return write_text_path(w, n);
    default:
        return write_element(w, n);
    }
}

Status template_write_part(Filling *f, const SlotRow *data)
{
    Scope document = { data, 0, NULL, NULL };
    Writer w = { .f = f, .scope = &document, .out = &f->out };
    f->part_images = 0;
    f->returns_at = 0;
    f->paper = data->paper;
    strbuf_add(&f->out, S("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"));
    TRY(write_node(&w, f->part->tree.root));
    template_return_close(f);
    return ST_OK;
}
