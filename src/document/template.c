/* Templates: the parts of the package that may hold placeholders, in and out. */
#include "document/template_parts.h"

/* --- opening ----------------------------------------------------------------------------------------------------- */

static bool may_hold_marks(Str name)
{
    static const Str starts[] = { S_INIT("word/document.xml"), S_INIT("word/header"), S_INIT("word/footer"),
        S_INIT("word/footnotes.xml"), S_INIT("word/endnotes.xml") };
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (str_starts(name, starts[i]) && package_name_ends(name, S(".xml")))
            return true;
    return false;
}

/* word/document.xml → word/_rels/document.xml.rels */
static Str relations_name(Arena *arena, Str part)
{
    size_t cut = part.len;
    while (cut > 0 && part.ptr[cut - 1] != '/')
        cut--;
    return str_format(
        arena, "%.*s_rels/%.*s.rels", STR_ARG(str_sub(part, 0, cut)), STR_ARG(str_sub(part, cut, SIZE_MAX)));
}

static Status open_part(Ctx *c, Template *t, Package *package, Str name)
{
    TemplatePart *part = &t->parts[t->part_count];
    Str bytes, relations = relations_name(c->arena, name);
    part->name = str_copy(c->arena, name);
    TRY(package_part(c, package, name, &bytes));
    TRY(docx_tree_read(c, part->name, bytes, DOCX_TEMPLATE_DEPTH, &part->tree));
    if (package_has(package, relations))
        TRY(package_part(c, package, relations, &t->relations[t->part_count]));
    t->part_count++;
    return template_read_marks(c, t, part);
}

static Status check_relations(Ctx *c, Str part, Str relations)
{
    if (str_find(relations, S("TargetMode=\"External\""), 0) == SIZE_MAX ||
        str_find(relations, S("relationships/image\""), 0) == SIZE_MAX)
        return ST_OK;
    for (size_t at = 0, end; (at = str_find(relations, S("<Relationship "), at)) != SIZE_MAX; at = end) {
        end = str_find(relations, S(">"), at);
        Str one = str_sub(relations, at, end - at);
        if (str_find(one, S("relationships/image\""), 0) != SIZE_MAX &&
            str_find(one, S("TargetMode=\"External\""), 0) != SIZE_MAX)
            return fail(c, ST_INVALID, "%.*s里的图片链接了外部文件，请改为嵌入图片",
                "an image in %.*s is linked from outside: embed it", STR_ARG(part));
        if (end == SIZE_MAX)
            break;
    }
    return ST_OK;
}

static Status open_parts(Ctx *c, Template *t, Package *package)
{
    Str types = S("[Content_Types].xml"), document = S("word/document.xml");
    if (!package_has(package, document) || !package_has(package, types))
        return fail(
            c, ST_INVALID, "压缩包里没有 Word 正文：不是 .docx 文档", "the archive has no Word text: it is no .docx");
    TRY(package_part(c, package, types, &t->content_types));
    TRY(open_part(c, t, package, document));
    for (size_t i = 0; i < package_count(package); i++) {
        Str name = package_name(package, i);
        if (!may_hold_marks(name) || str_eq(name, document))
            continue;
        if (t->part_count == TEMPLATE_PARTS_MAX)
            return fail(c, ST_TOO_BIG, "页眉页脚超过%d个", "more than %d headers and footers", TEMPLATE_PARTS_MAX);
        TRY(open_part(c, t, package, name));
    }
    for (size_t i = 0; i < t->part_count; i++)
        TRY(check_relations(c, t->parts[i].name, t->relations[i]));
    return ST_OK;
}

static void check_wanted(Ctx *c, const Template *t)
{
    const TemplateRules *rules = t->rules;
    for (size_t i = 0; i < rules->wanted_count; i++)
        for (size_t s = 0; s < rules->shape->count; s++)
            if (str_eq(rules->shape->slots[s].name, rules->wanted[i]) && !t->named[s])
                template_mistake(c, &t->parts[0], &(Mark){ .written = rules->wanted[i] },
                    T("这种文书必须有的内容，模板里没有", "the paper has to tell this, and the template does not"),
                    text_format(
                        c, "请在适当位置写上 {{%.*s}}", "put {{%.*s}} where it belongs", STR_ARG(rules->wanted[i])));
}

