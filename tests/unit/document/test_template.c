/* Templates filled, and what is said of those that cannot be. */
#include "../base/base_test.h"

#include "document/template.h"
#include "document/text_read.h"
#include "packed.h"

#define WORD "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define DOCUMENT(body)                                                                                     \
    PACKED_HEAD "<w:document xmlns:w='" WORD "' xmlns:mc='http://schemas.openxmlformats.org/markup-compat" \
                "ibility/2006' xmlns:v='urn:schemas-microsoft-com:vml'><w:body>" body "</w:body></w:document>"
#define P(text)     "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define R(text)     "<w:r><w:t>" text "</w:t></w:r>"
#define KEPT(text)  "<w:t xml:space=\"preserve\">" text "</w:t>"
#define PK(text)    "<w:p><w:r>" KEPT(text) "</w:r></w:p>"
#define TABLE(rows) "<w:tbl>" rows "</w:tbl>"
#define TR(cells)   "<w:tr>" cells "</w:tr>"
#define TC(text)    "<w:tc>" P(text) "</w:tc>"
#define TCK(text)   "<w:tc>" PK(text) "</w:tc>"

/* --- what the templates of these tests may name ------------------------------------------------------------------ */

static const Slot person_slots[] = { SLOT_OF("姓名", TEXT), SLOT_OF("职务", TEXT) };
static const SlotShape person_shape = { person_slots, COUNT_OF(person_slots) };
static const Slot team_slots[] = { SLOT_OF("组名", TEXT), SLOT_ROWS("成员", &person_shape) };
static const SlotShape team_shape = { team_slots, COUNT_OF(team_slots) };
static const Slot slots[] = {
    SLOT_OF("标题", TEXT),
    SLOT_OF("正文", TEXT),
    SLOT_OF("日期", DATE),
    SLOT_OF("件数", INT),
    SLOT_OF("金额", MONEY),
    SLOT_OF("立行立改", FLAG),
    SLOT_OF("印章", IMAGE),
    SLOT_ROWS("巡察组", &team_shape),
    SLOT_ROWS("空表", &person_shape),
    SLOT_OF("空文", TEXT),
};
static const SlotShape shape = { slots, COUNT_OF(slots) };

static const Slot other_slots[] = { SLOT_OF("回复时限", DATE) };
static const SlotShape other_shape = { other_slots, COUNT_OF(other_slots) };
static const TemplateKin others[] = { { S_INIT("督办函"), &other_shape } };
static const Str wanted[] = { S_INIT("标题") };
static const TemplateRules rules = { .shape = &shape, .others = others, .other_count = 1 };
static const TemplateRules strict = {
    .shape = &shape, .others = others, .other_count = 1, .wanted = wanted, .wanted_count = 1
};

#define TEXT(s)           \
    {                     \
        .text = S_INIT(s) \
    }
static const SlotValue person_values[][2] = { { TEXT("甲"), TEXT("组长") }, { TEXT("乙"), TEXT("组员") },
    { TEXT("丙"), TEXT("组长") } };
static const SlotRow people[] = { { .values = person_values[0] }, { .values = person_values[1] },
    { .values = person_values[2] } };
static const SlotValue team_values[][2] = { { TEXT("第一组"), { .rows = people, .count = 2 } },
    { TEXT("第二组"), { .rows = people + 2, .count = 1 } } };
static const SlotRow teams[] = { { .values = team_values[0] }, { .values = team_values[1] } };
static const char png[] = "\x89PNG\r\n\x1a\nno picture";

static void values_of(SlotValue *v)
{
    v[0] = (SlotValue)TEXT("甲 < 乙 & 丙");
    v[1] = (SlotValue)TEXT("第一段\n第二段");
    v[2].date = date_of(2026, 11, 26);
    v[3].number = INT_OF(12);
    v[4].number = INT_OF(1234567);
    v[5].flag = true;
    v[6].image = (SlotImage){ { png, sizeof png - 1 }, 40, 40, false };
    v[7].rows = teams;
    v[7].count = 2;
}

