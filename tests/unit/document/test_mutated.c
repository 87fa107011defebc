/* Files that were damaged, or made to do harm: whatever reads them reads them, or refuses them with a message. Made
 * from the shipped templates and a workbook, always the same ones; memory is looked after by the sanitizers. */
#include "../base/base_test.h"

#include "base/embed.h"
#include "document/package.h"
#include "document/return_mark.h"
#include "document/sheet_read.h"
#include "document/template.h"
#include "document/text_read.h"
#include "packed.h"

EMBED(mutated_letter, "build/templates/letter.docx")
EMBED(mutated_notice, "build/templates/notice.docx")
EMBED(mutated_list, "build/templates/problem_list.docx")

/* --- what those templates name ------------------------------------------------------------------------------------ */

static const Slot row_slots[] = { SLOT_OF("反馈问题", TEXT), SLOT_OF("姓名", TEXT), SLOT_OF("组内职务", TEXT),
    SLOT_OF("问题", TEXT), SLOT_OF("问题序号", TEXT), SLOT_OF("具体表现", TEXT), SLOT_OF("问题类别", TEXT),
    SLOT_OF("程度", TEXT), SLOT_OF("涉及金额", MONEY), SLOT_OF("立行立改", FLAG) };
static const SlotShape row_shape = { row_slots, COUNT_OF(row_slots) };
enum { LISTS = 3 };
static const Slot slots[] = { SLOT_ROWS("事项", &row_shape), SLOT_ROWS("成员", &row_shape),
    SLOT_ROWS("问题", &row_shape), SLOT_OF("标题", TEXT), SLOT_OF("发文机关", TEXT), SLOT_OF("发文字号", TEXT),
    SLOT_OF("密级标注", TEXT), SLOT_OF("校验码", TEXT), SLOT_OF("事由", TEXT), SLOT_OF("函件种类", TEXT),
    SLOT_OF("发函单位", TEXT), SLOT_OF("回复时限", DATE), SLOT_OF("成文日期", DATE), SLOT_OF("收函单位名称", TEXT),
    SLOT_OF("文号", TEXT), SLOT_OF("水印", TEXT), SLOT_OF("紧急程度", TEXT), SLOT_OF("要求", TEXT),
    SLOT_OF("主送机关", TEXT), SLOT_OF("抄送机关", TEXT), SLOT_OF("轮次.巡察重点", TEXT), SLOT_OF("印发日期", DATE),
    SLOT_OF("印发机关", TEXT), SLOT_OF("巡察组名称", TEXT), SLOT_OF("撤离日期", DATE), SLOT_OF("被巡察单位名称", TEXT),
    SLOT_OF("轮次.届", TEXT), SLOT_OF("轮次名称", TEXT), SLOT_OF("进驻日期", DATE), SLOT_OF("通知日期", DATE),
    SLOT_OF("反馈日期", DATE), SLOT_OF("巡察组.名称", TEXT), SLOT_OF("轮次.名称", TEXT), SLOT_OF("份号", TEXT),
    SLOT_OF("印章", IMAGE) };
static const SlotShape shape = { slots, COUNT_OF(slots) };
static const TemplateRules rules = { .shape = &shape };

static SlotRow values(Arena *arena)
{
    SlotValue *all = arena_array_of(arena, SlotValue, COUNT_OF(slots));
    SlotRow *rows = arena_array_of(arena, SlotRow, 2);
    for (size_t r = 0; r < 2; r++) {
        SlotValue *row = arena_array_of(arena, SlotValue, COUNT_OF(row_slots));
        for (size_t i = 0; i < COUNT_OF(row_slots); i++)
            row[i] = (SlotValue){ .text = S("甲\n<'&\">"), .number = { 12345, true }, .flag = r == 0 };
        rows[r].values = row;
    }
    for (size_t i = 0; i < COUNT_OF(slots); i++)
        all[i] = i < LISTS ? (SlotValue){ .rows = rows, .count = 2 }
                           : (SlotValue){ .text = S("乙'\"\n丙"),
                                 .date = date_of(2021, 10, 31),
                                 .image = { S("\x89PNG\r\n\x1a\n"), 42, 42, true } };
    return (SlotRow){ .values = all };
}

/* --- everything that reads a file --------------------------------------------------------------------------------- */

typedef struct Tally {
    size_t files, opened, filled, texts, marked, sheets, parcels;
} Tally;