bool slot_is_hidden(const SlotShape *shape, size_t slot)
{
    for (size_t i = 0; i < slot; i++)
        if (str_eq(shape->slots[i].name, shape->slots[slot].name))
            return true;
    return false;
}

bool template_names(const Template *t, size_t slot)
{
    return t->named[slot];
}

Status template_open(Ctx *c, Str bytes, const TemplateRules *rules, Template **out)
{
    Template *t = arena_new_of(c->arena, Template);
    Package *package = NULL;
    *t = (Template){ .bytes = bytes, .rules = rules };
    t->named = arena_array_of(c->arena, bool, rules->shape->count);
    t->parts = arena_array_of(c->arena, TemplatePart, TEMPLATE_PARTS_MAX);
    *out = t;
    Status status = package_open(c, c->arena, bytes, &package);
    if (status == ST_OK)
        status = open_parts(c, t, package);
    package_close(package);
    TRY(status);
    for (size_t i = 0; i < t->part_count; i++)
        template_resolve(c, t, &t->parts[i]);
    check_wanted(c, t);
    return c->err.status;
}

/* --- filling ----------------------------------------------------------------------------------------------------- */

static Str before_end(Ctx *c, Str xml, const char *end, Str what)
{
    size_t at = str_find(xml, str_of(end), 0);
    if (at == SIZE_MAX)
        return xml;
    return str_format(
        c->arena, "%.*s%.*s%.*s", STR_ARG(str_sub(xml, 0, at)), STR_ARG(what), STR_ARG(str_sub(xml, at, SIZE_MAX)));
}

static Str relations_with_images(Filling *f, Str relations)
{
    StrBuf added = strbuf_in(f->c->arena);
    for (size_t i = 0; i < f->part_images; i++)
        strbuf_addf(&added,
            "<Relationship Id=\"rIdXuncha%zu\" "
            "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" "
            "Target=\"media/%.*s\"/>",
            f->image_of_part[i] + 1,
            STR_ARG(str_sub(f->images[f->image_of_part[i]].name, S("word/media/").len, SIZE_MAX)));
    if (relations.len == 0)
        relations = S("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships "
                      "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>");
    if (str_find(relations, S("</Relationships>"), 0) == SIZE_MAX) /* <Relationships …/> */
        return str_format(f->c->arena, "%.*s>%.*s</Relationships>",
            STR_ARG(str_sub(relations, 0, str_find(relations, S("/>"), 0))), STR_ARG(strbuf_str(&added)));
    return before_end(f->c, relations, "</Relationships>", strbuf_str(&added));
}

static Str types_with(Ctx *c, Str types, const char *extension)
{
    Str known = str_format(c->arena, "Extension=\"%s\"", extension);
    if (str_find(types, known, 0) != SIZE_MAX)
        return types;
    return before_end(c, types, "</Types>",
        str_format(c->arena, "<Default Extension=\"%s\" ContentType=\"image/%s\"/>", extension, extension));
}

static Status fill_part(Filling *f, size_t index, const SlotRow *data, PackagePart *parts, size_t *count)
{
    f->part = &f->t->parts[index];
    if (f->part->count == 0)
        return ST_OK;
    f->out = strbuf_in(f->c->arena);
    TRY(template_write_part(f, data));
    parts[(*count)++] = (PackagePart){ f->part->name, strbuf_str(&f->out) };
    if (f->part_images)
        parts[(*count)++] = (PackagePart){ relations_name(f->c->arena, f->part->name),
            relations_with_images(f, f->t->relations[index]) };
    return ST_OK;
}

Status template_fill(Ctx *c, Template *t, const SlotRow *data, StrBuf *out)
{
    Filling *f = arena_new_of(c->arena, Filling);
    PackagePart *parts = arena_array_of(c->arena, PackagePart, 2 * TEMPLATE_PARTS_MAX + TEMPLATE_IMAGES_MAX + 1);
    size_t count = 0;
    f->c = c;
    f->t = t;
    for (size_t i = 0; i < t->part_count; i++)
        TRY(fill_part(f, i, data, parts, &count));
    for (size_t i = 0; i < f->image_count; i++)
        parts[count++] = (PackagePart){ f->images[i].name, f->images[i].bytes };
    if (f->image_count)
        parts[count++] =
            (PackagePart){ S("[Content_Types].xml"), types_with(c, types_with(c, t->content_types, "png"), "jpeg") };
    return package_rewrite(c, t->bytes, parts, count, out);
}
