/* A part of the workbook as XML: fed to expat piece by piece, paused and resumed. */
#include "document/sheet_parts.h"

#include <expat.h>
#include <string.h>

enum {
    PIECE = 32 * 1024,
    DEPTH_MAX = 64,
    QUIET_MAX = 1024 * 1024 /* a tag or comment longer than that would be scanned over and over */
};
#define NAME_SEPARATOR '\n'

/* --- names ------------------------------------------------------------------------------------------------------- */

static Str local_name(const char *name, Str *space)
{
    const char *cut = strrchr(name, NAME_SEPARATOR);
    *space = cut ? (Str){ name, (size_t)(cut - name) } : STR_NONE;
    return str_of(cut ? cut + 1 : name);
}

static bool is_reported(const XmlPart *part, Str space)
{
    return part->handlers->any_namespace ||
           str_eq(space, S("http://schemas.openxmlformats.org/spreadsheetml/2006/main")) ||
           str_eq(space, S("http://purl.oclc.org/ooxml/spreadsheetml/main"));
}

Str xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return str_of(attributes[1]);
    return STR_NONE;
}

Str xml_attribute_in(const char **attributes, Str space, const char *name)
{
    for (; *attributes; attributes += 2) {
        Str of, local = local_name(attributes[0], &of);
        if (str_ends(of, space) && str_eq(local, str_of(name)))
            return str_of(attributes[1]);
    }
    return STR_NONE;
}

/* --- from expat to the handlers ---------------------------------------------------------------------------------- */

static bool is_over(const XmlPart *part)
{
    return part->enough || part->status != ST_OK;
}

static void settle(XmlPart *part, Status status)
{
    part->quiet = 0;
    if (status == ST_OK)
        return;
    part->status = status;
    XML_StopParser(part->parser, XML_FALSE);
}

static unsigned long line_of(const XmlPart *part)
{
    return XML_GetCurrentLineNumber(part->parser);
}

static void XMLCALL on_start(void *arg, const XML_Char *name, const XML_Char **attributes)
{
    XmlPart *part = arg;
    Str space, local = local_name(name, &space);
    if (is_over(part))
        return;
    if (++part->depth > DEPTH_MAX)
        settle(part, fail(part->c, ST_INVALID, "%.*s第%lu行：XML嵌套超过%d层",
                         "%.*s line %lu: XML nested more than %d deep", STR_ARG(part->name), line_of(part), DEPTH_MAX));
    else
        settle(part, is_reported(part, space) ? part->handlers->start(part->c, part->arg, local, attributes) : ST_OK);
}

static void XMLCALL on_end(void *arg, const XML_Char *name)
{
    XmlPart *part = arg;
    Str space, local = local_name(name, &space);
    if (is_over(part))
        return;
    part->depth--;
    settle(
        part, part->handlers->end && is_reported(part, space) ? part->handlers->end(part->c, part->arg, local) : ST_OK);
}

static void XMLCALL on_text(void *arg, const XML_Char *text, int len)
{
    XmlPart *part = arg;
    if (!is_over(part))
        settle(
            part, part->handlers->text ? part->handlers->text(part->c, part->arg, (Str){ text, (size_t)len }) : ST_OK);
}

static void XMLCALL on_doctype(
    void *arg, const XML_Char *name, const XML_Char *system, const XML_Char *public, int inner)
{
    XmlPart *part = arg;
    (void)name, (void)system, (void)public, (void)inner;
    part->enough = false;
    settle(part, fail(part->c, ST_INVALID, "%.*s第%lu行含有DOCTYPE声明，不予读取",
                     "%.*s line %lu declares a DOCTYPE: it is not read", STR_ARG(part->name), line_of(part)));
}

/* --- feeding ----------------------------------------------------------------------------------------------------- */

Status xml_open(Ctx *c, XmlPart *part, Package *package, Str name, const XmlHandlers *handlers, void *arg)
{
    xml_close(part);
    *part = (XmlPart){ .package = package, .name = name, .handlers = handlers, .arg = arg };
    TRY(package_enter(c, package, name));
    part->parser = XML_ParserCreateNS(NULL, NAME_SEPARATOR);
    if (!part->parser)
        return fail(c, ST_FULL, "内存不足，不能读取%.*s", "no memory to read %.*s", STR_ARG(name));
    XML_SetUserData(part->parser, part);
    XML_SetElementHandler(part->parser, on_start, on_end);
    XML_SetCharacterDataHandler(part->parser, on_text);
    XML_SetStartDoctypeDeclHandler(part->parser, on_doctype);
    return ST_OK;
}