static Status read_sheets(Ctx *c, Str bytes)
{
    SheetReader *r;
    SheetCell *cells;
    size_t count;
    int64_t row;
    bool has;
    TRY(sheet_read_open(c, bytes, SHEET_XLSX, &r));
    for (size_t i = 0; i < sheet_count(r); i++) {
        has = true;
        TRY(sheet_select(c, r, i));
        while (has)
            TRY(sheet_next_row(c, r, &cells, &count, &row, &has));
    }
    return ST_OK;
}

#define PASSPHRASE S("k7pm-3xwq-2abc-9def")

static Status read_parcel(Ctx *c, Str bytes)
{
    Package *p;
    Str part;
    Status status = package_open_parcel(c, c->arena, bytes, PASSPHRASE, &p);
    for (size_t i = 0; status == ST_OK && i < package_count(p); i++)
        if (!str_ends(package_name(p, i), S("/")))
            status = package_part(c, p, package_name(p, i), &part);
    package_close(p);
    return status;
}

/* OK, or a refusal that says why; what is wrong with the file is never the program's own fault. */
static bool is_answer(Ctx *c, Status status)
{
    bool holds = status == ST_OK ? c->err.status == ST_OK
                                 : (status == ST_INVALID || status == ST_TOO_BIG) && c->err.status == status &&
                                       c->err.message.len && str_is_text(c->err.message);
    if (!holds)
        print_error(
            "%s: %.*s at %s\n", status_name(status), STR_ARG(c->err.message), c->err.place ? c->err.place : "no place");
    ctx_forgive(c);
    return holds;
}

static Status fill(Ctx *c, Str bytes, Tally *tally, StrBuf *out)
{
    Template *t;
    SlotRow data = values(c->arena);
    TRY(template_open(c, bytes, &rules, &t));
    tally->opened++;
    TRY(template_fill(c, t, &data, out));
    tally->filled++;
    return ST_OK;
}

/* The bytes lie in memory of just their size, so that the sanitizers see a read beyond them. */
static void read_by_all(BaseFixture *fx, Str mutated, const char *how, size_t n, Tally *tally)
{
    Ctx *c = &fx->c;
    CtxMark mark = ctx_mark(c);
    char *own = malloc(mutated.len ? mutated.len : 1);
    assert_non_null(own);
    memcpy(own, mutated.ptr, mutated.len);
    Str bytes = { own, mutated.len }, text;
    StrBuf out = strbuf_in(c->arena);
    ReturnMarks marks;
    Status status = fill(c, bytes, tally, &out);
    row_holds(is_answer(c, status), "filled: %s %zu", how, n);
    if (status == ST_OK) {
        status = docx_read(c, strbuf_str(&out), &text);
        row_holds(is_answer(c, status), "read after filling: %s %zu", how, n);
        status = return_marks_read(c, strbuf_str(&out), &marks);
        row_holds(is_answer(c, status), "read for marks after filling: %s %zu", how, n);
    }
    status = docx_read(c, bytes, &text);
    tally->texts += status == ST_OK;
    row_holds(is_answer(c, status), "read: %s %zu", how, n);
    status = return_marks_read(c, bytes, &marks);
    tally->marked += status == ST_OK;
    row_holds(is_answer(c, status), "read for marks: %s %zu", how, n);
    status = read_sheets(c, bytes);
    tally->sheets += status == ST_OK;
    row_holds(is_answer(c, status), "read as sheets: %s %zu", how, n);
    status = read_parcel(c, bytes);
    tally->parcels += status == ST_OK;
    row_holds(is_answer(c, status), "read as a parcel: %s %zu", how, n);
    tally->files++;
    ctx_rewind(c, mark);
    free(own);
}

/* --- what is done to them ----------------------------------------------------------------------------------------- */

enum { PARTS_MAX = 32 };

typedef struct Source {
    Str bytes;
    PackedPart parts[PARTS_MAX];
    size_t count;
} Source;

typedef struct Dice {
    uint64_t state;
} Dice;

static size_t roll(Dice *d, size_t sides)
{
    d->state = d->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return sides ? (size_t)(d->state >> 33) % sides : 0;
}