/* --- filling ----------------------------------------------------------------------------------------------------- */

static Str packed_document(BaseFixture *fx, const char *document, const PackedPart *more, size_t count)
{
    PackedPart parts[8] = { packed_base[0], packed_base[1], { "word/document.xml", str_of(document) } };
    for (size_t i = 0; i < count; i++)
        parts[3 + i] = more[i];
    return packed(fx->arena, parts, 3 + count, true);
}

static Str filled(BaseFixture *fx, const char *document, const PackedPart *more, size_t count)
{
    SlotValue values[COUNT_OF(slots)] = { 0 };
    SlotRow data = { .values = values };
    Template *t;
    StrBuf out = strbuf_in(fx->arena);
    ctx_forgive(&fx->c);
    values_of(values);
    if (template_open(&fx->c, packed_document(fx, document, more, count), &rules, &t) != ST_OK) {
        for (const FieldError *e = fx->c.err.fields; e; e = e->next)
            print_error("%.*s: %.*s %.*s\n", STR_ARG(e->field), STR_ARG(e->value), STR_ARG(e->rule));
        row_holds(false, "%.*s", STR_ARG(fx->c.err.message));
    }
    assert_int_equal(template_fill(&fx->c, t, &data, &out), ST_OK);
    return strbuf_str(&out);
}

#define assert_filled(body, want)                                                                                   \
    assert_str_equal(                                                                                               \
        packed_part((*(BaseFixture **)state)->arena, filled(*state, DOCUMENT(body), NULL, 0), "word/document.xml"), \
        S(DOCUMENT(want)))

static void values_in_text(void **state)
{
    assert_filled(P("问题：{{标题}}。"), PK("问题：甲 &lt; 乙 &amp; 丙。"));
    assert_filled(P("{{日期}}/{{日期|汉字}}/{{日期|点}}/{{日期|年月}}"),
        PK("2026年11月26日/二〇二六年十一月二十六日/2026.11.26/2026年11月"));
    assert_filled(P("{{件数}}/{{件数|汉字}}"), PK("12/十二"));
    assert_filled(P("{{金额}}/{{金额|万元}}/{{金额|大写}}"), PK("12,345.67元/1.23万元/壹万贰仟叁佰肆拾伍元陆角柒分"));
    assert_filled(P("{{ 立行立改 }}{{空文}}"), PK("是"));
    assert_filled(P("没有占位符"), P("没有占位符"));
    assert_filled(P("{{！ 给编辑模板的人看}}") P("正文"), P("正文"));
}

/* Word cuts texts where it likes. */
static void split_over_runs(void **state)
{
    assert_filled("<w:p>" R("甲{") "<w:r><w:rPr><w:b/></w:rPr><w:t>{件</w:t></w:r>" R("数}}乙") "</w:p>",
        "<w:p><w:r>" KEPT("甲12") "</w:r><w:r><w:rPr><w:b/></w:rPr><w:t></w:t></w:r>" R("乙") "</w:p>");
    assert_filled("<w:p>" R("{{件数}}和{") R("{件数}}") "</w:p>", "<w:p><w:r>" KEPT("12和12") "</w:r>" R("") "</w:p>");
    assert_filled("<w:p><w:hyperlink>" R("{{件") "</w:hyperlink>" R("数}}") "</w:p>",
        "<w:p><w:hyperlink><w:r>" KEPT("12") "</w:r></w:hyperlink>" R("") "</w:p>");
}

static void lines_become_paragraphs(void **state)
{
    assert_filled("<w:p><w:pPr><w:ind/></w:pPr>" R("{{正文}}") "</w:p>",
        "<w:p><w:pPr><w:ind/></w:pPr><w:r>" KEPT("第一段") "</w:r></w:p>"
                                                           "<w:p><w:pPr><w:ind/></w:pPr><w:r>" KEPT(
                                                               "第二段") "</w:r></w:p>");
    assert_filled(P("前{{正文}}"), "<w:p><w:r>" KEPT("前第一段") "<w:br/>" KEPT("第二段") "</w:r></w:p>");
}

