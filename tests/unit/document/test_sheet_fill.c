/* Numbers go into the cells that were named, and everything else stays as it lay. */
#include "../base/base_test.h"

#include "document/sheet_fill.h"
#include "document/sheet_read.h"
#include "packed.h"

#define SHEET(rows, behind)                                                                      \
    {                                                                                            \
        "xl/worksheets/sheet1.xml",                                                              \
            S_INIT(PACKED_HEAD "<worksheet xmlns='" PACKED_MAIN "'>" rows behind "</worksheet>") \
    }

static Status filled(
    BaseFixture *fx, const PackedPart *parts, size_t count, const SheetFilling *cells, size_t cell_count, Str *out)
{
    StrBuf b = strbuf_in(fx->arena);
    ctx_forgive(&fx->c);
    Status status = sheet_fill(&fx->c, packed_with(fx->arena, parts, count, true), cells, cell_count, &b);
    *out = strbuf_str(&b);
    return status;
}

#define assert_rows(rows, behind, want, ...)                                                                \
    do {                                                                                                    \
        static const PackedPart parts_[] = { SHEET(rows, behind) };                                         \
        const SheetFilling cells_[] = { __VA_ARGS__ };                                                      \
        Str out_;                                                                                           \
        assert_int_equal(filled(*state, parts_, COUNT_OF(parts_), cells_, COUNT_OF(cells_), &out_), ST_OK); \
        assert_str_equal(packed_part((*(BaseFixture **)state)->arena, out_, "xl/worksheets/sheet1.xml"),    \
            S(PACKED_HEAD "<worksheet xmlns='" PACKED_MAIN "'>" want behind "</worksheet>"));               \
    } while (0)
#define assert_refused(rows, behind, words, ...)                                                                 \
    do {                                                                                                         \
        static const PackedPart parts_[] = { SHEET(rows, behind) };                                              \
        const SheetFilling cells_[] = { __VA_ARGS__ };                                                           \
        Str out_;                                                                                                \
        assert_int_equal(filled(*state, parts_, COUNT_OF(parts_), cells_, COUNT_OF(cells_), &out_), ST_INVALID); \
        assert_true(str_find((*(BaseFixture **)state)->c.err.message, S(words), 0) != SIZE_MAX);                 \
    } while (0)
#define CELL(at, n)                           \
    {                                         \
        S_INIT("台账"), S_INIT(at), S_INIT(n) \
    }

static void cells_that_are_there_keep_their_style(void **state)
{
    assert_rows("<sheetData><row r='2'><c r='A2' s='4' t='s'><v>0</v></c><c r='B2' s='5'/></row></sheetData>", "",
        "<sheetData><row r='2'><c r=\"A2\" s=\"4\"><v>12</v></c><c r=\"B2\" s=\"5\"><v>98.71</v></c></row></sheetData>",
        CELL("B2", "98.71"), CELL("A2", "12"));
}

static void cells_and_rows_that_are_missing_come_in_their_place(void **state)
{
    assert_rows("<sheetData><row r='2'><c r='B2'><v>1</v></c></row><row r='5'/></sheetData>", "",
        "<sheetData><row r=\"1\"><c r=\"C1\"><v>7</v></c></row><row r='2'><c r=\"A2\"><v>2</v></c><c "
        "r='B2'><v>1</v></c><c "
        "r=\"AA2\"><v>3</v></c></row><row r='5'><c r=\"B5\"><v>4</v></c></row><row r=\"9\"><c r=\"A9\"><v>5</v></c><c "
        "r=\"C9\"><v>6</v></c></row></sheetData>",
        CELL("AA2", "3"), CELL("A2", "2"), CELL("C9", "6"), CELL("A9", "5"), CELL("B5", "4"), CELL("C1", "7"));
}

static void an_empty_sheet_and_an_empty_number(void **state)
{
    assert_rows(
        "<sheetData/>", "", "<sheetData><row r=\"3\"><c r=\"B3\"><v>1</v></c></row></sheetData>", CELL("B3", "1"));
    assert_rows("<sheetData><row r='1'><c r='A1' s='2'><v>8</v></c></row></sheetData>", "",
        "<sheetData><row r='1'><c r=\"A1\" s=\"2\"/></row></sheetData>", CELL("A1", ""));
}