static void unpack(BaseFixture *fx, Source *s)
{
    zip_t *zip = zip_open_from_source(zip_source_buffer_create(s->bytes.ptr, s->bytes.len, 0, NULL), ZIP_RDONLY, NULL);
    assert_non_null(zip);
    s->count = (size_t)zip_get_num_entries(zip, 0);
    assert_in_range(s->count, 1, PARTS_MAX);
    for (size_t i = 0; i < s->count; i++) {
        zip_stat_t stat;
        assert_int_equal(zip_stat_index(zip, i, 0, &stat), 0);
        char *text = arena_alloc(fx->arena, stat.size + 1);
        zip_file_t *file = zip_fopen_index(zip, i, 0);
        assert_int_equal(zip_fread(file, text, stat.size), (zip_int64_t)stat.size);
        zip_fclose(file);
        s->parts[i] = (PackedPart){ str_c(fx->arena, str_of(stat.name)), { text, stat.size } };
    }
    zip_discard(zip);
}

static Str flipped(Arena *arena, Str bytes, Dice *d, size_t times)
{
    char *out = str_c(arena, bytes);
    for (size_t i = 0; i < times; i++)
        out[roll(d, bytes.len)] ^= (char)(1 << roll(d, 8));
    return (Str){ out, bytes.len };
}

/* The nth tag of an XML text, from its < to its >. */
static Str tag_at(Str xml, size_t n)
{
    size_t from = 0;
    for (size_t i = 0; (from = str_find(xml, S("<"), from)) != SIZE_MAX && i < n; i++)
        from++;
    size_t to = from == SIZE_MAX ? SIZE_MAX : str_find(xml, S(">"), from);
    return to == SIZE_MAX ? STR_NONE : str_sub(xml, from, to + 1 - from);
}

static size_t count_tags(Str xml)
{
    size_t n = 0;
    for (size_t at = 0; (at = str_find(xml, S("<"), at)) != SIZE_MAX; at++)
        n++;
    return n;
}

static Str swapped_tags(Arena *arena, Str xml, Dice *d)
{
    size_t tags = count_tags(xml);
    Str a = tag_at(xml, roll(d, tags)), b = tag_at(xml, roll(d, tags));
    if (a.ptr > b.ptr) {
        Str first = a;
        a = b;
        b = first;
    }
    if (a.len == 0 || b.len == 0 || a.ptr + a.len > b.ptr)
        return xml;
    const char *end = xml.ptr + xml.len;
    Str pieces[] = { { xml.ptr, (size_t)(a.ptr - xml.ptr) }, b, { a.ptr + a.len, (size_t)(b.ptr - a.ptr) - a.len }, a,
        { b.ptr + b.len, (size_t)(end - b.ptr) - b.len } };
    StrBuf out = strbuf_in(arena);
    for (size_t i = 0; i < COUNT_OF(pieces); i++)
        strbuf_add(&out, pieces[i]);
    return strbuf_str(&out);
}

/* The archive writer refuses two parts of one name: the second is written under another one of the same length. */
static Str with_twin(Arena *arena, const Source *s, size_t of, Str text)
{
    PackedPart parts[PARTS_MAX + 1];
    memcpy(parts, s->parts, s->count * sizeof *parts);
    char *name = str_c(arena, str_of(s->parts[of].name));
    size_t len = strlen(name);
    name[len - 1] ^= 1;
    parts[s->count] = (PackedPart){ name, text };
    Str bytes = packed(arena, parts, s->count + 1, false);
    char *out = str_c(arena, bytes);
    for (size_t at = 0; (at = str_find((Str){ out, bytes.len }, str_of(name), at)) != SIZE_MAX; at += len)
        out[at + len - 1] ^= 1;
    return (Str){ out, bytes.len };
}

static void whole_archive(BaseFixture *fx, const Source *s, Dice *d, Tally *tally)
{
    enum { FLIPS = 24, CUTS = 16 };
    for (size_t i = 0; i < FLIPS; i++) {
        CtxMark mark = ctx_mark(&fx->c);
        read_by_all(fx, flipped(fx->arena, s->bytes, d, 1 + i % 8), "bytes of the archive flipped", i, tally);
        ctx_rewind(&fx->c, mark);
    }
    for (size_t i = 0; i < CUTS; i++)
        read_by_all(fx, str_sub(s->bytes, 0, s->bytes.len * i / CUTS), "cut", i, tally);
}

static void one_part(BaseFixture *fx, const Source *s, size_t of, Str text, const char *how, size_t n, Tally *tally)
{
    PackedPart parts[PARTS_MAX];
    memcpy(parts, s->parts, s->count * sizeof *parts);
    parts[of].text = text;
    read_by_all(fx, packed(fx->arena, parts, s->count, false), how, n, tally);
}