#define MARKS_GONE R("") R("")
static void repeats(void **state)
{
    /* paragraphs */
    assert_filled(P("{{#巡察组}}") P("{{行号}}. {{组名}}") P("{{/巡察组}}"), PK("1. 第一组") PK("2. 第二组"));
    assert_filled(
        P("{{#巡察组}}") P("（{{行号|汉字}}）{{组名}}") P("{{/巡察组}}"), PK("（一）第一组") PK("（二）第二组"));
    /* within a paragraph */
    assert_filled("<w:p>" R("{{#巡察组}}{{组名}}、{{/巡察组}}") "</w:p>",
        "<w:p>" R("") "<w:r>" KEPT("第一组、") "</w:r><w:r>" KEPT("第二组、") "</w:r>" R("") "</w:p>");
    assert_filled("<w:p>" R("前 {{?标题}}有{{/标题}} 后") "</w:p>",
        "<w:p><w:r>" KEPT("前 ") "</w:r>" R("有") "<w:r>" KEPT(" 后") "</w:r></w:p>");
    /* rows of a table */
    assert_filled(TABLE(TR(TC("组")) TR(TC("{{#巡察组}}{{组名}}{{/巡察组}}"))),
        TABLE(TR(TC("组")) TR(
            "<w:tc><w:p>" R("") "<w:r>" KEPT("第一组") "</w:r><w:r>" KEPT("第二组") "</w:r>" R("") "</w:p></w:tc>")));
    assert_filled(TABLE(TR(TC("{{#巡察组}}{{组名}}") TC("甲{{/巡察组}}"))),
        TABLE(TR("<w:tc><w:p>" R("") "<w:r>" KEPT("第一组") "</w:r></w:p></w:tc><w:tc><w:p>" R("甲") R(
            "") "</w:p></w:tc>") TR("<w:tc><w:p>" R("") "<w:r>" KEPT("第二组") "</w:r></w:p></w:tc><w:tc><w:p>" R("甲")
                R("") "</w:p></w:tc>")));
    /* rows that hold nothing but start and end go */
    assert_filled(TABLE(TR(TC("{{#巡察组}}") TC("")) TR(TC("{{组名}}")) TR(TC("{{/巡察组}}"))),
        TABLE(TR(TCK("第一组")) TR(TCK("第二组"))));
    /* a list in a list, names of the outer one inside the inner */
    assert_filled(P("{{#巡察组}}") P("{{组名}}") P("{{#成员}}") P("{{行号}}{{姓名}}（{{组名}}）") P("{{/成员}}")
                      P("{{/巡察组}}"),
        PK("第一组") PK("1甲（第一组）") PK("2乙（第一组）") PK("第二组") PK("1丙（第二组）"));
    /* both end in one row */
    assert_filled(
        TABLE(TR(TC("{{#巡察组}}{{组名}}") TC("")) TR(TC("{{#成员}}{{姓名}}") TC("{{职务}}{{/成员}}{{/巡察组}}"))),
        TABLE(TR("<w:tc><w:p>" R("") "<w:r>" KEPT("第一组") "</w:r></w:p></w:tc>" TC("")) TR(
            "<w:tc><w:p>" R("") "<w:r>" KEPT("甲") "</w:r></w:p></w:tc><w:tc><w:p><w:r>" KEPT("组长") "</w:r>" R("")
                R("") "</w:p></w:tc>")
                TR("<w:tc><w:p>" R("") "<w:r>" KEPT("乙") "</w:r></w:p></w:tc><w:tc><w:p><w:r>" KEPT("组员") "</w:r>" R(
                    "") R("") "</w:p></w:tc>")
                    TR("<w:tc><w:p>" R("") "<w:r>" KEPT("第二组") "</w:r></w:p></w:tc>" TC(""))
                        TR("<w:tc><w:p>" R("") "<w:r>" KEPT("丙") "</w:r></w:p></w:tc><w:tc><w:p><w:r>" KEPT(
                            "组长") "</w:r>" R("") R("") "</w:p></w:tc>")));
    /* cells */
    assert_filled(TABLE(TR(TC("组") TC("{{*巡察组}}{{组名}}{{/巡察组}}"))),
        TABLE(TR(TC("组") "<w:tc><w:p>" R("") "<w:r>" KEPT("第一组") "</w:r>" R("") "</w:p></w:tc><w:tc><w:p>" R(
            "") "<w:r>" KEPT("第二组") "</w:r>" R("") "</w:p></w:tc>")));
}

