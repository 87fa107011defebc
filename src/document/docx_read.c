/* The text of a Word document: word/document.xml and what belongs to it, in reading order. */
#include "document/sheet_parts.h"
#include "document/text_read.h"

#include <string.h>

enum { PARTS_MAX = 64 };

typedef struct Docx {
    StrBuf text;
    int skipped;    /* depth inside what is not read: deleted text, the second copy of a text box */
    int deep;       /* depth inside the element that began the skipping */
    int in_text;    /* inside w:t */
    int row_cells;  /* cells of the row so far */
    int cells_open; /* nested tables: a paragraph's end inside a cell is a blank */
} Docx;

static Status too_long(Ctx *c)
{
    return fail(c, ST_TOO_BIG, "文档的文字超过 %d MiB", "the document has more than %d MiB of text",
        TEXT_READ_MAX / 1024 / 1024);
}

static Status put(Ctx *c, Docx *d, Str s)
{
    if (d->text.len + s.len > TEXT_READ_MAX)
        return too_long(c);
    strbuf_add(&d->text, s);
    return ST_OK;
}

/* Deleted and moved-away revisions, field codes, phonetic guides, and the copy of a text box that old readers use. */
static bool is_skipped(Str name)
{
    static const Str skipped[] = { S_INIT("del"), S_INIT("moveFrom"), S_INIT("delText"), S_INIT("instrText"),
        S_INIT("rt"), S_INIT("Fallback") };
    for (size_t i = 0; i < sizeof skipped / sizeof skipped[0]; i++)
        if (str_eq(name, skipped[i]))
            return true;
    return false;
}

static Status on_start(Ctx *c, void *arg, Str name, const char **attributes)
{
    Docx *d = arg;
    (void)attributes;
    if (d->skipped || is_skipped(name)) {
        d->skipped++;
        return ST_OK;
    }
    if (str_eq(name, S("t")))
        d->in_text++;
    else if (str_eq(name, S("tr")))
        d->row_cells = 0;
    else if (str_eq(name, S("tc"))) {
        d->cells_open++;
        if (d->row_cells++)
            return put(c, d, S("\t"));
    } else if (str_eq(name, S("tab")))
        return put(c, d, S("\t"));
    else if (str_eq(name, S("br")) || str_eq(name, S("cr")))
        return put(c, d, d->cells_open ? S(" ") : S("\n"));
    return ST_OK;
}

/* A text box's paragraphs stand in lines of their own, behind what came before them. */
static Status on_end(Ctx *c, void *arg, Str name)
{
    Docx *d = arg;
    if (d->skipped) {
        d->skipped--;
        return ST_OK;
    }
    if (str_eq(name, S("t")) && d->in_text)
        d->in_text--;
    else if (str_eq(name, S("tc")) && d->cells_open)
        d->cells_open--;
    else if (str_eq(name, S("p")))
        return put(c, d, d->cells_open ? S(" ") : S("\n"));
    else if (str_eq(name, S("tr")))
        return put(c, d, S("\n"));
    return ST_OK;
}

static Status on_text(Ctx *c, void *arg, Str text)
{
    Docx *d = arg;
    return d->in_text && !d->skipped ? put(c, d, text) : ST_OK;
}

static const XmlHandlers handlers = { .start = on_start, .end = on_end, .text = on_text, .any_namespace = true };

static Status read_part(Ctx *c, Docx *d, Package *package, Str name)
{
    XmlPart part = { 0 };
    d->skipped = d->in_text = d->row_cells = d->cells_open = 0;
    Status status = xml_whole(c, &part, package, name, &handlers, d);
    xml_close(&part);
    return status;
}

/* header1.xml … footer3.xml, footnotes.xml, endnotes.xml. */
static bool is_side_part(Str name)
{
    static const Str starts[] = { S_INIT("word/header"), S_INIT("word/footer"), S_INIT("word/footnotes.xml"),
        S_INIT("word/endnotes.xml") };
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (str_starts(name, starts[i]) && package_name_ends(name, S(".xml")))
            return true;
    return false;
}

static Status read_all(Ctx *c, Docx *d, Package *package)
{
    int sides = 0;
    if (!package_has(package, S("word/document.xml")))
        return fail(
            c, ST_INVALID, "压缩包里没有 Word 正文：不是 .docx 文档", "the archive has no Word text: it is no .docx");
    TRY(read_part(c, d, package, S("word/document.xml")));
    for (size_t i = 0; i < package_count(package); i++)
        if (is_side_part(package_name(package, i)) && sides++ < PARTS_MAX)
            TRY(read_part(c, d, package, package_name(package, i)));
    return ST_OK;
}

Status docx_read(Ctx *c, Str bytes, Str *out)
{
    Package *package = NULL;
    Docx d = { .text = strbuf_in(c->arena) };
    Status status = package_open(c, c->arena, bytes, &package);
    if (status == ST_OK)
        status = read_all(c, &d, package);
    package_close(package);
    *out = strbuf_str(&d.text);
    return status == ST_OK && !str_is_text(*out)
               ? fail(c, ST_INVALID, "文档的文字不合规", "the document's text is broken")
               : status;
}