static void parts_inside(BaseFixture *fx, const Source *s, Dice *d, Tally *tally)
{
    enum { TIMES = 48 };
    for (size_t i = 0; i < TIMES; i++) {
        CtxMark mark = ctx_mark(&fx->c);
        size_t of = roll(d, s->count);
        Str text = s->parts[of].text;
        one_part(fx, s, of, flipped(fx->arena, text, d, 1 + i % 4), "bytes of a part flipped", i, tally);
        one_part(fx, s, of, swapped_tags(fx->arena, text, d), "tags swapped", i, tally);
        one_part(fx, s, of, str_sub(text, 0, roll(d, text.len)), "a part cut", i, tally);
        ctx_rewind(&fx->c, mark);
    }
}

static void parts_missing_and_twice(BaseFixture *fx, const Source *s, Tally *tally)
{
    for (size_t i = 0; i < s->count; i++) {
        CtxMark mark = ctx_mark(&fx->c);
        PackedPart parts[PARTS_MAX];
        memcpy(parts, s->parts, s->count * sizeof *parts);
        parts[i] = parts[s->count - 1];
        read_by_all(fx, packed(fx->arena, parts, s->count - 1, true), "a part missing", i, tally);
        read_by_all(fx, with_twin(fx->arena, s, i, s->parts[i].text), "a part twice", i, tally);
        read_by_all(fx, with_twin(fx->arena, s, i, s->parts[(i + 1) % s->count].text), "another of its name", i, tally);
        one_part(fx, s, i, s->parts[(i + 1) % s->count].text, "another's content", i, tally);
        ctx_rewind(&fx->c, mark);
    }
}

static Str workbook(BaseFixture *fx)
{
    SheetWriter *s;
    StrBuf out = strbuf_in(fx->arena);
    assert_int_equal(sheet_write_open(&fx->c, SHEET_XLSX, S("台账"), &s), ST_OK);
    sheet_heading(s, S("问题"), 20);
    sheet_heading(s, S("金额"), 10);
    sheet_heading(s, S("日期"), 10);
    sheet_row_end(s);
    for (int i = 0; i < 20; i++) {
        sheet_text(s, str_format(fx->arena, "第%d个问题", i));
        sheet_money(s, 12345 * i);
        sheet_date(s, date_of(2021, 10, 1 + i));
        sheet_row_end(s);
    }
    assert_int_equal(sheet_write_close(&fx->c, s, &out), ST_OK);
    return strbuf_str(&out);
}

/* What is encrypted opens with its passphrase, whole or not at all. */
static void locked_parcels(void **state)
{
    enum { TIMES = 200 };
    BaseFixture *fx = *state;
    Ctx *c = &fx->c;
    Dice dice = { 20261126 };
    StrBuf locked = strbuf_in(fx->arena);
    const PackagePart parts[] = { { S("整改工作簿.xlsx"), workbook(fx) }, { S("佐证材料/01/"), STR_NONE },
        { S("佐证材料/01/甲.txt"), S("甲") } };
    size_t refused = 0;
    assert_int_equal(package_write_locked(c, parts, COUNT_OF(parts), PASSPHRASE, &locked), ST_OK);
    assert_int_equal(read_parcel(c, strbuf_str(&locked)), ST_OK);
    for (size_t i = 0; i < TIMES; i++) {
        CtxMark mark = ctx_mark(c);
        Status status = read_parcel(c, flipped(fx->arena, strbuf_str(&locked), &dice, 1));
        row_holds(is_answer(c, status), "locked %zu", i);
        refused += status != ST_OK;
        ctx_rewind(c, mark);
    }
    /* some bytes (times, attributes) are nobody's; what was encrypted is most of it, and none of it may be touched */
    row_holds(refused >= TIMES * 8 / 10, "only %zu refused", refused);
}

static void nothing_breaks(void **state)
{
    BaseFixture *fx = *state;
    Tally tally = { 0 }, whole = { 0 };
    Dice dice = { 20211031 };
    Source sources[] = { { .bytes = EMBEDDED(mutated_letter) }, { .bytes = EMBEDDED(mutated_notice) },
        { .bytes = EMBEDDED(mutated_list) }, { .bytes = workbook(fx) } };
    for (size_t i = 0; i < COUNT_OF(sources); i++) {
        unpack(fx, &sources[i]);
        read_by_all(fx, sources[i].bytes, "as it was", i, &whole);
        whole_archive(fx, &sources[i], &dice, &tally);
        parts_inside(fx, &sources[i], &dice, &tally);
        parts_missing_and_twice(fx, &sources[i], &tally);
    }
    assert_int_equal(whole.filled, 3);
    assert_int_equal(whole.texts, 3);
    print_message("mutated: %zu files; %zu opened as templates, %zu filled, %zu read as texts, %zu as sheets\n",
        tally.files, tally.opened, tally.filled, tally.texts, tally.sheets);
    assert_true(tally.files >= 240);
    /* not all of them may fail at the door, or nothing behind it is tried */
    assert_true(tally.filled >= 100 && tally.texts >= 100 && tally.sheets >= 50 && tally.marked >= 100);
    assert_true(tally.filled < tally.files && tally.texts < tally.files && tally.sheets < tally.files);
}