static void nothing_to_repeat(void **state)
{
    assert_filled(P("前") P("{{#空表}}") P("{{姓名}}") P("{{/空表}}") P("后"), P("前") P("后"));
    assert_filled(
        TABLE(TR("<w:tc>" P("{{#空表}}") P("{{姓名}}") P("{{/空表}}") "</w:tc>")), TABLE(TR("<w:tc><w:p/></w:tc>")));
    assert_filled(P("前") TABLE(TR(TC("{{#空表}}{{姓名}}") TC("{{/空表}}"))), P("前"));
}

static void conditions(void **state)
{
    assert_filled(P("{{?标题}}") P("有") P("{{/标题}}") P("{{^标题}}") P("无") P("{{/标题}}"), P("有"));
    assert_filled(P("{{?空文}}") P("有") P("{{/空文}}") P("{{^空文}}") P("无") P("{{/空文}}"), P("无"));
    assert_filled(P("{{?巡察组}}") P("有") P("{{/巡察组}}") P("{{?空表}}") P("也有") P("{{/空表}}"), P("有"));
    assert_filled("<w:p>" R("{{?空文}}（{{空文}}）{{/空文}}后") "</w:p>", "<w:p>" R("") R("后") "</w:p>");
}

static void boxes_headers_watermarks(void **state)
{
    static const PackedPart header = { "word/header1.xml",
        S_INIT(PACKED_HEAD "<w:hdr xmlns:w='" WORD "' xmlns:v='urn:schemas-microsoft-com:vml'><w:p><w:r><w:pict>"
                           "<v:shape><v:textpath style='a' string=\"{{标题}}\"/></v:shape></w:pict></w:r></w:p>" P(
                               "第{{件数}}号") "</w:hdr>") };
    Str out = filled(*state,
        DOCUMENT("<w:p><w:r><w:pict><w:txbxContent>" P("{{件数}}") "</w:txbxContent></w:pict></w:r></w:p>"), &header,
        1);
    assert_str_equal(packed_part((*(BaseFixture **)state)->arena, out, "word/document.xml"),
        S(DOCUMENT("<w:p><w:r><w:pict><w:txbxContent>" PK("12") "</w:txbxContent></w:pict></w:r></w:p>")));
    assert_str_equal(packed_part((*(BaseFixture **)state)->arena, out, "word/header1.xml"),
        S(PACKED_HEAD
            "<w:hdr xmlns:w='" WORD "' xmlns:v='urn:schemas-microsoft-com:vml'><w:p><w:r><w:pict>"
            "<v:shape><v:textpath style='a' string=\"甲 &lt; 乙 &amp; 丙\"/></v:shape></w:pict></w:r></w:p>" PK(
                "第12号") "</w:hdr>"));
}

static void images(void **state)
{
    Str out = filled(*state, DOCUMENT(P("章：{{@印章}}")), NULL, 0);
    assert_str_equal(
        packed_part((*(BaseFixture **)state)->arena, out, "word/media/xuncha1.png"), ((Str){ png, sizeof png - 1 }));
    assert_true(str_find(packed_part((*(BaseFixture **)state)->arena, out, "word/document.xml"),
                    S("r:embed=\"rIdXuncha1\""), 0) != SIZE_MAX);
    assert_true(str_find(packed_part((*(BaseFixture **)state)->arena, out, "word/_rels/document.xml.rels"),
                    S("Target=\"media/xuncha1.png\""), 0) != SIZE_MAX);
    assert_true(str_find(packed_part((*(BaseFixture **)state)->arena, out, "[Content_Types].xml"),
                    S("Extension=\"png\""), 0) != SIZE_MAX);
}

