/* Marks of filled papers: written around values, found again in what Word, WPS and LibreOffice make of them. */
#include "../base/base_test.h"

#include "document/return_mark.h"
#include "document/template.h"
#include "packed.h"

#define WORD           "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define DOCUMENT(body) PACKED_HEAD "<w:document xmlns:w='" WORD "'><w:body>" body "</w:body></w:document>"
#define P(inside)      "<w:p>" inside "</w:p>"
#define R(text)        "<w:r><w:t>" text "</w:t></w:r>"
#define TC(inside)     "<w:tc>" inside "</w:tc>"
#define TR(cells)      "<w:tbl><w:tr>" cells "</w:tr></w:tbl>"

#define ID             "01arz3ndektsv4rrffq69g5fav"
#define CELL           "c" ID "AAAAABBBBB001"
#define LINES          "p" ID "CCCCCDDDDD002"
#define FROM(id, name) "<w:bookmarkStart w:id=\"" #id "\" w:name=\"" name "\"/>"
#define TO(id)         "<w:bookmarkEnd w:id=\"" #id "\"/>"

static Str document_of(BaseFixture *fx, const char *body)
{
    PackedPart parts[] = { packed_base[0], packed_base[1], { "word/document.xml", str_of(body) } };
    return packed(fx->arena, parts, COUNT_OF(parts), true);
}

/* "first|second" of the marks' texts; lines are parted by /. */
static Str texts_in(BaseFixture *fx, const char *body)
{
    ReturnMarks marks;
    StrBuf b = strbuf_in(fx->arena);
    assert_int_equal(return_marks_read(&fx->c, document_of(fx, body), &marks), ST_OK);
    for (size_t i = 0; i < marks.count; i++) {
        Str rest = marks.marks[i].text, line;
        bool more = false;
        if (i)
            strbuf_addc(&b, '|');
        while (str_cut(&rest, '\n', &line)) {
            if (more)
                strbuf_addc(&b, '/');
            strbuf_add(&b, line);
            more = true;
        }
    }
    return strbuf_str(&b);
}
#define assert_texts(body, want) assert_str_equal(texts_in(*state, DOCUMENT(body)), S(want))

static void names(void **state)
{
    BaseFixture *fx = *state;
    ReturnMark mark = { .reach = RETURN_CELL,
        .record = S(ID),
        .field = return_code(fx->arena, S("papers.title")),
        .written = return_code(fx->arena, S("旧")),
        .number = RETURN_MARKS_MAX },
               read;
    Str name = return_name(fx->arena, &mark);
    assert_int_equal(name.len, RETURN_NAME_LEN);
    assert_true(return_name_read(name, &read));
    assert_str_equal(read.record, mark.record);
    assert_str_equal(read.field, mark.field);
    assert_str_equal(read.written, mark.written);
    assert_int_equal(read.number, RETURN_MARKS_MAX);
    assert_str_equal(return_name(fx->arena, &read), name);
    static const char *const others[] = { "", "_GoBack", "_Toc123456789012345678901234567890123456",
        "x" ID "AAAAABBBBB001", "c" ID "AAAAABBBBB01", "cZ1arz3ndektsv4rrffq69g5faAAAAABBBBB0012",
        "c" ID "AAAAUBBBBB001" };
    for (size_t i = 0; i < COUNT_OF(others); i++)
        assert_false(return_name_read(str_of(others[i]), &read));
}

static void texts(void **state)
{
    BaseFixture *fx = *state;
    static const struct {
        Str in, out;
    } rows[] = { { S_INIT(""), S_INIT("") }, { S_INIT("甲"), S_INIT("甲") },
        { S_INIT("\n\n甲 　\n\n乙\n \n"), S_INIT("甲\n\n乙") }, { S_INIT("  甲"), S_INIT("  甲") },
        { S_INIT(" \n　"), S_INIT("") } };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_str_equal(return_text(fx->arena, rows[i].in), rows[i].out);
}

static void cells_and_paragraphs(void **state)
{
    assert_texts(TR(TC(P(R("标签"))) TC(FROM(1, CELL) P(R("值")) TO(1))) P(R("后")), "值");
    assert_texts(TR(TC(FROM(1, CELL) P(R("值")) P(R("新增一段")) TO(1) P(R("再一段")))), "值/新增一段/再一段");
    assert_texts(TR(TC(P(R("前面插入")) FROM(1, CELL) P(R("值")) TO(1))), "前面插入/值");
    assert_texts(TR(TC(FROM(1, CELL) P("") TO(1))), "");
    assert_texts(P(R("前")) FROM(1, LINES) P(R("一")) P(R("二")) TO(1) P(R("后")), "一/二");
    assert_texts(FROM(1, LINES) P(R("一") "<w:r><w:br/><w:t>二</w:t><w:tab/><w:t>三</w:t></w:r>") TO(1), "一/二 三");
    assert_texts(FROM(1, LINES) P(R("没有止")) P(R("后")), "没有止");
    assert_texts(FROM(1, CELL) P(R("不在表格里")) TO(1), "不在表格里");
}