/* --- placeholders where nobody would put them --------------------------------------------------------------------- */

#define NAMES                                                                 \
    "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' " \
    "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' " \
    "xmlns:v='urn:schemas-microsoft-com:vml'"
#define P(text)    "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TC(text)   "<w:tc>" P(text) "</w:tc>"
#define ROW(cells) "<w:tbl><w:tr>" cells "</w:tr></w:tbl>"

static const struct {
    const char *body;
    const char *text; /* NULL: refused */
} odd[] = {
    /* a value before or behind the repeat of its row is the document's, in each of the rows */
    { ROW(TC("{{校验码}}{{#成员}}{{程度}}") TC("{{/成员}}")), "乙'\" 丙甲 <'&\"> \t \n乙'\" 丙甲 <'&\"> \t \n" },
    { ROW(TC("{{#成员}}{{程度}}") TC("{{/成员}}{{文号}}")), "甲 <'&\"> \t乙'\" 丙 \n甲 <'&\"> \t乙'\" 丙 \n" },
    /* two repeats of one row */
    { ROW(TC("{{#成员}}{{行号}}") TC("{{/成员}}") TC("{{#事项}}{{行号}}") TC("{{/事项}}")),
        "1 \t \t1 \t \n2 \t \t1 \t \n1 \t \t2 \t \n2 \t \t2 \t \n" },
    /* a text box is read behind its paragraph */
    { "<w:p><w:r><w:t>{{#成员}}甲</w:t></w:r><w:r><w:pict><w:txbxContent>" P(
          "{{校验码}}") "</w:txbxContent></w:pict></w:r><w:r><w:t>{{/成员}}</w:t></w:r></w:p>",
        "甲乙'\"\n丙\n甲乙'\"\n丙\n\n" },
    /* a mistake that stands in the copy for old readers alone */
    { "<w:p><w:r><mc:AlternateContent><mc:Fallback><w:pict><w:txbxContent>" P(
          "{{没有}}") "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        NULL },
    /* quotes of both kinds in an attribute */
    { "<w:p><w:r><w:pict><v:shape><v:textpath string='{{水印}}'/></v:shape></w:pict></w:r></w:p>", "\n" },
    { "<w:p><w:r><w:pict><v:shape><v:textpath string=\"{{水印}}\"> <v:f/></v:textpath></v:shape></w:pict></w:r></w:p>",
        "\n" },
    /* lines in a text box are paragraphs of the box */
    { "<w:p><w:r><w:pict><w:txbxContent>" P("{{要求}}") "</w:txbxContent></w:pict></w:r></w:p>", "乙'\"\n丙\n\n" },
    /* names under another prefix than that of the part */
    { "<x:p "
      "xmlns:x='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><x:r><x:t>{{水印}}</x:t></x:r></x:p>",
        NULL },
};

static void odd_places(void **state)
{
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(odd); i++) {
        Tally tally = { 0 };
        Str document = str_format(fx->arena, "<w:document " NAMES "><w:body>%s</w:body></w:document>", odd[i].body);
        PackedPart parts[] = { packed_base[0], { "word/document.xml", document } };
        StrBuf out = strbuf_in(fx->arena);
        Str text;
        ctx_forgive(&fx->c);
        Status status = fill(&fx->c, packed(fx->arena, parts, COUNT_OF(parts), true), &tally, &out);
        row_holds(status == (odd[i].text ? ST_OK : ST_INVALID), "%zu: %.*s", i, STR_ARG(fx->c.err.message));
        if (!odd[i].text)
            continue;
        row_holds(docx_read(&fx->c, strbuf_str(&out), &text) == ST_OK, "%zu: %.*s", i, STR_ARG(fx->c.err.message));
        assert_str_equal(text, str_of(odd[i].text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { WITH_CTX(nothing_breaks), WITH_CTX(locked_parcels), WITH_CTX(odd_places) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