/* --- mistakes ---------------------------------------------------------------------------------------------------- */

typedef struct Mistake {
    const char *body;
    const char *place, *value, *rule, *remedy; /* of one of the mistakes that are told */
    size_t count;                              /* of them all */
} Mistake;

static const Mistake mistakes[] = {
    { P("甲") P("{{标题名}}"), "正文第2段", "{{标题名}}", "没有“标题名”这个名称", "是否应为“标题”？", 1 },
    { P("{{xyz}}"), "正文第1段", "{{xyz}}", "没有“xyz”这个名称", "请从模板说明的名称中选用", 1 },
    { P("{{回复时限}}"), "正文第1段", "{{回复时限}}", "“回复时限”不用于这种文书（用于督办函等）",
        "请删去，或核对所选的文书种类", 1 },
    { P("{{组名}}"), "正文第1段", "{{组名}}", "“组名”是“巡察组”中每一行的内容",
        "请写在 {{#巡察组}} 和 {{/巡察组}} 之间", 1 },
    { P("{{姓名}}"), "正文第1段", "{{姓名}}", "“姓名”是“成员”中每一行的内容", "请写在 {{#成员}} 和 {{/成员}} 之间", 1 },
    { P("{{/巡察组}}"), "正文第1段", "{{/巡察组}}", "“巡察组”有止无起", "请在前面补上 {{#巡察组}}，或删去", 1 },
    { P("{{标题"), "正文第1段", "{{标题", "有 {{ 而本段没有 }}", "请在同一段内用 }} 结束", 1 },
    { P("{{标题") P("}}"), "正文第2段", "}}", "有 }} 而没有 {{", "请补上 {{，或删去 }}", 2 },
    { P("{{标题{{件数}}"), "正文第1段", "{{标题{{件数}}", "占位符里又有 {{", "请在同一段内用 }} 结束", 1 },
    { P("｛｛标题｝｝"), "正文第1段", "｛｛标题｝｝", "花括号是全角的", "请改用半角的 {{ 和 }}", 1 },
    { P("{{ }}"), "正文第1段", "{{ }}", "占位符里没有名称", "请写成 {{名称}}", 1 },
    { P("{{#}}"), "正文第1段", "{{#}}", "占位符里没有名称", "请写成 {{名称}}", 1 },
    { P("{{日期|}}"), "正文第1段", "{{日期|}}", "竖线后面没有格式", "请写明格式，或删去竖线", 1 },
    { P("{{日期|农历}}"), "正文第1段", "{{日期|农历}}", "“日期”没有“农历”这种格式",
        "日期的格式有：年月日、汉字、点、年月、年", 1 },
    { P("{{金额|汉字}}"), "正文第1段", "{{金额|汉字}}", "“金额”没有“汉字”这种格式", "金额的格式有：元、万元、大写", 1 },
    { P("{{件数|大写}}"), "正文第1段", "{{件数|大写}}", "“件数”没有“大写”这种格式", "数字的格式有：汉字、千分位", 1 },
    { P("{{标题|汉字}}"), "正文第1段", "{{标题|汉字}}", "“标题”没有“汉字”这种格式",
        "文字没有格式，请删去竖线及其后的内容", 1 },
    { P("{{#巡察组|汉字}}甲{{/巡察组}}"), "正文第1段", "{{#巡察组|汉字}}", "只有取值的占位符可以带格式",
        "请删去竖线及其后的内容", 2 },
    { P("{{#标题}}甲{{/标题}}"), "正文第1段", "{{#标题}}", "“标题”只有一个值，不能重复",
        "取值写 {{标题}}，按有无取舍写 {{?标题}}", 1 },
    { P("{{巡察组}}"), "正文第1段", "{{巡察组}}", "“巡察组”是一组内容", "请用 {{#巡察组}} … {{/巡察组}} 逐行写出", 1 },
    { P("{{印章}}"), "正文第1段", "{{印章}}", "“印章”是图片", "请写成 {{@印章}}", 1 },
    { P("{{@标题}}"), "正文第1段", "{{@标题}}", "“标题”不是图片", "请去掉 @", 1 },
    { P("{{行号}}"), "正文第1段", "{{行号}}", "“行号”只在重复之中才有", "请写在 {{#列表}} 和 {{/列表}} 之间", 1 },
    { P("{{#巡察组}}{{#巡察组}}甲{{/巡察组}}{{/巡察组}}"), "正文第1段", "{{#巡察组}}", "“巡察组”已经在它自己的重复之中",
        "请删去里面的一对", 1 },
    { P("{{#巡察组}}{{/巡察组}}"), "正文第1段", "{{#巡察组}}", "起止之间没有内容", "请写上内容，或删去这一对占位符",
        1 },
    { P("{{#巡察组}}") P("{{/巡察组}}"), "正文第1段", "{{#巡察组}}", "起止之间没有内容",
        "请写上内容，或删去这一对占位符", 1 },
    { P("甲{{#巡察组}}") P("乙") P("{{/巡察组}}"), "正文第1段", "{{#巡察组}}", "跨段的起止要各自独占一段",
        "请让 {{#…}} 和 {{/…}} 各占一段", 1 },
    { P("{{#巡察组}}") TABLE(TR(TC("甲") TC("{{/巡察组}}"))), "正文第1段", "{{#巡察组}}",
        "起止一个在表格里，一个不在同一表格", "请把起止放在同一张表格的行里，或都放在表格外", 1 },
    { TABLE(TR("<w:tc>" P("甲{{#巡察组}}") P("乙{{/巡察组}}") "</w:tc>")), "正文表格1第1行第1列", "{{#巡察组}}",
        "跨段的起止要各自独占一段", "请让 {{#…}} 和 {{/…}} 各占一段", 1 },
    { TABLE(TR(TC("{{*巡察组}}甲") TC("{{/巡察组}}"))), "正文表格1第1行第1列", "{{*巡察组}}",
        "单元格的重复，起止要在同一个单元格里", "请把 {{*…}} 和 {{/…}} 写在同一个单元格里", 1 },
    { TABLE(TR(TC("甲") TC("乙")) TR(TC("丙") TC("{{数字}}"))), "正文表格1第2行第2列", "{{数字}}", "没有“数字”这个名称",
        "请从模板说明的名称中选用", 1 },
    { "<w:p><w:hyperlink>" R("{{#巡察组}}甲") "</w:hyperlink>" R("{{/巡察组}}") "</w:p>", "正文第1段", "{{#巡察组}}",
        "起止不在同一段普通文字里（一个在链接或控件里）", "请把两个都移出链接或控件", 1 },
    { "<w:p><w:del><w:r><w:delText>{{标题}}</w:delText></w:r></w:del></w:p>", "正文第1段", "{{标题}}",
        "占位符在已删除的修订里", "请先接受或拒绝全部修订", 1 },
    { "<w:p><w:r><w:instrText>DATE {{标题}}</w:instrText></w:r></w:p>", "正文第1段", "DATE {{标题}}",
        "占位符在域代码里", "请写在普通文字里", 1 },
    { "<w:p><w:r><w:pict><v:shape alt='{{标题}}'/></w:pict></w:r></w:p>", "正文第1段", "{{标题}}'/>",
        "占位符在对象的属性里", "请写在普通文字里", 1 },
    { "<w:p><w:r><w:pict><v:textpath string='{{#巡察组}}'/></w:pict></w:r></w:p>", "正文第1段", "{{#巡察组}}",
        "水印文字里只能取值", "请写成 {{名称}}", 1 },
    { "<w:p><w:r><w:pict><w:txbxContent>" P("{{甲}}") "</w:txbxContent></w:pict></w:r></w:p>", "正文第1段的文本框",
        "{{甲}}", "没有“甲”这个名称", "请从模板说明的名称中选用", 1 },
    { P("{{?标题}}{{?日期}}{{?件数}}{{?金额}}{{?立行立改}}{{?正文}}甲{{/正文}}{{/立行立改}}{{/金额}}{{/件数}}"
        "{{/日期}}{{/标题}}"),
        "正文第1段", "{{?正文}}", "重复和条件嵌套超过5层", "请减少嵌套", 2 },
    { P("{{#巡察组}}") P("{{组名}}"), "正文第1段", "{{#巡察组}}", "“巡察组”有起无止",
        "请在同一部分（正文、页眉或文本框）补上 {{/巡察组}}", 1 },
    { P("{{?标题}}有"), "正文第1段", "{{?标题}}", "“标题”有起无止", "请在同一部分（正文、页眉或文本框）补上 {{/标题}}",
        1 },
    { P("{{#巡察组}}") P("{{?标题}}") P("甲") P("{{/巡察组}}"), "正文第2段", "{{?标题}}",
        "“标题”还没有结束，外层的“巡察组”就结束了", "请先写 {{/标题}}", 1 },
};