/* LibreOffice moves both ends into the paragraphs and begins the mark anew in each. */
static void as_libreoffice_saves(void **state)
{
    assert_texts(P(FROM(1, LINES) R("一")) P(FROM(2, LINES) R("二") TO(2)) P(R("后")), "一/二");
    assert_texts(P(FROM(1, LINES) R("一")) P(R("二")) P(TO(1) R("后")), "一/二");
    assert_texts(TR(TC(P(FROM(1, CELL) FROM(2, CELL) TO(2)))), "");
}

static void what_is_beside_the_text(void **state)
{
    assert_texts(FROM(1, LINES)
                     P(R("甲") "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins>" R("新") "</w:ins>") TO(1),
        "甲新");
    assert_texts(FROM(1, LINES) P(R("甲") "<w:r><w:pict><w:txbxContent>" P(R("框")) "</w:txbxContent></w:pict></w:r>")
                     TO(1),
        "甲");
    assert_texts(TR(TC(FROM(1, CELL) P(R("外")) TR(TC(P(R("内")))) P(R("尾")) TO(1))), "外/内/尾");
    assert_texts(FROM(7, "_GoBack") P(R("甲")) TO(7), "");
}

/* --- written and read -------------------------------------------------------------------------------------------- */

static const Slot row_slots[] = { { .name = S_INIT("姓名"), .type = SLOT_TEXT, .code = S_INIT("AAAAA") } };
static const SlotShape row_shape = { row_slots, COUNT_OF(row_slots) };
static const Slot slots[] = { { .name = S_INIT("正文"), .type = SLOT_TEXT, .code = S_INIT("BBBBB") },
    { .name = S_INIT("日期"), .type = SLOT_DATE, .code = S_INIT("CCCCC") }, SLOT_OF("状态", TEXT),
    SLOT_ROWS("成员", &row_shape), { .name = S_INIT("件数"), .type = SLOT_INT, .code = S_INIT("DDDDD") } };
static const SlotShape shape = { slots, COUNT_OF(slots) };
static const TemplateRules rules = { .shape = &shape };

static ReturnMarks filled(BaseFixture *fx, const char *body, Str text)
{
    const SlotValue people[][1] = { { { .text = S("甲") } }, { { .text = S("乙") } } };
    const SlotRow rows[] = { { .values = people[0], .record = S("01arz3ndektsv4rrffq69g5fb0") },
        { .values = people[1] } };
    const SlotValue values[] = { { .text = text }, { .date = date_of(2026, 11, 26) }, { .text = S("拟稿") },
        { .rows = rows, .count = 2 }, { .number = INT_OF(3) } };
    const SlotRow data = { .values = values, .record = S(ID) };
    StrBuf out = strbuf_in(fx->arena);
    ReturnMarks marks;
    Template *t;
    assert_int_equal(template_open(&fx->c, document_of(fx, body), &rules, &t), ST_OK);
    assert_int_equal(template_fill(&fx->c, t, &data, &out), ST_OK);
    assert_int_equal(return_marks_read(&fx->c, strbuf_str(&out), &marks), ST_OK);
    return marks;
}

static void expect_mark(BaseFixture *fx, const ReturnMarks *marks, size_t at, char reach, Str field, Str text)
{
    assert_true(at < marks->count);
    const ReturnMark *m = &marks->marks[at];
    assert_int_equal(m->reach, reach);
    assert_str_equal(m->field, field);
    assert_str_equal(m->text, text);
    assert_str_equal(m->written, return_code(fx->arena, text));
}

/* Marked: what stands alone, may be changed, and tells of a record. */
static void filling_marks(void **state)
{
    BaseFixture *fx = *state;
    ReturnMarks marks = filled(fx,
        DOCUMENT(P(R("{{正文}}")) P(R("于{{日期}}")) P(R("{{状态}}"))
                TR(TC(P(R("{{日期}}"))) TC(P(R("{{正文}}")) P(R("附注"))) TC(P(R("{{#成员}}{{姓名}}{{/成员}}"))))
                    TR(TC(P(R("{{#成员}}{{姓名}}"))) TC(P(R("{{/成员}}"))))),
        S("第一段\n第二段"));
    assert_int_equal(marks.written, 4);
    assert_int_equal(marks.count, 4);
    expect_mark(fx, &marks, 0, 'p', S("BBBBB"), S("第一段\n第二段"));
    expect_mark(fx, &marks, 1, 'c', S("CCCCC"), S("2026年11月26日"));
    expect_mark(fx, &marks, 2, 'p', S("BBBBB"), S("第一段\n第二段"));
    expect_mark(fx, &marks, 3, 'c', S("AAAAA"), S("甲"));
    assert_str_equal(marks.marks[3].record, S("01arz3ndektsv4rrffq69g5fb0"));
}

