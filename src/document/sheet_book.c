/* What a workbook says before its rows: relationships, sheets, styles, shared strings. */
#include "document/sheet_parts.h"

#include <string.h>

enum { FORMATS_MAX = 4096, STYLES_MAX = 100000, RELATIONS_MAX = SHEET_READ_ENTRIES_MAX };

typedef struct Relation {
    Str id;
    Str type; /* what follows the last slash of its address: the same in strict and transitional files */
    Str target;
} Relation;

/* One that reads the relationships of `part`. */
typedef struct Relations {
    Arena *kept;
    Str part;
    Str file; /* they are in */
    Relation *all;
    size_t count, room;
} Relations;

void *parts_room(Arena *arena, void *array, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return array;
    size_t before = *room;
    *room = before ? before * 2 : 16;
    return arena_grow(arena, array, before * size, *room * size);
}

static Str last_step(Str address)
{
    size_t at = address.len;
    while (at > 0 && address.ptr[at - 1] != '/')
        at--;
    return str_sub(address, at, SIZE_MAX);
}

/* --- relationships ----------------------------------------------------------------------------------------------- */

static Status relation_start(Ctx *c, void *arg, Str name, const char **attributes)
{
    Relations *r = arg;
    Str type = last_step(xml_attribute(attributes, "Type"));
    if (!str_eq(name, S("Relationship")))
        return ST_OK;
    bool external = str_eq(xml_attribute(attributes, "TargetMode"), S("External"));
    if ((external && !str_eq(type, S("hyperlink"))) || str_eq(type, S("externalLink")))
        return fail(c, ST_INVALID, "工作簿链接了别的文件（%.*s），请断开链接后再保存",
            "the workbook links to other files (%.*s): break the links and save it again", STR_ARG(r->file));
    if (str_eq(type, S("hyperlink")))
        return ST_OK;
    if (r->count == RELATIONS_MAX)
        return fail(c, ST_INVALID, "%.*s的关系超过%d个", "%.*s has more than %d relationships", STR_ARG(r->file),
            RELATIONS_MAX);
    r->all = parts_room(r->kept, r->all, r->count, &r->room, sizeof *r->all);
    r->all[r->count++] = (Relation){
        .id = str_copy(r->kept, xml_attribute(attributes, "Id")),
        .type = str_copy(r->kept, type),
        .target = package_target(r->kept, r->part, xml_attribute(attributes, "Target")),
    };
    return ST_OK;
}

static Status read_relations(Ctx *c, Book *book, Relations *r)
{
    static const XmlHandlers handlers = { .start = relation_start, .any_namespace = true };
    return xml_whole(c, &book->part, book->package, r->file, &handlers, r);
}

static Status relations_of(Ctx *c, Book *book, Str part, Relations *out)
{
    Str file = last_step(part), folder = str_sub(part, 0, part.len - file.len);
    *out = (Relations){
        .kept = book->kept,
        .part = part,
        .file = str_format(book->kept, "%.*s_rels/%.*s.rels", STR_ARG(folder), STR_ARG(file)),
    };
    return read_relations(c, book, out);
}

static const Relation *relation_of_type(const Relations *r, Str type)
{
    for (size_t i = 0; i < r->count; i++)
        if (str_eq(r->all[i].type, type))
            return &r->all[i];
    return NULL;
}

/* --- the whole package: content types, links, DOCTYPEs -------------------------------------------------------------
 */

static Status content_type(Ctx *c, void *arg, Str name, const char **attributes)
{
    Str type = xml_attribute(attributes, "ContentType");
    (void)arg, (void)name;
    if (str_find(type, S("macroEnabled"), 0) != SIZE_MAX)
        return fail(c, ST_INVALID, "工作簿是启用宏的格式（[Content_Types].xml），请另存为不含宏的.xlsx",
            "the workbook is of a type with macros ([Content_Types].xml): save it as .xlsx without them");
    return ST_OK;
}

static bool is_xml(Str name)
{
    return package_name_ends(name, S(".xml")) || package_name_ends(name, S(".vml"));
}

/* Links are looked for in the relationships of every part, also of those that nobody reads. */
static Status check_parts(Ctx *c, Book *book)
{
    static const XmlHandlers types = { .start = content_type, .any_namespace = true };
    Arena *memory = c->arena;
    TRY(xml_whole(c, &book->part, book->package, S("[Content_Types].xml"), &types, NULL));
    for (size_t i = 0; i < package_count(book->package); i++) {
        Str name = package_name(book->package, i);
        if (package_name_ends(name, S(".rels"))) {
            ArenaMark before = arena_mark(memory);
            Relations unused = { .kept = memory, .file = name };
            TRY(read_relations(c, book, &unused));
            arena_reset(memory, before);
        } else if (is_xml(name)) {
            TRY(xml_check_prolog(c, &book->part, book->package, name));
        }
    }
    return ST_OK;
}

/* --- the workbook ------------------------------------------------------------------------------------------------ */

typedef struct BookReading {
    Book *book;
    Relations relations;
    Str part;
} BookReading;