static const char *document_with(BaseFixture *fx, const char *body)
{
    static const char whole[] = DOCUMENT("|");
    Str all = S_INIT(DOCUMENT("|"));
    size_t at = str_find(all, S("|"), 0);
    return str_format(fx->arena, "%.*s%s%s", (int)at, whole, body, whole + at + 1).ptr;
}

static bool is_told(const BaseFixture *fx, const Mistake *m)
{
    for (const FieldError *e = fx->c.err.fields; e; e = e->next)
        if (str_eq(e->value, str_of(m->value)) && str_eq(e->rule, str_of(m->rule)) &&
            str_eq(e->remedy, str_of(m->remedy)))
            return true;
    return false;
}

static void mistakes_are_told(void **state)
{
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        const Mistake *m = &mistakes[i];
        Template *t;
        bool found = false;
        ctx_forgive(&fx->c);
        assert_int_equal(
            template_open(&fx->c, packed_document(fx, document_with(fx, m->body), NULL, 0), &rules, &t), ST_INVALID);
        for (const FieldError *e = fx->c.err.fields; e; e = e->next)
            found = found || (str_eq(e->field, str_of(m->place)) && str_eq(e->value, str_of(m->value)) &&
                                 str_eq(e->rule, str_of(m->rule)) && str_eq(e->remedy, str_of(m->remedy)));
        if (!found || fx->c.err.field_count != m->count) {
            for (const FieldError *e = fx->c.err.fields; e; e = e->next)
                print_error("%.*s | %.*s | %.*s | %.*s\n", STR_ARG(e->field), STR_ARG(e->value), STR_ARG(e->rule),
                    STR_ARG(e->remedy));
            row_holds(false, "%zu: %s", i, m->rule);
        }
    }
}