/* A number within its own condition, with its unit; a date within another's is none. */
static void numbers_with_units(void **state)
{
    BaseFixture *fx = *state;
    ReturnMarks marks = filled(fx,
        DOCUMENT(TR(TC(P(R("{{?件数}}{{件数}}项{{/件数}}"))) TC(P(R("{{?件数}}共{{件数}}{{/件数}}，{{状态}}")))
                TC(P(R("{{?状态}}{{日期}}{{/状态}}"))))),
        STR_NONE);
    assert_int_equal(marks.count, 1);
    expect_mark(fx, &marks, 0, 'c', S("DDDDD"), S("3项"));
}

/* What lies outside of marks is told to have changed; blanks and breaks do not count. */
static void the_rest(void **state)
{
    BaseFixture *fx = *state;
    ReturnMarks marks;
    Str code, same, other;
    assert_int_equal(return_rest(&fx->c, S(DOCUMENT(P(R("甲乙")) FROM(1, LINES) P(R("值")) TO(1))), &code), ST_OK);
    assert_int_equal(
        return_rest(&fx->c, S(DOCUMENT(P(R("甲 ")) P(R("乙")) FROM(1, LINES) P(R("改")) TO(1))), &same), ST_OK);
    assert_int_equal(return_rest(&fx->c, S(DOCUMENT(P(R("甲丙")) FROM(1, LINES) P(R("值")) TO(1))), &other), ST_OK);
    assert_str_equal(code, same);
    assert_false(str_eq(code, other));
    marks = filled(fx, DOCUMENT(P(R("{{正文}}")) P(R("标签"))), S("文"));
    assert_false(marks.rest_changed);
}

/* Two marks in one cell; marks of one big cell over and over. */
static void joined_cells(void **state)
{
    BaseFixture *fx = *state;
    ReturnMarks marks;
    Str two = document_of(
        fx, DOCUMENT(TR(TC(FROM(1, CELL) P(R("一")) TO(1) FROM(2, "c" ID "AAAAABBBBB002") P(R("二")) TO(2)))));
    assert_int_equal(return_marks_read(&fx->c, two, &marks), ST_OK);
    assert_int_equal(marks.count, 2);
    assert_true(marks.marks[0].joined && marks.marks[1].joined);
    StrBuf b = strbuf_in(fx->arena);
    strbuf_add(&b, S(PACKED_HEAD "<w:document xmlns:w='" WORD "'><w:body><w:tbl><w:tr><w:tc>"));
    for (int i = 1; i <= 9000; i++) {
        ReturnMark mark = {
            .reach = RETURN_CELL, .record = S(ID), .field = S("AAAAA"), .written = S("BBBBB"), .number = i
        };
        strbuf_addf(&b, "<w:bookmarkStart w:id=\"%d\" w:name=\"%.*s\"/><w:bookmarkEnd w:id=\"%d\"/>", i,
            STR_ARG(return_name(fx->arena, &mark)), i);
    }
    strbuf_add(&b, S("<w:p><w:r><w:t>"));
    for (int i = 0; i < 1024 * 1024; i++)
        strbuf_addc(&b, 'A');
    strbuf_add(&b, S("</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"));
    assert_int_equal(return_marks_read(&fx->c, document_of(fx, str_c(fx->arena, strbuf_str(&b))), &marks), ST_TOO_BIG);
    ctx_forgive(&fx->c);
}

static void nothing_to_mark(void **state)
{
    BaseFixture *fx = *state;
    ReturnMarks marks = filled(fx, DOCUMENT(P(R("{{状态}}"))), S("文"));
    assert_int_equal(marks.count, 0);
    assert_int_equal(marks.written, 0);
    ReturnMarks empty = filled(fx, DOCUMENT(TR(TC(P(R("{{正文}}"))))), STR_NONE);
    expect_mark(fx, &empty, 0, 'c', S("BBBBB"), STR_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = { WITH_CTX(names), WITH_CTX(texts), WITH_CTX(cells_and_paragraphs),
        WITH_CTX(as_libreoffice_saves), WITH_CTX(what_is_beside_the_text), WITH_CTX(filling_marks),
        WITH_CTX(numbers_with_units), WITH_CTX(the_rest), WITH_CTX(joined_cells), WITH_CTX(nothing_to_mark) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