static bool is_on(Str flag)
{
    return str_eq(flag, S("1")) || str_eq(flag, S("true")) || str_eq(flag, S("on"));
}

static Status add_sheet(Ctx *c, BookReading *r, const char **attributes)
{
    Book *book = r->book;
    Str id = xml_attribute_in(attributes, S("/relationships"), "id"), state = xml_attribute(attributes, "state");
    const Relation *to = NULL;
    for (size_t i = 0; i < r->relations.count && !to; i++)
        if (str_eq(r->relations.all[i].id, id))
            to = &r->relations.all[i];
    if (!to)
        return fail(
            c, ST_INVALID, "%.*s里有一个工作表没有对应的部件", "%.*s has a sheet without a part", STR_ARG(r->part));
    if (!str_eq(to->type, S("worksheet")))
        return ST_OK;
    if (book->sheet_count == SHEET_READ_SHEETS_MAX)
        return fail(c, ST_INVALID, "工作表超过%d个", "more than %d sheets", SHEET_READ_SHEETS_MAX);
    book->sheets[book->sheet_count++] = (BookSheet){
        .name = str_copy(book->kept, xml_attribute(attributes, "name")),
        .part = to->target,
        .hidden = str_eq(state, S("hidden")) || str_eq(state, S("veryHidden")),
    };
    return ST_OK;
}

static Status workbook_start(Ctx *c, void *arg, Str name, const char **attributes)
{
    BookReading *r = arg;
    if (str_eq(name, S("workbookPr")))
        r->book->since_1904 = is_on(xml_attribute(attributes, "date1904"));
    return str_eq(name, S("sheet")) ? add_sheet(c, r, attributes) : ST_OK;
}

static Status read_workbook(Ctx *c, BookReading *r)
{
    static const XmlHandlers handlers = { .start = workbook_start };
    r->book->sheets = arena_array_of(r->book->kept, BookSheet, SHEET_READ_SHEETS_MAX);
    TRY(xml_whole(c, &r->book->part, r->book->package, r->part, &handlers, r));
    if (r->book->sheet_count == 0)
        return fail(c, ST_INVALID, "%.*s里没有工作表", "%.*s has no work sheet", STR_ARG(r->part));
    return ST_OK;
}

/* --- styles ------------------------------------------------------------------------------------------------------ */

typedef struct NumberFormat {
    int64_t id;
    FormatKind kind;
} NumberFormat;

typedef struct Styles {
    Arena *kept;
    bool in_formats, in_cells;
    NumberFormat *formats;
    size_t format_count, format_room;
    int64_t *cells; /* the number format of each cell style */
    size_t cell_count, cell_room;
} Styles;

static Status add_format(Ctx *c, Styles *s, const char **attributes)
{
    int64_t id;
    if (!str_to_int(xml_attribute(attributes, "numFmtId"), &id))
        return ST_OK;
    if (s->format_count == FORMATS_MAX)
        return fail(c, ST_INVALID, "数字格式超过%d个", "more than %d number formats", FORMATS_MAX);
    s->formats = parts_room(s->kept, s->formats, s->format_count, &s->format_room, sizeof *s->formats);
    s->formats[s->format_count++] = (NumberFormat){ id, format_of_code(xml_attribute(attributes, "formatCode")) };
    return ST_OK;
}

static Status add_style(Ctx *c, Styles *s, const char **attributes)
{
    int64_t id = 0;
    if (!str_to_int(xml_attribute(attributes, "numFmtId"), &id))
        id = 0;
    if (s->cell_count == STYLES_MAX)
        return fail(c, ST_INVALID, "单元格格式超过%d个", "more than %d cell styles", STYLES_MAX);
    s->cells = parts_room(s->kept, s->cells, s->cell_count, &s->cell_room, sizeof *s->cells);
    s->cells[s->cell_count++] = id;
    return ST_OK;
}

/* There are numFmt and xf in other places too, for other purposes. */
static Status styles_start(Ctx *c, void *arg, Str name, const char **attributes)
{
    Styles *s = arg;
    if (str_eq(name, S("numFmts")))
        s->in_formats = true;
    else if (str_eq(name, S("cellXfs")))
        s->in_cells = true;
    else if (s->in_formats && str_eq(name, S("numFmt")))
        return add_format(c, s, attributes);
    else if (s->in_cells && str_eq(name, S("xf")))
        return add_style(c, s, attributes);
    return ST_OK;
}

static Status styles_end(Ctx *c, void *arg, Str name)
{
    Styles *s = arg;
    (void)c;
    if (str_eq(name, S("numFmts")))
        s->in_formats = false;
    else if (str_eq(name, S("cellXfs")))
        s->in_cells = false;
    return ST_OK;
}

static FormatKind kind_of(const Styles *s, int64_t id)
{
    for (size_t i = 0; i < s->format_count; i++)
        if (s->formats[i].id == id)
            return s->formats[i].kind;
    return format_built_in(id);
}

