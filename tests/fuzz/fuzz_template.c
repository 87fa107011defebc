/* The bytes of a template that somebody made: whatever comes, it is refused with a message, or it is filled and what
 * comes out is a document that can be read.
 *
 *   first byte: z the archive itself, d the body of a document that is otherwise in order, h its header,
 *               g a body built of the pieces below, one to a byte, its elements closed in their order             */
#include "../unit/document/packed.h"
#include "document/return_mark.h"
#include "document/template.h"
#include "document/text_read.h"

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

/* --- what a template may name: rows of different widths, so that a value out of its row is seen ------------------- */

/* Some of it may be read back. */
#define EDITED(literal, type_, code_)                                        \
    {                                                                        \
        .name = S_INIT(literal), .type = SLOT_##type_, .code = S_INIT(code_) \
    }
static const Slot member_slots[] = { EDITED("姓名", TEXT, "AAAAA") };
static const SlotShape member_shape = { member_slots, COUNT_OF(member_slots) };
static const Slot team_slots[] = { SLOT_OF("组名", TEXT), SLOT_ROWS("成员", &member_shape), SLOT_OF("组印", IMAGE) };
static const SlotShape team_shape = { team_slots, COUNT_OF(team_slots) };
static const Slot slots[] = { SLOT_OF("标题", TEXT), EDITED("正文", TEXT, "BBBBB"), EDITED("日期", DATE, "CCCCC"),
    EDITED("件数", INT, "DDDDD"), SLOT_OF("金额", MONEY), SLOT_OF("急", FLAG), SLOT_OF("印章", IMAGE),
    SLOT_ROWS("组", &team_shape), SLOT_ROWS("空", &member_shape) };
static const SlotShape shape = { slots, COUNT_OF(slots) };
static const TemplateRules rules = { .shape = &shape };

#define TEXT(s)           \
    {                     \
        .text = S_INIT(s) \
    }
#define IMAGE(s)                       \
    {                                  \
        .image = { S_INIT(s), 40, 40 } \
    }
static const SlotValue members[][1] = { { TEXT("甲") }, { TEXT("乙'\"") } };
static const SlotRow member_rows[] = { { .values = members[0], .record = S_INIT("01arz3ndektsv4rrffq69g5fb0") },
    { .values = members[1], .record = S_INIT("01arz3ndektsv4rrffq69g5fb1") } };
static const SlotValue teams[][3] = { { TEXT("一"), { .rows = member_rows, .count = 2 }, IMAGE("\x89PNG\r\n\x1a\n") },
    { TEXT("二\n三"), { .count = 0 }, { .flag = false } } };
static const SlotRow team_rows[] = { { .values = teams[0] }, { .values = teams[1] } };
static const SlotValue values[] = { TEXT("<'&\">]]>\x01"), TEXT("一\n\n二"), { .date = 19000 },
    { .number = { true, 12 } }, { .number = { true, -105 } }, { .flag = true }, IMAGE("\xff\xd8\xff"),
    { .rows = team_rows, .count = 2 }, { .count = 0 } };
static_assert(COUNT_OF(values) == COUNT_OF(slots), "a value for each name");
static const SlotRow data = { .values = values, .record = S_INIT("01arz3ndektsv4rrffq69g5fav") };

/* --- a body of pieces --------------------------------------------------------------------------------------------- */