/* A template with all of them, more than thirty kinds, gives a message for each, not for the first alone. */
static void all_at_once(void **state)
{
    BaseFixture *fx = *state;
    Template *t;
    StrBuf body = strbuf_in(fx->arena);
    for (size_t i = 0; i < COUNT_OF(mistakes); i++)
        strbuf_add(&body, str_of(mistakes[i].body));
    assert_true(COUNT_OF(mistakes) >= 30);
    ctx_forgive(&fx->c);
    assert_int_equal(
        template_open(&fx->c, packed_document(fx, document_with(fx, body.ptr), NULL, 0), &rules, &t), ST_INVALID);
    for (size_t i = 0; i < COUNT_OF(mistakes); i++)
        row_holds(is_told(fx, &mistakes[i]), "%zu: %s", i, mistakes[i].rule);
}

static void what_must_be_told(void **state)
{
    BaseFixture *fx = *state;
    Template *t;
    ctx_forgive(&fx->c);
    assert_int_equal(
        template_open(&fx->c, packed_document(fx, DOCUMENT(P("{{件数}}")), NULL, 0), &strict, &t), ST_INVALID);
    assert_str_equal(fx->c.err.fields->remedy, S("请在适当位置写上 {{标题}}"));
    ctx_forgive(&fx->c);
    assert_int_equal(template_open(&fx->c, packed_document(fx, DOCUMENT(P("{{标题}}")), NULL, 0), &strict, &t), ST_OK);
}