static Status read_styles(Ctx *c, Book *book, Str part)
{
    static const XmlHandlers handlers = { .start = styles_start, .end = styles_end };
    Styles s = { .kept = book->kept };
    TRY(xml_whole(c, &book->part, book->package, part, &handlers, &s));
    book->formats = arena_array_of(book->kept, FormatKind, s.cell_count);
    book->format_count = s.cell_count;
    for (size_t i = 0; i < s.cell_count; i++)
        book->formats[i] = kind_of(&s, s.cells[i]);
    return ST_OK;
}

FormatKind book_format(const Book *book, int64_t style)
{
    return style >= 0 && (uint64_t)style < book->format_count ? book->formats[style] : FORMAT_PLAIN;
}

/* --- shared strings ---------------------------------------------------------------------------------------------- */

typedef struct Strings {
    Book *book;
    XmlText text;
    bool in_phonetic;
} Strings;

static Status too_many_strings(Ctx *c)
{
    return fail(c, ST_INVALID, "共享字符串超过%d MiB，请分成几个文件",
        "more than %d MiB of shared strings: split the file", SHEET_READ_STRINGS_BYTES_MAX / 1024 / 1024);
}

static Status strings_start(Ctx *c, void *arg, Str name, const char **attributes)
{
    Strings *s = arg;
    (void)c;
    if (str_eq(name, S("t")) && !s->in_phonetic)
        xml_text_begin(&s->text, attributes);
    else if (str_eq(name, S("rPh")))
        s->in_phonetic = true;
    else if (str_eq(name, S("si")))
        s->text.all.len = 0;
    return ST_OK;
}

static Status strings_text(Ctx *c, void *arg, Str text)
{
    Strings *s = arg;
    if (!s->text.on)
        return ST_OK;
    if (s->book->string_bytes + s->text.all.len + text.len > SHEET_READ_STRINGS_BYTES_MAX)
        return too_many_strings(c);
    strbuf_add(&s->text.all, text);
    return ST_OK;
}

static Status add_string(Ctx *c, Book *book, Str text)
{
    size_t page = book->string_count / STRINGS_A_PAGE;
    book->string_bytes += text.len + sizeof(Str);
    if (book->string_bytes > SHEET_READ_STRINGS_BYTES_MAX)
        return too_many_strings(c);
    if (!book->string_pages[page])
        book->string_pages[page] = arena_array_of(book->kept, Str, STRINGS_A_PAGE);
    book->string_pages[page][book->string_count++ % STRINGS_A_PAGE] = str_copy(book->kept, text);
    return ST_OK;
}

static Status strings_end(Ctx *c, void *arg, Str name)
{
    Strings *s = arg;
    if (str_eq(name, S("t")) && s->text.on)
        xml_text_end(&s->text, true);
    else if (str_eq(name, S("rPh")))
        s->in_phonetic = false;
    else if (str_eq(name, S("si")))
        return add_string(c, s->book, strbuf_str(&s->text.all));
    return ST_OK;
}

static Status read_strings(Ctx *c, Book *book, Str part)
{
    static const XmlHandlers handlers = { .start = strings_start, .end = strings_end, .text = strings_text };
    ArenaMark before = arena_mark(c->arena);
    Strings s = { .book = book, .text = { .all = strbuf_in(c->arena) } };
    TRY(xml_whole(c, &book->part, book->package, part, &handlers, &s));
    arena_reset(c->arena, before);
    return ST_OK;
}

bool book_string(const Book *book, int64_t index, Str *out)
{
    if (index < 0 || (uint64_t)index >= book->string_count)
        return false;
    *out = book->string_pages[index / STRINGS_A_PAGE][index % STRINGS_A_PAGE];
    return true;
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

static Status find_workbook(Ctx *c, Book *book, Str *part)
{
    Relations root;
    TRY(relations_of(c, book, STR_NONE, &root));
    const Relation *to = relation_of_type(&root, S("officeDocument"));
    if (!to)
        return fail(c, ST_INVALID, "压缩包里没有工作簿（_rels/.rels），不是.xlsx",
            "no workbook in the archive (_rels/.rels): not an .xlsx");
    *part = to->target;
    return ST_OK;
}

Status book_open(Ctx *c, Arena *kept, Str bytes, Book *book)
{
    BookReading r = { .book = book };
    const Relation *to;
    book->kept = kept;
    TRY(package_open(c, kept, bytes, &book->package));
    TRY(check_parts(c, book));
    TRY(find_workbook(c, book, &r.part));
    TRY(relations_of(c, book, r.part, &r.relations));
    TRY(read_workbook(c, &r));
    if ((to = relation_of_type(&r.relations, S("styles"))) && package_has(book->package, to->target))
        TRY(read_styles(c, book, to->target));
    if ((to = relation_of_type(&r.relations, S("sharedStrings"))) && package_has(book->package, to->target))
        TRY(read_strings(c, book, to->target));
    return ST_OK;
}

void book_close(Book *book)
{
    xml_close(&book->part);
    package_close(book->package);
    book->package = NULL;
    book->part.package = NULL;
}