/* A name opens an element, the rest stands as it is; an empty one closes the last that was opened. */
static const struct {
    const char *element, *text;
} pieces[] = { { NULL, NULL }, { "w:p", NULL }, { "w:r", NULL }, { "w:t", NULL }, { "w:tbl", NULL }, { "w:tr", NULL },
    { "w:tc", NULL }, { "w:txbxContent", NULL }, { "w:hyperlink", NULL }, { "mc:Fallback", NULL }, { "w:del", NULL },
    { NULL, "<w:p><w:r><w:t>{{#组}}</w:t></w:r></w:p>" }, { NULL, "<w:p><w:r><w:t>{{组名}}</w:t></w:r></w:p>" },
    { NULL, "<w:p><w:r><w:t>{{/组}}</w:t></w:r></w:p>" }, { NULL, "<w:r><w:t>{{?正文}}{{日期}}{{/正文}}</w:t></w:r>" },
    { NULL, "{{#组}}" }, { NULL, "{{*组}}" }, { NULL, "{{/组}}" }, { NULL, "{{#成员}}" }, { NULL, "{{*成员}}" },
    { NULL, "{{/成员}}" }, { NULL, "{{#空}}" }, { NULL, "{{*空}}" }, { NULL, "{{/空}}" }, { NULL, "{{?急}}" },
    { NULL, "{{^急}}" }, { NULL, "{{/急}}" }, { NULL, "{{姓名}}" }, { NULL, "{{组名}}" }, { NULL, "{{标题}}" },
    { NULL, "{{正文}}" }, { NULL, "{{金额|大写}}" }, { NULL, "{{行号|汉字}}" }, { NULL, "{{@印章}}" },
    { NULL, "{{@组印}}" }, { NULL, "{{!}}" }, { NULL, "{" }, { NULL, "}}" }, { NULL, "甲" }, { NULL, " " },
    { NULL, "<w:rPr><w:b/></w:rPr>" }, { NULL, "<v:textpath string=\"甲{{标题}}{{件数}}\"/>" },
    { NULL, "<v:textpath string='{{标题}}'> </v:textpath>" }, { NULL, "<w:drawing/>" } };

enum { OPEN_MAX = 60 };

static Str body_of(Arena *arena, Str bytes)
{
    StrBuf b = strbuf_in(arena);
    const char *open[OPEN_MAX];
    size_t depth = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        size_t piece = (unsigned char)bytes.ptr[i] % COUNT_OF(pieces);
        const char *element = pieces[piece].element;
        if (pieces[piece].text)
            strbuf_add(&b, str_of(pieces[piece].text));
        else if (element && depth < OPEN_MAX)
            strbuf_addf(&b, "<%s>", open[depth++] = element);
        else if (!element && depth)
            strbuf_addf(&b, "</%s>", open[--depth]);
    }
    while (depth)
        strbuf_addf(&b, "</%s>", open[--depth]);
    return strbuf_str(&b);
}

/* --- the archive -------------------------------------------------------------------------------------------------- */

#define NAMES                                                                 \
    "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' " \
    "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' " \
    "xmlns:v='urn:schemas-microsoft-com:vml' "                                \
    "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"

static Str document_of(Arena *arena, char kind, Str bytes)
{
    static const Str plain = S_INIT("<w:p><w:r><w:t>{{标题}}</w:t></w:r></w:p>");
    Str body = kind == 'h' ? plain : kind == 'g' ? body_of(arena, bytes) : bytes;
    PackedPart parts[] = { packed_base[0],
        { "word/document.xml",
            str_format(arena, "<w:document " NAMES "><w:body>%.*s</w:body></w:document>", STR_ARG(body)) },
        { "word/header1.xml", kind == 'h' ? bytes : S("<w:hdr " NAMES "/>") } };
    return packed(arena, parts, COUNT_OF(parts), false);
}

static Status fill_and_read(Ctx *c, Str bytes)
{
    Template *t;
    StrBuf out = strbuf_in(c->arena);
    ReturnMarks marks;
    Str text;
    TRY(template_open(c, bytes, &rules, &t));
    for (size_t i = 0; i < shape.count; i++)
        (void)template_names(t, i);
    TRY(template_fill(c, t, &data, &out));
    packed_check(docx_read(c, strbuf_str(&out), &text) == ST_OK);
    packed_check(str_is_text(text));
    packed_check(return_marks_read(c, strbuf_str(&out), &marks) == ST_OK);
    packed_check(!marks.rest_changed && (int64_t)marks.count <= marks.written);
    return ST_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 2 || !memchr("zdhg", bytes[0], 4))
        return 0;
    Clock clock = { .zone_minutes = 480 };
    Env env = { .clock = &clock };
    Arena *arena = arena_new();
    Ctx c = ctx_on(arena, &env);
    Str rest = { (const char *)bytes + 1, size - 1 };
    char kind = (char)bytes[0];
    if (fill_and_read(&c, kind == 'z' ? rest : document_of(arena, kind, rest)) != ST_OK)
        packed_check((c.err.status == ST_INVALID || c.err.status == ST_TOO_BIG) && c.err.message.len &&
                     str_is_text(c.err.message));
    arena_done(arena);
    return 0;
}