void xml_close(XmlPart *part)
{
    if (part->parser)
        XML_ParserFree(part->parser);
    part->parser = NULL;
    if (part->package)
        package_leave(part->package);
}

static Status feed(Ctx *c, XmlPart *part, enum XML_Status *said)
{
    size_t got = 0;
    char *piece = XML_GetBuffer(part->parser, PIECE);
    if (!piece)
        return fail(c, ST_FULL, "内存不足，不能读取%.*s", "no memory to read %.*s", STR_ARG(part->name));
    TRY(package_read(c, part->package, piece, PIECE, &got));
    part->fed_all = got == 0;
    part->quiet += got;
    *said = XML_ParseBuffer(part->parser, (int)got, part->fed_all);
    if (*said == XML_STATUS_OK && part->quiet > QUIET_MAX)
        return fail(c, ST_INVALID, "%.*s第%lu行：一个标记超过1 MiB", "%.*s line %lu: a tag of more than 1 MiB",
            STR_ARG(part->name), line_of(part));
    return ST_OK;
}

Status xml_run(Ctx *c, XmlPart *part, bool *more)
{
    enum XML_Status said = XML_STATUS_OK;
    part->c = c;
    *more = false;
    if (part->paused) {
        part->paused = false;
        said = XML_ResumeParser(part->parser);
    }
    while (said == XML_STATUS_OK && !part->fed_all)
        TRY(feed(c, part, &said));
    *more = said == XML_STATUS_SUSPENDED;
    if (said == XML_STATUS_ERROR && part->status == ST_OK && !part->enough)
        return fail(c, ST_INVALID, "%.*s第%lu行不是合格的XML（%s）", "%.*s line %lu is no well-formed XML (%s)",
            STR_ARG(part->name), line_of(part), XML_ErrorString(XML_GetErrorCode(part->parser)));
    return part->status;
}

Status xml_whole(Ctx *c, XmlPart *part, Package *package, Str name, const XmlHandlers *handlers, void *arg)
{
    bool more;
    TRY(xml_open(c, part, package, name, handlers, arg));
    Status status = xml_run(c, part, &more);
    xml_close(part);
    return status;
}

void xml_pause(XmlPart *part)
{
    part->paused = true;
    XML_StopParser(part->parser, XML_TRUE);
}

void xml_enough(XmlPart *part)
{
    part->enough = true;
    XML_StopParser(part->parser, XML_FALSE);
}

static Status first_element(Ctx *c, void *arg, Str name, const char **attributes)
{
    (void)c, (void)name, (void)attributes;
    xml_enough(arg);
    return ST_OK;
}

Status xml_check_prolog(Ctx *c, XmlPart *part, Package *package, Str name)
{
    static const XmlHandlers prolog = { .start = first_element, .any_namespace = true };
    CtxMark before = ctx_mark(c);
    Status status = xml_whole(c, part, package, name, &prolog, part);
    if (status == ST_OK || part->status != ST_OK)
        return status;
    ctx_rewind(c, before);
    return ST_OK;
}

/* --- texts ------------------------------------------------------------------------------------------------------- */

void xml_text_begin(XmlText *t, const char **attributes)
{
    t->on = true;
    t->start = t->all.len;
    t->keep_blanks = str_eq(xml_attribute_in(attributes, S("/XML/1998/namespace"), "space"), S("preserve"));
}

static bool is_xml_blank(char ch)
{
    return ch == ' ' || ch == '\t' || ch == '\r' || ch == '\n';
}

void xml_text_end(XmlText *t, bool unescape)
{
    t->on = false;
    if (t->all.len == t->start)
        return;
    char *text = t->all.ptr + t->start;
    size_t len = t->all.len - t->start, blanks = 0;
    while (!t->keep_blanks && len && is_xml_blank(text[len - 1]))
        len--;
    while (!t->keep_blanks && blanks < len && is_xml_blank(text[blanks]))
        blanks++;
    memmove(text, text + blanks, len - blanks);
    len -= blanks;
    if (unescape)
        len = value_unescape(text, len);
    text[len] = '\0';
    t->all.len = t->start + len;
}
