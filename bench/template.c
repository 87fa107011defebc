/* A Word template filled, and what the bare libraries need for the file that comes out.
 *
 *     template FILE ROWS TIMES     fills the problem list FILE with so many findings, so often
 *
 * Prints the seconds of opening and filling the template, and those of unpacking the result, parsing its text with no
 * more than a counting handler, and packing its parts again. */
#include "common.h"

#include "../tests/unit/document/packed.h"
#include "document/template.h"

#include <expat.h>
#include <stdio.h>

enum { PARTS_MAX = 32 };

/* --- ours -------------------------------------------------------------------------------------------------------- */

/* As in the program, what may be edited is marked to be read back. */
#define EDITED(literal, type_)                                                 \
    {                                                                          \
        .name = S_INIT(literal), .type = SLOT_##type_, .code = S_INIT("AAAAA") \
    }
static const Slot finding_slots[] = { SLOT_OF("问题序号", INT), EDITED("问题", TEXT), EDITED("具体表现", TEXT),
    SLOT_OF("问题类别", TEXT), EDITED("程度", TEXT), EDITED("涉及金额", MONEY), EDITED("立行立改", FLAG) };
enum {
    FINDING_NUMBER,
    FINDING_TITLE,
    FINDING_TEXT,
    FINDING_CATEGORY,
    FINDING_SEVERITY,
    FINDING_AMOUNT,
    FINDING_NOW,
    FINDING_SLOTS
};
static_assert(sizeof finding_slots / sizeof finding_slots[0] == FINDING_SLOTS, "a value for each name");
static const SlotShape finding_shape = { finding_slots, FINDING_SLOTS };
static const Slot slots[] = { SLOT_ROWS("问题", &finding_shape), SLOT_OF("标题", TEXT), SLOT_OF("发文字号", TEXT),
    SLOT_OF("校验码", TEXT), SLOT_OF("水印", TEXT), SLOT_OF("被巡察单位名称", TEXT), SLOT_OF("轮次.名称", TEXT),
    SLOT_OF("巡察组.名称", TEXT), SLOT_OF("反馈日期", DATE) };
enum { SLOTS = sizeof slots / sizeof slots[0] };
static const SlotShape shape = { slots, SLOTS };
static const TemplateRules rules = { .shape = &shape };

static SlotRow findings(Arena *arena, size_t count)
{
    SlotValue *document = arena_array_of(arena, SlotValue, SLOTS);
    SlotRow *rows = arena_array_of(arena, SlotRow, count);
    for (size_t i = 0; i < count; i++) {
        SlotValue *v = arena_array_of(arena, SlotValue, FINDING_SLOTS);
        v[FINDING_NUMBER].number = INT_OF((int64_t)i + 1);
        v[FINDING_TITLE].text = S("执行民主集中制不到位，重大事项决策程序不规范");
        v[FINDING_TEXT].text = str_format(arena,
            "%zu年以来，党组会议研究重大事项%zu项，其中%zu项没有按照议事规则表决，会议记录没有写明不同意见；"
            "抽查的会议纪要中有%zu份与会议记录不一致。",
            2015 + i % 7, 20 + i % 30, 3 + i % 9, 1 + i % 4);
        v[FINDING_CATEGORY].text = S("落实新时代党的组织路线");
        v[FINDING_SEVERITY].text = i % 3 ? S("一般") : S("较重");
        v[FINDING_AMOUNT].number = INT_OF((int64_t)i * 12345);
        v[FINDING_NOW].flag = i % 4 == 0;
        rows[i].values = v;
        rows[i].record = S("01arz3ndektsv4rrffq69g5fav");
    }
    for (size_t i = 1; i < SLOTS; i++)
        document[i] = (SlotValue){ .text = S("示例市财政局党组"), .date = date_of(2021, 10, 31) };
    document[0] = (SlotValue){ .rows = rows, .count = count };
    return (SlotRow){ .values = document };
}

static Str filled(Ctx *c, Str bytes, const SlotRow *data)
{
    Template *t;
    StrBuf out = strbuf_in(c->arena);
    must(c, template_open(c, bytes, &rules, &t));
    must(c, template_fill(c, t, data, &out));
    return strbuf_str(&out);
}

/* --- the bare libraries ------------------------------------------------------------------------------------------ */

static size_t unpack(Arena *arena, Str bytes, PackedPart *parts)
{
    zip_t *zip = zip_open_from_source(zip_source_buffer_create(bytes.ptr, bytes.len, 0, NULL), ZIP_RDONLY, NULL);
    zip_int64_t count = zip ? zip_get_num_entries(zip, 0) : 0;
    if (count < 1 || count > PARTS_MAX)
        die("the result is no archive");
    for (zip_int64_t i = 0; i < count; i++) {
        zip_stat_t stat;
        zip_file_t *file = zip_fopen_index(zip, (zip_uint64_t)i, 0);
        packed_check(file && zip_stat_index(zip, (zip_uint64_t)i, 0, &stat) == 0);
        char *text = arena_alloc(arena, stat.size);
        packed_check(zip_fread(file, text, stat.size) == (zip_int64_t)stat.size);
        zip_fclose(file);
        parts[i] = (PackedPart){ str_c(arena, str_of(stat.name)), { text, stat.size } };
    }
    zip_discard(zip);
    return (size_t)count;
}

static void on_start(void *count, const char *name, const char **attributes)
{
    (void)name, (void)attributes;
    ++*(size_t *)count;
}

static size_t count_elements(Str xml)
{
    size_t count = 0;
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, &count);
    XML_SetStartElementHandler(parser, on_start);
    packed_check(XML_Parse(parser, xml.ptr, (int)xml.len, XML_TRUE) == XML_STATUS_OK);
    XML_ParserFree(parser);
    return count;
}

static size_t bare(Arena *arena, Str bytes)
{
    PackedPart parts[PARTS_MAX];
    size_t count = unpack(arena, bytes, parts), elements = 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(parts[i].name, "word/document.xml") == 0)
            elements = count_elements(parts[i].text);
    return elements + packed(arena, parts, count, true).len;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fputs("usage: template FILE ROWS TIMES\n", stderr);
        return 2;
    }
    static const Clock zone = { .zone_minutes = 480 };
    const Env env = { .clock = &zone };
    Ctx c = ctx_on(arena_new(), &env);
    Str bytes = read_all(c.arena, argv[1]);
    SlotRow data = findings(c.arena, strtoul(argv[2], NULL, 10));
    unsigned long times = strtoul(argv[3], NULL, 10);
    Str result = filled(&c, bytes, &data);
    CtxMark mark = ctx_mark(&c);
    size_t done = 0;
    double began = now();
    for (unsigned long i = 0; i < times; i++) {
        done += filled(&c, bytes, &data).len;
        ctx_rewind(&c, mark);
    }
    double ours = now() - began;
    began = now();
    for (unsigned long i = 0; i < times; i++) {
        done += bare(c.arena, result);
        ctx_rewind(&c, mark);
    }
    printf("%.4f %.4f %zu\n", ours, now() - began, done);
    arena_done(c.arena);
    return 0;
}