static void what_is_no_template(void **state)
{
    static const struct {
        const char *document;
        const char *words;
    } rows[] = {
        { "<!DOCTYPE x [<!ENTITY e 'x'>]><x>&e;</x>", "DOCTYPE" },
        { "<w:document xmlns:w='" WORD "'><w:body>", "第1行不合规" },
        { "<w:document xmlns:w='" WORD "'>\xff</w:document>", "不是UTF-8" },
    };
    BaseFixture *fx = *state;
    Template *t;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        ctx_forgive(&fx->c);
        assert_int_equal(template_open(&fx->c, packed_document(fx, rows[i].document, NULL, 0), &rules, &t), ST_INVALID);
        assert_true(str_find(fx->c.err.message, str_of(rows[i].words), 0) != SIZE_MAX);
    }
    ctx_forgive(&fx->c);
    assert_int_equal(template_open(&fx->c, S("no archive"), &rules, &t), ST_INVALID);
    ctx_forgive(&fx->c);
    assert_int_equal(template_open(&fx->c, packed_with(fx->arena, NULL, 0, true), &rules, &t), ST_INVALID);
    static const PackedPart linked = { "word/_rels/document.xml.rels",
        S_INIT("<Relationships xmlns='" PACKED_RELS "'><Relationship Id='r' "
               "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" "
               "Target=\"http://example.org/a.png\" TargetMode=\"External\"/></Relationships>") };
    ctx_forgive(&fx->c);
    assert_int_equal(template_open(&fx->c, packed_document(fx, DOCUMENT(P("甲")), &linked, 1), &rules, &t), ST_INVALID);
    assert_true(str_find(fx->c.err.message, S("外部文件"), 0) != SIZE_MAX);
}

/* --- figures in words -------------------------------------------------------------------------------------------- */

static void in_words(void **state)
{
    static const struct {
        int64_t n;
        const char *words;
    } numbers[] = { { 0, "〇" }, { 7, "七" }, { 10, "十" }, { 12, "十二" }, { 20, "二十" }, { 105, "一百零五" },
        { 110, "一百一十" }, { 1002, "一千零二" }, { 4119, "四千一百一十九" }, { 10000, "10000" }, { -3, "-3" } };
    static const struct {
        int64_t fen;
        const char *words;
    } amounts[] = { { 0, "零元整" }, { 5, "伍分" }, { 50, "伍角整" }, { 105, "壹元零伍分" }, { 100000, "壹仟元整" },
        { 1000500, "壹万零伍元整" }, { 10500000, "壹拾万伍仟元整" }, { 10000000500, "壹亿零伍元整" },
        { 1234567, "壹万贰仟叁佰肆拾伍元陆角柒分" }, { 20030000, "贰拾万零叁佰元整" }, { -105, "负壹元零伍分" } };
    BaseFixture *fx = *state;
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        assert_str_equal(number_in_chinese(fx->arena, numbers[i].n), str_of(numbers[i].words));
    for (size_t i = 0; i < COUNT_OF(amounts); i++)
        assert_str_equal(money_in_chinese(fx->arena, amounts[i].fen), str_of(amounts[i].words));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_CTX(values_in_text),
        WITH_CTX(split_over_runs),
        WITH_CTX(lines_become_paragraphs),
        WITH_CTX(repeats),
        WITH_CTX(nothing_to_repeat),
        WITH_CTX(conditions),
        WITH_CTX(boxes_headers_watermarks),
        WITH_CTX(images),
        WITH_CTX(mistakes_are_told),
        WITH_CTX(all_at_once),
        WITH_CTX(what_must_be_told),
        WITH_CTX(what_is_no_template),
        WITH_CTX(in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