static void prefixes_and_what_stands_behind_stay(void **state)
{
    assert_rows("<sheetData><row r='1'><c r='A1'><is><t>甲&amp;乙</t></is></c></row></sheetData>",
        "<mergeCells><mergeCell ref='A2:B3'/></mergeCells><pageMargins left='0.7'/>",
        "<sheetData><row r='1'><c r='A1'><is><t>甲&amp;乙</t></is></c></row><row r=\"2\"><c "
        "r=\"A2\"><v>5</v></c></row></sheetData>",
        CELL("A2", "5"));
}

static void what_cannot_be_filled_is_named(void **state)
{
    assert_refused(
        "<sheetData><row r='1'><c r='A1'><f>B1*2</f><v>4</v></c></row></sheetData>", "", "公式", CELL("A1", "1"));
    assert_refused("<sheetData/>", "<mergeCells><mergeCell ref='A2:B3'/></mergeCells>", "合并单元格", CELL("B3", "1"));
    assert_refused("<sheetData/>", "", "没有这张工作表", { S_INIT("无此表"), S_INIT("A1"), S_INIT("1") });
    assert_refused("<sheetData/>", "", "单元格地址", CELL("11", "1"));
    assert_refused("<sheetData/>", "", "两次", CELL("A1", "1"), CELL("A1", "2"));
}

static void a_broken_sheet_is_refused(void **state)
{
    BaseFixture *fx = *state;
    static const PackedPart parts[] = { { "xl/worksheets/sheet1.xml", S_INIT("<worksheet><sheetData><row>") } };
    const SheetFilling cell = CELL("A1", "1");
    Str out;
    assert_int_equal(filled(fx, parts, 1, &cell, 1, &out), ST_INVALID);
    assert_int_equal(out.len, 0);
    StrBuf b = strbuf_in(fx->arena);
    ctx_forgive(&fx->c);
    assert_int_equal(sheet_fill(&fx->c, S("no zip"), &cell, 1, &b), ST_INVALID);
}

static void formulas_are_asked_to_compute_again(void **state)
{
    BaseFixture *fx = *state;
    static const PackedPart parts[] = { SHEET("<sheetData/>", "") };
    const SheetFilling cell = CELL("A1", "1");
    Str out;
    assert_int_equal(filled(fx, parts, 1, &cell, 1, &out), ST_OK);
    assert_true(str_find(packed_part(fx->arena, out, "xl/workbook.xml"), S("</sheets><calcPr fullCalcOnLoad=\"1\"/>"),
                    0) != SIZE_MAX);
}

/* The reader sees the numbers where they were put. */
static void it_reads_back(void **state)
{
    BaseFixture *fx = *state;
    static const PackedPart parts[] = { SHEET(
        "<sheetData><row r='4'><c r='A4' t='inlineStr'><is><t>合计</t></is></c></row></sheetData>", "") };
    const SheetFilling cells[] = { CELL("B4", "4173"), CELL("C4", "98.71") };
    SheetReader *r;
    SheetCell *read;
    size_t count;
    int64_t row;
    bool has;
    Str out;
    assert_int_equal(filled(fx, parts, 1, cells, 2, &out), ST_OK);
    assert_int_equal(sheet_read_open(&fx->c, out, SHEET_XLSX, &r), ST_OK);
    assert_int_equal(sheet_select(&fx->c, r, 0), ST_OK);
    assert_int_equal(sheet_next_row(&fx->c, r, &read, &count, &row, &has), ST_OK);
    assert_true(has);
    assert_int_equal(row, 4);
    assert_int_equal(count, 3);
    assert_str_equal(read[1].text, S("4173"));
    assert_str_equal(read[2].text, S("98.71"));
}

int main(void)
{
    const struct CMUnitTest tests[] = { WITH_CTX(cells_that_are_there_keep_their_style),
        WITH_CTX(cells_and_rows_that_are_missing_come_in_their_place), WITH_CTX(an_empty_sheet_and_an_empty_number),
        WITH_CTX(prefixes_and_what_stands_behind_stay), WITH_CTX(what_cannot_be_filled_is_named),
        WITH_CTX(a_broken_sheet_is_refused), WITH_CTX(formulas_are_asked_to_compute_again), WITH_CTX(it_reads_back) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
